/* SPDX-License-Identifier: ISC */
/* A build without libmicrohttpd. */
#include "serve/http.h"

int np_http_open(const struct np_http_conf *conf, struct np_http **ret,
		 struct np_err *reterr)
{
	(void)conf;
	*ret = NULL;
	return np_fail(reterr, NP_EABSENT,
		       "this build has no HTTP server (libmicrohttpd)", NULL,
		       0);
}

int np_http_start(struct np_http *h, struct np_err *reterr)
{
	(void)h;
	return np_http_open(NULL, &h, reterr);
}

uint16_t np_http_port(const struct np_http *h)
{
	(void)h;
	return 0;
}

void np_http_suspend(struct np_http_client *c)
{
	(void)c;
}

void np_http_resume(struct np_http_client *c)
{
	(void)c;
}

void np_http_quiesce(struct np_http *h)
{
	(void)h;
}

void np_http_close(struct np_http *h)
{
	(void)h;
}

bool np_http_there(void)
{
	return false;
}

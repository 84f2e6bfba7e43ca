/* SPDX-License-Identifier: ISC */
/* Bodies that several answers share. */
#include "serve/http.h"
#include <stdatomic.h>
#include <stdlib.h>

struct np_octets {
	atomic_uint refs;
	size_t n;
	char *p;
};

struct np_octets *np_octets(char *p, size_t n)
{
	struct np_octets *o = p ? malloc(sizeof(*o)) : NULL;

	if (!o) {
		free(p);
		return NULL;
	}
	atomic_init(&o->refs, 1);
	o->p = p;
	o->n = n;
	return o;
}

struct np_octets *np_octets_share(struct np_octets *o)
{
	if (o)
		(void)atomic_fetch_add(&o->refs, 1);
	return o;
}

void np_octets_drop(struct np_octets *o)
{
	if (!o || atomic_fetch_sub(&o->refs, 1) != 1)
		return;
	free(o->p);
	free(o);
}

const char *np_octets_at(const struct np_octets *o, size_t *ret_n)
{
	*ret_n = o->n;
	return o->p;
}

void np_http_header(struct np_http_answer *a, const char *name,
		    const char *value)
{
	size_t n = strlen(value) + 1;

	if (a->nheaders == NP_HTTP_HEADERS || n > NP_HTTP_TEXT - a->text_n)
		return;
	a->headers[a->nheaders].name = name;
	a->headers[a->nheaders++].at = a->text_n;
	memcpy(a->text + a->text_n, value, n);
	a->text_n += n;
}

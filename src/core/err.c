/* SPDX-License-Identifier: ISC */
#include "core/err.h"
#include <stdio.h>

int np_fail(struct np_err *reterr, int code, const char *text, const char *what,
	    uint64_t at)
{
	if (!reterr)
		return code;
	reterr->code = code;
	reterr->text = text;
	reterr->at = at;
	reterr->column = 0;
	(void)snprintf(reterr->what, sizeof(reterr->what), "%s",
		       what ? what : "");
	return code;
}

const char *np_strerror(int code)
{
	switch (code) {
	case NP_OK:
		return "no error";
#define XX(name, value, text)                                                  \
	case name:                                                             \
		return text;
		NP_ERR_MAP(XX)
#undef XX
	default:
		return "unknown error";
	}
}

/* SPDX-License-Identifier: ISC */
/*
 * Who we are to agents: from a file that nobody else can read, or from the
 * environment, never from the command line, which others see. YAML:
 *
 *	- within: 10.1.0.0/16
 *	  community: ...
 *	- user: reader
 *	  auth: SHA-256
 *	  auth_password: ...
 *	  privacy: AES
 *	  privacy_password: ...
 *
 * The first entry whose prefix holds a host is for it; one without a prefix is
 * for all.
 */
#ifndef NP_POLL_CREDENTIALS_H
#define NP_POLL_CREDENTIALS_H
#include "core/err.h"
#include "poll/session.h"

struct np_poll_credentials;

int np_credentials_file(const char *path, struct np_poll_credentials **ret,
			struct np_err *reterr);
/* The same text, of what `name` says. */
int np_credentials_text(const char *name, const char *text, size_t n,
			struct np_poll_credentials **ret,
			struct np_err *reterr);
/* NULL: none is for this address. */
const struct np_snmp_credential *
np_credential_for(const struct np_poll_credentials *c, const char *address);
/* Forgets them, in memory too. */
void np_credentials_free(struct np_poll_credentials *c);
#endif

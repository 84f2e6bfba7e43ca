/* SPDX-License-Identifier: ISC */
/*
 * Time stamps (RFC 3161), through libcrypto: somebody who is trusted for the
 * time says that the signature of a dossier's file existed by then. What is
 * stamped is SHA-256 of X.dossier.minisig; what comes back stands beside it as
 * X.dossier.tsr, so that the dossier and its signature stay as they are and
 * `openssl ts -verify -data X.dossier.minisig -in X.dossier.tsr` checks it too.
 */
#ifndef NP_SEAL_TIME_H
#define NP_SEAL_TIME_H
#include "core/err.h"
#include <stdbool.h>

/* Writes a request for a time stamp over a file's octets. */
int np_stamp_request(const char *path, const char *to, struct np_err *reterr);

struct np_stamp {
	char time[32]; /* "20261127024500Z", as it says */
	bool checked;  /* its signature, by somebody whom `ca` vouches for */
};
/* Checks a response against a file, and with `ca` (certificates as PEM; may be
 * NULL) by whom it is. NP_EINPUT: it is not one of this, or does not hold. */
int np_stamp_check(const char *path, const char *response, const char *ca,
		   struct np_stamp *ret, struct np_err *reterr);
#endif

/* SPDX-License-Identifier: ISC */
/* Keys that verbs sign with. */
#ifndef NP_CLI_KEY_H
#define NP_CLI_KEY_H
#include "core/minisign.h"

/* Opens a secret key. Where it is encrypted, its password is the first line of
 * the file `password`, which nobody else may read, or is asked for on the
 * terminal. Says what is wrong; an exit code. */
int np_key_open(const char *path, const char *password,
		struct np_minisign_secret *ret);
/* Makes a key and, beside it, PATH.pub; a password only where there is a file
 * with one. */
int np_key_make(const char *path, const char *password);
/* Seals a dossier (seal.c); says so, or what is wrong; an exit code. */
int np_seal_with(const char *path, const char *key, const char *password,
		 const char *dir);
#endif

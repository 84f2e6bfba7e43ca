/* SPDX-License-Identifier: ISC */
/* Keys that verbs sign with. */
#ifndef NP_CLI_KEY_H
#define NP_CLI_KEY_H
#include "core/minisign.h"

/* A password: the first line of a file that nobody else may read, or, where
 * `path` is NULL, from whoever sits at the terminal. False: none, which was
 * said. The caller wipes it. */
#define NP_PASSWORD 1024
bool np_password(const char *path, const char *prompt,
		 char to[static NP_PASSWORD]);
/* Opens a secret key, and asks for its password, as above, where it has one.
 * Says what is wrong; an exit code. */
int np_key_open(const char *path, const char *password,
		struct np_minisign_secret *ret);
/* Seals a dossier (seal.c); says so, or what is wrong; an exit code. */
int np_seal_with(const char *path, const char *key, const char *password,
		 const char *dir);
#endif

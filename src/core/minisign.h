/* SPDX-License-Identifier: ISC */
/*
 * Keys and signatures in minisign's file format
 * (https://jedisct1.github.io/minisign/), through libsodium, so that the stock
 * program checks what this one signs, and the other way round.
 *
 * A signature is Ed25519 over the octets ("Ed", as old versions wrote it) or
 * over their BLAKE2b-512 ("ED", which is what is written here). A second one
 * holds the trusted comment to it. The untrusted comment is anybody's: nothing
 * may rest on it.
 */
#ifndef NP_MINISIGN_H
#define NP_MINISIGN_H
#include "core/buf.h"
#include "core/err.h"

#define NP_MINISIGN_ID 8	 /* octets of a key's id */
#define NP_MINISIGN_HASH 64	 /* octets that "ED" signs */
#define NP_MINISIGN_COMMENT 1024 /* octets of an untrusted comment at most */
#define NP_MINISIGN_TRUSTED 8192
#define NP_MINISIGN_TEXT 12288 /* a signature's file is never longer */

struct np_minisign_secret {
	uint8_t id[NP_MINISIGN_ID];
	uint8_t key[64];
};

struct np_minisign_public {
	uint8_t id[NP_MINISIGN_ID];
	uint8_t key[32];
};

/* What a signature that holds says. The trusted comment was signed too; it is
 * hostile text all the same. */
struct np_minisign_said {
	bool prehashed; /* "ED" */
	char untrusted[NP_MINISIGN_COMMENT + 1];
	char trusted[NP_MINISIGN_TRUSTED + 1];
};

/* Makes a pair of keys; neither file may exist. The secret one is for its owner
 * alone (mode 0600), encrypted where there is a password. */
int np_minisign_keygen(const char *secret_path, const char *public_path,
		       const char *password, struct np_err *reterr);
/* Opens a secret key that nobody else may read; `password` may be NULL where
 * it is not encrypted. NP_EUSAGE: a password is missing or wrong, or the file
 * is not the caller's; NP_EINPUT: it is no such key. */
int np_minisign_secret_open(const char *path, const char *password,
			    struct np_minisign_secret *ret,
			    struct np_err *reterr);
/* Is the key in this file encrypted? False also where it cannot be read. */
bool np_minisign_encrypted(const char *path);
void np_minisign_secret_wipe(struct np_minisign_secret *key);

/* Opens a public key: the path of a file, or the key itself as base64. */
int np_minisign_public_open(const char *path_or_text,
			    struct np_minisign_public *ret,
			    struct np_err *reterr);
/* The same of a file's text that is in memory. */
int np_minisign_public_read(const char *text, size_t n,
			    struct np_minisign_public *ret,
			    struct np_err *reterr);
/* The public key that belongs to a secret one. */
void np_minisign_public_of(const struct np_minisign_secret *key,
			   struct np_minisign_public *ret);
/* The line of base64 that stands for a public key, without a newline. */
void np_minisign_public_text(const struct np_minisign_public *key,
			     char ret[static 57]);
/* An id as minisign prints it: 16 hexadecimal digits. */
void np_minisign_id_text(const uint8_t id[static NP_MINISIGN_ID],
			 char ret[static 17]);

/* Appends the text of a signature over n octets. Comments are one line each,
 * without control characters but tabs; NULL: an empty one. */
int np_minisign_sign(const struct np_minisign_secret *key, const void *octets,
		     size_t n, const char *trusted, const char *untrusted,
		     struct np_buf *out, struct np_err *reterr);
/* Checks the text of a signature. NP_EINPUT: it does not hold, or is none;
 * reterr says why, its `at` is the line. `ret` may be NULL; it is filled only
 * where all holds. */
int np_minisign_verify(const struct np_minisign_public *key, const void *octets,
		       size_t n, const char *text, size_t text_n,
		       struct np_minisign_said *ret, struct np_err *reterr);
/* The same for a file of any length, from where the descriptor stands. One
 * that was signed without hashing it first ("Ed") is refused. */
int np_minisign_sign_file(const struct np_minisign_secret *key, int fd,
			  const char *trusted, const char *untrusted,
			  struct np_buf *out, struct np_err *reterr);
int np_minisign_verify_file(const struct np_minisign_public *key, int fd,
			    const char *text, size_t text_n,
			    struct np_minisign_said *ret,
			    struct np_err *reterr);
/* The id of the key that a signature's text names; NP_EINPUT: it is none. */
int np_minisign_signer(const char *text, size_t text_n,
		       uint8_t ret[static NP_MINISIGN_ID],
		       struct np_err *reterr);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * A dossier for certain eyes: encrypted to the keys of those who shall read it,
 * through libsodium. Keys are minisign's; for encryption they are turned into
 * X25519 keys (crypto_sign_ed25519_pk_to_curve25519), so that nobody needs a
 * second pair.
 *
 *	"nameplate sealed 1\n"
 *	number of recipients, 4 octets, least first
 *	of each: its key's id, 8 octets; the file's key in a sealed box
 *		(crypto_box_seal: X25519, XSalsa20, Poly1305), 80 octets
 *	header of the stream, 24 octets (crypto_secretstream_xchacha20poly1305)
 *	pieces of 65,536 octets, the last of fewer, each with 17 more
 *
 * The first piece authenticates all that stands before it (its BLAKE2b-256 is
 * additional data); the last has the tag FINAL, so that nothing can be cut off.
 */
#ifndef NP_SEAL_BOX_H
#define NP_SEAL_BOX_H
#include "core/minisign.h"
#include <stddef.h>

#define NP_BOX_RECIPIENTS 256

/* Encrypts the file at `path` to `to`, which may not exist. */
int np_box_seal(const char *path, const char *to,
		const struct np_minisign_public *recipients, size_t n,
		struct np_err *reterr);
/* The reverse, with the key of one of them. NP_EUSAGE: it is not for this key;
 * NP_EINPUT: it is none, or was changed; then there is no file. */
int np_box_open(const char *path, const char *to,
		const struct np_minisign_secret *key, struct np_err *reterr);
#endif

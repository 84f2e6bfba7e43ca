/* SPDX-License-Identifier: ISC */
/*
 * One frame, proved without its capture: its octets, the way up the hash tree
 * over its source's frames, the source's line, the way up the tree over such
 * lines, and the signed manifest that has the root of that. JSON in canonical
 * form, schema nameplate.proof/1:
 *
 *	frame, frames	its number, and how many there are
 *	octets		of the frame, in hexadecimal digits
 *	path		from its leaf to the root: neighbours, lowest first
 *	source		the source's line, as a text
 *	source_at, sources, source_path	the same of the line; source_at from 0
 *	manifest, signature	as texts
 *
 * The time of a frame is no part of its leaf, and is not proved.
 */
#ifndef NP_SEAL_PROOF_H
#define NP_SEAL_PROOF_H
#include "store/seal.h"

#define NP_PROOF_MAX ((size_t)64 << 20) /* octets of a proof's text */

/* Writes the proof of a frame (from 1) of a file that is a source of a sealed
 * dossier. NP_ENONE: not sealed, no such source or no such frame. */
int np_proof_make(struct np_dossier *d, const char *source, uint64_t frame,
		  struct np_buf *out, struct np_err *reterr);
/* Checks a proof's text and says what was looked at. `key` may be NULL: the
 * one that the manifest names. NP_EINPUT: it is no proof. */
int np_proof_check(const char *name, const char *text, size_t n,
		   const struct np_minisign_public *key,
		   struct np_seal_ear *ear, struct np_err *reterr);
#endif

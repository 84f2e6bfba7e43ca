/* SPDX-License-Identifier: ISC */
/*
 * Going through a source's frames for their hashes: a capture's frames, of any
 * other file its lines. Of what is packed the frames inside.
 */
#ifndef NP_SEAL_FRAMES_H
#define NP_SEAL_FRAMES_H
#include "core/err.h"
#include "store/seal_tree.h"

struct np_hashed_frame {
	uint64_t number; /* from 1 */
	const uint8_t *p;
	size_t n;
	uint8_t leaf[NP_TREE_HASH];
	uint8_t mark[NP_TREE_MARK];
	int64_t time;	   /* NP_NEVER without */
	uint32_t linktype; /* of a capture */
	bool line;	   /* it is a line of a document */
};

/* 0, or what ends it. */
typedef int np_hash_frame_fn(void *ctx, const struct np_hashed_frame *f);

/* Gives every frame to `fn`, in order; *ret_rest is the mark of what follows
 * the last. Takes the descriptor. A source that is cut or broken is gone
 * through as far as it can be read. */
int np_hash_frames(int fd, np_hash_frame_fn *fn, void *ctx,
		   uint8_t ret_rest[static NP_TREE_MARK],
		   struct np_err *reterr);
#endif

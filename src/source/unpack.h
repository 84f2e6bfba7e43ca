/* SPDX-License-Identifier: ISC */
/*
 * Decompression below the window: one file a kind, listed in packs.def, found
 * by magic. What a file unpacks to may be no more than NP_MAX_RATIO times what
 * was read of it, and not packed itself.
 */
#ifndef NP_UNPACK_H
#define NP_UNPACK_H
#include "source/reader.h"

struct np_pack {
	const char *kind;
	/* The first four octets, read little-endian, under a mask. */
	struct {
		uint32_t magic, mask;
	} sign[2];
	const char *absent; /* the library that this build lacks, or NULL */

	void *(*open)(void); /* NULL: out of memory */
	void (*close)(void *state);
	/*
	 * Unpacks from *in, which it moves forward, to at most n octets at out.
	 * Gives how many, 0 when it needs more input, or -1 with a constant
	 * sentence in *why.
	 */
	ssize_t (*step)(void *state, struct np_cur *in, uint8_t *out, size_t n,
			const char **why);
	/* Whether the input may end here. */
	bool (*whole)(const void *state);
};

struct np_unpack;

/* All of them; NULL at the end. */
extern const struct np_pack *const np_packs[];
/* The pack that the head belongs to, or NULL. */
const struct np_pack *np_pack_find(struct np_cur head);
/* Puts a pack between the descriptor and the window; what the window holds is
 * the pack's first input. */
int np_unpack_begin(struct np_reader *r, const struct np_pack *pack,
		    struct np_err *reterr);
/* As read(2): octets given, 0 at the end, -1 when broken. */
ssize_t np_unpack_take(struct np_intake *in, uint8_t *out, size_t n);
void np_unpack_free(struct np_unpack *u);

#define NP_PACK(name) extern const struct np_pack np_pack_##name;
#include "source/packs.def"
#undef NP_PACK
#endif

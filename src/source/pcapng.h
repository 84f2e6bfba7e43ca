/* SPDX-License-Identifier: ISC */
/*
 * What the two halves of the pcapng reader share: pcapng.c finds blocks and
 * takes frames out of them, pcapng_section.c reads what blocks say of sections
 * and interfaces. Numbers of sections and blocks are those of
 * draft-ietf-opsawg-pcapng.
 */
#ifndef NP_PCAPNG_H
#define NP_PCAPNG_H
#include "source/reader.h"

/* How an interface's ticks become nanoseconds: ticks * mul / div, or
 * ticks * mul / 2^shift, plus `offset` seconds. */
struct np_clock {
	uint64_t mul, div;
	unsigned shift;
	int64_t offset;
};

struct np_pcapng_interface {
	struct np_interface is;
	struct np_clock clock;
	uint32_t fcs;	  /* octets behind each frame that are no payload */
	bool by_isb;	  /* drops come from a statistics block */
	uint64_t dropped; /* what counts into the source's drops */
};

struct np_pcapng {
	bool big;
	uint64_t owed; /* octets of the last block that are still to skip */
	uint32_t owed_length; /* what its second length must be */
	uint64_t owed_at;
	struct np_pcapng_interface *v;
	size_t n, cap;
	struct np_arena names;
};

static inline uint32_t np_pcapng_u32(const struct np_pcapng *f,
				     struct np_cur *c)
{
	return f->big ? np_be32(c) : np_le32(c);
}

static inline uint16_t np_pcapng_u16(const struct np_pcapng *f,
				     struct np_cur *c)
{
	return f->big ? np_be16(c) : np_le16(c);
}

/* Two 32-bit words, the upper one first, as timestamps are written (4.3). */
static inline uint64_t np_pcapng_pair(const struct np_pcapng *f,
				      struct np_cur *c)
{
	uint64_t hi = np_pcapng_u32(f, c);

	return hi << 32 | np_pcapng_u32(f, c);
}

/* One 64-bit word in the section's byte order, as options hold it. */
static inline uint64_t np_pcapng_u64(const struct np_pcapng *f,
				     struct np_cur *c)
{
	uint64_t a = np_pcapng_u32(f, c);
	uint64_t b = np_pcapng_u32(f, c);

	return f->big ? a << 32 | b : b << 32 | a;
}

/* The next option of a block's list (3.5); false at its end. */
bool np_pcapng_option(const struct np_pcapng *f, struct np_cur *c,
		      uint16_t *ret_code, struct np_cur *ret_value);
/* A section begins: forgets the interfaces of the one before. */
int np_pcapng_section(struct np_reader *r, struct np_cur body,
		      struct np_err *reterr);
int np_pcapng_interface(struct np_reader *r, struct np_cur body,
			struct np_err *reterr);
int np_pcapng_statistics(struct np_reader *r, struct np_cur body,
			 struct np_err *reterr);
/* n more frames were lost before the one being read. */
void np_pcapng_lost(struct np_reader *r, struct np_pcapng_interface *i,
		    uint64_t n);
/* Nanoseconds since 1970, NP_NEVER when no such number holds them. */
int64_t np_pcapng_time(const struct np_clock *c, uint64_t ticks);
#endif

/* SPDX-License-Identifier: ISC */
/* One decoder and room to run it in, for goldens, properties and fuzzing. */
#ifndef NP_TEST_DECODE_H
#define NP_TEST_DECODE_H
#include "core/limits.h"
#include "proto/proto.h"
#include "sighting/sighting.h"
#include "wire/wire.h"

struct bench {
	struct np_arena mem;
	struct np_buf body;
	struct np_seal_rules rules;
	struct np_withheld withheld;
	struct np_out_fact facts[NP_MAX_FACTS];
	struct np_out_statement said[NP_MAX_STATEMENTS];
	struct np_out o;
};

static inline void bench_open(struct bench *b)
{
	*b = (struct bench){.mem = np_arena(NP_FRAME_ARENA),
			    .body = np_buf(NP_MAX_SIGHTING),
			    .rules = {.raw = true}};
}

static inline void bench_close(struct bench *b)
{
	np_arena_free(&b->mem);
	np_buf_free(&b->body);
}

/* Runs a decoder over n octets at p; what it said is in b->o. */
static inline enum np_verdict bench_decode(struct bench *b,
					   const struct np_proto *proto,
					   const struct np_from *from,
					   const uint8_t *p, size_t n,
					   size_t origin)
{
	struct np_cur c = np_cur(p, n);

	np_arena_reset(&b->mem);
	b->o = (struct np_out){
		.mem = &b->mem,
		.from = from,
		.proto = proto,
		.base = p,
		.base_n = n,
		.origin = origin,
		.facts = b->facts,
		.cap = NP_MAX_FACTS,
		.said = b->said,
		.nsaid = 1,
		.said_cap = NP_MAX_STATEMENTS,
	};
	b->said[0] = (struct np_out_statement){.reach = from->reach};
	return proto->decode(&c, &b->o);
}
#endif

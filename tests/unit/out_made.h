/* SPDX-License-Identifier: ISC */
/* What a reader of proto/lib says: one statement of a made-up protocol that has
 * a text and a number. */
#ifndef NP_OUT_MADE_H
#define NP_OUT_MADE_H
#include "proto/proto.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)

enum { TEXT, NUMBER, NFIELDS, ROOM = 4 };

struct made {
	struct np_arena mem;
	struct np_out_fact facts[ROOM];
	struct np_out_statement said[ROOM];
	struct np_from from;
	struct np_out o;
};

static const struct np_field made_fields[] = {
	[TEXT] = {"text", NP_TEXT, NP_KEY_NONE, 0, "some text"},
	[NUMBER] = {"number", NP_UINT, NP_KEY_NONE, 0, "some number"},
};

static const struct np_proto made_proto = {
	.name = "made", .fields = made_fields, .nfields = NFIELDS};

/* Nothing said yet of the octets at base. */
static struct np_out *listen_to(struct made *m, struct np_cur base,
				size_t memory)
{
	np_arena_free(&m->mem);
	*m = (struct made){.mem = np_arena(memory)};
	m->o = (struct np_out){.mem = &m->mem,
			       .from = &m->from,
			       .proto = &made_proto,
			       .base = base.p,
			       .base_n = base.left,
			       .facts = m->facts,
			       .cap = ROOM,
			       .said = m->said,
			       .nsaid = 1,
			       .said_cap = ROOM};
	return &m->o;
}

static void assert_said(const struct made *m, enum np_form form,
			const char *text, size_t at)
{
	assert_int_equal(m->o.n, 1);
	assert_int_equal(m->facts[0].form, form);
	assert_int_equal(m->facts[0].n, strlen(text));
	assert_memory_equal(m->facts[0].p, text, strlen(text));
	assert_int_equal(m->facts[0].at, at);
}
#endif

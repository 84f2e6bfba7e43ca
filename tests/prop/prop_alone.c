/* SPDX-License-Identifier: ISC */
/*
 * Questions as `identify` gets them, a line each on standard input: whatever
 * scope and reach they come with, the answer is that of a fold that heard
 * nothing else.
 */
#include "../alone.h"
#include "claim/query.h"

struct run {
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_hasher *hasher;
	struct np_arena mem;
	struct np_buf one, two;
	struct np_query q;
	struct np_claims claims;
	size_t asked, named, bad;
};

static void ask(struct run *r, const char *line, size_t n)
{
	struct np_sighting *s = &r->q.sighting;
	struct np_err why;

	np_arena_reset(&r->mem);
	if (np_query_read(r->k, line, n, true, &r->mem, &r->q, &why)) {
		(void)printf("# %s: %.*s", why.text, (int)n, line);
		r->bad++;
		return;
	}
	for (unsigned i = 0; i < 12; i++) {
		s->scope = (enum np_scope)(i % 3);
		s->reach = (enum np_reach)(i / 3);
		s->owner = NP_OWNER_UNKNOWN;
		np_infer(r->infer, s, &r->mem, &r->claims);
		r->asked++;
		if (alone_as_fold(r->k, s, &r->claims, r->hasher, &r->one,
				  &r->two) == 1) {
			r->named += strncmp(r->one.p, "unknown", 7) != 0;
			continue;
		}
		(void)printf("# %.*s# scope %u reach %u: %s# not %s", (int)n,
			     line, s->scope, s->reach, r->two.p, r->one.p);
		r->bad++;
	}
}

int main(void)
{
	struct run *r = calloc(1, sizeof(*r));
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!r || np_knowledge_open(NULL, &r->k, NULL) ||
	    !(r->infer = np_infer_new(r->k)) ||
	    !(r->hasher = np_hasher_new(NP_BLAKE2S)))
		return 2;
	r->mem = np_arena((size_t)16 << 20);
	r->one = r->two = np_buf((size_t)1 << 20);
	while ((n = getline(&line, &cap, stdin)) > 0)
		ask(r, line, (size_t)n);
	bool ok = !r->bad && r->asked > 1000 && r->named > 100;

	(void)printf("1..1\n%sok 1 - %zu questions, %zu named\n",
		     ok ? "" : "not ", r->asked, r->named);
	free(line);
	np_buf_free(&r->one);
	np_buf_free(&r->two);
	np_arena_free(&r->mem);
	np_hasher_free(r->hasher);
	np_infer_free(r->infer);
	np_knowledge_close(r->k);
	free(r);
	return ok ? 0 : 1;
}

/* SPDX-License-Identifier: ISC */
/* The matcher where there is no Hyperscan: by pieces. Patterns without any are
 * always picked. */
#include "claim/match.h"
#include "claim/piece.h"
#include <stdlib.h>

#define WORDS (NP_MAX_PATTERNS / 64)

/* What is built: the patterns without pieces, the pieces. */
struct np_match {
	uint64_t rest[WORDS];
	struct np_pieces *pieces;
};

struct np_scratch {
	char nothing;
};

int np_match_build(const char *const *patterns, size_t n, struct np_buf *ret,
		   const char *name, struct np_err *reterr)
{
	struct np_buf pieces = np_buf(ret->limit);
	uint64_t rest[WORDS] = {0};
	bool ok = np_pieces_build(patterns, n, &pieces, rest);

	np_put(ret, rest, sizeof(rest));
	np_put(ret, pieces.n ? pieces.p : "", pieces.n);
	np_buf_free(&pieces);
	return ok && !ret->failed
		       ? 0
		       : np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
}

struct np_match *np_match_new(const void *built, size_t n)
{
	struct np_match *m = calloc(1, sizeof(*m));

	if (!m || n < sizeof(m->rest)) {
		free(m);
		return NULL;
	}
	memcpy(m->rest, built, sizeof(m->rest));
	m->pieces = np_pieces_new((const char *)built + sizeof(m->rest),
				  n - sizeof(m->rest));
	if (m->pieces)
		return m;
	free(m);
	return NULL;
}

void np_match_free(struct np_match *m)
{
	if (!m)
		return;
	np_pieces_free(m->pieces);
	free(m);
}

struct np_scratch *np_scratch_new(void)
{
	return calloc(1, sizeof(struct np_scratch));
}

bool np_scratch_ready(struct np_scratch *s, const struct np_match *m)
{
	return s && m;
}

void np_scratch_free(struct np_scratch *s)
{
	free(s);
}

void np_match_scan(const struct np_match *m, struct np_scratch *s,
		   const char *text, size_t n, uint64_t *ret_hits)
{
	(void)s;
	np_pieces_scan(m->pieces, text, n, ret_hits);
	for (size_t i = 0; i < WORDS; i++)
		if (m->rest[i])
			ret_hits[i] |= m->rest[i];
}

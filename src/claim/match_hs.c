/* SPDX-License-Identifier: ISC */
/*
 * The matcher by pieces, and by Hyperscan 5.4 for the patterns that have none:
 * a database of all patterns is hundreds of kilobytes, that the next text of
 * another field drives out of the cache. Databases are compiled for the generic
 * platform, so that they run wherever the program does. What matches nearly
 * every text, and what would be alone in a database, is left to the regex.
 */
#include "claim/match.h"
#include "claim/piece.h"
#include <hs/hs.h>

#define FLAGS (HS_FLAG_DOTALL | HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY)

/* For so few a scan costs more than asking the regex of each. */
#define FEW 4

/* What is built: this, a bit for each pattern that is always picked, the
 * pieces, the database. */
struct head {
	uint64_t nalways;      /* words */
	uint64_t npieces, ndb; /* octets; no database: 0 */
};

struct np_match {
	uint64_t *always;
	size_t nalways;
	struct np_pieces *pieces;
	hs_database_t *db; /* NULL: every pattern has pieces */
};

struct np_scratch {
	hs_scratch_t *hs;
};

static size_t words_of(size_t patterns)
{
	return (patterns + 63) / 64;
}

static int build_failed(hs_compile_error_t *e, const char *const *patterns,
			const char *name, struct np_err *reterr)
{
	const char *what = name;

	if (e && e->expression >= 0)
		what = patterns[e->expression];
	hs_free_compile_error(e);
	return np_fail(reterr, NP_EINPUT,
		       "Hyperscan does not read this pattern", what, 0);
}

/* The patterns that are to be picked by Hyperscan, by their own numbers. */
struct rest {
	const char **pattern;
	unsigned *flags, *ids;
	unsigned n;
};

static bool gather(struct rest *r, const char *const *patterns, size_t n,
		   const uint64_t *which)
{
	r->pattern = calloc(n, sizeof(*r->pattern));
	r->flags = calloc(n, sizeof(*r->flags));
	r->ids = calloc(n, sizeof(*r->ids));
	if (!r->pattern || !r->flags || !r->ids)
		return false;
	for (unsigned i = 0; i < n; i++) {
		if (!(which[i / 64] >> i % 64 & 1))
			continue;
		r->pattern[r->n] = patterns[i];
		r->flags[r->n] = FLAGS;
		r->ids[r->n++] = i;
	}
	return true;
}

static int build_rest(const struct rest *r, struct np_buf *ret,
		      const char *name, struct np_err *reterr)
{
	const hs_platform_info_t generic = {0};
	hs_compile_error_t *e = NULL;
	hs_database_t *db = NULL;
	char *octets = NULL;
	size_t size = 0;
	int rc = 0;

	if (hs_compile_multi(r->pattern, r->flags, r->ids, r->n, HS_MODE_BLOCK,
			     &generic, &db, &e) != HS_SUCCESS)
		return build_failed(e, r->pattern, name, reterr);
	if (hs_serialize_database(db, &octets, &size) != HS_SUCCESS)
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	else
		np_put(ret, octets, size);
	free(octets);
	(void)hs_free_database(db);
	return rc;
}

/* Every pattern is shown to Hyperscan, so that what it does not read is no
 * pattern, whether its pieces are enough or not. */
static int check(const char *const *patterns, size_t n, const char *name,
		 struct np_err *reterr)
{
	for (size_t i = 0; i < n; i++) {
		hs_expr_info_t *info = NULL;
		hs_compile_error_t *e = NULL;

		if (hs_expression_info(patterns[i], FLAGS, &info, &e) !=
		    HS_SUCCESS)
			return build_failed(e, patterns + i, name, reterr);
		free(info);
	}
	return 0;
}

/* One that matches these, whatever else they have in common, picks nothing. */
static bool matches_all(const char *pattern)
{
	static const char texts[] = "aZ0<";
	struct np_regex *re = np_regex_new(pattern);
	bool all = re;

	for (size_t i = 0; all && texts[i]; i++)
		all = np_regex_find(re, texts + i, 1, NULL);
	np_regex_free(re);
	return all;
}

/* Takes out of `which` what is always picked. */
static void pick_always(const char *const *patterns, size_t n, uint64_t *which,
			uint64_t *ret_always)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t bit = which[i / 64] & 1ULL << (i % 64);

		if (bit && matches_all(patterns[i])) {
			ret_always[i / 64] |= bit;
			which[i / 64] &= ~bit;
		}
	}
	for (size_t i = 0; i < words_of(n); i++)
		left += (size_t)__builtin_popcountll(which[i]);
	for (size_t i = 0; i < words_of(n) && left <= FEW; i++) {
		ret_always[i] |= which[i];
		which[i] = 0;
	}
}

int np_match_build(const char *const *patterns, size_t n, struct np_buf *ret,
		   const char *name, struct np_err *reterr)
{
	uint64_t which[NP_MAX_PATTERNS / 64] = {0};
	uint64_t always[NP_MAX_PATTERNS / 64] = {0};
	struct np_buf pieces = np_buf(ret->limit), db = np_buf(ret->limit);
	struct rest rest = {.n = 0};
	struct head head;
	int rc = check(patterns, n, name, reterr);

	if (rc == 0 && !np_pieces_build(patterns, n, &pieces, which))
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	if (rc == 0)
		pick_always(patterns, n, which, always);
	if (rc == 0 && !gather(&rest, patterns, n, which))
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	if (rc == 0 && rest.n)
		rc = build_rest(&rest, &db, name, reterr);
	head = (struct head){words_of(n), pieces.n, db.n};
	if (rc == 0) {
		np_put(ret, &head, sizeof(head));
		np_put(ret, always, words_of(n) * sizeof(*always));
		np_put(ret, pieces.p, pieces.n);
		np_put(ret, db.n ? db.p : "", db.n);
	}
	free(rest.pattern);
	free(rest.flags);
	free(rest.ids);
	np_buf_free(&pieces);
	np_buf_free(&db);
	return rc;
}

struct np_match *np_match_new(const void *built, size_t n)
{
	const char *p = (const char *)built + sizeof(struct head);
	struct np_match *m = calloc(1, sizeof(*m));
	struct head h;

	if (!m || n < sizeof(h))
		goto fail;
	memcpy(&h, built, sizeof(h));
	m->nalways = h.nalways;
	m->always = malloc(h.nalways * sizeof(*m->always) + 1);
	if (!m->always)
		goto fail;
	memcpy(m->always, p, h.nalways * sizeof(*m->always));
	p += h.nalways * sizeof(*m->always);
	m->pieces = np_pieces_new(p, h.npieces);
	if (!m->pieces ||
	    (h.ndb && hs_deserialize_database(p + h.npieces, h.ndb, &m->db) !=
			      HS_SUCCESS))
		goto fail;
	return m;
fail:
	np_match_free(m);
	return NULL;
}

void np_match_free(struct np_match *m)
{
	if (!m)
		return;
	free(m->always);
	np_pieces_free(m->pieces);
	(void)hs_free_database(m->db);
	free(m);
}

struct np_scratch *np_scratch_new(void)
{
	return calloc(1, sizeof(struct np_scratch));
}

bool np_scratch_ready(struct np_scratch *s, const struct np_match *m)
{
	return !m->db || hs_alloc_scratch(m->db, &s->hs) == HS_SUCCESS;
}

void np_scratch_free(struct np_scratch *s)
{
	if (!s)
		return;
	(void)hs_free_scratch(s->hs);
	free(s);
}

static int on_hit(unsigned id, unsigned long long from, unsigned long long to,
		  unsigned flags, void *ctx)
{
	uint64_t *hits = ctx;

	(void)from;
	(void)to;
	(void)flags;
	hits[id / 64] |= 1ULL << (id % 64);
	return 0;
}

void np_match_scan(const struct np_match *m, struct np_scratch *s,
		   const char *text, size_t n, uint64_t *ret_hits)
{
	np_pieces_scan(m->pieces, text, n, ret_hits);
	for (size_t i = 0; i < m->nalways; i++)
		ret_hits[i] |= m->always[i];
	if (m->db)
		(void)hs_scan(m->db, text, (unsigned)n, 0, s->hs, on_hit,
			      ret_hits);
}

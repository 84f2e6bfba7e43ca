/* SPDX-License-Identifier: ISC */
/* The matcher by Hyperscan 5.4. Databases are compiled for the generic
 * platform, so that they run wherever the program does. */
#include "claim/match.h"
#include <hs/hs.h>

#define FLAGS (HS_FLAG_DOTALL | HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY)

struct np_match {
	hs_database_t *db;
};

struct np_scratch {
	hs_scratch_t *hs;
};

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

int np_match_build(const char *const *patterns, size_t n, struct np_buf *ret,
		   const char *name, struct np_err *reterr)
{
	const hs_platform_info_t generic = {0};
	unsigned *flags = calloc(n, sizeof(*flags));
	unsigned *ids = calloc(n, sizeof(*ids));
	hs_compile_error_t *e = NULL;
	hs_database_t *db = NULL;
	char *octets = NULL;
	size_t size = 0;
	int rc = 0;

	if (!flags || !ids) {
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
		goto out;
	}
	for (unsigned i = 0; i < n; i++) {
		flags[i] = FLAGS;
		ids[i] = i;
	}
	if (hs_compile_multi(patterns, flags, ids, (unsigned)n, HS_MODE_BLOCK,
			     &generic, &db, &e) != HS_SUCCESS) {
		rc = build_failed(e, patterns, name, reterr);
		goto out;
	}
	if (hs_serialize_database(db, &octets, &size) != HS_SUCCESS)
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	else
		np_put(ret, octets, size);
	free(octets);
	(void)hs_free_database(db);
out:
	free(flags);
	free(ids);
	return rc;
}

struct np_match *np_match_new(const void *built, size_t n)
{
	struct np_match *m = calloc(1, sizeof(*m));

	if (m && hs_deserialize_database(built, n, &m->db) != HS_SUCCESS) {
		free(m);
		return NULL;
	}
	return m;
}

void np_match_free(struct np_match *m)
{
	if (!m)
		return;
	(void)hs_free_database(m->db);
	free(m);
}

struct np_scratch *np_scratch_new(void)
{
	return calloc(1, sizeof(struct np_scratch));
}

bool np_scratch_ready(struct np_scratch *s, const struct np_match *m)
{
	return hs_alloc_scratch(m->db, &s->hs) == HS_SUCCESS;
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
	(void)hs_scan(m->db, text, (unsigned)n, 0, s->hs, on_hit, ret_hits);
}

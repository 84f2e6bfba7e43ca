/* SPDX-License-Identifier: ISC */
/* Reading a dossier back. */
#include "store/inside.h"
#include <stdlib.h>

const char *np_dossier_text_at(sqlite3_stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st, i);
}

static int64_t time_at(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL
		       ? NP_NEVER
		       : sqlite3_column_int64(st, i);
}

static uint64_t u_at(sqlite3_stmt *st, int i)
{
	int64_t v = sqlite3_column_int64(st, i);

	return v < 0 ? 0 : (uint64_t)v;
}

static void source_at(sqlite3_stmt *st, struct np_kept_source *s)
{
	const char *origin = np_dossier_text_at(st, 6);
	int o = origin ? np_origin_find(origin, strlen(origin)) : -1;

	*s = (struct np_kept_source){
		.number = (uint32_t)u_at(st, 0),
		.sha256 = np_dossier_text_at(st, 1),
		.tree = np_dossier_text_at(st, 2),
		.name = np_dossier_text_at(st, 3),
		.kind = np_dossier_text_at(st, 4),
		.site = np_dossier_text_at(st, 5),
		.origin = o < 0 ? NP_CONSTRUCTED : (enum np_origin)o,
		.status = np_dossier_text_at(st, 7),
		.coverage = {.source = (uint32_t)u_at(st, 0),
			     .first = time_at(st, 8),
			     .last = time_at(st, 9),
			     .frames = u_at(st, 10),
			     .bytes = u_at(st, 11),
			     .drops = -1,
			     .malformed = u_at(st, 13),
			     .unread_link = u_at(st, 14),
			     .dropped_by_limit = u_at(st, 15),
			     .subscriber_tunnels = u_at(st, 16)},
		.withheld = u_at(st, 17),
	};
	if (sqlite3_column_type(st, 12) != SQLITE_NULL)
		s->coverage.drops = sqlite3_column_int64(st, 12);
	s->coverage.asked = u_at(st, 18);
	s->coverage.absent = u_at(st, 19);
	s->beside = (struct np_beside){
		.method = np_dossier_text_at(st, 20),
		.taken = np_dossier_text_at(st, 21),
		.tap = np_dossier_text_at(st, 22),
		.direction = np_dossier_text_at(st, 23),
		.taken_by = np_dossier_text_at(st, 24),
		.legal_basis = np_dossier_text_at(st, 25),
		.clock_offset = np_dossier_text_at(st, 26),
		.drops = -1,
	};
}

int np_dossier_sources(struct np_dossier *d, np_dossier_source_fn *fn,
		       void *ctx)
{
	sqlite3_stmt *st = NULL;
	struct np_kept_source s;
	int rc = NP_OK, got = 0;

	/* columns 0 to 17 are source's, those behind are beside's */
	if (sqlite3_prepare_v2(
		    d->db,
		    "SELECT s.n,s.sha256,s.tree,s.name,s.kind,s.site,s.origin,"
		    "s.status,s.first,s.last,s.frames,s.bytes,s.drops,"
		    "s.malformed,s.unread_link,s.dropped_by_limit,"
		    "s.subscriber_tunnels,s.withheld,b.asked,b.absent,"
		    "b.method,b.taken,b.tap,b.direction,b.taken_by,"
		    "b.legal_basis,b.clock_offset FROM source s LEFT JOIN "
		    "beside b ON b.source=s.n ORDER BY s.n",
		    -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		source_at(st, &s);
		rc = fn(ctx, &s);
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

/* A word of the file, and what it is here. */
struct word {
	const char *text; /* NULL: no such number */
	uint16_t maker, group;
	bool has_maker, has_group;
};

struct reading {
	const struct np_knowledge *k;
	struct word *words;
	int64_t nwords;
	sqlite3_stmt *claims;
	struct np_arena mem;
	struct np_buf line;
	struct np_claims c;
};

static int read_words(struct np_dossier *d, struct np_arena *keep,
		      struct reading *x)
{
	sqlite3_stmt *st = NULL;
	int64_t cap = 0;
	int rc = NP_OK, got = SQLITE_ERROR;

	if (sqlite3_prepare_v2(d->db, "SELECT n,text FROM word ORDER BY n", -1,
			       &st, NULL) != SQLITE_OK)
		rc = NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		int64_t n = sqlite3_column_int64(st, 0);
		const char *text = (const char *)sqlite3_column_text(st, 1);

		/* Numbers begin with 1 and have no holes. */
		if (n != x->nwords + 1 || !text)
			rc = NP_EINPUT;
		if (!rc && n > cap) {
			struct word *v = reallocarray(
				x->words, (size_t)cap * 2 + 64, sizeof(*v));

			if (v)
				x->words = v;
			cap = v ? cap * 2 + 64 : cap;
			rc = v ? NP_OK : NP_ENOMEM;
		}
		if (rc)
			break;
		x->words[x->nwords++] = (struct word){
			.text = np_copystr(keep, text, strlen(text))};
		if (!x->words[n - 1].text)
			rc = NP_ENOMEM;
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

static struct word *word_at(struct reading *x, sqlite3_stmt *st, int i)
{
	int64_t n = sqlite3_column_int64(st, i);

	return n > 0 && n <= x->nwords ? &x->words[n - 1] : NULL;
}

static uint16_t maker_of(struct reading *x, struct word *w)
{
	if (!w->has_maker)
		w->maker = np_maker_find(x->k, w->text);
	w->has_maker = true;
	return w->maker;
}

static uint16_t group_of(struct reading *x, struct word *w)
{
	for (uint16_t i = 0; !w->has_group && i < UINT16_MAX; i++) {
		const char *g = np_group_name(x->k, i);

		w->has_group = !g || strcmp(g, w->text) == 0;
		w->group = g ? i : 0;
	}
	w->has_group = true;
	return w->group;
}

static int claims_of(struct reading *x, int64_t n, const struct np_sighting *s)
{
	sqlite3_stmt *st = x->claims;
	int rc = NP_OK;

	x->c.n = 0;
	(void)sqlite3_bind_int64(st, 1, n);
	while (!rc && sqlite3_step(st) == SQLITE_ROW &&
	       x->c.n < NP_MAX_CLAIMS) {
		struct word *maker = word_at(x, st, 2);
		struct word *group = word_at(x, st, 3);
		struct word *rule = word_at(x, st, 5);
		struct word *value = word_at(x, st, 6);
		uint64_t flags = u_at(st, 7), fact = u_at(st, 4);

		if (fact >= s->nfacts || !rule || !group) {
			rc = NP_EINPUT;
			break;
		}
		x->c.v[x->c.n++] = (struct np_claim){
			.what = (enum np_what)u_at(st, 0),
			.grade = (enum np_grade)u_at(st, 1),
			.maker = maker ? maker_of(x, maker)
				       : (uint16_t)NP_NO_MAKER,
			.group = group_of(x, group),
			.fact = (uint16_t)fact,
			.rule = rule->text,
			.value = value ? value->text : NULL,
			.settable = flags & SETTABLE,
			.subscriber = flags & SUBSCRIBER,
			.virtual_key = flags & VIRTUAL,
			.computer = flags & COMPUTER,
		};
	}
	(void)sqlite3_reset(st);
	return rc;
}

/* The line as np_sighting_parse wants it, with its id. */
static int sighting_at(struct reading *x, sqlite3_stmt *st,
		       struct np_sighting *s, struct np_err *reterr)
{
	const char *line = np_dossier_text_at(st, 2);
	int n = sqlite3_column_bytes(st, 2);
	const void *id = sqlite3_column_blob(st, 1);

	if (!line || n < 2 || sqlite3_column_bytes(st, 1) != NP_ID)
		return np_fail(reterr, NP_EINPUT, "a sighting is damaged", NULL,
			       0);
	np_buf_clear(&x->line);
	np_puts(&x->line, "{\"source\":0,\"segment\":0,\"count\":0,"
			  "\"place\":0,\"id\":\"");
	np_puthex(&x->line, id, NP_ID);
	np_puts(&x->line, "\",");
	np_put(&x->line, line + 1, (size_t)n - 1);
	if (x->line.failed)
		return NP_ENOMEM;
	int rc = np_sighting_parse(x->line.p, x->line.n, &x->mem, s, reterr);

	s->seen = (struct np_occurrence){
		.source = (uint32_t)u_at(st, 3),
		.segment = (uint32_t)u_at(st, 4),
		.first = time_at(st, 5),
		.last = time_at(st, 6),
		.count = u_at(st, 7),
		.place = u_at(st, 8),
	};
	return rc;
}

static int read_all(struct np_dossier *d, struct reading *x,
		    np_dossier_sighting_fn *fn, void *ctx,
		    struct np_err *reterr)
{
	sqlite3_stmt *st = NULL;
	struct np_sighting s;
	int rc = NP_OK, got = SQLITE_ERROR;

	if (sqlite3_prepare_v2(
		    d->db,
		    "SELECT what,grade,maker,grp,fact,rule,value,flags "
		    "FROM claim WHERE sighting=? ORDER BY ord",
		    -1, &x->claims, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(
		    d->db,
		    "SELECT n,id,line,source,segment,first,last,count,place "
		    "FROM occurrence CROSS JOIN sighting ON n=sighting "
		    "ORDER BY source,segment,sighting",
		    -1, &st, NULL) != SQLITE_OK)
		rc = NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		np_arena_reset(&x->mem);
		rc = sighting_at(x, st, &s, reterr);
		if (!rc)
			rc = claims_of(x, sqlite3_column_int64(st, 0), &s);
		if (!rc)
			rc = fn(ctx, &s, &x->c);
	}
	if (!rc && got != SQLITE_DONE)
		rc = np_dossier_failed(d, reterr);
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_sightings(struct np_dossier *d, const struct np_knowledge *k,
			 struct np_arena *keep, np_dossier_sighting_fn *fn,
			 void *ctx, struct np_err *reterr)
{
	struct reading *x = calloc(1, sizeof(*x));
	int rc;

	if (!x)
		return NP_ENOMEM;
	x->k = k;
	x->mem = np_arena(NP_FRAME_ARENA);
	x->line = np_buf((size_t)1 << 22);
	rc = read_words(d, keep, x);
	if (!rc)
		rc = read_all(d, x, fn, ctx, reterr);
	(void)sqlite3_finalize(x->claims);
	np_arena_free(&x->mem);
	np_buf_free(&x->line);
	free(x->words);
	free(x);
	return rc;
}

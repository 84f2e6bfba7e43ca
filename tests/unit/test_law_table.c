/* SPDX-License-Identifier: ISC */
/*
 * tests/law/table.tsv: what the law says of one box on one day. Every row is a
 * box of its own, at a place of its own, of which only that row's facts are
 * stated.
 */
#include "core/buf.h"
#include "policy_made.h"

#define TABLE "tests/law/table.tsv"
#define COLUMNS 11
#define MAX_ROWS 2000
#define MAX_FACTS 16

enum {
	MAKER,
	FUNCTION,
	PLACE,
	FACTS,
	DAY,
	CLAUSE,
	STATUS,
	DATE,
	MISSING,
	SURE
};
enum { SAYS = COLUMNS - 1 };

struct row {
	char *v[COLUMNS];
	unsigned line;
};

struct facts {
	char *name[MAX_FACTS], *value[MAX_FACTS];
	size_t n;
};

struct table {
	char *text;
	struct row rows[MAX_ROWS];
	size_t n;
};

static char *read_all(const char *path)
{
	FILE *f = fopen(path, "re");
	struct np_buf b = np_buf((size_t)1 << 24);
	char chunk[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(&b, chunk, n);
	(void)fclose(f);
	assert_false(b.failed);
	return b.p;
}

static void cut_row(struct table *t, char *line, unsigned number)
{
	struct row *r = &t->rows[t->n];
	size_t i = 0;

	for (char *s = line; s; s = strchr(s, '\t')) {
		if (s != line)
			*s++ = '\0';
		if (i == COLUMNS)
			fail_msg("%s:%u: too many columns", TABLE, number);
		r->v[i++] = s;
	}
	if (i != COLUMNS)
		fail_msg("%s:%u: %zu columns", TABLE, number, i);
	r->line = number;
	t->n++;
	assert_true(t->n < MAX_ROWS);
}

static struct table *read_table(void)
{
	struct table *t = calloc(1, sizeof(*t));
	unsigned number = 1;

	assert_non_null(t);
	t->text = read_all(TABLE);
	for (char *s = t->text, *end; (end = strchr(s, '\n')); s = end + 1) {
		*end = '\0';
		if (*s && *s != '#')
			cut_row(t, s, number);
		number++;
	}
	return t;
}

static void free_table(struct table *t)
{
	free(t->text);
	free(t);
}

/* ---- one row */

static enum np_sure sure_of(const char *s)
{
	for (int i = NP_UNKNOWN; i <= NP_DISPUTED; i++) {
		if (strcmp(s, np_sure_name((enum np_sure)i)) == 0)
			return (enum np_sure)i;
	}
	fail_msg("no such verdict: %s", s);
	return NP_UNKNOWN;
}

/* "huawei:probable" */
static uint16_t read_maker(char *s, enum np_sure *ret)
{
	char *colon = strchr(s, ':');
	uint16_t m;

	*ret = NP_CONFIRMED;
	if (colon) {
		*colon = '\0';
		*ret = sure_of(colon + 1);
	}
	m = np_maker_find(&made, s);
	if (m == NP_NO_MAKER)
		fail_msg("no such maker: %s", s);
	return m;
}

static void read_facts(char *s, struct facts *ret)
{
	ret->n = 0;
	if (strcmp(s, "-") == 0)
		return;
	for (char *next; s; s = next) {
		char *is = strchr(s, '=');

		next = strchr(s, ',');
		if (next)
			*next++ = '\0';
		assert_true(is && ret->n < MAX_FACTS);
		*is = '\0';
		ret->name[ret->n] = s;
		ret->value[ret->n++] = is + 1;
	}
}

static const char *stated(void *ctx, const struct np_device *d,
			  const char *name)
{
	const struct facts *f = ctx;

	(void)d;
	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->name[i], name) == 0)
			return f->value[i];
	}
	return NULL;
}

static const char *or_dash(const char *s)
{
	return s && *s ? s : "-";
}

static void check_finding(const struct row *r, const struct np_finding *f,
			  int32_t as_of)
{
	const char *status = f ? np_finding_status(f) : "none";
	char date[16] = "-";

	if (strcmp(status, r->v[STATUS]) != 0)
		fail_msg("%s:%u: %s, not %s: %s", TABLE, r->line, status,
			 r->v[STATUS], f ? f->text : "");
	if (!f)
		return;
	if (f->date != NP_NODAY) {
		(void)np_day_text(f->date, date);
		assert_int_equal(f->days, f->date - as_of);
	}
	if (strcmp(date, r->v[DATE]) != 0)
		fail_msg("%s:%u: date %s, not %s", TABLE, r->line, date,
			 r->v[DATE]);
	if (strcmp(or_dash(f->missing), r->v[MISSING]) != 0)
		fail_msg("%s:%u: missing %s", TABLE, r->line,
			 or_dash(f->missing));
	if (strcmp(r->v[SAYS], "-") != 0 && !strstr(f->text, r->v[SAYS]))
		fail_msg("%s:%u: says %s", TABLE, r->line, f->text);
}

static void check_sure(const struct np_law *l, const struct row *r,
		       const char *clause)
{
	static const char letters[] = {[NP_PRIMARY] = 'P',
				       [NP_SECONDARY] = 'S',
				       [NP_UNVERIFIED] = 'U'};
	size_t i = np_clause_find(l, clause);

	if (i == SIZE_MAX)
		fail_msg("%s:%u: no such clause: %s", TABLE, r->line, clause);
	if (r->v[SURE][0] != letters[np_clause(l, i)->sure])
		fail_msg("%s:%u: certainty %s", TABLE, r->line, r->v[SURE]);
}

static void check_row(struct court *c, struct row *r)
{
	struct facts facts;
	struct np_question q = {
		.as_of = day(r->v[DAY]), .fact = stated, .ctx = &facts};
	char *plus = strchr(r->v[MAKER], '+'), *part;
	struct np_component component = {.rule = "entity"};
	struct np_device d;
	enum np_sure sure;
	uint16_t maker;
	bool none = strcmp(r->v[CLAUSE], "-") == 0;
	const char *function = r->v[FUNCTION];

	if (plus) {
		*plus = '\0';
		component.maker = read_maker(plus + 1, &component.sure);
	}
	maker = read_maker(r->v[MAKER], &sure);
	if (strncmp(function, "service", 7) == 0) {
		q.about = NP_SERVICE;
		function = function[7] == ':' ? function + 8 : "-";
	}
	read_facts(r->v[FACTS], &facts);
	d = box("x", maker, sure, strcmp(function, "-") == 0 ? NULL : function,
		NP_NO_SITE);
	if (strcmp(r->v[PLACE], "-") != 0)
		d.site = np_site_find(c->party, r->v[PLACE]);
	d.components = &component;
	d.ncomponents = plus != NULL;
	part = strchr(r->v[CLAUSE], '#');
	if (part)
		*part = '\0';
	judge(c, &q, &d, 1);
	check_finding(r, find(c, "x", none ? "" : r->v[CLAUSE], part != NULL),
		      q.as_of);
	if (!none)
		check_sure(c->law, r, r->v[CLAUSE]);
	np_arena_reset(&c->mem);
}

static void test_rows(void **state)
{
	struct table *t = read_table();
	struct court c = open_court(NULL);

	(void)state;
	assert_true(t->n >= 250);
	for (size_t i = 0; i < t->n; i++)
		check_row(&c, &t->rows[i]);
	print_message("%zu rows\n", t->n);
	close_court(&c);
	free_table(t);
}

/* ---- the table and the law */

static bool of_instrument(const char *clause, const char *id, size_t n)
{
	return strncmp(clause, id, n) == 0 && clause[n] == '/';
}

static size_t rows_of(const struct table *t, const char *id, size_t n)
{
	size_t rows = 0;

	for (size_t i = 0; i < t->n; i++)
		rows += of_instrument(t->rows[i].v[CLAUSE], id, n);
	return rows;
}

static bool judged(const struct np_clause *c)
{
	return !c->not_judged && !c->bill && c->sure != NP_UNVERIFIED;
}

/* Each instrument has a row, each that is judged has four. */
static void test_every_instrument(void **state)
{
	struct table *t = read_table();
	struct np_law *l = open_law(NULL);

	(void)state;
	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);
		size_t n = strcspn(c->id, "/");
		size_t rows = rows_of(t, c->id, n);

		if (rows < (judged(c) ? 4 : 1))
			fail_msg("%s: %zu rows", c->id, rows);
	}
	np_law_close(l);
	free_table(t);
}

/* Each date and threshold of a clause that is judged has rows on both sides:
 * the day on which it is on file, in force, ended, due. */
static bool both_sides(const struct table *t, const char *clause, int32_t edge)
{
	bool before = false, behind = false;

	for (size_t i = 0; i < t->n; i++) {
		const char *s = t->rows[i].v[CLAUSE];
		size_t n = strcspn(s, "#");
		int32_t on = day(t->rows[i].v[DAY]);

		if (strlen(clause) != n || strncmp(s, clause, n) != 0)
			continue;
		before |= on < edge;
		behind |= on >= edge;
	}
	return before && behind;
}

static void test_both_sides(void **state)
{
	struct table *t = read_table();
	struct np_law *l = open_law(NULL);
	size_t missing = 0;

	(void)state;
	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);
		int32_t edges[4] = {c->known, c->from,
				    c->until == NP_NODAY ? NP_NODAY
							 : c->until + 1,
				    c->date};

		/* software makes no finding of a box */
		if (!judged(c) || c->what == NP_SOFTWARE)
			continue;
		for (size_t k = 0; k < 4; k++) {
			char text[16];

			if (edges[k] == NP_NODAY ||
			    both_sides(t, c->id, edges[k]))
				continue;
			print_message("%s: no rows on both sides of %s\n",
				      c->id, np_day_text(edges[k], text));
			missing++;
		}
	}
	assert_int_equal(missing, 0);
	np_law_close(l);
	free_table(t);
}

/* What the data's slips were mended by, and what keeps a text that nobody read
 * from being applied. */
static void test_slips(void **state)
{
	static const char *const row_by_row[] = {"US", "DE", "IT", "JP", "GB"};
	struct np_law *l = open_law(NULL);

	(void)state;
	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);
		bool detailed = false;

		for (size_t k = 0; k < 5; k++)
			detailed |=
				strncmp(c->jurisdiction, row_by_row[k], 2) == 0;
		if (!detailed && c->sure != NP_PRIMARY && !c->not_judged)
			fail_msg("%s: judged, and not read", c->id);
		if (c->checked == NP_NODAY)
			fail_msg("%s: not said when it was looked at", c->id);
		if (c->note && strstr(c->note, "Names no company") && c->names)
			fail_msg("%s: names %s", c->id, c->names);
	}
	np_law_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_every_instrument),
		cmocka_unit_test(test_both_sides),
		cmocka_unit_test(test_slips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

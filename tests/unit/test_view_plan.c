/* SPDX-License-Identifier: ISC */
/* A plan as bars: lanes that nothing shares, as few as there can be, a box's
 * bars in one; and what becomes of plans that no screen can hold, or that are
 * none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/time.h"
#include "view/view.h"

#define WAVES 12
#define DAY0 20454 /* 2026-01-01 */

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

struct page {
	struct np_devices devices;
	struct np_findings findings;
	struct np_report report;
	struct np_style style;
	struct np_audience_table table;
	struct np_view_in in;
	struct np_buf plan, out;
	struct np_arena mem;
	struct np_party *party;
};

static void open_page(struct page *p)
{
	struct np_err e = {0};

	*p = (struct page){.mem = np_arena((size_t)64 << 20),
			   .plan = np_buf((size_t)64 << 20),
			   .out = np_buf((size_t)64 << 20)};
	assert_int_equal(np_party_open(NULL, &p->party, &e), 0);
	assert_int_equal(np_audience_open(NULL, &p->mem, &p->table, &e), 0);
	p->report = (struct np_report){.devices = &p->devices,
				       .findings = &p->findings,
				       .party = p->party,
				       .as_of = DAY0};
	p->in = (struct np_view_in){.report = &p->report,
				    .style = &p->style,
				    .table = &p->table,
				    .lang = "en"};
}

static void close_page(struct page *p)
{
	np_party_close(p->party);
	np_buf_free(&p->plan);
	np_buf_free(&p->out);
	np_arena_free(&p->mem);
}

static void put_waves(struct np_buf *b)
{
	char from[16], until[16];

	np_puts(b, "{\"schema\":\"nameplate.plan/1\",\"currency\":\"EUR\","
		   "\"start\":\"2026-01-01\",\"cost\":100,\"waves\":[");
	for (int i = 0; i < WAVES; i++)
		np_putf(b, "%s{\"from\":\"%s\",\"until\":\"%s\"}", i ? "," : "",
			np_day_text(DAY0 + 30 * i, from),
			np_day_text(DAY0 + 30 * i + 29, until));
	np_puts(b, "],\"boxes\":[");
}

/* Boxes of random waves at so many sites in three regions. */
static void make_plan(struct page *p, uint32_t boxes, uint32_t sites,
		      uint64_t *seed)
{
	np_buf_clear(&p->plan);
	put_waves(&p->plan);
	for (uint32_t i = 0; i < boxes; i++) {
		uint32_t in = 1 + next(seed) % WAVES,
			 out = in + next(seed) % (WAVES + 1 - in),
			 site = next(seed) % sites;

		np_putf(&p->plan,
			"%s{\"device\":\"d-%u\",\"label\":\"b%u\",\"site\":"
			"\"S%u\",\"region\":\"R%u\",\"weight\":100,"
			"\"cost\":{\"low\":1,\"expected\":2,\"high\":3},",
			i ? "," : "", i, i, site, site % 3);
		if (next(seed) % 9 == 0)
			np_puts(&p->plan, "\"replaced\":null,");
		else
			np_putf(&p->plan, "\"replaced\":%u,", in);
		if (next(seed) % 9 == 0)
			np_puts(&p->plan, "\"removed\":null,");
		else
			np_putf(&p->plan, "\"removed\":%u,", out);
		np_putf(&p->plan, "\"in_time\":%s}",
			next(seed) % 4 ? "true" : "false");
	}
	np_puts(&p->plan, "]}");
	p->in.plan = p->plan.p;
	p->in.plan_n = p->plan.n;
}

static cJSON *drawn(struct page *p, np_view_fn *view)
{
	struct np_err e = {0};
	cJSON *j;

	np_buf_clear(&p->out);
	assert_int_equal(view(&p->in, &p->out, &e), 0);
	j = cJSON_Parse(p->out.p);
	assert_non_null(j);
	return j;
}

static const cJSON *of(const cJSON *o, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(o, name);
}

static int number(const cJSON *o, const char *name)
{
	assert_true(cJSON_IsNumber(of(o, name)));
	return of(o, name)->valueint;
}

static int32_t day(const cJSON *o, const char *name)
{
	int32_t d = 0;

	assert_true(np_day_read(cJSON_GetStringValue(of(o, name)), &d));
	return d;
}

struct bar {
	int row, lane, n;
	int32_t from, to;
	const char *label;
};

static int by_lane(const void *p, const void *q)
{
	const struct bar *x = p, *y = q;

	if (x->row != y->row)
		return x->row - y->row;
	if (x->lane != y->lane)
		return x->lane - y->lane;
	return (x->from > y->from) - (x->from < y->from);
}

/* Returns how many boxes the bars that take something out stand for. */
static int check_bars(const cJSON *j)
{
	const cJSON *bars = of(j, "bars"), *x;
	int n = cJSON_GetArraySize(bars), k = 0, boxes = 0;
	struct bar *v = calloc((size_t)n + 1, sizeof(*v));

	assert_non_null(v);
	cJSON_ArrayForEach(x, bars)
	{
		const char *kind = cJSON_GetStringValue(of(x, "kind"));

		v[k++] = (struct bar){
			number(x, "row"), number(x, "lane"),
			number(x, "n"),	  day(x, "from"),
			day(x, "to"),	  cJSON_GetStringValue(of(x, "label"))};
		if (strcmp(kind, "remove") == 0 || strcmp(kind, "both") == 0)
			boxes += number(x, "n");
	}
	if (n)
		qsort(v, (size_t)n, sizeof(*v), by_lane);
	for (int i = 0; i < n; i++) {
		assert_true(v[i].from <= v[i].to);
		if (i && v[i].row == v[i - 1].row && v[i].lane == v[i - 1].lane)
			assert_true(v[i].from > v[i - 1].to);
		assert_true(v[i].lane <
			    number(cJSON_GetArrayItem(of(j, "rows"), v[i].row),
				   "lanes"));
	}
	free(v);
	return boxes;
}

/* No row has more lanes than boxes at one time. */
static void check_lanes(const cJSON *j)
{
	const cJSON *row, *x;
	int at = 0;

	cJSON_ArrayForEach(row, of(j, "rows"))
	{
		int most = 0;

		for (int d = 0; d < 30 * WAVES; d += 10) {
			int now = 0;

			cJSON_ArrayForEach(x, of(j, "bars")) now +=
				number(x, "row") == at &&
				day(x, "from") <= DAY0 + d &&
				day(x, "to") >= DAY0 + d;
			most = now > most ? now : most;
		}
		assert_int_equal(number(row, "lanes"), most);
		at++;
	}
}

static void bars(void **state)
{
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < 40; round++) {
		uint32_t boxes = next(&seed) % 60;
		struct page p;
		cJSON *j;

		open_page(&p);
		make_plan(&p, boxes, 1 + next(&seed) % 6, &seed);
		j = drawn(&p, np_view_gantt);
		assert_int_equal(check_bars(j) + number(j, "later"), boxes);
		check_lanes(j);
		cJSON_Delete(j);
		close_page(&p);
	}
}

/* Few bars stand for many boxes, and none is lost. */
static void many_boxes(void **state)
{
	static const struct {
		uint32_t boxes, sites;
		const char *by;
	} all[] = {{1400, 700, "site"},
		   {20000, 5, "site"},
		   {20000, 2000, "region"}};
	uint64_t seed = 9;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct page p;
		cJSON *j;

		open_page(&p);
		make_plan(&p, all[i].boxes, all[i].sites, &seed);
		j = drawn(&p, np_view_gantt);
		assert_string_equal(cJSON_GetStringValue(of(j, "by")),
				    all[i].by);
		assert_int_equal(check_bars(j) + number(j, "later"),
				 all[i].boxes);
		assert_true(cJSON_GetArraySize(of(j, "bars")) <= 4500);
		assert_true(p.out.n < 1500000);
		cJSON_Delete(j);
		close_page(&p);
	}
}

/* Another's dossier: the page stands, and says what is the matter. */
static void no_plan(void **state)
{
	static const char *const plans[] = {
		NULL,	  "",	  "{}",
		"[[[[[[", "\xff", "{\"schema\":\"nameplate.plan/1\"}"};
	static np_view_fn *const views[] = {np_view_gantt, np_view_burndown};

	(void)state;
	for (size_t i = 0; i < sizeof(plans) / sizeof(*plans) * 2; i++) {
		struct page p;
		cJSON *j;

		open_page(&p);
		p.in.plan = plans[i / 2];
		p.in.plan_n = p.in.plan ? strlen(p.in.plan) : 0;
		j = drawn(&p, views[i % 2]);
		assert_true(cJSON_IsString(of(j, "note")));
		cJSON_Delete(j);
		close_page(&p);
	}
}

/* Who may see no plan gets none, and who may see no money no sum. */
static void who_sees_it(void **state)
{
	uint64_t seed = 10;
	struct page p;
	cJSON *j;

	(void)state;
	open_page(&p);
	make_plan(&p, 10, 2, &seed);
	j = drawn(&p, np_view_gantt);
	assert_true(cJSON_IsObject(of(j, "cost")));
	assert_non_null(strstr(p.out.p, "\"label\":\"b1\""));
	cJSON_Delete(j);
	p.in.audience = NP_FOR_REGULATOR;
	j = drawn(&p, np_view_gantt);
	assert_true(cJSON_IsNull(of(j, "cost")));
	assert_null(strstr(p.out.p, "\"label\":\"b1\""));
	cJSON_Delete(j);
	p.in.audience = NP_FOR_PUBLIC;
	j = drawn(&p, np_view_gantt);
	assert_int_equal(cJSON_GetArraySize(of(j, "bars")), 0);
	cJSON_Delete(j);
	close_page(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars),
		cmocka_unit_test(many_boxes),
		cmocka_unit_test(no_plan),
		cmocka_unit_test(who_sees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

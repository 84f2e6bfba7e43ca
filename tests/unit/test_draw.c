/* SPDX-License-Identifier: ISC */
/* The drawings' arithmetic: projection, treemap, flow, lanes, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "draw/earth.h"
#include "draw/flow.h"
#include "draw/lanes.h"
#include "draw/treemap.h"

#define PI 3.14159265358979323846

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void near_to(double a, double b, double by)
{
	if (!(fabs(a - b) <= by))
		fail_msg("%.9f is not %.9f", a, b);
}

/* ---- numbers */

static void numbers(void **state)
{
	static const struct {
		double v;
		const char *text;
	} all[] = {{0, "0"},	    {-0.04, "0"},
		   {0.05, "0.1"},   {12, "12"},
		   {12.34, "12.3"}, {-0.26, "-0.3"},
		   {NAN, "0"},	    {999.96, "1000"},
		   {-7, "-7"},	    {INFINITY, "100000000000"}};
	struct np_buf b = np_buf(1024);

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		np_buf_clear(&b);
		np_put_tenths(&b, all[i].v);
		assert_string_equal(b.p, all[i].text);
	}
	/* 0.04 to 0.26 is 0 to 0.3 once both are rounded. */
	np_buf_clear(&b);
	np_put_between(&b, 0.04, 0.26);
	assert_string_equal(b.p, "0.3");
	np_buf_clear(&b);
	np_path_move(&b, 1, 2);
	np_path_line(&b, 3.25, -4);
	np_path_ribbon(&b, 0, 0, 10, 20);
	assert_string_equal(b.p, "M1 2L3.3 -4M0 0C5 0 5 20 10 20");
	np_buf_free(&b);
}

/* ---- projection */

/* The polynomial's other form: theta by Newton from sin(theta) = root/2
 * sin(phi), powers by pow(). */
static struct np_spot by_formula(double lat, double lon)
{
	static const double a[] = {1.340264, -0.081106, 0.000893, 0.003796};
	static const int e[] = {1, 3, 7, 9};
	double phi = lat * PI / 180, lambda = lon * PI / 180, m = sqrt(0.75);
	double t = 0.6 * phi, y = 0, dy = 0;

	for (int i = 0; i < 60; i++)
		t -= (sin(t) - m * sin(phi)) / cos(t);
	for (int i = 0; i < 4; i++) {
		y += a[i] * pow(t, e[i]);
		dy += a[i] * e[i] * pow(t, e[i] - 1);
	}
	return (struct np_spot){lambda * cos(t) / (m * dy), y};
}

static void earth(void **state)
{
	struct np_spot p = np_earth(0, 180), q;

	(void)state;
	/* The paper: the equator is 2.05458 times as long as the straight line
	 * from pole to pole, the pole lines are 0.59247 of the equator. */
	near_to(p.x, 2.706629983, 1e-8);
	near_to(p.y, 0, 1e-12);
	q = np_earth(90, 180);
	near_to(q.y, 1.317362759, 1e-8);
	near_to(p.x / q.y, 2.05458, 1e-5);
	near_to(q.x / p.x, 0.59247, 1e-5);
	for (int lat = -90; lat <= 90; lat += 5)
		for (int lon = -180; lon <= 180; lon += 15) {
			struct np_spot a = np_earth(lat, lon),
				       b = by_formula(lat, lon);

			near_to(a.x, b.x, 1e-12);
			near_to(a.y, b.y, 1e-12);
		}
}

/* Areas are true: a small square of the sphere keeps its area. */
static void earth_areas(void **state)
{
	const double h = 1e-4;

	(void)state;
	for (int lat = -88; lat <= 88; lat += 4)
		for (int lon = -175; lon <= 175; lon += 25) {
			struct np_spot e = np_earth(lat, lon + h),
				       w = np_earth(lat, lon - h),
				       n = np_earth(lat + h, lon),
				       s = np_earth(lat - h, lon);
			double area = (e.x - w.x) * (n.y - s.y) -
				      (e.y - w.y) * (n.x - s.x);
			double step = 2 * h * PI / 180;

			near_to(area / (step * step * cos(lat * PI / 180)), 1,
				1e-5);
		}
}

static void earth_box(void **state)
{
	struct np_spot p;

	(void)state;
	assert_true(np_earth_box(0, -180, &p));
	near_to(p.x, 0, 1e-9);
	near_to(p.y, 243.5, 1e-9);
	assert_true(np_earth_box(0, 180, &p));
	near_to(p.x, 1000, 1e-9);
	assert_true(np_earth_box(90, 0, &p));
	near_to(p.x, 500, 1e-9);
	assert_true(p.y >= 0 && p.y < 0.2);
	assert_true(np_earth_box(-90, 0, &p));
	assert_true(p.y <= NP_EARTH_HEIGHT && p.y > 486.8);
	assert_false(np_earth_box(90.1, 0, &p));
	assert_false(np_earth_box(0, -180.1, &p));
	assert_false(np_earth_box(NAN, 0, &p));
	assert_false(np_earth_box(0, INFINITY, &p));
}

/* ---- treemap */

static int falling(const void *p, const void *q)
{
	double x = *(const double *)p, y = *(const double *)q;

	return x > y ? -1 : x < y;
}

/* As it is written: edges to a tenth. Areas that overlap are counted in
 * squares of a tenth by what each row of squares has. */
static void no_overlap(const struct np_rect *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			int64_t x0 = np_tenths(fmax(r[i].x, r[k].x)),
				x1 = np_tenths(
					fmin(r[i].x + r[i].w, r[k].x + r[k].w)),
				y0 = np_tenths(fmax(r[i].y, r[k].y)),
				y1 = np_tenths(
					fmin(r[i].y + r[i].h, r[k].y + r[k].h));

			if (x1 > x0 && y1 > y0)
				fail_msg("%zu and %zu of %zu overlap", i, k, n);
		}
}

static void one_treemap(const double *size, size_t n, struct np_rect in)
{
	struct np_rect *r = calloc(n, sizeof(*r));
	double all = 0, area = 0;

	assert_non_null(r);
	for (size_t i = 0; i < n; i++)
		all += size[i];
	np_squarify(size, n, in, r);
	for (size_t i = 0; i < n; i++) {
		double want = all > 0 ? size[i] / all * in.w * in.h : 0;

		near_to(r[i].w * r[i].h, want, 1e-6 * in.w * in.h);
		assert_true(r[i].w >= 0 && r[i].h >= 0);
		assert_true(r[i].x >= in.x - 1e-6 && r[i].y >= in.y - 1e-6);
		assert_true(r[i].x + r[i].w <= in.x + in.w + 1e-6);
		assert_true(r[i].y + r[i].h <= in.y + in.h + 1e-6);
		area += r[i].w * r[i].h;
	}
	if (all > 0)
		near_to(area, in.w * in.h, 1e-6 * in.w * in.h);
	no_overlap(r, n);
	free(r);
}

static void treemap(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		double size[40];
		size_t n = next(&seed) % 40 + 1;
		struct np_rect in = {next(&seed) % 50, next(&seed) % 50,
				     1 + next(&seed) % 1000,
				     1 + next(&seed) % 600};

		for (size_t i = 0; i < n; i++)
			size[i] = next(&seed) % 4 ? next(&seed) % 1000
						  : (next(&seed) % 2 ? 0 : 1e6);
		if (round % 2)
			qsort(size, n, sizeof(*size), falling);
		one_treemap(size, n, in);
	}
}

/* The paper's example: 6 6 4 3 2 2 1 in 6 by 4. */
static void treemap_paper(void **state)
{
	static const double size[] = {6, 6, 4, 3, 2, 2, 1};
	struct np_rect r[7];

	(void)state;
	np_squarify(size, 7, (struct np_rect){0, 0, 6, 4}, r);
	near_to(r[0].w, 3, 1e-12);
	near_to(r[0].h, 2, 1e-12);
	near_to(r[1].y, 2, 1e-12);
	near_to(r[2].x, 3, 1e-12);
	near_to(r[2].w, 4 / (7 / 3.0), 1e-12);
	near_to(r[3].h, 7 / 3.0, 1e-12);
}

static void treemap_nothing(void **state)
{
	static const double none[] = {0, 0, 0};
	struct np_rect r[3], in = {1, 2, 3, 4};

	(void)state;
	np_squarify(none, 3, in, r);
	np_squarify(none, 0, in, r);
	assert_true(r[0].w == 0 && r[2].h == 0);
	np_squarify((const double[]){1, 2}, 2, (struct np_rect){0, 0, 0, 9}, r);
	assert_true(r[0].w == 0 && r[1].w == 0);
	in = np_rect_inside((struct np_rect){0, 0, 3, 3}, 2, 0);
	assert_true(in.w == 0 && in.h == 0 && in.x == 1.5);
}

/* ---- flow */

#define FLOW_MOST 12
struct made_flow {
	struct np_flow f;
	struct np_flow_node node[4 * FLOW_MOST];
	struct np_flow_link link[256];
};

/* Units go through all columns, so what comes in goes out. */
static void make_flow(struct made_flow *m, uint64_t *seed)
{
	uint32_t each = 1 + next(seed) % FLOW_MOST, units = next(seed) % 80;

	memset(m, 0, sizeof(*m));
	m->f = (struct np_flow){m->node, m->link,	    4 * each, 0,
				4,	 {0, 0, 1000, 520}, 14,	      6};
	for (uint32_t i = 0; i < 4 * each; i++)
		m->node[i].column = i / each;
	for (uint32_t u = 0; u < units; u++) {
		uint32_t from = next(seed) % each;

		for (uint32_t c = 1; c < 4; c++) {
			uint32_t to = c * each + next(seed) % each, i;

			for (i = 0; i < m->f.nlinks; i++)
				if (m->link[i].from == from &&
				    m->link[i].to == to)
					break;
			if (i == 256)
				break;
			m->link[i].from = from;
			m->link[i].to = to;
			m->link[i].n++;
			m->f.nlinks += i == m->f.nlinks;
			from = to;
		}
	}
}

/* By brute force over all pairs. */
static double crossings(const struct np_flow *f)
{
	double sum = 0;

	for (uint32_t i = 0; i < f->nlinks; i++)
		for (uint32_t k = 0; k < i; k++) {
			const struct np_flow_link *a = &f->link[i],
						  *b = &f->link[k];
			const struct np_flow_node *v = f->node;
			int64_t x = (int64_t)v[a->from].place -
				    v[b->from].place,
				y = (int64_t)v[a->to].place - v[b->to].place;

			if (v[a->from].column == v[b->from].column && x * y < 0)
				sum += (double)a->n * (double)b->n;
		}
	return sum;
}

static void check_flow(const struct np_flow *f)
{
	for (uint32_t i = 0; i < f->nnodes; i++) {
		const struct np_flow_node *x = &f->node[i];
		double in = 0, out = 0;

		for (uint32_t k = 0; k < f->nlinks; k++) {
			in += f->link[k].to == i ? f->link[k].thick : 0;
			out += f->link[k].from == i ? f->link[k].thick : 0;
		}
		/* What came in goes out, and is as high as the node. */
		if (x->column)
			near_to(in, x->at.h, 1e-9);
		if (x->column + 1 < f->columns)
			near_to(out, x->at.h, 1e-9);
		assert_true(x->at.y >= f->in.y - 1e-6);
		assert_true(x->at.y + x->at.h <= f->in.y + f->in.h + 1e-6);
		for (uint32_t k = 0; k < i; k++) {
			const struct np_flow_node *o = &f->node[k];

			if (o->column != x->column)
				continue;
			assert_int_not_equal(o->place, x->place);
			assert_true(o->at.y + o->at.h <= x->at.y + 1e-9 ||
				    x->at.y + x->at.h <= o->at.y + 1e-9);
		}
	}
	for (uint32_t k = 0; k < f->nlinks; k++) {
		const struct np_flow_link *l = &f->link[k];
		const struct np_rect *a = &f->node[l->from].at,
				     *b = &f->node[l->to].at;

		assert_true(l->start.y - l->thick / 2 >= a->y - 1e-9);
		assert_true(l->start.y + l->thick / 2 <= a->y + a->h + 1e-9);
		assert_true(l->end.y - l->thick / 2 >= b->y - 1e-9);
		assert_true(l->end.y + l->thick / 2 <= b->y + b->h + 1e-9);
	}
}

static void flow(void **state)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	uint64_t seed = 2;
	double before = 0, after = 0;

	(void)state;
	for (int round = 0; round < 800; round++) {
		struct made_flow m;
		uint32_t next_place[4] = {0};
		double first, now, counted;

		np_arena_reset(&mem);
		make_flow(&m, &seed);
		for (uint32_t i = 0; i < m.f.nnodes; i++)
			m.node[i].place = next_place[m.node[i].column]++;
		first = crossings(&m.f);
		assert_int_equal(np_flow_lay(&m.f, &mem), 0);
		now = crossings(&m.f);
		assert_int_equal(np_flow_crossed(&m.f, &mem, &counted), 0);
		assert_true(now == counted);
		assert_true(now <= first);
		before += first;
		after += now;
		check_flow(&m.f);
	}
	/* Sweeps are worth their time. */
	assert_true(after < 0.7 * before);
	np_arena_free(&mem);
}

/* Upside down pairs: an order without any crossing is found. */
static void flow_untangles(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_flow_node node[12];
	struct np_flow_link link[8];
	struct np_flow f = {node, link, 12, 8, 3, {0, 0, 100, 90}, 5, 2};

	(void)state;
	for (uint32_t i = 0; i < 12; i++)
		node[i] = (struct np_flow_node){.column = i / 4};
	for (uint32_t i = 0; i < 4; i++) {
		link[i] = (struct np_flow_link){.from = i, .to = 7 - i, .n = 3};
		link[4 + i] = (struct np_flow_link){
			.from = 4 + i, .to = 8 + (i + 2) % 4, .n = 3};
	}
	assert_int_equal(np_flow_lay(&f, &mem), 0);
	assert_true(crossings(&f) == 0);
	link[0].to = 9;
	assert_int_equal(np_flow_lay(&f, &mem), NP_EINPUT);
	link[0].to = 12;
	assert_int_equal(np_flow_lay(&f, &mem), NP_EINPUT);
	np_arena_free(&mem);
}

static void flow_without_memory(void **state)
{
	struct made_flow m;
	uint64_t seed = 3;
	int rc = NP_ENOMEM;

	(void)state;
	make_flow(&m, &seed);
	for (size_t limit = 0; rc; limit += 256) {
		struct np_arena mem = np_arena(limit);

		rc = np_flow_lay(&m.f, &mem);
		assert_true(rc == NP_OK || rc == NP_ENOMEM);
		np_arena_free(&mem);
	}
}

/* ---- lanes */

static void lanes(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct np_span v[40];
		uint32_t lane[40], n = next(&seed) % 41, got, most = 0;

		np_arena_reset(&mem);
		for (uint32_t i = 0; i < n; i++) {
			v[i].from = (int32_t)(next(&seed) % 60) - 30;
			v[i].until =
				v[i].from + (int32_t)(next(&seed) % 12) - 1;
		}
		assert_int_equal(np_lanes(v, n, &mem, lane, &got), 0);
		for (uint32_t i = 0; i < n; i++)
			if (v[i].until <= v[i].from)
				v[i].until = v[i].from + 1;
		/* As many as there are at one time, and no more. */
		for (int32_t day = -31; day < 45; day++) {
			uint32_t here = 0;

			for (uint32_t i = 0; i < n; i++)
				here += v[i].from <= day && day < v[i].until;
			most = here > most ? here : most;
		}
		assert_int_equal(got, most);
		for (uint32_t i = 0; i < n; i++) {
			assert_true(lane[i] < got);
			for (uint32_t k = 0; k < i; k++)
				assert_true(lane[i] != lane[k] ||
					    v[i].until <= v[k].from ||
					    v[k].until <= v[i].from);
		}
	}
	np_arena_free(&mem);
}

static void lanes_of_many(void **state)
{
	const uint32_t n = 200000;
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_span *v = calloc(n, sizeof(*v));
	uint32_t *lane = calloc(n, sizeof(*lane)), got;

	(void)state;
	assert_non_null(v);
	assert_non_null(lane);
	for (uint32_t i = 0; i < n; i++)
		v[i] = (struct np_span){INT32_MAX - 1, INT32_MIN};
	assert_int_equal(np_lanes(v, n, &mem, lane, &got), 0);
	assert_int_equal(got, n);
	free(v);
	free(lane);
	np_arena_free(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(earth),
		cmocka_unit_test(earth_areas),
		cmocka_unit_test(earth_box),
		cmocka_unit_test(treemap),
		cmocka_unit_test(treemap_paper),
		cmocka_unit_test(treemap_nothing),
		cmocka_unit_test(flow),
		cmocka_unit_test(flow_untangles),
		cmocka_unit_test(flow_without_memory),
		cmocka_unit_test(lanes),
		cmocka_unit_test(lanes_of_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

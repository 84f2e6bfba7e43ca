/* SPDX-License-Identifier: ISC */
/*
 * The solver against an exhaustive search that shares nothing with it but the
 * model, and the checker against both: every assignment of a small model is
 * tried here, by rules written a third time.
 */
#include "plan/mip.h"
#include "plan/plan.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define MOST 6

struct small {
	struct np_model m;
	struct np_task task[MOST];
	struct np_before before[4];
	struct np_way way[12];
	struct np_pick pick[16];
	struct np_apart apart[4];
	uint32_t nways, npicks;
	int64_t crews[8], calm[2], fund[4];
};

static const struct np_task plain = {.weight = 1,
				     .money = 10,
				     .crew = 1,
				     .allowed = ~UINT64_C(0),
				     .area = NP_NO_AREA,
				     .deadline = NP_NO_DEADLINE,
				     .frozen = NP_FREE};

/* Four tasks of growing weight, three periods, one crew. */
static void begin(struct small *x)
{
	memset(x, 0, sizeof(*x));
	for (uint32_t i = 0; i < MOST; i++) {
		x->task[i] = plain;
		x->task[i].weight = 1 + i;
	}
	for (size_t i = 0; i < 8; i++)
		x->crews[i] = 1;
	x->calm[0] = x->calm[1] = NP_NO_LIMIT;
	x->m = (struct np_model){.task = x->task,
				 .before = x->before,
				 .way = x->way,
				 .pick = x->pick,
				 .apart = x->apart,
				 .ntasks = 4,
				 .nregions = 1,
				 .nareas = 2,
				 .periods = 3,
				 .crews = x->crews,
				 .calm = x->calm,
				 .total = NP_NO_LIMIT,
				 .late = 3};
}

/* ---- every assignment */

static const struct np_way *way_of(const struct np_model *m, uint32_t i,
				   const uint8_t *way)
{
	return &m->way[m->task[i].way + way[i]];
}

static int64_t crew_of(const struct np_model *m, uint32_t i, const uint8_t *way)
{
	return m->task[i].nways ? way_of(m, i, way)->crew : m->task[i].crew;
}

static int64_t cost_of(const struct np_model *m, uint32_t i, const uint8_t *way)
{
	return m->task[i].nways ? way_of(m, i, way)->money : m->task[i].money;
}

static bool stay_apart(const struct np_model *m, const uint8_t *at,
		       const uint8_t *way)
{
	for (uint32_t i = 0; i < m->napart; i++) {
		const struct np_apart *a = &m->apart[i];
		bool side[2] = {false};

		for (uint32_t k = a->first; k < a->end; k++)
			side[k >= a->split] |=
				at[m->pick[k].task] < m->periods &&
				way[m->pick[k].task] == m->pick[k].way;
		if (side[0] && side[1])
			return false;
	}
	return true;
}

static bool holds(const struct small *x, const uint8_t *at, const uint8_t *way)
{
	const struct np_model *m = &x->m;
	int64_t all = 0;

	if (!stay_apart(m, at, way))
		return false;

	for (uint32_t i = 0; i < m->ntasks; i++) {
		const struct np_task *j = &m->task[i];

		if (j->frozen != NP_FREE && at[i] != j->frozen)
			return false;
		if (at[i] < m->periods && j->frozen == NP_FREE &&
		    !((j->nways ? way_of(m, i, way)->allowed : j->allowed) >>
			      at[i] &
		      1))
			return false;
	}
	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *b = &m->before[i];

		if (b->only && way[b->b] + 1 != b->only)
			continue;
		if (at[b->b] < m->periods &&
		    (at[b->a] >= m->periods || at[b->b] < at[b->a] + b->lag))
			return false;
	}
	int64_t left = 0;

	for (uint32_t t = 0; t < m->periods; t++) {
		int64_t crews[2] = {0}, down[2] = {0}, money = 0;

		for (uint32_t i = 0; i < m->ntasks; i++) {
			const struct np_task *j = &m->task[i];

			if (at[i] != t)
				continue;
			crews[j->region] += crew_of(m, i, way);
			money += cost_of(m, i, way);
			if (j->area != NP_NO_AREA)
				down[j->area]++;
		}
		for (uint32_t r = 0; r < m->nregions; r++)
			if (crews[r] > m->crews[r * m->periods + t])
				return false;
		for (uint32_t a = 0; a < 2; a++)
			if (m->calm[a] >= 0 && down[a] > m->calm[a])
				return false;
		all += money;
		if (!m->fund)
			continue;
		left = (m->carry ? left : 0) + m->fund[t] - money;
		if (left < 0)
			return false;
	}
	return m->total < 0 || all <= m->total;
}

static int64_t area_of(const struct np_model *m, const uint8_t *at)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < m->ntasks; i++) {
		const struct np_task *j = &m->task[i];

		sum += j->weight * (at[i] + 1);
		if (j->deadline != NP_NO_DEADLINE && at[i] > j->deadline)
			sum += m->late * j->weight * (at[i] - j->deadline);
	}
	return sum;
}

static int64_t money_of(const struct np_model *m, const uint8_t *at,
			const uint8_t *way)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < m->ntasks; i++)
		sum += at[i] < m->periods ? cost_of(m, i, way) : 0;
	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *b = &m->before[i];

		if (at[b->a] < m->periods &&
		    (!b->only ||
		     (at[b->b] < m->periods && way[b->b] + 1 == b->only)))
			sum += b->twice * (at[b->b] - at[b->a]);
	}
	return sum;
}

struct truth {
	int64_t area, money;
	bool any;
};

/* The next plan: another way, else another period; false: that was the last.
 */
static bool next(const struct np_model *m, uint8_t *at, uint8_t *way)
{
	for (uint32_t i = 0; i < m->ntasks; i++) {
		if (way[i] + 1 < m->task[i].nways) {
			way[i]++;
			return true;
		}
		way[i] = 0;
		if (++at[i] <= m->periods)
			return true;
		at[i] = 0;
	}
	return false;
}

/* Tries all; the checker has to say the same of each. */
static struct truth search(const struct small *x)
{
	const struct np_model *m = &x->m;
	struct truth best = {.area = INT64_MAX, .money = INT64_MAX};
	uint8_t at[MOST] = {0}, way[MOST] = {0};

	do {
		struct np_schedule s = {.at = at,
					.way = way,
					.area = area_of(m, at),
					.money = money_of(m, at, way)};
		bool ok = holds(x, at, way);
		struct np_breach b;

		assert_int_equal(np_plan_check(m, &s, &b, 1) == 0, ok);
		if (ok && (s.area < best.area ||
			   (s.area == best.area && s.money < best.money)))
			best = (struct truth){s.area, s.money, true};
	} while (next(m, at, way));
	return best;
}

static void solve_as(const struct small *x, const struct truth *t,
		     bool programme, bool parts)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_solve_how how = {.seconds = programme ? 0.02 : 20,
				   .programme = programme,
				   .parts = parts};
	struct np_schedule s;
	struct np_breach b;

	assert_int_equal(np_plan_solve(&x->m, &how, &mem, &s, NULL), 0);
	assert_int_equal(np_plan_check(&x->m, &s, &b, 1), 0);
	assert_true(s.bound <= t->area);
	assert_true(s.area >= t->area);
	if (!programme) {
		assert_int_equal(s.area, t->area);
		assert_int_equal(s.money, t->money);
		assert_int_equal(s.bound, t->area);
		assert_int_equal(s.how, NP_PROVEN);
		assert_true(s.least);
	}
	np_arena_free(&mem);
}

static void agree(const struct small *x, int64_t area)
{
	struct truth t = search(x);

	assert_true(t.any);
	if (area)
		assert_int_equal(t.area, area);
	solve_as(x, &t, false, false);
	solve_as(x, &t, true, false);
	solve_as(x, &t, true, true);
}

/* ---- twelve small plans */

static void crews(void **state)
{
	struct small x;

	(void)state;
	begin(&x); /* 4 first, then 3, then 2; 1 is later */
	agree(&x, 4 * 1 + 3 * 2 + 2 * 3 + 1 * 4);
	x.crews[1] = 0; /* nobody is there in the second period */
	agree(&x, 4 * 1 + 3 * 3 + 2 * 4 + 1 * 4);
	x.task[3].crew = 2; /* more than there ever are */
	agree(&x, 3 * 1 + 2 * 3 + 1 * 4 + 4 * 4);
}

static void money(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	for (size_t i = 0; i < 3; i++) {
		x.crews[i] = 9;
		x.fund[i] = 15;
	}
	x.m.fund = x.fund; /* one in each period */
	agree(&x, 4 * 1 + 3 * 2 + 2 * 3 + 1 * 4);
	x.m.carry = true; /* what is left pays a second one in the second */
	agree(&x, 4 * 1 + 3 * 2 + 2 * 2 + 1 * 3);
	x.m.total = 20;
	agree(&x, 4 * 1 + 3 * 2 + 2 * 4 + 1 * 4);
}

static void windows_and_permits(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	x.task[3].allowed = 4; /* the third period alone */
	agree(&x, 4 * 3 + 3 * 1 + 2 * 2 + 1 * 4);
	x.task[0].frozen = 0; /* under contract */
	agree(&x, 1 * 1 + 4 * 3 + 3 * 2 + 2 * 4);
}

static void who_waits(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	x.m.nbefore = 1; /* the heaviest waits for the lightest */
	x.before[0] = (struct np_before){.a = 0, .b = 3, .lag = 1};
	agree(&x, 3 * 1 + 1 * 2 + 4 * 3 + 2 * 4);
	x.before[0].lag = 2;
	agree(&x, 0);
	x.before[0] = (struct np_before){.a = 0, .b = 3, .twice = 7};
	x.task[0].weight = 0; /* a replacement: as late as it may be */
	x.crews[0] = x.crews[1] = x.crews[2] = 2;
	agree(&x, 0);
}

static void outages_and_deadlines(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	for (size_t i = 0; i < 3; i++)
		x.crews[i] = 9;
	x.task[3].area = x.task[2].area = 0;
	x.calm[0] = 1;
	agree(&x, 4 * 1 + 3 * 2 + 2 * 1 + 1 * 1);
	begin(&x);
	x.task[0].deadline = 0; /* 3 times its weight for each period late */
	x.task[0].weight = 2;
	agree(&x, 0);
	x.task[1].deadline = -1; /* that day was before the plan begins */
	agree(&x, 0);
}

/* ---- what replaces them */

/* Gives task j one more way. */
static void add_way(struct small *x, uint32_t j, int64_t money, int64_t crew,
		    uint64_t allowed)
{
	struct np_task *t = &x->task[j];

	if (!t->nways)
		t->way = x->nways;
	t->nways++;
	x->way[x->nways++] = (struct np_way){money, crew, allowed};
}

static void add_apart(struct small *x, uint32_t j, uint8_t jw, uint32_t k,
		      uint8_t kw)
{
	x->apart[x->m.napart++] =
		(struct np_apart){x->npicks, x->npicks + 1, x->npicks + 2};
	x->pick[x->npicks++] = (struct np_pick){j, jw};
	x->pick[x->npicks++] = (struct np_pick){k, kw};
}

/* The dear one is there at once, the cheap one takes a period to come. */
static void soon_or_cheap(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	for (size_t i = 0; i < 3; i++) {
		x.crews[i] = 9;
		x.fund[i] = 100;
	}
	x.m.fund = x.fund;
	x.m.carry = true;
	for (uint32_t i = 0; i < 4; i++) {
		add_way(&x, i, 40, 1, ~UINT64_C(0));
		add_way(&x, i, 10, 1, ~UINT64_C(1));
	}
	agree(&x, 4 * 1 + 3 * 1 + 2 * 2 + 1 * 2); /* two dear ones */
	x.fund[0] = 0;
	agree(&x, (4 + 3 + 2 + 1) * 2); /* and all of them the cheap ones */
}

/* What is soon for one excludes what is soon for the other. */
static void ways_that_exclude(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	for (size_t i = 0; i < 3; i++)
		x.crews[i] = 9;
	for (uint32_t i = 2; i < 4; i++) {
		add_way(&x, i, 10, 1, ~UINT64_C(0));
		add_way(&x, i, 10, 1, ~UINT64_C(1));
	}
	agree(&x, 4 + 3 + 2 + 1);
	add_apart(&x, 2, 0, 3, 0);
	agree(&x, 4 + 3 * 2 + 2 + 1);
	add_apart(&x, 2, 1, 3, 0);
	agree(&x, 4 * 2 + 3 + 2 + 1); /* the heavier one waits: or none does */
	add_apart(&x, 2, 0, 3, 1);
	agree(&x, 0);
	add_apart(&x, 2, 1, 3, 1); /* no two go together: one is later */
	agree(&x, 4 + 3 * 4 + 2 + 1);
}

/* One way needs another thing done first; with a frozen one in the way. */
static void ways_that_wait(void **state)
{
	struct small x;

	(void)state;
	begin(&x);
	for (size_t i = 0; i < 3; i++)
		x.crews[i] = 9;
	x.task[0].allowed = 4;
	add_way(&x, 3, 5, 1, ~UINT64_C(0));
	add_way(&x, 3, 9, 1, ~UINT64_C(1));
	x.m.nbefore = 1;
	x.before[0] = (struct np_before){.a = 0, .b = 3, .only = 1};
	agree(&x, 1 * 3 + 2 + 3 + 4 * 2);
	x.task[1].frozen = 1; /* what it takes is not to be had */
	x.task[1].nways = 0;
	add_way(&x, 1, 3, 2, 2);
	add_apart(&x, 1, 0, 3, 1);
	agree(&x, 1 * 3 + 2 * 2 + 3 + 4 * 3);
}

/* ---- two hundred others */

static uint64_t draw(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (*seed >> 11) % below;
}

static void make(struct small *x, uint64_t *r)
{
	begin(x);
	x->m.ntasks = 2 + (uint32_t)draw(r, 4);
	x->m.periods = 1 + (uint32_t)draw(r, 3);
	x->m.nregions = 1 + (uint32_t)draw(r, 2);
	x->m.late = (int64_t)draw(r, 4);
	x->m.carry = draw(r, 2);
	x->m.fund = draw(r, 3) ? x->fund : NULL;
	x->m.total = draw(r, 4) ? NP_NO_LIMIT : (int64_t)draw(r, 80);
	for (size_t i = 0; i < 8; i++)
		x->crews[i] = (int64_t)draw(r, 4);
	for (size_t i = 0; i < 4; i++)
		x->fund[i] = (int64_t)draw(r, 40);
	for (size_t i = 0; i < 2; i++)
		x->calm[i] = (int64_t)draw(r, 3) - 1;
	for (uint32_t i = 0; i < x->m.ntasks; i++) {
		struct np_task *j = &x->task[i];

		j->weight = (int64_t)draw(r, 6);
		j->money = (int64_t)draw(r, 25);
		j->crew = (int64_t)draw(r, 3);
		j->allowed = draw(r, 3) ? ~UINT64_C(0) : draw(r, 8);
		j->region = (uint32_t)draw(r, x->m.nregions);
		j->area = draw(r, 2) ? NP_NO_AREA : (uint32_t)draw(r, 2);
		j->deadline =
			draw(r, 2) ? NP_NO_DEADLINE : (int32_t)draw(r, 4) - 1;
		if (i && draw(r, 2) && x->m.nbefore < 4)
			x->before[x->m.nbefore++] = (struct np_before){
				.a = (uint32_t)draw(r, i),
				.b = i,
				.lag = (uint8_t)draw(r, 3),
				.twice = (int64_t)draw(r, 5)};
	}
}

/* The same, where two or three of them have ways. */
static void make_ways(struct small *x, uint64_t *r)
{
	make(x, r);
	x->m.ntasks = x->m.ntasks > 4 ? 4 : x->m.ntasks;
	for (uint32_t i = 0; i < x->m.nbefore; i++)
		if (x->before[i].b >= x->m.ntasks)
			x->m.nbefore = i;
	for (uint32_t i = 0; i < x->m.ntasks && x->nways < 8; i++)
		for (uint64_t n = draw(r, 4); n; n--)
			add_way(x, i, (int64_t)draw(r, 25), (int64_t)draw(r, 3),
				draw(r, 3) ? ~UINT64_C(0) : draw(r, 8));
	for (uint64_t n = draw(r, 4); n; n--) {
		uint32_t j = (uint32_t)draw(r, x->m.ntasks);
		uint32_t k = (uint32_t)draw(r, x->m.ntasks);

		if (j != k)
			add_apart(x, j, (uint8_t)draw(r, 3), k,
				  (uint8_t)draw(r, 3));
	}
	for (uint32_t i = 0; i < x->m.napart * 2; i++) {
		uint8_t n = x->task[x->pick[i].task].nways;

		x->pick[i].way = n ? x->pick[i].way % n : 0;
	}
	for (uint32_t i = 0; i < x->m.nbefore; i++) {
		uint8_t n = x->task[x->before[i].b].nways;

		x->before[i].only = (uint8_t)draw(r, 1 + (uint64_t)n);
	}
}

static void random_ones(void **state)
{
	uint64_t r = 0x2545f4914f6cdd1d;
	struct small x;

	(void)state;
	for (int i = 0; i < 200; i++) {
		make(&x, &r);
		agree(&x, 0);
	}
}

static void random_ones_with_ways(void **state)
{
	uint64_t r = 0x9e3779b97f4a7c15;
	struct small x;

	(void)state;
	for (int i = 0; i < 200; i++) {
		make_ways(&x, &r);
		agree(&x, 0);
	}
}

/* Without the exhaustive search Cbc has to find what is best of all. */
static void polished(void **state)
{
	uint64_t r = 0x853c49e6748fea9b;
	struct np_solve_how how = {
		.seconds = 1, .programme = true, .polish = true};
	struct np_schedule s;
	struct np_breach b;
	struct small x;

	(void)state;
	for (unsigned i = 0; i < 40; i++) {
		struct np_arena mem = np_arena((size_t)64 << 20);
		struct truth t;

		make_ways(&x, &r);
		t = search(&x);
		assert_int_equal(np_plan_solve(&x.m, &how, &mem, &s, NULL), 0);
		assert_int_equal(np_plan_check(&x.m, &s, &b, 1), 0);
		assert_true(s.bound <= t.area);
		assert_true(s.area >= t.area);
		if (!np_mip_absent())
			assert_int_equal(s.area, t.area);
		np_arena_free(&mem);
	}
}

#define SOME 28

/* 28 tasks of two ways each; hubs, and money that does not fit evenly. */
static void make_some(struct np_model *m, struct np_task *task,
		      struct np_way *way, struct np_before *before, uint64_t *r)
{
	for (uint32_t i = 0; i < SOME; i++) {
		task[i] = plain;
		task[i].weight = 3 + (int64_t)draw(r, 37);
		task[i].way = 2 * i;
		task[i].nways = 2;
		way[2 * i] = (struct np_way){20 + (int64_t)draw(r, 80),
					     1 + (int64_t)draw(r, 3), 255};
		way[2 * i + 1] =
			(struct np_way){10 + (int64_t)draw(r, 40), 1, 252};
		if (i % 4)
			before[m->nbefore++] =
				(struct np_before){.a = i - i % 4, .b = i};
	}
}

/* It is never worse than without, and better somewhere. */
static void polish_gains(void **state)
{
	int64_t crews[8] = {7, 7, 7, 7, 7, 7, 7, 7}, area[2];
	int64_t fund[8] = {333, 111, 127, 97, 173, 191, 151, 157};
	struct np_task task[SOME];
	struct np_way way[2 * SOME];
	struct np_before before[SOME];
	uint64_t r = 0xda942042e4dd58b5;
	unsigned gained = 0;

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct np_model m = {.task = task,
				     .way = way,
				     .before = before,
				     .ntasks = SOME,
				     .nregions = 1,
				     .periods = 8,
				     .crews = crews,
				     .fund = fund,
				     .carry = true,
				     .total = NP_NO_LIMIT,
				     .late = 2};

		make_some(&m, task, way, before, &r);
		for (int k = 0; k < 2; k++) {
			struct np_arena mem = np_arena((size_t)64 << 20);
			struct np_solve_how how = {.seconds = k ? 2 : 0.2,
						   .programme = true,
						   .polish = k};
			struct np_schedule s;
			struct np_breach b;

			assert_int_equal(
				np_plan_solve(&m, &how, &mem, &s, NULL), 0);
			assert_int_equal(np_plan_check(&m, &s, &b, 1), 0);
			area[k] = s.area;
			np_arena_free(&mem);
		}
		print_message("without polish %lld, with it %lld\n",
			      (long long)area[0], (long long)area[1]);
		assert_true(area[1] <= area[0]);
		gained += area[1] < area[0];
	}
	if (!np_mip_absent())
		assert_true(gained > 0);
}

static void circles_are_refused(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_solve_how how = {.seconds = 1};
	struct np_schedule s;
	struct np_err e;
	struct small x;

	(void)state;
	begin(&x);
	x.m.nbefore = 2;
	x.before[0] = (struct np_before){.a = 0, .b = 1};
	x.before[1] = (struct np_before){.a = 1, .b = 0};
	assert_int_equal(np_plan_solve(&x.m, &how, &mem, &s, &e), NP_EUSAGE);
	np_arena_free(&mem);
}

/* Memory out at any point is an answer; the first plan stays. */
static void memory_and_stop(void **state)
{
	struct np_schedule s;
	struct np_breach b;
	struct small x;
	volatile int stopped = 1;
	struct np_solve_how how = {.seconds = 1, .stopped = &stopped};

	(void)state;
	begin(&x);
	for (size_t limit = 0; limit < 4096; limit += 64) {
		struct np_arena mem = np_arena(limit);
		int rc = np_plan_solve(&x.m, &how, &mem, &s, NULL);

		assert_true(rc == NP_OK || rc == NP_ENOMEM);
		if (!rc) {
			assert_int_equal(np_plan_check(&x.m, &s, &b, 1), 0);
			assert_int_equal(s.how, NP_STOPPED);
		}
		np_arena_free(&mem);
	}
}

/* ---- large ones */

struct many {
	struct np_model m;
	struct np_task *task;
	struct np_before *before;
	int64_t *crews, fund[16];
	volatile int stopped;
	int calls;
	double last; /* gap */
};

static void make_many(struct many *x, uint32_t n, uint32_t regions)
{
	uint64_t r = 0x9e3779b97f4a7c15;
	int64_t money = 0, crews = 0;

	memset(x, 0, sizeof(*x));
	x->task = calloc(n, sizeof(*x->task));
	x->before = calloc(n, sizeof(*x->before));
	x->crews = calloc((size_t)regions * 16, sizeof(*x->crews));
	assert_true(x->task && x->before && x->crews);
	x->m = (struct np_model){.task = x->task,
				 .before = x->before,
				 .ntasks = n,
				 .nregions = regions,
				 .periods = 16,
				 .crews = x->crews,
				 .fund = x->fund,
				 .carry = true,
				 .total = NP_NO_LIMIT,
				 .late = 2};
	for (uint32_t i = 0; i < n; i++) {
		x->task[i] = plain;
		x->task[i].weight = 1 + (int64_t)draw(&r, 40);
		x->task[i].money = 1 + (int64_t)draw(&r, 1000);
		x->task[i].region = i / 8 % regions;
		if (i % 8)
			x->before[x->m.nbefore++] = (struct np_before){
				.a = i - i % 8, .b = i, .lag = 1};
		money += x->task[i].money;
		crews++;
	}
	for (uint32_t i = 0; i < regions * 16; i++)
		x->crews[i] = crews / regions / 14;
	for (size_t t = 0; t < 16; t++)
		x->fund[t] = money / 16;
}

static void free_many(struct many *x)
{
	free(x->task);
	free(x->before);
	free(x->crews);
}

static void watch(void *ctx, const struct np_schedule *s)
{
	struct many *x = ctx;

	assert_true(np_gap(s) <= x->last + 1e-12); /* it only falls */
	x->last = np_gap(s);
	x->stopped = ++x->calls >= 3;
}

/* Somebody stops it: what it has is a plan, and its gap is honest. */
static void stopped_on_the_way(void **state)
{
	struct np_arena mem = np_arena((size_t)256 << 20);
	struct np_schedule s;
	struct np_breach b;
	struct many x;

	(void)state;
	make_many(&x, 800, 4);
	x.last = 1;
	struct np_solve_how how = {.seconds = 600,
				   .stopped = &x.stopped,
				   .progress = watch,
				   .ctx = &x};

	assert_int_equal(np_plan_solve(&x.m, &how, &mem, &s, NULL), 0);
	assert_int_equal(s.how, NP_STOPPED);
	assert_int_equal(np_plan_check(&x.m, &s, &b, 1), 0);
	np_arena_free(&mem);
	free_many(&x);
}

/* Region by region, and whole: neither bound is above the other's plan. */
static void region_by_region(void **state)
{
	struct np_arena mem = np_arena((size_t)512 << 20);
	struct np_solve_how how = {.seconds = 600, .gap = 0.01};
	struct np_schedule s;
	struct np_breach b;
	struct many x;

	(void)state;
	make_many(&x, 4800, 12);
	assert_int_equal(np_plan_solve(&x.m, &how, &mem, &s, NULL), 0);
	assert_int_equal(np_plan_check(&x.m, &s, &b, 1), 0);
	assert_true(np_gap(&s) <= 0.01);
	np_arena_free(&mem);
	free_many(&x);
}

/* More than a programme holds, one region alone among it: a plan that holds, in
 * about its time, and what is proven of it is less and not nothing. */
static void larger_than_a_programme(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	struct np_solve_how how = {.seconds = 3, .gap = 0.001};
	struct np_schedule s;
	struct np_breach b;
	struct many x;

	(void)state;
	for (uint32_t regions = 1; regions <= 20; regions += 19) {
		make_many(&x, 60000, regions);
		assert_int_equal(np_plan_solve(&x.m, &how, &mem, &s, NULL), 0);
		assert_int_equal(np_plan_check(&x.m, &s, &b, 1), 0);
		assert_true(s.bound > 0 && s.bound < s.area);
		print_message("gap %.2f %%\n", 100 * np_gap(&s));
		assert_true(np_gap(&s) < 0.9);
		free_many(&x);
	}
	np_arena_free(&mem);
}

/* Each kind of breach is told by its name. */
static void the_checker_names_it(void **state)
{
	static const struct {
		uint8_t at[4];
		enum np_breach_kind kind;
	} want[] = {
		{{3, 1, 3, 0}, NP_B_PERIOD},
		{{3, 0, 3, 3}, NP_B_FROZEN},
		{{3, 1, 0, 3}, NP_B_BEFORE},
		{{1, 1, 3, 3}, NP_B_CREWS},
	};
	struct small x;

	(void)state;
	begin(&x);
	x.task[3].allowed = 4;
	x.task[1].frozen = 1;
	x.m.nbefore = 1;
	x.before[0] = (struct np_before){.a = 1, .b = 2, .lag = 1};
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		uint8_t at[4], way[4] = {0};
		struct np_schedule s = {.at = at};
		struct np_breach b;

		memcpy(at, want[i].at, sizeof(at));
		s.area = area_of(&x.m, at);
		s.money = money_of(&x.m, at, way);
		assert_true(np_plan_check(&x.m, &s, &b, 1) > 0);
		assert_int_equal(b.kind, want[i].kind);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crews),
		cmocka_unit_test(money),
		cmocka_unit_test(windows_and_permits),
		cmocka_unit_test(who_waits),
		cmocka_unit_test(outages_and_deadlines),
		cmocka_unit_test(random_ones),
		cmocka_unit_test(soon_or_cheap),
		cmocka_unit_test(ways_that_exclude),
		cmocka_unit_test(ways_that_wait),
		cmocka_unit_test(random_ones_with_ways),
		cmocka_unit_test(polished),
		cmocka_unit_test(polish_gains),
		cmocka_unit_test(circles_are_refused),
		cmocka_unit_test(memory_and_stop),
		cmocka_unit_test(stopped_on_the_way),
		cmocka_unit_test(region_by_region),
		cmocka_unit_test(larger_than_a_programme),
		cmocka_unit_test(the_checker_names_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: ISC */
/*
 * bench_plan [SITES [PERIODS [REGIONS [SECONDS [GAP % [WAYS]]]]]]: how long a
 * plan of a made network takes until its gap is proven. Every tenth site is a
 * hub that others of its region wait for. With ways each site has so many, the
 * dearer the sooner; a hub's last way excludes the first of all others of its
 * region. Without arguments both sizes that issue 6 names, and one with ways;
 * exits 1 when a gap is not reached in its time (of the processor: others may
 * run beside it), or the checker finds a breach.
 */
#include "plan/plan.h"
#include <math.h>
#include <sys/resource.h>
#include <time.h>

static uint64_t seed = 88172645463325252u;

static uint64_t next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int64_t between(int64_t low, int64_t high)
{
	return low + (int64_t)(next() % (uint64_t)(high - low + 1));
}

static double seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct made {
	struct np_model m;
	struct np_task *task;
	struct np_before *before;
	int64_t *crews, *fund;
	struct np_way *way;
	struct np_pick *pick;
	struct np_apart *apart;
};

/* In each region: the last way of its hubs, and the first of the others. */
static void exclude(struct made *x, uint32_t n, uint32_t regions, uint32_t ways)
{
	uint32_t npicks = 0;

	for (uint32_t r = 0; r < regions; r++) {
		struct np_apart *a = &x->apart[r];

		a->first = npicks;
		for (uint32_t i = 0; i < n; i += 10)
			if (x->task[i].region == r)
				x->pick[npicks++] = (struct np_pick){
					i, (uint8_t)(ways - 1)};
		a->split = npicks;
		for (uint32_t i = 0; i < n; i++)
			if (i % 10 && x->task[i].region == r)
				x->pick[npicks++] = (struct np_pick){i, 0};
		a->end = npicks;
	}
	x->m.napart = regions;
}

static void make_ways(struct made *x, uint32_t n, uint32_t regions,
		      uint32_t ways)
{
	x->way = calloc((size_t)n * ways, sizeof(*x->way));
	x->pick = calloc(n * 2UL, sizeof(*x->pick));
	x->apart = calloc(regions, sizeof(*x->apart));
	if (!x->way || !x->pick || !x->apart)
		exit(4);
	x->m.way = x->way;
	x->m.pick = x->pick;
	x->m.apart = x->apart;
	for (uint32_t i = 0; i < n; i++) {
		struct np_task *t = &x->task[i];

		t->way = i * ways;
		t->nways = (uint8_t)ways;
		for (uint32_t k = 0; k < ways; k++)
			x->way[t->way + k] = (struct np_way){
				.money = t->money * (10 - 2 * (int64_t)k) / 10,
				.crew = t->crew,
				.allowed = t->allowed << 2 * k};
	}
	exclude(x, n, regions, ways);
}

static void make(struct made *x, uint32_t n, uint32_t periods, uint32_t regions)
{
	int64_t crew = 0, money = 0;

	x->task = calloc(n, sizeof(*x->task));
	x->before = calloc(n, sizeof(*x->before));
	x->crews = calloc((size_t)regions * periods, sizeof(*x->crews));
	x->fund = calloc(periods, sizeof(*x->fund));
	if (!x->task || !x->before || !x->crews || !x->fund)
		exit(4);
	x->m = (struct np_model){.task = x->task,
				 .before = x->before,
				 .ntasks = n,
				 .nregions = regions,
				 .periods = periods,
				 .crews = x->crews,
				 .fund = x->fund,
				 .carry = true,
				 .total = NP_NO_LIMIT,
				 .late = 2};
	for (uint32_t i = 0; i < n; i++) {
		uint32_t hub = i - i % 10;

		x->task[i] = (struct np_task){
			.weight = between(1, 40),
			.money = between(20000, 400000) * 100,
			.crew = between(1, 3),
			.allowed = ~UINT64_C(0) << between(0, 2),
			.region = i / 10 % regions,
			.area = NP_NO_AREA,
			.frozen = NP_FREE,
			.deadline = between(0, 3)
					    ? NP_NO_DEADLINE
					    : (int32_t)between(periods / 2,
							       periods - 1)};
		if (i != hub && i % 3)
			x->before[x->m.nbefore++] =
				(struct np_before){.a = hub, .b = i, .lag = 1};
		crew += x->task[i].crew;
		money += x->task[i].money;
	}
	for (uint32_t i = 0; i < regions * periods; i++)
		x->crews[i] = 1 + crew / regions / (periods - 2);
	for (uint32_t t = 0; t < periods; t++)
		x->fund[t] = money / periods * (t < 4 ? 8 : 10) / 10;
}

static void fall(void *ctx, const struct np_schedule *s)
{
	(void)fprintf(stderr, "  %6.2f s  gap %.3f %%\n",
		      seconds() - *(double *)ctx, 100 * np_gap(s));
}

static int run(uint32_t n, uint32_t periods, uint32_t regions, double limit,
	       double gap, uint32_t ways)
{
	struct made x = {0};
	struct np_arena mem = np_arena((size_t)2 << 30);
	struct np_schedule s;
	struct np_breach b;
	struct rusage used;
	double since = seconds(), took, cpu;
	struct np_solve_how how = {.polish = getenv("POLISH") != NULL,
				   .seconds = limit * 2,
				   .gap = gap / 100,
				   .progress = getenv("FALL") ? fall : NULL,
				   .ctx = &since};
	int bad;

	make(&x, n, periods, regions);
	if (ways > 1)
		make_ways(&x, n, regions, ways);
	since = seconds();
	clock_t begun = clock();

	bad = np_plan_solve(&x.m, &how, &mem, &s, NULL) != 0;
	took = seconds() - since;
	/* One thread: what a machine takes that has nothing else to do. */
	cpu = (double)(clock() - begun) / CLOCKS_PER_SEC;
	(void)getrusage(RUSAGE_SELF, &used);
	if (!bad) {
		(void)printf(
			"%6u sites x %u periods x %u regions x %u ways, %u "
			"wait: gap "
			"%.3f %% in %.2f s of the processor (%.2f s of the "
			"clock), %ld MiB, %zu breaches\n",
			n, periods, regions, ways, x.m.nbefore,
			100 * np_gap(&s), cpu, took, used.ru_maxrss / 1024,
			np_plan_check(&x.m, &s, &b, 1));
		bad = np_gap(&s) > gap / 100 || cpu > limit ||
		      used.ru_maxrss > 4L << 20 ||
		      np_plan_check(&x.m, &s, &b, 1);
	}
	np_arena_free(&mem);
	free(x.task);
	free(x.before);
	free(x.crews);
	free(x.fund);
	free(x.way);
	free(x.pick);
	free(x.apart);
	return bad;
}

static uint32_t number(int argc, char **argv, int i, uint32_t other)
{
	return i < argc ? (uint32_t)strtoul(argv[i], NULL, 10) : other;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return run(number(argc, argv, 1, 2000),
			   number(argc, argv, 2, 16), number(argc, argv, 3, 20),
			   number(argc, argv, 4, 2),
			   argc > 5 ? strtod(argv[5], NULL) : 0.3,
			   number(argc, argv, 6, 1));
	return run(2000, 16, 20, 2, 0.3, 1) | run(10000, 16, 20, 10, 0.5, 1) |
	       run(2000, 16, 20, 10, 2.2, 3);
}

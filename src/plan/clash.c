/* SPDX-License-Identifier: ISC */
/*
 * Why a deadline is missed: what is scarce is made plenty, one at a time, and
 * then as scarce as just keeps it.
 */
#include "plan/work.h"

#define MOST_CREWS 64
#define SECONDS 0.3 /* of one try */

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct trying {
	const struct np_work *w;
	struct np_model m;
	struct np_task *task;
	int64_t *crews, fund[NP_PERIODS];
	const struct np_clash *about;
	double until; /* seconds of the clock: when to stop looking */
};

static bool is_about(const struct np_work *w, const struct np_clash *c,
		     uint32_t i)
{
	return w->box[i].date == c->date &&
	       strcmp(w->box[i].region, c->region) == 0;
}

static bool is_late(const struct np_work *w, const uint8_t *at, uint32_t i)
{
	const struct np_task *t = &w->task[w->box[i].remove];

	return t->deadline != NP_NO_DEADLINE &&
	       (int32_t)at[w->box[i].remove] > t->deadline;
}

/* Does a plan with so many crews and so much money more keep it? */
static bool keeps(struct trying *y, int64_t crews, int64_t money)
{
	const struct np_work *w = y->w;
	struct np_arena mem = np_arena((size_t)1 << 30);
	const struct np_solve_how how = {.seconds = SECONDS, .gap = 0.001};
	struct np_schedule s;
	uint32_t region = 0;
	bool kept = true;

	while (strcmp(w->region[region], y->about->region) != 0)
		region++;
	y->m = w->m;
	y->m.task = y->task;
	y->m.crews = y->crews;
	for (uint32_t t = 0; t < w->m.periods; t++) {
		size_t at = (size_t)region * w->m.periods + t;

		y->crews[at] = w->crews[at];
		if (w->crews[at] != NP_NO_LIMIT)
			y->crews[at] += crews;
		if (w->m.fund)
			y->fund[t] = w->m.fund[t] +
				     (t == 0 || !w->m.carry ? money : 0);
	}
	y->m.fund = w->m.fund ? y->fund : NULL;
	if (w->m.total != NP_NO_LIMIT)
		y->m.total = w->m.total + money;
	if (np_plan_solve(&y->m, &how, &mem, &s, NULL))
		kept = false;
	for (uint32_t i = 0; kept && i < w->nboxes; i++)
		kept = !is_about(w, y->about, i) || !is_late(w, s.at, i);
	np_arena_free(&mem);
	return kept;
}

static int64_t fewest_crews(struct trying *y, int64_t money)
{
	for (int64_t n = 1; n <= MOST_CREWS && now() < y->until;
	     n = n < 8 ? n + 1 : n * 2)
		if (keeps(y, n, money))
			return n;
	return -1;
}

static int64_t least_money(struct trying *y, int64_t all, int64_t crews)
{
	int64_t low = 0, high = all;

	if (!all || !keeps(y, crews, all))
		return -1;
	while (high - low > all / 256 + 1) {
		int64_t mid = low + (high - low) / 2;

		if (keeps(y, crews, mid))
			high = mid;
		else
			low = mid;
	}
	return high;
}

/* The first period that leads, permits, windows and those before it leave. */
static uint32_t soonest(const struct np_work *w, uint32_t task, unsigned depth)
{
	const struct np_task *x = &w->task[task];
	uint64_t allowed = x->nways ? 0 : x->allowed;
	uint32_t t = 0;

	for (uint32_t k = 0; k < x->nways; k++)
		allowed |= w->way[x->way + k].allowed;

	for (uint32_t i = 0; depth < 32 && i < w->m.nbefore; i++) {
		uint32_t u;

		if (w->before[i].b != task ||
		    (w->before[i].only && x->nways > 1))
			continue;
		u = soonest(w, w->before[i].a, depth + 1) + w->before[i].lag;
		t = u > t ? u : t;
	}
	while (t < w->m.periods && !(allowed >> t & 1))
		t++;
	return t < w->m.periods ? t : w->m.periods;
}

static int64_t dearest(const struct np_work *w, uint32_t task)
{
	const struct np_task *x = &w->task[task];
	int64_t most = x->nways ? 0 : x->money;

	for (uint32_t k = 0; k < x->nways; k++)
		if (w->way[x->way + k].money > most)
			most = w->way[x->way + k].money;
	return most;
}

static void explain(struct trying *y, const struct np_schedule *s,
		    struct np_clash *c)
{
	const struct np_work *w = y->w;
	int64_t all = 0;
	bool later = false;

	for (uint32_t i = 0; i < w->nboxes; i++) {
		uint32_t j = w->box[i].remove;

		if (!is_about(w, c, i) || !is_late(w, s->at, i))
			continue;
		c->boxes++;
		later |= s->at[j] >= w->m.periods;
		if ((uint32_t)(s->at[j] - w->task[j].deadline) > c->periods)
			c->periods = (uint32_t)(s->at[j] - w->task[j].deadline);
		if ((int32_t)soonest(w, j, 0) > w->task[j].deadline)
			c->by_itself = true;
	}
	c->periods = later ? 0 : c->periods;
	c->crews = c->money = -1;
	if (c->by_itself)
		return;
	for (uint32_t j = 0; w->m.fund && j < w->m.ntasks; j++)
		all += dearest(w, j);
	y->about = c;
	if (now() > y->until) {
		c->unsought = true;
		return;
	}
	c->crews = fewest_crews(y, 0);
	c->money = least_money(y, all, 0);
	if (c->crews >= 0 || c->money >= 0 || !all)
		return;
	c->crews = fewest_crews(y, all);
	c->both = c->crews >= 0;
	if (c->both)
		c->money = least_money(y, all, c->crews);
}

static int by_date(const void *a, const void *b)
{
	const struct np_clash *x = a, *y = b;

	return x->date != y->date ? (x->date < y->date ? -1 : 1)
				  : strcmp(x->region, y->region);
}

int np_clashes(const struct np_work *w, const struct np_schedule *s,
	       double seconds, struct np_arena *mem, struct np_clash **ret,
	       size_t *ret_n)
{
	struct trying y = {.w = w, .task = w->task, .until = now() + seconds};
	size_t cells = (size_t)w->m.nregions * w->m.periods, n = 0;
	struct np_clash *v = np_zalloc(mem, (w->nboxes + 1) * sizeof(*v));

	*ret_n = 0;
	*ret = v;
	y.crews = np_alloc(mem, (cells + 1) * sizeof(*y.crews));
	if (!v || !y.crews)
		return NP_ENOMEM;
	if (cells)
		memcpy(y.crews, w->crews, cells * sizeof(*y.crews));
	for (uint32_t i = 0; i < w->nboxes; i++) {
		bool known = false;

		for (size_t k = 0; k < n; k++)
			known |= is_about(w, &v[k], i);
		if (known || !is_late(w, s->at, i))
			continue;
		v[n].region = w->box[i].region;
		v[n++].date = w->box[i].date;
	}
	qsort(v, n, sizeof(*v), by_date);
	for (size_t k = 0; k < n; k++) {
		explain(&y, s, &v[k]);
		/* the next one is tried with the crews there are */
		memcpy(y.crews, w->crews, cells * sizeof(*y.crews));
	}
	*ret_n = n;
	return NP_OK;
}

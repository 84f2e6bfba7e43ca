/* SPDX-License-Identifier: ISC */
/*
 * Planning anew from what happened. A box that is out was replaced and removed
 * in the period of that day; what that took is counted. All others are done in
 * the period in course at the soonest, also those whose contract named a day
 * that is past. What happened breaks no limit: where it took more crews or
 * money than there were, there were more, and what was spent before it came is
 * missing afterwards.
 */
#include "plan/work.h"

struct happening {
	struct np_work *w;
	const struct np_plan_file *f;
	const struct np_happened *h;
	bool *done; /* by task */
};

static bool is_out(const struct happening *x, uint32_t box)
{
	return x->h->out[box] != NP_NODAY;
}

static uint64_t from(uint32_t t)
{
	return t < 64 ? ~UINT64_C(0) << t : 0;
}

static void freeze(struct happening *x, uint32_t box)
{
	struct np_work *w = x->w;
	const struct np_box *b = &w->box[box];
	int32_t t = np_period_of(x->f, x->h->out[box]);
	int32_t overlap = (int32_t)x->f->overlap;
	struct np_task *replace = &w->task[b->replace];
	struct np_task *remove = &w->task[b->remove];

	t = t < 0			? 0
	    : t < (int32_t)w->m.periods ? t
					: (int32_t)w->m.periods - 1;
	remove->frozen = (uint8_t)t;
	replace->frozen = (uint8_t)(t > overlap ? t - overlap : 0);
	remove->area = replace->area = NP_NO_AREA;
	if (replace->nways)
		replace->nways = 1;
	x->done[b->replace] = x->done[b->remove] = true;
}

/* One that is still there. */
static bool put_off(struct happening *x, uint32_t box, uint32_t now)
{
	struct np_work *w = x->w;
	const struct np_box *b = &w->box[box];
	const uint32_t both[] = {b->replace, b->remove};
	bool late = false;

	for (size_t i = 0; i < 2; i++) {
		struct np_task *t = &w->task[both[i]];

		t->allowed &= from(now);
		for (uint32_t k = 0; k < t->nways; k++)
			w->way[t->way + k].allowed &= from(now);
		if (t->frozen != NP_FREE && t->frozen < now) {
			t->frozen = NP_FREE;
			late = true;
		}
	}
	return late;
}

/* An order that what happened did not keep binds nobody any more. */
static void drop_orders(struct happening *x)
{
	struct np_work *w = x->w;
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->m.nbefore; i++) {
		struct np_before b = w->before[i];
		const struct np_task *first = &w->task[b.a];
		const struct np_task *then = &w->task[b.b];

		if (x->done[b.b]) {
			if (!x->done[b.a])
				continue;
			if (then->frozen < first->frozen)
				continue;
			if (b.lag > then->frozen - first->frozen)
				b.lag = (uint8_t)(then->frozen - first->frozen);
		}
		w->before[n++] = b;
	}
	w->m.nbefore = n;
}

/* Ways that were taken although they exclude each other: the second side's pick
 * becomes one of the first side, and excludes nothing there. */
static void drop_picks(struct happening *x)
{
	struct np_work *w = x->w;

	for (uint32_t i = 0; i < w->m.napart; i++) {
		const struct np_apart *a = &w->apart[i];
		uint32_t taken = NP_NO_BOX;

		for (uint32_t k = a->first; k < a->end; k++) {
			struct np_pick *p = &w->pick[k];

			if (!x->done[p->task] || p->way)
				continue;
			if (k < a->split)
				taken = k;
			else if (taken != NP_NO_BOX)
				*p = w->pick[taken];
		}
	}
}

static void raise_crews(struct happening *x)
{
	struct np_work *w = x->w;

	for (uint32_t r = 0; r < w->m.nregions; r++) {
		for (uint32_t t = 0; t < w->m.periods; t++) {
			int64_t *has = &w->crews[r * w->m.periods + t],
				used = 0;

			for (uint32_t j = 0; j < w->m.ntasks; j++)
				if (x->done[j] && w->task[j].region == r &&
				    w->task[j].frozen == t)
					used += np_way_of(w, NULL, j).crew;
			if (*has != NP_NO_LIMIT && used > *has)
				*has = used;
		}
	}
}

static void move_money(struct happening *x)
{
	struct np_work *w = x->w;
	int64_t left = 0, spent[NP_PERIODS] = {0}, all = 0;

	for (uint32_t j = 0; j < w->m.ntasks; j++) {
		if (!x->done[j])
			continue;
		spent[w->task[j].frozen] += np_way_of(w, NULL, j).money;
		all += np_way_of(w, NULL, j).money;
	}
	if (w->m.total != NP_NO_LIMIT && all > w->m.total)
		w->m.total = all;
	for (uint32_t t = 0; w->m.fund && t < w->m.periods; t++) {
		left = (w->m.carry ? left : 0) + w->fund[t] - spent[t];
		if (left >= 0)
			continue;
		w->fund[t] -= left;
		if (w->m.carry && t + 1 < w->m.periods)
			w->fund[t + 1] += left;
		left = 0;
	}
}

int np_work_happened(struct np_work *w, const struct np_plan_file *f,
		     struct np_happened *h, struct np_arena *mem)
{
	struct happening x = {.w = w, .f = f, .h = h};
	int32_t now = np_period_of(f, h->as_of);

	x.done = np_zalloc(mem, (size_t)w->m.ntasks + 1);
	if (!x.done)
		return NP_ENOMEM;
	h->late = 0;
	for (uint32_t i = 0; i < w->nboxes; i++) {
		if (is_out(&x, i))
			freeze(&x, i);
		else
			h->late += put_off(&x, i, now < 0 ? 0 : (uint32_t)now);
	}
	drop_orders(&x);
	drop_picks(&x);
	raise_crews(&x);
	move_money(&x);
	return NP_OK;
}

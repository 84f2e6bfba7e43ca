/* SPDX-License-Identifier: ISC */
/*
 * The checker. It takes the model and a schedule and goes through every
 * constraint by its definition, one after the other, the slow and plain way. It
 * shares no line with the solver, and includes nothing of it.
 */
#include "plan/plan.h"

struct breaches {
	struct np_breach *v;
	size_t n, cap;
};

static void say(struct breaches *b, struct np_breach x)
{
	if (b->n < b->cap)
		b->v[b->n] = x;
	b->n++;
}

/* Is it done within the horizon? */
static bool is_done(const struct np_model *m, const struct np_schedule *s,
		    uint32_t i)
{
	return s->at[i] < m->periods;
}

/* The way in which the plan has it done. */
static uint8_t way_of(const struct np_schedule *s, uint32_t i)
{
	return s->way ? s->way[i] : 0;
}

/* That way, in words of money, crews and periods. */
static struct np_way taken(const struct np_model *m,
			   const struct np_schedule *s, uint32_t i)
{
	const struct np_task *x = &m->task[i];

	if (x->nways)
		return m->way[x->way + way_of(s, i)];
	return (struct np_way){x->money, x->crew, x->allowed};
}

static void check_ways(const struct np_model *m, const struct np_schedule *s,
		       struct breaches *b)
{
	for (uint32_t i = 0; i < m->ntasks; i++) {
		uint32_t n = m->task[i].nways ? m->task[i].nways : 1;

		if (way_of(s, i) >= n)
			say(b, (struct np_breach){.kind = NP_B_WAY,
						  .task = i,
						  .has = way_of(s, i)});
	}
}

static void check_tasks(const struct np_model *m, const struct np_schedule *s,
			struct breaches *b)
{
	for (uint32_t i = 0; i < m->ntasks; i++) {
		const struct np_task *x = &m->task[i];
		struct np_breach no = {.task = i, .period = s->at[i]};

		if (s->at[i] > m->periods) {
			no.kind = NP_B_PERIOD;
			say(b, no);
		} else if (x->frozen != NP_FREE) {
			no.kind = NP_B_FROZEN;
			if (s->at[i] != x->frozen)
				say(b, no);
		} else if (is_done(m, s, i) &&
			   (taken(m, s, i).allowed &
			    (UINT64_C(1) << s->at[i])) == 0) {
			no.kind = NP_B_PERIOD;
			say(b, no);
		}
	}
}

static void check_before(const struct np_model *m, const struct np_schedule *s,
			 struct breaches *b)
{
	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *x = &m->before[i];
		struct np_breach no = {.kind = NP_B_BEFORE,
				       .task = x->b,
				       .other = x->a,
				       .period = s->at[x->b]};

		if (!is_done(m, s, x->b))
			continue;
		if (x->only && way_of(s, x->b) != x->only - 1)
			continue;
		no.has = (int64_t)s->at[x->b] - s->at[x->a];
		no.needs = x->lag;
		if (!is_done(m, s, x->a) || no.has < no.needs)
			say(b, no);
	}
}

/* Is what a pick names so? */
static bool is_picked(const struct np_model *m, const struct np_schedule *s,
		      uint32_t pick)
{
	const struct np_pick *p = &m->pick[pick];

	return is_done(m, s, p->task) && way_of(s, p->task) == p->way;
}

static void check_apart(const struct np_model *m, const struct np_schedule *s,
			struct breaches *b)
{
	for (uint32_t i = 0; i < m->napart; i++) {
		const struct np_apart *a = &m->apart[i];

		for (uint32_t k = a->first; k < a->split; k++) {
			if (!is_picked(m, s, k))
				continue;
			for (uint32_t l = a->split; l < a->end; l++)
				if (is_picked(m, s, l))
					say(b, (struct np_breach){
						       .kind = NP_B_APART,
						       .task = m->pick[k].task,
						       .other = m->pick[l].task,
						       .where = i});
		}
	}
}

static void check_crews(const struct np_model *m, const struct np_schedule *s,
			struct breaches *b)
{
	size_t n = (size_t)m->nregions * m->periods;
	int64_t *used = calloc(n + 1, sizeof(*used));

	for (uint32_t i = 0; used && i < m->ntasks; i++)
		if (is_done(m, s, i))
			used[(size_t)m->task[i].region * m->periods +
			     s->at[i]] += taken(m, s, i).crew;
	for (size_t i = 0; used && i < n; i++)
		if (m->crews[i] != NP_NO_LIMIT && used[i] > m->crews[i])
			say(b, (struct np_breach){
				       .kind = NP_B_CREWS,
				       .where = (uint32_t)(i / m->periods),
				       .period = (uint32_t)(i % m->periods),
				       .needs = used[i],
				       .has = m->crews[i]});
	if (!used)
		say(b, (struct np_breach){.kind = NP_B_SUM});
	free(used);
}

static void check_outages(const struct np_model *m, const struct np_schedule *s,
			  struct breaches *b)
{
	size_t n = (size_t)m->nareas * m->periods;
	int64_t *down = calloc(n + 1, sizeof(*down));

	for (uint32_t i = 0; down && i < m->ntasks; i++)
		if (is_done(m, s, i) && m->task[i].area != NP_NO_AREA)
			down[(size_t)m->task[i].area * m->periods + s->at[i]]++;
	for (size_t i = 0; down && i < n; i++) {
		int64_t limit = m->calm[i / m->periods];

		if (limit != NP_NO_LIMIT && down[i] > limit)
			say(b, (struct np_breach){
				       .kind = NP_B_OUTAGES,
				       .where = (uint32_t)(i / m->periods),
				       .period = (uint32_t)(i % m->periods),
				       .needs = down[i],
				       .has = limit});
	}
	if (!down)
		say(b, (struct np_breach){.kind = NP_B_SUM});
	free(down);
}

static void check_money(const struct np_model *m, const struct np_schedule *s,
			struct breaches *b)
{
	int64_t spent[NP_PERIODS] = {0}, out = 0, in = 0;

	for (uint32_t i = 0; i < m->ntasks; i++)
		if (is_done(m, s, i))
			spent[s->at[i]] += taken(m, s, i).money;
	for (uint32_t t = 0; t < m->periods; t++) {
		int64_t until, had;

		out += spent[t];
		in += m->fund ? m->fund[t] : 0;
		until = m->carry ? out : spent[t];
		had = m->fund ? m->carry ? in : m->fund[t] : 0;
		if (m->fund && until > had)
			say(b, (struct np_breach){.kind = NP_B_MONEY,
						  .period = t,
						  .needs = until,
						  .has = had});
	}
	if (m->total != NP_NO_LIMIT && out > m->total)
		say(b, (struct np_breach){.kind = NP_B_TOTAL,
					  .needs = out,
					  .has = m->total});
}

/* What a task counts, period by period. */
static int64_t counted(const struct np_model *m, const struct np_task *x,
		       uint8_t at)
{
	int64_t sum = 0;

	for (int32_t t = 0; t <= at; t++) {
		sum += x->weight;
		if (x->deadline != NP_NO_DEADLINE && t > x->deadline)
			sum += m->late * x->weight;
	}
	return sum;
}

static void check_sums(const struct np_model *m, const struct np_schedule *s,
		       struct breaches *b)
{
	int64_t area = 0, money = 0;

	for (uint32_t i = 0; i < m->ntasks; i++) {
		area += counted(m, &m->task[i], s->at[i]);
		if (is_done(m, s, i))
			money += taken(m, s, i).money;
	}
	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *x = &m->before[i];

		if (x->only &&
		    (!is_done(m, s, x->b) || way_of(s, x->b) != x->only - 1))
			continue;
		for (uint32_t t = s->at[x->a];
		     x->twice && t < s->at[x->b] && t < m->periods; t++)
			money += x->twice;
	}
	if (area != s->area || s->bound > s->area)
		say(b, (struct np_breach){.kind = NP_B_SUM,
					  .needs = area,
					  .has = s->area});
	if (money != s->money)
		say(b, (struct np_breach){.kind = NP_B_SUM,
					  .needs = money,
					  .has = s->money});
}

size_t np_plan_check(const struct np_model *m, const struct np_schedule *s,
		     struct np_breach *v, size_t cap)
{
	struct breaches b = {.v = v, .cap = cap};

	check_ways(m, s, &b);
	if (!b.n)
		check_tasks(m, s, &b);
	if (b.n)
		return b.n; /* the others would count in periods there are not
			     */
	check_before(m, s, &b);
	check_apart(m, s, &b);
	check_crews(m, s, &b);
	check_outages(m, s, &b);
	check_money(m, s, &b);
	check_sums(m, s, &b);
	return b.n;
}

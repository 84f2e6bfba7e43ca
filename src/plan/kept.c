/* SPDX-License-Identifier: ISC */
#include "plan/kept.h"
#include "core/pull.h"
#include "core/time.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct np_pull p;
	struct np_arena *mem;
	struct np_kept_plan *to;
	bool schema, limit, memory; /* was it said; was something out */
};

/* The value of a member. */
typedef void read_fn(struct reader *r, void *to);
struct member {
	const char *name;
	read_fn *fn;
	size_t at; /* in the struct */
};

/* What has no member is passed over: fields may come. */
static void object(struct reader *r, const struct member *m, void *to)
{
	bool begun = false;
	struct np_cur name;

	if (!np_pull_object(&r->p))
		return;
	while (np_pull_member(&r->p, &begun, r->mem, &name)) {
		const struct member *x = m;
		struct np_cur skipped;

		while (x->name && (strlen(x->name) != name.left ||
				   memcmp(x->name, name.p, name.left) != 0))
			x++;
		if (x->name)
			x->fn(r, (char *)to + x->at);
		else
			(void)np_pull_raw(&r->p, &skipped);
	}
}

static bool is_null(struct reader *r)
{
	struct np_cur skipped;

	return np_pull_ahead(&r->p) == 'n' && np_pull_raw(&r->p, &skipped);
}

static void text(struct reader *r, void *to)
{
	const char **s = to;
	struct np_cur c;

	*s = NULL;
	if (is_null(r) || !np_pull_text(&r->p, r->mem, &c))
		return;
	*s = np_copystr(r->mem, c.p, c.left);
	r->memory |= !*s;
}

static void number(struct reader *r, void *to)
{
	int64_t *v = to;
	struct np_cur c;
	char digits[32] = "", *end;

	*v = 0;
	if (is_null(r) || !np_pull_raw(&r->p, &c))
		return;
	if (c.left < sizeof(digits))
		memcpy(digits, c.p, c.left);
	*v = strtoll(digits, &end, 10);
	if (!*digits || *end || *v < 0 || *v > NP_KEPT_MOST) {
		*v = 0;
		np_pull_fail(&r->p, "a number that is whole and not below 0");
	}
}

static void wave_number(struct reader *r, void *to)
{
	uint32_t *v = to;
	int64_t n;

	*v = 0;
	if (is_null(r))
		return;
	number(r, &n);
	if (n < 1 || n > NP_PERIODS)
		np_pull_fail(&r->p, "a wave of the plan");
	else
		*v = (uint32_t)n;
}

static void day(struct reader *r, void *to)
{
	const char *s = NULL;
	int32_t *v = to;

	text(r, &s);
	*v = NP_NODAY;
	if (s && !np_day_read(s, v))
		np_pull_fail(&r->p, "a day");
}

static void planned(struct reader *r, void *to)
{
	struct np_kept_day *v = to;

	v->said = true;
	day(r, &v->day);
}

static void in_time(struct reader *r, void *to)
{
	struct np_cur c;

	*(bool *)to = np_pull_ahead(&r->p) == 'f';
	(void)np_pull_raw(&r->p, &c);
}

static void schema(struct reader *r, void *to)
{
	const char *s = NULL;

	(void)to;
	text(r, &s);
	r->schema = s && strcmp(s, "nameplate.plan/1") == 0;
}

/* ---- lists */

/* Room for one more, twice as much as before. */
static void *more(struct reader *r, void *v, uint32_t n, uint32_t *cap,
		  uint32_t most, size_t size)
{
	uint32_t to = *cap ? *cap * 2 : 64;
	void *p;

	if (n >= most) {
		r->limit = true;
		np_pull_fail(&r->p, "fewer of them");
		return NULL;
	}
	if (n < *cap)
		return v;
	p = np_alloc(r->mem, to * size);
	if (!p) {
		r->memory = true;
		np_pull_fail(&r->p, "more memory");
		return NULL;
	}
	if (n)
		memcpy(p, v, n * size);
	*cap = to;
	return p;
}

static void waves(struct reader *r, void *to)
{
	static const struct member members[] = {
		{"from", day, offsetof(struct np_kept_wave, from)},
		{"until", day, offsetof(struct np_kept_wave, until)},
		{0}};
	struct np_kept_plan *p = to;
	bool begun = false;

	p->nwaves = 0;
	if (!np_pull_array(&r->p))
		return;
	while (np_pull_item(&r->p, &begun)) {
		struct np_kept_wave w = {NP_NODAY, NP_NODAY};

		object(r, members, &w);
		if (p->nwaves == NP_PERIODS || w.from == NP_NODAY ||
		    w.until < w.from ||
		    (p->nwaves && w.from <= p->wave[p->nwaves - 1].until)) {
			np_pull_fail(&r->p, "waves one behind the other");
			return;
		}
		p->wave[p->nwaves++] = w;
	}
}

static void cost(struct reader *r, void *to)
{
	static const struct member members[] = {
		{"low", number, 0},
		{"expected", number, sizeof(int64_t)},
		{"high", number, 2 * sizeof(int64_t)},
		{0}};

	object(r, members, to);
}

#define BOX(name, fn, field)                                                   \
	{                                                                      \
		name, fn, offsetof(struct np_kept_box, field)                  \
	}

static void boxes(struct reader *r, void *to)
{
	static const struct member members[] = {
		BOX("device", text, device),
		BOX("label", text, label),
		BOX("site", text, site),
		BOX("region", text, region),
		BOX("clause", text, clause),
		BOX("weight", number, weight),
		BOX("cost", cost, cost),
		BOX("replaced", wave_number, replaced),
		BOX("removed", wave_number, removed),
		BOX("date", day, date),
		BOX("planned", planned, planned),
		BOX("in_time", in_time, late),
		{0}};
	struct np_kept_plan *p = to;
	bool begun = false;

	p->nboxes = 0;
	if (!np_pull_array(&r->p))
		return;
	while (np_pull_item(&r->p, &begun)) {
		struct np_kept_box *v = more(r, p->box, p->nboxes, &p->cap,
					     NP_KEPT_BOXES, sizeof(*v));

		if (!v)
			return;
		p->box = v;
		v[p->nboxes] =
			(struct np_kept_box){.date = NP_NODAY, .out = NP_NODAY};
		object(r, members, &v[p->nboxes++]);
	}
}

static void clashes(struct reader *r, void *to)
{
	static const struct member members[] = {{"text", text, 0}, {0}};
	struct np_kept_plan *p = to;
	bool begun = false;

	p->nclashes = 0;
	if (!np_pull_array(&r->p))
		return;
	while (np_pull_item(&r->p, &begun)) {
		const char **v = more(r, p->clash, p->nclashes, &p->clash_cap,
				      NP_KEPT_CLASHES, sizeof(*v));

		if (!v)
			return;
		p->clash = v;
		v[p->nclashes] = NULL;
		object(r, members, &v[p->nclashes]);
		p->nclashes += v[p->nclashes] != NULL;
	}
}

static void outs(struct reader *r, void *to)
{
	static const struct member members[] = {
		{"device", text, offsetof(struct np_kept_out, device)},
		{"out", day, offsetof(struct np_kept_out, out)},
		{0}};
	struct np_kept_plan *p = to;
	bool begun = false;

	p->nouts = 0;
	if (!np_pull_array(&r->p))
		return;
	while (np_pull_item(&r->p, &begun)) {
		struct np_kept_out *v = more(r, p->out, p->nouts, &p->out_cap,
					     NP_KEPT_BOXES, sizeof(*v));

		if (!v)
			return;
		p->out = v;
		v[p->nouts] = (struct np_kept_out){.out = NP_NODAY};
		object(r, members, &v[p->nouts++]);
	}
}

static void actual(struct reader *r, void *to)
{
	static const struct member members[] = {
		{"as_of", day, offsetof(struct np_kept_plan, as_of)},
		{"boxes", outs, 0},
		{0}};

	object(r, members, to);
}

/* ---- the whole */

/* What became of the boxes stands before them; they are the same ones, in the
 * same order. */
static bool join(struct np_kept_plan *p)
{
	if (p->as_of == NP_NODAY)
		return !p->nouts;
	if (p->nouts != p->nboxes)
		return false;
	for (uint32_t i = 0; i < p->nouts; i++) {
		if (!p->out[i].device ||
		    strcmp(p->out[i].device, p->box[i].device) != 0)
			return false;
		p->box[i].out = p->out[i].out;
	}
	return true;
}

static void take_planned(struct np_kept_plan *p)
{
	for (uint32_t i = 0; i < p->nboxes; i++) {
		struct np_kept_box *x = &p->box[i];

		if (!x->planned.said)
			x->planned.day = x->removed
						 ? p->wave[x->removed - 1].until
						 : NP_NODAY;
	}
}

static const char *unlike(const struct reader *r)
{
	struct np_kept_plan *p = r->to;

	if (!r->schema)
		return "\"schema\":\"nameplate.plan/1\"";
	if (!p->nwaves)
		return "waves";
	for (uint32_t i = 0; i < p->nboxes; i++) {
		const struct np_kept_box *x = &p->box[i];

		if (!x->device || x->replaced > p->nwaves ||
		    x->removed > p->nwaves)
			return "boxes with a device, and waves of the plan";
		if (x->replaced && x->removed && x->removed < x->replaced)
			return "boxes that are replaced before they are "
			       "removed";
	}
	if (!join(p))
		return "what became of the plan's own boxes";
	take_planned(p);
	return NULL;
}

int np_kept_plan(const char *json, size_t n, struct np_arena *mem,
		 struct np_kept_plan *ret, struct np_err *reterr)
{
	static const struct member members[] = {
		{"schema", schema, 0},
		{"scenario", text, offsetof(struct np_kept_plan, scenario)},
		{"currency", text, offsetof(struct np_kept_plan, currency)},
		{"cost", number, offsetof(struct np_kept_plan, money)},
		{"area", number, offsetof(struct np_kept_plan, area)},
		{"bound", number, offsetof(struct np_kept_plan, bound)},
		{"as_of", day, offsetof(struct np_kept_plan, scope_day)},
		{"waves", waves, 0},
		{"boxes", boxes, 0},
		{"clashes", clashes, 0},
		{"actual", actual, 0},
		{0}};
	struct reader r = {.p = np_pull(json, n), .mem = mem, .to = ret};
	const char *why;

	*ret = (struct np_kept_plan){.as_of = NP_NODAY, .scope_day = NP_NODAY};
	if (n > NP_KEPT_OCTETS)
		return np_fail(reterr, NP_ELIMIT, "a plan is too long", "", 0);
	object(&r, members, ret);
	(void)np_pull_end(&r.p);
	why = r.p.why ? r.p.why : unlike(&r);
	if (r.memory || (why && strcmp(why, "out of memory") == 0))
		return NP_ENOMEM;
	if (!why)
		return NP_OK;
	return np_fail(reterr, r.limit ? NP_ELIMIT : NP_EINPUT,
		       "a kept plan is not what it should be", why, 0);
}

/* SPDX-License-Identifier: ISC */
#include "core/time.h"
#include "plan/building.h"
#include <stdlib.h>

int np_building_expect(const struct np_building *b, const struct np_yaml *y,
		       const char *expected)
{
	return np_yaml_fail(b->a->file->path, y, expected, b->err);
}

int np_building_no_memory(const struct np_building *b)
{
	return np_fail(b->err, NP_ENOMEM, np_strerror(NP_ENOMEM), "plan", 0);
}

const struct np_yaml *np_building_key(const struct np_building *b,
				      const char *name)
{
	return np_plan_key(b->a->file, name);
}

void *np_building_grow(const struct np_building *b, void *v, size_t n,
		       size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return v;
	more = np_alloc(b->mem, (n * 2 + 64) * size);
	if (more && n)
		memcpy(more, v, n * size);
	*cap = n * 2 + 64;
	return more;
}

/* ---- which boxes */

static bool in_scope(const struct np_building *b, const struct np_finding *f)
{
	if (f->elsewhere || !f->clause ||
	    (f->status != NP_IN_SCOPE && f->status != NP_COMPONENT_IN_SCOPE))
		return false;
	return !b->a->file->only_remove || f->clause->duty == NP_REMOVE;
}

static void take_date(struct np_box *x, const struct np_finding *f)
{
	if (f->clause->duty != NP_REMOVE || f->date == NP_NODAY)
		return;
	if (x->clause && x->date <= f->date)
		return;
	x->clause = f->clause->id;
	x->date = f->date;
}

static void place(const struct np_building *b, struct np_box *x)
{
	const struct np_places *p = b->a->places;
	size_t i = (size_t)(x->device - b->a->devices->v);
	struct np_placing at = {.row = NP_NO_ROW};

	x->label = x->device->id;
	x->site = np_site_id(b->a->party, x->device->site);
	if (!p)
		return;
	at = np_placing(p, i);
	if (at.row != NP_NO_ROW && np_stock_row(p, at.row)->label)
		x->label = np_stock_row(p, at.row)->label;
	for (size_t z = 0; z < np_zones(p); z++)
		x->zone |= np_zone_served_by(p, z, i);
}

/* Findings come by device. */
static int take_boxes(struct np_building *b)
{
	const struct np_findings *f = b->a->findings;
	struct np_box *v =
		np_zalloc(b->mem, (b->a->devices->n + 1) * sizeof(*v));
	uint32_t n = 0;

	if (!v)
		return np_building_no_memory(b);
	for (size_t i = 0; i < f->n; i++) {
		if (!in_scope(b, &f->v[i]))
			continue;
		if (!n || v[n - 1].device != f->v[i].device) {
			v[n].device = f->v[i].device;
			v[n].date = NP_NODAY;
			place(b, &v[n]);
			n++;
		}
		take_date(&v[n - 1], &f->v[i]);
	}
	b->w->box = v;
	b->w->nboxes = n;
	return NP_OK;
}

/* ---- keys that name boxes */

size_t np_box_about(const struct np_box *x, const char *word)
{
	const char *f = x->device->function;
	size_t n = strlen(word);

	if (strcmp(word, x->label) == 0 || strcmp(word, x->device->id) == 0)
		return NP_NAMED;
	if (x->site && strcmp(word, x->site) == 0)
		return 900;
	if (f && strncmp(f, word, n) == 0 && (f[n] == '\0' || f[n] == '/'))
		return 100 + (n < 700 ? n : 700);
	if (x->region && strcmp(word, x->region) == 0)
		return 50;
	return strcmp(word, "*") == 0;
}

static const struct np_yaml *nearest(const struct np_yaml *map,
				     const struct np_box *x)
{
	const struct np_yaml *best = NULL;
	size_t most = 0;

	NP_YAML_EACH(y, map)
	{
		size_t n = np_box_about(x, y->key->text);

		if (n > most) {
			most = n;
			best = y;
		}
	}
	return best;
}

static int check_map(const struct np_building *b, const char *name)
{
	const struct np_yaml *y = np_building_key(b, name);

	if (y && y->kind != NP_YAML_MAP)
		return np_building_expect(
			b, y,
			"expected a map of boxes, sites, functions or "
			"regions");
	return NP_OK;
}

int np_building_number(const struct np_building *b, const char *name,
		       const struct np_box *x, uint64_t otherwise,
		       uint64_t *ret)
{
	const struct np_yaml *y = nearest(np_building_key(b, name), x);

	*ret = otherwise;
	if (y && !np_yaml_uint(y, 1000, ret))
		return np_building_expect(b, y,
					  "expected a whole number, 0 to 1000");
	return NP_OK;
}

static uint32_t number_text(const char **v, uint32_t *n, const char *s)
{
	for (uint32_t i = 0; i < *n; i++)
		if (strcmp(v[i], s) == 0)
			return i;
	v[*n] = s;
	return (*n)++;
}

/* The region whose crews work there: the closest that plan.yaml names. */
static const char *region_of(const struct np_building *b,
			     const struct np_box *x)
{
	const struct np_yaml *crews = np_building_key(b, "crews");
	const struct np_site *s =
		x->device->site == NP_NO_SITE
			? NULL
			: np_site(b->a->party, x->device->site);

	if (!s)
		return "-";
	if (np_yaml_get(crews, s->id))
		return s->id;
	if (s->region && np_yaml_get(crews, s->region))
		return s->region;
	return s->country ? s->country : s->id;
}

/* ---- when it may be done */

bool np_box_among(const struct np_box *x, const struct np_yaml *list)
{
	if (list && list->kind == NP_YAML_TEXT)
		return np_box_about(x, list->text);
	NP_YAML_EACH(y, list)
	{
		if (y->kind == NP_YAML_TEXT && np_box_about(x, y->text))
			return true;
	}
	return false;
}

/* windows: - {at: [GB-1], not: [12, 1, 2]}: months without work. A period is
 * barred when all of its months are. */
static int bar_months(const struct np_building *b, const struct np_yaml *y,
		      uint64_t *allowed)
{
	const struct np_plan_file *f = b->a->file;
	bool barred[13] = {false};
	uint64_t n;

	NP_YAML_EACH(m, np_yaml_get(y, "not"))
	{
		if (!np_yaml_uint(m, 12, &n) || !n)
			return np_building_expect(b, m,
						  "expected months, 1 to 12");
		barred[n] = true;
	}
	for (uint32_t t = 0; t < f->periods; t++) {
		char text[16];
		unsigned long month;
		bool all = true;

		(void)np_day_text(f->first_day[t], text);
		month = strtoul(text + 5, NULL, 10) - 1;
		for (uint32_t k = 0; k < f->months; k++)
			all &= barred[(month + k) % 12 + 1];
		if (all)
			*allowed &= ~(UINT64_C(1) << t);
	}
	return NP_OK;
}

static int bar_permit(const struct np_building *b, const struct np_yaml *y,
		      uint64_t *allowed)
{
	const struct np_plan_file *f = b->a->file;
	const char *from = np_yaml_text(y, "from");
	int32_t day;

	if (!from || !np_day_read(from, &day))
		return np_building_expect(b, y,
					  "expected at, and from: YYYY-MM-DD");
	for (uint32_t t = 0; t < f->periods; t++)
		if (f->first_day[t] < day)
			*allowed &= ~(UINT64_C(1) << t);
	return NP_OK;
}

static int bar(const struct np_building *b, const struct np_box *x,
	       uint64_t *allowed)
{
	int rc = NP_OK;

	NP_YAML_EACH(y, np_building_key(b, "windows"))
	{
		if (!rc && !np_yaml_get(y, "not"))
			rc = np_building_expect(b, y,
						"expected at, and not: months");
		if (!rc && np_box_among(x, np_yaml_get(y, "at")))
			rc = bar_months(b, y, allowed);
	}
	NP_YAML_EACH(y, rc ? NULL : np_building_key(b, "permits"))
	{
		if (!rc && np_box_among(x, np_yaml_get(y, "at")))
			rc = bar_permit(b, y, allowed);
	}
	return rc;
}

/* frozen: {D01: 2027-03-05, D02: {date: 2027-03-05, option: core-a}} */
static int freeze(const struct np_building *b, const struct np_box *x,
		  uint8_t *ret, const char **ret_option)
{
	const struct np_yaml *y = nearest(np_building_key(b, "frozen"), x);
	const char *date = y && y->kind == NP_YAML_TEXT
				   ? y->text
				   : np_yaml_text(y, "date");
	int32_t day, t;

	*ret = NP_FREE;
	*ret_option = NULL;
	if (!y)
		return NP_OK;
	if (!date || !np_day_read(date, &day))
		return np_building_expect(
			b, y, "expected the contract's day, YYYY-MM-DD");
	t = np_period_of(b->a->file, day);
	if (t < 0 || t >= (int32_t)b->a->file->periods)
		return np_building_expect(
			b, y,
			"expected a day within the plan's periods, none of "
			"which is before today");
	*ret = (uint8_t)t;
	*ret_option = np_yaml_text(y, "option");
	for (uint32_t i = 0; *ret_option && i < b->noptions; i++)
		if (strcmp(b->option[i].name, *ret_option) == 0 &&
		    np_box_among(x, np_yaml_get(b->option[i].said, "for")))
			return NP_OK;
	return *ret_option ? np_building_expect(
				     b, np_yaml_get(y, "option"),
				     "expected the name of an option for it")
			   : NP_OK;
}

/* ---- what it costs */

void np_building_cost(const struct np_building *b, const struct np_box *x,
		      struct np_offer *o, int64_t money[static 2],
		      int64_t *ret_twice)
{
	const char *const name[NP_COST_NAMES] = {o->name, x->label,
						 x->device->id};
	const struct np_plan_file *f = b->a->file;
	unsigned asked = np_cost_template(b->a->templates, x->device->function);

	*ret_twice = 0;
	for (unsigned i = 0; b->a->costs && i < NP_C_ITEMS; i++) {
		const struct np_cost *c =
			np_cost_of(b->a->costs, (enum np_cost_item)i, name,
				   x->device->family, x->device->function);
		bool after = i == NP_C_TOWER || i == NP_C_DISPOSAL;

		if (!c) {
			o->without |= asked & 1U << i;
			continue;
		}
		if (i == NP_C_DOUBLE) {
			*ret_twice = c->figure[f->figure];
			continue;
		}
		money[after] += c->figure[f->figure];
		for (unsigned k = 0; k < 3; k++)
			o->cost[k] += c->figure[k];
	}
}

/* The rows of costs.csv agree in currency, with each other and the budget. */
static int one_currency(const struct np_building *b)
{
	const struct np_costs *c = b->a->costs;
	const char *all = b->a->file->currency;

	for (size_t i = 0; c && i < c->n; i++) {
		if (!all[0])
			all = c->v[i].currency;
		if (strcmp(all, c->v[i].currency) != 0)
			return np_fail(b->err, NP_EINPUT,
				       "expected one currency, that of the "
				       "budget: two are not added",
				       c->path, c->v[i].line);
	}
	return NP_OK;
}

/* ---- tasks */

static int weigh(const struct np_building *b, struct np_box *x)
{
	const struct np_yaml *y = nearest(np_building_key(b, "weights"), x);

	x->weight = 100;
	if (y && (y->kind != NP_YAML_TEXT ||
		  !np_read_money(y->text, &x->weight) || x->weight > 100000000))
		return np_building_expect(
			b, y, "expected a weight, 0 to 1000000, as 2.5");
	if (x->zone)
		x->weight *= (int64_t)b->a->file->zone;
	return NP_OK;
}

/* The closest that plan.yaml limits: its site, or its region. */
static const char *area_of(const struct np_building *b, const struct np_box *x)
{
	const struct np_yaml *all = np_building_key(b, "outages");

	if (x->site && np_yaml_get(all, x->site))
		return x->site;
	return np_yaml_get(all, x->region) ? x->region : NULL;
}

/* The removal, and that it waits for what replaces the box. */
static int add_removal(struct np_building *b, uint32_t i, struct np_task t)
{
	struct np_work *w = b->w;
	struct np_box *x = &w->box[i];
	struct np_offer plain = {0};
	int64_t money[2] = {0}, twice;

	np_building_cost(b, x, &plain, money, &twice);
	t.money = money[1];
	t.weight = x->weight;
	if (area_of(b, x))
		t.area = number_text(w->area, &w->m.nareas, area_of(b, x));
	if (x->date != NP_NODAY)
		t.deadline = np_period_in_time(b->a->file, x->date);
	w->task[x->remove] = t;
	return np_building_before(
		b,
		(struct np_before){.a = x->replace,
				   .b = x->remove,
				   .lag = (uint8_t)b->a->file->overlap,
				   .twice = twice},
		NULL);
}

static int add_tasks(struct np_building *b, uint32_t i)
{
	struct np_work *w = b->w;
	struct np_box *x = &w->box[i];
	struct np_task t = {.allowed = ~UINT64_C(0),
			    .area = NP_NO_AREA,
			    .deadline = NP_NO_DEADLINE,
			    .frozen = NP_FREE},
		       replace;
	const char *option = NULL;
	uint64_t need = 1;
	uint8_t frozen = NP_FREE;
	int rc = weigh(b, x);

	if (!rc)
		rc = np_building_number(b, "need", x, 1, &need);
	if (!rc)
		rc = bar(b, x, &t.allowed);
	if (!rc)
		rc = freeze(b, x, &frozen, &option);
	if (rc)
		return rc;
	x->replace = w->m.ntasks++;
	x->remove = w->m.ntasks++;
	w->box_of[x->replace] = w->box_of[x->remove] = i;
	t.region = number_text(w->region, &w->m.nregions, x->region);
	t.crew = (int64_t)need;
	replace = t;
	rc = np_building_offers(b, i, &replace, option);
	w->task[x->replace] = replace;
	t.frozen = frozen;
	return rc ? rc : add_removal(b, i, t);
}

static int limits(struct np_building *b)
{
	struct np_work *w = b->w;
	uint32_t periods = b->a->file->periods;
	uint64_t n;

	for (uint32_t r = 0; r < w->m.nregions; r++) {
		const struct np_yaml *y =
			np_yaml_get(np_building_key(b, "crews"), w->region[r]);

		if (!y)
			y = np_yaml_get(np_building_key(b, "crews"), "*");
		if (y && !np_yaml_uint(y, 1000000, &n))
			return np_building_expect(b, y,
						  "expected how many crews");
		for (uint32_t t = 0; t < periods; t++)
			w->crews[r * periods + t] =
				y ? (int64_t)n : NP_NO_LIMIT;
	}
	for (uint32_t a = 0; a < w->m.nareas; a++) {
		const struct np_yaml *y =
			np_yaml_get(np_building_key(b, "outages"), w->area[a]);

		if (!np_yaml_uint(y, 1000000, &n))
			return np_building_expect(
				b, y,
				"expected how many at a time may be "
				"taken out there");
		w->calm[a] = (int64_t)n;
	}
	return NP_OK;
}

static int allot(struct np_building *b)
{
	struct np_work *w = b->w;
	size_t n = (size_t)w->nboxes + 1;

	w->task = np_alloc(b->mem, 2 * n * sizeof(*w->task));
	w->box_of = np_alloc(b->mem, 2 * n * sizeof(*w->box_of));
	w->region = np_alloc(b->mem, n * sizeof(*w->region));
	w->area = np_alloc(b->mem, n * sizeof(*w->area));
	w->calm = np_alloc(b->mem, n * sizeof(*w->calm));
	b->hit = np_alloc(b->mem, n + b->noptions);
	return w->task && w->box_of && w->region && w->area && w->calm && b->hit
		       ? NP_OK
		       : np_building_no_memory(b);
}

static int build(struct np_building *b)
{
	static const char *const maps[] = {"crews",   "need",	"lead",
					   "weights", "frozen", "outages"};
	struct np_work *w = b->w;
	int rc = NP_OK;

	for (size_t i = 0; i < sizeof(maps) / sizeof(*maps) && !rc; i++)
		rc = check_map(b, maps[i]);
	if (!rc)
		rc = one_currency(b);
	if (!rc)
		rc = np_building_options(b);
	if (!rc)
		rc = take_boxes(b);
	if (!rc)
		rc = allot(b);
	for (uint32_t i = 0; i < w->nboxes && !rc; i++) {
		w->box[i].region = region_of(b, &w->box[i]);
		rc = add_tasks(b, i);
	}
	if (!rc)
		rc = np_building_apart(b);
	if (!rc)
		rc = np_building_order(b);
	if (rc)
		return rc;
	w->crews = np_alloc(b->mem, ((size_t)w->m.nregions + 1) * NP_PERIODS *
					    sizeof(*w->crews));
	return w->crews ? limits(b) : np_building_no_memory(b);
}

int np_work(const struct np_work_ask *a, struct np_arena *mem,
	    struct np_work *ret, struct np_err *reterr)
{
	struct np_building b = {.a = a, .mem = mem, .w = ret, .err = reterr};
	int rc;

	memset(ret, 0, sizeof(*ret));
	rc = build(&b);
	ret->m.task = ret->task;
	ret->m.before = ret->before;
	ret->m.way = ret->way;
	ret->m.pick = ret->pick;
	ret->m.apart = ret->apart;
	ret->m.crews = ret->crews;
	ret->m.calm = ret->calm;
	ret->m.periods = a->file->periods;
	memcpy(ret->fund, a->file->fund, sizeof(ret->fund));
	ret->m.fund = a->file->funded ? ret->fund : NULL;
	ret->m.carry = a->file->carry;
	ret->m.total = a->file->total;
	ret->m.late = a->file->late;
	return rc;
}

struct np_way np_way_of(const struct np_work *w, const struct np_schedule *s,
			uint32_t task)
{
	const struct np_task *t = &w->task[task];

	if (t->nways)
		return w->way[t->way + (s && s->way ? s->way[task] : 0)];
	return (struct np_way){t->money, t->crew, t->allowed};
}

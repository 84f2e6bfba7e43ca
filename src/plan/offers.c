/* SPDX-License-Identifier: ISC */
/*
 * plan.yaml's options: what a box may be replaced by, how long it takes to
 * come, and with what it works. What it costs stands in costs.csv under its
 * name.
 *
 *	options:
 *	  - name: core-a
 *	    for: core
 *	    lead: 4
 *	    within: region
 *	    with: {ran: [ran-17, ran-18]}
 *	    not: [hub-old]
 *	    first: [transport]
 *
 * with: whatever of these is replaced there is by one of these options; not:
 * none of these options there; first: these are replaced before it, or with it.
 * A box that no option is for is replaced by something without a name, which
 * excludes nothing.
 */
#include "plan/building.h"

#define MOST_OPTIONS 1000

static const char keys[] = "expected one of: name, for, note, lead, need, "
			   "within, with, not, first";

static int number(const struct np_building *b, const struct np_yaml *option,
		  const char *name, uint64_t *ret)
{
	const struct np_yaml *y = np_yaml_get(option, name);

	if (y && !np_yaml_uint(y, 1000, ret))
		return np_building_expect(b, y,
					  "expected a whole number, 0 to 1000");
	return NP_OK;
}

static bool is_words(const struct np_yaml *y)
{
	if (!y || y->kind == NP_YAML_TEXT)
		return true;
	if (y->kind != NP_YAML_LIST)
		return false;
	NP_YAML_EACH(x, y)
	{
		if (x->kind != NP_YAML_TEXT)
			return false;
	}
	return true;
}

static bool has_word(const struct np_yaml *list, const char *word)
{
	if (list && list->kind == NP_YAML_TEXT)
		return strcmp(list->text, word) == 0;
	NP_YAML_EACH(x, list)
	{
		if (strcmp(x->text, word) == 0)
			return true;
	}
	return false;
}

/* ---- reading */

static int read_option(struct np_building *b, const struct np_yaml *y,
		       struct np_option_said *o)
{
	static const char words[] = "expected one of: site, region, all";
	const struct np_yaml *stranger = np_yaml_stranger(y, keys);
	const char *within = np_yaml_text(y, "within");
	int w = within ? np_yaml_word(words, within) : 0;
	uint64_t n;
	int rc;

	if (stranger)
		return np_building_expect(b, stranger, keys);
	*o = (struct np_option_said){.said = y,
				     .name = np_yaml_text(y, "name")};
	if (!o->name || !*o->name || !np_yaml_get(y, "for") ||
	    !is_words(np_yaml_get(y, "for")))
		return np_building_expect(
			b, y,
			"expected name, and for: which boxes it may replace");
	for (uint32_t i = 0; i < b->noptions; i++)
		if (strcmp(b->option[i].name, o->name) == 0)
			return np_building_expect(
				b, y,
				"expected a name that no option above has");
	if (w < 0)
		return np_building_expect(b, np_yaml_get(y, "within"), words);
	o->within = (enum np_within)w;
	rc = number(b, y, "lead", &n);
	return rc ? rc : number(b, y, "need", &n);
}

/* Each name must be an option's, else a slip would forbid nothing. */
static int check_names(const struct np_building *b, const struct np_yaml *list)
{
	struct np_yaml one = {0};
	const struct np_yaml *x;

	if (!is_words(list))
		return np_building_expect(b, list, "expected names of options");
	if (list && list->kind == NP_YAML_TEXT) {
		one = *list;
		one.next = NULL;
	}
	for (x = one.text ? &one : list ? list->first : NULL; x; x = x->next) {
		bool known = false;

		for (uint32_t i = 0; i < b->noptions; i++)
			known |= strcmp(b->option[i].name, x->text) == 0;
		if (!known)
			return np_building_expect(
				b, x, "expected the name of an option");
	}
	return NP_OK;
}

static int check_relations(const struct np_building *b, const struct np_yaml *y)
{
	const struct np_yaml *with = np_yaml_get(y, "with");
	const struct np_yaml *first = np_yaml_get(y, "first");
	int rc = check_names(b, np_yaml_get(y, "not"));

	if (!rc && with && with->kind != NP_YAML_MAP)
		rc = np_building_expect(
			b, with, "expected a map, as ran: [names of options]");
	if (!rc && !is_words(first))
		rc = np_building_expect(
			b, first,
			"expected boxes, sites, functions or regions");
	NP_YAML_EACH(x, rc ? NULL : with)
	{
		rc = rc ? rc : check_names(b, x);
	}
	return rc;
}

int np_building_options(struct np_building *b)
{
	const struct np_yaml *list = np_building_key(b, "options");
	size_t n = list ? list->n : 0;
	int rc = NP_OK;

	if (list && (list->kind != NP_YAML_LIST || n > MOST_OPTIONS))
		return np_building_expect(
			b, list,
			"expected a list of at most 1,000 options: - {name: "
			"core-a, for: core}");
	b->option = np_alloc(b->mem, (n + 1) * sizeof(*b->option));
	b->w->option = np_alloc(b->mem, (n + 1) * sizeof(*b->w->option));
	if (!b->option || !b->w->option)
		return np_building_no_memory(b);
	NP_YAML_EACH(y, list)
	{
		if (!rc)
			rc = read_option(b, y, &b->option[b->noptions]);
		if (rc)
			break;
		b->w->option[b->noptions] = b->option[b->noptions].name;
		b->w->noptions = ++b->noptions;
	}
	for (uint32_t i = 0; i < b->noptions && !rc; i++)
		rc = check_relations(b, b->option[i].said);
	return rc;
}

/* ---- ways */

static uint64_t from(uint64_t t)
{
	return t < 64 ? ~UINT64_C(0) << t : 0;
}

static int add_way(struct np_building *b, struct np_way x)
{
	struct np_work *w = b->w;

	w->way = np_building_grow(b, w->way, w->nways, &b->way_cap, sizeof(x));
	if (!w->way)
		return np_building_no_memory(b);
	w->way[w->nways++] = x;
	return NP_OK;
}

/* One that nobody gave a name. */
static int plain(struct np_building *b, struct np_box *x, struct np_task *t)
{
	int64_t money[2] = {0}, twice;
	uint64_t lead;
	int rc = np_building_number(b, "lead", x, 0, &lead);

	np_building_cost(b, x, x->offer, money, &twice);
	t->money = money[0];
	t->allowed &= from(lead);
	return rc;
}

static int offer(struct np_building *b, struct np_box *x,
		 const struct np_task *t, const struct np_option_said *o)
{
	struct np_offer *to = &x->offer[x->noffers];
	int64_t money[2] = {0}, twice;
	uint64_t lead, need = (uint64_t)t->crew;
	int rc = np_building_number(b, "lead", x, 0, &lead);

	*to = (struct np_offer){.name = o->name};
	if (!rc)
		rc = number(b, o->said, "lead", &lead);
	if (!rc)
		rc = number(b, o->said, "need", &need);
	if (rc)
		return rc;
	np_building_cost(b, x, to, money, &twice);
	to->lead = (uint32_t)lead;
	x->noffers++;
	return add_way(b, (struct np_way){.money = money[0],
					  .crew = (int64_t)need,
					  .allowed = t->allowed & from(lead)});
}

int np_building_offers(struct np_building *b, uint32_t box, struct np_task *t,
		       const char *only)
{
	struct np_box *x = &b->w->box[box];
	uint32_t n = 0;
	int rc = NP_OK;

	for (uint32_t i = 0; i < b->noptions; i++) {
		const struct np_yaml *f = np_yaml_get(b->option[i].said, "for");

		n += b->hit[i] =
			np_box_among(x, f) &&
			(!only || strcmp(only, b->option[i].name) == 0);
	}
	x->offer = np_zalloc(b->mem, (n + 1) * sizeof(*x->offer));
	if (!x->offer)
		return np_building_no_memory(b);
	if (n > NP_WAYS)
		return np_building_expect(
			b, np_building_key(b, "options"),
			"expected at most 32 options for one box");
	if (!n) {
		x->noffers = 1;
		return plain(b, x, t);
	}
	t->way = b->w->nways;
	t->nways = (uint8_t)n;
	for (uint32_t i = 0; i < b->noptions && !rc; i++)
		if (b->hit[i])
			rc = offer(b, x, t, &b->option[i]);
	return rc;
}

/* ---- what excludes what */

/* Which of a box's ways an option is; -1: none. */
static int way_of(const struct np_box *x, const char *name)
{
	for (uint32_t k = 0; k < x->noffers; k++)
		if (x->offer[k].name && strcmp(x->offer[k].name, name) == 0)
			return (int)k;
	return -1;
}

static int add_pick(struct np_building *b, uint32_t box, uint32_t way)
{
	struct np_work *w = b->w;
	struct np_pick x = {.task = w->box[box].replace, .way = (uint8_t)way};

	w->pick = np_building_grow(b, w->pick, w->npicks, &b->pick_cap,
				   sizeof(x));
	if (!w->pick)
		return np_building_no_memory(b);
	w->pick[w->npicks++] = x;
	return NP_OK;
}

static int add_apart(struct np_building *b, struct np_apart x)
{
	struct np_work *w = b->w;

	w->apart = np_building_grow(b, w->apart, w->m.napart, &b->apart_cap,
				    sizeof(x));
	if (!w->apart)
		return np_building_no_memory(b);
	w->apart[w->m.napart++] = x;
	return NP_OK;
}

/* What an option excludes: by name, or of boxes all but some. */
struct excluding {
	const struct np_option_said *o;
	const char *about;	     /* NULL: any box */
	const struct np_yaml *names; /* these; with `about`: all but these */
};

/* The other side's picks of one box. */
static int add_excluded(struct np_building *b, const struct excluding *e,
			uint32_t box)
{
	const struct np_box *x = &b->w->box[box];
	int rc = NP_OK;

	if (e->about && !np_box_about(x, e->about))
		return NP_OK;
	for (uint32_t k = 0; k < x->noffers && !rc; k++) {
		const char *name = x->offer[k].name;

		if (name && strcmp(name, e->o->name) != 0 &&
		    has_word(e->names, name) == !e->about)
			rc = add_pick(b, box, k);
	}
	return rc;
}

/* In each place: the option on one side, what it excludes on the other. */
static int exclude(struct np_building *b, const struct excluding *e)
{
	struct np_work *w = b->w;
	const uint32_t *v = np_building_places(b, e->o->within);
	uint32_t end = 0;
	int rc = v ? NP_OK : np_building_no_memory(b);

	for (uint32_t from = 0; from < w->nboxes && !rc; from = end) {
		struct np_apart a = {.first = w->npicks};

		for (; end < w->nboxes &&
		       np_same_place(&w->box[v[from]], &w->box[v[end]],
				     e->o->within);
		     end++) {
			int k = way_of(&w->box[v[end]], e->o->name);

			if (k >= 0 && !rc)
				rc = add_pick(b, v[end], (uint32_t)k);
		}
		a.split = w->npicks;
		for (uint32_t i = from; a.split > a.first && i < end && !rc;
		     i++)
			rc = add_excluded(b, e, v[i]);
		a.end = w->npicks;
		if (a.first < a.split && a.split < a.end && !rc)
			rc = add_apart(b, a);
		else
			w->npicks = a.first;
	}
	return rc;
}

/* Boxes that are replaced before it, or with it. */
static int wait_for(struct np_building *b, const struct np_option_said *o)
{
	const struct np_yaml *first = np_yaml_get(o->said, "first");
	const struct np_work *w = b->w;
	const uint32_t *v = np_building_places(b, o->within);
	uint32_t end = 0;
	int rc = v ? NP_OK : np_building_no_memory(b);

	for (uint32_t i = 0, from = 0; i < w->nboxes && !rc; i++) {
		const struct np_box *x = &w->box[v[i]];
		int k = way_of(x, o->name);

		if (i == end) {
			from = i;
			while (end < w->nboxes &&
			       np_same_place(x, &w->box[v[end]], o->within))
				end++;
		}
		for (uint32_t l = from; k >= 0 && l < end && !rc; l++)
			if (l != i && np_box_among(&w->box[v[l]], first))
				rc = np_building_before(
					b,
					(struct np_before){
						.a = w->box[v[l]].replace,
						.b = x->replace,
						.only = (uint8_t)(k + 1)},
					first);
	}
	return rc;
}

int np_building_apart(struct np_building *b)
{
	int rc = NP_OK;

	for (uint32_t i = 0; i < b->noptions && !rc; i++) {
		struct excluding e = {.o = &b->option[i]};

		e.names = np_yaml_get(e.o->said, "not");
		if (e.names)
			rc = exclude(b, &e);
		NP_YAML_EACH(x, rc ? NULL : np_yaml_get(e.o->said, "with"))
		{
			e.about = x->key->text;
			e.names = x;
			if (!rc)
				rc = exclude(b, &e);
		}
		if (!rc && np_yaml_get(e.o->said, "first"))
			rc = wait_for(b, e.o);
	}
	return rc;
}

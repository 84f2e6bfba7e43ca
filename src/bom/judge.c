/* SPDX-License-Identifier: ISC */
/*
 * Items before the law. An item is judged as a box of its maker's; what is a
 * part of a piece of equipment, as a part of that; software as software.
 */
#include "bom/check.h"
#include <stdio.h>
#include <stdlib.h>

/* Items that are judged at once, and whose they are. */
struct lot {
	struct np_device *v;
	uint32_t *item;
	size_t n;
	bool parts, software;
	struct np_findings findings;
};

struct judging {
	const struct np_bom *b;
	const struct np_check_conf *conf;
	struct np_arena *mem;
	struct np_check *to;
	const struct np_device *first; /* of the lot at hand */
	const uint32_t *item;
	char day[16];
};

/* What stands in a piece of equipment and has no function of its own in a
 * network: a module, an optic, firmware. */
static bool is_part(const struct judging *j, uint32_t i)
{
	const struct np_bom *b = j->b;
	uint32_t up = b->v[i].parent;

	return b->v[i].thing == NP_BOM_EQUIPMENT && up != NP_BOM_ROOT &&
	       b->v[up].thing == NP_BOM_EQUIPMENT &&
	       !j->to->answers[i].function;
}

static uint32_t site_of(const struct judging *j, const struct np_bom_item *i)
{
	uint32_t s =
		i->site ? np_site_find(j->conf->party, i->site) : NP_NO_SITE;

	if (s == NP_NO_SITE && j->conf->site)
		s = np_site_find(j->conf->party, j->conf->site);
	return s;
}

static void describe(const struct judging *j, uint32_t i, struct np_device *d)
{
	const struct np_bom_answer *a = &j->to->answers[i];

	*d = (struct np_device){
		.maker = a->maker,
		.rival = a->rival,
		.sure = a->sure,
		.owner = NP_OWNER_OPERATOR,
		.site = site_of(j, &j->b->v[i]),
		.model = a->model,
		.family = a->family,
		.function = a->function,
		.serial = j->b->v[i].serial,
		.first = NP_NEVER,
		.last = NP_NEVER,
	};
	(void)snprintf(d->id, sizeof(d->id), "i-%08x", i);
}

/* The box that the part is in, with this part alone. */
static bool as_part(const struct judging *j, uint32_t i, struct np_device *d)
{
	const struct np_bom_answer *a = &j->to->answers[i];
	struct np_component *c = np_zalloc(j->mem, sizeof(*c));
	uint32_t site = site_of(j, &j->b->v[i]);

	if (!c)
		return false;
	*c = (struct np_component){
		.maker = a->maker, .sure = a->sure, .model = a->model};
	describe(j, j->b->v[i].parent, d);
	(void)snprintf(d->id, sizeof(d->id), "i-%08x", i);
	d->site = site;
	d->components = c;
	d->ncomponents = a->maker != NP_NO_MAKER;
	return true;
}

static bool belongs(const struct judging *j, const struct lot *l, uint32_t i)
{
	enum np_bom_thing t = j->b->v[i].thing;

	if (t == NP_BOM_SERVICE)
		return false;
	return l->software ? t == NP_BOM_SOFTWARE
			   : t == NP_BOM_EQUIPMENT && is_part(j, i) == l->parts;
}

static int fill(struct judging *j, struct lot *l)
{
	size_t n = j->b->n;

	l->v = np_alloc(j->mem, (n + 1) * sizeof(*l->v));
	l->item = np_alloc(j->mem, (n + 1) * sizeof(*l->item));
	if (!l->v || !l->item)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++) {
		if (!belongs(j, l, i))
			continue;
		if (!l->parts)
			describe(j, i, &l->v[l->n]);
		else if (!as_part(j, i, &l->v[l->n]))
			return NP_ENOMEM;
		l->item[l->n++] = i;
	}
	return 0;
}

/* What is known of a thing that is about to be bought. */
static const char *fact(void *ctx, const struct np_device *d, const char *name)
{
	const struct judging *j = ctx;
	const struct np_bom_item *i = &j->b->v[j->item[d - j->first]];

	for (size_t k = 0; k < i->nfacts; k++) {
		if (strcmp(i->facts[k].name, name) == 0)
			return i->facts[k].value;
	}
	if (strcmp(name, "obtained") == 0)
		return i->obtained ? i->obtained : j->day;
	return NULL;
}

static int judge(struct judging *j, struct lot *l, struct np_err *reterr)
{
	const struct np_devices d = {.v = l->v, .n = l->n};
	const struct np_question q = {
		.as_of = j->conf->as_of,
		.party = j->conf->party,
		.what_if = j->conf->what_if,
		.fact = fact,
		.ctx = j,
		.about = l->software ? NP_SOFTWARE : NP_EQUIPMENT,
	};

	j->first = l->v;
	j->item = l->item;
	return np_judge(j->conf->law, j->conf->knowledge, &q, &d, j->mem,
			&l->findings, reterr);
}

static int order(const void *a, const void *b)
{
	const struct np_bom_finding *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return (x->f > y->f) - (x->f < y->f);
}

/* Of a part's box nothing is said here: that is another item. */
static int gather(struct judging *j, const struct lot *lots, size_t nlots)
{
	struct np_check *to = j->to;
	size_t all = 0;

	for (size_t i = 0; i < nlots; i++)
		all += lots[i].findings.n;
	to->v = np_alloc(j->mem, (all + 1) * sizeof(*to->v));
	if (!to->v)
		return NP_ENOMEM;
	for (size_t i = 0; i < nlots; i++) {
		const struct lot *l = &lots[i];

		for (size_t k = 0; k < l->findings.n; k++) {
			const struct np_finding *f = &l->findings.v[k];

			if (l->parts && !f->component)
				continue;
			to->v[to->n++] = (struct np_bom_finding){
				.f = f, .item = l->item[f->device - l->v]};
		}
	}
	if (to->n)
		qsort(to->v, to->n, sizeof(*to->v), order);
	return 0;
}

static int ask_all(struct judging *j)
{
	struct np_bom_asker *w = np_bom_asker_new(j->conf->knowledge);
	int rc = w ? 0 : NP_ENOMEM;

	j->to->answers =
		np_zalloc(j->mem, (j->b->n + 1) * sizeof(*j->to->answers));
	if (!j->to->answers)
		rc = NP_ENOMEM;
	for (size_t i = 0; i < j->b->n && !rc; i++) {
		rc = np_bom_ask(w, &j->b->v[i], j->mem, &j->to->answers[i]);
		j->to->unknown += j->to->answers[i].maker == NP_NO_MAKER;
	}
	np_bom_asker_free(w);
	return rc;
}

int np_bom_check(const struct np_bom *b, const struct np_check_conf *conf,
		 struct np_arena *mem, struct np_check *ret,
		 struct np_err *reterr)
{
	struct judging j = {.b = b, .conf = conf, .mem = mem, .to = ret};
	struct lot lots[] = {{.n = 0}, {.parts = true}, {.software = true}};
	int rc;

	*ret = (struct np_check){.bom = b};
	(void)np_day_text(conf->as_of, j.day);
	rc = ask_all(&j);
	for (size_t i = 0; i < 3 && !rc; i++) {
		rc = fill(&j, &lots[i]);
		if (!rc)
			rc = judge(&j, &lots[i], reterr);
	}
	if (!rc)
		rc = gather(&j, lots, 3);
	if (rc && reterr && !reterr->text)
		(void)np_fail(reterr, rc, np_strerror(rc), b->path, 0);
	return rc;
}

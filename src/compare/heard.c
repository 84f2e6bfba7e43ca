/* SPDX-License-Identifier: ISC */
/* When a serial number was heard last, and by what grade of statement. */
#include "compare/custody.h"
#include <string.h>
#include <strings.h>

struct hearing {
	const struct np_custody *c;
	const struct np_devices *all;
	struct np_heard *v;
	struct np_arena mem; /* of one device */
};

/* The later one counts. */
static void take(struct np_heard *to, const struct np_heard *h)
{
	if (to->device && h->last < to->last)
		return;
	if (to->device) {
		int64_t first = np_time_min(to->first, h->first);

		*to = *h;
		to->first = first;
	} else {
		*to = *h;
	}
}

static bool is_claim(const struct np_kept_claim *k, const char *serial)
{
	return k->what == NP_W_SERIAL && k->value &&
	       strcasecmp(k->value, serial) == 0;
}

/* What the box said of it; the box itself where nothing did. */
static int of_box(struct hearing *x, const struct np_device *d,
		  const struct np_serial *s, struct np_heard *to)
{
	struct np_heard h = {.device = d, .first = d->first, .last = d->last};
	struct np_evidence e;
	int64_t last = NP_NEVER;
	bool any = false;
	int rc = np_device_evidence(x->all, d, &x->mem, &e);

	for (size_t i = 0; !rc && i < e.nclaims; i++) {
		const struct np_kept_claim *k = &e.claims[i];

		if (!is_claim(k, s->serial) || (any && k->seen.last <= last))
			continue;
		any = true;
		last = k->seen.last;
		h.first = k->seen.first;
		h.last = last;
		h.grade = k->grade;
		h.settable = k->settable;
		h.field = k->field;
		h.source = k->seen.source;
	}
	if (!rc)
		take(to, &h);
	return rc;
}

static struct np_heard *slot(struct hearing *x, const char *serial,
			     const struct np_serial **ret)
{
	*ret = serial ? np_custody_of(x->c, serial) : NULL;
	return *ret ? &x->v[*ret - x->c->serials] : NULL;
}

static int of_keys(struct hearing *x, const struct np_device *d)
{
	const struct np_serial *s;
	struct np_heard *to = slot(x, d->serial, &s);
	struct np_evidence e;
	int rc = to ? of_box(x, d, s, to) : 0;

	if (!rc)
		rc = np_device_keys(x->all, d, &x->mem, &e);
	for (size_t i = 0; !rc && i < e.nkeys; i++) {
		const char *text;

		if (e.keys[i].kind != NP_KEY_SERIAL)
			continue;
		text = np_copystr(&x->mem, e.keys[i].v, e.keys[i].n);
		if (!text)
			return NP_ENOMEM;
		to = d->serial && strcasecmp(text, d->serial) == 0
			     ? NULL
			     : slot(x, text, &s);
		if (to)
			rc = of_box(x, d, s, to);
	}
	return rc;
}

static void of_parts(struct hearing *x, const struct np_device *d)
{
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_serial *s;
		struct np_heard *to = slot(x, d->components[i].serial, &s);
		const struct np_heard h = {.device = d,
					   .first = d->first,
					   .last = d->last,
					   .grade = NP_E1,
					   .part = true};

		if (to)
			take(to, &h);
	}
}

int np_custody_heard(const struct np_custody *c, const struct np_devices *all,
		     struct np_heard **ret)
{
	struct hearing x = {.c = c, .all = all};
	int rc = 0;

	x.mem = np_arena((size_t)64 << 20);
	x.v = np_zalloc(c->mem, (c->nserials + 1) * sizeof(*x.v));
	if (!x.v)
		return NP_ENOMEM;
	for (size_t i = 0; i < c->nserials; i++)
		x.v[i].first = x.v[i].last = NP_NEVER;
	for (size_t i = 0; i < all->n && !rc; i++) {
		np_arena_reset(&x.mem);
		rc = of_keys(&x, &all->v[i]);
		of_parts(&x, &all->v[i]);
	}
	for (size_t i = 0; i < c->nserials; i++)
		x.v[i].again = x.v[i].device && x.v[i].last != NP_NEVER &&
			       c->serials[i].out != NP_NODAY &&
			       np_day_of(x.v[i].last) > c->serials[i].out;
	np_arena_free(&x.mem);
	*ret = x.v;
	return rc;
}

/* Custody first: a box that is out may have been heard before that day. */
enum np_removal np_custody_removal(const struct np_custody *c,
				   const struct np_heard *heard,
				   const struct np_devices *all, const char *id,
				   const char *serial, int32_t *ret_out)
{
	const struct np_serial *s = serial ? np_custody_of(c, serial) : NULL;

	*ret_out = NP_NODAY;
	if (s && s->out != NP_NODAY && !heard[s - c->serials].again) {
		*ret_out = s->out;
		return NP_REMOVAL_OUT;
	}
	return np_device_of(all, id) ? NP_REMOVAL_HEARD : NP_REMOVAL_UNHEARD;
}

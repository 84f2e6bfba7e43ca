/* SPDX-License-Identifier: ISC */
/*
 * nameplate privacy: per source what was dropped at the door, by field; of
 * subscribers' boxes all that is kept; of which boxes more is kept, because
 * nobody said whose they are.
 */
#include "report/privacy.h"
#include "report/answer.h"
#include <stdlib.h>

/* One kind of subscribers' boxes: maker, model and place. */
struct kind {
	const struct np_crowd *c;
	uint64_t n;
};

struct kinds {
	struct kind *v;
	size_t n;
	uint64_t boxes, linked;
	uint64_t small, small_boxes; /* kinds below the floor */
};

/* Place, maker, model; none is behind any. */
static int kind_order(const void *x, const void *y)
{
	const struct np_crowd *a = ((const struct kind *)x)->c;
	const struct np_crowd *b = ((const struct kind *)y)->c;

	if (a->site != b->site)
		return a->site < b->site ? -1 : 1;
	if (a->maker != b->maker)
		return a->maker < b->maker ? -1 : 1;
	return a->model && b->model ? strcmp(a->model, b->model)
				    : !a->model - !b->model;
}

static void merge(struct kinds *k)
{
	size_t to = 0;

	if (!k->n)
		return;
	qsort(k->v, k->n, sizeof(*k->v), kind_order);
	for (size_t i = 1; i < k->n; i++) {
		if (kind_order(&k->v[to], &k->v[i]) == 0)
			k->v[to].n += k->v[i].n;
		else
			k->v[++to] = k->v[i];
	}
	k->n = to + 1;
}

/* What differs only in how sure the maker is, is of one kind. */
static bool gather(const struct np_report *r, uint64_t floor, struct kinds *k)
{
	const struct np_devices *d = r->devices;

	k->v = calloc(d->ncrowds + 1, sizeof(*k->v));
	for (size_t i = 0; k->v && i < d->ncrowds; i++) {
		k->v[k->n++] = (struct kind){&d->crowds[i], d->crowds[i].n};
		k->boxes += d->crowds[i].n;
	}
	if (k->v)
		merge(k);
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].n < floor) {
			k->small++;
			k->small_boxes += k->v[i].n;
		}
	for (size_t i = 0; i < d->ntheirs; i++)
		if (!d->theirs[i].role && np_crowd_linked(&d->theirs[i]))
			k->linked += d->theirs[i].n;
	return k->v;
}

static uint64_t of_unknown_owner(const struct np_report *r)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r->devices->n; i++)
		n += r->devices->v[i].owner == NP_OWNER_UNKNOWN;
	return n;
}

static bool is_banner(uint16_t field)
{
	return !(np_field_of(field)->flags & NP_PERSON) &&
	       np_field_of(field)->flags & NP_BANNER;
}

/* ----------------------------------------------------------------- text */

static void put_dropped(const struct np_report_source *s, struct np_buf *b)
{
	char name[64];
	uint64_t named = 0;

	for (size_t i = 0; i < s->ndropped; i++) {
		uint16_t f = s->dropped[i].field;

		np_putf(b, "  %8llu  %-28s %s\n",
			(unsigned long long)s->dropped[i].n,
			np_field_text(f, name),
			is_banner(f) ? "a banner that nobody knows"
				     : np_field_of(f)->doc);
		named += s->dropped[i].n;
	}
	if (s->withheld > named)
		np_putf(b, "  %8llu  (of which fields was not counted)\n",
			(unsigned long long)(s->withheld - named));
	if (s->coverage.subscriber_tunnels)
		np_putf(b,
			"  %8llu  packets in subscribers' tunnels: not "
			"opened\n",
			(unsigned long long)s->coverage.subscriber_tunnels);
	if (!s->withheld && !s->coverage.subscriber_tunnels)
		np_puts(b, "         0  nothing personal was found\n");
}

static void put_sources(const struct np_report *r, struct np_buf *b)
{
	np_puts(b, "dropped where it was read, before anything was written\n");
	for (size_t i = 0; i < r->nsources; i++) {
		const struct np_report_source *s = &r->sources[i];

		np_puts(b, "  ");
		np_putterm(b, s->name, strlen(s->name));
		np_putf(b, " (%s)\n", s->kind ? s->kind : "not read");
		put_dropped(s, b);
	}
}

static void put_kind(const struct np_report *r, const struct kind *k,
		     struct np_buf *b)
{
	const char *maker = np_report_maker(r, k->c->maker);
	const char *site = np_site_id(r->party, k->c->site),
		   *model = k->c->model;

	np_putf(b, "  %8llu  ", (unsigned long long)k->n);
	np_puts(b, maker ? maker : "maker unknown");
	np_putc(b, ' ');
	np_putterm(b, model ? model : "", model ? strlen(model) : 0);
	np_puts(b, model ? ", " : "- ");
	np_puts(b, site ? site : "no place");
	np_putc(b, '\n');
}

static void put_kinds(const struct np_report *r, const struct kinds *k,
		      uint64_t floor, struct np_buf *b)
{
	np_putf(b,
		"\nkept of subscribers' boxes: maker, model, place and how "
		"many: %llu\n",
		(unsigned long long)k->boxes);
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].n >= floor)
			put_kind(r, &k->v[i], b);
	if (k->small)
		np_putf(b,
			"  %8llu  in %llu kinds of fewer than %llu boxes "
			"each\n",
			(unsigned long long)k->small_boxes,
			(unsigned long long)k->small,
			(unsigned long long)floor);
	np_puts(b, "  No address, serial number or name of theirs is in this "
		   "output");
	np_puts(b, r->dossier ? " or in the dossier.\n" : ".\n");
	if (k->linked)
		np_putf(b,
			"  linkable: %llu by a keyed hash (BLAKE2b). Who has "
			"the key can tell whether a\n  box that is known to "
			"him is among them; without the key nobody can.\n",
			(unsigned long long)k->linked);
	else if (k->boxes)
		np_puts(b, "  linkable: no. The same box in another source "
			   "that is read later counts again;\n  audit "
			   "--subscriber-key FILE counts it once.\n");
}

static void put_others(const struct np_report *r, struct np_buf *b)
{
	uint64_t n = of_unknown_owner(r);

	np_putf(b,
		"\nkept with their addresses: %zu boxes, of which %llu have an "
		"owner that is not known\n",
		r->devices->n, (unsigned long long)n);
	if (n)
		np_puts(b, "  A box is a subscriber's where a rule or a tunnel "
			   "says so, and the operator's where\n  its address "
			   "is in the prefixes of operator.yaml "
			   "(--party). Of the others some may be\n  "
			   "subscribers'.\n");
}

/* ----------------------------------------------------------------- JSON */

static void json_source(const struct np_report_source *s, struct np_buf *b)
{
	char name[64];

	np_puts(b, "{\"name\":");
	np_putjsons(b, s->name);
	np_puts(b, ",\"kind\":");
	np_putjsons(b, s->kind);
	np_puts(b, ",\"sha256\":");
	np_putjsons(b, s->sha256);
	np_putf(b,
		",\"withheld\":%llu,\"subscriber_tunnels\":%llu,\"dropped\":[",
		(unsigned long long)s->withheld,
		(unsigned long long)s->coverage.subscriber_tunnels);
	for (size_t i = 0; i < s->ndropped; i++) {
		uint16_t f = s->dropped[i].field;

		np_puts(b, i ? ",{\"field\":" : "{\"field\":");
		np_putjsons(b, np_field_text(f, name));
		np_putf(b, ",\"why\":\"%s\",\"n\":%llu}",
			is_banner(f) ? "banner" : "person",
			(unsigned long long)s->dropped[i].n);
	}
	np_puts(b, "]}");
}

static void json_kinds(const struct np_report *r, const struct kinds *k,
		       uint64_t floor, struct np_buf *b)
{
	bool any = false;

	np_putf(b,
		"],\"subscribers\":{\"boxes\":%llu,\"linked\":%llu,\"floor\":%"
		"llu,"
		"\"below_floor\":{\"kinds\":%llu,\"boxes\":%llu},\"kinds\":[",
		(unsigned long long)k->boxes, (unsigned long long)k->linked,
		(unsigned long long)floor, (unsigned long long)k->small,
		(unsigned long long)k->small_boxes);
	for (size_t i = 0; i < k->n; i++) {
		const struct np_crowd *c = k->v[i].c;

		if (k->v[i].n < floor)
			continue;
		np_puts(b, any ? ",{\"site\":" : "{\"site\":");
		any = true;
		np_putjsons(b, np_site_id(r->party, c->site));
		np_puts(b, ",\"maker\":");
		np_putjsons(b, np_maker_slug(r->knowledge, c->maker));
		np_puts(b, ",\"model\":");
		np_putjsons(b, c->model);
		np_putf(b, ",\"n\":%llu}", (unsigned long long)k->v[i].n);
	}
	np_putf(b, "]},\"devices\":{\"kept\":%zu,\"owner_unknown\":%llu}}\n",
		r->devices->n, (unsigned long long)of_unknown_owner(r));
}

static void put_json(const struct np_report *r, const struct kinds *k,
		     uint64_t floor, struct np_buf *b)
{
	np_puts(b, "{\"schema\":\"nameplate.privacy/1\",\"sources\":[");
	for (size_t i = 0; i < r->nsources; i++) {
		np_puts(b, i ? ",\n" : "\n");
		json_source(&r->sources[i], b);
	}
	json_kinds(r, k, floor, b);
}

int np_write_privacy(const struct np_report *r, uint64_t floor, bool json,
		     FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	struct kinds k = {.v = NULL};
	int rc = NP_ENOMEM;

	floor = floor ? floor : NP_FLOOR;
	if (gather(r, floor, &k)) {
		if (json) {
			put_json(r, &k, floor, &b);
		} else {
			put_sources(r, &b);
			put_kinds(r, &k, floor, &b);
			put_others(r, &b);
		}
		rc = np_put_out(&b, to);
	}
	free(k.v);
	np_buf_free(&b);
	return rc;
}

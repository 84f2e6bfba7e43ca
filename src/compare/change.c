/* SPDX-License-Identifier: ISC */
/* What is said of a device now that was not said before, field by field. */
#include "compare/compare.h"
#include <string.h>

struct changing {
	struct np_arena *mem;
	struct np_changes *to;
	size_t cap;
	bool failed;
};

static void add(struct changing *c, const char *field, const char *was,
		const char *is)
{
	if (c->to->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 32;
		struct np_change *v = np_alloc(c->mem, cap * sizeof(*v));

		if (!v) {
			c->failed = true;
			return;
		}
		if (c->to->n)
			memcpy(v, c->to->v, c->to->n * sizeof(*v));
		c->to->v = v;
		c->cap = cap;
	}
	c->to->v[c->to->n++] =
		(struct np_change){.field = field, .was = was, .is = is};
}

static void text(struct changing *c, const char *field, const char *was,
		 const char *is)
{
	if (was == is || (was && is && strcmp(was, is) == 0))
		return;
	add(c, field, was, is);
}

static void who(struct changing *c, const struct np_side *old,
		const struct np_device *a, const struct np_side *new,
		const struct np_device *b)
{
	text(c, "maker", np_maker_slug(old->knowledge, a->maker),
	     np_maker_slug(new->knowledge, b->maker));
	text(c, "verdict", np_sure_name(a->sure), np_sure_name(b->sure));
	text(c, "rival", np_maker_slug(old->knowledge, a->rival),
	     np_maker_slug(new->knowledge, b->rival));
	text(c, "brand", a->brand, b->brand);
	text(c, "model", a->model, b->model);
	text(c, "family", a->family, b->family);
	text(c, "version", a->version, b->version);
	text(c, "os", a->os, b->os);
	text(c, "serial", a->serial, b->serial);
	text(c, "function", a->function, b->function);
	text(c, "site", np_site_id(old->party, a->site),
	     np_site_id(new->party, b->site));
	text(c, "role_in_source", a->neighbour ? "neighbour" : "subject",
	     b->neighbour ? "neighbour" : "subject");
}

/* ---- keys: sorted by kind and value on both sides */

static const char *key_field(enum np_keykind k)
{
	static const char *const names[NP_KEY__MAX] = {
		[NP_KEY_MAC] = "keys.mac",
		[NP_KEY_IP] = "keys.ip",
		[NP_KEY_SERIAL] = "keys.serial",
		[NP_KEY_ENGINE_ID] = "keys.engine_id",
		[NP_KEY_CHASSIS_ID] = "keys.chassis_id",
		[NP_KEY_NAME] = "keys.name",
		[NP_KEY_ONT] = "keys.ont",
		[NP_KEY_CELL] = "keys.cell",
		[NP_KEY_HOSTKEY] = "keys.hostkey",
		[NP_KEY_CLOCK] = "keys.clock",
	};

	return k < NP_KEY__MAX && names[k] ? names[k] : NULL;
}

static int order(const struct np_key *a, const struct np_key *b)
{
	int d;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	d = memcmp(a->v, b->v, a->n < b->n ? a->n : b->n);
	return d ? d : (a->n > b->n) - (a->n < b->n);
}

static void one_key(struct changing *c, const struct np_key *k, bool was)
{
	const char *field = key_field(k->kind);
	const char *v = field ? np_copystr(c->mem, k->v, k->n) : NULL;

	c->failed |= field && !v;
	if (v)
		add(c, field, was ? v : NULL, was ? NULL : v);
}

static void keys(struct changing *c, const struct np_evidence *a,
		 const struct np_evidence *b)
{
	size_t i = 0, j = 0;

	while (i < a->nkeys || j < b->nkeys) {
		int d = i == a->nkeys	? 1
			: j == b->nkeys ? -1
					: order(&a->keys[i], &b->keys[j]);

		if (d < 0)
			one_key(c, &a->keys[i], true);
		else if (d > 0)
			one_key(c, &b->keys[j], false);
		i += d <= 0;
		j += d >= 0;
	}
}

/* ---- parts: sorted on both sides */

static const char *part_text(struct changing *c, const struct np_side *s,
			     const struct np_component *p)
{
	struct np_buf b = np_buf(4096);
	const char *v;

	np_puts(&b, np_maker_name(s->knowledge, p->maker));
	if (p->model)
		np_putf(&b, " %s", p->model);
	if (p->serial)
		np_putf(&b, " %s", p->serial);
	v = b.failed ? NULL : np_copystr(c->mem, b.p ? b.p : "", b.n);
	np_buf_free(&b);
	c->failed |= !v;
	return v ? v : "";
}

static bool has_part(const struct np_device *d, const struct np_component *p)
{
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *x = &d->components[i];

		if (x->maker == p->maker &&
		    strcmp(x->model ? x->model : "",
			   p->model ? p->model : "") == 0 &&
		    strcmp(x->serial ? x->serial : "",
			   p->serial ? p->serial : "") == 0)
			return true;
	}
	return false;
}

static void parts(struct changing *c, const struct np_side *old,
		  const struct np_device *a, const struct np_side *new,
		  const struct np_device *b)
{
	for (size_t i = 0; i < a->ncomponents; i++) {
		if (!has_part(b, &a->components[i]))
			add(c, "component",
			    part_text(c, old, &a->components[i]), NULL);
	}
	for (size_t i = 0; i < b->ncomponents; i++) {
		if (!has_part(a, &b->components[i]))
			add(c, "component", NULL,
			    part_text(c, new, &b->components[i]));
	}
}

int np_diff_changes(const struct np_diff *d, const struct np_pair *p,
		    struct np_arena *mem, struct np_changes *ret)
{
	const struct np_side *old = d->old, *new = d->new;
	struct changing c = {.mem = mem, .to = ret};
	const struct np_device *a, *b;
	struct np_evidence x, y;
	int rc;

	*ret = (struct np_changes){0};
	if (p->was == NP_NOBODY || p->is == NP_NOBODY)
		return 0;
	a = &old->devices->v[p->was];
	b = &new->devices->v[p->is];
	rc = np_device_keys(old->devices, a, mem, &x);
	if (!rc)
		rc = np_device_keys(new->devices, b, mem, &y);
	if (rc)
		return rc;
	who(&c, old, a, new, b);
	keys(&c, &x, &y);
	parts(&c, old, a, new, b);
	return c.failed ? NP_ENOMEM : 0;
}

/* SPDX-License-Identifier: ISC */
#include "view/drawn.h"
#include "core/hash.h"
#include "core/time.h"
#include "report/member.h"
#include <stdlib.h>

const char np_no_plan[] = "no plan is kept in this dossier; "
			  "`nameplate plan X.dossier --plan plan.yaml "
			  "--costs costs.csv` makes one";
const char np_bad_plan[] = "the plan in this dossier is no nameplate.plan/1";

bool np_view_shows(const struct np_view_in *in, size_t device)
{
	return in->box[device].row != NP_NO_ROW_OF;
}

enum np_shade np_shade_of(const struct np_view_in *in, size_t device)
{
	const struct np_finding *f = np_view_finding(in, device);

	if (f &&
	    (f->status == NP_IN_SCOPE || f->status == NP_COMPONENT_IN_SCOPE))
		return NP_SHADE_IN_SCOPE;
	if (f && (f->status == NP_UNDETERMINED || f->status == NP_CONTESTED))
		return NP_SHADE_UNDETERMINED;
	return in->report->devices->v[device].maker == NP_NO_MAKER
		       ? NP_SHADE_UNKNOWN
		       : NP_SHADE_OTHER;
}

const char *np_shade_name(enum np_shade f)
{
	static const char *const names[NP_SHADES] = {
		[NP_SHADE_IN_SCOPE] = "in_scope",
		[NP_SHADE_UNDETERMINED] = "undetermined",
		[NP_SHADE_OTHER] = "other",
		[NP_SHADE_UNKNOWN] = "unknown",
	};

	return names[f];
}

void np_put_shades(const uint64_t n[static NP_SHADES], struct np_buf *b)
{
	for (int i = 0; i < NP_SHADES; i++)
		np_putf(b, "%s\"%s\":%llu", i ? "," : "",
			np_shade_name((enum np_shade)i),
			(unsigned long long)n[i]);
}

/* ---- words */

static struct np_labels_slot *slot_of(const struct np_labels *w,
				      const char *text)
{
	uint64_t hash = text ? np_hash64(text, strlen(text), 0) : 1;
	uint32_t i = (uint32_t)hash & (w->cap - 1);

	while (w->slot[i].number &&
	       (text && w->slot[i].text ? strcmp(text, w->slot[i].text) != 0
					: text != w->slot[i].text))
		i = (i + 1) & (w->cap - 1);
	return &w->slot[i];
}

static bool grow(struct np_labels *w)
{
	struct np_labels to = {.cap = w->cap ? w->cap * 2 : 64, .n = w->n};

	if (w->cap && w->n < w->cap / 2)
		return true;
	to.mem = w->mem;
	to.slot = np_zalloc(w->mem, to.cap * sizeof(*to.slot));
	to.text = np_alloc(w->mem, to.cap * sizeof(*to.text));
	if (!to.slot || !to.text)
		return false;
	for (uint32_t i = 0; i < w->n; i++) {
		to.text[i] = w->text[i];
		*slot_of(&to, w->text[i]) =
			(struct np_labels_slot){w->text[i], i + 1};
	}
	*w = to;
	return true;
}

uint32_t np_label(struct np_labels *w, const char *text)
{
	struct np_labels_slot *s;

	if (!grow(w))
		return NP_NO_LABEL;
	s = slot_of(w, text);
	if (!s->number) {
		w->text[w->n] = text;
		*s = (struct np_labels_slot){text, ++w->n};
	}
	return s->number - 1;
}

/* ---- dates */

static int by_day(const void *p, const void *q)
{
	const struct np_due *x = p, *y = q;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return strcmp(x->clause->id, y->clause->id);
}

/* The first date of a duty to remove: that is the one to be kept. */
static const struct np_finding *first_due(const struct np_view_in *in,
					  size_t device)
{
	const struct np_view_box *x = &in->box[device];
	const struct np_finding *best = NULL;

	for (uint32_t i = 0; i < x->n; i++) {
		const struct np_finding *f =
			&in->report->findings->v[x->first + i];

		if (f->clause && f->status == NP_IN_SCOPE && !f->elsewhere &&
		    f->clause->duty == NP_REMOVE && f->date != NP_NODAY &&
		    (!best || f->date < best->date))
			best = f;
	}
	return best;
}

int np_dues(const struct np_view_in *in, struct np_arena *mem,
	    struct np_due **ret, size_t *ret_n)
{
	size_t all = in->report->devices->n, n = 0, k = 0;
	struct np_due *v = np_alloc(mem, all * sizeof(*v) + 1);

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < all; i++) {
		const struct np_finding *f =
			np_view_shows(in, i) ? first_due(in, i) : NULL;

		if (f)
			v[n++] = (struct np_due){f->date, f->clause, 1};
	}
	if (n)
		qsort(v, n, sizeof(*v), by_day);
	for (size_t i = 0; i < n; i++) {
		if (k && by_day(&v[i], &v[k - 1]) == 0)
			v[k - 1].n++;
		else
			v[k++] = v[i];
	}
	*ret = v;
	*ret_n = k;
	return NP_OK;
}

void np_put_due(const struct np_due *d, struct np_buf *b)
{
	char day[16];

	np_putf(b, "{\"date\":\"%s\"", np_day_text(d->day, day));
	np_put_jmember(b, "label", d->clause->id);
	np_member_n(b, "n", d->n);
}

/* ---- numbers */

void np_column_tenths(struct np_column *c, double v)
{
	if (c->n++)
		np_putc(&c->v, ',');
	np_put_tenths(&c->v, v);
}

void np_put_rect(const struct np_rect *r, struct np_buf *b)
{
	np_puts(b, ",\"x\":");
	np_put_tenths(b, r->x);
	np_puts(b, ",\"y\":");
	np_put_tenths(b, r->y);
	np_puts(b, ",\"w\":");
	np_put_between(b, r->x, r->x + r->w);
	np_puts(b, ",\"h\":");
	np_put_between(b, r->y, r->y + r->h);
}

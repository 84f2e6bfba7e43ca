/* SPDX-License-Identifier: ISC */
#include "view/view.h"
#include "report/page.h"
#include "view/drawn.h"
#include <stdio.h>
#include <stdlib.h>

/* Boxes in a pack of evidence: few enough that one opens at once, and so many
 * that what stands in all of them costs nothing. */
#define PACK 1024

const struct np_view np_views[] = {
#define NP_VIEW(name) {#name, np_view_##name},
#include "view/views.def"
#undef NP_VIEW
	{0}};

const struct np_view *np_view_find(const char *name)
{
	for (const struct np_view *v = np_views; v->name; v++) {
		if (strcmp(v->name, name) == 0)
			return v;
	}
	return NULL;
}

bool np_view_allowed(const struct np_view_in *in, const struct np_view *v)
{
	static const struct {
		const char *view;
		enum np_shown needs;
	} whole[] = {{"devices", NP_SHOW_BOXES},
		     {"topology", NP_SHOW_TOPOLOGY},
		     {"burndown", NP_SHOW_PLAN},
		     {"gantt", NP_SHOW_PLAN}};

	for (size_t i = 0; i < NP_COUNT(whole); i++) {
		if (strcmp(v->name, whole[i].view) == 0)
			return np_audience_sees(in, whole[i].needs);
	}
	return true;
}

void np_view_head(struct np_buf *b, const char *name)
{
	np_putf(b, "{\"schema\":\"nameplate.view/1\",\"view\":\"%s\"", name);
}

/* ---- rows */

/* Findings of a device, which stand in the order of devices from *at on. */
static void find_findings(const struct np_findings *f,
			  const struct np_device *d, uint32_t *at,
			  struct np_view_box *x)
{
	while (*at < f->n && f->v[*at].device < d)
		++*at;
	x->first = *at;
	for (; *at < f->n && f->v[*at].device == d; ++*at) {
		const struct np_finding *y = &f->v[*at];

		x->n++;
		if (!y->elsewhere &&
		    (x->strongest == NP_NO_FINDING ||
		     np_status_rank(y->status) >
			     np_status_rank(f->v[x->strongest].status)))
			x->strongest = *at;
	}
}

/* Rows stand as a person looks for them, which is how they pack best: by site,
 * then by what they are. */
struct sorting {
	const struct np_device *d;
	const char *maker;
	uint32_t device;
};

static int by_text(const char *a, const char *b)
{
	if (!a || !b)
		return (b != NULL) - (a != NULL);
	return strcmp(a, b);
}

static int by_place(const void *a, const void *b)
{
	const struct sorting *p = a, *q = b;
	const struct np_device *x = p->d, *y = q->d;
	int c;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	c = by_text(p->maker, q->maker);
	if (!c)
		c = by_text(x->function, y->function);
	if (!c)
		c = by_text(x->model, y->model);
	return c ? c : strcmp(x->id, y->id);
}

static int sort_rows(struct np_view_in *in, struct np_view_box *box,
		     struct np_arena *mem)
{
	const struct np_devices *d = in->report->devices;
	struct sorting *v = calloc(d->n + 1, sizeof(*v));
	uint32_t *order = np_alloc(mem, (d->n + 1) * sizeof(*order));

	in->rows = 0;
	for (uint32_t i = 0; v && order && i < d->n; i++)
		if (np_export_site(in->report, in->style, d->v[i].site))
			v[in->rows++] = (struct sorting){
				&d->v[i],
				np_maker_slug(in->report->knowledge,
					      d->v[i].maker),
				i};
	if (v && order)
		qsort(v, in->rows, sizeof(*v), by_place);
	for (uint32_t i = 0; v && order && i < in->rows; i++) {
		order[i] = v[i].device;
		box[v[i].device].row = i;
	}
	free(v);
	in->order = order;
	return v && order ? NP_OK : NP_ENOMEM;
}

static void number_packs(struct np_view_in *in, struct np_view_box *box)
{
	bool shown = np_audience_sees(in, NP_SHOW_EVIDENCE) &&
		     np_audience_sees(in, NP_SHOW_BOXES);
	uint32_t n = 0;

	for (uint32_t i = 0; shown && i < in->rows; i++)
		if (box[in->order[i]].n)
			box[in->order[i]].evidence = (int32_t)(n++ / PACK);
	in->packs = (n + PACK - 1) / PACK;
}

int np_view_index(struct np_view_in *in, struct np_arena *mem)
{
	const struct np_devices *d = in->report->devices;
	struct np_view_box *v = np_alloc(mem, (d->n + 1) * sizeof(*v));
	uint32_t at = 0;
	int rc;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < d->n; i++) {
		v[i] = (struct np_view_box){.row = NP_NO_ROW_OF,
					    .strongest = NP_NO_FINDING,
					    .evidence = -1};
		find_findings(in->report->findings, &d->v[i], &at, &v[i]);
	}
	if (np_view_waves(in, v))
		return NP_ENOMEM;
	in->box = v;
	rc = sort_rows(in, v, mem);
	if (rc)
		return rc;
	number_packs(in, v);
	return np_refer_key(in->dossier, in->refer);
}

/* ---- words */

const struct np_finding *np_view_finding(const struct np_view_in *in,
					 size_t device)
{
	uint32_t i = in->box[device].strongest;

	return i == NP_NO_FINDING ? NULL : &in->report->findings->v[i];
}

const char *np_view_status_of(const struct np_finding *f)
{
	static const char *const names[NP_NSTATUSES] = {
		[NP_IN_SCOPE] = "in_scope",
		[NP_COMPONENT_IN_SCOPE] = "component_in_scope",
		[NP_CONTESTED] = "contested",
		[NP_EXEMPT] = "exempt",
		[NP_NOT_BOUND] = "not_bound",
		[NP_UNDETERMINED] = "undetermined",
		[NP_NOT_IN_SCOPE] = "not_in_scope",
		[NP_NO_RULE] = "no_rule",
		[NP_NOT_JUDGED] = "not_judged",
	};

	return f ? names[f->status] : "none";
}

const char *np_view_status(const struct np_view_in *in, size_t device)
{
	return np_view_status_of(np_view_finding(in, device));
}

const char *np_view_id(const struct np_view_in *in, const struct np_device *d,
		       char buf[static NP_VIEW_ID])
{
	if (np_audience_sees(in, NP_SHOW_ADDRESSES))
		return d->id;
	memcpy(buf, "r-", 2);
	np_refer(in->refer, d->id, buf + 2);
	return buf;
}

const char *np_view_site(const struct np_view_in *in, uint32_t site)
{
	return np_audience_sees(in, NP_SHOW_SITES)
		       ? np_site_id(in->report->party, site)
		       : NULL;
}

const char *np_view_site_name(const struct np_view_in *in, uint32_t site)
{
	if (!np_audience_sees(in, NP_SHOW_SITES) ||
	    site >= np_sites(in->report->party))
		return NULL;
	return np_site(in->report->party, site)->name;
}

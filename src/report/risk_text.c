/* SPDX-License-Identifier: ISC */
/* Risk for a person: facts in a fixed order. */
#include "report/page.h"
#include "report/risk.h"
#include "report/table.h"
#include <stdlib.h>

#define FEW 20 /* rows of a table without -l */

struct out {
	const struct np_risk_page *p;
	struct np_buf b, c; /* c: of a cell */
	FILE *to;
};

static void cell_text(struct out *o, struct np_table *t, const char *s)
{
	if (s)
		np_putterm(&o->c, s, strlen(s));
	np_table_take(t, &o->c);
}

static void cell_count(struct out *o, struct np_table *t, uint64_t n)
{
	np_put_count(&o->c, n);
	np_table_take(t, &o->c);
}

static const char *maker(const struct out *o, uint32_t device)
{
	const char *m =
		np_report_maker(o->p->r, o->p->r->devices->v[device].maker);

	return m ? m : "unknown";
}

static const char *model(const struct out *o, uint32_t device)
{
	const struct np_device *d = &o->p->r->devices->v[device];

	return d->model ? d->model : d->function;
}

static void head(struct out *o, unsigned number, const char *title)
{
	np_putf(&o->b, "\n%u %s\n", number, title);
}

/* Which rows a short table shows: all, or those with most. */
static void more(struct out *o, size_t shown, size_t all)
{
	if (shown < all)
		np_putf(&o->b, "  … %zu more with -l\n", all - shown);
}

static size_t limit(const struct out *o, size_t n)
{
	return !o->p->s->all && n > FEW ? FEW : n;
}

static void write_table(struct out *o, struct np_table *t)
{
	np_table_write(t, o->p->s->width, o->p->s->colour, &o->b);
	np_table_close(t);
}

/* ---- the head */

static void put_topology(struct out *o)
{
	const struct np_graph_view *v = &o->p->k->view;
	uint64_t layer[NP_NLAYERS] = {0};
	bool any = false;

	for (uint32_t i = 0; i < v->nlinks; i++)
		layer[v->links[i].layer]++;
	np_puts(&o->b, "topology: ");
	np_put_many(&o->b, v->nlinks, "link", "links");
	for (unsigned i = 0; i < NP_NLAYERS; i++) {
		if (!layer[i])
			continue;
		np_putf(&o->b, "%s%s ", any ? ", " : " (",
			np_layer_name((enum np_layer)i));
		np_put_count(&o->b, layer[i]);
		any = true;
	}
	np_puts(&o->b, any ? ") seen, " : " seen, ");
	np_put_many(&o->b, o->p->k->cuts.parts, "part", "parts");
	np_puts(&o->b, " of two boxes or more; ends without a known box ");
	np_put_count(&o->b, v->unknown);
	np_puts(&o->b, ", with several ");
	np_put_count(&o->b, v->ambiguous);
	np_putc(&o->b, '\n');
}

static void put_roots(struct out *o)
{
	const struct np_risk *k = o->p->k;

	np_puts(&o->b, "served from: ");
	for (size_t i = 0; i < k->nroots && i < 8; i++) {
		np_puts(&o->b, i ? ", " : "");
		np_putterm(&o->b, o->p->label[k->roots[i]],
			   strlen(o->p->label[k->roots[i]]));
	}
	if (k->nroots > 8)
		np_putf(&o->b, " and %zu more", k->nroots - 8);
	if (!k->nroots)
		np_puts(&o->b, "not known; name a gateway or core box with "
			       "--root, then dependants are counted");
	np_putc(&o->b, '\n');
}

static void put_head(struct out *o)
{
	const struct np_risk_know *k = o->p->k->know;

	np_putf(&o->b, "%s\n", np_law_opening(o->p->r->law));
	np_putf(&o->b, "%s\n", k->opening);
	put_topology(o);
	put_roots(o);
	np_putf(&o->b, "%s\n", k->rests);
}

/* ---- 1 function, 5 makers */

/* The run of shares of one function. */
static size_t run_of(const struct np_share *v, size_t n, size_t i)
{
	size_t k = i + 1;

	while (k < n && strcmp(v[k].function, v[i].function) == 0)
		k++;
	return k - i;
}

static void put_functions(struct out *o, const struct np_share *v, size_t n)
{
	static const char *const titles[] = {"function", "boxes", "asset class",
					     "level"};
	struct np_table t;

	head(o, 1, "function");
	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0, k; i < n; i += k) {
		const struct np_asset *a = NULL;
		uint64_t named, all;

		k = run_of(v, n, i);
		(void)np_hhi(v + i, k, &named, &all);
		for (size_t d = 0; d < o->p->r->devices->n && !a; d++) {
			const char *f = o->p->r->devices->v[d].function;

			if (f && strcmp(f, v[i].function) == 0)
				a = o->p->k->boxes[d].asset;
		}
		cell_text(o, &t, v[i].function);
		cell_count(o, &t, all);
		cell_text(o, &t, a ? a->class : "-");
		if (a)
			np_putf(&o->c, "%s (%s)", a->level, a->sure);
		np_table_take(&t, &o->c);
	}
	if (n)
		write_table(o, &t);
	else
		np_puts(&o->b, "  no box's function is known\n");
}

static void put_makers(struct out *o, const struct np_share *v, size_t n)
{
	static const char *const titles[] = {"function", "boxes", "named",
					     "HHI of the named", "makers"};
	struct np_table t;

	head(o, 5, "makers by function: shares, and the sum of their squares");
	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0, k; i < n; i += k) {
		uint64_t named, all;
		int hhi;

		k = run_of(v, n, i);
		hhi = np_hhi(v + i, k, &named, &all);
		cell_text(o, &t, v[i].function);
		cell_count(o, &t, all);
		cell_count(o, &t, named);
		if (hhi >= 0)
			np_put_count(&o->c, (uint64_t)hhi);
		else
			np_putc(&o->c, '-');
		np_table_take(&t, &o->c);
		for (size_t x = i; x < i + k; x++) {
			const char *m = np_report_maker(o->p->r, v[x].maker);

			np_putf(&o->c, "%s%s ", x > i ? ", " : "",
				m ? m : "not named");
			np_put_count(&o->c, v[x].n);
			if (m)
				np_putf(&o->c, " (%.0f %%)",
					100.0 * (double)v[x].n / (double)named);
		}
		np_table_take(&t, &o->c);
	}
	if (n)
		write_table(o, &t);
	else
		np_puts(&o->b, "  no box's function is known\n");
}

/* ---- 2 exposure */

static void put_exposed(struct out *o, uint32_t device)
{
	const struct np_risk_box *x = &o->p->k->boxes[device];
	const struct np_risk_know *k = o->p->k->know;
	const char *open = "";

	for (size_t i = 0; i < k->nids; i++) {
		if (!(x->exposed >> i & 1))
			continue;
		np_putf(&o->c, "%s%s", open, k->exposure_says[i]);
		open = "; ";
	}
	if (x->community_said && !x->community_default) {
		np_putf(&o->c, "%sdefault community: not answered to", open);
		open = "; ";
	}
	if (x->default_name) {
		np_putf(&o->c, "%sbears the name it is delivered with: ", open);
		np_putterm(&o->c, x->default_name, strlen(x->default_name));
	}
}

static void put_exposure(struct out *o)
{
	static const char *const titles[] = {"device", "maker", "box",
					     "what was heard of it"};
	const struct np_devices *d = o->p->r->devices;
	struct np_table t;
	size_t n = 0, most = o->p->s->all ? SIZE_MAX : FEW, shown = 0;

	head(o, 2, "exposure: management in the clear");
	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1;
	for (uint32_t i = 0; i < d->n; i++) {
		const struct np_risk_box *x = &o->p->k->boxes[i];

		if (!x->exposed && !x->default_name)
			continue;
		if (n++ >= most)
			continue;
		shown++;
		cell_text(o, &t, d->v[i].id);
		cell_text(o, &t, maker(o, i));
		cell_text(o, &t, o->p->label[i]);
		put_exposed(o, i);
		np_table_take(&t, &o->c);
	}
	if (n)
		write_table(o, &t);
	else
		np_puts(&o->b, "  none was heard; what was not heard may be "
			       "there\n");
	more(o, shown, n);
}

/* ---- 3 dependants */

struct rank {
	uint32_t device, below;
};

static int rank_order(const void *p, const void *q)
{
	const struct rank *x = p, *y = q;

	if (x->below != y->below)
		return x->below > y->below ? -1 : 1;
	return x->device < y->device ? -1 : x->device > y->device;
}

static struct rank *rank_all(const struct out *o, size_t *ret_n)
{
	const struct np_risk *k = o->p->k;
	struct rank *v = np_alloc(o->p->mem, k->devices->n * sizeof(*v) + 1);
	size_t n = 0;

	for (uint32_t i = 0; v && i < k->devices->n; i++) {
		uint32_t below = k->cuts.below ? k->cuts.below[i] : 0;

		if (below || k->cuts.node[i])
			v[n++] = (struct rank){i, below};
	}
	if (n)
		qsort(v, n, sizeof(*v), rank_order);
	*ret_n = n;
	return v;
}

static bool any_customers(const struct np_risk *k)
{
	for (size_t i = 0; i < k->devices->n; i++)
		if (k->boxes[i].customers >= 0)
			return true;
	return false;
}

static void put_dependants(struct out *o)
{
	static const char *const titles[] = {
		"device",     "maker", "box",	   "what it is",
		"dependants", "links", "cut point"};
	const struct np_risk *k = o->p->k;
	struct np_table t;
	size_t n;
	struct rank *v = rank_all(o, &n);

	head(o, 3, "dependants: boxes that are reached through this one alone");
	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1;
	for (size_t i = 0; v && i < limit(o, n); i++) {
		uint32_t d = v[i].device;

		cell_text(o, &t, k->devices->v[d].id);
		cell_text(o, &t, maker(o, d));
		cell_text(o, &t, o->p->label[d]);
		cell_text(o, &t, model(o, d));
		if (k->cuts.below)
			np_put_count(&o->c, v[i].below);
		else
			np_putc(&o->c, '-');
		np_table_take(&t, &o->c);
		cell_count(o, &t, k->view.nodes[d].links);
		np_put_candidate(o->p, d, &o->c);
		if (k->boxes[d].customers >= 0)
			np_putf(&o->c, "; customers in the inventory: %lld",
				(long long)k->boxes[d].customers);
		np_table_take(&t, &o->c);
	}
	if (n)
		write_table(o, &t);
	else
		np_puts(&o->b, "  none on the links seen\n");
	more(o, limit(o, n), n);
	if (!any_customers(k))
		np_putf(&o->b, "  %s\n", k->know->customers);
}

/* ---- 4 ways */

static void put_zones(struct out *o)
{
	const struct np_risk *k = o->p->k;

	head(o, 4, "paths that serve protected zones");
	for (size_t i = 0; i < k->nzones; i++) {
		const struct np_risk_zone *z = &k->zones[i];
		struct np_on_way_count c = np_zone_ways(o->p, z);

		if (z->steps == NP_NOBODY) {
			np_puts(&o->b, "  no path of ");
			np_putterm(&o->b, z->name, strlen(z->name));
			np_puts(&o->b, " was seen\n");
			continue;
		}
		np_puts(&o->b, "  on the seen path of ");
		np_putterm(&o->b, z->name, strlen(z->name));
		np_putf(&o->b,
			": %llu in scope, %llu other, %llu unknown; %llu on "
			"every path seen (candidates); ",
			(unsigned long long)c.in_scope,
			(unsigned long long)c.other,
			(unsigned long long)c.unknown,
			(unsigned long long)c.every);
		np_put_many(&o->b, z->steps, "step\n", "steps\n");
	}
	if (!k->nzones)
		np_puts(&o->b, "  no zone is known (--zones "
			       "NAME=DEVICE,DEVICE)\n");
}

/* ---- 6 5G */

static bool is_same(const struct np_crowd *x, const struct np_crowd *y)
{
	return x->field == y->field && x->maker == y->maker &&
	       x->sure == y->sure && strcmp(x->role, y->role) == 0;
}

/* "; associations seen: NG 2, N4 1" */
static void put_interfaces(struct out *o)
{
	const char *open = "; associations seen: ";

	for (unsigned i = 0; np_link_kinds[i].name; i++) {
		uint64_t n = np_links_by(o->p, i);

		if (!n || !np_link_kinds[i].interface ||
		    np_link_kinds[i].layer != NP_ASSOCIATION)
			continue;
		np_putf(&o->b, "%s%s ", open, np_link_kinds[i].interface);
		np_put_count(&o->b, n);
		open = ", ";
	}
	np_putc(&o->b, '\n');
}

static void put_fiveg(struct out *o)
{
	static const char *const titles[] = {"function", "boxes", "made by"};
	const struct np_devices *d = o->p->r->devices;
	struct np_table t;
	size_t functions = 0, makers = 0;
	uint16_t seen[64];

	head(o, 6, "5G: its functions and who makes them");
	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0, k; i < d->nroles; i = k) {
		const struct np_crowd *c = &d->roles[i];
		uint64_t n = 0;

		for (k = i; k < d->nroles && d->roles[k].field == c->field &&
			    strcmp(d->roles[k].role, c->role) == 0;
		     k++) {
			const struct np_crowd *x = &d->roles[k];
			const char *m = np_report_maker(o->p->r, x->maker);
			uint64_t boxes = x->n;
			size_t s = 0;

			if (c->field != NP_NO_FIELD ||
			    !np_is_fiveg(o->p->k->know, c->role))
				continue;
			/* The same at other sites stands behind it. */
			for (; k + 1 < d->nroles && is_same(x, x + 1); k++, x++)
				boxes += x[1].n;
			np_puts(&o->c, n ? ", " : "");
			np_put_count(&o->c, boxes);
			np_putf(&o->c, " %s", m ? m : "unknown");
			if (m)
				np_putf(&o->c, " (%s)", np_sure_name(x->sure));
			n += boxes;
			while (s < makers && seen[s] != x->maker)
				s++;
			if (m && s == makers && makers < NP_COUNT(seen))
				seen[makers++] = x->maker;
		}
		if (!n)
			continue;
		struct np_buf made = o->c;

		o->c = np_buf(1 << 16);
		cell_text(o, &t, c->role);
		cell_count(o, &t, n);
		np_buf_free(&o->c);
		o->c = made;
		np_table_take(&t, &o->c);
		functions++;
	}
	if (functions)
		write_table(o, &t);
	np_putf(&o->b, "  %zu kinds of 5G functions, %zu makers named",
		functions, makers);
	put_interfaces(o);
}

/* ---- 7 lists of CVEs */

static const char *fit_text(enum np_version_fit f)
{
	switch (f) {
	case NP_V_IN:
		return "this version";
	case NP_V_ALL:
		return "every version";
	case NP_V_UNKNOWN:
	case NP_V_NOT:
		break;
	}
	return "some versions; the box's is not known";
}

static void put_box_listed(struct out *o, struct np_table *t, uint32_t i)
{
	const struct np_risk_box *b = &o->p->k->boxes[i];
	size_t n = limit(o, b->nlisted) < 5 || o->p->s->all
			   ? limit(o, b->nlisted)
			   : 5;

	cell_text(o, t, o->p->k->devices->v[i].id);
	cell_text(o, t, maker(o, i));
	cell_text(o, t, o->p->label[i]);
	cell_text(o, t, model(o, i));
	cell_count(o, t, b->nlisted);
	for (size_t k = 0; k < n; k++) {
		np_puts(&o->c, k ? ", " : "");
		np_putterm(&o->c, b->listed[k].cve, strlen(b->listed[k].cve));
		np_putf(&o->c, " (%s by %s)", fit_text(b->listed[k].fit),
			b->listed[k].by);
	}
	if (n < b->nlisted)
		np_puts(&o->c, " …");
	np_table_take(t, &o->c);
}

static void put_cves(struct out *o)
{
	static const char *const titles[] = {"device",	   "maker",  "box",
					     "what it is", "listed", "as"};
	const struct np_risk *k = o->p->k;
	struct np_table t;
	size_t n = 0;

	head(o, 7, "lists of CVEs");
	if (!k->cve_file) {
		np_puts(&o->b, "  no list was given (--cve FILE)\n");
		return;
	}
	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1;
	for (uint32_t i = 0; i < k->devices->n; i++)
		if (k->boxes[i].nlisted && (n++ < FEW || o->p->s->all))
			put_box_listed(o, &t, i);
	np_puts(&o->b, "  ");
	np_put_many(&o->b, k->cve_entries, "entry", "entries");
	np_puts(&o->b, " in ");
	np_putterm(&o->b, k->cve_file, strlen(k->cve_file));
	np_puts(&o->b, "; they name ");
	np_put_many(&o->b, n, "box\n", "boxes\n");
	np_putf(&o->b, "  %s\n", k->know->listed);
	if (n)
		write_table(o, &t);
	else
		np_table_close(&t);
	more(o, limit(o, n), n);
}

/* ---- 8 score, contradictions */

struct score {
	uint32_t device;
	double sum;
};

static int score_order(const void *p, const void *q)
{
	const struct score *x = p, *y = q;

	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	return x->device < y->device ? -1 : x->device > y->device;
}

static void put_terms(struct out *o, uint32_t device)
{
	const struct np_weights *w = o->p->weights;
	const char *open = "";

	for (size_t i = 0; i < w->n; i++) {
		double v = np_risk_term(o->p->k, device, w->v[i].term);

		if (v == 0)
			continue;
		np_putf(&o->c, "%s%s %g x %g", open, w->v[i].term, v,
			w->v[i].value);
		open = " + ";
	}
}

static void put_scores(struct out *o)
{
	static const char *const titles[] = {"device", "maker", "box", "score",
					     "terms: value x your weight"};
	const struct np_weights *w = o->p->weights;
	const struct np_risk *k = o->p->k;
	struct score *v = np_alloc(o->p->mem, k->devices->n * sizeof(*v) + 1);
	struct np_table t;
	size_t n = 0;

	head(o, 8, "score by your own weights");
	for (uint32_t i = 0; v && i < k->devices->n; i++) {
		v[n] = (struct score){.device = i};
		for (size_t x = 0; x < w->n; x++)
			v[n].sum += np_risk_term(k, i, w->v[x].term) *
				    w->v[x].value;
		n += v[n].sum != 0;
	}
	if (n)
		qsort(v, n, sizeof(*v), score_order);
	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1;
	for (size_t i = 0; i < limit(o, n); i++) {
		cell_text(o, &t, k->devices->v[v[i].device].id);
		cell_text(o, &t, maker(o, v[i].device));
		cell_text(o, &t, o->p->label[v[i].device]);
		np_putf(&o->c, "%g", v[i].sum);
		np_table_take(&t, &o->c);
		put_terms(o, v[i].device);
		np_table_take(&t, &o->c);
	}
	if (n)
		write_table(o, &t);
	more(o, limit(o, n), n);
}

static void put_contradictions(struct out *o)
{
	const struct np_graph_view *v = &o->p->k->view;
	size_t n = limit(o, v->ncontradictions);

	if (!v->ncontradictions)
		return;
	np_puts(&o->b, "\ncontradictions: a port that is said to lead to "
		       "several boxes; all are kept\n");
	for (size_t i = 0; i < n; i++) {
		const struct np_contradiction *c = &v->contradictions[i];

		np_puts(&o->b, "  ");
		np_putterm(&o->b, o->p->label[c->device],
			   strlen(o->p->label[c->device]));
		np_puts(&o->b, " port ");
		np_putterm(&o->b, c->port, strlen(c->port));
		np_puts(&o->b, ":");
		for (uint32_t k = 0; k < c->n && k < NP_COUNT(c->others); k++) {
			const char *l = o->p->label[c->others[k]];

			np_puts(&o->b, k ? ", " : " ");
			np_putterm(&o->b, l, strlen(l));
		}
		np_puts(&o->b, c->n > NP_COUNT(c->others) ? " …\n" : "\n");
	}
	more(o, n, v->ncontradictions);
}

int np_write_risk_text(const struct np_risk_page *p, FILE *to)
{
	struct out o = {.p = p,
			.b = np_buf((size_t)1 << 30),
			.c = np_buf((size_t)1 << 20),
			.to = to};
	size_t n;
	struct np_share *v = np_shares(p, &n);
	int rc;

	put_head(&o);
	put_functions(&o, v, n);
	put_exposure(&o);
	put_dependants(&o);
	put_zones(&o);
	put_makers(&o, v, n);
	put_fiveg(&o);
	put_cves(&o);
	if (p->weights)
		put_scores(&o);
	put_contradictions(&o);
	rc = v ? np_put_out(&o.b, to) : NP_ENOMEM;
	np_buf_free(&o.b);
	np_buf_free(&o.c);
	return rc;
}

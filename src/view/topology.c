/* SPDX-License-Identifier: ISC */
/*
 * Who is joined to whom, as far as it was seen, with a place for each box: a
 * cluster is a site, or what hangs together of boxes at none. What lies
 * "somewhere behind" a box is no link to draw, unless it is all that is known
 * of one.
 */
#include "draw/earth.h"
#include "draw/layout.h"
#include "report/member.h"
#include "view/drawn.h"
#include <math.h>

#define ROOM 10 /* of a box, in the drawing's unit */
/* More boxes than this a screen does not tell apart: then boxes with one link,
 * of which no rule has anything, are left out and counted. */
#define MOST 40000
#define NO_NODE UINT32_MAX

struct topology {
	const struct np_view_in *in;
	const struct np_graph_view *g;
	uint32_t *node;	  /* by device, or NO_NODE */
	uint32_t *device; /* by node */
	uint32_t *link;	  /* by edge: the link */
	uint32_t *drawn;  /* by device: links that are drawn */
	uint32_t *cluster;
	uint32_t *site; /* by cluster, or NP_NO_SITE */
	struct np_layout_link *edge;
	struct np_layout l;
	uint32_t left_out;
	bool cuts;
	struct np_arena mem;
};

/* ---- which */

static bool drawn(const struct topology *t, const struct np_link *l)
{
	if (!np_view_shows(t->in, l->a) || !np_view_shows(t->in, l->b))
		return false;
	return l->layer != NP_BEHIND || !t->drawn[l->a] || !t->drawn[l->b];
}

static void count_links(struct topology *t)
{
	for (uint32_t i = 0; i < t->g->nlinks; i++) {
		const struct np_link *l = &t->g->links[i];

		if (l->layer != NP_BEHIND && np_view_shows(t->in, l->a) &&
		    np_view_shows(t->in, l->b)) {
			t->drawn[l->a]++;
			t->drawn[l->b]++;
		}
	}
}

static bool worth(const struct topology *t, size_t device)
{
	return t->drawn[device] > 1 ||
	       np_shade_of(t->in, device) < NP_SHADE_OTHER;
}

static int add_nodes(struct topology *t)
{
	size_t n = t->in->report->devices->n, many = 0;

	for (size_t i = 0; i < n; i++)
		many += t->g->nodes[i].links && np_view_shows(t->in, i);
	t->device = np_alloc(&t->mem, many * 4 + 1);
	if (!t->device)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		t->node[i] = NO_NODE;
		if (!t->g->nodes[i].links || !np_view_shows(t->in, i))
			continue;
		if (many > MOST && !worth(t, i)) {
			t->left_out++;
			continue;
		}
		t->node[i] = t->l.n;
		t->device[t->l.n++] = (uint32_t)i;
	}
	return NP_OK;
}

static int add_edges(struct topology *t)
{
	t->edge = np_alloc(&t->mem, t->g->nlinks * sizeof(*t->edge) + 1);
	t->link = np_alloc(&t->mem, t->g->nlinks * sizeof(*t->link) + 1);
	if (!t->edge || !t->link)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < t->g->nlinks; i++) {
		const struct np_link *l = &t->g->links[i];
		uint32_t a = t->node[l->a], b = t->node[l->b];

		if (!drawn(t, l) || a == NO_NODE || b == NO_NODE)
			continue;
		t->link[t->l.nlinks] = i;
		t->edge[t->l.nlinks++] = (struct np_layout_link){a, b};
	}
	return NP_OK;
}

/* ---- clusters: sites first, then parts */

static int add_clusters(struct topology *t)
{
	const struct np_devices *all = t->in->report->devices;
	size_t sites = np_sites(t->in->report->party);
	uint32_t *of = np_alloc(&t->mem, (sites + all->n) * sizeof(*of) + 1);

	t->cluster = np_alloc(&t->mem, (size_t)t->l.n * 4 + 1);
	t->site = np_alloc(&t->mem, (size_t)t->l.n * 4 + 1);
	if (!of || !t->cluster || !t->site)
		return NP_ENOMEM;
	memset(of, 0xff, (sites + all->n) * sizeof(*of));
	for (uint32_t i = 0; i < t->l.n; i++) {
		uint32_t d = t->device[i], site = all->v[d].site;
		uint32_t *k =
			site < sites
				? &of[site]
				: &of[sites + t->in->risk->k->cuts.part[d]];

		if (*k == UINT32_MAX) {
			t->site[t->l.nclusters] =
				site < sites ? site : NP_NO_SITE;
			*k = t->l.nclusters++;
		}
		t->cluster[i] = *k;
	}
	return NP_OK;
}

/* Sites stand about as they do on the map. */
static int add_wishes(struct topology *t)
{
	struct np_places *p = t->in->report->places;
	struct np_spot *want =
		np_alloc(&t->mem, t->l.nclusters * sizeof(*want) + 1);
	double lat, lon;

	if (!want)
		return NP_ENOMEM;
	for (uint32_t c = 0; c < t->l.nclusters; c++) {
		if (!p || t->site[c] == NP_NO_SITE ||
		    !np_audience_sees(t->in, NP_SHOW_COORDINATES) ||
		    !np_site_located(p, t->site[c], &lat, &lon) ||
		    !np_earth_box(lat, lon, &want[c]))
			want[c] = (struct np_spot){NAN, NAN};
		else
			t->l.want = want;
	}
	return NP_OK;
}

/* ---- text */

static const char *label_of(const struct topology *t, uint32_t device,
			    char id[static NP_VIEW_ID])
{
	if (np_audience_sees(t->in, NP_SHOW_NAMES) &&
	    np_audience_sees(t->in, NP_SHOW_ADDRESSES))
		return t->in->risk->label[device];
	return np_view_id(t->in, &t->in->report->devices->v[device], id);
}

/* The node whose loss cuts this one off; -1: none, or it is not drawn. */
static int64_t up_of(const struct topology *t, uint32_t device)
{
	uint32_t up = t->in->risk->k->cuts.above[device];

	if (up >= t->in->report->devices->n || t->node[up] == NO_NODE)
		return -1;
	return t->node[up];
}

static void put_cuts(const struct topology *t, struct np_buf *b)
{
	const struct np_cuts *c = &t->in->risk->k->cuts;
	struct np_column cut = np_column("cut", false),
			 behind = np_column("behind", false),
			 up = np_column("up", false);

	for (uint32_t i = 0; i < t->l.n && t->cuts; i++) {
		uint32_t d = t->device[i];

		np_column_int(&cut, c->node[d]);
		if (!c->below)
			continue;
		np_column_int(&behind, c->below[d]);
		np_column_int(&up, up_of(t, d));
	}
	np_column_put(&cut, true, b);
	np_column_put(&behind, true, b);
	np_column_put(&up, true, b);
}

static void put_nodes(const struct topology *t, struct np_buf *b)
{
	struct np_column device = np_column("device", false),
			 label = np_column("label", false),
			 x = np_column("x", false), y = np_column("y", false),
			 cluster = np_column("cluster", false),
			 status = np_column("status", true);
	char id[NP_VIEW_ID];

	for (uint32_t i = 0; i < t->l.n; i++) {
		uint32_t d = t->device[i];

		np_column_int(&device, t->in->box[d].row);
		np_column_text(&label, label_of(t, d, id));
		np_column_tenths(&x, t->l.at[i].x);
		np_column_tenths(&y, t->l.at[i].y);
		np_column_int(&cluster, t->cluster[i]);
		np_column_text(&status, np_view_status(t->in, d));
	}
	np_putf(b, ",\"nodes\":{\"n\":%u", t->l.n);
	np_column_put(&device, true, b);
	np_column_put(&label, true, b);
	np_column_put(&x, true, b);
	np_column_put(&y, true, b);
	np_column_put(&cluster, true, b);
	np_column_put(&status, true, b);
	put_cuts(t, b);
	np_putc(b, '}');
}

/* "lldp, ospf" */
static void add_kinds(struct np_column *c, uint32_t kinds, struct np_buf *text)
{
	np_buf_clear(text);
	for (unsigned i = 0; np_link_kinds[i].name; i++) {
		const struct np_kind *k = &np_link_kinds[i];

		if (kinds >> i & 1)
			np_putf(text, "%s%s", text->n ? ", " : "",
				k->interface ? k->interface : k->name);
	}
	np_column_text(c, text->p ? text->p : "");
}

static void put_edges(const struct topology *t, struct np_buf *b)
{
	struct np_column from = np_column("a", false),
			 to = np_column("b", false),
			 kind = np_column("kind", true),
			 layer = np_column("layer", true);
	struct np_buf text = np_buf(4096);

	for (uint32_t i = 0; i < t->l.nlinks; i++) {
		const struct np_link *l = &t->g->links[t->link[i]];

		np_column_int(&from, t->edge[i].a);
		np_column_int(&to, t->edge[i].b);
		add_kinds(&kind, l->kinds, &text);
		np_column_text(&layer, np_layer_name(l->layer));
	}
	np_putf(b, ",\"edges\":{\"n\":%u", t->l.nlinks);
	np_column_put(&from, true, b);
	np_column_put(&to, true, b);
	np_column_put(&kind, true, b);
	np_column_put(&layer, true, b);
	np_putc(b, '}');
	np_buf_free(&text);
}

static int put_clusters(const struct topology *t, struct np_arena *mem,
			struct np_buf *b)
{
	uint64_t(*n)[NP_SHADES] =
		np_zalloc(mem, t->l.nclusters * sizeof(*n) + 1);

	if (!n)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < t->l.n; i++)
		n[t->cluster[i]][np_shade_of(t->in, t->device[i])]++;
	np_puts(b, ",\"clusters\":[");
	for (uint32_t c = 0; c < t->l.nclusters; c++) {
		const struct np_disc *d = &t->l.disc[c];
		const char *name = np_view_site_name(t->in, t->site[c]),
			   *id = np_view_site(t->in, t->site[c]);
		uint64_t all = 0;

		for (int f = 0; f < NP_SHADES; f++)
			all += n[c][f];
		np_puts(b, c ? ",\n{\"site\":" : "{\"site\":");
		np_put_jtext(b, id);
		np_put_jmember(b, "label", name ? name : id);
		np_puts(b, ",\"x\":");
		np_put_tenths(b, d->at.x);
		np_puts(b, ",\"y\":");
		np_put_tenths(b, d->at.y);
		np_puts(b, ",\"r\":");
		np_put_tenths(b, d->r);
		np_member_n(b, "n", all);
		np_putc(b, ',');
		np_put_shades(n[c], b);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	return NP_OK;
}

static void put_cluster_edges(const struct topology *t, struct np_buf *b)
{
	struct np_column from = np_column("a", false),
			 to = np_column("b", false),
			 many = np_column("n", false);

	for (uint32_t i = 0; i < t->l.nbetween; i++) {
		np_column_int(&from, t->l.between[i].a);
		np_column_int(&to, t->l.between[i].b);
		np_column_int(&many, t->l.many[i]);
	}
	np_puts(b, ",\"cluster_edges\":{");
	np_column_put(&from, false, b);
	np_column_put(&to, true, b);
	np_column_put(&many, true, b);
	np_putc(b, '}');
}

/* On how many ports of how many all of this rests. */
static void put_candidate(const struct topology *t, struct np_buf *b)
{
	struct np_buf text = np_buf(4096);
	uint64_t ports = 0, all = 0;
	bool known = true;

	for (uint32_t i = 0; i < t->l.n; i++) {
		const struct np_node *x = &t->g->nodes[t->device[i]];

		ports += x->ports;
		all += x->all_ports;
		known &= x->all_ports > 0;
	}
	np_put_candidate_of(t->in->risk, ports, known ? all : 0, &text);
	np_put_jmember(b, "candidate", text.p);
	np_put_jmember(b, "rests", t->in->risk->k->know->rests);
	np_member_n(b, "ports", ports);
	np_buf_free(&text);
}

static int lay(struct topology *t)
{
	size_t n = t->in->report->devices->n;
	int rc;

	t->node = np_alloc(&t->mem, n * 4 + 1);
	t->drawn = np_zalloc(&t->mem, n * 4 + 1);
	if (!t->node || !t->drawn)
		return NP_ENOMEM;
	count_links(t);
	rc = add_nodes(t);
	if (!rc)
		rc = add_edges(t);
	if (!rc)
		rc = add_clusters(t);
	if (!rc)
		rc = add_wishes(t);
	t->l.cluster = t->cluster;
	t->l.link = t->edge;
	return rc ? rc : np_layout(&t->l, &t->mem);
}

static int put_all(struct topology *t, struct np_buf *b)
{
	int rc;

	np_view_head(b, "topology");
	np_puts(b, ",\"box\":[");
	np_put_tenths(b, t->l.w);
	np_putc(b, ',');
	np_put_tenths(b, t->l.h);
	np_putc(b, ']');
	put_nodes(t, b);
	put_edges(t, b);
	rc = put_clusters(t, &t->mem, b);
	put_cluster_edges(t, b);
	np_member_n(b, "left_out", t->left_out);
	np_put_jmember(b, "from",
		       !t->cuts || !t->in->risk->k->cuts.below ? NULL
		       : t->in->risk->k->nroots		       ? "roots"
							       : "centres");
	put_candidate(t, b);
	np_putc(b, '}');
	return rc;
}

static void put_nothing(struct np_buf *b)
{
	np_view_head(b, "topology");
	np_puts(b, ",\"box\":[0,0],\"nodes\":{\"n\":0},\"edges\":{\"n\":0},"
		   "\"clusters\":[],\"cluster_edges\":{},\"left_out\":0,"
		   "\"candidate\":null}");
}

int np_view_topology(const struct np_view_in *in, struct np_buf *b,
		     struct np_err *reterr)
{
	struct topology t = {.in = in,
			     .l = {.room = ROOM},
			     .cuts = np_audience_sees(in, NP_SHOW_CUTS),
			     .mem = np_arena((size_t)1 << 30)};
	int rc;

	(void)reterr;
	if (!in->risk || !np_audience_sees(in, NP_SHOW_TOPOLOGY)) {
		put_nothing(b);
		return b->failed ? NP_ENOMEM : NP_OK;
	}
	t.g = &in->risk->k->view;
	rc = lay(&t);
	if (!rc)
		rc = put_all(&t, b);
	np_arena_free(&t.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}

/* SPDX-License-Identifier: ISC */
/*
 * The graph for other programs: Graphviz's language, and GraphML 1.0. Labels
 * come from devices, so that all but letters of UTF-8 is escaped. Boxes without
 * a link are left out.
 */
#include "core/utf8.h"
#include "report/risk.h"

static bool shown(const struct np_risk_page *p, size_t device)
{
	return p->k->view.nodes[device].links > 0;
}

static void put_kinds(struct np_buf *b, uint32_t kinds)
{
	const char *open = "";

	for (unsigned i = 0; np_link_kinds[i].name; i++) {
		if (!(kinds >> i & 1))
			continue;
		np_putf(b, "%s%s", open,
			np_link_kinds[i].interface ? np_link_kinds[i].interface
					      : np_link_kinds[i].name);
		open = ", ";
	}
}

/* What a terminal would obey, a viewer might. */
static void put_safe(struct np_buf *b, const char *s,
		     void (*put)(struct np_buf *b, uint32_t u, const char *s,
				 size_t n))
{
	size_t left = strlen(s);

	while (left) {
		uint32_t u = 0;
		size_t n = np_utf8((const uint8_t *)s, left, &u);

		if (!n || np_utf8_unsafe(u)) {
			np_puts(b, "\xef\xbf\xbd");
			n = n ? n : 1;
		} else {
			put(b, u, s, n);
		}
		s += n;
		left -= n;
	}
}

static void put_dot(struct np_buf *b, uint32_t u, const char *s, size_t n)
{
	if (u == '"' || u == '\\')
		np_putc(b, '\\');
	np_put(b, s, n);
}

static void put_xml(struct np_buf *b, uint32_t u, const char *s, size_t n)
{
	switch (u) {
	case '<':
		np_puts(b, "&lt;");
		break;
	case '>':
		np_puts(b, "&gt;");
		break;
	case '&':
		np_puts(b, "&amp;");
		break;
	case '"':
		np_puts(b, "&quot;");
		break;
	default:
		if (u != 0xfffe && u != 0xffff)
			np_put(b, s, n);
	}
}

static const char *maker_of(const struct np_risk_page *p, size_t i)
{
	const char *m = np_report_maker(p->r, p->r->devices->v[i].maker);

	return m ? m : "unknown";
}

static void put_dot_nodes(const struct np_risk_page *p, struct np_buf *b)
{
	for (size_t i = 0; i < p->r->devices->n; i++) {
		const struct np_device *d = &p->r->devices->v[i];

		if (!shown(p, i))
			continue;
		np_putf(b, "\t\"%s\" [label=\"", d->id);
		put_safe(b, p->label[i], put_dot);
		np_puts(b, "\\n");
		put_safe(b, maker_of(p, i), put_dot);
		if (d->maker != NP_NO_MAKER)
			np_putf(b, " (%s)", np_sure_name(d->sure));
		np_putf(b, "\"%s%s];\n",
			p->k->cuts.node[i] ? ", peripheries=2" : "",
			d->neighbour ? ", style=dashed" : "");
	}
}

int np_write_dot(const struct np_risk_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)1 << 30);
	const struct np_graph_view *v = &p->k->view;
	int rc;

	np_puts(&b, "// ");
	put_safe(&b, p->k->know->rests, put_dot);
	np_puts(&b, "; a double line: cut point on the links seen, a candidate"
		    "\ngraph network {\n");
	put_dot_nodes(p, &b);
	for (uint32_t i = 0; i < v->nlinks; i++) {
		const struct np_link *l = &v->links[i];

		np_putf(&b, "\t\"%s\" -- \"%s\" [label=\"",
			p->r->devices->v[l->a].id, p->r->devices->v[l->b].id);
		put_kinds(&b, l->kinds);
		np_putf(&b, "\"%s];\n", l->counts ? "" : ", style=dotted");
	}
	np_puts(&b, "}\n");
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

static void put_data(struct np_buf *b, const char *key, const char *text)
{
	np_putf(b, "<data key=\"%s\">", key);
	put_safe(b, text, put_xml);
	np_puts(b, "</data>");
}

static void put_graphml_head(struct np_buf *b)
{
	static const char *const keys[][3] = {
		{"called", "node", "string"},
		{"maker", "node", "string"},
		{"verdict", "node", "string"},
		{"function", "node", "string"},
		{"cut_point_candidate", "node", "boolean"},
		{"layer", "edge", "string"},
		{"kinds", "edge", "string"},
		{"counts", "edge", "boolean"},
	};

	np_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		   "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
		   "\n");
	for (size_t i = 0; i < NP_COUNT(keys); i++)
		np_putf(b,
			"<key id=\"%s\" for=\"%s\" attr.name=\"%s\" "
			"attr.type=\"%s\"/>\n",
			keys[i][0], keys[i][1], keys[i][0], keys[i][2]);
	np_puts(b, "<graph id=\"network\" edgedefault=\"undirected\">\n");
}

int np_write_graphml(const struct np_risk_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)1 << 30), kinds = np_buf(1024);
	const struct np_graph_view *v = &p->k->view;
	int rc;

	put_graphml_head(&b);
	for (size_t i = 0; i < p->r->devices->n; i++) {
		const struct np_device *d = &p->r->devices->v[i];

		if (!shown(p, i))
			continue;
		np_putf(&b, "<node id=\"%s\">", d->id);
		put_data(&b, "called", p->label[i]);
		put_data(&b, "maker", maker_of(p, i));
		put_data(&b, "verdict", np_sure_name(d->sure));
		if (d->function)
			put_data(&b, "function", d->function);
		put_data(&b, "cut_point_candidate",
			 p->k->cuts.node[i] ? "true" : "false");
		np_puts(&b, "</node>\n");
	}
	for (uint32_t i = 0; i < v->nlinks; i++) {
		const struct np_link *l = &v->links[i];

		np_buf_clear(&kinds);
		put_kinds(&kinds, l->kinds);
		np_putf(&b, "<edge source=\"%s\" target=\"%s\">",
			p->r->devices->v[l->a].id, p->r->devices->v[l->b].id);
		put_data(&b, "layer", np_layer_name(l->layer));
		put_data(&b, "kinds", kinds.p ? kinds.p : "");
		put_data(&b, "counts", l->counts ? "true" : "false");
		np_puts(&b, "</edge>\n");
	}
	np_puts(&b, "</graph>\n</graphml>\n");
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	np_buf_free(&kinds);
	return rc;
}

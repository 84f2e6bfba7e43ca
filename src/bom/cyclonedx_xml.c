/* SPDX-License-Identifier: ISC */
/*
 * CycloneDX 1.2 to 1.6 as XML, through the reader of documents: no entity is
 * ever expanded, and what is broken tells its line.
 */
#include "bom/inside.h"
#include "document/xml.h"
#include "source/reader.h"
#include <stdlib.h>

struct level {
	uint32_t item;
	size_t depth; /* of its element */
};

struct walk {
	struct np_bom_file *f;
	struct level open[NP_BOM_DEPTH];
	size_t n;
	uint32_t root;		      /* what metadata is about */
	const char *property;	      /* its name, while it is open */
	const char *maker, *supplier; /* metadata's, up to 1.5 */
	size_t skip; /* depth of an element that is passed over; 0: none */
	bool bom;
};

static const char *cur_text(struct walk *w, struct np_cur v)
{
	return v.cut ? NULL : np_bom_text(w->f, v);
}

static const char *version_of(struct walk *w, const struct np_element *e)
{
	static const char space[] = "http://cyclonedx.org/schema/bom/";
	const char *s = cur_text(w, np_element_attribute(e, "xmlns"));

	return s && strncmp(s, space, sizeof(space) - 1) == 0
		       ? s + sizeof(space) - 1
		       : NULL;
}

static void open_item(struct walk *w, const struct np_element *e, bool service)
{
	uint32_t parent = w->n ? w->open[w->n - 1].item : w->root, item;
	struct np_bom_item *i;

	if (w->n == NP_BOM_DEPTH) {
		np_bom_bad(w->f, (size_t)e->at,
			   "components too deep in each other");
		w->skip = e->depth;
		return;
	}
	item = np_bom_add(w->f, (size_t)e->at, parent);
	if (item == NP_BOM_ROOT) {
		w->skip = e->depth;
		return;
	}
	i = np_bom_at(w->f, item);
	i->type = service ? NULL : cur_text(w, np_element_attribute(e, "type"));
	i->thing = service ? NP_BOM_SERVICE : np_bom_thing_of(i->type);
	if (strcmp(np_element_name(e, 1), "metadata") == 0)
		w->root = item;
	w->open[w->n++] = (struct level){.item = item, .depth = e->depth};
}

/* Components stand in lists of that name; elsewhere (in evidence, in tools) an
 * element of the name is none. */
static bool is_item(const struct walk *w, const struct np_element *e,
		    const char *name, const char *list)
{
	const char *around = np_element_name(e, 1);
	const char *holds = np_element_name(e, 2);

	if (!np_element_is(e, name))
		return false;
	if (strcmp(around, "metadata") == 0)
		return e->depth == 3;
	return strcmp(around, list) == 0 &&
	       (w->n ? strcmp(holds, "component") == 0 ||
				strcmp(holds, "service") == 0
		     : e->depth == 3);
}

static void begin(void *ctx, const struct np_element *e)
{
	struct walk *w = ctx;

	if (e->depth == 1) {
		w->bom = np_element_is(e, "bom");
		w->f->b->version = version_of(w, e);
	}
	if (w->skip)
		return;
	if (is_item(w, e, "component", "components"))
		open_item(w, e, false);
	else if (is_item(w, e, "service", "services"))
		open_item(w, e, true);
	else if (np_element_is(e, "property"))
		w->property = cur_text(w, np_element_attribute(e, "name"));
}

/* A text right inside of the item. */
static void own(struct walk *w, struct np_bom_item *i,
		const struct np_element *e)
{
	const struct {
		const char *word;
		const char **to;
	} texts[] = {
		{"name", &i->name},   {"version", &i->version},
		{"group", &i->group}, {"purl", &i->purl},
		{"cpe", &i->cpe},     {"publisher", &i->publisher},
	};

	for (size_t k = 0; k < NP_COUNT(texts); k++) {
		if (np_element_is(e, texts[k].word))
			*texts[k].to = np_bom_text(w->f, e->text);
	}
}

/* <supplier><name>…</name></supplier> */
static void entity(struct walk *w, struct np_bom_item *i,
		   const struct np_element *e)
{
	const char *who = np_element_name(e, 1);

	if (!np_element_is(e, "name"))
		return;
	if (strcmp(who, "manufacturer") == 0 || strcmp(who, "provider") == 0)
		i->maker = np_bom_text(w->f, e->text);
	else if (strcmp(who, "supplier") == 0)
		i->supplier = np_bom_text(w->f, e->text);
}

static void property(struct walk *w, struct np_bom_item *i,
		     const struct np_element *e)
{
	if (w->property)
		np_bom_property(w->f, i, w->property,
				np_bom_text(w->f, e->text));
}

/* metadata/manufacture and metadata/supplier are the product's. */
static void about(struct walk *w, const struct np_element *e)
{
	const char *who = np_element_name(e, 1);

	if (!np_element_is(e, "name") || e->depth != 4 ||
	    strcmp(np_element_name(e, 2), "metadata") != 0)
		return;
	if (strcmp(who, "manufacture") == 0)
		w->maker = np_bom_text(w->f, e->text);
	else if (strcmp(who, "supplier") == 0)
		w->supplier = np_bom_text(w->f, e->text);
}

static void end(void *ctx, const struct np_element *e)
{
	struct walk *w = ctx;
	struct level *l = w->n ? &w->open[w->n - 1] : NULL;

	if (w->skip) {
		w->skip = w->skip == e->depth ? 0 : w->skip;
		return;
	}
	if (!l) {
		about(w, e);
		return;
	}
	struct np_bom_item *i = np_bom_at(w->f, l->item);

	if (e->depth == l->depth)
		w->n--;
	else if (e->depth == l->depth + 1)
		own(w, i, e);
	else if (e->depth == l->depth + 2 && np_element_is(e, "property"))
		property(w, i, e);
	else if (e->depth == l->depth + 2)
		entity(w, i, e);
}

static void finish(struct walk *w)
{
	struct np_bom_item *i;

	if (w->root == NP_BOM_ROOT)
		return;
	i = np_bom_at(w->f, w->root);
	i->maker = i->maker ? i->maker : w->maker;
	i->supplier = i->supplier ? i->supplier : w->supplier;
}

/* ---- the way to the reader of XML: a document of its own kind */

static int read_bom(struct np_doc *d)
{
	struct walk *w = d->host->ctx;
	const struct np_element_reader r = {
		.begin = begin, .end = end, .ctx = w};
	int rc = np_document_xml(d, &r);

	if (!rc && !w->bom)
		np_bom_bad(w->f, 0, "expected CycloneDX: an element <bom>");
	return rc;
}

static bool never(struct np_cur head)
{
	(void)head;
	return false;
}

static const char *const no_fields[] = {NULL};

static const struct np_document document = {
	.name = "cyclonedx",
	.fields = no_fields,
	.mine = never,
	.read = read_bom,
};

static ssize_t pull(void *ctx, uint8_t *p, size_t n)
{
	struct np_cur *c = ctx;
	size_t got = n < c->left ? n : c->left;

	if (got)
		memcpy(p, np_take(c, got), got);
	return (ssize_t)got;
}

static void said(void *ctx, const struct np_out *o, uint64_t place,
		 int64_t first, int64_t last)
{
	(void)ctx;
	(void)o;
	(void)place;
	(void)first;
	(void)last;
}

static void alive(void *ctx)
{
	(void)ctx;
}

/* Where expat stopped: the line; the column of the markup read last. */
static void tell(struct np_bom_file *f, const struct np_doc *d)
{
	uint64_t line;
	uint32_t column;

	if (!d->stats.bad)
		return;
	np_bom_where(f, (size_t)d->line_at, &line, &column);
	np_bom_bad_at(f, d->stats.bad_line,
		      line == d->stats.bad_line ? column : 0, d->stats.bad_why);
}

void np_bom_xml(struct np_bom_file *f)
{
	struct walk w = {.f = f, .root = NP_BOM_ROOT};
	struct np_doc_host host = {.ctx = &w, .said = said, .alive = alive};
	struct np_cur octets = np_cur(f->text, f->n);
	struct np_source *s = NULL;
	struct np_doc *d = malloc(sizeof(*d));
	struct np_reader *r = NULL;

	if (!d || np_source_open_pull(pull, &octets, NULL, &s, NULL) < 0)
		f->rc = NP_ENOMEM;
	else
		r = np_source_plain(s);
	if (r) {
		if (np_doc_read(d, &document, r, &host, NULL) == NP_ENOMEM)
			f->rc = NP_ENOMEM;
		tell(f, d);
		np_doc_free(d);
		finish(&w);
	}
	np_source_close(s);
	free(d);
}

/* SPDX-License-Identifier: ISC */
/*
 * CycloneDX 1.2 to 1.6 as JSON (ECMA-424). What the document is about
 * (metadata.component) is the item that the components are parts of. Serial
 * numbers stand in properties, by CycloneDX's taxonomy "cdx:device".
 */
#include "bom/inside.h"

struct walk {
	struct np_bom_file *f;
	struct np_pull p;
	unsigned depth;
};

static void components(struct walk *w, uint32_t parent, const char *pointer,
		       bool service);

/* "/components/3" and what stands below it. */
static const char *point(struct np_bom_file *f, const char *to,
			 const char *name, size_t i)
{
	struct np_buf b = np_buf(NP_BOM_TEXT);
	const char *s;

	np_putf(&b, "%s/%s", to, name);
	if (i != SIZE_MAX)
		np_putf(&b, "/%zu", i);
	s = b.failed ? "" : np_copystr(f->b->mem, b.p, b.n);
	if (!s)
		f->rc = NP_ENOMEM;
	np_buf_free(&b);
	return s ? s : "";
}

/* {"name": …}; other members, contacts among them, are passed over. */
static const char *entity(struct walk *w)
{
	const char *name = NULL;
	struct np_cur member;
	bool begun = false;

	if (np_pull_ahead(&w->p) != '{')
		return np_bom_string(w->f, &w->p);
	(void)np_pull_object(&w->p);
	while (np_pull_member(&w->p, &begun, w->f->b->mem, &member)) {
		if (np_is(member, "name"))
			name = np_bom_string(w->f, &w->p);
		else
			np_bom_pass(&w->p);
	}
	return name;
}

static void property(struct walk *w, uint32_t item)
{
	const char *name = NULL, *value = NULL;
	struct np_cur member;
	bool begun = false;

	if (np_pull_ahead(&w->p) != '{') {
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_object(&w->p);
	while (np_pull_member(&w->p, &begun, w->f->b->mem, &member)) {
		if (np_is(member, "name"))
			name = np_bom_string(w->f, &w->p);
		else if (np_is(member, "value"))
			value = np_bom_string(w->f, &w->p);
		else
			np_bom_pass(&w->p);
	}
	if (name)
		np_bom_property(w->f, np_bom_at(w->f, item), name, value);
}

static void properties(struct walk *w, uint32_t item)
{
	bool begun = false;

	if (np_pull_ahead(&w->p) != '[') {
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_array(&w->p);
	while (np_pull_item(&w->p, &begun))
		property(w, item);
}

/* A text member of an item, by its name; NULL: it is none. */
static const char **text_of(struct np_bom_item *i, struct np_cur name)
{
	const struct {
		const char *word;
		const char **to;
	} texts[] = {
		{"type", &i->type},	      {"name", &i->name},
		{"version", &i->version},     {"group", &i->group},
		{"purl", &i->purl},	      {"cpe", &i->cpe},
		{"publisher", &i->publisher},
	};

	for (size_t k = 0; k < NP_COUNT(texts); k++) {
		if (np_is(name, texts[k].word))
			return texts[k].to;
	}
	return NULL;
}

static void member(struct walk *w, uint32_t item, struct np_cur name,
		   const char *pointer)
{
	struct np_bom_item *i = np_bom_at(w->f, item);
	const char **text = text_of(i, name);

	if (text) {
		*text = np_bom_string(w->f, &w->p);
	} else if (np_is(name, "manufacturer") || np_is(name, "provider")) {
		i->maker = entity(w);
	} else if (np_is(name, "supplier")) {
		i->supplier = entity(w);
	} else if (np_is(name, "properties")) {
		properties(w, item);
	} else if (np_is(name, "components")) {
		components(w, item, pointer, false);
	} else if (np_is(name, "services")) {
		components(w, item, pointer, true);
	} else {
		np_bom_pass(&w->p);
	}
}

/* One component or service; its index. */
static uint32_t component(struct walk *w, uint32_t parent, const char *pointer,
			  bool service)
{
	size_t at = np_bom_ahead(w->f, &w->p);
	struct np_cur name;
	bool begun = false;
	uint32_t item;

	if (np_pull_ahead(&w->p) != '{') {
		np_bom_bad(w->f, at, "expected an object: a component");
		np_bom_pass(&w->p);
		return NP_BOM_ROOT;
	}
	item = np_bom_add(w->f, at, parent);
	if (item == NP_BOM_ROOT) {
		np_bom_pass(&w->p);
		return item;
	}
	np_bom_at(w->f, item)->pointer = pointer;
	(void)np_pull_object(&w->p);
	while (np_bom_goes_on(w->f) &&
	       np_pull_member(&w->p, &begun, w->f->b->mem, &name))
		member(w, item, name, pointer);
	struct np_bom_item *i = np_bom_at(w->f, item);

	i->thing = service ? NP_BOM_SERVICE : np_bom_thing_of(i->type);
	return item;
}

static void components(struct walk *w, uint32_t parent, const char *pointer,
		       bool service)
{
	const char *name = service ? "services" : "components";
	bool begun = false;
	size_t at = np_bom_ahead(w->f, &w->p);

	if (np_pull_ahead(&w->p) != '[') {
		np_bom_bad(w->f, at, "expected a list of components");
		np_bom_pass(&w->p);
		return;
	}
	if (w->depth == NP_BOM_DEPTH) {
		np_bom_bad(w->f, at, "components too deep in each other");
		np_bom_pass(&w->p);
		return;
	}
	w->depth++;
	(void)np_pull_array(&w->p);
	for (size_t i = 0; np_bom_goes_on(w->f) && np_pull_item(&w->p, &begun);
	     i++)
		(void)component(w, parent, point(w->f, pointer, name, i),
				service);
	w->depth--;
}

static struct np_pull over(const struct np_bom_member *m)
{
	return np_pull(m->value.p, m->value.left);
}

/* What it is all about; NP_BOM_ROOT: that is not said. */
static uint32_t metadata(struct np_bom_file *f, const struct np_bom_member *m)
{
	struct walk w = {.f = f, .p = over(m)};
	const char *maker = NULL, *supplier = NULL;
	uint32_t root = NP_BOM_ROOT;
	struct np_cur name;
	bool begun = false;

	if (np_pull_ahead(&w.p) != '{')
		return root;
	(void)np_pull_object(&w.p);
	while (np_pull_member(&w.p, &begun, f->b->mem, &name)) {
		if (np_is(name, "component"))
			root = component(&w, NP_BOM_ROOT, "/metadata/component",
					 false);
		else if (np_is(name, "manufacture"))
			maker = entity(&w); /* up to 1.5: of the component */
		else if (np_is(name, "supplier"))
			supplier = entity(&w);
		else
			np_bom_pass(&w.p);
	}
	np_bom_over(f, &w.p);
	if (root == NP_BOM_ROOT)
		return root;
	struct np_bom_item *i = np_bom_at(f, root);

	i->maker = i->maker ? i->maker : maker;
	i->supplier = i->supplier ? i->supplier : supplier;
	return root;
}

void np_bom_cyclonedx(struct np_bom_file *f, const struct np_bom_members *m)
{
	static const char *const lists[] = {"components", "services"};
	const struct np_bom_member *x = np_bom_member(m, "metadata");
	uint32_t root = x ? metadata(f, x) : NP_BOM_ROOT;

	for (size_t i = 0; i < NP_COUNT(lists); i++) {
		struct walk w = {.f = f};

		x = np_bom_member(m, lists[i]);
		if (!x)
			continue;
		w.p = over(x);
		components(&w, root, "", i == 1);
		np_bom_over(f, &w.p);
	}
}

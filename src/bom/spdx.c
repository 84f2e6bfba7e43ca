/* SPDX-License-Identifier: ISC */
/*
 * SPDX 2.2 and 2.3 (ISO/IEC 5962) as JSON and as tag-value: a package an item.
 * An originator made it, a supplier hands it on.
 */
#include "bom/inside.h"
#include <ctype.h>
#include <strings.h>

struct walk {
	struct np_bom_file *f;
	struct np_pull p;
};

/* "PACKAGE-MANAGER purl pkg:…", "SECURITY cpe23Type cpe:2.3:…" */
static void reference(struct np_bom_item *i, const char *type,
		      const char *locator)
{
	if (!type || !locator)
		return;
	if (strcasecmp(type, "purl") == 0)
		i->purl = locator;
	else if (strcasecmp(type, "cpe23Type") == 0 ||
		 (strcasecmp(type, "cpe22Type") == 0 && !i->cpe))
		i->cpe = locator;
}

static void references(struct walk *w, uint32_t item)
{
	bool begun = false;
	struct np_cur name;

	if (np_pull_ahead(&w->p) != '[') {
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_array(&w->p);
	while (np_pull_item(&w->p, &begun)) {
		const char *type = NULL, *locator = NULL;
		bool inside = false;

		if (!np_pull_object(&w->p))
			return;
		while (np_pull_member(&w->p, &inside, w->f->b->mem, &name)) {
			if (np_is(name, "referenceType"))
				type = np_bom_string(w->f, &w->p);
			else if (np_is(name, "referenceLocator"))
				locator = np_bom_string(w->f, &w->p);
			else
				np_bom_pass(&w->p);
		}
		reference(np_bom_at(w->f, item), type, locator);
	}
}

static const char *agent(struct walk *w)
{
	const char *s = np_bom_string(w->f, &w->p);

	return s ? np_bom_spdx_agent(w->f, np_cur(s, strlen(s))) : NULL;
}

static void member(struct walk *w, uint32_t item, struct np_cur name)
{
	struct np_bom_item *i = np_bom_at(w->f, item);

	if (np_is(name, "name"))
		i->name = np_bom_string(w->f, &w->p);
	else if (np_is(name, "versionInfo"))
		i->version = np_bom_string(w->f, &w->p);
	else if (np_is(name, "supplier"))
		i->supplier = agent(w);
	else if (np_is(name, "originator"))
		i->maker = agent(w);
	else if (np_is(name, "primaryPackagePurpose"))
		i->type = np_bom_string(w->f, &w->p);
	else if (np_is(name, "externalRefs"))
		references(w, item);
	else
		np_bom_pass(&w->p);
}

static void package(struct walk *w, size_t number)
{
	size_t at = np_bom_ahead(w->f, &w->p);
	char pointer[40];
	struct np_cur name;
	bool begun = false;
	uint32_t item;

	if (np_pull_ahead(&w->p) != '{') {
		np_bom_bad(w->f, at, "expected an object: a package");
		np_bom_pass(&w->p);
		return;
	}
	item = np_bom_add(w->f, at, NP_BOM_ROOT);
	if (item == NP_BOM_ROOT) {
		np_bom_pass(&w->p);
		return;
	}
	(void)snprintf(pointer, sizeof(pointer), "/packages/%zu", number);
	np_bom_at(w->f, item)->pointer = np_bom_copy(w->f, pointer);
	(void)np_pull_object(&w->p);
	while (np_bom_goes_on(w->f) &&
	       np_pull_member(&w->p, &begun, w->f->b->mem, &name))
		member(w, item, name);
	np_bom_at(w->f, item)->thing =
		np_bom_thing_of(np_bom_at(w->f, item)->type);
}

void np_bom_spdx(struct np_bom_file *f, const struct np_bom_members *m)
{
	const struct np_bom_member *x = np_bom_member(m, "packages");
	struct walk w = {.f = f};
	bool begun = false;

	if (!x)
		return;
	w.p = np_pull(x->value.p, x->value.left);
	if (np_pull_ahead(&w.p) != '[') {
		np_bom_bad(f, np_bom_ahead(f, &w.p),
			   "expected a list of packages");
		return;
	}
	(void)np_pull_array(&w.p);
	for (size_t i = 0; np_bom_goes_on(f) && np_pull_item(&w.p, &begun); i++)
		package(&w, i);
	np_bom_over(f, &w.p);
}

/* ---- tag-value */

struct tags {
	struct np_bom_file *f;
	struct np_cur rest;
	uint32_t item; /* the package at hand */
};

static struct np_cur trimmed(struct np_cur c)
{
	while (c.left && *c.p <= ' ')
		np_skip(&c, 1);
	while (c.left && c.p[c.left - 1] <= ' ')
		c.left--;
	return c;
}

static struct np_cur line_of(struct np_cur *rest)
{
	const uint8_t *nl = memchr(rest->p, '\n', rest->left);
	struct np_cur line =
		np_sub(rest, nl ? (size_t)(nl - rest->p) : rest->left);

	np_skip(rest, rest->left ? 1 : 0);
	return line;
}

static size_t find(struct np_cur c, const char *what)
{
	const void *at =
		c.left ? memmem(c.p, c.left, what, strlen(what)) : NULL;

	return at ? (size_t)((const uint8_t *)at - c.p) : SIZE_MAX;
}

/* A text of several lines is passed over; it may hold tags. */
static void pass_text(struct tags *t, struct np_cur value, size_t at)
{
	size_t open = find(value, "<text>");
	size_t end;

	if (open == SIZE_MAX || find(value, "</text>") != SIZE_MAX)
		return;
	end = find(t->rest, "</text>");
	if (end == SIZE_MAX) {
		np_bom_bad(t->f, at, "a <text> without </text>");
		t->rest.left = 0;
		return;
	}
	np_skip(&t->rest, end);
	(void)line_of(&t->rest);
}

/* "SECURITY cpe23Type cpe:2.3:…" */
static void external(struct tags *t, struct np_cur v)
{
	struct np_cur word[3] = {0};

	for (size_t i = 0; i < 3; i++) {
		size_t n = 0;

		v = trimmed(v);
		while (n < v.left && !isspace(v.p[n]))
			n++;
		word[i] = np_sub(&v, n);
	}
	reference(np_bom_at(t->f, t->item), np_bom_text(t->f, word[1]),
		  np_bom_text(t->f, word[2]));
}

static void one_tag(struct tags *t, struct np_cur tag, struct np_cur v,
		    size_t at)
{
	struct np_bom_item *i;

	if (np_is(tag, "PackageName")) {
		t->item = np_bom_add(t->f, at, NP_BOM_ROOT);
		if (t->item != NP_BOM_ROOT) {
			np_bom_at(t->f, t->item)->name = np_bom_text(t->f, v);
			np_bom_at(t->f, t->item)->thing = NP_BOM_SOFTWARE;
		}
		return;
	}
	if (np_is(tag, "FileName") || np_is(tag, "SnippetSPDXID"))
		t->item = NP_BOM_ROOT;
	if (np_is(tag, "SPDXVersion"))
		t->f->b->version = np_bom_text(t->f, v);
	if (t->item == NP_BOM_ROOT)
		return;
	i = np_bom_at(t->f, t->item);
	if (np_is(tag, "PackageVersion"))
		i->version = np_bom_text(t->f, v);
	else if (np_is(tag, "PackageSupplier"))
		i->supplier = np_bom_spdx_agent(t->f, v);
	else if (np_is(tag, "PackageOriginator"))
		i->maker = np_bom_spdx_agent(t->f, v);
	else if (np_is(tag, "PrimaryPackagePurpose"))
		i->type = np_bom_text(t->f, v);
	else if (np_is(tag, "ExternalRef"))
		external(t, v);
	i->thing = np_bom_thing_of(i->type);
}

void np_bom_tag(struct np_bom_file *f)
{
	struct tags t = {
		.f = f, .rest = np_cur(f->text, f->n), .item = NP_BOM_ROOT};

	while (t.rest.left && np_bom_goes_on(f)) {
		struct np_cur line = trimmed(line_of(&t.rest)), tag;
		size_t at = line.left ? (size_t)(line.p - f->text) : 0;
		size_t colon = find(line, ":");

		if (!line.left || np_ahead(line, "#", 1))
			continue;
		if (colon == SIZE_MAX || !isalpha(*line.p)) {
			np_bom_bad(f, at,
				   "expected a tag and a value: "
				   "\"PackageName: …\"");
			continue;
		}
		tag = np_sub(&line, colon);
		np_skip(&line, 1);
		line = trimmed(line);
		one_tag(&t, tag, line, at);
		pass_text(&t, line, at);
	}
}

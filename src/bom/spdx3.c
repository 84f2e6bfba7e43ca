/* SPDX-License-Identifier: ISC */
/*
 * SPDX 3.0 as JSON-LD: elements of one graph that name each other. First the
 * agents, then the packages that they supply or made. A person is no maker.
 */
#include "bom/inside.h"
#include <stdlib.h>

struct agent {
	const char *id, *name;
};

struct walk {
	struct np_bom_file *f;
	struct np_pull p;
	struct agent *agents; /* sorted by id */
	size_t n, cap;
};

static int by_id(const void *a, const void *b)
{
	const struct agent *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static const char *name_of(const struct walk *w, const char *id)
{
	const struct agent want = {.id = id};
	const struct agent *a = id && w->n ? bsearch(&want, w->agents, w->n,
						     sizeof(want), by_id)
					   : NULL;

	return a ? a->name : NULL;
}

static void add_agent(struct walk *w, const char *id, const char *name)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 64;
		struct agent *v = reallocarray(w->agents, cap, sizeof(*v));

		if (!v) {
			w->f->rc = NP_ENOMEM;
			return;
		}
		w->agents = v;
		w->cap = cap;
	}
	w->agents[w->n++] = (struct agent){.id = id, .name = name};
}

static bool is_id(struct np_cur name)
{
	return np_is(name, "spdxId") || np_is(name, "@id");
}

static bool is_type(struct np_cur name)
{
	return np_is(name, "type") || np_is(name, "@type");
}

/* One element while agents are looked for. */
static void element(struct walk *w)
{
	const char *id = NULL, *type = NULL, *name = NULL;
	struct np_cur member;
	bool begun = false;

	if (np_pull_ahead(&w->p) != '{') {
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_object(&w->p);
	while (np_pull_member(&w->p, &begun, w->f->b->mem, &member)) {
		if (is_id(member))
			id = np_bom_string(w->f, &w->p);
		else if (is_type(member))
			type = np_bom_string(w->f, &w->p);
		else if (np_is(member, "name"))
			name = np_bom_string(w->f, &w->p);
		else
			np_bom_pass(&w->p);
	}
	if (id && name && type &&
	    (strcmp(type, "Organization") == 0 || strcmp(type, "Agent") == 0))
		add_agent(w, id, name);
}

/* The name behind a reference, an element in its place, or the first of a
 * list of them. */
static const char *agent(struct walk *w)
{
	const char *found = NULL, *type = NULL, *name = NULL;
	struct np_cur member;
	bool begun = false;
	char c = np_pull_ahead(&w->p);

	if (c == '"')
		return name_of(w, np_bom_string(w->f, &w->p));
	if (c == '[') {
		(void)np_pull_array(&w->p);
		while (np_pull_item(&w->p, &begun)) {
			const char *one = NULL;

			if (np_pull_ahead(&w->p) == '"')
				one = name_of(w, np_bom_string(w->f, &w->p));
			else
				np_bom_pass(&w->p);
			found = found ? found : one;
		}
		return found;
	}
	if (c != '{') {
		np_bom_pass(&w->p);
		return NULL;
	}
	(void)np_pull_object(&w->p);
	while (np_pull_member(&w->p, &begun, w->f->b->mem, &member)) {
		if (is_type(member))
			type = np_bom_string(w->f, &w->p);
		else if (np_is(member, "name"))
			name = np_bom_string(w->f, &w->p);
		else
			np_bom_pass(&w->p);
	}
	return type && strcmp(type, "Organization") == 0 ? name : NULL;
}

/* [{"externalIdentifierType": "cpe23", "identifier": …}] */
static void identifiers(struct walk *w, struct np_bom_item *i)
{
	struct np_cur member;
	bool begun = false;

	if (np_pull_ahead(&w->p) != '[') {
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_array(&w->p);
	while (np_pull_item(&w->p, &begun)) {
		const char *type = NULL, *value = NULL;
		bool inside = false;

		if (!np_pull_object(&w->p))
			return;
		while (np_pull_member(&w->p, &inside, w->f->b->mem, &member)) {
			if (np_is(member, "externalIdentifierType"))
				type = np_bom_string(w->f, &w->p);
			else if (np_is(member, "identifier"))
				value = np_bom_string(w->f, &w->p);
			else
				np_bom_pass(&w->p);
		}
		if (type && strncmp(type, "cpe", 3) == 0)
			i->cpe = value;
		else if (type && strcmp(type, "packageUrl") == 0)
			i->purl = value;
	}
}

static void member_of(struct walk *w, struct np_bom_item *i, struct np_cur name,
		      const char **type)
{
	if (is_type(name))
		*type = np_bom_string(w->f, &w->p);
	else if (np_is(name, "name"))
		i->name = np_bom_string(w->f, &w->p);
	else if (np_is(name, "software_packageVersion"))
		i->version = np_bom_string(w->f, &w->p);
	else if (np_is(name, "software_packageUrl"))
		i->purl = np_bom_string(w->f, &w->p);
	else if (np_is(name, "software_primaryPurpose"))
		i->type = np_bom_string(w->f, &w->p);
	else if (np_is(name, "suppliedBy"))
		i->supplier = agent(w);
	else if (np_is(name, "originatedBy"))
		i->maker = agent(w);
	else if (np_is(name, "externalIdentifier"))
		identifiers(w, i);
	else
		np_bom_pass(&w->p);
}

static void package(struct walk *w, size_t number)
{
	size_t at = np_bom_ahead(w->f, &w->p);
	struct np_bom_item i = {.parent = NP_BOM_ROOT};
	const char *type = NULL;
	struct np_cur name;
	char pointer[40];
	bool begun = false;
	uint32_t to;

	if (np_pull_ahead(&w->p) != '{') {
		np_bom_bad(w->f, at, "expected an object: an element");
		np_bom_pass(&w->p);
		return;
	}
	(void)np_pull_object(&w->p);
	while (np_pull_member(&w->p, &begun, w->f->b->mem, &name))
		member_of(w, &i, name, &type);
	if (!type || strcmp(type, "software_Package") != 0)
		return;
	to = np_bom_add(w->f, at, NP_BOM_ROOT);
	if (to == NP_BOM_ROOT)
		return;
	(void)snprintf(pointer, sizeof(pointer), "/@graph/%zu", number);
	i.pointer = np_bom_copy(w->f, pointer);
	i.thing = np_bom_thing_of(i.type);
	i.line = np_bom_at(w->f, to)->line;
	i.column = np_bom_at(w->f, to)->column;
	*np_bom_at(w->f, to) = i;
}

void np_bom_spdx3(struct np_bom_file *f, const struct np_bom_members *m)
{
	const struct np_bom_member *x = np_bom_member(m, "@graph");
	struct walk w = {.f = f, .p = np_pull(x->value.p, x->value.left)};
	bool begun = false;

	if (np_pull_ahead(&w.p) != '[') {
		np_bom_bad(f, np_bom_ahead(f, &w.p),
			   "expected a list of elements");
		return;
	}
	(void)np_pull_array(&w.p);
	while (np_bom_goes_on(f) && np_pull_item(&w.p, &begun))
		element(&w);
	if (w.n)
		qsort(w.agents, w.n, sizeof(*w.agents), by_id);
	w.p = np_pull(x->value.p, x->value.left);
	begun = false;
	(void)np_pull_array(&w.p);
	for (size_t i = 0; np_bom_goes_on(f) && np_pull_item(&w.p, &begun); i++)
		package(&w, i);
	np_bom_over(f, &w.p);
	free(w.agents);
}

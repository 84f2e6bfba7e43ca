/* SPDX-License-Identifier: ISC */
/* Names of makers, whole. */
#include "bom/names.h"
#include <ctype.h>
#include <stdlib.h>

#define NAME_MOST 256
#define NAMES_MEMORY ((size_t)64 << 20)

struct name {
	const char *text; /* normal */
	uint16_t maker;	  /* NP_NO_MAKER: of several */
};

struct np_bom_asker {
	const struct np_knowledge *k;
	struct np_infer *infer;
	uint16_t field; /* inventory.vendor_name */
	struct np_arena mem;
	struct name *names; /* sorted */
	size_t n;
	struct np_sighting s;
	struct np_claims c;
};

const struct np_knowledge *np_bom_knowledge(const struct np_bom_asker *w)
{
	return w->k;
}

struct np_infer *np_bom_infer(const struct np_bom_asker *w)
{
	return w->infer;
}

/* Lower-case letters, digits, and octets above 127; 0: none, or too many. */
static size_t normal(const char *s, size_t n, char to[static NAME_MOST])
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80 && !isalnum(c))
			continue;
		if (k == NAME_MOST - 1)
			return 0;
		to[k++] = (char)(c < 0x80 ? tolower(c) : c);
	}
	to[k] = '\0';
	return k;
}

static int order(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Names that the registries know, once each. */
static bool read_names(struct np_bom_asker *w)
{
	size_t cap = 0, k = 0;
	const char *s;
	uint16_t maker;

	while (np_organisation(w->k, cap, &maker))
		cap++;
	w->names = calloc(cap + 1, sizeof(*w->names));
	if (!w->names)
		return false;
	for (size_t i = 0; (s = np_organisation(w->k, i, &maker)); i++) {
		char text[NAME_MOST];
		size_t n = normal(s, strlen(s), text);

		if (maker == NP_NO_MAKER || maker >= np_makers(w->k) || !n)
			continue;
		w->names[w->n].text = np_copystr(&w->mem, text, n);
		if (!w->names[w->n].text)
			return false;
		w->names[w->n++].maker = maker;
	}
	if (!w->n)
		return true;
	qsort(w->names, w->n, sizeof(*w->names), order);
	for (size_t i = 1; i < w->n; i++) {
		if (order(&w->names[i], &w->names[k]) != 0)
			w->names[++k] = w->names[i];
		else if (w->names[i].maker != w->names[k].maker)
			w->names[k].maker = NP_NO_MAKER;
	}
	w->n = k + 1;
	return true;
}

struct np_bom_asker *np_bom_asker_new(const struct np_knowledge *k)
{
	static const char field[] = "inventory.vendor_name";
	struct np_bom_asker *w = calloc(1, sizeof(*w));
	int id = np_field_find(field, sizeof(field) - 1);

	if (!w)
		return NULL;
	w->k = k;
	w->mem = np_arena(NAMES_MEMORY);
	w->infer = np_infer_new(k);
	w->field = (uint16_t)id;
	/* What a bill says, as if the box said it: what that is worth is
	 * decided by where it stands. */
	w->s.scope = NP_SELF;
	w->s.reach = NP_ROUTED;
	w->s.owner = NP_OWNER_UNKNOWN;
	w->s.nfacts = 1;
	if (id < 0 || !w->infer || !read_names(w)) {
		np_bom_asker_free(w);
		return NULL;
	}
	return w;
}

void np_bom_asker_free(struct np_bom_asker *w)
{
	if (!w)
		return;
	np_infer_free(w->infer);
	np_arena_free(&w->mem);
	free(w->names);
	free(w);
}

static uint16_t registered(const struct np_bom_asker *w, const char *name,
			   size_t n)
{
	char text[NAME_MOST];
	const struct name want = {.text = text};
	const struct name *at;

	if (!normal(name, n, text) || !w->n)
		return NP_NO_MAKER;
	at = bsearch(&want, w->names, w->n, sizeof(want), order);
	return at ? at->maker : (uint16_t)NP_NO_MAKER;
}

uint16_t np_bom_name(struct np_bom_asker *w, const char *name, size_t n,
		     struct np_arena *mem)
{
	struct np_claims *c = &w->c;

	if (!n)
		return NP_NO_MAKER;
	w->s.facts[0] = (struct np_fact){
		.field = w->field, .v = (const uint8_t *)name, .n = n};
	np_infer(w->infer, &w->s, mem, c);
	for (size_t i = 0; i < c->n; i++) {
		/* A house that a registry alone knows is nobody's rule. */
		if (np_rule_registered(c->v[i].rule))
			continue;
		if (c->v[i].what == NP_W_MAKER ||
		    c->v[i].what == NP_W_COMPONENT)
			return c->v[i].maker;
	}
	return registered(w, name, n);
}

/* SPDX-License-Identifier: ISC */
#include "claim/query.h"
#include "core/pull.h"

struct reading {
	const struct np_knowledge *k;
	struct np_arena *mem;
	struct np_pull p;
	struct np_query *q;
	struct np_cur field; /* "field", until its "value" is there */
	struct np_cur value;
	bool valued; /* there was one, or null */
	bool facts;  /* there were some, or an empty object of them */
	char what[64];
};

/* A broken line whose fault is in this word. */
static bool blame(struct reading *r, struct np_cur word, const char *why)
{
	size_t n = word.left < sizeof(r->what) - 1 ? word.left
						   : sizeof(r->what) - 1;

	if (!r->p.why && n)
		memcpy(r->what, word.p, n);
	return np_pull_fail(&r->p, why);
}

/* ---- facts */

/* A MAC address however it is written, as decoders write it. */
static struct np_cur spell_mac(struct reading *r, struct np_cur v)
{
	char text[18], *to;
	size_t n = 0;

	for (size_t i = 0; i < v.left; i++) {
		uint8_t c =
			v.p[i] >= 'A' && v.p[i] <= 'F' ? v.p[i] | 32 : v.p[i];

		if (c == ':' || c == '-' || c == '.')
			continue;
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) ||
		    n == 17)
			return v;
		text[n++] = (char)c;
		if (n % 3 == 2 && n < 17)
			text[n++] = ':';
	}
	to = n == 17 ? np_copystr(r->mem, text, n) : NULL;
	return to ? np_cur(to, n) : v;
}

/* The field as its protocol declares it; NULL of the knowledge's own. */
static const struct np_field *declared(uint16_t id)
{
	return id < NP_FIELD_KNOWN ? np_field_of(id) : NULL;
}

static bool is_address(uint16_t id, struct np_cur name)
{
	const struct np_field *f = declared(id);

	return f ? f->form == NP_MAC : np_is(name, "mac");
}

static void add_key(struct np_sighting *s, enum np_keykind kind,
		    struct np_cur v)
{
	if (kind == NP_KEY_NONE || v.left > UINT16_MAX ||
	    s->nkeys == NP_MAX_KEYS)
		return;
	s->keys[s->nkeys++] = (struct np_key){
		.kind = kind, .v = (const char *)v.p, .n = v.left};
}

static bool add_fact(struct reading *r, struct np_cur name, struct np_cur v)
{
	struct np_sighting *s = &r->q->sighting;
	int id = np_knowledge_field(r->k, (const char *)name.p, name.left);

	if (id < 0)
		return blame(r, name, "no such field");
	if (s->nfacts == NP_MAX_FACTS)
		return np_pull_fail(&r->p, "too many facts");
	while (v.left && v.p[v.left - 1] == '\0')
		v.left--;
	r->facts = true;
	if (!v.left)
		return true;
	const struct np_field *f = declared((uint16_t)id);
	enum np_keykind key = f ? f->key : NP_KEY_NONE;

	if (is_address((uint16_t)id, name)) {
		v = spell_mac(r, v);
		key = v.left == 17 ? NP_KEY_MAC : NP_KEY_NONE;
	}
	s->facts[s->nfacts++] =
		(struct np_fact){.field = (uint16_t)id, .v = v.p, .n = v.left};
	add_key(s, key, v);
	return true;
}

/* A string or a number; null says nothing. */
static bool take_value(struct reading *r, struct np_cur *ret)
{
	char c = np_pull_ahead(&r->p);

	if (c == '"')
		return np_pull_text(&r->p, r->mem, ret);
	if (c == '-' || (c >= '0' && c <= '9'))
		return np_pull_raw(&r->p, ret);
	*ret = (struct np_cur){0};
	if (c != 'n')
		return np_pull_fail(&r->p, "a value is no string or number");
	struct np_cur null;

	return np_pull_raw(&r->p, &null);
}

static bool take_facts(struct reading *r)
{
	struct np_cur name, value;
	bool begun = false;

	r->facts = true;
	if (np_pull_ahead(&r->p) != '{')
		return np_pull_fail(&r->p, "facts are no object");
	(void)np_pull_object(&r->p);
	while (np_pull_member(&r->p, &begun, r->mem, &name))
		if (!take_value(r, &value) || !add_fact(r, name, value))
			return false;
	return !r->p.why;
}

/* ---- the members of a line */

static bool take_id(struct reading *r)
{
	char c = np_pull_ahead(&r->p);

	if (c != '"' && c != '-' && c != 'n' && !(c >= '0' && c <= '9'))
		return np_pull_fail(&r->p, "id is no string or number");
	if (!np_pull_raw(&r->p, &r->q->id))
		return false;
	c = np_pull_ahead(&r->p);
	if (c != ',' && c != '}')
		r->q->id.left = 0; /* the beginning of something else */
	return true;
}

static bool take_word(struct reading *r, int (*find)(const char *, size_t),
		      const char *why, int *ret)
{
	struct np_cur word;

	if (!np_pull_text(&r->p, r->mem, &word))
		return false;
	*ret = find((const char *)word.p, word.left);
	return *ret >= 0 || blame(r, word, why);
}

static bool take_member(struct reading *r, struct np_cur name)
{
	struct np_sighting *s = &r->q->sighting;
	struct np_cur other;
	int word;

	if (np_is(name, "id"))
		return take_id(r);
	if (np_is(name, "field"))
		return np_pull_text(&r->p, r->mem, &r->field);
	if (np_is(name, "value"))
		return r->valued = take_value(r, &r->value);
	if (np_is(name, "facts"))
		return take_facts(r);
	if (np_is(name, "scope")) {
		if (!take_word(r, np_scope_find, "no such scope", &word))
			return false;
		s->scope = (enum np_scope)word;
		return true;
	}
	if (np_is(name, "reach")) {
		if (!take_word(r, np_reach_find, "no such reach", &word))
			return false;
		s->reach = (enum np_reach)word;
		return true;
	}
	return np_pull_raw(&r->p, &other);
}

static bool take_line(struct reading *r)
{
	struct np_cur name;
	bool begun = false;

	if (!np_pull_object(&r->p))
		return false;
	while (np_pull_member(&r->p, &begun, r->mem, &name))
		if (!take_member(r, name))
			return false;
	if (!np_pull_end(&r->p))
		return false;
	if (r->field.p)
		return r->valued
			       ? add_fact(r, r->field, r->value)
			       : np_pull_fail(&r->p, "a field without a value");
	return r->facts || np_pull_fail(&r->p, "no field and no facts");
}

int np_query_read(const struct np_knowledge *k, const void *line, size_t n,
		  bool whole, struct np_arena *mem, struct np_query *ret,
		  struct np_err *reterr)
{
	struct reading r = {
		.k = k, .mem = mem, .p = np_pull(line, n), .q = ret};
	struct np_sighting *s = &ret->sighting;

	ret->id = (struct np_cur){0};
	s->nkeys = s->nfacts = 0;
	s->proto = 0;
	s->owner = NP_OWNER_UNKNOWN;
	s->scope = NP_SELF;
	s->reach = NP_ROUTED;
	s->depth = s->nvlan = 0;
	s->partial = false;
	s->unit = NP_IN_FRAME;
	bool taken = n <= NP_QUERY_SIZE && take_line(&r);

	if (!whole || n > NP_QUERY_SIZE)
		return np_fail(reterr, NP_EINPUT, "longer than 1 MiB", NULL, 0);
	if (taken)
		return NP_OK;
	return np_fail(reterr, NP_EINPUT, r.p.why, r.what, 0);
}

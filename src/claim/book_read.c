/* SPDX-License-Identifier: ISC */
/* The kinds of entries that the book's files hold, but signatures. */
#include "claim/book.h"
#include "core/bound.h"

#define WHATS                                                                  \
	"maker brand family model version os serial function component "       \
	"middlebox agent role"

static int read_maker(struct np_book_reader *r, const struct np_yaml *y,
		      struct np_book_maker *m)
{
	const char *kind = np_yaml_text(y, "kind");
	int i = kind ? np_book_word("maker agent silicon standards registry",
				    kind)
		     : 0;
	int rc;

	if (i < 0)
		return np_book_expect(r, np_yaml_get(y, "kind"),
				      "expected maker, agent, silicon, "
				      "standards or registry");
	m->kind = (enum np_maker_kind)i;
	m->name = np_yaml_text(y, "name");
	if (!m->name)
		return np_book_expect(r, y, "expected `name`");
	m->of = np_yaml_text(y, "of");
	rc = np_book_flag(r, y, "restricted", &m->restricted);
	if (rc == 0)
		rc = np_book_flag(r, y, "subscriber", &m->subscriber);
	if (rc == 0)
		rc = np_book_flag(r, y, "word", &m->word);
	if (rc == 0)
		rc = np_book_texts(r, y, "organisations", &m->organisations);
	if (rc == 0)
		rc = np_book_texts(r, y, "names", &m->names);
	if (rc == 0)
		rc = np_book_texts(r, y, "numbers", &m->numbers);
	NP_YAML_EACH(n, m->numbers)
	{
		uint64_t v;

		if (rc == 0 && !np_yaml_uint(n, UINT32_MAX, &v))
			rc = np_book_expect(r, n,
					    "expected an enterprise number");
	}
	return rc;
}

int np_book_read_makers(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_maker *m;
		struct np_entry e;
		int rc = np_book_entry(
			r, y,
			"slug name kind restricted subscriber word "
			"of organisations names numbers",
			"slug", &e);

		if (rc)
			return rc;
		m = np_book_slot(r, &r->book->makers, sizeof(*m), y, e.name);
		if (!m)
			return NP_EINPUT;
		m->e = e;
		rc = read_maker(r, y, m);
		if (rc)
			return rc;
	}
	return 0;
}

static int read_way(struct np_book_reader *r, const struct np_yaml *y,
		    unsigned *ret)
{
	static const char words[] = ""
#define NP_CLAIM(name) #name " "
#include "claim/claims.def"
#undef NP_CLAIM
		;
	int i = np_book_word(words, y->text);

	if (i < 0)
		return np_book_expect(r, y, "expected a way of claims.def");
	*ret |= 1u << i;
	return 0;
}

/* `read: text`, or `read: [name, text]`. */
static int read_ways(struct np_book_reader *r, const struct np_yaml *y,
		     unsigned *ret)
{
	const struct np_yaml *v = np_yaml_get(y, "read");

	if (!v)
		return np_book_expect(r, y, "expected `read`");
	if (v->kind == NP_YAML_TEXT)
		return read_way(r, v, ret);
	NP_YAML_EACH(item, v)
	{
		int rc = read_way(r, item, ret);

		if (rc)
			return rc;
	}
	return 0;
}

static int read_field(struct np_book_reader *r, const struct np_yaml *y,
		      struct np_book_field *f)
{
	const char *is = np_yaml_text(y, "is");
	int what = is ? np_book_word(WHATS, is) : NP_W_MODEL;
	int rc = read_ways(r, y, &f->ways);

	if (rc == 0)
		rc = np_book_grade(r, y, &f->grade);
	if (rc == 0)
		rc = np_book_tri(r, y, "settable", &f->settable);
	if (rc == 0)
		rc = np_book_tri(r, y, "heard", &f->heard);
	if (rc == 0)
		rc = np_book_tri(r, y, "subscriber", &f->subscriber);
	if (rc)
		return rc;
	if (what < 0)
		return np_book_expect(r, np_yaml_get(y, "is"),
				      "expected what a claim can be of");
	f->is = (enum np_what)what;
	f->unless = np_yaml_text(y, "unless");
	f->group = np_yaml_text(y, "group");
	if (!f->group || f->grade == NP_E0)
		return np_book_expect(r, y, "expected `grade` and `group`");
	return 0;
}

int np_book_read_fields(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_field *f;
		struct np_entry e;
		int rc = np_book_entry(r, y,
				       "field read grade group unless settable "
				       "heard subscriber is",
				       "field", &e);

		if (rc)
			return rc;
		f = np_book_slot(r, &r->book->fields, sizeof(*f), y, e.name);
		if (!f)
			return NP_EINPUT;
		f->e = e;
		rc = read_field(r, y, f);
		if (rc)
			return rc;
	}
	return 0;
}

int np_book_read_families(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_family *f;
		struct np_entry e;
		int rc = np_book_entry(r, y,
				       "id maker oid pattern model family "
				       "function example",
				       "id", &e);

		if (rc)
			return rc;
		f = np_book_slot(r, &r->book->families, sizeof(*f), y, e.name);
		if (!f)
			return NP_EINPUT;
		f->e = e;
		f->maker = np_yaml_text(y, "maker");
		f->oids = np_yaml_get(y, "oid");
		f->pattern = np_yaml_text(y, "pattern");
		f->model = np_yaml_text(y, "model");
		f->family = np_yaml_text(y, "family");
		f->function = np_yaml_text(y, "function");
		if (!f->oids == !f->pattern)
			return np_book_expect(
				r, y, "expected either `oid` or `pattern`");
		if (f->pattern && !f->maker)
			return np_book_expect(
				r, y, "a pattern of models needs `maker`");
	}
	return 0;
}

int np_book_read_objects(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_object *o;
		struct np_entry e;
		int rc = np_book_entry(r, y, "id oid is", "id", &e);
		const char *is = np_yaml_text(y, "is");

		if (rc)
			return rc;
		o = np_book_slot(r, &r->book->objects, sizeof(*o), y, e.name);
		if (!o)
			return NP_EINPUT;
		o->e = e;
		o->oids = np_yaml_get(y, "oid");
		/* In the order of enum np_object, behind "nothing". */
		o->is = is ? np_book_word("model version serial maker text "
					  "owner agent",
					  is) +
					1
			   : 0;
		if (o->is <= 0 || !o->oids)
			return np_book_expect(
				r, y,
				"expected `oid`, and `is`: model, version, "
				"serial, maker, text, owner or agent");
	}
	return 0;
}

static int read_codes(struct np_book_reader *r, const struct np_yaml *list,
		      const char *key, struct np_list *into)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_code *c;
		struct np_entry e;
		int rc = np_book_entry(r, y, "id prefix maker what", key, &e);

		if (rc)
			return rc;
		c = np_book_slot(r, into, sizeof(*c), y, e.name);
		if (!c)
			return NP_EINPUT;
		c->e = e;
		c->maker = np_yaml_text(y, "maker");
		c->what = np_yaml_text(y, "what");
	}
	return 0;
}

int np_book_read_gpon(struct np_book_reader *r, const struct np_yaml *list)
{
	return read_codes(r, list, "id", &r->book->gpon);
}

int np_book_read_addresses(struct np_book_reader *r, const struct np_yaml *list)
{
	return read_codes(r, list, "prefix", &r->book->addresses);
}

int np_book_read_roles(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_role *p;
		struct np_entry e;
		int rc = np_book_entry(
			r, y, "role name said function subscriber interfaces",
			"role", &e);

		if (rc)
			return rc;
		p = np_book_slot(r, &r->book->roles, sizeof(*p), y, e.name);
		if (!p)
			return NP_EINPUT;
		p->e = e;
		p->name = np_yaml_text(y, "name");
		p->function = np_yaml_text(y, "function");
		p->interfaces = np_yaml_get(y, "interfaces");
		if (!p->name)
			return np_book_expect(r, y, "expected `name`");
		if (p->interfaces && p->interfaces->kind != NP_YAML_MAP)
			return np_book_expect(
				r, p->interfaces,
				"expected interfaces by protocol");
		rc = np_book_texts(r, y, "said", &p->said);
		if (rc == 0)
			rc = np_book_flag(r, y, "subscriber", &p->subscriber);
		if (rc)
			return rc;
	}
	return 0;
}

static int read_count(struct np_book_reader *r, const struct np_yaml *y,
		      const char *key, uint32_t max, uint32_t *ret)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	uint64_t n = 0;

	if (!v || !np_yaml_uint(v, max, &n))
		return np_book_expect(r, v ? v : y,
				      "expected `n` cases, and `k` of them");
	*ret = (uint32_t)n;
	return 0;
}

int np_book_read_like(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_like *p;
		struct np_entry e;
		int rc = np_book_entry(r, y, "like k n", "like", &e);

		if (rc)
			return rc;
		p = np_book_slot(r, &r->book->likes, sizeof(*p), y, e.name);
		if (!p)
			return NP_EINPUT;
		p->e = e;
		rc = read_count(r, y, "n", NP_BOUND_MAX, &p->n);
		if (rc == 0)
			rc = read_count(r, y, "k", p->n, &p->k);
		if (rc)
			return rc;
	}
	return 0;
}

int np_book_read_registries(struct np_book_reader *r,
			    const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		const char *is = np_yaml_text(y, "is");
		struct np_book_registry *p;
		struct np_entry e;
		int rc = np_book_entry(r, y, "id is words numbers", "id", &e);
		int i;

		if (rc)
			return rc;
		p = np_book_slot(r, &r->book->registries, sizeof(*p), y,
				 e.name);
		if (!p)
			return NP_EINPUT;
		p->e = e;
		i = is ? np_book_word("form trade tail other passed", is) : -1;
		if (i < 0)
			return np_book_expect(r, y,
					      "expected `is`: form, trade, "
					      "tail, other or passed");
		p->is = (enum np_registry_word)i;
		rc = np_book_texts(r, y, "words", &p->words);
		if (rc == 0)
			rc = np_book_texts(r, y, "numbers", &p->numbers);
		if (rc)
			return rc;
		if (p->is == NP_R_PASSED ? !p->numbers : !p->words)
			return np_book_expect(r, y,
					      "expected `words`, or `numbers` "
					      "that are passed over");
	}
	return 0;
}

int np_book_read_traps(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_trap *t;
		struct np_entry e;
		int rc = np_book_entry(r, y, "id what guard test", "id", &e);

		if (rc)
			return rc;
		t = np_book_slot(r, &r->book->traps, sizeof(*t), y, e.name);
		if (!t)
			return NP_EINPUT;
		t->e = e;
		t->what = np_yaml_text(y, "what");
		t->guard = np_yaml_text(y, "guard");
		t->test = np_yaml_text(y, "test");
		if (!t->what || !t->guard || !t->test)
			return np_book_expect(
				r, y, "expected `what`, `guard` and `test`");
	}
	return 0;
}

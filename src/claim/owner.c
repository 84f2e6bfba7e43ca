/* SPDX-License-Identifier: ISC */
/*
 * Holders of enterprise numbers (IANA) that no maker of makers.yaml has. A
 * number in a box's own agent says whose the agent is, so its holder is
 * possibly who made the box; never more than that, and only where he is a
 * company: the list has persons, too, and of those nobody is told.
 * knowledge/registries.yaml has the words that this is decided by. A holder
 * whose whole name makers.yaml knows is that maker, any other one of his own.
 *
 * The slug of a holder is his name in small letters and digits, without his
 * legal form ("Cherokee International Corporation": cherokeeinternational),
 * and without the trade at its end where no other holder's name begins the
 * same ("Frogfoot Networks": frogfoot).
 */
#include "claim/image.h"
#include "core/hash.h"
#include <stdlib.h>

#define MAX_WORDS 24
#define MAX_OWNERS 60000u /* with makers.yaml's they have to fit 16 bits */
#define SHORTEST 3	  /* letters of a name without its trade */
#define CONTAINED 5	  /* letters of a name that tell inside of others */
#define NAMED 4		  /* letters of a name that may stand in a text */

/* A name in words of small letters and digits, joined. */
struct title {
	char text[NP_MAX_NAME];
	size_t from[MAX_WORDS + 1]; /* where each begins; where they end */
	size_t n;
	size_t full, core; /* words without the form, and without the trade */
	bool company;
};

struct owner {
	const char *core, *full, *slug, *name;
	uint32_t number;
	bool company;
};

struct owners {
	struct np_compile *c;
	struct np_im_number *number; /* by number, `limit` of them */
	size_t limit;
	struct np_list word[NP_R_KINDS]; /* const char *, sorted */
	struct np_list covered;		 /* const char *: restricted makers */
	struct np_list slugs;  /* const char *, sorted: makers.yaml's */
	struct np_list passed; /* uint32_t: numbers of nobody */
	struct np_list all;    /* struct owner */
};

/* ------------------------------------------------------------ the words */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_text(struct owners *o, struct np_list *l, const char *text)
{
	const char **slot = np_list_add(l, o->c->mem, sizeof(*slot));

	if (slot)
		*slot = text;
}

static bool has(const struct np_list *l, const char *text)
{
	return l->n && bsearch(&text, l->v, l->n, sizeof(text), by_text);
}

static void sort(struct np_list *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(const char *), by_text);
}

/* What texts of restricted makers a holder's name must not begin a word with.
 */
static void take_covered(struct owners *o, const struct np_book_maker *m)
{
	const struct np_yaml *lists[] = {m->names, m->organisations};

	add_text(o, &o->covered, m->e.name);
	for (size_t i = 0; i < NP_COUNT(lists); i++) {
		NP_YAML_EACH(t, lists[i])
		{
			char norm[NP_MAX_NAME];
			size_t n = np_name_normal(t->text, t->n, norm,
						  sizeof(norm));

			if (n >= SHORTEST)
				add_text(o, &o->covered,
					 np_copystr(o->c->mem, norm, n));
		}
	}
}

static void take_rules(struct owners *o)
{
	const struct np_book_maker **makers = o->c->makers.v;

	NP_BOOK_EACH(np_book_registry, r, o->c->book->registries)
	{
		if (r->e.sure == NP_UNVERIFIED)
			continue;
		NP_YAML_EACH(t, r->words)
		{
			add_text(o, &o->word[r->is], t->text);
		}
		NP_YAML_EACH(y, r->numbers)
		{
			uint32_t *slot = np_list_add(&o->passed, o->c->mem,
						     sizeof(*slot));
			uint64_t v = 0;

			if (slot && np_yaml_uint(y, UINT32_MAX, &v))
				*slot = (uint32_t)v;
		}
	}
	for (size_t i = 1; i < o->c->makers.n; i++) {
		add_text(o, &o->slugs, makers[i]->e.name);
		if (makers[i]->restricted)
			take_covered(o, makers[i]);
	}
	for (size_t i = 0; i < NP_R_KINDS; i++)
		sort(&o->word[i]);
	sort(&o->slugs);
}

static bool is_passed(const struct owners *o, uint32_t number)
{
	const uint32_t *v = o->passed.v;

	for (size_t i = 0; i < o->passed.n; i++)
		if (v[i] == number)
			return true;
	return false;
}

/* ------------------------------------------------------ a name in words */

/* Latin letters with signs, U+00C0 to U+00FF, without; '*' is none. */
static char latin(unsigned char c)
{
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
				    "aaaaaaaceeeeiiiidnooooo*ouuuuyty";

	return c >= 0x80 && c < 0xc0 ? plain[c - 0x80] : '*';
}

/* The next letter or digit, 0: between words, -1: it joins, -2: another
 * writing. *p goes on behind it. */
static int letter(const char **p)
{
	unsigned char c = (unsigned char)*(*p)++;

	if (c >= 'A' && c <= 'Z')
		return c | 0x20;
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	if (c && strchr(".'`/", c))
		return -1;
	if (c < 0x80)
		return 0;
	if (c == 0xc3 && **p) {
		char v = latin((unsigned char)*(*p)++);

		return v == '*' ? 0 : v;
	}
	if (c == 0xc2 && **p) {
		++*p;
		return 0;
	}
	return -2;
}

/* What is said beside a name: an earlier one, a remark. */
static size_t name_length(const char *name)
{
	static const char *const ends[] = {"#",	    " formerly ", " d/b/a ",
					   " dba ", " (formerly", " (previous"};
	size_t n = strlen(name);

	for (size_t i = 0; i < NP_COUNT(ends); i++) {
		const char *at = strstr(name, ends[i]);

		if (at && (size_t)(at - name) < n)
			n = (size_t)(at - name);
	}
	while (n && strchr(" \t,;", name[n - 1]))
		n--;
	return n;
}

static bool split(const char *name, struct title *t)
{
	const char *end = name + name_length(name);
	bool between = true;
	size_t len = 0, depth = 0;

	t->n = 0;
	for (const char *p = name; p < end;) {
		bool inside = depth > 0 || *p == '(';
		int v;

		depth += *p == '(';
		depth -= depth && *p == ')';
		v = letter(&p);
		if (v == -2)
			return false;
		if (inside || v == 0) {
			between = true;
			continue;
		}
		if (v < 0)
			continue;
		if (between && t->n == MAX_WORDS)
			return false;
		if (between)
			t->from[t->n++] = len;
		between = false;
		if (len + 1 >= sizeof(t->text))
			return false;
		t->text[len++] = (char)v;
	}
	t->from[t->n] = len;
	t->text[len] = '\0';
	return t->n > 0;
}

/* The i-th word is one of these. */
static bool is(const struct owners *o, const struct title *t, size_t i,
	       enum np_registry_word kind)
{
	char word[NP_MAX_NAME];
	size_t n = t->from[i + 1] - t->from[i];

	memcpy(word, t->text + t->from[i], n);
	word[n] = '\0';
	return has(&o->word[kind], word);
}

/* Which of its words are the name; false: it makes no equipment. */
static bool weigh(const struct owners *o, struct title *t)
{
	t->company = false;
	for (size_t i = 0; i < t->n; i++)
		if (is(o, t, i, NP_R_OTHER))
			return false;
	t->full = t->n;
	while (t->full > 1 && is(o, t, t->full - 1, NP_R_FORM)) {
		t->full--;
		t->company = true;
	}
	t->core = t->full;
	for (; t->core > 1; t->core--) {
		bool trade = is(o, t, t->core - 1, NP_R_TRADE);

		if (!trade && !is(o, t, t->core - 1, NP_R_TAIL))
			break;
		t->company |= trade;
	}
	return true;
}

/* A restricted maker's name begins one of the words, or a long one stands
 * anywhere: who that is, makers.yaml alone says. */
static bool is_covered(const struct owners *o, const struct title *t)
{
	const char *const *v = o->covered.v;

	for (size_t i = 0; i < o->covered.n; i++) {
		size_t n = strlen(v[i]);

		if (n >= CONTAINED && strstr(t->text, v[i]))
			return true;
		for (size_t k = 0; k < t->n; k++)
			if (strncmp(t->text + t->from[k], v[i], n) == 0)
				return true;
	}
	return false;
}

/* ---------------------------------------------------- makers.yaml knows */

static uint16_t by_organisation(const struct np_compile *c, const char *norm)
{
	struct np_maker_key key = {norm, 0};
	const struct np_maker_key *k =
		c->orgs.n ? bsearch(&key, c->orgs.v, c->orgs.n, sizeof(key),
				    np_maker_key_cmp)
			  : NULL;

	return k ? k->maker : NP_NO_MAKER;
}

static uint16_t by_name(const struct np_compile *c, const char *norm)
{
	const struct np_im_name *v = (const void *)c->section[NP_S_name].p;
	size_t n = c->section[NP_S_name].n / sizeof(*v);
	const char *text = c->section[NP_S_string].p;
	size_t at = n ? np_hash64(norm, strlen(norm), 0) & (n - 1) : 0;

	for (; n && v[at].name; at = (at + 1) & (n - 1))
		if (strcmp(text + v[at].name, norm) == 0)
			return v[at].maker;
	return NP_NO_MAKER;
}

/* The maker whose whole name this is, with its form or without; a name that is
 * a word as well is nobody's here. */
static uint16_t known(const struct np_compile *c, const char *name,
		      const char *full)
{
	const struct np_book_maker **makers = c->makers.v;
	char norm[NP_MAX_NAME];
	uint16_t m;

	if (!np_name_normal(name, name_length(name), norm, sizeof(norm)))
		return NP_NO_MAKER;
	m = by_organisation(c, norm);
	if (!m)
		m = by_name(c, norm);
	if (!m)
		m = by_name(c, full);
	return m && (makers[m]->restricted || makers[m]->word) ? NP_NO_MAKER
							       : m;
}

/* --------------------------------------------------------- the holders */

static void take_owner(struct owners *o, const struct np_reg_number *r)
{
	struct np_compile *c = o->c;
	struct owner *w;
	struct title t;
	uint16_t maker;
	char full[NP_MAX_NAME];

	if (r->number >= o->limit || o->number[r->number].maker ||
	    is_passed(o, r->number) || !split(r->name, &t) || !weigh(o, &t) ||
	    is_covered(o, &t))
		return;
	(void)snprintf(full, sizeof(full), "%.*s", (int)t.from[t.full], t.text);
	maker = known(c, r->name, full);
	if (maker) {
		o->number[r->number].maker = maker;
		o->number[r->number].flags = NP_IM_REGISTERED;
		return;
	}
	w = np_list_add(&o->all, c->mem, sizeof(*w));
	if (!w)
		return;
	w->number = r->number;
	w->name = np_copystr(c->mem, r->name, name_length(r->name));
	w->full = np_copystr(c->mem, full, t.from[t.full]);
	w->core = np_copystr(c->mem, t.text, t.from[t.core]);
	w->company = t.company;
}

static int by_core(const void *a, const void *b)
{
	const struct owner *x = a;
	const struct owner *y = b;
	int d = strcmp(x->core, y->core);

	if (!d)
		d = strcmp(x->full, y->full);
	return d ? d : (x->number > y->number) - (x->number < y->number);
}

static int by_slug(const void *a, const void *b)
{
	const struct owner *x = a;
	const struct owner *y = b;
	int d = strcmp(x->slug, y->slug);

	return d ? d : (x->number > y->number) - (x->number < y->number);
}

/* The short name, where all who have it have the same long one. */
static void give_slugs(struct owners *o)
{
	struct owner *v = o->all.v;
	size_t n = o->all.n, to;

	for (size_t from = 0; from < n; from = to) {
		bool one = strlen(v[from].core) >= SHORTEST;

		for (to = from; to < n && !strcmp(v[to].core, v[from].core);
		     to++)
			one &= strcmp(v[to].full, v[from].full) == 0;
		for (size_t i = from; i < to; i++)
			v[i].slug = one ? v[i].core : v[i].full;
	}
}

/* A slug of makers.yaml is that maker's, who has said his numbers. */
static bool may_be_named(const struct owners *o, const struct owner *w)
{
	return w->company && strlen(w->slug) >= SHORTEST &&
	       !has(&o->slugs, w->slug);
}

static void put_owner(struct np_compile *c, const struct owner *w)
{
	struct np_im_maker im = {
		.slug = np_compile_text(c, w->slug),
		.name = np_compile_text(c, w->name),
		.kind = NP_M_MAKER,
		.flags = NP_IM_REGISTERED,
	};

	np_put(&c->section[NP_S_maker], &im, sizeof(im));
}

static bool same_name(const struct np_compile *c, const struct np_im_name *v,
		      const char *name)
{
	return strcmp(c->section[NP_S_string].p + v->name, name) == 0;
}

/* Who is called so; two who are, nobody knows apart. */
static void put_name(struct np_compile *c, struct np_im_name *v, size_t n,
		     const char *name, uint16_t maker)
{
	size_t at = np_hash64(name, strlen(name), 0) & (n - 1);

	while (v[at].name && !same_name(c, &v[at], name))
		at = (at + 1) & (n - 1);
	if (v[at].name && v[at].maker != maker)
		maker = NP_NO_MAKER;
	v[at].name = np_compile_text(c, name);
	v[at].maker = maker;
}

static int put_names(struct owners *o)
{
	const struct owner *v = o->all.v;
	size_t n = np_compile_slots(2 * o->all.n);
	struct np_im_name *slots = np_zalloc(o->c->mem, n * sizeof(*slots));

	if (!slots)
		return np_fail(o->c->err, NP_ENOMEM, "out of memory", "", 0);
	for (size_t i = 0; i < o->all.n; i++) {
		uint16_t maker = o->number[v[i].number].maker;
		char norm[NP_MAX_NAME];

		if (!maker || strlen(v[i].full) < NAMED)
			continue;
		put_name(o->c, slots, n, v[i].full, maker);
		if (np_name_normal(v[i].name, strlen(v[i].name), norm,
				   sizeof(norm)) &&
		    strcmp(norm, v[i].full) != 0)
			put_name(o->c, slots, n, norm, maker);
	}
	np_put(&o->c->section[NP_S_owner], slots, n * sizeof(*slots));
	return 0;
}

static int put_owners(struct owners *o)
{
	const struct owner *v = o->all.v;
	const char *last = "";
	size_t at = o->c->makers.n, count = 0;

	for (size_t i = 0; i < o->all.n && count < MAX_OWNERS; i++) {
		if (!may_be_named(o, &v[i]))
			continue;
		if (strcmp(v[i].slug, last) != 0) {
			put_owner(o->c, &v[i]);
			last = v[i].slug;
			count++;
		}
		o->number[v[i].number].maker = (uint16_t)(at + count - 1);
		o->number[v[i].number].flags = NP_IM_REGISTERED;
	}
	return o->c->section[NP_S_maker].failed
		       ? np_fail(o->c->err, NP_ENOMEM, "out of memory", "", 0)
		       : 0;
}

int np_compile_owners(struct np_compile *c, struct np_im_number *v, size_t n)
{
	struct owners o = {.c = c, .number = v, .limit = n};

	take_rules(&o);
	NP_BOOK_EACH(np_reg_number, r, c->reg->numbers)
	{
		take_owner(&o, r);
	}
	if (o.all.n == 0)
		return 0;
	qsort(o.all.v, o.all.n, sizeof(struct owner), by_core);
	give_slugs(&o);
	qsort(o.all.v, o.all.n, sizeof(struct owner), by_slug);
	return put_owners(&o) ? NP_ENOMEM : put_names(&o);
}

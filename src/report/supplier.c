/* SPDX-License-Identifier: ISC */
#include "report/supplier.h"
#include "core/hash.h"
#include "policy/law.h"
#include <ctype.h>
#include <stdlib.h>

#define OUI_DIGITS 6 /* of an address: its block tells the maker */
#define MAX_TEXT 512

/* A word in what the box said that may be somebody's name or address. */
struct word {
	const char *p;
	size_t n;
	bool hit; /* a key of some box, or of a site */
};

struct veil {
	const struct np_report *r;
	struct word *v; /* sorted */
	size_t n, cap;
	struct np_buf *b;
	bool failed;
};

/* A value, and which of its octets are withheld. */
struct veiled {
	const char *p;
	size_t n;
	bool hide[MAX_TEXT];
};

/* ---- words */

static bool of_word(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

/* The next word at or behind *at; false: there is none. */
static bool next_word(const char *p, size_t n, size_t *at, struct word *ret)
{
	while (*at < n && !of_word(p[*at]))
		++*at;
	*ret = (struct word){.p = p + *at};
	while (*at < n && of_word(p[*at])) {
		++*at;
		ret->n++;
	}
	return ret->n > 0;
}

static int by_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;

	for (size_t i = 0; i < n; i++) {
		int c = tolower((unsigned char)x->p[i]) -
			tolower((unsigned char)y->p[i]);

		if (c)
			return c;
	}
	return x->n < y->n ? -1 : x->n > y->n;
}

static void add_word(struct veil *x, struct word w)
{
	if (x->n == x->cap) {
		size_t cap = x->cap ? x->cap * 2 : 256;
		struct word *v = reallocarray(x->v, cap, sizeof(*v));

		if (!v) {
			x->failed = true;
			return;
		}
		x->v = v;
		x->cap = cap;
	}
	x->v[x->n++] = w;
}

static void add_words(struct veil *x, const char *p, size_t n)
{
	struct word w;
	size_t at = 0;

	while (p && next_word(p, n, &at, &w))
		add_word(x, w);
}

static struct word *find(const struct veil *x, struct word w)
{
	return x->n ? bsearch(&w, x->v, x->n, sizeof(*x->v), by_text) : NULL;
}

static void mark_word(struct veil *x, struct word w)
{
	struct word *hit = w.n > 1 ? find(x, w) : NULL;

	if (hit)
		hit->hit = true;
}

/* Of a name of several words: what is a name in it ("Vossdorf", not
 * "exchange"). */
static void mark_name(struct veil *x, const char *s, size_t n, bool capital)
{
	struct word w;
	size_t at = 0;

	while (next_word(s, n, &at, &w))
		if (w.n > 3 && !(capital && islower((unsigned char)w.p[0])))
			mark_word(x, w);
}

/* Marks what is a name: its words, and their first labels. What is an address
 * shows by its form. */
static void mark(struct veil *x, const char *p, size_t n)
{
	struct word w;
	size_t at = 0;

	if (memchr(p, ':', n))
		return;
	if (memchr(p, ' ', n)) {
		mark_name(x, p, n, false);
		return;
	}
	while (next_word(p, n, &at, &w)) {
		const char *dot = memchr(w.p, '.', w.n);

		mark_word(x, w);
		if (!dot)
			continue;
		w.n = (size_t)(dot - w.p);
		mark_word(x, w);
	}
}

/* A box that is called by its maker or its model gives nobody away. */
static void unmark(struct veil *x, const char *s)
{
	struct word w, *hit;
	size_t at = 0;

	while (s && next_word(s, strlen(s), &at, &w)) {
		hit = find(x, w);
		if (hit)
			hit->hit = false;
	}
}

static int mark_keys(struct veil *x)
{
	struct np_arena mem = np_arena(NP_FRAME_ARENA);
	const struct np_devices *all = x->r->devices;
	struct np_evidence e;
	int rc = NP_OK;

	for (size_t i = 0; i < all->n && !rc; i++) {
		np_arena_reset(&mem);
		rc = np_device_keys(all, &all->v[i], &mem, &e);
		for (size_t k = 0; !rc && k < e.nkeys; k++)
			if (e.keys[k].kind != NP_KEY_OID &&
			    e.keys[k].kind != NP_KEY_MAC)
				mark(x, e.keys[k].v, e.keys[k].n);
	}
	np_arena_free(&mem);
	return rc;
}

static void mark_sites(struct veil *x)
{
	const char *name = np_party_name(x->r->party);

	for (size_t i = 0; i < np_sites(x->r->party); i++) {
		const struct np_site *s = np_site(x->r->party, i);

		mark(x, s->id, strlen(s->id));
		mark_name(x, s->name, strlen(s->name), true);
	}
	if (name)
		mark_name(x, name, strlen(name), true);
}

static int unique(struct veil *x)
{
	size_t n = 0;

	if (x->failed)
		return NP_ENOMEM;
	if (x->n)
		qsort(x->v, x->n, sizeof(*x->v), by_text);
	for (size_t i = 0; i < x->n; i++)
		if (!n || by_text(&x->v[n - 1], &x->v[i]) != 0)
			x->v[n++] = x->v[i];
	x->n = n;
	return NP_OK;
}

/* Every word of it, and which of them are names. */
static int open_veil(struct veil *x, const struct np_device *d,
		     const struct np_evidence *e)
{
	int rc;

	for (size_t i = 0; i < e->nclaims + e->ncontradictions; i++) {
		const struct np_kept_claim *c =
			i < e->nclaims ? &e->claims[i]
				       : &e->contradictions[i - e->nclaims];

		add_words(x, c->text, c->text ? c->text_n : 0);
		add_words(x, c->value, c->value ? strlen(c->value) : 0);
	}
	rc = unique(x);
	if (!rc)
		rc = mark_keys(x);
	if (rc)
		return rc;
	mark_sites(x);
	unmark(x, np_report_maker(x->r, d->maker));
	unmark(x, np_maker_slug(x->r->knowledge, d->maker));
	unmark(x, d->model);
	return NP_OK;
}

/* ---- what looks like an address */

static bool of_address(char c)
{
	return isxdigit((unsigned char)c) || c == ':' || c == '.' || c == '-';
}

static void hide(struct veiled *t, size_t from, size_t n)
{
	for (size_t i = from; i < from + n && i < t->n; i++)
		t->hide[i] = true;
}

/* Hides the hexadecimal digits behind the first `keep`. */
static void hide_digits(struct veiled *t, size_t from, size_t n, size_t keep)
{
	size_t digits = 0;

	for (size_t i = from; i < from + n && i < t->n; i++) {
		if (isxdigit((unsigned char)t->p[i]) && digits++ < keep)
			continue;
		t->hide[i] = digits > keep;
	}
}

static void hide_run(struct veiled *t, size_t from, size_t n)
{
	size_t digits = 0, colons = 0, dots = 0, letters = 0, marks = 0;
	bool version = from > 0 && isalpha((unsigned char)t->p[from - 1]);

	for (size_t i = from; i < from + n; i++) {
		unsigned char c = (unsigned char)t->p[i];

		digits += isxdigit(c) != 0;
		letters += isalpha(c) != 0;
		colons += c == ':';
		dots += c == '.';
		marks += !isxdigit(c);
	}
	/* 00:25:9e:01:02:03, 0025-9e01-0203, 0025.9e01.0203, 00259e010203 */
	if (digits == 12 && (marks == 5 || marks == 2 || marks == 0))
		hide_digits(t, from, n, OUI_DIGITS);
	else if (dots == 3 && !letters && !version) /* IPv4 */
		hide(t, from, n);
	else if (colons > 1) /* IPv6 */
		hide(t, from, n);
}

static void hide_addresses(struct veiled *t)
{
	for (size_t at = 0; at < t->n;) {
		size_t n = 0;

		while (at + n < t->n && of_address(t->p[at + n]))
			n++;
		if (n > 6)
			hide_run(t, at, n);
		at += n ? n : 1;
	}
}

static void hide_words(const struct veil *x, struct veiled *t)
{
	struct word w, *known;
	size_t at = 0;

	while (next_word(t->p, t->n, &at, &w)) {
		size_t from = (size_t)(w.p - t->p);

		known = find(x, w);
		if ((known && known->hit) || /* a mail address, either half */
		    (from && t->p[from - 1] == '@') ||
		    (at < t->n && t->p[at] == '@'))
			hide(t, from, w.n);
	}
}

/* ---- values by what they are */

static void hide_behind(struct veiled *t, size_t keep)
{
	if (keep < t->n)
		hide(t, keep, t->n - keep);
}

/* Opaque octets may hold an address: a DUID of an enterprise (RFC 8415 11.3)
 * and an engine's (RFC 3411) begin with its number, others with a block. */
static size_t open_digits(const struct veiled *t, const char *field)
{
	if (strcmp(field, "ike.vendor_id") == 0)
		return t->n;
	if (strcmp(field, "snmp.engine_id") == 0)
		return t->n >= 16 && memcmp(t->p + 8, "03", 2) == 0 ? 16 : 10;
	if (t->n >= 12 && memcmp(t->p, "0002", 4) == 0)
		return 12;
	return 8;
}

static void draw(const struct veil *x, const struct np_kept_claim *c,
		 const char *field, struct veiled *t)
{
	const struct np_field *f =
		c->field < NP_FIELD_KNOWN ? np_field_of(c->field) : NULL;
	enum np_keykind key = f ? f->key : NP_KEY_NONE;
	size_t length = strlen(field);
	bool ours = length > 5 && strcmp(field + length - 5, ".role") == 0;
	bool ont = key == NP_KEY_ONT || strcmp(field, "gpon.serial") == 0;
	bool serial = strstr(field, "serial") != NULL ||
		      strstr(field, "asset") != NULL;

	*t = (struct veiled){.p = c->text, .n = c->text ? c->text_n : 0};
	t->n = t->n < MAX_TEXT ? t->n : MAX_TEXT;
	if (f && (f->form == NP_IP || key == NP_KEY_IP))
		hide_behind(t, 0);
	else if (ont) /* G.984.3: the maker's four letters */
		hide_behind(t, f && f->form == NP_HEX ? 8 : 4);
	else if (serial || key == NP_KEY_SERIAL || key == NP_KEY_NAME ||
		 key == NP_KEY_CELL || key == NP_KEY_HOSTKEY)
		hide_behind(t, 0);
	else if (key == NP_KEY_CLOCK)
		hide_behind(t, OUI_DIGITS);
	else if (f && f->form == NP_HEX)
		hide_behind(t, open_digits(t, field));
	if (ours)
		return; /* our own word for what it does */
	hide_addresses(t);
	if (!f || f->form == NP_TEXT)
		hide_words(x, t);
}

/* ---- writing */

static void put_value(struct np_buf *b, const struct veiled *t)
{
	np_puts(b, "    value   \"");
	for (size_t i = 0; i < t->n;) {
		size_t n = 0;

		while (i + n < t->n && t->hide[i + n] == t->hide[i])
			n++;
		if (t->hide[i])
			np_puts(b, "[withheld]");
		else
			np_putterm(b, t->p + i, n);
		i += n;
	}
	np_puts(b, "\"\n");
}

/* Of a text alone: other values are spelt otherwise than they are sent. */
static void put_octets(struct np_buf *b, uint16_t field, const struct veiled *t)
{
	if (field < NP_FIELD_KNOWN && np_field_of(field)->form != NP_TEXT)
		return;
	np_puts(b, "    octets  ");
	for (size_t i = 0; i < t->n; i++) {
		if (i && i % 16 == 0)
			np_puts(b, "\n            ");
		if (t->hide[i])
			np_puts(b, ".. ");
		else
			np_putf(b, "%02x ", (unsigned char)t->p[i]);
	}
	np_puts(b, "\n");
}

static void put_hash(struct np_buf *b, const char *text, size_t n)
{
	uint8_t hash[32];

	np_sha256(text, n, hash);
	np_puts(b, "SHA-256 ");
	np_puthex(b, hash, sizeof(hash));
}

/* What one rule made of it. */
static void put_claim(const void *ctx, const struct np_kept_claim *c,
		      struct np_buf *b)
{
	const struct veil *x = ctx;
	const char *maker = np_report_maker(x->r, c->maker);

	np_putf(b, "    says    E%d %s", (int)c->grade,
		np_report_what(c->what));
	if (maker && (c->what == NP_W_MAKER || !c->value))
		np_putf(b, " %s", maker);
	if (c->value && c->what == NP_W_SERIAL) {
		np_puts(b, ", ");
		put_hash(b, c->value, strlen(c->value));
	} else if (c->value) {
		struct veiled t = {.p = c->value, .n = strlen(c->value)};

		t.n = t.n < MAX_TEXT ? t.n : MAX_TEXT;
		hide_addresses(&t);
		hide_words(x, &t);
		np_putc(b, ' ');
		for (size_t i = 0; i < t.n; i++)
			if (!t.hide[i])
				np_putterm(b, t.p + i, 1);
			else if (!i || !t.hide[i - 1])
				np_puts(b, "[withheld]");
	}
	np_putf(b, "; rule %s, group %s%s\n", c->rule,
		np_group_name(x->r->knowledge, c->group),
		c->lowered ? ", counts one grade lower here" : "");
}

static void put_when(struct np_buf *b, const struct np_occurrence *o)
{
	char first[16], last[16];

	if (o->first == NP_NEVER)
		return;
	np_putf(b, ", heard from %s to %s (UTC)",
		np_day_text(np_day_of(o->first), first),
		np_day_text(np_day_of(o->last), last));
}

static void put_fact(const void *ctx, const struct np_kept_claim *c,
		     struct np_buf *b)
{
	const struct veil *x = ctx;
	static const char *const where[] = {
		[NP_IN_FRAME] = "frame",
		[NP_IN_STREAM] = "stream",
		[NP_IN_DOCUMENT] = "document",
	};
	const struct np_report_source *src =
		c->seen.source && c->seen.source <= x->r->nsources
			? &x->r->sources[c->seen.source - 1]
			: NULL;
	struct veiled t;
	char field[64];

	(void)np_knowledge_field_text(x->r->knowledge, c->field, field);
	draw(x, c, field, &t);
	np_putf(b, "  %s, from octet %u of the %s; %s, %s%s", field, c->at,
		where[c->unit], np_scope_name(c->scope),
		np_reach_name(c->reach), c->settable ? ", settable" : "");
	put_when(b, &c->seen);
	np_putc(b, '\n');
	put_value(b, &t);
	put_octets(b, c->field, &t);
	if (src)
		np_putf(b, "    source  %s%s%s\n", src->kind ? src->kind : "?",
			src->sha256 ? ", sha256 " : ", not hashed",
			src->sha256 ? src->sha256 : "");
}

static void put_head(const struct veil *x, const struct np_device *d,
		     const char *reference)
{
	const char *maker = np_report_maker(x->r, d->maker);
	struct np_buf *b = x->b;
	struct veiled t;

	np_putf(b, "%s\n", np_law_opening(x->r->law));
	np_putf(b, "%s\n\n", x->r->law->aside[NP_A_supplier]);
	np_putf(b, "  reference  %s\n  maker      %s, %s\n", reference,
		maker ? maker : "unknown", np_sure_name(d->sure));
	if (d->model) {
		t = (struct veiled){.p = d->model, .n = strlen(d->model)};
		t.n = t.n < MAX_TEXT ? t.n : MAX_TEXT;
		hide_addresses(&t);
		hide_words(x, &t);
		np_puts(b, "  model      ");
		for (size_t i = 0; i < t.n; i++)
			np_putterm(b, t.hide[i] ? "." : t.p + i, 1);
		np_putc(b, '\n');
	}
	if (d->function)
		np_putf(b, "  function   %s\n", d->function);
	if (d->serial) {
		np_puts(b, "  serial     ");
		put_hash(b, d->serial, strlen(d->serial));
		np_putc(b, '\n');
	}
}

int np_put_supplier(const struct np_report *r, const struct np_device *d,
		    const char *reference, struct np_buf *b)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct veil x = {.r = r, .b = b};
	struct np_evidence e;
	int rc = np_device_evidence(r->devices, d, &mem, &e);

	if (!rc)
		rc = open_veil(&x, d, &e);
	if (!rc) {
		put_head(&x, d, reference);
		np_put_facts(b, "what speaks for it", e.claims, e.nclaims,
			     put_fact, put_claim, &x);
		np_put_facts(b, "what contradicts it", e.contradictions,
			     e.ncontradictions, put_fact, put_claim, &x);
		np_putf(b, "\nto answer\n  %s\n", r->law->aside[NP_A_answer]);
		rc = b->failed ? NP_ENOMEM : NP_OK;
	}
	free(x.v);
	np_arena_free(&mem);
	return rc;
}

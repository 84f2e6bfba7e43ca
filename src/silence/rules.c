/* SPDX-License-Identifier: ISC */
/*
 * The rules of silence as they are kept: knowledge/silence.yaml, which is
 * packed into the program, and the section `silence` of the law's sentences.
 */
#include "core/hash.h"
#include "core/yaml.h"
#include "silence/inside.h"
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

#define SCHEMA "nameplate.silence-rules/1"
#define MAX_DAYS 3650

static const char *const names[NP_SAY__N] = {
#define XX(name) #name,
	NP_SILENCE_SENTENCES(XX)
#undef XX
};

/* Reading stops at the first thing that is wrong. */
struct reading {
	struct np_silence *s;
	struct np_arena *mem;
	const char *file;
	struct np_err *err;
	int rc;
};

static void expect(struct reading *r, const struct np_yaml *y,
		   const char *expected)
{
	if (!r->rc)
		r->rc = np_yaml_fail(r->file, y, expected, r->err);
}

static void *need(struct reading *r, size_t n)
{
	void *p = np_zalloc(r->mem, n);

	if (!p && !r->rc)
		r->rc = np_fail(r->err, NP_ENOMEM, "out of memory", r->file, 0);
	return p;
}

static const char *text(struct reading *r, const struct np_yaml *y,
			const char *key, const char *expected)
{
	const char *s = np_yaml_text(y, key);

	if (!s || !*s)
		expect(r, np_yaml_get(y, key) ? np_yaml_get(y, key) : y,
		       expected);
	return s;
}

static void keys(struct reading *r, const struct np_yaml *y,
		 const char *expected)
{
	const struct np_yaml *stranger = np_yaml_stranger(y, expected);

	if (!y || y->kind != NP_YAML_MAP)
		expect(r, y, "expected a map");
	else if (stranger)
		expect(r, stranger, expected);
}

static const char *const *words(struct reading *r, const struct np_yaml *y)
{
	const char **v = need(r, ((y ? y->n : 0) + 1) * sizeof(*v));
	size_t n = 0;

	if (y && (y->kind != NP_YAML_LIST || y->n > NP_DEAF_WORDS))
		expect(r, y, "expected a list of words");
	if (r->rc)
		return NULL;
	NP_YAML_EACH(i, y)
	{
		if (i->kind != NP_YAML_TEXT || !i->n)
			expect(r, i, "expected a word");
		v[n++] = i->text;
	}
	return v;
}

static uint32_t days(struct reading *r, const struct np_yaml *y,
		     const char *key)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	uint64_t n = 0;

	if (!v || !np_yaml_uint(v, MAX_DAYS, &n))
		expect(r, v ? v : y, "expected days, at most 3650");
	return (uint32_t)n;
}

static bool flag(struct reading *r, const struct np_yaml *y, const char *key,
		 bool otherwise)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	if (v && !np_yaml_bool(v, &otherwise))
		expect(r, v, "expected yes or no");
	return otherwise;
}

static void read_method(struct reading *r, const struct np_yaml *y)
{
	struct np_silence *s = r->s;
	struct np_method *m;

	keys(r, y,
	     "expected one of: method, says, days, deaf, covers, looks, lasts, "
	     "source, sure, note");
	if (s->nmethods == NP_MAX_METHODS)
		expect(r, y, "expected at most 16 methods");
	if (r->rc)
		return;
	m = &s->method[s->nmethods++];
	m->name = text(r, y, "method", "expected `method`");
	m->says = text(r, y, "says", "expected `says`");
	m->days = days(r, y, "days");
	m->deaf = words(r, np_yaml_get(y, "deaf"));
	m->covers = words(r, np_yaml_get(y, "covers"));
	m->looks = flag(r, y, "looks", true);
	m->lasts = flag(r, y, "lasts", false);
}

/* "lldp, snmp": as they are printed. */
static const char *joined(struct reading *r, const struct np_yaml *y)
{
	struct np_buf b = np_buf(4096);
	const char *s;

	if (y->kind != NP_YAML_LIST)
		expect(r, y, "expected a list of protocols");
	NP_YAML_EACH(i, y)
	{
		np_puts(&b, i == y->first ? "" : ", ");
		np_puts(&b, i->text);
	}
	s = b.failed ? NULL : np_copystr(r->mem, b.p ? b.p : "", b.n);
	np_buf_free(&b);
	if (!s)
		expect(r, y, "expected a shorter list");
	return s;
}

static void read_hears(struct reading *r, const struct np_yaml *y,
		       struct np_silence_kind *k)
{
	if (y && y->kind != NP_YAML_MAP)
		expect(r, y, "expected a map of methods");
	NP_YAML_EACH(v, y)
	{
		int m = np_method_find(r->s, v->key->text);

		if (m < 0)
			expect(r, v->key, "expected one of the methods above");
		if (r->rc)
			return;
		k->hears[m] = v->n ? joined(r, v) : NULL;
	}
}

static void read_kind(struct reading *r, const struct np_yaml *y,
		      struct np_silence_kind *k)
{
	keys(r, y,
	     "expected one of: function, says, hears, source, sure, note");
	k->function = text(r, y, "function", "expected `function`");
	k->says = text(r, y, "says", "expected `says`");
	k->source = np_yaml_text(y, "source");
	read_hears(r, np_yaml_get(y, "hears"), k);
}

static void read_lists(struct reading *r, const struct np_yaml *y)
{
	const struct np_yaml *m = np_yaml_get(y, "methods");
	const struct np_yaml *k = np_yaml_get(y, "kinds");

	if (!m || m->kind != NP_YAML_LIST || !k || k->kind != NP_YAML_LIST)
		expect(r, y, "expected lists: methods, kinds");
	if (r->rc)
		return;
	NP_YAML_EACH(i, m)
	{
		read_method(r, i);
	}
	r->s->kind = need(r, (k->n + 1) * sizeof(*r->s->kind));
	NP_YAML_EACH(i, k)
	{
		if (r->rc)
			return;
		read_kind(r, i, &r->s->kind[r->s->nkinds++]);
	}
}

static void read_rules(struct reading *r, const struct np_yaml *y)
{
	const char *schema;

	keys(r, y,
	     "expected one of: schema, sources, source, sure, methods, kinds, "
	     "sample");
	schema = text(r, y, "schema", "expected `schema`");
	if (schema && strcmp(schema, SCHEMA) != 0)
		expect(r, np_yaml_get(y, "schema"), "expected " SCHEMA);
	if (!r->rc)
		read_lists(r, y);
	if (!r->rc)
		r->s->sample_days = days(r, np_yaml_get(y, "sample"), "days");
}

/* ---- sentences */

static void check_template(struct reading *r, const struct np_yaml *y)
{
	static const char *const accusing[] = {"dirty", "clean", "overdue"};
	size_t open = 0;

	if (y->kind != NP_YAML_TEXT || !y->n)
		expect(r, y, "expected a sentence");
	for (size_t i = 0; i < NP_COUNT(accusing); i++)
		if (strcasestr(y->text, accusing[i]))
			expect(r, y,
			       "expected no word that accuses: dirty, clean, "
			       "overdue");
	for (const char *c = y->text; *c; c++) {
		open += *c == '{';
		if (*c == '}' && !open--)
			open = 2;
		if (open > 1)
			expect(r, y, "expected holes as {word}");
		open &= 1;
	}
	if (open)
		expect(r, y, "expected } behind {");
}

static void read_sentences(struct reading *r, const struct np_yaml *y)
{
	if (!y || y->kind != NP_YAML_MAP)
		expect(r, y, "expected a map of sentences");
	NP_YAML_EACH(v, y)
	{
		int i = 0;

		while (i < NP_SAY__N && strcmp(names[i], v->key->text) != 0)
			i++;
		if (i == NP_SAY__N)
			expect(r, v->key, "expected a known sentence");
		if (r->rc)
			return;
		check_template(r, v);
		r->s->sentence[i] = v->text;
	}
	for (int i = 0; i < NP_SAY__N && !r->rc; i++)
		if (!r->s->sentence[i]) {
			r->rc = np_fail(r->err, NP_EINPUT,
					"expected this sentence in the section "
					"silence of sentences.yaml",
					names[i], 0);
		}
}

/* Files that say `silence`, the later ones instead of those before. */
static void add_sentences(struct reading *r, const struct np_law *law)
{
	struct np_law_part p;
	const struct np_yaml *y = NULL;

	for (size_t i = 0; !r->rc && np_law_part(law, i, &p); i++) {
		const struct np_yaml *root;

		if (strcmp(p.name, "sentences.yaml") != 0)
			continue;
		r->rc = np_yaml_read(p.name, p.text, p.n, r->mem, &root,
				     r->err);
		if (!r->rc && np_yaml_get(root, "silence"))
			y = np_yaml_get(root, "silence");
	}
	r->file = "sentences.yaml";
	if (!r->rc)
		read_sentences(r, y);
}

/* ---- opening */

static int load(const char *dir, struct np_arena *mem, struct np_silence *s,
		const struct np_yaml **ret, struct np_err *reterr)
{
	char path[4096];
	uint8_t hash[32];
	const char *text = (const char *)np_text_silence;
	size_t n = np_text_silence_n;
	int rc;

	if (dir &&
	    snprintf(path, sizeof(path), "%s/silence.yaml", dir) <
		    (int)sizeof(path) &&
	    access(path, F_OK) == 0) {
		rc = np_file_text(path, NP_RULES_FILE, mem, &text, &n, reterr);
		if (rc)
			return rc;
		s->file = np_copystr(mem, path, strlen(path));
	}
	np_sha256(text, n, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		(void)snprintf(s->sha256 + 2 * i, 3, "%02x", hash[i]);
	return np_yaml_read(s->file, text, n, mem, ret, reterr);
}

int np_silence_open(const char *dir, const struct np_law *law,
		    struct np_arena *mem, struct np_silence **ret,
		    struct np_err *reterr)
{
	struct np_silence *s = np_zalloc(mem, sizeof(*s));
	struct reading r = {.s = s, .mem = mem, .err = reterr};
	const struct np_yaml *y;

	if (!s)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	s->file = "silence.yaml";
	r.rc = load(dir, mem, s, &y, reterr);
	r.file = s->file;
	if (!r.rc)
		read_rules(&r, y);
	if (!r.rc)
		add_sentences(&r, law);
	if (!r.rc)
		*ret = s;
	return r.rc;
}

/* SPDX-License-Identifier: ISC */
#include "core/pack.h"
#include "view/html.h"
#include <cjson/cJSON.h>
#include <stdlib.h>

#define UNPACKED ((size_t)512 << 20)

static const char PACK[] = "<script type=\"application/";
static const char ID[] = " id=\"np-";
static const char BOOT[] = " id=\"np-boot\">";
static const char END[] = "</script>";

/* ---- what it was asked for */

static const char *text_of(const cJSON *o, const char *name,
			   struct np_arena *mem)
{
	const char *s =
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));

	return s ? np_copystr(mem, s, strlen(s)) : NULL;
}

static int read_boot(const cJSON *o, struct np_arena *mem,
		     struct np_html_written *w, struct np_err *reterr)
{
	const cJSON *how = cJSON_GetObjectItemCaseSensitive(o, "written");
	const char *schema = text_of(o, "schema", mem);
	const char *as_of = text_of(o, "as_of", mem);

	*w = (struct np_html_written){
		.audience = text_of(o, "audience", mem),
		.lang = text_of(o, "lang", mem),
		.site = text_of(how, "site", mem),
		.what_if = text_of(how, "what_if", mem),
		.files = text_of(how, "files", mem),
		.program = text_of(how, "program", mem),
		.knowledge = text_of(how, "knowledge", mem),
		.kept = cJSON_IsTrue(
			cJSON_GetObjectItemCaseSensitive(how, "kept")),
	};
	if (!schema || strcmp(schema, "nameplate.page/1") != 0 ||
	    !w->audience || !w->lang || !as_of ||
	    !np_day_read(as_of, &w->as_of) ||
	    !cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(o, "live")))
		return np_fail(reterr, NP_EINPUT,
			       "expected a page that `report -o` wrote", NULL,
			       0);
	return NP_OK;
}

int np_html_written(const char *page, size_t n, struct np_arena *mem,
		    struct np_html_written *ret, struct np_err *reterr)
{
	const char *at = memmem(page, n, BOOT, sizeof(BOOT) - 1), *end;
	cJSON *o;
	int rc;

	if (at)
		at += sizeof(BOOT) - 1;
	end = at ? memmem(at, n - (size_t)(at - page), END, sizeof(END) - 1)
		 : NULL;
	if (!end)
		return np_fail(reterr, NP_EINPUT,
			       "expected a page that `report -o` wrote", NULL,
			       0);
	o = cJSON_ParseWithLength(at, (size_t)(end - at));
	rc = read_boot(o, mem, ret, reterr);
	cJSON_Delete(o);
	return rc;
}

/* ---- parts */

struct part {
	const char *name; /* NULL: what stands before, between, behind packs */
	size_t name_n;
	const char *p;
	size_t n;
};

struct parts {
	struct part *v;
	size_t n, cap;
};

static bool add(struct parts *l, struct part x)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct part *v = reallocarray(l->v, cap, sizeof(*v));

		if (!v)
			return false;
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = x;
	return true;
}

/* The next pack at or behind `at`: its name, and what stands between its tags.
 */
static bool next_pack(const char *at, const char *end, struct part *ret)
{
	const char *tag =
		memmem(at, (size_t)(end - at), PACK, sizeof(PACK) - 1);
	const char *open = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
	const char *id =
		open ? memmem(tag, (size_t)(open - tag), ID, sizeof(ID) - 1)
		     : NULL;
	const char *close =
		id ? memmem(open, (size_t)(end - open), END, sizeof(END) - 1)
		   : NULL;

	if (!close)
		return false;
	id += sizeof(ID) - 1;
	*ret = (struct part){.name = id,
			     .name_n = strcspn(id, "\">"),
			     .p = open + 1,
			     .n = (size_t)(close - open - 1)};
	return true;
}

/* Packs, and what stands around each: every octet is in one of them. */
static int split(const char *page, size_t n, struct parts *l)
{
	const char *at = page, *end = page + n;
	struct part x;

	while (next_pack(at, end, &x)) {
		if (!add(l, (struct part){.p = at, .n = (size_t)(x.p - at)}) ||
		    !add(l, x))
			return NP_ENOMEM;
		at = x.p + x.n;
	}
	return add(l, (struct part){.p = at, .n = (size_t)(end - at)})
		       ? NP_OK
		       : NP_ENOMEM;
}

static size_t differ(const struct part *a, const struct part *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && a->p[i] == b->p[i])
		i++;
	return i;
}

/* Another zlib may pack the same octets otherwise. */
static bool same_inside(const struct part *a, const struct part *b)
{
	struct np_buf x = np_buf(UNPACKED), y = np_buf(UNPACKED);
	bool same = !np_unpack(a->p, a->n, &x) && !np_unpack(b->p, b->n, &y) &&
		    x.n == y.n && x.n && memcmp(x.p, y.p, x.n) == 0;

	np_buf_free(&x);
	np_buf_free(&y);
	return same;
}

static void compare(const char *page, const struct part *a,
		    const struct part *b, struct np_html_part *ret)
{
	size_t at = differ(a, b);

	ret->holds = at == a->n && at == b->n;
	ret->at = (uint64_t)(a->p - page) + at;
	ret->note = NULL;
	if (ret->holds)
		return;
	if (a->name && same_inside(a, b)) {
		ret->holds = true;
		ret->note = "packed otherwise, the same inside";
	} else {
		ret->note = "is not what the dossier gives";
	}
}

static const struct part *find(const struct parts *l, const struct part *x)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].name && l->v[i].name_n == x->name_n &&
		    memcmp(l->v[i].name, x->name, x->name_n) == 0)
			return &l->v[i];
	}
	return NULL;
}

static struct np_html_part named(const struct part *x)
{
	return (struct np_html_part){.name = x->name ? x->name : "the page",
				     .name_n = x->name ? x->name_n : 8};
}

static void say_lacking(const char *page, const struct parts *a,
			const struct parts *b, const char *note,
			np_html_part_fn *fn, void *ctx)
{
	for (size_t i = 0; i < a->n; i++) {
		struct np_html_part s;

		if (!a->v[i].name || find(b, &a->v[i]))
			continue;
		s = named(&a->v[i]);
		s.note = note;
		s.at = page ? (uint64_t)(a->v[i].p - page) : 0;
		fn(ctx, &s);
	}
}

/* What stands around the packs is one part: where its pieces differ first. */
static void say_around(const char *page, const struct parts *g,
		       const struct parts *w, np_html_part_fn *fn, void *ctx)
{
	struct np_html_part s = named(&g->v[0]);

	s.holds = true;
	for (size_t i = 0; s.holds && i < g->n && i < w->n; i += 2)
		compare(page, &g->v[i], &w->v[i], &s);
	fn(ctx, &s);
}

static void say_packs(const char *page, const struct parts *g,
		      const struct parts *w, np_html_part_fn *fn, void *ctx)
{
	for (size_t i = 1; i < g->n; i += 2) {
		const struct part *x = &g->v[i];
		/* One that stands twice is told of where it stands first. */
		const struct part *b = find(g, x) == x ? find(w, x) : NULL;
		struct np_html_part s = named(x);

		if (find(g, x) != x) {
			s.note = "stands there twice";
			s.at = (uint64_t)(x->p - page);
		} else if (b) {
			compare(page, x, b, &s);
		} else {
			continue;
		}
		fn(ctx, &s);
	}
}

int np_html_compare(const char *given, size_t n, const char *anew,
		    size_t anew_n, np_html_part_fn *fn, void *ctx)
{
	struct parts g = {0}, w = {0};
	int rc = split(given, n, &g);

	if (!rc)
		rc = split(anew, anew_n, &w);
	if (!rc) {
		say_around(given, &g, &w, fn, ctx);
		say_packs(given, &g, &w, fn, ctx);
		say_lacking(given, &g, &w, "is nothing that the dossier gives",
			    fn, ctx);
		say_lacking(NULL, &w, &g, "is not there", fn, ctx);
	}
	free(g.v);
	free(w.v);
	return rc;
}

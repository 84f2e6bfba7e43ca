/* SPDX-License-Identifier: ISC */
/*
 * Who made an item. Every statement that names somebody is a vote with a rank;
 * a maker's name counts only whole, as makers.yaml knows it, by the same rule
 * as an inventory's. Statements of rank STATED settle it; two different ones of
 * rank LIKELY that agree do so too.
 */
#include "bom/check.h"
#include "bom/names.h"
#include "proto/proto.h"
#include <ctype.h>
#include <strings.h>

enum rank { HINT = 1, LIKELY, STATED };

enum kind {
	MANUFACTURER,
	PUBLISHER,
	CPE,
	PRODUCT, /* begins with the name, and the rest is that maker's */
	SUPPLIER,
	GROUP,
	PURL,
	NAME,	/* of a product: begins with it */
	SERIES, /* a restricted maker's product name, and nobody's */
	NKINDS,
};

struct vote {
	uint16_t maker;
	enum kind kind;
	enum rank rank;
};

struct asking {
	struct np_bom_asker *w;
	const struct np_bom_item *i;
	struct np_arena *mem;
	struct vote v[NKINDS];
	size_t n;
	const char *model; /* what was found to be one */
};

static uint16_t whole(struct asking *a, const char *name, size_t n)
{
	return np_bom_name(a->w, name, n, a->mem);
}

static void vote(struct asking *a, uint16_t maker, enum kind kind,
		 enum rank rank)
{
	if (maker == NP_NO_MAKER || a->n == NKINDS)
		return;
	a->v[a->n++] =
		(struct vote){.maker = maker, .kind = kind, .rank = rank};
}

#define MAX_WORDS 6 /* of a maker's name */

/* The longest run of words from the beginning that is a maker's name; *ret_n:
 * how long it is. */
static uint16_t leading(struct asking *a, const char *s, size_t *ret_n)
{
	uint16_t found = NP_NO_MAKER;
	size_t n = strlen(s), words = 0;

	*ret_n = 0;
	for (size_t i = 1; i <= n && words < MAX_WORDS; i++) {
		uint16_t m;

		if (isspace((unsigned char)s[i - 1]) ||
		    (i < n && !isspace((unsigned char)s[i]) && s[i] != ','))
			continue;
		words++;
		m = whole(a, s, i);
		if (m != NP_NO_MAKER) {
			found = m;
			*ret_n = i;
		}
	}
	return found;
}

static const char *past_blanks(const char *s)
{
	return s + strspn(s, " ,:-\t");
}

/* ---- statements */

static void of_names(struct asking *a)
{
	const struct np_bom_item *i = a->i;
	size_t n;
	uint16_t m;

	if (i->maker) {
		m = whole(a, i->maker, strlen(i->maker));
		if (m != NP_NO_MAKER)
			vote(a, m, MANUFACTURER, STATED);
		else
			vote(a, leading(a, i->maker, &n), MANUFACTURER, LIKELY);
	}
	if (i->publisher)
		vote(a, whole(a, i->publisher, strlen(i->publisher)), PUBLISHER,
		     i->vendor || i->thing == NP_BOM_EQUIPMENT ? LIKELY
							       : STATED);
	if (i->supplier)
		vote(a, whole(a, i->supplier, strlen(i->supplier)), SUPPLIER,
		     LIKELY);
}

/* The vendor of "cpe:2.3:h:huawei:…" or "cpe:/h:huawei:…", where the parts are
 * told apart by colons that no backslash stands before. */
static const char *cpe_vendor(struct asking *a)
{
	const char *s = a->i->cpe;
	struct np_buf b = np_buf(512);
	const char *v;

	if (!s)
		return NULL;
	if (strncasecmp(s, "cpe:2.3:", 8) == 0)
		s += 8;
	else if (strncasecmp(s, "cpe:/", 5) == 0)
		s += 5;
	else
		return NULL;
	s += strcspn(s, ":");
	s += *s == ':';
	for (; *s && *s != ':'; s++) {
		if (*s == '\\' && s[1])
			s++;
		np_putc(&b, (char)(*s == '_' ? ' ' : *s));
	}
	v = b.failed || !b.n ? NULL : np_copystr(a->mem, b.p, b.n);
	np_buf_free(&b);
	return v;
}

/* "com.huawei.hms", "@huawei", "Huawei": the part that is a name. */
static uint16_t of_space(struct asking *a, const char *s, size_t n)
{
	static const char *const top[] = {"com", "org", "net", "io",	"cn",
					  "de",	 "eu",	"jp",  "github"};
	bool domain = false;

	if (n && *s == '@') {
		s++;
		n--;
	}
	for (size_t i = 0; i < NP_COUNT(top); i++) {
		size_t k = strlen(top[i]);

		if (n > k && s[k] == '.' && strncmp(s, top[i], k) == 0) {
			s += k + 1;
			n -= k + 1;
			domain = true;
		}
	}
	for (size_t i = 0; domain && i < n; i++) {
		if (s[i] == '.')
			n = i;
	}
	return whole(a, s, n);
}

/* "pkg:type/namespace/name@1": its namespace. */
static void of_purl(struct asking *a)
{
	const char *s = a->i->purl, *slash, *end;

	if (!s || strncasecmp(s, "pkg:", 4) != 0)
		return;
	s = strchr(s, '/');
	if (!s)
		return;
	s++;
	end = s + strcspn(s, "@?#");
	slash = memchr(s, '/', (size_t)(end - s));
	/* Go's namespaces begin with the host */
	if (slash && memchr(s, '.', (size_t)(slash - s)) &&
	    strncmp(a->i->purl, "pkg:maven/", 10) != 0) {
		s = slash + 1;
		slash = memchr(s, '/', (size_t)(end - s));
	}
	if (slash)
		vote(a, of_space(a, s, (size_t)(slash - s)), PURL, HINT);
}

static bool fits(struct asking *a, uint16_t maker, const char *model)
{
	const char *family, *function;

	return model && *model &&
	       np_infer_model(np_bom_infer(a->w), maker, model, &family,
			      &function);
}

/* Fits a series, whole or without the words behind the first. */
static const char *model_in(struct asking *a, uint16_t maker, const char *s)
{
	const char *first;
	size_t n;

	if (!s || fits(a, maker, s))
		return s;
	n = strcspn(s, " ,;(/");
	first = s[n] ? np_copystr(a->mem, s, n) : NULL;
	return first && fits(a, maker, first) ? first : NULL;
}

static void of_product(struct asking *a)
{
	const char *texts[] = {a->i->name, a->i->model};

	for (size_t i = 0; i < NP_COUNT(texts); i++) {
		const char *rest;
		size_t n;
		uint16_t m;

		m = texts[i] ? leading(a, texts[i], &n) : (uint16_t)NP_NO_MAKER;
		if (m == NP_NO_MAKER)
			continue;
		rest = model_in(a, m, past_blanks(texts[i] + n));
		vote(a, m, rest ? PRODUCT : NAME, rest ? LIKELY : HINT);
		a->model = rest ? rest : a->model;
		return;
	}
}

static const char *any_model(struct asking *a, uint16_t maker)
{
	const char *texts[] = {a->i->model, a->i->name, a->i->part};

	if (a->model && fits(a, maker, a->model))
		return a->model;
	for (size_t i = 0; i < NP_COUNT(texts); i++) {
		const char *m = model_in(a, maker, texts[i]);

		if (m)
			return m;
	}
	return NULL;
}

/* A product's name that fits the series of a maker whom some state's rules
 * name: a question, where nobody is named. */
static void of_series(struct asking *a)
{
	if (a->n || a->i->thing != NP_BOM_EQUIPMENT || a->i->maker ||
	    a->i->publisher)
		return;
	for (size_t m = 1; m < np_makers(np_bom_knowledge(a->w)); m++) {
		if (!np_maker_restricted(np_bom_knowledge(a->w), (uint16_t)m))
			continue;
		a->model = any_model(a, (uint16_t)m);
		if (a->model) {
			vote(a, (uint16_t)m, SERIES, HINT);
			return;
		}
	}
}

/* ---- the verdict */

/* Does it contradict what the strongest says? A supplier hands on what others
 * made; a name in a text, or a name space, may be about anything. */
static bool contradicts(const struct vote *v, const struct vote *best)
{
	return v->maker != best->maker &&
	       (v->rank == STATED ||
		(v->rank == LIKELY && v->kind != SUPPLIER &&
		 best->kind != SUPPLIER));
}

static const struct vote *strongest(const struct asking *a)
{
	const struct vote *best = NULL;

	for (size_t i = 0; i < a->n; i++) {
		const struct vote *v = &a->v[i];

		if (!best || v->rank > best->rank ||
		    (v->rank == best->rank && v->kind < best->kind))
			best = v;
	}
	return best;
}

static void weigh(const struct asking *a, struct np_bom_answer *ret)
{
	const struct vote *best = strongest(a);
	size_t likely = 0;

	if (!best)
		return;
	ret->maker = best->maker;
	for (size_t i = 0; i < a->n; i++) {
		const struct vote *v = &a->v[i];

		likely += v->maker == best->maker && v->rank >= LIKELY;
		if (contradicts(v, best)) {
			ret->sure = NP_DISPUTED;
			ret->rival = v->maker;
			return;
		}
	}
	/* That the product is of its series agrees with who is named. */
	likely += best->kind != PRODUCT && best->rank == LIKELY &&
		  ret->family != NULL;
	ret->sure = best->rank == STATED || likely > 1 ? NP_CONFIRMED
		    : best->rank == LIKELY	       ? NP_PROBABLE
						       : NP_POSSIBLE;
}

static const char *because(struct asking *a, uint16_t maker, bool series)
{
	static const char *const names[NKINDS] = {
		[MANUFACTURER] = "manufacturer",
		[PUBLISHER] = "publisher",
		[CPE] = "cpe",
		[PRODUCT] = "product name",
		[SUPPLIER] = "supplier",
		[GROUP] = "group",
		[PURL] = "purl",
		[NAME] = "product name",
		[SERIES] = "a product name of its series",
	};
	struct np_buf b = np_buf(1024);
	const char *s;

	for (size_t i = 0; i < a->n; i++) {
		const char *name = names[a->v[i].kind];

		if (a->v[i].kind == PUBLISHER && a->i->vendor)
			name = "vendor";
		if (a->v[i].maker == maker)
			np_putf(&b, "%s%s", b.n ? ", " : "", name);
	}
	if (series && b.n)
		np_puts(&b, ", a product name of its series");
	s = b.failed || !b.n ? NULL : np_copystr(a->mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

/* An operator's word of what it does, where it is one of ours: "core/amf". */
static bool is_function(const char *s)
{
	return s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-/")] == '\0' &&
	       islower((unsigned char)*s);
}

static void statements(struct asking *a)
{
	const char *vendor = cpe_vendor(a);

	of_names(a);
	if (vendor)
		vote(a, whole(a, vendor, strlen(vendor)), CPE, LIKELY);
	if (a->i->group)
		vote(a, of_space(a, a->i->group, strlen(a->i->group)), GROUP,
		     HINT);
	of_purl(a);
	of_product(a);
	of_series(a);
}

int np_bom_ask(struct np_bom_asker *w, const struct np_bom_item *i,
	       struct np_arena *mem, struct np_bom_answer *ret)
{
	struct asking a = {.w = w, .i = i, .mem = mem};
	const char *family = NULL, *function = NULL;
	const struct vote *best;
	bool series;

	*ret = (struct np_bom_answer){.sure = NP_UNKNOWN};
	statements(&a);
	best = strongest(&a);
	if (best)
		a.model = any_model(&a, best->maker);
	if (best && a.model)
		(void)np_infer_model(np_bom_infer(w), best->maker, a.model,
				     &family, &function);
	ret->model = a.model ? a.model : i->model;
	ret->family = family ? np_copystr(mem, family, strlen(family)) : NULL;
	ret->function = i->function && is_function(i->function) ? i->function
								: function;
	weigh(&a, ret);
	if (!best)
		return 0;
	series = best->rank == LIKELY && best->kind != PRODUCT && family;
	ret->because = because(&a, best->maker, series);
	return ret->because ? 0 : NP_ENOMEM;
}

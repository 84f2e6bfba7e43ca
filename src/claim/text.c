/* SPDX-License-Identifier: ISC */
/* Signatures: what a text says about the box that sent it. */
#include "claim/ask.h"
#include <ctype.h>

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

/* Where eight octets are x, or below it: the top bit of each. */
#define EACH(x) (UINT64_C(0x0101010101010101) * (x))

static uint64_t below(uint64_t v, unsigned x)
{
	return (v - EACH(x)) & ~v & EACH(0x80);
}

static uint64_t blanks(const char *s, uint64_t *ret)
{
	memcpy(ret, s, sizeof(*ret));
	return below(*ret ^ EACH(' '), 1);
}

/* Is there nothing to be done, as for most texts? Eight octets at once; in
 * doubt it says no. */
static bool is_normal(const char *s, size_t n)
{
	size_t i = 1;

	if (n == 0 || is_blank(s[0]) || is_blank(s[n - 1]) || s[0] == '"')
		return n == 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t v, last, two = blanks(s + i - 1, &last);

		two &= blanks(s + i, &v);
		if (two || below(v, ' ') || below(v ^ EACH(0x7f), 1))
			return false;
	}
	for (; i < n; i++)
		if (is_blank(s[i]) && (s[i] != ' ' || s[i - 1] == ' '))
			return false;
	return true;
}

size_t np_text_normal(const char *s, size_t n, char *ret, size_t cap)
{
	size_t out = 0, i = 0;

	while (i < n && out < cap) {
		if (is_blank(s[i]) || (s[i] == '"' && out == 0)) {
			i++;
			continue;
		}
		if (out > 0)
			ret[out++] = ' ';
		while (i < n && out < cap && !is_blank(s[i]))
			ret[out++] = s[i++];
	}
	return out;
}

/* "$1" or "${1}" at t: the capture, and how long the sign is. */
static const struct np_capture *
reference(const char *t, const struct np_capture *c, size_t *ret_n)
{
	bool braces = t[1] == '{';
	char digit = t[1 + braces];

	if (digit < '0' || digit > '9' || (braces && t[3] != '}'))
		return NULL;
	*ret_n = braces ? 4 : 2;
	return &c[digit - '0'];
}

#define MADE 1024 /* octets that a template may become, and its NUL */

/* One alternative, up to `|` or the end; its length, or 0 when a capture is
 * empty or it does not fit. */
static size_t expand(const char *t, size_t n, const struct np_capture *c,
		     char to[static MADE])
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		struct np_capture as_is = {t + i, 1};
		const struct np_capture *v;
		size_t len = 1;

		v = t[i] == '$' ? reference(t + i, c, &len) : NULL;
		if (!v)
			v = &as_is;
		if (!v->p || v->n == 0 || v->n >= MADE - out)
			return 0;
		memcpy(to + out, v->p, v->n);
		out += v->n;
		i += len - 1;
	}
	return out;
}

const char *np_template(const char *t, const struct np_capture *c,
			struct np_arena *mem)
{
	char made[MADE];

	if (!strchr(t, '$'))
		return t;
	for (;;) {
		size_t n = strcspn(t, "|");
		size_t out = expand(t, n, c, made);

		if (out)
			return np_copystr(mem, made, out);
		if (!t[n])
			return NULL;
		t += n + 1;
	}
}

static void lay_over(struct np_raw *r, const struct np_im_sign *s)
{
	if (s->grade)
		r->grade = (enum np_grade)s->grade;
	if (s->group != UINT16_MAX)
		r->group = s->group;
	r->flags |= s->flags;
	if (s->flags & (NP_IM_HEARD | NP_IM_UNHEARD))
		r->flags =
			(uint16_t)((r->flags &
				    ~(unsigned)(NP_IM_HEARD | NP_IM_UNHEARD)) |
				   (s->flags & (NP_IM_HEARD | NP_IM_UNHEARD)));
}

/* Signatures stand from the particular to the general: what a maker's earlier
 * one said of a question, a later one does not say again. */
static bool said(const struct np_ask *a, size_t before,
		 const struct np_im_sign *s, enum np_what what)
{
	for (size_t i = 0; i < before; i++) {
		const struct np_raw *r = &a->raw[i];

		if (r->what != what)
			continue;
		/* What only looks behind a name knows less of the form than
		 * what knows the form without the name. */
		if (r->maker == s->maker ||
		    (s->named && r->maker == NP_NO_MAKER &&
		     r->grade >= (enum np_grade)a->field->grade))
			return true;
	}
	return false;
}

static void add_who(struct np_ask *a, const struct np_im_sign *s,
		    const char *rule)
{
	struct np_raw *r;

	if (s->who == NP_W_MAKER)
		r = np_ask_maker(a, s->maker, rule);
	else
		r = np_ask_add(a, (enum np_what)s->who, rule);
	if (!r)
		return;
	r->maker = s->maker;
	if (s->who == NP_W_AGENT && !r->value) {
		r->value = np_maker_name(a->k, s->maker);
		r->constant = true;
	}
	lay_over(r, s);
}

static void hit(struct np_ask *a, const struct np_im_sign *s,
		const struct np_capture *c)
{
	const struct np_image *im = &a->k->im;
	const char *rule = np_im_text(im, s->id);
	size_t before = a->nraw;

	if (s->maker && !said(a, before, s, (enum np_what)s->who))
		add_who(a, s, rule);
	if (!s->maker && s->flags & NP_IM_COMPUTER)
		lay_over(np_ask_add(a, NP_W_AGENT, rule), s);
	for (uint32_t i = 0; i < s->nyields; i++) {
		const struct np_im_yield *y = &im->yield[s->yield + i];
		const char *t = np_im_text(im, y->template);
		const char *v;
		struct np_raw *r;

		if (said(a, before, s, (enum np_what)y->what))
			continue;
		v = np_template(t, c, a->mem);
		if (!v)
			continue;
		r = np_ask_add(a, (enum np_what)y->what, rule);
		r->value = v;
		r->constant = v == t;
		r->maker = s->maker;
		lay_over(r, s);
	}
}

#define MAX_WORDS 6 /* of a maker's name */

/* The longest run of words from the beginning that is a maker's name; what is a
 * word of its own only where nothing follows. */
static uint16_t leading_name(const struct np_knowledge *k, const char *s,
			     size_t n, size_t *ret_n)
{
	struct np_name_reader r = {.n = 0};
	uint16_t found = NP_NO_MAKER;
	size_t words = 0;

	for (size_t i = 1; i <= n && words < MAX_WORDS; i++) {
		uint16_t m;

		if (!np_name_take(k, &r, s[i - 1]))
			break;
		if (!isalnum((unsigned char)s[i - 1]) ||
		    (i < n && isalnum((unsigned char)s[i])))
			continue;
		words++;
		m = np_name_taken(k, &r);
		if (m == NP_NO_MAKER ||
		    (i < n && k->im.maker[m].flags & NP_IM_WORD))
			continue;
		found = m;
		*ret_n = i;
	}
	return found;
}

/* Does the text hold what stands behind an `unless`? 0: there is none. */
static bool taken_back(struct np_ask *a, uint32_t unless, const char *text,
		       size_t n)
{
	const struct np_regex *re =
		unless ? np_infer_regex(a->w, unless) : NULL;

	return re && np_regex_find(re, text, n, NULL);
}

/* What the last pattern found. Signatures that share one stand together. */
struct answer {
	uint32_t pattern; /* 0: none yet */
	bool found;
	struct np_capture c[NP_CAPTURES];
	/* Of one that looks for a name: where, whose, and what follows. */
	uint32_t named;
	uint16_t maker;
	const char *rest;
};

/* Whoever stands where this signature looks for a name. */
/* A company's whole name, its legal form apart: one that makers.yaml knows,
 * if only as a word, or a registry. Of restricted makers this says nothing. */
static uint16_t company(const struct np_knowledge *k, const char *s, size_t n)
{
	uint16_t m = np_name_maker(k, s, n);

	if (m != NP_NO_MAKER)
		return k->im.maker[m].flags & NP_IM_RESTRICTED ? NP_NO_MAKER
							       : m;
	return np_name_registered(k, s, n);
}

static void look_for_name(struct np_ask *a, const struct np_im_sign *s,
			  struct answer *ret)
{
	const char *span =
		np_template(np_im_text(&a->k->im, s->named), ret->c, a->mem);
	size_t n = 0;

	ret->named = s->named;
	if (!span)
		ret->maker = NP_NO_MAKER;
	else if (s->flags & NP_IM_REGISTERED)
		ret->maker = company(a->k, span, n = strlen(span));
	else
		ret->maker = leading_name(a->k, span, strlen(span), &n);
	ret->rest = span ? span + n : NULL;
}

/* Most texts hold no name in its place, so that is asked before the other
 * patterns. */
static void try_named(struct np_ask *a, const struct np_im_sign *s,
		      struct answer *x, const char *text, size_t len)
{
	struct np_im_sign named = *s;
	struct np_capture c[NP_CAPTURES];
	const struct np_regex *rest;

	if (x->named != s->named)
		look_for_name(a, s, x);
	if (x->maker == NP_NO_MAKER || taken_back(a, s->unless, text, len))
		return;
	named.who = NP_W_MAKER;
	named.maker = x->maker;
	rest = s->rest ? np_infer_regex(a->w, s->rest) : NULL;
	if (!s->rest)
		hit(a, &named, x->c);
	else if (rest && np_regex_find(rest, x->rest, strlen(x->rest), c))
		hit(a, &named, c);
}

static void try_sign(struct np_ask *a, const struct np_im_sign *s,
		     struct answer *last, const char *text, size_t n)
{
	if (last->pattern != s->pattern) {
		const struct np_regex *re = np_infer_regex(a->w, s->pattern);

		last->pattern = s->pattern;
		last->found = re && np_regex_find(re, text, n, last->c);
		last->named = 0;
	}
	if (!last->found)
		return;
	if (s->named)
		try_named(a, s, last, text, n);
	else if (!taken_back(a, s->unless, text, n))
		hit(a, s, last->c);
}

/* A name in its place counts for less than what the text itself is. */
static bool named_already(const struct np_ask *a)
{
	for (size_t i = 0; i < a->nraw; i++)
		if (a->raw[i].what == NP_W_MAKER)
			return true;
	return false;
}

static void try_hits(struct np_ask *a, const uint64_t *hits, bool named,
		     const char *text, size_t n)
{
	const struct np_image *im = &a->k->im;
	const struct np_im_field *f = a->field;
	struct answer last = {.pattern = 0};

	for (size_t i = 0; i < (f->nuses + 63) / 64; i++) {
		for (uint64_t left = hits[i]; left; left &= left - 1) {
			size_t at = i * 64 + (size_t)__builtin_ctzll(left);
			const struct np_im_sign *s =
				&im->sign[im->use[f->use + at]];

			if ((s->named != 0) == named)
				try_sign(a, s, &last, text, n);
		}
	}
}

void np_claim_text(struct np_ask *a)
{
	const struct np_im_field *f = a->field;
	uint64_t hits[NP_MAX_PATTERNS / 64] = {0};
	const char *text = a->p;
	size_t n = a->n;
	size_t before = a->nraw;

	if (n > NP_MAX_TEXT_MATCHED || !is_normal(text, n)) {
		text = np_infer_text(a->w);
		n = np_text_normal(a->p, a->n, np_infer_text(a->w),
				   NP_MAX_TEXT_MATCHED);
	}
	np_infer_scan(a->w, f, text, n, hits);
	try_hits(a, hits, false, text, n);
	if (!named_already(a))
		try_hits(a, hits, true, text, n);
	/* A field's texts come from others than boxes too: a page of the web
	 * may begin with a maker's name as well. */
	if (a->nraw > before && taken_back(a, f->unless, text, n))
		a->nraw = before;
}

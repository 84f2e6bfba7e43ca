/* SPDX-License-Identifier: ISC */
/*
 * The matcher where there is no Hyperscan: a text is searched for one piece
 * that each pattern needs. Patterns without such a piece are always picked.
 */
#include "claim/match.h"

/* What is built: for each pattern a length octet, a case octet, the piece. */
struct np_match {
	const unsigned char *built;
	size_t n;
};

struct np_scratch {
	char nothing;
};

static bool has_quantifier(const char *p)
{
	return *p == '?' || *p == '*' || *p == '{';
}

/* Behind a group or a class that begins at p. */
static const char *skip_nested(const char *p)
{
	char close = *p == '[' ? ']' : ')';
	unsigned depth = 0;

	for (const char *start = p; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (close == ')' && *p == '[')
			p = skip_nested(p) - 1;
		else if (close == ')' && *p == '(')
			depth++;
		else if (*p == close && p > start + (close == ']') &&
			 (close == ']' || --depth == 0))
			return p + 1;
	}
	return p;
}

/* One literal octet at p, and what follows it; false when there is none. */
static bool literal(const char *p, char *ret, const char **ret_next)
{
	if (*p == '\\') {
		if (!p[1] || (p[1] >= '0' && p[1] <= '9') ||
		    ((p[1] | 0x20) >= 'a' && (p[1] | 0x20) <= 'z'))
			return false;
		*ret = p[1];
		*ret_next = p + 2;
		return true;
	}
	if (!*p || strchr("^$.|?*+()[]{}", *p))
		return false;
	*ret = *p;
	*ret_next = p + 1;
	return true;
}

struct piece {
	char best[64], run[64];
	size_t nbest, nrun;
};

static void end_run(struct piece *x)
{
	if (x->nrun > x->nbest) {
		memcpy(x->best, x->run, x->nrun);
		x->nbest = x->nrun;
	}
	x->nrun = 0;
}

/* The longest run of literals that every match holds; none beside `|`. */
static void find_piece(const char *p, struct piece *x)
{
	while (*p) {
		const char *next;
		char c;

		if (*p == '|') {
			x->nbest = x->nrun = 0;
			return;
		}
		if (literal(p, &c, &next)) {
			if (has_quantifier(next))
				end_run(x);
			else if (x->nrun < sizeof(x->run))
				x->run[x->nrun++] = c;
			p = next;
			continue;
		}
		end_run(x);
		if (*p == '(' || *p == '[')
			p = skip_nested(p);
		else if (*p == '{')
			p += strcspn(p, "}");
		else
			p += *p == '\\' && p[1] ? 2 : 1;
	}
	end_run(x);
}

int np_match_build(const char *const *patterns, size_t n, struct np_buf *ret,
		   const char *name, struct np_err *reterr)
{
	for (size_t i = 0; i < n; i++) {
		const char *p = patterns[i];
		bool nocase = strncmp(p, "(?i)", 4) == 0;
		struct piece x = {.nbest = 0};

		find_piece(nocase ? p + 4 : p, &x);
		np_putc(ret, (char)x.nbest);
		np_putc(ret, nocase);
		np_put(ret, x.best, x.nbest);
	}
	return ret->failed
		       ? np_fail(reterr, NP_ENOMEM, "out of memory", name, 0)
		       : 0;
}

struct np_match *np_match_new(const void *built, size_t n)
{
	struct np_match *m = calloc(1, sizeof(*m));

	if (m)
		*m = (struct np_match){built, n};
	return m;
}

void np_match_free(struct np_match *m)
{
	free(m);
}

struct np_scratch *np_scratch_new(void)
{
	return calloc(1, sizeof(struct np_scratch));
}

bool np_scratch_ready(struct np_scratch *s, const struct np_match *m)
{
	return s && m;
}

void np_scratch_free(struct np_scratch *s)
{
	free(s);
}

static unsigned char fold(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

static bool holds_nocase(const char *text, size_t n, const unsigned char *want,
			 size_t len)
{
	for (size_t i = 0; i + len <= n; i++) {
		size_t k = 0;

		while (k < len &&
		       fold((unsigned char)text[i + k]) == fold(want[k]))
			k++;
		if (k == len)
			return true;
	}
	return false;
}

void np_match_scan(const struct np_match *m, struct np_scratch *s,
		   const char *text, size_t n, uint64_t *ret_hits)
{
	const unsigned char *p = m->built;
	const unsigned char *end = p + m->n;

	(void)s;
	for (size_t id = 0; p < end; id++, p += 2 + p[0])
		if (p[0] == 0 || (p[1] ? holds_nocase(text, n, p + 2, p[0])
				       : memmem(text, n, p + 2, p[0]) != NULL))
			ret_hits[id / 64] |= 1ULL << (id % 64);
}

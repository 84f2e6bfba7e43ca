/* SPDX-License-Identifier: ISC */
/* What a pattern needs, read from how it is written. */
#include "claim/piece.h"
#include <ctype.h>
#include <stdlib.h>

#define DEPTH_MAX 12

struct reading {
	const char *p;
	unsigned depth;
	bool lost; /* something that this does not follow */
};

enum kind { LITERAL, OTHER, NOTHING, GROUP };

struct atom {
	enum kind kind;
	char c; /* of a literal, in lower case */
	struct np_needs group;
};

static void alternatives(struct reading *r, bool head, struct np_needs *ret);
static void sequence(struct reading *r, bool head, struct np_needs *ret);
static void join(struct np_needs *to, const struct np_needs *other);

static void add(struct np_needs *to, const struct np_need *need)
{
	if (need->n && to->n < NP_NEEDS_MAX)
		to->v[to->n++] = *need;
}

/* The run of literals up to here is a need of its own. */
static void end_run(struct np_piece *run, struct np_needs *to)
{
	struct np_need need = {.v = {*run}, .n = 1};

	if (run->n >= (run->head ? NP_HEAD_MIN : NP_PIECE_MIN))
		add(to, &need);
	run->n = 0;
}

static void literal(struct atom *a, char c)
{
	a->kind = LITERAL;
	a->c = (char)np_piece_fold((uint8_t)c);
}

static void escape(struct reading *r, struct atom *a)
{
	char c = r->p[1];

	r->p += c ? 2 : 1;
	if (c && strchr("dDwWsSvVhHNtnrf", c))
		a->kind = OTHER;
	else if (c && strchr("bBAzZ", c))
		a->kind = NOTHING;
	else if (c == '\0' || isalnum((unsigned char)c))
		r->lost = true;
	else
		literal(a, c);
}

/* [Vv] is a letter whose case does not matter; other classes are octets of
 * which nothing is known. */
static void class(struct reading *r, struct atom *a)
{
	const char *p = r->p + 1;
	uint8_t c = np_piece_fold((uint8_t)p[0]);

	a->kind = OTHER;
	if (isalpha(c) && p[1] && p[2] == ']' &&
	    np_piece_fold((uint8_t)p[1]) == c)
		literal(a, (char)c);
	p += *p == '^';
	p += *p == ']';
	while (*p && *p != ']') {
		if (*p == '[' && p[1] == ':' && strstr(p, ":]"))
			p = strstr(p, ":]") + 2;
		else
			p += *p == '\\' && p[1] ? 2 : 1;
	}
	r->lost |= !*p;
	r->p = p + (*p != '\0');
}

static void group(struct reading *r, bool head, struct atom *a)
{
	r->p++;
	a->kind = GROUP;
	if (strncmp(r->p, "?i)", 3) == 0) {
		r->p += 3;
		a->kind = NOTHING;
		return;
	}
	if (strncmp(r->p, "?i:", 3) == 0) /* pieces know no case anyway */
		r->p += 3;
	else if (strncmp(r->p, "?:", 2) == 0)
		r->p += 2;
	else if (*r->p == '?') {
		r->lost = true;
		return;
	}
	if (++r->depth > DEPTH_MAX) {
		r->lost = true;
		return;
	}
	alternatives(r, head, &a->group);
	r->depth--;
	r->lost |= *r->p != ')';
	r->p += *r->p == ')';
}

static void read_atom(struct reading *r, bool head, struct atom *a)
{
	a->group.n = 0;
	switch (*r->p) {
	case '\\':
		escape(r, a);
		return;
	case '[':
		class(r, a);
		return;
	case '(':
		group(r, head, a);
		return;
	case '.':
		a->kind = OTHER;
		break;
	case '^':
	case '$':
		a->kind = NOTHING;
		break;
	case '*':
	case '+':
	case '?':
	case '{':
		r->lost = true;
		return;
	default:
		literal(a, *r->p);
	}
	r->p++;
}

/* How often what stands before must be there, and may be. */
static void quantifier(struct reading *r, bool *ret_optional, bool *ret_once)
{
	char c = *r->p;

	*ret_optional = c == '?' || c == '*' ||
			(c == '{' && strtoul(r->p + 1, NULL, 10) == 0);
	*ret_once = !c || !strchr("?*+{", c);
	if (*ret_once)
		return;
	if (c == '{') {
		r->lost |= !isdigit((unsigned char)r->p[1]);
		r->p += strcspn(r->p, "}");
		r->lost |= !*r->p;
	}
	r->p += *r->p != '\0';
	r->p += *r->p == '?' || *r->p == '+';
}

static void put_literal(struct np_piece *run, char c, bool head)
{
	if (run->n == 0)
		run->head = head;
	if (run->n < NP_PIECE_MAX)
		run->text[run->n++] = c;
}

/* A group that may stand at the beginning or not: what follows it begins there
 * where it does not stand. */
static void or_without(struct reading *r, struct np_needs *group,
		       struct np_needs *ret)
{
	struct reading again = *r;
	struct np_needs rest;

	sequence(&again, true, &rest);
	join(group, &rest);
	for (size_t i = 0; i < group->n; i++)
		add(ret, &group->v[i]);
}

static void sequence(struct reading *r, bool head, struct np_needs *ret)
{
	struct np_piece run = {.n = 0};
	struct atom a;

	ret->n = 0;
	while (!r->lost && *r->p && *r->p != '|' && *r->p != ')') {
		bool first = *r->p == '^', optional, once;

		read_atom(r, head, &a);
		quantifier(r, &optional, &once);
		if (a.kind == NOTHING) {
			r->lost |= !once;
			head |= first;
			continue;
		}
		if (a.kind == LITERAL && !optional)
			put_literal(&run, a.c, head);
		if (a.kind != LITERAL || !once)
			end_run(&run, ret);
		if (a.kind == GROUP && !optional)
			for (size_t i = 0; i < a.group.n; i++)
				add(ret, &a.group.v[i]);
		if (a.kind == GROUP && optional && head && a.group.n)
			or_without(r, &a.group, ret);
		head = false;
	}
	end_run(&run, ret);
}

/* How much a need leaves over: its shortest piece decides. */
static unsigned shortest(const struct np_need *need)
{
	unsigned n = NP_PIECE_MAX;

	for (size_t i = 0; i < need->n; i++)
		n = need->v[i].n < n ? need->v[i].n : n;
	return need->n ? n : 0;
}

/* Of each alternative the best; none when one of them needs nothing. */
static void join(struct np_needs *to, const struct np_needs *other)
{
	const struct np_need *best = &other->v[0];
	struct np_need *mine = &to->v[0];

	for (size_t i = 1; i < to->n; i++)
		if (shortest(&to->v[i]) > shortest(mine))
			mine = &to->v[i];
	for (size_t i = 1; i < other->n; i++)
		if (shortest(&other->v[i]) > shortest(best))
			best = &other->v[i];
	if (!to->n || !other->n || mine->n + best->n > NP_NEED_MAX) {
		to->n = 0;
		return;
	}
	memcpy(mine->v + mine->n, best->v, best->n * sizeof(*best->v));
	mine->n += best->n;
	if (mine != &to->v[0])
		to->v[0] = *mine;
	to->n = 1;
}

static void alternatives(struct reading *r, bool head, struct np_needs *ret)
{
	struct np_needs other;

	sequence(r, head, ret);
	while (!r->lost && *r->p == '|') {
		r->p++;
		sequence(r, head, &other);
		join(ret, &other);
	}
}

void np_piece_needs(const char *pattern, struct np_needs *ret)
{
	struct reading r = {.p = pattern};

	alternatives(&r, false, ret);
	if (r.lost || *r.p)
		ret->n = 0;
}

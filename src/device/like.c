/* SPDX-License-Identifier: ISC */
/*
 * What kind of case a verdict is: by what it rests on, never by who is named
 * beyond whether some state's rules name that maker. Cases of one kind are
 * counted together (knowledge/like.yaml).
 */
#include "device/inside.h"
#include <stdio.h>

/* Kinds of evidence, by the rule that named the maker. What a registry says of
 * a number or an address is true of whose it is, and less often of who made the
 * box; a name is found in a text of any form; a signature knows the form. */
#define KINDS(XX)                                                              \
	XX(signature)                                                          \
	XX(name)                                                               \
	XX(object)                                                             \
	XX(number)                                                             \
	XX(address)                                                            \
	XX(registry)

enum kind {
#define XX(name) K_##name,
	KINDS(XX)
#undef XX
		K_COUNT
};

static const char *const kind_names[] = {
#define XX(name) #name,
	KINDS(XX)
#undef XX
};

/* The longer prefix stands first. */
static const struct {
	const char *rule;
	enum kind kind;
} kinds[] = {
	{"oid/number", K_number}, {"oid/", K_object}, {"pen/", K_number},
	{"oui/", K_address},	  {"name/", K_name},  {"entity/", K_name},
};

/* How they are packed. */
#define GRADE_BITS 3
#define GRADE_MASK 7u
#define SECOND_AT GRADE_BITS
#define SURE_AT (2 * GRADE_BITS)
#define KINDS_AT (3 * GRADE_BITS)
#define RESTRICTED_AT (KINDS_AT + K_COUNT)
_Static_assert(RESTRICTED_AT < 16, "has to fit np_device.like");

static enum kind kind_of(const char *rule)
{
	if (np_rule_registered(rule))
		return K_registry;
	for (size_t i = 0; i < NP_COUNT(kinds); i++)
		if (strncmp(rule, kinds[i].rule, strlen(kinds[i].rule)) == 0)
			return kinds[i].kind;
	return K_signature;
}

static bool names(const struct np_voice *v, uint16_t maker)
{
	return v->rule->what == NP_W_MAKER && v->rule->maker == maker &&
	       !v->rule->virtual_key;
}

uint16_t np_like(const struct np_knowledge *k, const struct np_voices *v,
		 const struct np_device *d)
{
	const struct np_voice *first = NULL;
	unsigned code = (unsigned)d->sure << SURE_AT, second = 0;

	if (d->maker == NP_NO_MAKER)
		return 0;
	for (size_t i = 0; i < v->n; i++) {
		const struct np_voice *x = &v->v[i];

		if (!names(x, d->maker))
			continue;
		first = first ? first : x;
		if (!second && x->rule->group != first->rule->group)
			second = x->grade;
		code |= 1u << (KINDS_AT + kind_of(x->rule->name));
	}
	code |= first ? first->grade : 0;
	code |= second << SECOND_AT;
	if (k && np_maker_restricted(k, d->maker))
		code |= 1u << RESTRICTED_AT;
	return (uint16_t)code;
}

const char *np_device_like(const struct np_device *d,
			   char buf[static NP_LIKE_KEY])
{
	unsigned second = d->like >> SECOND_AT & GRADE_MASK;
	bool any = false;
	int n;

	if (d->maker == NP_NO_MAKER)
		return NULL;
	n = snprintf(buf, NP_LIKE_KEY, "%s/E%u", np_sure_name(d->sure),
		     d->like & GRADE_MASK);
	if (second)
		n += snprintf(buf + n, NP_LIKE_KEY - (size_t)n, "+E%u", second);
	for (unsigned i = 0; i < K_COUNT; i++) {
		if (!(d->like >> (KINDS_AT + i) & 1))
			continue;
		n += snprintf(buf + n, NP_LIKE_KEY - (size_t)n, "%c%s",
			      any ? '+' : '/', kind_names[i]);
		any = true;
	}
	(void)snprintf(buf + n, NP_LIKE_KEY - (size_t)n, "%s",
		       d->like >> RESTRICTED_AT & 1 ? "/restricted" : "/other");
	return buf;
}

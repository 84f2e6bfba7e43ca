/* SPDX-License-Identifier: ISC */
/*
 * The verdict: design, section 7, as a table.
 *
 *	confirmed	E5 self; or E4 self and E3 on the link; or two
 *			independent E4; and nothing at E4 or better contradicts
 *	probable	one E4 self, or E5 relayed
 *	possible	E3 on the link, or E4 of a peer; or the holder of a
 *			number that the box itself tells, where the registry
 *			alone knows him or its owner may have typed it
 *	disputed	two makers at E4 or better
 *	unknown		the rest
 *
 * Claims of one independence group count once, the strongest. What is said of
 * parts, of the path, of software agents and of brands is another question and
 * never votes here.
 */
#include "device/inside.h"

const char *np_sure_name(enum np_sure s)
{
	switch (s) {
	case NP_UNKNOWN:
		return "unknown";
	case NP_POSSIBLE:
		return "possible";
	case NP_PROBABLE:
		return "probable";
	case NP_CONFIRMED:
		return "confirmed";
	case NP_DISPUTED:
		return "disputed";
	}
	return "unknown";
}

/* What one claim is worth, by whose it is and how far it came. */
enum standing {
	NOTHING,
	PEER_E4,
	LINK_E3,
	SELF_NUMBER,
	RELAYED_E5,
	SELF_E4,
	SELF_E5,
	STANDINGS,
};

#define MAX_STANDS 64

/* One maker in one independence group. */
struct stand {
	uint16_t maker, group;
	enum standing best;
	bool heavy; /* one of its claims is E4 or better */
};

struct party {
	uint16_t maker;
	enum np_sure sure;
	enum standing best;
	bool heavy;
	unsigned of[STANDINGS]; /* groups by their best */
};

/* The number of an agent says whose the agent is. Of a restricted maker that is
 * not said by a registry's word, nor where somebody may have typed it. */
static bool is_number(const struct np_knowledge *k, const struct np_voice *v)
{
	const struct np_rule *r = v->rule;

	if (!k || v->grade + v->lowered < NP_E3 ||
	    np_maker_restricted(k, r->maker))
		return false;
	return np_rule_registered(r->name) ||
	       (v->lowered && strncmp(r->name, "oid/", 4) == 0);
}

static enum standing standing(const struct np_knowledge *k,
			      const struct np_voice *v)
{
	if (v->rule->what != NP_W_MAKER || v->rule->maker == NP_NO_MAKER ||
	    v->rule->virtual_key)
		return NOTHING;
	if (v->said == NP_PEER)
		return v->grade >= NP_E4 ? PEER_E4 : NOTHING;
	/* Reference 0.3: what a third party says was flooded or relayed. */
	if (v->said == NP_THIRD)
		return v->grade >= NP_E5 ? RELAYED_E5 : NOTHING;
	if (v->grade >= NP_E5)
		return v->reach == NP_RELAYED ? RELAYED_E5 : SELF_E5;
	if (v->grade == NP_E4)
		return SELF_E4;
	if (is_number(k, v))
		return SELF_NUMBER;
	return v->grade == NP_E3 && v->on_link ? LINK_E3 : NOTHING;
}

/* Claims come strongest first, so what does not fit is the weakest. */
static size_t take_stands(const struct np_knowledge *k,
			  const struct np_voices *v,
			  struct stand s[static MAX_STANDS])
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++) {
		enum standing now = standing(k, &v->v[i]);
		size_t j = 0;

		if (now == NOTHING)
			continue;
		while (j < n && (s[j].maker != v->v[i].rule->maker ||
				 s[j].group != v->v[i].rule->group))
			j++;
		if (j == MAX_STANDS)
			continue;
		if (j == n)
			s[n++] = (struct stand){
				.maker = v->v[i].rule->maker,
				.group = v->v[i].rule->group,
			};
		if (now > s[j].best)
			s[j].best = now;
		s[j].heavy |= v->v[i].grade >= NP_E4;
	}
	return n;
}

static enum np_sure table(const struct party *p)
{
	unsigned e4 = p->of[SELF_E4] + p->of[SELF_E5];

	if (p->of[SELF_E5] || e4 >= 2 || (e4 && p->of[LINK_E3]))
		return NP_CONFIRMED;
	if (e4 || p->of[RELAYED_E5])
		return NP_PROBABLE;
	return p->of[LINK_E3] || p->of[SELF_NUMBER] || p->of[PEER_E4]
		       ? NP_POSSIBLE
		       : NP_UNKNOWN;
}

/* Surest first; then the one with the better claim, then as the claims lie. */
static bool before(const struct party *a, const struct party *b)
{
	if (a->sure != b->sure)
		return a->sure > b->sure;
	return a->best > b->best;
}

static size_t take_parties(const struct stand *s, size_t n,
			   struct party p[static MAX_STANDS])
{
	size_t np = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < np && p[k].maker != s[i].maker)
			k++;
		if (k == np)
			p[np++] = (struct party){.maker = s[i].maker};
		p[k].of[s[i].best]++;
		p[k].heavy |= s[i].heavy;
		if (s[i].best > p[k].best)
			p[k].best = s[i].best;
	}
	for (size_t i = 0; i < np; i++) {
		struct party x = p[i];
		size_t k = i;

		x.sure = table(&x);
		for (; k && before(&x, &p[k - 1]); k--)
			p[k] = p[k - 1];
		p[k] = x;
	}
	return np;
}

/* One name of a house that another name was split from: they are different
 * makers, but the one does not contradict the other. */
static bool kin(const struct np_knowledge *k, uint16_t a, uint16_t b)
{
	return a == b ||
	       (k && (np_maker_of(k, a) == b || np_maker_of(k, b) == a));
}

/* The next behind `from` that is no kin of it; n: none. */
static size_t stranger(const struct np_knowledge *k, const struct party *p,
		       size_t n, size_t from, bool heavy)
{
	size_t i = from + 1;

	while (i < n &&
	       (kin(k, p[from].maker, p[i].maker) || (heavy && !p[i].heavy)))
		i++;
	return i;
}

static void decide(const struct np_knowledge *k, const struct party *p,
		   size_t n, struct np_opinion *o)
{
	size_t first = 0, other;

	if (!n)
		return;
	o->maker = p[0].maker;
	o->sure = p[0].sure;
	while (first < n && !p[first].heavy)
		first++;
	other = first < n ? stranger(k, p, n, first, true) : n;
	if (other < n) {
		o->sure = NP_DISPUTED;
		o->maker = p[first].maker;
		o->rival = p[other].maker;
		return;
	}
	/* Two that are as good as each other: nobody is named. */
	other = stranger(k, p, n, 0, false);
	if (other < n && !before(&p[0], &p[other])) {
		o->sure = NP_UNKNOWN;
		o->maker = NP_NO_MAKER;
	}
}

static void note_contradictions(const struct np_knowledge *k,
				struct np_voices *v, const struct np_opinion *o,
				bool tie)
{
	bool lowered = false;

	for (size_t i = 0; i < v->n; i++) {
		struct np_voice *x = &v->v[i];

		if (x->rule->what != NP_W_MAKER ||
		    x->rule->maker == NP_NO_MAKER || x->grade < NP_E1)
			continue;
		lowered |= x->lowered;
		x->contradicts = o->maker == NP_NO_MAKER
					 ? tie && standing(k, x) != NOTHING
					 : !kin(k, o->maker, x->rule->maker);
	}
	for (size_t i = 0; i < v->n; i++)
		if (lowered && v->v[i].rule->computer)
			v->v[i].contradicts = true;
}

/* A rule may say that such a box is a subscriber's; then nothing as strong may
 * speak of another kind of box. */
static bool subscribers(const struct np_voices *v)
{
	unsigned theirs = 0, other = 0;

	for (size_t i = 0; i < v->n; i++) {
		const struct np_voice *x = &v->v[i];
		unsigned what = x->rule->what;

		if (x->said != NP_SELF || x->rule->virtual_key)
			continue;
		if (x->rule->subscriber) {
			if (x->grade > theirs)
				theirs = x->grade;
		} else if ((what == NP_W_MAKER || what == NP_W_FUNCTION) &&
			   x->grade > other) {
			other = x->grade;
		}
	}
	return theirs && theirs >= other;
}

struct np_opinion np_opinion(const struct np_knowledge *k, struct np_voices *v)
{
	struct np_opinion o = {.sure = NP_UNKNOWN};
	struct stand s[MAX_STANDS];
	struct party p[MAX_STANDS];
	size_t n = take_parties(s, take_stands(k, v, s), p);

	decide(k, p, n, &o);
	note_contradictions(k, v, &o, n > 1);
	o.subscriber = subscribers(v);
	for (size_t i = 0; i < v->n && o.middlebox == NP_NO_MAKER; i++)
		if (v->v[i].rule->what == NP_W_MIDDLEBOX)
			o.middlebox = v->v[i].rule->maker;
	return o;
}

/* SPDX-License-Identifier: ISC */
/* What may be said of one place on one day, and in which words. */
#include "silence/inside.h"

static bool is_site(const struct np_looked_at *l, const char *place)
{
	const struct np_declared *d = l->place;

	return d && d->kind == NP_D_SITE &&
	       (strcmp(d->text, place) == 0 ||
		(d->alias && strcmp(d->alias, place) == 0));
}

/* The inspection of this place that holds longest. */
static const struct np_inspection *inspected(const struct np_silence *r,
					     const struct np_looked_at *l,
					     const struct np_inspection *v,
					     size_t n, int32_t *ret_until)
{
	const struct np_inspection *best = NULL;

	for (size_t i = 0; i < n; i++) {
		int32_t until = v[i].until;

		if (!is_site(l, v[i].place))
			continue;
		if (until == NP_NODAY)
			until = v[i].day + (int32_t)np_sample_days(r);
		if (best && until <= *ret_until)
			continue;
		best = &v[i];
		*ret_until = until;
	}
	return best;
}

static bool anything(const struct np_looked_at *l)
{
	for (size_t i = 0; i < NP_COUNT(l->named); i++)
		if (l->named[i])
			return true;
	return false;
}

/* Which methods hold on the day, and until when all of these do. */
static void methods(const struct np_silence *r, const struct np_looked_at *l,
		    int32_t as_of, struct np_silence_state *s)
{
	bool looked = false, dated = false;

	for (size_t i = 0; i < np_methods(r); i++) {
		const struct np_method *m = np_method(r, i);
		int32_t until;

		if (!(l->methods >> i & 1))
			continue;
		s->listed |= !m->looks;
		if (!m->looks)
			continue;
		looked = true;
		if (l->day[i] == NP_NODAY)
			continue;
		dated = true;
		until = l->day[i] + (int32_t)m->days;
		if (until < as_of) {
			s->ended |= 1u << i;
			if (!s->methods)
				s->until = until > s->until ? until : s->until;
			continue;
		}
		if (!s->methods || until < s->until)
			s->until = until;
		s->methods |= 1u << i;
	}
	s->listed &= !looked;
	s->undated = looked && !dated;
	s->expired = looked && !s->methods;
	if (!looked)
		s->verdict = NP_V_NOT_LOOKED;
}

void np_place_state(const struct np_silence *r, const struct np_looked_at *l,
		    const struct np_inspection *in, size_t n, int32_t as_of,
		    struct np_silence_state *ret)
{
	int32_t until = NP_NODAY;
	const struct np_inspection *i = inspected(r, l, in, n, &until);

	*ret = (struct np_silence_state){.verdict = NP_V_NOT_HEARD,
					 .until = NP_NODAY};
	methods(r, l, as_of, ret);
	np_deaf(r, ret->methods ? ret->methods : ret->ended | l->methods,
		&ret->deaf);
	/* Who listened one way alone heard one half of every exchange. */
	if ((l->direction == NP_WAY_IN || l->direction == NP_WAY_OUT) &&
	    ret->deaf.n < NP_DEAF_WORDS)
		ret->deaf.v[ret->deaf.n++] = "the other direction";
	if (anything(l)) {
		ret->verdict = NP_V_PRESENT;
		return;
	}
	if (!i)
		return;
	ret->inspection = i;
	if (i->found) {
		ret->verdict = NP_V_PRESENT;
		ret->until = until;
		ret->expired = false;
	} else if (until >= as_of) {
		ret->verdict = NP_V_ABSENT;
		ret->until = until;
		ret->expired = false;
	}
}

/* ---- words */

static void put_boxes(struct np_buf *b, const struct np_looked_at *l)
{
	static const enum np_sure order[] = {NP_CONFIRMED, NP_PROBABLE,
					     NP_POSSIBLE, NP_DISPUTED,
					     NP_UNKNOWN};
	bool any = false;

	for (size_t i = 0; i < NP_COUNT(order); i++) {
		uint64_t n = l->named[order[i]];

		if (!n)
			continue;
		np_puts(b, any ? ", " : "");
		np_put_thousands(b, n);
		np_putf(b, " %s", np_sure_name(order[i]));
		any = true;
	}
}

static bool can_hear(const struct np_silence_kind *k, uint32_t set)
{
	for (size_t m = 0; m < NP_MAX_METHODS; m++)
		if (set >> m & 1 && k->hears[m])
			return true;
	return false;
}

/* The kinds that one of the methods can hear. */
static void put_kinds(const struct np_silence *r, uint32_t set,
		      const uint32_t *learnt, struct np_buf *b)
{
	bool any = false;

	for (size_t k = 0; k < np_silence_kinds(r); k++) {
		if (!can_hear(np_silence_kind_at(r, k), set) &&
		    !(learnt && learnt[k] & set))
			continue;
		np_puts(b, any ? ", " : "");
		np_puts(b, np_silence_kind_at(r, k)->says);
		any = true;
	}
	if (!any)
		np_puts(b, "nothing that is known");
}

struct words {
	struct np_buf boxes, methods, span, deaf, kinds, drops, place, ended,
		protos;
	const char *direction;
	char until[16], day[16];
};

static void open_words(struct words *w)
{
	struct np_buf *v[] = {&w->boxes, &w->methods, &w->span,
			      &w->deaf,	 &w->kinds,   &w->drops,
			      &w->place, &w->ended,   &w->protos};

	for (size_t i = 0; i < NP_COUNT(v); i++)
		*v[i] = np_buf(65536);
}

static void close_words(struct words *w)
{
	struct np_buf *v[] = {&w->boxes, &w->methods, &w->span,
			      &w->deaf,	 &w->kinds,   &w->drops,
			      &w->place, &w->ended,   &w->protos};

	for (size_t i = 0; i < NP_COUNT(v); i++)
		np_buf_free(v[i]);
}

static void write_words(const struct np_silence *r,
			const struct np_looked_at *l,
			const struct np_silence_state *s,
			const uint32_t *learnt, struct words *w)
{
	put_boxes(&w->boxes, l);
	np_put_methods(r, s->methods ? s->methods : l->methods, &w->methods);
	np_put_methods(r, s->ended, &w->ended);
	np_put_protos(l, &w->protos);
	np_put_span(&w->span, l->listened);
	np_put_words(&w->deaf, &s->deaf);
	put_kinds(r, s->methods, learnt, &w->kinds);
	np_put_place(&w->place, l->place);
	if (l->drops < 0)
		np_puts(&w->drops, "not recorded");
	else
		np_put_thousands(&w->drops, (uint64_t)l->drops);
	w->direction = np_direction_name(l->direction);
	w->until[0] = w->day[0] = '\0';
	if (s->until != NP_NODAY)
		(void)np_day_text(s->until, w->until);
	if (s->inspection)
		(void)np_day_text(s->inspection->day, w->day);
}

static void say(const struct np_silence *r, const struct np_silence_state *s,
		enum np_silence_sentence which, const struct words *w,
		struct np_buf *b)
{
	const struct np_hole v[] = {
		{"boxes", w->boxes.p},
		{"methods", w->methods.p},
		{"ended", w->ended.p},
		{"protocols", w->protos.p},
		{"span", w->span.p},
		{"deaf", w->deaf.p},
		{"kinds", w->kinds.p},
		{"drops", w->drops.p},
		{"direction", w->direction},
		{"place", w->place.p},
		{"until", w->until},
		{"date", w->day},
		{"signer", s->inspection ? s->inspection->signer : NULL},
	};

	np_silence_say(r, which, v, NP_COUNT(v), b);
}

static enum np_silence_sentence short_sentence(const struct np_looked_at *l,
					       const struct np_silence_state *s)
{
	switch (s->verdict) {
	case NP_V_PRESENT:
		return anything(l) ? NP_SAY_present : NP_SAY_present_inspected;
	case NP_V_ABSENT:
		return NP_SAY_absent;
	case NP_V_NOT_LOOKED:
		return s->listed ? NP_SAY_listed : NP_SAY_not_looked;
	default:
		return l->listened ? NP_SAY_not_heard
				   : NP_SAY_not_heard_timeless;
	}
}

void np_put_state(const struct np_silence *r, const struct np_looked_at *l,
		  const struct np_silence_state *s, struct np_buf *b)
{
	struct words w;

	open_words(&w);
	write_words(r, l, s, NULL, &w);
	say(r, s, short_sentence(l, s), &w, b);
	close_words(&w);
}

static enum np_silence_sentence long_sentence(const struct np_looked_at *l,
					      const struct np_silence_state *s)
{
	if (s->verdict == NP_V_PRESENT && anything(l))
		return s->undated   ? NP_SAY_present_undated
		       : s->expired ? NP_SAY_present_expired
				    : NP_SAY_present_whole;
	if (s->verdict != NP_V_NOT_HEARD)
		return short_sentence(l, s);
	if (s->undated)
		return NP_SAY_undated;
	if (s->expired)
		return NP_SAY_expired;
	if (l->place && l->place->kind == NP_D_SERIALS)
		return NP_SAY_whole_serials;
	return l->listened ? NP_SAY_whole : NP_SAY_whole_timeless;
}

/* What limits cut may have been what there was. */
static void say_cut(const struct np_silence *r, const struct np_looked_at *l,
		    struct np_buf *b)
{
	struct np_buf n = np_buf(64), sources = np_buf(64);

	np_put_thousands(&n, l->limited);
	np_put_thousands(&sources, l->sources);
	const struct np_hole v[] = {{"n", n.p}, {"sources", sources.p}};

	np_putc(b, ' ');
	np_silence_say(r, NP_SAY_cut_short, v, NP_COUNT(v), b);
	np_buf_free(&n);
	np_buf_free(&sources);
}

void np_put_whole(const struct np_silence *r, const struct np_looked_at *l,
		  const struct np_silence_state *s, const uint32_t *learnt,
		  struct np_buf *b)
{
	struct words w;

	open_words(&w);
	write_words(r, l, s, learnt, &w);
	say(r, s, long_sentence(l, s), &w, b);
	if (l->limited && s->verdict == NP_V_NOT_HEARD && !s->expired)
		say_cut(r, l, b);
	close_words(&w);
}

/* SPDX-License-Identifier: ISC */
/*
 * What may be said of silence: place by place, which boxes could be heard, how
 * many more there are at least. Every sentence is one of sentences.yaml.
 */
#include "report/silence.h"
#include "report/coverage.h"
#include "report/page.h"
#include "report/table.h"

#define BUF ((size_t)64 << 20)
#define FEW 24 /* places, families: more of them only with -l */

void np_hush_gate(const struct np_hush *h, struct np_hush_gate *ret)
{
	struct np_silence_state s;

	*ret = (struct np_hush_gate){.places = np_declared_n(h->u)};
	for (size_t i = 0; i < ret->places; i++) {
		np_place_state(h->r->silence, np_ledger_place(h->l, i),
			       h->inspections, h->ninspections, h->as_of, &s);
		ret->not_looked += s.verdict == NP_V_NOT_LOOKED;
		ret->expired += s.expired;
	}
}

static void put_places(struct np_buf *b, const struct np_universe *u)
{
	static const char *const words[][2] = {
		[NP_D_SITE] = {"site", "sites"},
		[NP_D_PREFIX] = {"prefix", "prefixes"},
		[NP_D_VLAN] = {"VLAN", "VLANs"},
		[NP_D_SERIALS] = {"range of serial numbers",
				  "ranges of serial numbers"},
	};
	uint64_t n[NP_COUNT(words)] = {0};
	bool any = false;

	for (size_t i = 0; i < np_declared_n(u); i++)
		n[np_declared(u, i)->kind]++;
	for (size_t k = 0; k < NP_COUNT(words); k++) {
		if (!n[k])
			continue;
		np_puts(b, any ? ", " : "");
		np_put_many(b, n[k], words[k][0], words[k][1]);
		any = true;
	}
	if (!any)
		np_puts(b, "nothing");
}

/* ---- families */

enum np_silence_sentence np_hush_family_says(const struct np_hush *h,
					     const struct np_heard_family *f,
					     size_t m)
{
	if (f->of[m])
		return f->k[m] ? NP_SAY_family_learnt : NP_SAY_family_missed;
	if (f->all[m])
		return NP_SAY_family_alone;
	return f->kind >= 0 && np_silence_kind_at(h->r->silence,
						  (size_t)f->kind)
				       ->hears[m]
		       ? NP_SAY_family_known
		       : NP_SAY_family_deaf;
}

void np_hush_put_family(const struct np_hush *h,
			const struct np_heard_family *f, size_t m,
			struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;
	char k[32], n[32], all[32];
	const struct np_hole v[] = {
		{"k", k},
		{"n", n},
		{"all", all},
		{"protocols",
		 f->kind < 0
			 ? NULL
			 : np_silence_kind_at(r, (size_t)f->kind)->hears[m]},
	};

	(void)snprintf(k, sizeof(k), "%llu", (unsigned long long)f->k[m]);
	(void)snprintf(n, sizeof(n), "%llu", (unsigned long long)f->of[m]);
	(void)snprintf(all, sizeof(all), "%llu", (unsigned long long)f->all[m]);
	np_silence_say(r, np_hush_family_says(h, f, m), v, NP_COUNT(v), b);
}

/* A method's kinds, as the rules know them, that it cannot hear. */
void np_hush_put_kinds(const struct np_hush *h, size_t m, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;

	for (size_t k = 0; k < np_silence_kinds(r); k++)
		if (!np_silence_kind_at(r, k)->hears[m] &&
		    !(h->learnt[k] >> m & 1)) {
			np_puts(b, b->n ? ", " : "");
			np_puts(b, np_silence_kind_at(r, k)->says);
		}
}

void np_hush_put_words(const struct np_silence *r, size_t m, struct np_buf *b)
{
	const char *const *v = np_method(r, m)->deaf;

	for (; v && *v; v++) {
		np_puts(b, b->n ? ", " : "");
		np_puts(b, *v);
	}
}

/* ---- the bound */

static void put_bound_methods(const struct np_hush *h,
			      const struct np_bound_of *o, struct np_buf *b)
{
	uint32_t set = 0;

	for (size_t i = 0; i < o->m; i++)
		set |= 1u << o->method[i];
	np_put_methods(h->r->silence, set, b);
}

static enum np_silence_sentence bound_sentence(const struct np_least *l)
{
	if (l->dependence == NP_DEP_AVOID)
		return NP_SAY_avoid;
	if (l->none)
		return NP_SAY_no_bound;
	return l->at_least ? NP_SAY_at_least : NP_SAY_none_more;
}

static enum np_silence_sentence test_sentence(const struct np_least *l)
{
	switch (l->dependence) {
	case NP_DEP_TOGETHER:
		return NP_SAY_dependent;
	case NP_DEP_TWO:
		return NP_SAY_two_methods;
	case NP_DEP_FEW:
		return NP_SAY_too_few;
	default:
		return NP_SAY_independent;
	}
}

static const char *list_name(const struct np_hush *h,
			     const struct np_bound_of *o, size_t i)
{
	return i < o->m ? np_method(h->r->silence, o->method[i])->says : "";
}

/* What is said of a bound: the number, the test, and that none is above. */
void np_hush_put_bound(const struct np_hush *h, const struct np_bound_of *o,
		       struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;
	const struct np_least *l = &o->least;
	struct np_buf methods = np_buf(4096), why = np_buf(4096);
	struct np_buf n = np_buf(64), seen = np_buf(64);
	char p[32], estimate[64];

	put_bound_methods(h, o, &methods);
	np_put_count(&n, l->at_least);
	np_put_count(&seen, l->seen);
	(void)snprintf(p, sizeof(p), "%.2g", l->p);
	(void)snprintf(estimate, sizeof(estimate), "%.1f", l->more);
	np_silence_say(r,
		       o->m < 2 || !l->seen ? NP_SAY_why_one : NP_SAY_why_apart,
		       NULL, 0, &why);
	const struct np_hole v[] = {
		{"methods", methods.p},
		{"why", why.p},
		{"n", n.p},
		{"seen", seen.p},
		{"p", p},
		{"estimate", estimate},
		{"a", list_name(h, o, l->a)},
		{"b", list_name(h, o, l->b)},
	};
	enum np_silence_sentence first = bound_sentence(l);

	np_silence_say(r, first, v, NP_COUNT(v), b);
	if (first != NP_SAY_avoid && first != NP_SAY_no_bound) {
		np_putc(b, ' ');
		np_silence_say(r, test_sentence(l), v, NP_COUNT(v), b);
		np_putc(b, ' ');
		np_silence_say(r, NP_SAY_no_upper, v, NP_COUNT(v), b);
	}
	np_buf_free(&methods);
	np_buf_free(&why);
	np_buf_free(&n);
	np_buf_free(&seen);
}

/* ---- the page */

/* Boxes of a laboratory prove nothing, and their silence neither. */
static void put_origin(const struct np_hush *h, struct np_buf *b)
{
	struct np_buf n = np_buf(64), all = np_buf(64);
	uint64_t k = 0;

	for (size_t i = 0; i < np_ledger_rows(h->l); i++)
		k += strcmp(np_ledger_row(h->l, i)->origin, "field") != 0;
	np_put_count(&n, k);
	np_put_count(&all, np_ledger_rows(h->l));
	const struct np_hole v[] = {{"n", n.p}, {"sources", all.p}};

	if (k) {
		np_puts(b, "origin      ");
		np_silence_say(h->r->silence, NP_SAY_not_the_field, v,
			       NP_COUNT(v), b);
		np_putc(b, '\n');
	}
	np_buf_free(&n);
	np_buf_free(&all);
}

static void put_head(const struct np_hush *h, struct np_buf *b)
{
	char day[16];

	np_putf(b, "silence, as of %s\n", np_day_text(h->as_of, day));
	np_puts(b, "declared    ");
	put_places(b, h->u);
	np_puts(b, h->file ? " (operator's file, " : " (operator's file)");
	if (h->file) {
		np_putterm(b, h->file, strlen(h->file));
		np_putc(b, ')');
	}
	np_puts(b, "\nnot looked  ");
	np_put_many(b, h->gate.not_looked, "place", "places");
	np_puts(b, "\nended       ");
	np_put_many(b, h->gate.expired, "sentence", "sentences");
	np_putc(b, '\n');
	put_origin(h, b);
	if (h->gate.places)
		return;
	np_silence_say(h->r->silence, NP_SAY_nothing_declared, NULL, 0, b);
	np_putc(b, '\n');
}

static void put_term(struct np_buf *b, const char *s)
{
	np_putterm(b, s, strlen(s));
}

static void put_place(const struct np_hush *h, const struct np_looked_at *l,
		      struct np_table *t)
{
	const struct np_silence *r = h->r->silence;
	struct np_buf c = np_buf(65536), text = np_buf(65536);
	struct np_silence_state s;
	char day[16];

	np_place_state(r, l, h->inspections, h->ninspections, h->as_of, &s);
	np_put_place(&text, l->place);
	put_term(&c, text.p ? text.p : "");
	np_table_take(t, &c);
	np_puts(&c, np_silence_verdict_name(s.verdict));
	np_table_take(t, &c);
	np_put_methods(r, l->methods, &c);
	np_puts(&c, c.n ? "" : "-");
	np_table_take(t, &c);
	if (l->listened)
		np_put_span(&c, l->listened);
	else
		np_putc(&c, '-');
	np_table_take(t, &c);
	if (!l->sources)
		np_putc(&c, '-');
	else if (l->drops < 0)
		np_puts(&c, "not recorded");
	else
		np_put_count(&c, (uint64_t)l->drops);
	np_table_take(t, &c);
	np_puts(&c, s.expired ? "ended " : "");
	np_puts(&c, s.until == NP_NODAY ? "-" : np_day_text(s.until, day));
	np_table_take(t, &c);
	np_buf_free(&c);
	np_buf_free(&text);
}

/* Is it told of: declared, or a source without a declared place? */
bool np_hush_told(const struct np_looked_at *l)
{
	return l->place || l->sources;
}

static void page_table(const struct np_hush *h, bool all, struct np_buf *b)
{
	static const char *const titles[] = {"place",	 "verdict", "by",
					     "listened", "drops",   "until"};
	size_t n = np_declared_n(h->u), shown = 0, left = 0;
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i <= n; i++) {
		const struct np_looked_at *l = np_ledger_place(h->l, i);

		if (!np_hush_told(l))
			continue;
		if (!all && shown == FEW) {
			left++;
			continue;
		}
		put_place(h, l, &t);
		shown++;
	}
	np_putc(b, '\n');
	np_table_write(&t, 0, false, b);
	np_table_close(&t);
	if (left) {
		np_puts(b, "  and ");
		np_put_many(b, left, "place", "places");
		np_puts(b, ": -l\n");
	}
}

void np_hush_put_whole(const struct np_hush *h, const struct np_looked_at *l,
		       const struct np_silence_state *s, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;
	char n[32];
	const struct np_hole v[] = {{"n", n}};

	np_put_whole(r, l, s, h->learnt, b);
	if (!l->place || l->place->kind != NP_D_SERIALS || l->place->site ||
	    s->verdict != NP_V_NOT_HEARD)
		return;
	/* Such a box may stand anywhere. */
	(void)snprintf(n, sizeof(n), "%llu",
		       (unsigned long long)h->gate.not_looked);
	np_putc(b, ' ');
	np_silence_say(r, NP_SAY_serials_elsewhere, v, NP_COUNT(v), b);
}

static void put_sentence(const struct np_hush *h, const struct np_looked_at *l,
			 struct np_buf *b)
{
	struct np_buf text = np_buf(65536), says = np_buf(65536);
	struct np_silence_state s;

	np_place_state(h->r->silence, l, h->inspections, h->ninspections,
		       h->as_of, &s);
	np_put_place(&text, l->place);
	np_hush_put_whole(h, l, &s, &says);
	np_puts(b, "  ");
	put_term(b, text.p ? text.p : "");
	np_puts(b, ": ");
	put_term(b, says.p ? says.p : "");
	np_putc(b, '\n');
	np_buf_free(&text);
	np_buf_free(&says);
}

static void page_sentences(const struct np_hush *h, bool all, struct np_buf *b)
{
	size_t n = np_declared_n(h->u), shown = 0;

	np_puts(b, "\nwhat may be said\n");
	for (size_t i = 0; i <= n && (all || shown < FEW); i++) {
		const struct np_looked_at *l = np_ledger_place(h->l, i);

		if (!np_hush_told(l))
			continue;
		put_sentence(h, l, b);
		shown++;
	}
}

static void page_families(const struct np_hush *h, bool all, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;

	np_puts(b, "\nwhich boxes can be heard\n");
	for (size_t i = 0; i < h->nfamilies && (all || i < FEW); i++) {
		const struct np_heard_family *f = &h->families[i];

		np_puts(b, "  ");
		put_term(b, np_report_maker(h->r, f->maker));
		np_puts(b, ", ");
		put_term(b, f->function ? f->function : "function not known");
		np_puts(b, " (");
		np_put_many(b, f->boxes, "box", "boxes");
		np_puts(b, ")");
		for (size_t m = 0; m < np_methods(r); m++) {
			if (!(h->methods >> m & 1))
				continue;
			np_putf(b, "; %s: ", np_method(r, m)->says);
			np_hush_put_family(h, f, m, b);
		}
		np_putc(b, '\n');
	}
	if (!all && h->nfamilies > FEW)
		np_puts(b, "  and more families: -l\n");
}

static void page_deaf(const struct np_hush *h, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;

	for (size_t m = 0; m < np_methods(r); m++) {
		struct np_buf c = np_buf(65536);

		if (!(h->methods >> m & 1))
			continue;
		np_hush_put_words(r, m, &c);
		np_hush_put_kinds(h, m, &c);
		const struct np_hole v[] = {
			{"methods", np_method(r, m)->says},
			{"deaf", c.p ? c.p : "nothing that is known"},
		};

		np_puts(b, "  ");
		np_silence_say(r, NP_SAY_cannot_hear, v, NP_COUNT(v), b);
		np_putc(b, '\n');
		np_buf_free(&c);
	}
}

static void put_left_out(const struct np_hush *h, const struct np_bound_of *o,
			 struct np_buf *b)
{
	struct np_buf n = np_buf(64);

	np_put_many(&n, o->elsewhere, "box", "boxes");
	const struct np_hole v[] = {{"n", n.p}};

	np_silence_say(h->r->silence, NP_SAY_left_out, v, NP_COUNT(v), b);
	np_buf_free(&n);
}

static void page_bounds(const struct np_hush *h, struct np_buf *b)
{
	np_puts(b, "\nhow many more, at least\n");
	for (size_t i = 0; i < h->nbounds; i++) {
		const struct np_bound_of *o = &h->bounds[i];

		/* Where nothing can be said it is said once. */
		if (o->maker != NP_NO_MAKER && o->least.none)
			continue;
		np_puts(b, "  ");
		put_term(b, o->maker == NP_NO_MAKER
				    ? "of all makers"
				    : np_report_maker(h->r, o->maker));
		np_puts(b, ": ");
		np_hush_put_bound(h, o, b);
		if (o->elsewhere) {
			np_putc(b, ' ');
			put_left_out(h, o, b);
		}
		np_putc(b, '\n');
	}
}

int np_write_hush(const struct np_hush *h, bool all, FILE *to)
{
	const struct np_style style = {.width = 0};
	struct np_buf b = np_buf(BUF);
	int rc;

	put_head(h, &b);
	page_table(h, all, &b);
	page_sentences(h, all, &b);
	np_put_ledger(h->l, &style, all ? SIZE_MAX : FEW, &b);
	page_families(h, all, &b);
	page_deaf(h, &b);
	page_bounds(h, &b);
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

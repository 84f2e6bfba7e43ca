/* SPDX-License-Identifier: ISC */
/* What may be said of silence as one JSON document, nameplate.silence/1. */
#include "report/coverage.h"
#include "report/member.h"
#include "report/silence.h"

#define BUF ((size_t)64 << 20)
#define PIECE ((size_t)64 << 10)

static void json_ledger(const struct np_hush *h, struct np_buf *b)
{
	np_puts(b, ",\"ledger\":[");
	for (size_t i = 0; i < np_ledger_rows(h->l); i++) {
		np_puts(b, i ? ",\n" : "\n");
		np_put_observation(np_ledger_row(h->l, i), b);
	}
	np_putc(b, ']');
}

static int json_places(const struct np_hush *h, struct np_buf *b, FILE *to)
{
	size_t n = np_declared_n(h->u), shown = 0;
	struct np_silence_state s;
	int rc = NP_OK;

	np_puts(b, ",\"places\":[");
	for (size_t i = 0; i <= n && !rc; i++) {
		const struct np_looked_at *l = np_ledger_place(h->l, i);
		struct np_buf says = np_buf(65536);

		if (!np_hush_told(l))
			continue;
		np_place_state(h->r->silence, l, h->inspections,
			       h->ninspections, h->as_of, &s);
		np_hush_put_whole(h, l, &s, &says);
		np_puts(b, shown++ ? ",\n" : "\n");
		np_put_place_row(h->r->silence, l, &s, b);
		b->n -= b->n ? 1 : 0; /* its last brace: one member more */
		np_member(b, "whole", says.p ? says.p : "");
		np_putc(b, '}');
		np_buf_free(&says);
		if (b->n > PIECE)
			rc = np_put_out(b, to);
	}
	np_putc(b, ']');
	return rc;
}

static void json_family(const struct np_hush *h,
			const struct np_heard_family *f, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;
	bool any = false;

	np_puts(b, "{\"maker\":");
	np_putjsons(b, np_maker_slug(h->r->knowledge, f->maker));
	np_member(b, "function", f->function);
	np_putf(b, ",\"boxes\":%llu,\"methods\":[",
		(unsigned long long)f->boxes);
	for (size_t m = 0; m < np_methods(r); m++) {
		struct np_buf says = np_buf(65536);

		if (!(h->methods >> m & 1))
			continue;
		np_hush_put_family(h, f, m, &says);
		np_puts(b, any ? ",{\"method\":" : "{\"method\":");
		np_putjsons(b, np_method(r, m)->name);
		np_putf(b, ",\"heard\":%llu,\"of\":%llu,\"all\":%llu",
			(unsigned long long)f->k[m],
			(unsigned long long)f->of[m],
			(unsigned long long)f->all[m]);
		np_putf(b, ",\"can\":%s",
			np_hush_family_says(h, f, m) == NP_SAY_family_deaf ||
					np_hush_family_says(h, f, m) ==
						NP_SAY_family_missed
				? "false"
				: "true");
		np_member(b, "says", says.p ? says.p : "");
		np_putc(b, '}');
		np_buf_free(&says);
		any = true;
	}
	np_puts(b, "]}");
}

static void json_families(const struct np_hush *h, struct np_buf *b)
{
	const struct np_silence *r = h->r->silence;
	bool any = false;

	np_puts(b, ",\"families\":[");
	for (size_t i = 0; i < h->nfamilies; i++) {
		np_puts(b, i ? ",\n" : "\n");
		json_family(h, &h->families[i], b);
	}
	np_puts(b, "],\"cannot_hear\":[");
	for (size_t m = 0; m < np_methods(r); m++) {
		struct np_buf words = np_buf(65536), kinds = np_buf(65536);

		if (!(h->methods >> m & 1))
			continue;
		np_hush_put_words(r, m, &words);
		np_hush_put_kinds(h, m, &kinds);
		np_puts(b, any ? ",{\"method\":" : "{\"method\":");
		np_putjsons(b, np_method(r, m)->name);
		np_member(b, "words", words.p ? words.p : "");
		np_member(b, "kinds", kinds.p ? kinds.p : "");
		np_putc(b, '}');
		np_buf_free(&words);
		np_buf_free(&kinds);
		any = true;
	}
	np_putc(b, ']');
}

static void json_bounds(const struct np_hush *h, struct np_buf *b)
{
	static const char *const tests[] = {
		[NP_DEP_NONE] = "independent",
		[NP_DEP_TOGETHER] = "dependent: together",
		[NP_DEP_AVOID] = "dependent: apart",
		[NP_DEP_TWO] = "not testable: two methods",
		[NP_DEP_FEW] = "not testable: too few",
	};

	np_puts(b, ",\"more\":[");
	for (size_t i = 0; i < h->nbounds; i++) {
		const struct np_bound_of *o = &h->bounds[i];
		const struct np_least *l = &o->least;
		bool said = !l->none && l->dependence != NP_DEP_AVOID;
		struct np_buf says = np_buf(65536);

		np_hush_put_bound(h, o, &says);
		np_puts(b, i ? ",\n{\"maker\":" : "\n{\"maker\":");
		np_putjsons(b, np_maker_slug(h->r->knowledge, o->maker));
		np_putf(b,
			",\"seen\":%llu,\"once\":%llu,\"twice\":%llu,"
			"\"elsewhere\":%llu",
			(unsigned long long)l->seen,
			(unsigned long long)l->once,
			(unsigned long long)l->twice,
			(unsigned long long)o->elsewhere);
		if (said)
			np_putf(b,
				",\"estimate\":%.3f,\"error\":%.3f,"
				"\"at_least\":%llu",
				l->more, l->error,
				(unsigned long long)l->at_least);
		else
			np_puts(b, ",\"estimate\":null,\"error\":null,"
				   "\"at_least\":null");
		np_member(b, "independence", tests[l->dependence]);
		np_putf(b, ",\"p\":%.6g", l->p);
		np_member(b, "says", says.p ? says.p : "");
		np_putc(b, '}');
		np_buf_free(&says);
	}
	np_putc(b, ']');
}

int np_write_hush_json(const struct np_hush *h, FILE *to)
{
	struct np_buf b = np_buf(BUF);
	char day[16];
	int rc;

	np_puts(&b, "{\"schema\":\"nameplate.silence/1\"");
	np_member(&b, "as_of", np_day_text(h->as_of, day));
	np_member(&b, "universe", h->file);
	np_member(&b, "rules", np_silence_sha256(h->r->silence));
	np_putf(&b, ",\"declared\":%llu,\"not_looked\":%llu,\"expired\":%llu",
		(unsigned long long)h->gate.places,
		(unsigned long long)h->gate.not_looked,
		(unsigned long long)h->gate.expired);
	json_ledger(h, &b);
	rc = json_places(h, &b, to);
	json_families(h, &b);
	json_bounds(h, &b);
	np_puts(&b, "}\n");
	rc = rc ? rc : np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

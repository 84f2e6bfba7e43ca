/* SPDX-License-Identifier: ISC */
/*
 * The declarations of CycloneDX: who made a box (evidence: its own statements
 * and attestations; counter-evidence: what contradicts them), what the law has
 * of it (counter-evidence: objections), and what may be said of each site's
 * silence, whose evidence expires. An attestation gives the confidence of each
 * claim about a maker where like cases were counted, and no number elsewhere.
 * Who signed a statement is its key; names of people stay in the dossier.
 */
#include "report/answer.h"
#include "report/cyclonedx.h"

#define EVIDENCE ((size_t)64 << 20)

/* Calls fn for every device that is shown and of which a maker is claimed. */
static int each(struct np_cdx *c, struct np_arena *mem,
		void (*fn)(struct np_cdx *c, const struct np_device *d,
			   const struct np_evidence *e))
{
	const struct np_devices *all = c->r->devices;
	struct np_evidence e;
	int rc = NP_OK;

	for (size_t i = 0; i < all->n && !rc; i++) {
		const struct np_device *d = &all->v[i];

		if (d->maker == NP_NO_MAKER ||
		    !np_export_site(c->r, c->s, d->site))
			continue;
		np_arena_reset(mem);
		rc = np_device_evidence(all, d, mem, &e);
		if (rc)
			break;
		fn(c, d, &e);
		rc = np_cdx_flush(c);
	}
	return rc;
}

static size_t statements(const struct np_cdx *c)
{
	return c->r->said ? np_said_n(c->r->said) : 0;
}

/* ---- lists of references */

struct refs {
	struct np_buf *b;
	bool open;
};

static void ref(struct refs *x, const char *kind, const char *id, size_t n)
{
	np_putf(x->b, "%s\"%s:%s", x->open ? "," : "", kind, id);
	if (n)
		np_putf(x->b, "/%zu", n);
	np_putc(x->b, '"');
	x->open = true;
}

/* Does a person say that somebody else made it, or the same? */
static bool says_maker(const struct np_said_row *x, const struct np_device *d,
		       bool against)
{
	if (x->s.kind == NP_S_ATTEST && x->s.fact &&
	    strcmp(x->s.fact, "maker") == 0)
		return (x->maker != d->maker) == against;
	return against && x->s.kind == NP_S_DISPUTE && !x->s.clause;
}

static void put_said_of_maker(struct np_cdx *c, const struct np_device *d,
			      bool against, struct refs *x)
{
	for (size_t i = 0; i < statements(c); i++) {
		const struct np_said_row *s = np_said_row(c->r->said, i);

		if (s->s.device && says_maker(s, d, against) &&
		    np_statement_about(c->r, s, d, NULL))
			ref(x, "statement", s->id, 0);
	}
}

/* ---- claims */

static void put_reasons(struct np_cdx *c, const struct np_evidence *e)
{
	struct np_buf text = np_buf(EVIDENCE);
	char field[64];

	for (size_t i = 0; i < e->nclaims; i++) {
		const struct np_kept_claim *k = &e->claims[i];

		np_putf(&text, "%sE%d %s by %s", i ? "; " : "", (int)k->grade,
			np_report_what(k->what),
			np_knowledge_field_text(c->r->knowledge, k->field,
						field));
	}
	np_put_jmember(&c->b, "reasoning", text.n ? text.p : "");
	c->b.failed |= text.failed;
	np_buf_free(&text);
}

static void put_maker_claim(struct np_cdx *c, const struct np_device *d,
			    const struct np_evidence *e)
{
	const char *rival = np_report_maker(c->r, d->rival);
	struct np_buf text = np_buf(65536);
	struct refs x = {.b = &c->b};

	np_putf(&text, "who made it: %s%s%s (%s)",
		np_report_maker(c->r, d->maker), rival ? " or " : "",
		rival ? rival : "", np_sure_name(d->sure));
	np_cdx_item(c);
	np_putf(&c->b, "{\"bom-ref\":\"maker:%s\",\"target\":\"%s\"", d->id,
		d->id);
	np_put_jmember(&c->b, "predicate", text.p);
	np_buf_free(&text);
	put_reasons(c, e);
	np_puts(&c->b, ",\"evidence\":[");
	for (size_t i = 0; i < e->nclaims; i++)
		ref(&x, "for", d->id, i + 1);
	put_said_of_maker(c, d, false, &x);
	np_puts(&c->b, "],\"counterEvidence\":[");
	x.open = false;
	for (size_t i = 0; i < e->ncontradictions; i++)
		ref(&x, "against", d->id, i + 1);
	put_said_of_maker(c, d, true, &x);
	np_puts(&c->b, "]}");
}

/* What people object to it. */
static void put_objections(struct np_cdx *c, const struct np_finding *f)
{
	struct refs x = {.b = &c->b};

	np_puts(&c->b, ",\"counterEvidence\":[");
	for (size_t i = 0; i < statements(c); i++) {
		const struct np_said_row *s = np_said_row(c->r->said, i);

		if (s->s.kind == NP_S_DISPUTE && f->clause &&
		    np_statement_about(c->r, s, f->device, f->clause->id))
			ref(&x, "statement", s->id, 0);
	}
	np_putc(&c->b, ']');
}

static void put_finding_claim(struct np_cdx *c, const struct np_finding *f,
			      bool of_box)
{
	struct np_buf text = np_buf(65536);

	np_puts(&text, np_finding_status(f));
	if (f->elsewhere)
		np_puts(&text, " (another state's rule)");
	if (f->missing)
		np_putf(&text, "; missing: %s", f->missing);
	if (f->because)
		np_putf(&text, "; because: %s", f->because);
	np_cdx_item(c);
	np_putf(&c->b, "{\"bom-ref\":\"finding:%s/%s%s\",\"target\":\"%s\"",
		f->device->id, f->clause ? f->clause->id : "place",
		f->component ? "/part" : "", f->device->id);
	np_put_jmember(&c->b, "predicate", f->text ? f->text : "");
	np_put_jmember(&c->b, "reasoning", text.p);
	if (of_box)
		put_objections(c, f);
	np_putc(&c->b, '}');
	c->b.failed |= text.failed;
	np_buf_free(&text);
}

static void put_silence_claim(struct np_cdx *c, size_t site)
{
	size_t place = np_cdx_place(c, site);
	struct np_buf says = np_buf(65536), at = np_buf(65536);
	struct np_silence_state s;

	if (place == SIZE_MAX || !np_cdx_shown(c, site))
		return;
	np_place_state(c->r->silence, np_ledger_place(c->l, place), NULL, 0,
		       c->r->as_of, &s);
	np_put_whole(c->r->silence, np_ledger_place(c->l, place), &s, NULL,
		     &says);
	np_cdx_item(c);
	np_putf(&c->b, "{\"bom-ref\":\"silence:%zu\",\"target\":", site + 1);
	np_cdx_site_ref(c, site, &at);
	np_put_jtext(&c->b, at.p);
	np_put_jmember(&c->b, "predicate", says.p);
	np_put_jmember(&c->b, "reasoning", np_silence_verdict_name(s.verdict));
	np_putf(&c->b, ",\"evidence\":[\"looked:%zu\"]}", site + 1);
	c->b.failed |= says.failed;
	np_buf_free(&says);
	np_buf_free(&at);
}

static int put_claims(struct np_cdx *c, struct np_arena *mem)
{
	const struct np_findings *f = c->r->findings, *of = c->r->of_contracts;
	int rc;

	np_cdx_list(c, "claims");
	rc = each(c, mem, put_maker_claim);
	for (size_t i = 0; i < f->n && !rc; i++) {
		if (!np_export_site(c->r, c->s, f->v[i].device->site))
			continue;
		put_finding_claim(c, &f->v[i], true);
		rc = np_cdx_flush(c);
	}
	for (size_t i = 0; of && i < of->n && !rc; i++) {
		if (c->s->site) /* a contract's box has no site */
			break;
		put_finding_claim(c, &of->v[i], false);
		rc = np_cdx_flush(c);
	}
	for (size_t i = 0; i < c->nsites && !rc; i++)
		put_silence_claim(c, i);
	np_cdx_end(c);
	return rc;
}

/* ---- evidence */

static void put_evidence(struct np_cdx *c, const char *kind, const char *id,
			 size_t n, const struct np_kept_claim *k)
{
	const char *maker = np_report_maker(c->r, k->maker);
	struct np_buf text = np_buf(EVIDENCE);
	char field[64], time[40];

	np_putf(&text, "E%d, rule %s, %s, %s: %s %s", (int)k->grade, k->rule,
		np_scope_name(k->scope), np_reach_name(k->reach),
		np_report_what(k->what),
		k->value ? k->value
		: maker	 ? maker
			 : "");
	np_cdx_item(c);
	np_putf(&c->b, "{\"bom-ref\":\"%s:%s/%zu\",\"propertyName\":\"%s\"",
		kind, id, n, np_report_what(k->what));
	np_put_jmember(&c->b, "description", text.p);
	np_puts(&c->b, ",\"data\":[{\"name\":");
	np_put_jtext(&c->b,
		     np_knowledge_field_text(c->r->knowledge, k->field, field));
	if (k->text) {
		np_puts(&c->b, ",\"contents\":{\"attachment\":{\"contentType\":"
			       "\"text/plain\"");
		np_buf_clear(&text);
		np_put_plain(&text, k->text, k->text_n, 0);
		np_put_jmember(&c->b, "content", text.n ? text.p : "");
		np_puts(&c->b, "}}");
	}
	np_puts(&c->b, "}]");
	if (k->seen.first != NP_NEVER)
		np_put_jmember(&c->b, "created",
			       np_time_text(k->seen.first, time));
	np_putc(&c->b, '}');
	c->b.failed |= text.failed;
	np_buf_free(&text);
}

static void put_device_evidence(struct np_cdx *c, const struct np_device *d,
				const struct np_evidence *e)
{
	for (size_t i = 0; i < e->nclaims; i++)
		put_evidence(c, "for", d->id, i + 1, &e->claims[i]);
	for (size_t i = 0; i < e->ncontradictions; i++)
		put_evidence(c, "against", d->id, i + 1, &e->contradictions[i]);
}

static void put_statement(struct np_cdx *c, const struct np_said_row *x)
{
	struct np_buf text = np_buf(65536);

	np_putf(&text, "%s, grade %c%c, key %s, %s: %s",
		np_stating_name(x->s.kind), x->s.source, x->s.information,
		x->key ? x->key : "-", np_weight_text(c->r->law, x->weight),
		x->s.because ? x->s.because : "");
	np_cdx_item(c);
	np_putf(&c->b,
		"{\"bom-ref\":\"statement:%s\",\"propertyName\":\"statement\"",
		x->id);
	np_put_jmember(&c->b, "description", text.p);
	if (x->s.made)
		np_put_jmember(&c->b, "created", x->s.made);
	np_putc(&c->b, '}');
	c->b.failed |= text.failed;
	np_buf_free(&text);
}

/* That somebody looked at a site, when, and until when that says something. */
static void put_looked(struct np_cdx *c, size_t site)
{
	size_t place = np_cdx_place(c, site);
	const struct np_looked_at *l;
	struct np_silence_state s;
	struct np_buf text = np_buf(65536);
	char time[40], day[16];

	if (place == SIZE_MAX || !np_cdx_shown(c, site))
		return;
	l = np_ledger_place(c->l, place);
	np_place_state(c->r->silence, l, NULL, 0, c->r->as_of, &s);
	np_put_state(c->r->silence, l, &s, &text);
	np_cdx_item(c);
	np_putf(&c->b,
		"{\"bom-ref\":\"looked:%zu\",\"propertyName\":\"coverage\"",
		site + 1);
	np_put_jmember(&c->b, "description", text.p);
	if (l->last != NP_NEVER)
		np_put_jmember(&c->b, "created", np_time_text(l->last, time));
	if (s.until != NP_NODAY)
		np_putf(&c->b, ",\"expires\":\"%sT23:59:59Z\"",
			np_day_text(s.until, day));
	np_putc(&c->b, '}');
	c->b.failed |= text.failed;
	np_buf_free(&text);
}

static int put_all_evidence(struct np_cdx *c, struct np_arena *mem)
{
	int rc;

	np_cdx_list(c, "evidence");
	rc = each(c, mem, put_device_evidence);
	for (size_t i = 0; i < statements(c) && !rc; i++)
		put_statement(c, np_said_row(c->r->said, i));
	for (size_t i = 0; i < c->nsites && !rc; i++)
		put_looked(c, i);
	np_cdx_end(c);
	return rc;
}

/* ---- attestations */

static void put_mapped(struct np_cdx *c, const struct np_device *d,
		       const struct np_evidence *e)
{
	struct np_buf text = np_buf(256);
	struct np_like like;

	(void)e;
	if (!np_device_cases(c->r->knowledge, d, &like))
		return;
	np_put_like_text(&like, &text);
	np_cdx_item(c);
	np_putf(&c->b,
		"{\"claims\":[\"maker:%s\"],\"confidence\":{\"score\":%.3f",
		d->id, like.least);
	np_put_jmember(&c->b, "rationale", text.p);
	np_puts(&c->b, "}}");
	np_buf_free(&text);
}

static int put_attestation(struct np_cdx *c, struct np_arena *mem)
{
	int rc;

	np_puts(&c->b, ",\"attestations\":[{\"summary\":");
	np_put_jtext(&c->b, np_law_opening(c->r->law));
	np_puts(&c->b, ",\"assessor\":\"assessor\"");
	np_cdx_list(c, "map");
	rc = each(c, mem, put_mapped);
	np_cdx_end(c);
	np_puts(&c->b, "}]");
	return rc;
}

int np_cdx_declarations(struct np_cdx *c)
{
	struct np_arena mem = np_arena(EVIDENCE);
	const char *name = np_party_name(c->r->party);
	int rc;

	np_puts(&c->b, ",\"declarations\":{\"assessors\":[{\"bom-ref\":"
		       "\"assessor\",\"organization\":{\"name\":");
	np_put_jtext(&c->b, name ? name : "not stated");
	np_puts(&c->b, "}}]");
	rc = put_attestation(c, &mem);
	if (!rc)
		rc = put_claims(c, &mem);
	if (!rc)
		rc = put_all_evidence(c, &mem);
	np_putc(&c->b, '}');
	np_arena_free(&mem);
	return rc;
}

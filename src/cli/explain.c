/* SPDX-License-Identifier: ISC */
/*
 * nameplate explain: each claim with its rule, grade and place in the source;
 * what contradicts it; what one more fact would settle.
 */
#include "cli/judgement.h"
#include "report/answer.h"
#include "report/supplier.h"
#include "view/view.h"
#include <stdio.h>
#include <string.h>

/* What one fact makes us say. */
static void put_claim(const void *ctx, const struct np_kept_claim *c,
		      struct np_buf *b)
{
	const struct np_report *r = ctx;
	const char *maker = np_report_maker(r, c->maker);

	np_putf(b, "      E%d %s", (int)c->grade,
		c->computer ? "sign of a general-purpose computer"
			    : np_report_what(c->what));
	if (maker && (c->what == NP_W_MAKER || !c->value))
		np_putf(b, " %s", maker);
	if (c->value && *c->value) {
		np_puts(b, c->computer ? ": " : " ");
		np_putterm(b, c->value, strlen(c->value));
	}
	np_putf(b, "  (rule %s, group %s%s)\n", c->rule,
		np_group_name(r->knowledge, c->group),
		c->lowered ? ", counts one grade lower here" : "");
}

/* The fact, and where it stands. */
static void put_fact(const void *ctx, const struct np_kept_claim *c,
		     struct np_buf *b)
{
	const struct np_report *r = ctx;
	const struct np_report_source *src =
		c->seen.source && c->seen.source <= r->nsources
			? &r->sources[c->seen.source - 1]
			: NULL;
	static const char *const where[] = {
		[NP_IN_FRAME] = "frame",
		[NP_IN_STREAM] = "the stream that begins in frame",
		[NP_IN_DOCUMENT] = "the document, in the record of line",
	};
	char field[64];

	np_putf(b, "  %s = \"",
		np_knowledge_field_text(r->knowledge, c->field, field));
	np_putterm(b, c->text, c->text ? c->text_n : 0);
	np_putf(b, "\"\n      %s, %s%s; octet %u of %s %llu of ",
		np_scope_name(c->scope), np_reach_name(c->reach),
		c->settable ? ", settable" : "", c->at, where[c->unit],
		(unsigned long long)c->seen.place);
	if (src)
		np_putterm(b, src->name, strlen(src->name));
	np_putf(b, "; heard %llu time%s\n", (unsigned long long)c->seen.count,
		c->seen.count == 1 ? "" : "s");
}

static void put_device(const struct np_report *r, const struct np_device *d,
		       const struct np_evidence *e, struct np_buf *b)
{
	const char *maker = np_report_maker(r, d->maker);
	struct np_like like;

	np_putf(b, "%s  %s%s%s\n", d->id, np_sure_name(d->sure),
		maker ? " " : "", maker ? maker : "");
	if (d->sure == NP_CONFIRMED)
		np_puts(b, "confirmed: the box's own structured statements "
			   "agree and nothing contradicts;\nnobody looked at "
			   "hardware\n");
	if (np_device_cases(r->knowledge, d, &like)) {
		np_put_like_text(&like, b);
		np_putf(b, ": %s\n", like.key);
	}
	for (size_t i = 0; i < e->nkeys; i++) {
		np_putf(b, "  %-11s ", np_keykind_name(e->keys[i].kind));
		np_putterm(b, e->keys[i].v, e->keys[i].n);
		np_putc(b, '\n');
	}
	np_put_facts(b, "what speaks for it", e->claims, e->nclaims, put_fact,
		     put_claim, r);
	np_put_facts(b, "what contradicts it", e->contradictions,
		     e->ncontradictions, put_fact, put_claim, r);
	np_putf(b, "\nwhat would settle it\n  %s\n", np_settles(d));
}

static void put_finding(const struct np_finding *f, struct np_buf *b)
{
	const struct np_clause *c = f->clause;
	char day[16];

	np_putf(b, "  %s: %s", c ? c->id : "-", np_finding_status(f));
	if (f->date != NP_NODAY)
		np_putf(b, ", %s", np_day_text(f->date, day));
	np_putf(b, "%s%s%s\n      ", f->component ? ", a part of it" : "",
		f->elsewhere ? ", another state's rule" : "",
		c && c->sure != NP_PRIMARY ? ", text: secondary" : "");
	np_puts(b, f->text ? f->text : "");
	np_putc(b, '\n');
	if (f->without != f->status)
		np_putf(b, "      without what people state: %s\n",
			np_status_name(f->without));
	if (f->because && *f->because)
		np_putf(b, "      because %s\n", f->because);
	for (size_t i = 0; i < f->nasked; i++)
		np_putf(b, "      missing: %s; %s\n", f->asked[i].brief,
			f->asked[i].get);
	if (c && c->citation)
		np_putf(b, "      %s\n", c->citation);
}

/* All findings of a device, or those about one clause. */
static void put_findings(const struct np_report *r, const struct np_device *d,
			 const char *clause, struct np_buf *b)
{
	bool any = false;

	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_finding *f = &r->findings->v[i];

		if (f->device != d ||
		    (clause && (!f->clause || strcmp(f->clause->id, clause))))
			continue;
		np_puts(b, any ? "" : "\nfindings\n");
		put_finding(f, b);
		any = true;
	}
	if (!any)
		np_puts(b, "\nfindings\n  none: no rule on file names its "
			   "maker\n");
}

/* What people state of it, whether it counts or not. */
static void put_stated(const struct np_report *r, const struct np_device *d,
		       const char *clause, struct np_buf *b)
{
	bool any = false;

	for (size_t i = 0; i < np_said_n(r->said); i++) {
		const struct np_said_row *x = np_said_row(r->said, i);

		if (!np_statement_about(r, x, d, clause))
			continue;
		np_puts(b, any ? "" : "\nstated by people, signed\n");
		np_put_statement(r, x, "  ", b);
		any = true;
	}
}

/* Is it the reference that a page or a supplier has of the box? */
static bool is_reference(const uint8_t key[static 32],
			 const struct np_device *d, const char *word)
{
	char reference[17];

	if (strncmp(word, "r-", 2) != 0)
		return false;
	np_refer(key, d->id, reference);
	return strcmp(word + 2, reference) == 0;
}

/* Is it said by the clause of this id that the device is a finding? */
static bool has_finding(const struct np_report *r, const struct np_device *d,
			const char *clause)
{
	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_finding *f = &r->findings->v[i];

		if (f->device == d && f->clause &&
		    strcmp(f->clause->id, clause) == 0)
			return true;
	}
	return false;
}

/* "d-…/de-…/core", as in JSON, or "de-…/core": the clause; NULL: a device. */
static const char *clause_of(const struct np_device *d, const char *word)
{
	size_t n = strlen(d->id);

	if (strncmp(word, d->id, n) == 0 && word[n] == '/')
		return word + n + 1;
	return strncmp(word, "d-", 2) != 0 && strchr(word, '/') ? word : NULL;
}

/* ---- for the supplier */

/* Under a reference, which the operator who has the dossier can lead back. */
static int for_supplier(struct np_run *r, const struct np_report *report,
			const struct np_device *d, struct np_buf *b)
{
	uint8_t key[32];
	char reference[17];
	int rc = np_refer_key(r->dossier, key);

	if (rc)
		return rc;
	np_refer(key, d->id, reference);
	return np_put_supplier(report, d, reference, b);
}

static void put_all(const struct np_report *r, const struct np_device *d,
		    const struct np_evidence *e, const char *clause,
		    struct np_buf *b)
{
	put_device(r, d, e, b);
	np_put_placing_lines(r, d, b);
	put_findings(r, d, clause, b);
	put_stated(r, d, clause, b);
}

/* Prints every device that the word names: an id, one of its keys, or a
 * finding. */
static int explain(struct np_run *r, const char *word, bool supplier)
{
	struct np_report report;
	struct np_evidence e;
	struct np_buf b = np_buf((size_t)64 << 20);
	struct np_arena mem = np_arena((size_t)64 << 20);
	uint8_t key[32];
	size_t n = 0;
	int rc = np_outcome(r, &report);

	if (!rc)
		rc = np_refer_key(r->dossier, key);
	for (size_t i = 0; i < r->devices.n && !rc; i++) {
		const struct np_device *d = &r->devices.v[i];

		np_arena_reset(&mem);
		rc = np_device_evidence(&r->devices, d, &mem, &e);
		const char *clause = clause_of(d, word);

		if (rc || (clause ? !has_finding(&report, d, clause)
				  : strcmp(d->id, word) != 0 &&
					    !is_reference(key, d, word) &&
					    !np_evidence_has(&e, word)))
			continue;
		if (n)
			np_putc(&b, '\n');
		if (supplier)
			rc = for_supplier(r, &report, d, &b);
		else
			put_all(&report, d, &e, clause, &b);
		n++;
	}
	if (!rc)
		rc = np_put_out(&b, stdout);
	np_buf_free(&b);
	np_arena_free(&mem);
	return rc ? rc : n ? NP_OK : NP_ENONE;
}

int np_verb_explain(int argc, char **argv)
{
	struct np_judge_options o = {0};
	bool supplier = false;
	struct np_option options[NP_JUDGE_OPTIONS + 1] = {
		{"for-supplier", 0, NP_OPT_FLAG, &supplier, NULL,
		 "for who made the box: without places, addresses, names"},
	};
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	(void)np_judge_options(&o, options + 1);
	rc = np_args("explain", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("explain", &o, false, &r.conf);
	if (rc)
		return rc;
	if (n != 2) {
		(void)fputs("nameplate explain: wants a dossier and a device "
			    "(its id, reference, address, name or serial) or a "
			    "finding (DEVICE/CLAUSE, or CLAUSE)\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	r.conf.dossier = argv[0];
	rc = np_run_dossier(&r, &e);
	if (!rc)
		rc = explain(&r, argv[1], supplier);
	if (rc == NP_ENONE)
		(void)np_fail(&e, rc,
			      "no such device or finding in the dossier",
			      argv[1], 0);
	np_run_free(&r);
	return np_judge_exit(rc, &e);
}

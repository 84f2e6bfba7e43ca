/* SPDX-License-Identifier: ISC */
/*
 * nameplate explain: each claim with its rule, grade and place in the source;
 * what contradicts it; what one more fact would settle.
 */
#include "cli/judgement.h"
#include "store/dossier.h"
#include <stdio.h>
#include <string.h>

static void put_claim(const struct np_report *r, const struct np_kept_claim *c,
		      struct np_buf *b)
{
	const char *maker = np_report_maker(r, c->maker);
	const struct np_report_source *src =
		c->seen.source && c->seen.source <= r->nsources
			? &r->sources[c->seen.source - 1]
			: NULL;
	char field[64];

	np_putf(b, "  E%d  %s%s%s\n", (int)c->grade, maker ? maker : "",
		maker && c->value ? ": " : "", c->value ? c->value : "");
	np_putf(b, "      rule %s, group %s, %s, %s%s%s\n", c->rule,
		np_group_name(r->knowledge, c->group), np_scope_name(c->scope),
		np_reach_name(c->reach), c->settable ? ", settable" : "",
		c->lowered ? ", counts one grade lower here" : "");
	np_putf(b, "      %s = \"",
		np_knowledge_field_text(r->knowledge, c->field, field));
	np_putterm(b, c->text, c->text ? c->text_n : 0);
	np_putf(b, "\"\n      octet %u of %s %llu of ", c->at,
		c->stream ? "the stream that begins in frame" : "frame",
		(unsigned long long)c->seen.place);
	if (src)
		np_putterm(b, src->name, strlen(src->name));
	np_putf(b, ", heard %llu times\n", (unsigned long long)c->seen.count);
}

static void put_claims(const struct np_report *r, const char *title,
		       const struct np_kept_claim *v, size_t n,
		       struct np_buf *b)
{
	np_putf(b, "\n%s\n", title);
	if (!n)
		np_puts(b, "  none\n");
	for (size_t i = 0; i < n; i++)
		put_claim(r, &v[i], b);
}

/* The one more fact, by what is missing from the verdict's table. */
static const char *settles(const struct np_device *d)
{
	switch (d->sure) {
	case NP_CONFIRMED:
		return "nothing is open";
	case NP_PROBABLE:
		return "a second statement of another kind: its SNMP engine "
		       "id, LLDP on its link, or the label";
	case NP_POSSIBLE:
		return "a statement of its own firmware (SNMP sysDescr, LLDP "
		       "system description), or the label on the box";
	case NP_DISPUTED:
		return "the label on the box: two makers are named by equally "
		       "good statements";
	case NP_UNKNOWN:
		break;
	}
	return "any statement of its own: poll SNMP, capture LLDP on its "
	       "link, or read the label";
}

static void put_device(const struct np_report *r, const struct np_device *d,
		       const struct np_evidence *e, struct np_buf *b)
{
	const char *maker = np_report_maker(r, d->maker);

	np_putf(b, "%s  %s%s%s\n", d->id, np_sure_name(d->sure),
		maker ? " " : "", maker ? maker : "");
	if (d->sure == NP_CONFIRMED)
		np_puts(b, "confirmed: the box's own structured statements "
			   "agree and nothing contradicts;\nnobody looked at "
			   "hardware\n");
	for (size_t i = 0; i < e->nkeys; i++) {
		np_putf(b, "  %-11s ", np_keykind_name(e->keys[i].kind));
		np_putterm(b, e->keys[i].v, e->keys[i].n);
		np_putc(b, '\n');
	}
	put_claims(r, "what speaks for it", e->claims, e->nclaims, b);
	put_claims(r, "what contradicts it", e->contradictions,
		   e->ncontradictions, b);
	np_putf(b, "\nwhat would settle it\n  %s\n", settles(d));
}

static void put_findings(const struct np_report *r, const struct np_device *d,
			 struct np_buf *b)
{
	np_puts(b, "\nfindings\n");
	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_finding *f = &r->findings->v[i];

		if (f->device != d)
			continue;
		np_putf(b, "  %s: %s: ", f->clause ? f->clause->id : "-",
			np_status_name(f->status));
		np_puts(b, f->text ? f->text : "");
		np_putc(b, '\n');
		if (f->because)
			np_putf(b, "      because %s\n", f->because);
		if (f->missing)
			np_putf(b, "      missing: %s; %s\n", f->missing,
				f->get ? f->get : "");
		if (f->clause && f->clause->citation)
			np_putf(b, "      %s\n", f->clause->citation);
	}
}

static bool has_key(const struct np_evidence *e, const char *word)
{
	for (size_t i = 0; i < e->nkeys; i++)
		if (e->keys[i].n == strlen(word) &&
		    memcmp(e->keys[i].v, word, e->keys[i].n) == 0)
			return true;
	return false;
}

/* Prints every device that the word names: an id, or one of its keys. */
static int explain(struct np_run *r, const char *word)
{
	struct np_report report;
	struct np_evidence e;
	struct np_buf b = np_buf((size_t)64 << 20);
	struct np_arena mem = np_arena((size_t)64 << 20);
	size_t n = 0;
	int rc = np_outcome(r, &report);

	for (size_t i = 0; i < r->devices.n && !rc; i++) {
		const struct np_device *d = &r->devices.v[i];

		np_arena_reset(&mem);
		rc = np_device_evidence(&r->devices, d, &mem, &e);
		if (rc || (strcmp(d->id, word) != 0 && !has_key(&e, word)))
			continue;
		put_device(&report, d, &e, &b);
		put_findings(&report, d, &b);
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
	struct np_option options[NP_JUDGE_OPTIONS];
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	(void)np_judge_options(&o, options);
	rc = np_args("explain", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("explain", &o, false, &r.conf);
	if (rc)
		return rc;
	if (n != 2) {
		(void)fputs("nameplate explain: wants a dossier and a device "
			    "(its id, address, name or serial)\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	r.conf.dossier = argv[0];
	rc = np_run_dossier(&r, &e);
	if (!rc)
		rc = explain(&r, argv[1]);
	if (rc == NP_ENONE)
		(void)np_fail(&e, rc, "no such device in the dossier", argv[1],
			      0);
	np_run_free(&r);
	return np_judge_exit(rc, &e);
}

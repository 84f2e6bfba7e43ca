/* SPDX-License-Identifier: ISC */
/* nameplate diff: what became of each device between two dossiers. */
#include "report/diff.h"
#include "cli/custody.h"
#include "cli/judgement.h"
#include "document/document.h"
#include "store/custody.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a gate may be set to trip on. */
enum { ON_REMOVED = 1, ON_NEW = 2, ON_CHANGED = 4, ON_GONE = 8, ON_SCOPE = 16 };

struct comparing {
	struct np_run old, new;
	struct np_report was, is;
	struct np_side a, b;
	struct np_arena mem;
	struct np_custody custody;
	struct np_diff diff;
	struct np_phrases phrases;
	struct np_heard *heard;
	const char *file; /* custody's */
	bool partly;
};

static int gate_of(const char *list, unsigned *ret)
{
	static const struct {
		const char *word;
		unsigned bit;
	} words[] = {
		{"removed", ON_REMOVED}, {"new", ON_NEW},
		{"changed", ON_CHANGED}, {"gone", ON_GONE},
		{"scope", ON_SCOPE},
	};

	*ret = 0;
	for (const char *s = list; s && *s;) {
		size_t n = strcspn(s, ","), i = 0;

		while (i < NP_COUNT(words) &&
		       (strlen(words[i].word) != n ||
			strncmp(words[i].word, s, n) != 0))
			i++;
		if (i == NP_COUNT(words)) {
			(void)fprintf(stderr,
				      "nameplate diff: --fail-on wants "
				      "removed, new, changed, gone or scope: "
				      "%s\n",
				      list);
			return NP_EXIT_USAGE;
		}
		*ret |= words[i].bit;
		s += n + (s[n] == ',');
	}
	return 0;
}

static bool trips(const struct np_diff *d, unsigned gate)
{
	return (gate & ON_REMOVED && d->count[NP_REMOVED]) ||
	       (gate & ON_NEW && d->count[NP_NEW]) ||
	       (gate & ON_CHANGED && d->count[NP_CHANGED]) ||
	       (gate & ON_GONE && d->count[NP_GONE]) ||
	       (gate & ON_SCOPE && d->in_scope);
}

static int side_of(struct np_run *r, struct np_report *report,
		   struct np_arena *mem, struct np_side *ret)
{
	int rc = np_outcome(r, report);
	struct np_watch *v;

	if (rc)
		return rc;
	v = np_zalloc(mem, (report->nsources + 1) * sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < report->nsources; i++) {
		const struct np_report_source *s = &report->sources[i];

		v[i] = (struct np_watch){
			.source = s->number,
			.site = s->site,
			.method = np_document_method(s->kind),
			.first = s->coverage.first,
			.last = s->coverage.last,
			.frames = s->coverage.frames,
			.whole = strcmp(s->status, "read") == 0,
		};
	}
	*ret = (struct np_side){
		.knowledge = r->knowledge,
		.law = r->law,
		.party = r->party,
		.what_if = r->conf.what_if,
		.as_of = r->conf.as_of,
		.devices = &r->devices,
		.findings = &r->findings,
		.watches = v,
		.nwatches = report->nsources,
	};
	return 0;
}

/* Who says that a box went: custody that both dossiers keep, and the file.
 * Whoever else says so (an attestation, an inspection) adds a reason here. */
static int read_custody(struct comparing *c, struct np_reason **ret,
			size_t *ret_n, struct np_err *reterr)
{
	int rc = np_dossier_custody(c->old.dossier, &c->custody);

	if (!rc)
		rc = np_dossier_custody(c->new.dossier, &c->custody);
	if (!rc && c->file)
		rc = np_custody_read(&c->custody, c->file, reterr);
	if (!rc)
		rc = np_custody_settle(&c->custody, c->b.as_of);
	if (!rc)
		rc = np_custody_heard(&c->custody, c->b.devices, &c->heard);
	if (!rc)
		rc = np_custody_reasons(&c->custody, ret, ret_n);
	np_say_custody(&c->custody);
	c->partly = c->custody.nproblems > 0;
	return rc;
}

static int compare(struct comparing *c, struct np_err *reterr)
{
	struct np_reason *reasons = NULL;
	size_t n = 0;
	int rc = np_run_dossier(&c->old, reterr);

	if (!rc)
		rc = np_run_dossier(&c->new, reterr);
	if (!rc)
		rc = side_of(&c->old, &c->was, &c->mem, &c->a);
	if (!rc)
		rc = side_of(&c->new, &c->is, &c->mem, &c->b);
	if (!rc)
		rc = np_phrases_open(c->new.law, &c->mem, &c->phrases, reterr);
	if (!rc)
		rc = read_custody(c, &reasons, &n, reterr);
	return rc ? rc
		  : np_diff_make(&c->a, &c->b, reasons, n, &c->mem, &c->diff,
				 reterr);
}

static int show(struct comparing *c, const struct np_judge_options *o)
{
	struct np_look look = np_look(o->colour, STDOUT_FILENO);
	const struct np_style style = {
		.colour = look.colour,
		.width = look.width,
		.all = o->all,
		.site = o->site,
	};
	const struct np_custody_report custody = {
		.r = &c->is,
		.custody = &c->custody,
		.heard = c->heard,
		.phrases = &c->phrases,
	};
	const struct np_diff_report r = {.old = &c->was,
					 .new = &c->is,
					 .diff = &c->diff,
					 .phrases = &c->phrases,
					 .custody = &custody};
	int rc;

	(void)signal(SIGPIPE, SIG_DFL);
	rc = o->json ? np_write_diff_json(&r, &style, stdout)
		     : np_write_diff_text(&r, &style, stdout);
	return fflush(stdout) != 0 ? NP_EIO : rc;
}

static int exit_of(int rc, const struct comparing *c, unsigned gate,
		   struct np_err *e)
{
	if (rc)
		return rc == NP_EINPUT && c->file && e->text &&
				       strcmp(e->what, c->file) == 0
			       ? (np_say_error(e), NP_EXIT_USAGE)
			       : np_judge_exit(rc, e);
	if (trips(&c->diff, gate))
		return NP_EXIT_GATE;
	return c->partly ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

int np_verb_diff(int argc, char **argv)
{
	struct np_judge_options o = {0};
	struct np_option options[NP_JUDGE_OPTIONS + 2];
	struct comparing c = {.mem = np_arena((size_t)8 << 30)};
	struct np_err e = {0};
	const char *fail_on = NULL;
	unsigned gate;
	int n, rc;

	(void)np_judge_options(&o, options);
	options[NP_JUDGE_OPTIONS] = (struct np_option){
		"custody",
		0,
		NP_OPT_TEXT,
		&c.file,
		"FILE",
		"a table of serial, event, date: who was unracked"};
	options[NP_JUDGE_OPTIONS + 1] = (struct np_option){
		"fail-on",   0,
		NP_OPT_TEXT, &fail_on,
		"WHAT,...",  "exit 1 on removed, new, changed, gone or scope"};
	rc = np_args("diff", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = gate_of(fail_on, &gate);
	if (!rc)
		rc = np_judge_conf("diff", &o, false, &c.old.conf);
	if (rc)
		return rc;
	if (n != 2) {
		(void)fputs("nameplate diff: wants two dossiers, the older one "
			    "first\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	c.new.conf = c.old.conf;
	c.old.conf.dossier = argv[0];
	c.new.conf.dossier = argv[1];
	c.custody.mem = &c.mem;
	rc = compare(&c, &e);
	if (!rc)
		rc = show(&c, &o);
	rc = exit_of(rc, &c, gate, &e);
	np_run_free(&c.old);
	np_run_free(&c.new);
	np_arena_free(&c.mem);
	return rc;
}

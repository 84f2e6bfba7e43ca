/* SPDX-License-Identifier: ISC */
/* nameplate audit: the whole line. */
#include "cli/judgement.h"
#include "cli/key.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put_name(struct np_buf *b, const char *path, size_t *n)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	if (!path)
		return;
	np_puts(b, (*n)++ ? ", " : ", with ");
	np_putterm(b, slash ? slash + 1 : path,
		   strlen(slash ? slash + 1 : path));
}

/* A directory that holds an operator.yaml brings its party with it. */
static void take_party(struct np_run *r)
{
	const struct np_inputs *in = &r->inputs;
	struct np_place_files *f = &r->conf.files;
	struct np_buf b = np_buf(16384);
	size_t n = 0;

	r->conf.party = in->party;
	if (!f->inventory)
		put_name(&b, f->inventory = in->files.inventory, &n);
	if (!f->sites)
		put_name(&b, f->sites = in->files.sites, &n);
	if (!f->contracts)
		put_name(&b, f->contracts = in->files.contracts, &n);
	if (!f->zones)
		put_name(&b, f->zones = in->files.zones, &n);
	struct np_buf say = np_buf(32768);

	np_puts(&say, "nameplate: the party is ");
	np_putterm(&say, in->party, strlen(in->party));
	np_putf(&say, "%s\n", b.n ? b.p : "");
	if (!say.failed)
		(void)fputs(say.p, stderr);
	np_buf_free(&say);
	np_buf_free(&b);
}

static void say_passed(const struct np_inputs *in)
{
	struct np_buf b = np_buf(16384);

	if (in->other_party) {
		np_puts(&b, "nameplate: not taken as the party: ");
		np_putterm(&b, in->other_party, strlen(in->other_party));
		np_puts(&b, "\n");
		if (!b.failed)
			(void)fputs(b.p, stderr);
		np_buf_clear(&b);
	}

	if (!in->passed || !in->passed_first) {
		np_buf_free(&b);
		return;
	}
	np_puts(&b, "nameplate: passed over, since nothing here reads it: ");
	np_putterm(&b, in->passed_first, strlen(in->passed_first));
	if (in->passed > 1)
		np_putf(&b, ", and %zu more", in->passed - 1);
	np_puts(&b, "\n");
	if (!b.failed)
		(void)fputs(b.p, stderr);
	np_buf_free(&b);
}

int np_verb_audit(int argc, char **argv)
{
	struct np_judge_options o = {0};
	const char *dossier = NULL, *map = NULL, *key = NULL, *seal = NULL;
	unsigned jobs = 0;
	struct np_option options[NP_JUDGE_OPTIONS + 5] = {
		{"output", 'o', NP_OPT_TEXT, &dossier, "X.dossier",
		 "keep all in one file, hashed"},
		{"jobs", 'j', NP_OPT_COUNT, &jobs, "N",
		 "decoders at once (as many as processors)"},
		{"map", 0, NP_OPT_TEXT, &map, "FIELD=COLUMN,...",
		 "what the columns of tables are"},
		{"subscriber-key", 0, NP_OPT_TEXT, &key, "FILE",
		 "count a subscriber's box once, by a keyed hash"},
		{"seal-key", 0, NP_OPT_TEXT, &seal, "FILE",
		 "sign the dossier with this key (see seal)"},
	};
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	(void)np_judge_options(&o, options + 5);
	rc = np_args("audit", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (seal && !dossier) {
		(void)fputs("nameplate audit: --seal-key wants -o X.dossier\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	rc = np_judge_conf("audit", &o, true, &r.conf);
	if (!rc)
		rc = np_add_inputs(&r.inputs, n, argv);
	if (rc) {
		np_inputs_free(&r.inputs);
		return rc;
	}
	if (!r.conf.party && r.inputs.party)
		take_party(&r);
	say_passed(&r.inputs);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	r.conf.dossier = dossier;
	r.conf.subscriber_key = key;
	r.conf.listen.map = map;
	r.conf.listen.jobs = jobs ? jobs : cpus > 0 ? (unsigned)cpus : 1;
	r.conf.listen.progress = isatty(STDERR_FILENO);
	r.conf.listen.stop = np_stopped();
	np_catch_signals();
	rc = np_run(&r, &e);
	if (rc == NP_OK || rc == NP_EINTR) {
		int shown = np_show(&r, &o);

		if (shown < 0)
			rc = np_fail(&e, shown, np_strerror(shown), NULL, 0);
	}
	if (rc < 0 && rc != NP_EINTR && e.text)
		np_say_error(&e);
	/* the operator's file, or a beside file, is not what it should be */
	rc = rc == NP_EINPUT || rc == NP_EUSAGE ? NP_EXIT_USAGE
						: np_exit_of(rc, &r.inputs);
	np_run_free(&r);
	if (seal && (rc == NP_EXIT_OK || rc == NP_EXIT_PARTLY)) {
		int sealed = np_seal_with(dossier, seal, NULL, NULL);

		rc = sealed ? sealed : rc;
	}
	return rc;
}

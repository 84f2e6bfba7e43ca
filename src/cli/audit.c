/* SPDX-License-Identifier: ISC */
/* nameplate audit: the whole line. */
#include "cli/judgement.h"
#include "cli/key.h"
#include "cli/watch.h"
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

struct asked {
	struct np_judge_options judge;
	const char *dossier, *map, *key, *seal;
	unsigned jobs;
	bool watch;
	int n;
	char **paths;
};

static void conf_of(const struct asked *o, struct np_run_conf *to)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	to->dossier = o->dossier;
	to->subscriber_key = o->key;
	to->listen.map = o->map;
	to->listen.jobs = o->jobs ? o->jobs : cpus > 0 ? (unsigned)cpus : 1;
	to->listen.progress = isatty(STDERR_FILENO);
	to->listen.stop = np_stopped();
}

static int audit(const struct asked *o)
{
	struct np_run r = {0};
	struct np_err e = {0};
	int rc = np_judge_conf("audit", &o->judge, true, &r.conf);

	if (!rc)
		rc = np_add_inputs(&r.inputs, o->n, o->paths);
	if (rc) {
		np_inputs_free(&r.inputs);
		return rc;
	}
	if (!r.conf.party && r.inputs.party)
		take_party(&r);
	say_passed(&r.inputs);
	conf_of(o, &r.conf);
	np_catch_signals();
	rc = np_run(&r, &e);
	if (rc == NP_OK || rc == NP_EINTR) {
		int shown = np_show(&r, &o->judge);

		if (shown < 0)
			rc = np_fail(&e, shown, np_strerror(shown), NULL, 0);
	}
	if (rc < 0 && rc != NP_EINTR && e.text)
		np_say_error(&e);
	/* the operator's file, or a beside file, is not what it should be */
	rc = rc == NP_EINPUT || rc == NP_EUSAGE ? NP_EXIT_USAGE
						: np_exit_of(rc, &r.inputs);
	np_run_free(&r);
	if (o->seal && (rc == NP_EXIT_OK || rc == NP_EXIT_PARTLY)) {
		int sealed = np_seal_with(o->dossier, o->seal, NULL, NULL);

		rc = sealed ? sealed : rc;
	}
	return rc;
}

static int watched(void *ctx, const struct np_look *look)
{
	struct asked o = *(const struct asked *)ctx;

	o.judge.look = look;
	return audit(&o);
}

static int wrong(const char *text)
{
	(void)fprintf(stderr, "nameplate audit: %s\n", text);
	return NP_EXIT_USAGE;
}

int np_verb_audit(int argc, char **argv)
{
	struct asked o = {.paths = argv};
	struct np_option options[NP_JUDGE_OPTIONS + 6] = {
		{"output", 'o', NP_OPT_TEXT, &o.dossier, "X.dossier",
		 "keep all in one file, hashed"},
		{"jobs", 'j', NP_OPT_COUNT, &o.jobs, "N",
		 "decoders at once (as many as processors)"},
		{"map", 0, NP_OPT_TEXT, &o.map, "FIELD=COLUMN,...",
		 "what the columns of tables are"},
		{"subscriber-key", 0, NP_OPT_TEXT, &o.key, "FILE",
		 "count a subscriber's box once, by a keyed hash"},
		{"seal-key", 0, NP_OPT_TEXT, &o.seal, "FILE",
		 "sign the dossier with this key (see seal)"},
		{"watch", 0, NP_OPT_FLAG, &o.watch, NULL,
		 "on a terminal: read again when the sources change"},
	};
	int rc;

	(void)np_judge_options(&o.judge, options + 6);
	rc = np_args("audit", argc, argv, options, NP_COUNT(options), &o.n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (o.seal && !o.dossier)
		return wrong("--seal-key wants -o X.dossier");
	if (!o.watch)
		return audit(&o);
	if (o.dossier || o.judge.json || o.judge.jsonl)
		return wrong("--watch shows a page; -o, --json and --jsonl do "
			     "not go with it");
	return np_watch("audit", o.judge.colour, o.n, argv, watched, &o);
}

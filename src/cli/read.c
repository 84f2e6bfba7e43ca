/* SPDX-License-Identifier: ISC */
/* nameplate read: the waist as JSON lines. */
#include "cli/cli.h"
#include "core/hash.h"
#include "document/document.h"
#include "keep.h"
#include "store/hashing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reader {
	struct np_inputs in;
	struct np_buf line;
	struct np_hasher *hash;
	bool *begun;		  /* by source */
	struct np_hashed *hashes; /* by source; NULL: not asked for */
	struct np_hashing *hashing;
};

static int put_out(struct reader *r)
{
	np_putc(&r->line, '\n');
	if (r->line.failed)
		return NP_ENOMEM;
	if (fwrite(r->line.p, 1, r->line.n, stdout) != r->line.n)
		return NP_EIO;
	np_buf_clear(&r->line);
	return NP_OK;
}

static void put_time(struct np_buf *b, const char *name, int64_t t)
{
	char text[40];

	np_putf(b, ",\"%s\":", name);
	np_putjsons(b, t == NP_NEVER ? NULL : np_time_text(t, text));
}

static int source_line(struct reader *r, uint32_t source)
{
	const struct np_input *x = &r->in.v[source - 1];

	if (r->begun[source - 1])
		return NP_OK;
	r->begun[source - 1] = true;
	np_putf(&r->line,
		"{\"record\":\"source\",\"source\":%u,\"name\":", source);
	np_putjsons(&r->line, x->name);
	np_puts(&r->line, ",\"kind\":");
	np_putjsons(&r->line, x->kind);
	np_puts(&r->line, ",\"origin\":");
	np_putjsons(&r->line, np_origin_name(x->origin));
	np_putc(&r->line, '}');
	return put_out(r);
}

static int coverage_line(struct reader *r, const struct np_input *x,
			 uint32_t source)
{
	const struct np_coverage *c = &x->coverage;
	struct np_buf *b = &r->line;

	np_putf(b,
		"{\"record\":\"coverage\",\"source\":%u,\"method\":"
		"\"%s\",\"site\":",
		source, np_document_method(x->kind));
	np_putjsons(b, x->site);
	put_time(b, "first", c->first);
	put_time(b, "last", c->last);
	np_putf(b,
		",\"frames\":%llu,\"drops\":", (unsigned long long)c->frames);
	if (c->drops < 0)
		np_puts(b, "null");
	else
		np_putu(b, (uint64_t)c->drops);
	np_putf(b,
		",\"malformed\":%llu,\"dropped_by_limit\":%llu,"
		"\"unread_link\":%llu,\"subscriber_tunnels\":%llu,"
		"\"withheld\":%llu,\"asked\":%llu,\"absent\":%llu}",
		(unsigned long long)c->malformed,
		(unsigned long long)c->dropped_by_limit,
		(unsigned long long)c->unread_link,
		(unsigned long long)c->subscriber_tunnels,
		(unsigned long long)(x->tally.withheld.person +
				     x->tally.withheld.banner),
		(unsigned long long)c->asked, (unsigned long long)c->absent);
	return put_out(r);
}

/* NULL: not asked for, or no file. */
static const char *sha256_of(const struct reader *r, uint32_t source)
{
	const struct np_hashed *h = r->hashes ? &r->hashes[source - 1] : NULL;

	return h && h->sha256[0] ? h->sha256 : NULL;
}

static int end_line(struct reader *r, uint32_t source)
{
	const struct np_input *x = &r->in.v[source - 1];
	int rc = source_line(r, source);

	if (!rc && x->over)
		rc = coverage_line(r, x, source);
	if (rc)
		return rc;
	np_putf(&r->line,
		"{\"record\":\"source_end\",\"source\":%u,\"sha256\":", source);
	np_putjsons(&r->line, sha256_of(r, source));
	np_putf(&r->line, ",\"frames\":%llu,\"bytes\":%llu,\"status\":",
		(unsigned long long)x->coverage.frames,
		(unsigned long long)x->coverage.bytes);
	np_putjsons(&r->line, x->broken	     ? "broken"
			      : x->truncated ? "truncated"
					     : "read");
	np_putc(&r->line, '}');
	return put_out(r);
}

static int heard(void *ctx, struct np_record *rec)
{
	struct reader *r = ctx;
	int rc;

	if (rec->kind != NP_R_SIGHTING)
		return NP_OK;
	rc = source_line(r, rec->source);
	if (rc)
		return rc;
	np_sighting_id(&rec->sighting, r->hash, rec->sighting.id);
	np_sighting_json(&rec->sighting, &r->line);
	return put_out(r);
}

static void hash_sources(void *reader)
{
	struct reader *r = reader;

	if (r->hashes)
		r->hashing = np_hash_inputs(&r->in);
}

static int listen_all(struct reader *r, struct np_listen_conf *conf)
{
	struct np_err e = {0};
	int rc;

	conf->forked = hash_sources;
	r->hash = np_hasher_new(NP_BLAKE2S);
	r->begun = calloc(r->in.n, sizeof(*r->begun));
	rc = r->hash && r->begun
		     ? np_listen(&r->in, conf, heard, r, &e)
		     : np_fail(&e, NP_ENOMEM, "out of memory", NULL, 0);
	if (r->hashing)
		np_hashing_end(r->hashing, r->hashes, NULL);
	for (uint32_t i = 1; rc >= 0 && i <= r->in.n; i++)
		rc = end_line(r, i);
	if (rc < 0 && rc != NP_EINTR && e.text)
		np_say_error(&e);
	rc = np_exit_of(rc, &r->in);
	if (fflush(stdout) != 0)
		rc = NP_EXIT_FAILED;
	np_hasher_free(r->hash);
	np_buf_free(&r->line);
	free(r->begun);
	free(r->hashes);
	return rc;
}

/* Walks of makers' own objects can be read by who knows them. */
static int listen_knowing(struct reader *r, struct np_listen_conf *conf)
{
	struct np_knowledge *k = NULL;
	struct np_err e = {0};
	int rc = np_knowledge_open(NULL, &k, &e);

	if (rc) {
		np_say_error(&e);
		return NP_EXIT_FAILED;
	}
	conf->rules.object = np_knowledge_object;
	conf->rules.known_ctx = k;
	rc = listen_all(r, conf);
	np_knowledge_close(k);
	return rc;
}

int np_verb_read(int argc, char **argv)
{
	bool raw = false, every = false, no_hash = false;
	unsigned jobs = 1;
	struct np_listen_conf conf = {0};
	const struct np_option options[] = {
		{"raw", 0, NP_OPT_FLAG, &raw, NULL,
		 "withhold nothing and open tunnels: for laboratories"},
		{"every", 0, NP_OPT_FLAG, &every, NULL,
		 "each occurrence by itself, not merged"},
		{"no-hash", 0, NP_OPT_FLAG, &no_hash, NULL,
		 "leave the sources' SHA-256 out"},
		{"jobs", 'j', NP_OPT_COUNT, &jobs, "N", "decoders at once"},
		{"map", 0, NP_OPT_TEXT, &conf.map, "FIELD=COLUMN,...",
		 "what the columns of tables are"},
	};
	struct reader r = {.line = np_buf((size_t)1 << 22)};
	int n, rc = np_args("read", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_add_inputs(&r.in, n, argv);
	if (rc)
		return rc;
	if (!no_hash)
		r.hashes = calloc(r.in.n, sizeof(*r.hashes));
	conf.every = every;
	conf.rules.raw = raw;
	conf.wire.open_subscriber = raw;
	conf.jobs = jobs;
	conf.progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
	conf.stop = np_stopped();
	np_catch_signals();
	if (raw)
		(void)fputs("nameplate: --raw: nothing is withheld; not for "
			    "evidence\n",
			    stderr);
	rc = listen_knowing(&r, &conf);
	np_inputs_free(&r.in);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/*
 * nameplate identify: strings in, claims out, a line each, in order. A filter
 * that remembers nothing from one line to the next.
 */
#include "claim/query.h"
#include "cli/cli.h"
#include "core/hash.h"
#include "report/answer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct filter {
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_hasher *hash;
	struct np_arena mem;
	struct np_buf out;
	struct np_query q;
	struct np_claims claims;
	uint64_t line;
	bool partly;
};

static int answer(struct filter *f)
{
	struct np_fold *fold = np_fold_new(f->k, 1);
	struct np_devices all = {0};
	struct np_evidence e = {0};
	struct np_sighting *s = &f->q.sighting;
	int rc = fold ? NP_OK : NP_ENOMEM;

	np_infer(f->infer, s, &f->mem, &f->claims);
	s->owner = NP_OWNER_OPERATOR;
	s->seen = (struct np_occurrence){.source = 1, .count = 1, .place = 1};
	np_sighting_id(s, f->hash, s->id);
	if (!rc)
		rc = np_fold_add(fold, s, &f->claims);
	if (!rc)
		rc = np_fold_devices(fold, &all);
	if (!rc && all.n)
		rc = np_device_evidence(&all, all.v, &f->mem, &e);
	if (!rc)
		np_put_answer(f->k, f->q.id,
			      all.n ? all.v : &(struct np_device){0}, e.claims,
			      e.nclaims, &f->out);
	np_fold_free(fold);
	return rc;
}

static int one_line(struct filter *f, const char *line, size_t n)
{
	struct np_err why;
	int rc = NP_OK;

	np_arena_reset(&f->mem);
	if (np_query_read(f->k, line, n, &f->mem, &f->q, &why)) {
		f->partly = true;
		np_put_refusal(f->q.id, &why, f->line, &f->out);
	} else {
		rc = answer(f);
	}
	np_putc(&f->out, '\n');
	if (!rc && fwrite(f->out.p, 1, f->out.n, stdout) != f->out.n)
		rc = NP_EIO;
	np_buf_clear(&f->out);
	return rc;
}

static int all_lines(struct filter *f, FILE *in)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	int rc = NP_OK;

	while (!rc && (n = getline(&line, &cap, in)) >= 0) {
		f->line++;
		if (line[strspn(line, " \t\r\n")] == '\0' &&
		    strlen(line) == (size_t)n)
			continue;
		rc = one_line(f, line, (size_t)n);
	}
	free(line);
	return rc;
}

int np_verb_identify(int argc, char **argv)
{
	struct filter f = {.out = np_buf((size_t)4 << 20),
			   .mem = np_arena((size_t)8 << 20)};
	struct np_err e = {0};
	int n, rc = np_args("identify", argc, argv, NULL, 0, &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	FILE *in = n && strcmp(argv[0], "-") ? fopen(argv[0], "r") : stdin;

	if (!in) {
		(void)np_fail(&e, NP_EIO, strerror(errno), argv[0], 0);
		np_say_error(&e);
		return NP_EXIT_PARTLY;
	}
	rc = np_knowledge_open(NULL, &f.k, &e);
	if (!rc) {
		f.infer = np_infer_new(f.k);
		f.hash = np_hasher_new(NP_BLAKE2S);
		rc = all_lines(&f, in);
	}
	return rc ? NP_EXIT_FAILED : f.partly ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

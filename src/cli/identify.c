/* SPDX-License-Identifier: ISC */
/*
 * nameplate identify: strings in, claims out, a line each, in order. A filter
 * that remembers nothing from one line to the next; what it has answered is
 * written before it waits for more, since somebody may wait for that.
 */
#include "claim/query.h"
#include "cli/cli.h"
#include "core/lines.h"
#include "report/answer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUT_MEMORY ((size_t)8 << 20) /* a line's answer is less than half */
#define OUT_FULL ((size_t)1 << 16)   /* written when it holds as much */
#define MEMORY ((size_t)16 << 20)    /* for what one line makes of itself */

struct filter {
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_lines in;
	struct np_arena mem;
	struct np_buf out;
	uint64_t line;
	bool partly;
	struct np_query q;
	struct np_claims claims;
};

static int flush(struct filter *f)
{
	const char *p = f->out.p;
	size_t left = f->out.n;

	if (f->out.failed)
		return NP_ENOMEM;
	while (left) {
		ssize_t n = write(STDOUT_FILENO, p, left);

		if (n < 0 && errno != EINTR)
			return NP_EIO;
		if (n > 0) {
			p += n;
			left -= (size_t)n;
		}
	}
	np_buf_clear(&f->out);
	return NP_OK;
}

static int answer(struct filter *f)
{
	struct np_kept_claim *claims;
	struct np_device d;
	size_t n;

	np_infer(f->infer, &f->q.sighting, &f->mem, &f->claims);
	int rc = np_alone(f->k, &f->q.sighting, &f->claims, &f->mem, &d,
			  &claims, &n);

	if (!rc)
		np_put_answer(f->k, f->q.id, &d, claims, n, &f->out);
	return rc;
}

static bool blank(const char *line, size_t n)
{
	while (n && strchr(" \t\r", line[n - 1]) && line[n - 1])
		n--;
	return n == 0;
}

static int one_line(struct filter *f, const char *line, size_t n, bool whole)
{
	struct np_err why = {0};
	int rc;

	/* RFC 8259 8.1: a byte order mark may be passed over. */
	if (f->line == 1 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
		line += 3;
		n -= 3;
	}
	if (blank(line, n))
		return NP_OK;
	np_arena_reset(&f->mem);
	rc = np_query_read(f->k, line, n, whole, &f->mem, &f->q, &why);
	if (rc) {
		f->partly = true;
		np_put_refusal(f->q.id, &why, f->line, &f->out);
		rc = NP_OK;
	} else {
		rc = answer(f);
	}
	np_putc(&f->out, '\n');
	return rc;
}

/* Nobody reads any more: said by the exit code alone. */
static int failed(int rc, struct np_err *reterr)
{
	return rc == NP_EIO && errno != EPIPE
		       ? np_fail(reterr, rc, strerror(errno), NULL, 0)
		       : rc;
}

static int all_lines(struct filter *f, struct np_err *reterr)
{
	const char *line;
	size_t n;
	bool whole;
	int rc = NP_OK;

	while (!rc) {
		if (f->out.n >= OUT_FULL || np_lines_wait(&f->in))
			rc = flush(f);
		if (!rc && *np_stopped())
			rc = NP_EINTR;
		if (!rc)
			rc = np_lines_next(&f->in, &line, &n, &whole);
		if (rc == 0)
			break;
		if (rc < 0)
			continue;
		f->line++;
		rc = one_line(f, line, n, whole);
	}
	rc = failed(rc, reterr);
	int last = failed(flush(f), reterr);

	return rc ? rc : last;
}

static int identify(struct filter *f, const char *knowledge, int fd,
		    struct np_err *reterr)
{
	int rc = np_knowledge_open(knowledge, &f->k, reterr);

	if (rc)
		return rc;
	f->infer = np_infer_new(f->k);
	rc = np_lines_open(&f->in, fd, NP_QUERY_SIZE);
	if (!f->infer || rc)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	return all_lines(f, reterr);
}

static int exit_of(int rc, const struct np_err *e, bool partly)
{
	if (rc == NP_EINTR)
		return NP_EXIT_INTERRUPTED;
	if (rc && e->text)
		np_say_error(e);
	if (rc)
		return NP_EXIT_FAILED;
	return partly ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

/* The exit code of it all. */
static int over(const char *knowledge, int fd)
{
	struct filter *f = calloc(1, sizeof(*f));
	struct np_err e = {0};
	int rc;

	if (!f)
		return NP_EXIT_FAILED;
	f->mem = np_arena(MEMORY);
	f->out = np_buf(OUT_MEMORY);
	rc = identify(f, knowledge, fd, &e);
	rc = exit_of(rc, &e, f->partly);
	np_lines_close(&f->in);
	np_infer_free(f->infer);
	np_knowledge_close(f->k);
	np_buf_free(&f->out);
	np_arena_free(&f->mem);
	free(f);
	return rc;
}

int np_verb_identify(int argc, char **argv)
{
	const char *knowledge = NULL;
	const struct np_option options[] = {
		{"knowledge", 0, NP_OPT_TEXT, &knowledge, "DIR",
		 "use this knowledge instead of what is built in"},
	};
	struct np_err e = {0};
	int n, fd = STDIN_FILENO;
	int rc =
		np_args("identify", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n > 1) {
		(void)fputs("nameplate identify: wants one file, or - for "
			    "standard input\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	if (n && strcmp(argv[0], "-") != 0)
		fd = open(argv[0], O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		(void)np_fail(&e, NP_EIO, strerror(errno), argv[0], 0);
		np_say_error(&e);
		return NP_EXIT_PARTLY;
	}
	np_catch_signals();
	return over(knowledge, fd);
}

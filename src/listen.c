/* SPDX-License-Identifier: ISC */
/*
 * The near end of the decoders' pipes: forks them, polls them, checks and
 * hands on what they say.
 */
#include "decode.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define JOBS_MAX 64

struct decoder_end {
	pid_t pid;
	struct np_pipe_in in;
	bool open;
};

struct ear {
	struct np_inputs *in;
	const struct np_listen_conf *conf;
	np_heard_fn *fn;
	void *ctx;
	struct decoder_end v[JOBS_MAX];
	unsigned n;
	struct np_record record;
	struct timespec begun;
	double shown;
};

static int start(struct ear *e, unsigned i, struct np_err *reterr)
{
	int fd[2];

	if (pipe(fd) < 0)
		return np_fail(reterr, NP_EIO, "cannot make a pipe", NULL, 0);
	(void)fflush(NULL);
	pid_t pid = fork();

	if (pid < 0) {
		(void)close(fd[0]);
		(void)close(fd[1]);
		return np_fail(reterr, NP_EIO, "cannot fork", NULL, 0);
	}
	if (!pid) {
		(void)close(fd[0]);
		np_decoder(e->in, e->conf, i, e->n, fd[1]);
	}
	(void)close(fd[1]);
	e->v[i].pid = pid;
	e->v[i].open = true;
	return np_pipe_in(&e->v[i].in, fd[0]);
}

static double seconds_since(const struct timespec *t)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - t->tv_sec) +
	       (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

static void show_progress(struct ear *e)
{
	double s = seconds_since(&e->begun);
	uint64_t done = 0, all = 0, frames = 0;

	if (!e->conf->progress || s - e->shown < 0.2)
		return;
	e->shown = s;
	for (size_t i = 0; i < e->in->n; i++) {
		done += e->in->v[i].coverage.bytes;
		frames += e->in->v[i].coverage.frames;
		all += e->in->v[i].size;
	}
	double rate = (double)done / s;

	(void)fprintf(stderr, "\r%5.1f s  %llu frames  %.0f MB/s", s,
		      (unsigned long long)frames, rate / 1e6);
	if (all > done && rate > 0)
		(void)fprintf(stderr, "  %3.0f %%  %.0f s to go ",
			      100.0 * (double)done / (double)all,
			      (double)(all - done) / rate);
	(void)fputs("\x1b[K", stderr);
}

static const char *keep_text(struct ear *e, const char *text)
{
	const char *t = np_copystr(&e->in->mem, text, strlen(text));

	return t ? t : "";
}

/* Notes what a record says of its source, and hands it on. */
static int hear(struct ear *e, struct np_record *r)
{
	if (!r->source || r->source > e->in->n)
		return NP_EINPUT;
	struct np_input *x = &e->in->v[r->source - 1];

	switch (r->kind) {
	case NP_R_KIND:
		x->kind = keep_text(e, r->text);
		break;
	case NP_R_BROKEN:
		x->broken = true;
		(void)np_fail(&x->error, NP_EINPUT, keep_text(e, r->text),
			      x->name, r->at);
		break;
	case NP_R_COVERAGE:
		x->coverage = r->coverage;
		x->tally = r->tally;
		x->unread_link_type = r->unread_link_type;
		x->truncated = r->truncated;
		x->over = true;
		break;
	case NP_R_PROGRESS:
		x->coverage.frames = r->coverage.frames;
		x->coverage.bytes = r->coverage.bytes;
		show_progress(e);
		break;
	case NP_R_SIGHTING:
		break;
	}
	return e->fn(e->ctx, r);
}

static int drain(struct ear *e, struct decoder_end *d)
{
	int rc, more = np_pipe_fill(&d->in);

	while ((rc = np_pipe_next(&d->in, &e->record)) > 0) {
		rc = hear(e, &e->record);
		if (rc < 0)
			return rc;
	}
	if (more <= 0) {
		d->open = false;
		(void)close(d->in.fd);
	}
	return rc < 0 ? rc : more < 0 ? more : 0;
}

static int poll_all(struct ear *e)
{
	struct pollfd p[JOBS_MAX];

	for (;;) {
		nfds_t n = 0;

		for (unsigned i = 0; i < e->n; i++)
			if (e->v[i].open)
				p[n++] = (struct pollfd){
					.fd = e->v[i].in.fd,
					.events = POLLIN,
				};
		if (!n)
			return 0;
		if (e->conf->stop && *e->conf->stop)
			return NP_EINTR;
		if (poll(p, n, 500) < 0 && errno != EINTR)
			return NP_EIO;
		for (unsigned i = 0; i < e->n; i++) {
			for (nfds_t k = 0; e->v[i].open && k < n; k++) {
				if (p[k].fd != e->v[i].in.fd || !p[k].revents)
					continue;
				int rc = drain(e, &e->v[i]);

				if (rc < 0)
					return rc;
				break;
			}
		}
	}
}

/* Waits for the decoders; says how the first that failed ended. */
static int reap(struct ear *e, struct np_err *reterr)
{
	int rc = NP_OK;

	for (unsigned i = 0; i < e->n; i++) {
		int status = 0;

		if (e->v[i].open)
			(void)close(e->v[i].in.fd);
		np_pipe_in_free(&e->v[i].in);
		if (e->v[i].pid <= 0)
			continue;
		while (waitpid(e->v[i].pid, &status, 0) < 0 && errno == EINTR)
			;
		if (WIFSIGNALED(status) && WTERMSIG(status) != SIGPIPE)
			rc = np_fail(reterr, NP_EIO, "the decoder died",
				     strsignal(WTERMSIG(status)), 0);
		else if (WIFEXITED(status) && WEXITSTATUS(status))
			rc = np_fail(reterr, NP_EIO, "the decoder failed", NULL,
				     (uint64_t)WEXITSTATUS(status));
	}
	return rc;
}

int np_listen(struct np_inputs *in, const struct np_listen_conf *conf,
	      np_heard_fn *fn, void *ctx, struct np_err *reterr)
{
	struct ear *e = calloc(1, sizeof(*e));
	int rc = NP_OK;

	if (!e)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	e->in = in;
	e->conf = conf;
	e->fn = fn;
	e->ctx = ctx;
	e->n = conf->jobs ? conf->jobs : 1;
	if (e->n > in->n)
		e->n = (unsigned)in->n;
	if (e->n > JOBS_MAX)
		e->n = JOBS_MAX;
	(void)clock_gettime(CLOCK_MONOTONIC, &e->begun);
	for (unsigned i = 0; i < e->n && !rc; i++)
		rc = start(e, i, reterr);
	for (size_t i = 0; i < in->n; i++)
		if (in->v[i].fd > 2)
			(void)close(in->v[i].fd);
	if (!rc) {
		rc = poll_all(e);
		if (rc < 0 && rc != NP_EINTR)
			(void)np_fail(reterr, rc, np_strerror(rc), NULL, 0);
	}
	if (e->shown > 0)
		(void)fputs("\r\x1b[K", stderr);
	int end = reap(e, reterr);

	free(e);
	return rc ? rc : end;
}

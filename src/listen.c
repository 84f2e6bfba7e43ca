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
#define PATIENCE 60  /* seconds of processor without a word, or of none */
#define A_BLINK 0.01 /* seconds of processor that are none */

struct decoder_end {
	pid_t pid;
	struct np_pipe_in in;
	bool open;
	double cpu;   /* seconds it had used at its last word */
	double slept; /* when it was last seen to work, or to have to wait */
	double slept_cpu;  /* ... and the seconds it had used then */
	const char *fault; /* why we ended it */
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

/* Nobody waits for more of it: who writes to a pipe shall know. */
static void let_go(struct np_input *x)
{
	if (x->fd > 2 && !x->size) {
		(void)close(x->fd);
		x->fd = -1;
	}
}

/* A decoder that tells of too many fields is not believed on. */
#define MAX_DROPPED 1024

static void add_dropped(struct np_input *x, const struct np_dropped *d)
{
	for (size_t i = 0; i < x->ndropped; i++)
		if (x->dropped[i].field == d->field) {
			x->dropped[i].n += d->n;
			return;
		}
	if (x->ndropped == x->dropped_cap) {
		size_t cap = x->dropped_cap ? x->dropped_cap * 2 : 16;
		struct np_dropped *v =
			cap > MAX_DROPPED
				? NULL
				: reallocarray(x->dropped, cap, sizeof(*v));

		if (!v)
			return;
		x->dropped = v;
		x->dropped_cap = cap;
	}
	x->dropped[x->ndropped++] = *d;
}

/* Notes what a record says of its source, and hands it on. */
static int hear(struct ear *e, struct np_record *r)
{
	struct np_input *x = &e->in->v[r->source - 1];

	switch (r->kind) {
	case NP_R_KIND:
		x->kind = keep_text(e, r->text);
		break;
	case NP_R_BROKEN:
		x->broken = true;
		let_go(x);
		(void)np_fail(&x->error, NP_EINPUT, keep_text(e, r->text),
			      x->name, r->at);
		break;
	case NP_R_COVERAGE:
		x->coverage = r->coverage;
		if (x->coverage.drops < 0) /* no counter of its own */
			x->coverage.drops = x->beside.drops;
		x->tally = r->tally;
		x->unread_link_type = r->unread_link_type;
		x->truncated = r->truncated;
		x->over = true;
		let_go(x);
		break;
	case NP_R_PROGRESS:
		x->coverage.frames = r->coverage.frames;
		x->coverage.bytes = r->coverage.bytes;
		show_progress(e);
		if (e->conf->told)
			e->conf->told(e->conf->told_ctx, e->in);
		break;
	case NP_R_DROPPED:
		add_dropped(x, &r->dropped);
		break;
	case NP_R_SIGHTING:
	case NP_R_AGAIN:
		break;
	}
	return e->fn(e->ctx, r);
}

/* Seconds of processor that a decoder has used; what it waits for its source
 * does not count. */
static double cpu_of(pid_t pid)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &t) < 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void hang_up(struct decoder_end *d)
{
	if (d->open)
		(void)close(d->in.fd);
	d->open = false;
}

/* Ends a decoder that hostile bytes took over, or that is lost in a loop. */
static void end_decoder(struct decoder_end *d, const char *fault)
{
	d->fault = fault;
	(void)kill(d->pid, SIGKILL);
	hang_up(d);
}

static int drain(struct ear *e, struct decoder_end *d)
{
	int rc, more = np_pipe_fill(&d->in);

	while ((rc = np_pipe_next(&d->in, &e->record)) > 0) {
		if (!e->record.source || e->record.source > e->in->n) {
			rc = NP_EINPUT;
			break;
		}
		rc = hear(e, &e->record);
		if (rc < 0)
			return rc;
	}
	if (rc < 0)
		end_decoder(d, "the decoder said what is no record");
	else if (more <= 0)
		hang_up(d);
	else
		d->cpu = cpu_of(d->pid);
	d->slept = seconds_since(&e->begun);
	return 0;
}

/* May it be waiting for its source? Files are there; of what comes through a
 * pipe the near end asks whether more has come. */
static bool may_wait(const struct ear *e, unsigned share)
{
	for (size_t i = share; i < e->in->n; i += e->n) {
		const struct np_input *x = &e->in->v[i];
		struct pollfd p = {.fd = x->fd, .events = POLLIN};

		if (!x->over && !x->broken)
			return !x->size && poll(&p, 1, 0) <= 0;
	}
	return false;
}

/* Sleeps though it has all that it needs: since when? */
static bool sleeps(struct ear *e, unsigned i, double cpu, double most)
{
	struct decoder_end *d = &e->v[i];
	double now = seconds_since(&e->begun);

	if (cpu - d->slept_cpu < A_BLINK && !may_wait(e, i))
		return now - d->slept > most;
	d->slept = now;
	d->slept_cpu = cpu;
	return false;
}

static void lose_patience(struct ear *e)
{
	double most = e->conf->patience > 0 ? e->conf->patience : PATIENCE;

	for (unsigned i = 0; i < e->n; i++) {
		if (!e->v[i].open)
			continue;
		double cpu = cpu_of(e->v[i].pid);

		if (cpu - e->v[i].cpu > most)
			end_decoder(&e->v[i],
				    "the decoder came to no end and was "
				    "stopped");
		else if (sleeps(e, i, cpu, most))
			end_decoder(&e->v[i],
				    "the decoder fell asleep and was stopped");
	}
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
		int ready = poll(p, n, 500);

		if (ready < 0 && errno != EINTR)
			return NP_EIO;
		if (ready <= 0) {
			lose_patience(e);
			continue;
		}
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

/* What a decoder had still to read when it ended was not read. */
static void unread(struct ear *e, unsigned share, const char *why,
		   const char *how)
{
	char text[160];

	(void)snprintf(text, sizeof(text),
		       "%s%s%s; what it said before is kept", why,
		       how ? ": " : "", how ? how : "");
	for (size_t i = share; i < e->in->n; i += e->n) {
		struct np_input *x = &e->in->v[i];

		if (x->over || x->broken)
			continue;
		x->broken = true;
		(void)np_fail(&x->error, NP_EIO, keep_text(e, text), x->name,
			      0);
	}
}

/* Waits for the decoders. One that did not come to its end leaves sources that
 * are broken: what it said before stands, and so do the others. */
static void reap(struct ear *e, bool stopped)
{
	for (unsigned i = 0; i < e->n; i++) {
		struct decoder_end *d = &e->v[i];
		int status = 0;

		if (d->open) { /* it may not notice that nobody listens */
			hang_up(d);
			(void)kill(d->pid, SIGKILL);
		}
		np_pipe_in_free(&d->in);
		if (d->pid <= 0)
			continue;
		while (waitpid(d->pid, &status, 0) < 0 && errno == EINTR)
			;
		if (stopped)
			continue;
		if (d->fault)
			unread(e, i, d->fault, NULL);
		else if (WIFSIGNALED(status))
			unread(e, i, "the decoder died",
			       strsignal(WTERMSIG(status)));
		else
			unread(e, i, "the decoder failed", NULL);
	}
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
	if (!rc && conf->forked)
		conf->forked(ctx);
	/* The decoders have them; of a pipe we ask whether more has come. */
	for (size_t i = 0; i < in->n; i++)
		if (in->v[i].fd > 2 && in->v[i].size)
			(void)close(in->v[i].fd);
	if (!rc) {
		rc = poll_all(e);
		if (rc < 0 && rc != NP_EINTR)
			(void)np_fail(reterr, rc, np_strerror(rc), NULL, 0);
	}
	if (e->shown > 0)
		(void)fputs("\r\x1b[K", stderr);
	reap(e, rc < 0);
	for (size_t i = 0; i < in->n; i++)
		let_go(&in->v[i]);
	free(e);
	return rc;
}

/* SPDX-License-Identifier: ISC */
#include "poll/poll.h"
#include "poll/credentials.h"
#include "poll/walks.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define JOBS 64
#define LINE ((size_t)256 * 1024)
#define HUNG 60.0 /* seconds beyond its patience without a word */

/* A process that asks a host. */
struct talk {
	pid_t pid; /* 0: this place is free */
	int up, down, part;
	size_t host;
	struct np_poll_past past;
	bool wants; /* a token */
	double next, heard;
	char *line; /* what of it has come */
	size_t n;
	bool nonsense;
	int rc;	       /* of writing its walk */
	char why[160]; /* it could not begin, by its own words */
};

struct poll {
	const struct np_poll_conf *conf;
	struct np_frontier *f;
	np_poll_said_fn *said;
	void *ctx;
	struct talk v[JOBS];
	size_t last; /* who had a token last, so that all get theirs */
	double next, shown;
	uint64_t packets, over;
	struct np_err *err;
};

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say(struct poll *p, size_t i, const char *why)
{
	const struct np_poll_host *h = &p->f->v[i];

	p->over++;
	p->said(p->ctx, h, h->from ? p->f->v[h->from - 1].address : NULL, why);
}

/* Those that are not asked at all. */
static void say_new(struct poll *p, size_t from)
{
	for (size_t i = from; i < p->f->n; i++)
		if (p->f->v[i].status != NP_POLL_WAITING)
			say(p, i, NULL);
}

/* ------------------------------------------------ walks that are there */

struct reading {
	struct np_frontier *f;
	uint32_t from;
	struct np_poll_past past;
};

static void note_line(void *ctx, struct np_cur line)
{
	struct reading *r = ctx;
	uint8_t ip[16];

	/* The title is no row. */
	(void)np_poll_past_line(&r->past, line);
	size_t n = np_poll_neighbour(line, ip);

	if (n)
		(void)np_frontier_add(r->f, ip, n, r->from);
}

/* Takes a host's neighbours from its walk; false: it has none, or one that
 * says nothing and is to be asked again. */
static bool take_walk(const char *dir, struct np_frontier *f, size_t i,
		      bool again)
{
	struct reading r = {.f = f, .from = (uint32_t)i + 1};
	char address[NP_POLL_ADDRESS];

	memcpy(address, f->v[i].address, sizeof(address));
	if (np_walk_read(dir, address, note_line, &r, NULL))
		return false;
	f->v[i].rows = r.past.rows;
	return !again || r.past.rows;
}

/* The same; who is not to be asked is said. */
static bool has_walk(struct poll *p, size_t i, bool again)
{
	size_t before = p->f->n;
	bool ret = take_walk(p->conf->dir, p->f, i, again);

	say_new(p, before);
	return ret;
}

void np_poll_look(const struct np_poll_conf *conf, struct np_frontier *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].status == NP_POLL_WAITING &&
		    take_walk(conf->dir, f, i, conf->again))
			f->v[i].status = NP_POLL_KEPT;
}

/* ------------------------------------------------------------ processes */

static void ask_here(const struct poll *p, const struct talk *t,
		     const struct np_snmp_credential *who)
{
	const struct np_poll_job job = {
		.peer = {p->f->v[t->host].address, p->conf->port,
			 p->conf->patience, *who},
		.knowledge = p->conf->knowledge,
		.retries = p->conf->retries,
		.repetitions = p->conf->repetitions,
		.most = p->conf->most,
		.after = t->past.after,
		.pens = t->past.pens,
		.surveyed = t->past.surveyed,
		.up = t->up,
		.down = t->down,
	};

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_DFL);
	_exit(np_poll_ask(&job));
}

/* What the near end has open is no business of a far one. */
static void close_others(struct poll *p, const struct talk *t)
{
	for (size_t j = 0; j < JOBS; j++) {
		if (!p->v[j].pid || &p->v[j] == t)
			continue;
		(void)close(p->v[j].up);
		(void)close(p->v[j].down);
		(void)close(p->v[j].part);
	}
	(void)close(t->part);
}

static int begin_process(struct poll *p, struct talk *t,
			 const struct np_snmp_credential *who)
{
	int up[2], down[2];

	if (pipe2(up, O_CLOEXEC) < 0)
		return NP_EIO;
	if (pipe2(down, O_CLOEXEC) < 0) {
		(void)close(up[0]);
		(void)close(up[1]);
		return NP_EIO;
	}
	(void)fflush(NULL);
	t->pid = fork();
	if (!t->pid) {
		close_others(p, t);
		t->up = up[1];
		t->down = down[0];
		(void)close(up[0]);
		(void)close(down[1]);
		ask_here(p, t, who);
	}
	(void)close(up[1]);
	(void)close(down[0]);
	t->up = up[0];
	t->down = down[1];
	return t->pid < 0 ? NP_EIO : NP_OK;
}

static int begin_talk(struct poll *p, struct talk *t, size_t host)
{
	struct np_poll_host *h = &p->f->v[host];
	const struct np_snmp_credential *who =
		np_credential_for(p->conf->credentials, h->address);
	int rc;

	if (!who) {
		h->status = NP_POLL_NOBODY;
		say(p, host, NULL);
		return NP_OK;
	}
	*t = (struct talk){.host = host, .heard = now(), .line = malloc(LINE)};
	rc = t->line ? np_part_open(p->conf->dir, h->address, &t->part,
				    &t->past, p->err)
		     : np_fail(p->err, NP_ENOMEM, "out of memory", NULL, 0);
	if (!rc) {
		rc = begin_process(p, t, who);
		if (rc)
			rc = np_fail(p->err, rc, "cannot begin a process",
				     h->address, 0);
	}
	h->status = NP_POLL_ASKING;
	return rc;
}

/* Fills free places. A host that has its walk costs nothing. */
static int begin_talks(struct poll *p)
{
	for (size_t j = 0; j < p->conf->jobs && j < JOBS; j++) {
		size_t i = SIZE_MAX;
		int rc;

		while (!p->v[j].pid &&
		       (i = np_frontier_next(p->f)) != SIZE_MAX &&
		       has_walk(p, i, p->conf->again)) {
			p->f->v[i].status = NP_POLL_KEPT;
			say(p, i, NULL);
		}
		if (p->v[j].pid || i == SIZE_MAX)
			continue;
		rc = begin_talk(p, &p->v[j], i);
		if (rc)
			return rc;
	}
	return NP_OK;
}

static enum np_poll_status status_of(const struct talk *t, int wait)
{
	static const enum np_poll_status is[] = {
		[NP_ASKED_ALL] = NP_POLL_ANSWERED,
		[NP_ASKED_PARTLY] = NP_POLL_PARTLY,
		[NP_ASKED_SILENT] = NP_POLL_SILENT,
		[NP_ASKED_REFUSED] = NP_POLL_REFUSED,
	};

	if (t->nonsense || !WIFEXITED(wait) ||
	    WEXITSTATUS(wait) >= NP_ASKED_BROKEN)
		return NP_POLL_BROKEN;
	return is[WEXITSTATUS(wait)];
}

static void let_go(struct talk *t)
{
	(void)close(t->up);
	(void)close(t->down);
	free(t->line);
	t->line = NULL;
	t->pid = 0;
}

/* Its status. One that has said its last and stays is ended. */
static int end_process(const struct talk *t)
{
	const struct timespec blink = {0, 10000000};
	int wait = 0;

	for (int i = 0; i < 100 && !t->nonsense; i++) {
		if (waitpid(t->pid, &wait, WNOHANG) == t->pid)
			return wait;
		(void)nanosleep(&blink, NULL);
	}
	(void)kill(t->pid, SIGKILL);
	while (waitpid(t->pid, &wait, 0) < 0 && errno == EINTR)
		;
	return wait;
}

/* A process is over: what it was told is the host's walk. One that broke
 * leaves its part. */
static int end_talk(struct poll *p, struct talk *t)
{
	struct np_poll_host *h = &p->f->v[t->host];
	size_t host = t->host;
	int rc = t->rc, wait = end_process(t);
	const char *why = t->why[0] ? t->why : NULL;

	h->status = status_of(t, wait);
	h->rows = t->past.rows;
	let_go(t);
	if (rc || h->status == NP_POLL_BROKEN)
		(void)close(t->part);
	else
		rc = np_part_end(p->conf->dir, h->address, t->part, p->err);
	say(p, host, why);
	if (!rc && p->f->v[host].status != NP_POLL_BROKEN)
		(void)has_walk(p, host, false);
	return rc;
}

/* ------------------------------------------------------ what they say */

static void take_line(struct poll *p, struct talk *t, const char *line,
		      size_t n)
{
	if (n == 1 && *line == '?')
		t->wants = true;
	else if (n > 2 && n < sizeof(t->why) && *line == '!')
		(void)snprintf(t->why, sizeof(t->why), "%.*s", (int)n - 2,
			       line + 2);
	else if (!np_poll_past_line(&t->past, np_cur(line, n)))
		t->nonsense = true;
	else
		t->rc = np_part_add(t->part, line, n + 1, p->err);
}

static void take_lines(struct poll *p, struct talk *t)
{
	const char *at = t->line, *end;
	size_t left = t->n;

	while (!t->nonsense && !t->rc && (end = memchr(at, '\n', left))) {
		take_line(p, t, at, (size_t)(end - at));
		left -= (size_t)(end - at) + 1;
		at = end + 1;
	}
	memmove(t->line, at, left);
	t->n = left;
	t->nonsense = t->nonsense || t->n == LINE;
}

/* Reads what came; false: it is over. */
static bool hear(struct poll *p, struct talk *t)
{
	ssize_t k = read(t->up, t->line + t->n, LINE - t->n);

	if (k < 0 && errno == EINTR)
		return true;
	if (k <= 0)
		return false;
	t->heard = now();
	t->n += (size_t)k;
	take_lines(p, t);
	return !t->nonsense && !t->rc;
}

/* ---------------------------------------------------------------- rates */

static double soonest(const struct poll *p, const struct talk *t)
{
	return t->next > p->next ? t->next : p->next;
}

/* Gives tokens that are due; the time until the next is, 1 s at most. */
static double give_tokens(struct poll *p)
{
	double at = now(), wait = 1;

	for (size_t k = 1; k <= JOBS; k++) {
		struct talk *t = &p->v[(p->last + k) % JOBS];

		if (!t->pid || !t->wants)
			continue;
		if (soonest(p, t) > at) {
			double more = soonest(p, t) - at;

			wait = more < wait ? more : wait;
			continue;
		}
		p->next = at + 1.0 / p->conf->rate;
		t->next = at + 1.0 / p->conf->one;
		t->wants = false;
		t->heard = at;
		p->packets++;
		p->f->v[t->host].packets++;
		p->last = (size_t)(t - p->v);
		(void)!write(t->down, ".", 1);
		/* Whoever waits behind it is looked at anew. */
		return 0;
	}
	return wait;
}

static void show_progress(struct poll *p)
{
	size_t waiting = 0;

	if (!p->conf->progress || now() - p->shown < 0.5)
		return;
	p->shown = now();
	for (size_t i = p->f->next; i < p->f->n; i++)
		waiting += p->f->v[i].status == NP_POLL_WAITING;
	(void)fprintf(stderr, "\r%llu packets  %llu over  %zu waiting\x1b[K",
		      (unsigned long long)p->packets,
		      (unsigned long long)p->over, waiting);
}

/* Waits for words until the next token is due. */
static int listen_all(struct poll *p, double wait)
{
	struct pollfd fd[JOBS];

	for (size_t j = 0; j < JOBS; j++)
		fd[j] = (struct pollfd){p->v[j].pid ? p->v[j].up : -1, POLLIN,
					0};
	int n = poll(fd, JOBS, (int)(wait * 1000 + 0.999));

	if (n < 0 && errno != EINTR)
		return np_fail(p->err, NP_EIO, strerror(errno), "poll", 0);
	for (size_t j = 0; j < JOBS; j++) {
		struct talk *t = &p->v[j];
		double late = now() - t->heard;

		if (!t->pid)
			continue;
		if (!t->wants && late > p->conf->patience / 1000.0 + HUNG)
			t->nonsense = true;
		if (!t->nonsense && (n <= 0 || !fd[j].revents || hear(p, t)))
			continue;
		int rc = end_talk(p, t);

		if (rc)
			return rc;
	}
	return NP_OK;
}

static bool any(const struct poll *p)
{
	for (size_t j = 0; j < JOBS; j++)
		if (p->v[j].pid)
			return true;
	return false;
}

/* Their parts stay, to go on from. */
static void end_all(struct poll *p)
{
	for (size_t j = 0; j < JOBS; j++) {
		struct talk *t = &p->v[j];

		if (!t->pid)
			continue;
		(void)kill(t->pid, SIGKILL);
		while (waitpid(t->pid, NULL, 0) < 0 && errno == EINTR)
			;
		(void)close(t->part);
		let_go(t);
	}
}

int np_poll(const struct np_poll_conf *conf, struct np_frontier *f,
	    np_poll_said_fn *said, void *ctx, struct np_err *reterr)
{
	struct poll p = {
		.conf = conf, .f = f, .said = said, .ctx = ctx, .err = reterr};
	bool stopped = false;
	int rc;

	say_new(&p, 0);
	rc = begin_talks(&p);
	while (!rc && any(&p) && !stopped) {
		double wait = give_tokens(&p);

		rc = listen_all(&p, wait);
		if (!rc)
			rc = begin_talks(&p);
		show_progress(&p);
		stopped = conf->stop && *conf->stop;
	}
	end_all(&p);
	if (conf->progress)
		(void)fputs("\r\x1b[K", stderr);
	return rc ? rc : stopped ? NP_EINTR : NP_OK;
}

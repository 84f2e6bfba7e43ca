/* SPDX-License-Identifier: ISC */
#include "serve/worker.h"
#include "proto/proto.h"
#include "stating.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct desk {
	const struct np_worker_conf *conf;
	int fd;
	const struct np_work *work;
	struct timespec told;
};

static void tell(struct desk *d, struct np_work_told *t)
{
	t->job = d->work->job;
	while (send(d->fd, t, sizeof(*t), MSG_NOSIGNAL) < 0 && errno == EINTR)
		;
}

/* "text: what", without what a page would obey. */
static void why(const struct np_err *e, int rc, char to[static NP_WORK_TEXT])
{
	struct np_buf b = np_buf(NP_WORK_TEXT);

	np_puts(&b, e->text ? e->text : np_strerror(rc));
	if (e->what[0]) {
		np_puts(&b, ": ");
		np_putterm(&b, e->what, strlen(e->what));
	}
	(void)snprintf(to, NP_WORK_TEXT, "%s", b.n ? b.p : np_strerror(rc));
	np_buf_free(&b);
}

static int64_t wall_clock(void)
{
	return (int64_t)time(NULL) * 1000000000;
}

static bool is_persons_fault(int rc)
{
	return rc == NP_EUSAGE || rc == NP_EINPUT || rc == NP_ENONE ||
	       rc == NP_ELIMIT;
}

/* ---- reading a capture in */

static void on_progress(void *ctx, const struct np_inputs *in)
{
	struct desk *d = ctx;
	struct np_work_told t = {.state = NP_WORK_RUNS};
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec == d->told.tv_sec &&
	    now.tv_nsec - d->told.tv_nsec < 100000000)
		return;
	d->told = now;
	for (size_t i = 0; i < in->n; i++) {
		t.frames += in->v[i].coverage.frames;
		t.octets += in->v[i].coverage.bytes;
	}
	tell(d, &t);
}

static int read_in(struct desk *d, struct np_work_told *t, struct np_err *e)
{
	struct np_run r = {.conf = d->conf->run};
	struct np_buf path = np_buf(8192);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	int rc;

	np_putf(&path, "%s/%s", d->conf->spool, d->work->file);
	if (strchr(d->work->file, '/'))
		return np_fail(e, NP_EUSAGE, "no name of a file", NULL, 0);
	rc = path.failed ? NP_ENOMEM : np_inputs_add(&r.inputs, path.p, e);
	if (!rc && r.inputs.n != 1)
		rc = np_fail(e, NP_EIO, "cannot read the file", NULL, 0);
	if (!rc) {
		r.inputs.v[0].path = r.inputs.v[0].name;
		r.inputs.v[0].name = d->work->name;
		if (r.conf.as_of == NP_NODAY)
			r.conf.as_of = np_day_of(wall_clock());
		r.conf.by_dossier = true;
		r.conf.site = d->work->site[0] ? d->work->site : NULL;
		r.conf.listen.jobs = cpus > 0 ? (unsigned)cpus : 1;
		r.conf.listen.told = on_progress;
		r.conf.listen.told_ctx = d;
		rc = np_run(&r, e);
	}
	if (!rc) {
		const struct np_input *x = &r.inputs.v[0];

		t->frames = x->coverage.frames;
		t->octets = x->coverage.bytes;
		t->state = x->broken || x->truncated ? NP_WORK_PARTLY
						     : NP_WORK_DONE;
		if (x->broken)
			why(&x->error, NP_EINPUT, t->text);
		else if (x->again)
			(void)snprintf(t->text, sizeof(t->text),
				       "the dossier had it already");
	}
	np_buf_free(&path);
	np_run_free(&r);
	return rc;
}

/* ---- signing a statement */

const char *const np_state_members[] = {
	"kind", "about", "at",	  "fact",      "value",	   "because",
	"on",	"until", "grade", "authority", "citation", NULL};

bool np_state_kind(const struct np_members *f, enum np_stating *ret)
{
	const char *kind = np_members_get(f, "kind");

	for (int i = 0; kind && i < NP_S_KINDS; i++) {
		if (strcmp(np_stating_name((enum np_stating)i), kind) != 0)
			continue;
		*ret = (enum np_stating)i;
		return true;
	}
	return false;
}

static int sign(struct desk *d, struct np_run *r, const struct np_members *f,
		char ret_id[static 65], struct np_err *e)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_statement s = {.fact = np_members_get(f, "fact"),
				 .value = np_members_get(f, "value")};
	const struct np_state_words w = {
		.by = d->work->by,
		.because = np_members_get(f, "because"),
		.grade = np_members_get(f, "grade"),
		.on = np_members_get(f, "on"),
		.until = np_members_get(f, "until"),
		.authority = np_members_get(f, "authority"),
		.citation = np_members_get(f, "citation"),
	};
	const struct np_state_keys keys = {.key = d->conf->key};
	const char *about = np_members_get(f, "about");
	int rc = about && np_state_kind(f, &s.kind)
			 ? NP_OK
			 : np_fail(e, NP_EUSAGE, "wants kind and about", NULL,
				   0);

	if (!rc)
		rc = np_state_words(&w, wall_clock(), &mem, &s, &r->conf.as_of,
				    e);
	if (!rc)
		rc = np_run_dossier(r, e);
	if (!rc)
		rc = np_state_about(r, about, np_members_get(f, "at"), &mem, &s,
				    e);
	if (!rc)
		rc = np_state_check(r, &s, e);
	if (!rc)
		rc = np_state_sign(r, &s, &keys, ret_id, e);
	np_arena_free(&mem);
	return rc;
}

static int state(struct desk *d, struct np_work_told *t, struct np_err *e)
{
	struct np_run r = {.conf = d->conf->run};
	struct np_members f = {0};
	const char *text = NULL;
	char id[65] = "";
	int rc;

	if (!d->conf->key)
		return np_fail(e, NP_EUSAGE, "the server has no key", NULL, 0);
	if (!np_members_read(d->work->body, d->work->body_n, np_state_members,
			     &f, &text))
		return np_fail(e, NP_EUSAGE, text, NULL, 0);
	r.conf.writes = true;
	rc = sign(d, &r, &f, id, e);
	np_members_free(&f);
	np_run_free(&r);
	t->state = NP_WORK_DONE;
	(void)snprintf(t->text, sizeof(t->text), "%s", id);
	return rc;
}

/* ---- the loop */

static _Noreturn void child(struct desk *d)
{
	struct np_work_told t = {0};
	struct np_err e = {0};
	int rc;

	/* whoever waits is gone: nothing of it is to be committed */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	rc = d->work->kind == NP_W_READ ? read_in(d, &t, &e) : state(d, &t, &e);
	if (rc) {
		t = (struct np_work_told){0};
		t.state =
			is_persons_fault(rc) ? NP_WORK_REFUSED : NP_WORK_FAILED;
		why(&e, rc, t.text);
	}
	tell(d, &t);
	_exit(0);
}

/* Is it a message of ours? Makes its texts end. */
static bool is_work(struct np_work *w, ssize_t n)
{
	if (n < (ssize_t)offsetof(struct np_work, body) ||
	    w->kind >= NP_W_KINDS || w->body_n > sizeof(w->body) ||
	    (size_t)n != offsetof(struct np_work, body) + w->body_n)
		return false;
	w->by[sizeof(w->by) - 1] = '\0';
	w->name[sizeof(w->name) - 1] = '\0';
	w->site[sizeof(w->site) - 1] = '\0';
	w->file[sizeof(w->file) - 1] = '\0';
	return w->name[0] || w->kind == NP_W_STATE;
}

static void do_work(struct desk *d)
{
	struct np_work_told t = {.state = NP_WORK_RUNS};
	int status;
	pid_t pid;

	tell(d, &t);
	pid = fork();
	if (!pid)
		child(d);
	if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0)
		return;
	t.state = NP_WORK_FAILED;
	(void)snprintf(t.text, sizeof(t.text), "%s",
		       pid < 0 ? "cannot fork" : "it ended before its time");
	tell(d, &t);
}

static _Noreturn void work(const struct np_worker_conf *conf, int fd)
{
	static const int deaf[] = {SIGINT, SIGHUP, SIGPIPE};
	struct np_work *w = malloc(sizeof(*w));
	struct desk d = {.conf = conf, .fd = fd, .work = w};
	ssize_t n;

	/* Ctrl-C is the server's to hear: it ends this one when it is done. */
	for (size_t i = 0; i < NP_COUNT(deaf); i++)
		(void)signal(deaf[i], SIG_IGN);
	(void)signal(SIGTERM, SIG_DFL);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (w && ((n = recv(fd, w, sizeof(*w), 0)) > 0 || errno == EINTR))
		if (n > 0 && is_work(w, n))
			do_work(&d);
	_exit(0);
}

int np_worker_open(const struct np_worker_conf *conf, struct np_worker *ret,
		   struct np_err *reterr)
{
	pid_t parent = getpid();
	int fd[2];

	*ret = (struct np_worker){.fd = -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) < 0)
		return np_fail(reterr, NP_EIO, "cannot make a pair of sockets",
			       NULL, 0);
	(void)fflush(NULL);
	ret->pid = fork();
	if (ret->pid < 0) {
		(void)close(fd[0]);
		(void)close(fd[1]);
		return np_fail(reterr, NP_EIO, "cannot fork", NULL, 0);
	}
	if (!ret->pid) {
		(void)close(fd[0]);
		if (getppid() == parent)
			work(conf, fd[1]);
		_exit(0);
	}
	(void)close(fd[1]);
	ret->fd = fd[0];
	return NP_OK;
}

/* Never waits: whoever calls holds a lock. */
bool np_worker_send(const struct np_worker *w, const struct np_work *work)
{
	size_t n = offsetof(struct np_work, body) + work->body_n;
	ssize_t k;

	do
		k = send(w->fd, work, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (k < 0 && errno == EINTR);
	return k == (ssize_t)n;
}

int np_worker_told(const struct np_worker *w, int ms, struct np_work_told *ret)
{
	struct pollfd p = {.fd = w->fd, .events = POLLIN};
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return 0;
	n = recv(w->fd, ret, sizeof(*ret), 0);
	if (n < 0 && errno == EINTR)
		return 0;
	if (n != (ssize_t)sizeof(*ret))
		return -1;
	ret->text[sizeof(ret->text) - 1] = '\0';
	return 1;
}

void np_worker_close(struct np_worker *w)
{
	if (w->pid <= 0)
		return;
	/* what it is at dies with it, and the dossier's journal undoes it */
	(void)kill(w->pid, SIGKILL);
	(void)waitpid(w->pid, NULL, 0);
	(void)close(w->fd);
	*w = (struct np_worker){.fd = -1};
}

/* SPDX-License-Identifier: ISC */
/* What the worker is at, and who waits for it. */
#include "report/export.h"
#include "report/member.h"
#include "serve/inside.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define TICK 500 /* milliseconds between two looks at files */

static struct np_job *job_at(struct np_server *s, uint64_t n)
{
	struct np_job *j = &s->job[n % NP_JOBS];

	return n && j->n == n ? j : NULL;
}

static bool is_over(const struct np_job *j)
{
	return j->told.state > NP_WORK_RUNS;
}

/* Locked. */
static unsigned waiting(const struct np_server *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < NP_JOBS; i++)
		n += s->job[i].n && !is_over(&s->job[i]);
	return n;
}

uint64_t np_job_begin(struct np_server *s, struct np_work *w, uint64_t size,
		      struct np_talk *waiter)
{
	struct np_job *j;

	(void)pthread_mutex_lock(&s->lock);
	w->job = 0;
	if (!s->ending && !s->worker_gone && waiting(s) < NP_JOBS_WAITING) {
		w->job = ++s->last_job;
		j = &s->job[w->job % NP_JOBS];
		*j = (struct np_job){.n = w->job,
				     .kind = (enum np_work_kind)w->kind,
				     .size = size,
				     .waiter = waiter};
		memcpy(j->by, w->by, sizeof(j->by));
		memcpy(j->name, w->name, sizeof(j->name));
		memcpy(j->file, w->file, sizeof(j->file));
		if (!np_worker_send(&s->worker, w)) {
			*j = (struct np_job){0};
			w->job = 0;
		}
	}
	(void)pthread_mutex_unlock(&s->lock);
	return w->job;
}

bool np_job_find(struct np_server *s, uint64_t n, struct np_job *ret)
{
	const struct np_job *j;

	(void)pthread_mutex_lock(&s->lock);
	j = job_at(s, n);
	if (j)
		*ret = *j;
	(void)pthread_mutex_unlock(&s->lock);
	return j;
}

/* Suspended under the lock: who wakes it takes the lock before. */
bool np_job_wait(struct np_talk *t, uint64_t n, struct np_job *ret)
{
	struct np_server *s = t->s;
	struct np_job *j;
	bool over = true;

	(void)pthread_mutex_lock(&s->lock);
	j = job_at(s, n);
	*ret = j ? *j
		 : (struct np_job){.told = {.state = NP_WORK_FAILED,
					    .text = "it was forgotten"}};
	if (j && !is_over(j) && !s->ending) {
		over = false;
		j->waiter = t;
		np_http_suspend(t->client);
	}
	(void)pthread_mutex_unlock(&s->lock);
	return over;
}

void np_job_leave(struct np_server *s, struct np_talk *t)
{
	struct np_job *j;

	if (!t->job)
		return;
	(void)pthread_mutex_lock(&s->lock);
	j = job_at(s, t->job);
	if (j && j->waiter == t)
		j->waiter = NULL;
	(void)pthread_mutex_unlock(&s->lock);
}

/* Locked. */
static void wake(struct np_job *j)
{
	struct np_talk *t = j->waiter;

	j->waiter = NULL;
	if (t)
		np_http_resume(t->client);
}

void np_wake_all(struct np_server *s)
{
	(void)pthread_mutex_lock(&s->lock);
	s->ending = true;
	for (size_t i = 0; i < NP_JOBS; i++)
		wake(&s->job[i]);
	(void)pthread_mutex_unlock(&s->lock);
}

/* ---- keeping up */

struct watch {
	struct np_server *s;
	struct stat dossier, users;
};

static bool changed(const char *path, struct stat *was)
{
	struct stat now;

	if (!path || stat(path, &now) < 0)
		return false;
	bool is = now.st_ino != was->st_ino || now.st_size != was->st_size ||
		  now.st_mtim.tv_sec != was->st_mtim.tv_sec ||
		  now.st_mtim.tv_nsec != was->st_mtim.tv_nsec;

	*was = now;
	return is;
}

static void say(struct np_server *s, const struct np_err *e)
{
	if (s->conf->say)
		s->conf->say(s->conf->ctx, e);
}

/* The dossier as it is now, for all who ask from here on. */
static void read_again(struct watch *w)
{
	struct np_server *s = w->s;
	struct np_snapshot *new, *old;
	struct np_err e = {0};

	(void)changed(s->conf->run.dossier, &w->dossier);
	if (np_snapshot_open(&s->conf->run, &new, &e)) {
		say(s, &e);
		return;
	}
	/* this thread alone replaces it */
	np_snapshot_warm(new, s->now);
	(void)pthread_mutex_lock(&s->lock);
	old = s->now;
	s->now = new;
	(void)pthread_mutex_unlock(&s->lock);
	np_snapshot_drop(old);
}

static void read_accounts(struct np_server *s)
{
	struct np_accounts new, old;
	struct np_err e = {0};

	if (np_accounts_open(s->conf->users, &new, &e)) {
		say(s, &e); /* those that were there stay */
		return;
	}
	(void)pthread_mutex_lock(&s->lock);
	old = s->accounts;
	s->accounts = new;
	np_sessions_keep(s->sessions, &s->accounts);
	(void)pthread_mutex_unlock(&s->lock);
	np_accounts_free(&old);
}

static void forget_file(const struct np_server *s, const char *file)
{
	struct np_buf path = np_buf(512);

	np_putf(&path, "%s/%s", s->spool, file);
	if (file[0] && !path.failed)
		(void)unlink(path.p);
	np_buf_free(&path);
}

static void hear(struct watch *w, const struct np_work_told *t)
{
	struct np_server *s = w->s;
	struct np_job *j;

	/* what it brought is there before anybody is told that it is */
	if (t->state == NP_WORK_DONE || t->state == NP_WORK_PARTLY)
		read_again(w);
	(void)pthread_mutex_lock(&s->lock);
	j = job_at(s, t->job);
	if (j && !is_over(j)) {
		j->told = *t;
		if (is_over(j)) {
			forget_file(s, j->file);
			wake(j);
		}
	}
	(void)pthread_mutex_unlock(&s->lock);
}

static bool is_busy(struct np_server *s)
{
	bool is;

	(void)pthread_mutex_lock(&s->lock);
	is = waiting(s) > 0;
	(void)pthread_mutex_unlock(&s->lock);
	return is;
}

static void lose_worker(struct np_server *s)
{
	struct np_err e = {0};

	(void)pthread_mutex_lock(&s->lock);
	s->worker_gone = true;
	for (size_t i = 0; i < NP_JOBS; i++) {
		struct np_job *j = &s->job[i];

		if (!j->n || is_over(j))
			continue;
		j->told.state = NP_WORK_FAILED;
		forget_file(s, j->file);
		wake(j);
	}
	(void)pthread_mutex_unlock(&s->lock);
	(void)np_fail(&e, NP_EIO,
		      "the process that writes has ended: start the server "
		      "again",
		      NULL, 0);
	say(s, &e);
}

static bool is_ending(struct np_server *s)
{
	bool is;

	(void)pthread_mutex_lock(&s->lock);
	is = s->ending;
	(void)pthread_mutex_unlock(&s->lock);
	return is;
}

void *np_keep_up(void *server)
{
	struct watch w = {.s = server};
	struct np_work_told t;
	bool gone = false;

	(void)changed(w.s->conf->run.dossier, &w.dossier);
	(void)changed(w.s->conf->users, &w.users);
	while (!is_ending(w.s)) {
		int rc = gone ? 0 : np_worker_told(&w.s->worker, TICK, &t);

		if (gone)
			(void)usleep(TICK * 1000);
		if (rc > 0) {
			hear(&w, &t);
			continue;
		}
		if (rc < 0) {
			gone = true;
			lose_worker(w.s);
		}
		if (changed(w.s->conf->users, &w.users))
			read_accounts(w.s);
		if (!is_busy(w.s) &&
		    changed(w.s->conf->run.dossier, &w.dossier))
			read_again(&w);
	}
	return NULL;
}

/* ---- statements */

static bool name_work(struct np_talk *t, struct np_work *w)
{
	memset(w, 0, sizeof(*w));
	memcpy(w->by, t->who.name, sizeof(w->by));
	return true;
}

static enum np_http_step signed_answer(const struct np_job *j,
				       struct np_http_answer *a)
{
	struct np_buf b = np_buf(4096);

	switch (j->told.state) {
	case NP_WORK_DONE:
		np_puts(&b, "{\"schema\":\"nameplate.signed/1\",\"id\":");
		np_put_jtext(&b, j->told.text);
		np_put_jmember(&b, "by", j->by);
		np_puts(&b, "}\n");
		return np_answer_with(a, 201, "application/json", &b);
	case NP_WORK_REFUSED:
		return np_refuse(a, 422, j->told.text);
	case NP_WORK_FAILED:
		return np_refuse(a, 500, j->told.text);
	}
	return np_refuse(a, 503, "the server is ending");
}

enum np_http_step np_route_state(struct np_talk *t, struct np_http_answer *a)
{
	struct np_work w = {.kind = NP_W_STATE};
	struct np_members f;
	enum np_stating kind;
	const char *why;
	struct np_job j;
	bool known, allowed;

	if (t->job)
		return np_job_wait(t, t->job, &j) ? signed_answer(&j, a)
						  : NP_HTTP_LATER;
	if (!t->s->signs)
		return np_refuse(a, 403, "the server has no key (--key)");
	if (!np_members_read(t->body.p ? t->body.p : "", t->body.n,
			     np_state_members, &f, &why))
		return np_refuse(a, 400, why);
	known = np_state_kind(&f, &kind) && np_members_get(&f, "about");
	allowed = known && np_may(np_may_state(kind), t->who.role);
	np_members_free(&f);
	if (!known)
		return np_refuse(a, 400, "expected kind and about");
	if (!allowed)
		return np_refuse(a, 403, "not with this role");
	(void)name_work(t, &w);
	w.kind = NP_W_STATE;
	memcpy(w.body, t->body.p, t->body.n);
	w.body_n = (uint32_t)t->body.n;
	t->job = np_job_begin(t->s, &w, 0, NULL);
	if (!t->job)
		return np_refuse_until(a, 503, "too much is waiting", 5);
	return np_route_state(t, a);
}

/* ---- captures */

static const char *state_name(uint32_t state)
{
	static const char *const names[] = {
		[NP_WORK_WAITS] = "waits",     [NP_WORK_RUNS] = "reads",
		[NP_WORK_DONE] = "read",       [NP_WORK_PARTLY] = "partly",
		[NP_WORK_REFUSED] = "refused", [NP_WORK_FAILED] = "failed",
	};

	return state < NP_COUNT(names) ? names[state] : "?";
}

static void put_job(const struct np_job *j, struct np_buf *b)
{
	np_putf(b, "{\"n\":%llu", (unsigned long long)j->n);
	np_put_jmember(b, "name", j->name);
	np_put_jmember(b, "by", j->by);
	np_put_jmember(b, "state", state_name(j->told.state));
	np_member_n(b, "size", j->size);
	np_member_n(b, "octets", j->told.octets);
	np_member_n(b, "frames", j->told.frames);
	np_put_jmember(b, "text", j->told.text[0] ? j->told.text : NULL);
	np_putc(b, '}');
}

static bool is_upload(const struct np_job *j)
{
	return j->n && j->kind == NP_W_READ;
}

enum np_http_step np_route_captures(struct np_talk *t, struct np_http_answer *a)
{
	struct np_server *s = t->s;
	struct np_buf b = np_buf((size_t)1 << 20);
	const char *open = "\n";

	np_puts(&b, "{\"schema\":\"nameplate.captures/1\",\"captures\":[");
	(void)pthread_mutex_lock(&s->lock);
	for (uint64_t i = 1; i <= NP_JOBS; i++) {
		const struct np_job *j = &s->job[(s->last_job + i) % NP_JOBS];

		if (!is_upload(j))
			continue;
		np_puts(&b, open);
		put_job(j, &b);
		open = ",\n";
	}
	(void)pthread_mutex_unlock(&s->lock);
	np_puts(&b, "]}\n");
	return np_answer_with(a, 200, "application/json", &b);
}

enum np_http_step np_route_capture(struct np_talk *t, struct np_http_answer *a)
{
	struct np_buf b = np_buf(16384);
	struct np_job j;
	uint64_t n;

	if (!np_ask_number(t->ask.part[3], UINT32_MAX, &n) ||
	    !np_job_find(t->s, n, &j) || !is_upload(&j))
		return np_refuse(a, 404, "there is no such upload");
	put_job(&j, &b);
	np_putc(&b, '\n');
	return np_answer_with(a, 200, "application/json", &b);
}

/* A site that the party has: nobody adds one from here. */
static bool is_site(struct np_talk *t, const char *site)
{
	struct np_err e = {0};
	const struct np_view_in *in = np_snapshot_see(
		np_talk_snapshot(t), np_audience_of(t->who.role), &e);
	bool is = in && np_export_find(in->report, site) != NP_NO_SITE;

	if (in)
		np_snapshot_seen(t->snap);
	return is;
}

enum np_http_step np_route_upload(struct np_talk *t, struct np_http_answer *a)
{
	const char *name = np_ask_get(&t->ask, "name");
	const char *site = np_ask_get(&t->ask, "site");
	struct np_buf b = np_buf(256);
	struct np_work w;
	char where[64];
	uint64_t n;

	(void)name_work(t, &w);
	w.kind = NP_W_READ;
	if (!np_ask_file(name ? name : "upload", w.name, sizeof(w.name)))
		return np_refuse(a, 400, "name is no name of a file");
	if (site && (strlen(site) >= sizeof(w.site) || !is_site(t, site)))
		return np_refuse(a, 400, "there is no such site");
	memcpy(w.site, site ? site : "", site ? strlen(site) + 1 : 1);
	memcpy(w.file, t->file, sizeof(w.file));
	n = np_job_begin(t->s, &w, t->length, NULL);
	if (!n)
		return np_refuse_until(a, 503, "too much is waiting", 5);
	t->file[0] = '\0'; /* the job's from here */
	(void)snprintf(where, sizeof(where), "/api/v1/captures/%llu",
		       (unsigned long long)n);
	np_http_header(a, "Location", where);
	np_putf(&b, "{\"n\":%llu}\n", (unsigned long long)n);
	return np_answer_with(a, 202, "application/json", &b);
}

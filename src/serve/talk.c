/* SPDX-License-Identifier: ISC */
/* One request from its first octet to its answer. */
#include "core/hash.h"
#include "report/export.h"
#include "serve/inside.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

double np_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

enum np_audience np_audience_of(enum np_role r)
{
	static const enum np_audience of[NP_ROLES] = {
#define NP_ROLE(name, NAME, audience, line)                                    \
	[NP_ROLE_##NAME] = NP_FOR_##audience,
#include "serve/roles.def"
#undef NP_ROLE
	};

	return r < NP_ROLES ? of[r] : NP_FOR_PUBLIC;
}

/* ---- answers */

enum np_http_step np_answer_with(struct np_http_answer *a, unsigned status,
				 const char *type, struct np_buf *b)
{
	char *p = b->failed ? NULL : b->p;
	size_t n = b->n;

	if (!p)
		np_buf_free(b);
	*b = np_buf(0);
	a->body = np_octets(p, n);
	a->status = a->body ? status : 500;
	if (a->body)
		np_http_header(a, "Content-Type", type);
	return NP_HTTP_ANSWER;
}

enum np_http_step np_refuse(struct np_http_answer *a, unsigned status,
			    const char *why)
{
	struct np_buf b = np_buf(4096);

	np_putf(&b, "{\"status\":%u,\"error\":", status);
	np_put_jtext(&b, why);
	np_puts(&b, "}\n");
	return np_answer_with(a, status, "application/json", &b);
}

enum np_http_step np_refuse_until(struct np_http_answer *a, unsigned status,
				  const char *why, double seconds)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%.0f", seconds + 1);
	np_http_header(a, "Retry-After", text);
	return np_refuse(a, status, why);
}

enum np_http_step np_fail_with(struct np_http_answer *a, int rc,
			       const char *none)
{
	a->nheaders = 0; /* no tag of what there is not */
	if (rc == NP_ENONE)
		return np_refuse(a, 404, none);
	if (rc == NP_EINTR)
		return np_refuse_until(a, 503, "the dossier is being written",
				       1);
	return np_refuse(a, 500, "it cannot be made");
}

/* A refusal, for who has nothing more to do. */
static bool no(struct np_http_answer *a, unsigned status, const char *why)
{
	(void)np_refuse(a, status, why);
	return false;
}

static bool has_header(const struct np_http_answer *a, const char *name)
{
	for (size_t i = 0; i < a->nheaders; i++)
		if (strcmp(a->headers[i].name, name) == 0)
			return true;
	return false;
}

/* What every answer says; a page has said its own policy. */
static void harden(struct np_http_answer *a)
{
	static const struct {
		const char *name, *value;
	} all[] = {
		{"Content-Security-Policy",
		 "default-src 'none'; frame-ancestors 'none'; "
		 "base-uri 'none'; form-action 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
	};

	for (size_t i = 0; i < NP_COUNT(all); i++)
		if (!has_header(a, all[i].name))
			np_http_header(a, all[i].name, all[i].value);
}

struct np_snapshot *np_talk_snapshot(struct np_talk *t)
{
	if (t->snap)
		return t->snap;
	(void)pthread_mutex_lock(&t->s->lock);
	t->snap = np_snapshot_share(t->s->now);
	(void)pthread_mutex_unlock(&t->s->lock);
	return t->snap;
}

bool np_has_it(struct np_talk *t, struct np_http_answer *a, bool gzip)
{
	char tag[NP_TAG + 40];

	(void)snprintf(tag, sizeof(tag), "\"%s-%s%s%s\"",
		       np_snapshot_tag(np_talk_snapshot(t)),
		       np_audience_name(np_audience_of(t->who.role)),
		       t->ask.lines ? "-lines" : "", gzip ? "-gz" : "");
	np_http_header(a, "ETag", tag);
	np_http_header(a, "Cache-Control", "private, no-cache");
	np_http_header(a, "Vary", "Accept, Accept-Encoding, Cookie");
	if (!np_ask_has(&t->ask, tag))
		return false;
	a->status = 304;
	return true;
}

/* ---- may it? */

static bool is_too_often(struct np_talk *t, struct np_http_answer *a)
{
	struct np_server *s = t->s;
	double wait = 0;
	bool may;

	if (t->known) {
		may = np_login_take(s->sessions, t->who.number, np_now(),
				    &wait);
	} else {
		uint64_t key = np_hash64(t->address, strlen(t->address), 0);

		(void)pthread_mutex_lock(&s->lock);
		may = np_bucket_take(s->strangers, key, np_now(), &wait);
		(void)pthread_mutex_unlock(&s->lock);
	}
	if (!may)
		(void)np_refuse_until(a, 429, "too many requests", wait);
	return !may;
}

/* Writes want what no page of another origin can send: the session's own word
 * in a header of our own; the first one, JSON, which it may not send either. */
static bool is_forged(const struct np_talk *t)
{
	if (t->ask.method == NP_GET)
		return false;
	if (!t->known)
		return t->route->body == NP_BODY_FORM && !t->ask.json;
	return !t->ask.csrf || !np_secret_same(t->ask.csrf, t->who.csrf);
}

static unsigned bad_body(const struct np_talk *t, const char **ret_why)
{
	uint64_t n = t->ask.length;

	*ret_why = "a request like this has no body";
	if (t->route->body == NP_BODY_NONE)
		return n && n != UINT64_MAX ? 413 : 0;
	*ret_why = "say its length";
	if (n == UINT64_MAX)
		return 411;
	*ret_why = "it is too large";
	if (n > (t->route->body == NP_BODY_FORM ? NP_MEMBERS_MAX
						: t->s->conf->upload_max))
		return 413;
	if (t->route->body == NP_BODY_FORM) {
		*ret_why = "send application/json";
		return t->ask.json ? 0 : 415;
	}
	*ret_why = "send application/octet-stream";
	return t->ask.octets ? 0 : 415;
}

/* Everything that is asked of a request before its handler is. */
static bool may(struct np_talk *t, struct np_http_answer *a)
{
	char allow[64];
	const char *why;
	unsigned status;

	t->route = np_route_find(&t->ask, allow);
	if (!t->route && !allow[0])
		return no(a, 404, "there is no such thing");
	if (!t->route) {
		np_http_header(a, "Allow", allow);
		return no(a, 405, "not by this method");
	}
	if (t->route->may && !t->known)
		return no(a, 401, "log in first");
	if (t->route->may && !np_may(t->route->may, t->who.role))
		return no(a, 403, "not with this role");
	if (is_forged(t))
		return no(a, 403, "the session's X-Nameplate is missing");
	status = bad_body(t, &why);
	if (status)
		return no(a, status, why);
	return true;
}

/* ---- the body of an upload goes to a file */

static bool open_file(struct np_talk *t, struct np_http_answer *a)
{
	struct np_server *s = t->s;
	struct np_buf path = np_buf(512);
	char secret[NP_SECRET_TEXT];

	(void)pthread_mutex_lock(&s->lock);
	t->uploading = s->uploads < NP_UPLOADS;
	s->uploads += t->uploading;
	(void)pthread_mutex_unlock(&s->lock);
	if (!t->uploading) {
		(void)np_refuse_until(a, 503, "others are sending", 5);
		return false;
	}
	if (np_secret(secret)) {
		(void)snprintf(t->file, sizeof(t->file), "%.32s", secret);
		np_putf(&path, "%s/%s", s->spool, t->file);
		t->fd = path.failed
				? -1
				: open(path.p,
				       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
				       0600);
	}
	np_buf_free(&path);
	return t->fd >= 0 || no(a, 507, "it cannot be kept");
}

static void close_file(struct np_talk *t)
{
	struct np_server *s = t->s;
	struct np_buf path = np_buf(512);

	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
	/* the job's, from when it has one */
	np_putf(&path, "%s/%s", s->spool, t->file);
	if (t->file[0] && !path.failed)
		(void)unlink(path.p);
	np_buf_free(&path);
	if (!t->uploading)
		return;
	(void)pthread_mutex_lock(&s->lock);
	s->uploads--;
	(void)pthread_mutex_unlock(&s->lock);
	t->uploading = false;
}

/* ---- the calls of http.h */

static enum np_http_step run(struct np_talk *t, struct np_http_answer *a)
{
	enum np_http_step step = t->route->run(t, a);

	if (step == NP_HTTP_ANSWER)
		harden(a);
	return step;
}

enum np_http_step np_talk_begin(void *server, const struct np_ask_raw *raw,
				struct np_http_client *c, void **ret_talk,
				struct np_http_answer *a)
{
	struct np_server *s = server;
	struct np_talk *t = malloc(sizeof(*t));
	const char *why;
	unsigned status;

	*ret_talk = t;
	if (!t) {
		a->status = 503;
		return NP_HTTP_ANSWER;
	}
	memset(t, 0, sizeof(*t));
	t->s = s;
	t->client = c;
	t->fd = -1;
	t->body = np_buf(NP_MEMBERS_MAX);
	(void)snprintf(t->address, sizeof(t->address), "%s", raw->address);
	status = np_ask_read(raw, &s->hosts, s->cookie, &t->ask, &why);
	if (!status) /* not too long, then */
		memcpy(t->target, raw->target, strlen(raw->target) + 1);
	if (!status && t->ask.session)
		t->known = np_login_find(s->sessions, t->ask.session, np_now(),
					 &t->who);
	if (status)
		(void)np_refuse(a, status, why);
	else if (!is_too_often(t, a) && may(t, a)) {
		if (t->route->body == NP_BODY_NONE)
			return run(t, a);
		if (t->route->body == NP_BODY_FORM || open_file(t, a))
			return NP_HTTP_GO_ON;
	}
	harden(a);
	return NP_HTTP_ANSWER;
}

static bool keep(struct np_talk *t, const char *p, size_t n)
{
	if (n > t->ask.length - t->length)
		return false;
	t->length += n;
	while (n) {
		ssize_t k = write(t->fd, p, n);

		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

bool np_talk_body(void *server, void *talk, const char *p, size_t n)
{
	struct np_talk *t = talk;

	(void)server;
	if (t->route->body == NP_BODY_FORM)
		np_put(&t->body, p, n);
	else if (!t->failed)
		t->failed = !keep(t, p, n);
	return true;
}

enum np_http_step np_talk_finish(void *server, void *talk,
				 struct np_http_answer *a)
{
	struct np_talk *t = talk;

	(void)server;
	if (t->failed || t->body.failed)
		(void)np_refuse(a, t->failed ? 507 : 413,
				t->failed ? "it cannot be kept"
					  : "it is too large");
	else if (t->fd >= 0 && t->length != t->ask.length)
		(void)np_refuse(a, 400, "it is not whole");
	else
		return run(t, a);
	harden(a);
	return NP_HTTP_ANSWER;
}

void np_talk_end(void *server, void *talk)
{
	struct np_talk *t = talk;

	(void)server;
	np_job_leave(t->s, t);
	close_file(t);
	if (t->body.p)
		explicit_bzero(t->body.p, t->body.cap);
	np_buf_free(&t->body);
	np_snapshot_drop(t->snap);
	explicit_bzero(t, sizeof(*t));
	free(t);
}

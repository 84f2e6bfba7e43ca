/* SPDX-License-Identifier: ISC */
/* Who am I, let me in, let me out. */
#include "core/hash.h"
#include "report/export.h"
#include "serve/inside.h"
#include "view/html.h"
#include <stdlib.h>

#define ADDRESS_MOST 300.0 /* seconds that an address waits at most */
#define ACCOUNT_MOST 30.0  /* an account: others could lock it */

static void put_may(const struct np_who *who, struct np_buf *b)
{
	const char *open = "";

	np_puts(b, ",\"may\":[");
	for (const struct np_route *r = np_routes; r->path; r++) {
		if (r->may && !np_may(r->may, who->role))
			continue;
		np_putf(b, "%s\"%s %s\"", open, np_method_name(r->method),
			r->path);
		open = ",";
	}
	np_puts(b, "],\"states\":[");
	open = "";
	for (int k = 0; k < NP_S_KINDS; k++) {
		if (!np_may(np_may_state((enum np_stating)k), who->role))
			continue;
		np_putf(b, "%s\"%s\"", open,
			np_stating_name((enum np_stating)k));
		open = ",";
	}
	np_putc(b, ']');
}

/* What a page of this role begins with: class mark, title, day, its views. */
static void put_boot(struct np_talk *t, const struct np_who *who,
		     struct np_buf *b)
{
	const struct np_html_ask ask = {0};
	struct np_err e = {0};
	const struct np_view_in *in = np_snapshot_see(
		np_talk_snapshot(t), np_audience_of(who->role), &e);
	const char *lang = np_ask_get(&t->ask, "lang");
	struct np_view_in here;

	np_puts(b, ",\"boot\":");
	if (!in) { /* it is being written: the page asks again */
		np_puts(b, "null");
		return;
	}
	here = *in;
	if (lang && np_language_known(lang))
		here.lang = lang;
	np_html_boot(&here, &ask, true, b);
	np_snapshot_seen(t->snap);
	np_putc(b, '}');
}

static enum np_http_step say_who(struct np_talk *t, const struct np_who *who,
				 struct np_http_answer *a)
{
	struct np_buf b = np_buf((size_t)1 << 20);

	np_puts(&b, "{\"schema\":\"nameplate.session/1\"");
	if (who) {
		np_put_jmember(&b, "user", who->name);
		np_put_jmember(&b, "role", np_role_name(who->role));
		np_put_jmember(&b, "audience",
			       np_audience_name(np_audience_of(who->role)));
		np_put_jmember(&b, "csrf", who->csrf);
		put_may(who, &b);
		put_boot(t, who, &b);
	} else {
		np_puts(&b, ",\"user\":null,\"role\":null,\"audience\":null,"
			    "\"csrf\":null,\"may\":[],\"states\":[],"
			    "\"boot\":null");
	}
	np_putf(&b, ",\"accounts\":%s,\"signs\":%s}\n",
		t->s->conf->users ? "true" : "false",
		t->s->signs ? "true" : "false");
	return np_answer_with(a, 200, "application/json", &b);
}

enum np_http_step np_route_session(struct np_talk *t, struct np_http_answer *a)
{
	return say_who(t, t->known ? &t->who : NULL, a);
}

/* ---- in */

/* May it be tried now? Both the address and the account have failed so often.
 */
static bool must_wait(struct np_server *s, uint64_t address, uint64_t account,
		      double *ret_wait)
{
	double one, other;

	(void)pthread_mutex_lock(&s->lock);
	(void)np_failing(s->tries, address, np_now(), &one);
	(void)np_failing(s->tries, account, np_now(), &other);
	(void)pthread_mutex_unlock(&s->lock);
	*ret_wait = one > other ? one : other;
	return *ret_wait > 0;
}

static void note(struct np_server *s, uint64_t address, uint64_t account,
		 bool good)
{
	(void)pthread_mutex_lock(&s->lock);
	/* not the address: who has an account could try others' for ever */
	if (good) {
		np_succeeded(s->tries, account);
	} else {
		if (address != account)
			np_failed(s->tries, address, np_now(), ADDRESS_MOST);
		np_failed(s->tries, account, np_now(), ACCOUNT_MOST);
	}
	(void)pthread_mutex_unlock(&s->lock);
}

/* A copy: the accounts may be read anew meanwhile. */
static bool account_of(struct np_server *s, const char *name,
		       struct np_account *to)
{
	const struct np_account *found;

	(void)pthread_mutex_lock(&s->lock);
	found = np_account_find(&s->accounts, name);
	if (found)
		*to = *found;
	(void)pthread_mutex_unlock(&s->lock);
	return found;
}

/* 1: it is right, 0: it is not, -1: too many are asking. */
static int check(struct np_server *s, const char *user, const char *password,
		 struct np_account *to)
{
	int good = -1;

	if (atomic_fetch_add(&s->hashers, 1) < 2) {
		bool there = account_of(s, user, to);

		(void)pthread_mutex_lock(&s->hashing);
		good = np_password_is(there ? to : NULL, password);
		(void)pthread_mutex_unlock(&s->hashing);
	}
	(void)atomic_fetch_sub(&s->hashers, 1);
	return good;
}

static enum np_http_step let_in(struct np_talk *t, const struct np_account *is,
				struct np_http_answer *a)
{
	char secret[NP_SECRET_TEXT];

	/* the one it had before is not taken along */
	if (t->known)
		np_login_end(t->s->sessions, t->who.number);
	if (!np_login_begin(t->s->sessions, is->name, is->role, np_now(),
			    secret) ||
	    !np_login_find(t->s->sessions, secret, np_now(), &t->who))
		return np_refuse(a, 503, "no session can be opened");
	np_put_cookie(t->s, secret, a);
	explicit_bzero(secret, sizeof(secret));
	return say_who(t, &t->who, a);
}

static enum np_http_step try_in(struct np_talk *t, const char *user,
				const char *password, struct np_http_answer *a)
{
	struct np_server *s = t->s;
	uint64_t account = np_hash64(user, strlen(user), 2);
	/* behind a proxy all come from one address, which would lock out all */
	uint64_t address =
		s->conf->tls ? account
			     : np_hash64(t->address, strlen(t->address), 1);
	struct np_account is = {0};
	enum np_http_step step;
	double wait;
	int good;

	if (must_wait(s, address, account, &wait))
		return np_refuse_until(a, 429, "too many attempts", wait);
	good = check(s, user, password, &is);
	if (good < 0)
		return np_refuse_until(a, 429, "others are logging in", 1);
	note(s, address, account, good);
	step = good ? let_in(t, &is, a)
		    : np_refuse(a, 401, "no such user, or another password");
	explicit_bzero(&is, sizeof(is));
	return step;
}

enum np_http_step np_route_login(struct np_talk *t, struct np_http_answer *a)
{
	static const char *const names[] = {"user", "password", NULL};
	struct np_members f;
	const char *why, *user, *password;
	enum np_http_step step;

	if (!t->s->conf->users)
		return np_refuse(a, 403, "this server has no accounts");
	if (!np_members_read(t->body.p ? t->body.p : "", t->body.n, names, &f,
			     &why))
		return np_refuse(a, 400, why);
	user = np_members_get(&f, "user");
	password = np_members_get(&f, "password");
	step = user && password && strlen(password) <= 1024
		       ? try_in(t, user, password, a)
		       : np_refuse(a, 400, "expected user and password");
	np_members_free(&f);
	return step;
}

/* ---- out */

enum np_http_step np_route_logout(struct np_talk *t, struct np_http_answer *a)
{
	np_login_end(t->s->sessions, t->who.number);
	np_put_cookie(t->s, NULL, a);
	a->status = 204;
	return NP_HTTP_ANSWER;
}

/* SPDX-License-Identifier: ISC */
/* The page, and the description of the API. The page is the same for everybody
 * and holds nothing of the dossier: what it shows it asks for. */
#include "serve/inside.h"
#include <stdio.h>

extern const char np_openapi[];
extern const size_t np_openapi_n;

/* Is it the one-time word, which nobody used? */
static bool take_token(struct np_server *s, const char *token)
{
	bool good;

	(void)pthread_mutex_lock(&s->lock);
	good = s->token[0] && np_secret_same(s->token, token);
	if (good)
		explicit_bzero(s->token, sizeof(s->token));
	(void)pthread_mutex_unlock(&s->lock);
	return good;
}

void np_put_cookie(const struct np_server *s, const char *secret,
		   struct np_http_answer *a)
{
	char text[256];

	(void)snprintf(text, sizeof(text),
		       "%s=%s; Path=/; HttpOnly; SameSite=Strict; "
		       "Max-Age=%.0f%s",
		       s->cookie, secret ? secret : "",
		       secret ? NP_SESSION_LIFE : 0.0,
		       s->conf->tls ? "; Secure" : "");
	np_http_header(a, "Set-Cookie", text);
}

static enum np_http_step exchange(struct np_talk *t, const char *token,
				  struct np_http_answer *a)
{
	const struct np_serve_conf *c = t->s->conf;
	char secret[NP_SECRET_TEXT];

	if (!take_token(t->s, token))
		return np_refuse(a, 403,
				 "this address was used; start the server "
				 "again for another");
	if (!np_login_begin(t->s->sessions, c->by, c->role, np_now(), secret))
		return np_refuse(a, 503, "no session can be opened");
	np_put_cookie(t->s, secret, a);
	np_http_header(a, "Location", "/");
	explicit_bzero(secret, sizeof(secret));
	a->status = 303;
	return NP_HTTP_ANSWER;
}

enum np_http_step np_route_page(struct np_talk *t, struct np_http_answer *a)
{
	const char *token = np_ask_get(&t->ask, "token");

	if (token)
		return exchange(t, token, a);
	np_http_header(a, "Content-Security-Policy", t->s->policy);
	np_http_header(a, "Cache-Control", "no-cache");
	np_http_header(a, "Vary", "Accept-Encoding");
	np_http_header(a, "ETag", t->s->shell_tag[t->ask.gzip]);
	if (np_ask_has(&t->ask, t->s->shell_tag[t->ask.gzip])) {
		a->status = 304;
		return NP_HTTP_ANSWER;
	}
	np_http_header(a, "Content-Type", "text/html; charset=utf-8");
	if (t->ask.gzip)
		np_http_header(a, "Content-Encoding", "gzip");
	a->body = np_octets_share(t->s->shell[t->ask.gzip]);
	a->status = 200;
	return NP_HTTP_ANSWER;
}

enum np_http_step np_route_openapi(struct np_talk *t, struct np_http_answer *a)
{
	struct np_buf b = np_buf(np_openapi_n + 1);

	(void)t;
	np_put(&b, np_openapi, np_openapi_n);
	return np_answer_with(a, 200, "application/json", &b);
}

enum np_http_step np_route_view(struct np_talk *t, struct np_http_answer *a)
{
	struct np_octets *o;
	struct np_err e = {0};
	int rc;

	if (np_has_it(t, a, t->ask.gzip))
		return NP_HTTP_ANSWER;
	rc = np_snapshot_view(t->snap, np_audience_of(t->who.role),
			      t->ask.part[3], t->ask.gzip, &o, &e);
	if (rc)
		return np_fail_with(a, rc, "there is no such view");
	np_http_header(a, "Content-Type", "application/json");
	if (t->ask.gzip)
		np_http_header(a, "Content-Encoding", "gzip");
	a->body = o;
	a->status = 200;
	return NP_HTTP_ANSWER;
}

/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "serve/gzip.h"
#include "serve/inside.h"
#include "serve/serve.h"
#include "view/html.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNECTIONS 512
#define PER_ADDRESS 192
#define PATIENCE 20 /* seconds */
#define LOOK 100000 /* microseconds between two looks at whether to end */
#define TRIES_RATE 1.0

/* ---- the page */

/* Two marks of the shell; what they stand for begins the page. */
static const char *mark(struct np_buf *b, const char *shell, const char *name)
{
	const char *at = strstr(shell, name);

	np_put(b, shell, at ? (size_t)(at - shell) : strlen(shell));
	return at ? at + strlen(name) : "";
}

/* Of a build that had no npm when it was made. */
static const char no_shell[] =
	"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	"<!--np:meta--></head><body><!--np:packs-->"
	"<p>This build has no page; what it would show is at "
	"<code>/api/v1</code>, as <code>/api/v1/openapi.json</code> says.</p>"
	"</body></html>\n";

static void put_shell(struct np_buf *b, struct np_buf *policy)
{
	size_t n;
	const char *shell = np_shell_text(&n), *rest;

	if (!n)
		shell = no_shell;
	rest = mark(b, shell, "<!--np:meta-->");

	np_puts(b, "<title>nameplate</title>");
	rest = mark(b, rest, "<!--np:packs-->");
	np_puts(b, "<script type=\"application/json\" id=\"np-boot\">"
		   "{\"schema\":\"nameplate.page/1\",\"live\":true,"
		   "\"lang\":\"en\",\"title\":\"nameplate\",\"packs\":[]}"
		   "</script>");
	np_puts(b, rest);
	np_html_policy(shell, policy);
	np_puts(policy, "; connect-src 'self'; frame-ancestors 'none'");
}

/* By its content: another build may have another page. */
static void tag_shell(struct np_server *s, const struct np_buf *b)
{
	uint8_t hash[32];
	char hex[25];

	np_sha256(b->p, b->n, hash);
	(void)sodium_bin2hex(hex, sizeof(hex), hash, 12);
	for (int gzip = 0; gzip < 2; gzip++)
		(void)snprintf(s->shell_tag[gzip], sizeof(s->shell_tag[gzip]),
			       "\"%s%s\"", hex, gzip ? "-gz" : "");
}

static int open_shell(struct np_server *s)
{
	struct np_buf b = np_buf((size_t)64 << 20), gz = b;
	struct np_buf p = np_buf(sizeof(s->policy) - 1);
	int rc;

	put_shell(&b, &p);
	rc = b.failed || p.failed ? NP_ENOMEM : np_gzip(b.p, b.n, &gz);
	if (!rc) {
		memcpy(s->policy, p.p, p.n + 1);
		tag_shell(s, &b);
		s->shell[0] = np_octets(b.p, b.n);
		s->shell[1] = np_octets(gz.p, gz.n);
		b = gz = np_buf(0);
	}
	np_buf_free(&b);
	np_buf_free(&gz);
	np_buf_free(&p);
	return s->shell[0] && s->shell[1] ? NP_OK : NP_ENOMEM;
}

/* ---- names */

/* "ADDRESS:PORT", in brackets what has colons. */
static bool add_host(struct np_server *s, const char *name, unsigned port)
{
	struct np_buf b = np_buf(128);
	bool good;

	np_putf(&b, strchr(name, ':') ? "[%s]:%u" : "%s:%u", name, port);
	good = !b.failed && np_hosts_add(&s->hosts, b.p);
	np_buf_free(&b);
	return good;
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static int open_hosts(struct np_server *s, const char *address,
		      struct np_err *reterr)
{
	unsigned port = np_http_port(s->http);
	bool good = add_host(s, address, port);

	if (is_loopback(address))
		good &= add_host(s, "localhost", port);
	if (s->conf->v6)
		good &= add_host(s, "::1", port);
	/* with or without the port, as the proxy before it has it */
	if (s->conf->name)
		good &= np_hosts_add(&s->hosts, s->conf->name) &&
			add_host(s, s->conf->name, port);
	(void)snprintf(s->cookie, sizeof(s->cookie), "np%u", port);
	return good ? NP_OK
		    : np_fail(reterr, NP_EUSAGE,
			      "expected a name as in np.example.net",
			      s->conf->name, 0);
}

/* ---- opening and closing */

static int check(const struct np_serve_conf *c, struct np_err *reterr)
{
	const char *address = c->address ? c->address : "127.0.0.1";

	if (!np_http_there()) {
		struct np_http *none;

		return np_http_open(NULL, &none, reterr);
	}
	if (!is_loopback(address) && !c->users)
		return np_fail(reterr, NP_EUSAGE,
			       "another address than this machine's own wants "
			       "accounts (--users)",
			       address, 0);
	return NP_OK;
}

static int open_spool(struct np_server *s, struct np_err *reterr)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(s->spool, sizeof(s->spool), "%.200s/nameplate-XXXXXX",
		       tmp && *tmp && strlen(tmp) <= 200 ? tmp : "/tmp");
	if (mkdtemp(s->spool)) /* nobody else's: 0700 */
		return NP_OK;
	s->spool[0] = '\0';
	return np_fail(reterr, NP_EIO, "cannot make a folder for uploads",
		       tmp ? tmp : "/tmp", 0);
}

static int open_worker(struct np_server *s, struct np_worker_conf *w,
		       struct np_err *reterr)
{
	int rc;

	*w = (struct np_worker_conf){
		.run = s->conf->run, .key = s->conf->key, .spool = s->spool};
	s->signs = w->key;
	rc = np_worker_open(w, &s->worker, reterr);
	if (w->key)
		np_minisign_secret_wipe(s->conf->key);
	return rc;
}

static int open_http(struct np_server *s, struct np_err *reterr)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct np_http_conf h = {
		.address = s->conf->address ? s->conf->address : "127.0.0.1",
		.port = (uint16_t)s->conf->port,
		.threads = cpus > 8 ? (unsigned)cpus : 8,
		.connections = CONNECTIONS,
		/* behind a proxy all come from one */
		.per_address = s->conf->tls ? CONNECTIONS : PER_ADDRESS,
		.patience = PATIENCE,
		.calls = {.begin = np_talk_begin,
			  .body = np_talk_body,
			  .finish = np_talk_finish,
			  .end = np_talk_end,
			  .ctx = s},
	};
	int rc;

	h.threads = h.threads > 16 ? 16 : h.threads;
	rc = np_http_open(&h, &s->http, reterr);
	if (rc)
		return rc;
	rc = open_hosts(s, h.address, reterr);
	h.port = np_http_port(s->http);
	h.address = "::1";
	if (!rc && s->conf->v6)
		rc = np_http_open(&h, &s->http6, reterr);
	if (!rc)
		rc = np_http_start(s->http, reterr);
	return rc || !s->http6 ? rc : np_http_start(s->http6, reterr);
}

/* What the first who come in will see is made before they do. */
static int open_first(struct np_server *s, struct np_err *reterr)
{
	for (unsigned i = 0; i < NP_ROLES; i++) {
		enum np_role r = (enum np_role)i;

		if (!s->conf->users && r != s->conf->role)
			continue;
		if (!np_snapshot_see(s->now, np_audience_of(r), reterr))
			return reterr->code;
		np_snapshot_seen(s->now);
	}
	return NP_OK;
}

static int open_all(struct np_server *s, struct np_worker_conf *w,
		    struct np_err *reterr)
{
	const struct np_serve_conf *c = s->conf;
	double rate = c->rate;
	int rc = open_spool(s, reterr);

	if (!rc) /* before any thread */
		rc = open_worker(s, w, reterr);
	if (!rc)
		rc = np_snapshot_open(&c->run, &s->now, reterr);
	if (!rc)
		rc = open_first(s, reterr);
	if (!rc && c->users)
		rc = np_accounts_open(c->users, &s->accounts, reterr);
	if (rc)
		return rc;
	s->sessions = malloc(sizeof(*s->sessions));
	s->tries = calloc(1, sizeof(*s->tries));
	s->strangers = calloc(1, sizeof(*s->strangers));
	if (!s->sessions || !s->tries || !s->strangers ||
	    !np_sessions_open(s->sessions, rate) || open_shell(s) ||
	    (!c->users && !np_secret(s->token)))
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	s->tries->rate = TRIES_RATE;
	s->strangers->rate = rate;
	s->strangers->burst = 2 * rate;
	return open_http(s, reterr);
}

static void close_all(struct np_server *s)
{
	np_http_close(s->http6);
	np_http_close(s->http);
	np_worker_close(&s->worker);
	np_snapshot_drop(s->now);
	np_octets_drop(s->shell[0]);
	np_octets_drop(s->shell[1]);
	np_accounts_free(&s->accounts);
	if (s->sessions)
		np_sessions_close(s->sessions);
	free(s->sessions);
	free(s->tries);
	free(s->strangers);
	for (size_t i = 0; s->spool[0] && i < NP_JOBS; i++) {
		struct np_buf b = np_buf(512);

		np_putf(&b, "%s/%s", s->spool, s->job[i].file);
		if (s->job[i].file[0] && !b.failed)
			(void)unlink(b.p);
		np_buf_free(&b);
	}
	if (s->spool[0])
		(void)rmdir(s->spool);
	explicit_bzero(s->token, sizeof(s->token));
}

/* ---- serving */

static void say_ready(struct np_server *s)
{
	const char *address = s->conf->address ? s->conf->address : "127.0.0.1";
	unsigned port = np_http_port(s->http);
	struct np_buf b = np_buf(512), b6 = np_buf(512);
	const char *query = s->token[0] ? "?token=" : "";

	np_putf(&b,
		strchr(address, ':') ? "http://[%s]:%u/%s%s"
				     : "http://%s:%u/%s%s",
		address, port, query, s->token);
	np_putf(&b6, "http://[::1]:%u/%s%s", port, query, s->token);
	if (!b.failed && !b6.failed)
		s->conf->ready(s->conf->ctx, b.p, s->http6 ? b6.p : NULL);
	explicit_bzero(b.p, b.cap);
	explicit_bzero(b6.p, b6.cap);
	np_buf_free(&b);
	np_buf_free(&b6);
}

static int serve(struct np_server *s, struct np_err *reterr)
{
	pthread_t keeper;

	if (pthread_create(&keeper, NULL, np_keep_up, s) != 0)
		return np_fail(reterr, NP_EIO, "cannot start a thread", NULL,
			       0);
	say_ready(s);
	while (!*s->conf->stop)
		(void)usleep(LOOK);
	np_http_quiesce(s->http);
	if (s->http6)
		np_http_quiesce(s->http6);
	np_wake_all(s);
	(void)pthread_join(keeper, NULL);
	return NP_OK;
}

int np_serve(const struct np_serve_conf *conf, struct np_err *reterr)
{
	struct np_server *s = calloc(1, sizeof(*s));
	struct np_worker_conf w;
	int rc = s ? check(conf, reterr)
		   : np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);

	if (rc) {
		free(s);
		return rc;
	}
	s->conf = conf;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_mutex_init(&s->hashing, NULL);
	rc = open_all(s, &w, reterr);
	if (!rc)
		rc = serve(s, reterr);
	close_all(s);
	(void)pthread_mutex_destroy(&s->lock);
	(void)pthread_mutex_destroy(&s->hashing);
	free(s);
	return rc;
}

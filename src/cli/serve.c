/* SPDX-License-Identifier: ISC */
/* nameplate serve: a dossier by HTTP, for this machine alone unless it is
 * asked otherwise; and the accounts of those who may come in. */
#include "serve/serve.h"
#include "cli/judgement.h"
#include "cli/key.h"
#include "serve/route.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct asked {
	const char *address, *name, *users, *role, *by, *key, *password;
	const char *add, *drop, *password_file;
	const char *party, *site, *what_if, *as_of, *knowledge, *keys;
	unsigned port, rate, upload;
	bool v6, tls, routes;
};

static int wrong(const char *text, const char *word)
{
	(void)fprintf(stderr, "nameplate serve: %s%s%s\n", text,
		      word ? ": " : "", word ? word : "");
	return NP_EXIT_USAGE;
}

static int failed(int rc, struct np_err *e)
{
	if (!e->text)
		(void)np_fail(e, rc, np_strerror(rc), NULL, 0);
	np_say_error(e);
	return rc == NP_EUSAGE || rc == NP_ENONE || rc == NP_EINPUT
		       ? NP_EXIT_USAGE
		       : NP_EXIT_FAILED;
}

/* ---- accounts */

static int add_user(const struct asked *o, enum np_role role)
{
	char text[NP_PASSWORD] = "", again[NP_PASSWORD] = "";
	struct np_err e = {0};
	bool asks = !o->password_file;
	int rc;

	if (!o->users)
		return wrong("wants --users FILE", NULL);
	if (!o->drop && !o->role)
		return wrong("wants --role ROLE", NULL);
	if (!o->drop && !np_password(o->password_file, "password", text))
		return NP_EXIT_USAGE;
	if (!o->drop && asks && !np_password(NULL, "once more", again))
		return NP_EXIT_USAGE;
	if (!o->drop && asks && strcmp(text, again) != 0)
		return wrong("these are two passwords", NULL);
	rc = np_account_set(o->users, o->drop ? o->drop : o->add, role,
			    o->drop ? NULL : text, &e);
	explicit_bzero(text, sizeof(text));
	explicit_bzero(again, sizeof(again));
	if (rc)
		return failed(rc, &e);
	(void)printf("%s %s\n", o->drop ? o->drop : o->add,
		     o->drop ? "is taken out" : np_role_name(role));
	return NP_EXIT_OK;
}

/* ---- serving */

static void ready(void *ctx, const char *url, const char *url6)
{
	(void)ctx;
	(void)printf("%s\n", url);
	if (url6)
		(void)printf("%s\n", url6);
	(void)fflush(stdout);
	(void)fprintf(stderr, strstr(url, "token=")
				      ? "nameplate: open this address; it is "
					"good once\n"
				      : "nameplate: open this address, and "
					"log in\n");
}

static void say(void *ctx, const struct np_err *e)
{
	(void)ctx;
	np_say_error(e);
}

static int serve(const struct asked *o, enum np_role role, const char *dossier,
		 struct np_minisign_secret *key)
{
	const struct np_judge_options judge = {.knowledge = o->knowledge,
					       .party = o->party,
					       .site = o->site,
					       .what_if = o->what_if,
					       .as_of = o->as_of,
					       .keys = o->keys};
	const char *me = getenv("USER");
	struct np_serve_conf c = {
		.address = o->address,
		.v6 = o->v6,
		.port = o->port,
		.name = o->name,
		.tls = o->tls,
		.users = o->users,
		.role = role,
		.by = o->by			   ? o->by
		      : me && np_account_named(me) ? me
						   : "me",
		.rate = o->rate,
		.upload_max = (uint64_t)o->upload << 20,
		.key = key,
		.ready = ready,
		.say = say,
		.stop = np_stopped(),
	};
	struct np_err e = {0};
	int rc = np_judge_conf("serve", &judge, false, &c.run);

	if (rc)
		return rc;
	if (!np_account_named(c.by))
		return wrong("--by wants a name: letters, digits, . _ - @",
			     c.by);
	c.run.dossier = dossier;
	np_catch_signals();
	rc = np_serve(&c, &e);
	if (rc)
		return failed(rc, &e);
	return *np_stopped() == SIGINT ? NP_EXIT_INTERRUPTED : NP_EXIT_OK;
}

static int serve_with_key(const struct asked *o, enum np_role role,
			  const char *dossier)
{
	struct np_minisign_secret key = {0};
	int rc = o->key ? np_key_open(o->key, o->password, &key) : NP_EXIT_OK;

	if (!rc)
		rc = serve(o, role, dossier, o->key ? &key : NULL);
	np_minisign_secret_wipe(&key);
	return rc;
}

static int put_routes(void)
{
	struct np_buf b = np_buf((size_t)1 << 20);
	int rc;

	np_routes_put(&b);
	rc = b.failed || fwrite(b.p, 1, b.n, stdout) != b.n || fflush(stdout);
	np_buf_free(&b);
	return rc ? NP_EXIT_FAILED : NP_EXIT_OK;
}

static int take(const struct asked *o, int n, char **operands)
{
	enum np_role role = NP_ROLE_ANALYST;

	if (o->routes)
		return put_routes();
	if (o->role && !np_role_find(o->role, &role))
		return wrong("--role is one of", np_role_list());
	if (o->add && o->drop)
		return wrong("--add-user or --remove-user", NULL);
	if (o->add || o->drop)
		return add_user(o, role);
	if (n != 1)
		return wrong("wants one dossier", NULL);
	if (o->users && o->role)
		return wrong("with accounts each has its own role", NULL);
	if (o->port > 65535)
		return wrong("--port is 0 to 65535", NULL);
	return serve_with_key(o, role, operands[0]);
}

int np_verb_serve(int argc, char **argv)
{
	struct asked o = {.port = 8640, .rate = 100, .upload = 1024};
	const struct np_option options[] = {
		{"port", 'p', NP_OPT_COUNT, &o.port, "N",
		 "port (8640); 0: any that is free"},
		{"ipv6", '6', NP_OPT_FLAG, &o.v6, NULL, "on [::1] too"},
		{"listen", 0, NP_OPT_TEXT, &o.address, "ADDRESS",
		 "another address than 127.0.0.1; wants --users"},
		{"name", 0, NP_OPT_TEXT, &o.name, "HOST",
		 "what it is called besides its address"},
		{"behind-tls", 0, NP_OPT_FLAG, &o.tls, NULL,
		 "a proxy speaks TLS: cookies are for TLS alone"},
		{"users", 0, NP_OPT_TEXT, &o.users, "FILE",
		 "accounts; else a one-time address lets in"},
		{"role", 0, NP_OPT_TEXT, &o.role, "ROLE",
		 "of who opens that address (analyst), or of a new account"},
		{"by", 0, NP_OPT_TEXT, &o.by, "NAME",
		 "who that is, in statements ($USER)"},
		{"key", 0, NP_OPT_TEXT, &o.key, "FILE",
		 "secret key that statements are signed with"},
		{"password", 0, NP_OPT_TEXT, &o.password, "FILE",
		 "file with the key's password; else it is asked for"},
		{"add-user", 0, NP_OPT_TEXT, &o.add, "NAME",
		 "add an account to --users, or change it"},
		{"remove-user", 0, NP_OPT_TEXT, &o.drop, "NAME", "take it out"},
		{"password-file", 0, NP_OPT_TEXT, &o.password_file, "FILE",
		 "its password; else it is asked for"},
		{"rate", 0, NP_OPT_COUNT, &o.rate, "N",
		 "requests a second of a session (100); 0: any"},
		{"upload-limit", 0, NP_OPT_COUNT, &o.upload, "MiB",
		 "largest capture that is taken (1024)"},
		{"routes", 0, NP_OPT_FLAG, &o.routes, NULL,
		 "who may ask what, as JSON, and end"},
		{"party", 0, NP_OPT_TEXT, &o.party, "FILE",
		 "operator.yaml, if not the dossier's own"},
		{"site", 0, NP_OPT_TEXT, &o.site, "SITE", "show only this"},
		{"what-if", 0, NP_OPT_TEXT, &o.what_if, "us,de",
		 "other states' rules too"},
		{"as-of", 0, NP_OPT_TEXT, &o.as_of, "DATE",
		 "judge as of YYYY-MM-DD (the dossier's day)"},
		{"knowledge", 0, NP_OPT_TEXT, &o.knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"keys", 0, NP_OPT_TEXT, &o.keys, "FILE",
		 "public keys whose statements count (all)"},
	};
	int n, rc = np_args("serve", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	return take(&o, n, argv);
}

/* SPDX-License-Identifier: ISC */
/* nameplate keygen: a pair of keys in minisign's format. */
#include "cli/cli.h"
#include "cli/key.h"
#include "core/minisign.h"
#include <stdio.h>
#include <string.h>

static int make(const char *name, const char *password)
{
	struct np_buf secret = np_buf(4096), public = np_buf(4096);
	struct np_minisign_public key;
	struct np_err e = {0};
	char text[57], id[17];
	int rc;

	np_putf(&secret, "%s.key", name);
	np_putf(&public, "%s.pub", name);
	rc = secret.failed || public.failed
		     ? np_fail(&e, NP_EUSAGE, "the name is too long", NULL, 0)
		     : np_minisign_keygen(secret.p, public.p, password, &e);
	if (!rc)
		rc = np_minisign_public_open(public.p, &key, &e);
	if (rc) {
		np_say_error(&e);
	} else {
		np_minisign_public_text(&key, text);
		np_minisign_id_text(key.id, id);
		(void)printf("key %s\n  secret  %s (keep it, and to yourself)\n"
			     "  public  %s: %s\n",
			     id, secret.p, public.p, text);
	}
	np_buf_free(&secret);
	np_buf_free(&public);
	return rc == NP_EUSAGE ? NP_EXIT_USAGE : rc ? NP_EXIT_FAILED : 0;
}

int np_verb_keygen(int argc, char **argv)
{
	const char *password = NULL;
	bool open = false;
	const struct np_option options[] = {
		{"password", 0, NP_OPT_TEXT, &password, "FILE",
		 "file with the password; else it is asked for"},
		{"no-password", 0, NP_OPT_FLAG, &open, NULL,
		 "whoever has the file may sign with it"},
	};
	char text[NP_PASSWORD] = "", again[NP_PASSWORD] = "";
	int n, rc = np_args("keygen", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 1 || (open && password)) {
		(void)fputs("nameplate keygen: wants a NAME: NAME.key and "
			    "NAME.pub are made\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	if (!open && (!np_password(password, "password of the new key", text) ||
		      (!password && !np_password(NULL, "once more", again))))
		return NP_EXIT_USAGE;
	if (!open && !password && strcmp(text, again) != 0) {
		(void)fputs("nameplate keygen: these are two passwords\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	rc = make(argv[0], open ? NULL : text);
	explicit_bzero(text, sizeof(text));
	explicit_bzero(again, sizeof(again));
	return rc;
}

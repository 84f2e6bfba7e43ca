/* SPDX-License-Identifier: ISC */
/* nameplate seal: signs what a dossier holds, so that it can be checked by
 * somebody who does not trust whoever made it. */
#include "store/seal.h"
#include "cli/cli.h"
#include "cli/key.h"
#include <stdio.h>
#include <time.h>

struct options {
	const char *key, *password, *keygen, *dir;
};

static int wrong(const char *text)
{
	(void)fprintf(stderr,
		      "nameplate seal: %s\n"
		      "try 'nameplate seal --help'\n",
		      text);
	return NP_EXIT_USAGE;
}

static int failed(int rc, const struct np_err *e)
{
	if (!rc)
		return NP_EXIT_OK;
	np_say_error(e);
	return rc == NP_EUSAGE || rc == NP_EINPUT || rc == NP_ENONE
		       ? NP_EXIT_USAGE
		       : NP_EXIT_FAILED;
}

int np_seal_with(const char *path, const char *key, const char *password,
		 const char *dir)
{
	struct np_minisign_secret secret;
	struct np_err e = {0};
	char id[17];
	int rc = np_key_open(key, password, &secret);

	if (rc)
		return rc;
	np_minisign_id_text(secret.id, id);
	rc = failed(np_seal_dossier(path, &secret, dir, time(NULL), &e), &e);
	np_minisign_secret_wipe(&secret);
	if (!rc)
		(void)fprintf(stderr, "sealed with key %s: %s%s.minisig\n", id,
			      dir ? "in the directory, " : "", path);
	return rc;
}

int np_verb_seal(int argc, char **argv)
{
	struct options o = {0};
	const struct np_option options[] = {
		{"key", 'k', NP_OPT_TEXT, &o.key, "FILE",
		 "secret key to sign with"},
		{"password", 0, NP_OPT_TEXT, &o.password, "FILE",
		 "first line: the key's password (asked for)"},
		{"output", 'o', NP_OPT_TEXT, &o.dir, "DIR",
		 "where signature and manifest go (beside it)"},
		{"keygen", 0, NP_OPT_TEXT, &o.keygen, "FILE",
		 "make a key: FILE and FILE.pub"},
	};
	int n, rc = np_args("seal", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (o.keygen)
		return n ? wrong("--keygen makes a key, and no more")
			 : np_key_make(o.keygen, o.password);
	if (n != 1)
		return wrong("wants one dossier");
	if (!o.key)
		return wrong("wants --key FILE; --keygen FILE makes one");
	return np_seal_with(argv[0], o.key, o.password, o.dir);
}

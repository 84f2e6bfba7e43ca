/* SPDX-License-Identifier: ISC */
/* nameplate seal: signs what a dossier holds, so that it can be checked by
 * somebody who does not trust whoever made it. */
#include "store/seal.h"
#include "cli/cli.h"
#include "cli/key.h"
#include "core/file.h"
#include "store/seal_box.h"
#include "store/seal_time.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct options {
	const char *key, *password, *dir;
	const char *request, *stamp, *ca;
	const char *recipients, *open_with;
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

/* ---------------------------------------------------------- time stamps */

/* DOSSIER.SUFFIX, in the directory where there is one. */
static struct np_buf beside(const struct options *o, const char *path,
			    const char *suffix)
{
	struct np_buf b = np_buf(8192);
	const char *name = strrchr(path, '/');

	name = name ? name + 1 : path;
	if (o->dir)
		np_putf(&b, "%s/%s%s", o->dir, name, suffix);
	else
		np_putf(&b, "%s%s", path, suffix);
	return b;
}

static int request(const struct options *o, const char *path)
{
	struct np_buf signature = beside(o, path, ".minisig");
	struct np_err e = {0};
	int rc = np_stamp_request(signature.p, o->request, &e);

	np_buf_free(&signature);
	return failed(rc, &e);
}

/* Checked, and kept beside the signature. */
static int attach(const struct options *o, const char *path)
{
	struct np_buf signature = beside(o, path, ".minisig");
	struct np_buf to = beside(o, path, ".tsr");
	struct np_buf der = np_buf((size_t)1 << 20);
	struct np_stamp stamp;
	struct np_err e = {0};
	int rc = np_stamp_check(signature.p, o->stamp, o->ca, &stamp, &e);

	if (!rc)
		rc = np_file_read(o->stamp, NP_SEAL_LONG, &der, &e);
	if (!rc)
		rc = np_seal_write(to.p, der.p, der.n, &e);
	if (!rc)
		(void)fprintf(stderr, "stamped %s: %s\n", stamp.time, to.p);
	np_buf_free(&signature);
	np_buf_free(&to);
	np_buf_free(&der);
	return failed(rc, &e);
}

/* ----------------------------------------------------- for certain eyes */

/* Keys by their files or texts, with commas between. */
static int read_recipients(const char *list, struct np_minisign_public *to,
			   size_t *n, struct np_err *e)
{
	char *copy = strdup(list), *rest = copy;
	int rc = copy ? NP_OK : NP_ENOMEM;

	for (*n = 0; !rc && rest; ++*n) {
		char *one = strsep(&rest, ",");

		rc = *n == NP_BOX_RECIPIENTS
			     ? np_fail(e, NP_EUSAGE, "too many keys", one, 0)
			     : np_minisign_public_open(one, &to[*n], e);
	}
	free(copy);
	return rc;
}

static int seal_to(const struct options *o, const char *path)
{
	struct np_minisign_public to[NP_BOX_RECIPIENTS];
	struct np_buf box = beside(o, path, ".sealed");
	struct np_err e = {0};
	size_t n;
	int rc = read_recipients(o->recipients, to, &n, &e);

	if (!rc)
		rc = np_box_seal(path, box.p, to, n, &e);
	if (!rc)
		(void)fprintf(stderr, "for %zu: %s\n", n, box.p);
	np_buf_free(&box);
	return failed(rc, &e);
}

static int open_with(const struct options *o, const char *path)
{
	static const char suffix[] = ".sealed";
	struct np_minisign_secret key;
	struct np_err e = {0};
	size_t n = strlen(path), k = sizeof(suffix) - 1;
	char *name = n > k && strcmp(path + n - k, suffix) == 0
			     ? strndup(path, n - k)
			     : NULL;
	int rc;

	if (!name)
		return wrong("--open-with opens what is called X.sealed");
	struct np_buf to = beside(o, name, "");

	rc = np_key_open(o->open_with, o->password, &key);
	if (!rc) {
		rc = failed(np_box_open(path, to.p, &key, &e), &e);
		np_minisign_secret_wipe(&key);
		if (!rc)
			(void)fprintf(stderr, "opened: %s\n", to.p);
	}
	np_buf_free(&to);
	free(name);
	return rc;
}

/* In the order in which each needs the one before. */
static int seal(const struct options *o, const char *path)
{
	int rc = NP_EXIT_OK;

	if (o->key)
		rc = np_seal_with(path, o->key, o->password, o->dir);
	if (!rc && o->request)
		rc = request(o, path);
	if (!rc && o->stamp)
		rc = attach(o, path);
	if (!rc && o->recipients)
		rc = seal_to(o, path);
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
		{"timestamp-request", 0, NP_OPT_TEXT, &o.request, "FILE",
		 "write a request for a time stamp (RFC 3161)"},
		{"timestamp", 0, NP_OPT_TEXT, &o.stamp, "FILE",
		 "check the response, and keep it as DOSSIER.tsr"},
		{"timestamp-ca", 0, NP_OPT_TEXT, &o.ca, "FILE",
		 "certificates that vouch for who gives the time"},
		{"seal-to", 0, NP_OPT_TEXT, &o.recipients, "PUBLIC,...",
		 "encrypt to these keys: DOSSIER.sealed"},
		{"open-with", 0, NP_OPT_TEXT, &o.open_with, "FILE",
		 "open DOSSIER.sealed with this secret key"},
	};
	int n, rc = np_args("seal", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 1)
		return wrong("wants one dossier");
	if (o.open_with)
		return open_with(&o, argv[0]);
	if (o.stamp && !o.ca)
		return wrong("--timestamp wants --timestamp-ca FILE: what "
			     "nobody vouches for is not kept");
	if (!o.key && !o.request && !o.stamp && !o.recipients)
		return wrong(
			"wants --key FILE; nameplate keygen NAME makes one");
	return seal(&o, argv[0]);
}

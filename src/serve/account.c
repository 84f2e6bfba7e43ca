/* SPDX-License-Identifier: ISC */
#include "core/buf.h"
#include "core/secret.h"
#include "proto/proto.h"
#include "serve/gate.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(((struct np_account *)0)->hash) >= crypto_pwhash_STRBYTES,
	       "room for a hash");

static const char *const roles[NP_ROLES] = {
#define NP_ROLE(name, NAME, audience, line) #name,
#include "serve/roles.def"
#undef NP_ROLE
};

const char *np_role_name(enum np_role r)
{
	return r < NP_ROLES ? roles[r] : "nobody";
}

const char *np_role_list(void)
{
	/* each with the comma before it; the first one's is not shown */
	static const char list[] =
#define NP_ROLE(name, NAME, audience, line) ", " #name
#include "serve/roles.def"
#undef NP_ROLE
		;

	return list + 2;
}

bool np_role_find(const char *name, enum np_role *ret)
{
	for (unsigned i = 0; i < NP_ROLES; i++) {
		if (strcmp(roles[i], name) != 0)
			continue;
		*ret = (enum np_role)i;
		return true;
	}
	return false;
}

bool np_account_named(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@");

	return n && !name[n] && n <= NP_ACCOUNT_NAME && !strchr("._-@", *name);
}

/* ---- reading */

static const char *const hash_prefix = crypto_pwhash_STRPREFIX;

static bool read_line(char *line, struct np_account *to)
{
	char *role = strchr(line, ' '),
	     *hash = role ? strchr(role + 1, ' ') : NULL;
	size_t n;

	if (!hash)
		return false;
	*role++ = '\0';
	*hash++ = '\0';
	n = strlen(hash);
	if (!np_account_named(line) || !np_role_find(role, &to->role) ||
	    n >= crypto_pwhash_STRBYTES ||
	    strncmp(hash, hash_prefix, strlen(hash_prefix)) != 0)
		return false;
	memcpy(to->name, line, strlen(line) + 1);
	memset(to->hash, 0, sizeof(to->hash));
	memcpy(to->hash, hash, n);
	return true;
}

int np_accounts_read(const char *name, const char *text, size_t n,
		     struct np_accounts *ret, struct np_err *reterr)
{
	uint64_t at = 0;
	char line[512];

	*ret = (struct np_accounts){.v = calloc(NP_ACCOUNTS, sizeof(*ret->v))};
	if (!ret->v)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	for (size_t i = 0, k; i < n; i += k + 1) {
		const char *end = memchr(text + i, '\n', n - i);

		k = end ? (size_t)(end - text) - i : n - i;
		at++;
		if (!k || text[i] == '#')
			continue;
		if (k < sizeof(line)) {
			memcpy(line, text + i, k);
			line[k] = '\0';
		}
		if (k >= sizeof(line) || strlen(line) != k ||
		    ret->n == NP_ACCOUNTS ||
		    !read_line(line, &ret->v[ret->n]) ||
		    np_account_find(ret, line)) {
			np_accounts_free(ret);
			return np_fail(reterr, NP_EINPUT,
				       "expected NAME ROLE HASH, each name "
				       "once (nameplate serve --add-user)",
				       name, at);
		}
		ret->n++;
	}
	return NP_OK;
}

int np_accounts_open(const char *path, struct np_accounts *ret,
		     struct np_err *reterr)
{
	char *text = malloc(NP_ACCOUNTS_FILE);
	size_t n = 0;
	int rc;

	*ret = (struct np_accounts){0};
	rc = text ? np_secret_read(path, text, NP_ACCOUNTS_FILE, &n, reterr)
		  : np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	if (!rc)
		rc = np_accounts_read(path, text, n, ret, reterr);
	if (text)
		explicit_bzero(text, NP_ACCOUNTS_FILE);
	free(text);
	return rc;
}

void np_accounts_free(struct np_accounts *a)
{
	free(a->v);
	*a = (struct np_accounts){0};
}

const struct np_account *np_account_find(const struct np_accounts *a,
					 const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i].name, name) == 0)
			return &a->v[i];
	return NULL;
}

/* ---- passwords */

bool np_password_is(const struct np_account *a, const char *password)
{
	/* of a random password that was thrown away */
	static const char nobody[crypto_pwhash_STRBYTES] =
		"$argon2id$v=19$m=65536,t=2,p=1$"
		"bmFtZXBsYXRlLW5vYm9keQ$"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	return crypto_pwhash_str_verify(a ? a->hash : nobody, password,
					strlen(password)) == 0 &&
	       a;
}

static int hash_password(const char *password, struct np_account *to,
			 struct np_err *reterr)
{
	if (sodium_init() < 0 ||
	    crypto_pwhash_str(to->hash, password, strlen(password),
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return np_fail(reterr, NP_ENOMEM,
			       "hashing a password wants 64 MiB of memory",
			       NULL, 0);
	return NP_OK;
}

/* ---- writing */

static int save(const char *path, const struct np_accounts *a,
		struct np_err *reterr)
{
	struct np_buf b = np_buf(NP_ACCOUNTS_FILE), other = np_buf(8192);
	int fd = -1, rc = NP_OK;

	np_puts(&b, "# accounts of nameplate serve: name role argon2id\n");
	for (size_t i = 0; i < a->n; i++)
		np_putf(&b, "%s %s %s\n", a->v[i].name,
			np_role_name(a->v[i].role), a->v[i].hash);
	np_putf(&other, "%s.XXXXXX", path);
	if (b.failed || other.failed)
		rc = np_fail(reterr, NP_ELIMIT, "too many accounts", path, 0);
	else
		fd = mkostemp(other.p, O_CLOEXEC); /* nobody else's: 0600 */
	if (!rc && (fd < 0 || write(fd, b.p, b.n) != (ssize_t)b.n ||
		    fsync(fd) < 0 || rename(other.p, path) < 0)) {
		rc = np_fail(reterr, NP_EIO, "cannot write the accounts", path,
			     (uint64_t)errno);
		if (fd >= 0)
			(void)unlink(other.p);
	}
	if (fd >= 0)
		(void)close(fd);
	if (b.p)
		explicit_bzero(b.p, b.n);
	np_buf_free(&b);
	np_buf_free(&other);
	return rc;
}

static struct np_account *own(struct np_accounts *a, const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i].name, name) == 0)
			return &a->v[i];
	return NULL;
}

static int change(struct np_accounts *a, const char *name, enum np_role role,
		  const char *password, struct np_err *reterr)
{
	struct np_account *x = own(a, name);

	if (!password && !x)
		return np_fail(reterr, NP_ENONE, "no such account", name, 0);
	if (!password) {
		*x = a->v[--a->n];
		return NP_OK;
	}
	if (!x && a->n == NP_ACCOUNTS)
		return np_fail(reterr, NP_ELIMIT, "too many accounts", NULL, 0);
	x = x ? x : &a->v[a->n++];
	memcpy(x->name, name, strlen(name) + 1);
	x->role = role;
	return hash_password(password, x, reterr);
}

int np_account_set(const char *path, const char *name, enum np_role role,
		   const char *password, struct np_err *reterr)
{
	struct np_accounts a = {0};
	int rc;

	if (!np_account_named(name))
		return np_fail(reterr, NP_EUSAGE,
			       "a name has letters, digits, and . _ - @ "
			       "inside",
			       name, 0);
	if (password && strlen(password) < 8)
		return np_fail(reterr, NP_EUSAGE,
			       "a password has 8 octets or more", NULL, 0);
	rc = access(path, F_OK) == 0
		     ? np_accounts_open(path, &a, reterr)
		     : np_accounts_read(path, "", 0, &a, reterr);
	if (!rc)
		rc = change(&a, name, role, password, reterr);
	if (!rc)
		rc = save(path, &a, reterr);
	np_accounts_free(&a);
	return rc;
}

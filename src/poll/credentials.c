/* SPDX-License-Identifier: ISC */
#include "poll/credentials.h"
#include "core/prefixes.h"
#include "core/secret.h"
#include "core/yaml.h"
#include <stdlib.h>

#define MOST_OCTETS ((size_t)64 * 1024)
#define MOST 64 /* entries */

struct entry {
	struct np_prefixes *within; /* NULL: everywhere */
	struct np_snmp_credential who;
};

struct np_poll_credentials {
	struct np_arena mem;
	struct entry v[MOST];
	size_t n;
};

static const struct {
	const char *key;
	size_t at;
} keys[] = {
	{"community", offsetof(struct np_snmp_credential, community)},
	{"user", offsetof(struct np_snmp_credential, user)},
	{"auth", offsetof(struct np_snmp_credential, auth)},
	{"auth_password", offsetof(struct np_snmp_credential, secret)},
	{"privacy", offsetof(struct np_snmp_credential, privacy)},
	{"privacy_password", offsetof(struct np_snmp_credential, priv)},
};

static int read_within(const char *name, const struct np_yaml *v,
		       struct entry *e, struct np_err *reterr)
{
	const char *text = v->kind == NP_YAML_TEXT ? v->text : "";

	if (!e->within)
		e->within = np_prefixes_new();
	if (!e->within || np_prefixes_add(e->within, text))
		return np_yaml_fail(name, v, "expected a prefix", reterr);
	return NP_OK;
}

static int read_key(const char *name, const struct np_yaml *v, struct entry *e,
		    struct np_err *reterr)
{
	if (v->key && strcmp(v->key->text, "within") == 0)
		return read_within(name, v, e, reterr);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (!v->key || strcmp(v->key->text, keys[i].key) != 0)
			continue;
		if (v->kind != NP_YAML_TEXT || !v->n)
			return np_yaml_fail(name, v, "expected a text", reterr);
		memcpy((char *)&e->who + keys[i].at, &v->text, sizeof(v->text));
		return NP_OK;
	}
	return np_yaml_fail(name, v->key ? v->key : v,
			    "expected within, community, user, auth, "
			    "auth_password, privacy or privacy_password",
			    reterr);
}

/* One of the two, whole. RFC 3414, 11.2: passwords have 8 octets at least. */
static bool whole(const struct np_snmp_credential *c)
{
	if (c->community)
		return !c->user && !c->auth && !c->privacy && !c->secret &&
		       !c->priv;
	return c->user && !c->auth == !c->secret && !c->privacy == !c->priv &&
	       (!c->privacy || c->auth) &&
	       (!c->secret || strlen(c->secret) >= 8) &&
	       (!c->priv || strlen(c->priv) >= 8);
}

static int read_entry(struct np_poll_credentials *c, const char *name,
		      const struct np_yaml *y, struct np_err *reterr)
{
	struct entry *e = &c->v[c->n];
	int rc = NP_OK;

	if (y->kind != NP_YAML_MAP || c->n == MOST)
		return np_yaml_fail(name, y, "expected a credential", reterr);
	c->n++;
	NP_YAML_EACH(v, y)
	{
		if (!rc)
			rc = read_key(name, v, e, reterr);
	}
	if (!rc && !whole(&e->who))
		rc = np_yaml_fail(name, y,
				  "expected a community, or a user with a "
				  "password of at least 8 characters for each "
				  "of auth and privacy",
				  reterr);
	return rc;
}

static int read_all(struct np_poll_credentials *c, const char *name,
		    const char *text, size_t n, struct np_err *reterr)
{
	const struct np_yaml *y;
	int rc = np_yaml_read(name, text, n, &c->mem, &y, reterr);

	if (rc)
		return rc;
	if (y->kind == NP_YAML_MAP)
		return read_entry(c, name, y, reterr);
	NP_YAML_EACH(v, y)
	{
		if (!rc)
			rc = read_entry(c, name, v, reterr);
	}
	return rc || c->n ? rc
			  : np_yaml_fail(name, y, "expected a list", reterr);
}

int np_credentials_text(const char *name, const char *text, size_t n,
			struct np_poll_credentials **ret, struct np_err *reterr)
{
	struct np_poll_credentials *c = calloc(1, sizeof(*c));
	int rc = c ? NP_OK
		   : np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);

	*ret = NULL;
	if (rc)
		return rc;
	c->mem = np_arena((size_t)1 << 22);
	rc = read_all(c, name, text, n, reterr);
	if (rc)
		np_credentials_free(c);
	else
		*ret = c;
	return rc;
}

int np_credentials_file(const char *path, struct np_poll_credentials **ret,
			struct np_err *reterr)
{
	char *text = malloc(MOST_OCTETS);
	size_t n;
	int rc = text ? np_secret_read(path, text, MOST_OCTETS - 1, &n, reterr)
		      : np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);

	*ret = NULL;
	if (!rc)
		rc = np_credentials_text(path, text, n, ret, reterr);
	if (text)
		explicit_bzero(text, MOST_OCTETS);
	free(text);
	return rc;
}

const struct np_snmp_credential *
np_credential_for(const struct np_poll_credentials *c, const char *address)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].within ||
		    np_prefixes_hold_text(c->v[i].within, address,
					  strlen(address)))
			return &c->v[i].who;
	return NULL;
}

static void wipe(const char *text)
{
	/* In the arena, which is ours to write. */
	if (text)
		explicit_bzero((char *)(uintptr_t)text, strlen(text));
}

void np_credentials_free(struct np_poll_credentials *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n; i++) {
		wipe(c->v[i].who.community);
		wipe(c->v[i].who.secret);
		wipe(c->v[i].who.priv);
		np_prefixes_free(c->v[i].within);
	}
	np_arena_free(&c->mem);
	free(c);
}

/* SPDX-License-Identifier: ISC */
/*
 * The chain of the journal: entry behind entry, each signed and each with the
 * hash of the one before. Whoever takes one out, changes one or puts one
 * between breaks it.
 */
#include "store/hashing.h"
#include "store/inside.h"
#include "store/seal.h"
#include <cjson/cJSON.h>

struct chain {
	struct np_hasher *h;
	char last[65]; /* hash of the entry before */
	uint64_t n;
};

static void hash_entry(struct chain *c, const char *line, const char *signature,
		       char ret[static 65])
{
	uint8_t out[32];

	np_hasher_begin(c->h);
	np_hasher_add(c->h, line, strlen(line));
	np_hasher_add(c->h, "\n", 1);
	np_hasher_add(c->h, signature, strlen(signature));
	np_hasher_end(c->h, out);
	np_hash_hex(out, ret);
}

/* What is wrong with an entry; NULL: nothing. */
static const char *wrong_with(struct chain *c, const char *line,
			      const char *signature, const char *hash)
{
	struct np_minisign_public key;
	cJSON *o = cJSON_Parse(line);
	const char *prev = cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(o, "prev"));
	const char *by = cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(o, "key"));
	const cJSON *n = cJSON_GetObjectItemCaseSensitive(o, "n");
	char is[65];
	const char *why = NULL;

	hash_entry(c, line, signature, is);
	if (!prev || strcmp(prev, c->last) != 0)
		why = "it does not follow the one before";
	else if (!cJSON_IsNumber(n) || n->valuedouble != (double)c->n)
		why = "its number is another";
	else if (strcmp(is, hash) != 0)
		why = "its hash is another";
	else if (!by || strlen(by) != 56 ||
		 np_minisign_public_open(by, &key, NULL) ||
		 np_minisign_verify(&key, line, strlen(line), signature,
				    strlen(signature), NULL, NULL))
		why = "its signature does not hold";
	(void)snprintf(c->last, sizeof(c->last), "%s", is);
	cJSON_Delete(o);
	return why;
}

static void check_entry(struct chain *c, sqlite3_stmt *st,
			struct np_seal_ear *ear)
{
	const char *v[3];
	char where[32];
	struct np_sealed s = {.what = "journal", .where = where};

	for (int i = 0; i < 3; i++) {
		v[i] = np_dossier_text_at(st, i);
		v[i] = v[i] ? v[i] : "";
	}
	c->n++;
	s.note = wrong_with(c, v[0], v[1], v[2]);
	s.holds = !s.note;
	(void)snprintf(where, sizeof(where), "entry %llu",
		       (unsigned long long)c->n);
	np_seal_say(ear, &s);
}

int np_seal_check_chain(struct np_dossier *d, struct np_seal_ear *ear)
{
	struct chain c = {.h = np_hasher_new(NP_SHA256)};
	sqlite3_stmt *st = NULL;
	int got = SQLITE_DONE;

	if (!c.h)
		return NP_ENOMEM;
	memset(c.last, '0', 64);
	/* No such table: a dossier of before, or of who states nothing. */
	if (sqlite3_prepare_v2(
		    d->db, "SELECT line,signature,hash FROM journal ORDER BY n",
		    -1, &st, NULL) == SQLITE_OK)
		while ((got = sqlite3_step(st)) == SQLITE_ROW)
			check_entry(&c, st, ear);
	(void)sqlite3_finalize(st);
	np_hasher_free(c.h);
	return got == SQLITE_DONE ? NP_OK : NP_EIO;
}

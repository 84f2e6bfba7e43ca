/* SPDX-License-Identifier: ISC */
/*
 * From the journal to what counts: every entry checked, its key among those
 * that are trusted or not, its box found again although it may have another id
 * by now.
 */
#include "said.h"
#include "core/lines.h"
#include "policy/statement.h"
#include "store/journal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEYS 4096 /* that may be trusted */
#define KEY 57

struct trust {
	char (*v)[KEY]; /* NULL: every key is */
	size_t n;
};

struct hearing {
	struct np_run *r;
	struct trust trust;
	struct np_err *err;
};

/* ---- which keys are trusted */

static int take_key(struct trust *t, const char *line, size_t n)
{
	struct np_minisign_public key;

	while (n && (line[n - 1] == '\r' || line[n - 1] == ' '))
		n--;
	if (!n || line[0] == '#' ||
	    (n >= 18 && memcmp(line, "untrusted comment:", 18) == 0))
		return NP_OK;
	if (n != KEY - 1 || t->n == KEYS || np_journal_key(line, n, &key))
		return NP_EINPUT;
	np_minisign_public_text(&key, t->v[t->n++]);
	return NP_OK;
}

static int read_keys(struct trust *t, struct np_lines *l, const char *path,
		     struct np_err *reterr)
{
	const char *line;
	uint64_t at = 0;
	bool whole;
	size_t n;
	int rc;

	while ((rc = np_lines_next(l, &line, &n, &whole)) == 1) {
		at++;
		if (!whole || take_key(t, line, n))
			return np_fail(reterr, NP_EINPUT,
				       "expected a public key as minisign "
				       "writes one, or a comment",
				       path, at);
	}
	return rc ? np_fail(reterr, rc, strerror(errno), path, at) : NP_OK;
}

static int open_trust(const char *path, struct trust *t, struct np_err *reterr)
{
	struct np_lines l;
	int fd, rc;

	*t = (struct trust){0};
	if (!path)
		return NP_OK;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	t->v = calloc(KEYS, sizeof(*t->v));
	rc = t->v ? np_lines_open(&l, fd, 4096) : NP_ENOMEM;
	if (!rc) {
		rc = read_keys(t, &l, path, reterr);
		np_lines_close(&l);
	}
	(void)close(fd);
	return rc;
}

static bool trusted(const struct trust *t, const char *key)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], key) == 0)
			return true;
	return !t->v;
}

/* ---- the journal */

static int hear_entry(void *ctx, const struct np_journal_entry *e)
{
	struct hearing *h = ctx;
	struct np_err why = {0};
	int rc;

	if (!h->r->said)
		h->r->said = np_said_new();
	if (!h->r->said)
		return np_fail(h->err, NP_ENOMEM, "out of memory", NULL, 0);
	rc = np_said_add(h->r->said, e->statement, e->statement_n, e->key_id,
			 e->n, trusted(&h->trust, e->key), &why);
	return rc ? np_fail(h->err, rc, why.text, "journal, entry", e->n) : 0;
}

/* ---- boxes */

/* Keys that a box had whose id is not there any more. */
struct lost {
	const char *key;
	size_t row;
};

struct losts {
	struct np_run *r;
	struct lost *v;
	size_t n, cap, row;
	bool *twice; /* by row: two boxes have its keys */
};

static int add_lost(void *ctx, const char *key)
{
	struct losts *l = ctx;

	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct lost *v = reallocarray(l->v, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		l->v = v;
		l->cap = cap;
	}
	key = key ? np_copystr(&l->r->mem, key, strlen(key)) : NULL;
	if (!key)
		return NP_ENOMEM;
	l->v[l->n++] = (struct lost){key, l->row};
	return NP_OK;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct lost *)a)->key,
		      ((const struct lost *)b)->key);
}

/* Every row that this key was of. */
static void match(struct losts *l, const char *key, const struct np_device *d)
{
	const struct lost want = {.key = key};
	const struct lost *x =
		bsearch(&want, l->v, l->n, sizeof(*l->v), by_key);

	while (x && x > l->v && strcmp(x[-1].key, key) == 0)
		x--;
	for (; x && x < l->v + l->n && strcmp(x->key, key) == 0; x++) {
		const struct np_device *had =
			np_said_row(l->r->said, x->row)->device;

		l->twice[x->row] |= had && had != d;
		np_said_found(l->r->said, x->row, d);
	}
}

static int match_device(struct losts *l, const struct np_device *d,
			struct np_arena *mem)
{
	struct np_evidence e;
	int rc = np_device_keys(&l->r->devices, d, mem, &e);

	for (size_t i = 0; i < e.nkeys && !rc; i++) {
		struct np_buf b = np_buf(NP_MAX_SIGHTING);

		if (!np_dossier_lasting(&e.keys[i]))
			continue;
		np_putf(&b, "%s=", np_keykind_name(e.keys[i].kind));
		np_put(&b, e.keys[i].v, e.keys[i].n);
		if (!b.failed)
			match(l, b.p, d);
		np_buf_free(&b);
	}
	return rc;
}

/* Goes through all boxes once. One that two of them could be is nowhere. */
static int find_lost(struct losts *l)
{
	struct np_arena mem = np_arena(NP_FRAME_ARENA);
	const struct np_devices *all = &l->r->devices;
	int rc = NP_OK;

	qsort(l->v, l->n, sizeof(*l->v), by_key);
	for (size_t i = 0; i < all->n && !rc; i++) {
		np_arena_reset(&mem);
		rc = match_device(l, &all->v[i], &mem);
	}
	for (size_t i = 0; i < np_said_n(l->r->said); i++)
		if (l->twice[i])
			np_said_found(l->r->said, i, NULL);
	np_arena_free(&mem);
	return rc;
}

static int find_devices(struct np_run *r)
{
	size_t n = np_said_n(r->said);
	struct losts l = {.r = r, .twice = calloc(n + 1, sizeof(bool))};
	int rc = l.twice ? NP_OK : NP_ENOMEM;

	for (l.row = 0; l.row < n && !rc; l.row++) {
		const struct np_statement *s = &np_said_row(r->said, l.row)->s;
		const struct np_device *d =
			np_device_of(&r->devices, s->device);

		if (!d)
			d = np_device_of(&r->devices, s->known_as);
		np_said_found(r->said, l.row, d);
		if (!d && s->device)
			rc = np_dossier_keys_of(r->dossier, s->device, add_lost,
						&l);
		if (!rc && !d && s->known_as)
			rc = np_dossier_keys_of(r->dossier, s->known_as,
						add_lost, &l);
	}
	if (!rc && l.n)
		rc = find_lost(&l);
	free(l.v);
	free(l.twice);
	return rc;
}

int np_hear_said(struct np_run *r, struct np_question *q, struct np_err *reterr)
{
	struct hearing h = {.r = r, .err = reterr};
	int rc;

	if (!r->dossier)
		return NP_OK;
	rc = open_trust(r->conf.keys, &h.trust, reterr);
	if (!rc)
		rc = np_journal_read(r->dossier, hear_entry, &h, reterr);
	free(h.trust.v);
	if (rc || !r->said)
		return rc;
	rc = find_devices(r);
	if (!rc)
		rc = np_said_weigh(r->said, r->law, r->knowledge, q);
	if (rc)
		return np_fail(reterr, rc, np_strerror(rc),
			       np_dossier_path(r->dossier), 0);
	q->said = r->said;
	return NP_OK;
}

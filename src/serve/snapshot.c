/* SPDX-License-Identifier: ISC */
#include "serve/snapshot.h"
#include "serve/gzip.h"
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>

#define VIEW_MAX ((size_t)512 << 20)
#define MADE 256		    /* answers that are kept */
#define MADE_ALL ((size_t)32 << 20) /* octets of all */
#define MADE_ONE ((size_t)4 << 20)
#define VIEWS 32 /* more than views.def has */

struct np_snapshot {
	atomic_uint refs;
	char tag[NP_TAG];
	/* Who reads takes it shared, who opens alone: that may add to the run.
	 */
	pthread_rwlock_t opening;
	pthread_mutex_t making; /* of a view: the dossier is asked by one */
	pthread_mutex_t kept;	/* of what is made */
	struct {
		char *key;
		struct np_octets *o;
		uint64_t asked; /* when, counted */
	} made[MADE];
	uint64_t asked;
	size_t made_n; /* octets */
	struct np_run run;
	struct np_run_conf conf;
	struct stat file; /* as it was read */
	struct {
		bool open;
		int failed; /* why it could not be opened */
		struct np_views v;
		struct np_octets *view[VIEWS][2]; /* plain, gzip */
	} of[NP_AUDIENCES];
};

static bool make_tag(struct np_snapshot *s)
{
	uint8_t raw[12];

	if (getrandom(raw, sizeof(raw), 0) != sizeof(raw))
		return false;
	(void)sodium_bin2hex(s->tag, sizeof(s->tag), raw, sizeof(raw));
	return true;
}

static void init_locks(struct np_snapshot *s)
{
	pthread_rwlockattr_t a;

	(void)pthread_rwlockattr_init(&a);
	(void)pthread_rwlockattr_setkind_np(
		&a, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	(void)pthread_rwlock_init(&s->opening, &a);
	(void)pthread_rwlockattr_destroy(&a);
	(void)pthread_mutex_init(&s->making, NULL);
	(void)pthread_mutex_init(&s->kept, NULL);
}

int np_snapshot_open(const struct np_run_conf *conf, struct np_snapshot **ret,
		     struct np_err *reterr)
{
	struct np_snapshot *s = calloc(1, sizeof(*s));
	int rc;

	*ret = NULL;
	if (!s || !make_tag(s)) {
		free(s);
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	}
	atomic_init(&s->refs, 1);
	init_locks(s);
	s->run.conf = s->conf = *conf;
	if (stat(conf->dossier, &s->file) < 0)
		s->file.st_ino = 0;
	rc = np_run_dossier(&s->run, reterr);
	if (rc) {
		np_snapshot_drop(s);
		return rc;
	}
	*ret = s;
	return NP_OK;
}

struct np_snapshot *np_snapshot_share(struct np_snapshot *s)
{
	(void)atomic_fetch_add(&s->refs, 1);
	return s;
}

void np_snapshot_drop(struct np_snapshot *s)
{
	if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	for (int a = 0; a < NP_AUDIENCES; a++) {
		for (size_t i = 0; i < VIEWS; i++) {
			np_octets_drop(s->of[a].view[i][0]);
			np_octets_drop(s->of[a].view[i][1]);
		}
		if (s->of[a].open || s->of[a].failed)
			np_views_free(&s->of[a].v);
	}
	for (size_t i = 0; i < MADE; i++) {
		free(s->made[i].key);
		np_octets_drop(s->made[i].o);
	}
	np_run_free(&s->run);
	(void)pthread_rwlock_destroy(&s->opening);
	(void)pthread_mutex_destroy(&s->making);
	(void)pthread_mutex_destroy(&s->kept);
	free(s);
}

const char *np_snapshot_tag(const struct np_snapshot *s)
{
	return s->tag;
}

/* Somebody wrote into it since: what is read from it now is not of a piece with
 * what was read before. Whoever keeps up reads it again in a moment. */
static bool is_old(const struct np_snapshot *s)
{
	struct stat now;

	return stat(s->conf.dossier, &now) < 0 ||
	       now.st_ino != s->file.st_ino || now.st_size != s->file.st_size ||
	       now.st_mtim.tv_sec != s->file.st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != s->file.st_mtim.tv_nsec;
}

static int open_views(struct np_snapshot *s, enum np_audience a,
		      struct np_err *reterr)
{
	const struct np_views_ask ask = {
		.audience = np_audience_name(a),
		.site = s->conf.site,
		.knowledge = s->conf.knowledge,
	};

	if (s->of[a].open)
		return NP_OK;
	if (is_old(s))
		return np_fail(reterr, NP_EINTR, "the dossier is being written",
			       NULL, 0);
	if (s->of[a].failed)
		return np_fail(reterr, s->of[a].failed,
			       np_strerror(s->of[a].failed), NULL, 0);
	s->of[a].failed = np_views_open(&s->run, &ask, &s->of[a].v, reterr);
	s->of[a].open = !s->of[a].failed;
	return s->of[a].open ? NP_OK
			     : np_fail(reterr, s->of[a].failed,
				       np_strerror(s->of[a].failed), NULL, 0);
}

const struct np_view_in *np_snapshot_see(struct np_snapshot *s,
					 enum np_audience a,
					 struct np_err *reterr)
{
	int rc;

	(void)pthread_rwlock_rdlock(&s->opening);
	if (s->of[a].open)
		return &s->of[a].v.in;
	(void)pthread_rwlock_unlock(&s->opening);
	(void)pthread_rwlock_wrlock(&s->opening);
	rc = open_views(s, a, reterr);
	(void)pthread_rwlock_unlock(&s->opening);
	if (rc)
		return NULL;
	(void)pthread_rwlock_rdlock(&s->opening);
	return &s->of[a].v.in;
}

void np_snapshot_seen(struct np_snapshot *s)
{
	(void)pthread_rwlock_unlock(&s->opening);
}

/* Both forms at once: most browsers want the packed one, and it costs little
 * beside what is made. */
static int make_view(const struct np_view_in *in, const struct np_view *v,
		     struct np_octets *to[2], struct np_err *reterr)
{
	struct np_buf plain = np_buf(VIEW_MAX), packed = np_buf(VIEW_MAX);
	int rc = v->write(in, &plain, reterr);

	if (!rc && plain.failed)
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", v->name, 0);
	if (!rc)
		rc = np_gzip(plain.p, plain.n, &packed);
	if (!rc) {
		to[0] = np_octets(plain.p, plain.n);
		to[1] = np_octets(packed.p, packed.n);
		rc = to[0] && to[1] ? NP_OK : NP_ENOMEM;
		plain = packed = np_buf(0);
	}
	if (rc) {
		np_octets_drop(to[0]);
		np_octets_drop(to[1]);
		to[0] = to[1] = NULL;
	}
	np_buf_free(&plain);
	np_buf_free(&packed);
	return rc;
}

static struct np_octets *kept_view(struct np_snapshot *s, enum np_audience a,
				   size_t i, bool gzip)
{
	struct np_octets *o;

	(void)pthread_mutex_lock(&s->kept);
	o = np_octets_share(s->of[a].view[i][gzip]);
	(void)pthread_mutex_unlock(&s->kept);
	return o;
}

/* One at a time; who waited finds it made. */
static int keep_view(struct np_snapshot *s, enum np_audience a, size_t i,
		     const struct np_view_in *in, struct np_err *reterr)
{
	struct np_octets *made[2] = {NULL, NULL}, *there;
	int rc = NP_OK;

	(void)pthread_mutex_lock(&s->making);
	there = kept_view(s, a, i, true);
	if (!there)
		rc = make_view(in, &np_views[i], made, reterr);
	if (!there && !rc) {
		(void)pthread_mutex_lock(&s->kept);
		memcpy(s->of[a].view[i], made, sizeof(made));
		(void)pthread_mutex_unlock(&s->kept);
	}
	np_octets_drop(there);
	(void)pthread_mutex_unlock(&s->making);
	return rc;
}

int np_snapshot_view(struct np_snapshot *s, enum np_audience a,
		     const char *name, bool gzip, struct np_octets **ret,
		     struct np_err *reterr)
{
	const struct np_view *v = np_view_find(name);
	const struct np_view_in *in;
	size_t i = v ? (size_t)(v - np_views) : VIEWS;
	int rc = NP_OK;

	*ret = i < VIEWS ? kept_view(s, a, i, gzip) : NULL;
	if (*ret)
		return NP_OK;
	in = i < VIEWS ? np_snapshot_see(s, a, reterr) : NULL;
	if (!in)
		return i < VIEWS ? reterr->code
				 : np_fail(reterr, NP_ENONE, "no such view",
					   name, 0);
	if (!np_view_allowed(in, v))
		rc = np_fail(reterr, NP_ENONE, "no such view", name, 0);
	else
		rc = keep_view(s, a, i, in, reterr);
	np_snapshot_seen(s);
	if (!rc)
		*ret = kept_view(s, a, i, gzip);
	return rc;
}

/* ---- other answers */

struct np_octets *np_snapshot_made(struct np_snapshot *s, const char *key)
{
	struct np_octets *o = NULL;

	(void)pthread_mutex_lock(&s->kept);
	for (size_t i = 0; i < MADE && !o; i++) {
		if (!s->made[i].key || strcmp(s->made[i].key, key) != 0)
			continue;
		s->made[i].asked = ++s->asked;
		o = np_octets_share(s->made[i].o);
	}
	(void)pthread_mutex_unlock(&s->kept);
	return o;
}

/* Locked. */
static void forget(struct np_snapshot *s, size_t i)
{
	size_t n;

	if (!s->made[i].key)
		return;
	(void)np_octets_at(s->made[i].o, &n);
	s->made_n -= n;
	free(s->made[i].key);
	np_octets_drop(s->made[i].o);
	s->made[i].key = NULL;
	s->made[i].o = NULL;
	s->made[i].asked = 0;
}

/* Locked: the one that was not asked for longest; free ones never were. */
static size_t oldest(const struct np_snapshot *s, bool taken)
{
	size_t at = MADE;

	for (size_t i = 0; i < MADE; i++)
		if ((!taken || s->made[i].key) &&
		    (at == MADE || s->made[i].asked < s->made[at].asked))
			at = i;
	return at;
}

void np_snapshot_keep(struct np_snapshot *s, const char *key,
		      struct np_octets *o)
{
	char *own = strdup(key);
	size_t n, i;

	(void)np_octets_at(o, &n);
	if (!own || n > MADE_ONE) {
		free(own);
		return;
	}
	(void)pthread_mutex_lock(&s->kept);
	while (s->made_n + n > MADE_ALL)
		forget(s, oldest(s, true));
	i = oldest(s, false);
	forget(s, i);
	s->made[i].key = own;
	s->made[i].o = np_octets_share(o);
	s->made[i].asked = ++s->asked;
	s->made_n += n;
	(void)pthread_mutex_unlock(&s->kept);
}

void np_snapshot_warm(struct np_snapshot *s, struct np_snapshot *other)
{
	bool made[NP_AUDIENCES][VIEWS], open[NP_AUDIENCES];
	struct np_err e = {0};

	(void)pthread_rwlock_rdlock(&other->opening);
	(void)pthread_mutex_lock(&other->kept);
	for (int a = 0; a < NP_AUDIENCES; a++) {
		open[a] = other->of[a].open;
		for (size_t i = 0; i < VIEWS; i++)
			made[a][i] = other->of[a].view[i][1];
	}
	(void)pthread_mutex_unlock(&other->kept);
	(void)pthread_rwlock_unlock(&other->opening);
	for (int a = 0; a < NP_AUDIENCES; a++) {
		enum np_audience who = (enum np_audience)a;

		if (!open[a] || !np_snapshot_see(s, who, &e))
			continue;
		np_snapshot_seen(s);
		for (size_t i = 0; np_views[i].name && i < VIEWS; i++) {
			struct np_octets *o = NULL;

			if (made[a][i])
				(void)np_snapshot_view(s, who, np_views[i].name,
						       true, &o, &e);
			np_octets_drop(o);
		}
	}
}

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
#define VIEWS 32 /* more than views.def has */

struct np_snapshot {
	atomic_uint refs;
	char tag[NP_TAG];
	pthread_mutex_t lock; /* of all below */
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
	(void)pthread_mutex_init(&s->lock, NULL);
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
	np_run_free(&s->run);
	(void)pthread_mutex_destroy(&s->lock);
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

const struct np_view_in *np_snapshot_lock(struct np_snapshot *s,
					  enum np_audience a,
					  struct np_err *reterr)
{
	(void)pthread_mutex_lock(&s->lock);
	if (!open_views(s, a, reterr))
		return &s->of[a].v.in;
	(void)pthread_mutex_unlock(&s->lock);
	return NULL;
}

void np_snapshot_unlock(struct np_snapshot *s)
{
	(void)pthread_mutex_unlock(&s->lock);
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

int np_snapshot_view(struct np_snapshot *s, enum np_audience a,
		     const char *name, bool gzip, struct np_octets **ret,
		     struct np_err *reterr)
{
	const struct np_view *v = np_view_find(name);
	const struct np_view_in *in;
	int rc = NP_OK;
	size_t i;

	*ret = NULL;
	if (!v || v - np_views >= VIEWS)
		return np_fail(reterr, NP_ENONE, "no such view", name, 0);
	i = (size_t)(v - np_views);
	in = np_snapshot_lock(s, a, reterr);
	if (!in)
		return reterr->code;
	if (!np_view_allowed(in, v))
		rc = np_fail(reterr, NP_ENONE, "no such view", name, 0);
	else if (!s->of[a].view[i][1])
		rc = make_view(in, v, s->of[a].view[i], reterr);
	if (!rc)
		*ret = np_octets_share(s->of[a].view[i][gzip]);
	np_snapshot_unlock(s);
	return rc;
}

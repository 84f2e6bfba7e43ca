/* SPDX-License-Identifier: ISC */
#include "store/hashing.h"
#include "core/hash.h"
#include "source/source.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((size_t)256 * 1024)

/* The files as they are, and their frames: two threads, which go through a
 * source side by side, so that it comes from the disk once. */
struct share {
	struct np_hashing *all;
	struct np_hasher *hasher;
	pthread_t thread;
	bool started;
	void (*hash)(struct np_hasher *h, const char *path,
		     struct np_hashed *ret);
};

struct np_hashing {
	const char *const *paths;
	size_t n;
	struct np_hashed *v;
	struct share share[2];
};

/* The tree as it grows: one pending node a level, as in a binary counter. */
struct tree {
	struct np_hasher *h;
	uint8_t level[64][32];
	uint64_t n;
};

static void node(struct np_hasher *h, const uint8_t *left, const uint8_t *right,
		 uint8_t out[static 32])
{
	np_hasher_begin(h);
	np_hasher_add(h, "\1", 1);
	np_hasher_add(h, left, 32);
	np_hasher_add(h, right, 32);
	np_hasher_end(h, out);
}

static void add_leaf(struct tree *t, const uint8_t *p, size_t n)
{
	uint8_t x[32];
	unsigned level = 0;

	np_hasher_begin(t->h);
	np_hasher_add(t->h, "\0", 1);
	np_hasher_add(t->h, p, n);
	np_hasher_end(t->h, x);
	for (uint64_t k = t->n++; k & 1; k >>= 1, level++)
		node(t->h, t->level[level], x, x);
	memcpy(t->level[level], x, sizeof(x));
}

static void root_of(struct tree *t, uint8_t out[static 32])
{
	bool have = false;

	np_sha256("", 0, out);
	for (unsigned level = 0; level < 64; level++) {
		if (!(t->n >> level & 1))
			continue;
		if (have)
			node(t->h, t->level[level], out, out);
		else
			memcpy(out, t->level[level], 32);
		have = true;
	}
}

static void hex(const uint8_t *p, char out[static 65])
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < 32; i++) {
		out[2 * i] = digit[p[i] >> 4];
		out[2 * i + 1] = digit[p[i] & 15];
	}
	out[64] = '\0';
}

static void hash_file(struct np_hasher *h, const char *path,
		      struct np_hashed *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t *buf = malloc(CHUNK), out[32];
	ssize_t n = -1;

	np_hasher_begin(h);
	while (fd >= 0 && buf && (n = read(fd, buf, CHUNK)) > 0)
		np_hasher_add(h, buf, (size_t)n);
	np_hasher_end(h, out);
	if (n == 0)
		hex(out, ret->sha256);
	free(buf);
	if (fd >= 0)
		(void)close(fd);
}

static void hash_frames(struct np_hasher *h, const char *path,
			struct np_hashed *ret)
{
	struct tree *t = calloc(1, sizeof(*t));
	struct np_source *s = NULL;
	struct np_frame f;
	uint8_t out[32];
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (t && fd >= 0 && np_source_open(fd, &s, NULL) == NP_OK) {
		t->h = h;
		while (np_source_next(s, &f, NULL) > 0)
			add_leaf(t, f.p, f.n);
		root_of(t, out);
		hex(out, ret->tree);
		ret->frames = t->n;
		np_source_close(s);
	}
	free(t);
}

static void *work(void *arg)
{
	struct share *s = arg;

	for (size_t i = 0; i < s->all->n; i++)
		if (strcmp(s->all->paths[i], "-") != 0)
			s->hash(s->hasher, s->all->paths[i], &s->all->v[i]);
	return NULL;
}

struct np_hashing *np_hashing_start(const char *const *paths, size_t n)
{
	struct np_hashing *h = calloc(1, sizeof(*h));

	if (!h)
		return NULL;
	h->paths = paths;
	h->n = n;
	h->v = calloc(n ? n : 1, sizeof(*h->v));
	h->share[0].hash = hash_file;
	h->share[1].hash = hash_frames;
	for (int i = 0; i < 2 && h->v; i++) {
		struct share *s = &h->share[i];

		s->all = h;
		s->hasher = np_hasher_new(NP_SHA256);
		s->started = s->hasher &&
			     pthread_create(&s->thread, NULL, work, s) == 0;
	}
	return h;
}

void np_hashing_end(struct np_hashing *h, struct np_hashed *v)
{
	if (!h)
		return;
	for (int i = 0; i < 2; i++) {
		if (h->share[i].started)
			(void)pthread_join(h->share[i].thread, NULL);
		np_hasher_free(h->share[i].hasher);
	}
	/* A tree is worth nothing without the hash of its file. */
	for (size_t i = 0; h->v && i < h->n; i++)
		if (h->v[i].sha256[0])
			v[i] = h->v[i];
	free(h->v);
	free(h);
}

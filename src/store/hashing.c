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

struct np_hashing {
	pthread_t thread;
	const char *const *paths;
	size_t n;
	struct np_hashed *v;
	struct np_hasher *hasher;
	bool started;
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
	struct np_hashing *h = arg;

	for (size_t i = 0; i < h->n; i++) {
		if (strcmp(h->paths[i], "-") == 0)
			continue;
		hash_file(h->hasher, h->paths[i], &h->v[i]);
		if (h->v[i].sha256[0])
			hash_frames(h->hasher, h->paths[i], &h->v[i]);
	}
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
	h->hasher = np_hasher_new(NP_SHA256);
	if (h->v && h->hasher)
		h->started = pthread_create(&h->thread, NULL, work, h) == 0;
	return h;
}

void np_hashing_end(struct np_hashing *h, struct np_hashed *v)
{
	if (!h)
		return;
	if (h->started) {
		(void)pthread_join(h->thread, NULL);
		memcpy(v, h->v, h->n * sizeof(*v));
	}
	np_hasher_free(h->hasher);
	free(h->v);
	free(h);
}

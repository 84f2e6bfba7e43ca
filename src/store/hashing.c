/* SPDX-License-Identifier: ISC */
#include "store/hashing.h"
#include "store/seal_frames.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
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
	void (*hash)(struct share *s, const char *path, struct np_hashed *ret);
};

struct np_hashing {
	const char *const *paths;
	size_t n;
	struct np_hashed *v;
	struct share share[2];
	/* Of the second thread alone. */
	FILE *blocks;
	uint64_t blocks_n;
	bool failed;
};

void np_hash_hex(const uint8_t p[static 32], char ret[static 65])
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < 32; i++) {
		ret[2 * i] = digit[p[i] >> 4];
		ret[2 * i + 1] = digit[p[i] & 15];
	}
	ret[64] = '\0';
}

bool np_hash_file(struct np_hasher *h, const char *path, uint8_t ret[static 32])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t *buf = malloc(CHUNK);
	ssize_t n = -1;

	np_hasher_begin(h);
	while (fd >= 0 && buf && (n = read(fd, buf, CHUNK)) > 0)
		np_hasher_add(h, buf, (size_t)n);
	np_hasher_end(h, ret);
	free(buf);
	if (fd >= 0)
		(void)close(fd);
	return n == 0;
}

static void hash_file(struct share *s, const char *path, struct np_hashed *ret)
{
	uint8_t out[32];

	if (np_hash_file(s->hasher, path, out))
		np_hash_hex(out, ret->sha256);
}

/* The tree as it grows, and its blocks as they are complete. */
struct growing {
	struct np_tree all;   /* over blocks */
	struct np_tree block; /* over frames */
	uint8_t marks[NP_TREE_BLOCK * NP_TREE_MARK];
	uint64_t frames;
	FILE *to; /* NULL: blocks are not kept */
	bool failed;
};

static void put(struct growing *g, const void *p, size_t n)
{
	if (g->to && fwrite(p, 1, n, g->to) != n)
		g->failed = true;
}

static void end_block(struct growing *g)
{
	uint8_t root[NP_TREE_HASH];

	if (!g->block.n)
		return;
	np_tree_root(&g->block, root);
	np_tree_add(&g->all, root);
	put(g, root, sizeof(root));
	put(g, g->marks, (size_t)g->block.n * NP_TREE_MARK);
	g->block.n = 0;
}

static int add_frame(void *ctx, const struct np_hashed_frame *f)
{
	struct growing *g = ctx;

	memcpy(g->marks + g->block.n * NP_TREE_MARK, f->mark, NP_TREE_MARK);
	np_tree_add(&g->block, f->leaf);
	g->frames++;
	if (g->block.n == NP_TREE_BLOCK)
		end_block(g);
	return NP_OK;
}

static void hash_frames(struct share *s, const char *path,
			struct np_hashed *ret)
{
	struct growing *g = calloc(1, sizeof(*g));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t out[NP_TREE_HASH], rest[NP_TREE_MARK];

	if (!g || fd < 0) {
		if (fd >= 0)
			(void)close(fd);
		free(g);
		return;
	}
	g->all.h = g->block.h = s->hasher;
	g->to = s->all->blocks;
	ret->blocks_at = s->all->blocks_n;
	if (np_hash_frames(fd, add_frame, g, rest, NULL) == NP_OK) {
		end_block(g);
		put(g, rest, sizeof(rest));
		np_tree_root(&g->all, out);
		np_hash_hex(out, ret->tree);
		ret->frames = g->frames;
	}
	if (g->to && (fflush(g->to) != 0 || g->failed))
		s->all->failed = true;
	if (g->to)
		s->all->blocks_n = (uint64_t)ftello(g->to);
	ret->blocks_n = s->all->blocks_n - ret->blocks_at;
	free(g);
}

static void *work(void *arg)
{
	struct share *s = arg;

	for (size_t i = 0; i < s->all->n; i++)
		if (strcmp(s->all->paths[i], "-") != 0)
			s->hash(s, s->all->paths[i], &s->all->v[i]);
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
	h->blocks = tmpfile();
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

void np_hashing_end(struct np_hashing *h, struct np_hashed *v, int *ret_blocks)
{
	if (ret_blocks)
		*ret_blocks = -1;
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
	if (h->blocks && ret_blocks && !h->failed)
		*ret_blocks = fcntl(fileno(h->blocks), F_DUPFD_CLOEXEC, 0);
	if (h->blocks)
		(void)fclose(h->blocks);
	free(h->v);
	free(h);
}

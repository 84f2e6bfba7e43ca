/* SPDX-License-Identifier: ISC */
/* A source against what the dossier keeps of it: by its hash, and where that
 * differs, frame by frame. */
#include "store/hashing.h"
#include "store/seal.h"
#include "store/seal_frames.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SAME INT_MAX
#define MAX_NAMED 8 /* frames of one source that are named one by one */

/* ---- which source of the dossier it is */

struct looking {
	const char *path, *sha256;
	uint32_t number; /* 0: none yet */
	int rank;	 /* how well it fits */
	char *name, *was;
};

/* How many last parts two paths have in common. */
static int parts_alike(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	int parts = 0;

	while (m && n && a[m - 1] == b[n - 1]) {
		m--;
		n--;
		parts += a[m] == '/';
	}
	/* a part that is a whole one at its beginning, too */
	return parts + ((!m || a[m - 1] == '/') && (!n || b[n - 1] == '/') &&
			(m || n || *a != '/'));
}

static int look(void *ctx, const struct np_kept_source *s)
{
	struct looking *x = ctx;
	int rank;

	if (!s->sha256)
		return NP_OK;
	rank = strcmp(s->sha256, x->sha256) == 0
		       ? SAME
		       : parts_alike(s->name, x->path);
	if (rank <= x->rank)
		return NP_OK;
	free(x->name);
	free(x->was);
	x->rank = rank;
	x->number = s->number;
	x->name = strdup(s->name);
	x->was = strdup(s->sha256);
	return x->name && x->was ? NP_OK : NP_ENOMEM;
}

/* ---- where it differs */

struct comparing {
	const uint8_t *blocks;
	uint64_t frames; /* that there were */
	uint64_t seen;
	struct np_tree block;
	uint64_t differing, named[MAX_NAMED];
	bool line;
};

static const uint8_t *block_at(const struct comparing *c, uint64_t frame)
{
	return c->blocks + frame / NP_TREE_BLOCK * NP_TREE_FULL;
}

static const uint8_t *mark_at(const struct comparing *c, uint64_t frame)
{
	return block_at(c, frame) + NP_TREE_HASH +
	       frame % NP_TREE_BLOCK * NP_TREE_MARK;
}

static void differs(struct comparing *c, uint64_t number)
{
	if (c->differing < MAX_NAMED)
		c->named[c->differing] = number;
	c->differing++;
}

/* All marks agree and the root does not: somebody made an octet that fits the
 * mark. Which one it was the root cannot tell; that it is one of these it can.
 */
static void end_block(struct comparing *c, uint64_t first, uint64_t before)
{
	uint8_t root[NP_TREE_HASH];

	np_tree_root(&c->block, root);
	if (c->differing == before &&
	    memcmp(root, block_at(c, first), NP_TREE_HASH) != 0)
		differs(c, first + 1);
	c->block.n = 0;
}

struct pass {
	struct comparing c;
	uint64_t before; /* differing ones at the block's beginning */
};

static int compare_frame(void *ctx, const struct np_hashed_frame *f)
{
	struct pass *p = ctx;
	struct comparing *c = &p->c;
	uint64_t i = f->number - 1;

	c->line = f->line;
	c->seen = f->number;
	if (i >= c->frames) {
		if (i == c->frames)
			differs(c, f->number);
		return NP_OK;
	}
	if (!c->block.n)
		p->before = c->differing;
	np_tree_add(&c->block, f->leaf);
	if (memcmp(f->mark, mark_at(c, i), NP_TREE_MARK) != 0)
		differs(c, f->number);
	if (c->block.n == NP_TREE_BLOCK || f->number == c->frames)
		end_block(c, i / NP_TREE_BLOCK * NP_TREE_BLOCK, p->before);
	return NP_OK;
}

static void say(struct np_seal_ear *ear, const char *path, uint64_t frame,
		const struct comparing *c, const char *note,
		const char *expected, const char *found)
{
	const struct np_sealed s = {
		.what = "source",
		.where = path,
		.frame = frame,
		.line = c && c->line,
		.note = note,
		.expected = expected,
		.found = found,
	};

	np_seal_say(ear, &s);
}

/* What was found out, in one line a frame. */
static void say_frames(struct np_seal_ear *ear, const char *path,
		       const struct comparing *c, bool rest, const char *was,
		       const char *is)
{
	char text[128];

	for (uint64_t i = 0; i < c->differing && i < MAX_NAMED; i++)
		say(ear, path, c->named[i], c, NULL, was, is);
	if (c->differing > MAX_NAMED) {
		(void)snprintf(text, sizeof(text), "and %llu more that differ",
			       (unsigned long long)(c->differing - MAX_NAMED));
		say(ear, path, 0, c, text, was, is);
	}
	if (c->seen != c->frames) {
		(void)snprintf(text, sizeof(text),
			       "%llu %s where there were %llu",
			       (unsigned long long)c->seen,
			       c->line ? "lines" : "frames",
			       (unsigned long long)c->frames);
		say(ear, path, c->seen < c->frames ? c->seen + 1 : 0, c, text,
		    was, is);
	} else if (!c->differing) {
		say(ear, path, 0, c,
		    rest ? "what stands behind its last frame"
			 : "the frames are the same: how they are packed is "
			   "not",
		    was, is);
	}
}

static int compare_frames(struct np_dossier *d, const struct looking *x,
			  struct np_seal_ear *ear)
{
	struct pass *p = calloc(1, sizeof(*p));
	uint8_t *blocks = NULL, rest[NP_TREE_MARK];
	size_t n = 0;
	int fd, rc = p ? np_dossier_blocks(d, x->number, &blocks, &n)
		       : NP_ENOMEM;

	if (!rc && np_blocks_frames(n, &p->c.frames)) {
		p->c.blocks = blocks;
		p->c.block.h = np_hasher_new(NP_SHA256);
		fd = open(x->path, O_RDONLY | O_CLOEXEC);
		if (!p->c.block.h || fd < 0 ||
		    np_hash_frames(fd, compare_frame, p, rest, NULL))
			say(ear, x->path, 0, NULL,
			    "it cannot be gone through frame by frame", x->was,
			    x->sha256);
		else
			say_frames(ear, x->path, &p->c,
				   memcmp(rest, blocks + n - NP_TREE_MARK,
					  NP_TREE_MARK) != 0,
				   x->was, x->sha256);
		np_hasher_free(p->c.block.h);
	} else if (!rc) {
		say(ear, x->path, 0, NULL, "no hashes of its frames were kept",
		    x->was, x->sha256);
	}
	free(blocks);
	free(p);
	return rc;
}

int np_seal_check_source(struct np_dossier *d, const char *path,
			 struct np_seal_ear *ear, struct np_err *reterr)
{
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	struct looking x = {.path = path};
	uint8_t out[32];
	char hex[65];
	int rc = h ? NP_OK : NP_ENOMEM;

	if (!rc && !np_hash_file(h, path, out))
		rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	np_hasher_free(h);
	if (rc)
		return rc;
	np_hash_hex(out, hex);
	x.sha256 = hex;
	rc = np_dossier_sources(d, look, &x);
	if (!rc && x.rank == SAME) {
		const struct np_sealed s = {.holds = true,
					    .what = "source",
					    .where = path,
					    .found = hex};

		np_seal_say(ear, &s);
	} else if (!rc && !x.rank) {
		say(ear, path, 0, NULL,
		    "no source of this dossier, by its hash or its name", NULL,
		    hex);
	} else if (!rc) {
		rc = compare_frames(d, &x, ear);
	}
	free(x.name);
	free(x.was);
	return rc ? np_fail(reterr, rc, np_strerror(rc), path, 0) : NP_OK;
}

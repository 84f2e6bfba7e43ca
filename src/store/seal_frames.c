/* SPDX-License-Identifier: ISC */
#include "store/seal_frames.h"
#include "source/reader.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A line of a document that has none: as much as is taken for one. */
#define LINE_OCTETS ((size_t)64 * 1024)
/* What is remembered of a record until it is hashed. */
#define HELD_MAX (2 * NP_FEED_SIZE)

struct walk {
	struct np_reader *r;
	struct np_hasher *h;
	/* Octets that were read and not hashed yet, held[head] to held[end];
	 * the first stands at `at` in the source. */
	uint8_t *held;
	size_t head, end;
	uint64_t at;
	crypto_generichash_state mark; /* of the record */
	struct np_hashed_frame f;
};

static void begin_mark(struct walk *w)
{
	(void)crypto_generichash_init(&w->mark, NULL, 0, 32);
}

static void end_mark(struct walk *w, uint8_t ret[static NP_TREE_MARK])
{
	uint8_t out[32];

	(void)crypto_generichash_final(&w->mark, out, sizeof(out));
	memcpy(ret, out, NP_TREE_MARK);
	begin_mark(w);
}

/* Takes what is held until `to`; `hashed`: into the mark. */
static void take(struct walk *w, uint64_t to, bool hashed)
{
	uint64_t n = to > w->at ? to - w->at : 0;

	if (n > w->end - w->head)
		n = w->end - w->head;
	if (hashed && n)
		(void)crypto_generichash_update(&w->mark, w->held + w->head, n);
	w->head += n;
	w->at += n;
}

/* What came from the source, unpacked. */
static void hold(void *ctx, const uint8_t *p, size_t n)
{
	struct walk *w = ctx;

	/* What is older than a window the reader stepped over: it is of no
	 * frame. */
	if (w->end - w->head > HELD_MAX - n)
		take(w, w->at + (w->end - w->head) - (HELD_MAX - n), true);
	memmove(w->held, w->held + w->head, w->end - w->head);
	w->end -= w->head;
	w->head = 0;
	memcpy(w->held + w->end, p, n);
	w->end += n;
}

/* A record that ends at `end`, with n octets of frame at p. */
static void record(struct walk *w, const uint8_t *p, size_t n, uint64_t end)
{
	uint64_t at = w->r->end_at - (uint64_t)(w->r->s.end - p);

	np_tree_leaf(w->h, p, n, w->f.leaf);
	take(w, at, true);
	take(w, at + n, false);
	take(w, end, true);
	(void)crypto_generichash_update(&w->mark, w->f.leaf, NP_TREE_HASH);
	end_mark(w, w->f.mark);
	w->f.number++;
	w->f.p = p;
	w->f.n = n;
}

static int frames(struct walk *w, np_hash_frame_fn *fn, void *ctx)
{
	struct np_frame f;
	int rc = NP_OK;

	while (!rc && np_source_next(&w->r->s, &f, NULL) > 0) {
		record(w, f.p, f.n, np_feed_at(w->r));
		w->f.time = f.time;
		w->f.linktype = f.linktype;
		rc = fn(ctx, &w->f);
	}
	return rc;
}

/* Octets of the line ahead, with its end. */
static size_t line_ahead(struct np_reader *r)
{
	size_t n = np_feed_want(r, LINE_OCTETS);
	const uint8_t *end;

	if (n > LINE_OCTETS)
		n = LINE_OCTETS;
	end = n ? memchr(r->s.at, '\n', n) : NULL;
	return end ? (size_t)(end - r->s.at) + 1 : n;
}

static int lines(struct walk *w, np_hash_frame_fn *fn, void *ctx)
{
	size_t n;
	int rc = NP_OK;

	w->f.time = NP_NEVER;
	w->f.line = true;
	while (!rc && (n = line_ahead(w->r)) > 0) {
		record(w, w->r->s.at, n, np_feed_at(w->r) + n);
		rc = fn(ctx, &w->f);
		w->r->s.at += n;
	}
	return rc;
}

/* What was read of the source before anybody looked. */
static void begin(struct walk *w)
{
	struct np_reader *r = w->r;

	begin_mark(w);
	hold(w, r->s.end - r->end_at, (size_t)r->end_at);
	r->in.tap = hold;
	r->in.tap_ctx = w;
}

/* The rest, whatever it is. */
static void finish(struct walk *w, uint8_t ret_rest[static NP_TREE_MARK])
{
	struct np_reader *r = w->r;

	do
		r->s.at = r->s.end;
	while (np_feed_want(r, 1) > 0);
	take(w, UINT64_MAX, true);
	end_mark(w, ret_rest);
}

int np_hash_frames(int fd, np_hash_frame_fn *fn, void *ctx,
		   uint8_t ret_rest[static NP_TREE_MARK], struct np_err *reterr)
{
	struct np_source *s = NULL;
	struct walk *w = calloc(1, sizeof(*w));
	int rc = np_source_open_any(fd, &s, reterr);

	if (w) {
		w->held = malloc(HELD_MAX);
		w->h = np_hasher_new(NP_SHA256);
	}
	if (!rc && (!w || !w->held || !w->h))
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	if (!rc) {
		w->r = (struct np_reader *)s;
		begin(w);
		rc = np_source_plain(s) ? lines(w, fn, ctx)
					: frames(w, fn, ctx);
		finish(w, ret_rest);
	}
	if (w) {
		free(w->held);
		np_hasher_free(w->h);
	}
	free(w);
	np_source_close(s);
	return rc;
}

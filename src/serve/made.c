/* SPDX-License-Identifier: ISC */
/* Answers that are made of a snapshot: the same for all of one role who ask the
 * same, so they are made once while they are asked for. */
#include "serve/gzip.h"
#include "serve/inside.h"

#define STANDARD 100 /* rows of a page */
#define MADE_MAX ((size_t)256 << 20)

/* "auditor gzip /api/v1/devices?limit=5" */
static bool key_of(const struct np_talk *t, bool gzip, struct np_buf *b)
{
	np_putf(b, "%s %s %s", np_audience_name(np_audience_of(t->who.role)),
		gzip ? "gzip" : "plain", t->target);
	return !b->failed;
}

static int make(struct np_talk *t, np_make_fn *fn, const struct np_window *w,
		struct np_buf *b)
{
	struct np_err e = {0};
	const struct np_view_in *in =
		np_snapshot_see(t->snap, np_audience_of(t->who.role), &e);
	int rc = in ? fn(t, in, w, b) : e.code;

	if (in)
		np_snapshot_seen(t->snap);
	np_putc(b, '\n');
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}

static int pack(struct np_buf *b)
{
	struct np_buf packed = np_buf(MADE_MAX);
	int rc = np_gzip(b->p, b->n, &packed);

	np_buf_free(rc ? &packed : b);
	if (!rc)
		*b = packed;
	return rc;
}

/* What was made before, or makes it and remembers. Shared for the caller. */
static int get(struct np_talk *t, np_make_fn *fn, const struct np_window *w,
	       bool gzip, struct np_octets **ret)
{
	struct np_buf key = np_buf(NP_ASK_TARGET + 64), b = np_buf(MADE_MAX);
	int rc = key_of(t, gzip, &key) ? NP_OK : NP_ENOMEM;

	*ret = rc ? NULL : np_snapshot_made(t->snap, key.p);
	if (!rc && !*ret) {
		rc = make(t, fn, w, &b);
		if (!rc && gzip)
			rc = pack(&b);
		if (rc)
			np_buf_free(&b);
		else
			*ret = np_octets(b.p, b.n);
		if (*ret)
			np_snapshot_keep(t->snap, key.p, *ret);
	}
	np_buf_free(&key);
	return rc ? rc : *ret ? NP_OK : NP_ENOMEM;
}

enum np_http_step np_make(struct np_talk *t, np_make_fn *fn, const char *none,
			  struct np_http_answer *a)
{
	struct np_window w;
	int rc;

	if (!np_window_read(t, STANDARD, &w, a))
		return NP_HTTP_ANSWER;
	if (np_has_it(t, a, t->ask.gzip))
		return NP_HTTP_ANSWER;
	rc = get(t, fn, &w, t->ask.gzip, &a->body);
	if (rc)
		return np_fail_with(a, rc, none);
	np_http_header(a, "Content-Type", "application/json");
	if (t->ask.gzip)
		np_http_header(a, "Content-Encoding", "gzip");
	a->status = 200;
	return NP_HTTP_ANSWER;
}

/* SPDX-License-Identifier: ISC */
/* Which format a source is, and its life from open to close. */
#include "source/reader.h"
#include "source/unpack.h"
#include <stdlib.h>
#include <unistd.h>

static const struct np_format *const formats[] = {
#define NP_SOURCE(name) &np_format_##name,
#include "source/sources.def"
#undef NP_SOURCE
};

/* What is no capture has no frames. */
static int no_frame(struct np_reader *r, struct np_frame *ret,
		    struct np_err *reterr)
{
	(void)ret;
	return np_feed_over(r, false, 0, reterr);
}

static void close_nothing(struct np_reader *r)
{
	(void)r;
}

static const struct np_format plain = {
	.kind = "document",
	.next = no_frame,
	.close = close_nothing,
};

/* Takes the format that the octets ahead are in. */
static int open_format(struct np_reader *r, bool any, struct np_err *reterr)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (!formats[i]->mine(np_feed_cur(r)))
			continue;
		r->format = formats[i];
		return r->format->open(r, reterr);
	}
	if (r->in.broken)
		return np_feed_over(r, false, 0, reterr);
	if (!any)
		return np_known_fail(np_feed_cur(r), reterr);
	r->format = &plain;
	return NP_OK;
}

static void name_kind(struct np_reader *r, const char *kind)
{
	(void)snprintf(r->kind, sizeof(r->kind), "%s%s%s", kind,
		       r->packed ? "+" : "", r->packed ? r->packed : "");
}

static int open_packed(struct np_reader *r, bool any, struct np_err *reterr)
{
	const struct np_pack *pack;
	int rc;

	np_feed_want(r, NP_HEAD);
	pack = np_pack_find(np_feed_cur(r));
	if (pack) {
		rc = np_unpack_begin(r, pack, reterr);
		if (rc < 0)
			return rc;
		np_feed_want(r, NP_HEAD);
		if (np_pack_find(np_feed_cur(r)))
			return np_fail(reterr, NP_EINPUT,
				       "packed twice: unpack it first",
				       pack->kind, 0);
	}
	r->packed = pack ? pack->kind : NULL;
	rc = open_format(r, any, reterr);
	if (!rc)
		name_kind(r, r->format->kind);
	return rc;
}

static struct np_reader *new_reader(struct np_intake in, uint8_t *window)
{
	struct np_reader *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->in = in;
	r->lent = window;
	r->buf = window ? window : aligned_alloc(4096, NP_FEED_SIZE);
	if (!r->buf) {
		free(r);
		return NULL;
	}
	r->s.at = r->s.end = r->buf + NP_FEED_MAX;
	r->s.last = INT64_MAX; /* so that np_source_older sees the first */
	r->first = NP_NEVER;
	r->drops = -1;
	return r;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

static int open_source(struct np_intake in, uint8_t *window, bool any,
		       struct np_source **ret, struct np_err *reterr)
{
	struct np_reader *r = new_reader(in, window);
	int rc;

	*ret = NULL;
	if (!r) {
		close_fd(in.fd);
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	}
	rc = open_packed(r, any, reterr);
	if (rc < 0) {
		np_source_close(&r->s);
		return rc;
	}
	*ret = &r->s;
	return NP_OK;
}

int np_source_open(int fd, struct np_source **ret, struct np_err *reterr)
{
	return open_source((struct np_intake){.fd = fd}, NULL, false, ret,
			   reterr);
}

int np_source_open_any(int fd, struct np_source **ret, struct np_err *reterr)
{
	return open_source((struct np_intake){.fd = fd}, NULL, true, ret,
			   reterr);
}

int np_source_open_pull(np_pull_fn *pull, void *ctx, uint8_t *window,
			struct np_source **ret, struct np_err *reterr)
{
	struct np_intake in = {.fd = -1, .pull = pull, .pull_ctx = ctx};

	return open_source(in, window, true, ret, reterr);
}

struct np_reader *np_source_plain(struct np_source *s)
{
	struct np_reader *r = (struct np_reader *)s;

	return r->format == &plain ? r : NULL;
}

void np_source_call(struct np_source *s, const char *kind)
{
	name_kind((struct np_reader *)s, kind);
}

void np_source_ahead(struct np_source *s, struct np_pump *pump)
{
	struct np_reader *r = (struct np_reader *)s;

	/* Of what lies plain each octet would cross from core to core, which
	 * costs more than reading it. */
	if (!r->in.unpack)
		return;
	r->pump = pump;
	np_pump_start(pump, &r->in);
}

int np_source_step(struct np_source *s, struct np_frame *ret,
		   struct np_err *reterr)
{
	struct np_reader *r = (struct np_reader *)s;

	if (r->over)
		return 0;
	int rc = r->format->next(r, ret, reterr);

	if (rc <= 0) {
		r->over = true;
		/* Nothing that is left may look like a record. */
		s->quick_below = 0;
	}
	return rc;
}

void np_source_older(struct np_source *s, int64_t time)
{
	struct np_reader *r = (struct np_reader *)s;

	if (r->first == NP_NEVER) {
		r->first = s->last = time;
		return;
	}
	r->first = np_time_min(r->first, time);
	if (!r->backwards++)
		r->backwards_at = np_feed_at(r);
}

void np_reader_frame(struct np_reader *r, struct np_frame *f)
{
	f->number = ++r->s.number;
	if (f->time == NP_NEVER)
		return;
	if (f->time < r->s.last)
		np_source_older(&r->s, f->time);
	else
		r->s.last = f->time;
}

void np_frame_trim(struct np_frame *f, uint32_t fcs)
{
	if (fcs > f->wire_n)
		return;
	f->wire_n -= fcs;
	if (f->n > f->wire_n)
		f->n = f->wire_n;
}

void np_source_stats(const struct np_source *s, struct np_source_stats *ret)
{
	const struct np_reader *r = (const struct np_reader *)s;

	*ret = (struct np_source_stats){
		.kind = r->kind,
		.frames = s->number,
		.bytes = r->bytes_in,
		.first = r->first,
		.last = r->first == NP_NEVER ? NP_NEVER : s->last,
		.drops = r->drops,
		.truncated = r->truncated,
		.cut_at = r->cut_at,
		.backwards = r->backwards,
		.backwards_at = r->backwards_at,
		.clipped = r->clipped,
	};
}

const struct np_interface *np_source_interface(const struct np_source *s,
					       uint32_t interface)
{
	const struct np_reader *r = (const struct np_reader *)s;

	return r->format->interface ? r->format->interface(r, interface) : NULL;
}

void np_source_close(struct np_source *s)
{
	struct np_reader *r = (struct np_reader *)s;

	if (!r)
		return;
	if (r->format)
		r->format->close(r);
	if (r->pump)
		np_pump_stop(r->pump);
	np_unpack_free(r->in.unpack);
	close_fd(r->in.fd);
	if (!r->lent)
		free(r->buf);
	free(r);
}

/* SPDX-License-Identifier: ISC */
/*
 * Datagrams in pieces (RFC 791 3.2, RFC 8200 4.5), bounded in number and in
 * octets. The oldest goes first when there is no room. Octets that came first
 * stand: a later piece cannot rewrite them.
 */
#include "wire/inside.h"
#include <stdlib.h>

#define WHOLE_MAX 65535u
#define PIECES_MAX 64

struct datagram {
	uint8_t src[16], dst[16];
	uint32_t id;
	uint8_t proto, ip_len;
	uint8_t *p;	 /* WHOLE_MAX at most; NULL: free */
	size_t cap, end; /* end: 0 while the last piece is missing */
	struct span {
		size_t from, to;
	} got[PIECES_MAX]; /* sorted, apart from each other */
	size_t ngot;
	uint64_t born; /* for finding the oldest */
};

struct np_fragments {
	struct datagram *v;
	size_t n, limit, held, held_max;
	uint64_t clock;
	/* Given out in this frame. A datagram may lie inside another, whose
	 * octets hold its addresses: all stay until the next frame's. */
	uint8_t *out[NP_MAX_DEPTH + 1];
	size_t nout;
};

struct np_fragments *np_fragments_new(const struct np_wire_conf *conf)
{
	struct np_fragments *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->limit = conf->fragments;
	f->held_max = conf->pending;
	return f;
}

static void forget(struct np_fragments *f, struct datagram *d)
{
	f->held -= d->cap;
	free(d->p);
	*d = (struct datagram){0};
}

static void drop_out(struct np_fragments *f)
{
	while (f->nout)
		free(f->out[--f->nout]);
}

void np_fragments_free(struct np_fragments *f)
{
	if (!f)
		return;
	drop_out(f);
	for (size_t i = 0; f->v && i < f->n; i++)
		free(f->v[i].p);
	free(f->v);
	free(f);
}

static bool drop_oldest(struct np_wire *w)
{
	struct np_fragments *f = w->fragments;
	struct datagram *old = NULL;

	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].p && (!old || f->v[i].born < old->born))
			old = &f->v[i];
	if (!old)
		return false;
	w->stats.fragments_dropped++;
	forget(f, old);
	return true;
}

static struct datagram *find(struct np_wire *w, const struct np_way *y,
			     uint32_t id, uint8_t proto)
{
	struct np_fragments *f = w->fragments;
	struct datagram *spare = NULL;
	size_t len = y->from.ip_len;

	for (size_t i = 0; i < f->n; i++) {
		struct datagram *d = &f->v[i];

		if (!d->p)
			spare = d;
		else if (d->id == id && d->proto == proto && d->ip_len == len &&
			 memcmp(d->src, y->from.src_ip, len) == 0 &&
			 memcmp(d->dst, y->from.dst_ip, len) == 0)
			return d;
	}
	if (!spare && f->n < f->limit) {
		size_t n = f->n ? f->n * 2 : 16;

		n = n > f->limit ? f->limit : n;
		struct datagram *v = reallocarray(f->v, n, sizeof(*v));

		if (!v)
			return NULL;
		memset(v + f->n, 0, (n - f->n) * sizeof(*v));
		spare = v + f->n;
		f->v = v;
		f->n = n;
	}
	if (!spare) {
		if (!drop_oldest(w))
			return NULL;
		return find(w, y, id, proto);
	}
	*spare = (struct datagram){.id = id, .proto = proto};
	spare->ip_len = (uint8_t)len;
	memcpy(spare->src, y->from.src_ip, len);
	memcpy(spare->dst, y->from.dst_ip, len);
	spare->born = f->clock++;
	return spare;
}

static bool reserve(struct np_wire *w, struct datagram *d, size_t to)
{
	struct np_fragments *f = w->fragments;
	size_t cap = d->cap ? d->cap : 2048;

	if (to > WHOLE_MAX)
		return false;
	while (cap < to)
		cap *= 2;
	if (d->p && cap == d->cap)
		return true;
	if (f->held + cap - d->cap > f->held_max)
		return false;
	uint8_t *p = realloc(d->p, cap);

	if (!p)
		return false;
	f->held += cap - d->cap;
	d->p = p;
	d->cap = cap;
	return true;
}

/* Copies what is new of [from, to) and joins the spans. */
static bool put(struct datagram *d, size_t from, struct np_cur c)
{
	size_t to = from + c.left, at = from, i = 0;

	for (; i < d->ngot && at < to; i++) {
		if (d->got[i].to <= at)
			continue;
		if (d->got[i].from > at) {
			size_t end = d->got[i].from < to ? d->got[i].from : to;

			memcpy(d->p + at, c.p + (at - from), end - at);
		}
		at = d->got[i].to;
	}
	if (at < to)
		memcpy(d->p + at, c.p + (at - from), to - at);
	/* The span list: drop those inside, widen, insert in order. */
	size_t n = 0;

	for (i = 0; i < d->ngot; i++) {
		struct span s = d->got[i];

		if (s.to < from || s.from > to) {
			d->got[n++] = s;
			continue;
		}
		from = s.from < from ? s.from : from;
		to = s.to > to ? s.to : to;
	}
	if (n == PIECES_MAX)
		return false;
	for (i = n; i && d->got[i - 1].from > from; i--)
		d->got[i] = d->got[i - 1];
	d->got[i] = (struct span){from, to};
	d->ngot = n + 1;
	return true;
}

bool np_fragment(struct np_wire *w, const struct np_way *y, uint32_t id,
		 uint8_t proto, size_t offset, bool more, struct np_cur c,
		 struct np_cur *ret)
{
	struct np_fragments *f = w->fragments;
	struct datagram *d;

	if (!c.left || y->frame->n < y->frame->wire_n)
		return false;
	d = find(w, y, id, proto);
	if (!d)
		return false;
	if (!more)
		d->end = offset + c.left;
	if (!reserve(w, d, offset + c.left) || !put(d, offset, c)) {
		w->stats.fragments_dropped++;
		if (d->p)
			forget(f, d);
		return false;
	}
	if (!d->end || d->ngot != 1 || d->got[0].from || d->got[0].to < d->end)
		return false;
	if (!y->reassembled)
		drop_out(f);
	if (f->nout == NP_COUNT(f->out)) {
		w->stats.fragments_dropped++;
		forget(f, d);
		return false;
	}
	f->out[f->nout++] = d->p;
	*ret = np_cur(d->p, d->end);
	d->p = NULL;
	f->held -= d->cap;
	d->cap = 0;
	return true;
}

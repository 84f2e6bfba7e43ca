/* SPDX-License-Identifier: ISC */
/* pcapng's sections, interfaces, clocks and drop counters. */
#include "source/pcapng.h"
#include <stdio.h>
#include <stdlib.h>

enum {
	IF_NAME = 2,
	IF_TSRESOL = 9,
	IF_FCSLEN = 13,
	IF_TSOFFSET = 14,
	ISB_IFDROP = 5,
	ISB_OSDROP = 7,
};

#define NAME_MAX_OCTETS 64

__extension__ typedef unsigned __int128 wide;

bool np_pcapng_option(const struct np_pcapng *f, struct np_cur *c,
		      uint16_t *ret_code, struct np_cur *ret_value)
{
	*ret_code = np_pcapng_u16(f, c);
	size_t n = np_pcapng_u16(f, c);

	*ret_value = np_sub(c, n);
	np_skip(c, -n & 3); /* padded to 32 bits */
	return *ret_code && !ret_value->cut;
}

int np_pcapng_section(struct np_reader *r, struct np_cur body,
		      struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	char detail[32];

	np_skip(&body, 4); /* the byte order, known by now */
	unsigned major = np_pcapng_u16(f, &body);
	unsigned minor = np_pcapng_u16(f, &body);

	/* 4.1: 1.0 and 1.2 are the same; others do not exist yet. */
	if (body.cut || major != 1) {
		(void)snprintf(detail, sizeof(detail), "version %u.%u", major,
			       minor);
		return np_fail(reterr, NP_EINPUT,
			       "a section of a version that is not read",
			       detail, np_feed_at(r));
	}
	f->n = 0;
	np_arena_reset(&f->names);
	return NP_OK;
}

/* 4.2, if_tsresol: 10^-v, or 2^-v with the top bit set. */
static struct np_clock clock_of(uint8_t resolution)
{
	struct np_clock c = {.mul = 1, .div = 1};
	unsigned v = resolution & 0x7f;

	if (resolution & 0x80) {
		c.mul = 1000000000;
		c.shift = v;
		return c;
	}
	for (; v < 9; v++)
		c.mul *= 10;
	for (; v > 9; v--)
		if (__builtin_mul_overflow(c.div, 10, &c.div))
			/* 64 bits of these are no nanosecond. */
			return (struct np_clock){.mul = 0, .div = 1};
	return c;
}

int64_t np_pcapng_time(const struct np_clock *c, uint64_t ticks)
{
	uint64_t whole;
	int64_t t, offset;

	if (c->shift) {
		wide exact = (wide)ticks * c->mul >> c->shift;

		if (exact > INT64_MAX)
			return NP_NEVER;
		whole = (uint64_t)exact;
	} else if (__builtin_mul_overflow(ticks, c->mul, &whole)) {
		return NP_NEVER;
	} else if (c->div != 1) {
		whole /= c->div;
	}
	if (whole > INT64_MAX ||
	    __builtin_mul_overflow(c->offset, 1000000000, &offset) ||
	    __builtin_add_overflow((int64_t)whole, offset, &t))
		return NP_NEVER;
	return t;
}

static struct np_pcapng_interface *new_interface(struct np_pcapng *f)
{
	if (f->n == f->cap) {
		size_t cap = f->cap ? f->cap * 2 : 8;
		struct np_pcapng_interface *v =
			reallocarray(f->v, cap, sizeof(*v));

		if (!v)
			return NULL;
		f->v = v;
		f->cap = cap;
	}
	return &f->v[f->n++];
}

static void interface_option(struct np_pcapng *f, struct np_pcapng_interface *i,
			     uint16_t code, struct np_cur v)
{
	int64_t offset = i->clock.offset;

	switch (code) {
	case IF_NAME:
		if (v.left > NAME_MAX_OCTETS)
			v.left = NAME_MAX_OCTETS;
		/* Without memory for names there are none. */
		i->is.name = np_copystr(&f->names, v.p, v.left);
		break;
	case IF_TSRESOL:
		if (v.left != 1)
			break;
		i->clock = clock_of(np_u8(&v));
		i->clock.offset = offset;
		break;
	case IF_TSOFFSET:
		if (v.left == 8)
			i->clock.offset = (int64_t)np_pcapng_u64(f, &v);
		break;
	case IF_FCSLEN:
		if (v.left == 1)
			i->fcs = np_u8(&v);
		break;
	default:
		break;
	}
}

int np_pcapng_interface(struct np_reader *r, struct np_cur body,
			struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	struct np_pcapng_interface i = {
		.is.drops = -1,
		.clock = clock_of(6), /* 4.2: microseconds unless said */
	};
	struct np_cur v;
	uint16_t code;

	i.is.linktype = np_pcapng_u16(f, &body);
	np_skip(&body, 2);
	i.is.snaplen = np_pcapng_u32(f, &body);
	if (body.cut)
		return np_fail(reterr, NP_EINPUT,
			       "an interface description that is cut", NULL,
			       np_feed_at(r));
	if (f->n == NP_MAX_INTERFACES)
		return np_fail(reterr, NP_ELIMIT,
			       "more interfaces than are kept", NULL,
			       np_feed_at(r));
	while (body.left && np_pcapng_option(f, &body, &code, &v))
		interface_option(f, &i, code, v);
	struct np_pcapng_interface *slot = new_interface(f);

	if (!slot)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	*slot = i;
	return NP_OK;
}

static int64_t clamp(uint64_t n)
{
	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

/* An interface has lost `n` in all; the source's sum moves by the difference,
 * so that sections before this one stay counted. */
static void lost_in_all(struct np_reader *r, struct np_pcapng_interface *i,
			uint64_t n)
{
	uint64_t sum = r->drops < 0 ? 0 : (uint64_t)r->drops;

	sum = sum > i->dropped ? sum - i->dropped : 0;
	if (__builtin_add_overflow(sum, n, &sum))
		sum = INT64_MAX;
	r->drops = clamp(sum);
	i->dropped = n;
	i->is.drops = clamp(n);
}

void np_pcapng_lost(struct np_reader *r, struct np_pcapng_interface *i,
		    uint64_t n)
{
	/* A statistics block counts these as well, and others. */
	if (i->by_isb)
		return;
	if (__builtin_add_overflow(i->dropped, n, &n))
		n = INT64_MAX;
	lost_in_all(r, i, n);
}

/* 4.6: counted from the start of the capture, so the last one stands. */
int np_pcapng_statistics(struct np_reader *r, struct np_cur body,
			 struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	uint32_t id = np_pcapng_u32(f, &body);
	uint64_t lost = 0;
	bool told = false;
	struct np_cur v;
	uint16_t code;

	np_skip(&body, 8); /* when */
	if (body.cut || id >= f->n) {
		char detail[32];

		(void)snprintf(detail, sizeof(detail), "interface %u", id);
		return np_fail(reterr, NP_EINPUT,
			       "statistics of an interface that was not "
			       "described",
			       detail, np_feed_at(r));
	}
	while (body.left && np_pcapng_option(f, &body, &code, &v)) {
		if ((code != ISB_IFDROP && code != ISB_OSDROP) || v.left != 8)
			continue;
		if (__builtin_add_overflow(lost, np_pcapng_u64(f, &v), &lost))
			lost = INT64_MAX;
		told = true;
	}
	if (!told)
		return NP_OK;
	f->v[id].by_isb = true;
	lost_in_all(r, &f->v[id], lost);
	return NP_OK;
}

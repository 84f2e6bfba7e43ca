/* SPDX-License-Identifier: ISC */
#include "proto/lib/broker.h"
#include "proto/proto.h"

/* ------------------------------------------------------------------- MQTT */

enum { CONNECT = 1, CONNACK = 2, PUBLISH = 3 };
enum { SUBSCRIBE = 0x82 }; /* with its flags */

/* 1.5.5, and 2.2.3 of version 3.1.1: seven bits an octet, the lowest first, in
 * four at most. */
static size_t varint(struct np_cur *c)
{
	size_t n = 0;

	for (unsigned i = 0; i < 4; i++) {
		uint8_t b = np_u8(c);

		n |= (size_t)(b & 0x7f) << 7 * i;
		if (!(b & 0x80))
			return n;
	}
	c->left = 0;
	c->cut = true;
	return 0;
}

/* 2.1.3: only of PUBLISH are the four low bits free. */
static bool is_kind(uint8_t first)
{
	unsigned type = first >> 4, flags = first & 15;

	if (type == PUBLISH)
		return (flags & 6) != 6;
	return type && flags == (type == 6 || type == 8 || type == 10 ? 2 : 0);
}

/* 3.3: topic, with a quality above 0 a number, of version 5 properties. */
static void read_publish(struct np_cur c, unsigned quality,
			 struct np_brokered *ret)
{
	ret->carries = true;
	np_skip(&c, np_be16(&c));
	np_skip(&c, quality ? 2 : 0);
	ret->body = c;
	np_skip(&c, varint(&c));
	ret->body5 = c;
}

/* 3.1.2, 3.2.2: the protocol's name and version; flags and a code. */
static bool opens(struct np_cur c, unsigned type)
{
	if (type == CONNACK)
		return np_u8(&c) <= 1 && !c.cut;
	return np_eat(&c, "\0\4MQTT", 6) &&
	       (np_ahead(c, "\4", 1) || np_ahead(c, "\5", 1));
}

enum np_part np_mqtt(struct np_cur c, struct np_brokered *ret)
{
	const size_t all = c.left;
	uint8_t first = np_u8(&c);
	bool long_enough = c.left >= 4;
	size_t n = varint(&c);

	*ret = (struct np_brokered){.size = 0};
	if (all && !is_kind(first))
		return NP_PART_NONE;
	if (c.cut)
		return long_enough ? NP_PART_NONE : NP_PART_MORE;
	ret->size = all - c.left + n;
	if (n > c.left)
		return NP_PART_MORE;
	struct np_cur body = np_sub(&c, n);

	if (first >> 4 == PUBLISH)
		read_publish(body, first >> 1 & 3, ret);
	else if (first >> 4 <= CONNACK)
		ret->opens = opens(body, first >> 4);
	return NP_PART_WHOLE;
}

/* 3.8.3: filters, each with a length before it and options behind it. */
static bool are_filters(struct np_cur c)
{
	bool fit = c.left;

	while (fit && c.left) {
		np_skip(&c, np_be16(&c));
		fit = !(np_u8(&c) & 0xc0) && !c.cut;
	}
	return fit;
}

bool np_mqtt_subscribe(struct np_cur c)
{
	uint8_t first = np_u8(&c);
	struct np_cur body = np_sub(&c, varint(&c));

	if (first != SUBSCRIBE)
		return false;
	np_skip(&body, 2); /* number */
	if (are_filters(body))
		return true;
	np_skip(&body, varint(&body)); /* version 5: properties */
	return are_filters(body);
}

/* ------------------------------------------------------------------ STOMP */

static bool is_word(struct np_cur line, const char *word)
{
	return np_same(line, np_cur(word, strlen(word)));
}

/* "STOMP Frames": what names itself so is one; others carry no message. */
static bool read_command(struct np_cur line, struct np_brokered *ret)
{
	static const char *const others[] = {
		"SUBSCRIBE", "UNSUBSCRIBE", "ACK",	  "NACK",    "BEGIN",
		"COMMIT",    "ABORT",	    "DISCONNECT", "RECEIPT", "ERROR",
	};

	ret->opens = is_word(line, "CONNECT") || is_word(line, "STOMP") ||
		     is_word(line, "CONNECTED");
	ret->handed_on = is_word(line, "MESSAGE");
	ret->carries = ret->handed_on || is_word(line, "SEND");
	bool known = ret->opens || ret->carries;

	for (size_t i = 0; !known && i < NP_COUNT(others); i++)
		known = is_word(line, others[i]);
	return known;
}

/* Headers to an empty line; of a content-length that stands twice the first
 * counts. */
static enum np_part read_headers(struct np_cur *c, uint64_t *ret_n, bool *sized)
{
	struct np_cur line, v;

	*sized = false;
	for (int i = 0; i < NP_BROKER_LINES; i++) {
		if (!np_line(c, &line))
			return NP_PART_MORE;
		if (!line.left)
			return NP_PART_WHOLE;
		if (!*sized && np_header(line, "content-length", &v))
			*sized = np_decimal(&v, ret_n);
	}
	return NP_PART_NONE;
}

/* A body of the length that is said, or up to the octet 0 that ends both. */
static enum np_part read_body(struct np_cur c, size_t head, bool sized,
			      uint64_t n, struct np_brokered *ret)
{
	if (!sized) {
		const uint8_t *nul = c.left ? memchr(c.p, 0, c.left) : NULL;

		if (!nul)
			return NP_PART_MORE;
		n = (uint64_t)(nul - c.p);
	}
	if (n > NP_BODY_INPUT)
		return NP_PART_NONE;
	ret->size = head + (size_t)n + 1;
	if (c.left <= n)
		return NP_PART_MORE;
	ret->body = np_sub(&c, (size_t)n);
	return np_u8(&c) ? NP_PART_NONE : NP_PART_WHOLE;
}

enum np_part np_stomp(struct np_cur c, struct np_brokered *ret)
{
	const size_t all = c.left;
	struct np_cur line = {.left = 0};
	uint64_t n = 0;
	bool sized;

	*ret = (struct np_brokered){.size = 0};
	/* Lines without anything keep a connection alive. */
	while (np_ahead(c, "\n", 1) || np_ahead(c, "\r\n", 2))
		np_skip(&c, *c.p == '\n' ? 1 : 2);
	if (!c.left && all) {
		ret->size = all;
		return NP_PART_WHOLE;
	}
	if (!np_line(&c, &line))
		return c.left > 16 ? NP_PART_NONE : NP_PART_MORE;
	if (!read_command(line, ret))
		return NP_PART_NONE;
	enum np_part part = read_headers(&c, &n, &sized);

	return part == NP_PART_WHOLE ? read_body(c, all - c.left, sized, n, ret)
				     : part;
}

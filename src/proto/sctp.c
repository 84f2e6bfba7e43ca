/* SPDX-License-Identifier: ISC */
/*
 * How an SCTP association is set up (RFC 9260 3.3.2, 3.3.3): INIT and INIT ACK
 * list all addresses of a node that has several, so that what is heard at one
 *is the same box's as what is heard at another.
 *
 *	common header of 12 octets; chunk: type, flags, length; tag, window,
 *	streams out and in, first TSN; parameters of a type and a length that
 *	counts both, padded to four octets
 */
#include "proto/proto.h"

enum {
	ADDRESS,
	OUTBOUND_STREAMS,
	INBOUND_STREAMS,
	RECEIVER_WINDOW,
	EXTENSIONS,
};

static const struct np_field fields[] = {
	[ADDRESS] = {"address", NP_IP, NP_KEY_NONE, 0,
		     "address that the sender lists as its own; its key but "
		     "for a bridge's"},
	[OUTBOUND_STREAMS] = {"outbound_streams", NP_UINT, NP_KEY_NONE, 0,
			      "streams that it wants"},
	[INBOUND_STREAMS] = {"inbound_streams", NP_UINT, NP_KEY_NONE, 0,
			     "streams that it grants at most"},
	[RECEIVER_WINDOW] = {"receiver_window", NP_UINT, NP_KEY_NONE, 0,
			     "octets that it takes at once"},
	[EXTENSIONS] = {"extensions", NP_LIST, NP_KEY_NONE, 0,
			"chunk types beyond RFC 9260 that it knows, in its "
			"order"},
};

enum { INIT = 1, INIT_ACK = 2 };

/* RFC 9260 3.3.2.1, RFC 5061 4.2.7. */
enum { IP4 = 5, IP6 = 6, STATE_COOKIE = 7, SUPPORTED_EXTENSIONS = 0x8008 };

static void read_address(struct np_out *o, struct np_cur v, size_t n)
{
	if (v.left != n)
		return;
	np_emit(o, ADDRESS, v);
	np_key_own_address(o, v);
}

/* The next parameter, without its padding; the last need not have any. */
static bool next_parameter(struct np_cur *c, uint16_t *ret_type,
			   struct np_cur *ret)
{
	if (!c->left)
		return false;
	*ret_type = np_be16(c);
	uint16_t n = np_be16(c);

	*ret = np_sub(c, n < 4 ? SIZE_MAX : n - 4u);
	if (n % 4)
		np_skip(c, c->left < 4u - n % 4 ? c->left : 4u - n % 4);
	return !c->cut;
}

static enum np_verdict read_parameters(struct np_cur c, struct np_out *o)
{
	struct np_cur v;
	uint16_t type;

	while (next_parameter(&c, &type, &v)) {
		if (type == IP4)
			read_address(o, v, 4);
		else if (type == IP6)
			read_address(o, v, 16);
		else if (type == SUPPORTED_EXTENSIONS)
			np_emit(o, EXTENSIONS, v);
	}
	return c.cut ? NP_MALFORMED : NP_DECODED;
}

/* The chunk behind the common header. */
static struct np_cur chunk(struct np_cur *c, bool *ret_whole)
{
	np_skip(c, 12);
	uint8_t type = np_u8(c);

	np_skip(c, 1);
	uint16_t n = np_be16(c);

	if (c->cut || (type != INIT && type != INIT_ACK) || n < 20)
		return (struct np_cur){.cut = true};
	*ret_whole = c->left >= n - 4u;
	return np_sub(c, *ret_whole ? n - 4u : c->left);
}

static enum np_verdict sctp_decode(struct np_cur *c, struct np_out *o)
{
	bool whole = false;
	struct np_cur v = chunk(c, &whole);

	if (v.cut)
		return NP_NOT_MINE;
	np_skip(&v, 4); /* tag */
	np_emit(o, RECEIVER_WINDOW, np_sub(&v, 4));
	np_emit(o, OUTBOUND_STREAMS, np_sub(&v, 2));
	np_emit(o, INBOUND_STREAMS, np_sub(&v, 2));
	np_skip(&v, 4); /* first TSN */
	if (v.cut)
		return NP_MALFORMED;
	enum np_verdict verdict = read_parameters(v, o);

	return whole ? verdict : NP_MALFORMED;
}

/* Both tags, the checksum, the first TSN and a cookie. The sender's port too,
 * which it may choose anew. */
static void sctp_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur body = c, v;
	bool whole;
	uint16_t type;

	if (chunk(&body, &whole).cut)
		return;
	np_noisy(ret, np_sub(&c, 12));
	np_skip(&c, 4);
	np_noisy(ret, np_sub(&c, 4));
	np_skip(&c, 8);
	np_noisy(ret, np_sub(&c, 4));
	while (next_parameter(&c, &type, &v))
		if (type == STATE_COOKIE)
			np_noisy(ret, v);
}

static const struct np_match match[] = {{.on = NP_ON_IP, .a = 132}};

const struct np_proto np_proto_sctp = {
	.name = "sctp",
	.title = "Stream Control Transmission Protocol",
	.spec = "RFC 9260, RFC 5061",
	.layer = "network",
	.grade = "E1",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sctp_decode,
	.noise = sctp_noise,
};

/* SPDX-License-Identifier: ISC */
/*
 * USP (BBF TR-369), successor of TR-069: records in protocol buffers between
 * agents, in customers' boxes, and controllers. They go by WebSocket (clause
 * 4.3, RFC 6455), whose handshake by HTTP names "v1.usp", or through a broker,
 * by STOMP (4.4) or MQTT (4.5); what a broker hands on is said by who is behind
 * it, and what it is given is meant for others. The record tells from whom it
 * is and to whom (clause 2.2.1: a scheme, what makes it unique, and an
 * instance); the kind of the message in it, where it is in clear, who is the
 * agent. What a message carries of a box's state is not read but for the
 * request to be taken on, with which a box introduces itself.
 *
 * The instance in the schemes "os" and "ops" is a serial number, that of the
 * subscriber's box.
 */
#include "proto/lib/broker.h"
#include "proto/lib/protobuf.h"
#include "proto/proto.h"

enum {
	VERSION,
	ENDPOINT_ID,
	SCHEME,
	OUI,
	PRODUCT_CLASS,
	SERIAL_NUMBER,
	MESSAGE,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "version of the record"},
	[ENDPOINT_ID] = {"endpoint_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			 "from_id of the sender, to_id of the receiver"},
	[SCHEME] = {"scheme", NP_TEXT, NP_KEY_NONE, 0,
		    "what an endpoint's id is made of"},
	[OUI] = {"oui", NP_TEXT, NP_KEY_NONE, 0,
		 "OUI in an endpoint's id, or of a request to be taken on"},
	[PRODUCT_CLASS] = {"product_class", NP_TEXT, NP_KEY_NONE, 0,
			   "the maker's word for the kind of box"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			   "of the subscriber's box"},
	[MESSAGE] = {"message", NP_TEXT, NP_KEY_NONE, 0, "kind of message"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "USP agent, USP controller"},
};

enum way { STRAIGHT, TO_BROKER, FROM_BROKER };

struct record {
	struct np_out *o;
	enum way way;
	const uint8_t *at; /* where its frame begins */
	struct np_cur version, from, to, message;
	uint64_t type; /* of the message; NP_COUNT(types): not told */
};

enum side { UNKNOWN, AGENT, CONTROLLER };

/* usp-msg, Header.MsgType: its name, and who sends it. */
static const struct {
	const char *name;
	enum side by;
} types[] = {
	{"ERROR", UNKNOWN},
	{"GET", CONTROLLER},
	{"GET_RESP", AGENT},
	{"NOTIFY", AGENT},
	{"SET", CONTROLLER},
	{"SET_RESP", AGENT},
	{"OPERATE", CONTROLLER},
	{"OPERATE_RESP", AGENT},
	{"ADD", CONTROLLER},
	{"ADD_RESP", AGENT},
	{"DELETE", CONTROLLER},
	{"DELETE_RESP", AGENT},
	{"GET_SUPPORTED_DM", CONTROLLER},
	{"GET_SUPPORTED_DM_RESP", AGENT},
	{"GET_INSTANCES", CONTROLLER},
	{"GET_INSTANCES_RESP", AGENT},
	{"NOTIFY_RESP", CONTROLLER},
	{"GET_SUPPORTED_PROTO", CONTROLLER},
	{"GET_SUPPORTED_PROTO_RESP", AGENT},
};

/* ----------------------------------------------------------------- record */

/* The contents of a field in a message, those of the last; cut when there is
 * none. */
static struct np_cur inside(struct np_cur c, uint32_t number)
{
	struct np_pb f;

	return np_pb_find(c, number, &f) ? f.v : (struct np_cur){.cut = true};
}

/* usp-record, Record: 1 version, 2 to_id, 3 from_id, 4 payload_security, 7
 * no_session_context with 2 payload. Both ids have a scheme. */
static bool read_record(struct np_cur c, struct record *ret)
{
	struct np_pb f;

	ret->type = NP_COUNT(types);
	ret->version = inside(c, 1);
	ret->to = inside(c, 2);
	ret->from = inside(c, 3);
	if (!np_ahead(ret->version, "1.", 2) ||
	    np_find(ret->from, "::", 2) == SIZE_MAX ||
	    np_find(ret->to, "::", 2) == SIZE_MAX)
		return false;
	ret->message = inside(inside(c, 7), 2);
	if (np_pb_find(c, 4, &f) && f.value)
		ret->message = (struct np_cur){.cut = true};
	struct np_cur head = inside(ret->message, 1);

	if (head.left)
		ret->type = np_pb_find(head, 2, &f) ? f.value : 0;
	return true;
}

/* A client's frames are masked, so what they say does not stand there. */
static void emit(const struct record *r, unsigned field, struct np_cur v)
{
	np_emit_text(r->o, field, v, r->at);
}

/* TR-369 2.2.1: "os::" OUI "-" serial number, "ops::" OUI "-" product class "-"
 * serial number, both with "-" inside escaped. */
static void emit_endpoint(const struct record *r, struct np_cur id)
{
	struct np_cur rest = id;
	size_t scheme = np_find(rest, "::", 2);

	emit(r, ENDPOINT_ID, id);
	emit(r, SCHEME, np_sub(&rest, scheme));
	np_skip(&rest, 2);
	bool ops = np_ahead(id, "ops::", 5);
	size_t n = np_find(rest, "-", 1);

	if ((!ops && !np_ahead(id, "os::", 4)) || n != 6)
		return;
	emit(r, OUI, np_sub(&rest, n));
	np_skip(&rest, 1);
	n = np_find(rest, "-", 1);
	if (ops && n != SIZE_MAX) {
		emit(r, PRODUCT_CLASS, np_sub(&rest, n));
		np_skip(&rest, 1);
	}
	emit(r, SERIAL_NUMBER, rest);
}

static void emit_role(const struct record *r, enum side side)
{
	static const char *const words[] = {
		[AGENT] = "USP agent", [CONTROLLER] = "USP controller"};

	if (side != UNKNOWN)
		np_emit_word(r->o, ROLE, words[side], r->at);
}

/* usp-msg: Msg 2 body, 1 request, 8 notify, 8 on_board_req: OUI, product class
 * and serial number. */
static void emit_introduction(const struct record *r)
{
	struct np_cur c = inside(inside(inside(r->message, 2), 1), 8);

	c = inside(c, 8);
	emit(r, OUI, inside(c, 1));
	emit(r, PRODUCT_CLASS, inside(c, 2));
	emit(r, SERIAL_NUMBER, inside(c, 3));
}

static void emit_record(const struct record *r)
{
	bool told = r->type < NP_COUNT(types);
	enum side by = told ? types[r->type].by : UNKNOWN;
	enum side other = by == AGENT	     ? CONTROLLER
			  : by == CONTROLLER ? AGENT
					     : UNKNOWN;

	if (r->way == FROM_BROKER) {
		np_not_sender(r->o);
		np_reach(r->o, NP_RELAYED);
	}
	emit(r, VERSION, r->version);
	emit_endpoint(r, r->from);
	if (told)
		np_emit_word(r->o, MESSAGE, types[r->type].name, r->at);
	if (by == AGENT)
		emit_introduction(r);
	emit_role(r, by);
	if (r->way == TO_BROKER) {
		np_say(r->o, NP_THIRD);
		np_not_sender(r->o);
	} else {
		np_say_receiver(r->o);
	}
	emit_endpoint(r, r->to);
	emit_role(r, other);
}

/* -------------------------------------------------------------- WebSocket */

/* RFC 6455 5.2, and unmasked (5.3) into `mem`. */
static enum np_verdict frame(struct np_cur c, struct np_out *o)
{
	enum { FIN_BINARY = 0x82, CLOSE = 0x88, PING = 0x89, PONG = 0x8a };
	const size_t all = c.left;
	uint8_t kind = np_u8(&c), b = np_u8(&c);
	uint64_t n = b & 0x7f;

	n = n == 126 ? np_be16(&c) : n == 127 ? np_be64(&c) : n;
	const uint8_t *mask = b & 0x80 ? np_take(&c, 4) : NULL;
	size_t head = all - c.left;

	if (c.cut)
		return np_more(o, 0);
	if ((kind < CLOSE || kind > PONG) && kind != FIN_BINARY)
		return NP_NOT_MINE; /* in pieces, packed, or text */
	if (n > NP_BODY_INPUT - head)
		return NP_NOT_MINE;
	o->next = kind == CLOSE ? 0 : head + (size_t)n;
	if (kind != FIN_BINARY)
		return NP_DECODED;
	if (n > c.left)
		return np_more(o, head + (size_t)n);
	uint8_t *open = mask ? np_alloc(o->mem, n ? n : 1) : NULL;
	struct record r = {.o = o, .at = c.p - head};

	for (size_t i = 0; open && i < n; i++)
		open[i] = c.p[i] ^ mask[i & 3];
	if ((mask && !open) ||
	    !read_record(np_cur(mask ? open : c.p, (size_t)n), &r))
		return NP_MALFORMED;
	emit_record(&r);
	return NP_DECODED;
}

/* RFC 6455 4: what is said before. */
static enum np_verdict handshake(struct np_cur c, struct np_out *o)
{
	struct np_message m;
	enum np_part part = np_message(c, &m);

	if (part == NP_PART_MORE && !o->from->end)
		return np_more(o, 0);
	if (part != NP_PART_WHOLE ||
	    np_find_nocase(m.websocket, "v1.usp") == SIZE_MAX ||
	    (m.response && m.status != 101))
		return NP_NOT_MINE;
	o->next = m.head;
	return NP_DECODED;
}

/* ----------------------------------------------------------------- broker */

/* What goes through a broker and is no record is another's, and so is all of
 * that connection. */
static enum np_verdict brokered(enum np_part part, const struct np_brokered *b,
				const uint8_t *at, enum way way,
				struct np_out *o)
{
	struct record r = {.o = o, .at = at, .way = way};

	if (part == NP_PART_NONE || b->size > NP_BODY_INPUT ||
	    (part == NP_PART_WHOLE && !o->origin && !b->opens))
		return NP_NOT_MINE;
	if (part == NP_PART_MORE)
		return np_more(o, b->size);
	o->next = b->size;
	if (!b->carries)
		return NP_DECODED;
	if (!read_record(b->body, &r) && !read_record(b->body5, &r))
		return NP_NOT_MINE;
	emit_record(&r);
	return NP_DECODED;
}

static enum np_verdict mqtt(struct np_cur c, struct np_out *o)
{
	enum { BROKER = 1883 };
	enum way way = o->from->sport == BROKER ? FROM_BROKER : TO_BROKER;
	struct np_brokered b;
	enum np_part part = np_mqtt(c, &b);

	return brokered(part, &b, c.p, way, o);
}

static enum np_verdict stomp(struct np_cur c, struct np_out *o)
{
	struct np_brokered b;
	enum np_part part = np_stomp(c, &b);

	return brokered(part, &b, c.p, b.handed_on ? FROM_BROKER : TO_BROKER,
			o);
}

/* By which of them it comes, from the first octet: words of STOMP are letters,
 * frames of WebSocket that are read are of four kinds. */
static enum np_verdict usp_decode(struct np_cur *c, struct np_out *o)
{
	enum { BINARY = 0x82, CLOSE = 0x88, PONG = 0x8a };
	uint8_t first = c->left ? *c->p : 0;

	if (!o->from->stream)
		return NP_NOT_MINE;
	if (np_ahead(*c, "GET ", 4) || np_ahead(*c, "HTTP/1.", 7))
		return handshake(*c, o);
	if ((first >= 'A' && first <= 'Z' && first != 'P') || first == '\r' ||
	    first == '\n')
		return stomp(*c, o);
	if (!o->origin ||
	    (first != BINARY && (first < CLOSE || first > PONG)) ||
	    np_mqtt_subscribe(*c))
		return mqtt(*c, o);
	return frame(*c, o);
}

static const struct np_match match[] = {
	NP_STREAM("GET "),
	NP_STREAM("HTTP/1."),
	NP_STREAM("STOMP\n"),
	NP_STREAM("STOMP\r\n"),
	NP_STREAM("CONNECT\n"),
	NP_STREAM("CONNECT\r\n"),
	NP_STREAM("CONNECTED\n"),
	NP_STREAM("CONNECTED\r\n"),
	NP_TCP(1883),
};

const struct np_proto np_proto_usp = {
	.name = "usp",
	.title = "User Services Platform",
	.spec = "BBF TR-369",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.limit = NP_BODY_INPUT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = usp_decode,
};

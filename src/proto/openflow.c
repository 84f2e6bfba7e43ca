/* SPDX-License-Identifier: ISC */
/*
 * OpenFlow (switch specifications 1.0.0 to 1.5.1), the wire between a switch
 * and its controller. A switch tells its datapath id when it is asked for its
 * features (7.3.1) and, in the description that most controllers ask for next
 * (7.3.5.1), who made it. Versions differ in the numbers of types and in some
 * padding.
 *
 *	version, type, length of the whole, transaction id
 *
 * The low 48 bits of a datapath id are meant for the switch's address, where
 * operators write 1, 2, 3 as well: what begins with three octets of zero is
 * no key. Packets and flows are not opened.
 */
#include "proto/proto.h"

enum {
	ROLE,
	VERSION,
	DATAPATH_ID,
	MANUFACTURER,
	HARDWARE,
	SOFTWARE,
	SERIAL,
	DP_DESC,
	EXPERIMENTER,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "switch or controller, by what only that sends"},
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0,
		     "highest wire protocol that a HELLO offers: 1 is 1.0, "
		     "4 is 1.3"},
	[DATAPATH_ID] = {"datapath_id", NP_HEX, NP_KEY_NONE, 0,
			 "datapath_id of a features reply"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "mfr_desc of a description"},
	[HARDWARE] = {"hardware", NP_TEXT, NP_KEY_NONE, 0,
		      "hw_desc of a description"},
	[SOFTWARE] = {"software", NP_TEXT, NP_KEY_NONE, 0,
		      "sw_desc of a description"},
	[SERIAL] = {"serial", NP_TEXT, NP_KEY_SERIAL, 0,
		    "serial_num of a description"},
	[DP_DESC] = {"dp_desc", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		     "dp_desc of a description: the operator's words"},
	[EXPERIMENTER] = {"experimenter", NP_HEX, NP_KEY_NONE, 0,
			  "whose extension is spoken: an IEEE OUI where the "
			  "first octet is 0"},
};

enum { HEAD = 8, VERSIONS = 6, STATS_DESC = 0, ITS_OWN = 0xffff };
enum { HELLO, ERROR, EXTENSION = 4, FEATURES, FEATURES_REPLY };
/* Octets of a message, and of a direction, behind which nothing is read. */
enum { ENOUGH = HEAD + 8 + 4 * 256 + 32, OPENING = 65536 };

struct head {
	uint8_t version, type;
	uint16_t n;
};

/* Who alone sends a type: 's'witch, 'c'ontroller, '-' either; 0: none is sent
 * (7.1, of 1.0 5.1). */
static char sender(const struct head *h)
{
	static const char first[] = "-----cscsc" /* to SET_CONFIG */
				    "sss"	 /* to PORT_STATUS */
				    "ccc"	 /* to PORT_MOD */
				    "cscscs";	 /* questions and answers */
	static const char later[] = "-----cscsc"
				    "sss"
				    "ccccc"	 /* to TABLE_MOD */
				    "cscscscscs" /* to GET_ASYNC_REPLY */
				    "ccsss"	 /* to REQUESTFORWARD */
				    "-cs";
	bool old = h->version == 1;

	if (h->type >= (old ? sizeof(first) : sizeof(later)))
		return 0;
	return (old ? first : later)[h->type];
}

static bool read_head(struct np_cur *c, struct head *ret)
{
	ret->version = np_u8(c);
	ret->type = np_u8(c);
	ret->n = np_be16(c);
	np_skip(c, 4);
	return !c->cut && ret->version && ret->version <= VERSIONS &&
	       sender(ret) && ret->n >= HEAD;
}

static void emit_role(struct np_out *o, const struct head *h, const uint8_t *at)
{
	bool box = sender(h) == 's';

	np_emit_word(o, ROLE, box ? "OpenFlow switch" : "OpenFlow controller",
		     at);
}

static void read_features(struct np_out *o, struct np_cur *c)
{
	static const uint8_t none[3];
	struct np_cur id = np_sub(c, 8), mac = id;

	np_skip(&mac, 2);
	if (!mac.cut && !np_ahead(mac, none, sizeof(none)))
		np_key(o, NP_KEY_MAC, NP_MAC, mac);
	np_emit(o, DATAPATH_ID, id);
}

static void read_description(struct np_out *o, struct np_cur *c)
{
	np_emit_string(o, MANUFACTURER, np_sub(c, 256));
	np_emit_string(o, HARDWARE, np_sub(c, 256));
	np_emit_string(o, SOFTWARE, np_sub(c, 256));
	np_emit_string(o, SERIAL, np_sub(c, 32));
	np_emit_string(o, DP_DESC, np_sub(c, 256));
}

/* A statistics or multipart message; true when it described the switch. */
static bool read_stats(struct np_out *o, const struct head *h, struct np_cur *c)
{
	uint16_t kind = np_be16(c);

	np_skip(c, h->version == 1 ? 2 : 6);
	if (kind == ITS_OWN)
		np_emit(o, EXPERIMENTER, np_sub(c, 4));
	if (kind != STATS_DESC || sender(h) != 's')
		return false;
	if (o->from->start)
		emit_role(o, h, c->p);
	read_description(o, c);
	return true;
}

/* The body of a message; true when nothing better follows. */
static bool read_body(struct np_out *o, const struct head *h, struct np_cur *c)
{
	unsigned stats = h->version == 1 ? 16 : 18;

	if (h->type == FEATURES_REPLY)
		read_features(o, c);
	else if (h->type == EXTENSION)
		np_emit(o, EXPERIMENTER, np_sub(c, 4));
	else if (h->type == ERROR && np_be16(c) == ITS_OWN && h->version > 2) {
		np_skip(c, 2);
		np_emit(o, EXPERIMENTER, np_sub(c, 4));
	} else if (h->type == stats || h->type == stats + 1)
		return read_stats(o, h, c);
	return false;
}

/* A direction that was joined late says its part once. */
static bool proves_role(const struct np_out *o, const struct head *h)
{
	return sender(h) != '-' && (!o->from->start || h->type == FEATURES ||
				    h->type == FEATURES_REPLY);
}

static enum np_verdict openflow_decode(struct np_cur *c, struct np_out *o)
{
	const uint8_t *at = c->p;
	struct np_cur body = *c;
	struct head h;

	if (c->left < HEAD && !o->from->end)
		return np_more(o, HEAD);
	if (!read_head(&body, &h))
		return NP_NOT_MINE;
	if (o->from->start && np_offset(o, at) == 0 && h.type != HELLO)
		return NP_NOT_MINE;
	size_t enough = h.n < ENOUGH ? h.n : ENOUGH;

	if (c->left < enough && !o->from->end)
		return np_more(o, enough);
	body = np_sub(&body, enough - HEAD);
	if (body.cut)
		return NP_MALFORMED;
	if (proves_role(o, &h))
		emit_role(o, &h, at + 1);
	if (h.type == HELLO)
		np_emit_made(o, VERSION, NP_UINT, at, 1, at);
	bool told = read_body(o, &h, &body);

	if (!o->from->start && sender(&h) != '-')
		told = true;
	o->next = told || np_offset(o, at) > OPENING ? 0 : h.n;
	return body.cut ? NP_MALFORMED : NP_DECODED;
}

/* A segment that ends with its message, or goes on with another. */
static bool openflow_sync(struct np_cur c)
{
	struct head h, next;

	if (!read_head(&c, &h))
		return false;
	np_skip(&c, h.n - (size_t)HEAD);
	if (!c.left)
		return !c.cut;
	return read_head(&c, &next) && next.version == h.version;
}

static const struct np_match match[] = {NP_TCP(6653), NP_TCP(6633)};

const struct np_proto np_proto_openflow = {
	.name = "openflow",
	.title = "OpenFlow",
	.spec = "ONF TS-006, OpenFlow Switch Specification 1.0.0 to 1.5.1",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = openflow_decode,
	.sync = openflow_sync,
};

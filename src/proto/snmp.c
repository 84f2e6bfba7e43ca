/* SPDX-License-Identifier: ISC */
/*
 * SNMP: version 1 (RFC 1157), 2c (RFC 3416 over RFC 1901), 3 (RFC 3412, 3414).
 * Values are taken from what an agent says of itself, never from a question:
 * that a manager asks for a maker's objects tells nothing of who answers.
 * Communities and user names are not read.
 *
 * An engine id stands in clear even where the rest is encrypted, but whose it
 * is depends on the direction (RFC 3411 3.1.1.1): in a question and in an
 * inform the authoritative engine is the receiver, otherwise the sender.
 */
#include "proto/proto.h"

enum {
	SYS_DESCR,
	SYS_OBJECT_ID,
	SYS_NAME,
	SYS_LOCATION,
	ENGINE_ID,
	ENTERPRISE,
	TRAP_OID,
	VARBIND,
	BRIDGE_ADDRESS,
	ENT_INDEX,
	ENT_CLASS,
	ENT_SOFTWARE_REV,
	ENT_SERIAL,
	ENT_MFG_NAME,
	ENT_MODEL_NAME,
	ENT_FIRMWARE_REV,
	ENT_DESCR,
	OBJECT_MAKER,
	OBJECT_MODEL,
	OBJECT_VERSION,
	OBJECT_SERIAL,
	VERSION,
	COMMUNITY_DEFAULT,
	OBJECT_TEXT,
};

static const struct np_field fields[] = {
	[SYS_DESCR] = {"sys_descr", NP_TEXT, NP_KEY_NONE, 0,
		       "sysDescr: hardware, system and version, as sent"},
	[SYS_OBJECT_ID] = {"sys_object_id", NP_OID, NP_KEY_NONE, 0,
			   "sysObjectID: the maker's own identifier of it"},
	[SYS_NAME] = {"sys_name", NP_TEXT, NP_KEY_NAME, 0,
		      "sysName: name that the operator gave"},
	[SYS_LOCATION] = {"sys_location", NP_TEXT, NP_KEY_NONE, 0,
			  "sysLocation: place that the operator wrote"},
	[ENGINE_ID] = {"engine_id", NP_HEX, NP_KEY_ENGINE_ID, 0,
		       "authoritative engine, with enterprise number"},
	[ENTERPRISE] = {"enterprise", NP_OID, NP_KEY_NONE, 0,
			"enterprise of a version 1 trap"},
	[TRAP_OID] = {"trap_oid", NP_OID, NP_KEY_NONE, 0,
		      "snmpTrapOID of a notification"},
	[VARBIND] = {"varbind", NP_OID, NP_KEY_NONE, 0,
		     "an object of an enterprise that it has; the first of "
		     "each enterprise"},
	[BRIDGE_ADDRESS] = {"bridge_address", NP_MAC, NP_KEY_MAC, 0,
			    "dot1dBaseBridgeAddress"},
	[ENT_INDEX] = {"ent_index", NP_UINT, NP_KEY_NONE, 0,
		       "entPhysicalIndex of the row"},
	[ENT_CLASS] = {"ent_class", NP_UINT, NP_KEY_NONE, 0,
		       "entPhysicalClass: 3 chassis, 9 module, 10 port, 11 "
		       "stack"},
	[ENT_SOFTWARE_REV] = {"ent_software_rev", NP_TEXT, NP_KEY_NONE, 0,
			      "entPhysicalSoftwareRev"},
	[ENT_SERIAL] = {"ent_serial", NP_TEXT, NP_KEY_NONE, 0,
			"entPhysicalSerialNum"},
	[ENT_MFG_NAME] = {"ent_mfg_name", NP_TEXT, NP_KEY_NONE, 0,
			  "entPhysicalMfgName: of the row, not of the box"},
	[ENT_MODEL_NAME] = {"ent_model_name", NP_TEXT, NP_KEY_NONE, 0,
			    "entPhysicalModelName"},
	[ENT_FIRMWARE_REV] = {"ent_firmware_rev", NP_TEXT, NP_KEY_NONE, 0,
			      "entPhysicalFirmwareRev"},
	/* Of walks alone: what the outermost row is called, and what
	 * knowledge/objects.yaml reads out of the makers' own objects. */
	[ENT_DESCR] = {"ent_descr", NP_TEXT, NP_KEY_NONE, 0,
		       "entPhysicalDescr, of a box whose model is not said"},
	[OBJECT_MAKER] = {"object_maker", NP_TEXT, NP_KEY_NONE, 0,
			  "who made it, by an object that says so"},
	[OBJECT_MODEL] = {"object_model", NP_TEXT, NP_KEY_NONE, 0,
			  "model, by the maker's own object"},
	[OBJECT_VERSION] = {"object_version", NP_TEXT, NP_KEY_NONE, 0,
			    "software, by the maker's own object"},
	[OBJECT_SERIAL] = {"object_serial", NP_TEXT, NP_KEY_SERIAL, 0,
			   "serial number, by the maker's own object"},
	/* A statement of their own: how it can be asked. */
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "version in the clear that it answers in: 1 or 2c"},
	[COMMUNITY_DEFAULT] = {"community_default", NP_TEXT, NP_KEY_NONE, 0,
			       "yes where it answers to a community that boxes "
			       "are delivered with, else no; never which"},
	[OBJECT_TEXT] = {"object_text", NP_TEXT, NP_KEY_NONE, 0,
			 "model and more, by the maker's own object"},
};

/* Tags: X.690 8.1.2; RFC 2578 3; the PDUs of RFC 3416. */
enum {
	INTEGER = 0x02,
	OCTETS = 0x04,
	NOTHING = 0x05,
	OBJECT_ID = 0x06,
	SEQUENCE = 0x30,
	IP_ADDRESS = 0x40,
	NO_SUCH_OBJECT = 0x80,
	END_OF_VIEW = 0x82,
	GET = 0xa0,
	RESPONSE = 0xa2,
	TRAP_1 = 0xa4,
	INFORM = 0xa6,
	TRAP_2 = 0xa7,
	REPORT = 0xa8,
};

#define MAX_ROWS 64	  /* cells of ENTITY-MIB taken from one message */
#define ENTERPRISE_ARCS 6 /* kept of an object's name */
#define MAX_ENTERPRISES 4 /* told apart in one message */
#define CHASSIS 3	  /* PhysicalClass, RFC 6933 */

struct varbind {
	struct np_cur name; /* contents of the OBJECT IDENTIFIER */
	struct np_ber value;
};

static bool next_varbind(struct np_cur *list, struct varbind *ret)
{
	struct np_ber pair, name;

	if (!list->left || !np_ber(list, &pair) || pair.tag != SEQUENCE)
		return false;
	if (!np_ber(&pair.v, &name) || name.tag != OBJECT_ID ||
	    !np_ber(&pair.v, &ret->value)) {
		list->cut = true;
		return false;
	}
	ret->name = name.v;
	return true;
}

/* Is there a value, or only the word that there is none? */
static bool has_value(const struct varbind *b)
{
	return b->value.tag != NOTHING &&
	       (b->value.tag < NO_SUCH_OBJECT || b->value.tag > END_OF_VIEW);
}

/* Scalars, by the contents of their names. */
static const struct scalar {
	const char *name;
	uint8_t n;
	unsigned field;
	uint32_t tag;
} scalars[] = {
	{"\x2b\6\1\2\1\1\1\0", 8, SYS_DESCR, OCTETS},
	{"\x2b\6\1\2\1\1\2\0", 8, SYS_OBJECT_ID, OBJECT_ID},
	{"\x2b\6\1\2\1\1\5\0", 8, SYS_NAME, OCTETS},
	{"\x2b\6\1\2\1\1\6\0", 8, SYS_LOCATION, OCTETS},
	{"\x2b\6\1\2\1\x11\1\1\0", 9, BRIDGE_ADDRESS, OCTETS},
	{"\x2b\6\1\6\3\1\1\4\1\0", 10, TRAP_OID, OBJECT_ID},
	/* snmpTrapEnterprise, of a generic notification: RFC 3418 */
	{"\x2b\6\1\6\3\1\1\4\3\0", 10, ENTERPRISE, OBJECT_ID},
};

static void read_scalar(struct np_out *o, const struct varbind *b)
{
	for (size_t i = 0; i < NP_COUNT(scalars); i++)
		if (b->value.tag == scalars[i].tag &&
		    np_same(b->name, np_cur(scalars[i].name, scalars[i].n)))
			np_emit(o, scalars[i].field, b->value.v);
}

/* Objects under 1.3.6.1.4.1 are a maker's own: who has one runs that maker's
 * agent, whatever the value. The number is what matters, once each. */
struct enterprises {
	struct np_cur seen[MAX_ENTERPRISES];
	size_t n;
};

/* Octets of an object's name behind its first arcs: a walk of a table says the
 * same of its agent with each row. */
static size_t after(struct np_cur rest)
{
	for (int arcs = 0; arcs < ENTERPRISE_ARCS && rest.left; arcs++)
		while (np_u8(&rest) & 0x80)
			;
	return rest.left;
}

static void read_enterprise(struct np_out *o, struct enterprises *e,
			    const struct varbind *b)
{
	static const char enterprises[] = {0x2b, 6, 1, 4, 1};
	struct np_cur rest = b->name, number;

	if (!np_eat(&rest, enterprises, sizeof(enterprises)))
		return;
	number = rest;
	while (np_u8(&rest) & 0x80)
		;
	if (rest.cut || !rest.left)
		return;
	number.left -= rest.left;
	for (size_t i = 0; i < e->n; i++)
		if (np_same(e->seen[i], number))
			return;
	if (e->n == MAX_ENTERPRISES)
		return;
	e->seen[e->n++] = number;
	np_emit(o, VARBIND, np_cur(b->name.p, b->name.left - after(rest)));
}

/* entPhysicalTable (RFC 6933): columns that are read, and their fields. */
static const struct column {
	uint8_t column;
	unsigned field;
	uint32_t tag;
} columns[] = {
	{5, ENT_CLASS, INTEGER},	{9, ENT_FIRMWARE_REV, OCTETS},
	{10, ENT_SOFTWARE_REV, OCTETS}, {11, ENT_SERIAL, OCTETS},
	{12, ENT_MFG_NAME, OCTETS},	{13, ENT_MODEL_NAME, OCTETS},
};

struct cell {
	struct np_cur index;
	const struct column *column;
	struct np_cur value;
	bool said;
};

static bool read_cell(const struct varbind *b, struct cell *ret)
{
	static const char table[] = {0x2b, 6, 1, 2, 1, 0x2f, 1, 1, 1, 1};
	struct np_cur name = b->name;

	if (!np_eat(&name, table, sizeof(table)))
		return false;
	uint8_t column = np_u8(&name);

	for (size_t i = 0; i < NP_COUNT(columns); i++) {
		if (columns[i].column != column ||
		    columns[i].tag != b->value.tag)
			continue;
		*ret = (struct cell){name, &columns[i], b->value.v, false};
		return name.left > 0;
	}
	return false;
}

static void emit_index(struct np_out *o, struct np_cur index)
{
	const uint8_t *at = index.p;
	uint64_t v = 0;

	while (index.left && v < UINT32_MAX)
		v = v << 7 | (np_u8(&index) & 0x7f);
	np_emit_u(o, ENT_INDEX, &index, at, v);
}

/* A row is a statement of its own: its maker is the part's, and its serial
 * number names the box only when the row is the chassis. */
static void say_row(struct np_out *o, struct cell *v, size_t n, size_t first)
{
	struct np_cur serial = {.cut = true};
	bool chassis = false;

	np_say(o, NP_SELF);
	emit_index(o, v[first].index);
	for (size_t i = first; i < n; i++) {
		if (v[i].said || !np_same(v[i].index, v[first].index))
			continue;
		v[i].said = true;
		np_emit(o, v[i].column->field, v[i].value);
		if (v[i].column->field == ENT_SERIAL)
			serial = v[i].value;
		if (v[i].column->field == ENT_CLASS)
			chassis = v[i].value.left == 1 &&
				  v[i].value.p[0] == CHASSIS;
	}
	if (chassis)
		np_key(o, NP_KEY_SERIAL, NP_TEXT, serial);
}

/* Cells of a message, until all of it is read: a row's may stand apart. */
struct cells {
	struct cell *v; /* room for MAX_ROWS */
	size_t n;
};

static void keep_cell(struct np_out *o, struct cells *k,
		      const struct varbind *b)
{
	struct cell c;

	if (k->n == MAX_ROWS || !read_cell(b, &c))
		return;
	if (!k->v)
		k->v = np_alloc(o->mem, MAX_ROWS * sizeof(*k->v));
	if (k->v)
		k->v[k->n++] = c;
	else
		o->full = true;
}

static enum np_verdict read_list(struct np_out *o, struct np_cur *c)
{
	struct enterprises e = {.n = 0};
	struct cells k = {.n = 0};
	struct np_ber list;
	struct varbind b;

	if (!np_ber(c, &list) || list.tag != SEQUENCE)
		return NP_MALFORMED;
	while (next_varbind(&list.v, &b)) {
		if (!has_value(&b))
			continue;
		read_scalar(o, &b);
		read_enterprise(o, &e, &b);
		keep_cell(o, &k, &b);
	}
	c->cut |= list.v.cut;
	for (size_t i = 0; i < k.n && !o->full; i++)
		if (!k.v[i].said)
			say_row(o, k.v, k.n, i);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

/* RFC 1157 4.1.6. Whose trap it is stands inside: a proxy may pass it on. */
static enum np_verdict read_trap_1(struct np_out *o, struct np_cur *c)
{
	struct np_ber enterprise, agent, skip;
	const struct np_from *f = o->from;

	if (!np_ber(c, &enterprise) || enterprise.tag != OBJECT_ID ||
	    !np_ber(c, &agent) || agent.tag != IP_ADDRESS)
		return NP_MALFORMED;
	bool said = agent.v.left == 4 &&
		    np_be32(&(struct np_cur){agent.v.p, 4, false});

	if (said && f->ip_len == 4 && !np_same(agent.v, np_cur(f->src_ip, 4))) {
		np_not_sender(o);
		np_reach(o, NP_RELAYED);
		np_key(o, NP_KEY_IP, NP_IP, agent.v);
	}
	np_emit(o, ENTERPRISE, enterprise.v);
	for (int i = 0; i < 3; i++) /* generic, specific, time */
		if (!np_ber(c, &skip))
			return NP_MALFORMED;
	return read_list(o, c);
}

static enum np_verdict read_pdu(struct np_out *o, const struct np_ber *pdu)
{
	struct np_ber id, error, index;
	struct np_cur c = pdu->v;

	if (pdu->tag == TRAP_1)
		return read_trap_1(o, &c);
	if (!np_ber(&c, &id) || !np_ber(&c, &error) || !np_ber(&c, &index))
		return NP_MALFORMED;
	if (pdu->tag != RESPONSE && pdu->tag != TRAP_2 && pdu->tag != INFORM &&
	    pdu->tag != REPORT)
		return NP_DECODED; /* a question */
	/* The answer to an inform repeats it, as one with an error does. */
	if (error.v.left != 1 || error.v.p[0] ||
	    (pdu->tag == RESPONSE && o->from->sport == 162))
		return NP_DECODED;
	return read_list(o, &c);
}

/* RFC 3414 2.4: whose engine it is. */
static void say_engine(struct np_out *o, struct np_cur engine, bool receiver)
{
	const struct np_from *f = o->from;

	if (engine.left < 5 || engine.left > 32) /* RFC 3411: SnmpEngineID */
		return;
	if (!receiver) {
		np_emit(o, ENGINE_ID, engine);
		return;
	}
	np_say(o, NP_THIRD);
	np_not_sender(o);
	if (f->dst_ip)
		np_key(o, NP_KEY_IP, NP_IP, np_cur(f->dst_ip, f->ip_len));
	np_emit(o, ENGINE_ID, engine);
	np_say(o, NP_SELF);
}

/* RFC 3414 2.4: the engine is the first element of a sequence in a string. A
 * sequence that claims to be longer than its string is read all the same. */
static bool read_security(struct np_cur c, struct np_cur *ret)
{
	struct np_ber engine;
	uint8_t tag = np_u8(&c), n = np_u8(&c);

	if (n & 0x80)
		np_skip(&c, n & 0x7f);
	if (tag != SEQUENCE || !np_ber(&c, &engine) || engine.tag != OCTETS)
		return false;
	*ret = engine.v;
	return true;
}

static enum np_verdict read_v3(struct np_cur *c, struct np_out *o)
{
	enum { REPORTABLE = 4 };
	struct np_ber header, x, scoped, pdu = {.tag = 0};
	struct np_cur engine;
	uint8_t flags = 0;

	if (!np_ber(c, &header) || header.tag != SEQUENCE)
		return NP_NOT_MINE;
	for (int i = 0; i < 3; i++) { /* id, size, flags */
		if (!np_ber(&header.v, &x))
			return NP_MALFORMED;
		flags = x.v.left ? x.v.p[0] : 0;
	}
	if (!np_ber(c, &x) || x.tag != OCTETS || !read_security(x.v, &engine))
		return NP_MALFORMED;
	bool whole = np_ber(c, &scoped);

	if (whole && scoped.tag == SEQUENCE)
		whole = np_ber(&scoped.v, &x) && np_ber(&scoped.v, &x) &&
			np_ber(&scoped.v, &pdu);
	/* Of an encrypted message the flag tells: who wants an answer talks
	 * to the authority (RFC 3412 6.4). */
	bool receiver = pdu.tag ? pdu.tag != RESPONSE && pdu.tag != TRAP_2 &&
					  pdu.tag != REPORT
				: flags & REPORTABLE;

	say_engine(o, engine, receiver);
	if (!whole)
		return NP_MALFORMED;
	return pdu.tag ? read_pdu(o, &pdu) : NP_DECODED;
}

/* Who answers takes the community for good (RFC 1157 4.1). It is a password in
 * the clear, and stays here. */
static void say_access(struct np_out *o, unsigned version,
		       struct np_cur community, const struct np_ber *pdu)
{
	static const char *const delivered[] = {"public", "private"};
	const char *yes = "no";

	/* What answers a notification is its receiver. */
	if (pdu->tag != RESPONSE || o->from->sport == 162)
		return;
	for (size_t i = 0; i < NP_COUNT(delivered); i++)
		if (np_same(community,
			    np_cur(delivered[i], strlen(delivered[i]))))
			yes = "yes";
	np_say(o, NP_SELF);
	np_emit_word(o, VERSION, version ? "2c" : "1", o->base);
	np_emit_word(o, COMMUNITY_DEFAULT, yes, o->base);
}

static enum np_verdict snmp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_ber message, version, community, pdu;
	enum np_verdict v;

	if (!np_ahead(*c, "\x30", 1) || !np_ber(c, &message) ||
	    !np_ber(&message.v, &version) || version.tag != INTEGER ||
	    version.v.left != 1)
		return NP_NOT_MINE;
	switch (version.v.p[0]) {
	case 0:
	case 1:
		if (!np_ber(&message.v, &community) ||
		    community.tag != OCTETS || !np_ber(&message.v, &pdu) ||
		    pdu.tag < GET || pdu.tag > REPORT)
			return NP_MALFORMED;
		v = read_pdu(o, &pdu);
		if (v == NP_DECODED)
			say_access(o, version.v.p[0], community.v, &pdu);
		return v;
	case 3:
		return read_v3(&message.v, o);
	}
	return NP_NOT_MINE;
}

/* Request ids, and values that are a clock or a counter (RFC 2578 7.1). */
static void pdu_noise(const struct np_ber *pdu, struct np_noise *ret)
{
	enum { COUNTER = 0x41, TICKS = 0x43, COUNTER64 = 0x46 };
	struct np_cur c = pdu->v;
	struct np_ber x, list;
	struct varbind b;

	if (pdu->tag == TRAP_1 || !np_ber(&c, &x))
		return;
	np_noisy(ret, x.v);
	if (!np_ber(&c, &x) || !np_ber(&c, &x) || !np_ber(&c, &list))
		return;
	while (ret->n < NP_MAX_NOISE && next_varbind(&list.v, &b))
		if ((b.value.tag >= COUNTER && b.value.tag <= TICKS) ||
		    b.value.tag == COUNTER64)
			np_noisy(ret, b.value.v);
}

/* The message's id, all of the security parameters behind the engine, and what
 * is encrypted. */
static void v3_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_ber header, id, security, scoped, x;
	struct np_cur engine;

	if (!np_ber(&c, &header) || !np_ber(&header.v, &id) ||
	    !np_ber(&c, &security))
		return;
	np_noisy(ret, id.v);
	if (read_security(security.v, &engine)) {
		np_skip(&security.v,
			(size_t)(engine.p - security.v.p) + engine.left);
		np_noisy(ret, security.v);
	}
	if (!np_ber(&c, &scoped))
		return;
	if (scoped.tag != SEQUENCE)
		np_noisy(ret, scoped.v);
	else if (np_ber(&scoped.v, &x) && np_ber(&scoped.v, &x) &&
		 np_ber(&scoped.v, &x))
		pdu_noise(&x, ret);
}

static void snmp_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_ber message, version, x;

	if (!np_ber(&c, &message) || !np_ber(&message.v, &version) ||
	    version.v.left != 1)
		return;
	if (version.v.p[0] == 3)
		v3_noise(message.v, ret);
	else if (np_ber(&message.v, &x) && np_ber(&message.v, &x))
		pdu_noise(&x, ret);
}

static const struct np_match match[] = {NP_UDP(161), NP_UDP(162)};

const struct np_proto np_proto_snmp = {
	.name = "snmp",
	.title = "Simple Network Management Protocol",
	.spec = "RFC 1157, RFC 3416, RFC 3412, RFC 3414",
	.layer = "management",
	.grade = "E5",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = snmp_decode,
	.noise = snmp_noise,
};

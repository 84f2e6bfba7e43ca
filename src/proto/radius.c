/* SPDX-License-Identifier: ISC */
/*
 * RADIUS (RFC 2865, 2866, 5176). What stands in a request is the network access
 * server's word of itself; what a server sends is what it believes of the
 * client, and servers add several makers' attributes to one answer: that is a
 * third party's word about the receiver. A proxy leaves its state in what it
 * hands on (RFC 2865 5.33): the address is then neither the client's nor, of an
 * answer, where the client is. Users, their addresses and their stations are
 * not read; of a handset its type allocation code alone is. Ports and lines
 * (RFC 4679) are subscribers'; of an ONU's serial number in their names the
 * letters of its maker are said of the ONU.
 */
#include "proto/lib/ont.h"

enum {
	NAS_IP,
	NAS_IPV6,
	NAS_IDENTIFIER,
	VENDOR_ID,
	HUAWEI_VERSION,
	HUAWEI_PRODUCT_ID,
	HUAWEI_GATEWAY_VENDOR,
	HUAWEI_GATEWAY_VERSION,
	IMEISV,
	ROLE,
	NAS_PORT_TYPE,
	NAS_PORT_ID,
	CALLED_STATION,
	HUAWEI_STARTUP_STAMP,
	HUAWEI_LOOPBACK,
	HUAWEI_ORIGINAL_NAS,
	H3C_PRODUCT_ID,
	SGSN_ADDRESS,
	GGSN_ADDRESS,
	AGENT_CIRCUIT_ID,
	AGENT_REMOTE_ID,
	ONT_VENDOR_ID,
	USER,
};

static const struct np_field fields[] = {
	[NAS_IP] = {"nas_ip", NP_IP, NP_KEY_IP, 0,
		    "NAS-IP-Address: of the access server"},
	[NAS_IPV6] = {"nas_ipv6", NP_IP, NP_KEY_IP, 0,
		      "NAS-IPv6-Address: of the access server"},
	[NAS_IDENTIFIER] = {"nas_identifier", NP_TEXT, NP_KEY_NAME, 0,
			    "NAS-Identifier: name that the operator gave"},
	[VENDOR_ID] = {"vendor_id", NP_UINT, NP_KEY_NONE, 0,
		       "enterprise number of a vendor-specific attribute"},
	[HUAWEI_VERSION] = {"huawei_version", NP_TEXT, NP_KEY_NONE, 0,
			    "attribute 254 of enterprise 2011: version"},
	[HUAWEI_PRODUCT_ID] = {"huawei_product_id", NP_TEXT, NP_KEY_NONE, 0,
			       "attribute 255 of enterprise 2011: product"},
	[HUAWEI_GATEWAY_VENDOR] = {"huawei_gateway_vendor", NP_TEXT,
				   NP_KEY_NONE, 0,
				   "attribute 232 of enterprise 2011: maker of "
				   "the packet gateway"},
	[HUAWEI_GATEWAY_VERSION] = {"huawei_gateway_version", NP_TEXT,
				    NP_KEY_NONE, 0,
				    "attribute 233 of enterprise 2011: its "
				    "version"},
	[IMEISV] = {"imeisv", NP_TEXT, NP_KEY_NONE, 0,
		    "3GPP-IMEISV: its first eight digits, the type "
		    "allocation code"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "NAS by its requests, RADIUS server by its answers"},
	[NAS_PORT_TYPE] = {"nas_port_type", NP_UINT, NP_KEY_NONE, 0,
			   "NAS-Port-Type: what kind of port it serves"},
	[NAS_PORT_ID] = {"nas_port_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			 "NAS-Port-Id: a subscriber's port"},
	[CALLED_STATION] = {"called_station", NP_TEXT, NP_KEY_NONE, NP_BANNER,
			    "Called-Station-Id: a radio's address and network, "
			    "an access point name"},
	[HUAWEI_STARTUP_STAMP] = {"huawei_startup_stamp", NP_UINT, NP_KEY_NONE,
				  0,
				  "attribute 59 of enterprise 2011: when it "
				  "started"},
	[HUAWEI_LOOPBACK] = {"huawei_loopback", NP_TEXT, NP_KEY_NONE, 0,
			     "attribute 141 of enterprise 2011: address of a "
			     "loopback"},
	[HUAWEI_ORIGINAL_NAS] = {"huawei_original_nas", NP_IP, NP_KEY_NONE, 0,
				 "attribute 217 of enterprise 2011: the access "
				 "server behind the sender"},
	[H3C_PRODUCT_ID] = {"h3c_product_id", NP_TEXT, NP_KEY_NONE, 0,
			    "attribute 255 of enterprise 25506: product"},
	[SGSN_ADDRESS] = {"sgsn_address", NP_IP, NP_KEY_NONE, 0,
			  "3GPP-SGSN-Address: where the session comes from"},
	[GGSN_ADDRESS] = {"ggsn_address", NP_IP, NP_KEY_NONE, 0,
			  "3GPP-GGSN-Address: of the gateway that asks"},
	[AGENT_CIRCUIT_ID] = {"agent_circuit_id", NP_TEXT, NP_KEY_NONE,
			      NP_PERSON,
			      "Agent-Circuit-Id: a subscriber's port on an "
			      "access node"},
	[AGENT_REMOTE_ID] = {"agent_remote_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			     "Agent-Remote-Id: whose line it is"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "letters of an ONU's serial number in the names of "
			   "a port or line"},
	[USER] = {"user", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		  "that a log names a user, a station, a line or an address: "
		  "counted, never read"},
};

enum { HUAWEI = 2011, BROADBAND_FORUM = 3561, THREEGPP = 10415, H3C = 25506 };
enum {
	A_NAS_IP = 4,
	A_VENDOR = 26,
	A_PROXY_STATE = 33,
	A_NAS_PORT_ID = 87,
	A_NAS_IPV6 = 95,
};
enum { TAC_DIGITS = 8 }; /* 3GPP TS 23.003 6.2.1 */

#define MAX_ATTRIBUTES 512
#define MAX_VENDORS 64

/* Who speaks: RFC 2865 3, RFC 5176 2.3. A code that is none of these ends it.
 */
enum speaker { NOBODY, CLIENT, SERVER };

static enum speaker speaker(uint8_t code)
{
	switch (code) {
	case 1:	 /* Access-Request */
	case 4:	 /* Accounting-Request */
	case 12: /* Status-Server */
	case 41: /* Disconnect-ACK */
	case 42:
	case 44: /* CoA-ACK */
	case 45:
		return CLIENT;
	case 2: /* Access-Accept */
	case 3:
	case 5:
	case 11:
	case 40: /* Disconnect-Request */
	case 43: /* CoA-Request */
		return SERVER;
	}
	return NOBODY;
}

struct message {
	enum speaker who;
	struct np_cur vendor[MAX_VENDORS]; /* said already */
	size_t nvendors;
	struct np_cur handset, ont; /* behind the access server */
};

static bool is_new(struct message *m, struct np_cur number)
{
	for (size_t i = 0; i < m->nvendors; i++)
		if (np_same(m->vendor[i], number))
			return false;
	if (m->nvendors == MAX_VENDORS)
		return false;
	m->vendor[m->nvendors++] = number;
	return true;
}

/* A server's answer repeats what it was asked. */
static void find_ont(struct message *m, struct np_cur v)
{
	if (m->who == CLIENT && !m->ont.left)
		m->ont = np_find_ont(v);
}

/* Sub-attributes of one octet of type and one of length. */
static void read_own(struct np_out *o, uint32_t vendor, uint32_t type,
		     struct np_cur v)
{
	static const struct {
		uint32_t vendor;
		uint8_t type;
		unsigned field;
	} rows[] = {
		{HUAWEI, 59, HUAWEI_STARTUP_STAMP},
		{HUAWEI, 141, HUAWEI_LOOPBACK},
		{HUAWEI, 217, HUAWEI_ORIGINAL_NAS},
		{HUAWEI, 232, HUAWEI_GATEWAY_VENDOR},
		{HUAWEI, 233, HUAWEI_GATEWAY_VERSION},
		{HUAWEI, 254, HUAWEI_VERSION},
		{HUAWEI, 255, HUAWEI_PRODUCT_ID},
		{H3C, 255, H3C_PRODUCT_ID},
		{THREEGPP, 6, SGSN_ADDRESS},
		{THREEGPP, 7, GGSN_ADDRESS},
		{BROADBAND_FORUM, 1, AGENT_CIRCUIT_ID},
		{BROADBAND_FORUM, 2, AGENT_REMOTE_ID},
	};

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (rows[i].vendor == vendor && rows[i].type == type)
			np_emit(o, rows[i].field, v);
}

/* RFC 2865 5: an octet of type, and one of length that counts both. */
static const struct np_tlv_list attributes = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.end = NP_TLV_NO_END,
};

/* RFC 2865 5.26 leaves the inside to the vendor; by FreeRADIUS's dictionaries
 * these write it otherwise than attributes are: octets of type and of length,
 * which counts both. No octets: not as such a list, or not always. */
static const struct {
	uint32_t vendor;
	uint8_t type_n, len_n;
} odd_vendors[] = {
	{429, 0, 0},   /* USR: a number of 4 octets and the rest */
	{637, 2, 1},   /* Alcatel ESAM */
	{4846, 2, 1},  /* Lucent */
	{8164, 0, 0},  /* Starent: 2 and 2, and 1 and 1 */
	{16445, 2, 1}, /* Kineto */
	{5323, 0, 0},  /* Telrad, */
	{24757, 0, 0}, /* WiMAX: an octet more, for what continues */
};

/* Sub-attributes that do not fill their attribute are the sign of a message
 * that was broken on its way: they are not read, and it counts as malformed. */
static bool fills(uint32_t vendor, struct np_cur c)
{
	struct np_tlv_list list = attributes;
	struct np_tlv t;

	for (size_t i = 0; i < NP_COUNT(odd_vendors); i++) {
		if (odd_vendors[i].vendor != vendor)
			continue;
		list.type_n = odd_vendors[i].type_n;
		list.len_n = odd_vendors[i].len_n;
		list.counted = (uint8_t)(list.type_n + list.len_n);
	}
	while (list.len_n && np_tlv_next(&c, &list, &t))
		;
	return !c.cut;
}

/* What of a vendor's is not the access server's own. */
static void read_behind(struct message *m, uint32_t vendor,
			const struct np_tlv *t)
{
	enum { CIRCUIT_ID = 1, REMOTE_ID = 2, DEVICE = 20 };
	struct np_cur v = t->v;

	if (vendor == THREEGPP && t->type == DEVICE && v.left >= TAC_DIGITS)
		m->handset = np_sub(&v, TAC_DIGITS);
	else if (vendor == BROADBAND_FORUM &&
		 (t->type == CIRCUIT_ID || t->type == REMOTE_ID))
		find_ont(m, v);
}

static bool is_read(uint32_t vendor)
{
	return vendor == HUAWEI || vendor == THREEGPP || vendor == H3C ||
	       vendor == BROADBAND_FORUM;
}

static bool read_vendor(struct np_out *o, struct np_cur c, struct message *m)
{
	struct np_cur pen = np_sub(&c, 4), number = pen;
	uint32_t vendor = np_be32(&number);
	struct np_tlv t;

	if (pen.cut)
		return false;
	if (is_new(m, pen))
		np_emit(o, VENDOR_ID, pen);
	if (!fills(vendor, c))
		return false;
	while (is_read(vendor) && np_tlv_next(&c, &attributes, &t)) {
		read_own(o, vendor, t.type, t.v);
		read_behind(m, vendor, &t);
	}
	return true;
}

/* What only one end sends: others relay commands to access servers. */
static void read_role(struct np_out *o, uint8_t code, const uint8_t *at)
{
	if (code == 1 || code == 4)
		np_emit_word(o, ROLE, "NAS", at);
	else if (code == 2 || code == 3 || code == 5 || code == 11)
		np_emit_word(o, ROLE, "RADIUS server", at);
}

/* RFC 2865 2.3: the message names the server's client, who need not be the
 * sender. */
static bool is_proxied(const struct np_from *f, struct np_cur c,
		       enum speaker who)
{
	struct np_tlv t;

	while (np_tlv_next(&c, &attributes, &t)) {
		if (t.type == A_PROXY_STATE)
			return true;
		if (who == CLIENT &&
		    (t.type == A_NAS_IP || t.type == A_NAS_IPV6) && f->src_ip &&
		    t.v.left == f->ip_len &&
		    !np_same(t.v, np_cur(f->src_ip, f->ip_len)))
			return true;
	}
	return false;
}

static void whose(struct np_out *o, struct np_cur c, enum speaker who)
{
	const struct np_from *f = o->from;
	bool proxied = is_proxied(f, c, who);

	if (who == CLIENT && proxied) {
		np_not_sender(o);
		np_reach(o, NP_RELAYED);
	}
	if (who != SERVER)
		return;
	np_say(o, NP_THIRD);
	np_not_sender(o);
	if (f->dst_ip && !proxied)
		np_key(o, NP_KEY_IP, NP_IP, np_cur(f->dst_ip, f->ip_len));
}

static void read_attribute(struct np_out *o, const struct np_tlv *t)
{
	static const struct np_tlv_row rows[] = {
		{A_NAS_IP, NAS_IP, np_emit},
		{30, CALLED_STATION, np_emit_string},
		{32, NAS_IDENTIFIER, np_emit_string},
		{61, NAS_PORT_TYPE, np_emit},
		{A_NAS_PORT_ID, NAS_PORT_ID, np_emit_string},
		{A_NAS_IPV6, NAS_IPV6, np_emit},
	};

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (rows[i].type == t->type)
			rows[i].read(o, rows[i].field, t->v);
}

/* False where one is broken. */
static bool read_attributes(struct np_out *o, struct np_cur list,
			    struct message *m)
{
	bool whole = true;
	struct np_tlv t;

	for (int i = 0;
	     i < MAX_ATTRIBUTES && np_tlv_next(&list, &attributes, &t); i++) {
		if (t.type == A_VENDOR)
			whole &= read_vendor(o, t.v, m);
		else
			read_attribute(o, &t);
		if (t.type == A_NAS_PORT_ID)
			find_ont(m, t.v);
	}
	return whole && !list.cut;
}

static enum np_verdict radius_decode(struct np_cur *c, struct np_out *o)
{
	struct message m = {.nvendors = 0};
	const uint8_t *at = c->p;
	uint8_t code = np_u8(c);

	m.who = speaker(code);
	np_skip(c, 1); /* identifier */
	uint16_t n = np_be16(c);

	np_skip(c, 16); /* authenticator */
	if (m.who == NOBODY || n < 20 || n > 4096 || c->cut)
		return NP_NOT_MINE;
	bool whole = c->left >= n - 20u;
	struct np_cur list = np_sub(c, whole ? n - 20u : c->left);

	read_role(o, code, at);
	whose(o, list, m.who);
	whole &= read_attributes(o, list, &m);
	if (m.handset.p) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
		np_emit(o, IMEISV, m.handset);
	}
	np_say_ont(o, ONT_VENDOR_ID, m.ont);
	return whole ? NP_DECODED : NP_MALFORMED;
}

/* RFC 2865 3: identifier and authenticator. */
static void radius_noise(struct np_cur c, struct np_noise *ret)
{
	np_skip(&c, 1);
	np_noisy(ret, np_sub(&c, 1));
	np_skip(&c, 2);
	np_noisy(ret, np_sub(&c, 16));
}

static const struct np_match match[] = {
	NP_UDP(1812), NP_UDP(1813), NP_UDP(1645), NP_UDP(1646), NP_UDP(3799)};

const struct np_proto np_proto_radius = {
	.name = "radius",
	.title = "Remote Authentication Dial In User Service",
	.spec = "RFC 2865, RFC 2866, RFC 5176",
	.layer = "management",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = radius_decode,
	.noise = radius_noise,
};

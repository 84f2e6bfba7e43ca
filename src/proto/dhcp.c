/* SPDX-License-Identifier: ISC */
/*
 * DHCP for IPv4 (RFC 2131, options RFC 2132, 3925, relays RFC 3046). A request
 * is the client speaking of itself; what a relay put into it (option 82, the
 * gateway address) is about the relay; an answer only repeats what the client
 * said, so it says nothing of the server but its own option 43.
 *
 * Circuit and remote identifiers name a subscriber's line unless they are an
 * address of the access node: they are marked as naming a person.
 */
#include "proto/lib/ont.h"

enum {
	CLIENT_MAC,
	CLIENT_ID,
	HOST_NAME,
	VENDOR_CLASS,
	USER_CLASS,
	PARAMETER_LIST,
	VENDOR_INFO,
	MODEM_SERIAL,
	MODEM_HARDWARE,
	MODEM_SOFTWARE,
	MODEM_OUI,
	MODEM_MODEL,
	MODEM_VENDOR,
	MACHINE_ID,
	VI_CLASS_PEN,
	VI_CLASS,
	VI_INFO_PEN,
	DEVICE_OUI,
	DEVICE_SERIAL,
	DEVICE_PRODUCT_CLASS,
	GATEWAY_OUI,
	GATEWAY_PRODUCT_CLASS,
	CIRCUIT_ID,
	REMOTE_ID,
	RELAY_PEN,
	ONT_VENDOR_ID,
	GIADDR,
	ROLE,
};

static const struct np_field fields[] = {
	[CLIENT_MAC] = {"client_mac", NP_MAC, NP_KEY_MAC, 0,
			"chaddr: hardware address of the client"},
	[CLIENT_ID] = {"client_id", NP_HEX, NP_KEY_NONE, 0,
		       "option 61: type and address, a DUID, or text"},
	[HOST_NAME] = {"host_name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		       "option 12: what the client calls itself"},
	[VENDOR_CLASS] = {"vendor_class", NP_TEXT, NP_KEY_NONE, 0,
			  "option 60: kind and configuration of the client"},
	[USER_CLASS] = {"user_class", NP_TEXT, NP_KEY_NONE, 0,
			"option 77: class that the operator chose"},
	[PARAMETER_LIST] = {"parameter_list", NP_LIST, NP_KEY_NONE, 0,
			    "option 55: what it asks for, in its order"},
	[VENDOR_INFO] = {"vendor_info", NP_HEX, NP_KEY_NONE, 0,
			 "option 43: what its class says it is"},
	[MODEM_SERIAL] = {"modem_serial", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			  "option 43 of a cable modem: serial number"},
	[MODEM_HARDWARE] = {"modem_hardware", NP_TEXT, NP_KEY_NONE, 0,
			    "option 43 of a cable modem: hardware version"},
	[MODEM_SOFTWARE] = {"modem_software", NP_TEXT, NP_KEY_NONE, 0,
			    "option 43 of a cable modem: software version"},
	[MODEM_OUI] = {"modem_oui", NP_TEXT, NP_KEY_NONE, 0,
		       "option 43 of a cable modem: OUI of its maker"},
	[MODEM_MODEL] = {"modem_model", NP_TEXT, NP_KEY_NONE, 0,
			 "option 43 of a cable modem: model"},
	[MODEM_VENDOR] = {"modem_vendor", NP_TEXT, NP_KEY_NONE, 0,
			  "option 43 of a cable modem: maker"},
	[MACHINE_ID] = {"machine_id", NP_HEX, NP_KEY_NONE, 0,
			"option 97: UUID of the board"},
	[VI_CLASS_PEN] = {"vi_class_pen", NP_UINT, NP_KEY_NONE, 0,
			  "option 124: enterprise number"},
	[VI_CLASS] = {"vi_class", NP_TEXT, NP_KEY_NONE, 0,
		      "option 124: class in that enterprise's words"},
	[VI_INFO_PEN] = {"vi_info_pen", NP_UINT, NP_KEY_NONE, 0,
			 "option 125: enterprise number"},
	[DEVICE_OUI] = {"device_oui", NP_TEXT, NP_KEY_NONE, 0,
			"option 125 of BBF TR-069: OUI of the device"},
	[DEVICE_SERIAL] = {"device_serial", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			   "option 125 of BBF TR-069: its serial number"},
	[DEVICE_PRODUCT_CLASS] = {"device_product_class", NP_TEXT, NP_KEY_NONE,
				  0, "option 125 of BBF TR-069: its class"},
	[GATEWAY_OUI] = {"gateway_oui", NP_TEXT, NP_KEY_NONE, 0,
			 "option 125 of BBF TR-069: OUI of the gateway"},
	[GATEWAY_PRODUCT_CLASS] = {"gateway_product_class", NP_TEXT,
				   NP_KEY_NONE, 0,
				   "option 125 of BBF TR-069: its class"},
	[CIRCUIT_ID] = {"circuit_id", NP_HEX, NP_KEY_NONE, NP_PERSON,
			"option 82.1: the line that the relay heard it on"},
	[REMOTE_ID] = {"remote_id", NP_HEX, NP_KEY_NONE, 0,
		       "option 82.2: the access node, or the subscriber"},
	[RELAY_PEN] = {"relay_pen", NP_UINT, NP_KEY_NONE, 0,
		       "option 82.9: enterprise number of the relay"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "option 82: letters of the ONU's serial number"},
	[GIADDR] = {"giaddr", NP_IP, NP_KEY_IP, 0,
		    "address of the relay, as it wrote it"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "cable modem, by its class, or the CMTS that relays it"},
};

/* Options by number (RFC 2132, 3046, 3925, 4578). */
enum {
	PAD = 0,
	O_HOST_NAME = 12,
	O_VENDOR_INFO = 43,
	O_OVERLOAD = 52,
	O_PARAMETER_LIST = 55,
	O_VENDOR_CLASS = 60,
	O_CLIENT_ID = 61,
	O_USER_CLASS = 77,
	O_RELAY = 82,
	O_MACHINE_ID = 97,
	O_VI_CLASS = 124,
	O_VI_INFO = 125,
	END = 255,
};

#define BROADBAND_FORUM 3561
#define MAX_PENS 4 /* enterprises taken from one option */

struct message {
	struct np_cur option[256];
	bool reply, relayed;
	struct np_cur chaddr; /* empty where it is no MAC */
	struct np_cur giaddr;
};

static bool read_options(struct np_out *o, struct np_cur c, struct message *m)
{
	while (c.left) {
		uint8_t code = np_u8(&c);

		if (code == PAD)
			continue;
		if (code == END)
			return true;
		struct np_cur v = np_sub(&c, np_u8(&c));

		if (c.cut || v.cut)
			return false;
		/* RFC 3396: one that stands twice is one, cut in two. */
		np_tlv_join(o, &m->option[code], v);
	}
	return true;
}

/* One option that is one field. */
static void emit_option(struct np_out *o, const struct message *m, uint8_t code,
			unsigned field)
{
	if (m->option[code].p)
		np_emit(o, field, m->option[code]);
}

/* CableLabs' sub-options of option 43 (DOCSIS 3.0 MULPI annex C). */
static const struct np_tlv_row modem_rows[] = {
	{4, MODEM_SERIAL, np_emit},   {5, MODEM_HARDWARE, np_emit},
	{6, MODEM_SOFTWARE, np_emit}, {8, MODEM_OUI, np_emit},
	{9, MODEM_MODEL, np_emit},    {10, MODEM_VENDOR, np_emit},
};

static const struct np_tlv_list modem_list = {
	.type_n = 1,
	.len_n = 1,
	.end = END,
	.row = modem_rows,
	.nrows = NP_COUNT(modem_rows),
};

static bool is_modem(const struct message *m)
{
	return m->option[O_VENDOR_CLASS].p &&
	       np_ahead_nocase(m->option[O_VENDOR_CLASS], "docsis");
}

static void read_vendor_info(struct np_out *o, const struct message *m)
{
	struct np_cur v = m->option[O_VENDOR_INFO];

	if (!v.p)
		return;
	if (is_modem(m))
		(void)np_tlvs(&v, &modem_list, o);
	/* Where the capture cut what would say that it is a modem's, its
	 * subscriber's serial number may stand in it. */
	else if (m->option[O_VENDOR_CLASS].p || !o->from->snapped)
		np_emit(o, VENDOR_INFO, v);
}

/* Items of an octet of length each, to the end: some clients write one class
 * without it, and then the rest would be cut anywhere. */
static bool are_items(struct np_cur c)
{
	while (c.left)
		np_skip(&c, np_u8(&c));
	return !c.cut;
}

/* RFC 3925 3: per enterprise, classes with a length each. */
static void read_vi_class(struct np_out *o, struct np_cur c)
{
	for (int i = 0; i < MAX_PENS && c.left; i++) {
		struct np_cur pen = np_sub(&c, 4);
		struct np_cur list = np_sub(&c, np_u8(&c));

		if (c.cut)
			return;
		np_emit(o, VI_CLASS_PEN, pen);
		if (!are_items(list))
			continue;
		while (list.left)
			np_emit(o, VI_CLASS, np_sub(&list, np_u8(&list)));
	}
}

/* BBF TR-069 annex F: 1 to 3 the device, 4 to 6 the gateway, which puts its
 * own into its answers. */
static const struct np_tlv_row device_rows[] = {
	{1, DEVICE_OUI, np_emit},
	{2, DEVICE_SERIAL, np_emit},
	{3, DEVICE_PRODUCT_CLASS, np_emit},
};
static const struct np_tlv_row gateway_rows[] = {
	{4, GATEWAY_OUI, np_emit},
	{6, GATEWAY_PRODUCT_CLASS, np_emit},
};
static const struct np_tlv_list device_list = {
	.type_n = 1,
	.len_n = 1,
	.end = NP_TLV_NO_END,
	.row = device_rows,
	.nrows = NP_COUNT(device_rows),
};
static const struct np_tlv_list gateway_list = {
	.type_n = 1,
	.len_n = 1,
	.end = NP_TLV_NO_END,
	.row = gateway_rows,
	.nrows = NP_COUNT(gateway_rows),
};

static void read_vi_info(struct np_out *o, struct np_cur c,
			 const struct np_tlv_list *forum)
{
	for (int i = 0; i < MAX_PENS && c.left; i++) {
		struct np_cur pen = np_sub(&c, 4), number = pen;
		struct np_cur list = np_sub(&c, np_u8(&c));

		if (c.cut)
			return;
		if (forum == &device_list)
			np_emit(o, VI_INFO_PEN, pen);
		if (np_be32(&number) == BROADBAND_FORUM)
			(void)np_tlvs(&list, forum, o);
	}
}

/* Twelve hexadecimal digits, with or without marks between them. */
static bool mac_of_text(struct np_cur c, uint8_t mac[static 6])
{
	unsigned n = 0;

	for (; c.left && n < 12; np_skip(&c, 1)) {
		uint8_t b = c.p[0], digit;

		if (b >= '0' && b <= '9')
			digit = (uint8_t)(b - '0');
		else if ((b | 0x20) >= 'a' && (b | 0x20) <= 'f')
			digit = (uint8_t)((b | 0x20) - 'a' + 10);
		else if (b == '-' || b == ':' || b == '.')
			continue;
		else
			return false;
		mac[n / 2] = (uint8_t)(n & 1 ? mac[n / 2] | digit : digit << 4);
		n++;
	}
	return n == 12 && !c.left;
}

/* Is it an address, as the access nodes of the reference write it (six octets;
 * type 0, length 6 and six octets; in text), and not the client's own? */
static bool node_mac(const struct message *m, struct np_cur v,
		     uint8_t mac[static 6])
{
	if (is_modem(m))
		return false; /* a cable head end writes the modem's */
	if (v.left == 8 && np_ahead(v, "\0\6", 2))
		np_skip(&v, 2);
	if (v.left == 6)
		memcpy(mac, v.p, 6);
	else if (!mac_of_text(v, mac))
		return false;
	return !(mac[0] & 1) && !np_same(m->chaddr, np_cur(mac, 6));
}

static void read_remote(struct np_out *o, const struct message *m,
			struct np_cur v)
{
	uint8_t mac[6], *kept;

	np_emit(o, REMOTE_ID, v);
	if (!node_mac(m, v, mac)) {
		np_person(o);
		return;
	}
	kept = np_copy(o->mem, mac, 6);
	if (kept)
		np_key(o, NP_KEY_MAC, NP_MAC, np_cur(kept, 6));
}

/* Option 82 (RFC 3046): about whoever put it in, which a relay further on does
 * not change; the gateway address is the last relay's, another box perhaps. */
static void read_relay(struct np_out *o, const struct message *m)
{
	struct np_cur c = m->option[O_RELAY], ont = {0};

	if (c.p) {
		np_say_relayed(o);
		if (is_modem(m))
			np_emit_word(o, ROLE, "CMTS", c.p);
	}
	while (c.p && c.left) {
		uint8_t code = np_u8(&c);
		struct np_cur v = np_sub(&c, np_u8(&c));

		if (c.cut)
			break;
		if (!ont.left && (code == 1 || code == 2))
			ont = np_find_ont(v);
		if (code == 1)
			np_emit(o, CIRCUIT_ID, v);
		else if (code == 2)
			read_remote(o, m, v);
		else if (code == 9) /* RFC 4243 */
			np_emit(o, RELAY_PEN, np_sub(&v, 4));
	}
	np_say_ont(o, ONT_VENDOR_ID, ont);
	if (m->relayed) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
		np_emit(o, GIADDR, m->giaddr);
	}
}

/* RFC 4361: a client identifier that holds an address is a name of the box;
 * any other is what somebody made up, a subscriber's serial number perhaps. */
static void read_client_id(struct np_out *o, const struct message *m)
{
	struct np_cur v = m->option[O_CLIENT_ID];

	if (!v.p)
		return;
	np_emit(o, CLIENT_ID, v);
	if (v.left == 7 && v.p[0] == 1) {
		np_skip(&v, 1);
		np_key(o, NP_KEY_MAC, NP_MAC, v);
	} else if (v.left > 5 && v.p[0] == 255) {
		np_skip(&v, 5);
		np_key_duid(o, v);
	} else {
		np_person(o);
	}
}

/* RFC 3004: classes with a length each; many send the bare text. */
static void read_user_class(struct np_out *o, const struct message *m)
{
	struct np_cur v = m->option[O_USER_CLASS], list = v;
	bool counted = v.left > 1;

	while (counted && list.left)
		counted = !np_sub(&list, np_u8(&list)).cut;
	while (counted && v.left)
		np_emit(o, USER_CLASS, np_sub(&v, np_u8(&v)));
	if (v.left)
		np_emit(o, USER_CLASS, v);
}

static void read_client(struct np_out *o, const struct message *m)
{
	bool said = !m->reply;

	if (m->reply) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
	} else if (m->relayed || !np_sent_by(o, m->chaddr)) {
		np_not_sender(o);
		np_reach(o, m->relayed ? NP_RELAYED : o->from->reach);
	}
	np_emit(o, CLIENT_MAC, m->chaddr);
	emit_option(o, m, O_HOST_NAME, HOST_NAME);
	emit_option(o, m, O_VENDOR_CLASS, VENDOR_CLASS);
	read_client_id(o, m);
	if (!said)
		return;
	if (is_modem(m))
		np_emit_word(o, ROLE, "cable modem",
			     m->option[O_VENDOR_CLASS].p);
	read_user_class(o, m);
	emit_option(o, m, O_PARAMETER_LIST, PARAMETER_LIST);
	emit_option(o, m, O_MACHINE_ID, MACHINE_ID);
	read_vendor_info(o, m);
	if (m->option[O_VI_CLASS].p)
		read_vi_class(o, m->option[O_VI_CLASS]);
	if (m->option[O_VI_INFO].p)
		read_vi_info(o, m->option[O_VI_INFO], &device_list);
}

/* What a server says of itself. */
static void read_server(struct np_out *o, const struct message *m)
{
	if (!m->reply)
		return;
	emit_option(o, m, O_VENDOR_INFO, VENDOR_INFO);
	if (m->option[O_VI_INFO].p)
		read_vi_info(o, m->option[O_VI_INFO], &gateway_list);
}

static enum np_verdict dhcp_decode(struct np_cur *c, struct np_out *o)
{
	struct message m = {.reply = false};
	uint8_t op = np_u8(c), htype = np_u8(c), hlen = np_u8(c);
	bool whole = true;

	np_skip(c, 1 + 4 + 2 + 2 + 12); /* hops to siaddr */
	m.giaddr = np_sub(c, 4);
	m.chaddr = np_sub(c, 16);
	struct np_cur sname = np_sub(c, 64), file = np_sub(c, 128);

	if (c->cut || (op != 1 && op != 2))
		return NP_NOT_MINE;
	m.reply = op == 2;
	m.relayed = np_be32(&(struct np_cur){m.giaddr.p, 4, false}) != 0;
	m.chaddr.left = htype == 1 && hlen == 6 ? 6 : 0;
	if (np_eat(c, "\x63\x82\x53\x63", 4)) {
		struct np_cur overload;

		whole = read_options(o, *c, &m);
		overload = m.option[O_OVERLOAD];
		unsigned more = overload.p ? np_u8(&overload) : 0;

		if (more & 1) /* RFC 2131 4.1: file, then sname */
			whole &= read_options(o, file, &m);
		if (more & 2)
			whole &= read_options(o, sname, &m);
	}
	read_server(o, &m);
	read_client(o, &m);
	read_relay(o, &m);
	return whole ? NP_DECODED : NP_MALFORMED;
}

/* RFC 2131 2: xid and secs. */
static void dhcp_noise(struct np_cur c, struct np_noise *ret)
{
	np_skip(&c, 4);
	np_noisy(ret, np_sub(&c, 4 + 2));
}

static const struct np_match match[] = {NP_UDP(67), NP_UDP(68)};

const struct np_proto np_proto_dhcp = {
	.name = "dhcp",
	.title = "Dynamic Host Configuration Protocol",
	.spec = "RFC 2131, RFC 2132, RFC 3046, RFC 3925",
	.layer = "service",
	.grade = "E5",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = dhcp_decode,
	.noise = dhcp_noise,
};

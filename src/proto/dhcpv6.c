/* SPDX-License-Identifier: ISC */
/*
 * DHCP for IPv6 (RFC 8415). A relay wraps what it heard and adds options of its
 * own; its remote identifier begins with its maker's enterprise number (RFC
 * 4649). Each relay around a message is a statement of its own, then comes what
 * the client, or the server, says of itself. An access node may write the
 * serial number of the ONU into the line's names: of that its maker's letters
 * alone are nobody's in particular.
 */
#include "proto/lib/ont.h"

enum {
	CLIENT_DUID,
	SERVER_DUID,
	RELAY_DUID,
	VENDOR_CLASS_PEN,
	VENDOR_CLASS,
	VENDOR_OPTS_PEN,
	MODEM_SERIAL,
	MODEM_HARDWARE,
	MODEM_SOFTWARE,
	MODEM_OUI,
	MODEM_MODEL,
	MODEM_VENDOR,
	REMOTE_ID_PEN,
	REMOTE_ID,
	INTERFACE_ID,
	ONT_VENDOR_ID,
	SUBSCRIBER_ID,
	LINK_ADDRESS,
	CLIENT_MAC,
	FQDN,
};

static const struct np_field fields[] = {
	[CLIENT_DUID] = {"client_duid", NP_HEX, NP_KEY_NONE, 0,
			 "DUID of the client"},
	[SERVER_DUID] = {"server_duid", NP_HEX, NP_KEY_NONE, 0,
			 "DUID of the server"},
	[RELAY_DUID] = {"relay_duid", NP_HEX, NP_KEY_NONE, 0,
			"option 53: DUID of the relay"},
	[VENDOR_CLASS_PEN] = {"vendor_class_pen", NP_UINT, NP_KEY_NONE, 0,
			      "option 16: enterprise number"},
	[VENDOR_CLASS] = {"vendor_class", NP_TEXT, NP_KEY_NONE, 0,
			  "option 16: kind and configuration of the client"},
	[VENDOR_OPTS_PEN] = {"vendor_opts_pen", NP_UINT, NP_KEY_NONE, 0,
			     "option 17: enterprise number"},
	[MODEM_SERIAL] = {"modem_serial", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			  "option 17 of a cable modem: serial number"},
	[MODEM_HARDWARE] = {"modem_hardware", NP_TEXT, NP_KEY_NONE, 0,
			    "option 17 of a cable modem: hardware version"},
	[MODEM_SOFTWARE] = {"modem_software", NP_TEXT, NP_KEY_NONE, 0,
			    "option 17 of a cable modem: software version"},
	[MODEM_OUI] = {"modem_oui", NP_TEXT, NP_KEY_NONE, 0,
		       "option 17 of a cable modem: OUI of its maker"},
	[MODEM_MODEL] = {"modem_model", NP_TEXT, NP_KEY_NONE, 0,
			 "option 17 of a cable modem: model"},
	[MODEM_VENDOR] = {"modem_vendor", NP_TEXT, NP_KEY_NONE, 0,
			  "option 17 of a cable modem: maker"},
	[REMOTE_ID_PEN] = {"remote_id_pen", NP_UINT, NP_KEY_NONE, 0,
			   "option 37: enterprise number of the relay"},
	[REMOTE_ID] = {"remote_id", NP_HEX, NP_KEY_NONE, NP_PERSON,
		       "option 37: who is behind the line"},
	[INTERFACE_ID] = {"interface_id", NP_HEX, NP_KEY_NONE, NP_PERSON,
			  "option 18: the line that the relay heard it on"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "options 18 and 37: letters of the ONU's serial "
			   "number"},
	[SUBSCRIBER_ID] = {"subscriber_id", NP_HEX, NP_KEY_NONE, NP_PERSON,
			   "option 38: whose line it is"},
	[LINK_ADDRESS] = {"link_address", NP_IP, NP_KEY_IP, 0,
			  "address of the relay on the client's link"},
	[CLIENT_MAC] = {"client_mac", NP_MAC, NP_KEY_MAC, 0,
			"option 79: the client's address, as its relay saw "
			"it"},
	[FQDN] = {"fqdn", NP_HEX, NP_KEY_NONE, NP_PERSON,
		  "option 39: what the client calls itself"},
};

enum { RELAY_FORWARD = 12, RELAY_REPLY = 13 };

/* RFC 8415 21, RFC 4649, 4580, 5460, 6939, 4704 */
enum {
	O_CLIENT_ID = 1,
	O_SERVER_ID = 2,
	O_RELAY_MESSAGE = 9,
	O_VENDOR_CLASS = 16,
	O_VENDOR_OPTS = 17,
	O_INTERFACE_ID = 18,
	O_REMOTE_ID = 37,
	O_SUBSCRIBER_ID = 38,
	O_FQDN = 39,
	O_RELAY_ID = 53,
	O_CLIENT_MAC = 79,
};

#define CABLELABS 4491
#define RELAYS 8 /* one around the other; RFC 8415 7.6: HOP_COUNT_LIMIT */

static void read_duid(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, v);
	np_key_duid(o, v);
}

static void read_class(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, VENDOR_CLASS_PEN, np_sub(&v, 4));
	while (v.left)
		np_emit(o, field, np_sub(&v, np_be16(&v)));
}

static const struct np_tlv_row modem_rows[] = {
	{4, MODEM_SERIAL, np_emit},   {5, MODEM_HARDWARE, np_emit},
	{6, MODEM_SOFTWARE, np_emit}, {8, MODEM_OUI, np_emit},
	{9, MODEM_MODEL, np_emit},    {10, MODEM_VENDOR, np_emit},
};

static const struct np_tlv_list modem_list = {
	.type_n = 2,
	.len_n = 2,
	.end = NP_TLV_NO_END,
	.row = modem_rows,
	.nrows = NP_COUNT(modem_rows),
};

static void read_opts(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur pen = np_sub(&v, 4), number = pen;

	np_emit(o, field, pen);
	if (np_be32(&number) == CABLELABS)
		(void)np_tlvs(&v, &modem_list, o);
}

static void read_remote(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, REMOTE_ID_PEN, np_sub(&v, 4));
	np_emit(o, field, v);
}

/* What one end says of itself. */
static const struct np_tlv_row client_rows[] = {
	{O_CLIENT_ID, CLIENT_DUID, read_duid},
	{O_VENDOR_CLASS, VENDOR_CLASS, read_class},
	{O_VENDOR_OPTS, VENDOR_OPTS_PEN, read_opts},
	{O_FQDN, FQDN, np_emit},
};
static const struct np_tlv_row server_rows[] = {
	{O_SERVER_ID, SERVER_DUID, read_duid},
	{O_VENDOR_OPTS, VENDOR_OPTS_PEN, read_opts},
};
static const struct np_tlv_row relay_rows[] = {
	{O_INTERFACE_ID, INTERFACE_ID, np_emit},
	{O_REMOTE_ID, REMOTE_ID, read_remote},
	{O_SUBSCRIBER_ID, SUBSCRIBER_ID, np_emit},
	{O_RELAY_ID, RELAY_DUID, read_duid},
};
/* What one end repeats of the other. */
static const struct np_tlv_row client_of_reply[] = {
	{O_CLIENT_ID, CLIENT_DUID, read_duid},
};
static const struct np_tlv_row server_of_request[] = {
	{O_SERVER_ID, SERVER_DUID, read_duid},
};

static bool read_options(struct np_out *o, struct np_cur c,
			 const struct np_tlv_row *row, size_t n)
{
	const struct np_tlv_list list = {
		.type_n = 2,
		.len_n = 2,
		.end = NP_TLV_NO_END,
		.row = row,
		.nrows = n,
	};

	return np_tlvs(&c, &list, o) == NP_DECODED;
}

/* RFC 6939: hardware type, then the address. */
static void say_client_mac(struct np_out *o, struct np_cur v)
{
	if (np_be16(&v) != 1 || v.left != 6)
		return;
	np_say_relayed(o);
	np_emit(o, CLIENT_MAC, v);
}

static struct np_cur find_ont(struct np_tlv t)
{
	if (t.type == O_REMOTE_ID)
		np_skip(&t.v, 4); /* enterprise number */
	else if (t.type != O_INTERFACE_ID)
		t.v.left = 0;
	return np_find_ont(t.v);
}

/* One relay's wrap; *ret the message in it. The outermost relay of a forwarded
 * message is who sent the datagram; of a reply it is who it is for. */
static bool read_relay(struct np_out *o, struct np_cur c, bool sender,
		       struct np_cur *ret)
{
	static const struct np_tlv_list any = {
		.type_n = 2, .len_n = 2, .end = NP_TLV_NO_END};
	struct np_cur link, mac = {.p = NULL}, ont = {0};
	struct np_tlv t;

	*ret = np_cur(NULL, 0);
	np_skip(&c, 1); /* hop count */
	link = np_sub(&c, 16);
	np_skip(&c, 16); /* peer */
	if (c.cut)
		return false;
	if (sender)
		np_say(o, NP_SELF);
	else
		np_say_relayed(o);
	if (link.p[0]) /* unspecified: no address of its own there */
		np_emit(o, LINK_ADDRESS, link);
	bool whole = read_options(o, c, relay_rows, NP_COUNT(relay_rows));

	while (np_tlv_next(&c, &any, &t)) {
		if (t.type == O_RELAY_MESSAGE)
			*ret = t.v;
		else if (t.type == O_CLIENT_MAC)
			mac = t.v;
		else if (!ont.left)
			ont = find_ont(t);
	}
	if (mac.p)
		say_client_mac(o, mac);
	np_say_ont(o, ONT_VENDOR_ID, ont);
	return whole;
}

static bool from_server(unsigned type)
{
	/* RFC 8415 7.3: ADVERTISE, REPLY, RECONFIGURE */
	return type == 2 || type == 7 || type == 10;
}

static bool read_message(struct np_out *o, struct np_cur c, unsigned type,
			 bool relayed)
{
	bool server = from_server(type), whole;

	np_skip(&c, 3); /* transaction */
	np_say(o, NP_SELF);
	if (relayed) {
		np_reach(o, NP_RELAYED);
		if (!server || o->from->sport != 547)
			np_not_sender(o);
	}
	whole = server ? read_options(o, c, server_rows, NP_COUNT(server_rows))
		       : read_options(o, c, client_rows, NP_COUNT(client_rows));
	np_say(o, NP_THIRD);
	np_not_sender(o);
	(void)(server ? read_options(o, c, client_of_reply, 1)
		      : read_options(o, c, server_of_request, 1));
	return whole;
}

static enum np_verdict dhcpv6_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur m = *c;
	bool relayed = false, whole = true;

	for (int i = 0; i < RELAYS; i++) {
		uint8_t type = np_u8(&m);

		if (!i && (m.cut || !type || type > 36))
			return NP_NOT_MINE;
		if (m.cut)
			return NP_MALFORMED;
		if (type != RELAY_FORWARD && type != RELAY_REPLY) {
			whole &= read_message(o, m, type, relayed);
			return whole ? NP_DECODED : NP_MALFORMED;
		}
		whole &= read_relay(o, m, !i && type == RELAY_FORWARD, &m);
		relayed = true;
		if (!m.left)
			break;
	}
	return whole ? NP_DECODED : NP_MALFORMED;
}

/* RFC 8415 8: transaction id; a relay's message has none. */
static void dhcpv6_noise(struct np_cur c, struct np_noise *ret)
{
	uint8_t type = np_u8(&c);

	if (type != RELAY_FORWARD && type != RELAY_REPLY)
		np_noisy(ret, np_sub(&c, 3));
}

static const struct np_match match[] = {NP_UDP(546), NP_UDP(547)};

const struct np_proto np_proto_dhcpv6 = {
	.name = "dhcpv6",
	.title = "Dynamic Host Configuration Protocol for IPv6",
	.spec = "RFC 8415, RFC 4649, RFC 6939",
	.layer = "service",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = dhcpv6_decode,
	.noise = dhcpv6_noise,
};

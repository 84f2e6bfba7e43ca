/* SPDX-License-Identifier: ISC */
/* Fields that no protocol has: what documents say in words and nobody sends.
 * They have no matches and no decoder. */
#include "proto/proto.h"

/* A row of an inventory, whoever keeps it (3GPP TS 28.632 InventoryUnit; what
 * element managers, ticket systems and spreadsheets export). */
static const struct np_field inventory_fields[] = {
	{"vendor_name", NP_TEXT, NP_KEY_NONE, 0, "who made it, in words"},
	{"model", NP_TEXT, NP_KEY_NONE, 0, "model or unit type"},
	{"family", NP_TEXT, NP_KEY_NONE, 0, "product family or unit family"},
	{"part_number", NP_TEXT, NP_KEY_NONE, 0, "the maker's order number"},
	{"serial_number", NP_TEXT, NP_KEY_SERIAL, 0, "serial number"},
	{"software_version", NP_TEXT, NP_KEY_NONE, 0, "software it runs"},
	{"hardware_version", NP_TEXT, NP_KEY_NONE, 0, "hardware revision"},
	{"name", NP_TEXT, NP_KEY_NAME, 0, "the operator's name for it"},
	{"address", NP_IP, NP_KEY_IP, 0, "where it is managed"},
	{"mac", NP_MAC, NP_KEY_MAC, 0, "an address of its own"},
	{"function", NP_TEXT, NP_KEY_NONE, 0, "what it does, in words"},
	{"element", NP_TEXT, NP_KEY_NONE, 0, "the managed element it is in"},
	{"position", NP_TEXT, NP_KEY_NONE, 0, "rack, shelf, slot"},
	{"site", NP_TEXT, NP_KEY_NONE, 0, "where it stands, in words"},
	{"manufactured", NP_TEXT, NP_KEY_NONE, 0, "dateOfManufacture"},
	{"serviced", NP_TEXT, NP_KEY_NONE, 0, "dateOfLastService"},
};

const struct np_proto np_proto_inventory = {
	.name = "inventory",
	.title = "Inventories",
	.spec = "3GPP TS 28.632, operators' own",
	.layer = "document",
	.grade = "E3",
	.fields = inventory_fields,
	.nfields = NP_COUNT(inventory_fields),
	.heard = true,
};

/* What a box prints when it is asked on its command line. */
static const struct np_field cli_fields[] = {
	{"version", NP_TEXT, NP_KEY_NONE, 0,
	 "the whole answer to \"display version\", \"show version\""},
	{"inventory", NP_TEXT, NP_KEY_NONE, 0,
	 "the answer to \"display device\", \"show inventory\""},
	{"prompt", NP_TEXT, NP_KEY_NAME, 0, "what it calls itself"},
	{"model", NP_TEXT, NP_KEY_NONE, 0, "model or product id"},
	{"serial_number", NP_TEXT, NP_KEY_SERIAL, 0, "chassis serial number"},
	{"software_version", NP_TEXT, NP_KEY_NONE, 0, "software it runs"},
	{"mac", NP_MAC, NP_KEY_MAC, 0, "its first or base address"},
	{"vendor_name", NP_TEXT, NP_KEY_NONE, 0, "who made it, in words"},
	{"cipher", NP_TEXT, NP_KEY_NONE, 0,
	 "how it encloses what it enciphered, without that"},
};

const struct np_proto np_proto_cli = {
	.name = "cli",
	.title = "Command line output",
	.spec = "as each maker prints it",
	.layer = "document",
	.grade = "E4",
	.fields = cli_fields,
	.nfields = NP_COUNT(cli_fields),
	.heard = true,
};

/* Who is joined to whom. A box that says it of itself names the far end; where
 * it tells of a neighbour, the neighbour is the subject and the teller the near
 * end, so that what is said of a subscriber's box goes with that box. */
static const struct np_field link_fields[] = {
	[NP_LINK_KIND] = {"kind", NP_TEXT, NP_KEY_NONE, 0,
			  "the protocol by which it was seen"},
	[NP_LINK_NEAR] = {"near", NP_TEXT, NP_KEY_NONE, 0,
			  "key of the box that tells of the subject: "
			  "mac=00:e0:fc:00:00:01"},
	[NP_LINK_FAR] = {"far", NP_TEXT, NP_KEY_NONE, 0,
			 "key of the box at the subject's other end"},
	[NP_LINK_NEAR_PORT] = {"near_port", NP_TEXT, NP_KEY_NONE, 0,
			       "port of the box that tells of it"},
	[NP_LINK_FAR_PORT] = {"far_port", NP_TEXT, NP_KEY_NONE, 0,
			      "port of the other box"},
	[NP_LINK_PORTS] = {"ports", NP_UINT, NP_KEY_NONE, 0,
			   "how many Ethernet ports the subject has"},
};

const struct np_proto np_proto_link = {
	.name = "link",
	.title = "Links between boxes",
	.spec = "what a protocol's carrier or a box's table of neighbours says",
	.layer = "document",
	.grade = "E1",
	.fields = link_fields,
	.nfields = NP_COUNT(link_fields),
	.heard = true,
};

/* That an address of the operator's was managed from outside: what the wire
 * shows of a service, whoever renders it (sighting/session.c). */
static const struct np_field session_fields[] = {
	{"service", NP_TEXT, NP_KEY_NONE, 0, "how it is managed: ssh, snmp …"},
	{"far", NP_IP, NP_KEY_NONE, 0, "who manages it, an address outside"},
};

const struct np_proto np_proto_session = {
	.name = "session",
	.title = "Management sessions from outside",
	.spec = "RFC 4253, 854, 3416, 6242, 9110; TR-069",
	.layer = "management",
	.grade = "E1",
	.fields = session_fields,
	.nfields = NP_COUNT(session_fields),
	.heard = true,
};

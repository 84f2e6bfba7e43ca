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

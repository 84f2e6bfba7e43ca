/* SPDX-License-Identifier: ISC */
/*
 * CDP: Cisco's discovery protocol, which others send too; who made the box is
 * in the platform and the software, not in the protocol. It has no public
 * specification; the types are those that Cisco's and Wireshark's readers
 * agree on.
 */
#include "proto/proto.h"

enum {
	DEVICE_ID,
	ADDRESS,
	PORT_ID,
	CAPABILITIES,
	SOFTWARE_VERSION,
	PLATFORM,
	VTP_DOMAIN,
	NATIVE_VLAN,
	SYSTEM_NAME,
	SYSTEM_OBJECT_ID,
	MANAGEMENT_ADDRESS,
	SERIAL_NUMBER,
	SOURCE_MAC,
};

static const struct np_field fields[] = {
	[DEVICE_ID] = {"device_id", NP_TEXT, NP_KEY_NAME, 0,
		       "name, with a serial number in brackets on some"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0, "address of the port"},
	[PORT_ID] = {"port_id", NP_TEXT, NP_KEY_NONE, 0,
		     "port that it was sent from"},
	[CAPABILITIES] = {"capabilities", NP_UINT, NP_KEY_NONE, 0,
			  "bits of what it is: 1 router, 8 switch"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "software, as its version command says it"},
	[PLATFORM] = {"platform", NP_TEXT, NP_KEY_NONE, 0, "maker and model"},
	[VTP_DOMAIN] = {"vtp_domain", NP_TEXT, NP_KEY_NONE, 0,
			"VLAN management domain"},
	[NATIVE_VLAN] = {"native_vlan", NP_UINT, NP_KEY_NONE, 0,
			 "VLAN of untagged frames"},
	[SYSTEM_NAME] = {"system_name", NP_TEXT, NP_KEY_NAME, 0,
			 "name that the operator gave"},
	[SYSTEM_OBJECT_ID] = {"system_object_id", NP_OID, NP_KEY_NONE, 0,
			      "object identifier of the model"},
	[MANAGEMENT_ADDRESS] = {"management_address", NP_IP, NP_KEY_IP, 0,
				"address it is managed at"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "serial number"},
	[SOURCE_MAC] = {"source_mac", NP_MAC, NP_KEY_MAC, 0,
			"MAC address of the sender"},
};

static const struct np_tlv_row rows[] = {
	{0x0001, DEVICE_ID, np_emit},
	{0x0002, ADDRESS, np_emit_cdp_addresses},
	{0x0003, PORT_ID, np_emit},
	{0x0004, CAPABILITIES, np_emit},
	{0x0005, SOFTWARE_VERSION, np_emit},
	{0x0006, PLATFORM, np_emit},
	{0x0009, VTP_DOMAIN, np_emit},
	{0x000a, NATIVE_VLAN, np_emit},
	{0x0014, SYSTEM_NAME, np_emit},
	{0x0015, SYSTEM_OBJECT_ID, np_emit_oid},
	{0x0016, MANAGEMENT_ADDRESS, np_emit_cdp_addresses},
	{0x1001, SERIAL_NUMBER, np_emit},
	{0x1008, SOURCE_MAC, np_emit},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.counted = 4,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict cdp_decode(struct np_cur *c, struct np_out *o)
{
	unsigned version = np_u8(c);

	if (version != 1 && version != 2)
		return NP_NOT_MINE;
	np_skip(c, 1 + 2); /* time to live, checksum */
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {
	NP_SNAP(0x00000c, 0x2000),
	NP_ETHERTYPE(0x2000), /* in GRE, which has no LLC */
};

const struct np_proto np_proto_cdp = {
	.name = "cdp",
	.title = "Cisco Discovery Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = cdp_decode,
};

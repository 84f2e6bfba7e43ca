/* SPDX-License-Identifier: ISC */
/*
 * LLDP (IEEE 802.1AB) with the sets of 802.1 (annex D), 802.3 (IEEE 802.3
 * clause 79) and media endpoints (TIA-1057). The vendor of any other private
 * element is evidence of who wrote the agent: its OUI is kept.
 */
#include "proto/proto.h"

enum {
	CHASSIS_SUBTYPE,
	CHASSIS_ID,
	PORT_SUBTYPE,
	PORT_ID,
	PORT_DESCRIPTION,
	SYSTEM_NAME,
	SYSTEM_DESCRIPTION,
	CAPABILITIES,
	CAPABILITIES_ENABLED,
	MANAGEMENT_ADDRESS,
	MANAGEMENT_OID,
	PORT_VLAN,
	MANAGEMENT_VLAN,
	VLAN_NAME,
	MAU_TYPE,
	MAX_FRAME_SIZE,
	MED_DEVICE_CLASS,
	MED_HARDWARE_REVISION,
	MED_FIRMWARE_REVISION,
	MED_SOFTWARE_REVISION,
	MED_SERIAL_NUMBER,
	MED_MANUFACTURER,
	MED_MODEL,
	MED_ASSET_ID,
	ORG_OUI,
};

static const struct np_field fields[] = {
	[CHASSIS_SUBTYPE] = {"chassis_subtype", NP_UINT, NP_KEY_NONE, 0,
			     "what the chassis id is: 4 a MAC address"},
	[CHASSIS_ID] = {"chassis_id", NP_TEXT, NP_KEY_CHASSIS_ID, 0,
			"id of the chassis"},
	[PORT_SUBTYPE] = {"port_subtype", NP_UINT, NP_KEY_NONE, 0,
			  "what the port id is: 3 a MAC address"},
	[PORT_ID] = {"port_id", NP_TEXT, NP_KEY_NONE, 0,
		     "port that it was sent from"},
	[PORT_DESCRIPTION] = {"port_description", NP_TEXT, NP_KEY_NONE, 0,
			      "description of the port"},
	[SYSTEM_NAME] = {"system_name", NP_TEXT, NP_KEY_NAME, 0,
			 "name that the operator gave"},
	[SYSTEM_DESCRIPTION] = {"system_description", NP_TEXT, NP_KEY_NONE, 0,
				"hardware, system and version, as sent"},
	[CAPABILITIES] = {"capabilities", NP_UINT, NP_KEY_NONE, 0,
			  "bits of what it can be: 4 bridge, 16 router"},
	[CAPABILITIES_ENABLED] = {"capabilities_enabled", NP_UINT, NP_KEY_NONE,
				  0, "bits of what it is"},
	[MANAGEMENT_ADDRESS] = {"management_address", NP_IP, NP_KEY_IP, 0,
				"address it is managed at"},
	[MANAGEMENT_OID] = {"management_oid", NP_OID, NP_KEY_NONE, 0,
			    "object identifier beside that address"},
	[PORT_VLAN] = {"port_vlan", NP_UINT, NP_KEY_NONE, 0,
		       "VLAN of untagged frames"},
	[MANAGEMENT_VLAN] = {"management_vlan", NP_UINT, NP_KEY_NONE, 0,
			     "VLAN of management"},
	[VLAN_NAME] = {"vlan_name", NP_TEXT, NP_KEY_NONE, 0, "name of a VLAN"},
	[MAU_TYPE] = {"mau_type", NP_UINT, NP_KEY_NONE, 0,
		      "operational MAU type, of dot3MauType"},
	[MAX_FRAME_SIZE] = {"max_frame_size", NP_UINT, NP_KEY_NONE, 0,
			    "longest frame in octets"},
	[MED_DEVICE_CLASS] = {"med_device_class", NP_UINT, NP_KEY_NONE, 0,
			      "1 to 3 endpoint, 4 network connectivity"},
	[MED_HARDWARE_REVISION] = {"med_hardware_revision", NP_TEXT,
				   NP_KEY_NONE, 0, "hardware revision"},
	[MED_FIRMWARE_REVISION] = {"med_firmware_revision", NP_TEXT,
				   NP_KEY_NONE, 0, "firmware revision"},
	[MED_SOFTWARE_REVISION] = {"med_software_revision", NP_TEXT,
				   NP_KEY_NONE, 0, "software revision"},
	[MED_SERIAL_NUMBER] = {"med_serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			       "serial number"},
	[MED_MANUFACTURER] = {"med_manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			      "manufacturer"},
	[MED_MODEL] = {"med_model", NP_TEXT, NP_KEY_NONE, 0, "model"},
	[MED_ASSET_ID] = {"med_asset_id", NP_TEXT, NP_KEY_NONE, 0,
			  "asset tag that the operator gave"},
	[ORG_OUI] = {"org_oui", NP_HEX, NP_KEY_NONE, 0,
		     "OUI of a private element that no standard defines"},
};

/* 8.5.2, 8.5.3 */
static void read_chassis(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur subtype = np_sub(&v, 1);

	np_emit(o, CHASSIS_SUBTYPE, subtype);
	np_emit_chassis_id(o, field, np_u8(&subtype), v);
}

static void read_port(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur subtype = np_sub(&v, 1);

	np_emit(o, PORT_SUBTYPE, subtype);
	/* Ports have the chassis' subtypes, less the first of them. */
	np_emit_chassis_id(o, field, np_u8(&subtype) + 1u, v);
}

static void read_capabilities(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, np_sub(&v, 2));
	np_emit(o, CAPABILITIES_ENABLED, np_sub(&v, 2));
}

/* 8.5.9. The object identifier is said to be BER contents; VRP sends the whole
 * value. */
static void read_management(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur address = np_sub(&v, np_u8(&v));
	unsigned family = np_u8(&address);

	np_emit_address(o, field, family, address);
	np_skip(&v, 1 + 4); /* interface numbering and number */
	np_emit_oid(o, MANAGEMENT_OID, np_sub(&v, np_u8(&v)));
}

/* The private sets */

static void read_u16(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, np_sub(&v, 2));
}

/* 802.1AB annex D.2.3 */
static void read_vlan_name(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 2);
	np_emit(o, field, np_sub(&v, np_u8(&v)));
}

/* IEEE 802.3 79.3.1 */
static void read_mau(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 1 + 2); /* what is negotiated and advertised */
	np_emit(o, field, np_sub(&v, 2));
}

/* TIA-1057 10.2.2 */
static void read_med_class(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 2);
	np_emit(o, field, np_sub(&v, 1));
}

enum { DOT1 = 0x0080c2, DOT3 = 0x00120f, MED = 0x0012bb };
#define ORG(oui, subtype) ((uint32_t)(oui) << 8 | (subtype))

static const struct np_tlv_row org_rows[] = {
	{ORG(DOT1, 1), PORT_VLAN, read_u16},
	{ORG(DOT1, 3), VLAN_NAME, read_vlan_name},
	{ORG(DOT1, 6), MANAGEMENT_VLAN, read_u16},
	{ORG(DOT3, 1), MAU_TYPE, read_mau},
	{ORG(DOT3, 4), MAX_FRAME_SIZE, read_u16},
	{ORG(MED, 1), MED_DEVICE_CLASS, read_med_class},
	{ORG(MED, 5), MED_HARDWARE_REVISION, np_emit_string},
	{ORG(MED, 6), MED_FIRMWARE_REVISION, np_emit_string},
	{ORG(MED, 7), MED_SOFTWARE_REVISION, np_emit_string},
	{ORG(MED, 8), MED_SERIAL_NUMBER, np_emit_string},
	{ORG(MED, 9), MED_MANUFACTURER, np_emit_string},
	{ORG(MED, 10), MED_MODEL, np_emit_string},
	{ORG(MED, 11), MED_ASSET_ID, np_emit_string},
};

static const struct np_tlv_list org_list = {
	.row = org_rows,
	.nrows = NP_COUNT(org_rows),
};

/* One vendor sends several elements; its OUI is said once. */
static bool said(const struct np_out *o, unsigned field, struct np_cur v)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->facts[i].field == field &&
		    np_same(v, np_cur(o->facts[i].p, o->facts[i].n)))
			return true;
	return false;
}

static void read_org(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur ahead = v, oui = np_sub(&ahead, 3);
	uint32_t type = np_be32(&v);

	if (np_tlv_read(&org_list, type, o, v) || type >> 8 == DOT1 ||
	    type >> 8 == DOT3 || type >> 8 == MED || said(o, field, oui))
		return;
	np_emit(o, field, oui);
}

static const struct np_tlv_row rows[] = {
	{1, CHASSIS_ID, read_chassis},
	{2, PORT_ID, read_port},
	{4, PORT_DESCRIPTION, np_emit},
	{5, SYSTEM_NAME, np_emit},
	{6, SYSTEM_DESCRIPTION, np_emit},
	{7, CAPABILITIES, read_capabilities},
	{8, MANAGEMENT_ADDRESS, read_management},
	{127, ORG_OUI, read_org},
};

/* 8.4: seven bits of type, nine of length */
static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 1,
	.shared = 1,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict lldp_decode(struct np_cur *c, struct np_out *o)
{
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_ETHERTYPE(0x88cc)};

const struct np_proto np_proto_lldp = {
	.name = "lldp",
	.title = "Link Layer Discovery Protocol",
	.spec = "IEEE 802.1AB",
	.layer = "link",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = lldp_decode,
};

/* SPDX-License-Identifier: ISC */
/*
 * What an access point tells everybody: the bodies of beacons and probe
 * responses (IEEE 802.11-2020 9.3.3.2, 9.3.3.10), which the wire hands here,
 * and in them Wi-Fi Protected Setup (Wi-Fi Alliance, WSC 2.0 section 12): an
 * element 221 of OUI 00-50-F2 and type 4, with attributes of two octets of type
 * and two of length, which may go on in further such elements.
 *
 * Only infrastructure is read: stations among themselves (no ESS bit) and
 * telephones that form a group (Wi-Fi Direct 3.2.1) name persons' devices, as
 * probe requests do. A network's name (SSID) is its owner's, and so is a device
 * name.
 */
#include "proto/proto.h"

enum {
	ROLE,
	VENDOR_OUI,
	MANUFACTURER,
	MODEL_NAME,
	MODEL_NUMBER,
	SERIAL_NUMBER,
	DEVICE_NAME,
	UUID,
	PRIMARY_DEVICE_TYPE,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "AP"},
	[VENDOR_OUI] = {"vendor_oui", NP_HEX, NP_KEY_NONE, 0,
			"OUI of a vendor specific element (9.4.2.25)"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "WPS: Manufacturer"},
	[MODEL_NAME] = {"model_name", NP_TEXT, NP_KEY_NONE, 0,
			"WPS: Model Name"},
	[MODEL_NUMBER] = {"model_number", NP_TEXT, NP_KEY_NONE, 0,
			  "WPS: Model Number"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			   "WPS: Serial Number"},
	[DEVICE_NAME] = {"device_name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			 "WPS: Device Name"},
	[UUID] = {"uuid", NP_HEX, NP_KEY_NONE, NP_PERSON, "WPS: UUID-E"},
	[PRIMARY_DEVICE_TYPE] = {"primary_device_type", NP_HEX, NP_KEY_NONE, 0,
				 "WPS: Primary Device Type"},
};

#define FIXED (8 + 2 + 2) /* time, interval, capabilities */
#define ESS 0x01	  /* of an access point, in the lower octet of these */

enum { SSID = 0, TIM = 5, BSS_LOAD = 11, VENDOR = 221 };

static const struct np_tlv_list elements = {
	.type_n = 1, .len_n = 1, .end = NP_TLV_NO_END};

static const struct np_tlv_row wps_rows[] = {
	{0x1011, DEVICE_NAME, np_emit},		{0x1021, MANUFACTURER, np_emit},
	{0x1023, MODEL_NAME, np_emit},		{0x1024, MODEL_NUMBER, np_emit},
	{0x1042, SERIAL_NUMBER, np_emit},	{0x1047, UUID, np_emit},
	{0x1054, PRIMARY_DEVICE_TYPE, np_emit},
};
static const struct np_tlv_list wps_list = {.type_n = 2,
					    .len_n = 2,
					    .end = NP_TLV_NO_END,
					    .row = wps_rows,
					    .nrows = NP_COUNT(wps_rows)};

/* The first element is the network's name, which of a group begins so. */
static bool is_network(struct np_cur *c)
{
	struct np_tlv name;

	return np_tlv_next(c, &elements, &name) && name.type == SSID &&
	       !np_ahead(name.v, "DIRECT-", 7);
}

static enum np_verdict wps_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur fixed = np_sub(c, FIXED), wps = {0};
	struct np_tlv e;

	if (fixed.cut)
		return NP_MALFORMED;
	if (!(fixed.p[10] & ESS) || !is_network(c))
		return c->cut ? NP_MALFORMED : NP_DECODED;
	np_emit_word(o, ROLE, "AP", fixed.p + 10);
	while (np_tlv_next(c, &elements, &e)) {
		struct np_cur body = e.v;

		if (e.type != VENDOR)
			continue;
		/* WSC 2.0 8.2: what it does not hold goes on in the next. */
		if (np_eat(&body, "\x00\x50\xf2\x04", 4))
			np_tlv_join(o, &wps, body);
		np_emit(o, VENDOR_OUI, np_sub(&e.v, 3));
	}
	if (wps.p && !o->full && np_tlvs(&wps, &wps_list, o) != NP_DECODED)
		return NP_MALFORMED;
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

/* The time, who has traffic waiting, and how busy the channel is. */
static void wps_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_tlv e;

	np_noisy(ret, np_sub(&c, 8));
	np_skip(&c, FIXED - 8);
	while (ret->n < NP_MAX_NOISE && np_tlv_next(&c, &elements, &e))
		if (e.type == TIM || e.type == BSS_LOAD)
			np_noisy(ret, e.v);
}

static const struct np_match match[] = {{.on = NP_ON_BEACON}};

const struct np_proto np_proto_wps = {
	.name = "wps",
	.title = "802.11 beacons and Wi-Fi Protected Setup",
	.spec = "IEEE 802.11-2020 9.3.3, Wi-Fi Simple Configuration 2.0",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = wps_decode,
	.noise = wps_noise,
};

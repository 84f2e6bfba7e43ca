/* SPDX-License-Identifier: ISC */
/*
 * The description of a UPnP device (UPnP Device Architecture 2.0, clause 2.3):
 * XML that the address in its announcement, ssdp.location, serves over HTTP.
 * The root device is read; those inside it are parts of the same box, and often
 * called by the maker of their software.
 */
#include "proto/lib/body.h"
#include "proto/lib/xml.h"
#include "proto/proto.h"

enum {
	DEVICE_TYPE,
	FRIENDLY_NAME,
	MANUFACTURER,
	MANUFACTURER_URL,
	MODEL_DESCRIPTION,
	MODEL_NAME,
	MODEL_NUMBER,
	MODEL_URL,
	SERIAL_NUMBER,
	UDN,
};

static const struct np_field fields[] = {
	[DEVICE_TYPE] = {"device_type", NP_TEXT, NP_KEY_NONE, 0,
			 "deviceType: what kind of box"},
	[FRIENDLY_NAME] = {"friendly_name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			   "friendlyName: a title, often with a person's name"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "manufacturer"},
	[MANUFACTURER_URL] = {"manufacturer_url", NP_TEXT, NP_KEY_NONE, 0,
			      "manufacturerURL"},
	[MODEL_DESCRIPTION] = {"model_description", NP_TEXT, NP_KEY_NONE, 0,
			       "modelDescription"},
	[MODEL_NAME] = {"model_name", NP_TEXT, NP_KEY_NONE, 0, "modelName"},
	[MODEL_NUMBER] = {"model_number", NP_TEXT, NP_KEY_NONE, 0,
			  "modelNumber, often a version"},
	[MODEL_URL] = {"model_url", NP_TEXT, NP_KEY_NONE, 0, "modelURL"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "serialNumber"},
	[UDN] = {"udn", NP_TEXT, NP_KEY_NONE, 0,
		 "UDN: unique name, often with a MAC address in it"},
};

#define MARK "urn:schemas-upnp-org:device-1-0"

struct reading {
	struct np_out *o;
	const uint8_t *at; /* where the body begins */
};

static void hear(void *ctx, const struct np_xml *e)
{
	static const struct np_xml_row rows[] = {
		{"root/device/deviceType", DEVICE_TYPE},
		{"root/device/friendlyName", FRIENDLY_NAME},
		{"root/device/manufacturer", MANUFACTURER},
		{"root/device/manufacturerURL", MANUFACTURER_URL},
		{"root/device/modelDescription", MODEL_DESCRIPTION},
		{"root/device/modelName", MODEL_NAME},
		{"root/device/modelNumber", MODEL_NUMBER},
		{"root/device/modelURL", MODEL_URL},
		{"root/device/serialNumber", SERIAL_NUMBER},
		{"root/device/UDN", UDN},
	};
	const struct reading *r = ctx;

	np_xml_emit(r->o, e, rows, NP_COUNT(rows), r->at);
}

static enum np_verdict upnp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_message m;
	struct np_cur content;

	if (!o->from->stream || !np_ahead(*c, "HTTP/1.", 7))
		return NP_NOT_MINE;
	enum np_verdict v = np_body_xml_of(*c, o, MARK, &m, &content);
	struct reading r = {.o = o, .at = m.body.p};

	if (v != NP_DECODED)
		return v;
	return np_xml_read(content, hear, &r) ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {NP_STREAM("HTTP/1.")};

const struct np_proto np_proto_upnp = {
	.name = "upnp",
	.title = "UPnP device description",
	.spec = "UPnP Device Architecture 2.0",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.limit = NP_BODY_INPUT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = upnp_decode,
	.sync = np_body_ahead,
};

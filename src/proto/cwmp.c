/* SPDX-License-Identifier: ISC */
/*
 * CWMP (BBF TR-069, amendment 6): a customer's box, the CPE, opens a connection
 * to its server, the ACS, and both speak SOAP in it, as requests and as answers
 * of HTTP. The message Inform (A.3.3.1) begins a session, with the box's
 * identity and a few parameters; more come in GetParameterValuesResponse
 * (A.3.2.2). A session mostly begins with a refusal by HTTP or with an empty
 * request, and goes on in the same connection.
 *
 * In the world an OUI may be of somebody else than the manufacturer, or none at
 * all ("000000"), and a serial number is the optical port's in hex; it is the
 * subscriber's, and so is what the parameters name besides those read here.
 */
#include "proto/lib/body.h"
#include "proto/lib/xml.h"
#include "proto/proto.h"

enum {
	MESSAGE,
	VERSION,
	MANUFACTURER,
	OUI,
	PRODUCT_CLASS,
	SERIAL_NUMBER,
	MODEL_NAME,
	DESCRIPTION,
	HARDWARE_VERSION,
	SOFTWARE_VERSION,
	SPEC_VERSION,
	PROVISIONING_CODE,
	DATA_MODEL,
	VENDOR_PREFIX,
	ROLE,
};

static const struct np_field fields[] = {
	[MESSAGE] = {"message", NP_TEXT, NP_KEY_NONE, 0,
		     "remote procedure, or its response"},
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "version in the namespace of the messages"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "DeviceId of an Inform, or DeviceInfo"},
	[OUI] = {"oui", NP_TEXT, NP_KEY_NONE, 0,
		 "OUI of the manufacturer, six hexadecimal digits"},
	[PRODUCT_CLASS] = {"product_class", NP_TEXT, NP_KEY_NONE, 0,
			   "the maker's word for the kind of box"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			   "of the subscriber's box"},
	[MODEL_NAME] = {"model_name", NP_TEXT, NP_KEY_NONE, 0,
			"DeviceInfo.ModelName"},
	[DESCRIPTION] = {"description", NP_TEXT, NP_KEY_NONE, 0,
			 "DeviceInfo.Description"},
	[HARDWARE_VERSION] = {"hardware_version", NP_TEXT, NP_KEY_NONE, 0,
			      "DeviceInfo.HardwareVersion"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "DeviceInfo.SoftwareVersion"},
	[SPEC_VERSION] = {"spec_version", NP_TEXT, NP_KEY_NONE, 0,
			  "DeviceInfo.SpecVersion"},
	[PROVISIONING_CODE] = {"provisioning_code", NP_TEXT, NP_KEY_NONE, 0,
			       "the operator's word for how it is set up"},
	[DATA_MODEL] = {"data_model", NP_TEXT, NP_KEY_NONE, 0,
			"root of the parameters: TR-098 or TR-181"},
	[VENDOR_PREFIX] = {"vendor_prefix", NP_TEXT, NP_KEY_NONE, 0,
			   "whose parameters beyond the standard's: X_HW"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "CPE, ACS"},
};

#define MARK "urn:dslforum-org:cwmp-"
#define MAX_PREFIXES 4

struct reading {
	struct np_out *o;
	const uint8_t *at; /* where the body begins */
	uint8_t parameter[256];
	size_t parameter_n; /* of the name that was read last */
	struct np_cur prefix[MAX_PREFIXES];
	size_t nprefixes;
	bool rooted; /* the data model was told */
	char message[NP_XML_NAME];
};

static void emit(struct reading *r, unsigned field, struct np_cur v)
{
	np_emit_text(r->o, field, v, r->at);
}

static void emit_word(struct reading *r, unsigned field, const char *word)
{
	np_emit_word(r->o, field, word, r->at);
}

/* ------------------------------------------------------------- parameters */

/* BBF TR-106 3.3: a name of one's own begins with X_, then whose it is (an OUI
 * or a word of the vendor's), then _. */
static void note_prefix(struct reading *r, struct np_cur name)
{
	size_t at = np_find(name, ".X_", 3), n = 2, i = 0;

	if (at == SIZE_MAX || r->nprefixes == MAX_PREFIXES)
		return;
	np_skip(&name, at + 1);
	while (n < name.left && name.p[n] != '_' && name.p[n] != '.')
		n++;
	name.left = n;
	while (i < r->nprefixes && !np_same(r->prefix[i], name))
		i++;
	const void *copy = np_copy(r->o->mem, name.p, n);

	if (i < r->nprefixes || !copy || n < 4)
		return;
	r->prefix[r->nprefixes++] = np_cur(copy, n);
	emit(r, VENDOR_PREFIX, name);
}

static void note_root(struct reading *r, struct np_cur name)
{
	static const char *const roots[] = {"InternetGatewayDevice", "Device"};

	for (size_t i = 0; i < NP_COUNT(roots) && !r->rooted; i++) {
		size_t n = strlen(roots[i]);

		if (!np_ahead(name, roots[i], n) || name.left <= n ||
		    name.p[n] != '.')
			continue;
		emit_word(r, DATA_MODEL, roots[i]);
		r->rooted = true;
	}
}

static void name_parameter(struct reading *r, struct np_cur name)
{
	r->parameter_n = name.left <= sizeof(r->parameter) ? name.left : 0;
	memcpy(r->parameter, name.p, r->parameter_n);
	note_root(r, name);
	note_prefix(r, name);
}

static void read_value(struct reading *r, struct np_cur v)
{
	static const struct {
		const char *name;
		unsigned field;
	} rows[] = {
		{"Manufacturer", MANUFACTURER},
		{"ManufacturerOUI", OUI},
		{"ProductClass", PRODUCT_CLASS},
		{"SerialNumber", SERIAL_NUMBER},
		{"ModelName", MODEL_NAME},
		{"Description", DESCRIPTION},
		{"HardwareVersion", HARDWARE_VERSION},
		{"SoftwareVersion", SOFTWARE_VERSION},
		{"SpecVersion", SPEC_VERSION},
		{"ProvisioningCode", PROVISIONING_CODE},
	};
	static const char info[] = "Device.DeviceInfo.";
	struct np_cur name = np_cur(r->parameter, r->parameter_n);
	size_t at = np_find(name, info, sizeof(info) - 1);

	if (at != 0 && !(at == 15 && np_ahead(name, "InternetGateway", 15)))
		return;
	np_skip(&name, at + sizeof(info) - 1);
	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (np_is(name, rows[i].name))
			emit(r, rows[i].field, v);
}

/* ---------------------------------------------------------------- message */

static void read_device_id(struct reading *r, const struct np_xml *e)
{
	static const struct np_xml_row rows[] = {
		{"Envelope/Body/Inform/DeviceId/Manufacturer", MANUFACTURER},
		{"Envelope/Body/Inform/DeviceId/OUI", OUI},
		{"Envelope/Body/Inform/DeviceId/ProductClass", PRODUCT_CLASS},
		{"Envelope/Body/Inform/DeviceId/SerialNumber", SERIAL_NUMBER},
	};

	np_xml_emit(r->o, e, rows, NP_COUNT(rows), r->at);
}

/* What a box says; of what a server says the names of messages are enough. */
static void hear_box(void *ctx, const struct np_xml *e)
{
	struct reading *r = ctx;

	if (np_xml_is(e, "Envelope/Body/*"))
		memcpy(r->message, e->name[2], sizeof(r->message));
	else if (np_xml_is(e, "Envelope/Body/*/ParameterList/"
			      "ParameterValueStruct/Name") ||
		 np_xml_is(e, "Envelope/Body/*/ParameterList/"
			      "ParameterInfoStruct/Name"))
		name_parameter(r, e->text);
	else if (np_xml_is(e, "Envelope/Body/*/ParameterList/"
			      "ParameterValueStruct/Value"))
		read_value(r, e->text);
	else
		read_device_id(r, e);
}

static void hear_server(void *ctx, const struct np_xml *e)
{
	struct reading *r = ctx;

	if (np_xml_is(e, "Envelope/Body/*"))
		memcpy(r->message, e->name[2], sizeof(r->message));
}

static void emit_message(struct reading *r, struct np_cur content)
{
	size_t at = np_find(content, MARK, sizeof(MARK) - 1), n = 0;

	np_skip(&content, at + sizeof(MARK) - 1);
	while (n < content.left && n < 8 && content.p[n] != '"' &&
	       content.p[n] != '\'')
		n++;
	emit(r, VERSION, np_sub(&content, n));
	emit_word(r, MESSAGE, r->message);
}

/* The CPE is the client, always (3.4.1 of the standard). */
static void emit_roles(struct reading *r, bool response, bool relayed)
{
	emit_word(r, ROLE, response ? "ACS" : "CPE");
	if (relayed)
		return;
	np_say_receiver(r->o);
	emit_word(r, ROLE, response ? "CPE" : "ACS");
}

static enum np_verdict cwmp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_message m;
	struct np_cur content;

	if (!o->from->stream)
		return NP_NOT_MINE;
	enum np_verdict v = np_body_xml_of(*c, o, MARK, &m, &content);
	struct reading r = {.o = o, .at = m.body.p};

	if (v != NP_DECODED)
		return v;
	bool whole =
		np_xml_read(content, m.response ? hear_server : hear_box, &r);

	if (!r.message[0])
		return NP_MALFORMED;
	emit_message(&r, content);
	emit_roles(&r, m.response, m.relayed);
	return whole ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {
	NP_STREAM("POST "),
	NP_STREAM("HTTP/1."),
};

const struct np_proto np_proto_cwmp = {
	.name = "cwmp",
	.title = "CPE WAN Management Protocol",
	.spec = "BBF TR-069",
	.layer = "management",
	.grade = "E5",
	.heard = true,
	.limit = NP_BODY_INPUT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = cwmp_decode,
	.sync = np_body_ahead,
};

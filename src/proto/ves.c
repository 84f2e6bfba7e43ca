/* SPDX-License-Identifier: ISC */
/*
 * VES (ONAP VES Common Event Format 7.2, O-RAN O1): events as JSON, sent to a
 * collector by HTTP. Each has a head that tells who reports and of whom; the
 * event pnfRegistration (clause 4.1.8) is how a box introduces itself, with
 * maker, model and serial number. Where the reporter is not the source, an
 * element manager speaks for what it manages.
 */
#include "proto/lib/body.h"
#include "proto/lib/json.h"
#include "proto/proto.h"

enum {
	VENDOR_NAME,
	MODEL_NUMBER,
	SERIAL_NUMBER,
	SOFTWARE_VERSION,
	UNIT_TYPE,
	UNIT_FAMILY,
	MANUFACTURE_DATE,
	MAC_ADDRESS,
	OAM_ADDRESS,
	SOURCE_NAME,
	REPORTING_ENTITY_NAME,
	NF_VENDOR_NAME,
	NF_NAMING_CODE,
	DOMAIN,
	ROLE,
};

static const struct np_field fields[] = {
	[VENDOR_NAME] = {"vendor_name", NP_TEXT, NP_KEY_NONE, 0,
			 "vendorName of a registration"},
	[MODEL_NUMBER] = {"model_number", NP_TEXT, NP_KEY_NONE, 0,
			  "modelNumber of a registration"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "serialNumber of a registration"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "softwareVersion of a registration"},
	[UNIT_TYPE] = {"unit_type", NP_TEXT, NP_KEY_NONE, 0,
		       "unitType: the maker's word for the kind of box"},
	[UNIT_FAMILY] = {"unit_family", NP_TEXT, NP_KEY_NONE, 0,
			 "unitFamily: the maker's word for the family"},
	[MANUFACTURE_DATE] = {"manufacture_date", NP_TEXT, NP_KEY_NONE, 0,
			      "manufactureDate of a registration"},
	[MAC_ADDRESS] = {"mac_address", NP_TEXT, NP_KEY_NONE, 0,
			 "macAddress of a registration, as written"},
	[OAM_ADDRESS] = {"oam_address", NP_IP, NP_KEY_NONE, 0,
			 "oamV4IpAddress, oamV6IpAddress; a key but for a "
			 "bridge's"},
	[SOURCE_NAME] = {"source_name", NP_TEXT, NP_KEY_NONE, 0,
			 "sourceName: of whom an event is"},
	[REPORTING_ENTITY_NAME] = {"reporting_entity_name", NP_TEXT,
				   NP_KEY_NONE, 0,
				   "reportingEntityName: who tells"},
	[NF_VENDOR_NAME] = {"nf_vendor_name", NP_TEXT, NP_KEY_NONE, 0,
			    "nfVendorName of the source"},
	[NF_NAMING_CODE] = {"nf_naming_code", NP_TEXT, NP_KEY_NONE, 0,
			    "nfNamingCode: the operator's word for the kind "
			    "of function"},
	[DOMAIN] = {"domain", NP_TEXT, NP_KEY_NONE, 0, "kind of event"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "PNF (it registers), VES collector"},
};

#define LIMIT (64u * 1024)
#define MAX_EVENTS 16 /* of one batch */
#define LONGEST_TEXT 256

struct event {
	struct np_out *o;
	const uint8_t *at; /* where the body begins */
	struct np_cur source, reporter, domain;
	bool relayed;
};

static struct np_cur text_of(const struct event *e, const struct np_json *of,
			     const char *name)
{
	struct np_cur v = np_json_text(np_json_member(of, name), e->o->mem);

	return v.left <= LONGEST_TEXT ? v : (struct np_cur){.cut = true};
}

static void emit(const struct event *e, unsigned field, struct np_cur v)
{
	np_emit_text(e->o, field, v, e->at);
}

static bool is_registration(const struct event *e)
{
	return np_is(e->domain, "pnfRegistration");
}

static void emit_address(const struct event *e, const struct np_json *of,
			 const char *name)
{
	uint8_t ip[16];
	size_t n = np_address(text_of(e, of, name), ip);
	const void *copy = n ? np_copy(e->o->mem, ip, n) : NULL;

	if (!copy)
		return;
	np_emit_made(e->o, OAM_ADDRESS, NP_IP, copy, n, e->at);
	np_key_own_address(e->o, np_cur(copy, n));
}

static void emit_registration(const struct event *e, const struct np_json *r)
{
	static const struct {
		const char *name;
		unsigned field;
	} rows[] = {
		{"vendorName", VENDOR_NAME},
		{"modelNumber", MODEL_NUMBER},
		{"serialNumber", SERIAL_NUMBER},
		{"softwareVersion", SOFTWARE_VERSION},
		{"unitType", UNIT_TYPE},
		{"unitFamily", UNIT_FAMILY},
		{"manufactureDate", MANUFACTURE_DATE},
		{"macAddress", MAC_ADDRESS},
	};

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		emit(e, rows[i].field, text_of(e, r, rows[i].name));
	emit_address(e, r, "oamV4IpAddress");
	emit_address(e, r, "oamV6IpAddress");
	np_emit_word(e->o, ROLE, "PNF", e->at);
}

/* What an event says of its source. */
static void emit_source(const struct event *e, const struct np_json *head,
			const struct np_json *event)
{
	const struct np_json *r =
		np_json_member(event, "pnfRegistrationFields");

	emit(e, SOURCE_NAME, e->source);
	emit(e, NF_VENDOR_NAME, text_of(e, head, "nfVendorName"));
	emit(e, NF_NAMING_CODE, text_of(e, head, "nfNamingCode"));
	emit(e, DOMAIN, e->domain);
	if (np_json_is_object(r) && is_registration(e))
		emit_registration(e, r);
}

/* The reporter is the sender; of others it speaks as a third. The first of all
 * finds the sender's statement open. */
static bool read_event(struct event *e, const struct np_json *event, bool first)
{
	const struct np_json *head = np_json_member(event, "commonEventHeader");

	e->source = text_of(e, head, "sourceName");
	e->reporter = text_of(e, head, "reportingEntityName");
	e->domain = text_of(e, head, "domain");
	if (e->source.cut || e->domain.cut)
		return false;
	bool own = e->reporter.cut || np_same(e->reporter, e->source);

	if (e->relayed) {
		np_say_relayed(e->o);
	} else if (!first) {
		np_say(e->o, NP_SELF);
	}
	emit(e, REPORTING_ENTITY_NAME, e->reporter);
	if (!own) {
		np_say(e->o, NP_THIRD);
		np_not_sender(e->o);
	}
	emit_source(e, head, event);
	return true;
}

static bool read_events(struct event *e, const struct np_json *j)
{
	const struct np_json *one = np_json_member(j, "event");
	const struct np_json *v = np_json_first(np_json_member(j, "eventList"));
	bool read = one && read_event(e, one, true);

	for (size_t i = 0; v && i < MAX_EVENTS; v = np_json_next(v), i++)
		read |= read_event(e, v, !read);
	return read;
}

static enum np_verdict ves_decode(struct np_cur *c, struct np_out *o)
{
	struct np_message m;
	struct np_cur body;
	size_t size;

	if (!o->from->stream)
		return NP_NOT_MINE;
	enum np_part part = np_body_post(*c, LIMIT, o->mem, &m, &body, &size);

	if (part == NP_PART_NONE ||
	    np_find(m.path, "/eventListener/v", 16) == SIZE_MAX)
		return NP_NOT_MINE;
	if (part == NP_PART_MORE && !o->from->end)
		return np_more(o, size);
	o->next = size;
	const struct np_json *j =
		part == NP_PART_WHOLE ? np_json_open(body) : NULL;
	struct event e = {.o = o, .at = m.body.p, .relayed = m.relayed};
	bool read = np_json_is_object(j) && read_events(&e, j);

	np_json_close(j);
	if (!read)
		return NP_MALFORMED;
	np_say_receiver(o);
	np_emit_word(o, ROLE, "VES collector", e.at);
	return NP_DECODED;
}

static const struct np_match match[] = {NP_STREAM("POST /eventListe")};

const struct np_proto np_proto_ves = {
	.name = "ves",
	.title = "Virtual Function Event Stream",
	.spec = "ONAP VES Common Event Format 7.2",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ves_decode,
};

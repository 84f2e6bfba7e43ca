/* SPDX-License-Identifier: ISC */
/*
 * OMCI (ITU-T G.988): how an OLT manages an ONU, inside the PON. A capture of
 * it wraps each message in a frame of the ethertype for experiments (IEEE 802
 * 9.2.3), whose addresses say nothing of either end. Read are the messages that
 * carry attributes: responses to get (A.2.7, A.3.7) and to MIB upload next
 * (A.2.14, A.3.14), and an OLT that sets what it is (9.12.2), in the baseline
 * and in the extended format (11.2.4, 11.2.5).
 *
 * A value is found by counting the attributes before it: of the four managed
 * entities that name somebody, the sizes are known (9.1.1, 9.1.2, 9.1.4,
 * 9.12.2). What an ONU tells of its OLT is the other end's.
 *
 * Serial numbers and vendor ids are programmed freely; the number names a
 * subscriber.
 */
#include "proto/lib/ont.h"

enum {
	ROLE,
	ONT_VENDOR_ID,
	ONT_VERSION,
	SERIAL_NUMBER,
	EQUIPMENT_ID,
	PRODUCT_CODE,
	SOFTWARE_VERSION,
	SOFTWARE_PRODUCT_CODE,
	OLT_VENDOR_ID,
	OLT_EQUIPMENT_ID,
	OLT_VERSION,
	NONE,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "ONU or OLT"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "ONU-G: Vendor id (9.1.1)"},
	[ONT_VERSION] = {"ont_version", NP_TEXT, NP_KEY_NONE, 0,
			 "ONU-G: Version"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_ONT, NP_PERSON,
			   "ONU-G: Serial number, as it is printed"},
	[EQUIPMENT_ID] = {"equipment_id", NP_TEXT, NP_KEY_NONE, 0,
			  "ONU2-G: Equipment id (9.1.2)"},
	[PRODUCT_CODE] = {"vendor_product_code", NP_UINT, NP_KEY_NONE, 0,
			  "ONU2-G: Vendor product code"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "Software image: Version (9.1.4)"},
	[SOFTWARE_PRODUCT_CODE] = {"software_product_code", NP_TEXT,
				   NP_KEY_NONE, 0,
				   "Software image: Product code"},
	[OLT_VENDOR_ID] = {"olt_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "OLT-G: OLT vendor id (9.12.2)"},
	[OLT_EQUIPMENT_ID] = {"olt_equipment_id", NP_TEXT, NP_KEY_NONE, 0,
			      "OLT-G: Equipment id"},
	[OLT_VERSION] = {"olt_version", NP_TEXT, NP_KEY_NONE, 0,
			 "OLT-G: Version"},
};

/* The first attributes of an entity, in their order. */
struct entity {
	uint16_t class;
	bool olt;
	struct {
		uint8_t size, field;
	} attribute[5];
};

static const struct entity entities[] = {
	{7,
	 false,
	 {{14, SOFTWARE_VERSION},
	  {1, NONE},
	  {1, NONE},
	  {1, NONE},
	  {25, SOFTWARE_PRODUCT_CODE}}},
	{131,
	 true,
	 {{4, OLT_VENDOR_ID}, {20, OLT_EQUIPMENT_ID}, {14, OLT_VERSION}}},
	{256,
	 false,
	 {{4, ONT_VENDOR_ID}, {14, ONT_VERSION}, {8, SERIAL_NUMBER}}},
	{257, false, {{20, EQUIPMENT_ID}, {1, NONE}, {2, PRODUCT_CODE}}},
};

static const struct entity *find(uint16_t class)
{
	for (size_t i = 0; i < NP_COUNT(entities); i++)
		if (entities[i].class == class)
			return &entities[i];
	return NULL;
}

static void emit_attribute(struct np_out *o, unsigned field, struct np_cur v)
{
	if (field == SERIAL_NUMBER)
		np_emit_ont_serial(o, field, v);
	else if (field == PRODUCT_CODE)
		np_emit(o, field, v);
	else if (field != NONE)
		np_emit_ont_text(o, field, v);
}

struct message {
	uint16_t class;
	uint8_t type;
	bool extended, onu;
	bool olt; /* it is the OLT that is asked about */
};

/* A mask, highest bit first, of what stands in `values`. A message may end
 * before the last. */
static void read_entity(struct np_out *o, const struct message *m,
			uint16_t class, uint16_t mask, struct np_cur values)
{
	const struct entity *e = find(class);

	if (!e || e->olt != m->olt)
		return;
	for (size_t i = 0; i < NP_COUNT(e->attribute); i++) {
		if (!e->attribute[i].size)
			return;
		if (!(mask & 0x8000u >> i))
			continue;
		struct np_cur v = np_sub(&values, e->attribute[i].size);

		if (v.cut)
			return;
		emit_attribute(o, e->attribute[i].field, v);
	}
}

static void read_get(struct np_out *o, const struct message *m, struct np_cur c)
{
	enum { SUCCESS = 0, ATTRIBUTES_FAILED = 9 };
	uint8_t result = np_u8(&c);
	uint16_t mask = np_be16(&c);

	if (m->extended) /* masks of what was not supported and what failed */
		np_skip(&c, 2 + 2);
	else if (c.left == 32 - 3)
		c.left = 25;
	if (result == SUCCESS || result == ATTRIBUTES_FAILED)
		read_entity(o, m, m->class, mask, c);
}

/* A baseline message holds one entity, an extended one several, each behind the
 * size of its values. */
static void read_upload(struct np_out *o, const struct message *m,
			struct np_cur c)
{
	do {
		size_t size = m->extended ? np_be16(&c) : 26;
		uint16_t class = np_be16(&c);

		np_skip(&c, 2); /* instance */
		uint16_t mask = np_be16(&c);
		struct np_cur values = np_sub(&c, size);

		if (c.cut)
			return;
		read_entity(o, m, class, mask, values);
	} while (m->extended && c.left);
}

static void read_set(struct np_out *o, const struct message *m, struct np_cur c)
{
	uint16_t mask = np_be16(&c);

	read_entity(o, m, m->class, mask, c);
}

static void read_message(struct np_out *o, const struct message *m,
			 struct np_cur c)
{
	enum { SET = 8, GET = 9, UPLOAD_NEXT = 14 };

	if (m->onu && m->type == GET)
		read_get(o, m, c);
	else if (m->onu && m->type == UPLOAD_NEXT)
		read_upload(o, m, c);
	else if (!m->onu && m->type == SET)
		read_set(o, m, c);
}

static enum np_verdict omci_decode(struct np_cur *c, struct np_out *o)
{
	enum { BASELINE = 0x0a, EXTENDED = 0x0b, BASELINE_N = 32 };
	enum { ASKS = 0x40, ANSWERS = 0x20, FIRST = 4, LAST = 29 };
	struct message m = {0};

	np_skip(c, 2); /* transaction */
	const uint8_t *at = c->p;
	uint8_t type = np_u8(c), device = np_u8(c);

	m.class = np_be16(c);
	m.type = type & 0x1f;
	m.extended = device == EXTENDED;
	m.onu = type & ANSWERS;
	m.olt = !m.onu;
	np_skip(c, 2); /* instance */
	if (c->cut || type & 0x80 || (device != BASELINE && !m.extended) ||
	    !(type & ASKS) == !m.onu || m.type < FIRST || m.type > LAST)
		return NP_NOT_MINE;

	struct np_cur v = np_sub(c, m.extended ? np_be16(c) : BASELINE_N);

	if (v.cut)
		return NP_NOT_MINE;
	np_not_sender(o);
	np_emit_word(o, ROLE, m.onu ? "ONU" : "OLT", at);
	read_message(o, &m, v);
	if (m.onu) {
		np_say(o, NP_PEER);
		m.olt = true;
		read_message(o, &m, v);
	}
	return NP_DECODED;
}

static const struct np_match match[] = {NP_ETHERTYPE(0x88b5)};

const struct np_proto np_proto_omci = {
	.name = "omci",
	.title = "ONU management and control",
	.spec = "ITU-T G.988",
	.layer = "management",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = omci_decode,
};

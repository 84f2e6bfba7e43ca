/* SPDX-License-Identifier: ISC */
/*
 * Multicast DNS (RFC 6762) with service discovery (RFC 6763): what a device
 * tells of its model in TXT records. The names are people's: they are marked.
 * Questions are not read.
 */
#include "proto/proto.h"

enum { MODEL, MANUFACTURER, NAME };

static const struct np_field fields[] = {
	[MODEL] = {"model", NP_TEXT, NP_KEY_NONE, 0,
		   "model, as a TXT record of a service gives it"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "maker, as a TXT record of a service gives it"},
	[NAME] = {"name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		  "name of the instance that has the device information"},
};

enum { TXT = 16, MAX_RECORDS = 128, MAX_STRINGS = 64 };

/* Keys of TXT records that hold a model or a maker (RFC 6763 6.4; device
 * information, printers, players). */
static const struct key {
	const char *name;
	unsigned field;
} keys[] = {
	{"model=", MODEL},
	{"md=", MODEL},
	{"ty=", MODEL},
	{"usb_MDL=", MODEL},
	{"usb_MFG=", MANUFACTURER},
	{"manufacturer=", MANUFACTURER},
};

static void read_txt(struct np_out *o, struct np_cur c)
{
	for (int i = 0; i < MAX_STRINGS && c.left; i++) {
		struct np_cur v = np_sub(&c, np_u8(&c));

		for (size_t k = 0; k < NP_COUNT(keys); k++) {
			if (!np_ahead_nocase(v, keys[k].name))
				continue;
			np_skip(&v, strlen(keys[k].name));
			np_emit(o, keys[k].field, v);
			break;
		}
	}
}

/* "name._device-info._tcp.local": the first label. */
static void read_name(struct np_out *o, struct np_cur name, const uint8_t *at)
{
	size_t n = np_find(name, "._device-info._tcp.", 19);

	if (n != SIZE_MAX && n)
		np_emit_made(o, NAME, NP_TEXT, name.p, n, at);
}

static bool read_record(struct np_out *o, struct np_cur *c,
			struct np_cur message)
{
	const uint8_t *at = c->p;
	size_t n = 0;
	const uint8_t *name = np_dns_name(c, message, o->mem, &n);

	if (!name)
		return false;
	uint16_t type = np_be16(c);

	np_skip(c, 2 + 4); /* class, time to live */
	struct np_cur data = np_sub(c, np_be16(c));

	if (data.cut)
		return false;
	if (type == TXT) {
		read_name(o, np_cur(name, n), at);
		read_txt(o, data);
	}
	return true;
}

static enum np_verdict mdns_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur message = *c;
	size_t n;

	np_skip(c, 2);
	uint16_t flags = np_be16(c), questions = np_be16(c);
	unsigned records = np_be16(c);

	records += np_be16(c);
	records += np_be16(c);
	if (c->cut || flags & 0x7800) /* RFC 6762 18.3: OPCODE is 0 */
		return NP_NOT_MINE;
	if (!(flags & 0x8000))
		return NP_DECODED;
	for (unsigned i = 0; i < questions && i < MAX_RECORDS; i++) {
		if (!np_dns_name(c, message, o->mem, &n))
			return NP_MALFORMED;
		np_skip(c, 4);
	}
	for (unsigned i = 0; i < records && i < MAX_RECORDS; i++)
		if (!read_record(o, c, message))
			return NP_MALFORMED;
	return NP_DECODED;
}

static const struct np_match match[] = {NP_UDP(5353)};

const struct np_proto np_proto_mdns = {
	.name = "mdns",
	.title = "Multicast DNS service discovery",
	.spec = "RFC 6762, RFC 6763",
	.layer = "service",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = mdns_decode,
};

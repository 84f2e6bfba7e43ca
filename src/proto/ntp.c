/* SPDX-License-Identifier: ISC */
/*
 * NTP (RFC 5905) and its control messages, mode 6 (RFC 9327): a server answers
 * what it is and what it follows, "version="ntpd 4.2.8", system="Linux"". Time
 * itself is noise. Clients say nothing of themselves; mode 7 is each maker's
 * own and not read.
 */
#include "proto/proto.h"

enum { VERSION, SYSTEM, PROCESSOR, STRATUM, REFERENCE_ID, ROLE };

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "system variable: the server's software"},
	[SYSTEM] = {"operating_system", NP_TEXT, NP_KEY_NONE, 0,
		    "system variable \"system\": what it runs on"},
	[PROCESSOR] = {"processor", NP_TEXT, NP_KEY_NONE, 0,
		       "system variable: the machine's processor"},
	[STRATUM] = {"stratum", NP_UINT, NP_KEY_NONE, 0,
		     "steps from a reference clock, in a server's packet"},
	[REFERENCE_ID] = {"reference_id", NP_HEX, NP_KEY_NONE, 0,
			  "what the server follows: at stratum 1 the kind of "
			  "its clock, else its server's address or a hash"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "time server, of who answers with a time that is set"},
};

/* 7.3 */
enum { CLIENT = 3, SERVER, BROADCAST, CONTROL };
enum { HEADER = 48, NOT_SET = 3, MOST_STRATUM = 15, MOST_VARIABLES = 64 };

static struct np_cur unquoted(struct np_cur v)
{
	if (v.left >= 2 && v.p[0] == '"' && v.p[v.left - 1] == '"')
		v = np_cur(v.p + 1, v.left - 2);
	return v;
}

/* "name=value", up to a comma that is not in quotes. False without the comma:
 * it may go on in the next fragment. */
static bool next_variable(struct np_cur *c, bool last, struct np_cur *ret)
{
	bool quoted = false;
	size_t n = 0;

	for (; n < c->left; n++) {
		if (c->p[n] == '"')
			quoted = !quoted;
		else if (c->p[n] == ',' && !quoted)
			break;
	}
	bool whole = n < c->left || (last && !quoted);

	*ret = np_trim_space(np_sub(c, n));
	if (c->left)
		np_skip(c, 1);
	return whole;
}

/* RFC 9327 4: variables of the system, association 0. */
static void read_variables(struct np_out *o, struct np_cur c, bool last)
{
	static const struct {
		const char *name;
		unsigned field;
	} wanted[] = {
		{"version=", VERSION},
		{"system=", SYSTEM},
		{"processor=", PROCESSOR},
	};
	struct np_cur v;

	for (int i = 0; i < MOST_VARIABLES && c.left; i++) {
		if (!next_variable(&c, last, &v))
			return;
		for (size_t k = 0; k < NP_COUNT(wanted); k++) {
			size_t n = strlen(wanted[k].name);

			if (!np_ahead(v, wanted[k].name, n))
				continue;
			np_skip(&v, n);
			np_emit(o, wanted[k].field, unquoted(v));
			break;
		}
	}
}

/* RFC 9327 2 */
static enum np_verdict read_control(struct np_cur *c, struct np_out *o)
{
	enum { RESPONSE = 0x80, ERROR = 0x40, MORE = 0x20, READ_VARIABLES = 2 };
	unsigned bits = np_u8(c), opcode = bits & 0x1f;

	np_skip(c, 2 + 2); /* sequence number, status */
	unsigned association = np_be16(c), offset = np_be16(c);
	struct np_cur data = np_sub(c, np_be16(c));

	if (data.cut)
		return NP_MALFORMED;
	if (!(bits & RESPONSE) || bits & ERROR || opcode != READ_VARIABLES ||
	    association)
		return NP_DECODED;
	/* A later fragment begins within a variable, so it may be lost. */
	if (offset && !next_variable(&data, false, &(struct np_cur){0}))
		return NP_DECODED;
	read_variables(o, data, !(bits & MORE));
	return NP_DECODED;
}

static bool printable(struct np_cur c)
{
	while (c.left && c.p[0] >= ' ' && c.p[0] < 0x7f)
		np_skip(&c, 1);
	while (c.left && !c.p[0])
		np_skip(&c, 1);
	return !c.left;
}

static enum np_verdict ntp_decode(struct np_cur *c, struct np_out *o)
{
	size_t all = c->left;
	const uint8_t *at = c->p;
	unsigned first = np_u8(c), leap = first >> 6, mode = first & 7;
	unsigned version = first >> 3 & 7;

	if (version < 1 || version > 4 || mode < 1 || mode > CONTROL)
		return NP_NOT_MINE;
	if (mode == CONTROL)
		return all < 12 ? NP_NOT_MINE : read_control(c, o);
	if (all < HEADER)
		return NP_NOT_MINE;
	if (mode != SERVER && mode != BROADCAST)
		return NP_DECODED;
	struct np_cur stratum = np_sub(c, 1), id;

	np_skip(c, 1 + 1 + 4 + 4); /* poll, precision, delay, dispersion */
	id = np_sub(c, 4);
	unsigned steps = stratum.p[0];

	/* 7.4: at stratum 0 it says why it gives no time. */
	if (leap == NOT_SET || !steps || steps > MOST_STRATUM)
		return NP_DECODED;
	np_emit(o, STRATUM, stratum);
	np_emit_as(o, REFERENCE_ID,
		   steps == 1 && printable(id) ? NP_TEXT : NP_HEX, id);
	np_emit_word(o, ROLE, "time server", at);
	return NP_DECODED;
}

/* All but the stratum and whom it follows; of a control message its number. */
static void ntp_noise(struct np_cur c, struct np_noise *ret)
{
	unsigned first = np_u8(&c), mode = first & 7, version = first >> 3 & 7;

	if (version < 1 || version > 4)
		return;
	if (mode == CONTROL && c.left >= 11) {
		np_skip(&c, 1);
		np_noisy(ret, np_sub(&c, 2));
	}
	if (mode < 1 || mode > BROADCAST || c.left < HEADER - 1)
		return;
	np_skip(&c, 1);
	np_noisy(ret, np_sub(&c, 10));
	np_skip(&c, 4);
	np_noisy(ret, c);
}

static const struct np_match match[] = {NP_UDP(123)};

const struct np_proto np_proto_ntp = {
	.name = "ntp",
	.title = "Network Time Protocol",
	.spec = "RFC 5905, RFC 9327",
	.layer = "management",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ntp_decode,
	.noise = ntp_noise,
};

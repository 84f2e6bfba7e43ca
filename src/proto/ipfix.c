/* SPDX-License-Identifier: ISC */
/*
 * IPFIX (RFC 7011), NetFlow version 9 (RFC 3954), which it came from, and
 * version 5 (Cisco's "NetFlow Export Datagram Format", table B-3), over UDP:
 * that a box exports, under what number, and whose elements its templates have.
 * Records are of other people's traffic: data sets are stepped over, and no
 * template is remembered.
 */
#include "proto/proto.h"

enum { VERSION, OBSERVATION_DOMAIN, PEN, ROLE };

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0,
		     "version of the export protocol: 5, 9 or 10"},
	[OBSERVATION_DOMAIN] =
		{"observation_domain", NP_UINT, NP_KEY_NONE, 0,
		 "observation domain; source ID of version 9; type "
		 "and number of the engine in version 5"},
	[PEN] = {"pen", NP_UINT, NP_KEY_NONE, 0,
		 "enterprise number of an element in a template"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "exporter"},
};

enum { NETFLOW_5 = 5, NETFLOW_9 = 9, IPFIX = 10 };
enum { MOST_PENS = 16, FIRST_DATA = 256 };

struct message {
	struct np_out *o;
	uint32_t pen[MOST_PENS]; /* said already */
	size_t npens;
};

/* RFC 5103: the mark of a flow's other direction names nobody. */
static void emit_pen(struct message *m, struct np_cur *c)
{
	enum { REVERSE = 29305 };
	const uint8_t *at = c->p;
	uint32_t pen = np_be32(c);

	for (size_t i = 0; i < m->npens; i++)
		if (m->pen[i] == pen)
			return;
	if (c->cut || pen == REVERSE || m->npens == MOST_PENS)
		return;
	m->pen[m->npens++] = pen;
	np_emit_u(m->o, PEN, c, at, pen);
}

/* RFC 7011 3.4.1 and 3.4.2. What is shorter than a head pads the set; a
 * template without fields is withdrawn (8.1). */
static bool read_templates(struct message *m, struct np_cur c, bool options)
{
	while (c.left >= 4) {
		np_skip(&c, 2); /* template id */
		unsigned n = np_be16(&c);

		if (options && n)
			np_skip(&c, 2); /* how many are its scope */
		for (unsigned i = 0; i < n && !c.cut; i++) {
			bool enterprise = np_be16(&c) & 0x8000;

			np_skip(&c, 2); /* length */
			if (enterprise)
				emit_pen(m, &c);
		}
	}
	return !c.cut;
}

/* 3.3.2; RFC 3954 5: id, length with its head. */
static bool next_set(struct np_cur *c, unsigned *ret_id, struct np_cur *ret)
{
	*ret_id = np_be16(c);
	size_t n = np_be16(c);

	*ret = np_sub(c, n - 4);
	return n >= 4 && !ret->cut;
}

static bool is_known(unsigned version, unsigned id)
{
	unsigned template = version == IPFIX ? 2 : 0;

	return id == template || id == template + 1 || id >= FIRST_DATA;
}

/* 3.1; RFC 3954 5.1. Behind it the cursor is at the first set. */
static unsigned read_head(struct np_cur *c, struct np_cur *ret_domain)
{
	size_t all = c->left;
	unsigned version = np_be16(c), n = np_be16(c);
	struct np_cur first;
	unsigned id;

	if (version != IPFIX && version != NETFLOW_9)
		return 0;
	np_skip(c, version == IPFIX ? 8 : 12);
	*ret_domain = np_sub(c, 4);
	struct np_cur ahead = *c;

	if ((version == IPFIX && n != all) || !next_set(&ahead, &id, &first) ||
	    !is_known(version, id))
		return 0;
	return version;
}

/* Version 5 has no sets: a head and at most 30 records of one kind. What is
 * behind the clocks is whose they are. */
static bool is_5(struct np_cur c, struct np_cur *ret_engine)
{
	enum { HEAD = 24, RECORD = 48, MOST = 30 };
	size_t all = c.left;
	unsigned version = np_be16(&c), n = np_be16(&c);

	np_skip(&c, 16);
	*ret_engine = np_sub(&c, 2);
	return version == NETFLOW_5 && n && n <= MOST &&
	       all == HEAD + (size_t)n * RECORD;
}

static void emit_head(struct np_out *o, const uint8_t *at, struct np_cur *c,
		      unsigned version, struct np_cur domain)
{
	np_emit_u(o, VERSION, c, at, version);
	np_emit(o, OBSERVATION_DOMAIN, domain);
	np_emit_word(o, ROLE, "exporter", at);
}

static enum np_verdict ipfix_decode(struct np_cur *c, struct np_out *o)
{
	struct message m = {.o = o};
	const uint8_t *at = c->p;
	struct np_cur domain, set;
	unsigned id, version;

	if (is_5(*c, &domain)) {
		np_skip(c, c->left);
		emit_head(o, at, c, NETFLOW_5, domain);
		return NP_DECODED;
	}
	version = read_head(c, &domain);
	if (!version)
		return NP_NOT_MINE;
	emit_head(o, at, c, version, domain);
	while (c->left >= 4) {
		if (!next_set(c, &id, &set) || !is_known(version, id))
			return NP_MALFORMED;
		/* Version 9 has no elements of enterprises. */
		if (version == IPFIX && id < FIRST_DATA &&
		    !read_templates(&m, set, id == 3))
			return NP_MALFORMED;
	}
	return NP_DECODED;
}

/* Clocks, the sequence number, and what data sets hold. */
static void ipfix_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur domain, set, times = c;
	unsigned id, version;

	if (is_5(c, &domain)) {
		np_skip(&times, 2);
		np_noisy(ret, np_sub(&times, 18));
		np_skip(&times, 2); /* the engine */
		np_noisy(ret, times);
		return;
	}
	version = read_head(&c, &domain);
	if (!version)
		return;
	np_skip(&times, version == IPFIX ? 4 : 2); /* of 9: records too */
	np_noisy(ret, np_sub(&times, version == IPFIX ? 8 : 14));
	while (c.left >= 4 && next_set(&c, &id, &set))
		if (id >= FIRST_DATA)
			np_noisy(ret, set);
}

static const struct np_match match[] = {
	NP_UDP(4739),
	NP_UDP(2055),
	NP_UDP(9995),
	NP_UDP(9996),
};

const struct np_proto np_proto_ipfix = {
	.name = "ipfix",
	.title = "IP Flow Information Export, and NetFlow 5 and 9",
	.spec = "RFC 7011, RFC 3954",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ipfix_decode,
	.noise = ipfix_noise,
};

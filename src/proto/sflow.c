/* SPDX-License-Identifier: ISC */
/*
 * sFlow version 5 (sflow.org, sflow_version_5.txt; sflow_host.txt): the agent
 * that samples, and of its counters what describes the agent's host. Samples of
 * flows are other people's traffic and stay closed; that somebody's own format
 * is among them shows by its number.
 */
#include "proto/proto.h"

enum {
	AGENT_ADDRESS,
	SUB_AGENT_ID,
	ENTERPRISE,
	HOST_NAME,
	UUID,
	MACHINE_TYPE,
	OS_NAME,
	OS_RELEASE,
	ROLE,
};

static const struct np_field fields[] = {
	[AGENT_ADDRESS] = {"agent_address", NP_IP, NP_KEY_IP, 0,
			   "address that the agent is known by"},
	[SUB_AGENT_ID] = {"sub_agent_id", NP_UINT, NP_KEY_NONE, 0,
			  "which of the agent's processes it is"},
	[ENTERPRISE] = {"enterprise", NP_UINT, NP_KEY_NONE, 0,
			"enterprise number of a format that is not sFlow's"},
	[HOST_NAME] = {"host_name", NP_TEXT, NP_KEY_NAME, 0,
		       "host_descr: name of the agent's host"},
	[UUID] = {"uuid", NP_HEX, NP_KEY_NONE, 0,
		  "host_descr: the host's UUID"},
	[MACHINE_TYPE] = {"machine_type", NP_UINT, NP_KEY_NONE, 0,
			  "host_descr: code of the processor's family"},
	[OS_NAME] = {"os_name", NP_UINT, NP_KEY_NONE, 0,
		     "host_descr: code of the operating system"},
	[OS_RELEASE] = {"os_release", NP_TEXT, NP_KEY_NONE, 0,
			"host_descr: its release"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "sFlow agent"},
};

/* Formats of samples, enterprise 0. */
enum { FLOW = 1, COUNTERS, EXPANDED_FLOW, EXPANDED_COUNTERS };
enum { MOST_ENTERPRISES = 16 };

struct datagram {
	struct np_out *o;
	uint32_t said[MOST_ENTERPRISES];
	size_t nsaid;
};

/* Enterprise and format in one number, length, contents. */
static bool next_record(struct np_cur *c, uint32_t *ret_format,
			struct np_cur *ret)
{
	*ret_format = np_be32(c);
	*ret = np_sub(c, np_be32(c));
	return !ret->cut;
}

static void emit_enterprise(struct datagram *d, uint32_t format,
			    const uint8_t *at)
{
	const struct np_cur whole = {0};
	uint32_t enterprise = format >> 12;

	for (size_t i = 0; i < d->nsaid; i++)
		if (d->said[i] == enterprise)
			return;
	if (!enterprise || d->nsaid == MOST_ENTERPRISES)
		return;
	d->said[d->nsaid++] = enterprise;
	np_emit_u(d->o, ENTERPRISE, &whole, at, enterprise);
}

/* A string of XDR: its length, octets, and what fills up to four. */
static struct np_cur text(struct np_cur *c, size_t longest)
{
	size_t n = np_be32(c);
	struct np_cur v = np_sub(c, n <= longest ? n : SIZE_MAX);

	np_skip(c, -n & 3);
	return v;
}

/* sflow_host.txt, format 2000. */
static void read_host(struct np_out *o, struct np_cur c)
{
	struct np_cur name = text(&c, 64), uuid = np_sub(&c, 16);
	struct np_cur machine = np_sub(&c, 4), os = np_sub(&c, 4);
	struct np_cur release = text(&c, 32);

	if (c.cut)
		return;
	np_emit(o, HOST_NAME, name);
	np_emit(o, UUID, uuid);
	np_emit(o, MACHINE_TYPE, machine);
	np_emit(o, OS_NAME, os);
	np_emit(o, OS_RELEASE, release);
}

/* counters_sample, and what comes before its records. */
static bool read_counters(struct datagram *d, struct np_cur c, size_t before)
{
	enum { HOST_DESCR = 2000 };
	struct np_cur v;
	uint32_t format;

	np_skip(&c, before);
	uint32_t n = np_be32(&c);

	for (uint32_t i = 0; i < n && c.left; i++) {
		const uint8_t *at = c.p;

		if (!next_record(&c, &format, &v))
			return false;
		emit_enterprise(d, format, at);
		if (format == HOST_DESCR)
			read_host(d->o, v);
	}
	return !c.cut;
}

static bool read_sample(struct datagram *d, struct np_cur *c)
{
	const uint8_t *at = c->p;
	struct np_cur v;
	uint32_t format;

	if (!next_record(c, &format, &v))
		return false;
	emit_enterprise(d, format, at);
	if (format == COUNTERS) /* sequence number, source */
		return read_counters(d, v, 4 + 4);
	if (format == EXPANDED_COUNTERS) /* the source in two */
		return read_counters(d, v, 4 + 8);
	return true;
}

/* Version, the agent's address by its kind. */
static bool read_head(struct np_cur *c, struct np_cur *ret_agent)
{
	enum { VERSION = 5, IP4 = 1, IP6 = 2 };
	uint32_t version = np_be32(c), kind = np_be32(c);

	*ret_agent = np_sub(c, kind == IP6 ? 16 : 4);
	return version == VERSION && (kind == IP4 || kind == IP6);
}

static enum np_verdict sflow_decode(struct np_cur *c, struct np_out *o)
{
	struct datagram d = {.o = o};
	const uint8_t *at = c->p;
	struct np_cur agent, sub;

	if (!read_head(c, &agent))
		return NP_NOT_MINE;
	sub = np_sub(c, 4);
	np_skip(c, 4 + 4); /* sequence number, uptime */
	uint32_t n = np_be32(c);

	if (c->cut)
		return NP_MALFORMED;
	np_emit(o, AGENT_ADDRESS, agent);
	np_emit(o, SUB_AGENT_ID, sub);
	np_emit_word(o, ROLE, "sFlow agent", at);
	for (uint32_t i = 0; i < n && !c->cut; i++)
		if (!read_sample(&d, c))
			return NP_MALFORMED;
	return NP_DECODED;
}

/* Sequence number, uptime, and what samples of flows hold. */
static void sflow_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur v;
	uint32_t format;

	if (!read_head(&c, &v))
		return;
	np_skip(&c, 4);
	np_noisy(ret, np_sub(&c, 8));
	uint32_t n = np_be32(&c);

	for (uint32_t i = 0; i < n && next_record(&c, &format, &v); i++)
		if (format == FLOW || format == EXPANDED_FLOW)
			np_noisy(ret, v);
}

static const struct np_match match[] = {NP_UDP(6343)};

const struct np_proto np_proto_sflow = {
	.name = "sflow",
	.title = "sFlow version 5",
	.spec = "sflow.org sflow_version_5.txt, sflow_host.txt",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sflow_decode,
	.noise = sflow_noise,
};

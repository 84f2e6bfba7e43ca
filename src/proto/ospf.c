/* SPDX-License-Identifier: ISC */
/*
 * OSPF: version 2 (RFC 2328 A.3) and 3 (RFC 5340 A.3). Every packet has its
 * sender's router id; a hello tells who is designated on the link; a flooded
 * update holds statements of routers anywhere in the area, of which those are
 * read that tell what a router is and what it is called (RFC 7770, the host
 * name of RFC 5642).
 *
 *	version, type, length, router id, area id, checksum, then in version 2
 *	authentication, in 3 the instance
 *
 * Router ids look like addresses and mostly are, but any number will do: they
 * join nothing.
 */
#include "proto/proto.h"

enum { ROUTER_ID, ADVERTISING_ROUTER, AREA_ID, HOSTNAME, ROLE, NEIGHBOR };

static const struct np_field fields[] = {
	[ROUTER_ID] = {"router_id", NP_IP, NP_KEY_NONE, 0,
		       "Router ID of the sender"},
	[ADVERTISING_ROUTER] = {"advertising_router", NP_IP, NP_KEY_NONE, 0,
				"Router ID of who began a statement"},
	[AREA_ID] = {"area_id", NP_IP, NP_KEY_NONE, 0, "Area ID of the packet"},
	[HOSTNAME] = {"hostname", NP_TEXT, NP_KEY_NAME, 0,
		      "Dynamic Hostname: name that the operator gave"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "OSPF router; DR or BDR by its own hello; ABR or ASBR by the "
		  "router's own statement"},
	[NEIGHBOR] = {"neighbor", NP_IP, NP_KEY_NONE, 0,
		      "Router ID of a router that the sender hears on the "
		      "link"},
};

enum { HELLO = 1, UPDATE = 4, TYPES = 6 };

enum { MAX_STATEMENTS = 32 }; /* of one update */

struct packet {
	unsigned version, type;
	bool whole;
	const uint8_t *at; /* of the type */
	struct np_cur router, area, body;
};

static bool read_head(struct np_cur c, struct packet *ret)
{
	size_t n, all = c.left;

	ret->version = np_u8(&c);
	ret->at = c.p;
	ret->type = np_u8(&c);
	n = np_be16(&c);
	ret->router = np_sub(&c, 4);
	ret->area = np_sub(&c, 4);
	/* Checksum, and authentication (2) or instance and zero (3). */
	size_t head = ret->version == 2 ? 24 : 16;

	np_skip(&c, head - 12);
	if (c.cut || (ret->version != 2 && ret->version != 3) || !ret->type ||
	    ret->type >= TYPES || n < head)
		return false;
	ret->whole = n <= all;
	if (ret->whole)
		c.left = n - head;
	ret->body = c;
	return true;
}

/* Whom it heard, in a statement of its own: what the sender is does not change
 * with them. */
static void say_neighbours(struct np_out *o, struct np_cur c)
{
	enum { MOST = 64 };

	if (c.left < 4)
		return;
	np_say(o, NP_SELF);
	for (int i = 0; i < MOST && c.left >= 4; i++)
		np_emit(o, NEIGHBOR, np_sub(&c, 4));
}

/* Version 2, A.3.2, names the designated by address, version 3 by router id. */
static void read_hello(struct np_out *o, const struct packet *p)
{
	struct np_cur c = p->body, who = p->router;

	np_skip(&c, p->version == 2 ? 4 + 2 + 1 + 1 + 4 : 4 + 1 + 3 + 2 + 2);
	if (p->version == 2)
		who = np_cur(o->from->src_ip, o->from->ip_len);
	struct np_cur dr = np_sub(&c, 4), bdr = np_sub(&c, 4);

	if (who.left != 4 || c.cut)
		return;
	if (memcmp(dr.p, who.p, 4) == 0)
		np_emit_word(o, ROLE, "DR", dr.p);
	else if (memcmp(bdr.p, who.p, 4) == 0)
		np_emit_word(o, ROLE, "BDR", bdr.p);
	if (p->whole)
		say_neighbours(o, c);
}

/* Link state types and what of them is read. */
enum { V2_ROUTER = 1, V2_AREA = 10, V2_DOMAIN = 11, V2_LINK = 9 };
enum { V3_ROUTER = 0x2001, V3_INFORMATION = 12, V3_FUNCTION = 0x1fff };

struct statement {
	bool router, information;
	struct np_cur by, body;
};

/* A.4.1 of both, A.4.2: heads differ in options and type alone. */
static bool next_statement(struct np_cur *c, unsigned version,
			   struct statement *ret)
{
	unsigned type, opaque;
	size_t n;

	np_skip(c, 2);
	type = np_be16(c);
	opaque = c->left ? c->p[0] : 0;
	np_skip(c, 4);
	ret->by = np_sub(c, 4);
	np_skip(c, 4 + 2);
	n = np_be16(c);
	if (version == 2) {
		type &= 0xff;
		ret->router = type == V2_ROUTER;
		ret->information =
			opaque == 4 && (type == V2_LINK || type == V2_AREA ||
					type == V2_DOMAIN);
	} else {
		ret->router = type == V3_ROUTER;
		ret->information = (type & V3_FUNCTION) == V3_INFORMATION;
	}
	ret->body = np_sub(c, n < 20 ? SIZE_MAX : n - 20);
	return !c->cut;
}

/* RFC 7770 2.1: type, length, value in whole words. */
static struct np_cur hostname(struct np_cur c)
{
	enum { T_HOSTNAME = 7 };

	while (c.left >= 4) {
		unsigned type = np_be16(&c);
		size_t n = np_be16(&c);
		struct np_cur v = np_sub(&c, n);

		if (type == T_HOSTNAME)
			return v;
		np_skip(&c, -n & 3);
	}
	return (struct np_cur){.cut = true};
}

static void read_statement(struct np_out *o, const struct packet *p,
			   const struct statement *s)
{
	enum { BORDER = 1, EXTERNAL = 2 };
	struct np_cur body = s->body, name = {.cut = true};
	const uint8_t *at = body.p;
	unsigned flags = s->router ? np_u8(&body) & (BORDER | EXTERNAL) : 0;

	if (s->information)
		name = hostname(s->body);
	bool of_another = memcmp(s->by.p, p->router.p, 4) != 0;

	/* Of another only its name says who that is. */
	if ((!flags || of_another) && (name.cut || !name.left))
		return;
	if (of_another)
		np_say_relayed(o);
	else
		np_say(o, NP_SELF);
	np_emit(o, ADVERTISING_ROUTER, s->by);
	np_emit(o, HOSTNAME, name);
	if (flags & BORDER)
		np_emit_word(o, ROLE, "ABR", at);
	if (flags & EXTERNAL)
		np_emit_word(o, ROLE, "ASBR", at);
}

static void read_update(struct np_out *o, const struct packet *p)
{
	struct np_cur c = p->body;
	uint32_t count = np_be32(&c);
	struct statement s;

	for (uint32_t i = 0; i < count && i < MAX_STATEMENTS; i++) {
		if (!next_statement(&c, p->version, &s))
			return;
		if (s.router || s.information)
			read_statement(o, p, &s);
	}
}

static enum np_verdict ospf_decode(struct np_cur *c, struct np_out *o)
{
	struct packet p;

	if (!read_head(*c, &p))
		return NP_NOT_MINE;
	np_emit_word(o, ROLE, "OSPF router", p.at);
	np_emit(o, ROUTER_ID, p.router);
	np_emit(o, AREA_ID, p.area);
	if (p.type == HELLO)
		read_hello(o, &p);
	else if (p.type == UPDATE)
		read_update(o, &p);
	return p.whole ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {{.on = NP_ON_IP, .a = 89}};

const struct np_proto np_proto_ospf = {
	.name = "ospf",
	.title = "Open Shortest Path First",
	.spec = "RFC 2328; RFC 5340; RFC 7770; RFC 5642",
	.layer = "network",
	.grade = "E2",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ospf_decode,
};

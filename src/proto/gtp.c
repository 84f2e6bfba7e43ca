/* SPDX-License-Identifier: ISC */
/*
 * The control planes of GTP: version 2 (3GPP TS 29.274), version 1 (TS 29.060)
 * and GTP', which carries charging (TS 32.295). They tell themselves apart in
 * their first octet; what GTP-U carries is never looked at.
 *
 * Echo and its like pass between neighbours, so a private extension in them is
 * the sender's own. In messages of sessions an SGW hands it on, and so do
 * proxies between networks: there it is of whoever put it in, unless an MME or
 * an SGSN opens the session, from the address that it gives as its own on an
 * interface that leaves no network. Of subscribers nothing is read but the type
 * allocation code of a handset.
 */
#include "proto/proto.h"

enum {
	PRIVATE_EXTENSION_PEN,
	NODE_NAME,
	NODE_ADDRESS,
	RECOVERY,
	NODE_FEATURES,
	MEI,
	ROLE,
};

static const struct np_field fields[] = {
	[PRIVATE_EXTENSION_PEN] = {"private_extension_pen", NP_UINT,
				   NP_KEY_NONE, 0,
				   "enterprise number of a private extension"},
	[NODE_NAME] = {"node_name", NP_TEXT, NP_KEY_NONE, 0,
		       "domain name of an MME or SGSN that asks for a context "
		       "or takes one"},
	[NODE_ADDRESS] = {"node_address", NP_IP, NP_KEY_NONE, 0,
			  "address that the sender gives as its own for "
			  "signalling"},
	[RECOVERY] = {"recovery", NP_UINT, NP_KEY_NONE, 0,
		      "restart counter of the sender"},
	[NODE_FEATURES] = {"node_features", NP_HEX, NP_KEY_NONE, 0,
			   "Node Features, a vector of bits"},
	[MEI] = {"mei", NP_TEXT, NP_KEY_NONE, 0,
		 "of a mobile equipment identity the first eight digits, the "
		 "type allocation code"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "MME, SGW, PGW, SGSN, GGSN, ePDG, TWAN, MBMS GW, AMF, CDF "
		  "or CGF"},
};

enum { TAC_DIGITS = 8 };	  /* TS 23.003 6.2.1 */
enum { PRIVATE_EXTENSION = 255 }; /* in all versions */

#define MAX_ENTERPRISES 8 /* told apart in one datagram; others repeat */
#define MAX_ROLES 4

/* What a datagram says in all. */
struct read {
	struct np_out *o;
	bool node;	/* a message between neighbours */
	bool first_hop; /* the sender is whom a session's message began at */
	bool extended;	/* there are extensions, which are read last */
	bool last;
	struct np_cur pen[MAX_ENTERPRISES];
	size_t npen;
	struct {
		const char *word;
		const uint8_t *at;
	} role[MAX_ROLES];
	size_t nroles;
	char tac[TAC_DIGITS];
	const uint8_t *tac_at;
};

static void read_extension(struct read *r, struct np_cur v)
{
	struct np_cur number = np_sub(&v, 2);

	r->extended = true;
	if (!r->last)
		return;
	for (size_t i = 0; i < r->npen; i++)
		if (np_same(r->pen[i], number))
			return;
	if (r->npen < MAX_ENTERPRISES && !number.cut)
		r->pen[r->npen++] = number;
	np_emit(r->o, PRIVATE_EXTENSION_PEN, number);
}

static void add_role(struct read *r, const char *word, const uint8_t *at)
{
	for (size_t i = 0; i < r->nroles; i++)
		if (strcmp(r->role[i].word, word) == 0)
			return;
	if (r->nroles == MAX_ROLES)
		return;
	r->role[r->nroles].word = word;
	r->role[r->nroles++].at = at;
}

/* TBCD (TS 29.002): the first digit in the low bits. What is no digit makes it
 * none: an identity may be unknown. */
static void read_mei(struct read *r, struct np_cur v)
{
	const uint8_t *at = v.p;

	if (v.left < 7)
		return;
	for (size_t i = 0; i < TAC_DIGITS; i += 2) {
		uint8_t two = np_u8(&v);

		if ((two & 15) > 9 || two >> 4 > 9)
			return;
		r->tac[i] = (char)('0' + (two & 15));
		r->tac[i + 1] = (char)('0' + (two >> 4));
	}
	r->tac_at = at;
}

static bool is_sender(const struct read *r, struct np_cur address)
{
	const struct np_from *f = r->o->from;

	return f->src_ip && np_same(address, np_cur(f->src_ip, f->ip_len));
}

/* -------------------------------------------------------------- version 2 */

/* Types of messages, TS 29.274 6.1. */
enum {
	ECHO_REQUEST = 1,
	ECHO_RESPONSE = 2,
	VERSION_NOT_SUPPORTED = 3,
	CREATE_SESSION_REQUEST = 32,
	CONTEXT_REQUEST = 130,
	FORWARD_RELOCATION_RESPONSE = 134,
};

/* 8.22: the ends of interfaces of the control plane. `near`: those that stay
 * within a network, and where a session begins. */
static const struct interface {
	uint8_t type;
	bool near;
	const char *role;
} interfaces[] = {
	{6, false, "SGW"},	{7, false, "PGW"},	{10, true, "MME"},
	{11, false, "SGW"},	{12, false, "MME"},	{13, false, "MME"},
	{14, false, "SGSN"},	{17, true, "SGSN"},	{18, false, "SGSN"},
	{24, false, "MBMS GW"}, {25, false, "MBMS GW"}, {26, false, "MME"},
	{27, false, "SGSN"},	{30, false, "ePDG"},	{32, false, "PGW"},
	{35, false, "TWAN"},	{36, false, "PGW"},	{40, false, "AMF"},
};

/* 8.22: flags V4 and V6 and the interface, a tunnel's end, addresses. It is the
 * sender's where one of them is its own. */
static void read_tunnel(struct read *r, uint8_t message, unsigned instance,
			struct np_cur v)
{
	const uint8_t *at = v.p;
	uint8_t flags = np_u8(&v);

	np_skip(&v, 4);
	struct np_cur four = flags & 0x80 ? np_sub(&v, 4) : np_cur(NULL, 0);
	struct np_cur six = flags & 0x40 ? np_sub(&v, 16) : np_cur(NULL, 0);
	bool opens = message == CREATE_SESSION_REQUEST && !instance;

	if (opens) {
		np_emit(r->o, NODE_ADDRESS, four);
		np_emit(r->o, NODE_ADDRESS, six);
	}
	if (v.cut || (!is_sender(r, four) && !is_sender(r, six)))
		return;
	for (size_t i = 0; i < NP_COUNT(interfaces); i++) {
		if (interfaces[i].type != (flags & 0x3f))
			continue;
		add_role(r, interfaces[i].role, at);
		r->first_hop |= opens && interfaces[i].near;
	}
}

static void read_element_2(struct read *r, uint8_t message, uint8_t type,
			   unsigned instance, struct np_cur v)
{
	switch (type) {
	case 3:
		np_emit(r->o, RECOVERY, np_sub(&v, 1));
		break;
	case 75:
		read_mei(r, v);
		break;
	case 87:
		read_tunnel(r, message, instance, v);
		break;
	case 136: /* FQDN, 7.3.5 and 7.3.2: of the new MME or SGSN */
		if (message == CONTEXT_REQUEST ||
		    message == FORWARD_RELOCATION_RESPONSE)
			np_emit_labels(r->o, NODE_NAME, v);
		break;
	case 152:
		if (r->node)
			np_emit(r->o, NODE_FEATURES, v);
		break;
	}
}

/* 5.1: version, P, T, MP; type; length; [TEID]; sequence number; spare.
 * Elements of a type, two octets of length, an instance. */
static enum np_verdict read_message_2(struct read *r, struct np_cur *c,
				      bool *ret_follows)
{
	enum { FOLLOWS = 0x10, TEID = 8 };
	uint8_t flags = np_u8(c), message = np_u8(c);
	uint16_t n = np_be16(c);
	size_t head = flags & TEID ? 8 : 4;

	if (c->cut || flags >> 5 != 2 || flags & 3 || n < head)
		return NP_NOT_MINE;
	bool whole = c->left >= n;
	struct np_cur body = np_sub(c, whole ? n : c->left);

	*ret_follows = flags & FOLLOWS;
	r->node &= message <= VERSION_NOT_SUPPORTED;
	np_skip(&body, head);
	while (body.left) {
		uint8_t type = np_u8(&body);
		uint16_t len = np_be16(&body);
		unsigned instance = np_u8(&body) & 15;
		struct np_cur v = np_sub(&body, len);

		if (type == PRIVATE_EXTENSION)
			read_extension(r, v);
		else if (!r->last && !v.cut)
			read_element_2(r, message, type, instance, v);
	}
	return whole && !body.cut ? NP_DECODED : NP_MALFORMED;
}

/* 5.5.1: another message may ride on the first. */
static enum np_verdict read_2(struct read *r, struct np_cur *c)
{
	bool follows = false;
	enum np_verdict verdict = read_message_2(r, c, &follows);

	if (verdict != NP_DECODED || !follows)
		return verdict;
	verdict = read_message_2(r, c, &follows);
	return verdict == NP_DECODED ? NP_DECODED : NP_MALFORMED;
}

/* ----------------------------------------------------- version 1 and GTP' */

/* Octets of an element whose type has no top bit, TS 29.060 7.7 and TS 32.295
 * 6.2.1; 0: not known, and so is where the next begins. */
static size_t size_of(uint8_t type)
{
	static const uint8_t sizes[128] = {
		[1] = 1,  [2] = 8,  [3] = 6,   [4] = 4,	  [5] = 4,  [8] = 1,
		[9] = 28, [11] = 1, [12] = 3,  [13] = 1,  [14] = 1, [15] = 1,
		[16] = 4, [17] = 4, [18] = 5,  [19] = 1,  [20] = 1, [21] = 1,
		[22] = 9, [23] = 1, [24] = 1,  [25] = 2,  [26] = 2, [27] = 2,
		[28] = 2, [29] = 1, [126] = 1, [127] = 4,
	};

	return sizes[type & 0x7f];
}

struct element {
	uint8_t type;
	const uint8_t *at;
	struct np_cur v;
};

static bool next_element(struct np_cur *c, struct element *ret)
{
	if (!c->left)
		return false;
	ret->at = c->p;
	ret->type = np_u8(c);
	size_t n = ret->type & 0x80 ? np_be16(c) : size_of(ret->type);

	ret->v = np_sub(c, n ? n : ret->type & 0x80 ? 0 : SIZE_MAX);
	return !c->cut;
}

/* TS 29.060 7.3: who opens a context gives its address for signalling first,
 * and so does who grants it. */
static void read_address_1(struct read *r, uint8_t message,
			   const struct element *e)
{
	enum { CREATE_REQUEST = 16, CREATE_RESPONSE = 17 };

	if (message != CREATE_REQUEST && message != CREATE_RESPONSE)
		return;
	np_emit(r->o, NODE_ADDRESS, e->v);
	if (is_sender(r, e->v))
		add_role(r, message == CREATE_REQUEST ? "SGSN" : "GGSN", e->at);
}

static enum np_verdict read_elements_1(struct read *r, uint8_t message,
				       struct np_cur c)
{
	struct element e;
	bool signalling = true;

	while (next_element(&c, &e)) {
		if (e.type == PRIVATE_EXTENSION) {
			read_extension(r, e.v);
		} else if (r->last) {
			continue;
		} else if (e.type == 14) {
			np_emit(r->o, RECOVERY, e.v);
		} else if (e.type == 133 && signalling) {
			read_address_1(r, message, &e);
			signalling = false;
		} else if (e.type == 154) {
			read_mei(r, e.v);
		}
	}
	return c.cut ? NP_MALFORMED : NP_DECODED;
}

/* TS 29.060 6: version, PT, E, S, PN; type; length of what follows the TEID;
 * TEID; and with any of the three flags a sequence number, a number of a packet
 * and the type of the first of a chain of headers. */
static enum np_verdict read_1(struct read *r, struct np_cur *c)
{
	uint8_t flags = np_u8(c), message = np_u8(c);
	uint16_t n = np_be16(c);

	np_skip(c, 4);
	if (c->cut || (flags & 7 && n < 4) || message == 255)
		return NP_NOT_MINE;
	bool whole = c->left >= n;
	struct np_cur body = np_sub(c, whole ? n : c->left);
	uint8_t next = 0;

	if (flags & 7) {
		np_skip(&body, 3);
		next = np_u8(&body);
	}
	while (next && body.left) {
		uint8_t units = np_u8(&body);

		np_skip(&body, units ? 4u * units - 2 : SIZE_MAX);
		next = np_u8(&body);
	}
	r->node &= message <= VERSION_NOT_SUPPORTED;
	enum np_verdict verdict = read_elements_1(r, message, body);

	return whole && !body.cut ? verdict : NP_MALFORMED;
}

/* TS 32.295 6.1.1: of version 0 the head may be as long as that of GTP then. */
static size_t head_of_prime(uint8_t flags)
{
	return flags >> 5 || flags & 1 ? 6 : 20;
}

/* TS 32.295 5: who counts sends records, who keeps them sends others away. */
static const char *role_of_prime(uint8_t message)
{
	switch (message) {
	case 7:	  /* Redirection Response */
	case 240: /* Data Record Transfer Request */
		return "CDF";
	case 6:
	case 241:
		return "CGF";
	}
	return NULL;
}

static enum np_verdict read_prime(struct read *r, struct np_cur *c)
{
	enum { NODE_ALIVE_REQUEST = 4, ADDRESS = 251 };
	const uint8_t *at = c->p;
	uint8_t flags = np_u8(c), message = np_u8(c);
	uint16_t n = np_be16(c);
	const char *role = role_of_prime(message);
	struct element e;

	np_skip(c, head_of_prime(flags) - 4);
	if (c->cut || !message || (message > 7 && !role))
		return NP_NOT_MINE;
	bool whole = c->left >= n, addressed = false;
	struct np_cur body = np_sub(c, whole ? n : c->left);

	if (role)
		add_role(r, role, at + 1);
	while (next_element(&body, &e)) {
		if (e.type == PRIVATE_EXTENSION) {
			read_extension(r, e.v);
		} else if (r->last) {
			continue;
		} else if (e.type == 14) {
			np_emit(r->o, RECOVERY, e.v);
		} else if (e.type == ADDRESS && !addressed &&
			   message == NODE_ALIVE_REQUEST) {
			np_emit(r->o, NODE_ADDRESS, e.v);
			addressed = true;
		}
	}
	return whole && !body.cut ? NP_DECODED : NP_MALFORMED;
}

/* --------------------------------------------------------------- datagram */

/* The first octet: version 1 has PT, version 2 no bits where GTP' has three.
 */
static bool is_prime(uint8_t first)
{
	return (first & 0x1e) == 0x0e && first >> 5 <= 2;
}

/* One datagram, or one message of a stream. */
static enum np_verdict read_any(struct read *r, struct np_cur c)
{
	uint8_t first = c.left ? c.p[0] : 0;

	if (is_prime(first))
		return read_prime(r, &c);
	if (r->o->from->stream)
		return NP_NOT_MINE;
	if (first >> 5 == 2)
		return read_2(r, &c);
	return first >> 4 == 3 ? read_1(r, &c) : NP_NOT_MINE;
}

static void emit_roles(struct read *r)
{
	for (size_t i = 0; i < r->nroles; i++)
		np_emit_word(r->o, ROLE, r->role[i].word, r->role[i].at);
}

/* Whose they are is known when the rest is read. */
static void emit_extensions(struct read *r, struct np_cur c)
{
	if (!r->node && !r->first_hop) {
		np_say(r->o, NP_SELF);
		np_not_sender(r->o);
		np_reach(r->o, NP_RELAYED);
	}
	r->last = true;
	(void)read_any(r, c);
}

/* Of GTP' in a stream: the octets of the message that begins here, when they
 * can be told; 4 before. */
static size_t length_of(struct np_cur c)
{
	size_t head = c.left ? head_of_prime(c.p[0]) : 0;

	np_skip(&c, 2);
	size_t n = np_be16(&c);

	return c.cut ? 4 : head + n;
}

static enum np_verdict gtp_decode(struct np_cur *c, struct np_out *o)
{
	struct read r = {.o = o, .node = true};
	struct np_cur message = *c;

	if (o->from->stream && c->left && is_prime(c->p[0])) {
		size_t n = length_of(*c);

		if (c->left < n && !o->from->end)
			return np_more(o, n);
		message = np_cur(c->p, n < c->left ? n : c->left);
		o->next = n;
	}
	enum np_verdict verdict = read_any(&r, message);

	if (verdict == NP_NOT_MINE)
		return verdict;
	emit_roles(&r);
	if (r.extended)
		emit_extensions(&r, message);
	if (r.tac_at) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
		np_emit_made(o, MEI, NP_TEXT, r.tac, sizeof(r.tac), r.tac_at);
	}
	return verdict;
}

/* Of messages between neighbours the sequence number. */
static void gtp_noise(struct np_cur c, struct np_noise *ret)
{
	uint8_t flags = np_u8(&c), message = np_u8(&c);

	if (message > VERSION_NOT_SUPPORTED)
		return;
	np_skip(&c, 2);
	if (is_prime(flags) && head_of_prime(flags) == 6) {
		np_noisy(ret, np_sub(&c, 2));
	} else if (flags >> 5 == 2) {
		np_skip(&c, flags & 8 ? 4 : 0);
		np_noisy(ret, np_sub(&c, 3));
	} else if (flags >> 4 == 3 && flags & 2) {
		np_skip(&c, 4);
		np_noisy(ret, np_sub(&c, 2));
	}
}

static const struct np_match match[] = {NP_UDP(2123), NP_UDP(3386),
					NP_TCP(3386)};

const struct np_proto np_proto_gtp = {
	.name = "gtp",
	.title = "GPRS Tunnelling Protocol, control plane",
	.spec = "3GPP TS 29.274, TS 29.060, TS 32.295",
	.layer = "service",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = gtp_decode,
	.noise = gtp_noise,
};

/* SPDX-License-Identifier: ISC */
/*
 * PFCP (3GPP TS 29.244): a control plane function and a user plane function,
 * each at its own address, with nothing between them that would speak for
 * another. A message is a head (7.2.2) and information elements of two octets
 * of type and two of length; a type with its top bit set is a maker's own, and
 * the enterprise number stands in front of its value (8.1.1).
 *
 * Which function it is shows in the message's type, or in the features that an
 * association is set up with. That it is one of 5G shows in what only 5G has;
 * otherwise the same messages are spoken by the halves of an SGW or a PGW. Of
 * sessions nothing is read but makers' elements: the rest are subscribers'.
 */
#include "proto/proto.h"

enum {
	NODE_ID,
	RECOVERY_TIME,
	CP_FUNCTION_FEATURES,
	UP_FUNCTION_FEATURES,
	USER_PLANE_ADDRESS,
	ENTERPRISE_ID,
	ROLE,
};

static const struct np_field fields[] = {
	[NODE_ID] = {"node_id", NP_TEXT, NP_KEY_NONE, 0,
		     "Node ID: address or domain name of the sender"},
	[RECOVERY_TIME] = {"recovery_time", NP_UINT, NP_KEY_NONE, 0,
			   "Recovery Time Stamp: when the sender started, in "
			   "seconds since 1900"},
	[CP_FUNCTION_FEATURES] = {"cp_function_features", NP_HEX, NP_KEY_NONE,
				  0, "CP Function Features, a vector of bits"},
	[UP_FUNCTION_FEATURES] = {"up_function_features", NP_HEX, NP_KEY_NONE,
				  0, "UP Function Features, a vector of bits"},
	[USER_PLANE_ADDRESS] = {"user_plane_address", NP_IP, NP_KEY_IP, 0,
				"User Plane IP Resource Information: an "
				"address of the sender towards tunnels"},
	[ENTERPRISE_ID] = {"enterprise_id", NP_UINT, NP_KEY_NONE, 0,
			   "enterprise number of an element that is a maker's "
			   "own"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "SMF, UPF, DBNG-CP, DBNG-UP; CP function or UP function "
		  "where it may be of 4G"},
};

enum { FOLLOWS = 4, SEID = 1 }; /* flags of the head */
enum { VENDOR = 0x8000 };	/* of a type */

/* Types that are read, 8.1.2. */
enum {
	UP_FEATURES = 43,
	NODE = 60,
	CP_FEATURES = 89,
	RECOVERY = 96,
	IP_RESOURCE = 116,
	QFI = 124,
	SMF_SET_ID = 180,
	S_NSSAI = 257,
};

#define MAX_DEPTH 4	  /* groups inside each other */
#define MAX_ENTERPRISES 8 /* told apart in one datagram; others repeat */
#define BROADBAND_FORUM 3561

/* What a datagram says in all. */
struct read {
	struct np_out *o;
	bool cp, up;	   /* the sender's function */
	bool five;	   /* of 5G */
	bool bng;	   /* with the Broadband Forum's elements, TR-459 */
	const uint8_t *at; /* what proves it */
	uint32_t seen[MAX_ENTERPRISES];
	size_t nseen;
	bool node; /* the message names its sender in NODE */
};

/* Who sends a message of a type (7.4, 7.5): C, U, or either end (-); N where
 * its Node ID is the sender's. */
static const char *direction(uint8_t type)
{
	static const struct {
		uint8_t type;
		char who[3];
	} rows[] = {
		{1, "-"},  {2, "-"},   {3, "C"},   {4, "U"},   {5, "-N"},
		{6, "-N"}, {7, "-N"},  {8, "-N"},  {9, "CN"},  {10, "UN"},
		{11, "-"}, {12, "UN"}, {13, "CN"}, {14, "-N"}, {15, "-N"},
		{16, "C"}, {17, "U"},  {50, "CN"}, {51, "UN"}, {52, "C"},
		{53, "U"}, {54, "C"},  {55, "U"},  {56, "U"},  {57, "C"},
	};

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (rows[i].type == type)
			return rows[i].who;
	return NULL;
}

/* Elements that hold elements: of sessions and their reports, and of what an
 * application or a path is. */
static bool is_group(uint16_t type)
{
	static const uint8_t groups[] = {
		1,  2,	3,  4,	5,   6,	  7,   8,   9,	 10,  11, 12, 13,
		14, 15, 16, 17, 18,  51,  54,  58,  59,	 78,  79, 80, 83,
		85, 86, 87, 99, 102, 105, 127, 128, 129, 130, 132};

	return type < 256 && memchr(groups, type, sizeof(groups));
}

/* 8.2.38: a type, and the address or the labels of a name. */
static void emit_node(struct np_out *o, struct np_cur v)
{
	enum { IP4, IP6, FQDN };
	unsigned type = np_u8(&v) & 15;

	if ((type == IP4 && v.left == 4) || (type == IP6 && v.left == 16)) {
		np_emit_as(o, NODE_ID, NP_IP, v);
		np_key(o, NP_KEY_IP, NP_IP, v);
	} else if (type == FQDN) {
		np_emit_labels(o, NODE_ID, v);
	}
}

/* 8.2.82: flags V4 1, V6 2, and in bits 3 to 5 how much of a range of tunnels;
 * where there is one, an octet of it stands before the addresses. */
static void emit_resource(struct np_out *o, struct np_cur v)
{
	uint8_t flags = np_u8(&v);

	np_skip(&v, flags & 0x1c ? 1 : 0);
	if (flags & 1)
		np_emit(o, USER_PLANE_ADDRESS, np_sub(&v, 4));
	if (flags & 2)
		np_emit(o, USER_PLANE_ADDRESS, np_sub(&v, 16));
}

static void read_vendor(struct read *r, struct np_cur v)
{
	struct np_cur number = np_sub(&v, 2), n = number;
	uint32_t vendor = np_be16(&n);

	if (number.cut)
		return;
	if (vendor == BROADBAND_FORUM)
		r->bng = true;
	for (size_t i = 0; i < r->nseen; i++)
		if (r->seen[i] == vendor)
			return;
	if (r->nseen < MAX_ENTERPRISES)
		r->seen[r->nseen++] = vendor;
	np_emit(r->o, ENTERPRISE_ID, number);
}

/* Features that tell of sets of SMFs: SSET and MPAS of either end, 8.2.25 and
 * 8.2.58. Octets count from the first of the vector. */
static bool tells_of_sets(struct np_cur v, size_t sset, uint8_t sset_bit,
			  size_t mpas, uint8_t mpas_bit)
{
	return (v.left > sset && v.p[sset] & sset_bit) ||
	       (v.left > mpas && v.p[mpas] & mpas_bit);
}

static void read_features(struct read *r, uint16_t type, struct np_cur v)
{
	bool up = type == UP_FEATURES;

	np_emit(r->o, up ? UP_FUNCTION_FEATURES : CP_FUNCTION_FEATURES, v);
	r->at = v.p;
	r->up |= up;
	r->cp |= !up;
	r->five |= up ? tells_of_sets(v, 2, 0x08, 3, 0x01)
		      : tells_of_sets(v, 0, 0x08, 0, 0x20);
}

static void read_element(struct read *r, uint16_t type, struct np_cur v)
{
	switch (type) {
	case NODE:
		if (r->node)
			emit_node(r->o, v);
		break;
	case RECOVERY:
		if (v.left >= 4)
			np_emit(r->o, RECOVERY_TIME, np_sub(&v, 4));
		break;
	case UP_FEATURES:
	case CP_FEATURES:
		read_features(r, type, v);
		break;
	case IP_RESOURCE:
		emit_resource(r->o, v);
		break;
	case SMF_SET_ID:
	case S_NSSAI:
	case QFI:
		r->five = true;
		break;
	}
}

/* A list; what of a group proves 5G stands in it. False: broken. */
static bool read_list(struct read *r, struct np_cur c, unsigned depth)
{
	bool whole = true;

	while (c.left) {
		uint16_t type = np_be16(&c), n = np_be16(&c);
		struct np_cur v = np_sub(&c, n);

		if (v.cut || (type & VENDOR && n < 2))
			return false;
		if (type & VENDOR)
			read_vendor(r, v);
		else if (is_group(type) && depth < MAX_DEPTH)
			whole &= read_list(r, v, depth + 1);
		else if (type == QFI || !depth)
			read_element(r, type, v);
	}
	return whole;
}

/* One message of a datagram, 7.2.2: flags, type, length of what follows. */
static enum np_verdict read_message(struct read *r, struct np_cur *c,
				    bool *ret_follows)
{
	const uint8_t *head = c->p;
	uint8_t flags = np_u8(c);
	const char *who = direction(np_u8(c));
	uint16_t n = np_be16(c);

	if (c->cut || flags >> 5 != 1 || !who || n < (flags & SEID ? 12 : 4))
		return NP_NOT_MINE;
	bool whole = c->left >= n;
	struct np_cur body = np_sub(c, whole ? n : c->left);

	*ret_follows = flags & FOLLOWS;
	np_skip(&body, flags & SEID ? 12 : 4);
	r->cp |= who[0] == 'C';
	r->up |= who[0] == 'U';
	r->node = who[1] == 'N';
	if (!r->at || who[0] != '-')
		r->at = head + 1;
	whole &= read_list(r, body, 0) && !body.cut;
	return whole ? NP_DECODED : NP_MALFORMED;
}

/* Nobody is both. */
static void emit_role(struct read *r)
{
	static const char *const words[3][2] = {
		{"CP function", "UP function"},
		{"SMF", "UPF"},
		{"DBNG-CP", "DBNG-UP"},
	};
	const char *word = words[r->bng ? 2 : r->five][r->up];

	if (r->cp != r->up)
		np_emit_word(r->o, ROLE, word, r->at);
}

static enum np_verdict pfcp_decode(struct np_cur *c, struct np_out *o)
{
	struct read r = {.o = o};
	bool follows = false;
	enum np_verdict verdict = read_message(&r, c, &follows);

	while (verdict == NP_DECODED && follows && c->left) {
		verdict = read_message(&r, c, &follows);
		if (verdict == NP_NOT_MINE)
			verdict = NP_MALFORMED;
	}
	/* What a cut message shows may be less exact than it was. */
	if (verdict == NP_DECODED)
		emit_role(&r);
	return verdict;
}

/* The session's number and the message's. */
static void pfcp_noise(struct np_cur c, struct np_noise *ret)
{
	uint8_t flags = np_u8(&c);

	if (flags >> 5 != 1)
		return;
	np_skip(&c, 3);
	np_noisy(ret, np_sub(&c, flags & SEID ? 11 : 3));
}

static const struct np_match match[] = {NP_UDP(8805)};

const struct np_proto np_proto_pfcp = {
	.name = "pfcp",
	.title = "Packet Forwarding Control Protocol",
	.spec = "3GPP TS 29.244",
	.layer = "service",
	.grade = "E5",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = pfcp_decode,
	.noise = pfcp_noise,
};

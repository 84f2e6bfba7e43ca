/* SPDX-License-Identifier: ISC */
/*
 * GIOP, the protocol of CORBA (OMG IIOP 1.0 to 1.2, CORBA 3 part 2 clause 9),
 * as element managers of transport networks speak it towards the manager above
 * (TMF 814, MTNM). In clear on whatever port.
 *
 * What a body holds only an interface's IDL tells. But names in it are pairs of
 * strings, in a naming service (id, kind) as in TMF 814 (name, value), and all
 * that is longer than an octet is aligned, so pairs can be found without it:
 * ("Huawei/U2000", "EmsInstance"), ("EMS", "Huawei/U2000"). Nothing else of a
 * body is said: users log in by some.
 *
 * Of a request the names are the receiver's, unless an element manager makes
 * itself known or sends a notification. Of a reply they are the sender's; a
 * naming service may list somebody else. An inventory describes boxes that
 * stand elsewhere (ManagedElement_T). Fragments behind the first, and what of
 * a message is beyond the limit, are passed over.
 */
#include "proto/proto.h"

enum {
	VERSION,
	OPERATION,
	OBJECT_KEY,
	CLASS,
	VENDOR,
	EMS_INSTANCE,
	INTERFACE_VERSION,
	EMS,
	DOMAIN,
	TYPE_ID,
	HOST,
	ADDRESS,
	MANAGED_ELEMENT,
	NATIVE_EMS_NAME,
	LOCATION,
	ELEMENT_VERSION,
	PRODUCT_NAME,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0, "version of GIOP"},
	[OPERATION] = {"operation", NP_TEXT, NP_KEY_NONE, 0,
		       "operation that a request asks for"},
	[OBJECT_KEY] = {"object_key", NP_HEX, NP_KEY_NONE, 0,
			"key of the object that is asked, as its server gave "
			"it; text where it is such"},
	[CLASS] = {"class", NP_TEXT, NP_KEY_NONE, 0,
		   "id of a name of kind Class: TMF_MTNM"},
	[VENDOR] = {"vendor", NP_TEXT, NP_KEY_NONE, 0,
		    "id of a name of kind Vendor"},
	[EMS_INSTANCE] = {"ems_instance", NP_TEXT, NP_KEY_NONE, 0,
			  "id of a name of kind EmsInstance: maker/system"},
	[INTERFACE_VERSION] = {"interface_version", NP_TEXT, NP_KEY_NONE, 0,
			       "id of a name of kind Version"},
	[EMS] = {"ems", NP_TEXT, NP_KEY_NONE, 0,
		 "element manager in the name of an object: maker/system"},
	[DOMAIN] = {"domain", NP_TEXT, NP_KEY_NONE, 0,
		    "technology of a port that is managed: sdh, ptn, wdm"},
	[TYPE_ID] = {"type_id", NP_TEXT, NP_KEY_NONE, 0,
		     "interface of an object that is referred to"},
	[HOST] = {"host", NP_TEXT, NP_KEY_NONE, 0,
		  "host of that object, by name"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "host of that object, by address"},
	[MANAGED_ELEMENT] = {"managed_element", NP_TEXT, NP_KEY_NONE, 0,
			     "a box, by its number in the element manager"},
	[NATIVE_EMS_NAME] = {"native_ems_name", NP_TEXT, NP_KEY_NAME, 0,
			     "name of that box as operators see it"},
	[LOCATION] = {"location", NP_TEXT, NP_KEY_NONE, 0, "place of that box"},
	[ELEMENT_VERSION] = {"element_version", NP_TEXT, NP_KEY_NONE, 0,
			     "version of that box"},
	[PRODUCT_NAME] = {"product_name", NP_TEXT, NP_KEY_NONE, 0,
			  "product that the box is"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "EMS, of who names itself one"},
};

enum { REQUEST, REPLY };

enum {
	HEADER = 12,
	LIMIT = 8192,	/* octets read of a message */
	LONGEST = 4096, /* octets of a string */
	CONTEXTS = 32,
	PROFILES = 8,
	MOST_NAMES = 16,
	MOST_KEY = 64,
};

/* A message. The cursor stays aligned to four octets from its beginning on. */
struct giop {
	struct np_out *o;
	bool little, self;
	unsigned minor, type;
	size_t size; /* behind the header */
	struct np_cur c;
};

static uint32_t u32(struct giop *g)
{
	return g->little ? np_le32(&g->c) : np_be32(&g->c);
}

/* Octets after their number, and what aligns the next. */
static struct np_cur octets(struct giop *g)
{
	size_t n = u32(g), pad = -n & 3;
	struct np_cur v = np_sub(&g->c, n);

	if (!v.cut)
		np_skip(&g->c, pad < g->c.left ? pad : g->c.left);
	return v;
}

static bool is_text(struct np_cur v)
{
	while (v.left) {
		uint8_t b = np_u8(&v);

		if (b < ' ' || b == 0x7f)
			return false;
	}
	return !v.cut;
}

/* A string, its NUL counted on the wire and not here. False, and nothing
 * consumed, when there is none. */
static bool string(struct giop *g, struct np_cur *ret)
{
	struct giop at = *g;
	struct np_cur v = octets(&at);

	if (v.cut || !v.left || v.left > LONGEST || v.p[v.left - 1])
		return false;
	v.left--;
	if (!is_text(v))
		return false;
	*g = at;
	*ret = v;
	return true;
}

/* ---------------------------------------------------------------- names */

/* The value behind "/domain=" of a port's name. */
static struct np_cur domain_of(struct np_cur v)
{
	static const char key[] = "/domain=";
	size_t at = np_find(v, key, sizeof(key) - 1);

	if (at == SIZE_MAX)
		return (struct np_cur){.cut = true};
	np_skip(&v, at + sizeof(key) - 1);
	size_t end = np_find(v, "/", 1);

	return np_sub(&v, end < v.left ? end : v.left);
}

struct name {
	unsigned field;
	struct np_cur v;
};

/* What a pair of strings says. Kinds stand behind (CosNaming), names before
 * (NameAndStringValue_T). False when nothing. */
static bool pair(struct np_cur a, struct np_cur b, struct name *ret)
{
	static const struct {
		const char *kind;
		unsigned field;
	} kinds[] = {
		{"Class", CLASS},
		{"Vendor", VENDOR},
		{"EmsInstance", EMS_INSTANCE},
		{"Version", INTERFACE_VERSION},
	};

	for (size_t i = 0; i < NP_COUNT(kinds); i++)
		if (np_is(b, kinds[i].kind)) {
			*ret = (struct name){kinds[i].field, a};
			return true;
		}
	if (np_is(a, "EMS"))
		*ret = (struct name){EMS, b};
	else if (np_is(a, "PTP"))
		*ret = (struct name){DOMAIN, domain_of(b)};
	else
		return false;
	return !ret->v.cut;
}

/* Names of objects come again and again in one message. */
static void emit_name(struct giop *g, struct name seen[static MOST_NAMES],
		      size_t *n, const struct name *now)
{
	for (size_t i = 0; i < *n; i++)
		if (seen[i].field == now->field && np_same(seen[i].v, now->v))
			return;
	if (*n == MOST_NAMES)
		return;
	seen[(*n)++] = *now;
	np_emit(g->o, now->field, now->v);
	bool itself = now->field == EMS ||
		      (now->field == EMS_INSTANCE && g->type == REQUEST);

	if (itself && g->self)
		np_emit_word(g->o, ROLE, "EMS", now->v.p);
}

/* Strings next to each other. What is none is stepped over, four octets at a
 * time; so is an empty one, which a number 1 and what follows may look like. */
static void read_names(struct giop g)
{
	struct name seen[MOST_NAMES], now;
	struct np_cur before = {0}, v;
	const uint8_t *next = NULL; /* where a second would have to begin */
	size_t n = 0;

	while (g.c.left >= 4) {
		const uint8_t *at = g.c.p;

		if (!string(&g, &v) || !v.left) {
			g.c.left -= (size_t)(at + 4 - g.c.p);
			g.c.p = at + 4;
			continue;
		}
		if (at == next && pair(before, v, &now))
			emit_name(&g, seen, &n, &now);
		before = v;
		next = g.c.p;
	}
}

/* ------------------------------------------------- what is of somebody else */

/* The first profile of a reference (9.7.2), if it is IIOP's. */
static bool read_profile(struct giop *g, struct np_cur *ret_host)
{
	struct giop in = *g;
	uint32_t profiles = u32(g), tag = u32(g);

	in.c = octets(g);
	if (g->c.cut || !profiles || profiles > PROFILES || tag)
		return false;
	in.little = np_u8(&in.c) & 1; /* an encapsulation has its own */
	if (np_u8(&in.c) != 1)
		return false;
	np_skip(&in.c, 2);
	return string(&in, ret_host) && ret_host->left;
}

static bool read_reference(struct giop *g)
{
	struct giop at = *g;
	struct np_cur type, host;
	uint8_t ip[16];

	if (!string(&at, &type) || !np_ahead(type, "IDL:", 4) ||
	    !read_profile(&at, &host))
		return false;
	size_t n = np_address(host, ip);
	const struct np_from *f = g->o->from;
	bool self = n && f->src_ip && n == f->ip_len &&
		    memcmp(ip, f->src_ip, n) == 0;

	np_say(g->o, self ? NP_SELF : NP_THIRD);
	if (!self)
		np_not_sender(g->o);
	np_emit(g->o, TYPE_ID, type);
	const uint8_t *copy = n ? np_copy(g->o->mem, ip, n) : NULL;

	if (copy)
		np_emit_made(g->o, ADDRESS, NP_IP, copy, n, host.p);
	else if (!n)
		np_emit(g->o, HOST, host);
	*g = at;
	return true;
}

/* ManagedElement_T: its name, six strings, a state, a boolean. */
static bool read_element(struct giop *g)
{
	enum { USER_LABEL, NATIVE, OWNER, PLACE, RELEASE, PRODUCT, STRINGS };
	struct giop at = *g;
	struct np_cur name[4], text[STRINGS];

	if (u32(&at) != 2)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!string(&at, &name[i]))
			return false;
	if (!np_is(name[0], "EMS") || !np_is(name[2], "ManagedElement"))
		return false;
	for (size_t i = 0; i < STRINGS; i++)
		if (!string(&at, &text[i]))
			return false;
	if (u32(&at) > 2 || np_u8(&at.c) > 1 || at.c.cut)
		return false;
	np_say_relayed(g->o);
	np_emit(g->o, MANAGED_ELEMENT, name[3]);
	np_emit(g->o, NATIVE_EMS_NAME, text[NATIVE]);
	np_emit(g->o, LOCATION, text[PLACE]);
	np_emit(g->o, ELEMENT_VERSION, text[RELEASE]);
	np_emit(g->o, PRODUCT_NAME, text[PRODUCT]);
	np_skip(&at.c, at.c.left < 3 ? at.c.left : 3);
	*g = at;
	return true;
}

static void read_others(struct giop g)
{
	while (g.c.left >= 4 && !g.o->deaf)
		if (!read_reference(&g) && !read_element(&g))
			np_skip(&g.c, 4);
}

/* ------------------------------------------------------------------ heads */

/* 9.4.1: contexts of the ORBs. */
static void skip_contexts(struct giop *g)
{
	uint32_t n = u32(g);

	if (n > CONTEXTS)
		np_skip(&g->c, SIZE_MAX);
	for (uint32_t i = 0; i < n && !g->c.cut; i++) {
		(void)u32(g);
		(void)octets(g);
	}
}

/* 9.4.2.2: the key as such; a whole reference is not opened for it. */
static struct np_cur target(struct giop *g)
{
	struct np_cur none = {.cut = true};
	uint32_t profiles = 1;

	if (g->minor < 2)
		return octets(g);
	unsigned by = g->little ? np_le16(&g->c) : np_be16(&g->c);

	np_skip(&g->c, 2);
	if (by == 0)
		return octets(g);
	if (by == 2) { /* which profile, then the whole reference */
		(void)u32(g);
		(void)octets(g);
		profiles = u32(g);
	}
	if (by > 2 || profiles > PROFILES)
		np_skip(&g->c, SIZE_MAX);
	for (uint32_t i = 0; i < profiles && !g->c.cut; i++) {
		(void)u32(g);
		(void)octets(g);
	}
	return none;
}

static void emit_key(struct np_out *o, struct np_cur key)
{
	if (key.cut || key.left > MOST_KEY)
		return;
	np_emit_as(o, OBJECT_KEY, is_text(key) ? NP_TEXT : NP_HEX, key);
}

/* Does who asks for this operation speak of itself? */
static bool of_sender(struct np_cur operation)
{
	return np_is(operation, "bind") || np_is(operation, "rebind") ||
	       np_is(operation, "bind_new_context") ||
	       np_ahead(operation, "push_structured_event", 21);
}

/* 9.4.2.1 */
static bool read_request(struct giop *g)
{
	struct np_cur operation, key;

	if (g->minor < 2)
		skip_contexts(g);
	(void)u32(g); /* id */
	np_skip(&g->c, 4);
	key = target(g);
	if (!string(g, &operation) || !operation.left)
		return false;
	np_emit(g->o, OPERATION, operation);
	g->self = of_sender(operation);
	if (!g->self) {
		np_say_receiver(g->o);
		emit_key(g->o, key);
	}
	if (g->minor < 2)
		(void)octets(g); /* principal: who the user is */
	else
		skip_contexts(g);
	return !g->c.cut;
}

/* 9.4.3.1. Of an exception its text is not read. */
static bool read_reply(struct giop *g)
{
	enum { NO_EXCEPTION = 0, LOCATION_FORWARD = 3, STATUSES = 6 };

	if (g->minor < 2)
		skip_contexts(g);
	(void)u32(g); /* id */
	uint32_t status = u32(g);

	if (g->minor >= 2)
		skip_contexts(g);
	g->self = true;
	if (status != NO_EXCEPTION && status != LOCATION_FORWARD)
		g->c.left = 0;
	return !g->c.cut && status < STATUSES;
}

/* 9.4.1: magic, version, flags, type, size. */
static bool read_header(struct giop *g)
{
	enum { TYPES = 8 };

	if (!np_eat(&g->c, "GIOP\1", 5))
		return false;
	g->minor = np_u8(&g->c);
	unsigned flags = np_u8(&g->c);

	g->little = flags & 1;
	g->type = np_u8(&g->c);
	g->size = u32(g);
	return g->minor < 4 && g->type < TYPES;
}

/* Names that a naming service lists are of those who bound them. */
static bool lists_others(const struct giop *g)
{
	return g->type == REPLY &&
	       np_find(g->c, "EmsInstance", sizeof("EmsInstance")) != SIZE_MAX;
}

static enum np_verdict giop_decode(struct np_cur *c, struct np_out *o)
{
	static const char versions[][4] = {"1.0", "1.1", "1.2", "1.3"};
	struct giop g = {.o = o, .c = *c};

	if (!np_ahead(*c, "GIOP\1", c->left < 5 ? c->left : 5))
		return NP_NOT_MINE;
	if (c->left < HEADER)
		return np_more(o, HEADER);
	if (!read_header(&g))
		return NP_MALFORMED;
	size_t size = g.size < LIMIT - HEADER ? g.size : LIMIT - HEADER;

	if (g.c.left < size && !o->from->end)
		return np_more(o, HEADER + size);
	bool cut = g.c.left < size;

	g.c.left = cut ? g.c.left : size;
	o->next = HEADER + g.size;
	np_emit_word(o, VERSION, versions[g.minor], c->p + 4);
	if (g.type > REPLY)
		return cut ? NP_MALFORMED : NP_DECODED;
	if (!(g.type == REQUEST ? read_request(&g) : read_reply(&g)))
		return NP_MALFORMED;
	if (cut)
		return NP_MALFORMED;
	if (lists_others(&g)) {
		np_say(o, NP_SELF);
		np_reach(o, NP_RELAYED);
	}
	read_names(g);
	read_others(g);
	return NP_DECODED;
}

static bool giop_sync(struct np_cur c)
{
	return np_ahead(c, "GIOP\1", 5);
}

static const struct np_match match[] = {NP_STREAM("GIOP")};

const struct np_proto np_proto_giop = {
	.name = "giop",
	.title = "General Inter-ORB Protocol",
	.spec = "OMG CORBA 3 part 2 clause 9, TMF 814",
	.layer = "management",
	.grade = "E5",
	.heard = true,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = giop_decode,
	.sync = giop_sync,
};

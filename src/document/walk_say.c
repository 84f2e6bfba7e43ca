/* SPDX-License-Identifier: ISC */
/*
 * What a walk says of its host, of the parts in it and of its neighbours.
 *
 * The chassis speaks for the box, so its row of ENTITY-MIB stands in one
 * statement with the system group; modules, and further chassis of a stack,
 * are parts. Neighbours are what the host was told by them on the link (LLDP,
 * CDP): a peer's word, in the fields that a capture has.
 */
#include "document/walk.h"
#include <stdio.h>

enum {
	SYS_DESCR,
	SYS_OBJECT_ID,
	SYS_NAME,
	SYS_LOCATION,
	ENGINE_ID,
	BRIDGE_ADDRESS,
	VARBIND,
	OBJECT_MAKER,
	OBJECT_MODEL,
	OBJECT_VERSION,
	OBJECT_SERIAL,
	OBJECT_TEXT,
	ENT_INDEX,
	ENT_CLASS,
	ENT_DESCR,
	ENT_FIRMWARE_REV,
	ENT_SOFTWARE_REV,
	ENT_SERIAL,
	ENT_MFG_NAME,
	ENT_MODEL_NAME,
	CHASSIS_SUBTYPE,
	CHASSIS_ID,
	PORT_SUBTYPE,
	PORT_ID,
	PORT_DESCRIPTION,
	SYSTEM_NAME,
	SYSTEM_DESCRIPTION,
	MANAGEMENT_ADDRESS,
	MED_HARDWARE,
	MED_FIRMWARE,
	MED_SOFTWARE,
	MED_SERIAL,
	MED_MAKER,
	MED_MODEL,
	CDP_ID,
	CDP_ADDRESS,
	CDP_PORT,
	CDP_SOFTWARE,
	CDP_PLATFORM,
	CDP_NAME,
	CDP_OBJECT_ID,
	LINKS, /* walk_link.c's */
};

const char *const np_walk_fields[] = {
	[SYS_DESCR] = "snmp.sys_descr",
	[SYS_OBJECT_ID] = "snmp.sys_object_id",
	[SYS_NAME] = "snmp.sys_name",
	[SYS_LOCATION] = "snmp.sys_location",
	[ENGINE_ID] = "snmp.engine_id",
	[BRIDGE_ADDRESS] = "snmp.bridge_address",
	[VARBIND] = "snmp.varbind",
	[OBJECT_MAKER] = "snmp.object_maker",
	[OBJECT_MODEL] = "snmp.object_model",
	[OBJECT_VERSION] = "snmp.object_version",
	[OBJECT_SERIAL] = "snmp.object_serial",
	[OBJECT_TEXT] = "snmp.object_text",
	[ENT_INDEX] = "snmp.ent_index",
	[ENT_CLASS] = "snmp.ent_class",
	[ENT_DESCR] = "snmp.ent_descr",
	[ENT_FIRMWARE_REV] = "snmp.ent_firmware_rev",
	[ENT_SOFTWARE_REV] = "snmp.ent_software_rev",
	[ENT_SERIAL] = "snmp.ent_serial",
	[ENT_MFG_NAME] = "snmp.ent_mfg_name",
	[ENT_MODEL_NAME] = "snmp.ent_model_name",
	[CHASSIS_SUBTYPE] = "lldp.chassis_subtype",
	[CHASSIS_ID] = "lldp.chassis_id",
	[PORT_SUBTYPE] = "lldp.port_subtype",
	[PORT_ID] = "lldp.port_id",
	[PORT_DESCRIPTION] = "lldp.port_description",
	[SYSTEM_NAME] = "lldp.system_name",
	[SYSTEM_DESCRIPTION] = "lldp.system_description",
	[MANAGEMENT_ADDRESS] = "lldp.management_address",
	[MED_HARDWARE] = "lldp.med_hardware_revision",
	[MED_FIRMWARE] = "lldp.med_firmware_revision",
	[MED_SOFTWARE] = "lldp.med_software_revision",
	[MED_SERIAL] = "lldp.med_serial_number",
	[MED_MAKER] = "lldp.med_manufacturer",
	[MED_MODEL] = "lldp.med_model",
	[CDP_ID] = "cdp.device_id",
	[CDP_ADDRESS] = "cdp.address",
	[CDP_PORT] = "cdp.port_id",
	[CDP_SOFTWARE] = "cdp.software_version",
	[CDP_PLATFORM] = "cdp.platform",
	[CDP_NAME] = "cdp.system_name",
	[CDP_OBJECT_ID] = "cdp.system_object_id",
	[LINKS + NP_LINK_KIND] = "link.kind",
	[LINKS + NP_LINK_NEAR] = "link.near",
	[LINKS + NP_LINK_FAR] = "link.far",
	[LINKS + NP_LINK_NEAR_PORT] = "link.near_port",
	[LINKS + NP_LINK_FAR_PORT] = "link.far_port",
	[LINKS + NP_LINK_PORTS] = "link.ports",
	NULL,
};

_Static_assert((int)LINKS == (int)NP_WALK_LINKS, "np_walk_fields");

#define CLASS_CHASSIS "3" /* PhysicalClass, RFC 6933 */
#define CLASS_MODULE "9"
#define CLASS_STACK "11"

static bool is(struct np_cur v, const char *text)
{
	return v.p && v.left == strlen(text) && memcmp(v.p, text, v.left) == 0;
}

static void put(struct np_walk *w, unsigned field, const struct np_walk_said *s)
{
	if (s->v.p)
		np_doc_put_at(w->d, field, s->v, s->at);
}

/* Octets as text that np_doc_put_at() reads. */
static struct np_cur spelled(struct np_walk *w, const uint8_t *p, size_t n,
			     char between)
{
	char text[3 * 64];
	size_t len = 0;

	for (size_t i = 0; i < n && i < 64; i++) {
		(void)snprintf(text + len, sizeof(text) - len,
			       i + 1 < n && between ? "%02x%c" : "%02x", p[i],
			       between);
		len += i + 1 < n && between ? 3 : 2;
	}
	return np_cur(np_copy(&w->d->keep, text, len), len);
}

static struct np_cur mac_text(struct np_walk *w, struct np_cur v)
{
	uint8_t mac[6];

	if (v.p && v.left != 6 && np_doc_mac(v, mac))
		return v;
	return v.p && v.left == 6 ? spelled(w, v.p, 6, ':')
				  : (struct np_cur){.cut = true};
}

static struct np_cur ip_text(struct np_walk *w, const uint8_t *p)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%u.%u.%u.%u", p[0], p[1], p[2],
			 p[3]);

	return np_cur(np_copy(&w->d->keep, text, (size_t)n), (size_t)n);
}

/* An id whose subtype says what it is: 4 an address of IEEE 802, 5 of the
 * network (IEEE 802.1AB 8.5.2.2). Ports count from 3. */
static void put_id(struct np_walk *w, unsigned field,
		   const struct np_walk_said *subtype,
		   const struct np_walk_said *id, const char *mac,
		   const char *net)
{
	struct np_walk_said s = *id;

	if (!s.v.p)
		return;
	if (is(subtype->v, mac))
		s.v = mac_text(w, s.v);
	else if (is(subtype->v, net) && s.v.left == 5 && s.v.p[0] == 1)
		s.v = ip_text(w, s.v.p + 1);
	if (!s.v.cut)
		put(w, field, &s);
}

/* ------------------------------------------------------- the chassis */

/* What a row says of speaking for the box, the best last. */
enum speaks {
	NOT,
	FIRST,
	NAMELESS_STACK,
	NAMELESS_CHASSIS,
	NO_CLASS,
	ROOT,
	CHASSIS
};

/* A table of descriptions alone begins with the box. */
static bool is_first(const struct np_walk_line *l)
{
	return l->n == 1 && *l->index == '1' && !l->cell[NP_WALK_CLASS].v.p &&
	       l->cell[NP_WALK_PART_DESCR].v.p;
}

static enum speaks speaks(const struct np_walk_line *l)
{
	struct np_cur class = l->cell[NP_WALK_CLASS].v;
	bool named = l->cell[NP_WALK_MODEL].v.p || l->cell[NP_WALK_SERIAL].v.p;
	bool stack = is(class, CLASS_STACK), box = is(class, CLASS_CHASSIS);

	if (!named)
		return box	     ? NAMELESS_CHASSIS
		       : stack	     ? NAMELESS_STACK
		       : is_first(l) ? FIRST
				     : NOT;
	if (box)
		return CHASSIS;
	if (stack || is(l->cell[NP_WALK_IN].v, "0"))
		return ROOT;
	return class.p ? NOT : NO_CLASS;
}

/* A stack without a name has its members' first: the row that lies in it. */
static const struct np_walk_line *member(const struct np_walk_table *t,
					 const struct np_walk_line *stack)
{
	struct np_cur index = np_cur(stack->index, stack->n);

	for (size_t i = 0; i < t->n; i++) {
		const struct np_walk_line *l = &t->v[i];

		if (np_same(l->cell[NP_WALK_IN].v, index) &&
		    (l->cell[NP_WALK_MODEL].v.p || l->cell[NP_WALK_SERIAL].v.p))
			return l;
	}
	return stack;
}

/* The row that speaks for the box; of equals the first, which the standard's
 * own examples have as the outermost. */
static const struct np_walk_line *chassis(const struct np_walk_table *t)
{
	const struct np_walk_line *best = NULL;

	for (size_t i = 0; i < t->n; i++)
		if (speaks(&t->v[i]) > (best ? speaks(best) : NOT))
			best = &t->v[i];
	if (best && speaks(best) == NAMELESS_STACK)
		return member(t, best);
	return best;
}

static void put_part(struct np_walk *w, const struct np_walk_line *l, bool box)
{
	np_doc_put_at(w->d, ENT_INDEX, np_cur(l->index, l->n), l->at);
	if (box)
		put(w, ENT_CLASS, &l->cell[NP_WALK_CLASS]);
	/* What stands for a model where that is empty. */
	if (!l->cell[NP_WALK_MODEL].v.p)
		put(w, ENT_DESCR, &l->cell[NP_WALK_PART_DESCR]);
	put(w, ENT_FIRMWARE_REV, &l->cell[NP_WALK_FIRMWARE]);
	put(w, ENT_MFG_NAME, &l->cell[NP_WALK_MAKER]);
	put(w, ENT_MODEL_NAME, &l->cell[NP_WALK_MODEL]);
	put(w, ENT_SOFTWARE_REV, &l->cell[NP_WALK_SOFTWARE]);
	put(w, ENT_SERIAL, &l->cell[NP_WALK_SERIAL]);
}

/* ---------------------------------------------------------- the host */

#define MACS_HERE 6 /* keys of the first statement; others follow */
#define IPS_HERE 3

/* What ties a host's statements together. */
static void put_keys(struct np_walk *w)
{
	const struct np_walk_host *h = &w->host;

	if (h->scalar[NP_WALK_NAME].v.p)
		np_doc_key(w->d, NP_KEY_NAME, h->scalar[NP_WALK_NAME].v);
	if (h->box && h->box->cell[NP_WALK_SERIAL].v.p)
		np_doc_key(w->d, NP_KEY_SERIAL, h->box->cell[NP_WALK_SERIAL].v);
	if (h->title.left)
		np_doc_key(w->d, NP_KEY_IP, h->title);
	if (h->nmac)
		np_doc_key(w->d, NP_KEY_MAC, spelled(w, h->mac[0], 6, ':'));
	else if (h->nip)
		np_doc_key(w->d, NP_KEY_IP, h->ip[0]);
}

static bool has_keys(const struct np_walk *w)
{
	const struct np_walk_host *h = &w->host;

	return h->scalar[NP_WALK_NAME].v.p || h->title.left || h->nmac ||
	       h->nip;
}

static void say(struct np_walk *w, enum np_scope scope, uint64_t line)
{
	np_doc_say(w->d, scope, NP_ROUTED);
	np_doc_place(w->d, line ? line : w->host.line);
}

/* Whose the agent is, the sysObjectID says, but where that is a program's that
 * answers on anybody's box, or nothing of a maker's. */
static bool is_somebodys(const struct np_walk *w)
{
	static const char private[] = "1.3.6.1.4.1.";
	const struct np_doc_host *h = w->d->host;
	struct np_cur v = w->host.scalar[NP_WALK_OBJECT_ID].v;

	if (!v.p || v.left < sizeof(private) ||
	    !np_ahead(v, private, sizeof(private) - 1) ||
	    v.p[sizeof(private) - 1] == '0')
		return false;
	return !h->object || h->object(h->object_ctx, (const char *)v.p,
				       v.left) != NP_OBJECT_AGENT;
}

/* An identifier that anybody may set, and objects that only its agent has. */
static bool same_number(const struct np_walk *w, struct np_cur owner)
{
	static const char private[] = "1.3.6.1.4.1.";
	struct np_cur id = w->host.scalar[NP_WALK_OBJECT_ID].v;

	np_skip(&owner, sizeof(private) - 1);
	np_skip(&id, sizeof(private) - 1);
	return np_same(np_doc_until(&owner, "."), np_doc_until(&id, "."));
}

static void put_objects(struct np_walk *w)
{
	static const unsigned field[NP_WALK_OBJECTS] = {
		[NP_OBJECT_MAKER] = OBJECT_MAKER,
		[NP_OBJECT_MODEL] = OBJECT_MODEL,
		[NP_OBJECT_VERSION] = OBJECT_VERSION,
		[NP_OBJECT_SERIAL] = OBJECT_SERIAL,
		[NP_OBJECT_TEXT] = OBJECT_TEXT,
	};
	const struct np_walk_host *h = &w->host;

	for (size_t i = 0; i < h->nowner; i++)
		if (!is_somebodys(w) || same_number(w, h->owner[i].v))
			put(w, VARBIND, &h->owner[i]);
	for (size_t i = NP_OBJECT_MODEL; i < NP_OBJECT_OWNER; i++)
		put(w, field[i], &h->object[i]);
}

static void put_system(struct np_walk *w)
{
	struct np_walk_said engine = w->host.scalar[NP_WALK_ENGINE];
	struct np_walk_said bridge = w->host.scalar[NP_WALK_BRIDGE];
	const struct np_walk_said *s = w->host.scalar;

	put(w, SYS_DESCR, &s[NP_WALK_DESCR]);
	put(w, SYS_OBJECT_ID, &s[NP_WALK_OBJECT_ID]);
	put(w, SYS_NAME, &s[NP_WALK_NAME]);
	put(w, SYS_LOCATION, &s[NP_WALK_LOCATION]);
	/* RFC 3411: 5 to 32 octets. */
	if (engine.v.p && engine.v.left >= 5 && engine.v.left <= 32) {
		engine.v = spelled(w, engine.v.p, engine.v.left, 0);
		put(w, ENGINE_ID, &engine);
	}
	bridge.v = mac_text(w, bridge.v);
	if (!bridge.v.cut)
		put(w, BRIDGE_ADDRESS, &bridge);
}

static void say_host(struct np_walk *w)
{
	const struct np_walk_host *h = &w->host;
	const struct np_walk_line *box = h->box;

	say(w, NP_SELF, 0);
	put_system(w);
	put_objects(w);
	if (box)
		put_part(w, box, speaks(box) != NOT);
	put_keys(w);
	for (size_t i = 1; i < h->nmac && i < MACS_HERE; i++)
		np_doc_key(w->d, NP_KEY_MAC, spelled(w, h->mac[i], 6, ':'));
	for (size_t i = 0; i < h->nip && i < IPS_HERE; i++)
		np_doc_key(w->d, NP_KEY_IP, h->ip[i]);
	np_doc_said(w->d);
}

/* Addresses that did not fit, so that a capture of any port meets the host. */
static void say_addresses(struct np_walk *w)
{
	const struct np_walk_host *h = &w->host;
	size_t mac = MACS_HERE, ip = IPS_HERE;
	enum { EACH = 10 };

	if (!h->scalar[NP_WALK_NAME].v.p)
		return;
	while (mac < h->nmac || ip < h->nip) {
		say(w, NP_SELF, 0);
		put(w, SYS_NAME, &h->scalar[NP_WALK_NAME]);
		put_keys(w);
		for (int i = 0; i < EACH; i++) {
			if (mac < h->nmac)
				np_doc_key(w->d, NP_KEY_MAC,
					   spelled(w, h->mac[mac++], 6, ':'));
			else if (ip < h->nip)
				np_doc_key(w->d, NP_KEY_IP, h->ip[ip++]);
		}
		np_doc_said(w->d);
	}
}

/* What it tells others of itself by LLDP. */
static void say_lldp(struct np_walk *w)
{
	static const struct {
		enum np_walk_scalar scalar;
		unsigned field;
	} puts[] = {
		{NP_WALK_CHASSIS_SUBTYPE, CHASSIS_SUBTYPE},
		{NP_WALK_LLDP_NAME, SYSTEM_NAME},
		{NP_WALK_LLDP_DESCR, SYSTEM_DESCRIPTION},
		{NP_WALK_MED_HARDWARE, MED_HARDWARE},
		{NP_WALK_MED_FIRMWARE, MED_FIRMWARE},
		{NP_WALK_MED_SOFTWARE, MED_SOFTWARE},
		{NP_WALK_MED_SERIAL, MED_SERIAL},
		{NP_WALK_MED_MAKER, MED_MAKER},
		{NP_WALK_MED_MODEL, MED_MODEL},
	};
	const struct np_walk_said *s = w->host.scalar;
	uint64_t line = 0;

	for (size_t i = 0; i < NP_COUNT(puts) && !line; i++)
		line = s[puts[i].scalar].line;
	if (!line || !has_keys(w))
		return;
	say(w, NP_SELF, line);
	for (size_t i = 0; i < NP_COUNT(puts); i++)
		put(w, puts[i].field, &s[puts[i].scalar]);
	put_id(w, CHASSIS_ID, &s[NP_WALK_CHASSIS_SUBTYPE],
	       &s[NP_WALK_CHASSIS_ID], "4", "5");
	put_keys(w);
	np_doc_said(w->d);
}

/* ------------------------------------------------- parts, neighbours */

/* Modules and further chassis by their maker, model or serial number; ports,
 * sensors and slots have none. */
static void say_parts(struct np_walk *w)
{
	const struct np_walk_table *t = &w->host.table[NP_WALK_PARTS];

	for (size_t i = 0; i < t->n && has_keys(w); i++) {
		const struct np_walk_line *l = &t->v[i];
		struct np_cur class = l->cell[NP_WALK_CLASS].v;

		if (l == w->host.box || !l->cell[NP_WALK_MAKER].v.p ||
		    !l->cell[NP_WALK_MODEL].v.p)
			continue;
		say(w, NP_SELF, l->line);
		put_part(w, l, is(class, CLASS_MODULE));
		put_keys(w);
		np_doc_said(w->d);
	}
}

static void say_lldp_neighbour(struct np_walk *w, const struct np_walk_line *l)
{
	static const struct {
		enum np_walk_cell cell;
		unsigned field;
	} puts[] = {
		{NP_WALK_REM_CHASSIS_SUBTYPE, CHASSIS_SUBTYPE},
		{NP_WALK_REM_PORT_SUBTYPE, PORT_SUBTYPE},
		{NP_WALK_REM_PORT_DESCR, PORT_DESCRIPTION},
		{NP_WALK_REM_NAME, SYSTEM_NAME},
		{NP_WALK_REM_DESCR, SYSTEM_DESCRIPTION},
		{NP_WALK_REM_ADDRESS, MANAGEMENT_ADDRESS},
		{NP_WALK_REM_MED_HARDWARE, MED_HARDWARE},
		{NP_WALK_REM_MED_FIRMWARE, MED_FIRMWARE},
		{NP_WALK_REM_MED_SOFTWARE, MED_SOFTWARE},
		{NP_WALK_REM_MED_SERIAL, MED_SERIAL},
		{NP_WALK_REM_MED_MAKER, MED_MAKER},
		{NP_WALK_REM_MED_MODEL, MED_MODEL},
	};

	for (size_t i = 0; i < NP_COUNT(puts); i++)
		put(w, puts[i].field, &l->cell[puts[i].cell]);
	put_id(w, CHASSIS_ID, &l->cell[NP_WALK_REM_CHASSIS_SUBTYPE],
	       &l->cell[NP_WALK_REM_CHASSIS_ID], "4", "5");
	put_id(w, PORT_ID, &l->cell[NP_WALK_REM_PORT_SUBTYPE],
	       &l->cell[NP_WALK_REM_PORT_ID], "3", "4");
}

static void say_cdp_neighbour(struct np_walk *w, const struct np_walk_line *l)
{
	static const struct {
		enum np_walk_cell cell;
		unsigned field;
	} puts[] = {
		{NP_WALK_CDP_ID, CDP_ID},
		{NP_WALK_CDP_PORT, CDP_PORT},
		{NP_WALK_CDP_SOFTWARE, CDP_SOFTWARE},
		{NP_WALK_CDP_PLATFORM, CDP_PLATFORM},
		{NP_WALK_CDP_NAME, CDP_NAME},
		{NP_WALK_CDP_OBJECT_ID, CDP_OBJECT_ID},
	};
	struct np_walk_said ip = l->cell[NP_WALK_CDP_ADDRESS];

	for (size_t i = 0; i < NP_COUNT(puts); i++)
		put(w, puts[i].field, &l->cell[puts[i].cell]);
	if (!ip.v.p || ip.v.left != 4)
		return;
	ip.v = ip_text(w, ip.v.p);
	put(w, CDP_ADDRESS, &ip);
}

static void say_neighbours(struct np_walk *w, enum np_walk_kind kind)
{
	const struct np_walk_table *t = &w->host.table[kind];

	for (size_t i = 0; i < t->n; i++) {
		say(w, NP_PEER, t->v[i].line);
		if (kind == NP_WALK_LLDP)
			say_lldp_neighbour(w, &t->v[i]);
		else
			say_cdp_neighbour(w, &t->v[i]);
		np_doc_said(w->d);
	}
}

void np_walk_say(struct np_walk *w)
{
	w->host.box = chassis(&w->host.table[NP_WALK_PARTS]);
	say_host(w);
	say_addresses(w);
	say_lldp(w);
	say_parts(w);
	say_neighbours(w, NP_WALK_LLDP);
	say_neighbours(w, NP_WALK_CDP);
	np_walk_say_links(w);
}

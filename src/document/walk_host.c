/* SPDX-License-Identifier: ISC */
/*
 * What is kept of a host: a few objects, the rows of three tables, addresses.
 * Tables come column by column, so a row is whole only when its host is; all
 * else of a walk is forgotten as it is read. Objects with customers in them
 * (terminals of a PON, modems, address tables) are among what is forgotten.
 */
#include "core/hash.h"
#include "document/walk.h"
#include <stdio.h>

#define MAX_CELL 2048 /* octets of one value in a table */

static const struct {
	const char *oid;
	enum np_walk_scalar which;
} scalars[] = {
	{"1.3.6.1.2.1.1.1.0", NP_WALK_DESCR},
	{"1.3.6.1.2.1.1.2.0", NP_WALK_OBJECT_ID},
	{"1.3.6.1.2.1.1.5.0", NP_WALK_NAME},
	{"1.3.6.1.2.1.1.6.0", NP_WALK_LOCATION},
	{"1.3.6.1.2.1.17.1.1.0", NP_WALK_BRIDGE},
	{"1.3.6.1.6.3.10.2.1.1.0", NP_WALK_ENGINE},
	{"1.0.8802.1.1.2.1.3.1.0", NP_WALK_CHASSIS_SUBTYPE},
	{"1.0.8802.1.1.2.1.3.2.0", NP_WALK_CHASSIS_ID},
	{"1.0.8802.1.1.2.1.3.3.0", NP_WALK_LLDP_NAME},
	{"1.0.8802.1.1.2.1.3.4.0", NP_WALK_LLDP_DESCR},
	{"1.0.8802.1.1.2.1.5.4795.1.2.2.0", NP_WALK_MED_HARDWARE},
	{"1.0.8802.1.1.2.1.5.4795.1.2.3.0", NP_WALK_MED_FIRMWARE},
	{"1.0.8802.1.1.2.1.5.4795.1.2.4.0", NP_WALK_MED_SOFTWARE},
	{"1.0.8802.1.1.2.1.5.4795.1.2.5.0", NP_WALK_MED_SERIAL},
	{"1.0.8802.1.1.2.1.5.4795.1.2.6.0", NP_WALK_MED_MAKER},
	{"1.0.8802.1.1.2.1.5.4795.1.2.7.0", NP_WALK_MED_MODEL},
};

/* Tables by the object of their entry. A column's place says which cell it is,
 * from 1; 0: it is not read. */
#define COLUMNS 20
static const struct {
	const char *entry;
	enum np_walk_kind table;
	uint8_t cell[COLUMNS];
} tables[] = {
	/* RFC 6933, entPhysicalTable */
	{"1.3.6.1.2.1.47.1.1.1.1.",
	 NP_WALK_PARTS,
	 {[2] = NP_WALK_PART_DESCR + 1,
	  [4] = NP_WALK_IN + 1,
	  [5] = NP_WALK_CLASS + 1,
	  [9] = NP_WALK_FIRMWARE + 1,
	  [10] = NP_WALK_SOFTWARE + 1,
	  [11] = NP_WALK_SERIAL + 1,
	  [12] = NP_WALK_MAKER + 1,
	  [13] = NP_WALK_MODEL + 1}},
	/* IEEE 802.1AB-2005, lldpRemTable */
	{"1.0.8802.1.1.2.1.4.1.1.",
	 NP_WALK_LLDP,
	 {[4] = NP_WALK_REM_CHASSIS_SUBTYPE + 1,
	  [5] = NP_WALK_REM_CHASSIS_ID + 1,
	  [6] = NP_WALK_REM_PORT_SUBTYPE + 1,
	  [7] = NP_WALK_REM_PORT_ID + 1,
	  [8] = NP_WALK_REM_PORT_DESCR + 1,
	  [9] = NP_WALK_REM_NAME + 1,
	  [10] = NP_WALK_REM_DESCR + 1}},
	/* IEEE 802.1AB-2009, lldpV2RemTable */
	{"1.3.111.2.802.1.1.13.1.4.1.1.",
	 NP_WALK_LLDP,
	 {[5] = NP_WALK_REM_CHASSIS_SUBTYPE + 1,
	  [6] = NP_WALK_REM_CHASSIS_ID + 1,
	  [7] = NP_WALK_REM_PORT_SUBTYPE + 1,
	  [8] = NP_WALK_REM_PORT_ID + 1,
	  [9] = NP_WALK_REM_PORT_DESCR + 1,
	  [10] = NP_WALK_REM_NAME + 1,
	  [11] = NP_WALK_REM_DESCR + 1}},
	/* ANSI/TIA-1057, lldpXMedRemInventoryTable */
	{"1.0.8802.1.1.2.1.5.4795.1.3.3.1.",
	 NP_WALK_LLDP,
	 {[1] = NP_WALK_REM_MED_HARDWARE + 1,
	  [2] = NP_WALK_REM_MED_FIRMWARE + 1,
	  [3] = NP_WALK_REM_MED_SOFTWARE + 1,
	  [4] = NP_WALK_REM_MED_SERIAL + 1,
	  [5] = NP_WALK_REM_MED_MAKER + 1,
	  [6] = NP_WALK_REM_MED_MODEL + 1}},
	/* CISCO-CDP-MIB, cdpCacheTable */
	{"1.3.6.1.4.1.9.9.23.1.2.1.1.",
	 NP_WALK_CDP,
	 {[4] = NP_WALK_CDP_ADDRESS + 1,
	  [5] = NP_WALK_CDP_SOFTWARE + 1,
	  [6] = NP_WALK_CDP_ID + 1,
	  [7] = NP_WALK_CDP_PORT + 1,
	  [8] = NP_WALK_CDP_PLATFORM + 1,
	  [17] = NP_WALK_CDP_NAME + 1,
	  [18] = NP_WALK_CDP_OBJECT_ID + 1}},
	/* IEEE 802.1AB-2005, lldpLocPortTable */
	{"1.0.8802.1.1.2.1.3.7.1.",
	 NP_WALK_PORTS,
	 {[2] = NP_WALK_PORT_SUBTYPE + 1,
	  [3] = NP_WALK_PORT_ID + 1,
	  [4] = NP_WALK_PORT_DESCR + 1}},
	/* RFC 2863, ifTable and ifXTable */
	{"1.3.6.1.2.1.2.2.1.",
	 NP_WALK_IFS,
	 {[2] = NP_WALK_IF_DESCR + 1, [3] = NP_WALK_IF_TYPE + 1}},
	{"1.3.6.1.2.1.31.1.1.1.", NP_WALK_IFS, {[1] = NP_WALK_IF_NAME + 1}},
};

static const char *under(const char *oid, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(oid, prefix, n) == 0 ? oid + n : NULL;
}

/* "5.1001": the cell of column 5, and the index. */
static bool find_cell(const char *oid, struct np_walk_want *ret)
{
	for (size_t i = 0; i < NP_COUNT(tables); i++) {
		const char *p = under(oid, tables[i].entry);
		unsigned column = 0;

		if (!p)
			continue;
		for (; *p >= '0' && *p <= '9' && column < COLUMNS; p++)
			column = column * 10 + (unsigned)(*p - '0');
		if (*p != '.' || column >= COLUMNS || !tables[i].cell[column])
			return false;
		ret->what = NP_WALK_A_CELL;
		ret->table = tables[i].table;
		ret->which = tables[i].cell[column] - 1u;
		ret->index = p + 1;
		return true;
	}
	return false;
}

/* lldpRemManAddrTable: time, port and index of the neighbour, then kind,
 * length and octets of the address. */
static bool find_address(const char *oid, struct np_walk_want *ret)
{
	const char *p = under(oid, "1.0.8802.1.1.2.1.4.2.1.3.");

	if (!p)
		return false;
	ret->what = NP_WALK_A_CELL;
	ret->table = NP_WALK_LLDP;
	ret->which = NP_WALK_REM_ADDRESS;
	ret->index = p;
	return true;
}

static int object(const struct np_walk *w, const struct np_walk_row *r)
{
	const struct np_doc_host *h = w->d->host;
	int is = h->object ? h->object(h->object_ctx, r->oid, r->n)
			   : NP_OBJECT_NOTHING;

	return is > 0 && is < NP_WALK_OBJECTS ? is : NP_OBJECT_NOTHING;
}

/* RFC 4293, ipAddressType of an IPv4 address, which is the rest of the index.
 * Broadcast addresses are a subnet's, so the value decides. */
#define IP_ADDRESS_TYPE "1.3.6.1.2.1.4.34.1.4.1.4."
#define UNICAST "1"

struct np_walk_want np_walk_wants(const struct np_walk *w,
				  const struct np_walk_row *r)
{
	struct np_walk_want ret = {.what = NP_WALK_NOT};
	const char *p;

	if (!r->n || r->form == NP_WALK_NOTHING || r->form == NP_WALK_OTHER)
		return ret;
	for (size_t i = 0; i < NP_COUNT(scalars); i++)
		if (strcmp(r->oid, scalars[i].oid) == 0) {
			ret.what = NP_WALK_A_SCALAR;
			ret.which = scalars[i].which;
			return ret;
		}
	if (under(r->oid, "1.3.6.1.2.1.2.2.1.6.")) {
		ret.what = NP_WALK_A_MAC;
	} else if (under(r->oid, "1.3.6.1.2.1.4.20.1.1.")) {
		ret.what = NP_WALK_AN_IP;
	} else if ((p = under(r->oid, IP_ADDRESS_TYPE))) {
		ret.what = NP_WALK_AN_IP;
		ret.index = p;
	} else if (!find_cell(r->oid, &ret) && !find_address(r->oid, &ret)) {
		ret.which = (unsigned)object(w, r);
		if (ret.which)
			ret.what = NP_WALK_AN_OBJECT;
	}
	return ret;
}

/* ---------------------------------------------------------------- rows */

/* LLDP's own and the second version's tables count rows apart. */
static size_t index_length(const struct np_walk_want *x)
{
	size_t n = 0, arcs = 0;

	if (x->table != NP_WALK_LLDP || x->which != NP_WALK_REM_ADDRESS)
		return strlen(x->index);
	for (; x->index[n]; n++)
		if (x->index[n] == '.' && ++arcs == 3)
			break;
	return n;
}

static bool have_table(struct np_walk *w, struct np_walk_table *t)
{
	if (t->v)
		return true;
	t->v = np_zalloc(&w->d->keep, NP_WALK_ROWS * sizeof(*t->v));
	t->hash = np_zalloc(&w->d->keep, NP_WALK_ROWS * sizeof(*t->hash));
	return t->v && t->hash;
}

/* Rows of a column come in the order of the column before. */
static struct np_walk_line *find_line(struct np_walk_table *t, uint64_t hash)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t at = t->last + 1 + i;

		while (at >= t->n)
			at -= t->n;
		if (t->hash[at] != hash)
			continue;
		t->last = at;
		return &t->v[at];
	}
	return NULL;
}

static struct np_walk_line *line_of(struct np_walk *w)
{
	const struct np_walk_want *x = &w->want;
	struct np_walk_table *t = &w->host.table[x->table];
	size_t n = index_length(x);
	/* The second version's indices have an arc more, so they differ. */
	uint64_t hash = np_hash64(x->index, n, 0);
	struct np_walk_line *l = find_line(t, hash);

	if (l || !have_table(w, t))
		return l;
	if (t->n == NP_WALK_ROWS) {
		/* Names of ports are looked up and not said: no loss. */
		if (x->table != NP_WALK_IFS)
			np_doc_bad(w->d, "more rows of a table than are kept");
		return NULL;
	}
	t->last = t->n++;
	t->hash[t->last] = hash;
	l = &t->v[t->last];
	l->index = np_copystr(&w->d->keep, x->index, n);
	l->n = l->index ? n : 0;
	l->at = w->at;
	l->line = w->line;
	return l;
}

/* ".1.4.10.0.0.1": an IPv4 or IPv6 address in arcs. */
static struct np_cur address_of(struct np_walk *w, const char *index)
{
	const struct np_cur none = {.cut = true};
	struct np_cur c = np_cur(index, strlen(index));
	uint64_t arc, octet[18] = {0};
	char text[48] = "";
	size_t n = 0, len = 0;

	for (int i = 0; i < 3; i++)
		(void)np_doc_until(&c, ".");
	while (n < 18 && np_decimal(&c, &arc) && arc < 256) {
		octet[n++] = arc;
		if (c.left && np_u8(&c) != '.')
			return none;
	}
	if (n != 6 || octet[0] != 1 || octet[1] != 4)
		return none;
	for (size_t i = 2; i < 6; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%u",
					i > 2 ? "." : "", (unsigned)octet[i]);
	const void *p = np_copy(&w->d->keep, text, len);

	return p ? np_cur(p, len) : none;
}

static void take_cell(struct np_walk *w, struct np_cur v)
{
	struct np_walk_line *l = line_of(w);
	struct np_walk_said *s = l ? &l->cell[w->want.which] : NULL;

	if (w->want.table == NP_WALK_LLDP &&
	    w->want.which == NP_WALK_REM_ADDRESS)
		v = address_of(w, w->want.index);
	if (!s || s->v.p || v.cut || !v.left || v.left > MAX_CELL)
		return;
	*s = (struct np_walk_said){v, w->at, w->line};
}

/* ----------------------------------------------------------- addresses */

static void take_mac(struct np_walk *w, struct np_cur v)
{
	struct np_walk_host *h = &w->host;
	uint8_t mac[6] = {0};

	if (v.left == 6)
		memcpy(mac, v.p, 6);
	else if (!np_doc_mac(v, mac))
		return;
	/* Group and local addresses are many boxes'; so is none. */
	if (mac[0] & 3 || !(mac[0] | mac[1] | mac[2]) ||
	    h->nmac == NP_WALK_MACS)
		return;
	for (size_t i = 0; i < h->nmac; i++)
		if (memcmp(h->mac[i], mac, 6) == 0)
			return;
	memcpy(h->mac[h->nmac++], mac, 6);
}

static void take_ip(struct np_walk *w, struct np_cur v)
{
	struct np_walk_host *h = &w->host;
	uint8_t ip[16];
	char text[16];

	if (v.left == 4) {
		int n = snprintf(text, sizeof(text), "%u.%u.%u.%u", v.p[0],
				 v.p[1], v.p[2], v.p[3]);

		v = np_cur(np_copy(&w->d->keep, text, (size_t)n), (size_t)n);
	}
	if (h->nip == NP_WALK_IPS || !v.p || np_address(v, ip) != 4)
		return;
	/* This host's own, autoconfigured, groups. */
	if (ip[0] == 127 || ip[0] == 0 || ip[0] >= 224 ||
	    (ip[0] == 169 && ip[1] == 254))
		return;
	for (size_t i = 0; i < h->nip; i++)
		if (np_same(h->ip[i], v))
			return;
	h->ip[h->nip++] = v;
}

/* A text of the row that is read, for as long as its host. */
static struct np_cur kept(struct np_walk *w, const char *text)
{
	size_t n = strlen(text);

	return np_cur(np_copy(&w->d->keep, text, n), n);
}

/* An object that only one maker's boxes have: its subtree, once each. */
static void take_owner(struct np_walk *w)
{
	struct np_walk_host *h = &w->host;
	size_t arcs = 0, n = 0;

	for (; n < w->row.n; n++)
		if (w->row.oid[n] == '.' && ++arcs == 12)
			break;
	for (size_t i = 0; i < h->nowner; i++)
		if (h->owner[i].v.left == n &&
		    memcmp(h->owner[i].v.p, w->row.oid, n) == 0)
			return;
	if (h->nowner == NP_WALK_OWNERS)
		return;
	const void *p = np_copy(&w->d->keep, w->row.oid, n);

	if (p)
		h->owner[h->nowner++] =
			(struct np_walk_said){np_cur(p, n), w->at, w->line};
}

/* ------------------------------------------------------------- the row */

/* Firmware's words for "nothing". */
static bool is_empty(struct np_cur v)
{
	v = np_trim_space(v);
	while (v.left && (v.p[v.left - 1] == 0 || v.p[v.left - 1] == 0xff))
		v.left--;
	return !v.left || (v.left == 1 && *v.p == '-');
}

static void take_once(struct np_walk *w, struct np_walk_said *s,
		      struct np_cur v)
{
	if (!s->v.p && !is_empty(v))
		*s = (struct np_walk_said){v, w->at, w->line};
}

/* A maker's own object knows its box better than a standard one. */
static void take_object(struct np_walk *w, struct np_cur v)
{
	bool own = under(w->row.oid, "1.3.6.1.4.1.");
	struct np_walk_said *s = &w->host.object[w->want.which];
	bool *standard = &w->host.standard[w->want.which];

	if (own)
		take_owner(w);
	if (w->want.which >= NP_OBJECT_OWNER || is_empty(v) ||
	    (s->v.p && (!*standard || !own)))
		return;
	*s = (struct np_walk_said){v, w->at, w->line};
	*standard = !own;
}

void np_walk_take(struct np_walk *w)
{
	struct np_walk_host *h = &w->host;
	struct np_cur v;

	if (w->want.what == NP_WALK_NOT || w->text.failed)
		return;
	v = np_walk_value(w->row.form, np_cur(w->text.p, w->text.n),
			  &w->d->keep);
	if (v.cut || !v.p)
		return;
	switch (w->want.what) {
	case NP_WALK_A_SCALAR:
		take_once(w, &h->scalar[w->want.which], v);
		break;
	case NP_WALK_A_MAC:
		take_mac(w, v);
		break;
	case NP_WALK_AN_IP:
		if (!w->want.index)
			take_ip(w, v);
		else if (np_is(v, UNICAST))
			take_ip(w, kept(w, w->want.index));
		break;
	case NP_WALK_A_CELL:
		take_cell(w, v);
		break;
	case NP_WALK_AN_OBJECT:
		take_object(w, v);
		break;
	case NP_WALK_NOT:
		break;
	}
}

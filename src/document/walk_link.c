/* SPDX-License-Identifier: ISC */
/*
 * Links of a walk's host: each row of its tables of neighbours once more, as
 * who is at the other end of which port. The neighbour is the subject, so that
 * what is said of a subscriber's box goes with that box.
 */
#include "document/walk.h"
#include <stdio.h>

#define MAC_SUBTYPE_CHASSIS "4" /* IEEE 802.1AB 8.5.2.2, 8.5.3.2 */
#define NET_SUBTYPE_CHASSIS "5"
#define MAC_SUBTYPE_PORT "3"
#define ETHERNET "6" /* IANAifType: ethernetCsmacd */

static void put(struct np_walk *w, enum np_link_field field, struct np_cur v,
		uint64_t at)
{
	if (v.p && v.left)
		np_doc_put_at(w->d, NP_WALK_LINKS + (unsigned)field, v, at);
}

static struct np_cur text_of(struct np_walk *w, const char *before,
			     struct np_cur v)
{
	size_t k = strlen(before);
	char *to = v.left < NP_MAX_VALUE - 64
			   ? np_alloc(&w->d->keep, k + v.left + 1)
			   : NULL;

	if (!to)
		return (struct np_cur){.cut = true};
	memcpy(to, before, k);
	if (v.left)
		memcpy(to + k, v.p, v.left);
	return np_cur(to, k + v.left);
}

/* Six octets, or their text. */
static struct np_cur mac_of(struct np_walk *w, struct np_cur v)
{
	uint8_t mac[6];
	char text[24];

	if (!v.p || (v.left != 6 && !np_doc_mac(v, mac)))
		return (struct np_cur){.cut = true};
	if (v.left == 6)
		memcpy(mac, v.p, 6);
	(void)snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x",
		       mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	return text_of(w, text, np_cur(text, 0));
}

static bool is(struct np_cur v, const char *text)
{
	return v.p && np_is(v, text);
}

/* Keys by which the host is found again. */
static void put_near(struct np_walk *w)
{
	const struct np_walk_host *h = &w->host;
	struct np_cur mac =
		h->nmac ? mac_of(w, np_cur(h->mac[0], 6)) : np_cur("", 0);
	uint64_t at = h->scalar[NP_WALK_NAME].at;

	if (mac.left && !mac.cut)
		put(w, NP_LINK_NEAR, text_of(w, "mac=", mac), at);
	if (h->title.left)
		put(w, NP_LINK_NEAR, text_of(w, "ip=", h->title), at);
	else if (h->nip)
		put(w, NP_LINK_NEAR, text_of(w, "ip=", h->ip[0]), at);
	if (h->scalar[NP_WALK_NAME].v.p)
		put(w, NP_LINK_NEAR,
		    text_of(w, "name=", h->scalar[NP_WALK_NAME].v), at);
}

static bool has_near(const struct np_walk_host *h)
{
	return h->nmac || h->nip || h->title.left ||
	       h->scalar[NP_WALK_NAME].v.p;
}

static const struct np_walk_line *row_of(const struct np_walk_table *t,
					 struct np_cur index)
{
	for (size_t i = 0; i < t->n; i++)
		if (np_same(np_cur(t->v[i].index, t->v[i].n), index))
			return &t->v[i];
	return NULL;
}

static struct np_cur arc(struct np_cur *index)
{
	return np_doc_until(index, ".");
}

/* A port by the number that LLDP has for it, or by its interface's. */
static struct np_cur port_of(struct np_walk *w, struct np_cur number, bool lldp)
{
	const struct np_walk_host *h = &w->host;
	const struct np_walk_line *l =
		lldp ? row_of(&h->table[NP_WALK_PORTS], number) : NULL;
	struct np_cur v;

	if (l && l->cell[NP_WALK_PORT_ID].v.p) {
		v = l->cell[NP_WALK_PORT_ID].v;
		return is(l->cell[NP_WALK_PORT_SUBTYPE].v, MAC_SUBTYPE_PORT)
			       ? mac_of(w, v)
			       : v;
	}
	if (l && l->cell[NP_WALK_PORT_DESCR].v.p)
		return l->cell[NP_WALK_PORT_DESCR].v;
	l = row_of(&h->table[NP_WALK_IFS], number);
	if (l && l->cell[NP_WALK_IF_NAME].v.p)
		return l->cell[NP_WALK_IF_NAME].v;
	if (l && l->cell[NP_WALK_IF_DESCR].v.p)
		return l->cell[NP_WALK_IF_DESCR].v;
	return text_of(w, "#", number);
}

static void key(struct np_walk *w, enum np_keykind kind, struct np_cur v,
		bool *any)
{
	if (!v.p || !v.left || v.cut)
		return;
	np_doc_key(w->d, kind, v);
	*any = true;
}

static void key_ip(struct np_walk *w, struct np_cur octets, bool *any)
{
	char text[16];

	if (!octets.p || octets.left != 4)
		return;
	(void)snprintf(text, sizeof(text), "%u.%u.%u.%u", octets.p[0],
		       octets.p[1], octets.p[2], octets.p[3]);
	key(w, NP_KEY_IP, text_of(w, text, np_cur(text, 0)), any);
}

static bool key_lldp(struct np_walk *w, const struct np_walk_line *l)
{
	struct np_cur id = l->cell[NP_WALK_REM_CHASSIS_ID].v;
	struct np_cur subtype = l->cell[NP_WALK_REM_CHASSIS_SUBTYPE].v;
	bool any = false;

	if (is(subtype, MAC_SUBTYPE_CHASSIS))
		key(w, NP_KEY_MAC, mac_of(w, id), &any);
	else if (is(subtype, NET_SUBTYPE_CHASSIS) && id.left == 5 &&
		 id.p[0] == 1)
		key_ip(w, np_cur(id.p + 1, 4), &any);
	else
		key(w, NP_KEY_CHASSIS_ID, id, &any);
	key(w, NP_KEY_NAME, l->cell[NP_WALK_REM_NAME].v, &any);
	key(w, NP_KEY_IP, l->cell[NP_WALK_REM_ADDRESS].v, &any);
	key(w, NP_KEY_SERIAL, l->cell[NP_WALK_REM_MED_SERIAL].v, &any);
	return any;
}

static bool key_cdp(struct np_walk *w, const struct np_walk_line *l)
{
	bool any = false;

	key(w, NP_KEY_NAME, l->cell[NP_WALK_CDP_ID].v, &any);
	key(w, NP_KEY_NAME, l->cell[NP_WALK_CDP_NAME].v, &any);
	key_ip(w, l->cell[NP_WALK_CDP_ADDRESS].v, &any);
	return any;
}

static void say(struct np_walk *w, const struct np_walk_line *l, bool lldp)
{
	struct np_cur index = np_cur(l->index, l->n), far;

	np_doc_say(w->d, NP_PEER, NP_ROUTED);
	np_doc_place(w->d, l->line);
	if (!(lldp ? key_lldp(w, l) : key_cdp(w, l)))
		return;
	put(w, NP_LINK_KIND, lldp ? np_cur("lldp", 4) : np_cur("cdp", 3),
	    l->at);
	put_near(w);
	if (lldp)
		(void)arc(&index); /* since when it is there */
	put(w, NP_LINK_NEAR_PORT, port_of(w, arc(&index), lldp), l->at);
	far = l->cell[lldp ? (unsigned)NP_WALK_REM_PORT_ID
			   : (unsigned)NP_WALK_CDP_PORT]
		      .v;
	if (lldp && is(l->cell[NP_WALK_REM_PORT_SUBTYPE].v, MAC_SUBTYPE_PORT))
		far = mac_of(w, far);
	put(w, NP_LINK_FAR_PORT, far, l->at);
	np_doc_said(w->d);
}

/* How many ports there are, where the whole table was kept. */
static void say_ports(struct np_walk *w)
{
	const struct np_walk_table *t = &w->host.table[NP_WALK_IFS];
	const struct np_walk_host *h = &w->host;
	unsigned ports = 0;
	char text[16];

	for (size_t i = 0; i < t->n; i++)
		ports += is(t->v[i].cell[NP_WALK_IF_TYPE].v, ETHERNET);
	if (!ports || t->n == NP_WALK_ROWS)
		return;
	(void)snprintf(text, sizeof(text), "%u", ports);
	np_doc_say(w->d, NP_SELF, NP_ROUTED);
	np_doc_place(w->d, t->v[0].line);
	if (h->scalar[NP_WALK_NAME].v.p)
		np_doc_key(w->d, NP_KEY_NAME, h->scalar[NP_WALK_NAME].v);
	if (h->title.left)
		np_doc_key(w->d, NP_KEY_IP, h->title);
	if (h->nmac)
		np_doc_key(w->d, NP_KEY_MAC, mac_of(w, np_cur(h->mac[0], 6)));
	else if (h->nip)
		np_doc_key(w->d, NP_KEY_IP, h->ip[0]);
	put(w, NP_LINK_PORTS, text_of(w, text, np_cur(text, 0)), t->v[0].at);
	np_doc_said(w->d);
}

void np_walk_say_links(struct np_walk *w)
{
	if (!has_near(&w->host))
		return;
	say_ports(w);
	for (int lldp = 1; lldp >= 0; lldp--) {
		const struct np_walk_table *t =
			&w->host.table[lldp ? NP_WALK_LLDP : NP_WALK_CDP];

		for (size_t i = 0; i < t->n; i++)
			say(w, &t->v[i], lldp);
	}
}

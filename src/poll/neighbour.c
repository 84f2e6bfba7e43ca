/* SPDX-License-Identifier: ISC */
/*
 * Neighbours' addresses stand in the index (lldpRemManAddrTable of IEEE
 * 802.1AB-2005 and -2009), or are values (a chassis id that is an address,
 * 802.1AB 8.5.2.2.2; cdpCacheAddress).
 */
#include "poll/neighbour.h"
#include "document/walk.h"
#include "poll/poll.h"

#define IPV4 1 /* IANA's address families */
#define IPV6 2

static bool below(const struct np_oid *o, const char *top, size_t *ret_at)
{
	struct np_oid t;

	*ret_at = 0;
	if (!np_oid_read(&t, top, strlen(top)) || !np_oid_under(o, &t))
		return false;
	*ret_at = t.n;
	return true;
}

/* kind.length.octets at the end of an index. */
static size_t indexed(const struct np_oid *o, size_t at, uint8_t ip[16])
{
	size_t n;

	if (at + 2 > o->n)
		return 0;
	n = o->v[at] == IPV4 ? 4 : o->v[at] == IPV6 ? 16 : 0;
	if (!n || o->v[at + 1] != n || o->n != at + 2 + n)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (o->v[at + 2 + i] > 255)
			return 0;
		ip[i] = (uint8_t)o->v[at + 2 + i];
	}
	return n;
}

/* Octets, with a family before them where `family`. */
static size_t valued(const struct np_walk_row *r, bool family, uint8_t ip[16])
{
	struct np_arena mem = np_arena(4096);
	struct np_cur v = {.cut = true};
	size_t n = 0;

	if (r->raw.left <= 64)
		v = np_walk_value(r->form, r->raw, &mem);
	if (v.p && !v.cut && family) {
		uint8_t kind = np_u8(&v);

		n = kind == IPV4 ? 4 : kind == IPV6 ? 16 : 0;
	} else if (v.p && !v.cut) {
		n = v.left == 4 || v.left == 16 ? v.left : 0;
	}
	if (n && v.left == n)
		memcpy(ip, v.p, n);
	else
		n = 0;
	np_arena_free(&mem);
	return n;
}

/* Groups, nobody, and what holds on one link only. */
static bool can_be_asked(const uint8_t *ip, size_t n)
{
	if (n == 4)
		return ip[0] != 0 && ip[0] < 224;
	return n == 16 && ip[0] != 0xff &&
	       !(ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80);
}

size_t np_poll_neighbour(struct np_cur line, uint8_t ip[static 16])
{
	struct np_walk_row r;
	struct np_oid o;
	size_t at, n = 0;

	if (!np_walk_row(line, &r) || !np_oid_read(&o, r.oid, r.n))
		return 0;
	if (below(&o, "1.0.8802.1.1.2.1.4.2.1.3", &at))
		n = indexed(&o, at + 3, ip);
	else if (below(&o, "1.3.111.2.802.1.1.13.1.4.2.1.3", &at))
		n = indexed(&o, at + 4, ip);
	else if (below(&o, "1.0.8802.1.1.2.1.4.1.1.5", &at) ||
		 below(&o, "1.3.111.2.802.1.1.13.1.4.1.1.6", &at))
		n = valued(&r, true, ip);
	else if (below(&o, "1.3.6.1.4.1.9.9.23.1.2.1.1.4", &at))
		n = valued(&r, false, ip);
	return can_be_asked(ip, n) ? n : 0;
}

/* ------------------------------------------------------ where it is */

static bool surveyed(struct np_poll_past *p, struct np_cur line)
{
	uint64_t pen;

	np_skip(&line, strlen(NP_POLL_SURVEYED));
	while (line.left) {
		if (np_u8(&line) != ' ' || !np_decimal(&line, &pen) ||
		    pen > UINT32_MAX)
			return false;
		np_poll_pens_add(&p->pens, (uint32_t)pen);
	}
	p->surveyed = true;
	return true;
}

static void note_object_id(struct np_poll_past *p, const struct np_walk_row *r)
{
	char text[NP_WALK_OID];
	struct np_oid o;

	if (strcmp(r->oid, "1.3.6.1.2.1.1.2.0") != 0)
		return;
	size_t n = np_walk_oid(r->raw, text);
	uint32_t pen;

	if (n && np_oid_read(&o, text, n) && np_oid_enterprise(&o, &pen))
		np_poll_pens_add(&p->pens, pen);
}

static bool printed(struct np_cur line)
{
	for (size_t i = 0; i < line.left; i++)
		if (line.p[i] < 0x20 || line.p[i] > 0x7e)
			return false;
	return true;
}

bool np_poll_past_line(struct np_poll_past *p, struct np_cur line)
{
	struct np_walk_row r;

	if (!printed(line))
		return false;
	if (np_ahead(line, NP_POLL_SURVEYED, strlen(NP_POLL_SURVEYED)))
		return surveyed(p, line);
	if (np_ahead(line, "Timeout: No Response from ", 26))
		return true;
	if (!line.left || line.p[0] < '0' || line.p[0] > '9' ||
	    !np_walk_row(line, &r) || !np_oid_read(&p->after, r.oid, r.n))
		return false;
	p->rows += r.form != NP_WALK_NOTHING;
	note_object_id(p, &r);
	return true;
}

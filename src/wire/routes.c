/* SPDX-License-Identifier: ISC */
/* Who may want what, from the match rows of all protocols. */
#include "wire/inside.h"

/* The set that is `set` and p; sets are shared. 0 when there is no room. */
static uint8_t with(struct np_routes *r, uint8_t set, const struct np_proto *p)
{
	const struct np_proto *want[8] = {0};
	size_t n = 0;

	while (r->set[set][n]) {
		if (r->set[set][n] == p)
			return set;
		want[n] = r->set[set][n];
		n++;
	}
	if (n == 7)
		return 0;
	want[n] = p;
	for (size_t i = 1; i < r->nsets; i++)
		if (memcmp(r->set[i], want, sizeof(want)) == 0)
			return (uint8_t)i;
	if (r->nsets == 256)
		return 0;
	memcpy(r->set[r->nsets], want, sizeof(want));
	return (uint8_t)r->nsets++;
}

static bool add_odd(struct np_routes *r, const struct np_match *m,
		    const struct np_proto *p)
{
	size_t i = 0;

	while (i < r->nodd && (r->odd[i].on != m->on || r->odd[i].a != m->a ||
			       r->odd[i].b != m->b))
		i++;
	if (i == NP_COUNT(r->odd))
		return false;
	if (i == r->nodd) {
		r->nodd++;
		r->odd[i].on = m->on;
		r->odd[i].a = m->a;
		r->odd[i].b = m->b;
	}
	r->odd[i].set = with(r, r->odd[i].set, p);
	return r->odd[i].set;
}

/* Where two want the same text, both are asked. */
static bool add_text(struct np_routes *r, struct np_prefix *list, size_t *n,
		     const struct np_match *m, const struct np_proto *p)
{
	for (size_t i = 0; i < *n; i++) {
		const struct np_match *other = list[i].match;

		if (other->text_n == m->text_n &&
		    memcmp(other->text, m->text, m->text_n) == 0) {
			list[i].set = with(r, list[i].set, p);
			return list[i].set;
		}
	}
	if (*n == 64)
		return false;
	list[*n].match = m;
	list[*n].set = with(r, 0, p);
	return list[(*n)++].set;
}

/* Orders a prefix list by first octet, notes where each octet begins and which
 * two octets are the first of any. */
static void index_text(struct np_prefix *list, size_t n, uint8_t first[257],
		       uint8_t pair[8192])
{
	for (size_t i = 0; i < n; i++) {
		const uint8_t *t = (const uint8_t *)list[i].match->text;

		pair[t[0] << 5 | t[1] >> 3] |= (uint8_t)(1 << (t[1] & 7));
	}
	for (size_t i = 1; i < n; i++) {
		struct np_prefix x = list[i];
		size_t k = i;

		while (k && (uint8_t)list[k - 1].match->text[0] >
				    (uint8_t)x.match->text[0]) {
			list[k] = list[k - 1];
			k--;
		}
		list[k] = x;
	}
	for (size_t b = 0, i = 0; b <= 256; b++) {
		while (i < n && (uint8_t)list[i].match->text[0] < b)
			i++;
		first[b] = (uint8_t)i;
	}
	first[256] = (uint8_t)n;
}

bool np_routes_build(struct np_routes *r)
{
	size_t nd = 0, ns = 0;
	uint8_t *slot;

	r->nsets = 1; /* set 0 is nobody */
	for (int i = 0; i < NP_NPROTOS; i++) {
		const struct np_proto *p = np_protos[i];

		for (size_t k = 0; k < p->nmatch; k++) {
			const struct np_match *m = &p->match[k];

			switch (m->on) {
			case NP_ON_ETHERTYPE:
				slot = &r->ethertype[m->a & 0xffff];
				break;
			case NP_ON_UDP:
				slot = &r->udp[m->a & 0xffff];
				break;
			case NP_ON_TCP:
				slot = &r->tcp[m->a & 0xffff];
				break;
			case NP_ON_IP:
				slot = &r->ip[m->a & 0xff];
				break;
			case NP_ON_ICMP6:
				slot = &r->icmp6[m->a & 0xff];
				break;
			case NP_ON_DATAGRAM:
				if (!add_text(r, r->datagram, &nd, m, p))
					return false;
				continue;
			case NP_ON_STREAM:
				if (!add_text(r, r->stream, &ns, m, p))
					return false;
				continue;
			case NP_ON_LLC:
			case NP_ON_SNAP:
			case NP_ON_PPP:
			case NP_ON_BEACON:
			case NP_ON_SCTP:
			case NP_ON_SCTP_PORT:
			default:
				if (!add_odd(r, m, p))
					return false;
				continue;
			}
			*slot = with(r, *slot, p);
			if (!*slot)
				return false;
		}
		r->alone[i] = with(r, 0, p);
		if (!r->alone[i])
			return false;
	}
	index_text(r->datagram, nd, r->datagram_first, r->datagram_pair);
	index_text(r->stream, ns, r->stream_first, r->stream_pair);
	for (size_t i = 0; i < 65536; i++)
		r->busy[i] = r->udp[i];
	for (const uint16_t *t = np_tunnel_ports; *t; t++)
		r->busy[*t] = true;
	return true;
}

np_candidates np_route_odd(const struct np_routes *r, enum np_on on, uint32_t a,
			   uint32_t b)
{
	for (size_t i = 0; i < r->nodd; i++)
		if (r->odd[i].on == on && r->odd[i].a == a && r->odd[i].b == b)
			return r->set[r->odd[i].set];
	return NULL;
}

np_candidates np_route_text(const struct np_routes *r,
			    const struct np_prefix *list, const uint8_t *first,
			    struct np_cur c)
{
	if (!c.left)
		return NULL;
	for (size_t i = first[c.p[0]]; i < first[c.p[0] + 1]; i++)
		if (np_ahead(c, list[i].match->text, list[i].match->text_n))
			return r->set[list[i].set];
	return NULL;
}

np_candidates np_route_from(np_candidates set, const struct np_proto *p)
{
	while (*set && *set != p)
		set++;
	return set;
}

np_candidates np_route_next(const struct np_routes *r, np_candidates by_text,
			    size_t i)
{
	return by_text && *np_route_from(by_text, np_protos[i])
		       ? by_text
		       : r->set[r->alone[i]];
}

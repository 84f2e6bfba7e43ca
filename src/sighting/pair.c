/* SPDX-License-Identifier: ISC */
/*
 * Associations: who spoke a protocol of the network with whom. A decoder says
 * what stands in a message; whose address it goes to, the carrier knows. It is
 * said of the sender in a sighting of its own, so that what the message says
 * keeps its id whoever it went to.
 */
#include "sighting/sighting.h"
#include <arpa/inet.h>

/* One box's address: no group, no broadcast, not this host's own. */
static bool is_somebody(const uint8_t *ip, size_t n)
{
	static const uint8_t none[16];

	if (!ip || (n != 4 && n != 16) || memcmp(ip, none, n) == 0)
		return false;
	if (n == 16)
		return ip[0] != 0xff;
	return ip[0] != 0 && ip[0] != 127 && ip[0] < 224;
}

bool np_pair_say(struct np_out *o, const char *kind)
{
	const struct np_from *f = o->from;
	char far[4 + INET6_ADDRSTRLEN] = "ip=";

	if (!is_somebody(f->src_ip, f->ip_len) ||
	    !is_somebody(f->dst_ip, f->ip_len) ||
	    memcmp(f->src_ip, f->dst_ip, f->ip_len) == 0 ||
	    !inet_ntop(f->ip_len == 4 ? AF_INET : AF_INET6, f->dst_ip, far + 3,
		       sizeof(far) - 3))
		return false;
	np_emit_word(o, NP_LINK_KIND, kind, o->base);
	np_emit_word(o, NP_LINK_FAR, far, o->base);
	return true;
}

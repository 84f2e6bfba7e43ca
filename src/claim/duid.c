/* SPDX-License-Identifier: ISC */
/*
 * DUIDs (RFC 8415 section 11): types 1 and 3 end in an address, type 2 begins
 * with an enterprise number. DHCPv4's client id holds type 1 and an address, or
 * 255, four octets and a DUID (RFC 4361).
 */
#include "claim/ask.h"

void np_claim_duid(struct np_ask *a)
{
	uint8_t id[32];
	size_t n = np_hex_octets(a->p, a->n, id, sizeof(id));
	const uint8_t *p = id;

	if (n == 7 && id[0] == 1) {
		np_ask_mac(a, id + 1);
		return;
	}
	if (n > 5 && id[0] == 255) {
		p += 5;
		n -= 5;
	}
	if (n < 4 || p[0] != 0)
		return;
	if (p[1] == 1 && n >= 14)
		np_ask_mac(a, p + 8);
	else if (p[1] == 3 && n >= 10)
		np_ask_mac(a, p + 4);
	else if (p[1] == 2 && n >= 6)
		np_ask_pen(a, np_be32_at(p + 2), "duid/number");
}

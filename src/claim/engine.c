/* SPDX-License-Identifier: ISC */
/* snmpEngineID (RFC 3411 section 5): the enterprise number of the agent's
 * maker, and in format 3 an address of the box. */
#include "claim/ask.h"

void np_claim_engine(struct np_ask *a)
{
	uint8_t id[32];
	size_t n = np_hex_octets(a->p, a->n, id, sizeof(id));
	size_t from;

	if (n < 5)
		return;
	np_ask_pen(a, np_be32_at(id) & 0x7fffffff, "engine/number");
	if (!(id[0] & 0x80) || id[4] != 3 || n < 11)
		return;
	/* The address in it belongs to the box; it says no more than E3. */
	from = a->nraw;
	np_ask_mac(a, id + 5);
	for (size_t i = from; i < a->nraw; i++) {
		a->raw[i].rule = "engine/address";
		if (a->raw[i].grade > NP_E3)
			a->raw[i].grade = NP_E3;
	}
}

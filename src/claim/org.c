/* SPDX-License-Identifier: ISC */
/* Fields that hold the three octets of an organisation's block: who wrote the
 * firmware that sent them. */
#include "claim/ask.h"

void np_claim_org(struct np_ask *a)
{
	const struct np_image *im = &a->k->im;
	uint8_t mac[6] = {0};
	uint32_t prefix;
	uint16_t maker;

	if (np_hex_octets(a->p, a->n, mac, sizeof(mac)) != 3 ||
	    im->n_block == 0)
		return;
	prefix = (uint32_t)mac[0] << 16 | (uint32_t)mac[1] << 8 | mac[2];
	/* A block handed on in parts names none of its holders. */
	if (im->block[np_im_block_at(im->block, im->n_block, prefix)].key &
	    NP_IM_LONGER)
		return;
	(void)np_oui_owner(a->k, mac, &maker);
	(void)np_ask_maker(a, maker, "oui/organisation");
}

/* SPDX-License-Identifier: ISC */
/*
 * Serial numbers of ONTs (ITU-T G.984.3, G.988): four letters of a vendor id
 * and four octets, printed "HWTC1A2B3C4D" or all in hex. The letters are freely
 * programmed: a label, E3 at most.
 */
#include "claim/ask.h"

void np_claim_gpon(struct np_ask *a)
{
	const struct np_image *im = &a->k->im;
	uint8_t hex[8];
	char id[4];

	if (a->n < 4)
		return;
	if (a->n == 16 && np_hex_octets(a->p, a->n, hex, 8) == 8)
		memcpy(id, hex, 4);
	else if (a->n == 8 && np_hex_octets(a->p, a->n, hex, 8) == 4)
		memcpy(id, hex, 4);
	else
		memcpy(id, a->p, 4);
	for (size_t i = 0; i < 4; i++)
		if (id[i] >= 'a' && id[i] <= 'z')
			id[i] = (char)(id[i] - 'a' + 'A');
	for (size_t i = 0; i < im->n_gpon; i++)
		if (memcmp(im->gpon[i].id, id, 4) == 0)
			(void)np_ask_maker(a, im->gpon[i].maker,
					   "gpon/vendor-id");
	if (a->n >= 8 && a->field->is == NP_W_SERIAL)
		(void)np_ask_value(a, NP_W_SERIAL, "gpon/serial", a->p, a->n);
}

/* SPDX-License-Identifier: ISC */
/*
 * Address blocks (IEEE). The block's registrant bought it; whether he built the
 * box is another question, so this is E3 and only on the link. Local and group
 * addresses have no registrant; virtual ones tell the protocol.
 */
#include "claim/ask.h"

static unsigned hex(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

size_t np_hex_octets(const char *s, size_t n, uint8_t *ret, size_t cap)
{
	size_t out = 0;

	while (n >= 2 && out < cap) {
		unsigned hi = hex(s[0]);
		unsigned lo = hex(s[1]);

		if (hi > 15 || lo > 15)
			return 0;
		ret[out++] = (uint8_t)(hi << 4 | lo);
		s += 2;
		n -= 2;
		if (n && (*s == ':' || *s == '-' || *s == '.')) {
			s++;
			n--;
		}
	}
	return out;
}

static bool is_virtual(struct np_ask *a, const uint8_t mac[static 6])
{
	const struct np_image *im = &a->k->im;
	uint64_t all = 0;

	for (size_t i = 0; i < 6; i++)
		all = all << 8 | mac[i];
	for (size_t i = 0; i < im->n_address; i++) {
		const struct np_im_address *v = &im->address[i];
		struct np_raw *r;

		if (all >> (48 - v->bits) != v->prefix)
			continue;
		r = np_ask_add(a, NP_W_AGENT, np_im_text(im, v->rule));
		r->grade = NP_E1;
		r->value = np_im_text(im, v->what);
		r->constant = true;
		r->shared = true;
		r->address = true;
		r->maker = v->maker;
		return true;
	}
	return false;
}

void np_ask_mac(struct np_ask *a, const uint8_t mac[static 6])
{
	const struct np_image *im = &a->k->im;
	struct np_raw *r;
	uint16_t maker;
	size_t at;

	if (mac[0] & 2) {
		/* Somebody's own choice: phones, virtual machines, a PC. */
		r = np_ask_add(a, NP_W_AGENT, "oui/local");
		r->grade = NP_E1;
		r->value = "local address";
		r->constant = true;
		r->address = true;
		r->flags |= NP_IM_COMPUTER;
		return;
	}
	if (im->n_block == 0)
		return;
	at = np_im_block_at(im->block, im->n_block,
			    (uint32_t)mac[0] << 16 | (uint32_t)mac[1] << 8 |
				    mac[2]);
	if (im->block[at].key & NP_IM_VIRTUAL && is_virtual(a, mac))
		return;
	(void)np_oui_owner(a->k, mac, &maker);
	r = np_ask_maker(a, maker, "oui/block");
	if (r)
		r->address = true;
}

void np_claim_oui(struct np_ask *a)
{
	uint8_t v[8];
	size_t n = np_hex_octets(a->p, a->n, v, sizeof(v));

	/* aa:bb:cc:dd:ee:ff; a text that merely looks like digits is none. */
	if (n == 6 && a->n == 17)
		np_ask_mac(a, v);
	/* EUI-64 made from a MAC (IEEE 1588 7.5.2.2.2, RFC 4291 app. A). */
	if (n == 8 && v[3] == 0xff && v[4] == 0xfe) {
		memmove(v + 3, v + 5, 3);
		np_ask_mac(a, v);
	}
}

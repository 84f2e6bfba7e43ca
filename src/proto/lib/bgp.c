/* SPDX-License-Identifier: ISC */
#include "proto/proto.h"

bool np_bgp_head(struct np_cur *c, size_t *ret_n, unsigned *ret_type)
{
	/* 4.1: ones, since there is no authentication any more. */
	static const char marker[] =
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff";
	bool marked = np_eat(c, marker, sizeof(marker) - 1);

	*ret_n = np_be16(c);
	*ret_type = np_u8(c);
	return marked && !c->cut && *ret_n >= NP_BGP_HEAD && *ret_type &&
	       *ret_type < NP_BGP_TYPES;
}

bool np_bgp_open(struct np_cur c, struct np_bgp_open *ret)
{
	unsigned version = np_u8(&c);
	size_t n;

	*ret = (struct np_bgp_open){.as = np_sub(&c, 2)};
	ret->hold_time = np_sub(&c, 2);
	ret->identifier = np_sub(&c, 4);
	n = np_u8(&c);
	/* RFC 9072: a first parameter of type 255 says that lengths are of two
	 * octets. */
	if (n == 255 && np_ahead(c, "\xff", 1)) {
		ret->wide = true;
		np_skip(&c, 1);
		n = np_be16(&c);
	}
	ret->parameters = np_sub(&c, n);
	return version == 4 && !c.cut;
}

bool np_bgp_capability(struct np_bgp_open *open, const uint8_t **ret_code,
		       struct np_cur *ret)
{
	enum { CAPABILITIES = 2 };
	struct np_cur *c = &open->capabilities;

	while (!c->left && open->parameters.left) {
		unsigned type = np_u8(&open->parameters);
		size_t n = open->wide ? np_be16(&open->parameters)
				      : np_u8(&open->parameters);

		*c = np_sub(&open->parameters, n);
		if (type != CAPABILITIES)
			c->left = 0;
	}
	if (!c->left)
		return false;
	*ret_code = np_take(c, 1);
	*ret = np_sub(c, np_u8(c));
	return !c->cut;
}

void np_bgp_fqdn(struct np_out *o, unsigned field, struct np_cur v)
{
	struct np_cur host = np_sub(&v, np_u8(&v));
	struct np_cur domain = np_sub(&v, np_u8(&v));
	size_t n = host.left + domain.left + 1;
	char *name;

	if (host.cut || !host.left)
		return;
	if (domain.cut || !domain.left) {
		np_emit(o, field, host);
		return;
	}
	name = np_alloc(o->mem, n);
	if (!name) {
		o->full = true;
		return;
	}
	memcpy(name, host.p, host.left);
	name[host.left] = '.';
	memcpy(name + host.left + 1, domain.p, domain.left);
	np_emit_made(o, field, NP_TEXT, name, n, host.p);
}

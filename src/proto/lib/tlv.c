/* SPDX-License-Identifier: ISC */
#include "proto/lib/tlv.h"

static uint32_t number(struct np_cur *c, unsigned n)
{
	uint32_t v = 0;

	while (n--)
		v = v << 8 | np_u8(c);
	return v;
}

bool np_tlv_next(struct np_cur *c, const struct np_tlv_list *list,
		 struct np_tlv *ret)
{
	if (!c->left)
		return false;
	uint32_t head = number(c, list->type_n);

	ret->type = head >> list->shared;
	if (c->cut || ret->type == list->end)
		return false;
	size_t len = head & ((1u << list->shared) - 1);

	len = len << (8 * list->len_n) | number(c, list->len_n);
	len *= list->unit ? list->unit : 1;
	/* A length that does not even cover its own head: c is cut. */
	ret->v =
		np_sub(c, len < list->counted ? SIZE_MAX : len - list->counted);
	return !c->cut;
}

bool np_tlv_read(const struct np_tlv_list *list, uint32_t type,
		 struct np_out *o, struct np_cur v)
{
	for (size_t i = 0; i < list->nrows; i++) {
		if (list->row[i].type != type)
			continue;
		list->row[i].read(o, list->row[i].field, v);
		return true;
	}
	return false;
}

enum np_verdict np_tlvs(struct np_cur *c, const struct np_tlv_list *list,
			struct np_out *o)
{
	struct np_tlv t;

	while (np_tlv_next(c, list, &t))
		(void)np_tlv_read(list, t.type, o, t.v);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

void np_tlv_join(struct np_out *o, struct np_cur *have, struct np_cur more)
{
	uint8_t *p;

	if (!have->p) {
		*have = more;
		return;
	}
	p = np_alloc(o->mem, have->left + more.left + 1);
	if (!p) {
		o->full = true;
		return;
	}
	memcpy(p, have->p, have->left);
	memcpy(p + have->left, more.p, more.left);
	*have = np_cur(p, have->left + more.left);
}

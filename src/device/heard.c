/* SPDX-License-Identifier: ISC */
/* What a comparison of two sets of devices wants to know of one. */
#include "device/inside.h"

enum np_worth np_key_worth(const struct np_key *k)
{
	struct np_key_record r = {.kind = (uint8_t)k->kind};
	uint64_t mac;

	if (!k->n || k->n > NP_TEXT_MAX || k->kind >= NP_KEY__MAX)
		return NP_WORTH_NOTHING;
	if (k->kind == NP_KEY_MAC && np_key_read_mac(k->v, k->n, &mac)) {
		r.form = NP_KF_MAC;
		r.a = (uint32_t)mac;
		r.b = (uint16_t)(mac >> 32);
	}
	np_key_weigh_said(k, &r);
	if (np_key_stage(&r) == NP_ST_NEVER)
		return NP_WORTH_NOTHING;
	return r.flags & NP_KEY_SCOPED ? NP_WORTH_HERE : NP_WORTH_ANYWHERE;
}

void np_device_sources(const struct np_devices *all, const struct np_device *d,
		       void (*fn)(void *ctx, uint32_t source), void *ctx)
{
	const struct np_fold *f = all->fold;

	for (uint32_t i = np_box_from(f, d->box); i < np_box_to(f, d->box);
	     i++) {
		struct np_hearing x = np_hearing_at(f, f->order[i]);
		const struct np_row *w = np_row(f, x.row);

		if (np_scope_of(f, w->source) == x.scope)
			fn(ctx, w->source);
		for (uint32_t e = np_seen_sources(f, w); e != NP_NIL;) {
			const struct np_elsewhere *s =
				np_pool_at(&f->elsewhere, e);

			if (np_scope_of(f, s->source) == x.scope)
				fn(ctx, s->source);
			e = s->next;
		}
	}
}

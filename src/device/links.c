/* SPDX-License-Identifier: ISC */
/* On which links a box was heard, for who places it by what stands beside it.
 */
#include "device/inside.h"

size_t np_device_links(const struct np_devices *all, const struct np_device *d,
		       uint32_t *v, size_t cap)
{
	const struct np_fold *f = all->fold;
	size_t n = 0;

	for (uint32_t i = np_box_from(f, d->box); i < np_box_to(f, d->box);
	     i++) {
		struct np_hearing x = np_hearing_at(f, f->order[i]);
		const struct np_row *w = np_row(f, x.row);
		uint32_t source = x.scope & ~NP_SCOPE_SOURCE;
		size_t k = 0;

		if (!(x.scope & NP_SCOPE_SOURCE) || w->scope != NP_SELF ||
		    w->reach > NP_BRIDGED)
			continue;
		while (k < n && v[k] != source)
			k++;
		if (k == n && n < cap)
			v[n++] = source;
	}
	return n;
}

struct np_device *np_fold_mutable(struct np_fold *f)
{
	return f->devices;
}

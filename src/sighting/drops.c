/* SPDX-License-Identifier: ISC */
#include "sighting/drops.h"

static void count(struct np_drops *d, const uint16_t *field, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < d->ndropped && d->dropped[k].field != field[i])
			k++;
		if (k == NP_DROP_FIELDS)
			continue;
		if (k == d->ndropped)
			d->dropped[d->ndropped++].field = field[i];
		d->dropped[k].n++;
	}
}

void np_drops_count(struct np_drops *d, const struct np_withheld *w)
{
	count(d, w->dropped, w->ndropped);
}

uint16_t np_drops_set(struct np_drops *d, const struct np_withheld *w)
{
	struct np_drop_set s = {.n = w->ndropped};

	if (!s.n)
		return 0;
	if (!d->nsets)
		d->nsets = 1;
	memcpy(s.field, w->dropped, s.n * sizeof(s.field[0]));
	for (size_t i = 1; i < d->nsets; i++)
		if (memcmp(&d->set[i], &s, sizeof(s)) == 0)
			return (uint16_t)i;
	if (d->nsets == NP_DROP_SETS)
		return 0;
	d->set[d->nsets] = s;
	return (uint16_t)d->nsets++;
}

void np_drops_again(struct np_drops *d, uint16_t set)
{
	count(d, d->set[set].field, d->set[set].n);
}

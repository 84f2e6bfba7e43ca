/* SPDX-License-Identifier: ISC */
#include "view/drawn.h"

#define NOBODY UINT32_MAX

/* Links that count, by device. */
static uint32_t *degrees(const struct np_risk *k, struct np_arena *mem)
{
	uint32_t *v = np_zalloc(mem, k->devices->n * sizeof(*v) + 1);

	for (uint32_t i = 0; v && i < k->view.nlinks; i++) {
		if (!k->view.links[i].counts)
			continue;
		v[k->view.links[i].a]++;
		v[k->view.links[i].b]++;
	}
	return v;
}

int np_view_centres(struct np_risk *k, struct np_arena *mem)
{
	size_t n = k->devices->n, nroots = 0;
	uint32_t *degree = degrees(k, mem);
	uint32_t *best = np_alloc(mem, n * sizeof(*best) + 1);

	if (!degree || !best)
		return NP_ENOMEM;
	memset(best, 0xff, n * sizeof(*best));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *b = &best[k->cuts.part[i]];

		if (degree[i] && (*b == NOBODY || degree[i] > degree[*b]))
			*b = i;
	}
	for (size_t i = 0; i < n; i++)
		if (best[i] != NOBODY)
			best[nroots++] = best[i];
	return nroots ? np_graph_cuts(k->graph, best, nroots, &k->cuts) : NP_OK;
}

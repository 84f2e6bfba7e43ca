/* SPDX-License-Identifier: ISC */
/*
 * The wire that a capture was taken on. LLDP's frames pass no bridge (IEEE
 * 802.1AB 7.1): who is heard on the link is at one of its two ends. Where a
 * source has two such boxes, each with one port, and no third, they are joined.
 * Three are a hub, a mirror of several ports or a merged capture, of which
 * nothing is said.
 */
#include "graph/inside.h"
#include <stdlib.h>
#include <string.h>

int np_tap_hear(struct np_graph *g, const struct np_sighting *s,
		uint32_t device, uint32_t site, const char *port)
{
	struct np_tapped *x;

	if (s->scope != NP_SELF || s->reach != NP_LINK || s->depth ||
	    s->unit != NP_IN_FRAME || !port)
		return NP_OK;
	if (!np_graph_room(g, &g->tapped, g->ntapped, &g->tapped_cap,
			   sizeof(*g->tapped)))
		return NP_ENOMEM;
	x = &g->tapped[g->ntapped++];
	*x = (struct np_tapped){.source = s->seen.source,
				.device = device,
				.site = site,
				.port = port};
	memcpy(x->sighting, s->id, NP_ID);
	return NP_OK;
}

static int order(const void *p, const void *q)
{
	const struct np_tapped *x = p, *y = q;
	int d;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	d = strcmp(x->port, y->port);
	return d ? d : memcmp(x->sighting, y->sighting, NP_ID);
}

/* The first of the second box's, where there are two boxes with a port each;
 * 0: it is otherwise. */
static uint32_t second(const struct np_tapped *v, uint32_t n)
{
	uint32_t other = 0;

	for (uint32_t i = 1; i < n; i++) {
		bool same = v[i].device == v[i - 1].device;

		if (same && strcmp(v[i].port, v[i - 1].port) != 0)
			return 0;
		if (same)
			continue;
		if (other)
			return 0;
		other = i;
	}
	return other;
}

static int say(struct np_graph *g, const struct np_tapped *a,
	       const struct np_tapped *b)
{
	struct np_said *x = np_graph_say(g, a->sighting, a->device, a->site,
					 np_kind_find("tap", 3));

	if (!x)
		return NP_ENOMEM;
	x->other = b->device;
	x->port = a->port;
	x->port_other = b->port;
	return NP_OK;
}

int np_tap_say(struct np_graph *g)
{
	int rc = NP_OK;

	if (g->ntapped)
		qsort(g->tapped, g->ntapped, sizeof(*g->tapped), order);
	for (uint32_t i = 0, k; i < g->ntapped && !rc; i = k) {
		const struct np_tapped *v = &g->tapped[i];

		for (k = i + 1;
		     k < g->ntapped && g->tapped[k].source == v->source;)
			k++;
		uint32_t other = second(v, k - i);

		if (!other)
			continue;
		rc = say(g, v, v + other);
		if (!rc)
			rc = say(g, v + other, v);
	}
	return rc;
}

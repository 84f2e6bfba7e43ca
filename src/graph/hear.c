/* SPDX-License-Identifier: ISC */
/* What each sighting says of links, protocol by protocol. */
#include "graph/inside.h"
#include <stdio.h>
#include <string.h>

static uint16_t field(const char *name)
{
	int id = np_field_find(name, strlen(name));

	return id < 0 ? UINT16_MAX : (uint16_t)id;
}

static uint16_t link_field(enum np_link_field f)
{
	return np_field_id(NP_P_link, f);
}

static void find_fields(struct np_fields *f)
{
	f->ospf_router = field("ospf.router_id");
	f->ospf_neighbor = field("ospf.neighbor");
	f->isis_system = field("isis.system_id");
	f->isis_neighbor = field("isis.neighbor");
	f->lacp_actor = field("lacp.actor_system");
	f->lacp_adjacent = field("lacp.adjacent_system");
	f->lacp_actor_port = field("lacp.actor_port");
	f->lacp_partner_port = field("lacp.partner_port");
	f->ptp_way = field("ptp.way");
	f->ptp_steps = field("ptp.steps_removed");
	f->stp_bridge = field("stp.bridge_id");
	f->stp_root = field("stp.root_id");
	f->port[0] = field("lldp.port_id");
	f->port[1] = field("cdp.port_id");
	f->port[2] = field("fdp.port_id");
	f->port[3] = field("mndp.interface_name");
	f->port[4] = f->port[5] = UINT16_MAX;
}

struct np_graph *np_graph_new(const struct np_devices *d, np_site_fn *site,
			      void *ctx)
{
	struct np_graph *g = calloc(1, sizeof(*g));

	if (!g)
		return NULL;
	g->devices = d;
	g->site = site;
	g->ctx = ctx;
	g->mem = np_arena((size_t)8 << 30);
	find_fields(&g->f);
	if (np_graph_index(g)) {
		np_graph_free(g);
		return NULL;
	}
	return g;
}

void np_graph_free(struct np_graph *g)
{
	if (!g)
		return;
	np_arena_free(&g->mem);
	free(g);
}

/* ---- reading a sighting */

static const struct np_fact *fact(const struct np_sighting *s, uint16_t id)
{
	for (size_t i = 0; i < s->nfacts; i++)
		if (s->facts[i].field == id)
			return &s->facts[i];
	return NULL;
}

static const char *text(struct np_graph *g, const struct np_fact *f)
{
	return f ? np_copystr(&g->mem, f->v, f->n) : NULL;
}

/* A number in digits; 0 where there is none, or it is too big to be one. */
static uint32_t number(const struct np_fact *f)
{
	uint32_t v = 0;

	for (size_t i = 0; f && i < f->n; i++) {
		if (f->v[i] < '0' || f->v[i] > '9' || v > UINT32_MAX / 10 - 1)
			return 0;
		v = v * 10 + (uint32_t)(f->v[i] - '0');
	}
	return v;
}

struct np_said *np_graph_say(struct np_graph *g, const uint8_t *sighting,
			     uint32_t device, uint32_t site, unsigned kind)
{
	struct np_said *x;

	if (kind == NP_MAX_KINDS ||
	    !np_graph_room(g, &g->said, g->nsaid, &g->said_cap,
			   sizeof(*g->said)))
		return NULL;
	x = &g->said[g->nsaid++];
	*x = (struct np_said){.device = device,
			      .other = NP_NOBODY,
			      .site = site,
			      .kind = (uint8_t)kind,
			      .layer = (uint8_t)np_link_kinds[kind].layer};
	memcpy(x->sighting, sighting, NP_ID);
	return x;
}

static struct np_said *say(struct np_graph *g, const struct np_sighting *s,
			   uint32_t device, uint32_t site, unsigned kind)
{
	return np_graph_say(g, s->id, device, site, kind);
}

static int end(struct np_graph *g, struct np_said *x, unsigned kind,
	       const void *v, size_t n)
{
	struct np_end *e;

	if (x->nends == sizeof(x->end) / sizeof(x->end[0]) || !n)
		return NP_OK;
	e = &x->end[x->nends++];
	*e = (struct np_end){.kind = (uint8_t)kind,
			     .v = np_copystr(&g->mem, v, n),
			     .n = (uint32_t)n};
	return e->v ? NP_OK : NP_ENOMEM;
}

/* "mac=00:e0:fc:00:00:01" */
static int end_of_key(struct np_graph *g, struct np_said *x,
		      const struct np_fact *f)
{
	const char *v = (const char *)f->v, *at = memchr(v, '=', f->n);
	size_t k = at ? (size_t)(at - v) : 0;
	int kind = at ? np_keykind_find(v, k) : -1;

	return kind <= 0 ? NP_OK
			 : end(g, x, (unsigned)kind, at + 1, f->n - k - 1);
}

/* The vocabulary: whose neighbour it is, or who is at its other end. */
static int hear_link(struct np_graph *g, const struct np_sighting *s,
		     uint32_t device, uint32_t site)
{
	const struct np_fact *kind = fact(s, link_field(NP_LINK_KIND));
	const struct np_fact *ports = fact(s, link_field(NP_LINK_PORTS));
	const struct np_fact *near = fact(s, link_field(NP_LINK_NEAR));
	struct np_said *x;
	int rc = NP_OK;

	if (ports && number(ports) > g->node[device].all_ports)
		g->node[device].all_ports = number(ports);
	if (!kind ||
	    np_kind_find((const char *)kind->v, kind->n) == NP_MAX_KINDS)
		return NP_OK;
	x = say(g, s, device, site,
		np_kind_find((const char *)kind->v, kind->n));
	if (!x)
		return NP_ENOMEM;
	x->by_other = near != NULL;
	for (size_t i = 0; i < s->nfacts && !rc; i++) {
		const struct np_fact *f = &s->facts[i];

		if (f->field == link_field(NP_LINK_NEAR) ||
		    f->field == link_field(NP_LINK_FAR))
			rc = end_of_key(g, x, f);
	}
	x->port = text(g, fact(s, link_field(near ? NP_LINK_FAR_PORT
						  : NP_LINK_NEAR_PORT)));
	x->port_other = text(g, fact(s, link_field(near ? NP_LINK_NEAR_PORT
							: NP_LINK_FAR_PORT)));
	return rc;
}

/* Ids of the protocol itself, one or several. */
static int hear_ids(struct np_graph *g, const struct np_sighting *s,
		    uint32_t device, uint32_t site, const char *kind,
		    uint16_t own, uint16_t other, unsigned as)
{
	unsigned k = np_kind_find(kind, strlen(kind));
	int rc = NP_OK;

	for (size_t i = 0; i < s->nfacts && !rc; i++) {
		const struct np_fact *f = &s->facts[i];

		if (f->field == own)
			rc = np_owners_add(g, as, f->v, f->n, device);
		if (f->field != other || rc)
			continue;
		struct np_said *x = say(g, s, device, site, k);

		rc = x ? end(g, x, as, f->v, f->n) : NP_ENOMEM;
	}
	return rc;
}

static int hear_lacp(struct np_graph *g, const struct np_sighting *s,
		     uint32_t device, uint32_t site)
{
	const struct np_fact *own = fact(s, g->f.lacp_actor);
	const struct np_fact *other = fact(s, g->f.lacp_adjacent);
	struct np_said *x;
	int rc = own ? np_owners_add(g, NP_END_LACP, own->v, own->n, device)
		     : NP_OK;

	if (rc || !other)
		return rc;
	x = say(g, s, device, site, np_kind_find("lacp", 4));
	if (!x)
		return NP_ENOMEM;
	/* LACP's ports are numbers of its own: not the names that others use.
	 */
	const char *near = text(g, fact(s, g->f.lacp_actor_port));
	const char *far = text(g, fact(s, g->f.lacp_partner_port));
	char name[32];

	if (near) {
		(void)snprintf(name, sizeof(name), "lacp %.20s", near);
		x->port = np_copystr(&g->mem, name, strlen(name));
	}
	if (far) {
		(void)snprintf(name, sizeof(name), "lacp %.20s", far);
		x->port_other = np_copystr(&g->mem, name, strlen(name));
	}
	rc = end(g, x, NP_END_LACP, other->v, other->n);
	return rc ? rc : end(g, x, NP_KEY_MAC, other->v, other->n);
}

/* Two clocks one behind the other in the way that a third announces. */
static int hear_step(struct np_graph *g, const struct np_sighting *s,
		     const struct np_fact *from, const void *to, size_t to_n,
		     uint32_t site, const char *kind)
{
	bool several;
	uint32_t device = np_owners_find(g, NP_KEY_CLOCK, from->v, from->n,
					 site, &several);
	struct np_said *x;

	if (device == NP_NOBODY) {
		g->unknown += !several;
		g->ambiguous += several;
		return NP_OK;
	}
	x = say(g, s, device, site, np_kind_find(kind, strlen(kind)));
	return x ? end(g, x, NP_KEY_CLOCK, to, to_n) : NP_ENOMEM;
}

/* Who announces it: no fact of that statement, but its key. */
static const struct np_key *clock_of(const struct np_sighting *s)
{
	for (size_t i = 0; i < s->nkeys; i++)
		if (s->keys[i].kind == NP_KEY_CLOCK)
			return &s->keys[i];
	return NULL;
}

static int hear_ptp(struct np_graph *g, const struct np_sighting *s,
		    uint32_t site)
{
	const struct np_key *clock = clock_of(s);
	const struct np_fact *last = NULL;
	uint32_t steps = number(fact(s, g->f.ptp_steps)), n = 0;
	int rc = NP_OK;

	if (!fact(s, g->f.ptp_way) || !clock)
		return NP_OK;
	for (size_t i = 0; i < s->nfacts && !rc; i++) {
		const struct np_fact *f = &s->facts[i];

		if (f->field != g->f.ptp_way ||
		    (f->n == clock->n && memcmp(f->v, clock->v, f->n) == 0))
			continue;
		if (last)
			rc = hear_step(g, s, last, f->v, f->n, site, "ptp");
		last = f;
		n++;
	}
	/* Fewer clocks than steps: some stand between. */
	if (!rc && last)
		rc = hear_step(g, s, last, clock->v, clock->n, site,
			       n >= steps ? "ptp" : "ptp_grandmaster");
	return rc;
}

static int hear_stp(struct np_graph *g, const struct np_sighting *s,
		    uint32_t device, uint32_t site)
{
	const struct np_fact *own = fact(s, g->f.stp_bridge);
	const struct np_fact *root = fact(s, g->f.stp_root);
	struct np_said *x;

	if (!own || !root ||
	    (own->n == root->n && memcmp(own->v, root->v, own->n) == 0))
		return NP_OK;
	x = say(g, s, device, site, np_kind_find("stp", 3));
	return x ? end(g, x, NP_KEY_MAC, root->v, root->n) : NP_ENOMEM;
}

/* Ports that a box says to send from. */
static int hear_ports(struct np_graph *g, const struct np_sighting *s,
		      uint32_t device, uint32_t site)
{
	int rc = NP_OK;

	if (s->scope != NP_SELF)
		return NP_OK;
	for (size_t i = 0; i < s->nfacts && !rc; i++)
		for (size_t k = 0; k < 4 && !rc; k++)
			if (s->facts[i].field == g->f.port[k])
				rc = np_graph_port(g, device,
						   text(g, &s->facts[i]),
						   NP_NOBODY);
	return rc || s->proto != NP_P_lldp
		       ? rc
		       : np_tap_hear(g, s, device, site,
				     text(g, fact(s, g->f.port[0])));
}

uint32_t np_graph_of(const struct np_graph *g, const struct np_sighting *s)
{
	uint32_t site = g->site ? g->site(g->ctx, s->seen.source) : NP_NO_SITE;

	return np_ids_find(g, s->id, site);
}

int np_graph_hear(struct np_graph *g, const struct np_sighting *s)
{
	uint32_t site = g->site ? g->site(g->ctx, s->seen.source) : NP_NO_SITE;
	uint32_t device = np_ids_find(g, s->id, site);
	const struct np_fields *f = &g->f;

	if (!g->node) {
		g->node = np_zalloc(&g->mem,
				    g->devices->n * sizeof(*g->node) + 1);
		if (!g->node)
			return NP_ENOMEM;
	}
	if (device == NP_NOBODY)
		return NP_OK;
	switch (s->proto) {
	case NP_P_link:
		return hear_link(g, s, device, site);
	case NP_P_ospf:
		return hear_ids(g, s, device, site, "ospf", f->ospf_router,
				f->ospf_neighbor, NP_END_OSPF);
	case NP_P_isis:
		return hear_ids(g, s, device, site, "isis", f->isis_system,
				f->isis_neighbor, NP_END_ISIS);
	case NP_P_lacp:
		return hear_lacp(g, s, device, site);
	case NP_P_ptp:
		return hear_ptp(g, s, site);
	case NP_P_stp:
		return hear_stp(g, s, device, site);
	case NP_P_lldp:
	case NP_P_cdp:
	case NP_P_fdp:
	case NP_P_mndp:
		return hear_ports(g, s, device, site);
	default:
		return NP_OK;
	}
}

/* SPDX-License-Identifier: ISC */
/* What sightings say of links, and what comes of it: made by hand, folded,
 * and heard in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../boxes.h"
#include "graph/graph.h"

#define MOST 64

struct net {
	struct heard *v[MOST];
	size_t n;
	struct np_fold *f;
	struct np_devices d;
	struct np_graph *g;
	struct np_graph_view view;
};

static struct heard *next(struct net *w, enum np_scope scope,
			  enum np_reach reach, uint16_t proto)
{
	struct heard *t = calloc(1, sizeof(*t));

	assert_true(t && w->n < MOST);
	w->v[w->n++] = hear(t, scope, reach);
	t->s.proto = proto;
	return t;
}

/* Sites of sources: 1 and 2 stand at sites 1 and 2, others at none. */
static uint32_t site_of(void *ctx, uint32_t source)
{
	(void)ctx;
	return source == 1 || source == 2 ? source : NP_NO_SITE;
}

static void fold(struct net *w, bool backwards)
{
	w->f = np_fold_new(NULL, 1000);
	for (uint32_t s = 1; s <= 2; s++) {
		struct np_source_place p = {.site = s,
					    .name = s == 1 ? "A" : "B"};

		assert_int_equal(np_fold_place(w->f, s, &p), 0);
	}
	for (size_t i = 0; i < w->n; i++)
		assert_int_equal(add(w->f, w->v[i]), 0);
	assert_int_equal(np_fold_devices(w->f, &w->d), 0);
	w->g = np_graph_new(&w->d, site_of, NULL);
	assert_non_null(w->g);
	/* Twice: occurrences come again. */
	for (size_t i = 0; i < 2 * w->n; i++) {
		size_t k = backwards ? 2 * w->n - 1 - i : i;

		assert_int_equal(np_graph_hear(w->g, &w->v[k % w->n]->s), 0);
	}
	assert_int_equal(np_graph_close(w->g), 0);
	np_graph_view(w->g, &w->view);
}

static void unfold(struct net *w)
{
	np_graph_free(w->g);
	np_fold_free(w->f);
}

static void end(struct net *w)
{
	unfold(w);
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i]);
	w->n = 0;
}

static void box(struct net *w, uint32_t source, const char *mac, const char *ip,
		const char *name)
{
	struct heard *t = next(w, NP_SELF, NP_BRIDGED, NP_P_arp);

	t->s.seen.source = source;
	fact(t, "arp.sender_mac", mac);
	key(t, NP_KEY_MAC, mac);
	if (ip)
		key(t, NP_KEY_IP, ip);
	if (name)
		key(t, NP_KEY_NAME, name);
}

static struct heard *association(struct net *w, uint32_t source,
				 const char *kind, const char *ip,
				 const char *far)
{
	struct heard *t = next(w, NP_SELF, NP_ROUTED, NP_P_link);

	t->s.seen.source = source;
	fact(t, "link.kind", kind);
	fact(t, "link.far", far);
	key(t, NP_KEY_IP, ip);
	return t;
}

#define A "00:e0:fc:00:00:0a"
#define B "00:e0:fc:00:00:0b"
#define C "00:e0:fc:00:00:0c"

/* A private address is one box's at each site; another's is nobody's. */
static void test_sites(void **state)
{
	struct net w = {.n = 0};
	struct np_device const *v;

	(void)state;
	box(&w, 1, A, "10.0.0.1", NULL);
	box(&w, 1, B, "10.0.0.2", NULL);
	box(&w, 2, C, "10.0.0.2", NULL);
	association(&w, 1, "ngap", "10.0.0.1", "ip=10.0.0.2");
	association(&w, 2, "ngap", "10.0.0.2", "ip=10.0.0.1");
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 1);
	v = w.d.v;
	assert_int_equal(v[w.view.links[0].a].site, 1);
	assert_int_equal(v[w.view.links[0].b].site, 1);
	assert_int_equal(w.view.unknown, 2); /* heard twice */
	assert_int_equal(w.view.ambiguous, 0);
	assert_int_equal(w.view.links[0].layer, NP_ASSOCIATION);
	end(&w);
}

/* A name that two boxes of one site bear is neither's. */
static void test_ambiguous(void **state)
{
	struct net w = {.n = 0};

	(void)state;
	box(&w, 0, A, "192.0.2.1", NULL);
	box(&w, 0, B, NULL, "twin");
	box(&w, 3, C, NULL, "twin");
	association(&w, 0, "bgp", "192.0.2.1", "name=twin");
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 0);
	assert_int_equal(w.view.ambiguous, 2);
	end(&w);
}

static void lacp(struct net *w, const char *mac, const char *own,
		 const char *other)
{
	struct heard *t = next(w, NP_SELF, NP_LINK, NP_P_lacp);

	fact(t, "lacp.actor_system", own);
	key(t, NP_KEY_MAC, mac);
	t = next(w, NP_SELF, NP_LINK, NP_P_lacp);
	fact(t, "lacp.adjacent_system", other);
	fact(t, "lacp.actor_port", "1");
	fact(t, "lacp.partner_port", "2");
	key(t, NP_KEY_MAC, mac);
}

static void clock_way(struct net *w, const char *mac, const char *clock,
		      const char *steps, const char *first, const char *second)
{
	struct heard *t = next(w, NP_SELF, NP_BRIDGED, NP_P_ptp);

	key(t, NP_KEY_CLOCK, clock);
	key(t, NP_KEY_MAC, mac);
	fact(t, "ptp.steps_removed", steps);
	fact(t, "ptp.way", first);
	if (second)
		fact(t, "ptp.way", second);
}

static void grandmaster(struct net *w, const char *clock)
{
	struct heard *t = next(w, NP_THIRD, NP_BRIDGED, NP_P_ptp);

	fact(t, "ptp.grandmaster_identity", clock);
	key(t, NP_KEY_CLOCK, clock);
}

#define GM "00b0aefffe000001"
#define BC "00b0aefffe000002"
#define OC "00b0aefffe000003"

static const struct np_link *link_of(const struct net *w, unsigned kind)
{
	const struct np_link *found = NULL;

	for (uint32_t i = 0; i < w->view.nlinks; i++)
		if (w->view.links[i].kinds >> kind & 1) {
			assert_null(found);
			found = &w->view.links[i];
		}
	return found;
}

static void test_protocols(void **state)
{
	struct net w = {.n = 0};
	struct heard *t;

	(void)state;
	lacp(&w, A, "02:00:00:00:00:01", "02:00:00:00:00:02");
	lacp(&w, B, "02:00:00:00:00:02", "02:00:00:00:00:01");
	/* Two steps, and both clocks are named: neighbours. */
	grandmaster(&w, GM);
	grandmaster(&w, BC);
	clock_way(&w, C, OC, "2", GM, BC);
	t = next(&w, NP_SELF, NP_LINK, NP_P_stp);
	fact(t, "stp.bridge_id", A);
	fact(t, "stp.root_id", C);
	key(t, NP_KEY_MAC, A);
	fold(&w, false);
	const struct np_link *l = link_of(&w, np_kind_find("lacp", 4));

	assert_non_null(l);
	assert_true(l->both && l->counts && l->layer == NP_WIRE && !l->many);
	assert_int_equal(w.view.nlinks, 4);
	assert_null(link_of(&w, np_kind_find("ptp_grandmaster", 15)));
	l = link_of(&w, np_kind_find("stp", 3));
	assert_true(l && l->layer == NP_BEHIND && !l->counts);
	end(&w);
	/* Three steps, one is named: somewhere behind. */
	grandmaster(&w, GM);
	clock_way(&w, C, OC, "3", GM, NULL);
	fold(&w, false);
	assert_non_null(link_of(&w, np_kind_find("ptp_grandmaster", 15)));
	assert_null(link_of(&w, np_kind_find("ptp", 3)));
	end(&w);
}

static void sends_lldp(struct net *w, uint32_t source, const char *mac,
		       const char *port, enum np_reach reach)
{
	struct heard *t = next(w, NP_SELF, reach, NP_P_lldp);

	t->s.seen.source = source;
	fact(t, "lldp.chassis_id", mac);
	fact(t, "lldp.port_id", port);
	key(t, NP_KEY_MAC, mac);
}

/* Two on a wire are joined; one, three, or two ports of one are not. */
static void test_tap(void **state)
{
	struct net w = {.n = 0};

	(void)state;
	sends_lldp(&w, 1, A, "GE0/0/1", NP_LINK);
	sends_lldp(&w, 1, B, "GE0/0/2", NP_LINK);
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 1);
	assert_true(w.view.links[0].both && w.view.links[0].counts);
	assert_string_equal(w.view.joints[0].port_a[6] == '1'
				    ? w.view.joints[0].port_b
				    : w.view.joints[0].port_a,
			    "GE0/0/2");
	unfold(&w);
	sends_lldp(&w, 1, C, "GE0/0/3", NP_LINK);
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 0);
	for (size_t i = 0; i < w.d.n; i++)
		assert_int_equal(w.view.nodes[i].ports, 1);
	end(&w);
	sends_lldp(&w, 1, A, "GE0/0/1", NP_LINK);
	sends_lldp(&w, 1, A, "GE0/0/2", NP_LINK);
	sends_lldp(&w, 1, B, "GE0/0/2", NP_LINK);
	sends_lldp(&w, 2, C, "GE0/0/2", NP_LINK);
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 0);
	end(&w);
	sends_lldp(&w, 1, A, "GE0/0/1", NP_BRIDGED);
	sends_lldp(&w, 1, B, "GE0/0/2", NP_BRIDGED);
	fold(&w, false);
	assert_int_equal(w.view.nlinks, 0);
	end(&w);
}

static void tells(struct net *w, const char *near, const char *port,
		  const char *far, const char *far_port)
{
	struct heard *t = next(w, NP_PEER, NP_ROUTED, NP_P_link);

	fact(t, "link.kind", "lldp");
	fact(t, "link.near", near);
	fact(t, "link.near_port", port);
	fact(t, "link.far_port", far_port);
	key(t, NP_KEY_MAC, far);
}

/* The same whatever order it is heard in, ports and contradictions too. */
/* By its members: between them lie octets that nobody sets. */
static void same_link(const struct np_link *x, const struct np_link *y)
{
	assert_int_equal(x->a, y->a);
	assert_int_equal(x->b, y->b);
	assert_int_equal(x->kinds, y->kinds);
	assert_int_equal(x->first, y->first);
	assert_int_equal(x->n, y->n);
	assert_int_equal(x->layer, y->layer);
	assert_int_equal(x->counts, y->counts);
	assert_int_equal(x->many, y->many);
	assert_int_equal(x->both, y->both);
}

static void test_order(void **state)
{
	struct net w = {.n = 0};
	struct np_link link[8];
	struct np_cuts cuts;
	bool node[8];
	uint32_t n, root = 0;

	(void)state;
	box(&w, 1, A, NULL, NULL);
	box(&w, 1, B, NULL, NULL);
	box(&w, 1, C, NULL, NULL);
	tells(&w, "mac=" A, "GE0/0/1", B, "gei-0/0/7");
	tells(&w, "mac=" B, "gei-0/0/7", A, "GigabitEthernet0/0/1");
	tells(&w, "mac=" B, "gei-0/0/8", C, "1");
	tells(&w, "mac=" C, "2", B, "gei-0/0/7"); /* says otherwise */
	fold(&w, false);
	n = w.view.nlinks;
	assert_int_equal(n, 2);
	assert_int_equal(w.view.ncontradictions, 1);
	assert_int_equal(w.view.contradictions[0].n, 2);
	memcpy(link, w.view.links, n * sizeof(link[0]));
	assert_int_equal(np_graph_cuts(w.g, &root, 1, &cuts), 0);
	assert_false(cuts.rests);
	memcpy(node, cuts.node, w.d.n);
	assert_int_equal(node[0] + node[1] + node[2], 1);
	unfold(&w);
	fold(&w, true);
	assert_int_equal(w.view.nlinks, n);
	for (uint32_t i = 0; i < n; i++)
		same_link(&link[i], &w.view.links[i]);
	assert_int_equal(w.view.ncontradictions, 1);
	assert_int_equal(np_graph_cuts(w.g, NULL, 0, &cuts), 0);
	assert_memory_equal(node, cuts.node, w.d.n);
	assert_null(cuts.above);
	assert_int_equal(np_graph_find(w.g, w.d.v[1].id), 1);
	assert_int_equal(np_graph_find(w.g, "nobody"), NP_NOBODY);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sites),
		cmocka_unit_test(test_ambiguous),
		cmocka_unit_test(test_protocols),
		cmocka_unit_test(test_tap),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

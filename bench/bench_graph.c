/* SPDX-License-Identifier: ISC */
/*
 * What a network costs: bench_graph [BOXES] [LINKS]. Rings of twelve boxes hang
 * on a core, further links join boxes anywhere; each link is said in a table of
 * neighbours, with ports. Prints seconds of processor for the fold, for hearing
 * the links once more and for all that is made of them; exits 1 when the latter
 * two take ten seconds.
 */
#include "../tests/boxes.h"
#include "graph/graph.h"
#include <sys/resource.h>

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void spell_mac(char to[static 20], uint32_t box)
{
	(void)snprintf(to, 20, "00:e0:%02x:%02x:%02x:%02x", box >> 24,
		       box >> 16 & 255, box >> 8 & 255, box & 255);
}

static void box(struct heard *t, uint32_t i)
{
	char mac[20], name[24];

	spell_mac(mac, i);
	(void)snprintf(name, sizeof(name), "box-%u", i);
	hear(t, NP_SELF, NP_BRIDGED);
	fact(t, "lldp.system_name", name);
	key(t, NP_KEY_MAC, mac);
	key(t, NP_KEY_NAME, name);
}

struct ends {
	uint32_t a, b, port;
};

static struct ends ends_of(uint32_t i, uint32_t boxes, uint64_t *seed)
{
	struct ends e = {.port = i};

	if (i + 1 < boxes) {
		e.a = i + 1;
		e.b = (i + 1) % 12 ? i : next(seed) % (i + 1);
	} else {
		e.a = next(seed) % boxes;
		e.b = next(seed) % boxes;
	}
	return e;
}

/* `b` is a neighbour that `a` tells of. */
static void told(struct heard *t, const struct ends *e)
{
	char mac[20], near[32] = "mac=", port[24];

	hear(t, NP_PEER, NP_ROUTED);
	t->s.proto = NP_P_link;
	fact(t, "link.kind", "lldp");
	spell_mac(near + 4, e->a);
	fact(t, "link.near", near);
	(void)snprintf(port, sizeof(port), "GE0/0/%u", e->port);
	fact(t, "link.near_port", port);
	(void)snprintf(port, sizeof(port), "XGE1/0/%u", e->port);
	fact(t, "link.far_port", port);
	spell_mac(mac, e->b);
	key(t, NP_KEY_MAC, mac);
}

typedef int use_fn(void *to, struct heard *t);

static int all(uint32_t boxes, uint32_t links, use_fn *use, void *to)
{
	struct heard t;
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	uint64_t seed = 7;
	int rc = 0;

	for (uint32_t i = 0; i < boxes && !rc; i++) {
		box(&t, i);
		np_sighting_id(&t.s, h, t.s.id);
		rc = use(to, &t);
	}
	for (uint32_t i = 0; i < links && !rc; i++) {
		struct ends e = ends_of(i, boxes, &seed);

		told(&t, &e);
		np_sighting_id(&t.s, h, t.s.id);
		rc = use(to, &t);
	}
	np_hasher_free(h);
	return rc;
}

static int to_fold(void *to, struct heard *t)
{
	return np_fold_add(to, &t->s, &t->c);
}

static int to_graph(void *to, struct heard *t)
{
	return np_graph_hear(to, &t->s);
}

static unsigned number(const char *s, unsigned otherwise)
{
	unsigned long v = s ? strtoul(s, NULL, 10) : 0;

	return v && v < 10000000 ? (unsigned)v : otherwise;
}

int main(int argc, char **argv)
{
	uint32_t boxes = number(argc > 1 ? argv[1] : NULL, 100000);
	uint32_t links = number(argc > 2 ? argv[2] : NULL, 300000);
	struct np_fold *f = np_fold_new(NULL, 2000000);
	struct np_devices d;
	struct np_cuts cuts;
	struct np_graph_view v;
	struct rusage u;
	uint32_t root = 0, steps, far;
	const uint8_t *on;
	double t0 = now(), t1, t2, t3;

	if (!f || all(boxes, links, to_fold, f) || np_fold_devices(f, &d))
		return 2;
	t1 = now();
	struct np_graph *g = np_graph_new(&d, NULL, NULL);

	if (!g || all(boxes, links, to_graph, g))
		return 2;
	t2 = now();
	far = (uint32_t)d.n - 1;
	if (np_graph_close(g) || np_graph_cuts(g, &root, 1, &cuts) ||
	    np_graph_between(g, &far, 1, &root, 1, &on, &steps))
		return 2;
	t3 = now();
	np_graph_view(g, &v);
	(void)getrusage(RUSAGE_SELF, &u);
	size_t n = 0;

	for (size_t i = 0; i < d.n; i++)
		n += cuts.node[i];
	(void)printf("%zu boxes, %u links (%u joints): fold %.2f s; graph: "
		     "heard %.2f s, made and analysed %.2f s; %zu cut points, "
		     "%u parts, %ld MiB\n",
		     d.n, v.nlinks, v.njoints, t1 - t0, t2 - t1, t3 - t2, n,
		     cuts.parts, u.ru_maxrss / 1024);
	np_graph_free(g);
	np_fold_free(f);
	return t3 - t1 < 10 ? 0 : 1;
}

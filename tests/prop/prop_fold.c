/* SPDX-License-Identifier: ISC */
/*
 * The fold is a pure function of a set: sightings, claims and places of random
 * but lifelike networks, delivered in any order, any number of times and in
 * pieces, give the same text of everything that came out. And it survives
 * every limit of memory.
 *
 * prop_fold [ROUNDS [SEED]]
 */
#include "../boxes.h"

/* ---- chance */

struct chance {
	uint64_t s;
};

static uint32_t draw(struct chance *c, uint32_t n)
{
	c->s ^= c->s << 13;
	c->s ^= c->s >> 7;
	c->s ^= c->s << 17;
	return (uint32_t)((c->s >> 32) * n >> 32);
}

/* ---- a network */

#define BOXES 24
#define MOST 400

struct network {
	struct heard *v;
	size_t n;
	struct np_source_place place[6];
};

/* Few values, so that things meet that should not. */
static const char *mac_of(struct chance *c, uint32_t box, char *to)
{
	static const char *const shared[] = {
		"00:00:5e:00:01:01", "0c:5b:8f:27:9a:64", "02:42:ac:11:00:02",
		"00:07:b4:00:01:02"};
	static const char *const oui[] = {"00:e0:fc", "00:d0:d0", "00:1b:54"};

	if (!draw(c, 12)) {
		(void)snprintf(to, 32, "%s", shared[draw(c, 4)]);
		return to;
	}
	if (!draw(c, 20))
		box = draw(c, BOXES);
	(void)snprintf(to, 32, "%s:00:%02x:%02x", oui[box % 3], box,
		       draw(c, 3));
	return to;
}

static const char *ip_of(struct chance *c, uint32_t box, char *to)
{
	if (!draw(c, 15))
		box = draw(c, BOXES);
	switch (draw(c, 4)) {
	case 0:
		(void)snprintf(to, 32, "fe80::%x", box % 5 + 1);
		break;
	case 1:
		(void)snprintf(to, 32, "2a02::%x", box + 1);
		break;
	default:
		(void)snprintf(to, 32, "10.0.0.%u", box + 1);
	}
	return to;
}

static const char *name_of(struct chance *c, uint32_t box, char *to)
{
	if (!draw(c, 8))
		return "HUAWEI";
	(void)snprintf(to, 32, "core-%u", box % 16);
	return to;
}

static const char *serial_of(struct chance *c, uint32_t box, char *to)
{
	(void)snprintf(to, 32, "2102%06u", draw(c, 20) ? box : box / 2);
	return to;
}

static const char *engine_of(struct chance *c, uint32_t box, char *to)
{
	if (draw(c, 4))
		(void)snprintf(to, 40, "800007db0300259e0000%02x",
			       draw(c, 20) ? box : box / 3);
	else
		(void)snprintf(to, 40, "80001f8880%016x", box % 4);
	return to;
}

static uint16_t maker_of(struct chance *c, uint32_t box)
{
	return (uint16_t)(draw(c, 10) ? 1 + box % 3 : 1 + draw(c, 4));
}

/* What follows from a sighting follows from nothing else. */
static struct chance of_sighting(struct heard *t)
{
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	struct chance c;

	if (!h)
		abort();
	np_sighting_id(&t->s, h, t->s.id);
	np_hasher_free(h);
	memcpy(&c.s, t->s.id, sizeof(c.s));
	c.s |= 1;
	return c;
}

static void claims(struct heard *t)
{
	static const char *const models[] = {"S5720", "ZXR10 5960", "C2960"};
	struct chance chance = of_sighting(t), *c = &chance;

	if (draw(c, 5) == 0)
		return;
	/* A box mostly speaks for one maker, in whatever it says. */
	uint32_t box =
		t->s.nkeys ? (uint32_t)t->s.keys[0].v[t->s.keys[0].n - 1] : 0;
	uint16_t who = maker_of(c, box);
	struct np_claim *x = maker(t, who, (enum np_grade)(1 + draw(c, 5)),
				   (uint16_t)(1 + draw(c, 6)));

	x->settable = draw(c, 2);
	x->subscriber = !draw(c, 12);
	x->virtual_key = !draw(c, 20);
	if (!draw(c, 3))
		claim(t, (enum np_what)(1 + draw(c, 10)), who,
		      (enum np_grade)(1 + draw(c, 5)), G_TEXT, models[who % 3]);
	if (!draw(c, 12))
		claim(t, NP_W_AGENT, NOBODY, NP_E2, G_SSH, "Debian")->computer =
			true;
}

static void say(struct chance *c, struct heard *t)
{
	uint32_t box = draw(c, BOXES);
	char a[80], b[40], d[40], e[40], g[40];
	bool own = draw(c, 6);

	switch (draw(c, 8)) {
	case 0:
		lldp(t, mac_of(c, box, a),
		     draw(c, 4) ? mac_of(c, box, b) : NULL,
		     draw(c, 3) ? NULL : serial_of(c, box, d),
		     draw(c, 2) ? name_of(c, box, e) : NULL,
		     draw(c, 2) ? ip_of(c, box, g) : NULL);
		break;
	case 1:
		hear(t, NP_SELF, NP_BRIDGED);
		fact(t, "ethernet.source", mac_of(c, box, a));
		key(t, NP_KEY_MAC, a);
		break;
	case 2:
		hear(t, NP_SELF, NP_BRIDGED);
		(void)mac_of(c, box, a);
		fact(t, "arp.sender_mac", a);
		key(t, NP_KEY_MAC, a);
		key(t, NP_KEY_IP, ip_of(c, box, g));
		break;
	case 3:
		hear(t, NP_SELF, NP_ROUTED);
		(void)engine_of(c, box, a);
		fact(t, "snmp.engine_id", a);
		key(t, NP_KEY_ENGINE_ID, a);
		key(t, NP_KEY_IP, ip_of(c, box, g));
		break;
	case 4:
		hear(t, NP_SELF, NP_ROUTED);
		(void)snprintf(a, sizeof(a), "%064x", draw(c, 6) ? box : 7);
		fact(t, "ssh.host_key_sha256", a);
		key(t, NP_KEY_HOSTKEY, a);
		key(t, NP_KEY_IP, ip_of(c, box, g));
		break;
	case 5:
		hear(t, NP_SELF, NP_LINK);
		(void)mac_of(c, box, b);
		fact(t, "lacp.actor_system", b);
		key(t, NP_KEY_MAC, b);
		key(t, NP_KEY_MAC, mac_of(c, box, a));
		break;
	case 6:
		hear(t, NP_SELF, NP_ROUTED);
		fact(t, "snmp.sys_descr",
		     draw(c, 2) ? "Huawei VRP" : "ZXR10 ROS");
		key(t, NP_KEY_IP, ip_of(c, box, g));
		if (draw(c, 2))
			key(t, NP_KEY_NAME, name_of(c, box, e));
		break;
	default:
		hear(t, NP_SELF, NP_LINK);
		(void)snprintf(a, sizeof(a), "00e0fcfffe00%02x%02x", box,
			       draw(c, 3));
		fact(t, "ptp.clock_identity", a);
		key(t, NP_KEY_CLOCK, a);
	}
	if (!own) {
		t->s.scope = draw(c, 2) ? NP_PEER : NP_THIRD;
		if (draw(c, 2))
			key(t, NP_KEY_IP, ip_of(c, box, g));
		if (draw(c, 3) == 0)
			key(t, NP_KEY_NAME, name_of(c, box, e));
	}
	if (!draw(c, 10))
		t->s.depth = 1;
	if (!draw(c, 4)) {
		t->s.nvlan = 1;
		t->s.vlan[0] = (uint16_t)(100 + draw(c, 2));
	}
	t->s.owner = draw(c, 12) ? NP_OWNER_UNKNOWN : (enum np_owner)draw(c, 3);
	claims(t);
}

static void occur(struct chance *c, struct np_occurrence *o)
{
	*o = (struct np_occurrence){
		.source = 1 + draw(c, 5),
		.segment = draw(c, 3),
		.first = draw(c, 9) ? 1000 + draw(c, 50) : NP_NEVER,
		.count = 1 + draw(c, 9),
	};
	o->last = o->first == NP_NEVER ? NP_NEVER : o->first + draw(c, 50);
	o->place = (uint64_t)o->segment << NP_SEGMENT_SHIFT | (1 + draw(c, 99));
}

/* Every sighting, once for each place where it was heard. */
static void build(struct chance *c, struct network *w)
{
	static const char *const sites[] = {"DE-1", "JP-1"};
	size_t most = 1 + draw(c, MOST);

	w->n = 0;
	for (uint32_t i = 0; i < 6; i++) {
		uint32_t site = draw(c, 3);

		w->place[i] = (struct np_source_place){
			.site = site < 2 ? site : NP_NO_SITE,
			.origin = (enum np_origin)draw(c, 3),
			.name = site < 2 ? sites[site] : NULL,
		};
	}
	while (w->n < most) {
		struct heard *t = &w->v[w->n++];

		say(c, t);
		occur(c, &t->s.seen);
		/* A value moves in its frame, what it says stays. */
		while (w->n < most && !draw(c, 3)) {
			struct heard *u = &w->v[w->n++];

			*u = *t;
			for (size_t i = 0; i < u->s.nkeys; i++)
				u->s.keys[i].v =
					u->mem + (t->s.keys[i].v - t->mem);
			for (size_t i = 0; i < u->s.nfacts; i++) {
				u->s.facts[i].v =
					(const uint8_t *)u->mem +
					((const char *)t->s.facts[i].v -
					 t->mem);
				u->s.facts[i].at += draw(c, 2) * 4;
			}
			occur(c, &u->s.seen);
		}
	}
}

/* ---- deliveries */

static void shuffle(struct chance *c, size_t *v, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = draw(c, (uint32_t)i), t = v[k];

		v[k] = v[i - 1];
		v[i - 1] = t;
	}
}

/* Less than was heard there: what a piece of it would have said. */
static int add_piece(struct chance *c, struct np_fold *f, struct heard *t)
{
	struct np_occurrence whole = t->s.seen, *o = &t->s.seen;
	int r;

	o->count = 1 + draw(c, (uint32_t)whole.count);
	if (o->first != NP_NEVER) {
		o->first += draw(c, (uint32_t)(o->last - o->first) + 1);
		o->last = o->first;
	}
	o->place += draw(c, 5);
	for (size_t i = 0; i < t->s.nfacts; i++)
		t->s.facts[i].at += 100;
	r = add(f, t);
	for (size_t i = 0; i < t->s.nfacts; i++)
		t->s.facts[i].at -= 100;
	*o = whole;
	return r;
}

static void deliver(struct chance *c, struct network *w, struct np_fold *f)
{
	size_t order[MOST], last = 6;

	for (uint32_t i = 0; i < last; i++)
		if (np_fold_place(f, i, &w->place[i]))
			abort();
	for (size_t i = 0; i < w->n; i++)
		order[i] = i;
	shuffle(c, order, w->n);
	for (size_t i = 0; i < w->n; i++) {
		struct heard *t = &w->v[order[i]];

		if (!draw(c, 4) && add_piece(c, f, t))
			abort();
		if (add(f, t))
			abort();
		if (!draw(c, 4) && add(f, t))
			abort();
		if (!draw(c, 4) && add_piece(c, f, t))
			abort();
		if (!draw(c, 50)) {
			struct np_devices early;

			if (np_fold_devices(f, &early))
				abort();
		}
	}
}

static void outcome(struct np_fold *f, struct np_buf *b)
{
	struct np_devices d;

	np_buf_clear(b);
	if (np_fold_devices(f, &d))
		abort();
	dump(&d, b);
	for (size_t i = 1; i < d.n; i++)
		if (strcmp(d.v[i - 1].id, d.v[i].id) >= 0) {
			(void)printf("# %s twice\n", d.v[i].id);
			b->failed = true;
		}
}

/* Every hearing is in one box, and only boxes without a contradiction. */
static bool same(const struct np_buf *a, const struct np_buf *b)
{
	size_t at = 0, line = 0;

	if (a->failed || b->failed)
		return false;
	if (a->n == b->n && memcmp(a->p, b->p, a->n) == 0)
		return true;
	while (at < a->n && at < b->n && a->p[at] == b->p[at]) {
		if (a->p[at] == '\n')
			line = at + 1;
		at++;
	}
	(void)printf("# they differ:\n# %.300s\n# and\n# %.300s\n", a->p + line,
		     b->p + line);
	return false;
}

static bool orders(struct chance *c, struct network *w)
{
	struct np_buf one = np_buf((size_t)64 << 20), two = one;
	bool ok = true;

	for (int i = 0; i < 3 && ok; i++) {
		struct np_fold *f = np_fold_new(NULL, 10000);

		if (!f)
			abort();
		deliver(c, w, f);
		outcome(f, i ? &two : &one);
		ok = !i || same(&one, &two);
		if (ok && i == 2) { /* once more, and nothing new */
			outcome(f, &two);
			ok = same(&one, &two);
		}
		np_fold_free(f);
	}
	np_buf_free(&one);
	np_buf_free(&two);
	return ok;
}

/* All but what it says of them, on the last line. */
static void without_refusals(struct np_buf *b)
{
	while (b->n && b->p[b->n - 1] != ',')
		b->n--;
}

/* Whatever the limit: no fault, a code, and with room again the whole. */
static bool limits(struct chance *c, struct network *w)
{
	struct np_buf whole = np_buf((size_t)64 << 20), part = whole;
	struct np_fold *f = np_fold_new(NULL, 10000);
	size_t now, most;
	bool ok = true;

	if (!f)
		abort();
	deliver(c, w, f);
	outcome(f, &whole);
	without_refusals(&whole);
	np_fold_memory(f, &now, &most);
	for (size_t limit = 0; limit < most && ok; limit += most / 23 + 1) {
		struct np_devices d;
		struct np_fold *g = np_fold_new(NULL, 10000);

		if (!g)
			abort();
		np_fold_limit(g, limit);
		for (uint32_t i = 0; i < 6; i++)
			(void)np_fold_place(g, i, &w->place[i]);
		for (size_t i = 0; i < w->n; i++)
			(void)add(g, &w->v[i]);
		if (!np_fold_devices(g, &d))
			dump(&d, &part);
		np_fold_limit(g, SIZE_MAX);
		for (uint32_t i = 0; i < 6; i++)
			(void)np_fold_place(g, i, &w->place[i]);
		for (size_t i = 0; i < w->n; i++)
			if (add(g, &w->v[i]))
				abort();
		outcome(g, &part);
		without_refusals(&part);
		ok = same(&whole, &part);
		np_fold_free(g);
	}
	np_fold_free(f);
	np_buf_free(&whole);
	np_buf_free(&part);
	return ok;
}

int main(int argc, char **argv)
{
	unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	struct network w = {.v = calloc(MOST, sizeof(*w.v))};
	bool order = true, limit = true;

	if (!w.v)
		return 1;
	(void)printf("1..2\n");
	for (unsigned long i = 0; i < rounds && order && limit; i++) {
		struct chance c = {.s = (seed + i) * 0x9e3779b97f4a7c15u | 1};

		build(&c, &w);
		order = orders(&c, &w);
		if (order && i % 8 == 0)
			limit = limits(&c, &w);
		if (!order || !limit)
			(void)printf("# seed %lu\n", seed + i);
	}
	(void)printf("%sok 1 - any order, any repetition, any pieces\n",
		     order ? "" : "not ");
	(void)printf("%sok 2 - any limit of memory\n", limit ? "" : "not ");
	free(w.v);
	return order && limit ? 0 : 1;
}

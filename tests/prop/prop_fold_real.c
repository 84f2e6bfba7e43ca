/* SPDX-License-Identifier: ISC */
/*
 * The fold over what was really heard: the sightings of every golden capture,
 * with the claims that the knowledge makes of them. Each capture by itself, and
 * all of them as sources of one run, delivered in any order, repeated and in
 * pieces, give the same text of everything that came out.
 *
 * prop_fold_real ROOT [ROUNDS [SEED]]
 */
#include "../alone.h"
#include "../boxes.h"
#include "claim/claim.h"
#include "source/source.h"
#include "wire/wire.h"
#include <dirent.h>
#include <fcntl.h>

#define MOST 20000 /* sightings */
#define MEMORY ((size_t)512 << 20)

struct real {
	struct np_sighting s;
	struct np_claims c;
};

struct run {
	struct np_arena mem;
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_hasher *hasher;
	struct real **v;
	size_t n, first; /* of the capture that is read */
	uint32_t source; /* its number */
	uint64_t chance;
	struct np_buf one, two;
	size_t claims, devices, bad;
};

static uint32_t draw(struct run *r, uint32_t n)
{
	r->chance ^= r->chance << 13;
	r->chance ^= r->chance >> 7;
	r->chance ^= r->chance << 17;
	return (uint32_t)((r->chance >> 32) * n >> 32);
}

/* ---- hearing */

static void give(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		 const struct np_occurrence *o)
{
	(void)number;
	struct run *r = ctx;
	const uint8_t *copy = np_copy(&r->mem, body, n);
	struct real *x = np_alloc(&r->mem, sizeof(*x));

	if (!copy || !x || r->n == MOST || np_body_read(copy, n, &x->s) < 0)
		abort();
	np_sighting_id(&x->s, r->hasher, x->s.id);
	x->s.seen = *o;
	x->s.seen.source = r->source;
	np_infer(r->infer, &x->s, &r->mem, &x->c);
	r->claims += x->c.n;
	r->v[r->n++] = x;
}

static void over_file(struct run *r, const char *path)
{
	const struct np_seal_rules rules = {.raw = true};
	const struct np_wire_conf conf = {.open_subscriber = true};
	struct np_tally *t = np_tally_new(&rules, MOST, give, r);
	struct np_wire *w = np_wire_new(&conf, np_tally_payload, t);
	struct np_source *s;
	struct np_frame f;
	int fd = open(path, O_RDONLY);

	if (!t || !w || fd < 0 || np_source_open(fd, &s, NULL))
		abort();
	while (np_source_next(s, &f, NULL) > 0)
		np_peel(w, &f);
	np_wire_end(w);
	np_tally_flush(t);
	np_source_close(s);
	np_wire_free(w);
	np_tally_free(t);
}

/* ---- delivering */

static void add_one(struct np_fold *f, const struct real *x,
		    const struct np_occurrence *seen)
{
	struct np_sighting s = x->s;

	s.seen = *seen;
	if (np_fold_add(f, &s, &x->c))
		abort();
}

/* Less than was heard there: what a piece of it would have said. */
static void add_piece(struct run *r, struct np_fold *f, const struct real *x)
{
	struct np_occurrence o = x->s.seen;

	o.count = 1 + draw(r, (uint32_t)(o.count > 1000 ? 1000 : o.count));
	if (draw(r, 2))
		o.last = o.first;
	else
		o.first = o.last;
	o.place += draw(r, 3);
	add_one(f, x, &o);
}

static void deliver(struct run *r, struct np_fold *f, size_t first, size_t n,
		    bool plain)
{
	size_t *order = calloc(n, sizeof(*order));

	if (!order)
		abort();
	for (uint32_t i = 0; i <= r->source; i++) {
		struct np_source_place p = {.site = NP_NO_SITE,
					    .origin = NP_LABORATORY};

		if (np_fold_place(f, i, &p))
			abort();
	}
	for (size_t i = 0; i < n; i++)
		order[i] = first + i;
	for (size_t i = n; !plain && i > 1; i--) {
		size_t k = draw(r, (uint32_t)i), t = order[k];

		order[k] = order[i - 1];
		order[i - 1] = t;
	}
	for (size_t i = 0; i < n; i++) {
		const struct real *x = r->v[order[i]];

		if (!plain && !draw(r, 4))
			add_piece(r, f, x);
		add_one(f, x, &x->s.seen);
		if (!plain && !draw(r, 4))
			add_one(f, x, &x->s.seen);
		if (!plain && !draw(r, 4))
			add_piece(r, f, x);
	}
	free(order);
}

static void outcome(struct run *r, struct np_fold *f, struct np_buf *b)
{
	struct np_devices d;

	np_buf_clear(b);
	if (np_fold_devices(f, &d))
		abort();
	dump(&d, b);
	r->devices = d.n;
}

static bool same(const struct np_buf *a, const struct np_buf *b)
{
	size_t at = 0, line = 0;

	if (a->failed || b->failed)
		return false;
	if (a->n == b->n && memcmp(a->p, b->p, a->n) == 0)
		return true;
	for (; at < a->n && at < b->n && a->p[at] == b->p[at]; at++)
		if (a->p[at] == '\n')
			line = at + 1;
	(void)printf("# they differ:\n# %.300s\n# and\n# %.300s\n", a->p + line,
		     b->p + line);
	return false;
}

static bool any_order(struct run *r, size_t first, size_t n,
		      unsigned long rounds)
{
	bool ok = true;

	for (unsigned long i = 0; i <= rounds && ok; i++) {
		struct np_fold *f = np_fold_new(r->k, 100000);

		if (!f)
			abort();
		deliver(r, f, first, n, i == 0);
		outcome(r, f, i ? &r->two : &r->one);
		ok = !i || same(&r->one, &r->two);
		np_fold_free(f);
	}
	return ok;
}

static void over_folder(struct run *r, const char *root, const char *name,
			unsigned long rounds)
{
	struct dirent **list = NULL;
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", root, name);
	int n = scandir(path, &list, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		const char *dot = strstr(list[i]->d_name, ".pcap");

		if (dot && !strchr(dot + 1, '.')) {
			(void)snprintf(path, sizeof(path), "%s/%s/%s", root,
				       name, list[i]->d_name);
			r->source++;
			r->first = r->n;
			over_file(r, path);
			if (!any_order(r, r->first, r->n - r->first, rounds)) {
				(void)printf("# %s\n", path);
				r->bad++;
			}
		}
		free(list[i]);
	}
	free(list);
}

/* Each sighting by itself. */
static bool each_alone(struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct real *x = r->v[i];

		if (alone_as_fold(r->k, &x->s, &x->c, r->hasher, &r->one,
				  &r->two) != 0)
			continue;
		(void)same(&r->one, &r->two);
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 4;
	struct run r = {.mem = np_arena(MEMORY),
			.v = calloc(MOST, sizeof(*r.v)),
			.hasher = np_hasher_new(NP_BLAKE2S),
			.one = np_buf((size_t)256 << 20),
			.two = np_buf((size_t)256 << 20)};

	r.chance = (argc > 3 ? strtoul(argv[3], NULL, 10) : 1) *
			   0x9e3779b97f4a7c15u |
		   1;
	if (argc < 2 || !r.v || !r.hasher ||
	    np_knowledge_open(NULL, &r.k, NULL) ||
	    !(r.infer = np_infer_new(r.k)))
		return 2;
	for (size_t i = 0; np_protos[i]; i++)
		over_folder(&r, argv[1], np_protos[i]->name, rounds);
	bool heard = r.n > 500 && r.claims > 100;

	(void)printf("1..3\n");
	(void)printf("%sok 1 - %u captures, %zu sightings, %zu claims\n",
		     heard && !r.bad ? "" : "not ", r.source, r.n, r.claims);
	bool all = any_order(&r, 0, r.n, rounds);

	(void)printf("%sok 2 - all of them as one run: %zu devices\n",
		     all ? "" : "not ", r.devices);
	bool alone = each_alone(&r);

	(void)printf("%sok 3 - a sighting by itself is its device\n",
		     alone ? "" : "not ");
	np_infer_free(r.infer);
	np_knowledge_close(r.k);
	np_hasher_free(r.hasher);
	np_buf_free(&r.one);
	np_buf_free(&r.two);
	np_arena_free(&r.mem);
	free(r.v);
	return heard && !r.bad && all && alone ? 0 : 1;
}

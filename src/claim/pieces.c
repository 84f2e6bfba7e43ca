/* SPDX-License-Identifier: ISC */
/*
 * The pieces of many patterns in one table by their first three octets. A
 * filter that stays near says of most places of a text that no piece begins
 * there. Of each pattern two needs are looked for at most: the most telling.
 */
#include "claim/image.h"
#include "claim/match.h"
#include "claim/piece.h"
#include "core/hash.h"
#include <stdlib.h>

#define FILTER_BITS 15u
#define COUNTS 65536u /* power of two */
#define USED (1u << 24)
/* Octets that are looked at in one go. The next part begins with as many of
 * them again as a piece may have. */
#define PART 1024

struct head {
	uint32_t npatterns, nslots, npieces, nids;
	uint32_t filter[(1u << FILTER_BITS) / 32];
};

struct slot {
	uint32_t gram; /* the first three octets, USED; 0: free */
	uint32_t piece;
};

struct piece {
	uint32_t gram;
	uint32_t id; /* the first of these, up to the next one's */
	struct np_piece is;
	char zero[6];
};

struct np_pieces {
	struct head *head;	/* owned; the rest lies behind it */
	const uint64_t *single; /* patterns of one need */
	const struct slot *slot;
	const struct piece *piece; /* one more than there are */
	const uint32_t *id; /* pattern * 2 + 1 where it is the second need */
};

/* Of two octets: nothing is the third. */
static uint32_t gram_of(const struct np_piece *x)
{
	return USED | (uint32_t)(uint8_t)x->text[0] << 16 |
	       (uint32_t)(uint8_t)x->text[1] << 8 |
	       (x->n < NP_PIECE_MIN ? 0 : (uint8_t)x->text[2]);
}

static uint32_t mix(uint32_t gram)
{
	return gram * 2654435769u;
}

static uint32_t filter_at(uint32_t gram)
{
	return mix(gram) >> (32 - FILTER_BITS);
}

/* ---- making them */

struct wanted {
	struct np_piece piece;
	uint32_t id;
};

struct making {
	struct np_needs *needs; /* by pattern */
	struct wanted *wanted;
	size_t nwanted;
	uint16_t *count; /* how many patterns want a piece, by its hash */
};

static uint16_t *count_of(struct making *m, const struct np_piece *x)
{
	return &m->count[np_hash64(x->text, x->n, x->head) & (COUNTS - 1)];
}

/* Of how many texts it will be found without need: short pieces, and those of
 * many patterns, tell little. */
static uint64_t cost(struct making *m, const struct np_need *need)
{
	uint64_t sum = 1;

	for (size_t i = 0; i < need->n; i++) {
		const struct np_piece *x = &need->v[i];
		unsigned n = x->n < 12 ? x->n : 12;

		sum += (uint64_t)*count_of(m, x) *
		       ((1u << 15 >> n) >> (x->head ? 3 : 0));
	}
	return sum;
}

static const struct np_need *
cheapest(struct making *m, const struct np_needs *of, const struct np_need *but)
{
	const struct np_need *best = NULL;

	for (size_t i = 0; i < of->n; i++)
		if (&of->v[i] != but &&
		    (!best || cost(m, &of->v[i]) < cost(m, best)))
			best = &of->v[i];
	return best;
}

static void want(struct making *m, const struct np_need *need, uint32_t id)
{
	for (size_t i = 0; need && i < need->n; i++)
		m->wanted[m->nwanted++] = (struct wanted){need->v[i], id};
}

static int piece_cmp(const struct np_piece *x, const struct np_piece *y)
{
	int c = memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);

	if (c == 0)
		c = x->n - y->n;
	return c ? c : x->head - y->head;
}

/* By the first octets first, for those of one gram stand together. */
static int wanted_cmp(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;
	int c = piece_cmp(&x->piece, &y->piece);

	return c ? c : (x->id > y->id) - (x->id < y->id);
}

static void choose(struct making *m, const char *const *patterns, size_t n,
		   uint64_t *single, uint64_t *ret_rest)
{
	for (size_t i = 0; i < n; i++) {
		struct np_needs *x = &m->needs[i];

		np_piece_needs(patterns[i], x);
		for (size_t k = 0; k < x->n; k++)
			for (size_t p = 0; p < x->v[k].n; p++)
				++*count_of(m, &x->v[k].v[p]);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct np_needs *x = &m->needs[i];
		const struct np_need *first = cheapest(m, x, NULL);
		const struct np_need *second = cheapest(m, x, first);

		want(m, first, i * 2);
		want(m, second, i * 2 + 1);
		if (!first)
			ret_rest[i / 64] |= 1ULL << (i % 64);
		if (!second)
			single[i / 64] |= 1ULL << (i % 64);
	}
	qsort(m->wanted, m->nwanted, sizeof(*m->wanted), wanted_cmp);
}

static size_t words(size_t patterns)
{
	return (patterns + 63) / 64;
}

/* The pieces, each once, with the ids of those who want it. */
static void list(const struct making *m, struct head *h, struct np_buf *pieces,
		 struct np_buf *ids)
{
	struct piece last = {.gram = 0};

	for (size_t i = 0; i < m->nwanted; i++) {
		const struct wanted *x = &m->wanted[i];
		uint32_t gram = gram_of(&x->piece);
		uint32_t bit = filter_at(gram);

		if (i == 0 || piece_cmp(&x->piece, &x[-1].piece) != 0) {
			struct piece new = {gram, h->nids, x->piece, {0}};

			np_put(pieces, &new, sizeof(new));
			h->npieces++;
		}
		np_put(ids, &x->id, sizeof(x->id));
		h->nids++;
		h->filter[bit / 32] |= 1u << bit % 32;
	}
	last.id = h->nids;
	np_put(pieces, &last, sizeof(last));
	h->nslots = (uint32_t)np_compile_slots(h->npieces);
}

static void put_slots(const struct head *h, const struct piece *v,
		      struct np_buf *ret)
{
	struct slot *slots = calloc(h->nslots, sizeof(*slots));

	for (uint32_t i = 0; slots && i < h->npieces; i++) {
		size_t at = mix(v[i].gram) & (h->nslots - 1);

		if (i && v[i - 1].gram == v[i].gram)
			continue;
		while (slots[at].gram)
			at = (at + 1) & (h->nslots - 1);
		slots[at] = (struct slot){v[i].gram, i};
	}
	ret->failed |= !slots;
	if (slots)
		np_put(ret, slots, h->nslots * sizeof(*slots));
	free(slots);
}

static void put_all(const struct making *m, size_t n, const uint64_t *single,
		    struct np_buf *ret)
{
	struct head h = {.npatterns = (uint32_t)n};
	struct np_buf pieces = np_buf(ret->limit), ids = np_buf(ret->limit);

	list(m, &h, &pieces, &ids);
	if (!pieces.failed && !ids.failed) {
		np_put(ret, &h, sizeof(h));
		np_put(ret, single, words(n) * sizeof(*single));
		put_slots(&h, (const struct piece *)(void *)pieces.p, ret);
		np_put(ret, pieces.p, pieces.n);
		np_put(ret, ids.n ? ids.p : "", ids.n);
		while (ret->n % 8 && !ret->failed)
			np_putc(ret, '\0');
	}
	ret->failed |= pieces.failed || ids.failed;
	np_buf_free(&pieces);
	np_buf_free(&ids);
}

bool np_pieces_build(const char *const *patterns, size_t n, struct np_buf *ret,
		     uint64_t *ret_rest)
{
	uint64_t single[NP_MAX_PATTERNS / 64] = {0};
	struct making m = {
		.needs = calloc(n, sizeof(*m.needs)),
		.wanted = calloc(n, 2 * NP_NEED_MAX * sizeof(*m.wanted)),
		.count = calloc(COUNTS, sizeof(*m.count)),
	};
	bool ok = m.needs && m.wanted && m.count && n <= NP_MAX_PATTERNS;

	if (ok) {
		choose(&m, patterns, n, single, ret_rest);
		put_all(&m, n, single, ret);
	}
	free(m.needs);
	free(m.wanted);
	free(m.count);
	return ok && !ret->failed;
}

/* ---- looking for them */

struct np_pieces *np_pieces_new(const void *built, size_t n)
{
	struct np_pieces *p = calloc(1, sizeof(*p));

	if (!p || !(p->head = malloc(n))) {
		free(p);
		return NULL;
	}
	memcpy(p->head, built, n);
	p->single = (const uint64_t *)(const void *)(p->head + 1);
	p->slot =
		(const struct slot *)(const void *)(p->single +
						    words(p->head->npatterns));
	p->piece =
		(const struct piece *)(const void *)(p->slot + p->head->nslots);
	p->id = (const uint32_t *)(const void *)(p->piece + p->head->npieces +
						 1);
	return p;
}

void np_pieces_free(struct np_pieces *p)
{
	if (!p)
		return;
	free(p->head);
	free(p);
}

/* Eight octets at once in lower case; others than A to Z stay. */
static uint64_t fold(uint64_t v)
{
	const uint64_t each = UINT64_C(0x0101010101010101), top = each << 7;
	uint64_t low = v & ~top;
	uint64_t big =
		(low + each * (0x80 - 'A')) & ~(low + each * (0x7f - 'Z'));

	return v | (big & ~v & top) >> 2;
}

static void fold_text(const char *text, size_t n, char *ret)
{
	size_t i = 0;
	uint64_t v;

	for (; i + sizeof(v) <= n; i += sizeof(v)) {
		memcpy(&v, text + i, sizeof(v));
		v = fold(v);
		memcpy(ret + i, &v, sizeof(v));
	}
	for (; i < n; i++)
		ret[i] = (char)np_piece_fold((uint8_t)text[i]);
}

/* Whose first octets stand at a place of the text. */
static void look_at(const struct np_pieces *p, uint32_t gram, const char *text,
		    size_t n, bool head, uint64_t *hits[static 2])
{
	size_t mask = p->head->nslots - 1, at = mix(gram) & mask;

	while (p->slot[at].gram && p->slot[at].gram != gram)
		at = (at + 1) & mask;
	if (!p->slot[at].gram)
		return;
	for (const struct piece *x = &p->piece[p->slot[at].piece];
	     x->gram == gram; x++) {
		if ((x->is.head && !head) || n < x->is.n ||
		    memcmp(text, x->is.text, x->is.n) != 0)
			continue;
		for (uint32_t i = x->id; i < x[1].id; i++) {
			uint32_t id = p->id[i] >> 1;

			hits[p->id[i] & 1][id / 64] |= 1ULL << (id % 64);
		}
	}
}

/* What stands in a part of a text, which is in lower case. */
static void scan(const struct np_pieces *p, const char *text, size_t n,
		 bool head, uint64_t *hits[static 2])
{
	const struct head *h = p->head;
	uint32_t gram = 0;

	if (head && n >= NP_HEAD_MIN)
		look_at(p,
			USED | (uint32_t)(uint8_t)text[0] << 16 |
				(uint32_t)(uint8_t)text[1] << 8,
			text, n, true, hits);
	for (size_t i = 0; i < n && i < NP_PIECE_MIN - 1; i++)
		gram = gram << 8 | (uint8_t)text[i];
	for (size_t i = 0; i + NP_PIECE_MIN <= n; i++) {
		uint32_t bit;

		gram = USED | (gram << 8 & 0xffff00) |
		       (uint8_t)text[i + NP_PIECE_MIN - 1];
		bit = filter_at(gram);
		if (h->filter[bit / 32] >> bit % 32 & 1)
			look_at(p, gram, text + i, n - i, head && i == 0, hits);
	}
}

void np_pieces_scan(const struct np_pieces *p, const char *text, size_t n,
		    uint64_t *ret_hits)
{
	uint64_t second[NP_MAX_PATTERNS / 64];
	uint64_t *hits[2] = {ret_hits, second};
	size_t nw = words(p->head->npatterns);
	char part[PART];

	memcpy(second, p->single, nw * sizeof(*second));
	for (size_t at = 0;; at += PART - NP_PIECE_MAX) {
		size_t k = n - at < PART ? n - at : PART;

		fold_text(text + at, k, part);
		scan(p, part, k, at == 0, hits);
		if (k == n - at)
			break;
	}
	for (size_t i = 0; i < nw; i++)
		ret_hits[i] &= second[i];
}

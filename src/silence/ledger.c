/* SPDX-License-Identifier: ISC */
/*
 * The ledger. A site was looked at by the sources that stand there. Of a prefix
 * or a VLAN nobody wrote down who could hear it, so it was looked at by a
 * source that did hear something of it; which errs towards "not looked".
 */
#include "core/hash.h"
#include "silence/inside.h"
#include <stdlib.h>

#define LEDGER_ARENA ((size_t)2 << 30)

struct span {
	int64_t first, last;
	struct span *next;
};

struct place {
	struct np_looked_at pub;
	struct span *spans; /* of sources that listen for a time */
	uint32_t source;    /* that was counted last */
	size_t next_vlan;   /* of the same number: index + 1 */
	size_t site;	    /* where it is declared to be; SIZE_MAX: anywhere */
};

/* A range of serial numbers, sorted by length and first. */
struct range {
	size_t place;
	const char *from, *to;
	size_t n;	  /* octets of each */
	const char *last; /* of all ranges up to this one of this length */
};

struct np_ledger {
	const struct np_silence *r;
	const struct np_universe *u;
	struct np_arena mem;
	struct place *place; /* one a declared place, and one more */
	size_t n;
	struct np_observation *row;
	size_t nrows, cap;
	struct range *range;
	size_t nranges;
	size_t vlan[4096]; /* first declared one of a number: index + 1 */
	uint64_t *pair;	   /* (place, box) that was counted */
	size_t npairs, pairs_cap;
	const struct np_observation *now; /* whose sightings these are */
	size_t now_site;
	uint32_t box;	/* of the sighting */
	uint16_t proto; /* the same */
	int named;
	int rc;
};

static void clear(struct np_looked_at *l, const struct np_declared *d)
{
	*l = (struct np_looked_at){
		.place = d, .first = NP_NEVER, .last = NP_NEVER};
	for (size_t i = 0; i < NP_MAX_METHODS; i++)
		l->day[i] = NP_NODAY;
}

static int by_range(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	int d = (x->n > y->n) - (x->n < y->n);

	if (!d)
		d = strcmp(x->from, y->from);
	return d ? d : (x->place > y->place) - (x->place < y->place);
}

static void sort_ranges(struct np_ledger *l)
{
	qsort(l->range, l->nranges, sizeof(*l->range), by_range);
	for (size_t i = 0; i < l->nranges; i++) {
		struct range *x = &l->range[i];

		x->last = x->to;
		if (i && x[-1].n == x->n && strcmp(x[-1].last, x->to) > 0)
			x->last = x[-1].last;
	}
}

static void open_place(struct np_ledger *l, size_t i)
{
	const struct np_declared *d = np_declared(l->u, i);
	struct place *p = &l->place[i];

	clear(&p->pub, d);
	p->site = d && d->site ? np_declared_site(l->u, d->site) : SIZE_MAX;
	if (d && d->kind == NP_D_VLAN) {
		p->next_vlan = l->vlan[d->vlan];
		l->vlan[d->vlan] = i + 1;
	}
	if (d && d->kind == NP_D_SERIALS)
		l->range[l->nranges++] = (struct range){i, d->from, d->to,
							strlen(d->from), NULL};
}

struct np_ledger *np_ledger_new(const struct np_silence *r,
				const struct np_universe *u)
{
	struct np_ledger *l = calloc(1, sizeof(*l));
	size_t n = np_declared_n(u);

	if (!l)
		return NULL;
	*l = (struct np_ledger){
		.r = r, .u = u, .n = n, .mem = np_arena(LEDGER_ARENA)};
	l->place = calloc(n + 1, sizeof(*l->place));
	l->range = calloc(n + 1, sizeof(*l->range));
	if (!l->place || !l->range) {
		np_ledger_free(l);
		return NULL;
	}
	for (size_t i = n + 1; i-- > 0;)
		open_place(l, i);
	sort_ranges(l);
	return l;
}

void np_ledger_free(struct np_ledger *l)
{
	if (!l)
		return;
	free(l->place);
	free(l->range);
	free(l->row);
	free(l->pair);
	np_arena_free(&l->mem);
	free(l);
}

size_t np_ledger_rows(const struct np_ledger *l)
{
	return l->nrows;
}

const struct np_observation *np_ledger_row(const struct np_ledger *l, size_t i)
{
	return i < l->nrows ? &l->row[i] : NULL;
}

const struct np_looked_at *np_ledger_place(const struct np_ledger *l, size_t i)
{
	return i <= l->n ? &l->place[i].pub : NULL;
}

/* ---- sources */

static unsigned way(const char *direction)
{
	return !direction			? NP_WAY_UNSAID
	       : strcmp(direction, "in") == 0	? NP_WAY_IN
	       : strcmp(direction, "out") == 0	? NP_WAY_OUT
	       : strcmp(direction, "both") == 0 ? NP_WAY_IN | NP_WAY_OUT
						: NP_WAY_UNSAID;
}

static int add_span(struct np_ledger *l, struct place *p,
		    const struct np_observation *o)
{
	const struct np_method *m =
		o->method < 0 ? NULL : np_method(l->r, (size_t)o->method);
	struct span *s;

	if (m && m->lasts)
		p->pub.direction |= way(o->direction);
	if (!m || !m->lasts || o->first == NP_NEVER)
		return NP_OK;
	s = np_alloc(&l->mem, sizeof(*s));
	if (!s)
		return NP_ENOMEM;
	*s = (struct span){o->first, o->last, p->spans};
	p->spans = s;
	return NP_OK;
}

/* A source looked at a place; once. */
static int observe(struct np_ledger *l, struct place *p,
		   const struct np_observation *o)
{
	struct np_looked_at *x = &p->pub;

	if (p->source == o->number && x->sources)
		return NP_OK;
	p->source = o->number;
	x->drops = o->drops < 0 || x->drops < 0 ? -1 : x->drops + o->drops;
	x->sources++;
	x->frames += o->frames;
	x->asked += o->asked;
	x->absent += o->absent;
	x->limited += o->dropped_by_limit || !o->status ||
		      strcmp(o->status, "read") != 0;
	x->first = np_time_min(x->first, o->first);
	x->last = np_time_max(x->last, o->last);
	if (o->method >= 0) {
		int32_t *day = &x->day[o->method];
		int32_t last =
			o->last == NP_NEVER ? NP_NODAY : np_day_of(o->last);

		x->methods |= 1u << o->method;
		*day = last > *day ? last : *day;
	}
	return add_span(l, p, o);
}

static size_t site_of(const struct np_ledger *l, const char *site)
{
	size_t i = site ? np_declared_site(l->u, site) : SIZE_MAX;

	return i == SIZE_MAX ? l->n : i;
}

/* Serial numbers, a private prefix or a VLAN of one site are not another's. */
static bool here(const struct np_ledger *l, size_t place, size_t site)
{
	return l->place[place].site == SIZE_MAX || l->place[place].site == site;
}

int np_ledger_add(struct np_ledger *l, const struct np_observation *o)
{
	size_t at;

	if (l->nrows == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct np_observation *v =
			reallocarray(l->row, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		l->row = v;
		l->cap = cap;
	}
	l->row[l->nrows++] = *o;
	l->now = NULL;
	at = site_of(l, o->site);
	for (size_t i = 0; i < l->nranges; i++)
		if (here(l, l->range[i].place, at) &&
		    observe(l, &l->place[l->range[i].place], o))
			return NP_ENOMEM;
	return observe(l, &l->place[at], o);
}

/* ---- what they heard */

static uint64_t *pair_slot(uint64_t *v, size_t cap, uint64_t pair)
{
	size_t at = np_hash64(&pair, sizeof(pair), 0) & (cap - 1);

	while (v[at] && v[at] != pair)
		at = (at + 1) & (cap - 1);
	return &v[at];
}

/* Is this the first time that a box is met at a place? */
static bool first_time(struct np_ledger *l, size_t place, uint32_t box)
{
	uint64_t pair = ((uint64_t)place + 1) << 32 | box, *slot;

	if (2 * l->npairs >= l->pairs_cap) {
		size_t cap = l->pairs_cap ? l->pairs_cap * 2 : 1024;
		uint64_t *v = calloc(cap, sizeof(*v));

		if (!v) {
			l->rc = NP_ENOMEM;
			return false;
		}
		for (size_t i = 0; i < l->pairs_cap; i++)
			if (l->pair[i])
				*pair_slot(v, cap, l->pair[i]) = l->pair[i];
		free(l->pair);
		l->pair = v;
		l->pairs_cap = cap;
	}
	slot = pair_slot(l->pair, l->pairs_cap, pair);
	if (*slot)
		return false;
	*slot = pair;
	l->npairs++;
	return true;
}

static void read_there(struct np_looked_at *x, uint16_t proto)
{
	if (proto < NP_NSPEAKERS)
		x->protos[proto / 64] |= (uint64_t)1 << proto % 64;
}

/* Something of a declared prefix or VLAN was heard. */
static void touch(void *ctx, size_t i)
{
	struct np_ledger *l = ctx;
	struct place *p = &l->place[i];

	if (!here(l, i, l->now_site))
		return;
	if (observe(l, p, l->now))
		l->rc = NP_ENOMEM;
	read_there(&p->pub, l->proto);
	if (l->box == UINT32_MAX || !first_time(l, i, l->box))
		return;
	p->pub.boxes++;
	if (l->named >= 0)
		p->pub.named[l->named]++;
}

static const struct np_observation *row_of(const struct np_ledger *l,
					   uint32_t source)
{
	for (size_t i = l->nrows; i-- > 0;)
		if (l->row[i].number == source)
			return &l->row[i];
	return NULL;
}

int np_ledger_hear(struct np_ledger *l, const struct np_sighting *s,
		   uint32_t box, int named)
{
	if (!l->now || l->now->number != s->seen.source) {
		l->now = row_of(l, s->seen.source);
		l->now_site = l->now ? site_of(l, l->now->site) : l->n;
	}
	if (!l->now)
		return NP_OK;
	l->box = box;
	l->named = named;
	l->proto = s->proto;
	read_there(&l->place[l->now_site].pub, s->proto);
	for (size_t i = 0; i < s->nkeys; i++) {
		uint8_t ip[16];
		size_t n =
			s->keys[i].kind == NP_KEY_IP
				? np_address(np_cur(s->keys[i].v, s->keys[i].n),
					     ip)
				: 0;

		if (n)
			np_declared_hold(l->u, ip, n, touch, l);
	}
	for (size_t i = 0; i < s->nvlan && i < 1; i++)
		for (size_t k = l->vlan[s->vlan[i] & 0xfff]; k;
		     k = l->place[k - 1].next_vlan)
			touch(l, k - 1);
	return l->rc;
}

/* ---- boxes */

static void count(struct np_looked_at *x, int named)
{
	x->boxes++;
	if (named >= 0)
		x->named[named]++;
}

/* The first range that begins behind the serial. */
static size_t behind(const struct np_ledger *l, const char *serial, size_t n)
{
	size_t low = 0, high = l->nranges;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct range *x = &l->range[mid];

		if (x->n < n || (x->n == n && strcmp(x->from, serial) <= 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void np_ledger_box(struct np_ledger *l, const char *site, const char *serial,
		   int named)
{
	size_t at = site_of(l, site), n = serial ? strlen(serial) : 0;

	count(&l->place[at].pub, named);
	for (size_t i = serial ? behind(l, serial, n) : 0; i-- > 0;) {
		const struct range *x = &l->range[i];

		if (x->n != n || strcmp(x->last, serial) < 0)
			return;
		if (strcmp(serial, x->to) <= 0 && here(l, x->place, at))
			count(&l->place[x->place].pub, named);
	}
}

/* ---- hours */

static int by_first(const void *a, const void *b)
{
	const struct span *x = *(struct span *const *)a;
	const struct span *y = *(struct span *const *)b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Time in which some source listened: of two at once, one. */
static int sum_spans(struct place *p)
{
	size_t n = 0, i = 0;
	struct span **v;
	int64_t to = NP_NEVER;

	for (const struct span *s = p->spans; s; s = s->next)
		n++;
	v = calloc(n + 1, sizeof(struct span *));
	if (!v)
		return NP_ENOMEM;
	for (struct span *s = p->spans; s; s = s->next)
		v[i++] = s;
	qsort(v, n, sizeof(struct span *), by_first);
	for (i = 0; i < n; i++) {
		int64_t from = v[i]->first > to ? v[i]->first : to;

		if (v[i]->last > from)
			p->pub.listened += v[i]->last - from;
		to = v[i]->last > to ? v[i]->last : to;
	}
	free(v);
	return NP_OK;
}

int np_ledger_sum(struct np_ledger *l)
{
	for (size_t i = 0; i <= l->n; i++)
		if (sum_spans(&l->place[i]))
			return NP_ENOMEM;
	return l->rc;
}

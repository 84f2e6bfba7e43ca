/* SPDX-License-Identifier: ISC */
/*
 * The universe: places that somebody declared. Nothing can be said of a place
 * that nobody declared, and of one that was declared and not looked at just
 * this is said.
 */
#include "core/hash.h"
#include "silence/inside.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define UNIVERSE_ARENA ((size_t)1 << 30)

struct np_universe *np_universe_new(void)
{
	struct np_universe *u = calloc(1, sizeof(*u));

	if (u)
		u->mem = np_arena(UNIVERSE_ARENA);
	return u;
}

void np_universe_free(struct np_universe *u)
{
	if (!u)
		return;
	free(u->v);
	free(u->slot);
	free(u->name);
	free(u->prefix);
	np_arena_free(&u->mem);
	free(u);
}

size_t np_declared_n(const struct np_universe *u)
{
	return u->n;
}

const struct np_declared *np_declared(const struct np_universe *u, size_t i)
{
	return i < u->n ? &u->v[i] : NULL;
}

/* ---- what comes twice counts once */

static uint64_t hash_of(const struct np_declared *d)
{
	uint64_t h = np_hash64(d->text, strlen(d->text), d->kind);

	/* A VLAN's number means something within its site alone. */
	return d->site && d->kind != NP_D_SITE
		       ? np_hash64(d->site, strlen(d->site), h)
		       : h;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same(const struct np_declared *a, const struct np_declared *b)
{
	return a->kind == b->kind && strcmp(a->text, b->text) == 0 &&
	       (a->kind == NP_D_SITE || same_text(a->site, b->site));
}

/* The slot of what says the same, or the free one. */
static uint32_t *slot_of(const struct np_universe *u,
			 const struct np_declared *d)
{
	size_t at = hash_of(d) & (u->nslots - 1);

	while (u->slot[at] && !same(&u->v[u->slot[at] - 1], d))
		at = (at + 1) & (u->nslots - 1);
	return &u->slot[at];
}

static int grow(struct np_universe *u)
{
	size_t cap = u->cap ? u->cap * 2 : 64;
	struct np_declared *v = reallocarray(u->v, cap, sizeof(*v));
	uint32_t *slot = calloc(cap * 2, sizeof(*slot));

	if (v)
		u->v = v;
	if (!v || !slot) {
		free(slot);
		return NP_ENOMEM;
	}
	free(u->slot);
	u->slot = slot;
	u->nslots = cap * 2;
	u->cap = cap;
	for (size_t i = 0; i < u->n; i++)
		*slot_of(u, &u->v[i]) = (uint32_t)i + 1;
	return NP_OK;
}

static bool keep(struct np_universe *u, const char **s)
{
	if (*s)
		*s = np_copystr(&u->mem, *s, strlen(*s));
	return *s;
}

/* ---- what sites are called */

static struct np_site_name *name_slot(const struct np_universe *u,
				      const char *text)
{
	size_t at = np_hash64(text, strlen(text), 0) & (u->names_cap - 1);

	while (u->name[at].text && strcmp(u->name[at].text, text) != 0)
		at = (at + 1) & (u->names_cap - 1);
	return &u->name[at];
}

static int grow_names(struct np_universe *u)
{
	struct np_site_name *old = u->name;
	size_t n = u->names_cap;

	u->names_cap = n ? n * 2 : 256;
	u->name = calloc(u->names_cap, sizeof(*u->name));
	if (!u->name) {
		u->name = old;
		u->names_cap = n;
		return NP_ENOMEM;
	}
	for (size_t i = 0; i < n; i++)
		if (old[i].text)
			*name_slot(u, old[i].text) = old[i];
	free(old);
	return NP_OK;
}

/* `own`: the site's very name, which goes before other sites' other names. */
static int call(struct np_universe *u, const char *text, uint32_t place,
		bool own)
{
	struct np_site_name *x;

	if (2 * u->nnames >= u->names_cap && grow_names(u))
		return NP_ENOMEM;
	x = name_slot(u, text);
	if (x->text && !own)
		return NP_OK;
	u->nnames += !x->text;
	*x = (struct np_site_name){text, place};
	return NP_OK;
}

static int call_site(struct np_universe *u, uint32_t place)
{
	const struct np_declared *d = &u->v[place];
	char *small = np_copystr(&u->mem, d->text, strlen(d->text));

	if (!small)
		return NP_ENOMEM;
	for (char *c = small; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	if (call(u, d->text, place, true) ||
	    (d->alias && call(u, d->alias, place, false)))
		return NP_ENOMEM;
	return call(u, small, place, false);
}

size_t np_declared_site(const struct np_universe *u, const char *site)
{
	const struct np_site_name *x = u->names_cap ? name_slot(u, site) : NULL;

	return x && x->text ? x->place : SIZE_MAX;
}

/* A file may call a site what the operator calls it beside its id, or in small
 * letters, as NetBox's slugs are. */
static size_t known_site(const struct np_universe *u,
			 const struct np_declared *d)
{
	size_t i = np_declared_site(u, d->text);

	return i == SIZE_MAX && d->alias ? np_declared_site(u, d->alias) : i;
}

/* What a file calls a site that is there under another name. */
static int call_too(struct np_universe *u, const char *text, size_t place)
{
	const char *name = np_declared_site(u, text) == SIZE_MAX
				   ? np_copystr(&u->mem, text, strlen(text))
				   : text;

	if (name == text)
		return NP_OK;
	return name ? call(u, name, (uint32_t)place, false) : NP_ENOMEM;
}

/* ---- adding */

static int insert(struct np_universe *u, const struct np_declared *d)
{
	struct np_declared x = *d;
	uint32_t place = (uint32_t)u->n;

	if (!keep(u, &x.text) || (d->alias && !keep(u, &x.alias)) ||
	    (d->site && !keep(u, &x.site)) || (d->from && !keep(u, &x.from)) ||
	    (d->to && !keep(u, &x.to)))
		return NP_ENOMEM;
	*slot_of(u, d) = place + 1;
	u->v[u->n++] = x;
	u->sorted = false;
	return x.kind == NP_D_SITE ? call_site(u, place) : NP_OK;
}

int np_universe_add(struct np_universe *u, const struct np_declared *d)
{
	if (u->n == u->cap && grow(u))
		return NP_ENOMEM;
	if (*slot_of(u, d))
		return NP_OK;
	if (d->kind == NP_D_SITE && d->line && known_site(u, d) != SIZE_MAX)
		return call_too(u, d->text, known_site(u, d));
	return u->n < NP_UNIVERSE_MAX ? insert(u, d) : NP_ELIMIT;
}

int np_universe_party(struct np_universe *u, const struct np_party *p)
{
	int rc = NP_OK;

	for (size_t i = 0; i < np_sites(p) && !rc; i++) {
		const struct np_site *s = np_site(p, i);
		const struct np_declared d = {
			.kind = NP_D_SITE, .text = s->id, .alias = s->name};

		rc = np_universe_add(u, &d);
	}
	return rc;
}

/* ---- prefixes that hold an address */

static int by_prefix(const struct np_declared *a, const struct np_declared *b)
{
	if (a->ip_n != b->ip_n)
		return a->ip_n < b->ip_n ? -1 : 1;
	if (a->bits != b->bits)
		return a->bits < b->bits ? -1 : 1;
	return memcmp(a->ip, b->ip, sizeof(a->ip));
}

static int compare(const void *a, const void *b, void *ctx)
{
	const struct np_declared *v = ctx;
	const uint32_t *x = a, *y = b;
	int d = by_prefix(&v[*x], &v[*y]);

	return d ? d : (*x > *y) - (*x < *y);
}

/* Without memory no prefix holds anything, which errs towards "not looked". */
int np_universe_sort(struct np_universe *u)
{
	size_t n = 0;

	if (u->sorted)
		return NP_OK;
	free(u->prefix);
	u->prefix = calloc(u->n + 1, sizeof(*u->prefix));
	u->nprefixes = 0;
	memset(u->lengths, 0, sizeof(u->lengths));
	if (!u->prefix)
		return NP_ENOMEM;
	for (size_t i = 0; i < u->n; i++) {
		const struct np_declared *d = &u->v[i];

		if (d->kind != NP_D_PREFIX)
			continue;
		u->prefix[n++] = (uint32_t)i;
		u->lengths[d->ip_n == 16][d->bits / 32] |= 1u << d->bits % 32;
	}
	u->nprefixes = n;
	qsort_r(u->prefix, n, sizeof(*u->prefix), compare, u->v);
	u->sorted = true;
	return NP_OK;
}

static void mask(uint8_t ip[16], unsigned bits)
{
	for (unsigned i = 0; i < 16; i++) {
		unsigned keep = bits > 8 * i ? bits - 8 * i : 0;

		if (keep < 8)
			ip[i] &= (uint8_t)(0xff00u >> keep);
	}
}

/* The first that is not before the key. */
static size_t lower(const struct np_universe *u, const struct np_declared *key)
{
	size_t low = 0, high = u->nprefixes;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_prefix(&u->v[u->prefix[mid]], key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void np_declared_hold(const struct np_universe *u, const uint8_t *ip, size_t n,
		      void (*fn)(void *ctx, size_t i), void *ctx)
{
	if (!u->sorted || (n != 4 && n != 16))
		return;
	for (unsigned bits = 0; bits <= 8 * n; bits++) {
		struct np_declared key = {.ip_n = (uint8_t)n,
					  .bits = (uint8_t)bits};

		if (!(u->lengths[n == 16][bits / 32] >> bits % 32 & 1))
			continue;
		memcpy(key.ip, ip, n);
		mask(key.ip, bits);
		for (size_t i = lower(u, &key);
		     i < u->nprefixes &&
		     by_prefix(&u->v[u->prefix[i]], &key) == 0;
		     i++)
			fn(ctx, u->prefix[i]);
	}
}

/* ---- one row */

static const char *read_prefix(const char *s, struct np_declared *d)
{
	const char *slash = strchr(s, '/');
	size_t n = slash ? (size_t)(slash - s) : strlen(s);
	unsigned long bits;
	uint8_t ip[16] = {0};
	char *end;

	d->ip_n = (uint8_t)np_address(np_cur(s, n), ip);
	if (!d->ip_n)
		return "expected a prefix: 192.0.2.0/24";
	bits = 8ul * d->ip_n;
	if (slash) {
		bits = slash[1] >= '0' && slash[1] <= '9'
			       ? strtoul(slash + 1, &end, 10)
			       : 999;
		if (bits > 8ul * d->ip_n || *end)
			return "expected a prefix's length: 192.0.2.0/24";
	}
	d->bits = (uint8_t)bits;
	memcpy(d->ip, ip, d->ip_n);
	mask(ip, d->bits);
	return memcmp(ip, d->ip, d->ip_n) == 0
		       ? NULL
		       : "expected a prefix without octets behind its length";
}

static const char *read_vlan(const char *s, struct np_declared *d)
{
	char *end;
	unsigned long v = *s >= '0' && *s <= '9' ? strtoul(s, &end, 10) : 0;

	if (!v || v > 4094 || *end)
		return "expected a VLAN, 1 to 4094";
	d->vlan = (uint16_t)v;
	return NULL;
}

/* A range is of serial numbers of one length and one beginning. */
static const char *read_serials(struct np_declared *d, char text[static 512])
{
	size_t n = strlen(d->from), same = 0;

	if (n > 200 || strlen(d->to) != n)
		return "expected a last serial number as long as the first";
	while (same < n && d->from[same] == d->to[same])
		same++;
	if (strcmp(d->from, d->to) > 0)
		return "expected a last serial number that is not before the "
		       "first";
	(void)snprintf(text, 512, same == n ? "%s" : "%s-%s", d->from, d->to);
	d->text = text;
	return NULL;
}

static const char *row_cell(const char *const *cell, unsigned c,
			    struct np_declared *d, char text[static 512])
{
	d->text = cell[c];
	switch (c) {
	case NP_C_PREFIX:
		d->kind = NP_D_PREFIX;
		return read_prefix(cell[c], d);
	case NP_C_VLAN:
		d->kind = NP_D_VLAN;
		return read_vlan(cell[c], d);
	case NP_C_SERIAL:
		d->kind = NP_D_SERIALS;
		d->from = cell[c];
		d->to = cell[NP_C_SERIAL_TO] ? cell[NP_C_SERIAL_TO] : cell[c];
		return read_serials(d, text);
	default:
		d->kind = NP_D_SITE;
		d->alias = cell[NP_C_ALIAS];
		return NULL;
	}
}

const char *np_universe_row(struct np_universe *u, const char *const *cell,
			    uint32_t line, unsigned *ret_cell, int *ret_rc)
{
	static const unsigned order[] = {NP_C_SITE, NP_C_PREFIX, NP_C_VLAN,
					 NP_C_SERIAL};
	char text[512];

	for (size_t i = 0; i < NP_COUNT(order); i++) {
		struct np_declared d = {.line = line};
		const char *wrong;

		if (!cell[order[i]])
			continue;
		*ret_cell = order[i];
		if (order[i] != NP_C_SITE)
			d.site = cell[NP_C_SITE];
		wrong = row_cell(cell, order[i], &d, text);
		*ret_rc = wrong ? NP_EINPUT : np_universe_add(u, &d);
		if (*ret_rc == NP_ELIMIT)
			return "expected at most 1,000,000 places";
		if (*ret_rc)
			return wrong ? wrong : "out of memory";
	}
	*ret_rc = NP_OK;
	return NULL;
}

/* ---- files */

int np_universe_read(struct np_universe *u, const char *name, const char *text,
		     size_t n, struct np_err *reterr)
{
	size_t at = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	size_t first = at;
	int rc;

	while (first < n && strchr(" \t\r\n", text[first]) && text[first])
		first++;
	if (first < n && (text[first] == '{' || text[first] == '['))
		rc = np_universe_json(u, name, text + at, n - at, reterr);
	else
		rc = np_universe_csv(u, name, text + at, n - at, reterr);
	if (!rc && np_universe_sort(u))
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	return rc;
}

int np_universe_load(struct np_universe *u, const char *path,
		     struct np_err *reterr)
{
	struct np_arena mem = np_arena(NP_UNIVERSE_FILE + 65536);
	const char *text;
	size_t n;
	int rc = np_file_text(path, NP_UNIVERSE_FILE, &mem, &text, &n, reterr);

	if (!rc)
		rc = np_universe_read(u, path, text, n, reterr);
	np_arena_free(&mem);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/* What the registries gave to whom, as tables to look up in. */
#include "claim/image.h"
#include "core/hash.h"

#define MAX_NUMBER 200000u /* IANA is at 65,000 */

static void put_org(struct np_compile *c, const char *name)
{
	struct np_im_org o = {.name = np_compile_text(c, name)};
	char norm[NP_MAX_NAME];
	struct np_maker_key key = {norm, 0};
	const struct np_maker_key *k = NULL;

	if (!np_name_normal(name, strlen(name), norm, sizeof(norm)))
		norm[0] = '\0';
	if (norm[0] && c->orgs.n)
		k = bsearch(&key, c->orgs.v, c->orgs.n, sizeof(key),
			    np_maker_key_cmp);
	if (k)
		o.maker = k->maker;
	if (strcmp(norm, "ieeeregistrationauthority") == 0)
		o.flags |= NP_IM_PARENT;
	if (strcmp(norm, "private") == 0)
		o.flags |= NP_IM_PRIVATE;
	np_put(&c->section[NP_S_org], &o, sizeof(o));
}

/* A second registrant of a block stands beside the first: two names, and
 * nobody that we know. */
static uint32_t both(struct np_compile *c, uint32_t a, uint32_t b)
{
	const char *const *orgs = c->reg->orgs.v;
	size_t n = c->section[NP_S_org].n / sizeof(struct np_im_org);
	char name[2 * NP_MAX_NAME];

	if (a == b || a >= c->reg->orgs.n)
		return a;
	(void)snprintf(name, sizeof(name), "%.250s / %.250s", orgs[a], orgs[b]);
	put_org(c, name);
	return (uint32_t)n;
}

static struct np_im_block *parent(struct np_im_block *v, size_t n,
				  uint64_t prefix, unsigned bits)
{
	uint32_t p = (uint32_t)(prefix >> (bits - 24));
	struct np_im_block *slot = &v[np_im_block_at(v, n, p)];

	if (!slot->key)
		*slot = (struct np_im_block){p << 8 | NP_IM_USED, NP_IM_NOBODY};
	return slot;
}

static void put_longer(struct np_compile *c, struct np_im_longer *v, size_t n,
		       const struct np_reg_block *b)
{
	uint64_t key = (uint64_t)b->bits << 56 | b->prefix;
	struct np_im_longer *slot = &v[np_im_longer_at(v, n, key)];

	slot->org = slot->key ? both(c, slot->org, b->org) : b->org;
	slot->key = key;
}

static void put_block(struct np_compile *c, struct np_im_block *v, size_t n,
		      const struct np_reg_block *b)
{
	struct np_im_block *slot = parent(v, n, b->prefix, b->bits);

	if (b->bits > 24)
		slot->key |= NP_IM_LONGER;
	else if (slot->org == NP_IM_NOBODY)
		slot->org = b->org;
	else
		slot->org = both(c, slot->org, b->org);
}

static int put_blocks(struct np_compile *c)
{
	const struct np_list *list = &c->reg->blocks;
	const struct np_im_address *a =
		(const void *)c->section[NP_S_address].p;
	size_t na = c->section[NP_S_address].n / sizeof(*a);
	size_t n = np_compile_slots(list->n + na);
	size_t nlonger = np_compile_slots(list->n / 2);
	struct np_im_block *v = np_zalloc(c->mem, n * sizeof(*v));
	struct np_im_longer *l = np_zalloc(c->mem, nlonger * sizeof(*l));

	if (!v || !l)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	NP_BOOK_EACH(np_reg_block, b, *list)
	{
		put_block(c, v, n, b);
		if (b->bits > 24)
			put_longer(c, l, nlonger, b);
	}
	for (size_t i = 0; i < na; i++)
		parent(v, n, a[i].prefix, a[i].bits)->key |= NP_IM_VIRTUAL;
	np_put(&c->section[NP_S_block], v, n * sizeof(*v));
	np_put(&c->section[NP_S_longer], l, nlonger * sizeof(*l));
	return 0;
}

static int put_numbers(struct np_compile *c)
{
	const struct np_book_maker **makers = c->makers.v;
	struct np_im_number *v = np_zalloc(c->mem, MAX_NUMBER * sizeof(*v));
	size_t n = 1;

	if (!v)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	NP_BOOK_EACH(np_reg_number, r, c->reg->numbers)
	{
		if (r->number >= MAX_NUMBER)
			continue;
		v[r->number].name = np_compile_text(c, r->name);
		n = r->number >= n ? r->number + 1 : n;
	}
	for (size_t i = 1; i < c->makers.n; i++) {
		NP_YAML_EACH(y, makers[i]->numbers)
		{
			uint64_t number = 0;

			if (!np_yaml_uint(y, MAX_NUMBER - 1, &number))
				return np_compile_fail(
					c, &makers[i]->e,
					"no number of IANA's; see families");
			if (v[number].maker)
				return np_compile_fail(
					c, &makers[i]->e,
					"an enterprise number is another's");
			v[number].maker = (uint16_t)i;
			if (!v[number].name)
				v[number].name =
					np_compile_text(c, makers[i]->name);
			n = number >= n ? (size_t)number + 1 : n;
		}
	}
	if (np_compile_owners(c, v, n))
		return NP_ENOMEM;
	np_put(&c->section[NP_S_number], v, n * sizeof(*v));
	return 0;
}

int np_compile_registry(struct np_compile *c)
{
	const char *const *orgs = c->reg->orgs.v;
	int rc;

	for (size_t i = 0; i < c->reg->orgs.n; i++)
		put_org(c, orgs[i]);
	rc = put_blocks(c);
	return rc ? rc : put_numbers(c);
}

/* ---- codes.yaml */

static int put_gpon(struct np_compile *c, const struct np_book_code *g)
{
	struct np_im_gpon v = {.what = np_compile_text(c, g->what)};

	if (strlen(g->e.name) != sizeof(v.id))
		return np_compile_fail(c, &g->e, "expected four characters");
	memcpy(v.id, g->e.name, sizeof(v.id));
	if (!np_compile_maker(c, &g->e, g->maker, &v.maker))
		return NP_EINPUT;
	np_put(&c->section[NP_S_gpon], &v, sizeof(v));
	return 0;
}

static int put_address(struct np_compile *c, const struct np_book_code *a)
{
	struct np_im_address v = {.what = np_compile_text(c, a->what)};
	char rule[64];

	v.bits =
		4 * np_registry_prefix(a->e.name, strlen(a->e.name), &v.prefix);
	if (v.bits < 24 || !a->what)
		return np_compile_fail(c, &a->e,
				       "expected at least 24 bits and `what`");
	(void)snprintf(rule, sizeof(rule), "address/%s", a->e.name);
	v.rule = np_compile_text(c, rule);
	if (!np_compile_maker(c, &a->e, a->maker, &v.maker))
		return NP_EINPUT;
	np_put(&c->section[NP_S_address], &v, sizeof(v));
	return 0;
}

int np_compile_codes(struct np_compile *c)
{
	NP_BOOK_EACH(np_book_code, g, c->book->gpon)
	{
		int rc = g->e.sure == NP_UNVERIFIED ? 0 : put_gpon(c, g);

		if (rc)
			return rc;
	}
	NP_BOOK_EACH(np_book_code, a, c->book->addresses)
	{
		int rc = a->e.sure == NP_UNVERIFIED ? 0 : put_address(c, a);

		if (rc)
			return rc;
	}
	return 0;
}

/* SPDX-License-Identifier: ISC */
/* Makers, their names, and what the registries gave to whom. */
#include "claim/image.h"
#include "core/hash.h"

static int add_makers(struct np_compile *c)
{
	const struct np_book_maker **slot;

	(void)np_list_add(&c->makers, c->mem, sizeof(*slot));
	NP_BOOK_EACH(np_book_maker, m, c->book->makers)
	{
		if (m->e.sure == NP_UNVERIFIED)
			continue;
		slot = np_list_add(&c->makers, c->mem, sizeof(*slot));
		if (!slot)
			return np_fail(c->err, NP_ENOMEM, "out of memory", "",
				       0);
		*slot = m;
	}
	if (c->makers.n >= UINT16_MAX)
		return np_fail(c->err, NP_ELIMIT, "too many makers", "", 0);
	return 0;
}

static uint16_t maker_flags(const struct np_book_maker *m)
{
	unsigned f = 0;

	f |= m->restricted ? NP_IM_RESTRICTED : 0;
	f |= m->subscriber ? NP_IM_SUBSCRIBER : 0;
	f |= m->word ? NP_IM_WORD : 0;
	return (uint16_t)f;
}

static int put_makers(struct np_compile *c)
{
	const struct np_book_maker **v = c->makers.v;
	struct np_im_maker im = {0};

	np_put(&c->section[NP_S_maker], &im, sizeof(im));
	for (size_t i = 1; i < c->makers.n; i++) {
		const struct np_book_maker *m = v[i];

		im = (struct np_im_maker){
			.slug = np_compile_text(c, m->e.name),
			.name = np_compile_text(c, m->name),
			.kind = (uint32_t)m->kind,
			.flags = maker_flags(m),
		};
		if (!np_compile_maker(c, &m->e, m->of, &im.of))
			return NP_EINPUT;
		np_put(&c->section[NP_S_maker], &im, sizeof(im));
	}
	return 0;
}

int np_maker_key_cmp(const void *a, const void *b)
{
	const struct np_maker_key *x = a;
	const struct np_maker_key *y = b;

	return strcmp(x->name, y->name);
}

/* Normalised texts of a list, each with its maker, sorted; a text that two
 * makers claim is refused. */
static int collect(struct np_compile *c, bool names, struct np_list *ret)
{
	const struct np_book_maker **v = c->makers.v;
	struct np_maker_key *k;

	for (size_t i = 1; i < c->makers.n; i++) {
		NP_YAML_EACH(t, names ? v[i]->names : v[i]->organisations)
		{
			char norm[NP_MAX_NAME];
			size_t n = np_name_normal(t->text, t->n, norm,
						  sizeof(norm));

			k = np_list_add(ret, c->mem, sizeof(*k));
			if (!k || !n)
				return np_compile_fail(c, &v[i]->e,
						       "a name has no letters");
			k->name = np_copystr(c->mem, norm, n);
			k->maker = (uint16_t)i;
		}
	}
	k = ret->v;
	if (ret->n)
		qsort(k, ret->n, sizeof(*k), np_maker_key_cmp);
	for (size_t i = 1; i < ret->n; i++)
		if (strcmp(k[i - 1].name, k[i].name) == 0)
			return np_compile_fail(
				c, &v[k[i].maker]->e,
				"a name is another maker's, or twice here");
	return 0;
}

static int put_names(struct np_compile *c)
{
	struct np_list keys = {0};
	int rc = collect(c, true, &keys);
	size_t n = np_compile_slots(keys.n);
	struct np_im_name *slots = np_zalloc(c->mem, n * sizeof(*slots));

	if (rc)
		return rc;
	if (!slots)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	NP_BOOK_EACH(np_maker_key, k, keys)
	{
		size_t at = np_hash64(k->name, strlen(k->name), 0) & (n - 1);

		while (slots[at].name)
			at = (at + 1) & (n - 1);
		slots[at].name = np_compile_text(c, k->name);
		slots[at].maker = k->maker;
	}
	np_put(&c->section[NP_S_name], slots, n * sizeof(*slots));
	return 0;
}

int np_compile_makers(struct np_compile *c)
{
	int rc = add_makers(c);

	(void)np_compile_group(c, "");
	if (rc == 0)
		rc = put_makers(c);
	if (rc == 0)
		rc = put_names(c);
	return rc ? rc : collect(c, false, &c->orgs);
}

/* SPDX-License-Identifier: ISC */
/*
 * Which rows of the registries were looked at: a dossier keeps these, and not
 * the registries. One octet a slot of the image's tables, blocks first, then
 * longer ones, then numbers; it is only ever set, whoever sets it.
 */
#include "claim/ask.h"

static void note(const struct np_knowledge *k, size_t at)
{
	if (!__atomic_load_n(&k->used[at], __ATOMIC_RELAXED))
		__atomic_store_n(&k->used[at], 1, __ATOMIC_RELAXED);
}

void np_used_oui(const struct np_knowledge *k, const uint8_t mac[static 6])
{
	const struct np_image *im = &k->im;
	uint64_t all = 0;
	size_t at;

	if (mac[0] & 3 || im->n_block == 0)
		return;
	for (size_t i = 0; i < 6; i++)
		all = all << 8 | mac[i];
	at = np_im_block_at(im->block, im->n_block, (uint32_t)(all >> 24));
	if (!im->block[at].key)
		return;
	note(k, at);
	if (!(im->block[at].key & NP_IM_LONGER))
		return;
	for (unsigned bits = 36; bits >= 28; bits -= 8) {
		at = np_im_longer_at(im->longer, im->n_longer,
				     (uint64_t)bits << 56 | all >> (48 - bits));
		if (im->longer[at].key)
			note(k, im->n_block + at);
	}
}

void np_used_pen(const struct np_knowledge *k, uint32_t pen)
{
	if (pen < k->im.n_number && k->im.number[pen].name)
		note(k, k->im.n_block + k->im.n_longer + pen);
}

static void row_at(const struct np_image *im, size_t i,
		   struct np_registry_row *ret)
{
	uint32_t org = NP_IM_NOBODY;

	*ret = (struct np_registry_row){0};
	if (i < im->n_block) {
		ret->bits = 24;
		ret->key = im->block[i].key >> 8;
		org = im->block[i].org;
	} else if (i - im->n_block < im->n_longer) {
		const struct np_im_longer *l = &im->longer[i - im->n_block];

		ret->bits = (unsigned)(l->key >> 56);
		ret->key = l->key & (((uint64_t)1 << 56) - 1);
		org = l->org;
	} else {
		ret->key = i - im->n_block - im->n_longer;
		ret->owner = np_im_text(im, im->number[ret->key].name);
	}
	if (org < im->n_org)
		ret->owner = np_im_text(im, im->org[org].name);
}

bool np_knowledge_used(const struct np_knowledge *k, size_t *at,
		       struct np_registry_row *ret)
{
	const struct np_image *im = &k->im;
	size_t n = im->n_block + im->n_longer + im->n_number;

	for (; *at < n; ++*at) {
		if (!k->used[*at])
			continue;
		row_at(im, *at, ret);
		if (!ret->owner || !*ret->owner)
			continue;
		++*at;
		return true;
	}
	return false;
}

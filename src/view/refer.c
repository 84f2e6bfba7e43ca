/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "view/view.h"
#include <stdio.h>

static int add_secret(void *ctx, const struct np_kept_source *s)
{
	struct np_hasher *h = ctx;
	const char *const texts[] = {s->tree, s->sha256, s->name};

	for (size_t i = 0; i < NP_COUNT(texts); i++)
		if (texts[i])
			np_hasher_add(h, texts[i], strlen(texts[i]) + 1);
	return NP_OK;
}

int np_refer_key(struct np_dossier *d, uint8_t ret[static 32])
{
	struct np_hasher *h;
	int rc = NP_OK;

	memset(ret, 0, 32);
	if (!d)
		return NP_OK;
	h = np_hasher_new(NP_SHA256);
	if (!h)
		return NP_ENOMEM;
	np_hasher_begin(h);
	rc = np_dossier_sources(d, add_secret, h);
	np_hasher_end(h, ret);
	np_hasher_free(h);
	return rc;
}

void np_refer(const uint8_t key[static 32], const char *id, char ret[static 17])
{
	uint8_t hash[16];

	np_keyed_hash(key, id, strlen(id), hash, sizeof(hash));
	for (size_t i = 0; i < 8; i++)
		(void)snprintf(ret + i * 2, 3, "%02x", hash[i]);
}

/* SPDX-License-Identifier: ISC */
/* Makers by their names. */
#include "claim/ask.h"
#include "core/hash.h"
#include <stdlib.h>

#define BEGINS 4       /* octets of a name that are looked at first */
#define BEGIN_BITS 15u /* of their hash */

/* Fields that hold a maker's name and nothing else: the whole normalised name
 * must be one that makers.yaml knows, never a part of it. */
void np_claim_name(struct np_ask *a)
{
	np_ask_named(a, "name/whole", "name/registry");
}

static uint16_t find_in(const struct np_image *im, const struct np_im_name *v,
			size_t slots, const char *norm, size_t n)
{
	size_t at = np_hash64(norm, n, 0) & (slots - 1);

	if (n == 0 || slots == 0)
		return NP_NO_MAKER;
	for (; v[at].name; at = (at + 1) & (slots - 1))
		if (strcmp(np_im_text(im, v[at].name), norm) == 0)
			return v[at].maker;
	return NP_NO_MAKER;
}

static uint16_t find(const struct np_knowledge *k, const char *norm, size_t n)
{
	return find_in(&k->im, k->im.name, k->im.n_name, norm, n);
}

uint16_t np_name_registered(const struct np_knowledge *k, const char *s,
			    size_t n)
{
	char norm[NP_MAX_NAME];
	size_t len = np_name_normal(s, n, norm, sizeof(norm));

	return find_in(&k->im, k->im.owner, k->im.n_owner, norm, len);
}

uint16_t np_name_maker(const struct np_knowledge *k, const char *s, size_t n)
{
	char norm[NP_MAX_NAME];
	size_t len = np_name_normal(s, n, norm, sizeof(norm));

	return find(k, norm, len);
}

void np_ask_named(struct np_ask *a, const char *rule, const char *registered)
{
	uint16_t maker = np_name_maker(a->k, a->p, a->n);
	struct np_raw *r;

	if (maker != NP_NO_MAKER) {
		(void)np_ask_maker(a, maker, rule);
		return;
	}
	maker = np_name_registered(a->k, a->p, a->n);
	r = np_ask_maker(a, maker, registered);
	if (r && r->grade > NP_E3)
		r->grade = NP_E3;
}

static unsigned begin_of(const char *norm)
{
	uint32_t octets;

	memcpy(&octets, norm, BEGINS);
	return octets * 2654435769u >> (32 - BEGIN_BITS);
}

bool np_name_open(struct np_knowledge *k)
{
	const struct np_image *im = &k->im;

	k->name_begins =
		calloc((1u << BEGIN_BITS) / 64, sizeof(*k->name_begins));
	if (!k->name_begins)
		return false;
	for (size_t i = 0; i < im->n_name; i++) {
		const char *name = np_im_text(im, im->name[i].name);

		if (im->name[i].name && strlen(name) >= BEGINS) {
			unsigned at = begin_of(name);

			k->name_begins[at / 64] |= 1ULL << at % 64;
		}
	}
	return true;
}

bool np_name_take(const struct np_knowledge *k, struct np_name_reader *r,
		  char c)
{
	unsigned at;

	if (r->n + 1 >= sizeof(r->text))
		return false;
	r->n += np_name_normal(&c, 1, r->text + r->n, 2);
	if (r->n != BEGINS)
		return true;
	at = begin_of(r->text);
	return k->name_begins[at / 64] >> at % 64 & 1;
}

uint16_t np_name_taken(const struct np_knowledge *k,
		       const struct np_name_reader *r)
{
	return find(k, r->text, r->n);
}

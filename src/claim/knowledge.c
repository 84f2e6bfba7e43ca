/* SPDX-License-Identifier: ISC */
/* The knowledge opened: looking up what an image holds. */
#include "claim/ask.h"
#include "core/hash.h"

/* Names that `identify` accepts beside a field's own (contract, section 3). */
static const struct {
	const char *alias, *field;
} aliases[] = {
	{"html.title", "http.title"},	       {"x509.subject", "tls.subject"},
	{"x509.issuer", "tls.issuer"},	       {"ntp.system", "ntp.version"},
	{"gpon.serial", "omci.serial_number"},
};

size_t np_makers(const struct np_knowledge *k)
{
	return k->im.n_maker;
}

static const struct np_im_maker *maker_at(const struct np_knowledge *k,
					  uint16_t maker)
{
	return &k->im.maker[maker < k->im.n_maker ? maker : NP_NO_MAKER];
}

const char *np_maker_slug(const struct np_knowledge *k, uint16_t maker)
{
	return maker == NP_NO_MAKER
		       ? NULL
		       : np_im_text(&k->im, maker_at(k, maker)->slug);
}

const char *np_maker_name(const struct np_knowledge *k, uint16_t maker)
{
	return np_im_text(&k->im, maker_at(k, maker)->name);
}

enum np_maker_kind np_maker_kind(const struct np_knowledge *k, uint16_t maker)
{
	return (enum np_maker_kind)maker_at(k, maker)->kind;
}

bool np_maker_subscriber(const struct np_knowledge *k, uint16_t maker)
{
	return maker_at(k, maker)->flags & NP_IM_SUBSCRIBER;
}

bool np_maker_restricted(const struct np_knowledge *k, uint16_t maker)
{
	return maker_at(k, maker)->flags & NP_IM_RESTRICTED;
}

uint16_t np_maker_of(const struct np_knowledge *k, uint16_t maker)
{
	return maker_at(k, maker)->of;
}

uint16_t np_maker_find(const struct np_knowledge *k, const char *slug)
{
	for (size_t i = 1; i < k->im.n_maker; i++)
		if (strcmp(np_im_text(&k->im, k->im.maker[i].slug), slug) == 0)
			return (uint16_t)i;
	return NP_NO_MAKER;
}

const char *np_group_name(const struct np_knowledge *k, uint16_t group)
{
	if (group >= k->im.n_group)
		return "";
	return np_im_text(&k->im, k->im.group[group]);
}

bool np_knowledge_part(const struct np_knowledge *k, size_t i,
		       struct np_knowledge_part *ret)
{
	const struct np_im_part *p;

	if (i >= k->im.n_part)
		return false;
	p = &k->im.part[i];
	ret->name = np_im_text(&k->im, p->name);
	ret->from = np_im_text(&k->im, p->from);
	ret->date = p->date ? np_im_text(&k->im, p->date) : NULL;
	(void)snprintf(ret->sha256, sizeof(ret->sha256), "%s",
		       np_im_text(&k->im, p->sha256));
	return true;
}

/* ---- address blocks */

static const struct np_im_org *org_at(const struct np_image *im, uint32_t org)
{
	if (org >= im->n_org || im->org[org].flags & NP_IM_PARENT)
		return NULL;
	return &im->org[org];
}

/* The longest block that holds the address: 36, 28, then 24 bits. */
static const struct np_im_org *org_of(const struct np_image *im,
				      const uint8_t mac[6])
{
	uint64_t all = 0;
	const struct np_im_block *b;

	/* Group and local addresses have no registrant (IEEE 802 8.2). */
	if (mac[0] & 3 || im->n_block == 0)
		return NULL;
	for (size_t i = 0; i < 6; i++)
		all = all << 8 | mac[i];
	b = &im->block[np_im_block_at(im->block, im->n_block,
				      (uint32_t)(all >> 24))];
	if (b->key & NP_IM_LONGER) {
		for (unsigned bits = 36; bits >= 28; bits -= 8) {
			uint64_t key =
				(uint64_t)bits << 56 | all >> (48 - bits);
			size_t at =
				np_im_longer_at(im->longer, im->n_longer, key);

			if (im->longer[at].key)
				return org_at(im, im->longer[at].org);
		}
	}
	return b->key ? org_at(im, b->org) : NULL;
}

const char *np_oui_owner(const struct np_knowledge *k, const uint8_t mac[6],
			 uint16_t *ret_maker)
{
	const struct np_im_org *o = org_of(&k->im, mac);

	if (ret_maker)
		*ret_maker = o ? o->maker : NP_NO_MAKER;
	return o ? np_im_text(&k->im, o->name) : NULL;
}

const char *np_pen_owner(const struct np_knowledge *k, uint32_t pen,
			 uint16_t *ret_maker)
{
	const struct np_im_number *v =
		pen < k->im.n_number ? &k->im.number[pen] : NULL;

	if (ret_maker)
		*ret_maker = v ? v->maker : NP_NO_MAKER;
	return v && v->name ? np_im_text(&k->im, v->name) : NULL;
}

/* ---- fields */

const struct np_im_field *np_knowledge_reads(const struct np_knowledge *k,
					     uint16_t id)
{
	size_t i = id & ~(unsigned)NP_FIELD_KNOWN;

	if (id >= NP_FIELD_KNOWN)
		return i < k->im.n_field ? &k->im.field[i] : NULL;
	if (id >= NP_NSPEAKERS << 8 || !k->by_id[id])
		return NULL;
	return &k->im.field[k->by_id[id] - 1];
}

int np_knowledge_field(const struct np_knowledge *k, const char *name, size_t n)
{
	int id;

	for (size_t i = 0; i < NP_COUNT(aliases); i++) {
		if (strlen(aliases[i].alias) != n ||
		    memcmp(aliases[i].alias, name, n) != 0)
			continue;
		name = aliases[i].field;
		n = strlen(name);
		break;
	}
	id = np_field_find(name, n);
	for (size_t i = 0; id < 0 && i < k->im.n_field; i++) {
		const char *s = np_im_text(&k->im, k->im.field[i].name);

		if (strlen(s) == n && memcmp(s, name, n) == 0)
			return NP_FIELD_KNOWN | (int)i;
	}
	return id;
}

const char *np_knowledge_field_text(const struct np_knowledge *k, uint16_t id,
				    char buf[static 64])
{
	const struct np_im_field *f;

	if (id < NP_FIELD_KNOWN)
		return np_field_text(id, buf);
	f = np_knowledge_reads(k, id);
	(void)snprintf(buf, 64, "%s", f ? np_im_text(&k->im, f->name) : "");
	return buf;
}

/* ---- objects */

static uint32_t object_at(const struct np_image *im, const char *oid, size_t n,
			  uint64_t hash)
{
	size_t at = hash & (im->n_objectslot - 1);

	for (; im->objectslot[at].index;
	     at = (at + 1) & (im->n_objectslot - 1)) {
		const struct np_im_object *o;
		const char *s;

		if (im->objectslot[at].hash != hash)
			continue;
		o = &im->object[im->objectslot[at].index - 1];
		s = np_im_text(im, o->oid);
		if (strlen(s) == n && memcmp(s, oid, n) == 0)
			return o->is;
	}
	return 0;
}

int np_knowledge_object(void *k, const char *oid, size_t n)
{
	const struct np_image *im = &((const struct np_knowledge *)k)->im;
	uint64_t h = NP_IM_OID_SEED;
	uint32_t is = 0;

	if (im->n_objectslot == 0)
		return 0;
	/* The longest subtree that is known decides. */
	for (size_t i = 0; i <= n; i++) {
		uint32_t here =
			i == n || oid[i] == '.' ? object_at(im, oid, i, h) : 0;

		is = here ? here : is;
		if (i < n)
			h = np_im_oid_hash(oid + i, 1, h);
	}
	return (int)is;
}

const char *np_knowledge_object_at(const struct np_knowledge *k, size_t i,
				   int *ret_is)
{
	const struct np_image *im = &k->im;

	if (i >= im->n_object)
		return NULL;
	*ret_is = (int)im->object[i].is;
	return np_im_text(im, im->object[i].oid);
}

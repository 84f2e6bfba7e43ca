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
	return k->nknown;
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

/* Those of the registry are sorted. */
static uint16_t find_registered(const struct np_knowledge *k, const char *slug)
{
	size_t low = k->nknown, high = k->im.n_maker;

	while (low < high) {
		size_t at = low + (high - low) / 2;
		int d = strcmp(np_im_text(&k->im, k->im.maker[at].slug), slug);

		if (d == 0)
			return (uint16_t)at;
		if (d < 0)
			low = at + 1;
		else
			high = at;
	}
	return NP_NO_MAKER;
}

uint16_t np_maker_find(const struct np_knowledge *k, const char *slug)
{
	for (size_t i = 1; i < k->nknown; i++)
		if (strcmp(np_im_text(&k->im, k->im.maker[i].slug), slug) == 0)
			return (uint16_t)i;
	return find_registered(k, slug);
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

	np_used_oui(k, mac);
	if (ret_maker)
		*ret_maker = o ? o->maker : NP_NO_MAKER;
	return o ? np_im_text(&k->im, o->name) : NULL;
}

const char *np_pen_owner(const struct np_knowledge *k, uint32_t pen,
			 uint16_t *ret_maker)
{
	const struct np_im_number *v =
		pen < k->im.n_number ? &k->im.number[pen] : NULL;

	np_used_pen(k, pen);
	if (ret_maker)
		*ret_maker = v ? v->maker : NP_NO_MAKER;
	return v && v->name ? np_im_text(&k->im, v->name) : NULL;
}

const char *np_organisation(const struct np_knowledge *k, size_t i,
			    uint16_t *ret_maker)
{
	if (i >= k->im.n_org)
		return NULL;
	*ret_maker = k->im.org[i].maker;
	return np_im_text(&k->im, k->im.org[i].name);
}

bool np_pen_registered(const struct np_knowledge *k, uint32_t pen)
{
	return pen < k->im.n_number &&
	       k->im.number[pen].flags & NP_IM_REGISTERED;
}

bool np_rule_registered(const char *rule)
{
	static const char end[] = "/registry";
	size_t n = strlen(rule);

	return n >= sizeof(end) &&
	       strcmp(rule + n - (sizeof(end) - 1), end) == 0;
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

/* The same arcs; a `*` of the knowledge's is any one. */
static bool same_arcs(const char *known, const char *oid, size_t n)
{
	size_t i = 0;

	for (; *known && i < n; known++) {
		if (*known != '*') {
			if (*known != oid[i++])
				return false;
			continue;
		}
		while (i < n && oid[i] != '.')
			i++;
	}
	return !*known && i == n;
}

static uint32_t object_at(const struct np_image *im, const char *oid, size_t n,
			  uint64_t hash)
{
	size_t at = hash & (im->n_objectslot - 1);

	for (; im->objectslot[at].index;
	     at = (at + 1) & (im->n_objectslot - 1)) {
		const struct np_im_object *o;

		if (im->objectslot[at].hash != hash)
			continue;
		o = &im->object[im->objectslot[at].index - 1];
		if (same_arcs(np_im_text(im, o->oid), oid, n))
			return o->is;
	}
	return 0;
}

struct longest {
	const struct np_image *im;
	const char *oid;
	size_t n, known; /* octets that the best subtree has */
	uint32_t is;
};

/* Looks at the prefixes that go on from octet `from`, whose hash is h. What is
 * said of an arc itself is seen after what is said of any. */
static void look_on(struct longest *l, size_t from, uint64_t h, unsigned stars)
{
	for (size_t i = from; i <= l->n; i++) {
		uint32_t here = 0;

		if (i == l->n || l->oid[i] == '.')
			here = object_at(l->im, l->oid, i, h);
		if (here & NP_IM_IS && i >= l->known) {
			l->known = i;
			l->is = here & NP_IM_IS;
		}
		if (i == l->n)
			return;
		if (here & NP_IM_STAR && stars < NP_IM_STARS) {
			const char *dot =
				memchr(l->oid + i + 1, '.', l->n - i - 1);

			if (dot)
				look_on(l, (size_t)(dot - l->oid),
					np_im_oid_hash(".*", 2, h), stars + 1);
		}
		h = np_im_oid_hash(l->oid + i, 1, h);
	}
}

int np_knowledge_object(void *k, const char *oid, size_t n)
{
	const struct np_image *im = &((const struct np_knowledge *)k)->im;
	struct longest l = {.im = im, .oid = oid, .n = n};

	/* The longest subtree that is known decides. */
	if (im->n_objectslot)
		look_on(&l, 0, NP_IM_OID_SEED, 0);
	return (int)l.is;
}

const char *np_knowledge_object_at(const struct np_knowledge *k, size_t i,
				   int *ret_is)
{
	const struct np_image *im = &k->im;

	if (i >= im->n_object)
		return NULL;
	*ret_is = (int)(im->object[i].is & NP_IM_IS);
	return np_im_text(im, im->object[i].oid);
}

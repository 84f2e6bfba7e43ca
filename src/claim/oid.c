/* SPDX-License-Identifier: ISC */
/*
 * Object identifiers under 1.3.6.1.4.1: whose MIB does the agent implement? The
 * longest subtree of families.yaml decides (2011.10 is H3C's, not Huawei's),
 * else the number's holder.
 */
#include "claim/ask.h"

#define PRIVATE "1.3.6.1.4.1."
#define MAX_ARCS 48

/* The text behind "1.3.6.1.4.1.", NULL when it is elsewhere. Huawei's LLDP
 * sends the identifier with its BER tag and length, which read as 0.6.15.43
 * for 1.3 (reference, section 2). */
static const char *below_private(const char *p, size_t n, size_t *ret_n)
{
	static const char odd[] = ".43.6.1.4.1.";
	size_t skip = sizeof(PRIVATE) - 1;

	if (n && *p == '.') {
		p++;
		n--;
	}
	if (n > 4 && memcmp(p, "0.6.", 4) == 0) {
		for (skip = 4; skip < n && p[skip] != '.';)
			skip++;
		if (n - skip < sizeof(odd) ||
		    memcmp(p + skip, odd, sizeof(odd) - 1) != 0)
			return NULL;
		skip += sizeof(odd) - 1;
	} else if (n <= skip || memcmp(p, PRIVATE, skip) != 0) {
		return NULL;
	}
	*ret_n = n - skip;
	return p + skip;
}

static const struct np_im_oid *lookup(const struct np_image *im, const char *p,
				      size_t n, uint64_t hash)
{
	size_t at = hash & (im->n_oidslot - 1);

	for (; im->oidslot[at].index; at = (at + 1) & (im->n_oidslot - 1)) {
		const struct np_im_oid *o;
		const char *s;

		if (im->oidslot[at].hash != hash)
			continue;
		o = &im->oid[im->oidslot[at].index - 1];
		s = np_im_text(im, o->oid);
		if (strlen(s) == n && memcmp(s, p, n) == 0)
			return o;
	}
	return NULL;
}

/* The entry of the longest prefix; entries are kept without 1.3.6.1.4.1. */
static const struct np_im_oid *longest(const struct np_image *im, const char *p,
				       size_t n)
{
	struct {
		size_t n;
		uint64_t hash;
	} prefix[MAX_ARCS];
	size_t count = 0, from = 0;
	uint64_t h = NP_IM_OID_SEED;

	if (im->n_oidslot == 0)
		return NULL;
	for (size_t i = 0; i <= n && count < MAX_ARCS; i++) {
		if (i < n && p[i] != '.')
			continue;
		h = np_im_oid_hash(p + from, i - from, h);
		from = i;
		prefix[count].n = i;
		prefix[count++].hash = h;
	}
	while (count--) {
		const struct np_im_oid *o =
			lookup(im, p, prefix[count].n, prefix[count].hash);

		if (o)
			return o;
	}
	return NULL;
}

static void add_text(struct np_ask *a, const struct np_im_oid *o,
		     enum np_what what, uint32_t text, uint16_t maker)
{
	const struct np_image *im = &a->k->im;
	struct np_raw *r;

	if (!text)
		return;
	r = np_ask_add(a, what, np_im_text(im, o->rule));
	r->value = np_im_text(im, text);
	r->constant = true;
	r->maker = maker;
	/* The identifier names a series; a text may name the very model. */
	if (what == NP_W_MODEL && r->grade > NP_E1)
		r->grade--;
}

void np_claim_oid(struct np_ask *a)
{
	size_t n;
	const char *p = below_private(a->p, a->n, &n);
	const struct np_im_oid *o;
	uint64_t pen = 0;
	uint16_t maker;

	if (!p)
		return;
	for (size_t i = 0; i < n && p[i] != '.'; i++) {
		if (p[i] < '0' || p[i] > '9' || pen > UINT32_MAX)
			return;
		pen = pen * 10 + (uint64_t)(p[i] - '0');
	}
	if (pen > UINT32_MAX)
		return;
	o = longest(&a->k->im, p, n);
	if (!o || o->maker == NP_NO_MAKER) {
		maker = np_ask_holder(a, (uint32_t)pen, "oid/number",
				      "oid/registry");
	} else {
		maker = o->maker;
		(void)np_ask_maker(a, maker, np_im_text(&a->k->im, o->rule));
	}
	if (!o)
		return;
	add_text(a, o, NP_W_MODEL, o->model, maker);
	add_text(a, o, NP_W_FAMILY, o->family, maker);
	add_text(a, o, NP_W_FUNCTION, o->function, maker);
}

/* SPDX-License-Identifier: ISC */
/* From book and registries to an image: texts, makers, and the putting together
 * of sections that compile_*.c filled. */
#include "claim/image.h"
#include "core/hash.h"

#define MAX_IMAGE ((size_t)64 << 20)

int np_compile_fail(struct np_compile *c, const struct np_entry *e,
		    const char *text)
{
	return np_yaml_fail(e->file, e->at, text, c->err);
}

size_t np_compile_slots(size_t n)
{
	size_t slots = 16;

	while (slots < n * 2)
		slots *= 2;
	return slots;
}

static bool grow_strings(struct np_compile *c)
{
	size_t n = c->nslots ? c->nslots * 2 : 4096;
	uint32_t *slots = np_zalloc(c->mem, n * sizeof(*slots));
	const char *text = c->section[NP_S_string].p;

	if (!slots)
		return false;
	for (size_t i = 0; i < c->nslots; i++) {
		const char *s = text + c->strings[i];
		size_t at = np_hash64(s, strlen(s), 0) & (n - 1);

		if (!c->strings[i])
			continue;
		while (slots[at])
			at = (at + 1) & (n - 1);
		slots[at] = c->strings[i];
	}
	c->strings = slots;
	c->nslots = n;
	return true;
}

uint32_t np_compile_text(struct np_compile *c, const char *s)
{
	struct np_buf *b = &c->section[NP_S_string];
	size_t n = s ? strlen(s) : 0;
	size_t at;
	uint32_t off;

	if (b->n == 0)
		np_putc(b, '\0');
	if (n == 0)
		return 0;
	if (c->nstrings * 2 >= c->nslots && !grow_strings(c)) {
		b->failed = true;
		return 0;
	}
	at = np_hash64(s, n, 0) & (c->nslots - 1);
	for (; c->strings[at]; at = (at + 1) & (c->nslots - 1))
		if (strcmp(b->p + c->strings[at], s) == 0)
			return c->strings[at];
	off = (uint32_t)b->n;
	np_put(b, s, n + 1);
	c->strings[at] = off;
	c->nstrings++;
	return off;
}

uint16_t np_compile_group(struct np_compile *c, const char *name)
{
	const char **v = c->groups.v;
	const char **slot;
	uint32_t off;

	for (size_t i = 0; i < c->groups.n; i++)
		if (strcmp(v[i], name) == 0)
			return (uint16_t)i;
	slot = np_list_add(&c->groups, c->mem, sizeof(*slot));
	if (!slot)
		return 0;
	*slot = name;
	off = np_compile_text(c, name);
	np_put(&c->section[NP_S_group], &off, sizeof(off));
	return (uint16_t)(c->groups.n - 1);
}

bool np_compile_maker(struct np_compile *c, const struct np_entry *e,
		      const char *slug, uint16_t *ret)
{
	const struct np_book_maker **v = c->makers.v;

	*ret = NP_NO_MAKER;
	if (!slug)
		return true;
	for (size_t i = 1; i < c->makers.n; i++) {
		if (strcmp(v[i]->e.name, slug) == 0) {
			*ret = (uint16_t)i;
			return true;
		}
	}
	(void)np_compile_fail(c, e, "makers.yaml has no such maker");
	return false;
}

size_t np_name_normal(const char *s, size_t n, char *ret, size_t cap)
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char u = (unsigned char)s[i];

		if (u >= 'A' && u <= 'Z')
			u = (unsigned char)(u | 0x20);
		if (!(u >= 'a' && u <= 'z') && !(u >= '0' && u <= '9') &&
		    u < 0x80)
			continue;
		if (out + 1 >= cap)
			return 0;
		ret[out++] = (char)u;
	}
	ret[out] = '\0';
	return out;
}

static int put_part(struct np_compile *c, const char *name, const char *from,
		    const char *date, const uint8_t hash[static 32])
{
	char hex[65];
	struct np_im_part p;

	for (size_t i = 0; i < 32; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	p = (struct np_im_part){
		np_compile_text(c, name), np_compile_text(c, from),
		np_compile_text(c, date), np_compile_text(c, hex)};
	np_put(&c->section[NP_S_part], &p, sizeof(p));
	return 0;
}

static void hash_blocks(const struct np_registry *r, struct np_hasher *h)
{
	const char *const *orgs = r->orgs.v;

	NP_BOOK_EACH(np_reg_block, b, r->blocks)
	{
		char row[32];
		int n = snprintf(row, sizeof(row), "%llx/%u ",
				 (unsigned long long)b->prefix, b->bits);

		np_hasher_add(h, row, (size_t)n);
		np_hasher_add(h, orgs[b->org], strlen(orgs[b->org]) + 1);
	}
}

static void hash_numbers(const struct np_registry *r, struct np_hasher *h)
{
	NP_BOOK_EACH(np_reg_number, v, r->numbers)
	{
		char row[16];
		int n = snprintf(row, sizeof(row), "%u ", v->number);

		np_hasher_add(h, row, (size_t)n);
		np_hasher_add(h, v->name, strlen(v->name) + 1);
	}
}

int np_compile_parts(struct np_compile *c)
{
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	const struct np_registry *r = c->reg;
	uint8_t hash[32];

	if (!h)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	np_hasher_begin(h);
	hash_blocks(r, h);
	np_hasher_end(h, hash);
	(void)put_part(c, "oui", r->oui.from ? r->oui.from : "none",
		       r->oui.date, hash);
	np_hasher_begin(h);
	hash_numbers(r, h);
	np_hasher_end(h, hash);
	(void)put_part(c, "pen", r->pen.from ? r->pen.from : "none",
		       r->pen.date, hash);
	np_hasher_free(h);
	NP_BOOK_EACH(np_book_text, t, c->book->texts)
	{
		struct np_im_file f = {np_compile_text(c, t->name), 0,
				       (uint32_t)t->n};

		np_sha256(t->text, t->n, hash);
		(void)put_part(c, t->name, "knowledge", "", hash);
		/* Kept whole, so that a directory can be laid over it. */
		f.text = (uint32_t)c->section[NP_S_string].n;
		np_put(&c->section[NP_S_string], t->text, t->n);
		np_putc(&c->section[NP_S_string], '\0');
		np_put(&c->section[NP_S_file], &f, sizeof(f));
	}
	return 0;
}

static const size_t record[NP_NSECTIONS] = {
#define XX(name, type) [NP_S_##name] = sizeof(type),
	NP_IMAGE_SECTIONS(XX)
#undef XX
};

static int put_together(struct np_compile *c, struct np_buf *ret)
{
	struct np_image_head head = {.magic = NP_IMAGE_MAGIC};
	uint64_t at = sizeof(head);

	for (size_t i = 0; i < NP_NSECTIONS; i++) {
		if (c->section[i].failed)
			return np_fail(c->err, NP_ENOMEM, "out of memory",
				       "image", i);
		at = (at + 63) & ~(uint64_t)63;
		head.section[i] =
			(struct np_im_span){at, c->section[i].n / record[i]};
		at += c->section[i].n;
	}
	head.size = at;
	np_put(ret, &head, sizeof(head));
	for (size_t i = 0; i < NP_NSECTIONS; i++) {
		while (!ret->failed && ret->n < head.section[i].at)
			np_putc(ret, '\0');
		np_put(ret, c->section[i].p ? c->section[i].p : "",
		       c->section[i].n);
	}
	if (ret->failed)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "image", 0);
	head.hash = np_hash64(ret->p + sizeof(head), ret->n - sizeof(head), 0);
	memcpy(ret->p, &head, sizeof(head));
	return 0;
}

int np_image_build(const struct np_book *b, const struct np_registry *r,
		   const struct np_image *donor, struct np_buf *ret,
		   struct np_err *reterr)
{
	static int (*const steps[])(struct np_compile *) = {
		np_compile_makers,   np_compile_codes,	 np_compile_registry,
		np_compile_families, np_compile_objects, np_compile_roles,
		np_compile_like,     np_compile_fields,	 np_compile_parts,
	};
	struct np_compile c = {.book = b,
			       .reg = r,
			       .donor = donor,
			       .mem = b->mem,
			       .err = reterr};
	int rc = 0;

	for (size_t i = 0; i < NP_NSECTIONS; i++)
		c.section[i] = np_buf(MAX_IMAGE);
	for (size_t i = 0; rc == 0 && i < NP_COUNT(steps); i++)
		rc = steps[i](&c);
	if (rc == 0)
		rc = put_together(&c, ret);
	for (size_t i = 0; i < NP_NSECTIONS; i++)
		np_buf_free(&c.section[i]);
	return rc;
}

int np_image_view(const void *p, size_t n, bool check, struct np_image *ret)
{
	const struct np_image_head *h = p;
	const unsigned char *base = p;

	*ret = (struct np_image){.base = base};
	if (n < sizeof(*h) || h->magic != NP_IMAGE_MAGIC || h->size != n)
		return NP_EINPUT;
	for (size_t i = 0; i < NP_NSECTIONS; i++)
		if (h->section[i].at > n ||
		    h->section[i].n > (n - h->section[i].at) / record[i])
			return NP_EINPUT;
	if (check && h->hash != np_hash64(base + sizeof(*h), n - sizeof(*h), 0))
		return NP_EINPUT;
#define XX(name, type)                                                         \
	ret->name = (const void *)(base + h->section[NP_S_##name].at);         \
	ret->n_##name = (size_t)h->section[NP_S_##name].n;
	NP_IMAGE_SECTIONS(XX)
#undef XX
	return 0;
}

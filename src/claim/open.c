/* SPDX-License-Identifier: ISC */
/*
 * Opening: the image that was compiled into the program, or a directory laid
 * over it, compiled now. Matchers whose patterns did not change are taken from
 * the program's image, so that a directory with a registry only costs little.
 */
#include "claim/ask.h"

#define MAX_BOOK ((size_t)256 << 20)
#define MAX_IMAGE ((size_t)64 << 20)

/* The generated source that holds the image. */
extern const unsigned char np_image_octets[];
extern const unsigned char np_image_octets_end[];

static int ready(struct np_knowledge *k, struct np_err *reterr)
{
	const struct np_image *im = &k->im;

	k->by_id = calloc((size_t)NP_NSPEAKERS << 8, sizeof(*k->by_id));
	k->used = calloc(im->n_block + im->n_longer + im->n_number + 1, 1);
	if (!k->by_id || !k->used || !np_name_open(k))
		return np_fail(reterr, NP_ENOMEM, "out of memory", "", 0);
	k->nknown = im->n_maker;
	while (k->nknown > 1 &&
	       im->maker[k->nknown - 1].flags & NP_IM_REGISTERED)
		k->nknown--;
	for (size_t i = 0; i < im->n_field; i++) {
		const struct np_im_field *f = &im->field[i];
		const char *name = np_im_text(im, f->name);
		int id = np_field_find(name, strlen(name));

		if (id >= 0)
			k->by_id[id] = (uint16_t)(i + 1);
	}
	return 0;
}

static int view_own(struct np_image *ret, struct np_err *reterr)
{
	size_t n = (size_t)(np_image_octets_end - np_image_octets);

	if (np_image_view(np_image_octets, n, false, ret))
		return np_fail(reterr, NP_EINPUT, "the program is damaged",
			       "knowledge", 0);
	return 0;
}

/* The rows of an image's registry, for one that is made from it. */
static bool rows_of(const struct np_image *im, struct np_registry *r)
{
	bool ok = true;

	for (size_t i = 0; i < im->n_block; i++) {
		const struct np_im_block *b = &im->block[i];
		const char *name;

		if (!b->key || b->org >= im->n_org)
			continue;
		name = np_im_text(im, im->org[b->org].name);
		ok &= np_registry_block(r, b->key >> 8, 24, name, strlen(name));
	}
	for (size_t i = 0; i < im->n_longer; i++) {
		const struct np_im_longer *l = &im->longer[i];
		uint64_t prefix = l->key & (((uint64_t)1 << 56) - 1);
		const char *name;

		if (!l->key || l->org >= im->n_org)
			continue;
		name = np_im_text(im, im->org[l->org].name);
		ok &= np_registry_block(r, prefix, (unsigned)(l->key >> 56),
					name, strlen(name));
	}
	return ok;
}

static bool numbers_of(const struct np_image *im, struct np_registry *r)
{
	bool ok = true;

	for (size_t i = 0; i < im->n_number; i++) {
		const char *name = np_im_text(im, im->number[i].name);

		if (*name)
			ok &= np_registry_number(r, (uint32_t)i, name,
						 strlen(name));
	}
	return ok;
}

static void origin_of(const struct np_image *im, size_t part,
		      struct np_reg_origin *ret)
{
	if (part >= im->n_part)
		return;
	ret->from = np_im_text(im, im->part[part].from);
	(void)snprintf(ret->date, sizeof(ret->date), "%s",
		       np_im_text(im, im->part[part].date));
}

/* The directory's registries where it has them, else the program's. */
static int overlay_registry(const struct np_image *own, const char *dir,
			    struct np_registry *r, struct np_err *reterr)
{
	const char *const places[] = {dir, NULL};
	int rc = np_registry_find(r, places, reterr);
	bool ok = true;

	if (rc)
		return rc;
	if (!r->oui.from) {
		ok &= rows_of(own, r);
		origin_of(own, 0, &r->oui);
	}
	if (!r->pen.from) {
		ok &= numbers_of(own, r);
		origin_of(own, 1, &r->pen);
	}
	return ok ? 0 : np_fail(reterr, NP_ENOMEM, "out of memory", dir, 0);
}

static int overlay(const struct np_image *own, const char *dir,
		   struct np_arena *mem, struct np_buf *ret,
		   struct np_err *reterr)
{
	struct np_book book = {.mem = mem};
	struct np_registry reg = {.mem = mem};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < own->n_file; i++)
		rc = np_book_add(&book, np_im_text(own, own->file[i].name),
				 np_im_text(own, own->file[i].text),
				 own->file[i].n, reterr);
	if (rc == 0)
		rc = np_book_add_dir(&book, dir, reterr);
	if (rc == 0)
		rc = overlay_registry(own, dir, &reg, reterr);
	return rc ? rc : np_image_build(&book, &reg, own, ret, reterr);
}

static int open_dir(struct np_knowledge *k, const char *dir,
		    struct np_err *reterr)
{
	struct np_arena mem = np_arena(MAX_BOOK);
	struct np_buf image = np_buf(MAX_IMAGE);
	struct np_image own;
	int rc = view_own(&own, reterr);

	if (rc == 0)
		rc = overlay(&own, dir, &mem, &image, reterr);
	np_arena_free(&mem);
	k->owned = image.p;
	if (rc == 0 && np_image_view(image.p, image.n, true, &k->im))
		rc = np_fail(reterr, NP_EINPUT, "no image was made", dir, 0);
	return rc;
}

bool np_knowledge_text(const struct np_knowledge *k, size_t i,
		       struct np_knowledge_text *ret)
{
	const struct np_im_file *f;

	if (i >= k->im.n_file)
		return false;
	f = &k->im.file[i];
	*ret = (struct np_knowledge_text){
		.name = np_im_text(&k->im, f->name),
		.text = np_im_text(&k->im, f->text),
		.n = f->n,
	};
	return true;
}

static int build_texts(const struct np_knowledge_text *v, size_t n,
		       const struct np_registry_row *rows, size_t nrows,
		       struct np_arena *mem, struct np_buf *ret,
		       struct np_err *reterr)
{
	struct np_book book = {.mem = mem};
	struct np_registry reg = {.mem = mem};
	struct np_image own;
	int rc = view_own(&own, reterr);
	bool ok = true;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = np_book_add(&book, v[i].name, v[i].text, v[i].n, reterr);
	for (size_t i = 0; i < nrows; i++)
		ok &= rows[i].bits
			      ? np_registry_block(&reg, rows[i].key,
						  rows[i].bits, rows[i].owner,
						  strlen(rows[i].owner))
			      : np_registry_number(&reg, (uint32_t)rows[i].key,
						   rows[i].owner,
						   strlen(rows[i].owner));
	if (rc == 0 && !ok)
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", "", 0);
	return rc ? rc : np_image_build(&book, &reg, &own, ret, reterr);
}

int np_knowledge_open_texts(const struct np_knowledge_text *v, size_t n,
			    const struct np_registry_row *rows, size_t nrows,
			    struct np_knowledge **ret, struct np_err *reterr)
{
	struct np_knowledge *k = calloc(1, sizeof(*k));
	struct np_arena mem = np_arena(MAX_BOOK);
	struct np_buf image = np_buf(MAX_IMAGE);
	int rc = k ? build_texts(v, n, rows, nrows, &mem, &image, reterr)
		   : np_fail(reterr, NP_ENOMEM, "out of memory", "", 0);

	np_arena_free(&mem);
	if (k)
		k->owned = image.p;
	if (rc == 0 && np_image_view(image.p, image.n, true, &k->im))
		rc = np_fail(reterr, NP_EINPUT, "no image was made", "", 0);
	if (rc == 0)
		rc = ready(k, reterr);
	if (rc)
		np_knowledge_close(k);
	else
		*ret = k;
	return rc;
}

int np_knowledge_open(const char *dir, struct np_knowledge **ret,
		      struct np_err *reterr)
{
	struct np_knowledge *k = calloc(1, sizeof(*k));
	int rc;

	*ret = NULL;
	if (!k)
		return np_fail(reterr, NP_ENOMEM, "out of memory", "", 0);
	rc = dir ? open_dir(k, dir, reterr) : view_own(&k->im, reterr);
	if (rc == 0)
		rc = ready(k, reterr);
	if (rc) {
		np_knowledge_close(k);
		return rc;
	}
	*ret = k;
	return 0;
}

void np_knowledge_close(struct np_knowledge *k)
{
	if (!k)
		return;
	free(k->by_id);
	free(k->name_begins);
	free(k->used);
	free(k->owned);
	free(k);
}

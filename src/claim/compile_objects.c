/* SPDX-License-Identifier: ISC */
/* Subtrees of object identifiers, found by the hash of their text; and what the
 * values under some of them are. */
#include "claim/image.h"

int np_compile_oid_slots(struct np_compile *c, enum np_im_section of,
			 size_t size, enum np_im_section into)
{
	const char *records = c->section[of].p;
	size_t count = c->section[of].n / size;
	size_t n = np_compile_slots(count);
	struct np_im_slot *v = np_zalloc(c->mem, n * sizeof(*v));

	if (!v)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	for (size_t i = 0; i < count; i++) {
		uint32_t oid;

		memcpy(&oid, records + i * size, sizeof(oid));
		const char *s = c->section[NP_S_string].p + oid;
		uint64_t h = np_im_oid_hash(s, strlen(s), NP_IM_OID_SEED);
		size_t at = h & (n - 1);

		while (v[at].index)
			at = (at + 1) & (n - 1);
		v[at] = (struct np_im_slot){h, (uint32_t)i + 1, 0};
	}
	np_put(&c->section[into], v, n * sizeof(*v));
	return 0;
}

/* What is said of an identifier, beside what was said of it before. */
static void say_object(struct np_compile *c, const char *text, size_t n,
		       uint32_t is)
{
	struct np_buf *b = &c->section[NP_S_object];
	struct np_im_object *have = (void *)b->p;
	struct np_im_object v = {.is = is};

	v.oid = np_compile_text(c, np_copystr(c->mem, text, n));
	for (size_t i = 0; i < b->n / sizeof(v); i++) {
		if (have[i].oid == v.oid) {
			have[i].is |=
				have[i].is & NP_IM_IS ? is & NP_IM_STAR : is;
			return;
		}
	}
	np_put(b, &v, sizeof(v));
}

/* Arcs in dots, of which some may be any ("*"), not two behind each other. */
static bool is_identifier(const struct np_yaml *y)
{
	size_t stars = 0;

	if (y->kind != NP_YAML_TEXT || y->n < 3 ||
	    strspn(y->text, "0123456789.*") != y->n)
		return false;
	for (size_t i = 0; i < y->n; i++) {
		if (y->text[i] != '*')
			continue;
		if (++stars > NP_IM_STARS || i == 0 || i + 1 == y->n ||
		    y->text[i - 1] != '.' || y->text[i + 1] != '.')
			return false;
	}
	return true;
}

static int put_object(struct np_compile *c, const struct np_book_object *o,
		      const struct np_yaml *oid)
{
	if (!is_identifier(oid))
		return np_yaml_fail(o->e.file, oid,
				    "expected an object identifier in dots",
				    c->err);
	for (size_t i = 0; i < oid->n; i++)
		if (oid->text[i] == '*')
			say_object(c, oid->text, i - 1, NP_IM_STAR);
	say_object(c, oid->text, oid->n, (uint32_t)o->is);
	return 0;
}

static int put_objects(struct np_compile *c, const struct np_book_object *o)
{
	int rc = 0;

	if (o->oids->kind == NP_YAML_TEXT)
		return put_object(c, o, o->oids);
	NP_YAML_EACH(oid, o->oids)
	{
		if (rc == 0)
			rc = put_object(c, o, oid);
	}
	return rc;
}

int np_compile_objects(struct np_compile *c)
{
	int rc = 0;

	NP_BOOK_EACH(np_book_object, o, c->book->objects)
	{
		if (rc == 0 && o->e.sure != NP_UNVERIFIED)
			rc = put_objects(c, o);
	}
	if (rc)
		return rc;
	return np_compile_oid_slots(c, NP_S_object, sizeof(struct np_im_object),
				    NP_S_objectslot);
}

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

static int put_object(struct np_compile *c, const struct np_book_object *o,
		      const struct np_yaml *oid)
{
	struct np_im_object v = {np_compile_text(c, oid->text),
				 (uint32_t)o->is};

	if (oid->kind != NP_YAML_TEXT || oid->n < 3 ||
	    strspn(oid->text, "0123456789.") != oid->n)
		return np_yaml_fail(o->e.file, oid,
				    "expected an object identifier in dots",
				    c->err);
	np_put(&c->section[NP_S_object], &v, sizeof(v));
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

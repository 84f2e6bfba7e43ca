/* SPDX-License-Identifier: ISC */
/* Fields, signatures and families, as the matcher and the ways of inferring
 * want them. */
#include "claim/image.h"
#include "claim/match.h"
#include "core/hash.h"

#define MAX_MATCHER ((size_t)32 << 20)

static int check_pattern(struct np_compile *c, const struct np_entry *e,
			 const char *pattern)
{
	struct np_regex *re;

	if (!pattern)
		return 0;
	re = np_regex_new(pattern);
	if (!re)
		return np_compile_fail(c, e, "the pattern is none");
	np_regex_free(re);
	return 0;
}

static uint16_t sign_flags(const struct np_book_sign *s)
{
	unsigned f = 0;

	f |= s->subscriber ? NP_IM_SUBSCRIBER : 0;
	f |= s->computer ? NP_IM_COMPUTER : 0;
	f |= s->registered ? NP_IM_REGISTERED : 0;
	f |= s->settable == NP_YES ? NP_IM_SETTABLE : 0;
	f |= s->settable == NP_NO ? NP_IM_FIRM : 0;
	f |= s->heard == NP_YES ? NP_IM_HEARD : 0;
	f |= s->heard == NP_NO ? NP_IM_UNHEARD : 0;
	return (uint16_t)f;
}

static int put_sign(struct np_compile *c, const struct np_book_sign *s)
{
	struct np_buf *yields = &c->section[NP_S_yield];
	struct np_im_sign v = {
		.id = np_compile_text(c, s->e.name),
		.pattern = np_compile_text(c, s->pattern),
		.unless = np_compile_text(c, s->unless),
		.named = np_compile_text(c, s->named),
		.rest = np_compile_text(c, s->rest),
		.yield = (uint32_t)(yields->n / sizeof(struct np_im_yield)),
		.nyields = (uint32_t)s->nyields,
		.group = s->group ? np_compile_group(c, s->group) : UINT16_MAX,
		.flags = sign_flags(s),
		.grade = (uint8_t)s->grade,
		.who = (uint8_t)s->who,
	};
	int rc = check_pattern(c, &s->e, s->pattern);

	if (rc == 0)
		rc = check_pattern(c, &s->e, s->unless);
	if (rc == 0)
		rc = check_pattern(c, &s->e, s->rest);
	if (rc)
		return rc;
	if (!np_compile_maker(c, &s->e, s->maker, &v.maker))
		return NP_EINPUT;
	for (size_t i = 0; i < s->nyields; i++) {
		struct np_im_yield y = {
			s->yields[i].what,
			np_compile_text(c, s->yields[i].template)};

		np_put(yields, &y, sizeof(y));
	}
	np_put(&c->section[NP_S_sign], &v, sizeof(v));
	return 0;
}

/* The matcher of a field's patterns: the donor's when it has the same. */
static int put_matcher(struct np_compile *c, struct np_im_field *f,
		       const char *const *patterns, const char *name)
{
	const struct np_image *d = c->donor;
	struct np_buf *into = &c->section[NP_S_matcher];
	struct np_buf made = np_buf(MAX_MATCHER);
	int rc = 0;

	while (into->n & 63)
		np_putc(into, '\0');
	f->matcher = (uint32_t)into->n;
	for (uint32_t i = 0; i < f->nuses; i++)
		f->patterns = np_hash64(patterns[i], strlen(patterns[i]) + 1,
					f->patterns);
	for (size_t i = 0; d && i < d->n_field; i++) {
		if (d->field[i].patterns != f->patterns ||
		    d->field[i].nuses != f->nuses)
			continue;
		np_put(into, d->matcher + d->field[i].matcher,
		       d->field[i].nmatcher);
		f->nmatcher = d->field[i].nmatcher;
		return 0;
	}
	rc = np_match_build(patterns, f->nuses, &made, name, c->err);
	np_put(into, made.p ? made.p : "", made.n);
	f->nmatcher = (uint32_t)made.n;
	np_buf_free(&made);
	return rc;
}

static bool uses(const struct np_book_sign *s, const char *field)
{
	NP_YAML_EACH(f, s->fields)
	{
		if (strcmp(f->text, field) == 0)
			return true;
	}
	return false;
}

static int put_uses(struct np_compile *c, struct np_im_field *f,
		    const char *field)
{
	const char **patterns;
	uint32_t index = 0;

	patterns =
		np_zalloc(c->mem, (c->book->signs.n + 1) * sizeof(*patterns));
	if (!patterns)
		return np_fail(c->err, NP_ENOMEM, "out of memory", "", 0);
	f->use = (uint32_t)(c->section[NP_S_use].n / sizeof(uint32_t));
	NP_BOOK_EACH(np_book_sign, s, c->book->signs)
	{
		if (s->e.sure == NP_UNVERIFIED)
			continue;
		if (uses(s, field)) {
			np_put(&c->section[NP_S_use], &index, sizeof(index));
			patterns[f->nuses++] = s->pattern;
			if (f->nuses > NP_MAX_PATTERNS)
				return np_compile_fail(
					c, &s->e, "too many for one field");
		}
		index++;
	}
	return f->nuses ? put_matcher(c, f, patterns, field) : 0;
}

static uint16_t field_flags(const struct np_book_field *f)
{
	unsigned v = 0;

	v |= f->settable == NP_YES ? NP_IM_SETTABLE : 0;
	v |= f->subscriber == NP_YES ? NP_IM_SUBSCRIBER : 0;
	v |= f->heard == NP_YES ? NP_IM_HEARD : 0;
	v |= f->heard == NP_NO ? NP_IM_UNHEARD : 0;
	return (uint16_t)v;
}

static int put_field(struct np_compile *c, const struct np_book_field *f)
{
	struct np_im_field v = {
		.name = np_compile_text(c, f->e.name),
		.ways = f->ways,
		.unless = np_compile_text(c, f->unless),
		.group = np_compile_group(c, f->group),
		.flags = field_flags(f),
		.grade = (uint8_t)f->grade,
		.is = (uint8_t)f->is,
	};
	int rc = check_pattern(c, &f->e, f->unless);

	if (rc == 0 && f->ways & 1u << NP_BY_text)
		rc = put_uses(c, &v, f->e.name);
	np_put(&c->section[NP_S_field], &v, sizeof(v));
	return rc;
}

/* A signature for a field that nobody reads would never fire. */
static int check_fields(struct np_compile *c, const struct np_book_sign *s)
{
	NP_YAML_EACH(y, s->fields)
	{
		bool found = false;

		NP_BOOK_EACH(np_book_field, f, c->book->fields)
		{
			found |= f->ways & 1u << NP_BY_text &&
				 strcmp(f->e.name, y->text) == 0;
		}
		if (!found)
			return np_yaml_fail(s->e.file, y,
					    "fields.yaml reads no such text",
					    c->err);
	}
	return 0;
}

int np_compile_fields(struct np_compile *c)
{
	int rc = 0;

	NP_BOOK_EACH(np_book_sign, s, c->book->signs)
	{
		if (s->e.sure == NP_UNVERIFIED)
			continue;
		if (rc == 0)
			rc = check_fields(c, s);
		if (rc == 0)
			rc = put_sign(c, s);
	}
	NP_BOOK_EACH(np_book_field, f, c->book->fields)
	{
		if (rc == 0 && f->e.sure != NP_UNVERIFIED)
			rc = put_field(c, f);
	}
	return rc;
}

/* ---- families */

static int put_oid(struct np_compile *c, const struct np_book_family *f,
		   const struct np_yaml *oid)
{
	struct np_im_oid v = {
		.oid = np_compile_text(c, oid->text),
		.rule = np_compile_text(c, f->e.name),
		.model = np_compile_text(c, f->model),
		.family = np_compile_text(c, f->family),
		.function = np_compile_text(c, f->function),
	};

	if (oid->n == 0 || strspn(oid->text, "0123456789.") != oid->n)
		return np_yaml_fail(f->e.file, oid,
				    "expected arcs below 1.3.6.1.4.1", c->err);
	if (!np_compile_maker(c, &f->e, f->maker, &v.maker))
		return NP_EINPUT;
	np_put(&c->section[NP_S_oid], &v, sizeof(v));
	return 0;
}

static int put_oids(struct np_compile *c, const struct np_book_family *f)
{
	if (f->oids->kind == NP_YAML_TEXT)
		return put_oid(c, f, f->oids);
	NP_YAML_EACH(oid, f->oids)
	{
		int rc = put_oid(c, f, oid);

		if (rc)
			return rc;
	}
	return 0;
}

static int put_pattern(struct np_compile *c, const struct np_book_family *f,
		       uint16_t maker)
{
	struct np_im_family v = {
		.pattern = np_compile_text(c, f->pattern),
		.rule = np_compile_text(c, f->e.name),
		.family = np_compile_text(c, f->family),
		.function = np_compile_text(c, f->function),
		.maker = maker,
	};

	np_put(&c->section[NP_S_family], &v, sizeof(v));
	return check_pattern(c, &f->e, f->pattern);
}

/* A maker's patterns of models stand together, in the order of the file. */
static int put_patterns(struct np_compile *c, uint16_t maker)
{
	struct np_buf *into = &c->section[NP_S_family];
	struct np_im_maker *m =
		(struct np_im_maker *)(void *)c->section[NP_S_maker].p + maker;

	m->family = (uint32_t)(into->n / sizeof(struct np_im_family));
	NP_BOOK_EACH(np_book_family, f, c->book->families)
	{
		uint16_t whose;
		int rc;

		if (!f->pattern || f->e.sure == NP_UNVERIFIED)
			continue;
		if (!np_compile_maker(c, &f->e, f->maker, &whose))
			return NP_EINPUT;
		if (whose != maker)
			continue;
		rc = put_pattern(c, f, maker);
		if (rc)
			return rc;
		m->nfamilies++;
	}
	return 0;
}

int np_compile_families(struct np_compile *c)
{
	int rc = 0;

	NP_BOOK_EACH(np_book_family, f, c->book->families)
	{
		if (rc == 0 && f->oids && f->e.sure != NP_UNVERIFIED)
			rc = put_oids(c, f);
	}
	if (rc == 0)
		rc = np_compile_oid_slots(c, NP_S_oid, sizeof(struct np_im_oid),
					  NP_S_oidslot);
	for (size_t i = 1; rc == 0 && i < c->makers.n; i++)
		rc = put_patterns(c, (uint16_t)i);
	return rc;
}

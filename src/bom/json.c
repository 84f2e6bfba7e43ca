/* SPDX-License-Identifier: ISC */
/*
 * JSON: first the document's members, wherever they stand, then by them which
 * format it is. Where it is broken, the member that it broke in is read as far
 * as it goes.
 */
#include "bom/inside.h"

const struct np_bom_member *np_bom_member(const struct np_bom_members *m,
					  const char *name)
{
	for (size_t i = 0; i < m->n; i++) {
		if (np_is(m->v[i].name, name))
			return &m->v[i];
	}
	return NULL;
}

const char *np_bom_string(struct np_bom_file *f, struct np_pull *p)
{
	struct np_cur v;

	if (np_pull_ahead(p) != '"') {
		np_bom_pass(p);
		return NULL;
	}
	return np_pull_text(p, f->b->mem, &v) ? np_bom_text(f, v) : NULL;
}

const char *np_bom_member_text(struct np_bom_file *f,
			       const struct np_bom_members *m, const char *name)
{
	const struct np_bom_member *x = np_bom_member(m, name);
	struct np_pull p;

	if (!x)
		return NULL;
	p = np_pull(x->value.p, x->value.left);
	return np_bom_string(f, &p);
}

void np_bom_pass(struct np_pull *p)
{
	struct np_cur v;

	(void)np_pull_raw(p, &v);
}

void np_bom_over(struct np_bom_file *f, const struct np_pull *p)
{
	/* of what is over the limit nothing is read */
	if (p->why && !f->broken && !f->b->full)
		np_bom_bad(f, (size_t)(p->c.p - f->text), p->why);
}

size_t np_bom_ahead(struct np_bom_file *f, struct np_pull *p)
{
	(void)np_pull_ahead(p);
	return (size_t)(p->c.p - f->text);
}

static bool stands(const struct np_bom_members *m, struct np_cur name)
{
	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].name.left == name.left &&
		    np_ahead(name, m->v[i].name.p, name.left))
			return true;
	}
	return false;
}

/* All members up to the end, or up to what is broken. */
static void index_members(struct np_bom_file *f, struct np_pull *p,
			  struct np_bom_members *m)
{
	struct np_cur name;
	bool begun = false;

	m->n = 0;
	if (!np_pull_object(p))
		return;
	while (np_pull_member(p, &begun, f->b->mem, &name)) {
		struct np_cur rest, value;

		(void)np_pull_ahead(p);
		rest = np_cur(p->c.p, (size_t)(f->text + f->n - p->c.p));
		value = np_pull_raw(p, &value) ? value : rest;
		/* Programs differ in which one they believe. */
		if (stands(m, name))
			np_bom_bad(f, (size_t)(rest.p - f->text),
				   "a member that stands here twice");
		if (m->n == NP_BOM_MEMBERS) {
			(void)np_pull_fail(p, "too many members of the "
					      "document");
			return;
		}
		m->v[m->n++] = (struct np_bom_member){name, value};
	}
	if (!p->why)
		(void)np_pull_end(p);
}

static enum np_bom_format format_of(struct np_bom_file *f,
				    const struct np_bom_members *m)
{
	const char *bom = np_bom_member_text(f, m, "bomFormat");
	const char *spdx = np_bom_member_text(f, m, "spdxVersion");

	if (bom && strcmp(bom, "CycloneDX") == 0)
		return NP_BOM_CYCLONEDX_JSON;
	if (spdx && strncmp(spdx, "SPDX-", 5) == 0)
		return NP_BOM_SPDX_JSON;
	if (np_bom_member(m, "@graph"))
		return NP_BOM_SPDX3_JSON;
	/* cut off before it says so */
	if (!bom && np_bom_member(m, "components"))
		return NP_BOM_CYCLONEDX_JSON;
	if (!spdx && np_bom_member(m, "packages"))
		return NP_BOM_SPDX_JSON;
	return NP_BOM_NONE;
}

void np_bom_json(struct np_bom_file *f, struct np_err *reterr)
{
	struct np_bom_members m;
	struct np_pull p = np_pull(f->text, f->n);

	index_members(f, &p, &m);
	np_bom_over(f, &p);
	f->broken = p.why != NULL;
	if (f->rc)
		return;
	f->b->format = format_of(f, &m);
	switch (f->b->format) {
	case NP_BOM_CYCLONEDX_JSON:
		f->b->version = np_bom_member_text(f, &m, "specVersion");
		np_bom_cyclonedx(f, &m);
		break;
	case NP_BOM_SPDX_JSON:
		f->b->version = np_bom_member_text(f, &m, "spdxVersion");
		np_bom_spdx(f, &m);
		break;
	case NP_BOM_SPDX3_JSON:
		np_bom_spdx3(f, &m);
		break;
	case NP_BOM_NONE:
	case NP_BOM_CYCLONEDX_XML:
	case NP_BOM_SPDX_TAG:
	case NP_BOM_TABLE:
		f->rc = np_fail(reterr, NP_EINPUT,
				"expected a bill of materials: bomFormat, "
				"spdxVersion or @graph",
				f->b->path, p.why ? f->b->problems[0].line : 1);
		if (reterr && p.why)
			reterr->column = f->b->problems[0].column;
		break;
	}
}

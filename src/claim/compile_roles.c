/* SPDX-License-Identifier: ISC */
/* Roles: a record for each word that a decoder has for one, and one for each
 * protocol whose interface is told. */
#include "claim/image.h"

static int put_said(struct np_compile *c, const struct np_book_role *b,
		    const char *text, size_t n, struct np_im_role v)
{
	const struct np_im_role *all = (const void *)c->section[NP_S_role].p;
	size_t count = c->section[NP_S_role].n / sizeof(*all);
	char said[NP_MAX_NAME];

	if (!np_name_normal(text, n, said, sizeof(said)))
		return np_compile_fail(c, &b->e, "a role has no letters");
	v.said = np_compile_text(c, said);
	for (size_t i = 0; i < count; i++)
		if (!all[i].proto && all[i].said == v.said)
			return np_compile_fail(
				c, &b->e, "a word is another role's, or twice");
	np_put(&c->section[NP_S_role], &v, sizeof(v));
	return 0;
}

static int put_role(struct np_compile *c, const struct np_book_role *b)
{
	char rule[64];
	struct np_im_role v = {
		.role = np_compile_text(c, b->e.name),
		.name = np_compile_text(c, b->name),
		.function = np_compile_text(c, b->function),
		.flags = b->subscriber ? NP_IM_SUBSCRIBER : 0,
	};
	int rc;

	(void)snprintf(rule, sizeof(rule), "role/%s", b->e.name);
	v.rule = np_compile_text(c, rule);
	rc = put_said(c, b, b->e.name, strlen(b->e.name), v);
	NP_YAML_EACH(t, b->said)
	{
		if (rc == 0)
			rc = put_said(c, b, t->text, t->n, v);
	}
	NP_YAML_EACH(t, b->interfaces)
	{
		v.proto = np_compile_text(c, t->key->text);
		v.interface = np_compile_text(c, t->text);
		np_put(&c->section[NP_S_role], &v, sizeof(v));
	}
	return rc;
}

int np_compile_roles(struct np_compile *c)
{
	NP_BOOK_EACH(np_book_role, b, c->book->roles)
	{
		int rc = b->e.sure == NP_UNVERIFIED ? 0 : put_role(c, b);

		if (rc)
			return rc;
	}
	return 0;
}

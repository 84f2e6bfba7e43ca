/* SPDX-License-Identifier: ISC */
/*
 * Roles: what a box is in its network, by what it was heard to do there. They
 * name no maker, and no maker's text can make one: decoders say them of
 * messages that only such a node sends or gets.
 */
#include "claim/ask.h"

static bool is_proto(const char *proto, size_t n, const char *field)
{
	return strncmp(proto, field, n) == 0 && field[n] == '.' &&
	       proto[n] == '\0';
}

void np_claim_role(struct np_ask *a)
{
	const struct np_image *im = &a->k->im;
	char said[NP_MAX_NAME];

	if (!np_name_normal(a->p, a->n, said, sizeof(said)))
		return;
	for (size_t i = 0; i < im->n_role; i++) {
		const struct np_im_role *r = &im->role[i];
		struct np_raw *c;

		if (r->proto || strcmp(np_im_text(im, r->said), said) != 0)
			continue;
		c = np_ask_add(a, NP_W_ROLE, np_im_text(im, r->rule));
		c->value = np_im_text(im, r->role);
		c->constant = true;
		c->flags |= (uint16_t)r->flags;
		if (!r->function)
			return;
		c = np_ask_add(a, NP_W_FUNCTION, np_im_text(im, r->rule));
		c->value = np_im_text(im, r->function);
		c->constant = true;
		c->flags |= (uint16_t)r->flags;
		return;
	}
}

void np_role_names(const struct np_knowledge *k, const char *role,
		   uint16_t field, const char **ret_name,
		   const char **ret_interface)
{
	const struct np_image *im = &k->im;
	char text[64];

	*ret_name = *ret_interface = NULL;
	np_knowledge_field_text(k, field, text);
	for (size_t i = 0; i < im->n_role; i++) {
		const struct np_im_role *r = &im->role[i];
		const char *proto = np_im_text(im, r->proto);

		if (strcmp(np_im_text(im, r->role), role) != 0)
			continue;
		*ret_name = np_im_text(im, r->name);
		if (r->proto && is_proto(proto, strlen(proto), text))
			*ret_interface = np_im_text(im, r->interface);
	}
}

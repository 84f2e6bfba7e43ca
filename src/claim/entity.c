/* SPDX-License-Identifier: ISC */
/*
 * Rows of ENTITY-MIB (RFC 6933). The chassis speaks for the box; the maker of a
 * module, an optic or a fan is a part's. A row whose class did not come with it
 * counts as a part's: a false accusation is worse than a miss.
 */
#include "claim/ask.h"

#define IS_CLASS NP_W_COMPONENT /* what fields.yaml calls the class's field */

static bool is_box(const struct np_fact *f)
{
	/* chassis(3), stack(11); walks print the number or the name. */
	static const char *const boxes[] = {"3",  "chassis", "chassis(3)",
					    "11", "stack",   "stack(11)"};

	for (size_t i = 0; i < NP_COUNT(boxes); i++)
		if (f->n == strlen(boxes[i]) &&
		    memcmp(f->v, boxes[i], f->n) == 0)
			return true;
	return false;
}

/* The sighting's fact that an entity field of this meaning holds. */
static const struct np_fact *sibling(const struct np_ask *a, enum np_what is)
{
	for (size_t i = 0; i < a->s->nfacts; i++) {
		const struct np_im_field *f =
			np_knowledge_reads(a->k, a->s->facts[i].field);

		if (f && f->ways == 1u << NP_BY_entity && f->is == is)
			return &a->s->facts[i];
	}
	return NULL;
}

static bool beside_system(const struct np_ask *a)
{
	static const char object_id[] = "snmp.sys_object_id";
	int id = np_field_find(object_id, sizeof(object_id) - 1);

	for (size_t i = 0; i < a->s->nfacts; i++)
		if (a->s->facts[i].field == id)
			return true;
	return false;
}

static void add_part(struct np_ask *a, uint16_t maker)
{
	const struct np_fact *model = sibling(a, NP_W_MODEL);
	const char *text = model ? (const char *)model->v : "";
	struct np_raw *r = np_ask_value(a, NP_W_COMPONENT, "entity/part", text,
					model ? model->n : 0);

	r->maker = maker;
	if (!model)
		r->value = NULL;
}

void np_claim_entity(struct np_ask *a)
{
	const struct np_fact *class = sibling(a, IS_CLASS);
	bool box = class && is_box(class);
	/* A walk without classes puts the outermost row beside the system
	 * group: its texts are the box's. Whose make it is, it does not tell.
	 */
	bool outer = !class && beside_system(a);
	uint16_t maker;

	if (a->field->is == IS_CLASS)
		return;
	if (a->field->is != NP_W_MAKER) {
		if (box || outer)
			np_claim_plain(a);
		return;
	}
	maker = np_name_maker(a->k, a->p, a->n);
	if (box)
		np_ask_named(a, "entity/chassis", "entity/registry");
	else if (maker != NP_NO_MAKER)
		add_part(a, maker);
}

/* SPDX-License-Identifier: ISC */
/* The words for a box: of each question the strongest answer. */
#include "device/inside.h"

/* The strongest claim of the maker's or of nobody's in particular; of equals
 * the maker's. */
static const char *pick(const struct np_voices *v, enum np_what what,
			const struct np_device *d)
{
	const char *any = NULL;
	enum np_grade grade = NP_E0;

	for (size_t i = 0; i < v->n; i++) {
		const struct np_rule *r = v->v[i].rule;
		const char *value = v->v[i].value;

		if (r->what != what || !value)
			continue;
		if (any && v->v[i].grade < grade)
			break;
		if (r->maker == NP_NO_MAKER) {
			any = any ? any : value;
			grade = v->v[i].grade;
		} else if (r->maker == d->maker && d->sure != NP_DISPUTED)
			return value;
	}
	return any;
}

/* What it was heard to be weighs more than what its model is made for. */
static const char *pick_function(const struct np_voices *v,
				 const struct np_device *d)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].rule->what == NP_W_FUNCTION &&
		    np_rule_of_role(v->v[i].rule))
			return v->v[i].value;
	return pick(v, NP_W_FUNCTION, d);
}

void np_describe(const struct np_knowledge *k, struct np_voices *v,
		 struct np_device *d, bool *ret_subscriber)
{
	struct np_opinion o = np_opinion(k, v);

	d->maker = o.maker;
	d->rival = o.rival;
	d->middlebox = o.middlebox;
	d->sure = o.sure;
	d->like = np_like(k, v, d);
	d->brand = pick(v, NP_W_BRAND, d);
	d->model = pick(v, NP_W_MODEL, d);
	d->family = pick(v, NP_W_FAMILY, d);
	d->version = pick(v, NP_W_VERSION, d);
	d->serial = pick(v, NP_W_SERIAL, d);
	d->os = pick(v, NP_W_OS, d);
	d->function = pick_function(v, d);
	*ret_subscriber = o.subscriber;
}

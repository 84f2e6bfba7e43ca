/* SPDX-License-Identifier: ISC */
#include "report/answer.h"
#include "report/member.h"
#include <stdio.h>

static void put_id(struct np_cur id, struct np_buf *b)
{
	np_puts(b, "\"id\":");
	if (id.left)
		np_put(b, id.p, id.left);
	else
		np_puts(b, "null");
}

static void put_maker(const struct np_knowledge *k, uint16_t maker,
		      struct np_buf *b)
{
	np_member(b, "maker", np_maker_slug(k, maker));
	np_member(b, "maker_name",
		  maker == NP_NO_MAKER ? NULL : np_maker_name(k, maker));
}

/* Does it speak of the box, and for what was answered? */
static bool supports(const struct np_device *d, const struct np_kept_claim *c)
{
	switch (c->what) {
	case NP_W_MAKER:
		return c->maker == d->maker && d->maker != NP_NO_MAKER;
	case NP_W_BRAND:
	case NP_W_FAMILY:
	case NP_W_MODEL:
	case NP_W_VERSION:
	case NP_W_OS:
	case NP_W_SERIAL:
	case NP_W_FUNCTION:
		return c->maker == NP_NO_MAKER || c->maker == d->maker;
	case NP_W_COMPONENT:
	case NP_W_MIDDLEBOX:
	case NP_W_AGENT:
	case NP_W_ROLE:
		break;
	}
	return false;
}

static bool same_reason(const struct np_kept_claim *a,
			const struct np_kept_claim *b)
{
	return a->field == b->field && a->grade == b->grade &&
	       a->group == b->group && strcmp(a->rule, b->rule) == 0;
}

static void put_reasons(const struct np_knowledge *k, const struct np_device *d,
			const struct np_kept_claim *v, size_t n,
			struct np_buf *b)
{
	bool any = false;
	char field[64];

	np_puts(b, ",\"because\":[");
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		if (!supports(d, &v[i]))
			continue;
		while (!supports(d, &v[at]) || !same_reason(&v[at], &v[i]))
			at++;
		if (at < i)
			continue;
		np_puts(b, any ? ",{\"rule\":" : "{\"rule\":");
		np_putjsons(b, v[i].rule);
		np_member(b, "field",
			  np_knowledge_field_text(k, v[i].field, field));
		np_puts(b, ",\"grade\":\"E");
		np_putu(b, v[i].grade);
		np_putc(b, '"');
		np_member(b, "group", np_group_name(k, v[i].group));
		np_putc(b, '}');
		any = true;
	}
	np_putc(b, ']');
}

/* Who else is named, by the strongest claim for each. */
static void put_alternatives(const struct np_knowledge *k,
			     const struct np_device *d,
			     const struct np_kept_claim *v, size_t n,
			     struct np_buf *b)
{
	bool any = false;

	np_puts(b, ",\"alternatives\":[");
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		if (v[i].what != NP_W_MAKER || v[i].maker == NP_NO_MAKER ||
		    v[i].maker == d->maker)
			continue;
		while (v[at].what != NP_W_MAKER || v[at].maker != v[i].maker)
			at++;
		if (at < i)
			continue;
		np_puts(b, any ? ",{\"rule\":" : "{\"rule\":");
		np_putjsons(b, v[i].rule);
		put_maker(k, v[i].maker, b);
		np_puts(b, ",\"grade\":\"E");
		np_putu(b, v[i].grade);
		np_puts(b, "\"}");
		any = true;
	}
	np_putc(b, ']');
}

void np_put_who(const struct np_knowledge *k, const struct np_device *d,
		struct np_buf *b)
{
	put_maker(k, d->maker, b);
	np_member(b, "brand", d->brand);
	np_member(b, "model", d->model);
	np_member(b, "family", d->family);
	np_member(b, "version", d->version);
	np_member(b, "os", d->os);
	np_member(b, "serial", d->serial);
	np_member(b, "function", d->function);
	np_member(b, "verdict", np_sure_name(d->sure));
}

bool np_device_cases(const struct np_knowledge *k, const struct np_device *d,
		     struct np_like *ret)
{
	char key[NP_LIKE_KEY];

	return np_like_cases(k, np_device_like(d, key), ret);
}

void np_put_like(const struct np_knowledge *k, const struct np_device *d,
		 struct np_buf *b)
{
	char key[NP_LIKE_KEY];
	struct np_like like;

	np_member(b, "like", np_device_like(d, key));
	if (np_device_cases(k, d, &like)) {
		np_member(b, "counted_as", like.key);
		np_putf(b, ",\"like_cases\":[%u,%u],\"confidence\":%.3f",
			like.k, like.n, like.least);
	} else {
		np_puts(b, ",\"counted_as\":null,\"like_cases\":null,"
			   "\"confidence\":null");
	}
}

void np_put_like_text(const struct np_like *like, struct np_buf *b)
{
	np_putf(b, "%u of %u like cases right (at least %.1f %%)", like->k,
		like->n, 100 * like->least);
}

void np_put_answer(const struct np_knowledge *k, struct np_cur id,
		   const struct np_device *d, const struct np_kept_claim *v,
		   size_t n, struct np_buf *b)
{
	np_puts(b, "{\"schema\":\"nameplate.claim/1\",");
	put_id(id, b);
	np_put_who(k, d, b);
	np_put_like(k, d, b);
	put_reasons(k, d, v, n, b);
	put_alternatives(k, d, v, n, b);
	np_putc(b, '}');
}

void np_put_refusal(struct np_cur id, const struct np_err *why, uint64_t line,
		    struct np_buf *b)
{
	char text[sizeof(why->what) + 64];

	np_putc(b, '{');
	put_id(id, b);
	(void)snprintf(text, sizeof(text), "%s%s%s", why->text,
		       why->what[0] ? ": " : "", why->what);
	np_puts(b, ",\"error\":");
	np_putjsons(b, text);
	np_puts(b, ",\"line\":");
	np_putu(b, line);
	np_putc(b, '}');
}

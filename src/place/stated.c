/* SPDX-License-Identifier: ISC */
/* Columns of a party's lists that state what some rule of law asks for. */
#include "place/inside.h"
#include "place/rows.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

const struct np_law_fact *np_place_fact(const struct np_law *l,
					const char *name, bool plain)
{
	char text[64];

	for (const struct np_law_fact *f = l ? l->facts : NULL; f;
	     f = f->next) {
		if (strcmp(f->name, name) == 0)
			return f;
		(void)np_plain(f->name, strlen(f->name), text);
		if (plain && strcmp(text, name) == 0)
			return f;
	}
	return NULL;
}

const char *np_book_day(struct np_arena *mem, const char *v)
{
	char text[16];
	int32_t n = 0;

	for (const char *s = v; *s; s++) {
		if (!isdigit((unsigned char)*s) || n > 99999)
			return v;
		n = n * 10 + (*s - '0');
	}
	if (n < 20000 || n > 99999)
		return v;
	(void)np_day_text(n - 25569, text);
	return np_copystr(mem, text, strlen(text));
}

/* As a spreadsheet writes it, too. */
static const char *plain_yes(const char *v)
{
	if (strcasecmp(v, "true") == 0 || strcasecmp(v, "yes") == 0)
		return "yes";
	if (strcasecmp(v, "false") == 0 || strcasecmp(v, "no") == 0)
		return "no";
	return v;
}

const char *np_fact_spell(struct np_arena *mem, const struct np_law_fact *f,
			  bool book, const char *v, const char **ret_why)
{
	struct np_yaml y = {.kind = NP_YAML_TEXT, .plain = true};

	*ret_why = NULL;
	if (!v || !f)
		return v;
	if (book && (f->is == NP_F_DAY || f->is == NP_F_LATER))
		v = np_book_day(mem, v);
	if (!v)
		return NULL;
	if (f->is == NP_F_YES || f->is == NP_F_LATER)
		v = plain_yes(v);
	y.text = v;
	y.n = strlen(v);
	if (!np_law_fits(f, &y))
		*ret_why = np_law_form(f);
	return v;
}

/* SPDX-License-Identifier: ISC */
/* Fields that hold a model, a version, a serial number and nothing else. */
#include "claim/ask.h"

/* What firmware prints where nobody filled a serial number in. */
static bool is_filler(const char *p, size_t n)
{
	static const char *const words[] = {"na",      "none",	   "default",
					    "unknown", "null",	   "nil",
					    "notset",  "undefined"};
	char norm[NP_MAX_NAME];
	size_t len = np_name_normal(p, n, norm, sizeof(norm));

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (strcmp(norm, words[i]) == 0)
			return true;
	for (size_t i = 1; i < len; i++)
		if (norm[i] != norm[0])
			return false;
	return true;
}

void np_claim_plain(struct np_ask *a)
{
	char text[NP_MAX_NAME];
	size_t n = np_text_normal(a->p, a->n, text, sizeof(text));

	if (n == 0 || (a->field->is == NP_W_SERIAL && is_filler(text, n)))
		return;
	(void)np_ask_value(a, (enum np_what)a->field->is, "field/plain", text,
			   n);
}

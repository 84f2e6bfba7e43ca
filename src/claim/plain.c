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

/* What a row is called that is no model: "Chassis", "FRAME-300". */
static bool is_nameless(const char *p, size_t n)
{
	static const struct {
		const char *word;
		bool counted; /* with a number, too */
	} words[] = {
		{"chassis", true},	{"frame", true},   {"shelf", true},
		{"rack", true},		{"subrack", true}, {"stack", true},
		{"backplane", true},	{"unit", true},	   {"slot", true},
		{"vcstack", false},	{"na", false},	   {"none", false},
		{"unknown", false},	{"null", false},   {"default", false},
		{"device", false},	{"system", false}, {"module", false},
		{"notavailable", false}};
	char norm[NP_MAX_NAME];
	size_t len = np_name_normal(p, n, norm, sizeof(norm));
	size_t letters = len;

	while (letters && norm[letters - 1] >= '0' && norm[letters - 1] <= '9')
		letters--;
	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (strlen(words[i].word) == letters &&
		    (words[i].counted || letters == len) &&
		    memcmp(norm, words[i].word, letters) == 0)
			return true;
	return false;
}

/* A model's own words end where others tell what it has. */
static size_t model_length(const char *p, size_t n)
{
	static const char with[] = " with ";

	for (size_t i = 1; i + 1 < n; i++) {
		if (p[i] == ',' && p[i + 1] == ' ')
			return i;
		if (i + sizeof(with) - 1 < n &&
		    memcmp(p + i, with, sizeof(with) - 1) == 0)
			return i;
	}
	return n;
}

void np_claim_plain(struct np_ask *a)
{
	char text[NP_MAX_NAME];
	size_t n = np_text_normal(a->p, a->n, text, sizeof(text));

	if (n == 0 || (a->field->is == NP_W_SERIAL && is_filler(text, n)))
		return;
	if (a->field->is == NP_W_MODEL && is_nameless(text, n))
		return;
	if (a->field->is == NP_W_MODEL)
		n = model_length(text, n);
	(void)np_ask_value(a, (enum np_what)a->field->is, "field/plain", text,
			   n);
}

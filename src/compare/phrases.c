/* SPDX-License-Identifier: ISC */
#include "compare/phrases.h"
#include "core/yaml.h"
#include <string.h>

#define FILE_NAME "sentences.yaml"
#define MOST_FILES 1024

static const char *const names[NP_P__N] = {
#define XX(name) #name,
	NP_PHRASES(XX)
#undef XX
};

/* The i-th file of the law, where it is one of sentences. */
static int read_part(const struct np_law *l, size_t i, struct np_arena *mem,
		     const struct np_yaml **ret, struct np_err *reterr)
{
	struct np_law_part p;
	const char *base;

	*ret = NULL;
	if (!np_law_part(l, i, &p))
		return NP_ENONE;
	base = strrchr(p.name, '/');
	if (strcmp(base ? base + 1 : p.name, FILE_NAME) != 0)
		return 0;
	return np_yaml_read(p.name, p.text, p.n, mem, ret, reterr);
}

/* Later files replace what earlier ones say. */
int np_phrases_open(const struct np_law *l, struct np_arena *mem,
		    struct np_phrases *ret, struct np_err *reterr)
{
	const struct np_yaml *file;
	int rc = 0;

	*ret = (struct np_phrases){0};
	for (size_t i = 0; i < MOST_FILES && !rc; i++) {
		const struct np_yaml *y;

		rc = read_part(l, i, mem, &file, reterr);
		y = np_yaml_get(file, "over_time");
		for (size_t k = 0; y && !rc && k < NP_P__N; k++) {
			const char *s = np_yaml_text(y, names[k]);

			if (s)
				ret->text[k] = s;
		}
	}
	if (rc && rc != NP_ENONE)
		return rc;
	for (size_t k = 0; k < NP_P__N; k++) {
		if (!ret->text[k])
			return np_fail(reterr, NP_EINPUT,
				       "expected a sentence in over_time",
				       names[k], 0);
	}
	return 0;
}

void np_put_phrase(struct np_buf *b, const struct np_phrases *p,
		   enum np_phrase which, const struct np_phrase_hole *v,
		   size_t n)
{
	const char *s = p->text[which];

	while (*s) {
		size_t plain = strcspn(s, "{"), k;

		np_put(b, s, plain);
		s += plain;
		if (!*s)
			return;
		k = strcspn(++s, "}");
		for (size_t i = 0; i < n; i++) {
			if (strlen(v[i].name) == k &&
			    strncmp(v[i].name, s, k) == 0 && v[i].value)
				np_puts(b, v[i].value);
		}
		s += k + (s[k] == '}');
	}
}

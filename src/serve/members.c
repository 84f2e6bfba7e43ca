/* SPDX-License-Identifier: ISC */
/* Bodies: one flat JSON object of texts (RFC 8259), through cJSON. */
#include "core/utf8.h"
#include "serve/ask.h"
#include <cjson/cJSON.h>
#include <string.h>

/* Nothing that a terminal or an eye would obey; a text may have lines. */
static bool is_text(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0, k; i < n; i += k) {
		uint32_t u;

		k = np_utf8((const uint8_t *)s + i, n - i, &u);
		if (!k || (np_utf8_unsafe(u) && u != '\n'))
			return false;
	}
	return true;
}

static const char *listed(const char *const *names, const char *name)
{
	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names;
}

static const char *take(const cJSON *item, const char *const *names,
			struct np_members *f)
{
	const char *name = item->string ? listed(names, item->string) : NULL;

	if (!name)
		return "a member that is not known here";
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name == name)
			return "a member stands twice";
	if (cJSON_IsNull(item))
		return NULL;
	if (!cJSON_IsString(item) || !is_text(item->valuestring))
		return "expected texts, without control characters";
	if (f->n == NP_MEMBERS_N)
		return "too many members";
	f->v[f->n].name = name;
	f->v[f->n++].value = item->valuestring;
	return NULL;
}

/* Nesting is cJSON's stack, and no form has any. */
static bool is_flat(const char *text, size_t n)
{
	bool quoted = false;
	unsigned depth = 0;

	for (size_t i = 0; i < n; i++) {
		if (!text[i])
			return false;
		if (quoted && n - i > 5 && memcmp(text + i, "\\u0000", 6) == 0)
			return false;
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '{' || text[i] == '['))
			depth++;
	}
	return depth == 1;
}

bool np_members_read(const char *text, size_t n, const char *const *names,
		     struct np_members *ret, const char **ret_why)
{
	const char *end = NULL, *why = NULL;
	cJSON *j = NULL;

	*ret = (struct np_members){0};
	if (n <= NP_MEMBERS_MAX && is_flat(text, n))
		j = cJSON_ParseWithLengthOpts(text, n, &end, false);
	if (!j || !cJSON_IsObject(j))
		why = "expected a JSON object";
	for (; !why && end < text + n; end++)
		if (!strchr(" \t\r\n", *end))
			why = "expected one JSON object";
	ret->own = j;
	if (!why) {
		const cJSON *item;

		cJSON_ArrayForEach(item, j)
		{
			why = why ? why : take(item, names, ret);
		}
	}
	*ret_why = why;
	if (why)
		np_members_free(ret);
	return !why;
}

const char *np_members_get(const struct np_members *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return f->v[i].value;
	return NULL;
}

void np_members_free(struct np_members *f)
{
	cJSON *j = f->own;

	if (j) {
		cJSON *item;

		cJSON_ArrayForEach(item, j)
		{
			if (cJSON_IsString(item))
				explicit_bzero(item->valuestring,
					       strlen(item->valuestring));
		}
	}
	cJSON_Delete(j);
	*f = (struct np_members){0};
}

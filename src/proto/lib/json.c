/* SPDX-License-Identifier: ISC */
/*
 * The JSON reader: what cJSON is asked to read is measured first, so that no
 * document makes it take more than some 64 octets a value.
 */
#include "proto/lib/json.h"
#include <cjson/cJSON.h>

static bool blank(uint8_t b)
{
	return b == ' ' || b == '\t' || b == '\r' || b == '\n';
}

/* Consumes a string behind its opening quote. */
static void skip_string(struct np_cur *c)
{
	while (c->left) {
		uint8_t b = np_u8(c);

		if (b == '"')
			return;
		if (b == '\\')
			np_skip(c, 1);
	}
	np_skip(c, 1);
}

/* How long the value at c is; 0 when it is no object or array, not all there,
 * or over a limit. */
static size_t measure(struct np_cur c)
{
	const size_t all = c.left;
	size_t depth = 0, values = 1;

	if (!np_ahead(c, "{", 1) && !np_ahead(c, "[", 1))
		return 0;
	do {
		switch (np_u8(&c)) {
		case '{':
		case '[':
			depth++;
			values++;
			break;
		case '}':
		case ']':
			depth--;
			break;
		case ',':
			values++;
			break;
		case '"':
			skip_string(&c);
			break;
		}
		if (depth > NP_JSON_DEPTH || values > NP_JSON_VALUES)
			return 0;
	} while (depth && c.left);
	return depth || c.cut ? 0 : all - c.left;
}

/* cJSON's nodes are ours under another name. */
static const cJSON *in(const struct np_json *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct np_json *out(const cJSON *v)
{
	return (const struct np_json *)(const void *)v;
}

const struct np_json *np_json_open(struct np_cur text)
{
	while (text.left && blank(text.p[0]))
		np_skip(&text, 1);
	size_t n = text.cut ? 0 : measure(text);

	if (!n || n > NP_JSON_SIZE)
		return NULL;
	return out(cJSON_ParseWithLength((const char *)text.p, n));
}

void np_json_close(const struct np_json *document)
{
	union {
		const struct np_json *ours;
		cJSON *theirs;
	} u = {.ours = document};

	cJSON_Delete(u.theirs);
}

const struct np_json *np_json_member(const struct np_json *object,
				     const char *name)
{
	return out(cJSON_GetObjectItemCaseSensitive(in(object), name));
}

const struct np_json *np_json_first(const struct np_json *of)
{
	return of ? out(in(of)->child) : NULL;
}

const struct np_json *np_json_next(const struct np_json *value)
{
	return value ? out(in(value)->next) : NULL;
}

bool np_json_is_object(const struct np_json *value)
{
	return cJSON_IsObject(in(value));
}

const char *np_json_name(const struct np_json *value)
{
	return value ? in(value)->string : NULL;
}

bool np_json_number(const struct np_json *value, double *ret)
{
	if (!cJSON_IsNumber(in(value)))
		return false;
	*ret = in(value)->valuedouble;
	return true;
}

struct np_cur np_json_text(const struct np_json *value, struct np_arena *mem)
{
	const char *text = cJSON_GetStringValue(in(value));
	size_t n = text ? strlen(text) : 0;
	const void *copy = n ? np_copy(mem, text, n) : NULL;

	return copy ? np_cur(copy, n) : (struct np_cur){.cut = true};
}

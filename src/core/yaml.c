/* SPDX-License-Identifier: ISC */
/* YAML trees: libyaml's events, folded by one recursive function. */
#include "core/yaml.h"
#include "core/buf.h"
#include <yaml.h>

#define MAX_DEPTH 32
#define MAX_FILE ((size_t)64 << 20)

struct reader {
	yaml_parser_t parser;
	const char *name;
	struct np_arena *mem;
	struct np_err *err;
};

static int fail_at(struct np_err *reterr, const char *name, size_t line,
		   size_t column, const char *text)
{
	int code = np_fail(reterr, NP_EINPUT, text, name, line);

	if (reterr)
		reterr->column = (uint32_t)column;
	return code;
}

int np_yaml_fail(const char *name, const struct np_yaml *y,
		 const char *expected, struct np_err *reterr)
{
	return fail_at(reterr, name, y ? y->line : 1, y ? y->column : 1,
		       expected);
}

static int next_event(struct reader *r, yaml_event_t *e)
{
	if (yaml_parser_parse(&r->parser, e))
		return 0;
	if (r->parser.error == YAML_MEMORY_ERROR)
		return np_fail(r->err, NP_ENOMEM, "out of memory", r->name, 0);
	return fail_at(r->err, r->name, r->parser.problem_mark.line + 1,
		       r->parser.problem_mark.column + 1, "this is no YAML");
}

static struct np_yaml *new_node(struct reader *r, const yaml_event_t *e,
				enum np_yaml_kind kind)
{
	struct np_yaml *y = np_zalloc(r->mem, sizeof(*y));

	if (!y)
		return NULL;
	y->kind = kind;
	y->text = "";
	y->line = (uint32_t)(e->start_mark.line + 1);
	y->column = (uint32_t)(e->start_mark.column + 1);
	return y;
}

static int read_node(struct reader *r, yaml_event_t *e, unsigned depth,
		     struct np_yaml **ret);

static bool has_key(const struct np_yaml *map, const struct np_yaml *key)
{
	NP_YAML_EACH(v, map)
	{
		if (v->key->n == key->n &&
		    memcmp(v->key->text, key->text, key->n) == 0)
			return true;
	}
	return false;
}

/* One item of a list, or one pair of a map whose key is in *e. */
static int read_item(struct reader *r, yaml_event_t *e, unsigned depth,
		     struct np_yaml *into, struct np_yaml **ret)
{
	struct np_yaml *key = NULL;
	int rc;

	if (into->kind == NP_YAML_MAP) {
		rc = read_node(r, e, depth, &key);
		if (rc)
			return rc;
		if (key->kind != NP_YAML_TEXT)
			return np_yaml_fail(r->name, key, "expected a key",
					    r->err);
		if (has_key(into, key))
			return np_yaml_fail(r->name, key,
					    "this key stands here twice",
					    r->err);
		yaml_event_delete(e);
		rc = next_event(r, e);
		if (rc)
			return rc;
	}
	rc = read_node(r, e, depth, ret);
	if (rc == 0)
		(*ret)->key = key;
	return rc;
}

static int read_items(struct reader *r, yaml_event_type_t end, unsigned depth,
		      struct np_yaml *into)
{
	const struct np_yaml **tail = &into->first;

	for (;;) {
		yaml_event_t e;
		struct np_yaml *item = NULL;
		int rc = next_event(r, &e);

		if (rc)
			return rc;
		if (e.type == end) {
			yaml_event_delete(&e);
			return 0;
		}
		rc = read_item(r, &e, depth + 1, into, &item);
		yaml_event_delete(&e);
		if (rc)
			return rc;
		*tail = item;
		tail = &item->next;
		into->n++;
	}
}

static int read_text(struct reader *r, const yaml_event_t *e,
		     struct np_yaml **ret)
{
	struct np_yaml *y = new_node(r, e, NP_YAML_TEXT);

	if (!y)
		return np_fail(r->err, NP_ENOMEM, "out of memory", r->name, 0);
	y->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	y->n = e->data.scalar.length;
	y->text = np_copystr(r->mem, e->data.scalar.value, y->n);
	*ret = y;
	if (!y->text)
		return np_fail(r->err, NP_ENOMEM, "out of memory", r->name, 0);
	return 0;
}

static int read_node(struct reader *r, yaml_event_t *e, unsigned depth,
		     struct np_yaml **ret)
{
	yaml_event_type_t end;
	enum np_yaml_kind kind;

	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return read_text(r, e, ret);
	case YAML_SEQUENCE_START_EVENT:
		kind = NP_YAML_LIST;
		end = YAML_SEQUENCE_END_EVENT;
		break;
	case YAML_MAPPING_START_EVENT:
		kind = NP_YAML_MAP;
		end = YAML_MAPPING_END_EVENT;
		break;
	default:
		return fail_at(r->err, r->name, e->start_mark.line + 1,
			       e->start_mark.column + 1,
			       "expected a value, no alias");
	}
	if (depth >= MAX_DEPTH)
		return fail_at(r->err, r->name, e->start_mark.line + 1,
			       e->start_mark.column + 1, "nested too deep");
	*ret = new_node(r, e, kind);
	if (!*ret)
		return np_fail(r->err, NP_ENOMEM, "out of memory", r->name, 0);
	return read_items(r, end, depth, *ret);
}

/* Leaves the first event of the document's content in *e. */
static int skip_starts(struct reader *r, yaml_event_t *e)
{
	for (;;) {
		int rc = next_event(r, e);

		if (rc)
			return rc;
		if (e->type != YAML_STREAM_START_EVENT &&
		    e->type != YAML_DOCUMENT_START_EVENT)
			return 0;
		yaml_event_delete(e);
	}
}

static int read_document(struct reader *r, struct np_yaml **ret)
{
	yaml_event_t e;
	int rc = skip_starts(r, &e);

	if (rc)
		return rc;
	if (e.type == YAML_STREAM_END_EVENT) {
		*ret = new_node(r, &e, NP_YAML_MAP);
		rc = *ret ? 0
			  : np_fail(r->err, NP_ENOMEM, "out of memory", r->name,
				    0);
	} else {
		rc = read_node(r, &e, 0, ret);
	}
	yaml_event_delete(&e);
	return rc;
}

int np_yaml_read(const char *name, const char *text, size_t n,
		 struct np_arena *mem, const struct np_yaml **ret,
		 struct np_err *reterr)
{
	struct reader r = {.name = name, .mem = mem, .err = reterr};
	struct np_yaml *y = NULL;
	int rc;

	if (!yaml_parser_initialize(&r.parser))
		return np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
	rc = read_document(&r, &y);
	yaml_parser_delete(&r.parser);
	*ret = y;
	return rc;
}

int np_yaml_load(const char *path, struct np_arena *mem,
		 const struct np_yaml **ret, struct np_err *reterr)
{
	struct np_buf text = np_buf(MAX_FILE);
	FILE *f = fopen(path, "rbe");
	char chunk[16384];
	size_t n;
	int rc;

	if (!f)
		return np_fail(reterr, NP_EIO, "cannot open", path, 0);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(&text, chunk, n);
	if (ferror(f))
		rc = np_fail(reterr, NP_EIO, "cannot read", path, 0);
	else if (text.failed)
		rc = np_fail(reterr, NP_ELIMIT, "file too big", path, 0);
	else
		rc = np_yaml_read(path, text.p ? text.p : "", text.n, mem, ret,
				  reterr);
	fclose(f);
	np_buf_free(&text);
	return rc;
}

int np_yaml_word(const char *expected, const char *word)
{
	const char *s = strchr(expected, ':');
	size_t n = strlen(word);

	s = s ? s + 2 : expected;
	for (int i = 0;; i++) {
		size_t w = strcspn(s, ",");

		if (w == n && memcmp(s, word, n) == 0)
			return i;
		if (!s[w])
			return -1;
		s += w + 2;
	}
}

const struct np_yaml *np_yaml_stranger(const struct np_yaml *y,
				       const char *expected)
{
	if (y && y->kind != NP_YAML_MAP)
		return y;
	NP_YAML_EACH(v, y)
	{
		if (np_yaml_word(expected, v->key->text) < 0)
			return v->key;
	}
	return NULL;
}

const struct np_yaml *np_yaml_get(const struct np_yaml *y, const char *key)
{
	if (!y || y->kind != NP_YAML_MAP)
		return NULL;
	NP_YAML_EACH(v, y)
	{
		if (strcmp(v->key->text, key) == 0)
			return v;
	}
	return NULL;
}

const char *np_yaml_text(const struct np_yaml *y, const char *key)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	if (!v || v->kind != NP_YAML_TEXT)
		return NULL;
	if (v->plain && (v->n == 0 || strcmp(v->text, "~") == 0 ||
			 strcmp(v->text, "null") == 0))
		return NULL;
	return v->text;
}

bool np_yaml_uint(const struct np_yaml *y, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;

	if (!y || y->kind != NP_YAML_TEXT || y->n == 0)
		return false;
	for (size_t i = 0; i < y->n; i++) {
		unsigned d = (unsigned)(unsigned char)y->text[i] - '0';

		if (d > 9 || v > (UINT64_MAX - d) / 10)
			return false;
		v = v * 10 + d;
	}
	*ret = v;
	return v <= max;
}

bool np_yaml_bool(const struct np_yaml *y, bool *ret)
{
	if (!y || y->kind != NP_YAML_TEXT)
		return false;
	*ret = strcmp(y->text, "yes") == 0 || strcmp(y->text, "true") == 0;
	return *ret || strcmp(y->text, "no") == 0 ||
	       strcmp(y->text, "false") == 0;
}

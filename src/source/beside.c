/* SPDX-License-Identifier: ISC */
#include "source/beside.h"
#include "core/time.h"
#include "core/yaml.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *key;
	size_t at;
} keys[] = {
	{"site", offsetof(struct np_beside, site)},
	{"tap", offsetof(struct np_beside, tap)},
	{"direction", offsetof(struct np_beside, direction)},
	{"taken_by", offsetof(struct np_beside, taken_by)},
	{"legal_basis", offsetof(struct np_beside, legal_basis)},
	{"origin", offsetof(struct np_beside, origin)},
	{"clock_offset", offsetof(struct np_beside, clock_offset)},
	{"method", offsetof(struct np_beside, method)},
	{"taken", offsetof(struct np_beside, taken)},
};

static bool is_way(const char *text)
{
	return text && (strcmp(text, "in") == 0 || strcmp(text, "out") == 0 ||
			strcmp(text, "both") == 0);
}

/* Of what silence is reckoned by, a misspelt word would read as "not recorded".
 * NULL, or what was expected. */
static const char *wrong(const char *key, const char *text)
{
	int32_t day;

	if (strcmp(key, "direction") == 0 && !is_way(text))
		return "expected in, out or both";
	if (strcmp(key, "taken") == 0 && !(text && np_day_read(text, &day)))
		return "expected a date, YYYY-MM-DD";
	return NULL;
}

static int read_text(const char *path, const struct np_yaml *v,
		     struct np_beside *ret, struct np_err *reterr)
{
	const char *text = v->kind == NP_YAML_TEXT ? v->text : NULL;
	const char *expected = v->key ? wrong(v->key->text, text) : NULL;

	if (expected)
		return np_yaml_fail(path, v, expected, reterr);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!v->key || strcmp(keys[i].key, v->key->text) != 0)
			continue;
		memcpy((char *)ret + keys[i].at, &text, sizeof(text));
		return NP_OK;
	}
	return np_yaml_fail(path, v->key ? v->key : v,
			    "expected site, tap, direction, taken_by, "
			    "legal_basis, origin, clock_offset, method, taken "
			    "or drops",
			    reterr);
}

static int read_drops(const char *path, const struct np_yaml *v,
		      struct np_beside *ret, struct np_err *reterr)
{
	uint64_t n;

	if (!np_yaml_uint(v, UINT32_MAX, &n))
		return np_yaml_fail(path, v, "expected a whole number", reterr);
	ret->drops = (int64_t)n;
	return NP_OK;
}

static int read_one(const char *path, struct np_arena *mem,
		    struct np_beside *ret, struct np_err *reterr)
{
	const struct np_yaml *y;

	if (access(path, F_OK) != 0)
		return NP_OK;
	int rc = np_yaml_load(path, mem, &y, reterr);

	if (rc < 0)
		return rc;
	NP_YAML_EACH(v, y)
	{
		bool drops = v->key && strcmp(v->key->text, "drops") == 0;

		rc = drops ? read_drops(path, v, ret, reterr)
			   : read_text(path, v, ret, reterr);
		if (rc < 0)
			return rc;
	}
	return NP_OK;
}

int np_beside_read(const char *source, struct np_arena *mem,
		   struct np_beside *ret, struct np_err *reterr)
{
	char path[4096];
	const char *slash = strrchr(source, '/');
	int dir = slash ? (int)(slash - source) + 1 : 0;
	int rc;

	*ret = (struct np_beside){.drops = -1};
	if (strcmp(source, "-") == 0 ||
	    snprintf(path, sizeof(path), "%.*scapture.yaml", dir, source) >=
		    (int)sizeof(path))
		return NP_OK;
	rc = read_one(path, mem, ret, reterr);
	if (rc < 0 || snprintf(path, sizeof(path), "%s.yaml", source) >=
			      (int)sizeof(path))
		return rc;
	return read_one(path, mem, ret, reterr);
}

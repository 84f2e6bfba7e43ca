/* SPDX-License-Identifier: ISC */
/*
 * A universe as JSON: a list of records, or an object that holds such lists, as
 * NetBox's API gives them ("results") and as its exports do. Records are read
 * one by one, so that a wrong one is told with its place.
 */
#include "silence/inside.h"
#include <cjson/cJSON.h>
#include <stdio.h>

#define TEXT_MAX 255

struct json {
	struct np_universe *u;
	const char *name, *text, *at, *end;
	const char *counted; /* up to here … */
	uint32_t line;	     /* … there are so many lines, from 1 */
	uint32_t records;    /* read */
	const char *line_at;
	struct np_err *err;
};

/* What lies before `at` is counted once: places only grow. */
static int fail(struct json *j, const char *at, int code, const char *text)
{
	for (; j->counted < at && j->counted < j->end; j->counted++) {
		if (*j->counted != '\n')
			continue;
		j->line++;
		j->line_at = j->counted + 1;
	}
	(void)np_fail(j->err, code, text, j->name, j->line);
	if (j->err)
		j->err->column =
			at >= j->line_at ? (uint32_t)(at - j->line_at) + 1 : 1;
	return code;
}

static void space(struct json *j)
{
	while (j->at < j->end && *j->at && strchr(" \t\r\n", *j->at))
		j->at++;
}

static bool next_is(struct json *j, char c)
{
	space(j);
	if (j->at == j->end || *j->at != c)
		return false;
	j->at++;
	return true;
}

/* The value that begins here; the cursor stands behind it. NULL: none. */
static cJSON *value(struct json *j, int *ret_rc)
{
	const char *begun, *end = NULL;
	cJSON *v;

	space(j);
	begun = j->at;
	v = cJSON_ParseWithLengthOpts(begun, (size_t)(j->end - begun), &end,
				      false);
	if (v)
		j->at = end;
	else
		*ret_rc = fail(j, end && end >= begun ? end : begun, NP_EINPUT,
			       "this is no JSON");
	return v;
}

/* "DE-1", or what an object there is called. */
static const char *named(const cJSON *v, char number[static 32])
{
	if (cJSON_IsObject(v)) {
		const cJSON *in = cJSON_GetObjectItemCaseSensitive(v, "name");

		v = in ? in : cJSON_GetObjectItemCaseSensitive(v, "slug");
	}
	if (cJSON_IsNumber(v) && v->valuedouble >= 0 && v->valuedouble < 1e9) {
		(void)snprintf(number, 32, "%.0f", v->valuedouble);
		return number;
	}
	return cJSON_IsString(v) && *v->valuestring ? v->valuestring : NULL;
}

static const char *member(const cJSON *o, const char *key,
			  char number[static 32])
{
	return named(cJSON_GetObjectItemCaseSensitive(o, key), number);
}

/* The site of a prefix or a VLAN: NetBox had it as `site` until 4.1, and has a
 * scope since, which may be a region as well. */
static const char *site_of(const cJSON *o, char number[static 32])
{
	const cJSON *type = cJSON_GetObjectItemCaseSensitive(o, "scope_type");
	const char *s = member(o, "site", number);

	if (s || !cJSON_IsString(type) || !strstr(type->valuestring, "site"))
		return s;
	return member(o, "scope", number);
}

static void cells_of(const cJSON *o, const char *cell[NP_NCELLS],
		     char number[NP_NCELLS][32])
{
	bool exported = cJSON_GetObjectItemCaseSensitive(o, "id");

	memset(cell, 0, NP_NCELLS * sizeof(*cell));
	cell[NP_C_SITE] = site_of(o, number[NP_C_SITE]);
	cell[NP_C_PREFIX] = member(o, "prefix", number[NP_C_PREFIX]);
	cell[NP_C_VLAN] = member(o, "vid", number[NP_C_VLAN]);
	/* An exported prefix's `vlan` is another record. */
	if (!exported && !cell[NP_C_VLAN])
		cell[NP_C_VLAN] = member(o, "vlan", number[NP_C_VLAN]);
	cell[NP_C_SERIAL] = member(o, "serial_from", number[NP_C_SERIAL]);
	if (!cell[NP_C_SERIAL])
		cell[NP_C_SERIAL] = member(o, "serial", number[NP_C_SERIAL]);
	cell[NP_C_SERIAL_TO] = member(o, "serial_to", number[NP_C_SERIAL_TO]);
	if (cell[NP_C_SITE] || cell[NP_C_PREFIX] || cell[NP_C_VLAN] ||
	    cell[NP_C_SERIAL] ||
	    cJSON_GetObjectItemCaseSensitive(o, "device_type"))
		return;
	cell[NP_C_SITE] = member(o, "name", number[NP_C_SITE]);
	cell[NP_C_ALIAS] = member(o, "slug", number[NP_C_ALIAS]);
}

static int record(struct json *j)
{
	char number[NP_NCELLS][32];
	const char *cell[NP_NCELLS], *begun, *wrong;
	unsigned which = 0;
	cJSON *o;
	int rc = NP_OK;

	space(j);
	begun = j->at;
	o = value(j, &rc);
	if (!o)
		return rc;
	if (!cJSON_IsObject(o)) {
		rc = fail(j, begun, NP_EINPUT, "expected a record: { ... }");
	} else {
		cells_of(o, cell, number);
		for (unsigned i = 0; i < NP_NCELLS && !rc; i++)
			if (cell[i] && strlen(cell[i]) > TEXT_MAX)
				rc = fail(j, begun, NP_EINPUT,
					  "expected texts of at most 255 "
					  "octets in this record");
		wrong = rc ? NULL
			   : np_universe_row(j->u, cell, ++j->records, &which,
					     &rc);
		if (wrong)
			(void)fail(j, begun, rc, wrong);
	}
	cJSON_Delete(o);
	return rc;
}

/* Behind "[". */
static int records(struct json *j)
{
	int rc = NP_OK;

	if (next_is(j, ']'))
		return rc;
	do
		rc = record(j);
	while (!rc && next_is(j, ','));
	if (!rc && !next_is(j, ']'))
		rc = fail(j, j->at, NP_EINPUT, "expected , or ]");
	return rc;
}

/* One member of the outer object. */
static int list(struct json *j, bool *ret_any)
{
	int rc = NP_OK;
	const char *begun;
	cJSON *key, *v;
	bool next;

	space(j);
	begun = j->at;
	key = value(j, &rc);
	if (!key)
		return rc;
	next = cJSON_IsString(key) && strcmp(key->valuestring, "next") == 0;
	if (!cJSON_IsString(key))
		rc = fail(j, begun, NP_EINPUT, "expected a name: \"results\"");
	cJSON_Delete(key);
	if (!rc && !next_is(j, ':'))
		rc = fail(j, j->at, NP_EINPUT, "expected :");
	if (!rc && next_is(j, '[')) {
		*ret_any = true;
		return records(j);
	}
	begun = j->at;
	v = rc ? NULL : value(j, &rc);
	if (v && next && !cJSON_IsNull(v))
		rc = fail(j, begun, NP_EINPUT,
			  "expected all pages in one: this is one of several "
			  "(ask for ?limit=0)");
	cJSON_Delete(v);
	return rc;
}

static int lists(struct json *j)
{
	bool any = false;
	int rc = NP_OK;

	if (!next_is(j, '}')) {
		do
			rc = list(j, &any);
		while (!rc && next_is(j, ','));
		if (!rc && !next_is(j, '}'))
			rc = fail(j, j->at, NP_EINPUT, "expected , or }");
	}
	if (!rc && !any)
		rc = fail(j, j->text, NP_EINPUT,
			  "expected a list of records: \"results\": [");
	return rc;
}

int np_universe_json(struct np_universe *u, const char *name, const char *text,
		     size_t n, struct np_err *reterr)
{
	struct json j = {.u = u,
			 .name = name,
			 .text = text,
			 .at = text,
			 .end = text + n,
			 .counted = text,
			 .line = 1,
			 .line_at = text,
			 .err = reterr};
	int rc = next_is(&j, '[') ? records(&j)
		 : next_is(&j, '{')
			 ? lists(&j)
			 : fail(&j, j.at, NP_EINPUT, "expected { or [");

	space(&j);
	if (!rc && j.at != j.end)
		rc = fail(&j, j.at, NP_EINPUT, "expected nothing more");
	return rc;
}

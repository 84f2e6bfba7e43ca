/* SPDX-License-Identifier: ISC */
/*
 * Sites as GeoJSON (RFC 7946): a FeatureCollection of Points, longitude before
 * latitude, WGS84. Features are found here, so that what is wrong can be said
 * with its line; each is then read by itself.
 */
#include "place/inside.h"
#include "place/rows.h"
#include "proto/lib/json.h"
#include <stdio.h>

struct scan {
	struct np_places *p;
	const char *path;
	struct np_err *err;
	const char *s, *end; /* what is left */
	uint64_t line;
	struct np_arena mem; /* of one feature */
};

static int fail(const struct scan *x, uint64_t line, const char *expected)
{
	return np_row_fail(x->path, line, 0, expected, x->err);
}

static void skip_space(struct scan *x)
{
	while (x->s < x->end && strchr(" \t\r\n", *x->s) && *x->s) {
		x->line += *x->s == '\n';
		x->s++;
	}
}

/* A string, from its quote to behind the closing one; false: never closed. */
static bool skip_string(struct scan *x)
{
	for (x->s++; x->s < x->end; x->s++) {
		if (*x->s == '"') {
			x->s++;
			return true;
		}
		if (*x->s == '\\')
			x->s++;
		if (x->s < x->end && *x->s == '\n')
			return false;
	}
	x->s = x->end;
	return false;
}

/* A value of any kind; false: it does not end. */
static bool skip_value(struct scan *x)
{
	size_t depth = 0;

	do {
		skip_space(x);
		if (x->s >= x->end)
			return false;
		if (*x->s == '"') {
			if (!skip_string(x))
				return false;
			continue;
		}
		if (*x->s == '{' || *x->s == '[')
			depth++;
		else if (*x->s == '}' || *x->s == ']') {
			if (!depth--)
				return false;
		} else if (!depth && strchr(",:", *x->s)) {
			return false;
		}
		if (!depth && strchr("}]", *x->s)) {
			x->s++;
			return true;
		}
		if (!depth) { /* a word or a number */
			while (x->s < x->end && !strchr(",]} \t\r\n", *x->s))
				x->s++;
			return true;
		}
		x->s++;
	} while (depth && x->s < x->end);
	return !depth;
}

/* ---- one feature */

/* A member as text: a string, several of them joined, or a number. */
static const char *text_of(struct scan *x, const struct np_json *v)
{
	struct np_buf b = np_buf(65536);
	double number;
	char *ret = NULL;
	struct np_cur c = np_json_text(v, &x->mem);

	if (!c.cut) {
		np_put(&b, c.p, c.left);
	} else if (np_json_number(v, &number)) {
		np_putf(&b, "%.17g", number);
	} else if (!np_json_is_object(v)) {
		for (v = np_json_first(v); v; v = np_json_next(v)) {
			c = np_json_text(v, &x->mem);
			if (!c.cut)
				np_put(&b, c.p, c.left);
			else if (np_json_number(v, &number))
				np_putf(&b, "%.17g", number);
			np_puts(&b, ";");
		}
	}
	if (b.n && !b.failed)
		ret = np_copystr(&x->mem, b.p, b.n);
	np_buf_free(&b);
	return ret ? np_tidy(ret) : NULL;
}

static const char *first_text(struct scan *x, const struct np_json *of,
			      const char *const *names)
{
	for (; *names; names++) {
		const char *s = text_of(x, np_json_member(of, *names));

		if (s)
			return s;
	}
	return NULL;
}

static const char *degrees(struct scan *x, double v)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%.9f", v);
	return np_copystr(&x->mem, text, strlen(text));
}

static int point_of(struct scan *x, const struct np_json *feature,
		    uint64_t line, struct np_site_row *r)
{
	const struct np_json *g = np_json_member(feature, "geometry");
	struct np_cur type = np_json_text(np_json_member(g, "type"), &x->mem);
	const struct np_json *at = np_json_member(g, "coordinates");
	double v[2];
	size_t n = 0;

	if (!np_json_is_object(g)) /* null: RFC 7946, 3.2 */
		return NP_OK;
	if (type.left != 5 || memcmp(type.p, "Point", 5) != 0)
		return fail(x, line, "expected a Point: a site is one place");
	for (at = np_json_first(at); at && n < 2; at = np_json_next(at), n++) {
		if (!np_json_number(at, &v[n]))
			break;
	}
	if (n < 2)
		return fail(x, line,
			    "expected coordinates: [longitude, latitude]");
	if (!(v[0] > -1e6 && v[0] < 1e6 && v[1] > -1e6 && v[1] < 1e6))
		return fail(x, line, "expected coordinates in degrees");
	r->longitude = degrees(x, v[0]);
	r->latitude = degrees(x, v[1]);
	return r->longitude && r->latitude ? NP_OK
					   : np_no_memory(x->path, x->err);
}

static int take_feature(struct scan *x, struct np_cur text, uint64_t line)
{
	static const char *const ids[] = {"site", "id", "code", NULL};
	const struct np_json *f = np_json_open(text);
	const struct np_json *q = np_json_member(f, "properties");
	struct np_site_from from = {.file = x->path, .line = line};
	struct np_site_row r = {0};
	int rc;

	if (!f)
		return fail(x, line, "expected a feature of at most 64 KiB");
	np_arena_reset(&x->mem);
	r.id = first_text(x, q, ids);
	if (!r.id)
		r.id = text_of(x, np_json_member(f, "id"));
	r.name = text_of(x, np_json_member(q, "name"));
	r.country = text_of(x, np_json_member(q, "country"));
	r.region = text_of(x, np_json_member(q, "region"));
	r.names = text_of(x, np_json_member(q, "names"));
	r.prefixes = text_of(x, np_json_member(q, "prefixes"));
	r.cells = text_of(x, np_json_member(q, "cells"));
	rc = point_of(x, f, line, &r);
	np_json_close(f);
	return rc ? rc : np_site_take(x->p, &r, &from, x->err);
}

static int take_features(struct scan *x)
{
	int rc = NP_OK;

	if (x->s >= x->end || *x->s != '[')
		return fail(x, x->line, "expected a list of features");
	x->s++;
	for (skip_space(x); x->s < x->end && *x->s != ']'; skip_space(x)) {
		const char *from = x->s;
		uint64_t line = x->line;

		if (*from != '{' || !skip_value(x))
			return fail(x, line, "expected a feature that ends");
		rc = take_feature(x, np_cur(from, (size_t)(x->s - from)), line);
		if (rc)
			return rc;
		skip_space(x);
		if (x->s < x->end && *x->s == ',')
			x->s++;
		else if (x->s >= x->end || *x->s != ']')
			return fail(x, x->line, "expected , or ]");
	}
	if (x->s >= x->end)
		return fail(x, x->line, "the list of features does not end");
	x->s++;
	return NP_OK;
}

/* ---- all of it */

static bool is(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(s, word, n) == 0;
}

static int take_member(struct scan *x, bool *ret_features)
{
	const char *name = x->s + 1, *from;
	size_t n;

	if (*x->s != '"' || !skip_string(x))
		return fail(x, x->line, "expected a member's name");
	n = (size_t)(x->s - name) - 1;
	skip_space(x);
	if (x->s >= x->end || *x->s++ != ':')
		return fail(x, x->line, "expected :");
	skip_space(x);
	if (is(name, n, "features")) {
		*ret_features = true;
		return take_features(x);
	}
	from = x->s;
	if (!skip_value(x))
		return fail(x, x->line, "expected a value that ends");
	if (is(name, n, "type") &&
	    !is(from, (size_t)(x->s - from), "\"FeatureCollection\""))
		return fail(x, x->line, "expected a FeatureCollection");
	/* RFC 7946, 4: there is no other than WGS84. */
	if (is(name, n, "crs") &&
	    !memmem(from, (size_t)(x->s - from), "CRS84", 5) &&
	    !memmem(from, (size_t)(x->s - from), "4326", 4))
		return fail(x, x->line, "expected WGS84 coordinates: no crs");
	return NP_OK;
}

static int take_collection(struct scan *x)
{
	bool features = false;
	int rc;

	if (x->end - x->s > 3 && memcmp(x->s, "\xef\xbb\xbf", 3) == 0)
		x->s += 3;
	skip_space(x);
	if (x->s >= x->end || *x->s++ != '{')
		return fail(x, x->line, "expected a FeatureCollection");
	for (skip_space(x); x->s < x->end && *x->s != '}'; skip_space(x)) {
		rc = take_member(x, &features);
		if (rc)
			return rc;
		skip_space(x);
		if (x->s < x->end && *x->s == ',')
			x->s++;
		else if (x->s >= x->end || *x->s != '}')
			return fail(x, x->line, "expected , or }");
	}
	if (x->s >= x->end)
		return fail(x, x->line, "the text ends too early");
	return features ? NP_OK
			: fail(x, x->line, "expected a member \"features\"");
}

int np_geojson_read(struct np_places *p, const char *path, const char *text,
		    size_t n, struct np_err *reterr)
{
	struct scan x = {.p = p,
			 .path = path,
			 .err = reterr,
			 .s = text,
			 .end = text + n,
			 .line = 1,
			 .mem = np_arena((size_t)4 << 20)};
	int rc = take_collection(&x);

	np_arena_free(&x.mem);
	return rc;
}

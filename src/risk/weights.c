/* SPDX-License-Identifier: ISC */
/* The user's own weights. */
#include "core/yaml.h"
#include "risk/risk.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const np_risk_terms[] = {
	"cut_point",  "cve_listed", "default_name",  "dependants",   "exposure",
	"fiveg",      "links",	    "neighbour",     "on_every_way", "on_way",
	"restricted", "root",	    "unknown_maker", NULL,
};

static bool is_term(const struct np_risk_know *k, const char *term)
{
	for (size_t i = 0; np_risk_terms[i]; i++)
		if (strcmp(np_risk_terms[i], term) == 0)
			return true;
	for (size_t i = 0; i < k->nids; i++)
		if (strcmp(k->exposure_id[i], term) == 0)
			return true;
	return false;
}

/* "2", "-0.5", "1.25": digits and one point, no more. */
static bool read_number(const struct np_yaml *y, double *ret)
{
	const char *s = y->text;
	size_t digits = 0, points = 0;

	if (y->kind != NP_YAML_TEXT || y->n > 16)
		return false;
	s += *s == '-';
	for (size_t i = 0; s[i]; i++) {
		digits += s[i] >= '0' && s[i] <= '9';
		points += s[i] == '.';
	}
	if (!digits || points > 1 || digits + points != strlen(s))
		return false;
	*ret = strtod(y->text, NULL);
	return isfinite(*ret) && fabs(*ret) <= 1e6;
}

static int read_weights(const char *name, const struct np_yaml *y,
			const struct np_risk_know *k, struct np_weights *ret,
			struct np_err *reterr)
{
	const struct np_yaml *map = np_yaml_get(y, "weights");

	if (!map || map->kind != NP_YAML_MAP || !map->n)
		return np_yaml_fail(
			name, y, "expected weights: terms and numbers", reterr);
	NP_YAML_EACH(x, y)
	{
		if (strcmp(x->key->text, "weights") != 0 &&
		    strcmp(x->key->text, "note") != 0)
			return np_yaml_fail(name, x->key,
					    "expected weights or note", reterr);
	}
	NP_YAML_EACH(x, map)
	{
		if (ret->n == NP_MAX_WEIGHTS)
			return np_yaml_fail(name, x->key,
					    "expected at most 64 terms",
					    reterr);
		struct np_term_weight *w = &ret->v[ret->n++];

		w->term = x->key->text;
		if (!is_term(k, w->term))
			return np_yaml_fail(
				name, x->key,
				"expected a term: dependants, cut_point, "
				"exposure, cve_listed, telnet … (docs/risk.md "
				"has all)",
				reterr);
		if (!read_number(x, &w->value))
			return np_yaml_fail(
				name, x,
				"expected a number between -1000000 "
				"and 1000000, as 2 or 0.5",
				reterr);
	}
	return NP_OK;
}

int np_weights_read(const char *name, const char *text, size_t n,
		    const struct np_risk_know *k, struct np_arena *mem,
		    struct np_weights *ret, struct np_err *reterr)
{
	const struct np_yaml *y;
	int rc = np_yaml_read(name, text, n, mem, &y, reterr);

	ret->n = 0;
	return rc ? rc : read_weights(name, y, k, ret, reterr);
}

int np_weights_open(const char *path, const struct np_risk_know *k,
		    struct np_arena *mem, struct np_weights *ret,
		    struct np_err *reterr)
{
	const struct np_yaml *y;
	int rc = np_yaml_load(path, mem, &y, reterr);

	ret->n = 0;
	return rc ? rc : read_weights(path, y, k, ret, reterr);
}

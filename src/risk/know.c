/* SPDX-License-Identifier: ISC */
/* knowledge/risk.yaml and knowledge/cpe.yaml. */
#include "core/yaml.h"
#include "risk/risk.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const unsigned char np_text_risk[], np_text_cpe[];
extern const size_t np_text_risk_n, np_text_cpe_n;

struct reading {
	const char *name;
	struct np_arena *mem;
	struct np_risk_know *k;
	struct np_err *err;
};

static int wrong(const struct reading *r, const struct np_yaml *y,
		 const char *expected)
{
	return np_yaml_fail(r->name, y, expected, r->err);
}

/* A list of texts, or one text. */
static int read_texts(const struct reading *r, const struct np_yaml *y,
		      const char *expected, const char ***ret, size_t *ret_n)
{
	size_t n = 0;

	if (!y || y->kind != NP_YAML_LIST || !y->n)
		return wrong(r, y, expected);
	*ret = np_alloc(r->mem, y->n * sizeof(**ret));
	if (!*ret)
		return NP_ENOMEM;
	NP_YAML_EACH(x, y)
	{
		if (x->kind != NP_YAML_TEXT || !x->n)
			return wrong(r, x, expected);
		(*ret)[n++] = x->text;
	}
	*ret_n = n;
	return NP_OK;
}

static int known_keys(const struct reading *r, const struct np_yaml *y,
		      const char *expected)
{
	const struct np_yaml *stranger = np_yaml_stranger(y, expected);

	return !y || stranger ? wrong(r, stranger, expected) : NP_OK;
}

static int need(const struct reading *r, const struct np_yaml *y,
		const char *key, const char *expected, const char **ret)
{
	*ret = np_yaml_text(y, key);
	return *ret && **ret ? NP_OK : wrong(r, y, expected);
}

/* ---- risk.yaml */

static int bit_of(const struct reading *r, const struct np_yaml *y,
		  struct np_exposure *x)
{
	struct np_risk_know *k = r->k;
	size_t i = 0;

	while (i < k->nids && strcmp(k->exposure_id[i], x->id) != 0)
		i++;
	if (i == NP_MAX_EXPOSURES)
		return wrong(r, y, "expected at most 16 different ids");
	if (i == k->nids) {
		k->exposure_says[i] = x->says;
		k->exposure_id[k->nids++] = x->id;
	}
	x->bit = (unsigned)i;
	return NP_OK;
}

static int read_exposure(const struct reading *r, const struct np_yaml *y,
			 struct np_exposure *x)
{
	const struct np_yaml *heard = np_yaml_get(y, "heard");
	const char *field = NULL;
	int id, rc = known_keys(r, y,
				"expected one of: id, field, value, says, "
				"heard, source, sure");

	*x = (struct np_exposure){.value = np_yaml_text(y, "value")};
	if (!rc)
		rc = need(r, y, "id", "expected id: a word", &x->id);
	if (!rc)
		rc = need(r, y, "says", "expected says: what it means",
			  &x->says);
	if (!rc)
		rc = need(r, y, "field", "expected field: protocol.field",
			  &field);
	if (rc)
		return rc;
	id = np_field_find(field, strlen(field));
	if (id < 0)
		return wrong(r, np_yaml_get(y, "field"),
			     "expected the name of a field");
	if (heard && !np_yaml_bool(heard, &x->heard))
		return wrong(r, heard, "expected yes or no");
	x->field = (uint16_t)id;
	return bit_of(r, y, x);
}

static int read_exposures(const struct reading *r, const struct np_yaml *y)
{
	struct np_risk_know *k = r->k;

	if (!y || y->kind != NP_YAML_LIST)
		return wrong(r, y, "expected exposure: a list");
	k->exposure = np_alloc(r->mem, y->n * sizeof(*k->exposure) + 1);
	if (!k->exposure)
		return NP_ENOMEM;
	NP_YAML_EACH(x, y)
	{
		int rc = read_exposure(r, x, &k->exposure[k->nexposures++]);

		if (rc)
			return rc;
	}
	return NP_OK;
}

static int read_assets(const struct reading *r, const struct np_yaml *y)
{
	struct np_risk_know *k = r->k;

	if (!y || y->kind != NP_YAML_LIST)
		return wrong(r, y, "expected assets: a list");
	k->asset = np_alloc(r->mem, y->n * sizeof(*k->asset) + 1);
	if (!k->asset)
		return NP_ENOMEM;
	NP_YAML_EACH(x, y)
	{
		struct np_asset *a = &k->asset[k->nassets++];
		int rc = known_keys(r, x,
				    "expected one of: function, class, level, "
				    "source, sure");

		if (!rc)
			rc = need(r, x, "function", "expected function",
				  &a->function);
		if (!rc)
			rc = need(r, x, "class", "expected class", &a->class);
		if (!rc)
			rc = need(r, x, "level", "expected level", &a->level);
		if (!rc)
			rc = need(r, x, "sure", "expected sure", &a->sure);
		if (rc)
			return rc;
	}
	return NP_OK;
}

static int read_words(const struct reading *r, const struct np_yaml *y)
{
	struct np_risk_know *k = r->k;
	struct {
		const char *key;
		const char **to;
	} words[] = {
		{"opening", &k->opening},     {"candidate", &k->candidate},
		{"rests", &k->rests},	      {"listed", &k->listed},
		{"customers", &k->customers},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		int rc = need(r, y, words[i].key,
			      "expected words: opening, candidate, rests, "
			      "listed, customers",
			      words[i].to);

		if (rc)
			return rc;
	}
	if (!strstr(k->candidate, "{n}") || !strstr(k->candidate, "{m}"))
		return wrong(r, np_yaml_get(y, "candidate"),
			     "expected {n} and {m} in it");
	return NP_OK;
}

static int read_risk(const struct reading *r, const struct np_yaml *y)
{
	struct np_risk_know *k = r->k;
	int rc = read_texts(r, np_yaml_get(y, "roots"),
			    "expected roots: a list of functions", &k->root,
			    &k->nroots);

	if (!rc)
		rc = read_exposures(r, np_yaml_get(y, "exposure"));
	if (!rc)
		rc = read_texts(r, np_yaml_get(y, "default_names"),
				"expected default_names: a list of names",
				&k->default_name, &k->ndefault_names);
	if (!rc)
		rc = read_assets(r, np_yaml_get(y, "assets"));
	if (!rc)
		rc = read_texts(r, np_yaml_get(y, "fiveg"),
				"expected fiveg: a list of roles", &k->fiveg,
				&k->nfiveg);
	return rc ? rc : read_words(r, np_yaml_get(y, "words"));
}

/* ---- cpe.yaml */

static int read_vendors(const struct reading *r, const struct np_yaml *y,
			struct np_cpe_rule *x)
{
	static const char expected[] =
		"expected vendor: one name or up to four";

	if (y && y->kind == NP_YAML_TEXT && y->n) {
		x->vendors[x->nvendors++] = y->text;
		return NP_OK;
	}
	if (!y || y->kind != NP_YAML_LIST || !y->n || y->n > 4)
		return wrong(r, y, expected);
	NP_YAML_EACH(v, y)
	{
		if (v->kind != NP_YAML_TEXT || !v->n)
			return wrong(r, v, expected);
		x->vendors[x->nvendors++] = v->text;
	}
	return NP_OK;
}

static int read_product(const struct reading *r, const struct np_yaml *y,
			struct np_cpe_rule *x)
{
	const char *from = np_yaml_text(y, "from");
	int rc = known_keys(r, y,
			    "expected one of: from, suffix, cut, os, "
			    "product");

	x->os = np_yaml_text(y, "os");
	x->product = np_yaml_text(y, "product");
	x->suffix = np_yaml_text(y, "suffix");
	x->cut = np_yaml_text(y, "cut");
	if (rc)
		return rc;
	if (from && strcmp(from, "model") == 0)
		x->from = NP_CPE_MODEL;
	else if (from && strcmp(from, "family") == 0)
		x->from = NP_CPE_FAMILY;
	else if (!from && x->os && x->product)
		x->from = NP_CPE_OS;
	else
		return wrong(r, y,
			     "expected from: model or family, or os and "
			     "product");
	return NP_OK;
}

static int read_maker(const struct reading *r, const struct np_yaml *y)
{
	struct np_risk_know *k = r->k;
	const struct np_yaml *list = np_yaml_get(y, "products");
	struct np_cpe_rule head = {0};
	int rc = known_keys(r, y,
			    "expected one of: maker, vendor, products, source, "
			    "sure");

	if (!rc)
		rc = need(r, y, "maker", "expected maker: a slug", &head.maker);
	if (!rc)
		rc = read_vendors(r, np_yaml_get(y, "vendor"), &head);
	if (!rc && (!list || list->kind != NP_YAML_LIST))
		rc = wrong(r, y, "expected products: a list");
	if (rc)
		return rc;
	NP_YAML_EACH(x, list)
	{
		k->cpe[k->ncpe] = head;
		rc = read_product(r, x, &k->cpe[k->ncpe++]);
		if (rc)
			return rc;
	}
	return NP_OK;
}

static int read_cpe(const struct reading *r, const struct np_yaml *y)
{
	const struct np_yaml *list = np_yaml_get(y, "makers");
	size_t n = 0;

	if (!list || list->kind != NP_YAML_LIST)
		return wrong(r, y, "expected makers: a list");
	NP_YAML_EACH(x, list)
	{
		const struct np_yaml *p = np_yaml_get(x, "products");

		n += p && p->kind == NP_YAML_LIST ? p->n : 0;
	}
	r->k->cpe = np_alloc(r->mem, n * sizeof(*r->k->cpe) + 1);
	if (!r->k->cpe)
		return NP_ENOMEM;
	NP_YAML_EACH(x, list)
	{
		int rc = read_maker(r, x);

		if (rc)
			return rc;
	}
	return NP_OK;
}

/* ---- both */

static int know(struct reading *r, const struct np_yaml *risk,
		const struct np_yaml *cpe, const char *risk_name,
		const char *cpe_name)
{
	r->name = risk_name;
	int rc = read_risk(r, risk);

	r->name = cpe_name;
	return rc ? rc : read_cpe(r, cpe);
}

int np_risk_know_read(const char *risk, size_t risk_n, const char *cpe,
		      size_t cpe_n, struct np_arena *mem,
		      struct np_risk_know *ret, struct np_err *reterr)
{
	struct reading r = {.mem = mem, .k = ret, .err = reterr};
	const struct np_yaml *a = NULL, *b = NULL;
	int rc;

	memset(ret, 0, sizeof(*ret));
	rc = risk ? np_yaml_read("risk.yaml", risk, risk_n, mem, &a, reterr)
		  : np_yaml_read("risk.yaml", (const char *)np_text_risk,
				 np_text_risk_n, mem, &a, reterr);
	if (!rc)
		rc = cpe ? np_yaml_read("cpe.yaml", cpe, cpe_n, mem, &b, reterr)
			 : np_yaml_read("cpe.yaml", (const char *)np_text_cpe,
					np_text_cpe_n, mem, &b, reterr);
	return rc ? rc : know(&r, a, b, "risk.yaml", "cpe.yaml");
}

/* The directory's file, or what is built in. */
static int load(const char *dir, const char *file, const unsigned char *built,
		size_t built_n, struct np_arena *mem, const char **ret_name,
		const struct np_yaml **ret, struct np_err *reterr)
{
	size_t room = dir ? strlen(dir) + strlen(file) + 2 : 0;
	char *path = room ? np_alloc(mem, room) : NULL;

	if (room && !path)
		return NP_ENOMEM;
	if (path)
		(void)snprintf(path, room, "%s/%s", dir, file);
	*ret_name = path && access(path, F_OK) == 0 ? path : file;
	return *ret_name == path ? np_yaml_load(path, mem, ret, reterr)
				 : np_yaml_read(file, (const char *)built,
						built_n, mem, ret, reterr);
}

int np_risk_know(const char *dir, struct np_arena *mem,
		 struct np_risk_know *ret, struct np_err *reterr)
{
	struct reading r = {.mem = mem, .k = ret, .err = reterr};
	const struct np_yaml *a = NULL, *b = NULL;
	const char *a_name, *b_name;
	int rc;

	memset(ret, 0, sizeof(*ret));
	rc = load(dir, "risk.yaml", np_text_risk, np_text_risk_n, mem, &a_name,
		  &a, reterr);
	if (!rc)
		rc = load(dir, "cpe.yaml", np_text_cpe, np_text_cpe_n, mem,
			  &b_name, &b, reterr);
	return rc ? rc : know(&r, a, b, a_name, b_name);
}

bool np_is_fiveg(const struct np_risk_know *k, const char *role)
{
	for (size_t i = 0; i < k->nfiveg; i++)
		if (strcmp(k->fiveg[i], role) == 0)
			return true;
	return false;
}

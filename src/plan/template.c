/* SPDX-License-Identifier: ISC */
/* knowledge/costs.yaml: which costs a party is asked for. */
#include "plan/file.h"
#include <unistd.h>

extern const unsigned char np_text_costs[];
extern const size_t np_text_costs_n;

static unsigned item_of(const char *word)
{
	for (unsigned i = 0; i < NP_C_ITEMS; i++)
		if (strcmp(np_cost_item_name((enum np_cost_item)i), word) == 0)
			return i;
	return NP_C_ITEMS;
}

static int check(const char *name, const struct np_yaml *root,
		 struct np_cost_templates *ret, struct np_err *reterr)
{
	ret->list = np_yaml_get(root, "templates");
	if (!ret->list || ret->list->kind != NP_YAML_LIST)
		return np_yaml_fail(name, root, "expected a list of templates",
				    reterr);
	NP_YAML_EACH(x, ret->list)
	{
		const struct np_yaml *items = np_yaml_get(x, "items");

		if (!np_yaml_text(x, "function") || !items ||
		    !np_yaml_text(x, "source") || !np_yaml_text(x, "sure"))
			return np_yaml_fail(name, x,
					    "expected function, items, source "
					    "and sure",
					    reterr);
		NP_YAML_EACH(i, items)
		{
			if (item_of(i->text) == NP_C_ITEMS)
				return np_yaml_fail(
					name, i,
					"expected one of: equipment, labour, "
					"tower, licence, disposal, double "
					"running",
					reterr);
		}
	}
	return NP_OK;
}

int np_cost_templates_open(const char *dir, struct np_arena *mem,
			   struct np_cost_templates *ret, struct np_err *reterr)
{
	const struct np_yaml *root;
	char path[4096];
	int n = dir ? snprintf(path, sizeof(path), "%s/costs.yaml", dir) : 0;
	bool own = n > 0 && (size_t)n < sizeof(path) && access(path, F_OK) == 0;
	const char *name =
		own ? np_copystr(mem, path, strlen(path)) : "costs.yaml";
	int rc = own && name
			 ? np_yaml_load(name, mem, &root, reterr)
			 : np_yaml_read("costs.yaml",
					(const char *)np_text_costs,
					np_text_costs_n, mem, &root, reterr);

	return rc ? rc : check(name, root, ret, reterr);
}

unsigned np_cost_template(const struct np_cost_templates *t,
			  const char *function)
{
	const struct np_yaml *best = NULL;
	size_t most = 0;
	unsigned bits = 0;

	NP_YAML_EACH(x, t ? t->list : NULL)
	{
		const char *f = np_yaml_text(x, "function");
		size_t n = strlen(f);
		bool fits = strcmp(f, "*") == 0 ||
			    (function && strncmp(f, function, n) == 0 &&
			     (function[n] == '\0' || function[n] == '/'));

		if (fits && (!best || n > most)) {
			best = x;
			most = strcmp(f, "*") == 0 ? 0 : n;
		}
	}
	NP_YAML_EACH(i, np_yaml_get(best, "items"))
	{
		bits |= 1U << item_of(i->text);
	}
	return bits;
}

/* SPDX-License-Identifier: ISC */
/* A plan that was written down (nameplate.plan/1), read back as boxes and
 * days. */
#include "plan/burndown.h"
#include <cjson/cJSON.h>
#include <string.h>

#define PERIODS 60
#define WEIGHT_MOST 1e13 /* a million of them are less than 2^63 */

struct plan {
	struct np_arena *mem;
	struct np_burn_ask *to;
	struct np_burn_box *box;
	int32_t until[PERIODS];
	int waves;
};

static const cJSON *member(const cJSON *o, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(o, name);
}

/* null and what is not there are no day. */
static bool day_of(const cJSON *o, const char *name, int32_t *ret)
{
	const cJSON *x = member(o, name);

	*ret = NP_NODAY;
	return !x || cJSON_IsNull(x) ||
	       (cJSON_IsString(x) && np_day_read(x->valuestring, ret));
}

static bool waves_of(struct plan *p, const cJSON *list)
{
	const cJSON *x;
	int32_t last = p->to->from;

	cJSON_ArrayForEach(x, list)
	{
		if (p->waves == PERIODS ||
		    !day_of(x, "until", &p->until[p->waves]) ||
		    p->until[p->waves] < last)
			return false;
		last = p->until[p->waves++];
	}
	p->to->until = last;
	return p->waves > 0;
}

static int box_of(struct plan *p, const cJSON *x, struct np_burn_box *ret)
{
	const char *id = cJSON_GetStringValue(member(x, "device"));
	const cJSON *weight = member(x, "weight");
	const cJSON *wave = member(x, "removed");

	*ret = (struct np_burn_box){.planned = NP_NODAY, .out = NP_NODAY};
	if (!id || !cJSON_IsNumber(weight) || !(weight->valuedouble >= 0) ||
	    weight->valuedouble > WEIGHT_MOST || !day_of(x, "date", &ret->date))
		return NP_EINPUT;
	ret->weight = (int64_t)weight->valuedouble;
	if (wave && !cJSON_IsNull(wave)) {
		if (!cJSON_IsNumber(wave) || wave->valueint < 1 ||
		    wave->valueint > p->waves)
			return NP_EINPUT;
		ret->planned = p->until[wave->valueint - 1];
	}
	ret->device = np_copystr(p->mem, id, strlen(id));
	return ret->device ? NP_OK : NP_ENOMEM;
}

/* The boxes of "actual" are those of the plan, in the same order. */
static bool actual_of(struct plan *p, const cJSON *actual)
{
	const cJSON *x;
	size_t i = 0;

	if (!actual)
		return true;
	cJSON_ArrayForEach(x, member(actual, "boxes"))
	{
		const char *id = cJSON_GetStringValue(member(x, "device"));

		if (i == p->to->n || !id || strcmp(id, p->box[i].device) != 0 ||
		    !day_of(x, "out", &p->box[i].out))
			return false;
		i++;
	}
	return i == p->to->n && day_of(actual, "as_of", &p->to->as_of);
}

static int boxes_of(struct plan *p, const cJSON *list)
{
	int n = cJSON_GetArraySize(list);
	const cJSON *x;
	int rc = NP_OK;

	if (!cJSON_IsArray(list) || n < 0 || (size_t)n > NP_BURN_BOXES)
		return NP_EINPUT;
	p->box = np_alloc(p->mem, ((size_t)n + 1) * sizeof(*p->box));
	if (!p->box)
		return NP_ENOMEM;
	cJSON_ArrayForEach(x, list)
	{
		rc = box_of(p, x, &p->box[p->to->n]);
		if (rc)
			break;
		p->to->n++;
	}
	p->to->box = p->box;
	return rc;
}

static int read_plan(struct plan *p, const cJSON *root)
{
	const char *schema = cJSON_GetStringValue(member(root, "schema"));
	int rc;

	if (!schema || strcmp(schema, "nameplate.plan/1") != 0 ||
	    !day_of(root, "start", &p->to->from) || p->to->from == NP_NODAY ||
	    !waves_of(p, member(root, "waves")))
		return NP_EINPUT;
	rc = boxes_of(p, member(root, "boxes"));
	if (!rc && !actual_of(p, member(root, "actual")))
		rc = NP_EINPUT;
	return rc;
}

int np_burn_read(const char *json, size_t n, struct np_arena *mem,
		 struct np_burn_ask *ret, struct np_err *reterr)
{
	struct plan p = {.mem = mem, .to = ret};
	cJSON *root = cJSON_ParseWithLength(json, n);
	int rc;

	*ret = (struct np_burn_ask){.as_of = NP_NODAY};
	rc = root ? read_plan(&p, root) : NP_EINPUT;
	cJSON_Delete(root);
	if (rc == NP_EINPUT)
		return np_fail(reterr, rc, "this is no nameplate.plan/1", "",
			       0);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/* plan.yaml: periods and money; what names boxes is build.c's. */
#include "plan/file.h"
#include "core/time.h"
#include <stdlib.h>

static const char keys[] =
	"expected one of: note, start, periods, months, currency, figure, "
	"budget, crews, need, windows, permits, outages, before, weights, "
	"zones, late, lead, overlap, frozen, options, scope, scenarios";

struct reading {
	struct np_plan_file *f;
	struct np_err *err;
};

static int expect(const struct reading *r, const struct np_yaml *y,
		  const char *expected)
{
	return np_yaml_fail(r->f->path, y, expected, r->err);
}

const struct np_yaml *np_plan_key(const struct np_plan_file *f, const char *key)
{
	const struct np_yaml *y = np_yaml_get(f->scenario, key);

	return y ? y : np_yaml_get(f->root, key);
}

static int check_keys(const struct reading *r, const struct np_yaml *y,
		      const char *list)
{
	const struct np_yaml *stranger = np_yaml_stranger(y, list);

	return stranger ? expect(r, stranger, list) : NP_OK;
}

/* ---- periods */

static int32_t add_months(int32_t day, uint32_t months)
{
	char text[16], to[48];
	uint64_t y, m, all;
	int32_t ret = day;

	(void)np_day_text(day, text);
	y = strtoul(text, NULL, 10);
	m = strtoul(text + 5, NULL, 10);
	all = y * 12 + m - 1 + months;
	(void)snprintf(to, sizeof(to), "%04u-%02u-01", (unsigned)(all / 12),
		       (unsigned)(all % 12 + 1));
	return np_day_read(to, &ret) ? ret : day;
}

int32_t np_period_of(const struct np_plan_file *f, int32_t day)
{
	int32_t t = -1;

	while (t < (int32_t)f->periods && f->first_day[t + 1] <= day)
		t++;
	return t;
}

int32_t np_period_in_time(const struct np_plan_file *f, int32_t date)
{
	int32_t t = -1;

	while (t + 1 < (int32_t)f->periods && f->first_day[t + 2] <= date + 1)
		t++;
	return t;
}

static int read_number(const struct reading *r, const char *key,
		       const char *expected, uint64_t least, uint64_t most,
		       uint64_t otherwise, uint64_t *ret)
{
	const struct np_yaml *y = np_plan_key(r->f, key);

	*ret = otherwise;
	if (y && (!np_yaml_uint(y, most, ret) || *ret < least))
		return expect(r, y, expected);
	return NP_OK;
}

static int read_periods(const struct reading *r, int32_t today)
{
	struct np_plan_file *f = r->f;
	const struct np_yaml *y = np_plan_key(f, "start");
	uint64_t n, m;
	int rc = read_number(r, "periods", "expected 1 to 60 periods", 1,
			     NP_PERIODS, 12, &n);

	if (!rc)
		rc = read_number(r, "months", "expected 1 to 12 months", 1, 12,
				 3, &m);
	if (rc)
		return rc;
	f->periods = (uint32_t)n;
	f->months = (uint32_t)m;
	f->start = add_months(today, 1);
	if (y && (y->kind != NP_YAML_TEXT || !np_day_read(y->text, &f->start) ||
		  strcmp(y->text + 8, "01") != 0))
		return expect(r, y,
			      "expected the first day of a month, YYYY-MM-01");
	if (f->start < today)
		return expect(r, y,
			      "expected a first period that is not before the "
			      "day as of which is judged: what has passed "
			      "cannot be planned");
	for (uint32_t t = 0; t <= f->periods; t++)
		f->first_day[t] = add_months(f->start, t * f->months);
	return NP_OK;
}

/* ---- money */

/* "1200.50 EUR", in the plan's currency. */
static int read_amount(const struct reading *r, const struct np_yaml *y,
		       int64_t *ret)
{
	char text[32];
	size_t n = y->kind == NP_YAML_TEXT ? strcspn(y->text, " ") : 0;
	const char *currency = n ? y->text + n + (y->text[n] == ' ') : "";

	if (!n || n >= sizeof(text) || *y->text == '-')
		return expect(r, y,
			      "expected an amount of 0 or more with its "
			      "currency, such as 1200.50 EUR");
	memcpy(text, y->text, n);
	text[n] = '\0';
	if (!np_read_money(text, ret))
		return expect(r, y,
			      "expected an amount with its currency, such as "
			      "1200.50 EUR");
	if (!np_is_currency(currency))
		return expect(r, y,
			      "expected a currency of ISO 4217 behind the "
			      "amount, such as EUR");
	if (r->f->currency[0] && strcmp(currency, r->f->currency) != 0)
		return expect(r, y,
			      "expected one currency in the whole budget: it "
			      "is in two");
	memcpy(r->f->currency, currency, 4);
	return NP_OK;
}

/* "39.5": per cent of what arrives, in thousandths. */
static int read_share(const struct reading *r, const struct np_yaml *y,
		      int64_t *ret)
{
	*ret = 10000;
	if (y && (y->kind != NP_YAML_TEXT || !np_read_money(y->text, ret) ||
		  *ret > 10000))
		return expect(r, y, "expected per cent, 0 to 100, as 39.5");
	return NP_OK;
}

static int read_arrivals(const struct reading *r, const struct np_yaml *b,
			 uint64_t delay, int64_t share)
{
	struct np_plan_file *f = r->f;
	const struct np_yaml *each = np_yaml_get(b, "each");
	const struct np_yaml *list = np_yaml_get(b, "arrives");
	int64_t amount;
	int rc = each ? read_amount(r, each, &amount) : NP_OK;

	f->funded = each || list;
	for (uint32_t t = 0; each && !rc && t < f->periods; t++)
		if (t >= delay)
			f->fund[t] += amount / 10000 * share +
				      amount % 10000 * share / 10000;
	if (list && list->kind != NP_YAML_LIST)
		return expect(r, list,
			      "expected a list: - {date: 2027-01-01, amount: "
			      "1000 EUR}");
	NP_YAML_EACH(x, rc ? NULL : list)
	{
		const struct np_yaml *d = np_yaml_get(x, "date");
		const struct np_yaml *a = np_yaml_get(x, "amount");
		int32_t day, t;

		if (!d || !a || !np_day_read(d->text, &day))
			return expect(r, x, "expected date and amount");
		rc = read_amount(r, a, &amount);
		if (rc)
			return rc;
		t = np_period_of(f, day);
		if (t < 0)
			return expect(r, d,
				      "expected a date that is not before the "
				      "first period");
		if ((uint64_t)t + delay < f->periods)
			f->fund[(uint64_t)t + delay] +=
				amount / 10000 * share +
				amount % 10000 * share / 10000;
	}
	return rc;
}

static int read_budget(const struct reading *r)
{
	static const char list[] = "expected one of: each, arrives, total, "
				   "carry, share, delay";
	struct np_plan_file *f = r->f;
	const struct np_yaml *b = np_plan_key(f, "budget");
	const struct np_yaml *x = np_plan_key(f, "currency");
	uint64_t delay = 0;
	int64_t share;
	int rc;

	f->total = NP_NO_LIMIT;
	f->carry = true;
	if (x && (x->kind != NP_YAML_TEXT || !np_is_currency(x->text)))
		return expect(r, x,
			      "expected a currency of ISO 4217, such as EUR");
	if (x)
		memcpy(f->currency, x->text, 4);
	if (!b)
		return NP_OK;
	rc = check_keys(r, b, list);
	x = np_yaml_get(b, "carry");
	if (!rc && x && !np_yaml_bool(x, &f->carry))
		rc = expect(r, x, "expected yes or no");
	x = np_yaml_get(b, "delay");
	if (!rc && x && !np_yaml_uint(x, NP_PERIODS, &delay))
		rc = expect(r, x, "expected periods, 0 to 60");
	if (!rc)
		rc = read_share(r, np_yaml_get(b, "share"), &share);
	if (!rc)
		rc = read_arrivals(r, b, delay, share);
	x = np_yaml_get(b, "total");
	return rc || !x ? rc : read_amount(r, x, &f->total);
}

/* ---- the rest of it */

static int read_words(const struct reading *r)
{
	static const char *const figures[] = {"low", "expected", "high"};
	struct np_plan_file *f = r->f;
	const struct np_yaml *y = np_plan_key(f, "figure");
	uint64_t n;
	int rc;

	f->figure = 1;
	for (unsigned i = 0; y && i < 3; i++)
		if (strcmp(figures[i], y->text) == 0)
			f->figure = i;
	if (y && strcmp(figures[f->figure], y->text) != 0)
		return expect(r, y, "expected one of: low, expected, high");
	y = np_plan_key(f, "scope");
	if (y && np_yaml_word("expected one of: all, remove", y->text) < 0)
		return expect(r, y, "expected one of: all, remove");
	f->only_remove = y && strcmp(y->text, "remove") == 0;
	rc = read_number(r, "late", "expected 0 to 1000", 0, 1000, 10, &n);
	f->late = (int64_t)n;
	if (!rc)
		rc = read_number(r, "overlap", "expected periods, 0 to 24", 0,
				 24, 0, &n);
	f->overlap = (uint32_t)n;
	if (!rc)
		rc = read_number(r, "zones", "expected a factor, 1 to 1000", 1,
				 1000, 1, &n);
	f->zone = (double)n;
	return rc;
}

static int read_scenario(const struct reading *r, const char *name)
{
	struct np_plan_file *f = r->f;
	const struct np_yaml *all = np_yaml_get(f->root, "scenarios");
	int rc = NP_OK;

	if (all && all->kind != NP_YAML_MAP)
		return expect(r, all, "expected a map of scenarios");
	NP_YAML_EACH(x, all)
	{
		rc = check_keys(r, x, keys);
		if (rc)
			return rc;
	}
	if (!name)
		return NP_OK;
	f->scenario = np_yaml_get(all, name);
	return f->scenario ? NP_OK
			   : np_fail(r->err, NP_EUSAGE,
				     "there is no such scenario in the plan's "
				     "file",
				     name, 0);
}

int np_plan_read(const char *path, const char *scenario, int32_t today,
		 struct np_arena *mem, struct np_plan_file *ret,
		 struct np_err *reterr)
{
	static const char nothing[] = "{}";
	struct reading r = {.f = ret, .err = reterr};
	int rc;

	memset(ret, 0, sizeof(*ret));
	ret->path = path ? path : "(no plan.yaml)";
	rc = path ? np_yaml_load(path, mem, &ret->root, reterr)
		  : np_yaml_read(ret->path, nothing, 2, mem, &ret->root,
				 reterr);
	if (!rc)
		rc = check_keys(&r, ret->root, keys);
	if (!rc)
		rc = read_scenario(&r, scenario);
	if (!rc)
		rc = read_periods(&r, today);
	if (!rc)
		rc = read_budget(&r);
	return rc ? rc : read_words(&r);
}

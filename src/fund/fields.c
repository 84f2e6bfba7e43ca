/* SPDX-License-Identifier: ISC */
/* Fields of each table. Names, addresses and numbers of people have none, and
 * so are never read. */
#include "fund/fund.h"
#include <string.h>

static const struct np_fund_field dossier[] = {
	{"as_of", NP_FF_DAY, false},
	{"operator", NP_FF_TEXT, false},
	{"path", NP_FF_TEXT, false},
	{"devices", NP_FF_NUMBER, false},
	{"subscribers", NP_FF_NUMBER, false},
	{"allocation", NP_FF_MONEY, false},
	{"cause", NP_FF_TEXT, false},
	{NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field device[] = {
	{"id", NP_FF_TEXT, false},	  {"label", NP_FF_TEXT, false},
	{"name", NP_FF_TEXT, false},	  {"serial", NP_FF_TEXT, false},
	{"maker", NP_FF_TEXT, false},	  {"model", NP_FF_TEXT, false},
	{"family", NP_FF_TEXT, false},	  {"version", NP_FF_TEXT, false},
	{"function", NP_FF_TEXT, false},  {"verdict", NP_FF_TEXT, false},
	{"origin", NP_FF_TEXT, false},	  {"site", NP_FF_TEXT, false},
	{"obtained", NP_FF_DAY, false},	  {"covered", NP_FF_TEXT, false},
	{"clause", NP_FF_TEXT, false},	  {"date", NP_FF_DAY, false},
	{"first", NP_FF_DAY, false},	  {"last", NP_FF_DAY, false},
	{"neighbour", NP_FF_FLAG, false}, {"removed", NP_FF_DAY, false},
	{"custody", NP_FF_TEXT, false},	  {NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field site[] = {
	{"id", NP_FF_TEXT, false},	   {"name", NP_FF_TEXT, false},
	{"country", NP_FF_TEXT, false},	   {"region", NP_FF_TEXT, false},
	{"latitude", NP_FF_NUMBER, false}, {"longitude", NP_FF_NUMBER, false},
	{NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field cost[] = {
	{"device", NP_FF_TEXT, false},	 {"site", NP_FF_TEXT, false},
	{"kind", NP_FF_TEXT, true},	 {"low", NP_FF_MONEY, false},
	{"expected", NP_FF_MONEY, true}, {"high", NP_FF_MONEY, false},
	{"currency", NP_FF_TEXT, true},	 {"date", NP_FF_DAY, false},
	{NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field claim[] = {
	{"line", NP_FF_TEXT, false},	 {"kind", NP_FF_TEXT, false},
	{"device", NP_FF_TEXT, true},	 {"serial", NP_FF_TEXT, false},
	{"site", NP_FF_TEXT, false},	 {"obtained", NP_FF_DAY, false},
	{"removed", NP_FF_DAY, false},	 {"replacement", NP_FF_TEXT, false},
	{"invoice", NP_FF_TEXT, true},	 {"quantity", NP_FF_NUMBER, false},
	{"amount", NP_FF_MONEY, true},	 {"currency", NP_FF_TEXT, false},
	{"upgrade", NP_FF_MONEY, false}, {"order", NP_FF_TEXT, false},
	{NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field invoice[] = {
	{"number", NP_FF_TEXT, true},	 {"supplier", NP_FF_TEXT, false},
	{"date", NP_FF_DAY, false},	 {"paid", NP_FF_DAY, false},
	{"what", NP_FF_TEXT, false},	 {"quantity", NP_FF_NUMBER, false},
	{"amount", NP_FF_MONEY, true},	 {"currency", NP_FF_TEXT, false},
	{"upgrade", NP_FF_MONEY, false}, {NULL, NP_FF_TEXT, false},
};

static const struct np_fund_field wave[] = {
	{"wave", NP_FF_TEXT, true},	 {"device", NP_FF_TEXT, false},
	{"site", NP_FF_TEXT, false},	 {"from", NP_FF_DAY, false},
	{"until", NP_FF_DAY, false},	 {"milestone", NP_FF_TEXT, false},
	{"done", NP_FF_DAY, false},	 {"cause", NP_FF_TEXT, false},
	{"evidence", NP_FF_TEXT, false}, {NULL, NP_FF_TEXT, false},
};

static const struct {
	const char *name;
	const struct np_fund_field *fields;
} tables[NP_BK_N] = {
	[NP_BK_DOSSIER] = {"dossier", dossier},
	[NP_BK_DEVICE] = {"device", device},
	[NP_BK_SITE] = {"site", site},
	[NP_BK_COST] = {"cost", cost},
	[NP_BK_CLAIM] = {"claim", claim},
	[NP_BK_INVOICE] = {"invoice", invoice},
	[NP_BK_WAVE] = {"wave", wave},
};

const struct np_fund_field *np_fund_fields(enum np_fund_sheet t)
{
	return tables[t].fields;
}

const char *np_fund_table_name(enum np_fund_sheet t)
{
	return t < NP_BK_N ? tables[t].name : NULL;
}

int np_fund_field(enum np_fund_sheet t, const char *name, size_t n)
{
	const struct np_fund_field *f = tables[t].fields;

	for (int i = 0; f[i].name; i++) {
		if (strlen(f[i].name) == n && memcmp(f[i].name, name, n) == 0)
			return i;
	}
	return -1;
}

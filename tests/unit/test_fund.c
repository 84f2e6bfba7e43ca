/* SPDX-License-Identifier: ISC */
/* Money: running out of memory at every step, and what may not be lost. */
#include "fund/fund.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char claims[] =
	"line,kind,device,site,obtained,removed,replacement,invoice,quantity,"
	"amount,currency\n"
	"1,equipment,U1,S,2019-01-01,2026-01-02,X,I1,1,10.10,USD\n"
	"2,labour,U1,S,2019-01-01,2026-01-02,X,I1,2,4.20,USD\n";
static const char invoices[] = "number,date,paid,quantity,amount,currency\n"
			       "I1,2026-01-01,2026-01-03,3,14.30,USD\n";
static const char form[] =
	"schema: nameplate.template/1\n"
	"id: t\ntitle: T\nsource: me\nsure: primary\n"
	"sheets:\n"
	"- name: S\n  over: claim\n  columns:\n"
	"  - {title: A, value: claim.amount, form: money, total: yes}\n"
	"  - {title: B, value: device.maker & ' ' & site.country}\n"
	"  - {title: C, value: 'sum(claim.amount, claim.device = "
	"device.label)', form: money}\n";

static int book_of(struct np_fund_book *b, struct np_arena *mem)
{
	struct np_fund_value *row;
	struct np_err e = {0};
	int rc = np_sheets_open(b, mem);

	row = rc ? NULL : np_sheets_add(b, NP_BK_DEVICE, 0);
	if (!row)
		return NP_ENOMEM;
	np_sheets_text(row, NP_BK_DEVICE, "label", "U1");
	np_sheets_text(row, NP_BK_DEVICE, "maker", "Huawei");
	np_sheets_text(row, NP_BK_DEVICE, "covered", "yes");
	np_sheets_text(row, NP_BK_DEVICE, "site", "S");
	row = np_sheets_add(b, NP_BK_SITE, 0);
	if (!row)
		return NP_ENOMEM;
	np_sheets_text(row, NP_BK_SITE, "id", "S");
	np_sheets_text(row, NP_BK_SITE, "country", "US");
	rc = np_sheets_parse(b, NP_BK_CLAIM, "c.csv", claims,
			     sizeof(claims) - 1, &e);
	if (!rc)
		rc = np_sheets_parse(b, NP_BK_INVOICE, "i.csv", invoices,
				     sizeof(invoices) - 1, &e);
	return rc ? rc : np_sheets_link(b);
}

/* All of it in so much memory: 0, or NP_ENOMEM and nothing worse. */
static int whole(size_t limit)
{
	struct np_arena mem = np_arena(limit);
	struct np_filled *filled = np_alloc(&mem, sizeof(*filled));
	struct np_template *t = np_alloc(&mem, sizeof(*t));
	struct np_claim_law *l = np_alloc(&mem, sizeof(*l));
	struct np_fund_book b;
	struct np_defects d;
	struct np_err e = {0};
	int rc = filled && t && l ? book_of(&b, &mem) : NP_ENOMEM;

	if (!rc)
		rc = np_claim_law_open(NULL, NULL, &mem, l, &e);
	if (!rc)
		rc = np_claims_lint(&b, l, 20600, 100, &mem, &d);
	if (!rc)
		assert_int_equal(d.n, 0);
	if (!rc)
		rc = np_form_read("t.yaml", form, sizeof(form) - 1, &mem, t,
				  &e);
	if (!rc)
		rc = np_form_fill(t, &b, &mem, filled, &e);
	if (!rc) {
		const struct np_fund_value *c = filled->page[0].cell;

		assert_int_equal(filled->page[0].n, 2);
		assert_true(filled->page[0].total[0] == 14.30);
		assert_string_equal(c[1].text, "Huawei US");
		assert_true(c[2].number == 14.30);
	}
	np_arena_free(&mem);
	return rc;
}

static void memory_runs_out(void **state)
{
	size_t limit = 0;
	int rc;

	(void)state;
	while ((rc = whole(limit)) != 0) {
		assert_true(rc == NP_ENOMEM || rc == NP_ELIMIT);
		limit += limit < 4096 ? 97 : 1021;
		assert_true(limit < (size_t)8 << 20);
	}
}

static void amounts(void **state)
{
	static const char *const good[] = {"0", "1200", "1200.5", "-3.25",
					   "89999999999.99"};
	static const char *const bad[] = {"",	"1,200", "1.234",      "1.",
					  ".5", "1e9",	 "0x10",       "nan",
					  "+5", "5 USD", "90000000000"};
	double v;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(np_fund_amount(good[i], &v));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(np_fund_amount(bad[i], &v));
}

/* Every template that is built in can be filled from nothing. */
static void built_in(void **state)
{
	(void)state;
	for (size_t i = 0; np_form_name(i); i++) {
		struct np_arena mem = np_arena((size_t)16 << 20);
		struct np_filled *filled = np_alloc(&mem, sizeof(*filled));
		struct np_template *t = np_alloc(&mem, sizeof(*t));
		struct np_fund_book b;
		struct np_err e = {0};

		assert_non_null(filled);
		assert_non_null(t);
		assert_int_equal(np_sheets_open(&b, &mem), 0);
		assert_int_equal(np_sheets_link(&b), 0);
		assert_int_equal(
			np_form_open(np_form_name(i), NULL, &mem, t, &e), 0);
		assert_string_equal(t->id, np_form_name(i));
		assert_true(t->nopen > 0);
		assert_int_equal(np_form_fill(t, &b, &mem, filled, &e), 0);
		np_arena_free(&mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_runs_out),
		cmocka_unit_test(amounts),
		cmocka_unit_test(built_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

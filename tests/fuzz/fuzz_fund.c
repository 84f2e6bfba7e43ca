/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a file that `fund` is given: claims, invoices, costs, waves, a
 * template (then filled), an expression, and the knowledge. The first octet
 * chooses.
 */
#include "fund/fund.h"
#include "fuzz.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static const char claims[] =
	"line,kind,device,site,removed,replacement,invoice,quantity,amount,"
	"currency\n1,equipment,U1,S,2026-01-02,X,I1,1,10.50,USD\n"
	"2,labour,U1,S,2026-01-02,X,I1,2,4.50,USD\n";
static const char invoices[] = "number,date,paid,quantity,amount,currency\n"
			       "I1,2026-01-01,2026-01-03,3,15.00,USD\n";

static void book_of(struct np_fund_book *b, struct np_arena *mem)
{
	struct np_fund_value *row;

	MUST(np_sheets_open(b, mem) == 0);
	row = np_sheets_add(b, NP_BK_DEVICE, 0);
	MUST(row);
	np_sheets_text(row, NP_BK_DEVICE, "id", "d-1");
	np_sheets_text(row, NP_BK_DEVICE, "label", "U1");
	np_sheets_text(row, NP_BK_DEVICE, "maker", "Huawei Technologies");
	np_sheets_text(row, NP_BK_DEVICE, "covered", "yes");
	np_sheets_text(row, NP_BK_DEVICE, "obtained", "2019-01-01");
	np_sheets_text(row, NP_BK_DEVICE, "site", "S");
	row = np_sheets_add(b, NP_BK_SITE, 0);
	MUST(row);
	np_sheets_text(row, NP_BK_SITE, "id", "S");
	np_sheets_text(row, NP_BK_SITE, "country", "US");
}

static void lint(struct np_fund_book *b, struct np_arena *mem)
{
	struct np_claim_law l;
	struct np_defects d;
	struct np_err e = {0};

	MUST(np_claim_law_open(NULL, NULL, mem, &l, &e) == 0);
	if (np_claims_lint(b, &l, 20600, 100, mem, &d) != 0)
		return;
	for (size_t i = 0; i < d.n; i++) {
		MUST(d.v[i].rule < NP_CR_N);
		MUST(d.v[i].row < b->t[d.v[i].of].n);
	}
	MUST(d.sound <= d.claimed || d.claimed < 0 || d.sound > 0);
}

static void table(const char *p, size_t n, enum np_fund_sheet is)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_fund_book b;
	struct np_err e = {0};
	int rc;

	book_of(&b, &mem);
	rc = np_sheets_parse(&b, is, "fuzz.csv", p, n, &e);
	MUST(rc == 0 || (e.code == rc && e.text));
	if (!rc && is != NP_BK_CLAIM)
		rc = np_sheets_parse(&b, NP_BK_CLAIM, "c.csv", claims,
				     sizeof(claims) - 1, &e);
	if (!rc && is != NP_BK_INVOICE)
		rc = np_sheets_parse(&b, NP_BK_INVOICE, "i.csv", invoices,
				     sizeof(invoices) - 1, &e);
	if (!rc)
		rc = np_sheets_link(&b);
	if (!rc)
		lint(&b, &mem);
	if (!rc)
		(void)np_sheets_sound(&b, &e);
	np_arena_free(&mem);
}

static void fill(const struct np_template *t, struct np_arena *mem)
{
	struct np_filled *filled = np_alloc(mem, sizeof(*filled));
	struct np_fund_book b;
	struct np_err e = {0};
	int rc;

	book_of(&b, mem);
	MUST(filled);
	MUST(np_sheets_parse(&b, NP_BK_CLAIM, "c.csv", claims,
			     sizeof(claims) - 1, &e) == 0);
	MUST(np_sheets_link(&b) == 0);
	rc = np_form_fill(t, &b, mem, filled, &e);
	MUST(rc == 0 || rc == NP_ENOMEM || e.text);
	for (size_t i = 0; rc == 0 && i < t->npages; i++) {
		const struct np_filled_page *x = &filled->page[i];

		for (size_t k = 0; k < x->n * x->page->ncolumns; k++)
			MUST(x->cell[k].kind != NP_FV_NUMBER ||
			     isfinite(x->cell[k].number));
	}
}

static void template(const char *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_template *t = np_alloc(&mem, sizeof(*t));
	struct np_err e = {0};
	int rc;

	MUST(t);
	rc = np_form_read("fuzz.yaml", p, n, &mem, t, &e);
	MUST(rc == 0 || rc == NP_ENOMEM || (rc == e.code && e.text));
	if (!rc)
		fill(t, &mem);
	np_arena_free(&mem);
}

static void expression(const char *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	char *text = np_copystr(&mem, p, n);
	struct np_yaml y = {.kind = NP_YAML_TEXT,
			    .plain = true,
			    .line = 1,
			    .column = 1,
			    .text = text,
			    .n = n};
	struct np_expression *x;
	struct np_fund_value v;
	struct np_fund_book b;
	struct np_err e = {0};

	MUST(text);
	book_of(&b, &mem);
	MUST(np_sheets_link(&b) == 0);
	if (np_expression_read("fuzz", &y, &mem, &x, &e) == 0) {
		struct np_fund_scope s = np_fund_scope(&b, &mem);
		int rc;

		np_fund_stand(&s, NP_BK_DEVICE, 0);
		rc = np_expression_value(x, &s, &v, &e);
		MUST(rc == 0 || e.text || rc == NP_ENOMEM);
		MUST(rc != 0 || v.kind != NP_FV_TEXT || v.text);
	} else {
		MUST(e.text);
	}
	np_arena_free(&mem);
}

static void know(const char *p, size_t n, bool claim)
{
	struct np_arena mem = np_arena((size_t)16 << 20);
	struct np_claim_law l;
	struct np_programmes all;
	struct np_err e = {0};
	int rc = claim ? np_claim_law_read("fuzz", p, n, NULL, &mem, &l, &e)
		       : np_programmes_read("fuzz", p, n, &mem, &all, &e);

	MUST(rc == 0 || rc == NP_ENOMEM || e.text);
	np_arena_free(&mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char *s = (const char *)p + 1;

	if (!n)
		return 0;
	switch (p[0] & 7) {
	case 0:
	case 1:
	case 2:
	case 3:
		table(s, n - 1, (enum np_fund_sheet)(NP_BK_COST + (p[0] & 3)));
		break;
	case 4:
		template(s, n - 1);
		break;
	case 5:
		expression(s, n - 1);
		break;
	default:
		know(s, n - 1, p[0] & 1);
	}
	return 0;
}

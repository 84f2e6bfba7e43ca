/* SPDX-License-Identifier: ISC */
/*
 * What an administrator would send back. Each row is looked at by itself first,
 * then beside the others: of one invoice, of one box, in total. A row that
 * cannot be joined is told so once; what hangs on the missing link is not told
 * besides.
 */
#include "fund/fund.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAKERS 64

struct linting {
	const struct np_fund_book *b;
	const struct np_claim_law *l;
	struct np_arena *mem;
	struct np_defects *d;
	int32_t as_of;
	char *bad;	     /* by claim: it has a defect */
	const char **labels; /* of boxes in scope, sorted */
	size_t nlabels;
	const char *makers[MAKERS]; /* of boxes in scope */
	size_t nmakers;
	int rc;
};

static void defect(struct linting *k, enum np_claim_rule rule,
		   enum np_fund_sheet of, uint32_t row, const char *found)
{
	struct np_defects *d = k->d;

	if (k->l->without[rule])
		return;
	if (of == NP_BK_CLAIM)
		k->bad[row] = 1;
	if (!k->rc && d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 64;
		struct np_defect *v = np_alloc(k->mem, cap * sizeof(*v));

		if (!v) {
			k->rc = NP_ENOMEM;
			return;
		}
		if (d->n)
			memcpy(v, d->v, d->n * sizeof(*v));
		d->v = v;
		d->cap = cap;
	}
	if (!k->rc)
		d->v[d->n++] = (struct np_defect){rule, of, row, found};
}

static void of_claim(struct linting *k, enum np_claim_rule rule, uint32_t row,
		     const char *found)
{
	defect(k, rule, NP_BK_CLAIM, row, found);
}

static const struct np_fund_value *claim(const struct linting *k, uint32_t row,
					 const char *field)
{
	return np_sheets_cell(k->b, NP_BK_CLAIM, row, field);
}

static bool stated(const struct np_fund_value *v)
{
	return v->kind != NP_FV_NONE;
}

static int32_t day_of(const struct np_fund_value *v)
{
	int32_t day = NP_NODAY;

	if (v->kind == NP_FV_TEXT)
		(void)np_day_read(v->text, &day);
	return day;
}

static uint32_t link_of(const struct linting *k, uint32_t row,
			enum np_fund_sheet to)
{
	return k->b->t[NP_BK_CLAIM].link[to][row];
}

static bool among(const char *word, const char *const *list)
{
	for (; word && *list; list++) {
		if (strcasecmp(word, *list) == 0)
			return true;
	}
	return false;
}

static int64_t cents(const struct np_fund_value *v)
{
	return v->kind == NP_FV_NUMBER ? llround(v->number * 100) : 0;
}

/* ---- one row by itself */

static void lint_device(struct linting *k, uint32_t row)
{
	const char *named = np_sheets_says(k->b, NP_BK_CLAIM, row, "device");
	const char *serial = np_sheets_says(k->b, NP_BK_CLAIM, row, "serial");
	uint32_t device = link_of(k, row, NP_BK_DEVICE);
	const char *covered, *own;

	if (!named && !serial) {
		of_claim(k, NP_CR_device_missing, row, NULL);
		return;
	}
	if (device == NP_NO_ROW) {
		of_claim(k, NP_CR_device_unknown, row, named ? named : serial);
		return;
	}
	covered = np_sheets_says(k->b, NP_BK_DEVICE, device, "covered");
	if (covered && strcmp(covered, "open") == 0)
		of_claim(k, NP_CR_device_open, row, named);
	else if (!covered || strcmp(covered, "yes") != 0)
		of_claim(k, NP_CR_device_not_covered, row, named);
	own = np_sheets_says(k->b, NP_BK_DEVICE, device, "serial");
	if (serial && own && strcasecmp(serial, own) != 0)
		of_claim(k, NP_CR_serial_differs, row, serial);
}

static void lint_site(struct linting *k, uint32_t row)
{
	const char *named = np_sheets_says(k->b, NP_BK_CLAIM, row, "site");
	uint32_t device = link_of(k, row, NP_BK_DEVICE);
	uint32_t site = link_of(k, row, NP_BK_SITE);
	const char *at =
		device == NP_NO_ROW
			? NULL
			: np_sheets_says(k->b, NP_BK_DEVICE, device, "site");
	const char *country;

	if (!named) {
		of_claim(k, NP_CR_site_missing, row, NULL);
		return;
	}
	if (site == NP_NO_ROW) {
		of_claim(k, NP_CR_site_unknown, row, named);
		return;
	}
	country = np_sheets_says(k->b, NP_BK_SITE, site, "country");
	if (country && k->l->country && strcasecmp(country, k->l->country) != 0)
		of_claim(k, NP_CR_site_elsewhere, row, country);
	if (at && strcasecmp(at, named) != 0)
		of_claim(k, NP_CR_site_differs, row, at);
}

static void lint_removal(struct linting *k, uint32_t row)
{
	const struct np_fund_value *v = claim(k, row, "removed");
	uint32_t device = link_of(k, row, NP_BK_DEVICE);
	const char *last =
		device == NP_NO_ROW
			? NULL
			: np_sheets_says(k->b, NP_BK_DEVICE, device, "last");

	const char *kept =
		device == NP_NO_ROW
			? NULL
			: np_sheets_says(k->b, NP_BK_DEVICE, device, "removed");
	const char *text = v->kind == NP_FV_TEXT ? v->text : kept;
	int32_t day = NP_NODAY;

	if (v->kind == NP_FV_BAD)
		of_claim(k, NP_CR_removal_unreadable, row, v->text);
	else if (!text || !np_day_read(text, &day))
		of_claim(k, NP_CR_removal_missing, row, NULL);
	else if (day > k->as_of)
		of_claim(k, NP_CR_removal_future, row, text);
	else if (last && strcmp(last, text) > 0)
		of_claim(k, NP_CR_removal_heard, row, last);
	if (kept && v->kind == NP_FV_TEXT && strcmp(kept, v->text) != 0)
		of_claim(k, NP_CR_removal_differs, row, kept);
}

static int label_order(const void *p, const void *q)
{
	const char *const *x = p, *const *y = q;

	return strcasecmp(*x, *y);
}

/* Who makes what is in scope, and what those boxes are called. */
static int gather_covered(struct linting *k)
{
	const struct np_fund_table *t = &k->b->t[NP_BK_DEVICE];

	k->labels = np_alloc(k->mem, t->n * sizeof(*k->labels) + 1);
	if (!k->labels)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < t->n; i++) {
		const char *covered =
			np_sheets_says(k->b, NP_BK_DEVICE, i, "covered");
		const char *maker =
			np_sheets_says(k->b, NP_BK_DEVICE, i, "maker");
		const char *label =
			np_sheets_says(k->b, NP_BK_DEVICE, i, "label");
		size_t m = 0;

		if (!covered || strcmp(covered, "yes") != 0)
			continue;
		if (label)
			k->labels[k->nlabels++] = label;
		while (maker && m < k->nmakers &&
		       strcmp(k->makers[m], maker) != 0)
			m++;
		if (maker && m == k->nmakers && m < MAKERS)
			k->makers[k->nmakers++] = maker;
	}
	if (k->nlabels)
		qsort(k->labels, k->nlabels, sizeof(*k->labels), label_order);
	return NP_OK;
}

/* Is it of a maker that is in scope: a box of the dossier, or a text that names
 * the maker of one? */
static bool replaced_by_covered(const struct linting *k, const char *text)
{
	if (bsearch(&text, k->labels, k->nlabels, sizeof(*k->labels),
		    label_order))
		return true;
	for (size_t m = 0; m < k->nmakers; m++) {
		size_t word = strcspn(k->makers[m], " ");

		for (const char *s = text; *s; s++) {
			if (strncasecmp(s, k->makers[m], word) == 0)
				return true;
		}
	}
	return false;
}

static void lint_order(struct linting *k, uint32_t row)
{
	if (!np_sheets_says(k->b, NP_BK_CLAIM, row, "order"))
		of_claim(k, NP_CR_order_missing, row, NULL);
}

static void lint_replacement(struct linting *k, uint32_t row)
{
	const char *text =
		np_sheets_says(k->b, NP_BK_CLAIM, row, "replacement");

	if (!text)
		of_claim(k, NP_CR_replacement_missing, row, NULL);
	else if (replaced_by_covered(k, text))
		of_claim(k, NP_CR_replacement_covered, row, text);
}

static void lint_obtained(struct linting *k, uint32_t row)
{
	const struct np_fund_value *v = claim(k, row, "obtained");
	uint32_t device = link_of(k, row, NP_BK_DEVICE);
	const char *own = device == NP_NO_ROW
				  ? NULL
				  : np_sheets_says(k->b, NP_BK_DEVICE, device,
						   "obtained");
	const char *text = v->kind == NP_FV_TEXT ? v->text : own;
	int32_t day = NP_NODAY, removed = day_of(claim(k, row, "removed"));

	if (v->kind == NP_FV_BAD) {
		of_claim(k, NP_CR_obtained_unreadable, row, v->text);
		return;
	}
	if (!text || !np_day_read(text, &day)) {
		of_claim(k, NP_CR_obtained_missing, row, NULL);
		return;
	}
	if (stated(v) && own && strcmp(own, v->text) != 0)
		of_claim(k, NP_CR_obtained_differs, row, own);
	if (k->l->obtained_by != NP_NODAY && day > k->l->obtained_by)
		of_claim(k, NP_CR_obtained_late, row, text);
	if (removed != NP_NODAY && day > removed)
		of_claim(k, NP_CR_obtained_after_removal, row, text);
}

static void lint_amount(struct linting *k, uint32_t row)
{
	const struct np_fund_value *v = claim(k, row, "amount");
	const struct np_fund_value *q = claim(k, row, "quantity");
	const struct np_fund_value *up = claim(k, row, "upgrade");
	const char *kind = np_sheets_says(k->b, NP_BK_CLAIM, row, "kind");

	if (v->kind != NP_FV_NUMBER)
		of_claim(k, NP_CR_amount_missing, row, v->text);
	else if (v->number <= 0)
		of_claim(k, NP_CR_amount_negative, row, NULL);
	if (q->kind != NP_FV_NUMBER || q->number <= 0)
		of_claim(k, NP_CR_quantity_missing, row, q->text);
	else if (among(kind, k->l->unit_kind) && q->number != 1)
		of_claim(k, NP_CR_quantity_differs, row, NULL);
	if (up->kind == NP_FV_BAD || (stated(up) && up->number != 0))
		of_claim(k, NP_CR_upgrade_claimed, row, up->text);
}

static void lint_invoice(struct linting *k, uint32_t row)
{
	const char *named = np_sheets_says(k->b, NP_BK_CLAIM, row, "invoice");
	const char *money = np_sheets_says(k->b, NP_BK_CLAIM, row, "currency");
	uint32_t invoice = link_of(k, row, NP_BK_INVOICE);
	const char *other;

	if (!money || strcasecmp(money, k->d->currency) != 0)
		of_claim(k, NP_CR_currency_unknown, row, money);
	if (!named) {
		of_claim(k, NP_CR_invoice_missing, row, NULL);
		return;
	}
	if (invoice == NP_NO_ROW) {
		of_claim(k, NP_CR_invoice_unknown, row, named);
		return;
	}
	other = np_sheets_says(k->b, NP_BK_INVOICE, invoice, "currency");
	if (money && other && strcasecmp(money, other) != 0)
		of_claim(k, NP_CR_currency_differs, row, other);
}

static void lint_row(struct linting *k, uint32_t row)
{
	const char *kind = np_sheets_says(k->b, NP_BK_CLAIM, row, "kind");

	if (!np_sheets_says(k->b, NP_BK_CLAIM, row, "line"))
		of_claim(k, NP_CR_line_missing, row, NULL);
	if (!among(kind, k->l->kind))
		of_claim(k, NP_CR_kind_unknown, row, kind);
	lint_device(k, row);
	lint_site(k, row);
	lint_removal(k, row);
	lint_order(k, row);
	lint_replacement(k, row);
	lint_obtained(k, row);
	lint_invoice(k, row);
	lint_amount(k, row);
}

/* ---- rows beside each other */

struct keyed {
	const struct linting *k;
	const char *a, *b;
	int64_t n;
	uint32_t row, device;
};

static int text_order(const char *x, const char *y)
{
	if (!x || !y)
		return !x - !y;
	return strcasecmp(x, y);
}

static int keyed_order(const void *p, const void *q)
{
	const struct keyed *x = p, *y = q;
	int c = text_order(x->a, y->a);

	if (!c)
		c = text_order(x->b, y->b);
	if (!c && x->device != y->device)
		c = x->device < y->device ? -1 : 1;
	if (!c && x->n != y->n)
		c = x->n < y->n ? -1 : 1;
	return c ? c : x->row < y->row ? -1 : x->row > y->row;
}

/* Each but the first of those that are alike. */
static void repeated(struct linting *k, struct keyed *v, size_t n,
		     enum np_claim_rule rule, enum np_fund_sheet of)
{
	if (n)
		qsort(v, n, sizeof(*v), keyed_order);
	for (size_t i = 1; i < n; i++) {
		if (text_order(v[i - 1].a, v[i].a) == 0 &&
		    text_order(v[i - 1].b, v[i].b) == 0 &&
		    v[i - 1].device == v[i].device && v[i - 1].n == v[i].n)
			defect(k, rule, of, v[i].row, v[i].a);
	}
}

static void lint_twice(struct linting *k, struct keyed *v)
{
	size_t n = k->b->t[NP_BK_CLAIM].n, m = 0;

	for (uint32_t i = 0; i < n; i++) {
		const char *line = np_sheets_says(k->b, NP_BK_CLAIM, i, "line");

		if (line)
			v[m++] = (struct keyed){.a = line, .row = i};
	}
	repeated(k, v, m, NP_CR_line_twice, NP_BK_CLAIM);
	m = 0;
	for (uint32_t i = 0; i < n; i++) {
		const char *kind = np_sheets_says(k->b, NP_BK_CLAIM, i, "kind");
		uint32_t device = link_of(k, i, NP_BK_DEVICE);

		if (device != NP_NO_ROW && among(kind, k->l->unit_kind))
			v[m++] = (struct keyed){
				.a = kind, .row = i, .device = device};
	}
	repeated(k, v, m, NP_CR_device_twice, NP_BK_CLAIM);
	m = 0;
	for (uint32_t i = 0; i < n; i++) {
		const char *bill =
			np_sheets_says(k->b, NP_BK_CLAIM, i, "invoice");
		uint32_t device = link_of(k, i, NP_BK_DEVICE);

		if (device != NP_NO_ROW && bill)
			v[m++] = (struct keyed){
				.a = bill,
				.row = i,
				.device = device,
				.n = cents(claim(k, i, "amount"))};
	}
	repeated(k, v, m, NP_CR_claimed_twice, NP_BK_CLAIM);
}

struct running {
	int64_t amount;
	double quantity;
};

/* Told of the row with which an invoice is exceeded. */
static void lint_sums(struct linting *k, struct running *v)
{
	for (uint32_t i = 0; i < k->b->t[NP_BK_CLAIM].n; i++) {
		uint32_t bill = link_of(k, i, NP_BK_INVOICE);
		const struct np_fund_value *q, *up, *most, *count;
		int64_t before;

		if (bill == NP_NO_ROW)
			continue;
		q = claim(k, i, "quantity");
		most = np_sheets_cell(k->b, NP_BK_INVOICE, bill, "amount");
		up = np_sheets_cell(k->b, NP_BK_INVOICE, bill, "upgrade");
		count = np_sheets_cell(k->b, NP_BK_INVOICE, bill, "quantity");
		before = v[bill].amount;
		v[bill].amount += cents(claim(k, i, "amount"));
		v[bill].quantity += q->kind == NP_FV_NUMBER ? q->number : 0;
		if (most->kind == NP_FV_NUMBER && v[bill].amount > cents(most))
			of_claim(k, NP_CR_amount_exceeds, i, NULL);
		else if (most->kind == NP_FV_NUMBER &&
			 v[bill].amount > before &&
			 v[bill].amount > cents(most) - cents(up))
			of_claim(k, NP_CR_upgrade_invoiced, i, NULL);
		if (count->kind == NP_FV_NUMBER &&
		    v[bill].quantity > count->number)
			of_claim(k, NP_CR_quantity_exceeds, i, NULL);
	}
}

static void lint_bills(struct linting *k, struct keyed *v)
{
	size_t n = k->b->t[NP_BK_INVOICE].n, m = 0;

	for (uint32_t i = 0; i < n; i++) {
		const char *number =
			np_sheets_says(k->b, NP_BK_INVOICE, i, "number");
		const struct np_fund_value *date, *paid, *sum;

		date = np_sheets_cell(k->b, NP_BK_INVOICE, i, "date");
		paid = np_sheets_cell(k->b, NP_BK_INVOICE, i, "paid");
		sum = np_sheets_cell(k->b, NP_BK_INVOICE, i, "amount");
		if (!number)
			defect(k, NP_CR_bill_number, NP_BK_INVOICE, i, NULL);
		else
			v[m++] = (struct keyed){.a = number, .row = i};
		if (date->kind != NP_FV_TEXT)
			defect(k, NP_CR_bill_date, NP_BK_INVOICE, i,
			       date->text);
		else if (day_of(date) > k->as_of)
			defect(k, NP_CR_bill_future, NP_BK_INVOICE, i,
			       date->text);
		if (sum->kind != NP_FV_NUMBER || sum->number <= 0)
			defect(k, NP_CR_bill_amount, NP_BK_INVOICE, i,
			       sum->text);
		if (paid->kind != NP_FV_TEXT || day_of(paid) > k->as_of)
			defect(k, NP_CR_bill_unpaid, NP_BK_INVOICE, i,
			       paid->text);
	}
	repeated(k, v, m, NP_CR_bill_twice, NP_BK_INVOICE);
	m = 0;
	for (uint32_t i = 0; i < n; i++) {
		const char *by =
			np_sheets_says(k->b, NP_BK_INVOICE, i, "supplier");
		const char *date =
			np_sheets_says(k->b, NP_BK_INVOICE, i, "date");
		int64_t sum =
			cents(np_sheets_cell(k->b, NP_BK_INVOICE, i, "amount"));

		if (by && date && sum)
			v[m++] = (struct keyed){
				.a = by, .b = date, .n = sum, .row = i};
	}
	repeated(k, v, m, NP_CR_bill_copied, NP_BK_INVOICE);
}

static void lint_allocation(struct linting *k, double allocation)
{
	int64_t most = llround(allocation * 100), sum = 0;

	for (uint32_t i = 0; i < k->b->t[NP_BK_CLAIM].n; i++) {
		sum += cents(claim(k, i, "amount"));
		if (sum > most)
			of_claim(k, NP_CR_allocation_exceeded, i, NULL);
	}
}

static int defect_order(const void *p, const void *q)
{
	const struct np_defect *x = p, *y = q;

	if (x->of != y->of)
		return x->of < y->of ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (int)x->rule - (int)y->rule;
}

/* The scheme's; else that of the first row which states one. */
static const char *currency_of(const struct np_fund_book *b,
			       const struct np_claim_law *l)
{
	const char *money = l->currency;

	for (uint32_t i = 0; !money && i < b->t[NP_BK_CLAIM].n; i++)
		money = np_sheets_says(b, NP_BK_CLAIM, i, "currency");
	return money;
}

int np_claims_lint(const struct np_fund_book *b, const struct np_claim_law *l,
		   int32_t as_of, double allocation, struct np_arena *mem,
		   struct np_defects *ret)
{
	size_t n = b->t[NP_BK_CLAIM].n, m = b->t[NP_BK_INVOICE].n;
	struct keyed *v = np_alloc(mem, (n > m ? n : m) * sizeof(*v) + 1);
	struct running *sums = np_zalloc(mem, m * sizeof(*sums) + 1);
	struct linting k = {.b = b, .l = l, .mem = mem, .d = ret};
	int64_t all = 0, sound = 0;

	*ret = (struct np_defects){.currency = currency_of(b, l)};
	k.as_of = as_of;
	k.bad = np_zalloc(mem, n + 1);
	if (!v || !sums || !k.bad || gather_covered(&k) != NP_OK)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		lint_row(&k, i);
	lint_twice(&k, v);
	lint_sums(&k, sums);
	lint_bills(&k, v);
	if (allocation >= 0)
		lint_allocation(&k, allocation);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), defect_order);
	for (uint32_t i = 0; i < n; i++) {
		all += cents(claim(&k, i, "amount"));
		sound += k.bad[i] ? 0 : cents(claim(&k, i, "amount"));
	}
	ret->claimed = (double)all / 100;
	ret->sound = (double)sound / 100;
	return k.rc;
}

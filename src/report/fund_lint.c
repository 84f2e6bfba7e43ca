/* SPDX-License-Identifier: ISC */
/* What would come back, row by row, for a person and as JSON
 * (nameplate.lint/1).
 */
#include "report/fund.h"
#include "report/member.h"
#include "report/page.h"

static void put(struct np_buf *b, const char *s)
{
	np_putterm(b, s, strlen(s));
}

/* "claims.csv:3  line 2, U02, obtained-late: …" */
static void one(const struct np_lint_page *p, const struct np_defect *d,
		struct np_buf *b)
{
	const struct np_fund_table *t = &p->book->t[d->of];
	const char *first =
		np_sheets_says(p->book, d->of, d->row,
			       d->of == NP_BK_CLAIM ? "line" : "number");
	const char *device =
		d->of == NP_BK_CLAIM
			? np_sheets_says(p->book, d->of, d->row, "device")
			: NULL;

	put(b, t->file ? t->file : "-");
	np_putf(b, ":%llu: ", (unsigned long long)t->line[d->row]);
	if (first) {
		np_puts(b, d->of == NP_BK_CLAIM ? "line " : "invoice ");
		put(b, first);
		np_puts(b, device ? ", " : ": ");
	}
	if (device) {
		put(b, device);
		np_puts(b, ": ");
	}
	np_putf(b, "%s: %s", p->law->rule[d->rule], p->law->says[d->rule]);
	if (d->found) {
		np_puts(b, " (");
		put(b, d->found);
		np_putc(b, ')');
	}
	np_putf(b, "\n  mend: %s\n", p->law->mend[d->rule]);
}

static size_t rows_sent_back(const struct np_defects *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (!i || d->v[i].of != d->v[i - 1].of ||
		    d->v[i].row != d->v[i - 1].row)
			n++;
	}
	return n;
}

int np_write_lint(const struct np_lint_page *p, const struct np_fund_look *look,
		  FILE *to)
{
	struct np_buf b = np_buf((size_t)1 << 30);
	const struct np_defects *d = p->defects;
	char day[16];
	int rc;

	(void)look;
	np_putf(&b, "%s\n", p->law->title);
	np_putf(&b, "%s\n", p->law->opening);
	for (size_t i = 0; i < d->n; i++)
		one(p, &d->v[i], &b);
	if (!d->n)
		np_putf(&b, "%s\n", p->law->none);
	np_put_many(&b, p->book->t[NP_BK_CLAIM].n, "claim row", "claim rows");
	np_puts(&b, ", ");
	np_put_many(&b, p->book->t[NP_BK_INVOICE].n, "invoice", "invoices");
	np_puts(&b, ", ");
	np_put_many(&b, d->n, "defect", "defects");
	np_puts(&b, " in ");
	np_put_many(&b, rows_sent_back(d), "row", "rows");
	np_putf(&b, ", as of %s\n", np_day_text(p->as_of, day));
	np_putf(&b, "claimed %.2f %s, in rows without a defect %.2f",
		d->claimed, d->currency ? d->currency : "(no currency)",
		d->sound);
	if (p->allocation >= 0)
		np_putf(&b, ", allocation %.2f", p->allocation);
	np_putc(&b, '\n');
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

static void one_json(const struct np_lint_page *p, const struct np_defect *d,
		     struct np_buf *b)
{
	const struct np_fund_table *t = &p->book->t[d->of];
	bool claim = d->of == NP_BK_CLAIM;

	np_puts(b, "{\"rule\":");
	np_putjsons(b, p->law->rule[d->rule]);
	np_member(b, "of", claim ? "claim" : "invoice");
	np_member(b, "file", t->file);
	np_putf(b, ",\"row\":%llu", (unsigned long long)t->line[d->row]);
	np_member(b, "line",
		  claim ? np_sheets_says(p->book, d->of, d->row, "line")
			: NULL);
	np_member(b, "device",
		  claim ? np_sheets_says(p->book, d->of, d->row, "device")
			: NULL);
	np_member(b, "invoice",
		  np_sheets_says(p->book, d->of, d->row,
				 claim ? "invoice" : "number"));
	np_member(b, "found", d->found);
	np_member(b, "says", p->law->says[d->rule]);
	np_member(b, "mend", p->law->mend[d->rule]);
	np_member(b, "sure", p->law->sure[d->rule]);
	np_putc(b, '}');
}

int np_write_lint_json(const struct np_lint_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)1 << 30);
	const struct np_defects *d = p->defects;
	char day[16];
	int rc;

	np_putf(&b, "{\"schema\":\"nameplate.lint/1\",\"as_of\":\"%s\"",
		np_day_text(p->as_of, day));
	np_member(&b, "programme", p->law->id);
	np_member(&b, "currency", p->defects->currency);
	np_putf(&b, ",\"claims\":%zu,\"invoices\":%zu,\"rows_sent_back\":%zu",
		p->book->t[NP_BK_CLAIM].n, p->book->t[NP_BK_INVOICE].n,
		rows_sent_back(d));
	np_putf(&b,
		",\"claimed\":%.2f,\"sound\":%.2f,\"allocation\":", d->claimed,
		d->sound);
	if (p->allocation >= 0)
		np_putf(&b, "%.2f", p->allocation);
	else
		np_puts(&b, "null");
	np_puts(&b, ",\"defects\":[");
	for (size_t i = 0; i < d->n; i++) {
		np_puts(&b, i ? "," : "");
		one_json(p, &d->v[i], &b);
	}
	np_puts(&b, "]}\n");
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

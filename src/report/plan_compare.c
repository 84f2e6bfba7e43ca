/* SPDX-License-Identifier: ISC */
#include "report/plan_compare.h"
#include "core/time.h"
#include "report/member.h"
#include "report/plan.h"
#include "report/table.h"

#define PAGE ((size_t)16 << 20)

void np_compare_plan(const struct np_kept_plan *p, struct np_compared *ret)
{
	bool all = true;

	*ret = (struct np_compared){.currency = p->currency,
				    .scope_day = p->scope_day,
				    .finish = NP_NODAY,
				    .money = p->money,
				    .area = p->area,
				    .bound = p->bound,
				    .boxes = p->nboxes,
				    .clashes = p->nclashes};
	for (uint32_t i = 0; i < p->nboxes; i++) {
		const struct np_kept_box *x = &p->box[i];
		int32_t end =
			x->removed ? p->wave[x->removed - 1].until : NP_NODAY;

		ret->late += x->late;
		all &= x->removed > 0;
		if (end != NP_NODAY &&
		    (ret->finish == NP_NODAY || end > ret->finish))
			ret->finish = end;
	}
	if (!all)
		ret->finish = NP_NODAY;
}

static double gap(const struct np_compared *x)
{
	return x->area > 0 ? (double)(x->area - x->bound) / (double)x->area : 0;
}

/* ---- for a person */

static void cell(struct np_table *t, struct np_buf *c)
{
	np_table_take(t, c);
}

static void put_row(struct np_table *t, const struct np_compared *x,
		    struct np_buf *c)
{
	char day[16];

	if (x->scenario)
		np_putterm(c, x->scenario, strlen(x->scenario));
	else
		np_puts(c, "-");
	cell(t, c);
	np_puts(c, np_day_text(x->scope_day, day));
	cell(t, c);
	np_putf(c, "%u", x->boxes);
	cell(t, c);
	np_puts(c, x->finish == NP_NODAY ? "not within it"
					 : np_day_text(x->finish, day));
	cell(t, c);
	np_putf(c, "%u", x->late);
	cell(t, c);
	np_put_money(c, x->money);
	if (x->currency)
		np_putc(c, ' ');
	np_putterm(c, x->currency, x->currency ? strlen(x->currency) : 0);
	cell(t, c);
	np_put_money(c, x->area);
	cell(t, c);
	np_putf(c, "%.2f %%", 100 * gap(x));
	cell(t, c);
	np_putf(c, "%u", x->clashes);
	cell(t, c);
}

/* The last words, and the buffer goes. */
static int put_out(struct np_buf *b, FILE *to)
{
	int rc = np_put_out(b, to);

	np_buf_free(b);
	return rc;
}

int np_write_compared(const struct np_compared *v, size_t n,
		      const struct np_style *s, FILE *to)
{
	static const char *const titles[] = {"scenario",
					     "in scope as of",
					     "boxes",
					     "all out by",
					     "behind a date",
					     "cost",
					     "in scope over time",
					     "gap",
					     "clashes"};
	struct np_buf b = np_buf(PAGE), c = np_buf(PAGE);
	struct np_table t;

	if (!n) {
		np_puts(&b, "The dossier keeps no plan: `nameplate plan` makes "
			    "one, --scenario NAME another.\n");
		return put_out(&b, to);
	}
	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i < n; i++)
		put_row(&t, &v[i], &c);
	np_table_write(&t, s->width, s->colour, &b);
	np_table_close(&t);
	np_buf_free(&c);
	np_puts(&b, "Time in scope is weighted, in box-periods; plans as of "
		    "other days, with other weights or\nperiods, have other "
		    "sums.\n");
	return put_out(&b, to);
}

/* ---- JSON */

static void put_plan(const struct np_compared *x, struct np_buf *b)
{
	np_puts(b, "\n{\"scenario\":");
	np_putjsons(b, x->scenario);
	np_member_day(b, "as_of", x->scope_day);
	np_member_n(b, "boxes", x->boxes);
	np_member_day(b, "all_out_by", x->finish);
	np_member_n(b, "late", x->late);
	np_member(b, "currency", x->currency);
	np_putf(b,
		",\"cost\":%lld,\"area\":%lld,\"bound\":%lld,"
		"\"gap\":%.6f",
		(long long)x->money, (long long)x->area, (long long)x->bound,
		gap(x));
	np_member_n(b, "clashes", x->clashes);
	np_putc(b, '}');
}

int np_write_compared_json(const struct np_compared *v, size_t n, FILE *to)
{
	struct np_buf b = np_buf(PAGE);

	np_puts(&b, "{\"schema\":\"nameplate.plans/1\",\"plans\":[");
	for (size_t i = 0; i < n; i++) {
		np_puts(&b, i ? "," : "");
		put_plan(&v[i], &b);
	}
	np_puts(&b, "]}\n");
	return put_out(&b, to);
}

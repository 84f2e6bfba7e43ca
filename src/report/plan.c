/* SPDX-License-Identifier: ISC */
/* A plan as a table and as a calendar, and what all of its forms share. */
#include "report/plan.h"
#include "core/time.h"
#include "report/export.h"

void np_wave(const struct np_plan_page *p, uint32_t t, struct np_wave *ret)
{
	const struct np_work *w = p->work;
	const uint8_t *at = p->plan->at;

	*ret = (struct np_wave){0};
	for (uint32_t i = 0; i < w->nboxes; i++) {
		const struct np_box *x = &w->box[i];
		const uint32_t both[] = {x->replace, x->remove};

		for (size_t k = 0; k < 2; k++) {
			if (at[both[k]] != t)
				continue;
			struct np_way by = np_way_of(w, p->plan, both[k]);

			ret->money += by.money;
			ret->crews += by.crew;
		}
		ret->replaced += at[x->replace] == t;
		ret->removed += at[x->remove] == t;
		if (at[x->remove] <= t)
			continue;
		ret->left++;
		ret->weight += x->weight;
	}
	for (uint32_t i = 0; i < w->m.nbefore; i++) {
		const struct np_before *b = &w->before[i];

		if (at[b->a] <= t && t < at[b->b])
			ret->money += b->twice;
	}
}

void np_chosen(const struct np_plan_page *p, const char *option,
	       struct np_chosen *ret)
{
	const struct np_work *w = p->work;

	*ret = (struct np_chosen){0};
	for (uint32_t i = 0; i < w->nboxes; i++) {
		const struct np_box *x = &w->box[i];
		bool may = false;

		for (uint32_t k = 0; k < x->noffers; k++)
			may |= x->offer[k].name == option;
		ret->may += may;
		if (np_offer_of(x, p->plan)->name != option ||
		    p->plan->at[x->replace] >= p->file->periods)
			continue;
		ret->boxes++;
		ret->money += np_way_of(w, p->plan, x->replace).money;
	}
}

const char *np_solved_words(const struct np_schedule *s)
{
	static const char *const words[] = {
		[NP_PROVEN] = "no plan is better",
		[NP_WITHIN] = "the gap that was asked for is proven",
		[NP_TIME] = "the best plan in the time given",
		[NP_STOPPED] = "interrupted: the best plan until then",
	};

	return words[s->how];
}

void np_put_money(struct np_buf *b, int64_t hundredths)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%lld",
			 (long long)(hundredths / 100));

	for (int i = 0; i < n; i++) {
		np_putc(b, text[i]);
		if (i + 1 < n && (n - i - 1) % 3 == 0 && text[i] != '-')
			np_putc(b, ',');
	}
	np_putf(b, ".%02d", (int)(hundredths % 100));
}

const char *np_plan_currency(const struct np_plan_page *p)
{
	return p->file->currency[0]	 ? p->file->currency
	       : p->costs && p->costs->n ? p->costs->v[0].currency
					 : "";
}

void np_put_clash(const struct np_plan_page *p, const struct np_clash *c,
		  struct np_buf *b)
{
	char day[16];
	bool any = false;

	np_putf(b, "%s in ", np_day_text(c->date, day));
	np_putterm(b, c->region, strlen(c->region));
	np_putf(b, ", %u box%s: ", c->boxes, c->boxes == 1 ? "" : "es");
	if (c->by_itself) {
		np_puts(b, "not to be kept whatever is spent: the date, lead "
			   "times, permits and windows alone leave no period "
			   "for it; ");
	} else if (c->crews > 0) {
		np_putf(b, "needs %lld more crew%s there", (long long)c->crews,
			c->crews == 1 ? "" : "s");
		any = true;
	}
	if (!c->by_itself && c->money > 0) {
		np_puts(b, c->both ? " and " : any ? ", or " : "needs ");
		np_put_money(b, c->money);
		np_putf(b, " %s more at the beginning", np_plan_currency(p));
		any = true;
	}
	if (c->unsought && !any) {
		np_puts(b, "what would keep it was not looked for: the time "
			   "was over");
		any = true;
	}
	if (!c->by_itself && !any)
		np_puts(b, "neither crews nor money alone would keep it: "
			   "outages or what comes before stand against it");
	if (!c->by_itself)
		np_puts(b, ", or ");
	if (c->periods)
		np_putf(b, "%u more month%s", c->periods * p->file->months,
			c->periods * p->file->months == 1 ? "" : "s");
	else
		np_puts(b, "a plan that goes on for longer");
}

/* ---- a table */

static void put_cell(struct np_buf *b, const char *s)
{
	struct np_cells c = np_cells(b);

	np_cells_text(&c, s);
	np_cells_free(&c);
}

static void put_row(const struct np_plan_page *p, const struct np_box *x,
		    uint32_t task, struct np_buf *b)
{
	const struct np_task *t = &p->work->task[task];
	struct np_way by = np_way_of(p->work, p->plan, task);
	uint32_t at = p->plan->at[task];
	char day[16];

	if (at < p->file->periods)
		np_putf(b, "%u,%s,", at + 1,
			np_day_text(p->file->first_day[at], day));
	else
		np_puts(b, "later,,");
	np_puts(b, task == x->remove ? "remove," : "replace,");
	put_cell(b, x->label);
	np_putc(b, ',');
	put_cell(b, x->device->id);
	np_putc(b, ',');
	put_cell(b, x->site);
	np_putc(b, ',');
	put_cell(b, x->region);
	np_putf(b, ",%lld,%lld.%02d,%s,", (long long)by.crew,
		(long long)(by.money / 100), (int)(by.money % 100),
		np_plan_currency(p));
	if (task == x->remove && x->clause) {
		np_putf(b, "%s,", np_day_text(x->date, day));
		put_cell(b, x->clause);
		np_puts(b, t->deadline < (int32_t)at ? ",no" : ",yes");
	} else {
		np_puts(b, ",,");
	}
	np_putc(b, ',');
	if (at < p->file->periods)
		put_cell(b, np_offer_of(x, p->plan)->name);
	np_putc(b, '\n');
}

/* Calls fn for every task, period by period. */
static int each(const struct np_plan_page *p, FILE *to, struct np_buf *b,
		void (*fn)(const struct np_plan_page *, const struct np_box *,
			   uint32_t, struct np_buf *))
{
	const struct np_work *w = p->work;
	int rc = NP_OK;

	for (uint32_t t = 0; t <= p->file->periods && !rc; t++) {
		for (uint32_t j = 0; j < w->m.ntasks; j++)
			if (p->plan->at[j] == t)
				fn(p, &w->box[w->box_of[j]], j, b);
		rc = np_put_out(b, to);
	}
	return rc;
}

int np_write_plan_csv(const struct np_plan_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	int rc;

	np_puts(&b, "wave,from,what,box,device,site,region,crews,cost,"
		    "currency,deadline,clause,in_time,option\n");
	rc = each(p, to, &b, put_row);
	np_buf_free(&b);
	return rc;
}

/* ---- a calendar (RFC 5545) */

/* Section 3.3.11: what has a meaning is escaped; 3.1: lines of 75 octets, cut
 * where a character of UTF-8 begins. */
static void put_line(struct np_buf *b, const char *name, const char *value)
{
	struct np_buf plain = np_buf((size_t)1 << 22);
	size_t n = strlen(name);

	np_puts(b, name);
	np_put_plain(&plain, value, strlen(value), 0);
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];

		if (n > 70 && ((unsigned char)c & 0xc0) != 0x80) {
			np_puts(b, "\r\n ");
			n = 1;
		}
		if (strchr("\\;,", c)) {
			np_putc(b, '\\');
			n++;
		}
		np_putc(b, c);
		n++;
	}
	np_puts(b, "\r\n");
	b->failed |= plain.failed;
	np_buf_free(&plain);
}

static void put_date(struct np_buf *b, const char *name, int32_t day)
{
	char t[16];

	(void)np_day_text(day, t);
	np_putf(b, "%s%.4s%.2s%.2s", name, t, t + 5, t + 8);
}

static void put_event(const struct np_plan_page *p, struct np_buf *b,
		      int32_t from, int32_t until, const struct np_buf *uid,
		      const struct np_buf *summary)
{
	b->failed |= uid->failed || summary->failed;
	if (b->failed)
		return;
	np_puts(b, "BEGIN:VEVENT\r\n");
	put_line(b, "UID:", uid->p);
	put_date(b, "DTSTAMP:", p->r->as_of);
	np_puts(b, "T000000Z\r\n");
	put_date(b, "DTSTART;VALUE=DATE:", from);
	np_puts(b, "\r\n");
	put_date(b, "DTEND;VALUE=DATE:", until);
	np_puts(b, "\r\n");
	put_line(b, "SUMMARY:", summary->p);
	np_puts(b, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static void put_task_event(const struct np_plan_page *p, const struct np_box *x,
			   uint32_t task, struct np_buf *b)
{
	struct np_buf uid = np_buf(4096), text = np_buf((size_t)1 << 20);
	uint32_t at = p->plan->at[task];
	bool remove = task == x->remove;

	if (at < p->file->periods) {
		np_putf(&uid, "%s-%s@nameplate", x->device->id,
			remove ? "remove" : "replace");
		np_putf(&text, "%s %s", remove ? "Remove" : "Replace",
			x->label);
		if (x->site)
			np_putf(&text, " at %s", x->site);
		put_event(p, b, p->file->first_day[at],
			  p->file->first_day[at + 1], &uid, &text);
	}
	if (remove && x->clause) {
		np_buf_clear(&uid);
		np_buf_clear(&text);
		np_putf(&uid, "%s-date@nameplate", x->device->id);
		np_putf(&text, "Date of %s for %s", x->clause, x->label);
		put_event(p, b, x->date, x->date + 1, &uid, &text);
	}
	np_buf_free(&uid);
	np_buf_free(&text);
}

int np_write_plan_ics(const struct np_plan_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	int rc;

	np_puts(&b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		    "PRODID:-//nameplate//plan//EN\r\n");
	rc = each(p, to, &b, put_task_event);
	np_puts(&b, "END:VCALENDAR\r\n");
	if (!rc)
		rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

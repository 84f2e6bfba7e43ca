/* SPDX-License-Identifier: ISC */
/* Earlier statements that do not hold any more, on the page and as data. */
#include "core/time.h"
#include "report/page.h"

#define FEW 12 /* lines without -l */

void np_page_stale(struct np_page *p)
{
	const struct np_stales *s = &p->r->stale;
	size_t shown = p->s->all || s->n <= FEW ? s->n : FEW;

	if (!s->n)
		return;
	np_puts(&p->b, "\nstatements that went stale\n");
	for (size_t i = 0; i < shown; i++) {
		np_puts(&p->b, "  ");
		np_putterm(&p->b, s->v[i].text, strlen(s->v[i].text));
		np_putc(&p->b, '\n');
	}
	if (shown < s->n) {
		np_puts(&p->b, "  ");
		np_put_many(&p->b, s->n - shown, "more", "more");
		np_puts(&p->b, ": -l lists them\n");
	}
}

static void put_day(struct np_buf *b, const char *name, int32_t day)
{
	char text[16];

	np_putf(b, ",\"%s\":", name);
	np_putjsons(b, day == NP_NODAY ? NULL : np_day_text(day, text));
}

void np_put_stale(const struct np_report *r, struct np_buf *b)
{
	np_puts(b, ",\"stale\":[");
	for (size_t i = 0; i < r->stale.n; i++) {
		const struct np_stale *s = &r->stale.v[i];

		np_puts(b, i ? ",\n{\"clause\":" : "\n{\"clause\":");
		np_putjsons(b, s->clause);
		put_day(b, "before", s->before);
		put_day(b, "since", s->since);
		np_puts(b, ",\"why\":");
		np_putjsons(b, s->why);
		np_putf(b, ",\"devices\":%llu,\"text\":",
			(unsigned long long)s->boxes);
		np_putjsons(b, s->text);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

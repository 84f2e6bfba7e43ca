/* SPDX-License-Identifier: ISC */
/* Who pays for a removal, as a table and as JSON (nameplate.programmes/1). */
#include "report/fund.h"
#include "report/member.h"
#include "report/table.h"
#include "report/writer.h"

static bool shown(const struct np_programme *p, int32_t as_of,
		  const char *country)
{
	return p->since <= as_of &&
	       (!country || strcmp(country, p->country) == 0);
}

static void put(struct np_buf *b, const char *s)
{
	np_putterm(b, s, strlen(s));
}

static void line(struct np_buf *b, const char *name, const char *text)
{
	if (!text)
		return;
	np_putf(b, "  %-10s ", name);
	put(b, text);
	np_putc(b, '\n');
}

static void one(struct np_buf *b, const struct np_programmes *all,
		const struct np_programme *p)
{
	char day[16];

	np_puts(b, "\n");
	put(b, p->country);
	np_puts(b, p->abroad ? " (for other countries)  " : "  ");
	np_puts(b, all->word[p->says]);
	np_puts(b, ": ");
	put(b, p->title);
	np_putc(b, '\n');
	line(b, "native", p->title_native);
	line(b, "payer", p->payer);
	line(b, "what", p->what);
	line(b, "who", p->who);
	line(b, "amount", p->amount);
	if (p->open >= 0)
		line(b, "open", p->open ? "yes" : "no new applications");
	line(b, "note", p->note);
	line(b, "form", p->template);
	np_putf(b, "  %-10s %s", "since", np_day_text(p->since, day));
	np_putf(b, ", sources looked at %s, %s\n", np_day_text(p->checked, day),
		p->sure);
	line(b, "citation", p->citation);
	for (size_t i = 0; i < p->nsources; i++)
		line(b, "source", p->source[i]);
}

int np_write_programmes(const struct np_programmes *p, int32_t as_of,
			const char *country, const struct np_fund_look *look,
			FILE *to)
{
	static const char *const titles[] = {"country", "answer", "what",
					     "since", "sure"};
	struct np_buf b = np_buf((size_t)1 << 24);
	struct np_table t;
	size_t n = 0;
	char day[16];
	int rc;

	np_putf(&b, "%s\nas of %s\n", p->opening, np_day_text(as_of, day));
	np_table_open(&t, titles, 5);
	t.whole = 1 | 2 | 8 | 16;
	for (size_t i = 0; i < p->n; i++) {
		const struct np_programme *x = &p->v[i];
		const char *cell[] = {x->country, p->word[x->says], x->title,
				      np_day_text(x->since, day), x->sure};

		if (!shown(x, as_of, country))
			continue;
		n++;
		for (size_t k = 0; k < 5; k++)
			np_table_cell(&t, cell[k], strlen(cell[k]));
	}
	if (n)
		np_table_write(&t, look->width, look->colour, &b);
	np_table_close(&t);
	np_putf(&b, "%s\n", p->unknown);
	for (size_t i = 0; i < p->n; i++) {
		if (shown(&p->v[i], as_of, country))
			one(&b, p, &p->v[i]);
	}
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

static void one_json(struct np_buf *b, const struct np_programmes *all,
		     const struct np_programme *p)
{
	char day[16];

	np_puts(b, "{\"id\":");
	np_putjsons(b, p->id);
	np_member(b, "country", p->country);
	np_putf(b, ",\"abroad\":%s", p->abroad ? "true" : "false");
	np_member(b, "says", np_pays_names[p->says]);
	np_member(b, "text", all->word[p->says]);
	np_member(b, "title", p->title);
	np_member(b, "title_native", p->title_native);
	np_member(b, "payer", p->payer);
	np_member(b, "what", p->what);
	np_member(b, "who", p->who);
	np_member(b, "amount", p->amount);
	np_putf(b, ",\"open\":%s",
		p->open < 0 ? "null"
		: p->open   ? "true"
			    : "false");
	np_member(b, "note", p->note);
	np_member(b, "template", p->template);
	np_member(b, "since", np_day_text(p->since, day));
	np_member(b, "checked", np_day_text(p->checked, day));
	np_member(b, "citation", p->citation);
	np_puts(b, ",\"source\":[");
	for (size_t i = 0; i < p->nsources; i++) {
		np_puts(b, i ? "," : "");
		np_putjsons(b, p->source[i]);
	}
	np_putc(b, ']');
	np_member(b, "sure", p->sure);
	np_putc(b, '}');
}

int np_write_programmes_json(const struct np_programmes *p, int32_t as_of,
			     const char *country, FILE *to)
{
	struct np_buf b = np_buf((size_t)1 << 24);
	const char *open = "";
	char day[16];
	int rc;

	np_putf(&b, "{\"schema\":\"nameplate.programmes/1\",\"as_of\":\"%s\"",
		np_day_text(as_of, day));
	np_puts(&b, ",\"programmes\":[");
	for (size_t i = 0; i < p->n; i++) {
		if (!shown(&p->v[i], as_of, country))
			continue;
		np_puts(&b, open);
		one_json(&b, p, &p->v[i]);
		open = ",";
	}
	np_puts(&b, "]}\n");
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

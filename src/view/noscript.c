/* SPDX-License-Identifier: ISC */
/* What a page says where no script runs: what it opens with, counts, a table of
 * rules, what it does not say. */
#include "view/counts.h"
#include "view/html.h"

static const char *word(const struct np_view_in *in, const char *name)
{
	return np_audience_word(in->table, in->lang, name);
}

static void put_element(struct np_buf *b, const char *name, const char *text)
{
	np_putf(b, "<%s>", name);
	np_put_html(b, text);
	np_putf(b, "</%s>", name);
}

static void put_law_row(const struct np_counts_law *x, struct np_buf *b)
{
	char day[16];

	np_puts(b, "<tr>");
	put_element(b, "td", x->clause->jurisdiction);
	put_element(b, "td", x->clause->title);
	np_putf(b, "<td>%llu</td><td>%llu</td>",
		(unsigned long long)(x->n[NP_IN_SCOPE] +
				     x->n[NP_COMPONENT_IN_SCOPE]),
		(unsigned long long)x->n[NP_UNDETERMINED]);
	put_element(b, "td",
		    x->date == NP_NODAY ? "-" : np_day_text(x->date, day));
	np_puts(b, "</tr>\n");
}

static void put_laws(const struct np_view_in *in, const struct np_counts *c,
		     struct np_buf *b)
{
	static const char *const heads[] = {"in_scope", "undetermined",
					    "next_date"};

	np_puts(b, "<table><thead><tr><th></th>");
	put_element(b, "th", word(in, "law"));
	for (size_t i = 0; i < NP_COUNT(heads); i++)
		put_element(b, "th", word(in, heads[i]));
	np_puts(b, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < c->nlaws; i++) {
		if (!c->law[i].elsewhere)
			put_law_row(&c->law[i], b);
	}
	np_puts(b, "</tbody></table>\n");
}

static void put_sure(const struct np_view_in *in, const struct np_counts *c,
		     struct np_buf *b)
{
	np_puts(b, "<p>");
	np_put_html(b, word(in, "boxes"));
	np_putf(b, ": %u", in->rows);
	for (int i = NP_DISPUTED; i >= 0; i--)
		np_putf(b, ", %s %llu", np_sure_name((enum np_sure)i),
			(unsigned long long)c->sure[i]);
	np_puts(b, "</p>\n");
}

int np_put_noscript(const struct np_view_in *in, struct np_buf *b)
{
	struct np_buf title = np_buf(65536);
	struct np_counts c;
	const char *s;
	int rc = np_counts(in, &c);

	np_put_title(in, &title);
	np_puts(b, "<noscript><main>\n");
	put_element(b, "p",
		    np_audience_mark(in->table, in->audience, in->lang));
	put_element(b, "h1", title.p);
	put_element(b, "p", np_law_opening(in->report->law));
	if (!np_view_sealed(in))
		put_element(b, "p", word(in, "draft"));
	put_sure(in, &c, b);
	put_laws(in, &c, b);
	put_element(b, "h2", word(in, "limits"));
	np_puts(b, "<ul>");
	for (size_t i = 0; (s = np_audience_limit(in->table, i)); i++)
		put_element(b, "li", s);
	np_puts(b, "</ul>\n");
	put_element(b, "p", word(in, "scripts"));
	np_puts(b, "</main></noscript>\n");
	np_counts_free(&c);
	np_buf_free(&title);
	return rc;
}

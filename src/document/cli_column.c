/* SPDX-License-Identifier: ISC */
/* Values in columns: where each begins is told by the rule below the titles, or
 * by the titles themselves. */
#include "document/cli.h"
#include <ctype.h>

static bool is_dash(uint8_t c)
{
	return c == '-' || c == '=' || c == '_';
}

bool np_cli_rule(struct np_cur line)
{
	size_t dashes = 0;

	for (size_t i = 0; i < line.left; i++) {
		if (!is_dash(line.p[i]) && !strchr(" |+", line.p[i]))
			return false;
		dashes += is_dash(line.p[i]);
	}
	return dashes >= 3;
}

static void begin(struct np_cli_columns *c, size_t at)
{
	if (c->n < NP_CLI_COLUMNS)
		c->from[c->n++] = at;
}

/* "----  ------- + ----" */
static void by_rule(struct np_cur rule, struct np_cli_columns *c)
{
	for (size_t i = 0; i < rule.left; i++)
		if (is_dash(rule.p[i]) && (!i || !is_dash(rule.p[i - 1])))
			begin(c, i);
}

/* "Device ID        Local Intf     Holdtime": two blanks between. */
static void by_titles(struct np_cur titles, struct np_cli_columns *c)
{
	size_t blanks = 2;

	for (size_t i = 0; i < titles.left; i++) {
		bool blank = titles.p[i] == ' ' || titles.p[i] == '|';

		if (!blank && blanks >= 2)
			begin(c, i);
		blanks = blank ? blanks + 1 + (titles.p[i] == '|') : 0;
	}
}

struct np_cur np_cli_cell(const struct np_cli_columns *c, size_t column,
			  struct np_cur line)
{
	size_t from = c->from[column], to = line.left;
	struct np_cur v;

	if (column + 1 < c->n && c->from[column + 1] < to)
		to = c->from[column + 1];
	if (from >= to)
		return np_cur(line.p, 0);
	v = np_trim(np_cur(line.p + from, to - from));
	while (v.left && (v.p[v.left - 1] == '|' || v.p[v.left - 1] == ' '))
		v.left--;
	return v;
}

/* Appends a line of titles, one line or several of which make up a title. */
static void name_columns(struct np_cur titles, struct np_cli_columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct np_cur v = np_cli_cell(c, i, titles);
		size_t n = strlen(c->title[i]);

		for (size_t k = 0; k < v.left && n + 1 < NP_CLI_LABEL; k++)
			if (isalnum(v.p[k]))
				c->title[i][n++] = (char)tolower(v.p[k]);
		c->title[i][n] = 0;
	}
}

bool np_cli_columns(const struct np_cli_part *p, size_t i,
		    struct np_cli_columns *ret)
{
	struct np_cur titles = p->line[i].text;

	*ret = (struct np_cli_columns){.rows = i + 1};
	if (!titles.left || np_cli_rule(titles))
		return false;
	if (i + 1 < p->n && np_cli_rule(p->line[i + 1].text)) {
		by_rule(p->line[i + 1].text, ret);
		ret->rows = i + 2;
	}
	/* A rule in one piece is a line across the page. */
	if (ret->n < 2) {
		ret->n = 0;
		by_titles(titles, ret);
	}
	if (ret->rows == i + 2 && i && p->line[i - 1].text.left &&
	    !np_cli_rule(p->line[i - 1].text))
		name_columns(p->line[i - 1].text, ret);
	name_columns(titles, ret);
	ret->squeezed = ret->n < 2;
	return ret->n > 1;
}

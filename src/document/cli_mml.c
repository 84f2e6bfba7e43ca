/* SPDX-License-Identifier: ISC */
/*
 * Reports of MML consoles (ITU-T Z.317 layout, as base station controllers and
 * core networks print it): "+++ NE date time", "O&M #n", the command between
 * "%%", "RETCODE = 0", rows, "---    END". Rows may be subscribers', so only
 * the header and what stands under a label of the element itself is taken.
 */
#include "document/cli.h"

static bool is_header(struct np_cur l)
{
	l = np_trim(l);
	return np_ahead(l, "+++", 3) && l.left > 8 && np_cur(l.p + 3, 1).left &&
	       l.p[3] == ' ';
}

static struct np_cur word(struct np_cur *c)
{
	size_t n = 0;

	*c = np_trim(*c);
	while (n < c->left && c->p[n] > ' ')
		n++;
	return np_sub(c, n);
}

bool np_cli_report(struct np_cur line, struct np_cur *ret_name)
{
	struct np_cur c = np_trim(line), date;

	if (!is_header(line))
		return false;
	np_skip(&c, 3);
	*ret_name = word(&c);
	date = word(&c);
	return ret_name->left && date.left == 10 && date.p[4] == '-';
}

/* "+++    NE1    2024-05-06 07:08:09", of which the name is a key. */
static void take_header(struct np_cli_self *s, const struct np_cli_line *l)
{
	struct np_cur name;

	if (np_cli_report(l->text, &name))
		np_cli_fact(s, NP_CLI_NAME, name, l, 0);
	if (s->text[NP_CLI_TEXT].n)
		return;
	s->at[NP_CLI_TEXT] = l->at;
	np_put(&s->text[NP_CLI_TEXT], l->text.p, l->text.left);
}

static void take_line(struct np_cli_self *s, const struct np_cli_line *l)
{
	static const char *const versions[] = {
		"ne version",	   "software version", "version",
		"current version", "system version",   "bam version",
		"omu version"};
	struct np_buf *b = &s->text[NP_CLI_TEXT];
	char label[NP_CLI_LABEL];
	struct np_cur v, c = np_trim(l->text);

	if (np_ahead(c, "O&M", 3) && b->n < 200) {
		np_putc(b, '\n');
		np_put(b, c.p, c.left < 24 ? c.left : 24);
		return;
	}
	if (!np_cli_label(l->text, label, &v))
		return;
	for (size_t i = 0; i < NP_COUNT(versions); i++)
		if (strcmp(label, versions[i]) == 0)
			np_cli_fact(s, NP_CLI_VERSION, v, l, 1);
}

bool np_cli_mml(const struct np_cli_part *p, struct np_cli_self *s)
{
	bool begun = false, mml = false;

	for (size_t i = 0; i < p->n; i++) {
		struct np_cur l = p->line[i].text;

		if (is_header(l))
			begun = true;
		mml |= begun && (np_find(l, "%%", 2) != SIZE_MAX ||
				 np_find(l, "RETCODE", 7) != SIZE_MAX ||
				 np_find(l, "O&M", 3) != SIZE_MAX);
	}
	for (size_t i = 0; mml && s && i < p->n; i++) {
		if (is_header(p->line[i].text))
			take_header(s, &p->line[i]);
		else
			take_line(s, &p->line[i]);
	}
	return mml;
}

/* SPDX-License-Identifier: ISC */
/* What a terminal was sent, as it stood on the screen (ECMA-48: BS, CR, CUB,
 * EL), and what a pager asks in between. */
#include "document/cli.h"
#include <ctype.h>

struct screen {
	char *p;
	size_t n, at;
};

static void type(struct screen *s, char c)
{
	if (s->at >= NP_CLI_WIDTH)
		return;
	s->p[s->at++] = c;
	if (s->at > s->n)
		s->n = s->at;
}

static void back(struct screen *s, size_t n)
{
	s->at -= n < s->at ? n : s->at;
}

/* Behind an ESC: a control sequence, or one octet. */
static void escape(struct screen *s, struct np_cur *c)
{
	size_t n = 0;

	if (np_u8(c) != '[')
		return;
	for (; c->left && (isdigit(*c->p) || *c->p == ';' || *c->p == '?');
	     np_skip(c, 1))
		if (isdigit(*c->p) && n < NP_CLI_WIDTH)
			n = n * 10 + (size_t)(*c->p - '0');
	if (!c->left)
		return;
	if (*c->p == 'D')
		back(s, n ? n : 1);
	else if (*c->p == 'K')
		s->n = s->at;
	np_skip(c, 1);
}

/* The pager's question, where nothing overwrote it; what follows stays. */
static struct np_cur without_pager(struct np_cur line)
{
	static const char *const marks[] = {
		"--More--",	  "---- More ----",
		"<--- More --->", "--- More ---",
		"---(more)---",	  "---More---",
		"-- More --",	  "-More-",
		"---(more",	  "Press any key to co",
		"Press <SPACE>",  "-- MORE --, next page",
		"More: <space>",
	};
	struct np_cur c = np_trim(line);

	for (size_t i = 0; i < NP_COUNT(marks); i++) {
		if (!np_ahead_nocase(c, marks[i]))
			continue;
		np_skip(&c, strlen(marks[i]));
		/* A closed mark may have the next line behind it. */
		return marks[i][strlen(marks[i]) - 1] == '-' ||
				       marks[i][strlen(marks[i]) - 2] == '-'
			       ? c
			       : np_cur(c.p, 0);
	}
	return line;
}

struct np_cur np_cli_screen(struct np_cur raw, char to[static NP_CLI_WIDTH])
{
	struct screen s = {.p = to};

	while (raw.left) {
		char c = (char)np_u8(&raw);

		if (c == '\b')
			back(&s, 1);
		else if (c == '\r')
			s.at = 0;
		else if (c == 0x1b)
			escape(&s, &raw);
		else if (c == '\t')
			type(&s, ' ');
		else if (c && c != 0x7f)
			type(&s, c);
	}
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	return without_pager(np_cur(s.p, s.n));
}

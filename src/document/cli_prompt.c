/* SPDX-License-Identifier: ISC */
/*
 * Prompts: "R1#show version", "<R1>display version", "user@R1> show version",
 * "RP/0/RSP0/CPU0:R1#", "A:R1#", "[admin@R1] >". A line is one when a command
 * follows that asks for something; an empty one, or another command, only where
 * the same prompt asked before.
 */
#include "document/cli.h"
#include <ctype.h>

static bool in_prompt(uint8_t c)
{
	/* Names in other scripts are octets of UTF-8. */
	return c >= 0x80 || isalnum(c) || (c && strchr("._-:/@~*()+", c));
}

/* Words by which people ask a box something, shortened as they type them. */
static bool is_verb(struct np_cur c)
{
	static const char *const verbs[] = {
		"display", "disp",	  "dis",
		"show",	   "sho",	  "sh",
		"get",	   "diagnose",	  "admin",
		"lldp",	   "chassis",	  "software",
		"system",  "/system",	  "print",
		"term",	   "terminal",	  "screen-length",
		"paging",  "enable",	  "quit",
		"exit",	   "system-view", "environment",
		"info",	   "pveversion",
	};
	size_t n = 0;

	while (n < c.left && c.p[n] > ' ')
		n++;
	c.left = n;
	for (size_t i = 0; i < NP_COUNT(verbs); i++)
		if (np_cli_same(c, verbs[i]))
			return true;
	return false;
}

bool np_cli_command(struct np_cur line)
{
	static const char *const asks[] = {
		"show ",	 "display ", "dis ",
		"sh ",		 "sho ",     "get system ",
		"get hardware ", "/system ", "/ip neighbor"};

	line = np_trim(line);
	if (line.left > 80 || np_find(line, ":", 1) != SIZE_MAX ||
	    np_find(line, "=", 1) != SIZE_MAX ||
	    np_find(line, "<", 1) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < NP_COUNT(asks); i++)
		if (np_ahead(line, asks[i], strlen(asks[i])))
			return true;
	return false;
}

/* The name in "RP/0/RSP0/CPU0:R1(config-if)", "user@R1", "*A:R1", "~R1". */
static struct np_cur bare(struct np_cur c)
{
	for (size_t i = 0; i < c.left; i++)
		if (c.p[i] == '@' || c.p[i] == ':') {
			np_skip(&c, i + 1);
			i = SIZE_MAX;
		}
	while (c.left && (*c.p == '~' || *c.p == '*'))
		np_skip(&c, 1);
	for (size_t i = 0; i < c.left; i++)
		if (c.p[i] == '(')
			c.left = i;
	return c;
}

/* "<R1>", "[~R1]", "[admin@R1] >" */
static bool bracketed(struct np_cur *c, struct np_cli_prompt *ret)
{
	char end = *c->p == '<' ? '>' : ']';
	struct np_cur in = *c;
	bool view = end == ']';
	size_t n = 1;

	while (n < c->left && in_prompt(c->p[n]))
		n++;
	if (n < 2 || n >= c->left || c->p[n] != end)
		return false;
	np_skip(c, n + 1);
	in = np_cur(in.p + 1, n - 1);
	if (view && np_ahead(*c, " >", 2)) {
		np_skip(c, 2);
		view = false;
	}
	/* A view's name and the box's are joined with a dash. */
	if (!view || np_find(in, "-", 1) == SIZE_MAX)
		ret->name = bare(in);
	return true;
}

static bool plain(struct np_cur *c, struct np_cli_prompt *ret)
{
	struct np_cur all = *c;
	size_t n = 0;

	while (n < c->left && n < 80 && in_prompt(c->p[n]))
		n++;
	if (!n || n >= c->left || (c->p[n] != '#' && c->p[n] != '>') ||
	    c->p[n - 1] == '-') /* "->" is no prompt */
		return false;
	np_skip(c, n + 1);
	ret->name = bare(np_cur(all.p, n));
	return ret->name.left;
}

bool np_cli_prompt(struct np_cur line, struct np_cli_prompt *ret)
{
	struct np_cur c = np_trim(line);
	const uint8_t *begin = c.p;

	*ret = (struct np_cli_prompt){0};
	if (!c.left || c.left > 300)
		return false;
	if (np_ahead(c, "HRP_", 4) && c.left > 5)
		np_skip(&c, 5); /* which half of a pair: HRP_M<FW1> */
	if (!c.left ||
	    !(*c.p == '<' || *c.p == '[' ? bracketed(&c, ret) : plain(&c, ret)))
		return false;
	ret->whole = np_cur(begin, (size_t)(c.p - begin));
	ret->command = np_trim(c);
	ret->asks = is_verb(ret->command);
	return true;
}

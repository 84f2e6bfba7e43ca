/* SPDX-License-Identifier: ISC */
/*
 * "label : value" in the spellings that command lines have: a colon, an equals
 * sign or a row of dots between, a bullet, a number or a bar before, commas and
 * quotes around the value.
 */
#include "document/cli.h"
#include <ctype.h>

bool np_cli_same(struct np_cur a, const char *b)
{
	return strlen(b) == a.left && np_ahead_nocase(a, b);
}

bool np_cli_nothing(struct np_cur v)
{
	static const char *const words[] = {
		"not advertised",
		"[not advertised]",
		"n/a",
		"none",
		"null",
		"-",
		"--",
		"unknown",
		"(none)",
		"not available",
		"nil",
		"not received",
		"[none]",
		"not specified",
		"<private>",
	};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_cli_same(v, words[i]))
			return true;
	return !v.left;
}

/* "1. PCB", "| Name", "+ Chassis", "1 system.name": what stands before. */
static void skip_bullet(struct np_cur *c)
{
	size_t n = 0;

	while (c->left && strchr(" |+->", *c->p))
		np_skip(c, 1);
	while (n < c->left && isdigit(c->p[n]))
		n++;
	if (n && n < c->left && (c->p[n] == '.' || c->p[n] == ' '))
		np_skip(c, n + 1);
	*c = np_trim(*c);
}

/* How long the separator at i is; 0: none there. */
static size_t separator(struct np_cur c, size_t i, bool boxed)
{
	size_t n = 0;

	if (c.p[i] == ':' || c.p[i] == '=' || (boxed && c.p[i] == '|'))
		return 1;
	while (i + n < c.left && c.p[i + n] == '.')
		n++;
	if (n >= 3)
		return n;
	c = np_cur(c.p + i, c.left - i);
	return np_ahead(c, " - not ", 7) ? 3 : 0;
}

static bool spell(struct np_cur c, char label[static NP_CLI_LABEL])
{
	size_t n = 0, depth = 0;

	for (size_t i = 0; i < c.left; i++) {
		uint8_t o = c.p[i];

		depth += o == '(';
		if (!depth && (isalnum(o) || o == '_')) {
			if (n + 2 >= NP_CLI_LABEL)
				return false;
			label[n++] = (char)tolower(o);
		} else if (n && label[n - 1] != ' ') {
			label[n++] = ' ';
		}
		depth -= depth && o == ')';
	}
	while (n && label[n - 1] == ' ')
		n--;
	label[n] = 0;
	return n;
}

/* Where another label stands behind the value, the value alone. */
static struct np_cur alone(struct np_cur v)
{
	size_t blanks = 0;

	for (size_t i = 0; i < v.left; i++) {
		struct np_cur rest = np_cur(v.p + i, v.left - i);

		if (blanks >= 3 && v.p[i] != ' ' && v.p[i] != ':' &&
		    np_find(rest, ": ", 2) != SIZE_MAX)
			return np_cur(v.p, i);
		blanks = v.p[i] == ' ' ? blanks + 1 : 0;
	}
	return v;
}

static struct np_cur bare(struct np_cur v)
{
	v = np_trim(alone(np_trim(v)));
	while (v.left && (v.p[v.left - 1] == ',' || v.p[v.left - 1] == '|' ||
			  v.p[v.left - 1] == ' '))
		v.left--;
	if (v.left > 1 && *v.p == '"' && v.p[v.left - 1] == '"')
		v = np_cur(v.p + 1, v.left - 2);
	return np_trim(v);
}

bool np_cli_label(struct np_cur line, char label[static NP_CLI_LABEL],
		  struct np_cur *ret_value)
{
	bool boxed = np_ahead(np_trim(line), "|", 1);
	size_t n = 0;

	skip_bullet(&line);
	if (!line.left || !isalpha(*line.p))
		return false;
	for (size_t i = 1; i < line.left && i < NP_CLI_LABEL; i++) {
		n = separator(line, i, boxed);
		if (!n)
			continue;
		*ret_value = bare(np_cur(line.p + i + n, line.left - i - n));
		/* ".... : value" */
		if (n >= 3 && ret_value->left && *ret_value->p == ':')
			*ret_value = bare(
				np_cur(ret_value->p + 1, ret_value->left - 1));
		return spell(np_cur(line.p, i), label);
	}
	return false;
}

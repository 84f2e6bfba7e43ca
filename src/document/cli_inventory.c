/* SPDX-License-Identifier: ISC */
/*
 * Lists of parts, of which only the row of the box itself is taken: a card, an
 * optic or a power supply is somebody else's as often as not.
 *
 * Known layouts: NAME/DESCR with PID/VID/SN below (RFC 4133's entity names in
 * words), and tables with a column of serial numbers.
 */
#include "document/cli.h"

/* The value behind "PID:", up to the next of its kind. */
static bool behind(struct np_cur line, const char *mark, struct np_cur *ret)
{
	static const char *const next[] = {"VID:", "SN:", "DESCR:", "PID:"};
	size_t at = np_find_nocase(line, mark);

	if (at == SIZE_MAX)
		return false;
	np_skip(&line, at + strlen(mark));
	for (size_t i = 0; i < NP_COUNT(next); i++) {
		at = np_find_nocase(line, next[i]);
		if (at != SIZE_MAX)
			line.left = at;
	}
	line = np_trim(line);
	while (line.left && strchr(" ,\"", line.p[line.left - 1]))
		line.left--;
	while (line.left && *line.p == '"')
		np_skip(&line, 1);
	*ret = line;
	return true;
}

/* How sure a row is the box's; 0: it is a part's. */
static unsigned box_row(struct np_cur name, struct np_cur descr)
{
	static const char *const parts[] = {"fan",  "power",	   "module",
					    "slot", "transceiver", "supply"};

	for (size_t i = 0; i < NP_COUNT(parts); i++)
		if (np_find_nocase(name, parts[i]) != SIZE_MAX)
			return 0;
	if (np_find_nocase(name, "chassis") != SIZE_MAX ||
	    np_ahead_nocase(name, "rack"))
		return 1;
	if (np_find_nocase(descr, "chassis") != SIZE_MAX)
		return 2;
	return np_cli_same(name, "1") || np_cli_same(name, "Switch 1") ||
			       np_find_nocase(name, "switch system") != SIZE_MAX
		       ? 3
		       : 0;
}

static bool by_entity(const struct np_cli_part *p, struct np_cli_self *s)
{
	struct np_cur name = {0}, descr = {0}, v;
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct np_cli_line *l = &p->line[i];
		unsigned rank;

		if (behind(l->text, "NAME:", &v) &&
		    behind(l->text, "DESCR:", &descr))
			name = v;
		if (!name.left || !behind(l->text, "PID:", &v) ||
		    np_find_nocase(l->text, "SN:") == SIZE_MAX)
			continue;
		any = true;
		rank = box_row(name, descr);
		name.left = 0;
		if (!rank || !s)
			continue;
		np_cli_fact(s, NP_CLI_MODEL, v, l, rank);
		if (behind(l->text, "SN:", &v))
			np_cli_fact(s, NP_CLI_SERIAL, v, l, rank);
	}
	return any;
}

struct parts {
	struct np_cli_columns c;
	size_t serial, model, descr; /* SIZE_MAX: no such column */
	bool product;		     /* the model is a product number */
};

static bool parts_table(const struct np_cli_part *p, size_t i, struct parts *t)
{
	if (!np_cli_columns(p, i, &t->c))
		return false;
	t->serial = t->model = t->descr = SIZE_MAX;
	t->product = false;
	for (size_t k = 0; k < t->c.n; k++) {
		const char *title = t->c.title[k];

		if (strncmp(title, "serial", 6) == 0)
			t->serial = k;
		else if (strcmp(title, "model") == 0 ||
			 strcmp(title, "modelname") == 0)
			t->model = k;
		else if (strcmp(title, "productnumber") == 0 ||
			 strcmp(title, "nameproductnumber") == 0)
			t->product = (t->model = k) > 0;
		else if (strcmp(title, "description") == 0)
			t->descr = k;
	}
	return t->serial != SIZE_MAX && t->serial > 0 &&
	       (t->c.rows == i + 2 || t->model != SIZE_MAX ||
		t->descr != SIZE_MAX);
}

static bool is_part(const struct parts *t, struct np_cur line)
{
	struct np_cur v = t->descr == SIZE_MAX
				  ? line
				  : np_cli_cell(&t->c, t->descr, line);

	return np_find_nocase(v, "module") != SIZE_MAX ||
	       np_find_nocase(v, "supply") != SIZE_MAX ||
	       np_find_nocase(v, "fan") != SIZE_MAX;
}

static void take_row(const struct parts *t, const struct np_cli_line *l,
		     struct np_cli_self *s)
{
	struct np_cur first = np_cli_cell(&t->c, 0, l->text);
	size_t model = t->model != SIZE_MAX ? t->model : t->descr;

	/* The box by its word, slot 0 of a box that is one board, or a product
	 * number that no module has. */
	if (!np_cli_same(first, "chassis") && !np_cli_same(first, "0") &&
	    !(t->product && !is_part(t, l->text)))
		return;
	np_cli_fact(s, NP_CLI_SERIAL, np_cli_cell(&t->c, t->serial, l->text), l,
		    2);
	if (model != SIZE_MAX)
		np_cli_fact(s, NP_CLI_MODEL, np_cli_cell(&t->c, model, l->text),
			    l, 2);
}

static bool by_columns(const struct np_cli_part *p, struct np_cli_self *s)
{
	struct parts t = {0}, next;
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		if (parts_table(p, i, &next)) {
			any = true;
			t = next;
		} else if (any && !p->line[i].text.left) {
			t.c.rows = SIZE_MAX;
		} else if (any && s && i >= t.c.rows) {
			take_row(&t, &p->line[i], s);
		}
	}
	return any;
}

bool np_cli_inventory(const struct np_cli_part *p, struct np_cli_self *s)
{
	bool entity = by_entity(p, s);

	return by_columns(p, s) || entity;
}

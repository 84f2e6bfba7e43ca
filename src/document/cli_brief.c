/* SPDX-License-Identifier: ISC */
/* Neighbours in a table, a row each: "show lldp neighbors", "display lldp
 * neighbor brief", "show cdp neighbors" and their like. */
#include "document/cli.h"
#include <ctype.h>

static bool one_of(const char *title, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(title, *list) == 0)
			return true;
	return false;
}

struct table {
	struct np_cli_columns c;
	size_t name, chassis, platform; /* SIZE_MAX: no such column */
	size_t here, there;		/* ports */
	bool cdp;
	bool wrapped; /* the row above was a name alone */
};

static bool name_table(struct table *t)
{
	static const char *const names[] = {"deviceid",
					    "systemname",
					    "sysname",
					    "neighbordeviceid",
					    "neighbordev",
					    "neighborname",
					    "remotesystemname",
					    "remhostname",
					    "remotesysname",
					    "neighbordevice",
					    "identity",
					    "neighborsystemname",
					    "remotename",
					    "remotesystem",
					    "deviceidentifier",
					    "remotedevice",
					    NULL};
	static const char *const chassis[] = {"chassisid", "neighborchassisid",
					      "remotechassisid", "remchassisid",
					      NULL};
	static const char *const here[] = {
		"localintf", "localintrfce", "localinterface",
		"localport", "localport-id", "local",
		NULL};
	static const char *const there[] = {
		"portid",	"neighborport",	     "neighborportid",
		"neighborintf", "neighborinterface", "remoteport",
		"remoteportid", "remportid",	     NULL};
	bool link = false;

	t->name = t->chassis = t->platform = SIZE_MAX;
	t->here = t->there = SIZE_MAX;
	for (size_t i = 0; i < t->c.n; i++) {
		const char *title = t->c.title[i];

		if (one_of(title, names))
			t->name = i;
		else if (one_of(title, chassis))
			t->chassis = i;
		else if (strcmp(title, "platform") == 0)
			t->platform = i;
		else if (one_of(title, here))
			t->here = i;
		else if (one_of(title, there))
			t->there = i;
		link |= strstr(title, "port") || strstr(title, "intf") ||
			strstr(title, "intrfce") ||
			strstr(title, "interface") || strstr(title, "chassis");
	}
	return link && t->name != SIZE_MAX;
}

/* "Device ID Local Intrfce Holdtme Capability Platform Port ID", blanks lost.
 */
static bool squeezed(struct np_cur line, struct table *t)
{
	static const char *const titles[] = {"Device ID Local Int",
					     "Device-ID Local Int"};

	for (size_t i = 0; i < NP_COUNT(titles); i++)
		if (np_ahead_nocase(np_trim(line), titles[i])) {
			t->c.squeezed = true;
			t->name = 0;
			t->chassis = t->platform = SIZE_MAX;
			t->here = t->there = SIZE_MAX;
			return true;
		}
	return false;
}

static bool begins(const struct np_cli_part *p, size_t i, struct table *t)
{
	struct np_cur line = p->line[i].text;

	*t = (struct table){0};
	if (np_cli_columns(p, i, &t->c)) {
		if (!name_table(t))
			return false;
	} else {
		if (!squeezed(line, t))
			return false;
	}
	t->cdp = t->platform != SIZE_MAX ||
		 np_find_nocase(line, "platform") != SIZE_MAX ||
		 np_find_nocase(p->command, "cdp") != SIZE_MAX;
	return true;
}

static bool is_word(struct np_cur c)
{
	for (size_t i = 0; i < c.left; i++)
		if (c.p[i] <= ' ')
			return false;
	return c.left;
}

/* Nothing of the table: sums and what follows it. */
static bool is_over(struct np_cur line)
{
	static const char *const ends[] = {"total ", "number of", "capability",
					   "entries"};

	line = np_trim(line);
	for (size_t i = 0; i < NP_COUNT(ends); i++)
		if (np_ahead_nocase(line, ends[i]))
			return true;
	return false;
}

static struct np_cur name_of(struct table *t, struct np_cur line)
{
	struct np_cur v = np_trim(line);
	bool alone = is_word(v) && t->name == 0, behind = t->wrapped;

	t->wrapped = alone;
	if (alone)
		return v;
	/* A row that was broken behind the name. */
	if (!t->c.squeezed && t->name == 0 && t->c.from[0] < line.left &&
	    line.p[t->c.from[0]] == ' ')
		return np_cur(line.p, 0);
	if (!t->c.squeezed)
		return np_cli_cell(&t->c, t->name, line);
	for (size_t i = 0; i < v.left; i++)
		if (v.p[i] == ' ')
			v.left = i;
	if (behind)
		v.left = 0;
	return v;
}

static bool is_name(struct np_cur v)
{
	for (size_t i = 0; i < v.left; i++)
		if (isalnum(v.p[i]))
			return v.left < 128 && !np_cli_nothing(v);
	return false;
}

static struct np_cur cell(const struct table *t, size_t column,
			  struct np_cur line)
{
	struct np_cur none = np_cur(line.p, 0);

	return column == SIZE_MAX ? none : np_cli_cell(&t->c, column, line);
}

static void say_link(struct np_doc *d, const struct table *t,
		     const struct np_cli_part *whose, struct np_cur name,
		     const struct np_cli_line *l)
{
	struct np_cli_link x = {
		.cdp = t->cdp,
		.whose = whose,
		.name = name,
		.place = l->number,
		.at = l->at + (uint64_t)(name.p - l->text.p),
	};

	if (!t->cdp)
		x.chassis = cell(t, t->chassis, l->text);
	if (!is_word(x.chassis))
		x.chassis.left = 0;
	/* Of a row that is broken the ports stand in the next line. */
	if (!t->wrapped) {
		x.near_port = cell(t, t->here, l->text);
		x.far_port = cell(t, t->there, l->text);
	}
	np_cli_link(d, &x);
}

static void say_row(struct np_doc *d, struct table *t,
		    const struct np_cli_part *whose,
		    const struct np_cli_line *l)
{
	struct np_cur line = l->text, name = name_of(t, line), v;

	if (!is_name(name))
		return;
	np_doc_say(d, NP_PEER, NP_LINK);
	np_doc_place(d, l->number);
	np_doc_put_at(d, t->cdp ? NP_CLI_CDP_DEVICE : NP_CLI_LLDP_NAME, name,
		      l->at + (uint64_t)(name.p - line.p));
	if (!t->cdp && t->chassis != SIZE_MAX) {
		v = np_cli_cell(&t->c, t->chassis, line);
		if (is_word(v))
			np_doc_put_at(d, NP_CLI_LLDP_CHASSIS, v,
				      l->at + (uint64_t)(v.p - line.p));
	}
	if (t->cdp && t->platform != SIZE_MAX && !t->wrapped) {
		v = np_cli_cell(&t->c, t->platform, line);
		np_doc_put_at(d, NP_CLI_CDP_PLATFORM, v,
			      l->at + (uint64_t)(v.p - line.p));
	}
	np_doc_said(d);
	say_link(d, t, whose, name, l);
}

bool np_cli_brief(struct np_doc *d, const struct np_cli_part *p)
{
	struct table t = {0}, next;
	bool any = false, rows = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct np_cli_line *l = &p->line[i];

		if (begins(p, i, &next)) {
			t = next;
			any = true;
			rows = false;
			if (!t.c.rows)
				t.c.rows = i + 1;
		} else if (any && i >= t.c.rows &&
			   (is_over(l->text) ||
			    (rows && np_cli_rule(l->text)))) {
			t.c.rows = SIZE_MAX;
		} else if (any && i >= t.c.rows && l->text.left &&
			   !np_cli_rule(l->text)) {
			rows = true;
			if (d)
				say_row(d, &t, p, l);
		}
	}
	return any;
}

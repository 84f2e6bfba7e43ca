/* SPDX-License-Identifier: ISC */
/*
 * Reports of the man-machine language in which network elements of mobile
 *cores, switches and base stations' controllers are operated. It has no public
 * specification; operators' saved logs show
 *
 *	+++    NAME        2026-11-23 09:00:00+01:00
 *	O&M    #1234
 *	%%LST VER:;%%
 *	RETCODE = 0  Operation succeeded
 *
 * where the name may be a kind and, in a comment as C has them, a number and a
 * name ("MEID:0 MENAME:amf1"), a number or a comment may stand before the
 * command, and the clock may be followed by its zone or DST. A manager
 * passes on reports of its elements, so whose name it is one knows not: it is
 *no key. Of a command its parameters are not read, for people log in by one.
 */
#include "proto/proto.h"

enum { HEADER, NE_TYPE, NE_NAME, COMMAND, RETCODE };

static const struct np_field fields[] = {
	[HEADER] = {"header", NP_TEXT, NP_KEY_NONE, 0,
		    "what stands before the report's number"},
	[NE_TYPE] = {"ne_type", NP_TEXT, NP_KEY_NONE, 0,
		     "kind of the network element, before a comment"},
	[NE_NAME] = {"ne_name", NP_TEXT, NP_KEY_NONE, 0,
		     "name of the network element that it is a report of"},
	[COMMAND] = {"command", NP_TEXT, NP_KEY_NONE, 0,
		     "the command's verb and object"},
	[RETCODE] = {"retcode", NP_UINT, NP_KEY_NONE, 0,
		     "how the command ended; 0 is well"},
};

enum { LIMIT = 4096, LINES = 8 };

#define BEGINS "+++    "
#define SECOND "O&M    #"

/* "2026-11-23 09:00:00" */
static bool is_time(struct np_cur c)
{
	static const char form[] = "0000-00-00 00:00:00";

	for (size_t i = 0; form[i]; i++) {
		uint8_t b = np_u8(&c);

		if (form[i] == '0' ? b < '0' || b > '9' : b != form[i])
			return false;
	}
	return !c.cut;
}

/* The name of the first line, which a time follows. */
static bool read_first(struct np_cur line, struct np_cur *ret_name)
{
	struct np_cur name = line;

	if (!np_eat(&line, BEGINS, sizeof(BEGINS) - 1))
		return false;
	name = line;
	while (line.left && !is_time(line))
		np_skip(&line, 1);
	name.left -= line.left;
	*ret_name = np_trim(name);
	return line.left && ret_name->left;
}

/* A kind and a comment, or a name alone. */
static void emit_name(struct np_out *o, struct np_cur v)
{
	size_t comment = np_find(v, "/*", 2), at = np_find(v, "MENAME:", 7);

	if (comment == SIZE_MAX || at == SIZE_MAX || at < comment) {
		np_emit(o, NE_NAME, v);
		return;
	}
	np_emit(o, NE_TYPE, np_sub(&v, comment));
	np_skip(&v, at - comment + 7);
	size_t end = np_find(v, "*/", 2);

	np_emit(o, NE_NAME, np_trim(np_sub(&v, end < v.left ? end : v.left)));
}

/* "%%LST VER:;%%", with a number or a comment before the verb. */
static void emit_command(struct np_out *o, struct np_cur v)
{
	np_skip(&v, 2);
	if (np_ahead(v, "/*", 2)) {
		size_t end = np_find(v, "*/", 2);

		np_skip(&v, end == SIZE_MAX ? v.left : end + 2);
	}
	while (v.left && v.p[0] >= '0' && v.p[0] <= '9')
		np_skip(&v, 1);
	size_t n = np_find(v, ":", 1);

	if (n != SIZE_MAX)
		np_emit(o, COMMAND, np_trim(np_sub(&v, n)));
}

/* "RETCODE = 0  Operation succeeded" */
static void emit_retcode(struct np_out *o, struct np_cur v)
{
	const uint8_t *at;
	uint64_t n;

	np_skip(&v, 7);
	v = np_trim(v);
	if (!np_eat(&v, "=", 1))
		return;
	v = np_trim(v);
	at = v.p;
	if (np_decimal(&v, &n))
		np_emit_u(o, RETCODE, &v, at, n);
}

/* Could it go on to be a report? */
static bool may_be(struct np_cur c)
{
	static const char begins[] = BEGINS;

	for (size_t i = 0; begins[i] && c.left; i++)
		if (np_u8(&c) != (uint8_t)begins[i])
			return false;
	return true;
}

static void skip_space(struct np_cur *c)
{
	while (c->left && np_space(c->p[0]))
		np_skip(c, 1);
}

static enum np_verdict mml_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur name, first, second, line;
	struct np_cur command = np_cur(NULL, 0), code = command;

	skip_space(c);
	if (!may_be(*c))
		return NP_NOT_MINE;
	struct np_cur at = *c;

	if (!np_line(c, &first) || !np_line(c, &second))
		return o->from->end || at.left > LIMIT / 2 ? NP_NOT_MINE
							   : np_more(o, 0);
	if (!read_first(first, &name) ||
	    !np_ahead(second, SECOND, sizeof(SECOND) - 1))
		return NP_NOT_MINE;
	for (int i = 0; i < LINES && !code.left && np_line(c, &line); i++) {
		if (np_ahead(line, "%%", 2))
			command = line;
		else if (np_ahead(line, "RETCODE", 7))
			code = line;
	}
	if (!code.left && c->left < LIMIT / 2 && !o->from->end)
		return np_more(o, 0);
	np_emit(o, HEADER, np_cur(second.p, sizeof(SECOND) - 1));
	emit_name(o, name);
	if (command.left)
		emit_command(o, command);
	if (code.left)
		emit_retcode(o, code);
	return NP_DECODED;
}

static bool mml_sync(struct np_cur c)
{
	struct np_cur first, name;

	skip_space(&c);
	return np_line(&c, &first) && read_first(first, &name) &&
	       np_ahead(c, SECOND, sizeof(SECOND) - 1);
}

static const struct np_match match[] = {
	NP_STREAM(BEGINS), NP_STREAM("\r\n" BEGINS),
	NP_TCP(6000), /* of base stations' terminals */
};

const struct np_proto np_proto_mml = {
	.name = "mml",
	.title = "Man-machine language's reports",
	.spec = "not public",
	.layer = "management",
	.grade = "E4",
	.heard = true,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = mml_decode,
	.sync = mml_sync,
};

/* SPDX-License-Identifier: ISC */
/*
 * Syslog as rsyslog and syslog-ng write it into files: a message a line, as it
 * came but for its priority, behind the collector's time and the host's name.
 * So a line is read as the message is (proto/syslog.c). Only a time that says
 * its year is a time.
 */
#include "document/document.h"
#include <ctype.h>

#define MAX_STATEMENTS 4

static const char *const fields[] = {"syslog.text", NULL};

/* "Nov 26 10:00:00 ", "Nov  6 2026 10:00:00 " */
static bool old_time(struct np_cur c)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	bool month = false;

	for (size_t i = 0; months[i]; i += 3)
		month |= np_ahead(c, months + i, 3);
	if (!month || c.left < 16 || c.p[3] != ' ' || !isdigit(c.p[5]) ||
	    c.p[6] != ' ')
		return false;
	np_skip(&c, 7);
	if (c.left > 5 && c.p[4] == ' ')
		np_skip(&c, 5);
	return c.left > 9 && c.p[2] == ':' && c.p[5] == ':' && isdigit(*c.p);
}

/* RFC 3339: the word, if it is one; else of 0 octets. */
static struct np_cur new_time(struct np_cur c)
{
	struct np_cur v = np_doc_until(&c, " ");

	if (v.left < 19 || !c.left || v.p[4] != '-' || v.p[7] != '-' ||
	    v.p[10] != 'T' || v.p[13] != ':' || !isdigit(*v.p))
		v.left = 0;
	return v;
}

static void skip_priority(struct np_cur *c)
{
	struct np_cur v = *c;
	uint64_t priority;

	if (!np_eat(&v, "<", 1) || !np_decimal(&v, &priority) ||
	    !np_eat(&v, ">", 1))
		return;
	*c = v;
	if (np_ahead(v, "1 ", 2)) /* RFC 5424's version */
		np_skip(c, 2);
}

static bool is_message(struct np_cur line)
{
	skip_priority(&line);
	return old_time(line) || new_time(line).left;
}

/* "…T10:00:00.5+01:00": UTC is what is left without the zone. */
static int64_t when(struct np_cur line)
{
	int64_t t, zone = 0;

	skip_priority(&line);
	struct np_cur v = new_time(line), at = v;

	if (v.left > 6 && v.p[v.left - 3] == ':' &&
	    strchr("+-", v.p[v.left - 6])) {
		uint64_t h, m;

		v.left -= 6;
		np_skip(&at, v.left + 1);
		if (!np_decimal(&at, &h) || !np_eat(&at, ":", 1) ||
		    !np_decimal(&at, &m))
			return NP_NEVER;
		zone = (int64_t)(h % 100 * 3600 + m % 100 * 60) * 1000000000;
		zone = v.p[v.left] == '-' ? -zone : zone;
	}
	t = v.left ? np_doc_when(v) : NP_NEVER;
	return t == NP_NEVER ? t : t - zone;
}

/* The line with a priority before it, where it has none. */
static struct np_cur message(struct np_doc *d, struct np_cur line)
{
	static const char priority[] = "<189>";
	size_t k = np_ahead(line, "<", 1) ? 0 : sizeof(priority) - 1;
	uint8_t *to = np_alloc(&d->mem, line.left + k);

	if (!to)
		return np_cur(NULL, 0);
	memcpy(to, priority, k);
	memcpy(to + k, line.p, line.left);
	return np_cur(to, line.left + k);
}

static void say(struct np_doc *d, struct np_cur line)
{
	struct np_out_statement said[MAX_STATEMENTS];
	struct np_cur c;

	np_doc_say(d, NP_SELF, NP_ROUTED);
	c = message(d, line);
	said[0] = d->said;
	d->out.said = said;
	d->out.said_cap = MAX_STATEMENTS;
	d->out.proto = np_protos[d->id[0] >> 8];
	d->out.base = c.p;
	d->out.base_n = c.left;
	d->out.origin = d->line_at;
	np_doc_time(d, when(line), when(line));
	if (np_proto_syslog.decode(&c, &d->out) == NP_DECODED)
		np_doc_said(d);
	else
		np_doc_bad(d, "no message");
}

static bool mine(struct np_cur head)
{
	struct np_cur line = {.cut = true};

	while (np_line(&head, &line) && !line.left)
		;
	return !line.cut && is_message(line);
}

static int read_syslog(struct np_doc *d)
{
	struct np_cur line;

	while (np_doc_line(d, &line)) {
		if (!line.left || isspace(*line.p))
			continue; /* more of the message before */
		if (is_message(line))
			say(d, line);
		else
			np_doc_bad(d, "no time where a message begins");
	}
	return NP_OK;
}

const struct np_document np_document_syslog = {
	.name = "syslog",
	.title = "Syslog files",
	.spec = "RFC 3164, RFC 5424, as rsyslog and syslog-ng write them",
	.method = "log",
	.fields = fields,
	.mine = mine,
	.read = read_syslog,
};

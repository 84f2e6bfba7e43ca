/* SPDX-License-Identifier: ISC */
/*
 * SNMP walks: what snmpwalk prints (RFC 3416 names and values in net-snmp's
 * text, `OID = TYPE: value`), and snmprec (`OID|TAG|value`, snmpsim).
 *
 * A walk is one host's until its first object comes again: loops print walks
 * without anything between. A line before it that names an address tells whose
 * it is. Texts of several lines go on until their quote is closed, or else
 * until a line that is a row.
 */
#include "document/walk.h"
#include <stdlib.h>

/* Lines before the first row: a prompt, a title. */
#define PREAMBLE 12

/* What snmpwalk prints of who does not answer. */
static bool is_silence(struct np_cur line)
{
	return np_ahead(line, "Timeout: No Response from ", 26);
}

static bool mine(struct np_cur head)
{
	struct np_cur line;
	struct np_walk_row r;

	for (int i = 0; i < PREAMBLE && np_line(&head, &line); i++)
		if ((np_walk_row(line, &r) && r.typed) || is_silence(line))
			return true;
	/* One row, without an end. */
	return head.left && np_walk_row(head, &r) && r.typed;
}

static void host_over(struct np_walk *w)
{
	if (w->host.line)
		np_walk_say(w);
	np_arena_reset(&w->d->keep);
	memset(&w->host, 0, sizeof(w->host));
}

/* -------------------------------------------------- lines between walks */

static bool is_title(struct np_cur line)
{
	return line.left && strchr("#=-;$>[", *line.p);
}

/* The address in "# 10.0.0.1", "$ snmpwalk -v2c … 10.0.0.1". It counts when a
 * host begins in the next row, so a device's text cannot pretend one. */
static bool note_title(struct np_walk *w, struct np_cur line)
{
	uint8_t ip[16];

	while (line.left) {
		struct np_cur word = np_trim(np_doc_until(&line, " "));

		while (word.left && strchr(":,=#]", word.p[word.left - 1]))
			word.left--;
		if (!np_address(word, ip))
			continue;
		np_buf_clear(&w->title);
		np_put(&w->title, word.p, word.left);
		return true;
	}
	return false;
}

/* ------------------------------------------------------ row after row */

static void add(struct np_walk *w, struct np_cur piece)
{
	w->text_n += piece.left + 1;
	if (w->text_n > NP_MAX_VALUE || w->want.what == NP_WALK_NOT)
		return;
	if (w->line != w->d->line)
		np_putc(&w->text, '\n');
	np_put(&w->text, piece.p, piece.left);
}

static void row_over(struct np_walk *w)
{
	if (w->text_n > NP_MAX_VALUE)
		np_doc_bad(w->d, "a value over the limit");
	else if (w->row.form != NP_WALK_NOTHING)
		np_walk_take(w);
	w->open = false;
	w->text_n = 0;
	w->row = (struct np_walk_row){.form = NP_WALK_NOTHING};
}

static bool again(const struct np_walk *w, const struct np_walk_row *r)
{
	return w->host.line && strcmp(w->host.first, r->oid) == 0;
}

/* Begins a host where the last one's first object comes again. */
static void place_row(struct np_walk *w)
{
	struct np_walk_host *h = &w->host;

	if (again(w, &w->row))
		host_over(w);
	if (!h->line) {
		h->line = w->d->line;
		memcpy(h->first, w->row.oid, w->row.n + 1);
		if (w->title.n)
			h->title = np_cur(
				np_copy(&w->d->keep, w->title.p, w->title.n),
				w->title.n);
	}
	np_buf_clear(&w->title);
}

static void begin_row(struct np_walk *w)
{
	struct np_doc *d = w->d;

	d->stats.asked++;
	if (w->row.form == NP_WALK_NOTHING) {
		d->stats.absent++;
		return;
	}
	if (w->row.n)
		place_row(w);
	w->want = np_walk_wants(w, &w->row);
	w->at = np_doc_at(d, w->row.raw);
	w->line = d->line;
	w->open = w->row.lines && !np_walk_closed(w->row.raw);
	if (np_ahead(w->row.raw, "\"", 1) && !w->open)
		w->row.lines = false;
	w->titled = SIZE_MAX;
	np_buf_clear(&w->text);
	add(w, w->row.raw);
}

/* A line that is no row goes on with the text before it, or stands between
 * walks. */
static void other_line(struct np_walk *w, struct np_cur line)
{
	bool hex = w->row.form == NP_WALK_HEX;
	bool more = w->row.lines && (!hex || np_walk_is_hex(line));

	if (is_silence(line)) {
		w->d->stats.asked++;
		w->d->stats.absent++;
		return;
	}
	if (is_title(line) && note_title(w, line) && w->titled == SIZE_MAX)
		w->titled = w->text.n;
	if (more)
		add(w, line);
	else if (line.left && !is_title(line))
		np_doc_bad(w->d, "no row of a walk");
}

static void take_line(struct np_walk *w, struct np_cur line)
{
	struct np_walk_row r;

	if (w->open) {
		add(w, line);
		if (np_walk_closes(line) || w->text_n > NP_MAX_VALUE)
			row_over(w);
	} else if (np_walk_row(line, &r)) {
		/* What stands before another host is no text of the last's. */
		if (w->titled < w->text.n && again(w, &r))
			w->text.n = w->titled;
		row_over(w);
		w->row = r;
		begin_row(w);
	} else {
		other_line(w, line);
	}
}

static int read_walk(struct np_doc *d)
{
	struct np_walk *w = calloc(1, sizeof(*w));
	struct np_cur line;

	if (!w)
		return NP_ENOMEM;
	w->d = d;
	w->text = np_buf(NP_MAX_VALUE);
	w->title = np_buf(64);
	w->row.form = NP_WALK_NOTHING;
	w->titled = SIZE_MAX;
	while (np_doc_line(d, &line))
		take_line(w, line);
	if (w->open) {
		np_doc_bad(d, "a text that does not end");
		w->row.form = NP_WALK_NOTHING;
	}
	row_over(w);
	host_over(w);
	np_buf_free(&w->text);
	np_buf_free(&w->title);
	free(w);
	return NP_OK;
}

const struct np_document np_document_walk = {
	.name = "walk",
	.title = "SNMP walks",
	.spec = "RFC 3416; net-snmp's and snmpsim's text",
	.method = "walk",
	.fields = np_walk_fields,
	.mine = mine,
	.read = read_walk,
};

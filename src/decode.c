/* SPDX-License-Identifier: ISC */
/*
 * Left of the waist: the decoder. It runs in a process of its own, confined,
 * with its sources open and a pipe to write to, and nothing else.
 */
#include "core/charset.h"
#include "core/confine.h"
#include "core/hash.h"
#include "document/document.h"
#include "run.h"
#include "source/pump.h"
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "decode.h"

struct decoder {
	const struct np_listen_conf *conf;
	struct np_pipe_out out;
	struct np_tally *tally;
	struct np_wire *wire;
	struct np_pump *pump; /* NULL: no core is free for it */
	uint32_t source;
	bool live;    /* no file: somebody may be waiting for the answer */
	int64_t told; /* when, by the frames' own time */
	const struct np_source *reading;
	struct np_doc doc;	   /* a document: what read it */
	struct np_occurrence seen; /* ... and the times that it gives */
	uint64_t segment_end;	   /* ... and the segment's last line */
};

static void give(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		 const struct np_occurrence *o)
{
	struct decoder *d = ctx;

	np_pipe_sighting(&d->out, d->source, number, body, n, o);
}

static void segment_over(struct decoder *d)
{
	np_wire_segment(d->wire);
	np_tally_flush(d->tally);
}

static void broken(struct decoder *d, const struct np_err *e)
{
	char text[400];

	(void)snprintf(text, sizeof(text), "%s%s%s", e->text,
		       e->what[0] ? ": " : "", e->what);
	np_pipe_text(&d->out, NP_R_BROKEN, d->source, text, e->at);
}

static void coverage(struct decoder *d, const struct np_source *s)
{
	struct np_source_stats st;
	struct np_wire_stats w;
	struct np_tally_stats t;
	size_t n;

	np_source_stats(s, &st);
	np_wire_stats(d->wire, &w);
	np_tally_stats(d->tally, &t);
	struct np_coverage c = {
		.source = d->source,
		.first = np_time_min(st.first, d->seen.first),
		.last = np_time_max(st.last, d->seen.last),
		.frames = st.frames + d->doc.stats.records,
		.bytes = st.bytes,
		.drops = st.drops,
		.malformed = t.malformed + d->doc.stats.bad,
		.asked = d->doc.stats.asked,
		.absent = d->doc.stats.absent,
		.unread_link = w.unread_link,
		.dropped_by_limit = t.dropped_by_limit + w.flows_dropped +
				    w.pending_dropped + w.fragments_dropped,
		.subscriber_tunnels = w.subscriber_tunnels,
		.cut_at = st.cut_at,
		.backwards = st.backwards,
		.backwards_at = st.backwards_at,
	};

	const struct np_dropped *x = np_tally_dropped(d->tally, &n);

	for (size_t i = 0; i < n; i++)
		np_pipe_dropped(&d->out, d->source, &x[i]);
	np_pipe_coverage(&d->out, &c, &t, w.unread_link_type, st.truncated);
}

/* What comes through a pipe is not held back until it ends: once a second, by
 * the frames' own time, what is new is said. */
static void tell(struct decoder *d, int64_t now)
{
	if (d->told != NP_NEVER && now >= d->told && now - d->told < 1000000000)
		return;
	d->told = now;
	np_wire_segment(d->wire);
	np_tally_tell(d->tally);
	(void)np_pipe_flush(&d->out);
}

static bool peel_batch(struct decoder *d, const struct np_source *s,
		       const struct np_frame *f, int n, uint64_t *segment_end)
{
	struct np_source_stats st;

	for (int i = 0; i < n; i++)
		np_peel_ahead(d->wire, &f[i]);
	for (int i = 0; i < n; i++) {
		if (f[i].number > *segment_end) {
			segment_over(d);
			*segment_end += UINT64_C(1) << NP_SEGMENT_SHIFT;
		}
		np_peel(d->wire, &f[i]);
		if (d->conf->every)
			segment_over(d);
		if (f[i].number & 0x3ffff)
			continue;
		np_source_stats(s, &st);
		np_pipe_progress(&d->out, d->source, st.frames, st.bytes);
		(void)np_pipe_flush(&d->out); /* a sign of life */
	}
	np_tally_catch_up(d->tally);
	if (d->live)
		tell(d, f[n - 1].time);
	return !d->out.error; /* else nobody listens any more */
}

static void tell_kind(struct decoder *d, const struct np_source *s)
{
	struct np_source_stats st;

	np_source_stats(s, &st);
	np_pipe_text(&d->out, NP_R_KIND, d->source, st.kind, 0);
}

/* A capture, from its first frame to its last. */
static int read_frames(struct decoder *d, struct np_source *s,
		       struct np_err *reterr)
{
	struct np_frame f[NP_AHEAD];
	uint64_t segment_end = UINT64_C(1) << NP_SEGMENT_SHIFT;
	int rc;

	tell_kind(d, s);
	while ((rc = np_source_batch(s, f, NP_AHEAD, reterr)) > 0 &&
	       peel_batch(d, s, f, rc, &segment_end))
		;
	np_wire_end(d->wire);
	return rc;
}

/* ------------------------------------------------------------ documents */

static void said(void *ctx, const struct np_out *o, uint64_t place,
		 int64_t first, int64_t last)
{
	struct decoder *d = ctx;
	struct np_payload p = {
		.from = *o->from,
		.place = place,
		.first = first,
		.last = last,
		.count = 1,
		.subscriber = d->doc.is->subscribers,
	};

	if (place > d->segment_end || d->conf->every)
		np_tally_flush(d->tally);
	if (place > d->segment_end)
		d->segment_end =
			((place - 1) | ((1u << NP_SEGMENT_SHIFT) - 1)) + 1;
	d->seen.first = np_time_min(d->seen.first, first);
	d->seen.last = np_time_max(d->seen.last, last);
	np_tally_said(d->tally, &p, o);
}

static void alive(void *ctx)
{
	struct decoder *d = ctx;
	struct np_source_stats st;

	np_source_stats(d->reading, &st);
	np_pipe_progress(&d->out, d->source, d->doc.line, st.bytes);
}

/* The first line that could not be read, and how many there are. */
static void tell_bad(struct decoder *d)
{
	const struct np_doc_stats *st = &d->doc.stats;
	char text[160];

	if (!st->bad)
		return;
	(void)snprintf(text, sizeof(text), "line %llu: %s (%llu in all)",
		       (unsigned long long)st->bad_line, st->bad_why,
		       (unsigned long long)st->bad);
	np_pipe_text(&d->out, NP_R_BROKEN, d->source, text, st->bad_at);
}

/* A document, from its first line to its last. */
static int read_document(struct decoder *d, struct np_source *s,
			 struct np_reader *r, struct np_err *reterr)
{
	const struct np_doc_host host = {
		.ctx = d,
		.said = said,
		.alive = alive,
		.object = d->conf->rules.object,
		.object_ctx = d->conf->rules.known_ctx,
		.map = d->conf->map,
		.pseudonyms = d->conf->pseudonyms,
	};
	const struct np_document *doc;
	int rc;

	(void)np_feed_want(r, NP_DOCUMENT_HEAD);
	doc = np_document_find(np_feed_cur(r));
	if (!doc && d->conf->map)
		doc = &np_document_table;
	if (!doc)
		return np_known_fail(np_feed_cur(r), reterr);
	np_source_call(s, doc->name);
	tell_kind(d, s);
	d->segment_end = UINT64_C(1) << NP_SEGMENT_SHIFT;
	rc = np_doc_read(&d->doc, doc, r, &host, reterr);
	tell_bad(d);
	np_doc_free(&d->doc);
	return rc;
}

/* One source from its beginning to its end. */
static void read_source(struct decoder *d, const struct np_input *in)
{
	struct np_source *s = NULL;
	struct np_err e = {0};
	int rc = np_source_open_any(in->fd, &s, &e);

	if (rc < 0) {
		broken(d, &e);
		return;
	}
	d->live = !in->size;
	if (d->pump && !d->live)
		np_source_ahead(s, d->pump);
	d->told = NP_NEVER;
	d->reading = s;
	d->doc = (struct np_doc){.is = NULL};
	d->seen = (struct np_occurrence){.first = NP_NEVER, .last = NP_NEVER};
	struct np_reader *plain = np_source_plain(s);

	rc = plain ? read_document(d, s, plain, &e) : read_frames(d, s, &e);
	np_tally_flush(d->tally);
	if (rc < 0)
		broken(d, &e);
	coverage(d, s);
	np_source_close(s);
}

/* Library state that is built on first use, and would want files then. */
static void warm_up(void)
{
	uint8_t h[32];

	np_sha256("", 0, h);
	np_charsets_ready();
}

static int decode_share(struct np_inputs *in, const struct np_listen_conf *conf,
			unsigned share, unsigned shares, struct decoder *d)
{
	struct np_wire_conf wire = conf->wire;

	wire.batches = true;
	for (size_t i = share; i < in->n; i += shares) {
		d->source = (uint32_t)i + 1;
		d->tally =
			np_tally_new(&conf->rules, NP_MAX_SIGHTINGS, give, d);
		d->wire = np_wire_new(&wire, np_tally_payload, d->tally);
		if (!d->tally || !d->wire)
			return NP_ENOMEM;
		if (conf->numbered)
			np_tally_number(d->tally);
		read_source(d, &in->v[i]);
		np_wire_free(d->wire);
		np_tally_free(d->tally);
	}
	return np_pipe_flush(&d->out);
}

/* Cores that this process may run on. */
static unsigned cores(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) < 0
		       ? 1
		       : (unsigned)CPU_COUNT(&set);
}

void np_decoder(struct np_inputs *in, const struct np_listen_conf *conf,
		unsigned share, unsigned shares, int to)
{
	struct decoder d = {.conf = conf};
	struct np_err e = {0};

	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	np_pipe_out(&d.out, to);
	warm_up();
	int rc = NP_OK;

	/* Both threads confine themselves, each before it reads anything. */
	if (cores() > shares) {
		d.pump = np_pump_new(&e);
		rc = d.pump ? NP_OK : NP_EIO;
	}
	if (!rc)
		rc = np_confine(NULL, &e);
	if (rc < 0)
		np_pipe_text(&d.out, NP_R_BROKEN, share + 1, e.text, 0);
	else
		rc = decode_share(in, conf, share, shares, &d);
	(void)np_pipe_flush(&d.out);
	_exit(rc < 0 ? 4 : 0);
}

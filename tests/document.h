/* SPDX-License-Identifier: ISC */
/* One document out of memory, as lines that people can read: for goldens,
 * properties and fuzz targets. */
#ifndef TESTS_DOCUMENT_H
#define TESTS_DOCUMENT_H
#include "document/document.h"
#include "sighting/sighting.h"
#include <stdio.h>
#include <stdlib.h>

struct listener {
	struct np_buf *out;
	struct np_buf body;
	struct np_seal_rules rules;
	struct np_withheld withheld;
};

static void put_keys(struct np_buf *b, const struct np_sighting *s)
{
	for (size_t i = 0; i < s->nkeys; i++) {
		np_putf(b, " %s=", np_keykind_name(s->keys[i].kind));
		np_putterm(b, s->keys[i].v, s->keys[i].n);
	}
}

/* "line 3 snmp self routed name=r1", then a fact a line. */
static void say(void *ctx, const struct np_out *o, uint64_t place,
		int64_t first, int64_t last)
{
	struct listener *l = ctx;
	struct np_sighting s;
	char name[64];

	(void)last;
	np_buf_clear(&l->body);
	if (!np_seal(&l->rules, o, 0, NP_OWNER_UNKNOWN, o->full, &l->body,
		     &l->withheld) ||
	    l->body.failed)
		return;
	if (np_body_read((const uint8_t *)l->body.p, l->body.n, &s) < 0)
		abort(); /* what was sealed can be read */
	np_putf(l->out, "line %llu %s %s %s", (unsigned long long)place,
		np_protos[s.proto]->name, np_scope_name(s.scope),
		np_reach_name(s.reach));
	if (first != NP_NEVER)
		np_putf(l->out, " at %lld", (long long)(first / 1000000000));
	put_keys(l->out, &s);
	np_putc(l->out, '\n');
	for (size_t i = 0; i < s.nfacts; i++) {
		np_putf(l->out,
			"\t%s = ", np_field_text(s.facts[i].field, name));
		np_putterm(l->out, s.facts[i].v, s.facts[i].n);
		np_putf(l->out, " @%u\n", s.facts[i].at);
	}
}

static void alive(void *ctx)
{
	(void)ctx;
}

/* What the tests' knowledge reads out of objects: those of one made number. */
static int object(void *ctx, const char *oid, size_t n)
{
	static const char under[] = "1.3.6.1.4.1.32473.1.";

	(void)ctx;
	if (n != sizeof(under) + 2 ||
	    memcmp(oid, under, sizeof(under) - 1) != 0)
		return NP_OBJECT_NOTHING;
	return oid[sizeof(under) - 1] - '0';
}

static ssize_t pull(void *ctx, uint8_t *p, size_t n)
{
	struct np_cur *c = ctx;
	size_t got = n < c->left ? n : c->left;

	if (got)
		memcpy(p, np_take(c, got), got);
	return (ssize_t)got;
}

/* `is` NULL: found by content. False when nobody wants it. */
static bool read_octets(const struct np_document *is, const void *p, size_t n,
			bool raw, struct np_buf *out)
{
	struct listener l = {.out = out,
			     .body = np_buf(NP_MAX_SIGHTING),
			     .rules = {.raw = raw}};
	struct np_doc_host host = {
		.ctx = &l, .said = say, .alive = alive, .object = object};
	static uint8_t *window; /* one for all runs of a fuzz target */
	struct np_cur octets = np_cur(p, n);
	struct np_source *s = NULL;
	struct np_err e = {0};
	struct np_doc *d = malloc(sizeof(*d));
	if (!window)
		window = aligned_alloc(4096, NP_FEED_SIZE);
	if (!d || !window)
		abort();
	int rc = np_source_open_pull(pull, &octets, window, &s, &e);
	struct np_reader *r = rc < 0 ? NULL : np_source_plain(s);

	if (r) {
		(void)np_feed_want(r, NP_DOCUMENT_HEAD);
		if (!is)
			is = np_document_find(np_feed_cur(r));
	}
	if (r && is) {
		rc = np_doc_read(d, is, r, &host, &e);
		np_putf(out, "%s: %llu records, asked %llu, absent %llu\n",
			is->name, (unsigned long long)d->stats.records,
			(unsigned long long)d->stats.asked,
			(unsigned long long)d->stats.absent);
		if (d->stats.bad)
			np_putf(out, "bad: %llu, first in line %llu: %s\n",
				(unsigned long long)d->stats.bad,
				(unsigned long long)d->stats.bad_line,
				d->stats.bad_why);
		if (rc < 0)
			np_putf(out, "ended: %s\n", e.text);
		np_doc_free(d);
	}
	np_source_close(s);
	np_buf_free(&l.body);
	free(d);
	return r && is;
}
#endif

/* SPDX-License-Identifier: ISC */
/* Which document a source is, and how what it says becomes statements. */
#include "document/document.h"
#include "core/charset.h"
#include "core/hash.h"
#include "core/utf8.h"
#include "sighting/sighting.h"

const struct np_document *const np_documents[] = {
#define NP_DOCUMENT(name) &np_document_##name,
#include "document/documents.def"
#undef NP_DOCUMENT
	NULL,
};

const struct np_document *np_document_find(struct np_cur head)
{
	struct np_buf text = np_buf(2 * NP_DOCUMENT_HEAD);
	enum np_encoding e = np_doc_encoding(head);
	const struct np_document *const *d = np_documents;

	if (head.left > NP_DOCUMENT_HEAD)
		head.left = NP_DOCUMENT_HEAD;
	if (e != NP_UTF8) {
		np_doc_utf8(e, head, &text);
		head = np_cur(text.p, text.n);
	} else if (np_doc_chinese(np_doc_whole_lines(head), &text)) {
		head = np_cur(text.p, text.n);
	}
	if (np_ahead(head, "\xef\xbb\xbf", 3))
		np_skip(&head, 3);
	while (*d && !(*d)->mine(head))
		d++;
	np_buf_free(&text);
	return *d;
}

const char *np_document_method(const char *kind)
{
	size_t n = kind ? strcspn(kind, "+") : 0;

	for (const struct np_document *const *d = np_documents; *d; d++)
		if (strlen((*d)->name) == n && memcmp((*d)->name, kind, n) == 0)
			return (*d)->method;
	return "capture";
}

static int resolve(struct np_doc *d)
{
	const char *const *f = d->is->fields;

	for (size_t i = 0; i < NP_COUNT(d->id) && f[i]; i++) {
		int id = np_field_find(f[i], strlen(f[i]));

		if (id < 0)
			return NP_EABSENT;
		d->id[i] = (int16_t)id;
	}
	return NP_OK;
}

int np_doc_read(struct np_doc *d, const struct np_document *is,
		struct np_reader *r, const struct np_doc_host *host,
		struct np_err *reterr)
{
	size_t line = is->line_max ? is->line_max : NP_MAX_LINE;
	int rc;

	*d = (struct np_doc){
		.is = is,
		.host = host,
		.r = r,
		.keep = np_arena(NP_DOCUMENT_ARENA),
		.gathered = np_buf(line),
		.converted = np_buf(2 * line),
		.mem = np_arena(NP_FRAME_ARENA),
	};
	rc = resolve(d);
	if (rc)
		return np_fail(reterr, rc, "a field that nobody has", is->name,
			       0);
	rc = is->read(d);
	if (rc < 0)
		return np_fail(reterr, rc, np_strerror(rc), is->name,
			       d->line_at);
	return np_feed_over(r, false, d->line_at, reterr);
}

void np_doc_free(struct np_doc *d)
{
	np_arena_free(&d->keep);
	np_arena_free(&d->mem);
	np_buf_free(&d->gathered);
	np_buf_free(&d->converted);
}

void np_doc_bad(struct np_doc *d, const char *why)
{
	struct np_doc_stats *s = &d->stats;

	if (!s->bad++) {
		s->bad_why = why;
		s->bad_line = d->line;
		s->bad_at = d->line_at;
	}
}

/* ---------------------------------------------------------- statements */

void np_doc_say(struct np_doc *d, enum np_scope scope, enum np_reach reach)
{
	np_arena_reset(&d->mem);
	d->from = (struct np_from){.reach = reach, .document = true};
	d->said = (struct np_out_statement){.scope = scope, .reach = reach};
	d->out = (struct np_out){
		.mem = &d->mem,
		.from = &d->from,
		.facts = d->facts,
		.cap = NP_COUNT(d->facts),
		.said = &d->said,
		.nsaid = 1,
		.said_cap = 1,
	};
	d->place = d->line ? d->line : 1;
	d->first = d->last = NP_NEVER;
}

static bool put(struct np_doc *d, unsigned index, enum np_form form,
		struct np_cur v, uint64_t at)
{
	if (!v.p || !v.left)
		return false;
	if (d->out.n == d->out.cap) {
		d->out.full = true;
		return false;
	}
	d->facts[d->out.n++] = (struct np_out_fact){
		.field = index,
		.form = form,
		.p = v.p,
		.n = v.left,
		.at = at,
	};
	d->said.n++;
	return true;
}

/* Octets of a value as a capture would have them, or its text; `*form` is then
 * TEXT. Cut: the field cannot have it. */
static struct np_cur spell(struct np_arena *mem, const struct np_field *f,
			   enum np_form *form, struct np_cur v)
{
	const struct np_cur none = {.cut = true};
	uint8_t octets[16];
	size_t n = 0;

	*form = f->form;
	switch (f->form) {
	case NP_MAC:
		n = np_doc_mac(v, octets) ? 6 : 0;
		break;
	case NP_IP:
		n = np_address(v, octets);
		break;
	case NP_OID:
		*form = NP_TEXT;
		return np_doc_oid(v);
	case NP_UINT:
		*form = NP_TEXT;
		return np_doc_digits(v) ? v : none;
	case NP_HEX:
		*form = NP_TEXT;
		return np_doc_hex(v, mem);
	case NP_TEXT:
	case NP_LIST:
		*form = NP_TEXT;
		if (f->key != NP_KEY_CHASSIS_ID && f->key != NP_KEY_MAC)
			return v;
		/* An id by its subtype; twelve digits may be any number. */
		if (v.left == 12 || !np_doc_mac(v, octets))
			return v;
		*form = NP_MAC;
		n = 6;
		break;
	}
	return n ? np_cur(np_copy(mem, octets, n), n) : none;
}

void np_doc_put_at(struct np_doc *d, unsigned field, struct np_cur v,
		   uint64_t at)
{
	unsigned id = (unsigned)d->id[field];
	const struct np_proto *p = np_protos[id >> 8];
	enum np_form form;

	if (!d->out.proto)
		d->out.proto = p;
	v = np_trim_space(v);
	if (v.cut || !v.left || p != d->out.proto)
		return;
	v = spell(&d->mem, &p->fields[id & 0xff], &form, v);
	if (!v.cut)
		(void)put(d, id & 0xff, form, v, at);
}

void np_doc_put(struct np_doc *d, unsigned field, struct np_cur v)
{
	np_doc_put_at(d, field, v, np_doc_at(d, v));
}

void np_doc_person(struct np_doc *d)
{
	if (d->out.n)
		d->facts[d->out.n - 1].person = true;
}

void np_doc_key(struct np_doc *d, enum np_keykind kind, struct np_cur v)
{
	struct np_out_statement *s = &d->said;
	struct np_field as = {.form = NP_TEXT, .key = kind};
	enum np_form form;

	if (kind == NP_KEY_MAC || kind == NP_KEY_IP)
		as.form = kind == NP_KEY_MAC ? NP_MAC : NP_IP;
	v = spell(&d->mem, &as, &form, np_trim_space(v));
	if (v.cut || !v.p || !v.left || s->nkeys == NP_MAX_OUT_KEYS)
		return;
	s->keys[s->nkeys++] = (struct np_out_key){
		.kind = kind, .form = form, .p = v.p, .n = v.left};
}

void np_doc_pseudonym(struct np_doc *d, struct np_cur v)
{
	uint8_t hash[16];
	struct np_buf b = np_buf(64);

	if (!d->host->pseudonyms || v.cut || !v.left)
		return;
	np_keyed_hash(d->host->pseudonyms, v.p, v.left, hash, sizeof(hash));
	np_putc(&b, '~'); /* no serial number begins so */
	np_puthex(&b, hash, sizeof(hash));
	if (!b.failed)
		np_doc_key(d, NP_KEY_SERIAL,
			   np_cur(np_copy(&d->mem, b.p, b.n), b.n));
	np_buf_free(&b);
}

void np_doc_place(struct np_doc *d, uint64_t line)
{
	d->place = line;
}

void np_doc_time(struct np_doc *d, int64_t first, int64_t last)
{
	d->first = first;
	d->last = last;
}

void np_doc_said(struct np_doc *d)
{
	d->stats.records++;
	if (d->out.n)
		d->host->said(d->host->ctx, &d->out, d->place, d->first,
			      d->last);
	d->out.n = 0;
}

/* Where a character of the converted line lies, by as many before it. */
static uint64_t lies_at(const struct np_doc *d, size_t n)
{
	struct np_cur text = np_cur(d->now.p, n), c = d->lies;

	while (text.left && c.left) {
		uint32_t u;
		size_t k = np_utf8(text.p, text.left, &u);

		np_skip(&text, k ? k : 1);
		np_skip(&c, np_charset_gb_length(c));
	}
	return d->line_at + (d->lies.left - c.left);
}

uint64_t np_doc_at(const struct np_doc *d, struct np_cur v)
{
	if (!d->now.p || v.p < d->now.p || v.p > d->now.p + d->now.left)
		return d->line_at;
	size_t n = (size_t)(v.p - d->now.p);

	return d->lies.p ? lies_at(d, n) : d->line_at + n;
}

/* SPDX-License-Identifier: ISC */
/* Records of scanners and monitors. */
#include "document/records.h"
#include "core/pull.h"
#include <stdio.h>

const char *const np_record_fields[] = {
#define NP_RECORD_FIELD(word, name) [NP_RF_##word] = name,
#include "document/record_fields.def"
#undef NP_RECORD_FIELD
	[NP_RF_NFIELDS] = NULL,
};

/* What scanners call the protocol that answered; the field of its banner. */
static const struct {
	const char *name;
	unsigned field;
} services[] = {
	{"ssh", NP_RF_SSH_IDENT},
	{"telnet", NP_RF_TELNET_BANNER},
	{"ftp", NP_RF_FTP_BANNER},
	{"smtp", NP_RF_SMTP_BANNER},
	{"pop3", NP_RF_POP3_BANNER},
	{"pop", NP_RF_POP3_BANNER},
	{"imap", NP_RF_IMAP_BANNER},
	{"imap4", NP_RF_IMAP_BANNER},
	{"snmp", NP_RF_SNMP_SYS_DESCR},
	{"title", NP_RF_HTTP_TITLE},
	{"http.server", NP_RF_HTTP_SERVER},
	{"http", NP_RF_HTTP_HEADER},
	{"https", NP_RF_HTTP_HEADER},
	{"SSH::SERVER", NP_RF_SSH_IDENT},
	{"HTTP::SERVER", NP_RF_HTTP_SERVER},
	{"FTP::SERVER", NP_RF_FTP_BANNER},
};

struct np_records np_records(struct np_doc *d,
			     const struct np_record_format *format)
{
	return (struct np_records){
		.d = d,
		.format = format,
		.mem = np_arena(2 * NP_RECORD_SIZE),
	};
}

struct np_records *np_records_new(struct np_doc *d,
				  const struct np_record_format *format)
{
	struct np_records *r = np_zalloc(&d->keep, sizeof(*r));

	if (r)
		*r = np_records(d, format);
	return r;
}

char np_record_opens(struct np_doc *d)
{
	struct np_cur c;

	np_feed_want(d->r, NP_DOCUMENT_HEAD);
	c = np_feed_cur(d->r);
	if (np_ahead(c, "\xef\xbb\xbf", 3))
		np_skip(&c, 3);
	c = np_trim_space(c);
	return c.left ? (char)*c.p : '\0';
}

void np_records_free(struct np_records *r)
{
	np_arena_free(&r->mem);
}

void np_record_begin(struct np_records *r, uint64_t line)
{
	np_arena_reset(&r->mem);
	r->n = 0;
	r->line = line;
}

static void hit(struct np_records *r, unsigned field, struct np_cur v,
		uint64_t at)
{
	if (r->n < NP_RECORD_HITS && v.left)
		r->hit[r->n++] = (struct np_hit){field, v, at};
}

void np_record_value(struct np_records *r, const char *path, struct np_cur v,
		     uint64_t at)
{
	for (size_t i = 0; i < r->format->nrows; i++)
		if (strcmp(r->format->rows[i].path, path) == 0)
			hit(r, r->format->rows[i].field, v, at);
}

void np_record_keep(struct np_records *r, const char *path, struct np_cur v,
		    uint64_t at)
{
	const uint8_t *copy = np_copy(&r->mem, v.p, v.left);

	if (copy)
		np_record_value(r, path, np_cur(copy, v.left), at);
}

static unsigned service_field(struct np_cur name)
{
	for (size_t i = 0; i < NP_COUNT(services); i++)
		if (strlen(services[i].name) == name.left &&
		    np_ahead_nocase(name, services[i].name))
			return services[i].field;
	return NP_RF_NOTHING;
}

/* Of an HTTP answer's head only what names the server. */
static void take_header(struct np_records *r, const struct np_hit *h)
{
	struct np_cur c = h->v, line, v;

	while (c.left) {
		line = np_trim(np_doc_until(&c, "\n"));
		if (line.left && line.p[line.left - 1] == '\r')
			line.left--;
		if (np_header(line, "Server", &v))
			hit(r, NP_RF_HTTP_SERVER, v, h->at);
		else if (np_header(line, "WWW-Authenticate", &v))
			hit(r, NP_RF_HTTP_AUTH, v, h->at);
		else if (!line.left)
			return; /* what follows is no head any more */
	}
}

void np_record_pair(struct np_records *r, size_t from)
{
	unsigned field = NP_RF_NOTHING;
	size_t n = r->n;

	for (size_t i = from; i < n; i++)
		if (r->hit[i].field == NP_RF_SERVICE)
			field = service_field(r->hit[i].v);
	for (size_t i = from; i < n && field != NP_RF_NOTHING; i++)
		if (r->hit[i].field == NP_RF_ANSWER)
			r->hit[i].field = field;
	for (size_t i = from; i < n; i++)
		if (r->hit[i].field == NP_RF_HTTP_HEADER) {
			take_header(r, &r->hit[i]);
			r->hit[i].field = NP_RF_NOTHING; /* taken */
		}
}

/* An identification is one line. */
static struct np_cur first_line(struct np_cur v)
{
	return np_trim_space(np_doc_until(&v, "\n"));
}

static void say_keys(struct np_records *r)
{

	for (size_t i = 0; i < r->n; i++) {
		const struct np_hit *h = &r->hit[i];

		if (h->field == NP_RF_IP)
			np_doc_key(r->d, NP_KEY_IP, h->v);
		if (h->field == NP_RF_MAC)
			np_doc_key(r->d, NP_KEY_MAC, h->v);
		if (h->field == NP_RF_SUBSCRIBER)
			np_doc_pseudonym(r->d, h->v);
		if (h->field == NP_RF_TIME)
			np_doc_time(r->d, np_doc_when(h->v), np_doc_when(h->v));
	}
}

/* Which protocol or vocabulary a field is of. */
static size_t head_of(unsigned field)
{
	return strcspn(np_record_fields[field], ".");
}

static bool same_head(unsigned a, unsigned b)
{
	size_t n = head_of(a);

	return n == head_of(b) &&
	       memcmp(np_record_fields[a], np_record_fields[b], n) == 0;
}

static enum np_scope scope_of(const struct np_records *r, unsigned field)
{
	return r->d->is->typed && same_head(field, NP_RF_INVENTORY_MODEL)
		       ? NP_PEER
		       : NP_SELF;
}

void np_record_say(struct np_records *r)
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		unsigned f = r->hit[i].field;

		if (f >= NP_RF_NFIELDS)
			continue;
		np_doc_say(r->d, scope_of(r, f), NP_ROUTED);
		np_doc_place(r->d, r->line);
		for (size_t k = i; k < r->n; k++) {
			struct np_hit *h = &r->hit[k];

			if (h->field >= NP_RF_NFIELDS ||
			    !same_head(f, h->field))
				continue;
			np_doc_put_at(r->d, h->field,
				      h->field == NP_RF_SSH_IDENT
					      ? first_line(h->v)
					      : h->v,
				      h->at);
			if (k > i)
				h->field = NP_RF_NOTHING;
		}
		say_keys(r);
		np_doc_said(r->d);
		r->d->stats.records -= any; /* one record, however many */
		any = true;
	}
	r->d->stats.records += !any;
	r->d->stats.asked++;
}

/* ---------------------------------------------------------------- JSON */

struct tree {
	struct np_records *r;
	struct np_pull p;
	char path[256];
	size_t n;
	unsigned depth;
	uint64_t at; /* byte offset of the record's first octet, about */
	const uint8_t *base;
};

static void value(struct tree *t);

static void object(struct tree *t)
{
	size_t n = t->n, from = t->r->n;
	bool begun = false;
	struct np_cur name;

	if (!np_pull_object(&t->p))
		return;
	while (np_pull_member(&t->p, &begun, &t->r->mem, &name)) {
		size_t k = name.left;

		if (n + k + 2 > sizeof(t->path))
			k = 0; /* no row is so long: a name of its own */
		t->n = n;
		if (n && k)
			t->path[t->n++] = '.';
		memcpy(t->path + t->n, name.p, k);
		t->n += k;
		t->path[t->n] = '\0';
		value(t);
	}
	t->n = n;
	t->path[n] = '\0';
	np_record_pair(t->r, from);
}

static void array(struct tree *t)
{
	bool begun = false;

	if (!np_pull_array(&t->p))
		return;
	while (np_pull_item(&t->p, &begun))
		value(t);
}

static void value(struct tree *t)
{
	struct np_cur v;
	char next = np_pull_ahead(&t->p);
	const uint8_t *at = t->p.c.p;

	if (++t->depth > NP_PULL_DEPTH)
		(void)np_pull_fail(&t->p, "too deep");
	else if (next == '{')
		object(t);
	else if (next == '[')
		array(t);
	else if (next == '"' ? np_pull_text(&t->p, &t->r->mem, &v)
			     : np_pull_raw(&t->p, &v) && !np_is(v, "null"))
		np_record_value(t->r, t->path, v,
				t->at + (uint64_t)(at - t->base));
	t->depth--;
}

static void read_object(struct tree *t)
{
	np_record_begin(t->r, t->r->line);
	t->n = 0;
	t->path[0] = '\0';
	object(t);
	if (!t->p.why)
		np_record_say(t->r);
}

/* A record, or an array of them. */
static void read_text(struct np_records *r, struct np_cur text, uint64_t line,
		      uint64_t at)
{
	struct tree t = {.r = r, .p = np_pull(text.p, text.left), .at = at};
	bool begun = false;

	t.base = text.p;
	r->line = line;
	if (np_pull_ahead(&t.p) == '[') {
		(void)np_pull_array(&t.p);
		while (np_pull_item(&t.p, &begun))
			read_object(&t);
	} else {
		read_object(&t);
	}
	if (t.p.why)
		np_doc_bad(r->d, t.p.why);
}

/* Depth of braces and brackets behind this text. */
static int open_after(struct np_cur c, int depth)
{
	bool quoted = false;

	for (size_t i = 0; i < c.left; i++) {
		uint8_t k = c.p[i];

		if (quoted && k == '\\')
			i++;
		else if (k == '"')
			quoted = !quoted;
		else if (!quoted)
			depth +=
				(k == '{' || k == '[') - (k == '}' || k == ']');
	}
	return depth;
}

/* Commas between records, and the brackets around all of them, stand where
 * they like. */
static struct np_cur bare(struct np_cur c)
{
	c = np_trim_space(c);
	while (c.left && (*c.p == ',' || (*c.p == '[' && c.left == 1))) {
		np_skip(&c, 1);
		c = np_trim_space(c);
	}
	while (c.left &&
	       (c.p[c.left - 1] == ',' || (c.left == 1 && *c.p == ']'))) {
		c.left--;
		c = np_trim_space(c);
	}
	return c;
}

bool np_json_has(struct np_cur head, const char *const *names)
{
	char quoted[64];
	struct np_cur c = np_trim_space(head);

	if (!np_ahead(c, "{", 1) && !np_ahead(c, "[", 1))
		return false;
	for (; *names; names++) {
		int n = snprintf(quoted, sizeof(quoted), "\"%s\"", *names);

		if (np_find(c, quoted, (size_t)n) == SIZE_MAX)
			return false;
	}
	return true;
}

/* Lines of a record that is not over yet. */
struct pending {
	struct np_buf text;
	uint64_t line, at;
	size_t lines;
	int depth;
};

static void add_line(struct pending *x, struct np_doc *d, struct np_cur line)
{
	/* A record a line, and this one's never ended. */
	if (x->depth > 0 && x->lines == 1 && np_ahead(line, "{\"", 2)) {
		np_doc_bad(d, "the record before is cut off");
		x->depth = 0;
	}
	if (!x->depth) {
		line = bare(line);
		/* Records are objects: what opens here is around all of them.
		 */
		if (np_ahead(line, "[", 1) && open_after(line, 0) > 0)
			np_skip(&line, 1);
		np_buf_clear(&x->text);
		x->lines = 0;
		x->line = d->line;
		x->at = np_doc_at(d, line);
	}
	x->lines += line.left > 0;
	x->depth = open_after(line, x->depth);
	np_put(&x->text, line.p, line.left);
	np_putc(&x->text, '\n');
}

int np_records_json(struct np_doc *d, const struct np_record_format *format)
{
	struct np_records r = np_records(d, format);
	struct pending x = {.text = np_buf(NP_RECORD_SIZE)};
	struct np_cur line, text;

	while (np_doc_line(d, &line)) {
		add_line(&x, d, line);
		if (x.depth > 0 && !x.text.failed)
			continue;
		x.depth = 0;
		text = bare(np_cur(x.text.p, x.text.n));
		if (x.text.failed)
			np_doc_bad(d, "a record over the limit");
		else if (text.left)
			read_text(&r, text, x.line, x.at);
	}
	if (x.depth)
		np_doc_bad(d, "a record that is cut off");
	np_buf_free(&x.text);
	np_records_free(&r);
	return NP_OK;
}

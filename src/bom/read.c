/* SPDX-License-Identifier: ISC */
/* Which document a file is, and what all readers need. */
#include "bom/inside.h"
#include "core/file.h"
#include "document/document.h"
#include <strings.h>

const char *np_bom_format_name(enum np_bom_format f)
{
	static const char *const names[] = {
		[NP_BOM_NONE] = "nothing known",
		[NP_BOM_CYCLONEDX_JSON] = "CycloneDX JSON",
		[NP_BOM_CYCLONEDX_XML] = "CycloneDX XML",
		[NP_BOM_SPDX_JSON] = "SPDX JSON",
		[NP_BOM_SPDX_TAG] = "SPDX tag-value",
		[NP_BOM_SPDX3_JSON] = "SPDX 3 JSON-LD",
		[NP_BOM_TABLE] = "table",
	};

	return names[f];
}

const char *np_bom_thing_name(enum np_bom_thing t)
{
	static const char *const names[] = {
		[NP_BOM_EQUIPMENT] = "equipment",
		[NP_BOM_SOFTWARE] = "software",
		[NP_BOM_SERVICE] = "service",
	};

	return names[t];
}

/* Firmware is what makes a box a box: it is judged as one. */
enum np_bom_thing np_bom_thing_of(const char *type)
{
	static const char *const equipment[] = {"device", "firmware",
						"hardware"};

	for (size_t i = 0; type && i < NP_COUNT(equipment); i++) {
		if (strcasecmp(type, equipment[i]) == 0)
			return NP_BOM_EQUIPMENT;
	}
	return type && strcasecmp(type, "service") == 0 ? NP_BOM_SERVICE
							: NP_BOM_SOFTWARE;
}

/* ---- places */

/* Octets that begin no character of UTF-8. */
static size_t inner(const uint8_t *p, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += (p[i] & 0xc0) == 0x80;
	return k;
}

void np_bom_where(struct np_bom_file *f, size_t at, uint64_t *ret_line,
		  uint32_t *ret_column)
{
	size_t column;

	if (at > f->n)
		at = f->n;
	if (at < f->counted) {
		f->counted = f->begins = f->inside = 0;
		f->line = 1;
	}
	while (f->counted < at) {
		const uint8_t *from = f->text + f->counted;
		const uint8_t *nl = memchr(from, '\n', at - f->counted);

		if (!nl) {
			f->inside += inner(from, at - f->counted);
			f->counted = at;
			break;
		}
		f->counted = (size_t)(nl - f->text) + 1;
		f->begins = f->counted;
		f->inside = 0;
		f->line++;
	}
	column = at - f->begins - f->inside;
	*ret_line = f->line;
	*ret_column = column < UINT32_MAX ? (uint32_t)column + 1 : 0;
}

/* ---- what is given back */

static void *grow(struct np_bom_file *f, void *v, size_t n, size_t *cap,
		  size_t size)
{
	size_t more = *cap ? *cap * 2 : 64;
	void *p;

	if (n < *cap)
		return v;
	p = np_alloc(f->b->mem, more * size);
	if (!p) {
		f->rc = NP_ENOMEM;
		return NULL;
	}
	if (n)
		memcpy(p, v, n * size);
	*cap = more;
	return p;
}

void np_bom_bad_at(struct np_bom_file *f, uint64_t line, uint32_t column,
		   const char *text)
{
	struct np_bom *b = f->b;
	struct np_bom_problem *v;

	if (b->nproblems == NP_BOM_PROBLEMS)
		return;
	v = grow(f, b->problems, b->nproblems, &b->problems_cap, sizeof(*v));
	if (!v)
		return;
	b->problems = v;
	v[b->nproblems++] = (struct np_bom_problem){
		.text = text, .line = line, .column = column};
}

void np_bom_bad(struct np_bom_file *f, size_t at, const char *text)
{
	uint64_t line;
	uint32_t column;

	np_bom_where(f, at, &line, &column);
	np_bom_bad_at(f, line, column, text);
}

uint32_t np_bom_add(struct np_bom_file *f, size_t at, uint32_t parent)
{
	struct np_bom *b = f->b;
	struct np_bom_item *v;

	if (b->n == NP_BOM_ITEMS) {
		if (!b->full)
			np_bom_bad(f, at, "more items than are read of a file");
		b->full = true;
		return NP_BOM_ROOT;
	}
	v = grow(f, b->v, b->n, &b->cap, sizeof(*v));
	if (!v)
		return NP_BOM_ROOT;
	b->v = v;
	v[b->n] = (struct np_bom_item){.parent = parent};
	np_bom_where(f, at, &v[b->n].line, &v[b->n].column);
	return (uint32_t)b->n++;
}

struct np_bom_item *np_bom_at(struct np_bom_file *f, uint32_t i)
{
	return &f->b->v[i];
}

void np_bom_fact(struct np_bom_file *f, struct np_bom_item *i, const char *name,
		 const char *value)
{
	struct np_bom_fact *v;

	if (!value || i->nfacts == NP_BOM_FACTS)
		return;
	v = np_alloc(f->b->mem, (i->nfacts + 1) * sizeof(*v));
	if (!v) {
		f->rc = NP_ENOMEM;
		return;
	}
	if (i->nfacts)
		memcpy(v, i->facts, i->nfacts * sizeof(*v));
	v[i->nfacts++] = (struct np_bom_fact){.name = name, .value = value};
	i->facts = v;
}

void np_bom_property(struct np_bom_file *f, struct np_bom_item *i,
		     const char *name, const char *value)
{
	static const char ours[] = "nameplate:";

	if (strcmp(name, "cdx:device:serialNumber") == 0)
		i->serial = value;
	else if (strcmp(name, "cdx:device:sku") == 0)
		i->part = value;
	else if (strcmp(name, "cdx:device:function") == 0)
		i->function = value;
	else if (strcmp(name, "cdx:device:quantity") == 0)
		i->quantity = value;
	else if (strncmp(name, ours, sizeof(ours) - 1) == 0)
		np_bom_fact(f, i, name + sizeof(ours) - 1, value);
}

static bool blank(uint8_t c)
{
	return c <= ' ';
}

const char *np_bom_text(struct np_bom_file *f, struct np_cur v)
{
	const char *s;

	while (v.left && blank(*v.p))
		np_skip(&v, 1);
	while (v.left && blank(v.p[v.left - 1]))
		v.left--;
	if (v.left > NP_BOM_TEXT)
		v.left = NP_BOM_TEXT;
	if (!v.left)
		return NULL;
	s = np_copystr(f->b->mem, v.p, v.left);
	if (!s)
		f->rc = NP_ENOMEM;
	return s && *s ? s : NULL;
}

const char *np_bom_copy(struct np_bom_file *f, const char *s)
{
	return s ? np_bom_text(f, np_cur(s, strlen(s))) : NULL;
}

const char *np_bom_spdx_agent(struct np_bom_file *f, struct np_cur v)
{
	static const char organization[] = "Organization:";
	const char *s = np_bom_text(f, v);
	size_t n;

	if (!s || strncasecmp(s, organization, sizeof(organization) - 1) != 0)
		return NULL;
	s += sizeof(organization) - 1;
	n = strlen(s);
	/* the address in brackets at its end */
	if (n && s[n - 1] == ')') {
		const char *bracket = strrchr(s, '(');

		n = bracket ? (size_t)(bracket - s) : n;
	}
	return np_bom_text(f, np_cur(s, n));
}

/* ---- which document */

static enum np_bom_format format_of(struct np_cur c)
{
	struct np_cur head = c;

	while (head.left && blank(*head.p))
		np_skip(&head, 1);
	if (np_ahead(head, "{", 1))
		return NP_BOM_CYCLONEDX_JSON; /* which JSON: json.c */
	if (np_ahead(head, "<", 1))
		return NP_BOM_CYCLONEDX_XML;
	while (np_ahead(head, "#", 1)) { /* comments of tag-value */
		const uint8_t *nl = memchr(head.p, '\n', head.left);

		np_skip(&head, nl ? (size_t)(nl - head.p) + 1 : head.left);
	}
	return np_ahead(head, "SPDXVersion:", 12) ? NP_BOM_SPDX_TAG
						  : NP_BOM_TABLE;
}

/* UTF-16 and Chinese in GB 18030 become UTF-8; a byte order mark goes. */
static struct np_cur as_utf8(struct np_cur c, struct np_buf *to)
{
	enum np_encoding e = np_doc_encoding(c);

	if (e != NP_UTF8)
		np_doc_utf8(e, c, to);
	if (e != NP_UTF8 || np_doc_chinese(c, to))
		c = np_cur(to->p ? to->p : "", to->n);
	if (np_ahead(c, "\xef\xbb\xbf", 3))
		np_skip(&c, 3);
	return c;
}

int np_bom_parse(struct np_bom *b, const char *path, const void *text, size_t n,
		 const char *map, struct np_err *reterr)
{
	struct np_bom_file f = {.b = b, .line = 1, .map = map};
	struct np_buf utf8 = np_buf(2 * NP_BOM_FILE);
	struct np_cur c = as_utf8(np_cur(text, n), &utf8);
	struct np_err none = {0};
	struct np_err *why = reterr ? reterr : &none;

	b->path = np_copystr(b->mem, path, strlen(path));
	if (!b->path || utf8.failed)
		f.rc = NP_ENOMEM;
	b->format = format_of(c);
	if (b->format == NP_BOM_CYCLONEDX_XML) /* which says its encoding */
		c = np_cur(text, n);
	f.text = c.p;
	f.n = c.left;
	if (!f.rc && b->format == NP_BOM_CYCLONEDX_JSON)
		np_bom_json(&f, why);
	else if (!f.rc && b->format == NP_BOM_CYCLONEDX_XML)
		np_bom_xml(&f);
	else if (!f.rc && b->format == NP_BOM_SPDX_TAG)
		np_bom_tag(&f);
	else if (!f.rc)
		np_bom_table(&f, why);
	np_buf_free(&utf8);
	if (f.rc == NP_ENOMEM)
		return np_fail(why, f.rc, "out of memory", path, 0);
	return f.rc;
}

int np_bom_read(struct np_bom *b, const char *path, const char *map,
		struct np_err *reterr)
{
	static const char over[] = "over 256 MiB";
	struct np_buf text = np_buf(NP_BOM_FILE);
	int rc = strcmp(path, "-") == 0
			 ? np_file_take(stdin, path, over, &text, reterr)
			 : np_file_read(path, over, &text, reterr);

	if (!rc)
		rc = np_bom_parse(b, path, text.p, text.n, map, reterr);
	np_buf_free(&text);
	return rc;
}

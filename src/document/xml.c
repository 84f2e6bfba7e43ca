/* SPDX-License-Identifier: ISC */
/* XML, an element at a time, from a source of any length. */
#include "document/xml.h"
#include "core/charset.h"
#include "core/utf8.h"
#include <expat.h>

struct walk {
	const struct np_element_reader *r;
	struct np_doc *d;
	XML_Parser parser;
	char name[NP_DX_DEPTH][NP_DX_NAME];
	size_t depth;
	char text[NP_DX_TEXT];
	size_t text_n;	 /* over NP_DX_TEXT: there was more */
	size_t quiet;	 /* octets since anything was told */
	const char *why; /* it was refused */
};

static void refuse(struct walk *w, const char *why)
{
	w->why = why;
	(void)XML_StopParser(w->parser, XML_FALSE);
}

static void entity(void *ctx, const char *name, int parameter,
		   const char *value, int n, const char *base,
		   const char *system, const char *public, const char *notation)
{
	(void)name;
	(void)parameter;
	(void)value;
	(void)n;
	(void)base;
	(void)system;
	(void)public;
	(void)notation;
	refuse(ctx, "an entity is declared: not read on");
}

static void tell(struct walk *w, void (*to)(void *, const struct np_element *),
		 const char **attributes, struct np_cur text)
{
	struct np_element e = {
		.depth = w->depth,
		.name = (const char(*)[NP_DX_NAME])w->name,
		.attributes = attributes,
		.text = np_trim_space(text),
		.raw = text,
		.at = (uint64_t)XML_GetCurrentByteIndex(w->parser),
	};

	w->quiet = 0;
	w->d->line = XML_GetCurrentLineNumber(w->parser);
	w->d->line_at = e.at;
	if (to)
		to(w->r->ctx, &e);
}

static void begin(void *ctx, const char *name, const char **attributes)
{
	struct walk *w = ctx;
	const char *colon = strrchr(name, ':');

	if (w->depth == NP_DX_DEPTH) {
		refuse(w, "elements too deep in each other");
		return;
	}
	name = colon ? colon + 1 : name;
	size_t n = strnlen(name, NP_DX_NAME - 1);

	memcpy(w->name[w->depth], name, n);
	w->name[w->depth++][n] = '\0';
	w->text_n = 0;
	tell(w, w->r->begin, attributes, np_cur(NULL, 0));
}

static void text(void *ctx, const char *p, int length)
{
	struct walk *w = ctx;
	size_t n = (size_t)length;

	if (w->text_n <= NP_DX_TEXT && n <= NP_DX_TEXT - w->text_n)
		memcpy(w->text + w->text_n, p, n);
	else
		n = NP_DX_TEXT + 1;
	w->text_n += n;
	if (w->text_n > NP_DX_TEXT)
		w->text_n = NP_DX_TEXT + 1;
}

static void end(void *ctx, const char *name)
{
	struct walk *w = ctx;
	size_t n = w->text_n <= NP_DX_TEXT ? w->text_n : 0;

	(void)name;
	tell(w, w->r->end, NULL, np_cur(w->text, n));
	w->depth--;
	w->text_n = 0;
}

static bool parse(struct walk *w, struct np_cur c, bool last)
{
	w->quiet += c.left;
	if (XML_Parse(w->parser, (const char *)c.p, (int)c.left, last) !=
	    XML_STATUS_OK) {
		w->d->line = XML_GetCurrentLineNumber(w->parser);
		np_doc_bad(w->d, w->why ? w->why
					: XML_ErrorString(
						  XML_GetErrorCode(w->parser)));
		return false;
	}
	if (w->quiet <= NP_DX_MARKUP)
		return true;
	np_doc_bad(w->d, "a tag without end");
	return false;
}

/* A character of two octets. */
static int convert(void *ctx, const char *p)
{
	const enum np_charset *from = ctx;
	struct np_buf text = np_buf(16);
	uint32_t u = 0;
	bool good = np_charset_utf8(*from, np_cur(p, 2), &text) &&
		    np_utf8((const uint8_t *)text.p, text.n, &u) == text.n &&
		    u < 0x10000;

	np_buf_free(&text);
	return good ? (int)u : -1;
}

/* One octet as a code point; -2: two octets are one, -1: nothing is. */
static int octet(enum np_charset from, uint8_t v)
{
	struct np_buf text = np_buf(16);
	uint32_t u = 0;
	int ret = -1;

	if (np_charset_utf8(from, np_cur(&v, 1), &text) &&
	    np_utf8((const uint8_t *)text.p, text.n, &u))
		ret = (int)u;
	else if (v > 0x80 && from <= NP_SHIFT_JIS)
		ret = -2;
	np_buf_free(&text);
	return ret;
}

/* What the XML declaration names, and expat does not know. */
static int encoding(void *ctx, const char *name, XML_Encoding *ret)
{
	static const enum np_charset sets[NP_CHARSETS] = {
		NP_GB18030, NP_SHIFT_JIS, NP_WINDOWS_1252, NP_WINDOWS_1251};
	enum np_charset from = np_charset_named(name);

	(void)ctx;
	if (from == NP_CHARSETS)
		return XML_STATUS_ERROR;
	union {
		const enum np_charset *set;
		void *data;
	} to = {.set = &sets[from]};

	for (int i = 0; i < 256; i++)
		ret->map[i] = i < 0x80 ? i : octet(from, (uint8_t)i);
	ret->data = to.data;
	ret->convert = convert;
	ret->release = NULL;
	return XML_STATUS_OK;
}

int np_document_xml(struct np_doc *d, const struct np_element_reader *r)
{
	struct walk *w = np_zalloc(&d->keep, sizeof(*w));
	struct np_cur c;
	bool good = true;

	if (!w)
		return NP_ENOMEM;
	w->r = r;
	w->d = d;
	w->parser = XML_ParserCreate(NULL);
	if (!w->parser)
		return NP_ENOMEM;
	XML_SetUserData(w->parser, w);
	XML_SetElementHandler(w->parser, begin, end);
	XML_SetCharacterDataHandler(w->parser, text);
	XML_SetUnknownEncodingHandler(w->parser, encoding, NULL);
	XML_SetEntityDeclHandler(w->parser, entity);
	while (good && np_doc_chunk(d, &c))
		good = parse(w, c, false);
	if (good)
		(void)parse(w, np_cur("", 0), true);
	XML_ParserFree(w->parser);
	return NP_OK;
}

const char *np_element_name(const struct np_element *e, size_t up)
{
	return up < e->depth ? e->name[e->depth - 1 - up] : "";
}

bool np_element_is(const struct np_element *e, const char *name)
{
	return strcmp(np_element_name(e, 0), name) == 0;
}

struct np_cur np_element_attribute(const struct np_element *e, const char *name)
{
	const char *const *a = (const char *const *)e->attributes;

	for (; a && a[0]; a += 2)
		if (strcmp(a[0], name) == 0)
			return np_cur(a[1], strlen(a[1]));
	return (struct np_cur){.cut = true};
}

bool np_xml_begins(struct np_cur head, const char *name)
{
	struct np_cur c = np_trim_space(head);

	return np_ahead(c, "<", 1) &&
	       np_find(c, name, strlen(name)) != SIZE_MAX;
}

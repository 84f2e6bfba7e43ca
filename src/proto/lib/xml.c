/* SPDX-License-Identifier: ISC */
/* XML, an element at a time. */
#include "proto/lib/xml.h"
#include <expat.h>

struct walk {
	XML_Parser parser;
	void (*told)(void *ctx, const struct np_xml *e);
	void *ctx;
	char name[NP_XML_DEPTH][NP_XML_NAME];
	size_t depth, elements;
	char text[NP_XML_TEXT];
	size_t text_n; /* over NP_XML_TEXT: there was more */
};

static void refuse(struct walk *w)
{
	(void)XML_StopParser(w->parser, XML_FALSE);
}

static void doctype(void *ctx, const char *name, const char *system,
		    const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	refuse(ctx);
}

static void begin(void *ctx, const char *name, const char **attributes)
{
	struct walk *w = ctx;
	const char *colon = strrchr(name, ':');

	(void)attributes;
	if (w->depth == NP_XML_DEPTH || ++w->elements > NP_XML_ELEMENTS) {
		refuse(w);
		return;
	}
	name = colon ? colon + 1 : name;
	size_t n = strnlen(name, NP_XML_NAME - 1);

	memcpy(w->name[w->depth], name, n);
	w->name[w->depth++][n] = '\0';
	w->text_n = 0;
}

static void text(void *ctx, const char *p, int length)
{
	struct walk *w = ctx;
	size_t n = (size_t)length;

	if (w->text_n <= NP_XML_TEXT && n <= NP_XML_TEXT - w->text_n)
		memcpy(w->text + w->text_n, p, n);
	else
		n = NP_XML_TEXT + 1;
	w->text_n += n;
}

static void end(void *ctx, const char *name)
{
	struct walk *w = ctx;
	size_t n = w->text_n <= NP_XML_TEXT ? w->text_n : 0;
	struct np_xml e = {
		.depth = w->depth,
		.name = (const char(*)[NP_XML_NAME])w->name,
		.text = np_trim_space(np_cur(w->text, n)),
	};

	(void)name;
	w->told(w->ctx, &e);
	w->depth--;
	w->text_n = 0;
}

bool np_xml_is(const struct np_xml *e, const char *path)
{
	for (size_t i = 0; i < e->depth; i++) {
		size_t n = strcspn(path, "/");

		if (!(n == 1 && path[0] == '*') &&
		    (strlen(e->name[i]) != n ||
		     memcmp(e->name[i], path, n) != 0))
			return false;
		path += n;
		if (*path != (i + 1 < e->depth ? '/' : '\0'))
			return false;
		path++;
	}
	return e->depth;
}

void np_xml_emit(struct np_out *o, const struct np_xml *e,
		 const struct np_xml_row *row, size_t n, const uint8_t *at)
{
	for (size_t i = 0; i < n; i++)
		if (np_xml_is(e, row[i].path))
			np_emit_text(o, row[i].field, e->text, at);
}

bool np_xml_read(struct np_cur document,
		 void (*told)(void *ctx, const struct np_xml *e), void *ctx)
{
	struct walk w = {.told = told, .ctx = ctx};

	if (document.cut || document.left > NP_XML_SIZE)
		return false;
	/* Some put line ends before the declaration. */
	document = np_trim_space(document);
	w.parser = XML_ParserCreate(NULL);
	if (!w.parser)
		return false;
	XML_SetUserData(w.parser, &w);
	XML_SetElementHandler(w.parser, begin, end);
	XML_SetCharacterDataHandler(w.parser, text);
	XML_SetStartDoctypeDeclHandler(w.parser, doctype);
	bool whole = XML_Parse(w.parser, (const char *)document.p,
			       (int)document.left, 1) == XML_STATUS_OK;

	XML_ParserFree(w.parser);
	return whole;
}

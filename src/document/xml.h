/* SPDX-License-Identifier: ISC */
/*
 * XML (expat) as long as a source is, in constant memory: who reads is told of
 * each element when it begins, with its attributes, and when it ends, with its
 * own text. Prefixes of namespaces are dropped. A document type may stand
 * there; declaring an entity ends the reading, so nothing is ever expanded. So
 * do more elements inside each other, or a longer piece of markup, than the
 * limits.
 */
#ifndef NP_DOCUMENT_XML_H
#define NP_DOCUMENT_XML_H
#include "document/document.h"

#define NP_DX_DEPTH 64	 /* elements in each other */
#define NP_DX_NAME 64	 /* octets kept of a name */
#define NP_DX_TEXT 16384 /* octets kept of a text; of longer ones: none */
#define NP_DX_MARKUP ((size_t)4 << 20) /* octets of one tag */

struct np_element {
	size_t depth; /* 1: the outermost; its name is name[depth - 1] */
	const char (*name)[NP_DX_NAME];
	const char **attributes; /* name, value, …, NULL; at its begin */
	struct np_cur text;	 /* trimmed; at its end */
	struct np_cur raw;	 /* not trimmed; at its end */
	uint64_t at;		 /* byte offset of the markup that is told of */
};

struct np_element_reader {
	void (*begin)(void *ctx, const struct np_element *e); /* may be NULL */
	void (*end)(void *ctx, const struct np_element *e);
	void *ctx;
};

/* The document from here to its end. What is broken is np_doc_bad()'s; all that
 * ended before was told. d->line follows. */
int np_document_xml(struct np_doc *d, const struct np_element_reader *r);
/* The element's own name, and that of the one `up` levels around it ("" where
 * there is none). */
const char *np_element_name(const struct np_element *e, size_t up);
bool np_element_is(const struct np_element *e, const char *name);
/* The attribute's value; cut when it is not there. */
struct np_cur np_element_attribute(const struct np_element *e,
				   const char *name);
/* Does the document begin as XML does, with `name` among the first tags? */
bool np_xml_begins(struct np_cur head, const char *name);
#endif

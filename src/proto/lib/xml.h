/* SPDX-License-Identifier: ISC */
/*
 * XML through expat, an element at a time: a reader is told of each element
 * when it ends, with its text and the names of those around it. Prefixes are
 * dropped. A document type, and with it every entity of one's own, is refused,
 * so nothing is ever expanded; so is what goes over a limit below. What ended
 * before that was told.
 */
#ifndef NP_XML_H
#define NP_XML_H
#include "proto/proto.h"

#define NP_XML_SIZE ((size_t)256 * 1024) /* octets of a document */
#define NP_XML_DEPTH 32			 /* elements in each other */
#define NP_XML_ELEMENTS 16384		 /* elements in all */
#define NP_XML_NAME 64			 /* octets kept of a name */
#define NP_XML_TEXT 1024		 /* octets of text told; longer: none */

struct np_xml {
	size_t depth; /* 1: the outermost; its name is name[depth - 1] */
	const char (*name)[NP_XML_NAME];
	struct np_cur text; /* its own, white space around dropped; UTF-8 */
};

/* Is the element the last of this path, "a/b/c" written from the outermost?
 * "*" is any name. */
bool np_xml_is(const struct np_xml *e, const char *path);

/* A path and the field that the text of its element is. */
struct np_xml_row {
	const char *path;
	unsigned field;
};
/* Emits the element by its row, if it has one; `at` is what the document was
 * made from. */
void np_xml_emit(struct np_out *o, const struct np_xml *e,
		 const struct np_xml_row *row, size_t n, const uint8_t *at);

/* False when the document is not read to its end. `text` of what is told lives
 * as long as the call. */
bool np_xml_read(struct np_cur document,
		 void (*told)(void *ctx, const struct np_xml *e), void *ctx);
#endif

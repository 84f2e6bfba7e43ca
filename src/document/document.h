/* SPDX-License-Identifier: ISC */
/*
 * Documents: evidence that is no capture. SNMP walks, saved command output,
 * scans, inventories, leases and logs say in lines, rows or elements what a
 * frame says in octets, so they come to the waist by a shorter way:
 *
 *	read()	document -> facts, in the fields that captures use
 *
 * documents.def lists them, one file each; which one a source is, is found by
 * content, after the formats of captures. As a decoder does, a document names
 * no maker, asks no clock, and runs confined. It may remember what it read
 * before: a walk is one host's from its first line to its last. What it keeps
 * is bounded by d->keep.
 *
 * Values go into the form that the field has everywhere: addresses in any of
 * the usual spellings become "aa:bb:cc:dd:ee:ff", object identifiers lose their
 * leading dot. Facts that no protocol has a field for have one in
 * vocabulary.c.
 */
#ifndef NP_DOCUMENT_H
#define NP_DOCUMENT_H
#include "core/buf.h"
#include "core/err.h"
#include "core/limits.h"
#include "core/time.h"
#include "proto/proto.h"
#include "source/reader.h"

/* Octets, as UTF-8, by which documents are told apart. */
#define NP_DOCUMENT_HEAD ((size_t)16 * 1024)

struct np_doc;

struct np_document {
	const char *name;   /* JSON's "kind", golden folder, fuzz target */
	const char *title;  /* for people */
	const char *spec;   /* whose layout it is */
	const char *method; /* coverage's: "walk", "output", "scan" … */
	const char *const *fields; /* "snmp.sys_descr" …, NULL behind the last:
				      what np_doc_put() has by number */
	/* What it lists are subscribers' boxes. */
	bool subscribers;
	/* What its records say of inventories is somebody's word. */
	bool typed;
	size_t line_max; /* longest line; 0: NP_MAX_LINE */
	/* Which library this build lacks for it, NULL where it lacks none; may
	 * be NULL. */
	const char *(*absent)(void);
	/* Do these octets, the first ones, belong to one? Strict enough that
	 * prose and configuration are nobody's. */
	bool (*mine)(struct np_cur head);
	/* Says all that it holds. What cannot be read is np_doc_bad()'s and the
	 * rest goes on; 0, or the negative code that ends it. */
	int (*read)(struct np_doc *d);
};

#define NP_DOCUMENT(name) extern const struct np_document np_document_##name;
#include "document/documents.def"
#undef NP_DOCUMENT
extern const struct np_document *const np_documents[]; /* NULL at the end */

/* The first document that wants these octets (of any encoding); NULL: none. */
const struct np_document *np_document_find(struct np_cur head);

/* How a source of this kind was made, for the coverage: "capture" where it is
 * no document's. NULL (not read) too. */
const char *np_document_method(const char *kind);

enum np_encoding { NP_UTF8, NP_UTF16LE, NP_UTF16BE };

/* Where statements go, and who waits for a sign of life. */
struct np_doc_host {
	void *ctx;
	/* `place` is the line where the record begins, `first` and `last` when
	 * it was so, NP_NEVER where the document does not say. */
	void (*said)(void *ctx, const struct np_out *o, uint64_t place,
		     int64_t first, int64_t last);
	void (*alive)(void *ctx);
	/* What the knowledge reads out of the value of this object (RFC 2578),
	 * written in dots: a number of enum np_object; may be NULL. */
	int (*object)(void *ctx, const char *oid, size_t n);
	void *object_ctx;
	/* What columns are, told by a person: "serial_number=Asset tag,…";
	 * NULL: nothing. */
	const char *map;
	/* Takes the rows of a table as they are, of which then nothing is said;
	 * NULL: they are said. `line` is the row's, as np_csv's; in a workbook
	 * its number and 2^20 for each sheet before its own. */
	void (*row)(void *ctx, const struct np_cur *cell, size_t n,
		    uint64_t line);
	/* Key of this run, 32 octets, that subscribers' boxes are told apart
	 * by; NULL: they are not. */
	const uint8_t *pseudonyms;
};

enum np_object {
	NP_OBJECT_NOTHING,
	NP_OBJECT_MODEL,
	NP_OBJECT_VERSION,
	NP_OBJECT_SERIAL,
	NP_OBJECT_MAKER, /* who made it, in words */
	NP_OBJECT_TEXT,	 /* words with a model and more in them */
	NP_OBJECT_OWNER, /* only this maker's boxes have such an object */
	NP_OBJECT_AGENT, /* of a sysObjectID: software on anybody's box */
};

/* What a document looked at, for the coverage. */
struct np_doc_stats {
	uint64_t records; /* hosts, rows, elements that were whole */
	uint64_t bad;	  /* that could not be read */
	uint64_t bad_line, bad_at;
	const char *bad_why; /* of the first; NULL: none */
	uint64_t asked;	     /* probes sent, objects asked for */
	uint64_t absent;     /* that nobody answered, or "No Such Object" */
};

struct np_doc {
	const struct np_document *is;
	const struct np_doc_host *host;
	struct np_reader *r;
	struct np_arena keep; /* for read(): as long as it likes */
	struct np_doc_stats stats;
	uint64_t line;	  /* number of the line given last, from 1 */
	uint64_t line_at; /* its byte offset in the document */

	/* The rest is document.c's and lines.c's. */
	enum np_encoding encoding;
	bool begun;
	bool chinese;	    /* what is no UTF-8 is GB 18030 */
	struct np_cur now;  /* the line given last */
	struct np_cur lies; /* it as it lies, where it is converted */
	struct np_buf converted;
	struct np_buf
		gathered;    /* lines that do not lie in the window as such */
	int16_t id[64];	     /* field ids of is->fields */
	struct np_arena mem; /* of the statement */
	struct np_from from;
	struct np_out out;
	struct np_out_fact facts[NP_MAX_FACTS];
	struct np_out_statement said;
	uint64_t place;
	int64_t first, last;
};

/* 0, NP_ENOMEM, or the code of the read that failed. */
int np_doc_read(struct np_doc *d, const struct np_document *is,
		struct np_reader *r, const struct np_doc_host *host,
		struct np_err *reterr);
void np_doc_free(struct np_doc *d);

/* ---- what read() takes */

/* The next line, without its end, as UTF-8 where it was UTF-16 or is Chinese in
 * GB 18030 (GBK); else as it lies. False behind the last. A line over the limit
 * is left out and counted as bad. It lives until the next call. */
bool np_doc_line(struct np_doc *d, struct np_cur *ret);
/* The octets that come next, some or many, for readers that bring their own
 * idea of lines; false at the end. */
bool np_doc_chunk(struct np_doc *d, struct np_cur *ret);
/* A line cannot be read (`why` is constant); the rest goes on. */
void np_doc_bad(struct np_doc *d, const char *why);

/* By its byte order mark, or by every other octet being zero. */
enum np_encoding np_doc_encoding(struct np_cur head);
/* As many of these octets as are whole lines; all of them where none is. */
struct np_cur np_doc_whole_lines(struct np_cur head);
/* Appends a text that is Chinese in GB 18030 as UTF-8; false, and it says
 * nothing, where it is none. */
bool np_doc_chinese(struct np_cur c, struct np_buf *to);
/* Appends UTF-16 as UTF-8; what is half a pair becomes U+FFFD. */
void np_doc_utf8(enum np_encoding from, struct np_cur c, struct np_buf *to);

/* ---- what read() says */

/* Begins a statement about somebody. The record begins in this line. */
void np_doc_say(struct np_doc *d, enum np_scope scope, enum np_reach reach);
/* Number `field` of is->fields is v, text that lies in this line or is kept;
 * `at` is its byte offset in the document. All fields of a statement are of one
 * protocol or vocabulary: the first's. An empty value, or one that its field
 * cannot have, says nothing. */
void np_doc_put_at(struct np_doc *d, unsigned field, struct np_cur v,
		   uint64_t at);
/* The same of a value that lies in the line given last. */
void np_doc_put(struct np_doc *d, unsigned field, struct np_cur v);
/* The value put last names a person or a subscriber. */
void np_doc_person(struct np_doc *d);
/* A key of the subject that is no fact by itself, spelled as values are. */
void np_doc_key(struct np_doc *d, enum np_keykind kind, struct np_cur v);
/* A key of the subject from what names a subscriber's box, which does not pass:
 * its keyed hash does, where there is a key (np_doc_host.pseudonyms). */
void np_doc_pseudonym(struct np_doc *d, struct np_cur v);
/* The record began in an earlier line than the one given last. */
void np_doc_place(struct np_doc *d, uint64_t line);
/* When it was so. */
void np_doc_time(struct np_doc *d, int64_t first, int64_t last);
/* The statement is whole. */
void np_doc_said(struct np_doc *d);
/* The byte offset in the document of v, which lies in the line given last. */
uint64_t np_doc_at(const struct np_doc *d, struct np_cur v);

/* What stands before `mark`, which *c is moved behind; all of it where it is
 * absent. */
struct np_cur np_doc_until(struct np_cur *c, const char *mark);
/* An address in any of the usual spellings: octets in pairs or fours with
 * ":", "-", "." or blanks between, or without; one digit an octet where ":"
 * stands between all six. */
bool np_doc_mac(struct np_cur text, uint8_t ret[static 6]);
/* An object identifier in dots, without the leading one; cut when it is none.
 */
struct np_cur np_doc_oid(struct np_cur text);
/* Octets in hex, however grouped, as lower-case hex; cut when it is none. */
struct np_cur np_doc_hex(struct np_cur text, struct np_arena *mem);
/* The octets that hex, however grouped, stands for; cut when it is none. */
struct np_cur np_doc_octets(struct np_cur text, struct np_arena *mem);
/* Octets as lower-case hex; empty where they are too many for a value. */
struct np_cur np_doc_in_hex(struct np_cur octets, struct np_arena *mem);
/* The first line that is not blank; cut: there is none. */
struct np_cur np_doc_first_line(struct np_cur head);
bool np_doc_digits(struct np_cur text);
/* Seconds or milliseconds since 1970, with a fraction or without; or a date and
 * time, in UTC where no zone is said. NP_NEVER: neither. */
int64_t np_doc_when(struct np_cur text);
#endif

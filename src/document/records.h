/* SPDX-License-Identifier: ISC */
/*
 * Records of scanners and monitors: a JSON object a host or an answer, or a row
 * with named columns. Which member says what is a table a tool (record_*.def is
 * its data), by the path of names that lead to it.
 */
#ifndef NP_RECORDS_H
#define NP_RECORDS_H
#include "document/document.h"

#define NP_RECORD_HITS 128		  /* values taken of one record */
#define NP_RECORD_SIZE ((size_t)16 << 20) /* octets of one record */

enum { /* what records say, by np_doc_put()'s numbers */
#define NP_RECORD_FIELD(word, name) NP_RF_##word,
#include "document/record_fields.def"
#undef NP_RECORD_FIELD
       NP_RF_NFIELDS,
       NP_RF_NOTHING = NP_RF_NFIELDS,
       /* No facts by themselves. */
       NP_RF_IP, /* whose record it is */
       NP_RF_MAC,
       NP_RF_TIME,
       NP_RF_SERVICE,	  /* which protocol answered … */
       NP_RF_ANSWER,	  /* … with this text, of the same object */
       NP_RF_HTTP_HEADER, /* a whole head of an answer */
       NP_RF_SUBSCRIBER,  /* tells subscribers' boxes apart */
};
extern const char *const np_record_fields[];

struct np_record_row {
	const char *path; /* "data.ssh.result.server_id.raw" */
	unsigned field;
};

struct np_record_format {
	const struct np_record_row *rows;
	size_t nrows;
};

struct np_hit {
	unsigned field;
	struct np_cur v;
	uint64_t at;
};

/* One record while it is read. */
struct np_records {
	struct np_doc *d;
	const struct np_record_format *format;
	struct np_arena mem; /* of the record */
	struct np_hit hit[NP_RECORD_HITS];
	size_t n;
	uint64_t line;
};

struct np_records np_records(struct np_doc *d,
			     const struct np_record_format *format);
/* The same in d->keep; NULL: out of memory. */
struct np_records *np_records_new(struct np_doc *d,
				  const struct np_record_format *format);
void np_records_free(struct np_records *r);
void np_record_begin(struct np_records *r, uint64_t line);
/* A value of the record: taken where the format has a row for its path. `v`
 * lives until the record is said. */
void np_record_value(struct np_records *r, const char *path, struct np_cur v,
		     uint64_t at);
/* The same of a value that goes before: it is copied. */
void np_record_keep(struct np_records *r, const char *path, struct np_cur v,
		    uint64_t at);
/* What of the values since number `from` belongs together: a service's name and
 * its answer. */
void np_record_pair(struct np_records *r, size_t from);
/* Says the record, a statement for each protocol. */
void np_record_say(struct np_records *r);
/* Does the document begin as JSON does, all of these names among its first
 * octets? */
bool np_json_has(struct np_cur head, const char *const *names);
/* The first octet of the document that is no white space; 0: there is none. */
char np_record_opens(struct np_doc *d);
/* Reads a whole document of JSON records: a line each, or values of an array,
 * however they are broken into lines. */
int np_records_json(struct np_doc *d, const struct np_record_format *format);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * JSON (RFC 8259), a document in memory. Behind it is cJSON, which takes its
 * memory from the system: what it may take is bounded by what is let in. Values
 * live until np_json_close(); what is kept longer is copied.
 */
#ifndef NP_JSON_H
#define NP_JSON_H
#include "core/arena.h"
#include "core/cur.h"

#define NP_JSON_SIZE 65536  /* octets of a document */
#define NP_JSON_DEPTH 24    /* arrays and objects inside each other */
#define NP_JSON_VALUES 8192 /* values in it */

struct np_json; /* a value */

/* The object or array at the beginning of `text`, white space before it and
 * anything behind it left alone. NULL when it is broken, cut, or over a limit.
 */
const struct np_json *np_json_open(struct np_cur text);
void np_json_close(const struct np_json *document);

/* All take NULL for a value that is not there, and say so of it. */
const struct np_json *np_json_member(const struct np_json *object,
				     const char *name);
/* The values of an object or an array, one after the other. */
const struct np_json *np_json_first(const struct np_json *of);
const struct np_json *np_json_next(const struct np_json *value);
bool np_json_is_object(const struct np_json *value);
/* The name of a member, NULL of other values. */
const char *np_json_name(const struct np_json *value);
/* A number; false when it is none. */
bool np_json_number(const struct np_json *value, double *ret);
/* A string, copied into `mem`; cut when it is none, or empty. */
struct np_cur np_json_text(const struct np_json *value, struct np_arena *mem);
#endif

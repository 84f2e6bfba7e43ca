/* SPDX-License-Identifier: ISC */
/*
 * Files that people maintain, as a tree that remembers where each value stands,
 * so that a wrong one can be refused with file, line and column. Read with
 * libyaml: YAML 1.1 without anchors, aliases and tags; a key may stand only
 * once. All memory is the arena's.
 */
#ifndef NP_YAML_H
#define NP_YAML_H
#include "core/arena.h"
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum np_yaml_kind { NP_YAML_TEXT, NP_YAML_LIST, NP_YAML_MAP };

struct np_yaml {
	enum np_yaml_kind kind;
	bool plain;	  /* a text without quotes: may be a number, yes, ~ */
	uint32_t line;	  /* from 1 */
	uint32_t column;  /* from 1 */
	const char *text; /* NUL-terminated, n octets; "" for lists and maps */
	size_t n;	  /* octets of text, items of a list, pairs of a map */
	const struct np_yaml *key;   /* of the pair, NULL elsewhere */
	const struct np_yaml *first; /* first item, or value of first pair */
	const struct np_yaml *next;  /* the item (or pair's value) behind */
};

/* Reads one document. `name` is the file's, for errors. An empty document is
 * an empty map. */
int np_yaml_read(const char *name, const char *text, size_t n,
		 struct np_arena *mem, const struct np_yaml **ret,
		 struct np_err *reterr);
/* The same from a file of at most 64 MiB. */
int np_yaml_load(const char *path, struct np_arena *mem,
		 const struct np_yaml **ret, struct np_err *reterr);
/* The value of a key; NULL when y is no map (or NULL) or has no such key. */
const struct np_yaml *np_yaml_get(const struct np_yaml *y, const char *key);
/* The text of a key's value; NULL when it is missing, a list or a map, or a
 * plain ~ or null. */
const char *np_yaml_text(const struct np_yaml *y, const char *key);
/* A whole number without sign; false when y is none or it exceeds max. */
bool np_yaml_uint(const struct np_yaml *y, uint64_t max, uint64_t *ret);
/* yes, no, true, false; false when y is none of these. */
bool np_yaml_bool(const struct np_yaml *y, bool *ret);
/* "expected TEXT" at y's place in the file: fills *reterr, gives NP_EINPUT. */
int np_yaml_fail(const char *name, const struct np_yaml *y,
		 const char *expected, struct np_err *reterr);
/* The place of a word in a list such as "expected one of: a, b" or "a, b"; -1:
 * it is not there. */
int np_yaml_word(const char *expected, const char *word);
/* The key of a map's first member that is not in such a list; y itself when it
 * is no map and not NULL. NULL: none. */
const struct np_yaml *np_yaml_stranger(const struct np_yaml *y,
				       const char *expected);

#define NP_YAML_EACH(item, list)                                               \
	for (const struct np_yaml *item = (list) ? (list)->first : NULL; item; \
	     item = item->next)
#endif

/* SPDX-License-Identifier: ISC */
/* What the files of this room share. */
#ifndef NP_SILENCE_INSIDE_H
#define NP_SILENCE_INSIDE_H
#include "core/buf.h"
#include "silence/silence.h"

#define NP_RULES_FILE ((size_t)1 << 20) /* octets of silence.yaml */

struct np_silence {
	struct np_method method[NP_MAX_METHODS];
	size_t nmethods;
	struct np_silence_kind *kind;
	size_t nkinds;
	uint32_t sample_days;
	const char *sentence[NP_SAY__N];
	const char *file;
	char sha256[65];
};

/* knowledge/silence.yaml as it was when the program was built. */
extern const unsigned char np_text_silence[];
extern const size_t np_text_silence_n;

/* A whole file of at most `most` octets, with a NUL behind. NP_EIO when it
 * cannot be read, NP_EINPUT when it is longer. */
int np_file_text(const char *path, size_t most, struct np_arena *mem,
		 const char **ret, size_t *ret_n, struct np_err *reterr);

/* ---- universe.c, for its readers */

/* A site's name, its other name, or its name in small letters. */
struct np_site_name {
	const char *text; /* NULL: free */
	uint32_t place;
};

struct np_universe {
	struct np_arena mem;
	struct np_declared *v;
	size_t n, cap;
	uint32_t *slot; /* by what it says: index + 1 */
	size_t nslots;
	struct np_site_name *name; /* by what sites are called */
	size_t nnames, names_cap;
	uint32_t *prefix; /* prefixes by length and address, once sorted */
	size_t nprefixes;
	bool sorted;
	uint32_t lengths[2][5]; /* bits: which lengths there are, by family */
};

/* So that prefixes are found by address. 0 or NP_ENOMEM. */
int np_universe_sort(struct np_universe *u);
/* Texts are copied. 0, NP_ENOMEM, NP_ELIMIT. */
int np_universe_add(struct np_universe *u, const struct np_declared *d);

/* One row of a table or one record: what it says of each, empty when nothing.
 */
enum np_universe_cell {
	NP_C_SITE,
	NP_C_ALIAS,
	NP_C_PREFIX,
	NP_C_VLAN,
	NP_C_SERIAL,
	NP_C_SERIAL_TO,
	NP_NCELLS
};
/* Declares what the cells say. NULL, or what was expected of cell *ret_cell;
 * *ret_rc is the code. */
const char *np_universe_row(struct np_universe *u, const char *const *cell,
			    uint32_t line, unsigned *ret_cell, int *ret_rc);
int np_universe_csv(struct np_universe *u, const char *name, const char *text,
		    size_t n, struct np_err *reterr);
int np_universe_json(struct np_universe *u, const char *name, const char *text,
		     size_t n, struct np_err *reterr);

#endif

/* SPDX-License-Identifier: ISC */
/*
 * A run: sources in, everything that can be said of them out. run.c is the
 * straight line.
 */
#ifndef NP_RUN_H
#define NP_RUN_H
#include "sighting/pipe.h"
#include "source/source.h"
#include "wire/wire.h"

/* One source as the run knows it. Its number is its index, from 1. */
struct np_input {
	const char *name;
	int fd; /* open until the decoder has it */
	uint64_t size; /* of the file; 0: not known */
	enum np_origin origin;
	const char *site; /* from capture.yaml, or NULL */

	/* Filled while it is read. */
	const char *kind;
	struct np_coverage coverage;
	struct np_tally_stats tally;
	uint32_t unread_link_type;
	bool over, truncated, broken;
	struct np_err error; /* broken: why and where */
};

struct np_inputs {
	struct np_input *v;
	size_t n, cap;
	size_t unreadable; /* paths that could not be opened */
	struct np_arena mem;
};

/* Adds a file, a directory (all files in it, sorted, recursively) or "-". */
int np_inputs_add(struct np_inputs *in, const char *path,
		  struct np_err *reterr);
void np_inputs_free(struct np_inputs *in);

struct np_listen_conf {
	struct np_seal_rules rules;
	struct np_wire_conf wire;
	unsigned jobs; /* decoders at once; 0: one */
	bool progress; /* on stderr */
	const volatile int *stop; /* set from a signal: end early */
};

/* What a run hears, record by record; 0, or a negative code that ends it. */
typedef int np_heard_fn(void *ctx, struct np_record *r);

/*
 * Forks confined decoders, one for each share of the sources, and gives every
 * record to `fn`, in order within a source. Coverage is kept in the inputs.
 * NP_EIO when a decoder died, NP_EINTR when stopped.
 */
int np_listen(struct np_inputs *in, const struct np_listen_conf *conf,
	      np_heard_fn *fn, void *ctx, struct np_err *reterr);
#endif

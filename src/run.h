/* SPDX-License-Identifier: ISC */
/*
 * A run: sources in, everything that can be said of them out. run.c is the
 * straight line.
 */
#ifndef NP_RUN_H
#define NP_RUN_H
#include "place/place.h"
#include "sighting/pipe.h"
#include "silence/silence.h"
#include "source/beside.h"
#include "source/source.h"
#include "wire/wire.h"
#include <sys/types.h>

/* One source as the run knows it. Its number is its index, from 1. */
struct np_input {
	const char *name;
	const char *path;	 /* where it lies, if not there; or NULL */
	int fd;			 /* open until the decoder has it */
	uint64_t size;		 /* of the file; 0: not known */
	struct np_beside beside; /* what a person wrote down */
	enum np_origin origin;
	const char *site; /* from beside, or --site; NULL: not recorded */

	/* Filled while it is read. */
	const char *kind;
	struct np_coverage coverage;
	struct np_tally_stats tally;
	struct np_dropped *dropped; /* by field */
	size_t ndropped, dropped_cap;
	uint32_t unread_link_type;
	bool over, truncated, broken;
	bool again;	/* the dossier had it already */
	uint32_t *told; /* by number: index + 1 of what is in the fold */
	size_t told_cap;
	char sha256[65];     /* with a dossier */
	struct np_err error; /* broken: why and where */
};

struct np_inputs {
	struct np_input *v;
	size_t n, cap;
	size_t unreadable;	 /* paths that could not be opened */
	const char *party;	 /* operator.yaml of a directory, or NULL … */
	const char *other_party; /* another that was met, and not taken */
	struct np_place_files files; /* … and what lies beside it */
	struct {
		dev_t device;
		ino_t inode;
	} own[4]; /* these, which are no sources */
	size_t nown;
	size_t passed; /* in directories, that nobody here reads */
	const char *passed_first;
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
	/* Called with told_ctx when more was read, or NULL. */
	void (*told)(void *ctx, const struct np_inputs *in);
	void *told_ctx;
	const char *map; /* what the columns of tables are, or NULL */
	/* 32 octets that documents tell subscribers' boxes apart by, or NULL */
	const uint8_t *pseudonyms;
	bool every;    /* each occurrence by itself, not merged */
	bool numbered; /* what was told before comes as NP_R_AGAIN */
	/* Seconds of processor that a decoder may use without a word; 0: 60.
	 * Waiting for its source costs none. */
	double patience;
	const volatile int *stop; /* set from a signal: end early */
	/* Called with fn's ctx when all decoders are forked: threads begin
	 * here, for a lock that one held at a fork would stay locked in the
	 * child. May be NULL. */
	void (*forked)(void *ctx);
};

/* What a run hears, record by record; 0, or a negative code that ends it. */
typedef int np_heard_fn(void *ctx, struct np_record *r);

/*
 * Forks confined decoders, one for each share of the sources, and gives every
 * record to `fn`, in order within a source. Coverage is kept in the inputs.
 * A decoder that dies, hangs or talks nonsense leaves its sources broken, with
 * what it said before. NP_EINTR when stopped.
 */
int np_listen(struct np_inputs *in, const struct np_listen_conf *conf,
	      np_heard_fn *fn, void *ctx, struct np_err *reterr);

/* ---- the whole line */

struct np_run_conf {
	struct np_listen_conf listen;
	const char *knowledge;	     /* directory, or NULL: what is built in */
	const char *party;	     /* operator.yaml, or NULL */
	struct np_place_files files; /* beside it; NULL: as it names them */
	const char *site;	     /* where sources stand that do not say */
	const char *what_if;	     /* "us,de": other states' rules too */
	const char *dossier;	     /* where to keep all, or NULL */
	/* File of the public keys whose statements count; NULL: all do. */
	const char *keys;
	/* File that makes subscribers' boxes linkable, or NULL: then a dossier
	 * counts them and no more. */
	const char *subscriber_key;
	/* Of np_run: party, places and what if as the dossier has them, which
	 * is there, where none are named here. */
	bool by_dossier;
	int32_t as_of;
	size_t max_devices; /* 0: two million */
	/* Of np_run_dossier: by the knowledge and law that the dossier holds,
	 * and nothing that this machine has; … */
	bool kept;
	bool as_it_is;	 /* … the file as it is (np_dossier_open_read); */
	bool infer_anew; /* what was said is inferred from again, to compare. */
	bool writes;	 /* the dossier is written into afterwards; else not an
			  * octet of it changes. */
};

/* All that a run came to. Everything in it lives until np_run_free. */
struct np_run {
	struct np_run_conf conf;
	struct np_inputs inputs;
	struct np_knowledge *knowledge;
	struct np_law *law;
	struct np_party *party;
	struct np_silence *silence; /* its rules */
	struct np_places *places;
	struct np_fold *fold;
	struct np_infer *infer;
	struct np_hasher *hasher;
	struct np_dossier *dossier;
	struct np_hashing *hashing; /* of the sources, while they are read */
	struct np_arena mem;	    /* of the run */
	struct np_arena values;	    /* of one sighting's claims */
	struct np_devices devices;
	struct np_said *said; /* what the dossier's journal states, or NULL */
	struct np_findings findings;
	/* Contracts for services, and what the law finds of them. */
	struct np_devices contracts;
	struct np_findings of_contracts;
	uint64_t sightings;
	/* With conf.infer_anew: how many were recalled, and of how many of them
	 * the claims are the kept ones again. */
	uint64_t recalled, followed;
	/* Of conf.subscriber_key; else random, and forgotten with the run. */
	uint8_t link_key[32];
	uint32_t first_source; /* sources that the dossier had before */
};

/* Reads r->inputs by r->conf. Negative: it could not; NP_EINTR: stopped, what
 * was heard until then is concluded. */
int np_run(struct np_run *r, struct np_err *reterr);
/* The same from a dossier instead of sources. */
int np_run_dossier(struct np_run *r, struct np_err *reterr);
void np_run_free(struct np_run *r);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Two dossiers of one network, and what became of each device: the same,
 * changed, new, removed, or no longer observed.
 *
 * Silence removes nothing. A device that the new dossier does not have is
 * "removed" only where somebody says so: custody of its serial, or a statement
 * that is handed in as np_reason. Else it is "no longer observed", and what the
 * new dossier looked at by the methods that heard it before stands beside it.
 *
 * Devices are matched by keys, those that say most first; by what means
 * something in one network only (private addresses, names) within one site,
 * and not where two serial numbers or two makers say that they are two boxes.
 */
#ifndef NP_COMPARE_H
#define NP_COMPARE_H
#include "policy/policy.h"

/* What one source looked at. Texts may be NULL: not recorded. */
struct np_watch {
	uint32_t source; /* its number in the dossier */
	const char *site, *method;
	int64_t first, last; /* NP_NEVER: it has no times */
	uint64_t frames;
	bool whole; /* it was read to its end */
};

/* One of the two. Everything in it outlives the comparison. */
struct np_side {
	const struct np_knowledge *knowledge;
	const struct np_law *law;
	struct np_party *party;
	const char *what_if;
	int32_t as_of;
	const struct np_devices *devices;
	const struct np_findings *findings;
	const struct np_watch *watches;
	size_t nwatches;
};

enum np_fate {
	NP_SAME,
	NP_CHANGED,
	NP_NEW,
	NP_REMOVED,
	NP_GONE, /* no longer observed: silence, which is no reason */
	NP_NFATES
};
/* "same", "changed", "new", "removed", "no longer observed" */
const char *np_fate_name(enum np_fate f);

/* Why a device that is not there any more is said to be removed. */
struct np_reason {
	const char *serial; /* of the box, or … */
	const char *device; /* … its id; the other is NULL */
	const char *what;   /* "unracked" … */
	const char *then;   /* "destroyed 2026-10-05", or NULL */
	const char *where;  /* "custody.csv:12": who says so */
	int32_t day;	    /* when; NP_NODAY: not said */
};

#define NP_NOBODY UINT32_MAX

struct np_pair {
	uint32_t was, is; /* indices of devices, or NP_NOBODY */
	enum np_fate fate;
	bool several; /* two of the one side are one of the other */
	bool law;     /* its findings are others than before */
	const struct np_reason *reason; /* removed */
	uint32_t instead; /* gone: index of who has its address now */
};

struct np_diff {
	const struct np_pair *v; /* by device of OLD, then the new ones */
	size_t n;
	uint64_t count[NP_NFATES];
	uint64_t appeared, went, other; /* findings */
	uint64_t in_scope; /* devices with a finding that trips a gate, which
			      had none before */
	struct np_watching *watching; /* what was looked at, summed up */
	struct np_after *after;	      /* OLD judged as NEW is; for causes */
	const struct np_side *old, *new;
};

/* Compares. `reasons` may be empty. NP_ENOMEM, or what np_judge gives. */
int np_diff_make(const struct np_side *old, const struct np_side *new,
		 const struct np_reason *reasons, size_t nreasons,
		 struct np_arena *mem, struct np_diff *ret,
		 struct np_err *reterr);

/* ---- what changed, of one pair, written into memory of `mem` */

struct np_change {
	const char *field;    /* "maker", "version", "keys.ip" … */
	const char *was, *is; /* NULL: there is none */
};
struct np_changes {
	struct np_change *v;
	size_t n;
};
int np_diff_changes(const struct np_diff *d, const struct np_pair *p,
		    struct np_arena *mem, struct np_changes *ret);

/* What made a finding another one, as bits: what was heard, the law of another
 * day, what the operator's file states. None of them: what people state of the
 * boxes (inventories, attestations, objections). */
enum np_cause { NP_BY_EVIDENCE = 1, NP_BY_LAW = 2, NP_BY_FACTS = 4 };
const char *np_cause_name(unsigned cause); /* "law and evidence" … */

struct np_ruling_change {
	const struct np_finding *was, *is; /* NULL: there was, is none */
	unsigned cause;
};
struct np_ruling_changes {
	struct np_ruling_change *v;
	size_t n;
};
int np_diff_rulings(const struct np_diff *d, const struct np_pair *p,
		    struct np_arena *mem, struct np_ruling_changes *ret);

/* ---- what was looked at, where a device was heard before */

struct np_watched {
	uint64_t sources, frames;
	int64_t first, last;
	int64_t length; /* nanoseconds that some source covers; -1: untimed */
};
struct np_again {
	const char *site, *method; /* NULL: not recorded */
	struct np_watched was, is; /* is.sources 0: not looked at so */
};
struct np_agains {
	struct np_again *v;
	size_t n;
	bool elsewise; /* its site was looked at by other methods */
};
/* Of a device of OLD, a row for each site and method that heard it. */
int np_diff_watched(const struct np_diff *d, const struct np_device *was,
		    struct np_arena *mem, struct np_agains *ret);

/* ---- for the room itself */

struct np_matched {
	uint32_t *to_new, *to_old; /* the partner, or NP_NOBODY */
	uint32_t *merged, *split;  /* of one without: who has its strong key */
	uint32_t *instead;	   /* of OLD: who has its address now */
};
int np_match(const struct np_side *old, const struct np_side *new,
	     struct np_arena *mem, struct np_matched *ret);
/* Findings of a device: the first of *ret_n in f, which are in the order of
 * devices. */
const struct np_finding *np_findings_of(const struct np_findings *f,
					const struct np_device *d,
					size_t *ret_n);
#endif

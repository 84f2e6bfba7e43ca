/* SPDX-License-Identifier: ISC */
/*
 * nameplate: who made each box in a network, how sure, and under which rules.
 *
 * This is the public header of libnameplate and its manual. What does not stand
 * here is no interface. It is in the order of the line that evidence takes:
 * sources, sightings, devices, findings.
 *
 *
 * A COMPLETE PROGRAM
 *
 *	#include <nameplate.h>
 *	#include <stdio.h>
 *
 *	int main(int argc, char **argv)
 *	{
 *		struct np_audit *a = np_audit_new();
 *
 *		for (int i = 1; i < argc; i++)
 *			np_audit_add(a, argv[i]);
 *		if (np_audit_run(a) < 0)
 *			fprintf(stderr, "%s\n", np_audit_error(a));
 *		for (size_t i = 0; i < np_audit_devices(a); i++) {
 *			const char *maker = np_audit_device(a, i)->maker;
 *
 *			printf("%s %s\n", np_audit_device(a, i)->verdict,
 *			       maker ? maker : "-");
 *		}
 *		np_audit_free(a);
 *	}
 *
 *	cc program.c $(pkg-config --cflags --libs nameplate)
 *
 *
 * WHAT IT PROMISES
 *
 * Honesty. A verdict is made of claims, a claim of one fact, a fact of octets
 * with an offset. Unknown is an answer. What is called confirmed means: the
 * box's own structured statements agree and nothing contradicts; nobody looked
 * at hardware.
 *
 * Privacy. Facts that name a person or a subscriber are dropped before anything
 * is kept, and counted. Subscribers' boxes are counted, not listed; tunnels
 * that carry subscribers stay closed.
 *
 * Hostile input. Sources are read in processes of their own, which have no
 * file, no socket and no way to start another program. np_audit_run() forks
 * them; a program that has threads should call it before it starts them.
 *
 * Determinism. The same sources give the same devices, ids and findings, in
 * whatever order they were added, while no limit was hit.
 *
 *
 * THREADS, MEMORY, ERRORS
 *
 * The library has no state of its own. One audit belongs to one thread at a
 * time; two audits may run in two threads.
 *
 * Everything that a function returns by pointer belongs to the audit and lives
 * until np_audit_free() or the next np_audit_run() of it, whichever comes
 * first. NULL where nothing is known, never an empty string.
 *
 * Functions that can fail return 0 or a negative number of enum np_status_code;
 * np_audit_error() then has one sentence for a person, with the place in the
 * input where there is one. Every function accepts a NULL audit and says
 * NP_STATUS_USAGE, nothing or zero.
 *
 *
 * VERSIONS
 *
 * Functions and members are only added. np_version() is the library's, which
 * may be newer than this header.
 */
#ifndef NAMEPLATE_H
#define NAMEPLATE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0": major.minor.patch as in semantic versioning. */
const char *np_version(void);

/* What went wrong. */
enum np_status_code {
	NP_STATUS_OK = 0,
	NP_STATUS_MEMORY = -1, /* out of memory */
	NP_STATUS_SYSTEM = -2, /* a file or a process: the system refused */
	NP_STATUS_INPUT = -3,  /* a configuration file is not what it
				  should be (a capture that is broken is no
				  error: see np_audit_source) */
	NP_STATUS_LIMIT = -4,  /* a limit was reached */
	NP_STATUS_USAGE = -5,  /* called in a way it cannot be */
	NP_STATUS_NONE = -6,   /* there is no such thing */
	NP_STATUS_ABSENT = -7, /* left out of this build */
	NP_STATUS_INTERRUPTED =
		-8, /* np_audit_stop(): what was read is there */
};

/*
 * THE AUDIT
 *
 * An audit is one run: sources are added, np_audit_run() reads and judges them,
 * then devices and findings can be asked for. It may be run again after more
 * sources were added; everything is then read again.
 */
struct np_audit;

/* NULL when memory is out. */
struct np_audit *np_audit_new(void);
void np_audit_free(struct np_audit *a);

/* The last failure as one sentence, without a line end; "" when there was
 * none. */
const char *np_audit_error(const struct np_audit *a);

/*
 * SOURCES
 *
 * A source is where octets come from: a capture in pcap
 * (draft-ietf-opsawg-pcap), pcapng (draft-ietf-opsawg-pcapng) or snoop (RFC
 * 1761), plain or packed with gzip, zstd or lz4. What it is is found by its
 * content, never by its name.
 */

/* Adds a file, all files of a folder (recursively, sorted), or "-" for standard
 * input. A `capture.yaml` in a source's folder, or `NAME.yaml` beside it, says
 * where it was taken; what it does not say is not recorded. NP_STATUS_SYSTEM
 * when it cannot be opened. */
int np_audit_add(struct np_audit *a, const char *path);

/* The operator's own facts (operator.yaml): sites, prefixes of the
 * infrastructure, what the operator is before each country's law. */
int np_audit_party(struct np_audit *a, const char *path);

/* Where sources stand that do not say: a site of the operator's file, or a
 * country (ISO 3166-1, two letters). */
int np_audit_site(struct np_audit *a, const char *site);

/* The day as of which the law is applied, "YYYY-MM-DD"; today without. */
int np_audit_as_of(struct np_audit *a, const char *day);

/* Other states' rules too, as lower-case codes joined with commas: "us,de". */
int np_audit_what_if(struct np_audit *a, const char *states);

/* Keep everything in a dossier (SQLite), made when it is not there. */
int np_audit_keep(struct np_audit *a, const char *path);

/* Reads and judges. NP_STATUS_INTERRUPTED when np_audit_stop() ended it early:
 * what was read until then is there. */
int np_audit_run(struct np_audit *a);

/* Ends a run early; may be called from a signal handler. */
void np_audit_stop(struct np_audit *a);

/* What became of one source. */
struct np_audit_source {
	const char *name; /* as it was added */
	const char *kind; /* "pcap", "pcapng", "pcap+gzip" …; NULL: unknown */
	const char *status; /* "read", "truncated" or "broken" */
	const char *error;  /* broken: why, else NULL */
	uint64_t error_at;  /* broken: octet in the unpacked source */
	uint64_t frames;
	uint64_t octets;     /* as it lies on disk */
	int64_t first, last; /* ns since 1970; INT64_MIN: not known */
	int64_t drops;	    /* frames that the capture lost; -1: not recorded */
	uint64_t malformed; /* messages that broke their protocol's rules */
	uint64_t withheld;  /* personal values that were left out */
};

/* How many sources, and the i-th from 0; NULL beyond the last. */
size_t np_audit_sources(const struct np_audit *a);
const struct np_audit_source *np_audit_source(struct np_audit *a, size_t i);

/*
 * SIGHTINGS
 *
 * A sighting is what one frame says about one subject. They are given out as
 * JSON lines of nameplate.sighting/1, the form in which everything that was
 * heard is stored and shipped:
 */

/* Called for each line (n octets, without a line end, no NUL in it). A value
 * other than 0 ends the reading. */
typedef int np_line_fn(void *ctx, const char *line, size_t n);

/* Reads the sources that were added and gives out their sightings, and nothing
 * else; np_audit_run() is not needed before. */
int np_audit_read(struct np_audit *a, np_line_fn *fn, void *ctx);

/*
 * DEVICES
 *
 * A device is sightings judged to be one box. The verdict is one of
 *
 *	confirmed  its own structured statements agree, nothing contradicts
 *	probable   one good statement of its own, or one that was relayed
 *	possible   an address block on the link, or what a neighbour says
 *	disputed   two makers are named by equally good statements
 *	unknown    the rest
 */
struct np_audit_device {
	const char *id;	   /* "d-" and 16 hex digits */
	const char *maker; /* slug of knowledge/makers.yaml: "huawei" */
	const char *maker_name;
	const char *verdict; /* as above, never NULL */
	const char *model, *version, *serial;
	const char *function; /* "transport/router", "access/olt" … */
	const char *site;     /* NULL: nobody said where it stands */
	int64_t first, last;  /* ns since 1970; INT64_MIN: not known */
};

/* How many devices, and the i-th from 0, sorted by id; NULL beyond the last.
 * Subscribers' boxes are not among them. */
size_t np_audit_devices(const struct np_audit *a);
const struct np_audit_device *np_audit_device(struct np_audit *a, size_t i);

/* How many boxes were subscribers'. */
uint64_t np_audit_subscribers(const struct np_audit *a);

/*
 * FINDINGS
 *
 * A finding is a device, a clause of a published rule, and a day. The status is
 * one of "in scope", "component in scope" (each may be followed by " (text not
 * read)" where the rule is known from secondary sources only), "contested",
 * "exempt", "not bound", "undetermined", "not in scope", and of a place "no
 * rule on file" and "rules on file, not judged", which are not "not in scope".
 * What is missing is asked for in order: first the maker, then the function,
 * then what depends on them. It is no legal advice and no statement about any
 * company's conduct.
 */
struct np_audit_finding {
	const char *device;	  /* id */
	const char *clause;	  /* NULL: no rules are known for the place */
	const char *jurisdiction; /* "DE"; NULL as clause */
	const char *status, *text;
	const char *missing; /* undetermined: the fact that is missing … */
	const char *get;     /* … and how to get it */
	const char *citation;
	int dated; /* 1: days counts from as_of to the clause's date */
	int days;
};

size_t np_audit_findings(const struct np_audit *a);
const struct np_audit_finding *np_audit_finding(struct np_audit *a, size_t i);

/*
 * THE WHOLE AS DATA
 */

/* The audit as one JSON document of nameplate.audit/1, allocated with malloc();
 * the caller frees it. NULL when there was no run or memory is out. */
char *np_audit_json(struct np_audit *a, size_t *ret_n);

#ifdef __cplusplus
}
#endif
#endif

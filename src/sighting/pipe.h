/* SPDX-License-Identifier: ISC */
/*
 * The pipe between the confined decoder and everybody else. Records are framed
 * and checked on arrival: what comes out of a decoder that hostile bytes took
 * over is hostile too.
 */
#ifndef NP_PIPE_H
#define NP_PIPE_H
#include "sighting/sighting.h"

enum np_record_kind {
	NP_R_SIGHTING = 1,
	NP_R_COVERAGE, /* the source is over */
	NP_R_BROKEN,   /* the source cannot be read on; text says why */
	NP_R_PROGRESS,
	NP_R_KIND,    /* what the source is: text */
	NP_R_AGAIN,   /* a numbered sighting was heard elsewhere too */
	NP_R_DROPPED, /* how often values of a field were kept back */
};

struct np_record {
	enum np_record_kind kind;
	uint32_t source;
	struct np_sighting sighting; /* id not filled; AGAIN: `seen` only */
	uint32_t number;     /* SIGHTING, AGAIN: below NP_MAX_SIGHTINGS */
	const uint8_t *body; /* the sighting's, for stores */
	size_t body_n;
	struct np_coverage coverage; /* PROGRESS fills frames and bytes */
	struct np_tally_stats tally; /* with COVERAGE */
	uint32_t unread_link_type;
	bool truncated;
	struct np_dropped dropped; /* DROPPED */
	const char *text;	   /* NUL-terminated */
	uint64_t at;		   /* BROKEN: where */
};

/* The writing end: buffered, flushed when full and by np_pipe_flush. Errors
 * stick and are given by flush. */
struct np_pipe_out {
	int fd;
	struct np_buf buf;
	int error;
};
void np_pipe_out(struct np_pipe_out *p, int fd);
/* `body` NULL: the one that went under this number before. */
void np_pipe_sighting(struct np_pipe_out *p, uint32_t source, uint32_t number,
		      const uint8_t *body, size_t n,
		      const struct np_occurrence *o);
void np_pipe_coverage(struct np_pipe_out *p, const struct np_coverage *c,
		      const struct np_tally_stats *t, uint32_t link_type,
		      bool truncated);
void np_pipe_progress(struct np_pipe_out *p, uint32_t source, uint64_t frames,
		      uint64_t bytes);
void np_pipe_dropped(struct np_pipe_out *p, uint32_t source,
		     const struct np_dropped *d);
void np_pipe_text(struct np_pipe_out *p, enum np_record_kind kind,
		  uint32_t source, const char *text, uint64_t at);
int np_pipe_flush(struct np_pipe_out *p);

/* The reading end. */
struct np_pipe_in {
	int fd;
	uint8_t *buf;
	size_t at, n, cap;
	char text[512];
};
int np_pipe_in(struct np_pipe_in *p, int fd);
/* 1: *ret is the next record, valid until the next call; 0: no whole record is
 * here yet (read more); negative: what came is no record. */
int np_pipe_next(struct np_pipe_in *p, struct np_record *ret);
/* Reads what the pipe has. 1: something came; 0: the end; negative: error. */
int np_pipe_fill(struct np_pipe_in *p);
void np_pipe_in_free(struct np_pipe_in *p);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Sources: bytes to frames. A source interprets nothing; it finds where frames
 * begin and end, their time, their link type, and what the file says of its own
 * losses.
 *
 * sources.def lists the formats; which one a file is, is found by content.
 * Reading is by read(2) into a buffer that stays in the cache; a frame is a
 * view into it and dies with the next call.
 */
#ifndef NP_SOURCE_H
#define NP_SOURCE_H
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_frame {
	const uint8_t *p;
	uint32_t n;	   /* octets captured */
	uint32_t wire_n;   /* octets on the wire */
	uint64_t number;   /* from 1, across sections and interfaces */
	int64_t time;	   /* ns since 1970, NP_NEVER without */
	uint32_t linktype; /* LINKTYPE_*, tcpdump.org's registry */
};

struct np_source_stats {
	const char *kind; /* "pcap", "pcapng", "pcap+gzip" … */
	uint64_t frames, bytes; /* bytes of the source as it lies on disk */
	int64_t first, last;
	int64_t drops;	   /* -1: not recorded */
	bool truncated;	   /* ended inside a record */
};

struct np_source;

/* Opens what is behind an open file descriptor (a file, a pipe); `head` are
 * octets already read from it (may be 0). Takes the descriptor. NP_EINPUT when
 * no format knows it: reterr says what the first octets are. */
int np_source_open(int fd, const char *name, struct np_source **ret,
		   struct np_err *reterr);
/* 1: *ret is the next frame; 0: the end; negative: broken here, reterr says
 * where (byte offset in the uncompressed source), what was read before stands.
 */
int np_source_next(struct np_source *s, struct np_frame *ret,
		   struct np_err *reterr);
void np_source_stats(const struct np_source *s, struct np_source_stats *ret);
void np_source_close(struct np_source *s);
#endif

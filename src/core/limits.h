/* SPDX-License-Identifier: ISC */
/* Every limit that hostile input can reach, in one place. */
#ifndef NP_LIMITS_H
#define NP_LIMITS_H

#define NP_MAX_FRAME (256u * 1024)	     /* octets in one frame */
#define NP_MAX_BLOCK (16u * 1024 * 1024)     /* octets in one pcapng block */
#define NP_MAX_INTERFACES (1u << 16)	     /* in one pcapng section */
#define NP_MAX_VLANS 4			     /* tags taken from one frame */
#define NP_MAX_DEPTH 8			     /* tunnels opened in one frame */
#define NP_MAX_FACTS 256		     /* facts read from one payload */
#define NP_MAX_STATEMENTS 32		     /* statements in one payload */
#define NP_MAX_KEYS 16			     /* keys of one subject */
#define NP_MAX_VALUE (16u * 1024)	     /* octets in one value */
#define NP_MAX_SIGHTING (64u * 1024)	     /* octets in one sealed sighting */
#define NP_FRAME_ARENA ((size_t)1 << 20)     /* memory of one decode */
#define NP_STREAM_LIMIT (16u * 1024)	     /* octets kept of one direction */
#define NP_MAX_FLOWS (1u << 16)		     /* directions remembered */
#define NP_MAX_PENDING ((size_t)16 << 20)    /* octets of undecided streams */
#define NP_MAX_FRAGMENTS 1024		     /* datagrams being reassembled */
#define NP_SEGMENT_SHIFT 20		     /* frames in a segment: 2^20 */
#define NP_MAX_SIGHTINGS (1u << 21)	     /* distinct ones in a segment */
#define NP_MAX_LINE ((size_t)256 * 1024)     /* octets in a document's line */
#define NP_DOCUMENT_ARENA ((size_t)64 << 20) /* what a document may keep */
#define NP_MAX_RATIO 200 /* decompressed to compressed octets */
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Sources: bytes to frames. A source interprets nothing; it finds where frames
 * begin and end, their time, their link type, and what the file says of its own
 * losses.
 *
 * sources.def lists the formats, packs.def the compressions; which one a file
 * is, is found by content. Reading is by read(2) into a buffer that stays in
 * the cache; a frame is a view into it and dies with the next call.
 */
#ifndef NP_SOURCE_H
#define NP_SOURCE_H
#include "core/cur.h"
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct np_frame {
	const uint8_t *p;
	uint32_t n;	    /* octets captured */
	uint32_t wire_n;    /* octets on the wire, never below n */
	uint64_t number;    /* from 1, across sections and interfaces */
	int64_t time;	    /* ns since 1970, NP_NEVER without */
	uint32_t linktype;  /* LINKTYPE_*, tcpdump.org's registry */
	uint32_t interface; /* of its section; 0 where there is but one */
};

/* What a source says of one of its interfaces. */
struct np_interface {
	const char *name; /* NULL: not recorded; hostile text */
	uint32_t linktype;
	uint32_t snaplen; /* 0: not limited */
	int64_t drops;	  /* -1: not recorded */
};

struct np_source_stats {
	const char *kind;	/* "pcap", "pcapng", "pcap+gzip" … */
	uint64_t frames, bytes; /* bytes of the source as it lies on disk */
	int64_t first, last;	/* least and greatest time of a frame */
	int64_t drops;		/* -1: not recorded */
	bool truncated;		/* ended inside a record */
	uint64_t cut_at;	/* where that record begins */
	uint64_t backwards;	/* frames older than one before them */
	uint64_t backwards_at;	/* where the first of them begins */
	uint64_t clipped;	/* frames cut to NP_MAX_FRAME here */
};

/*
 * Open only so that np_source_next can be inline: nobody but the readers
 * touches these.
 */
struct np_source {
	const uint8_t *at, *end; /* what is in the buffer and not yet taken */
	/* Records whose captured length is below this are taken without a
	 * call; 0 where records are not little-endian pcap. */
	uint32_t quick_below;
	uint32_t linktype;
	int64_t ns; /* in one unit of a record's fraction of a second */
	int64_t last;
	uint64_t number;
};

/*
 * Opens what is behind an open file descriptor (a file, a pipe) and takes the
 * descriptor, also when it fails. NP_EINPUT when no format knows it: reterr
 * says what the first octets are. reterr->what is a detail, never the name;
 * reterr->at the byte offset in the uncompressed source.
 */
int np_source_open(int fd, struct np_source **ret, struct np_err *reterr);
/* The same, also of what no format of captures knows: it has no frames, and
 * np_source_plain() gives the window on it to who reads such things. */
int np_source_open_any(int fd, struct np_source **ret, struct np_err *reterr);
/* As read(2). */
typedef ssize_t np_pull_fn(void *ctx, uint8_t *p, size_t n);
/* As np_source_open_any() of what pull gives: memory, or a part of something
 * that is read. The window, NP_FEED_SIZE octets (reader.h), is lent until it is
 * closed; NULL: it makes its own, which costs more than to read a small one. */
int np_source_open_pull(np_pull_fn *pull, void *ctx, uint8_t *window,
			struct np_source **ret, struct np_err *reterr);
struct np_reader;
/* NULL: it is a capture. */
struct np_reader *np_source_plain(struct np_source *s);
/* What it turned out to be: the stats' kind. */
void np_source_call(struct np_source *s, const char *kind);
/* From here on a pump (pump.h) unpacks ahead, until the source is closed; of a
 * source that lies plain it does nothing. Not for one that may keep one
 * waiting. */
struct np_pump;
void np_source_ahead(struct np_source *s, struct np_pump *pump);
void np_source_stats(const struct np_source *s, struct np_source_stats *ret);
/* The interface of a frame that was just read; NULL where the format says
 * nothing of interfaces. Lives as long as its section. */
const struct np_interface *np_source_interface(const struct np_source *s,
					       uint32_t interface);
void np_source_close(struct np_source *s);

/* np_source_next where the inline part below has no answer. */
int np_source_step(struct np_source *s, struct np_frame *ret,
		   struct np_err *reterr);
/* Notes the time of the first frame and of one older than those before. */
void np_source_older(struct np_source *s, int64_t time);

/* The next frame when it lies whole in the buffer and needs no thought. */
static inline bool np_source_quick(struct np_source *s, struct np_frame *ret)
{
	/* pcap's record header: seconds, fraction, captured, original length
	 * (draft-ietf-opsawg-pcap, section 5). */
	struct np_cur c = np_cur(s->at, (size_t)(s->end - s->at));
	uint32_t seconds = np_le32(&c);
	uint32_t fraction = np_le32(&c);
	uint32_t n = np_le32(&c);
	uint32_t wire_n = np_le32(&c);

	if (n >= s->quick_below || n > c.left || c.cut)
		return false;
	int64_t t = (int64_t)seconds * 1000000000 + (int64_t)fraction * s->ns;

	if (t < s->last)
		np_source_older(s, t);
	else
		s->last = t;
	*ret = (struct np_frame){
		.p = c.p,
		.n = n,
		.wire_n = wire_n < n ? n : wire_n,
		.number = ++s->number,
		.time = t,
		.linktype = s->linktype,
	};
	s->at = c.p + n;
	return true;
}

/* 1: *ret is the next frame; 0: the end; negative: broken here, reterr says
 * where (byte offset in the uncompressed source), what was read before stands.
 * After 0 or a negative answer every later call gives 0. */
static inline int np_source_next(struct np_source *s, struct np_frame *ret,
				 struct np_err *reterr)
{
	return np_source_quick(s, ret) ? 1 : np_source_step(s, ret, reterr);
}

/* The same for up to `max` frames that are valid together; gives how many. */
static inline int np_source_batch(struct np_source *s, struct np_frame *v,
				  int max, struct np_err *reterr)
{
	int n = np_source_next(s, v, reterr);

	while (n > 0 && n < max && np_source_quick(s, &v[n]))
		n++;
	return n;
}
#endif

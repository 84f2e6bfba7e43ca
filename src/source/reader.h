/* SPDX-License-Identifier: ISC */
/*
 * What the readers of formats share: a window on the source that is moved
 * forward, whatever the source is compressed with.
 *
 * The window lies in one buffer. Each read(2) goes to the same page-aligned
 * place; what is left over from before is first moved to just below it:
 *
 *	|<---- NP_FEED_MAX ---->|<---- NP_FEED_READ ---->|
 *	            |left over  |new octets              |
 *	            at                                   end
 *
 * so what is touched stays in the L2 cache, and a frame never wraps.
 */
#ifndef NP_READER_H
#define NP_READER_H
#include "core/arena.h"
#include "core/limits.h"
#include "core/time.h"
#include "source/pump.h"
#include "source/source.h"
#include <sys/types.h>

#define NP_FEED_READ ((size_t)256 * 1024)
/* The longest run of octets that a reader may ask for at once: a frame with
 * its header and options. */
#define NP_FEED_MAX (NP_MAX_FRAME + (size_t)64 * 1024)

#define NP_FEED_SIZE (NP_FEED_MAX + NP_FEED_MAX)

/* Octets by which formats are told apart, and unknown files are named. */
#define NP_HEAD 64

struct np_reader;
struct np_unpack;

/* Where octets come from, and how that went. Behind a pump it is the pump's
 * until nothing comes any more. */
struct np_intake {
	int fd; /* -1: pull gives them */
	np_pull_fn *pull;
	void *pull_ctx;
	struct np_unpack *unpack; /* NULL where the source lies plain */
	uint64_t end_at;	  /* byte offset of what comes next */
	uint64_t bytes_in;	  /* read from fd */
	int broken;	   /* code of a failed read; 0 while all is well */
	struct np_err why; /* with broken */
	/* Sees all that comes, unpacked; NULL: nobody does. */
	void (*tap)(void *ctx, const uint8_t *p, size_t n);
	void *tap_ctx;
	bool cut; /* what is packed ended too early */
};
/* As read(2): octets given, unpacked where need be; 0 at the end, -1 when
 * broken. */
ssize_t np_intake_take(struct np_intake *in, uint8_t *p, size_t n);
/* read(2) of what lies below, counted. */
ssize_t np_intake_read(struct np_intake *in, uint8_t *p, size_t n);

struct np_format {
	const char *kind;
	bool (*mine)(struct np_cur head);
	/* Reads the file's header; 0 or a negative code. */
	int (*open)(struct np_reader *r, struct np_err *reterr);
	/* As np_source_step. */
	int (*next)(struct np_reader *r, struct np_frame *ret,
		    struct np_err *reterr);
	/* As np_source_interface; NULL where the format has none. */
	const struct np_interface *(*interface)(const struct np_reader *r,
						uint32_t interface);
	void (*close)(struct np_reader *r);
};

struct np_reader {
	struct np_source s; /* first: np_source and np_reader are one object */
	struct np_intake in;
	struct np_pump *pump; /* NULL: read when wanted */
	uint8_t *buf;
	bool lent;	   /* buf is not ours */
	uint64_t end_at;   /* byte offset of s.end in the source */
	uint64_t bytes_in; /* read from the descriptor for that */
	bool dry;	   /* nothing comes any more */
	bool over;	   /* next() has given 0 or a negative code */
	int64_t first;
	int64_t drops;
	bool truncated;
	uint64_t cut_at;
	uint64_t backwards, backwards_at, clipped;
	const struct np_format *format;
	void *state;	    /* the format's */
	const char *packed; /* "gzip"; NULL: it lies plain */
	char kind[32];
};

/* How many octets are ready at s.at: at least n (n <= NP_FEED_MAX), fewer only
 * where the source ends. */
size_t np_feed_want(struct np_reader *r, size_t n);
/* Takes n octets, however many; false when the source ends before. */
bool np_feed_skip(struct np_reader *r, uint64_t n);
/* The byte offset of s.at. */
static inline uint64_t np_feed_at(const struct np_reader *r)
{
	return r->end_at - (uint64_t)(r->s.end - r->s.at);
}

/* A cursor over what is ready. */
static inline struct np_cur np_feed_cur(const struct np_reader *r)
{
	return np_cur(r->s.at, (size_t)(r->s.end - r->s.at));
}

/*
 * What next() answers when nothing comes any more: 0, or the code of the read
 * that failed. `inside` a record that began at `at` the source is truncated,
 * as it is where what is packed ended too early.
 */
int np_feed_over(struct np_reader *r, bool inside, uint64_t at,
		 struct np_err *reterr);
/* Counts a frame, whose record is still ahead, and its time. */
void np_reader_frame(struct np_reader *r, struct np_frame *f);
/* Takes a frame check sequence of `fcs` octets off the end of a frame. */
void np_frame_trim(struct np_frame *f, uint32_t fcs);

/* Says in words what an unreadable file is, by its first octets. */
int np_known_fail(struct np_cur head, struct np_err *reterr);

#define NP_SOURCE(name) extern const struct np_format np_format_##name;
#include "source/sources.def"
#undef NP_SOURCE
#endif

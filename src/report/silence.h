/* SPDX-License-Identifier: ISC */
/* What may be said of silence, for people and as JSON (nameplate.silence/1). */
#ifndef NP_REPORT_SILENCE_H
#define NP_REPORT_SILENCE_H
#include "report/writer.h"

/* How many more there are of some boxes. */
struct np_bound_of {
	uint16_t maker; /* NP_NO_MAKER: of whatever maker */
	size_t m;
	uint8_t method[NP_MAX_LISTS]; /* what each list is */
	uint64_t elsewhere; /* boxes where fewer than two methods looked */
	struct np_least least;
};

/* Counts of the gate. */
struct np_hush_gate {
	uint64_t places, not_looked, expired;
};
struct np_hush {
	const struct np_report *r;
	const struct np_universe *u;
	const struct np_ledger *l;
	const struct np_inspection *inspections;
	size_t ninspections;
	const struct np_heard_family *families;
	size_t nfamilies;
	const struct np_bound_of *bounds;
	size_t nbounds;
	const char *file; /* of the universe; NULL: none */
	int32_t as_of;
	uint32_t methods;	/* all that looked anywhere */
	const uint32_t *learnt; /* by kind: methods that heard one */
	struct np_hush_gate gate;
};

void np_hush_gate(const struct np_hush *h, struct np_hush_gate *ret);
/* Is the place told of: declared, or a source without a declared place? */
bool np_hush_told(const struct np_looked_at *l);
/* The whole sentence of a place. */
void np_hush_put_whole(const struct np_hush *h, const struct np_looked_at *l,
		       const struct np_silence_state *s, struct np_buf *b);
/* Whether a method can hear a family, and how that is known. */
enum np_silence_sentence np_hush_family_says(const struct np_hush *h,
					     const struct np_heard_family *f,
					     size_t method);
void np_hush_put_family(const struct np_hush *h,
			const struct np_heard_family *f, size_t method,
			struct np_buf *b);
/* What a method cannot hear: in words, and the kinds of boxes. */
void np_hush_put_words(const struct np_silence *r, size_t method,
		       struct np_buf *b);
void np_hush_put_kinds(const struct np_hush *h, size_t method,
		       struct np_buf *b);
/* How many more: the number, the test, and that there is none above. */
void np_hush_put_bound(const struct np_hush *h, const struct np_bound_of *o,
		       struct np_buf *b);
/* 0, NP_ENOMEM or NP_EIO. `all`: every place and family. */
int np_write_hush(const struct np_hush *h, bool all, FILE *to);
int np_write_hush_json(const struct np_hush *h, FILE *to);
#endif

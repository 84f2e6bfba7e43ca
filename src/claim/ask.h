/* SPDX-License-Identifier: ISC */
/*
 * Inside the room: the opened knowledge, and what a way of inferring is asked.
 * A way looks at one fact and adds raw claims, without regard to the sighting's
 * scope and reach; infer.c lowers and keeps them.
 */
#ifndef NP_ASK_H
#define NP_ASK_H
#include "claim/image.h"
#include "claim/match.h"

struct np_knowledge {
	struct np_image im;
	void *owned;	       /* the image, when it is not the program's */
	uint16_t *by_id;       /* image's field + 1, by np_field_id() */
	uint64_t *name_begins; /* see np_name_take() */
	size_t nknown; /* makers of makers.yaml; the registry's follow */
	uint8_t *used; /* rows of registries, see used.c */
};

struct np_raw {
	enum np_what what;
	enum np_grade grade;
	uint16_t maker, group;
	uint16_t flags; /* enum np_im_flag */
	bool address;	/* read from an address block */
	bool constant;	/* value lives as long as the knowledge */
	bool shared;	/* a virtual address */
	const char *rule;
	const char *value;
};

#define NP_MAX_RAW 32 /* from one fact */

struct np_ask {
	struct np_infer *w;
	const struct np_knowledge *k;
	const struct np_im_field *field;
	const struct np_sighting *s; /* may be looked at, not remembered */
	const char *p;		     /* the value */
	size_t n;
	struct np_arena *mem; /* for values */
	struct np_raw raw[NP_MAX_RAW];
	size_t nraw;
};

/* A raw claim with the field's grade and group, to fill; a spare one when there
 * is no room. */
struct np_raw *np_ask_add(struct np_ask *a, enum np_what what,
			  const char *rule);
/* The same with a value: octets that are copied. */
struct np_raw *np_ask_value(struct np_ask *a, enum np_what what,
			    const char *rule, const char *v, size_t n);
/* A maker's claim by its kind: agents and chips become what they are, bodies
 * nothing (NULL). */
struct np_raw *np_ask_maker(struct np_ask *a, uint16_t maker, const char *rule);

#define NP_CLAIM(name) void np_claim_##name(struct np_ask *a);
#include "claim/claims.def"
#undef NP_CLAIM

static inline uint32_t np_be32_at(const uint8_t p[static 4])
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* Notes that a row of a registry was looked at. */
void np_used_oui(const struct np_knowledge *k, const uint8_t mac[static 6]);
void np_used_pen(const struct np_knowledge *k, uint32_t pen);

/* Shared by the ways. */
void np_ask_mac(struct np_ask *a, const uint8_t mac[static 6]);
void np_ask_pen(struct np_ask *a, uint32_t pen, const char *rule);
/* The same by another rule where only a registry says whose the number is; the
 * maker, whether claimed or not. */
uint16_t np_ask_holder(struct np_ask *a, uint32_t pen, const char *rule,
		       const char *registered);
uint16_t np_name_maker(const struct np_knowledge *k, const char *s, size_t n);
/* The holder of an enterprise number who is called so, wholly. */
uint16_t np_name_registered(const struct np_knowledge *k, const char *s,
			    size_t n);
/* The maker whom the value names, by the second rule where only a registry has
 * the name. */
void np_ask_named(struct np_ask *a, const char *rule, const char *registered);
/* Names that one text may begin with, octet by octet. */
struct np_name_reader {
	size_t n;
	char text[NP_MAX_NAME]; /* normalised */
};
/* False: no name begins with what was taken; none will come. */
bool np_name_take(const struct np_knowledge *k, struct np_name_reader *r,
		  char c);
/* Whose name all that was taken is. */
uint16_t np_name_taken(const struct np_knowledge *k,
		       const struct np_name_reader *r);
/* Notes how names begin, once they are open. False: out of memory. */
bool np_name_open(struct np_knowledge *k);
/* Octets of "00:e0:fc…" or "00e0fc…", at most cap; their number. */
size_t np_hex_octets(const char *s, size_t n, uint8_t *ret, size_t cap);
/* The field of a sighting's fact; NULL when the knowledge does not read it. */
const struct np_im_field *np_knowledge_reads(const struct np_knowledge *k,
					     uint16_t id);
/* White space and control octets become one blank each, none at the ends, a
 * leading quote goes. At most cap octets; the number of them. */
size_t np_text_normal(const char *s, size_t n, char *ret, size_t cap);
/* Regex of a sign or family, compiled when first wanted. */
struct np_regex *np_infer_regex(struct np_infer *w, uint32_t pattern);
/* Signs of a's field that hit the text, as bits; the scratch is w's. */
void np_infer_scan(struct np_infer *w, const struct np_im_field *f,
		   const char *text, size_t n, uint64_t *ret_hits);
#define NP_MAX_TEXT_MATCHED 16384
char *np_infer_text(struct np_infer *w); /* room for that many */
/* "$1-x" with captures, into mem; NULL when a capture it needs is empty. */
const char *np_template(const char *t, const struct np_capture *c,
			struct np_arena *mem);
#endif

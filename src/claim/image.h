/* SPDX-License-Identifier: ISC */
/*
 * The image: the knowledge as the program uses it, one string of octets that is
 * made once (at build time, or for a directory of one's own) and only read
 * afterwards. Sections of fixed records; texts are offsets into the first one.
 * It is made and read on the same kind of machine.
 */
#ifndef NP_IMAGE_H
#define NP_IMAGE_H
#include "claim/book.h"
#include "claim/registry.h"
#include "core/buf.h"

#define NP_IMAGE_MAGIC 0x3530646567776f6eULL /* "nowged05" */

#define NP_IMAGE_SECTIONS(XX)                                                  \
	XX(string, char)                                                       \
	XX(maker, struct np_im_maker)                                          \
	XX(org, struct np_im_org)                                              \
	XX(block, struct np_im_block)	/* by 24 bits, open addressing */      \
	XX(longer, struct np_im_longer) /* by 28 and 36 bits, the same */      \
	XX(number, struct np_im_number) /* by enterprise number, direct */     \
	XX(name, struct np_im_name)	/* by normalised name, the same */     \
	XX(owner, struct np_im_name) /* the same: of a registry's holders */   \
	XX(gpon, struct np_im_gpon)                                            \
	XX(address, struct np_im_address)                                      \
	XX(oid, struct np_im_oid)                                              \
	XX(oidslot, struct np_im_slot) /* by hash of the dotted text */        \
	XX(object, struct np_im_object)                                        \
	XX(objectslot, struct np_im_slot) /* by hash of the dotted text */     \
	XX(family, struct np_im_family)	  /* sorted by maker */                \
	XX(role, struct np_im_role)                                            \
	XX(like, struct np_im_like)                                            \
	XX(field, struct np_im_field)                                          \
	XX(sign, struct np_im_sign)                                            \
	XX(yield, struct np_im_yield)                                          \
	XX(use, uint32_t) /* signs of a field, in their order */               \
	XX(group, uint32_t)                                                    \
	XX(part, struct np_im_part)                                            \
	XX(file, struct np_im_file)                                            \
	XX(matcher, unsigned char)

struct np_im_maker {
	uint32_t slug, name;
	uint16_t of;
	uint16_t flags; /* enum np_im_flag */
	uint32_t kind;
	uint32_t family, nfamilies;
};

struct np_im_org {
	uint32_t name;
	uint16_t maker;
	uint16_t flags;
};

enum np_im_flag {
	NP_IM_RESTRICTED = 1,
	NP_IM_SUBSCRIBER = 2,
	NP_IM_PARENT = 4,  /* a block of the registry itself */
	NP_IM_PRIVATE = 8, /* the registrant chose not to be named */
	NP_IM_SETTABLE = 16,
	NP_IM_COMPUTER = 32,
	NP_IM_HEARD = 64,
	NP_IM_UNHEARD = 128,
	NP_IM_FIRM = 256,	 /* said to be not settable */
	NP_IM_WORD = 512,	 /* a name that is a word as well */
	NP_IM_REGISTERED = 1024, /* a registry alone knows it */
};

#define NP_IM_NOBODY UINT32_MAX /* org of a block without registrant */
#define NP_IM_USED 1u		/* the slot is not free */
#define NP_IM_LONGER 2u		/* longer blocks lie inside this one */
#define NP_IM_VIRTUAL 4u	/* virtual addresses lie inside this one */

struct np_im_block {
	uint32_t key; /* 24 bits << 8 | the flags above */
	uint32_t org;
};

struct np_im_longer {
	uint64_t key; /* bits << 56 | prefix; 0: free */
	uint32_t org, zero;
};

struct np_im_number {
	uint32_t name; /* 0: nobody's */
	uint16_t maker;
	uint16_t flags; /* registered: its maker is its holder's name's */
};

struct np_im_name {
	uint32_t name; /* normalised; 0: free */
	uint16_t maker, zero;
};

struct np_im_gpon {
	char id[4];
	uint32_t what;
	uint16_t maker, zero;
};

struct np_im_address {
	uint64_t prefix;
	uint32_t bits, what, rule;
	uint16_t maker, zero;
};

struct np_im_oid {
	uint32_t oid, rule, model, family, function;
	uint16_t maker; /* NP_NO_MAKER: the number's holder */
	uint16_t zero;
};

struct np_im_slot {
	uint64_t hash;
	uint32_t index; /* from 1; 0: free */
	uint32_t zero;
};

#define NP_IM_IS 0xffu	  /* enum np_object; 0: nothing by itself */
#define NP_IM_STAR 0x100u /* subtrees go on with any arc behind it */
#define NP_IM_STARS 3u	  /* at most so many in one */

struct np_im_object {
	uint32_t oid, is;
};

struct np_im_family {
	uint32_t pattern, rule, family, function;
	uint16_t maker, zero;
};

/* A role by one of its words, in one protocol; of `proto` 0 in any other. */
struct np_im_role {
	uint32_t said; /* normalised */
	uint32_t role, rule, name, function, proto, interface;
	uint32_t flags; /* NP_IM_SUBSCRIBER */
};

/* Labelled cases of one kind: k of n were right. */
struct np_im_like {
	uint64_t hash; /* of the key */
	double least;  /* np_bound(), cut */
	uint32_t key, k, n, zero;
};

struct np_im_field {
	uint32_t name;
	uint32_t ways;
	uint32_t use, nuses; /* signs */
	uint32_t matcher, nmatcher;
	uint64_t patterns; /* hash of its patterns: is the matcher still good */
	uint32_t unless;
	uint16_t group, flags;
	uint8_t grade, is, zero[6];
};

struct np_im_sign {
	uint32_t id, pattern, unless;
	uint32_t named, rest;
	uint32_t yield, nyields;
	uint16_t maker, group; /* UINT16_MAX: the field's */
	uint16_t flags;
	uint8_t grade; /* NP_E0: the field's */
	uint8_t who;   /* enum np_what */
};

struct np_im_yield {
	uint32_t what, template;
};

struct np_im_part {
	uint32_t name, from, date, sha256;
};

struct np_im_file {
	uint32_t name, text, n;
};

struct np_im_span {
	uint64_t at, n; /* octets from the image's beginning; records */
};

enum np_im_section {
#define XX(name, type) NP_S_##name,
	NP_IMAGE_SECTIONS(XX)
#undef XX
		NP_NSECTIONS
};

struct np_image_head {
	uint64_t magic, size, hash; /* hash of all behind the head */
	struct np_im_span section[NP_NSECTIONS];
};

/* A view into an image. */
struct np_image {
	const unsigned char *base;
#define XX(name, type)                                                         \
	const type *name;                                                      \
	size_t n_##name;
	NP_IMAGE_SECTIONS(XX)
#undef XX
};

/* Makes an image. `donor` (may be NULL) lends matchers whose patterns are the
 * same. */
int np_image_build(const struct np_book *b, const struct np_registry *r,
		   const struct np_image *donor, struct np_buf *ret,
		   struct np_err *reterr);
/* Views n octets, 8-aligned, as an image; NP_EINPUT when they are none. With
 * `check` also the hash is tested. */
int np_image_view(const void *p, size_t n, bool check, struct np_image *ret);

static inline const char *np_im_text(const struct np_image *im, uint32_t at)
{
	return im->string + at;
}

/* Where a key stands, or would. Fibonacci hashing: a registrant's blocks lie
 * scattered over all prefixes, but in runs. `n` is a power of two. */
static inline size_t np_im_block_at(const struct np_im_block *v, size_t n,
				    uint32_t prefix)
{
	size_t at = (prefix * 2654435769u >> 8) & (n - 1);

	while (v[at].key && v[at].key >> 8 != prefix)
		at = (at + 1) & (n - 1);
	return at;
}

static inline size_t np_im_longer_at(const struct np_im_longer *v, size_t n,
				     uint64_t key)
{
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 40) & (n - 1);

	while (v[at].key && v[at].key != key)
		at = (at + 1) & (n - 1);
	return at;
}

/* Hash of a dotted identifier, one octet after the other (FNV-1a), so that the
 * hashes of all its prefixes come on the way. */
#define NP_IM_OID_SEED 0xcbf29ce484222325ULL
static inline uint64_t np_im_oid_hash(const char *s, size_t n, uint64_t h)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3ULL;
	return h;
}

/* ---- for the parts of np_image_build() */

#define NP_MAX_NAME 256

struct np_maker_key { /* normalised organisation name */
	const char *name;
	uint16_t maker;
};
int np_maker_key_cmp(const void *a, const void *b);

struct np_compile {
	const struct np_book *book;
	const struct np_registry *reg;
	const struct np_image *donor;
	struct np_arena *mem;
	struct np_err *err;
	struct np_buf section[NP_NSECTIONS];
	struct np_list makers; /* const struct np_book_maker *, [0] NULL */
	struct np_list groups; /* const char * */
	struct np_list orgs;   /* struct np_maker_key, sorted */
	uint32_t *strings;     /* offsets by hash of text */
	size_t nstrings, nslots;
};

/* Offset of a text in the string section; NULL and "" give 0. */
uint32_t np_compile_text(struct np_compile *c, const char *s);
uint16_t np_compile_group(struct np_compile *c, const char *name);
/* Index of a maker by slug; false (error filled) when there is none. */
bool np_compile_maker(struct np_compile *c, const struct np_entry *e,
		      const char *slug, uint16_t *ret);
int np_compile_fail(struct np_compile *c, const struct np_entry *e,
		    const char *text);
int np_compile_makers(struct np_compile *c);
int np_compile_registry(struct np_compile *c);
/* Names the holders of those of `n` numbers that no maker of makers.yaml has:
 * further makers, by slug, behind all of his. */
int np_compile_owners(struct np_compile *c, struct np_im_number *v, size_t n);
int np_compile_codes(struct np_compile *c);
int np_compile_families(struct np_compile *c);
/* The slots of a section whose records of `size` octets begin with the text of
 * an identifier. */
int np_compile_oid_slots(struct np_compile *c, enum np_im_section of,
			 size_t size, enum np_im_section into);
int np_compile_objects(struct np_compile *c);
int np_compile_roles(struct np_compile *c);
int np_compile_like(struct np_compile *c);
int np_compile_fields(struct np_compile *c);
int np_compile_parts(struct np_compile *c);
/* Records of open addressing: `n` entries get this many slots. */
size_t np_compile_slots(size_t n);

/* Lower-case letters, digits and octets above 127; the rest is dropped. NUL
 * behind; the number of octets, 0 when nothing is left or cap is too small. */
size_t np_name_normal(const char *s, size_t n, char *ret, size_t cap);
#endif

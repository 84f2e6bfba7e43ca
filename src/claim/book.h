/* SPDX-License-Identifier: ISC */
/*
 * The book: what the files under knowledge/ say, checked, before it is
 * compiled into an image (image.h). Entries of a later file replace those of
 * the same name in an earlier one, so a directory of one's own adds or
 * overrides. Everything lives in the arena that the book was begun with.
 */
#ifndef NP_BOOK_H
#define NP_BOOK_H
#include "claim/claim.h"
#include "core/arena.h"
#include "core/yaml.h"

enum np_way {
#define NP_CLAIM(name) NP_BY_##name,
#include "claim/claims.def"
#undef NP_CLAIM
	NP_NWAYS
};

enum np_tri { NP_UNSAID, NP_YES, NP_NO };
enum np_truth { NP_PRIMARY, NP_SECONDARY, NP_UNVERIFIED };

/* Where an entry stands, and what it rests on. */
struct np_entry {
	const char *name; /* slug, id, field … */
	const char *file;
	const struct np_yaml *at;
	const char *source; /* URL or document */
	enum np_truth sure;
};

/* Lists are sequences of texts, NULL when there are none. */
struct np_book_maker {
	struct np_entry e;
	const char *name, *of;
	enum np_maker_kind kind;
	bool restricted, subscriber, word;
	const struct np_yaml *organisations, *names, *numbers;
};

struct np_book_field {
	struct np_entry e;
	unsigned ways; /* bits of enum np_way */
	enum np_grade grade;
	const char *group;
	const char *unless; /* such a text is of no box */
	enum np_tri settable, heard, subscriber;
	enum np_what is; /* what a plain value is */
};

#define NP_MAX_YIELDS 8

struct np_book_sign {
	struct np_entry e;
	const struct np_yaml *fields, *examples, *never;
	const char *pattern, *unless;
	const char *named, *rest; /* where a name stands, what follows it */
	enum np_what who;	  /* maker, component, middlebox or agent */
	const char *maker;	  /* a slug, or NULL */
	enum np_grade grade;	  /* NP_E0: the field's */
	const char *group;	  /* NULL: the field's */
	enum np_tri settable, heard;
	bool subscriber, computer;
	bool registered; /* `named` is a company's whole name */
	size_t nyields;
	struct np_book_yield {
		enum np_what what;
		const char *template;
	} yields[NP_MAX_YIELDS];
};

/* A subtree of object identifiers, or a pattern of model names. */
struct np_book_family {
	struct np_entry e;
	const char *maker; /* of a subtree: NULL for the number's holder */
	const struct np_yaml *oids; /* a text, or a list of texts */
	const char *pattern, *model, *family, *function;
};

/* What a box does in a network, and the words that decoders have for it. */
struct np_book_role {
	struct np_entry e;
	const char *name, *function;
	const struct np_yaml *said;	  /* a list of texts, or NULL */
	const struct np_yaml *interfaces; /* protocol: interface, or NULL */
	bool subscriber;
};

/* What the values under an object identifier are. */
struct np_book_object {
	struct np_entry e;
	const struct np_yaml *oids; /* a text, or a list of texts */
	int is;			    /* enum np_object */
};

/* Words that holders' names in a registry are read by, or numbers whose holder
 * is not who answers under them. */
enum np_registry_word {
	NP_R_FORM,
	NP_R_TRADE,
	NP_R_TAIL,
	NP_R_OTHER,
	NP_R_PASSED
};
#define NP_R_KINDS (NP_R_PASSED + 1)

struct np_book_registry {
	struct np_entry e;
	enum np_registry_word is;
	const struct np_yaml *words, *numbers;
};

/* Of n labelled cases of one kind, k were right. */
struct np_book_like {
	struct np_entry e;
	uint32_t k, n;
};

struct np_book_code { /* GPON vendor ids, virtual addresses */
	struct np_entry e;
	const char *maker, *what;
};

struct np_book_trap {
	struct np_entry e;
	const char *what, *guard, *test;
};

/* A growing list of equal records. */
struct np_list {
	void *v;
	size_t n, cap;
};

struct np_book {
	struct np_arena *mem;
	struct np_list makers, fields, signs, families, objects, gpon,
		addresses, roles, likes, registries, traps;
	struct np_list texts; /* struct np_book_text: the files as read */
};

struct np_book_text {
	const char *name; /* "signatures/huawei.yaml" */
	const char *text;
	size_t n;
};

#define NP_BOOK_EACH(type, var, list)                                          \
	for (const struct type *var = (list).v,                                \
			       *var##_end = var ? var + (list).n : var;        \
	     var != var##_end; var++)

/* Adds one file's text; `name` is relative to the directory and must outlive
 * the book. What the file is follows from its name; names that are not ours
 * give NP_ENONE. */
int np_book_add(struct np_book *b, const char *name, const char *text, size_t n,
		struct np_err *reterr);
/* Adds every file of ours in a directory, sorted by name. */
int np_book_add_dir(struct np_book *b, const char *dir, struct np_err *reterr);

/* Room for one more record of `size` octets, zeroed; NULL without memory. */
void *np_list_add(struct np_list *l, struct np_arena *mem, size_t size);
const struct np_book_maker *np_book_maker(const struct np_book *b,
					  const char *slug);

/* The readers of the kinds of file; for book.c. */
struct np_book_reader {
	struct np_book *book;
	const char *file;
	const struct np_yaml *root, *sources;
	struct np_err *err;
};
int np_book_read_makers(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_fields(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_signs(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_families(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_objects(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_gpon(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_addresses(struct np_book_reader *r,
			   const struct np_yaml *list);
int np_book_read_roles(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_like(struct np_book_reader *r, const struct np_yaml *list);
int np_book_read_registries(struct np_book_reader *r,
			    const struct np_yaml *list);
int np_book_read_traps(struct np_book_reader *r, const struct np_yaml *list);

/* Shared by them. `keys` is a list of words: others are refused. Fills e;
 * `key` names the entry's own name. */
int np_book_entry(struct np_book_reader *r, const struct np_yaml *y,
		  const char *keys, const char *key, struct np_entry *ret);
int np_book_expect(struct np_book_reader *r, const struct np_yaml *y,
		   const char *expected);
/* A list of texts or nothing. */
int np_book_texts(struct np_book_reader *r, const struct np_yaml *y,
		  const char *key, const struct np_yaml **ret);
/* The place of a word in a list of words, -1: it is not there. */
int np_book_word(const char *words, const char *word);
int np_book_tri(struct np_book_reader *r, const struct np_yaml *y,
		const char *key, enum np_tri *ret);
int np_book_flag(struct np_book_reader *r, const struct np_yaml *y,
		 const char *key, bool *ret);
int np_book_grade(struct np_book_reader *r, const struct np_yaml *y,
		  enum np_grade *ret);
/* A record to fill: the one of that name in an earlier file (replaced), or a
 * new one. NULL, with the error filled, without memory or when the same file
 * says it twice. */
void *np_book_slot(struct np_book_reader *r, struct np_list *l, size_t size,
		   const struct np_yaml *y, const char *name);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Money for a removal: who pays in which country (programmes), the forms that
 * are asked for (templates), and what an administrator would send back (lint).
 *
 * The dossier's devices, the party's sites and what the user brings as tables
 * (costs, claims, invoices, waves) are rows of one kind here: a book. A
 * template names columns and, for each, an expression over these rows; the
 * linter goes by the same links between them. What nobody here saw of a form
 * stands as "open" in its template and is never made up.
 *
 * All memory is the arena's that is handed in. Files are refused with name,
 * line, column and what was expected.
 */
#ifndef NP_FUND_H
#define NP_FUND_H
#include "core/arena.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/time.h"
#include "core/yaml.h"

#define NP_FUND_ROWS ((size_t)1000000)	  /* of one table */
#define NP_FUND_LINE ((size_t)64 * 1024)  /* octets of a row */
#define NP_FUND_FILE ((size_t)256 << 20)  /* octets of a table's file */
#define NP_FUND_STEPS ((uint64_t)1 << 31) /* of one filling */
#define NP_FUND_COLUMNS 64		  /* of a sheet */
#define NP_FUND_SHEETS 16

/* ---- programmes.c: knowledge/programmes.yaml */

enum np_pays {
	NP_PAYS,
	NP_PAYS_IF, /* ordered, above a threshold … */
	NP_PAY_CLAIMED,
	NP_PAYS_NOT,
	NP_PAY_NOT_FOUND, /* which is not "does not pay" */
	NP_FINANCES,
	NP_PAY_NOT_ON_FILE, /* no source here speaks of it */
	NP_NPAYS
};
/* "pays", "conditional" … as the file has them. */
extern const char *const np_pays_names[NP_NPAYS];

struct np_programme { /* texts may be NULL from `who` on */
	const char *id, *country, *title, *payer, *what, *citation, *sure;
	const char *who, *amount, *template, *title_native, *note;
	const char **source;
	size_t nsources;
	enum np_pays says;
	int32_t since, checked;
	int open; /* 1, 0, or -1: not known */
	bool abroad;
};
struct np_programmes {
	struct np_programme *v; /* as the file has them */
	size_t n;
	const char *opening, *unknown, *word[NP_NPAYS];
};
/* What is built in, or `dir`'s programmes.yaml where it is there. */
int np_programmes_open(const char *dir, struct np_arena *mem,
		       struct np_programmes *ret, struct np_err *reterr);
int np_programmes_read(const char *name, const char *text, size_t n,
		       struct np_arena *mem, struct np_programmes *ret,
		       struct np_err *reterr);

/* ---- book.c: rows that expressions and the linter read */

enum np_fund_kind {
	NP_FV_NONE, /* nothing is stated */
	NP_FV_TEXT, /* days too: YYYY-MM-DD sorts as it should */
	NP_FV_NUMBER,
	NP_FV_FLAG, /* number is 0 or 1 */
	NP_FV_BAD   /* `text` is what stands there and cannot be read */
};
struct np_fund_value {
	enum np_fund_kind kind;
	const char *text;
	double number;
};

enum np_fund_sheet { /* the tables; names as expressions have them */
		     NP_BK_DOSSIER,
		     NP_BK_DEVICE,
		     NP_BK_SITE,
		     NP_BK_COST,
		     NP_BK_CLAIM,
		     NP_BK_INVOICE,
		     NP_BK_WAVE,
		     NP_BK_N
};
#define NP_NO_ROW UINT32_MAX

enum np_fund_form {
	NP_FF_TEXT,
	NP_FF_DAY,
	NP_FF_NUMBER,
	NP_FF_MONEY,
	NP_FF_FLAG
};
struct np_fund_field {
	const char *name;
	enum np_fund_form form;
	bool needed; /* a file without the column is no such table */
};
/* Fields of a table, in the order of its cells; ends with a NULL name. */
const struct np_fund_field *np_fund_fields(enum np_fund_sheet t);
/* "device" …; NULL behind the last. */
const char *np_fund_table_name(enum np_fund_sheet t);
/* -1: none of this name. */
int np_fund_field(enum np_fund_sheet t, const char *name, size_t n);

struct np_fund_table {
	struct np_fund_value *cell; /* row by row */
	uint64_t *line;		    /* of each row, in file */
	uint32_t *link[NP_BK_N]; /* by row: a row there, NP_NO_ROW; or NULL */
	size_t n, cap, width;
	const char *file; /* NULL: it was not given */
};
struct np_fund_book {
	struct np_arena *mem;
	struct np_fund_table t[NP_BK_N];
};
int np_sheets_open(struct np_fund_book *b, struct np_arena *mem);
/* Adds an empty row; NULL: no memory, or over the limit. */
struct np_fund_value *np_sheets_add(struct np_fund_book *b,
				    enum np_fund_sheet t, uint64_t line);
/* Sets a field of such a row by its name; NULL and "" leave it as it is. Texts
 * are not copied. */
void np_sheets_text(struct np_fund_value *row, enum np_fund_sheet t,
		    const char *field, const char *text);
void np_sheets_number(struct np_fund_value *row, enum np_fund_sheet t,
		      const char *field, double number);
/* Adds a table's rows (CSV, the first row names the columns). Cells that cannot
 * be read are NP_FV_BAD; columns that nobody asks for, which may name people,
 * are not kept. NP_EINPUT: it is no such table. */
int np_sheets_read(struct np_fund_book *b, enum np_fund_sheet t,
		   const char *path, struct np_err *reterr);
int np_sheets_parse(struct np_fund_book *b, enum np_fund_sheet t,
		    const char *path, const char *text, size_t n,
		    struct np_err *reterr);
/* Refuses the first cell that cannot be read: for who fills a form. */
int np_sheets_sound(const struct np_fund_book *b, struct np_err *reterr);
/* Joins rows to rows, when all are there: a claim to its device, site, invoice,
 * and so on. NP_ENOMEM or 0. */
int np_sheets_link(struct np_fund_book *b);
/* A cell; row below t[..].n, field np_fund_field's. */
const struct np_fund_value *np_sheets_cell(const struct np_fund_book *b,
					   enum np_fund_sheet t, uint32_t row,
					   const char *field);
/* Its text, or NULL where none is stated. */
const char *np_sheets_says(const struct np_fund_book *b, enum np_fund_sheet t,
			   uint32_t row, const char *field);

/* ---- expression.c: what a column says */

struct np_expression;
/* Reads the scalar `y` of file `name`. The language: 'text', 12.5, yes, no,
 * none, TABLE.FIELD, + - * /, & (joins texts), = != < <= > >=, and, or, not,
 * if(c, a, b), sum(TABLE.FIELD[, condition]), count(TABLE[, condition]),
 * min, max and first of the same form as sum. At most 4 KiB, 256 parts, 32
 * deep. */
int np_expression_read(const char *name, const struct np_yaml *y,
		       struct np_arena *mem, struct np_expression **ret,
		       struct np_err *reterr);

struct np_fund_scope {
	const struct np_fund_book *book;
	uint32_t row[NP_BK_N];	     /* NP_NO_ROW: none stands */
	uint64_t steps;		     /* left */
	struct np_arena *mem;	     /* for texts that are joined */
	struct np_fund_picks *picks; /* by table: rows by what a field says */
};
#define NP_FUND_FIELDS 24 /* of a table, at most */
struct np_fund_picks {
	struct np_fund_pick
		*v[NP_FUND_FIELDS]; /* sorted; made when asked for */
	size_t n[NP_FUND_FIELDS];
};
/* Adds the rows whose field says this text to found[*n]; false: there are more
 * than `cap`, or no memory to look them up. */
bool np_fund_pick(const struct np_fund_scope *s, enum np_fund_sheet t,
		  int field, const char *text, uint32_t *found, size_t cap,
		  size_t *n);
struct np_fund_scope np_fund_scope(const struct np_fund_book *b,
				   struct np_arena *mem);
/* Puts the scope on a row, and on what it is linked to. */
void np_fund_stand(struct np_fund_scope *s, enum np_fund_sheet t, uint32_t row);
/* NP_EINPUT: a text where a number is wanted, an infinite number; NP_ELIMIT:
 * too many steps. */
int np_expression_value(const struct np_expression *x, struct np_fund_scope *s,
			struct np_fund_value *ret, struct np_err *reterr);
/* none, no, 0 and "" are false. */
bool np_fund_true(const struct np_fund_value *v);

/* ---- template.c: a form as data, and a form that is filled */

struct np_fund_column {
	const char *title, *hand; /* hand: what a person fills in, or NULL */
	struct np_expression *value;
	enum np_fund_form form;
	bool total; /* a sum below */
};
struct np_fund_page {
	const char *name, *part;     /* part may be NULL */
	int over;		     /* enum np_fund_sheet, or -1: one row */
	struct np_expression *where; /* may be NULL */
	struct np_fund_column *column;
	size_t ncolumns;
};
struct np_fund_open { /* what could not be seen of the form */
	const char *field, *why, *source;
};
struct np_template {
	const char *id, *title, *title_native, *programme, *sure, *note, *kind;
	const char **source;
	size_t nsources;
	struct np_fund_page page[NP_FUND_SHEETS];
	size_t npages;
	struct np_fund_open *open;
	size_t nopen;
};
int np_form_read(const char *name, const char *text, size_t n,
		 struct np_arena *mem, struct np_template *ret,
		 struct np_err *reterr);
/* By its name among those built in, in `dir`/templates, or a path that ends in
 * .yaml. NP_ENONE: there is none. */
int np_form_open(const char *name, const char *dir, struct np_arena *mem,
		 struct np_template *ret, struct np_err *reterr);
/* The i-th name that is built in; NULL behind the last. */
const char *np_form_name(size_t i);

struct np_filled_page {
	const struct np_fund_page *page;
	struct np_fund_value *cell; /* n rows of page->ncolumns */
	size_t n;
	double *total; /* by column; NAN: nothing to add */
};
struct np_filled {
	const struct np_template *template;
	struct np_filled_page page[NP_FUND_SHEETS];
};
int np_form_fill(const struct np_template *t, const struct np_fund_book *b,
		 struct np_arena *mem, struct np_filled *ret,
		 struct np_err *reterr);

/* ---- lint.c: what comes back */

#define NP_CLAIM_RULE(name) NP_CR_##name,
enum np_claim_rule {
#include "fund/rules.def"
	NP_CR_N
};
#undef NP_CLAIM_RULE

/* knowledge/claims.yaml: one scheme of it, and the rules. */
struct np_claim_law {
	const char *id, *title;
	/* NULL: any country; the first row's currency; no clause of its own. */
	const char *country, *currency, *clause;
	int32_t obtained_by; /* NP_NODAY: there is no last day */
	const char *rule[NP_CR_N], *says[NP_CR_N], *mend[NP_CR_N];
	const char *source[NP_CR_N], *sure[NP_CR_N];
	bool without[NP_CR_N];	   /* the scheme has not this rule */
	const char *kind[16];	   /* NULL at the end */
	const char *unit_kind[16]; /* of those, whose quantity counts boxes */
	const char *opening, *none;
};
/* `scheme` NULL: the file's first. NP_ENONE: it has none of this id. */
int np_claim_law_open(const char *dir, const char *scheme, struct np_arena *mem,
		      struct np_claim_law *ret, struct np_err *reterr);
int np_claim_law_read(const char *name, const char *text, size_t n,
		      const char *scheme, struct np_arena *mem,
		      struct np_claim_law *ret, struct np_err *reterr);

struct np_defect {
	enum np_claim_rule rule;
	enum np_fund_sheet of; /* NP_BK_CLAIM or NP_BK_INVOICE … */
	uint32_t row;	       /* … and its row there */
	const char *found;     /* what stands there; may be NULL */
};
struct np_defects {
	struct np_defect *v; /* by file, row, rule */
	size_t n, cap;
	double claimed, sound; /* sums: of all rows, of those without defect */
	const char *currency;  /* of both; NULL: none is stated */
};
/* `allocation` below 0: not stated. */
int np_claims_lint(const struct np_fund_book *b, const struct np_claim_law *l,
		   int32_t as_of, double allocation, struct np_arena *mem,
		   struct np_defects *ret);

/* An amount as tables have them: 1200 or 1200.50, below 90 billion. */
bool np_fund_amount(const char *s, double *ret);

/* ---- for the room itself */

struct np_fund_file {
	const char *name;
	struct np_arena *mem;
	struct np_err *err;
};
int np_fund_wrong(const struct np_fund_file *f, const struct np_yaml *y,
		  const char *expected);
/* A text that has to be there, where `needed`; not empty. */
int np_fund_text(const struct np_fund_file *f, const struct np_yaml *y,
		 const char *key, bool needed, const char *expected,
		 const char **ret);
int np_fund_keys(const struct np_fund_file *f, const struct np_yaml *y,
		 const char *expected);
/* One text or a list of them, not empty. */
int np_fund_texts(const struct np_fund_file *f, const struct np_yaml *y,
		  const char *expected, const char ***ret, size_t *ret_n);
int np_fund_day(const struct np_fund_file *f, const struct np_yaml *y,
		const char *key, int32_t *ret);
/* `dir`/`file` where it is there, else what is built in. */
int np_fund_load(const char *dir, const char *file, const unsigned char *built,
		 size_t built_n, struct np_arena *mem, const char **ret_name,
		 const struct np_yaml **ret, struct np_err *reterr);
#endif

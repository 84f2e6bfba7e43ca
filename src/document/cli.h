/* SPDX-License-Identifier: ISC */
/*
 * Inside saved command output: a file is cut into parts, a command and its
 * answer each, and a part is put to the readers, which know grammars that many
 * makers share (labels and values, columns under titles, blocks of neighbours)
 * and no maker's. What a box says of itself gathers in np_cli_self until
 * another box's prompt or the end.
 */
#ifndef NP_DOCUMENT_CLI_H
#define NP_DOCUMENT_CLI_H
#include "document/document.h"

#define NP_CLI_WIDTH ((size_t)2048) /* octets kept of one line */
#define NP_CLI_LINES ((size_t)4096) /* lines of one part */
#define NP_CLI_LABEL ((size_t)64)
#define NP_CLI_VALUE ((size_t)256)

/* Fields, by number. */
enum np_cli_field {
	NP_CLI_TEXT,	  /* cli.version */
	NP_CLI_INVENTORY, /* cli.inventory */
	NP_CLI_NAME,
	NP_CLI_MODEL,
	NP_CLI_SERIAL,
	NP_CLI_VERSION, /* cli.software_version */
	NP_CLI_MAC,
	NP_CLI_VENDOR,
	NP_CLI_CIPHER,
	NP_CLI_FIELDS, /* of the box itself so far; neighbours' follow */
	NP_CLI_LLDP_CHASSIS = NP_CLI_FIELDS,
	NP_CLI_LLDP_NAME,
	NP_CLI_LLDP_DESCRIPTION,
	NP_CLI_LLDP_ADDRESS,
	NP_CLI_LLDP_SERIAL,
	NP_CLI_LLDP_MAKER,
	NP_CLI_LLDP_MODEL,
	NP_CLI_CDP_DEVICE,
	NP_CLI_CDP_PLATFORM,
	NP_CLI_CDP_VERSION,
	NP_CLI_CDP_ADDRESS,
	NP_CLI_CDP_NAME,
	NP_CLI_LINK, /* fields of `link`, by enum np_link_field */
	NP_CLI_ALL = NP_CLI_LINK + NP_LINK_PORTS,
};

struct np_cli_line {
	struct np_cur text;
	uint64_t at;	 /* byte offset in the document */
	uint64_t number; /* from 1 */
};

/* A command and its answer. */
struct np_cli_part {
	struct np_cur command; /* empty where the text has none */
	struct np_cur name;    /* whose answer it is; empty: not known */
	struct np_cli_line *line;
	size_t n;
};

/* What a box says of itself. */
struct np_cli_fact {
	char v[NP_CLI_VALUE];
	size_t n;
	uint64_t at;
	unsigned rank; /* the lower, the surer */
};

struct np_cli_self {
	struct np_buf text[2]; /* by NP_CLI_TEXT, NP_CLI_INVENTORY */
	uint64_t at[2];	       /* where they begin */
	struct np_cli_fact fact[NP_CLI_FIELDS];
	uint64_t place; /* line where it begins; 0: it said nothing */
};

/* Keeps a value unless a surer one is known. */
void np_cli_fact(struct np_cli_self *s, enum np_cli_field field,
		 struct np_cur v, const struct np_cli_line *l, unsigned rank);

/* ---- cli_screen.c: lines as they stood on the screen */

/* What is left of a line when the terminal has obeyed it: no escapes, no
 * characters that were overwritten, no mark of a pager. In `to`. */
struct np_cur np_cli_screen(struct np_cur raw, char to[static NP_CLI_WIDTH]);

/* ---- cli_prompt.c */

struct np_cli_prompt {
	struct np_cur whole; /* "<R1>", with its marks */
	struct np_cur name;  /* empty where the mark holds more than a name */
	struct np_cur command;
	bool asks; /* the command begins with a word that prompts are for */
};
bool np_cli_prompt(struct np_cur line, struct np_cli_prompt *ret);
/* "show version" alone. */
bool np_cli_command(struct np_cur line);

/* ---- cli_label.c: "label : value" */

/* The label in lower case, words with one blank between. */
bool np_cli_label(struct np_cur line, char label[static NP_CLI_LABEL],
		  struct np_cur *ret_value);
/* Words that stand where there is no value. */
bool np_cli_nothing(struct np_cur value);
bool np_cli_same(struct np_cur a, const char *b);

/* ---- cli_column.c: values under titles */

#define NP_CLI_COLUMNS 16
struct np_cli_columns {
	size_t n;
	size_t from[NP_CLI_COLUMNS + 1];
	size_t rows;   /* the line behind the titles */
	bool squeezed; /* blanks were lost: only words are left */
	char title[NP_CLI_COLUMNS][NP_CLI_LABEL];
};
/* The titles at line i and, where there is one, the rule below them. */
bool np_cli_columns(const struct np_cli_part *p, size_t i,
		    struct np_cli_columns *ret);
struct np_cur np_cli_cell(const struct np_cli_columns *c, size_t column,
			  struct np_cur line);
/* A line of nothing but dashes and the like. */
bool np_cli_rule(struct np_cur line);

/* ---- cli_link.c */

/* A neighbour as the far end of a link; its keys and where they stand. */
struct np_cli_link {
	bool cdp;
	const struct np_cli_part *whose;   /* whose neighbour it is */
	struct np_cur near_port, far_port; /* may be empty */
	struct np_cur chassis, name, address, serial;
	uint64_t place, at;
};
void np_cli_link(struct np_doc *d, const struct np_cli_link *l);

/* ---- the readers: true when the part is theirs */

/* cli_mml.c: reports of MML consoles */
/* A report's first line; the name of the element that it is of. */
bool np_cli_report(struct np_cur line, struct np_cur *ret_name);
bool np_cli_mml(const struct np_cli_part *p, struct np_cli_self *s);
/* cli_neighbour.c: a block each; d NULL: only asks */
bool np_cli_neighbours(struct np_doc *d, const struct np_cli_part *p);
/* cli_brief.c: a row each; d NULL: only asks */
bool np_cli_brief(struct np_doc *d, const struct np_cli_part *p);
/* cli_self.c: version texts and label lists */
bool np_cli_version(const struct np_cli_part *p, struct np_cli_self *s);
/* cli_inventory.c: parts lists, of which the box itself is taken */
bool np_cli_inventory(const struct np_cli_part *p, struct np_cli_self *s);
#endif

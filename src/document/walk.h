/* SPDX-License-Identifier: ISC */
/*
 * Inside walk*.c: a row of a walk, and what is kept of the host that the rows
 * are of.
 *
 *	walk.c		lines -> rows, and whose they are
 *	walk_row.c	a line -> object and value, as either program writes it
 *	walk_name.c	names of objects -> numbers
 *	walk_host.c	rows -> what is kept of a host, within limits
 *	walk_link.c	a host's links -> statements
 *	walk_say.c	a host, its parts and its neighbours -> statements
 */
#ifndef NP_WALK_H
#define NP_WALK_H
#include "document/document.h"

#define NP_WALK_OID 512 /* characters of an object identifier in dots */

enum np_walk_form {
	NP_WALK_TEXT,	 /* octets as they stand, perhaps between quotes */
	NP_WALK_ESCAPED, /* octets with a language's escapes (snmprec's "e") */
	NP_WALK_HEX,
	NP_WALK_NUMBER, /* perhaps "up(1)" */
	NP_WALK_OBJECT,
	NP_WALK_ADDRESS,
	NP_WALK_OTHER,
	NP_WALK_NOTHING, /* the agent has no such object */
};

struct np_walk_row {
	char oid[NP_WALK_OID]; /* without a leading dot; NUL-terminated */
	size_t n;	       /* 0: a name that nobody here knows */
	enum np_walk_form form;
	struct np_cur raw; /* as it stands in the line */
	bool typed;	   /* the line says what kind of value it is */
	bool lines;	   /* a text may go on in the next ones */
};

/* Is this line the first of a row? */
bool np_walk_row(struct np_cur line, struct np_walk_row *ret);
/* Is the quote, if it begins with one, closed in the same line? */
bool np_walk_closed(struct np_cur raw);
/* Is it closed at the end of this further line? */
bool np_walk_closes(struct np_cur line);
/* Octets in hex and nothing else. */
bool np_walk_is_hex(struct np_cur line);
/* The value, in memory of `mem`: octets, digits or dots. Cut: it is none. */
struct np_cur np_walk_value(enum np_walk_form form, struct np_cur raw,
			    struct np_arena *mem);
/* "SNMPv2-MIB::sysDescr.0", "iso.3.6", ".1.3.6" in dots; its length, 0: not
 * known. */
size_t np_walk_oid(struct np_cur name, char ret[static NP_WALK_OID]);

/* ---- what is kept of a host */

struct np_walk_said {
	struct np_cur v; /* p NULL: not said */
	uint64_t at, line;
};

/* Single objects of a host. */
enum np_walk_scalar {
	NP_WALK_DESCR,
	NP_WALK_OBJECT_ID,
	NP_WALK_NAME,
	NP_WALK_LOCATION,
	NP_WALK_ENGINE,
	NP_WALK_BRIDGE,
	NP_WALK_CHASSIS_SUBTYPE, /* LLDP, of itself */
	NP_WALK_CHASSIS_ID,
	NP_WALK_LLDP_NAME,
	NP_WALK_LLDP_DESCR,
	NP_WALK_MED_HARDWARE,
	NP_WALK_MED_FIRMWARE,
	NP_WALK_MED_SOFTWARE,
	NP_WALK_MED_SERIAL,
	NP_WALK_MED_MAKER,
	NP_WALK_MED_MODEL,
	NP_WALK_SCALARS
};

/* Columns that are kept of tables' rows. */
enum np_walk_cell {
	/* entPhysicalTable */
	NP_WALK_IN = 0,
	NP_WALK_PART_DESCR,
	NP_WALK_CLASS,
	NP_WALK_FIRMWARE,
	NP_WALK_SOFTWARE,
	NP_WALK_SERIAL,
	NP_WALK_MAKER,
	NP_WALK_MODEL,
	/* lldpRemTable, and what LLDP-MED adds */
	NP_WALK_REM_CHASSIS_SUBTYPE = 0,
	NP_WALK_REM_CHASSIS_ID,
	NP_WALK_REM_PORT_SUBTYPE,
	NP_WALK_REM_PORT_ID,
	NP_WALK_REM_PORT_DESCR,
	NP_WALK_REM_NAME,
	NP_WALK_REM_DESCR,
	NP_WALK_REM_ADDRESS,
	NP_WALK_REM_MED_HARDWARE,
	NP_WALK_REM_MED_FIRMWARE,
	NP_WALK_REM_MED_SOFTWARE,
	NP_WALK_REM_MED_SERIAL,
	NP_WALK_REM_MED_MAKER,
	NP_WALK_REM_MED_MODEL,
	/* cdpCacheTable */
	NP_WALK_CDP_ADDRESS = 0,
	NP_WALK_CDP_SOFTWARE,
	NP_WALK_CDP_ID,
	NP_WALK_CDP_PORT,
	NP_WALK_CDP_PLATFORM,
	NP_WALK_CDP_NAME,
	NP_WALK_CDP_OBJECT_ID,
	/* lldpLocPortTable, ifTable, ifXTable */
	NP_WALK_PORT_SUBTYPE = 0,
	NP_WALK_PORT_ID,
	NP_WALK_PORT_DESCR,
	NP_WALK_IF_DESCR = 0,
	NP_WALK_IF_TYPE,
	NP_WALK_IF_NAME,

	NP_WALK_CELLS = NP_WALK_REM_MED_MODEL + 1
};

#define NP_WALK_ROWS 2048 /* of one table */

struct np_walk_line { /* a row of a table */
	const char *index;
	size_t n;
	uint64_t at, line; /* where its first column stands */
	struct np_walk_said cell[NP_WALK_CELLS];
};

struct np_walk_table {
	struct np_walk_line *v; /* room for NP_WALK_ROWS */
	uint64_t *hash;
	size_t n, last;
};

enum np_walk_kind {
	NP_WALK_PARTS,
	NP_WALK_LLDP,
	NP_WALK_CDP,
	NP_WALK_PORTS, /* of LLDP's numbers */
	NP_WALK_IFS,
	NP_WALK_TABLES
};

#define NP_WALK_MACS 256
#define NP_WALK_IPS 64
#define NP_WALK_OWNERS 4
#define NP_WALK_OBJECTS (NP_OBJECT_AGENT + 1)

struct np_walk_host {
	struct np_walk_said scalar[NP_WALK_SCALARS];
	struct np_walk_said object[NP_WALK_OBJECTS]; /* by enum np_object */
	bool standard[NP_WALK_OBJECTS]; /* ... of a standard's, not a maker's */
	struct np_walk_said owner[NP_WALK_OWNERS];
	struct np_walk_table table[NP_WALK_TABLES];
	uint8_t mac[NP_WALK_MACS][6];
	struct np_cur ip[NP_WALK_IPS]; /* text */
	size_t nmac, nip, nowner;
	struct np_cur title; /* the address that a line before it names */
	const struct np_walk_line *box; /* its chassis, once it is whole */
	uint64_t line;			/* where it begins; 0: nothing yet */
	char first[NP_WALK_OID];
};

/* Where the value of an object goes. */
struct np_walk_want {
	enum {
		NP_WALK_NOT,
		NP_WALK_A_SCALAR,
		NP_WALK_A_MAC,
		NP_WALK_AN_IP,
		NP_WALK_A_CELL,
		NP_WALK_AN_OBJECT,
	} what;
	unsigned which; /* scalar, cell or object */
	enum np_walk_kind table;
	const char *index; /* in the row's name */
};

struct np_walk {
	struct np_doc *d;
	struct np_walk_host host;
	struct np_walk_row row; /* the one being read */
	struct np_walk_want want;
	struct np_buf text; /* its value, line by line */
	size_t text_n;	    /* octets of it, kept or not */
	size_t titled;	    /* where a line begins in it that may be a title */
	uint64_t at, line;
	bool open;	     /* its quote is not closed */
	struct np_buf title; /* the address in a line between walks */
};

struct np_walk_want np_walk_wants(const struct np_walk *w,
				  const struct np_walk_row *r);
/* Keeps what the row that was read says. */
void np_walk_take(struct np_walk *w);
void np_walk_say(struct np_walk *w);
extern const char *const np_walk_fields[];
enum { NP_WALK_LINKS = 41 }; /* where the fields of `link` begin in it */
/* Who is at the other end of which port, and how many there are. */
void np_walk_say_links(struct np_walk *w);
#endif

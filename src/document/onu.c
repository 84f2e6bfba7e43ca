/* SPDX-License-Identifier: ISC */
/*
 * What access nodes list of the ONUs behind them, as they print it or as it was
 * exported: labels and values a unit ("display ont version", "display ont
 * autofind", "show gpon remote-onu equip"), a row a unit ("display ont info",
 * "show gpon onu baseinfo"), or a table with named columns.
 *
 *	  Ont SN              : 48575443A1B2C3D4 (HWTC-A1B2C3D4)
 *	  VendorID            : HWTC
 *	  Ont EquipmentID     : 245H
 *
 * ONUs are subscribers': a serial number tells them apart and does not pass;
 * of it the letters of the maker are kept. Names, passwords and descriptions
 * are not read. A unit that is listed with its number and once more without
 * counts twice.
 */
#include "document/csv.h"
#include "document/lease.h"
#include "proto/lib/ont.h"
#include <ctype.h>

enum { ROLE, VENDOR, EQUIPMENT, VERSION, SOFTWARE, SERIAL, NFIELDS };
static const char *const fields[] = {
	[ROLE] = "omci.role",
	[VENDOR] = "omci.ont_vendor_id",
	[EQUIPMENT] = "omci.equipment_id",
	[VERSION] = "omci.ont_version",
	[SOFTWARE] = "omci.software_version",
	[SERIAL] = "omci.serial_number",
	[NFIELDS] = NULL,
};

/* Lower case; blanks, "-", "_" and "/" count for nothing. */
static const struct {
	const char *label;
	unsigned field; /* NFIELDS: a unit begins */
} labels[] = {
	{"f/s/p", NFIELDS},
	{"onuinterface", NFIELDS},
	{"sn", SERIAL},
	{"ontsn", SERIAL},
	{"onusn", SERIAL},
	{"serialnumber", SERIAL},
	{"ontserialnumber", SERIAL},
	{"vendorid", VENDOR},
	{"ontvendorid", VENDOR},
	{"equipmentid", EQUIPMENT},
	{"ontequipmentid", EQUIPMENT},
	{"onttype", EQUIPMENT},
	{"onutype", EQUIPMENT},
	{"type", EQUIPMENT},
	{"ontmodel", EQUIPMENT},
	{"ontversion", VERSION},
	{"version", VERSION},
	{"hardwareversion", VERSION},
	{"mainsoftwareversion", SOFTWARE},
	{"ontsoftwareversion", SOFTWARE},
	{"softwareversion", SOFTWARE},
};

#define NO_LABEL NP_COUNT(labels)
#define MAX_VALUE 128

/* One unit while it is read. */
struct unit {
	struct np_doc *d;
	char value[NFIELDS][MAX_VALUE];
	size_t n[NFIELDS];
	uint64_t at[NFIELDS], line;
	bool any;
	size_t type; /* where the column of types stands; SIZE_MAX: nowhere */
};

static size_t label_of(struct np_cur name)
{
	char plain[32];
	size_t n = 0, i = 0;

	for (; name.left && n < sizeof(plain) - 1; np_skip(&name, 1))
		if (!strchr(" \t-_.", *name.p))
			plain[n++] = (char)tolower(*name.p);
	plain[n] = '\0';
	while (i < NO_LABEL && strcmp(labels[i].label, plain) != 0)
		i++;
	return name.left ? NO_LABEL : i;
}

static struct np_cur value(const struct unit *u, unsigned field)
{
	return np_cur(u->value[field], u->n[field]);
}

/* Whose unit it is where no serial number tells: this place's. */
static void put_key(struct unit *u)
{
	if (u->n[SERIAL])
		np_doc_pseudonym(u->d, np_find_ont(value(u, SERIAL)));
	else
		np_doc_pseudonym(u->d, np_cur(&u->at, sizeof(u->at)));
}

static void say(struct unit *u)
{
	struct np_doc *d = u->d;

	if (!u->any)
		return;
	np_doc_say(d, NP_SELF, NP_RELAYED);
	np_doc_place(d, u->line);
	np_doc_put_at(d, ROLE, np_cur("ONU", 3), u->at[SERIAL]);
	for (unsigned f = VENDOR; f < NFIELDS; f++)
		np_doc_put_at(d, f, value(u, f), u->at[f]);
	if (!u->n[VENDOR])
		np_lease_put_ont(d, VENDOR, np_find_ont(value(u, SERIAL)));
	put_key(u);
	np_doc_said(d);
	memset(u->n, 0, sizeof(u->n));
	memset(u->at, 0, sizeof(u->at));
	u->any = false;
}

static void keep(struct unit *u, unsigned field, struct np_cur v, uint64_t at)
{
	if (field == SERIAL)
		v = np_find_ont(v);
	if (!v.left || v.left > MAX_VALUE || (v.left == 1 && *v.p == '-'))
		return;
	if (!u->any) {
		u->any = true;
		u->line = u->d->line;
	}
	memcpy(u->value[field], v.p, v.left);
	u->n[field] = v.left;
	u->at[field] = at;
}

/* ---- as it is printed */

static size_t label_at(struct np_cur line, struct np_cur *ret_value)
{
	if (np_find(line, ":", 1) == SIZE_MAX)
		return NO_LABEL;
	struct np_cur name = np_doc_until(&line, ":");

	*ret_value = np_trim(line);
	return label_of(np_trim(name));
}

/* "  ONT   SN   Type …": where its rows have a type. */
static bool is_header(struct np_cur line, size_t *ret_type)
{
	bool unit = np_find_nocase(line, "onuindex") != SIZE_MAX ||
		    np_find(line, "ONT", 3) != SIZE_MAX ||
		    np_find(line, "ONU", 3) != SIZE_MAX;
	bool serial = np_find(line, " SN ", 4) != SIZE_MAX ||
		      np_find(line, " Sn ", 4) != SIZE_MAX ||
		      np_find(line, "AuthInfo", 8) != SIZE_MAX;

	*ret_type = np_find(line, " Type ", 6);
	*ret_type += *ret_type != SIZE_MAX;
	return unit && serial && np_find(line, ":", 1) == SIZE_MAX;
}

/* The word at a column, which may begin a little before or behind it. */
static struct np_cur word_at(struct np_cur line, size_t column)
{
	size_t from = column, to;

	while (from < line.left && line.p[from] == ' ' && from < column + 3)
		from++;
	while (from && from < line.left && line.p[from - 1] != ' ')
		from--;
	for (to = from; to < line.left && line.p[to] != ' ';)
		to++;
	return from < line.left ? np_cur(line.p + from, to - from)
				: np_cur(NULL, 0);
}

/* A row has the serial number as a word of its own, behind "SN:" with some. */
static void take_row(struct unit *u, struct np_cur line)
{
	struct np_cur rest = line;

	while (rest.left) {
		struct np_cur word = np_doc_until(&rest, " ");

		if (np_ahead_nocase(word, "SN:"))
			np_skip(&word, 3);
		struct np_cur ont = np_find_ont(word);

		if (!ont.left || ont.left != word.left || word.left < 12)
			continue;
		say(u);
		keep(u, SERIAL, word, np_doc_at(u->d, word));
		if (u->type != SIZE_MAX) {
			struct np_cur type = word_at(line, u->type);

			keep(u, EQUIPMENT, type, np_doc_at(u->d, type));
		}
		say(u);
		return;
	}
}

static void take_line(struct unit *u, struct np_cur line)
{
	struct np_cur v = {.left = 0};
	size_t label = label_at(line, &v), type;

	if (is_header(line, &type)) {
		say(u);
		u->type = type;
		return;
	}
	if (label == NO_LABEL) {
		take_row(u, line);
		return;
	}
	unsigned f = labels[label].field;

	if (f == NFIELDS || u->n[f]) /* the next unit's */
		say(u);
	if (f != NFIELDS)
		keep(u, f, v, np_doc_at(u->d, v));
}

/* ---- as a table */

static int read_table(struct unit *u)
{
	struct np_csv csv = np_csv(u->d);
	size_t label[NP_CSV_CELLS], n = 0;

	if (np_csv_row(&csv))
		for (; n < csv.n; n++)
			label[n] = label_of(np_trim(csv.cell[n]));
	while (np_csv_row(&csv)) {
		for (size_t i = 0; i < csv.n && i < n; i++)
			if (label[i] != NO_LABEL &&
			    labels[label[i]].field != NFIELDS)
				keep(u, labels[label[i]].field,
				     np_trim(csv.cell[i]), csv.at[i]);
		say(u);
	}
	np_csv_free(&csv);
	return NP_OK;
}

/* ---- which */

/* A serial number, and what only units have beside it. */
static bool is_table(struct np_cur line)
{
	char mark[2] = {np_csv_separator(line), '\0'};
	bool serial = false, unit = false;

	while (mark[0] && line.left) {
		size_t i = label_of(np_trim(np_doc_until(&line, mark)));
		const char *label = i < NO_LABEL ? labels[i].label : "";

		serial |= i < NO_LABEL && labels[i].field == SERIAL;
		unit |= strncmp(label, "ont", 3) == 0 ||
			strncmp(label, "onu", 3) == 0 ||
			strcmp(label, "vendorid") == 0 ||
			strcmp(label, "equipmentid") == 0;
	}
	return serial && unit;
}

/* Sessions in which something else is asked too are cli's. */
static bool is_printed(struct np_cur head)
{
	struct np_cur line, v;
	unsigned has = 0;
	size_t type;

	while (np_line(&head, &line)) {
		size_t i = label_at(line, &v);

		if (np_find(line, "display version", 15) != SIZE_MAX ||
		    np_find(line, "show version", 12) != SIZE_MAX)
			return false;
		if (is_header(line, &type))
			return true;
		if (i < NO_LABEL && labels[i].field != NFIELDS)
			has |= 1u << labels[i].field;
	}
	return (has & 1u << VENDOR && has & 1u << EQUIPMENT) ||
	       (has & 1u << SERIAL && has & 1u << EQUIPMENT);
}

static bool mine(struct np_cur head)
{
	struct np_cur line = np_doc_first_line(head);

	return !line.cut && !np_ahead(np_trim(line), "{", 1) &&
	       !np_ahead(np_trim(line), "[", 1) &&
	       !np_ahead(np_trim(line), "<", 1) &&
	       (is_table(line) || is_printed(head));
}

static int read_onu(struct np_doc *d)
{
	struct unit *u = np_zalloc(&d->keep, sizeof(*u));
	struct np_cur line;

	if (!u)
		return NP_ENOMEM;
	u->d = d;
	u->type = SIZE_MAX;
	np_feed_want(d->r, NP_DOCUMENT_HEAD);
	line = np_doc_first_line(np_feed_cur(d->r));
	if (!line.cut && is_table(line))
		return read_table(u);
	while (np_doc_line(d, &line))
		take_line(u, line);
	say(u);
	return NP_OK;
}

const struct np_document np_document_onu = {
	.name = "onu",
	.title = "Access nodes' lists of ONUs",
	.spec = "as SmartAX and ZXA10 print them, and as tables",
	.method = "inventory",
	.fields = fields,
	.subscribers = true,
	.mine = mine,
	.read = read_onu,
};

/* SPDX-License-Identifier: ISC */
/*
 * Inventories as tables: a row a box, its columns found by what the first row
 * calls them (columns.def), or told by --map "serial_number=Asset tag". What
 * the operator's people typed is their word about a box, not the box's: every
 * row is said as of a peer. Columns that nobody asked for are not kept:
 * communities, passwords and contacts among them.
 */
#include "document/table.h"
#include <ctype.h>

enum {
	VENDOR_NAME,
	MODEL,
	PART_NUMBER,
	SERIAL_NUMBER,
	SOFTWARE_VERSION,
	HARDWARE_VERSION,
	NAME,
	ADDRESS,
	MAC,
	FUNCTION,
	SITE,
	MANUFACTURED,
	NINVENTORY,
	SYS_DESCR = NINVENTORY,
	SYS_OBJECT_ID,
	NFIELDS = NP_TABLE_FIELDS,
};
const char *const np_table_fields[] = {
	[VENDOR_NAME] = "inventory.vendor_name",
	[MODEL] = "inventory.model",
	[PART_NUMBER] = "inventory.part_number",
	[SERIAL_NUMBER] = "inventory.serial_number",
	[SOFTWARE_VERSION] = "inventory.software_version",
	[HARDWARE_VERSION] = "inventory.hardware_version",
	[NAME] = "inventory.name",
	[ADDRESS] = "inventory.address",
	[MAC] = "inventory.mac",
	[FUNCTION] = "inventory.function",
	[SITE] = "inventory.site",
	[MANUFACTURED] = "inventory.manufactured",
	[SYS_DESCR] = "snmp.sys_descr",
	[SYS_OBJECT_ID] = "snmp.sys_object_id",
	[NFIELDS] = NULL,
};

static const struct {
	const char *name;
	unsigned field;
} columns[] = {
#define NP_COLUMN(name, field) {name, field},
#include "document/columns.def"
#undef NP_COLUMN
};

#define NO_COLUMN SIZE_MAX

/* Lower case, without what counts for nothing. */
size_t np_table_plain(struct np_cur c, char to[static 64])
{
	size_t n = 0;

	for (; c.left && n < 63; np_skip(&c, 1))
		if (!strchr(" _-./\t#", *c.p))
			to[n++] = (char)tolower(*c.p);
	to[n] = '\0';
	return n;
}

unsigned np_table_field(struct np_cur name)
{
	char plain[64];

	(void)np_table_plain(name, plain);
	for (size_t i = 0; i < NP_COUNT(columns); i++)
		if (strcmp(columns[i].name, plain) == 0)
			return columns[i].field;
	return NFIELDS;
}

bool np_table_map(struct np_cur *map, struct np_cur column,
		  struct np_cur *ret_field)
{
	while (map->left) {
		struct np_cur left = np_doc_until(map, ",");
		struct np_cur field = np_trim(np_doc_until(&left, "="));

		left = np_trim(left);
		if (left.left != column.left ||
		    !np_ahead(column, left.p, left.left))
			continue;
		*ret_field = field;
		return true;
	}
	return false;
}

/* The field that "--map" gives this column. */
static unsigned mapped(const char *map, struct np_cur name)
{
	struct np_cur c = np_cur(map, map ? strlen(map) : 0), field;

	while (np_table_map(&c, name, &field)) {
		for (unsigned i = 0; i < NFIELDS; i++)
			if (np_is(field, strchr(np_table_fields[i], '.') + 1))
				return i;
	}
	return NFIELDS;
}

void np_table_head(struct np_table *t, const char *map)
{
	for (unsigned i = 0; i < NFIELDS; i++)
		t->column[i] = NO_COLUMN;
	for (size_t i = 0; i < t->csv.n; i++) {
		struct np_cur name = np_trim(t->csv.cell[i]);
		unsigned f = mapped(map, name);

		if (f != NFIELDS) /* what was told goes before what was found */
			t->column[f] = i;
		else if ((f = np_table_field(name)) != NFIELDS &&
			 t->column[f] == NO_COLUMN)
			t->column[f] = i;
	}
}

/* The first of several: "10.0.0.1;10.0.0.2", "192.0.2.1/24". */
static struct np_cur first_of(struct np_cur v)
{
	size_t n = 0;

	while (n < v.left && !strchr(" ;,|/", v.p[n]))
		n++;
	return np_cur(v.p, n);
}

static void put(struct np_table *t, struct np_doc *d, unsigned f)
{
	size_t i = t->column[f];

	if (i >= t->csv.n)
		return;
	struct np_cur v = np_trim_space(t->csv.cell[i]);

	if (f == ADDRESS || (f == MAC && v.left > 17))
		v = first_of(v);
	np_doc_put_at(d, f, v, t->csv.at[i]);
}

static void key(struct np_table *t, struct np_doc *d, enum np_keykind kind,
		unsigned f)
{
	size_t i = t->column[f];

	if (i < t->csv.n)
		np_doc_key(d, kind,
			   f == ADDRESS ? first_of(np_trim(t->csv.cell[i]))
					: t->csv.cell[i]);
}

void np_table_row(struct np_table *t, struct np_doc *d)
{
	np_doc_say(d, NP_PEER, NP_ROUTED);
	np_doc_place(d, t->csv.line);
	for (unsigned f = 0; f < NINVENTORY; f++)
		put(t, d, f);
	np_doc_said(d);
	if (t->column[SYS_DESCR] == NO_COLUMN &&
	    t->column[SYS_OBJECT_ID] == NO_COLUMN)
		return;
	/* What a poller read from the box, and wrote down as it was. */
	np_doc_say(d, NP_SELF, NP_ROUTED);
	np_doc_place(d, t->csv.line);
	for (unsigned f = NINVENTORY; f < NFIELDS; f++)
		put(t, d, f);
	key(t, d, NP_KEY_SERIAL, SERIAL_NUMBER);
	key(t, d, NP_KEY_MAC, MAC);
	key(t, d, NP_KEY_IP, ADDRESS);
	key(t, d, NP_KEY_NAME, NAME);
	np_doc_said(d);
	d->stats.records--; /* of the same row */
}

bool np_table_is_head(const struct np_cur *cell, size_t n)
{
	bool identity = false;
	size_t known = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned f = np_table_field(np_trim(cell[i]));

		known += f != NFIELDS;
		identity |= f <= SERIAL_NUMBER || f == MAC ||
			    (f >= NINVENTORY && f < NFIELDS);
	}
	return identity && known >= 2;
}

static bool mine(struct np_cur head)
{
	struct np_cur line = np_doc_first_line(head), cell[NP_CSV_CELLS];
	struct np_buf text = np_buf(NP_DOCUMENT_HEAD);
	size_t n = 0;

	/* No table is its first row alone. */
	char separator = line.cut ? 0 : np_csv_separator(line);
	bool is =
		separator && !np_ahead(np_trim(line), "<", 1) &&
		!np_ahead(np_trim(line), "{", 1) &&
		np_csv_split(line, separator, &text, cell, &n, NP_CSV_CELLS) &&
		np_table_is_head(cell, n);

	np_buf_free(&text);
	return is;
}

static int read_table(struct np_doc *d)
{
	struct np_table t = {.csv = np_csv(d)};
	const struct np_doc_host *h = d->host;

	while (h->row && np_csv_row(&t.csv))
		h->row(h->ctx, t.csv.cell, t.csv.n, t.csv.line);
	if (np_csv_row(&t.csv))
		np_table_head(&t, d->host->map);
	while (np_csv_row(&t.csv))
		np_table_row(&t, d);
	np_csv_free(&t.csv);
	return NP_OK;
}

const struct np_document np_document_table = {
	.name = "table",
	.title = "Inventories as tables",
	.spec = "RFC 4180; NetBox, LibreNMS, Netdisco, runZero, operators' own",
	.method = "inventory",
	.fields = np_table_fields,
	.mine = mine,
	.read = read_table,
};

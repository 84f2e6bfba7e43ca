/* SPDX-License-Identifier: ISC */
/*
 * Order lists as tables: a row an item, its columns found by what the first row
 * that is a head calls them, or told by --map "manufacturer=Firma,…".
 */
#include "document/table.h"
#include "bom/inside.h"
#include <ctype.h>

#define PREAMBLE 40 /* rows before the head: addresses, titles */
#define NONE SIZE_MAX

enum {
	MAKER,
	VENDOR,
	SUPPLIER,
	PRODUCT,
	MODEL,
	PART,
	SERIAL,
	VERSION,
	QUANTITY,
	SITE,
	FUNCTION,
	TYPE,
	OBTAINED,
	NCOLUMNS,
};

/* What --map calls them, and the field of inventories that is the same. */
static const struct {
	const char *word, *field;
} names[NCOLUMNS] = {
	[MAKER] = {"manufacturer", "inventory.vendor_name"},
	[VENDOR] = {"vendor", NULL},
	[SUPPLIER] = {"supplier", NULL},
	[PRODUCT] = {"product", NULL},
	[MODEL] = {"model", "inventory.model"},
	[PART] = {"part_number", "inventory.part_number"},
	[SERIAL] = {"serial_number", "inventory.serial_number"},
	[VERSION] = {"version", "inventory.software_version"},
	[QUANTITY] = {"quantity", NULL},
	[SITE] = {"site", "inventory.site"},
	[FUNCTION] = {"function", "inventory.function"},
	[TYPE] = {"type", NULL},
	[OBTAINED] = {"obtained", NULL},
};

static const struct {
	const char *name;
	unsigned column;
} columns[] = {
#define NP_ORDER_COLUMN(name, column) {name, column},
#include "bom/columns.def"
#undef NP_ORDER_COLUMN
};

struct table {
	struct np_bom_file *f;
	struct np_cur rest; /* what is not read yet */
	struct np_cur row;
	char separator;
	struct np_buf text; /* of cells that had quotes */
	struct np_cur cell[NP_CSV_CELLS];
	size_t ncells;
	size_t column[NCOLUMNS];
	/* Columns of other names, which may be facts that a rule asks for. */
	struct {
		size_t column;
		const char *name;
	} fact[NP_BOM_FACTS];
	size_t nfacts;
};

/* ---- rows */

static struct np_cur line_of(struct np_cur *rest)
{
	const uint8_t *nl =
		rest->left ? memchr(rest->p, '\n', rest->left) : NULL;
	struct np_cur line =
		np_sub(rest, nl ? (size_t)(nl - rest->p) : rest->left);

	np_skip(rest, rest->left ? 1 : 0);
	if (line.left && line.p[line.left - 1] == '\r')
		line.left--;
	return line;
}

static size_t quotes(struct np_cur c)
{
	size_t n = 0;

	for (size_t i = 0; i < c.left; i++)
		n += c.p[i] == '"';
	return n;
}

/* The next row, of several lines where a quote is open at a line's end. */
static bool next_row(struct table *t)
{
	struct np_cur after, line;
	size_t open;

	if (!t->rest.left)
		return false;
	t->row = line_of(&t->rest);
	after = t->rest;
	open = quotes(t->row) % 2;
	while (open && after.left) {
		line = line_of(&after);
		open ^= quotes(line) % 2;
		if ((size_t)(line.p + line.left - t->row.p) > NP_CSV_ROW)
			break;
		if (open)
			continue;
		t->row.left = (size_t)(line.p + line.left - t->row.p);
		t->rest = after;
	}
	return true;
}

static size_t at_of(const struct table *t)
{
	return (size_t)(t->row.p - t->f->text);
}

/* Splits it into cells; false, and told, where it cannot be. */
static bool split(struct table *t)
{
	if (t->row.left > NP_CSV_ROW) {
		np_bom_bad(t->f, at_of(t), "a row over the limit");
		return false;
	}
	np_buf_clear(&t->text);
	if (np_csv_split(t->row, t->separator ? t->separator : ',', &t->text,
			 t->cell, &t->ncells, NP_CSV_CELLS))
		return true;
	np_bom_bad(t->f, at_of(t),
		   quotes(t->row) % 2 ? "a quote is never closed"
				      : "a quote where none may stand");
	return false;
}

/* ---- the head */

static unsigned column_of(struct np_cur name)
{
	char plain[64];
	unsigned f;

	(void)np_table_plain(name, plain);
	for (size_t i = 0; i < NP_COUNT(columns); i++) {
		if (strcmp(columns[i].name, plain) == 0)
			return columns[i].column;
	}
	f = np_table_field(name);
	for (unsigned i = 0; f < NP_TABLE_FIELDS && i < NCOLUMNS; i++) {
		if (names[i].field &&
		    strcmp(names[i].field, np_table_fields[f]) == 0)
			return i;
	}
	return NCOLUMNS;
}

/* The column that "--map" says this one is: "quantity=Menge,…". */
static unsigned mapped(const char *map, struct np_cur name)
{
	struct np_cur c = np_cur(map, map ? strlen(map) : 0), field;

	while (np_table_map(&c, name, &field)) {
		for (unsigned i = 0; i < NCOLUMNS; i++)
			if (np_is(field, names[i].word))
				return i;
	}
	return NCOLUMNS;
}

/* "generation", "foreign_produced": small letters, as facts are called. */
static void may_be_fact(struct table *t, size_t column, struct np_cur name)
{
	for (size_t i = 0; i < name.left; i++) {
		if (!islower(name.p[i]) && !isdigit(name.p[i]) &&
		    name.p[i] != '_')
			return;
	}
	if (!name.left || t->nfacts == NP_BOM_FACTS)
		return;
	t->fact[t->nfacts].column = column;
	t->fact[t->nfacts].name = np_bom_text(t->f, name);
	t->nfacts += t->fact[t->nfacts].name != NULL;
}

static bool is_head(struct table *t)
{
	bool known = false;

	t->nfacts = 0;
	for (size_t i = 0; i < NCOLUMNS; i++)
		t->column[i] = NONE;
	for (size_t i = 0; i < t->ncells; i++) {
		struct np_cur name = np_trim_space(t->cell[i]);
		unsigned told = mapped(t->f->map, name);
		unsigned k = told < NCOLUMNS ? told : column_of(name);

		if (k < NCOLUMNS && (told < NCOLUMNS || t->column[k] == NONE))
			t->column[k] = i;
		if (k == NCOLUMNS)
			may_be_fact(t, i, name);
	}
	for (unsigned k = MAKER; k <= PART; k++)
		known |= t->column[k] != NONE;
	return known;
}

static bool find_head(struct table *t)
{
	for (size_t i = 0; i < PREAMBLE && next_row(t); i++) {
		if (!np_trim_space(t->row).left)
			continue;
		t->separator = np_csv_separator(t->row);
		np_buf_clear(&t->text);
		if (np_csv_split(t->row, t->separator ? t->separator : ',',
				 &t->text, t->cell, &t->ncells, NP_CSV_CELLS) &&
		    is_head(t))
			return true;
	}
	return false;
}

/* ---- items */

static const char *cell(struct table *t, unsigned k)
{
	size_t i = t->column[k];

	return i < t->ncells ? np_bom_text(t->f, t->cell[i]) : NULL;
}

/* In a list of what is ordered a thing is equipment until somebody says that
 * it is not. */
static enum np_bom_thing thing_of(const char *type)
{
	static const char *const software[] = {"software",    "licence",
					       "license",     "lizenz",
					       "application", "library"};
	static const char *const services[] = {"service", "services",
					       "dienstleistung", "servizio"};
	char plain[64];

	if (!type)
		return NP_BOM_EQUIPMENT;
	(void)np_table_plain(np_cur(type, strlen(type)), plain);
	for (size_t i = 0; i < NP_COUNT(software); i++) {
		if (strcmp(plain, software[i]) == 0)
			return NP_BOM_SOFTWARE;
	}
	for (size_t i = 0; i < NP_COUNT(services); i++) {
		if (strcmp(plain, services[i]) == 0)
			return NP_BOM_SERVICE;
	}
	return NP_BOM_EQUIPMENT;
}

static void item(struct table *t)
{
	uint32_t to = np_bom_add(t->f, at_of(t), NP_BOM_ROOT);
	const char *maker = cell(t, MAKER), *vendor = cell(t, VENDOR);
	struct np_bom_item *i;

	if (to == NP_BOM_ROOT)
		return;
	i = np_bom_at(t->f, to);
	i->maker = maker;
	i->supplier = cell(t, SUPPLIER);
	i->vendor = t->column[MAKER] == NONE;
	if (i->vendor)
		i->publisher = vendor;
	else if (!i->supplier)
		i->supplier = vendor;
	i->name = cell(t, PRODUCT);
	i->model = cell(t, MODEL);
	i->part = cell(t, PART);
	i->serial = cell(t, SERIAL);
	i->version = cell(t, VERSION);
	i->quantity = cell(t, QUANTITY);
	i->site = cell(t, SITE);
	i->function = cell(t, FUNCTION);
	i->type = cell(t, TYPE);
	i->obtained = cell(t, OBTAINED);
	i->thing = thing_of(i->type);
	for (size_t k = 0; k < t->nfacts; k++) {
		size_t at = t->fact[k].column;

		if (at < t->ncells)
			np_bom_fact(t->f, i, t->fact[k].name,
				    np_bom_text(t->f, t->cell[at]));
	}
	if (!i->maker && !i->publisher && !i->supplier && !i->name &&
	    !i->model && !i->part)
		t->f->b->n--; /* sums, notes, what is below the list */
}

void np_bom_table(struct np_bom_file *f, struct np_err *reterr)
{
	struct table *t = np_zalloc(f->b->mem, sizeof(*t));

	if (!t) {
		f->rc = NP_ENOMEM;
		return;
	}
	t->f = f;
	t->rest = np_cur(f->text, f->n);
	t->text = np_buf(2 * NP_CSV_ROW);
	if (!find_head(t)) {
		f->b->format = NP_BOM_NONE;
		f->rc = np_fail(reterr, NP_EINPUT,
				"expected CycloneDX, SPDX, or a table with a "
				"column manufacturer, vendor, product or part "
				"number",
				f->b->path, 1);
	}
	while (np_bom_goes_on(f) && next_row(t)) {
		if (np_trim_space(t->row).left && split(t))
			item(t);
	}
	np_buf_free(&t->text);
}

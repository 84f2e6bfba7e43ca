/* SPDX-License-Identifier: ISC */
/*
 * 3GPP inventories: what the manager of a radio or core network exports of its
 * hardware, as XML (3GPP TS 28.632 the model, TS 28.633 and TS 32.615 the
 *file). Each InventoryUnit is a piece of hardware with its maker's name and
 *serial number in the manager's own records; a ManagedElement is what the units
 *are in.
 *
 *	<InventoryUnit id="1"><attributes><vendorName>…</vendorName>…
 *
 * Some leave "attributes" out and write the values into the element itself.
 */
#include "document/xml.h"

enum {
	VENDOR_NAME,
	MODEL,
	FAMILY,
	SERIAL_NUMBER,
	SOFTWARE_VERSION,
	HARDWARE_VERSION,
	NAME,
	ELEMENT,
	FUNCTION,
	POSITION,
	MANUFACTURED,
	SERVICED,
	SITE,
	NFIELDS
};
static const char *const fields[] = {
	[VENDOR_NAME] = "inventory.vendor_name",
	[MODEL] = "inventory.model",
	[FAMILY] = "inventory.family",
	[SERIAL_NUMBER] = "inventory.serial_number",
	[SOFTWARE_VERSION] = "inventory.software_version",
	[HARDWARE_VERSION] = "inventory.hardware_version",
	[NAME] = "inventory.name",
	[ELEMENT] = "inventory.element",
	[FUNCTION] = "inventory.function",
	[POSITION] = "inventory.position",
	[MANUFACTURED] = "inventory.manufactured",
	[SERVICED] = "inventory.serviced",
	[SITE] = "inventory.site",
	[NFIELDS] = NULL,
};

/* The attributes that say something, TS 28.632 clause 6.3 and TS 28.622 clause
 * 4.3.3; of two for one field the earlier row wins. */
static const struct {
	const char *name;
	unsigned field;
} attributes[] = {
	{"vendorName", VENDOR_NAME},	  {"vendorUnitTypeNumber", MODEL},
	{"vendorUnitFamilyType", FAMILY}, {"inventoryUnitType", FUNCTION},
	{"serialNumber", SERIAL_NUMBER},  {"versionNumber", HARDWARE_VERSION},
	{"swVersion", SOFTWARE_VERSION},  {"userLabel", NAME},
	{"unitPosition", POSITION},	  {"dateOfManufacture", MANUFACTURED},
	{"dateOfLastService", SERVICED},  {"locationName", SITE},
	{"managedElementType", FUNCTION}, {"antennaModel", MODEL},
	{"tmaModelNumber", MODEL},
};

struct record {
	size_t depth; /* of its element; 0: none */
	uint64_t line;
	struct np_cur value[NFIELDS];
	uint64_t at[NFIELDS];
	bool said, unit;
};

struct rim {
	struct np_doc *d;
	struct np_arena mem; /* values of the record that is being read */
	struct record now;
	char element[256]; /* the managed element that units are in */
	size_t element_n, element_depth;
	uint64_t element_at;
};

/* Every class of hardware ends so: InventoryUnit, AntennaInventoryUnit … */
static bool is_unit(const char *name)
{
	size_t n = strlen(name), k = strlen("InventoryUnit");

	return n >= k && strcmp(name + n - k, "InventoryUnit") == 0;
}

static bool is_element(const char *name)
{
	return strcmp(name, "ManagedElement") == 0 ||
	       strcmp(name, "MeContext") == 0;
}

/* A record is said when its values are over: at the end of its attributes, or
 * where another begins. */
static void say(struct rim *x)
{
	struct record *r = &x->now;
	struct np_doc *d = x->d;

	if (!r->depth || r->said)
		return;
	r->said = true;
	np_doc_say(d, NP_SELF, NP_ROUTED);
	np_doc_place(d, r->line);
	for (unsigned i = 0; i < NFIELDS; i++)
		np_doc_put_at(d, i, r->value[i], r->at[i]);
	if (r->unit && x->element_n)
		np_doc_put_at(d, ELEMENT, np_cur(x->element, x->element_n),
			      x->element_at);
	np_doc_said(d);
}

static void begin(void *ctx, const struct np_element *e)
{
	struct rim *x = ctx;
	const char *name = np_element_name(e, 0);
	bool unit = is_unit(name);

	if (!unit && !is_element(name))
		return;
	say(x);
	np_arena_reset(&x->mem);
	x->now = (struct record){
		.depth = e->depth,
		.line = x->d->line,
		.unit = unit,
	};
	if (unit)
		return;
	x->element_n = 0;
	x->element_depth = e->depth;
}

static void keep(struct rim *x, unsigned field, const struct np_element *e)
{
	struct record *r = &x->now;
	void *p;

	if (r->said || r->value[field].left || !e->text.left)
		return;
	p = np_copy(&x->mem, e->text.p, e->text.left);
	if (!p)
		return;
	r->value[field] = np_cur(p, e->text.left);
	r->at[field] = e->at;
	if (r->unit || field != NAME || e->text.left > sizeof(x->element))
		return;
	memcpy(x->element, e->text.p, e->text.left);
	x->element_n = e->text.left;
	x->element_at = e->at;
}

/* Is the element a value of the record that is open? */
static bool is_value(const struct rim *x, const struct np_element *e)
{
	size_t d = x->now.depth;

	if (!d)
		return false;
	return e->depth == d + 1 ||
	       (e->depth == d + 2 &&
		strcmp(np_element_name(e, 1), "attributes") == 0);
}

static void end(void *ctx, const struct np_element *e)
{
	struct rim *x = ctx;
	const char *name = np_element_name(e, 0);

	for (size_t i = 0; is_value(x, e) && i < NP_COUNT(attributes); i++)
		if (strcmp(attributes[i].name, name) == 0)
			keep(x, attributes[i].field, e);
	if (x->now.depth && e->depth == x->now.depth + 1 &&
	    strcmp(name, "attributes") == 0)
		say(x);
	if (e->depth == x->now.depth) {
		say(x);
		x->now.depth = 0;
	}
	if (e->depth == x->element_depth)
		x->element_n = x->element_depth = 0;
}

static bool mine(struct np_cur head)
{
	return np_xml_begins(head, "InventoryUnit") ||
	       np_xml_begins(head, "inventoryNrm") ||
	       (np_xml_begins(head, "ManagedElement") &&
		np_xml_begins(head, "bulkCmConfigDataFile"));
}

static int read_rim(struct np_doc *d)
{
	struct rim x = {.d = d, .mem = np_arena(NP_FRAME_ARENA)};
	const struct np_element_reader r = {
		.begin = begin, .end = end, .ctx = &x};
	int rc = np_document_xml(d, &r);

	np_arena_free(&x.mem);
	return rc;
}

const struct np_document np_document_rim = {
	.name = "rim",
	.title = "3GPP hardware inventories",
	.spec = "3GPP TS 28.632, TS 28.633, TS 32.615",
	.method = "inventory",
	.fields = fields,
	.mine = mine,
	.read = read_rim,
};

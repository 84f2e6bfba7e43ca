/* SPDX-License-Identifier: ISC */
/*
 * runZero: an object an asset. Its own conclusions (os, type) are not taken;
 * its hardware is a guess from what answered and said as such by nobody.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"addresses", NP_RF_IP},
	{"macs", NP_RF_INVENTORY_MAC},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head, (const char *const[]){"addresses", "macs",
						       "detected_by", NULL});
}

static int read_runzero(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_runzero = {
	.name = "runzero",
	.title = "runZero",
	.spec = "runZero's asset export",
	.method = "scan",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_runzero,
};

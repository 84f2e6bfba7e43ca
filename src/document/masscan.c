/* SPDX-License-Identifier: ISC */
/*
 * masscan: a line a port, and one a banner. Its certificates are not opened.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ip", NP_RF_IP},
	{"timestamp", NP_RF_TIME},
	{"ports.service.name", NP_RF_SERVICE},
	{"ports.service.banner", NP_RF_ANSWER},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head,
			   (const char *const[]){"ip", "ports", "proto", NULL});
}

static int read_masscan(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_masscan = {
	.name = "masscan",
	.title = "masscan",
	.spec = "masscan -oJ, -oD",
	.method = "scan",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_masscan,
};

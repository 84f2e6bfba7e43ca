/* SPDX-License-Identifier: ISC */
/*
 * Exports of auto-configuration servers (BBF TR-069): what gateways at
 * subscribers' said of themselves. GenieACS writes JSON, others CSV or XML with
 * the words of TR-069 (DeviceIdStruct) and of its data models, at whatever
 * place. Tags, connections, and what a subscriber's box is set to are not read;
 * its serial number tells boxes apart and does not pass.
 */
#include "document/csv.h"
#include "document/records.h"
#include "document/xml.h"
#include <ctype.h>

/* A parameter of both data models. */
#define ROWS_OF(name, field)                                                   \
	{"InternetGatewayDevice.DeviceInfo." name "._value", field},           \
	{                                                                      \
		"Device.DeviceInfo." name "._value", field                     \
	}

static const struct np_record_row genie_rows[] = {
	{"_deviceId._Manufacturer", NP_RF_CWMP_MANUFACTURER},
	{"_deviceId._OUI", NP_RF_CWMP_OUI},
	{"_deviceId._ProductClass", NP_RF_CWMP_PRODUCT_CLASS},
	{"_deviceId._SerialNumber", NP_RF_CWMP_SERIAL},
	{"_deviceId._SerialNumber", NP_RF_SUBSCRIBER},
	{"_lastInform", NP_RF_TIME},
	ROWS_OF("SoftwareVersion", NP_RF_CWMP_SOFTWARE),
	ROWS_OF("HardwareVersion", NP_RF_CWMP_HARDWARE),
	ROWS_OF("ModelName", NP_RF_CWMP_MODEL),
};
static const struct np_record_format genie = {genie_rows, NP_COUNT(genie_rows)};

/* Columns and elements by the last word of their names. */
static const struct np_record_row word_rows[] = {
	{"manufacturer", NP_RF_CWMP_MANUFACTURER},
	{"oui", NP_RF_CWMP_OUI},
	{"manufactureroui", NP_RF_CWMP_OUI},
	{"productclass", NP_RF_CWMP_PRODUCT_CLASS},
	{"serialnumber", NP_RF_CWMP_SERIAL},
	{"serialnumber", NP_RF_SUBSCRIBER},
	{"softwareversion", NP_RF_CWMP_SOFTWARE},
	{"hardwareversion", NP_RF_CWMP_HARDWARE},
	{"modelname", NP_RF_CWMP_MODEL},
	{"lastinform", NP_RF_TIME},
};
static const struct np_record_format words = {word_rows, NP_COUNT(word_rows)};

/* "Device.DeviceInfo.SoftwareVersion", "Product Class": the last word, lower
 * case, without what counts for nothing. */
static void word(struct np_cur name, char to[static 64])
{
	size_t n = 0;

	for (; name.left && n < 63; np_skip(&name, 1)) {
		if (*name.p == '.')
			n = 0;
		else if (!strchr(" _-\"", *name.p))
			to[n++] = (char)tolower(*name.p);
	}
	to[n] = '\0';
}

static bool is_known(const char *name)
{
	for (size_t i = 0; i < NP_COUNT(word_rows); i++)
		if (strcmp(word_rows[i].path, name) == 0)
			return true;
	return false;
}

/* ----------------------------------------------------------------- CSV */

struct names {
	char name[NP_CSV_CELLS][64];
	size_t n;
};

static void say_row(struct np_records *r, const struct names *names,
		    const struct np_csv *csv)
{
	np_record_begin(r, csv->line);
	for (size_t i = 0; i < csv->n && i < names->n; i++)
		np_record_value(r, names->name[i], np_trim(csv->cell[i]),
				csv->at[i]);
	np_record_say(r);
}

static int read_csv(struct np_doc *d)
{
	struct names *names = np_zalloc(&d->keep, sizeof(*names));
	struct np_records *r = np_records_new(d, &words);
	struct np_csv csv = np_csv(d);

	if (!names || !r)
		return NP_ENOMEM;
	if (np_csv_row(&csv))
		for (; names->n < csv.n; names->n++)
			word(csv.cell[names->n], names->name[names->n]);
	while (np_csv_row(&csv))
		say_row(r, names, &csv);
	np_csv_free(&csv);
	np_records_free(r);
	return NP_OK;
}

/* ----------------------------------------------------------------- XML */

struct device {
	struct np_records *r;
	size_t depth; /* of the element that is the device; 0: none is open */
	bool any;
};

/* Values stand in the device's element, or one further in (DeviceId). */
static void end(void *ctx, const struct np_element *e)
{
	struct device *x = ctx;
	const char *own = np_element_name(e, 0);
	char name[64];

	if (x->any && e->depth == x->depth) {
		np_record_say(x->r);
		x->any = false;
	}
	word(np_cur(own, strlen(own)), name);
	if (!e->text.left || !is_known(name) || e->depth < 3)
		return;
	if (!x->any) {
		const char *up = np_element_name(e, 1);

		x->depth = e->depth - (strcmp(up, "DeviceId") == 0 ? 2 : 1);
		np_record_begin(x->r, x->r->d->line);
		x->any = true;
	}
	np_record_keep(x->r, name, e->text, e->at);
}

static int read_xml(struct np_doc *d)
{
	struct np_records *r = np_records_new(d, &words);
	struct device x = {.r = r};
	const struct np_element_reader reader = {.end = end, .ctx = &x};
	int rc;

	if (!r)
		return NP_ENOMEM;
	rc = np_document_xml(d, &reader);
	np_records_free(r);
	return rc;
}

/* ----------------------------------------------------------------- which */

/* "Manufacturer" alone is any inventory's column: TR-069's are OUI and
 * ProductClass together. */
static bool mine(struct np_cur head)
{
	struct np_cur line = np_doc_first_line(head);
	bool oui = false, class = false;
	char name[64];

	if (np_json_has(head, (const char *const[]){"_deviceId", "_OUI",
						    "_ProductClass", NULL}))
		return true;
	if (np_xml_begins(head, "<ProductClass") &&
	    (np_xml_begins(head, "<OUI") ||
	     np_xml_begins(head, "<ManufacturerOUI")))
		return true;
	char mark[2] = {line.cut ? '\0' : np_csv_separator(line), '\0'};

	while (mark[0] && line.left) {
		word(np_doc_until(&line, mark), name);
		oui |= strcmp(name, "oui") == 0 ||
		       strcmp(name, "manufactureroui") == 0;
		class |= strcmp(name, "productclass") == 0;
	}
	return oui && class;
}

static int read_acs(struct np_doc *d)
{
	char c = np_record_opens(d);

	if (c == '{' || c == '[')
		return np_records_json(d, &genie);
	return c == '<' ? read_xml(d) : read_csv(d);
}

const struct np_document np_document_acs = {
	.name = "acs",
	.title = "Exports of auto-configuration servers",
	.spec = "BBF TR-069, TR-098, TR-181; GenieACS",
	.method = "inventory",
	.fields = np_record_fields,
	.subscribers = true,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_acs,
};

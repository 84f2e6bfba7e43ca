/* SPDX-License-Identifier: ISC */
/*
 * Shodan: a line an answer. What it concludes by itself (product, version, cpe)
 * is its word, not the box's, and not taken.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ip_str", NP_RF_IP},
	{"timestamp", NP_RF_TIME},
	{"_shodan.module", NP_RF_SERVICE},
	{"data", NP_RF_ANSWER},
	{"http.server", NP_RF_HTTP_SERVER},
	{"http.title", NP_RF_HTTP_TITLE},
	{"snmp.description", NP_RF_SNMP_SYS_DESCR},
	{"snmp.objectid", NP_RF_SNMP_SYS_OBJECT_ID},
	{"ssl.cert.subject.O", NP_RF_TLS_SUBJECT},
	{"ssl.cert.issuer.O", NP_RF_TLS_ISSUER},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head,
			   (const char *const[]){"ip_str", "_shodan", NULL});
}

static int read_shodan(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_shodan = {
	.name = "shodan",
	.title = "Shodan",
	.spec = "Shodan's banner specification",
	.method = "scan",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_shodan,
};

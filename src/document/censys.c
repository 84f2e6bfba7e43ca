/* SPDX-License-Identifier: ISC */
/*
 * Censys: a record a host, its services in it.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ip", NP_RF_IP},
	{"last_updated_at", NP_RF_TIME},
	{"services.service_name", NP_RF_SERVICE},
	{"services.banner", NP_RF_ANSWER},
	{"services.ssh.endpoint_id.raw", NP_RF_SSH_IDENT},
	{"services.http.response.headers.Server", NP_RF_HTTP_SERVER},
	{"services.http.response.headers.server", NP_RF_HTTP_SERVER},
	{"services.http.response.headers.WWW_Authenticate", NP_RF_HTTP_AUTH},
	{"services.http.response.html_title", NP_RF_HTTP_TITLE},
	{"services.tls.certificates.leaf_data.subject_dn", NP_RF_TLS_SUBJECT},
	{"services.tls.certificates.leaf_data.issuer_dn", NP_RF_TLS_ISSUER},
	{"services.snmp.oid_system.desc", NP_RF_SNMP_SYS_DESCR},
	{"services.snmp.oid_system.object_id", NP_RF_SNMP_SYS_OBJECT_ID},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head, (const char *const[]){"ip", "services",
						       "service_name", NULL});
}

static int read_censys(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_censys = {
	.name = "censys",
	.title = "Censys",
	.spec = "Censys' host records, version 2",
	.method = "scan",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_censys,
};

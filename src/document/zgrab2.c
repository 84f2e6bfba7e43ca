/* SPDX-License-Identifier: ISC */
/*
 * zgrab2: a line a host, an object for each module that it asked.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ip", NP_RF_IP},
	{"data.ssh.result.server_id.raw", NP_RF_SSH_IDENT},
	{"data.telnet.result.banner", NP_RF_TELNET_BANNER},
	{"data.ftp.result.banner", NP_RF_FTP_BANNER},
	{"data.smtp.result.banner", NP_RF_SMTP_BANNER},
	{"data.pop3.result.banner", NP_RF_POP3_BANNER},
	{"data.imap.result.banner", NP_RF_IMAP_BANNER},
	{"data.http.result.response.headers.server", NP_RF_HTTP_SERVER},
	{"data.http.result.response.headers.www_authenticate", NP_RF_HTTP_AUTH},
	{"data.tls.result.handshake_log.server_certificates.certificate.parsed."
	 "subject_dn",
	 NP_RF_TLS_SUBJECT},
	{"data.tls.result.handshake_log.server_certificates.certificate.parsed."
	 "issuer_dn",
	 NP_RF_TLS_ISSUER},
	{"data.http.result.response.request.tls_log.handshake_log.server_"
	 "certificates.certificate.parsed.subject_dn",
	 NP_RF_TLS_SUBJECT},
	{"data.http.result.response.request.tls_log.handshake_log.server_"
	 "certificates.certificate.parsed.issuer_dn",
	 NP_RF_TLS_ISSUER},
	{"data.ssh.timestamp", NP_RF_TIME},
	{"data.http.timestamp", NP_RF_TIME},
	{"data.tls.timestamp", NP_RF_TIME},
	{"data.telnet.timestamp", NP_RF_TIME},
	{"data.ftp.timestamp", NP_RF_TIME},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head,
			   (const char *const[]){"ip", "data", "status", NULL});
}

static int read_zgrab2(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_zgrab2 = {
	.name = "zgrab2",
	.title = "zgrab2",
	.spec = "zgrab2's output schema",
	.method = "scan",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_zgrab2,
};

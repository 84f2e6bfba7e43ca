/* SPDX-License-Identifier: ISC */
/*
 * Zeek's logs, as TSV (`#fields` names the columns) or JSON: what software
 * hosts showed, what DHCP clients sent, certificates. Names of clients are
 * persons' and not taken.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ts", NP_RF_TIME},
	{"host", NP_RF_IP},
	{"software_type", NP_RF_SERVICE},
	{"unparsed_version", NP_RF_ANSWER},
	{"subject", NP_RF_TLS_SUBJECT},
	{"issuer_subject", NP_RF_TLS_ISSUER},
	{"mac", NP_RF_DHCP_MAC},
	{"client_software", NP_RF_DHCP_CLASS},
	{"id.resp_h", NP_RF_IP},
	{"server", NP_RF_SSH_IDENT},
	{"display_string", NP_RF_SNMP_SYS_DESCR},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

#define MAX_COLUMNS 128

struct columns {
	char name[MAX_COLUMNS][64];
	size_t n;
};

static bool mine(struct np_cur head)
{
	return np_ahead(head, "#separator", 10) ||
	       np_json_has(head, (const char *const[]){"ts", "uid", NULL}) ||
	       np_json_has(head, (const char *const[]){"ts", "software_type",
						       NULL}) ||
	       np_json_has(head,
			   (const char *const[]){"ts", "issuer_subject", NULL});
}

static void take_columns(struct columns *to, struct np_cur line)
{
	to->n = 0;
	(void)np_doc_until(&line, "\t");
	while (line.left && to->n < MAX_COLUMNS) {
		struct np_cur v = np_doc_until(&line, "\t");
		size_t n = v.left < 63 ? v.left : 63;

		memcpy(to->name[to->n], v.p, n);
		to->name[to->n++][n] = '\0';
	}
}

static void take_row(struct np_records *r, const struct columns *c,
		     struct np_cur line)
{
	np_record_begin(r, r->d->line);
	for (size_t i = 0; i < c->n && line.left; i++) {
		struct np_cur v = np_doc_until(&line, "\t");

		if (!(v.left == 1 && *v.p == '-'))
			np_record_value(r, c->name[i], v, np_doc_at(r->d, v));
	}
	np_record_pair(r, 0);
	np_record_say(r);
}

static int read_tsv(struct np_doc *d)
{
	struct columns *c = np_zalloc(&d->keep, sizeof(*c));
	struct np_records r = np_records(d, &format);
	struct np_cur line;

	while (c && np_doc_line(d, &line)) {
		if (np_ahead(line, "#fields\t", 8))
			take_columns(c, line);
		if (!line.left || *line.p == '#')
			continue;
		if (c->n)
			take_row(&r, c, line);
		else
			np_doc_bad(d, "a row before its columns are named");
	}
	np_records_free(&r);
	return c ? NP_OK : NP_ENOMEM;
}

static int read_zeek(struct np_doc *d)
{
	np_feed_want(d->r, 1);
	return np_ahead(np_feed_cur(d->r), "#", 1)
		       ? read_tsv(d)
		       : np_records_json(d, &format);
}

const struct np_document np_document_zeek = {
	.name = "zeek",
	.title = "Zeek's logs",
	.spec = "Zeek's log fields, TSV and JSON",
	.method = "log",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_zeek,
};

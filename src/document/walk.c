/* SPDX-License-Identifier: ISC */
/*
 * SNMP walks: what snmpwalk prints (RFC 3416 names and values in net-snmp's
 * text, `OID = TYPE: value`), and snmprec (`OID|TAG|value`, snmpsim).
 *
 * A walk is one host's from its first line to its last.
 */
#include "document/document.h"

enum { SYS_DESCR, SYS_OBJECT_ID, SYS_NAME };
static const char *const fields[] = {
	[SYS_DESCR] = "snmp.sys_descr",
	[SYS_OBJECT_ID] = "snmp.sys_object_id",
	[SYS_NAME] = "snmp.sys_name",
	NULL,
};

struct row {
	struct np_cur oid, value;
};

/* 1.3.6.1.2.1.1.1.0|4|text */
static bool read_row(struct np_cur line, struct row *ret)
{
	struct np_cur tag;

	ret->oid = np_doc_oid(np_doc_until(&line, "|"));
	tag = np_doc_until(&line, "|");
	ret->value = line;
	return ret->oid.left > 4 && !ret->oid.cut && tag.left && tag.left < 4;
}

static bool mine(struct np_cur head)
{
	struct np_cur line;
	struct row r;

	return np_line(&head, &line) && read_row(line, &r);
}

static void take(struct np_doc *d, const struct row *r)
{
	static const struct {
		const char *oid;
		unsigned field;
	} scalars[] = {
		{"1.3.6.1.2.1.1.1.0", SYS_DESCR},
		{"1.3.6.1.2.1.1.2.0", SYS_OBJECT_ID},
		{"1.3.6.1.2.1.1.5.0", SYS_NAME},
	};

	for (size_t i = 0; i < NP_COUNT(scalars); i++)
		if (strlen(scalars[i].oid) == r->oid.left &&
		    np_ahead(r->oid, scalars[i].oid, r->oid.left))
			np_doc_put_at(d, scalars[i].field,
				      np_cur(np_copy(&d->keep, r->value.p,
						     r->value.left),
					     r->value.left),
				      np_doc_at(d, r->value));
}

static int read_walk(struct np_doc *d)
{
	struct np_cur line;
	struct row r;

	np_doc_say(d, NP_SELF, NP_ROUTED);
	while (np_doc_line(d, &line)) {
		if (!line.left)
			continue;
		if (read_row(line, &r))
			take(d, &r);
		else
			np_doc_bad(d, "no row of a walk");
	}
	np_doc_said(d);
	return NP_OK;
}

const struct np_document np_document_walk = {
	.name = "walk",
	.title = "SNMP walks",
	.spec = "RFC 3416; net-snmp's and snmpsim's text",
	.method = "walk",
	.fields = fields,
	.mine = mine,
	.read = read_walk,
};

/* SPDX-License-Identifier: ISC */
/*
 * Arkime sessions: what clients asked a DHCP server with, and no more: names of
 * hosts are persons'.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"dhcp.mac", NP_RF_DHCP_MAC},
	{"dhcp.class", NP_RF_DHCP_CLASS},
	{"firstPacket", NP_RF_TIME},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head, (const char *const[]){"firstPacket", "source",
						       "destination", NULL});
}

static int read_arkime(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_arkime = {
	.name = "arkime",
	.title = "Arkime",
	.spec = "Arkime's session fields",
	.method = "log",
	.fields = np_record_fields,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_arkime,
};

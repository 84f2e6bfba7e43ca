/* SPDX-License-Identifier: ISC */
/*
 * Netdisco's JSON: devices, whose description is what the box said by SNMP and
 * whose vendor and model are what Netdisco made of it; and nodes, addresses
 * that switches saw behind a port. Communities and contacts are not read, nor
 * names of nodes: a node may be anybody's.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	{"ip", NP_RF_IP},
	{"ip", NP_RF_INVENTORY_ADDRESS},
	{"mac", NP_RF_INVENTORY_MAC},
	{"description", NP_RF_SNMP_SYS_DESCR},
	{"vendor", NP_RF_INVENTORY_VENDOR},
	{"model", NP_RF_INVENTORY_MODEL},
	{"serial", NP_RF_INVENTORY_SERIAL},
	{"os_ver", NP_RF_INVENTORY_SOFTWARE},
	{"name", NP_RF_INVENTORY_NAME},
	{"location", NP_RF_INVENTORY_SITE},
	{"last_discover", NP_RF_TIME},
	{"time_last", NP_RF_TIME},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head,
			   (const char *const[]){"ip", "os_ver",
						 "last_discover", NULL}) ||
	       np_json_has(head, (const char *const[]){"mac", "switch", "port",
						       "time_last", NULL});
}

static int read_netdisco(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_netdisco = {
	.name = "netdisco",
	.title = "Netdisco",
	.spec = "Netdisco's tables device and node, as JSON",
	.method = "inventory",
	.fields = np_record_fields,
	.typed = true,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_netdisco,
};

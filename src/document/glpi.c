/* SPDX-License-Identifier: ISC */
/*
 * GLPI: what its agent wrote of a network device or a computer (its inventory
 * format), and items as its interface exports them, names in the place of
 * numbers. Users, groups, contacts and comments are not read, and of a computer
 * not its name.
 */
#include "document/records.h"

static const struct np_record_row rows[] = {
	/* a network device, asked by SNMP */
	{"content.network_device.manufacturer", NP_RF_INVENTORY_VENDOR},
	{"content.network_device.model", NP_RF_INVENTORY_MODEL},
	{"content.network_device.serial", NP_RF_INVENTORY_SERIAL},
	{"content.network_device.firmware", NP_RF_INVENTORY_SOFTWARE},
	{"content.network_device.name", NP_RF_INVENTORY_NAME},
	{"content.network_device.location", NP_RF_INVENTORY_SITE},
	{"content.network_device.mac", NP_RF_INVENTORY_MAC},
	{"content.network_device.ips", NP_RF_INVENTORY_ADDRESS},
	{"content.network_device.ips", NP_RF_IP},
	{"content.network_device.description", NP_RF_SNMP_SYS_DESCR},
	/* a computer */
	{"content.bios.smanufacturer", NP_RF_INVENTORY_VENDOR},
	{"content.bios.smodel", NP_RF_INVENTORY_MODEL},
	{"content.bios.ssn", NP_RF_INVENTORY_SERIAL},
	/* an item */
	{"manufacturers_id", NP_RF_INVENTORY_VENDOR},
	{"networkequipmentmodels_id", NP_RF_INVENTORY_MODEL},
	{"phonemodels_id", NP_RF_INVENTORY_MODEL},
	{"peripheralmodels_id", NP_RF_INVENTORY_MODEL},
	{"computermodels_id", NP_RF_INVENTORY_MODEL},
	{"serial", NP_RF_INVENTORY_SERIAL},
	{"name", NP_RF_INVENTORY_NAME},
	{"locations_id", NP_RF_INVENTORY_SITE},
	{"date_mod", NP_RF_TIME},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static bool mine(struct np_cur head)
{
	return np_json_has(head, (const char *const[]){"manufacturers_id",
						       "serial", NULL}) ||
	       np_json_has(head,
			   (const char *const[]){"deviceid", "content",
						 "versionclient", NULL}) ||
	       np_json_has(head, (const char *const[]){"network_device",
						       "content", NULL});
}

static int read_glpi(struct np_doc *d)
{
	return np_records_json(d, &format);
}

const struct np_document np_document_glpi = {
	.name = "glpi",
	.title = "GLPI",
	.spec = "GLPI's inventory format, GLPI's items as JSON",
	.method = "inventory",
	.fields = np_record_fields,
	.typed = true,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_glpi,
};

/* SPDX-License-Identifier: ISC */
/*
 * GLPI: what its agent wrote of a network device or a computer, as JSON (its
 * inventory format) or, as FusionInventory before it, as XML; and items as its
 * interface exports them, names in the place of numbers. Users, groups,
 * contacts and comments are not read, and of a computer not its name.
 */
#include "document/records.h"
#include "document/xml.h"
#include <stdio.h>

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
	/* XML: the element, and the one that it stands in */
	{"INFO.MANUFACTURER", NP_RF_INVENTORY_VENDOR},
	{"INFO.MODEL", NP_RF_INVENTORY_MODEL},
	{"INFO.SERIAL", NP_RF_INVENTORY_SERIAL},
	{"INFO.FIRMWARE", NP_RF_INVENTORY_SOFTWARE},
	{"INFO.NAME", NP_RF_INVENTORY_NAME},
	{"INFO.LOCATION", NP_RF_INVENTORY_SITE},
	{"INFO.MAC", NP_RF_INVENTORY_MAC},
	{"IPS.IP", NP_RF_INVENTORY_ADDRESS},
	{"IPS.IP", NP_RF_IP},
	{"INFO.COMMENTS", NP_RF_SNMP_SYS_DESCR},
	{"BIOS.SMANUFACTURER", NP_RF_INVENTORY_VENDOR},
	{"BIOS.SMODEL", NP_RF_INVENTORY_MODEL},
	{"BIOS.SSN", NP_RF_INVENTORY_SERIAL},
};
static const struct np_record_format format = {rows, NP_COUNT(rows)};

static void begin(void *ctx, const struct np_element *e)
{
	struct np_records *r = ctx;

	if (np_element_is(e, "DEVICE") || np_element_is(e, "CONTENT"))
		np_record_begin(r, r->d->line);
}

/* A network device is a DEVICE, a computer all of CONTENT. */
static void end(void *ctx, const struct np_element *e)
{
	struct np_records *r = ctx;
	const char *up = np_element_name(e, 1);
	char path[2 * NP_DX_NAME];

	if (np_element_is(e, "DEVICE") || np_element_is(e, "CONTENT")) {
		if (r->n)
			np_record_say(r);
		np_record_begin(r, r->d->line);
		return;
	}
	if (strcmp(up, "INFO") != 0 && strcmp(up, "IPS") != 0 &&
	    strcmp(up, "BIOS") != 0)
		return;
	(void)snprintf(path, sizeof(path), "%s.%s", up, np_element_name(e, 0));
	np_record_keep(r, path, e->text, e->at);
}

static int read_xml(struct np_doc *d)
{
	struct np_records *r = np_records_new(d, &format);
	const struct np_element_reader reader = {begin, end, r};
	int rc;

	if (!r)
		return NP_ENOMEM;
	rc = np_document_xml(d, &reader);
	np_records_free(r);
	return rc;
}

static bool mine(struct np_cur head)
{
	return (np_xml_begins(head, "<REQUEST") &&
		np_xml_begins(head, "<CONTENT")) ||
	       np_json_has(head, (const char *const[]){"manufacturers_id",
						       "serial", NULL}) ||
	       np_json_has(head,
			   (const char *const[]){"deviceid", "content",
						 "versionclient", NULL}) ||
	       np_json_has(head, (const char *const[]){"network_device",
						       "content", NULL});
}

static int read_glpi(struct np_doc *d)
{
	return np_record_opens(d) == '<' ? read_xml(d)
					 : np_records_json(d, &format);
}

const struct np_document np_document_glpi = {
	.name = "glpi",
	.title = "GLPI",
	.spec = "GLPI's inventory format, FusionInventory's XML, GLPI's items",
	.method = "inventory",
	.fields = np_record_fields,
	.typed = true,
	.line_max = NP_RECORD_SIZE,
	.mine = mine,
	.read = read_glpi,
};

/* SPDX-License-Identifier: ISC */
/* What a DHCP server wrote down of a client. */
#include "document/lease.h"
#include "proto/lib/ont.h"

const char *const np_lease_fields[] = {
	[NP_LF_MAC] = "dhcp.client_mac",
	[NP_LF_CLIENT_ID] = "dhcp.client_id",
	[NP_LF_CLASS] = "dhcp.vendor_class",
	[NP_LF_HOST_NAME] = "dhcp.host_name",
	[NP_LF_CIRCUIT_ID] = "dhcp.circuit_id",
	[NP_LF_ONT] = "dhcp.ont_vendor_id",
	[NP_LF_DUID] = "dhcpv6.client_duid",
	[NP_LF_MAC6] = "dhcpv6.client_mac",
	[NP_LF_CLASS6] = "dhcpv6.vendor_class",
	[NP_LF_NAME6] = "dhcpv6.fqdn",
	[NP_LF_NFIELDS] = NULL,
};

static void put_hex(struct np_doc *d, unsigned field, struct np_cur v)
{
	np_doc_put_at(d, field, np_doc_in_hex(v, &d->mem), d->line_at);
}

/* RFC 4361: an identifier that holds an address is a name of the box; any other
 * is what somebody made up, a subscriber's serial number perhaps. */
static void put_client(struct np_doc *d, const struct np_lease *l)
{
	struct np_cur v = l->client;

	put_hex(d, l->six ? NP_LF_DUID : NP_LF_CLIENT_ID, v);
	if (l->six) {
		np_key_duid(&d->out, v);
	} else if (v.left > 5 && v.p[0] == 255) {
		np_skip(&v, 5);
		np_key_duid(&d->out, v);
	} else if (!(v.left == 7 && v.p[0] == 1)) {
		np_doc_person(d);
	}
}

static void put_name(struct np_doc *d, const struct np_lease *l)
{
	if (l->six)
		put_hex(d, NP_LF_NAME6, l->name);
	else
		np_doc_put_at(d, NP_LF_HOST_NAME, l->name, d->line_at);
}

void np_lease_put_ont(struct np_doc *d, unsigned field, struct np_cur ont)
{
	unsigned id = (unsigned)d->id[field];

	d->out.proto = np_protos[id >> 8];
	d->out.base = ont.p;
	d->out.base_n = ont.left;
	d->out.origin = d->line_at;
	np_emit_ont_vendor(&d->out, id & 0xff, ont);
}

void np_lease_behind(struct np_doc *d, uint64_t line, int64_t first,
		     int64_t last)
{
	np_doc_say(d, NP_THIRD, NP_RELAYED);
	np_doc_place(d, line);
	np_doc_time(d, first, last);
	d->stats.records--; /* of the same record */
}

/* An ONU in the name of a line is behind whoever wrote it there. */
static void say_ont(struct np_doc *d, const struct np_lease *l)
{
	struct np_cur ont = np_find_ont(l->circuit);

	if (!ont.left || l->six)
		return;
	np_lease_behind(d, l->line, l->first, l->last);
	np_lease_put_ont(d, NP_LF_ONT, ont);
	np_doc_said(d);
}

void np_lease_say(struct np_doc *d, const struct np_lease *l)
{
	np_doc_say(d, NP_SELF, NP_RELAYED);
	np_doc_place(d, l->line);
	np_doc_time(d, l->first, l->last);
	np_doc_put_at(d, l->six ? NP_LF_MAC6 : NP_LF_MAC, l->mac, d->line_at);
	np_doc_put_at(d, l->six ? NP_LF_CLASS6 : NP_LF_CLASS, l->class,
		      d->line_at);
	if (l->client.left)
		put_client(d, l);
	put_name(d, l);
	if (!l->six)
		put_hex(d, NP_LF_CIRCUIT_ID, l->circuit);
	np_doc_said(d);
	say_ont(d, l);
}

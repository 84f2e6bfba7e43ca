/* SPDX-License-Identifier: ISC */
/*
 * FreeRADIUS' detail files (rlm_detail): a packet is its time, then an
 * attribute a line, by the names of its dictionaries, then an empty line.
 *
 *	Thu Nov 26 10:00:00 2026
 *		NAS-Identifier = "bng-7"
 *		Huawei-Product-ID = "ME60"
 *		Timestamp = 1795687200
 *
 * Servers write down what access servers asked them, and what they answered.
 * An answer, which has no NAS in it, says nothing of anybody. Users, their
 * stations, lines and addresses are counted and not kept.
 */
#include "document/lease.h"
#include "proto/lib/ont.h"

enum {
	NAS_IP,
	NAS_IPV6,
	NAS_IDENTIFIER,
	VENDOR_ID,
	HUAWEI_VERSION,
	HUAWEI_PRODUCT_ID,
	HUAWEI_GATEWAY_VENDOR,
	HUAWEI_GATEWAY_VERSION,
	IMEISV,
	HUAWEI_STARTUP_STAMP,
	HUAWEI_LOOPBACK,
	HUAWEI_ORIGINAL_NAS,
	H3C_PRODUCT_ID,
	SGSN_ADDRESS,
	GGSN_ADDRESS,
	CALLED_STATION,
	ROLE,
	USER,
	ONT_VENDOR_ID,
	NFIELDS
};
static const char *const fields[] = {
	[NAS_IP] = "radius.nas_ip",
	[NAS_IPV6] = "radius.nas_ipv6",
	[NAS_IDENTIFIER] = "radius.nas_identifier",
	[VENDOR_ID] = "radius.vendor_id",
	[HUAWEI_VERSION] = "radius.huawei_version",
	[HUAWEI_PRODUCT_ID] = "radius.huawei_product_id",
	[HUAWEI_GATEWAY_VENDOR] = "radius.huawei_gateway_vendor",
	[HUAWEI_GATEWAY_VERSION] = "radius.huawei_gateway_version",
	[IMEISV] = "radius.imeisv",
	[HUAWEI_STARTUP_STAMP] = "radius.huawei_startup_stamp",
	[HUAWEI_LOOPBACK] = "radius.huawei_loopback",
	[HUAWEI_ORIGINAL_NAS] = "radius.huawei_original_nas",
	[H3C_PRODUCT_ID] = "radius.h3c_product_id",
	[SGSN_ADDRESS] = "radius.sgsn_address",
	[GGSN_ADDRESS] = "radius.ggsn_address",
	[CALLED_STATION] = "radius.called_station",
	[ROLE] = "radius.role",
	[USER] = "radius.user",
	[ONT_VENDOR_ID] = "radius.ont_vendor_id",
	[NFIELDS] = NULL,
};

/* By FreeRADIUS' dictionaries. Not the access server's own: IMEISV. */
static const struct {
	const char *name;
	unsigned field;
} attributes[] = {
	{"NAS-IP-Address", NAS_IP},
	{"NAS-IPv6-Address", NAS_IPV6},
	{"NAS-Identifier", NAS_IDENTIFIER},
	{"Huawei-Version", HUAWEI_VERSION},
	{"Huawei-Product-ID", HUAWEI_PRODUCT_ID},
	{"Huawei-GGSN-Vendor", HUAWEI_GATEWAY_VENDOR},
	{"Huawei-GGSN-Version", HUAWEI_GATEWAY_VERSION},
	{"Huawei-Startup-Stamp", HUAWEI_STARTUP_STAMP},
	{"Huawei-Loopback-Address", HUAWEI_LOOPBACK},
	{"Huawei-Original_NAS-IP_Address", HUAWEI_ORIGINAL_NAS},
	{"H3C-Product-ID", H3C_PRODUCT_ID},
	{"3GPP-SGSN-Address", SGSN_ADDRESS},
	{"3GPP-GGSN-Address", GGSN_ADDRESS},
	{"Called-Station-Id", CALLED_STATION},
	{"3GPP-IMEISV", IMEISV},
	/* who it is for */
	{"User-Name", USER},
	{"Calling-Station-Id", USER},
	{"Framed-IP-Address", USER},
	{"Framed-IPv6-Prefix", USER},
	{"Framed-IPv6-Address", USER},
	{"Framed-Interface-Id", USER},
	{"Delegated-IPv6-Prefix", USER},
	{"Framed-Route", USER},
	{"NAS-Port-Id", USER},
	{"Chargeable-User-Identity", USER},
	{"ADSL-Agent-Circuit-Id", USER},
	{"ADSL-Agent-Remote-Id", USER},
	{"3GPP-IMSI", USER},
	{"User-Password", USER},
	{"CHAP-Password", USER},
};

/* Enterprise numbers by what the dictionaries put before a vendor's attributes.
 */
static const struct {
	const char *prefix, *number;
} vendors[] = {
	{"Huawei-", "2011"},	 {"H3C-", "25506"},
	{"ZTE-", "3902"},	 {"3GPP-", "10415"},
	{"ADSL-", "3561"},	 {"Cisco-", "9"},
	{"Juniper-", "2636"},	 {"ERX-", "4874"},
	{"Alc-", "6527"},	 {"Redback-", "2352"},
	{"Mikrotik-", "14988"},	 {"Aruba-", "14823"},
	{"Ruckus-", "25053"},	 {"Airespace-", "14179"},
	{"Foundry-", "1991"},	 {"Extreme-", "1916"},
	{"HP-", "11"},		 {"Nomadix-", "3309"},
	{"WISPr-", "14122"},	 {"MS-", "311"},
	{"Ubiquiti-", "41112"},	 {"Ericsson-", "193"},
	{"Nokia-", "94"},	 {"Starent-", "8164"},
	{"Hikvision-", "39165"},
};

#define MAX_VALUES 64
enum { TAC_DIGITS = 8 }; /* 3GPP TS 23.003 6.2.1 */

/* One packet while it is read. */
struct packet {
	struct np_doc *d;
	struct np_arena mem;
	struct {
		unsigned field;
		struct np_cur v;
		uint64_t at;
	} value[MAX_VALUES];
	size_t n;
	struct np_cur ont, sender;
	bool nas, answer, begun;
	int64_t time;
	uint64_t line;
};

static void begin(struct packet *p)
{
	np_arena_reset(&p->mem);
	p->n = 0;
	p->ont = p->sender = np_cur(NULL, 0);
	p->nas = p->answer = false;
	p->begun = true;
	p->time = NP_NEVER;
	p->line = p->d->line;
}

static void say_behind(struct packet *p, unsigned field, struct np_cur v,
		       uint64_t at)
{
	if (!v.left)
		return;
	np_lease_behind(p->d, p->line, p->time, p->time);
	np_doc_put_at(p->d, field, v, at);
	np_doc_said(p->d);
}

/* Of it the letters of its maker. */
static void say_ont(struct packet *p)
{
	if (!p->ont.left)
		return;
	np_lease_behind(p->d, p->line, p->time, p->time);
	np_lease_put_ont(p->d, ONT_VENDOR_ID, p->ont);
	np_doc_said(p->d);
}

/* RFC 2865 2.3: who sent it need not be who it is of. */
static enum np_reach reach(const struct packet *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->value[i].field <= NAS_IPV6 && p->sender.left &&
		    np_same(p->value[i].v, p->sender))
			return NP_ROUTED;
	return NP_RELAYED;
}

/* What an access server asked, said as its own; then what is behind it. */
static void say(struct packet *p)
{
	struct np_doc *d = p->d;
	bool own = p->nas && !p->answer;

	np_doc_say(d, NP_SELF, reach(p));
	np_doc_place(d, p->line);
	np_doc_time(d, p->time, p->time);
	for (size_t i = 0; i < p->n; i++)
		if (p->value[i].field != IMEISV &&
		    (own || p->value[i].field == USER))
			np_doc_put_at(d, p->value[i].field, p->value[i].v,
				      p->value[i].at);
	if (own)
		np_doc_put_at(d, ROLE, np_cur("NAS", 3), d->line_at);
	np_doc_said(d);
	for (size_t i = 0; own && i < p->n; i++)
		if (p->value[i].field == IMEISV)
			say_behind(p, IMEISV, p->value[i].v, p->value[i].at);
	say_ont(p);
}

static void end(struct packet *p)
{
	if (p->begun)
		say(p);
	p->begun = false;
}

static void keep(struct packet *p, unsigned field, struct np_cur v)
{
	const uint8_t *copy = np_copy(&p->mem, v.p, v.left);

	if (!copy || !v.left || p->n == MAX_VALUES)
		return;
	p->value[p->n].field = field;
	p->value[p->n].v = np_cur(copy, v.left);
	p->value[p->n++].at = np_doc_at(p->d, v);
}

static void keep_vendor(struct packet *p, struct np_cur name)
{
	for (size_t i = 0; i < NP_COUNT(vendors); i++) {
		const char *number = vendors[i].number;

		if (!np_ahead(name, vendors[i].prefix,
			      strlen(vendors[i].prefix)))
			continue;
		for (size_t k = 0; k < p->n; k++)
			if (p->value[k].field == VENDOR_ID &&
			    np_is(p->value[k].v, number))
				return;
		keep(p, VENDOR_ID, np_cur(number, strlen(number)));
	}
}

/* An ONU's serial number in the name of a line: octets, in hex. */
static void find_ont(struct packet *p, struct np_cur name, struct np_cur v)
{
	if (!np_ahead(name, "ADSL-Agent-", 11) || p->ont.left)
		return;
	p->ont = np_find_ont(
		np_ahead(v, "0x", 2)
			? np_doc_octets(v, &p->mem)
			: np_cur(np_copy(&p->mem, v.p, v.left), v.left));
}

static void take_named(struct packet *p, struct np_cur name, struct np_cur v)
{
	for (size_t i = 0; i < NP_COUNT(attributes); i++) {
		unsigned f = attributes[i].field;

		if (!np_is(name, attributes[i].name))
			continue;
		if (f == USER)
			find_ont(p, name, v);
		if (f == IMEISV && v.left < TAC_DIGITS)
			return;
		p->nas |= f == NAS_IP || f == NAS_IPV6 || f == NAS_IDENTIFIER;
		/* Whose it is is nobody's: that it was there is counted. */
		keep(p, f,
		     f == USER	   ? np_cur("-", 1)
		     : f == IMEISV ? np_sub(&v, TAC_DIGITS)
				   : v);
		return;
	}
}

static void take(struct packet *p, struct np_cur line)
{
	struct np_cur name = np_trim(np_doc_until(&line, "=")), v;

	/* "Attr := value", "+=": of lists in a dump */
	if (name.left && strchr(":+", name.p[name.left - 1]))
		name.left--;
	name = np_trim(name);
	v = np_trim(line);
	if (np_ahead(v, "\"", 1)) {
		if (v.left < 2 || v.p[v.left - 1] != '"')
			return; /* cut off */
		v = np_cur(v.p + 1, v.left - 2);
	}
	if (np_is(name, "Timestamp"))
		p->time = np_doc_when(v);
	p->answer |= np_is(name, "Packet-Type") &&
		     np_find(v, "-Request", 8) == SIZE_MAX;
	if (np_is(name, "Packet-Src-IP-Address") ||
	    np_is(name, "Client-IP-Address"))
		p->sender = np_cur(np_copy(&p->mem, v.p, v.left), v.left);
	keep_vendor(p, name);
	take_named(p, name, v);
}

/* "Thu Nov 26 10:00:00 2026" */
static bool is_date(struct np_cur line)
{
	return line.left == 24 && line.p[3] == ' ' && line.p[7] == ' ' &&
	       line.p[13] == ':' && line.p[16] == ':' && line.p[19] == ' ';
}

static bool mine(struct np_cur head)
{
	struct np_cur line = {.cut = true};

	while (np_line(&head, &line) && !line.left)
		;
	return !line.cut && is_date(line) && np_line(&head, &line) &&
	       np_ahead(line, "\t", 1) && np_find(line, " = ", 3) != SIZE_MAX;
}

static int read_detail(struct np_doc *d)
{
	struct packet *p = np_zalloc(&d->keep, sizeof(*p));
	struct np_cur line;

	if (!p)
		return NP_ENOMEM;
	p->d = d;
	p->mem = np_arena(NP_FRAME_ARENA);
	while (np_doc_line(d, &line)) {
		if (is_date(line)) {
			end(p);
			begin(p);
		} else if (!line.left) {
			end(p);
		} else if (p->begun && *line.p == '\t') {
			take(p, line);
		} else {
			np_doc_bad(d, "neither a time nor an attribute");
		}
	}
	end(p);
	np_arena_free(&p->mem);
	return NP_OK;
}

const struct np_document np_document_detail = {
	.name = "detail",
	.title = "FreeRADIUS' detail files",
	.spec = "rlm_detail(5), FreeRADIUS' dictionaries",
	.method = "log",
	.fields = fields,
	.mine = mine,
	.read = read_detail,
};

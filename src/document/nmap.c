/* SPDX-License-Identifier: ISC */
/*
 * nmap -oX: what hosts answered to its probes and scripts (nmap.dtd). A service
 * whose method is "table" is a guess from the port number and says nothing;
 * what nmap concludes of an operating system is its guess, and is not taken. A
 * host that is down was asked and did not answer.
 *
 * An address of the link is the host's own only where nmap stood on its link:
 * it gives one only then.
 */
#include "document/records.h"
#include "document/xml.h"

/* Scripts whose output is what the host said. */
static const struct {
	const char *id;
	unsigned field;
} scripts[] = {
	{"http-title", NP_RF_HTTP_TITLE},
	{"http-server-header", NP_RF_HTTP_SERVER},
	{"snmp-sysdescr", NP_RF_SNMP_SYS_DESCR},
	{"banner", NP_RF_ANSWER},
};

/* What a certificate's script says, by the tables around its values. */
static const struct {
	const char *key;
	unsigned field;
} certificate[] = {
	{"subject", NP_RF_TLS_SUBJECT},
	{"issuer", NP_RF_TLS_ISSUER},
};

struct nmap {
	struct np_doc *d;
	struct np_records r;
	size_t of_port; /* its first value; SIZE_MAX: of the host */
	bool down;
	char script[64];
	unsigned table;	    /* the certificate's table that is open */
	struct np_buf name; /* "CN=x, O=y" as it grows */
	uint64_t name_at;
};

/* Beside the table: the value that follows has no short name. */
#define SKIP 0x100u

static const struct np_record_format no_rows = {NULL, 0};

/* A value that outlives the element. */
static void add(struct nmap *x, unsigned field, struct np_cur v, uint64_t at)
{
	const void *p = v.cut || !v.left || x->r.n == NP_RECORD_HITS
				? NULL
				: np_copy(&x->r.mem, v.p, v.left);

	if (p)
		x->r.hit[x->r.n++] =
			(struct np_hit){field, np_cur(p, v.left), at};
}

static bool has(const struct np_element *e, const char *name, const char *want)
{
	struct np_cur v = np_element_attribute(e, name);

	return !v.cut && v.left == strlen(want) && np_ahead(v, want, v.left);
}

static void begin_host(struct nmap *x, const struct np_element *e)
{
	np_record_begin(&x->r, x->d->line);
	x->of_port = SIZE_MAX;
	x->down = false;
	add(x, NP_RF_TIME, np_element_attribute(e, "starttime"), e->at);
}

static void take_address(struct nmap *x, const struct np_element *e)
{
	struct np_cur v = np_element_attribute(e, "addr");

	if (!has(e, "addrtype", "mac")) {
		add(x, NP_RF_IP, v, e->at);
		return;
	}
	add(x, NP_RF_MAC, v, e->at);
	add(x, NP_RF_INVENTORY_MAC, v, e->at);
}

/* The answer to a probe, not a number's name in a table. */
static void take_service(struct nmap *x, const struct np_element *e)
{
	if (has(e, "method", "probed"))
		add(x, NP_RF_SERVICE, np_element_attribute(e, "name"), e->at);
}

static void take_script(struct nmap *x, const struct np_element *e)
{
	struct np_cur id = np_element_attribute(e, "id");
	size_t n = id.cut ? 0 : id.left < 63 ? id.left : 63;

	if (n) /* without the attribute there is no text to copy from */
		memcpy(x->script, id.p, n);
	x->script[n] = '\0';
	for (size_t i = 0; i < NP_COUNT(scripts); i++)
		if (strcmp(scripts[i].id, x->script) == 0)
			add(x, scripts[i].field,
			    np_element_attribute(e, "output"), e->at);
}

static void begin_table(struct nmap *x, const struct np_element *e)
{
	if (strcmp(x->script, "ssl-cert") != 0)
		return;
	x->table = NP_RF_NOTHING;
	for (size_t i = 0; i < NP_COUNT(certificate); i++)
		if (has(e, "key", certificate[i].key))
			x->table = certificate[i].field;
	np_buf_clear(&x->name);
	x->name_at = e->at;
}

/* Short names of attributes (RFC 4514, section 3). */
static const char *short_name(struct np_cur key)
{
	static const struct {
		const char *name, *abbreviated;
	} names[] = {
		{"commonName", "CN"},
		{"organizationName", "O"},
		{"organizationalUnitName", "OU"},
		{"countryName", "C"},
		{"localityName", "L"},
		{"stateOrProvinceName", "ST"},
	};

	for (size_t i = 0; i < NP_COUNT(names); i++)
		if (strlen(names[i].name) == key.left &&
		    np_ahead(key, names[i].name, key.left))
			return names[i].abbreviated;
	return NULL;
}

static void begin(void *ctx, const struct np_element *e)
{
	struct nmap *x = ctx;

	if (np_element_is(e, "host"))
		begin_host(x, e);
	else if (np_element_is(e, "status"))
		x->down = has(e, "state", "down");
	else if (np_element_is(e, "address"))
		take_address(x, e);
	else if (np_element_is(e, "port"))
		x->of_port = x->r.n;
	else if (np_element_is(e, "service"))
		take_service(x, e);
	else if (np_element_is(e, "script"))
		take_script(x, e);
	else if (np_element_is(e, "table"))
		begin_table(x, e);
	else if (np_element_is(e, "elem") && x->table != NP_RF_NOTHING) {
		struct np_cur key = np_element_attribute(e, "key");
		const char *k = key.cut ? NULL : short_name(key);

		if (k)
			np_putf(&x->name, "%s%s=", x->name.n ? ", " : "", k);
		x->table |= k ? 0 : SKIP;
	}
}

static void end(void *ctx, const struct np_element *e)
{
	struct nmap *x = ctx;

	if (np_element_is(e, "elem") && x->table != NP_RF_NOTHING) {
		if (!(x->table & SKIP))
			np_put(&x->name, e->text.p, e->text.left);
		x->table &= ~SKIP;
	} else if (np_element_is(e, "table") && x->table != NP_RF_NOTHING) {
		add(x, x->table, np_cur(x->name.p, x->name.n), x->name_at);
		x->table = NP_RF_NOTHING;
	} else if (np_element_is(e, "script")) {
		x->script[0] = '\0';
	} else if (np_element_is(e, "port")) {
		np_record_pair(&x->r, x->of_port);
		x->of_port = SIZE_MAX;
	} else if (np_element_is(e, "host")) {
		x->d->stats.absent += x->down;
		np_record_say(&x->r);
	}
}

static bool mine(struct np_cur head)
{
	return np_xml_begins(head, "<nmaprun");
}

static int read_nmap(struct np_doc *d)
{
	struct nmap x = {
		.d = d,
		.r = np_records(d, &no_rows),
		.table = NP_RF_NOTHING,
		.name = np_buf(4096),
	};
	const struct np_element_reader r = {
		.begin = begin, .end = end, .ctx = &x};
	int rc = np_document_xml(d, &r);

	np_buf_free(&x.name);
	np_records_free(&x.r);
	return rc;
}

const struct np_document np_document_nmap = {
	.name = "nmap",
	.title = "nmap",
	.spec = "nmap.dtd",
	.method = "scan",
	.fields = np_record_fields,
	.mine = mine,
	.read = read_nmap,
};

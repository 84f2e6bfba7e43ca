/* SPDX-License-Identifier: ISC */
/*
 * The inventory: what the operator states of single boxes. A column is a key
 * (serial, mac, name, ip), a place, or a fact that some rule asks for, by the
 * fact's name in knowledge/jurisdictions.yaml. Other columns are not kept.
 */
#include "place/inside.h"
#include "place/rows.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>

enum { LABEL, SITE, NAME, MAC, SERIAL, IP, FUNCTION, CIRCUIT, LINE, FACTS, N };

/* Written plain (np_plain). */
static const struct {
	const char *name;
	unsigned field;
} columns[] = {
	{"device", LABEL},	{"label", LABEL},
	{"asset", LABEL},	{"assettag", LABEL},
	{"site", SITE},		{"siteid", SITE},
	{"sitecode", SITE},	{"name", NAME},
	{"hostname", NAME},	{"devicename", NAME},
	{"sysname", NAME},	{"mac", MAC},
	{"macaddress", MAC},	{"basemac", MAC},
	{"serial", SERIAL},	{"serialnumber", SERIAL},
	{"sn", SERIAL},		{"ip", IP},
	{"ipaddress", IP},	{"address", IP},
	{"managementip", IP},	{"managementaddress", IP},
	{"function", FUNCTION}, {"circuit", CIRCUIT},
	{"circuitid", CIRCUIT}, {"inventoryline", LINE},
};

/* What people call a fact. */
static const struct {
	const char *name, *fact;
} others[] = {
	{"radiogeneration", "generation"},
	{"mobilegeneration", "generation"},
	{"dateobtained", "obtained"},
	{"obtainedon", "obtained"},
	{"manages", "manages"},
	{"productionplace", "production_place"},
	{"placeofproduction", "production_place"},
	{"madein", "production_place"},
	{"ownerhome", "owner_home"},
	{"customers", "customers"},
	{"customercount", "customers"},
	{"homeofowner", "owner_home"},
};

struct table {
	struct np_places *p;
	const char *path;
	struct np_err *err;
	size_t column[N];	     /* from 1; 0: there is none */
	size_t fact[NP_STOCK_FACTS]; /* the same of facts */
	struct np_buf passed;	     /* columns that nobody asked for */
	bool headed;
	bool *book;
};

/* ---- the head */

static void add_fact(struct table *t, const char *name, size_t column)
{
	struct np_stock_book *b = &t->p->stock;
	bool ok = b->nfacts < NP_STOCK_FACTS;

	for (size_t i = 0; ok && i < b->nfacts; i++)
		ok = strcmp(b->fact[i], name) != 0;
	if (!ok)
		return;
	t->fact[b->nfacts] = column;
	b->law[b->nfacts] = np_place_fact(t->p->law, name, false);
	b->fact[b->nfacts++] = name;
}

static bool take_column(struct table *t, const char *name, size_t column)
{
	const struct np_law_fact *f;

	for (size_t k = 0; k < NP_COUNT(columns); k++) {
		if (strcmp(columns[k].name, name) != 0)
			continue;
		if (!t->column[columns[k].field])
			t->column[columns[k].field] = column;
		return true;
	}
	for (size_t k = 0; k < NP_COUNT(others); k++) {
		if (strcmp(others[k].name, name) != 0)
			continue;
		add_fact(t, others[k].fact, column);
		return true;
	}
	f = np_place_fact(t->p->law, name, true);
	if (f)
		add_fact(t, f->name, column);
	return f != NULL;
}

static int take_head(struct table *t, const struct np_cur *cell, size_t n,
		     uint64_t line)
{
	char name[64];

	t->headed = true;
	for (size_t i = 0; i < n; i++) {
		struct np_cur c = np_trim_space(cell[i]);

		if (!np_plain((const char *)c.p, c.left, name) ||
		    take_column(t, name, i + 1))
			continue;
		np_puts(&t->passed, t->passed.n ? ", " : "");
		np_putterm(&t->passed, c.p, c.left);
	}
	if (!t->column[NAME] && !t->column[MAC] && !t->column[SERIAL] &&
	    !t->column[IP])
		return np_row_fail(t->path, line, 0,
				   "expected a first row with a column name, "
				   "mac, serial or ip",
				   t->err);
	if (t->passed.n && !t->column[LINE] &&
	    !np_note(t->p, t->path, line, "columns that no rule asks for: %s",
		     t->passed.p))
		return np_no_memory(t->path, t->err);
	return NP_OK;
}

/* ---- keys */

static const char *spell_ip(const char *v, size_t n, char buf[static 256])
{
	uint8_t ip[16];
	int family;

	memcpy(buf, v, n);
	buf[n] = '\0';
	buf[strcspn(buf, "/%")] = '\0';
	family = strchr(buf, ':') ? AF_INET6 : AF_INET;
	return inet_pton(family, buf, ip) == 1 ? inet_ntop(family, ip, buf, 256)
					       : NULL;
}

const char *np_stock_spell(enum np_stock_key k, const char *v, size_t n,
			   char buf[static 256], size_t *ret_n)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t mac[6];

	if (!n || n > 255)
		return NULL;
	if (k == NP_SK_IP) {
		if (!spell_ip(v, n, buf))
			return NULL;
		*ret_n = strlen(buf);
		return buf;
	}
	if (k == NP_SK_MAC) {
		if (!np_read_mac(v, n, mac))
			return NULL;
		for (size_t i = 0; i < 12; i++)
			buf[i] = hex[mac[i / 2] >> (i % 2 ? 0 : 4) & 15];
		buf[12] = '\0';
		*ret_n = 12;
		return buf;
	}
	for (size_t i = 0; i < n; i++)
		buf[i] = k == NP_SK_NAME ? (char)tolower((unsigned char)v[i])
					 : (char)toupper((unsigned char)v[i]);
	buf[n] = '\0';
	*ret_n = n;
	return buf;
}

static int add_key(struct table *t, enum np_stock_key k, const char *v,
		   uint32_t row, uint64_t line, size_t column)
{
	static const char *const wrong[NP_SK_N] = {
		[NP_SK_SERIAL] = "expected a serial number",
		[NP_SK_MAC] = "expected a MAC address: 00:00:5e:00:53:01",
		[NP_SK_NAME] = "expected a name of at most 255 octets",
		[NP_SK_IP] = "expected an address: 192.0.2.1",
	};
	char buf[256];
	size_t n;
	const char *s;

	if (!v)
		return NP_OK;
	s = np_stock_spell(k, v, strlen(v), buf, &n);
	if (!s)
		return np_row_fail(t->path, line, column, wrong[k], t->err);
	s = np_copystr(&t->p->mem, s, n);
	return s && np_index_add(&t->p->stock.key[k], s, n, row)
		       ? NP_OK
		       : np_no_memory(t->path, t->err);
}

/* ---- facts */

static int take_fact(struct table *t, const char *v, size_t i, uint64_t line,
		     const char **ret)
{
	const char *why;

	*ret = np_fact_spell(&t->p->mem, t->p->stock.law[i], *t->book, v, &why);
	if (why)
		return np_row_fail(t->path, line, t->fact[i], why, t->err);
	return v && !*ret ? np_no_memory(t->path, t->err) : NP_OK;
}

/* ---- rows */

static int take_place(struct table *t, struct np_stock_row *r, uint64_t line)
{
	r->where = NP_NO_SITE;
	if (!r->site)
		return NP_OK;
	r->where = np_site_find(t->p->party, r->site);
	if (r->where == UINT32_MAX &&
	    !np_note(t->p, t->path, line, "no list has the site %s", r->site))
		return np_no_memory(t->path, t->err);
	return NP_OK;
}

static uint64_t number(const char *s)
{
	uint64_t n = 0;

	for (; *s >= '0' && *s <= '9' && n < UINT32_MAX; s++)
		n = n * 10 + (uint64_t)(*s - '0');
	return n;
}

static int add_row(struct table *t, const struct np_cur *cell, size_t n,
		   struct np_stock_row r, const char *const *v)
{
	struct np_stock_book *b = &t->p->stock;
	struct np_stock_row *rows =
		np_grow(b->row, b->n, &b->cap, sizeof(*rows));
	const char *const keys[NP_SK_N] = {r.serial, r.mac, r.name, r.ip};
	const size_t at[NP_SK_N] = {t->column[SERIAL], t->column[MAC],
				    t->column[NAME], t->column[IP]};
	bool ok = true;
	int rc;

	if (!rows || b->n == UINT32_MAX)
		return np_no_memory(t->path, t->err);
	b->row = rows;
	rc = take_place(t, &r, r.line);
	for (size_t i = 0; i < b->nfacts && !rc; i++) {
		const char *s =
			np_cell(&t->p->mem, cell, n, t->fact[i] - 1, &ok);

		rc = ok ? take_fact(t, s, i, r.line, &r.fact[i])
			: np_no_memory(t->path, t->err);
	}
	for (int k = 0; k < NP_SK_N && !rc; k++)
		rc = add_key(t, (enum np_stock_key)k, keys[k], (uint32_t)b->n,
			     r.line, at[k]);
	if (v[LINE] && !rc)
		r.line = number(v[LINE]);
	b->row[b->n++] = r;
	return rc;
}

static int take_row(void *ctx, const struct np_cur *cell, size_t n,
		    uint64_t line)
{
	struct table *t = ctx;
	struct np_arena *mem = &t->p->mem;
	const char *v[N] = {NULL};
	bool ok = true, any = false;

	if (!t->headed)
		return take_head(t, cell, n, line);
	for (size_t i = 0; i < FACTS; i++) {
		v[i] = np_cell(mem, cell, n, t->column[i] - 1, &ok);
		any |= v[i] != NULL;
	}
	struct np_stock_row r = {
		.label = v[LABEL],
		.site = v[SITE],
		.name = v[NAME],
		.mac = v[MAC],
		.serial = v[SERIAL],
		.ip = v[IP],
		.function = v[FUNCTION],
		.circuit = v[CIRCUIT],
		.line = line,
		.fact = np_zalloc(mem,
				  (t->p->stock.nfacts + 1) * sizeof(*r.fact)),
	};

	if (!ok || !r.fact)
		return np_no_memory(t->path, t->err);
	return any ? add_row(t, cell, n, r, v) : NP_OK;
}

int np_stock_read(struct np_places *p, const char *path, struct np_err *reterr)
{
	bool book = false;
	struct table t = {.p = p,
			  .path = path,
			  .err = reterr,
			  .passed = np_buf(4096),
			  .book = &book};
	int rc;

	p->stock.path = path;
	rc = np_rows_read(path, take_row, &t, &book, reterr);
	np_buf_free(&t.passed);
	if (rc || t.headed)
		return rc;
	return np_row_fail(path, 1, 0, "expected rows", reterr);
}

void np_stock_free(struct np_stock_book *b)
{
	free(b->row);
	for (int k = 0; k < NP_SK_N; k++)
		np_index_free(&b->key[k]);
}

size_t np_stock(const struct np_places *p)
{
	return p->stock.n;
}

const struct np_stock_row *np_stock_row(const struct np_places *p, size_t i)
{
	return i < p->stock.n ? &p->stock.row[i] : NULL;
}

const char *np_stock_fact(const struct np_places *p, size_t i)
{
	return i < p->stock.nfacts ? p->stock.fact[i] : NULL;
}

/* ---- what a row states */

static const char *stated(const struct np_stock_book *b,
			  const struct np_stock_row *r, const char *name)
{
	for (size_t i = 0; i < b->nfacts; i++) {
		if (strcmp(b->fact[i], name) == 0)
			return r->fact[i];
	}
	return NULL;
}

/* "5G transport": manages 5G access or transport. What it manages beside that
 * is not said, so other words leave it open; "nothing" closes it. */
static const char *manages_5g(const char *s)
{
	if (!s)
		return NULL;
	if (strcasecmp(s, "no") == 0 || strcasecmp(s, "none") == 0 ||
	    strcasecmp(s, "nothing") == 0)
		return "no";
	return strcasestr(s, "5G") &&
			       (strcasestr(s, "transport") ||
				strcasestr(s, "access") || strcasestr(s, "ran"))
		       ? "yes"
		       : NULL;
}

/* Made outside of the United States, as far as a code tells. That it was made
 * inside does not say so of every stage. */
static const char *foreign(const char *s)
{
	return s && strlen(s) == 2 && strcasecmp(s, "US") != 0 ? "yes" : NULL;
}

static const struct np_stock_row *row_of(const struct np_places *p,
					 const struct np_device *d)
{
	size_t i = (size_t)(d - p->first);

	if (!p->joined.v || d < p->first || i >= p->joined.n ||
	    p->joined.v[i].row == NP_NO_ROW)
		return NULL;
	return &p->stock.row[p->joined.v[i].row];
}

const char *np_places_fact(void *places, const struct np_device *d,
			   const char *name)
{
	const struct np_places *p = places;
	const struct np_stock_row *r = row_of(p, d);
	const char *s = r ? stated(&p->stock, r, name) : NULL;

	if (!r || s)
		return s;
	if (strcmp(name, "manages_5g") == 0)
		return manages_5g(stated(&p->stock, r, "manages"));
	if (strcmp(name, "foreign_produced") == 0)
		return foreign(stated(&p->stock, r, "production_place"));
	return NULL;
}

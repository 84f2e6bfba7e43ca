/* SPDX-License-Identifier: ISC */
/* The party's files together: opened, noted, written again. */
#include "place/inside.h"
#include "place/rows.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NOTES 200 /* more of them say nothing new */

int np_no_memory(const char *path, struct np_err *reterr)
{
	return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
}

void *np_grow(void *v, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 32;
	void *p;

	if (n < *cap)
		return v;
	p = reallocarray(v, more, size);
	if (p)
		*cap = more;
	return p;
}

/* Those of the join go when it is made again, and so does their memory. */
bool np_note(struct np_places *p, const char *file, uint64_t line,
	     const char *fmt, ...)
{
	struct np_arena *mem = p->joined.mem.limit ? &p->joined.mem : &p->mem;
	struct np_place_note *v;
	char text[1024];
	va_list ap;

	if (p->nnotes >= NOTES) {
		p->left_out++;
		return true;
	}
	v = np_grow(p->note, p->nnotes, &p->capnotes, sizeof(*v));
	if (!v)
		return false;
	p->note = v;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	struct np_place_note x = {file, line,
				  np_copystr(mem, text, strlen(text))};

	if (x.text)
		p->note[p->nnotes++] = x;
	return x.text != NULL;
}

size_t np_place_notes(const struct np_places *p)
{
	return p->nnotes;
}

uint64_t np_place_notes_left_out(const struct np_places *p)
{
	return p->left_out;
}

const struct np_place_note *np_place_note(const struct np_places *p, size_t i)
{
	return i < p->nnotes ? &p->note[i] : NULL;
}

const char *np_placed_name(enum np_placed p)
{
	static const char *const names[NP_NPLACED] = {
		[NP_BY_CAPTURE] = "capture",
		[NP_BY_INVENTORY] = "inventory",
		[NP_BY_NAME] = "name",
		[NP_BY_PREFIX] = "prefix",
		[NP_BY_CELL] = "cell",
		[NP_BY_AFAR] = "afar",
		[NP_BY_NEIGHBOUR] = "neighbour",
	};

	return p < NP_NPLACED ? names[p] : NULL;
}

/* ---- sites of operator.yaml */

/* A text, or a list of them with blanks between. NULL: none. */
static const char *joined(struct np_places *p, const struct np_yaml *y,
			  bool *ret_ok)
{
	struct np_buf b = np_buf(1 << 20);
	char *s = NULL;

	if (!y)
		return NULL;
	if (y->kind == NP_YAML_TEXT)
		np_puts(&b, y->text);
	NP_YAML_EACH(v, y->kind == NP_YAML_LIST ? y : NULL)
	{
		np_puts(&b, v->text);
		np_puts(&b, ";");
	}
	if (!b.failed)
		s = np_copystr(&p->mem, b.p ? b.p : "", b.n);
	np_buf_free(&b);
	*ret_ok &= s != NULL;
	return s ? np_tidy(s) : NULL;
}

static int take_site(struct np_places *p, size_t i, struct np_err *reterr)
{
	static const char *const keys[] = {NULL,       NULL,	    NULL,
					   "latitude", "longitude", "names",
					   "prefixes", "cells"};
	struct np_site_from from = {.file = np_party_file(p->party)};
	struct np_site_row r = {.id = np_site(p->party, i)->id};
	const char **to[] = {NULL,	   NULL,     NULL,	  &r.latitude,
			     &r.longitude, &r.names, &r.prefixes, &r.cells};
	bool ok = true, any = false;

	for (size_t k = 3; k < 8; k++) {
		const struct np_yaml *y = np_party_place(p->party, i, keys[k]);

		if (!y)
			continue;
		any = true;
		if (!from.line)
			from.line = y->line;
		from.column[k] = y->column;
		*to[k] = joined(p, y, &ok);
	}
	if (!ok)
		return np_no_memory(from.file, reterr);
	return any ? np_site_take(p, &r, &from, reterr) : NP_OK;
}

/* ---- opening */

/* What was said of a file keeps its name, and outlives who gave it. */
static char *keep_name(struct np_places *p, const char *path)
{
	return path ? np_copystr(&p->mem, path, strlen(path)) : NULL;
}

/* What a dossier kept has no name of its own: in place, for notes have it. */
static void rename_kept(char *path, const char *kind)
{
	static const char fd[] = "/proc/self/fd/";

	if (path && strncmp(path, fd, sizeof(fd) - 1) == 0)
		(void)snprintf(path, strlen(path) + 1, "%s", kind);
}

static int read_files(struct np_places *p, const struct np_place_files *f,
		      struct np_err *reterr)
{
	size_t n = np_sites(p->party);
	int rc = np_words_read(p, reterr);

	for (size_t i = 0; i < n && !rc; i++)
		rc = take_site(p, i, reterr);
	if (!rc && f->sites)
		rc = np_sites_read(p, f->sites, reterr);
	if (!rc)
		rc = np_guide_finish(p, reterr);
	if (!rc && f->inventory)
		rc = np_stock_read(p, f->inventory, reterr);
	if (!rc && f->contracts)
		rc = np_contracts_read(p, f->contracts, reterr);
	if (!rc && f->zones)
		rc = np_zones_read(p, f->zones, reterr);
	return rc;
}

static int read_all(struct np_places *p, const struct np_place_files *f,
		    struct np_err *reterr)
{
	char *sites = keep_name(p, f->sites);
	char *inventory = keep_name(p, f->inventory);
	char *contracts = keep_name(p, f->contracts);
	char *zones = keep_name(p, f->zones);
	const struct np_place_files own = {sites, inventory, contracts, zones};
	int rc;

	if (!sites != !f->sites || !inventory != !f->inventory ||
	    !contracts != !f->contracts || !zones != !f->zones)
		return np_no_memory("places", reterr);
	rc = read_files(p, &own, reterr);
	rename_kept(sites, "sites");
	rename_kept(inventory, "inventory");
	rename_kept(contracts, "contracts");
	rename_kept(zones, "zones");
	return rc;
}

int np_places_open(const struct np_place_files *f, struct np_party *party,
		   const struct np_law *law, const struct np_knowledge *k,
		   struct np_places **ret, struct np_err *reterr)
{
	struct np_places *p = calloc(1, sizeof(*p));
	int rc;

	if (!p)
		return np_no_memory("places", reterr);
	p->mem = np_arena(NP_PLACE_LIMIT);
	p->ear.mem = np_arena(NP_PLACE_LIMIT);
	p->party = party;
	p->law = law;
	p->k = k;
	rc = read_all(p, f, reterr);
	p->nfixed = p->nnotes;
	p->left_out_fixed = p->left_out;
	p->joined.mem = np_arena(NP_PLACE_LIMIT);
	if (rc)
		np_places_close(p);
	else
		*ret = p;
	return rc;
}

void np_places_close(struct np_places *p)
{
	if (!p)
		return;
	np_guide_free(&p->guide);
	np_stock_free(&p->stock);
	np_zones_free(&p->zones);
	np_ear_free(&p->ear);
	np_arena_free(&p->joined.mem);
	np_arena_free(&p->mem);
	free(p->deals.v);
	free(p->note);
	free(p);
}

/* ---- writing */

static void put_cell(struct np_buf *b, const char *s, bool first)
{
	np_puts(b, first ? "" : ",");
	if (!s)
		return;
	np_putc(b, '"');
	for (; *s; s++) {
		if (*s == '"')
			np_putc(b, '"');
		np_putc(b, *s);
	}
	np_putc(b, '"');
}

/* One row a site, with what was located; then one a key, since a site may have
 * as many as it likes. */
static void write_sites(const struct np_places *p, struct np_buf *b)
{
	const struct np_guide *g = &p->guide;

	np_puts(b, "site,name,country,latitude,longitude,names,prefixes,"
		   "cells,region\n");
	for (size_t i = 0; i < np_sites(p->party); i++) {
		const struct np_site *s = np_site(p->party, i);
		double la, lo;

		put_cell(b, s->id, true);
		put_cell(b, s->name, false);
		put_cell(b, s->country, false);
		if (np_site_located(p, (uint32_t)i, &la, &lo))
			np_putf(b, ",%.9f,%.9f,,,", la, lo);
		else
			np_puts(b, ",,,,,");
		put_cell(b, s->region, false);
		np_puts(b, "\n");
	}
	for (size_t i = 0; i < g->npatterns; i++) {
		put_cell(b, np_site_id(p->party, g->pattern[i].site), true);
		np_puts(b, ",,,,");
		put_cell(b, g->pattern[i].text, false);
		np_puts(b, ",,,\n");
	}
	for (size_t i = 0; i < g->nnets; i++) {
		put_cell(b, np_site_id(p->party, g->net[i].site), true);
		np_puts(b, ",,,,,");
		put_cell(b, g->net[i].text, false);
		np_puts(b, ",,\n");
	}
	for (size_t i = 0; i < g->ncells; i++) {
		put_cell(b, np_site_id(p->party, g->cell[i].site), true);
		np_puts(b, ",,,,,,");
		put_cell(b, g->cell[i].text, false);
		np_puts(b, ",\n");
	}
}

static void write_stock(const struct np_places *p, struct np_buf *b)
{
	const struct np_stock_book *s = &p->stock;

	np_puts(b, "device,site,name,mac,serial,ip,function,circuit,"
		   "inventory line");
	for (size_t i = 0; i < s->nfacts; i++)
		put_cell(b, s->fact[i], false);
	np_puts(b, "\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct np_stock_row *r = &s->row[i];

		put_cell(b, r->label, true);
		put_cell(b, r->site, false);
		put_cell(b, r->name, false);
		put_cell(b, r->mac, false);
		put_cell(b, r->serial, false);
		put_cell(b, r->ip, false);
		put_cell(b, r->function, false);
		put_cell(b, r->circuit, false);
		np_putf(b, ",%llu", (unsigned long long)r->line);
		for (size_t k = 0; k < s->nfacts; k++)
			put_cell(b, r->fact[k], false);
		np_puts(b, "\n");
	}
}

static void write_deals(const struct np_places *p, struct np_buf *b)
{
	char day[16];

	np_puts(b, "supplier,service,site,from,until,function,inventory line");
	for (size_t i = 0; i < p->deals.nfacts; i++)
		put_cell(b, p->deals.fact[i]->name, false);
	np_puts(b, "\n");
	for (size_t i = 0; i < p->deals.n; i++) {
		const struct np_contract *c = &p->deals.v[i];

		put_cell(b, c->supplier, true);
		put_cell(b, c->service, false);
		put_cell(b, c->site, false);
		put_cell(b,
			 c->from == NP_NODAY ? NULL : np_day_text(c->from, day),
			 false);
		put_cell(b,
			 c->until == NP_NODAY ? NULL
					      : np_day_text(c->until, day),
			 false);
		put_cell(b, c->function, false);
		np_putf(b, ",%llu", (unsigned long long)c->line);
		for (size_t k = 0; k < p->deals.nfacts; k++)
			put_cell(b, c->fact[k], false);
		np_puts(b, "\n");
	}
}

bool np_places_write(const struct np_places *p, const char *kind,
		     struct np_buf *b)
{
	if (strcmp(kind, "sites") == 0 && np_sites(p->party))
		write_sites(p, b);
	else if (strcmp(kind, "inventory") == 0 && p->stock.n)
		write_stock(p, b);
	else if (strcmp(kind, "contracts") == 0 && p->deals.n)
		write_deals(p, b);
	else if (strcmp(kind, "zones") == 0 && p->zones.n)
		np_put(b, p->zones.text, p->zones.text_n);
	else
		return false;
	return true;
}

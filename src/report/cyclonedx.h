/* SPDX-License-Identifier: ISC */
/* CycloneDX 1.6 in two files: what there is, and what is claimed of it. */
#ifndef NP_CYCLONEDX_H
#define NP_CYCLONEDX_H
#include "report/coverage.h"
#include "report/export.h"

struct np_cdx {
	const struct np_report *r;
	const struct np_style *s;
	struct np_buf b;
	FILE *to;
	struct np_export x;
	const struct np_ledger *l;
	const struct np_universe *u;
	/* Devices by site, those without a place behind the last: their numbers
	 * stand at order[from[site]] to order[from[site + 1]]. */
	uint32_t *order;
	size_t *from;
	size_t nsites;
	bool open; /* an item stands in this list */
};

/* Before an item of a list: a comma where one stands already. */
void np_cdx_item(struct np_cdx *c);
/* ,"name":[ and ] */
void np_cdx_list(struct np_cdx *c, const char *name);
void np_cdx_end(struct np_cdx *c);
/* Writes what is there when it has grown. */
int np_cdx_flush(struct np_cdx *c);
/* A site of the ledger; SIZE_MAX: it is not declared. */
size_t np_cdx_place(const struct np_cdx *c, size_t site);
bool np_cdx_shown(const struct np_cdx *c, size_t site);
/* "site:DE-1"; behind the last site "site:". */
void np_cdx_site_ref(const struct np_cdx *c, size_t site, struct np_buf *b);
/* ,"declarations":{…} */
int np_cdx_declarations(struct np_cdx *c);
#endif

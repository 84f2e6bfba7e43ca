/* SPDX-License-Identifier: ISC */
/*
 * What `risk` shows: the same facts for a person, as JSON (nameplate.risk/1)
 * and as a graph for Graphviz and for GraphML's readers.
 */
#ifndef NP_REPORT_RISK_H
#define NP_REPORT_RISK_H
#include "report/writer.h"
#include "risk/risk.h"

struct np_risk_page {
	const struct np_report *r;
	const struct np_style *s;
	const struct np_risk *k;
	const struct np_weights *weights; /* NULL: no score */
	/* By device, np_risk_page_open's: whether some rule of its place has it
	 * in scope; and what it is called. */
	const bool *in_scope;
	const char *const *label;
	struct np_arena *mem;
};

int np_risk_page_open(struct np_risk_page *p);
/* 0, NP_ENOMEM or NP_EIO. */
int np_write_risk_text(const struct np_risk_page *p, FILE *to);
int np_write_risk_json(const struct np_risk_page *p, FILE *to);
int np_write_dot(const struct np_risk_page *p, FILE *to);
int np_write_graphml(const struct np_risk_page *p, FILE *to);

/* ---- what its files share */

/* One maker's boxes of one function; maker NP_NO_MAKER: not known. */
struct np_share {
	const char *function;
	uint16_t maker;
	uint64_t n;
};
/* Sorted by function, then most boxes first. */
struct np_share *np_shares(const struct np_risk_page *p, size_t *ret_n);
/* The Herfindahl-Hirschman index over the named of shares v[0..n], 0 to 10,000;
 * -1 where none is named. *ret_named and *ret_all count boxes. */
int np_hhi(const struct np_share *v, size_t n, uint64_t *ret_named,
	   uint64_t *ret_all);
/* Boxes on the way of a zone. */
struct np_on_way_count {
	uint64_t in_scope, other, unknown, every;
};
struct np_on_way_count np_zone_ways(const struct np_risk_page *p,
				    const struct np_risk_zone *z);
/* How many links were seen by a kind. */
uint64_t np_links_by(const struct np_risk_page *p, unsigned kind);
/* "on the links seen (3 of 24 ports known): candidate" */
void np_put_candidate(const struct np_risk_page *p, uint32_t device,
		      struct np_buf *b);
/* The same of so many ports of so many; all 0: nobody knows how many. */
void np_put_candidate_of(const struct np_risk_page *p, uint64_t ports,
			 uint64_t all, struct np_buf *b);
#endif

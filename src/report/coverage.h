/* SPDX-License-Identifier: ISC */
/*
 * Where was looked. Listening proves no absence (design, section 7): a site
 * with no source was not looked at, and where nothing was heard it is said for
 * how long and what could not have been heard. The rules are silence.h's.
 */
#ifndef NP_REPORT_COVERAGE_H
#define NP_REPORT_COVERAGE_H
#include "report/writer.h"

/* The ledger of a report: its sources, and its boxes by verdict. The universe
 * outlives it. 0 or NP_ENOMEM; what prefixes and VLANs heard is added by who
 * reads sightings (np_ledger_hear), then np_ledger_sum() ends it. */
int np_report_ledger(const struct np_report *r, const struct np_universe *u,
		     struct np_ledger **ret);
/* The same over the operator's own sites, ended. NULL without memory; *ret_u is
 * to be freed behind it in any case. */
struct np_ledger *np_party_ledger(const struct np_report *r,
				  struct np_universe **ret_u);
/* A source as a row of it. */
struct np_observation np_observation_of(const struct np_report *r,
					const struct np_report_source *s);
/* ,"coverage":[...] of the audit's JSON, without the name: a row a source, then
 * one a site of the party. 0 or NP_ENOMEM. */
int np_put_coverages(const struct np_report *r, struct np_buf *b);
/* As a table, for people: at most so many rows. */
void np_put_ledger(const struct np_ledger *l, const struct np_style *s,
		   size_t most, struct np_buf *b);
/* One row of either kind, as an object. */
void np_put_observation(const struct np_observation *o, struct np_buf *b);
void np_put_place_row(const struct np_silence *r, const struct np_looked_at *l,
		      const struct np_silence_state *s, struct np_buf *b);
#endif

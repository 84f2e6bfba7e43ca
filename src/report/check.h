/* SPDX-License-Identifier: ISC */
/* What a bill or an order came to, for people, programs and pipelines. */
#ifndef NP_REPORT_CHECK_H
#define NP_REPORT_CHECK_H
#include "bom/check.h"
#include "compare/phrases.h"
#include "report/writer.h"

/* What trips the gate: each one what stands before it, too. */
enum np_gate {
	NP_GATE_NEVER,
	NP_GATE_SCOPE,	      /* in scope, of a text that was read */
	NP_GATE_SECONDARY,    /* in scope, of a text that was not */
	NP_GATE_UNDETERMINED, /* a fact is missing, or the place */
	NP_GATE_UNKNOWN,      /* nobody knows who made it */
};
/* "scope" …; false: no such word. */
bool np_gate_find(const char *word, enum np_gate *ret);
const char *np_gate_name(enum np_gate g);

struct np_check_report {
	const struct np_law *law;
	const struct np_knowledge *knowledge;
	const struct np_phrases *phrases;
	const struct np_check *v; /* a file each */
	size_t n;
	const struct np_err *unreadable; /* files that are none, or broke */
	size_t nunreadable;
	enum np_gate gate;
	int32_t as_of;
};

/* How it is shown to a pipeline: errors trip the gate. */
enum np_level {
	NP_LEVEL_NONE,
	NP_LEVEL_NOTE,
	NP_LEVEL_WARNING,
	NP_LEVEL_ERROR
};
enum np_level np_check_level(const struct np_check_report *r,
			     const struct np_finding *f);
const char *np_level_name(enum np_level l); /* "warning" */
bool np_check_trips(const struct np_check_report *r);
/* "Huawei S5735-L24T4X (Huawei Technologies, confirmed by manufacturer)" */
void np_put_item(struct np_buf *b, const struct np_check_report *r,
		 const struct np_check *c, uint32_t item);

int np_write_check_text(const struct np_check_report *r,
			const struct np_style *s, FILE *to);
/* nameplate.check/1 */
int np_write_check_json(const struct np_check_report *r, FILE *to);
/* SARIF 2.1.0 (OASIS), a result a finding that asks for something. */
int np_write_check_sarif(const struct np_check_report *r, FILE *to);
/* Workflow commands of GitHub Actions, a line each. */
int np_write_check_github(const struct np_check_report *r, FILE *to);
#endif

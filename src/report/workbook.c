/* SPDX-License-Identifier: ISC */
/*
 * The report as a workbook: what every report opens with, then a sheet each for
 * boxes, findings, subscribers' boxes, contracts, sources and coverage. The
 * cells are those of the CSV; times, days and numbers are such to the
 * spreadsheet too.
 */
#include "report/coverage.h"
#include "report/export.h"
#include "report/rows.h"
#include "report/xlsx.h"

#define MOST 32 /* columns of a sheet */

enum sheet {
	ABOUT,
	DEVICES,
	FINDINGS,
	SUBSCRIBERS,
	CONTRACTS,
	SOURCES,
	COVERAGE,
	SHEETS,
};

#define C(name) NP_C_##name
#define WHERE C(site), C(site_name), C(country)
#define MADE C(maker), C(maker_name), C(verdict)
#define LAW                                                                    \
	C(clause), C(jurisdiction), C(duty), C(status), C(sure), C(date),      \
		C(days), C(missing), C(text), C(citation)

static const struct {
	const char *name;
	uint8_t column[MOST]; /* NP_C_N ends them */
} sheets[SHEETS] = {
	[ABOUT] = {"about", {C(text), C(date), C(N)}},
	[DEVICES] = {"devices", {C(id),		WHERE,
				 MADE,		C(rival),
				 C(brand),	C(model),
				 C(family),	C(version),
				 C(serial),	C(os),
				 C(function),	C(owner),
				 C(origin),	C(mac),
				 C(ip),		C(name),
				 C(first),	C(last),
				 C(like_right), C(like_of),
				 C(confidence), C(role_in_source),
				 C(N)}},
	[FINDINGS] = {"findings",
		      {C(device), C(name), WHERE, MADE, C(model), C(function),
		       LAW, C(component), C(elsewhere), C(bound), C(N)}},
	[SUBSCRIBERS] = {"subscribers",
			 {WHERE, MADE, C(rival), C(model), C(n), C(N)}},
	[CONTRACTS] = {"contracts",
		       {C(record), C(device), WHERE, C(maker), C(maker_name),
			C(name), C(function), C(first), LAW, C(N)}},
	/* Its columns are its own. */
	[SOURCES] = {"sources", {C(N)}},
	[COVERAGE] = {"coverage",
		      {WHERE, C(status), C(text), C(first), C(last), C(date),
		       C(N)}},
};

static const enum sheet sheet_of[] = {
	[NP_R_NOTE] = ABOUT,	     [NP_R_DEVICE] = DEVICES,
	[NP_R_FINDING] = FINDINGS,   [NP_R_SUBSCRIBERS] = SUBSCRIBERS,
	[NP_R_CONTRACT] = CONTRACTS, [NP_R_CONTRACT_FINDING] = CONTRACTS,
	[NP_R_COVERAGE] = COVERAGE,
};

struct book {
	struct np_xlsx *to;
	uint32_t n[SHEETS]; /* rows, with the first */
	uint16_t columns[SHEETS];
	struct np_err *reterr;
	const char *path;
};

static int next_row(struct book *b, enum sheet sheet)
{
	if (b->n[sheet] == NP_XLSX_ROWS)
		return np_fail(b->reterr, NP_EIO,
			       "more rows than a sheet may have; --csv has no "
			       "such limit",
			       b->path, 0);
	np_xlsx_turn(b->to, (uint16_t)sheet);
	b->n[sheet]++;
	return NP_OK;
}

static double width(enum np_column c)
{
	switch (c) {
	case NP_C_text:
	case NP_C_missing:
	case NP_C_citation:
		return 60;
	case NP_C_first:
	case NP_C_last:
	case NP_C_id:
	case NP_C_device:
	case NP_C_name:
	case NP_C_maker_name:
	case NP_C_site_name:
	case NP_C_clause:
	case NP_C_status:
		return 22;
	default:
		return 14;
	}
}

static int begin_sheet(struct book *b, enum sheet sheet)
{
	int rc = np_xlsx_sheet(b->to, sheets[sheet].name, b->reterr);
	uint16_t i = 0;

	for (; !rc && sheets[sheet].column[i] != NP_C_N; i++) {
		enum np_column c = sheets[sheet].column[i];

		np_xlsx_width(b->to, i, width(c));
		np_xlsx_text(b->to, 0, i, np_column_names[c], NP_XS_HEAD);
	}
	b->columns[sheet] = i;
	b->n[sheet] = 1;
	return rc;
}

static void put_cell(struct np_xlsx *x, uint32_t row, uint16_t column,
		     const struct np_cell *v)
{
	switch (v->form) {
	case NP_CELL_NONE:
		break;
	case NP_CELL_TEXT:
		np_xlsx_text(x, row, column, v->text, NP_XS_PLAIN);
		break;
	case NP_CELL_TIME:
		np_xlsx_time(x, row, column, v->number);
		break;
	case NP_CELL_DAY:
		np_xlsx_day(x, row, column, (int32_t)v->number);
		break;
	case NP_CELL_COUNT:
		np_xlsx_number(x, row, column, (double)v->number, NP_XS_PLAIN);
		break;
	case NP_CELL_SHARE:
		np_xlsx_number(x, row, column, v->share, NP_XS_SHARE);
		break;
	}
}

static int put_row(void *to, const struct np_row *r)
{
	struct book *b = to;
	enum sheet sheet = sheet_of[r->record];
	int rc = next_row(b, sheet);

	for (uint16_t i = 0; !rc && i < b->columns[sheet]; i++)
		put_cell(b->to, b->n[sheet] - 1, i,
			 &r->cell[sheets[sheet].column[i]]);
	return rc;
}

/* ---- sources */

static const char *const source_columns[] = {
	"source",   "name",   "kind",	"site",	     "status",
	"sha256",   "origin", "method", "first",     "last",
	"frames",   "octets", "drops",	"malformed", "dropped_by_limit",
	"withheld", NULL};

static struct np_cell texts(const char *s)
{
	return (struct np_cell){.form = s ? NP_CELL_TEXT : NP_CELL_NONE,
				.text = s};
}

static struct np_cell times(int64_t t)
{
	return (struct np_cell){.form = t == NP_NEVER ? NP_CELL_NONE
						      : NP_CELL_TIME,
				.number = t};
}

static struct np_cell counts(uint64_t n)
{
	return (struct np_cell){.form = NP_CELL_COUNT, .number = (int64_t)n};
}

static int put_source(struct book *b, const struct np_report *r, size_t i)
{
	const struct np_report_source *s = &r->sources[i];
	const struct np_coverage *c = &s->coverage;
	const struct np_observation o = np_observation_of(r, s);
	const struct np_cell cells[] = {
		counts(s->number ? s->number : i + 1),
		texts(s->name),
		texts(s->kind),
		texts(s->site),
		texts(s->status),
		texts(s->sha256),
		texts(np_origin_name(s->origin)),
		texts(o.method_name),
		times(c->first),
		times(c->last),
		counts(c->frames),
		counts(c->bytes),
		/* Not recorded is not 0. */
		c->drops < 0 ? texts("not recorded")
			     : counts((uint64_t)c->drops),
		counts(c->malformed),
		counts(c->dropped_by_limit),
		counts(s->withheld),
	};
	int rc = next_row(b, SOURCES);

	for (uint16_t k = 0; !rc && k < NP_COUNT(cells); k++)
		put_cell(b->to, b->n[SOURCES] - 1, k, &cells[k]);
	return rc;
}

static int put_sources(struct book *b, const struct np_report *r,
		       const struct np_style *s)
{
	int rc = NP_OK;
	uint16_t n = 0;

	np_xlsx_turn(b->to, SOURCES);
	for (; source_columns[n]; n++) {
		np_xlsx_width(b->to, n, 16);
		np_xlsx_text(b->to, 0, n, source_columns[n], NP_XS_HEAD);
	}
	b->columns[SOURCES] = n;
	for (size_t i = 0; i < r->nsources && !rc; i++) {
		const char *site = r->sources[i].site;

		if (!s->site || (site && strcmp(site, s->site) == 0))
			rc = put_source(b, r, i);
	}
	return rc;
}

int np_write_xlsx(const struct np_report *r, const struct np_style *s,
		  const char *path, struct np_err *reterr)
{
	struct book b = {.reterr = reterr, .path = path};
	struct np_err e = {0};
	int rc =
		np_xlsx_open(path, "nameplate report", r->as_of, &b.to, reterr);
	int closed;

	for (unsigned i = 0; i < SHEETS && !rc; i++)
		rc = begin_sheet(&b, (enum sheet)i);
	rc = rc ? rc : np_rows(r, s, put_row, &b);
	rc = rc ? rc : put_sources(&b, r, s);
	for (uint16_t i = 0; i < SHEETS && !rc; i++) {
		np_xlsx_turn(b.to, i);
		np_xlsx_filter(b.to, b.n[i] - 1, (uint16_t)(b.columns[i] - 1));
	}
	closed = np_xlsx_close(b.to, &e);
	if (!rc && closed) {
		rc = closed;
		if (reterr)
			*reterr = e;
	}
	return rc;
}

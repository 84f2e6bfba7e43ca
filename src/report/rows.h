/* SPDX-License-Identifier: ISC */
/*
 * A report as rows of cells, for what has tables (csv.c, workbook.c): a row a
 * device, then one for each of its findings with the same words before it.
 * Behind them subscribers' boxes (counts), contracts for services, and what may
 * be said of each site's silence.
 */
#ifndef NP_ROWS_H
#define NP_ROWS_H
#include "report/writer.h"

enum np_cell_form {
	NP_CELL_NONE,
	NP_CELL_TEXT,
	NP_CELL_TIME, /* nanoseconds since 1970, UTC */
	NP_CELL_DAY,  /* days since 1970 */
	NP_CELL_COUNT,
	NP_CELL_SHARE, /* 0 to 1, three places */
};

#define NP_ROW_COLUMNS(XX)                                                     \
	XX(record)                                                             \
	XX(id)                                                                 \
	XX(device)                                                             \
	XX(site)                                                               \
	XX(site_name)                                                          \
	XX(country)                                                            \
	XX(maker)                                                              \
	XX(maker_name)                                                         \
	XX(verdict)                                                            \
	XX(rival)                                                              \
	XX(brand)                                                              \
	XX(model)                                                              \
	XX(family)                                                             \
	XX(version)                                                            \
	XX(serial)                                                             \
	XX(os)                                                                 \
	XX(function)                                                           \
	XX(owner)                                                              \
	XX(origin)                                                             \
	XX(role_in_source)                                                     \
	XX(mac)                                                                \
	XX(ip)                                                                 \
	XX(name)                                                               \
	XX(first)                                                              \
	XX(last)                                                               \
	XX(clause)                                                             \
	XX(jurisdiction)                                                       \
	XX(duty)                                                               \
	XX(status)                                                             \
	XX(sure)                                                               \
	XX(component)                                                          \
	XX(elsewhere)                                                          \
	XX(bound)                                                              \
	XX(date)                                                               \
	XX(missing)                                                            \
	XX(text)                                                               \
	XX(citation)                                                           \
	XX(days)                                                               \
	XX(like_right)                                                         \
	XX(like_of)                                                            \
	XX(confidence)                                                         \
	XX(n)

enum np_column {
#define XX(name) NP_C_##name,
	NP_ROW_COLUMNS(XX)
#undef XX
		NP_C_N
};
extern const char *const np_column_names[NP_C_N + 1]; /* NULL behind them */

enum np_record {
	NP_R_NOTE, /* what every report opens with, and as of which day */
	NP_R_DEVICE,
	NP_R_FINDING,
	NP_R_SUBSCRIBERS,
	NP_R_CONTRACT,
	NP_R_CONTRACT_FINDING,
	NP_R_COVERAGE,
};

struct np_cell {
	enum np_cell_form form;
	const char *text;
	int64_t number; /* TIME, DAY, COUNT */
	double share;
};
struct np_row {
	enum np_record record;
	struct np_cell cell[NP_C_N];
};

/* Anything but 0 ends it. Texts live until it returns. */
typedef int np_row_fn(void *to, const struct np_row *row);
/* All rows of the site that is shown, in their order. 0, NP_ENOMEM or what fn
 * gave. */
int np_rows(const struct np_report *r, const struct np_style *s, np_row_fn *fn,
	    void *to);
#endif

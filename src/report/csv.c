/* SPDX-License-Identifier: ISC */
/*
 * One table for a spreadsheet, so that a filter on `record` leaves what can be
 * counted.
 */
#include "report/export.h"
#include "report/rows.h"

struct table {
	struct np_cells cells;
	FILE *to;
};

static void put_cell(struct np_cells *c, const struct np_cell *v)
{
	char t[40], day[16];

	switch (v->form) {
	case NP_CELL_TIME:
		np_cells_text(c, np_time_text(v->number, t));
		break;
	case NP_CELL_DAY:
		np_cells_text(c, np_day_text((int32_t)v->number, day));
		break;
	case NP_CELL_COUNT:
		np_cells_number(c, "%lld", (long long)v->number);
		break;
	case NP_CELL_SHARE:
		np_cells_number(c, "%.3f", v->share);
		break;
	case NP_CELL_TEXT:
	case NP_CELL_NONE:
		np_cells_text(c, v->text);
		break;
	}
}

static int put_row(void *to, const struct np_row *row)
{
	struct table *t = to;

	for (size_t i = 0; i < NP_C_N; i++)
		put_cell(&t->cells, &row->cell[i]);
	np_cells_end(&t->cells);
	/* Few at a time: the buffer is what a row needs. */
	return np_put_out(t->cells.b, t->to);
}

int np_write_csv(const struct np_report *r, const struct np_style *s, FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	struct table t = {.cells = np_cells(&b), .to = to};
	int rc;

	if (s->excel)
		np_puts(&b, "\xef\xbb\xbf");
	np_cells_head(&t.cells, np_column_names);
	rc = np_rows(r, s, put_row, &t);
	np_cells_free(&t.cells);
	np_buf_free(&b);
	return rc;
}

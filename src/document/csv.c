/* SPDX-License-Identifier: ISC */
/* Comma-separated values. */
#include "document/csv.h"

struct np_csv np_csv(struct np_doc *d)
{
	return (struct np_csv){.d = d, .row = np_buf(2 * NP_CSV_ROW)};
}

void np_csv_free(struct np_csv *c)
{
	np_buf_free(&c->row);
}

char np_csv_separator(struct np_cur line)
{
	static const char separators[] = ",;\t|";
	size_t most = 0;
	char best = 0;

	for (size_t i = 0; separators[i]; i++) {
		size_t n = 0;
		bool quoted = false;

		for (size_t k = 0; k < line.left; k++) {
			quoted ^= line.p[k] == '"';
			n += !quoted && line.p[k] == (uint8_t)separators[i];
		}
		if (n > most) {
			most = n;
			best = separators[i];
		}
	}
	return best;
}

/* Is the last cell of this text still open? */
static bool is_open(struct np_cur c)
{
	size_t quotes = 0;

	for (size_t i = 0; i < c.left; i++)
		quotes += c.p[i] == '"';
	return quotes % 2;
}

/* A quoted cell, its doubled quotes made one, into `text`; the cursor stands
 * behind the closing quote. */
static bool unquote(struct np_cur *c, struct np_buf *text, size_t *ret_n)
{
	size_t begin = text->n;

	np_skip(c, 1);
	while (c->left) {
		char k = (char)np_u8(c);

		if (k == '"' && !(c->left && *c->p == '"')) {
			*ret_n = text->n - begin;
			return !text->failed;
		}
		if (k == '"')
			np_skip(c, 1);
		np_putc(text, k);
	}
	return false;
}

bool np_csv_split(struct np_cur line, char separator, struct np_buf *text,
		  struct np_cur *cell, size_t *ret_n, size_t cap)
{
	const char mark[] = {separator, 0};
	size_t from[NP_CSV_CELLS], n = 0;

	for (bool more = true; more && n < cap && n < NP_CSV_CELLS; n++) {
		size_t len;

		from[n] = SIZE_MAX;
		if (np_ahead(line, "\"", 1)) {
			from[n] = text->n;
			if (!unquote(&line, text, &len))
				return false;
			cell[n] = np_cur(NULL, len);
			more = line.left;
			if (more && np_u8(&line) != (uint8_t)separator)
				return false;
			continue;
		}
		more = np_find(line, mark, 1) != SIZE_MAX;
		cell[n] = np_doc_until(&line, mark);
	}
	/* The text may have moved while it grew. */
	for (size_t i = 0; i < n; i++)
		if (from[i] != SIZE_MAX)
			cell[i].p =
				(const uint8_t *)(text->p ? text->p + from[i]
							  : "");
	*ret_n = n;
	return true;
}

/* Lines until no quote is open, as one text. */
static bool gather(struct np_csv *c, struct np_cur *ret)
{
	struct np_cur line;

	np_buf_clear(&c->row);
	if (!is_open(*ret))
		return true;
	np_put(&c->row, ret->p, ret->left);
	do {
		if (!np_doc_line(c->d, &line)) {
			np_doc_bad(c->d, "a quote is never closed");
			return false;
		}
		np_putc(&c->row, '\n');
		np_put(&c->row, line.p, line.left);
		if (c->row.n > NP_CSV_ROW || c->row.failed) {
			np_doc_bad(c->d, "a row over the limit");
			return false;
		}
		*ret = np_cur(c->row.p, c->row.n);
	} while (is_open(*ret));
	return true;
}

/* Room for what is unquoted, so that the row itself does not move. */
static bool reserve(struct np_csv *c, struct np_cur *row)
{
	size_t n = c->row.n;

	if (!n)
		return true;
	for (size_t i = 0; i < n + 1; i++)
		np_putc(&c->row, 0);
	*row = np_cur(c->row.p, n);
	c->row.n = n;
	return !c->row.failed;
}

/* Where a cell lies, whose row begins `at`. */
static uint64_t cell_at(const struct np_csv *c, struct np_cur row,
			struct np_cur cell, uint64_t at)
{
	if (row.p == c->d->now.p)
		return np_doc_at(c->d, cell);
	return cell.p >= row.p && cell.p < row.p + row.left
		       ? at + (uint64_t)(cell.p - row.p)
		       : at;
}

bool np_csv_row(struct np_csv *c)
{
	struct np_cur row;

	while (np_doc_line(c->d, &row)) {
		c->line = c->d->line;
		uint64_t at = c->d->line_at;

		if (!np_trim_space(row).left)
			continue;
		if (!gather(c, &row) || !reserve(c, &row))
			continue;
		if (!c->separator)
			c->separator = np_csv_separator(row);
		if (!np_csv_split(row, c->separator, &c->row, c->cell, &c->n,
				  NP_CSV_CELLS)) {
			np_doc_bad(c->d, "a quote where none may stand");
			continue;
		}
		for (size_t i = 0; i < c->n; i++)
			c->at[i] = cell_at(c, row, c->cell[i], at);
		return true;
	}
	return false;
}

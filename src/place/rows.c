/* SPDX-License-Identifier: ISC */
#include "place/rows.h"
#include "document/document.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

struct reading {
	np_row_fn *fn;
	void *ctx;
	int rc;
};

static void take_row(void *ctx, const struct np_cur *cell, size_t n,
		     uint64_t line)
{
	struct reading *r = ctx;

	if (!r->rc)
		r->rc = r->fn(r->ctx, cell, n, line);
}

static void nobody_waits(void *ctx)
{
	(void)ctx;
}

int np_row_fail(const char *path, uint64_t line, size_t column,
		const char *expected, struct np_err *reterr)
{
	int rc = np_fail(reterr, NP_EINPUT, expected, path, line);

	if (reterr)
		reterr->column = (uint32_t)column;
	return rc;
}

static int read_document(const char *path, struct np_reader *in, bool *ret_book,
			 struct reading *r, struct np_err *reterr)
{
	const struct np_document *is = &np_document_table;
	const struct np_doc_host host = {
		.ctx = r, .row = take_row, .alive = nobody_waits};
	struct np_doc d;
	int rc;

	(void)np_feed_want(in, NP_DOCUMENT_HEAD);
	if (np_document_xlsx.mine(np_feed_cur(in)))
		is = &np_document_xlsx;
	*ret_book = is == &np_document_xlsx;
	rc = np_doc_read(&d, is, in, &host, reterr);
	if (!rc && !r->rc && d.stats.bad)
		rc = np_fail(reterr, NP_EINPUT, d.stats.bad_why, path,
			     d.stats.bad_line);
	np_doc_free(&d);
	return r->rc ? r->rc : rc;
}

int np_rows_read(const char *path, np_row_fn *fn, void *ctx, bool *ret_book,
		 struct np_err *reterr)
{
	struct reading r = {.fn = fn, .ctx = ctx};
	struct np_source *s = NULL;
	struct np_err e = {0};
	struct np_reader *in;
	bool book;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;

	if (fd < 0)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	rc = np_source_open_any(fd, &s, &e);
	if (rc < 0)
		return np_fail(reterr, rc, e.text, path, 0);
	in = np_source_plain(s);
	if (!in)
		rc = np_fail(reterr, NP_EINPUT,
			     "expected a table (CSV or XLSX), not a capture",
			     path, 0);
	else
		rc = read_document(path, in, ret_book ? ret_book : &book, &r,
				   reterr);
	np_source_close(s);
	return rc;
}

size_t np_plain(const char *p, size_t n, char to[static 64])
{
	size_t k = 0;

	for (size_t i = 0; i < n && k < 63; i++) {
		if (p[i] && !strchr(" _-./\t#", p[i]))
			to[k++] = (char)tolower((unsigned char)p[i]);
	}
	to[k] = '\0';
	return k;
}

char *np_tidy(char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			s[i] = ' ';
	}
	while (n && s[n - 1] == ' ')
		s[--n] = '\0';
	s += strspn(s, " ");
	return *s ? s : NULL;
}

const char *np_cell(struct np_arena *mem, const struct np_cur *cell, size_t n,
		    size_t column, bool *ret_ok)
{
	struct np_cur c;
	char *s;

	if (column >= n)
		return NULL;
	c = np_trim_space(cell[column]);
	if (!c.left)
		return NULL;
	s = np_copystr(mem, c.p, c.left);
	if (!s) {
		*ret_ok = false;
		return NULL;
	}
	return np_tidy(s);
}

bool np_read_mac(const char *v, size_t n, uint8_t ret[static 6])
{
	return np_doc_mac(np_cur(v, n), ret);
}

const char *np_next_value(const char **s, bool blanks, size_t *ret_n)
{
	const char *apart = blanks ? ";|, \t\r\n" : ";|,";
	const char *p = *s + strspn(*s, ";|, \t\r\n");

	*ret_n = strcspn(p, apart);
	*s = p + *ret_n;
	while (*ret_n && strchr(" \t\r\n", p[*ret_n - 1]))
		--*ret_n;
	return *ret_n ? p : NULL;
}

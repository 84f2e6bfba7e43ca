/* SPDX-License-Identifier: ISC */
/*
 * The table of custody: a row an event, its columns found by what the first row
 * calls them. One line a row; what separates is found as in other tables.
 */
#include "compare/custody.h"
#include "core/file.h"
#include "core/hash.h"
#include "document/table.h"
#include <ctype.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MOST ((size_t)256 << 20)
#define CERTIFICATE_MOST ((uint64_t)1 << 30)
#define NONE SIZE_MAX

enum { SERIAL, EVENT, DATE, PLACE, BY, CERTIFICATE, HASH, NCOLUMNS };

static const struct {
	const char *name; /* as np_table_plain() has it */
	unsigned column;
} columns[] = {
	{"event", EVENT},
	{"ereignis", EVENT},
	{"vorgang", EVENT},
	{"evento", EVENT},
	{"événement", EVENT},
	{"step", EVENT},
	{"date", DATE},
	{"day", DATE},
	{"datum", DATE},
	{"data", DATE},
	{"fecha", DATE},
	{"日付", DATE},
	{"place", PLACE},
	{"ort", PLACE},
	{"luogo", PLACE},
	{"lieu", PLACE},
	{"lugar", PLACE},
	{"場所", PLACE},
	{"by", BY},
	{"who", BY},
	{"von", BY},
	{"durch", BY},
	{"da", BY},
	{"担当", BY},
	{"certificate", CERTIFICATE},
	{"zertifikat", CERTIFICATE},
	{"nachweis", CERTIFICATE},
	{"certificato", CERTIFICATE},
	{"certificat", CERTIFICATE},
	{"certificado", CERTIFICATE},
	{"証明書", CERTIFICATE},
	{"sha256", HASH},
	{"hash", HASH},
	{"certificatesha256", HASH},
};

static const struct {
	const char *word;
	enum np_custody_event event;
} words[] = {
	{"racked", NP_C_RACKED},	{"installed", NP_C_RACKED},
	{"reinstalled", NP_C_RACKED},	{"eingebaut", NP_C_RACKED},
	{"installato", NP_C_RACKED},	{"unracked", NP_C_UNRACKED},
	{"removed", NP_C_UNRACKED},	{"ausgebaut", NP_C_UNRACKED},
	{"smontato", NP_C_UNRACKED},	{"démonté", NP_C_UNRACKED},
	{"desmontado", NP_C_UNRACKED},	{"撤去", NP_C_UNRACKED},
	{"stored", NP_C_STORED},	{"moved", NP_C_STORED},
	{"eingelagert", NP_C_STORED},	{"immagazzinato", NP_C_STORED},
	{"stocké", NP_C_STORED},	{"almacenado", NP_C_STORED},
	{"保管", NP_C_STORED},		{"destroyed", NP_C_DESTROYED},
	{"vernichtet", NP_C_DESTROYED}, {"zerstört", NP_C_DESTROYED},
	{"distrutto", NP_C_DESTROYED},	{"détruit", NP_C_DESTROYED},
	{"destruido", NP_C_DESTROYED},	{"廃棄", NP_C_DESTROYED},
};

struct reading {
	struct np_custody *c;
	const char *path;
	size_t column[NCOLUMNS];
	struct np_cur cell[NP_CSV_CELLS];
	size_t ncells;
	char separator;
	uint64_t line;
	struct np_cur row; /* as it lies */
};

static int bad(struct reading *r, const char *text, struct np_cur at,
	       struct np_cur serial)
{
	bool inside = at.p >= r->row.p && at.p <= r->row.p + r->row.left;
	const struct np_custody_problem p = {
		.serial = serial.left
				  ? np_copystr(r->c->mem, serial.p, serial.left)
				  : NULL,
		.file = r->path,
		.text = text,
		.line = r->line,
		.column = inside ? (uint32_t)(at.p - r->row.p) + 1 : 0,
	};

	return np_custody_wrong(r->c, &p);
}

/* ---- columns */

static unsigned column_of(struct np_cur name)
{
	char plain[64];
	unsigned f = np_table_field(name);

	if (f < NP_TABLE_FIELDS &&
	    strcmp(np_table_fields[f], "inventory.serial_number") == 0)
		return SERIAL;
	(void)np_table_plain(name, plain);
	for (size_t i = 0; i < NP_COUNT(columns); i++) {
		if (strcmp(columns[i].name, plain) == 0)
			return columns[i].column;
	}
	if (f < NP_TABLE_FIELDS &&
	    strcmp(np_table_fields[f], "inventory.site") == 0)
		return PLACE;
	return NCOLUMNS;
}

static int read_head(struct reading *r, struct np_err *reterr)
{
	static const char *const missing[] = {
		[SERIAL] = "expected a column \"serial\"",
		[EVENT] = "expected a column \"event\"",
		[DATE] = "expected a column \"date\"",
	};

	for (size_t i = 0; i < NCOLUMNS; i++)
		r->column[i] = NONE;
	for (size_t i = 0; i < r->ncells; i++) {
		unsigned k = column_of(np_trim(r->cell[i]));

		if (k < NCOLUMNS && r->column[k] == NONE)
			r->column[k] = i;
	}
	for (size_t i = 0; i <= DATE; i++) {
		if (r->column[i] == NONE)
			return np_fail(reterr, NP_EINPUT, missing[i], r->path,
				       r->line);
	}
	return 0;
}

static struct np_cur cell(const struct reading *r, unsigned column)
{
	size_t i = r->column[column];

	return i < r->ncells ? np_trim_space(r->cell[i]) : np_cur(NULL, 0);
}

/* ---- certificates */

static bool is_hash(struct np_cur v)
{
	for (size_t i = 0; i < v.left; i++) {
		if (!isxdigit(v.p[i]))
			return false;
	}
	return v.left == 64;
}

static void lower(char *to, struct np_cur v)
{
	for (size_t i = 0; i < v.left && i < 64; i++)
		to[i] = (char)tolower(v.p[i]);
	to[v.left < 64 ? v.left : 64] = '\0';
}

/* Beside the table where the name is not absolute. */
static int open_beside(const struct reading *r, struct np_cur name)
{
	const char *slash = strrchr(r->path, '/');
	struct np_buf b = np_buf(8192);
	struct stat st;
	int fd = -1;

	if (memchr(name.p, '\0', name.left))
		return -1;
	if (slash && !np_ahead(name, "/", 1))
		np_put(&b, r->path, (size_t)(slash - r->path) + 1);
	np_put(&b, name.p, name.left);
	if (!b.failed)
		fd = open(b.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	np_buf_free(&b);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
			(uint64_t)st.st_size > CERTIFICATE_MOST)) {
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

static bool hash_file(int fd, char to[static 65])
{
	static const char digit[] = "0123456789abcdef";
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	uint8_t chunk[16384], out[32];
	ssize_t n = h ? 1 : -1;

	if (h)
		np_hasher_begin(h);
	while (n > 0) {
		n = read(fd, chunk, sizeof(chunk));
		if (n > 0)
			np_hasher_add(h, chunk, (size_t)n);
	}
	if (h)
		np_hasher_end(h, out);
	np_hasher_free(h);
	for (size_t i = 0; n == 0 && i < 32; i++) {
		to[2 * i] = digit[out[i] >> 4];
		to[2 * i + 1] = digit[out[i] & 15];
	}
	to[n == 0 ? 64 : 0] = '\0';
	return n == 0;
}

/* The hash that the row says is kept where the file has another. */
static void certificate(const struct reading *r, struct np_cur name,
			struct np_cur hash, struct np_custody_row *row)
{
	char have[65];
	int fd;

	if (is_hash(hash))
		lower(row->sha256, hash);
	if (is_hash(name) && !row->sha256[0]) {
		lower(row->sha256, name);
		name.left = 0;
	}
	row->checked = row->sha256[0] ? NP_CERT_HASH : NP_CERT_NONE;
	if (!name.left)
		return;
	fd = open_beside(r, name);
	row->checked = NP_CERT_ABSENT;
	if (fd < 0)
		return;
	if (hash_file(fd, have)) {
		row->checked = !row->sha256[0] ? NP_CERT_TAKEN
			       : strcmp(have, row->sha256) == 0
				       ? NP_CERT_MATCHES
				       : NP_CERT_DIFFERS;
		if (!row->sha256[0])
			(void)memcpy(row->sha256, have, sizeof(have));
	}
	(void)close(fd);
}

/* ---- rows */

static int event_of(struct np_cur v)
{
	char plain[64];

	(void)np_table_plain(v, plain);
	for (size_t i = 0; i < NP_COUNT(words); i++) {
		if (strcmp(words[i].word, plain) == 0)
			return (int)words[i].event;
	}
	return -1;
}

static bool day_of(struct np_cur v, int32_t *ret)
{
	char text[16];

	if (v.left >= sizeof(text))
		return false;
	if (v.left)
		memcpy(text, v.p, v.left);
	text[v.left] = '\0';
	return np_day_read(text, ret);
}

static const char *text_of(struct reading *r, struct np_cur v)
{
	return v.left ? np_copystr(r->c->mem, v.p, v.left) : NULL;
}

static int read_row(struct reading *r)
{
	struct np_cur serial = cell(r, SERIAL), event = cell(r, EVENT);
	struct np_cur day = cell(r, DATE), name = cell(r, CERTIFICATE);
	struct np_cur hash = cell(r, HASH);
	struct np_custody_row row = {.file = r->path, .line = r->line};
	int e = event_of(event), rc;

	if (!serial.left)
		return bad(r, "no serial number", serial, serial);
	if (e < 0)
		return bad(r,
			   "expected an event: racked, unracked, stored, "
			   "destroyed",
			   event, serial);
	if (!day_of(day, &row.day))
		return bad(r, "expected a date: YYYY-MM-DD", day, serial);
	if (hash.left && !is_hash(hash))
		return bad(r, "expected a SHA-256: 64 hexadecimal digits", hash,
			   serial);
	row.event = (enum np_custody_event)e;
	row.serial = text_of(r, serial);
	row.place = text_of(r, cell(r, PLACE));
	row.certificate = is_hash(name) ? NULL : text_of(r, name);
	row.stated_by = cell(r, BY).left > 0;
	certificate(r, name, hash, &row);
	if (!row.serial)
		return NP_ENOMEM;
	rc = np_custody_add(r->c, &row);
	if (!rc && row.checked == NP_CERT_DIFFERS)
		rc = bad(r, "the certificate has not the hash that is said",
			 hash.left ? hash : name, serial);
	return rc;
}

static int one_line(struct reading *r, struct np_cur line, bool *headed,
		    struct np_buf *unquoted, struct np_err *reterr)
{
	r->row = line;
	if (!np_trim_space(line).left)
		return 0;
	if (line.left > NP_CUSTODY_LINE)
		return bad(r, "a line over the limit", line, np_cur(NULL, 0));
	if (!r->separator)
		r->separator = np_csv_separator(line);
	np_buf_clear(unquoted);
	/* Room before it begins, so that cells do not move. */
	np_put(unquoted, line.p, line.left);
	unquoted->n = 0;
	if (unquoted->failed)
		return NP_ENOMEM;
	if (!np_csv_split(line, r->separator ? r->separator : ',', unquoted,
			  r->cell, &r->ncells, NP_CSV_CELLS))
		return bad(r, "a quote where none may stand", line,
			   np_cur(NULL, 0));
	if (*headed)
		return read_row(r);
	*headed = true;
	return read_head(r, reterr);
}

int np_custody_parse(struct np_custody *c, const char *path, const char *text,
		     size_t n, struct np_err *reterr)
{
	struct np_cur all = np_cur(text, n), line;
	struct np_buf unquoted = np_buf(2 * NP_CUSTODY_LINE + 2);
	struct reading *r = np_zalloc(c->mem, sizeof(*r));
	bool headed = false;
	int rc = r ? 0 : NP_ENOMEM;

	if (r) {
		r->c = c;
		r->path = np_copystr(c->mem, path, strlen(path));
		rc = r->path ? 0 : NP_ENOMEM;
	}
	if (np_ahead(all, "\xef\xbb\xbf", 3))
		np_skip(&all, 3);
	while (!rc && np_line(&all, &line)) {
		r->line++;
		rc = one_line(r, line, &headed, &unquoted, reterr);
	}
	np_buf_free(&unquoted);
	if (!rc && !headed)
		rc = np_fail(reterr, NP_EINPUT,
			     "expected a table: serial, "
			     "event, date",
			     path, 1);
	if (rc && reterr && !reterr->text)
		(void)np_fail(reterr, rc, np_strerror(rc), path, 0);
	return rc;
}

int np_custody_read(struct np_custody *c, const char *path,
		    struct np_err *reterr)
{
	struct np_buf b = np_buf(FILE_MOST);
	int rc = np_file_read(path, "over 256 MiB", &b, reterr);

	if (!rc)
		rc = np_custody_parse(c, path, b.p, b.n, reterr);
	np_buf_free(&b);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/*
 * Kea's leases (memfile), of both versions: a row a lease, the columns named in
 * the first. When it was given is the end without its lifetime. What a client
 * said of its make is there only as the class that it was put into,
 * VENDOR_CLASS_… (user_context).
 */
#include "document/csv.h"
#include "document/lease.h"

enum { HWADDR, CLIENT, DUID, LIFETIME, EXPIRE, NAME, CONTEXT, NCOLUMNS };
static const char *const names[] = {
	[HWADDR] = "hwaddr",
	[CLIENT] = "client_id",
	[DUID] = "duid",
	[LIFETIME] = "valid_lifetime",
	[EXPIRE] = "expire",
	[NAME] = "hostname",
	[CONTEXT] = "user_context",
};

struct reader {
	struct np_csv csv;
	struct np_arena mem;	 /* of the row */
	size_t column[NCOLUMNS]; /* SIZE_MAX: not there */
};

static struct np_cur cell(const struct reader *x, unsigned column)
{
	size_t i = x->column[column];

	return i < x->csv.n ? np_trim(x->csv.cell[i]) : np_cur(NULL, 0);
}

static void find_columns(struct reader *x)
{
	for (unsigned k = 0; k < NCOLUMNS; k++) {
		x->column[k] = SIZE_MAX;
		for (size_t i = 0; i < x->csv.n; i++)
			if (np_is(np_trim(x->csv.cell[i]), names[k]))
				x->column[k] = i;
	}
}

/* Kea writes a comma inside a value as "&#x2c". */
static struct np_cur plain(struct np_cur v, struct np_arena *mem)
{
	static const char comma[] = "&#x2c";
	char *to = np_alloc(mem, v.left + 1);
	size_t n = 0;

	while (to && v.left) {
		bool is = np_ahead(v, comma, 5);

		to[n++] = is ? ',' : (char)*v.p;
		np_skip(&v, is ? 5 : 1);
	}
	return np_cur(to, to ? n : 0);
}

/* The class that Kea makes of option 60, or of option 16 in version 6. */
static struct np_cur class_of(struct np_cur context)
{
	static const char mark[] = "\"VENDOR_CLASS_";
	size_t at = np_find(context, mark, sizeof(mark) - 1);

	if (at == SIZE_MAX)
		return np_cur(NULL, 0);
	np_skip(&context, at + sizeof(mark) - 1);
	return np_doc_until(&context, "\"");
}

static void say_row(struct reader *x)
{
	struct np_lease l = {
		.six = x->column[DUID] != SIZE_MAX,
		.mac = cell(x, HWADDR),
		.name = plain(cell(x, NAME), &x->mem),
		.class = class_of(plain(cell(x, CONTEXT), &x->mem)),
		.line = x->csv.line,
		.first = np_doc_when(cell(x, EXPIRE)),
	};
	struct np_cur life = cell(x, LIFETIME);
	uint64_t seconds;

	l.client = np_doc_octets(cell(x, l.six ? DUID : CLIENT), &x->mem);
	if (np_decimal(&life, &seconds) && seconds < UINT32_MAX &&
	    l.first != NP_NEVER)
		l.first -= (int64_t)seconds * 1000000000;
	l.last = l.first;
	np_lease_say(x->csv.d, &l);
}

static bool mine(struct np_cur head)
{
	struct np_cur line;

	return np_line(&head, &line) && np_ahead(line, "address,", 8) &&
	       np_find(line, ",valid_lifetime,expire,", 23) != SIZE_MAX;
}

static int read_kea(struct np_doc *d)
{
	struct reader x = {.csv = np_csv(d), .mem = np_arena(NP_FRAME_ARENA)};

	x.csv.separator = ',';
	if (np_csv_row(&x.csv))
		find_columns(&x);
	while (np_csv_row(&x.csv)) {
		np_arena_reset(&x.mem);
		say_row(&x);
	}
	np_arena_free(&x.mem);
	np_csv_free(&x.csv);
	return NP_OK;
}

const struct np_document np_document_kea = {
	.name = "kea",
	.title = "Kea's leases",
	.spec = "Kea, memfile: kea-leases4.csv, kea-leases6.csv",
	.method = "log",
	.fields = np_lease_fields,
	.mine = mine,
	.read = read_kea,
};

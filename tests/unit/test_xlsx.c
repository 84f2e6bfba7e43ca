/* SPDX-License-Identifier: ISC */
/* Limits of archives and of the workbooks in them. */
#include "../document.h"
#include "document/zip.h"
#include <archive.h>
#include <archive_entry.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* after the three that it wants */
#include <cmocka.h>

#define ROOM ((size_t)8 << 20)

struct zip {
	struct archive *a;
	char *p;
	size_t n;
};

static void begin(struct zip *z, const char *options)
{
	*z = (struct zip){archive_write_new(), calloc(1, ROOM), 0};
	assert_non_null(z->p);
	assert_int_equal(archive_write_set_format_zip(z->a), 0);
	assert_int_equal(archive_write_set_options(z->a, options), 0);
	assert_int_equal(archive_write_open_memory(z->a, z->p, ROOM, &z->n), 0);
}

static void put(struct zip *z, const char *name, const char *text, size_t n)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_size(e, (la_int64_t)n);
	assert_int_equal(archive_write_header(z->a, e), 0);
	assert_int_equal(archive_write_data(z->a, text, n), n);
	archive_entry_free(e);
}

/* Why it ends. */
static const char *read_all(const char *p, size_t n, unsigned *entries)
{
	struct np_zip *z = np_zip_open(np_cur(p, n));

	assert_non_null(z);
	while (np_zip_next(z))
		++*entries;
	const char *why = np_zip_why(z);

	np_zip_close(z);
	return why;
}

static void end(struct zip *z)
{
	assert_int_equal(archive_write_close(z->a), 0);
	archive_write_free(z->a);
}

static void test_entries(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct zip z;
		unsigned n = 0;

		begin(&z, "zip:compression=store");
		for (unsigned i = 0; i < NP_ZIP_ENTRIES + more; i++)
			put(&z, "xl/a", "", 0);
		end(&z);
		const char *why = read_all(z.p, z.n, &n);

		free(z.p);

		assert_int_equal(n, NP_ZIP_ENTRIES);
		assert_int_equal(why != NULL, more);
		if (why)
			assert_non_null(strstr(why, "entries"));
	}
}

/* An entry that nobody wants counts too. */
static void test_ratio(void **state)
{
	size_t big = (size_t)NP_ZIP_FREE + (1 << 20);
	char *blanks = calloc(1, big);

	(void)state;
	assert_non_null(blanks);
	for (unsigned more = 0; more < 2; more++) {
		struct zip z;
		unsigned n = 0;

		begin(&z, "zip:compression=deflate");
		put(&z, "xl/media/a.png", blanks,
		    more ? big : (size_t)NP_ZIP_FREE - 1);
		put(&z, "b", "b", 1);
		end(&z);
		const char *why = read_all(z.p, z.n, &n);

		free(z.p);

		assert_int_equal(n, more ? 1 : 2);
		assert_int_equal(why != NULL, more);
		if (why)
			assert_non_null(strstr(why, "200 times"));
	}
	free(blanks);
}

/* Cut anywhere, and changed anywhere, it ends. */
static void test_damaged(void **state)
{
	struct zip z;

	(void)state;
	begin(&z, "zip:compression=deflate");
	for (unsigned i = 0; i < 3; i++)
		put(&z, "xl/workbook.xml", "<workbook><sheets/></workbook>",
		    30);
	end(&z);
	for (size_t i = 0; i < z.n; i++) {
		unsigned n = 0;

		(void)read_all(z.p, i, &n);
		assert_true(n <= 3);
		z.p[i] = (char)(z.p[i] ^ 0x44);
		(void)read_all(z.p, z.n, &n);
		z.p[i] = (char)(z.p[i] ^ 0x44);
	}
	free(z.p);
}

static void test_sheets(void **state)
{
	struct zip z;
	struct np_buf text = np_buf(1 << 20), out = np_buf(1 << 16);

	(void)state;
	begin(&z, "zip:compression=deflate");
	np_puts(&text, "<workbook><sheets>");
	for (unsigned i = 0; i < 257; i++)
		np_putf(&text, "<sheet r:id='r%u'/>", i);
	np_puts(&text, "</sheets></workbook>");
	put(&z, "_rels/.rels", "<Relationships/>", 16);
	put(&z, "xl/workbook.xml", text.p, text.n);
	end(&z);
	assert_true(read_octets(NULL, z.p, z.n, false, &out));
	assert_non_null(strstr(out.p, "more sheets than the limit"));
	np_buf_free(&text);
	np_buf_free(&out);
	free(z.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_sheets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

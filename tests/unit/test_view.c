/* SPDX-License-Identifier: ISC */
/* What pages are made of, apart from any dossier: packing, columns, the table
 * of audiences, and the comparison of two pages. */
#include "core/pack.h"
#include "view/html.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- packing */

/* Octets that pack badly and ones that pack well, of every length around a
 * piece. */
static void packs_and_unpacks(void **state)
{
	static const size_t lengths[] = {0,	1,     2,     3,
					 49151, 49152, 49153, 300000};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths) * 2; i++) {
		size_t n = lengths[i / 2];
		struct np_buf text = np_buf(1 << 20), back = np_buf(1 << 20);
		unsigned char *p = malloc(n + 1);
		uint32_t x = 1;

		assert_non_null(p);
		for (size_t k = 0; k < n; k++) {
			x = x * 1664525 + 1013904223;
			p[k] = i & 1 ? (unsigned char)(x >> 24) : 'a';
		}
		assert_int_equal(np_pack(p, n, &text), NP_OK);
		assert_int_equal(np_unpack(text.p, text.n, &back), NP_OK);
		assert_int_equal(back.n, n);
		if (n)
			assert_memory_equal(back.p, p, n);
		/* cut, or with more behind */
		np_buf_clear(&back);
		assert_int_equal(np_unpack(text.p, text.n - 4, &back),
				 NP_EINPUT);
		free(p);
		np_buf_free(&text);
		np_buf_free(&back);
	}
}

/* A megabyte of one letter packs into a kilobyte: the limit holds. */
static void unpacks_within_limit(void **state)
{
	struct np_buf text = np_buf(1 << 20), back = np_buf(65536);
	char *p = calloc(1, 1 << 20);

	(void)state;
	assert_non_null(p);
	assert_int_equal(np_pack(p, 1 << 20, &text), NP_OK);
	assert_true(text.n < 4096);
	assert_int_equal(np_unpack(text.p, text.n, &back), NP_ELIMIT);
	assert_int_equal(np_unpack("!!!!", 4, &back), NP_EINPUT);
	assert_int_equal(np_unpack("AAAA", 4, &back), NP_EINPUT);
	free(p);
	np_buf_free(&text);
	np_buf_free(&back);
}

/* ---- columns */

static void columns(void **state)
{
	struct np_column d = np_column("country", true);
	struct np_column n = np_column("days", false);
	struct np_buf b = np_buf(65536);

	(void)state;
	np_column_text(&d, "DE");
	np_column_text(&d, NULL);
	np_column_text(&d, "<b>");
	np_column_text(&d, "DE");
	np_column_int(&n, -5);
	np_column_null(&n);
	np_column_number(&n, "%.3f", 0.5);
	np_column_text(&n, "a\"\x1b\n");
	np_column_put(&d, false, &b);
	np_column_put(&n, true, &b);
	assert_false(b.failed);
	assert_string_equal(b.p, "\"country\":{\"dict\":[\"DE\","
				 "\"\\u003cb\\u003e\"],\"v\":[0,-1,1,0]},"
				 "\"days\":[-5,null,0.500,"
				 "\"a\\\"\\\\x1b\\\\x0a\"]");
	np_buf_free(&b);
}

/* Each word stands once, whatever the table grows to. */
static void many_words(void **state)
{
	struct np_column d = np_column("model", true);
	struct np_buf b = np_buf(1 << 22);
	char word[16], *end, *v;

	(void)state;
	for (unsigned k = 0; k < 2; k++) {
		for (unsigned i = 0; i < 5000; i++) {
			(void)snprintf(word, sizeof(word), "w%u", i);
			np_column_text(&d, word);
		}
	}
	assert_int_equal(d.words.n, 5000);
	np_column_put(&d, false, &b);
	v = strstr(b.p, "\"v\":[");
	assert_non_null(v);
	v += 5;
	for (unsigned i = 0; i < 10000; i++, v = end + 1)
		assert_int_equal(strtoul(v, &end, 10), i % 5000);
	np_buf_free(&b);
}

/* ---- audiences */

static int read_table(const char *text, struct np_audience_table *t,
		      struct np_arena *mem, struct np_err *e)
{
	return np_audience_read("a.yaml", text, strlen(text), mem, t, e);
}

/* Built in: each audience sees less than the one before it, and none of the
 * later ones what shows where to strike. */
static void audiences(void **state)
{
	struct np_arena mem = np_arena(1 << 20);
	struct np_audience_table t;
	struct np_err e = {0};

	(void)state;
	assert_int_equal(np_audience_open(NULL, &mem, &t, &e), NP_OK);
	assert_int_equal(t.standard, NP_FOR_ENGINEER);
	for (int i = 0; i < NP_SHOWN_N; i++) {
		assert_true(t.sees[NP_FOR_ENGINEER][i]);
		for (int a = 1; a < NP_AUDIENCES; a++)
			assert_true(t.sees[a - 1][i] || !t.sees[a][i]);
	}
	for (int a = NP_FOR_AUDITOR; a < NP_AUDIENCES; a++) {
		assert_false(t.sees[a][NP_SHOW_ZONES]);
		assert_false(t.sees[a][NP_SHOW_CUTS]);
		assert_false(t.sees[a][NP_SHOW_TOPOLOGY]);
	}
	assert_false(t.sees[NP_FOR_REGULATOR][NP_SHOW_NAMES]);
	assert_false(t.sees[NP_FOR_REGULATOR][NP_SHOW_ADDRESSES]);
	assert_false(t.sees[NP_FOR_REGULATOR][NP_SHOW_VALUES]);
	assert_false(t.sees[NP_FOR_PUBLIC][NP_SHOW_BOXES]);
	for (size_t i = 0; np_language(i); i++)
		for (int a = 0; a < NP_AUDIENCES; a++)
			assert_non_null(np_audience_mark(
				&t, (enum np_audience)a, np_language(i)));
	assert_null(np_audience_mark(&t, NP_FOR_PUBLIC, "xx"));
	np_arena_free(&mem);
}

static void wrong_audiences(void **state)
{
	static const char *const texts[] = {
		"", "default: king", "default: engineer", "other: 1",
		"default: engineer\naudiences: {engineer: {mark: {en: x}}}"};
	struct np_arena mem = np_arena(1 << 20);
	struct np_audience_table t;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct np_err e = {0};

		assert_int_equal(read_table(texts[i], &t, &mem, &e), NP_EINPUT);
		assert_non_null(e.text);
	}
	np_arena_free(&mem);
}

/* ---- two pages */

struct told {
	char text[512];
	unsigned wrong;
};

static void tell(void *ctx, const struct np_html_part *p)
{
	struct told *t = ctx;
	size_t n = strlen(t->text);

	t->wrong += !p->holds;
	(void)snprintf(t->text + n, sizeof(t->text) - n, "%.*s%s ",
		       (int)p->name_n, p->name, p->holds ? "" : "!");
}

static const char *compared(const char *a, const char *b, struct told *t)
{
	*t = (struct told){0};
	assert_int_equal(np_html_compare(a, strlen(a), b, strlen(b), tell, t),
			 NP_OK);
	return t->text;
}

#define P(name, text)                                                          \
	"<script type=\"application/octet-stream\" id=\"np-" name "\">" text   \
	"</script>"

static void compares(void **state)
{
	const char page[] = "<a>" P("x", "AA==") P("y", "BB==") "<z>";
	struct told t;

	(void)state;
	assert_string_equal(compared(page, page, &t), "the page x y ");
	assert_string_equal(
		compared("<a>" P("x", "AA==") P("y", "BC==") "<z>", page, &t),
		"the page x y! ");
	assert_string_equal(
		compared("<b>" P("x", "AA==") P("y", "BB==") "<z>", page, &t),
		"the page! x y ");
	assert_string_equal(compared("<a>" P("x", "AA==") "<z>", page, &t),
			    "the page! x y! ");
	assert_string_equal(compared("<a>" P("x", "AA==") P("y", "BB==")
					     P("x", "AA==") "<z>",
				     page, &t),
			    "the page! x y x! ");
	assert_int_equal((compared("", page, &t), t.wrong > 0), 1);
	assert_int_equal((compared(page, "", &t), t.wrong > 0), 1);
	/* one that does not end is no pack, and still is told of */
	assert_int_equal(
		(compared("<a><script type=\"application/octet-stream\" "
			  "id=\"np-x\">AA==",
			  page, &t),
		 t.wrong > 0),
		1);
}

/* The same inside, packed by another: holds. */
static void compares_inside(void **state)
{
	/* "aaaa", stored and deflated */
	const char a[] = P("x", "eAEBBAD7/2FhYWEDzgGF");
	const char b[] = P("x", "eNpLTExMBAADzgGF");
	const char c[] = P("x", "eNpLTExMAgADzwGG");
	struct told t;

	(void)state;
	assert_string_equal(compared(a, b, &t), "the page x ");
	assert_string_equal(compared(b, c, &t), "the page x! ");
}

static void reads_boot(void **state)
{
	const char good[] = "<script type=\"application/json\" id=\"np-boot\">"
			    "{\"schema\":\"nameplate.page/1\",\"live\":false,"
			    "\"audience\":\"public\",\"lang\":\"it\","
			    "\"as_of\":\"2026-11-23\",\"written\":{\"kept\":"
			    "true,\"site\":\"A\"}}</script>";
	struct np_arena mem = np_arena(1 << 16);
	struct np_html_written w;
	struct np_err e = {0};

	(void)state;
	assert_int_equal(np_html_written(good, strlen(good), &mem, &w, &e),
			 NP_OK);
	assert_string_equal(w.audience, "public");
	assert_string_equal(w.site, "A");
	assert_true(w.kept);
	assert_null(w.what_if);
	for (size_t n = 0; n < strlen(good); n++)
		assert_int_equal(np_html_written(good, n, &mem, &w, &e),
				 NP_EINPUT);
	np_arena_free(&mem);
}

/* ---- HTML */

static void html(void **state)
{
	struct np_buf b = np_buf(65536);

	(void)state;
	np_put_html(&b, "<a href='\"&\x1b[1m\xe2\x80\xae");
	assert_string_equal(b.p, "&#60;a href=&#39;&#34;&#38;\\x1b[1m"
				 "\\u{202e}");
	np_buf_clear(&b);
	np_html_policy("<script>a</script><style>b</style>", &b);
	assert_non_null(strstr(b.p, "script-src 'sha256-ypeBEsobvcr6wjGzmiPcTae"
				    "G7/gUfE5yuYB3ha/uSLs='"));
	assert_non_null(strstr(b.p, "style-src 'sha256-PiPoFgA5WUoziU9lZOGxNI"
				    "u9egCI1CxKy3PurtWcAJ0='"));
	np_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_and_unpacks),
		cmocka_unit_test(unpacks_within_limit),
		cmocka_unit_test(columns),
		cmocka_unit_test(many_words),
		cmocka_unit_test(audiences),
		cmocka_unit_test(wrong_audiences),
		cmocka_unit_test(compares),
		cmocka_unit_test(compares_inside),
		cmocka_unit_test(reads_boot),
		cmocka_unit_test(html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

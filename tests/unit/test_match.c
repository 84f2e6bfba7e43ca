/* SPDX-License-Identifier: ISC */
/*
 * The matcher that picks against the regex that decides: over every example in
 * knowledge/, each at many places of long texts, and over runs of every
 * character, what the one finds the other has picked, of every pattern.
 * Debian's Vectorscan 5.4.9 is known to lose matches without a word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/ask.h"
#include "claim/book.h"
#include "claim/claim.h"
#include "claim/piece.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST ((size_t)64 * 1024)

static struct np_arena mem;
static struct np_book book;
static struct np_err err;

/* The patterns of one matcher. */
struct side {
	const char **pattern;
	struct np_regex **regex;
	size_t n;
	struct np_match *m;
	struct np_scratch *s;
	uint64_t *hits;
};

static struct side all;
static const char *texts[8192]; /* every example, and what must never match */
static size_t ntexts, compared, matched, picks;

static void open_side(struct side *s, size_t n)
{
	s->n = n;
	s->regex = calloc(n, sizeof(*s->regex));
	s->hits = calloc(n / 64 + 1, sizeof(*s->hits));
	s->s = np_scratch_new();
	assert_true(s->regex && s->hits && s->s && s->m);
	assert_true(np_scratch_ready(s->s, s->m));
	for (size_t i = 0; i < n; i++) {
		s->regex[i] = np_regex_new(s->pattern[i]);
		assert_non_null(s->regex[i]);
	}
}

static void close_side(struct side *s)
{
	for (size_t i = 0; i < s->n; i++)
		np_regex_free(s->regex[i]);
	np_scratch_free(s->s);
	np_match_free(s->m);
	free(s->regex);
	free(s->hits);
	free(s->pattern);
}

static void compare(struct side *s, const char *text, size_t n)
{
	memset(s->hits, 0, (s->n / 64 + 1) * sizeof(*s->hits));
	np_match_scan(s->m, s->s, text, n, s->hits);
	for (size_t i = 0; i < s->n; i++) {
		bool picked = s->hits[i / 64] >> i % 64 & 1;
		bool found = np_regex_find(s->regex[i], text, n, NULL);

		compared++;
		matched += found;
		picks += picked;
		if (found && !picked)
			fail_msg("%s: not picked, in %zu octets: %.200s",
				 s->pattern[i], n, text);
	}
}

static void note_texts(const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		const char *t = y->kind == NP_YAML_MAP ? np_yaml_text(y, "text")
						       : y->text;

		assert_true(t && ntexts < NP_COUNT(texts));
		texts[ntexts++] = t;
	}
}

static int set_up(void **state)
{
	struct np_buf built = np_buf((size_t)1 << 28);
	size_t n = 0;

	(void)state;
	mem = np_arena((size_t)64 << 20);
	book = (struct np_book){.mem = &mem};
	if (np_book_add_dir(&book, "knowledge", &err) || !book.signs.n)
		return -1;
	all.pattern = calloc(2 * book.signs.n, sizeof(*all.pattern));
	NP_BOOK_EACH(np_book_sign, s, book.signs)
	{
		all.pattern[n++] = s->pattern;
		note_texts(s->examples);
		note_texts(s->never);
	}
	if (np_match_build(all.pattern, n, &built, "all", &err))
		return -1;
	all.m = np_match_new(built.p, built.n);
	np_buf_free(&built);
	open_side(&all, n);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	close_side(&all);
	np_arena_free(&mem);
	return 0;
}

/* Every text, by every pattern at once. */
static void test_every_example(void **state)
{
	(void)state;
	compared = matched = 0;
	for (size_t i = 0; i < ntexts; i++)
		compare(&all, texts[i], strlen(texts[i]));
	print_message("%zu texts, %zu comparisons, %zu matches\n", ntexts,
		      compared, matched);
	assert_true(matched >= all.n);
}

/* The matchers that the program was built with, a field each. */
static void test_the_programs_own(void **state)
{
	struct np_knowledge *k;
	size_t fields = 0;

	(void)state;
	compared = matched = picks = 0;
	assert_int_equal(np_knowledge_open(NULL, &k, &err), 0);
	for (size_t f = 0; f < k->im.n_field; f++) {
		const struct np_im_field *x = &k->im.field[f];
		struct side s = {0};

		if (!x->nmatcher)
			continue;
		s.pattern = calloc(x->nuses, sizeof(*s.pattern));
		assert_non_null(s.pattern);
		for (uint32_t i = 0; i < x->nuses; i++)
			s.pattern[i] = np_im_text(
				&k->im,
				k->im.sign[k->im.use[x->use + i]].pattern);
		s.m = np_match_new(k->im.matcher + x->matcher, x->nmatcher);
		open_side(&s, x->nuses);
		for (size_t i = 0; i < ntexts; i++)
			compare(&s, texts[i], strlen(texts[i]));
		close_side(&s);
		fields++;
	}
	print_message("%zu fields, %zu comparisons, %zu picks, %zu matches\n",
		      fields, compared, picks, matched);
	assert_true(fields > 10 && matched > ntexts);
	/* Picking is of use only as long as most are not. */
	assert_true(picks < compared / 16);
	np_knowledge_close(k);
}

static const size_t places[] = {0,  1,	2,  3,	7,   8,	  15,  16,   31,
				32, 63, 64, 65, 127, 128, 255, 1023, 4095};

/* Each example at many places in filler of several kinds. */
static void test_in_long_texts(void **state)
{
	static const char *const filler[] = {" ",     "x",	     "\n",
					     "Huawe", "<a href=\"/", "0."};
	char *p = malloc(LONGEST);

	(void)state;
	assert_non_null(p);
	compared = matched = 0;
	for (size_t i = 0; i < ntexts; i++) {
		const char *f = filler[i % NP_COUNT(filler)];
		size_t n = strlen(texts[i]), nf = strlen(f);

		for (size_t k = 0; k < NP_COUNT(places); k++) {
			size_t room = places[k] + n + places[(k + i) % 18];

			/* And some of them near the end of the longest. */
			if (k == i % NP_COUNT(places))
				room = LONGEST >> i % 5;
			size_t at = room > LONGEST / 32
					    ? room - n - places[i % 18]
					    : places[k];

			if (n + places[i % 18] > room || at + n > room)
				continue;
			for (size_t o = 0; o < room; o++)
				p[o] = f[o % nf];
			memcpy(p + at, texts[i], n);
			compare(&all, p, room);
		}
	}
	print_message("%zu comparisons, %zu matches\n", compared, matched);
	assert_true(matched > ntexts * 4);
	free(p);
}

/* Runs of one character, alone and behind the beginning of each example. */
static void test_runs(void **state)
{
	static const size_t run[] = {1,	  2,   3,   4,	 8,    15,  16,	 17,
				     31,  32,  33,  63,	 64,   65,  127, 128,
				     255, 256, 257, 511, 1024, 4096};
	char *p = malloc(LONGEST);

	(void)state;
	assert_non_null(p);
	compared = matched = 0;
	for (unsigned c = 0; c < 256; c++) {
		for (size_t r = 0; r < NP_COUNT(run); r++) {
			memset(p, (int)c, run[r]);
			if (run[r] <= 257 || c % 16 == 1)
				compare(&all, p, run[r]);
		}
	}
	for (size_t i = 0; i < ntexts; i++) {
		size_t n = strlen(texts[i]);
		size_t cut = n * (i % 4) / 4, r = run[i % NP_COUNT(run)];
		char c = "0aZ. -/\t"[i % 8];

		/* Head, run, tail. */
		memcpy(p, texts[i], cut);
		memset(p + cut, c, r);
		memcpy(p + cut + r, texts[i] + cut, n - cut);
		compare(&all, p, n + r);
		/* Every character of it many times over. */
		for (size_t k = 0; k < n; k++)
			memset(p + k * (1 + i % 7), texts[i][k], 1 + i % 7);
		compare(&all, p, n * (1 + i % 7));
	}
	memset(p, 'a', LONGEST);
	compare(&all, p, LONGEST);
	print_message("%zu comparisons, %zu matches\n", compared, matched);
	free(p);
}

/* What is written behind each pattern are the pieces of its needs. */
static void test_what_a_pattern_needs(void **state)
{
	static const char *const rows[][2] = {
		{"Huawei HONET (\\w+)", "huawei honet "},
		{"^(?:Aruba|ANW) [Vv]ersion", "^aruba|^anw;  version"},
		{"(?i)^abc?defg?", "^ab; def"},
		{"^CS\\d", "^cs"},
		{"CS\\d", ""},
		{"^(?:Some )?(?:AT )?CS\\d", "^some |^at |^cs"},
		{"^(?:x )?CS\\d", "^x |^cs"},
		{"^(?:\\w )?CS\\d", ""},
		{"^(?:ab|c)?def", "def"},
		{"=(?i:huawei) ", "huawei"},
		{"a(?:bcd)?efg", "efg"},
		{"a(?:bcd)+efg", "bcd; efg"},
		{"\\bxyz+z\\.[.]", "xyz"},
		{"[]abc]def[^]x]", "def"},
		{"abc|x", ""},
		{"abc|de{0,2}g", ""},
		{"abc(?=def)", ""},
		{"abc\\x41", ""},
		{"(\\S.*)", ""},
		{"abc\\", ""},
		{"abc[", ""},
		{"abc(", ""},
	};
	struct np_needs *needs = calloc(1, sizeof(*needs));

	(void)state;
	assert_non_null(needs);
	for (size_t i = 0; i < NP_COUNT(rows); i++) {
		struct np_buf got = np_buf(1024);

		np_piece_needs(rows[i][0], needs);
		for (size_t k = 0; k < needs->n; k++) {
			const struct np_need *x = &needs->v[k];

			np_puts(&got, k ? "; " : "");
			for (size_t p = 0; p < x->n; p++) {
				np_puts(&got, p ? "|" : "");
				np_puts(&got, x->v[p].head ? "^" : "");
				np_put(&got, x->v[p].text, x->v[p].n);
			}
		}
		if (strcmp(got.n ? got.p : "", rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], got.n ? got.p : "");
		np_buf_free(&got);
	}
	free(needs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_example),
		cmocka_unit_test(test_the_programs_own),
		cmocka_unit_test(test_in_long_texts),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_what_a_pattern_needs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* SPDX-License-Identifier: ISC */
/* Sources packed by xz. */
#include "source_packed.h"
#include <lzma.h>

static struct made pack(const struct made *plain)
{
	struct made m = {.cap = lzma_stream_buffer_bound(plain->n)};

	m.p = malloc(m.cap);
	assert_non_null(m.p);
	assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL,
						 plain->p, plain->n, m.p, &m.n,
						 m.cap),
			 LZMA_OK);
	return m;
}

static const struct packer xz = {"pcap+xz", pack, true};

#define TEST(name)                                                             \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		name(&xz);                                                     \
	}
TEST(whole)
TEST(pieces)
TEST(cut_anywhere)
TEST(changed_anywhere)
TEST(damaged_late)
TEST(twice)
TEST(no_capture)
TEST(other_behind)
TEST(bomb)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_changed_anywhere),
		cmocka_unit_test(test_damaged_late),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_no_capture),
		cmocka_unit_test(test_other_behind),
		cmocka_unit_test(test_bomb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

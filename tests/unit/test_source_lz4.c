/* SPDX-License-Identifier: ISC */
/* Sources packed by lz4. */
#include "source_packed.h"
#include <lz4frame.h>

static struct made pack(const struct made *plain)
{
	LZ4F_preferences_t like = {
		.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled,
	};
	struct made m = {.cap = LZ4F_compressFrameBound(plain->n, &like)};

	m.p = malloc(m.cap);
	assert_non_null(m.p);
	m.n = LZ4F_compressFrame(m.p, m.cap, plain->p, plain->n, &like);
	assert_false(LZ4F_isError(m.n));
	return m;
}

static const struct packer lz4 = {"pcap+lz4", pack, true};

#define TEST(name)                                                             \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		name(&lz4);                                                    \
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

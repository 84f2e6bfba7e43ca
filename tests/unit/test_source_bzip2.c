/* SPDX-License-Identifier: ISC */
/* Sources packed by bzip2. */
#include "source_packed.h"
#include <bzlib.h>

static struct made pack(const struct made *plain)
{
	struct made m = {.cap = plain->n + plain->n / 100 + 600};
	unsigned n = (unsigned)m.cap;
	char nothing[1];

	m.p = malloc(m.cap);
	assert_non_null(m.p);
	assert_int_equal(
		BZ2_bzBuffToBuffCompress((char *)m.p, &n,
					 plain->n ? (char *)plain->p : nothing,
					 (unsigned)plain->n, 1, 0, 0),
		BZ_OK);
	m.n = n;
	return m;
}

static const struct packer bzip2 = {"pcap+bzip2", pack, true};

#define TEST(name)                                                             \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		name(&bzip2);                                                  \
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

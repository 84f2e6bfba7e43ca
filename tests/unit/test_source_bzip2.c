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

PACKED_TESTS(bzip2)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PACKED_LIST,
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

PACKED_TESTS(xz)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PACKED_LIST,
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

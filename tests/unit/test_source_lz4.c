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

PACKED_TESTS(lz4)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PACKED_LIST,
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

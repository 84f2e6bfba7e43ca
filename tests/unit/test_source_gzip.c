/* SPDX-License-Identifier: ISC */
/* Sources packed by gzip. */
#include "source_packed.h"
#include <zlib.h>

static struct made pack(const struct made *plain)
{
	struct made m = {0};
	z_stream z = {0};

	assert_int_equal(
		deflateInit2(&z, 6, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY),
		Z_OK);
	m.cap = deflateBound(&z, plain->n);
	m.p = malloc(m.cap);
	assert_non_null(m.p);
	z.next_in = plain->p;
	z.avail_in = (uInt)plain->n;
	z.next_out = m.p;
	z.avail_out = (uInt)m.cap;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	m.n = z.total_out;
	(void)deflateEnd(&z);
	return m;
}

static const struct packer gzip = {"pcap+gzip", pack, true};

PACKED_TESTS(gzip)

/* A tape's padding is no damage (gzip's manual: "trailing zeros"). */
static void zeros_behind(void **state)
{
	(void)state;
	struct made plain = packed_capture(3);
	struct made m = pack(&plain);

	put_fill(&m, 0, 10240);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 3);
	assert_false(g.st.truncated);
	drop(&plain);
	drop(&m);
}

static void pcapng_inside(void **state)
{
	(void)state;
	struct made plain = {0};

	put_section(&plain);
	put_interface(&plain, 1, 0);
	put_packet(&plain, 0, 5, 1, 60);
	struct made m = pack(&plain);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_string_equal(g.kind, "pcapng+gzip");
	assert_int_equal(g.st.frames, 1);
	drop(&plain);
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PACKED_LIST,
		cmocka_unit_test(zeros_behind),
		cmocka_unit_test(pcapng_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: ISC */
/* Sources packed by zstd. */
#include "source_packed.h"
#include <zstd.h>

static struct made pack_with(const struct made *plain, int window_log)
{
	struct made m = {0};
	ZSTD_CCtx *z = ZSTD_createCCtx();

	assert_non_null(z);
	(void)ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	(void)ZSTD_CCtx_setParameter(z, ZSTD_c_windowLog, window_log);
	m.cap = ZSTD_compressBound(plain->n);
	m.p = malloc(m.cap);
	assert_non_null(m.p);
	ZSTD_inBuffer in = {plain->p, plain->n, 0};
	ZSTD_outBuffer out = {m.p, m.cap, 0};

	/* As a stream, so that the frame says its window and not its size. */
	(void)ZSTD_compressStream2(z, &out, &in, ZSTD_e_continue);
	assert_int_equal(ZSTD_compressStream2(z, &out, &in, ZSTD_e_end), 0);
	m.n = out.pos;
	(void)ZSTD_freeCCtx(z);
	return m;
}

static struct made pack(const struct made *plain)
{
	return pack_with(plain, 0);
}

static const struct packer zstd = {"pcap+zstd", pack, true};

PACKED_TESTS(zstd)

/* pzstd begins with a frame that is to be skipped (RFC 8878, 3.1.2). */
static void skippable(void **state)
{
	(void)state;
	struct made plain = packed_capture(3);
	struct made packed = pack(&plain);
	struct made m = {0};

	put32(&m, 0x184d2a5e);
	put32(&m, 7);
	put(&m, "ignored", 7);
	put(&m, packed.p, packed.n);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 3);
	drop(&plain);
	drop(&packed);
	drop(&m);
}

/* A frame may ask for any window; memory is ours to give. */
static void large_window(void **state)
{
	(void)state;
	struct made plain = packed_capture(3);
	struct made m = pack_with(&plain, 25);
	struct got g = read_made(&m);

	assert_int_equal(g.st.frames, 3);
	drop(&m);
	m = pack_with(&plain, 27);
	g = read_made(&m);
	assert_int_equal(g.open, NP_EINPUT);
	assert_non_null(strstr(g.e.text, "window above 32 MiB"));
	drop(&plain);
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PACKED_LIST,
		cmocka_unit_test(skippable),
		cmocka_unit_test(large_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

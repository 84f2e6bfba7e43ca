/* SPDX-License-Identifier: ISC */
/* A source behind a pump says what it says without one, to the last octet. */
#include "core/hash.h"
#include "source/pump.h"
#include "source_made.h"
#include <dirent.h>
#include <zlib.h>

/* What a source gave, in one number, and how it ended. */
struct gist {
	uint64_t frames, octets, hash;
	int end;
	struct np_err e;
	struct np_source_stats st;
};

/* Frames of all sizes, some larger than a read, as one capture. */
static struct made capture(size_t octets)
{
	struct made m = {0};
	uint32_t x = 1;

	put_pcap(&m, 0xa1b2c3d4, 1);
	while (m.n < octets) {
		x = x * 1664525u + 1013904223u;
		uint32_t n = x >> 29 ? x >> 20 & 0x7ff : x >> 12 & 0x1ffff;

		put32(&m, m.n);
		put32(&m, 0);
		put32(&m, n);
		put32(&m, n);
		put_fill(&m, (uint8_t)(x >> 24), n);
	}
	return m;
}

static struct gist read_ahead(const struct made *m, struct np_pump *pump,
			      uint64_t most)
{
	struct gist g = {0};
	struct np_source *s = NULL;
	struct np_frame f[16];
	int n = np_source_open(fd_of(m->p, m->n), &s, &g.e);

	assert_int_equal(n, 0);
	if (pump)
		np_source_ahead(s, pump);
	while (g.frames < most && (n = np_source_batch(s, f, 16, &g.e)) > 0)
		for (int i = 0; i < n; i++) {
			g.frames++;
			g.octets += f[i].n;
			g.hash = np_hash64(f[i].p, f[i].n,
					   g.hash + (uint64_t)f[i].time);
		}
	g.end = n < 0 ? n : 0;
	np_source_stats(s, &g.st);
	np_source_close(s);
	return g;
}

static void same(const struct made *m, struct np_pump *pump)
{
	struct gist a = read_ahead(m, NULL, UINT64_MAX);
	struct gist b = read_ahead(m, pump, UINT64_MAX);

	assert_int_equal(a.frames, b.frames);
	assert_int_equal(a.octets, b.octets);
	assert_int_equal(a.hash, b.hash);
	assert_int_equal(a.end, b.end);
	if (a.end) {
		assert_string_equal(a.e.text, b.e.text);
		assert_string_equal(a.e.what, b.e.what);
		assert_int_equal(a.e.at, b.e.at);
	}
	assert_int_equal(a.st.bytes, b.st.bytes);
	assert_int_equal(a.st.truncated, b.st.truncated);
	assert_int_equal(a.st.cut_at, b.st.cut_at);
}

static struct np_pump *new_pump(void)
{
	struct np_err e = {0};
	struct np_pump *pump = np_pump_new(&e);

	if (!pump)
		print_error("%s: %s\n", e.text, e.what);
	assert_non_null(pump);
	return pump;
}

/* One pump for many sources, as a decoder has it. */
static void test_plain(void **state)
{
	struct np_pump *pump = new_pump();
	struct made m = capture((size_t)24 << 20);
	size_t whole = m.n;

	(void)state;
	assert_true(read_ahead(&m, pump, UINT64_MAX).frames > 100);
	same(&m, pump);
	for (size_t i = 0; i < 8; i++) {
		m.n = whole / 8 * i + 60 + i; /* cut anywhere */
		same(&m, pump);
	}
	drop(&m);
	np_pump_free(pump);
}

static void test_packed(void **state)
{
	struct np_pump *pump = new_pump();
	struct made m = capture((size_t)8 << 20), z = {0};
	uLongf n = compressBound(m.n) + 64;
	z_stream s = {0};

	(void)state;
	z.p = malloc(n);
	assert_non_null(z.p);
	assert_int_equal(
		deflateInit2(&s, 1, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY),
		Z_OK);
	s.next_in = m.p;
	s.avail_in = (uInt)m.n;
	s.next_out = z.p;
	s.avail_out = (uInt)n;
	assert_int_equal(deflate(&s, Z_FINISH), Z_STREAM_END);
	z.n = s.total_out;
	(void)deflateEnd(&s);
	same(&z, pump);
	z.p[z.n / 2] ^= 0x55; /* breaks there, or says that it does not fit */
	same(&z, pump);
	z.n /= 3;
	same(&z, pump);
	drop(&z);
	drop(&m);
	np_pump_free(pump);
}

/* Who decodes may leave at any time. */
static void test_left_early(void **state)
{
	struct np_pump *pump = new_pump();
	struct made m = capture((size_t)16 << 20);

	(void)state;
	for (uint64_t most = 0; most < 4000; most += 250)
		(void)read_ahead(&m, pump, most);
	same(&m, pump);
	drop(&m);
	np_pump_free(pump);
}

/* The thread was confined before it read: it opens nothing any more. */
static void test_confined(void **state)
{
	struct np_pump *pump = new_pump();
	char path[300], line[128];
	bool filtered = false;
	DIR *tasks = opendir("/proc/self/task");
	const struct dirent *task;

	(void)state;
	assert_non_null(tasks);
	while ((task = readdir(tasks))) {
		(void)snprintf(path, sizeof(path), "/proc/self/task/%s/status",
			       task->d_name);
		FILE *f = fopen(path, "re");

		while (f && fgets(line, sizeof(line), f))
			filtered |= strcmp(line, "Seccomp:\t2\n") == 0;
		if (f)
			(void)fclose(f);
	}
	(void)closedir(tasks);
	assert_true(filtered);
	np_pump_free(pump);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_packed),
		cmocka_unit_test(test_left_early),
		cmocka_unit_test(test_confined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: ISC */
/*
 * Captures made in memory, octet by octet, in either byte order, and what a
 * source makes of them. Behind the tests of src/source.
 */
#ifndef SOURCE_MADE_H
#define SOURCE_MADE_H
#include "core/limits.h"
#include "core/time.h"
#include "source/source.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct made {
	uint8_t *p;
	size_t n, cap;
	bool big;
};

static inline void put(struct made *m, const void *p, size_t n)
{
	if (m->n + n > m->cap) {
		m->cap = (m->n + n) * 2;
		m->p = realloc(m->p, m->cap);
		assert_non_null(m->p);
	}
	if (n)
		memcpy(m->p + m->n, p, n);
	m->n += n;
}

static inline void put_uint(struct made *m, uint64_t v, size_t octets)
{
	for (size_t i = 0; i < octets; i++) {
		size_t at = m->big ? octets - 1 - i : i;
		uint8_t c = (uint8_t)(v >> 8 * at);

		put(m, &c, 1);
	}
}

static inline void put16(struct made *m, uint64_t v)
{
	put_uint(m, v, 2);
}

static inline void put32(struct made *m, uint64_t v)
{
	put_uint(m, v, 4);
}

static inline void put64(struct made *m, uint64_t v)
{
	put_uint(m, v, 8);
}

static inline void put_fill(struct made *m, uint8_t c, size_t n)
{
	while (n--)
		put(m, &c, 1);
}

/* Writes v over the four octets at `at`. */
static inline void patch32(struct made *m, size_t at, uint32_t v)
{
	size_t n = m->n;

	m->n = at;
	put32(m, v);
	m->n = n;
}

static inline void drop(struct made *m)
{
	free(m->p);
	*m = (struct made){0};
}

static inline int fd_of(const void *p, size_t n)
{
	int fd = memfd_create("made", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

#define GOT_MAX 64

/* What a source said from its opening to its end. */
struct got {
	int open, end; /* codes; end: of the last np_source_next */
	struct np_err e;
	struct np_source_stats st;
	struct np_frame f[GOT_MAX];  /* p is not kept */
	uint8_t octets[GOT_MAX][16]; /* the first of each frame */
	char kind[32];
	struct np_interface iface; /* of the last frame */
	char name[80];
};

static inline void keep(struct got *g, const struct np_source *s,
			const struct np_frame *f)
{
	const struct np_interface *i = np_source_interface(s, f->interface);
	size_t k = f->number - 1;

	if (k < GOT_MAX) {
		g->f[k] = *f;
		memcpy(g->octets[k], f->p, f->n < 16 ? f->n : 16);
	}
	/* Every octet of a frame can be read. */
	const volatile uint8_t *octets = f->p;

	for (uint32_t at = 0; at < f->n; at++)
		(void)octets[at];
	if (!i)
		return;
	g->iface = *i;
	g->iface.name = NULL;
	(void)snprintf(g->name, sizeof(g->name), "%s", i->name ? i->name : "");
}

static inline struct got read_fd(int fd)
{
	struct got g = {0};
	struct np_source *s = NULL;
	struct np_frame f = {0};
	uint64_t n = 0;

	g.open = np_source_open(fd, &s, &g.e);
	if (g.open < 0) {
		assert_null(s);
		return g;
	}
	while ((g.end = np_source_next(s, &f, &g.e)) > 0) {
		assert_int_equal(f.number, ++n);
		assert_true(f.wire_n >= f.n);
		assert_true(f.n <= NP_MAX_FRAME);
		keep(&g, s, &f);
	}
	/* An end stays an end. */
	assert_int_equal(np_source_next(s, &f, NULL), 0);
	np_source_stats(s, &g.st);
	(void)snprintf(g.kind, sizeof(g.kind), "%s", g.st.kind);
	g.st.kind = NULL;
	assert_int_equal(g.st.frames, n);
	np_source_close(s);
	return g;
}

static inline struct got read_made(const struct made *m)
{
	return read_fd(fd_of(m->p, m->n));
}

/* The same octets through a pipe, `chunk` at a time, by a child. */
static inline struct got read_piped(const struct made *m, size_t chunk)
{
	int to[2];

	assert_int_equal(pipe(to), 0);
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		for (size_t at = 0; at < m->n; at += chunk) {
			size_t n = m->n - at < chunk ? m->n - at : chunk;

			if (write(to[1], m->p + at, n) < 0)
				_exit(1);
		}
		_exit(0);
	}
	assert_int_equal(close(to[1]), 0);
	struct got g = read_fd(to[0]);

	assert_int_equal(waitpid(child, NULL, 0), child);
	return g;
}

/* Classic pcap. */
static inline void put_pcap(struct made *m, uint32_t magic, uint32_t linktype)
{
	put32(m, magic);
	put16(m, 2);
	put16(m, 4);
	put32(m, 0);
	put32(m, 0);
	put32(m, 65535);
	put32(m, linktype);
}

static inline void put_record(struct made *m, uint32_t seconds,
			      uint32_t fraction, uint32_t n, uint32_t wire_n)
{
	put32(m, seconds);
	put32(m, fraction);
	put32(m, n);
	put32(m, wire_n);
}

/* A record of n octets, all of them c. */
static inline void put_frame(struct made *m, uint32_t seconds,
			     uint32_t fraction, uint8_t c, uint32_t n)
{
	put_record(m, seconds, fraction, n, n);
	put_fill(m, c, n);
}

/* pcapng: a block is begun, filled and ended; `begin_block` gives its place. */
static inline size_t begin_block(struct made *m, uint32_t type)
{
	size_t at = m->n;

	put32(m, type);
	put32(m, 0);
	return at;
}

static inline void end_block(struct made *m, size_t at)
{
	while ((m->n - at) % 4)
		put_fill(m, 0, 1);
	uint32_t n = (uint32_t)(m->n - at + 4);

	put32(m, n);
	patch32(m, at + 4, n);
}

static inline void put_option(struct made *m, uint16_t code, const void *p,
			      uint16_t n)
{
	put16(m, code);
	put16(m, n);
	put(m, p, n);
	put_fill(m, 0, -(size_t)n & 3);
}

static inline void put_option64(struct made *m, uint16_t code, uint64_t v)
{
	put16(m, code);
	put16(m, 8);
	put64(m, v);
}

static inline void put_section(struct made *m)
{
	size_t at = begin_block(m, 0x0a0d0d0a);

	put32(m, 0x1a2b3c4d);
	put16(m, 1);
	put16(m, 0);
	put64(m, UINT64_MAX);
	end_block(m, at);
}

/* An interface without options. */
static inline void put_interface(struct made *m, uint16_t linktype,
				 uint32_t snaplen)
{
	size_t at = begin_block(m, 1);

	put16(m, linktype);
	put16(m, 0);
	put32(m, snaplen);
	end_block(m, at);
}

/* An enhanced packet block without options. */
static inline void put_packet(struct made *m, uint32_t id, uint64_t ticks,
			      uint8_t c, uint32_t n)
{
	size_t at = begin_block(m, 6);

	put32(m, id);
	put32(m, ticks >> 32);
	put32(m, ticks & UINT32_MAX);
	put32(m, n);
	put32(m, n);
	put_fill(m, c, n);
	end_block(m, at);
}
#endif

/* SPDX-License-Identifier: ISC */
/*
 * A classic pcap file through read(2) into a buffer that stays in the cache:
 * the least that any reader has to do. Files of this machine's octet order.
 */
#ifndef NP_BENCH_RECORDS_H
#define NP_BENCH_RECORDS_H
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER ((size_t)256 << 10)
#define RECORD_MAX ((size_t)128 << 10)

typedef void record_fn(const uint8_t *frame, uint32_t n);

/* Calls fn with every record; the number of them, or -1. */
static inline long each_record(const char *path, record_fn *fn)
{
	uint8_t *b = malloc(BUFFER + RECORD_MAX);
	int fd = open(path, O_RDONLY);
	size_t have = 0, at = 24;
	long count = 0;
	ssize_t r = 0;

	while (b && fd >= 0 && (r = read(fd, b + have, BUFFER)) > 0) {
		have += (size_t)r;
		while (at + 16 <= have) {
			uint32_t n;

			memcpy(&n, b + at + 8, sizeof(n));
			if (n > RECORD_MAX - 16 || at + 16 + n > have)
				break;
			fn(b + at + 16, n);
			count++;
			at += 16 + n;
		}
		if (have < at || have - at > RECORD_MAX)
			break; /* not a capture of ours */
		memmove(b, b + at, have - at);
		have -= at;
		at = 0;
	}
	free(b);
	return fd < 0 || r < 0 ? -1 : count;
}
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Any octets from a decoder that was taken over: records off the pipe, and the
 * bodies in them. What is accepted must be within every limit, and written
 * again it is the same.
 */
#include "core/hash.h"
#include "core/limits.h"
#include "fuzz.h"
#include "sighting/pipe.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void check(struct np_record *r, struct np_hasher *h)
{
	struct np_sighting *s = &r->sighting;
	struct np_buf b = np_buf(4 * NP_MAX_SIGHTING);
	struct np_buf json = np_buf((size_t)4 << 20);

	MUST(s->nkeys <= NP_MAX_KEYS && s->nfacts <= NP_MAX_FACTS);
	np_body_write(s, &b);
	MUST(!b.failed && b.n == r->body_n);
	np_sighting_id(s, h, s->id);
	np_sighting_json(s, &json);
	np_buf_free(&json);
	np_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC), rc = 0;
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	struct np_record *r = malloc(sizeof(*r));
	struct np_pipe_in in;

	MUST(h && r && fd >= 0 && write(fd, p, n) == (ssize_t)n);
	MUST(lseek(fd, 0, SEEK_SET) == 0 && np_pipe_in(&in, fd) == 0);
	while (rc >= 0 && np_pipe_fill(&in) > 0) {
		while ((rc = np_pipe_next(&in, r)) > 0) {
			if (r->kind == NP_R_SIGHTING)
				check(r, h);
			else if (r->kind == NP_R_DROPPED)
				MUST(np_field_of(r->dropped.field));
			else if (r->kind == NP_R_BROKEN || r->kind == NP_R_KIND)
				MUST(strlen(r->text) < sizeof(in.text));
		}
	}
	np_pipe_in_free(&in);
	np_hasher_free(h);
	free(r);
	(void)close(fd);
	return 0;
}

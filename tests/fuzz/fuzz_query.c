/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a file of questions: cut into lines by the reader of lines,
 * read, and answered as `identify` does. Every answer is JSON again, on one
 * line.
 */
#include "claim/query.h"
#include "core/lines.h"
#include "core/pull.h"
#include "core/utf8.h"
#include "fuzz.h"
#include "report/answer.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)
#define MOST 4096 /* octets in a line: so that inputs reach it */

struct asking {
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_query q;
	struct np_claims claims;
	struct np_arena mem;
	struct np_buf out;
};

static void is_json(const struct np_buf *b)
{
	struct np_pull p = np_pull(b->p, b->n);
	struct np_cur all;

	MUST(!b->failed && !memchr(b->p, '\n', b->n));
	MUST(np_utf8_ok(b->p, b->n));
	MUST(np_pull_raw(&p, &all) && np_pull_end(&p));
}

static void ask(struct asking *a, const char *line, size_t n, bool whole)
{
	struct np_kept_claim *claims;
	struct np_device d;
	struct np_err why = {0};

	np_arena_reset(&a->mem);
	np_buf_clear(&a->out);
	int rc = np_query_read(a->k, line, n, whole, &a->mem, &a->q, &why);

	MUST(rc == 0 ? whole : rc == why.code && why.text);
	if (rc) {
		np_put_refusal(a->q.id, &why, 1, &a->out);
	} else {
		np_infer(a->infer, &a->q.sighting, &a->mem, &a->claims);
		MUST(np_alone(a->k, &a->q.sighting, &a->claims, &a->mem, &d,
			      &claims, &n) == 0);
		np_put_answer(a->k, a->q.id, &d, claims, n, &a->out);
	}
	is_json(&a->out);
}

/* Opening the knowledge takes longer than a thousand questions, so it stays
 * open. */
static struct asking *asking(void)
{
	static struct asking a;

	if (a.k)
		return &a;
	MUST(np_knowledge_open(NULL, &a.k, NULL) == 0);
	a.infer = np_infer_new(a.k);
	MUST(a.infer);
	a.mem = np_arena((size_t)16 << 20);
	a.out = np_buf((size_t)8 << 20);
	return &a;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct np_lines l;
	const char *line;
	size_t len, all = 0;
	bool whole;
	int rc;

	MUST(fd >= 0 && write(fd, p, n) == (ssize_t)n &&
	     lseek(fd, 0, SEEK_SET) == 0 && np_lines_open(&l, fd, MOST) == 0);
	while ((rc = np_lines_next(&l, &line, &len, &whole)) == 1) {
		MUST(len <= MOST && (whole || len == MOST));
		MUST(!memchr(line, '\n', len));
		all += len;
		ask(asking(), line, len, whole);
	}
	MUST(rc == 0 && all <= n);
	np_lines_close(&l);
	(void)close(fd);
	return 0;
}

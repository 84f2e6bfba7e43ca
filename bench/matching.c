/* SPDX-License-Identifier: ISC */
/*
 * matching FILE: what the parts of `identify` cost, in strings a second of
 * processor time. Lines are taken in batches, so that looking at the clock
 * costs nothing; no line's answer is remembered from an earlier one if the
 * lines differ.
 */
#include "claim/query.h"
#include "report/answer.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCH 256

struct one {
	char *line;
	size_t n;
	struct np_query q;
	struct np_claims claims;
};

struct bench {
	struct np_knowledge *k;
	struct np_infer *infer;
	struct np_arena mem;
	struct np_buf out;
	struct one v[BATCH];
	size_t n, all, named;
	double read, match, answer; /* seconds */
};

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void answer(struct bench *b, struct one *x)
{
	struct np_kept_claim *claims;
	struct np_device d;
	size_t n;

	if (np_alone(b->k, &x->q.sighting, &x->claims, &b->mem, &d, &claims,
		     &n))
		abort();
	b->named += d.maker != NP_NO_MAKER;
	np_put_answer(b->k, x->q.id, &d, claims, n, &b->out);
}

static void batch(struct bench *b)
{
	double at[4];

	np_arena_reset(&b->mem);
	at[0] = now();
	for (size_t i = 0; i < b->n; i++)
		if (np_query_read(b->k, b->v[i].line, b->v[i].n, true, &b->mem,
				  &b->v[i].q, NULL))
			abort();
	at[1] = now();
	for (size_t i = 0; i < b->n; i++)
		np_infer(b->infer, &b->v[i].q.sighting, &b->mem,
			 &b->v[i].claims);
	at[2] = now();
	for (size_t i = 0; i < b->n; i++)
		answer(b, &b->v[i]);
	at[3] = now();
	np_buf_clear(&b->out);
	b->read += at[1] - at[0];
	b->match += at[2] - at[1];
	b->answer += at[3] - at[2];
	b->all += b->n;
	b->n = 0;
}

int main(int argc, char **argv)
{
	struct bench *b = calloc(1, sizeof(*b));
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!b || !f || np_knowledge_open(NULL, &b->k, NULL) ||
	    !(b->infer = np_infer_new(b->k)))
		return 2;
	b->mem = np_arena((size_t)64 << 20);
	b->out = np_buf((size_t)64 << 20);
	while ((n = getline(&line, &cap, f)) > 0) {
		b->v[b->n].line = line;
		b->v[b->n++].n = (size_t)n;
		line = NULL;
		cap = 0;
		if (b->n < BATCH)
			continue;
		batch(b);
		for (size_t i = 0; i < BATCH; i++)
			free(b->v[i].line);
	}
	free(line);
	(void)fclose(f);
	(void)printf("%zu %zu %.0f %.0f %.0f\n", b->all, b->named,
		     (double)b->all / b->read, (double)b->all / b->match,
		     (double)b->all / b->answer);
	return 0;
}

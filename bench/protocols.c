/* SPDX-License-Identifier: ISC */
/*
 * What a protocol costs, over its goldens: protocols ROOT [PROTO...]
 *
 *	first	ns for a payload that is decoded and sealed
 *	again	ns for a frame that was heard before, from its carriers on; a
 *		stream that opens again is decoded again
 *
 * Frames lie in memory. The goldens are small and lie in the caches, so these
 * are floors to compare protocols by, not what a capture costs.
 */
#include "../tests/decode.h"
#include "source/source.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define FRAMES 4096		 /* of one protocol */
#define OCTETS ((size_t)8 << 20) /* of those */
#define ROUND 20000000		 /* ns that each measurement takes at least */
#define ROUNDS 3		 /* of which the fastest counts */

struct bill {
	struct bench b;
	const struct np_proto *want;
	struct np_frame frame[FRAMES];
	uint8_t *octets;
	size_t nframes, noctets;
	size_t payloads, length;
	double first, again; /* ns */
};

static int64_t now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void decode_and_seal(struct bill *x, const struct np_payload *p)
{
	(void)bench_decode(&x->b, x->want, &p->from, p->cur.p, p->cur.left,
			   p->origin);
	for (size_t i = 0; i < x->b.o.nsaid; i++) {
		np_buf_clear(&x->b.body);
		(void)np_seal(&x->b.rules, &x->b.o, i, NP_OWNER_UNKNOWN, false,
			      &x->b.body, &x->b.withheld);
	}
}

/* The fastest of some rounds over one payload, added to the bill. */
static void measure_first(struct bill *x, const struct np_payload *p)
{
	double best = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t begin = now(), took = 0;
		unsigned n = 0;

		do {
			for (unsigned i = 0; i < 64; i++)
				decode_and_seal(x, p);
			n += 64;
			took = now() - begin;
		} while (took < ROUND / 64);
		if (!round || (double)took / n < best)
			best = (double)took / n;
	}
	x->first += best;
	x->length += p->cur.left;
	x->payloads++;
}

static struct np_answer hear(void *ctx, const struct np_payload *p)
{
	struct bill *x = ctx;
	struct np_answer a = {.verdict = NP_NOT_MINE};

	for (const struct np_proto *const *c = p->candidates; *c; c++) {
		a.verdict = bench_decode(&x->b, *c, &p->from, p->cur.p,
					 p->cur.left, p->origin);
		a.proto = *c;
		a.next = x->b.o.next;
		a.more = x->b.o.more;
		if (a.verdict == NP_NOT_MINE)
			continue;
		if (*c == x->want && a.verdict == NP_DECODED)
			measure_first(x, p);
		break;
	}
	return a;
}

static void each_frame(struct bill *x, struct np_wire *w)
{
	for (size_t i = 0; i < x->nframes; i++)
		np_peel(w, &x->frame[i]);
}

static void give(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		 const struct np_occurrence *o)
{
	(void)ctx;
	(void)number;
	(void)body;
	(void)n;
	(void)o;
}

static void measure_again(struct bill *x)
{
	struct np_wire_conf conf = {0};
	struct np_tally *t =
		np_tally_new(&x->b.rules, NP_MAX_SIGHTINGS, give, NULL);
	struct np_wire *w = np_wire_new(&conf, np_tally_payload, t);

	if (!t || !w)
		exit(1);
	each_frame(x, w);
	for (int round = 0; round < ROUNDS; round++) {
		int64_t begin = now(), took = 0;
		size_t n = 0;

		do {
			each_frame(x, w);
			n += x->nframes;
			took = now() - begin;
		} while (took < ROUND);
		if (!round || (double)took / (double)n < x->again)
			x->again = (double)took / (double)n;
	}
	np_wire_free(w);
	np_tally_free(t);
}

static void keep_frames(struct bill *x, const char *path)
{
	struct np_source *s;
	struct np_frame f;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || np_source_open(fd, &s, NULL) < 0) {
		(void)fprintf(stderr, "protocols: cannot read %s\n", path);
		exit(1);
	}
	while (np_source_next(s, &f, NULL) > 0 && x->nframes < FRAMES &&
	       x->noctets + f.n <= OCTETS) {
		memcpy(x->octets + x->noctets, f.p, f.n);
		f.p = x->octets + x->noctets;
		x->noctets += f.n;
		x->frame[x->nframes++] = f;
	}
	np_source_close(s);
	(void)close(fd);
}

static void keep_goldens(struct bill *x, const char *root)
{
	char path[4096];
	struct dirent **list = NULL;

	(void)snprintf(path, sizeof(path), "%s/%s", root, x->want->name);
	int n = scandir(path, &list, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		const char *end = strrchr(list[i]->d_name, '.');

		(void)snprintf(path, sizeof(path), "%s/%s/%s", root,
			       x->want->name, list[i]->d_name);
		if (end && strncmp(end, ".pcap", 5) == 0)
			keep_frames(x, path);
		free(list[i]);
	}
	free(list);
}

static void measure(struct bill *x, const char *root)
{
	struct np_wire_conf conf = {0};
	struct np_wire *w = np_wire_new(&conf, hear, x);

	if (!w)
		exit(1);
	keep_goldens(x, root);
	each_frame(x, w);
	np_wire_end(w);
	np_wire_free(w);
	if (x->nframes)
		measure_again(x);
	(void)printf("%-12s %8zu %8zu %8.0f %8zu %8.0f\n", x->want->name,
		     x->payloads, x->payloads ? x->length / x->payloads : 0,
		     x->payloads ? x->first / (double)x->payloads : 0,
		     x->nframes, x->again);
}

int main(int argc, char **argv)
{
	struct bill *x = calloc(1, sizeof(*x));

	if (!x || argc < 2)
		return 2;
	x->octets = malloc(OCTETS);
	if (!x->octets)
		return 1;
	(void)puts("protocol     payloads   octets first ns   frames again ns");
	for (int i = 0; np_protos[i]; i++) {
		bool asked = argc == 2;

		for (int k = 2; k < argc; k++)
			asked |= strcmp(argv[k], np_protos[i]->name) == 0;
		if (!asked)
			continue;
		bench_open(&x->b);
		x->want = np_protos[i];
		x->nframes = x->noctets = x->payloads = x->length = 0;
		x->first = x->again = 0;
		measure(x, argv[1]);
		bench_close(&x->b);
	}
	free(x->octets);
	free(x);
	return 0;
}

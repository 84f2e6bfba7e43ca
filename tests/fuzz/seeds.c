/* SPDX-License-Identifier: ISC */
/*
 * seeds PROTO OUT CAPTURE...: the payloads of goldens as inputs for
 * fuzz_decode, one file each.
 */
#include "../decode.h"
#include "core/hash.h"
#include "source/source.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

struct seeds {
	struct bench b;
	const struct np_proto *want;
	const char *out;
	unsigned n;
};

static void put(struct seeds *s, const struct np_payload *pl)
{
	char path[4096];
	const struct np_from *f = &pl->from;
	bool client = s->want->nmatch && f->dport && f->dport < f->sport;
	uint8_t how =
		(uint8_t)((f->stream ? 3 : 0) | (client ? 4 : 0) |
			  (f->ip_len == 16 ? 8 : 0) | (f->src_ip ? 0 : 16));

	(void)snprintf(path, sizeof(path), "%s/golden-%u", s->out, s->n++);
	FILE *to = fopen(path, "we");

	if (!to)
		return;
	(void)fputc(how, to);
	(void)fwrite(pl->cur.p, 1, pl->cur.left, to);
	(void)fclose(to);
}

static struct np_answer hear(void *ctx, const struct np_payload *pl)
{
	struct seeds *s = ctx;
	struct np_answer a = {.verdict = NP_NOT_MINE};

	for (const struct np_proto *const *c = pl->candidates; *c; c++) {
		a.verdict = bench_decode(&s->b, *c, &pl->from, pl->cur.p,
					 pl->cur.left, pl->origin);
		a.proto = *c;
		a.next = s->b.o.next;
		a.more = s->b.o.more;
		if (a.verdict == NP_NOT_MINE)
			continue;
		if (*c == s->want && a.verdict != NP_MORE)
			put(s, pl);
		break;
	}
	return a;
}

int main(int argc, char **argv)
{
	struct seeds *s = calloc(1, sizeof(*s));
	struct np_wire_conf conf = {.open_subscriber = true};
	int p = argc > 3 ? np_proto_find(argv[1], strlen(argv[1])) : -1;

	if (!s || p < 0)
		return 2;
	bench_open(&s->b);
	s->want = np_protos[p];
	s->out = argv[2];
	for (int i = 3; i < argc; i++) {
		struct np_source *src;
		struct np_frame f;
		int fd = open(argv[i], O_RDONLY);
		struct np_wire *w = np_wire_new(&conf, hear, s);

		if (w && fd >= 0 && np_source_open(fd, &src, NULL) == 0) {
			while (np_source_next(src, &f, NULL) > 0)
				np_peel(w, &f);
			np_wire_end(w);
			np_source_close(src);
		}
		np_wire_free(w);
	}
	bench_close(&s->b);
	free(s);
	return 0;
}

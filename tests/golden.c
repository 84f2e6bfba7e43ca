/* SPDX-License-Identifier: ISC */
/*
 * Goldens: golden PROTO FILE.pcap prints what one protocol makes of a capture,
 * a fact a line, so that a person can hold it beside tshark's view. Local by
 * law: nothing in it depends on the number or order of other protocols.
 *
 *	golden PROTO FILE...           prints
 *	golden --check ROOT PROTO...   compares with FILE.txt, speaks TAP
 *	golden --bless ROOT PROTO[/CASE]  rewrites
 */
#include "core/buf.h"
#include "proto/proto.h"
#include "sighting/sighting.h"
#include "source/source.h"
#include "wire/wire.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct golden {
	const struct np_proto *want;
	struct np_arena mem;
	struct np_buf out;
	struct np_buf body;
	struct np_seal_rules rules;
	struct np_withheld withheld;
	struct np_out_fact facts[NP_MAX_FACTS];
	struct np_out_statement said[NP_MAX_STATEMENTS];
};

static const char *verdict_name(enum np_verdict v)
{
	static const char *const names[] = {"not mine", "decoded", "malformed",
					    "more"};

	return names[v];
}

static void put_statement(struct golden *g, const struct np_out *o, size_t i)
{
	struct np_sighting s;
	char name[64];

	np_buf_clear(&g->body);
	if (!np_seal(&g->rules, o, i, NP_OWNER_UNKNOWN, false, &g->body,
		     &g->withheld) ||
	    np_body_read((const uint8_t *)g->body.p, g->body.n, &s) < 0)
		return;
	np_putf(&g->out, "  %s, %s, of", np_scope_name(s.scope),
		np_reach_name(s.reach));
	for (size_t k = 0; k < s.nkeys; k++) {
		np_putf(&g->out, " %s ", np_keykind_name(s.keys[k].kind));
		np_putterm(&g->out, s.keys[k].v, s.keys[k].n);
	}
	np_puts(&g->out, s.nkeys ? "\n" : " nobody\n");
	for (size_t k = 0; k < s.nfacts; k++) {
		np_putf(&g->out,
			"    %s = ", np_field_text(s.facts[k].field, name));
		np_putterm(&g->out, s.facts[k].v, s.facts[k].n);
		np_putf(&g->out, " @%u\n", s.facts[k].at);
	}
}

/* Asks one; what it says is put down when it is the wanted. */
static struct np_answer ask(struct golden *g, const struct np_payload *p,
			    const struct np_from *from,
			    const struct np_proto *proto)
{
	struct np_cur cur = p->cur;
	struct np_out o = {
		.mem = &g->mem,
		.from = from,
		.proto = proto,
		.base = p->base,
		.base_n = p->base_n,
		.origin = p->origin,
		.facts = g->facts,
		.cap = NP_MAX_FACTS,
		.said = g->said,
		.nsaid = 1,
		.said_cap = NP_MAX_STATEMENTS,
	};

	np_arena_reset(&g->mem);
	g->said[0] = (struct np_out_statement){
		.scope = NP_SELF,
		.reach = from->reach,
	};
	enum np_verdict v = proto->decode(&cur, &o);

	if (proto == g->want && v != NP_NOT_MINE && v != NP_MORE) {
		np_putf(&g->out, "%s %llu: %s\n",
			from->stream ? "stream" : "frame",
			(unsigned long long)p->place, verdict_name(v));
		for (size_t i = 0; i < o.nsaid; i++)
			put_statement(g, &o, i);
	}
	return (struct np_answer){
		.verdict = v, .proto = proto, .next = o.next, .more = o.more};
}

static struct np_answer hear(void *ctx, const struct np_payload *p)
{
	struct golden *g = ctx;
	struct np_answer a = {.verdict = NP_NOT_MINE};
	struct np_from whole = p->from;

	whole.end = true;
	for (const struct np_proto *const *c = p->candidates; *c; c++) {
		a = ask(g, p, &p->from, *c);
		if (a.verdict == NP_NOT_MINE)
			continue;
		for (c++; a.verdict == NP_DECODED && *c; c++)
			if ((*c)->carries)
				(void)ask(g, p, &whole, *c);
		break;
	}
	return a;
}

static int dump(struct golden *g, const char *path)
{
	struct np_source *s;
	struct np_frame f;
	struct np_err e = {0};
	struct np_wire_conf conf = {.open_subscriber = true};
	int fd = open(path, O_RDONLY);
	struct np_wire *w = np_wire_new(&conf, hear, g);

	np_buf_clear(&g->out);
	np_puts(&g->out, "");
	if (fd < 0 || !w || np_source_open(fd, &s, &e) < 0) {
		(void)fprintf(stderr, "golden: %s: %s\n", path,
			      e.text ? e.text : "cannot open");
		np_wire_free(w);
		return -1;
	}
	while (np_source_next(s, &f, &e) > 0)
		np_peel(w, &f);
	np_wire_end(w);
	np_wire_free(w);
	np_source_close(s);
	return 0;
}

static char *slurp(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "re");
	char *p = NULL;
	size_t n = 0;

	*ret_n = 0;
	if (!f)
		return NULL;
	p = malloc(1 << 22);
	if (p)
		n = fread(p, 1, 1 << 22, f);
	(void)fclose(f);
	*ret_n = n;
	return p;
}

static bool is_capture(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot &&
	       (strcmp(dot, ".pcap") == 0 || strcmp(dot, ".pcapng") == 0);
}

/* The .txt beside a capture. */
static void text_path(const char *path, char *to, size_t room)
{
	const char *dot = strrchr(path, '.');

	(void)snprintf(to, room, "%.*s.txt", (int)(dot - path), path);
}

struct tap {
	unsigned n, bad;
};

static void check_one(struct golden *g, const char *path, const char *label,
		      bool bless, struct tap *t)
{
	char txt[4096];
	size_t n = 0;
	bool ok;

	text_path(path, txt, sizeof(txt));
	if (dump(g, path) < 0) {
		(void)printf("not ok %u - %s\n", ++t->n, label);
		t->bad++;
		return;
	}
	if (bless) {
		FILE *f = fopen(txt, "we");

		if (f) {
			(void)fwrite(g->out.p, 1, g->out.n, f);
			(void)fclose(f);
		}
		(void)printf("blessed %s\n", txt);
		return;
	}
	char *want = slurp(txt, &n);

	/* A golden that says nothing proves nothing. */
	ok = want && n && n == g->out.n && memcmp(want, g->out.p, n) == 0;
	(void)printf("%sok %u - %s\n", ok ? "" : "not ", ++t->n, label);
	if (!ok) {
		t->bad++;
		(void)printf("# %s differs from what is read now%s\n", txt,
			     n ? "" : " (it is empty or not there)");
	}
	free(want);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void check_proto(struct golden *g, const char *root, const char *word,
			bool bless, struct tap *t)
{
	char dir[4096], path[8192], label[512];
	const char *slash = strchr(word, '/');
	size_t len = slash ? (size_t)(slash - word) : strlen(word);
	int p = np_proto_find(word, len);
	struct dirent **list = NULL;
	unsigned before = t->n;

	(void)snprintf(dir, sizeof(dir), "%s/%.*s", root, (int)len, word);
	int n = p < 0 ? -1 : scandir(dir, &list, NULL, by_name);

	if (p >= 0)
		g->want = np_protos[p];
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		const char *dot = strrchr(name, '.');

		if (is_capture(name) &&
		    (!slash ||
		     strncmp(name, slash + 1, (size_t)(dot - name)) == 0)) {
			(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
			(void)snprintf(label, sizeof(label), "%.*s/%s",
				       (int)len, word, name);
			check_one(g, path, label, bless, t);
		}
		free(list[i]);
	}
	free(list);
	if (!bless && t->n == before) {
		(void)printf("not ok %u - %s has no golden capture\n", ++t->n,
			     word);
		t->bad++;
	}
}

int main(int argc, char **argv)
{
	struct golden *g = calloc(1, sizeof(*g));
	struct tap t = {0};
	bool check = argc > 2 && strcmp(argv[1], "--check") == 0;
	bool bless = argc > 2 && strcmp(argv[1], "--bless") == 0;

	if (!g || argc < 3) {
		(void)fputs("golden PROTO FILE... | --check ROOT PROTO... | "
			    "--bless ROOT PROTO[/CASE]...\n",
			    stderr);
		return 2;
	}
	g->mem = np_arena(NP_FRAME_ARENA);
	g->out = np_buf((size_t)1 << 24);
	g->body = np_buf(NP_MAX_SIGHTING);
	g->rules.raw = true;
	if (check || bless) {
		for (int i = 3; i < argc; i++)
			check_proto(g, argv[2], argv[i], bless, &t);
		if (check)
			(void)printf("1..%u\n", t.n);
	} else {
		int p = np_proto_find(argv[1], strlen(argv[1]));

		g->want = p < 0 ? NULL : np_protos[p];
		for (int i = 2; i < argc && p >= 0; i++)
			if (dump(g, argv[i]) == 0)
				(void)fwrite(g->out.p, 1, g->out.n, stdout);
	}
	np_arena_free(&g->mem);
	np_buf_free(&g->out);
	np_buf_free(&g->body);
	free(g);
	return t.bad != 0;
}

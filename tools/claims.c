/* SPDX-License-Identifier: ISC */
/*
 * What infer() says of single texts, for those who write signatures:
 *
 *	claims [KNOWLEDGE] < lines.jsonl
 *
 * Lines are those of `nameplate identify` (claim/query.h). Prints one object a
 *line: the best maker, model, version and so on, and every claim. No verdict is
 * given: that is fold()'s.
 */
#include "claim/query.h"
#include <stdio.h>
#include <stdlib.h>

struct tool {
	struct np_knowledge *k;
	struct np_infer *w;
	struct np_arena mem;
	struct np_buf out;
};

static const char *const whats[] = {
	[NP_W_MAKER] = "maker",		[NP_W_BRAND] = "brand",
	[NP_W_FAMILY] = "family",	[NP_W_MODEL] = "model",
	[NP_W_VERSION] = "version",	[NP_W_OS] = "os",
	[NP_W_SERIAL] = "serial",	[NP_W_FUNCTION] = "function",
	[NP_W_COMPONENT] = "component", [NP_W_MIDDLEBOX] = "middlebox",
	[NP_W_AGENT] = "agent",
};

static void put_claim(struct tool *t, const struct np_sighting *s,
		      const struct np_claim *c)
{
	char name[64];

	np_putf(&t->out,
		"{\"what\":\"%s\",\"grade\":\"E%d\",\"group\":", whats[c->what],
		c->grade);
	np_putjsons(&t->out, np_group_name(t->k, c->group));
	np_puts(&t->out, ",\"rule\":");
	np_putjsons(&t->out, c->rule);
	np_puts(&t->out, ",\"field\":");
	np_putjsons(&t->out, np_knowledge_field_text(
				     t->k, s->facts[c->fact].field, name));
	if (c->maker)
		np_putf(&t->out, ",\"maker\":\"%s\"",
			np_maker_slug(t->k, c->maker));
	if (c->value) {
		np_puts(&t->out, ",\"value\":");
		np_putjsons(&t->out, c->value);
	}
	np_putf(&t->out, "%s%s%s%s}", c->settable ? ",\"settable\":true" : "",
		c->subscriber ? ",\"subscriber\":true" : "",
		c->virtual_key ? ",\"virtual\":true" : "",
		c->computer ? ",\"computer\":true" : "");
}

static void put_best(struct tool *t, const struct np_claims *c,
		     enum np_what what)
{
	const struct np_claim *best = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].what == what &&
		    (!best || c->v[i].grade > best->grade))
			best = &c->v[i];
	np_putf(&t->out, ",\"%s\":", whats[what]);
	if (what == NP_W_MAKER)
		np_putjsons(&t->out, best && best->grade >= NP_E3
					     ? np_maker_slug(t->k, best->maker)
					     : NULL);
	else
		np_putjsons(&t->out, best ? best->value : NULL);
}

static void answer(struct tool *t, const char *line, size_t n)
{
	struct np_query q;
	struct np_claims c;
	struct np_err why = {0};

	np_arena_reset(&t->mem);
	if (np_query_read(t->k, line, n, true, &t->mem, &q, &why)) {
		(void)fprintf(stderr, "claims: %s: %.*s\n", why.text, (int)n,
			      line);
		return;
	}
	np_infer(t->w, &q.sighting, &t->mem, &c);
	np_puts(&t->out, "{\"id\":");
	np_put(&t->out, q.id.p, q.id.left);
	for (enum np_what w = NP_W_MAKER; w <= NP_W_FUNCTION; w++)
		put_best(t, &c, w);
	np_puts(&t->out, ",\"claims\":[");
	for (size_t i = 0; i < c.n; i++) {
		np_puts(&t->out, i ? "," : "");
		put_claim(t, &q.sighting, &c.v[i]);
	}
	np_puts(&t->out, "]}\n");
}

int main(int argc, char **argv)
{
	struct tool t = {.mem = np_arena((size_t)64 << 20),
			 .out = np_buf((size_t)64 << 20)};
	struct np_err err = {0};
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (np_knowledge_open(argc > 1 ? argv[1] : NULL, &t.k, &err)) {
		(void)fprintf(stderr, "%s:%llu:%u: %s\n", err.what,
			      (unsigned long long)err.at, err.column, err.text);
		return 4;
	}
	t.w = np_infer_new(t.k);
	while (t.w && (n = getline(&line, &cap, stdin)) > 0) {
		answer(&t, line, (size_t)n);
		(void)fwrite(t.out.p ? t.out.p : "", 1, t.out.n, stdout);
		np_buf_clear(&t.out);
	}
	free(line);
	np_buf_free(&t.out);
	np_arena_free(&t.mem);
	np_infer_free(t.w);
	np_knowledge_close(t.k);
	return 0;
}

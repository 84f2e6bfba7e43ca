/* SPDX-License-Identifier: ISC */
/*
 * What infer() says of single texts, for those who write signatures:
 *
 *	claims [KNOWLEDGE] < lines.jsonl
 *
 * A line is {"id":…,"field":…,"value":…} or {"id":…,"facts":{FIELD:VALUE,…}},
 * optionally with "scope" and "reach" (self, routed). Prints one object a line:
 * the best maker, model, version and so on, and every claim. No verdict is
 * given: that is fold()'s.
 */
#include "claim/claim.h"
#include <cjson/cJSON.h>

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

static void add_fact(struct tool *t, struct np_sighting *s, const char *field,
		     const char *value)
{
	int id = np_knowledge_field(t->k, field, strlen(field));
	size_t n = strlen(value);

	if (id < 0 || s->nfacts == NP_MAX_FACTS)
		return;
	s->facts[s->nfacts++] = (struct np_fact){
		.field = (uint16_t)id,
		.v = np_copy(&t->mem, value, n),
		.n = n,
	};
}

static void read_case(struct tool *t, const cJSON *o, struct np_sighting *s)
{
	const char *field =
		cJSON_GetStringValue(cJSON_GetObjectItem(o, "field"));
	const char *value =
		cJSON_GetStringValue(cJSON_GetObjectItem(o, "value"));
	const char *scope =
		cJSON_GetStringValue(cJSON_GetObjectItem(o, "scope"));
	const char *reach =
		cJSON_GetStringValue(cJSON_GetObjectItem(o, "reach"));
	const cJSON *fact;

	*s = (struct np_sighting){.scope = NP_SELF, .reach = NP_ROUTED};
	if (scope)
		s->scope = (enum np_scope)np_scope_find(scope, strlen(scope));
	if (reach)
		s->reach = (enum np_reach)np_reach_find(reach, strlen(reach));
	if (field && value)
		add_fact(t, s, field, value);
	cJSON_ArrayForEach(
		fact,
		cJSON_GetObjectItem(o, "facts")) if (cJSON_GetStringValue(fact))
		add_fact(t, s, fact->string, cJSON_GetStringValue(fact));
}

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

static void answer(struct tool *t, const cJSON *o)
{
	struct np_sighting s;
	struct np_claims c;

	read_case(t, o, &s);
	np_infer(t->w, &s, &t->mem, &c);
	np_puts(&t->out, "{\"id\":");
	np_putjsons(&t->out,
		    cJSON_GetStringValue(cJSON_GetObjectItem(o, "id")));
	for (enum np_what w = NP_W_MAKER; w <= NP_W_FUNCTION; w++)
		put_best(t, &c, w);
	np_puts(&t->out, ",\"claims\":[");
	for (size_t i = 0; i < c.n; i++) {
		np_puts(&t->out, i ? "," : "");
		put_claim(t, &s, &c.v[i]);
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

	if (np_knowledge_open(argc > 1 ? argv[1] : NULL, &t.k, &err)) {
		(void)fprintf(stderr, "%s:%llu:%u: %s\n", err.what,
			      (unsigned long long)err.at, err.column, err.text);
		return 4;
	}
	t.w = np_infer_new(t.k);
	while (t.w && getline(&line, &cap, stdin) > 0) {
		cJSON *o = cJSON_Parse(line);

		if (o)
			answer(&t, o);
		cJSON_Delete(o);
		np_arena_reset(&t.mem);
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

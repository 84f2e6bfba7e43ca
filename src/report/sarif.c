/* SPDX-License-Identifier: ISC */
/*
 * SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): a clause is
 * a rule, a finding that asks for something a result, a place in the file its
 * location. What could not be read are notifications of the one invocation.
 */
#include "core/hash.h"
#include "report/check.h"
#include "report/member.h"
#include <stdlib.h>
#include <string.h>

#define OUT ((size_t)64 << 20)

struct sarif {
	const struct np_check_report *r;
	const struct np_clause **rules; /* sorted by id, those that are used */
	size_t nrules;
	struct np_buf b;
	FILE *to;
	int rc;
};

/* {"text":…} */
static void message(struct np_buf *b, const char *name, const char *s)
{
	np_putf(b, ",\"%s\":{\"text\":", name);
	np_putjsons(b, s);
	np_putc(b, '}');
}

static bool is_shown(const struct np_check_report *r,
		     const struct np_bom_finding *x)
{
	return np_check_level(r, x->f) != NP_LEVEL_NONE;
}

/* ---- rules */

static int by_id(const void *a, const void *b)
{
	const struct np_clause *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static int find_rules(struct sarif *s)
{
	size_t all = 0, n = 0, k = 0;

	for (size_t i = 0; i < s->r->n; i++)
		all += s->r->v[i].n;
	s->rules = calloc(all + 1, sizeof(*s->rules));
	if (!s->rules)
		return NP_ENOMEM;
	for (size_t i = 0; i < s->r->n; i++) {
		const struct np_check *c = &s->r->v[i];

		for (size_t j = 0; j < c->n; j++) {
			if (is_shown(s->r, &c->v[j]) && c->v[j].f->clause)
				s->rules[n++] = c->v[j].f->clause;
		}
	}
	if (!n)
		return 0;
	qsort(s->rules, n, sizeof(*s->rules), by_id);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(s->rules[i]->id, s->rules[k]->id) != 0)
			s->rules[++k] = s->rules[i];
	}
	s->nrules = k + 1;
	return 0;
}

static size_t rule_of(const struct sarif *s, const struct np_clause *c)
{
	const struct np_clause *const *at =
		c ? bsearch(&c, s->rules, s->nrules, sizeof(*s->rules), by_id)
		  : NULL;

	return at ? (size_t)(at - s->rules) : s->nrules;
}

static void put_rule(struct np_buf *b, const struct np_clause *c)
{
	np_puts(b, "{\"id\":");
	np_putjsons(b, c->id);
	message(b, "shortDescription", c->title);
	message(b, "fullDescription", c->says ? c->says : c->title);
	message(b, "help", c->citation ? c->citation : c->title);
	np_puts(b, ",\"properties\":{\"tags\":[");
	np_putjsons(b, c->jurisdiction);
	np_putc(b, ',');
	np_putjsons(b, np_duty_name(c->duty));
	np_puts(b, "]");
	np_member(b, "certainty", np_certainty_name(c->sure));
	np_puts(b, "}}");
}

/* The last one is for what no clause says: there is no place, or no rule. */
static void put_tool(struct sarif *s)
{
	struct np_buf *b = &s->b;

	np_puts(b, "{\"tool\":{\"driver\":{\"name\":\"nameplate\"");
	np_member(b, "version", NP_VERSION);
	np_member(b, "semanticVersion", NP_VERSION);
	np_puts(b, ",\"rules\":[\n");
	for (size_t i = 0; i < s->nrules; i++) {
		put_rule(b, s->rules[i]);
		np_puts(b, ",\n");
	}
	np_puts(b, "{\"id\":\"place\"");
	message(b, "shortDescription", "The law of the place");
	np_puts(b, "}]}}");
}

/* ---- results */

/* A relative reference, or file: (RFC 3986). */
static void put_uri(struct np_buf *b, const char *path)
{
	static const char plain[] = "-._~/!$'()*+,;=@";

	np_putc(b, '"');
	if (*path == '/')
		np_puts(b, "file://");
	if (strcmp(path, "-") == 0)
		path = "stdin";
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || strchr(plain, c))
			np_putc(b, (char)c);
		else
			np_putf(b, "%%%02X", c);
	}
	np_putc(b, '"');
}

static void put_location(struct np_buf *b, const char *path, uint64_t line,
			 uint32_t column)
{
	np_puts(b, "\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
	put_uri(b, path);
	np_putc(b, '}');
	if (line)
		np_putf(b, ",\"region\":{\"startLine\":%llu",
			(unsigned long long)line);
	if (line && column)
		np_putf(b, ",\"startColumn\":%u", column);
	np_puts(b, line ? "}}" : "}");
}

/* The same thing and clause in another version of the file. */
static void put_fingerprint(struct np_buf *b, const struct np_bom_item *i,
			    const struct np_finding *f)
{
	const char *texts[] = {f->clause ? f->clause->id : "place",
			       i->maker,
			       i->supplier,
			       i->publisher,
			       i->name,
			       i->model,
			       i->part,
			       i->serial};
	uint64_t h = f->component;

	for (size_t k = 0; k < NP_COUNT(texts); k++) {
		const char *t = texts[k] ? texts[k] : "";

		h = np_hash64(t, strlen(t) + 1, h);
	}
	np_putf(b, ",\"partialFingerprints\":{\"item/v1\":\"%016llx\"}",
		(unsigned long long)h);
}

static void put_logical(struct np_buf *b, const struct np_bom_item *i)
{
	if (!i->pointer)
		return;
	np_puts(b, ",\"logicalLocations\":[{\"fullyQualifiedName\":");
	np_putjsons(b, i->pointer);
	np_puts(b, ",\"kind\":\"object\"}]");
}

static void put_result(struct sarif *s, const struct np_check *c,
		       const struct np_bom_finding *x)
{
	const struct np_bom_item *i = &c->bom->v[x->item];
	const struct np_finding *f = x->f;
	struct np_buf text = np_buf(1 << 16), *b = &s->b;

	np_put_item(&text, s->r, c, x->item);
	np_putf(&text, ": %s", f->text);
	np_puts(b, "{\"ruleId\":");
	np_putjsons(b, f->clause ? f->clause->id : "place");
	np_putf(b, ",\"ruleIndex\":%zu", rule_of(s, f->clause));
	np_member(b, "level", np_level_name(np_check_level(s->r, f)));
	message(b, "message", text.p ? text.p : "");
	np_puts(b, ",\"locations\":[{");
	put_location(b, c->bom->path, i->line, i->column);
	put_logical(b, i);
	np_puts(b, "}]");
	put_fingerprint(b, i, f);
	np_puts(b, ",\"properties\":{\"status\":");
	np_putjsons(b, np_finding_status(f));
	np_member(b, "verdict", np_sure_name(c->answers[x->item].sure));
	np_member(b, "missing", f->missing);
	np_puts(b, "}}");
	np_buf_free(&text);
}

static void put_results(struct sarif *s)
{
	bool any = false;

	np_puts(&s->b, ",\"results\":[");
	for (size_t i = 0; i < s->r->n; i++) {
		const struct np_check *c = &s->r->v[i];

		for (size_t k = 0; k < c->n && !s->rc; k++) {
			if (!is_shown(s->r, &c->v[k]))
				continue;
			np_puts(&s->b, any ? ",\n" : "\n");
			put_result(s, c, &c->v[k]);
			s->rc = np_put_out(&s->b, s->to);
			any = true;
		}
	}
	np_putc(&s->b, ']');
}

/* ---- what could not be read */

static void put_note(struct sarif *s, bool *any, const char *text,
		     const char *path, uint64_t line, uint32_t column)
{
	struct np_buf *b = &s->b;

	np_puts(b, *any ? ",\n{" : "\n{");
	np_puts(b, "\"level\":\"error\"");
	message(b, "message", text);
	np_puts(b, ",\"locations\":[{");
	put_location(b, path, line, column);
	np_puts(b, "}]}");
	*any = true;
}

static void put_invocation(struct sarif *s)
{
	const struct np_check_report *r = s->r;
	uint64_t unknown = 0;
	bool any = false;
	char day[16];

	np_puts(&s->b, ",\"invocations\":[{\"toolExecutionNotifications\":[");
	for (size_t i = 0; i < r->n; i++) {
		const struct np_bom *f = r->v[i].bom;

		unknown += r->v[i].unknown;
		for (size_t k = 0; k < f->nproblems; k++)
			put_note(s, &any, f->problems[k].text, f->path,
				 f->problems[k].line, f->problems[k].column);
	}
	for (size_t i = 0; i < r->nunreadable; i++)
		put_note(s, &any, r->unreadable[i].text, r->unreadable[i].what,
			 r->unreadable[i].at, r->unreadable[i].column);
	np_putf(&s->b,
		"],\"executionSuccessful\":%s}],"
		"\"columnKind\":\"unicodeCodePoints\",\"properties\":{"
		"\"as_of\":\"%s\",\"fail_on\":\"%s\",\"tripped\":%s,"
		"\"maker_not_known\":%llu}}",
		any ? "false" : "true", np_day_text(r->as_of, day),
		np_gate_name(r->gate), np_check_trips(r) ? "true" : "false",
		(unsigned long long)unknown);
}

int np_write_check_sarif(const struct np_check_report *r, FILE *to)
{
	struct sarif s = {.r = r, .b = np_buf(OUT), .to = to};

	s.rc = find_rules(&s);
	if (!s.rc) {
		np_puts(&s.b,
			"{\"$schema\":\"https://docs.oasis-open.org/sarif/"
			"sarif/v2.1.0/errata01/os/schemas/"
			"sarif-schema-2.1.0.json\","
			"\"version\":\"2.1.0\",\"runs\":[\n");
		put_tool(&s);
		put_results(&s);
		put_invocation(&s);
		np_puts(&s.b, "]}\n");
	}
	if (!s.rc)
		s.rc = np_put_out(&s.b, to);
	free(s.rules);
	np_buf_free(&s.b);
	return s.rc;
}

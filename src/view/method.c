/* SPDX-License-Identifier: ISC */
/*
 * How it was come to: by which knowledge and law, from which sources, what was
 * left out, and how somebody else reaches the same. What law says stands here
 * once, in the original, and findings name it.
 */
#include "report/member.h"
#include "view/counts.h"
#include "view/html.h"
#include <stdlib.h>

struct method {
	const struct np_view_in *in;
	struct np_buf *b;
	bool *used;	 /* by clause: some box has a finding of it */
	uint32_t *place; /* by clause: its policy's number here */
	size_t nclauses;
};

/* ---- knowledge */

static void put_knowledge(const struct np_report *r, struct np_buf *b)
{
	struct np_knowledge_part k;
	char hash[65];

	np_puts(b, ",\"knowledge\":[");
	for (size_t i = 0; np_knowledge_part(r->knowledge, i, &k); i++) {
		np_puts(b, i ? ",{\"name\":" : "{\"name\":");
		np_put_jtext(b, k.name);
		np_put_jmember(b, "from", k.from);
		np_put_jmember(b, "date", k.date);
		np_put_jmember(b, "sha256", k.sha256);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	np_html_knowledge(r, hash);
	np_put_jmember(b, "knowledge_sha256", hash);
}

/* ---- law */

static int find_used(struct method *m)
{
	const struct np_report *r = m->in->report;

	m->nclauses = np_clauses(r->law);
	m->used = calloc(m->nclauses + 1, sizeof(*m->used));
	m->place = calloc(m->nclauses + 1, sizeof(*m->place));
	if (!m->used || !m->place)
		return NP_ENOMEM;
	for (size_t i = 0; i < r->devices->n; i++) {
		const struct np_view_box *x = &m->in->box[i];

		for (uint32_t k = 0; x->row != NP_NO_ROW_OF && k < x->n; k++) {
			const struct np_clause *c =
				r->findings->v[x->first + k].clause;
			size_t at =
				c ? np_clause_find(r->law, c->id) : SIZE_MAX;

			if (at < m->nclauses)
				m->used[at] = true;
		}
	}
	return NP_OK;
}

static void put_quote(const struct np_clause *c, struct np_buf *b)
{
	np_put_jmember(b, "quote", c->quote);
	np_put_jmember(b, "quote_lang",
		       !c->quote       ? NULL
		       : c->quote_lang ? c->quote_lang
				       : "en");
	np_put_jmember(b, "translation", c->translation);
}

/* What all clauses of an instrument have in common, from one of them: the
 * quote may be another's. */
static void put_policy(const struct np_clause *c, struct np_buf *b)
{
	char id[256];

	np_puts(b, "{\"id\":");
	np_put_jtext(b, np_policy_of(c, id));
	np_put_jmember(b, "jurisdiction", c->jurisdiction);
	np_put_jmember(b, "title", c->title);
	np_put_jmember(b, "title_native", c->title_native);
	np_put_jmember(b, "certainty", np_certainty_name(c->sure));
	np_put_jmember(b, "citation", c->citation);
	np_put_jmember(b, "url", c->source);
	np_put_jmember(b, "dates", c->dates);
	put_quote(c, b);
	np_member_day(b, "read_on", c->checked);
	np_putc(b, '}');
}

static bool same_policy(const struct np_clause *a, const struct np_clause *b)
{
	size_t n = strcspn(a->id, "/") + 1;

	return strncmp(a->id, b->id, n) == 0;
}

/* Clauses are sorted by id, so an instrument's stand together. */
static void put_policies(struct method *m)
{
	const struct np_law *law = m->in->report->law;
	const struct np_clause *last = NULL;
	uint32_t n = 0;

	np_puts(m->b, ",\"policies\":[");
	for (size_t i = 0; i < m->nclauses; i++) {
		const struct np_clause *c = np_clause(law, i);

		if (!m->used[i])
			continue;
		if (!last || !same_policy(last, c)) {
			np_puts(m->b, n++ ? "," : "");
			put_policy(c, m->b);
		}
		m->place[i] = n - 1;
		last = c;
	}
	np_putc(m->b, ']');
}

static void put_clause(const struct np_clause *c, uint32_t policy,
		       struct np_buf *b)
{
	np_put_jtext(b, c->id);
	np_putf(b, ":{\"policy\":%u,\"duty\":\"%s\",\"what\":\"%s\"", policy,
		np_duty_name(c->duty), np_thing_name(c->what));
	np_put_jmember(b, "says", c->says);
	np_put_jmember(b, "who", c->who);
	np_put_jmember(b, "names", c->names);
	np_put_jmember(b, "exceptions", c->exceptions);
	np_put_jmember(b, "note", c->note);
	np_put_jmember(b, "certainty", np_certainty_name(c->sure));
	put_quote(c, b);
	np_member_day(b, "from", c->from);
	np_member_day(b, "until", c->until);
	np_member_day(b, "date", c->date);
	np_putc(b, '}');
}

static void put_clauses(struct method *m)
{
	const struct np_law *law = m->in->report->law;
	const char *open = "";

	np_puts(m->b, ",\"clauses\":{");
	for (size_t i = 0; i < m->nclauses; i++) {
		if (!m->used[i])
			continue;
		np_puts(m->b, open);
		put_clause(np_clause(law, i), m->place[i], m->b);
		open = ",";
	}
	np_putc(m->b, '}');
}

/* ---- sources */

static void put_source(const struct np_view_in *in,
		       const struct np_report_source *s, struct np_buf *b)
{
	bool named = np_audience_sees(in, NP_SHOW_SOURCES);
	const char *const texts[][2] = {
		{"tap", s->beside.tap},
		{"direction", s->beside.direction},
		{"taken_by", s->beside.taken_by},
		{"legal_basis", s->beside.legal_basis},
		{"clock_offset", s->beside.clock_offset},
	};

	np_putf(b, "{\"n\":%u", s->number);
	np_put_jmember(b, "name", named ? s->name : NULL);
	np_put_jmember(b, "kind", s->kind);
	np_put_jmember(b, "sha256", s->sha256);
	np_put_jmember(b, "site",
		       np_audience_sees(in, NP_SHOW_SITES) ? s->site : NULL);
	np_put_jmember(b, "origin", np_origin_name(s->origin));
	np_member_n(b, "frames", s->coverage.frames);
	np_member_n(b, "octets", s->coverage.bytes);
	np_member_time(b, "first", s->coverage.first);
	np_member_time(b, "last", s->coverage.last);
	if (s->coverage.drops < 0)
		np_puts(b, ",\"drops\":null");
	else
		np_member_n(b, "drops", (uint64_t)s->coverage.drops);
	np_member_n(b, "malformed", s->coverage.malformed);
	np_member_n(b, "withheld", s->withheld);
	np_put_jmember(b, "status", s->status);
	for (size_t i = 0; i < NP_COUNT(texts); i++)
		if (named && texts[i][1])
			np_put_jmember(b, texts[i][0], texts[i][1]);
	np_putc(b, '}');
}

/* What named people was counted, field by field, and not kept. */
static void put_dropped(const struct np_report *r, struct np_buf *b)
{
	const char *open = "";
	char name[64];

	np_puts(b, ",\"dropped\":[");
	for (unsigned f = 0; f < UINT16_MAX; f++) {
		uint64_t n = 0;

		if (!np_field_of((uint16_t)f))
			continue;
		for (size_t i = 0; i < r->nsources; i++)
			for (size_t k = 0; k < r->sources[i].ndropped; k++)
				if (r->sources[i].dropped[k].field == f)
					n += r->sources[i].dropped[k].n;
		if (!n)
			continue;
		np_putf(b, "%s{\"field\":\"%s\",\"n\":%llu}", open,
			np_field_text((uint16_t)f, name),
			(unsigned long long)n);
		open = ",";
	}
	np_putc(b, ']');
}

static void put_sources(struct method *m)
{
	const struct np_report *r = m->in->report;

	np_puts(m->b, ",\"sources\":[");
	for (size_t i = 0; i < r->nsources; i++) {
		np_puts(m->b, i ? "," : "");
		put_source(m->in, &r->sources[i], m->b);
	}
	np_putc(m->b, ']');
	put_dropped(r, m->b);
}

/* ---- how to reach the same */

static void put_reproduce(const struct np_view_in *in, struct np_buf *b)
{
	struct np_buf line = np_buf(65536);
	char day[16];

	np_puts(b, ",\"reproduce\":[\"nameplate verify DOSSIER\","
		   "\"nameplate verify DOSSIER --rerun\",");
	np_putf(&line, "nameplate report DOSSIER -o REPORT --for %s --lang %s",
		np_audience_name(in->audience), in->lang);
	np_putf(&line, " --as-of %s", np_day_text(in->report->as_of, day));
	if (in->style->site)
		np_putf(&line, " --site %s", in->style->site);
	if (in->what_if)
		np_putf(&line, " --what-if %s", in->what_if);
	np_put_jtext(b, line.p);
	np_puts(b, ",\"nameplate verify DOSSIER --report REPORT\"]");
	b->failed |= line.failed;
	np_buf_free(&line);
}

static void put_shown(const struct np_view_in *in, struct np_buf *b)
{
	np_puts(b, ",\"shown\":[");
	for (int i = 0; i < NP_SHOWN_N; i++) {
		enum np_shown what = (enum np_shown)i;

		np_putf(b, "%s{\"what\":\"%s\",\"sees\":%s", i ? "," : "",
			np_shown_name(what),
			np_audience_sees(in, what) ? "true" : "false");
		np_put_jmember(b, "says",
			       np_shown_text(in->table, what, "says"));
		np_put_jmember(b, "why", np_shown_text(in->table, what, "why"));
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

int np_view_method(const struct np_view_in *in, struct np_buf *b,
		   struct np_err *reterr)
{
	struct method m = {.in = in, .b = b};
	char day[16];
	int rc = find_used(&m);

	np_view_head(b, "method");
	np_puts(b, ",\"program\":\"nameplate " NP_VERSION "\"");
	np_put_jmember(b, "as_of", np_day_text(in->report->as_of, day));
	put_knowledge(in->report, b);
	if (!rc) {
		put_policies(&m);
		put_clauses(&m);
	}
	put_sources(&m);
	if (!rc)
		rc = np_put_seal(in, b, reterr);
	put_reproduce(in, b);
	put_shown(in, b);
	np_put_jmember(b, "confirmed", np_audience_limit(in->table, 0));
	np_putc(b, '}');
	free(m.used);
	free(m.place);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}

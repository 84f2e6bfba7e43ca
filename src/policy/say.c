/* SPDX-License-Identifier: ISC */
/* Sentences: templates of sentences.yaml with their holes filled. */
#include "policy/law.h"
#include "policy/statement.h"
#include <string.h>

#define MAX_TEXT 8192 /* octets of one sentence */

struct filling {
	const struct np_case *c;
	const struct np_rule *r;   /* NULL: no rule */
	const struct np_ruling *v; /* NULL: no rule */
	const struct np_finding *f;
	struct np_buf *out;
	bool nested; /* inside a reason: has none itself */
};

static void fill(const struct filling *fl, const char *template);

/* "1,058 days" */
static void put_days(struct np_buf *b, int32_t days)
{
	uint32_t n = days < 0 ? -(uint32_t)days : (uint32_t)days;

	if (n >= 1000)
		np_putf(b, "%u,%03u days", n / 1000, n % 1000);
	else
		np_putf(b, "%u day%s", n, n == 1 ? "" : "s");
}

static void put_day(struct np_buf *b, int32_t day)
{
	char text[16];

	if (day != NP_NODAY)
		np_puts(b, np_day_text(day, text));
}

/* ---- what is missing */

enum form { BRIEF, WHOLE, GET };

static void put_one(struct np_buf *b, const struct np_missing *m,
		    enum form form)
{
	const struct np_cond *t = m->cond;

	if (form == GET) {
		np_puts(b, m->fact->get);
		return;
	}
	np_puts(b, form == BRIEF ? m->fact->brief : m->fact->asks);
	if (!t)
		return;
	if (t->test == NP_T_AFTER || t->test == NP_T_BY) {
		np_puts(b, form == BRIEF ? " " : " (");
		np_puts(b, t->test == NP_T_BY ? "by " : "after ");
		put_day(b, t->day);
	} else if (t->test == NP_T_OVER) {
		np_putf(b, form == BRIEF ? " over %u" : " (over %u",
			(unsigned)t->number);
	} else if (m->fact->is == NP_F_WORD) {
		np_putf(b, form == BRIEF ? " %s" : " (%s", t->word);
	} else {
		return;
	}
	np_puts(b, form == BRIEF ? "?" : "?)");
}

static void put_missing(struct np_buf *b, const struct np_ruling *v,
			enum form form)
{
	for (size_t i = 0; i < v->nmissing; i++) {
		np_puts(b, i ? "; " : "");
		put_one(b, &v->missing[i], form);
	}
}

static const char *keep(struct np_buf *b, struct np_arena *mem)
{
	const char *s =
		b->failed ? NULL : np_copystr(mem, b->p ? b->p : "", b->n);

	np_buf_free(b);
	return s;
}

static const char *missing_text(const struct np_ruling *v, struct np_arena *mem,
				enum form form)
{
	struct np_buf b = np_buf(MAX_TEXT);

	put_missing(&b, v, form);
	return keep(&b, mem);
}

static bool put_asked(const struct np_ruling *v, struct np_arena *mem,
		      struct np_finding *f)
{
	struct np_asked *a = np_alloc(mem, v->nmissing * sizeof(*a));

	for (size_t i = 0; a && i < v->nmissing; i++) {
		struct np_buf b = np_buf(MAX_TEXT);

		put_one(&b, &v->missing[i], BRIEF);
		a[i] = (struct np_asked){
			.name = v->missing[i].fact->name,
			.brief = keep(&b, mem),
			.get = v->missing[i].fact->get,
		};
		if (!a[i].brief)
			return false;
	}
	f->asked = a;
	f->nasked = v->nmissing;
	return a != NULL;
}

/* ---- holes */

static void put_words(struct np_buf *b, const struct np_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		np_puts(b, i == 0 ? "" : i + 1 == w->n ? " and " : ", ");
		np_puts(b, w->v[i]);
	}
}

static void put_functions(const struct filling *fl)
{
	const struct np_words *w = &fl->r->functions;

	for (size_t i = 0; i < w->n; i++) {
		np_puts(fl->out, i == 0 ? "" : i + 1 == w->n ? " and " : ", ");
		np_puts(fl->out, np_function_name(fl->c->law, w->v[i]));
	}
}

static void put_names(const struct filling *fl)
{
	size_t n = fl->r->makers.n;

	if (fl->r->entities.n) {
		put_words(fl->out, &fl->r->entities);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		np_puts(fl->out, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		np_puts(fl->out, np_maker_name(fl->c->k, fl->r->maker[i]));
	}
}

/* What an asking text states: without its "whether ". */
static const char *statement(const char *asks)
{
	return strncmp(asks, "whether ", 8) == 0 ? asks + 8 : asks;
}

static void put_only_if(const struct filling *fl)
{
	for (size_t i = 0; i < fl->r->abroad.n; i++) {
		np_puts(fl->out, i ? " or " : "");
		np_puts(fl->out, statement(fl->r->abroad.v[i].fact->asks));
	}
}

static void put_reason(const struct filling *fl)
{
	const struct np_cond *t = fl->v->reason_of;
	struct filling inner = *fl;

	inner.nested = true;
	if (fl->nested)
		return;
	if (fl->v->aside == NP_A_by_fact && t && t->otherwise)
		np_puts(fl->out, t->otherwise);
	else
		fill(&inner, fl->c->law->aside[fl->v->aside]);
}

/* False: the hole is none of a waiver's. */
static bool put_granted(struct np_buf *b, const struct np_said_row *waiver,
			const char *name)
{
	const struct np_statement *s = waiver ? &waiver->s : NULL;

	if (strcmp(name, "authority") == 0)
		np_puts(b, s ? s->authority : "");
	else if (strcmp(name, "grant") == 0)
		np_puts(b, s ? s->citation : "");
	else if (strcmp(name, "until") == 0)
		put_day(b, s ? s->until : NP_NODAY);
	else
		return false;
	return true;
}

/* One that the text itself makes, or one that was granted. */
static void put_exception(const struct filling *fl)
{
	if (fl->v->waiver)
		fill(fl, fl->c->law->aside[NP_A_waived]);
	else
		np_puts(fl->out, fl->v->reason ? fl->v->reason : "");
}

/* Holes that need a rule. */
static void fill_rule(const struct filling *fl, const char *name)
{
	const struct np_rule *r = fl->r;
	struct np_buf *b = fl->out;

	if (!r)
		return;
	if (strcmp(name, "title") == 0)
		np_puts(b, r->pub.title);
	else if (strcmp(name, "citation") == 0)
		np_puts(b, r->pub.citation);
	else if (strcmp(name, "says") == 0)
		np_puts(b, r->pub.says);
	else if (strcmp(name, "who") == 0)
		np_puts(b, r->pub.who);
	else if (strcmp(name, "reason") == 0)
		put_reason(fl);
	else if (strcmp(name, "exception") == 0)
		put_exception(fl);
	else if (strcmp(name, "without") == 0)
		np_puts(b, np_status_name(fl->v->without));
	else if (put_granted(b, fl->v->waiver, name))
		return;
	else if (strcmp(name, "missing") == 0)
		put_missing(b, fl->v, WHOLE);
	else if (strcmp(name, "only_if") == 0)
		put_only_if(fl);
	else if (strcmp(name, "names") == 0)
		put_names(fl);
	else if (strcmp(name, "what") == 0)
		np_puts(b, np_thing_name(r->pub.what));
	else if (strcmp(name, "functions") == 0)
		put_functions(fl);
	else if (strcmp(name, "generation") == 0)
		np_puts(b, r->generation ? r->generation : "");
	else if (strcmp(name, "jurisdiction") == 0)
		np_puts(b, np_place_name(fl->c->law, r->pub.jurisdiction));
	else if (strcmp(name, "group") == 0 && fl->v->by)
		np_puts(b, np_maker_name(fl->c->k, fl->v->by->of_id));
	else if (strcmp(name, "fact") == 0 && fl->v->reason_of)
		np_puts(b, statement(fl->v->reason_of->fact->asks));
}

static void fill_hole(void *ctx, const char *name)
{
	const struct filling *fl = ctx;
	const struct np_case *c = fl->c;
	struct np_buf *b = fl->out;

	if (strcmp(name, "maker") == 0)
		np_puts(b, np_maker_name(c->k, c->maker));
	else if (strcmp(name, "part") == 0)
		np_puts(b, c->part ? c->part : "");
	else if (strcmp(name, "place") == 0)
		np_puts(b, c->country ? np_place_name(c->law, c->country) : "");
	else if (strcmp(name, "function") == 0)
		np_puts(b, c->function ? np_function_name(c->law, c->function)
				       : "");
	else if (strcmp(name, "date") == 0)
		put_day(b, fl->f->date == NP_NODAY && !fl->r ? c->q->as_of
							     : fl->f->date);
	else if (strcmp(name, "days") == 0)
		put_days(b, fl->f->days);
	else if (strcmp(name, "on_file") == 0)
		np_puts(b, c->not_judged ? c->not_judged : "");
	else
		fill_rule(fl, name);
}

void np_template_fill(struct np_buf *b, const char *template,
		      void (*hole)(void *ctx, const char *name), void *ctx)
{
	while (*template) {
		size_t n = strcspn(template, "{");
		char name[32];

		np_put(b, template, n);
		template += n;
		if (!*template)
			return;
		n = strcspn(++template, "}");
		if (n >= sizeof(name))
			return; /* refused when it was read */
		memcpy(name, template, n);
		name[n] = '\0';
		template += n + (template[n] == '}');
		hole(ctx, name);
	}
}

static void fill(const struct filling *fl, const char *template)
{
	struct filling copy = *fl;

	np_template_fill(fl->out, template, fill_hole, &copy);
}

/* ---- sentences */

static enum np_when when_of(const struct np_finding *f)
{
	if (f->date == NP_NODAY)
		return NP_W_NONE;
	return f->days > 0 ? NP_W_AHEAD : f->days == 0 ? NP_W_TODAY : NP_W_PAST;
}

static void put_sentence(const struct filling *fl)
{
	const struct np_law *l = fl->c->law;
	const struct np_finding *f = fl->f;
	const struct np_clause *cl = &fl->r->pub;

	if (f->elsewhere && fl->r->abroad.n)
		fill(fl, l->aside[NP_A_reaches]);
	else if (f->elsewhere && !fl->r->addresses.n)
		fill(fl, l->aside[NP_A_what_if]);
	if (fl->v->not_yet)
		fill(fl, l->aside[NP_A_not_yet]);
	else
		fill(fl, l->sentence[f->status][cl->duty][when_of(f)]);
	if (f->status == NP_CONTESTED)
		fill(fl, l->aside[NP_A_objected]);
	if (fl->v->ask_later)
		fill(fl, l->aside[NP_A_later]);
	if (fl->v->by && f->status <= NP_UNDETERMINED)
		fill(fl, l->aside[NP_A_affiliate]);
	if (fl->c->extent != NP_PRIMARY && f->status <= NP_COMPONENT_IN_SCOPE)
		fill(fl, l->aside[NP_A_extent]);
	if (cl->sure != NP_PRIMARY &&
	    (f->status == NP_IN_SCOPE || f->status == NP_COMPONENT_IN_SCOPE))
		fill(fl, l->aside[NP_A_not_read]);
}

bool np_finding_say(const struct np_case *c, const struct np_rule *r,
		    const struct np_ruling *v, struct np_arena *mem,
		    struct np_finding *f)
{
	struct np_buf text = np_buf(MAX_TEXT);
	struct filling fl = {.c = c, .r = r, .v = v, .f = f, .out = &text};

	f->status = v->status;
	f->without = v->without;
	f->counted = v->by && v->by->sure > c->extent ? v->by->sure : c->extent;
	f->bound = r->pub.who;
	f->date = v->date;
	f->days = v->date == NP_NODAY ? 0 : v->date - c->q->as_of;
	f->because = v->because.failed
			     ? NULL
			     : np_copystr(mem, v->because.p ? v->because.p : "",
					  v->because.n);
	if (v->nmissing) {
		f->missing = missing_text(v, mem, BRIEF);
		f->get = missing_text(v, mem, GET);
		if (!f->missing || !f->get || !put_asked(v, mem, f))
			return false;
	}
	put_sentence(&fl);
	f->text = keep(&text, mem);
	return f->text && f->because;
}

static bool ask_for(const struct np_law_fact *fact, struct np_arena *mem,
		    struct np_finding *f)
{
	struct np_asked *a = np_alloc(mem, sizeof(*a));

	if (!a)
		return false;
	*a = (struct np_asked){
		.name = fact->name, .brief = fact->brief, .get = fact->get};
	f->asked = a;
	f->nasked = 1;
	return true;
}

bool np_finding_say_aside(const struct np_case *c, enum np_aside a,
			  const struct np_law_fact *missing,
			  struct np_arena *mem, struct np_finding *f)
{
	struct np_buf text = np_buf(MAX_TEXT);
	struct filling fl = {.c = c, .f = f, .out = &text};

	f->date = NP_NODAY;
	f->missing = missing ? missing->brief : NULL;
	f->get = missing ? missing->get : NULL;
	if (missing && !ask_for(missing, mem, f))
		return false;
	f->because = "";
	fill(&fl, c->law->aside[a]);
	f->text = keep(&text, mem);
	return f->text != NULL;
}

/* SPDX-License-Identifier: ISC */
#include "cli/verify_report.h"
#include "core/file.h"
#include "report/export.h"
#include "view/html.h"
#include "views.h"
#include <stdio.h>

struct telling {
	const struct np_verify_report_options *o;
	uint64_t looked, wrong;
};

static void put_json(const struct np_html_part *p, struct np_buf *b)
{
	struct np_buf name = np_buf(4096);

	np_put(&name, p->name, p->name_n);
	np_puts(b, "{\"part\":");
	np_put_jtext(b, name.p);
	np_putf(b, ",\"holds\":%s,\"at\":%llu", p->holds ? "true" : "false",
		(unsigned long long)p->at);
	np_put_jmember(b, "note", p->note);
	np_putc(b, '}');
	np_buf_free(&name);
}

static void put_line(const struct np_html_part *p, struct np_buf *b)
{
	np_puts(b, p->holds ? "holds  " : "WRONG  ");
	np_putterm(b, p->name, p->name_n);
	if (p->note)
		np_putf(b, ": %s", p->note);
	if (!p->holds)
		np_putf(b, ", from octet %llu on", (unsigned long long)p->at);
	np_putc(b, '\n');
}

static void tell(void *ctx, const struct np_html_part *p)
{
	struct telling *t = ctx;
	struct np_buf b = np_buf(65536);

	if (t->o->json) {
		np_puts(&b, t->looked ? ",\n" : "\n");
		put_json(p, &b);
	} else if (!p->holds || t->o->all) {
		put_line(p, &b);
	}
	t->looked++;
	t->wrong += !p->holds;
	if (b.p)
		(void)fwrite(b.p, 1, b.n, stdout);
	np_buf_free(&b);
}

/* What it was written by, where that is not at hand. */
static void tell_other(const struct np_report *r,
		       const struct np_html_written *w)
{
	char hash[65];

	np_html_knowledge(r, hash);
	if (w->knowledge && strcmp(w->knowledge, hash) != 0)
		(void)puts("it was written by other knowledge or law than is "
			   "here: --knowledge DIR, or report --kept");
	if (w->program && strcmp(w->program, "nameplate " NP_VERSION) != 0) {
		struct np_buf b = np_buf(4096);

		np_putterm(&b, w->program, strlen(w->program));
		(void)printf("it was written by %s, this is nameplate %s\n",
			     b.p, NP_VERSION);
		np_buf_free(&b);
	}
	if (w->files && *w->files)
		(void)puts("it was written with files beside the dossier, "
			   "which does not hold them");
}

static void tell_end(const struct telling *t, const struct np_report *r,
		     const struct np_html_written *w)
{
	char day[16];

	if (t->o->json)
		(void)printf("\n],\"wrong\":%llu}",
			     (unsigned long long)t->wrong);
	else if (!t->wrong)
		(void)printf("the report is what the dossier gives: %llu "
			     "parts, for %s, as of %s\n",
			     (unsigned long long)t->looked, w->audience,
			     np_day_text(w->as_of, day));
	else
		tell_other(r, w);
}

static int write_anew(struct np_run *r, const struct np_html_written *w,
		      const struct np_buf *given, struct telling *t,
		      struct np_err *reterr)
{
	const struct np_views_ask ask = {.audience = w->audience,
					 .lang = w->lang,
					 .site = w->site,
					 .knowledge = t->o->knowledge};
	const struct np_html_ask how = {.kept = w->kept, .files = w->files};
	struct np_buf anew = np_buf(NP_HTML_MAX);
	struct np_views v;
	int rc = np_views_open(r, &ask, &v, reterr);

	if (!rc)
		rc = np_html(&v.in, &how, &anew, reterr);
	if (!rc && t->o->json)
		(void)fputs("{\"parts\":[", stdout);
	if (!rc)
		rc = np_html_compare(given->p, given->n, anew.p, anew.n, tell,
				     t);
	if (!rc)
		tell_end(t, &v.report, w);
	np_views_free(&v);
	np_buf_free(&anew);
	return rc ? rc : t->wrong != 0;
}

int np_verify_report(const char *dossier,
		     const struct np_verify_report_options *o,
		     struct np_err *reterr)
{
	struct np_buf given = np_buf(NP_HTML_MAX);
	struct np_arena mem = np_arena((size_t)16 << 20);
	struct telling t = {.o = o};
	struct np_html_written w;
	struct np_run r = {.conf = {.dossier = dossier,
				    .party = o->party,
				    .knowledge = o->knowledge,
				    .keys = o->keys}};
	int rc = np_file_read(o->report, "larger than a report may be", &given,
			      reterr);

	if (!rc)
		rc = np_html_written(given.p, given.n, &mem, &w, reterr);
	if (!rc) {
		r.conf.as_of = w.as_of;
		r.conf.what_if = w.what_if;
		r.conf.kept = w.kept;
		r.conf.site = w.site;
		rc = np_run_dossier(&r, reterr);
	}
	if (!rc)
		rc = write_anew(&r, &w, &given, &t, reterr);
	np_run_free(&r);
	np_arena_free(&mem);
	np_buf_free(&given);
	return rc;
}

/* SPDX-License-Identifier: ISC */
#include "cli/report_page.h"
#include "store/seal.h"
#include "view/html.h"
#include "views.h"
#include <stdio.h>

size_t np_page_options(struct np_page_options *o,
		       struct np_option to[NP_PAGE_OPTIONS])
{
	const struct np_option list[NP_PAGE_OPTIONS] = {
		{"output", 'o', NP_OPT_TEXT, &o->output, "X.html",
		 "one page that opens without a network"},
		{"for", 0, NP_OPT_TEXT, &o->audience, "WHOM",
		 "with -o: engineer, auditor, regulator or public"},
		{"lang", 0, NP_OPT_TEXT, &o->lang, "LANG",
		 "with -o: en, de, it or ja"},
		{"kept", 0, NP_OPT_FLAG, &o->kept, NULL,
		 "by the knowledge and law that the dossier keeps"},
	};

	memcpy(to, list, sizeof(list));
	return NP_PAGE_OPTIONS;
}

/* "party, zones": what was given beside the dossier, which does not hold it. */
static void put_files(const struct np_judge_options *j, struct np_buf *b)
{
	const struct {
		const char *name, *given;
	} v[] = {{"party", j->party},
		 {"sites", j->files.sites},
		 {"inventory", j->files.inventory},
		 {"contracts", j->files.contracts},
		 {"zones", j->files.zones},
		 {"keys", j->keys}};

	for (size_t i = 0; i < NP_COUNT(v); i++) {
		if (v[i].given)
			np_putf(b, "%s%s", b->n ? ", " : "", v[i].name);
	}
}

static int write_out(const char *path, const struct np_buf *b,
		     struct np_err *reterr)
{
	if (strcmp(path, "-") != 0)
		return np_seal_write(path, b->p, b->n, reterr);
	return fwrite(b->p, 1, b->n, stdout) == b->n && !fflush(stdout)
		       ? NP_OK
		       : NP_EIO;
}

int np_report_page(struct np_run *r, const struct np_judge_options *j,
		   const struct np_page_options *o, struct np_err *reterr)
{
	const struct np_views_ask ask = {.audience = o->audience,
					 .lang = o->lang,
					 .site = j->site,
					 .knowledge = j->knowledge};
	struct np_buf files = np_buf(4096), page = np_buf(NP_HTML_MAX);
	struct np_html_ask how = {.kept = o->kept};
	struct np_views v;
	int rc = np_views_open(r, &ask, &v, reterr);

	put_files(j, &files);
	how.files = files.p;
	if (!rc)
		rc = np_html(&v.in, &how, &page, reterr);
	if (!rc)
		rc = write_out(o->output, &page, reterr);
	np_views_free(&v);
	np_buf_free(&files);
	np_buf_free(&page);
	return rc;
}

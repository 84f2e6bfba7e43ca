/* SPDX-License-Identifier: ISC */
/*
 * One file that opens from a mail: the shell that web/ builds, with the views
 * packed into it. No request leaves it: its policy allows its own script and
 * style by their hashes, and nothing else.
 */
#ifndef NP_HTML_H
#define NP_HTML_H
#include "view/view.h"

#define NP_HTML_MAX ((size_t)1 << 30)

/* What the report was asked for, so that `verify` can ask it again. Texts may
 * be NULL. */
struct np_html_ask {
	bool kept;	   /* by the knowledge that the dossier keeps */
	const char *files; /* given beside the dossier: "party, zones" */
};

/* The shell alone: what the program has. */
const char *np_shell_text(size_t *ret_n);
/* Writes the page; the same for the same dossier and options. */
int np_html(const struct np_view_in *in, const struct np_html_ask *ask,
	    struct np_buf *to, struct np_err *reterr);
/* {"schema":"nameplate.page/1",…}: what stands before all packs. `live` for
 * `serve`, which adds members of its own: without the last brace. */
void np_html_boot(const struct np_view_in *in, const struct np_html_ask *ask,
		  bool live, struct np_buf *b);
/* SHA-256 over the hashes of knowledge and law, hex. */
void np_html_knowledge(const struct np_report *r, char ret[static 65]);
/* Content-Security-Policy of a shell: hashes of what stands in its script and
 * style elements. */
void np_html_policy(const char *shell, struct np_buf *b);
/* A text in HTML, between tags or in quotes. NULL: nothing. */
void np_put_html(struct np_buf *b, const char *s);
#endif

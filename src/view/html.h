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
/* ---- check.c: a page against the one that is written anew */

/* What a page says that it was asked for; texts in `mem`, or NULL. */
struct np_html_written {
	const char *audience, *lang, *site, *what_if, *files;
	const char *program, *knowledge;
	int32_t as_of;
	bool kept;
};
/* NP_EINPUT: it is no page of ours, or one that `serve` sent. */
int np_html_written(const char *page, size_t n, struct np_arena *mem,
		    struct np_html_written *ret, struct np_err *reterr);

/* One part: the page itself, or a pack. */
struct np_html_part {
	const char *name; /* "verdict", "boot", "the page" */
	size_t name_n;
	bool holds;
	uint64_t at;	  /* octet of the page given where they part */
	const char *note; /* in words; NULL: the same octets */
};
typedef void np_html_part_fn(void *ctx, const struct np_html_part *p);
/* Calls for each part of both. Pages are hostile. 0 or NP_ENOMEM. */
int np_html_compare(const char *given, size_t n, const char *anew,
		    size_t anew_n, np_html_part_fn *fn, void *ctx);

/* "nameplate: OPERATOR, DAY". */
void np_put_title(const struct np_view_in *in, struct np_buf *b);
/* noscript.c: the part that stands without scripts. NP_ENOMEM or 0. */
int np_put_noscript(const struct np_view_in *in, struct np_buf *b);
/* A text in HTML, between tags or in quotes. NULL: nothing. */
void np_put_html(struct np_buf *b, const char *s);
#endif

/* SPDX-License-Identifier: ISC */
/* nameplate makers: who is known, by which registries, and what they and their
 * critics have said in public. */
#include "claim/claim.h"
#include "cli/cli.h"
#include "report/quotes.h"
#include "report/writer.h"
#include <stdio.h>
#include <string.h>

static void registries(const struct np_knowledge *k)
{
	struct np_knowledge_part p;

	for (size_t i = 0; np_knowledge_part(k, i, &p); i++)
		(void)printf("%-14s %s%s%s\n", p.name, p.from ? p.from : "",
			     p.date ? ", " : "", p.date ? p.date : "");
}

/* What was said, with source and date. */
static int quote(const char *dir, const char *slug)
{
	struct np_buf b = np_buf((size_t)1 << 20);
	struct np_quotes *q;
	struct np_err e = {0};

	if (np_quotes_open(dir, &q, &e) < 0) {
		np_say_error(&e);
		return NP_EXIT_FAILED;
	}
	np_quotes_put(q, slug, &b);
	int rc = np_put_out(&b, stdout);

	np_quotes_close(q);
	np_buf_free(&b);
	return rc ? NP_EXIT_FAILED : NP_EXIT_OK;
}

static int show(const struct np_knowledge *k, const char *dir, const char *slug)
{
	uint16_t m = np_maker_find(k, slug);

	if (m == NP_NO_MAKER) {
		(void)fprintf(stderr, "nameplate makers: no such maker: %s\n",
			      slug);
		return NP_EXIT_USAGE;
	}
	uint16_t of = np_maker_of(k, m);

	(void)printf("%s: %s%s\n", slug, np_maker_name(k, m),
		     np_maker_subscriber(k, m)
			     ? " (its makes go to subscribers)"
			     : "");
	if (of != NP_NO_MAKER)
		(void)printf("  belongs to or was split from %s; they stay "
			     "different makers\n",
			     np_maker_name(k, of));
	return quote(dir, slug);
}

int np_verb_makers(int argc, char **argv)
{
	const char *dir = NULL;
	const struct np_option options[] = {
		{"knowledge", 0, NP_OPT_TEXT, &dir, "DIR",
		 "use this knowledge, not what is built in"},
	};
	struct np_knowledge *k = NULL;
	struct np_err e = {0};
	int n, rc = np_args("makers", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (np_knowledge_open(dir, &k, &e) < 0) {
		np_say_error(&e);
		return NP_EXIT_FAILED;
	}
	if (n == 2 && strcmp(argv[0], "show") == 0) {
		rc = show(k, dir, argv[1]);
	} else if (n) {
		(void)fputs("nameplate makers: [show NAME]\n", stderr);
		rc = NP_EXIT_USAGE;
	} else {
		registries(k);
		for (uint16_t i = 1; i < np_makers(k); i++)
			(void)printf("%-24s %s\n", np_maker_slug(k, i),
				     np_maker_name(k, i));
	}
	np_knowledge_close(k);
	return rc;
}

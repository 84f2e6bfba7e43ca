/* SPDX-License-Identifier: ISC */
/* nameplate prove: one frame of a sealed source, for somebody who shall not see
 * the others. */
#include "cli/cli.h"
#include "store/seal_proof.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int wrong(const char *text)
{
	(void)fprintf(stderr,
		      "nameplate prove: %s\n"
		      "try 'nameplate prove --help'\n",
		      text);
	return NP_EXIT_USAGE;
}

static bool number(const char *s, uint64_t *ret)
{
	char *end;

	errno = 0;
	*ret = strtoull(s, &end, 10);
	return !errno && *s >= '0' && *s <= '9' && !*end;
}

static int prove(char **argv, uint64_t frame, const char *to, struct np_err *e)
{
	struct np_buf b = np_buf(NP_PROOF_MAX);
	struct np_dossier *d = NULL;
	int rc = np_dossier_open_read(argv[0], &d, e);

	if (!rc)
		rc = np_proof_make(d, argv[1], frame, &b, e);
	if (!rc && to)
		rc = np_seal_write(to, b.p, b.n, e);
	else if (!rc && fwrite(b.p, 1, b.n, stdout) != b.n)
		rc = np_fail(e, NP_EIO, "cannot be written", "stdout", 0);
	np_dossier_close(d);
	np_buf_free(&b);
	return rc;
}

int np_verb_prove(int argc, char **argv)
{
	const char *to = NULL;
	const struct np_option options[] = {
		{"output", 'o', NP_OPT_TEXT, &to, "FILE",
		 "where the proof goes (standard output)"},
	};
	struct np_err e = {0};
	uint64_t frame;
	int n, rc = np_args("prove", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 3)
		return wrong("wants a dossier, one of its sources and the "
			     "number of a frame");
	if (!number(argv[2], &frame))
		return wrong("a frame's number counts from 1");
	rc = prove(argv, frame, to, &e);
	if (!rc)
		return NP_EXIT_OK;
	np_say_error(&e);
	return rc == NP_EIO || rc == NP_ENOMEM ? NP_EXIT_FAILED : NP_EXIT_USAGE;
}

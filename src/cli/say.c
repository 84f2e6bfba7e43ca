/* SPDX-License-Identifier: ISC */
/* What every verb says in the same way: errors, sources, exit codes. */
#include "cli/cli.h"
#include "core/confine.h"
#include <stdio.h>
#include <string.h>

void np_say_error(const struct np_err *e)
{
	struct np_buf b = np_buf(4096);

	np_puts(&b, "nameplate: ");
	if (e->what[0]) {
		np_putterm(&b, e->what, strlen(e->what));
		if (e->at)
			np_putf(&b, ":%llu", (unsigned long long)e->at);
		if (e->column)
			np_putf(&b, ":%u", e->column);
		np_puts(&b, ": ");
	}
	np_putterm(&b, e->text, strlen(e->text));
	np_putc(&b, '\n');
	if (b.p)
		(void)fwrite(b.p, 1, b.n, stderr);
	np_buf_free(&b);
}

static void say_of(const struct np_input *x, uint64_t at, const char *text)
{
	struct np_err e = {0};

	(void)np_fail(&e, NP_EINPUT, text, x->name, at);
	np_say_error(&e);
}

/* What does not keep a source from being read. */
static void note_source(const struct np_input *x)
{
	char text[120];

	if (x->coverage.unread_link) {
		(void)snprintf(text, sizeof(text),
			       "link type %u not read: %llu frames",
			       x->unread_link_type,
			       (unsigned long long)x->coverage.unread_link);
		say_of(x, 0, text);
	}
	if (x->coverage.backwards) {
		(void)snprintf(text, sizeof(text),
			       "time goes backwards, first here: %llu frames "
			       "older than one before them",
			       (unsigned long long)x->coverage.backwards);
		say_of(x, x->coverage.backwards_at, text);
	}
}

/* Said where it is read, and not only to who asks doctor. */
static void say_confinement(void)
{
	if (np_landlock_abi() < 1)
		(void)fputs("nameplate: sources were read not confined by "
			    "Landlock, which this kernel has not; by seccomp "
			    "alone\n",
			    stderr);
}

static bool say_source(const struct np_input *x)
{
	char text[120];

	if (x->broken) {
		np_say_error(&x->error);
	} else if (x->truncated) {
		say_of(x, x->coverage.cut_at,
		       "ends inside a record; what came before was read");
	}
	note_source(x);
	if (x->coverage.dropped_by_limit) {
		(void)snprintf(
			text, sizeof(text),
			"a limit was reached: %llu undecided items dropped",
			(unsigned long long)x->coverage.dropped_by_limit);
		say_of(x, 0, text);
	}
	return x->broken || x->truncated || x->coverage.dropped_by_limit;
}

bool np_say_sources(const struct np_inputs *in)
{
	bool any = in->unreadable > 0;

	for (size_t i = 0; i < in->n; i++)
		any |= say_source(&in->v[i]);
	return any;
}

int np_exit_of(int rc, const struct np_inputs *in)
{
	if (rc == NP_EINTR)
		return NP_EXIT_INTERRUPTED;
	if (rc < 0)
		return NP_EXIT_FAILED;
	say_confinement();
	return np_say_sources(in) ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

int np_add_inputs(struct np_inputs *in, int n, char **paths)
{
	struct np_err e = {0};

	for (int i = 0; i < n; i++)
		if (np_inputs_add(in, paths[i], &e) < 0)
			np_say_error(&e);
	if (n)
		return in->n ? NP_EXIT_OK : NP_EXIT_PARTLY;
	(void)fputs("nameplate: no source given\n", stderr);
	return NP_EXIT_USAGE;
}

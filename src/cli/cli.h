/* SPDX-License-Identifier: ISC */
/*
 * The command line. verbs.def is the table of verbs: dispatch, help, manual
 * and completion come from it; each verb has a file of its name and a table of
 * its options, which is parsed and printed by the same code.
 */
#ifndef NP_CLI_H
#define NP_CLI_H
#include "core/err.h"
#include "run.h"
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Exit codes (contract, section 1). */
enum {
	NP_EXIT_OK = 0,
	NP_EXIT_GATE = 1,
	NP_EXIT_USAGE = 2,
	NP_EXIT_PARTLY = 3,
	NP_EXIT_FAILED = 4,
	NP_EXIT_INTERRUPTED = 130,
};

enum np_option_kind { NP_OPT_FLAG, NP_OPT_TEXT, NP_OPT_COUNT };

struct np_option {
	const char *name; /* "as-of" for --as-of */
	char letter;	  /* 'o' for -o, 0 for none */
	enum np_option_kind kind;
	void *to;	 /* bool *, const char **, unsigned * */
	const char *arg; /* "DATE", for help */
	const char *help;
};

/* Takes options out of argv, wherever they stand; what is left are operands,
 * *ret_n of them, at argv[0..]. "--" ends the options. A wrong word is said on
 * stderr: NP_EXIT_USAGE; --help prints and gives -1. */
int np_args(const char *verb, int argc, char **argv,
	    const struct np_option *options, size_t noptions, int *ret_n);

/* Writes a verb's options for a shell's completion, or its page of the manual
 * ("man"), on standard output; false: no such way. np_args does it for
 * --describe=HOW. np_completion writes a shell's file of all verbs. */
bool np_options_put(const char *verb, const char *how,
		    const struct np_option *options, size_t noptions);
int np_completion(const char *shell);

typedef int np_verb_fn(int argc, char **argv);

struct np_verb {
	const char *name;
	np_verb_fn *run;
	const char *operands, *line;
};
extern const struct np_verb np_verbs[]; /* ends with a NULL name */

#define NP_VERB(name, operands, line) np_verb_fn np_verb_##name;
#include "cli/verbs.def"
#undef NP_VERB

/* Says an error on stderr the way all verbs do: "nameplate: what:at: text".
 * Control characters are escaped. */
void np_say_error(const struct np_err *e);
/* Says which sources could not be read, or not wholly; true when any. */
bool np_say_sources(const struct np_inputs *in);
/* The exit code for how a run ended. */
int np_exit_of(int rc, const struct np_inputs *in);
/* Adds every operand; unreadable paths are said. NP_EXIT_USAGE for none. */
int np_add_inputs(struct np_inputs *in, int n, char **paths);
/* The signal, after np_catch_signals(), when SIGINT or SIGTERM came; else 0. */
const volatile int *np_stopped(void);
void np_catch_signals(void);

/* How text goes to the terminal. */
struct np_look {
	bool colour;
	unsigned width; /* columns; 0: not a terminal, do not cut */
};
/* choice: "auto", "always", "never" or NULL. NO_COLOR and TERM=dumb count. */
struct np_look np_look(const char *choice, int fd);

/* Standard output goes through a pager from here, where it is a terminal and
 * one is wanted; 0: it does not. Ask np_look() before. Closing waits for who
 * reads, after which nothing can be written. */
pid_t np_pager_open(void);
void np_pager_close(pid_t pager);
#endif

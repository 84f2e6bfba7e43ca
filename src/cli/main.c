/* SPDX-License-Identifier: ISC */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct np_verb np_verbs[] = {
#define NP_VERB(name, operands, line) {#name, np_verb_##name, operands, line},
#include "cli/verbs.def"
#undef NP_VERB
	{NULL, NULL, NULL, NULL},
};

static volatile int stopped;

static void on_signal(int sig)
{
	stopped = sig;
}

const volatile int *np_stopped(void)
{
	return &stopped;
}

void np_catch_signals(void)
{
	struct sigaction a = {.sa_handler = on_signal};

	(void)sigaction(SIGINT, &a, NULL);
	(void)sigaction(SIGTERM, &a, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

struct np_look np_look(const char *choice, int fd)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
	struct np_look l = {0};
	struct winsize w;
	bool tty = isatty(fd);

	if (tty && ioctl(fd, TIOCGWINSZ, &w) == 0)
		l.width = w.ws_col;
	if (tty && !l.width)
		l.width = 80;
	if (choice && strcmp(choice, "always") == 0)
		l.colour = true;
	else if (!choice || strcmp(choice, "never") != 0)
		l.colour = tty && !(no && *no) &&
			   !(term && strcmp(term, "dumb") == 0);
	return l;
}

static void usage(FILE *to)
{
	(void)fputs("nameplate: who made each box in a network, how sure, "
		    "under which rules\n\n"
		    "  nameplate CAPTURE...     the same as nameplate audit "
		    "CAPTURE...\n",
		    to);
	for (const struct np_verb *v = np_verbs; v->name; v++)
		(void)fprintf(to, "  nameplate %-14s %s\n", v->name, v->line);
	(void)fputs("\n  nameplate VERB --help    its options\n"
		    "  nameplate --version\n",
		    to);
}

/* The verb that the words name; flags may stand before it. It moves to
 * argv[1]. NULL: there is none, so they are audit's. */
static const struct np_verb *verb_of(int argc, char **argv)
{
	int at = 1;

	while (at < argc && argv[at][0] == '-' && argv[at][1] &&
	       strcmp(argv[at], "--") != 0)
		at++;
	for (const struct np_verb *v = np_verbs; at < argc && v->name; v++) {
		char *word = argv[at];

		if (strcmp(v->name, word) != 0)
			continue;
		for (; at > 1; at--)
			argv[at] = argv[at - 1];
		argv[1] = word;
		return v;
	}
	return NULL;
}

/* A bare word that names no file was meant as a verb. */
static bool looks_like_verb(const char *word)
{
	return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0' &&
	       access(word, F_OK) != 0;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return NP_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return NP_EXIT_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)puts("nameplate " NP_VERSION);
		return NP_EXIT_OK;
	}
	if (strcmp(argv[1], "--completion") == 0)
		return np_completion(argc > 2 ? argv[2] : "");
	const struct np_verb *v = verb_of(argc, argv);

	if (v)
		return v->run(argc - 2, argv + 2);
	if (looks_like_verb(argv[1])) {
		(void)fprintf(stderr,
			      "nameplate: no such verb, and no such file: %s\n"
			      "try 'nameplate --help'\n",
			      argv[1]);
		return NP_EXIT_USAGE;
	}
	return np_verbs[0].run(argc - 1, argv + 1);
}

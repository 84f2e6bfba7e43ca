/* SPDX-License-Identifier: ISC */
/*
 * What shells and the manual need to know of the verbs, written from the table
 * of verbs and each verb's own table of options, so that neither goes stale:
 *
 *	nameplate --completion bash|zsh|fish	completion/
 *	nameplate VERB --describe=man		nameplate-VERB(1)
 *
 * Both are for the build and for who installs; no help lists them.
 */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

/* What stands behind an option. */
enum takes { NOTHING, A_FILE, A_DIRECTORY, A_COLOUR, A_WORD };

static enum takes takes(const struct np_option *o)
{
	if (o->kind == NP_OPT_FLAG)
		return NOTHING;
	if (o->arg && strstr(o->arg, "FILE"))
		return A_FILE;
	if (o->arg && strstr(o->arg, "DIR"))
		return A_DIRECTORY;
	if (strcmp(o->name, "output") == 0)
		return A_FILE;
	if (o->arg && strcmp(o->arg, "WHEN") == 0)
		return A_COLOUR;
	return A_WORD;
}

/* In single quotes of a shell: `quote` is how a quote stands there, and each of
 * `marks` gets a backslash before it. */
static void put(const char *s, const char *quote, const char *marks)
{
	for (; *s; s++) {
		if (*s == '\'')
			(void)fputs(quote, stdout);
		else
			(void)printf("%s%c", strchr(marks, *s) ? "\\" : "", *s);
	}
}

/* ---- bash */

static void bash_options(const struct np_option *o, size_t n,
			 const char *variable, bool all, enum takes kind)
{
	const char *open = "";

	(void)printf("%s='", variable);
	for (size_t i = 0; i < n; i++) {
		if (!all && takes(&o[i]) != kind)
			continue;
		(void)printf("%s--%s", open, o[i].name);
		open = " ";
		if (o[i].letter)
			(void)printf(" -%c", o[i].letter);
	}
	(void)putchar('\'');
}

static void bash_verb(const char *verb, const struct np_option *o, size_t n)
{
	(void)printf("\t%s)\n\t\t", verb);
	bash_options(o, n, "options", true, NOTHING);
	(void)fputs("\n\t\t", stdout);
	bash_options(o, n, "files", false, A_FILE);
	(void)fputs("\n\t\t", stdout);
	bash_options(o, n, "dirs", false, A_DIRECTORY);
	(void)fputs("\n\t\t", stdout);
	bash_options(o, n, "words", false, A_WORD);
	(void)puts("\n\t\t;;");
}

static const char *const bash_head[] = {
	"# SPDX-License-Identifier: ISC",
	"# nameplate --completion bash",
	"_nameplate()",
	"{",
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} "
	"before=${COMP_WORDS[COMP_CWORD-1]}",
	"\tlocal i verb='' options='' files='' dirs='' words=''",
	"",
	"\tCOMPREPLY=()",
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do",
	"\t\tif [[ ${COMP_WORDS[i]} != -* ]]; then",
	"\t\t\tverb=${COMP_WORDS[i]}",
	"\t\t\tbreak",
	"\t\tfi",
	"\tdone",
	"\tcase $verb in",
	NULL,
};

static const char *const bash_foot[] = {
	"\tcompopt -o filenames 2>/dev/null",
	"\tcase \" $files \" in",
	"\t*\" $before \"*)",
	"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")",
	"\t\treturn",
	"\t\t;;",
	"\tesac",
	"\tcase \" $dirs \" in",
	"\t*\" $before \"*)",
	"\t\tmapfile -t COMPREPLY < <(compgen -d -- \"$cur\")",
	"\t\treturn",
	"\t\t;;",
	"\tesac",
	"\tcase \" $words \" in",
	"\t*\" $before \"*) return ;;",
	"\tesac",
	"\tif [[ $before == --color ]]; then",
	"\t\tmapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "
	"\"$cur\")",
	"\telif [[ $cur == -* ]]; then",
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$options --help\" -- "
	"\"$cur\")",
	"\telif [[ ! $verb ]]; then",
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$verbs\" -- \"$cur\"",
	"\t\t\tcompgen -f -- \"$cur\")",
	"\telse",
	"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")",
	"\tfi",
	"}",
	"complete -F _nameplate nameplate",
	NULL,
};

/* ---- zsh */

static void zsh_verb(const char *verb, const struct np_option *o, size_t n)
{
	static const char *const action[] = {
		[A_FILE] = ":_files",
		[A_DIRECTORY] = ":_files -/",
		[A_COLOUR] = ":(auto always never)",
		[A_WORD] = ":",
	};

	(void)printf("\t\t%s)\n\t\t\t_arguments \\\n", verb);
	for (size_t i = 0; i < n; i++) {
		if (o[i].letter)
			(void)printf("\t\t\t\t'(-%c --%s)'{-%c,--%s}'[",
				     o[i].letter, o[i].name, o[i].letter,
				     o[i].name);
		else
			(void)printf("\t\t\t\t'--%s[", o[i].name);
		put(o[i].help, "'\\''", "[]\\:");
		(void)putchar(']');
		if (takes(&o[i]) != NOTHING) {
			(void)putchar(':');
			put(o[i].arg ? o[i].arg : "N", "'\\''", "\\:");
			(void)fputs(action[takes(&o[i])], stdout);
		}
		(void)puts("' \\");
	}
	(void)puts("\t\t\t\t'(-h --help)'{-h,--help}'[this]' \\\n"
		   "\t\t\t\t'*:operand:_files'\n\t\t\t;;");
}

static void zsh_head(void)
{
	(void)puts("#compdef nameplate\n# SPDX-License-Identifier: ISC\n"
		   "# nameplate --completion zsh\n"
		   "_nameplate()\n{\n"
		   "\tlocal curcontext=$curcontext state line\n"
		   "\tlocal -a verbs\n\n\tverbs=(");
	for (const struct np_verb *v = np_verbs; v->name; v++) {
		(void)printf("\t\t'%s:", v->name);
		put(v->line, "'\\''", "\\:");
		(void)puts("'");
	}
	(void)puts("\t)\n\t_arguments -C '1: :->verb' '*:: :->rest'\n"
		   "\tcase $state in\n\tverb)\n"
		   "\t\t_describe verb verbs\n\t\t_files\n\t\t;;\n"
		   "\trest)\n\t\tcase $words[1] in");
}

/* ---- fish */

static void fish_verb(const char *verb, const struct np_option *o, size_t n)
{
	static const char *const action[] = {
		[NOTHING] = "",
		[A_FILE] = " -r -F",
		[A_DIRECTORY] = " -x -a '(__fish_complete_directories)'",
		[A_COLOUR] = " -x -a 'auto always never'",
		[A_WORD] = " -x",
	};

	for (size_t i = 0; i < n; i++) {
		(void)printf("complete -c nameplate -n "
			     "'__fish_seen_subcommand_from %s' -l %s",
			     verb, o[i].name);
		if (o[i].letter)
			(void)printf(" -s %c", o[i].letter);
		(void)printf("%s -d '", action[takes(&o[i])]);
		put(o[i].help, "\\'", "\\");
		(void)puts("'");
	}
}

static void fish_head(void)
{
	(void)puts("# SPDX-License-Identifier: ISC\n"
		   "# nameplate --completion fish\n"
		   "complete -c nameplate -s h -l help -d this");
	for (const struct np_verb *v = np_verbs; v->name; v++) {
		(void)printf("complete -c nameplate -n __fish_use_subcommand "
			     "-a %s -d '",
			     v->name);
		put(v->line, "\\'", "\\");
		(void)puts("'");
	}
}

/* ---- the manual */

static void roff(const char *s)
{
	if (*s == '.' || *s == '\'')
		(void)fputs("\\&", stdout);
	for (; *s; s++) {
		if (*s == '-')
			(void)fputs("\\-", stdout);
		else if (*s == '\\')
			(void)fputs("\\e", stdout);
		else
			(void)putchar(*s);
	}
	(void)putchar('\n');
}

static void man_verb(const char *verb, const struct np_option *o, size_t n)
{
	const struct np_verb *v = np_verbs;

	while (v->name && strcmp(v->name, verb) != 0)
		v++;
	(void)printf(".\\\" SPDX-License-Identifier: ISC\n"
		     ".TH NAMEPLATE\\-%s 1 \"\" \"nameplate %s\"\n"
		     ".SH NAME\nnameplate\\-%s \\- ",
		     verb, NP_VERSION, verb);
	roff(v->name ? v->line : "");
	(void)printf(".SH SYNOPSIS\n.B nameplate %s\n", verb);
	if (v->name && *v->operands)
		roff(v->operands);
	(void)puts(".RI [ option ...]\n.SH OPTIONS");
	for (size_t i = 0; i < n; i++) {
		(void)fputs(".TP\n.B ", stdout);
		if (o[i].letter)
			(void)printf("\\-%c, ", o[i].letter);
		(void)fputs("\\-\\-", stdout);
		roff(o[i].name);
		if (o[i].arg) {
			(void)fputs(".I ", stdout);
			roff(o[i].arg);
			(void)puts(".br");
		}
		roff(o[i].help);
	}
	(void)puts(".TP\n.B \\-h, \\-\\-help\nThe same in short.\n"
		   ".SH SEE ALSO\n.BR nameplate (1)");
}

/* ---- all verbs */

bool np_options_put(const char *verb, const char *how,
		    const struct np_option *o, size_t n)
{
	static const struct {
		const char *how;
		void (*put)(const char *verb, const struct np_option *o,
			    size_t n);
	} ways[] = {
		{"bash", bash_verb},
		{"zsh", zsh_verb},
		{"fish", fish_verb},
		{"man", man_verb},
	};

	for (size_t i = 0; i < NP_COUNT(ways); i++) {
		if (strcmp(ways[i].how, how) != 0)
			continue;
		ways[i].put(verb, o, n);
		return true;
	}
	return false;
}

static void lines(const char *const *v)
{
	for (; *v; v++)
		(void)puts(*v);
}

static void each_verb(char *word)
{
	for (const struct np_verb *v = np_verbs; v->name; v++) {
		char *argv[] = {word, NULL};

		(void)v->run(1, argv);
	}
}

int np_completion(const char *shell)
{
	char bash[] = "--describe=bash", zsh[] = "--describe=zsh";
	char fish[] = "--describe=fish";

	if (strcmp(shell, "bash") == 0) {
		lines(bash_head);
		each_verb(bash);
		(void)fputs("\tesac\n\tlocal verbs='", stdout);
		for (const struct np_verb *v = np_verbs; v->name; v++)
			(void)printf("%s%s", v == np_verbs ? "" : " ", v->name);
		(void)puts("'");
		lines(bash_foot);
	} else if (strcmp(shell, "zsh") == 0) {
		zsh_head();
		each_verb(zsh);
		(void)puts("\t\tesac\n\t\t;;\n\tesac\n}\n_nameplate \"$@\"");
	} else if (strcmp(shell, "fish") == 0) {
		fish_head();
		each_verb(fish);
	} else {
		(void)fputs("nameplate --completion: bash, zsh or fish\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	return NP_EXIT_OK;
}

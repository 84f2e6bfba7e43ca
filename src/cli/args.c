/* SPDX-License-Identifier: ISC */
#include "cli/cli.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct np_verb *verb_of(const char *name)
{
	for (const struct np_verb *v = np_verbs; v->name; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

static void help(const char *verb, const struct np_option *o, size_t n)
{
	const struct np_verb *v = verb_of(verb);

	(void)printf("nameplate %s %s\n  %s\n\n", verb, v ? v->operands : "",
		     v ? v->line : "");
	for (size_t i = 0; i < n; i++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "%s%.1s%s--%s%s%s",
			       o[i].letter ? "-" : "  ",
			       o[i].letter ? &o[i].letter : "",
			       o[i].letter ? ", " : "  ", o[i].name,
			       o[i].arg ? " " : "", o[i].arg ? o[i].arg : "");
		(void)printf("  %-28s %s\n", left, o[i].help);
	}
	(void)printf("  %-28s %s\n", "-h, --help", "this");
}

static int wrong(const char *verb, const char *text, const char *word)
{
	(void)fprintf(stderr,
		      "nameplate %s: %s: %s\n"
		      "try 'nameplate %s --help'\n",
		      verb, text, word, verb);
	return NP_EXIT_USAGE;
}

static int set(const char *verb, const struct np_option *o, const char *value,
	       const char *word)
{
	char *end;
	unsigned long v;

	switch (o->kind) {
	case NP_OPT_FLAG:
		if (value)
			return wrong(verb, "takes no value", word);
		*(bool *)o->to = true;
		return 0;
	case NP_OPT_TEXT:
		if (!value || !*value)
			return wrong(verb, "wants a value", word);
		*(const char **)o->to = value;
		return 0;
	case NP_OPT_COUNT:
		if (!value)
			return wrong(verb, "wants a number", word);
		errno = 0;
		v = strtoul(value, &end, 10);
		if (errno || *end || end == value || v > 1000000 ||
		    *value == '-')
			return wrong(verb, "wants a number", word);
		*(unsigned *)o->to = (unsigned)v;
		return 0;
	}
	return NP_EXIT_USAGE;
}

static const struct np_option *find(const struct np_option *o, size_t n,
				    const char *word, const char **ret_value)
{
	*ret_value = NULL;
	for (size_t i = 0; i < n; i++) {
		size_t k = strlen(o[i].name);

		if (word[1] == '-' && strncmp(word + 2, o[i].name, k) == 0 &&
		    (!word[2 + k] || word[2 + k] == '=')) {
			*ret_value = word[2 + k] ? word + 3 + k : NULL;
			return &o[i];
		}
		if (word[1] != '-' && o[i].letter && word[1] == o[i].letter) {
			*ret_value = word[2] ? word + 2 : NULL;
			return &o[i];
		}
	}
	return NULL;
}

int np_args(const char *verb, int argc, char **argv,
	    const struct np_option *options, size_t noptions, int *ret_n)
{
	int n = 0;
	bool over = false;

	for (int i = 0; i < argc; i++) {
		const char *value, *word = argv[i];
		const struct np_option *o;

		if (over || word[0] != '-' || !word[1]) {
			argv[n++] = argv[i];
			continue;
		}
		if (strcmp(word, "--") == 0) {
			over = true;
			continue;
		}
		if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0) {
			help(verb, options, noptions);
			return -1;
		}
		if (strncmp(word, "--describe=", 11) == 0 &&
		    np_options_put(verb, word + 11, options, noptions))
			return -1;
		o = find(options, noptions, word, &value);
		if (!o)
			return wrong(verb, "no such option", word);
		if (o->kind != NP_OPT_FLAG && !value && i + 1 < argc)
			value = argv[++i];
		int rc = set(verb, o, value, word);

		if (rc)
			return rc;
	}
	*ret_n = n;
	return 0;
}

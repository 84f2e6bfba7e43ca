/* SPDX-License-Identifier: ISC */
/* nameplate protocols: what is read, from the list that the code is built of.
 */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static const char *form_name(enum np_form f)
{
	static const char *const names[] = {
		[NP_TEXT] = "text",    [NP_MAC] = "address",
		[NP_IP] = "address",   [NP_OID] = "object identifier",
		[NP_HEX] = "hex",      [NP_UINT] = "number",
		[NP_LIST] = "numbers",
	};

	return names[f];
}

/* Is one of the captures that the build is tested with a real daemon's? */
static const char *const golden[NP_NPROTOS] = {
#include "golden_origin.h"
};

static void markdown(const struct np_proto *p, const char *origin)
{
	(void)printf("| %s | %s | %s | %s | %s | %s | %s | ", p->name, p->title,
		     p->layer ? p->layer : "-", p->spec,
		     p->grade ? p->grade : "-", p->heard ? "yes" : "never",
		     origin);
	for (size_t i = 0; i < p->nfields; i++)
		(void)printf("%s%s", i ? " " : "", p->fields[i].name);
	(void)puts(" |");
}

static void one(const struct np_proto *p)
{
	(void)printf("%s: %s (%s)\n", p->name, p->title, p->spec);
	for (size_t i = 0; i < p->nfields; i++) {
		const struct np_field *f = &p->fields[i];

		(void)printf("  %s.%s, %s%s%s: %s\n", p->name, f->name,
			     form_name(f->form), f->key ? ", key " : "",
			     f->key ? np_keykind_name(f->key) : "", f->doc);
		if (f->flags & NP_PERSON)
			(void)puts("    names a person: never kept");
	}
}

int np_verb_protocols(int argc, char **argv)
{
	bool table = false;
	const struct np_option options[] = {
		{"markdown", 0, NP_OPT_FLAG, &table, NULL,
		 "a table for the documentation"},
	};
	int n, rc = np_args("protocols", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (table)
		(void)puts("| protocol | title | layer | specification | grade "
			   "| heard from a restricted maker on a real wire "
			   "| tested with | fields |\n"
			   "|---|---|---|---|---|---|---|---|");
	else if (!n)
		(void)puts("protocol       grade  heard  tested       title\n"
			   "(heard: from a restricted maker on a real wire; "
			   "what never was counts one grade lower)");
	for (int i = 0; i < NP_NPROTOS; i++) {
		const struct np_proto *p = np_protos[i];
		bool asked = !n;

		for (int k = 0; k < n; k++)
			asked |= strcmp(argv[k], p->name) == 0;
		if (!asked)
			continue;
		if (table)
			markdown(p, golden[i]);
		else if (n)
			one(p);
		else
			(void)printf("%-14s %-6s %-6s %-12s %s\n", p->name,
				     p->grade ? p->grade : "-",
				     p->heard ? "yes" : "never", golden[i],
				     p->title);
	}
	return NP_EXIT_OK;
}

/* SPDX-License-Identifier: ISC */
/* nameplate protocols: what is read, from the list that the code is built of.
 */
#include "cli/cli.h"
#include "document/document.h"
#include "source/unpack.h"
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

static const char *lacks(const struct np_document *d)
{
	return d->absent ? d->absent() : NULL;
}

static void tell_lack(const char *library)
{
	if (library)
		(void)printf(" (not by this build: it lacks %s)", library);
	(void)putchar('\n');
}

/* What is no capture, and what any source may be packed with. */
static void documents(void)
{
	(void)puts("\ndocument       is          title");
	for (size_t i = 0; np_documents[i]; i++) {
		const struct np_document *d = np_documents[i];

		(void)printf("%-14s %-11s %s", d->name, d->method, d->title);
		tell_lack(lacks(d));
	}
	(void)puts("\npacked with");
	for (size_t i = 0; np_packs[i]; i++) {
		(void)printf("%s", np_packs[i]->kind);
		tell_lack(np_packs[i]->absent);
	}
}

static void one_document(const struct np_document *d)
{
	(void)printf("%s: %s (%s)\n", d->name, d->title, d->spec);
	for (size_t i = 0; d->fields[i]; i++)
		(void)printf("  %s\n", d->fields[i]);
}

/* {"name":"lldp","title":"…","lacks":null}, the last what the build lacks. */
static void json_row(struct np_buf *b, bool first, const char *name,
		     const char *title, const char *lacking)
{
	np_puts(b, first ? "{\"name\":" : ",{\"name\":");
	np_putjsons(b, name);
	np_puts(b, ",\"title\":");
	np_putjsons(b, title);
	np_puts(b, ",\"lacks\":");
	np_putjsons(b, lacking);
	np_putc(b, '}');
}

static int json(void)
{
	struct np_buf b = np_buf((size_t)1 << 20);

	np_puts(&b, "{\"protocols\":[");
	for (size_t i = 0; i < NP_NPROTOS; i++)
		json_row(&b, !i, np_protos[i]->name, np_protos[i]->title, NULL);
	np_puts(&b, "],\"documents\":[");
	for (size_t i = 0; np_documents[i]; i++)
		json_row(&b, !i, np_documents[i]->name, np_documents[i]->title,
			 lacks(np_documents[i]));
	np_puts(&b, "],\"packings\":[");
	for (size_t i = 0; np_packs[i]; i++)
		json_row(&b, !i, np_packs[i]->kind, np_packs[i]->kind,
			 np_packs[i]->absent);
	np_puts(&b, "]}\n");
	bool good = !b.failed && fwrite(b.p, 1, b.n, stdout) == b.n;

	np_buf_free(&b);
	return good ? NP_EXIT_OK : NP_EXIT_FAILED;
}

int np_verb_protocols(int argc, char **argv)
{
	bool table = false, as_json = false;
	const struct np_option options[] = {
		{"markdown", 0, NP_OPT_FLAG, &table, NULL,
		 "a table for the documentation"},
		{"json", 0, NP_OPT_FLAG, &as_json, NULL, "one JSON document"},
	};
	int n, rc = np_args("protocols", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (as_json)
		return json();
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
	for (size_t i = 0; np_documents[i]; i++)
		for (int k = 0; k < n; k++)
			if (strcmp(argv[k], np_documents[i]->name) == 0)
				one_document(np_documents[i]);
	if (!n && !table)
		documents();
	return NP_EXIT_OK;
}

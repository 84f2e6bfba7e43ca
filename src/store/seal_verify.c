/* SPDX-License-Identifier: ISC */
/* Reading a manifest, and holding the dossier against it. */
#include "store/hashing.h"
#include "store/seal.h"
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct np_manifest {
	cJSON *root;
	struct np_minisign_public signer;
};

static const char *text_of(const cJSON *o, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));
}

static uint64_t number_of(const cJSON *o, const char *name)
{
	const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, name);

	return cJSON_IsNumber(x) && x->valuedouble >= 0 &&
			       x->valuedouble < 9007199254740992.0
		       ? (uint64_t)x->valuedouble
		       : UINT64_MAX;
}

/* The root of the tree over lines of a kind. */
static const char *tree_of(const cJSON *root, const char *name)
{
	return text_of(cJSON_GetObjectItemCaseSensitive(root, name), "tree");
}

/* Why it is no manifest; NULL: it is one. */
static const char *why_not(struct np_manifest *m)
{
	const char *schema = text_of(m->root, "schema");
	const char *signer = text_of(m->root, "signer");

	if (!cJSON_IsObject(m->root))
		return "expected JSON, one object";
	if (!schema || strcmp(schema, "nameplate.manifest/1") != 0)
		return "expected the schema nameplate.manifest/1";
	if (!signer || strlen(signer) != 56 ||
	    np_minisign_public_open(signer, &m->signer, NULL))
		return "expected a public key as its signer";
	if (!tree_of(m->root, "sources") || !tree_of(m->root, "devices") ||
	    !cJSON_IsArray(
		    cJSON_GetObjectItemCaseSensitive(m->root, "tables")) ||
	    !np_manifest_export(m))
		return "expected sources, tables and an export";
	return NULL;
}

int np_manifest_read(const char *text, size_t n, struct np_manifest **ret,
		     struct np_err *reterr)
{
	struct np_manifest *m = calloc(1, sizeof(*m));
	const char *why;

	*ret = NULL;
	if (!m)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	m->root = cJSON_ParseWithLength(text, n);
	why = why_not(m);
	if (why) {
		np_manifest_free(m);
		return np_fail(reterr, NP_EINPUT, why, "manifest", 0);
	}
	*ret = m;
	return NP_OK;
}

void np_manifest_free(struct np_manifest *m)
{
	if (!m)
		return;
	cJSON_Delete(m->root);
	free(m);
}

const struct np_minisign_public *np_manifest_signer(const struct np_manifest *m)
{
	return &m->signer;
}

const char *np_manifest_export(const struct np_manifest *m)
{
	return text_of(cJSON_GetObjectItemCaseSensitive(m->root, "export"),
		       "sha256");
}

const char *np_manifest_tree(const struct np_manifest *m)
{
	return tree_of(m->root, "sources");
}

uint64_t np_manifest_sources(const struct np_manifest *m)
{
	return number_of(cJSON_GetObjectItemCaseSensitive(m->root, "sources"),
			 "count");
}

/* ---------------------------------------------------------- compared */

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static void compare(struct np_seal_ear *ear, const char *what,
		    const char *where, const char *expected, const char *found)
{
	const struct np_sealed s = {
		.holds = same(expected, found),
		.what = what,
		.where = where,
		.expected = expected,
		.found = found,
	};

	np_seal_say(ear, &s);
}

static void say_note(struct np_seal_ear *ear, bool holds, const char *what,
		     const char *where, const char *note)
{
	const struct np_sealed s = {
		.holds = holds, .what = what, .where = where, .note = note};

	np_seal_say(ear, &s);
}

/* ------------------------------------------------------------ tables */

static const cJSON *named(const cJSON *list, const char *name)
{
	const cJSON *x;

	cJSON_ArrayForEach(x, list)
	{
		if (same(text_of(x, "name"), name))
			return x;
	}
	return NULL;
}

static void check_table(struct np_dossier *d, const char *name,
			const cJSON *was, struct np_seal_ear *ear)
{
	char hex[65];
	uint64_t rows;

	if (np_dossier_table_hash(d, name, &rows, hex))
		say_note(ear, false, "table", name,
			 "it is not there, or cannot be read");
	else
		compare(ear, "table", name, text_of(was, "sha256"), hex);
}

static void check_each_table(struct np_dossier *d, const cJSON *list,
			     struct np_arena *mem, struct np_seal_ear *ear)
{
	const char *name;
	const cJSON *x;

	cJSON_ArrayForEach(x, list)
	{
		name = text_of(x, "name");
		if (name)
			check_table(d, name, x, ear);
	}
	for (size_t i = 0; (name = np_dossier_table(d, i, mem)); i++)
		if (!named(list, name))
			say_note(ear, false, "table", name,
				 "it was not there when this was sealed");
}

/* ------------------------------------------------------------- lines */

struct lines {
	struct np_hasher *h;
	struct np_tree tree;
	cJSON *list; /* of those that are wanted; NULL: none are */
};

static int add_line(void *ctx, const char *line, size_t n)
{
	struct lines *x = ctx;
	uint8_t leaf[NP_TREE_HASH];

	np_tree_leaf(x->h, line, n, leaf);
	np_tree_add(&x->tree, leaf);
	if (!x->list)
		return NP_OK;

	cJSON *one = cJSON_ParseWithLength(line, n);

	/* what is no JSON has no hash either */
	return cJSON_AddItemToArray(x->list, one ? one : cJSON_CreateNull())
		       ? NP_OK
		       : NP_ENOMEM;
}

/* The lines of a kind against the root over them. */
static int check_lines(struct np_dossier *d, const char *kind, const char *tree,
		       cJSON *list, struct np_seal_ear *ear)
{
	struct lines *x = calloc(1, sizeof(*x));
	uint8_t root[NP_TREE_HASH];
	char hex[65];
	int rc = NP_ENOMEM;

	if (x) {
		x->list = list;
		x->h = x->tree.h = np_hasher_new(NP_SHA256);
	}
	if (x && x->h)
		rc = np_dossier_sealed(d, kind, add_line, x);
	if (rc) {
		say_note(ear, false, "lines", kind, "they cannot be read");
	} else {
		np_tree_root(&x->tree, root);
		np_hash_hex(root, hex);
		compare(ear, "lines", kind, tree, hex);
	}
	if (x)
		np_hasher_free(x->h);
	free(x);
	return rc;
}

/* ----------------------------------------------------------- sources */

struct sources {
	struct np_dossier *d;
	const cJSON *list;
	struct np_hasher *h;
	struct np_seal_ear *ear;
	size_t n;
};

static void check_blocks(struct sources *x, const struct np_kept_source *s,
			 const cJSON *was)
{
	uint8_t *p, out[32];
	uint64_t frames = 0;
	char hex[65];
	size_t n;

	if (np_dossier_blocks(x->d, s->number, &p, &n)) {
		say_note(x->ear, false, "hashes of frames", s->name,
			 "they cannot be read");
		return;
	}
	np_sha256(p, n, out);
	np_hash_hex(out, hex);
	compare(x->ear, "hashes of frames", s->name, text_of(was, "blocks"),
		n ? hex : NULL);
	if (n && np_blocks_frames(n, &frames)) {
		np_blocks_root(x->h, p, frames, out);
		np_hash_hex(out, hex);
		compare(x->ear, "tree of frames", s->name, text_of(was, "tree"),
			hex);
	}
	free(p);
}

static int check_kept(void *ctx, const struct np_kept_source *s)
{
	struct sources *x = ctx;
	const cJSON *was = cJSON_GetArrayItem(x->list, (int)x->n++);

	if (!was) {
		say_note(x->ear, false, "source", s->name,
			 "it was not there when this was sealed");
		return NP_OK;
	}
	if (!same(text_of(was, "sha256"), s->sha256) ||
	    !same(text_of(was, "tree"), s->tree) ||
	    !same(text_of(was, "name"), s->name))
		compare(x->ear, "row of source", s->name,
			text_of(was, "sha256"), s->sha256);
	check_blocks(x, s, was);
	return NP_OK;
}

static void check_sources(struct np_dossier *d, const cJSON *list,
			  struct np_seal_ear *ear)
{
	struct sources x = {.d = d,
			    .list = list,
			    .h = np_hasher_new(NP_SHA256),
			    .ear = ear};

	if (!x.h || np_dossier_sources(d, check_kept, &x))
		say_note(ear, false, "sources", "dossier",
			 "they cannot be read");
	else if ((int)x.n < cJSON_GetArraySize(list))
		say_note(ear, false, "sources", "dossier",
			 "fewer than there were when this was sealed");
	np_hasher_free(x.h);
}

/* ----------------------------------------------------------- journal */

static void check_journal(struct np_dossier *d, const cJSON *was,
			  struct np_seal_ear *ear)
{
	const char *head = text_of(was, "head");
	uint64_t n = number_of(was, "entries"), now = 0;
	char link[129] = "";
	bool have = np_dossier_journal(d, link, &now);

	if (head && have && now > n && n != UINT64_MAX)
		(void)np_dossier_link(d, n, link);
	if (head)
		compare(ear, "journal", "the link that was its last", head,
			have ? link : NULL);
	if (now > (head ? n : 0)) {
		const struct np_sealed s = {
			.holds = true,
			.aside = true,
			.what = "journal",
			.where = "dossier",
			.note = "statements were added since this was sealed"};

		np_seal_say(ear, &s);
	}
}

int np_seal_check_tables(struct np_dossier *d, const struct np_manifest *m,
			 struct np_seal_ear *ear, struct np_err *reterr)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	cJSON *sources = cJSON_CreateArray();
	char hex[65];
	int rc = np_dossier_schema_hash(d, hex);

	if (rc)
		say_note(ear, false, "schema", "dossier", "cannot be read");
	else
		compare(ear, "schema", "dossier",
			text_of(m->root, "schema_sha256"), hex);
	check_each_table(d, cJSON_GetObjectItemCaseSensitive(m->root, "tables"),
			 &mem, ear);
	(void)check_lines(d, "device", tree_of(m->root, "devices"), NULL, ear);
	if (sources && !check_lines(d, "source", tree_of(m->root, "sources"),
				    sources, ear))
		check_sources(d, sources, ear);
	cJSON_Delete(sources);
	check_journal(d, cJSON_GetObjectItemCaseSensitive(m->root, "journal"),
		      ear);
	np_arena_free(&mem);
	(void)reterr;
	return NP_OK;
}

/* SPDX-License-Identifier: ISC */
/* Writing the manifest, and what it has trees over: a line a source, a line a
 * device. Keys stand in the order that RFC 8785 wants. */
#include "outcome.h"
#include "report/writer.h"
#include "store/hashing.h"
#include "store/seal.h"
#include <stdlib.h>

struct writing {
	struct np_run *r;
	struct np_dossier *d;
	struct np_hasher *h;
	struct np_buf *b;
	struct np_buf line;
	struct np_tree *tree; /* over lines */
	struct np_arena mem;  /* of one row */
	struct np_err *err;
	bool more; /* something stands before in this list */
};

static void comma(struct writing *w)
{
	if (w->more)
		np_putc(w->b, ',');
	w->more = true;
}

static void member_to(struct np_buf *b, const char *name, const char *text)
{
	np_putf(b, ",\"%s\":", name);
	np_putjsons(b, text);
}

static void member(struct writing *w, const char *name, const char *text)
{
	member_to(w->b, name, text);
}

/* A line goes into the dossier, and its hash into the tree. */
static int end_line(struct writing *w, const char *kind)
{
	uint8_t leaf[NP_TREE_HASH];

	if (w->line.failed)
		return NP_ENOMEM;
	np_tree_leaf(w->h, w->line.p, w->line.n, leaf);
	np_tree_add(w->tree, leaf);
	return np_dossier_add_sealed(w->d, kind, w->line.p, w->line.n);
}

/* How many lines there are, and the root over them. */
static void end_lines(struct writing *w, const char *name)
{
	uint8_t root[NP_TREE_HASH];
	char hex[65];

	np_tree_root(w->tree, root);
	np_hash_hex(root, hex);
	np_putf(w->b, ",\"%s\":{\"count\":%llu,\"tree\":\"%s\"}", name,
		(unsigned long long)w->tree->n, hex);
	w->tree->n = 0;
}

/* ------------------------------------------------------------ export */

struct counting {
	struct np_hasher *h;
	uint64_t lines;
};

static ssize_t count_out(void *cookie, const char *p, size_t n)
{
	struct counting *c = cookie;

	np_hasher_add(c->h, p, n);
	for (size_t i = 0; i < n; i++)
		c->lines += p[i] == '\n';
	return (ssize_t)n;
}

int np_seal_export(struct np_run *r, char ret[static 65], uint64_t *ret_lines,
		   struct np_err *reterr)
{
	struct counting c = {.h = np_hasher_new(NP_SHA256)};
	cookie_io_functions_t io = {.write = count_out};
	FILE *f = c.h ? fopencookie(&c, "w", io) : NULL;
	struct np_style style = {.all = true};
	struct np_report report;
	uint8_t out[32];
	int rc = f ? np_outcome(r, &report) : NP_ENOMEM;

	if (c.h)
		np_hasher_begin(c.h);
	if (!rc)
		rc = np_write_jsonl(&report, &style, f);
	if (f && fclose(f) != 0 && !rc)
		rc = NP_EIO;
	if (c.h) {
		np_hasher_end(c.h, out);
		np_hash_hex(out, ret);
	}
	np_hasher_free(c.h);
	*ret_lines = c.lines;
	return rc ? np_fail(reterr, rc, np_strerror(rc), "export", 0) : NP_OK;
}

/* ----------------------------------------------------------- devices */

static void hash_text(struct np_hasher *h, const void *p, size_t n)
{
	char head[32];
	int k = snprintf(head, sizeof(head), "%zu:", n);

	np_hasher_add(h, head, (size_t)k);
	np_hasher_add(h, p, n);
}

/* The octets that a verdict rests on: of each claim the sighting, the field,
 * where in it, and the text. */
static void hash_claims(struct writing *w, const struct np_kept_claim *v,
			size_t n)
{
	char at[32], field[64];

	for (size_t i = 0; i < n; i++) {
		const char *name = np_knowledge_field_text(w->r->knowledge,
							   v[i].field, field);
		int k = snprintf(at, sizeof(at), "%u", v[i].at);

		np_hasher_add(w->h, v[i].sighting, NP_ID);
		hash_text(w->h, name ? name : "", name ? strlen(name) : 0);
		hash_text(w->h, at, (size_t)k);
		hash_text(w->h, v[i].text, v[i].text ? v[i].text_n : 0);
	}
}

static int put_device(struct writing *w, const struct np_device *d)
{
	struct np_evidence e;
	uint8_t out[32];
	char hex[65];
	int rc;

	np_arena_reset(&w->mem);
	rc = np_device_evidence(&w->r->devices, d, &w->mem, &e);
	if (rc)
		return rc;
	np_hasher_begin(w->h);
	hash_claims(w, e.claims, e.nclaims);
	hash_claims(w, e.contradictions, e.ncontradictions);
	np_hasher_end(w->h, out);
	np_hash_hex(out, hex);
	np_buf_clear(&w->line);
	np_putf(&w->line, "{\"decisive\":\"%s\"", hex);
	member_to(&w->line, "device", d->id);
	member_to(&w->line, "maker", np_maker_slug(w->r->knowledge, d->maker));
	member_to(&w->line, "verdict", np_sure_name(d->sure));
	np_putc(&w->line, '}');
	return end_line(w, "device");
}

static int put_devices(struct writing *w)
{
	int rc = NP_OK;

	for (size_t i = 0; i < w->r->devices.n && !rc; i++)
		rc = put_device(w, &w->r->devices.v[i]);
	end_lines(w, "devices");
	return rc;
}

/* ------------------------------------------------- knowledge and law */

static void put_knowledge(struct writing *w)
{
	struct np_knowledge_part p;

	np_puts(w->b, ",\"knowledge\":[");
	w->more = false;
	for (size_t i = 0; np_knowledge_part(w->r->knowledge, i, &p); i++) {
		comma(w);
		np_puts(w->b, "{\"date\":");
		np_putjsons(w->b, p.date && *p.date ? p.date : NULL);
		member(w, "from", p.from);
		member(w, "name", p.name);
		member(w, "sha256", p.sha256);
		np_putc(w->b, '}');
	}
	np_puts(w->b, "],\"law\":[");
	w->more = false;

	struct np_law_part l;

	for (size_t i = 0; np_law_part(w->r->law, i, &l); i++) {
		comma(w);
		np_puts(w->b, "{\"name\":");
		np_putjsons(w->b, l.name);
		member(w, "sha256", l.sha256);
		np_putc(w->b, '}');
	}
	np_putc(w->b, ']');
}

/* What was asked and what the operator said of itself: the texts of its files
 * are kept as notes. */
static int put_note(void *ctx, const char *name, const char *text)
{
	struct writing *w = ctx;
	uint8_t out[32];
	char hex[65];

	np_sha256(text, strlen(text), out);
	np_hash_hex(out, hex);
	comma(w);
	np_puts(w->b, "{\"name\":");
	np_putjsons(w->b, name);
	member(w, "sha256", hex);
	np_putc(w->b, '}');
	return NP_OK;
}

static int put_notes(struct writing *w)
{
	int rc;

	np_puts(w->b, ",\"notes\":[");
	w->more = false;
	rc = np_dossier_notes(w->d, put_note, w);
	np_putc(w->b, ']');
	return rc;
}

static void put_journal(struct writing *w)
{
	char head[129];
	uint64_t n;

	if (!np_dossier_journal(w->d, head, &n)) {
		np_puts(w->b, ",\"journal\":null");
		return;
	}
	np_putf(w->b, ",\"journal\":{\"entries\":%llu", (unsigned long long)n);
	member(w, "head", head);
	np_putc(w->b, '}');
}

/* ------------------------------------------------- sources and tables */

static int put_source(void *ctx, const struct np_kept_source *s)
{
	struct writing *w = ctx;
	uint64_t frames = 0;
	uint8_t *blocks, out[32];
	char hex[65];
	size_t n;
	int rc = np_dossier_blocks(w->d, s->number, &blocks, &n);

	if (rc)
		return rc;
	np_buf_clear(&w->line);
	if (n && !np_blocks_frames(n, &frames))
		rc = NP_EINPUT;
	np_sha256(blocks, n, out);
	np_hash_hex(out, hex);
	np_puts(&w->line, "{\"blocks\":");
	np_putjsons(&w->line, n ? hex : NULL);
	np_putf(&w->line, ",\"frames\":%llu", (unsigned long long)frames);
	member_to(&w->line, "kind", s->kind);
	member_to(&w->line, "name", s->name);
	np_putf(&w->line, ",\"number\":%u", s->number);
	member_to(&w->line, "sha256", s->sha256);
	member_to(&w->line, "site", s->site);
	member_to(&w->line, "tree", s->tree);
	np_putc(&w->line, '}');
	free(blocks);
	return rc ? rc : end_line(w, "source");
}

static int put_tables(struct writing *w)
{
	const char *name;
	char hex[65];
	uint64_t rows;
	int rc = NP_OK;

	np_puts(w->b, ",\"tables\":[");
	w->more = false;
	np_arena_reset(&w->mem);
	for (size_t i = 0; !rc && (name = np_dossier_table(w->d, i, &w->mem));
	     i++) {
		rc = np_dossier_table_hash(w->d, name, &rows, hex);
		comma(w);
		np_puts(w->b, "{\"name\":");
		np_putjsons(w->b, name);
		np_putf(w->b, ",\"rows\":%llu", (unsigned long long)rows);
		member(w, "sha256", hex);
		np_putc(w->b, '}');
	}
	np_putc(w->b, ']');
	return rc;
}

/* ------------------------------------------------------------- whole */

static int put_all(struct writing *w, const struct np_minisign_public *signer)
{
	uint64_t lines;
	char hex[65], day[16], key[57];
	int rc = np_seal_export(w->r, hex, &lines, w->err);

	if (rc)
		return rc;
	np_putf(w->b, "{\"as_of\":\"%s\"", np_day_text(w->r->conf.as_of, day));
	rc = put_devices(w);
	np_putf(w->b, ",\"export\":{\"lines\":%llu,\"sha256\":\"%s\"}",
		(unsigned long long)lines, hex);
	put_journal(w);
	put_knowledge(w);
	if (!rc)
		rc = put_notes(w);
	member(w, "program", "nameplate " NP_VERSION);
	member(w, "schema", "nameplate.manifest/1");
	if (!rc)
		rc = np_dossier_schema_hash(w->d, hex);
	member(w, "schema_sha256", hex);
	np_minisign_public_text(signer, key);
	member(w, "signer", key);
	if (!rc)
		rc = np_dossier_sources(w->d, put_source, w);
	end_lines(w, "sources");
	if (!rc)
		rc = put_tables(w);
	np_putc(w->b, '}');
	return rc;
}

int np_seal_manifest(struct np_run *r, const struct np_minisign_public *signer,
		     struct np_buf *out, struct np_err *reterr)
{
	struct writing w = {
		.r = r,
		.d = r->dossier,
		.h = np_hasher_new(NP_SHA256),
		.b = out,
		.line = np_buf((size_t)1 << 20),
		.tree = calloc(1, sizeof(*w.tree)),
		.mem = np_arena((size_t)64 << 20),
		.err = reterr,
	};
	int rc = NP_ENOMEM;

	if (w.h && w.tree) {
		w.tree->h = w.h;
		rc = put_all(&w, signer);
	}

	if (!rc && out->failed)
		rc = NP_ENOMEM;
	np_hasher_free(w.h);
	np_buf_free(&w.line);
	free(w.tree);
	np_arena_free(&w.mem);
	if (rc && reterr && !reterr->text)
		return np_fail(reterr, rc, np_strerror(rc), "manifest", 0);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/*
 * The seal of a dossier.
 *
 * Of each source, and of each device, there is a line: JSON in canonical form
 * (RFC 8785: keys sorted, no white space). A source's has its hash, the root of
 * its frames' tree and the hash of what is kept of that (seal_tree.h); a
 * device's the verdict and the hash of the octets that it rests on. Hash trees
 * as those over frames stand over both kinds, so that one line can be shown
 * without the others.
 *
 * The manifest, schema nameplate.manifest/1, in the same form, holds the roots
 * of these trees, hashes of all tables, of the canonical export, of the
 * knowledge and law that were used, of the notes (what the operator said, its
 * files, what was asked), and the last link of the journal's chain. It is
 * signed; manifest and signature stand in the table `seal`, the lines in
 * `sealed`. Then the file is complete, and its own signature, over all its
 * octets, stands beside it as X.dossier.minisig, as minisign wants it.
 *
 * All functions that give an int: 0, or a negative code with *reterr filled.
 */
#ifndef NP_SEAL_H
#define NP_SEAL_H
#include "core/minisign.h"
#include "store/dossier.h"
#include "store/seal_tree.h"

#define NP_MANIFEST_MAX ((size_t)512 << 20)

struct np_run;

/* Something that was looked at. Texts may be NULL where there is nothing to
 * say; all are the caller's until the function returns. */
struct np_sealed {
	bool holds;
	bool aside;	   /* nothing was checked: told beside the rest */
	const char *what;  /* "source", "table", "signature" … */
	const char *where; /* a file, a table */
	uint64_t frame;	   /* from 1; 0: of none, or not known */
	bool line;	   /* the frame is a line of a document */
	const char *note;  /* what is the matter, in words */
	const char *expected, *found;
};
typedef void np_sealed_fn(void *ctx, const struct np_sealed *s);

/* What verification tells, and to whom. */
struct np_seal_ear {
	np_sealed_fn *fn;
	void *ctx;
	uint64_t looked, wrong; /* counted */
};
void np_seal_say(struct np_seal_ear *ear, const struct np_sealed *s);

/* ---- in the dossier */

/* Blocks of a source's frames (seal_tree.h), to be freed; *ret_n 0: none are
 * kept. */
int np_dossier_blocks(struct np_dossier *d, uint32_t source, uint8_t **ret,
		      size_t *ret_n);
/* Name of the i-th table that is sealed, in the order of names; NULL behind
 * the last. `mem` holds it. */
const char *np_dossier_table(struct np_dossier *d, size_t i,
			     struct np_arena *mem);
/* SHA-256 over a table's rows, in the order of their columns: of each value a
 * letter (n, i, f, t, b) and, but for n, its length in octets and a colon and
 * its octets, numbers in decimal; a line feed behind each row. NP_EIO: it
 * cannot be read. */
int np_dossier_table_hash(struct np_dossier *d, const char *table,
			  uint64_t *ret_rows, char ret[static 65]);
/* The same over the statements that made tables, views and indexes. */
int np_dossier_schema_hash(struct np_dossier *d, char ret[static 65]);
/* All notes, in the order of their names. */
typedef int np_dossier_note_fn(void *ctx, const char *name, const char *text);
int np_dossier_notes(struct np_dossier *d, np_dossier_note_fn *fn, void *ctx);
/* The last link of the journal's chain, and how many there are; false: there
 * is no journal, or it is empty. */
bool np_dossier_journal(struct np_dossier *d, char ret[static 129],
			uint64_t *ret_n);
/* The link of entry n, from 1. */
bool np_dossier_link(struct np_dossier *d, uint64_t n, char ret[static 129]);
/* What was sealed; NP_ENONE: it is not sealed. */
int np_dossier_seal(struct np_dossier *d, struct np_buf *manifest,
		    struct np_buf *signature);
/* Lines of "source" or "device" that the manifest has a tree over. */
int np_dossier_clear_sealed(struct np_dossier *d, struct np_err *reterr);
int np_dossier_add_sealed(struct np_dossier *d, const char *kind,
			  const char *line, size_t n);
typedef int np_dossier_sealed_fn(void *ctx, const char *line, size_t n);
int np_dossier_sealed(struct np_dossier *d, const char *kind,
		      np_dossier_sealed_fn *fn, void *ctx);
int np_dossier_set_seal(struct np_dossier *d, const struct np_buf *manifest,
			const struct np_buf *signature, struct np_err *reterr);

/* ---- sealing */

/* The whole of it. The signature of the file goes beside it, or into `dir`,
 * with copies of the manifest and its signature. `now`: seconds since 1970. */
int np_seal_dossier(const char *path, const struct np_minisign_secret *key,
		    const char *dir, int64_t now, struct np_err *reterr);

/* The manifest of a dossier whose run was made (np_run_dossier); its lines go
 * into the dossier. `signer` is the key that will sign it. */
int np_seal_manifest(struct np_run *r, const struct np_minisign_public *signer,
		     struct np_buf *out, struct np_err *reterr);
/* SHA-256 of the canonical export, and its lines. */
int np_seal_export(struct np_run *r, char ret[static 65], uint64_t *ret_lines,
		   struct np_err *reterr);
/* "PATH.minisig"; and the comments of a seal's signatures. */
void np_seal_beside(struct np_buf *b, const char *path);
/* Signs the text of the manifest, or the file; the signature replaces what
 * `to` names. */
int np_seal_sign_text(const struct np_minisign_secret *key, const char *name,
		      const struct np_buf *text, int64_t now,
		      struct np_buf *ret, struct np_err *reterr);
int np_seal_sign_file(const struct np_minisign_secret *key, const char *path,
		      const char *to, int64_t now, struct np_err *reterr);
/* Writes a file that is there whole or not at all; replaces. */
int np_seal_write(const char *path, const void *p, size_t n,
		  struct np_err *reterr);
/* Of a signature, a stamp or a proof that is longer than the buffer's limit. */
#define NP_SEAL_LONG "longer than it should be"

/* ---- verifying */

struct np_manifest; /* one that was read */
int np_manifest_read(const char *text, size_t n, struct np_manifest **ret,
		     struct np_err *reterr);
void np_manifest_free(struct np_manifest *m);
/* The key that says it signed. */
const struct np_minisign_public *
np_manifest_signer(const struct np_manifest *m);
/* The root of the tree over sources' lines, and how many there are. */
const char *np_manifest_tree(const struct np_manifest *m);
uint64_t np_manifest_sources(const struct np_manifest *m);
/* The hash of the canonical export that was sealed. */
const char *np_manifest_export(const struct np_manifest *m);

/* The manifest's text against its signature; `where` is the dossier. */
void np_seal_check_text(const struct np_minisign_public *key,
			const struct np_buf *text,
			const struct np_buf *signature, const char *where,
			struct np_seal_ear *ear);
/* The dossier's file against the signature beside it. */
void np_seal_check_file(const char *path, const char *beside,
			const struct np_minisign_public *key,
			struct np_seal_ear *ear);
/* Every table, hash and name in the manifest against the dossier. */
int np_seal_check_tables(struct np_dossier *d, const struct np_manifest *m,
			 struct np_seal_ear *ear, struct np_err *reterr);
/* The journal's chain, entry by entry; sealed or not. */
int np_seal_check_chain(struct np_dossier *d, struct np_seal_ear *ear);
/* A file against the sources of the dossier: by its hash, then by its name;
 * where it differs, in which frames. */
int np_seal_check_source(struct np_dossier *d, const char *path,
			 struct np_seal_ear *ear, struct np_err *reterr);
#endif

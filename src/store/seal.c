/* SPDX-License-Identifier: ISC */
/* Sealing: what the dossier comes to by itself is written down, signed and put
 * into it; then the file is signed. */
#include "store/seal.h"
#include "run.h"
#include <libgen.h>
#include <stdlib.h>

/* DIR/NAME.SUFFIX, or PATH.SUFFIX without a directory. */
static int place(struct np_buf *b, const char *dir, const char *path,
		 const char *suffix, struct np_err *reterr)
{
	char *copy = strdup(path);

	np_buf_clear(b);
	if (dir && copy)
		np_putf(b, "%s/%s%s", dir, basename(copy), suffix);
	else if (copy)
		np_putf(b, "%s%s", path, suffix);
	free(copy);
	return copy && !b->failed
		       ? NP_OK
		       : np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
}

static int add_line(void *ctx, const char *line, size_t n)
{
	struct np_buf *b = ctx;

	np_put(b, line, n);
	np_putc(b, '\n');
	return b->failed ? NP_ENOMEM : NP_OK;
}

/* The lines, sources before devices. */
static int write_lines(struct np_dossier *d, const char *path,
		       struct np_err *reterr)
{
	struct np_buf b = np_buf(NP_MANIFEST_MAX);
	int rc = np_dossier_sealed(d, "source", add_line, &b);

	if (!rc)
		rc = np_dossier_sealed(d, "device", add_line, &b);
	if (!rc)
		rc = np_seal_write(path, b.p, b.n, reterr);
	np_buf_free(&b);
	return rc;
}

/* Copies for those who read no dossier. */
static int write_copies(struct np_run *r, const char *dir,
			const struct np_buf *manifest,
			const struct np_buf *signature, struct np_err *reterr)
{
	const char *path = r->conf.dossier;
	struct np_buf to = np_buf(8192);
	int rc = place(&to, dir, path, ".sealed.jsonl", reterr);

	if (!rc)
		rc = write_lines(r->dossier, to.p, reterr);
	if (!rc)
		rc = place(&to, dir, path, ".manifest.json", reterr);

	if (!rc)
		rc = np_seal_write(to.p, manifest->p, manifest->n, reterr);
	if (!rc)
		rc = place(&to, dir, path, ".manifest.json.minisig", reterr);
	if (!rc)
		rc = np_seal_write(to.p, signature->p, signature->n, reterr);
	np_buf_free(&to);
	return rc;
}

static int keep(struct np_run *r, const struct np_buf *manifest,
		const struct np_buf *signature, struct np_err *reterr)
{
	int rc = np_dossier_set_seal(r->dossier, manifest, signature, reterr);

	return rc ? rc : np_dossier_commit(r->dossier, reterr);
}

static int seal_inside(struct np_run *r, const struct np_minisign_secret *key,
		       const char *dir, int64_t now, struct np_err *reterr)
{
	struct np_buf manifest = np_buf(NP_MANIFEST_MAX);
	struct np_buf signature = np_buf(NP_MINISIGN_TEXT);
	struct np_minisign_public signer;
	int rc;

	np_minisign_public_of(key, &signer);
	rc = np_dossier_begin(r->dossier, reterr);
	if (!rc)
		rc = np_dossier_clear_sealed(r->dossier, reterr);
	if (!rc)
		rc = np_seal_manifest(r, &signer, &manifest, reterr);
	if (!rc)
		rc = np_seal_sign_text(key, "manifest", &manifest, now,
				       &signature, reterr);
	if (!rc)
		rc = keep(r, &manifest, &signature, reterr);
	if (!rc && dir)
		rc = write_copies(r, dir, &manifest, &signature, reterr);
	np_buf_free(&manifest);
	np_buf_free(&signature);
	return rc;
}

int np_seal_dossier(const char *path, const struct np_minisign_secret *key,
		    const char *dir, int64_t now, struct np_err *reterr)
{
	struct np_run r = {.conf = {.dossier = path, .as_of = NP_NODAY}};
	struct np_buf to = np_buf(8192);
	int rc;

	/* By what it holds itself: whoever checks has nothing else. */
	r.conf.kept = r.conf.writes = true;
	rc = np_run_dossier(&r, reterr);
	if (!rc)
		rc = seal_inside(&r, key, dir, now, reterr);
	np_run_free(&r);
	if (!rc)
		rc = place(&to, dir, path, ".minisig", reterr);
	if (!rc)
		rc = np_seal_sign_file(key, path, to.p, now, reterr);
	np_buf_free(&to);
	if (rc && reterr && !reterr->text)
		return np_fail(reterr, rc, np_strerror(rc), path, 0);
	return rc;
}

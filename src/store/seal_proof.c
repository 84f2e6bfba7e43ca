/* SPDX-License-Identifier: ISC */
#include "store/seal_proof.h"
#include "store/hashing.h"
#include "store/seal_frames.h"
#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* ------------------------------------------------------------- making */

typedef uint8_t hash[NP_TREE_HASH];

struct making {
	struct np_hasher *h;
	uint64_t frame, frames; /* the one, from 1; how many there are */
	/* leaves of its block, and the frame itself */
	hash leaves[NP_TREE_BLOCK];
	size_t nleaves;
	struct np_buf octets;
	bool found;
	/* lines of sources, and the one that is the file's */
	hash *lines;
	size_t nlines, cap, at;
	const char *sha256;
	struct np_buf line;
	uint32_t number; /* 0: not found */
};

static int see_frame(void *ctx, const struct np_hashed_frame *f)
{
	struct making *m = ctx;
	uint64_t block = (m->frame - 1) / NP_TREE_BLOCK;

	m->frames = f->number;
	if ((f->number - 1) / NP_TREE_BLOCK != block)
		return NP_OK;
	memcpy(m->leaves[m->nleaves++], f->leaf, NP_TREE_HASH);
	if (f->number != m->frame)
		return NP_OK;
	m->found = true;
	np_put(&m->octets, f->p, f->n);
	return m->octets.failed ? NP_ENOMEM : NP_OK;
}

static bool is_source(struct making *m, const char *line, size_t n,
		      uint32_t *number)
{
	cJSON *o = cJSON_ParseWithLength(line, n);
	const char *sha = cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(o, "sha256"));
	const cJSON *k = cJSON_GetObjectItemCaseSensitive(o, "number");
	bool is = sha && strcmp(sha, m->sha256) == 0 && cJSON_IsNumber(k) &&
		  k->valuedouble > 0 && k->valuedouble < UINT32_MAX;

	if (is)
		*number = (uint32_t)k->valuedouble;
	cJSON_Delete(o);
	return is;
}

static int see_line(void *ctx, const char *line, size_t n)
{
	struct making *m = ctx;

	if (m->nlines == m->cap) {
		size_t cap = m->cap * 2 + 64;
		hash *v = reallocarray(m->lines, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		m->lines = v;
		m->cap = cap;
	}
	np_tree_leaf(m->h, line, n, m->lines[m->nlines]);
	if (!m->number && is_source(m, line, n, &m->number)) {
		m->at = m->nlines;
		np_put(&m->line, line, n);
	}
	m->nlines++;
	return m->line.failed ? NP_ENOMEM : NP_OK;
}

static void put_path(struct np_buf *b, const char *name, const hash *path,
		     size_t n)
{
	np_putf(b, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		np_puts(b, i ? ",\"" : "\"");
		np_puthex(b, path[i], NP_TREE_HASH);
		np_putc(b, '"');
	}
	np_putc(b, ']');
}

/* From the leaf to its block's root, and on from block to block. */
static size_t frame_path(struct making *m, const uint8_t *blocks, hash *path)
{
	uint64_t n = (m->frames + NP_TREE_BLOCK - 1) / NP_TREE_BLOCK;
	hash *roots = calloc(n, sizeof(*roots));
	size_t k;

	if (!roots)
		return SIZE_MAX;
	for (uint64_t i = 0; i < n; i++)
		memcpy(roots[i], blocks + i * NP_TREE_FULL, NP_TREE_HASH);
	k = np_tree_path(m->h, (const hash *)m->leaves, m->nleaves,
			 (m->frame - 1) % NP_TREE_BLOCK, path);
	k += np_tree_path(m->h, (const hash *)roots, n,
			  (m->frame - 1) / NP_TREE_BLOCK, path + k);
	free(roots);
	return k;
}

static int put_proof(struct making *m, const uint8_t *blocks,
		     const struct np_buf *manifest,
		     const struct np_buf *signature, struct np_buf *b)
{
	hash path[2 * NP_TREE_PATH];
	size_t n = frame_path(m, blocks, path);

	if (n == SIZE_MAX)
		return NP_ENOMEM;
	np_putf(b, "{\"frame\":%llu,\"frames\":%llu,\"manifest\":",
		(unsigned long long)m->frame, (unsigned long long)m->frames);
	np_putjson(b, manifest->p, manifest->n);
	np_puts(b, ",\"octets\":\"");
	np_puthex(b, m->octets.p ? m->octets.p : "", m->octets.n);
	np_putc(b, '"');
	put_path(b, "path", (const hash *)path, n);
	np_puts(b, ",\"schema\":\"nameplate.proof/1\",\"signature\":");
	np_putjson(b, signature->p, signature->n);
	np_puts(b, ",\"source\":");
	np_putjson(b, m->line.p, m->line.n);
	np_putf(b, ",\"source_at\":%zu", m->at);
	n = np_tree_path(m->h, (const hash *)m->lines, m->nlines, m->at, path);
	put_path(b, "source_path", (const hash *)path, n);
	np_putf(b, ",\"sources\":%zu}\n", m->nlines);
	return b->failed ? NP_ENOMEM : NP_OK;
}

/* The blocks of the source, which must be those of this very file. */
static int with_blocks(struct np_dossier *d, struct making *m,
		       const struct np_buf *manifest,
		       const struct np_buf *signature, struct np_buf *out)
{
	uint8_t *blocks;
	uint64_t frames;
	size_t n;
	int rc = np_dossier_blocks(d, m->number, &blocks, &n);

	if (!rc && (!n || !np_blocks_frames(n, &frames) || frames != m->frames))
		rc = NP_EINPUT;
	if (!rc)
		rc = put_proof(m, blocks, manifest, signature, out);
	free(blocks);
	return rc;
}

static int make(struct np_dossier *d, const char *source, struct making *m,
		struct np_buf *out, struct np_err *reterr)
{
	struct np_buf manifest = np_buf(NP_PROOF_MAX / 4);
	struct np_buf signature = np_buf(NP_MINISIGN_TEXT);
	uint8_t sha[32], rest[NP_TREE_MARK];
	char hex[65];
	int fd, rc = np_dossier_seal(d, &manifest, &signature);

	if (rc == NP_ENONE)
		rc = np_fail(reterr, rc, "the dossier is not sealed",
			     np_dossier_path(d), 0);
	if (!rc && !np_hash_file(m->h, source, sha))
		rc = np_fail(reterr, NP_EIO, strerror(errno), source, 0);
	if (!rc) {
		np_hash_hex(sha, hex);
		m->sha256 = hex;
		rc = np_dossier_sealed(d, "source", see_line, m);
	}
	if (!rc && !m->number)
		rc = np_fail(reterr, NP_ENONE,
			     "not a source that was sealed here", source, 0);
	fd = rc ? -1 : open(source, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		rc = np_hash_frames(fd, see_frame, m, rest, reterr);
	if (!rc && !m->found)
		rc = np_fail(reterr, NP_ENONE, "it has no such frame", source,
			     m->frame);
	if (!rc)
		rc = with_blocks(d, m, &manifest, &signature, out);
	np_buf_free(&manifest);
	np_buf_free(&signature);
	return rc;
}

int np_proof_make(struct np_dossier *d, const char *source, uint64_t frame,
		  struct np_buf *out, struct np_err *reterr)
{
	struct making *m = calloc(1, sizeof(*m));
	int rc = NP_ENOMEM;

	if (m) {
		m->h = np_hasher_new(NP_SHA256);
		m->frame = frame;
		m->octets = np_buf(NP_MAX_FRAME);
		m->line = np_buf((size_t)1 << 20);
	}
	if (m && m->h && frame)
		rc = make(d, source, m, out, reterr);
	else if (m && m->h)
		rc = np_fail(reterr, NP_EUSAGE, "frames count from 1", source,
			     0);
	if (m) {
		np_hasher_free(m->h);
		np_buf_free(&m->octets);
		np_buf_free(&m->line);
		free(m->lines);
	}
	free(m);
	if (rc && reterr && !reterr->text)
		return np_fail(reterr, rc, np_strerror(rc), source, 0);
	return rc;
}

/* ----------------------------------------------------------- checking */

struct checking {
	const char *name, *text;
	size_t n;
	struct np_seal_ear *ear;
	struct np_hasher *h;
	cJSON *root, *source;
	struct np_manifest *m;
};

static const char *text_of(const cJSON *o, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));
}

static bool number_of(const cJSON *o, const char *name, uint64_t *ret)
{
	const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, name);

	if (!cJSON_IsNumber(x) || !(x->valuedouble >= 0) ||
	    x->valuedouble >= 9007199254740992.0)
		return false;
	*ret = (uint64_t)x->valuedouble;
	return true;
}

static int digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* Hexadecimal digits, which must be exactly n octets' worth. */
static bool octets_of(const char *s, uint8_t *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int hi = digit(s[2 * i]);
		int lo = hi < 0 ? -1 : digit(s[2 * i + 1]);

		if (lo < 0)
			return false;
		to[i] = (uint8_t)(hi << 4 | lo);
	}
	return !s[2 * n];
}

static bool path_of(const cJSON *list, hash *ret, size_t *ret_n)
{
	const cJSON *x;

	*ret_n = 0;
	if (!cJSON_IsArray(list))
		return false;
	cJSON_ArrayForEach(x, list)
	{
		const char *s = cJSON_GetStringValue(x);

		if (*ret_n == NP_TREE_PATH || !s ||
		    !octets_of(s, ret[*ret_n], NP_TREE_HASH))
			return false;
		++*ret_n;
	}
	return true;
}

static void say(struct checking *c, const char *what, uint64_t frame,
		const char *note, const char *expected, const char *found)
{
	const struct np_sealed s = {
		.holds = !note && expected && found &&
			 strcmp(expected, found) == 0,
		.what = what,
		.where = c->name,
		.frame = frame,
		.note = note,
		.expected = expected,
		.found = found,
	};

	np_seal_say(c->ear, &s);
}

/* A leaf of octets, the way up, and what the top must be. */
static void climb(struct checking *c, const char *what, uint64_t frame,
		  const void *p, size_t n, uint64_t at, uint64_t of,
		  const char *path, const char *expected)
{
	hash way[NP_TREE_PATH], leaf, top;
	char hex[65];
	size_t k;

	np_tree_leaf(c->h, p, n, leaf);
	if (!path_of(cJSON_GetObjectItemCaseSensitive(c->root, path), way,
		     &k)) {
		say(c, what, frame, "its path is none", expected, NULL);
		return;
	}
	if (!np_tree_climb(c->h, leaf, at, of, (const hash *)way, k, top)) {
		say(c, what, frame, "its path does not lead to the top",
		    expected, NULL);
		return;
	}
	np_hash_hex(top, hex);
	say(c, what, frame, NULL, expected, hex);
}

static void check_frame(struct checking *c)
{
	const char *digits = text_of(c->root, "octets");
	size_t n = digits ? strlen(digits) / 2 : 0;
	uint8_t *p = malloc(n ? n : 1);
	uint64_t at, of, sealed;

	if (!p || !digits || !octets_of(digits, p, n) ||
	    !number_of(c->root, "frame", &at) || !at ||
	    !number_of(c->root, "frames", &of) ||
	    !number_of(c->source, "frames", &sealed) || of != sealed)
		say(c, "frame", 0, "its octets or numbers are none", NULL,
		    NULL);
	else
		climb(c, "frame", at, p, n, at - 1, of, "path",
		      text_of(c->source, "tree"));
	free(p);
}

static void check_source(struct checking *c, const char *line)
{
	uint64_t at, of;

	if (!number_of(c->root, "source_at", &at) ||
	    !number_of(c->root, "sources", &of) ||
	    of != np_manifest_sources(c->m))
		say(c, "source's line", 0, "its numbers are none", NULL, NULL);
	else
		climb(c, "source's line", 0, line, strlen(line), at, of,
		      "source_path", np_manifest_tree(c->m));
}

static struct np_buf borrowed(const char *s)
{
	union {
		const char *from;
		char *to;
	} u = {s};

	return (struct np_buf){.p = u.to, .n = strlen(s)};
}

/* Has the text the one form that a proof has, with a line feed behind? */
static bool one_form(const struct checking *c)
{
	char *again = c->root ? cJSON_PrintUnformatted(c->root) : NULL;
	size_t n = again ? strlen(again) : 0;
	bool is = again && c->n == n + 1 && c->text[n] == '\n' &&
		  memcmp(again, c->text, n) == 0;

	cJSON_free(again);
	return is;
}

static int check(struct checking *c, const struct np_minisign_public *key,
		 struct np_err *reterr)
{
	const char *schema = text_of(c->root, "schema");
	const char *manifest = text_of(c->root, "manifest");
	const char *signature = text_of(c->root, "signature");
	const char *line = text_of(c->root, "source");

	if (!one_form(c))
		return np_fail(reterr, NP_EINPUT,
			       "expected JSON in canonical form", c->name, 0);
	if (!schema || strcmp(schema, "nameplate.proof/1") != 0 || !manifest ||
	    !signature || !line)
		return np_fail(reterr, NP_EINPUT,
			       "expected a proof, nameplate.proof/1", c->name,
			       0);
	int rc = np_manifest_read(manifest, strlen(manifest), &c->m, reterr);

	if (rc)
		return rc;
	struct np_buf text = borrowed(manifest), signs = borrowed(signature);

	np_seal_check_text(key ? key : np_manifest_signer(c->m), &text, &signs,
			   c->name, c->ear);
	c->source = cJSON_Parse(line);
	check_source(c, line);
	check_frame(c);
	return NP_OK;
}

int np_proof_check(const char *name, const char *text, size_t n,
		   const struct np_minisign_public *key,
		   struct np_seal_ear *ear, struct np_err *reterr)
{
	struct checking c = {
		.name = name,
		.text = text,
		.n = n,
		.ear = ear,
		.h = np_hasher_new(NP_SHA256),
		.root = cJSON_ParseWithLength(text, n),
	};
	int rc = c.h ? check(&c, key, reterr) : NP_ENOMEM;

	np_manifest_free(c.m);
	cJSON_Delete(c.source);
	cJSON_Delete(c.root);
	np_hasher_free(c.h);
	return rc;
}

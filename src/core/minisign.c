/* SPDX-License-Identifier: ISC */
#include "core/minisign.h"
#include "core/secret.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define CHUNK ((size_t)256 * 1024)
#define SECRET_MAX 2048

/* What stands behind base64 in the three kinds of file, as octets. */
#define PUBLIC_N 42    /* "Ed", id, key */
#define SIGNATURE_N 74 /* "Ed" or "ED", id, signature */
#define SECRET_N 158
#define SECRET_SALT 6 /* behind "Ed", "Sc" or two zeros, "B2" */
#define SECRET_OPS 38
#define SECRET_MEM 46
#define SECRET_BODY 54 /* id, key, checksum; encrypted */
#define BODY_N 104
#define BODY_SUM 72

/* The work that minisign asks for, with a quarter of its memory. */
#define OPS_LIMIT ((uint64_t)1 << 25)
#define MEM_LIMIT ((uint64_t)1 << 28)
/* A file may not ask for more than minisign's own do. */
#define OPS_MOST ((uint64_t)1 << 26)
#define MEM_MOST ((uint64_t)1 << 30)

struct lines {
	const char *p;
	size_t n;
	uint64_t line; /* number of the last one taken */
};

struct signature {
	bool prehashed;
	uint8_t id[NP_MINISIGN_ID];
	uint8_t signature[64], global[64];
	struct np_minisign_said said;
};

static int wrong(struct np_err *reterr, const char *text, uint64_t line)
{
	return np_fail(reterr, NP_EINPUT, text, NULL, line);
}

/* The next line, without its end; false: there is none. */
static bool take(struct lines *x, const char **ret, size_t *ret_n)
{
	const char *end;

	if (!x->n)
		return false;
	end = memchr(x->p, '\n', x->n);
	*ret = x->p;
	*ret_n = end ? (size_t)(end - x->p) : x->n;
	x->n -= *ret_n + (end ? 1 : 0);
	x->p += *ret_n + (end ? 1 : 0);
	x->line++;
	if (*ret_n && (*ret)[*ret_n - 1] == '\r')
		--*ret_n;
	return true;
}

/* A line that begins so; what follows goes to `to`, which has room for `max`
 * octets and a NUL. */
static int take_comment(struct lines *x, const char *begin, char *to,
			size_t max, struct np_err *reterr)
{
	size_t k = strlen(begin), n;
	const char *p;

	if (!take(x, &p, &n) || n < k || memcmp(p, begin, k) != 0)
		return wrong(reterr,
			     *begin == 'u'
				     ? "expected \"untrusted comment: ...\""
				     : "expected \"trusted comment: ...\"",
			     x->line + (x->n ? 0 : 1));
	if (n - k > max)
		return wrong(reterr, "a comment that is too long", x->line);
	if (memchr(p, '\0', n))
		return wrong(reterr, "a comment with a zero octet", x->line);
	memcpy(to, p + k, n - k);
	to[n - k] = '\0';
	return NP_OK;
}

static bool plain(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] > 0x7f)
			return false;
	return true;
}

/* A line of base64 that stands for n octets. */
static int take_octets(struct lines *x, uint8_t *to, size_t n,
		       struct np_err *reterr)
{
	size_t k, got = 0;
	const char *p, *end;

	if (!take(x, &p, &k))
		return wrong(reterr, "expected a line of base64, not the end",
			     x->line + 1);
	/* libsodium 1.0.18 takes some octets above 127 for letters. */
	if (!plain(p, k) ||
	    sodium_base642bin(to, n, p, k, NULL, &got, &end,
			      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    got != n || end != p + k)
		return wrong(reterr, "not the base64 that is expected here",
			     x->line);
	return NP_OK;
}

static int take_end(struct lines *x, struct np_err *reterr)
{
	return x->n ? wrong(reterr, "more than there should be", x->line + 1)
		    : NP_OK;
}

static void put_octets(struct np_buf *b, const uint8_t *p, size_t n)
{
	char text[sodium_base64_ENCODED_LEN(SECRET_N,
					    sodium_base64_VARIANT_ORIGINAL)];

	sodium_bin2base64(text, sizeof(text), p, n,
			  sodium_base64_VARIANT_ORIGINAL);
	np_puts(b, text);
	sodium_memzero(text, sizeof(text));
}

static int ready(struct np_err *reterr)
{
	return sodium_init() < 0 ? np_fail(reterr, NP_EIO,
					   "libsodium cannot be used", NULL, 0)
				 : NP_OK;
}

/* ---------------------------------------------------------------- keys */

static uint64_t le64(const uint8_t *p)
{
	uint64_t v = 0;

	for (int i = 7; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

static void put_le64(uint8_t *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* Over what it is for, id and key. */
static void checksum(const uint8_t *file, uint8_t out[static 32])
{
	crypto_generichash_state st;

	(void)crypto_generichash_init(&st, NULL, 0, 32);
	(void)crypto_generichash_update(&st, file, 2);
	(void)crypto_generichash_update(&st, file + SECRET_BODY, BODY_SUM);
	(void)crypto_generichash_final(&st, out, 32);
}

/* Encrypts, or decrypts: the body is added to what a password gives. */
static int hide(uint8_t *file, const char *password, struct np_err *reterr)
{
	uint64_t ops = le64(file + SECRET_OPS), mem = le64(file + SECRET_MEM);
	uint8_t stream[BODY_N];

	if (ops > OPS_MOST || mem > MEM_MOST)
		return np_fail(reterr, NP_ELIMIT,
			       "the key asks for more work or memory than any "
			       "should",
			       NULL, 0);
	if (crypto_pwhash_scryptsalsa208sha256(
		    stream, sizeof(stream), password, strlen(password),
		    file + SECRET_SALT, ops, (size_t)mem) != 0)
		return np_fail(reterr, NP_ENOMEM,
			       "no memory for the key's password", NULL, 0);
	for (size_t i = 0; i < BODY_N; i++)
		file[SECRET_BODY + i] ^= stream[i];
	sodium_memzero(stream, sizeof(stream));
	return NP_OK;
}

static int write_file(const char *path, const struct np_buf *b, mode_t mode,
		      struct np_err *reterr)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	int rc = NP_OK;

	if (fd < 0)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	if (b->failed || write(fd, b->p, b->n) != (ssize_t)b->n ||
	    fsync(fd) < 0)
		rc = np_fail(reterr, NP_EIO, "cannot be written", path, 0);
	(void)close(fd);
	if (rc)
		(void)unlink(path);
	return rc;
}

/* The octets of a secret key's file. */
static int secret_octets(const struct np_minisign_secret *key,
			 const char *password, uint8_t file[static SECRET_N],
			 struct np_err *reterr)
{
	memcpy(file, password ? "EdScB2" : "Ed\0\0B2", SECRET_SALT);
	randombytes_buf(file + SECRET_SALT, 32);
	put_le64(file + SECRET_OPS, OPS_LIMIT);
	put_le64(file + SECRET_MEM, MEM_LIMIT);
	memcpy(file + SECRET_BODY, key->id, NP_MINISIGN_ID);
	memcpy(file + SECRET_BODY + NP_MINISIGN_ID, key->key, sizeof(key->key));
	checksum(file, file + SECRET_BODY + BODY_SUM);
	return password ? hide(file, password, reterr) : NP_OK;
}

static int write_pair(const struct np_minisign_secret *key, const char *secret,
		      const char *public, const uint8_t *file,
		      struct np_err *reterr)
{
	struct np_buf b = np_buf(SECRET_MAX);
	struct np_minisign_public pub;
	char id[17], text[57];
	int rc;

	np_minisign_public_of(key, &pub);
	np_minisign_id_text(key->id, id);
	np_minisign_public_text(&pub, text);
	np_putf(&b, UNTRUSTED "minisign secret key %s\n", id);
	put_octets(&b, file, SECRET_N);
	np_putc(&b, '\n');
	rc = write_file(secret, &b, 0600, reterr);
	if (b.p)
		sodium_memzero(b.p, b.cap);
	np_buf_clear(&b);
	np_putf(&b, UNTRUSTED "minisign public key %s\n%s\n", id, text);
	if (!rc) {
		rc = write_file(public, &b, 0644, reterr);
		if (rc)
			(void)unlink(secret);
	}
	np_buf_free(&b);
	return rc;
}

int np_minisign_keygen(const char *secret_path, const char *public_path,
		       const char *password, struct np_err *reterr)
{
	struct np_minisign_secret key;
	uint8_t file[SECRET_N], pk[32];
	int rc = ready(reterr);

	if (rc)
		return rc;
	randombytes_buf(key.id, sizeof(key.id));
	(void)crypto_sign_keypair(pk, key.key);
	rc = secret_octets(&key, password, file, reterr);
	if (!rc)
		rc = write_pair(&key, secret_path, public_path, file, reterr);
	sodium_memzero(file, sizeof(file));
	np_minisign_secret_wipe(&key);
	return rc;
}

void np_minisign_secret_wipe(struct np_minisign_secret *key)
{
	sodium_memzero(key, sizeof(*key));
}

/* What a secret key's file holds; it may be encrypted. */
static int read_secret(const char *path, uint8_t file[static SECRET_N],
		       struct np_err *reterr)
{
	char text[SECRET_MAX], comment[NP_MINISIGN_COMMENT + 1];
	struct lines x = {.p = text};
	int rc = np_secret_read(path, text, sizeof(text), &x.n, reterr);

	if (rc)
		return rc;
	rc = take_comment(&x, UNTRUSTED, comment, NP_MINISIGN_COMMENT, reterr);
	if (!rc)
		rc = take_octets(&x, file, SECRET_N, reterr);
	if (!rc)
		rc = take_end(&x, reterr);
	if (!rc &&
	    (memcmp(file, "Ed", 2) != 0 || memcmp(file + 4, "B2", 2) != 0 ||
	     (memcmp(file + 2, "Sc", 2) != 0 &&
	      memcmp(file + 2, "\0\0", 2) != 0)))
		rc = wrong(reterr, "a kind of key that is not known here", 2);
	sodium_memzero(text, sizeof(text));
	return rc;
}

/* Is the public half of a key the one that belongs to its seed? */
static bool fits(const uint8_t key[static 64])
{
	uint8_t pk[32], sk[64];
	bool is = crypto_sign_seed_keypair(pk, sk, key) == 0 &&
		  sodium_memcmp(sk, key, sizeof(sk)) == 0;

	sodium_memzero(sk, sizeof(sk));
	return is;
}

static int open_secret(uint8_t *file, const char *password,
		       struct np_minisign_secret *ret, struct np_err *reterr)
{
	bool encrypted = file[2] != 0;
	uint8_t sum[32];
	int rc = NP_OK;

	if (encrypted && !password)
		return np_fail(reterr, NP_EUSAGE,
			       "the key is encrypted: it wants a password",
			       NULL, 0);
	if (encrypted)
		rc = hide(file, password, reterr);
	if (rc)
		return rc;
	checksum(file, sum);
	/* minisign gives a key that is not encrypted no checksum (0.11). */
	if (!encrypted &&
	    sodium_is_zero(file + SECRET_BODY + BODY_SUM, sizeof(sum)))
		memcpy(file + SECRET_BODY + BODY_SUM, sum, sizeof(sum));
	if (sodium_memcmp(sum, file + SECRET_BODY + BODY_SUM, sizeof(sum)) !=
		    0 ||
	    !fits(file + SECRET_BODY + NP_MINISIGN_ID))
		return encrypted ? np_fail(reterr, NP_EUSAGE,
					   "not the password of this key", NULL,
					   0)
				 : wrong(reterr, "the key is damaged", 2);
	memcpy(ret->id, file + SECRET_BODY, NP_MINISIGN_ID);
	memcpy(ret->key, file + SECRET_BODY + NP_MINISIGN_ID, sizeof(ret->key));
	return NP_OK;
}

/* Says in which file it was. */
static int of_file(int rc, const char *path, struct np_err *reterr)
{
	if (rc && reterr && !reterr->what[0])
		return np_fail(reterr, rc, reterr->text, path, reterr->at);
	return rc;
}

int np_minisign_secret_open(const char *path, const char *password,
			    struct np_minisign_secret *ret,
			    struct np_err *reterr)
{
	uint8_t file[SECRET_N];
	int rc = ready(reterr);

	if (!rc)
		rc = read_secret(path, file, reterr);
	if (!rc)
		rc = open_secret(file, password, ret, reterr);
	sodium_memzero(file, sizeof(file));
	return of_file(rc, path, reterr);
}

bool np_minisign_encrypted(const char *path)
{
	uint8_t file[SECRET_N];
	bool is = read_secret(path, file, NULL) == NP_OK && file[2] != 0;

	sodium_memzero(file, sizeof(file));
	return is;
}

void np_minisign_public_of(const struct np_minisign_secret *key,
			   struct np_minisign_public *ret)
{
	memcpy(ret->id, key->id, sizeof(ret->id));
	/* libsodium's secret key is the seed and the public key. */
	memcpy(ret->key, key->key + 32, sizeof(ret->key));
}

void np_minisign_public_text(const struct np_minisign_public *key,
			     char ret[static 57])
{
	uint8_t file[PUBLIC_N] = "Ed";

	memcpy(file + 2, key->id, sizeof(key->id));
	memcpy(file + 10, key->key, sizeof(key->key));
	sodium_bin2base64(ret, 57, file, sizeof(file),
			  sodium_base64_VARIANT_ORIGINAL);
}

void np_minisign_id_text(const uint8_t id[static NP_MINISIGN_ID],
			 char ret[static 17])
{
	/* A number in the file's order, least octet first. */
	(void)snprintf(ret, 17, "%016llX", (unsigned long long)le64(id));
}

static int take_public(struct lines *x, struct np_minisign_public *ret,
		       struct np_err *reterr)
{
	uint8_t file[PUBLIC_N];
	int rc = take_octets(x, file, sizeof(file), reterr);

	if (!rc)
		rc = take_end(x, reterr);
	if (!rc && memcmp(file, "Ed", 2) != 0)
		rc = wrong(reterr, "a kind of key that is not known here",
			   x->line);
	if (rc)
		return rc;
	memcpy(ret->id, file + 2, sizeof(ret->id));
	memcpy(ret->key, file + 10, sizeof(ret->key));
	return NP_OK;
}

int np_minisign_public_read(const char *text, size_t n,
			    struct np_minisign_public *ret,
			    struct np_err *reterr)
{
	char comment[NP_MINISIGN_COMMENT + 1];
	struct lines x = {.p = text, .n = n};
	int rc = take_comment(&x, UNTRUSTED, comment, NP_MINISIGN_COMMENT,
			      reterr);

	return rc ? rc : take_public(&x, ret, reterr);
}

/* A small file, whole. */
static int read_file(const char *path, char *to, size_t max, size_t *ret_n,
		     struct np_err *reterr)
{
	FILE *f = fopen(path, "re");
	int rc = NP_OK;

	if (!f)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	*ret_n = fread(to, 1, max, f);
	if (ferror(f))
		rc = np_fail(reterr, NP_EIO, "cannot be read", path, 0);
	else if (*ret_n == max)
		rc = np_fail(reterr, NP_EINPUT, "longer than a key is", path,
			     0);
	(void)fclose(f);
	return rc;
}

int np_minisign_public_open(const char *path_or_text,
			    struct np_minisign_public *ret,
			    struct np_err *reterr)
{
	struct lines x = {.p = path_or_text, .n = strlen(path_or_text)};
	char text[SECRET_MAX];
	size_t n = 0;
	int rc;

	/* 56 characters of base64 that begin with "Ed"'s. */
	if (x.n == 56 && memcmp(x.p, "RW", 2) == 0 &&
	    take_public(&x, ret, NULL) == NP_OK)
		return NP_OK;
	rc = read_file(path_or_text, text, sizeof(text), &n, reterr);
	if (!rc)
		rc = np_minisign_public_read(text, n, ret, reterr);
	return of_file(rc, path_or_text, reterr);
}

/* ---------------------------------------------------------- signatures */

static bool one_line(const char *s, size_t max)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') ||
		    s[i] == 0x7f)
			return false;
	return n <= max;
}

/* What the second signature is over: the first, and the comment. */
static size_t global_text(const uint8_t signature[static 64],
			  const char *trusted,
			  uint8_t to[static 64 + NP_MINISIGN_TRUSTED])
{
	size_t n = strlen(trusted);

	memcpy(to, signature, 64);
	memcpy(to + 64, trusted, n);
	return 64 + n;
}

/* The text of a signature over what was hashed. */
static int sign_hash(const struct np_minisign_secret *key,
		     const uint8_t hash[static NP_MINISIGN_HASH],
		     const char *trusted, const char *untrusted,
		     struct np_buf *out, struct np_err *reterr)
{
	uint8_t all[64 + NP_MINISIGN_TRUSTED], file[SIGNATURE_N] = "ED";
	uint8_t global[64];
	size_t n;

	trusted = trusted ? trusted : "";
	untrusted = untrusted ? untrusted : "";
	if (!one_line(trusted, NP_MINISIGN_TRUSTED) ||
	    !one_line(untrusted, NP_MINISIGN_COMMENT))
		return np_fail(reterr, NP_EUSAGE,
			       "a comment is one line and not too long", NULL,
			       0);
	memcpy(file + 2, key->id, sizeof(key->id));
	(void)crypto_sign_detached(file + 10, NULL, hash, NP_MINISIGN_HASH,
				   key->key);
	n = global_text(file + 10, trusted, all);
	(void)crypto_sign_detached(global, NULL, all, n, key->key);
	np_putf(out, UNTRUSTED "%s\n", untrusted);
	put_octets(out, file, sizeof(file));
	np_putf(out, "\n" TRUSTED "%s\n", trusted);
	put_octets(out, global, sizeof(global));
	np_putc(out, '\n');
	return out->failed
		       ? np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0)
		       : NP_OK;
}

static int parse(const char *text, size_t n, struct signature *s,
		 struct np_err *reterr)
{
	struct lines x = {.p = text, .n = n};
	uint8_t file[SIGNATURE_N];
	int rc = take_comment(&x, UNTRUSTED, s->said.untrusted,
			      NP_MINISIGN_COMMENT, reterr);

	if (!rc)
		rc = take_octets(&x, file, sizeof(file), reterr);
	if (!rc)
		rc = take_comment(&x, TRUSTED, s->said.trusted,
				  NP_MINISIGN_TRUSTED, reterr);
	if (!rc)
		rc = take_octets(&x, s->global, sizeof(s->global), reterr);
	if (!rc)
		rc = take_end(&x, reterr);
	if (rc)
		return rc;
	s->said.prehashed = file[1] == 'D';
	if (file[0] != 'E' || (file[1] != 'D' && file[1] != 'd'))
		return wrong(reterr,
			     "a kind of signature that is not known "
			     "here",
			     2);
	memcpy(s->id, file + 2, sizeof(s->id));
	memcpy(s->signature, file + 10, sizeof(s->signature));
	return NP_OK;
}

/* Both signatures, over octets or over their hash. */
static int check(const struct np_minisign_public *key,
		 const struct signature *s, const uint8_t *p, size_t n,
		 struct np_err *reterr)
{
	uint8_t all[64 + NP_MINISIGN_TRUSTED];

	if (crypto_sign_verify_detached(s->signature, p, n, key->key) != 0)
		return wrong(reterr, "the signature is not one of this", 2);
	n = global_text(s->signature, s->said.trusted, all);
	if (crypto_sign_verify_detached(s->global, all, n, key->key) != 0)
		return wrong(reterr,
			     "the trusted comment is not the one that "
			     "was signed",
			     3);
	return NP_OK;
}

/* Reads a signature that must be of this key. */
static int parse_of(const struct np_minisign_public *key, const char *text,
		    size_t n, struct signature *s, struct np_err *reterr)
{
	char id[17];
	int rc = ready(reterr);

	if (!rc)
		rc = parse(text, n, s, reterr);
	if (rc)
		return rc;
	if (memcmp(s->id, key->id, sizeof(s->id)) == 0)
		return NP_OK;
	np_minisign_id_text(s->id, id);
	return np_fail(reterr, NP_EINPUT, "made with another key", id, 2);
}

static int hash_file(int fd, uint8_t out[static NP_MINISIGN_HASH],
		     struct np_err *reterr)
{
	crypto_generichash_state st;
	uint8_t *buf = malloc(CHUNK);
	ssize_t n = -1;

	(void)crypto_generichash_init(&st, NULL, 0, NP_MINISIGN_HASH);
	while (buf && (n = read(fd, buf, CHUNK)) > 0)
		(void)crypto_generichash_update(&st, buf, (size_t)n);
	(void)crypto_generichash_final(&st, out, NP_MINISIGN_HASH);
	free(buf);
	return n < 0 ? np_fail(reterr, buf ? NP_EIO : NP_ENOMEM,
			       "cannot be read", NULL, 0)
		     : NP_OK;
}

int np_minisign_sign(const struct np_minisign_secret *key, const void *octets,
		     size_t n, const char *trusted, const char *untrusted,
		     struct np_buf *out, struct np_err *reterr)
{
	uint8_t hash[NP_MINISIGN_HASH];
	int rc = ready(reterr);

	if (rc)
		return rc;
	(void)crypto_generichash(hash, sizeof(hash), octets, n, NULL, 0);
	return sign_hash(key, hash, trusted, untrusted, out, reterr);
}

int np_minisign_verify(const struct np_minisign_public *key, const void *octets,
		       size_t n, const char *text, size_t text_n,
		       struct np_minisign_said *ret, struct np_err *reterr)
{
	uint8_t hash[NP_MINISIGN_HASH];
	struct signature s;
	int rc = parse_of(key, text, text_n, &s, reterr);

	if (rc)
		return rc;
	(void)crypto_generichash(hash, sizeof(hash), octets, n, NULL, 0);
	rc = s.said.prehashed ? check(key, &s, hash, sizeof(hash), reterr)
			      : check(key, &s, octets, n, reterr);
	if (!rc && ret)
		*ret = s.said;
	return rc;
}

int np_minisign_sign_file(const struct np_minisign_secret *key, int fd,
			  const char *trusted, const char *untrusted,
			  struct np_buf *out, struct np_err *reterr)
{
	uint8_t hash[NP_MINISIGN_HASH];
	int rc = ready(reterr);

	if (!rc)
		rc = hash_file(fd, hash, reterr);
	return rc ? rc : sign_hash(key, hash, trusted, untrusted, out, reterr);
}

int np_minisign_verify_file(const struct np_minisign_public *key, int fd,
			    const char *text, size_t text_n,
			    struct np_minisign_said *ret, struct np_err *reterr)
{
	uint8_t hash[NP_MINISIGN_HASH];
	struct signature s;
	int rc = parse_of(key, text, text_n, &s, reterr);

	if (!rc && !s.said.prehashed)
		rc = wrong(reterr,
			   "signed without a hash, as files no longer "
			   "are",
			   2);
	if (!rc)
		rc = hash_file(fd, hash, reterr);
	if (!rc)
		rc = check(key, &s, hash, sizeof(hash), reterr);
	if (!rc && ret)
		*ret = s.said;
	return rc;
}

int np_minisign_signer(const char *text, size_t text_n,
		       uint8_t ret[static NP_MINISIGN_ID],
		       struct np_err *reterr)
{
	struct signature s;
	int rc = parse(text, text_n, &s, reterr);

	if (!rc)
		memcpy(ret, s.id, sizeof(s.id));
	return rc;
}

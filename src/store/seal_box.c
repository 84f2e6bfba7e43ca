/* SPDX-License-Identifier: ISC */
#include "store/seal_box.h"
#include "store/fresh.h"
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE ((size_t)65536)
#define MORE crypto_secretstream_xchacha20poly1305_ABYTES
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL
#define KEY crypto_secretstream_xchacha20poly1305_KEYBYTES
#define BOX (KEY + crypto_box_SEALBYTES)

static const char magic[] = "nameplate sealed 1\n";

struct box {
	FILE *from, *to;
	const char *path;
	struct np_fresh file;
	crypto_secretstream_xchacha20poly1305_state st;
	crypto_generichash_state head; /* of all before the first piece */
	uint8_t key[KEY];
	uint8_t plain[PIECE], packed[PIECE + MORE];
	struct np_err *err;
};

static int wrong(struct box *b, const char *text)
{
	return np_fail(b->err, NP_EINPUT, text, b->path, 0);
}

static int failed(struct box *b, const char *path)
{
	return np_fail(b->err, NP_EIO, strerror(errno), path, 0);
}

/* Both files, and nothing of the keys in a core or on a disk. */
static int begin(struct box *b, const char *path, const char *to)
{
	bool empty;

	b->path = path;
	b->file.fd = -1;
	if (sodium_init() < 0)
		return np_fail(b->err, NP_EIO, "libsodium cannot be used", NULL,
			       0);
	b->from = fopen(path, "re");
	if (!b->from)
		return failed(b, path);
	if (!np_fresh_may(to, &empty))
		return np_fail(b->err, NP_EUSAGE, "it is there already", to, 0);
	int rc = np_fresh_open(&b->file, to, empty, b->err);

	if (rc)
		return rc;
	b->to = fdopen(dup(b->file.fd), "w");
	(void)crypto_generichash_init(&b->head, NULL, 0, 32);
	return b->to ? NP_OK : failed(b, to);
}

static int end(struct box *b, int rc)
{
	if (b->from)
		(void)fclose(b->from);
	if (b->to && fclose(b->to) != 0 && !rc)
		rc = failed(b, b->file.path);
	if (!rc)
		rc = np_fresh_keep(&b->file, b->err);
	np_fresh_close(&b->file);
	sodium_memzero(b, sizeof(*b));
	free(b);
	return rc;
}

/* Of the head: written, or read, and hashed. */
static bool put_head(struct box *b, const void *p, size_t n)
{
	(void)crypto_generichash_update(&b->head, p, n);
	return fwrite(p, 1, n, b->to) == n;
}

static bool get_head(struct box *b, void *p, size_t n)
{
	if (fread(p, 1, n, b->from) != n)
		return false;
	(void)crypto_generichash_update(&b->head, p, n);
	return true;
}

/* ------------------------------------------------------------- sealing */

static int put_recipient(struct box *b, const struct np_minisign_public *to)
{
	uint8_t pk[crypto_box_PUBLICKEYBYTES], box[BOX];

	if (crypto_sign_ed25519_pk_to_curve25519(pk, to->key) != 0 ||
	    crypto_box_seal(box, b->key, KEY, pk) != 0)
		return np_fail(b->err, NP_EUSAGE,
			       "a key that nothing can be sealed to", NULL, 0);
	return put_head(b, to->id, NP_MINISIGN_ID) &&
			       put_head(b, box, sizeof(box))
		       ? NP_OK
		       : failed(b, b->file.path);
}

static int put_pieces(struct box *b)
{
	uint8_t ad[32];
	size_t n = fread(b->plain, 1, PIECE, b->from), ad_n = sizeof(ad);

	(void)crypto_generichash_final(&b->head, ad, sizeof(ad));
	for (;;) {
		int next = n == PIECE ? fgetc(b->from) : EOF;
		unsigned char tag = next == EOF ? FINAL : 0;
		unsigned long long k;

		if (ferror(b->from))
			return failed(b, b->path);
		(void)crypto_secretstream_xchacha20poly1305_push(
			&b->st, b->packed, &k, b->plain, n, ad, ad_n, tag);
		if (fwrite(b->packed, 1, k, b->to) != k)
			return failed(b, b->file.path);
		if (next == EOF)
			return NP_OK;
		b->plain[0] = (uint8_t)next;
		n = 1 + fread(b->plain + 1, 1, PIECE - 1, b->from);
		ad_n = 0;
	}
}

int np_box_seal(const char *path, const char *to,
		const struct np_minisign_public *recipients, size_t n,
		struct np_err *reterr)
{
	struct box *b = calloc(1, sizeof(*b));
	uint8_t count[4], header[HEADER];
	int rc;

	if (!b)
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	b->err = reterr;
	rc = begin(b, path, to);
	if (!rc && (!n || n > NP_BOX_RECIPIENTS))
		rc = np_fail(reterr, NP_EUSAGE, "too many or too few keys",
			     path, 0);
	for (int i = 0; i < 4; i++)
		count[i] = (uint8_t)(n >> (8 * i));
	if (!rc && !(put_head(b, magic, sizeof(magic) - 1) &&
		     put_head(b, count, sizeof(count))))
		rc = failed(b, to);
	crypto_secretstream_xchacha20poly1305_keygen(b->key);
	for (size_t i = 0; !rc && i < n; i++)
		rc = put_recipient(b, &recipients[i]);
	(void)crypto_secretstream_xchacha20poly1305_init_push(&b->st, header,
							      b->key);
	if (!rc && !put_head(b, header, sizeof(header)))
		rc = failed(b, to);
	if (!rc)
		rc = put_pieces(b);
	return end(b, rc);
}

/* ------------------------------------------------------------- opening */

/* The file's key, from the box that is for this one. */
static int get_key(struct box *b, const struct np_minisign_secret *key,
		   uint32_t n)
{
	uint8_t pk[crypto_box_PUBLICKEYBYTES], sk[crypto_box_SECRETKEYBYTES];
	uint8_t row[NP_MINISIGN_ID + BOX];
	bool have = false;

	if (crypto_sign_ed25519_sk_to_curve25519(sk, key->key) != 0 ||
	    crypto_scalarmult_base(pk, sk) != 0)
		return wrong(b, "a key that opens nothing");
	for (uint32_t i = 0; i < n; i++) {
		if (!get_head(b, row, sizeof(row))) {
			sodium_memzero(sk, sizeof(sk));
			return wrong(b, "it is cut");
		}
		if (!have && memcmp(row, key->id, NP_MINISIGN_ID) == 0)
			have = crypto_box_seal_open(b->key,
						    row + NP_MINISIGN_ID, BOX,
						    pk, sk) == 0;
	}
	sodium_memzero(sk, sizeof(sk));
	return have ? NP_OK
		    : np_fail(b->err, NP_EUSAGE, "it is not for this key",
			      b->path, 0);
}

static int get_pieces(struct box *b)
{
	uint8_t ad[32];
	size_t ad_n = sizeof(ad);

	(void)crypto_generichash_final(&b->head, ad, sizeof(ad));
	for (;;) {
		size_t n = fread(b->packed, 1, sizeof(b->packed), b->from);
		unsigned long long k;
		unsigned char tag;

		if (n < MORE || crypto_secretstream_xchacha20poly1305_pull(
					&b->st, b->plain, &k, &tag, b->packed,
					n, ad, ad_n) != 0)
			return wrong(b, "it is cut, or was changed");
		if (fwrite(b->plain, 1, k, b->to) != k)
			return failed(b, b->file.path);
		if (tag == FINAL)
			return fgetc(b->from) == EOF
				       ? NP_OK
				       : wrong(b, "more than was sealed");
		ad_n = 0;
	}
}

static int open_box(struct box *b, const struct np_minisign_secret *key)
{
	uint8_t head[sizeof(magic) - 1 + 4], header[HEADER];
	const uint8_t *c = head + sizeof(magic) - 1;
	uint32_t n;
	int rc;

	if (!get_head(b, head, sizeof(head)) ||
	    memcmp(head, magic, sizeof(magic) - 1) != 0)
		return wrong(b, "not a sealed dossier");
	n = c[0] | (uint32_t)c[1] << 8 | (uint32_t)c[2] << 16 |
	    (uint32_t)c[3] << 24;
	if (!n || n > NP_BOX_RECIPIENTS)
		return wrong(b, "more keys than there may be");
	rc = get_key(b, key, n);
	if (rc)
		return rc;
	if (!get_head(b, header, sizeof(header)) ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&b->st, header,
							    b->key) != 0)
		return wrong(b, "it is cut, or was changed");
	return get_pieces(b);
}

int np_box_open(const char *path, const char *to,
		const struct np_minisign_secret *key, struct np_err *reterr)
{
	struct box *b = calloc(1, sizeof(*b));
	int rc;

	if (!b)
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	b->err = reterr;
	rc = begin(b, path, to);
	if (!rc)
		rc = open_box(b, key);
	return end(b, rc);
}

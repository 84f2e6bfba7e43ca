/* SPDX-License-Identifier: ISC */
/* Who signed the dossier: the key that its seal names, and whether its
 * signature holds. Whose key that is, nobody here knows. */
#include "core/hash.h"
#include "report/member.h"
#include "store/seal.h"
#include "view/counts.h"
#include <stdlib.h>

/* "timestamp:1795000000\tfile:…": the day of it. */
static int32_t signed_on(const struct np_minisign_said *said)
{
	static const char word[] = "timestamp:";
	const char *at = strstr(said->trusted, word);
	char *end;
	long long t;

	if (!at)
		return NP_NODAY;
	at += sizeof(word) - 1;
	t = strtoll(at, &end, 10);
	if (end == at || t < 0 || t > INT64_MAX / 1000000000)
		return NP_NODAY;
	return np_day_of(t * 1000000000);
}

static void put_signer(const struct np_manifest *m,
		       const struct np_buf *manifest,
		       const struct np_buf *signature, struct np_buf *b)
{
	const struct np_minisign_public *key = np_manifest_signer(m);
	struct np_minisign_said said;
	char id[17];

	if (np_minisign_verify(key, manifest->p, manifest->n, signature->p,
			       signature->n, &said, NULL) != NP_OK) {
		np_puts(b, ",\"holds\":false,\"signers\":[]");
		return;
	}
	np_minisign_id_text(key->id, id);
	np_puts(b, ",\"holds\":true,\"signers\":[{\"key\":");
	np_put_jtext(b, id);
	np_member_day(b, "on", signed_on(&said));
	np_puts(b, "}]");
}

static void put_root(const struct np_buf *manifest, struct np_buf *b)
{
	uint8_t hash[32];

	np_sha256(manifest->p, manifest->n, hash);
	np_puts(b, ",\"root\":\"");
	np_puthex(b, hash, sizeof(hash));
	np_putc(b, '"');
}

int np_put_seal(const struct np_view_in *in, struct np_buf *b,
		struct np_err *reterr)
{
	struct np_buf manifest = np_buf(NP_MANIFEST_MAX);
	struct np_buf signature = np_buf(65536);
	struct np_manifest *m = NULL;
	int rc = in->dossier
			 ? np_dossier_seal(in->dossier, &manifest, &signature)
			 : NP_ENONE;

	if (!rc)
		rc = np_manifest_read(manifest.p, manifest.n, &m, reterr);
	np_putf(b, ",\"seal\":{\"sealed\":%s", m ? "true" : "false");
	if (m) {
		put_signer(m, &manifest, &signature, b);
		put_root(&manifest, b);
	} else {
		np_puts(b, ",\"holds\":null,\"signers\":[],\"root\":null");
	}
	np_putc(b, '}');
	np_manifest_free(m);
	np_buf_free(&manifest);
	np_buf_free(&signature);
	/* A dossier without a seal, or with a broken one, can be looked at. */
	return rc == NP_ENOMEM ? rc : NP_OK;
}

bool np_view_sealed(const struct np_view_in *in)
{
	struct np_buf manifest = np_buf(NP_MANIFEST_MAX);
	struct np_buf signature = np_buf(65536);
	bool sealed = in->dossier && np_dossier_seal(in->dossier, &manifest,
						     &signature) == NP_OK;

	np_buf_free(&manifest);
	np_buf_free(&signature);
	return sealed;
}

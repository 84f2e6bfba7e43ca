/* SPDX-License-Identifier: ISC */
#include "store/seal_time.h"
#include "core/file.h"
#include "core/hash.h"
#include "store/hashing.h"
#include "store/seal.h"
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ts.h>

#define RESPONSE_MAX ((size_t)1 << 20)

static int hash_of(const char *path, uint8_t hash[static 32],
		   struct np_err *reterr)
{
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	int rc = NP_OK;

	if (!h)
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	if (!np_hash_file(h, path, hash))
		rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	np_hasher_free(h);
	return rc;
}

/* ------------------------------------------------------------- request */

/* The request as libcrypto has it; NULL: out of memory. */
static TS_REQ *request_of(uint8_t hash[static 32])
{
	TS_REQ *req = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *how = X509_ALGOR_new();
	bool fine = req && imprint && how &&
		    X509_ALGOR_set0(how, OBJ_nid2obj(NID_sha256), V_ASN1_NULL,
				    NULL) &&
		    TS_MSG_IMPRINT_set_algo(imprint, how) &&
		    TS_MSG_IMPRINT_set_msg(imprint, hash, 32) &&
		    TS_REQ_set_version(req, 1) &&
		    TS_REQ_set_msg_imprint(req, imprint) &&
		    /* whoever checks has the certificate then */
		    TS_REQ_set_cert_req(req, 1);

	X509_ALGOR_free(how);
	TS_MSG_IMPRINT_free(imprint);
	if (fine)
		return req;
	TS_REQ_free(req);
	return NULL;
}

int np_stamp_request(const char *path, const char *to, struct np_err *reterr)
{
	uint8_t hash[32], *der = NULL;
	int n, rc = hash_of(path, hash, reterr);
	TS_REQ *req;

	if (rc)
		return rc;
	req = request_of(hash);
	n = req ? i2d_TS_REQ(req, &der) : -1;
	rc = n < 0 ? np_fail(reterr, NP_ENOMEM, "out of memory", to, 0)
		   : np_seal_write(to, der, (size_t)n, reterr);
	OPENSSL_free(der);
	TS_REQ_free(req);
	return rc;
}

/* ------------------------------------------------------------ response */

/* Granted, and over this hash? NULL: yes; else what is the matter. */
static const char *not_over(TS_RESP *resp, const uint8_t hash[static 32],
			    struct np_stamp *ret)
{
	TS_STATUS_INFO *status = TS_RESP_get_status_info(resp);
	const ASN1_INTEGER *granted =
		status ? TS_STATUS_INFO_get0_status(status) : NULL;
	TS_TST_INFO *info = TS_RESP_get_tst_info(resp);
	TS_MSG_IMPRINT *imprint =
		info ? TS_TST_INFO_get_msg_imprint(info) : NULL;
	ASN1_OCTET_STRING *over =
		imprint ? TS_MSG_IMPRINT_get_msg(imprint) : NULL;
	X509_ALGOR *how = imprint ? TS_MSG_IMPRINT_get_algo(imprint) : NULL;
	const ASN1_OBJECT *name = NULL;
	const ASN1_GENERALIZEDTIME *at;

	if (!granted || ASN1_INTEGER_get(granted) < 0 ||
	    ASN1_INTEGER_get(granted) > 1 || !over || !how)
		return "no time stamp was granted in it";
	X509_ALGOR_get0(&name, NULL, NULL, how);
	if (OBJ_obj2nid(name) != NID_sha256 || ASN1_STRING_length(over) != 32 ||
	    memcmp(ASN1_STRING_get0_data(over), hash, 32) != 0)
		return "the time stamp is not over this signature";
	at = TS_TST_INFO_get_time(info);
	(void)snprintf(ret->time, sizeof(ret->time), "%.*s",
		       at ? ASN1_STRING_length(at) : 0,
		       at ? (const char *)ASN1_STRING_get0_data(at) : "");
	return NULL;
}

/* Signed by somebody whom the certificates vouch for? */
static const char *not_signed(TS_RESP *resp, const uint8_t hash[static 32],
			      const char *ca)
{
	TS_VERIFY_CTX *ctx = TS_VERIFY_CTX_new();
	X509_STORE *store = X509_STORE_new();
	uint8_t *copy = OPENSSL_memdup(hash, 32);
	const char *why = NULL;

	if (!ctx || !store || !copy) {
		X509_STORE_free(store);
		OPENSSL_free(copy);
		why = "out of memory";
	} else {
		/* both are the context's from here on */
		(void)TS_VERIFY_CTX_set_store(ctx, store);
		(void)TS_VERIFY_CTX_set_imprint(ctx, copy, 32);
		(void)TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION |
							   TS_VFY_IMPRINT |
							   TS_VFY_SIGNATURE);
		if (X509_STORE_load_file(store, ca) != 1)
			why = "the certificates cannot be read";
		else if (TS_RESP_verify_response(ctx, resp) != 1)
			why = "the time stamp is not signed by whom these "
			      "certificates vouch for";
	}
	TS_VERIFY_CTX_free(ctx);
	ERR_clear_error();
	return why;
}

static int check(const struct np_buf *der, const uint8_t hash[static 32],
		 const char *response, const char *ca, struct np_stamp *ret,
		 struct np_err *reterr)
{
	const unsigned char *p = (const unsigned char *)der->p;
	TS_RESP *resp = p ? d2i_TS_RESP(NULL, &p, (long)der->n) : NULL;
	const char *why = "it is no response of a time stamping authority";

	if (resp && p == (const unsigned char *)der->p + der->n)
		why = not_over(resp, hash, ret);
	if (!why && ca) {
		why = not_signed(resp, hash, ca);
		ret->checked = !why;
	}
	TS_RESP_free(resp);
	ERR_clear_error();
	return why ? np_fail(reterr, NP_EINPUT, why, response, 0) : NP_OK;
}

int np_stamp_check(const char *path, const char *response, const char *ca,
		   struct np_stamp *ret, struct np_err *reterr)
{
	struct np_buf der = np_buf(RESPONSE_MAX);
	uint8_t hash[32];
	int rc = hash_of(path, hash, reterr);

	*ret = (struct np_stamp){.checked = false};
	if (!rc)
		rc = np_file_read(response, NP_SEAL_LONG, &der, reterr);
	if (!rc)
		rc = check(&der, hash, response, ca, ret, reterr);
	np_buf_free(&der);
	return rc;
}

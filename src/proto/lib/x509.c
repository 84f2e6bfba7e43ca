/* SPDX-License-Identifier: ISC */
/*
 * Who a certificate names (RFC 5280 4.1). The outer sequence is walked here
 * and only a Name goes to libcrypto, which knows string types and escapes:
 * its d2i_X509() decodes the public key as well, for which it takes 135
 * microseconds and opens a configuration file, and the decoder may do neither.
 */
#include "proto/lib/lib.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#define LONGEST_NAME 4096

enum {
	OCTET_STRING = 0x04,
	OID = 0x06,
	SEQUENCE = 0x30,
	SET = 0x31,
	VERSION = 0xa0,
	EXTENSIONS = 0xa3,
};

/* The next element with its header; cut, and c with it, when it has another
 * tag. */
static struct np_cur element(struct np_cur *c, uint32_t tag)
{
	struct np_cur whole = *c;
	struct np_ber e;

	if (!np_ber(c, &e) || e.tag != tag) {
		c->left = 0;
		c->cut = true;
		return (struct np_cur){.cut = true};
	}
	return np_sub(&whole, whole.left - c->left);
}

static struct np_cur contents(struct np_cur *c, uint32_t tag)
{
	struct np_ber e;

	if (np_ber(c, &e) && e.tag == tag)
		return e.v;
	c->left = 0;
	c->cut = true;
	return (struct np_cur){.cut = true};
}

/* id-ce-subjectAltName, RFC 5280 4.2.1.6. */
static void read_san(struct np_cur extensions, struct np_x509 *ret)
{
	struct np_cur list = contents(&extensions, SEQUENCE);

	while (list.left) {
		struct np_cur e = contents(&list, SEQUENCE);
		struct np_cur id = contents(&e, OID);
		struct np_ber v;

		if (!np_ahead(id, "\x55\x1d\x11", 3) || id.left != 3)
			continue;
		while (np_ber(&e, &v)) /* `critical` may stand before it */
			if (v.tag == OCTET_STRING)
				ret->san = contents(&v.v, SEQUENCE);
	}
}

bool np_x509(struct np_cur der, struct np_x509 *ret)
{
	struct np_cur certificate = contents(&der, SEQUENCE);
	struct np_cur c = contents(&certificate, SEQUENCE);
	struct np_ber e;

	*ret = (struct np_x509){0};
	if (c.left && c.p[0] == VERSION)
		(void)np_ber(&c, &e);
	(void)np_ber(&c, &e); /* serialNumber: the issuer's count */
	(void)np_ber(&c, &e); /* signature */
	ret->issuer = element(&c, SEQUENCE);
	(void)np_ber(&c, &e); /* validity */
	ret->subject = element(&c, SEQUENCE);
	if (c.cut)
		return false;
	while (np_ber(&c, &e))
		if (e.tag == EXTENSIONS)
			read_san(e.v, ret);
	return true;
}

static struct np_cur print(X509_NAME *name, struct np_arena *mem)
{
	/* RFC 2253's form, UTF-8 left as it is. */
	const unsigned long form = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
	struct np_cur ret = {.cut = true};
	BIO *bio = BIO_new(BIO_s_mem());
	const void *p;

	if (bio && X509_NAME_print_ex(bio, name, 0, form) >= 0) {
		long n = BIO_get_mem_data(bio, &p);
		const void *copy = n > 0 ? np_copy(mem, p, (size_t)n) : NULL;

		if (copy)
			ret = np_cur(copy, (size_t)n);
	}
	BIO_free(bio);
	return ret;
}

struct np_cur np_x500_text(struct np_cur name, struct np_arena *mem)
{
	struct np_cur ret = {.cut = true};
	const uint8_t *p = name.p;

	if (name.cut || name.left > LONGEST_NAME)
		return ret;
	X509_NAME *x = d2i_X509_NAME(NULL, &p, (long)name.left);

	if (x)
		ret = print(x, mem);
	X509_NAME_free(x);
	ERR_clear_error();
	return ret;
}

struct np_cur np_x500_attribute(struct np_cur name, const char *type, size_t n)
{
	struct np_cur rdns = contents(&name, SEQUENCE);

	while (rdns.left) {
		struct np_cur rdn = contents(&rdns, SET);

		while (rdn.left) {
			struct np_cur pair = contents(&rdn, SEQUENCE);
			struct np_cur id = contents(&pair, OID);
			struct np_ber v;

			if (id.left == n && np_ahead(id, type, n) &&
			    np_ber(&pair, &v))
				return v.v;
		}
	}
	return (struct np_cur){.cut = true};
}

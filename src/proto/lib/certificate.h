/* SPDX-License-Identifier: ISC */
/*
 * Facts of a certificate, whatever carries it. Names of people are marked.
 */
#ifndef NP_CERTIFICATE_H
#define NP_CERTIFICATE_H
#include "proto/proto.h"

/* A protocol's fields for them. */
struct np_certificate_fields {
	unsigned subject, issuer, serial_number, san, sha256;
};

/* Its hash; and where it is the subject's own, not one of its issuers', what it
 * says. */
void np_emit_certificate(struct np_out *o,
			 const struct np_certificate_fields *as,
			 struct np_cur der, bool own);
/* A Name (DER) as text. */
void np_emit_name(struct np_out *o, unsigned field, struct np_cur name);
#endif

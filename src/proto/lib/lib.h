/* SPDX-License-Identifier: ISC */
/*
 * Readers that several decoders share. Each is total: it can fail, it cannot
 * leave its cursor. Reached through proto/proto.h.
 */
#ifndef NP_LIB_H
#define NP_LIB_H
#include "core/arena.h"
#include "core/cur.h"
#include "core/hash.h"

/* ---- BER (X.690), definite lengths up to 2^32-1, low and high tags up to
 * 0x7fff kept as they stand. */
struct np_ber {
	uint32_t tag;	   /* identifier octet(s): 0x30 SEQUENCE, 0xa2 … */
	const uint8_t *at; /* its first octet */
	struct np_cur v;   /* contents */
};
bool np_ber_any(struct np_cur *c, struct np_ber *ret); /* for np_ber */
/* The next element, consumed from c; false (and c cut) when there is none. */
static inline bool np_ber(struct np_cur *c, struct np_ber *ret)
{
	/* What nearly every element is: one octet of tag, one of length. */
	if (c->left >= 2 && (c->p[0] & 0x1f) != 0x1f && c->p[1] < 0x80 &&
	    c->p[1] <= c->left - 2 && !c->cut) {
		ret->tag = c->p[0];
		ret->at = c->p;
		ret->v = np_cur(c->p + 2, c->p[1]);
		c->left -= 2u + c->p[1];
		c->p += 2u + c->p[1];
		return true;
	}
	return np_ber_any(c, ret);
}

/* ---- lines of text protocols: CRLF or LF; `line` without its end. False when
 * no whole line is left. */
bool np_line(struct np_cur *c, struct np_cur *ret_line);
/* The value of "Name: value" when the line has that name (case-insensitive),
 * white space around it dropped. */
bool np_header(struct np_cur line, const char *name, struct np_cur *ret);
/* Drops blanks (space, tab) at both ends. */
struct np_cur np_trim(struct np_cur c);
/* White space of markup, line ends included; the second drops it at both ends.
 */
bool np_space(uint8_t octet);
struct np_cur np_trim_space(struct np_cur c);
/* The local name in a tag, "/" before it dropped already: without its prefix
 * and what stands behind it. */
struct np_cur np_tag_name(struct np_cur tag);
/* Is it this word, and no more? Case apart. */
bool np_is_nocase(struct np_cur c, const char *word);
/* Case-insensitive ASCII comparison of a prefix, without consuming. */
bool np_ahead_nocase(struct np_cur c, const char *want);
/* Position of `want` in c, SIZE_MAX when it is not there. */
size_t np_find(struct np_cur c, const char *want, size_t n);
/* Decimal digits at the cursor, consumed; false when none or over 2^63. */
bool np_decimal(struct np_cur *c, uint64_t *ret);
/* Position of `want` in c whatever its case, SIZE_MAX when it is not there. */
size_t np_find_nocase(struct np_cur c, const char *want);
/* An address written as text: its octets, 4 or 16; 0 when it is none. */
size_t np_address(struct np_cur text, uint8_t ip[static 16]);

/* ---- a reply of FTP or SMTP: "220 text", or "220-text", any lines, "220 text"
 * (RFC 959 4.2, RFC 5321 4.2.1) */
#define NP_REPLY_LINES 32
struct np_reply {
	unsigned code;
	size_t n;
	struct np_cur line[NP_REPLY_LINES]; /* without code; more are dropped */
	bool whole;			    /* the last line was there */
};
/* Consumes the lines of one reply. False when it cannot be one. */
bool np_reply(struct np_cur *c, struct np_reply *ret);

/* ---- X.509 certificates (RFC 5280 4.1) */
struct np_x509 {
	struct np_cur issuer, subject; /* Names, DER */
	struct np_cur san;	       /* contents of GeneralNames, or empty */
};
/* What of a certificate names somebody, as it stands. False when it is none. */
bool np_x509(struct np_cur der, struct np_x509 *ret);
/* A Name as text (RFC 4514, in UTF-8), in `mem`; cut when it is broken or
 * longer than 4 KiB. */
struct np_cur np_x500_text(struct np_cur name, struct np_arena *mem);
/* The value of a Name's first attribute of the type of these n octets (an OID's
 * contents), of whatever string type; cut when there is none. */
struct np_cur np_x500_attribute(struct np_cur name, const char *type, size_t n);

/* ---- DNS names (RFC 1035 4.1.4): labels joined with dots into `mem`, with
 * compression inside `message`, at most 128 labels and 16 jumps. The cursor is
 * moved behind the name. NULL when it is broken. */
const uint8_t *np_dns_name(struct np_cur *c, struct np_cur message,
			   struct np_arena *mem, size_t *ret_n);
#endif

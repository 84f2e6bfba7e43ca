/* SPDX-License-Identifier: ISC */
/*
 * What M3UA (RFC 4666), SUA (RFC 3868) and their like have in common: a head of
 * eight octets (version, class and type of message, length of all), and
 * parameters of a tag and a length that counts both, padded to four octets.
 */
#ifndef NP_SIGTRAN_H
#define NP_SIGTRAN_H
#include "proto/proto.h"

enum np_sigtran_class { /* RFC 4666 3.1.2, RFC 3868 3.1.2 */
			NP_SIGTRAN_TRANSFER = 1,
			NP_SIGTRAN_NETWORK = 2,
			NP_SIGTRAN_CONNECTIONLESS = 7,
			NP_SIGTRAN__CLASSES = 10,
};

enum { /* tags, RFC 4666 3.2 */
       NP_SIGTRAN_INFO_STRING = 0x0004,
       NP_SIGTRAN_ASP_IDENTIFIER = 0x0011,
};

struct np_sigtran {
	const uint8_t *at;
	uint8_t class, type;
	struct np_cur parameters; /* what is there of them */
	bool whole;
};

/* False when it is none. */
bool np_sigtran(struct np_cur c, struct np_sigtran *ret);
/* The next parameter; c is cut at a broken one. */
bool np_sigtran_next(struct np_cur *c, uint16_t *ret_tag, struct np_cur *ret);
/* What of the two kinds of process alone sends such a message: "SGP", "ASP", or
 * NULL. Peers without a gateway send nearly all of them. */
const char *np_sigtran_role(const struct np_sigtran *m);
/* What node has a subsystem of that number (3GPP TS 23.003 8.2), or NULL where
 * several may. */
const char *np_ss7_role(uint8_t ssn);
#endif

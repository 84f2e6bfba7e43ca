/* SPDX-License-Identifier: ISC */
#include "proto/lib/sigtran.h"

bool np_sigtran(struct np_cur c, struct np_sigtran *ret)
{
	ret->at = c.p;
	uint16_t version = np_be16(&c); /* and eight bits that are zero */

	ret->class = np_u8(&c);
	ret->type = np_u8(&c);
	uint32_t n = np_be32(&c);

	if (c.cut || version != 0x0100 || n < 8 || n % 4 ||
	    ret->class >= NP_SIGTRAN__CLASSES)
		return false;
	ret->whole = c.left >= n - 8;
	ret->parameters = np_sub(&c, ret->whole ? n - 8 : c.left);
	return true;
}

bool np_sigtran_next(struct np_cur *c, uint16_t *ret_tag, struct np_cur *ret)
{
	if (!c->left)
		return false;
	*ret_tag = np_be16(c);
	uint16_t n = np_be16(c);
	size_t pad = (4u - n % 4) % 4;

	*ret = np_sub(c, n < 4 ? SIZE_MAX : n - 4u);
	np_skip(c, pad < c->left ? pad : c->left);
	return !c->cut;
}

const char *np_sigtran_role(const struct np_sigtran *m)
{
	/* RFC 4666 3.4: of destinations an SG tells and an AS asks. */
	enum { DUNA = 1, DAVA = 2, DAUD = 3, DUPU = 5, DRST = 6 };

	if (m->class != NP_SIGTRAN_NETWORK)
		return NULL;
	switch (m->type) {
	case DUNA:
	case DAVA:
	case DUPU:
	case DRST:
		return "SGP";
	case DAUD:
		return "ASP";
	}
	return NULL;
}

const char *np_ss7_role(uint8_t ssn)
{
	switch (ssn) {
	case 6:
		return "HLR";
	case 7:
		return "VLR";
	case 8:
		return "MSC";
	case 9:
		return "EIR";
	case 10:
		return "AuC";
	case 145:
		return "GMLC";
	case 147:
		return "gsmSCF";
	case 149:
		return "SGSN";
	case 150:
		return "GGSN";
	}
	return NULL;
}

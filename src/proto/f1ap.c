/* SPDX-License-Identifier: ISC */
/*
 * F1AP (3GPP TS 38.473): the distributed and the central unit of a gNB. Only a
 * gNB-DU asks for F1 Setup. Its number is one among its gNB-CU's (9.3.1.9), and
 * both units are often named for the gNB that they are: none of it is a key.
 */
#include "proto/proto.h"
#include <stdio.h>

enum {
	ROLE,
	DU_ID,
	DU_NAME,
	CU_NAME,
	RRC_VERSION,
	PLMN,
	TAC,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "gNB-DU or gNB-CU, by what only that may send"},
	[DU_ID] = {"du_id", NP_UINT, NP_KEY_NONE, 0,
		   "number of the gNB-DU in its gNB"},
	[DU_NAME] = {"du_name", NP_TEXT, NP_KEY_NONE, 0, "name of the gNB-DU"},
	[CU_NAME] = {"cu_name", NP_TEXT, NP_KEY_NONE, 0, "name of the gNB-CU"},
	[RRC_VERSION] = {"rrc_version", NP_TEXT, NP_KEY_NONE, 0,
			 "the version of TS 38.331 that the sender has"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "a network that is served: its country and its own code"},
	[TAC] = {"tac", NP_UINT, NP_KEY_NONE, 0,
		 "a tracking area of the 5G network"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

/* 9.4.7 */
enum { RESET = 0, F1_SETUP = 1, ERROR_INDICATION = 2 };
enum { DU_CONFIGURATION_UPDATE = 3, CU_CONFIGURATION_UPDATE = 4 };
enum { PRIVATE_MESSAGE = 14, F1_REMOVAL = 26 };

static const struct np_ran_procedure procedures[] = {
	{F1_SETUP, {"gNB-DU", "gNB-CU", "gNB-CU"}},
	{DU_CONFIGURATION_UPDATE, {"gNB-DU", "gNB-CU", "gNB-CU"}},
	{CU_CONFIGURATION_UPDATE, {"gNB-CU", "gNB-DU", "gNB-DU"}},
	{RESET, {NULL}},
	{ERROR_INDICATION, {NULL}},
	{F1_REMOVAL, {NULL}},
};

enum { MAX_CELLS = 512, MAX_BROADCAST = 6 };

static void cells(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	(void)field;
	np_ran_elements(w, a, 1, MAX_CELLS);
}

/* A cell of the unit's own: GNB-DU-Served-Cells-Item, Served-Cells-To-Add-Item.
 * Nothing is read behind the networks. */
static void cell(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	enum { FIVEGS_TAC = 4, EPS_TAC = 2 };
	struct np_aper_sequence s, id;
	size_t n;

	(void)field;
	(void)np_aper_sequence(a, 2);
	s = np_aper_sequence(a, 3);
	id = np_aper_sequence(a, 1); /* NRCGI */
	np_ran_plmn(w, a);
	(void)np_aper_bit_string(a, 36, 36, &n);
	np_ran_tail(a, id);
	(void)np_aper_whole(a, 0, 1007); /* nRPCI */
	if (s.present & FIVEGS_TAC)
		np_ran_tac(w, a, 3);
	if (s.present & EPS_TAC)
		(void)np_aper_bits(a, 16);
	n = np_aper_count(a, 1, MAX_BROADCAST);
	while (n-- && !a->c.cut) {
		struct np_aper_sequence item = np_aper_sequence(a, 1);

		np_ran_plmn(w, a);
		np_ran_tail(a, item);
	}
}

/* RRC-Version, which has no room for more: three bits that nobody sets, and in
 * its extensions what replaced them. */
static void rrc_version(struct np_ran_walk *w, unsigned field,
			struct np_aper *a)
{
	bool replaced = np_aper_bit(a);

	(void)field;
	(void)np_aper_bits(a, 3);
	if (replaced)
		np_ran_elements(w, a, 1, NP_RAN_MOST);
}

/* latest-RRC-Version-Enhanced, 9.3.1.71: three numbers. */
static void enhanced(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	struct np_cur v = np_aper_octets(a, 3, 3, false);
	char text[16];

	if (v.cut)
		return;
	int n = snprintf(text, sizeof(text), "%u.%u.%u", v.p[0], v.p[1],
			 v.p[2]);

	np_emit_made(w->o, field, NP_TEXT, text, (size_t)n, v.p);
}

static const struct np_ran_element elements[] = {
	{42, DU_ID, np_ran_u36},
	{43, TAC, cell},
	{44, TAC, cells},
	{45, DU_NAME, np_ran_name},
	{57, TAC, cell},
	{58, TAC, cells},
	{82, CU_NAME, np_ran_name},
	{170, RRC_VERSION, rrc_version},
	{171, RRC_VERSION, rrc_version},
	{199, RRC_VERSION, enhanced},
	{426, DU_NAME, np_ran_extended_name},
	{427, CU_NAME, np_ran_extended_name},
};

static const struct np_ran f1ap = {
	.procedure = procedures,
	.nprocedures = NP_COUNT(procedures),
	.element = elements,
	.nelements = NP_COUNT(elements),
	.last = 127,
	.private = PRIVATE_MESSAGE,
	.four = true,
	.role_field = ROLE,
	.plmn_field = PLMN,
	.tac_field = TAC,
	.oid_field = PRIVATE_OID,
};

static enum np_verdict f1ap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &f1ap);
}

static const struct np_match match[] = {NP_SCTP(62)};

const struct np_proto np_proto_f1ap = {
	.name = "f1ap",
	.title = "F1 Application Protocol",
	.spec = "3GPP TS 38.473",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = f1ap_decode,
};

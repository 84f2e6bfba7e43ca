/* SPDX-License-Identifier: ISC */
/*
 * X2AP (3GPP TS 36.423): base stations among themselves. Either end may begin
 * anything, so what an end is stands in its global identifier. Of the cells and
 * their neighbours nothing is read: those are other stations.
 */
#include "proto/proto.h"

enum {
	ROLE,
	ENB_ID,
	ENB_ID_LENGTH,
	GNB_ID,
	GNB_ID_LENGTH,
	PLMN,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "eNB or en-gNB, by what only that may send"},
	[ENB_ID] = {"enb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the eNB in its network"},
	[ENB_ID_LENGTH] = {"enb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it: 20 macro, 28 home, 18 short macro, 21 "
			   "long macro"},
	[GNB_ID] = {"gnb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the en-gNB in its network"},
	[GNB_ID_LENGTH] = {"gnb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it, 22 to 32"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "network of the identifier: its country and its own code"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

/* 9.3.7 */
enum { ERROR_INDICATION = 3, X2_SETUP = 6, RESET = 7 };
enum { ENB_CONFIGURATION_UPDATE = 8, PRIVATE_MESSAGE = 11 };
enum { ENDC_X2_SETUP = 36, ENDC_CONFIGURATION_UPDATE = 37 };

static const struct np_ran_procedure procedures[] = {
	{X2_SETUP, {"eNB", "eNB", "eNB"}},
	{ENB_CONFIGURATION_UPDATE, {"eNB", "eNB", "eNB"}},
	{ENDC_X2_SETUP, {NULL}},
	{ENDC_CONFIGURATION_UPDATE, {NULL}},
	{RESET, {NULL}},
	{ERROR_INDICATION, {NULL}},
};

static void global_en_gnb_id(struct np_ran_walk *w, unsigned field,
			     struct np_aper *a)
{
	np_ran_global_gnb(w, field, a, true);
}

/* Which of the two speaks (EN-DC X2 Setup and Configuration Update, 9.1.2.31
 * and further), and a list of elements that such a one has. */
static void node_type(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	static const char *const roles[] = {"eNB", "en-gNB"};
	uint32_t which = np_aper_choice(a, NP_COUNT(roles), true);

	(void)field;
	if (which >= NP_COUNT(roles))
		return;
	np_ran_role(w, a, roles[which]);
	np_ran_elements(w, a, 0, NP_RAN_MOST);
}

static const struct np_ran_element elements[] = {
	{21, ENB_ID, np_ran_global_enb}, {244, ROLE, node_type},
	{245, ROLE, node_type},		 {246, ROLE, node_type},
	{247, ROLE, node_type},		 {252, GNB_ID, global_en_gnb_id},
};

static const struct np_ran x2ap = {
	.procedure = procedures,
	.nprocedures = NP_COUNT(procedures),
	.element = elements,
	.nelements = NP_COUNT(elements),
	.last = 127,
	.private = PRIVATE_MESSAGE,
	.role_field = ROLE,
	.plmn_field = PLMN,
	.oid_field = PRIVATE_OID,
};

static enum np_verdict x2ap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &x2ap);
}

static const struct np_match match[] = {NP_SCTP(27)};

const struct np_proto np_proto_x2ap = {
	.name = "x2ap",
	.title = "X2 Application Protocol",
	.spec = "3GPP TS 36.423",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = x2ap_decode,
};

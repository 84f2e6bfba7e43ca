/* SPDX-License-Identifier: ISC */
/*
 * XnAP (3GPP TS 38.423): the access nodes of a 5G network among themselves.
 * Whoever speaks it is an NG-RAN node; which kind stands in its global
 * identifier. Of the cells and their neighbours nothing is read, nor of the
 * AMFs: those are other nodes.
 */
#include "proto/proto.h"

enum {
	ROLE,
	GNB_ID,
	GNB_ID_LENGTH,
	ENB_ID,
	ENB_ID_LENGTH,
	PLMN,
	TAC,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "gNB, ng-eNB or NG-RAN node, by what only that may send"},
	[GNB_ID] = {"gnb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the gNB in its network"},
	[GNB_ID_LENGTH] = {"gnb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it, 22 to 32"},
	[ENB_ID] = {"enb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the ng-eNB in its network"},
	[ENB_ID_LENGTH] = {"enb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it: 20 macro, 18 short macro, 21 long "
			   "macro"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "a network that is served: its country and its own code"},
	[TAC] = {"tac", NP_UINT, NP_KEY_NONE, 0, "a tracking area"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

static const char node[] = "NG-RAN node";

/* 9.3.7 */
enum { XN_REMOVAL = 16, XN_SETUP = 17, NODE_CONFIGURATION_UPDATE = 18 };
enum { RESET = 20, ERROR_INDICATION = 21, PRIVATE_MESSAGE = 22 };

static const struct np_ran_procedure procedures[] = {
	{XN_SETUP, {node, node, node}},
	{NODE_CONFIGURATION_UPDATE, {node, node, node}},
	{XN_REMOVAL, {node, node, node}},
	{RESET, {node, node, node}},
	{ERROR_INDICATION, {node, NULL, NULL}},
	{PRIVATE_MESSAGE, {node, NULL, NULL}},
};

enum { MAX_TACS = 256, MAX_BROADCAST = 12, MAX_SLICES = 1024 };

static void global_node_id(struct np_ran_walk *w, unsigned field,
			   struct np_aper *a)
{
	enum { GNB, NG_ENB };
	uint32_t which = np_aper_choice(a, 3, false);

	(void)field;
	if (which == GNB) {
		np_ran_role(w, a, "gNB");
		np_ran_global_gnb(w, GNB_ID, a, false);
	} else if (which == NG_ENB) {
		np_ran_role(w, a, "ng-eNB");
		np_ran_global_ng_enb(w, ENB_ID, a);
	}
}

/* TAISupport-list: areas, the networks in each, the slices of those. */
static void supported_tas(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	size_t n = np_aper_count(a, 1, MAX_TACS), plmns, slices;

	(void)field;
	while (n-- && !a->c.cut) {
		struct np_aper_sequence s = np_aper_sequence(a, 1), item;

		np_ran_tac(w, a, 3);
		plmns = np_aper_count(a, 1, MAX_BROADCAST);
		while (plmns-- && !a->c.cut) {
			item = np_aper_sequence(a, 1);
			np_ran_plmn(w, a);
			slices = np_aper_count(a, 1, MAX_SLICES);
			while (slices-- && !a->c.cut)
				np_ran_slice(a);
			np_ran_tail(a, item);
		}
		np_ran_tail(a, s);
	}
}

/* Which kind sends an update; its answer counts them the other way round. */
static void updates(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	static const char *const roles[] = {"gNB", "ng-eNB", NULL};

	(void)field;
	np_ran_role(w, a, roles[np_aper_choice(a, NP_COUNT(roles), false)]);
}

static void updated(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	static const char *const roles[] = {"ng-eNB", "gNB", NULL};

	(void)field;
	np_ran_role(w, a, roles[np_aper_choice(a, NP_COUNT(roles), false)]);
}

static const struct np_ran_element elements[] = {
	{9, ROLE, updates},
	{14, GNB_ID, global_node_id},
	{58, ROLE, updated},
	{75, TAC, supported_tas},
};

static const struct np_ran xnap = {
	.procedure = procedures,
	.nprocedures = NP_COUNT(procedures),
	.element = elements,
	.nelements = NP_COUNT(elements),
	.last = 127,
	.private = PRIVATE_MESSAGE,
	.vague = node,
	.role_field = ROLE,
	.plmn_field = PLMN,
	.tac_field = TAC,
	.oid_field = PRIVATE_OID,
};

static enum np_verdict xnap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &xnap);
}

static const struct np_match match[] = {NP_SCTP(61)};

const struct np_proto np_proto_xnap = {
	.name = "xnap",
	.title = "Xn Application Protocol",
	.spec = "3GPP TS 38.423",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = xnap_decode,
};

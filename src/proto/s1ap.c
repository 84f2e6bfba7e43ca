/* SPDX-License-Identifier: ISC */
/*
 * S1AP (3GPP TS 36.413): base stations and core of an LTE network. Who asks for
 * S1 Setup is a base station, who answers it is the core's. Its names are the
 * operator's text, often a site's, which the router there may have too: they
 * are no keys. Nor is a served GUMMEI: a gateway of home base stations sends
 * those of the nodes behind it (TS 36.300 4.6.2).
 */
#include "proto/proto.h"

enum {
	ROLE,
	ENB_NAME,
	ENB_ID,
	ENB_ID_LENGTH,
	MME_NAME,
	MME_GROUP_ID,
	MME_CODE,
	RELATIVE_CAPACITY,
	PLMN,
	TAC,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "eNB or MME, by what only that may send"},
	[ENB_NAME] = {"enb_name", NP_TEXT, NP_KEY_NONE, 0,
		      "name of the base station"},
	[ENB_ID] = {"enb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the base station in its network"},
	[ENB_ID_LENGTH] = {"enb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it: 20 macro, 28 home, 18 short macro, 21 "
			   "long macro"},
	[MME_NAME] = {"mme_name", NP_TEXT, NP_KEY_NONE, 0, "name of the MME"},
	[MME_GROUP_ID] = {"mme_group_id", NP_UINT, NP_KEY_NONE, 0,
			  "of a served GUMMEI"},
	[MME_CODE] = {"mme_code", NP_UINT, NP_KEY_NONE, 0,
		      "of a served GUMMEI"},
	[RELATIVE_CAPACITY] = {"relative_capacity", NP_UINT, NP_KEY_NONE, 0,
			       "RelativeMMECapacity, 0 to 255"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "a network that is served: its country and its own code"},
	[TAC] = {"tac", NP_UINT, NP_KEY_NONE, 0, "a tracking area"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

/* 9.3.7 */
enum { ENB_CONFIGURATION_UPDATE = 29, MME_CONFIGURATION_UPDATE = 30 };
enum { RESET = 14, ERROR_INDICATION = 15, S1_SETUP = 17, PRIVATE_MESSAGE = 39 };

static const struct np_ran_procedure procedures[] = {
	{S1_SETUP, {"eNB", "MME", "MME"}},
	{ENB_CONFIGURATION_UPDATE, {"eNB", "MME", "MME"}},
	{MME_CONFIGURATION_UPDATE, {"MME", "eNB", "eNB"}},
	{RESET, {NULL}},
	{ERROR_INDICATION, {NULL}},
};

enum { MAX_TACS = 256, MAX_BROADCAST = 6 };
enum { MAX_RATS = 8, MAX_PLMNS_OF_MME = 32, MAX_GROUPS = 65535 };
enum { MAX_CODES = 256, MAX_SAID = 16 };

/* SupportedTAs */
static void supported_tas(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	size_t n = np_aper_count(a, 1, MAX_TACS);

	(void)field;
	while (n-- && !a->c.cut) {
		struct np_aper_sequence s = np_aper_sequence(a, 1);

		np_ran_tac(w, a, 2);
		for (size_t k = np_aper_count(a, 1, MAX_BROADCAST);
		     k && !a->c.cut; k--)
			np_ran_plmn(w, a);
		np_ran_tail(a, s);
	}
}

/* A number of 1 or 2 octets, which are aligned to nothing. */
static void number(struct np_ran_walk *w, unsigned field, struct np_aper *a,
		   unsigned octets, bool say)
{
	const uint8_t *at = a->c.p - !!a->bits;
	uint32_t v = np_aper_bits(a, 8 * octets);

	if (say)
		np_emit_u(w->o, field, &a->c, at, v);
}

/* ServedGUMMEIs: the first is the LTE network's, further ones are what those of
 * older ones map to (8.7.3.2). */
static void served_gummeis(struct np_ran_walk *w, unsigned field,
			   struct np_aper *a)
{
	size_t n;

	(void)field;
	(void)np_aper_count(a, 1, MAX_RATS);
	(void)np_aper_sequence(a, 1);
	n = np_aper_count(a, 1, MAX_PLMNS_OF_MME);
	while (n-- && !a->c.cut)
		np_ran_plmn(w, a);
	n = np_aper_count(a, 1, MAX_GROUPS);
	for (size_t i = 0; i < n && !a->c.cut; i++)
		number(w, MME_GROUP_ID, a, 2, i < MAX_SAID);
	n = np_aper_count(a, 1, MAX_CODES);
	for (size_t i = 0; i < n && !a->c.cut; i++)
		number(w, MME_CODE, a, 1, i < MAX_SAID);
}

static const struct np_ran_element elements[] = {
	{59, ENB_ID, np_ran_global_enb},       {60, ENB_NAME, np_ran_name},
	{61, MME_NAME, np_ran_name},	       {64, TAC, supported_tas},
	{87, RELATIVE_CAPACITY, np_ran_octet}, {105, MME_CODE, served_gummeis},
};

static const struct np_ran s1ap = {
	.procedure = procedures,
	.nprocedures = NP_COUNT(procedures),
	.element = elements,
	.nelements = NP_COUNT(elements),
	.last = 127,
	.private = PRIVATE_MESSAGE,
	.role_field = ROLE,
	.plmn_field = PLMN,
	.tac_field = TAC,
	.oid_field = PRIVATE_OID,
};

static enum np_verdict s1ap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &s1ap);
}

static const struct np_match match[] = {NP_SCTP(18)};

const struct np_proto np_proto_s1ap = {
	.name = "s1ap",
	.title = "S1 Application Protocol",
	.spec = "3GPP TS 36.413",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = s1ap_decode,
};

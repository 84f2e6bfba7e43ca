/* SPDX-License-Identifier: ISC */
/*
 * E1AP (3GPP TS 37.483, formerly 38.463): the control and the user plane of a
 * central unit. Either may set it up, by a procedure of its own. A gNB-CU-UP's
 * number is one among its gNB-CU-CP's (9.3.1.15), and both are often named for
 * their gNB: none of it is a key.
 */
#include "proto/proto.h"

enum {
	ROLE,
	CU_UP_ID,
	CU_UP_NAME,
	CU_CP_NAME,
	CU_UP_CAPACITY,
	PLMN,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "gNB-CU-CP or gNB-CU-UP, by what only that may send"},
	[CU_UP_ID] = {"cu_up_id", NP_UINT, NP_KEY_NONE, 0,
		      "number of the gNB-CU-UP in its gNB"},
	[CU_UP_NAME] = {"cu_up_name", NP_TEXT, NP_KEY_NONE, 0,
			"name of the gNB-CU-UP"},
	[CU_CP_NAME] = {"cu_cp_name", NP_TEXT, NP_KEY_NONE, 0,
			"name of the gNB-CU-CP"},
	[CU_UP_CAPACITY] = {"cu_up_capacity", NP_UINT, NP_KEY_NONE, 0,
			    "relative processing capacity, 0 to 255"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "a network that is served: its country and its own code"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

#define CU_CP "gNB-CU-CP"
#define CU_UP "gNB-CU-UP"

/* 9.4.7 */
enum { RESET = 0, ERROR_INDICATION = 1, PRIVATE_MESSAGE = 2 };
enum { CU_UP_SETUP = 3, CU_CP_SETUP = 4, E1_RELEASE = 7 };
enum { CU_UP_CONFIGURATION_UPDATE = 5, CU_CP_CONFIGURATION_UPDATE = 6 };

static const struct np_ran_procedure procedures[] = {
	{CU_UP_SETUP, {CU_UP, CU_CP, CU_CP}},
	{CU_CP_SETUP, {CU_CP, CU_UP, CU_UP}},
	{CU_UP_CONFIGURATION_UPDATE, {CU_UP, CU_CP, CU_CP}},
	{CU_CP_CONFIGURATION_UPDATE, {CU_CP, CU_UP, CU_UP}},
	{RESET, {NULL}},
	{ERROR_INDICATION, {NULL}},
	{E1_RELEASE, {NULL}},
};

enum { MAX_PLMNS = 12, MAX_SLICES = 1024 };

/* SupportedPLMNs-List, as far as its items have nothing that is longer than a
 * list of slices. */
static void supported_plmns(struct np_ran_walk *w, unsigned field,
			    struct np_aper *a)
{
	enum { SLICES = 8, CELLS = 4, QUALITY = 2 };
	size_t n = np_aper_count(a, 1, MAX_PLMNS), k;

	(void)field;
	while (n-- && !a->c.cut) {
		struct np_aper_sequence s = np_aper_sequence(a, 4);
		struct np_aper_sequence item = {.extended = false};

		np_ran_plmn(w, a);
		if (s.present & (CELLS | QUALITY))
			return;
		k = s.present & SLICES ? np_aper_count(a, 1, MAX_SLICES) : 0;
		while (k-- && !a->c.cut) {
			/* Slice-Support-Item has no room for more. */
			item.present = np_aper_bit(a);
			np_ran_slice(a);
			np_ran_tail(a, item);
		}
		np_ran_tail(a, s);
	}
}

static const struct np_ran_element elements[] = {
	{7, CU_UP_ID, np_ran_u36},
	{8, CU_UP_NAME, np_ran_name},
	{9, CU_CP_NAME, np_ran_name},
	{11, PLMN, supported_plmns},
	{64, CU_UP_CAPACITY, np_ran_octet},
	{129, CU_CP_NAME, np_ran_extended_name},
	{130, CU_UP_NAME, np_ran_extended_name},
};

static const struct np_ran e1ap = {
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

static enum np_verdict e1ap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &e1ap);
}

static const struct np_match match[] = {NP_SCTP(64)};

const struct np_proto np_proto_e1ap = {
	.name = "e1ap",
	.title = "E1 Application Protocol",
	.spec = "3GPP TS 37.483",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = e1ap_decode,
};

/* SPDX-License-Identifier: ISC */
/*
 * NGAP (3GPP TS 38.413): access nodes and core of a 5G network. The kind of the
 * access node stands in its global identifier; where a message has none, it is
 * an NG-RAN node. A served GUAMI is no key: an AMF pointer may be that of
 * several (TS 23.003 2.10.1). Names are the operator's text.
 */
#include "proto/proto.h"

enum {
	ROLE,
	RAN_NODE_NAME,
	GNB_ID,
	GNB_ID_LENGTH,
	ENB_ID,
	ENB_ID_LENGTH,
	AMF_NAME,
	AMF_REGION_ID,
	AMF_SET_ID,
	AMF_POINTER,
	RELATIVE_CAPACITY,
	PLMN,
	TAC,
	PRIVATE_OID,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "gNB, ng-eNB, N3IWF, TNGF, TWIF, W-AGF, NG-RAN node or AMF, "
		  "by what only that may send"},
	[RAN_NODE_NAME] = {"ran_node_name", NP_TEXT, NP_KEY_NONE, 0,
			   "name of the access node"},
	[GNB_ID] = {"gnb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the gNB in its network"},
	[GNB_ID_LENGTH] = {"gnb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it, 22 to 32"},
	[ENB_ID] = {"enb_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the ng-eNB in its network"},
	[ENB_ID_LENGTH] = {"enb_id_length", NP_UINT, NP_KEY_NONE, 0,
			   "bits of it: 20 macro, 18 short macro, 21 long "
			   "macro"},
	[AMF_NAME] = {"amf_name", NP_TEXT, NP_KEY_NONE, 0, "name of the AMF"},
	[AMF_REGION_ID] = {"amf_region_id", NP_UINT, NP_KEY_NONE, 0,
			   "of a served GUAMI"},
	[AMF_SET_ID] = {"amf_set_id", NP_UINT, NP_KEY_NONE, 0,
			"of a served GUAMI"},
	[AMF_POINTER] = {"amf_pointer", NP_UINT, NP_KEY_NONE, 0,
			 "of a served GUAMI"},
	[RELATIVE_CAPACITY] = {"relative_capacity", NP_UINT, NP_KEY_NONE, 0,
			       "RelativeAMFCapacity, 0 to 255"},
	[PLMN] = {"plmn", NP_TEXT, NP_KEY_NONE, 0,
		  "a network that is served: its country and its own code"},
	[TAC] = {"tac", NP_UINT, NP_KEY_NONE, 0, "a tracking area"},
	[PRIVATE_OID] = {"private_oid", NP_OID, NP_KEY_NONE, 0,
			 "who defined a private element of the sender's"},
};

static const char access_node[] = "NG-RAN node";

/* 9.4.7 */
enum { AMF_CONFIGURATION_UPDATE = 0, ERROR_INDICATION = 9, NG_RESET = 20 };
enum { NG_SETUP = 21, PRIVATE_MESSAGE = 31, RAN_CONFIGURATION_UPDATE = 35 };

static const struct np_ran_procedure procedures[] = {
	{NG_SETUP, {access_node, "AMF", "AMF"}},
	{RAN_CONFIGURATION_UPDATE, {access_node, "AMF", "AMF"}},
	{AMF_CONFIGURATION_UPDATE, {"AMF", access_node, access_node}},
	{NG_RESET, {NULL}},
	{ERROR_INDICATION, {NULL}},
};

enum { MAX_TACS = 256, MAX_BROADCAST = 12, MAX_SLICES = 1024 };
enum { MAX_GUAMIS = 256, MAX_SAID = 16 };

/* The kinds that came later: a ProtocolIE-SingleContainer. */
static void node_of_extension(struct np_ran_walk *w, struct np_aper *a)
{
	static const struct {
		uint16_t id;
		const char *role;
	} kinds[] = {{240, "TNGF"}, {241, "TWIF"}, {242, "W-AGF"}};
	uint16_t id = (uint16_t)np_aper_whole(a, 0, UINT16_MAX);
	struct np_aper v;

	for (size_t i = 0; i < NP_COUNT(kinds); i++)
		if (kinds[i].id == id)
			np_ran_role(w, a, kinds[i].role);
	(void)np_aper_enumerated(a, 3, false);
	v = np_aper_open(a);
	(void)np_aper_sequence(&v, 1);
	np_ran_plmn(w, &v);
}

static void global_ran_node_id(struct np_ran_walk *w, unsigned field,
			       struct np_aper *a)
{
	enum { GNB, NG_ENB, N3IWF, EXTENSION };
	uint32_t which = np_aper_choice(a, 4, false);

	(void)field;
	switch (which) {
	case GNB:
		np_ran_role(w, a, "gNB");
		np_ran_global_gnb(w, GNB_ID, a, false);
		break;
	case NG_ENB:
		np_ran_role(w, a, "ng-eNB");
		np_ran_global_ng_enb(w, ENB_ID, a);
		break;
	case N3IWF:
		np_ran_role(w, a, "N3IWF");
		(void)np_aper_sequence(a, 1);
		np_ran_plmn(w, a);
		break;
	case EXTENSION:
		node_of_extension(w, a);
		break;
	}
}

/* BroadcastPLMNItem: a network and its slices. */
static void broadcast_plmn(struct np_ran_walk *w, struct np_aper *a)
{
	struct np_aper_sequence s = np_aper_sequence(a, 1);
	size_t n;

	np_ran_plmn(w, a);
	n = np_aper_count(a, 1, MAX_SLICES);
	while (n-- && !a->c.cut) {
		struct np_aper_sequence item = np_aper_sequence(a, 1);

		np_ran_slice(a);
		np_ran_tail(a, item);
	}
	np_ran_tail(a, s);
}

static void supported_tas(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	size_t n = np_aper_count(a, 1, MAX_TACS);

	(void)field;
	while (n-- && !a->c.cut) {
		struct np_aper_sequence s = np_aper_sequence(a, 1);

		np_ran_tac(w, a, 3);
		for (size_t k = np_aper_count(a, 1, MAX_BROADCAST);
		     k && !a->c.cut; k--)
			broadcast_plmn(w, a);
		np_ran_tail(a, s);
	}
}

static void bits(struct np_ran_walk *w, unsigned field, struct np_aper *a,
		 unsigned n, bool say)
{
	const uint8_t *at = a->c.p - !!a->bits;
	uint32_t v = np_aper_bits(a, n);

	if (say)
		np_emit_u(w->o, field, &a->c, at, v);
}

/* GUAMI: a network, and region, set and pointer, which are short enough to
 * follow one another in the bits. */
static void guami(struct np_ran_walk *w, struct np_aper *a, bool say)
{
	struct np_aper_sequence s = np_aper_sequence(a, 1);

	np_ran_plmn(w, a);
	bits(w, AMF_REGION_ID, a, 8, say);
	bits(w, AMF_SET_ID, a, 10, say);
	bits(w, AMF_POINTER, a, 6, say);
	np_ran_tail(a, s);
}

/* ServedGUAMIList. The name of another AMF that stands in for this one is not
 * the sender's. */
static void served_guamis(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	enum { BACKUP_AMF_NAME = 2 };
	size_t n = np_aper_count(a, 1, MAX_GUAMIS);

	(void)field;
	for (size_t i = 0; i < n && !a->c.cut; i++) {
		struct np_aper_sequence s = np_aper_sequence(a, 2);

		guami(w, a, i < MAX_SAID);
		if (s.present & BACKUP_AMF_NAME)
			(void)np_aper_octets(a, 1, 150, true);
		np_ran_tail(a, s);
	}
}

static const struct np_ran_element elements[] = {
	{1, AMF_NAME, np_ran_name},
	{27, GNB_ID, global_ran_node_id},
	{82, RAN_NODE_NAME, np_ran_name},
	{86, RELATIVE_CAPACITY, np_ran_octet},
	{96, AMF_POINTER, served_guamis},
	{102, TAC, supported_tas},
	{273, RAN_NODE_NAME, np_ran_extended_name},
	{274, AMF_NAME, np_ran_extended_name},
};

static const struct np_ran ngap = {
	.procedure = procedures,
	.nprocedures = NP_COUNT(procedures),
	.element = elements,
	.nelements = NP_COUNT(elements),
	.last = 127,
	.private = PRIVATE_MESSAGE,
	.vague = access_node,
	.role_field = ROLE,
	.plmn_field = PLMN,
	.tac_field = TAC,
	.oid_field = PRIVATE_OID,
};

static enum np_verdict ngap_decode(struct np_cur *c, struct np_out *o)
{
	return np_ran_decode(c, o, &ngap);
}

static const struct np_match match[] = {NP_SCTP(60)};

const struct np_proto np_proto_ngap = {
	.name = "ngap",
	.title = "NG Application Protocol",
	.spec = "3GPP TS 38.413",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = ngap_decode,
};

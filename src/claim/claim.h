/* SPDX-License-Identifier: ISC */
/*
 * infer(): one sighting in, claims out. A claim is one inference by one rule
 * from one fact: maker, model, version, serial, function … with the grade of
 * its evidence and the independence group it counts in (claims that come from
 * one firmware's text count once). No claim looks at another sighting; joining
 * is fold()'s.
 *
 * claims.def lists the ways of inferring, one file each.
 */
#ifndef NP_CLAIM_H
#define NP_CLAIM_H
#include "core/err.h"
#include "sighting/sighting.h"

enum np_what {
	NP_W_MAKER, /* who made the box; .maker */
	NP_W_BRAND, /* whose name is on it, where that is another */
	NP_W_FAMILY,
	NP_W_MODEL,
	NP_W_VERSION,
	NP_W_OS,
	NP_W_SERIAL,
	NP_W_FUNCTION,	/* "transport/router": knowledge/families.yaml */
	NP_W_COMPONENT, /* maker of a part: module, optic, chipset; .maker */
	NP_W_MIDDLEBOX, /* maker of a box on the path, not of the subject */
	NP_W_AGENT,	/* software agent (net-snmp …): never a maker. .maker
			   is the agent's entry or nobody, .value what it is */
	NP_W_ROLE,	/* what it is in the network by what it does there:
			   "MME", knowledge/roles.yaml; whoever made it */
};

/* Grades of evidence, reference section 0.2. Higher is better. */
enum np_grade { NP_E0, NP_E1, NP_E2, NP_E3, NP_E4, NP_E5 };

#define NP_NO_MAKER 0 /* index 0 of the makers is "nobody" */
#define NP_MAX_CLAIMS 64

struct np_claim {
	enum np_what what;
	enum np_grade grade; /* after every lowering by context */
	uint16_t maker;	     /* index in the knowledge's makers, or NO_MAKER */
	uint16_t group;	     /* independence group, np_group_name() */
	uint16_t fact;	     /* index in the sighting's facts */
	const char *rule;    /* "snmp/huawei-vrp": constant in the knowledge */
	const char *value;   /* model, version …; NUL-terminated, in the arena
				or the knowledge; NULL for makers */
	bool settable;	     /* anybody at the box may have typed it */
	bool subscriber;     /* the rule says: a subscriber's box (handset) */
	bool virtual_key;    /* the address is shared or virtual (VRRP …) */
	bool computer;	     /* the sign of a general-purpose computer: a
				distribution's ident, a local-bit address.
				fold() lowers settable texts beside it */
};

struct np_claims {
	struct np_claim v[NP_MAX_CLAIMS];
	size_t n;
	bool full;
};

struct np_knowledge; /* makers, registries, signatures, families, traps */

/* Opens the knowledge that was compiled into the program, or the directory's
 * (compiled at run time). */
int np_knowledge_open(const char *dir, struct np_knowledge **ret,
		      struct np_err *reterr);
void np_knowledge_close(struct np_knowledge *k);

/* What kind of name it is. Only NP_M_MAKER is ever claimed with NP_W_MAKER:
 * agents give NP_W_AGENT, silicon NP_W_COMPONENT, the rest nothing. */
enum np_maker_kind {
	NP_M_MAKER,
	NP_M_AGENT,	/* software that answers on anybody's box */
	NP_M_SILICON,	/* chips in other makers' boxes */
	NP_M_STANDARDS, /* a standards body's number */
	NP_M_REGISTRY,	/* IEEE, IANA themselves */
};

/* The makers of makers.yaml. Index 0 is nobody; behind them stand those whom a
 * registry alone knows. */
size_t np_makers(const struct np_knowledge *k);
/* NULL for nobody. */
const char *np_maker_slug(const struct np_knowledge *k, uint16_t maker);
const char *np_maker_name(const struct np_knowledge *k, uint16_t maker);
/* NP_NO_MAKER when no maker has the slug. */
uint16_t np_maker_find(const struct np_knowledge *k, const char *slug);
enum np_maker_kind np_maker_kind(const struct np_knowledge *k, uint16_t maker);
/* Its makes go to subscribers, not into networks (Huawei Device). */
bool np_maker_subscriber(const struct np_knowledge *k, uint16_t maker);
/* Some state's rules name it. */
bool np_maker_restricted(const struct np_knowledge *k, uint16_t maker);
/* The maker that this one belongs to or was split from; NP_NO_MAKER for none.
 * They stay different makers: law decides who is meant, not the registry. */
uint16_t np_maker_of(const struct np_knowledge *k, uint16_t maker);
const char *np_group_name(const struct np_knowledge *k, uint16_t group);
/* Name, date and hash of the i-th registry or file used; false behind the
 * last. Texts live as long as the knowledge. */
struct np_knowledge_part {
	const char *name; /* "oui", "pen", "signatures" … */
	const char *from; /* "oui-data 2.1.9" */
	const char *date; /* "2026-08-26", or NULL */
	char sha256[65];
};
bool np_knowledge_part(const struct np_knowledge *k, size_t i,
		       struct np_knowledge_part *ret);
/* ---- what a dossier keeps of it, to be opened again elsewhere */

struct np_knowledge_text {
	const char *name; /* "makers.yaml" */
	const char *text; /* n octets, a NUL behind them */
	size_t n;
};
/* The i-th file, in the order in which they were read; false behind the last.
 */
bool np_knowledge_text(const struct np_knowledge *k, size_t i,
		       struct np_knowledge_text *ret);
/* A row of a registry: an address block or an enterprise number. */
struct np_registry_row {
	unsigned bits; /* of the block: 24, 28 or 36; 0: a number */
	uint64_t key;  /* the block's bits, right-aligned, or the number */
	const char *owner;
};
/* Rows that were looked at so far, one a call: *at is 0 at first. */
bool np_knowledge_used(const struct np_knowledge *k, size_t *at,
		       struct np_registry_row *ret);
/* Opens these files, in this order, and these rows, and nothing of what is
 * built in. Texts may go afterwards. */
int np_knowledge_open_texts(const struct np_knowledge_text *v, size_t n,
			    const struct np_registry_row *rows, size_t nrows,
			    struct np_knowledge **ret, struct np_err *reterr);

/* Who registered this address block (IEEE), NULL for none or a parent of the
 * registry itself; `ret_maker` (may be NULL) when that is one we know. */
const char *np_oui_owner(const struct np_knowledge *k, const uint8_t mac[6],
			 uint16_t *ret_maker);

/* Who holds an enterprise number (IANA), NULL for none. */
const char *np_pen_owner(const struct np_knowledge *k, uint32_t pen,
			 uint16_t *ret_maker);
/* Only the registry's name for the holder says that the maker above is he
 * (claim/owner.c). */
bool np_pen_registered(const struct np_knowledge *k, uint32_t pen);
/* A claim of this rule ("oid/registry", "name/registry") rests on a registry's
 * names alone: at most a possible maker, never a restricted one. */
bool np_rule_registered(const char *rule);
/* The i-th organisation of the registries, and whose it is (NP_NO_MAKER: nobody
 * that is known); NULL behind the last. */
const char *np_organisation(const struct np_knowledge *k, size_t i,
			    uint16_t *ret_maker);
/* The field id of "lldp.system_name": np_field_find()'s where a protocol
 * declares it, else one above NP_FIELD_KNOWN for what only the knowledge knows
 * ("mac", "cli.version", "gpon.serial", protocols of another build), so that
 * sightings made by hand can carry it. -1 when nobody knows it. */
#define NP_FIELD_KNOWN 0x8000
int np_knowledge_field(const struct np_knowledge *k, const char *name,
		       size_t n);
/* What the value of the object with this identifier is (RFC 2578, in dots): a
 * number of document.h's enum np_object, 0 for nothing that is known. The ctx
 * is the knowledge: for np_seal_rules. */
int np_knowledge_object(void *k, const char *oid, size_t n);
/* The i-th such identifier, NULL behind the last; *ret_is as above. */
const char *np_knowledge_object_at(const struct np_knowledge *k, size_t i,
				   int *ret_is);
/* What a role is called in full, and the interface that proves it when a field
 * of this protocol says it ("S1-MME"); both NULL when the knowledge has none.
 */
void np_role_names(const struct np_knowledge *k, const char *role,
		   uint16_t field, const char **ret_name,
		   const char **ret_interface);
/* The reverse; also for np_field_find()'s ids. The text lies in buf. */
const char *np_knowledge_field_text(const struct np_knowledge *k, uint16_t id,
				    char buf[static 64]);

/* How often answers like this one were right, among the labelled cases of
 * knowledge/like.yaml. */
struct np_like {
	const char *key; /* what they have in common with it */
	uint32_t k, n;	 /* k of n named the right maker */
	double least;	 /* np_bound(k, n) */
};
/* The cases that a key of np_device_like() is counted with; where too few are
 * exactly like it, those like what stands before its last '/', and so on. False
 * without any. */
bool np_like_cases(const struct np_knowledge *k, const char *key,
		   struct np_like *ret);

/* A working set for one thread: scratch space, memory of past answers. */
struct np_infer;
struct np_infer *np_infer_new(const struct np_knowledge *k);
void np_infer_free(struct np_infer *w);
/* What one sighting lets us say. `mem` holds the values. Pure: the same
 * sighting and knowledge give the same claims in the same order.
 *
 * Grades are lowered here by one each when the sighting was relayed and when
 * the layout was never heard on a real wire from a restricted maker; addresses
 * (E3) also when they came routed or inside a tunnel. Of third parties nothing
 * is claimed but their roles. A peer's claims keep their grade: fold() reads
 * the sighting's scope. */
void np_infer(struct np_infer *w, const struct np_sighting *s,
	      struct np_arena *mem, struct np_claims *ret);
/* Family and network function of a maker's model; false when not known. For
 * boxes whose maker and model come from different sightings. */
bool np_infer_model(struct np_infer *w, uint16_t maker, const char *model,
		    const char **ret_family, const char **ret_function);
#endif

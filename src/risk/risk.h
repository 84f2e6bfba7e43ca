/* SPDX-License-Identifier: ISC */
/*
 * Risk as facts in a fixed order: what a box is for, how it can be reached,
 * what hangs on it, whose paths it is on, how concentrated makers are, what a
 * 5G network is made of, which lists of CVEs name its product. No fact is
 * weighed here. A score there is only by the weights that a user brings, and
 * each of its terms is shown.
 *
 * What counts as exposed, which functions others are served from and what
 * products are called in lists is data: knowledge/risk.yaml,
 * knowledge/cpe.yaml.
 */
#ifndef NP_RISK_H
#define NP_RISK_H
#include "core/arena.h"
#include "graph/graph.h"
#include "risk/cve.h"

/* ---- know.c: the two files */

#define NP_MAX_EXPOSURES 16 /* distinct ids */

struct np_exposure {
	const char *id, *says;
	uint16_t field;	   /* np_field_find()'s */
	const char *value; /* NULL: any */
	unsigned bit;	   /* of its id, from 0 */
	bool heard;	   /* only as heard, not as a scan has it */
};

struct np_asset {
	const char *function, *class, *level, *sure;
};

struct np_cpe_rule {
	const char *maker;
	const char *vendors[4];
	size_t nvendors;
	enum np_cpe_from { NP_CPE_OS, NP_CPE_MODEL, NP_CPE_FAMILY } from;
	const char *os, *product; /* NP_CPE_OS */
	const char *suffix, *cut; /* the others; may be NULL */
};

struct np_risk_know {
	struct np_exposure *exposure;
	size_t nexposures;
	const char *exposure_id[NP_MAX_EXPOSURES];
	const char *exposure_says[NP_MAX_EXPOSURES];
	size_t nids;
	const char **default_name, **root, **fiveg;
	size_t ndefault_names, nroots, nfiveg;
	struct np_asset *asset;
	size_t nassets;
	struct np_cpe_rule *cpe;
	size_t ncpe;
	const char *candidate, *rests, *listed, *opening, *customers;
};
/* What is built in; with `dir`, its risk.yaml and cpe.yaml where they are
 * there. Texts live in `mem`. A wrong file gives NP_EINPUT with file, line,
 * column. */
int np_risk_know(const char *dir, struct np_arena *mem,
		 struct np_risk_know *ret, struct np_err *reterr);
/* The same of texts in memory; NULL: what is built in. */
int np_risk_know_read(const char *risk, size_t risk_n, const char *cpe,
		      size_t cpe_n, struct np_arena *mem,
		      struct np_risk_know *ret, struct np_err *reterr);

/* ---- cpe.c: what a box's product may be called in lists */

struct np_cpe_name {
	const char *vendor, *product;
	const char *by; /* "model", "series", "family", "os" */
};
#define NP_MAX_CPE 16
/* At most NP_MAX_CPE, the surest first; texts live in `mem`. */
size_t np_cpe_names(const struct np_risk_know *k, const char *maker,
		    const struct np_device *d, struct np_arena *mem,
		    struct np_cpe_name ret[static NP_MAX_CPE]);

/* Is it a role of a 5G network? */
bool np_is_fiveg(const struct np_risk_know *k, const char *role);

/* ---- weights.c */

#define NP_MAX_WEIGHTS 64
struct np_weights {
	size_t n;
	struct np_term_weight {
		const char *term;
		double value;
	} v[NP_MAX_WEIGHTS];
};
/* Terms that are no exposure: "dependants" … NULL at the end. */
extern const char *const np_risk_terms[];
/* `weights:` of a user's file: names of terms and numbers. */
int np_weights_open(const char *path, const struct np_risk_know *k,
		    struct np_arena *mem, struct np_weights *ret,
		    struct np_err *reterr);
int np_weights_read(const char *name, const char *text, size_t n,
		    const struct np_risk_know *k, struct np_arena *mem,
		    struct np_weights *ret, struct np_err *reterr);

/* ---- facts.c */

struct np_listed { /* one product of the list that a box may be */
	const char *cve, *criteria, *by;
	enum np_version_fit fit; /* never NP_V_NOT */
};

/* One device; by index, as in np_devices. */
struct np_risk_box {
	uint32_t exposed;	  /* bits by np_risk_know.exposure_id */
	const char *default_name; /* that it bears; NULL: none */
	const struct np_asset *asset;
	struct np_listed *listed; /* sorted; one a CVE */
	uint32_t nlisted, listed_cap;
	bool community_said, community_default, root;
	int64_t customers; /* by the inventory; -1: not stated */
};

struct np_risk_zone {
	const char *name;
	const uint32_t *served_by; /* devices */
	size_t nserved_by;
	/* np_risk_ways fills: */
	const uint8_t *on; /* by device, enum np_on_way */
	uint32_t steps;	   /* NP_NOBODY: no way was seen */
};

/* What is asked for besides the dossier. */
struct np_risk_ask {
	const struct np_risk_know *know;
	const struct np_knowledge *knowledge;
	const struct np_devices *devices;
	np_site_fn *site;
	void *ctx;
	/* What an inventory states of a box, as np_question.fact; may be NULL.
	 * Customers come from there and from nowhere else. */
	const char *(*fact)(void *fact_ctx, const struct np_device *d,
			    const char *name);
	void *fact_ctx;
};
struct np_risk {
	const struct np_risk_know *know;
	const struct np_knowledge *knowledge;
	const struct np_devices *devices;
	struct np_risk_ask ask;
	struct np_graph *graph;
	struct np_graph_view view;
	struct np_cuts cuts;
	const uint32_t *roots;
	size_t nroots;
	struct np_risk_box *boxes; /* by device */
	struct np_risk_zone *zones;
	size_t nzones;
	uint64_t cve_entries; /* in the list that was read */
	const char *cve_file; /* NULL: none was */
	struct np_arena mem;
};

/* Opens; then each sighting is heard, and it is closed. */
int np_risk_open(const struct np_risk_ask *ask, struct np_risk *ret);
int np_risk_hear(struct np_risk *r, const struct np_sighting *s);
/* `roots`: devices by id or key, with commas; NULL: those whose function the
 * knowledge calls a root's. */
int np_risk_close(struct np_risk *r, const char *roots, struct np_err *reterr);
/* "NAME=DEVICE,DEVICE;NAME=…" */
int np_risk_zones(struct np_risk *r, const char *text, struct np_err *reterr);
/* One zone more, by devices: for who knows zones otherwise. */
int np_risk_zone(struct np_risk *r, const char *name, const uint32_t *served_by,
		 size_t n);
/* Holds the boxes against a list. */
int np_risk_cves(struct np_risk *r, const char *path, struct np_err *reterr);
void np_risk_free(struct np_risk *r);

/* What a term is of a box: 1 or 0, or a number. */
double np_risk_term(const struct np_risk *r, uint32_t device, const char *term);
#endif

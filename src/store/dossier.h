/* SPDX-License-Identifier: ISC */
/*
 * The dossier: one SQLite file that holds what a run heard and what was made
 * of it, so that the same answer can be reached elsewhere, later, with other
 * registries on the machine. Sightings are kept as JSON, so that it can be read
 * without this program.
 *
 * Everything of one run goes in by one transaction: a run that dies leaves the
 * dossier as it was, and where there was none, none. A source is known by its
 * SHA-256; reading it again changes nothing.
 */
#ifndef NP_DOSSIER_H
#define NP_DOSSIER_H
#include "claim/claim.h"
#include "policy/policy.h"
#include "source/beside.h"

struct np_dossier;

/* What the dossier keeps of a source. */
struct np_kept_source {
	uint32_t number;		/* in this dossier, from 1 */
	const char *name, *kind, *site; /* may be NULL */
	const char *sha256;		/* hex, or NULL */
	const char *tree;		/* root over its frames, hex, or NULL */
	const char *status;		/* "read", "truncated", "broken" */
	enum np_origin origin;
	struct np_coverage coverage;
	struct np_beside beside; /* but its site, origin and drops */
	uint64_t withheld;
};

/* Is the file one, as far as its first octets tell? */
bool np_is_dossier(const char *path);
/* Opens, or makes when it is not there and `make` is set. */
int np_dossier_open(const char *path, bool make, struct np_dossier **ret,
		    struct np_err *reterr);
/* Opens to look at: not an octet of the file changes, so that its signature
 * holds; unless a writer died in it, whose journal is played back first. */
int np_dossier_look(const char *path, struct np_dossier **ret,
		    struct np_err *reterr);
/* The same of a file as it is: no journal is played, no lock taken. For who
 * checks a seal. */
int np_dossier_open_read(const char *path, struct np_dossier **ret,
			 struct np_err *reterr);
/* The path it is open at. */
const char *np_dossier_path(const struct np_dossier *d);
int np_dossier_begin(struct np_dossier *d, struct np_err *reterr);
int np_dossier_commit(struct np_dossier *d, struct np_err *reterr);
/* Gives back what was not committed. */
void np_dossier_close(struct np_dossier *d);

/* First number that is free for a source. */
uint32_t np_dossier_next_source(struct np_dossier *d);
/* A sighting (id and occurrence filled) and its claims. Merges. `number` and
 * `first` are np_fold_last()'s: a new dossier needs not look for what the fold
 * has found already. */
int np_dossier_add(struct np_dossier *d, const struct np_knowledge *k,
		   const struct np_sighting *s, const struct np_claims *c,
		   uint32_t number, bool first);
/* The same sighting was heard elsewhere too: where, and its id and number. */
int np_dossier_again(struct np_dossier *d, uint32_t number, const uint8_t *id,
		     const struct np_occurrence *o);
/* A source is over. When the dossier had one of the same hash, everything
 * added under this number is taken out again and *ret_again is set. */
int np_dossier_source(struct np_dossier *d, const struct np_kept_source *s,
		      bool *ret_again);
/* Keeps the hashes of a source's frames (seal_tree.h): `n` octets of a file. */
int np_dossier_frames(struct np_dossier *d, uint32_t source, int fd,
		      uint64_t at, uint64_t n);

/* Devices keep the id they were first given. *ret_id is the one for a device
 * whose canonical id and keys these are; an id that lost to it is noted as an
 * alias. Texts live in `mem`. */
int np_dossier_device_id(struct np_dossier *d, const char *canonical,
			 const struct np_key *keys, size_t nkeys,
			 struct np_arena *mem, const char **ret_id);
/* Small texts: "as_of", "party", "what_if" … NULL value: forget. */
int np_dossier_note(struct np_dossier *d, const char *key, const char *value);
const char *np_dossier_noted(struct np_dossier *d, const char *key,
			     struct np_arena *mem);
/* One row for each part of the knowledge that was used. */
int np_dossier_knowledge(struct np_dossier *d, const struct np_knowledge *k);
/* The files of knowledge and law themselves, the rows of registries that were
 * looked at, and makers that no file but a registry has. */
int np_dossier_keep(struct np_dossier *d, const struct np_knowledge *k,
		    const struct np_law *l);
/* Opens what was kept, and nothing else that this machine has. NP_ENONE: the
 * dossier is of before, and has no such files. */
int np_dossier_kept(struct np_dossier *d, struct np_knowledge **ret_knowledge,
		    struct np_law **ret_law, struct np_err *reterr);
/* One more such part. */
int np_dossier_part(struct np_dossier *d, const struct np_knowledge_part *p);
/* Findings are judged anew from what is kept; those that a dossier of before
 * holds are taken out. */
int np_dossier_clear_findings(struct np_dossier *d);

/* ---- what each run stated, for those who come later */

/* Adds a statement (np_state), unless the last one was the same. */
int np_dossier_state(struct np_dossier *d, const struct np_stated *v, size_t n);
/* All of them, one behind the other, in the order of the runs. */
int np_dossier_stated(struct np_dossier *d, struct np_arena *mem,
		      const struct np_stated **ret, size_t *ret_n);

/* ---- subscribers' boxes (design, rule 11) */

/* What is kept of them; texts may be NULL. */
struct np_kept_crowd {
	const uint8_t *link; /* NP_LINK_SIZE octets, or NULL */
	const char *role, *field, *maker, *rival, *model, *site;
	enum np_sure sure;
	uint64_t n;
};
/* Before the devices get their ids: opens the taking out of sightings, … */
int np_dossier_private(struct np_dossier *d);
/* … names one, with the keys of who said it, … */
int np_dossier_forget(struct np_dossier *d, const uint8_t id[static NP_ID],
		      const struct np_key *keys, size_t nkeys,
		      struct np_arena *mem);
/* … and takes them out: nothing that they said is left in the file. */
int np_dossier_forgotten(struct np_dossier *d);
/* Adds what is kept in their stead; what was kept before is gone. */
int np_dossier_crowd(struct np_dossier *d, const struct np_kept_crowd *c);
typedef int np_dossier_crowd_fn(void *ctx, const struct np_kept_crowd *c);
int np_dossier_crowds(struct np_dossier *d, np_dossier_crowd_fn *fn, void *ctx);
/* How often values of a field were dropped in a source. */
int np_dossier_withheld(struct np_dossier *d, uint32_t source,
			const char *field, uint64_t n);
typedef int np_dossier_withheld_fn(void *ctx, uint32_t source,
				   const char *field, uint64_t n);
int np_dossier_dropped(struct np_dossier *d, np_dossier_withheld_fn *fn,
		       void *ctx);

/* Reads everything back. */
typedef int np_dossier_source_fn(void *ctx, const struct np_kept_source *s);
int np_dossier_sources(struct np_dossier *d, np_dossier_source_fn *fn,
		       void *ctx);
typedef int np_dossier_sighting_fn(void *ctx, const struct np_sighting *s,
				   const struct np_claims *c);
/* Once for each occurrence, as they were heard. Rules and values live in
 * `keep`. */
int np_dossier_sightings(struct np_dossier *d, const struct np_knowledge *k,
			 struct np_arena *keep, np_dossier_sighting_fn *fn,
			 void *ctx, struct np_err *reterr);
#endif

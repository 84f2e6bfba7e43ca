/* SPDX-License-Identifier: ISC */
/*
 * The dossier's journal: what people stated, entry behind entry, each signed.
 * Nothing in it is ever changed or taken out; the file itself refuses to.
 *
 * An entry is one line of canonical JSON (members in alphabetical order, no
 * white space):
 *
 *	{"key":K,"n":N,"prev":H,"statement":{…}}
 *
 * K is the public key that it is signed with, as minisign writes one; N counts
 * from 1; H is the hash of the entry before, 64 zeros for the first. An entry's
 * hash is SHA-256(line || newline || signature), in hex, and its signature the
 * text of a file in minisign's format over the line, so that the stock program
 * checks it. So a changed octet, a lost or moved entry shows; that the last
 * ones are missing shows to who kept np_journal_head().
 */
#ifndef NP_JOURNAL_H
#define NP_JOURNAL_H
#include "core/minisign.h"
#include "store/dossier.h"

#define NP_JOURNAL_LINE ((size_t)40 << 10) /* octets of an entry's line */

struct np_journal_entry {
	uint64_t n;
	const char *statement; /* its JSON, statement_n octets */
	size_t statement_n;
	const char *key;       /* the public key, base64 */
	const char *key_id;    /* the same key's id, 16 hex digits */
	const char *signature; /* text of a minisign file */
	const char *hash;      /* of the entry, hex */
};

/* The public key that one line of base64 stands for. */
int np_journal_key(const char *text, size_t n, struct np_minisign_public *ret);

/* Adds a statement (one JSON object), signed, in a transaction of its own, or
 * in the one that is open. The journal is checked before. */
int np_journal_add(struct np_dossier *d, const struct np_minisign_secret *key,
		   const char *statement, size_t n, struct np_err *reterr);
/* All entries in their order; each is checked before fn has it. NP_EINPUT with
 * the entry's number (at) when one is not what was signed: then nothing of the
 * journal may be used. Texts live until fn returns. */
typedef int np_journal_fn(void *ctx, const struct np_journal_entry *e);
int np_journal_read(struct np_dossier *d, np_journal_fn *fn, void *ctx,
		    struct np_err *reterr);
/* How many entries there are, and the hash of the last, unchecked: for whoever
 * seals the dossier. Zeros without any. */
int np_journal_head(struct np_dossier *d, uint64_t *ret_n,
		    char ret_hash[static 65]);

/* ---- boxes that got another id since something was stated of them */

/* The id that one of these keys was first given; NULL: none, or out of memory.
 * Only keys that tell boxes apart anywhere are asked for: addresses on the
 * link, serials, engines. */
const char *np_dossier_known_as(struct np_dossier *d, const struct np_key *keys,
				size_t nkeys, struct np_arena *mem);
/* May it find a box again? */
bool np_dossier_lasting(const struct np_key *key);
/* The keys ("mac=…") that a device of this id had. */
typedef int np_dossier_key_fn(void *ctx, const char *key);
int np_dossier_keys_of(struct np_dossier *d, const char *id,
		       np_dossier_key_fn *fn, void *ctx);
#endif

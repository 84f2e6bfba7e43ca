/* SPDX-License-Identifier: ISC */
/*
 * The dossier as it was read once: nothing in it changes, any number of
 * requests share it, and it goes with the last of them. After something was
 * read in or stated a new one takes its place.
 */
#ifndef NP_SNAPSHOT_H
#define NP_SNAPSHOT_H
#include "serve/http.h"
#include "views.h"

#define NP_TAG 34 /* octets of a tag, with its NUL */

struct np_snapshot;
int np_snapshot_open(const struct np_run_conf *conf, struct np_snapshot **ret,
		     struct np_err *reterr);
struct np_snapshot *np_snapshot_share(struct np_snapshot *s);
void np_snapshot_drop(struct np_snapshot *s); /* NULL: nothing */
/* Never the same of two snapshots, of whichever server. */
const char *np_snapshot_tag(const struct np_snapshot *s);

/* What an audience sees, opened when it is first asked for, and for any number
 * of readers, who write nothing and do not ask the dossier; until it is given
 * back. NULL with *reterr: it cannot be. */
const struct np_view_in *np_snapshot_see(struct np_snapshot *s,
					 enum np_audience a,
					 struct np_err *reterr);
void np_snapshot_seen(struct np_snapshot *s);
/* A view as an audience has it, made once; gzip or not. Shared for the caller.
 * NP_ENONE: there is no such view for it. */
int np_snapshot_view(struct np_snapshot *s, enum np_audience a,
		     const char *name, bool gzip, struct np_octets **ret,
		     struct np_err *reterr);
/* What was made of it and kept under this key, shared for the caller; NULL:
 * nothing. What is kept is bounded; what was not asked for longest goes. */
struct np_octets *np_snapshot_made(struct np_snapshot *s, const char *key);
void np_snapshot_keep(struct np_snapshot *s, const char *key,
		      struct np_octets *o);
/* Makes what was made of another one, before anybody has to wait for it. */
void np_snapshot_warm(struct np_snapshot *s, struct np_snapshot *other);
#endif

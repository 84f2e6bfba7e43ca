/* SPDX-License-Identifier: ISC */
/* `verify`'s part about silence. */
#ifndef NP_CLI_SILENCE_H
#define NP_CLI_SILENCE_H
#include "cli/cli.h"

struct np_silence_options {
	const char *universe; /* file, or NULL: the operator's sites alone */
	const char *party, *knowledge, *keys; /* as in np_run_conf */
	int32_t as_of;			      /* the day asked about */
	bool json, all;
};

/*
 * Says what may be said of silence and until when, of a run that
 * np_run_dossier() has filled. 1: a declared place was not looked at, or a
 * sentence holds no longer; 0: neither; negative: it could not, reterr says
 * why (NP_EINPUT: the universe's file is wrong).
 */
int np_verify_silence(struct np_run *r, const struct np_silence_options *o,
		      struct np_err *reterr);
/* The same of a dossier that nobody has opened yet. */
int np_verify_silence_of(const char *dossier,
			 const struct np_silence_options *o,
			 struct np_err *reterr);
#endif

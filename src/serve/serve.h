/* SPDX-License-Identifier: ISC */
/*
 * A dossier by HTTP: the page of `report -o X.html`, live, and /api/v1. What
 * it does not do by itself is in worker.h.
 *
 *	ask.h	what was asked, read from octets
 *	gate.h	who asks: accounts, sessions, how often
 *	route.h	who may ask what
 *	http.h	the library
 */
#ifndef NP_SERVE_H
#define NP_SERVE_H
#include "core/minisign.h"
#include "run.h"
#include "serve/gate.h"

struct np_serve_conf {
	struct np_run_conf run; /* dossier, knowledge, party, keys … */
	const char *address;	/* NULL: 127.0.0.1, where nobody but this
				   machine comes; another wants accounts */
	bool v6;		/* [::1] too */
	unsigned port;		/* 0: any that is free */
	const char *name;    /* what it is called besides: "np.example.net" */
	bool tls;	     /* a proxy before it speaks TLS: cookies are
				for TLS alone */
	const char *users;   /* file of accounts, or NULL */
	enum np_role role;   /* whom the one-time address lets in, as … */
	const char *by;	     /* … this name */
	unsigned rate;	     /* requests a second of a session; 0: any */
	uint64_t upload_max; /* octets of a capture */
	/* Statements' key, or NULL. It is wiped here as soon as the process
	 * that writes has it: the one that speaks HTTP has none. */
	struct np_minisign_secret *key;
	/* Called once it listens, with the address to open: its token is good
	 * once. NULL where accounts let in. */
	void (*ready)(void *ctx, const char *url, const char *url6);
	/* What went wrong meanwhile, and is no client's business. */
	void (*say)(void *ctx, const struct np_err *e);
	void *ctx;
	const volatile int *stop;
};

/* Serves until *stop. NP_EUSAGE: the configuration; NP_EABSENT: a build without
 * HTTP. Nobody may have started a thread before. */
int np_serve(const struct np_serve_conf *conf, struct np_err *reterr);
#endif

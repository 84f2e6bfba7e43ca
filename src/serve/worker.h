/* SPDX-License-Identifier: ISC */
/*
 * The process that writes. It is forked before the server has a thread, holds
 * the key, and does one piece of work at a time, each in a process of its own:
 * reads a capture into the dossier as `audit -o` does, or signs a statement as
 * `attest`, `dispute` and `waive` do. What it is sent is checked again there,
 * since who speaks HTTP may have been taken over; it cannot sign by itself, nor
 * write into the dossier but through here.
 */
#ifndef NP_WORKER_H
#define NP_WORKER_H
#include "core/minisign.h"
#include "policy/statement.h"
#include "run.h"
#include "serve/ask.h"
#include "serve/gate.h"
#include <sys/types.h>

#define NP_WORK_NAME 128
#define NP_WORK_TEXT 512

enum np_work_kind { NP_W_READ, NP_W_STATE, NP_W_KINDS };

/* One message, as it is. Texts end with a NUL. */
struct np_work {
	uint64_t job;
	uint32_t kind;	 /* enum np_work_kind */
	uint32_t body_n; /* state: octets of the form */
	char by[NP_ACCOUNT_NAME + 1];
	char name[NP_WORK_NAME];   /* read: what the source is called */
	char site[NP_WORK_NAME];   /* read: where it stands, or "" */
	char file[NP_WORK_NAME];   /* read: in the spool folder */
	char body[NP_MEMBERS_MAX]; /* state: the form as JSON */
};

enum np_work_state {
	NP_WORK_WAITS,
	NP_WORK_RUNS,
	NP_WORK_DONE,
	NP_WORK_PARTLY,	 /* read as far as it could be */
	NP_WORK_REFUSED, /* what was asked is not possible: text says why */
	NP_WORK_FAILED,
};

struct np_work_told {
	uint64_t job, frames, octets;
	uint32_t state;
	char text[NP_WORK_TEXT]; /* an id, or what is wrong */
};

struct np_worker_conf {
	struct np_run_conf run; /* dossier, knowledge, party, keys … */
	const struct np_minisign_secret *key; /* NULL: nothing is signed */
	const char *spool;		      /* folder of what is read in */
};

struct np_worker {
	pid_t pid;
	int fd;
};

/* Before any thread. */
int np_worker_open(const struct np_worker_conf *conf, struct np_worker *ret,
		   struct np_err *reterr);
/* Sends work; false: it is not there any more, or has too much. */
bool np_worker_send(const struct np_worker *w, const struct np_work *work);
/* 1: *ret is what it told, 0: nothing for so many milliseconds, -1: it is not
 * there any more. */
int np_worker_told(const struct np_worker *w, int ms, struct np_work_told *ret);
/* Ends it, and what it is at: that leaves the dossier as it was. */
void np_worker_close(struct np_worker *w);

/* The members of a statement's form; NULL ends them. */
extern const char *const np_state_members[];
/* Its kind ("attest" …, "second"); false: none of them. */
bool np_state_kind(const struct np_members *f, enum np_stating *ret);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Takes from this process what a decoder does not need: no file, no socket, no
 * other process. What is open stays open. Landlock where the kernel has it,
 * seccomp everywhere; a forbidden call ends the process (opening a file only
 * fails, since libraries try that politely).
 */
#ifndef NP_CONFINE_H
#define NP_CONFINE_H
#include "core/err.h"
#include <stdbool.h>

struct np_confined {
	bool seccomp, landlock;
	int landlock_abi;
};

/* Landlock's ABI in the kernel that runs; below 1: it has none. */
int np_landlock_abi(void);

/* 0, or NP_EIO when seccomp could not be set: then do not read on. */
int np_confine(struct np_confined *ret, struct np_err *reterr);
/* The same for who asks over a socket that is open already: it may send,
 * receive and wait too, and open no other. */
int np_confine_asking(struct np_confined *ret, struct np_err *reterr);
#endif

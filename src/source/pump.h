/* SPDX-License-Identifier: ISC */
/*
 * Reads and unpacks ahead of who decodes, on a thread of its own: a second
 * core does the copying. Octets pass in a ring of buffers, each with room
 * before it for what is left over of the one before; nothing is copied twice.
 */
#ifndef NP_PUMP_H
#define NP_PUMP_H
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_intake;
struct np_pump;

struct np_ready {
	uint8_t *p; /* NP_FEED_MAX octets before it may be written */
	size_t n;   /* NP_FEED_MAX, fewer in the last one */
	uint64_t bytes_in;
};

/* Makes the thread; it confines itself (core/confine.h) before it reads
 * anything, as who decodes must. NULL, and why, when either fails. */
struct np_pump *np_pump_new(struct np_err *reterr);
/* Begins to read: the intake is the pump's until np_pump_next() gives false or
 * np_pump_stop() returns. */
void np_pump_start(struct np_pump *p, struct np_intake *in);
/* The next octets, waited for; false when nothing comes any more. They stay
 * until np_pump_release() has been called for them, which is done after the
 * next ones were taken. */
bool np_pump_next(struct np_pump *p, struct np_ready *ret);
/* Gives back all but what was taken last. */
void np_pump_release(struct np_pump *p);
void np_pump_stop(struct np_pump *p);
/* Ends the thread. */
void np_pump_free(struct np_pump *p);
#endif

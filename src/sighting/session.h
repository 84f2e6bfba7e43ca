/* SPDX-License-Identifier: ISC */
/*
 * One passive fact for services: an answer of a managed box that belongs to the
 * operator goes to somebody outside of the operator's prefixes. Address and
 * count; never who that is.
 */
#ifndef NP_SESSION_H
#define NP_SESSION_H
#include "sighting/sighting.h"

/* How a payload of this protocol shows that its sender is managed by whom it
 * goes to, over a prefix's edge; NULL: it does not. */
const char *np_session_service(const struct np_seal_rules *rules,
			       const struct np_from *f,
			       const struct np_proto *proto);
/* Writes that statement: `o` is open and empty, of np_proto_session. */
void np_session_say(struct np_out *o, const char *service);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Who may ask what: routes.def, a line a route, and states.def, a line a kind
 * of statement. Nothing is reached that stands in neither; the tests go through
 * both with every role and with nobody.
 */
#ifndef NP_ROUTE_H
#define NP_ROUTE_H
#include "policy/statement.h"
#include "serve/ask.h"
#include "serve/gate.h"
#include "serve/http.h"

#define NP_MAY_ANYBODY 0u /* without a session too */
enum {
#define NP_ROLE(name, NAME, audience, line)                                    \
	NP_MAY_##NAME = 1u << NP_ROLE_##NAME,
#include "serve/roles.def"
#undef NP_ROLE
	NP_MAY_EVERYBODY = (1u << NP_ROLES) - 1, /* with a session */
};

enum np_body {
	NP_BODY_NONE,
	NP_BODY_FORM, /* a small JSON object, in memory */
	NP_BODY_FILE, /* goes to a file as it comes */
};

struct np_talk;
/* Fills the answer, or says that it comes later. */
typedef enum np_http_step np_route_fn(struct np_talk *t,
				      struct np_http_answer *a);

struct np_route {
	enum np_http_method method;
	const char *path; /* "/api/v1/devices/{id}" */
	unsigned may;	  /* NP_MAY_… of those who may */
	enum np_body body;
	np_route_fn *run;
	const char *name; /* of the handler */
};
extern const struct np_route np_routes[]; /* ends with a NULL path */

#define NP_ROUTE(METHOD, path, may, BODY, name) np_route_fn np_route_##name;
#include "serve/routes.def"
#undef NP_ROUTE

/* The route of a request; NULL: none. *ret_allow gets the methods that the path
 * has ("GET, POST"), or "". */
const struct np_route *np_route_find(const struct np_ask *a,
				     char ret_allow[static 64]);
const char *np_method_name(enum np_http_method m);
/* NP_MAY_… of the roles that may state this. */
unsigned np_may_state(enum np_stating kind);
/* Does the set have the role? */
static inline bool np_may(unsigned may, enum np_role r)
{
	return may & 1u << r;
}
/* Both tables as JSON: for those who test, or ask. */
void np_routes_put(struct np_buf *b);
#endif

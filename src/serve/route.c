/* SPDX-License-Identifier: ISC */
#include "serve/route.h"
#include "proto/proto.h"

/* The tables' words. */
#define ANYBODY NP_MAY_ANYBODY
#define EVERYBODY NP_MAY_EVERYBODY
#define VIEWER NP_MAY_VIEWER
#define ANALYST NP_MAY_ANALYST
#define PLANNER NP_MAY_PLANNER
#define CERTIFIER NP_MAY_CERTIFIER
#define AUDITOR NP_MAY_AUDITOR

const struct np_route np_routes[] = {
#define NP_ROUTE(METHOD, path, may, BODY, name)                                \
	{NP_##METHOD, path, may, NP_BODY_##BODY, np_route_##name, #name},
#include "serve/routes.def"
#undef NP_ROUTE
	{NP_GET, NULL, 0, NP_BODY_NONE, NULL, NULL}};

unsigned np_may_state(enum np_stating kind)
{
	static const unsigned may[NP_S_KINDS] = {
#define NP_MAY_STATE(KIND, may) [NP_S_##KIND] = (may),
#include "serve/states.def"
#undef NP_MAY_STATE
	};

	return kind < NP_S_KINDS ? may[kind] : 0;
}

const char *np_method_name(enum np_http_method m)
{
	static const char *const names[] = {
		[NP_GET] = "GET", [NP_POST] = "POST", [NP_DELETE] = "DELETE"};

	return m < NP_COUNT(names) ? names[m] : "?";
}

static bool is_at(const char *path, const struct np_ask *a)
{
	size_t i = 0;

	for (path++; *path; i++) {
		size_t n = strcspn(path, "/");

		if (i == a->nparts ||
		    (*path != '{' && (strlen(a->part[i]) != n ||
				      memcmp(a->part[i], path, n) != 0)))
			return false;
		path += n + (path[n] == '/');
	}
	return i == a->nparts;
}

const struct np_route *np_route_find(const struct np_ask *a,
				     char ret_allow[static 64])
{
	const struct np_route *found = NULL;
	struct np_buf b = np_buf(64);

	for (const struct np_route *r = np_routes; r->path; r++) {
		if (!is_at(r->path, a))
			continue;
		np_puts(&b, b.n ? ", " : "");
		np_puts(&b, np_method_name(r->method));
		if (r->method == a->method)
			found = r;
	}
	ret_allow[0] = '\0';
	if (b.n && !b.failed)
		memcpy(ret_allow, b.p, b.n + 1);
	np_buf_free(&b);
	return found;
}

static void put_roles(unsigned may, struct np_buf *b)
{
	bool any = false;

	np_puts(b, ",\"roles\":[");
	for (unsigned i = 0; i < NP_ROLES; i++) {
		if (!np_may(may, (enum np_role)i))
			continue;
		np_putf(b, "%s\"%s\"", any ? "," : "",
			np_role_name((enum np_role)i));
		any = true;
	}
	np_putc(b, ']');
}

void np_routes_put(struct np_buf *b)
{
	np_puts(b, "{\"schema\":\"nameplate.routes/1\",\"routes\":[");
	for (const struct np_route *r = np_routes; r->path; r++) {
		np_putf(b, "%s\n{\"method\":\"%s\",\"path\":\"%s\"",
			r == np_routes ? "" : ",", np_method_name(r->method),
			r->path);
		np_putf(b, ",\"anybody\":%s", r->may ? "false" : "true");
		put_roles(r->may ? r->may : NP_MAY_EVERYBODY, b);
		np_putc(b, '}');
	}
	np_puts(b, "],\n\"statements\":[");
	for (int k = 0; k < NP_S_KINDS; k++) {
		np_putf(b, "%s\n{\"kind\":\"%s\"", k ? "," : "",
			np_stating_name((enum np_stating)k));
		put_roles(np_may_state((enum np_stating)k), b);
		np_putc(b, '}');
	}
	np_puts(b, "]}\n");
}

/* SPDX-License-Identifier: ISC */
/*
 * What a client asks, read from the octets that it sent: pure functions, which
 * a fuzz target feeds (tests/fuzz/fuzz_serve.c). Anything that is not in the
 * one plain form is refused: a path with "..", a doubled slash, an escape that
 * is none, a Host that is not this server's, two of a header that counts.
 */
#ifndef NP_ASK_H
#define NP_ASK_H
#include "core/buf.h"
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The headers that count. */
#define NP_ASK_HEADERS(XX)                                                     \
	XX(host, "Host")                                                       \
	XX(origin, "Origin")                                                   \
	XX(cookie, "Cookie")                                                   \
	XX(accept, "Accept")                                                   \
	XX(encoding, "Accept-Encoding")                                        \
	XX(match, "If-None-Match")                                             \
	XX(type, "Content-Type")                                               \
	XX(length, "Content-Length")                                           \
	XX(csrf, "X-Nameplate")                                                \
	XX(fetch, "Sec-Fetch-Site")

struct np_ask_raw {
	const char *method, *target; /* as sent: nothing is decoded */
	const char *address;	     /* of the client, a number */
#define XX(name, header) const char *name;
	NP_ASK_HEADERS(XX)
#undef XX
	bool twice; /* one of them stands twice */
};

enum np_http_method { NP_GET, NP_POST, NP_DELETE, NP_OTHER_METHOD };

#define NP_ASK_TARGET 2048
#define NP_ASK_PARTS 8
#define NP_ASK_PAIRS 12
#define NP_ASK_SECRET 64 /* hex digits of what a session is known by */

struct np_ask {
	enum np_http_method method;
	const char *part[NP_ASK_PARTS]; /* "/a/b": "a", "b" */
	size_t nparts;
	struct {
		const char *name, *value;
	} pair[NP_ASK_PAIRS];
	size_t npairs;
	const char *session; /* hex, or NULL */
	const char *csrf;    /* what the header says, or NULL */
	const char *match;   /* If-None-Match, or NULL */
	bool lines;	     /* wants application/x-ndjson */
	bool gzip;	     /* takes gzip */
	bool json;	     /* sends application/json */
	bool octets;	     /* sends application/octet-stream */
	uint64_t length;     /* of its body; UINT64_MAX: not said */
	char text[NP_ASK_TARGET + 1];
	char secret[NP_ASK_SECRET + 1];
};

/* The names that this server answers to, lower case: "127.0.0.1:8640". */
struct np_hosts {
	char name[8][80];
	size_t n;
};
/* False: too long, too many, or no name. */
bool np_hosts_add(struct np_hosts *h, const char *name);

/* Reads a request. 0, or the HTTP status that refuses it; *ret_why is then a
 * constant sentence. `cookie` is the name of the session's. */
unsigned np_ask_read(const struct np_ask_raw *raw, const struct np_hosts *hosts,
		     const char *cookie, struct np_ask *ret,
		     const char **ret_why);
/* The value of a parameter; NULL: there is none. */
const char *np_ask_get(const struct np_ask *a, const char *name);
/* Does If-None-Match name this tag (with its quotes)? */
bool np_ask_has(const struct np_ask *a, const char *etag);
/* A number without sign, whole; false: it is none, or more than max. */
bool np_ask_number(const char *s, uint64_t max, uint64_t *ret);
/* What a file that is sent may be called: its last part, without what a
 * terminal would obey. False: nothing is left. */
bool np_ask_file(const char *s, char *to, size_t cap);

/* ---- bodies: one JSON object whose members are all texts */

#define NP_MEMBERS_N 16
#define NP_MEMBERS_MAX ((size_t)32 << 10)

struct np_members {
	struct {
		const char *name, *value;
	} v[NP_MEMBERS_N];
	size_t n;
	void *own; /* np_members_free() */
};
/* Members may be those that `names` lists ("user", "password", NULL), each
 * once; null counts as not there. False: *ret_why (a constant) says why not.
 * The texts hold no control characters but a line break and no NUL. */
bool np_members_read(const char *text, size_t n, const char *const *names,
		     struct np_members *ret, const char **ret_why);
const char *np_members_get(const struct np_members *f, const char *name);
/* Wipes what was read. */
void np_members_free(struct np_members *f);
#endif

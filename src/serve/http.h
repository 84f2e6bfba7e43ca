/* SPDX-License-Identifier: ISC */
/*
 * HTTP/1.1, borrowed from libmicrohttpd (LGPL 2.1 or later, linked
 * dynamically). Nothing else here knows that library; nothing in this file
 * knows what is served.
 *
 * A few threads share all connections and wait for none: who is slow, or gone,
 * costs a slot. A connection has its deadline, which only progress moves: for
 * the head of a request, for its body by a least rate, for the answer likewise.
 */
#ifndef NP_HTTP_H
#define NP_HTTP_H
#include "core/err.h"
#include "serve/ask.h"
#include <stdint.h>

/* Octets that several answers share; freed with the last of them. */
struct np_octets;
/* Takes over `p` (malloc'ed), also when it fails. NULL: memory is out. */
struct np_octets *np_octets(char *p, size_t n);
struct np_octets *np_octets_share(struct np_octets *o);
void np_octets_drop(struct np_octets *o); /* NULL: nothing */
const char *np_octets_at(const struct np_octets *o, size_t *ret_n);

#define NP_HTTP_HEADERS 14
#define NP_HTTP_TEXT 2048 /* octets of all their values */

/* Writes at most n octets of a body that is made while it is sent; 0: it is
 * over, negative: it cannot go on, and the connection is cut. */
typedef int64_t np_stream_fn(void *ctx, char *to, size_t n);

struct np_http_answer {
	unsigned status;
	struct np_octets *body; /* dropped when it is sent; NULL: empty … */
	np_stream_fn *stream;	/* … or as it comes; */
	void (*stream_end)(void *ctx);
	void *stream_ctx;
	struct {
		const char *name; /* constant */
		size_t at;	  /* of its value in the text */
	} headers[NP_HTTP_HEADERS];
	size_t nheaders, text_n;
	char text[NP_HTTP_TEXT];
};
/* Adds a header; one that is too long, or too many, is left out. */
void np_http_header(struct np_http_answer *a, const char *name,
		    const char *value);

struct np_http_client; /* one request, while it lasts */
/* Inside finish(), which is to say NP_HTTP_LATER then: no thread waits for it.
 * Who wakes it (any thread, once for each) has finish() called again. */
void np_http_suspend(struct np_http_client *c);
void np_http_resume(struct np_http_client *c);

enum np_http_step {
	NP_HTTP_GO_ON,	/* read the body, or answer now that it was read */
	NP_HTTP_ANSWER, /* it is filled already: what follows is not read */
	NP_HTTP_LATER,	/* nobody waits: np_http_resume() */
};

/* Called from several threads, for one request from one at a time. */
struct np_http_calls {
	/* The head is there. *ret_talk is the request's from here. */
	enum np_http_step (*begin)(void *ctx, const struct np_ask_raw *raw,
				   struct np_http_client *c, void **ret_talk,
				   struct np_http_answer *ret);
	/* More of its body; false cuts the connection. */
	bool (*body)(void *ctx, void *talk, const char *p, size_t n);
	/* All of it is there. */
	enum np_http_step (*finish)(void *ctx, void *talk,
				    struct np_http_answer *ret);
	/* Answered, or cut. */
	void (*end)(void *ctx, void *talk);
	void *ctx;
};

struct np_http_conf {
	const char *address; /* a number: "127.0.0.1", "::1" */
	uint16_t port;	     /* 0: any that is free */
	unsigned threads, connections, per_address;
	unsigned patience; /* seconds for a head, and before rates count */
	struct np_http_calls calls;
};

struct np_http;
/* Takes the port; nobody is answered yet. NP_EABSENT: a build without the
 * library. NP_EIO: no such address here, or the port is taken. */
int np_http_open(const struct np_http_conf *conf, struct np_http **ret,
		 struct np_err *reterr);
uint16_t np_http_port(const struct np_http *h);
/* From here on calls come. */
int np_http_start(struct np_http *h, struct np_err *reterr);
/* No new connections from here; who waits is to be resumed. */
void np_http_quiesce(struct np_http *h);
/* Ends all threads; NULL: nothing. */
void np_http_close(struct np_http *h);
bool np_http_there(void);
#endif

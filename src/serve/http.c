/* SPDX-License-Identifier: ISC */
#include "serve/http.h"
#include "proto/proto.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Octets a second below which a body or an answer counts as stopped, once the
 * patience is used up. */
#define LEAST_RATE 4096.0
#define OURS 3600.0 /* while it is for us to do something */
#define BACKLOG 256
#define CONNECTION_MEMORY (24u * 1024) /* the head of a request fits */
#define PIECE (32u * 1024)	       /* of a body that is made meanwhile */

/* A connection, from its first octet to its last. Requests come one behind the
 * other in it. */
struct link {
	struct link *next, *prev;
	int fd;
	double due; /* when it is cut */
	char address[INET6_ADDRSTRLEN];
};

struct np_http_client {
	struct np_http *h;
	struct MHD_Connection *c;
	struct link *link;
	char *target;
	void *talk;
	bool begun, answered;
	struct np_http_answer *held; /* for when the library wants it */
	double since;		     /* when its head was there */
	uint64_t had;		     /* octets of its body */
};

struct np_http {
	struct np_http_conf conf;
	struct MHD_Daemon *daemon;
	int fd; /* that it is to listen at; -1: it does */
	uint16_t port;
	pthread_mutex_t lock; /* of the links */
	struct link links;    /* a ring; itself is none */
	pthread_t sweeper;
	pthread_cond_t over;
	bool sweeping, stop;
};

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- deadlines */

static void set_due(struct np_http *h, struct link *l, double due)
{
	if (!l)
		return;
	(void)pthread_mutex_lock(&h->lock);
	l->due = due;
	(void)pthread_mutex_unlock(&h->lock);
}

static void *sweep(void *http)
{
	struct np_http *h = http;

	(void)pthread_mutex_lock(&h->lock);
	while (!h->stop) {
		struct timespec t;
		double s = now();

		for (struct link *l = h->links.next; l != &h->links;
		     l = l->next)
			if (l->due < s)
				(void)shutdown(l->fd, SHUT_RDWR);
		(void)clock_gettime(CLOCK_REALTIME, &t);
		t.tv_sec++;
		(void)pthread_cond_timedwait(&h->over, &h->lock, &t);
	}
	(void)pthread_mutex_unlock(&h->lock);
	return NULL;
}

static void link_address(struct link *l, const struct sockaddr *a)
{
	const void *from = NULL;

	if (a->sa_family == AF_INET)
		from = (const char *)a + offsetof(struct sockaddr_in, sin_addr);
	else if (a->sa_family == AF_INET6)
		from = (const char *)a +
		       offsetof(struct sockaddr_in6, sin6_addr);
	if (!from ||
	    !inet_ntop(a->sa_family, from, l->address, sizeof(l->address)))
		l->address[0] = '\0';
}

static void on_connection(void *http, struct MHD_Connection *c, void **ctx,
			  enum MHD_ConnectionNotificationCode what)
{
	struct np_http *h = http;
	struct link *l = *ctx;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *fd = MHD_get_connection_info(
			c, MHD_CONNECTION_INFO_CONNECTION_FD);
		const union MHD_ConnectionInfo *a = MHD_get_connection_info(
			c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

		l = calloc(1, sizeof(*l));
		*ctx = l;
		if (!l || !fd || !a)
			return;
		l->fd = fd->connect_fd;
		l->due = now() + h->conf.patience;
		link_address(l, a->client_addr);
		(void)pthread_mutex_lock(&h->lock);
		l->next = h->links.next;
		l->prev = &h->links;
		l->next->prev = l;
		h->links.next = l;
		(void)pthread_mutex_unlock(&h->lock);
	} else if (l) {
		(void)pthread_mutex_lock(&h->lock);
		if (l->next) {
			l->next->prev = l->prev;
			l->prev->next = l->next;
		}
		(void)pthread_mutex_unlock(&h->lock);
		free(l);
		*ctx = NULL;
	}
}

/* ---- answers */

static void drop(void *octets)
{
	np_octets_drop(octets);
}

struct streaming {
	np_stream_fn *fn;
	void (*end)(void *ctx);
	void *ctx;
	struct np_http *h;
	struct link *l;
	double since;
	uint64_t sent;
};

static ssize_t stream(void *ctx, uint64_t at, char *to, size_t n)
{
	struct streaming *s = ctx;
	int64_t k = s->fn(s->ctx, to, n);

	(void)at;
	if (k <= 0)
		return k ? MHD_CONTENT_READER_END_WITH_ERROR
			 : MHD_CONTENT_READER_END_OF_STREAM;
	/* called again when what it made before has been taken */
	s->sent += (uint64_t)k;
	set_due(s->h, s->l,
		s->since + 2 * s->h->conf.patience +
			(double)s->sent / LEAST_RATE);
	return (ssize_t)k;
}

static void stream_end(void *ctx)
{
	struct streaming *s = ctx;

	s->end(s->ctx);
	free(s);
}

static struct MHD_Response *streamed(struct np_http_client *c,
				     struct np_http_answer *a)
{
	struct streaming *s = malloc(sizeof(*s));
	struct MHD_Response *r;

	if (!s) {
		a->stream_end(a->stream_ctx);
		return NULL;
	}
	*s = (struct streaming){a->stream, a->stream_end, a->stream_ctx,
				c->h,	   c->link,	  now(),
				0};
	r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, stream,
					      s, stream_end);
	if (!r)
		stream_end(s);
	return r;
}

static struct MHD_Response *response_of(struct np_http_client *c,
					struct np_http_answer *a, size_t *ret_n)
{
	struct MHD_Response *r;
	void *p;

	*ret_n = 0;
	if (a->stream)
		return streamed(c, a);
	if (!a->body)
		return MHD_create_response_from_buffer(0, NULL,
						       MHD_RESPMEM_PERSISTENT);
	/* the library takes it as writable, and does not write */
	{
		const char *q = np_octets_at(a->body, ret_n);

		memcpy(&p, &q, sizeof(p));
	}
	r = MHD_create_response_from_buffer_with_free_callback_cls(
		*ret_n, p, drop, a->body);
	if (!r)
		np_octets_drop(a->body);
	return r;
}

static enum MHD_Result send_answer(struct np_http_client *c,
				   struct np_http_answer *a)
{
	size_t n;
	unsigned status = a->status;
	struct MHD_Response *r = response_of(c, a, &n);
	enum MHD_Result rc;

	if (!r) {
		free(c->held);
		c->held = NULL;
		return MHD_NO;
	}
	for (size_t i = 0; i < a->nheaders; i++)
		(void)MHD_add_response_header(r, a->headers[i].name,
					      a->text + a->headers[i].at);
	c->answered = true;
	free(c->held); /* it may be this one, which is sent */
	c->held = NULL;
	set_due(c->h, c->link,
		now() + 2 * c->h->conf.patience + (double)n / LEAST_RATE);
	rc = MHD_queue_response(c->c, status, r);
	MHD_destroy_response(r);
	return rc;
}

/* ---- requests */

static enum MHD_Result take_header(void *ctx, enum MHD_ValueKind kind,
				   const char *name, const char *value)
{
	struct np_ask_raw *raw = ctx;
	static const struct {
		const char *name;
		size_t at;
	} known[] = {
#define XX(member, header) {header, offsetof(struct np_ask_raw, member)},
		NP_ASK_HEADERS(XX)
#undef XX
	};

	(void)kind;
	for (size_t i = 0; i < NP_COUNT(known); i++) {
		const char **to =
			(const char **)(void *)((char *)raw + known[i].at);

		if (strcasecmp(known[i].name, name) != 0)
			continue;
		raw->twice |= *to != NULL;
		*to = value ? value : "";
	}
	return MHD_YES;
}

static enum MHD_Result step(struct np_http_client *c, enum np_http_step what,
			    struct np_http_answer *a)
{
	return what == NP_HTTP_ANSWER ? send_answer(c, a) : MHD_YES;
}

/* An answer before the body was read ends the connection; where there is none,
 * the connection may stay, if the library is answered when it asks again. */
static bool has_body(struct np_http_client *c, const struct np_ask_raw *raw)
{
	return (raw->length && strcmp(raw->length, "0") != 0) ||
	       MHD_lookup_connection_value(c->c, MHD_HEADER_KIND,
					   MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

static void drop_answer(struct np_http_answer *a)
{
	if (a->stream)
		a->stream_end(a->stream_ctx);
	np_octets_drop(a->body);
}

static enum MHD_Result hold(struct np_http_client *c,
			    const struct np_http_answer *a)
{
	c->held = malloc(sizeof(*c->held));
	if (!c->held)
		return MHD_NO;
	*c->held = *a;
	return MHD_YES;
}

static enum MHD_Result begin(struct np_http_client *c, const char *method,
			     struct np_http_answer *a)
{
	struct np_http *h = c->h;
	struct np_ask_raw raw = {.method = method, .target = c->target};
	enum np_http_step what;

	c->begun = true;
	c->since = now();
	set_due(h, c->link, c->since + OURS);
	raw.address = c->link ? c->link->address : "";
	(void)MHD_get_connection_values(c->c, MHD_HEADER_KIND, take_header,
					&raw);
	what = h->conf.calls.begin(h->conf.calls.ctx, &raw, c, &c->talk, a);
	if (what == NP_HTTP_GO_ON) {
		c->since = now();
		set_due(h, c->link, c->since + h->conf.patience);
	}
	return what == NP_HTTP_ANSWER && !has_body(c, &raw) ? hold(c, a)
							    : step(c, what, a);
}

static enum MHD_Result more(struct np_http_client *c, const char *p, size_t *n)
{
	struct np_http *h = c->h;
	size_t k = *n;

	*n = 0;
	if (c->answered) /* what follows is read away */
		return MHD_YES;
	c->had += k;
	set_due(h, c->link,
		c->since + h->conf.patience + (double)c->had / LEAST_RATE);
	return h->conf.calls.body(h->conf.calls.ctx, c->talk, p, k) ? MHD_YES
								    : MHD_NO;
}

static enum MHD_Result finish(struct np_http_client *c,
			      struct np_http_answer *a)
{
	struct np_http *h = c->h;
	enum np_http_step what;

	set_due(h, c->link, c->since + OURS);
	what = h->conf.calls.finish(h->conf.calls.ctx, c->talk, a);
	return step(c, what, a);
}

static enum MHD_Result on_request(void *http, struct MHD_Connection *mc,
				  const char *url, const char *method,
				  const char *version, const char *p, size_t *n,
				  void **ctx)
{
	struct np_http_client *c = *ctx;
	struct np_http_answer a;

	(void)http;
	(void)url;
	(void)version;
	if (!c || !c->target)
		return MHD_NO;
	memset(&a, 0, offsetof(struct np_http_answer, text));
	if (!c->begun) {
		const union MHD_ConnectionInfo *i = MHD_get_connection_info(
			mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

		c->c = mc;
		c->link = i ? i->socket_context : NULL;
		return begin(c, method, &a);
	}
	if (*n)
		return more(c, p, n);
	if (c->held)
		return send_answer(c, c->held);
	return c->answered ? MHD_YES : finish(c, &a);
}

/* The target as it was sent; what this gives is the request's from here. */
static void *on_target(void *http, const char *target, struct MHD_Connection *c)
{
	struct np_http_client *x = calloc(1, sizeof(*x));

	(void)c;
	if (!x)
		return NULL;
	x->h = http;
	x->target = strdup(target);
	return x;
}

static void on_over(void *http, struct MHD_Connection *mc, void **ctx,
		    enum MHD_RequestTerminationCode why)
{
	struct np_http *h = http;
	struct np_http_client *c = *ctx;

	(void)mc;
	(void)why;
	if (!c)
		return;
	if (c->begun && c->talk)
		h->conf.calls.end(h->conf.calls.ctx, c->talk);
	set_due(h, c->link, now() + h->conf.patience);
	if (c->held)
		drop_answer(c->held);
	free(c->held);
	free(c->target);
	free(c);
	*ctx = NULL;
}

void np_http_suspend(struct np_http_client *c)
{
	MHD_suspend_connection(c->c);
}

void np_http_resume(struct np_http_client *c)
{
	MHD_resume_connection(c->c);
}

/* ---- opening */

/* Nothing is decoded there: ask.c does, and refuses. */
static size_t as_it_is(void *ctx, struct MHD_Connection *c, char *s)
{
	(void)ctx;
	(void)c;
	return strlen(s);
}

static bool address_of(const char *text, uint16_t port,
		       struct sockaddr_storage *to)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET,
				 .sin_port = htons(port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
				  .sin6_port = htons(port)};

	memset(to, 0, sizeof(*to));
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		memcpy(to, &v4, sizeof(v4));
	else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
		memcpy(to, &v6, sizeof(v6));
	else
		return false;
	return true;
}

/* The port is known before anybody is answered: what a server is called has
 * it. -1: the system refused. */
static int listening(const struct sockaddr_storage *a, uint16_t *ret_port)
{
	socklen_t n = a->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6)
					       : sizeof(struct sockaddr_in);
	int fd = socket(a->ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	struct sockaddr_storage own = {0};
	socklen_t own_n = sizeof(own);
	struct sockaddr_in v4;

	if (fd < 0)
		return -1;
	/* not another's, but one that this program left a moment ago */
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (a->ss_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on,
				 sizeof(on));
	if (bind(fd, (const struct sockaddr *)a, n) < 0 ||
	    listen(fd, BACKLOG) < 0 ||
	    getsockname(fd, (struct sockaddr *)&own, &own_n) < 0) {
		(void)close(fd);
		return -1;
	}
	/* the port stands at the same place in both */
	memcpy(&v4, &own, sizeof(v4));
	*ret_port = ntohs(v4.sin_port);
	return fd;
}

static struct MHD_Daemon *start(struct np_http *h)
{
	const struct np_http_conf *c = &h->conf;
	/* Not by epoll: there the library asks about changes alone, and misses
	 * a client that is gone with its last octets. */
	unsigned flags =
		MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;

	return MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, h, MHD_OPTION_LISTEN_SOCKET,
		h->fd, MHD_OPTION_THREAD_POOL_SIZE, c->threads,
		MHD_OPTION_CONNECTION_LIMIT, c->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->per_address,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK,
		as_it_is, NULL, MHD_OPTION_URI_LOG_CALLBACK, on_target, h,
		MHD_OPTION_NOTIFY_COMPLETED, on_over, h,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, h, MHD_OPTION_END);
}

int np_http_open(const struct np_http_conf *conf, struct np_http **ret,
		 struct np_err *reterr)
{
	struct np_http *h = calloc(1, sizeof(*h));
	struct sockaddr_storage a;

	*ret = NULL;
	if (!h)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	h->conf = *conf;
	h->fd = -1;
	h->links.next = h->links.prev = &h->links;
	(void)pthread_mutex_init(&h->lock, NULL);
	(void)pthread_cond_init(&h->over, NULL);
	if (!address_of(conf->address, conf->port, &a)) {
		np_http_close(h);
		return np_fail(reterr, NP_EUSAGE,
			       "expected an address as a number", conf->address,
			       0);
	}
	h->fd = listening(&a, &h->port);
	if (h->fd < 0) {
		np_http_close(h);
		return np_fail(reterr, NP_EIO,
			       "cannot listen there: the address is not this "
			       "machine's, or the port is taken",
			       conf->address, conf->port);
	}
	*ret = h;
	return NP_OK;
}

uint16_t np_http_port(const struct np_http *h)
{
	return h->port;
}

int np_http_start(struct np_http *h, struct np_err *reterr)
{
	h->daemon = start(h);
	if (h->daemon) {
		h->fd = -1; /* the daemon's */
		h->sweeping = pthread_create(&h->sweeper, NULL, sweep, h) == 0;
	}
	return h->sweeping ? NP_OK
			   : np_fail(reterr, NP_EIO, "cannot start a thread",
				     NULL, 0);
}

void np_http_quiesce(struct np_http *h)
{
	MHD_socket s = MHD_quiesce_daemon(h->daemon);

	if (s != MHD_INVALID_SOCKET)
		(void)close(s);
}

void np_http_close(struct np_http *h)
{
	if (!h)
		return;
	if (h->fd >= 0)
		(void)close(h->fd);
	if (h->daemon)
		MHD_stop_daemon(h->daemon);
	(void)pthread_mutex_lock(&h->lock);
	h->stop = true;
	(void)pthread_cond_signal(&h->over);
	(void)pthread_mutex_unlock(&h->lock);
	if (h->sweeping)
		(void)pthread_join(h->sweeper, NULL);
	(void)pthread_cond_destroy(&h->over);
	(void)pthread_mutex_destroy(&h->lock);
	free(h);
}

bool np_http_there(void)
{
	return true;
}

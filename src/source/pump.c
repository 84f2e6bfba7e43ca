/* SPDX-License-Identifier: ISC */
#include "source/pump.h"
#include "core/confine.h"
#include "source/reader.h"
#include <pthread.h>
#include <stdlib.h>

#define SLOTS 8

struct slot {
	uint8_t *buf; /* NP_FEED_MAX of room, then NP_FEED_MAX of octets */
	size_t n;
	uint64_t bytes_in;
};

struct np_pump {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled, freed;
	struct slot slot[SLOTS];
	/* Slots filled, taken and given back until now. */
	size_t in, out, back;
	struct np_intake *intake; /* NULL: idle */
	struct np_err error;
	int confined; /* 1: yes; -1: error says why not */
	bool ended;   /* nothing more comes */
	bool stop, quit;
};

/* Fills a buffer as far as the source goes. */
static bool fill(struct slot *s, struct np_intake *in)
{
	s->n = 0;
	while (s->n < NP_FEED_MAX) {
		size_t room = NP_FEED_MAX - s->n;
		ssize_t got = np_intake_take(
			in, s->buf + NP_FEED_MAX + s->n,
			room < NP_FEED_READ ? room : NP_FEED_READ);

		if (got <= 0)
			break;
		s->n += (size_t)got;
	}
	s->bytes_in = in->bytes_in;
	return s->n == NP_FEED_MAX;
}

/* Reads one source; called, and left, with the lock held. */
static void read_all(struct np_pump *p)
{
	while (!p->stop && !p->ended) {
		/* Woken when half of the ring is free: seldom. */
		if (p->in - p->back == SLOTS) {
			while (!p->stop && p->in - p->back > SLOTS / 2)
				(void)pthread_cond_wait(&p->freed, &p->lock);
			continue;
		}
		struct slot *s = &p->slot[p->in % SLOTS];

		(void)pthread_mutex_unlock(&p->lock);
		bool more = fill(s, p->intake);

		(void)pthread_mutex_lock(&p->lock);
		p->in += s->n > 0;
		p->ended = !more;
		(void)pthread_cond_signal(&p->filled);
	}
}

static void *work(void *pump)
{
	struct np_pump *p = pump;
	int rc = np_confine(NULL, &p->error);

	(void)pthread_mutex_lock(&p->lock);
	p->confined = rc < 0 ? -1 : 1;
	(void)pthread_cond_broadcast(&p->filled);
	while (!p->quit) {
		if (p->intake && !p->stop && !p->ended) {
			read_all(p);
			continue;
		}
		if (p->stop) {
			p->intake = NULL;
			p->stop = false;
			(void)pthread_cond_broadcast(&p->filled);
		}
		(void)pthread_cond_wait(&p->freed, &p->lock);
	}
	(void)pthread_mutex_unlock(&p->lock);
	return NULL;
}

static void release(struct np_pump *p)
{
	for (size_t i = 0; i < SLOTS; i++)
		free(p->slot[i].buf);
	(void)pthread_mutex_destroy(&p->lock);
	(void)pthread_cond_destroy(&p->filled);
	(void)pthread_cond_destroy(&p->freed);
	free(p);
}

struct np_pump *np_pump_new(struct np_err *reterr)
{
	struct np_pump *p = calloc(1, sizeof(*p));
	bool ok = p;

	if (!p)
		return NULL;
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->filled, NULL);
	(void)pthread_cond_init(&p->freed, NULL);
	for (size_t i = 0; i < SLOTS; i++) {
		p->slot[i].buf = aligned_alloc(4096, 2 * NP_FEED_MAX);
		ok = ok && p->slot[i].buf;
	}
	if (!ok || pthread_create(&p->thread, NULL, work, p) != 0) {
		(void)np_fail(reterr, NP_ENOMEM, "cannot make a thread", NULL,
			      0);
		release(p);
		return NULL;
	}
	(void)pthread_mutex_lock(&p->lock);
	while (!p->confined)
		(void)pthread_cond_wait(&p->filled, &p->lock);
	(void)pthread_mutex_unlock(&p->lock);
	if (p->confined < 0) {
		if (reterr)
			*reterr = p->error;
		np_pump_free(p);
		return NULL;
	}
	return p;
}

void np_pump_start(struct np_pump *p, struct np_intake *in)
{
	(void)pthread_mutex_lock(&p->lock);
	p->intake = in;
	p->in = p->out = p->back = 0;
	p->ended = false;
	(void)pthread_cond_signal(&p->freed);
	(void)pthread_mutex_unlock(&p->lock);
}

bool np_pump_next(struct np_pump *p, struct np_ready *ret)
{
	(void)pthread_mutex_lock(&p->lock);
	while (p->out == p->in && !p->ended)
		(void)pthread_cond_wait(&p->filled, &p->lock);
	bool more = p->out < p->in;

	if (more) {
		const struct slot *s = &p->slot[p->out++ % SLOTS];

		*ret = (struct np_ready){s->buf + NP_FEED_MAX, s->n,
					 s->bytes_in};
	}
	(void)pthread_mutex_unlock(&p->lock);
	return more;
}

void np_pump_release(struct np_pump *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->back = p->out - 1;
	if (p->in - p->back <= SLOTS / 2)
		(void)pthread_cond_signal(&p->freed);
	(void)pthread_mutex_unlock(&p->lock);
}

void np_pump_stop(struct np_pump *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->stop = true;
	(void)pthread_cond_signal(&p->freed);
	while (p->intake)
		(void)pthread_cond_wait(&p->filled, &p->lock);
	(void)pthread_mutex_unlock(&p->lock);
}

void np_pump_free(struct np_pump *p)
{
	if (!p)
		return;
	(void)pthread_mutex_lock(&p->lock);
	p->quit = true;
	(void)pthread_cond_signal(&p->freed);
	(void)pthread_mutex_unlock(&p->lock);
	(void)pthread_join(p->thread, NULL);
	release(p);
}

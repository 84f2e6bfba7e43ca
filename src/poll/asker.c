/* SPDX-License-Identifier: ISC */
/*
 * One host's questions. Runs in a process of its own, confined; what it is told
 * goes up as lines of a walk, in snmprec's form. "?" asks for the token that a
 * datagram takes.
 */
#include "core/confine.h"
#include "document/document.h"
#include "poll/poll.h"
#include <errno.h>
#include <unistd.h>

#define GIVES_UP 2 /* questions without an answer, one after another */
#define SURVEY 24  /* questions for enterprises */

struct asker {
	const struct np_poll_job *job;
	struct np_snmp *s;
	struct np_poll_plan plan;
	struct np_poll_pens pens;
	struct np_buf out; /* lines */
	unsigned packets, silent, answers;
	uint32_t told; /* single objects, a bit each */
	bool over;     /* nothing more is asked */
	bool lost;     /* who began us is gone */
	bool refused;
	/* the walk that is asked */
	struct np_poll_step *step;
	struct np_oid at; /* where it is */
	unsigned rows;
	bool out_of_it;
};

static void send_up(struct asker *a)
{
	const char *p = a->out.p;
	size_t n = a->out.failed ? 0 : a->out.n;

	while (n && !a->lost) {
		ssize_t k = write(a->job->up, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			a->lost = true;
		p += k > 0 ? k : 0;
		n -= k > 0 ? (size_t)k : 0;
	}
	np_buf_clear(&a->out);
}

/* Waits until n datagrams may be sent. */
static bool may_send(struct asker *a, unsigned n)
{
	char token;

	if (a->packets + n > a->job->most)
		a->over = true;
	for (; n && !a->over && !a->lost; n--) {
		np_puts(&a->out, "?\n");
		send_up(a);
		ssize_t k = read(a->job->down, &token, 1);

		while (k < 0 && errno == EINTR)
			k = read(a->job->down, &token, 1);
		if (k != 1)
			a->lost = true;
		else
			a->packets++;
	}
	return !a->over && !a->lost;
}

static void put_row(struct asker *a, const struct np_oid *o, unsigned type,
		    bool hex, const char *value, size_t n)
{
	np_oid_put(&a->out, o);
	np_putf(&a->out, "|%u%s|", type, hex ? "x" : "");
	np_put(&a->out, value, n);
	np_putc(&a->out, '\n');
}

static void put_absent(struct asker *a, const struct np_oid *o)
{
	put_row(a, o, 128, false, "", 0); /* noSuchObject */
}

/* A question, again while there is no answer. The silence is said, and after a
 * few nothing more is asked. */
static enum np_snmp_answer persist(struct asker *a,
				   enum np_snmp_answer (*ask)(struct asker *a))
{
	enum np_snmp_answer r = NP_SNMP_SILENT;

	for (unsigned i = 0; i <= a->job->retries && r == NP_SNMP_SILENT; i++) {
		if (!may_send(a, np_snmp_cost(a->s)))
			return NP_SNMP_ERROR;
		r = ask(a);
	}
	if (r == NP_SNMP_REFUSED)
		a->refused = a->over = true;
	a->silent = r == NP_SNMP_SILENT ? a->silent + 1 : 0;
	a->answers += r != NP_SNMP_SILENT && r != NP_SNMP_REFUSED;
	if (r == NP_SNMP_SILENT || r == NP_SNMP_REFUSED)
		np_putf(&a->out, "Timeout: No Response from %s\n",
			a->job->peer.address);
	if (a->silent >= GIVES_UP || (a->silent && !a->answers))
		a->over = true;
	send_up(a);
	return r;
}

/* ----------------------------------------------------- single objects */

#define MOST_GETS 32

static size_t gets(const struct asker *a)
{
	size_t n = 0;

	while (n < a->plan.n && n < MOST_GETS &&
	       a->plan.v[n].how == NP_POLL_GETS)
		n++;
	return n;
}

static void note_pen(struct asker *a, const struct np_oid *o)
{
	uint32_t pen;

	if (np_oid_enterprise(o, &pen))
		np_poll_pens_add(&a->pens, pen);
}

/* Only what was asked, and once: the first object that comes again begins
 * another host in a walk. */
static bool is_new(struct asker *a, const struct np_oid *o)
{
	for (size_t i = 0; i < gets(a); i++) {
		uint32_t bit = (uint32_t)1 << i;

		if (np_oid_order(o, &a->plan.v[i].oid) != 0)
			continue;
		bool again = a->told & bit;

		a->told |= bit;
		return !again;
	}
	return false;
}

static void object_row(void *ctx, struct np_snmp_row *r)
{
	static const struct np_oid object_id = {{1, 3, 6, 1, 2, 1, 1, 2, 0}, 9};
	struct asker *a = ctx;
	struct np_oid whose;

	if (!is_new(a, &r->oid))
		return;
	put_row(a, &r->oid, r->type, r->hex, r->value.p, r->value.n);
	if (np_oid_order(&r->oid, &object_id) == 0 && r->value.n &&
	    np_oid_read(&whose, r->value.p, r->value.n))
		note_pen(a, &whose);
}

static enum np_snmp_answer ask_objects(struct asker *a)
{
	struct np_oid o[MOST_GETS];
	size_t n = gets(a);

	for (size_t i = 0; i < n; i++)
		o[i] = a->plan.v[i].oid;
	return np_snmp_get(a->s, o, n, object_row, a);
}

static enum np_snmp_answer ask_object(struct asker *a)
{
	return np_snmp_get(a->s, &a->step->oid, 1, object_row, a);
}

/* All in one question; an agent that cannot is asked one by one. */
static void objects(struct asker *a)
{
	if (persist(a, ask_objects) != NP_SNMP_ERROR)
		return;
	for (size_t i = 0; i < gets(a) && !a->over && !a->lost; i++) {
		a->step = &a->plan.v[i];
		if (persist(a, ask_object) == NP_SNMP_ERROR)
			put_absent(a, &a->step->oid);
	}
}

/* -------------------------------------------------------------- walks */

static bool is_nothing(unsigned type)
{
	return type >= 128 && type <= 130; /* RFC 3416 */
}

static void walk_row(void *ctx, struct np_snmp_row *r)
{
	struct asker *a = ctx;

	if (a->out_of_it)
		return;
	/* An agent that goes back would never end. */
	if (is_nothing(r->type) || !np_oid_under(&r->oid, &a->step->oid) ||
	    np_oid_order(&r->oid, &a->at) <= 0 || a->rows == a->step->rows) {
		a->out_of_it = true;
		return;
	}
	a->at = r->oid;
	a->rows++;
	a->step->told = true;
	put_row(a, &r->oid, r->type, r->hex, r->value.p, r->value.n);
}

/* What comes behind it begins with the object itself, should it be there. */
static struct np_oid just_before(struct np_oid o)
{
	if (o.v[o.n - 1] == 0 || o.n == NP_OID_ARCS)
		return o;
	o.v[o.n - 1]--;
	o.v[o.n++] = INT32_MAX;
	return o;
}

static enum np_snmp_answer ask_next(struct asker *a)
{
	return np_snmp_next(a->s, &a->at, a->job->repetitions, walk_row, a);
}

static void walk(struct asker *a, struct np_poll_step *step,
		 const struct np_oid *after)
{
	unsigned before;

	a->step = step;
	a->at = after	     ? *after
		: step->bare ? just_before(step->oid)
			     : step->oid;
	a->rows = 0;
	a->out_of_it = false;
	do {
		before = a->rows;
		enum np_snmp_answer r = persist(a, ask_next);

		if (r != NP_SNMP_ANSWERED) {
			if (r == NP_SNMP_ERROR && !a->over && !a->lost)
				put_absent(a, &step->oid);
			return;
		}
	} while (!a->out_of_it && a->rows > before && !a->over && !a->lost);
	if (!a->rows && !after)
		put_absent(a, &step->oid);
}

static bool told_below(const struct asker *a, const struct np_oid *top)
{
	for (size_t i = 0; i < a->plan.n; i++)
		if (a->plan.v[i].told && np_oid_under(&a->plan.v[i].oid, top))
			return true;
	return false;
}

/* From the step that `after` is of: what stands before it was told. */
static void walks(struct asker *a, size_t from, const struct np_oid *after)
{
	size_t at = from;

	while (after && at < a->plan.n &&
	       !np_oid_under(after, &a->plan.v[at].oid))
		at++;
	if (at == a->plan.n)
		at = from; /* nothing of these was told */
	else if (after && np_oid_order(after, &a->plan.v[at].oid) != 0)
		walk(a, &a->plan.v[at++], after);
	else if (after)
		at++; /* there was nothing */
	for (; at < a->plan.n && !a->over && !a->lost; at++)
		if (!a->plan.v[at].last || !told_below(a, &a->plan.v[at].oid))
			walk(a, &a->plan.v[at], NULL);
}

/* -------------------------------------------------------- enterprises */

static void survey_row(void *ctx, struct np_snmp_row *r)
{
	struct asker *a = ctx;
	uint32_t pen;

	a->out_of_it = is_nothing(r->type) ||
		       !np_oid_enterprise(&r->oid, &pen) ||
		       np_oid_order(&r->oid, &a->at) <= 0;
	if (a->out_of_it)
		return;
	np_poll_pens_add(&a->pens, pen);
	a->out_of_it = pen == UINT32_MAX;
	/* Behind all of its objects. */
	a->at = np_oid_enterprises;
	a->at.v[a->at.n++] = pen + !a->out_of_it;
}

static enum np_snmp_answer ask_enterprise(struct asker *a)
{
	return np_snmp_next(a->s, &a->at, 1, survey_row, a);
}

/* Whose objects it has: an identifier may be set, and a program's is on
 * anybody's box. */
static void survey(struct asker *a)
{
	a->at = np_oid_enterprises;
	a->out_of_it = false;
	for (unsigned i = 0; i < SURVEY && !a->out_of_it && !a->over &&
			     !a->lost && a->pens.n < NP_POLL_PENS;
	     i++)
		if (persist(a, ask_enterprise) != NP_SNMP_ANSWERED)
			break;
	if (a->over || a->lost)
		return;
	np_puts(&a->out, NP_POLL_SURVEYED);
	for (size_t i = 0; i < a->pens.n; i++)
		np_putf(&a->out, " %u", a->pens.v[i]);
	np_putc(&a->out, '\n');
	send_up(a);
}

/* ------------------------------------------------------------ the host */

static enum np_snmp_answer discover(struct asker *a)
{
	return np_snmp_discover(a->s);
}

static void ask_all(struct asker *a)
{
	const struct np_oid *after = a->job->after.n ? &a->job->after : NULL;
	size_t common;

	if (a->job->peer.credential.user) {
		if (persist(a, discover) != NP_SNMP_ANSWERED)
			return;
		a->answers = 0; /* who it is, it tells anybody */
	}
	if (!after)
		objects(a);
	common = a->plan.n;
	if (!a->job->surveyed) {
		walks(a, gets(a), after);
		if (!a->over && !a->lost)
			survey(a);
		after = NULL;
	}
	if (a->over || a->lost ||
	    np_poll_plan_own(&a->plan, a->job->knowledge, &a->pens) != NP_OK)
		return;
	walks(a, common, after);
}

static int status(const struct asker *a)
{
	if (a->lost)
		return NP_ASKED_BROKEN;
	if (a->refused && !a->answers)
		return NP_ASKED_REFUSED;
	if (!a->answers && !a->job->after.n)
		return NP_ASKED_SILENT;
	return a->over ? NP_ASKED_PARTLY : NP_ASKED_ALL;
}

int np_poll_ask(const struct np_poll_job *job)
{
	struct asker a = {
		.job = job,
		.pens = job->pens,
		.out = np_buf((size_t)1 << 20),
	};
	struct np_err e = {0};
	int rc = np_poll_plan_all(&a.plan);

	if (!rc)
		rc = np_snmp_open(&job->peer, &a.s, &e);
	if (!rc)
		rc = np_confine_asking(NULL, &e);
	if (!rc) {
		ask_all(&a);
	} else {
		np_putf(&a.out, "! %s\n", e.text ? e.text : np_strerror(rc));
	}
	send_up(&a);
	np_snmp_close(a.s);
	np_poll_plan_free(&a.plan);
	np_buf_free(&a.out);
	return rc ? NP_ASKED_BROKEN : status(&a);
}

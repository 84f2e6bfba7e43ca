/* SPDX-License-Identifier: ISC */
/* Every device of both dossiers gets its fate. */
#include "compare/inside.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *np_fate_name(enum np_fate f)
{
	static const char *const names[NP_NFATES] = {
		[NP_SAME] = "same",
		[NP_CHANGED] = "changed",
		[NP_NEW] = "new",
		[NP_REMOVED] = "removed",
		[NP_GONE] = "no longer observed",
	};

	return names[f];
}

/* ---- who says that it was removed */

struct reasons {
	const struct np_reason **by_serial; /* sorted, without case */
	size_t nserials;
	const struct np_reason **by_id;
	size_t nids;
};

static int serial_order(const void *a, const void *b)
{
	const struct np_reason *const *x = a, *const *y = b;

	return strcasecmp((*x)->serial, (*y)->serial);
}

static int id_order(const void *a, const void *b)
{
	const struct np_reason *const *x = a, *const *y = b;

	return strcmp((*x)->device, (*y)->device);
}

static bool reasons_open(struct reasons *r, const struct np_reason *v, size_t n,
			 struct np_arena *mem)
{
	r->by_serial = np_alloc(mem, (n + 1) * sizeof(*r->by_serial));
	r->by_id = np_alloc(mem, (n + 1) * sizeof(*r->by_id));
	if (!r->by_serial || !r->by_id)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (v[i].serial)
			r->by_serial[r->nserials++] = &v[i];
		else if (v[i].device)
			r->by_id[r->nids++] = &v[i];
	}
	if (r->nserials)
		qsort(r->by_serial, r->nserials, sizeof(*r->by_serial),
		      serial_order);
	if (r->nids)
		qsort(r->by_id, r->nids, sizeof(*r->by_id), id_order);
	return true;
}

/* What was heard on the day itself may have been heard before it was done. */
static bool counts(const struct np_reason *why, const struct np_device *d)
{
	return why->day == NP_NODAY || d->last == NP_NEVER ||
	       np_day_of(d->last) <= why->day;
}

static const struct np_reason *find(const struct np_reason *const *v, size_t n,
				    const struct np_reason *want,
				    int (*cmp)(const void *, const void *))
{
	const struct np_reason *const *at =
		n ? bsearch(&want, v, n, sizeof(*v), cmp) : NULL;

	return at ? *at : NULL;
}

static int reason_for(const struct reasons *r, const struct np_side *old,
		      const struct np_device *d, struct np_arena *mem,
		      const struct np_reason **ret)
{
	struct np_reason want = {.device = d->id, .serial = d->serial};
	const struct np_reason *why = find(r->by_id, r->nids, &want, id_order);
	struct np_evidence e;
	int rc;

	*ret = why && counts(why, d) ? why : NULL;
	if (*ret || !r->nserials)
		return 0;
	if (d->serial)
		why = find(r->by_serial, r->nserials, &want, serial_order);
	rc = why ? 0 : np_device_keys(old->devices, d, mem, &e);
	for (size_t i = 0; !rc && !why && i < e.nkeys; i++) {
		if (e.keys[i].kind != NP_KEY_SERIAL)
			continue;
		want.serial = np_copystr(mem, e.keys[i].v, e.keys[i].n);
		if (!want.serial)
			return NP_ENOMEM;
		why = find(r->by_serial, r->nserials, &want, serial_order);
	}
	*ret = why && counts(why, d) ? why : NULL;
	return rc;
}

/* ---- fates */

struct making {
	struct np_diff *d;
	const struct np_matched *m;
	struct reasons reasons;
	struct np_pair *v;
	struct np_arena scratch;
};

static int of_old(struct making *x, size_t i, struct np_pair *p)
{
	const struct np_matched *m = x->m;
	struct np_changes c;
	int rc;

	*p = (struct np_pair){.was = (uint32_t)i,
			      .is = m->to_new[i],
			      .instead = m->instead[i]};
	if (p->is == NP_NOBODY && m->merged[i] != NP_NOBODY) {
		p->is = m->merged[i];
		p->several = true;
	}
	if (p->is == NP_NOBODY) {
		rc = reason_for(&x->reasons, x->d->old,
				&x->d->old->devices->v[i], &x->scratch,
				&p->reason);
		p->fate = p->reason ? NP_REMOVED : NP_GONE;
		p->law = true;
		return rc;
	}
	rc = np_diff_changes(x->d, p, &x->scratch, &c);
	p->law = np_findings_differ(x->d, p);
	p->fate = p->several || p->law || c.n ? NP_CHANGED : NP_SAME;
	return rc;
}

static void of_new(struct making *x, size_t i, struct np_pair *p)
{
	*p = (struct np_pair){
		.was = x->m->split[i],
		.is = (uint32_t)i,
		.instead = NP_NOBODY,
		.fate = NP_NEW,
		.law = true,
	};
	if (p->was != NP_NOBODY) {
		p->several = true;
		p->fate = NP_CHANGED;
	}
}

static bool trips(const struct np_finding *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (np_finding_trips(&v[i]))
			return true;
	}
	return false;
}

static void count_rulings(struct np_diff *d, const struct np_pair *p,
			  const struct np_ruling_changes *c)
{
	size_t n = 0, m = 0;
	const struct np_finding *was = NULL, *is = NULL;

	for (size_t i = 0; i < c->n; i++) {
		d->appeared += !c->v[i].was;
		d->went += !c->v[i].is;
		d->other += c->v[i].was && c->v[i].is;
	}
	if (p->was != NP_NOBODY)
		was = np_findings_of(d->old->findings,
				     &d->old->devices->v[p->was], &n);
	if (p->is != NP_NOBODY)
		is = np_findings_of(d->new->findings,
				    &d->new->devices->v[p->is], &m);
	d->in_scope += !trips(was, n) && trips(is, m);
}

static int count(struct making *x)
{
	struct np_ruling_changes c;
	int rc = 0;

	for (size_t i = 0; i < x->d->n && !rc; i++) {
		const struct np_pair *p = &x->v[i];

		x->d->count[p->fate]++;
		if (!p->law)
			continue;
		np_arena_reset(&x->scratch);
		rc = np_diff_rulings(x->d, p, &x->scratch, &c);
		if (!rc)
			count_rulings(x->d, p, &c);
	}
	return rc;
}

static int make(struct making *x)
{
	struct np_diff *d = x->d;
	int rc = 0;

	for (size_t i = 0; i < d->old->devices->n && !rc; i++) {
		np_arena_reset(&x->scratch);
		rc = of_old(x, i, &x->v[d->n++]);
	}
	for (size_t i = 0; i < d->new->devices->n && !rc; i++) {
		if (x->m->to_old[i] == NP_NOBODY)
			of_new(x, i, &x->v[d->n++]);
	}
	return rc;
}

int np_diff_make(const struct np_side *old, const struct np_side *new,
		 const struct np_reason *reasons, size_t nreasons,
		 struct np_arena *mem, struct np_diff *ret,
		 struct np_err *reterr)
{
	struct np_matched m;
	struct making x = {
		.d = ret, .m = &m, .scratch = np_arena((size_t)64 << 20)};
	int rc;

	*ret = (struct np_diff){.old = old, .new = new};
	x.v = np_alloc(mem,
		       (old->devices->n + new->devices->n + 1) * sizeof(*x.v));
	rc = x.v && reasons_open(&x.reasons, reasons, nreasons, mem)
		     ? np_match(old, new, mem, &m)
		     : NP_ENOMEM;
	ret->v = x.v;
	if (!rc)
		rc = make(&x);
	if (!rc)
		rc = np_watching_open(ret, mem);
	if (!rc)
		rc = np_after_judge(ret, mem, reterr);
	if (!rc)
		rc = count(&x);
	np_arena_free(&x.scratch);
	if (rc && reterr && !reterr->text)
		(void)np_fail(reterr, rc, np_strerror(rc), NULL, 0);
	return rc;
}

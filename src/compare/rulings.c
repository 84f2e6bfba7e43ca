/* SPDX-License-Identifier: ISC */
/* Findings before and after, and whose doing the difference is. */
#include "compare/inside.h"
#include <string.h>

const char *np_cause_name(unsigned cause)
{
	static const char *const names[] = {
		[0] = "statements",
		[NP_BY_EVIDENCE] = "evidence",
		[NP_BY_LAW] = "law",
		[NP_BY_LAW | NP_BY_EVIDENCE] = "law and evidence",
		[NP_BY_FACTS] = "stated facts",
		[NP_BY_FACTS | NP_BY_EVIDENCE] = "stated facts and evidence",
		[NP_BY_FACTS | NP_BY_LAW] = "law and stated facts",
		[NP_BY_FACTS | NP_BY_LAW | NP_BY_EVIDENCE] =
			"law, stated facts and evidence",
	};

	return names[cause & 7];
}

/* Findings stand in the order of their devices. */
const struct np_finding *np_findings_of(const struct np_findings *f,
					const struct np_device *d,
					size_t *ret_n)
{
	size_t from = 0, to = f->n, n = 0;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (f->v[mid].device < d)
			from = mid + 1;
		else
			to = mid;
	}
	while (from + n < f->n && f->v[from + n].device == d)
		n++;
	*ret_n = n;
	return f->v + from;
}

static bool about_same(const struct np_finding *a, const struct np_finding *b)
{
	const char *x = a->clause ? a->clause->id : "";
	const char *y = b->clause ? b->clause->id : "";

	return a->component == b->component && strcmp(x, y) == 0;
}

const struct np_finding *np_finding_like(const struct np_finding *v, size_t n,
					 const struct np_finding *of, size_t x)
{
	size_t skip = 0;

	for (size_t i = 0; i < x; i++)
		skip += about_same(&of[i], &of[x]);
	for (size_t i = 0; i < n; i++) {
		if (about_same(&v[i], &of[x]) && !skip--)
			return &v[i];
	}
	return NULL;
}

/* How many days are left is no difference: days pass. */
bool np_finding_same(const struct np_finding *a, const struct np_finding *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(np_finding_status(a), np_finding_status(b)) == 0 &&
	       a->date == b->date && a->elsewhere == b->elsewhere &&
	       strcmp(a->missing ? a->missing : "",
		      b->missing ? b->missing : "") == 0;
}

static const struct np_finding *findings_at(const struct np_side *s, uint32_t i,
					    size_t *ret_n)
{
	*ret_n = 0;
	if (i == NP_NOBODY)
		return NULL;
	return np_findings_of(s->findings, &s->devices->v[i], ret_n);
}

bool np_findings_differ(const struct np_diff *d, const struct np_pair *p)
{
	size_t n, m;
	const struct np_finding *was = findings_at(d->old, p->was, &n);
	const struct np_finding *is = findings_at(d->new, p->is, &m);

	if (n != m)
		return true;
	for (size_t i = 0; i < n; i++) {
		if (!np_finding_same(&was[i], np_finding_like(is, m, was, i)))
			return true;
	}
	return false;
}

/* ---- judging anew */

/* Of what is in one of them only, nothing but that is the reason. */
static bool in_both(const struct np_pair *p)
{
	return p->law && p->was != NP_NOBODY && p->is != NP_NOBODY;
}

/* Copies those of a side's devices that are asked about. */
static int pick(const struct np_diff *d, bool new, struct np_arena *mem,
		struct np_judged *to)
{
	const struct np_devices *all = new ? d->new->devices : d->old->devices;
	struct np_device *v;
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += in_both(&d->v[i]);
	v = np_alloc(mem, (n + 1) * sizeof(*v));
	to->of = np_alloc(mem, (all->n + 1) * sizeof(*to->of));
	if (!to->of || !v)
		return NP_ENOMEM;
	for (size_t i = 0; i < all->n; i++)
		to->of[i] = NP_NOBODY;
	n = 0;
	for (size_t i = 0; i < d->n; i++) {
		const struct np_pair *p = &d->v[i];
		uint32_t at = new ? p->is : p->was;

		if (!in_both(p) || to->of[at] != NP_NOBODY)
			continue;
		to->of[at] = (uint32_t)n;
		v[n++] = all->v[at];
	}
	to->devices = (struct np_devices){.v = v, .n = n, .fold = all->fold};
	return 0;
}

static int judge(const struct np_side *whose, const struct np_side *as,
		 struct np_party *party, struct np_arena *mem,
		 struct np_judged *j, struct np_err *reterr)
{
	struct np_question q = {
		.as_of = as->as_of, .party = party, .what_if = as->what_if};

	return np_judge(whose->law, whose->knowledge, &q, &j->devices, mem,
			&j->findings, reterr);
}

/* Sites are numbered by each side's own file. */
static int restate(const struct np_diff *d, struct np_arena *mem,
		   struct np_judged *j)
{
	struct np_devices *to = &j->devices;
	struct np_device *v = np_alloc(mem, (to->n + 1) * sizeof(*v));

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < to->n; i++) {
		const char *id;

		v[i] = to->v[i];
		id = np_site_id(d->old->party, v[i].site);
		v[i].site = id ? np_site_find(d->new->party, id) : NP_NO_SITE;
	}
	to->v = v;
	return 0;
}

int np_after_judge(struct np_diff *d, struct np_arena *mem,
		   struct np_err *reterr)
{
	struct np_after *a = np_zalloc(mem, sizeof(*a));
	const struct np_side *old = d->old, *new = d->new;
	int rc;

	if (!a)
		return NP_ENOMEM;
	d->after = a;
	rc = pick(d, false, mem, &a->was);
	if (!rc)
		rc = pick(d, true, mem, &a->is);
	if (rc)
		return rc;
	a->day = a->stated = a->was;
	rc = restate(d, mem, &a->stated);
	if (!rc)
		rc = judge(old, old, old->party, mem, &a->was, reterr);
	if (!rc)
		rc = judge(old, new, old->party, mem, &a->day, reterr);
	if (!rc)
		rc = judge(old, new, new->party, mem, &a->stated, reterr);
	return rc ? rc : judge(new, new, new->party, mem, &a->is, reterr);
}

/* ---- one pair */

/* What the device has, judged so, in the place of x of `of`. */
static const struct np_finding *anew(const struct np_judged *j, uint32_t device,
				     const struct np_finding *of, size_t x)
{
	size_t n;
	const struct np_finding *v =
		np_findings_of(&j->findings, &j->devices.v[j->of[device]], &n);

	return np_finding_like(v, n, of, x);
}

static unsigned cause_of(const struct np_diff *d, const struct np_pair *p,
			 const struct np_finding *of, size_t x)
{
	const struct np_after *a = d->after;
	const struct np_finding *was, *day, *stated, *is;
	unsigned cause = 0;

	if (!in_both(p) || !a)
		return NP_BY_EVIDENCE;
	was = anew(&a->was, p->was, of, x);
	day = anew(&a->day, p->was, of, x);
	stated = anew(&a->stated, p->was, of, x);
	is = anew(&a->is, p->is, of, x);
	if (!np_finding_same(was, day))
		cause |= NP_BY_LAW;
	if (!np_finding_same(day, stated))
		cause |= NP_BY_FACTS;
	if (!np_finding_same(stated, is))
		cause |= NP_BY_EVIDENCE;
	return cause;
}

int np_diff_rulings(const struct np_diff *d, const struct np_pair *p,
		    struct np_arena *mem, struct np_ruling_changes *ret)
{
	size_t n, m;
	const struct np_finding *was = findings_at(d->old, p->was, &n);
	const struct np_finding *is = findings_at(d->new, p->is, &m);

	ret->n = 0;
	ret->v = np_alloc(mem, (n + m + 1) * sizeof(*ret->v));
	if (!ret->v)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		struct np_ruling_change c = {
			.was = &was[i], .is = np_finding_like(is, m, was, i)};

		if (np_finding_same(c.was, c.is))
			continue;
		c.cause = cause_of(d, p, was, i);
		ret->v[ret->n++] = c;
	}
	for (size_t i = 0; i < m; i++) {
		struct np_ruling_change c = {.is = &is[i]};

		if (np_finding_like(was, n, is, i))
			continue;
		c.cause = cause_of(d, p, is, i);
		ret->v[ret->n++] = c;
	}
	return 0;
}

/* SPDX-License-Identifier: ISC */
/*
 * All devices before all clauses. Most boxes of a network are alike to the law:
 * same maker, same certainty, same function, same site. So devices are sorted
 * into classes, each class is judged once, and the rows are written out per
 * device at the end. A box of which more is stated (a part, an inventory's row)
 * is a class of its own.
 */
#include "core/hash.h"
#include "policy/law.h"
#include <stdlib.h>
#include <string.h>

struct class
{
	uint64_t hash;
	uint32_t device; /* the first of the class */
	uint32_t row, n; /* its rows */
};

struct bench {
	const struct np_law *law;
	const struct np_knowledge *k;
	const struct np_question *q;
	const struct np_devices *d;
	struct np_arena *mem;
	struct np_finding *rows; /* of all classes */
	size_t nrows, caprows;
	struct class *classes;
	size_t nclasses, capclasses;
	uint32_t *slots; /* of classes by hash; 0: free, else index + 1 */
	size_t nslots;
	int rc;
};

/* Room for one more in a growing array of the heap. */
static void *grow(struct bench *b, void *v, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 64;

	if (n < *cap)
		return v;
	void *p = more > SIZE_MAX / size ? NULL : realloc(v, more * size);

	if (!p) {
		b->rc = NP_ENOMEM;
		return v;
	}
	*cap = more;
	return p;
}

static struct np_finding *add_row(struct bench *b)
{
	b->rows = grow(b, b->rows, b->nrows, &b->caprows, sizeof(*b->rows));
	if (b->rc)
		return NULL;
	struct np_finding *f = &b->rows[b->nrows++];

	*f = (struct np_finding){.date = NP_NODAY};
	return f;
}

/* ---- which law holds at a place */

static bool territory_holds(const struct np_territory *t, const char *place,
			    int32_t as_of)
{
	return strcmp(t->place, place) == 0 &&
	       (t->from == NP_NODAY || t->from <= as_of) &&
	       (t->until == NP_NODAY || as_of <= t->until);
}

static const struct np_jurisdiction *home_of(const struct np_law *l,
					     const char *place, int32_t as_of)
{
	for (const struct np_jurisdiction *j = l->jurisdictions; place && j;
	     j = j->next) {
		for (size_t i = 0; i < j->nterritory; i++) {
			if (territory_holds(&j->territory[i], place, as_of))
				return j;
		}
	}
	return NULL;
}

/* Is a country's code in "us,de"? */
static bool what_if(const char *list, const char *code)
{
	for (const char *s = list; s && *s; s += strcspn(s, ",")) {
		s += *s == ',';
		if ((s[0] & ~0x20) == code[0] && (s[1] & ~0x20) == code[1] &&
		    (s[2] == ',' || s[2] == '\0'))
			return true;
	}
	return false;
}

static int check_what_if(const struct np_law *l, const char *list,
			 struct np_err *reterr)
{
	for (const char *s = list; s && *s;) {
		size_t n = strcspn(s, ",");
		char code[3] = {0};

		if (n == 2) {
			code[0] = (char)(s[0] & ~0x20);
			code[1] = (char)(s[1] & ~0x20);
		}
		if (!np_law_jurisdiction(l, code))
			return np_fail(reterr, NP_EUSAGE,
				       "no rules of such a country are on "
				       "file",
				       list, (uint64_t)(s - list));
		s += n + (s[n] == ',');
	}
	return 0;
}

/* ---- one device, or one of its parts, before one clause */

enum reach { NOT_REACHED, AT_HOME, FROM_ELSEWHERE };

static bool addressed(const struct np_rule *r, const char *place)
{
	for (size_t i = 0; place && i < r->addresses.n; i++) {
		if (strcmp(r->addresses.v[i], place) == 0)
			return true;
	}
	return false;
}

/* Another state's rule reaches a place when a fact about the party carries it
 * there; surely not when that fact is stated and does not hold. */
static bool carried(const struct np_case *c, const struct np_rule *r)
{
	for (size_t i = 0; i < r->abroad.n; i++) {
		struct np_ruling unused = {.because = np_buf(0)};
		enum np_holds h = np_cond_holds(c, r, &r->abroad.v[i], &unused);

		np_buf_free(&unused.because);
		if (h != NP_HOLDS_NOT)
			return true;
	}
	return false;
}

static enum reach reach_of(const struct np_case *c, const struct np_rule *r,
			   const struct np_jurisdiction *home)
{
	if (addressed(r, c->country))
		return FROM_ELSEWHERE;
	if (r->addresses.n)
		return NOT_REACHED;
	if (home && strcmp(home->code, r->pub.jurisdiction) == 0)
		return AT_HOME;
	if (what_if(c->q->what_if, r->pub.jurisdiction))
		return FROM_ELSEWHERE;
	return c->country && carried(c, r) ? FROM_ELSEWHERE : NOT_REACHED;
}

static bool on_file(const struct np_rule *r, int32_t as_of)
{
	return !r->pub.bill && r->pub.sure != NP_UNVERIFIED &&
	       r->pub.known <= as_of &&
	       (r->pub.until == NP_NODAY || as_of <= r->pub.until);
}

/* That an instrument does not name a maker is said once, at its first clause,
 * and only when none of its clauses does. */
static bool speaks_for_all(const struct bench *b, const struct np_case *c,
			   const struct np_rule *r)
{
	const struct np_rule *first = r;

	while (first > b->law->rules && first[-1].instrument == r->instrument)
		first--;
	for (; first < b->law->rules + b->law->nrules &&
	       first->instrument == r->instrument;
	     first++) {
		if (!on_file(first, c->q->as_of))
			continue;
		if (first < r && first->what == NP_EQUIPMENT)
			return false;
		if (np_rule_names(first, c->maker))
			return false;
	}
	return r->what == NP_EQUIPMENT;
}

/* Is there something to say? A possible maker is only ever a question. */
static bool worth(const struct bench *b, const struct np_case *c,
		  const struct np_rule *r, const struct np_ruling *v,
		  enum reach reach)
{
	bool sure = c->sure == NP_CONFIRMED || c->sure == NP_PROBABLE;

	if (r->known_function && !c->device->function)
		return false;
	if (np_rule_names_nobody(r))
		return sure && r->what == NP_EQUIPMENT;
	if (!np_rule_names(r, c->maker) && !np_rule_names(r, c->rival))
		return c->sure == NP_CONFIRMED && !r->addresses.n &&
		       !(reach == FROM_ELSEWHERE && r->abroad.n) &&
		       speaks_for_all(b, c, r);
	if (c->part)
		return v->status == NP_UNDETERMINED ||
		       v->status == NP_COMPONENT_IN_SCOPE;
	return sure || v->status == NP_UNDETERMINED;
}

static void judge_case(struct bench *b, const struct np_case *c,
		       const struct np_rule *r, enum reach reach, bool always)
{
	struct np_ruling v = {.because = np_buf(4096)};
	struct np_finding *f = NULL;

	np_case_judge(c, r, &v);
	if (always || worth(b, c, r, &v, reach))
		f = add_row(b);
	if (f) {
		f->device = c->device;
		f->clause = &r->pub;
		f->component = c->part != NULL;
		f->elsewhere = reach == FROM_ELSEWHERE;
		if (!np_finding_say(c, r, &v, b->mem, f))
			b->rc = NP_ENOMEM;
	}
	np_buf_free(&v.because);
}

/* ---- one device */

static bool is_named(const struct np_law *l, uint16_t maker)
{
	return maker < l->nnamed && l->named[maker];
}

static bool part_is_named(const struct np_law *l, const struct np_device *d)
{
	for (size_t i = 0; i < d->ncomponents; i++) {
		if (d->components[i].maker != d->maker &&
		    is_named(l, d->components[i].maker))
			return true;
	}
	return false;
}

static void judge_parts(struct bench *b, const struct np_case *box,
			const struct np_rule *r, enum reach reach)
{
	const struct np_device *d = box->device;

	for (size_t i = 0; r->components && i < d->ncomponents; i++) {
		const struct np_component *p = &d->components[i];
		struct np_case c = *box;

		if (p->maker == d->maker || !np_rule_names(r, p->maker) ||
		    (i && p[-1].maker == p->maker))
			continue;
		c.maker = p->maker;
		c.rival = NP_NO_MAKER;
		c.sure = p->sure;
		c.part = np_maker_name(b->k, p->maker);
		judge_case(b, &c, r, reach, false);
	}
}

/* A box that nobody names has a row only beside its part's: "the box is not".
 */
static void judge_rule(struct bench *b, const struct np_case *c,
		       const struct np_rule *r, enum reach reach)
{
	bool named = is_named(b->law, c->maker) || is_named(b->law, c->rival);
	size_t first = b->nrows;

	judge_case(b, c, r, reach, !named && c->sure == NP_CONFIRMED);
	judge_parts(b, c, r, reach);
	if (!named && b->nrows == first + 1 && !b->rows[first].component)
		b->nrows = first;
}

static void add_aside(struct bench *b, const struct np_case *c,
		      enum np_status status, enum np_aside a,
		      const struct np_law_fact *missing)
{
	struct np_finding *f = add_row(b);

	if (!f)
		return;
	f->device = c->device;
	f->status = status;
	if (!np_finding_say_aside(c, a, missing, b->mem, f))
		b->rc = NP_ENOMEM;
}

/* What is said where no clause can be: no place, no rules of that place, none
 * on that day. */
static void judge_place(struct bench *b, const struct np_case *c,
			const struct np_jurisdiction *home)
{
	if (!c->country) {
		add_aside(b, c, NP_UNDETERMINED, NP_A_no_place, b->law->place);
		return;
	}
	if (c->sure != NP_CONFIRMED && c->sure != NP_PROBABLE)
		return;
	for (size_t i = 0; home && i < b->law->nrules; i++) {
		const struct np_rule *r = &b->law->rules[i];

		if (!r->addresses.n && on_file(r, c->q->as_of) &&
		    strcmp(r->pub.jurisdiction, home->code) == 0)
			return;
	}
	add_aside(b, c, NP_NO_RULE, home ? NP_A_none_on_file : NP_A_no_pack,
		  NULL);
}

static void judge_device(struct bench *b, const struct np_device *d)
{
	struct np_case c = {.law = b->law,
			    .k = b->k,
			    .q = b->q,
			    .device = d,
			    .maker = d->maker,
			    .rival = NP_NO_MAKER,
			    .sure = d->sure};
	const struct np_jurisdiction *home;

	if (d->sure == NP_DISPUTED)
		c.rival = d->rival;
	if (d->site != NP_NO_SITE)
		c.site = np_site(b->q->party, d->site);
	c.country = c.site ? c.site->country : NULL;
	home = home_of(b->law, c.country, b->q->as_of);
	judge_place(b, &c, home);
	for (size_t i = 0; i < b->law->nrules && b->rc == 0; i++) {
		const struct np_rule *r = &b->law->rules[i];
		enum reach reach;

		if (!on_file(r, b->q->as_of))
			continue;
		reach = reach_of(&c, r, home);
		if (reach != NOT_REACHED)
			judge_rule(b, &c, r, reach);
	}
}

/* ---- classes */

/* Does anything said of it concern a maker that some instrument names? */
static bool concerns(const struct np_law *l, const struct np_device *d)
{
	if (d->owner == NP_OWNER_SUBSCRIBER)
		return false;
	return (d->sure != NP_UNKNOWN && is_named(l, d->maker)) ||
	       (d->sure == NP_DISPUTED && is_named(l, d->rival)) ||
	       part_is_named(l, d);
}

static bool alike(const struct np_device *a, const struct np_device *b)
{
	const char *f = a->function ? a->function : "";
	const char *g = b->function ? b->function : "";

	return a->maker == b->maker && a->rival == b->rival &&
	       a->sure == b->sure && a->site == b->site &&
	       a->ncomponents == 0 && b->ncomponents == 0 && strcmp(f, g) == 0;
}

static uint64_t hash_of(const struct np_device *d)
{
	const uint32_t key[4] = {d->maker, d->rival, (uint32_t)d->sure,
				 d->site};
	uint64_t h = np_hash64(key, sizeof(key), 0);

	return d->function ? np_hash64(d->function, strlen(d->function), h) : h;
}

static bool make_slots(struct bench *b)
{
	size_t n = b->nslots ? b->nslots * 2 : 256;
	uint32_t *slots = calloc(n, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < b->nclasses; i++) {
		size_t s = b->classes[i].hash & (n - 1);

		while (slots[s])
			s = (s + 1) & (n - 1);
		slots[s] = (uint32_t)i + 1;
	}
	free(b->slots);
	b->slots = slots;
	b->nslots = n;
	return true;
}

static uint32_t add_class(struct bench *b, uint32_t device, uint64_t hash)
{
	uint32_t row = (uint32_t)b->nrows;

	judge_device(b, &b->d->v[device]);
	b->classes = grow(b, b->classes, b->nclasses, &b->capclasses,
			  sizeof(*b->classes));
	if (b->rc)
		return 0;
	b->classes[b->nclasses] = (struct class){
		.hash = hash,
		.device = device,
		.row = row,
		.n = (uint32_t)b->nrows - row,
	};
	return (uint32_t)b->nclasses++;
}

static uint32_t class_of(struct bench *b, uint32_t device)
{
	const struct np_device *d = &b->d->v[device];
	uint64_t h = hash_of(d);
	uint32_t c;

	if (b->q->fact || d->ncomponents)
		return add_class(b, device, h);
	if (b->nclasses * 2 >= b->nslots && !make_slots(b)) {
		b->rc = NP_ENOMEM;
		return 0;
	}
	size_t s = h & (b->nslots - 1);

	for (; b->slots[s]; s = (s + 1) & (b->nslots - 1)) {
		const struct class *k = &b->classes[b->slots[s] - 1];

		if (k->hash == h && alike(&b->d->v[k->device], d))
			return b->slots[s] - 1;
	}
	c = add_class(b, device, h);
	if (b->rc == 0)
		b->slots[s] = c + 1;
	return c;
}

/* Writes every device's rows, in the order of devices. */
static int write_rows(struct bench *b, const uint32_t *classes, size_t total,
		      struct np_findings *ret)
{
	struct np_finding *v = np_alloc(b->mem, (total + 1) * sizeof(*v));
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < b->d->n; i++) {
		const struct class *c;

		if (classes[i] == UINT32_MAX)
			continue;
		c = &b->classes[classes[i]];
		for (uint32_t j = 0; j < c->n; j++) {
			v[n] = b->rows[c->row + j];
			v[n++].device = &b->d->v[i];
		}
	}
	*ret = (struct np_findings){.v = v, .n = n};
	return 0;
}

static int judge_all(struct bench *b, uint32_t *classes,
		     struct np_findings *ret)
{
	size_t total = 0;

	for (size_t i = 0; i < b->d->n && b->rc == 0; i++) {
		classes[i] = UINT32_MAX;
		if (!concerns(b->law, &b->d->v[i]))
			continue;
		classes[i] = class_of(b, (uint32_t)i);
		if (b->rc == 0)
			total += b->classes[classes[i]].n;
	}
	return b->rc ? b->rc : write_rows(b, classes, total, ret);
}

int np_judge(const struct np_law *l, const struct np_knowledge *k,
	     const struct np_question *q, const struct np_devices *d,
	     struct np_arena *mem, struct np_findings *ret,
	     struct np_err *reterr)
{
	struct bench b = {.law = l, .k = k, .q = q, .d = d, .mem = mem};
	uint32_t *classes;
	int rc = check_what_if(l, q->what_if, reterr);

	if (rc)
		return rc;
	classes = d->n < UINT32_MAX ? calloc(d->n + 1, sizeof(*classes)) : NULL;
	rc = classes ? judge_all(&b, classes, ret) : NP_ENOMEM;
	if (rc)
		np_fail(reterr, rc, "out of memory for findings", "", 0);
	free(classes);
	free(b.rows);
	free(b.classes);
	free(b.slots);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/*
 * All devices before all clauses. Most boxes of a network are alike to the law:
 * same maker, same certainty, same function, same parts, same site, and the
 * same stated of them. So devices are sorted into classes, each class is judged
 * once, and the rows are written out per device at the end. A box that a person
 * made a statement of is a class of its own.
 */
#include "core/hash.h"
#include "policy/docket.h"
#include "policy/statement.h"
#include <stdlib.h>
#include <string.h>

#define MAX_KEY ((size_t)1 << 20) /* octets that tell a class */

struct class
{
	uint64_t hash;
	const char *key;
	size_t nkey;
	uint32_t row, n; /* its rows */
};

struct bench {
	const struct np_law *law;
	const struct np_knowledge *k;
	const struct np_question *q;
	const struct np_devices *d;
	struct np_arena *mem;
	struct np_docket docket;
	const char **stated;	 /* of the device at hand, by slot */
	struct np_buf key;	 /* the same */
	struct np_buf because;	 /* of the case at hand */
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

static int check_what_if(const struct np_law *l, const char *list,
			 struct np_err *reterr)
{
	for (const char *s = list; s && *s;) {
		size_t n = strcspn(s, ",");
		char code[8] = {0};

		for (size_t i = 0; i < n && n < sizeof(code); i++)
			code[i] = s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 32)
							     : s[i];
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

static bool names(const struct np_case *c, const struct np_rule *r,
		  uint16_t maker)
{
	return np_rule_names(c->law, r, maker, c->q->as_of, NULL);
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

/* That an instrument does not name a maker is said once, at its first clause,
 * and only when none of its clauses does. */
static bool speaks_for_all(const struct np_docket_place *p,
			   const struct np_case *c, const struct np_reached *x)
{
	for (uint32_t i = x->first; x->speaks && i < x->end; i++) {
		if (names(c, p->v[i].rule, c->maker))
			return false;
	}
	return x->speaks;
}

/* Is there something to say? A possible maker is only ever a question. */
static bool worth(const struct np_docket_place *p, const struct np_case *c,
		  const struct np_reached *x, const struct np_ruling *v)
{
	const struct np_rule *r = x->rule;
	bool sure = c->sure == NP_CONFIRMED || c->sure == NP_PROBABLE;

	if (r->known_function && !c->function)
		return false;
	if (np_rule_names_nobody(r))
		return sure && r->pub.what == c->q->about;
	if (!names(c, r, c->maker) && !names(c, r, c->rival))
		return c->sure == NP_CONFIRMED && !r->addresses.n &&
		       x->reach != NP_IF_CARRIED && speaks_for_all(p, c, x);
	if (c->part)
		return v->status == NP_UNDETERMINED ||
		       v->status == NP_COMPONENT_IN_SCOPE;
	return sure || v->status == NP_UNDETERMINED;
}

static void judge_case(struct bench *b, const struct np_docket_place *p,
		       const struct np_case *c, const struct np_reached *x,
		       bool always)
{
	struct np_ruling v = {.because = b->because};
	struct np_finding *f = NULL;

	np_buf_clear(&v.because);
	np_case_judge(c, x->rule, &v);
	np_case_weigh(c, x->rule, &v);
	if (always || worth(p, c, x, &v))
		f = add_row(b);
	if (f) {
		f->clause = &x->rule->pub;
		f->component = c->part != NULL;
		f->elsewhere = x->reach != NP_AT_HOME;
		if (!np_finding_say(c, x->rule, &v, b->mem, f))
			b->rc = NP_ENOMEM;
	}
	b->because = v.because;
}

/* ---- one device */

/* Is it the maker of a part, not of the box, that the rule names? */
static bool part_concerns(const struct np_case *box, const struct np_rule *r,
			  size_t i)
{
	const struct np_component *p = &box->device->components[i];

	return p->maker != box->device->maker && names(box, r, p->maker) &&
	       (!i || p[-1].maker != p->maker);
}

/* Gives whether a part has a row. */
static bool judge_parts(struct bench *b, const struct np_docket_place *p,
			const struct np_case *box, const struct np_reached *x)
{
	const struct np_device *d = box->device;
	size_t before = b->nrows;

	for (size_t i = 0; x->rule->components && i < d->ncomponents; i++) {
		struct np_case c = *box;

		if (!part_concerns(box, x->rule, i))
			continue;
		c.maker = d->components[i].maker;
		c.rival = NP_NO_MAKER;
		c.sure = d->components[i].sure;
		c.attested = np_said_part(b->q->said, d, c.maker);
		if (c.attested)
			c.sure = NP_CONFIRMED;
		c.part = np_maker_name(b->k, c.maker);
		judge_case(b, p, &c, x, false);
	}
	return b->nrows > before;
}

static bool has_part_named(const struct np_case *c, const struct np_rule *r)
{
	for (size_t i = 0; r->components && i < c->device->ncomponents; i++) {
		if (part_concerns(c, r, i))
			return true;
	}
	return false;
}

/* Beside a part's row the box has one too: "the box is not". A box that nobody
 * names has no other. */
static void judge_rule(struct bench *b, const struct np_docket_place *p,
		       const struct np_case *c, const struct np_reached *x)
{
	bool named = np_docket_names(&b->docket, c->maker) ||
		     np_docket_names(&b->docket, c->rival);
	bool part = has_part_named(c, x->rule);
	size_t first = b->nrows;

	if (!named && !part)
		return;
	judge_case(b, p, c, x, part && c->sure == NP_CONFIRMED);
	if (part && !judge_parts(b, p, c, x) && !named)
		b->nrows = first;
}

static void add_aside(struct bench *b, const struct np_case *c,
		      enum np_status status, enum np_aside a,
		      const struct np_law_fact *missing)
{
	struct np_finding *f = add_row(b);

	if (!f)
		return;
	f->status = f->without = status;
	if (!np_finding_say_aside(c, a, missing, b->mem, f))
		b->rc = NP_ENOMEM;
}

/* What is said where no clause can be: no place, no rules of that place, none
 * that is judged, none on that day. */
static void judge_place(struct bench *b, const struct np_docket_place *p,
			const struct np_case *c)
{
	if (p->say == NP_NOWHERE) {
		add_aside(b, c, NP_UNDETERMINED, NP_A_no_place, b->law->place);
		return;
	}
	if (p->say == NP_HAS_LAW ||
	    (c->sure != NP_CONFIRMED && c->sure != NP_PROBABLE))
		return;
	if (p->say == NP_UNJUDGED)
		add_aside(b, c, NP_NOT_JUDGED, NP_A_not_judged, NULL);
	else
		add_aside(b, c, NP_NO_RULE,
			  p->say == NP_NO_PACK ? NP_A_no_pack
					       : NP_A_none_on_file,
			  NULL);
}

static void judge_device(struct bench *b, const struct np_docket_place *p,
			 const struct np_device *d)
{
	struct np_case c = {.law = b->law,
			    .k = b->k,
			    .q = b->q,
			    .device = d,
			    .site = p->site,
			    .country = p->site ? p->site->country : NULL,
			    .not_judged = p->titles,
			    .stated = b->stated,
			    .party = p->party,
			    .maker = d->maker,
			    .rival = NP_NO_MAKER,
			    .sure = d->sure};

	if (d->sure == NP_DISPUTED)
		c.rival = d->rival;
	c.attested = np_said_maker(b->q->said, d, &c.maker, &c.rival, &c.sure);
	c.function = np_said_fact(b->q->said, d, NULL, "function");
	if (!c.function || !*c.function)
		c.function = d->function;
	judge_place(b, p, &c);
	for (size_t i = 0; i < p->n && b->rc == 0; i++) {
		if (p->v[i].reach == NP_IF_CARRIED &&
		    !carried(&c, p->v[i].rule))
			continue;
		c.extent = p->v[i].extent;
		judge_rule(b, p, &c, &p->v[i]);
	}
}

/* ---- classes */

/* Does anything said of it concern a maker that some instrument names on that
 * day? */
static bool concerns(const struct bench *b, const struct np_device *d)
{
	uint16_t maker, rival;
	enum np_sure sure;

	if (d->owner == NP_OWNER_SUBSCRIBER)
		return false;
	if (np_said_maker(b->q->said, d, &maker, &rival, &sure) &&
	    (np_docket_names(&b->docket, maker) ||
	     np_docket_names(&b->docket, rival)))
		return true;
	if ((d->sure != NP_UNKNOWN && np_docket_names(&b->docket, d->maker)) ||
	    (d->sure == NP_DISPUTED && np_docket_names(&b->docket, d->rival)))
		return true;
	for (size_t i = 0; i < d->ncomponents; i++) {
		if (d->components[i].maker != d->maker &&
		    np_docket_names(&b->docket, d->components[i].maker))
			return true;
	}
	return false;
}

static void put_stated(struct np_buf *key, unsigned slot, const char *s)
{
	np_putc(key, '|');
	np_putu(key, slot);
	np_putc(key, '=');
	np_puts(key, s);
}

/* What the inventory states of a box, as far as some clause asks for it. */
static void state(struct bench *b, const struct np_docket_place *p,
		  const struct np_device *d)
{
	for (size_t i = 0; i < p->nask; i++) {
		const struct np_law_fact *f = p->ask[i];
		const char *s = b->q->fact(b->q->ctx, d, f->name);

		if (s && strcmp(s, "true") == 0)
			s = "yes";
		else if (s && strcmp(s, "false") == 0)
			s = "no";
		b->stated[f->slot] = s;
		if (s)
			put_stated(&b->key, f->slot, s);
	}
}

/* All that a ruling and its words depend on. */
static void make_key(struct bench *b, const struct np_docket_place *p,
		     const struct np_device *d)
{
	const uint32_t fixed[] = {d->maker, d->rival, (uint32_t)d->sure,
				  d->site};

	np_buf_clear(&b->key);
	np_put(&b->key, fixed, sizeof(fixed));
	if (d->function)
		np_puts(&b->key, d->function);
	for (size_t i = 0; i < d->ncomponents; i++)
		np_putf(&b->key, "+%u.%u", d->components[i].maker,
			(unsigned)d->components[i].sure);
	if (np_said_of(b->q->said, d))
		np_putf(&b->key, "#%zu", (size_t)(d - b->d->v));
	if (b->q->fact)
		state(b, p, d);
	if (b->key.failed)
		b->rc = NP_ENOMEM;
}

static bool make_slots(struct bench *b)
{
	size_t n = b->nslots ? b->nslots * 2 : 1024;
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

static uint32_t add_class(struct bench *b, const struct np_docket_place *p,
			  uint32_t device, uint64_t hash)
{
	uint32_t row = (uint32_t)b->nrows;
	const char *key = np_copy(b->mem, b->key.p, b->key.n);

	if (!key)
		b->rc = NP_ENOMEM;
	judge_device(b, p, &b->d->v[device]);
	b->classes = grow(b, b->classes, b->nclasses, &b->capclasses,
			  sizeof(*b->classes));
	if (b->rc)
		return 0;
	b->classes[b->nclasses] = (struct class){
		.hash = hash,
		.key = key,
		.nkey = b->key.n,
		.row = row,
		.n = (uint32_t)b->nrows - row,
	};
	return (uint32_t)b->nclasses++;
}

static uint32_t class_of(struct bench *b, uint32_t device)
{
	const struct np_device *d = &b->d->v[device];
	const struct np_docket_place *p = np_docket_at(&b->docket, d->site);
	uint64_t h;
	uint32_t c;

	if (!p || (b->nclasses * 2 >= b->nslots && !make_slots(b))) {
		b->rc = NP_ENOMEM;
		return 0;
	}
	make_key(b, p, d);
	if (b->rc)
		return 0;
	h = np_hash64(b->key.p, b->key.n, 0);
	size_t s = h & (b->nslots - 1);

	for (; b->slots[s]; s = (s + 1) & (b->nslots - 1)) {
		const struct class *k = &b->classes[b->slots[s] - 1];

		if (k->hash == h && k->nkey == b->key.n &&
		    memcmp(k->key, b->key.p, k->nkey) == 0)
			return b->slots[s] - 1;
	}
	c = add_class(b, p, device, h);
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
		if (!concerns(b, &b->d->v[i]))
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
	struct bench b = {.law = l,
			  .k = k,
			  .q = q,
			  .d = d,
			  .mem = mem,
			  .key = np_buf(MAX_KEY),
			  .because = np_buf(4096)};
	uint32_t *classes;
	int rc = check_what_if(l, q->what_if, reterr);

	if (rc)
		return rc;
	classes = d->n < UINT32_MAX ? calloc(d->n + 1, sizeof(*classes)) : NULL;
	b.stated = calloc(l->nslots + 1u, sizeof(*b.stated));
	rc = classes && b.stated ? np_docket_open(&b.docket, l, q, mem)
				 : NP_ENOMEM;
	if (rc == 0)
		rc = judge_all(&b, classes, ret);
	if (rc)
		np_fail(reterr, rc, "out of memory for findings", "", 0);
	free(classes);
	free(b.stated);
	free(b.rows);
	free(b.classes);
	free(b.slots);
	np_buf_free(&b.key);
	np_buf_free(&b.because);
	return rc;
}

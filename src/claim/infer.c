/* SPDX-License-Identifier: ISC */
/*
 * infer(): each fact is put to the ways of its field; what they say is lowered
 * by how the sighting came and kept. What the text of a value says never
 * depends on the sighting, so the answers for texts are remembered.
 */
#include "claim/ask.h"
#include "core/hash.h"

#define MEMO_SLOTS 16384u	      /* power of two; half are used */
#define MEMO_MEMORY ((size_t)4 << 20) /* octets of remembered values */
#define MEMO_RAW 32768u		      /* remembered raw claims */

struct memo {
	uint64_t lo, hi; /* hash of field and value */
	uint32_t first, n;
};

struct np_infer {
	const struct np_knowledge *k;
	struct np_match **matcher; /* one a field, see matcher_of() */
	struct np_scratch *scratch;
	struct np_regex **regex; /* by offset's slot, see np_infer_regex */
	uint32_t *regex_of;
	size_t nregex;
	char *text;
	/* What is new is looked for in vain, so where it would stand is told
	 * by a table that is small enough to stay near. 0: free. */
	uint32_t *tag;
	struct memo *memo;
	size_t nmemo;
	struct np_raw *raw;
	size_t nraw;
	struct np_arena mem;
	struct np_ask ask;
};

struct np_infer *np_infer_new(const struct np_knowledge *k)
{
	struct np_infer *w = calloc(1, sizeof(*w));
	size_t patterns = 3 * k->im.n_sign + k->im.n_family + k->im.n_field;

	if (!w)
		return NULL;
	w->k = k;
	w->nregex = np_compile_slots(patterns);
	w->regex = calloc(w->nregex, sizeof(struct np_regex *));
	w->regex_of = calloc(w->nregex, sizeof(*w->regex_of));
	w->text = malloc(NP_MAX_TEXT_MATCHED);
	w->tag = calloc(MEMO_SLOTS, sizeof(*w->tag));
	w->memo = malloc(MEMO_SLOTS * sizeof(*w->memo));
	w->raw = malloc(MEMO_RAW * sizeof(*w->raw));
	w->matcher = calloc(k->im.n_field + 1, sizeof(*w->matcher));
	w->scratch = np_scratch_new();
	w->mem = np_arena(MEMO_MEMORY);
	if (!w->regex || !w->regex_of || !w->text || !w->tag || !w->memo ||
	    !w->raw || !w->matcher || !w->scratch)
		goto fail;
	return w;
fail:
	np_infer_free(w);
	return NULL;
}

void np_infer_free(struct np_infer *w)
{
	if (!w)
		return;
	for (size_t i = 0; w->regex && i < w->nregex; i++)
		np_regex_free(w->regex[i]);
	for (size_t i = 0; w->matcher && i < w->k->im.n_field; i++)
		np_match_free(w->matcher[i]);
	free(w->matcher);
	free(w->regex);
	free(w->regex_of);
	free(w->text);
	free(w->tag);
	free(w->memo);
	free(w->raw);
	np_scratch_free(w->scratch);
	np_arena_free(&w->mem);
	free(w);
}

struct np_regex *np_infer_regex(struct np_infer *w, uint32_t pattern)
{
	size_t at = (pattern * 2654435769u >> 4) & (w->nregex - 1);

	while (w->regex_of[at] && w->regex_of[at] != pattern)
		at = (at + 1) & (w->nregex - 1);
	if (!w->regex[at]) {
		w->regex_of[at] = pattern;
		w->regex[at] = np_regex_new(np_im_text(&w->k->im, pattern));
	}
	return w->regex[at];
}

/* A field's matcher is made when its first text comes: to make all of them
 * takes as long as the rest of the start, and most runs meet few fields. */
static const struct np_match *matcher_of(struct np_infer *w,
					 const struct np_im_field *f)
{
	struct np_match **slot = &w->matcher[f - w->k->im.field];

	if (*slot || f->nmatcher == 0)
		return *slot;
	*slot = np_match_new(w->k->im.matcher + f->matcher, f->nmatcher);
	if (*slot && !np_scratch_ready(w->scratch, *slot)) {
		np_match_free(*slot);
		*slot = NULL;
	}
	return *slot;
}

void np_infer_scan(struct np_infer *w, const struct np_im_field *f,
		   const char *text, size_t n, uint64_t *ret_hits)
{
	const struct np_match *m = matcher_of(w, f);

	if (m) {
		np_match_scan(m, w->scratch, text, n, ret_hits);
		return;
	}
	/* Without one any pattern may occur: the regex decides anyway. */
	for (uint32_t i = 0; i < f->nuses; i++)
		ret_hits[i / 64] |= 1ULL << (i % 64);
}

char *np_infer_text(struct np_infer *w)
{
	return w->text;
}

/* ---- what a way adds */

struct np_raw *np_ask_add(struct np_ask *a, enum np_what what, const char *rule)
{
	/* The last place is the spare one: what is written there is lost. */
	struct np_raw *r = &a->raw[a->nraw];

	if (a->nraw < NP_MAX_RAW - 1)
		a->nraw++;
	*r = (struct np_raw){
		.what = what,
		.grade = (enum np_grade)a->field->grade,
		.group = a->field->group,
		.flags = a->field->flags,
		.rule = rule,
	};
	return r;
}

struct np_raw *np_ask_value(struct np_ask *a, enum np_what what,
			    const char *rule, const char *v, size_t n)
{
	struct np_raw *r = np_ask_add(a, what, rule);

	r->value = np_copystr(a->mem, v, n);
	if (!r->value && a->nraw)
		a->nraw--;
	return r;
}

struct np_raw *np_ask_maker(struct np_ask *a, uint16_t maker, const char *rule)
{
	const struct np_image *im = &a->k->im;
	struct np_raw *r;

	if (maker == NP_NO_MAKER || maker >= im->n_maker)
		return NULL;
	switch ((enum np_maker_kind)im->maker[maker].kind) {
	case NP_M_MAKER:
		r = np_ask_add(a, NP_W_MAKER, rule);
		break;
	case NP_M_AGENT:
		r = np_ask_add(a, NP_W_AGENT, rule);
		r->value = np_im_text(im, im->maker[maker].name);
		r->constant = true;
		break;
	case NP_M_SILICON:
		r = np_ask_add(a, NP_W_COMPONENT, rule);
		break;
	default:
		return NULL;
	}
	r->maker = maker;
	r->flags |= im->maker[maker].flags & NP_IM_SUBSCRIBER;
	return r;
}

/* ---- the memory of past answers */

static void forget(struct np_infer *w)
{
	memset(w->tag, 0, MEMO_SLOTS * sizeof(*w->tag));
	w->nmemo = w->nraw = 0;
	np_arena_reset(&w->mem);
}

static uint32_t tag_of(struct np_hash128 h)
{
	return (uint32_t)(h.lo >> 32) | 1;
}

/* Where it is, or would be. */
static size_t memo_at(const struct np_infer *w, struct np_hash128 h)
{
	size_t at = h.lo & (MEMO_SLOTS - 1);
	uint32_t tag = tag_of(h);

	while (w->tag[at] && (w->tag[at] != tag || w->memo[at].lo != h.lo ||
			      w->memo[at].hi != h.hi))
		at = (at + 1) & (MEMO_SLOTS - 1);
	return at;
}

static void ask_ways(struct np_ask *a)
{
	static void (*const ways[NP_NWAYS])(struct np_ask *) = {
#define NP_CLAIM(name) [NP_BY_##name] = np_claim_##name,
#include "claim/claims.def"
#undef NP_CLAIM
	};

	for (unsigned left = a->field->ways; left; left &= left - 1)
		ways[__builtin_ctz(left)](a);
}

/* The raw claims of a text, from memory if they are there. */
static void ask_text(struct np_ask *a, const struct np_raw **ret, size_t *ret_n)
{
	struct np_infer *w = a->w;
	uint64_t seed = (uint64_t)(a->field - a->k->im.field) + 1;
	struct np_hash128 h = np_hash128(a->p, a->n, seed);
	size_t at = memo_at(w, h);

	if (!w->tag[at]) {
		if (w->nmemo >= MEMO_SLOTS / 2 ||
		    w->nraw + NP_MAX_RAW > MEMO_RAW ||
		    w->mem.used > MEMO_MEMORY / 2) {
			forget(w);
			at = memo_at(w, h);
		}
		a->mem = &w->mem;
		ask_ways(a);
		w->tag[at] = tag_of(h);
		w->memo[at] = (struct memo){h.lo, h.hi, (uint32_t)w->nraw,
					    (uint32_t)a->nraw};
		memcpy(w->raw + w->nraw, a->raw, a->nraw * sizeof(*a->raw));
		w->nraw += a->nraw;
		w->nmemo++;
	}
	*ret = w->raw + w->memo[at].first;
	*ret_n = w->memo[at].n;
}

/* ---- what the sighting makes of them */

/* Was this layout heard from a maker of whom an accusation could follow? */
static bool was_heard(const struct np_raw *r, uint16_t field)
{
	if (r->flags & (NP_IM_HEARD | NP_IM_UNHEARD))
		return r->flags & NP_IM_HEARD;
	if (field >= NP_FIELD_KNOWN || field >> 8 >= NP_NSPEAKERS)
		return true;
	return np_protos[field >> 8]->heard;
}

static enum np_grade lowered(const struct np_infer *w, const struct np_raw *r,
			     const struct np_sighting *s, uint16_t field)
{
	const struct np_im_maker *m = &w->k->im.maker[r->maker];
	unsigned down = 0;

	down += s->reach == NP_RELAYED;
	if (r->address)
		down += s->reach == NP_ROUTED || s->depth > 0;
	else if (m->flags & NP_IM_RESTRICTED)
		down += !was_heard(r, field);
	if (r->grade <= NP_E1 + down)
		return r->grade < NP_E1 ? r->grade : NP_E1;
	return (enum np_grade)(r->grade - down);
}

static void keep(struct np_infer *w, const struct np_sighting *s, size_t fact,
		 const struct np_raw *r, struct np_arena *mem,
		 struct np_claims *ret)
{
	struct np_claim *c;
	const char *value = r->value;

	if (ret->n == NP_MAX_CLAIMS) {
		ret->full = true;
		return;
	}
	if (value && !r->constant)
		value = np_copystr(mem, value, strlen(value));
	if (r->value && !value) {
		ret->full = true;
		return;
	}
	c = &ret->v[ret->n++];
	*c = (struct np_claim){
		.what = r->what,
		.grade = lowered(w, r, s, s->facts[fact].field),
		.maker = r->maker,
		.group = r->group,
		.fact = (uint16_t)fact,
		.rule = r->rule,
		.value = value,
		.settable =
			(r->flags & NP_IM_SETTABLE) && !(r->flags & NP_IM_FIRM),
		.subscriber = r->flags & NP_IM_SUBSCRIBER,
		.computer = r->flags & NP_IM_COMPUTER,
		.virtual_key = r->shared,
	};
}

static void infer_fact(struct np_infer *w, const struct np_sighting *s,
		       size_t i, struct np_arena *mem, struct np_claims *ret)
{
	const struct np_fact *f = &s->facts[i];
	const struct np_im_field *field = np_knowledge_reads(w->k, f->field);
	struct np_ask *a = &w->ask;
	const struct np_raw *raw;
	size_t n;

	if (!field || f->n == 0)
		return;
	/* What is said of third parties travelled through others: nothing but
	 * what they are asked to do. */
	if (s->scope == NP_THIRD && !(field->ways & 1u << NP_BY_role))
		return;
	a->w = w;
	a->k = w->k;
	a->field = field;
	a->s = s;
	a->p = (const char *)f->v;
	a->n = f->n;
	a->mem = mem;
	a->nraw = 0;
	if (field->ways & 1u << NP_BY_text) {
		ask_text(a, &raw, &n);
	} else {
		ask_ways(a);
		raw = a->raw;
		n = a->nraw;
	}
	for (size_t k = 0; k < n; k++)
		keep(w, s, i, &raw[k], mem, ret);
}

/* The maker that a model's claim is about: its rule's, or the best that the
 * same sighting names. */
static uint16_t maker_of(const struct np_claims *c,
			 const struct np_claim *model)
{
	uint16_t maker = model->maker;
	enum np_grade best = NP_E0;

	for (size_t i = 0; maker == NP_NO_MAKER && i < c->n; i++)
		if (c->v[i].what == NP_W_MAKER && c->v[i].grade > best)
			best = c->v[i].grade;
	for (size_t i = 0; maker == NP_NO_MAKER && i < c->n; i++)
		if (c->v[i].what == NP_W_MAKER && c->v[i].grade == best)
			maker = c->v[i].maker;
	return maker;
}

static bool says(const struct np_claims *c, uint16_t fact, enum np_what what)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].fact == fact && c->v[i].what == what)
			return true;
	return false;
}

static void add_like(struct np_claims *c, const struct np_claim *model,
		     enum np_what what, const char *rule, const char *value)
{
	if (!value || says(c, model->fact, what))
		return;
	if (c->n == NP_MAX_CLAIMS) {
		c->full = true;
		return;
	}
	c->v[c->n] = *model;
	c->v[c->n].what = what;
	c->v[c->n].rule = rule;
	c->v[c->n++].value = value;
}

/* The first of the maker's patterns that a model fits. Family may be a
 * template, so it goes into mem. */
static bool find_family(struct np_infer *w, uint16_t maker, const char *model,
			struct np_arena *mem, const char **ret_rule,
			const char **ret_family, const char **ret_function)
{
	const struct np_image *im = &w->k->im;
	const struct np_im_maker *m = &im->maker[maker];

	for (uint32_t i = 0; i < m->nfamilies; i++) {
		const struct np_im_family *f = &im->family[m->family + i];
		struct np_capture c[NP_CAPTURES];
		struct np_regex *re = np_infer_regex(w, f->pattern);

		if (!re || !np_regex_find(re, model, strlen(model), c))
			continue;
		*ret_rule = np_im_text(im, f->rule);
		*ret_family = f->family ? np_template(np_im_text(im, f->family),
						      c, mem)
					: NULL;
		*ret_function =
			f->function ? np_im_text(im, f->function) : NULL;
		return true;
	}
	return false;
}

static void infer_families(struct np_infer *w, struct np_arena *mem,
			   struct np_claims *ret)
{
	size_t n = ret->n;

	for (size_t i = 0; i < n; i++) {
		const struct np_claim model = ret->v[i];
		const char *rule, *family, *function;
		uint16_t maker;

		if (model.what != NP_W_MODEL && model.what != NP_W_FAMILY)
			continue;
		maker = maker_of(ret, &model);
		if (maker == NP_NO_MAKER || !model.value ||
		    !find_family(w, maker, model.value, mem, &rule, &family,
				 &function))
			continue;
		add_like(ret, &model, NP_W_FAMILY, rule, family);
		add_like(ret, &model, NP_W_FUNCTION, rule, function);
	}
}

bool np_infer_model(struct np_infer *w, uint16_t maker, const char *model,
		    const char **ret_family, const char **ret_function)
{
	const char *rule;

	*ret_family = *ret_function = NULL;
	if (maker >= w->k->im.n_maker || !model)
		return false;
	if (w->mem.used > MEMO_MEMORY / 2)
		forget(w);
	return find_family(w, maker, model, &w->mem, &rule, ret_family,
			   ret_function);
}

void np_infer(struct np_infer *w, const struct np_sighting *s,
	      struct np_arena *mem, struct np_claims *ret)
{
	bool models = false;

	ret->n = 0;
	ret->full = false;
	for (size_t i = 0; i < s->nfacts; i++)
		infer_fact(w, s, i, mem, ret);
	for (size_t i = 0; i < ret->n; i++)
		models |= ret->v[i].what == NP_W_MODEL ||
			  ret->v[i].what == NP_W_FAMILY;
	if (models)
		infer_families(w, mem, ret);
}

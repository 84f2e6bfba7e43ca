/* SPDX-License-Identifier: ISC */
/*
 * What holds of every law and every network: random clauses, random boxes,
 * random facts.
 *
 * A clause that is added clears no finding. What is found on a day depends on
 * nothing that is dated later. The order of boxes, clauses and files does not
 * matter. No word of a sentence comes from elsewhere than a template.
 */
#include "policy/law.h"
#include "policy_made.h"
#include <stdio.h>
#include <sys/stat.h>

#define ROUNDS 150
#define MAX_BOXES 24
#define NCOUNT(a) (sizeof(a) / sizeof(*(a)))

static uint64_t next(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s;
}

static unsigned below(uint64_t *s, unsigned n)
{
	return (unsigned)((next(s) >> 11) % n);
}

#define PICK(s, list) ((list)[below(s, (unsigned)NCOUNT(list))])

/* ---- random clauses */

static const char *const places[] = {"DE", "US", "GB", "EU"};
static const char *const place_facts[][3] = {
	{"contracts_2024_party", "critical_operator", "management_function"},
	{"federal_contractor", "subsidy_recipient", "security_use"},
	{"designated_vendor_direction_provider", "significant",
	 "sanctions_affected"},
	{"eu_funding_recipient", "eu_funding_recipient",
	 "eu_funding_recipient"},
};
static const char *const days[] = {
	"2012-10-08", "2018-08-13", "2019-08-13", "2020-01-30",
	"2020-11-16", "2020-11-17", "2021-05-11", "2022-10-13",
	"2024-07-11", "2025-12-22", "2026-11-23", "2027-06-30",
};
static const char *const duties[] = {"approve", "notify", "no-new",
				     "remove",	"cap",	  "no-use",
				     "subsidy", "assess", "report"};
static const char *const functions[] = {"core",	     "core/upf",   "ran",
					"ran/gnb",   "access/olt", "transport",
					"management"};
static const char *const some_makers[] = {
	"huawei", "zte",	  "hikvision", "dahua", "cisco",
	"nokia",  "huaweidevice", "honor",     "dji",
};

/* Days that follow one another. */
static void put_days(FILE *f, uint64_t *s)
{
	unsigned known = below(s, NCOUNT(days) - 2);
	unsigned from = known + below(s, 2);

	(void)fprintf(f, "    known: %s\n    from: %s\n", days[known],
		      days[from]);
	if (below(s, 4) == 0)
		(void)fprintf(
			f, "    until: %s\n",
			days[from + below(s, (unsigned)(NCOUNT(days) - from))]);
	if (below(s, 3) == 0)
		(void)fprintf(f, "    date: %s\n", PICK(s, days));
}

static void put_makers(FILE *f, uint64_t *s)
{
	unsigned first = below(s, NCOUNT(some_makers));
	unsigned n = below(s, 4);

	(void)fprintf(f, "    makers: [");
	for (unsigned i = 0; i < n; i++)
		(void)fprintf(f, "%s%s", i ? ", " : "",
			      some_makers[(first + i) % NCOUNT(some_makers)]);
	(void)fprintf(f, "]\n");
	if (n && below(s, 2))
		(void)fprintf(f, "    affiliates: yes\n");
	if (below(s, 2))
		(void)fprintf(f, "    components: yes\n");
}

static void put_clause(FILE *f, uint64_t *s, unsigned place, unsigned number)
{
	const char *const *facts = place_facts[place];

	(void)fprintf(
		f,
		"  - id: c%u\n    duty: %s\n    says: something is asked\n"
		"    bound:\n      who: some\n      any: [%s]\n",
		number, PICK(s, duties), facts[below(s, 3)]);
	put_makers(f, s);
	if (below(s, 2))
		(void)fprintf(f, "    functions: [%s]\n", PICK(s, functions));
	if (below(s, 3) == 0)
		(void)fprintf(f, "    generation: 5G\n");
	if (below(s, 3) == 0)
		(void)fprintf(f, "    when:\n      - fact: obtained\n"
				 "        after: 2020-06-30\n");
	if (below(s, 4) == 0)
		(void)fprintf(f,
			      "    exceptions:\n      - when: [%s]\n"
			      "        says: it is so\n",
			      facts[below(s, 3)]);
	if (below(s, 6) == 0)
		(void)fprintf(f, "    sure: unverified\n");
	if (below(s, 6) == 0)
		(void)fprintf(f, "    not_judged: for a test\n");
	put_days(f, s);
}

/* One instrument of n clauses, of which those in `leave` are left out and the
 * order is turned when asked for. */
static void put_instrument(const char *path, const char *id, uint64_t seed,
			   unsigned n, unsigned leave, bool turned)
{
	uint64_t s = seed;
	unsigned place = below(&s, NCOUNT(places));
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	(void)fprintf(f,
		      "schema: nameplate.policy/1\nid: %s\njurisdiction: %s\n"
		      "title: Instrument %s\ncitation: none\nsource: a test\n"
		      "sure: %s\nknown: 2012-10-08\nclauses:\n",
		      id, places[place], id,
		      below(&s, 2) ? "primary" : "secondary");
	for (unsigned i = 0; i < n; i++) {
		unsigned k = turned ? n - 1 - i : i;
		uint64_t own = seed * 31 + k * UINT64_C(0x9e3779b97f4a7c15) + 1;

		if (k != leave)
			put_clause(f, &own, place, k);
	}
	assert_int_equal(fclose(f), 0);
}

#define ALL UINT32_MAX

struct scratch {
	char dir[64];
};

static struct scratch scratch_open(void)
{
	struct scratch s = {.dir = "/tmp/nameplate-law-XXXXXX"};
	char path[128];

	assert_non_null(mkdtemp(s.dir));
	(void)snprintf(path, sizeof(path), "%s/policies", s.dir);
	assert_int_equal(mkdir(path, 0700), 0);
	return s;
}

static void name_file(const struct scratch *s, const char *name,
		      char ret[static 128])
{
	(void)snprintf(ret, 128, "%s/policies/%s.yaml", s->dir, name);
}

static void scratch_close(const struct scratch *s, const char *const *names,
			  size_t n)
{
	char path[128];

	for (size_t i = 0; i < n; i++) {
		name_file(s, names[i], path);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof(path), "%s/policies", s->dir);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(s->dir), 0);
}

/* ---- random boxes */

struct network {
	struct np_device v[MAX_BOXES];
	struct np_component parts[MAX_BOXES];
	size_t n;
	uint64_t seed;
};

static const char *state_any(void *ctx, const struct np_device *d,
			     const char *name)
{
	static const char *const yes_no[] = {"yes", "no"};
	const struct network *net = ctx;
	uint64_t s = net->seed;

	for (const char *p = d->id; *p; p++)
		s = s * 31 + (unsigned char)*p;
	for (const char *p = name; *p; p++)
		s = s * 33 + (unsigned char)*p;
	s |= 1;
	(void)next(&s);
	if (below(&s, 3) == 0)
		return NULL;
	if (strcmp(name, "obtained") == 0)
		return PICK(&s, days);
	if (strcmp(name, "generation") == 0)
		return below(&s, 2) ? "5G" : "4G";
	if (strcmp(name, "removal_term") == 0 ||
	    strcmp(name, "variation_granted") == 0)
		return PICK(&s, days);
	if (strstr(name, "share"))
		return below(&s, 2) ? "35" : "36";
	return PICK(&s, yes_no);
}

static void make_network(struct network *net, struct court *c, uint64_t *s)
{
	static const char *const sites[] = {"DE", "US", "GB",	 "IT", "JP",
					    "FR", "GI", "US-TX", "CZ", "LV"};
	static const enum np_sure sures[] = {NP_CONFIRMED, NP_CONFIRMED,
					     NP_PROBABLE, NP_POSSIBLE,
					     NP_DISPUTED};

	net->seed = next(s);
	net->n = 1 + below(s, MAX_BOXES);
	for (size_t i = 0; i < net->n; i++) {
		char id[8];
		struct np_device *d = &net->v[i];

		(void)snprintf(id, sizeof(id), "b%02zu", i);
		*d = box(id, np_maker_find(&made, PICK(s, some_makers)),
			 PICK(s, sures),
			 below(s, 4) ? PICK(s, functions) : NULL, NP_NO_SITE);
		if (below(s, 8))
			d->site = np_site_find(c->party, PICK(s, sites));
		if (d->sure == NP_DISPUTED)
			d->rival = HUAWEI;
		if (below(s, 4))
			continue;
		net->parts[i] = (struct np_component){
			.maker = np_maker_find(&made, PICK(s, some_makers)),
			.sure = PICK(s, sures),
			.rule = "entity"};
		d->components = &net->parts[i];
		d->ncomponents = 1;
	}
}

/* ---- comparing */

static const struct np_finding *twin(const struct np_findings *in,
				     const struct np_finding *f)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct np_finding *g = &in->v[i];

		if (strcmp(g->device->id, f->device->id) == 0 &&
		    g->component == f->component &&
		    strcmp(g->clause ? g->clause->id : "",
			   f->clause ? f->clause->id : "") == 0)
			return g;
	}
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void assert_twin(const struct np_findings *in,
			const struct np_finding *f, const char *what)
{
	const struct np_finding *g = twin(in, f);
	const char *id = f->clause ? f->clause->id : "place";

	if (!g)
		fail_msg("%s: %s %s is gone: %s", what, f->device->id, id,
			 f->text);
	if (g->status != f->status || g->date != f->date ||
	    g->elsewhere != f->elsewhere || g->counted != f->counted ||
	    !same_text(g->text, f->text) ||
	    !same_text(g->missing, f->missing) ||
	    !same_text(g->because, f->because))
		fail_msg("%s: %s %s: %s, and then %s", what, f->device->id, id,
			 f->text, g->text);
}

/* ---- the properties */

static void swap_law(struct court *c, const char *dir)
{
	np_law_close(c->law);
	c->law = open_law(dir);
}

/* A clause more, in an instrument of its own or in one that is there. */
static void round_added(uint64_t seed)
{
	static const char *const names[] = {"aa-one", "zz-two"};
	struct scratch s = scratch_open();
	struct court c = open_court(NULL);
	struct np_findings before;
	struct network net = {0};
	struct np_question q = {.fact = state_any, .ctx = &net};
	bool own = below(&seed, 2) == 0;
	char one[128], two[128];
	uint64_t law = next(&seed);

	name_file(&s, names[0], one);
	name_file(&s, names[1], two);
	q.as_of = day(PICK(&seed, days));
	make_network(&net, &c, &seed);
	put_instrument(one, names[0], law, 4, own ? ALL : 2, false);
	swap_law(&c, s.dir);
	judge(&c, &q, net.v, net.n);
	before = c.found;
	if (own)
		put_instrument(two, names[1], law + 1, 3, ALL, false);
	else
		put_instrument(one, names[0], law, 4, ALL, false);
	/* texts of the findings before live in the arena and in the old law */
	struct np_law *old = c.law;

	c.law = open_law(s.dir);
	judge(&c, &q, net.v, net.n);
	for (size_t i = 0; i < before.n; i++) {
		const struct np_finding *f = &before.v[i];

		if (!f->clause || (!own && f->status == NP_NOT_IN_SCOPE))
			continue;
		assert_twin(&c.found, f, "a clause was added");
	}
	np_law_close(old);
	close_court(&c);
	scratch_close(&s, names, NCOUNT(names));
}

static void test_added_clause_clears_nothing(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < ROUNDS; i++)
		round_added(i * UINT64_C(0x2545f4914f6cdd1d) + 77);
}

/* The law as it was known on a day. */
static void forget_later(struct np_law *l, int32_t as_of, struct np_rule *rules)
{
	struct np_affiliate **p = &l->affiliates;
	size_t n = 0;

	for (size_t i = 0; i < l->nrules; i++) {
		if (l->rules[i].pub.known > as_of)
			continue;
		rules[n] = l->rules[i];
		if (rules[n].pub.until > as_of)
			rules[n].pub.until = NP_NODAY;
		n++;
	}
	l->rules = rules;
	l->nrules = n;
	while (*p) {
		if ((*p)->until > as_of)
			(*p)->until = NP_NODAY;
		if ((*p)->from != NP_NODAY && (*p)->from > as_of)
			*p = (*p)->next;
		else
			p = &(*p)->next;
	}
	for (struct np_jurisdiction *j = l->jurisdictions; j; j = j->next) {
		for (size_t i = 0; i < j->nterritory; i++) {
			struct np_territory *t = &j->territory[i];

			if (t->until > as_of)
				t->until = NP_NODAY;
			if (t->from != NP_NODAY && t->from > as_of)
				t->place = "XX";
		}
	}
}

static void round_later(uint64_t seed)
{
	static const char *const names[] = {"aa-one"};
	struct scratch s = scratch_open();
	struct court c = open_court(NULL);
	struct np_findings whole;
	struct network net = {0};
	struct np_question q = {.fact = state_any, .ctx = &net};
	char one[128];

	name_file(&s, names[0], one);
	q.as_of = day(PICK(&seed, days));
	make_network(&net, &c, &seed);
	put_instrument(one, names[0], next(&seed), 6, ALL, false);
	swap_law(&c, s.dir);
	judge(&c, &q, net.v, net.n);
	whole = c.found;

	struct np_law *then = open_law(s.dir);
	struct np_rule *rules = calloc(then->nrules + 1, sizeof(*rules));
	struct np_law *now = c.law;

	assert_non_null(rules);
	forget_later(then, q.as_of, rules);
	c.law = then;
	judge(&c, &q, net.v, net.n);
	assert_int_equal(whole.n, c.found.n);
	for (size_t i = 0; i < whole.n; i++)
		assert_twin(&c.found, &whole.v[i], "later days were forgotten");
	np_law_close(now);
	close_court(&c);
	free(rules);
	scratch_close(&s, names, NCOUNT(names));
}

static void test_nothing_of_later_days(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < ROUNDS; i++)
		round_later(i * UINT64_C(0x9e3779b97f4a7c15) + 5);
}

static void shuffle(struct np_device *v, size_t n, uint64_t *s)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = below(s, (unsigned)i);
		struct np_device d = v[i - 1];

		v[i - 1] = v[k];
		v[k] = d;
	}
}

static void round_order(uint64_t seed)
{
	static const char *const names[] = {"aa-one", "zz-one", "mm-two"};
	struct scratch s = scratch_open();
	struct court c = open_court(NULL);
	struct np_findings first;
	struct network net = {0};
	struct np_device turned[MAX_BOXES];
	struct np_question q = {.fact = state_any, .ctx = &net};
	char one[128], last[128], two[128];
	uint64_t law = next(&seed);

	name_file(&s, names[0], one);
	name_file(&s, names[1], last);
	name_file(&s, names[2], two);
	q.as_of = day(PICK(&seed, days));
	make_network(&net, &c, &seed);
	put_instrument(one, "aa-one", law, 4, ALL, false);
	put_instrument(two, "mm-two", law + 3, 4, ALL, false);
	swap_law(&c, s.dir);
	judge(&c, &q, net.v, net.n);
	first = c.found;
	/* the same file is read last, its clauses the other way round */
	assert_int_equal(unlink(one), 0);
	put_instrument(last, "aa-one", law, 4, ALL, true);
	put_instrument(two, "mm-two", law + 3, 4, ALL, true);

	struct np_law *old = c.law;

	c.law = open_law(s.dir);
	memcpy(turned, net.v, sizeof(turned));
	shuffle(turned, net.n, &seed);
	judge(&c, &q, turned, net.n);
	assert_int_equal(first.n, c.found.n);
	for (size_t i = 0; i < first.n; i++)
		assert_twin(&c.found, &first.v[i], "the order was changed");
	np_law_close(old);
	close_court(&c);
	scratch_close(&s, names, NCOUNT(names));
}

static void test_order(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < ROUNDS; i++)
		round_order(i * UINT64_C(0xd1342543de82ef95) + 9);
}

/* Every template becomes one sign without a hole: what else stands in a
 * sentence came from elsewhere. */
static void blank(struct np_law *l)
{
	static const char sign[] = "#";

	for (int a = 0; a < NP_NASIDES; a++)
		l->aside[a] = sign;
	for (int s = 0; s < NP_NSTATUSES; s++) {
		for (int d = 0; d < NP_NDUTIES; d++) {
			for (int w = 0; w < NP_NWHENS; w++)
				l->sentence[s][d][w] = sign;
		}
	}
}

static void assert_signs(const char *text)
{
	if (!*text || text[strspn(text, "#")])
		fail_msg("outside the templates: %s", text);
}

static void round_words(uint64_t seed)
{
	struct court c = open_court(NULL);
	struct network net = {0};
	struct np_question q = {
		.fact = state_any, .ctx = &net, .what_if = "us,de"};
	const struct np_stated *stated;
	struct np_stales stale;
	struct np_devices d = {.v = net.v};
	size_t n;

	blank(c.law);
	make_network(&net, &c, &seed);
	d.n = net.n;
	q.as_of = day(PICK(&seed, days));
	judge(&c, &q, net.v, net.n);
	for (size_t i = 0; i < c.found.n; i++)
		assert_signs(c.found.v[i].text);
	assert_int_equal(
		np_state(c.law, &d, &c.found, q.as_of, &c.mem, &stated, &n), 0);
	q.as_of = day("2027-06-30");
	judge(&c, &q, net.v, net.n);
	assert_int_equal(np_stale(c.law, &d, &c.found, q.as_of, stated, n,
				  &c.mem, &stale),
			 0);
	for (size_t i = 0; i < stale.n; i++)
		assert_signs(stale.v[i].text);
	close_court(&c);
}

static void test_only_templates(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < ROUNDS; i++)
		round_words(i * UINT64_C(0xbf58476d1ce4e5b9) + 3);
}

/* What is unverified, a bill or not judged finds nothing. */
static void test_unjudged_finds_nothing(void **state)
{
	(void)state;
	for (uint64_t i = 1; i <= ROUNDS; i++) {
		struct court c = open_court(NULL);
		struct network net = {0};
		uint64_t seed = i * UINT64_C(0x94d049bb133111eb);
		struct np_question q = {.fact = state_any, .ctx = &net};

		make_network(&net, &c, &seed);
		q.as_of = day(PICK(&seed, days));
		judge(&c, &q, net.v, net.n);
		for (size_t k = 0; k < c.found.n; k++) {
			const struct np_clause *x = c.found.v[k].clause;

			assert_true(!x || (!x->not_judged && !x->bill &&
					   x->sure != NP_UNVERIFIED));
			assert_true(!np_finding_trips(&c.found.v[k]) ||
				    (x->sure == NP_PRIMARY &&
				     c.found.v[k].counted == NP_PRIMARY));
		}
		close_court(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_added_clause_clears_nothing),
		cmocka_unit_test(test_nothing_of_later_days),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_only_templates),
		cmocka_unit_test(test_unjudged_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

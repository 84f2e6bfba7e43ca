/* SPDX-License-Identifier: ISC */
/*
 * What people state: how it is written, and what it does to findings. Then the
 * properties, over random sets of statements: their order never matters, one
 * that is over or not begun never helps, an incident changes nothing.
 */
#include "core/hash.h"
#include "policy/statement.h"
#include "policy_made.h"

#define OPERATOR "examples/operator/operator.yaml"
#define DE_CORE "de-5g-contracts-2024/core"
#define TODAY "2026-11-23"
#define MADE "2026-11-20T09:00:00Z"
#define MOST 64

/* A statement to be, with who signs it. */
struct said {
	struct np_statement s;
	const char *key;
};

static struct said said(enum np_stating kind, const char *device,
			const char *clause, const char *fact, const char *value)
{
	struct said x = {
		.s = {.kind = kind,
		      .device = device,
		      .clause = clause,
		      .fact = fact,
		      .value = value,
		      .because = "seen",
		      .by = "Ann",
		      .made = MADE,
		      .source = 'B',
		      .information = '2',
		      .on = day("2026-11-01"),
		      .until = day("2027-01-31")},
		.key = "A",
	};

	if (kind == NP_S_WAIVE || kind == NP_S_VARIATION) {
		x.s.authority = "the Ministry";
		x.s.citation = "letter of 1 November";
	}
	return x;
}

static void text_of(const struct np_statement *s, struct np_buf *b)
{
	*b = np_buf(NP_STATEMENT_MAX);
	np_statement_put(s, b);
	assert_false(b->failed);
}

static void id_of(const struct np_statement *s, char ret[65])
{
	struct np_buf b, hex = np_buf(65);
	uint8_t hash[32];

	text_of(s, &b);
	np_sha256(b.p, b.n, hash);
	np_puthex(&hex, hash, 32);
	memcpy(ret, hex.p, 65);
	np_buf_free(&b);
	np_buf_free(&hex);
}

/* Another person's support of it; `id` keeps the words. */
static struct said second(const struct said *of, const char *by,
			  const char *key, char id[65])
{
	struct said x = said(NP_S_SECOND, NULL, NULL, NULL, NULL);

	id_of(&of->s, id);
	x.s.of = id;
	x.s.by = by;
	x.key = key;
	return x;
}

/* ---- a court that hears them */

enum { UPF, PROBABLE, UNKNOWN, POSSIBLE, DISPUTED, GNB, OTHER, NBOXES };

struct trial {
	struct court c;
	struct np_device v[NBOXES];
	struct np_said *s;
};

static void boxes(struct trial *t)
{
	uint32_t de = np_site_find(t->c.party, "DE-1");

	t->v[UPF] = box("d-1", HUAWEI, NP_CONFIRMED, "core/upf", de);
	t->v[PROBABLE] = box("d-2", HUAWEI, NP_PROBABLE, "core/upf", de);
	t->v[UNKNOWN] = box("d-3", NOBODY, NP_UNKNOWN, "core/upf", de);
	t->v[POSSIBLE] = box("d-4", ZTE, NP_POSSIBLE, "core/upf", de);
	t->v[DISPUTED] = box("d-5", ZTE, NP_DISPUTED, "core/upf", de);
	t->v[DISPUTED].rival = CISCO;
	t->v[GNB] = box("d-6", HUAWEI, NP_CONFIRMED, "ran/gnb", de);
	t->v[OTHER] = box("d-7", CISCO, NP_CONFIRMED, "core/upf", de);
}

static void hear(struct trial *t, const struct said *v, size_t n,
		 const char *as_of)
{
	struct np_question q = {.as_of = day(as_of)};
	struct np_err err = {0};

	*t = (struct trial){.c = open_court(OPERATOR), .s = np_said_new()};
	boxes(t);
	for (size_t i = 0; i < n; i++) {
		struct np_buf b;

		text_of(&v[i].s, &b);
		if (np_said_add(t->s, b.p, b.n, v[i].key, i + 1, true, &err))
			fail_msg("%s: %s", err.text, b.p);
		np_buf_free(&b);
	}
	for (size_t i = 0; i < np_said_n(t->s); i++) {
		const char *id = np_said_row(t->s, i)->s.device;

		for (size_t d = 0; d < NBOXES; d++)
			if (id && strcmp(id, t->v[d].id) == 0)
				np_said_found(t->s, i, &t->v[d]);
	}
	q.party = t->c.party;
	assert_int_equal(np_said_weigh(t->s, t->c.law, &made, &q), 0);
	q.said = t->s;
	judge(&t->c, &q, t->v, NBOXES);
}

static void rest(struct trial *t)
{
	np_said_free(t->s);
	close_court(&t->c);
}

static enum np_weight weight(const struct trial *t, size_t i)
{
	return np_said_row(t->s, i)->weight;
}

static enum np_status status(const struct trial *t, const char *device)
{
	const struct np_finding *f = find(&t->c, device, DE_CORE, false);

	if (!f)
		return NP_NO_RULE;
	return f->status;
}

/* ---- how it is written */

static void check_refused(const char *text, const char *expected)
{
	struct np_arena mem = np_arena(1 << 20);
	struct np_statement s;
	struct np_err err = {0};

	assert_int_equal(np_statement_read(text, strlen(text), &mem, &s, &err),
			 NP_EINPUT);
	if (!strstr(err.text, expected))
		fail_msg("%s: %s, not %s", text, err.text, expected);
	np_arena_free(&mem);
}

static void test_writes_and_reads(void **state)
{
	static const struct np_proof proofs[] = {
		{"label \"1\".jpg", "00112233445566778899aabbccddeeff"
				    "00112233445566778899aabbccddeeff"}};
	struct said x = said(NP_S_ATTEST, "d-1", NULL, "maker", "huawei");
	struct np_arena mem = np_arena(1 << 20);
	struct np_statement s;
	struct np_buf a, b;

	(void)state;
	x.s.proofs = proofs;
	x.s.nproofs = 1;
	x.s.because = "Rückseite gelesen";
	text_of(&x.s, &a);
	assert_string_equal(
		a.p,
		"{\"because\":\"Rückseite gelesen\",\"by\":\"Ann\","
		"\"device\":\"d-1\",\"evidence\":[{\"name\":\"label "
		"\\\"1\\\".jpg\",\"sha256\":\"00112233445566778899aabbccddeeff"
		"00112233445566778899aabbccddeeff\"}],\"fact\":\"maker\","
		"\"information\":\"2\",\"kind\":\"attest\",\"made\":\"" MADE
		"\",\"on\":\"2026-11-01\",\"schema\":\"nameplate.statement/1\","
		"\"source\":\"B\",\"until\":\"2027-01-31\",\"value\":"
		"\"huawei\"}");
	assert_int_equal(np_statement_read(a.p, a.n, &mem, &s, NULL), 0);
	text_of(&s, &b);
	assert_string_equal(a.p, b.p);
	np_buf_free(&a);
	np_buf_free(&b);
	np_arena_free(&mem);
}

static void test_refuses(void **state)
{
	(void)state;
	check_refused("", "not a JSON object");
	check_refused("{}", "expected schema");
	check_refused("{\"schema\":\"nameplate.statement/1\"}",
		      "expected a kind");
	check_refused("{\"colour\":\"red\"}", "no such member");
	/* the same in other octets */
	check_refused(
		"{\"because\":\"x\",\"by\":\"Ann\",\"device\":\"d-1\", "
		"\"information\":\"2\",\"kind\":\"dispute\",\"made\":\"" MADE
		"\",\"on\":\"2026-11-01\",\"schema\":\"nameplate.statement/1\","
		"\"source\":\"B\"}",
		"not written as it should be");
}

/* What np_statement_lacks says of one that is changed in one way. */
static void test_lacks(void **state)
{
	struct said ok = said(NP_S_ATTEST, "d-1", NULL, "maker", "huawei");
	struct said x;

	(void)state;
	assert_null(np_statement_lacks(&ok.s));
#define LACKS(change, expected)                                                \
	do {                                                                   \
		x = ok;                                                        \
		change;                                                        \
		assert_non_null(np_statement_lacks(&x.s));                     \
		if (!strstr(np_statement_lacks(&x.s), expected))               \
			fail_msg("%s: %s", #change, np_statement_lacks(&x.s)); \
	} while (0)
	LACKS(x.s.by = NULL, "who states it");
	LACKS(x.s.by = "", "1 to 2000 octets");
	LACKS(x.s.by = "Ann\033[2J", "without control characters");
	LACKS(x.s.by = "\xe2\x80\xae"
		       "nnA",
	      "without control characters");
	LACKS(x.s.made = "yesterday", "when it was signed");
	LACKS(x.s.source = 'G', "A1 to F6");
	LACKS(x.s.information = '0', "A1 to F6");
	LACKS(x.s.until = x.s.on - 1, "not before");
	LACKS(x.s.device = NULL, "what it is about");
	LACKS(x.s.clause = DE_CORE, "no clause");
	LACKS(x.s.value = NULL, "what is attested");
	LACKS(x.s.kind = NP_S_WAIVE, "authority");
	LACKS(x.s.kind = NP_S_SECOND, "that it supports");
	ok = said(NP_S_WAIVE, "d-1", DE_CORE, NULL, NULL);
	assert_null(np_statement_lacks(&ok.s));
	LACKS(x.s.until = NP_NODAY, "until which");
	LACKS(x.s.clause = NULL, "the clause");
	LACKS(x.s.authority = "overdue", "accuses");
#undef LACKS
}

static void test_unknown(void **state)
{
	struct np_law *l = open_law(NULL);
	struct said x = said(NP_S_ATTEST, "d-1", NULL, "maker", "nobody-such");

	(void)state;
	assert_non_null(np_statement_unknown(&x.s, l, &made));
	x.s.value = "zte";
	assert_null(np_statement_unknown(&x.s, l, &made));
	x.s.fact = "obtained";
	assert_string_equal(np_statement_unknown(&x.s, l, &made),
			    "expected a date, YYYY-MM-DD");
	x.s.value = "2019-05-10";
	assert_null(np_statement_unknown(&x.s, l, &made));
	x.s.fact = "place";
	assert_non_null(np_statement_unknown(&x.s, l, &made));
	x.s.fact = "part";
	assert_non_null(np_statement_unknown(&x.s, l, &made));
	x.s.value = "zte";
	assert_null(np_statement_unknown(&x.s, l, &made));
	x = said(NP_S_DISPUTE, NULL, "de-none/core", NULL, NULL);
	assert_non_null(np_statement_unknown(&x.s, l, &made));
	np_law_close(l);
}

/* ---- what it does */

static void test_attests(void **state)
{
	const struct said v[] = {
		said(NP_S_ATTEST, "d-2", NULL, "maker", "huawei"),
		said(NP_S_ATTEST, "d-3", NULL, "maker", "huawei"),
		said(NP_S_ATTEST, "d-4", NULL, "maker", "zte"),
	};
	struct trial t;

	(void)state;
	hear(&t, NULL, 0, TODAY);
	assert_int_equal(status(&t, "d-1"), NP_IN_SCOPE);
	assert_int_equal(status(&t, "d-2"), NP_UNDETERMINED);
	assert_int_equal(status(&t, "d-3"), NP_NO_RULE); /* none */
	assert_int_equal(status(&t, "d-4"), NP_UNDETERMINED);
	rest(&t);
	hear(&t, v, 3, TODAY);
	for (size_t i = 0; i < 3; i++) {
		const struct np_finding *f =
			find(&t.c, v[i].s.device, DE_CORE, false);

		assert_int_equal(weight(&t, i), NP_G_COUNTS);
		assert_non_null(f);
		assert_int_equal(f->status, NP_IN_SCOPE);
		assert_non_null(strstr(f->because, "(attested)"));
		assert_null(strstr(f->because, "Ann"));
	}
	rest(&t);
	/* the day after its last, and the day before its first */
	hear(&t, v, 3, "2027-02-01");
	assert_int_equal(weight(&t, 0), NP_G_EXPIRED);
	assert_int_equal(status(&t, "d-2"), NP_UNDETERMINED);
	assert_int_equal(status(&t, "d-3"), NP_NO_RULE);
	rest(&t);
	hear(&t, v, 3, "2027-01-31");
	assert_int_equal(status(&t, "d-2"), NP_IN_SCOPE);
	rest(&t);
	hear(&t, v, 3, "2026-10-31");
	assert_int_equal(weight(&t, 0), NP_G_EARLY);
	assert_int_equal(status(&t, "d-2"), NP_UNDETERMINED);
	rest(&t);
}

static void test_weak_attestation(void **state)
{
	struct said v[] = {
		said(NP_S_ATTEST, "d-2", NULL, "maker", "huawei"),
		said(NP_S_ATTEST, "d-4", NULL, "maker", "zte"),
	};
	struct trial t;

	(void)state;
	v[0].s.source = 'D';
	v[1].s.information = '4';
	hear(&t, v, 2, TODAY);
	assert_int_equal(weight(&t, 0), NP_G_WEAK);
	assert_int_equal(weight(&t, 1), NP_G_WEAK);
	assert_int_equal(status(&t, "d-2"), NP_UNDETERMINED);
	assert_int_equal(status(&t, "d-4"), NP_UNDETERMINED);
	rest(&t);
}

static void test_those_who_attest_differ(void **state)
{
	struct said v[] = {
		said(NP_S_ATTEST, "d-3", NULL, "maker", "huawei"),
		said(NP_S_ATTEST, "d-3", NULL, "maker", "cisco"),
	};
	const struct np_finding *f;
	struct trial t;

	(void)state;
	hear(&t, v, 2, TODAY);
	f = find(&t.c, "d-3", DE_CORE, false);
	assert_non_null(f);
	assert_int_equal(f->status, NP_UNDETERMINED);
	assert_string_equal(f->missing, "maker");
	rest(&t);
}

/* Another maker than the confirmed one, or than one that a rule names. */
static void test_override_wants_two(void **state)
{
	static const char *const lowered[] = {"d-1", "d-4", "d-5"};
	struct said v[2];
	struct trial t;
	char id[65];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		v[0] = said(NP_S_ATTEST, lowered[i], NULL, "maker", "cisco");
		hear(&t, v, 1, TODAY);
		assert_int_equal(weight(&t, 0), NP_G_ALONE);
		assert_int_equal(status(&t, lowered[i]),
				 i ? NP_UNDETERMINED : NP_IN_SCOPE);
		rest(&t);
		v[1] = second(&v[0], "Bob", "A", id); /* the same key */
		hear(&t, v, 2, TODAY);
		assert_int_equal(weight(&t, 0), NP_G_ALONE);
		rest(&t);
		v[1] = second(&v[0], "Ann", "B", id); /* the same person */
		hear(&t, v, 2, TODAY);
		assert_int_equal(weight(&t, 0), NP_G_ALONE);
		rest(&t);
		v[1] = second(&v[0], "Bob", "B", id);
		v[1].s.until = day("2026-11-22"); /* over */
		hear(&t, v, 2, TODAY);
		assert_int_equal(weight(&t, 0), NP_G_ALONE);
		rest(&t);
		v[1] = second(&v[0], "Bob", "B", id);
		hear(&t, v, 2, TODAY);
		assert_int_equal(weight(&t, 0), NP_G_COUNTS);
		assert_int_equal(weight(&t, 1), NP_G_SUPPORTS);
		assert_int_not_equal(status(&t, lowered[i]), NP_IN_SCOPE);
		assert_int_not_equal(status(&t, lowered[i]), NP_UNDETERMINED);
		rest(&t);
	}
	/* settles a dispute in the way that lowers nothing */
	v[0] = said(NP_S_ATTEST, "d-5", NULL, "maker", "zte");
	hear(&t, v, 1, TODAY);
	assert_int_equal(status(&t, "d-5"), NP_IN_SCOPE);
	rest(&t);
	/* accuses a box that proves to be another's */
	v[0] = said(NP_S_ATTEST, "d-7", NULL, "maker", "huawei");
	hear(&t, v, 1, TODAY);
	assert_int_equal(weight(&t, 0), NP_G_ALONE);
	assert_int_not_equal(status(&t, "d-7"), NP_IN_SCOPE);
	rest(&t);
}

static void test_disputes(void **state)
{
	struct said v[] = {
		said(NP_S_DISPUTE, "d-1", DE_CORE, NULL, NULL),
		said(NP_S_DISPUTE, "d-7", NULL, NULL, NULL),
	};
	const struct np_finding *f;
	struct trial t;

	(void)state;
	hear(&t, v, 2, TODAY);
	f = find(&t.c, "d-1", DE_CORE, false);
	assert_int_equal(f->status, NP_CONTESTED);
	assert_int_equal(f->without, NP_IN_SCOPE);
	assert_true(np_finding_trips(f));
	assert_non_null(strstr(f->because, "maker: huawei (confirmed)"));
	assert_non_null(strstr(f->because, "objected to on 2026-11-01 (B2)"));
	assert_non_null(strstr(f->text, "both sides are shown"));
	assert_non_null(
		strstr(f->text, "Without the objection it is: in scope."));
	/* what is not in scope cannot be contested */
	assert_int_not_equal(status(&t, "d-7"), NP_CONTESTED);
	rest(&t);
	v[0].s.until = day("2026-11-22");
	hear(&t, v, 2, TODAY);
	assert_int_equal(status(&t, "d-1"), NP_IN_SCOPE);
	rest(&t);
}

static void test_waives(void **state)
{
	struct said v[2] = {said(NP_S_WAIVE, NULL, DE_CORE, NULL, NULL)};
	const struct np_finding *f;
	struct trial t;
	char id[65];

	(void)state;
	hear(&t, v, 1, TODAY);
	assert_int_equal(weight(&t, 0), NP_G_ALONE);
	assert_int_equal(status(&t, "d-1"), NP_IN_SCOPE);
	rest(&t);
	v[1] = second(&v[0], "Bob", "B", id);
	hear(&t, v, 2, TODAY);
	f = find(&t.c, "d-1", DE_CORE, false);
	assert_int_equal(f->status, NP_EXEMPT);
	assert_int_equal(f->without, NP_IN_SCOPE);
	assert_false(np_finding_trips(f));
	assert_non_null(strstr(
		f->text, "exempt, since the Ministry granted an exception "
			 "(letter of 1 November), until 2027-01-31"));
	assert_int_equal(status(&t, "d-2"), NP_EXEMPT);
	rest(&t);
	v[1].s.until = NP_NODAY;
	hear(&t, v, 2, "2027-02-01");
	assert_int_equal(weight(&t, 0), NP_G_EXPIRED);
	assert_int_equal(status(&t, "d-1"), NP_IN_SCOPE);
	rest(&t);
}

static void test_later_date(void **state)
{
	struct said v[] = {
		said(NP_S_VARIATION, "d-1", DE_CORE, NULL, "2028-06-30"),
		said(NP_S_VARIATION, "d-2", DE_CORE, NULL, "2025-06-30"),
	};
	const struct np_finding *f;
	struct trial t;

	(void)state;
	hear(&t, v, 2, TODAY);
	f = find(&t.c, "d-1", DE_CORE, false);
	assert_int_equal(f->date, day("2028-06-30"));
	assert_non_null(strstr(f->because, "later date granted: 2028-06-30"));
	/* an earlier one is no later one */
	f = find(&t.c, "d-2", DE_CORE, false);
	assert_int_equal(f->date, day("2026-12-31"));
	rest(&t);
	hear(&t, v, 2, "2027-02-01");
	f = find(&t.c, "d-1", DE_CORE, false);
	assert_int_equal(f->date, day("2026-12-31"));
	rest(&t);
}

/* The waiver's own clause asks for a fact that only a person knows. */
static void test_facts(void **state)
{
	struct said v[] = {
		said(NP_S_ATTEST, NULL, NULL, "contracts_2024_party", "no"),
		said(NP_S_ATTEST, "d-1", NULL, "function", "power/site"),
		said(NP_S_ATTEST, "d-3", NULL, "function", "ran/gnb"),
	};
	struct trial t;

	(void)state;
	/* another than the operator's file states, and than the box proves */
	v[0].s.site = "DE-1";
	hear(&t, v, 3, TODAY);
	assert_int_equal(weight(&t, 0), NP_G_ALONE);
	assert_int_equal(weight(&t, 1), NP_G_ALONE);
	assert_int_equal(weight(&t, 2), NP_G_ALONE);
	assert_int_equal(status(&t, "d-1"), NP_IN_SCOPE);
	rest(&t);
	v[0].s.value = "yes";
	hear(&t, v, 1, TODAY);
	assert_int_equal(weight(&t, 0), NP_G_COUNTS);
	rest(&t);
}

static void test_untrusted(void **state)
{
	struct said x = said(NP_S_ATTEST, "d-2", NULL, "maker", "huawei");
	struct np_question q = {.as_of = day(TODAY)};
	struct np_said *s = np_said_new();
	struct court c = open_court(OPERATOR);
	struct np_buf b;

	(void)state;
	text_of(&x.s, &b);
	assert_int_equal(np_said_add(s, b.p, b.n, "A", 1, false, NULL), 0);
	assert_int_equal(np_said_add(s, b.p, b.n, "A", 2, false, NULL), 0);
	assert_int_equal(np_said_n(s), 1);
	q.party = c.party;
	assert_int_equal(np_said_weigh(s, c.law, &made, &q), 0);
	assert_int_equal(np_said_row(s, 0)->weight, NP_G_STRANGE);
	np_buf_free(&b);
	np_said_free(s);
	close_court(&c);
}

/* ---- properties */

static uint32_t seed;

static uint32_t roll(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static char ids[MOST][65];

static struct said any(const struct said *before, size_t n)
{
	static const char *const names[] = {"Ann", "Bob", "Eve"};
	static const char *const keys[] = {"A", "B", "C"};
	static const char *const devices[] = {"d-1", "d-2", "d-3", "d-4",
					      "d-5", "d-6", "d-7", "d-8"};
	static const char *const makers[] = {"huawei", "zte", "cisco"};
	static const char *const dates[] = {"2027-06-30", "2028-06-30"};
	enum np_stating kind = (enum np_stating)roll(NP_S_KINDS);
	struct said x;

	if (kind == NP_S_SECOND && !n)
		kind = NP_S_ATTEST;
	x = said(kind, devices[roll(8)], NULL, NULL, NULL);
	if (kind == NP_S_SECOND) {
		x.s.device = NULL;
		id_of(&before[roll((uint32_t)n)].s, ids[n]);
		x.s.of = ids[n];
	} else if (kind == NP_S_ATTEST) {
		x.s.fact = "maker";
		x.s.value = makers[roll(3)];
	} else if (kind == NP_S_VARIATION) {
		x.s.value = dates[roll(2)];
	}
	if (kind == NP_S_WAIVE || kind == NP_S_VARIATION || roll(2))
		x.s.clause = kind == NP_S_ATTEST || kind == NP_S_SECOND
				     ? NULL
				     : DE_CORE;
	x.s.by = names[roll(3)];
	x.key = keys[roll(3)];
	x.s.source = (char)('A' + (int)roll(4));
	x.s.on = day(TODAY) - 20 + (int32_t)roll(25);
	x.s.until = x.s.on + (int32_t)roll(40);
	return x;
}

static void put_all(const struct trial *t, struct np_buf *b)
{
	*b = np_buf((size_t)1 << 20);
	for (size_t i = 0; i < t->c.found.n; i++) {
		const struct np_finding *f = &t->c.found.v[i];

		np_putf(b, "%s %s %s %d %s %s %s\n", f->device->id,
			f->clause ? f->clause->id : "-", np_finding_status(f),
			f->date, f->because, f->text,
			f->missing ? f->missing : "-");
	}
	assert_false(b->failed);
}

static void same_findings(const struct said *a, size_t na, const struct said *b,
			  size_t nb)
{
	struct np_buf x, y;
	struct trial t;

	hear(&t, a, na, TODAY);
	put_all(&t, &x);
	rest(&t);
	hear(&t, b, nb, TODAY);
	put_all(&t, &y);
	rest(&t);
	assert_string_equal(x.p, y.p);
	np_buf_free(&x);
	np_buf_free(&y);
}

static void shuffle(struct said *v, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = roll((uint32_t)i);
		struct said x = v[i - 1];

		v[i - 1] = v[k];
		v[k] = x;
	}
}

static bool helps(const struct said *x)
{
	return x->s.on <= day(TODAY) && x->s.until >= day(TODAY) &&
	       x->s.kind != NP_S_INCIDENT && x->s.kind != NP_S_NO_INCIDENT;
}

static void test_properties(void **state)
{
	struct said v[MOST], w[MOST];
	size_t changed = 0;

	(void)state;
	for (uint32_t round = 0; round < 200; round++) {
		size_t n = 0, left = 0, many = 2 + round % 24;
		struct trial t;

		seed = (round + 1) * 2654435761u;
		for (; n < many; n++)
			v[n] = any(v, n);
		memcpy(w, v, sizeof(v));
		shuffle(w, n);
		same_findings(v, n, w, n);
		/* without those that are over, not begun, or incidents */
		for (size_t i = 0; i < n; i++)
			if (helps(&v[i]))
				w[left++] = v[i];
		same_findings(v, n, w, left);
		hear(&t, v, n, TODAY);
		for (size_t i = 0; i < t.c.found.n; i++) {
			const struct np_finding *f = &t.c.found.v[i];

			changed += f->status != f->without ||
				   strstr(f->because, "attest");
		}
		rest(&t);
	}
	if (changed < 200)
		fail_msg("only %zu findings are touched", changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writes_and_reads),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_lacks),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_attests),
		cmocka_unit_test(test_weak_attestation),
		cmocka_unit_test(test_those_who_attest_differ),
		cmocka_unit_test(test_override_wants_two),
		cmocka_unit_test(test_disputes),
		cmocka_unit_test(test_waives),
		cmocka_unit_test(test_later_date),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_untrusted),
		cmocka_unit_test(test_properties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: ISC */
/* One statement: as JSON, and whether it is whole. */
#include "policy/statement.h"
#include "core/pull.h"
#include "core/utf8.h"
#include "policy/law.h"

#define SCHEMA "nameplate.statement/1"

static const char *const kinds[NP_S_KINDS] = {
	[NP_S_ATTEST] = "attest",     [NP_S_DISPUTE] = "dispute",
	[NP_S_WAIVE] = "waive",	      [NP_S_VARIATION] = "variation",
	[NP_S_INCIDENT] = "incident", [NP_S_NO_INCIDENT] = "no-incident",
	[NP_S_SECOND] = "second",
};

const char *np_stating_name(enum np_stating s)
{
	return kinds[s];
}

bool np_states_maker(const char *fact)
{
	return strcmp(fact, "maker") == 0 || strcmp(fact, "part") == 0;
}

/* ---- writing */

static void member(struct np_buf *b, const char *name, const char *value)
{
	if (!value)
		return;
	np_putf(b, "%s\"%s\":", b->n > 1 ? "," : "", name);
	np_putjsons(b, value);
}

static void put_proofs(const struct np_statement *s, struct np_buf *b)
{
	if (!s->nproofs)
		return;
	np_puts(b, b->n > 1 ? ",\"evidence\":[" : "\"evidence\":[");
	for (size_t i = 0; i < s->nproofs; i++) {
		np_puts(b, i ? ",{\"name\":" : "{\"name\":");
		np_putjsons(b, s->proofs[i].name);
		np_puts(b, ",\"sha256\":");
		np_putjsons(b, s->proofs[i].sha256);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

void np_statement_put(const struct np_statement *s, struct np_buf *to)
{
	struct np_buf b = np_buf(NP_STATEMENT_MAX);
	const char source[] = {s->source, '\0'};
	const char information[] = {s->information, '\0'};
	char on[16], until[16];

	np_putc(&b, '{');
	member(&b, "authority", s->authority);
	member(&b, "because", s->because);
	member(&b, "by", s->by);
	member(&b, "citation", s->citation);
	member(&b, "clause", s->clause);
	member(&b, "device", s->device);
	put_proofs(s, &b);
	member(&b, "fact", s->fact);
	member(&b, "information", information);
	member(&b, "kind", kinds[s->kind]);
	member(&b, "known_as", s->known_as);
	member(&b, "made", s->made);
	member(&b, "of", s->of);
	member(&b, "on", np_day_text(s->on, on));
	member(&b, "schema", SCHEMA);
	member(&b, "site", s->site);
	member(&b, "source", source);
	if (s->until != NP_NODAY)
		member(&b, "until", np_day_text(s->until, until));
	member(&b, "value", s->value);
	np_putc(&b, '}');
	if (b.failed)
		to->failed = true;
	else
		np_put(to, b.p, b.n);
	np_buf_free(&b);
}

/* ---- reading */

struct reading {
	struct np_pull p;
	struct np_arena *mem;
	struct np_statement *s;
	const char *schema, *kind, *on, *until, *source, *information;
	struct np_proof proofs[NP_STATEMENT_PROOFS];
};

static bool take(struct reading *r, const char **to)
{
	struct np_cur v;

	if (!np_pull_text(&r->p, r->mem, &v))
		return false;
	if (v.left > NP_STATEMENT_WORD || memchr(v.p, '\0', v.left))
		return np_pull_fail(&r->p, "expected a text of at most 2000 "
					   "octets");
	*to = np_copystr(r->mem, v.p, v.left);
	return *to || np_pull_fail(&r->p, "out of memory");
}

static bool take_proof(struct reading *r, struct np_proof *to)
{
	struct np_cur name;
	bool begun = false;

	if (!np_pull_object(&r->p))
		return false;
	while (np_pull_member(&r->p, &begun, r->mem, &name)) {
		if (!(np_is(name, "name") ? take(r, &to->name)
		      : np_is(name, "sha256")
			      ? take(r, &to->sha256)
			      : np_pull_fail(&r->p, "expected name, "
						    "sha256")))
			return false;
	}
	if (!to->name || !to->sha256)
		return np_pull_fail(&r->p, "expected name and sha256");
	return !r->p.why;
}

static bool take_proofs(struct reading *r)
{
	bool begun = false;

	if (!np_pull_array(&r->p))
		return false;
	while (np_pull_item(&r->p, &begun)) {
		if (r->s->nproofs == NP_STATEMENT_PROOFS)
			return np_pull_fail(&r->p,
					    "expected at most 16 files of "
					    "evidence");
		if (!take_proof(r, &r->proofs[r->s->nproofs++]))
			return false;
	}
	return !r->p.why;
}

static bool take_member(struct reading *r, struct np_cur name)
{
	struct np_statement *s = r->s;
	const struct {
		const char *name;
		const char **to;
	} texts[] = {
		{"authority", &s->authority},
		{"because", &s->because},
		{"by", &s->by},
		{"citation", &s->citation},
		{"clause", &s->clause},
		{"device", &s->device},
		{"fact", &s->fact},
		{"information", &r->information},
		{"kind", &r->kind},
		{"known_as", &s->known_as},
		{"made", &s->made},
		{"of", &s->of},
		{"on", &r->on},
		{"schema", &r->schema},
		{"site", &s->site},
		{"source", &r->source},
		{"until", &r->until},
		{"value", &s->value},
	};

	for (size_t i = 0; i < NP_COUNT(texts); i++)
		if (np_is(name, texts[i].name))
			return take(r, texts[i].to);
	if (np_is(name, "evidence"))
		return take_proofs(r);
	return np_pull_fail(&r->p, "no such member of a statement");
}

static bool finish(struct reading *r)
{
	struct np_statement *s = r->s;
	int kind = 0;

	while (kind < NP_S_KINDS &&
	       (!r->kind || strcmp(kinds[kind], r->kind) != 0))
		kind++;
	if (!r->schema || strcmp(r->schema, SCHEMA) != 0)
		return np_pull_fail(&r->p, "expected schema: " SCHEMA);
	if (kind == NP_S_KINDS)
		return np_pull_fail(&r->p, "expected a kind: attest, dispute, "
					   "waive, variation, incident, "
					   "no-incident, second");
	s->kind = (enum np_stating)kind;
	if (!r->on || !np_day_read(r->on, &s->on))
		return np_pull_fail(&r->p, "expected on: YYYY-MM-DD");
	if (r->until && !np_day_read(r->until, &s->until))
		return np_pull_fail(&r->p, "expected until: YYYY-MM-DD");
	if (!r->source || strlen(r->source) != 1 || !r->information ||
	    strlen(r->information) != 1)
		return np_pull_fail(&r->p, "expected source: A to F, "
					   "information: 1 to 6");
	s->source = r->source[0];
	s->information = r->information[0];
	s->proofs = np_copy(r->mem, r->proofs, sizeof(r->proofs));
	return s->proofs || np_pull_fail(&r->p, "out of memory");
}

static bool read_all(struct reading *r)
{
	struct np_cur name;
	bool begun = false;

	if (!np_pull_object(&r->p))
		return false;
	while (np_pull_member(&r->p, &begun, r->mem, &name))
		if (!take_member(r, name))
			return false;
	return !r->p.why && finish(r) &&
	       (np_pull_end(&r->p) ||
		np_pull_fail(&r->p, "something stands behind it"));
}

/* As it would be written? A second spelling of the same would have a second
 * hash. */
static bool canonical(const struct np_statement *s, const char *text, size_t n)
{
	struct np_buf b = np_buf(NP_STATEMENT_MAX);
	bool same;

	np_statement_put(s, &b);
	same = !b.failed && b.n == n && memcmp(b.p, text, n) == 0;
	np_buf_free(&b);
	return same;
}

int np_statement_read(const char *text, size_t n, struct np_arena *mem,
		      struct np_statement *ret, struct np_err *reterr)
{
	struct reading r = {.p = np_pull(text, n), .mem = mem, .s = ret};
	const char *why = NULL;

	*ret = (struct np_statement){.until = NP_NODAY};
	if (n > NP_STATEMENT_MAX)
		why = "a statement is too long";
	else if (!read_all(&r))
		why = r.p.why ? r.p.why : "not a statement";
	else if (!canonical(ret, text, n))
		why = "a statement is not written as it should be";
	else
		why = np_statement_lacks(ret);
	return why ? np_fail(reterr, NP_EINPUT, why, "statement", 0) : NP_OK;
}

/* ---- is it whole? */

/* UTF-8, nothing that a terminal would obey, and not empty. */
static bool plain(const char *s)
{
	size_t n = s ? strlen(s) : 1;
	uint32_t u;

	if (!s)
		return true;
	if (!n || n > NP_STATEMENT_WORD)
		return false;
	while (n) {
		size_t k = np_utf8((const uint8_t *)s, n, &u);

		if (!k || np_utf8_unsafe(u))
			return false;
		s += k;
		n -= k;
	}
	return true;
}

static bool is_hash(const char *s)
{
	return strlen(s) == 64 && s[strspn(s, "0123456789abcdef")] == '\0';
}

static bool is_moment(const char *s)
{
	char day[16] = "";

	if (!s || strlen(s) != 20 || s[10] != 'T' || s[13] != ':' ||
	    s[16] != ':' || s[19] != 'Z')
		return false;
	memcpy(day, s, 10);
	for (int i = 11; i < 19; i++)
		if (i != 13 && i != 16 && (s[i] < '0' || s[i] > '9'))
			return false;
	int32_t unused;

	return np_day_read(day, &unused);
}

static const char *lacks_text(const struct np_statement *s)
{
	const char *const texts[] = {s->device,	  s->known_as, s->clause,
				     s->site,	  s->fact,     s->value,
				     s->of,	  s->because,  s->authority,
				     s->citation, s->by,       s->made};

	for (size_t i = 0; i < NP_COUNT(texts); i++)
		if (!plain(texts[i]))
			return "expected texts of 1 to 2000 octets, UTF-8 "
			       "without control characters";
	for (size_t i = 0; i < s->nproofs; i++) {
		if (!plain(s->proofs[i].name))
			return "expected the name of a file of evidence";
		if (!is_hash(s->proofs[i].sha256))
			return "expected the SHA-256 of the evidence in hex";
	}
	return NULL;
}

/* What each kind has to say. */
static const char *lacks_part(const struct np_statement *s)
{
	static const char *const accusing[] = {"dirty", "clean", "overdue"};
	int32_t day;
	bool granted = s->kind == NP_S_WAIVE || s->kind == NP_S_VARIATION;

	if (granted && (!s->authority || !s->citation))
		return "expected who granted it (authority) and where that can "
		       "be read (citation)";
	/* both go into sentences (knowledge/sentences.yaml) */
	for (size_t i = 0; granted && i < NP_COUNT(accusing); i++)
		if (strcasestr(s->authority, accusing[i]) ||
		    strcasestr(s->citation, accusing[i]))
			return "expected no word that accuses: dirty, clean, "
			       "overdue";
	if (granted && !s->clause)
		return "expected the clause that it is granted from";
	switch (s->kind) {
	case NP_S_ATTEST:
		return s->fact && s->value ? NULL : "expected what is attested";
	case NP_S_VARIATION:
		return s->value && np_day_read(s->value, &day)
			       ? NULL
			       : "expected the later date, YYYY-MM-DD";
	case NP_S_WAIVE:
		return s->until != NP_NODAY
			       ? NULL
			       : "expected the day until which it is granted";
	case NP_S_SECOND:
		return s->of && is_hash(s->of)
			       ? NULL
			       : "expected the statement that it supports";
	case NP_S_DISPUTE:
	case NP_S_INCIDENT:
	case NP_S_NO_INCIDENT:
		return s->because ? NULL : "expected a reason (because)";
	case NP_S_KINDS:
		break;
	}
	return "expected a kind";
}

const char *np_statement_lacks(const struct np_statement *s)
{
	const char *why = lacks_text(s);

	if (!why)
		why = lacks_part(s);
	if (why)
		return why;
	if (!s->by)
		return "expected who states it (by)";
	if (!is_moment(s->made))
		return "expected when it was signed (made)";
	if (s->source < 'A' || s->source > 'F' || s->information < '1' ||
	    s->information > '6')
		return "expected a grade from A1 to F6";
	if (s->on == NP_NODAY)
		return "expected the day from which it counts (on)";
	if (s->until != NP_NODAY && s->until < s->on)
		return "expected an until that is not before the day from "
		       "which it counts";
	if ((s->kind == NP_S_SECOND) == (s->device || s->clause || s->site))
		return "expected what it is about";
	if (s->kind == NP_S_ATTEST && s->clause)
		return "expected a box or a site, and no clause";
	if (s->known_as && !s->device)
		return "expected the device that was known as another";
	if (s->fact && np_states_maker(s->fact) &&
	    (!s->device || s->clause || s->site))
		return "expected one box whose maker is attested";
	return NULL;
}

/* ---- what the law and the knowledge must know */

static bool fits(const struct np_law_fact *f, const char *value)
{
	const struct np_yaml y = {
		.kind = NP_YAML_TEXT, .text = value, .n = strlen(value)};
	uint64_t number;
	int32_t day;

	switch (f->is) {
	case NP_F_YES:
		return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
	case NP_F_DAY:
		return np_day_read(value, &day);
	case NP_F_LATER:
		return strcmp(value, "no") == 0 || np_day_read(value, &day);
	case NP_F_NUMBER:
		return np_yaml_uint(&y, UINT32_MAX, &number);
	case NP_F_WORD:
		break;
	}
	return true;
}

static const char *unknown_fact(const struct np_statement *s,
				const struct np_law *l)
{
	const char *why = "expected a fact that some rule asks for, or maker";

	if (strcmp(s->fact, "place") == 0)
		return why;
	for (const struct np_law_fact *f = l->facts; f; f = f->next) {
		if (strcmp(f->name, s->fact) != 0)
			continue;
		if (fits(f, s->value))
			return NULL;
		why = np_law_form(f);
	}
	return why;
}

const char *np_statement_unknown(const struct np_statement *s,
				 const struct np_law *l,
				 const struct np_knowledge *k)
{
	bool found = !s->clause;

	for (size_t i = 0; i < np_clauses(l) && !found; i++)
		found = strcmp(np_clause(l, i)->id, s->clause) == 0;
	if (!found)
		return "expected a clause that is on file";
	if (s->kind != NP_S_ATTEST)
		return NULL;
	if (!np_states_maker(s->fact))
		return unknown_fact(s, l);
	return np_maker_find(k, s->value) == NP_NO_MAKER
		       ? "expected a maker's slug (nameplate makers)"
		       : NULL;
}

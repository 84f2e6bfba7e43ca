/* SPDX-License-Identifier: ISC */
#include "report/quotes.h"
#include "core/time.h"
#include <stdlib.h>
#include <unistd.h>

#define SCHEMA "nameplate.said/1"
#define MEMORY ((size_t)64 << 20)
#define MAX_WORD 300 /* octets: quotes are short */

extern const char np_said_yaml[];
extern const size_t np_said_yaml_n;

struct np_quotes {
	struct np_arena mem;
	struct np_quote *v;
	size_t n;
};

/* ---- reading */

static const char keys[] = "expected one of: makers, by, who, date, quote, "
			   "original, source, sure";
static const char *const roles[] = {
	[NP_Q_MAKER] = "maker",
	[NP_Q_OVERSIGHT] = "oversight",
	[NP_Q_STATE] = "state",
	[NP_Q_CRITERIA] = "criteria",
};

/* A text of the entry; `expected` NULL: it may be missing. */
static int take(const char *file, const struct np_yaml *y, const char *key,
		const char *expected, const char **to, struct np_err *reterr)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	*to = np_yaml_text(y, key);
	if (!v && !expected)
		return NP_OK;
	if (!*to || !**to || v->n > MAX_WORD)
		return np_yaml_fail(file, v ? v : y,
				    expected && !v ? expected
						   : "expected a text of 1 to "
						     "300 octets",
				    reterr);
	return NP_OK;
}

static int take_makers(const char *file, const struct np_yaml *y,
		       struct np_quote *q, struct np_err *reterr)
{
	q->makers = np_yaml_get(y, "makers");
	if ((q->by == NP_Q_CRITERIA) != !q->makers)
		return np_yaml_fail(file, q->makers ? q->makers : y,
				    "expected makers, but for criteria",
				    reterr);
	if (q->makers && (q->makers->kind != NP_YAML_LIST || !q->makers->n))
		return np_yaml_fail(file, q->makers,
				    "expected a list of makers", reterr);
	NP_YAML_EACH(m, q->makers)
	{
		if (m->kind != NP_YAML_TEXT || !m->n)
			return np_yaml_fail(file, m,
					    "expected the slug of a maker",
					    reterr);
	}
	return NP_OK;
}

static int take_role(const char *file, const struct np_yaml *y,
		     struct np_quote *q, struct np_err *reterr)
{
	const char *by = np_yaml_text(y, "by");

	for (size_t i = 0; by && i < sizeof(roles) / sizeof(*roles); i++) {
		if (strcmp(by, roles[i]) != 0)
			continue;
		q->by = (enum np_quoted)i;
		return take_makers(file, y, q, reterr);
	}
	return np_yaml_fail(file, y,
			    "expected by: maker, oversight, state, criteria",
			    reterr);
}

static int take_sure(const char *file, const struct np_yaml *y,
		     struct np_quote *q, struct np_err *reterr)
{
	const char *sure = np_yaml_text(y, "sure");
	int32_t day;

	q->primary = sure && strcmp(sure, "primary") == 0;
	if (!q->primary && (!sure || strcmp(sure, "secondary") != 0))
		return np_yaml_fail(
			file, y, "expected sure: primary, secondary", reterr);
	if (!np_day_read(q->date, &day))
		return np_yaml_fail(file, np_yaml_get(y, "date"),
				    "expected a date, YYYY-MM-DD", reterr);
	if (strncmp(q->source, "http://", 7) != 0 &&
	    strncmp(q->source, "https://", 8) != 0)
		return np_yaml_fail(file, np_yaml_get(y, "source"),
				    "expected an address on the web", reterr);
	return NP_OK;
}

static int read_one(const char *file, const struct np_yaml *y,
		    struct np_quote *q, struct np_err *reterr)
{
	const struct {
		const char *key, *expected;
		const char **to;
	} texts[] = {
		{"who", "expected who said it", &q->who},
		{"date", "expected the day on which it was said", &q->date},
		{"quote", "expected what was said", &q->quote},
		{"source", "expected where that can be read", &q->source},
		{"original", NULL, &q->original},
	};
	const struct np_yaml *stranger;
	int rc = NP_OK;

	if (y->kind != NP_YAML_MAP)
		return np_yaml_fail(file, y, "expected what somebody said",
				    reterr);
	stranger = np_yaml_stranger(y, keys);
	if (stranger)
		return np_yaml_fail(file, stranger, keys, reterr);
	for (size_t i = 0; !rc && i < sizeof(texts) / sizeof(*texts); i++)
		rc = take(file, y, texts[i].key, texts[i].expected, texts[i].to,
			  reterr);
	if (!rc)
		rc = take_role(file, y, q, reterr);
	return rc ? rc : take_sure(file, y, q, reterr);
}

static int by_date(const void *a, const void *b)
{
	const struct np_quote *x = a, *y = b;
	int c = strcmp(x->date, y->date);

	return c ? c : strcmp(x->who, y->who);
}

static int read_tree(struct np_quotes *q, const char *file,
		     const struct np_yaml *root, struct np_err *reterr)
{
	const char *schema = np_yaml_text(root, "schema");
	const struct np_yaml *list = np_yaml_get(root, "said");
	int rc = NP_OK;

	if (!schema || strcmp(schema, SCHEMA) != 0)
		return np_yaml_fail(file, root, "expected schema: " SCHEMA,
				    reterr);
	if (!list || list->kind != NP_YAML_LIST || root->n != 2)
		return np_yaml_fail(file, list ? list : root,
				    "expected a list of what was said (said), "
				    "and nothing else",
				    reterr);
	q->v = np_zalloc(&q->mem, list->n * sizeof(*q->v) + 1);
	if (!q->v)
		return np_fail(reterr, NP_ENOMEM, "out of memory", file, 0);
	NP_YAML_EACH(y, list)
	{
		rc = rc ? rc : read_one(file, y, &q->v[q->n], reterr);
		q->n += rc == NP_OK;
	}
	qsort(q->v, q->n, sizeof(*q->v), by_date);
	return rc;
}

static struct np_quotes *make(void)
{
	struct np_quotes *q = calloc(1, sizeof(*q));

	if (q)
		q->mem = np_arena(MEMORY);
	return q;
}

static int finish(struct np_quotes *q, int rc, struct np_quotes **ret)
{
	if (rc)
		np_quotes_close(q);
	else
		*ret = q;
	return rc;
}

int np_quotes_read(const char *name, const char *text, size_t n,
		   struct np_quotes **ret, struct np_err *reterr)
{
	struct np_quotes *q = make();
	const struct np_yaml *root;
	int rc;

	if (!q)
		return np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	rc = np_yaml_read(name, text, n, &q->mem, &root, reterr);
	if (!rc)
		rc = read_tree(q, name, root, reterr);
	return finish(q, rc, ret);
}

int np_quotes_open(const char *dir, struct np_quotes **ret,
		   struct np_err *reterr)
{
	struct np_buf path = np_buf(4096);
	const struct np_yaml *root;
	struct np_quotes *q;
	int rc;

	np_putf(&path, "%s/said.yaml", dir ? dir : "");
	if (!dir || path.failed || access(path.p, F_OK) != 0) {
		np_buf_free(&path);
		return np_quotes_read("said.yaml", np_said_yaml, np_said_yaml_n,
				      ret, reterr);
	}
	q = make();
	rc = q ? np_yaml_load(path.p, &q->mem, &root, reterr)
	       : np_fail(reterr, NP_ENOMEM, "out of memory", path.p, 0);
	if (!rc)
		rc = read_tree(q, path.p, root, reterr);
	np_buf_free(&path);
	return finish(q, rc, ret);
}

void np_quotes_close(struct np_quotes *q)
{
	if (!q)
		return;
	np_arena_free(&q->mem);
	free(q);
}

size_t np_quotes_n(const struct np_quotes *q)
{
	return q->n;
}

const struct np_quote *np_quote(const struct np_quotes *q, size_t i)
{
	return i < q->n ? &q->v[i] : NULL;
}

bool np_quote_about(const struct np_quote *q, const char *slug)
{
	NP_YAML_EACH(m, q->makers)
	{
		if (strcmp(m->text, slug) == 0)
			return true;
	}
	return false;
}

/* ---- writing */

static void put_one(const struct np_quote *q, struct np_buf *b)
{
	np_putf(b, "  %s  %s: ", q->date, roles[q->by]);
	np_putterm(b, q->who, strlen(q->who));
	np_puts(b, "\n      \"");
	np_putterm(b, q->quote, strlen(q->quote));
	np_puts(b, "\"\n");
	if (q->original) {
		np_puts(b, "      \"");
		np_putterm(b, q->original, strlen(q->original));
		np_puts(b, "\" (the translation above is unofficial)\n");
	}
	np_puts(b, "      ");
	np_putterm(b, q->source, strlen(q->source));
	np_putf(b, " (%s)\n", q->primary ? "primary" : "secondary");
}

void np_quotes_put(const struct np_quotes *q, const char *slug,
		   struct np_buf *b)
{
	size_t about = 0, criteria = 0;

	for (size_t i = 0; i < q->n; i++) {
		if (!np_quote_about(&q->v[i], slug))
			continue;
		np_puts(b, about++ ? ""
				   : "\nsaid in public, by it and about it; "
				     "never weighed, no part of any finding\n");
		put_one(&q->v[i], b);
	}
	for (size_t i = 0; about && i < q->n; i++) {
		if (q->v[i].by != NP_Q_CRITERIA)
			continue;
		np_puts(b, criteria++ ? ""
				      : "\ncriteria that were published for "
					"any maker\n");
		put_one(&q->v[i], b);
	}
}

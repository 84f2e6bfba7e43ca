/* SPDX-License-Identifier: ISC */
/* Sentences of places: section `places` of sentences.yaml, holes filled. */
#include "place/inside.h"

static const char *const names[NP_PS_N] = {
	[NP_PS_PATH] = "path",
	[NP_PS_UNSEEN] = "unseen",
	[NP_PS_UNSERVED] = "unserved",
	[NP_PS_NEAR] = "near",
	[NP_PS_SESSION] = "session",
	[NP_PS_SESSION_UNTOLD] = "session_untold",
};

struct hole {
	const char *name, *value;
};

/* What is accusing is refused here as in every other sentence. */
static int take(struct np_places *p, const struct np_yaml *y,
		struct np_err *reterr)
{
	static const char *const accusing[] = {"dirty", "clean", "overdue"};
	size_t i = 0;

	while (i < NP_PS_N && strcmp(names[i], y->key->text) != 0)
		i++;
	if (i == NP_PS_N)
		return np_yaml_fail("sentences.yaml", y->key,
				    "expected one of: path, unseen, unserved, "
				    "near, session, session_untold",
				    reterr);
	if (y->kind != NP_YAML_TEXT || !y->n)
		return np_yaml_fail("sentences.yaml", y, "expected a sentence",
				    reterr);
	for (size_t k = 0; k < NP_COUNT(accusing); k++) {
		if (strcasestr(y->text, accusing[k]))
			return np_yaml_fail("sentences.yaml", y,
					    "expected no word that accuses: "
					    "dirty, clean, overdue",
					    reterr);
	}
	p->sentence[i] = y->text;
	return NP_OK;
}

int np_words_read(struct np_places *p, struct np_err *reterr)
{
	const struct np_yaml *root;
	struct np_law_part part;
	int rc = NP_OK;

	for (size_t i = 0; p->law && !rc && np_law_part(p->law, i, &part);
	     i++) {
		if (strcmp(part.name, "sentences.yaml") != 0)
			continue;
		rc = np_yaml_read(part.name, part.text, part.n, &p->mem, &root,
				  reterr);
		NP_YAML_EACH(y, rc ? NULL : np_yaml_get(root, "places"))
		{
			if (!rc)
				rc = take(p, y, reterr);
		}
	}
	for (size_t i = 0; i < NP_PS_N; i++) {
		if (!p->sentence[i])
			p->sentence[i] = "";
	}
	return rc;
}

static void say(const struct np_places *p, enum np_place_sentence s,
		const struct hole *h, size_t n, struct np_buf *b)
{
	for (const char *t = p->sentence[s]; *t;) {
		size_t k = strcspn(t, "{"), end;

		np_put(b, t, k);
		t += k;
		if (!*t)
			return;
		end = strcspn(t, "}");
		for (size_t i = 0; i < n; i++) {
			if (strlen(h[i].name) == end - 1 &&
			    memcmp(h[i].name, t + 1, end - 1) == 0)
				np_puts(b, h[i].value ? h[i].value : "");
		}
		t += end + (t[end] == '}');
	}
}

static const char *number(char buf[static 32], uint64_t n)
{
	(void)snprintf(buf, 32, "%llu", (unsigned long long)n);
	return buf;
}

/* Kilometres as a person would say them. */
static const char *distance(char buf[static 32], double km)
{
	(void)snprintf(buf, 32, km < 10 ? "%.1f" : "%.0f", km);
	return buf;
}

static void say_near(const struct np_places *p, const struct np_zone *z,
		     const struct np_zone_count *c, struct np_buf *b)
{
	char a[32], d[32], e[32], f[32];
	const struct hole h[] = {
		{"zone", z->name},
		{"within", distance(a, z->within)},
		{"near", number(d, c->near)},
		{"located", number(e, c->located)},
		{"site", np_site_id(p->party, c->nearest_site)},
		{"nearest", distance(f, c->nearest)},
	};

	np_puts(b, " ");
	say(p, NP_PS_NEAR, h, NP_COUNT(h), b);
}

void np_zone_say(const struct np_places *p, size_t zone,
		 const struct np_zone_count *c, struct np_buf *b)
{
	const struct np_zone *z = &p->zones.v[zone].pub;
	char in[32], other[32], unknown[32];
	const struct hole h[] = {
		{"zone", z->name},
		{"in_scope", number(in, c->in_scope)},
		{"other", number(other, c->other)},
		{"unknown", number(unknown, c->unknown)},
	};
	bool any = c->in_scope || c->other || c->unknown;

	say(p,
	    any		? NP_PS_PATH
	    : z->served ? NP_PS_UNSEEN
			: NP_PS_UNSERVED,
	    h, NP_COUNT(h), b);
	if (c->nearest >= 0)
		say_near(p, z, c, b);
}

void np_session_put(const struct np_places *p, const struct np_session *s,
		    struct np_buf *b)
{
	char n[48];
	const struct hole h[] = {
		{"service", s->service},
		{"near", s->near},
		{"far", s->far},
		{"times", n},
	};

	(void)snprintf(n, sizeof(n), "%llu time%s", (unsigned long long)s->n,
		       s->n == 1 ? "" : "s");
	say(p, s->far ? NP_PS_SESSION : NP_PS_SESSION_UNTOLD, h, NP_COUNT(h),
	    b);
}

/* SPDX-License-Identifier: ISC */
/*
 * nameplate sample: how many sites to inspect, which, and what the inspection
 * says then.
 */
#include "cli/cli.h"
#include "core/hash.h"
#include "silence/silence.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX ((size_t)256 << 20) /* octets of a list of sites */

struct sample {
	const char *present_text, *confidence_text, *list, *seed, *found_text;
	const char *knowledge;
	unsigned sites, inspected;
	bool json;

	uint64_t present;  /* sites that are not to be missed */
	double confidence; /* a share */
	uint64_t n, found, most;
	bool has_found;
	struct np_arena mem;
	char **site; /* by number from 0, of the list; or NULL */
	size_t nsite;
	char sha256[65]; /* of the list */
	uint64_t *drawn;
};

static int usage(const char *why, const char *what)
{
	(void)fprintf(stderr, "nameplate sample: %s%s%s\n", why,
		      what ? ": " : "", what ? what : "");
	return NP_EXIT_USAGE;
}

/* A share in exact parts: "0.1%", "0.001", "95"; of whole per cent where a sign
 * or nothing says so. False when it is none. */
static bool share(const char *s, uint64_t *ret_part, uint64_t *ret_of,
		  bool *ret_plain)
{
	uint64_t part = 0, of = 1;
	bool point = false, digit = false;

	for (; *s && *s != '%'; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9' || of > 100000000 || part > 1000000000)
			return false;
		digit = true;
		part = part * 10 + (uint64_t)(*s - '0');
		of *= point ? 10 : 1;
	}
	*ret_plain = !*s && !point;
	if (*s == '%') {
		of *= 100;
		s++;
	}
	*ret_part = part;
	*ret_of = of;
	return digit && !*s;
}

/* "1%" or "0.01" of the sites, rounded up; "3": three sites. */
static int take_present(struct sample *s)
{
	uint64_t part, of;
	bool plain;

	if (!s->present_text)
		return usage("wants --max-present (1%, 0.01, or a number of "
			     "sites)",
			     NULL);
	if (!share(s->present_text, &part, &of, &plain) || !part)
		return usage("--max-present wants a share or a number of sites",
			     s->present_text);
	s->present = plain ? part : (part * s->sites + of - 1) / of;
	return s->present <= s->sites
		       ? NP_EXIT_OK
		       : usage("--max-present is more than all sites",
			       s->present_text);
}

static int take_confidence(struct sample *s)
{
	const char *text = s->confidence_text ? s->confidence_text : "95%";
	uint64_t part, of;
	bool plain;

	if (!share(text, &part, &of, &plain))
		return usage("--confidence wants a share: 95%", text);
	of *= plain ? 100 : 1;
	s->confidence = (double)part / (double)of;
	return s->confidence > 0 && s->confidence < 1
		       ? NP_EXIT_OK
		       : usage("--confidence lies between 0 and 100 %", text);
}

/* ---- the list */

static int read_list(struct sample *s)
{
	FILE *f = fopen(s->list, "re");
	char *line = NULL;
	size_t cap = 0, room = 0, octets = 0;
	ssize_t n;
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	uint8_t hash[32];

	if (!f || !h) {
		np_hasher_free(h);
		return usage("cannot read the list", s->list);
	}
	np_hasher_begin(h);
	while ((n = getline(&line, &cap, f)) > 0 && octets < LIST_MAX) {
		octets += (size_t)n;
		np_hasher_add(h, line, (size_t)n);
		while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			n--;
		if (s->nsite == room) {
			room = room ? room * 2 : 1024;
			char **v = reallocarray(s->site, room, sizeof(*v));

			if (!v)
				break;
			s->site = v;
		}
		s->site[s->nsite] = np_copystr(&s->mem, line, (size_t)n);
		if (!s->site[s->nsite])
			break;
		s->nsite++;
	}
	np_hasher_end(h, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		(void)snprintf(s->sha256 + 2 * i, 3, "%02x", hash[i]);
	bool whole = feof(f);

	free(line);
	(void)fclose(f);
	np_hasher_free(h);
	return whole ? NP_EXIT_OK : usage("the list is too long", s->list);
}

static int check_list(struct sample *s)
{
	for (size_t i = 0; i < s->nsite; i++)
		if (!*s->site[i]) {
			(void)fprintf(stderr,
				      "nameplate: %s:%zu: expected a site in "
				      "each line\n",
				      s->list, i + 1);
			return NP_EXIT_USAGE;
		}
	if (!s->sites)
		s->sites = (unsigned)s->nsite;
	if (s->sites != s->nsite)
		return usage("--sites is not the number of lines in --list",
			     s->list);
	return NP_EXIT_OK;
}

/* ---- what it comes to */

static int take(struct sample *s)
{
	char *end;
	int rc = NP_EXIT_OK;

	s->mem = np_arena(LIST_MAX * 2);
	if (s->list)
		rc = read_list(s);
	if (!rc && s->list)
		rc = check_list(s);
	if (!rc && !s->sites)
		rc = usage("wants --sites, or a --list of them", NULL);
	if (!rc)
		rc = take_present(s);
	if (!rc)
		rc = take_confidence(s);
	if (rc)
		return rc;
	s->n = np_sample_size(s->sites, s->present, s->confidence);
	if (s->inspected)
		s->n = s->inspected;
	if (s->n > s->sites)
		return usage("--inspected is more than all sites", NULL);
	s->has_found = s->found_text;
	if (!s->has_found)
		return rc;
	s->found = strtoull(s->found_text, &end, 10);
	if (*end || s->found_text[0] < '0' || s->found_text[0] > '9' ||
	    s->found > s->n)
		return usage("--found wants a number, at most as many as are "
			     "inspected",
			     s->found_text);
	s->most = np_sample_most(s->sites, s->n, s->found, s->confidence);
	return NP_EXIT_OK;
}

static int draw(struct sample *s)
{
	if (!s->seed)
		return NP_OK;
	s->drawn = calloc(s->n + 1, sizeof(*s->drawn));
	return s->drawn ? np_sample_draw(s->seed, s->sites, s->n, s->drawn)
			: NP_ENOMEM;
}

/* ---- writing */

static void put_json(const struct sample *s, struct np_buf *b)
{
	np_putf(b,
		"{\"schema\":\"nameplate.sample/1\",\"sites\":%u,"
		"\"present\":%llu,\"confidence\":%.10g,\"inspect\":%llu",
		s->sites, (unsigned long long)s->present, s->confidence,
		(unsigned long long)s->n);
	if (s->has_found)
		np_putf(b, ",\"found\":%llu,\"at_most\":%llu",
			(unsigned long long)s->found,
			(unsigned long long)s->most);
	np_puts(b, ",\"seed\":");
	np_putjsons(b, s->seed);
	np_puts(b, ",\"list_sha256\":");
	np_putjsons(b, s->site ? s->sha256 : NULL);
	np_puts(b, ",\"drawn\":[");
	for (size_t i = 0; s->drawn && i < s->n; i++) {
		np_putf(b, "%s{\"number\":%llu,\"site\":", i ? "," : "",
			(unsigned long long)s->drawn[i]);
		np_putjsons(b, s->site ? s->site[s->drawn[i] - 1] : NULL);
		np_putc(b, '}');
	}
	np_puts(b, "]}\n");
}

static void put_text(const struct sample *s, const struct np_silence *r,
		     struct np_buf *b)
{
	struct np_buf v[5];
	const uint64_t number[] = {s->n, s->sites, s->present, s->found,
				   s->most};
	char confidence[32];

	for (size_t i = 0; i < NP_COUNT(v); i++) {
		v[i] = np_buf(64);
		np_put_thousands(&v[i], number[i]);
	}
	(void)snprintf(confidence, sizeof(confidence), "%.6g %%",
		       s->confidence * 100);
	const struct np_hole holes[] = {
		{"n", v[0].p},	     {"sites", v[1].p},
		{"present", v[2].p}, {"found", v[3].p},
		{"most", v[4].p},    {"confidence", confidence},
	};

	if (!s->inspected) {
		np_silence_say(r,
			       s->n == s->sites ? NP_SAY_sample_all
						: NP_SAY_sample_size,
			       holes, NP_COUNT(holes), b);
		np_putc(b, '\n');
	}
	if (s->has_found) {
		np_silence_say(r, NP_SAY_sample_found, holes, NP_COUNT(holes),
			       b);
		np_putc(b, '\n');
	}
	if (s->drawn) {
		np_silence_say(r, NP_SAY_sample_drawn, holes, NP_COUNT(holes),
			       b);
		np_putf(b, "\nseed  %s", "");
		np_putterm(b, s->seed, strlen(s->seed));
		if (s->site)
			np_putf(b, "\nlist  sha256 %s", s->sha256);
		np_putc(b, '\n');
	}
	for (size_t i = 0; i < NP_COUNT(v); i++)
		np_buf_free(&v[i]);
	for (size_t i = 0; s->drawn && i < s->n; i++) {
		np_putf(b, "%llu", (unsigned long long)s->drawn[i]);
		if (s->site) {
			const char *name = s->site[s->drawn[i] - 1];

			np_putc(b, '\t');
			np_putterm(b, name, strlen(name));
		}
		np_putc(b, '\n');
	}
}

static int show(struct sample *s, struct np_err *e)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_buf b = np_buf((size_t)512 << 20);
	struct np_knowledge *k = NULL;
	struct np_law *law = NULL;
	struct np_silence *r;
	int rc = np_knowledge_open(s->knowledge, &k, e);

	if (!rc)
		rc = np_law_open(s->knowledge, k, &law, e);
	if (!rc)
		rc = np_silence_open(s->knowledge, law, &mem, &r, e);
	if (!rc && s->json)
		put_json(s, &b);
	else if (!rc)
		put_text(s, r, &b);
	if (!rc && b.failed)
		rc = np_fail(e, NP_ENOMEM, "out of memory", NULL, 0);
	if (!rc && (fwrite(b.p, 1, b.n, stdout) != b.n || fflush(stdout) != 0))
		rc = np_fail(e, NP_EIO, "cannot write", NULL, 0);
	np_law_close(law);
	np_knowledge_close(k);
	np_buf_free(&b);
	np_arena_free(&mem);
	return rc;
}

int np_verb_sample(int argc, char **argv)
{
	struct sample s = {0};
	struct np_err e = {0};
	const struct np_option options[] = {
		{"sites", 0, NP_OPT_COUNT, &s.sites, "N",
		 "how many there are (lines of --list)"},
		{"max-present", 0, NP_OPT_TEXT, &s.present_text, "P",
		 "a share (1%, 0.01) or number of sites not to be missed"},
		{"confidence", 0, NP_OPT_TEXT, &s.confidence_text, "C",
		 "how sure (95%)"},
		{"list", 0, NP_OPT_TEXT, &s.list, "FILE",
		 "the sites' names, a line each"},
		{"seed", 0, NP_OPT_TEXT, &s.seed, "TEXT",
		 "published text to draw from"},
		{"found", 0, NP_OPT_TEXT, &s.found_text, "K",
		 "so many of the inspected have it: what that says"},
		{"inspected", 0, NP_OPT_COUNT, &s.inspected, "N",
		 "how many were inspected, if not as many as it says"},
		{"knowledge", 0, NP_OPT_TEXT, &s.knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &s.json, NULL, "one JSON document"},
	};
	int n, rc = np_args("sample", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = n ? usage("takes options alone", argv[0]) : take(&s);
	if (!rc && draw(&s) < 0)
		rc = NP_EXIT_FAILED;
	if (!rc && show(&s, &e) < 0) {
		np_say_error(&e);
		rc = e.code == NP_EINPUT ? NP_EXIT_USAGE : NP_EXIT_FAILED;
	}
	free(s.site);
	free(s.drawn);
	np_arena_free(&s.mem);
	return rc;
}

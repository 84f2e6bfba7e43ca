/* SPDX-License-Identifier: ISC */
/* Looking rules up, and filling sentences. */
#include "silence/inside.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const char *np_silence_sha256(const struct np_silence *r)
{
	return r->sha256;
}

size_t np_methods(const struct np_silence *r)
{
	return r->nmethods;
}

const struct np_method *np_method(const struct np_silence *r, size_t i)
{
	return i < r->nmethods ? &r->method[i] : NULL;
}

int np_method_find(const struct np_silence *r, const char *name)
{
	for (size_t i = 0; name && i < r->nmethods; i++)
		if (strcmp(r->method[i].name, name) == 0)
			return (int)i;
	return -1;
}

size_t np_silence_kinds(const struct np_silence *r)
{
	return r->nkinds;
}

const struct np_silence_kind *np_silence_kind_at(const struct np_silence *r,
						 size_t i)
{
	return i < r->nkinds ? &r->kind[i] : NULL;
}

/* "access" holds "access/olt" and itself. */
static bool within(const char *function, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(function, prefix, n) == 0 &&
	       (function[n] == '\0' || function[n] == '/');
}

int np_silence_kind_of(const struct np_silence *r, const char *function)
{
	int best = -1;
	size_t longest = 0;

	for (size_t i = 0; function && i < r->nkinds; i++) {
		size_t n = strlen(r->kind[i].function);

		if (n > longest && within(function, r->kind[i].function)) {
			longest = n;
			best = (int)i;
		}
	}
	return best;
}

uint32_t np_sample_days(const struct np_silence *r)
{
	return r->sample_days;
}

const char *np_silence_verdict_name(enum np_silence_verdict v)
{
	static const char *const names[NP_NVERDICTS] = {
		[NP_V_PRESENT] = "present",
		[NP_V_NOT_HEARD] = "not heard",
		[NP_V_NOT_LOOKED] = "not looked",
		[NP_V_ABSENT] = "absent",
	};

	return names[v];
}

const char *np_declared_name(enum np_declared_kind k)
{
	static const char *const names[] = {
		[NP_D_SITE] = "site",
		[NP_D_PREFIX] = "prefix",
		[NP_D_VLAN] = "vlan",
		[NP_D_SERIALS] = "serials",
	};

	return names[k];
}

/* ---- sentences */

static void fill_hole(const struct np_hole *v, size_t n, const char *name,
		      size_t len, struct np_buf *to)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(v[i].name) != len ||
		    memcmp(v[i].name, name, len) != 0)
			continue;
		if (v[i].text)
			np_puts(to, v[i].text);
		return;
	}
}

void np_silence_say(const struct np_silence *r, enum np_silence_sentence s,
		    const struct np_hole *v, size_t n, struct np_buf *to)
{
	const char *at = r->sentence[s];

	while (*at) {
		size_t k = strcspn(at, "{");

		np_put(to, at, k);
		at += k;
		if (!*at)
			return;
		k = strcspn(++at, "}");
		fill_hole(v, n, at, k, to);
		at += k + (at[k] == '}');
	}
}

/* ---- lists of words */

static bool among(const struct np_deaf_words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i], word) == 0)
			return true;
	return false;
}

static void add_words(struct np_deaf_words *w, const char *const *v)
{
	for (; v && *v && w->n < NP_DEAF_WORDS; v++)
		if (!among(w, *v))
			w->v[w->n++] = *v;
}

void np_deaf(const struct np_silence *r, uint32_t methods,
	     struct np_deaf_words *ret)
{
	struct np_deaf_words all = {.n = 0}, covered = {.n = 0};

	for (size_t i = 0; i < r->nmethods; i++) {
		if (!(methods >> i & 1) || !r->method[i].looks)
			continue;
		add_words(&all, r->method[i].deaf);
		add_words(&covered, r->method[i].covers);
	}
	ret->n = 0;
	for (size_t i = 0; i < all.n; i++)
		if (!among(&covered, all.v[i]))
			ret->v[ret->n++] = all.v[i];
}

const char *np_direction_name(unsigned direction)
{
	static const char *const names[] = {"not recorded", "in", "out",
					    "both"};

	return direction & NP_WAY_UNSAID ? names[0] : names[direction & 3];
}

void np_put_words(struct np_buf *b, const struct np_deaf_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		np_puts(b, i ? ", " : "");
		np_puts(b, w->v[i]);
	}
}

void np_put_methods(const struct np_silence *r, uint32_t methods,
		    struct np_buf *b)
{
	bool any = false;

	for (size_t i = 0; i < r->nmethods; i++) {
		if (!(methods >> i & 1))
			continue;
		np_puts(b, any ? ", " : "");
		np_puts(b, r->method[i].says);
		any = true;
	}
}

void np_put_thousands(struct np_buf *b, uint64_t n)
{
	if (n >= 1000) {
		np_put_thousands(b, n / 1000);
		np_putf(b, ",%03u", (unsigned)(n % 1000));
	} else {
		np_putu(b, n);
	}
}

void np_put_place(struct np_buf *b, const struct np_declared *d)
{
	static const char *const kinds[] = {
		[NP_D_SITE] = "site",
		[NP_D_PREFIX] = "prefix",
		[NP_D_VLAN] = "VLAN",
		[NP_D_SERIALS] = "serial numbers",
	};

	if (!d) {
		np_puts(b, "no declared place");
		return;
	}
	np_putf(b, "%s %s", kinds[d->kind], d->text);
	if (d->site)
		np_putf(b, " at %s", d->site);
}

void np_put_protos(const struct np_looked_at *l, struct np_buf *b)
{
	bool any = false;

	for (size_t i = 0; i < NP_NSPEAKERS; i++) {
		if (!(l->protos[i / 64] >> i % 64 & 1))
			continue;
		np_puts(b, any ? ", " : "");
		np_puts(b, np_protos[i]->name);
		any = true;
	}
	if (!any)
		np_puts(b, "nothing");
}

void np_put_span(struct np_buf *b, int64_t ns)
{
	static const struct {
		uint64_t seconds;
		const char *one;
	} units[] = {
		{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
	uint64_t s = ns < 0 ? 0 : ((uint64_t)ns + 500000000) / 1000000000, n;
	size_t u = 0;

	/* A capture of ten minutes seldom ends on the last second of them. */
	if (s % 60 >= 50)
		s += 60 - s % 60;
	while (u + 1 < NP_COUNT(units) && s < 2 * units[u].seconds)
		u++;
	n = s / units[u].seconds;
	np_put_thousands(b, n);
	np_putf(b, " %s%s", units[u].one, n == 1 ? "" : "s");
}

/* ---- files */

int np_file_text(const char *path, size_t most, struct np_arena *mem,
		 const char **ret, size_t *ret_n, struct np_err *reterr)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct np_buf b = np_buf(most + 65536);
	char *to = NULL;
	ssize_t n = -1;
	int rc = NP_OK;

	while (fd >= 0 && b.n <= most) {
		char chunk[65536];

		n = read(fd, chunk, sizeof(chunk));
		if (n <= 0)
			break;
		np_put(&b, chunk, (size_t)n);
	}
	if (fd < 0 || n < 0)
		rc = np_fail(reterr, NP_EIO, "cannot read", path, 0);
	else if (b.n > most)
		rc = np_fail(reterr, NP_EINPUT, "the file is too long", path,
			     0);
	if (!rc)
		to = np_copystr(mem, b.p ? b.p : "", b.n);
	if (!rc && !to)
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	*ret = to;
	*ret_n = b.n;
	np_buf_free(&b);
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/*
 * Sites and the keys that lead to them. Coordinates are WGS84 in degrees.
 * Swapped ones and 0,0 are refused: both look like places, and the law of the
 * wrong one would follow.
 */
#include "core/prefixes.h"
#include "place/inside.h"
#include "place/rows.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

static const struct {
	char country[3];
	int16_t south, north, west, east;
} extents[] = {
#define NP_EXTENT(country, south, north, west, east)                           \
	{#country, south, north, west, east},
#include "place/extents.def"
#undef NP_EXTENT
};

bool np_in_country(const char *country, double latitude, double longitude,
		   bool *ret_known)
{
	*ret_known = false;
	for (size_t i = 0; country && i < NP_COUNT(extents); i++) {
		if (strcmp(extents[i].country, country) != 0)
			continue;
		*ret_known = true;
		return latitude >= extents[i].south &&
		       latitude <= extents[i].north &&
		       longitude >= extents[i].west &&
		       longitude <= extents[i].east;
	}
	return true;
}

/* Digits with a point, as RFC 7946 and CSV write them; no locale. */
bool np_read_degrees(const char *s, double *ret)
{
	double v = 0, unit = 1;
	bool minus = *s == '-', any = false;

	s += *s == '-' || *s == '+';
	for (; isdigit((unsigned char)*s) && v < 1e6; s++, any = true)
		v = v * 10 + (*s - '0');
	if (*s == '.')
		for (s++; isdigit((unsigned char)*s); s++, any = true)
			v += (*s - '0') * (unit /= 10);
	*ret = minus ? -v : v;
	return any && !*s;
}

static bool is_country(const char *s)
{
	return strlen(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' &&
	       s[1] <= 'Z';
}

/* ---- coordinates */

/* NULL: they may be. */
static const char *wrong_point(const char *country, double la, double lo)
{
	bool known, fits = np_in_country(country, la, lo, &known);

	if (fabs(la) > 90 && fabs(la) <= 180 && fabs(lo) <= 90)
		return "latitude and longitude are swapped: a latitude is -90 "
		       "to 90";
	if (fabs(la) > 90)
		return "expected a latitude from -90 to 90";
	if (fabs(lo) > 180)
		return "expected a longitude from -180 to 180";
	if (la == 0 && lo == 0)
		return "0,0 is where nobody filled in a place: leave it empty "
		       "instead";
	if (known && !fits && np_in_country(country, lo, la, &known))
		return "latitude and longitude are swapped: only so it would "
		       "lie in its country";
	return NULL;
}

static struct np_where *where_of(struct np_places *p, uint32_t site)
{
	struct np_guide *g = &p->guide;

	if (site >= g->nwhere) {
		size_t n = (size_t)site * 2 + 64;
		struct np_where *v = reallocarray(g->where, n, sizeof(*v));

		if (!v)
			return NULL;
		memset(v + g->nwhere, 0, (n - g->nwhere) * sizeof(*v));
		g->where = v;
		g->nwhere = n;
	}
	return &g->where[site];
}

static int locate(struct np_places *p, uint32_t site,
		  const struct np_site_row *r, const struct np_site_from *from,
		  struct np_err *reterr)
{
	static const char degrees[] = "expected degrees with a point: 50.1109";
	const char *country = np_site(p->party, site)->country, *wrong;
	struct np_where *w = where_of(p, site);
	double la, lo;
	bool known;

	if (!w)
		return np_no_memory(from->file, reterr);
	if (!r->latitude && !r->longitude)
		return NP_OK;
	if (!r->latitude || !np_read_degrees(r->latitude, &la))
		return np_row_fail(from->file, from->line, from->column[3],
				   degrees, reterr);
	if (!r->longitude || !np_read_degrees(r->longitude, &lo))
		return np_row_fail(from->file, from->line, from->column[4],
				   degrees, reterr);
	/* a tenth of a millimetre, so that what is written is read as it was */
	la = round(la * 1e9) / 1e9;
	lo = round(lo * 1e9) / 1e9;
	wrong = wrong_point(country, la, lo);
	if (wrong)
		return np_row_fail(from->file, from->line, from->column[3],
				   wrong, reterr);
	if (w->located && (w->latitude != la || w->longitude != lo))
		return np_row_fail(from->file, from->line, from->column[3],
				   "the site stands at another place already",
				   reterr);
	if (!np_in_country(country, la, lo, &known) &&
	    !np_note(p, from->file, from->line,
		     "site %s lies outside of the box around %s", r->id,
		     country))
		return np_no_memory(from->file, reterr);
	*w = (struct np_where){true, la, lo, from->file, from->line};
	return NP_OK;
}

bool np_site_located(const struct np_places *p, uint32_t site,
		     double *ret_latitude, double *ret_longitude)
{
	if (site >= p->guide.nwhere || !p->guide.where[site].located)
		return false;
	*ret_latitude = p->guide.where[site].latitude;
	*ret_longitude = p->guide.where[site].longitude;
	return true;
}

double np_kilometres(double lat1, double lon1, double lat2, double lon2)
{
	const double radian = 3.14159265358979323846 / 180;
	double a = sin((lat2 - lat1) * radian / 2);
	double b = sin((lon2 - lon1) * radian / 2);
	double h = a * a + cos(lat1 * radian) * cos(lat2 * radian) * b * b;

	return 2 * 6371.0088 * asin(sqrt(h < 0 ? 0 : h > 1 ? 1 : h));
}

/* ---- names, prefixes, cells */

static bool add_pattern(struct np_places *p, uint32_t site, const char *s,
			size_t n)
{
	struct np_guide *g = &p->guide;
	struct np_pattern *v =
		np_grow(g->pattern, g->npatterns, &g->cappatterns, sizeof(*v));
	char *text = np_copystr(&p->mem, s, n);
	struct np_pattern x = {.text = text, .site = site};

	if (!v || !text)
		return false;
	g->pattern = v;
	for (char *c = text; *c; c++) {
		*c = (char)tolower((unsigned char)*c);
		x.letters += *c != '*' && *c != '?';
	}
	x.head = strcspn(text, "*?");
	if (x.head > g->longest_head)
		g->longest_head = x.head;
	if (!np_index_add(&g->heads, text, x.head, (uint32_t)g->npatterns))
		return false;
	g->pattern[g->npatterns++] = x;
	return true;
}

static int read_net(const char *s, size_t n, struct np_net *x)
{
	char text[64];
	const char *slash = memchr(s, '/', n);
	size_t k = slash ? (size_t)(slash - s) : n;
	unsigned bits = 0;

	if (k >= sizeof(text))
		return NP_EINPUT;
	memcpy(text, s, k);
	text[k] = '\0';
	x->n = inet_pton(AF_INET, text, x->ip) == 1    ? 4
	       : inet_pton(AF_INET6, text, x->ip) == 1 ? 16
						       : 0;
	if (!x->n || (slash && (n - k < 2 || n - k > 4)))
		return NP_EINPUT;
	for (size_t i = k + 1; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return NP_EINPUT;
		bits = bits * 10 + (unsigned)(s[i] - '0');
	}
	if (!slash)
		bits = x->n * 8u;
	x->bits = (uint8_t)bits;
	return bits <= x->n * 8u ? NP_OK : NP_EINPUT;
}

static void mask(uint8_t *ip, unsigned n, unsigned bits)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned left = bits > i * 8 ? bits - i * 8 : 0;

		if (left < 8)
			ip[i] &= (uint8_t)(0xff00u >> left);
	}
}

static int add_net(struct np_places *p, uint32_t site, const char *s, size_t n)
{
	struct np_guide *g = &p->guide;
	struct np_net x = {.site = site}, *v;
	int rc = read_net(s, n, &x);

	if (rc)
		return rc;
	mask(x.ip, x.n, x.bits);
	x.text = np_copystr(&p->mem, s, n);
	v = np_grow(g->net, g->nnets, &g->capnets, sizeof(*v));
	if (!v || !x.text)
		return NP_ENOMEM;
	g->net = v;
	g->net[g->nnets++] = x;
	return NP_OK;
}

static bool add_cell(struct np_places *p, uint32_t site, const char *s,
		     size_t n)
{
	struct np_guide *g = &p->guide;
	struct np_cell_of *v =
		np_grow(g->cell, g->ncells, &g->capcells, sizeof(*v));
	const char *text = np_copystr(&p->mem, s, n);

	if (!v || !text)
		return false;
	g->cell = v;
	if (!np_index_add(&g->cells, text, n, (uint32_t)g->ncells))
		return false;
	g->cell[g->ncells++] = (struct np_cell_of){text, site};
	return true;
}

static int take_keys(struct np_places *p, uint32_t site,
		     const struct np_site_row *r,
		     const struct np_site_from *from, struct np_err *reterr)
{
	const char *s, *v;
	bool ok = true;
	size_t n;
	int rc = NP_OK;

	for (s = r->names; s && ok && (v = np_next_value(&s, true, &n));)
		ok = add_pattern(p, site, v, n);
	for (s = r->cells; s && ok && (v = np_next_value(&s, false, &n));)
		ok = add_cell(p, site, v, n);
	for (s = r->prefixes;
	     s && ok && !rc && (v = np_next_value(&s, true, &n));)
		rc = add_net(p, site, v, n);
	if (rc == NP_EINPUT)
		return np_row_fail(from->file, from->line, from->column[6],
				   "expected a prefix: 192.0.2.0/24", reterr);
	return ok && !rc ? NP_OK : np_no_memory(from->file, reterr);
}

int np_site_take(struct np_places *p, const struct np_site_row *r,
		 const struct np_site_from *from, struct np_err *reterr)
{
	uint32_t site;
	int rc;

	if (!r->id)
		return np_row_fail(from->file, from->line, from->column[0],
				   "expected the site's short name", reterr);
	if (r->country && !is_country(r->country))
		return np_row_fail(from->file, from->line, from->column[2],
				   "expected an ISO 3166-1 code: DE", reterr);
	if (r->region && (!np_is_place(r->region, true) || !r->country ||
			  strncmp(r->region, r->country, 2) != 0))
		return np_row_fail(from->file, from->line, from->column[8],
				   "expected an ISO 3166-2 code within the "
				   "country: US-TX",
				   reterr);
	site = np_party_site(p->party, r->id, r->name, r->country, r->region);
	if (site == UINT32_MAX)
		return np_no_memory(from->file, reterr);
	if (r->country &&
	    strcmp(np_site(p->party, site)->country, r->country) != 0)
		return np_row_fail(from->file, from->line, from->column[2],
				   "the site stands in another country already",
				   reterr);
	rc = locate(p, site, r, from, reterr);
	return rc ? rc : take_keys(p, site, r, from, reterr);
}

/* ---- when all is there */

static int by_length(const void *a, const void *b)
{
	const struct np_net *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	if (x->bits != y->bits)
		return x->bits > y->bits ? -1 : 1;
	return memcmp(x->ip, y->ip, x->n);
}

static int by_text(const void *a, const void *b)
{
	int c = by_length(a, b);

	return c ? c
		 : strcmp(((const struct np_net *)a)->text,
			  ((const struct np_net *)b)->text);
}

/* Where the prefixes of each length begin. */
static void find_spans(struct np_guide *g)
{
	for (size_t i = 0; i < g->nnets; i++) {
		if (!i || g->net[i - 1].n != g->net[i].n ||
		    g->net[i - 1].bits != g->net[i].bits)
			g->span[g->nspans++] = i;
	}
	g->span[g->nspans] = g->nnets;
}

static int of_two(const char *text, struct np_err *reterr)
{
	return np_fail(reterr, NP_EINPUT,
		       "two sites have the same name pattern, prefix or cell",
		       text, 0);
}

int np_guide_finish(struct np_places *p, struct np_err *reterr)
{
	struct np_guide *g = &p->guide;

	if (g->nnets)
		qsort(g->net, g->nnets, sizeof(*g->net), by_text);
	find_spans(g);
	for (size_t i = 1; i < g->nnets; i++) {
		if (by_length(&g->net[i - 1], &g->net[i]) == 0 &&
		    g->net[i - 1].site != g->net[i].site)
			return of_two(g->net[i].text, reterr);
	}
	for (size_t i = 0; i < g->npatterns; i++) {
		const struct np_pattern *x = &g->pattern[i];
		uint32_t e = np_index_find(&g->heads, x->text, x->head);

		for (; e; e = np_index_more(&g->heads, e)) {
			const struct np_pattern *y =
				&g->pattern[np_index_value(&g->heads, e)];

			if (y->site != x->site && strcmp(y->text, x->text) == 0)
				return of_two(x->text, reterr);
		}
	}
	for (size_t i = 0; i < g->ncells; i++) {
		const char *t = g->cell[i].text;
		uint32_t e = np_index_find(&g->cells, t, strlen(t));

		for (; e; e = np_index_more(&g->cells, e)) {
			if (g->cell[np_index_value(&g->cells, e)].site !=
			    g->cell[i].site)
				return of_two(t, reterr);
		}
	}
	return NP_OK;
}

void np_guide_free(struct np_guide *g)
{
	free(g->where);
	free(g->pattern);
	free(g->net);
	free(g->cell);
	np_index_free(&g->heads);
	np_index_free(&g->cells);
}

/* ---- asking */

/* Does the pattern fit? Linear but for the last *. */
static bool fits(const char *t, const char *s, size_t n)
{
	const char *star = NULL, *end = s + n, *from = s;

	while (s < end) {
		if (*t == '*') {
			star = t++;
			from = s;
		} else if (*t == '?' || (*t && *t == *s)) {
			t++;
			s++;
		} else if (star) {
			t = star + 1;
			s = ++from;
		} else {
			return false;
		}
	}
	while (*t == '*')
		t++;
	return !*t;
}

uint32_t np_guide_name(const struct np_guide *g, const char *name, size_t n,
		       const char **ret_why, bool *ret_two)
{
	const struct np_pattern *best = NULL;
	char low[256];
	size_t most;

	*ret_two = false;
	if (!g->npatterns || !n || n >= sizeof(low))
		return NP_NO_SITE;
	for (size_t i = 0; i < n; i++)
		low[i] = (char)tolower((unsigned char)name[i]);
	most = n < g->longest_head ? n : g->longest_head;
	for (size_t head = most + 1; head--;) {
		uint32_t e = np_index_find(&g->heads, low, head);

		for (; e; e = np_index_more(&g->heads, e)) {
			const struct np_pattern *x =
				&g->pattern[np_index_value(&g->heads, e)];

			if (!fits(x->text, low, n) ||
			    (best && best->letters > x->letters))
				continue;
			if (best && best->letters == x->letters)
				*ret_two |= best->site != x->site;
			else
				*ret_two = false;
			best = x;
		}
	}
	if (!best || *ret_two)
		return NP_NO_SITE;
	*ret_why = best->text;
	return best->site;
}

uint32_t np_guide_prefix(const struct np_guide *g, const char *ip, size_t n,
			 const char **ret_why)
{
	struct np_net x, *found;

	if (!g->nnets || read_net(ip, n, &x) != NP_OK)
		return NP_NO_SITE;
	/* One search for each length that there is, the longest first. */
	for (size_t i = 0; i < g->nspans; i++) {
		const struct np_net *from = g->net + g->span[i];
		struct np_net y = x;

		if (from->n != x.n)
			continue;
		y.bits = from->bits;
		mask(y.ip, y.n, y.bits);
		found = bsearch(&y, from, g->span[i + 1] - g->span[i],
				sizeof(y), by_length);
		if (!found)
			continue;
		*ret_why = found->text;
		return found->site;
	}
	return NP_NO_SITE;
}

static uint32_t cell_site(const struct np_guide *g, const char *cell, size_t n,
			  const char **ret_why)
{
	uint32_t e = np_index_find(&g->cells, cell, n);

	if (!e)
		return NP_NO_SITE;
	*ret_why = g->cell[np_index_value(&g->cells, e)].text;
	return g->cell[np_index_value(&g->cells, e)].site;
}

/* "gNB 262-99 18693/24": as it stands, without the kind, without the length.
 * The number alone is anybody's. */
uint32_t np_guide_cell(const struct np_guide *g, const char *cell, size_t n,
		       const char **ret_why)
{
	uint32_t site = cell_site(g, cell, n, ret_why);
	const char *blank = memchr(cell, ' ', n);
	const char *slash = memrchr(cell, '/', n);

	if (site == NP_NO_SITE && blank) {
		n -= (size_t)(blank + 1 - cell);
		cell = blank + 1;
		site = cell_site(g, cell, n, ret_why);
	}
	if (site == NP_NO_SITE && blank && slash > cell)
		site = cell_site(g, cell, (size_t)(slash - cell), ret_why);
	return site;
}

/* SPDX-License-Identifier: ISC */
/*
 * How many more there are, at least: see silence.h for whose bound it is and
 * why its cross products are taken pair by pair.
 *
 * It takes the methods to hear independently of each other. Whether they do is
 * tested among the boxes that a third method heard, where it is known of every
 * box whether each of the two heard it: Fisher's exact test, for each pair, at
 * one in twenty over all pairs. Methods that hear the same boxes leave the
 * bound a bound; methods that hear different boxes leave none.
 */
#include "silence/silence.h"
#include <math.h>

#define ALPHA 0.05
/* The paper's own interval; its lower end alone holds more often than 95 in 100
 * times, which small counts need. */
#define LEVEL 1.96

/* Alone, and in pairs, over one stratum. */
struct sums {
	double alone[NP_MAX_LISTS];
	double once, twice, cross;
};

static void sum(const struct np_lists *l, struct sums *s)
{
	*s = (struct sums){0};
	for (size_t j = 0; j < l->m; j++) {
		s->alone[j] = (double)l->cell[1u << j];
		s->cross += s->alone[j] * s->once;
		s->once += s->alone[j];
		for (size_t k = 0; k < j; k++)
			s->twice += (double)l->cell[1u << j | 1u << k];
	}
}

/* The estimate of a stratum, and its variance: the cells are taken as Poisson
 * (delta method), and the number of those that were not heard varies too. */
static void stratum(const struct np_lists *l, struct np_least *ret,
		    double *variance)
{
	struct sums s;
	double more, by_twice;

	sum(l, &s);
	for (unsigned c = 1; c < 1u << l->m; c++)
		ret->seen += l->cell[c];
	ret->once += (uint64_t)s.once;
	ret->twice += (uint64_t)s.twice;
	more = s.cross / (s.twice + 1);
	by_twice = more / (s.twice + 1);
	*variance += more + s.twice * by_twice * by_twice;
	for (size_t j = 0; j < l->m; j++) {
		double by = (s.once - s.alone[j]) / (s.twice + 1);

		*variance += s.alone[j] * by * by;
	}
	ret->more += more;
}

/* ---- are they independent? */

/* Boxes of all strata that a method beside a and b heard: of both, of one, of
 * neither. One table a stratum would be blind where strata are small; one table
 * of all may see a difference of strata, which is one of heterogeneity and errs
 * towards the warning. */
static void table(const struct np_lists *v, size_t n, size_t a, size_t b,
		  uint64_t t[4])
{
	unsigned pair = 1u << a | 1u << b;

	memset(t, 0, 4 * sizeof(*t));
	for (size_t i = 0; i < n; i++)
		for (unsigned c = 1; c < 1u << v[i].m; c++) {
			if (!(c & ~pair) || v[i].away & pair)
				continue;
			t[(c >> a & 1 ? 0 : 2) + (c >> b & 1 ? 0 : 1)] +=
				v[i].cell[c];
		}
}

/* Does the direction of the table say that they hear the same boxes? */
static bool together(const uint64_t t[4])
{
	return (double)t[0] * (double)t[3] > (double)t[1] * (double)t[2];
}

static void test(const struct np_lists *v, size_t n, struct np_least *ret)
{
	size_t m = v->m, pairs = m * (m - 1) / 2;
	bool could = false;

	ret->dependence = m < 3 ? NP_DEP_TWO : NP_DEP_FEW;
	ret->p = 1;
	for (size_t a = 0; m > 2 && a < m; a++)
		for (size_t b = a + 1; b < m; b++) {
			uint64_t t[4];
			double least, p;

			table(v, n, a, b, t);
			p = np_fisher(t[0], t[1], t[2], t[3], &least) *
			    (double)pairs;
			could |= least * (double)pairs < ALPHA;
			if (p >= ret->p)
				continue;
			ret->p = p;
			ret->a = a;
			ret->b = b;
			ret->dependence = p >= ALPHA	? ret->dependence
					  : together(t) ? NP_DEP_TOGETHER
							: NP_DEP_AVOID;
		}
	if (could && ret->dependence == NP_DEP_FEW)
		ret->dependence = NP_DEP_NONE;
}

void np_least(const struct np_lists *v, size_t n, struct np_least *ret)
{
	double variance = 0;

	*ret = (struct np_least){
		.none = true, .p = 1, .dependence = NP_DEP_FEW};
	if (!n || v->m < 2)
		return;
	for (size_t i = 0; i < n; i++)
		stratum(&v[i], ret, &variance);
	test(v, n, ret);
	ret->error = sqrt(variance);
	/* Methods without a box in common may hear different kinds of box. */
	ret->none = !ret->twice && ret->once == ret->seen;
	if (ret->none || ret->dependence == NP_DEP_AVOID || ret->more <= 0)
		return;
	ret->at_least =
		(uint64_t)(ret->more /
			   exp(LEVEL * sqrt(log1p(variance /
						  (ret->more * ret->more)))));
}

/* SPDX-License-Identifier: ISC */
/* What each view of a page costs: bench_view X.dossier [DAY]. Seconds of
 * processor and octets, before packing. */
#include "core/time.h"
#include "views.h"
#include <stdio.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int failed(const char *what, const struct np_err *e)
{
	(void)fprintf(stderr, "%s: %s %s\n", what, e->text ? e->text : "",
		      e->what);
	return 2;
}

static int time_views(const struct np_views *v)
{
	struct np_buf b = np_buf((size_t)1 << 30);
	struct np_err e = {0};
	int rc = 0;

	for (const struct np_view *x = np_views; x->name && !rc; x++) {
		double begin = now();

		np_buf_clear(&b);
		if (x->write(&v->in, &b, &e))
			rc = failed(x->name, &e);
		printf("%-10s %6.2f s %10zu octets\n", x->name, now() - begin,
		       b.n);
	}
	np_buf_free(&b);
	return rc;
}

int main(int argc, char **argv)
{
	const struct np_views_ask ask = {0};
	struct np_run r = {.conf = {.as_of = 20780}}; /* 2026-11-23 */
	struct np_views v;
	struct np_err e = {0};
	double begin = now();
	int rc;

	if (argc < 2 || (argc > 2 && !np_day_read(argv[2], &r.conf.as_of)))
		return 2;
	r.conf.dossier = argv[1];
	if (np_run_dossier(&r, &e))
		return failed(argv[1], &e);
	printf("%-10s %6.2f s\n", "dossier", now() - begin);
	begin = now();
	rc = np_views_open(&r, &ask, &v, &e);
	printf("%-10s %6.2f s, %u boxes\n", "graph", now() - begin, v.in.rows);
	rc = rc ? failed("views", &e) : time_views(&v);
	np_views_free(&v);
	np_run_free(&r);
	return rc;
}

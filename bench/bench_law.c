/* SPDX-License-Identifier: ISC */
/*
 * What judging costs: N boxes at 500 sites in every country that has rules on
 * file, before all instruments.
 *
 *	bench_law [N] [DAY] [COUNTRY]	all sites in one country
 *
 * alike:    nothing is stated of a box, so that like boxes are judged once.
 * stated:   an inventory states five facts of each box, each of few values.
 * distinct: the same, and a day of its own for almost every box, so that no
 *           two of a site are alike.
 *
 * Fails above the time that is allowed, of processor: the machine may be busy.
 */
#include "policy/policy.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SITES 500
#define ALLOWED 2.0 /* seconds for 100,000 boxes (issue 5) */

static const char *const makers[] = {
	"huawei",   "zte",   "hikvision", "dahua", "hytera",
	"ericsson", "nokia", "cisco",	  "honor", "huaweidevice"};
static const char *const functions[] = {
	"core/upf",   "core/amf",	  "ran/gnb",
	"ran/enb",    "transport/router", "transport/switch",
	"access/olt", "management/ems",	  "camera",
	"power",      "cpe/router",	  NULL};
static const char *const countries[] = {"US", "DE", "IT", "JP", "GB",
					"FR", "CZ", "PT", "DK", "BE",
					"NL", "SE", "LV", "AU", "US-TX"};

struct inventory {
	const struct np_device *first;
	char (*days)[16];
	bool distinct;
};

static double now(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *fact(void *ctx, const struct np_device *d, const char *name)
{
	static const char *const yes_no[] = {"yes", "no"};
	const struct inventory *inv = ctx;
	size_t i = (size_t)(d - inv->first);

	if (strcmp(name, "obtained") == 0)
		return inv->days[inv->distinct ? i % 4000 : i % 3];
	if (strcmp(name, "generation") == 0)
		return i % 2 ? "5G" : "4G";
	if (strcmp(name, "security_use") == 0 ||
	    strcmp(name, "management_function") == 0 ||
	    strcmp(name, "critical_facility") == 0)
		return yes_no[i / 7 % 2];
	return NULL;
}

static void make_boxes(struct np_device *v, size_t n,
		       const struct np_knowledge *k, struct np_party *p)
{
	uint64_t s = 88172645463325252u;

	for (size_t i = 0; i < n; i++) {
		struct np_device *d = &v[i];

		s ^= s << 13;
		s ^= s >> 7;
		s ^= s << 17;
		(void)snprintf(d->id, sizeof(d->id), "d-%u", (unsigned)i);
		d->maker = np_maker_find(k, makers[s % 10]);
		d->sure = s >> 8 & 7 ? NP_CONFIRMED : NP_PROBABLE;
		d->function = functions[(s >> 16) % 12];
		d->owner = NP_OWNER_OPERATOR;
		d->site = (uint32_t)((s >> 32) % np_sites(p));
	}
}

static int open_sites(const char *only, struct np_party **ret, struct np_err *e)
{
	char path[] = "/tmp/bench-law-XXXXXX";
	int fd = mkstemp(path), rc;
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	if (!f)
		return NP_EIO;
	(void)fprintf(f, "party:\n  US:\n    subsidy_recipient: yes\n"
			 "    federal_contractor: yes\n  DE:\n"
			 "    contracts_2024_party: yes\nsites:\n");
	for (int i = 0; i < SITES; i++) {
		const char *c = only ? only : countries[i % 15];

		(void)fprintf(f, "  S%d:\n    country: %.2s\n", i, c);
		if (c[2])
			(void)fprintf(f, "    region: %s\n", c);
	}
	(void)fclose(f);
	rc = np_party_open(path, ret, e);
	(void)remove(path);
	return rc;
}

static bool once(const char *name, const struct np_law *l,
		 const struct np_knowledge *k, struct np_question *q,
		 const struct np_devices *d)
{
	struct np_arena mem = np_arena((size_t)8 << 30);
	struct np_findings f;
	struct np_err e = {0};
	struct rusage ru;
	double from = now(CLOCK_MONOTONIC), spent;
	double cpu = now(CLOCK_PROCESS_CPUTIME_ID);

	if (np_judge(l, k, q, d, &mem, &f, &e)) {
		(void)fprintf(stderr, "%s\n", e.text ? e.text : "?");
		return false;
	}
	spent = now(CLOCK_MONOTONIC) - from;
	cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	(void)getrusage(RUSAGE_SELF, &ru);
	(void)printf("%-9s %7.3f s, %7.3f s of processor  %6.2f us a box  "
		     "%9zu findings  %5ld MiB at most\n",
		     name, spent, cpu, cpu * 1e6 / (double)d->n, f.n,
		     ru.ru_maxrss >> 10);
	np_arena_free(&mem);
	return cpu <= ALLOWED * (double)d->n / 100000 || d->n < 100000;
}

/* What was stated four years before, against now. */
static bool stale(const struct np_law *l, const struct np_knowledge *k,
		  const struct np_question *now_q, const struct np_devices *d)
{
	struct np_arena mem = np_arena((size_t)8 << 30);
	struct np_question then = *now_q;
	struct np_findings f;
	const struct np_stated *v;
	struct np_stales s;
	struct np_err e = {0};
	size_t n;
	double from, stated, compared;

	then.as_of = now_q->as_of - 1461;
	if (np_judge(l, k, &then, d, &mem, &f, &e))
		return false;
	from = now(CLOCK_PROCESS_CPUTIME_ID);
	if (np_state(l, d, &f, then.as_of, &mem, &v, &n))
		return false;
	stated = now(CLOCK_PROCESS_CPUTIME_ID) - from;
	if (np_judge(l, k, now_q, d, &mem, &f, &e))
		return false;
	from = now(CLOCK_PROCESS_CPUTIME_ID);
	if (np_stale(l, d, &f, now_q->as_of, v, n, &mem, &s))
		return false;
	compared = now(CLOCK_PROCESS_CPUTIME_ID) - from;
	(void)printf("stale     %7.3f s to state, %7.3f s to compare  "
		     "%9zu that went stale\n",
		     stated, compared, s.n);
	np_arena_free(&mem);
	return true;
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
	struct np_knowledge *k = NULL;
	struct np_law *l = NULL;
	struct np_party *p = NULL;
	struct np_err e = {0};
	struct np_device *v = calloc(n + 1, sizeof(*v));
	struct inventory inv = {.first = v, .days = calloc(4000, 16)};
	struct np_question q = {.ctx = &inv};
	struct np_devices d = {.v = v, .n = n};
	bool ok;

	if (!v || !inv.days || np_knowledge_open(NULL, &k, &e) ||
	    np_law_open(NULL, k, &l, &e) ||
	    open_sites(argc > 3 ? argv[3] : NULL, &p, &e) ||
	    !np_day_read(argc > 2 ? argv[2] : "2026-11-23", &q.as_of)) {
		(void)fprintf(stderr, "%s %s\n", e.what, e.text ? e.text : "");
		return 1;
	}
	for (int i = 0; i < 4000; i++)
		(void)np_day_text(q.as_of - i, inv.days[i]);
	q.party = p;
	make_boxes(v, n, k, p);
	(void)printf("%zu boxes, %zu sites, %zu clauses\n", n, np_sites(p),
		     np_clauses(l));
	ok = once("alike", l, k, &q, &d);
	q.fact = fact;
	ok = once("stated", l, k, &q, &d) && ok;
	inv.distinct = true;
	ok = once("distinct", l, k, &q, &d) && ok;
	ok = stale(l, k, &q, &d) && ok;
	np_party_close(p);
	np_law_close(l);
	np_knowledge_close(k);
	free(inv.days);
	free(v);
	return ok ? 0 : 1;
}

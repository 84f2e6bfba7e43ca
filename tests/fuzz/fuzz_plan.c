/* SPDX-License-Identifier: ISC */
/* Any octets as costs.csv or plan.yaml; the first octet chooses. */
#include "fuzz.h"
#include "plan/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)
#define TODAY 20000

static void costs(const char *path)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_costs c;
	struct np_err e = {0};
	int rc = np_costs_read(path, &mem, &c, &e);

	MUST(rc == 0 || e.text);
	for (size_t i = 0; !rc && i < c.n; i++)
		MUST(c.v[i].figure[0] >= 0 &&
		     c.v[i].figure[0] <= c.v[i].figure[1] &&
		     c.v[i].figure[1] <= c.v[i].figure[2] &&
		     np_is_currency(c.v[i].currency));
	np_arena_free(&mem);
}

static void plan(const char *path)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_plan_file f;
	struct np_err e = {0};
	int rc = np_plan_read(path, NULL, TODAY, &mem, &f, &e);

	MUST(rc == 0 || e.text);
	for (uint32_t t = 0; !rc && t < f.periods; t++)
		MUST(f.first_day[t] < f.first_day[t + 1] && f.fund[t] >= 0);
	MUST(rc || f.start >= TODAY);
	np_arena_free(&mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char path[64];
	int fd;

	if (!n)
		return 0;
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	MUST(fd >= 0 && write(fd, p + 1, n - 1) == (ssize_t)(n - 1));
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (*p & 1)
		plan(path);
	else
		costs(path);
	(void)close(fd);
	return 0;
}

/* SPDX-License-Identifier: ISC */
#include "core/table.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE ((size_t)2 << 20)

void *np_table_alloc(size_t n)
{
	void *p;

	if (n < LARGE / 4)
		return calloc(1, n);
	n = (n + LARGE - 1) & ~(LARGE - 1);
	p = aligned_alloc(LARGE, n);
	if (!p)
		return NULL;
	(void)madvise(p, n, MADV_HUGEPAGE);
	memset(p, 0, n);
	return p;
}

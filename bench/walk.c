/* SPDX-License-Identifier: ISC */
/* walk FILE: reads record headers and two octets of each frame; the limit. */
#include "records.h"

static void touch(const uint8_t *frame, uint32_t n)
{
	__asm__ volatile("" : : "r"(n > 13 ? frame[12] : 0));
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? each_record(argv[1], touch) : -1;

	(void)printf("%ld\n", n);
	return n < 0;
}

/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a source. Built for libFuzzer (meson setup -Dfuzz=true), and
 * with replay.c's main for the ordinary tests, which run over the corpus. With
 * -DNP_FUZZ_KIND=pcapng (a format or a packing) only what is such a source is
 * read on, so that the time goes there.
 */
#include "core/limits.h"
#include "fuzz.h"
#include "source/source.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

/* What holds of every frame, whatever it was made of. */
static void check(const struct np_source *s, const struct np_frame *f,
		  uint64_t number)
{
	const struct np_interface *i = np_source_interface(s, f->interface);
	const volatile uint8_t *octets = f->p;

	MUST(f->number == number);
	MUST(f->n <= NP_MAX_FRAME && f->wire_n >= f->n);
	MUST(!i || i->linktype == f->linktype);
	for (uint32_t k = 0; k < f->n; k++)
		(void)octets[k];
}

#ifdef NP_FUZZ_KIND
#define TEXT2(x) #x
#define TEXT(x) TEXT2(x)

/* "pcap+gzip" is pcap and is gzip; "pcapng" is not pcap. */
static bool wanted(const char *kind)
{
	size_t n = strlen(TEXT(NP_FUZZ_KIND));
	const char *plus = strchr(kind, '+');

	return (strncmp(kind, TEXT(NP_FUZZ_KIND), n) == 0 &&
		(!kind[n] || kind[n] == '+')) ||
	       (plus && strcmp(plus + 1, TEXT(NP_FUZZ_KIND)) == 0);
}
#else
static bool wanted(const char *kind)
{
	return kind;
}
#endif

static void read_all(int fd)
{
	struct np_source_stats st;
	struct np_source *s = NULL;
	struct np_err e = {0};
	struct np_frame f;
	uint64_t n = 0;
	int rc = np_source_open(fd, &s, &e);

	if (rc < 0) {
		MUST(!s && e.text && e.code == rc);
		return;
	}
	np_source_stats(s, &st);
	if (!wanted(st.kind)) {
		np_source_close(s);
		return;
	}
	while ((rc = np_source_next(s, &f, &e)) > 0)
		check(s, &f, ++n);
	MUST(rc == 0 || (e.text && e.code == rc));
	MUST(np_source_next(s, &f, NULL) == 0);
	np_source_stats(s, &st);
	MUST(st.kind && st.frames == n && st.first <= st.last);
	MUST(st.backwards <= n && st.clipped <= n);
	np_source_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	MUST(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	MUST(lseek(fd, 0, SEEK_SET) == 0);
	read_all(fd);
	return 0;
}

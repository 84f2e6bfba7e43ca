/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a page of `report -o`, held against one of ours: whatever is
 * said of it, a page holds against itself, and one that is another does not.
 */
#include "core/pack.h"
#include "fuzz.h"
#include "view/html.h"
#include <stdlib.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static const char ours[] =
	"<!doctype html><html lang=\"en\"><noscript>a</noscript>"
	"<script type=\"application/json\" id=\"np-boot\">{}</script>\n"
	"<script type=\"application/octet-stream\" id=\"np-verdict\">"
	"eNpLTExMBAADzgGF</script>\n<script>b</script></html>\n";

struct told {
	const char *page;
	size_t n, parts, wrong, otherwise;
};

static void tell(void *ctx, const struct np_html_part *p)
{
	struct told *t = ctx;

	MUST(p->name && (p->holds || p->note));
	MUST(p->at <= t->n);
	t->parts++;
	t->wrong += !p->holds;
	t->otherwise += p->holds && p->note;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char *page = (const char *)p;
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_buf inside = np_buf(65536);
	struct np_html_written w;
	struct np_err e = {0};
	struct told t = {.page = page, .n = n}, same = t;
	int rc = np_html_written(page, n, &mem, &w, &e);

	MUST(rc == NP_OK || (rc == NP_EINPUT && e.text));
	MUST(rc || (w.audience && w.lang));
	MUST(np_html_compare(page, n, ours, sizeof(ours) - 1, tell, &t) == 0);
	MUST(t.parts && (t.wrong || t.otherwise ||
			 (n == sizeof(ours) - 1 && !memcmp(p, ours, n))));
	MUST(np_html_compare(page, n, page, n, tell, &same) == 0);
	rc = np_unpack(page, n, &inside);
	MUST(rc == NP_OK || rc == NP_EINPUT || rc == NP_ELIMIT);
	np_buf_free(&inside);
	np_arena_free(&mem);
	return 0;
}

/* SPDX-License-Identifier: ISC */
/*
 * Compiles knowledge/ and the registries that are installed into the image that
 * the program carries. Run by the build:
 *
 *	compile-knowledge KNOWLEDGE IMAGE SOURCE DEPENDS [PLACE...]
 *
 * IMAGE is written, and SOURCE, a C file that includes it. DEPENDS tells ninja
 * which files were read, so that no build file has to name them. Each PLACE is
 * a directory where a registry may be (claim/registry.h).
 */
#include "claim/image.h"
#include <errno.h>

#define MAX_BOOK ((size_t)512 << 20)
#define MAX_IMAGE ((size_t)64 << 20)

static int complain(const struct np_err *e)
{
	(void)fprintf(stderr, "%s:%llu:%u: %s\n", e->what,
		      (unsigned long long)e->at, e->column, e->text);
	return 1;
}

static int write_file(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wbe");
	bool ok = f && fwrite(p, 1, n, f) == n;

	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		(void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
	return ok ? 0 : 1;
}

static int write_source(const char *path, const char *image, size_t n)
{
	struct np_buf b = np_buf(1 << 16);
	int rc;

	np_putf(&b,
		"/* Generated: %zu octets of knowledge. */\n"
		"extern const unsigned char np_image_octets[];\n"
		"extern const unsigned char np_image_octets_end[];\n"
		"__asm__(\".section .rodata.np_image, \\\"a\\\"\\n\"\n"
		"\t\".balign 64\\n\"\n"
		"\t\".globl np_image_octets\\n\"\n"
		"\t\"np_image_octets:\\n\"\n"
		"\t\".incbin \\\"%s\\\"\\n\"\n"
		"\t\".globl np_image_octets_end\\n\"\n"
		"\t\"np_image_octets_end:\\n\"\n"
		"\t\".byte 0\\n\"\n"
		"\t\".previous\\n\");\n",
		n, image);
	rc = write_file(path, b.p, b.n);
	np_buf_free(&b);
	return rc;
}

/* The directories stand in it too: a file that is new changes them. */
static int write_depends(const char *path, const char *image, const char *dir,
			 const struct np_book *book)
{
	const struct np_book_text *t = book->texts.v;
	struct np_buf b = np_buf(1 << 16);
	int rc;

	np_putf(&b, "%s: %s %s/signatures", image, dir, dir);
	for (size_t i = 0; i < book->texts.n; i++)
		np_putf(&b, " \\\n  %s/%s", dir, t[i].name);
	np_puts(&b, "\n");
	rc = b.failed ? 1 : write_file(path, b.p, b.n);
	np_buf_free(&b);
	return rc;
}

static void say(const struct np_registry *r)
{
	(void)printf("address blocks: %s %s, %zu; numbers: %s %s, %zu\n",
		     r->oui.from ? r->oui.from : "none", r->oui.date,
		     r->blocks.n, r->pen.from ? r->pen.from : "none",
		     r->pen.date, r->numbers.n);
}

int main(int argc, char **argv)
{
	struct np_arena mem = np_arena(MAX_BOOK);
	struct np_book book = {.mem = &mem};
	struct np_registry reg = {.mem = &mem};
	struct np_buf image = np_buf(MAX_IMAGE);
	struct np_err err = {0};
	int rc;

	if (argc < 5) {
		(void)fprintf(stderr, "usage: compile-knowledge KNOWLEDGE "
				      "IMAGE SOURCE DEPENDS [PLACE...]\n");
		return 2;
	}
	rc = np_book_add_dir(&book, argv[1], &err);
	if (rc == 0)
		rc = np_registry_find(&reg, (const char *const *)argv + 5,
				      &err);
	if (rc == 0)
		rc = np_image_build(&book, &reg, NULL, &image, &err);
	if (rc)
		rc = complain(&err);
	else
		rc = write_file(argv[2], image.p, image.n) ||
		     write_source(argv[3], argv[2], image.n) ||
		     write_depends(argv[4], argv[2], argv[1], &book);
	if (rc == 0)
		say(&reg);
	np_buf_free(&image);
	np_arena_free(&mem);
	return rc;
}

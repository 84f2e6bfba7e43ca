/* SPDX-License-Identifier: ISC */
/* Which registries are installed, how old each is, and the freshest of them. */
#include "claim/registry.h"
#include "core/buf.h"
#include "core/time.h"
#include <cjson/cJSON.h>
#include <sys/stat.h>

#define MAX_TEXT ((size_t)64 << 20)

enum format { JSON, CSV, MANUF, NUMBERS };

/* What one place may hold, by file. */
static const struct {
	const char *file;
	enum format format;
} known[] = {
	{"index.json", JSON},
	{"oui.csv", CSV},
	{"manuf", MANUF},
	{"enterprises.tsv", NUMBERS},
};

struct found {
	const char *dir;
	enum format format;
	char date[16];
};

static bool slurp(const char *dir, const char *file, struct np_buf *ret)
{
	struct np_buf path = np_buf(4096);
	char chunk[16384];
	size_t n;
	FILE *f;

	np_buf_clear(ret);
	np_putf(&path, "%s/%s", dir, file);
	f = path.failed ? NULL : fopen(path.p, "rbe");
	np_buf_free(&path);
	if (!f)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(ret, chunk, n);
	np_put(ret, "", 0);
	fclose(f);
	return !ret->failed && ret->n > 0;
}

/* The date of the rows: a file "date" beside them, else the day that the file
 * was last changed, which packages keep from the day they were made. */
static bool date_of(const char *dir, const char *file, char ret[static 16])
{
	struct np_buf b = np_buf(4096);
	struct stat st;
	int32_t day;
	bool there;

	if (slurp(dir, "date", &b) && b.n >= 10) {
		(void)snprintf(ret, 16, "%.10s", b.p);
		if (!np_day_read(ret, &day))
			ret[0] = '\0';
	}
	np_buf_clear(&b);
	np_putf(&b, "%s/%s", dir, file);
	there = !b.failed && stat(b.p, &st) == 0 && S_ISREG(st.st_mode);
	if (there && !ret[0])
		(void)np_day_text((int32_t)(st.st_mtime / 86400), ret);
	np_buf_free(&b);
	return there;
}

static void look(const char *const *places, bool numbers, struct found *ret)
{
	for (; *places; places++) {
		for (size_t i = 0; i < NP_COUNT(known); i++) {
			char date[16] = "";

			if ((known[i].format == NUMBERS) != numbers ||
			    !date_of(*places, known[i].file, date))
				continue;
			if (ret->dir && strcmp(date, ret->date) <= 0)
				continue;
			ret->dir = *places;
			ret->format = known[i].format;
			memcpy(ret->date, date, sizeof(date));
		}
	}
}

/* "oui-data 2.1.9" from the package's own description of itself. */
static const char *json_name(struct np_registry *r, const char *dir)
{
	struct np_buf b = np_buf(1 << 20);
	cJSON *all = slurp(dir, "package.json", &b) ? cJSON_Parse(b.p) : NULL;
	const char *name = cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(all, "name"));
	const char *version = cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(all, "version"));

	np_buf_clear(&b);
	np_putf(&b, "%s %s", name ? name : "oui-data", version ? version : "");
	cJSON_Delete(all);
	name = np_copystr(r->mem, b.p, b.n);
	np_buf_free(&b);
	return name;
}

static int read_csvs(struct np_registry *r, const char *dir, struct np_buf *b)
{
	static const char *const files[] = {"oui.csv", "mam.csv", "oui36.csv",
					    "iab.csv"};

	for (size_t i = 0; i < NP_COUNT(files); i++)
		if (slurp(dir, files[i], b) && np_registry_csv(r, b->p, b->n))
			return NP_ENOMEM;
	return 0;
}

static int read_found(struct np_registry *r, const struct found *f,
		      struct np_buf *b, struct np_err *reterr)
{
	struct np_reg_origin *o = f->format == NUMBERS ? &r->pen : &r->oui;
	int rc = 0;

	memcpy(o->date, f->date, sizeof(o->date));
	switch (f->format) {
	case JSON:
		o->from = json_name(r, f->dir);
		if (slurp(f->dir, "index.json", b))
			rc = np_registry_json(r, b->p, reterr);
		break;
	case CSV:
		o->from = "IEEE lists";
		rc = read_csvs(r, f->dir, b);
		break;
	case MANUF:
		o->from = "Wireshark manuf";
		if (slurp(f->dir, "manuf", b))
			rc = np_registry_manuf(r, b->p, b->n);
		break;
	case NUMBERS:
		o->from = "IANA enterprise numbers";
		if (slurp(f->dir, "enterprises.tsv", b))
			rc = np_registry_numbers(r, b->p, b->n);
		break;
	}
	return rc == NP_ENOMEM ? np_fail(reterr, rc, "out of memory", f->dir, 0)
			       : rc;
}

int np_registry_find(struct np_registry *r, const char *const *places,
		     struct np_err *reterr)
{
	struct np_buf b = np_buf(MAX_TEXT);
	struct found oui = {0};
	struct found pen = {0};
	int rc = 0;

	look(places, false, &oui);
	look(places, true, &pen);
	if (oui.dir)
		rc = read_found(r, &oui, &b, reterr);
	if (rc == 0 && pen.dir)
		rc = read_found(r, &pen, &b, reterr);
	np_buf_free(&b);
	return rc;
}

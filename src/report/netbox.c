/* SPDX-License-Identifier: ISC */
/*
 * NetBox's bulk import (4.x): files in the order in which they go in, each
 * naming only what stands in one before. Makers that are not confirmed stand
 * under "Unconfirmed maker", with who it may be in a custom field; nothing that
 * two boxes share is written as if it were one's own (conflicts.csv).
 */
#include "core/hash.h"
#include "report/export.h"
#include <ctype.h>
#include <stdlib.h>

/* NetBox's lengths, in characters. */
#define NAME 64
#define SERIAL 50
#define MODEL 100
#define WORDS 200

#define NOBODY "Unconfirmed maker"
#define NO_MODEL "Unidentified"
#define NO_ROLE "unidentified"
#define NO_SITE "no place stated"

/* A device type or a module type; sorted, each once. */
struct kind {
	const char *maker, *model;
	const char *slug; /* of the maker */
};

struct netbox {
	const struct np_report *r;
	const struct np_style *s;
	const char *dir;
	struct np_buf b;
	struct np_cells c;
	struct np_export x;
	struct np_twins twins;
	struct np_arena mem;
	struct kind *types, *modules;
	const char **roles;
	size_t ntypes, nmodules, nroles;
	struct np_err *reterr;
};

/* ---- words that NetBox takes for keys */

/* Letters, digits and dashes. What is lost on the way (other characters, small
 * letters that a capital could have been) is told apart by a hash. */
static const char *slug_of(struct netbox *n, const char *text)
{
	struct np_buf b = np_buf(4096);
	bool lost = false;
	char *slug;

	for (const char *p = text; *p; p++) {
		unsigned char u = (unsigned char)*p;
		bool plain = u < 0x80 && (isupper(u) || isdigit(u));

		lost |= !plain && u != '-';
		if (!b.n && !(u < 0x80 && isalnum(u)))
			lost = true; /* begins with a letter or digit */
		else if (b.n < 80)
			np_putc(&b, u < 0x80 && isalnum(u) ? (char)tolower(u)
							   : '-');
		else
			lost = true;
	}
	if (lost)
		np_putf(&b, "%s%08x", b.n ? "-" : "",
			(unsigned)np_hash64(text, strlen(text), 3));
	slug = np_copystr(&n->mem, b.p ? b.p : "", b.n);
	np_buf_free(&b);
	return slug ? slug : "";
}

static const char *cut(struct netbox *n, const char *text, size_t most)
{
	struct np_buf b = np_buf(1 << 20);
	const char *s;

	np_put_plain(&b, text, strlen(text), most);
	s = np_copystr(&n->mem, b.p ? b.p : "", b.n);
	np_buf_free(&b);
	return s ? s : "";
}

/* Roles: "core/amf" is core-amf, which is lost on nobody. */
static const char *role_slug(struct netbox *n, const char *role)
{
	char *slug;

	if (role[strspn(role, "abcdefghijklmnopqrstuvwxyz0123456789/")] ||
	    strlen(role) > 80)
		return slug_of(n, role);
	slug = np_copystr(&n->mem, role, strlen(role));
	for (char *p = slug; p && *p; p++)
		*p = *p == '/' ? '-' : *p;
	return slug ? slug : "";
}

static const char *maker_of(const struct netbox *n, const struct np_device *d)
{
	const char *maker = np_export_maker(n->r, d);

	return maker ? maker : NOBODY;
}

static const char *model_of(struct netbox *n, const struct np_device *d)
{
	const char *model = d->model ? d->model : d->family;

	return model && *model ? cut(n, model, MODEL) : NO_MODEL;
}

static const char *role_of(struct netbox *n, const struct np_device *d)
{
	return d->function && *d->function ? cut(n, d->function, MODEL)
					   : NO_ROLE;
}

static const char *site_of(const struct netbox *n, uint32_t site)
{
	const char *id = np_site_id(n->r->party, site);

	return id ? id : NO_SITE;
}

/* ---- what boxes need to stand in: collected, sorted, each once */

static int by_kind(const void *a, const void *b)
{
	const struct kind *x = a, *y = b;
	int way = strcmp(x->maker, y->maker);

	return way ? way : strcmp(x->model, y->model);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t kinds_once(struct kind *v, size_t n)
{
	size_t kept = 0;

	qsort(v, n, sizeof(*v), by_kind);
	for (size_t i = 0; i < n; i++) {
		if (!kept || by_kind(&v[kept - 1], &v[i]) != 0)
			v[kept++] = v[i];
	}
	return kept;
}

static size_t texts_once(const char **v, size_t n)
{
	size_t kept = 0;

	qsort(v, n, sizeof(*v), by_text);
	for (size_t i = 0; i < n; i++) {
		if (!kept || strcmp(v[kept - 1], v[i]) != 0)
			v[kept++] = v[i];
	}
	return kept;
}

static int collect(struct netbox *n)
{
	const struct np_devices *all = n->r->devices;
	size_t parts = 0;

	for (size_t i = 0; i < all->n; i++)
		parts += all->v[i].ncomponents;
	n->types = calloc(all->n + 1, sizeof(*n->types));
	n->modules = calloc(parts + 1, sizeof(*n->modules));
	n->roles = calloc(all->n + 1, sizeof(*n->roles));
	if (!n->types || !n->modules || !n->roles)
		return NP_ENOMEM;
	for (size_t i = 0; i < all->n; i++) {
		const struct np_device *d = &all->v[i];

		if (!np_export_site(n->r, n->s, d->site))
			continue;
		n->roles[n->nroles++] = role_of(n, d);
		n->types[n->ntypes++] = (struct kind){
			.maker = maker_of(n, d),
			.model = model_of(n, d),
			.slug = np_maker_slug(n->r->knowledge, d->maker),
		};
		/* A part's maker is what the box says: never confirmed. */
		for (size_t k = 0; k < d->ncomponents; k++)
			n->modules[n->nmodules++] = (struct kind){
				.maker = NOBODY,
				.model =
					d->components[k].model
						? cut(n, d->components[k].model,
						      MODEL)
						: NO_MODEL};
	}
	n->ntypes = kinds_once(n->types, n->ntypes);
	n->nmodules = kinds_once(n->modules, n->nmodules);
	n->nroles = texts_once(n->roles, n->nroles);
	return NP_OK;
}

/* ---- the files */

static int written(struct netbox *n, const char *name)
{
	return np_folder_file(n->dir, name, &n->b, n->reterr);
}

static int put_makers(struct netbox *n)
{
	static const char *const names[] = {"name", "slug", "description",
					    NULL};
	const char *last = "";

	np_cells_head(&n->c, names);
	np_cells_text(&n->c, NOBODY);
	np_cells_text(&n->c, "unconfirmed-maker");
	np_cells_text(&n->c, "Who made these is not confirmed: see the custom "
			     "fields of each");
	np_cells_end(&n->c);
	for (size_t i = 0; i < n->ntypes; i++) {
		const char *maker = n->types[i].maker;

		if (strcmp(maker, NOBODY) == 0 || strcmp(maker, last) == 0)
			continue;
		last = maker;
		np_cells_cut(&n->c, maker, MODEL);
		np_cells_text(&n->c, n->types[i].slug);
		np_cells_text(&n->c, NULL);
		np_cells_end(&n->c);
	}
	return written(n, "01-manufacturers.csv");
}

static void put_site(struct netbox *n, uint32_t i)
{
	const struct np_site *s =
		i == NP_NO_SITE ? NULL : np_site(n->r->party, i);
	double lat, lon;

	np_cells_cut(&n->c, s ? s->id : NO_SITE, MODEL);
	np_cells_text(&n->c, slug_of(n, s ? s->id : NO_SITE));
	np_cells_text(&n->c, "active");
	if (s && n->r->places && np_site_located(n->r->places, i, &lat, &lon)) {
		np_cells_number(&n->c, "%.6f", lat);
		np_cells_number(&n->c, "%.6f", lon);
	} else {
		np_cells_text(&n->c, NULL);
		np_cells_text(&n->c, NULL);
	}
	np_cells_cut(&n->c, s ? s->name : "Where these stand is not known",
		     WORDS);
	np_cells_end(&n->c);
}

static int put_sites(struct netbox *n)
{
	static const char *const names[] = {
		"name",	     "slug",	    "status", "latitude",
		"longitude", "description", NULL};

	np_cells_head(&n->c, names);
	for (uint32_t i = 0; i < np_sites(n->r->party); i++) {
		if (np_export_site(n->r, n->s, i))
			put_site(n, i);
	}
	if (!n->s->site)
		put_site(n, NP_NO_SITE);
	return written(n, "02-sites.csv");
}

static int put_roles(struct netbox *n)
{
	static const char *const names[] = {"name", "slug", "color", "vm_role",
					    NULL};

	np_cells_head(&n->c, names);
	for (size_t i = 0; i < n->nroles; i++) {
		np_cells_text(&n->c, n->roles[i]);
		np_cells_text(&n->c, role_slug(n, n->roles[i]));
		np_cells_text(&n->c, "9e9e9e");
		np_cells_text(&n->c, "false");
		np_cells_end(&n->c);
	}
	return written(n, "03-device-roles.csv");
}

static int put_tags(struct netbox *n)
{
	static const char *const names[] = {"name", "slug", "color",
					    "description", NULL};
	static const char *const tags[][2] = {
		{"nameplate-confirmed",
		 "The box's own structured statements agree; nobody looked at "
		 "hardware"},
		{"nameplate-probable", "Probably this maker; not confirmed"},
		{"nameplate-possible", "Possibly this maker; not confirmed"},
		{"nameplate-disputed", "Two makers are claimed"},
		{"nameplate-unknown", "Who made it is not known"},
		{"nameplate-neighbour",
		 "Known only from what other boxes say of it"},
		{"nameplate-laboratory",
		 "Made in a laboratory, or constructed: proves nothing about a "
		 "maker"},
	};

	np_cells_head(&n->c, names);
	for (size_t i = 0; i < NP_COUNT(tags); i++) {
		np_cells_text(&n->c, tags[i][0]);
		np_cells_text(&n->c, tags[i][0]);
		np_cells_text(&n->c, "9e9e9e");
		np_cells_text(&n->c, tags[i][1]);
		np_cells_end(&n->c);
	}
	return written(n, "04-tags.csv");
}

static int put_fields(struct netbox *n)
{
	static const char *const names[] = {
		"name", "label", "type", "object_types", "description", NULL};
	static const char *const fields[][4] = {
		{"nameplate_id", "nameplate: id", "text", "Stays the same"},
		{"nameplate_verdict", "nameplate: verdict", "text",
		 "confirmed, probable, possible, disputed or unknown"},
		{"nameplate_maker", "nameplate: maker", "text",
		 "Who made it, as sure as the verdict says"},
		{"nameplate_rival", "nameplate: or", "text",
		 "The other maker, where two are claimed"},
		{"nameplate_confidence", "nameplate: confidence", "decimal",
		 "Lower bound of the share right among like cases"},
		{"nameplate_version", "nameplate: version", "text",
		 "Software as it was heard"},
		{"nameplate_status", "nameplate: status", "text",
		 "The strongest status before the rules of its place"},
		{"nameplate_addresses", "nameplate: addresses", "text",
		 "As heard"},
		{"nameplate_last", "nameplate: last heard", "date", ""},
	};

	np_cells_head(&n->c, names);
	for (size_t i = 0; i < NP_COUNT(fields); i++) {
		np_cells_text(&n->c, fields[i][0]);
		np_cells_text(&n->c, fields[i][1]);
		np_cells_text(&n->c, fields[i][2]);
		np_cells_text(&n->c, "dcim.device");
		np_cells_text(&n->c, fields[i][3]);
		np_cells_end(&n->c);
	}
	return written(n, "05-custom-fields.csv");
}

static int put_kinds(struct netbox *n, const struct kind *v, size_t count,
		     bool slugs, const char *file)
{
	static const char *const with[] = {"manufacturer", "model", "slug",
					   NULL};
	static const char *const without[] = {"manufacturer", "model", NULL};

	np_cells_head(&n->c, slugs ? with : without);
	for (size_t i = 0; i < count; i++) {
		np_cells_cut(&n->c, v[i].maker, MODEL);
		np_cells_text(&n->c, v[i].model);
		if (slugs)
			np_cells_text(&n->c, slug_of(n, v[i].model));
		np_cells_end(&n->c);
	}
	return written(n, file);
}

static void put_tags_of(struct netbox *n, const struct np_device *d)
{
	char text[160];

	(void)snprintf(text, sizeof(text), "nameplate-%s%s%s",
		       np_sure_name(d->sure),
		       d->neighbour ? ",nameplate-neighbour" : "",
		       d->origin == NP_FIELD ? "" : ",nameplate-laboratory");
	np_cells_text(&n->c, text);
}

static void put_device(struct netbox *n, const struct np_export_box *b)
{
	const struct np_device *d = b->d;
	char text[40];

	np_cells_text(&n->c, np_twins_name(&n->twins, &n->x, b, NAME));
	np_cells_text(&n->c, role_of(n, d));
	np_cells_cut(&n->c, maker_of(n, d), MODEL);
	np_cells_text(&n->c, model_of(n, d));
	np_cells_cut(&n->c, np_twins_serial(&n->twins, b), SERIAL);
	np_cells_text(&n->c, "active");
	np_cells_cut(&n->c, site_of(n, d->site), MODEL);
	put_tags_of(n, d);
	np_cells_text(&n->c, d->id);
	np_cells_text(&n->c, np_sure_name(d->sure));
	np_cells_text(&n->c, np_report_maker(n->r, d->maker));
	np_cells_text(&n->c, np_report_maker(n->r, d->rival));
	np_cells_number(&n->c, "%s", np_export_confidence(n->r, d, text));
	np_cells_text(&n->c, d->version);
	np_cells_text(&n->c,
		      b->strongest ? np_finding_status(b->strongest) : NULL);
	np_cells_text(&n->c, b->ips ? b->ips : b->macs);
	if (d->last != NP_NEVER)
		(void)np_day_text(np_day_of(d->last), text);
	np_cells_text(&n->c, d->last == NP_NEVER ? NULL : text);
	np_cells_end(&n->c);
}

static int put_devices(struct netbox *n)
{
	static const char *const names[] = {"name",
					    "role",
					    "manufacturer",
					    "device_type",
					    "serial",
					    "status",
					    "site",
					    "tags",
					    "cf_nameplate_id",
					    "cf_nameplate_verdict",
					    "cf_nameplate_maker",
					    "cf_nameplate_rival",
					    "cf_nameplate_confidence",
					    "cf_nameplate_version",
					    "cf_nameplate_status",
					    "cf_nameplate_addresses",
					    "cf_nameplate_last",
					    NULL};
	struct np_export_box b;
	int rc;

	np_cells_head(&n->c, names);
	n->x.device = 0;
	while ((rc = np_export_next(&n->x, &b)) > 0)
		put_device(n, &b);
	return rc ? rc : written(n, "07-devices.csv");
}

/* Parts: a bay that holds each, then each in its bay. */
static void put_part(struct netbox *n, const struct np_export_box *b, size_t i,
		     bool bays)
{
	const struct np_component *p = &b->d->components[i];
	char bay[32], says[120];

	(void)snprintf(bay, sizeof(bay), "nameplate %zu", i + 1);
	np_cells_text(&n->c, np_twins_name(&n->twins, &n->x, b, NAME));
	np_cells_text(&n->c, bay);
	if (!bays) {
		const char *maker = np_report_maker(n->r, p->maker);

		(void)snprintf(says, sizeof(says), "%s %.90s, the box says",
			       np_sure_name(p->sure),
			       maker ? maker : "unknown");
		np_cells_text(&n->c,
			      p->model ? cut(n, p->model, MODEL) : NO_MODEL);
		np_cells_cut(&n->c, p->serial, SERIAL);
		np_cells_text(&n->c, "active");
		np_cells_cut(&n->c, says, WORDS);
	}
	np_cells_end(&n->c);
}

static int put_parts(struct netbox *n, bool bays)
{
	static const char *const of_bay[] = {"device", "name", NULL};
	static const char *const of_module[] = {
		"device", "module_bay",	 "module_type", "serial",
		"status", "description", NULL};
	struct np_export_box b;
	int rc;

	np_cells_head(&n->c, bays ? of_bay : of_module);
	n->x.device = 0;
	while ((rc = np_export_next(&n->x, &b)) > 0) {
		for (size_t i = 0; i < b.d->ncomponents; i++)
			put_part(n, &b, i, bays);
	}
	return rc ? rc
		  : written(n, bays ? "08-module-bays.csv" : "10-modules.csv");
}

static int put_readme(struct netbox *n)
{
	char day[16];

	np_putf(&n->b,
		"%s\n\nJudged as of %s. Import in this order, each under its "
		"own menu:\n\n"
		"  01-manufacturers.csv   Devices, Manufacturers\n"
		"  02-sites.csv           Organization, Sites\n"
		"  03-device-roles.csv    Devices, Device Roles\n"
		"  04-tags.csv            Customization, Tags\n"
		"  05-custom-fields.csv   Customization, Custom Fields\n"
		"  06-device-types.csv    Devices, Device Types\n"
		"  07-devices.csv         Devices, Devices\n"
		"  08-module-bays.csv     Devices, Module Bays\n"
		"  09-module-types.csv    Devices, Module Types\n"
		"  10-modules.csv         Devices, Modules\n\n",
		np_law_opening(n->r->law), np_day_text(n->r->as_of, day));
	np_putf(&n->b,
		"conflicts.csv is not for import: names and serial numbers "
		"that two boxes\nhave, which were left out, and boxes without "
		"a serial number.\n\nOnly confirmed makers are written as "
		"manufacturers; the others stand under\n\"" NOBODY
		"\", with who it may be in cf_nameplate_maker and how sure\n"
		"in cf_nameplate_verdict. Boxes of subscribers are counted, "
		"not "
		"listed: %llu.\n\nA text that a spreadsheet would compute "
		"begins with '.\n",
		(unsigned long long)n->r->devices->subscribers);
	return written(n, "README-import.txt");
}

static int put_files(struct netbox *n)
{
	int rc = collect(n);

	rc = rc ? rc : put_makers(n);
	rc = rc ? rc : put_sites(n);
	rc = rc ? rc : put_roles(n);
	rc = rc ? rc : put_tags(n);
	rc = rc ? rc : put_fields(n);
	rc = rc ? rc
		: put_kinds(n, n->types, n->ntypes, true,
			    "06-device-types.csv");
	rc = rc ? rc : put_devices(n);
	rc = rc ? rc : put_parts(n, true);
	rc = rc ? rc
		: put_kinds(n, n->modules, n->nmodules, false,
			    "09-module-types.csv");
	rc = rc ? rc : put_parts(n, false);
	rc = rc ? rc : np_twins_file(&n->twins, n->r, n->s, n->dir, n->reterr);
	return rc ? rc : put_readme(n);
}

int np_write_netbox(const struct np_report *r, const struct np_style *s,
		    const char *dir, struct np_err *reterr)
{
	struct netbox n = {.r = r,
			   .s = s,
			   .dir = dir,
			   .b = np_buf((size_t)1 << 30),
			   .x = np_export(r, s),
			   .mem = np_arena((size_t)1 << 30),
			   .reterr = reterr};
	int rc = np_twins_open(r, s, &n.twins);

	n.c = np_cells(&n.b);
	rc = rc ? rc : put_files(&n);
	np_twins_free(&n.twins);
	np_export_free(&n.x);
	np_arena_free(&n.mem);
	np_cells_free(&n.c);
	np_buf_free(&n.b);
	free(n.types);
	free(n.modules);
	free(n.roles);
	return rc;
}

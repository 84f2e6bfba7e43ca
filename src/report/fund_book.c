/* SPDX-License-Identifier: ISC */
/* A report's devices and the party's sites as rows of a book. */
#include "plan/kept.h"
#include "report/fund.h"
#include "report/writer.h"

static const char *day(struct np_arena *mem, int32_t at)
{
	char text[16];

	return at == NP_NODAY ? NULL
			      : np_copystr(mem, np_day_text(at, text),
					   strlen(np_day_text(at, text)));
}

static const char *day_of(struct np_arena *mem, int64_t at)
{
	return at == NP_NEVER ? NULL : day(mem, np_day_of(at));
}

/* An order to remove counts before other duties, an earlier day before a later
 * one. */
static bool before(const struct np_finding *x, const struct np_finding *y)
{
	bool a = x->clause->duty == NP_REMOVE, b = y->clause->duty == NP_REMOVE;

	if (a != b)
		return a;
	if (x->date == NP_NODAY || y->date == NP_NODAY)
		return x->date != NP_NODAY;
	return x->date < y->date;
}

/* What the place's own law has of the box: the clause that orders a removal
 * before one that does not. Findings are in the order of devices. */
static const struct np_finding *strongest(const struct np_report *r,
					  const struct np_device *d, size_t *at,
					  bool *ret_open)
{
	const struct np_finding *best = NULL;

	*ret_open = false;
	for (; *at < r->findings->n; (*at)++) {
		const struct np_finding *f = &r->findings->v[*at];
		int c = strcmp(f->device->id, d->id);

		if (c > 0)
			break;
		if (c < 0 || f->elsewhere || f->component)
			continue;
		*ret_open |= f->status == NP_UNDETERMINED;
		if (f->status != NP_IN_SCOPE)
			continue;
		if (!best || before(f, best))
			best = f;
	}
	return best;
}

static void put_place(const struct np_report *r, struct np_fund_value *row,
		      size_t i)
{
	const struct np_device *d = &r->devices->v[i];
	struct np_placing p;

	np_sheets_text(row, NP_BK_DEVICE, "site",
		       np_site_id(r->party, d->site));
	if (!r->places)
		return;
	p = np_placing(r->places, i);
	np_sheets_text(row, NP_BK_DEVICE, "obtained",
		       np_places_fact(r->places, d, "obtained"));
	if (p.row == NP_NO_ROW)
		return;
	np_sheets_text(row, NP_BK_DEVICE, "label",
		       np_stock_row(r->places, p.row)->label);
	np_sheets_text(row, NP_BK_DEVICE, "name",
		       np_stock_row(r->places, p.row)->name);
	if (!d->serial)
		np_sheets_text(row, NP_BK_DEVICE, "serial",
			       np_stock_row(r->places, p.row)->serial);
}

static int add_device(const struct np_report *r, struct np_fund_book *b,
		      size_t i, const struct np_finding *in, bool open)
{
	const struct np_device *d = &r->devices->v[i];
	struct np_fund_value *row = np_sheets_add(b, NP_BK_DEVICE, 0);
	const enum np_fund_sheet t = NP_BK_DEVICE;

	if (!row)
		return NP_ELIMIT;
	np_sheets_text(row, t, "id", d->id);
	np_sheets_text(row, t, "serial", d->serial);
	np_sheets_text(row, t, "maker", np_report_maker(r, d->maker));
	np_sheets_text(row, t, "model", d->model);
	np_sheets_text(row, t, "family", d->family);
	np_sheets_text(row, t, "version", d->version);
	np_sheets_text(row, t, "function", d->function);
	np_sheets_text(row, t, "verdict", np_sure_name(d->sure));
	np_sheets_text(row, t, "origin", np_origin_name(d->origin));
	np_sheets_text(row, t, "first", day_of(b->mem, d->first));
	np_sheets_text(row, t, "last", day_of(b->mem, d->last));
	np_sheets_number(row, t, "neighbour", d->neighbour);
	np_sheets_text(row, t, "covered", in ? "yes" : open ? "open" : "no");
	if (in) {
		np_sheets_text(row, t, "clause", in->clause->id);
		np_sheets_text(row, t, "date", day(b->mem, in->date));
	}
	put_place(r, row, i);
	return NP_OK;
}

int np_fund_custody(struct np_fund_book *b, uint32_t row, const char *out,
		    const char *state)
{
	struct np_fund_table *t = &b->t[NP_BK_DEVICE];
	struct np_fund_value *cell = t->cell + row * t->width;
	const char *day = out ? np_copystr(b->mem, out, strlen(out)) : NULL;

	if (out && !day)
		return NP_ENOMEM;
	np_sheets_text(cell, NP_BK_DEVICE, "removed", day);
	np_sheets_text(cell, NP_BK_DEVICE, "custody", state);
	return NP_OK;
}

/* "3", or "later". */
static const char *wave_name(struct np_arena *mem, uint32_t wave)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%u", wave);

	return wave ? np_copystr(mem, text, (size_t)n) : "later";
}

int np_fund_plan(const char *plan, size_t n, struct np_fund_book *b,
		 struct np_err *reterr)
{
	struct np_kept_plan p;
	int rc = np_kept_plan(plan, n, b->mem, &p, reterr);

	for (uint32_t i = 0; !rc && i < p.nboxes; i++) {
		const struct np_kept_box *x = &p.box[i];
		const enum np_fund_sheet t = NP_BK_WAVE;
		struct np_fund_value *row = np_sheets_add(b, t, 0);

		if (!row)
			return NP_ELIMIT;
		np_sheets_text(row, t, "wave", wave_name(b->mem, x->removed));
		np_sheets_text(row, t, "device", x->device);
		np_sheets_text(row, t, "site", x->site);
		np_sheets_text(row, t, "done", day(b->mem, x->out));
		if (!x->removed)
			continue;
		np_sheets_text(row, t, "from",
			       day(b->mem, p.wave[x->removed - 1].from));
		np_sheets_text(row, t, "until",
			       day(b->mem, p.wave[x->removed - 1].until));
	}
	return rc;
}

void np_fund_done(struct np_fund_book *b)
{
	struct np_fund_table *t = &b->t[NP_BK_WAVE];

	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t device = t->link[NP_BK_DEVICE][i];

		if (device == NP_NO_ROW ||
		    np_sheets_cell(b, NP_BK_WAVE, i, "done")->kind !=
			    NP_FV_NONE)
			continue;
		np_sheets_text(
			t->cell + i * t->width, NP_BK_WAVE, "done",
			np_sheets_says(b, NP_BK_DEVICE, device, "removed"));
	}
}

static int add_site(const struct np_report *r, struct np_fund_book *b, size_t i)
{
	const struct np_site *s = np_site(r->party, i);
	struct np_fund_value *row = np_sheets_add(b, NP_BK_SITE, 0);
	double latitude, longitude;

	if (!row)
		return NP_ELIMIT;
	np_sheets_text(row, NP_BK_SITE, "id", s->id);
	np_sheets_text(row, NP_BK_SITE, "name", s->name ? s->name : s->id);
	np_sheets_text(row, NP_BK_SITE, "country", s->country);
	np_sheets_text(row, NP_BK_SITE, "region", s->region);
	if (r->places &&
	    np_site_located(r->places, (uint32_t)i, &latitude, &longitude)) {
		np_sheets_number(row, NP_BK_SITE, "latitude", latitude);
		np_sheets_number(row, NP_BK_SITE, "longitude", longitude);
	}
	return NP_OK;
}

int np_fund_gather(const struct np_report *r, double allocation,
		   struct np_fund_book *b)
{
	const enum np_fund_sheet t = NP_BK_DOSSIER;
	struct np_fund_value *row = np_sheets_add(b, t, 0);
	int rc = row ? NP_OK : NP_ENOMEM;
	size_t at = 0;

	if (!rc) {
		np_sheets_text(row, t, "as_of", day(b->mem, r->as_of));
		np_sheets_text(row, t, "operator", np_party_name(r->party));
		np_sheets_text(row, t, "path", r->dossier);
		np_sheets_number(row, t, "devices", (double)r->devices->n);
		np_sheets_number(row, t, "subscribers",
				 (double)r->devices->subscribers);
		if (allocation >= 0)
			np_sheets_number(row, t, "allocation", allocation);
	}
	for (size_t i = 0; !rc && i < np_sites(r->party); i++)
		rc = add_site(r, b, i);
	for (size_t i = 0; !rc && i < r->devices->n; i++) {
		bool open;
		const struct np_finding *in =
			strongest(r, &r->devices->v[i], &at, &open);

		rc = add_device(r, b, i, in, open);
	}
	return rc;
}

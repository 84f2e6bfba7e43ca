/* SPDX-License-Identifier: ISC */
/* A bill or an order, for a person; and what all ways of showing it share. */
#include "report/check.h"
#include "report/page.h"
#include "report/table.h"
#include <string.h>

#define OUT ((size_t)64 << 20)
#define FEW 60 /* rows, without -l */

static const char *const gates[] = {
	[NP_GATE_NEVER] = "never",
	[NP_GATE_SCOPE] = "scope",
	[NP_GATE_SECONDARY] = "secondary",
	[NP_GATE_UNDETERMINED] = "undetermined",
	[NP_GATE_UNKNOWN] = "unknown",
};

bool np_gate_find(const char *word, enum np_gate *ret)
{
	for (size_t i = 0; i < NP_COUNT(gates); i++) {
		if (strcmp(gates[i], word) == 0) {
			*ret = (enum np_gate)i;
			return true;
		}
	}
	return false;
}

const char *np_gate_name(enum np_gate g)
{
	return gates[g];
}

const char *np_level_name(enum np_level l)
{
	static const char *const names[] = {
		[NP_LEVEL_NONE] = "none",
		[NP_LEVEL_NOTE] = "note",
		[NP_LEVEL_WARNING] = "warning",
		[NP_LEVEL_ERROR] = "error",
	};

	return names[l];
}

static bool in_scope(const struct np_finding *f)
{
	return f->status == NP_IN_SCOPE || f->status == NP_COMPONENT_IN_SCOPE;
}

static bool is_open(const struct np_finding *f)
{
	return f->status == NP_UNDETERMINED || f->status == NP_CONTESTED;
}

/* From which gate on it trips; NP_GATE_UNKNOWN + 1: from none. */
static unsigned trips_at(const struct np_finding *f)
{
	if (np_finding_trips(f))
		return NP_GATE_SCOPE;
	if (!f->elsewhere && in_scope(f))
		return NP_GATE_SECONDARY;
	if (!f->elsewhere && is_open(f))
		return NP_GATE_UNDETERMINED;
	return NP_GATE_UNKNOWN + 1;
}

enum np_level np_check_level(const struct np_check_report *r,
			     const struct np_finding *f)
{
	unsigned at = trips_at(f);

	if (at <= (unsigned)r->gate)
		return NP_LEVEL_ERROR;
	if (at <= NP_GATE_UNKNOWN)
		return NP_LEVEL_WARNING;
	/* another state's rule, or no rule on file of the place */
	return in_scope(f) || is_open(f) || !f->clause ? NP_LEVEL_NOTE
						       : NP_LEVEL_NONE;
}

bool np_check_trips(const struct np_check_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		for (size_t k = 0; k < r->v[i].n; k++) {
			if (np_check_level(r, r->v[i].v[k].f) == NP_LEVEL_ERROR)
				return true;
		}
		if (r->gate == NP_GATE_UNKNOWN && r->v[i].unknown)
			return true;
	}
	return false;
}

static const char *name_of(const struct np_bom_item *i)
{
	return i->name	  ? i->name
	       : i->model ? i->model
	       : i->part  ? i->part
			  : "an item without a name";
}

void np_put_item(struct np_buf *b, const struct np_check_report *r,
		 const struct np_check *c, uint32_t item)
{
	const struct np_bom_item *i = &c->bom->v[item];
	const struct np_bom_answer *a = &c->answers[item];

	np_puts(b, name_of(i));
	if (i->version)
		np_putf(b, " %s", i->version);
	if (a->maker == NP_NO_MAKER) {
		np_puts(b, " (maker not known)");
		return;
	}
	np_putf(b, " (%s, %s", np_maker_name(r->knowledge, a->maker),
		np_sure_name(a->sure));
	if (a->sure == NP_DISPUTED)
		np_putf(b, " with %s", np_maker_name(r->knowledge, a->rival));
	np_putf(b, " by %s)", a->because);
}

/* ---- the page */

struct page {
	const struct np_check_report *r;
	const struct np_style *s;
	struct np_buf b, cell;
	uint64_t shown, more;
};

struct counts {
	uint64_t scope, secondary, undetermined;
};

static struct counts count(const struct np_check *c)
{
	struct counts n = {0};
	uint32_t last[3] = {NP_BOM_ROOT, NP_BOM_ROOT, NP_BOM_ROOT};

	for (size_t i = 0; i < c->n; i++) {
		unsigned at = trips_at(c->v[i].f);

		if (at > NP_GATE_UNDETERMINED ||
		    last[at - NP_GATE_SCOPE] == c->v[i].item)
			continue;
		last[at - NP_GATE_SCOPE] = c->v[i].item;
		n.scope += at == NP_GATE_SCOPE;
		n.secondary += at == NP_GATE_SECONDARY;
		n.undetermined += at == NP_GATE_UNDETERMINED;
	}
	return n;
}

static void put_file(struct page *p, const struct np_check *c)
{
	const struct np_bom *b = c->bom;
	struct counts n = count(c);

	np_putterm(&p->b, b->path, strlen(b->path));
	np_putf(&p->b, ": %s", np_bom_format_name(b->format));
	if (b->version) {
		np_putc(&p->b, ' ');
		np_putterm(&p->b, b->version, strlen(b->version));
	}
	np_puts(&p->b, ", ");
	np_put_many(&p->b, b->n, "item", "items");
	np_puts(&p->b, ": ");
	np_put_count(&p->b, n.scope);
	np_puts(&p->b, " in scope, ");
	np_put_count(&p->b, n.secondary);
	np_puts(&p->b, " in scope (text not read), ");
	np_put_count(&p->b, n.undetermined);
	np_puts(&p->b, " undetermined; of ");
	np_put_count(&p->b, c->unknown);
	np_puts(&p->b, " the maker is not known\n");
}

static void text(struct page *p, struct np_table *t, const char *s)
{
	np_putterm(&p->cell, s ? s : "-", s ? strlen(s) : 1);
	np_table_take(t, &p->cell);
}

static void put_place(struct page *p, const struct np_check *c, uint32_t item)
{
	const struct np_bom_item *i = &c->bom->v[item];

	np_putterm(&p->cell, c->bom->path, strlen(c->bom->path));
	np_putf(&p->cell, ":%llu", (unsigned long long)i->line);
	if (i->column > 1)
		np_putf(&p->cell, ":%u", i->column);
}

static void put_maker(struct page *p, struct np_table *t,
		      const struct np_bom_answer *a)
{
	const struct np_knowledge *k = p->r->knowledge;

	text(p, t, a->maker == NP_NO_MAKER ? NULL : np_maker_name(k, a->maker));
	np_puts(&p->cell, np_sure_name(a->sure));
	if (a->sure == NP_DISPUTED)
		np_putf(&p->cell, " with %s", np_maker_name(k, a->rival));
	np_table_take(t, &p->cell);
	text(p, t, a->because);
}

static void row(struct page *p, struct np_table *t, const struct np_check *c,
		const struct np_bom_finding *x)
{
	const struct np_bom_item *i = &c->bom->v[x->item];
	const struct np_finding *f = x->f;
	char day[16];

	put_place(p, c, x->item);
	np_table_take(t, &p->cell);
	text(p, t, name_of(i));
	put_maker(p, t, &c->answers[x->item]);
	np_putf(&p->cell, "%s%s", np_finding_status(f),
		f->elsewhere ? " (another state's rule)" : "");
	np_table_take(t, &p->cell);
	text(p, t, f->clause ? f->clause->id : "-");
	text(p, t, f->date == NP_NODAY ? NULL : np_day_text(f->date, day));
	text(p, t, f->missing);
}

static void rows(struct page *p, struct np_table *t, const struct np_check *c)
{
	for (size_t i = 0; i < c->n; i++) {
		enum np_level l = np_check_level(p->r, c->v[i].f);

		if (!p->s->all && l < NP_LEVEL_WARNING)
			continue;
		if (!p->s->all && p->shown == FEW) {
			p->more++;
			continue;
		}
		row(p, t, c, &c->v[i]);
		p->shown++;
	}
}

/* With -l every item that nobody is known of, and each finding in words. */
static void put_all(struct page *p, const struct np_check *c)
{
	for (size_t i = 0; i < c->n; i++) {
		put_place(p, c, c->v[i].item);
		np_put(&p->b, p->cell.p ? p->cell.p : "", p->cell.n);
		np_buf_clear(&p->cell);
		np_putf(&p->b, ": %s\n", c->v[i].f->text);
	}
	for (uint32_t i = 0; i < c->bom->n; i++) {
		if (c->answers[i].maker != NP_NO_MAKER)
			continue;
		put_place(p, c, i);
		np_put(&p->b, p->cell.p ? p->cell.p : "", p->cell.n);
		np_buf_clear(&p->cell);
		const struct np_phrase_hole hole = {"item",
						    name_of(&c->bom->v[i])};

		np_put_phrase(&p->cell, p->r->phrases, NP_P_bill_unknown, &hole,
			      1);
		np_puts(&p->b, ": ");
		np_putterm(&p->b, p->cell.p ? p->cell.p : "", p->cell.n);
		np_putc(&p->b, '\n');
		np_buf_clear(&p->cell);
	}
}

static void put_table(struct page *p)
{
	static const char *const titles[] = {"where",	"item", "maker",
					     "verdict", "by",	"finding",
					     "rule",	"date", "missing"};
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1u | 3u << 5;
	for (size_t i = 0; i < p->r->n; i++)
		rows(p, &t, &p->r->v[i]);
	if (p->shown) {
		np_putc(&p->b, '\n');
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
		np_putf(&p->b, "  %s\n",
			p->r->phrases->text[NP_P_bill_confirmed]);
	}
	if (p->more) {
		np_puts(&p->b, "  and ");
		np_put_count(&p->b, p->more);
		np_puts(&p->b, " more: -l\n");
	}
	np_table_close(&t);
}

int np_write_check_text(const struct np_check_report *r,
			const struct np_style *s, FILE *to)
{
	struct page p = {.r = r,
			 .s = s,
			 .b = np_buf(OUT),
			 .cell = np_buf((size_t)1 << 20)};
	char day[16];
	int rc;

	np_putf(&p.b, "%s\n", np_law_opening(r->law));
	np_putf(&p.b, "law as of %s; gate %s: %s\n", np_day_text(r->as_of, day),
		np_gate_name(r->gate),
		np_check_trips(r) ? "tripped" : "not tripped");
	for (size_t i = 0; i < r->n; i++)
		put_file(&p, &r->v[i]);
	put_table(&p);
	rc = np_put_out(&p.b, to);
	for (size_t i = 0; s->all && i < r->n && !rc; i++) {
		np_putc(&p.b, '\n');
		put_all(&p, &r->v[i]);
		rc = np_put_out(&p.b, to);
	}
	np_buf_free(&p.b);
	np_buf_free(&p.cell);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/* nameplate.check/1, and workflow commands. */
#include "report/check.h"
#include "report/member.h"

#define OUT ((size_t)64 << 20)

static void put_place(struct np_buf *b, const struct np_bom_item *i)
{
	np_putf(b, ",\"line\":%llu", (unsigned long long)i->line);
	if (i->column)
		np_putf(b, ",\"column\":%u", i->column);
	else
		np_puts(b, ",\"column\":null");
	np_member(b, "pointer", i->pointer);
}

static void put_item(struct np_buf *b, const struct np_check_report *r,
		     const struct np_check *c, uint32_t n)
{
	const struct np_bom_item *i = &c->bom->v[n];
	const struct np_bom_answer *a = &c->answers[n];
	const struct np_knowledge *k = r->knowledge;

	np_putf(b, "{\"item\":%u", n);
	put_place(b, i);
	if (i->parent == NP_BOM_ROOT)
		np_puts(b, ",\"part_of\":null");
	else
		np_putf(b, ",\"part_of\":%u", i->parent);
	np_member(b, "thing", np_bom_thing_name(i->thing));
	np_member(b, "type", i->type);
	np_member(b, "name", i->name);
	np_member(b, "version", i->version);
	np_member(b, "part_number", i->part);
	np_member(b, "quantity", i->quantity);
	np_member(b, "manufacturer", i->maker);
	np_member(b, "supplier", i->supplier);
	np_member(b, "publisher", i->publisher);
	np_member(b, "purl", i->purl);
	np_member(b, "cpe", i->cpe);
	np_member(b, "maker", np_maker_slug(k, a->maker));
	np_member(b, "maker_name",
		  a->maker == NP_NO_MAKER ? NULL : np_maker_name(k, a->maker));
	np_member(b, "rival", np_maker_slug(k, a->rival));
	np_member(b, "verdict", np_sure_name(a->sure));
	np_member(b, "because", a->because);
	np_member(b, "model", a->model);
	np_member(b, "family", a->family);
	np_member(b, "function", a->function);
	np_putc(b, '}');
}

static void put_finding(struct np_buf *b, const struct np_check_report *r,
			const struct np_bom_finding *x)
{
	np_putf(b, "{\"item\":%u", x->item);
	np_member(b, "level", np_level_name(np_check_level(r, x->f)));
	np_put_ruling(x->f, b);
	np_putc(b, '}');
}

static void put_problems(struct np_buf *b, const struct np_bom *f)
{
	np_puts(b, "],\"problems\":[");
	for (size_t i = 0; i < f->nproblems; i++) {
		const struct np_bom_problem *p = &f->problems[i];

		np_putf(b, "%s{\"line\":%llu,\"column\":%u", i ? "," : "",
			(unsigned long long)p->line, p->column);
		np_member(b, "text", p->text);
		np_putc(b, '}');
	}
	np_puts(b, "]}");
}

static int put_file(struct np_buf *b, const struct np_check_report *r,
		    const struct np_check *c, FILE *to)
{
	int rc = 0;

	np_puts(b, "{\"name\":");
	np_putjsons(b, c->bom->path);
	np_member(b, "format", np_bom_format_name(c->bom->format));
	np_member(b, "version", c->bom->version);
	np_putf(b, ",\"unknown\":%llu,\"items\":[",
		(unsigned long long)c->unknown);
	for (uint32_t i = 0; i < c->bom->n && !rc; i++) {
		np_puts(b, i ? ",\n" : "\n");
		put_item(b, r, c, i);
		rc = np_put_out(b, to);
	}
	np_puts(b, "],\"findings\":[");
	for (size_t i = 0; i < c->n && !rc; i++) {
		np_puts(b, i ? ",\n" : "\n");
		put_finding(b, r, &c->v[i]);
		rc = np_put_out(b, to);
	}
	put_problems(b, c->bom);
	return rc;
}

static void put_unreadable(struct np_buf *b, const struct np_check_report *r)
{
	np_puts(b, "],\"unreadable\":[");
	for (size_t i = 0; i < r->nunreadable; i++) {
		np_puts(b, i ? ",{\"name\":" : "{\"name\":");
		np_putjsons(b, r->unreadable[i].what);
		np_member(b, "text", r->unreadable[i].text);
		np_putc(b, '}');
	}
	np_puts(b, "]}\n");
}

int np_write_check_json(const struct np_check_report *r, FILE *to)
{
	struct np_buf b = np_buf(OUT);
	char day[16];
	int rc = 0;

	np_putf(&b, "{\"schema\":\"nameplate.check/1\",\"as_of\":\"%s\"",
		np_day_text(r->as_of, day));
	np_member(&b, "fail_on", np_gate_name(r->gate));
	np_putf(&b, ",\"tripped\":%s,\"files\":[",
		np_check_trips(r) ? "true" : "false");
	for (size_t i = 0; i < r->n && !rc; i++) {
		np_puts(&b, i ? ",\n" : "\n");
		rc = put_file(&b, r, &r->v[i], to);
	}
	put_unreadable(&b, r);
	if (!rc)
		rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

/* ---- workflow commands: %, line ends and, in properties, ":" and "," are
 * written as percent and two digits */

static void put_escaped(struct np_buf *b, const char *s, bool property)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '%' || c < ' ' || c == 0x7f ||
		    (property && (c == ':' || c == ',')))
			np_putf(b, "%%%02X", c);
		else
			np_putc(b, (char)c);
	}
}

static void command(struct np_buf *b, const char *word, const char *path,
		    uint64_t line, uint32_t column, const char *title)
{
	np_putf(b, "::%s file=", word);
	put_escaped(b, path, true);
	if (line)
		np_putf(b, ",line=%llu", (unsigned long long)line);
	if (line && column)
		np_putf(b, ",col=%u", column);
	np_puts(b, ",title=");
	put_escaped(b, title, true);
	np_puts(b, "::");
}

static void annotate(struct np_buf *b, const struct np_check_report *r,
		     const struct np_check *c, const struct np_bom_finding *x)
{
	const struct np_bom_item *i = &c->bom->v[x->item];
	enum np_level l = np_check_level(r, x->f);
	struct np_buf text = np_buf(1 << 16);

	if (l == NP_LEVEL_NONE)
		return;
	command(b, l == NP_LEVEL_NOTE ? "notice" : np_level_name(l),
		c->bom->path, i->line, i->column,
		x->f->clause ? x->f->clause->id : "place");
	np_put_item(&text, r, c, x->item);
	np_putf(&text, ": %s", x->f->text);
	put_escaped(b, text.p ? text.p : "", false);
	np_putc(b, '\n');
	np_buf_free(&text);
}

int np_write_check_github(const struct np_check_report *r, FILE *to)
{
	struct np_buf b = np_buf(OUT);
	int rc = 0;

	for (size_t i = 0; i < r->n && !rc; i++) {
		const struct np_check *c = &r->v[i];

		for (size_t k = 0; k < c->n && !rc; k++) {
			annotate(&b, r, c, &c->v[k]);
			rc = np_put_out(&b, to);
		}
		for (size_t k = 0; k < c->bom->nproblems && !rc; k++) {
			const struct np_bom_problem *p = &c->bom->problems[k];

			command(&b, "warning", c->bom->path, p->line, p->column,
				"not read");
			put_escaped(&b, p->text, false);
			np_putc(&b, '\n');
			rc = np_put_out(&b, to);
		}
	}
	for (size_t i = 0; i < r->nunreadable && !rc; i++) {
		command(&b, "warning", r->unreadable[i].what, 0, 0, "not read");
		put_escaped(&b, r->unreadable[i].text, false);
		np_putc(&b, '\n');
		rc = np_put_out(&b, to);
	}
	np_buf_free(&b);
	return rc;
}

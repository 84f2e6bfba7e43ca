/* SPDX-License-Identifier: ISC */
/*
 * What the boxes were heard to be: how many of each role, on which interfaces,
 * of which makers. A role is proved by the traffic; its maker is another
 * question, and mostly open.
 */
#include "report/page.h"
#include "report/table.h"

/* The counted roles of one name: first whatever proved them, then a run a
 * protocol. */
struct run {
	const struct np_crowd *v;
	size_t n;
};

static bool same_run(const struct np_crowd *a, const struct np_crowd *b)
{
	return strcmp(a->role, b->role) == 0 && a->field == b->field;
}

static struct run run_at(const struct np_devices *d, size_t i)
{
	struct run r = {d->roles + i, 0};

	while (i + r.n < d->nroles && same_run(r.v, r.v + r.n))
		r.n++;
	return r;
}

/* On a page of one site: of that site. */
static bool here(const struct np_page *p, const struct np_crowd *c)
{
	return !p || np_page_at(p, c->site);
}

static uint64_t boxes(const struct np_page *p, struct run r)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r.n; i++)
		n += here(p, &r.v[i]) ? r.v[i].n : 0;
	return n;
}

static bool same_maker(const struct np_crowd *a, const struct np_crowd *b)
{
	return a->maker == b->maker && a->sure == b->sure &&
	       a->rival == b->rival;
}

/* The next part of a run that has one maker and one verdict, and its boxes. */
static uint64_t next_maker(const struct np_page *p, struct run r, size_t *i,
			   const struct np_crowd **ret)
{
	uint64_t n = 0;

	*ret = &r.v[*i];
	for (; *i < r.n && same_maker(*ret, &r.v[*i]); ++*i)
		n += here(p, &r.v[*i]) ? r.v[*i].n : 0;
	return n;
}

static const char *interface(const struct np_report *r,
			     const struct np_crowd *c, const char **ret_proto)
{
	const char *name, *on;

	*ret_proto = np_protos[c->field >> 8]->name;
	np_role_names(r->knowledge, c->role, c->field, &name, &on);
	return on;
}

/* ---- JSON */

static void put_makers(const struct np_report *r, struct run run,
		       struct np_buf *b)
{
	const char *open = "[";

	np_puts(b, ",\"makers\":");
	for (size_t i = 0; i < run.n; open = ",") {
		const struct np_crowd *c;
		uint64_t n = next_maker(NULL, run, &i, &c);

		np_putf(b, "%s{\"maker\":", open);
		np_putjsons(b, np_maker_slug(r->knowledge, c->maker));
		np_puts(b, ",\"rival\":");
		np_putjsons(b, np_maker_slug(r->knowledge, c->rival));
		np_putf(b, ",\"verdict\":\"%s\",\"boxes\":%llu}",
			np_sure_name(c->sure), (unsigned long long)n);
	}
	np_putc(b, ']');
}

static void put_interface(const struct np_report *r, struct run run,
			  struct np_buf *b)
{
	const char *proto, *on = interface(r, run.v, &proto);

	np_puts(b, "{\"protocol\":");
	np_putjsons(b, proto);
	np_puts(b, ",\"interface\":");
	np_putjsons(b, on);
	np_putf(b, ",\"boxes\":%llu}", (unsigned long long)boxes(NULL, run));
}

void np_put_roles(const struct np_report *r, struct np_buf *b)
{
	const struct np_devices *d = r->devices;
	bool open = false;

	np_puts(b, ",\"roles\":[");
	for (size_t i = 0; i < d->nroles;) {
		struct run run = run_at(d, i);
		const char *name, *on;

		i += run.n;
		if (run.v->field != NP_NO_FIELD) {
			np_putc(b, open ? ',' : '[');
			open = true;
			put_interface(r, run, b);
			if (i < d->nroles && d->roles[i].field != NP_NO_FIELD)
				continue;
			open = false;
			np_puts(b, i < d->nroles ? "]},\n" : "]}");
			continue;
		}
		np_role_names(r->knowledge, run.v->role, NP_NO_FIELD, &name,
			      &on);
		np_puts(b, "{\"role\":");
		np_putjsons(b, run.v->role);
		np_puts(b, ",\"name\":");
		np_putjsons(b, name);
		np_putf(b, ",\"boxes\":%llu",
			(unsigned long long)boxes(NULL, run));
		put_makers(r, run, b);
		np_puts(b, ",\"interfaces\":");
	}
	np_putc(b, ']');
}

static bool said_before(const struct np_kept_claim *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (v[k].what == NP_W_ROLE && v[k].field == v[i].field &&
		    strcmp(v[k].value, v[i].value) == 0)
			return true;
	return false;
}

void np_put_device_roles(const struct np_report *r, const struct np_evidence *e,
			 struct np_buf *b)
{
	const struct np_kept_claim *v = e->claims;
	bool any = false;

	np_puts(b, ",\"roles\":[");
	for (size_t i = 0; i < e->nclaims; i++) {
		const char *name, *on;

		if (v[i].what != NP_W_ROLE || said_before(v, i))
			continue;
		np_role_names(r->knowledge, v[i].value, v[i].field, &name, &on);
		np_puts(b, any ? ",{\"role\":" : "{\"role\":");
		np_putjsons(b, v[i].value);
		np_puts(b, ",\"interface\":");
		np_putjsons(b, on);
		np_putf(b, ",\"protocol\":\"%s\"}",
			np_protos[v[i].field >> 8]->name);
		any = true;
	}
	np_putc(b, ']');
}

/* ---- the page */

/* "N2 12, Xn 4": the interfaces of the role at roles[i]. */
static void put_interfaces(const struct np_page *p, size_t i, struct np_buf *c)
{
	const struct np_devices *d = p->r->devices;
	bool any = false;

	while (i < d->nroles && d->roles[i].field != NP_NO_FIELD) {
		struct run run = run_at(d, i);
		const char *proto, *on = interface(p->r, run.v, &proto);
		uint64_t n = boxes(p, run);

		i += run.n;
		if (!n)
			continue;
		np_putf(c, "%s%s ", any ? ", " : "", on ? on : proto);
		np_put_count(c, n);
		any = true;
	}
}

static void put_made_by(const struct np_page *p, struct run run,
			struct np_buf *c)
{
	bool any = false;

	for (size_t i = 0; i < run.n;) {
		const struct np_crowd *of;
		uint64_t n = next_maker(p, run, &i, &of);
		const char *maker = np_report_maker(p->r, of->maker);

		if (!n)
			continue;
		np_puts(c, any ? ", " : "");
		np_put_count(c, n);
		np_putf(c, " %s", maker ? maker : "unknown");
		if (maker) {
			np_puts(c, " (");
			np_put_sure(c, p->r, of->sure, of->rival);
			np_putc(c, ')');
		}
		any = true;
	}
}

void np_page_roles(struct np_page *p)
{
	static const char *const titles[] = {"role", "boxes", "proved on",
					     "made by", "what it is"};
	const struct np_devices *d = p->r->devices;
	struct np_buf c = np_buf(4096);
	struct np_table t;
	bool any = false;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1 << 0 | 1 << 1;
	for (size_t i = 0; i < d->nroles;) {
		struct run run = run_at(d, i);
		const char *name, *on;
		uint64_t n = boxes(p, run);

		i += run.n;
		if (run.v->field != NP_NO_FIELD || !n)
			continue;
		np_role_names(p->r->knowledge, run.v->role, NP_NO_FIELD, &name,
			      &on);
		np_table_cell(&t, run.v->role, strlen(run.v->role));
		np_put_count(&c, n);
		np_table_take(&t, &c);
		put_interfaces(p, i, &c);
		np_table_take(&t, &c);
		put_made_by(p, run, &c);
		np_table_take(&t, &c);
		np_table_cell(&t, name ? name : "", name ? strlen(name) : 0);
		any = true;
	}
	if (any) {
		np_puts(&p->b, "\nwhat was heard to be there: the role is "
			       "proved, the maker is another question\n");
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	np_table_close(&t);
	np_buf_free(&c);
}

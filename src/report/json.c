/* SPDX-License-Identifier: ISC */
/* The audit as one JSON document (contract, section 4). */
#include "report/answer.h"
#include "report/coverage.h"
#include "report/member.h"

#define DOCUMENT_BUF ((size_t)64 << 20)

const char *np_report_maker(const struct np_report *r, uint16_t maker)
{
	return maker == NP_NO_MAKER ? NULL : np_maker_name(r->knowledge, maker);
}

int np_put_out(struct np_buf *b, FILE *to)
{
	int rc = b->failed ? NP_ENOMEM : NP_OK;

	if (!rc && b->n && fwrite(b->p, 1, b->n, to) != b->n)
		rc = NP_EIO;
	np_buf_clear(b);
	return rc;
}

void np_put_keys(const struct np_evidence *e, struct np_buf *b)
{
	enum np_keykind open = NP_KEY_NONE;

	np_puts(b, ",\"keys\":{");
	for (size_t i = 0; i < e->nkeys; i++) {
		const struct np_key *k = &e->keys[i];

		if (k->kind != open) {
			if (open != NP_KEY_NONE)
				np_puts(b, "],");
			np_putjsons(b, np_keykind_name(k->kind));
			np_puts(b, ":[");
			open = k->kind;
		} else {
			np_putc(b, ',');
		}
		np_putjson(b, k->v, k->n);
	}
	np_puts(b, open == NP_KEY_NONE ? "}" : "]}");
}

const char *np_report_what(enum np_what w)
{
	static const char *const names[] = {
		[NP_W_MAKER] = "maker",		[NP_W_BRAND] = "brand",
		[NP_W_FAMILY] = "family",	[NP_W_MODEL] = "model",
		[NP_W_VERSION] = "version",	[NP_W_OS] = "os",
		[NP_W_SERIAL] = "serial",	[NP_W_FUNCTION] = "function",
		[NP_W_COMPONENT] = "component", [NP_W_MIDDLEBOX] = "middlebox",
		[NP_W_AGENT] = "agent",		[NP_W_ROLE] = "role",
	};

	return w < NP_COUNT(names) && names[w] ? names[w] : "claim";
}

/* `canonical`: without what depends on how sources are numbered. */
static void put_claim(const struct np_report *r, const struct np_kept_claim *c,
		      bool canonical, struct np_buf *b)
{
	char field[64];

	np_putf(b, "{\"what\":\"%s\"", np_report_what(c->what));
	np_member(b, "maker", np_maker_slug(r->knowledge, c->maker));
	np_member(b, "value", c->value);
	np_member(b, "rule", c->rule);
	np_member(b, "field",
		  np_knowledge_field_text(r->knowledge, c->field, field));
	np_puts(b, ",\"text\":");
	np_putjson(b, c->text, c->text ? c->text_n : 0);
	np_putf(b, ",\"grade\":\"E%d\"", (int)c->grade);
	np_member(b, "group", np_group_name(r->knowledge, c->group));
	np_member(b, "scope", np_scope_name(c->scope));
	np_member(b, "reach", np_reach_name(c->reach));
	np_putf(b, ",\"at\":%u,\"unit\":\"%s\"", c->at, np_unit_name(c->unit));
	if (!canonical)
		np_putf(b, ",\"source\":%u,\"place\":%llu", c->seen.source,
			(unsigned long long)c->seen.place);
	np_puts(b, ",\"sighting\":\"");
	np_puthex(b, c->sighting, NP_ID);
	np_puts(b, "\"}");
}

static void put_claims(const struct np_report *r, const char *name,
		       const struct np_kept_claim *v, size_t n, bool canonical,
		       struct np_buf *b)
{
	np_putf(b, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			np_putc(b, ',');
		put_claim(r, &v[i], canonical, b);
	}
	np_putc(b, ']');
}

static void put_components(const struct np_report *r, const struct np_device *d,
			   struct np_buf *b)
{
	np_puts(b, ",\"components\":[");
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *c = &d->components[i];

		np_puts(b, i ? ",{\"maker\":" : "{\"maker\":");
		np_putjsons(b, np_maker_slug(r->knowledge, c->maker));
		np_member(b, "maker_name", np_report_maker(r, c->maker));
		np_member(b, "verdict", np_sure_name(c->sure));
		np_member(b, "model", c->model);
		np_member(b, "serial", c->serial);
		np_member(b, "rule", c->rule);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

int np_put_device(const struct np_report *r, const struct np_device *d,
		  bool canonical, struct np_arena *mem, struct np_buf *b)
{
	struct np_evidence e;
	int rc = np_device_evidence(r->devices, d, mem, &e);

	if (rc)
		return rc;
	np_puts(b, "{\"id\":");
	np_putjsons(b, d->id);
	np_member(b, "role_in_source", d->neighbour ? "neighbour" : "subject");
	np_put_who(r->knowledge, d, b);
	np_put_like(r->knowledge, d, b);
	np_member(b, "owner", np_owner_name(d->owner));
	np_member(b, "origin", np_origin_name(d->origin));
	np_member(b, "rival", np_maker_slug(r->knowledge, d->rival));
	np_member(b, "middlebox", np_maker_slug(r->knowledge, d->middlebox));
	np_member(b, "site", np_site_id(r->party, d->site));
	np_put_placing(r, d, b);
	np_member_time(b, "first", d->first);
	np_member_time(b, "last", d->last);
	np_put_keys(&e, b);
	put_components(r, d, b);
	np_put_device_roles(r, &e, b);
	put_claims(r, "claims", e.claims, e.nclaims, canonical, b);
	put_claims(r, "contradictions", e.contradictions, e.ncontradictions,
		   canonical, b);
	np_puts(b, ",\"sightings\":[");
	for (size_t i = 0; i < e.nsightings; i++) {
		np_puts(b, i ? ",\"" : "\"");
		np_puthex(b, e.sightings[i], NP_ID);
		np_putc(b, '"');
	}
	np_puts(b, "]}");
	return NP_OK;
}

void np_put_ruling(const struct np_finding *f, struct np_buf *b)
{
	const struct np_clause *c = f->clause;

	np_member(b, "clause", c ? c->id : NULL);
	np_member(b, "jurisdiction", c ? c->jurisdiction : NULL);
	np_member(b, "duty", c ? np_duty_name(c->duty) : NULL);
	np_member(b, "status", np_finding_status(f));
	np_member(b, "sure", c ? np_certainty_name(c->sure) : NULL);
	np_putf(b, ",\"component\":%s,\"elsewhere\":%s",
		f->component ? "true" : "false",
		f->elsewhere ? "true" : "false");
	np_member(b, "bound", f->bound);
	np_member(b, "text", f->text);
	np_member(b, "missing", f->missing);
	np_member(b, "get", f->get);
	np_member_day(b, "date", f->date);
	if (f->date == NP_NODAY)
		np_puts(b, ",\"days\":null");
	else
		np_putf(b, ",\"days\":%d", f->days);
	np_member(b, "citation", c ? c->citation : NULL);
	np_member(b, "because", f->because);
}

void np_put_finding(const struct np_report *r, const struct np_finding *f,
		    struct np_buf *b)
{
	const struct np_clause *c = f->clause;

	(void)r;
	np_putf(b, "{\"id\":\"%s/%s%s\"", f->device->id, c ? c->id : "place",
		f->component ? "/part" : "");
	np_member(b, "device", f->device->id);
	np_put_ruling(f, b);
	if (f->without != f->status)
		np_member(b, "without_statements", np_status_name(f->without));
	np_putc(b, '}');
}

void np_put_source(const struct np_report_source *s, struct np_buf *b)
{
	np_puts(b, "{\"name\":");
	np_putjsons(b, s->name);
	np_member(b, "sha256", s->sha256);
	np_member(b, "kind", s->kind);
	np_putf(b, ",\"frames\":%llu,\"bytes\":%llu",
		(unsigned long long)s->coverage.frames,
		(unsigned long long)s->coverage.bytes);
	np_member_time(b, "first", s->coverage.first);
	np_member_time(b, "last", s->coverage.last);
	if (s->coverage.drops < 0)
		np_puts(b, ",\"drops\":null");
	else
		np_putf(b, ",\"drops\":%lld", (long long)s->coverage.drops);
	np_putf(b,
		",\"malformed\":%llu,\"dropped_by_limit\":%llu,"
		"\"withheld\":%llu",
		(unsigned long long)s->coverage.malformed,
		(unsigned long long)s->coverage.dropped_by_limit,
		(unsigned long long)s->withheld);
	np_member(b, "origin", np_origin_name(s->origin));
	np_member(b, "site", s->site);
	np_member(b, "status", s->status);
	np_putc(b, '}');
}

static void put_knowledge(const struct np_report *r, struct np_buf *b)
{
	struct np_knowledge_part p;

	np_puts(b, ",\"knowledge\":{");
	for (size_t i = 0; np_knowledge_part(r->knowledge, i, &p); i++) {
		if (i)
			np_putc(b, ',');
		np_putjsons(b, p.name);
		np_puts(b, ":{\"from\":");
		np_putjsons(b, p.from);
		np_member(b, "date", p.date);
		np_member(b, "sha256", p.sha256);
		np_putc(b, '}');
	}
	np_putc(b, '}');
}

/* Subscribers' boxes: how many of what stand where (design, rule 11). */
static void put_subscribers(const struct np_report *r, struct np_buf *b)
{
	np_puts(b, ",\"subscribers\":[");
	for (size_t i = 0; i < r->devices->ncrowds; i++) {
		const struct np_crowd *c = &r->devices->crowds[i];

		np_puts(b, i ? ",{\"maker\":" : "{\"maker\":");
		np_putjsons(b, np_maker_slug(r->knowledge, c->maker));
		np_member(b, "maker_name", np_report_maker(r, c->maker));
		np_member(b, "verdict", np_sure_name(c->sure));
		np_member(b, "model", c->model);
		np_member(b, "site", np_site_id(r->party, c->site));
		np_putf(b, ",\"n\":%llu}", (unsigned long long)c->n);
	}
	np_putc(b, ']');
}

static void put_summary(const struct np_report *r, struct np_buf *b)
{
	uint64_t by[NP_DISPUTED + 1] = {0}, in_scope = 0, open = 0;
	uint64_t contested = 0;

	for (size_t i = 0; i < r->devices->n; i++)
		by[r->devices->v[i].sure]++;
	for (size_t i = 0; i < r->findings->n; i++) {
		in_scope += r->findings->v[i].status == NP_IN_SCOPE &&
			    !r->findings->v[i].elsewhere;
		open += r->findings->v[i].status == NP_UNDETERMINED &&
			!r->findings->v[i].elsewhere;
		contested += r->findings->v[i].status == NP_CONTESTED;
	}
	np_putf(b, ",\"summary\":{\"devices\":%zu,\"sightings\":%llu",
		r->devices->n, (unsigned long long)r->sightings);
	for (int i = 0; i <= NP_DISPUTED; i++)
		np_putf(b, ",\"%s\":%llu", np_sure_name((enum np_sure)i),
			(unsigned long long)by[i]);
	np_putf(b,
		",\"subscribers\":%llu,\"in_scope\":%llu,"
		"\"undetermined\":%llu,\"contested\":%llu,"
		"\"dropped_by_limit\":%llu}",
		(unsigned long long)r->devices->subscribers,
		(unsigned long long)in_scope, (unsigned long long)open,
		(unsigned long long)contested,
		(unsigned long long)r->devices->dropped_by_limit);
}

static int put_devices(const struct np_report *r, struct np_buf *b, FILE *to)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	int rc = NP_OK;

	np_puts(b, ",\"devices\":[");
	for (size_t i = 0; i < r->devices->n && !rc; i++) {
		np_arena_reset(&mem);
		np_puts(b, i ? ",\n" : "\n");
		rc = np_put_device(r, &r->devices->v[i], false, &mem, b);
		if (!rc)
			rc = np_put_out(b, to);
	}
	np_arena_free(&mem);
	return rc;
}

int np_write_json(const struct np_report *r, const struct np_style *s, FILE *to)
{
	struct np_buf b = np_buf(DOCUMENT_BUF);
	char day[16];
	int rc;

	(void)s;
	np_puts(&b, "{\"schema\":\"nameplate.audit/1\"");
	np_member(&b, "as_of", np_day_text(r->as_of, day));
	put_knowledge(r, &b);
	np_puts(&b, ",\"sources\":[");
	for (size_t i = 0; i < r->nsources; i++) {
		if (i)
			np_putc(&b, ',');
		np_put_source(&r->sources[i], &b);
	}
	np_putc(&b, ']');
	rc = put_devices(r, &b, to);
	np_puts(&b, "],\"findings\":[");
	for (size_t i = 0; i < r->findings->n && !rc; i++) {
		np_puts(&b, i ? ",\n" : "\n");
		np_put_finding(r, &r->findings->v[i], &b);
		rc = np_put_out(&b, to);
	}
	np_puts(&b, "],\"coverage\":[");
	rc = rc ? rc : np_put_coverages(r, &b);
	np_putc(&b, ']');
	np_put_roles(r, &b);
	np_put_statements(r, &b);
	np_put_places(r, &b);
	put_subscribers(r, &b);
	np_put_stale(r, &b);
	put_summary(r, &b);
	np_puts(&b, "}\n");
	rc = rc ? rc : np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

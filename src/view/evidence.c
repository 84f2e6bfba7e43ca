/* SPDX-License-Identifier: ISC */
#include "core/utf8.h"
#include "report/answer.h"
#include "report/member.h"
#include "view/view.h"

#define MEM ((size_t)64 << 20)
#define ONE ((size_t)16 << 20)

/* What many boxes have in common stands once in a pack, by its number. A box
 * alone (words NULL) has all of it in itself. */
struct pack {
	const struct np_view_in *in;
	struct np_buf *b;
	struct np_terms *finding, *fact, *claim;
	struct np_buf one; /* what may be such a word */
};

/* Puts what `one` holds, or its number. */
static void put_word(struct pack *p, struct np_terms *w, const char *one)
{
	if (w)
		np_putu(p->b, np_term(w, one, true));
	else
		np_puts(p->b, one);
}

/* What the audience may see of a text; NULL where it may not. */
static const char *seen(const struct np_view_in *in, enum np_shown what,
			const char *s)
{
	return np_audience_sees(in, what) ? s : NULL;
}

/* ---- the box */

static void put_keys(const struct np_view_in *in, const struct np_evidence *e,
		     struct np_buf *b)
{
	const char *open = "";

	np_puts(b, ",\"keys\":[");
	for (size_t i = 0; i < e->nkeys; i++) {
		const struct np_key *k = &e->keys[i];
		enum np_shown what = k->kind == NP_KEY_NAME ? NP_SHOW_NAMES
				     : k->kind == NP_KEY_SERIAL
					     ? NP_SHOW_SERIALS
					     : NP_SHOW_ADDRESSES;

		if (!np_audience_sees(in, what))
			continue;
		np_putf(b, "%s[\"%s\",", open, np_keykind_name(k->kind));
		np_put_joctets(b, k->v, k->n);
		np_putc(b, ']');
		open = ",";
	}
	np_putc(b, ']');
}

static void put_components(const struct np_view_in *in,
			   const struct np_device *d, struct np_buf *b)
{
	const struct np_report *r = in->report;

	np_puts(b, ",\"components\":[");
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *c = &d->components[i];

		np_puts(b, i ? ",{\"maker_name\":" : "{\"maker_name\":");
		np_put_jtext(b, np_report_maker(r, c->maker));
		np_put_jmember(b, "verdict", np_sure_name(c->sure));
		np_put_jmember(b, "model", c->model);
		np_put_jmember(b, "serial",
			       seen(in, NP_SHOW_SERIALS, c->serial));
		np_put_jmember(b, "rule", c->rule);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_like(const struct np_view_in *in, const struct np_device *d,
		     struct np_buf *b)
{
	struct np_like like;

	if (!np_device_cases(in->report->knowledge, d, &like)) {
		np_puts(b, ",\"like\":null");
		return;
	}
	np_putf(b, ",\"like\":{\"right\":%u,\"of\":%u,\"least\":%.3f", like.k,
		like.n, like.least);
	np_put_jmember(b, "key", like.key);
	np_putc(b, '}');
}

/* Where it stands, and by which key. The key itself may be a name. */
static void put_place(const struct np_view_in *in, size_t device,
		      struct np_buf *b)
{
	const struct np_report *r = in->report;
	bool all = np_audience_sees(in, NP_SHOW_NAMES) &&
		   np_audience_sees(in, NP_SHOW_ADDRESSES);
	struct np_placing p = {0};

	if (r->places)
		p = np_placing(r->places, device);
	np_put_jmember(b, "placed_by", np_placed_name(p.by));
	np_put_jmember(b, "placed_why", all ? p.why : NULL);
}

static void put_device(const struct np_view_in *in, size_t device,
		       const struct np_evidence *e, struct np_buf *b)
{
	const struct np_report *r = in->report;
	const struct np_device *d = &r->devices->v[device];
	const char *const texts[][2] = {
		{"brand", d->brand},
		{"family", d->family},
		{"os", d->os},
		{"owner", np_owner_name(d->owner)},
		{"origin", np_origin_name(d->origin)},
		{"rival", np_report_maker(r, d->rival)},
		{"middlebox", np_report_maker(r, d->middlebox)},
	};

	np_putf(b, ",\"device\":{\"heard_of\":%s",
		d->neighbour ? "true" : "false");
	for (size_t i = 0; i < NP_COUNT(texts); i++) {
		if (texts[i][1])
			np_put_jmember(b, texts[i][0], texts[i][1]);
	}
	np_member_time(b, "first", d->first);
	np_member_time(b, "last", d->last);
	put_like(in, d, b);
	put_place(in, device, b);
	put_keys(in, e, b);
	put_components(in, d, b);
	np_put_device_roles(r, e, b);
	np_putc(b, '}');
}

/* ---- what the law has of it */

static void put_missing(const struct np_finding *f, struct np_buf *b)
{
	np_puts(b, ",\"missing\":[");
	for (size_t i = 0; i < f->nasked; i++) {
		np_puts(b, i ? ",{\"brief\":" : "{\"brief\":");
		np_put_jtext(b, f->asked[i].brief);
		np_put_jmember(b, "get", f->asked[i].get);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_finding(const struct np_finding *f, struct np_buf *b)
{
	np_puts(b, "{\"clause\":");
	np_put_jtext(b, f->clause ? f->clause->id : NULL);
	np_put_jmember(b, "status", np_view_status_of(f));
	np_put_jmember(b, "says", np_finding_status(f));
	np_putf(b, ",\"part\":%s,\"elsewhere\":%s",
		f->component ? "true" : "false",
		f->elsewhere ? "true" : "false");
	np_member_day(b, "date", f->date);
	if (f->date == NP_NODAY)
		np_puts(b, ",\"days\":null");
	else
		np_putf(b, ",\"days\":%d", f->days);
	np_put_jmember(b, "text", f->text);
	np_put_jmember(b, "because", f->because);
	if (f->without != f->status)
		np_put_jmember(b, "without_statements",
			       np_status_name(f->without));
	put_missing(f, b);
	np_putc(b, '}');
}

static void put_findings(struct pack *p, size_t device)
{
	const struct np_view_box *x = &p->in->box[device];

	np_puts(p->b, ",\"findings\":[");
	for (uint32_t i = 0; i < x->n; i++) {
		np_buf_clear(&p->one);
		put_finding(&p->in->report->findings->v[x->first + i], &p->one);
		np_puts(p->b, i ? "," : "");
		put_word(p, p->finding, p->one.p ? p->one.p : "");
	}
	np_putc(p->b, ']');
}

/* ---- facts, and what each makes us say */

static bool contradicts(const struct np_evidence *e,
			const struct np_kept_claim *c)
{
	for (size_t i = 0; i < e->ncontradictions; i++) {
		if (np_same_fact(&e->contradictions[i], c))
			return true;
	}
	return false;
}

/* What is claimed, unless that alone is what the audience does not see. */
static const char *claimed(const struct np_view_in *in,
			   const struct np_kept_claim *c)
{
	if (c->what == NP_W_SERIAL)
		return seen(in, NP_SHOW_SERIALS, c->value);
	if (c->what == NP_W_VERSION || c->what == NP_W_OS)
		return seen(in, NP_SHOW_VERSIONS, c->value);
	return c->computer ? seen(in, NP_SHOW_VALUES, c->value) : c->value;
}

static void put_claim(const struct np_view_in *in,
		      const struct np_kept_claim *c, struct np_buf *b)
{
	const struct np_report *r = in->report;

	np_putf(b, "{\"what\":\"%s\"",
		c->computer ? "computer" : np_report_what(c->what));
	np_put_jmember(b, "maker", np_report_maker(r, c->maker));
	np_put_jmember(b, "value", claimed(in, c));
	np_putf(b, ",\"grade\":\"E%d\"", (int)c->grade);
	np_put_jmember(b, "rule", c->rule);
	np_put_jmember(b, "group", np_group_name(r->knowledge, c->group));
	np_putf(b, ",\"lowered\":%s}", c->lowered ? "true" : "false");
}

/* As text, and in hex where that tells its octets not well enough. */
static void put_value(const struct np_view_in *in,
		      const struct np_kept_claim *c, struct np_buf *b)
{
	bool plain = c->text && np_utf8_ok(c->text, c->text_n);

	if (!np_audience_sees(in, NP_SHOW_VALUES) || !c->text) {
		np_puts(b, ",\"value\":null,\"hex\":null");
		return;
	}
	for (size_t i = 0; i < c->text_n && plain; i++)
		plain = (unsigned char)c->text[i] >= 0x20 ||
			(c->text[i] && strchr("\t\r\n", c->text[i]));
	np_puts(b, ",\"value\":");
	np_put_joctets(b, c->text, c->text_n);
	np_puts(b, plain ? ",\"hex\":null" : ",\"hex\":\"");
	if (!plain) {
		np_puthex(b, c->text, c->text_n);
		np_putc(b, '"');
	}
}

/* What it is, apart from its value and where it stands. */
static void put_kind(const struct np_view_in *in, const struct np_evidence *e,
		     const struct np_kept_claim *c, struct np_buf *b)
{
	char field[64];

	np_puts(b, "\"field\":");
	np_put_jtext(b, np_knowledge_field_text(in->report->knowledge, c->field,
						field));
	np_put_jmember(b, "scope", np_scope_name(c->scope));
	np_put_jmember(b, "reach", np_reach_name(c->reach));
	np_putf(b, ",\"settable\":%s,\"unit\":\"%s\",\"for\":%s",
		c->settable ? "true" : "false", np_unit_name(c->unit),
		contradicts(e, c) ? "false" : "true");
}

static void put_made(struct pack *p, const struct np_evidence *e, size_t at)
{
	const char *open = "";

	np_puts(p->b, ",\"claims\":[");
	for (size_t i = at; i < e->nclaims; i++) {
		if (!np_same_fact(&e->claims[i], &e->claims[at]))
			continue;
		np_buf_clear(&p->one);
		put_claim(p->in, &e->claims[i], &p->one);
		np_puts(p->b, open);
		put_word(p, p->claim, p->one.p);
		open = ",";
	}
	np_putc(p->b, ']');
}

static void put_fact(struct pack *p, const struct np_evidence *e, size_t at)
{
	const struct np_kept_claim *c = &e->claims[at];

	np_buf_clear(&p->one);
	np_puts(&p->one, p->fact ? "{" : "");
	put_kind(p->in, e, c, &p->one);
	np_puts(&p->one, p->fact ? "}" : "");
	np_puts(p->b, p->fact ? "{\"is\":" : "{");
	put_word(p, p->fact, p->one.p);
	put_value(p->in, c, p->b);
	np_putf(p->b, ",\"at\":%u,\"place\":%llu,\"source\":%u", c->at,
		(unsigned long long)c->seen.place, c->seen.source);
	np_member_n(p->b, "count", c->seen.count);
	put_made(p, e, at);
	np_putc(p->b, '}');
}

static void put_facts(struct pack *p, const struct np_evidence *e)
{
	const char *open = "";

	np_puts(p->b, ",\"facts\":[");
	for (size_t i = 0; i < e->nclaims; i++) {
		size_t k = 0;

		while (!np_same_fact(&e->claims[k], &e->claims[i]))
			k++;
		if (k < i)
			continue;
		np_puts(p->b, open);
		put_fact(p, e, i);
		open = ",";
	}
	np_putc(p->b, ']');
}

/* ---- what people state of it */

static void put_statement(const struct np_view_in *in,
			  const struct np_said_row *x, struct np_buf *b)
{
	const struct np_statement *s = &x->s;
	const char *const texts[][2] = {
		{"clause", s->clause},
		{"fact", s->fact},
		{"value", s->value},
		{"because", s->because},
		{"authority", s->authority},
		{"citation", s->citation},
		{"by", seen(in, NP_SHOW_NAMES, s->by)},
		{"key", x->key},
		{"id", x->id},
	};

	np_puts(b, "{\"kind\":");
	np_put_jtext(b, np_stating_name(s->kind));
	np_put_jmember(b, "effect", np_weight_text(in->report->law, x->weight));
	np_putf(b, ",\"counts\":%s,\"grade\":\"%c%c\"",
		x->weight == NP_G_COUNTS ? "true" : "false", s->source,
		s->information);
	for (size_t i = 0; i < NP_COUNT(texts); i++)
		np_put_jmember(b, texts[i][0], texts[i][1]);
	np_member_day(b, "on", s->on);
	np_member_day(b, "until", s->until);
	np_putc(b, '}');
}

static void put_statements(const struct np_view_in *in,
			   const struct np_device *d, struct np_buf *b)
{
	const struct np_report *r = in->report;
	const char *open = "";
	size_t n = np_audience_sees(in, NP_SHOW_STATEMENTS) ? np_said_n(r->said)
							    : 0;

	np_puts(b, ",\"statements\":[");
	for (size_t i = 0; i < n; i++) {
		const struct np_said_row *x = np_said_row(r->said, i);

		if (!np_statement_about(r, x, d, NULL))
			continue;
		np_puts(b, open);
		put_statement(in, x, b);
		open = ",";
	}
	np_putc(b, ']');
}

/* ---- one box, and many */

static int put_box(struct pack *p, size_t device, struct np_arena *mem)
{
	const struct np_devices *all = p->in->report->devices;
	const struct np_device *d = &all->v[device];
	struct np_evidence e;
	char id[NP_VIEW_ID];
	int rc;

	np_arena_reset(mem);
	rc = np_device_evidence(all, d, mem, &e);
	if (rc)
		return rc;
	np_puts(p->b, "{\"id\":");
	np_put_jtext(p->b, np_view_id(p->in, d, id));
	put_device(p->in, device, &e, p->b);
	put_findings(p, device);
	put_facts(p, &e);
	np_put_jmember(p->b, "settles", np_settles(d));
	put_statements(p->in, d, p->b);
	np_putc(p->b, '}');
	return p->b->failed || p->one.failed ? NP_ENOMEM : NP_OK;
}

int np_view_evidence(const struct np_view_in *in, size_t device,
		     struct np_buf *b)
{
	struct np_arena mem = np_arena(MEM);
	struct pack p = {.in = in, .b = b, .one = np_buf(ONE)};
	int rc = NP_ENONE;

	if (np_audience_sees(in, NP_SHOW_EVIDENCE) &&
	    np_audience_sees(in, NP_SHOW_BOXES))
		rc = put_box(&p, device, &mem);
	np_buf_free(&p.one);
	np_arena_free(&mem);
	return rc;
}

static void put_words(struct pack *p)
{
	const struct np_terms *const v[] = {p->finding, p->fact, p->claim};
	static const char *const names[] = {"finding", "fact", "claim"};

	np_puts(p->b, "},\"tables\":{");
	for (size_t i = 0; i < NP_COUNT(v); i++) {
		np_putf(p->b, "%s\"%s\":[", i ? "," : "", names[i]);
		np_put(p->b, v[i]->list.p, v[i]->list.n);
		np_putc(p->b, ']');
		p->b->failed |= v[i]->list.failed || v[i]->raw.failed;
	}
	np_puts(p->b, "}}");
}

int np_view_evidence_pack(const struct np_view_in *in, uint32_t k,
			  struct np_buf *b)
{
	struct np_terms finding = np_terms(), fact = np_terms();
	struct np_terms claim = np_terms();
	struct pack p = {in, b, &finding, &fact, &claim, np_buf(ONE)};
	struct np_arena mem = np_arena(MEM);
	const char *open = "";
	int rc = NP_OK;

	np_putf(b,
		"{\"schema\":\"nameplate.view/1\",\"view\":\"evidence-%u\","
		"\"devices\":{",
		k);
	for (uint32_t row = 0; row < in->rows && !rc; row++) {
		if (in->box[in->order[row]].evidence != (int32_t)k)
			continue;
		np_putf(b, "%s\"%u\":", open, row);
		rc = put_box(&p, in->order[row], &mem);
		open = ",";
	}
	put_words(&p);
	np_terms_free(&finding);
	np_terms_free(&fact);
	np_terms_free(&claim);
	np_buf_free(&p.one);
	np_arena_free(&mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}

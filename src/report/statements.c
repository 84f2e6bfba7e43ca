/* SPDX-License-Identifier: ISC */
/*
 * What people state, beside what was read: who, how sure, on what evidence,
 * until when, and what becomes of it on the day that is judged. It stands
 * outside of the canonical export, as the journal does.
 */
#include "report/member.h"
#include "report/page.h"

#define FEW 8 /* on a page without -l */

static void put_proofs(const struct np_statement *s, struct np_buf *b)
{
	np_puts(b, ",\"evidence\":[");
	for (size_t i = 0; i < s->nproofs; i++) {
		np_puts(b, i ? ",{\"name\":" : "{\"name\":");
		np_putjsons(b, s->proofs[i].name);
		np_member(b, "sha256", s->proofs[i].sha256);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_row(const struct np_report *r, const struct np_said_row *x,
		    struct np_buf *b)
{
	const struct np_statement *s = &x->s;

	np_puts(b, "{\"id\":");
	np_putjsons(b, x->id);
	np_putf(b, ",\"entry\":%llu", (unsigned long long)x->entry);
	np_member(b, "kind", np_stating_name(s->kind));
	np_member(b, "effect", np_weight_text(r->law, x->weight));
	np_putf(b, ",\"counts\":%s",
		x->weight == NP_G_COUNTS ? "true" : "false");
	np_member(b, "device", x->device ? x->device->id : s->device);
	np_member(b, "clause", s->clause);
	np_member(b, "site", s->site);
	np_member(b, "fact", s->fact);
	np_member(b, "value", s->value);
	np_member(b, "of", s->of);
	np_member(b, "because", s->because);
	np_member(b, "authority", s->authority);
	np_member(b, "citation", s->citation);
	np_member(b, "by", s->by);
	np_putf(b, ",\"grade\":\"%c%c\"", s->source, s->information);
	np_member_day(b, "on", s->on);
	np_member_day(b, "until", s->until);
	np_member(b, "made", s->made);
	put_proofs(s, b);
	np_member(b, "key", x->key);
	np_member(b, "second", x->second);
	np_putc(b, '}');
}

void np_put_statements(const struct np_report *r, struct np_buf *b)
{
	np_puts(b, ",\"statements\":[");
	for (size_t i = 0; i < np_said_n(r->said); i++) {
		np_puts(b, i ? ",\n" : "\n");
		put_row(r, np_said_row(r->said, i), b);
	}
	np_putc(b, ']');
}

/* ---- in words */

static void put_text(struct np_buf *b, const char *before, const char *s)
{
	if (!s)
		return;
	np_puts(b, before);
	np_putterm(b, s, strlen(s));
}

/* "attest: maker = huawei", and about what. */
static void put_what(const struct np_said_row *x, struct np_buf *b)
{
	const struct np_statement *s = &x->s;

	np_putf(b, "%.8s %s", x->id, np_stating_name(s->kind));
	put_text(b, " ", x->device ? x->device->id : s->device);
	put_text(b, " ", s->site);
	put_text(b, s->device ? "/" : " ", s->clause);
	put_text(b, " ", s->of);
	put_text(b, ": ", s->fact);
	put_text(b, s->fact ? " = " : ": ", s->value);
}

static void put_days(const struct np_statement *s, struct np_buf *b)
{
	char day[16];

	np_putf(b, "from %s", np_day_text(s->on, day));
	if (s->until != NP_NODAY)
		np_putf(b, " until %s", np_day_text(s->until, day));
}

void np_put_statement(const struct np_report *r, const struct np_said_row *x,
		      const char *indent, struct np_buf *b)
{
	const struct np_statement *s = &x->s;

	np_puts(b, indent);
	put_what(x, b);
	np_putf(b, "\n%s    by ", indent);
	np_putterm(b, s->by, strlen(s->by));
	np_putf(b, ", key %s; grade %c%c; ", x->key, s->source, s->information);
	put_days(s, b);
	np_putf(b, "; signed %.10s, entry %llu\n", s->made,
		(unsigned long long)x->entry);
	if (s->because) {
		np_putf(b, "%s    because: ", indent);
		np_putterm(b, s->because, strlen(s->because));
		np_putc(b, '\n');
	}
	if (s->authority) {
		np_putf(b, "%s    granted by: ", indent);
		np_putterm(b, s->authority, strlen(s->authority));
		put_text(b, ", ", s->citation);
		np_putc(b, '\n');
	}
	for (size_t i = 0; i < s->nproofs; i++) {
		np_putf(b, "%s    evidence: ", indent);
		np_putterm(b, s->proofs[i].name, strlen(s->proofs[i].name));
		np_putf(b, ", sha256 %s\n", s->proofs[i].sha256);
	}
	np_putf(b, "%s    %s", indent, np_weight_text(r->law, x->weight));
	if (x->second)
		np_putf(b, "; supported by %.8s", x->second);
	np_putc(b, '\n');
}

/* One line. */
static void put_brief(const struct np_report *r, const struct np_said_row *x,
		      struct np_buf *b)
{
	np_puts(b, "  ");
	put_what(x, b);
	np_puts(b, "; by ");
	np_putterm(b, x->s.by, strlen(x->s.by));
	np_putf(b, ", %c%c, ", x->s.source, x->s.information);
	put_days(&x->s, b);
	np_putf(b, ": %s\n", np_weight_text(r->law, x->weight));
}

void np_page_statements(struct np_page *p)
{
	size_t n = np_said_n(p->r->said);

	if (!n)
		return;
	np_puts(&p->b, "\nstated by people, signed:\n");
	for (size_t i = 0; i < n && (p->s->all || i < FEW); i++) {
		const struct np_said_row *x = np_said_row(p->r->said, i);

		if (p->s->all)
			np_put_statement(p->r, x, "  ", &p->b);
		else
			put_brief(p->r, x, &p->b);
		np_page_flush(p);
	}
	if (n > FEW && !p->s->all) {
		np_puts(&p->b, "  ");
		np_put_many(&p->b, n - FEW, "more statement",
			    "more statements");
		np_puts(&p->b, ": -l lists them\n");
	}
}

bool np_statement_about(const struct np_report *r, const struct np_said_row *x,
			const struct np_device *d, const char *clause)
{
	const char *site = np_site_id(r->party, d->site);
	const struct np_statement *s = &x->s;

	if (s->kind == NP_S_SECOND) {
		for (size_t i = 0; i < np_said_n(r->said); i++) {
			const struct np_said_row *o = np_said_row(r->said, i);

			if (o != x && strcmp(o->id, s->of) == 0 &&
			    o->s.kind != NP_S_SECOND)
				return np_statement_about(r, o, d, clause);
		}
		return false;
	}
	return (!s->device || x->device == d) &&
	       (!s->site || (site && strcmp(site, s->site) == 0)) &&
	       (!s->clause || !clause || strcmp(clause, s->clause) == 0);
}

/* SPDX-License-Identifier: ISC */
/* Three things to do next: what a date asks for, what is missing to judge,
 * where nobody looked; then what is disputed, unplaced, not signed. */
#include "report/page.h"
#include "view/counts.h"

#define MOST 3

struct actions {
	const struct np_view_in *in;
	const struct np_counts *c;
	struct np_buf *b;
	struct np_buf text, why, command;
	unsigned n;
};

static void say(struct actions *a)
{
	if (a->n < MOST && a->text.n) {
		np_puts(a->b, a->n++ ? ",{\"text\":" : "{\"text\":");
		np_put_jtext(a->b, a->text.p);
		np_put_jmember(a->b, "why", a->why.n ? a->why.p : NULL);
		np_put_jmember(a->b, "command",
			       a->command.n ? a->command.p : NULL);
		np_putc(a->b, '}');
	}
	a->b->failed |= a->text.failed || a->why.failed || a->command.failed;
	np_buf_clear(&a->text);
	np_buf_clear(&a->why);
	np_buf_clear(&a->command);
}

/* The next date of the place's own law. */
static void say_date(struct actions *a)
{
	const struct np_counts_law *x = NULL;
	char day[16];

	for (size_t i = 0; i < a->c->nlaws; i++) {
		const struct np_counts_law *y = &a->c->law[i];
		bool ahead = y->days >= 0;

		if (y->elsewhere || y->date == NP_NODAY)
			continue;
		if (!x || (ahead && (x->days < 0 || y->days < x->days)))
			x = y;
	}
	if (!x)
		return;
	np_puts(&a->text, "Plan the removal of ");
	np_put_many(&a->text, x->dated, "box", "boxes");
	if (x->days >= 0)
		np_putf(&a->text, ": %s asks for it by %s", x->clause->title,
			np_day_text(x->date, day));
	else
		np_putf(&a->text,
			": the date of %s was %s; was a later one granted?",
			x->clause->title, np_day_text(x->date, day));
	np_puts(&a->why, x->days >= 0 ? "the next date of a rule that names "
					"what was read"
				      : "the date has passed");
	np_puts(&a->command, "nameplate plan DOSSIER");
	say(a);
}

static void say_fact(struct actions *a)
{
	const struct np_counts_fact *x = a->c->fact;

	if (!a->c->nfacts)
		return;
	np_puts(&a->text, "Find out: ");
	np_puts(&a->text, x->asked->brief);
	np_put_many(&a->why, x->findings, "finding", "findings");
	np_puts(&a->why, " of ");
	np_put_many(&a->why, x->boxes, "box", "boxes");
	np_putf(&a->why, " wait for it: %s", x->asked->get);
	say(a);
}

static void say_unseen(struct actions *a)
{
	const struct np_view_in *in = a->in;
	const char *site = np_view_site(in, a->c->unseen);

	if (a->c->unseen == NP_NO_SITE)
		return;
	np_puts(&a->text, "Look at ");
	np_puts(&a->text, site ? site : "the places where nobody looked");
	np_puts(&a->why, "nobody looked there: that is not \"none found\"");
	np_puts(&a->command, "nameplate verify DOSSIER --silence");
	say(a);
}

static void say_disputed(struct actions *a)
{
	const struct np_devices *d = a->in->report->devices;
	char id[NP_VIEW_ID];

	if (!np_audience_sees(a->in, NP_SHOW_BOXES))
		return;
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].sure != NP_DISPUTED ||
		    a->in->box[i].row == NP_NO_ROW_OF)
			continue;
		np_puts(&a->text, "Read the label of a box that two makers "
				  "are named for");
		np_puts(&a->why, np_view_id(a->in, &d->v[i], id));
		np_putf(&a->command, "nameplate explain DOSSIER %s",
			np_view_id(a->in, &d->v[i], id));
		say(a);
		return;
	}
}

static void say_rest(struct actions *a)
{
	if (a->c->unplaced) {
		np_puts(&a->text, "Say where ");
		np_put_many(&a->text, a->c->unplaced, "box stands",
			    "boxes stand");
		np_puts(&a->why, "no law without a place");
		np_puts(&a->command, "nameplate report DOSSIER --places");
		say(a);
	}
	if (!np_view_sealed(a->in)) {
		np_puts(&a->text, "Sign the dossier");
		np_puts(&a->why, "this is a draft until somebody signs it");
		np_puts(&a->command, "nameplate seal DOSSIER --key KEY");
		say(a);
	}
	np_puts(&a->text, "Check the dossier and this report");
	np_puts(&a->why, "who did not make it can reach the same answer");
	np_puts(&a->command, "nameplate verify DOSSIER --report REPORT");
	say(a);
	np_puts(&a->text, "See what changed since the last dossier");
	np_puts(&a->command, "nameplate diff OLD NEW");
	say(a);
	np_puts(&a->text, "Look again, or at another place");
	np_puts(&a->why, "silence holds for a time");
	say(a);
}

int np_put_actions(const struct np_view_in *in, const struct np_counts *c,
		   struct np_buf *b)
{
	struct actions a = {.in = in,
			    .c = c,
			    .b = b,
			    .text = np_buf(65536),
			    .why = np_buf(65536),
			    .command = np_buf(65536)};

	np_puts(b, ",\"actions\":[");
	say_date(&a);
	say_fact(&a);
	say_unseen(&a);
	say_disputed(&a);
	say_rest(&a);
	np_putc(b, ']');
	np_buf_free(&a.text);
	np_buf_free(&a.why);
	np_buf_free(&a.command);
	return b->failed ? NP_ENOMEM : NP_OK;
}

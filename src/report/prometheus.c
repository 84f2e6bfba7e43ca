/* SPDX-License-Identifier: ISC */
/*
 * Prometheus' text format (0.0.4), for a node exporter's textfile directory.
 * Counts alone: a label a box would be a series a box. No line has a time, for
 * the time of reading is not the time of hearing; that is a gauge of its own.
 */
#include "report/coverage.h"
#include "report/export.h"
#include <stdlib.h>

#define LABELS 3
#define LAYER 24

/* One count under its labels, each of which may be NULL: "". */
struct series {
	const char *label[LABELS];
	char layer[LAYER];
	uint64_t n;
};

/* A label's value: backslash, quote and line feed are escaped; the rest of what
 * a terminal would obey is plain text by then. */
static void put_label(struct np_buf *b, const char *name, const char *value,
		      size_t n)
{
	struct np_buf plain = np_buf(1 << 20);

	np_put_plain(&plain, value, n, 0);
	np_putf(b, "%s=\"", name);
	for (size_t i = 0; i < plain.n; i++) {
		if (plain.p[i] == '\\' || plain.p[i] == '"')
			np_putc(b, '\\');
		np_putc(b, plain.p[i]);
	}
	np_putc(b, '"');
	b->failed |= plain.failed;
	np_buf_free(&plain);
}

static void put_head(struct np_buf *b, const char *name, const char *help)
{
	np_putf(b, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* "core" of "core/amf". What somebody states in words of his own is "other": a
 * label has few values. */
static void layer_of(const char *function, char buf[static LAYER])
{
	size_t n = function ? strcspn(function, "/") : 0;
	bool ours = n < LAYER && n == strspn(function ? function : "",
					     "abcdefghijklmnopqrstuvwxyz");

	(void)snprintf(buf, LAYER, "%.*s", ours && n ? (int)n : LAYER,
		       !n     ? "unknown"
		       : ours ? function
			      : "other");
}

/* The last label of a series of devices is its layer. */
static const char *label_of(const struct series *s, int i)
{
	return s->label[i]		      ? s->label[i]
	       : i == LABELS - 1 && *s->layer ? s->layer
					      : "";
}

static int by_labels(const void *a, const void *b)
{
	const struct series *x = a, *y = b;

	for (int i = 0; i < LABELS; i++) {
		int way = strcmp(label_of(x, i), label_of(y, i));

		if (way)
			return way;
	}
	return 0;
}

/* Sorts, adds up like ones, writes them. */
static void put_series(struct np_buf *b, const char *name,
		       const char *const *labels, struct series *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_labels);
	for (size_t i = 0; i < n;) {
		uint64_t sum = 0;
		size_t at = i;

		for (; i < n && by_labels(&v[at], &v[i]) == 0; i++)
			sum += v[i].n;
		np_puts(b, name);
		for (int k = 0; k < LABELS && labels[k]; k++) {
			const char *s = label_of(&v[at], k);

			np_putc(b, k ? ',' : '{');
			put_label(b, labels[k], s, strlen(s));
		}
		np_putf(b, "} %llu\n", (unsigned long long)sum);
	}
}

static void put_devices(const struct np_report *r, const struct np_style *s,
			struct series *v, struct np_buf *b)
{
	static const char *const labels[LABELS] = {"jurisdiction", "verdict",
						   "layer"};
	size_t n = 0;

	for (size_t i = 0; i < r->devices->n; i++) {
		const struct np_device *d = &r->devices->v[i];

		if (!np_export_site(r, s, d->site))
			continue;
		v[n].label[0] = np_export_country(r, d->site);
		v[n].label[1] = np_sure_name(d->sure);
		v[n].label[2] = NULL;
		layer_of(d->function, v[n].layer);
		v[n++].n = 1;
	}
	put_head(b, "nameplate_devices",
		 "Boxes by the country of their site, how sure their maker is, "
		 "and what they do.");
	put_series(b, "nameplate_devices", labels, v, n);
}

static void put_subscribers(const struct np_report *r, const struct np_style *s,
			    struct series *v, struct np_buf *b)
{
	static const char *const labels[LABELS] = {"jurisdiction", "verdict",
						   NULL};
	size_t n = 0;

	for (size_t i = 0; i < r->devices->ncrowds; i++) {
		const struct np_crowd *c = &r->devices->crowds[i];

		if (np_export_site(r, s, c->site))
			v[n++] = (struct series){
				.label = {np_export_country(r, c->site),
					  np_sure_name(c->sure)},
				.n = c->n};
	}
	put_head(b, "nameplate_subscriber_boxes",
		 "Boxes of subscribers, counted only.");
	put_series(b, "nameplate_subscriber_boxes", labels, v, n);
}

static void put_findings(const struct np_report *r, const struct np_style *s,
			 struct series *v, struct np_buf *b)
{
	static const char *const labels[LABELS] = {"jurisdiction", "duty",
						   "status"};
	size_t n = 0;

	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_finding *f = &r->findings->v[i];

		if (!f->elsewhere && np_export_site(r, s, f->device->site))
			v[n++] = (struct series){
				.label = {f->clause
						  ? f->clause->jurisdiction
						  : np_export_country(
							    r, f->device->site),
					  f->clause ? np_duty_name(
							      f->clause->duty)
						    : "",
					  np_finding_status(f)},
				.n = 1};
	}
	put_head(b, "nameplate_findings",
		 "Boxes before a clause of the rules of their place, by "
		 "status. No legal advice.");
	put_series(b, "nameplate_findings", labels, v, n);
}

/* What is shown of each declared place of the ledger. */
static void put_places(const struct np_report *r, const struct np_style *s,
		       const struct np_ledger *l, const struct np_universe *u,
		       bool times, struct np_buf *b)
{
	for (size_t i = 0; i < np_declared_n(u); i++) {
		const struct np_looked_at *x = np_ledger_place(l, i);
		struct np_silence_state state;

		if (!np_export_site(r, s, np_export_find(r, x->place->text)) ||
		    (times && x->last == NP_NEVER))
			continue;
		np_place_state(r->silence, x, NULL, 0, r->as_of, &state);
		np_puts(b, times ? "nameplate_last_observation_timestamp_"
				   "seconds{"
				 : "nameplate_coverage_ratio{");
		put_label(b, "site", x->place->text, strlen(x->place->text));
		if (times)
			np_putf(b, "} %lld\n",
				(long long)(x->last / 1000000000));
		else
			np_putf(b, "} %d\n",
				state.verdict != NP_V_NOT_LOOKED &&
					!state.expired);
	}
}

static int put_coverage(const struct np_report *r, const struct np_style *s,
			struct np_buf *b)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);

	if (l) {
		put_head(b, "nameplate_coverage_ratio",
			 "1 where somebody looked at the site and what was "
			 "said of it still holds, else 0; its average over "
			 "sites is the share. Listening proves no absence.");
		put_places(r, s, l, u, false, b);
		put_head(b, "nameplate_last_observation_timestamp_seconds",
			 "When a source of the site last heard something.");
		put_places(r, s, l, u, true, b);
	}
	np_ledger_free(l);
	np_universe_free(u);
	return l ? NP_OK : NP_ENOMEM;
}

int np_write_prometheus(const struct np_report *r, const struct np_style *s,
			FILE *to)
{
	size_t most = r->devices->n + r->devices->ncrowds + r->findings->n;
	struct np_buf b = np_buf((size_t)64 << 20);
	struct series *v = calloc(most + 1, sizeof(*v));
	int rc = v ? NP_OK : NP_ENOMEM;

	if (!rc) {
		put_devices(r, s, v, &b);
		put_subscribers(r, s, v, &b);
		put_findings(r, s, v, &b);
		rc = put_coverage(r, s, &b);
	}
	put_head(&b, "nameplate_as_of_timestamp_seconds",
		 "The day as of which it is judged.");
	np_putf(&b, "nameplate_as_of_timestamp_seconds %lld\n",
		(long long)r->as_of * 86400);
	rc = rc ? rc : np_put_out(&b, to);
	free(v);
	np_buf_free(&b);
	return rc;
}

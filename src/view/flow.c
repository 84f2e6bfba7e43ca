/* SPDX-License-Identifier: ISC */
/* Boxes from the place they stand in, by maker and function, to what the law
 * has of them. Each box goes through all four columns, so what comes into a
 * node goes out of it. */
#include "draw/flow.h"
#include "report/member.h"
#include "view/drawn.h"
#include <stdlib.h>

#define WIDTH 1000
#define HEIGHT 520
#define COLUMNS 4
#define MOST 20 /* nodes of a column; the others are one */

static const char *const names[COLUMNS] = {"place", "maker", "function",
					   "finding"};

struct flow {
	const struct np_view_in *in;
	struct np_labels word[COLUMNS];
	/* By column and word: the node it goes into. */
	uint32_t *node[COLUMNS];
	struct np_flow f;
	const char **key, **label; /* by node */
	uint32_t *more;		   /* by node: words it stands for, or 0 */
	uint8_t *status;	   /* by link, enum np_shade */
	struct np_arena mem;
};

static void keys_of(const struct flow *f, size_t device,
		    const char *key[static COLUMNS])
{
	const struct np_report *r = f->in->report;
	const struct np_device *d = &r->devices->v[device];

	key[0] = np_export_country(r, d->site);
	key[1] = np_maker_slug(r->knowledge, d->maker);
	key[2] = d->function;
	key[3] = np_view_status(f->in, device);
}

static const char *label_of(const struct flow *f, unsigned column,
			    const char *key)
{
	const struct np_report *r = f->in->report;
	const char *name = NULL;

	if (column == 0 && key)
		name = np_place_name(r->law, key);
	if (column == 1 && key)
		name = np_report_maker(r, np_maker_find(r->knowledge, key));
	return name ? name : key;
}

/* ---- nodes */

struct counted {
	const char *text;
	uint64_t n;
	uint32_t word;
};

static int by_count(const void *p, const void *q)
{
	const struct counted *x = p, *y = q;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (!x->text || !y->text)
		return (y->text != NULL) - (x->text != NULL);
	return strcmp(x->text, y->text);
}

static int add_nodes(struct flow *f, unsigned column, struct counted *v)
{
	uint32_t n = f->word[column].n;

	f->node[column] = np_alloc(&f->mem, (size_t)n * 4 + 1);
	if (!f->node[column])
		return NP_ENOMEM;
	if (n)
		qsort(v, n, sizeof(*v), by_count);
	for (uint32_t i = 0; i < n; i++) {
		if (i < MOST) {
			f->f.node[f->f.nnodes].column = column;
			f->key[f->f.nnodes] = v[i].text;
			f->label[f->f.nnodes] = label_of(f, column, v[i].text);
			f->more[f->f.nnodes++] = 0;
		} else {
			f->key[f->f.nnodes - 1] = NULL;
			f->label[f->f.nnodes - 1] = NULL;
			f->more[f->f.nnodes - 1] = n - MOST + 1;
		}
		f->node[column][v[i].word] = f->f.nnodes - 1;
	}
	return NP_OK;
}

/* words: COLUMNS a device; those of boxes that are not shown stay unset. */
static int count_words(struct flow *f, uint32_t *words)
{
	size_t n = f->in->report->devices->n;
	int rc = NP_OK;

	for (size_t i = 0; i < n; i++) {
		const char *key[COLUMNS];

		if (!np_view_shows(f->in, i))
			continue;
		keys_of(f, i, key);
		for (unsigned c = 0; c < COLUMNS; c++) {
			words[i * COLUMNS + c] = np_label(&f->word[c], key[c]);
			if (words[i * COLUMNS + c] == NP_NO_LABEL)
				return NP_ENOMEM;
		}
	}
	for (unsigned c = 0; c < COLUMNS && !rc; c++) {
		struct counted *v =
			np_zalloc(&f->mem, f->word[c].n * sizeof(*v) + 1);

		if (!v)
			return NP_ENOMEM;
		for (uint32_t k = 0; k < f->word[c].n; k++) {
			v[k].text = f->word[c].text[k];
			v[k].word = k;
		}
		for (size_t i = 0; i < n; i++)
			if (np_view_shows(f->in, i))
				v[words[i * COLUMNS + c]].n++;
		rc = add_nodes(f, c, v);
	}
	return rc;
}

/* ---- links */

struct unit {
	uint32_t from, to;
	uint8_t status;
};

static int by_ends(const void *p, const void *q)
{
	const struct unit *x = p, *y = q;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (int)x->status - (int)y->status;
}

/* One a pair of nodes and colour. */
static int add_links(struct flow *f, const uint32_t *words)
{
	size_t n = f->in->report->devices->n, k = 0;
	struct unit *v = np_alloc(&f->mem, n * (COLUMNS - 1) * sizeof(*v) + 1);
	uint32_t links = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		const uint32_t *w = words + i * COLUMNS;

		for (unsigned c = 0; c + 1 < COLUMNS && np_view_shows(f->in, i);
		     c++)
			v[k++] = (struct unit){f->node[c][w[c]],
					       f->node[c + 1][w[c + 1]],
					       (uint8_t)np_shade_of(f->in, i)};
	}
	if (k)
		qsort(v, k, sizeof(*v), by_ends);
	for (size_t i = 0; i < k; i++)
		links += !i || by_ends(&v[i], &v[i - 1]);
	f->f.link = np_zalloc(&f->mem, links * sizeof(*f->f.link) + 1);
	f->status = np_alloc(&f->mem, (size_t)links + 1);
	if (!f->f.link || !f->status)
		return NP_ENOMEM;
	for (size_t i = 0; i < k; i++) {
		if (!i || by_ends(&v[i], &v[i - 1])) {
			f->status[f->f.nlinks] = v[i].status;
			f->f.link[f->f.nlinks].from = v[i].from;
			f->f.link[f->f.nlinks++].to = v[i].to;
		}
		f->f.link[f->f.nlinks - 1].n++;
	}
	return NP_OK;
}

/* ---- text */

static void put_nodes(const struct flow *f, struct np_buf *b)
{
	np_puts(b, ",\"nodes\":[");
	for (uint32_t i = 0; i < f->f.nnodes; i++) {
		const struct np_flow_node *x = &f->f.node[i];

		np_putf(b, "%s{\"column\":%u,\"key\":", i ? ",\n" : "",
			x->column);
		np_put_jtext(b, f->key[i]);
		np_put_jmember(b, "label", f->label[i]);
		np_member_n(b, "n", x->n);
		np_member_n(b, "more", f->more[i]);
		np_put_rect(&x->at, b);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_links(const struct flow *f, struct np_buf *b)
{
	np_puts(b, ",\"links\":[");
	for (uint32_t i = 0; i < f->f.nlinks; i++) {
		const struct np_flow_link *x = &f->f.link[i];

		np_putf(b, "%s{\"from\":%u,\"to\":%u,\"n\":%llu,\"d\":\"",
			i ? ",\n" : "", x->from, x->to,
			(unsigned long long)x->n);
		np_path_ribbon(b, x->start.x, x->start.y, x->end.x, x->end.y);
		np_puts(b, "\",\"w\":");
		np_put_tenths(b, x->thick > 0.1 ? x->thick : 0.1);
		np_putf(b, ",\"status\":\"%s\"}",
			np_shade_name((enum np_shade)f->status[i]));
	}
	np_putc(b, ']');
}

static int open_flow(struct flow *f)
{
	uint32_t most = COLUMNS * MOST;

	for (unsigned c = 0; c < COLUMNS; c++)
		f->word[c].mem = &f->mem;
	f->f.node = np_zalloc(&f->mem, most * sizeof(*f->f.node));
	f->key = np_zalloc(&f->mem, most * sizeof(*f->key));
	f->label = np_zalloc(&f->mem, most * sizeof(*f->label));
	f->more = np_zalloc(&f->mem, most * sizeof(*f->more));
	return f->f.node && f->key && f->label && f->more ? NP_OK : NP_ENOMEM;
}

int np_view_flow(const struct np_view_in *in, struct np_buf *b,
		 struct np_err *reterr)
{
	struct flow f = {.in = in,
			 .f = {.columns = COLUMNS,
			       .in = {0, 0, WIDTH, HEIGHT},
			       .thick = 14,
			       .gap = 6},
			 .mem = np_arena((size_t)512 << 20)};
	size_t n = in->report->devices->n;
	uint32_t *words = np_alloc(&f.mem, n * COLUMNS * sizeof(*words) + 1);
	int rc = words ? open_flow(&f) : NP_ENOMEM;

	(void)reterr;
	if (!rc)
		rc = count_words(&f, words);
	if (!rc)
		rc = add_links(&f, words);
	if (!rc)
		rc = np_flow_lay(&f.f, &f.mem);
	if (!rc) {
		np_view_head(b, "flow");
		np_putf(b, ",\"box\":[%d,%d],\"columns\":[", WIDTH, HEIGHT);
		for (unsigned c = 0; c < COLUMNS; c++)
			np_putf(b, "%s\"%s\"", c ? "," : "", names[c]);
		np_putc(b, ']');
		put_nodes(&f, b);
		put_links(&f, b);
		np_putc(b, '}');
	}
	np_arena_free(&f.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}

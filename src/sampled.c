/* SPDX-License-Identifier: ISC */
/*
 * Inspections of sites: statements that attest the fact `sample` of a site,
 * "none" or "found" (docs/silence.md). Which of them count on the day was
 * weighed already: signature, key, grade, from and until when.
 */
#include "sampled.h"
#include "policy/statement.h"

static bool is_inspection(const struct np_said_row *row)
{
	const struct np_statement *s = &row->s;

	return row->weight == NP_G_COUNTS && s->kind == NP_S_ATTEST &&
	       s->site && !s->device && !s->clause &&
	       strcmp(s->fact, "sample") == 0 &&
	       (strcmp(s->value, "none") == 0 ||
		strcmp(s->value, "found") == 0);
}

/* "an auditor (key 0123456789abcdef)" */
static const char *signer(const struct np_said_row *row, struct np_arena *mem)
{
	struct np_buf b = np_buf(8192);
	const char *s;

	np_putf(&b, "%s (key %s)", row->s.by, row->key);
	s = b.failed ? NULL : np_copystr(mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

int np_silence_sampled(struct np_run *r, struct np_arena *mem,
		       const struct np_inspection **ret, size_t *ret_n)
{
	size_t n = r->said ? np_said_n(r->said) : 0;
	struct np_inspection *v = np_alloc(mem, (n + 1) * sizeof(*v));

	*ret = v;
	*ret_n = 0;
	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		const struct np_said_row *row = np_said_row(r->said, i);
		struct np_inspection *x = &v[*ret_n];

		if (!is_inspection(row))
			continue;
		*x = (struct np_inspection){
			.place = row->s.site,
			.signer = signer(row, mem),
			.day = row->s.on,
			.until = row->s.until,
			.found = strcmp(row->s.value, "found") == 0,
		};
		if (!x->signer)
			return NP_ENOMEM;
		++*ret_n;
	}
	return NP_OK;
}

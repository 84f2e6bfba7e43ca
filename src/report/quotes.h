/* SPDX-License-Identifier: ISC */
/*
 * What makers and those who speak about them have said in public
 * (knowledge/said.yaml): shown to whoever asks about a maker, never weighed.
 * Nothing that claims, folds or judges may include this.
 */
#ifndef NP_QUOTES_H
#define NP_QUOTES_H
#include "core/buf.h"
#include "core/err.h"
#include "core/yaml.h"

enum np_quoted { NP_Q_MAKER, NP_Q_OVERSIGHT, NP_Q_STATE, NP_Q_CRITERIA };

struct np_quote {
	const struct np_yaml *makers; /* slugs; NULL: criteria for anybody */
	enum np_quoted by;
	const char *who, *date, *quote, *source;
	const char *original; /* NULL: the quote is no translation */
	bool primary;	      /* the speaker's own publication was read */
};

struct np_quotes;
/* DIR/said.yaml, if there is one; else what was compiled in. NP_EINPUT with
 * file, line, column and what was expected. */
int np_quotes_open(const char *dir, struct np_quotes **ret,
		   struct np_err *reterr);
/* The same of a text in memory; `name` is for errors. */
int np_quotes_read(const char *name, const char *text, size_t n,
		   struct np_quotes **ret, struct np_err *reterr);
void np_quotes_close(struct np_quotes *q);
size_t np_quotes_n(const struct np_quotes *q);
/* By date. */
const struct np_quote *np_quote(const struct np_quotes *q, size_t i);
/* Is it about this maker? */
bool np_quote_about(const struct np_quote *q, const char *slug);
/* All that is about a maker, then the criteria, in words. */
void np_quotes_put(const struct np_quotes *q, const char *slug,
		   struct np_buf *b);
#endif

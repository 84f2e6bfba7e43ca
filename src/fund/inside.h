/* SPDX-License-Identifier: ISC */
/* An expression as expression.c reads it and evaluate.c goes through it. */
#ifndef NP_FUND_INSIDE_H
#define NP_FUND_INSIDE_H
#include "fund/fund.h"

enum op {
	LITERAL,
	FIELD,
	TABLE, /* of count() alone */
	NOT,
	NEGATE,
	ADD,
	SUBTRACT,
	TIMES,
	OVER,
	JOIN,
	IS,
	IS_NOT,
	LESS,
	AT_MOST,
	MORE,
	AT_LEAST,
	AND,
	OR,
	IF,
	SUM,
	COUNT,
	LEAST,
	MOST,
	FIRST
};

struct np_expression {
	enum op op;
	enum np_fund_sheet table; /* FIELD, TABLE, and those over a table */
	int field;
	struct np_fund_value value;
	const struct np_expression *a, *b, *c;
	/* where it stands, for errors */
	const char *file;
	uint32_t line, column;
};
#endif

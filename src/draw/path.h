/* SPDX-License-Identifier: ISC */
/*
 * Numbers and paths of a drawing as text. One digit behind the point is a tenth
 * of a pixel, and keeps files small; the decimal point is a point in every
 * locale.
 */
#ifndef NP_DRAW_PATH_H
#define NP_DRAW_PATH_H
#include "core/buf.h"

struct np_spot {
	double x, y;
};
struct np_rect {
	double x, y, w, h;
};

/* To a tenth, as a whole number; within +-10^12; 0 for what is no number. */
int64_t np_tenths(double v);
/* "12.5", "12", "-0.3" */
void np_put_tenths(struct np_buf *b, double v);
/* "12.345": for what is looked at from near. */
void np_put_thousandths(struct np_buf *b, double v);
/* What lies between two places once both are rounded: what touched still does,
 * and nothing overlaps. */
void np_put_between(struct np_buf *b, double from, double to);

/* SVG 2, section 9.3: "M1 2", "L3 4", "C1 2 3 4 5 6" */
void np_path_move(struct np_buf *b, double x, double y);
void np_path_line(struct np_buf *b, double x, double y);
/* From (x0, y0) to (x1, y1), level at both ends. */
void np_path_ribbon(struct np_buf *b, double x0, double y0, double x1,
		    double y1);
#endif

/* SPDX-License-Identifier: ISC */
/*
 * Squarified treemaps: M. Bruls, K. Huizing, J. van Wijk, Proceedings of the
 * Joint Eurographics and IEEE TCVG Symposium on Visualization (2000) 33.
 */
#ifndef NP_DRAW_TREEMAP_H
#define NP_DRAW_TREEMAP_H
#include "draw/path.h"

/* Cuts `in` into n rectangles whose areas are as their sizes, which are finite
 * and not negative. Greatest first gives the squarest. Linear in n. */
void np_squarify(const double *size, size_t n, struct np_rect in,
		 struct np_rect *ret);
/* What is left of a rectangle inside a frame, with more of it on top; never
 * less than nothing. */
struct np_rect np_rect_inside(struct np_rect r, double frame, double top);
#endif

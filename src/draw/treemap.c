/* SPDX-License-Identifier: ISC */
#include "draw/treemap.h"
#include <stdbool.h>

/* The greatest ratio of sides in a row of this sum, its least and greatest
 * member, along a side (the paper's worst()). */
static double worst(double sum, double least, double most, double side)
{
	double s2 = sum * sum, w2 = side * side;
	double a = w2 * most / s2, b = s2 / (w2 * least);

	return a > b ? a : b;
}

/* How many of size[0..n], as areas, make the next row. */
static size_t row_of(const double *size, size_t n, double scale, double side,
		     double *ret_sum)
{
	double sum = size[0] * scale, least = sum, most = sum;
	size_t k = 1;

	for (; k < n; k++) {
		double a = size[k] * scale;
		double low = a < least ? a : least, high = a > most ? a : most;

		if (a > 0 && worst(sum + a, low, high, side) >
				     worst(sum, least, most, side))
			break;
		sum += a;
		if (a > 0) {
			least = low;
			most = high;
		}
	}
	*ret_sum = sum;
	return k;
}

/* A row along the shorter side; the last of it ends where the side does. */
static void put_row(const double *size, size_t k, double scale, double sum,
		    struct np_rect *left, struct np_rect *ret)
{
	bool upright = left->w >= left->h;
	double side = upright ? left->h : left->w;
	double thick = side > 0 ? sum / side : 0, done = 0;

	for (size_t i = 0; i < k; i++) {
		double from = sum > 0 ? side * (done / sum) : 0, to;

		done += size[i] * scale;
		to = sum > 0 ? side * (done / sum) : 0;
		to = to > side ? side : to;
		ret[i] = upright ? (struct np_rect){left->x, left->y + from,
						    thick, to - from}
				 : (struct np_rect){left->x + from, left->y,
						    to - from, thick};
	}
	if (upright) {
		left->x += thick;
		left->w -= thick;
	} else {
		left->y += thick;
		left->h -= thick;
	}
}

void np_squarify(const double *size, size_t n, struct np_rect in,
		 struct np_rect *ret)
{
	double all = 0, scale, sum;
	size_t k;

	for (size_t i = 0; i < n; i++)
		all += size[i];
	scale = all > 0 && in.w > 0 && in.h > 0 ? in.w * in.h / all : 0;
	while (n) {
		/* Nothing but nothing is left, or there is no room: points. */
		if (!(scale > 0) || !(size[0] > 0) || in.w <= 0 || in.h <= 0) {
			*ret++ = (struct np_rect){in.x, in.y, 0, 0};
			size++;
			n--;
			continue;
		}
		k = row_of(size, n, scale, in.w < in.h ? in.w : in.h, &sum);
		put_row(size, k, scale, sum, &in, ret);
		size += k;
		ret += k;
		n -= k;
	}
}

struct np_rect np_rect_inside(struct np_rect r, double frame, double top)
{
	struct np_rect in = {r.x + frame, r.y + frame + top, r.w - 2 * frame,
			     r.h - 2 * frame - top};

	if (in.w < 0)
		in = (struct np_rect){r.x + r.w / 2, in.y, 0, in.h};
	if (in.h < 0)
		in = (struct np_rect){in.x, r.y + r.h / 2, in.w, 0};
	return in;
}

/* SPDX-License-Identifier: ISC */
#include "draw/path.h"
#include <math.h>

#define MOST 1e11

int64_t np_tenths(double v)
{
	if (isnan(v))
		return 0;
	v = v > MOST ? MOST : v < -MOST ? -MOST : v;
	return llround(v * 10);
}

static void put(struct np_buf *b, int64_t v)
{
	if (v < 0)
		np_putc(b, '-');
	v = v < 0 ? -v : v;
	np_putu(b, (uint64_t)v / 10);
	if (v % 10)
		np_put(b, (char[]){'.', (char)('0' + v % 10)}, 2);
}

void np_put_tenths(struct np_buf *b, double v)
{
	put(b, np_tenths(v));
}

void np_put_between(struct np_buf *b, double from, double to)
{
	put(b, np_tenths(to) - np_tenths(from));
}

static void pair(struct np_buf *b, double x, double y)
{
	np_put_tenths(b, x);
	np_putc(b, ' ');
	np_put_tenths(b, y);
}

void np_path_move(struct np_buf *b, double x, double y)
{
	np_putc(b, 'M');
	pair(b, x, y);
}

void np_path_line(struct np_buf *b, double x, double y)
{
	np_putc(b, 'L');
	pair(b, x, y);
}

void np_path_ribbon(struct np_buf *b, double x0, double y0, double x1,
		    double y1)
{
	double half = (x0 + x1) / 2;

	np_path_move(b, x0, y0);
	np_putc(b, 'C');
	pair(b, half, y0);
	np_putc(b, ' ');
	pair(b, half, y1);
	np_putc(b, ' ');
	pair(b, x1, y1);
}

/* SPDX-License-Identifier: ISC */
#include "draw/path.h"
#include <math.h>

#define MOST 1e11

static int64_t whole(double v, int parts)
{
	if (isnan(v))
		return 0;
	v = v > MOST ? MOST : v < -MOST ? -MOST : v;
	return llround(v * parts);
}

int64_t np_tenths(double v)
{
	return whole(v, 10);
}

/* v parts; no zeros at the end. */
static void put(struct np_buf *b, int64_t v, int64_t parts)
{
	if (v < 0)
		np_putc(b, '-');
	v = v < 0 ? -v : v;
	np_putu(b, (uint64_t)(v / parts));
	v %= parts;
	if (v)
		np_putc(b, '.');
	for (; v; v %= parts) {
		parts /= 10;
		np_putc(b, (char)('0' + v / parts));
	}
}

void np_put_tenths(struct np_buf *b, double v)
{
	put(b, whole(v, 10), 10);
}

void np_put_thousandths(struct np_buf *b, double v)
{
	put(b, whole(v, 1000), 1000);
}

void np_put_between(struct np_buf *b, double from, double to)
{
	put(b, np_tenths(to) - np_tenths(from), 10);
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

/* SPDX-License-Identifier: ISC */
#include "draw/earth.h"
#include <math.h>

/* Equations 10 and 11 of the paper, with its four coefficients. */
#define A1 1.340264
#define A2 -0.081106
#define A3 0.000893
#define A4 0.003796
#define RADIUS 6371.0088 /* kilometres, the mean one (IUGG) */
#define DEGREE (3.14159265358979323846 / 180)

struct np_spot np_earth(double latitude, double longitude)
{
	double root = sqrt(3);
	double t = asin(root / 2 * sin(latitude * DEGREE));
	double t2 = t * t, t6 = t2 * t2 * t2;
	double slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2);

	return (struct np_spot){2 * root * longitude * DEGREE * cos(t) /
					(3 * slope),
				t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))};
}

static struct np_spot in_box(double latitude, double longitude)
{
	double scale = NP_EARTH_WIDTH / (2 * np_earth(0, 180).x);
	struct np_spot p = np_earth(latitude, longitude);

	return (struct np_spot){NP_EARTH_WIDTH / 2 + scale * p.x,
				NP_EARTH_HEIGHT / 2 - scale * p.y};
}

bool np_earth_box(double latitude, double longitude, struct np_spot *ret)
{
	if (!(fabs(latitude) <= 90 && fabs(longitude) <= 180))
		return false;
	*ret = in_box(latitude, longitude);
	return true;
}

void np_earth_ring(double latitude, double longitude, double kilometres,
		   struct np_spot *ret, size_t n)
{
	double far = fmin(kilometres / RADIUS, 1), lat = latitude * DEGREE;

	for (size_t i = 0; i < n; i++) {
		double turn = 360 * DEGREE * (double)i / (double)n;
		double to = asin(sin(lat) * cos(far) +
				 cos(lat) * sin(far) * cos(turn));
		double by = atan2(sin(turn) * sin(far) * cos(lat),
				  cos(far) - sin(lat) * sin(to));

		ret[i] = in_box(to / DEGREE, longitude + by / DEGREE);
	}
}

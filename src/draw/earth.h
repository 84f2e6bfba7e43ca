/* SPDX-License-Identifier: ISC */
/*
 * The Equal Earth projection of the sphere: B. Savric, T. Patterson, B. Jenny,
 * International Journal of Geographical Information Science 33 (2019) 454,
 * published 2018. Areas are true, so that a country does not look greater than
 * another because it lies further north.
 */
#ifndef NP_DRAW_EARTH_H
#define NP_DRAW_EARTH_H
#include "draw/path.h"
#include <stdbool.h>

/* Height to width of the whole world: 1000 wide is 486.7 high. */
#define NP_EARTH_WIDTH 1000.0
#define NP_EARTH_HEIGHT 487.0

/* On the unit sphere; degrees in, about +-2.7066 and +-1.3174 out. */
struct np_spot np_earth(double latitude, double longitude);
/* The same in a box of 1000 by 487, (0, 0) its upper left corner. False: there
 * is no such place. */
bool np_earth_box(double latitude, double longitude, struct np_spot *ret);
/* n points of the circle that is so many kilometres around a place, on a sphere
 * of the mean radius; one over the map's edge goes on beyond it. */
void np_earth_ring(double latitude, double longitude, double kilometres,
		   struct np_spot *ret, size_t n);
#endif

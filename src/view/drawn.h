/* SPDX-License-Identifier: ISC */
/* What the drawings share: the four colours of a box, words by numbers, columns
 * of coordinates. */
#ifndef NP_VIEW_DRAWN_H
#define NP_VIEW_DRAWN_H
#include "draw/path.h"
#include "view/view.h"

/* A box as a drawing counts it: by what the law of its place has of it, and
 * whether it is known who made it. */
enum np_shade {
	NP_SHADE_IN_SCOPE,     /* the box or a part of it */
	NP_SHADE_UNDETERMINED, /* a fact is missing, or a person objects */
	NP_SHADE_OTHER,
	NP_SHADE_UNKNOWN, /* nobody knows who made it, and no rule names it */
	NP_SHADES
};
const char *np_shade_name(enum np_shade f); /* "in_scope" */
enum np_shade np_shade_of(const struct np_view_in *in, size_t device);
/* "in_scope":1,"undetermined":0,"other":7,"unknown":2 */
void np_put_shades(const uint64_t n[static NP_SHADES], struct np_buf *b);
bool np_view_shows(const struct np_view_in *in, size_t device);

/* A device by its id, as its number in np_devices. */
#define NP_NO_DEVICE UINT32_MAX
uint32_t np_view_device(const struct np_view_in *in, const char *id);
/* Fills .wave of every box from the plan, where there is one. 0 or NP_ENOMEM.
 */
int np_view_waves(const struct np_view_in *in, struct np_view_box *box);

/* Where no root is known, what is cut off is told as seen from the box with the
 * most links of each part: fills k->cuts anew. 0 or NP_ENOMEM. */
int np_view_centres(struct np_risk *k, struct np_arena *mem);

/* Numbers for texts, from 0 as they come. */
struct np_labels {
	struct np_labels_slot {
		const char *text;
		uint32_t number;
	} * slot;
	const char **text; /* by number */
	uint32_t n, cap;
	struct np_arena *mem;
};
#define NP_NO_LABEL UINT32_MAX /* without memory */
/* NULL is a word too. Texts are not copied. */
uint32_t np_label(struct np_labels *w, const char *text);

/* What stands in the place of a plan: what to run, or that somebody else's
 * dossier has one that cannot be read; the page stands without it. */
extern const char np_no_plan[], np_bad_plan[];

/* A date by which boxes have to be out, by the law of their place as of the
 * report's day. */
struct np_due {
	int32_t day;
	const struct np_clause *clause;
	uint64_t n; /* boxes that are shown */
};
/* Sorted by day, then by clause. 0 or NP_ENOMEM. */
int np_dues(const struct np_view_in *in, struct np_arena *mem,
	    struct np_due **ret, size_t *ret_n);
/* {"date":…,"label":clause,"n":… and what is open stays open. */
void np_put_due(const struct np_due *d, struct np_buf *b);

void np_column_tenths(struct np_column *c, double v);
/* ,"x":1,"y":2,"w":3,"h":4; what touches still does once it is rounded. */
void np_put_rect(const struct np_rect *r, struct np_buf *b);
#endif

/* SPDX-License-Identifier: ISC */
/* The page's part on doubt: how often like cases were right, a line for each
 * kind of case, with how many of these boxes are of it. */
#include "report/answer.h"
#include "report/page.h"

#define MAX_KINDS 64 /* more than the knowledge counts */

struct kind {
	struct np_like like;
	uint64_t boxes;
};

static size_t add(struct kind v[static MAX_KINDS], size_t n,
		  const struct np_like *like)
{
	size_t i = 0;

	while (i < n && strcmp(v[i].like.key, like->key) != 0)
		i++;
	if (i == MAX_KINDS)
		return n;
	if (i == n)
		v[n++] = (struct kind){.like = *like};
	v[i].boxes++;
	/* Most boxes first; of equals as they came, which is by id. */
	for (; i && v[i].boxes > v[i - 1].boxes; i--) {
		struct kind x = v[i];

		v[i] = v[i - 1];
		v[i - 1] = x;
	}
	return n;
}

void np_page_like(struct np_page *p)
{
	const struct np_devices *all = p->r->devices;
	struct kind v[MAX_KINDS];
	size_t n = 0;

	for (size_t i = 0; p->s->all && i < all->n; i++) {
		struct np_like like;

		if (np_page_here(p, &all->v[i]) &&
		    np_device_cases(p->r->knowledge, &all->v[i], &like))
			n = add(v, n, &like);
	}
	for (size_t i = 0; i < n; i++) {
		np_puts(&p->b, "  ");
		np_put_many(&p->b, v[i].boxes, "box", "boxes");
		np_putf(&p->b, ", %s: ", v[i].like.key);
		np_put_like_text(&v[i].like, &p->b);
		np_putc(&p->b, '\n');
	}
}

/* SPDX-License-Identifier: ISC */
#include "poll/frontier.h"
#include "core/hash.h"
#include <arpa/inet.h>
#include <stdlib.h>

#define MOST_KNOWN ((size_t)1 << 20) /* addresses; neighbours are hostile */

const char *np_poll_status_name(enum np_poll_status s)
{
	static const char *const names[NP_POLL_STATUSES] = {
		[NP_POLL_WAITING] = "waiting",
		[NP_POLL_ASKING] = "asking",
		[NP_POLL_ANSWERED] = "answered",
		[NP_POLL_PARTLY] = "partly",
		[NP_POLL_SILENT] = "silent",
		[NP_POLL_REFUSED] = "refused",
		[NP_POLL_BROKEN] = "broken",
		[NP_POLL_KEPT] = "kept",
		[NP_POLL_OUTSIDE] = "outside",
		[NP_POLL_NOBODY] = "no-credential",
		[NP_POLL_OVER] = "over-limit",
	};

	return names[s];
}

struct np_frontier np_frontier(const struct np_prefixes *within, size_t most)
{
	return (struct np_frontier){.within = within, .most = most};
}

static bool grow_slots(struct np_frontier *f)
{
	size_t n = f->nslot ? f->nslot * 2 : 256;
	uint32_t *slot = calloc(n, sizeof(*slot));

	if (!slot)
		return false;
	for (size_t i = 0; i < f->n; i++) {
		const char *a = f->v[i].address;
		size_t at = np_hash64(a, strlen(a), 0) & (n - 1);

		while (slot[at])
			at = (at + 1) & (n - 1);
		slot[at] = (uint32_t)i + 1;
	}
	free(f->slot);
	f->slot = slot;
	f->nslot = n;
	return true;
}

static bool grow(struct np_frontier *f)
{
	size_t cap = f->cap ? f->cap * 2 : 128;
	struct np_poll_host *v;

	if (f->n >= MOST_KNOWN || (f->n * 2 >= f->nslot && !grow_slots(f)))
		return false;
	if (f->n < f->cap)
		return true;
	v = reallocarray(f->v, cap, sizeof(*v));
	if (!v)
		return false;
	f->v = v;
	f->cap = cap;
	return true;
}

/* Its slot, or the empty one for it. */
static uint32_t *find(struct np_frontier *f, const char *address)
{
	size_t at = np_hash64(address, strlen(address), 0) & (f->nslot - 1);

	while (f->slot[at] &&
	       strcmp(f->v[f->slot[at] - 1].address, address) != 0)
		at = (at + 1) & (f->nslot - 1);
	return &f->slot[at];
}

bool np_frontier_add(struct np_frontier *f, const uint8_t *ip, size_t n,
		     uint32_t from)
{
	struct np_poll_host h = {.from = from};
	uint32_t *slot;

	if (!inet_ntop(n == 4 ? AF_INET : AF_INET6, ip, h.address,
		       sizeof(h.address)))
		return false;
	if (f->nslot && *find(f, h.address))
		return false;
	if (!grow(f)) {
		f->beyond++;
		return false;
	}
	if (!np_prefixes_hold(f->within, ip, n))
		h.status = NP_POLL_OUTSIDE;
	else if (f->asked == f->most)
		h.status = NP_POLL_OVER;
	else
		f->asked++;
	slot = find(f, h.address);
	f->v[f->n++] = h;
	*slot = (uint32_t)f->n;
	return h.status == NP_POLL_WAITING;
}

size_t np_frontier_next(struct np_frontier *f)
{
	while (f->next < f->n && f->v[f->next].status != NP_POLL_WAITING)
		f->next++;
	return f->next < f->n ? f->next : SIZE_MAX;
}

void np_frontier_free(struct np_frontier *f)
{
	free(f->v);
	free(f->slot);
	*f = (struct np_frontier){0};
}

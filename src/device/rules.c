/* SPDX-License-Identifier: ISC */
/*
 * Which keys are none: a key that is tied to many different values of a harder
 * kind is shared, copied or borrowed (reference section 50). These rules look
 * at what is one box by the keys of earlier stages, before a stage is tried.
 *
 * The numbers are chosen so that true boxes stay whole: an SSH server has three
 * types of host keys, a router answers ARP for its interfaces.
 */
#include "device/inside.h"

enum {
	HOST_KEYS_OF_ADDRESS = 3, /* more: translated addresses */
	ADDRESSES_OF_ENGINE = 16, /* more: an engine id that was copied */
	ADDRESSES_OF_BOX = 32,	  /* more: proxy ARP */
	BOXES_OF_HOST_KEY = 16,	  /* more: a key from the factory */
	NAMES_OF_BOX = 3,	  /* more: it passes on what others say */
	BOXES_OF_NAME = 8,	  /* more: a name that nobody chose */
};

static void drop(struct np_join *j, uint32_t node)
{
	j->stage[node] = NP_ST_NEVER;
	j->own[node] = NP_NIL;
}

/* Calls fn for each left number that has more than `most` right ones. */
static void each_over(struct np_pairs *p, size_t most, struct np_join *j,
		      void (*fn)(struct np_join *j, uint32_t left))
{
	size_t from = 0;

	np_pairs_sort(p);
	for (size_t i = 1; i <= p->n; i++) {
		if (i < p->n && p->v[i] >> 32 == p->v[from] >> 32)
			continue;
		if (i - from > most)
			fn(j, (uint32_t)(p->v[from] >> 32));
		from = i;
	}
	np_pairs_free(p);
}

/* The other keys of the hearing that is open, of one stage. */
static bool beside(const struct np_join *j, const struct np_each *e,
		   enum np_stage stage, uint32_t *i, uint32_t *ret_node)
{
	while (*i < e->n) {
		uint32_t ref = e->refs[(*i)++];

		*ret_node = np_join_node(j, ref, e->scope);
		if (j->stage[*ret_node] == stage && np_join_counts(j, ref))
			return true;
	}
	return false;
}

/* Pairs of a key with the others of a stage that are said with it. */
static int pair_up(struct np_join *j, enum np_stage left, unsigned least,
		   enum np_stage right, struct np_pairs *p)
{
	struct np_each e = {0};
	int r = 0;

	while (!r && np_join_next(j, &e, left)) {
		uint32_t i = 0, other;

		while (!r && j->touch[e.node] > least &&
		       beside(j, &e, right, &i, &other))
			r = np_pairs_add(p, e.node, other);
	}
	return r;
}

/* Pairs of a key with the boxes that say it. */
static int pair_boxes(struct np_join *j, enum np_stage s, unsigned least,
		      struct np_pairs *p)
{
	struct np_each e = {0};
	int r = 0;

	while (!r && np_join_next(j, &e, s))
		if (j->touch[e.node] > least)
			r = np_pairs_add(p, e.node, j->root[e.h - 1]);
	return r;
}

static bool says_it_is_chassis(const struct np_each *e, uint32_t node,
			       const struct np_join *j)
{
	for (uint32_t i = 0; i < e->n; i++)
		if (e->refs[i] & NP_REF_CHASSIS &&
		    np_join_node(j, e->refs[i], e->scope) == node)
			return true;
	return false;
}

/* One serial number said with two chassis or two engines is nobody's. */
static void serials_of_two(struct np_join *j, enum np_stage other)
{
	struct np_each e = {0};
	uint32_t node, i;

	memset(j->co, 0xff, j->nodes * sizeof(*j->co));
	while (np_join_next(j, &e, NP_ST_SERIAL))
		for (i = 0; beside(j, &e, other, &i, &node);) {
			if (other == NP_ST_CHASSIS &&
			    !says_it_is_chassis(&e, node, j))
				continue;
			if (j->co[e.node] == NP_NIL)
				j->co[e.node] = node;
			else if (j->co[e.node] != node)
				drop(j, e.node);
		}
}

/* An address that two boxes bind to a MAC address of theirs is nobody's: it
 * was given out again, or stands for a group (VRRP, anycast). Also counts the
 * addresses of each box, in trial. */
static void addresses_of_two(struct np_join *j)
{
	struct np_each e = {0};

	memset(j->co, 0xff, j->nodes * sizeof(*j->co));
	memset(j->trial, 0, j->n * sizeof(*j->trial));
	while (np_join_next(j, &e, NP_ST_IP)) {
		uint32_t root = j->root[e.h - 1], i = 0, k = 0, mac;

		if (!beside(j, &e, NP_ST_MAC, &i, &mac) &&
		    !beside(j, &e, NP_ST_CHASSIS, &k, &mac))
			continue;
		if (j->co[e.node] == NP_NIL) {
			j->co[e.node] = root;
			j->trial[root]++;
		} else if (j->co[e.node] != root) {
			drop(j, e.node);
		}
	}
	for (uint32_t h = 0; h < j->n; h++)
		if (j->trial[h] > ADDRESSES_OF_BOX)
			j->mask[h] |= NP_HAS_HOARD;
}

static void gossip(struct np_join *j, uint32_t root)
{
	j->mask[root] |= NP_HAS_GOSSIP;
}

/* A box that speaks under many names passes on what others say. */
static int names_of_boxes(struct np_join *j)
{
	struct np_pairs p = {.budget = &j->f->budget};
	struct np_each e = {0};
	int r = 0;

	memset(j->trial, 0, j->n * sizeof(*j->trial));
	while (np_join_next(j, &e, NP_ST_NAME))
		j->trial[j->root[e.h - 1]]++;
	e = (struct np_each){0};
	while (!r && np_join_next(j, &e, NP_ST_NAME))
		if (j->trial[j->root[e.h - 1]] > NAMES_OF_BOX)
			r = np_pairs_add(&p, j->root[e.h - 1], e.node);
	each_over(&p, NAMES_OF_BOX, j, gossip);
	return r;
}

int np_join_rules(struct np_join *j, enum np_stage stage)
{
	struct np_pairs p = {.budget = &j->f->budget};
	unsigned most = 0;
	int r = 0;

	switch (stage) {
	case NP_ST_SERIAL:
		serials_of_two(j, NP_ST_CHASSIS);
		serials_of_two(j, NP_ST_ENGINE);
		return 0;
	case NP_ST_ENGINE:
		most = ADDRESSES_OF_ENGINE;
		r = pair_up(j, stage, most, NP_ST_IP, &p);
		break;
	case NP_ST_IP:
		addresses_of_two(j);
		most = HOST_KEYS_OF_ADDRESS;
		r = pair_up(j, stage, most, NP_ST_HOST, &p);
		break;
	case NP_ST_HOST:
		most = BOXES_OF_HOST_KEY;
		r = pair_boxes(j, stage, most, &p);
		break;
	case NP_ST_NAME:
		r = names_of_boxes(j);
		if (r)
			return r;
		most = BOXES_OF_NAME;
		r = pair_boxes(j, stage, most, &p);
		break;
	case NP_ST_CHASSIS:
	case NP_ST_MAC:
	case NP_ST_NEVER:
		return 0;
	}
	each_over(&p, most, j, drop);
	return r;
}

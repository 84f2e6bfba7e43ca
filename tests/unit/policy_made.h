/* SPDX-License-Identifier: ISC */
/*
 * Devices made by hand, a book of makers made by hand, and what the law says
 * of them. Behind the tests of src/policy. They run at the root of the tree.
 */
#ifndef POLICY_MADE_H
#define POLICY_MADE_H
#include "policy/policy.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The law asks only these of the knowledge. */
struct np_knowledge {
	const char *const *slugs;
};

static const char *const made_slugs[] = {
	"",	     "huawei",	 "zte",	  "hytera",	  "hikvision",
	"dahua",     "h3c",	 "cisco", "fujitsu",	  "ericsson",
	"dji",	     "autel",	 "honor", "huaweidevice", "huaweisymantec",
	"hisilicon", "xfusion",	 "hmn",	  "nubia",	  "netas",
	"ezviz",     "hikrobot", "lorex", "nokia",
};
#define NMADE (sizeof(made_slugs) / sizeof(*made_slugs))

enum { NOBODY, HUAWEI, ZTE, HYTERA, HIKVISION, DAHUA, H3C, CISCO, FUJITSU };
enum { ERICSSON = 9, HONOR = 12 };

static const struct np_knowledge made = {.slugs = made_slugs};

size_t np_makers(const struct np_knowledge *k)
{
	(void)k;
	return NMADE;
}

const char *np_maker_slug(const struct np_knowledge *k, uint16_t maker)
{
	return k->slugs[maker];
}

const char *np_maker_name(const struct np_knowledge *k, uint16_t maker)
{
	return k->slugs[maker];
}

uint16_t np_maker_find(const struct np_knowledge *k, const char *slug)
{
	for (uint16_t i = 1; i < NMADE; i++) {
		if (strcmp(k->slugs[i], slug) == 0)
			return i;
	}
	return NP_NO_MAKER;
}

const char *np_sure_name(enum np_sure s)
{
	static const char *const names[] = {
		[NP_UNKNOWN] = "unknown",   [NP_POSSIBLE] = "possible",
		[NP_PROBABLE] = "probable", [NP_CONFIRMED] = "confirmed",
		[NP_DISPUTED] = "disputed",
	};

	return names[s];
}

/* What one test judges. */
struct court {
	struct np_law *law;
	struct np_party *party;
	struct np_arena mem;
	struct np_findings found;
};

static inline struct np_law *open_law(const char *dir)
{
	struct np_err err = {0};
	struct np_law *l = NULL;

	if (np_law_open(dir, &made, &l, &err) != 0)
		fail_msg("%s:%llu:%u: %s", err.what, (unsigned long long)err.at,
			 err.column, err.text);
	return l;
}

static inline struct court open_court(const char *party)
{
	struct court c = {.mem = np_arena((size_t)64 << 20)};
	struct np_err err = {0};

	c.law = open_law(NULL);
	if (np_party_open(party, &c.party, &err) != 0)
		fail_msg("%s:%llu:%u: %s", err.what, (unsigned long long)err.at,
			 err.column, err.text);
	return c;
}

static inline void close_court(struct court *c)
{
	np_law_close(c->law);
	np_party_close(c->party);
	np_arena_free(&c->mem);
}

static inline int32_t day(const char *s)
{
	int32_t d = NP_NODAY;

	assert_true(np_day_read(s, &d));
	return d;
}

static inline struct np_device box(const char *id, uint16_t maker,
				   enum np_sure sure, const char *function,
				   uint32_t site)
{
	struct np_device d = {
		.maker = maker,
		.sure = sure,
		.function = function,
		.site = site,
		.owner = NP_OWNER_OPERATOR,
	};

	(void)snprintf(d.id, sizeof(d.id), "%s", id);
	return d;
}

static inline void judge(struct court *c, const struct np_question *ask,
			 const struct np_device *v, size_t n)
{
	struct np_question q = *ask;
	struct np_devices d = {.v = v, .n = n};
	struct np_err err = {0};

	q.party = c->party;
	if (np_judge(c->law, &made, &q, &d, &c->mem, &c->found, &err) != 0)
		fail_msg("%s: %s", err.what, err.text);
}

/* The finding of a device about a clause ("" is the one without a clause), NULL
 * when there is none. */
static inline const struct np_finding *
find(const struct court *c, const char *device, const char *clause, bool part)
{
	for (size_t i = 0; i < c->found.n; i++) {
		const struct np_finding *f = &c->found.v[i];

		if (strcmp(f->device->id, device) == 0 &&
		    strcmp(f->clause ? f->clause->id : "", clause) == 0 &&
		    f->component == part)
			return f;
	}
	return NULL;
}
#endif

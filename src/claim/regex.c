/* SPDX-License-Identifier: ISC */
/* PCRE2 with JIT and limits: hostile texts must not cost more than they are
 * long, give or take a factor. */
#include "claim/match.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000

struct np_regex {
	pcre2_code *code;
	pcre2_match_context *limits;
	pcre2_match_data *found;
	bool jit;
};

struct np_regex *np_regex_new(const char *pattern)
{
	struct np_regex *r = calloc(1, sizeof(*r));
	size_t at;
	int err;

	if (!r)
		return NULL;
	r->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
				PCRE2_DOTALL, &err, &at, NULL);
	r->limits = pcre2_match_context_create(NULL);
	r->found = pcre2_match_data_create(NP_CAPTURES, NULL);
	if (!r->code || !r->limits || !r->found) {
		np_regex_free(r);
		return NULL;
	}
	/* Without JIT the same answer comes later. */
	r->jit = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
	pcre2_set_match_limit(r->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(r->limits, DEPTH_LIMIT);
	return r;
}

void np_regex_free(struct np_regex *r)
{
	if (!r)
		return;
	pcre2_code_free(r->code);
	pcre2_match_context_free(r->limits);
	pcre2_match_data_free(r->found);
	free(r);
}

bool np_regex_find(const struct np_regex *r, const char *text, size_t n,
		   struct np_capture *ret)
{
	const PCRE2_SIZE *v;
	int rc = r->jit ? pcre2_jit_match(r->code, (PCRE2_SPTR)text, n, 0, 0,
					  r->found, r->limits)
			: pcre2_match(r->code, (PCRE2_SPTR)text, n, 0, 0,
				      r->found, r->limits);

	if (rc < 0)
		return false;
	v = pcre2_get_ovector_pointer(r->found);
	for (int i = 0; ret && i < NP_CAPTURES; i++) {
		bool set = (rc == 0 || i < rc) && v[2 * i] != PCRE2_UNSET;

		ret[i] = (struct np_capture){set ? text + v[2 * i] : NULL,
					     set ? v[2 * i + 1] - v[2 * i] : 0};
	}
	return true;
}

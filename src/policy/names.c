/* SPDX-License-Identifier: ISC */
/* The words of the law's enumerations, one list each. */
#include "policy/law.h"
#include <string.h>

const char *np_duty_name(enum np_duty d)
{
	static const char *const names[NP_NDUTIES] = {
		[NP_REQUEST] = "request", [NP_ADVICE] = "advice",
		[NP_APPROVE] = "approve", [NP_NOTIFY] = "notify",
		[NP_REPORT] = "report",	  [NP_NO_NEW] = "no-new",
		[NP_CAP] = "cap",	  [NP_REMOVE] = "remove",
		[NP_SUBSIDY] = "subsidy", [NP_NO_USE] = "no-use",
		[NP_ASSESS] = "assess",
	};

	return names[d];
}

const char *np_status_name(enum np_status s)
{
	static const char *const names[NP_NSTATUSES] = {
		[NP_IN_SCOPE] = "in scope",
		[NP_COMPONENT_IN_SCOPE] = "component in scope",
		[NP_CONTESTED] = "contested",
		[NP_EXEMPT] = "exempt",
		[NP_NOT_BOUND] = "not bound",
		[NP_UNDETERMINED] = "undetermined",
		[NP_NOT_IN_SCOPE] = "not in scope",
		[NP_NO_RULE] = "no rule on file",
		[NP_NOT_JUDGED] = "rules on file, not judged",
	};

	return names[s];
}

const char *np_certainty_name(enum np_certainty c)
{
	static const char *const names[] = {
		[NP_PRIMARY] = "primary",
		[NP_SECONDARY] = "secondary",
		[NP_UNVERIFIED] = "unverified",
	};

	return names[c];
}

const char *np_thing_name(enum np_thing t)
{
	static const char *const names[] = {
		[NP_EQUIPMENT] = "equipment",
		[NP_SOFTWARE] = "software",
		[NP_SERVICE] = "services",
	};

	return names[t];
}

static bool in_scope(const struct np_finding *f)
{
	return f->status == NP_IN_SCOPE || f->status == NP_COMPONENT_IN_SCOPE;
}

const char *np_finding_status(const struct np_finding *f)
{
	if (!in_scope(f) || !f->clause ||
	    (f->clause->sure == NP_PRIMARY && f->counted == NP_PRIMARY))
		return np_status_name(f->status);
	return f->status == NP_IN_SCOPE ? "in scope (text not read)"
					: "component in scope (text not read)";
}

bool np_finding_trips(const struct np_finding *f)
{
	bool objected = f->status == NP_CONTESTED &&
			(f->without == NP_IN_SCOPE ||
			 f->without == NP_COMPONENT_IN_SCOPE);

	return (in_scope(f) || objected) && !f->elsewhere && f->clause &&
	       f->clause->sure == NP_PRIMARY && f->counted == NP_PRIMARY;
}

bool np_function_is(const char *function, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(function, prefix, n) == 0 &&
	       (function[n] == '\0' || function[n] == '/');
}

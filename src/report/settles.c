/* SPDX-License-Identifier: ISC */
#include "report/writer.h"

const char *np_settles(const struct np_device *d)
{
	if (d->middlebox != NP_NO_MAKER)
		return "whether a box on the path answered in its name: "
		       "compare this answer's TTL with that of its other "
		       "answers";
	switch (d->sure) {
	case NP_CONFIRMED:
		return "nothing is open";
	case NP_PROBABLE:
		return "a second statement of another kind: its SNMP engine "
		       "id, LLDP on its link, or the label";
	case NP_POSSIBLE:
		return "a statement of its own firmware (SNMP sysDescr, LLDP "
		       "system description), or the label on the box";
	case NP_DISPUTED:
		return "the label on the box: two makers are named by equally "
		       "good statements";
	case NP_UNKNOWN:
		break;
	}
	return "any statement of its own: poll SNMP, capture LLDP on its "
	       "link, or read the label";
}

bool np_same_fact(const struct np_kept_claim *a, const struct np_kept_claim *b)
{
	return a->field == b->field && a->at == b->at &&
	       memcmp(a->sighting, b->sighting, NP_ID) == 0;
}

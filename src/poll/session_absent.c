/* SPDX-License-Identifier: ISC */
/* In a build without net-snmp: says what is missing. */
#include "poll/session.h"

const char *np_snmp_version(void)
{
	return NULL;
}

int np_snmp_open(const struct np_snmp_peer *peer, struct np_snmp **ret,
		 struct np_err *reterr)
{
	(void)peer;
	*ret = NULL;
	return np_fail(reterr, NP_EABSENT,
		       "this build has no net-snmp (libsnmp-dev)", NULL, 0);
}

enum np_snmp_answer np_snmp_discover(struct np_snmp *s)
{
	(void)s;
	return NP_SNMP_SILENT;
}

unsigned np_snmp_cost(const struct np_snmp *s)
{
	(void)s;
	return 1;
}

enum np_snmp_answer np_snmp_get(struct np_snmp *s, const struct np_oid *oids,
				size_t n, np_snmp_row_fn *fn, void *ctx)
{
	(void)s, (void)oids, (void)n, (void)fn, (void)ctx;
	return NP_SNMP_SILENT;
}

enum np_snmp_answer np_snmp_next(struct np_snmp *s, const struct np_oid *oid,
				 unsigned rows, np_snmp_row_fn *fn, void *ctx)
{
	(void)s, (void)oid, (void)rows, (void)fn, (void)ctx;
	return NP_SNMP_SILENT;
}

void np_snmp_close(struct np_snmp *s)
{
	(void)s;
}

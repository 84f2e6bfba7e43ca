/* SPDX-License-Identifier: ISC */
/*
 * Names of objects. A walk that was made with the MIBs at hand writes
 * "SNMPv2-MIB::sysDescr.0" or ".iso.org.dod.internet.mgmt.mib-2.system…": the
 * last word tells, and arcs follow it. Only what is read has to be known.
 */
#include "document/walk.h"
#include <ctype.h>
#include <stdio.h>

static const struct {
	const char *word, *oid;
} names[] = {
	/* RFC 2578 */
	{"ccitt", "0"},
	{"iso", "1"},
	{"org", "1.3"},
	{"dod", "1.3.6"},
	{"internet", "1.3.6.1"},
	{"mgmt", "1.3.6.1.2"},
	{"mib-2", "1.3.6.1.2.1"},
	{"transmission", "1.3.6.1.2.1.10"},
	{"private", "1.3.6.1.4"},
	{"enterprises", "1.3.6.1.4.1"},
	{"snmpV2", "1.3.6.1.6"},
	{"snmpModules", "1.3.6.1.6.3"},
	{"cisco", "1.3.6.1.4.1.9"},
	{"netSnmpAgentOIDs", "1.3.6.1.4.1.8072.3.2"},
	{"linux", "1.3.6.1.4.1.8072.3.2.10"},
	{"freebsd", "1.3.6.1.4.1.8072.3.2.8"},
	{"solaris", "1.3.6.1.4.1.8072.3.2.3"},
	{"win32", "1.3.6.1.4.1.8072.3.2.13"},
	/* SNMPv2-MIB, SNMP-FRAMEWORK-MIB, IF-MIB, IP-MIB, BRIDGE-MIB */
	{"system", "1.3.6.1.2.1.1"},
	{"sysDescr", "1.3.6.1.2.1.1.1"},
	{"sysObjectID", "1.3.6.1.2.1.1.2"},
	{"sysName", "1.3.6.1.2.1.1.5"},
	{"sysLocation", "1.3.6.1.2.1.1.6"},
	{"snmpEngineID", "1.3.6.1.6.3.10.2.1.1"},
	{"ifDescr", "1.3.6.1.2.1.2.2.1.2"},
	{"ifType", "1.3.6.1.2.1.2.2.1.3"},
	{"ifPhysAddress", "1.3.6.1.2.1.2.2.1.6"},
	{"ifName", "1.3.6.1.2.1.31.1.1.1.1"},
	{"ipAdEntAddr", "1.3.6.1.2.1.4.20.1.1"},
	{"dot1dBaseBridgeAddress", "1.3.6.1.2.1.17.1.1"},
	/* ENTITY-MIB */
	{"entPhysicalDescr", "1.3.6.1.2.1.47.1.1.1.1.2"},
	{"entPhysicalContainedIn", "1.3.6.1.2.1.47.1.1.1.1.4"},
	{"entPhysicalClass", "1.3.6.1.2.1.47.1.1.1.1.5"},
	{"entPhysicalFirmwareRev", "1.3.6.1.2.1.47.1.1.1.1.9"},
	{"entPhysicalSoftwareRev", "1.3.6.1.2.1.47.1.1.1.1.10"},
	{"entPhysicalSerialNum", "1.3.6.1.2.1.47.1.1.1.1.11"},
	{"entPhysicalMfgName", "1.3.6.1.2.1.47.1.1.1.1.12"},
	{"entPhysicalModelName", "1.3.6.1.2.1.47.1.1.1.1.13"},
	/* LLDP-MIB, LLDP-EXT-MED-MIB */
	{"lldpLocChassisIdSubtype", "1.0.8802.1.1.2.1.3.1"},
	{"lldpLocChassisId", "1.0.8802.1.1.2.1.3.2"},
	{"lldpLocSysName", "1.0.8802.1.1.2.1.3.3"},
	{"lldpLocSysDesc", "1.0.8802.1.1.2.1.3.4"},
	{"lldpLocPortIdSubtype", "1.0.8802.1.1.2.1.3.7.1.2"},
	{"lldpLocPortId", "1.0.8802.1.1.2.1.3.7.1.3"},
	{"lldpLocPortDesc", "1.0.8802.1.1.2.1.3.7.1.4"},
	{"lldpRemChassisIdSubtype", "1.0.8802.1.1.2.1.4.1.1.4"},
	{"lldpRemChassisId", "1.0.8802.1.1.2.1.4.1.1.5"},
	{"lldpRemPortIdSubtype", "1.0.8802.1.1.2.1.4.1.1.6"},
	{"lldpRemPortId", "1.0.8802.1.1.2.1.4.1.1.7"},
	{"lldpRemPortDesc", "1.0.8802.1.1.2.1.4.1.1.8"},
	{"lldpRemSysName", "1.0.8802.1.1.2.1.4.1.1.9"},
	{"lldpRemSysDesc", "1.0.8802.1.1.2.1.4.1.1.10"},
	{"lldpRemManAddrIfSubtype", "1.0.8802.1.1.2.1.4.2.1.3"},
	{"lldpXMedLocHardwareRev", "1.0.8802.1.1.2.1.5.4795.1.2.2"},
	{"lldpXMedLocFirmwareRev", "1.0.8802.1.1.2.1.5.4795.1.2.3"},
	{"lldpXMedLocSoftwareRev", "1.0.8802.1.1.2.1.5.4795.1.2.4"},
	{"lldpXMedLocSerialNum", "1.0.8802.1.1.2.1.5.4795.1.2.5"},
	{"lldpXMedLocMfgName", "1.0.8802.1.1.2.1.5.4795.1.2.6"},
	{"lldpXMedLocModelName", "1.0.8802.1.1.2.1.5.4795.1.2.7"},
	{"lldpXMedRemHardwareRev", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.1"},
	{"lldpXMedRemFirmwareRev", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.2"},
	{"lldpXMedRemSoftwareRev", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.3"},
	{"lldpXMedRemSerialNum", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.4"},
	{"lldpXMedRemMfgName", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.5"},
	{"lldpXMedRemModelName", "1.0.8802.1.1.2.1.5.4795.1.3.3.1.6"},
	/* CISCO-CDP-MIB */
	{"cdpCacheAddress", "1.3.6.1.4.1.9.9.23.1.2.1.1.4"},
	{"cdpCacheVersion", "1.3.6.1.4.1.9.9.23.1.2.1.1.5"},
	{"cdpCacheDeviceId", "1.3.6.1.4.1.9.9.23.1.2.1.1.6"},
	{"cdpCacheDevicePort", "1.3.6.1.4.1.9.9.23.1.2.1.1.7"},
	{"cdpCachePlatform", "1.3.6.1.4.1.9.9.23.1.2.1.1.8"},
	{"cdpCacheSysName", "1.3.6.1.4.1.9.9.23.1.2.1.1.17"},
	{"cdpCacheSysObjectID", "1.3.6.1.4.1.9.9.23.1.2.1.1.18"},
};

static const char *number_of(struct np_cur word)
{
	for (size_t i = 0; i < NP_COUNT(names); i++)
		if (strlen(names[i].word) == word.left &&
		    memcmp(names[i].word, word.p, word.left) == 0)
			return names[i].oid;
	return NULL;
}

/* Arcs and nothing else, without the leading dot. */
static size_t put_arcs(struct np_cur c, char *ret, size_t at)
{
	if (at + c.left + 1 >= NP_WALK_OID)
		return 0;
	for (size_t i = 0; i < c.left; i++)
		if (!isdigit(c.p[i]) && c.p[i] != '.')
			return 0;
	if (c.left)
		memcpy(ret + at, c.p, c.left);
	ret[at + c.left] = '\0';
	return at + c.left;
}

/* Where the last word of letters begins, and its length. */
static struct np_cur last_word(struct np_cur c)
{
	size_t from = 0, to = c.left;

	while (to && (isdigit(c.p[to - 1]) || c.p[to - 1] == '.')) {
		/* "mib-2" ends in a digit, "lldpV2" has one: an arc begins
		 * behind a dot. */
		size_t dot = to;

		while (dot && isdigit(c.p[dot - 1]))
			dot--;
		if (dot && c.p[dot - 1] != '.')
			break;
		to = dot ? dot - 1 : 0;
	}
	for (size_t i = 0; i < to; i++)
		if (c.p[i] == '.' || c.p[i] == ':')
			from = i + 1;
	return np_cur(c.p + from, to - from);
}

size_t np_walk_oid(struct np_cur name, char ret[static NP_WALK_OID])
{
	struct np_cur word;
	const char *oid;
	size_t n;

	name = np_trim(name);
	ret[0] = '\0';
	if (!name.left || name.left >= NP_WALK_OID)
		return 0;
	word = last_word(name);
	if (!word.left) {
		if (*name.p == '.')
			np_skip(&name, 1);
		return put_arcs(name, ret, 0);
	}
	oid = number_of(word);
	if (!oid)
		return 0;
	n = strlen(oid);
	memcpy(ret, oid, n);
	np_skip(&name, (size_t)(word.p - name.p) + word.left);
	return put_arcs(name, ret, n);
}

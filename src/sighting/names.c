/* SPDX-License-Identifier: ISC */
/* The words of the waist: keys, scopes, fields. */
#include "sighting/sighting.h"

static const char *const keykinds[NP_KEY__MAX] = {
	[NP_KEY_NONE] = "none",
	[NP_KEY_MAC] = "mac",
	[NP_KEY_IP] = "ip",
	[NP_KEY_SERIAL] = "serial",
	[NP_KEY_ENGINE_ID] = "engine_id",
	[NP_KEY_CHASSIS_ID] = "chassis_id",
	[NP_KEY_NAME] = "name",
	[NP_KEY_OID] = "oid",
	[NP_KEY_ONT] = "ont",
	[NP_KEY_CELL] = "cell",
	[NP_KEY_HOSTKEY] = "hostkey",
	[NP_KEY_CLOCK] = "clock",
};

static const char *const owners[] = {"unknown", "operator", "subscriber"};
static const char *const scopes[] = {"self", "peer", "third"};
static const char *const reaches[] = {"link", "bridged", "routed", "relayed"};
static const char *const origins[] = {"field", "laboratory", "constructed"};
static const char *const units[] = {"frame", "stream", "document"};

const char *np_keykind_name(enum np_keykind k)
{
	return k < NP_KEY__MAX ? keykinds[k] : "none";
}

const char *np_owner_name(enum np_owner o)
{
	return o < NP_COUNT(owners) ? owners[o] : owners[0];
}

const char *np_scope_name(enum np_scope s)
{
	return s < NP_COUNT(scopes) ? scopes[s] : scopes[NP_THIRD];
}

const char *np_reach_name(enum np_reach r)
{
	return r < NP_COUNT(reaches) ? reaches[r] : reaches[NP_RELAYED];
}

const char *np_origin_name(enum np_origin o)
{
	return o < NP_COUNT(origins) ? origins[o] : origins[0];
}

const char *np_unit_name(enum np_unit u)
{
	return u < NP_COUNT(units) ? units[u] : units[NP_IN_FRAME];
}

static int find(const char *const *list, size_t n, const char *s, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == len && memcmp(list[i], s, len) == 0)
			return (int)i;
	return -1;
}

int np_keykind_find(const char *s, size_t n)
{
	return find(keykinds, NP_KEY__MAX, s, n);
}

int np_owner_find(const char *s, size_t n)
{
	return find(owners, NP_COUNT(owners), s, n);
}

int np_scope_find(const char *s, size_t n)
{
	return find(scopes, NP_COUNT(scopes), s, n);
}

int np_reach_find(const char *s, size_t n)
{
	return find(reaches, NP_COUNT(reaches), s, n);
}

int np_origin_find(const char *s, size_t n)
{
	return find(origins, NP_COUNT(origins), s, n);
}

int np_unit_find(const char *s, size_t n)
{
	return find(units, NP_COUNT(units), s, n);
}

const struct np_field *np_field_of(uint16_t id)
{
	unsigned proto = id >> 8, index = id & 0xff;

	if (proto >= NP_NSPEAKERS || index >= np_protos[proto]->nfields)
		return NULL;
	return &np_protos[proto]->fields[index];
}

/* Each fact of each sighting comes here: snprintf() would be half of what its
 * id costs. */
const char *np_field_text(uint16_t id, char buf[static 64])
{
	const struct np_field *f = np_field_of(id);
	const char *part[] = {f ? np_protos[id >> 8]->name : "?", ".",
			      f ? f->name : "?"};
	size_t n = 0;

	for (size_t i = 0; i < NP_COUNT(part); i++)
		for (const char *p = part[i]; *p && n < 63; p++)
			buf[n++] = *p;
	buf[n] = '\0';
	return buf;
}

int np_field_find(const char *name, size_t n)
{
	const char *dot = memchr(name, '.', n);

	if (!dot)
		return -1;
	size_t head = (size_t)(dot - name), tail = n - head - 1;
	int proto = np_proto_find(name, head);

	if (proto < 0)
		return -1;
	for (size_t i = 0; i < np_protos[proto]->nfields; i++) {
		const char *f = np_protos[proto]->fields[i].name;

		if (strlen(f) == tail && memcmp(f, dot + 1, tail) == 0)
			return np_field_id((unsigned)proto, (unsigned)i);
	}
	return -1;
}

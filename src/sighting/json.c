/* SPDX-License-Identifier: ISC */
/* Sightings as JSON lines (contract, section 2). */
#include "core/utf8.h"
#include "sighting/sighting.h"
#include <cjson/cJSON.h>
#include <math.h>

static void put_subject(const struct np_sighting *s, struct np_buf *b)
{
	np_puts(b, "\"subject\":{");
	for (size_t i = 0; i < s->nkeys;) {
		size_t end = i + 1;

		while (end < s->nkeys && s->keys[end].kind == s->keys[i].kind)
			end++;
		if (i)
			np_putc(b, ',');
		np_putjsons(b, np_keykind_name(s->keys[i].kind));
		np_puts(b, end - i > 1 ? ":[" : ":");
		for (size_t k = i; k < end; k++) {
			if (k > i)
				np_putc(b, ',');
			np_putjson(b, s->keys[k].v, s->keys[k].n);
		}
		if (end - i > 1)
			np_putc(b, ']');
		i = end;
	}
	np_putc(b, '}');
}

static void put_fact(const struct np_sighting *s, const struct np_fact *f,
		     struct np_buf *b)
{
	char name[64];

	np_puts(b, "{\"field\":");
	np_putjsons(b, np_field_text(f->field, name));
	np_puts(b, ",\"value\":");
	np_putjson(b, f->v, f->n);
	np_putf(b, ",\"unit\":\"%s\",\"at\":%u", np_unit_name(s->unit), f->at);
	np_puts(b, ",\"hex\":");
	/* A NUL would end the string for many a reader. */
	if (np_utf8_ok(f->v, f->n) && !memchr(f->v, 0, f->n)) {
		np_puts(b, "null}");
		return;
	}
	np_putc(b, '"');
	np_puthex(b, f->v, f->n);
	np_puts(b, "\"}");
}

static void put_time(const char *name, int64_t t, struct np_buf *b)
{
	char text[40];

	np_putf(b, ",\"%s\":", name);
	np_putjsons(b, t == NP_NEVER ? NULL : np_time_text(t, text));
}

void np_sighting_says(const struct np_sighting *s, struct np_buf *b)
{
	np_puts(b, "\"proto\":");
	np_putjsons(b, np_protos[s->proto]->name);
	np_putc(b, ',');
	put_subject(s, b);
	np_putf(b,
		",\"owner\":\"%s\",\"scope\":\"%s\",\"reach\":\"%s\","
		"\"depth\":%u,\"vlan\":[",
		np_owner_name(s->owner), np_scope_name(s->scope),
		np_reach_name(s->reach), s->depth);
	for (size_t i = 0; i < s->nvlan; i++)
		np_putf(b, i ? ",%u" : "%u", s->vlan[i]);
	np_puts(b, "],\"facts\":[");
	for (size_t i = 0; i < s->nfacts; i++) {
		if (i)
			np_putc(b, ',');
		put_fact(s, &s->facts[i], b);
	}
	np_puts(b, s->partial ? "],\"partial\":true" : "],\"partial\":false");
}

void np_sighting_json(const struct np_sighting *s, struct np_buf *b)
{
	np_puts(b, "{\"record\":\"sighting\",\"schema\":"
		   "\"nameplate.sighting/1\",\"id\":\"");
	np_puthex(b, s->id, NP_ID);
	np_putf(b, "\",\"source\":%u,", s->seen.source);
	np_sighting_says(s, b);
	np_putf(b, ",\"segment\":%u", s->seen.segment);
	put_time("first", s->seen.first, b);
	put_time("last", s->seen.last, b);
	np_putf(b, ",\"count\":%llu,\"place\":%llu}",
		(unsigned long long)s->seen.count,
		(unsigned long long)s->seen.place);
}

/* ------------------------------------------------------------- reading */

static const char *text_of(const cJSON *o, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));
}

/* A non-negative integer up to max, -1 otherwise. */
static int64_t number_of(const cJSON *o, const char *name, double max)
{
	const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, name);

	if (!cJSON_IsNumber(x) || !(x->valuedouble >= 0) ||
	    x->valuedouble > max || floor(x->valuedouble) != x->valuedouble)
		return -1;
	return (int64_t)x->valuedouble;
}

static bool time_of(const cJSON *o, const char *name, int64_t *ret)
{
	const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, name);

	*ret = NP_NEVER;
	return !x || cJSON_IsNull(x) ||
	       (cJSON_IsString(x) && np_time_read(x->valuestring, ret));
}

static bool parse_key(struct np_arena *mem, const cJSON *k, const cJSON *v,
		      struct np_sighting *s)
{
	int kind = np_keykind_find(k->string, strlen(k->string));

	if (kind <= 0 || !cJSON_IsString(v) || s->nkeys == NP_MAX_KEYS)
		return false;
	size_t n = strlen(v->valuestring);
	struct np_key *to = &s->keys[s->nkeys];

	to->kind = (enum np_keykind)kind;
	to->n = n;
	to->v = np_copystr(mem, v->valuestring, n);
	s->nkeys++;
	return n && n <= NP_MAX_VALUE && to->v;
}

static bool parse_subject(struct np_arena *mem, const cJSON *subject,
			  struct np_sighting *s)
{
	const cJSON *k, *v;

	if (!cJSON_IsObject(subject))
		return false;
	cJSON_ArrayForEach(k, subject)
	{
		if (!cJSON_IsArray(k)) {
			if (!parse_key(mem, k, k, s))
				return false;
			continue;
		}
		cJSON_ArrayForEach(v, k)
		{
			if (!parse_key(mem, k, v, s))
				return false;
		}
	}
	return true;
}

static int nibble(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

static bool unhex(const char *s, uint8_t *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int hi = nibble(s[2 * i]), lo = nibble(s[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		to[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

static bool parse_fact(struct np_arena *mem, const cJSON *x,
		       struct np_sighting *s)
{
	const char *name = text_of(x, "field"), *value = text_of(x, "value");
	const char *hex = text_of(x, "hex"), *unit = text_of(x, "unit");
	int64_t at = number_of(x, "at", UINT32_MAX);
	int field = name ? np_field_find(name, strlen(name)) : -1;

	if (field < 0 || !value || at < 0 || s->nfacts == NP_MAX_FACTS)
		return false;
	size_t n = hex ? strlen(hex) / 2 : strlen(value);
	uint8_t *v = n && n <= NP_MAX_VALUE ? np_alloc(mem, n) : NULL;

	if (!v)
		return false;
	if (!hex)
		memcpy(v, value, n);
	else if (strlen(hex) % 2 || !unhex(hex, v, n))
		return false;
	int in = unit ? np_unit_find(unit, strlen(unit)) : NP_IN_FRAME;

	if (in > NP_IN_FRAME)
		s->unit = (enum np_unit)in;
	s->facts[s->nfacts++] = (struct np_fact){
		.field = (uint16_t)field,
		.at = (uint32_t)at,
		.v = v,
		.n = n,
	};
	return true;
}

static bool parse_context(const cJSON *o, struct np_sighting *s)
{
	const char *proto = text_of(o, "proto"), *owner = text_of(o, "owner");
	const char *scope = text_of(o, "scope"), *reach = text_of(o, "reach");
	int64_t depth = number_of(o, "depth", UINT8_MAX);
	const cJSON *v;

	if (!proto || !owner || !scope || !reach || depth < 0)
		return false;
	int p = np_proto_find(proto, strlen(proto));
	int w = np_owner_find(owner, strlen(owner));
	int c = np_scope_find(scope, strlen(scope));
	int r = np_reach_find(reach, strlen(reach));

	if (p < 0 || w < 0 || c < 0 || r < 0)
		return false;
	s->proto = (uint16_t)p;
	s->owner = (enum np_owner)w;
	s->scope = (enum np_scope)c;
	s->reach = (enum np_reach)r;
	s->depth = (uint8_t)depth;
	cJSON_ArrayForEach(v, cJSON_GetObjectItemCaseSensitive(o, "vlan"))
	{
		if (!cJSON_IsNumber(v) || v->valueint < 0 ||
		    v->valueint > 4095 || s->nvlan == NP_MAX_VLANS)
			return false;
		s->vlan[s->nvlan++] = (uint16_t)v->valueint;
	}
	return true;
}

static bool parse_seen(const cJSON *o, struct np_sighting *s)
{
	const double max = 9007199254740992.0; /* 2^53: exact in a double */
	int64_t source = number_of(o, "source", UINT32_MAX);
	int64_t segment = number_of(o, "segment", UINT32_MAX);
	int64_t count = number_of(o, "count", max);
	int64_t place = number_of(o, "place", max);

	if (source < 0 || segment < 0 || count < 0 || place < 0 ||
	    !time_of(o, "first", &s->seen.first) ||
	    !time_of(o, "last", &s->seen.last))
		return false;
	s->seen.source = (uint32_t)source;
	s->seen.segment = (uint32_t)segment;
	s->seen.count = (uint64_t)count;
	s->seen.place = (uint64_t)place;
	return true;
}

static bool parse(struct np_arena *mem, const cJSON *o, struct np_sighting *s)
{
	const char *id = text_of(o, "id");
	const cJSON *x;

	*s = (struct np_sighting){0};
	if (!id || strlen(id) != 2 * NP_ID || !unhex(id, s->id, NP_ID) ||
	    !parse_context(o, s) || !parse_seen(o, s) ||
	    !parse_subject(mem, cJSON_GetObjectItemCaseSensitive(o, "subject"),
			   s))
		return false;
	cJSON_ArrayForEach(x, cJSON_GetObjectItemCaseSensitive(o, "facts"))
	{
		if (!parse_fact(mem, x, s))
			return false;
	}
	s->partial =
		cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "partial"));
	return s->nfacts > 0;
}

int np_sighting_parse(const char *line, size_t n, struct np_arena *mem,
		      struct np_sighting *ret, struct np_err *reterr)
{
	cJSON *o = cJSON_ParseWithLength(line, n);
	bool ok = o && parse(mem, o, ret);

	cJSON_Delete(o);
	return ok ? NP_OK
		  : np_fail(reterr, NP_EINPUT,
			    "not a line of nameplate.sighting/1", NULL, 0);
}

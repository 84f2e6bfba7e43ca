/* SPDX-License-Identifier: ISC */
/*
 * Sightings by hand, for the tests of the fold: what a box is heard saying, and
 * what is claimed from it; and everything that came out of a fold as one text.
 */
#ifndef NP_TESTS_BOXES_H
#define NP_TESTS_BOXES_H
#include "core/hash.h"
#include "device/device.h"

enum { NOBODY, HUAWEI, ZTE, CISCO, H3C, ERICSSON, HIKVISION, FUJITSU, DEVICE };
/* Independence groups: what one firmware says in several protocols is one. */
enum { G_OUI = 1, G_TEXT, G_SSH, G_ENGINE, G_CWMP, G_OTHER, G_NAME };

struct heard {
	struct np_sighting s;
	struct np_claims c;
	char mem[4096]; /* texts */
	size_t used;
};

static inline const char *keep_text(struct heard *t, const char *v)
{
	size_t n = strlen(v) + 1;
	char *to = t->mem + t->used;

	if (n > sizeof(t->mem) - t->used)
		abort();
	memcpy(to, v, n);
	t->used += n;
	return to;
}

static inline struct heard *hear(struct heard *t, enum np_scope scope,
				 enum np_reach reach)
{
	memset(&t->s, 0, sizeof(t->s));
	t->c.n = 0;
	t->used = 0;
	t->s.scope = scope;
	t->s.reach = reach;
	t->s.seen = (struct np_occurrence){.source = 1,
					   .first = 1000,
					   .last = 2000,
					   .count = 1,
					   .place = 1};
	return t;
}

static inline int key_cmp(const struct np_key *a, const struct np_key *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int d = memcmp(a->v, b->v, a->n < b->n ? a->n : b->n);

	return d ? d : (a->n > b->n) - (a->n < b->n);
}

/* Sorted and without repetition, as seal() gives them. */
static inline void key(struct heard *t, enum np_keykind kind, const char *v)
{
	struct np_key k = {.kind = kind, .v = keep_text(t, v), .n = strlen(v)};
	size_t i = t->s.nkeys;

	for (; i; i--) {
		int d = key_cmp(&t->s.keys[i - 1], &k);

		if (!d)
			return;
		if (d < 0)
			break;
	}
	memmove(&t->s.keys[i + 1], &t->s.keys[i], (t->s.nkeys - i) * sizeof(k));
	t->s.keys[i] = k;
	t->s.nkeys++;
}

static inline void fact(struct heard *t, const char *field, const char *v)
{
	int id = np_field_find(field, strlen(field));

	if (id < 0) /* no such field: the test is wrong */
		abort();
	t->s.facts[t->s.nfacts++] = (struct np_fact){
		.field = (uint16_t)id,
		.at = (uint32_t)(14 + t->s.nfacts * 8),
		.v = (const uint8_t *)keep_text(t, v),
		.n = strlen(v),
	};
}

/* From the fact said last. */
static inline struct np_claim *claim(struct heard *t, enum np_what what,
				     uint16_t maker, enum np_grade grade,
				     uint16_t group, const char *value)
{
	struct np_claim *c = &t->c.v[t->c.n++];

	*c = (struct np_claim){
		.what = what,
		.grade = grade,
		.maker = maker,
		.group = group,
		.fact = (uint16_t)(t->s.nfacts - 1),
		.rule = group == G_OUI ? "oui" : "test/rule",
		.value = value,
	};
	return c;
}

static inline struct np_claim *maker(struct heard *t, uint16_t who,
				     enum np_grade grade, uint16_t group)
{
	return claim(t, NP_W_MAKER, who, grade, group, NULL);
}

static inline int add(struct np_fold *f, struct heard *t)
{
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);

	if (!h)
		abort();
	np_sighting_id(&t->s, h, t->s.id);
	np_hasher_free(h);
	return np_fold_add(f, &t->s, &t->c);
}

/* A station that was heard sending, with its block's owner. */
static inline int station(struct np_fold *f, const char *mac, uint16_t who)
{
	struct heard t;

	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "ethernet.source", mac);
	key(&t, NP_KEY_MAC, mac);
	if (who)
		maker(&t, who, NP_E3, G_OUI);
	return add(f, &t);
}

static inline int arp(struct np_fold *f, const char *mac, const char *ip,
		      uint16_t who)
{
	struct heard t;

	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "arp.sender_mac", mac);
	key(&t, NP_KEY_MAC, mac);
	if (who)
		maker(&t, who, NP_E3, G_OUI);
	fact(&t, "arp.sender_ip", ip);
	key(&t, NP_KEY_IP, ip);
	return add(f, &t);
}

/* What an agent at that address says of itself. */
static inline int descr(struct np_fold *f, const char *ip, const char *text,
			uint16_t who, const char *model)
{
	struct heard t;

	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "snmp.sys_descr", text);
	key(&t, NP_KEY_IP, ip);
	if (who)
		maker(&t, who, NP_E4, G_TEXT)->settable = true;
	if (model)
		claim(&t, NP_W_MODEL, who, NP_E4, G_TEXT, model);
	return add(f, &t);
}

static inline int engine(struct np_fold *f, const char *ip, const char *id,
			 uint16_t who)
{
	struct heard t;

	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "snmp.engine_id", id);
	key(&t, NP_KEY_ENGINE_ID, id);
	if (ip)
		key(&t, NP_KEY_IP, ip);
	if (who)
		maker(&t, who, NP_E5, G_ENGINE);
	return add(f, &t);
}

/* LLDP of a port: chassis, address of the port, serial, name, address. Any may
 * be NULL but the port. */
static inline void lldp(struct heard *t, const char *port, const char *chassis,
			const char *serial, const char *name, const char *ip)
{
	hear(t, NP_SELF, NP_LINK);
	key(t, NP_KEY_MAC, port);
	if (chassis) {
		fact(t, "lldp.chassis_id", chassis);
		key(t, NP_KEY_MAC, chassis);
	}
	if (serial) {
		fact(t, "lldp.med_serial_number", serial);
		key(t, NP_KEY_SERIAL, serial);
	}
	if (name) {
		fact(t, "lldp.system_name", name);
		key(t, NP_KEY_NAME, name);
	}
	if (ip) {
		fact(t, "lldp.management_address", ip);
		key(t, NP_KEY_IP, ip);
	}
	if (!t->s.nfacts)
		fact(t, "lldp.port_id", "1");
}

/* ---- asking */

/* The device that has this key; NULL for none, or for more than one. */
static inline const struct np_device *with_key(const struct np_devices *all,
					       const char *v)
{
	const struct np_device *found = NULL;
	unsigned n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct np_arena mem = np_arena((size_t)16 << 20);
		struct np_evidence e;

		if (np_device_evidence(all, &all->v[i], &mem, &e))
			abort();
		for (size_t k = 0; k < e.nkeys; k++)
			if (e.keys[k].n == strlen(v) &&
			    memcmp(e.keys[k].v, v, e.keys[k].n) == 0) {
				found = &all->v[i];
				n++;
			}
		np_arena_free(&mem);
	}
	return n == 1 ? found : NULL;
}

/* ---- everything as text */

static inline void dump_claim(const struct np_kept_claim *c, struct np_buf *b)
{
	np_putf(b, "%d E%d m%u g%u f%u %d%d%d %d%d%d%d %s=%s \"", c->what,
		c->grade, c->maker, c->group, c->field, c->scope, c->reach,
		c->owner, c->settable, (int)c->unit, c->computer, c->lowered,
		c->rule, c->value ? c->value : "-");
	np_put(b, c->text, c->text_n);
	np_putf(b, "\" @%u %u/%u %lld..%lld x%llu #%llu ", c->at,
		c->seen.source, c->seen.segment, (long long)c->seen.first,
		(long long)c->seen.last, (unsigned long long)c->seen.count,
		(unsigned long long)c->seen.place);
	np_puthex(b, c->sighting, 8);
	np_putc(b, '\n');
}

static inline void dump_evidence(const struct np_evidence *e, struct np_buf *b)
{
	for (size_t i = 0; i < e->nkeys; i++) {
		np_putf(b, " key %s=", np_keykind_name(e->keys[i].kind));
		np_put(b, e->keys[i].v, e->keys[i].n);
		np_putc(b, '\n');
	}
	for (size_t i = 0; i < e->nclaims; i++) {
		np_puts(b, " claim ");
		dump_claim(&e->claims[i], b);
	}
	for (size_t i = 0; i < e->ncontradictions; i++) {
		np_puts(b, " against ");
		dump_claim(&e->contradictions[i], b);
	}
	for (size_t i = 0; i < e->nsightings; i++) {
		np_puts(b, " sighting ");
		np_puthex(b, e->sightings[i], NP_ID);
		np_putc(b, '\n');
	}
}

static inline const char *dash(const char *v)
{
	return v ? v : "-";
}

static inline void dump_device(const struct np_devices *all,
			       const struct np_device *d, struct np_buf *b)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_evidence e;

	np_putf(b, "%s m%u r%u x%u %s o%d g%d n%d s%u %lld..%lld\n", d->id,
		d->maker, d->rival, d->middlebox, np_sure_name(d->sure),
		d->owner, d->origin, d->neighbour, d->site, (long long)d->first,
		(long long)d->last);
	np_putf(b, " %s|%s|%s|%s|%s|%s|%s\n", dash(d->brand), dash(d->model),
		dash(d->family), dash(d->version), dash(d->serial), dash(d->os),
		dash(d->function));
	for (size_t i = 0; i < d->ncomponents; i++)
		np_putf(b, " part m%u %s %s %s\n", d->components[i].maker,
			np_sure_name(d->components[i].sure),
			dash(d->components[i].model), d->components[i].rule);
	if (np_device_evidence(all, d, &mem, &e))
		abort();
	if (e.nsightings != d->nsightings)
		abort();
	dump_evidence(&e, b);
	np_arena_free(&mem);
}

static inline void dump(const struct np_devices *d, struct np_buf *b)
{
	for (size_t i = 0; i < d->n; i++)
		dump_device(d, &d->v[i], b);
	for (size_t i = 0; i < d->ncrowds; i++)
		np_putf(b, "crowd m%u %s %s s%u: %llu\n", d->crowds[i].maker,
			np_sure_name(d->crowds[i].sure),
			dash(d->crowds[i].model), d->crowds[i].site,
			(unsigned long long)d->crowds[i].n);
	np_putf(b, "subscribers %llu, dropped %llu\n",
		(unsigned long long)d->subscribers,
		(unsigned long long)d->dropped_by_limit);
}
#endif

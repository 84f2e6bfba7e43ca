/* SPDX-License-Identifier: ISC */
/*
 * Keys: how they are kept, and what each is good for when sightings are joined
 * (reference sections 49 and 50). An address of 48 or 32 bits is its own
 * record; other values are texts.
 *
 * A key that is unique in one network only carries NP_KEY_SCOPED; one that
 * means something on one link only (RFC 4007 zone) or inside one tunnel gets
 * that link's tags and depth behind a "%", which nobody is shown.
 */
#include "core/hash.h"
#include "device/inside.h"
#include <arpa/inet.h>

#define LOCAL_BIT ((uint64_t)0x02 << 40)
#define GROUP_BIT ((uint64_t)0x01 << 40)

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool np_key_read_mac(const char *v, size_t n, uint64_t *ret)
{
	uint64_t mac = 0;

	if (n != 17)
		return false;
	for (size_t i = 0; i < 17; i += 3) {
		int hi = hex(v[i]), lo = hex(v[i + 1]);

		if (hi < 0 || lo < 0 || (i < 15 && v[i + 2] != ':'))
			return false;
		mac = mac << 8 | (unsigned)(hi << 4 | lo);
	}
	*ret = mac;
	return true;
}

/* Octets of hex text. */
static size_t read_hex(const char *v, size_t n, uint8_t *to, size_t room)
{
	if (n % 2 || n / 2 > room)
		return 0;
	for (size_t i = 0; i < n; i += 2) {
		int hi = hex(v[i]), lo = hex(v[i + 1]);

		if (hi < 0 || lo < 0)
			return 0;
		to[i / 2] = (uint8_t)(hi << 4 | lo);
	}
	return n / 2;
}

static unsigned weigh_mac(uint64_t mac)
{
	if (!mac || mac & GROUP_BIT)
		return NP_KEY_SHARED | NP_KEY_NOTHING;
	if (np_shared_mac(mac))
		return NP_KEY_SHARED | NP_KEY_SCOPED;
	/* Locally administered (IEEE 802 8.4): two networks may use the same.
	 */
	return mac & LOCAL_BIT ? NP_KEY_SCOPED : 0;
}

static bool within(uint32_t ip, uint32_t net, unsigned bits)
{
	return (ip ^ net) >> (32 - bits) == 0;
}

/* IANA's special-purpose registries (RFC 6890). */
static unsigned weigh_ip4(uint32_t ip)
{
	static const struct {
		uint32_t net;
		unsigned bits;
	} local[] = {
		{0x0a000000, 8},  {0xac100000, 12}, {0xc0a80000, 16},
		{0x64400000, 10}, {0xa9fe0000, 16}, {0xc0000000, 24},
		{0xc0000200, 24}, {0xc6336400, 24}, {0xcb007100, 24},
		{0xc6120000, 15},
	};

	if (within(ip, 0, 8) || within(ip, 0x7f000000, 8) || ip >= 0xe0000000)
		return NP_KEY_SHARED | NP_KEY_NOTHING;
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		if (within(ip, local[i].net, local[i].bits))
			return NP_KEY_SCOPED;
	return 0;
}

static unsigned weigh_ip6(const char *v, size_t n)
{
	static const uint8_t documentation[] = {0x20, 0x01, 0x0d, 0xb8};
	char text[INET6_ADDRSTRLEN];
	uint8_t ip[16];

	if (n >= sizeof(text))
		return NP_KEY_SHARED | NP_KEY_NOTHING;
	memcpy(text, v, n);
	text[n] = '\0';
	if (inet_pton(AF_INET6, text, ip) != 1 || ip[0] == 0xff ||
	    strcmp(text, "::") == 0 || strcmp(text, "::1") == 0)
		return NP_KEY_SHARED | NP_KEY_NOTHING;
	/* Global unicast is what IANA has given out of 2000::/3. */
	if (ip[0] >> 5 != 1 || memcmp(ip, documentation, 4) == 0)
		return NP_KEY_SCOPED;
	return 0;
}

/* RFC 3411 section 5, SnmpEngineID: only an engine that is named by its MAC
 * address is one agent for sure; random and textual ones are copied about. */
static unsigned weigh_engine(const char *v, size_t n)
{
	uint8_t id[32];
	uint64_t mac = 0;

	if (read_hex(v, n, id, sizeof(id)) != 11 || !(id[0] & 0x80) ||
	    id[4] != 3)
		return NP_KEY_SHARED | NP_KEY_SCOPED;
	for (size_t i = 5; i < 11; i++)
		mac = mac << 8 | id[i];
	if (weigh_mac(mac) & NP_KEY_SHARED)
		return NP_KEY_SHARED | NP_KEY_SCOPED;
	return 0;
}

void np_key_weigh(struct np_key_record *k, const char *text, size_t n)
{
	unsigned flags = 0;

	switch ((enum np_keykind)k->kind) {
	case NP_KEY_MAC:
		flags = k->form == NP_KF_MAC
				? weigh_mac((uint64_t)k->b << 32 | k->a)
				: NP_KEY_SHARED | NP_KEY_NOTHING;
		break;
	case NP_KEY_IP:
		flags = k->form == NP_KF_IP4 ? weigh_ip4(k->a)
					     : weigh_ip6(text, n);
		break;
	case NP_KEY_SERIAL:
		if (np_shared_serial(text, n))
			flags = NP_KEY_SHARED | NP_KEY_SCOPED;
		break;
	case NP_KEY_ENGINE_ID:
		flags = weigh_engine(text, n);
		break;
	case NP_KEY_CHASSIS_ID: /* not an address: a name somebody chose */
	case NP_KEY_NAME:
		flags = NP_KEY_SCOPED;
		if (np_shared_name(text, n))
			flags |= NP_KEY_SHARED;
		break;
	case NP_KEY_HOSTKEY:
	case NP_KEY_CLOCK:
	case NP_KEY_ONT:
	case NP_KEY_CELL:
		break;
	case NP_KEY_OID:
	case NP_KEY_NONE:
	case NP_KEY__MAX:
		flags = NP_KEY_SHARED | NP_KEY_NOTHING;
		break;
	}
	k->flags |= (uint8_t)flags;
}

enum np_stage np_key_stage(const struct np_key_record *k)
{
	if (k->flags & NP_KEY_SHARED)
		return NP_ST_NEVER;
	switch ((enum np_keykind)k->kind) {
	case NP_KEY_SERIAL:
		return NP_ST_SERIAL;
	case NP_KEY_ENGINE_ID:
		return NP_ST_ENGINE;
	case NP_KEY_MAC:
		return k->flags & NP_KEY_CHASSIS ? NP_ST_CHASSIS : NP_ST_MAC;
	case NP_KEY_CLOCK:
		return NP_ST_MAC;
	case NP_KEY_IP:
		return NP_ST_IP;
	case NP_KEY_HOSTKEY:
	case NP_KEY_ONT:
	case NP_KEY_CELL:
		return NP_ST_HOST;
	case NP_KEY_CHASSIS_ID:
	case NP_KEY_NAME:
		return NP_ST_NAME;
	case NP_KEY_OID:
	case NP_KEY_NONE:
	case NP_KEY__MAX:
		break;
	}
	return NP_ST_NEVER;
}

unsigned np_key_rank(const struct np_key_record *k)
{
	static const uint8_t rank[NP_KEY__MAX] = {
		[NP_KEY_SERIAL] = 0,	 [NP_KEY_ENGINE_ID] = 1,
		[NP_KEY_HOSTKEY] = 2,	 [NP_KEY_MAC] = 3,
		[NP_KEY_CLOCK] = 4,	 [NP_KEY_ONT] = 5,
		[NP_KEY_CELL] = 6,	 [NP_KEY_IP] = 7,
		[NP_KEY_CHASSIS_ID] = 8, [NP_KEY_NAME] = 9,
		[NP_KEY_OID] = 10,	 [NP_KEY_NONE] = 10,
	};

	return rank[k->kind] * 2u + !!(k->flags & NP_KEY_SCOPED);
}

static bool read_ip4(const char *v, size_t n, uint32_t *ret)
{
	char text[INET_ADDRSTRLEN];
	struct in_addr ip;

	if (n >= sizeof(text) || !n)
		return false;
	memcpy(text, v, n);
	text[n] = '\0';
	if (inet_pton(AF_INET, text, &ip) != 1)
		return false;
	*ret = ntohl(ip.s_addr);
	return true;
}

/* The link, for addresses that mean something there only; the tunnel, for
 * addresses that some network inside may use again. */
static size_t zone_of(const struct np_packed *p, const struct np_sighting *s,
		      char *to, size_t room)
{
	const char *v = p->key->v;
	bool link = p->r.form == NP_KF_IP4
			    ? within(p->r.a, 0xa9fe0000, 16)
			    : p->key->n > 3 && memcmp(v, "fe", 2) == 0 &&
				      strchr("89ab", v[2]);
	size_t n = 0;

	for (size_t i = 0; link && i < s->nvlan && i < NP_MAX_VLANS; i++)
		n += (size_t)snprintf(to + n, room - n, "%%%u", s->vlan[i]);
	if (s->depth &&
	    (p->r.form != NP_KF_IP4 || weigh_ip4(p->r.a) & NP_KEY_SCOPED))
		n += (size_t)snprintf(to + n, room - n, "%%d%u", s->depth);
	return n;
}

static void pack_ip(struct np_packed *p, const struct np_sighting *s)
{
	size_t n = p->key->n, zone = 0;

	if (read_ip4(p->key->v, n, &p->r.a))
		p->r.form = NP_KF_IP4;
	if ((s->nvlan || s->depth) && n < INET6_ADDRSTRLEN)
		zone = zone_of(p, s, p->zoned + n, sizeof(p->zoned) - n);
	if (p->r.form == NP_KF_IP4 && !zone)
		return;
	p->text = p->key->v;
	p->n = n;
	if (!zone)
		return;
	memcpy(p->zoned, p->key->v, n);
	p->text = p->zoned;
	p->n = n + zone;
	p->r.flags |= NP_KEY_ZONED;
}

static uint64_t hash_of(const struct np_fold *f, const struct np_key_record *r)
{
	uint64_t v = (uint64_t)r->b << 32 | r->a;

	v |= (uint64_t)r->kind << 48 | (uint64_t)r->form << 56;
	return np_hash64(&v, sizeof(v), f->seed);
}

bool np_key_pack(const struct np_fold *f, const struct np_key *k,
		 const struct np_sighting *s, struct np_packed *p)
{
	uint64_t mac;

	memset(&p->r, 0, sizeof(p->r));
	p->key = k;
	p->n = 0;
	p->hash = 0;
	/* A longer value cannot be kept whole, and a cut one is another. */
	if (!k->n || k->n > NP_TEXT_MAX || k->kind >= NP_KEY__MAX)
		return false;
	p->r.kind = (uint8_t)k->kind;
	if (k->kind == NP_KEY_MAC && np_key_read_mac(k->v, k->n, &mac)) {
		p->r.form = NP_KF_MAC;
		p->r.a = (uint32_t)mac;
		p->r.b = (uint16_t)(mac >> 32);
	} else if (k->kind == NP_KEY_IP) {
		pack_ip(p, s);
	} else {
		p->text = k->v;
		p->n = k->n;
	}
	if (p->n) {
		p->r.form = NP_KF_TEXT;
		p->hash = np_text_hash(&f->texts, p->text, p->n);
		np_seek_soon(&f->texts.table, p->hash);
	} else {
		p->hash = hash_of(f, &p->r);
		np_seek_soon(&f->key_table, p->hash);
	}
	return true;
}

static uint32_t seek(const struct np_fold *f, const struct np_key_record *r,
		     struct np_seek *s)
{
	uint32_t i;

	while ((i = np_seek_next(&f->key_table, s)) != NP_NIL) {
		const struct np_key_record *x = np_pool_at(&f->keys, i);

		if (x->a == r->a && x->b == r->b && x->kind == r->kind &&
		    x->form == r->form)
			return i;
	}
	return NP_NIL;
}

static int make_room(struct np_fold *f)
{
	int r = np_table_room(&f->key_table, &f->budget);

	if (r > 0) {
		for (uint32_t i = 0; i < f->keys.n; i++)
			np_table_put(&f->key_table,
				     hash_of(f, np_pool_at(&f->keys, i)), i);
		r = 0;
	}
	return r;
}

uint32_t np_key_find(const struct np_fold *f, const struct np_packed *p)
{
	struct np_key_record r = p->r;

	if (p->n) {
		r.a = np_text_find(&f->texts, p->text, p->n);
		if (r.a == NP_NIL)
			return NP_NIL;
	}
	if (!f->key_table.cap)
		return NP_NIL;
	struct np_seek s = np_seek(&f->key_table, hash_of(f, &r));

	return seek(f, &r, &s);
}

/* The flags come from the text as it was said, so before it gets a zone. */
void np_key_weigh_said(const struct np_key *k, struct np_key_record *r)
{
	struct np_key_record whole = *r;
	uint32_t ip;

	if (k->kind == NP_KEY_IP && read_ip4(k->v, k->n, &ip)) {
		whole.form = NP_KF_IP4;
		whole.a = ip;
	}
	np_key_weigh(&whole, k->v, k->n);
	r->flags |= whole.flags;
}

int np_key_keep(struct np_fold *f, const struct np_packed *p, uint32_t *ret)
{
	struct np_key_record r = p->r;
	uint64_t hash = p->hash;
	int code;

	*ret = NP_NIL;
	if (p->n) {
		code = np_text_keep(&f->texts, p->text, p->n, &r.a);
		if (code)
			return code;
		hash = hash_of(f, &r);
	}
	code = make_room(f);
	if (code)
		return code;
	struct np_seek s = np_seek(&f->key_table, hash);

	*ret = seek(f, &r, &s);
	if (*ret != NP_NIL)
		return 0;
	np_key_weigh_said(p->key, &r);
	code = np_pool_take(&f->keys, 1, ret);
	if (code)
		return code;
	memcpy(np_pool_at(&f->keys, *ret), &r, sizeof(r));
	np_seek_put(&f->key_table, &s, *ret);
	return 0;
}

static size_t render_mac(const struct np_key_record *k, char *to)
{
	static const char digit[] = "0123456789abcdef";
	uint64_t mac = (uint64_t)k->b << 32 | k->a;

	for (size_t i = 0; i < 6; i++) {
		unsigned octet = mac >> (40 - 8 * i) & 255;

		to[3 * i] = digit[octet >> 4];
		to[3 * i + 1] = digit[octet & 15];
		to[3 * i + 2] = i < 5 ? ':' : '\0';
	}
	return 17;
}

static size_t render_ip4(const struct np_key_record *k, char *to)
{
	size_t n = 0;

	for (unsigned shift = 32; shift;) {
		unsigned octet = k->a >> (shift -= 8) & 255;

		if (octet > 99)
			to[n++] = (char)('0' + octet / 100);
		if (octet > 9)
			to[n++] = (char)('0' + octet / 10 % 10);
		to[n++] = (char)('0' + octet % 10);
		to[n++] = shift ? '.' : '\0';
	}
	return n - 1;
}

const char *np_key_text(const struct np_fold *f, const struct np_key_record *k,
			char buf[static 40], size_t *ret_n)
{
	const char *v, *zone;

	if (k->form == NP_KF_MAC || k->form == NP_KF_IP4) {
		*ret_n = k->form == NP_KF_MAC ? render_mac(k, buf)
					      : render_ip4(k, buf);
		return buf;
	}
	v = np_text(&f->texts, k->a, ret_n);
	zone = k->flags & NP_KEY_ZONED ? memchr(v, '%', *ret_n) : NULL;
	if (zone)
		*ret_n = (size_t)(zone - v);
	return v;
}

int np_key_order(const struct np_fold *f, const struct np_key_record *a,
		 const struct np_key_record *b)
{
	unsigned ra = np_key_rank(a), rb = np_key_rank(b);

	if (ra != rb)
		return ra < rb ? -1 : 1;
	if (a->form != b->form)
		return a->form < b->form ? -1 : 1;
	if (a->form == NP_KF_TEXT) {
		size_t na, nb;
		const char *va = np_text(&f->texts, a->a, &na);
		const char *vb = np_text(&f->texts, b->a, &nb);
		int d = memcmp(va, vb, na < nb ? na : nb);

		return d ? (d < 0 ? -1 : 1) : (na > nb) - (na < nb);
	}
	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	return (a->a > b->a) - (a->a < b->a);
}

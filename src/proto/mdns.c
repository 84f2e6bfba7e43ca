/* SPDX-License-Identifier: ISC */
/*
 * Multicast DNS (RFC 6762) with service discovery (RFC 6763): what a device
 * tells of its model in TXT records. A key means a model only under the service
 * that defines it: "md" is one of a Chromecast and a list of formats of a
 * player. The names are people's: they are marked. Questions are not read.
 *
 * Reflectors and sleep proxies send what others said, unchanged. So a record is
 * the sender's own only where the message shows that its host has the sender's
 * address; else it is a third party's, about the host that it names.
 */
#include "proto/proto.h"
#include <strings.h>

enum { MODEL, MANUFACTURER, NAME };

static const struct np_field fields[] = {
	[MODEL] = {"model", NP_TEXT, NP_KEY_NONE, 0,
		   "model, as a TXT record of a service gives it"},
	[MANUFACTURER] = {"manufacturer", NP_TEXT, NP_KEY_NONE, 0,
			  "maker, as a TXT record of a service gives it"},
	[NAME] = {"name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		  "name of the instance that has the device information"},
};

enum { A = 1, TXT = 16, AAAA = 28, SRV = 33 };
enum { MAX_RECORDS = 128, MAX_STRINGS = 64 };

/* Who defines what: RFC 6763 6.4 and its first user; Bonjour Printing 1.2 for
 * printers; AirPlay, Google Cast and the HomeKit accessory protocol. */
static const struct key {
	const char *service;
	const char *name;
	unsigned field;
} keys[] = {
	{"._device-info._tcp.local", "model=", MODEL},
	{"._airplay._tcp.local", "model=", MODEL},
	{"._airplay._tcp.local", "manufacturer=", MANUFACTURER},
	{"._raop._tcp.local", "am=", MODEL},
	{"._googlecast._tcp.local", "md=", MODEL},
	{"._hap._tcp.local", "md=", MODEL},
	{"._hap._udp.local", "md=", MODEL},
	{"._ipp._tcp.local", "ty=", MODEL},
	{"._ipp._tcp.local", "usb_MDL=", MODEL},
	{"._ipp._tcp.local", "usb_MFG=", MANUFACTURER},
	{"._ipps._tcp.local", "ty=", MODEL},
	{"._ipps._tcp.local", "usb_MDL=", MODEL},
	{"._ipps._tcp.local", "usb_MFG=", MANUFACTURER},
	{"._printer._tcp.local", "ty=", MODEL},
	{"._printer._tcp.local", "usb_MDL=", MODEL},
	{"._printer._tcp.local", "usb_MFG=", MANUFACTURER},
	{"._pdl-datastream._tcp.local", "ty=", MODEL},
	{"._pdl-datastream._tcp.local", "usb_MDL=", MODEL},
	{"._pdl-datastream._tcp.local", "usb_MFG=", MANUFACTURER},
	{"._uscan._tcp.local", "ty=", MODEL},
	{"._uscans._tcp.local", "ty=", MODEL},
};

struct record {
	uint16_t type;
	struct np_cur name;
	struct np_cur data; /* of SRV: the host that has the service */
	const uint8_t *at;  /* where it begins */
};

struct records {
	struct record v[MAX_RECORDS];
	size_t n;
	bool ours; /* all hosts in it have the sender's address */
};

/* Whose a record is: the sender's, or that of a host of a name, if any. */
struct subject {
	bool self;
	struct np_cur host;
};

static bool same_name(struct np_cur a, struct np_cur b)
{
	return a.left == b.left &&
	       (!a.left ||
		strncasecmp((const char *)a.p, (const char *)b.p, a.left) == 0);
}

static bool is_of(struct np_cur name, const char *service)
{
	size_t n = strlen(service);

	if (name.left <= n)
		return false;
	np_skip(&name, name.left - n);
	return np_ahead_nocase(name, service);
}

static bool is_address(const struct record *r)
{
	return (r->type == A && r->data.left == 4) ||
	       (r->type == AAAA && r->data.left == 16);
}

static bool senders(const struct np_from *f, struct np_cur host,
		    const struct records *all)
{
	if (!f->src_ip)
		return false;
	for (size_t i = 0; i < all->n; i++)
		if (is_address(&all->v[i]) && same_name(all->v[i].name, host) &&
		    np_same(all->v[i].data, np_cur(f->src_ip, f->ip_len)))
			return true;
	return false;
}

static bool only_senders(const struct np_from *f, const struct records *all)
{
	bool some = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct record *r = &all->v[i];

		if (r->type != SRV && !is_address(r))
			continue;
		if (!senders(f, r->type == SRV ? r->data : r->name, all))
			return false;
		some = true;
	}
	return some;
}

static struct subject subject_of(const struct np_from *f, struct np_cur name,
				 const struct records *all)
{
	struct subject s = {.host.p = NULL};

	for (size_t i = 0; i < all->n; i++) {
		const struct record *r = &all->v[i];

		if (r->type != SRV || !same_name(r->name, name))
			continue;
		if (s.host.p && !same_name(s.host, r->data))
			return (struct subject){.host.p = NULL};
		s.host = r->data;
	}
	s.self = s.host.p ? senders(f, s.host, all) : all->ours;
	return s;
}

/* Opens a statement about it, unless the open one is. */
static void say(struct np_out *o, struct subject *open, struct subject s,
		const struct records *all)
{
	if (open->self == s.self && (s.self || (open->host.p && s.host.p &&
						same_name(open->host, s.host))))
		return;
	*open = s;
	if (s.self) {
		np_say(o, NP_SELF);
		return;
	}
	np_say_relayed(o);
	for (size_t i = 0; s.host.p && i < all->n; i++)
		if (is_address(&all->v[i]) && same_name(all->v[i].name, s.host))
			np_key(o, NP_KEY_IP, NP_IP, all->v[i].data);
}

/* A queue that a print server gives away (CUPS writes its printer-type): the
 * printer is another box. */
static bool shared_queue(struct np_cur c)
{
	for (int i = 0; i < MAX_STRINGS && c.left; i++)
		if (np_ahead_nocase(np_sub(&c, np_u8(&c)), "printer-type="))
			return true;
	return false;
}

static void read_strings(struct np_out *o, const struct record *r)
{
	struct np_cur c = r->data;

	for (int i = 0; i < MAX_STRINGS && c.left; i++) {
		struct np_cur v = np_sub(&c, np_u8(&c));

		for (size_t k = 0; k < NP_COUNT(keys); k++) {
			if (!np_ahead_nocase(v, keys[k].name) ||
			    !is_of(r->name, keys[k].service))
				continue;
			np_skip(&v, strlen(keys[k].name));
			np_emit(o, keys[k].field, v);
			break;
		}
	}
}

static void read_txt(struct np_out *o, struct subject *open,
		     const struct record *r, const struct records *all)
{
	static const char info[] = "._device-info._tcp.local";
	struct subject s = subject_of(o->from, r->name, all);
	size_t k = 0;

	while (k < NP_COUNT(keys) && !is_of(r->name, keys[k].service))
		k++;
	if (k == NP_COUNT(keys))
		return;
	if (shared_queue(r->data))
		s = (struct subject){.host.p = NULL};
	say(o, open, s, all);
	if (is_of(r->name, info))
		np_emit_made(o, NAME, NP_TEXT, r->name.p,
			     r->name.left - strlen(info), r->at);
	read_strings(o, r);
}

static bool read_record(struct np_out *o, struct np_cur *c,
			struct np_cur message, struct record *ret)
{
	size_t n = 0;

	ret->at = c->p;
	const uint8_t *name = np_dns_name(c, message, o->mem, &n);

	if (!name)
		return false;
	ret->name = np_cur(name, n);
	ret->type = np_be16(c);
	np_skip(c, 2 + 4); /* class, time to live */
	ret->data = np_sub(c, np_be16(c));
	if (ret->data.cut)
		return false;
	if (ret->type != SRV)
		return true;
	np_skip(&ret->data, 6); /* RFC 2782: priority, weight, port */
	name = np_dns_name(&ret->data, message, o->mem, &n);
	ret->data = np_cur(name, n);
	return name;
}

static enum np_verdict read_records(struct np_cur *c, struct np_out *o,
				    struct np_cur message, unsigned n)
{
	struct records all; /* large: only what is filled is looked at */
	struct subject open = {.host.p = NULL};
	bool whole = true;

	all.n = 0;
	while (whole && all.n < n && all.n < MAX_RECORDS) {
		whole = read_record(o, c, message, &all.v[all.n]);
		all.n += whole;
	}
	all.ours = only_senders(o->from, &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].type == TXT)
			read_txt(o, &open, &all.v[i], &all);
	return whole ? NP_DECODED : NP_MALFORMED;
}

static enum np_verdict mdns_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur message = *c;
	size_t n;

	np_skip(c, 2);
	uint16_t flags = np_be16(c), questions = np_be16(c);
	unsigned records = np_be16(c);

	records += np_be16(c);
	records += np_be16(c);
	if (c->cut || flags & 0x7800) /* RFC 6762 18.3: OPCODE is 0 */
		return NP_NOT_MINE;
	if (!(flags & 0x8000))
		return NP_DECODED;
	for (unsigned i = 0; i < questions && i < MAX_RECORDS; i++) {
		if (!np_dns_name(c, message, o->mem, &n))
			return NP_MALFORMED;
		np_skip(c, 4);
	}
	return read_records(c, o, message, records);
}

static const struct np_match match[] = {NP_UDP(5353)};

const struct np_proto np_proto_mdns = {
	.name = "mdns",
	.title = "Multicast DNS service discovery",
	.spec = "RFC 6762, RFC 6763",
	.layer = "service",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = mdns_decode,
};

/* SPDX-License-Identifier: ISC */
/*
 * Hostile octets for one decoder, compiled once for each protocol
 * (-DNP_FUZZ=lldp), then sealed and written as JSON, so that everything left of
 * the waist is hostile to itself. Linked with libFuzzer by tools/fuzz.sh; with
 * its own main it replays files, so the ordinary tests run every input that
 * was ever found.
 *
 * The first octet chooses the carrier: bit 0 stream, bit 1 its end, bit 2 from
 * the client's side, bit 3 IPv6, bit 4 on the link.
 */
#include "../decode.h"
#include "core/hash.h"
#include <stdio.h>
#include <stdlib.h>

#define NAME2(x) np_proto_##x
#define NAME(x) NAME2(x)

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* The first port, ethertype or the like under which it is found. */
static void carrier(struct np_from *f, uint8_t how,
		    const struct np_proto *proto)
{
	static const uint8_t mac[] = {0x00, 0xe0, 0xfc, 1, 2, 3,
				      0x00, 0xd0, 0xd0, 1, 2, 3};
	static const uint8_t ip[] = {0x20, 1,	 0xd,  0xb8, 0,	   0, 0, 0,
				     2,	   0xe0, 0xfc, 0xff, 0xfe, 1, 2, 3,
				     0xff, 2,	 0,    0,    0,	   0, 0, 0,
				     0,	   0,	 0,    0,    0,	   1, 0, 2};
	uint16_t port = 0;

	for (size_t i = 0; i < proto->nmatch && !port; i++)
		if (proto->match[i].on == NP_ON_UDP ||
		    proto->match[i].on == NP_ON_TCP)
			port = (uint16_t)proto->match[i].a;
	*f = (struct np_from){
		.src_mac = mac,
		.dst_mac = mac + 6,
		.reach = how & 16 ? NP_LINK : NP_ROUTED,
		.sport = how & 4 ? 40000 : port,
		.dport = how & 4 ? port : 40000,
		.stream = how & 1,
		.start = true,
		.end = how & 2,
		.ttl = 64,
	};
	if (!(how & 16)) {
		f->src_ip = ip;
		f->dst_ip = ip + 16;
		f->ip_len = how & 8 ? 16 : 4;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct np_proto *const proto = &NAME(NP_FUZZ);
	struct np_from from;
	struct np_sighting s;
	struct np_buf json = np_buf((size_t)1 << 22);
	struct bench *b = malloc(sizeof(*b));
	struct np_noise noise = {.n = 0};

	if (!b || !n) {
		free(b);
		return 0;
	}
	bench_open(b);
	carrier(&from, p[0], proto);
	if (proto->noise)
		proto->noise(np_cur(p + 1, n - 1), &noise);
	(void)bench_decode(b, proto, &from, p + 1, n - 1, 14);
	for (size_t i = 0; i < b->o.nsaid; i++) {
		np_buf_clear(&b->body);
		if (!np_seal(&b->rules, &b->o, i, NP_OWNER_UNKNOWN, false,
			     &b->body, &b->withheld) ||
		    b->body.failed)
			continue;
		if (np_body_read((const uint8_t *)b->body.p, b->body.n, &s) < 0)
			abort(); /* what was sealed can be read */
		s.seen = (struct np_occurrence){.first = NP_NEVER,
						.last = NP_NEVER};
		memset(s.id, 0, sizeof(s.id));
		np_sighting_json(&s, &json);
	}
	np_buf_free(&json);
	bench_close(b);
	free(b);
	return 0;
}

#ifdef NP_REPLAY
int main(int argc, char **argv)
{
	static uint8_t buf[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "re");

		if (!f)
			return 1;
		(void)LLVMFuzzerTestOneInput(buf,
					     fread(buf, 1, sizeof(buf), f));
		(void)fclose(f);
	}
	(void)printf("1..1\nok 1 - %d inputs replayed\n", argc - 1);
	return 0;
}
#endif

/* SPDX-License-Identifier: ISC */
/*
 * The same frames in other clothes: variant KIND IN.pcap OUT.
 *
 * vlan, qinq: one tag, two tags. ip6: IPv4 becomes IPv6 (DHCP and ARP stay).
 * vxlan: every frame in VXLAN over UDP. gre: every IPv4 packet in GRE, the rest
 * as it was. pcapng: another file format.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX 65536u

struct frame {
	uint8_t p[2 * MAX];
	uint32_t n;
};

static void be16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static uint32_t sum(const uint8_t *p, size_t n, uint32_t c)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		c += (uint32_t)p[i] << 8 | p[i + 1];
	return n & 1 ? c + ((uint32_t)p[n - 1] << 8) : c;
}

static uint16_t fold(uint32_t c)
{
	while (c >> 16)
		c = (c & 0xffff) + (c >> 16);
	return (uint16_t)~c;
}

static void insert(struct frame *f, uint32_t at, const void *p, uint32_t n)
{
	memmove(f->p + at + n, f->p + at, f->n - at);
	memcpy(f->p + at, p, n);
	f->n += n;
}

/* One of eight networks by the sender. */
static void tag(struct frame *f, uint16_t type)
{
	uint8_t t[4];

	be16(t, type);
	be16(t + 2, 100u + f->p[11] % 8);
	insert(f, 12, t, 4);
}

static void vlan(struct frame *f)
{
	tag(f, 0x8100);
}

static void qinq(struct frame *f)
{
	tag(f, 0x8100);
	tag(f, 0x88a8);
}

static bool is_ip4(const struct frame *f)
{
	return f->n >= 34 && f->p[12] == 8 && !f->p[13] && f->p[14] == 0x45;
}

/* An IPv4 address as the end of one of IPv6; groups are the link's. */
static void ip6_of(const uint8_t a[4], uint8_t to[16])
{
	memset(to, 0, 16);
	if (a[0] >= 224) {
		be16(to, 0xff02);
		to[15] = a[0] == 255 ? 1 : a[3] == 251 ? 0xfb : 0xc;
		return;
	}
	be16(to, 0xfd00);
	memcpy(to + 12, a, 4);
}

static void ip6(struct frame *f)
{
	uint8_t h[40] = {0x60}, proto = f->p[23];
	uint8_t *l4 = f->p + 34;
	uint32_t n, at = proto == 6 ? 16 : 6;

	if (!is_ip4(f) || (proto != 6 && proto != 17) || f->n < 54)
		return;
	n = ((uint32_t)f->p[16] << 8 | f->p[17]) - 20;
	if (n < 8 || n > f->n - 34 ||
	    (proto == 17 && !l4[0] && (l4[1] == 67 || l4[1] == 68)))
		return;
	be16(h + 4, n);
	h[6] = proto;
	h[7] = f->p[22];
	ip6_of(f->p + 26, h + 8);
	ip6_of(f->p + 30, h + 24);
	be16(l4 + at, 0);
	be16(l4 + at, fold(sum(l4, n, sum(h + 8, 32, n + proto))));
	be16(f->p + 12, 0x86dd);
	memmove(f->p + 54, l4, n);
	memcpy(f->p + 14, h, 40);
	f->n = 54 + n;
}

/* Ethernet and IPv4 of a tunnel between two of four ends. */
static uint32_t outer(uint8_t *h, const struct frame *f, uint8_t proto,
		      uint32_t n)
{
	static const uint8_t macs[] = {2, 0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 1};

	memcpy(h, macs, 12);
	h[5] = f->p[5] % 4;
	h[11] = (uint8_t)(4 + f->p[11] % 4);
	be16(h + 12, 0x0800);
	h[14] = 0x45;
	be16(h + 16, 20 + n);
	be16(h + 20, 0x4000);
	h[22] = 64;
	h[23] = proto;
	memcpy(h + 26, (uint8_t[]){172, 16, 0, h[11], 172, 16, 0, h[5]}, 8);
	be16(h + 24, fold(sum(h + 14, 20, 0)));
	return 34;
}

static void vxlan(struct frame *f)
{
	uint8_t h[50] = {0};
	uint32_t at = outer(h, f, 17, f->n + 16);

	be16(h + at, 49152u + f->p[11]);
	be16(h + at + 2, 4789);
	be16(h + at + 4, f->n + 16);
	h[at + 8] = 8; /* there is a VNI */
	h[at + 14] = (uint8_t)(1 + f->p[11] % 8);
	insert(f, 0, h, sizeof(h));
}

static void gre(struct frame *f)
{
	uint8_t h[38] = {0};

	if (!is_ip4(f))
		return;
	be16(h + outer(h, f, 47, f->n - 14 + 4) + 2, 0x0800);
	memmove(f->p, f->p + 14, f->n - 14);
	f->n -= 14;
	insert(f, 0, h, sizeof(h));
}

static void plain(struct frame *f)
{
	(void)f;
}

static const struct {
	const char *name;
	void (*dress)(struct frame *f);
} kinds[] = {
	{"vlan", vlan},	  {"qinq", qinq}, {"ip6", ip6},
	{"vxlan", vxlan}, {"gre", gre},	  {"pcapng", plain},
};

static bool put(FILE *to, const void *p, size_t n)
{
	return fwrite(p, 1, n, to) == n;
}

/* Section and interface: microseconds, Ethernet. */
static bool begin_pcapng(FILE *to)
{
	const uint32_t h[] = {0x0a0d0d0a, 28,	      0x1a2b3c4d, 1,
			      UINT32_MAX, UINT32_MAX, 28,	  1,
			      20,	  1,	      MAX,	  20};

	return put(to, h, sizeof(h));
}

static bool put_pcapng(FILE *to, const uint32_t r[4], const struct frame *f)
{
	uint64_t t = (uint64_t)r[0] * 1000000 + r[1];
	uint32_t pad = -f->n & 3, n = 32 + f->n + pad;
	const uint32_t h[] = {6,	   n,	 0,   (uint32_t)(t >> 32),
			      (uint32_t)t, f->n, f->n};

	return put(to, h, sizeof(h)) && put(to, f->p, f->n) &&
	       put(to, "\0\0\0", pad) && put(to, &n, 4);
}

static bool put_pcap(FILE *to, const uint32_t r[4], const struct frame *f)
{
	const uint32_t h[] = {r[0], r[1], f->n, f->n};

	return put(to, h, sizeof(h)) && put(to, f->p, f->n);
}

int main(int argc, char **argv)
{
	static struct frame f;
	FILE *in = argc == 4 ? fopen(argv[2], "rb") : NULL;
	FILE *to = in ? fopen(argv[3], "wb") : NULL;
	uint32_t head[6], r[4];
	size_t k = 0;
	bool ok, ng;

	while (argc == 4 && k < 6 && strcmp(kinds[k].name, argv[1]) != 0)
		k++;
	if (!in || !to || k == 6 || fread(head, 1, 24, in) != 24) {
		(void)fputs("variant vlan|qinq|ip6|vxlan|gre|pcapng IN OUT\n",
			    stderr);
		return 2;
	}
	ng = strcmp(argv[1], "pcapng") == 0;
	ok = ng ? begin_pcapng(to) : put(to, head, 24);
	while (ok && fread(r, 1, 16, in) == 16) {
		f.n = r[2];
		ok = f.n >= 14 && f.n <= MAX && fread(f.p, 1, f.n, in) == f.n;
		if (!ok)
			break;
		kinds[k].dress(&f);
		ok = ng ? put_pcapng(to, r, &f) : put_pcap(to, r, &f);
	}
	return fclose(to) == 0 && ok ? 0 : 1;
}

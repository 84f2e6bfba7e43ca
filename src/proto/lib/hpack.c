/* SPDX-License-Identifier: ISC */
/*
 * HPACK (RFC 7541). The Huffman code of appendix B is canonical: codes of one
 * length follow each other in the order of their symbols, so that the number of
 * codes of each length and the symbols in that order are all of it.
 */
#include "proto/lib/hpack.h"

#define LONGEST_CODE 30

static const uint8_t code_counts[LONGEST_CODE + 1] = {
	[5] = 10,  [6] = 26,  [7] = 32,	 [8] = 6,   [10] = 5, [11] = 3,
	[12] = 2,  [13] = 6,  [14] = 2,	 [15] = 3,  [19] = 3, [20] = 8,
	[21] = 13, [22] = 26, [23] = 29, [24] = 12, [25] = 4, [26] = 15,
	[27] = 19, [28] = 29, [30] = 4, /* the fourth is EOS */
};

static const uint8_t code_symbols[256] = {
	48,  49,  50,  97,  99,	 101, 105, 111, 115, 116, 32,  37,  45,	 46,
	47,  51,  52,  53,  54,	 55,  56,  57,	61,  65,  95,  98,  100, 102,
	103, 104, 108, 109, 110, 112, 114, 117, 58,  66,  67,  68,  69,	 70,
	71,  72,  73,  74,  75,	 76,  77,  78,	79,  80,  81,  82,  83,	 84,
	85,  86,  87,  89,  106, 107, 113, 118, 119, 120, 121, 122, 38,	 42,
	44,  59,  88,  90,  33,	 34,  40,  41,	63,  39,  43,  124, 35,	 62,
	0,   36,  64,  91,  93,	 126, 94,  125, 60,  96,  123, 92,  195, 208,
	128, 130, 131, 162, 184, 194, 224, 226, 153, 161, 167, 172, 176, 177,
	179, 209, 216, 217, 227, 229, 230, 129, 132, 133, 134, 136, 146, 154,
	156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190,
	196, 198, 228, 232, 233, 1,   135, 137, 138, 139, 140, 141, 143, 147,
	149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182,
	183, 188, 191, 197, 231, 239, 9,   142, 144, 145, 148, 159, 171, 206,
	215, 225, 236, 237, 199, 207, 234, 235, 192, 193, 200, 201, 202, 205,
	210, 213, 218, 219, 238, 240, 242, 243, 255, 203, 204, 211, 212, 214,
	221, 222, 223, 241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254,
	2,   3,	  4,   5,   6,	 7,   8,   11,	12,  14,  15,  16,  17,	 18,
	19,  20,  21,  23,  24,	 25,  26,  27,	28,  29,  30,  31,  127, 220,
	249, 10,  13,  22};

/* Appendix A. */
static const struct {
	const char *name, *value;
} statics[] = {
	{":authority", ""},
	{":method", "GET"},
	{":method", "POST"},
	{":path", "/"},
	{":path", "/index.html"},
	{":scheme", "http"},
	{":scheme", "https"},
	{":status", "200"},
	{":status", "204"},
	{":status", "206"},
	{":status", "304"},
	{":status", "400"},
	{":status", "404"},
	{":status", "500"},
	{"accept-charset", ""},
	{"accept-encoding", "gzip, deflate"},
	{"accept-language", ""},
	{"accept-ranges", ""},
	{"accept", ""},
	{"access-control-allow-origin", ""},
	{"age", ""},
	{"allow", ""},
	{"authorization", ""},
	{"cache-control", ""},
	{"content-disposition", ""},
	{"content-encoding", ""},
	{"content-language", ""},
	{"content-length", ""},
	{"content-location", ""},
	{"content-range", ""},
	{"content-type", ""},
	{"cookie", ""},
	{"date", ""},
	{"etag", ""},
	{"expect", ""},
	{"expires", ""},
	{"from", ""},
	{"host", ""},
	{"if-match", ""},
	{"if-modified-since", ""},
	{"if-none-match", ""},
	{"if-range", ""},
	{"if-unmodified-since", ""},
	{"last-modified", ""},
	{"link", ""},
	{"location", ""},
	{"max-forwards", ""},
	{"proxy-authenticate", ""},
	{"proxy-authorization", ""},
	{"range", ""},
	{"referer", ""},
	{"refresh", ""},
	{"retry-after", ""},
	{"server", ""},
	{"set-cookie", ""},
	{"strict-transport-security", ""},
	{"transfer-encoding", ""},
	{"user-agent", ""},
	{"vary", ""},
	{"via", ""},
	{"www-authenticate", ""},
};
#define STATICS (sizeof(statics) / sizeof(statics[0]))
_Static_assert(STATICS == 61, "RFC 7541 appendix A");

/* ---------------------------------------------------------------- strings */

/* The symbol of a code of `length` bits, -1 when none is that long. `first` is
 * the least code of that length, `before` how many symbols are shorter. */
static int symbol(uint32_t code, unsigned length, uint32_t first, size_t before)
{
	uint32_t n = code - first;

	if (n >= code_counts[length] || before + n >= sizeof(code_symbols))
		return -1;
	return code_symbols[before + n];
}

struct np_cur np_hpack_huffman(struct np_cur c, struct np_arena *mem)
{
	const struct np_cur broken = {.cut = true};
	/* No code is shorter than 5 bits. */
	size_t room = c.left <= NP_HPACK_STRING_MAX ? c.left * 8 / 5 + 1 : 0;
	uint8_t *out = room ? np_alloc(mem, room) : NULL;
	uint32_t code = 0, first = 0;
	size_t n = 0, before = 0;
	unsigned length = 0;

	if (!out)
		return broken;
	while (c.left) {
		uint8_t octet = np_u8(&c);

		for (unsigned bit = 8; bit--;) {
			code = code << 1 | (octet >> bit & 1u);
			if (++length > LONGEST_CODE)
				return broken;
			first <<= 1;
			int s = symbol(code, length, first, before);

			if (s >= 0) {
				out[n++] = (uint8_t)s;
				code = first = length = 0;
				before = 0;
				continue;
			}
			first += code_counts[length];
			before += code_counts[length];
		}
	}
	/* 5.2: what is over is the beginning of EOS, ones, and no octet. */
	if (length > 7 || code != (1u << length) - 1 || n > NP_HPACK_STRING_MAX)
		return broken;
	return np_cur(out, n);
}

/* 5.1: a prefix of so many bits of an octet that was read; more in octets of
 * seven bits. What does not fit four of them is none of ours. */
static uint32_t integer(struct np_cur *c, uint8_t octet, unsigned prefix)
{
	uint32_t mask = (1u << prefix) - 1, n = octet & mask;

	if (n < mask)
		return n;
	for (unsigned shift = 0; shift < 28; shift += 7) {
		uint8_t b = np_u8(c);

		n += (b & 0x7fu) << shift;
		if (!(b & 0x80))
			return n;
	}
	np_skip(c, SIZE_MAX);
	return 0;
}

static struct np_cur string(struct np_hpack *h, struct np_cur *c)
{
	uint8_t octet = np_u8(c);
	size_t n = integer(c, octet, 7);
	struct np_cur v = np_sub(c, n <= NP_HPACK_STRING_MAX ? n : SIZE_MAX);

	if (octet & 0x80 && !v.cut)
		v = np_hpack_huffman(v, h->mem);
	if (v.cut)
		np_skip(c, SIZE_MAX);
	return v;
}

/* ------------------------------------------------------------------ table */

static size_t cost(const struct np_hpack_field *f)
{
	return f->name.left + f->value.left + NP_HPACK_OVERHEAD;
}

static void shrink(struct np_hpack *h, size_t room)
{
	while (h->n && h->size > room) {
		size_t oldest = (h->newest + NP_HPACK_ENTRIES + 1 - h->n) %
				NP_HPACK_ENTRIES;

		h->size -= cost(&h->table[oldest]);
		h->n--;
	}
}

/* 4.4: what is larger than the table empties it. */
static void add(struct np_hpack *h, struct np_hpack_field f)
{
	size_t n = cost(&f);

	shrink(h, n <= h->room ? h->room - n : 0);
	if (n > h->room)
		return;
	h->newest = (h->newest + 1) % NP_HPACK_ENTRIES;
	h->table[h->newest] = f;
	h->n++;
	h->size += n;
}

/* 2.3.3: the static table, and behind it the dynamic one, newest first. */
static bool indexed(const struct np_hpack *h, size_t i,
		    struct np_hpack_field *ret)
{
	if (i && i <= STATICS) {
		const char *name = statics[i - 1].name;
		const char *value = statics[i - 1].value;

		ret->name = np_cur(name, strlen(name));
		ret->value = np_cur(value, strlen(value));
		return true;
	}
	i -= STATICS + 1;
	if (i >= h->n)
		return false;
	*ret = h->table[(h->newest + NP_HPACK_ENTRIES - i) % NP_HPACK_ENTRIES];
	return true;
}

bool np_hpack_open(struct np_hpack *h, struct np_arena *mem)
{
	*h = (struct np_hpack){.mem = mem, .room = NP_HPACK_TABLE};
	h->table = np_alloc(mem, NP_HPACK_ENTRIES * sizeof(*h->table));
	return h->table;
}

/* ----------------------------------------------------------------- fields */

/* 6.2: a name by its index or as it stands, and a value. */
static bool literal(struct np_hpack *h, struct np_cur *c, uint32_t index,
		    struct np_hpack_field *ret)
{
	if (!index)
		ret->name = string(h, c);
	else if (!indexed(h, index, ret))
		return false;
	ret->value = string(h, c);
	return !c->cut;
}

/* 6.3: sizes of the table stand before the first field of a block. */
static bool resize(struct np_hpack *h, size_t room)
{
	if (room > NP_HPACK_TABLE_MAX)
		return false;
	h->room = room;
	shrink(h, room);
	return true;
}

bool np_hpack_next(struct np_hpack *h, struct np_cur *c,
		   struct np_hpack_field *ret)
{
	const uint8_t *at = c->p;
	bool ok = true;

	while (ok && c->left && (c->p[0] & 0xe0) == 0x20)
		ok = resize(h, integer(c, np_u8(c), 5)) && !c->cut;
	if (ok && !c->left)
		return false;
	if (ok) {
		uint8_t octet = np_u8(c);
		bool keeps = octet & 0x40;

		if (octet & 0x80)
			ok = indexed(h, integer(c, octet, 7), ret);
		else
			ok = literal(h, c, integer(c, octet, keeps ? 6 : 4),
				     ret);
		ok = ok && !c->cut;
		ret->at = at;
		if (ok && !(octet & 0x80) && keeps)
			add(h, *ret);
	}
	if (!ok)
		np_skip(c, SIZE_MAX);
	return ok;
}

/* SPDX-License-Identifier: ISC */
/*
 * An independent checker of sealed dossiers: libc and libsodium, one file, no
 * line shared with nameplate. Whoever doubts the program that made a dossier
 * reads this one, or writes his own; docs/evidence.md says what is checked.
 *
 *	nameplate-verify [-k PUBLIC] [-s SIGNATURE] DOSSIER [SOURCE...]
 *	nameplate-verify [-k PUBLIC] PROOF.json
 *
 * It looks at
 *  1. the signature of the dossier's file (DOSSIER.minisig: minisign's format,
 *     prehashed), over every octet of it;
 *  2. the manifest inside and its signature, the lines of sources and devices
 *     against the roots in it, the hashes of frames against the sources' lines;
 *  3. each source: SHA-256, and where that differs, its frames;
 *  4. instead of a dossier, the proof of one frame.
 *
 * A line for each thing that does not hold. Exit status 0: all holds; 1: not;
 * 2: it could not be checked.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH 32
#define BLOCK 64
#define MARK 4
#define FULL (HASH + BLOCK * MARK)
#define WINDOW ((size_t)320 * 1024) /* of nameplate's readers */
#define FRAME_MAX ((size_t)256 * 1024)
#define PNG_BLOCK_MAX ((size_t)16 * 1024 * 1024)
#define LINE_MAX_N ((size_t)64 * 1024)
#define INTERFACES 65536
#define NAMED 8 /* frames of a source that are named one by one */

struct text {
	const uint8_t *p;
	size_t n;
};

static unsigned long long looked, wrong;

/* What a hostile file calls itself reaches no terminal as it is. */
static void put_safe(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c >= 0x7f)
			(void)printf("\\x%02x", c);
		else
			(void)putchar(c);
	}
}

static void say(bool holds, const char *what, const char *where,
		const char *fmt, ...)
{
	va_list ap;
	char text[512];

	looked++;
	wrong += !holds;
	(void)printf(holds ? "holds           %s " : "DOES NOT HOLD   %s ",
		     what);
	put_safe(where, strlen(where));
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (*text)
		(void)printf("%s", *text == ' ' ? "" : ": ");
	put_safe(text, strlen(text));
	(void)putchar('\n');
}

static void say_hash(const char *what, const char *where, const char *expected,
		     const char *found)
{
	bool same = expected && found && strcmp(expected, found) == 0;

	if (same)
		say(true, what, where, "%s", "");
	else
		say(false, what, where, "expected %s, found %s",
		    expected ? expected : "none", found ? found : "none");
}

static void hex_of(const uint8_t *p, char ret[static 65])
{
	(void)sodium_bin2hex(ret, 65, p, HASH);
}

static struct text whole_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct text t = {NULL, 0};
	struct stat st;
	void *p;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		(void)fprintf(stderr, "nameplate-verify: %s: %s\n", path,
			      fd < 0 ? strerror(errno) : "no file");
		exit(2);
	}
	t.n = (size_t)st.st_size;
	p = t.n ? mmap(NULL, t.n, PROT_READ, MAP_PRIVATE, fd, 0) : (void *)"";
	if (p == MAP_FAILED) {
		(void)fprintf(stderr, "nameplate-verify: %s: %s\n", path,
			      strerror(errno));
		exit(2);
	}
	t.p = p;
	(void)close(fd);
	return t;
}

/* ------------------------------------------------------ minisign's format */

struct key {
	uint8_t id[8], pk[32];
};

/* A line without its end; false: there is none that ends. */
static bool line_of(struct text *t, struct text *ret)
{
	const uint8_t *end = t->n ? memchr(t->p, '\n', t->n) : NULL;

	if (!end)
		return false;
	*ret = (struct text){t->p, (size_t)(end - t->p)};
	t->n -= ret->n + 1;
	t->p = end + 1;
	return true;
}

static bool base64(struct text t, uint8_t *to, size_t n)
{
	const char *end;
	size_t got;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] > 0x7f)
			return false;
	return sodium_base642bin(to, n, (const char *)t.p, t.n, NULL, &got,
				 &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       got == n && end == (const char *)t.p + t.n;
}

static bool key_of(struct text t, struct key *k)
{
	uint8_t all[42];

	if (!base64(t, all, sizeof(all)) || memcmp(all, "Ed", 2) != 0)
		return false;
	memcpy(k->id, all + 2, 8);
	memcpy(k->pk, all + 10, 32);
	return true;
}

/* Why a signature is not this key's over that hash; NULL: it is. The untrusted
 * comment, which nothing signs, has one form in a seal. */
static const char *not_signed(struct text sig, const struct key *k,
			      const uint8_t hash[static 64])
{
	static const char untrusted[] =
		"untrusted comment: nameplate seal, key ";
	static const char trusted[] = "trusted comment: ";
	struct text l[4];
	uint8_t all[74], global[64], *both;
	char id[17], want[80];
	size_t n;
	bool good;

	for (int i = 0; i < 4; i++)
		if (!line_of(&sig, &l[i]))
			return "the signature is cut";
	if (sig.n)
		return "more than a signature";
	if (!base64(l[1], all, sizeof(all)) || !base64(l[3], global, 64) ||
	    memcmp(all, "ED", 2) != 0)
		return "no signature of the kind that is expected";
	if (memcmp(all + 2, k->id, 8) != 0)
		return "made with another key";
	for (int i = 0; i < 8; i++)
		(void)snprintf(id + 2 * i, 3, "%02X", k->id[7 - i]);
	(void)snprintf(want, sizeof(want), "%s%s", untrusted, id);
	if (l[0].n != strlen(want) || memcmp(l[0].p, want, l[0].n) != 0)
		return "its untrusted comment was changed";
	n = sizeof(trusted) - 1;
	if (l[2].n < n || memcmp(l[2].p, trusted, n) != 0)
		return "no trusted comment";
	if (crypto_sign_verify_detached(all + 10, hash, 64, k->pk) != 0)
		return "the signature is not one of this";
	both = malloc(64 + l[2].n);
	if (!both)
		return "out of memory";
	memcpy(both, all + 10, 64);
	memcpy(both + 64, l[2].p + n, l[2].n - n);
	good = crypto_sign_verify_detached(global, both, 64 + l[2].n - n,
					   k->pk) == 0;
	free(both);
	return good ? NULL : "its trusted comment was changed";
}

static const char *not_signed_text(struct text sig, const struct key *k,
				   struct text t)
{
	uint8_t hash[64];

	(void)crypto_generichash(hash, sizeof(hash), t.p, t.n, NULL, 0);
	return not_signed(sig, k, hash);
}

/* ------------------------------------------------- JSON in canonical form */

/* The end of the value at *p, or NULL. */
static const uint8_t *json_end(const uint8_t *p, const uint8_t *end, int depth)
{
	uint8_t close;

	if (p >= end || depth > 32)
		return NULL;
	if (*p == '"') {
		for (p++; p < end && *p != '"'; p++)
			if (*p == '\\')
				p++;
		return p < end ? p + 1 : NULL;
	}
	if (*p != '{' && *p != '[') {
		const uint8_t *at = p;

		while (p < end && !memchr(",]}", *p, 3))
			p++;
		return p > at ? p : NULL;
	}
	close = *p == '{' ? '}' : ']';
	if (++p < end && *p == close)
		return p + 1;
	for (;;) {
		if (close == '}') {
			p = json_end(p, end, depth + 1);
			if (!p || p >= end || *p++ != ':')
				return NULL;
		}
		p = json_end(p, end, depth + 1);
		if (!p || p >= end)
			return NULL;
		if (*p == close)
			return p + 1;
		if (*p++ != ',')
			return NULL;
	}
}

/* The value of a member; n 0: there is none. */
static struct text member(struct text o, const char *name)
{
	const uint8_t *p = o.p, *end = o.p + o.n;
	size_t k = strlen(name);

	if (!o.n || *p++ != '{' || json_end(o.p, end, 0) != end)
		return (struct text){NULL, 0};
	while (p < end && *p == '"') {
		const uint8_t *after = json_end(p, end, 0);
		const uint8_t *value = after + 1;
		const uint8_t *last = json_end(value, end, 0);

		if ((size_t)(after - p) == k + 2 && memcmp(p + 1, name, k) == 0)
			return (struct text){value, (size_t)(last - value)};
		p = last + 1;
	}
	return (struct text){NULL, 0};
}

/* Items of a list, one a call; *at begins with 0. */
static bool item(struct text list, size_t *at, struct text *ret)
{
	const uint8_t *p = list.p + *at, *end = list.p + list.n, *last;

	if (!list.n || *list.p != '[' || !json_end(list.p, end, 0))
		return false;
	p += *at == 0;
	if (p >= end || *p == ']')
		return false;
	last = json_end(p, end, 0);
	*ret = (struct text){p, (size_t)(last - p)};
	last += *last == ',';
	*at = (size_t)(last - list.p);
	return true;
}

static unsigned hex4(const uint8_t *p)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++)
		v = v << 4 |
		    (p[i] <= '9' ? p[i] - '0' : (p[i] | 32) - 'a' + 10);
	return v & 0xffff;
}

/* The octets of a string, NUL behind; NULL: it is none. To be freed. */
static char *string_of(struct text t, size_t *ret_n)
{
	char *out = malloc(t.n + 1), *to = out;

	if (!out || t.n < 2 || *t.p != '"') {
		free(out);
		return NULL;
	}
	for (size_t i = 1; i < t.n - 1; i++) {
		static const char from[] = "bfnrt", is[] = "\b\f\n\r\t";
		const char *e;

		if (t.p[i] != '\\') {
			*to++ = (char)t.p[i];
			continue;
		}
		i++;
		e = strchr(from, t.p[i]);
		if (t.p[i] == 'u' && i + 4 < t.n - 1) {
			/* canonical: control characters alone */
			*to++ = (char)hex4(t.p + i + 1);
			i += 4;
		} else {
			*to++ = e ? is[e - from] : (char)t.p[i];
		}
	}
	*to = '\0';
	if (ret_n)
		*ret_n = (size_t)(to - out);
	return out;
}

static uint64_t number_of(struct text t)
{
	uint64_t v = 0;

	if (!t.n || t.n > 16)
		return UINT64_MAX;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return UINT64_MAX;
		v = v * 10 + (t.p[i] - '0');
	}
	return v;
}

/* The octets that a string of hexadecimal digits, lower case, stands for. */
static bool octets_of(struct text t, uint8_t *to, size_t max, size_t *ret_n)
{
	if (t.n < 2 || *t.p != '"' || t.n % 2)
		return false;
	for (size_t i = 1; i < t.n - 1; i++)
		if (t.p[i] >= 'A' && t.p[i] <= 'F')
			return false;
	return sodium_hex2bin(to, max, (const char *)t.p + 1, t.n - 2, NULL,
			      ret_n, NULL) == 0 &&
	       *ret_n * 2 == t.n - 2;
}

/* A hash in hexadecimal digits as a text that stays; NULL: there is none. */
static const char *hash_of(struct text o, const char *name, char ret[static 65])
{
	struct text t = member(o, name);

	if (t.n != 66 || *t.p != '"')
		return NULL;
	memcpy(ret, t.p + 1, 64);
	ret[64] = '\0';
	return ret;
}

/* ------------------------------------------- SQLite's file, to read alone */

struct db {
	struct text file;
	size_t page, usable;
};

struct value {
	uint64_t type; /* SQLite's serial type */
	const uint8_t *p;
	size_t n;
};

typedef void row_fn(void *ctx, uint64_t rowid, const struct value *v, int n);

static uint64_t be(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	while (n--)
		v = v << 8 | *p++;
	return v;
}

static const uint8_t *varint(const uint8_t *p, const uint8_t *end, uint64_t *v)
{
	*v = 0;
	for (int i = 0; i < 9 && p < end; i++, p++) {
		if (i == 8) {
			*v = *v << 8 | *p;
			return p + 1;
		}
		*v = *v << 7 | (*p & 0x7f);
		if (!(*p & 0x80))
			return p + 1;
	}
	return NULL;
}

static const uint8_t *page_at(const struct db *d, uint64_t number)
{
	if (!number || number > d->file.n / d->page)
		return NULL;
	return d->file.p + (number - 1) * d->page;
}

/* A cell's payload, with what lies on overflow pages; to be freed. */
static uint8_t *payload(const struct db *d, const uint8_t *p,
			const uint8_t *end, uint64_t n)
{
	size_t u = d->usable, most = u - 35, least = (u - 12) * 32 / 255 - 23;
	size_t k = least + (size_t)((n - least) % (u - 4)), here;
	uint8_t *all;
	uint64_t next, got;

	here = n <= most ? (size_t)n : k <= most ? k : least;
	if (n > d->file.n || (size_t)(end - p) < here + (n > most ? 4 : 0))
		return NULL;
	all = malloc(n ? n : 1);
	if (!all)
		return NULL;
	memcpy(all, p, here);
	next = n > most ? be(p + here, 4) : 0;
	for (got = here; got < n;) {
		const uint8_t *page = page_at(d, next);
		size_t part = n - got < u - 4 ? (size_t)(n - got) : u - 4;

		if (!page) {
			free(all);
			return NULL;
		}
		memcpy(all + got, page + 4, part);
		next = be(page, 4);
		got += part;
	}
	return all;
}

#define COLUMNS 8

static bool record(const uint8_t *p, uint64_t n, uint64_t rowid, row_fn *fn,
		   void *ctx)
{
	static const uint8_t size[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
	const uint8_t *end = p + n, *head, *body;
	struct value v[COLUMNS];
	uint64_t head_n;
	int columns = 0;

	head = varint(p, end, &head_n);
	if (!head || head_n > n)
		return false;
	body = p + head_n;
	for (const uint8_t *h = head; h < p + head_n && columns < COLUMNS;) {
		struct value *x = &v[columns++];
		uint64_t len;

		h = varint(h, p + head_n, &x->type);
		if (!h)
			return false;
		len = x->type >= 12  ? (x->type - 12) / 2
		      : x->type <= 9 ? size[x->type]
				     : 0;
		if (len > (uint64_t)(end - body))
			return false;
		x->p = body;
		x->n = (size_t)len;
		body += len;
	}
	fn(ctx, rowid, v, columns);
	return true;
}

static bool leaf_cell(const struct db *d, const uint8_t *cell,
		      const uint8_t *end, row_fn *fn, void *ctx)
{
	uint64_t n, rowid;
	uint8_t *all;
	bool good;

	cell = varint(cell, end, &n);
	cell = cell ? varint(cell, end, &rowid) : NULL;
	all = cell ? payload(d, cell, end, n) : NULL;
	good = all && record(all, n, rowid, fn, ctx);
	free(all);
	return good;
}

/* Every row of a table, in order. */
static bool rows(const struct db *d, uint64_t root, int depth, row_fn *fn,
		 void *ctx)
{
	const uint8_t *page = page_at(d, root), *head, *end;
	size_t cells, at;
	bool leaf, good = true;

	if (!page || depth > 20)
		return false;
	head = page + (root == 1 ? 100 : 0);
	end = page + d->usable;
	leaf = *head == 0x0d;
	if (!leaf && *head != 0x05)
		return false;
	cells = (size_t)be(head + 3, 2);
	at = leaf ? 8 : 12;
	if (head + at + 2 * cells > end)
		return false;
	for (size_t i = 0; i < cells && good; i++) {
		size_t off = (size_t)be(head + at + 2 * i, 2);

		if (off + 4 > d->usable)
			return false;
		good = leaf ? leaf_cell(d, page + off, end, fn, ctx)
			    : rows(d, be(page + off, 4), depth + 1, fn, ctx);
	}
	return good && (leaf || rows(d, be(head + 8, 4), depth + 1, fn, ctx));
}

static bool open_db(struct text file, struct db *d)
{
	if (file.n < 512 || memcmp(file.p, "SQLite format 3", 16) != 0)
		return false;
	d->file = file;
	d->page = (size_t)be(file.p + 16, 2);
	d->page = d->page == 1 ? 65536 : d->page;
	d->usable = d->page - file.p[20];
	return d->page >= 512 && d->usable >= 480 && file.n >= d->page;
}

struct finding {
	const char *name;
	uint64_t root;
};

static void find_table(void *ctx, uint64_t rowid, const struct value *v, int n)
{
	struct finding *f = ctx;

	(void)rowid;
	if (n >= 4 && v[0].n == 5 && memcmp(v[0].p, "table", 5) == 0 &&
	    v[1].n == strlen(f->name) && memcmp(v[1].p, f->name, v[1].n) == 0 &&
	    v[3].n <= 8)
		f->root = be(v[3].p, v[3].n);
}

static bool table(const struct db *d, const char *name, row_fn *fn, void *ctx)
{
	struct finding f = {name, 0};

	return rows(d, 1, 0, find_table, &f) && f.root &&
	       rows(d, f.root, 0, fn, ctx);
}

/* ---------------------------------------------------------- hash trees */

struct tree {
	uint64_t n;
	uint8_t level[64][HASH];
};

static void leaf_hash(const void *p, size_t n, uint8_t out[static HASH])
{
	crypto_hash_sha256_state st;

	(void)crypto_hash_sha256_init(&st);
	(void)crypto_hash_sha256_update(&st, (const uint8_t *)"\0", 1);
	(void)crypto_hash_sha256_update(&st, p, n);
	(void)crypto_hash_sha256_final(&st, out);
}

static void node_hash(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
	uint8_t both[1 + 2 * HASH] = {1};

	memcpy(both + 1, left, HASH);
	memcpy(both + 1 + HASH, right, HASH);
	(void)crypto_hash_sha256(out, both, sizeof(both));
}

static void tree_add(struct tree *t, const uint8_t leaf[static HASH])
{
	uint8_t x[HASH];
	unsigned level = 0;

	memcpy(x, leaf, HASH);
	for (uint64_t k = t->n++; k & 1; k >>= 1)
		node_hash(t->level[level++], x, x);
	memcpy(t->level[level], x, HASH);
}

static void tree_root(const struct tree *t, uint8_t out[static HASH])
{
	bool have = false;

	(void)crypto_hash_sha256(out, (const uint8_t *)"", 0);
	for (unsigned i = 0; i < 64; i++) {
		if (!(t->n >> i & 1))
			continue;
		if (have)
			node_hash(t->level[i], out, out);
		else
			memcpy(out, t->level[i], HASH);
		have = true;
	}
}

/* RFC 9162, 2.1.3.2. */
static bool climb(uint64_t at, uint64_t n, const uint8_t (*path)[HASH],
		  size_t npath, uint8_t hash[static HASH])
{
	uint64_t last = n - 1;

	if (at >= n)
		return false;
	for (size_t i = 0; i < npath; i++) {
		if (!last)
			return false;
		if (at & 1 || at == last) {
			node_hash(path[i], hash, hash);
			while (at && !(at & 1)) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			node_hash(hash, path[i], hash);
		}
		at >>= 1;
		last >>= 1;
	}
	return !last;
}

/* ----------------------------------------------- frames of a source's file */

struct frames {
	struct text file;
	size_t at;    /* where the next record begins */
	size_t begun; /* where the last one began: behind the one before */
	enum { LINES, PCAP, PCAPNG, SNOOP } is;
	bool big;
	uint32_t minor, fcs;
	uint32_t snaplen[INTERFACES], nifs, fcs_of[INTERFACES];
	struct text frame;
};

static uint32_t u32(const struct frames *f, size_t at)
{
	const uint8_t *p = f->file.p + at;

	return f->big ? (uint32_t)be(p, 4)
		      : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
				(uint32_t)p[1] << 8 | p[0];
}

static uint16_t u16(const struct frames *f, size_t at)
{
	const uint8_t *p = f->file.p + at;

	return f->big ? (uint16_t)be(p, 2) : (uint16_t)(p[1] << 8 | p[0]);
}

/* Why its frames cannot be gone through; NULL: they can. */
static const char *open_frames(struct text file, struct frames *f)
{
	static const struct {
		const char *magic;
		size_t n;
	} packed[] = {{"\x1f\x8b", 2},
		      {"BZh", 3},
		      {"\xfd"
		       "7zXZ",
		       5},
		      {"\x28\xb5\x2f\xfd", 4},
		      {"\x04\x22\x4d\x18", 4}};
	uint32_t magic;

	memset(f, 0, sizeof(*f));
	f->file = file;
	for (size_t i = 0; i < sizeof(packed) / sizeof(*packed); i++)
		if (file.n >= packed[i].n &&
		    memcmp(file.p, packed[i].magic, packed[i].n) == 0)
			return "it is packed: nameplate verify names the frame";
	magic = file.n >= 4 ? (uint32_t)be(file.p, 4) : 0;
	f->big = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
	if ((f->big || magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1) &&
	    file.n >= 24) {
		uint32_t word = u32(f, 20);

		if (u16(f, 4) != 2 || u16(f, 6) > 4)
			return "a pcap of an unknown version";
		f->is = PCAP;
		f->minor = u16(f, 6);
		f->fcs = word & 0x04000000 ? (word >> 28) * 2 : 0;
		f->at = 24;
	} else if (magic == 0x0a0d0d0a) {
		f->is = PCAPNG;
	} else if (file.n >= 16 &&
		   memcmp(file.p, "snoop\0\0\0\0\0\0\2", 12) == 0) {
		f->is = SNOOP;
		f->at = 16;
	}
	return NULL;
}

static void trim(struct frames *f, uint32_t wire_n, uint32_t fcs)
{
	if (fcs <= wire_n && f->frame.n > wire_n - fcs)
		f->frame.n = wire_n - fcs;
}

static bool next_pcap(struct frames *f)
{
	size_t left = f->file.n - f->at;
	uint32_t n, wire_n;

	if (left < 16)
		return false;
	n = u32(f, f->at + 8);
	wire_n = u32(f, f->at + 12);
	if (f->minor < 3 || (f->minor == 3 && n > wire_n)) {
		uint32_t swap = n;

		n = wire_n;
		wire_n = swap;
	}
	if (n > FRAME_MAX || n > left - 16)
		return false;
	f->frame = (struct text){f->file.p + f->at + 16, n};
	trim(f, wire_n < n ? n : wire_n, f->fcs);
	f->at += 16 + n;
	return true;
}

static bool next_snoop(struct frames *f)
{
	size_t left = f->file.n - f->at;
	const uint8_t *p = f->file.p + f->at;
	uint32_t n, all;

	if (left < 24)
		return false;
	n = (uint32_t)be(p + 4, 4);
	all = (uint32_t)be(p + 8, 4);
	if (all < 24 || n > all - 24 || n > FRAME_MAX || all > WINDOW ||
	    left < 24 + n)
		return false;
	f->frame = (struct text){p + 24, n};
	f->at += left < all ? left : all;
	return true;
}

/* What an interface says of its frames: how long they may be, and how much of
 * each is a check sequence (option if_fcslen). */
static void interface(struct frames *f, size_t at, uint32_t length)
{
	size_t end = at + length - 4, o = at + 16;

	if (length < 20 || f->nifs == INTERFACES)
		return;
	f->snaplen[f->nifs] = u32(f, at + 12);
	f->fcs_of[f->nifs] = 0;
	while (o + 4 <= end) {
		uint16_t code = u16(f, o), n = u16(f, o + 2);

		if (!code || o + 4 + n > end)
			break;
		if (code == 13 && n == 1)
			f->fcs_of[f->nifs] = f->file.p[o + 4];
		o += 4 + ((n + 3u) & ~3u);
	}
	f->nifs++;
}

/* A packet block's frame; false: it is broken. */
static bool packet(struct frames *f, uint32_t type, size_t at, uint32_t length)
{
	size_t head = type == 3 ? 12 : 28, body = length - 12;
	uint32_t id = 0, n, wire_n;

	if (body < head - 8)
		return false;
	wire_n = u32(f, at + (type == 3 ? 8 : 24));
	if (type == 3) {
		n = wire_n < body - 4 ? wire_n : (uint32_t)(body - 4);
		if (!f->nifs)
			return false;
		if (f->snaplen[0] && n > f->snaplen[0])
			n = f->snaplen[0];
	} else {
		id = type == 2 ? u16(f, at + 8) : u32(f, at + 8);
		n = u32(f, at + 20);
	}
	if (id >= f->nifs || n > body - (head - 8))
		return false;
	if (wire_n < n)
		wire_n = n;
	f->frame = (struct text){f->file.p + at + head,
				 n > FRAME_MAX ? FRAME_MAX : n};
	trim(f, wire_n, f->fcs_of[id]);
	return true;
}

static bool next_pcapng(struct frames *f)
{
	while (f->file.n - f->at >= 12) {
		size_t at = f->at, taken;
		uint32_t type = u32(f, at), length;

		if (type == 0x0a0d0d0a) {
			if (be(f->file.p + at + 8, 4) == 0x1a2b3c4d)
				f->big = true;
			else if (be(f->file.p + at + 8, 4) == 0x4d3c2b1a)
				f->big = false;
			else
				return false;
			f->nifs = 0;
		}
		length = u32(f, at + 4);
		if (length < 12 || length % 4 || length > PNG_BLOCK_MAX ||
		    length > f->file.n - at ||
		    u32(f, at + length - 4) != length)
			return false;
		if (type == 1)
			interface(f, at, length);
		/* as much of a record as nameplate holds at once */
		taken = length < WINDOW ? length : WINDOW;
		if (type == 2 || type == 3 || type == 6) {
			if (!packet(f, type, at, length))
				return false;
			f->at += taken;
			if (taken < length)
				f->at = at + length, f->begun = at + taken;
			return true;
		}
		f->at += length;
	}
	return false;
}

static bool next_line(struct frames *f)
{
	size_t n = f->file.n - f->at;
	const uint8_t *p = f->file.p + f->at, *end;

	n = n < LINE_MAX_N ? n : LINE_MAX_N;
	if (!n)
		return false;
	end = memchr(p, '\n', n);
	f->frame = (struct text){p, end ? (size_t)(end - p) + 1 : n};
	f->at += f->frame.n;
	return true;
}

static void mark_of(const struct frames *f, size_t begin, size_t end,
		    const uint8_t *leaf, uint8_t mark[static MARK])
{
	crypto_generichash_state st;
	uint8_t out[32];
	size_t from = leaf ? (size_t)(f->frame.p - f->file.p) : end;
	size_t to = leaf ? from + f->frame.n : end;

	(void)crypto_generichash_init(&st, NULL, 0, 32);
	(void)crypto_generichash_update(&st, f->file.p + begin, from - begin);
	if (to < end)
		(void)crypto_generichash_update(&st, f->file.p + to, end - to);
	if (leaf)
		(void)crypto_generichash_update(&st, leaf, HASH);
	(void)crypto_generichash_final(&st, out, sizeof(out));
	memcpy(mark, out, MARK);
}

static bool next_frame(struct frames *f, uint8_t leaf[static HASH],
		       uint8_t mark[static MARK])
{
	size_t begin = f->begun, end;
	bool have = f->is == PCAP     ? next_pcap(f)
		    : f->is == PCAPNG ? next_pcapng(f)
		    : f->is == SNOOP  ? next_snoop(f)
				      : next_line(f);

	if (!have)
		return false;
	/* a block that exceeds the window ends where the window does */
	end = f->begun != begin ? f->begun : f->at;
	leaf_hash(f->frame.p, f->frame.n, leaf);
	mark_of(f, begin, end, leaf, mark);
	f->begun = end;
	return true;
}

/* ------------------------------------------------------------- sources */

struct source {
	struct text line; /* of its own */
	char *name;
	char sha[65], tree[65];
	uint64_t number, frames;
	uint8_t *blocks;
	size_t nblocks;
};

struct dossier {
	const char *path;
	struct text file, manifest, signature;
	struct source *v;
	size_t n;
	struct tree sources, devices;
};

static struct text copied(const struct value *v)
{
	uint8_t *p = malloc(v->n + 1);

	if (!p)
		exit(2);
	memcpy(p, v->p, v->n);
	p[v->n] = '\0';
	return (struct text){p, v->n};
}

static void take_seal(void *ctx, uint64_t rowid, const struct value *v, int n)
{
	struct dossier *d = ctx;

	if (rowid != 1 || n < 3)
		return;
	d->manifest = copied(&v[1]);
	d->signature = copied(&v[2]);
}

static void take_line(void *ctx, uint64_t rowid, const struct value *v, int n)
{
	struct dossier *d = ctx;
	uint8_t leaf[HASH];
	struct source *s;
	bool source;

	(void)rowid;
	if (n < 3)
		return;
	leaf_hash(v[2].p, v[2].n, leaf);
	source = v[1].n == 6 && memcmp(v[1].p, "source", 6) == 0;
	tree_add(source ? &d->sources : &d->devices, leaf);
	if (!source)
		return;
	s = reallocarray(d->v, d->n + 1, sizeof(*s));
	if (!s)
		exit(2);
	d->v = s;
	s += d->n++;
	memset(s, 0, sizeof(*s));
	s->line = copied(&v[2]);
	s->name = string_of(member(s->line, "name"), NULL);
	s->number = number_of(member(s->line, "number"));
	s->frames = number_of(member(s->line, "frames"));
	(void)hash_of(s->line, "sha256", s->sha);
	(void)hash_of(s->line, "tree", s->tree);
}

static void take_blocks(void *ctx, uint64_t rowid, const struct value *v, int n)
{
	struct dossier *d = ctx;
	uint64_t number;

	(void)rowid;
	if (n < 3)
		return;
	/* types 8 and 9 are 0 and 1 without an octet */
	number = v[1].type == 9 ? 1 : be(v[1].p, v[1].n <= 8 ? v[1].n : 0);
	for (size_t i = 0; i < d->n; i++) {
		struct source *s = &d->v[i];
		uint8_t *p;

		if (s->number != number)
			continue;
		p = realloc(s->blocks, s->nblocks + v[2].n + 1);
		if (!p)
			exit(2);
		memcpy(p + s->nblocks, v[2].p, v[2].n);
		s->blocks = p;
		s->nblocks += v[2].n;
	}
}

/* The hashes of a source's frames against its line. */
static void check_blocks(const struct source *s)
{
	const char *name = s->name ? s->name : "?";
	struct tree t = {0};
	uint8_t out[HASH];
	char want[65], hex[65];
	uint64_t nblocks = (s->frames + BLOCK - 1) / BLOCK;

	if (!s->nblocks && !hash_of(s->line, "blocks", want))
		return;
	(void)crypto_hash_sha256(out, s->blocks, s->nblocks);
	hex_of(out, hex);
	say_hash("hashes of frames", name, hash_of(s->line, "blocks", want),
		 hex);
	if (s->frames > s->nblocks ||
	    s->nblocks != nblocks * HASH + s->frames * MARK + MARK) {
		say(false, "hashes of frames", name, "not of %llu frames",
		    (unsigned long long)s->frames);
		return;
	}
	for (uint64_t i = 0; i < nblocks; i++)
		tree_add(&t, s->blocks + i * FULL);
	tree_root(&t, out);
	hex_of(out, hex);
	say_hash("tree of frames", name, s->tree[0] ? s->tree : NULL, hex);
}

/* How many last parts two paths have in common. */
static int parts_alike(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	int parts = 0;

	while (m && n && a[m - 1] == b[n - 1]) {
		m--;
		n--;
		parts += a[m] == '/';
	}
	return parts + ((!m || a[m - 1] == '/') && (!n || b[n - 1] == '/') &&
			(m || n || *a != '/'));
}

static void differs(const struct source *s, const char *path, const char *sha,
		    const struct frames *f, uint64_t n, uint64_t *count)
{
	if (++*count <= NAMED)
		say(false, "source", path, " %s %llu: expected %s, found %s",
		    f->is == LINES ? "line" : "frame", (unsigned long long)n,
		    s->sha, sha);
}

static void compare_frames(const struct source *s, const char *path,
			   struct text file, const char *sha)
{
	struct frames *f = calloc(1, sizeof(*f));
	struct tree t = {0};
	uint8_t leaf[HASH], mark[MARK], root[HASH];
	uint64_t n = 0, count = 0, before = 0;
	const char *why = f ? open_frames(file, f) : "out of memory";

	if (!why && s->nblocks < MARK)
		why = "no hashes of its frames were kept";
	if (why) {
		say(false, "source", path, "%s: expected %s, found %s", why,
		    s->sha, sha);
		free(f);
		return;
	}
	while (next_frame(f, leaf, mark)) {
		const uint8_t *block = s->blocks + n / BLOCK * FULL;

		if (++n > s->frames) {
			if (n == s->frames + 1)
				differs(s, path, sha, f, n, &count);
			continue;
		}
		if (!t.n)
			before = count;
		tree_add(&t, leaf);
		if (memcmp(mark, block + HASH + (n - 1) % BLOCK * MARK, MARK))
			differs(s, path, sha, f, n, &count);
		if (n % BLOCK && n != s->frames)
			continue;
		tree_root(&t, root);
		if (count == before && memcmp(root, block, HASH) != 0)
			differs(s, path, sha, f, n, &count);
		t.n = 0;
	}
	if (count > NAMED)
		say(false, "source", path, "and %llu more that differ",
		    (unsigned long long)(count - NAMED));
	if (n < s->frames)
		say(false, "source", path, " %s %llu: there are %llu, of %llu",
		    f->is == LINES ? "line" : "frame",
		    (unsigned long long)n + 1, (unsigned long long)n,
		    (unsigned long long)s->frames);
	else if (!count)
		say(false, "source", path,
		    "outside of its frames: expected %s, found %s", s->sha,
		    sha);
	free(f);
}

static void check_source(const struct dossier *d, const char *path)
{
	struct text file = whole_file(path);
	const struct source *best = NULL;
	uint8_t out[HASH];
	char hex[65];
	int rank = 0;

	(void)crypto_hash_sha256(out, file.p, file.n);
	hex_of(out, hex);
	for (size_t i = 0; i < d->n; i++) {
		const struct source *s = &d->v[i];
		const char *name = s->name ? s->name : "";
		int r = strcmp(s->sha, hex) == 0 ? 1 << 20
						 : parts_alike(name, path);

		if (r > rank) {
			rank = r;
			best = s;
		}
	}
	if (rank == 1 << 20)
		say(true, "source", path, "%s", "");
	else if (!best)
		say(false, "source", path, "no source of this dossier");
	else
		compare_frames(best, path, file, hex);
}

/* ------------------------------------------------------------- dossier */

/* The manifest and what it has roots of. */
static void check_manifest(struct dossier *d, const struct key *k)
{
	const char *why = not_signed_text(d->signature, k, d->manifest);
	uint8_t root[HASH];
	char want[65], hex[65];

	say(!why, "manifest's signature", d->path, "%s", why ? why : "");
	tree_root(&d->sources, root);
	hex_of(root, hex);
	say_hash("lines of sources", d->path,
		 hash_of(member(d->manifest, "sources"), "tree", want), hex);
	tree_root(&d->devices, root);
	hex_of(root, hex);
	say_hash("lines of devices", d->path,
		 hash_of(member(d->manifest, "devices"), "tree", want), hex);
	for (size_t i = 0; i < d->n; i++)
		check_blocks(&d->v[i]);
}

/* The key that the manifest names itself. */
static bool named_key(struct text manifest, struct key *k)
{
	struct text t = member(manifest, "signer");

	return t.n == 58 && key_of((struct text){t.p + 1, 56}, k);
}

static void check_dossier(struct dossier *d, const char *signature,
			  struct key *k)
{
	char *beside = NULL;
	const char *why;
	struct db db;
	struct key named;
	bool read = open_db(d->file, &db) && table(&db, "seal", take_seal, d) &&
		    table(&db, "sealed", take_line, d) &&
		    table(&db, "frames", take_blocks, d);

	if (!k && read && named_key(d->manifest, &named) && (k = &named))
		(void)printf("key             the one that the dossier names "
			     "itself: -k PUBLIC tells whose it is\n");
	if (!read || !k || !d->manifest.n) {
		say(false, "dossier", d->path,
		    "it holds no seal that can be read");
		if (!k)
			return;
	}
	if (!signature && asprintf(&beside, "%s.minisig", d->path) < 0)
		exit(2);
	why = not_signed_text(whole_file(signature ? signature : beside), k,
			      d->file);
	say(!why, "file's signature", d->path, "%s", why ? why : "");
	free(beside);
	if (read)
		check_manifest(d, k);
}

/* --------------------------------------------------------------- proof */

static bool path_of(struct text list, uint8_t (*ret)[HASH], size_t *n)
{
	struct text t;
	size_t at = 0, got;

	for (*n = 0; item(list, &at, &t); ++*n)
		if (*n == 64 || t.n != 66 ||
		    !octets_of(t, ret[*n], HASH, &got) || got != HASH)
			return false;
	return true;
}

static void check_path(struct text proof, const char *what, const char *where,
		       const char *path, const void *p, size_t n, uint64_t at,
		       uint64_t of, const char *want)
{
	uint8_t way[64][HASH], hash[HASH];
	char hex[65];
	size_t k;

	leaf_hash(p, n, hash);
	if (at == UINT64_MAX || of == UINT64_MAX ||
	    !path_of(member(proof, path), way, &k) ||
	    !climb(at, of, (const uint8_t(*)[HASH])way, k, hash)) {
		say(false, what, where, "its path leads nowhere");
		return;
	}
	hex_of(hash, hex);
	say_hash(what, where, want, hex);
}

static void check_octets(struct text proof, const char *path, struct text line)
{
	struct text digits = member(proof, "octets");
	uint64_t frame = number_of(member(proof, "frame"));
	uint64_t of = number_of(member(proof, "frames"));
	uint8_t *p = malloc(digits.n + 1);
	char want[65], where[512];
	size_t n = 0;

	if (!p || !frame || of != number_of(member(line, "frames")) ||
	    !octets_of(digits, p, digits.n, &n)) {
		say(false, "frame", path, "it is none");
		free(p);
		return;
	}
	(void)snprintf(where, sizeof(where), "%s frame %llu", path,
		       (unsigned long long)frame);
	check_path(proof, "frame", where, "path", p, n, frame - 1, of,
		   hash_of(line, "tree", want));
	free(p);
}

static void check_proof(const char *path, struct text proof, struct key *k)
{
	char *manifest, *signature, *line, want[65];
	struct key named;
	struct text m = {0}, s = {0}, l = {0}, sources;
	const char *why;

	static const char schema[] = "\"nameplate.proof/1\"";
	struct text is;

	if (proof.n && proof.p[proof.n - 1] == '\n')
		proof.n--;
	is = member(proof, "schema");
	if (is.n != strlen(schema) || memcmp(is.p, schema, is.n) != 0) {
		say(false, "proof", path, "it is none");
		return;
	}
	manifest = string_of(member(proof, "manifest"), &m.n);
	signature = string_of(member(proof, "signature"), &s.n);
	line = string_of(member(proof, "source"), &l.n);
	m.p = (const uint8_t *)manifest;
	s.p = (const uint8_t *)signature;
	l.p = (const uint8_t *)line;
	if (!manifest || !signature || !line ||
	    (!k && !named_key(m, k = &named))) {
		say(false, "proof", path, "it is none");
		return;
	}
	why = not_signed_text(s, k, m);
	say(!why, "manifest's signature", path, "%s", why ? why : "");
	sources = member(m, "sources");
	if (number_of(member(proof, "sources")) !=
	    number_of(member(sources, "count")))
		say(false, "source's line", path, "its numbers are wrong");
	check_path(proof, "source's line", path, "source_path", line, l.n,
		   number_of(member(proof, "source_at")),
		   number_of(member(sources, "count")),
		   hash_of(sources, "tree", want));
	check_octets(proof, path, l);
	free(manifest);
	free(signature);
	free(line);
}

/* ---------------------------------------------------------------- main */

static bool read_key(const char *arg, struct key *k)
{
	struct text t = {(const uint8_t *)arg, strlen(arg)}, l;

	if (t.n == 56 && key_of(t, k))
		return true;
	t = whole_file(arg);
	return line_of(&t, &l) &&
	       (line_of(&t, &l) ? key_of(l, k) : key_of(t, k));
}

static int usage(void)
{
	(void)fputs("usage: nameplate-verify [-k PUBLIC] [-s SIGNATURE] "
		    "DOSSIER [SOURCE...]\n"
		    "       nameplate-verify [-k PUBLIC] PROOF.json\n",
		    stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *signature = NULL;
	struct key key, *k = NULL;
	struct dossier d = {0};
	int c;

	if (sodium_init() < 0)
		return 2;
	while ((c = getopt(argc, argv, "k:s:")) != -1) {
		if (c == 's') {
			signature = optarg;
		} else if (c != 'k') {
			return usage();
		} else if (!read_key(optarg, k = &key)) {
			(void)fprintf(stderr,
				      "nameplate-verify: %s: no public key\n",
				      optarg);
			return 2;
		}
	}
	if (optind >= argc)
		return usage();
	d.path = argv[optind++];
	d.file = whole_file(d.path);
	if (d.file.n && *d.file.p == '{')
		check_proof(d.path, d.file, k);
	else
		check_dossier(&d, signature, k);
	for (; optind < argc; optind++)
		check_source(&d, argv[optind]);
	if (wrong)
		(void)printf("%llu of %llu do not hold\n", wrong, looked);
	else
		(void)printf("%llu things were looked at, and all hold\n",
			     looked);
	return wrong ? 1 : 0;
}

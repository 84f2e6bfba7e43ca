/* SPDX-License-Identifier: ISC */
/* Lines out of the window on the source, whatever their encoding and length. */
#include "core/charset.h"
#include "core/utf8.h"
#include "document/document.h"

/* Lines between signs of life. */
#define ALIVE_EVERY 0xffff

/* What is ready, asking for more than there was when all of it is used up;
 * false at the end. */
static bool ready(struct np_doc *d, struct np_cur *ret)
{
	if (!np_feed_want(d->r, 1))
		return false;
	*ret = np_feed_cur(d->r);
	return true;
}

static void take(struct np_doc *d, size_t n)
{
	d->r->s.at += n;
}

/* A byte order mark, and what the first line tells of the encoding. */
static void begin(struct np_doc *d)
{
	struct np_cur c;

	d->begun = true;
	np_feed_want(d->r, NP_DOCUMENT_HEAD);
	c = np_feed_cur(d->r);
	d->encoding = np_doc_encoding(c);
	if (c.left > NP_DOCUMENT_HEAD)
		c.left = NP_DOCUMENT_HEAD;
	if (d->encoding == NP_UTF8) {
		np_buf_clear(&d->converted);
		d->chinese =
			np_doc_chinese(np_doc_whole_lines(c), &d->converted);
	}
	if (np_ahead(c, "\xef\xbb\xbf", 3))
		take(d, 3);
	else if (np_ahead(c, "\xff\xfe", 2) || np_ahead(c, "\xfe\xff", 2))
		take(d, 2);
}

enum np_encoding np_doc_encoding(struct np_cur head)
{
	if (np_ahead(head, "\xff\xfe", 2))
		return NP_UTF16LE;
	if (np_ahead(head, "\xfe\xff", 2))
		return NP_UTF16BE;
	if (head.left < 4 || (!head.p[0] == !head.p[1]) ||
	    !head.p[0] != !head.p[2] || !head.p[1] != !head.p[3])
		return NP_UTF8;
	return head.p[0] ? NP_UTF16LE : NP_UTF16BE;
}

/* A code point as UTF-8 (RFC 3629, section 3). */
static void put_utf8(struct np_buf *b, uint32_t c)
{
	char v[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint8_t mark[] = {0, 0, 0xc0, 0xe0, 0xf0};

	for (size_t i = n; i-- > 1; c >>= 6)
		v[i] = (char)(0x80 | (c & 0x3f));
	v[0] = (char)(mark[n] | c);
	np_put(b, v, n);
}

void np_doc_utf8(enum np_encoding from, struct np_cur c, struct np_buf *to)
{
	uint32_t high = 0;

	while (c.left >= 2) {
		uint32_t u = from == NP_UTF16LE ? np_le16(&c) : np_be16(&c);

		if (u >= 0xd800 && u < 0xdc00) { /* RFC 2781, section 2.2 */
			high = u;
			continue;
		}
		if (u >= 0xdc00 && u < 0xe000)
			u = high ? 0x10000 + ((high & 0x3ff) << 10) +
					    (u & 0x3ff)
				 : 0xfffd;
		high = 0;
		put_utf8(to, u);
	}
}

struct np_cur np_doc_whole_lines(struct np_cur head)
{
	const uint8_t *end =
		head.left ? memrchr(head.p, '\n', head.left) : NULL;

	return end ? np_cur(head.p, (size_t)(end - head.p) + 1) : head;
}

bool np_doc_chinese(struct np_cur c, struct np_buf *to)
{
	size_t begin = to->n;

	if (np_utf8_ok(c.p, c.left) || !np_charset_utf8(NP_GB18030, c, to))
		return false;
	if (np_charset_chinese(np_cur(to->p + begin, to->n - begin)))
		return true;
	to->n = begin;
	return false;
}

/* A line as it lies -> as UTF-8, where it is known how. */
static struct np_cur convert(struct np_doc *d, struct np_cur line)
{
	struct np_buf *b = &d->converted;

	d->lies = (struct np_cur){.p = NULL};
	if (d->encoding != NP_UTF8 || np_utf8_ok(line.p, line.left))
		return line;
	np_buf_clear(b);
	if (!(d->chinese ? np_charset_utf8(NP_GB18030, line, b)
			 : np_doc_chinese(line, b)))
		return line;
	d->lies = line;
	return np_cur(b->p, b->n);
}

/* Where the line feed of a line in UTF-16 begins; SIZE_MAX: not here. */
static size_t find_wide(struct np_cur c, enum np_encoding e)
{
	size_t low = e == NP_UTF16LE ? 0 : 1;

	for (size_t i = 0; i + 1 < c.left; i += 2)
		if (c.p[i + low] == '\n' && !c.p[i + 1 - low])
			return i;
	return SIZE_MAX;
}

static size_t find_end(const struct np_doc *d, struct np_cur c)
{
	const uint8_t *nl;

	if (d->encoding != NP_UTF8)
		return find_wide(c, d->encoding);
	nl = memchr(c.p, '\n', c.left);
	return nl ? (size_t)(nl - c.p) : SIZE_MAX;
}

/* Whole units of what is there. */
static size_t whole(const struct np_doc *d, size_t n)
{
	return d->encoding == NP_UTF8 ? n : n & ~(size_t)1;
}

static void gather(struct np_doc *d, struct np_cur piece)
{
	if (d->encoding == NP_UTF8)
		np_put(&d->gathered, piece.p, piece.left);
	else
		np_doc_utf8(d->encoding, piece, &d->gathered);
}

/* The line goes on beyond the window: its pieces are put together. */
static bool gather_line(struct np_doc *d, struct np_cur *ret)
{
	struct np_cur c;
	size_t end = SIZE_MAX;

	np_buf_clear(&d->gathered);
	while (end == SIZE_MAX && ready(d, &c)) {
		end = find_end(d, c);
		size_t n = end == SIZE_MAX ? whole(d, c.left) : end;

		gather(d, np_cur(c.p, n));
		take(d, end == SIZE_MAX ? n : n + (d->encoding ? 2u : 1u));
		/* Half a unit at the very end. */
		if (end == SIZE_MAX && !n &&
		    np_feed_want(d->r, c.left + 1) == c.left)
			take(d, c.left);
	}
	if (d->gathered.failed) {
		np_doc_bad(d, "a line over the limit");
		return false;
	}
	*ret = np_cur(d->gathered.p, d->gathered.n);
	return true;
}

/* One line, of which at least one octet is there. */
static bool line(struct np_doc *d, struct np_cur *ret)
{
	struct np_cur c = np_feed_cur(d->r);
	size_t end = d->encoding == NP_UTF8 ? find_end(d, c) : SIZE_MAX;

	if (end == SIZE_MAX)
		return gather_line(d, ret);
	take(d, end + 1);
	*ret = np_cur(c.p, end);
	if (end <= d->gathered.limit)
		return true;
	np_doc_bad(d, "a line over the limit");
	return false;
}

bool np_doc_line(struct np_doc *d, struct np_cur *ret)
{
	struct np_cur c;

	if (!d->begun)
		begin(d);
	while (ready(d, &c)) {
		d->line++;
		d->line_at = np_feed_at(d->r);
		if (!(d->line & ALIVE_EVERY))
			d->host->alive(d->host->ctx);
		if (!line(d, ret))
			continue;
		if (ret->left && ret->p[ret->left - 1] == '\r')
			ret->left--;
		*ret = d->now = convert(d, *ret);
		return true;
	}
	return false;
}

bool np_doc_chunk(struct np_doc *d, struct np_cur *ret)
{
	if (!ready(d, ret))
		return false;
	d->line_at = np_feed_at(d->r);
	d->now = *ret;
	d->lies = (struct np_cur){.p = NULL};
	take(d, ret->left);
	d->host->alive(d->host->ctx);
	return true;
}

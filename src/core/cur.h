/* SPDX-License-Identifier: ISC */
/*
 * A cursor reads untrusted bytes and cannot leave them.
 *
 * Reads return values, so they nest in expressions. A read past the end
 * returns zero, empties the cursor and sets `cut`, for good: every later read
 * returns zero too. Loops on `left` therefore end, and one test of `cut` after
 * a group of reads is enough.
 *
 * np_sub() carves the next n bytes into a cursor of their own: a TLV's value
 * can never read its neighbour. Cursors are small and passed by value to look
 * ahead, by pointer to consume.
 */
#ifndef NP_CUR_H
#define NP_CUR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct np_cur {
	const uint8_t *p;
	size_t left;
	bool cut;
};

static inline struct np_cur np_cur(const void *p, size_t n)
{
	return (struct np_cur){.p = p, .left = n};
}

static inline const uint8_t *np_take(struct np_cur *c, size_t n)
{
	const uint8_t *p = c->p;

	if (n > c->left || c->cut) {
		c->left = 0;
		c->cut = true;
		return NULL;
	}
	c->p += n;
	c->left -= n;
	return p;
}

static inline void np_skip(struct np_cur *c, size_t n)
{
	(void)np_take(c, n);
}

static inline uint8_t np_u8(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 1);

	return p ? p[0] : 0;
}

static inline uint16_t np_be16(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 2);

	return p ? (uint16_t)((unsigned)p[0] << 8 | p[1]) : 0;
}

static inline uint16_t np_le16(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 2);

	return p ? (uint16_t)((unsigned)p[1] << 8 | p[0]) : 0;
}

static inline uint32_t np_be24(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 3);

	return p ? (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2] : 0;
}

static inline uint32_t np_be32(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 4);

	return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
			       (uint32_t)p[2] << 8 | p[3]
		 : 0;
}

static inline uint32_t np_le32(struct np_cur *c)
{
	const uint8_t *p = np_take(c, 4);

	return p ? (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
			       (uint32_t)p[1] << 8 | p[0]
		 : 0;
}

static inline uint64_t np_be64(struct np_cur *c)
{
	uint64_t hi = np_be32(c);

	return hi << 32 | np_be32(c);
}

/* The next n bytes as a cursor of their own; cut (and c with it) when fewer
 * are left. */
static inline struct np_cur np_sub(struct np_cur *c, size_t n)
{
	const uint8_t *p = np_take(c, n);

	return p ? np_cur(p, n) : (struct np_cur){.cut = true};
}

/* Consumes `n` bytes and says whether they equal `want`. */
static inline bool np_eat(struct np_cur *c, const void *want, size_t n)
{
	const uint8_t *p = np_take(c, n);

	return p && memcmp(p, want, n) == 0;
}

/* Looks, without consuming, whether the bytes ahead are `want`. */
static inline bool np_ahead(struct np_cur c, const void *want, size_t n)
{
	return c.left >= n && memcmp(c.p, want, n) == 0;
}

/* Is it this word, and no more? */
static inline bool np_is(struct np_cur c, const char *word)
{
	return c.left == strlen(word) && np_ahead(c, word, c.left);
}
#endif

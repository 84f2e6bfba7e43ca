/* SPDX-License-Identifier: ISC */
/* Requests of HTTP/1 that bring something. */
#include "proto/lib/post.h"

/* "POST target HTTP/1.1" */
static bool start_line(struct np_cur line, struct np_post *ret)
{
	if (!np_eat(&line, "POST ", 5))
		return false;
	size_t n = np_find(line, " HTTP/1.", 8);

	if (n == SIZE_MAX)
		return false;
	ret->path = np_sub(&line, n);
	return true;
}

bool np_post(struct np_cur c, size_t limit, struct np_post *ret)
{
	const size_t all = c.left;
	uint64_t length = UINT64_MAX;
	struct np_cur line, v;

	*ret = (struct np_post){0};
	if (!np_line(&c, &line) || !start_line(line, ret))
		return false;
	do {
		if (!np_line(&c, &line))
			return false;
		if (np_header(line, "content-length", &v)) {
			if (!np_decimal(&v, &length))
				return false;
		} else if (np_header(line, "content-type", &v)) {
			ret->type = v;
		} else if (np_header(line, "transfer-encoding", &v) ||
			   np_header(line, "content-encoding", &v)) {
			return false;
		} else if (np_header(line, "via", &v) ||
			   np_header(line, "forwarded", &v) ||
			   np_header(line, "x-forwarded-for", &v)) {
			ret->relayed = true;
		}
	} while (line.left);
	size_t head = all - c.left;

	if (head > limit || length > limit - head)
		return false;
	ret->size = head + (size_t)length;
	ret->whole = length <= c.left;
	ret->body = np_cur(c.p, ret->whole ? (size_t)length : c.left);
	return true;
}

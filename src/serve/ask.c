/* SPDX-License-Identifier: ISC */
#include "serve/ask.h"
#include "core/utf8.h"
#include "proto/proto.h"
#include <string.h>
#include <strings.h>

static unsigned refuse(unsigned status, const char *why, const char **ret_why)
{
	*ret_why = why;
	return status;
}

/* ---- small readers */

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool np_ask_number(const char *s, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;

	if (!s || !*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9' || v > max / 10)
			return false;
		v = v * 10 + (uint64_t)(*s - '0');
		if (v > max)
			return false;
	}
	*ret = v;
	return true;
}

/* Clean UTF-8: nothing that a terminal or an eye would obey. */
static bool is_clean(const char *p, size_t n)
{
	for (size_t i = 0, k; i < n; i += k) {
		uint32_t u;

		k = np_utf8((const uint8_t *)p + i, n - i, &u);
		if (!k || np_utf8_unsafe(u))
			return false;
	}
	return true;
}

/* Decodes n octets of a target into `to`, NUL behind; in a query + is a blank.
 * Gives what is behind; NULL: an escape that is none, or text that is not
 * clean. */
static char *decode(const char *p, size_t n, bool query, char *to)
{
	const char *begin = to;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		if (p[i] != '%') {
			*to++ = query && p[i] == '+' ? ' ' : p[i];
			continue;
		}
		high = i + 2 < n ? hex_of(p[i + 1]) : -1;
		low = i + 2 < n ? hex_of(p[i + 2]) : -1;
		if (high < 0 || low < 0)
			return NULL;
		*to++ = (char)(high << 4 | low);
		i += 2;
	}
	*to = '\0';
	return is_clean(begin, (size_t)(to - begin)) ? to + 1 : NULL;
}

/* ---- the target */

static const char bad_target[] = "the path is not in its plain form";

static unsigned read_path(const char *p, size_t n, struct np_ask *a, char **to)
{
	if (!n || *p != '/')
		return 400;
	for (p++, n--; n; a->nparts++) {
		const char *end = memchr(p, '/', n);
		size_t k = end ? (size_t)(end - p) : n;
		char *part = *to;

		if (!k || a->nparts == NP_ASK_PARTS)
			return k ? 404 : 400;
		*to = decode(p, k, false, part);
		if (!*to || strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
			return 400;
		a->part[a->nparts] = part;
		if (end && k + 1 == n) /* nothing behind the slash */
			return 404;
		p += end ? k + 1 : k;
		n -= end ? k + 1 : k;
	}
	return 0;
}

static unsigned read_query(const char *p, struct np_ask *a, char **to)
{
	while (*p) {
		size_t n = strcspn(p, "&"), k = 0;
		char *name = *to;

		while (k < n && p[k] != '=')
			k++;
		if (!k || a->npairs == NP_ASK_PAIRS)
			return 400;
		*to = decode(p, k, true, name);
		if (!*to || np_ask_get(a, name))
			return 400;
		a->pair[a->npairs].name = name;
		a->pair[a->npairs].value = "";
		if (k < n) {
			a->pair[a->npairs].value = *to;
			*to = decode(p + k + 1, n - k - 1, true, *to);
			if (!*to)
				return 400;
		}
		a->npairs++;
		p += n + (p[n] == '&');
	}
	return 0;
}

static unsigned read_target(const char *target, struct np_ask *a)
{
	size_t n = strcspn(target, "?");
	char *to = a->text;
	unsigned status;

	if (strlen(target) >= NP_ASK_TARGET)
		return 414;
	if (strchr(target, '#'))
		return 400;
	status = read_path(target, n, a, &to);
	return status || !target[n] ? status
				    : read_query(target + n + 1, a, &to);
}

const char *np_ask_get(const struct np_ask *a, const char *name)
{
	for (size_t i = 0; i < a->npairs; i++)
		if (strcmp(a->pair[i].name, name) == 0)
			return a->pair[i].value;
	return NULL;
}

/* ---- headers */

bool np_hosts_add(struct np_hosts *h, const char *name)
{
	size_t n = strlen(name);

	if (h->n == NP_COUNT(h->name) || !n || n >= sizeof(h->name[0]) ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") != n)
		return false;
	memcpy(h->name[h->n++], name, n + 1);
	return true;
}

static bool knows(const struct np_hosts *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcasecmp(h->name[i], name) == 0)
			return true;
	return false;
}

/* A page of somebody else's, or of a name that was bound to this address
 * afterwards, says so here: browsers let no script write these. */
static bool is_ours(const struct np_ask_raw *raw, const struct np_hosts *hosts)
{
	const char *s = raw->origin;

	if (raw->fetch && strcmp(raw->fetch, "same-origin") != 0 &&
	    strcmp(raw->fetch, "none") != 0)
		return false;
	if (!s)
		return true;
	if (strncmp(s, "http://", 7) == 0)
		return knows(hosts, s + 7);
	return strncmp(s, "https://", 8) == 0 && knows(hosts, s + 8);
}

/* Does a list ("a, b;q=0.5") have the word? q=0 says that it is not wanted. */
static bool lists(const char *list, const char *word)
{
	size_t n = strlen(word);

	while (list && *list) {
		size_t k;

		list += strspn(list, " \t,");
		k = strcspn(list, ",");
		if (k >= n && strncasecmp(list, word, n) == 0 &&
		    (k == n || strchr(" \t;", list[n])))
			return !memmem(list, k, "q=0", 3) ||
			       memmem(list, k, "q=0.", 4);
		list += k;
	}
	return false;
}

/* The one cookie of this name, if it is 64 hex digits. */
static const char *read_cookie(const char *list, const char *name,
			       char to[static NP_ASK_SECRET + 1])
{
	size_t n = strlen(name);
	bool found = false;

	while (list && *list) {
		const char *value;
		size_t k, i = 0;

		list += strspn(list, "; ");
		k = strcspn(list, ";");
		if (k == n + 1 + NP_ASK_SECRET && list[n] == '=' &&
		    memcmp(list, name, n) == 0) {
			value = list + n + 1;
			while (i < NP_ASK_SECRET && hex_of(value[i]) >= 0)
				i++;
			if (found || i < NP_ASK_SECRET)
				return NULL;
			memcpy(to, value, NP_ASK_SECRET);
			to[NP_ASK_SECRET] = '\0';
			found = true;
		}
		list += k;
	}
	return found ? to : NULL;
}

bool np_ask_has(const struct np_ask *a, const char *etag)
{
	const char *s = a->match;
	size_t n = strlen(etag);

	if (s && strcmp(s, "*") == 0)
		return true;
	while (s && *s) {
		size_t k;

		s += strspn(s, " \t,");
		if (strncmp(s, "W/", 2) == 0)
			s += 2;
		k = strcspn(s, ", \t");
		if (k == n && memcmp(s, etag, n) == 0)
			return true;
		s += k;
	}
	return false;
}

static void read_headers(const struct np_ask_raw *raw, const char *cookie,
			 struct np_ask *a)
{
	a->lines = lists(raw->accept, "application/x-ndjson");
	a->gzip = lists(raw->encoding, "gzip");
	a->json = lists(raw->type, "application/json");
	a->octets = lists(raw->type, "application/octet-stream");
	a->match = raw->match;
	a->csrf = raw->csrf;
	a->length = UINT64_MAX;
	a->session = read_cookie(raw->cookie, cookie, a->secret);
}

static enum np_http_method method_of(const char *s)
{
	if (strcmp(s, "GET") == 0 || strcmp(s, "HEAD") == 0)
		return NP_GET;
	if (strcmp(s, "POST") == 0)
		return NP_POST;
	return strcmp(s, "DELETE") == 0 ? NP_DELETE : NP_OTHER_METHOD;
}

unsigned np_ask_read(const struct np_ask_raw *raw, const struct np_hosts *hosts,
		     const char *cookie, struct np_ask *ret,
		     const char **ret_why)
{
	unsigned status;

	memset(ret, 0, offsetof(struct np_ask, text));
	*ret_why = NULL;
	if (raw->twice)
		return refuse(400, "a header stands twice", ret_why);
	if (!raw->host || !knows(hosts, raw->host))
		return refuse(421, "this server has another name", ret_why);
	status = read_target(raw->target, ret);
	if (status)
		return refuse(status, bad_target, ret_why);
	ret->method = method_of(raw->method);
	read_headers(raw, cookie, ret);
	if (raw->length &&
	    !np_ask_number(raw->length, (uint64_t)1 << 50, &ret->length))
		return refuse(400, "Content-Length is no number", ret_why);
	if (ret->method != NP_GET && !is_ours(raw, hosts))
		return refuse(403, "asked from a page of another origin",
			      ret_why);
	return 0;
}

bool np_ask_file(const char *s, char *to, size_t cap)
{
	const char *slash = strrchr(s, '/'), *back = strrchr(s, '\\');
	size_t n;

	s = slash && slash + 1 > s ? slash + 1 : s;
	s = back && back + 1 > s ? back + 1 : s;
	n = strlen(s);
	if (!n || n >= cap || *s == '.' || !is_clean(s, n))
		return false;
	memcpy(to, s, n + 1);
	return true;
}

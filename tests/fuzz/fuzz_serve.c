/* SPDX-License-Identifier: ISC */
/* Any octets as a request of the server, as the body of one, or as its file of
 * accounts; the first octet chooses. */
#include "core/utf8.h"
#include "fuzz.h"
#include "serve/route.h"
#include <stdlib.h>
#include <string.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void is_clean(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0, k; i < n; i += k) {
		uint32_t u;

		k = np_utf8((const uint8_t *)s + i, n - i, &u);
		MUST(k && (u == '\n' || !np_utf8_unsafe(u)));
	}
}

/* The next line of what is left, NUL behind; an empty one is a header that is
 * not there. */
static const char *line(char **p)
{
	char *s = *p, *end = s ? strchr(s, '\n') : NULL;

	*p = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return s && *s ? s : NULL;
}

static void look_at(const struct np_ask *a)
{
	char allow[64], file[128];
	const struct np_route *r = np_route_find(a, allow);

	MUST(a->nparts <= NP_ASK_PARTS && a->npairs <= NP_ASK_PAIRS);
	for (size_t i = 0; i < a->nparts; i++) {
		is_clean(a->part[i]);
		MUST(*a->part[i] && strcmp(a->part[i], "..") != 0);
		if (np_ask_file(a->part[i], file, sizeof(file)))
			MUST(*file && *file != '.' && !strchr(file, '/'));
	}
	for (size_t i = 0; i < a->npairs; i++) {
		is_clean(a->pair[i].name);
		is_clean(a->pair[i].value);
		MUST(np_ask_get(a, a->pair[i].name) == a->pair[i].value);
	}
	MUST(!r || (r->method == a->method && allow[0]));
	MUST(!a->session || strlen(a->session) == NP_ASK_SECRET);
	(void)np_ask_has(a, "\"5f0c-engineer\"");
}

static void request(char *text)
{
	struct np_ask_raw raw = {.address = "127.0.0.1"};
	struct np_hosts hosts = {0};
	struct np_ask a;
	const char *why, *s;
	unsigned status;

	MUST(np_hosts_add(&hosts, "127.0.0.1:8640"));
	s = line(&text);
	raw.method = s ? s : "";
	s = line(&text);
	raw.target = s ? s : "";
#define XX(name, header) raw.name = line(&text);
	NP_ASK_HEADERS(XX)
#undef XX
	status = np_ask_read(&raw, &hosts, "np8640", &a, &why);
	MUST(status ? status >= 400 && status < 500 && why : !why);
	if (!status)
		look_at(&a);
}

static void body(const char *p, size_t n)
{
	static const char *const names[] = {"user", "password", "kind", NULL};
	struct np_members m;
	const char *why;
	bool good = np_members_read(p, n, names, &m, &why);

	MUST(good ? !why : why && !m.n && !m.own);
	for (size_t i = 0; i < m.n; i++) {
		is_clean(m.v[i].value);
		MUST(np_members_get(&m, m.v[i].name) == m.v[i].value);
	}
	np_members_free(&m);
}

static void accounts(const char *p, size_t n)
{
	struct np_accounts a;
	struct np_err e = {0};
	int rc = np_accounts_read("accounts", p, n, &a, &e);

	MUST(!rc || (e.text && !a.v && !a.n));
	for (size_t i = 0; i < a.n; i++)
		MUST(np_account_named(a.v[i].name) &&
		     np_account_find(&a, a.v[i].name) == &a.v[i]);
	np_accounts_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *text = n ? malloc(n) : NULL;

	if (!text)
		return 0;
	memcpy(text, p + 1, n - 1);
	text[n - 1] = '\0';
	if (*p == 'B')
		body(text, n - 1);
	else if (*p == 'A')
		accounts(text, n - 1);
	else
		request(text);
	free(text);
	return 0;
}

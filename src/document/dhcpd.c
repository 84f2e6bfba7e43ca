/* SPDX-License-Identifier: ISC */
/*
 * ISC DHCP's leases (dhcpd.leases(5)), of both versions:
 *
 *	lease 192.0.2.9 {			ia-na "\001\000…" {
 *	  starts 4 2026/11/26 10:00:00;		  cltt 4 2026/11/26 10:00:00;
 *	  hardware ethernet 00:e0:fc:…;		  …
 *	  set vendor-class-identifier = "…";	}
 *	}
 *
 * The file is a journal: a lease stands in it as often as it changed. What it
 * was leased until is no time at which anybody was heard.
 */
#include "document/lease.h"
#include <ctype.h>

struct reader {
	struct np_doc *d;
	struct np_arena mem; /* of the lease */
	struct np_lease lease;
	bool open;
};

/* A quoted value, its escapes resolved ("\001", "\""); or octets in hex. */
static struct np_cur octets(struct np_cur v, struct np_arena *mem)
{
	uint8_t *to;
	size_t n = 0;

	if (!np_ahead(v, "\"", 1))
		return np_doc_octets(v, mem);
	np_skip(&v, 1);
	to = v.left <= NP_MAX_VALUE ? np_alloc(mem, v.left + 1) : NULL;
	while (to && v.left && *v.p != '"') {
		unsigned k = np_u8(&v);

		if (k == '\\' && v.left && isdigit(*v.p)) {
			k = 0;
			for (int i = 0; i < 3 && v.left && isdigit(*v.p); i++)
				k = k * 8 + (np_u8(&v) & 7u);
		} else if (k == '\\') {
			k = np_u8(&v);
		}
		to[n++] = (uint8_t)k;
	}
	return np_cur(to, to && v.left ? n : 0); /* else it has no end */
}

/* "4 2026/11/26 10:00:00", in UTC, or "epoch 1790000000". */
static int64_t when(struct np_cur v)
{
	char text[] = "0000-00-00T00:00:00Z";

	if (np_ahead(v, "epoch ", 6)) {
		np_skip(&v, 6);
		return np_doc_when(np_doc_until(&v, ";"));
	}
	(void)np_doc_until(&v, " ");
	if (v.left != 19)
		return NP_NEVER;
	memcpy(text, v.p, 19);
	text[4] = text[7] = '-';
	text[10] = 'T';
	return np_doc_when(np_cur(text, 20));
}

/* dhcpd writes vendor-class-identifier; who writes configurations may call it
 * otherwise, with "_" or as vendor-class. */
static bool is_class(struct np_cur name)
{
	return np_ahead_nocase(name, "vendor-class") ||
	       np_ahead_nocase(name, "vendor_class");
}

static void take_set(struct reader *x, struct np_cur v)
{
	struct np_cur name = np_trim(np_doc_until(&v, "="));

	if (is_class(name))
		x->lease.class = octets(np_trim(v), &x->mem);
}

static void take_option(struct reader *x, struct np_cur v)
{
	struct np_cur name = np_doc_until(&v, " ");

	if (np_is(name, "agent.circuit-id"))
		x->lease.circuit = octets(np_trim(v), &x->mem);
}

static void take(struct reader *x, struct np_cur v)
{
	struct np_lease *l = &x->lease;
	struct np_cur word = np_doc_until(&v, " ");

	v = np_trim(v);
	if (v.left && v.p[v.left - 1] == ';')
		v.left--;
	if (np_is(word, "hardware") && np_ahead(v, "ethernet ", 9))
		l->mac = np_cur(np_copy(&x->mem, v.p + 9, v.left - 9),
				v.left - 9);
	else if (np_is(word, "uid"))
		l->client = octets(v, &x->mem);
	else if (np_is(word, "client-hostname"))
		l->name = octets(v, &x->mem);
	else if (np_is(word, "set"))
		take_set(x, v);
	else if (np_is(word, "option"))
		take_option(x, v);
	else if (np_is(word, "starts"))
		l->first = when(v);
	else if (np_is(word, "cltt"))
		l->last = when(v);
}

/* RFC 8415 21.4: an association's number, and the client's DUID behind it. */
static void begin(struct reader *x, struct np_cur line, bool six)
{
	np_arena_reset(&x->mem);
	x->open = true;
	x->lease = (struct np_lease){
		.six = six,
		.line = x->d->line,
		.first = NP_NEVER,
		.last = NP_NEVER,
	};
	if (!six)
		return;
	(void)np_doc_until(&line, " ");
	x->lease.client = octets(np_trim(line), &x->mem);
	np_skip(&x->lease.client, 4);
}

static void end(struct reader *x)
{
	struct np_lease *l = &x->lease;

	if (!x->open)
		return;
	x->open = false;
	l->first = np_time_min(l->first, l->last);
	l->last = np_time_max(l->first, l->last);
	np_lease_say(x->d, l);
}

static bool begins(struct np_cur line, bool *ret_six)
{
	*ret_six = np_ahead(line, "ia-na \"", 7) ||
		   np_ahead(line, "ia-pd \"", 7) ||
		   np_ahead(line, "ia-ta \"", 7);
	return (*ret_six || np_ahead(line, "lease ", 6)) &&
	       line.p[line.left - 1] == '{';
}

static bool mine(struct np_cur head)
{
	struct np_cur line, next;
	bool six;

	while (np_line(&head, &line))
		if (line.left && begins(line, &six) && np_line(&head, &next))
			return np_ahead(next, "  ", 2);
		else if (np_ahead(line, "{", 1) || np_ahead(line, "<", 1))
			return false;
	return false;
}

static int read_dhcpd(struct np_doc *d)
{
	struct reader x = {.d = d, .mem = np_arena(NP_FRAME_ARENA)};
	struct np_cur line;
	bool six;

	while (np_doc_line(d, &line)) {
		if (!line.left)
			continue;
		if (begins(line, &six)) {
			if (x.open)
				np_doc_bad(d, "the lease before has no end");
			begin(&x, line, six);
		} else if (*line.p == '}') {
			end(&x);
		} else if (x.open) {
			take(&x, np_trim(line));
		}
	}
	if (x.open)
		np_doc_bad(d, "a lease that is cut off");
	np_arena_free(&x.mem);
	return NP_OK;
}

const struct np_document np_document_dhcpd = {
	.name = "dhcpd",
	.title = "ISC DHCP's leases",
	.spec = "dhcpd.leases(5)",
	.method = "log",
	.fields = np_lease_fields,
	.mine = mine,
	.read = read_dhcpd,
};

/* SPDX-License-Identifier: ISC */
/*
 * WS-Discovery 1.1 (OASIS): what a device announces or answers. SOAP in a
 * datagram, of which two elements are read by a search for their tags; nothing
 * is parsed, so nothing can be expanded. A probe names what is looked for, not
 * who asks: it is not read.
 */
#include "proto/proto.h"

enum { TYPES, SCOPES };

static const struct np_field fields[] = {
	[TYPES] = {"types", NP_TEXT, NP_KEY_NONE, 0,
		   "kinds of device that it says it is"},
	[SCOPES] = {"scopes", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "one of the scopes: of a camera its hardware and name"},
};

#define MAX_SCOPES 32

/* The next tag of that local name, whatever its prefix: moves behind it. */
static bool next_tag(struct np_cur *c, const char *name, bool closing)
{
	size_t n = strlen(name), at;

	while ((at = np_find(*c, "<", 1)) != SIZE_MAX) {
		np_skip(c, at + 1);
		struct np_cur tag = *c;
		size_t end = np_find(tag, ">", 1);

		if (end == SIZE_MAX)
			return false;
		tag.left = end;
		if (closing != np_ahead(tag, "/", 1))
			continue;
		np_skip(&tag, closing);
		size_t colon = np_find(tag, ":", 1);
		struct np_cur local = tag;

		if (colon != SIZE_MAX && colon < 16)
			np_skip(&local, colon + 1);
		if (!np_ahead(local, name, n) ||
		    (local.left > n && !np_space(local.p[n])))
			continue;
		np_skip(c, end + 1);
		return true;
	}
	return false;
}

/* The text of the next element of that name; c moves behind its beginning. */
static bool next_text(struct np_cur *c, const char *name, struct np_cur *ret)
{
	struct np_cur text;
	size_t end;

	if (!next_tag(c, name, false))
		return false;
	text = *c;
	end = np_find(text, "<", 1);
	if (end == SIZE_MAX)
		return false;
	text.left = end;
	*ret = np_trim_space(text);
	return true;
}

static void read_scopes(struct np_out *o, struct np_cur c)
{
	for (int i = 0; i < MAX_SCOPES && c.left; i++) {
		size_t n = 0;

		while (n < c.left && !np_space(c.p[n]))
			n++;
		struct np_cur v = np_sub(&c, n);

		np_emit(o, SCOPES, v);
		if (np_find(v, "/location/", 10) != SIZE_MAX)
			np_person(o); /* somebody's room */
		c = np_trim_space(c);
	}
}

static bool says_itself(struct np_cur c)
{
	static const char *const bodies[] = {"Hello", "ProbeMatch",
					     "ResolveMatch"};

	for (size_t i = 0; i < NP_COUNT(bodies); i++) {
		struct np_cur again = c;

		if (next_tag(&again, bodies[i], false))
			return true;
	}
	return false;
}

static enum np_verdict wsd_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur again = *c, v;

	if (np_find(*c, "Envelope", 8) == SIZE_MAX)
		return NP_NOT_MINE;
	if (!says_itself(*c))
		return NP_DECODED;
	while (next_text(&again, "Types", &v))
		np_emit(o, TYPES, v);
	again = *c;
	while (next_text(&again, "Scopes", &v))
		read_scopes(o, v);
	return NP_DECODED;
}

static const struct np_match match[] = {NP_UDP(3702)};

const struct np_proto np_proto_wsd = {
	.name = "wsd",
	.title = "WS-Discovery",
	.spec = "OASIS WS-Discovery 1.1; ONVIF Core",
	.layer = "service",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = wsd_decode,
};

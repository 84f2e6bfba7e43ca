/* SPDX-License-Identifier: ISC */
/*
 * SSDP (UPnP Device Architecture 2.0, clause 1): announcements and answers to a
 * search. The same head lines as HTTP, in a datagram.
 */
#include "proto/proto.h"

enum { SERVER, USN, LOCATION };

static const struct np_field fields[] = {
	[SERVER] = {"server", NP_TEXT, NP_KEY_NONE, 0,
		    "system, UPnP version and product, as sent"},
	[USN] = {"usn", NP_TEXT, NP_KEY_NONE, 0,
		 "unique service name, the device's part of it"},
	[LOCATION] = {"location", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		      "where its description is served"},
};

/* The last line may lack its end; a cut one is not read. */
static bool next_line(struct np_cur *c, bool snapped, struct np_cur *ret)
{
	if (np_line(c, ret))
		return true;
	if (!c->left || snapped)
		return false;
	*ret = np_sub(c, c->left);
	return true;
}

static void emit_usn(struct np_out *o, struct np_cur v)
{
	size_t n = np_find(v, "::", 2);

	np_emit(o, USN, n == SIZE_MAX ? v : np_sub(&v, n));
}

static enum np_verdict ssdp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur line, v;

	if (np_ahead(*c, "M-SEARCH ", 9))
		return NP_DECODED; /* a question */
	if (!np_ahead(*c, "NOTIFY * HTTP/1.", 16) &&
	    !np_ahead(*c, "HTTP/1.", 7))
		return NP_NOT_MINE;
	(void)np_line(c, &line);
	while (next_line(c, o->from->snapped, &line) && line.left) {
		if (np_header(line, "SERVER", &v))
			np_emit(o, SERVER, v);
		else if (np_header(line, "USN", &v))
			emit_usn(o, v);
		else if (np_header(line, "LOCATION", &v))
			np_emit(o, LOCATION, v);
	}
	return NP_DECODED;
}

static const struct np_match match[] = {NP_UDP(1900)};

const struct np_proto np_proto_ssdp = {
	.name = "ssdp",
	.title = "Simple Service Discovery Protocol",
	.spec = "UPnP Device Architecture 2.0",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ssdp_decode,
};

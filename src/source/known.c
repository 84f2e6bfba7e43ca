/* SPDX-License-Identifier: ISC */
/* Names what an unreadable file is by its first octets, so that a person knows
 * what to do next. */
#include "core/utf8.h"
#include "source/reader.h"
#include <stdio.h>

#define UNPACK "packed in a way that is not read: unpack it first"
#define CONVERT "a capture in a format that is not read: convert it to pcapng"
#define WORKBOOK                                                               \
	"a document in Microsoft's old form, or with a password: save a "      \
	"workbook as .xlsx, without"
#define DATABASE                                                               \
	"a database, no capture; explain and report read it if it is a "       \
	"dossier"

struct known {
	const char *magic;
	size_t n;
	const char *text, *what;
};

#define KNOWN(magic, text, what)                                               \
	{                                                                      \
		magic, sizeof(magic) - 1, text, what                           \
	}

/* Magics of pcap's relatives: libpcap's sf-pcap.c and Wireshark's libpcap.h. */
static const struct known known[] = {
	KNOWN("\xa1\xb2\xcd\x34", CONVERT, "pcap as patched by A. Kuznetzov"),
	KNOWN("\x34\xcd\xb2\xa1", CONVERT, "pcap as patched by A. Kuznetzov"),
	KNOWN("\xa1\xb2\x34\xcd", CONVERT, "pcap as patched by F. Mesquita"),
	KNOWN("\xcd\x34\xb2\xa1", CONVERT, "pcap as patched by F. Mesquita"),
	KNOWN("\xa1\x2b\x3c\x4d", CONVERT, "pcap as written by Navtel"),
	KNOWN("\x4d\x3c\x2b\xa1", CONVERT, "pcap as written by Navtel"),
	KNOWN("\x1c\x00\x01\xac", CONVERT, "pcap as written by IXIA"),
	KNOWN("\xac\x01\x00\x1c", CONVERT, "pcap as written by IXIA"),
	KNOWN("\x1c\x00\x01\xab", CONVERT, "pcap as written by IXIA"),
	KNOWN("\xab\x01\x00\x1c", CONVERT, "pcap as written by IXIA"),
	KNOWN("btsnoop\0", CONVERT, "btsnoop"),
	KNOWN("GMBU", CONVERT, "Microsoft Network Monitor 2"),
	KNOWN("RTSS", CONVERT, "Microsoft Network Monitor 1"),
	KNOWN("TRSNIFF data    \x1a", CONVERT, "Sniffer"),
	KNOWN("XCP\0", CONVERT, "NetXRay"),
	KNOWN("iptrace 1.0", CONVERT, "iptrace"),
	KNOWN("iptrace 2.0", CONVERT, "iptrace"),
	KNOWN("\x02\x21\x4c\x18", UNPACK, "lz4 in its old form"),
	KNOWN("\x1f\x9d", UNPACK, "compress"),
	KNOWN("PK\3\4", UNPACK, "zip"),
	KNOWN("7z\xbc\xaf\x27\x1c", UNPACK, "7z"),
	KNOWN("Rar!\x1a", UNPACK, "rar"),
	KNOWN("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK, "OLE"),
	KNOWN("SQLite format 3\0", DATABASE, "SQLite"),
	KNOWN("%PDF-", "a document, no capture", "PDF"),
	KNOWN("\177ELF", "a program, no capture", "ELF"),
};

/* As many of the first octets as say what a file is, for a person. */
static int unknown(struct np_cur head, struct np_err *reterr)
{
	char hex[3 * 8 + 1] = "";
	size_t n = 0;

	for (int i = 0; i < 8 && head.left; i++)
		n += (size_t)snprintf(hex + n, sizeof(hex) - n, "%s%02x",
				      i ? " " : "", np_u8(&head));
	return np_fail(reterr, NP_EINPUT,
		       "no known kind of source; it begins with", hex, 0);
}

/* UTF-8 without control characters; the last one may be cut by our window. */
static bool is_text(struct np_cur head)
{
	bool full = head.left >= NP_HEAD;

	while (head.left) {
		uint32_t c = 0;
		size_t n = np_utf8(head.p, head.left, &c);

		if (!n)
			return full && head.left < 4;
		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
		    c == 0x7f)
			return false;
		np_skip(&head, n);
	}
	return true;
}

/* The first line, or what of it is at hand. */
static int text(struct np_cur head, struct np_err *reterr)
{
	char line[48];
	size_t n = 0;

	while (head.left && n + 1 < sizeof(line)) {
		char c = (char)np_u8(&head);

		if (c == '\n' || c == '\r')
			break;
		line[n++] = c;
	}
	line[n] = '\0';
	return np_fail(reterr, NP_EINPUT,
		       "looks like text, no capture; it begins with", line, 0);
}

int np_known_fail(struct np_cur head, struct np_err *reterr)
{
	if (!head.left)
		return np_fail(reterr, NP_EINPUT, "an empty file", NULL, 0);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (np_ahead(head, known[i].magic, known[i].n))
			return np_fail(reterr, NP_EINPUT, known[i].text,
				       known[i].what, 0);
	if (is_text(head))
		return text(head, reterr);
	return unknown(head, reterr);
}

/* SPDX-License-Identifier: ISC */
/* How links are seen, and how the same port is spelled. */
#include "graph/graph.h"
#include <ctype.h>
#include <string.h>

const struct np_kind np_link_kinds[] = {
	{"lldp", NULL, NP_WIRE},
	{"cdp", NULL, NP_WIRE},
	{"fdp", NULL, NP_WIRE},
	{"edp", NULL, NP_WIRE},
	{"mndp", NULL, NP_WIRE},
	{"lacp", NULL, NP_WIRE},
	{"tap", "one wire", NP_WIRE},
	{"ospf", NULL, NP_ROUTE},
	{"isis", NULL, NP_ROUTE},
	{"ptp", NULL, NP_CLOCK},
	{"bgp", NULL, NP_ASSOCIATION},
	{"ldp", NULL, NP_ASSOCIATION},
	{"pcep", NULL, NP_ASSOCIATION},
	{"s1ap", "S1", NP_ASSOCIATION},
	{"ngap", "NG", NP_ASSOCIATION},
	{"x2ap", "X2", NP_ASSOCIATION},
	{"xnap", "Xn", NP_ASSOCIATION},
	{"f1ap", "F1", NP_ASSOCIATION},
	{"e1ap", "E1", NP_ASSOCIATION},
	{"pfcp", "N4", NP_ASSOCIATION},
	{"gtp", "GTP", NP_ASSOCIATION},
	{"diameter", NULL, NP_ASSOCIATION},
	{"m3ua", NULL, NP_ASSOCIATION},
	{"sua", NULL, NP_ASSOCIATION},
	{"stp", "spanning tree's root", NP_BEHIND},
	{"ptp_grandmaster", "PTP grandmaster", NP_BEHIND},
	{NULL, NULL, NP_BEHIND},
};

unsigned np_kind_find(const char *name, size_t n)
{
	for (unsigned i = 0; np_link_kinds[i].name; i++)
		if (strlen(np_link_kinds[i].name) == n &&
		    memcmp(np_link_kinds[i].name, name, n) == 0)
			return i;
	return NP_MAX_KINDS;
}

const char *np_layer_name(enum np_layer l)
{
	static const char *const names[NP_NLAYERS] = {"wire", "route", "clock",
						      "service", "behind"};

	return l < NP_NLAYERS ? names[l] : "?";
}

/* ---- ports */

/* Words before the digits that mean the same speed. */
static const struct {
	const char *word, *plain;
} speeds[] = {
	{"gigabitethernet", "gi"},
	{"ge", "gi"},
	{"gei", "gi"},
	{"gig", "gi"},
	{"xgigabitethernet", "te"},
	{"tengigabitethernet", "te"},
	{"tengige", "te"},
	{"xge", "te"},
	{"xgei", "te"},
	{"ten", "te"},
	{"fastethernet", "fa"},
	{"fei", "fa"},
	{"fas", "fa"},
	{"twentyfivegige", "twe"},
	{"25ge", "twe"},
	{"fortygigabitethernet", "fo"},
	{"fortygige", "fo"},
	{"40ge", "fo"},
	{"hundredgigabitethernet", "hu"},
	{"hundredgige", "hu"},
	{"100ge", "hu"},
	{"ethernet", "et"},
	{"eth", "et"},
};

void np_port_plain(const char *port, char *to, size_t n)
{
	size_t word = 0, k = 0;

	while (port[word] == ' ')
		port++;
	/* "100GE0/1" begins with its speed. */
	while (isdigit((unsigned char)port[word]))
		word++;
	if (!isalpha((unsigned char)port[word]))
		word = 0;
	while (isalpha((unsigned char)port[word]))
		word++;
	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		if (strlen(speeds[i].word) != word ||
		    strncasecmp(port, speeds[i].word, word) != 0 || !port[word])
			continue;
		for (; speeds[i].plain[k] && k + 1 < n; k++)
			to[k] = speeds[i].plain[k];
		port += word;
		while (*port == ' ' || *port == '-' || *port == '_')
			port++;
		break;
	}
	for (; *port && k + 1 < n; port++)
		if (*port != ' ')
			to[k++] = (char)tolower((unsigned char)*port);
	to[k] = '\0';
}

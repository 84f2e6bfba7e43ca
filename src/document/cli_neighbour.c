/* SPDX-License-Identifier: ISC */
/*
 * Neighbours in blocks of labels, as nearly every box prints what it heard by
 * LLDP, CDP and their like: the standard's own words for its TLVs (IEEE 802.1AB
 * 8.5), with or without the makers' "Neighbor" and "Remote" before.
 */
#include "document/cli.h"

#define TEXT_MAX ((size_t)1024) /* a description, RFC 3418's 255 and more */

enum kind {
	NONE,
	BEGIN, /* another neighbour, if this one has anything */
	CHASSIS,
	NAME,
	DESCRIPTION,
	ADDRESS,
	SERIAL,
	MAKER,
	MODEL,
	DEVICE,	  /* CDP's Device ID */
	PLATFORM, /* CDP's */
	LOCAL,	  /* another neighbour, on this port of the box itself */
	HERE,	  /* the same, where it stands inside of a block */
	PORT_ID,  /* the neighbour's */
	PORT,	  /* says that this is about a neighbour, and no more */
	OTHER,	  /* ends a description */
	KINDS,
};

static const struct {
	const char *label;
	enum kind kind;
} labels[] = {
	{"neighbor index", BEGIN},
	{"neighbour index", BEGIN},
	{"remote peer index", BEGIN},
	{"local intf", LOCAL},
	{"local interface", LOCAL},
	{"local port", LOCAL},
	{"interface", HERE},
	{"port", BEGIN},
	{"neighbor", BEGIN},
	{"chassis id", CHASSIS},
	{"chassisid", CHASSIS},
	{"chassis data", CHASSIS},
	{"chassis id data", CHASSIS},
	{"system name", NAME},
	{"sysname", NAME},
	{"sys name", NAME},
	{"chassis name", NAME},
	{"system name data", NAME},
	{"system identity", NAME},
	{"identity", NAME},
	{"system description", DESCRIPTION},
	{"system descr", DESCRIPTION},
	{"sysdescr", DESCRIPTION},
	{"chassis description", DESCRIPTION},
	{"system desc data", DESCRIPTION},
	{"version", DESCRIPTION},
	{"management address", ADDRESS},
	{"management address value", ADDRESS},
	{"management ip address", ADDRESS},
	{"management addresses", ADDRESS},
	{"mgmt address", ADDRESS},
	{"mgmt ip", ADDRESS},
	{"management ip", ADDRESS},
	{"ip address", ADDRESS},
	{"ipv4 address", ADDRESS},
	{"address", ADDRESS},
	{"ip", ADDRESS},
	{"serial number", SERIAL},
	{"serial num", SERIAL},
	{"manufacturer", MAKER},
	{"manufacturer name", MAKER},
	{"model", MODEL},
	{"model name", MODEL},
	{"device id", DEVICE},
	{"deviceid", DEVICE},
	{"platform", PLATFORM},
	{"port id", PORT_ID},
	{"portid", PORT_ID},
	{"port id data", PORT_ID},
	{"ttl", PORT},
	{"time to live", PORT},
	{"time remaining", PORT},
	{"holdtime", PORT},
	{"hold time", PORT},
};

/* Beginnings of labels that end a description. */
static const char *const others[] = {
	"system cap", "capabilit", "enabled",  "supported", "management",
	"mgmt",	      "auto neg",  "autoneg",  "port",	    "chassis",
	"time ",      "expir",	   "oid",      "adv",	    "vlan",
	"local ",     "native",	   "duplex",   "med ",	    "interface",
	"remote ",    "neighbor",  "protocol", "power",	    "system oid",
	"age",	      "vtp",	   "max",      "pmd",	    "link agg",
	"second",     "unidirect", "physical", "media",
};

static enum kind look_up(const char *label)
{
	for (size_t i = 0; i < NP_COUNT(labels); i++)
		if (strcmp(labels[i].label, label) == 0)
			return labels[i].kind;
	return NONE;
}

/* With or without what makers put before a label. */
static enum kind kind_of(const char *label)
{
	static const char *const before[] = {
		"neighbor ", "neighbour ", "remote ", "med ", "peer ", "lldp "};
	enum kind k = look_up(label);

	for (size_t i = 0; i < NP_COUNT(before) && k == NONE; i++)
		if (strncmp(label, before[i], strlen(before[i])) == 0)
			k = look_up(label + strlen(before[i]));
	for (size_t i = 0; i < NP_COUNT(others) && k == NONE; i++)
		if (strncmp(label, others[i], strlen(others[i])) == 0)
			k = OTHER;
	return k;
}

struct neighbour {
	struct np_cur v[KINDS];
	uint64_t at[KINDS];
	uint64_t place;
	char text[TEXT_MAX]; /* of the description's lines */
	size_t n;
	bool open; /* the description goes on */
	/* Port of the box itself; of all blocks below it. */
	struct np_cur local;
};

static void say_link(struct np_doc *d, const struct neighbour *n,
		     const struct np_cli_part *whose, bool cdp)
{
	const struct np_cli_link l = {
		.cdp = cdp,
		.whose = whose,
		.near_port = n->local,
		.far_port = n->v[PORT_ID],
		.chassis = n->v[CHASSIS],
		.name = n->v[cdp ? DEVICE : NAME],
		.address = n->v[ADDRESS],
		.serial = n->v[SERIAL],
		.place = n->place,
		.at = n->at[cdp			 ? DEVICE
			    : n->v[CHASSIS].left ? CHASSIS
						 : NAME],
	};

	np_cli_link(d, &l);
}

static void say(struct np_doc *d, const struct neighbour *n,
		const struct np_cli_part *whose)
{
	static const struct {
		enum kind kind;
		enum np_cli_field lldp, cdp;
	} fields[] = {
		{DEVICE, NP_CLI_ALL, NP_CLI_CDP_DEVICE},
		{CHASSIS, NP_CLI_LLDP_CHASSIS, NP_CLI_ALL},
		{NAME, NP_CLI_LLDP_NAME, NP_CLI_CDP_NAME},
		{DESCRIPTION, NP_CLI_LLDP_DESCRIPTION, NP_CLI_CDP_VERSION},
		{PLATFORM, NP_CLI_ALL, NP_CLI_CDP_PLATFORM},
		{ADDRESS, NP_CLI_LLDP_ADDRESS, NP_CLI_CDP_ADDRESS},
		{SERIAL, NP_CLI_LLDP_SERIAL, NP_CLI_ALL},
		{MAKER, NP_CLI_LLDP_MAKER, NP_CLI_ALL},
		{MODEL, NP_CLI_LLDP_MODEL, NP_CLI_ALL},
	};
	bool cdp = n->v[DEVICE].left || n->v[PLATFORM].left;

	np_doc_say(d, NP_PEER, NP_LINK);
	np_doc_place(d, n->place);
	for (size_t i = 0; i < NP_COUNT(fields); i++) {
		enum kind k = fields[i].kind;
		unsigned f = cdp ? fields[i].cdp : fields[i].lldp;

		if (f != NP_CLI_ALL && n->v[k].left)
			np_doc_put_at(d, f, n->v[k], n->at[k]);
	}
	np_doc_said(d);
	say_link(d, n, whose, cdp);
}

static void flush(struct np_doc *d, struct neighbour *n,
		  const struct np_cli_part *whose)
{
	struct np_cur local = n->local;

	if (n->n)
		n->v[DESCRIPTION] = np_cur(n->text, n->n);
	if (n->v[CHASSIS].left || n->v[NAME].left || n->v[DEVICE].left)
		say(d, n, whose);
	*n = (struct neighbour){.local = local};
}

/* One more line of the description. */
static void describe(struct neighbour *n, struct np_cur v, uint64_t at)
{
	v = np_trim(v);
	if (n->n + v.left + 1 > TEXT_MAX)
		return;
	if (!n->n)
		n->at[DESCRIPTION] = at;
	else if (v.left)
		n->text[n->n++] = '\n';
	if (v.left)
		memcpy(n->text + n->n, v.p, v.left);
	n->n += v.left;
}

/* "GigabitEthernet0/1,  Port ID (outgoing port): GigabitEthernet1/0/2" */
static void take_local(struct neighbour *n, struct np_cur v, uint64_t at)
{
	static const char outgoing[] = "(outgoing port):";
	size_t i = np_find_nocase(v, outgoing);
	struct np_cur far = v;

	if (i != SIZE_MAX) {
		np_skip(&far, i + strlen(outgoing));
		n->v[PORT_ID] = np_trim(far);
		n->at[PORT_ID] = at;
	}
	n->local = np_trim(np_doc_until(&v, ","));
}

static void take(struct np_doc *d, struct neighbour *n,
		 const struct np_cli_part *whose, enum kind k, struct np_cur v,
		 const struct np_cli_line *l)
{
	uint64_t at = l->at + (uint64_t)(v.p - l->text.p);
	uint8_t ip[16];

	n->open = k == DESCRIPTION;
	if (k == BEGIN || k == LOCAL ||
	    ((k == CHASSIS || k == DEVICE || k == NAME) && n->v[k].left))
		flush(d, n, whose);
	n->open = k == DESCRIPTION;
	if (!n->place)
		n->place = l->number;
	if ((k == LOCAL || k == HERE) && !np_cli_nothing(v)) {
		take_local(n, v, at);
		return;
	}
	if (np_cli_nothing(v) || k == BEGIN || k == LOCAL || k == HERE ||
	    k == PORT || k == OTHER)
		return;
	if (k == DESCRIPTION)
		describe(n, v, at);
	if (k == PLATFORM && np_find_nocase(v, "capabilit") != SIZE_MAX) {
		v.left = np_find_nocase(v, "capabilit");
		while (v.left &&
		       (v.p[v.left - 1] == ' ' || v.p[v.left - 1] == ','))
			v.left--;
	}
	if (n->v[k].left || (k == ADDRESS && !np_address(v, ip)))
		return;
	n->v[k] = v;
	n->at[k] = at;
}

/* "Chassis 02:00:5e:00:00:01, Port 1001:" */
static bool heading(struct np_cur line, struct np_cur *ret)
{
	line = np_trim(line);
	if (!np_ahead(line, "Chassis ", 8))
		return false;
	np_skip(&line, 8);
	*ret = np_doc_until(&line, ", Port ");
	return line.left;
}

/* "GigabitEthernet0/0/1 has 1 neighbor(s):" */
static bool port_heading(struct np_cur line, struct np_cur *ret)
{
	size_t at;

	line = np_trim(line);
	at = np_find(line, " has ", 5);
	if (at == SIZE_MAX || !at ||
	    np_find_nocase(line, "neighbo") == SIZE_MAX)
		return false;
	*ret = np_cur(line.p, at);
	return np_find(*ret, " ", 1) == SIZE_MAX;
}

static void read_line(struct np_doc *d, struct neighbour *n,
		      const struct np_cli_part *whose,
		      const struct np_cli_line *l)
{
	char label[NP_CLI_LABEL];
	struct np_cur v;
	enum kind k = NONE;

	if (heading(l->text, &v)) {
		flush(d, n, whose);
		k = CHASSIS;
	} else if (port_heading(l->text, &v)) {
		k = LOCAL;
	} else if (np_cli_label(l->text, label, &v)) {
		k = kind_of(label);
	}
	if (k != NONE) {
		take(d, n, whose, k, v, l);
	} else if (!np_trim(l->text).left) {
		n->open &= !n->n;
	} else if (np_cli_rule(l->text)) {
		flush(d, n, whose);
	} else if (n->open) {
		describe(n, l->text, l->at);
	}
}

/* Whose: some key of a neighbour, and something that only a neighbour has. */
static bool is_theirs(const struct np_cli_part *p)
{
	bool has[KINDS] = {false}, theirs = false, here = false;
	char label[NP_CLI_LABEL];
	struct np_cur v;

	for (size_t i = 0; i < p->n; i++) {
		struct np_cur l = p->line[i].text;

		here |= np_find_nocase(l, "local-information") != SIZE_MAX ||
			np_find_nocase(l, "lldp local") != SIZE_MAX;
		theirs |= np_find_nocase(l, "neighbo") != SIZE_MAX;
		if (np_cli_label(l, label, &v) && v.left)
			has[kind_of(label)] = true;
		if (heading(l, &v))
			has[CHASSIS] = has[PORT] = true;
	}
	here |= np_find_nocase(p->command, "local") != SIZE_MAX;
	theirs |= np_find_nocase(p->command, "neighbo") != SIZE_MAX ||
		  np_find_nocase(p->command, "remote") != SIZE_MAX;
	has[PORT] |= has[PORT_ID];
	return !here && ((has[CHASSIS] && has[PORT]) ||
			 (has[DEVICE] && (has[PORT] || has[PLATFORM])) ||
			 (theirs && has[NAME] && (has[CHASSIS] || has[PORT])));
}

bool np_cli_neighbours(struct np_doc *d, const struct np_cli_part *p)
{
	struct neighbour n = {0};

	if (!is_theirs(p))
		return false;
	for (size_t i = 0; d && i < p->n; i++)
		read_line(d, &n, p, &p->line[i]);
	if (d)
		flush(d, &n, p);
	return true;
}

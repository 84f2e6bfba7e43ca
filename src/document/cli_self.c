/* SPDX-License-Identifier: ISC */
/*
 * What a box says of itself: labels that mean model, version, serial number,
 * name, whoever made it, and the text as a whole, which the signatures read.
 */
#include "document/cli.h"
#include <ctype.h>

#define UPTIME NP_CLI_FIELDS /* says nothing, but that this is an answer */

static const struct {
	const char *label;
	unsigned field, rank;
} labels[] = {
	{"model name", NP_CLI_MODEL, 1},
	{"model number", NP_CLI_MODEL, 1},
	{"model id", NP_CLI_MODEL, 1},
	{"modelname", NP_CLI_MODEL, 1},
	{"chassis model", NP_CLI_MODEL, 1},
	{"chassis type", NP_CLI_MODEL, 1},
	{"chassis name", NP_CLI_MODEL, 2},
	{"hardware model", NP_CLI_MODEL, 1},
	{"hw model", NP_CLI_MODEL, 1},
	{"machine model", NP_CLI_MODEL, 1},
	{"product name", NP_CLI_MODEL, 1},
	{"product model", NP_CLI_MODEL, 1},
	{"product type", NP_CLI_MODEL, 2},
	{"product id", NP_CLI_MODEL, 2},
	{"product", NP_CLI_MODEL, 2},
	{"product class", NP_CLI_MODEL, 3},
	{"system type", NP_CLI_MODEL, 2},
	{"system model id", NP_CLI_MODEL, 1},
	{"machine type", NP_CLI_MODEL, 3},
	{"device type", NP_CLI_MODEL, 2},
	{"device model", NP_CLI_MODEL, 1},
	{"switch model", NP_CLI_MODEL, 1},
	{"sc model", NP_CLI_MODEL, 1},
	{"appliance model", NP_CLI_MODEL, 1},
	{"device_name", NP_CLI_MODEL, 2},
	{"platform", NP_CLI_MODEL, 3},
	{"platform name", NP_CLI_MODEL, 2},
	{"model", NP_CLI_MODEL, 2},
	{"device", NP_CLI_MODEL, 4},
	{"boardtype", NP_CLI_MODEL, 4},
	{"chassis serial number", NP_CLI_SERIAL, 1},
	{"system serial number", NP_CLI_SERIAL, 1},
	{"system serial", NP_CLI_SERIAL, 1},
	{"chassis serial", NP_CLI_SERIAL, 1},
	{"appliance serial number", NP_CLI_SERIAL, 1},
	{"serial number", NP_CLI_SERIAL, 2},
	{"serialnumber", NP_CLI_SERIAL, 2},
	{"serial no", NP_CLI_SERIAL, 2},
	{"serial num", NP_CLI_SERIAL, 2},
	{"serial", NP_CLI_SERIAL, 2},
	{"unit serial number", NP_CLI_SERIAL, 2},
	{"box serial number", NP_CLI_SERIAL, 1},
	{"device serial number", NP_CLI_SERIAL, 1},
	{"device_serial_number", NP_CLI_SERIAL, 2},
	{"esn", NP_CLI_SERIAL, 1},
	{"esn of master", NP_CLI_SERIAL, 1},
	{"esn of slot", NP_CLI_SERIAL, 2},
	{"esn of device", NP_CLI_SERIAL, 1},
	{"esn of chassis", NP_CLI_SERIAL, 1},
	{"equipment serial number", NP_CLI_SERIAL, 1},
	{"machine item", NP_CLI_SERIAL, 2},
	{"sn", NP_CLI_SERIAL, 3},
	{"processor board id", NP_CLI_SERIAL, 3},
	{"barcode", NP_CLI_SERIAL, 3},
	{"software version", NP_CLI_VERSION, 2},
	{"softwareversion", NP_CLI_VERSION, 2},
	{"main software version", NP_CLI_VERSION, 1},
	{"active software version", NP_CLI_VERSION, 1},
	{"software image version", NP_CLI_VERSION, 1},
	{"operation code version", NP_CLI_VERSION, 1},
	{"os version", NP_CLI_VERSION, 1},
	{"sw version", NP_CLI_VERSION, 2},
	{"system version", NP_CLI_VERSION, 2},
	{"firmware version", NP_CLI_VERSION, 2},
	{"software release", NP_CLI_VERSION, 2},
	{"software revision", NP_CLI_VERSION, 2},
	{"image version", NP_CLI_VERSION, 2},
	{"product version", NP_CLI_VERSION, 2},
	{"runtime version", NP_CLI_VERSION, 2},
	{"junos", NP_CLI_VERSION, 1},
	{"version", NP_CLI_VERSION, 3},
	{"release", NP_CLI_VERSION, 3},
	{"current firmware", NP_CLI_VERSION, 3},
	{"firmware", NP_CLI_VERSION, 4},
	{"hostname", NP_CLI_NAME, 1},
	{"host name", NP_CLI_NAME, 1},
	{"system name", NP_CLI_NAME, 1},
	{"device name", NP_CLI_NAME, 2},
	{"sysname", NP_CLI_NAME, 1},
	{"switch name", NP_CLI_NAME, 1},
	{"burned in mac address", NP_CLI_MAC, 1},
	{"base ethernet mac address", NP_CLI_MAC, 1},
	{"base mac address", NP_CLI_MAC, 1},
	{"chassis mac address", NP_CLI_MAC, 1},
	{"system mac address", NP_CLI_MAC, 1},
	{"hardware mac address", NP_CLI_MAC, 2},
	{"system mac", NP_CLI_MAC, 1},
	{"mac address", NP_CLI_MAC, 2},
	{"mac_address", NP_CLI_MAC, 2},
	{"vendor_name", NP_CLI_VENDOR, 2},
	{"vendorname", NP_CLI_VENDOR, 2},
	{"manufacturer", NP_CLI_VENDOR, 2},
	{"chassis serial nbr", NP_CLI_SERIAL, 1},
	{"base mac addr", NP_CLI_MAC, 1},
	{"uptime", UPTIME, 0},
	{"sysuptime", UPTIME, 0},
	{"uuid", UPTIME, 0},
	{"up time", UPTIME, 0},
	{"system uptime", UPTIME, 0},
	{"system up time", UPTIME, 0},
	{"hardware version", UPTIME, 0},
	{"boot rom version", UPTIME, 0},
	{"routerboard", UPTIME, 0},
};

/* Beginnings of lines that an answer has. One of weight 2, two others, or one
 * and a label are wanted, since prose may quote one. */
static const struct {
	const char *text;
	unsigned weight;
} marks[] = {
	{"Cisco IOS", 2},
	{"IOS (tm)", 2},
	{"Cisco Nexus Operating", 2},
	{"Cisco Adaptive Security", 2},
	{"Cisco NFV Infrastructure", 2},
	{"VRP (R) software", 2},
	{"Huawei Versatile Routing", 2},
	{"H3C Comware", 2},
	{"HPE Comware", 2},
	{"HP Comware", 2},
	{"Comware Software", 2},
	{"ROM: ", 1},
	{"System image file is", 2},
	{"Uptime is ", 1},
	{"System uptime is ", 1},
	{"Processor board ID", 1},
	{"Hardware inventory:", 2},
	{"Active-image:", 2},
	{"Image stamp:", 2},
	{"JUNOS ", 1},
	{"KERNEL JUNOS", 1},
	{"ESN of ", 2},
	{"success!", 1},
	{"TiMOS-", 2},
	{"ArubaOS", 2},
	{"Media type:", 1},
	{"Maximum module power", 1},
	{"Redundant-ethernet Information", 1},
	{"Control link status:", 1},
	{"total configured hardware interfaces", 2},
	{"Driver Name", 1},
	{"netdev status", 1},
	{"The following NICs are", 2},
	{"FlowType", 1},
	{"Node 0/", 1},
	{"HARDWARE DESCRIPTION", 2},
	{"Slot  Card", 2},
	{"Slot/Card", 2},
	{"Slot Sub ", 2},
	{"Rack Shelf Slot", 2},
	{"SlotID ", 2},
	{"| Ext. Part Number", 1},
	{"Slot No.", 2},
	{"Module Information", 1},
	{"Module               Version", 1},
	{"The number of configured ONT", 2},
	{"System information", 1},
	{"System has ", 1},
	{"Boot Image:", 1},
	{"Virus-DB:", 1},
	{"pve-manager/", 2},
	{"- - - - - - - -", 1},
	{"RouterOS ", 1},
	{"Extreme Networks", 1},
	{"Image   :", 1},
	{"ExtremeXOS", 2},
	{"Ericsson ", 1},
	{"Dell ", 1},
	{"System Type:", 1},
};

static bool holds_secret(struct np_cur line)
{
	static const char *const words[] = {
		"password", "community",   "cipher",	   "secret",
		"username", "user name",   "imsi",	   "msisdn",
		"passwd",   "private key", "contact",	   "registered to",
		"licensee", "owner",	   "session",	   "logged in",
		"e-mail",   "email",	   "phone number", "passphrase",
	};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(line, words[i]) != SIZE_MAX)
			return true;
	return false;
}

/* How VRP encloses what it enciphered: the same four characters before and
 * behind. They say whose the software is; what stands between is not kept. */
static bool enciphered(struct np_cur line, struct np_cur *ret)
{
	static const char *const marks_of[] = {"%^%#", "%$%$", "%@%@", "%+%#",
					       "%#%#"};

	for (size_t i = 0; i < NP_COUNT(marks_of); i++) {
		size_t from = np_find(line, marks_of[i], 4), to;

		if (from == SIZE_MAX)
			continue;
		*ret = np_cur(line.p + from, 4);
		np_skip(&line, from + 4);
		to = np_find(line, marks_of[i], 4);
		return to != SIZE_MAX && to >= 24;
	}
	return false;
}

static size_t row_of(const char *label)
{
	for (size_t i = 0; i < NP_COUNT(labels); i++)
		if (strcmp(labels[i].label, label) == 0)
			return i;
	return NP_COUNT(labels);
}

void np_cli_fact(struct np_cli_self *s, enum np_cli_field field,
		 struct np_cur v, const struct np_cli_line *l, unsigned rank)
{
	struct np_cli_fact *f = &s->fact[field];

	if (v.left >= NP_CLI_VALUE || np_cli_nothing(v) ||
	    (f->n && f->rank <= rank))
		return;
	memcpy(f->v, v.p, v.left);
	f->n = v.left;
	f->at = l->at + (uint64_t)(v.p - l->text.p);
	f->rank = rank;
	if (!s->place)
		s->place = l->number;
}

/* "R1 uptime is 3 weeks", of which the first word is a name where it stands
 * alone. */
static bool name_before(const struct np_cli_line *l, struct np_cur *ret)
{
	static const char *const words[] = {" uptime is ", " up "};
	struct np_cur c = np_trim(l->text);

	for (size_t i = 0; i < NP_COUNT(words); i++) {
		size_t at = np_find(c, words[i], strlen(words[i]));

		if (at == SIZE_MAX || at > 63 || memchr(c.p, ' ', at) ||
		    memchr(c.p, ':', at))
			continue;
		/* "R1 up 41 days 19 hours" */
		if (i && (c.left <= at + 4 || !isdigit(c.p[at + 4]) ||
			  (np_find(c, " day", 4) == SIZE_MAX &&
			   np_find(c, " hour", 5) == SIZE_MAX &&
			   np_find(c, " min", 4) == SIZE_MAX)))
			continue;
		*ret = np_cur(c.p, at);
		return true;
	}
	return false;
}

static size_t mark_of(struct np_cur line)
{
	struct np_cur c = np_trim(line);
	size_t i = 0;

	while (i < NP_COUNT(marks) &&
	       !np_ahead(c, marks[i].text, strlen(marks[i].text)))
		i++;
	return i;
}

/* Others' files that hold the same labels. */
static bool is_foreign(struct np_cur line)
{
	static const char *const begins[] = {
		"Certificate:",	     "-----BEGIN ", "#include", "#!",
		"Metadata-Version:", "Package:",    "import ",	"from ",
		"typedef ",	     "sources:",    "/*",	"<?xml",
		"Format: ",
	};

	for (size_t i = 0; i < NP_COUNT(begins); i++)
		if (np_ahead(line, begins[i], strlen(begins[i])))
			return true;
	return false;
}

struct signs {
	bool mark[NP_COUNT(marks)];
	/* Labels that only a box has, and such as anything has. */
	bool strong[NP_CLI_FIELDS + 1], weak[NP_CLI_FIELDS + 1];
	bool foreign, cipher;
};

static void look(struct signs *s, const struct np_cli_line *l)
{
	char label[NP_CLI_LABEL];
	size_t row = NP_COUNT(labels), mark = mark_of(l->text);
	struct np_cur v;

	s->foreign |= is_foreign(l->text);
	s->cipher |= enciphered(l->text, &v);
	if (mark < NP_COUNT(marks))
		s->mark[mark] = true;
	if (name_before(l, &v))
		s->strong[UPTIME] = true;
	if (np_cli_label(l->text, label, &v))
		row = row_of(label);
	if (row == NP_COUNT(labels))
		return;
	if (labels[row].rank < 3)
		s->strong[labels[row].field] = true;
	else
		s->weak[labels[row].field] = true;
}

/* Does this read like the answer to "show version" and its like? */
static bool is_answer(const struct np_cli_part *p)
{
	unsigned weight = 0, strong = 0, weak = 0;
	struct signs s = {0};

	for (size_t i = 0; i < p->n; i++)
		look(&s, &p->line[i]);
	for (size_t i = 0; i < NP_COUNT(marks); i++)
		weight += s.mark[i] ? marks[i].weight : 0;
	for (size_t i = 0; i <= NP_CLI_FIELDS; i++) {
		strong += s.strong[i];
		weak += s.weak[i] && !s.strong[i];
	}
	if (s.foreign)
		return false;
	if (s.cipher || weight >= 2 ||
	    (weight && (strong || s.weak[NP_CLI_SERIAL])))
		return true;
	if (s.strong[NP_CLI_SERIAL] || s.strong[UPTIME])
		return strong + weak >= 2;
	return s.strong[NP_CLI_MODEL] && s.strong[NP_CLI_VERSION];
}

/* What an answer of this kind says of parts, not of the box. */
static bool about_parts(const struct np_cli_part *p)
{
	static const char *const words[] = {
		"transceiver", "optic",	 "interface", "power", "fan",
		"environment", "module", "ont ",      "nic"};
	static const char *const lines[] = {"Wavelength", "Media type",
					    "Vendor PN", "transceiver",
					    "Transceiver"};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(p->command, words[i]) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < p->n && i < 64; i++)
		for (size_t k = 0; k < NP_COUNT(lines); k++)
			if (np_ahead(np_trim(p->line[i].text), lines[k],
				     strlen(lines[k])))
				return true;
	return false;
}

/* Which text it is: a version's, or an inventory's. */
static enum np_cli_field kind_of(const struct np_cli_part *p)
{
	static const char *const words[] = {
		"inventory", "hardware", "device", "elabel", "manu",
		"chassis",   "module",	 "esn",	   "card",   "board"};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(p->command, words[i]) != SIZE_MAX)
			return NP_CLI_INVENTORY;
	if (!p->command.left && (np_cli_inventory(p, NULL) || about_parts(p)))
		return NP_CLI_INVENTORY;
	return NP_CLI_TEXT;
}

static void keep_text(struct np_cli_self *s, const struct np_cli_part *p)
{
	enum np_cli_field k = kind_of(p);
	struct np_buf *b = &s->text[k];

	for (size_t i = 0; i < p->n; i++) {
		const struct np_cli_line *l = &p->line[i];

		if (!l->text.left || holds_secret(l->text) ||
		    b->n + l->text.left + 1 > NP_MAX_VALUE)
			continue;
		if (!b->n)
			s->at[k] = l->at;
		else
			np_putc(b, '\n');
		np_put(b, l->text.p, l->text.left);
		if (!s->place)
			s->place = l->number;
	}
}

static void take_label(struct np_cli_self *s, const char *label,
		       struct np_cur v, const struct np_cli_line *l)
{
	size_t row = row_of(label);

	if (row == NP_COUNT(labels) || labels[row].field == UPTIME)
		return;
	if (labels[row].field == NP_CLI_SERIAL) /* "X (Date:08/25/18)" */
		for (size_t i = 0; i < v.left; i++)
			if (v.p[i] == ' ')
				v.left = i;
	np_cli_fact(s, (enum np_cli_field)labels[row].field, v, l,
		    labels[row].rank);
}

static void take_line(struct np_cli_self *s, const struct np_cli_line *l)
{
	struct np_cur rest = l->text, v;
	char label[NP_CLI_LABEL];

	if (enciphered(l->text, &v))
		np_cli_fact(s, NP_CLI_CIPHER, v, l, 1);
	if (holds_secret(l->text))
		return;
	if (name_before(l, &v))
		np_cli_fact(s, NP_CLI_NAME, v, l, 2);
	/* Some print two labels side by side. */
	while (np_cli_label(rest, label, &v) && v.left) {
		take_label(s, label, v, l);
		np_skip(&rest, (size_t)(v.p + v.left - rest.p));
	}
}

/* Asked for in so many words, whatever it looks like. */
static bool was_asked(const struct np_cli_part *p)
{
	static const char *const words[] = {" version", " inventory", " card",
					    " board",	" chassis",   " elabel",
					    " device",	" module",    " manu"};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(p->command, words[i]) != SIZE_MAX)
			return true;
	return false;
}

/* Asked for others: what they say of themselves is never the box's. */
static bool about_others(const struct np_cli_part *p)
{
	static const char *const words[] = {"lldp", "cdp",    "neighb",
					    "fdp",  "remote", "mndp"};

	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(p->command, words[i]) != SIZE_MAX)
			return true;
	return false;
}

bool np_cli_version(const struct np_cli_part *p, struct np_cli_self *s)
{
	bool parts = about_parts(p);

	if (about_others(p))
		return false;
	if (!is_answer(p) && !was_asked(p) && !np_cli_inventory(p, NULL))
		return false;
	if (!s)
		return true;
	keep_text(s, p);
	if (!parts)
		(void)np_cli_inventory(p, s);
	for (size_t i = 0; !parts && i < p->n; i++)
		take_line(s, &p->line[i]);
	return true;
}

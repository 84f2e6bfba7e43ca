/* SPDX-License-Identifier: ISC */
/*
 * The service based interfaces of a 5G core (3GPP TS 29.500): HTTP/2 in clear,
 * begun with its preface, each direction by itself. A client says which kind of
 * function it is (User-Agent, 5.2.2.2), a path which service it asks for, and
 * so of whom; at the repository (TS 29.510) functions describe themselves, and
 * are described to others. Members named "vendorSpecific-" and six digits are
 * of the maker with that enterprise number (6.6.3): its dialect, spoken by who
 * sends it. What lies deeper in a body, comes in an answer, or is kept in a
 * repository of data may be another's, and is said of a third or not at all.
 *
 * Where proxies stand (Via, or one connection with several kinds of senders),
 * the functions behind them are thirds. Paths and bodies hold subscribers'
 * identities: of a path the name and version of the service are kept, of a body
 * what is named here.
 *
 * In the world some write enterprise numbers without leading zeros.
 */
#include "proto/lib/http2.h"
#include "proto/lib/json.h"
#include "proto/proto.h"

enum {
	USER_AGENT,
	SERVER,
	VIA,
	API,
	TARGET_API_ROOT,
	PRODUCER_ID,
	DISCOVERY_TARGET_NF_TYPE,
	NF_TYPE,
	NF_INSTANCE_ID,
	FQDN,
	ADDRESS,
	SERVICE,
	VENDOR_ID,
	VENDOR_SPECIFIC_PEN,
	SUPPORTED_VENDOR_PEN,
	ROLE,
};

static const struct np_field fields[] = {
	[USER_AGENT] = {"user_agent", NP_TEXT, NP_KEY_NONE, 0,
			"kind of function, and what it adds of itself"},
	[SERVER] = {"server", NP_TEXT, NP_KEY_NONE, 0,
		    "who answers, or that a proxy does in its stead"},
	[VIA] = {"via", NP_TEXT, NP_KEY_NONE, 0, "proxies on the way"},
	[API] = {"api", NP_TEXT, NP_KEY_NONE, 0,
		 "service that is asked for, and its version"},
	[TARGET_API_ROOT] = {"target_api_root", NP_TEXT, NP_KEY_NONE, 0,
			     "whom a proxy shall ask"},
	[PRODUCER_ID] = {"producer_id", NP_TEXT, NP_KEY_NONE, 0,
			 "instance that a proxy chose"},
	[DISCOVERY_TARGET_NF_TYPE] = {"discovery_target_nf_type", NP_TEXT,
				      NP_KEY_NONE, 0,
				      "kind of function a proxy shall find"},
	[NF_TYPE] = {"nf_type", NP_TEXT, NP_KEY_NONE, 0, "nfType of a profile"},
	[NF_INSTANCE_ID] = {"nf_instance_id", NP_TEXT, NP_KEY_NONE, 0,
			    "nfInstanceId of a profile, or of who keeps one"},
	[FQDN] = {"fqdn", NP_TEXT, NP_KEY_NONE, 0, "fqdn of a profile"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_NONE, 0,
		     "address of a profile; a key but for a bridge's"},
	[SERVICE] = {"service", NP_TEXT, NP_KEY_NONE, 0,
		     "service that a function offers"},
	[VENDOR_ID] = {"vendor_id", NP_UINT, NP_KEY_NONE, 0,
		       "vendorId of a profile: the maker's enterprise number"},
	[VENDOR_SPECIFIC_PEN] = {"vendor_specific_pen", NP_UINT, NP_KEY_NONE, 0,
				 "enterprise number in the name of a member"},
	[SUPPORTED_VENDOR_PEN] = {"supported_vendor_pen", NP_UINT, NP_KEY_NONE,
				  0,
				  "supportedVendorSpecificFeatures: whose "
				  "dialect is known, not who made it"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "AMF, SMF, NRF and others, by name or by service"},
};

#define LIMIT (64u * 1024) /* octets of a direction that are read */
#define MAX_NOTES 160
#define MAX_NAMES 24	/* who is told apart in one direction */
#define MAX_PROFILES 16 /* of one answer */
#define MAX_LISTED 16	/* services or addresses of one profile */
#define MAX_UNPROVEN 8	/* messages without a sign that it is 5G's */
#define LONGEST_API 48
#define LONGEST_TEXT 256

/* Kinds of functions, TS 29.510 6.1.6.3.3, and how their services begin. */
static const struct kind {
	const char *api, *name;
} kinds[] = {
	{"namf", "AMF"},       {"nsmf", "SMF"},	      {"nnrf", "NRF"},
	{"nausf", "AUSF"},     {"nudm", "UDM"},	      {"nudr", "UDR"},
	{"npcf", "PCF"},       {"nnssf", "NSSF"},     {"nnef", "NEF"},
	{"nchf", "CHF"},       {"nbsf", "BSF"},	      {"nnwdaf", "NWDAF"},
	{"nsmsf", "SMSF"},     {"nlmf", "LMF"},	      {"ngmlc", "GMLC"},
	{"n5g-eir", "5G-EIR"}, {"nudsf", "UDSF"},     {"nucmf", "UCMF"},
	{"n32c", "SEPP"},      {"naf", "AF"},	      {"nhss", "HSS"},
	{"nmfaf", "MFAF"},     {"ndccf", "DCCF"},     {"nadrf", "ADRF"},
	{"neasdf", "EASDF"},   {"ntsctsf", "TSCTSF"}, {"nnsacf", "NSACF"},
	{"nnssaaf", "NSSAAF"}, {"nmbsmf", "MB-SMF"},  {"nmbstf", "MBSTF"},
	{NULL, "UPF"},	       {NULL, "SCP"},	      {NULL, "N3IWF"},
	{NULL, "PCSCF"},       {NULL, "ICSCF"},	      {NULL, "SCSCF"},
};

/* Of whom a note is. */
enum who {
	SENDER,
	RELAYED, /* who spoke first, behind the sender */
	RECEIVER,
	BEHIND,	   /* behind the receiver */
	ELSEWHERE, /* somebody */
	PROFILE,   /* whom a profile describes, to others */
};

struct note {
	enum who who;
	unsigned group; /* of one who; those of SENDER and RECEIVER are one */
	unsigned field;
	enum np_form form;
	const uint8_t *p;
	size_t n;
	const uint8_t *at;
};

struct read {
	struct np_out *o;
	struct note *notes;
	size_t n;
	struct np_cur names[MAX_NAMES];
	unsigned nnames, nprofiles;
	bool proven; /* 5G's own words were seen */
};

/* ------------------------------------------------------------------ notes */

static void note_as(struct read *r, enum who who, unsigned group,
		    unsigned field, enum np_form form, struct np_cur v,
		    const uint8_t *at)
{
	if (v.cut || !v.left || v.left > LONGEST_TEXT)
		return;
	if (group == MAX_NAMES) {
		r->o->full = true;
		return;
	}
	for (size_t i = 0; i < r->n; i++) {
		const struct note *x = &r->notes[i];

		if (x->who == who && x->group == group && x->field == field &&
		    np_same(np_cur(x->p, x->n), v))
			return;
	}
	if (r->n < MAX_NOTES)
		r->notes[r->n++] =
			(struct note){who, group, field, form, v.p, v.left, at};
	else
		r->o->full = true;
}

static void note(struct read *r, enum who who, unsigned group, unsigned field,
		 struct np_cur v, const uint8_t *at)
{
	note_as(r, who, group, field, NP_TEXT, v, at);
}

static void note_word(struct read *r, enum who who, unsigned group,
		      unsigned field, const char *word, const uint8_t *at)
{
	if (word)
		note(r, who, group, field, np_cur(word, strlen(word)), at);
}

/* Who calls himself the same is one; MAX_NAMES when there are too many. */
static unsigned group_of(struct read *r, struct np_cur name)
{
	for (unsigned i = 0; i < r->nnames; i++)
		if (np_same(r->names[i], name))
			return i;
	if (r->nnames == MAX_NAMES)
		return MAX_NAMES;
	r->names[r->nnames] = name;
	return r->nnames++;
}

/* ------------------------------------------------------------------ words */

/* 5G_EIR is written with either. */
static bool same_letter(uint8_t a, char b)
{
	return a == (uint8_t)b || (a == '_' && b == '-');
}

/* The kind of function that a text begins with, and that ends there or is
 * followed by what marks an instance; NULL when none is. */
static const char *kind_of(struct np_cur v)
{
	for (size_t i = 0; !v.cut && i < NP_COUNT(kinds); i++) {
		const char *name = kinds[i].name;
		size_t n = strlen(name), same = 0;

		while (same < n && same < v.left &&
		       same_letter(v.p[same], name[same]))
			same++;
		if (same == n && (v.left == n || memchr("- /;", v.p[n], 4)))
			return name;
	}
	return NULL;
}

/* Six digits, or fewer where zeros are left out. */
static bool enterprise(struct np_cur v, struct np_arena *mem,
		       struct np_cur *ret)
{
	uint64_t pen;
	size_t n = v.left;

	if (v.cut || !n || n > 6 || !np_decimal(&v, &pen) || v.left || !pen)
		return false;
	uint8_t *p = np_alloc(mem, 3);

	if (!p)
		return false;
	p[0] = (uint8_t)(pen >> 16);
	p[1] = (uint8_t)(pen >> 8);
	p[2] = (uint8_t)pen;
	*ret = np_cur(p, 3);
	return true;
}

static bool lower_or_digit(uint8_t b)
{
	return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-';
}

/* Where the part of a path ends that begins here. */
static size_t part_end(struct np_cur c)
{
	size_t n = 0;

	while (n < c.left && c.p[n] != '/' && c.p[n] != '?')
		n++;
	return n;
}

/* A service's name, a slash and a version: apiName and apiVersion of TS 29.501
 * 4.4.1, which may stand behind a prefix. `rest` begins behind both. */
static const struct kind *service(struct np_cur path, struct np_cur *ret_api,
				  struct np_cur *ret_rest)
{
	for (size_t parts = 0; parts < 4 && path.left; parts++) {
		np_skip(&path, 1);
		size_t n = part_end(path), letters = 0;
		struct np_cur v = path;

		while (letters < n && lower_or_digit(path.p[letters]))
			letters++;
		np_skip(&v, n < v.left ? n + 1 : n);
		size_t version = part_end(v);

		for (size_t i = 0; letters == n && i < NP_COUNT(kinds); i++) {
			const char *api = kinds[i].api;
			size_t length = api ? strlen(api) : n + 1;

			if (n + 1 + version > LONGEST_API || version < 2 ||
			    version > 3 || v.p[0] != 'v' || length >= n ||
			    !np_ahead(path, api, length) ||
			    path.p[length] != '-')
				continue;
			*ret_api = np_cur(path.p, n + 1 + version);
			np_skip(&v, version);
			*ret_rest = v;
			return &kinds[i];
		}
		np_skip(&path, n);
	}
	return NULL;
}

/* RFC 4122 3: nothing else may stand for an instance. */
static bool uuid(struct np_cur v)
{
	if (v.left != 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		uint8_t b = v.p[i] | 0x20;

		if (dash ? v.p[i] != '-'
			 : !((b >= '0' && b <= '9') || (b >= 'a' && b <= 'f')))
			return false;
	}
	return true;
}

/* --------------------------------------------------------------- profiles */

struct body {
	struct read *r;
	const uint8_t *at;
};

static struct np_cur text_of(const struct body *b, const struct np_json *of,
			     const char *name)
{
	return np_json_text(np_json_member(of, name), b->r->o->mem);
}

/* The members of an object whose names are a word and an enterprise number. */
static void note_enterprises(const struct body *b, enum who who, unsigned group,
			     const struct np_json *of, const char *word,
			     unsigned field)
{
	const struct np_json *v = np_json_first(of);

	for (size_t seen = 0; v && seen < MAX_LISTED; v = np_json_next(v)) {
		const char *name = np_json_name(v);
		size_t n = strlen(word);
		struct np_cur pen;

		if (!name || strncmp(name, word, n) != 0 ||
		    !enterprise(np_cur(name + n, strlen(name + n)),
				b->r->o->mem, &pen))
			continue;
		note_as(b->r, who, group, field, NP_UINT, pen, b->at);
		seen++;
	}
}

static void note_addresses(const struct body *b, enum who who, unsigned group,
			   const struct np_json *list)
{
	const struct np_json *v = np_json_first(list);

	for (size_t i = 0; v && i < MAX_LISTED; v = np_json_next(v), i++) {
		uint8_t ip[16];
		size_t n = np_address(np_json_text(v, b->r->o->mem), ip);
		const void *copy = n ? np_copy(b->r->o->mem, ip, n) : NULL;

		if (copy)
			note_as(b->r, who, group, ADDRESS, NP_IP,
				np_cur(copy, n), b->at);
	}
}

/* NFProfile, TS 29.510 6.1.6.2.2. */
static void note_profile(const struct body *b, enum who who, unsigned group,
			 const struct np_json *p)
{
	struct np_cur type = text_of(b, p, "nfType"), pen;
	const struct np_json *v =
		np_json_first(np_json_member(p, "nfServices"));

	note(b->r, who, group, NF_TYPE, type, b->at);
	note_word(b->r, who, group, ROLE, kind_of(type), b->at);
	note(b->r, who, group, NF_INSTANCE_ID, text_of(b, p, "nfInstanceId"),
	     b->at);
	note(b->r, who, group, FQDN, text_of(b, p, "fqdn"), b->at);
	note_addresses(b, who, group, np_json_member(p, "ipv4Addresses"));
	note_addresses(b, who, group, np_json_member(p, "ipv6Addresses"));
	for (size_t i = 0; v && i < MAX_LISTED; v = np_json_next(v), i++)
		note(b->r, who, group, SERVICE, text_of(b, v, "serviceName"),
		     b->at);
	if (enterprise(text_of(b, p, "vendorId"), b->r->o->mem, &pen))
		note_as(b->r, who, group, VENDOR_ID, NP_UINT, pen, b->at);
	note_enterprises(b, who, group, p, "vendorSpecific-",
			 VENDOR_SPECIFIC_PEN);
	note_enterprises(b, who, group,
			 np_json_member(p, "supportedVendorSpecificFeatures"),
			 "", SUPPORTED_VENDOR_PEN);
}

static bool is_profile(const struct np_json *p)
{
	return np_json_member(p, "nfInstanceId") && np_json_member(p, "nfType");
}

/* A profile that somebody shows to others. */
static bool note_shown(const struct body *b, const struct np_json *p)
{
	if (!is_profile(p))
		return false;
	if (b->r->nprofiles < MAX_PROFILES)
		note_profile(b, PROFILE, b->r->nprofiles++, p);
	else
		b->r->o->full = true;
	return true;
}

/* ---------------------------------------------------------------- content */

/* RFC 2387: the first part of several is the JSON one (TS 29.500 6.1.2.4). */
static struct np_cur first_part(struct np_cur c)
{
	if (np_ahead(c, "--", 2)) {
		size_t head = np_find(c, "\r\n\r\n", 4);

		np_skip(&c, head == SIZE_MAX ? c.left : head + 4);
	}
	return c;
}

struct sayer {
	enum who who;
	unsigned group;
	bool request;
	bool keeps;	  /* an update of the sender's own profile */
	bool others;	  /* what it sends may be in another's dialect */
	const char *kind; /* by User-Agent, or NULL */
};

static void read_json(const struct body *b, const struct sayer *s,
		      const struct np_json *j)
{
	const struct np_json *list = np_json_member(j, "nfInstances");
	const struct np_json *v = np_json_first(list);
	size_t before = b->r->n;

	for (size_t i = 0; v && i < NP_JSON_VALUES; v = np_json_next(v), i++)
		(void)note_shown(b, v);
	(void)note_shown(b, np_json_member(j, "nfProfile"));
	if (s->keeps && is_profile(j)) {
		const char *kind = kind_of(text_of(b, j, "nfType"));

		if (!s->kind || s->kind == kind)
			note_profile(b, s->who, s->group, j);
		else
			(void)note_shown(b, j);
	} else if (!note_shown(b, j)) {
		bool own = s->request && !s->others;

		note_enterprises(b, own ? s->who : ELSEWHERE,
				 own ? s->group : 0, j, "vendorSpecific-",
				 VENDOR_SPECIFIC_PEN);
	}
	b->r->proven |= b->r->n > before;
}

static void read_content(struct read *r, const struct np_http2_message *m,
			 const struct sayer *s)
{
	const struct np_json *j;

	if (!m->npieces)
		return;
	j = np_json_open(first_part(np_http2_content(m, r->o->mem)));
	if (np_json_is_object(j))
		read_json(&(struct body){r, m->piece[0].p}, s, j);
	np_json_close(j);
}

/* --------------------------------------------------------------- messages */

/* RFC 9110 7.6.3: protocol and name of each proxy, the sender last. */
static void read_via(struct read *r, const struct np_hpack_field *via)
{
	struct np_cur last = via->value;
	size_t at;

	while ((at = np_find(last, ",", 1)) != SIZE_MAX)
		np_skip(&last, at + 1);
	last = np_trim(last);
	at = np_find(last, " ", 1);
	np_skip(&last, at == SIZE_MAX ? 0 : at + 1);
	note(r, SENDER, 0, VIA, via->value, via->at);
	note_word(r, SENDER, 0, ROLE, kind_of(last), via->at);
}

static void look_for_proof(struct read *r, const struct np_http2_message *m)
{
	for (size_t i = 0; i < m->nfields; i++)
		r->proven |= np_ahead(m->fields[i].name, "3gpp-sbi-", 9);
}

/* What a message is said by: a name in a field, or nobody's. */
static struct sayer read_sayer(struct read *r, const struct np_http2_message *m,
			       const char *name, unsigned field)
{
	struct np_hpack_field who = np_http2_field(m, name);
	struct np_hpack_field via = np_http2_field(m, "via");
	struct sayer s = {.who = via.value.cut ? SENDER : RELAYED,
			  .request = field == USER_AGENT};

	if (!via.value.cut)
		read_via(r, &via);
	s.group = group_of(r, who.value.cut ? np_cur(NULL, 0) : who.value);
	s.kind = kind_of(who.value);
	note(r, s.who, s.group, field, who.value, who.at);
	note_word(r, s.who, s.group, ROLE, s.kind, who.at);
	return s;
}

/* Behind a service's version: whose profile at a repository is changed, or who
 * asks for one. Of queries, which may name subscribers, one member is read. */
static void read_repository(struct read *r, const struct np_hpack_field *path,
			    struct np_cur rest, struct np_cur method,
			    struct sayer *s)
{
	static const char asker[] = "requester-nf-type=";
	size_t at = np_find(rest, asker, sizeof(asker) - 1);

	if (np_ahead(rest, "/nf-instances/", 14) &&
	    (np_ahead(method, "PUT", 3) || np_ahead(method, "PATCH", 5))) {
		np_skip(&rest, 14);
		struct np_cur id = np_cur(rest.p, part_end(rest));

		s->keeps = uuid(id);
		if (s->keeps)
			note(r, s->who, s->group, NF_INSTANCE_ID, id, path->at);
	} else if (at != SIZE_MAX) {
		np_skip(&rest, at + sizeof(asker) - 1);
		at = np_find(rest, "&", 1);
		if (at != SIZE_MAX)
			rest = np_cur(rest.p, at);
		note_word(r, s->who, s->group, ROLE, kind_of(rest), path->at);
	}
}

/* TS 29.500 6.10: fields that only a proxy heeds. */
static bool read_errand(struct read *r, const struct np_http2_message *m,
			unsigned *group)
{
	struct np_hpack_field root =
		np_http2_field(m, "3gpp-sbi-target-apiroot");
	struct np_hpack_field type =
		np_http2_field(m, "3gpp-sbi-discovery-target-nf-type");

	if (!root.value.cut)
		*group = group_of(r, root.value);
	note(r, BEHIND, *group, TARGET_API_ROOT, root.value, root.at);
	note(r, BEHIND, *group, DISCOVERY_TARGET_NF_TYPE, type.value, type.at);
	/* Discovery is delegated to an SCP; the other may go to a SEPP. */
	if (!type.value.cut)
		note_word(r, RECEIVER, 0, ROLE, "SCP", type.at);
	return !root.value.cut || !type.value.cut;
}

static void read_request(struct read *r, const struct np_http2_message *m)
{
	struct np_hpack_field path = np_http2_field(m, ":path");
	struct np_hpack_field method = np_http2_field(m, ":method");
	struct sayer s = read_sayer(r, m, "user-agent", USER_AGENT);
	struct np_cur api = {0}, rest;
	const struct kind *k = service(path.value, &api, &rest);
	unsigned group = group_of(r, api);
	bool errand = read_errand(r, m, &group);

	if (k) {
		enum who whose = errand ? BEHIND : RECEIVER;

		r->proven = true;
		note(r, whose, group, API, api, path.at);
		note_word(r, whose, group, ROLE, k->name, path.at);
		if (strcmp(k->name, "NRF") == 0)
			read_repository(r, &path, rest, method.value, &s);
		/* Others' data is kept there; a charging function is spoken
		 * to in its own dialect, whoever made the client. */
		s.others = strcmp(k->name, "UDR") == 0 ||
			   strcmp(k->name, "UDSF") == 0 ||
			   strcmp(k->name, "CHF") == 0;
	}
	read_content(r, m, &s);
}

static void read_message(struct read *r, const struct np_http2_message *m)
{
	look_for_proof(r, m);
	if (np_http2_field(m, ":status").value.cut) {
		read_request(r, m);
		return;
	}
	struct sayer s = read_sayer(r, m, "server", SERVER);
	struct np_hpack_field id = np_http2_field(m, "3gpp-sbi-producer-id");

	note(r, BEHIND, s.group, PRODUCER_ID, id.value, id.at);
	read_content(r, m, &s);
}

/* ------------------------------------------------------------- statements */

/* Two kinds of functions at one end: somebody there hands on what others say,
 * and nothing is known to be his own. */
static void demote(struct read *r, enum who end, enum who behind)
{
	const struct note *first = NULL;
	bool several = false;

	for (size_t i = 0; i < r->n; i++) {
		const struct note *x = &r->notes[i];

		if (x->who != end || x->field != ROLE)
			continue;
		several |= first && !np_same(np_cur(first->p, first->n),
					     np_cur(x->p, x->n));
		first = x;
	}
	for (size_t i = 0; several && i < r->n; i++)
		if (r->notes[i].who == end)
			r->notes[i].who = behind;
}

static bool together(const struct note *a, const struct note *b)
{
	return a->who == b->who &&
	       (a->who == SENDER || a->who == RECEIVER || a->group == b->group);
}

static void open_statement(struct np_out *o, enum who who)
{
	if (who == RECEIVER) {
		np_say_receiver(o);
	} else if (who == RELAYED) {
		np_say_relayed(o);
	} else if (who != SENDER) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
	}
}

static void emit(struct np_out *o, const struct note *x)
{
	np_emit_made(o, x->field, x->form, x->p, x->n, x->at);
	if (x->field == ADDRESS)
		np_key_own_address(o, np_cur(x->p, x->n));
}

/* Said before, of the same one? */
static bool repeats(const struct read *r, size_t i)
{
	const struct note *x = &r->notes[i], *y = r->notes;

	for (; y < x; y++)
		if (together(x, y) && x->field == y->field &&
		    np_same(np_cur(x->p, x->n), np_cur(y->p, y->n)))
			return true;
	return false;
}

/* The sender's first: the statement that is open. */
static void emit_who(const struct read *r, enum who who)
{
	for (size_t i = 0; i < r->n; i++) {
		bool said = r->notes[i].who != who;

		for (size_t j = 0; !said && j < i; j++)
			said = together(&r->notes[j], &r->notes[i]);
		if (said)
			continue;
		open_statement(r->o, who);
		for (size_t j = i; j < r->n; j++)
			if (together(&r->notes[i], &r->notes[j]) &&
			    !repeats(r, j))
				emit(r->o, &r->notes[j]);
	}
}

/* Reads the messages that are there, until it is clear that they are of
 * something else. */
static enum np_http2_is read_all(struct read *r, struct np_http2 *h)
{
	enum np_http2_is is;
	size_t n = 0;

	while ((is = np_http2_next(h)) == NP_HTTP2_MESSAGE) {
		read_message(r, &h->done);
		if (++n == MAX_UNPROVEN && !r->proven)
			return NP_HTTP2_BROKEN;
	}
	return is;
}

static enum np_verdict sba_decode(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	struct np_http2 h;
	struct read r = {.o = o};

	if (!o->from->stream || !np_http2_begins(*c))
		return NP_NOT_MINE;
	r.notes = np_alloc(o->mem, MAX_NOTES * sizeof(*r.notes));
	if (!r.notes || !np_http2_open(&h, *c, o->mem))
		return NP_NOT_MINE;
	enum np_http2_is is = read_all(&r, &h);

	if (is == NP_HTTP2_MORE && !o->from->end && all < LIMIT) {
		/* Twice as much each time: all is read again. */
		size_t want = h.need > 2 * all ? h.need : 2 * all;

		return np_more(o, want < LIMIT ? want : LIMIT);
	}
	while (is == NP_HTTP2_MORE && np_http2_rest(&h))
		read_message(&r, &h.done);
	if (!r.proven)
		return NP_NOT_MINE;
	demote(&r, SENDER, RELAYED);
	demote(&r, RECEIVER, BEHIND);
	for (int who = SENDER; who <= PROFILE; who++)
		emit_who(&r, (enum who)who);
	return is == NP_HTTP2_BROKEN ? NP_MALFORMED : NP_DECODED;
}

/* A client's preface, or a server's first SETTINGS with up to eight of them. */
#define SETTINGS_OF(n) NP_STREAM("\0\0" n "\4\0\0\0\0\0")

static const struct np_match match[] = {
	NP_STREAM("PRI * HTTP/2.0\r\n"),
	SETTINGS_OF("\x00"),
	SETTINGS_OF("\x06"),
	SETTINGS_OF("\x0c"),
	SETTINGS_OF("\x12"),
	SETTINGS_OF("\x18"),
	SETTINGS_OF("\x1e"),
	SETTINGS_OF("\x24"),
	SETTINGS_OF("\x2a"),
	SETTINGS_OF("\x30"),
};

const struct np_proto np_proto_sba = {
	.name = "sba",
	.title = "Service based interfaces of 5G",
	.spec = "3GPP TS 29.500, TS 29.510",
	.layer = "service",
	.grade = "E5",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sba_decode,
};

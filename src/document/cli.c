/* SPDX-License-Identifier: ISC */
/*
 * Saved command output: what a box printed when somebody asked it, alone in a
 * file or a session's log with prompts, pagers and escapes. A prompt's name is
 * whoever answers until another prompt; a text without one is one box's.
 */
#include "document/cli.h"

static const char *const fields[] = {
	[NP_CLI_TEXT] = "cli.version",
	[NP_CLI_INVENTORY] = "cli.inventory",
	[NP_CLI_NAME] = "cli.prompt",
	[NP_CLI_MODEL] = "cli.model",
	[NP_CLI_SERIAL] = "cli.serial_number",
	[NP_CLI_VERSION] = "cli.software_version",
	[NP_CLI_MAC] = "cli.mac",
	[NP_CLI_VENDOR] = "cli.vendor_name",
	[NP_CLI_CIPHER] = "cli.cipher",
	[NP_CLI_LLDP_CHASSIS] = "lldp.chassis_id",
	[NP_CLI_LLDP_NAME] = "lldp.system_name",
	[NP_CLI_LLDP_DESCRIPTION] = "lldp.system_description",
	[NP_CLI_LLDP_ADDRESS] = "lldp.management_address",
	[NP_CLI_LLDP_SERIAL] = "lldp.med_serial_number",
	[NP_CLI_LLDP_MAKER] = "lldp.med_manufacturer",
	[NP_CLI_LLDP_MODEL] = "lldp.med_model",
	[NP_CLI_CDP_DEVICE] = "cdp.device_id",
	[NP_CLI_CDP_PLATFORM] = "cdp.platform",
	[NP_CLI_CDP_VERSION] = "cdp.software_version",
	[NP_CLI_CDP_ADDRESS] = "cdp.address",
	[NP_CLI_CDP_NAME] = "cdp.system_name",
	[NP_CLI_LINK + NP_LINK_KIND] = "link.kind",
	[NP_CLI_LINK + NP_LINK_NEAR] = "link.near",
	[NP_CLI_LINK + NP_LINK_FAR] = "link.far",
	[NP_CLI_LINK + NP_LINK_NEAR_PORT] = "link.near_port",
	[NP_CLI_LINK + NP_LINK_FAR_PORT] = "link.far_port",
	[NP_CLI_ALL] = NULL,
};

struct reading {
	struct np_doc *d;     /* NULL: only asks whose it is */
	struct np_arena *mem; /* of the part */
	struct np_cli_part part;
	struct np_cli_line lines[NP_CLI_LINES];
	char screen[NP_CLI_WIDTH]; /* the line that came last */
	char command[NP_CLI_VALUE];
	char prompt[NP_CLI_VALUE]; /* the last that asked */
	size_t nprompt;
	char name[NP_CLI_VALUE]; /* who answers */
	size_t nname;
	unsigned asked; /* prompts with a command */
	bool mine;
	struct np_cli_self self;
};

/* ---- who answers */

static void forget(struct np_cli_self *s)
{
	for (size_t i = 0; i < NP_COUNT(s->text); i++)
		np_buf_clear(&s->text[i]);
	for (size_t i = 0; i < NP_COUNT(s->fact); i++)
		s->fact[i].n = 0;
	s->place = 0;
}

/* All that the box said of itself. */
static void say_self(struct reading *r)
{
	struct np_cli_self *s = &r->self;
	bool any = false;

	for (size_t i = 0; i < NP_COUNT(s->text); i++)
		any |= s->text[i].n;
	for (size_t i = 0; i < NP_COUNT(s->fact); i++)
		any |= s->fact[i].n;
	if (!r->d || !any)
		return;
	np_doc_say(r->d, NP_SELF, NP_LINK);
	np_doc_place(r->d, s->place);
	for (unsigned i = 0; i < NP_COUNT(s->text); i++)
		if (s->text[i].n)
			np_doc_put_at(r->d, i,
				      np_cur(s->text[i].p, s->text[i].n),
				      s->at[i]);
	for (unsigned i = NP_CLI_NAME; i < NP_CLI_FIELDS; i++)
		if (s->fact[i].n)
			np_doc_put_at(r->d, i,
				      np_cur(s->fact[i].v, s->fact[i].n),
				      s->fact[i].at);
	np_doc_said(r->d);
	forget(s);
}

/* ---- parts */

/* Is what follows this command of any use? */
static bool wanted(struct np_cur command)
{
	static const char *const words[] = {
		"ver",	       "inventory", "device",  "elabel",  "lldp",
		"cdp",	       "neighb",    "esn",     "chassis", "hardware",
		"system",      "status",    "manu",    "module",  "board",
		"serial",      "unit",	    "info",    "product", "card",
		"routerboard", "sn",	    "machine", "stack",	  "fdp",
		"equipment",   "software",  "tech",    "remote",  "resource",
		"nic",	       "ont",
	};

	if (!command.left)
		return true;
	for (size_t i = 0; i < NP_COUNT(words); i++)
		if (np_find_nocase(command, words[i]) != SIZE_MAX)
			return true;
	return false;
}

static void end_part(struct reading *r)
{
	struct np_cli_self *s = r->d ? &r->self : NULL;
	struct np_cli_part *p = &r->part;

	p->name = np_cur(r->name, r->nname);
	if (p->n && wanted(p->command))
		r->mine |= np_cli_mml(p, s) || np_cli_neighbours(r->d, p) ||
			   np_cli_brief(r->d, p) || np_cli_version(p, s);
	p->n = 0;
	np_arena_reset(r->mem);
}

static void begin_part(struct reading *r, struct np_cur command)
{
	size_t n = command.left < NP_CLI_VALUE ? command.left : 0;

	end_part(r);
	memcpy(r->command, command.p, n);
	r->part.command = np_cur(r->command, n);
}

/* Another box's prompt ends what the last one said. */
static void answers(struct reading *r, struct np_cur name,
		    const struct np_cli_line *l)
{
	if (!name.left || name.left >= sizeof(r->name))
		return;
	if (r->nname &&
	    (r->nname != name.left || memcmp(r->name, name.p, name.left) != 0))
		say_self(r);
	memcpy(r->name, name.p, name.left);
	r->nname = name.left;
	if (!r->d)
		return;
	r->self.fact[NP_CLI_NAME].n = 0;
	np_cli_fact(&r->self, NP_CLI_NAME, name, l, 0);
}

static bool take_prompt(struct reading *r, const struct np_cli_line *l)
{
	struct np_cli_prompt p;
	bool again;

	if (!np_cli_prompt(l->text, &p))
		return false;
	again = r->nprompt && p.whole.left == r->nprompt &&
		memcmp(p.whole.p, r->prompt, r->nprompt) == 0;
	if (!p.asks && !again)
		return false;
	if (p.whole.left < sizeof(r->prompt)) {
		memcpy(r->prompt, p.whole.p, p.whole.left);
		r->nprompt = p.whole.left;
	}
	r->asked += np_cli_command(p.command);
	end_part(r);
	answers(r, p.name, l);
	begin_part(r, p.asks ? p.command : np_cur("-", 1));
	return true;
}

/* Each report of a console says whose it is. */
static void take_report(struct reading *r, const struct np_cli_line *l)
{
	struct np_cur name;

	if (!np_cli_report(l->text, &name) ||
	    (name.left == r->nname && memcmp(name.p, r->name, r->nname) == 0))
		return;
	end_part(r);
	answers(r, name, l);
	begin_part(r, np_cur("", 0));
}

static void keep_line(struct reading *r, const struct np_cli_line *l)
{
	struct np_cur text = l->text;

	if (r->part.n == NP_CLI_LINES)
		end_part(r);
	if (!r->part.n && !text.left)
		return;
	if (text.left)
		text.p = np_copy(r->mem, text.p, text.left);
	if (text.p)
		r->part.line[r->part.n++] =
			(struct np_cli_line){text, l->at, l->number};
}

static void take_line(struct reading *r, struct np_cur raw, uint64_t at,
		      uint64_t number)
{
	struct np_cli_line l = {np_cli_screen(raw, r->screen), at, number};

	if (take_prompt(r, &l))
		return;
	take_report(r, &l);
	if (!r->part.n && !r->part.command.left && np_cli_command(l.text))
		begin_part(r, np_trim(l.text));
	else
		keep_line(r, &l);
}

static struct reading *new_reading(struct np_doc *d, struct np_arena *mem)
{
	struct reading *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->d = d;
	r->mem = mem;
	r->part.line = r->lines;
	for (size_t i = 0; i < NP_COUNT(r->self.text); i++)
		r->self.text[i] = np_buf(NP_MAX_VALUE);
	return r;
}

static void end_reading(struct reading *r)
{
	for (size_t i = 0; i < NP_COUNT(r->self.text); i++)
		np_buf_free(&r->self.text[i]);
	free(r);
}

/* Markup and what is no text may hold anything. */
static bool is_text(struct np_cur head)
{
	return head.left && !memchr(head.p, 0, head.left) &&
	       !np_ahead(head, "<!", 2) && !np_ahead(head, "<?", 2);
}

static bool mine(struct np_cur head)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct reading *r = is_text(head) ? new_reading(NULL, &mem) : NULL;
	struct np_cur line;
	bool ours;

	while (r && np_line(&head, &line))
		take_line(r, line, 0, 1);
	if (r && head.left)
		take_line(r, head, 0, 1);
	if (r)
		end_part(r);
	ours = r && (r->mine || r->asked);
	if (r)
		end_reading(r);
	np_arena_free(&mem);
	return ours;
}

static int read_cli(struct np_doc *d)
{
	struct reading *r = new_reading(d, &d->keep);
	struct np_cur line;

	if (!r)
		return NP_ENOMEM;
	while (np_doc_line(d, &line))
		take_line(r, line, d->line_at, d->line);
	end_part(r);
	say_self(r);
	end_reading(r);
	return NP_OK;
}

const struct np_document np_document_cli = {
	.name = "cli",
	.title = "Saved command output",
	.spec = "as each maker prints it",
	.method = "output",
	.fields = fields,
	.mine = mine,
	.read = read_cli,
};

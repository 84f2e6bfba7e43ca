/* SPDX-License-Identifier: ISC */
/* A neighbour that a box lists, once more as who is at the other end of which
 * port. Where it is not known whose list it is, nothing is said. */
#include "document/cli.h"

static void put(struct np_doc *d, enum np_link_field field, struct np_cur v,
		uint64_t at)
{
	if (v.left)
		np_doc_put_at(d, NP_CLI_LINK + (unsigned)field, v, at);
}

static void key(struct np_doc *d, enum np_keykind kind, struct np_cur v,
		bool *any)
{
	if (!v.left)
		return;
	np_doc_key(d, kind, v);
	*any = true;
}

/* What the command asks for; else what the answer looks like. */
static struct np_cur kind_of(const struct np_cli_link *l)
{
	static const struct {
		const char *word, *kind;
	} kinds[] = {
		{"fdp", "fdp"},
		{"edp", "edp"},
		{"ip neighbor", "mndp"},
	};

	for (size_t i = 0; i < NP_COUNT(kinds); i++)
		if (np_find_nocase(l->whose->command, kinds[i].word) !=
		    SIZE_MAX)
			return np_cur(kinds[i].kind, strlen(kinds[i].kind));
	return l->cdp ? np_cur("cdp", 3) : np_cur("lldp", 4);
}

void np_cli_link(struct np_doc *d, const struct np_cli_link *l)
{
	struct np_cur name = l->whose->name;
	char near[NP_CLI_VALUE + 8] = "name=";
	size_t n = strlen(near);
	bool any = false;

	if (!name.left || name.left > NP_CLI_VALUE)
		return;
	memcpy(near + n, name.p, name.left);
	np_doc_say(d, NP_PEER, NP_LINK);
	np_doc_place(d, l->place);
	key(d, NP_KEY_CHASSIS_ID, l->chassis, &any);
	key(d, NP_KEY_NAME, l->name, &any);
	key(d, NP_KEY_IP, l->address, &any);
	key(d, NP_KEY_SERIAL, l->serial, &any);
	if (!any)
		return;
	put(d, NP_LINK_KIND, kind_of(l), l->at);
	put(d, NP_LINK_NEAR, np_cur(near, n + name.left), l->at);
	put(d, NP_LINK_NEAR_PORT, l->near_port, l->at);
	put(d, NP_LINK_FAR_PORT, l->far_port, l->at);
	np_doc_said(d);
}

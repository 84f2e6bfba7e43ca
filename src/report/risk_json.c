/* SPDX-License-Identifier: ISC */
/* Risk as one JSON document, nameplate.risk/1. */
#include "report/member.h"
#include "report/risk.h"

struct out {
	const struct np_risk_page *p;
	struct np_buf b;
	FILE *to;
};

static const char *id_of(const struct out *o, uint32_t device)
{
	return o->p->r->devices->v[device].id;
}

static void put_ids(struct out *o, const uint32_t *v, size_t n)
{
	np_putc(&o->b, '[');
	for (size_t i = 0; i < n; i++)
		np_putf(&o->b, "%s\"%s\"", i ? "," : "", id_of(o, v[i]));
	np_putc(&o->b, ']');
}

/* ---- topology */

static void put_joint(struct out *o, const struct np_joint *j)
{
	np_putf(&o->b, "{\"kind\":\"%s\",\"by\":\"%s\",\"port_a\":",
		np_link_kinds[j->kind].name, id_of(o, j->by_a ? j->a : j->b));
	np_putjsons(&o->b, j->port_a);
	np_member(&o->b, "port_b", j->port_b);
	np_puts(&o->b, ",\"sighting\":\"");
	np_puthex(&o->b, j->sighting, NP_ID);
	np_puts(&o->b, "\"}");
}

static int put_links(struct out *o)
{
	const struct np_graph_view *v = &o->p->k->view;
	int rc = NP_OK;

	np_puts(&o->b, ",\"links\":[");
	for (uint32_t i = 0; i < v->nlinks && !rc; i++) {
		const struct np_link *l = &v->links[i];

		np_putf(&o->b,
			"%s\n{\"a\":\"%s\",\"b\":\"%s\",\"layer\":\"%s\","
			"\"counts\":%s,\"side_by_side\":%s,\"both_say\":%s,"
			"\"cut\":%s,\"joints\":[",
			i ? "," : "", id_of(o, l->a), id_of(o, l->b),
			np_layer_name(l->layer), l->counts ? "true" : "false",
			l->many ? "true" : "false", l->both ? "true" : "false",
			o->p->k->cuts.link[i] ? "true" : "false");
		for (uint32_t k = 0; k < l->n; k++) {
			np_puts(&o->b, k ? "," : "");
			put_joint(o, &v->joints[l->first + k]);
		}
		np_puts(&o->b, "]}");
		rc = np_put_out(&o->b, o->to);
	}
	np_putc(&o->b, ']');
	return rc;
}

static void put_contradictions(struct out *o)
{
	const struct np_graph_view *v = &o->p->k->view;

	np_puts(&o->b, ",\"contradictions\":[");
	for (uint32_t i = 0; i < v->ncontradictions; i++) {
		const struct np_contradiction *c = &v->contradictions[i];

		np_putf(&o->b, "%s{\"device\":\"%s\",\"port\":", i ? "," : "",
			id_of(o, c->device));
		np_putjsons(&o->b, c->port);
		np_puts(&o->b, ",\"leads_to\":");
		put_ids(o, c->others,
			c->n < NP_COUNT(c->others) ? c->n
						   : NP_COUNT(c->others));
		np_putf(&o->b, ",\"n\":%u}", c->n);
	}
	np_putc(&o->b, ']');
}

static int put_topology(struct out *o)
{
	const struct np_risk *k = o->p->k;

	np_puts(&o->b, ",\"topology\":{\"roots\":");
	put_ids(o, k->roots, k->nroots);
	np_putf(&o->b,
		",\"parts\":%u,\"largest\":%u,\"unknown_ends\":%u,"
		"\"ambiguous_ends\":%u",
		k->cuts.parts, k->cuts.largest, k->view.unknown,
		k->view.ambiguous);
	put_contradictions(o);
	int rc = put_links(o);

	np_putc(&o->b, '}');
	return rc;
}

/* ---- devices */

static void put_exposure(struct out *o, const struct np_risk_box *x)
{
	const struct np_risk_know *k = o->p->k->know;
	const char *open = "";

	np_puts(&o->b, ",\"exposure\":[");
	for (size_t i = 0; i < k->nids; i++) {
		if (!(x->exposed >> i & 1))
			continue;
		np_puts(&o->b, open);
		np_putjsons(&o->b, k->exposure_id[i]);
		open = ",";
	}
	np_puts(&o->b, "],\"default_community\":");
	np_puts(&o->b, !x->community_said     ? "null"
		       : x->community_default ? "true"
					      : "false");
	np_member(&o->b, "default_name", x->default_name);
}

static void put_dependants(struct out *o, uint32_t i)
{
	const struct np_risk *k = o->p->k;
	const struct np_node *n = &k->view.nodes[i];
	uint32_t above = k->cuts.above ? k->cuts.above[i] : NP_NOBODY;

	np_puts(&o->b, ",\"dependants\":");
	if (k->cuts.below)
		np_putu(&o->b, k->cuts.below[i]);
	else
		np_puts(&o->b, "null");
	np_member(&o->b, "reached_through",
		  above < k->devices->n ? id_of(o, above) : NULL);
	np_putf(&o->b, ",\"cut_point\":%s,\"links\":%u,\"ports_known\":%u,",
		k->cuts.node[i] ? "true" : "false", n->links, n->ports);
	np_puts(&o->b, "\"ports\":");
	if (n->all_ports >= n->ports && n->all_ports)
		np_putu(&o->b, n->all_ports);
	else
		np_puts(&o->b, "null");
	np_puts(&o->b, ",\"says\":");
	if (k->cuts.node[i] || (k->cuts.below && k->cuts.below[i])) {
		struct np_buf text = np_buf(4096);

		np_put_candidate(o->p, i, &text);
		np_putjson(&o->b, text.p, text.n);
		np_buf_free(&text);
	} else {
		np_puts(&o->b, "null");
	}
}

static void put_ways(struct out *o, uint32_t i)
{
	const char *open = "";

	np_puts(&o->b, ",\"serves\":[");
	for (size_t z = 0; z < o->p->k->nzones; z++) {
		const struct np_risk_zone *x = &o->p->k->zones[z];

		if (x->on[i] == NP_OFF_WAY)
			continue;
		np_putf(&o->b, "%s{\"zone\":", open);
		np_putjsons(&o->b, x->name);
		np_putf(&o->b, ",\"every_path\":%s}",
			x->on[i] == NP_ON_EVERY ? "true" : "false");
		open = ",";
	}
	np_putc(&o->b, ']');
}

static void put_listed(struct out *o, const struct np_risk_box *x)
{
	static const char *const fits[] = {
		[NP_V_NOT] = "not",
		[NP_V_ALL] = "all",
		[NP_V_IN] = "this",
		[NP_V_UNKNOWN] = "unknown",
	};

	np_puts(&o->b, ",\"listed\":");
	if (!o->p->k->cve_file) {
		np_puts(&o->b, "null");
		return;
	}
	np_putc(&o->b, '[');
	for (uint32_t i = 0; i < x->nlisted; i++) {
		np_puts(&o->b, i ? ",{\"cve\":" : "{\"cve\":");
		np_putjsons(&o->b, x->listed[i].cve);
		np_member(&o->b, "criteria", x->listed[i].criteria);
		np_member(&o->b, "by", x->listed[i].by);
		np_member(&o->b, "version", fits[x->listed[i].fit]);
		np_putc(&o->b, '}');
	}
	np_putc(&o->b, ']');
}

static void put_score(struct out *o, uint32_t device)
{
	const struct np_weights *w = o->p->weights;
	double sum = 0;

	if (!w)
		return;
	np_puts(&o->b, ",\"terms\":[");
	for (size_t i = 0; i < w->n; i++) {
		double v = np_risk_term(o->p->k, device, w->v[i].term);

		np_puts(&o->b, i ? ",{\"term\":" : "{\"term\":");
		np_putjsons(&o->b, w->v[i].term);
		np_putf(&o->b, ",\"value\":%.15g,\"weight\":%.15g}", v,
			w->v[i].value);
		sum += v * w->v[i].value;
	}
	np_putf(&o->b, "],\"score\":%.15g", sum);
}

static void put_device(struct out *o, uint32_t i)
{
	const struct np_device *d = &o->p->r->devices->v[i];
	const struct np_risk_box *x = &o->p->k->boxes[i];

	np_putf(&o->b, "{\"id\":\"%s\"", d->id);
	np_member(&o->b, "called", o->p->label[i]);
	np_member(&o->b, "maker", np_maker_slug(o->p->r->knowledge, d->maker));
	np_member(&o->b, "verdict", np_sure_name(d->sure));
	np_member(&o->b, "model", d->model);
	np_member(&o->b, "version", d->version);
	np_member(&o->b, "site", np_site_id(o->p->r->party, d->site));
	np_putf(&o->b, ",\"in_scope\":%s",
		o->p->in_scope[i] ? "true" : "false");
	np_member(&o->b, "function", d->function);
	np_puts(&o->b, ",\"asset\":");
	if (x->asset) {
		np_puts(&o->b, "{\"class\":");
		np_putjsons(&o->b, x->asset->class);
		np_member(&o->b, "level", x->asset->level);
		np_member(&o->b, "sure", x->asset->sure);
		np_putc(&o->b, '}');
	} else {
		np_puts(&o->b, "null");
	}
	put_exposure(o, x);
	put_dependants(o, i);
	if (x->customers < 0)
		np_puts(&o->b, ",\"customers\":null");
	else
		np_putf(&o->b, ",\"customers\":%lld", (long long)x->customers);
	put_ways(o, i);
	put_listed(o, x);
	put_score(o, i);
	np_putc(&o->b, '}');
}

static int put_devices(struct out *o)
{
	int rc = NP_OK;

	np_puts(&o->b, ",\"devices\":[");
	for (uint32_t i = 0; i < o->p->r->devices->n && !rc; i++) {
		np_puts(&o->b, i ? ",\n" : "\n");
		put_device(o, i);
		rc = np_put_out(&o->b, o->to);
	}
	np_putc(&o->b, ']');
	return rc;
}

/* ---- zones, makers, 5G, lists */

static void put_zones(struct out *o)
{
	const struct np_risk *k = o->p->k;

	np_puts(&o->b, ",\"zones\":[");
	for (size_t i = 0; i < k->nzones; i++) {
		const struct np_risk_zone *z = &k->zones[i];
		struct np_on_way_count c = np_zone_ways(o->p, z);

		np_puts(&o->b, i ? ",{\"zone\":" : "{\"zone\":");
		np_putjsons(&o->b, z->name);
		np_puts(&o->b, ",\"served_by\":");
		put_ids(o, z->served_by, z->nserved_by);
		np_puts(&o->b, ",\"steps\":");
		if (z->steps == NP_NOBODY)
			np_puts(&o->b, "null");
		else
			np_putu(&o->b, z->steps);
		np_putf(&o->b,
			",\"in_scope\":%llu,\"other\":%llu,\"unknown\":%llu,"
			"\"on_every_path\":%llu}",
			(unsigned long long)c.in_scope,
			(unsigned long long)c.other,
			(unsigned long long)c.unknown,
			(unsigned long long)c.every);
	}
	np_putc(&o->b, ']');
}

static void put_shares(struct out *o)
{
	size_t n;
	const struct np_share *v = np_shares(o->p, &n);

	np_puts(&o->b, ",\"makers\":[");
	for (size_t i = 0, k; i < n; i = k) {
		uint64_t named, all;
		int hhi;

		for (k = i + 1;
		     k < n && strcmp(v[k].function, v[i].function) == 0;)
			k++;
		hhi = np_hhi(v + i, k - i, &named, &all);
		np_puts(&o->b, i ? ",\n{\"function\":" : "\n{\"function\":");
		np_putjsons(&o->b, v[i].function);
		np_putf(&o->b, ",\"boxes\":%llu,\"named\":%llu,\"hhi\":",
			(unsigned long long)all, (unsigned long long)named);
		if (hhi < 0)
			np_puts(&o->b, "null");
		else
			np_putu(&o->b, (uint64_t)hhi);
		np_puts(&o->b, ",\"shares\":[");
		for (size_t x = i; x < k; x++) {
			np_puts(&o->b, x > i ? ",{\"maker\":" : "{\"maker\":");
			np_putjsons(&o->b, np_maker_slug(o->p->r->knowledge,
							 v[x].maker));
			np_putf(&o->b, ",\"boxes\":%llu}",
				(unsigned long long)v[x].n);
		}
		np_puts(&o->b, "]}");
	}
	np_putc(&o->b, ']');
}

static void put_fiveg(struct out *o)
{
	const struct np_devices *d = o->p->r->devices;
	const char *open = "";

	np_puts(&o->b, ",\"fiveg\":[");
	for (size_t i = 0; i < d->nroles; i++) {
		const struct np_crowd *c = &d->roles[i];

		if (c->field != NP_NO_FIELD ||
		    !np_is_fiveg(o->p->k->know, c->role))
			continue;
		np_putf(&o->b, "%s{\"role\":", open);
		np_putjsons(&o->b, c->role);
		np_member(&o->b, "maker",
			  np_maker_slug(o->p->r->knowledge, c->maker));
		np_member(&o->b, "verdict", np_sure_name(c->sure));
		np_member(&o->b, "site", np_site_id(o->p->r->party, c->site));
		np_putf(&o->b, ",\"boxes\":%llu}", (unsigned long long)c->n);
		open = ",";
	}
	np_puts(&o->b, "],\"interfaces\":{");
	open = "";
	for (unsigned i = 0; np_link_kinds[i].name; i++) {
		uint64_t n = np_links_by(o->p, i);

		if (!n || !np_link_kinds[i].interface ||
		    np_link_kinds[i].layer != NP_ASSOCIATION)
			continue;
		np_putf(&o->b, "%s\"%s\":%llu", open,
			np_link_kinds[i].interface, (unsigned long long)n);
		open = ",";
	}
	np_putc(&o->b, '}');
}

static void put_list(struct out *o)
{
	const struct np_risk *k = o->p->k;

	np_puts(&o->b, ",\"cve_list\":");
	if (!k->cve_file) {
		np_puts(&o->b, "null");
		return;
	}
	np_puts(&o->b, "{\"file\":");
	np_putjsons(&o->b, k->cve_file);
	np_putf(&o->b, ",\"entries\":%llu", (unsigned long long)k->cve_entries);
	np_member(&o->b, "means", k->know->listed);
	np_putc(&o->b, '}');
}

int np_write_risk_json(const struct np_risk_page *p, FILE *to)
{
	struct out o = {.p = p, .b = np_buf((size_t)1 << 30), .to = to};
	char day[16];
	int rc;

	np_puts(&o.b, "{\"schema\":\"nameplate.risk/1\"");
	np_member(&o.b, "as_of", np_day_text(p->r->as_of, day));
	np_member(&o.b, "opening", np_law_opening(p->r->law));
	np_putf(&o.b, ",\"plan_may_rest_on_candidates\":%s",
		p->k->cuts.rests ? "true" : "false");
	rc = put_devices(&o);
	if (!rc)
		rc = put_topology(&o);
	put_zones(&o);
	put_shares(&o);
	put_fiveg(&o);
	put_list(&o);
	np_puts(&o.b, "}\n");
	rc = rc ? rc : np_put_out(&o.b, to);
	np_buf_free(&o.b);
	return rc;
}

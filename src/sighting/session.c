/* SPDX-License-Identifier: ISC */
#include "sighting/session.h"
#include "core/prefixes.h"

/* The managed end sends from these ports. TR-069 is asked the other way round:
 * the managed box calls its server. */
static const struct {
	uint8_t proto;
	uint16_t port; /* 0: any */
	const char *service;
} services[] = {
	{NP_P_ssh, 22, "ssh"},	      {NP_P_ssh, 830, "netconf"},
	{NP_P_netconf, 0, "netconf"}, {NP_P_telnet, 23, "telnet"},
	{NP_P_snmp, 161, "snmp"},     {NP_P_cwmp, 0, "tr-069"},
	{NP_P_tls, 443, "https"},     {NP_P_tls, 8443, "https"},
	{NP_P_tls, 6513, "netconf"},  {NP_P_http, 80, "http"},
	{NP_P_http, 8080, "http"},
};

const char *np_session_service(const struct np_seal_rules *rules,
			       const struct np_from *f,
			       const struct np_proto *proto)
{
	const char *service = NULL;

	if (!rules->infrastructure || !f->src_ip || !f->dst_ip)
		return NULL;
	for (size_t i = 0; i < NP_COUNT(services) && !service; i++) {
		if (np_protos[services[i].proto] == proto &&
		    (!services[i].port || services[i].port == f->sport))
			service = services[i].service;
	}
	/* What calls has the higher port; of streams alone it may be asked. */
	if (proto == &np_proto_cwmp && (!f->stream || f->sport < f->dport))
		return NULL;
	if (!service ||
	    !np_prefixes_hold(rules->infrastructure, f->src_ip, f->ip_len) ||
	    np_prefixes_hold(rules->infrastructure, f->dst_ip, f->ip_len))
		return NULL;
	return service;
}

/* Nobody manages from these: multicast, broadcast, the link, the box itself. */
static bool no_host(const uint8_t *ip, size_t n)
{
	if (n == 4)
		return ip[0] == 0 || ip[0] == 127 || ip[0] >= 224 ||
		       (ip[0] == 169 && ip[1] == 254);
	return ip[0] == 0xff || (ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80);
}

/* Shared address space (RFC 6598) is where carriers put subscribers: their
 * addresses are not told. */
static bool subscriber(const uint8_t *ip, size_t n)
{
	return n == 4 && ip[0] == 100 && (ip[1] & 0xc0) == 64;
}

void np_session_say(struct np_out *o, const char *service)
{
	const struct np_from *f = o->from;

	if (no_host(f->dst_ip, f->ip_len))
		return;
	np_emit_word(o, 0, service, o->base);
	if (!subscriber(f->dst_ip, f->ip_len))
		np_emit_made(o, 1, NP_IP, f->dst_ip, f->ip_len, o->base);
}

/* SPDX-License-Identifier: ISC */
#include "poll/session.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
/* In net-snmp's own order. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/snmp_secmod.h>

struct np_snmp {
	void *handle;
	netsnmp_session *session; /* the handle's */
	bool found;		  /* who the agent is */
	bool clocks;		  /* its clock is known, or it has none */
};

const char *np_snmp_version(void)
{
	return netsnmp_get_version();
}

/* No configuration, no MIBs, no state of its own: what is asked is ours. */
static void begin_library(void)
{
	(void)setenv("MIBS", "", 1);
	(void)setenv("MIBDIRS", "", 1);
	(void)netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
				     NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	(void)netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
				     NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	(void)netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
				     NETSNMP_DS_LIB_DONT_LOAD_HOST_FILES, 1);
	snmp_disable_log();
	init_snmp("nameplate");
}

static int make_key(const netsnmp_session *s, const char *password, u_char *key,
		    size_t *n)
{
	*n = USM_AUTH_KU_LEN;
	return password && generate_Ku(s->securityAuthProto,
				       (u_int)s->securityAuthProtoLen,
				       (const u_char *)password,
				       strlen(password), key,
				       n) == SNMPERR_SUCCESS
		       ? NP_OK
		       : NP_EUSAGE;
}

static oid *copy_oid(const oid *from, size_t n)
{
	return from ? snmp_duplicate_objid(from, n) : NULL;
}

static int set_privacy(netsnmp_session *s, const struct np_snmp_credential *c)
{
	int type = usm_lookup_priv_type(c->privacy);
	const oid *proto =
		type > 0 ? sc_get_priv_oid(type, &s->securityPrivProtoLen)
			 : NULL;

	s->securityPrivProto = copy_oid(proto, s->securityPrivProtoLen);
	s->securityLevel = SNMP_SEC_LEVEL_AUTHPRIV;
	return s->securityPrivProto ? make_key(s, c->priv, s->securityPrivKey,
					       &s->securityPrivKeyLen)
				    : NP_EUSAGE;
}

static int set_user(netsnmp_session *s, const struct np_snmp_credential *c)
{
	s->version = SNMP_VERSION_3;
	s->securityModel = SNMP_SEC_MODEL_USM;
	s->securityName = strdup(c->user);
	s->securityNameLen = strlen(c->user);
	s->securityLevel = SNMP_SEC_LEVEL_NOAUTH;
	if (!s->securityName)
		return NP_ENOMEM;
	if (!c->auth)
		return c->privacy ? NP_EUSAGE : NP_OK;
	int type = usm_lookup_auth_type(c->auth);
	const oid *proto =
		type > 0 ? sc_get_auth_oid(type, &s->securityAuthProtoLen)
			 : NULL;

	s->securityAuthProto = copy_oid(proto, s->securityAuthProtoLen);
	s->securityLevel = SNMP_SEC_LEVEL_AUTHNOPRIV;
	int rc = s->securityAuthProto
			 ? make_key(s, c->secret, s->securityAuthKey,
				    &s->securityAuthKeyLen)
			 : NP_EUSAGE;

	return rc || !c->privacy ? rc : set_privacy(s, c);
}

static int set_credential(netsnmp_session *s,
			  const struct np_snmp_credential *c)
{
	if (c->user)
		return set_user(s, c);
	if (!c->community)
		return NP_EUSAGE;
	s->version = SNMP_VERSION_2c;
	s->community = (u_char *)strdup(c->community);
	s->community_len = strlen(c->community);
	return s->community ? NP_OK : NP_ENOMEM;
}

/* From then on the kernel takes answers of nobody else. What a neighbour says
 * may be everybody's address. */
static int connect_to(struct np_snmp *s, const struct np_snmp_peer *peer)
{
	netsnmp_transport *t = snmp_sess_transport(s->handle);
	struct sockaddr_in v4 = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)peer->port),
	};
	struct sockaddr_in6 v6 = {
		.sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)peer->port),
	};

	if (setsockopt(t->sock, SOL_SOCKET, SO_BROADCAST, &(int){0},
		       sizeof(int)) < 0)
		return -1;
	if (inet_pton(AF_INET, peer->address, &v4.sin_addr) == 1)
		return connect(t->sock, (struct sockaddr *)&v4, sizeof(v4));
	if (inet_pton(AF_INET6, peer->address, &v6.sin6_addr) == 1)
		return connect(t->sock, (struct sockaddr *)&v6, sizeof(v6));
	return -1;
}

static void forget(netsnmp_session *s)
{
	free(s->peername);
	free(s->securityName);
	free(s->securityAuthProto);
	free(s->securityPrivProto);
	free(s->community);
}

static int open_session(struct np_snmp *r, const struct np_snmp_peer *peer,
			struct np_err *reterr)
{
	bool v6 = strchr(peer->address, ':');
	netsnmp_session s;

	begin_library();
	snmp_sess_init(&s);
	/* Nobody is asked before this process is confined. */
	s.flags |= SNMP_FLAGS_DONT_PROBE;
	s.retries = 0;
	s.timeout = (long)peer->patience * 1000;
	int rc = set_credential(&s, &peer->credential);

	if (!rc && asprintf(&s.peername, v6 ? "udp6:[%s]:%u" : "udp:%s:%u",
			    peer->address, peer->port) < 0) {
		s.peername = NULL;
		rc = NP_ENOMEM;
	}
	r->handle = rc ? NULL : snmp_sess_open(&s);
	forget(&s);
	if (rc)
		return np_fail(reterr, rc,
			       rc == NP_EUSAGE ? "net-snmp does not take these "
						 "credentials"
					       : "out of memory",
			       peer->address, 0);
	if (!r->handle || connect_to(r, peer) < 0)
		return np_fail(reterr, NP_EIO, "no way to this address",
			       peer->address, 0);
	r->session = snmp_sess_session(r->handle);
	r->clocks = !peer->credential.auth;
	return NP_OK;
}

int np_snmp_open(const struct np_snmp_peer *peer, struct np_snmp **ret,
		 struct np_err *reterr)
{
	struct np_snmp *r = calloc(1, sizeof(*r));
	int rc;

	*ret = NULL;
	if (!r)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	rc = open_session(r, peer, reterr);
	if (rc)
		np_snmp_close(r);
	else
		*ret = r;
	return rc;
}

void np_snmp_close(struct np_snmp *s)
{
	if (s && s->handle)
		(void)snmp_sess_close(s->handle);
	free(s);
}

enum np_snmp_answer np_snmp_discover(struct np_snmp *s)
{
	struct snmp_secmod_def *usm;

	if (s->session->version != SNMP_VERSION_3)
		return NP_SNMP_ANSWERED;
	usm = find_sec_mod(SNMP_SEC_MODEL_USM);
	s->session->flags &= ~(u_long)SNMP_FLAGS_DONT_PROBE;
	if (!usm || !usm->probe_engineid ||
	    usm->probe_engineid(s->handle, s->session) != 0)
		return NP_SNMP_SILENT;
	s->found = true;
	/* Keys are an engine's own (RFC 3414, 2.6). */
	return usm_create_user_from_session(s->session) == SNMPERR_SUCCESS
		       ? NP_SNMP_ANSWERED
		       : NP_SNMP_REFUSED;
}

unsigned np_snmp_cost(const struct np_snmp *s)
{
	return s->found && !s->clocks ? 2 : 1;
}

/* ------------------------------------------------------------- answers */

static bool plain(const u_char *p, size_t n)
{
	if (!n || *p == '"' || *p == ' ' || p[n - 1] == ' ')
		return false;
	for (size_t i = 0; i < n; i++)
		if (p[i] < 0x20 || p[i] > 0x7e)
			return false;
	return true;
}

static void put_octets(struct np_snmp_row *row, const u_char *p, size_t n)
{
	row->hex = !plain(p, n);
	if (row->hex)
		np_puthex(&row->value, p, n);
	else
		np_put(&row->value, p, n);
}

static void put_oid(struct np_buf *b, const oid *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		np_putf(b, i ? ".%lu" : "%lu", v[i] & UINT32_MAX);
}

static void put_value(struct np_snmp_row *row, const netsnmp_variable_list *v)
{
	const u_char *ip = v->val.string;

	switch (v->type) {
	case ASN_INTEGER:
		np_putf(&row->value, "%ld", *v->val.integer);
		break;
	case ASN_COUNTER:
	case ASN_GAUGE:
	case ASN_TIMETICKS:
		np_putu(&row->value, (u_long)*v->val.integer & UINT32_MAX);
		break;
	case ASN_COUNTER64:
		np_putu(&row->value,
			(uint64_t)v->val.counter64->high << 32 |
				(v->val.counter64->low & UINT32_MAX));
		break;
	case ASN_OBJECT_ID:
		put_oid(&row->value, v->val.objid,
			v->val_len / sizeof(*v->val.objid));
		break;
	case ASN_IPADDRESS:
		if (v->val_len == 4)
			np_putf(&row->value, "%u.%u.%u.%u", ip[0], ip[1], ip[2],
				ip[3]);
		break;
	case ASN_OCTET_STR:
	case ASN_OPAQUE:
		put_octets(row, v->val.string, v->val_len);
		break;
	default:
		break;
	}
}

static bool take_row(struct np_snmp_row *row, const netsnmp_variable_list *v)
{
	if (v->name_length > NP_OID_ARCS)
		return false;
	row->oid.n = v->name_length;
	for (size_t i = 0; i < v->name_length; i++)
		row->oid.v[i] = (uint32_t)v->name[i];
	row->type = v->type;
	row->hex = false;
	np_buf_clear(&row->value);
	put_value(row, v);
	return !row->value.failed;
}

static void take_rows(const netsnmp_pdu *answer, np_snmp_row_fn *fn, void *ctx)
{
	struct np_snmp_row row = {.value = np_buf((size_t)1 << 18)};

	for (const netsnmp_variable_list *v = answer->variables; v;
	     v = v->next_variable)
		if (take_row(&row, v))
			fn(ctx, &row);
	np_buf_free(&row.value);
}

/* Reports of an agent that does not let us in; others pass with time. */
static bool refuses(int code)
{
	switch (code) {
	case SNMPERR_UNKNOWN_USER_NAME:
	case SNMPERR_UNSUPPORTED_SEC_LEVEL:
	case SNMPERR_AUTHENTICATION_FAILURE:
	case SNMPERR_DECRYPTION_ERR:
	case SNMPERR_USM_UNKNOWNSECURITYNAME:
	case SNMPERR_USM_UNSUPPORTEDSECURITYLEVEL:
	case SNMPERR_USM_AUTHENTICATIONFAILURE:
	case SNMPERR_USM_DECRYPTIONERROR:
		return true;
	default:
		return false;
	}
}

/* Takes the question away. */
static enum np_snmp_answer ask(struct np_snmp *s, netsnmp_pdu *question,
			       np_snmp_row_fn *fn, void *ctx)
{
	netsnmp_pdu *answer = NULL;
	int rc = snmp_sess_synch_response(s->handle, question, &answer);
	enum np_snmp_answer ret = NP_SNMP_SILENT;

	if (rc == STAT_SUCCESS && answer) {
		ret = answer->errstat ? NP_SNMP_ERROR : NP_SNMP_ANSWERED;
		s->clocks = true;
		if (ret == NP_SNMP_ANSWERED)
			take_rows(answer, fn, ctx);
	} else if (rc == STAT_ERROR) {
		int code = 0;

		snmp_sess_error(s->handle, NULL, &code, NULL);
		ret = refuses(code) ? NP_SNMP_REFUSED : NP_SNMP_SILENT;
	}
	if (answer)
		snmp_free_pdu(answer);
	return ret;
}

static bool add(netsnmp_pdu *to, const struct np_oid *o)
{
	oid name[NP_OID_ARCS];

	for (size_t i = 0; i < o->n; i++)
		name[i] = o->v[i];
	return snmp_add_null_var(to, name, o->n) != NULL;
}

enum np_snmp_answer np_snmp_get(struct np_snmp *s, const struct np_oid *oids,
				size_t n, np_snmp_row_fn *fn, void *ctx)
{
	netsnmp_pdu *q = snmp_pdu_create(SNMP_MSG_GET);

	for (size_t i = 0; q && i < n; i++)
		if (!add(q, &oids[i])) {
			snmp_free_pdu(q);
			q = NULL;
		}
	return q ? ask(s, q, fn, ctx) : NP_SNMP_ERROR;
}

enum np_snmp_answer np_snmp_next(struct np_snmp *s, const struct np_oid *oid,
				 unsigned rows, np_snmp_row_fn *fn, void *ctx)
{
	netsnmp_pdu *q = snmp_pdu_create(SNMP_MSG_GETBULK);

	if (!q)
		return NP_SNMP_ERROR;
	q->non_repeaters = 0;
	q->max_repetitions = rows;
	if (!add(q, oid)) {
		snmp_free_pdu(q);
		return NP_SNMP_ERROR;
	}
	return ask(s, q, fn, ctx);
}

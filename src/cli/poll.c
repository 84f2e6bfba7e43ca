/* SPDX-License-Identifier: ISC */
/* nameplate poll: the one verb that sends. */
#include "poll/poll.h"
#include "claim/claim.h"
#include "cli/cli.h"
#include "poll/credentials.h"
#include "poll/walks.h"
#include "proto/lib/lib.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ENVIRONMENT "NAMEPLATE_SNMP"

struct asked {
	struct np_poll_conf conf;
	struct np_frontier f;
	const char *within, *credentials, *site, *knowledge;
	bool go, jsonl, long_;
	uint64_t packets, count[NP_POLL_STATUSES];
};

static int wrong(const char *text, const char *word)
{
	(void)fprintf(stderr, "nameplate poll: %s: %s\n", text, word);
	return NP_EXIT_USAGE;
}

/* ---------------------------------------------------- what may be asked */

/* "10.0.0.0/8,2001:db8::/32" */
static int take_prefixes(const char *text, struct np_prefixes *to)
{
	char one[64];

	while (*text) {
		size_t n = strcspn(text, ",");

		if (n >= sizeof(one))
			return wrong("--within wants prefixes", text);
		memcpy(one, text, n);
		one[n] = '\0';
		if (np_prefixes_add(to, one))
			return wrong("--within wants prefixes", one);
		text += n + (text[n] == ',');
	}
	return NP_EXIT_OK;
}

static int take_seeds(struct asked *a, int n, char **seeds)
{
	for (int i = 0; i < n; i++) {
		uint8_t ip[16];
		size_t k = np_address(np_cur(seeds[i], strlen(seeds[i])), ip);

		if (!k)
			return wrong("wants addresses to begin with", seeds[i]);
		if (!np_prefixes_hold(a->conf.within, ip, k))
			return wrong("this address is outside --within",
				     seeds[i]);
		(void)np_frontier_add(&a->f, ip, k, 0);
	}
	return n ? NP_EXIT_OK
		 : wrong("wants addresses to begin with", "there are none");
}

static int take_credentials(const struct asked *a,
			    struct np_poll_credentials **ret)
{
	const char *text = getenv(ENVIRONMENT);
	struct np_err e = {0};
	int rc;

	if (a->credentials)
		rc = np_credentials_file(a->credentials, ret, &e);
	else if (text)
		rc = np_credentials_text(ENVIRONMENT, text, strlen(text), ret,
					 &e);
	else
		return wrong("wants --credentials FILE, or them in",
			     ENVIRONMENT);
	if (!rc)
		return NP_EXIT_OK;
	np_say_error(&e);
	return NP_EXIT_USAGE;
}

static int take_limits(const struct np_poll_conf *c)
{
	const struct {
		const char *name;
		unsigned v, least, most;
	} limits[] = {
		{"--port", c->port, 1, 65535},
		{"--rate", c->rate, 1, 1000},
		{"--host-rate", c->one, 1, 1000},
		{"--timeout", c->patience, 10, 60000},
		{"--retries", c->retries, 0, 5},
		{"--repetitions", c->repetitions, 1, 50},
		{"--packets", c->most, 1, 100000},
		{"--hosts", c->hosts, 1, 1000000},
		{"--jobs", c->jobs, 1, 64},
	};

	for (size_t i = 0; i < NP_COUNT(limits); i++) {
		if (limits[i].v >= limits[i].least &&
		    limits[i].v <= limits[i].most)
			continue;
		(void)fprintf(stderr, "nameplate poll: %s may be %u to %u\n",
			      limits[i].name, limits[i].least, limits[i].most);
		return NP_EXIT_USAGE;
	}
	return NP_EXIT_OK;
}

/* ------------------------------------------------------------- dry run */

static void show_objects(const struct np_poll_plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct np_buf b = np_buf(4096);

		np_oid_put(&b, &p->v[i].oid);
		(void)printf("  %-9s %-34s %s\n",
			     p->v[i].how == NP_POLL_GETS ? "GET" : "GETBULK",
			     b.p ? b.p : "", p->v[i].what);
		np_buf_free(&b);
	}
}

/* The least that a host is asked: all objects in one question, one for each
 * walk, one for the enterprises, and SNMPv3's two. */
static unsigned least(const struct np_poll_plan *p, bool v3)
{
	unsigned n = 2 + (v3 ? 2 : 0);

	for (size_t i = 0; i < p->n; i++)
		n += p->v[i].how == NP_POLL_WALKS;
	return n;
}

/* Who waits, by what is known already; the packets that they take at least. */
static unsigned show_hosts(const struct asked *a,
			   const struct np_poll_plan *plan, unsigned *ret_hosts)
{
	unsigned all = 0;

	*ret_hosts = 0;
	for (size_t i = 0; i < a->f.n; i++) {
		const struct np_poll_host *h = &a->f.v[i];
		const struct np_snmp_credential *c =
			np_credential_for(a->conf.credentials, h->address);

		if (h->status != NP_POLL_WAITING || !c) {
			(void)printf("  %-20s %s\n", h->address,
				     h->status != NP_POLL_WAITING
					     ? np_poll_status_name(h->status)
					     : "no credential is for it");
			continue;
		}
		(void)printf("  %-20s %s, port %u, %u to %u packets\n",
			     h->address, c->user ? "SNMPv3" : "SNMPv2c",
			     a->conf.port, least(plan, c->user), a->conf.most);
		all += least(plan, c->user);
		++*ret_hosts;
	}
	return all;
}

static void show_rates(const struct asked *a, const struct np_poll_plan *plan,
		       unsigned packets, unsigned hosts)
{
	const struct np_poll_conf *c = &a->conf;
	double rate = (double)c->one * (hosts < c->jobs ? hosts : c->jobs);

	rate = rate < c->rate ? rate : c->rate;
	(void)printf("then neighbours by LLDP and CDP inside %s, %u hosts at "
		     "most,\nand nobody else\n",
		     a->within, c->hosts);
	(void)printf("packets   %u to %u a host; a question takes up to %u\n",
		     least(plan, false), c->most, c->retries + 1);
	(void)printf("rate      %u a second, %u to one host, %u hosts at "
		     "once\n",
		     c->rate, c->one, c->jobs);
	if (hosts)
		(void)printf("least     %.0f s for %u\n", packets / rate,
			     hosts);
}

static int dry_run(struct asked *a)
{
	struct np_poll_plan plan = {0};
	unsigned packets, hosts;

	if (np_poll_plan_all(&plan) ||
	    np_poll_plan_own(&plan, a->conf.knowledge,
			     &(struct np_poll_pens){0})) {
		np_poll_plan_free(&plan);
		return NP_EXIT_FAILED;
	}
	if (a->conf.dir)
		np_poll_look(&a->conf, &a->f);
	(void)puts("nothing is sent without --go; this would be asked, read "
		   "only:");
	packets = show_hosts(a, &plan, &hosts);
	show_rates(a, &plan, packets, hosts);
	(void)printf("objects   %zu, and its maker's own%s\n", plan.n,
		     a->long_ ? ":" : " (-l lists them)");
	if (a->long_)
		show_objects(&plan);
	if (!a->conf.dir)
		(void)puts("--go wants -o DIR, where the answers go");
	np_poll_plan_free(&plan);
	return fflush(stdout) ? NP_EXIT_FAILED : NP_EXIT_OK;
}

/* ------------------------------------------------------- what is said */

static void say_line(const struct asked *a, const struct np_poll_host *h,
		     const char *from, const char *why)
{
	struct np_buf b = np_buf(4096);
	const char *status = np_poll_status_name(h->status);

	if (a->jsonl) {
		np_putf(&b, "{\"host\":\"%s\",\"status\":\"%s\",\"from\":",
			h->address, status);
		np_putjsons(&b, from);
		np_putf(&b, ",\"packets\":%u,\"rows\":%u,\"why\":", h->packets,
			h->rows);
		np_putjsons(&b, why);
		np_puts(&b, "}\n");
	} else {
		np_putf(&b, "%-20s %-13s %5u packets %6u rows", h->address,
			status, h->packets, h->rows);
		if (from)
			np_putf(&b, "  heard of at %s", from);
		if (why) {
			np_puts(&b, "  ");
			np_putterm(&b, why, strlen(why));
		}
		np_putc(&b, '\n');
	}
	if (b.p)
		(void)fwrite(b.p, 1, b.n, stdout);
	(void)fflush(stdout);
	np_buf_free(&b);
}

static void said(void *ctx, const struct np_poll_host *h, const char *from,
		 const char *why)
{
	struct asked *a = ctx;

	a->packets += h->packets;
	a->count[h->status]++;
	if (a->conf.progress)
		(void)fputs("\r\x1b[K", stderr);
	say_line(a, h, from, why);
}

static void say_all(const struct asked *a)
{
	const char *comma = "";

	(void)fprintf(stderr, "nameplate poll: %llu packets; hosts ",
		      (unsigned long long)a->packets);
	for (unsigned i = 0; i < NP_POLL_STATUSES; i++) {
		if (!a->count[i])
			continue;
		(void)fprintf(stderr, "%s%llu %s", comma,
			      (unsigned long long)a->count[i],
			      np_poll_status_name(i));
		comma = ", ";
	}
	if (a->f.beyond)
		(void)fprintf(stderr, "; %llu neighbours beyond the limit",
			      (unsigned long long)a->f.beyond);
	(void)fprintf(stderr,
		      "\nnameplate poll: nameplate audit %s judges "
		      "what was heard\n",
		      a->conf.dir);
}

/* ----------------------------------------------------------------- go */

static int begin_walks(const struct asked *a, struct np_err *reterr)
{
	struct np_buf note = np_buf(8192);
	char day[16];
	int rc;

	np_puts(&note, "# written by nameplate poll; add legal_basis\n");
	if (a->site) {
		np_puts(&note, "site: ");
		np_putjsons(&note, a->site);
		np_putc(&note, '\n');
	}
	np_puts(&note, "tap: ");
	np_puts(&note, "\"SNMP, asked inside ");
	np_puts(&note, a->within);
	np_putf(&note,
		"\"\ndirection: both\ntaken_by: nameplate poll " NP_VERSION
		"\norigin: field\nmethod: poll\ntaken: '%s'\n",
		np_day_text(np_day_of((int64_t)time(NULL) * 1000000000), day));
	rc = note.failed ? NP_ENOMEM
			 : np_walks_begin(a->conf.dir, note.p, reterr);
	np_buf_free(&note);
	return rc;
}

static int go(struct asked *a)
{
	struct np_err e = {0};
	int rc = np_snmp_version()
			 ? begin_walks(a, &e)
			 : np_snmp_open(NULL, &(struct np_snmp *){NULL}, &e);

	if (!rc)
		rc = np_poll(&a->conf, &a->f, said, a, &e);
	if (rc < 0 && rc != NP_EINTR)
		np_say_error(&e);
	if (rc == NP_OK || rc == NP_EINTR)
		say_all(a);
	if (rc == NP_EINTR)
		return NP_EXIT_INTERRUPTED;
	if (rc < 0)
		return NP_EXIT_FAILED;
	return a->count[NP_POLL_BROKEN] || a->count[NP_POLL_NOBODY]
		       ? NP_EXIT_PARTLY
		       : NP_EXIT_OK;
}

static int poll_with(struct asked *a, int n, char **seeds)
{
	struct np_prefixes *within = np_prefixes_new();
	struct np_poll_credentials *credentials = NULL;
	struct np_knowledge *k = NULL;
	struct np_err e = {0};
	int rc = within ? take_prefixes(a->within, within) : NP_EXIT_FAILED;

	a->conf.within = within;
	a->f = np_frontier(within, a->conf.hosts);
	if (!rc)
		rc = take_seeds(a, n, seeds);
	if (!rc)
		rc = take_credentials(a, &credentials);
	if (!rc && np_knowledge_open(a->knowledge, &k, &e)) {
		np_say_error(&e);
		rc = NP_EXIT_FAILED;
	}
	a->conf.credentials = credentials;
	a->conf.knowledge = k;
	if (!rc)
		rc = a->go ? go(a) : dry_run(a);
	np_frontier_free(&a->f);
	np_credentials_free(credentials);
	np_knowledge_close(k);
	np_prefixes_free(within);
	return rc;
}

int np_verb_poll(int argc, char **argv)
{
	struct asked a = {.conf = {.port = 161,
				   .rate = 20,
				   .one = 5,
				   .patience = 2000,
				   .retries = 1,
				   .repetitions = 20,
				   .most = 4000,
				   .hosts = 1000,
				   .jobs = 16}};
	struct np_poll_conf *c = &a.conf;
	const struct np_option options[] = {
		{"within", 0, NP_OPT_TEXT, &a.within, "PREFIX,...",
		 "ask nobody outside; must be said"},
		{"go", 0, NP_OPT_FLAG, &a.go, NULL,
		 "ask; without it only what would be asked is told"},
		{"output", 'o', NP_OPT_TEXT, &c->dir, "DIR",
		 "a walk a host; go on from what is there"},
		{"credentials", 0, NP_OPT_TEXT, &a.credentials, "FILE",
		 "communities and users; else in $" ENVIRONMENT},
		{"again", 0, NP_OPT_FLAG, &c->again, NULL,
		 "ask those too who did not answer before"},
		{"rate", 0, NP_OPT_COUNT, &c->rate, "N",
		 "packets a second (20)"},
		{"host-rate", 0, NP_OPT_COUNT, &c->one, "N",
		 "packets a second to one host (5)"},
		{"timeout", 0, NP_OPT_COUNT, &c->patience, "MS",
		 "wait for an answer (2000)"},
		{"retries", 0, NP_OPT_COUNT, &c->retries, "N",
		 "of a question (1)"},
		{"repetitions", 0, NP_OPT_COUNT, &c->repetitions, "N",
		 "rows in an answer (20)"},
		{"packets", 0, NP_OPT_COUNT, &c->most, "N",
		 "at most to one host (4000)"},
		{"hosts", 0, NP_OPT_COUNT, &c->hosts, "N",
		 "ask at most that many (1000)"},
		{"port", 0, NP_OPT_COUNT, &c->port, "N", "UDP port (161)"},
		{"jobs", 'j', NP_OPT_COUNT, &c->jobs, "N",
		 "hosts at once (16)"},
		{"site", 0, NP_OPT_TEXT, &a.site, "SITE",
		 "where the boxes stand, for the note beside the walks"},
		{"knowledge", 0, NP_OPT_TEXT, &a.knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"jsonl", 0, NP_OPT_FLAG, &a.jsonl, NULL,
		 "a line of JSON a host"},
		{"long", 'l', NP_OPT_FLAG, &a.long_, NULL,
		 "list what is asked"},
	};
	int n, rc = np_args("poll", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (!a.within)
		return wrong("wants", "--within PREFIX");
	if (a.go && !c->dir)
		return wrong("--go wants", "-o DIR");
	rc = take_limits(c);
	if (rc)
		return rc;
	c->progress = isatty(STDERR_FILENO);
	c->stop = np_stopped();
	np_catch_signals();
	return poll_with(&a, n, argv);
}

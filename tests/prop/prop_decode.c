/* SPDX-License-Identifier: ISC */
/*
 * Properties of every decoder over every golden capture of it:
 *
 *	(a) every shorter prefix decodes without a fault; where the capture cut
 *	    the frame, it says nothing that the whole does not
 *	(b) any single octet changed: no fault, facts within bounds
 *	(c) the same octets say the same
 *	(d) offsets lie in the payload, and what is not made stands there
 *	(e) any arena limit from 0 up: fails clean or says a part
 *	(f) only declared fields, in forms that fit
 *	(g) at most one protocol answers DECODED at the same place, besides one
 *	    that carries others
 *	(h) noise and the receiver change nothing that is said
 *
 * prop_decode ROOT PROTO... speaks TAP. Payloads are copied to blocks of their
 * exact size, so that a sanitizer sees every step beyond the end.
 */
#include "../decode.h"
#include "source/source.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#define PAYLOADS 64	   /* looked at of one protocol */
#define CHANGES_MAX 2048   /* octets changed in one payload */
#define ALL_VALUES 1000000 /* changes of one protocol, then samples */
#define PREFIXES_MAX 4096  /* prefixes of one payload */
#define EVERY 2048	   /* octets of memory, each of which is a limit */

struct run {
	struct bench b, other, whole;
	const struct np_proto *want;
	unsigned payloads, bad;
	size_t deaf; /* pieces of noise that were changed */
	size_t changes;
	const char *why;
};

static bool wrong(struct run *r, const char *why)
{
	r->bad++;
	r->why = why;
	return false;
}

/* (d), (f): what a decoder said, held against its payload. */
static bool sound(struct run *r, const uint8_t *p, size_t n, size_t origin)
{
	const struct np_out *o = &r->b.o;
	size_t facts = 0;

	if (o->n > o->cap || o->nsaid > o->said_cap)
		return wrong(r, "more was said than there is room for");
	for (size_t i = 0; i < o->nsaid; i++)
		facts += o->said[i].n;
	if (facts != o->n)
		return wrong(r, "statements and facts do not add up");
	for (size_t i = 0; i < o->n; i++) {
		const struct np_out_fact *f = &o->facts[i];

		if (f->field >= r->want->nfields)
			return wrong(r, "(f) an undeclared field");
		if (f->at < origin || f->at > origin + n)
			return wrong(r, "(d) an offset outside the payload");
		if (f->p >= p && f->p < p + n &&
		    (size_t)(f->p - p) != f->at - origin)
			return wrong(r, "(d) a value is not where it says");
	}
	for (size_t i = 0; i < o->nsaid; i++) {
		np_buf_clear(&r->b.body);
		(void)np_seal(&r->b.rules, o, i, NP_OWNER_UNKNOWN, false,
			      &r->b.body, &r->b.withheld);
	}
	return true;
}

static bool equal(const struct np_out_fact *a, const struct np_out_fact *b)
{
	return a->field == b->field && a->form == b->form && a->at == b->at &&
	       a->n == b->n && memcmp(a->p, b->p, a->n) == 0;
}

/* (a): nothing but what the whole says. A text that goes to the end of what is
 * there may be as short as that. Where the layout is not known before it ends
 * (syslog), a text that is never kept may be another. */
static bool prefix_of(const struct np_out *part, const struct np_out *whole)
{
	for (size_t i = 0; i < part->n; i++) {
		const struct np_out_fact *a = &part->facts[i], *b;
		size_t k = 0;

		for (; k < whole->n; k++) {
			b = &whole->facts[k];
			if (equal(a, b) ||
			    (a->field == b->field && a->at == b->at &&
			     a->n < b->n && memcmp(a->p, b->p, a->n) == 0))
				break;
		}
		if (k == whole->n &&
		    !(part->proto->fields[a->field].flags & NP_PERSON))
			return false;
	}
	return true;
}

/* (e): some of the facts, in their order. */
static bool part_of(const struct np_out *part, const struct np_out *whole)
{
	size_t k = 0;

	for (size_t i = 0; i < part->n; i++) {
		while (k < whole->n &&
		       !equal(&part->facts[i], &whole->facts[k]))
			k++;
		if (k++ == whole->n)
			return false;
	}
	return true;
}

/* What the whole payload says, into r->whole. */
static void remember(struct run *r, const struct np_payload *pl)
{
	(void)bench_decode(&r->whole, r->want, &pl->from, pl->cur.p,
			   pl->cur.left, pl->origin);
}

static bool decode(struct run *r, const struct np_from *from,
		   const uint8_t *bytes, size_t n, size_t origin,
		   bool (*holds)(const struct np_out *, const struct np_out *))
{
	uint8_t *p = malloc(n ? n : 1);
	bool ok;

	if (!p)
		return false;
	if (n)
		memcpy(p, bytes, n);
	(void)bench_decode(&r->b, r->want, from, p, n, origin);
	ok = sound(r, p, n, origin);
	if (ok && holds && !holds(&r->b.o, &r->whole.o))
		ok = wrong(r,
			   holds == part_of
				   ? "(e) out of memory it says another thing"
				   : "(a) a prefix says another thing");
	free(p);
	return ok;
}

static bool prefixes(struct run *r, const struct np_payload *pl)
{
	size_t n = pl->cur.left, step = n / PREFIXES_MAX + 1;

	struct np_from cut = pl->from;

	cut.snapped = true;
	remember(r, pl);
	for (size_t i = 0; i < n; i += step)
		if (!decode(r, &pl->from, pl->cur.p, i, pl->origin, NULL) ||
		    !decode(r, &cut, pl->cur.p, i, pl->origin, prefix_of))
			return false;
	return true;
}

/* The octet at *at as every other value while there is budget; then four. */
static bool values(struct run *r, const struct np_payload *pl, uint8_t *p,
		   uint8_t *at)
{
	static const uint8_t flips[] = {0x01, 0x80, 0xff, 0x20};
	bool all = r->changes < ALL_VALUES, ok = true;
	size_t n = all ? 255 : sizeof(flips);
	uint8_t was = *at;

	for (size_t i = 0; ok && i < n; i++) {
		*at = was ^ (all ? (uint8_t)(i + 1) : flips[i]);
		ok = decode(r, &pl->from, p, pl->cur.left, pl->origin, NULL);
	}
	r->changes += n;
	*at = was;
	return ok;
}

static bool changes(struct run *r, const struct np_payload *pl)
{
	size_t n = pl->cur.left, step = n / CHANGES_MAX + 1;
	uint8_t *p = malloc(n ? n : 1);
	bool ok = p;

	if (ok && n)
		memcpy(p, pl->cur.p, n);
	for (size_t i = 0; ok && i < n; i += step)
		ok = values(r, pl, p, p + i);
	free(p);
	return ok;
}

static bool same_facts(const struct np_out *a, const struct np_out *b)
{
	if (a->n != b->n || a->nsaid != b->nsaid)
		return false;
	for (size_t i = 0; i < a->nsaid; i++)
		if (a->said[i].scope != b->said[i].scope ||
		    a->said[i].reach != b->said[i].reach ||
		    a->said[i].no_carrier_key != b->said[i].no_carrier_key ||
		    a->said[i].nkeys != b->said[i].nkeys)
			return false;
	for (size_t i = 0; i < a->n; i++)
		if (!equal(&a->facts[i], &b->facts[i]))
			return false;
	return true;
}

static bool deterministic(struct run *r, const struct np_payload *pl)
{
	enum np_verdict a = bench_decode(&r->b, r->want, &pl->from, pl->cur.p,
					 pl->cur.left, pl->origin);
	enum np_verdict b = bench_decode(&r->other, r->want, &pl->from,
					 pl->cur.p, pl->cur.left, pl->origin);

	if (a != b || !same_facts(&r->b.o, &r->other.o))
		return wrong(r, "(c) the same octets said another thing");
	return true;
}

/* Every limit up to EVERY octets, samples beyond. */
static bool limits(struct run *r, const struct np_payload *pl)
{
	size_t most;
	bool ok = true;

	remember(r, pl);
	most = r->whole.mem.used + 16;
	for (size_t limit = 0; ok && limit <= most;
	     limit += limit < EVERY ? 1 : most / 512 + 1) {
		np_arena_free(&r->b.mem);
		r->b.mem = np_arena(limit);
		ok = decode(r, &pl->from, pl->cur.p, pl->cur.left, pl->origin,
			    part_of);
	}
	np_arena_free(&r->b.mem);
	r->b.mem = np_arena(NP_FRAME_ARENA);
	return ok;
}

static bool same_noise(const struct np_noise *a, const struct np_noise *b,
		       ptrdiff_t moved)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].p + moved != b->v[i].p ||
		    a->v[i].left != b->v[i].left)
			return false;
	return true;
}

/* (h): with each octet of the noise another one, as far as it stays noise, and
 * the payload sent to somebody else, the same is said. */
static bool deaf(struct run *r, const struct np_payload *pl)
{
	struct np_noise z = {.n = 0}, now = {.n = 0};
	struct np_from from = pl->from;
	size_t n = pl->cur.left;
	uint8_t *p = malloc(n ? n : 1);
	bool ok = p;

	if (!p)
		return false;
	if (n)
		memcpy(p, pl->cur.p, n);
	if (r->want->noise && !pl->from.stream)
		r->want->noise(pl->cur, &z);
	from.dst_mac = NULL;
	from.dport ^= 0x5555;
	for (size_t i = 0, past = 0; ok && i < z.n; i++) {
		size_t at = (size_t)(z.v[i].p - pl->cur.p);

		ok = at >= past && at + z.v[i].left <= n;
		past = at + z.v[i].left;
		for (size_t k = at; ok && k < past; k++)
			p[k] = (uint8_t)~p[k];
	}
	if (!ok)
		(void)wrong(r, "(h) noise outside the payload or disordered");
	if (ok && z.n)
		r->want->noise(np_cur(p, n), &now);
	ok = ok && same_noise(&z, &now, p - pl->cur.p);
	r->deaf += ok ? z.n : 0;
	for (const struct np_proto *const *c = pl->candidates; ok && *c; c++) {
		enum np_verdict a = bench_decode(&r->b, *c, &pl->from,
						 pl->cur.p, n, pl->origin);
		enum np_verdict b =
			bench_decode(&r->other, *c, &from, p, n, pl->origin);

		if (a != b || !same_facts(&r->b.o, &r->other.o))
			ok = wrong(r, "(h) noise said something");
	}
	free(p);
	return !r->bad;
}

static bool alone(struct run *r, const struct np_payload *pl)
{
	unsigned decoded = 0;

	for (const struct np_proto *const *c = pl->candidates; *c; c++)
		decoded += !(*c)->carries &&
			   bench_decode(&r->other, *c, &pl->from, pl->cur.p,
					pl->cur.left, pl->origin) == NP_DECODED;
	return decoded <= 1 || wrong(r, "(g) two protocols took it");
}

static struct np_answer hear(void *ctx, const struct np_payload *pl)
{
	struct run *r = ctx;
	struct np_answer a = {.verdict = NP_NOT_MINE};

	for (const struct np_proto *const *c = pl->candidates; *c; c++) {
		a.verdict = bench_decode(&r->other, *c, &pl->from, pl->cur.p,
					 pl->cur.left, pl->origin);
		a.proto = *c;
		a.next = r->other.o.next;
		a.more = r->other.o.more;
		if (a.verdict == NP_NOT_MINE)
			continue;
		if (*c == r->want && a.verdict != NP_MORE &&
		    r->payloads < PAYLOADS && !r->bad) {
			r->payloads++;
			(void)(prefixes(r, pl) && changes(r, pl) &&
			       deterministic(r, pl) && limits(r, pl) &&
			       deaf(r, pl) && alone(r, pl));
		}
		break;
	}
	return a;
}

static void over_file(struct run *r, const char *path)
{
	struct np_source *s;
	struct np_frame f;
	struct np_wire_conf conf = {.open_subscriber = true};
	int fd = open(path, O_RDONLY);
	struct np_wire *w = np_wire_new(&conf, hear, r);

	if (w && fd >= 0 && np_source_open(fd, &s, NULL) == 0) {
		while (np_source_next(s, &f, NULL) > 0)
			np_peel(w, &f);
		np_wire_end(w);
		np_source_close(s);
	}
	np_wire_free(w);
}

static void over_proto(struct run *r, const char *root, const char *name)
{
	char path[4096];
	struct dirent **list = NULL;
	int p = np_proto_find(name, strlen(name));

	(void)snprintf(path, sizeof(path), "%s/%s", root, name);
	int n = p < 0 ? -1 : scandir(path, &list, NULL, alphasort);

	if (p >= 0)
		r->want = np_protos[p];
	for (int i = 0; i < n; i++) {
		if (strstr(list[i]->d_name, ".pcap") &&
		    !strstr(list[i]->d_name, ".yaml")) {
			(void)snprintf(path, sizeof(path), "%s/%s/%s", root,
				       name, list[i]->d_name);
			over_file(r, path);
		}
		free(list[i]);
	}
	free(list);
}

int main(int argc, char **argv)
{
	struct run *r = calloc(1, sizeof(*r));
	unsigned bad = 0;

	if (!r || argc < 3)
		return 2;
	bench_open(&r->b);
	bench_open(&r->other);
	bench_open(&r->whole);
	for (int i = 2; i < argc; i++) {
		r->payloads = r->bad = 0;
		r->changes = r->deaf = 0;
		over_proto(r, argv[1], argv[i]);
		if (!r->deaf && r->want && r->want->noise && !r->bad)
			(void)wrong(r, "(h) noise that no golden holds");
		bool ok = r->payloads && !r->bad;

		(void)printf("%sok %d - %s: %u payloads%s%s\n",
			     ok ? "" : "not ", i - 1, argv[i], r->payloads,
			     r->bad ? ": " : "", r->bad ? r->why : "");
		bad += !ok;
	}
	(void)printf("1..%d\n", argc - 2);
	bench_close(&r->b);
	bench_close(&r->other);
	bench_close(&r->whole);
	free(r);
	return bad != 0;
}

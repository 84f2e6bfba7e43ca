/* SPDX-License-Identifier: ISC */
#include "proto/lib/ran.h"
#include <stdio.h>

enum { CRITICALITIES = 3 };
enum { MAX_NAME = 150, MAX_EXTENSIONS = 65535 };

/* -------------------------------------------------------------- elements */

static void take(struct np_ran_walk *w, const struct np_aper *a)
{
	w->broken |= a->c.cut && !a->refused;
	w->refused |= a->refused;
}

/* ProtocolIE-Field: its number, criticality and value. */
static void element(struct np_ran_walk *w, struct np_aper *a)
{
	uint16_t id = (uint16_t)np_aper_whole(a, 0, UINT16_MAX);

	(void)np_aper_enumerated(a, CRITICALITIES, false);
	struct np_aper v = np_aper_open(a);

	if (a->c.cut || v.refused) {
		take(w, &v);
		return;
	}
	for (size_t i = 0; i < w->p->nelements; i++) {
		const struct np_ran_element *e = &w->p->element[i];

		if (e->id != id)
			continue;
		e->read(w, e->field, &v);
		take(w, &v);
		return;
	}
}

void np_ran_elements(struct np_ran_walk *w, struct np_aper *a, size_t lb,
		     size_t ub)
{
	size_t n = np_aper_count(a, lb, ub);

	while (n-- && !a->c.cut && !w->o->full)
		element(w, a);
}

void np_ran_tail(struct np_aper *a, struct np_aper_sequence s)
{
	if (s.present & 1) {
		size_t n = np_aper_count(a, 1, MAX_EXTENSIONS);

		while (n-- && !a->c.cut) {
			(void)np_aper_whole(a, 0, UINT16_MAX);
			(void)np_aper_enumerated(a, CRITICALITIES, false);
			(void)np_aper_open(a);
		}
	}
	np_aper_additions(a, s);
}

/* ---------------------------------------------------------------- facts */

static void say_role(struct np_ran_walk *w, const char *role, const uint8_t *at)
{
	if (!w->role_said)
		np_emit_word(w->o, w->p->role_field, role, at);
	w->role_said |= role != NULL;
}

void np_ran_role(struct np_ran_walk *w, const struct np_aper *a,
		 const char *role)
{
	if (!a->c.cut)
		say_role(w, role, a->c.p - 1);
}

static bool is_new(uint32_t *seen, size_t *n, uint32_t v)
{
	for (size_t i = 0; i < *n; i++)
		if (seen[i] == v)
			return false;
	if (*n == NP_RAN_PLACES)
		return false;
	seen[(*n)++] = v;
	return true;
}

/* Two digits an octet, the first in the low bits: of the country three, of the
 * network three, or a filler and two (TS 36.413 9.2.3.8). A location in a
 * subscriber's message (TS 24.008 10.5.1.3) puts them in another order. */
static size_t plmn_text(struct np_cur v, char to[static 8])
{
	size_t n = 0;

	if (v.cut || v.left != 3)
		return 0;
	for (size_t i = 0; i < 6; i++) {
		unsigned digit = i % 2 ? v.p[i / 2] >> 4 : v.p[i / 2] & 15;

		if (i == 3)
			to[n++] = '-';
		if (i == 3 && digit == 15)
			continue;
		if (digit > 9)
			return 0;
		to[n++] = (char)('0' + digit);
	}
	return n;
}

static void say_plmn(struct np_ran_walk *w, struct np_cur v)
{
	char text[8];
	size_t n = plmn_text(v, text);

	if (n && is_new(w->plmn, &w->nplmn, np_be24(&v)))
		np_emit_made(w->o, w->p->plmn_field, NP_TEXT, text, n, v.p - 3);
}

void np_ran_plmn(struct np_ran_walk *w, struct np_aper *a)
{
	say_plmn(w, np_aper_octets(a, 3, 3, false));
}

void np_ran_tac(struct np_ran_walk *w, struct np_aper *a, unsigned n)
{
	/* OCTET STRING (SIZE (2)) is not aligned, of three it is (16.6, 16.7).
	 */
	if (n > 2)
		np_aper_align(a);
	const uint8_t *at = a->c.p - !!a->bits;
	uint32_t v = np_aper_bits(a, 8 * n);

	if (!a->c.cut && is_new(w->tac, &w->ntac, v))
		np_emit_u(w->o, w->p->tac_field, &a->c, at, v);
}

/* A node has its name in both forms: the same is said once. */
static void say_name(struct np_ran_walk *w, unsigned field, struct np_cur v)
{
	const struct np_out *o = w->o;

	for (size_t i = 0; i < o->n; i++)
		if (o->facts[i].field == field &&
		    np_same(np_cur(o->facts[i].p, o->facts[i].n), v))
			return;
	np_emit(w->o, field, v);
}

void np_ran_name(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	say_name(w, field, np_aper_octets(a, 1, MAX_NAME, true));
}

/* UTF8String (SIZE (1..150, ...)): its constraint is never visible
 * (X.691 30.6), but there are encoders that heed it, as they do a
 * PrintableString's, and tshark reads it so. Where nothing follows, only one of
 * the two ends where its element does. */
static struct np_cur utf8_string(struct np_aper *a, bool last)
{
	struct np_aper plain = *a, heeded = *a;
	struct np_cur v = np_aper_octets(&plain, 0, NP_APER_ANY, false);
	struct np_cur h = np_aper_octets(&heeded, 1, MAX_NAME, true);

	if ((plain.c.cut || (last && plain.c.left)) && !heeded.c.cut &&
	    !(last && heeded.c.left)) {
		*a = heeded;
		return h;
	}
	*a = plain;
	return v;
}

void np_ran_extended_name(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	struct np_aper_sequence s = np_aper_sequence(a, 3);

	if (s.present & 4)
		np_ran_name(w, field, a);
	if (s.present & 2)
		say_name(w, field,
			 utf8_string(a, !(s.present & 1) && !s.extended));
	np_ran_tail(a, s);
}

void np_ran_octet(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	uint64_t v = np_aper_whole(a, 0, UINT8_MAX);

	if (!a->c.cut)
		np_emit_u(w->o, field, &a->c, a->c.p - 1, v);
}

void np_ran_u36(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	/* Behind the octet that says how many there are. */
	const uint8_t *at = a->c.left ? a->c.p + 1 : a->c.p;
	uint64_t v = np_aper_whole(a, 0, ((uint64_t)1 << 36) - 1);

	np_emit_u(w->o, field, &a->c, at, v);
}

/* --------------------------------------------------------- global numbers */

static bool many_networks(const char *plmn)
{
	return memcmp(plmn, "001", 3) == 0 || memcmp(plmn, "999", 3) == 0;
}

void np_ran_global(struct np_ran_walk *w, unsigned field, enum np_ran_node node,
		   struct np_cur plmn, const struct np_aper *a, uint64_t number,
		   size_t bits)
{
	static const char *const kind[] = {"eNB", "gNB"};
	char text[8], key[64];
	size_t n = plmn_text(plmn, text);
	const uint8_t *at;
	int k;

	if (a->c.cut || bits > 64)
		return;
	at = a->c.p - (bits + a->bits + 7) / 8;
	say_plmn(w, plmn);
	np_emit_u(w->o, field, &a->c, at, number);
	np_emit_u(w->o, field + 1, &a->c, at, bits);
	if (!n || many_networks(text))
		return;
	k = snprintf(key, sizeof(key), "%s %.*s %llu/%zu", kind[node], (int)n,
		     text, (unsigned long long)number, bits);
	const uint8_t *kept = np_copy(w->o->mem, key, (size_t)k);

	if (kept)
		np_key(w->o, NP_KEY_CELL, NP_TEXT, np_cur(kept, (size_t)k));
	else
		w->o->full = true;
}

static struct np_cur head(struct np_aper *a)
{
	(void)np_aper_sequence(a, 1);
	return np_aper_octets(a, 3, 3, false);
}

void np_ran_global_enb(struct np_ran_walk *w, unsigned field, struct np_aper *a)
{
	/* macro, home; later short macro and long macro */
	static const uint8_t length[] = {20, 28, 18, 21};
	struct np_cur plmn = head(a);
	uint32_t which = np_aper_choice(a, 2, true);
	struct np_aper v = *a;
	uint64_t number;
	size_t bits;

	if (which >= NP_COUNT(length))
		return;
	if (which >= 2)
		v = np_aper_open(a);
	number = np_aper_bit_string(&v, length[which], length[which], &bits);
	np_ran_global(w, field, NP_RAN_ENB, plmn, &v, number, bits);
	take(w, &v);
}

void np_ran_global_ng_enb(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a)
{
	/* macro, short macro, long macro, another */
	static const uint8_t length[] = {20, 18, 21};
	struct np_cur plmn = head(a);
	uint32_t which = np_aper_choice(a, NP_COUNT(length) + 1, false);
	uint64_t number;
	size_t bits;

	if (which >= NP_COUNT(length))
		return;
	number = np_aper_bit_string(a, length[which], length[which], &bits);
	np_ran_global(w, field, NP_RAN_ENB, plmn, a, number, bits);
}

void np_ran_global_gnb(struct np_ran_walk *w, unsigned field, struct np_aper *a,
		       bool extensible)
{
	struct np_cur plmn = head(a);
	uint64_t number;
	size_t bits;

	/* Where it is not extensible, the second alternative is another kind's.
	 */
	if (np_aper_choice(a, extensible ? 1 : 2, extensible) != 0)
		return;
	number = np_aper_bit_string(a, 22, 32, &bits);
	np_ran_global(w, field, NP_RAN_GNB, plmn, a, number, bits);
}

void np_ran_slice(struct np_aper *a)
{
	struct np_aper_sequence s = np_aper_sequence(a, 2);

	(void)np_aper_bits(a, 8);
	if (s.present & 2)
		(void)np_aper_octets(a, 3, 3, false);
	np_ran_tail(a, s);
}

/* --------------------------------------------------------------- messages */

/* PrivateIE-Field: whose element it is, by number or by the object identifier
 * of him who defined it. */
static void private_elements(struct np_ran_walk *w, struct np_aper *a)
{
	size_t n = np_aper_count(a, 1, NP_RAN_MOST);

	while (n-- && !a->c.cut && !w->o->full) {
		if (np_aper_choice(a, 2, false))
			np_emit(w->o, w->p->oid_field, np_aper_oid(a));
		else
			(void)np_aper_whole(a, 0, UINT16_MAX);
		(void)np_aper_enumerated(a, CRITICALITIES, false);
		(void)np_aper_open(a);
	}
}

static const struct np_ran_procedure *listed(const struct np_ran *p,
					     uint8_t code)
{
	for (size_t i = 0; i < p->nprocedures; i++)
		if (p->procedure[i].code == code)
			return &p->procedure[i];
	return NULL;
}

enum np_verdict np_ran_decode(struct np_cur *c, struct np_out *o,
			      const struct np_ran *p)
{
	const struct np_ran_procedure *procedure;
	struct np_ran_walk w = {.o = o, .p = p};
	struct np_aper a = np_aper(*c), m;
	uint32_t outcome = np_aper_choice(&a, p->four ? 4 : 3, !p->four);
	uint8_t code;

	if (outcome > NP_RAN_UNSUCCESSFUL || np_aper_bits(&a, a.bits))
		return NP_NOT_MINE;
	w.procedure = a.c.p;
	code = (uint8_t)np_aper_whole(&a, 0, UINT8_MAX);
	if (a.c.cut || code > p->last)
		return NP_NOT_MINE;
	procedure = listed(p, code);
	if (!procedure && code != p->private)
		return NP_DECODED;
	w.role = procedure ? procedure->role[outcome] : NULL;
	if (w.role != p->vague)
		say_role(&w, w.role, w.procedure);
	(void)np_aper_enumerated(&a, CRITICALITIES, false);
	m = np_aper_open(&a);
	(void)np_aper_sequence(&m, 0);
	if (code == p->private)
		private_elements(&w, &m);
	else
		np_ran_elements(&w, &m, 0, NP_RAN_MOST);
	take(&w, &m);
	take(&w, &a);
	if (!w.broken && !w.refused)
		say_role(&w, w.role, w.procedure);
	o->full |= w.refused;
	*c = a.c;
	return w.broken ? NP_MALFORMED : NP_DECODED;
}

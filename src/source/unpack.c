/* SPDX-License-Identifier: ISC */
#include "source/unpack.h"
#include <stdio.h>
#include <stdlib.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)
#define IN_SIZE ((size_t)128 * 1024)
/* What any packed file may unpack to: small captures of one repeated frame
 * pack better than NP_MAX_RATIO, and harm nobody. */
#define FREE_OCTETS ((uint64_t)16 << 20)

struct np_unpack {
	const struct np_pack *pack;
	void *state;
	struct np_cur in;
	uint64_t taken, given; /* packed octets read, unpacked ones given */
	bool ended;	       /* nothing more to read */
	uint8_t buf[IN_SIZE];
};

const struct np_pack *const np_packs[] = {
#define NP_PACK(name) &np_pack_##name,
#include "source/packs.def"
#undef NP_PACK
	NULL,
};

static bool signed_by(const struct np_pack *p, uint32_t magic)
{
	for (size_t i = 0; i < sizeof(p->sign) / sizeof(p->sign[0]); i++)
		if (p->sign[i].mask &&
		    (magic & p->sign[i].mask) == p->sign[i].magic)
			return true;
	return false;
}

const struct np_pack *np_pack_find(struct np_cur head)
{
	uint32_t magic = np_le32(&head);

	if (head.cut)
		return NULL;
	for (size_t i = 0; np_packs[i]; i++)
		if (signed_by(np_packs[i], magic))
			return np_packs[i];
	return NULL;
}

int np_unpack_begin(struct np_reader *r, const struct np_pack *pack,
		    struct np_err *reterr)
{
	struct np_cur window = np_feed_cur(r);

	if (pack->absent)
		return np_fail(reterr, NP_EABSENT,
			       "packed in a way that this build does not "
			       "read: it lacks",
			       pack->absent, 0);
	r->in.unpack = malloc(sizeof(*r->in.unpack) + window.left);
	if (!r->in.unpack)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	struct np_unpack *u = r->in.unpack;
	uint8_t *first = (uint8_t *)(u + 1);

	memcpy(first, window.p, window.left);
	*u = (struct np_unpack){
		.pack = pack,
		.state = pack->open(),
		.in = np_cur(first, window.left),
		.taken = window.left,
	};
	if (!u->state)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	r->s.at = r->s.end;
	r->end_at = r->in.end_at = 0;
	r->dry = false;
	return NP_OK;
}

static ssize_t broken(struct np_intake *in, int code, const char *why)
{
	const struct np_unpack *u = in->unpack;
	char detail[80];

	(void)snprintf(detail, sizeof(detail), "%s octet %llu of the file",
		       u->pack->kind,
		       (unsigned long long)(u->taken - u->in.left));
	in->broken = np_fail(&in->why, code, why, detail, in->end_at);
	return -1;
}

static int refill(struct np_intake *in)
{
	struct np_unpack *u = in->unpack;
	ssize_t got = np_intake_read(in, u->buf, sizeof(u->buf));

	if (got < 0)
		return -1;
	u->ended = got == 0;
	u->in = np_cur(u->buf, (size_t)got);
	u->taken += (uint64_t)got;
	return 0;
}

/* What one step gave: checks it against what it cost. */
static ssize_t given(struct np_intake *in, ssize_t n)
{
	struct np_unpack *u = in->unpack;
	uint64_t used = u->taken - u->in.left;

	u->given += (uint64_t)n;
	if (u->given > FREE_OCTETS && u->given / NP_MAX_RATIO > used)
		return broken(in, NP_ELIMIT,
			      "unpacks to more than " TEXT(
				      NP_MAX_RATIO) " times its size");
	return n;
}

ssize_t np_unpack_take(struct np_intake *in, uint8_t *out, size_t n)
{
	struct np_unpack *u = in->unpack;

	for (;;) {
		const char *why = NULL;
		size_t before = u->in.left;
		ssize_t got = u->pack->step(u->state, &u->in, out, n, &why);

		if (got < 0)
			return broken(in, NP_EINPUT, why);
		if (got > 0)
			return given(in, got);
		if (u->in.left && u->in.left == before)
			return broken(in, NP_EINPUT, "cannot be unpacked");
		if (u->in.left)
			continue;
		if (u->ended) {
			in->cut = !u->pack->whole(u->state);
			return 0;
		}
		if (refill(in) < 0)
			return -1;
	}
}

void np_unpack_free(struct np_unpack *u)
{
	if (u && u->state)
		u->pack->close(u->state);
	free(u);
}

/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "serve/gate.h"
#include <sodium.h>
#include <string.h>
#include <sys/random.h>

bool np_secret(char to[static NP_SECRET_TEXT])
{
	uint8_t raw[(NP_SECRET_TEXT - 1) / 2];

	if (getrandom(raw, sizeof(raw), 0) != sizeof(raw))
		return false;
	(void)sodium_bin2hex(to, NP_SECRET_TEXT, raw, sizeof(raw));
	explicit_bzero(raw, sizeof(raw));
	return true;
}

bool np_secret_same(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}

bool np_sessions_open(struct np_sessions *s, double rate)
{
	memset(s, 0, sizeof(*s));
	s->rate = rate;
	s->burst = 2 * rate;
	(void)pthread_mutex_init(&s->lock, NULL);
	return sodium_init() >= 0 &&
	       getrandom(s->key, sizeof(s->key), 0) == sizeof(s->key);
}

void np_sessions_close(struct np_sessions *s)
{
	(void)pthread_mutex_destroy(&s->lock);
	explicit_bzero(s, sizeof(*s));
}

static bool is_over(const struct np_login *x, double now)
{
	return x->open && (now - x->seen > NP_SESSION_IDLE ||
			   now - x->begun > NP_SESSION_LIFE);
}

static void end(struct np_login *x)
{
	explicit_bzero(x, sizeof(*x));
}

/* A free place; one is made where there is none, or where the account has too
 * many. */
static struct np_login *place(struct np_sessions *s, const char *name,
			      double now)
{
	struct np_login *free_one = NULL, *idle = &s->v[0], *own = NULL;
	size_t theirs = 0;

	for (size_t i = 0; i < NP_SESSIONS; i++) {
		struct np_login *x = &s->v[i];

		if (is_over(x, now))
			end(x);
		if (!x->open) {
			free_one = x;
			continue;
		}
		if (x->seen < idle->seen)
			idle = x;
		if (strcmp(x->who.name, name) != 0)
			continue;
		theirs++;
		if (!own || x->begun < own->begun)
			own = x;
	}
	if (theirs >= NP_SESSIONS_EACH)
		free_one = own;
	free_one = free_one ? free_one : idle;
	end(free_one);
	return free_one;
}

bool np_login_begin(struct np_sessions *s, const char *name, enum np_role role,
		    double now, char ret_secret[static NP_SECRET_TEXT])
{
	struct np_login *x;
	size_t n = strlen(name);
	char csrf[NP_SECRET_TEXT];

	if (n > NP_ACCOUNT_NAME || !np_secret(ret_secret) || !np_secret(csrf))
		return false;
	(void)pthread_mutex_lock(&s->lock);
	x = place(s, name, now);
	x->open = true;
	x->begun = x->seen = x->at = now;
	x->tokens = s->burst;
	np_keyed_hash(s->key, ret_secret, NP_SECRET_TEXT - 1, x->hash,
		      sizeof(x->hash));
	memcpy(x->who.name, name, n + 1);
	memcpy(x->who.csrf, csrf, sizeof(csrf));
	x->who.role = role;
	x->who.number = ++s->last;
	(void)pthread_mutex_unlock(&s->lock);
	return true;
}

bool np_login_find(struct np_sessions *s, const char *secret, double now,
		   struct np_who *ret)
{
	uint8_t hash[32];
	bool found = false;

	if (strlen(secret) != NP_SECRET_TEXT - 1)
		return false;
	np_keyed_hash(s->key, secret, NP_SECRET_TEXT - 1, hash, sizeof(hash));
	(void)pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < NP_SESSIONS && !found; i++) {
		struct np_login *x = &s->v[i];

		if (is_over(x, now))
			end(x);
		if (!x->open || sodium_memcmp(x->hash, hash, sizeof(hash)))
			continue;
		x->seen = now;
		*ret = x->who;
		found = true;
	}
	(void)pthread_mutex_unlock(&s->lock);
	return found;
}

static struct np_login *numbered(struct np_sessions *s, uint64_t number)
{
	for (size_t i = 0; i < NP_SESSIONS; i++)
		if (s->v[i].open && s->v[i].who.number == number)
			return &s->v[i];
	return NULL;
}

bool np_login_take(struct np_sessions *s, uint64_t number, double now,
		   double *ret_wait)
{
	struct np_login *x;
	bool may = true;

	*ret_wait = 0;
	if (s->rate <= 0)
		return true;
	(void)pthread_mutex_lock(&s->lock);
	x = numbered(s, number);
	if (x) {
		x->tokens += (now - x->at) * s->rate;
		x->tokens = x->tokens > s->burst ? s->burst : x->tokens;
		x->at = now;
		may = x->tokens >= 1;
		*ret_wait = may ? 0 : (1 - x->tokens) / s->rate;
		x->tokens -= may;
	}
	(void)pthread_mutex_unlock(&s->lock);
	return may;
}

void np_login_end(struct np_sessions *s, uint64_t number)
{
	struct np_login *x;

	(void)pthread_mutex_lock(&s->lock);
	x = numbered(s, number);
	if (x)
		end(x);
	(void)pthread_mutex_unlock(&s->lock);
}

void np_sessions_keep(struct np_sessions *s, const struct np_accounts *a)
{
	(void)pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < NP_SESSIONS; i++) {
		struct np_login *x = &s->v[i];
		const struct np_account *is =
			x->open ? np_account_find(a, x->who.name) : NULL;

		if (x->open && (!is || is->role != x->who.role))
			end(x);
	}
	(void)pthread_mutex_unlock(&s->lock);
}

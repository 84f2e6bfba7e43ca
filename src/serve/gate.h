/* SPDX-License-Identifier: ISC */
/*
 * Who may come in: accounts (a file), sessions (memory), and how often one may
 * ask. Nothing here knows HTTP.
 */
#ifndef NP_GATE_H
#define NP_GATE_H
#include "core/err.h"
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- roles: roles.def */

enum np_role {
#define NP_ROLE(name, NAME, audience, line) NP_ROLE_##NAME,
#include "serve/roles.def"
#undef NP_ROLE
	NP_ROLES
};
const char *np_role_name(enum np_role r);
bool np_role_find(const char *name, enum np_role *ret);
/* "viewer, analyst, …", constant */
const char *np_role_list(void);

/* ---- buckets: n of a thing at once, and so many a second from then on */

#define NP_BUCKETS 1024
struct np_bucket {
	uint64_t key; /* 0: free */
	double tokens, at;
	unsigned failures;
	double until; /* none before */
};
/* A table of a fixed size: the one that was not used for longest goes. */
struct np_buckets {
	double burst, rate; /* rate 0: no limit */
	struct np_bucket v[NP_BUCKETS];
};
/* Takes one; false: there is none, and *ret_wait seconds pass until there is.
 */
bool np_bucket_take(struct np_buckets *b, uint64_t key, double now,
		    double *ret_wait);
/* Failures in a row are answered slower and slower: from the fourth on nothing
 * is tried for 2, 4, 8 … seconds, `most` at most; a quarter of an hour without
 * one forgives them. */
bool np_failing(struct np_buckets *b, uint64_t key, double now,
		double *ret_wait);
void np_failed(struct np_buckets *b, uint64_t key, double now, double most);
void np_succeeded(struct np_buckets *b, uint64_t key);

/* ---- accounts: a file of lines "name role hash", argon2id by libsodium */

#define NP_ACCOUNT_NAME 64
#define NP_ACCOUNTS 1000
#define NP_ACCOUNTS_FILE ((size_t)256 << 10)

struct np_account {
	char name[NP_ACCOUNT_NAME + 1];
	enum np_role role;
	char hash[128];
};
struct np_accounts {
	struct np_account *v;
	size_t n;
};
/* Letters, digits, and . _ - @ inside; not longer than NP_ACCOUNT_NAME. */
bool np_account_named(const char *name);
/* Reads a file that nobody else may read. NP_EINPUT with the line. */
int np_accounts_open(const char *path, struct np_accounts *ret,
		     struct np_err *reterr);
int np_accounts_read(const char *name, const char *text, size_t n,
		     struct np_accounts *ret, struct np_err *reterr);
void np_accounts_free(struct np_accounts *a);
const struct np_account *np_account_find(const struct np_accounts *a,
					 const char *name);
/* Adds one, or changes the one of this name; the file is made where there is
 * none, and replaced as a whole. NULL password: takes it out (NP_ENONE: there
 * is none of this name). */
int np_account_set(const char *path, const char *name, enum np_role role,
		   const char *password, struct np_err *reterr);
/* Takes as long for an account that is not there (NULL): a tenth of a second
 * and 64 MiB. */
bool np_password_is(const struct np_account *a, const char *password);

/* ---- sessions */

#define NP_SESSIONS 1024
#define NP_SESSIONS_EACH 16	/* of one account */
#define NP_SESSION_IDLE 7200.0	/* seconds */
#define NP_SESSION_LIFE 43200.0 /* seconds */
#define NP_SECRET_TEXT 65	/* 64 hex digits and a NUL: 256 bits */

/* What is known of who asks. */
struct np_who {
	char name[NP_ACCOUNT_NAME + 1];
	enum np_role role;
	char csrf[NP_SECRET_TEXT];
	uint64_t number; /* of the session: never used twice */
};

struct np_login {
	bool open;
	uint8_t hash[32]; /* of its secret, which is nowhere */
	double begun, seen;
	struct np_who who;
	double tokens, at;
};

/* 256 random bits as hex digits. False: no random octets. */
bool np_secret(char to[static NP_SECRET_TEXT]);
/* Compares in the same time wherever they differ. */
bool np_secret_same(const char *a, const char *b);

struct np_sessions {
	pthread_mutex_t lock;
	uint8_t key[32]; /* of the hashes */
	uint64_t last;
	double burst, rate;
	struct np_login v[NP_SESSIONS];
};
bool np_sessions_open(struct np_sessions *s, double rate);
void np_sessions_close(struct np_sessions *s);
/* Opens one; *ret_secret is told to the client and to nobody else. The oldest
 * of the same account goes where it has too many, the one that was idle for
 * longest where all are taken. */
bool np_login_begin(struct np_sessions *s, const char *name, enum np_role role,
		    double now, char ret_secret[static NP_SECRET_TEXT]);
/* Who it is; false: nobody, or not any more. */
bool np_login_find(struct np_sessions *s, const char *secret, double now,
		   struct np_who *ret);
/* May it ask once more now? */
bool np_login_take(struct np_sessions *s, uint64_t number, double now,
		   double *ret_wait);
void np_login_end(struct np_sessions *s, uint64_t number);
/* Ends all whose account is not there any more, or has another role. */
void np_sessions_keep(struct np_sessions *s, const struct np_accounts *a);
#endif

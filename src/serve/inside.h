/* SPDX-License-Identifier: ISC */
/* What the files of this room share. */
#ifndef NP_SERVE_INSIDE_H
#define NP_SERVE_INSIDE_H
#include "serve/route.h"
#include "serve/serve.h"
#include "serve/snapshot.h"
#include "serve/worker.h"
#include <stdatomic.h>

#define NP_JOBS 256	   /* remembered */
#define NP_JOBS_WAITING 16 /* not done yet: then the next is refused */
#define NP_UPLOADS 4	   /* coming in at once */

struct np_talk;

/* A piece of the worker's work. */
struct np_job {
	uint64_t n; /* 0: none; its place is n % NP_JOBS */
	enum np_work_kind kind;
	struct np_work_told told;
	char by[NP_ACCOUNT_NAME + 1], name[NP_WORK_NAME];
	char file[NP_WORK_NAME]; /* taken away when it is done */
	uint64_t size;		 /* of the upload */
	struct np_talk *waiter;	 /* who is to be woken */
};

struct np_server {
	const struct np_serve_conf *conf;
	struct np_http *http, *http6;
	struct np_hosts hosts;
	char cookie[16];
	char spool[256]; /* folder */
	struct np_sessions *sessions;
	struct np_worker worker;
	struct np_octets *shell[2]; /* plain, gzip */
	char shell_tag[2][40];
	char policy[1024]; /* of the page */

	pthread_mutex_t lock; /* of all below */
	struct np_snapshot *now;
	struct np_accounts accounts;
	char token[NP_SECRET_TEXT]; /* "": used, or there is none */
	struct np_buckets *tries, *strangers;
	struct np_job job[NP_JOBS];
	uint64_t last_job;
	unsigned uploads;
	bool ending, worker_gone;
	bool signs; /* the worker has a key */

	/* One password is hashed at a time, and one waits: each takes 64 MiB,
	 * and a tenth of a second of a thread. */
	pthread_mutex_t hashing;
	atomic_uint hashers;
};

/* One request. */
struct np_talk {
	struct np_server *s;
	struct np_http_client *client;
	struct np_ask ask;
	char address[64], target[NP_ASK_TARGET + 1];
	const struct np_route *route;
	bool known; /* who: */
	struct np_who who;
	struct np_snapshot *snap;
	struct np_buf body; /* NP_BODY_FORM */
	int fd;		    /* NP_BODY_FILE; -1: none */
	uint64_t length;    /* octets of it */
	char file[NP_WORK_NAME];
	bool failed;	/* it could not be kept */
	uint64_t job;	/* that it waits for */
	bool uploading; /* counted in uploads */
};

double np_now(void); /* seconds, of no particular beginning */
/* How much of a dossier this role may see. */
enum np_audience np_audience_of(enum np_role r);

/* ---- talk.c */

enum np_http_step np_talk_begin(void *server, const struct np_ask_raw *raw,
				struct np_http_client *c, void **ret_talk,
				struct np_http_answer *ret);
bool np_talk_body(void *server, void *talk, const char *p, size_t n);
enum np_http_step np_talk_finish(void *server, void *talk,
				 struct np_http_answer *ret);
void np_talk_end(void *server, void *talk);
/* {"error":why,"status":status}: what a request gets that is refused. */
enum np_http_step np_refuse(struct np_http_answer *a, unsigned status,
			    const char *why);
/* The same where one may come again in so many seconds. */
enum np_http_step np_refuse_until(struct np_http_answer *a, unsigned status,
				  const char *why, double seconds);
/* Takes b's octets as the body; what is secret is not to be kept anywhere. */
enum np_http_step np_answer_with(struct np_http_answer *a, unsigned status,
				 const char *type, struct np_buf *b);
/* The same for what the dossier came to: NP_ENONE is 404 with `none`. */
enum np_http_step np_fail_with(struct np_http_answer *a, int rc,
			       const char *none);
/* The snapshot that holds for this request. */
struct np_snapshot *np_talk_snapshot(struct np_talk *t);
/* True, and the answer is 304: who asks has it. Else the answer gets the tag.
 */
bool np_has_it(struct np_talk *t, struct np_http_answer *a, bool gzip);

/* The cookie of a session; NULL: it goes. */
void np_put_cookie(const struct np_server *s, const char *secret,
		   struct np_http_answer *a);

/* ---- pages of a list: cursor.c */

struct np_window {
	size_t from, most; /* row that is next, rows at most */
};
/* Reads `after` and `limit`; false: the answer says why not. */
bool np_window_read(struct np_talk *t, size_t standard, struct np_window *ret,
		    struct np_http_answer *a);
/* ,"next":"…" or null */
void np_window_put(const struct np_talk *t, size_t next, bool more,
		   struct np_buf *b);

/* ---- made.c */

/* Writes one JSON document, as far as it may be seen. */
typedef int np_make_fn(const struct np_talk *t, const struct np_view_in *in,
		       const struct np_window *w, struct np_buf *b);
/* Answers with it, or with what fn made of the same before; `none` is said of
 * NP_ENONE. */
enum np_http_step np_make(struct np_talk *t, np_make_fn *fn, const char *none,
			  struct np_http_answer *a);

/* ---- jobs.c */

/* Takes a number and sends it; 0: too many wait, or the worker is gone.
 * `waiter` may be NULL. */
uint64_t np_job_begin(struct np_server *s, struct np_work *w, uint64_t size,
		      struct np_talk *waiter);
bool np_job_find(struct np_server *s, uint64_t n, struct np_job *ret);
/* True: it is done, *ret is what came of it; false: the client sleeps. */
bool np_job_wait(struct np_talk *t, uint64_t n, struct np_job *ret);
/* Nobody waits for it any more. */
void np_job_leave(struct np_server *s, struct np_talk *t);
/* The thread that hears the worker, reads the dossier again after it, and
 * looks whether somebody else changed it, or the accounts. */
void *np_keep_up(void *server);
void np_wake_all(struct np_server *s);
#endif

/* SPDX-License-Identifier: ISC */
#include "cli/watch.h"
#include "core/buf.h"
#include "core/hash.h"
#include "core/term.h"
#include "core/time.h"
#include <errno.h>
#include <fts.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE                                                               \
	10 /* seconds that what goes on changing may put off a page            \
	    */
#define LINE ((size_t)8192)

/* The alternate screen, without a cursor; and back. */
#define ENTER "\x1b[?1049h\x1b[?25l"
#define LEAVE "\x1b[?25h\x1b[?1049l"

struct watch {
	np_watched_fn *fn;
	void *ctx;
	const char *colour;
	char **paths; /* NULL behind the last */
	struct termios before;
	pid_t child; /* 0: none runs */
	int out, err;
	struct np_buf page, said, screen;
	unsigned rows, columns;
	uint64_t seen, read; /* what is there: a second ago; at the last page */
	unsigned waited;     /* seconds since it is not what was read */
	int64_t at;	     /* when the page was begun */
	bool again, resized;
};

/* ---- what is there */

static uint64_t add(uint64_t h, const FTSENT *e)
{
	const struct stat *s = e->fts_statp;
	const int64_t v[] = {(int64_t)s->st_ino, s->st_size,  s->st_mtim.tv_sec,
			     s->st_mtim.tv_nsec, e->fts_info, (int64_t)h};

	h = np_hash64(v, sizeof(v), 1);
	return np_hash64(e->fts_path, e->fts_pathlen, h);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static uint64_t look(char **paths)
{
	FTS *f = fts_open(paths, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR,
			  by_name);
	uint64_t h = 7;
	FTSENT *e;

	while (f && (e = fts_read(f))) {
		/* A folder's own times stand for nothing that it holds. */
		if (e->fts_info == FTS_F || e->fts_info == FTS_NS)
			h = add(h, e);
	}
	if (f)
		(void)fts_close(f);
	return h;
}

/* ---- the terminal */

static void put(const char *s, size_t n)
{
	while (n) {
		ssize_t k = write(STDOUT_FILENO, s, n);

		if (k < 0 && errno != EINTR)
			return;
		s += k > 0 ? k : 0;
		n -= k > 0 ? (size_t)k : 0;
	}
}

static void measure(struct watch *w)
{
	struct winsize size = {0};

	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	w->rows = size.ws_row > 1 ? size.ws_row : 24;
	w->columns = size.ws_col ? size.ws_col : 80;
}

/* Keys come at once and unseen; Ctrl-C stays a signal, and nobody stops a
 * screen that would not come back (Ctrl-Z). */
static bool enter(struct watch *w)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &w->before) < 0)
		return false;
	t = w->before;
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	t.c_cc[VSUSP] = _POSIX_VDISABLE;
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &t) < 0)
		return false;
	put(ENTER, strlen(ENTER));
	return true;
}

static void leave(struct watch *w)
{
	put(LEAVE, strlen(LEAVE));
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &w->before);
}

static void put_status(struct watch *w)
{
	struct np_buf line = np_buf(LINE);
	char t[40];

	np_putf(&line, " %.8s UTC  ", np_time_text(w->at, t) + 11);
	if (w->child)
		np_puts(&line, "reading …  ");
	np_puts(&line, "r reads again, q ends");
	if (w->said.n) {
		np_puts(&line, "  ");
		np_put(&line, w->said.p, w->said.n);
	}
	np_puts(&w->screen, "\x1b[7m");
	/* A full last line would scroll. */
	(void)np_put_columns(&w->screen, line.p ? line.p : "", line.n,
			     w->columns - 1);
	np_puts(&w->screen, "\x1b[0m\x1b[K");
	np_buf_free(&line);
}

static void paint(struct watch *w)
{
	const char *p = w->page.p, *end = p ? p + w->page.n : p;
	unsigned row = 1;

	np_buf_clear(&w->screen);
	np_puts(&w->screen, "\x1b[H");
	/* The table fits; lines before it may take several rows. */
	for (; p < end && row < w->rows; row++) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((nl ? nl : end) - p);
		size_t k = np_put_columns(&w->screen, p, n, w->columns);

		np_puts(&w->screen, "\x1b[0m\x1b[K\r\n");
		p += k == n ? n + (nl != NULL) : k ? k : 1;
	}
	np_puts(&w->screen, "\x1b[J");
	np_putf(&w->screen, "\x1b[%u;1H", w->rows);
	put_status(w);
	if (!w->screen.failed)
		put(w->screen.p, w->screen.n);
}

/* ---- the child */

static void run(struct watch *w, const int out[2], const int err[2])
{
	const struct np_look l = {
		.colour = np_look(w->colour, STDOUT_FILENO).colour,
		.width = w->columns};

	(void)signal(SIGINT, SIG_DFL);
	(void)dup2(out[1], STDOUT_FILENO);
	(void)dup2(err[1], STDERR_FILENO);
	for (int i = 0; i < 2; i++) {
		(void)close(out[i]);
		(void)close(err[i]);
	}
	/* It asks for nothing, and no key is for it. */
	(void)close(STDIN_FILENO);
	exit(w->fn(w->ctx, &l));
}

static bool begin(struct watch *w)
{
	struct timespec now;
	int out[2], err[2];

	if (pipe2(out, 0) < 0 || pipe2(err, 0) < 0)
		return false;
	(void)fflush(NULL);
	measure(w);
	(void)clock_gettime(CLOCK_REALTIME, &now);
	w->at = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	w->read = w->seen;
	w->waited = 0;
	w->again = w->resized = false;
	w->child = fork();
	if (!w->child)
		run(w, out, err);
	(void)close(out[1]);
	(void)close(err[1]);
	w->out = out[0];
	w->err = err[0];
	np_buf_clear(&w->page);
	np_buf_clear(&w->said);
	return w->child > 0;
}

static void end(struct watch *w, bool now)
{
	if (!w->child)
		return;
	if (now)
		(void)kill(w->child, SIGKILL);
	(void)close(w->out);
	if (w->err >= 0)
		(void)close(w->err);
	while (waitpid(w->child, NULL, 0) < 0 && errno == EINTR)
		;
	w->child = 0;
}

static unsigned lines(const struct np_buf *b)
{
	unsigned n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->p[i] == '\n';
	return n;
}

/* The page as far as the screen goes. True: it is all there. */
static bool take_page(struct watch *w)
{
	char piece[16384];
	ssize_t n = read(w->out, piece, sizeof(piece));

	if (n > 0)
		np_put(&w->page, piece, (size_t)n);
	return (n <= 0 && errno != EINTR) || n == 0 || w->page.failed ||
	       lines(&w->page) >= w->rows;
}

/* What it last had to say, without the line's end. */
static void take_said(struct watch *w)
{
	char piece[1024];
	ssize_t n = read(w->err, piece, sizeof(piece));

	if (n <= 0) {
		(void)close(w->err);
		w->err = -1;
		return;
	}
	for (ssize_t i = 0; i < n; i++) {
		if (w->said.n && w->said.p[w->said.n - 1] == '\n')
			np_buf_clear(&w->said);
		np_putc(&w->said, piece[i]);
	}
}

static void finish(struct watch *w)
{
	/* What it says of itself comes before its end; not waited for. */
	struct pollfd p = {.fd = w->err, .events = POLLIN};

	while (w->err >= 0 && poll(&p, 1, 0) > 0)
		take_said(w);
	if (w->said.n && w->said.p[w->said.n - 1] == '\n')
		w->said.p[--w->said.n] = '\0';
	end(w, true);
	paint(w);
}

/* ---- the loop */

/* True: it is over. */
static bool key(struct watch *w)
{
	char c = 0;
	ssize_t n = read(STDIN_FILENO, &c, 1);

	if (n < 0)
		return errno != EINTR;
	if (!n || c == 'q' || c == 'Q' || c == '\x1b' || c == '\x04')
		return true;
	w->again |= c == 'r' || c == 'R';
	return false;
}

/* Once a second. What is being written is left alone until it rests. */
static void tick(struct watch *w)
{
	uint64_t now = look(w->paths);
	bool rests = now == w->seen;
	unsigned rows = w->rows, columns = w->columns;

	w->seen = now;
	w->waited += now != w->read;
	measure(w);
	w->resized |= rows != w->rows || columns != w->columns;
	if (now != w->read && (rests || w->waited >= PATIENCE))
		w->again = true;
}

static int go_on(struct watch *w)
{
	int64_t next = 0;

	while (!*np_stopped()) {
		struct pollfd p[] = {
			{.fd = STDIN_FILENO, .events = POLLIN},
			{.fd = w->child ? w->out : -1, .events = POLLIN},
			{.fd = w->child ? w->err : -1, .events = POLLIN},
		};
		struct timespec t;
		int64_t ms;

		(void)clock_gettime(CLOCK_MONOTONIC, &t);
		ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
		if (ms >= next) {
			tick(w);
			next = ms + 1000;
		}
		if ((w->again || w->resized) && !w->child) {
			if (!begin(w))
				return NP_EXIT_FAILED;
			paint(w);
		}
		if (poll(p, 3, (int)(next > ms ? next - ms : 1000)) <= 0)
			continue;
		if (p[0].revents && key(w))
			return NP_EXIT_OK;
		if (p[2].revents)
			take_said(w);
		if (p[1].revents && take_page(w))
			finish(w);
	}
	return NP_EXIT_INTERRUPTED;
}

int np_watch(const char *verb, const char *colour, int n, char **paths,
	     np_watched_fn *fn, void *ctx)
{
	const char *term = getenv("TERM");
	struct watch w = {.fn = fn,
			  .ctx = ctx,
			  .colour = colour,
			  .paths = paths,
			  .again = true,
			  .err = -1,
			  .page = np_buf((size_t)1 << 20),
			  .said = np_buf(LINE),
			  .screen = np_buf((size_t)1 << 21)};
	int rc = NP_EXIT_FAILED;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    (term && strcmp(term, "dumb") == 0) || !n) {
		(void)fprintf(stderr, "nameplate %s: --watch wants %s\n", verb,
			      n ? "a terminal" : "a folder or file");
		return NP_EXIT_USAGE;
	}
	np_catch_signals();
	if (enter(&w)) {
		rc = go_on(&w);
		end(&w, true);
		leave(&w);
	}
	np_buf_free(&w.page);
	np_buf_free(&w.said);
	np_buf_free(&w.screen);
	return rc;
}

/* SPDX-License-Identifier: ISC */
#include "cli/key.h"
#include "cli/cli.h"
#include "core/secret.h"
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSWORD_MAX 1024

static void first_line(char *text, size_t n)
{
	text[n] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
}

/* From the terminal, which shows nothing of it. */
static bool ask(const char *path, char *to, size_t max)
{
	struct termios was, quiet;
	ssize_t n = -1;

	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &was) < 0)
		return false;
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)fprintf(stderr, "password of %s: ", path);
	(void)fflush(stderr);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0) {
		n = read(STDIN_FILENO, to, max - 1);
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
		(void)fputc('\n', stderr);
	}
	if (n > 0)
		first_line(to, (size_t)n);
	return n > 0;
}

static int refused(const struct np_err *e)
{
	np_say_error(e);
	return e->code == NP_EIO ? NP_EXIT_FAILED : NP_EXIT_USAGE;
}

int np_key_open(const char *path, const char *password,
		struct np_minisign_secret *ret)
{
	char text[PASSWORD_MAX + 1] = "";
	struct np_err e = {0};
	bool have = false;
	size_t n;
	int rc = NP_OK;

	if (password) {
		rc = np_secret_read(password, text, PASSWORD_MAX, &n, &e);
		if (!rc)
			first_line(text, n);
		have = !rc;
	} else if (np_minisign_encrypted(path)) {
		have = ask(path, text, sizeof(text));
	}
	if (!rc)
		rc = np_minisign_secret_open(path, have ? text : NULL, ret, &e);
	explicit_bzero(text, sizeof(text));
	return rc ? refused(&e) : NP_EXIT_OK;
}

int np_key_make(const char *path, const char *password)
{
	char text[PASSWORD_MAX + 1] = "";
	struct np_buf public = np_buf(4096);
	struct np_err e = {0};
	size_t n = 0;
	int rc = NP_OK;

	np_putf(&public, "%s.pub", path);
	if (public.failed)
		rc = np_fail(&e, NP_EUSAGE, "too long a path", path, 0);
	if (!rc && password)
		rc = np_secret_read(password, text, PASSWORD_MAX, &n, &e);
	if (!rc) {
		first_line(text, n);
		rc = np_minisign_keygen(path, public.p, password ? text : NULL,
					&e);
	}
	explicit_bzero(text, sizeof(text));
	if (!rc)
		(void)printf("the secret key is %s: nobody else may have it\n"
			     "the public key is %s\n",
			     path, public.p);
	np_buf_free(&public);
	return rc ? refused(&e) : NP_EXIT_OK;
}

/* SPDX-License-Identifier: ISC */
#include "cli/key.h"
#include "cli/cli.h"
#include "core/secret.h"
#include <string.h>
#include <termios.h>

static void first_line(char to[static NP_PASSWORD])
{
	to[strcspn(to, "\r\n")] = '\0';
}

static bool read_password(const char *path, char to[static NP_PASSWORD])
{
	struct np_err e = {0};
	size_t n;

	if (np_secret_read(path, to, NP_PASSWORD - 1, &n, &e)) {
		np_say_error(&e);
		return false;
	}
	to[n] = '\0';
	first_line(to);
	return true;
}

/* From the terminal, which shows nothing of it. */
static bool ask_password(int tty, const char *prompt, FILE *f,
			 char to[static NP_PASSWORD])
{
	struct termios was, quiet;
	bool got;

	if (tcgetattr(tty, &was) < 0)
		return false;
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(tty, TCSAFLUSH, &quiet);
	(void)dprintf(tty, "%s: ", prompt);
	got = fgets(to, NP_PASSWORD, f) != NULL;
	(void)tcsetattr(tty, TCSAFLUSH, &was);
	(void)dprintf(tty, "\n");
	first_line(to);
	return got;
}

bool np_password(const char *path, const char *prompt,
		 char to[static NP_PASSWORD])
{
	bool got = false;
	FILE *f;

	if (path)
		return read_password(path, to);
	f = fopen("/dev/tty", "r+e");
	if (f) {
		setbuf(f, NULL);
		got = ask_password(fileno(f), prompt, f, to);
		(void)fclose(f);
	}
	if (!got)
		(void)fputs("nameplate: a password is wanted, and there is no "
			    "terminal to ask at (--password FILE)\n",
			    stderr);
	return got;
}

int np_key_open(const char *path, const char *password,
		struct np_minisign_secret *ret)
{
	char text[NP_PASSWORD] = "";
	bool encrypted = np_minisign_encrypted(path);
	struct np_err e = {0};
	struct np_buf prompt = np_buf(4200);
	int rc;

	np_putf(&prompt, "password of %s", path);
	if (encrypted &&
	    !np_password(password, prompt.p ? prompt.p : path, text)) {
		np_buf_free(&prompt);
		return NP_EXIT_USAGE;
	}
	rc = np_minisign_secret_open(path, encrypted ? text : NULL, ret, &e);
	explicit_bzero(text, sizeof(text));
	np_buf_free(&prompt);
	if (rc)
		np_say_error(&e);
	return !rc ? NP_EXIT_OK : rc == NP_EIO ? NP_EXIT_FAILED : NP_EXIT_USAGE;
}

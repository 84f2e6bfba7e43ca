/* SPDX-License-Identifier: ISC */
/* Signatures of a seal: over the manifest, and over the dossier's file. */
#include "core/file.h"
#include "store/seal.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

void np_seal_say(struct np_seal_ear *ear, const struct np_sealed *s)
{
	ear->looked += !s->aside;
	ear->wrong += !s->holds;
	ear->fn(ear->ctx, s);
}

void np_seal_beside(struct np_buf *b, const char *path)
{
	np_putf(b, "%s.minisig", path);
}

int np_seal_write(const char *path, const void *p, size_t n,
		  struct np_err *reterr)
{
	char *temp = NULL;
	int fd = -1, rc = NP_OK;

	if (asprintf(&temp, "%s.part", path) < 0)
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	(void)unlink(temp);
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	for (const char *at = p; fd >= 0 && n;) {
		ssize_t k = write(fd, at, n);

		if (k <= 0)
			break;
		at += k;
		n -= (size_t)k;
	}
	if (fd < 0 || n || fsync(fd) < 0 || rename(temp, path) < 0)
		rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	if (fd >= 0)
		(void)close(fd);
	if (rc && fd >= 0)
		(void)unlink(temp);
	free(temp);
	return rc;
}

/* Nothing signs the untrusted comment, so a seal's has but one form. */
static void untrusted(const uint8_t id[static NP_MINISIGN_ID],
		      char ret[static 64])
{
	char text[17];

	np_minisign_id_text(id, text);
	(void)snprintf(ret, 64, "nameplate seal, key %s", text);
}

/* As minisign has it: when, and what. A name that is no text stays out. */
static void trusted(const char *name, int64_t now, char *ret, size_t n)
{
	char copy[256];

	(void)snprintf(copy, sizeof(copy), "%s", name);
	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	(void)snprintf(ret, n, "timestamp:%lld\tfile:%s\thashed",
		       (long long)now, copy);
}

int np_seal_sign_text(const struct np_minisign_secret *key, const char *name,
		      const struct np_buf *text, int64_t now,
		      struct np_buf *ret, struct np_err *reterr)
{
	char says[512], begin[64];

	untrusted(key->id, begin);
	trusted(name, now, says, sizeof(says));
	np_buf_clear(ret);
	return np_minisign_sign(key, text->p, text->n, says, begin, ret,
				reterr);
}

int np_seal_sign_file(const struct np_minisign_secret *key, const char *path,
		      const char *to, int64_t now, struct np_err *reterr)
{
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);
	char says[512], begin[64], *copy = strdup(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 || !copy
			 ? np_fail(reterr, NP_EIO, strerror(errno), path, 0)
			 : NP_OK;

	untrusted(key->id, begin);
	if (!rc) {
		trusted(basename(copy), now, says, sizeof(says));
		rc = np_minisign_sign_file(key, fd, says, begin, &b, reterr);
	}
	if (!rc)
		rc = np_seal_write(to, b.p, b.n, reterr);
	if (fd >= 0)
		(void)close(fd);
	free(copy);
	np_buf_free(&b);
	return rc;
}

/* Does the text have the one form that a seal's signature has? */
static bool one_form(const struct np_buf *text,
		     const struct np_minisign_public *key,
		     const struct np_minisign_said *said)
{
	char begin[64];

	untrusted(key->id, begin);
	return strcmp(said->untrusted, begin) == 0 && text->n &&
	       text->p[text->n - 1] == '\n' && !memchr(text->p, '\r', text->n);
}

static void say_signature(struct np_seal_ear *ear, const char *what,
			  const char *where, int rc, const struct np_err *e)
{
	const struct np_sealed s = {
		.holds = rc == NP_OK,
		.what = what,
		.where = where,
		.note = rc ? e->text : NULL,
		.found = rc && e->what[0] ? e->what : NULL,
	};

	np_seal_say(ear, &s);
}

static int check_form(int rc, const struct np_buf *text,
		      const struct np_minisign_public *key,
		      const struct np_minisign_said *said, struct np_err *e)
{
	if (rc || one_form(text, key, said))
		return rc;
	return np_fail(e, NP_EINPUT, "its comment or line ends were changed",
		       NULL, 1);
}

void np_seal_check_text(const struct np_minisign_public *key,
			const struct np_buf *text,
			const struct np_buf *signature, const char *where,
			struct np_seal_ear *ear)
{
	struct np_minisign_said said;
	struct np_err e = {0};
	int rc = np_minisign_verify(key, text->p, text->n, signature->p,
				    signature->n, &said, &e);

	rc = check_form(rc, signature, key, &said, &e);
	say_signature(ear, "manifest's signature", where, rc, &e);
}

void np_seal_check_file(const char *path, const char *beside,
			const struct np_minisign_public *key,
			struct np_seal_ear *ear)
{
	struct np_buf text = np_buf(NP_MINISIGN_TEXT);
	struct np_minisign_said said;
	struct np_err e = {0};
	int fd = -1, rc = np_file_read(beside, NP_SEAL_LONG, &text, &e);

	if (!rc) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		rc = fd < 0 ? np_fail(&e, NP_EIO, strerror(errno), path, 0)
			    : np_minisign_verify_file(key, fd, text.p, text.n,
						      &said, &e);
	}
	rc = check_form(rc, &text, key, &said, &e);
	say_signature(ear, "file's signature", path, rc, &e);
	if (fd >= 0)
		(void)close(fd);
	np_buf_free(&text);
}

/* SPDX-License-Identifier: ISC */
/*
 * Any octets as what whoever seals hands over: signatures and keys in
 * minisign's format, manifests, proofs of a frame, responses of a time stamping
 * authority, dossiers for certain eyes, and sources that are gone through for
 * the hashes of their frames. The first octet chooses.
 */
#include "fuzz.h"
#include "store/seal_box.h"
#include "store/seal_frames.h"
#include "store/seal_proof.h"
#include "store/seal_time.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static const struct np_minisign_public key = {.id = {1, 2, 3}, .key = {9}};

static int open_octets(const uint8_t *p, size_t n, char path[static 64])
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	MUST(fd >= 0 && write(fd, p, n) == (ssize_t)n &&
	     lseek(fd, 0, SEEK_SET) == 0);
	(void)fchmod(fd, 0600);
	(void)snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

static void signature(const uint8_t *p, size_t n)
{
	struct np_minisign_public pub;
	struct np_minisign_said said;
	struct np_err e = {0};
	uint8_t id[NP_MINISIGN_ID];
	int rc =
		np_minisign_verify(&key, "x", 1, (const char *)p, n, &said, &e);

	MUST(rc < 0 && e.text && e.code == rc);
	(void)np_minisign_signer((const char *)p, n, id, NULL);
	rc = np_minisign_public_read((const char *)p, n, &pub, &e);
	MUST(rc == 0 || e.text);
}

/* A key with a password costs seconds, whatever it is. */
static void secret(const char *path)
{
	struct np_minisign_secret sk;
	struct np_err e = {0};
	int rc = np_minisign_secret_open(path, NULL, &sk, &e);

	MUST(rc == 0 || e.text);
	(void)np_minisign_encrypted(path);
}

static void manifest(const uint8_t *p, size_t n)
{
	struct np_manifest *m;
	struct np_err e = {0};
	int rc = np_manifest_read((const char *)p, n, &m, &e);

	MUST(rc == 0 ? m != NULL : e.code == rc && e.text);
	if (rc == 0)
		MUST(np_manifest_export(m) && np_manifest_tree(m));
	np_manifest_free(m);
}

static void hear(void *ctx, const struct np_sealed *s)
{
	MUST(s->what);
	*(uint64_t *)ctx += s->holds;
}

static void proof(const uint8_t *p, size_t n)
{
	uint64_t good = 0;
	struct np_seal_ear ear = {.fn = hear, .ctx = &good};
	struct np_err e = {0};
	int rc = np_proof_check("fuzz", (const char *)p, n, NULL, &ear, &e);

	MUST(rc == 0 ? ear.looked >= 3 : e.text != NULL);
}

static void stamp(const char *path)
{
	struct np_stamp s;
	struct np_err e = {0};
	int rc = np_stamp_check("/dev/null", path, NULL, &s, &e);

	MUST(rc == 0 || e.text);
}

static void box(const char *path)
{
	struct np_minisign_secret sk = {.id = {1}};
	char to[] = "/tmp/np-fuzz-box-XXXXXX";
	struct np_err e = {0};

	MUST(mkdtemp(to));
	char file[64];

	(void)snprintf(file, sizeof(file), "%s/x", to);
	int rc = np_box_open(path, file, &sk, &e);

	MUST(rc < 0 && e.text && access(file, F_OK) != 0);
	MUST(rmdir(to) == 0);
}

struct counted {
	uint64_t frames;
};

static int count(void *ctx, const struct np_hashed_frame *f)
{
	struct counted *c = ctx;

	MUST(f->number == ++c->frames);
	return 0;
}

static void frames(int fd)
{
	struct counted c = {0};
	uint8_t rest[NP_TREE_MARK];
	struct np_err e = {0};
	int rc = np_hash_frames(dup(fd), count, &c, rest, &e);

	MUST(rc == 0 || e.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char path[64];
	int fd;

	if (!n)
		return 0;
	fd = open_octets(p + 1, n - 1, path);
	switch (p[0] % 7) {
	case 0:
		signature(p + 1, n - 1);
		break;
	case 1:
		secret(path);
		break;
	case 2:
		manifest(p + 1, n - 1);
		break;
	case 3:
		proof(p + 1, n - 1);
		break;
	case 4:
		stamp(path);
		break;
	case 5:
		box(path);
		break;
	default:
		frames(fd);
	}
	(void)close(fd);
	return 0;
}

/* SPDX-License-Identifier: ISC */
/* Keys and signatures in minisign's format: what one made the other checks,
 * with the stock program where it is installed, and nothing changed passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/minisign.h"

#define TEXT "one octet after the other"

static char here[] = "/tmp/np-minisign-XXXXXX";

static const char *at(const char *name)
{
	static char path[4][128];
	static unsigned i;
	char *p = path[i++ % 4];

	(void)snprintf(p, sizeof(path[0]), "%s/%s", here, name);
	return p;
}

static void put(const char *name, const char *p, size_t n)
{
	FILE *f = fopen(at(name), "we");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static size_t get(const char *name, char *to, size_t max)
{
	FILE *f = fopen(at(name), "re");

	assert_non_null(f);
	size_t n = fread(to, 1, max, f);

	(void)fclose(f);
	return n;
}

/* A shell's words in the scratch directory. */
static int shell(const char *words)
{
	char line[512];

	(void)snprintf(line, sizeof(line), "cd %s && (%s) >/dev/null 2>&1",
		       here, words);
	return system(line);
}

static bool stock(void)
{
	return system("command -v minisign >/dev/null") == 0;
}

static void pair(const char *name, const char *password,
		 struct np_minisign_secret *key, struct np_minisign_public *pub)
{
	char public[64];
	struct np_err e = {0};

	(void)snprintf(public, sizeof(public), "%s.pub", name);
	if (np_minisign_keygen(at(name), at(public), password, &e) ||
	    np_minisign_secret_open(at(name), password, key, &e) ||
	    np_minisign_public_open(at(public), pub, &e))
		fail_msg("%s: %s", e.what, e.text);
}

static void test_round(void **state)
{
	struct np_minisign_secret key;
	struct np_minisign_public pub, again;
	struct np_minisign_said said;
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);
	struct stat st;
	char text[57], id[17], id2[17];
	uint8_t who[NP_MINISIGN_ID];

	(void)state;
	pair("plain", NULL, &key, &pub);
	assert_int_equal(stat(at("plain"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(np_minisign_encrypted(at("plain")));
	np_minisign_public_text(&pub, text);
	assert_int_equal(np_minisign_public_open(text, &again, NULL), NP_OK);
	assert_memory_equal(&again, &pub, sizeof(pub));
	assert_int_equal(np_minisign_sign(&key, TEXT, strlen(TEXT), "of a test",
					  "anybody's", &b, NULL),
			 NP_OK);
	assert_int_equal(np_minisign_verify(&pub, TEXT, strlen(TEXT), b.p, b.n,
					    &said, NULL),
			 NP_OK);
	assert_true(said.prehashed);
	assert_string_equal(said.trusted, "of a test");
	assert_string_equal(said.untrusted, "anybody's");
	assert_int_equal(np_minisign_signer(b.p, b.n, who, NULL), NP_OK);
	np_minisign_id_text(who, id);
	np_minisign_id_text(key.id, id2);
	assert_string_equal(id, id2);
	np_buf_free(&b);
}

/* Any octet but the untrusted comment's own. */
static void test_changed(void **state)
{
	struct np_minisign_secret key;
	struct np_minisign_public pub;
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);
	char octets[] = TEXT;
	size_t begin = strlen("untrusted comment: ");

	(void)state;
	pair("changed", NULL, &key, &pub);
	assert_int_equal(
		np_minisign_sign(&key, TEXT, strlen(TEXT), "t", "", &b, NULL),
		NP_OK);
	for (size_t i = 0; i < strlen(TEXT); i++) {
		octets[i] ^= 1;
		assert_int_equal(np_minisign_verify(&pub, octets, strlen(TEXT),
						    b.p, b.n, NULL, NULL),
				 NP_EINPUT);
		octets[i] ^= 1;
	}
	for (size_t i = 0; i < 8 * (b.n - 1); i++) {
		struct np_err e = {0};

		b.p[i / 8] ^= (char)(1 << i % 8);
		int rc = np_minisign_verify(&pub, TEXT, strlen(TEXT), b.p, b.n,
					    NULL, &e);

		/* its end would become a part of the comment */
		if (i / 8 != begin && rc != NP_EINPUT)
			fail_msg("octet %zu, bit %zu", i / 8, i % 8);
		assert_true(!rc || (e.code == rc && e.text));
		b.p[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t n = 0; n < b.n - 1; n++)
		assert_int_equal(np_minisign_verify(&pub, TEXT, strlen(TEXT),
						    b.p, n, NULL, NULL),
				 NP_EINPUT);
	np_buf_free(&b);
}

static void test_refused(void **state)
{
	struct np_minisign_secret key, other;
	struct np_minisign_public pub;
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);
	struct np_err e = {0};

	(void)state;
	pair("one", NULL, &key, &pub);
	pair("two", NULL, &other, &pub);
	assert_int_equal(np_minisign_keygen(at("one"), at("x.pub"), NULL, &e),
			 NP_EIO);
	assert_int_equal(
		np_minisign_sign(&key, "", 0, "two\nlines", NULL, &b, &e),
		NP_EUSAGE);
	assert_int_equal(b.n, 0);
	assert_int_equal(np_minisign_sign(&key, "", 0, NULL, NULL, &b, &e),
			 NP_OK);
	assert_int_equal(np_minisign_verify(&pub, "", 0, b.p, b.n, NULL, &e),
			 NP_EINPUT);
	assert_string_equal(e.text, "made with another key");
	assert_int_equal(chmod(at("one"), 0644), 0);
	assert_int_equal(np_minisign_secret_open(at("one"), NULL, &key, &e),
			 NP_EUSAGE);
	assert_int_equal(np_minisign_public_open(at("none"), &pub, &e), NP_EIO);
	put("bad.pub", "untrusted comment: x\nRWQ=\n", 26);
	assert_int_equal(np_minisign_public_open(at("bad.pub"), &pub, &e),
			 NP_EINPUT);
	assert_int_equal(e.at, 2);
	np_buf_free(&b);
}

static void test_stock_checks(void **state)
{
	struct np_minisign_secret key;
	struct np_minisign_public pub;
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);

	(void)state;
	if (!stock())
		skip();
	pair("ours", NULL, &key, &pub);
	put("file", TEXT, strlen(TEXT));
	assert_int_equal(np_minisign_sign(&key, TEXT, strlen(TEXT), "of a test",
					  "x", &b, NULL),
			 NP_OK);
	put("file.minisig", b.p, b.n);
	assert_int_equal(shell("minisign -Vm file -p ours.pub -Q | "
			       "grep -qx 'of a test'"),
			 0);
	put("file", TEXT ".", strlen(TEXT) + 1);
	assert_int_not_equal(shell("minisign -Vm file -p ours.pub"), 0);
	/* and it signs with our key */
	assert_int_equal(shell("minisign -Sm file -W -s ours -t 'by it'"), 0);
	assert_int_equal(shell("minisign -Vm file -p ours.pub"), 0);
	np_buf_free(&b);
}

static void checks(const char *words, bool prehashed)
{
	struct np_minisign_public pub;
	struct np_minisign_said said;
	char text[NP_MINISIGN_TEXT];
	struct np_err e = {0};

	assert_int_equal(shell(words), 0);
	size_t n = get("theirs.minisig", text, sizeof(text));

	if (np_minisign_public_open(at("t.pub"), &pub, &e) ||
	    np_minisign_verify(&pub, TEXT, strlen(TEXT), text, n, &said, &e))
		fail_msg("%s: %s", words, e.text);
	assert_string_equal(said.trusted, "by it");
	assert_int_equal(said.prehashed, prehashed);
}

static void test_checks_stock(void **state)
{
	struct np_minisign_secret key;
	struct np_minisign_public pub;
	struct np_buf b = np_buf(NP_MINISIGN_TEXT);

	(void)state;
	if (!stock())
		skip();
	put("theirs", TEXT, strlen(TEXT));
	assert_int_equal(shell("minisign -GW -p t.pub -s t.key"), 0);
	checks("minisign -Sm theirs -W -s t.key -t 'by it'", true);
	checks("minisign -Slm theirs -W -s t.key -t 'by it'", false);
	assert_int_equal(np_minisign_secret_open(at("t.key"), NULL, &key, NULL),
			 NP_OK);
	np_minisign_public_of(&key, &pub);
	assert_int_equal(np_minisign_sign(&key, TEXT, strlen(TEXT), NULL, NULL,
					  &b, NULL),
			 NP_OK);
	assert_int_equal(np_minisign_verify(&pub, TEXT, strlen(TEXT), b.p, b.n,
					    NULL, NULL),
			 NP_OK);
	np_buf_free(&b);
}

/* Of ours to the stock program and back; scrypt takes its time. */
static void test_password(void **state)
{
	struct np_minisign_secret key;
	struct np_minisign_public pub;
	struct np_err e = {0};

	(void)state;
	pair("hidden", "a password", &key, &pub);
	assert_true(np_minisign_encrypted(at("hidden")));
	assert_int_equal(np_minisign_secret_open(at("hidden"), NULL, &key, &e),
			 NP_EUSAGE);
	assert_int_equal(
		np_minisign_secret_open(at("hidden"), "another", &key, &e),
		NP_EUSAGE);
	assert_string_equal(e.text, "not the password of this key");
	if (!stock())
		return;
	put("file", TEXT, strlen(TEXT));
	assert_int_equal(shell("echo 'a password' | minisign -Sm file -s "
			       "hidden"),
			 0);
	assert_int_equal(shell("minisign -Vm file -p hidden.pub"), 0);
	assert_int_equal(shell("printf 'theirs 1\\ntheirs 1\\n' | minisign -G "
			       "-p p.pub -s p.key"),
			 0);
	assert_true(np_minisign_encrypted(at("p.key")));
	assert_int_equal(
		np_minisign_secret_open(at("p.key"), "theirs 1", &key, &e),
		NP_OK);
}

static int make(void **state)
{
	(void)state;
	return mkdtemp(here) ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	return shell("rm -f -- * && cd / && rmdir \"$OLDPWD\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_stock_checks),
		cmocka_unit_test(test_checks_stock),
		cmocka_unit_test(test_password),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}

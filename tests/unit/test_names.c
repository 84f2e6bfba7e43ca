/* SPDX-License-Identifier: ISC */
/* Names are the operator's: whatever stands in a field that is a box's name, of
 * any protocol, says nothing of who made it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "claim/claim.h"

static const char *const names[] = {
	"Huawei",
	"HUAWEI-CORE-1.example.net",
	"Huawei NE40E-X8 V800R010",
	"HW_RHEIN_07",
	"ZTE Corporation",
	"ZXR10 M6000-8S",
	"zte-gnb-7",
	"Nokia 7750 SR",
	"ERBS_12 Ericsson",
};

static struct np_knowledge *knowledge;
static struct np_infer *infer;
static struct np_arena mem;

static void assert_nobody(const char *field, const char *text)
{
	struct np_sighting s = {.scope = NP_SELF, .reach = NP_ROUTED};
	struct np_claims c;
	int id = np_knowledge_field(knowledge, field, strlen(field));

	assert_true(id >= 0);
	np_arena_reset(&mem);
	s.facts[s.nfacts++] = (struct np_fact){
		.field = (uint16_t)id,
		.v = np_copy(&mem, text, strlen(text)),
		.n = strlen(text),
	};
	np_infer(infer, &s, &mem, &c);
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].maker)
			fail_msg("%s = %s: %s", field, text,
				 np_maker_slug(knowledge, c.v[i].maker));
}

static bool ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* Of a box, its ports or its parts; not of who made it, nor of the product. */
static bool is_name(const struct np_field *f)
{
	static const char *const makers[] = {"vendor_name", "mfg_name",
					     "model_name", "product_name"};

	for (size_t i = 0; i < NP_COUNT(makers); i++)
		if (ends_in(f->name, makers[i]))
			return false;
	return f->key == NP_KEY_NAME || ends_in(f->name, "_name");
}

/* How many there are: an empty list would prove nothing. */
static void test_names(void **state)
{
	enum { AT_LEAST = 40 };
	char field[64];
	unsigned n = 0;

	(void)state;
	for (const struct np_proto *const *p = np_protos; *p; p++)
		for (size_t i = 0; i < (*p)->nfields; i++) {
			if (!is_name(&(*p)->fields[i]))
				continue;
			(void)snprintf(field, sizeof(field), "%s.%s",
				       (*p)->name, (*p)->fields[i].name);
			for (size_t k = 0; k < NP_COUNT(names); k++)
				assert_nobody(field, names[k]);
			n++;
		}
	assert_true(n >= AT_LEAST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
	struct np_err err = {0};
	int rc = 1;

	mem = np_arena((size_t)16 << 20);
	if (!np_knowledge_open(NULL, &knowledge, &err)) {
		infer = np_infer_new(knowledge);
		rc = cmocka_run_group_tests(tests, NULL, NULL);
		np_infer_free(infer);
		np_knowledge_close(knowledge);
	}
	np_arena_free(&mem);
	return rc;
}

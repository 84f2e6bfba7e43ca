/* SPDX-License-Identifier: ISC */
/*
 * The canonical export: one line a device, then one a finding, sorted by id,
 * then one a contract for a service, as the party lists them.
 * Nothing in it depends on the order of reading, on names of files or on the
 * time of the run, so that the same evidence gives the same octets.
 */
#include "report/writer.h"

int np_write_jsonl(const struct np_report *r, const struct np_style *s,
		   FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	struct np_arena mem = np_arena((size_t)64 << 20);
	char day[16];
	int rc = NP_OK;

	(void)s;
	np_putf(&b,
		"{\"record\":\"export\",\"schema\":\"nameplate.export/1\","
		"\"as_of\":\"%s\"}\n",
		np_day_text(r->as_of, day));
	for (size_t i = 0; i < r->devices->n && !rc; i++) {
		np_arena_reset(&mem);
		np_puts(&b, "{\"record\":\"device\",\"device\":");
		rc = np_put_device(r, &r->devices->v[i], true, &mem, &b);
		np_puts(&b, "}\n");
		if (!rc)
			rc = np_put_out(&b, to);
	}
	for (size_t i = 0; i < r->findings->n && !rc; i++) {
		np_puts(&b, "{\"record\":\"finding\",\"finding\":");
		np_put_finding(r, &r->findings->v[i], &b);
		np_puts(&b, "}\n");
		rc = np_put_out(&b, to);
	}
	for (size_t i = 0; r->places && i < np_contracts(r->places) && !rc;
	     i++) {
		np_puts(&b, "{\"record\":\"contract\",\"contract\":");
		np_put_contract(r, i, &b);
		np_puts(&b, "}\n");
		rc = np_put_out(&b, to);
	}
	np_arena_free(&mem);
	np_buf_free(&b);
	return rc;
}

/* SPDX-License-Identifier: ISC */
/* Hostile octets for one document, compiled once for each of documents.def
 * (-DNP_FUZZ_DOCUMENT=walk): read as if it had been found to be one, sealed and
 * written. */
#include "../document.h"
#include "fuzz.h"

#define NAME2(x) np_document_##x
#define NAME(x) NAME2(x)

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_buf out = np_buf((size_t)1 << 24);

	(void)np_document_find(np_cur(p, n));
	(void)read_octets(&NAME(NP_FUZZ_DOCUMENT), p, n, false, &out);
	np_buf_free(&out);
	return 0;
}

/* SPDX-License-Identifier: ISC */
/* In a build without liblz4: knows the kind, and says what is missing. */
#include "source/unpack.h"

const struct np_pack np_pack_lz4 = {
	.kind = "lz4",
	.sign = {{0x184d2204, 0xffffffff}},
	.absent = "liblz4",
};

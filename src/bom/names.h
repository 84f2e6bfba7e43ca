/* SPDX-License-Identifier: ISC */
#ifndef NP_BOM_NAMES_H
#define NP_BOM_NAMES_H
#include "bom/check.h"

const struct np_knowledge *np_bom_knowledge(const struct np_bom_asker *w);
struct np_infer *np_bom_infer(const struct np_bom_asker *w);
/* Whose name this is, whole: as makers.yaml has names, or as a registry writes
 * the organisation. NP_NO_MAKER: nobody's, or several makers'. */
uint16_t np_bom_name(struct np_bom_asker *w, const char *name, size_t n,
		     struct np_arena *mem);
#endif

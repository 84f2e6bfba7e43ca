/* SPDX-License-Identifier: ISC */
/*
 * One box for its supplier: what it said, octet by octet, what that was taken
 * for, by which rule and with which grade, so that the supplier can answer. Not
 * said: where it stands, its address and name, those of any other box, tags of
 * links, and times finer than a day. Of its serial number the hash alone.
 */
#ifndef NP_SUPPLIER_H
#define NP_SUPPLIER_H
#include "report/writer.h"

/* `reference` is what the operator knows the box by when an answer comes; a
 * device's own id would give its address away to whoever tries all. NP_ENOMEM
 * or 0. */
int np_put_supplier(const struct np_report *r, const struct np_device *d,
		    const char *reference, struct np_buf *b);
#endif

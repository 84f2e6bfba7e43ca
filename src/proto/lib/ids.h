/* SPDX-License-Identifier: ISC */
/* Names of stations that several link protocols write in the same way. */
#ifndef NP_IDS_H
#define NP_IDS_H
#include "proto/proto.h"

/* The same octets, both there. */
bool np_same(struct np_cur a, struct np_cur b);
/* Is this the frame's own source address? */
bool np_sent_by(const struct np_out *o, struct np_cur mac);
/* An address by its IANA address family: 1 and 2 as NP_IP, 6 (all 802 media)
 * as NP_MAC; of other families and lengths nothing is said. */
void np_emit_address(struct np_out *o, unsigned field, unsigned family,
		     struct np_cur v);
/* A chassis id by its subtype (IEEE 802.1AB 8.5.2.2): a MAC address, a network
 * address, otherwise text, or hex where a box puts octets in its stead. */
void np_emit_chassis_id(struct np_out *o, unsigned field, unsigned subtype,
			struct np_cur v);
/* Text that its sender keeps in a buffer ended by a NUL: what stands behind is
 * no part of it. */
void np_emit_string(struct np_out *o, unsigned field, struct np_cur v);
/* A name as its labels (RFC 1035 3.1), joined with dots. 3GPP leaves the root's
 * octet out; of a broken one nothing is said. */
void np_emit_labels(struct np_out *o, unsigned field, struct np_cur v);
/* An address that a node of several lists as its own, as a key of the subject.
 * The bridges of virtual machines have the same address on all hosts that have
 * such: they are none. */
void np_key_own_address(struct np_out *o, struct np_cur ip);
/* An object identifier: BER contents, or, as some write it, the whole value
 * with tag and length. */
void np_emit_oid(struct np_out *o, unsigned field, struct np_cur v);
/* The address inside a DUID (RFC 8415 11.2, 11.4), as a key of the subject. */
void np_key_duid(struct np_out *o, struct np_cur duid);
/* The address lists of CDP and of FDP, which took it over: a count, then for
 * each a protocol (type, length, value) and an address (length, value). Field
 * by field as np_tlv_row.read wants it. */
void np_emit_cdp_addresses(struct np_out *o, unsigned field, struct np_cur v);
#endif

/* SPDX-License-Identifier: ISC */
/* What a certificate says of whoever shows it. */
#include "proto/lib/certificate.h"

/* Attribute types, X.520 and others, as OID contents. */
#define SURNAME "\x55\x04\x04"
#define SERIAL "\x55\x04\x05"
#define BUSINESS_CATEGORY "\x55\x04\x0f"
#define GIVEN_NAME "\x55\x04\x2a"
#define PSEUDONYM "\x55\x04\x41"
#define USER_ID "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01"
#define HARDWARE_MODULE "\x2b\x06\x01\x05\x05\x07\x08\x04"

#define ATTRIBUTE(name, type) np_x500_attribute(name, type, sizeof(type) - 1)

static bool is_person(struct np_cur name)
{
	return !ATTRIBUTE(name, SURNAME).cut ||
	       !ATTRIBUTE(name, GIVEN_NAME).cut ||
	       !ATTRIBUTE(name, PSEUDONYM).cut || !ATTRIBUTE(name, USER_ID).cut;
}

void np_emit_name(struct np_out *o, unsigned field, struct np_cur name)
{
	struct np_cur text = np_x500_text(name, o->mem);

	if (text.cut)
		return;
	np_emit_made(o, field, NP_TEXT, text.p, text.left, name.p);
	if (is_person(name))
		np_person(o);
}

/* hardwareModuleName (RFC 4108 5), which IEEE 802.1AR puts into a device's
 * identity: the type's OID and the serial number. */
static void emit_hardware(struct np_out *o, unsigned field, struct np_cur other)
{
	struct np_ber id, outer, name, type, serial;

	if (np_ber(&other, &id) && np_ber(&other, &outer) &&
	    id.v.left == sizeof(HARDWARE_MODULE) - 1 &&
	    np_ahead(id.v, HARDWARE_MODULE, id.v.left) &&
	    np_ber(&outer.v, &name) && np_ber(&name.v, &type) &&
	    np_ber(&name.v, &serial))
		np_emit(o, field, serial.v);
}

/* GeneralName, RFC 5280 4.2.1.6. */
static void emit_sans(struct np_out *o, const struct np_certificate_fields *as,
		      struct np_cur names)
{
	enum { OTHER = 0xa0, MAIL = 0x81, DNS = 0x82, URI = 0x86, IP = 0x87 };
	struct np_ber name;

	while (!o->full && np_ber(&names, &name)) {
		switch (name.tag) {
		case OTHER:
			emit_hardware(o, as->serial_number, name.v);
			break;
		case MAIL:
			np_emit(o, as->san, name.v);
			np_person(o);
			break;
		case DNS:
		case URI:
			np_emit(o, as->san, name.v);
			break;
		case IP:
			np_emit_as(o, as->san, NP_IP, name.v);
			break;
		}
	}
}

static void emit_leaf(struct np_out *o, const struct np_certificate_fields *as,
		      struct np_cur der)
{
	struct np_x509 x;

	if (!np_x509(der, &x))
		return;
	np_emit_name(o, as->subject, x.subject);
	np_emit_name(o, as->issuer, x.issuer);
	/* Beside a business category it numbers a company, not a device (CA/
	 * Browser Forum EV guidelines 9.2.5), and beside a name a person. */
	if (ATTRIBUTE(x.subject, BUSINESS_CATEGORY).cut &&
	    !is_person(x.subject))
		np_emit(o, as->serial_number, ATTRIBUTE(x.subject, SERIAL));
	emit_sans(o, as, x.san);
}

void np_emit_certificate(struct np_out *o,
			 const struct np_certificate_fields *as,
			 struct np_cur der, bool own)
{
	uint8_t hash[32];

	np_sha256(der.p, der.left, hash);
	np_emit_made(o, as->sha256, NP_HEX, hash, sizeof(hash), der.p);
	if (own)
		emit_leaf(o, as, der);
}

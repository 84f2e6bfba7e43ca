# SPDX-License-Identifier: ISC
"""More cases of access networks, in the words of tools/craft.py."""

NODE, SERVER = '02:4c:41:90:00:01', '02:4c:41:90:00:11'
NODE6, SERVER6 = '2001:db8:90::1', '2001:db8:90::11'
NODE4, SERVER4 = '10.90.0.1', '10.90.0.11'


# ------------------------------- serial numbers of ONUs (TR-101, TR-177 5.2)

def option(kind, value):
    return tlv(kind, value, kind_n=2)


def relay(kind, line, remote, pen=32473, inner=b''):
    """What an access node puts around a client's message (RFC 8415 9)."""
    return (u8(kind) + u8(0) + ip(NODE6) + ip('fe80::1') + option(9, inner)
            + option(18, line) + option(37, u32(pen) + remote))


def relayed(n, line, remote, **more):
    solicit = hx('01 0090') + u8(n) + option(1, hx(
        '0003 0001 024c419001') + u8(n))
    return udp_frame(SERVER, NODE, NODE6, SERVER6, 547, 547,
                     relay(12, line, remote, inner=solicit, **more))


def golden_dhcpv6__onu():
    """An access node writes the serial number of an ONU into a line's names:
    in letters, in hexadecimal, in eight octets, in a longer name; not in one.
    An answer goes back through it."""
    reply = hx('07 0090 09') + option(2, hx('0003 0001') + hx(SERVER))
    return [relayed(1, b'olt-1 xpon 0/1/0:1', b'HWTC1A2B3C4D'),
            relayed(2, b'5A5445471A2B3C4D.100', b'7', pen=3902),
            relayed(3, b'olt-1', b'ALCL' + hx('1a2b3c4d')),
            relayed(4, b'olt-1/HWTC0000000A/1', b'8'),
            relayed(5, b'olt-1 ABCDEFGHIJKL', b'HWTC1234'),
            udp_frame(NODE, SERVER, SERVER6, NODE6, 547, 547, relay(
                13, b'olt-1 xpon 0/1/0:1', b'HWTC1A2B3C4D', inner=reply))]


def attribute(kind, value):
    return tlv(kind, value, 1, 1, 2)


def radius(code, *attributes, answer=False):
    body = b''.join(attributes)
    data = u8(code) + u8(9) + u16(20 + len(body)) + bytes(range(16)) + body
    if answer:
        return udp_frame(NODE, SERVER, SERVER4, NODE4, 1812, 40090, data)
    return udp_frame(SERVER, NODE, NODE4, SERVER4, 40090, 1812, data)


def line(circuit, remote):
    """RFC 4679 3.3.1 and 3.3.2."""
    return attribute(26, u32(3561) + attribute(1, circuit)
                     + attribute(2, remote))


def golden_radius__onu():
    """A BNG tells of the lines behind it: an ONU's serial number in the name
    of a port, in the circuit's, in the remote end's; in none, and last in what
    a server repeats, which says nothing new."""
    nas = attribute(4, ip(NODE4))
    return [radius(1, nas, attribute(87, b'olt-1 xpon 0/1/0:HWTC1A2B3C4D')),
            radius(1, nas, line(b'olt-1/5A5445471A2B3C4D/1', b'7')),
            radius(4, nas, line(b'olt-1 xpon 0/1/0:3',
                                b'ALCL' + hx('1a2b3c4d'))),
            radius(1, nas, attribute(87, b'slot=1;port=3'),
                   line(b'olt-1 ABCDEFGHIJKL', b'HWTC1234')),
            radius(2, line(b'olt-1 xpon 0/1/0:1', b'HWTC1A2B3C4D'),
                   answer=True)]


# ------------------------------------------- EPON's OAM (YD/T 1475, 9; 802.3 57)

def oam(mac, code, *descriptors):
    """A private message of China Telecom's extension."""
    return ethernet('01:80:c2:00:00:02', mac, 0x8809, hx(
        '03 0050 fe 111111') + u8(code) + b''.join(descriptors))


def asked(*leaves):
    return b''.join(u8(0xc7) + u16(leaf) for leaf in leaves)


def answered(leaf, value):
    return u8(0xc7) + u16(leaf) + u8(len(value) % 128) + value


def onu_sn(vendor, model, mac, hardware, software):
    return (padded(vendor, 4) + padded(model, 4) + hx(mac)
            + padded(hardware, 8) + padded(software, 16))


OLT, ONU = '02:4c:41:90:02:01', '02:4c:41:90:02:1%d'


def golden_oam__epon():
    """An OLT asks three ONUs what they are: one answers in text padded with
    zeros, one with blanks and a model that is none, one has no chip to tell and
    a long version; then it sets something."""
    sn = [onu_sn(b'HWTC', b'810e', ONU % 1, b'V1.0', b'V3R017C10S100'),
          onu_sn(b'ZTEG', hx('0000f660'), ONU % 2, b'V6.0    ', b'V9 '.ljust(
              16)),
          onu_sn(b'EXMP', b'EX4', ONU % 3, b'', b'1.2.3')]
    return [oam(OLT, 1, asked(1, 2, 3)),
            oam(ONU % 1, 2, answered(1, sn[0]), answered(2, b'V300R017C10'),
                answered(3, hx('000b 0581 01 110417'))),
            oam(ONU % 2, 2, answered(1, sn[1]), answered(2, b'F660-V9   '),
                answered(3, hx('0102 0304 05 060708'))),
            oam(ONU % 3, 2, answered(1, sn[2]), asked(3) + u8(0x86),
                answered(2, padded(b'QX' * 60, 128)),
                answered(3, hx('0f0e 0d0c 0b 0a0908'))),
            oam(OLT, 3, answered(0x11, u8(1))),
            oam(ONU % 1, 4, asked(0x11) + u8(0x80))]


def golden_oam__epon_broken():
    """Nothing behind the OUI, half of it, a value longer than its frame, a
    serial number that ends early, nothing asked, an authentication, whose
    password is not read; then an answer that reads."""
    def bare(body):
        return (hx('0180c2000002') + hx(ONU % 4) + hx('8809 03 0050 fe') + body)
    return [bare(hx('111111')), bare(hx('1111')),
            bare(hx('111111 02 c70001 26') + b'HWTC'),
            bare(hx('111111 02 c70001 06') + b'HWTCX1'),
            oam(OLT, 1), oam(ONU % 4, 5, hx('02 0025 01') + b'user'.ljust(36)),
            oam(ONU % 4, 2, answered(2, b'V1'))]

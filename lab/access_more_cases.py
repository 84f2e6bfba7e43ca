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

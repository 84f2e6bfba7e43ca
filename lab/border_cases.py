# SPDX-License-Identifier: ISC
"""Cases of tunnels, access lines and gateways at a network's border, in the
words of tools/craft.py."""

LEFT, RIGHT = '02:4c:41:90:00:01', '02:4c:41:90:00:02'


def between(src, dst, port, data):
    """A datagram; whose address ends in an even number is to the right."""
    macs = (RIGHT, LEFT) if int(src[-1], 16) % 2 else (LEFT, RIGHT)
    return udp_frame(*macs, src, dst, port, port, data)


# L2TP (RFC 2661 3.1, 4.1): an attribute counts its head of six octets.
def avp(kind, value, vendor=0, flags=0x8000):
    return u16(flags | 6 + len(value)) + u16(vendor) + u16(kind) + value


def l2tp_message(kind, *avps, version=2, short=0):
    body = b''.join((avp(0, u16(kind)), *avps)) if kind else b''
    size = 12 + len(body)
    return (u16(0xc800 | version) + u16(size) + u32(0x10002)
            + hx('0003 0004') + body[:len(body) - short])


LAC, LNS = '10.90.0.1', '10.90.0.2'
OPENS = (avp(2, hx('0100')), avp(3, u32(3)))


def golden_l2tp__connection():
    """A LAC and an LNS open a connection and tell of themselves, one with an
    attribute of its maker and a hidden one, then a call comes in; one goes
    out. A message that is a head alone only says that another arrived. Data
    stays closed."""
    return [
        between(LAC, LNS, 1701, l2tp_message(
            1, *OPENS, avp(6, u16(0x1234), flags=0), avp(7, b'lac-1.example'),
            avp(8, b'QX Networks', flags=0), avp(9, u16(7)),
            avp(1, b'mark', 2011, 0), avp(7, hx('00112233'), 0, 0x4000))),
        between(LNS, LAC, 1701, l2tp_message(
            2, *OPENS, avp(6, u16(0x0690), flags=0), avp(7, b'lns-2'),
            avp(8, b'Huawei', flags=0), avp(9, u16(8)))),
        between(LAC, LNS, 1701, l2tp_message(3, avp(13, bytes(16)))),
        between(LNS, LAC, 1701, l2tp_message(0)),
        *[between(a, b, 1701, l2tp_message(n, avp(14, u16(3))))
          for a, b, n in ((LAC, LNS, 10), (LNS, LAC, 11), (LAC, LNS, 12),
                          (LNS, LAC, 7), (LAC, LNS, 8), (LAC, LNS, 9),
                          (LAC, LNS, 15), (LNS, LAC, 16), (LAC, LNS, 6))],
        between(LAC, LNS, 1701, hx('4002 0010 0007 0003 ff03 c021 0107 0004'))]


def golden_l2tp__version_3():
    """Version 3, over UDP and over IP itself: a router's number, what can be
    carried. Data over IP has a session's number first. Then an attribute of a
    maker whose number is longer than 16 bits, which tshark reads from two
    octets before it."""
    more = (avp(7, b'pe-3'), avp(60, ip('10.90.1.1')), avp(61, u32(9)),
            avp(62, u16(4) + u16(5)))
    over_ip = u32(0) + l2tp_message(2, *more[:3], avp(8, b'QX three'),
                                    version=3)
    return [
        between('10.90.1.1', '10.90.1.2', 1701,
                l2tp_message(1, *more, version=3)),
        ip_frame(LEFT, RIGHT, '10.90.1.2', '10.90.1.1', 115, over_ip),
        ip_frame(LEFT, RIGHT, '10.90.1.2', '10.90.1.1', 115,
                 u32(0) + l2tp_message(6, version=3)),
        ip_frame(LEFT, RIGHT, '10.90.1.2', '10.90.1.1', 115,
                 u32(0x77) + bytes(40)),
        between('10.90.1.1', '10.90.1.2', 1701, l2tp_message(
            1, avp(58, u32(70000) + u16(1) + b'x'), version=3))]


def golden_l2tp__broken():
    """An attribute longer than its message, one shorter than its head, a
    message without a type, one cut short. What is none: a head without a
    sequence, another version, another length. Beside them a name."""
    name = avp(7, b'beside')
    return [between(LAC, LNS, 1701, data) for data in (
        l2tp_message(1, name, hx('8020 0000 0008') + b'long'),
        l2tp_message(1, name, hx('8004 0000 0008')),
        l2tp_message(1, name, avp(8, b'short'), short=3),
        hx('c802 0014 0000 0000 0000 0000') + avp(9, u16(7)),
        hx('c002 000c 0000 0000 0000 0000'), hx('c804 000c') + bytes(8),
        hx('c802 0008') + bytes(8), hx('c802'))]

# SPDX-License-Identifier: ISC
"""Cases of what watches routers, in the words of tools/craft.py."""

BOX, DESK = '00:25:9e:92:00:01', '02:4c:41:92:00:02'
BOX_IP, DESK_IP = '10.92.0.1', '10.92.0.2'


# BMP: RFC 7854 4; the OPEN messages of RFC 4271 4.2.
ROUTER, ROUTER_IP = '00:25:9e:93:00:01', '10.93.0.1'


def bmp(kind, body, size=None):
    return (u8(3) + u32(6 + len(body) if size is None else size) + u8(kind)
            + body)


def initiation(descr, name, *more):
    return bmp(4, tlv(1, descr, 2) + tlv(2, name, 2) + b''.join(more))


def bopen(number, identifier, *capabilities):
    some = b''.join(capabilities)
    some = tlv(2, some, 1, 1) if some else b''
    body = u8(4) + u16(number if number < 1 << 16 else 23456) + u16(180) + ip(identifier)
    body += u8(len(some)) + some
    return b'\xff' * 16 + u16(19 + len(body)) + u8(1) + body


def bpeer(address, number, identifier, kind=0):
    address = ip(address)
    return (u8(kind) + u8(0x80 if len(address) == 16 else 0) + bytes(8)
            + bytes(16 - len(address)) + address + u32(number)
            + ip(identifier) + u32(0x69230b10) + u32(0))


def peer_up(peer, sent, received):
    return bmp(3, peer + bytes(12) + ip(ROUTER_IP) + u16(179) + u16(40179)
               + sent + received)


def monitored(*messages, port=11019, ports=40200, size=1400):
    return tcp_frames(ROUTER, DESK, ROUTER_IP, '10.93.0.2', ports, port,
                      *[('>', x) for x in messages], size=size)


def as4(number):
    return tlv(65, u32(number), 1, 1)


def golden_bmp__session():
    """Routers introduce themselves on the usual port and on another, one cut
    into small segments; peers come up over IPv4 and IPv6, with numbers of two
    octets and of four; of one inside a VPN nothing is said. Routes and counts
    between are stepped over."""
    own = bopen(4200000001, '10.93.1.1', as4(4200000001))
    update = b'\xff' * 16 + u16(23) + u8(2) + bytes(4)
    first = bpeer('192.0.2.1', 64501, '192.0.2.101')
    return (monitored(
        initiation(b'Huawei Versatile Routing Platform Software\r\nVRP (R) '
                   b'software, Version 8.180 (NE40E V800R010C10SPC500)',
                   b'ne40-west'),
        peer_up(first, own, bopen(64501, '192.0.2.101')),
        bmp(0, first + update), bmp(1, first + u32(0)),
        peer_up(bpeer('2001:db8:93::9', 4200000009, '192.0.2.109'), own,
                bopen(4200000009, '192.0.2.109', tlv(2, b'', 1, 1),
                      as4(4200000009))),
        peer_up(bpeer('10.0.0.1', 65001, '10.0.0.1', kind=1), own,
                bopen(65001, '10.0.0.1')),
        bmp(5, tlv(1, u16(0), 2)))
        + monitored(initiation(b'ZXR10 ROS Version V4.8', b'zx-1',
                               tlv(0, b'second line of both', 2)),
                    port=5000, ports=40201, size=40)
        + monitored(initiation(b'FRRouting 8.4.4', b'frr-1',
                               tlv(0, b'a router of software', 2)),
                    peer_up(bpeer('192.0.2.7', 64507, '192.0.2.107'),
                            bopen(64502, '10.93.1.2'),
                            bopen(64507, '192.0.2.107')), ports=40202)
        + monitored(initiation(b'Junos 21.4R3', b'mx-1',
                               tlv(0, b'third', 2)),
                    peer_up(bpeer('192.0.2.8', 64508, '192.0.2.108'),
                            bopen(64503, '10.93.1.3'),
                            bopen(64508, '192.0.2.108')), ports=40203))


def golden_bmp__broken():
    """A peer without OPEN messages behind an introduction; a text longer than
    its message; RFC 1006, which begins alike; another version; then one that
    is read."""
    peer = bpeer('192.0.2.1', 64501, '192.0.2.101')
    return (monitored(initiation(b'r', b'n'), bmp(3, peer + bytes(60)))
            + monitored(bmp(4, tlv(1, b'x', 2) + hx('0002 00ff 61')),
                        ports=40201)
            + monitored(hx('03 00 00 0b 06 e0 0000 0001 00'), ports=40202,
                        port=5000)
            + monitored(hx('02 00 00 00 1a 04') + bytes(20), ports=40203)
            + monitored(initiation(b'good', b'router'), ports=40204))

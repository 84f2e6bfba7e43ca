# SPDX-License-Identifier: ISC
"""Cases of routing and of what controls it, in the words of tools/craft.py."""

ONE, TWO = '02:4c:41:a0:00:01', '02:4c:41:a0:00:02'
ONE_IP, TWO_IP = '10.100.0.1', '10.100.0.2'


def says(port, *talk):
    """A conversation of two routers; the second is the server."""
    return tcp_frames(ONE, TWO, ONE_IP, TWO_IP, 40179, port, *talk)


# BGP (RFC 4271 4.1, 4.2, 4.3).
def bgp(kind, body=b''):
    return b'\xff' * 16 + u16(19 + len(body)) + u8(kind) + body


def cap(code, value=b''):
    return u8(code) + u8(len(value)) + value


def bgp_open(asn, router, *caps, version=4, wide=False, each=False):
    whole = b''.join(caps)
    if wide:
        body = hx('ff ff') + u16(3 + len(whole)) + hx('02') + u16(len(whole))
        body += whole
    else:
        parts = caps if each else [whole] if whole else []
        body = b''.join(u8(2) + u8(len(x)) + x for x in parts)
        body = u8(len(body)) + body
    return bgp(1, u8(version) + u16(asn) + u16(180) + ip(router) + body)


def named(host, domain=b''):
    return cap(73, u8(len(host)) + host + u8(len(domain)) + domain)


UNICAST = cap(1, hx('0001 00 01'))


def golden_bgp__sessions():
    """Speakers open: a four-octet system with names, capabilities in one
    parameter or each in its own, wide parameters (which tshark 4.0 reads as
    many small ones), none at all. One of them passes on a route with the list of clusters it went through."""
    reflected = (hx('40 01 01 00  40 02 00  40 03 04') + ip(ONE_IP)
                 + hx('80 09 04') + ip('10.100.9.9') + hx('90 0a 0004')
                 + ip('10.100.8.8'))
    return [
        *says(179,
              ('>', bgp_open(23456, '10.100.1.1', UNICAST, cap(2),
                             cap(65, u32(4200000001)),
                             named(b'rr1', b'core.example'))),
              ('<', bgp_open(64512, '10.100.1.2', cap(2), UNICAST,
                             named(b'pe2'), cap(75, b'\x07QXR 1.0'),
                             each=True)),
              ('>', bgp(4)), ('<', bgp(4)),
              ('>', bgp(2, u16(0) + u16(len(reflected)) + reflected
                        + hx('18 cb0071'))),
              ('<', bgp(2, u16(0) + u16(0)))),
        *tcp_frames(ONE, TWO, '10.100.0.3', '10.100.0.4', 40180, 179,
                    ('>', bgp_open(64513, '10.100.1.3', UNICAST,
                                   cap(65, u32(64513)), wide=True)),
                    ('<', bgp_open(64514, '10.100.1.4')))]


def golden_bgp__broken():
    """A parameter that ends behind the message, and a capability behind its
    parameter; a length below the head's; no marker; another version."""
    whole = bgp_open(64515, '10.100.1.5', UNICAST)
    frames = []
    for n, said in enumerate((
            whole[:28] + u8(200) + whole[29:],
            whole[:32] + u8(9) + whole[33:],
            b'\xff' * 16 + u16(18) + u8(1), b'\xfe' + whole[1:],
            bgp_open(64516, '10.100.1.6', version=3))):
        frames += tcp_frames(ONE, TWO, f'10.100.2.{n + 1}', TWO_IP, 40181, 179,
                             ('>', said))
    return frames


# OSPF (RFC 2328 A.3, RFC 5340 A.3).
def ospf(kind, router, body, version=2, area='0.0.0.7', more=0):
    tail = bytes(12) if version == 2 else hx('0000 0000')
    head = (u8(version) + u8(kind)
            + u16(12 + len(tail) + len(body) + more) + ip(router) + ip(area))
    return head + tail + body


def hello(dr, bdr):
    return (ip('255.255.255.0') + hx('000a 02 01 00000028') + ip(dr) + ip(bdr)
            + ip('10.100.1.9'))


def lsa(kind, ident, by, body, v3=False):
    return (hx('0001') + (u16(kind) if v3 else hx('02') + u8(kind)) + ident
            + ip(by) + hx('80000001 0000') + u16(20 + len(body)) + body)


def padded_tlv(kind, value):
    return u16(kind) + u16(len(value)) + value + bytes(-len(value) % 4)


def on_ip(src, dst, protocol, payload, macs=('01:00:5e:00:00:05', ONE)):
    return ip_frame(*macs, src, dst, protocol, payload, ttl=1)


def golden_ospf__routers():
    """Hellos of a designated router, its backup and another; updates with what
    a router says of itself and what it passes on from others, host names among
    them; the same in version 3, which names the designated by router id."""
    info = padded_tlv(1, hx('60000000')) + padded_tlv(7, b'abr1')
    return [
        on_ip(ONE_IP, '224.0.0.5', 89, ospf(1, '10.100.1.1',
                                            hello(ONE_IP, TWO_IP))),
        on_ip(TWO_IP, '224.0.0.5', 89, ospf(1, '10.100.1.2',
                                            hello(ONE_IP, TWO_IP))),
        on_ip('10.100.0.3', '224.0.0.5', 89,
              ospf(1, '10.100.1.3', hello(ONE_IP, TWO_IP))),
        on_ip(ONE_IP, '224.0.0.5', 89, ospf(4, '10.100.1.1', u32(4)
              + lsa(1, ip('10.100.1.1'), '10.100.1.1', hx('01 00 0000'))
              + lsa(10, hx('04000000'), '10.100.1.1', info)
              + lsa(1, ip('10.100.1.7'), '10.100.1.7', hx('03 00 0000'))
              + lsa(11, hx('04000000'), '10.100.1.7',
                    padded_tlv(7, b'asbr-7')))),
        on_ip('10.100.0.3', '224.0.0.5', 89, ospf(4, '10.100.1.3', u32(2)
              + lsa(5, ip('10.9.0.0'), '10.100.1.7', bytes(16))
              + lsa(1, ip('10.100.1.3'), '10.100.1.3', hx('00 00 0000')))),
        on_ip('fe80::1', 'ff02::5', 89, ospf(1, '10.100.1.8',
              u32(3) + hx('01 000013 000a 0028') + ip('10.100.1.8') + u32(0),
              3)),
        on_ip('fe80::1', 'ff02::5', 89, ospf(4, '10.100.1.8', u32(2)
              + lsa(0x2001, u32(0), '10.100.1.8', hx('02 000033'), True)
              + lsa(0xa00c, u32(0), '10.100.1.9', padded_tlv(7, b'v3-r9'),
                    True), 3))]


def golden_ospf__broken():
    """Lengths behind the packet's end: of the packet, of a statement, of a
    name; a version and a type that do not exist; beside one that reads."""
    good = ospf(1, '10.100.1.1', hello(ONE_IP, TWO_IP))
    short = lsa(1, ip('10.100.1.1'), '10.100.1.1', hx('01 00 0000'))
    return [on_ip(ONE_IP, '224.0.0.5', 89, x) for x in (
        good, ospf(1, '10.100.1.2', b'', more=40),
        ospf(4, '10.100.1.3', u32(9) + short[:18] + u16(200) + short[20:]),
        ospf(4, '10.100.1.4', u32(1) + lsa(10, hx('04000000'), '10.100.1.4',
                                           u16(7) + u16(99) + b'name')),
        hx('04') + good[1:], good[:1] + hx('09') + good[2:])]


# IS-IS (ISO/IEC 10589 9.5 to 9.11).
def isis(kind, head, *elements, grow=0, src=ONE):
    body = b''.join(u8(t) + u8(len(v)) + v for t, v in elements)
    size = 8 + len(head) + 2 + len(body)
    at = 9 if kind < 18 else 0  # where the length stands
    pdu = (hx('83') + u8(8 + len(head) + 2) + hx('01 00') + u8(kind)
           + hx('01 00 00') + head[:at] + u16(size + grow) + head[at:] + body)
    llc = hx('fe fe 03') + pdu
    return padded_frame(hx('01:80:c2:00:00:15') + hx(src) + u16(len(llc))
                        + llc)


def system(n):
    return hx('0101 0000 10') + u8(n)


def on_lan(kind, n, levels, *elements, **more):
    return isis(kind, u8(levels) + system(n) + u16(30) + hx('40') + system(n)
                + hx('01'), *elements, **more)


def state(kind, n, *elements, lifetime=1200, pseudonode=0, **more):
    return isis(kind, u16(lifetime) + system(n) + u8(pseudonode) + hx('00')
                + u32(7) + u16(0) + hx('03'), *elements, **more)


AREA = (1, hx('03 49 0001'))
SPEAKS = (129, hx('cc 8e'))


def golden_isis__area():
    """Hellos of three systems of different levels on a link and on a line;
    state of systems far away with names and addresses, one of a pseudonode and
    one that is withdrawn, which say nothing; sequence numbers."""
    return [
        on_lan(15, 1, 1, AREA, SPEAKS, (132, ip(ONE_IP)), (8, bytes(40))),
        on_lan(16, 2, 2, AREA, SPEAKS, src=TWO),
        isis(17, u8(3) + system(3) + u16(30) + hx('01'), AREA, SPEAKS,
             src='02:4c:41:a0:00:03'),
        state(18, 1, AREA, SPEAKS, (137, b'edge-1'), (132, ip('10.100.1.1'))),
        state(20, 4, AREA, (137, b'core-4'), (134, ip('10.100.1.4')),
              (140, ip('2001:db8:100::4'))),
        state(20, 5, (137, b'core-5'), (132, ip('10.100.1.5')
                                         + ip('10.100.2.5')),
              (232, ip('2001:db8:100::5')), (242, ip('10.100.1.5')
                                              + hx('00'))),
        state(20, 6, (2, hx('00') + bytes(11)), pseudonode=3),
        state(20, 7, lifetime=0),
        isis(24, system(1) + hx('00') + bytes(8) + b'\xff' * 8),
        isis(26, system(2) + hx('00'), src=TWO)]


def golden_isis__lines():
    """As in Cisco's HDLC, where an octet of anything comes first; here on
    Ethernet, where tshark does not look for it."""
    pdu = state(20, 12, AREA, (137, b'line-12'), (132, ip('10.100.1.12')))
    pdu = pdu[17:17 + int.from_bytes(pdu[12:14], 'big') - 3]
    hello = on_lan(16, 13, 2, AREA)
    hello = hello[17:17 + int.from_bytes(hello[12:14], 'big') - 3]
    return [ethernet(TWO, ONE, 0xfefe, hx('35') + pdu),
            ethernet(TWO, ONE, 0xfefe, hx('00') + hello)]


def golden_isis__broken():
    """An element that ends behind its PDU; a PDU that counts more than there
    is; another discriminator, version, and length of system ids; beside a
    hello."""
    good = on_lan(16, 8, 2, AREA)
    plain = on_lan(16, 9, 2, SPEAKS)
    broken = plain[:-30] if len(plain) > 90 else plain
    cut = bytearray(on_lan(16, 10, 2, (1, hx('03 49 0001')), (129, hx('cc'))))
    cut[cut.index(hx('81 01 cc')) + 1] = 9
    return [good, bytes(cut), on_lan(16, 11, 2, grow=200),
            *[broken[:n] + hx(x) + broken[n + 1:]
              for n, x in ((17, '82'), (19, '02'), (20, '03'))]]


# LDP (RFC 5036 3.1, 3.4, 3.5).
def ldp(router, *messages, more=0, version=1):
    body = ip(router) + u16(0) + b''.join(messages)
    return u16(version) + u16(len(body) + more) + body


def ldp_message(kind, *elements):
    body = u32(1) + b''.join(elements)
    return u16(kind) + u16(len(body)) + body


def ldp_tlv(kind, value):
    return u16(kind) + u16(len(value)) + value


def golden_ldp__sessions():
    """Hellos of three routers, one over IPv6, one with an element of its
    maker's own; a session, whose opener names who it opens to."""
    hold = ldp_tlv(0x0400, hx('000f 0000'))
    opening = ldp_tlv(0x0500, hx('0001 00b4 00 00 1000') + ip('10.100.1.2')
                      + u16(0))
    answer = ldp_tlv(0x0500, hx('0001 00b4 00 00 1000') + ip('10.100.1.1')
                     + u16(0))
    def sends(mac, src, data):
        return udp_frame('01:00:5e:00:00:02', mac, src, '224.0.0.2', 646, 646,
                         data, ttl=1)
    return [
        sends(ONE, ONE_IP, ldp('10.100.1.1', ldp_message(
            0x0100, hold, ldp_tlv(0x0401, ip('10.100.1.1'))))),
        sends(TWO, TWO_IP, ldp('10.100.1.2', ldp_message(
            0x0100, hold, ldp_tlv(0x0401, ip('10.100.1.2')),
            ldp_tlv(0xbe01, hx('0000e0fc 01'))))),
        udp_frame('33:33:00:00:00:02', ONE, 'fe80::3', 'ff02::2', 646, 646,
                  ldp('10.100.1.3', ldp_message(
                      0x0100, hold, ldp_tlv(0x0403, ip('2001:db8:100::3')))),
                  ttl=255),
        *says(646, ('>', ldp('10.100.1.1', ldp_message(0x0200, opening))),
              ('<', ldp('10.100.1.2', ldp_message(0x0200, answer),
                        ldp_message(0x0201))))]


def golden_ldp__broken():
    """Lengths of a PDU, a message and an element that end behind it; another
    version; a private element whose identifier is no OUI; beside a hello."""
    hold = ldp_tlv(0x0400, hx('000f 0000'))
    good = ldp_message(0x0100, hold)
    def sends(data):
        return udp_frame('01:00:5e:00:00:02', ONE, ONE_IP, '224.0.0.2', 646,
                         646, data, ttl=1)
    return [sends(x) for x in (
        ldp('10.100.1.4', good), ldp('10.100.1.5', good, more=50),
        ldp('10.100.1.6', u16(0x0100) + u16(99) + good[4:]),
        ldp('10.100.1.7', ldp_message(0x0100, hold, u16(0x0401) + u16(9))),
        ldp('10.100.1.8', good, version=2),
        ldp('10.100.1.9', ldp_message(0x0100, hold,
                                      ldp_tlv(0xbe02, hx('99887766')))))]


# LSP ping (RFC 8029 3).
def lsp_ping(kind, *elements, version=1, serial=1):
    return (u16(version) + u16(0) + u8(kind) + hx('02 00 00') + u32(77)
            + u32(serial) + bytes(16) + b''.join(elements))


def golden_lspping__path():
    """Questions along a path, of makers by their number, and answers with the
    interface they came in by, of both families."""
    def asks(dst, data, src=ONE_IP):
        return udp_frame(TWO, ONE, src, dst, 3503, 3503, data)
    target = padded_tlv(1, padded_tlv(1, ip('10.100.1.2') + hx('20')))
    return [
        asks('127.0.0.1', lsp_ping(1, target, padded_tlv(5, u32(2011)))),
        asks('127.0.0.1', lsp_ping(1, target, padded_tlv(5, u32(2011)),
                                   serial=2)),
        asks(ONE_IP, lsp_ping(2, padded_tlv(5, u32(3902)), padded_tlv(
            7, hx('01 000000') + ip('10.100.5.1') + ip('10.100.5.1')
            + hx('00010140'))), TWO_IP),
        asks(ONE_IP, lsp_ping(2, padded_tlv(5, u32(9)), padded_tlv(
            7, hx('03 000000') + ip('2001:db8:100::5') + ip('::')
            + hx('00010140'))), '10.100.0.3')]


def golden_lspping__broken():
    """Elements behind the end, another version, an unknown type; beside a
    question."""
    def asks(data):
        return udp_frame(TWO, ONE, ONE_IP, TWO_IP, 3503, 3503, data)
    return [asks(x) for x in (
        lsp_ping(1, padded_tlv(5, u32(2636))),
        lsp_ping(1, padded_tlv(5, u32(2636))[:4] + hx('00')),
        lsp_ping(1, u16(7) + u16(60) + u32(1)),
        lsp_ping(1, version=2), lsp_ping(7), lsp_ping(1)[:20])]


# PCEP (RFC 5440 6, 7).
def pcep(kind, *objects, more=0, version=1):
    body = b''.join(objects)
    return u8(version << 5) + u8(kind) + u16(4 + len(body) + more) + body


def pcep_object(kind, body, flags=0x10):
    return u8(kind) + u8(flags) + u16(4 + len(body)) + body


def golden_pcep__session():
    """A client and a server open, with a maker's own information, a number
    that is theirs and what they can; one asks, the other answers; then a
    client that reports and a server that begins."""
    first = pcep_object(1, hx('20 1e 78 01') + padded_tlv(7, u32(2011)
                        + b'\x01\x02\x03') + padded_tlv(24, b'pcc-1')
                        + padded_tlv(16, u32(5)))
    second = pcep_object(1, hx('20 1e 78 01') + padded_tlv(16, u32(5)))
    request = pcep_object(2, u32(0) + u32(1), 0x12)
    return [
        *says(4189, ('>', pcep(1, first)), ('<', pcep(1, second)),
              ('>', pcep(2)), ('<', pcep(2)),
              ('>', pcep(3, request, pcep_object(4, ip(ONE_IP) + ip(TWO_IP)),
                         pcep_object(34, u32(9) + bytes(4)))),
              ('<', pcep(4, request, pcep_object(3, hx('00000000'))))),
        *tcp_frames(ONE, TWO, '10.100.0.5', '10.100.0.6', 40182, 4189,
                    ('>', pcep(1, second)),
                    ('<', pcep(1, pcep_object(1, hx('20 3c f0 02')
                                              + padded_tlv(7, u32(3902))))),
                    ('>', pcep(10, pcep_object(32, u32(0x1008)))),
                    ('<', pcep(12, pcep_object(33, u32(0) + u32(2)))))]


def golden_pcep__broken():
    """A message and an object that count more than there is; another version;
    a session that begins with something else; beside one that reads."""
    good = pcep_object(1, hx('20 1e 78 01') + padded_tlv(7, u32(94)))
    frames = []
    for n, said in enumerate((
            pcep(1, good), pcep(1, good, more=40),
            pcep(1, good[:2] + u16(99) + good[4:]),
            pcep(1, good, version=2), pcep(3, good))):
        frames += tcp_frames(ONE, TWO, f'10.100.3.{n + 1}', TWO_IP, 40183,
                             4189, ('>', said))
    return frames

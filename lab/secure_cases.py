# SPDX-License-Identifier: ISC
"""Cases of keys, ports and paths that are guarded, in the words of
tools/craft.py."""

NEAR, FAR = '02:4c:41:91:00:01', '02:4c:41:91:00:02'
PEER, GATE = '10.91.0.1', '10.91.0.2'


def sent(src, port, data):
    """A datagram between the two ends, by who sends it."""
    if src == PEER:
        return udp_frame(FAR, NEAR, PEER, GATE, port, port, data)
    return udp_frame(NEAR, FAR, GATE, PEER, port, port, data)


# IKE (RFC 2408 3.1, RFC 7296 3.1): a payload's type stands before it.
def isakmp(version, exchange, *payloads, flags=0, longer=0):
    kinds = [kind for kind, _ in payloads] + [0]
    body = b''.join(u8(after) + u8(0) + u16(4 + len(value)) + value
                    for after, (_, value) in zip(kinds[1:], payloads))
    return (hx('1122334455667788 0000000000000000') + u8(kinds[0])
            + u8(version << 4) + u8(exchange) + u8(flags) + u32(0)
            + u32(28 + len(body) + longer) + body)


def golden_ike__version_1():
    """Main mode with two vendor ids, an aggressive one whose identity is not
    read, a notification, an encrypted message."""
    sa = (1, hx('00000001 00000001')
          + hx('00000020 01010001 00000018 01010000 80010007 80020004 80030001'
               '800e0100'))
    identity = (5, hx('03000000') + b'jane@example')
    return [
        sent(PEER, 500, isakmp(1, 2, sa, (13, hx('0102030405060708')),
                               (13, b'QX one'))),
        sent(GATE, 500, isakmp(1, 4, sa, identity, (13, hx('a1b2c3d4')))),
        sent(GATE, 500, isakmp(1, 5, (11, hx('00000001 0100 000e')))),
        sent(PEER, 4500, u32(0) + isakmp(1, 2, (5, bytes(24)), flags=1))]


def golden_ike__version_2():
    """IKE_SA_INIT of both ends, with notifications and vendor ids; the answer
    on 4500. What is encrypted stays closed."""
    nat = (41, hx('0000 4004') + bytes(range(20)))
    return [
        sent(PEER, 500, isakmp(2, 34, (40, bytes(range(32))), nat,
                               (43, b'QX two'), flags=8)),
        sent(GATE, 4500, u32(0) + isakmp(2, 34, (40, bytes(range(32))),
                                         (41, hx('0000 402e')),
                                         (43, hx('00ff10')), flags=0x20)),
        sent(PEER, 4500, u32(0) + isakmp(2, 35, (46, bytes(64)), flags=8))]


def golden_ike__broken():
    """A payload shorter than its head, one longer than its message, a message
    longer than its datagram. What is none: ESP, a keepalive, another version,
    another exchange. Beside them a vendor id."""
    name = (43, b'beside')
    good = isakmp(2, 34, name)
    return [sent(PEER, 4500, data) for data in (
        u32(0) + good[:30] + u16(3) + good[32:],
        u32(0) + good[:30] + u16(90) + good[32:],
        u32(0) + isakmp(2, 34, name, longer=4),
        hx('12345678 00000001') + bytes(range(40)), hx('ff'),
        u32(0) + isakmp(3, 34, name), u32(0) + isakmp(2, 99, name),
        u32(0) + good)]


# OpenFlow (switch specification 1.0.0 5.1, 1.3.5 7.1).
def flow(version, kind, body=b'', xid=7, longer=0):
    return (u8(version) + u8(kind) + u16(8 + len(body) + longer) + u32(xid)
            + body)


def described(version, maker, hardware, software, serial, about):
    text = b''.join(padded(x, n) for x, n in (
        (maker, 256), (hardware, 256), (software, 256), (serial, 32),
        (about, 256)))
    if version == 1:
        return flow(1, 17, u16(0) + u16(0) + text)
    return flow(version, 19, u16(0) + u16(0) + u32(0) + text)


def features(version, datapath):
    return flow(version, 6, hx(datapath) + u32(256) + u8(254) + bytes(3)
                + u32(0x4f) + u32(0))


def controlled(*talk, sport=40653, dport=6653):
    """A switch connects to its controller."""
    return tcp_frames(FAR, NEAR, PEER, GATE, sport, dport, *talk)


def golden_openflow__version_1_0():
    """Greetings, features and a description of version 1.0, whose types of
    statistics differ; a maker's extension on the way. The datapath id is a
    number that the operator chose, and no key."""
    return controlled(
        ('>', flow(1, 0)), ('<', flow(1, 0) + flow(1, 5)),
        ('>', features(1, '0000000000000007')),
        ('<', flow(1, 4, hx('00002320 0000000a')) + flow(1, 16, u32(0))),
        ('>', flow(1, 10, bytes(40)) + flow(1, 19)
         + described(1, b'QX Networks', b'QX 4800', b'1.0.7', b'QX480001',
                     b'rack 7')), dport=6633)


def golden_openflow__versions():
    """Two switches under one controller, of versions 1.3 and 1.5: features
    and descriptions, whose datapath ids hold the switches' addresses; the
    extensions of an error and of a multipart reply. Behind its description a
    switch is not read on."""
    return [
        *controlled(
            ('>', flow(4, 0, hx('0001 0008 00000010'))),
            ('<', flow(4, 0) + flow(4, 5)),
            ('>', features(4, '0000 00e0fc 910001')
             + flow(4, 1, hx('ffff 0001 00002320'))),
            ('<', flow(4, 18, u16(0) + bytes(6))
             + flow(4, 4, hx('4f4e4600 00000001'))),
            ('>', described(4, b'QX', b'QX 5800', b'2.1', b'QX580001',
                            b'edge 1') + flow(4, 21))),
        *controlled(
            ('>', flow(6, 0)), ('<', flow(6, 0) + flow(6, 5)),
            ('>', features(6, '0064 00e0fc 910002')),
            ('<', flow(6, 18, hx('ffff 0000 00000000 00001018 00000002'))),
            ('>', flow(6, 19, hx('ffff 0000 00000000 00001018 00000002'))
             + described(6, b'QY Systems', b'QY-9', b'9.0 (a)', b'None',
                         b'')),
            sport=40654)]


def golden_openflow__broken():
    """Joined late, each end says its part by what it sends next, where a
    message ends with its segment or another of its version follows. Broken:
    features and a description that end too early, a message that does not come
    whole. What is none: a stream that begins with something else, an unknown
    version, an unknown type. Beside them a switch."""
    late = [frame for at, data in enumerate((
        flow(4, 10, bytes(30)), flow(4, 14, bytes(60)), flow(1, 11, bytes(80)),
        flow(1, 11, bytes(80), longer=1)))
            for who in '><><'[at]
            for frame in controlled((who, data), (who, data + flow(4, 2)),
                                    (who, data), sport=40700 + at)[3:6]]
    begun = (flow(4, 0) + flow(4, 6, bytes(7)),
             flow(4, 0) + flow(4, 19, bytes(300)),
             flow(4, 0) + flow(4, 6, bytes(24), longer=9),
             flow(4, 0) + flow(4, 4, bytes(3)),
             flow(4, 5), flow(9, 0), flow(1, 22), b'GET / HTTP/1.1\r\n\r\n',
             flow(4, 0) + features(4, '0000 00e0fc 910003'))
    return late + [frame for at, data in enumerate(begun)
                   for frame in controlled(('>', data), sport=40710 + at)]


# IEEE 802.1X-2010 11.3 and 11.11.
PAE = '01:80:c2:00:00:03'
DOOR, GUEST = '00:e0:fc:91:02:01', '02:4c:41:91:02:02'


def eapol(src, kind, body=b'', version=2, longer=0, dst=PAE):
    return ethernet(dst, src, 0x888e, u8(version) + u8(kind)
                    + u16(len(body) + longer) + body)


def eap(code, *rest, longer=0):
    body = b''.join(rest)
    return u8(code) + u8(9) + u16(4 + len(body) + longer) + body


def mka_set(first, second, flags, body):
    return (u8(first) + u8(second) + u16(flags << 12 | len(body)) + body
            + bytes(-len(body) % 4))


def mka(mac, number, priority, flags, *sets, version=1,
        agility='0080c201'):
    """The actor's basic set, more sets, a check value."""
    return mka_set(version, priority, flags,
                   hx(mac) + u16(1) + bytes(range(12)) + u32(number)
                   + hx(agility) + b'QX key') + b''.join(sets) + bytes(16)


def golden_eapol__who():
    """A port asks three guests who is there: Start, Request, Response with an
    identity, a method that is not opened, Success, Logoff, Failure. Keys of a
    wireless link, by both ends."""
    key = hx('02 008a 0010') + bytes(90)
    return [
        eapol(GUEST, 1, version=1),
        eapol(DOOR, 0, eap(1, u8(1))),
        eapol(GUEST, 0, eap(2, u8(1), b'phone-7@qx.example')),
        eapol('02:4c:41:91:02:03', 0, eap(2, u8(1), b'host/qx-ap-3')),
        eapol('02:4c:41:91:02:04', 0, eap(2, u8(1), b'anonymous'), version=3),
        eapol(GUEST, 0, eap(2, u8(13), hx('00'))),
        eapol(DOOR, 0, eap(3)), eapol(GUEST, 2), eapol(DOOR, 0, eap(4)),
        eapol(DOOR, 3, key, dst=GUEST),
        eapol(GUEST, 3, hx('02 010a 0000') + bytes(90), dst=DOOR)]


def golden_eapol__mka():
    """Three ports that encrypt their wire: their basic sets, lists of peers
    that count on, an announcement with a maker's element inside one and in a
    frame of its own."""
    peers = mka_set(1, 0, 0, bytes(range(12)) + u32(5))
    own = hx('fe 05 00e0fc 01 02')
    return [
        eapol(DOOR, 5, mka(DOOR, 1, 16, 0xe), version=3),
        eapol(DOOR, 5, mka(DOOR, 2, 16, 0xe, peers), version=3),
        eapol(DOOR, 5, mka(DOOR, 3, 16, 0xe, peers), version=3),
        eapol(GUEST, 5, mka(GUEST, 8, 200, 0x5, mka_set(7, 0, 0, own),
                            version=2), version=3),
        eapol('02:4c:41:91:02:03', 5,
              mka('02:4c:41:91:02:03', 1, 255, 0x7, version=3,
                  agility='00100501'), version=3),
        eapol(DOOR, 6, hx('de 05 00 0022 0001') + hx('fe 04 0080c2 01'),
              version=3)]


def golden_eapol__broken():
    """Bodies longer than their frames or shorter than what they hold, in each
    message that is read. What is none: an unknown version, an unknown type.
    Beside them a Start."""
    basic = mka(DOOR, 1, 16, 0xe)
    return [
        eapol(DOOR, 0, eap(1, u8(1)), longer=60),
        eapol(DOOR, 0, eap(2, u8(1), b'QX', longer=1)),
        eapol(DOOR, 0, hx('02 01 0003')), eapol(DOOR, 0, eap(2)),
        eapol(DOOR, 3, hx('02')),
        eapol(DOOR, 5, basic[:12] + bytes(8)),
        eapol(DOOR, 5, mka_set(1, 16, 0xe, bytes(9)) + bytes(16)),
        eapol(DOOR, 5, basic[:-16] + hx('01000ff0') + bytes(20)),
        eapol(DOOR, 5, bytes(7)), eapol(DOOR, 6, hx('fe 09 0080c2')),
        eapol(DOOR, 1, version=4), eapol(DOOR, 9), eapol(DOOR, 1)]


# RADIUS (RFC 2865 3, 5; RFC 5176 2.3).
def radius(src, code, *attributes, port=1812):
    """An access server at PEER's address, a server at GATE's."""
    body = b''.join(tlv(kind, v, 1, 1, 2) for kind, v in attributes)
    data = (u8(code) + u8(7) + u16(20 + len(body)) + bytes(range(16)) + body)
    if src == PEER:
        return udp_frame(FAR, NEAR, PEER, GATE, 40012, port, data)
    return udp_frame(NEAR, FAR, GATE, PEER, port, 40012, data)


def of_vendor(number, *pairs):
    return (26, u32(number) + b''.join(tlv(k, v, 1, 1, 2) for k, v in pairs))


def golden_radius__roles():
    """An access server asks and accounts, a server accepts, challenges,
    answers and rejects; a command to the access server (CoA), and its answers,
    prove nothing of who sends them. Ports, radios, and what three vendors'
    attributes tell."""
    name = (32, b'bng-7')
    huawei = of_vendor(2011, (59, u32(1795000000)), (141, b'10.91.9.9'),
                       (217, ip('10.91.9.8')), (254, b'QX V8'))
    return [
        radius(PEER, 1, (4, ip(PEER)), name, (61, u32(15)),
               (87, b'slot=1;port=3'), (30, b'02-4C-41-91-09-01:qx')),
        radius(PEER, 4, name, (61, u32(19)), huawei, port=1813),
        radius(PEER, 4, name, of_vendor(25506, (255, b'QX MSR')), port=1813),
        radius(PEER, 4, (61, u32(5)), of_vendor(
            10415, (6, ip('10.91.8.1')), (7, ip('10.91.8.2'))), port=1813),
        radius(GATE, 2), radius(GATE, 3), radius(GATE, 5, port=1813),
        radius(GATE, 11),
        udp_frame(NEAR, FAR, GATE, PEER, 40013, 3799, u8(43) + u8(1) + u16(27)
                  + bytes(16) + tlv(32, b'bng-7', 1, 1, 2)),
        udp_frame(FAR, NEAR, PEER, GATE, 3799, 40013, u8(44) + u8(1) + u16(20)
                  + bytes(16))]


def golden_radius__proxied():
    """What a proxy hands on bears its state: a request whose access server has
    a name alone, attributes of 2011 in it, and the answer, which goes to the
    proxy."""
    state = (33, b'p1')
    return [
        radius(PEER, 4, (32, b'bng-8'), of_vendor(2011, (255, b'QX')), state,
               port=1813),
        radius(GATE, 2, of_vendor(2011, (2, u32(1000000))), state)]


def golden_arp__in_tunnel():
    """A subscriber's packet in a tunnel of the mobile core, which stays closed:
    a log of his router's. A tenant's frame in VXLAN, from an address of a
    maker's block: said of the inner box, never of the one that wraps it. Beside
    them ARP of that one."""
    log = udp_frame(NEAR, FAR, '10.91.5.1', '10.91.5.2', 514, 514,
                    b'<189>Nov 23 09:00:00 2026 R1 %%01SHELL/5/LOGIN(l):x')
    gtpu = hx('30 ff') + u16(len(log) - 14) + u32(0x4c41) + log[14:]
    asks = (hx('0001 0800 06 04 0001') + hx(DOOR) + ip('10.91.6.1') + bytes(6)
            + ip('10.91.6.2'))
    inner = ethernet('ff:ff:ff:ff:ff:ff', DOOR, 0x0806, asks)
    outer = (hx('0001 0800 06 04 0001') + hx(FAR) + ip(PEER) + bytes(6)
             + ip(GATE))
    return [udp_frame(FAR, NEAR, PEER, GATE, 2152, 2152, gtpu),
            udp_frame(FAR, NEAR, PEER, GATE, 40014, 4789,
                      hx('08000000 00004c00') + inner),
            ethernet('ff:ff:ff:ff:ff:ff', FAR, 0x0806, outer)]

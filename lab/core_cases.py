# SPDX-License-Identifier: ISC
"""Cases of mobile and telephone cores, in the words of tools/craft.py."""

SMF, UPF = '02:4c:41:80:00:01', '02:4c:41:80:00:02'
SMF_IP, UPF_IP = '10.80.0.1', '10.80.0.2'


# PFCP (3GPP TS 29.244 7.2.2): version, type, length, [SEID], sequence number.
def pfcp(src, dst, kind, *elements, seid=None, follows=False, tail=b'',
         macs=(SMF, UPF)):
    body = (u32(0) + u32(seid) if seid else b'') + hx('00 00 2a 00')
    body += b''.join(elements)
    head = u8(0x20 | 4 * follows | bool(seid)) + u8(kind) + u16(len(body))
    up = src.endswith('.2')
    return udp_frame(macs[not up], macs[up], src, dst, 8805, 8805,
                     head + body + tail)


def pie(kind, value):
    return tlv(kind, value, 2)


def pvendor(pen, value, kind=1):
    return pie(0x8000 | kind, u16(pen) + value)


def pname(text):
    return b''.join(u8(len(x)) + x.encode() for x in text.split('.'))


def up(*elements, **more):
    return pfcp(UPF_IP, SMF_IP, *elements, **more)


def down(*elements, **more):
    return pfcp(SMF_IP, UPF_IP, *elements, **more)


STARTED = pie(96, hx('e8 75 47 00'))


def golden_pfcp__association():
    """An association of a UPF and an SMF that know of sets: names, start,
    features, an address towards tunnels, elements of two makers. Then the
    same of a 4G gateway's halves, which show nothing of 5G."""
    resource = pie(116, hx('29 0a') + ip('10.80.3.2') + b'\x05n3')
    return [
        down(5, pie(60, hx('02') + pname('smf1.core.example')), STARTED,
             pie(89, hx('28')), pvendor(2011, b'cp')),
        up(6, pie(60, hx('00') + ip(UPF_IP)), pie(19, hx('01')), STARTED,
           pie(43, hx('10 00 08 00')), resource, pvendor(3902, b'up')),
        pfcp('10.80.1.1', '10.80.1.2', 5, pie(60, hx('01')
             + ip('2001:db8:80::1')), STARTED, pie(89, hx('03'))),
        pfcp('10.80.1.2', '10.80.1.1', 6, pie(60, hx('00')
             + ip('10.80.1.2')), pie(19, hx('01')), STARTED,
             pie(43, hx('10 00'))),
        up(7, pie(60, hx('00') + ip(UPF_IP)), pie(43, hx('10 00 00 01')))]


def golden_pfcp__session():
    """Of a session its makers' elements are read, those inside groups too,
    and from the flow's identifier of 5G that it is an SMF who asks; who
    answers is a user plane function of whatever network. A report goes the
    other way."""
    pdi = pie(2, pie(20, hx('00')) + pie(124, hx('09'))
              + pvendor(193, hx('01 02')))
    return [
        down(50, pie(60, hx('00') + ip(SMF_IP)), pie(57, hx('02')
             + bytes(8) + ip(SMF_IP)), pie(1, pie(56, u16(1)) + pdi), seid=7),
        up(51, pie(60, hx('00') + ip(UPF_IP)), pie(19, hx('01')),
           pie(57, hx('02') + bytes(8) + ip(UPF_IP)), seid=9),
        down(52, pie(9, pie(56, u16(1))), pvendor(94, b'a'),
             pvendor(94, b'b', 2), seid=9),
        up(53, pie(19, hx('01')), seid=7),
        up(56, pie(39, hx('02')), seid=7),
        down(57, pie(19, hx('01')), seid=9)]


def golden_pfcp__bng():
    """The halves of a broadband gateway speak PFCP with the Broadband Forum's
    elements, which make nobody its maker."""
    forum = pvendor(3561, hx('00 07'), 15)
    return [
        up(5, pie(60, hx('02') + pname('bng-up.example')), STARTED,
           pie(43, hx('00 00')), forum),
        down(6, pie(60, hx('02') + pname('bng-cp.example')),
             pie(19, hx('01')), STARTED, pie(89, hx('00')), forum)]


def golden_pfcp__heartbeat():
    """A heartbeat tells when its sender started, and proves no function. One
    datagram holds two messages."""
    report = hx('20 0c 00 14 00 00 2b 00') + pie(
        60, hx('00') + ip(UPF_IP)) + pie(101, hx('01 00 00'))
    return [down(1, STARTED), up(2, STARTED),
            down(1, pie(96, hx('e8 75 50 00'))),
            up(1, STARTED, follows=True, tail=report)]


def golden_pfcp__broken():
    """An element longer than its message, a maker's element without room for
    the number, a second message that is none, and what is no PFCP: another
    version, an unknown type, a length below its head's. Then one that names
    more makers than are told apart, the last twice."""
    def plain(data):
        return udp_frame(UPF, SMF, SMF_IP, UPF_IP, 8805, 8805, hx(data))
    return [
        plain('20050014 00000100 003c0005000a500001 002b0009 0102'),
        plain('2005000f 00000100 003c0005000a500001 8001 00'),
        plain('20050009 00000100 800100010f'),
        down(1, STARTED, follows=True, tail=b'\x00\x00\x00\x00'),
        plain('40050004 00000100'), plain('20630004 00000100'),
        plain('21010004 00000100'), plain('2001'),
        down(5, *[pvendor(2000 + n, b'x') for n in [*range(10), 9]])]


MME, SGW, PGW = '10.81.0.1', '10.81.0.2', '10.81.0.3'
SGSN, GGSN, PROXY = '10.81.1.1', '10.81.1.2', '10.81.2.9'


def gtp(src, dst, data, port=2123):
    return udp_frame('02:4c:41:81:00:fe', '02:4c:41:81:00:fd', src, dst, port,
                     port, data)


# GTPv2-C (3GPP TS 29.274 5.1); an element of 8.2.1.
def v2(kind, *elements, teid=None, rides=b''):
    body = b'' if teid is None else u32(teid)
    body += hx('00 00 07 00') + b''.join(elements)
    first = 0x40 | (teid is not None) << 3 | bool(rides) << 4
    return u8(first) + u8(kind) + u16(len(body)) + body + rides


def v2ie(kind, value, instance=0):
    return u8(kind) + u16(len(value)) + u8(instance) + value


def fteid(interface, address, instance=0):
    address = ip(address)
    flag = 0x80 if len(address) == 4 else 0x40
    return v2ie(87, u8(flag | interface) + u32(0x51) + address, instance)


def v2private(pen, value=b'x'):
    return v2ie(255, u16(pen) + value)


def v2recovery(n):
    return v2ie(3, u8(n))


IMSI = v2ie(1, hx('00 01 01 21 43 65 87 f9'))
MEI = hx('68 21 43 10 21 43 65 f7')


def golden_gtp__echo():
    """Neighbours ask whether the other lives: restart counters, features,
    private extensions of three makers, which are the senders' own."""
    return [gtp(MME, SGW, v2(1, v2recovery(4), v2ie(152, hx('03')))),
            gtp(SGW, MME, v2(2, v2recovery(5), v2private(2011, b'abc'))),
            gtp(PGW, SGW, v2(2, v2recovery(6), v2private(3902),
                             v2private(193), v2private(3902, b'y')))]


def golden_gtp__echo_1():
    """The same in version 1; in the second a header stands between."""
    v1 = hx('32 02 00 13 00 00 00 00 00 08 00 00 0e 0a ff 00 05 00 c1 61 62 '
            '63 ff 00 02 00 5e')
    return [gtp(GGSN, SGSN, v1),
            gtp(SGSN, GGSN, hx('36 01 00 0f 00 00 00 00 00 09 00 c0 01 22 22 '
                               '00 0e 0b ff 00 02 1f e4'))]


def golden_gtp__session():
    """An MME opens a session from its own address: the extension is its own,
    and of the handset the type allocation code is read. The SGW asks a PGW,
    and the extension is of whoever put it in. The PGW answers; an SGW and PGW
    in one box answers with two ends; an answer rides on another message."""
    ask = [IMSI, v2ie(75, MEI)]
    grant = v2ie(2, hx('10 00'))
    return [
        gtp(MME, SGW, v2(32, *ask, fteid(10, MME), fteid(7, PGW, 1),
                         v2recovery(4), v2private(2011), teid=0)),
        gtp(SGW, PGW, v2(32, *ask, fteid(6, SGW), v2recovery(5),
                         v2private(2011), teid=0)),
        gtp(PGW, SGW, v2(33, grant, fteid(7, PGW, 1), v2recovery(6),
                         v2private(193), teid=5)),
        gtp(SGW, MME, v2(33, grant, fteid(11, SGW), fteid(7, SGW, 1),
                         teid=6)),
        gtp(SGW, MME, v2(33, grant, fteid(11, SGW), fteid(7, PGW, 1), teid=6,
                         rides=v2(95, v2recovery(9), teid=6))),
        gtp('10.81.3.1', PGW, v2(32, *ask, fteid(30, '10.81.3.1'), teid=0)),
        gtp('2001:db8:81::1', '2001:db8:81::2',
            v2(32, *ask, fteid(17, '2001:db8:81::1'), v2private(94),
               teid=0))]


def golden_gtp__relayed():
    """A proxy between networks passes on what an SGW asks, the extension with
    it: whoever's it is, it is not the proxy's. One that says it opens the
    session for an MME, from an address that is not the MME's, does not either;
    nor do a request and an answer of version 1."""
    private = hx('ff 00 04 07 db 01 02')
    def v1(kind, *addresses):
        body = hx('00 03 00 00 0e 07') + b''.join(
            tlv(133, ip(a)) for a in addresses) + private
        return hx('32') + u8(kind) + u16(len(body)) + u32(0) + body
    return [
        gtp(PROXY, PGW, v2(32, IMSI, fteid(6, PROXY), v2private(2011),
                           teid=0)),
        gtp(PROXY, SGW, v2(32, IMSI, fteid(10, MME), v2private(193), teid=0)),
        gtp(PROXY, SGW, v2(33, fteid(7, PGW, 1), v2private(193), teid=7)),
        gtp(SGSN, GGSN, v1(16, SGSN, '10.81.1.11')),
        gtp(GGSN, SGSN, v1(17, GGSN, '10.81.1.12')),
        gtp(PROXY, SGSN, v1(17, '10.81.2.8'))]


def golden_gtp__names():
    """An MME that asks for a context names itself, and so does one that takes
    one over; an SGW's name in an answer is another's. A version that is not
    spoken, with a counter."""
    def name(text):
        return v2ie(136, pname(text), 1)
    return [
        gtp('10.81.0.5', MME, v2(130, fteid(12, '10.81.0.5'), v2ie(75, MEI),
                                 name('mme5.epc.example'), teid=0)),
        gtp('10.81.0.6', MME, v2(134, name('mme6.epc.example'),
                                 fteid(12, '10.81.0.6'), teid=8)),
        gtp(MME, '10.81.0.5', v2(131, name('sgw1.epc.example'), teid=9)),
        gtp('10.81.0.7', MME, v2(130, fteid(40, '10.81.0.7'), teid=0)),
        gtp(SGW, MME, v2(3, v2recovery(1)))]


def prime(kind, *elements, first='4e'):
    body = b''.join(elements)
    return hx(first) + u8(kind) + u16(len(body)) + u16(1) + body


def golden_gtp__charging():
    """GTP' over UDP: a gateway that counts sends a record, which nobody
    opens, and the charging gateway takes it; a node tells that it lives, with
    its address; one sends others away. The same over TCP, several messages in
    a segment, and an old head of twenty octets."""
    cdf, cgf = '10.81.4.1', '10.81.4.2'
    record = hx('7e 01') + tlv(252, hx('01 01 15 00 00 03') + b'CDR')
    private = tlv(255, hx('07 db 01'))
    alive = prime(4, tlv(251, ip(cgf)), tlv(251, ip('10.81.4.3')))
    return [
        gtp(cdf, cgf, prime(240, record, private), 3386),
        gtp(cgf, cdf, prime(241, hx('01 80'), tlv(253, u16(1))), 3386),
        gtp(cgf, cdf, alive, 3386),
        gtp(cgf, cdf, prime(6, hx('01 3f'), tlv(254, ip('10.81.4.4'))), 3386),
        gtp(cdf, cgf, prime(2, hx('0e 21'), first='0f'), 3386),
        gtp(cdf, cgf, hx('0e 01 00 00 00 02') + bytes(14), 3386)
    ] + tcp_frames(
        '02:4c:41:81:00:fe', '02:4c:41:81:00:fd', cdf, cgf, 40001, 3386,
        ('>', prime(240, record) + prime(240, record, tlv(255, hx('0f 3e 02')))
         ), ('<', prime(241, hx('01 80')) + prime(5)), size=21)


def golden_gtp__broken():
    """An element longer than its message, in either version; one of version
    1 whose type nobody knows; a rider that is none; a serial number that is
    none in a handset's identity. What is no GTP: version 0, a subscriber's
    packet, spare bits. More makers than are told apart, the last twice."""
    return [
        gtp(MME, SGW, v2(1, v2recovery(4), hx('ff 00 09 00 07 db'))),
        gtp(SGSN, GGSN, hx('32 01 00 09 00 00 00 00 00 01 00 00 0e 0c ff 00 '
                           '05')),
        gtp(SGSN, GGSN, hx('32 01 00 0b 00 00 00 00 00 01 00 00 0e 0d 60 01 '
                           'ff 00 02 07 db')),
        gtp(MME, SGW, v2(1, v2recovery(7), rides=b'\x00\x00\x00\x00')),
        gtp(MME, SGW, v2(32, v2ie(75, hx('f8 21 43 10 21 43 65 f7')),
                         v2recovery(8), teid=0)),
        gtp(SGSN, GGSN, hx('34 01 00 06 00 00 00 00 00 01 00 c0 00 00')),
        gtp(SGSN, GGSN, hx('1e 01 00 00') + bytes(16)),
        gtp(SGSN, GGSN, hx('30 ff 00 04 00 00 00 01 45 00 00 00')),
        gtp(MME, SGW, hx('43 01 00 04 00 00 01 00')),
        gtp(MME, SGW, hx('40 01 00')),
        gtp(MME, SGW, hx('4e 20 00 00 00 00'), 3386),
        gtp(MME, SGW, v2(1, *[v2private(3000 + n)
                         for n in [*range(10), 9]]))]


# SCTP (RFC 9260 3): common header, chunks padded to four octets.
def crc32c(data):
    total = 0xffffffff
    for octet in data:
        total ^= octet
        for _ in range(8):
            total = total >> 1 ^ (0x82f63b78 if total & 1 else 0)
    return total ^ 0xffffffff


def four(data):
    return data + bytes(-len(data) % 4)


def sctp(src, dst, sport, dport, *chunks):
    head = u16(sport) + u16(dport) + u32(crc32c(ip(dst) + ip(src)))
    body = b''.join(four(c) for c in chunks)
    total = crc32c(head + u32(0) + body).to_bytes(4, 'little')
    return ip_frame('02:4c:41:82:00:fe', '02:4c:41:82:00:fd', src, dst, 132,
                    head + total + body)


def init(*parameters, kind=1, out=10, into=10):
    body = hx('00 00 11 11 00 01 a0 00') + u16(out) + u16(into) + u32(1)
    # The padding of the last one is the chunk's.
    body += b''.join([four(p) for p in parameters[:-1]]) + parameters[-1]
    return u8(kind) + u8(0) + u16(len(body) + 4) + body


def sparam(kind, value):
    return tlv(kind, value, 2, counted=4)


def sdata(ppid, payload, tsn=1, flags=3):
    return (u8(0) + u8(flags) + u16(len(payload) + 16) + u32(tsn) + u32(0)
            + u32(ppid) + payload)


def said(src, dst, port, ppid, *payloads, sport=None):
    """Messages, each in a packet of its own."""
    return [sctp(src, dst, sport or port, port, sdata(ppid, p, n + 1))
            for n, p in enumerate(payloads)]


def golden_sctp__homes():
    """Two nodes with two addresses each set up an association, one of them
    with addresses of either kind; with a cookie, and types of chunks that are
    beyond the standard. Where the same is asked again, tags differ."""
    known = sparam(0x8008, hx('c0 c1 80 82 0f'))
    ask = [sparam(5, ip('10.82.0.1')), sparam(5, ip('10.82.1.1')),
           sparam(12, hx('00 05')), known]
    return [sctp('10.82.0.1', '10.82.0.2', 2905, 2905, init(*ask)),
            sctp('10.82.0.2', '10.82.0.1', 2905, 2905,
                 init(sparam(7, b'cookie'), sparam(5, ip('10.82.0.2')),
                      sparam(6, ip('2001:db8:82::2')), sparam(0x8000, b''),
                      kind=2, out=16, into=2048)),
            sctp('10.82.1.1', '10.82.1.2', 49152, 3868, init(*ask, out=32))]


def golden_sctp__bridges():
    """A host of virtual machines and containers lists their bridges; every
    such host has the same, so they are nobody's keys."""
    return [sctp('10.82.2.1', '10.82.2.2', 3868, 3868,
                 init(*[sparam(5, ip(a)) for a in (
                     '10.82.2.1', '172.17.0.1', '192.168.122.1', '10.88.0.1',
                     '10.0.3.1', '172.17.1.1')]))]


def golden_sctp__broken():
    """A parameter longer than the chunk, one of no length, an address of an
    odd size, a chunk longer than the packet; more addresses than a subject
    has keys. A chunk too short is none; other chunks set nothing up."""
    home = sparam(5, ip('10.82.3.1'))
    cut = init(home)
    many = [sparam(5, ip(f'10.82.4.{n}')) for n in range(1, 19)]
    def one(chunk):
        return sctp('10.82.3.1', '10.82.3.2', 2905, 2905, chunk)
    return [one(init(home, hx('00 05 00 09 01 02'))),
            one(init(home, hx('00 05 00 00'))),
            one(init(sparam(5, hx('01 02 03')), home)),
            one(cut[:2] + u16(64) + cut[4:]),
            one(init(*many)),
            one(hx('01 00 00 08 00 00 00 01')),
            one(hx('0a 00 00 04'))]


# Diameter (RFC 6733 3, 4): version, length, flags, command, application and two
# identifiers; attributes padded to four octets.
def dia(command, application, *attributes, flags=0x80, first=1):
    body = b''.join(attributes)
    return (u8(first) + (20 + len(body)).to_bytes(3, 'big') + u8(flags)
            + command.to_bytes(3, 'big') + u32(application)
            + hx('00 00 00 01 00 00 00 02') + body)


def avp(code, value, vendor=0):
    if isinstance(value, int):
        value = u32(value)
    elif isinstance(value, str):
        value = value.encode()
    head = 12 if vendor else 8
    return four(u32(code) + u8(0xc0 if vendor else 0x40)
                + (head + len(value)).to_bytes(3, 'big')
                + (u32(vendor) if vendor else b'') + value)


def origin(host, realm='epc.example'):
    return avp(263, 's;1;2') + avp(264, host) + avp(296, realm)


def capable(host, *more, address='10.83.0.1', vendor=10415, product='PX'):
    return [avp(264, host), avp(296, host.partition('.')[2]),
            avp(257, u16(1) + ip(address)), avp(266, vendor),
            avp(269, product), *more]


THREEGPP = 10415


def mobile(application):
    return avp(260, avp(266, THREEGPP) + avp(258, application))


ROUTE = avp(282, 'dra1.epc.example')
USER = avp(1, '001011234567890')
DIA = ('02:4c:41:83:00:fe', '02:4c:41:83:00:fd')


def golden_diameter__capabilities():
    """Neighbours say who they are: maker, product, revision, addresses, what
    they support, which is not who made them; one of them relays. A watchdog
    and a farewell name their sender too."""
    a, b = '10.83.0.1', '10.83.0.2'
    cer = dia(257, 0, *capable(
        'mme1.epc.example', avp(257, u16(2) + ip('2001:db8:83::1')),
        avp(257, u16(1) + ip('172.17.0.1')), avp(278, 77),
        avp(265, THREEGPP), avp(265, 13019), avp(267, 301), mobile(16777251),
        mobile(16777252), vendor=2011, product='QX-MME'))
    cea = dia(257, 0, avp(268, 2001), *capable(
        'dra1.epc.example', avp(258, 0xffffffff), avp(267, 7), address=b,
        vendor=193, product='QX DRA\0'), flags=0)
    other = dia(257, 0, *capable('hss2.home.example', avp(259, 3),
                                 address='10.83.0.3', vendor=3902,
                                 product='QX/HSS'))
    return (said(a, b, 3868, 46, cer, dia(280, 0, *capable(
        'mme1.epc.example')[:2], avp(278, 78)))
        + said(b, a, 3868, 46, cea, dia(282, 0, *capable(
            'dra1.epc.example')[:2], avp(273, 0)))
        + said('10.83.0.3', b, 3868, 46 << 24, other, sport=49001)
        + said('10.83.0.3', b, 3868, 0, other, sport=49002))


def golden_diameter__agent():
    """A request that an agent handed on has a Route-Record, or the state of a
    proxy: who began it does not have the carrier's address. An answer shows
    nothing of its way, and the vendor of an application is nobody's maker.
    Without a record the sender began it."""
    mme, dra, hss = '10.83.0.1', '10.83.0.2', '10.83.0.3'
    ulr = [origin('mme1.epc.example'), mobile(16777251), USER]
    s6a = avp(1405, 0x22, THREEGPP)
    return (said(mme, dra, 3868, 46, dia(316, 16777251, *ulr, s6a,
                                         flags=0xc0))
            + said(dra, hss, 3868, 46, dia(316, 16777251, *ulr, s6a, ROUTE,
                                           flags=0xc0),
                   dia(316, 16777251, *ulr, s6a, avp(284, avp(280, 'p1')
                                                     + avp(33, 's')),
                       flags=0xc0))
            + said(hss, dra, 3868, 46, dia(
                316, 16777251, origin('hss2.home.example', 'home.example'),
                avp(268, 2001), mobile(16777251), flags=0x40))
            + said(dra, mme, 3868, 46, dia(
                316, 16777251, origin('dra1.epc.example'), avp(268, 3002),
                flags=0x60)))


def golden_diameter__roles():
    """Who asks and who answers, by application and command: whose vectors
    are wanted tells an MME from an SGSN, and some commands leave it open."""
    who = '10.83.1.1'
    def ask(command, application, *more):
        return dia(command, application, origin('n1.epc.example'), *more,
                   flags=0xc0)
    vectors = avp(1410, 1, THREEGPP)
    return (said(who, '10.83.1.2', 3868, 46,
                 ask(318, 16777251, avp(1408, vectors, THREEGPP)),
                 ask(318, 16777251, avp(1409, vectors, THREEGPP)),
                 ask(316, 16777251, avp(1405, 0x20, THREEGPP)),
                 ask(321, 16777251), ask(317, 16777251), ask(272, 16777238),
                 ask(258, 16777238), ask(265, 16777236), ask(300, 16777216),
                 ask(272, 4), ask(268, 16777264), ask(999, 16777238)))


def golden_diameter__stream():
    """The same over TCP, in segments that end anywhere; a message too long to
    be read is stepped over. A second conversation was joined in the middle:
    the first message that is whole is read."""
    a, b = '10.83.2.1', '10.83.2.2'
    cer = dia(257, 0, *capable('pcef1.gx.example', mobile(16777238),
                               address=a, vendor=94, product='QX PGW'))
    cea = dia(257, 0, avp(268, 2001), *capable(
        'pcrf1.gx.example', mobile(16777238), address=b, vendor=8164,
        product='QX PCRF'), flags=0)
    long = dia(272, 16777238, origin('pcef1.gx.example', 'gx.example'),
               avp(1001, bytes(40000)))
    ccr = dia(272, 16777238, origin('pcef1.gx.example', 'gx.example'),
              avp(443, avp(450, 1) + avp(444, '001011234567890')))
    cca = dia(272, 16777238, origin('pcrf1.gx.example', 'gx.example'),
              avp(268, 2001), flags=0)
    whole = tcp_frames(*DIA, a, b, 45000, 3868, ('>', cer), ('<', cea),
                       ('>', ccr + long + dia(280, 0, *capable(
                           'pcef2.gx.example')[:2])), ('<', cca), size=99)
    joined = tcp_frames(*DIA, '10.83.2.3', b, 45001, 3868, ('>', cer[:60]),
                        ('>', cer[60:]), ('>', ccr), ('<', cca), size=900)
    return whole + joined[4:]


def golden_diameter__broken():
    """An attribute longer than its message, one shorter than its head, a
    message cut short, one too long in a datagram; what is none, of another
    version, with reserved flags, of an odd length. A capability exchange
    stands beside them."""
    a, b = '10.83.3.1', '10.83.3.2'
    good = capable('a.broken.example', address=a)
    cut = dia(257, 0, *good)
    return said(a, b, 3868, 46, dia(257, 0, *good, hx('00000109 40000099')),
                dia(257, 0, *good, hx('00000109 40000004')), cut[:-8],
                dia(316, 16777251, origin('b.broken.example'), ROUTE)[:-20],
                dia(257, 0, avp(1001, bytes(33000)))[:900],
                dia(257, 0, *good, first=2), dia(257, 0, flags=0x81),
                hx('01000015') + bytes(17), hx('16 fe fd 00'), cut)


# M3UA (RFC 4666) and SUA (RFC 3868): version, class, type, length; parameters.
def sigtran(group, kind, *parameters):
    body = b''.join(four(p) for p in parameters)
    return hx('01 00') + u8(group) + u8(kind) + u32(8 + len(body)) + body


def note(text):
    return sparam(4, text.encode())


def scca(ssn, code=None, by_number=False, digits=''):
    """An address of SCCP, ITU-T Q.713 3.4."""
    flags = 2 | (code is not None) | (0 if by_number else 0x40)
    value = (code or 0).to_bytes(2, 'little') if code is not None else b''
    value += u8(ssn)
    if digits:
        flags |= 4 << 2
        value += hx('00 11 04') + hx(digits)
    return u8(1 + len(value)) + u8(flags) + value


TCAP = hx('04 62 02 48 00')  # with its length


def udt(called, calling):
    return (hx('09 00 03') + u8(2 + len(called))
            + u8(1 + len(called) + len(calling)) + called + calling
            + TCAP)


def mdata(opc, dpc, payload, service=3, network=2):
    return sigtran(1, 1, sparam(0x0210, u32(opc) + u32(dpc) + u8(service)
                                + u8(network) + hx('00 05') + payload))


def golden_m3ua__processes():
    """Processes come up, with texts and an identifier; a gateway tells of
    destinations, an application server asks for one. Peers send the rest
    too."""
    asp, sg = '10.84.0.1', '10.84.0.2'
    affected = sparam(0x12, hx('00 00 10 01'))
    return (said(asp, sg, 2905, 3,
                 sigtran(3, 1, sparam(0x11, u32(7)), note('QX STP 4.1')),
                 sigtran(4, 1, sparam(11, u32(2)), note('asp7')),
                 sigtran(2, 3, affected))
            + said(sg, asp, 2905, 3 << 24, sigtran(3, 4, note('QX SG')))
            + said(sg, asp, 2905, 0, sigtran(2, 1, affected, note('down')),
                   sport=49000)
            + said(sg, asp, 2905, 3, sigtran(2, 2, affected),
                   sigtran(0, 1, sparam(13, hx('00 01 00 03'))),
                   sport=49001))


def golden_m3ua__data():
    """Messages of users: where they are routed by subsystem the owners of the
    point codes are an MSC and an HLR, an SGSN and a GGSN, and others in the
    longer forms. Routed by a number they prove nothing, nor does a subsystem
    that several kinds of node have, or a service other than SCCP. One has addresses
    as ANSI writes them, which tshark reads with mtp3.standard:ANSI."""
    sg, asp = '10.84.0.2', '10.84.0.1'
    msc, hlr = scca(8, 0x1001), scca(6, 0x1002)
    xudt = (hx('11 00 0f 04') + u8(3 + 4) + u8(2 + 4 + 4) + hx('00')
            + scca(149)[:3] + b'\x00' + scca(150)[:3] + b'\x00' + TCAP)
    ludt = (hx('13 00 0f 07 00 08 00 09 00 00 00') + scca(145) + scca(147)
            + TCAP[:1] + b'\x00' + TCAP[1:])
    cr = hx('01 00 00 01 02 02 00') + scca(7)
    return said(sg, asp, 2905, 3,
                mdata(0x1001, 0x1002, udt(hlr, msc)),
                mdata(0x1002, 0x1001, udt(
                    scca(8, by_number=True, digits='21436587'),
                    scca(6, by_number=True, digits='21436587'))),
                mdata(1, 2, udt(scca(146), scca(5)), network=0),
                mdata(0x50, 0x51, xudt), mdata(0x60, 0x61, ludt),
                mdata(0x70, 0x71, cr),
                mdata(0xfc0102, 0xfc0103, udt(
                    hx('05 c3 06 01 02 03'), hx('02 c1 0a')), network=3),
                mdata(0x80, 0x81, udt(hlr, msc), service=5))


def golden_m3ua__broken():
    """A parameter longer than its message, one without a length, a message cut
    short, SCCP whose pointers lead out of it or whose address is cut. What is
    none: another version, SUA's class, an odd length. Beside them a text."""
    a, b = '10.84.1.1', '10.84.1.2'
    good = note('QX beside')
    return said(a, b, 2905, 3, sigtran(3, 1, good, hx('00 11 00 0c 00 00')),
                sigtran(3, 1, good, hx('00 11 00 00')),
                sigtran(3, 1, note('QX long text'))[:-4],
                mdata(1, 2, hx('09 00 03 99 99 02 42 06')),
                mdata(1, 2, hx('09 00 03 05 07 02 42')),
                hx('02') + sigtran(3, 1)[1:], sigtran(7, 1, good),
                hx('01 00 03 01 00 00 00 0a 00 00'), sigtran(3, 5, good))


def golden_sua__users():
    """Processes of SUA, and a message of users whose addresses are routed by
    point code and by IP address; one by a number proves nothing."""
    a, b = '10.85.0.1', '10.85.0.2'
    def address(tag, routed, *inside):
        return sparam(tag, u16(routed) + u16(7) + b''.join(inside))
    ssn = [sparam(0x8003, u32(n)) for n in range(256)]
    return (said(a, b, 14001, 4, sigtran(3, 1, sparam(0x11, u32(9)),
                                         note('QX SUA')),
                 sigtran(2, 3, sparam(0x12, hx('00 00 10 01'))),
                 sigtran(7, 1, sparam(6, u32(1)),
                         address(0x102, 2, sparam(0x8002, u32(0x1001)),
                                 ssn[149]),
                         address(0x103, 4, sparam(0x8004, ip('10.85.9.6')),
                                 ssn[6])),
                 sigtran(7, 1, address(0x102, 1, sparam(0x8001, bytes(8)),
                                       ssn[8]),
                         address(0x103, 4, sparam(0x8006,
                                                  ip('2001:db8:85::9')),
                                 ssn[7])))
            + said(b, a, 14001, 0, sigtran(2, 1, note('gone'))))


def golden_sua__broken():
    """An address whose parameters are broken says nothing; a parameter longer
    than its message, M3UA's class, another version; beside them a text."""
    a, b = '10.85.1.1', '10.85.1.2'
    return said(a, b, 14001, 4,
                sigtran(7, 1, sparam(0x102, hx('00 02 00 07 80 03 00 99'))),
                sigtran(3, 4, note('QX beside'), hx('00 11 00 0c 00 00')),
                sigtran(1, 1, note('no')), hx('02') + sigtran(3, 1)[1:])

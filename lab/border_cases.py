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


def talk(client, server, port, *said, sport=40001, size=1400):
    return tcp_frames(LEFT, RIGHT, client, server, sport, port, *said,
                      size=size)


# PPTP (RFC 2637 clause 2).
def pptp_message(kind, body):
    return u16(12 + len(body)) + hx('0001 1a2b3c4d') + u16(kind) + u16(0) + body


def pptp_opening(kind, host, vendor, firmware, result=b'\0\0'):
    return pptp_message(kind, hx('0100') + result + u32(3) + u32(3) + u16(0)
                        + u16(firmware) + padded(host, 64)
                        + padded(vendor, 64))


CONNECTS = (('>', pptp_opening(1, b'pac-1.example', b'QX Access', 0x10)),
            ('<', pptp_opening(2, b'pns', b'linux', 1, hx('01 00'))))
RINGS = u16(1) + u16(2) + u32(3) + u32(4) + u16(0) + u16(0) + bytes(192)


def golden_pptp__incoming():
    """Both ends tell of themselves, then a call comes in: who announces it is
    the access concentrator, who takes it the network server."""
    return talk('10.91.0.1', '10.91.0.2', 1723, *CONNECTS,
                ('>', pptp_message(9, RINGS)),
                ('<', pptp_message(10, u16(3) + u16(1) + hx('0100')
                                   + u16(64) + u32(0))))


def golden_pptp__voluntary():
    """A subscriber's computer dials a network server: by the letter it would
    be one itself, so of roles nothing is said. The server keeps asking whether
    it lives."""
    calls = u16(1) + u16(2) + u32(300) + u32(100000000) + u32(3) + u32(3)
    return talk('10.91.1.1', '10.91.1.2', 1723,
                ('>', pptp_opening(1, b'', b'Microsoft', 0)),
                ('<', pptp_opening(2, b'vpn.example', b'QX Server', 4438,
                                   hx('01 00'))),
                ('>', pptp_message(7, calls + u16(64) + u16(0) + u16(0)
                                   + bytes(2 + 64 + 64))),
                ('<', pptp_message(8, u16(2) + u16(1) + hx('0100') + u16(0)
                                   + u32(100000000) + u16(64) + u16(0)
                                   + u32(0))),
                ('<', pptp_message(5, u32(7))))


def golden_pptp__broken():
    """A first message that is too short; one that ends in its middle; another
    protocol on the port; beside them one that comes in pieces."""
    head = pptp_opening(1, b'cut', b'QX', 2)
    return (talk('10.91.2.1', '10.91.2.2', 1723, ('>', pptp_message(1, head)))
            + talk('10.91.2.3', '10.91.2.2', 1723, ('>', head[:100]))
            + talk('10.91.2.5', '10.91.2.2', 1723, ('>', b'hello\r\n'))
            + talk('10.91.2.7', '10.91.2.2', 1723,
                   ('>', pptp_opening(1, b'beside', b'QX pieces', 3)),
                   size=50))


# ANCP (RFC 6320 3.2, 3.5.1, 3.6.1, 6.2).
NODE, SERVER = '00:e0:fc:92:00:01', '00:d0:f6:92:00:02'


def ancp_framed(body):
    return hx('880c') + u16(len(body)) + body


def ancp_adjacency(code, sender, receiver, *capabilities, version='32'):
    can = b''.join(tlv(n, b'', 2) for n in capabilities)
    return ancp_framed(hx(version) + u8(10) + u8(250) + u8(code) + hx(sender)
                       + hx(receiver) + u32(1) + u32(0) + hx('10 000001')
                       + hx('00 000002') + u8(5) + u8(len(capabilities))
                       + u16(len(can)) + can)


def ancp_value(kind, text):
    return tlv(kind, text, 2) + bytes(-len(text) % 4)


def ancp_general(kind, body, result=0):
    size = 12 + len(body)
    return ancp_framed(hx('32') + u8(kind) + u16(result << 12) + hx('00 000007')
                       + u16(0x8001) + u16(size) + body)


def ancp_port(kind, *values):
    inside = b''.join(values)
    return ancp_general(kind, bytes(20) + u8(0) + u8(kind) + u8(5) + u8(0)
                        + u16(len(values)) + u16(len(inside)) + inside)


ZERO = '00:00:00:00:00:00'
LINE = ancp_value(4, tlv(0x91, u32(5), 2) + tlv(0x82, u32(50000), 2))


def golden_ancp__adjacency():
    """An access node opens, the server answers; both list what they can. Then a
    line comes up, whose identifier begins with the node's name; behind it
    nothing is read. The server asks for a line's test before."""
    return talk('10.92.0.1', '10.92.0.2', 6068,
                ('>', ancp_adjacency(1, NODE, ZERO, 1, 4)),
                ('<', ancp_adjacency(0x81, SERVER, ZERO, 1, 2, 4)),
                ('<', ancp_adjacency(2, SERVER, NODE, 1, 4)),
                ('>', ancp_adjacency(3, NODE, SERVER, 1, 4)),
                ('<', ancp_general(32, bytes(32), 2)),
                ('>', ancp_port(80, ancp_value(1, b'dslam-7 eth 1/3:100'),
                                ancp_value(2, b'subscriber-77'), LINE)),
                ('>', ancp_port(81, ancp_value(1, b'dslam-7 eth 1/4:100'))))


def golden_ancp__lines():
    """Without its beginning: a line goes down whose identifier is not as
    TR-101 has it, on a node of before the standard; another answers a
    question; a server provisions."""
    return (talk('10.92.1.1', '10.92.1.2', 6068,
                 ('>', ancp_adjacency(1, '02:00:00:00:00:07', ZERO, 1,
                                      version='31')),
                 ('>', ancp_port(81, ancp_value(1, b'0/1/0/33'))))
            + talk('10.92.1.3', '10.92.1.2', 6068,
                   ('>', ancp_general(32, bytes(32), 3)),
                   ('<', ancp_general(93, b'')),
                   ('>', ancp_port(80, ancp_value(
                       1, b'msan 9 atm 1/2:8.35')),))
            + talk('10.92.1.5', '10.92.1.2', 6068,
                   ('>', ancp_port(80, ancp_value(
                       1, b'msan-9 atm 1/2:8.35'), LINE))))


def golden_ancp__broken():
    """A list longer than its message, a message that ends in its middle,
    another protocol; beside them a name."""
    long = bytearray(ancp_adjacency(1, NODE, ZERO, 1))
    long[-5] = 90
    whole = ancp_adjacency(1, SERVER, ZERO, 1, 4)
    return (talk('10.92.2.1', '10.92.2.2', 6068, ('>', bytes(long)))
            + talk('10.92.2.3', '10.92.2.2', 6068, ('>', whole[:30]))
            + talk('10.92.2.5', '10.92.2.2', 6068, ('>', b'hello there\r\n'))
            + talk('10.92.2.7', '10.92.2.2', 6068, ('>', whole), size=9))


# eCPRI (eCPRI Specification 2.0, 3.1.3.1).
DU, RU = '02:4c:41:93:00:01', '02:4c:41:93:00:02'


def ecpri_message(kind, body, more=False, revision=1, size=None):
    size = len(body) if size is None else size
    return u8(revision << 4 | more) + u8(kind) + u16(size) + body


def ecpri_frames(*data):
    return [ethernet(RU, DU, 0xaefe, x, (7,)) for x in data]


ORDER = hx('0000 0080 90 05 0040 01 01 00 00 0010 0001 fffe 0000')


def golden_ecpri__messages():
    """Control and samples as a front haul has them, a measurement of delay,
    two messages in one frame, of which tshark reads the first, one of a
    maker's own of the later revision."""
    def samples(sequence, n=1):
        return ecpri_message(0, hx('0000') + u8(sequence) + hx('80 90 05 0040')
                             + hx('0010 00') + u8(n) + bytes(43) * n)
    return ecpri_frames(
        ecpri_message(2, ORDER), samples(0), samples(1), samples(2, 2),
        ecpri_message(5, hx('01 00') + bytes(18)),
        ecpri_message(2, ORDER, True) + samples(3),
        ecpri_message(64, b'own', revision=2))


def golden_ecpri__broken():
    """A message longer than its frame, a second that is none; another
    revision, a type that there is not; beside them one that is read."""
    return ecpri_frames(
        ecpri_message(0, bytes(60), size=900),
        ecpri_message(2, ORDER, True) + bytes(24),
        ecpri_message(0, bytes(48), revision=9), ecpri_message(20, bytes(48)),
        ecpri_message(2, ORDER))


# MGCP (RFC 3435 3.2, 3.3).
AGENT, GATEWAY = '10.94.0.1', '10.94.0.2'


def mgcp_says(who, *lines, port=2427):
    text = '\r\n'.join(lines) + '\r\n'
    other = GATEWAY if who == AGENT else AGENT
    return between(who, other, port, text.encode())


def golden_mgcp__commands():
    """A gateway restarts and reports an event, its call agent asks what it
    can, opens and closes a connection; in one datagram an answer and a command.
    Of a command that both may send nobody's role is told."""
    return [
        mgcp_says(GATEWAY, 'RSIP 1200 *@msan-1.example MGCP 1.0', 'RM: restart',
                  port=2727),
        mgcp_says(AGENT, '200 1200 OK', 'N: ca1@10.94.0.1:2727'),
        mgcp_says(GATEWAY, 'NTFY 2002 aaln/1@msan-1.example MGCP 1.0 NCS 1.0',
                  'N: ca1@10.94.0.1:2727', 'X: 0123456789AC', 'O: L/hd,D/9',
                  port=2727),
        mgcp_says(AGENT, 'AUEP 1201 aaln/1@msan-1.example MGCP 1.0',
                  'F: A, PL'),
        mgcp_says(GATEWAY, '200 1201 OK', 'A: a:PCMU;G729, p:10-100, '
                  'e:on, v:L;D;G;H, m:sendonly;sendrecv', 'PL: L:1, D:1'),
        mgcp_says(AGENT, 'CRCX 1204 aaln/2@[10.94.0.2] MGCP 1.0 TGCP 1.0',
                  'C: A3C47F21456789F0', 'N: ca2.example',
                  'L: p:10, a:PCMU', 'M: recvonly'),
        mgcp_says(GATEWAY, '200 1204 OK', 'I: FDE234C8', '', 'v=0',
                  'o=- 25678 753849 IN IP4 10.94.0.2', 's=-', '.',
                  'NTFY 2003 aaln/2@msan-2.example MGCP 1.0', 'X: 1',
                  'O: L/hu', port=2727),
        mgcp_says(AGENT, 'DLCX 1205 aaln/2@msan-1.example MGCP 1.0',
                  'C: A3C47F21456789F0', 'I: FDE234C8')]


def golden_mgcp__broken():
    """A second message that is none; what is no MGCP: an unknown verb, no
    endpoint, another name, a number that is none, an answer without a number;
    beside them a command with words in small letters."""
    def plain(text):
        return between(GATEWAY, AGENT, 2727, text.encode())
    return [plain(text) for text in (
        'RSIP 1 *@msan-3.example MGCP 1.0\r\n.\r\nhello\r\n',
        'HELO 1 *@msan-3.example MGCP 1.0\r\n', 'RSIP 1 all MGCP 1.0\r\n',
        'RSIP 1 *@msan-3.example SGCP 1.0\r\n',
        'RSIP x1 *@msan-3.example MGCP 1.0\r\n', '200 OK\r\n',
        'RSIP 1 *@msan-3.example', '\r\n',
        'rsip 2 *@msan-4.example mgcp 0.1\r\nrm: graceful\r\n')]


# Megaco (H.248.1): text by annex B, BER by annex A, both behind RFC 1006's
# head on TCP.
MG, MGC = '10.95.0.1', '10.95.0.2'


def ber(kind, *parts):
    value = b''.join(parts)
    size = len(value)
    return u8(kind) + (u8(size) if size < 128 else u8(0x82) + u16(size)) + value


def megaco_text(who, text, port=2944):
    return between(who, MGC if who == MG else MG, port, text.encode())


def h248(mid, *transactions, version=1):
    return ber(0x30, ber(0xa1, ber(0x80, u8(version)), ber(0xa1, mid),
                         ber(0xa2, ber(0xa1, *transactions))))


def h248_asks(*commands):
    return ber(0xa0, ber(0x80, u8(9)), ber(0xa1, ber(0x30, ber(
        0x80, u8(0)), ber(0xa3, *[ber(0x30, ber(0xa0, x))
                                  for x in commands]))))


def h248_answers(*commands):
    return ber(0xa2, ber(0x80, u8(9)), ber(0xa2, ber(0xa1, ber(
        0x30, ber(0x80, u8(0)), ber(0xa3, *commands)))))


def tpkt(data):
    return hx('0300') + u16(4 + len(data)) + data


ROOT = ber(0x30, ber(0xa0), ber(0x81, b'\xff\xff'))
BOOT = ber(0xa4, ber(0x04, ber(0x16, b'901 Cold Boot')))


def golden_megaco__text():
    """A gateway registers and its controller answers, in long words and in
    short ones; it is told what to do and what to watch for, tells what it has,
    and what it saw. Of a line that is taken out of service nobody's role is
    told; what sessions hold is passed over. tshark does not read the last,
    which is authenticated."""
    return [
        megaco_text(MG, 'MEGACO/1 [10.95.0.1]:2944\nTransaction = 9998 {\n'
                    ' Context = - {\n  ServiceChange = ROOT { Services {\n'
                    '   Method=Restart, Reason="901 Cold Boot",\n'
                    '   ServiceChangeAddress=2944, Profile=ResGW/1 } }\n'
                    ' }\n}\n'),
        megaco_text(MGC, 'MEGACO/1 <mgc.example>:2944\nReply = 9998 {\n'
                    ' Context = - { ServiceChange = ROOT {\n'
                    '  Services { Version=2, Profile=ResGW/1 } } } }\n'),
        megaco_text(MG, '!/2 msan-7/1 T=1{C=-{SC=ROOT{SV{MT=RS,RE=901,V=3,'
                    'PF=ETSI_ARGW/2}}}}'),
        megaco_text(MGC, '!/1 [2001:db8:95::2]:2944 T=2{C=${A=A1{M{O{MO=IN},'
                    'L{\r\nv=0\r\nc=IN IP4 $\r\ns="x\r\n}}},W-AV=ROOT{AT{PG}}}'
                    '}'),
        megaco_text(MG, '!/1 msan-7 P=2{C=-{AV=ROOT{PG{al-1,cg-1, rtp-1}}}}'),
        megaco_text(MG, 'MEGACO/1 msan-8\nTransaction=7{Context=-{'
                    'O-Notify=A1{ObservedEvents=1{al/of}}}}'),
        megaco_text(MGC, 'MEGACO/1 <mgc2.example> Reply=7{Context=-{Notify=A1'
                    '}}'),
        megaco_text(MG, 'MEGACO/1 MTP{0102} Transaction=8{Context=-{'
                    'ServiceChange=A1{Services{Method=Forced,Reason=905}}}}'),
        megaco_text(MG, 'Authentication=0x12345678:0x9ABCDEF0:'
                    '0x123456789ABCDEF012345678\nMEGACO/1 msan-9\n'
                    'TransactionPending=7{}\n')]


def golden_megaco__ber():
    """The same in BER: a gateway registers, with an addition of somebody's in
    China, and is answered; it is commanded and answers what packages it has,
    as version 1 and as later ones lay it out."""
    other = ber(0xa8, ber(0xa0, ber(0xa1, ber(0x80, u8(0x26)), ber(0x81, u8(0)),
                                    ber(0x82, u8(1)), ber(0x83, u16(0x1234)))),
                ber(0x81, b'xy'))
    back = h248_answers(ber(0xa7, ber(0xa0, ROOT), ber(0xa1, ber(
        0xa1, ber(0x82, u8(2)), ber(0xa3, ber(0x80, b'BGF/1'))))))
    audit = ber(0xa5, ber(0xa0, ROOT[2:]), ber(0xa1))
    has = ber(0xaa, ber(0x30, ber(0x80, u16(9)), ber(0x81, u8(1))),
              ber(0x30, ber(0x80, u16(12)), ber(0x81, u8(1))))
    found = h248_answers(ber(0xa5, ber(0xa0, ROOT[2:]),
                             ber(0xa1, ber(0xa2, has))))
    found_2 = h248_answers(ber(0xa5, ber(0xa2, ber(0xa0, ROOT[2:]),
                                         ber(0xa1, has))))
    return [
        between(MG, MGC, 2945, h248(
            ber(0xa0, ber(0x80, ip(MG)), ber(0x81, u16(2945))),
            h248_asks(ber(0xa7, ber(0xa0, ROOT), ber(
                0xa1, ber(0x80, u8(2)), ber(0x82, u8(3)),
                ber(0xa3, ber(0x80, b'BGF/1')), BOOT, other))), version=3)),
        between(MGC, MG, 2945, h248(ber(0xa2, ber(0x80, b'mgc3.example')),
                                    back)),
        between(MGC, MG, 2945, h248(ber(0x83, b'softswitch'),
                                    h248_asks(audit))),
        between(MG, MGC, 2945, h248(ber(0xa1, ber(0x80, ip('2001:db8:95::1'))),
                                    found)),
        between(MG, MGC, 2945, h248(ber(0x83, b'tgw-1'), found_2, version=2))]


def golden_megaco__stream():
    """Over TCP, text one way and BER the other, the first in pieces."""
    asks = ('MEGACO/1 <agw.example>\nTransaction=1{Context=-{ServiceChange='
            'ROOT{Services{Method=Restart,Reason="902",Profile=AGW/4}}}}')
    pending = ber(0xa1, ber(0x80, u8(9)))
    return talk('10.95.1.1', '10.95.1.2', 2944, ('>', tpkt(asks.encode())),
                ('<', tpkt(h248(ber(0x83, b'mgc-4'), pending))),
                ('<', tpkt(h248(ber(0x83, b'mgc-4'), h248_answers(
                    ber(0xa7, ber(0xa0, ROOT), ber(0xa1, ber(
                        0xa1, ber(0x82, u8(2))))))))), size=60)


def golden_megaco__sctp():
    """Over SCTP, whose checksum is left out here."""
    text = b'!/3 msan-10 T=1{C=-{N=A1{OE=1{al/on}}}}  '[:40]
    data = hx('00 03') + u16(16 + len(text)) + u32(1) + u32(0) + u32(7) + text
    return [ip_frame(RIGHT, LEFT, '10.95.3.1', '10.95.3.2', 132,
                     u16(2944) + u16(2944) + u32(7) + u32(0) + data)]


def golden_megaco__broken():
    """A name and nothing behind it, BER without a body, an address that is
    none; what is no Megaco: other text, another version, other BER; on TCP one
    that ends in its middle. Beside them a name, and one with a comment and a
    brace in a string, which tshark does not pass over."""
    head = ber(0x80, u8(1)) + ber(0xa1, ber(0x83, b'gw'))
    text = b'!/1 cut T=1{C=-{A=A1{}}}'
    return ([between(MG, MGC, 2944, x) for x in (
        b'MEGACO/1 msan-1', ber(0x30, ber(0xa1, head)),
        b'!/1 [10.95.9] T=1{C=-{S=A1}}', b'hello there', b'MEGACO/123 x {}',
        b'MEGACO/x x {}', ber(0x30, ber(0x02, u8(1)), ber(0x04, b'public')),
        b'', b'!/1 beside T=1{C=-{S=A1}}',
        b'!/1 quoted ; a {\nT=1{C=-{SC=ROOT{SV{RE="9 }",PF=X/1}}}}')]
        + talk('10.95.2.1', '10.95.2.2', 2944, ('>', tpkt(text)[:20]))
        + talk('10.95.2.3', '10.95.2.2', 2944, ('>', b'hello there')))


# GLBP, as Wireshark reads it.
def glbp(src_mac, src, group, owner, *elements, version=1):
    group_ip = 'ff02::66' if ':' in src else '224.0.0.102'
    group_mac = '33:33:00:00:00:66' if ':' in src else '01:00:5e:00:00:66'
    body = (u8(version) + u8(0) + u16(group) + u16(0) + hx(owner)
            + b''.join(elements))
    return udp_frame(group_mac, src_mac, src, group_ip, 3222, 3222, body, 255)


def glbp_hello(state, priority, address):
    address = ip(address)
    return tlv(1, u8(0) + u8(state) + u8(0) + u8(priority) + u16(0) + u32(3000)
               + u32(10000) + u16(600) + u16(14400) + u16(0)
               + u8(1 if len(address) == 4 else 2) + u8(len(address)) + address,
               1, 1, 2)


def glbp_forwarder(number, state, mac):
    return tlv(2, u8(number) + u8(state) + u8(0) + u8(167) + u8(100) + bytes(7)
               + hx(mac), 1, 1, 2)


def golden_glbp__gateways():
    """The virtual gateway sends from a virtual MAC address, another router from
    its own; over IPv6; with a password, which is not read. No virtual address
    names a maker."""
    own, other = '02:4c:41:96:00:01', '02:4c:41:96:00:02'
    mac1, mac2 = '00:07:b4:00:0a:01', '00:07:b4:00:0a:02'
    return [
        glbp(mac1, '10.96.0.2', 10, own, glbp_hello(32, 110, '10.96.0.1'),
             glbp_forwarder(1, 32, mac1), glbp_forwarder(2, 8, mac2)),
        glbp(other, '10.96.0.3', 10, other, glbp_hello(16, 100, '10.96.0.1'),
             tlv(3, u8(1) + u8(6) + b'secret', 1, 1, 2)),
        glbp(mac2, 'fe80::96:3', 11, other, glbp_hello(32, 100, 'fe80::96:1'),
             glbp_forwarder(2, 32, mac2))]


def golden_glbp__broken():
    """An element longer than what is left, one shorter than its head; another
    version and what is too short; beside them a group alone."""
    own = '02:4c:41:96:00:01'
    return [glbp(own, '10.96.1.2', 12, own, hx('01 40 00 20')),
            glbp(own, '10.96.1.2', 13, own, hx('02 01 00 00')),
            glbp(own, '10.96.1.2', 14, own, version=7),
            udp_frame('01:00:5e:00:00:66', own, '10.96.1.2', '224.0.0.102',
                      3222, 3222, hx('01 00 00 0a')),
            glbp(own, '10.96.1.2', 15, own)]


# GRE tunnel bonding (RFC 8157 4, 5).
HG, HAAP = '10.97.0.1', '10.97.0.2'


def bonding(who, kind, *attributes, tunnel=1, end=hx('ff')):
    macs = (RIGHT, LEFT) if who == HG else (LEFT, RIGHT)
    return ip_frame(*macs, who, HAAP if who == HG else HG, 47,
                    hx('2000 b7ea 00001234') + u8(kind << 4 | tunnel)
                    + b''.join(attributes) + end)


def golden_gre_bonding__setup():
    """A home gateway asks for its first tunnel with its client's name, the
    aggregation point grants it and tells its addresses; it denies the second.
    Both greet."""
    return [bonding(HG, 1, tlv(3, b'subscriber-97')),
            bonding(HAAP, 2, tlv(1, ip(HAAP)), tlv(2, ip('2001:db8:97::2')),
                    tlv(4, u32(7)), tlv(9, u32(50))),
            bonding(HG, 1, tlv(3, b'subscriber-97'), tunnel=2),
            bonding(HAAP, 3, tlv(17, u32(8)), tunnel=2),
            bonding(HG, 4, tlv(5, u32(1) + u32(2)))]


def golden_gre_bonding__broken():
    """An attribute longer than its message; types that there are not, what has
    none; beside them one without an attribute."""
    return [bonding(HAAP, 2, tlv(1, ip(HAAP)), hx('02 0010 2001'), end=b''),
            bonding(HG, 0), bonding(HG, 9),
            ip_frame(RIGHT, LEFT, HG, HAAP, 47, hx('2000 b7ea 00001234')),
            bonding(HAAP, 2)]


# MML, as operators' saved logs show it.
def mml_report(name, command, result, at='2026-11-23 09:00:00', number=1234):
    return (f'+++    {name}        {at}\r\nO&M    #{number}\r\n%%{command}%%\r\n'
            f'RETCODE = {result}\r\n\r\n---    END\r\n').encode()


def golden_mml__reports():
    """Elements answer commands: one that somebody logs in by, one with a name
    of several words, one whose kind and name stand apart, and one that comes in
    pieces on another port with a number before the command. Parameters are not
    read."""
    login = 'LGI:OP="somebody",PWD="*****";'
    return (talk('10.98.0.9', '10.98.0.1', 6000,
                 ('>', b'LGI:OP="somebody",PWD="secret";\r\n'),
                 ('<', mml_report('MSC-7', login, '0  Operation succeeded')),
                 ('<', mml_report('MSC-7', 'LST VER:;', '0  Success')))
            + talk('10.98.0.9', '10.98.0.2', 6001,
                   ('>', b'LST TG:SSR=NO;'),
                   ('<', b'\r\n' + mml_report('SX SDR RC', 'LST TG:SSR=NO;',
                                              '0  Operation succeeded')))
            + talk('10.98.0.9', '10.98.0.3', 31114,
                   ('>', b'LST RT:;'),
                   ('<', mml_report('MSOFTX/*MEID:5 MENAME:MSS-1*/',
                                    '/*1879106888 MEID=005*/LST RT:RN="A";',
                                    '0  Operation succeeded',
                                    '2026-11-23 09:00:00+03:00')))
            + talk('10.98.0.9', '10.98.0.4', 9999,
                   ('>', b'DSP BTSETHPORT:;'),
                   ('<', mml_report('BSC-4', '241299DSP BTSETHPORT: SN=6;',
                                    '235670946  Cabinet No. must be specified',
                                    '2026-11-23 09:00:00 DST')), size=20))


def mml_said(*said):
    return [f for n, x in enumerate(said)
            for f in talk('10.98.1.9', f'10.98.1.{n + 1}', 6000, ('<', x))]


def golden_mml__broken():
    """A modem's escape, a first line without a time, another second line: none
    is a report. One that ends before its number, one that ends behind it, and
    one whose command and code are not as they should be."""
    cut = b'+++    CUT-%d    2026-11-23 09:00:00\r\nO&M%b'
    return mml_said(b'+++    ATH\r\nOK\r\n', b'+++    NAME\r\nO&M    #1\r\n',
                    b'+++    NAME    2026-11-23 09:00:00\r\nother\r\n',
                    b'+++ ', cut % (1, b''), cut % (2, b'    #7\r\n'),
                    cut % (3, b'    #7\r\n%%LST\r\nRETCODE\r\n'))


# What is read of one datagram has an end.
def golden_mgcp__limits():
    """Sixteen messages of one datagram are read, and 64 lines of one: the
    seventeenth gateway and what stands behind are not."""
    many = '.\r\n'.join(f'RSIP {n} *@gw-{n}.example MGCP 1.0\r\n'
                        for n in range(1, 18))
    long = '200 1 OK\r\n' + 'P: PS=1\r\n' * 64 + 'PL: L:1\r\n'
    return [between(GATEWAY, AGENT, 2727, many.encode()),
            between(GATEWAY, AGENT, 2727, long.encode()),
            between(GATEWAY, AGENT, 2727,
                    long.replace('P: PS=1\r\n', '', 1).encode())]


def golden_megaco__limits():
    """Of each list 32 elements are read: a command behind so many transactions
    that are pending, or a name behind so many elements, is not; the same with
    one less is."""
    command = h248_asks(ber(0xa0, ber(0xa0, ROOT[2:])))
    pending = ber(0xa1, ber(0x80, u8(9)))
    mid = ber(0x83, b'gw-1')
    def padded_name(n):
        return ber(0x30, ber(0xa1, ber(0x80, u8(1)), *[ber(0x85, b'x')] * n,
                             ber(0xa1, mid), ber(0xa2, ber(0xa1, command))))
    return [between(MGC, MG, 2945, x) for x in (
        h248(mid, *[pending] * 32, command), h248(mid, *[pending] * 31, command),
        padded_name(31), padded_name(29))]


def golden_ecpri__limits():
    """Sixteen messages of one frame are read."""
    return ecpri_frames(b''.join(ecpri_message(64 + n, hx('0000 0000'), n < 17)
                                 for n in range(18)))

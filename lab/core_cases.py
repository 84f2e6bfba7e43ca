# SPDX-License-Identifier: ISC
"""Cases of mobile and telephone cores, in the words of tools/craft.py."""

SMF, UPF = '00:e0:fc:80:00:01', '00:d0:d0:80:00:02'
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
    more makers than are told apart."""
    def plain(data):
        return udp_frame(UPF, SMF, SMF_IP, UPF_IP, 8805, 8805, hx(data))
    return [
        plain('20050014 00000100 003c0005000a500001 002b0009 0102'),
        plain('2005000f 00000100 003c0005000a500001 8001 00'),
        plain('2005000f 00000100 800100010f 0060000400'),
        down(1, STARTED, follows=True, tail=b'\x00\x00\x00\x00'),
        plain('40050004 00000100'), plain('20630004 00000100'),
        plain('21010004 00000100'), plain('2001'),
        down(5, *[pvendor(2000 + n, b'x') for n in range(10)])]

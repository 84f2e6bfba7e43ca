# SPDX-License-Identifier: ISC
"""More cases of access networks, in the words of tools/craft.py."""

import os
from types import SimpleNamespace


def borrow(name):
    return SimpleNamespace(**words_of(os.path.join(
        os.path.dirname(os.path.abspath(__file__)), name)))


HOME, LINK, WATCH = (borrow(x + '_cases.py') for x in ('home', 'link', 'watch'))

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


# ------------------------------------- USP through a broker (TR-369 4.4, 4.5)

AGENT, CONTROLLER = 'os::00259E-4857544390000001', 'self::controller.example'
OTHER, THIRD = 'ops::0053A1-Gate-QV90', 'uuid::4c419000-0000-4000-8000-00000003'


def varint(n):
    return u8(n) if n < 128 else u8(n & 127 | 128) + varint(n >> 7)


def packet(first, body=b''):
    return u8(first) + varint(len(body)) + body


def name(text):
    return u16(len(text)) + text


def opened(version):
    properties = varint(0) if version == 5 else b''
    return (packet(0x10, name(b'MQTT') + u8(version) + hx('02 003c')
                   + properties + name(b'c90')),
            packet(0x20, hx('0000') + properties))


def wish(version):
    return packet(0x82, u16(1) + (varint(0) if version == 5 else b'')
                  + name(b'usp/agent/1') + u8(1))


def published(record, version, quality=1):
    """Of version 5 with a content type, as TR-369 wants it."""
    kind = u8(3) + name(b'usp.msg')
    return packet(0x30 | quality << 1, name(b'usp/controller/reply-to=usp%2F1')
                  + (u16(7) if quality else b'')
                  + (varint(len(kind)) + kind if version == 5 else b'')
                  + record)


def by_mqtt(n, *talk, version=5, port=1883):
    """A client's first packets and what the broker says to them."""
    asks, yes = opened(version)
    return HOME.web(('>', asks), ('<', yes), *talk, port=port,
                    client='198.51.100.%d' % n)


def golden_usp__mqtt():
    """An agent at a broker tells a controller what it is, is asked through it,
    and answers; the controller's connection to the broker, on which records of
    two agents come, one in several segments; and one of version 3.1.1."""
    first = HOME.usp(AGENT, CONTROLLER, HOME.NOTIFY)
    ask = HOME.usp(CONTROLLER, AGENT, HOME.GET)
    second = HOME.usp(OTHER, CONTROLLER, HOME.GET_RESP, HOME.pb(2, bytes(3000)))
    third = HOME.usp(THIRD, CONTROLLER, HOME.NOTIFY, version='1.2')
    acked, ping = packet(0x40, u16(7)), packet(0xc0)
    return [*by_mqtt(61, ('>', wish(5)), ('<', packet(0x90, hx('0001 00 01'))),
                     ('>', published(first, 5)), ('<', acked),
                     ('<', published(ask, 5)), ('>', acked), ('>', ping),
                     ('<', packet(0xd0)), ('>', wish(5)),
                     ('>', published(HOME.usp(AGENT, CONTROLLER, HOME.GET_RESP),
                                     5, 0)), ('>', packet(0xe0))),
            *by_mqtt(62, ('>', wish(5)), ('<', published(first, 5)),
                     ('<', published(second, 5)), ('>', published(ask, 5))),
            *by_mqtt(63, ('>', wish(4)), ('>', published(third, 4)),
                     ('<', published(HOME.usp(CONTROLLER, THIRD, HOME.GET),
                                     4, 0)), version=4)]


def frame(word, *headers, body=b'', sized=True, end='\n'):
    lines = [word, *headers]
    if body and sized:
        lines.append('content-length:%d' % len(body))
    return (end.join(lines) + 2 * end).encode() + body + b'\0'


def by_stomp(n, *talk, end='\n'):
    return HOME.web(('>', frame('STOMP', 'accept-version:1.2', end=end)),
                    ('<', frame('CONNECTED', 'version:1.2',
                                'subscribe-dest:/a/1', end=end)),
                    *talk, port=61613, client='198.51.100.%d' % n)


KIND = 'content-type:application/vnd.bbf.usp.msg'


def golden_usp__stomp():
    """The same by STOMP: an agent, with lines that keep the connection alive,
    and a controller, whose ends of lines are the longer ones."""
    first = HOME.usp(AGENT, CONTROLLER, HOME.NOTIFY)
    ask = HOME.usp(CONTROLLER, AGENT, HOME.GET)
    second = HOME.usp(OTHER, CONTROLLER, HOME.GET_RESP, HOME.pb(2, bytes(3000)))
    return [*by_stomp(71, ('>', frame('SUBSCRIBE', 'id:0', 'destination:/a/1')),
                      ('>', frame('SEND', 'destination:/c/1', KIND,
                                  'reply-to-dest:/a/1', body=first)),
                      ('<', b'\n'), ('>', b'\n\n'),
                      ('<', frame('MESSAGE', 'message-id:1', KIND, body=ask)),
                      ('>', frame('DISCONNECT', 'receipt:9')),
                      ('<', frame('RECEIPT', 'receipt-id:9'))),
            *by_stomp(72, ('<', frame('MESSAGE', KIND, body=second,
                                      end='\r\n')),
                      ('<', frame('MESSAGE', KIND, body=first, end='\r\n')),
                      ('>', frame('SEND', KIND, body=ask, end='\r\n')),
                      end='\r\n')]


def golden_usp__brokers():
    """What is nobody's of USP: another's message by MQTT, packets that are
    none, a publication that breaks off; another's by STOMP, without a length,
    an unknown word, a body longer than it says; then a record by each."""
    good = HOME.usp(AGENT, CONTROLLER, HOME.NOTIFY)
    return [*by_mqtt(81, ('>', published(b'{"temperature":20}', 5)),
                     ('>', published(good, 5))),
            *by_mqtt(82, ('>', hx('3f 02 0000')), ('>', published(good, 5))),
            *by_mqtt(83, ('>', published(good, 5)[:-9])),
            *HOME.web(('>', published(good, 4)), port=1883,
                      client='198.51.100.84'),
            *by_stomp(85, ('>', frame('SEND', 'destination:/q', body=b'hello',
                                      sized=False)), ('>', frame('SEND', KIND,
                                                                 body=good))),
            *by_stomp(86, ('>', frame('HELLO'))),
            *by_stomp(87, ('>', frame('SEND', 'content-length:4', KIND,
                                      body=good, sized=False))),
            *by_mqtt(88, ('>', published(good, 5))),
            *by_stomp(89, ('>', frame('SEND', KIND, body=good)))]


# ---------------------------------- names of routers (RFC 7854 4.10), of clocks

def fqdn(host, domain=b''):
    return tlv(73, u8(len(host)) + host + u8(len(domain)) + domain, 1, 1)


def golden_bmp__names():
    """The OPEN messages that a station is shown name their speakers, as the
    operator did: with a domain, without; the peer's name longer than its
    capability; inside a VPN, where nothing is said of the peer."""
    own = WATCH.bopen(64500, '10.93.1.1', fqdn(b'HUAWEI-PE1', b'example.net'))
    peers = ((b'ZTE-RR1', b'example.org', 0), (b'pe-3', b'', 0),
             (b'pe-4', b'example.com', 0), (b'customer', b'example', 1))
    frames = [WATCH.peer_up(WATCH.bpeer('192.0.2.%d' % n, 64500 + n,
                                        '192.0.2.10%d' % n, kind), own,
                            WATCH.bopen(64500 + n, '192.0.2.10%d' % n,
                                        fqdn(host, domain)))
              for n, (host, domain, kind) in enumerate(peers, 1)]
    broken = WATCH.bopen(64505, '192.0.2.105', tlv(73, hx('09 70 65'), 1, 1))
    return WATCH.monitored(*frames, WATCH.peer_up(WATCH.bpeer(
        '192.0.2.5', 64505, '192.0.2.105'), own, broken))


def golden_esmc__chain():
    """What the flags of the extended element say of the chain behind a sender:
    all of one kind and counted; of two kinds; not all counted."""
    def sent(mac, flags, enhanced, others):
        body = hx('0a 0019a7 0001 10 000000') + tlv(1, u8(2), 1, 2, 3)
        body += tlv(2, hx('20 024c41fffe900001') + u8(flags) + u8(enhanced)
                    + u8(others) + bytes(5), 1, 2, 3)
        return ethernet('01:80:c2:00:00:02', mac, 0x8809, body)
    return [sent(LINK.HUAWEI, 0, 2, 0), sent(LINK.NOKIA, 1, 2, 1),
            sent(LINK.ZTE2, 3, 1, 4)]

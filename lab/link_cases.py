# SPDX-License-Identifier: ISC
"""Cases of the link layer, in the words of tools/craft.py."""

HUAWEI, HUAWEI2 = '00:e0:fc:40:00:01', '28:6e:d4:40:00:02'
ZTE, ZTE2 = '00:d0:d0:40:00:03', '44:f4:36:40:00:04'
CISCO, JUNIPER = '00:17:5a:40:00:05', '00:05:85:40:00:06'
NOKIA, H3C = '00:d0:f6:40:00:07', '00:0f:e2:40:00:08'
TPLINK = '00:0a:eb:40:00:09'
ALL = 'ff:ff:ff:ff:ff:ff'


# EUI-64 (RFC 4291 appendix A): behind a router only the address tells.
def heard_far(*sources):
    return [udp_frame('02:4c:41:40:00:fa', CISCO, s, '2001:db8:ff::1', 514,
                      514, b'<13>up', 61) for s in sources]


def golden_eui64__makers():
    """Three interface identifiers made from MAC addresses of three makers,
    heard behind a router whose own MAC is a fourth's."""
    return heard_far('2001:db8:1::2e0:fcff:fe40:1',
                     '2001:db8:2::2d0:d0ff:fe40:3',
                     '2001:db8:3::205:85ff:fe40:6')


def golden_eui64__local():
    """A MAC address with its local bit: the identifier has a zero there. It
    names no maker."""
    return heard_far('2001:db8:4::4c:41ff:fe40:a')


def golden_eui64__none():
    """What is no EUI-64: ff:fe elsewhere, a short address of a sensor
    network, a random identifier, a group address in its place (a sender has
    none). One that is, behind them."""
    return heard_far('2001:db8:5::fffe:1', '2001:db8:5::ff:fe00:1',
                     '2001:db8:5::3c1a:9d77:21b0:44e5',
                     '2001:db8:5:0:3e0:fcff:fe40:1',
                     '2001:db8:5::46f4:36ff:fe40:4')


# MNDP: header and sequence, then type and length of two octets each.
def mndp(mac, src, *elements, dst='255.255.255.255'):
    body = u16(0) + u16(7) + tlv(1, hx(mac), 2)
    for kind, value in elements:
        body += tlv(kind, value, 2)
    return udp_frame(ALL, mac, src, dst, 5678, 5678, body)


def golden_mndp__router():
    """Identity, version, platform, software id, board, addresses."""
    mac = '4c:5e:0c:41:00:01'
    return [mndp(mac, '10.41.1.1', (5, b'MT-EDGE-1'),
                 (7, b'6.49.10 (long-term)'), (8, b'MikroTik'),
                 (10, hx('10 0e 00 00')), (11, b'AB12-CD34'),
                 (12, b'RB4011iGS+'), (14, b'\x00'), (15, ip('fe80::1')),
                 (16, b'ether1'), (17, ip('10.41.1.1')))]


def golden_mndp__wireless():
    """Another board and version; a request in front of it, which says
    nothing of who asks."""
    mac = 'e4:8d:8c:41:00:02'
    return [udp_frame(ALL, '02:4c:41:41:00:fa', '10.41.2.250',
                      '255.255.255.255', 5678, 5678, bytes(4)),
            mndp(mac, '10.41.2.1', (5, b'AP-TOWER'), (7, b'7.11.2 (stable)'),
                 (8, b'MikroTik'), (11, b'EF56-GH78'), (12, b'RBLHG-5nD'),
                 (16, b'bridge1/wlan1'))]


def golden_mndp__other():
    """The platform text is another's: a machine that is not the board's
    maker speaks the protocol too. An element of a type without a name."""
    return [mndp('00:17:5a:41:00:03', '10.41.3.1', (5, b'lab-x86'),
                 (7, b'7.15 (stable)'), (8, b'CHR test'), (12, b'x86'),
                 (99, b'new'))]


# UBDP: version, command, length; type of one octet, length of two.
def ubdp(mac, src, head, *elements):
    body = b''.join(tlv(k, v) for k, v in elements)
    return udp_frame(ALL, mac, src, '255.255.255.255', 10001, 10001,
                     hx(head) + u16(len(body)) + body)


def golden_ubdp__radio():
    """Version 1: interface with its address, firmware, host name, product,
    network name, model; uptime is not kept."""
    mac = '24:a4:3c:42:00:01'
    return [ubdp(mac, '10.42.1.1', '01 00', (1, hx(mac)),
                 (2, hx(mac) + ip('10.42.1.1')),
                 (3, b'XW.ar934x.v6.3.6.33330.210505'),
                 (10, u32(3600)), (11, b'ptp-north'), (12, b'LBE-5AC'),
                 (13, b'backhaul-north'), (16, hx('e7 f9')),
                 (20, b'LiteBeam 5AC'))]


def golden_ubdp__gateway():
    """Version 2, announcing: model and firmware in their newer types."""
    mac = '78:8a:20:42:00:02'
    return [ubdp(mac, '10.42.2.1', '02 06', (2, hx(mac) + ip('10.42.2.1')),
                 (1, hx(mac)), (10, u32(60)), (11, b'usg-lab'),
                 (19, hx(mac)), (21, b'UGW3'), (22, b'4.4.57.5578372'),
                 (27, b'UGW3.v4.4.57'))]


def golden_ubdp__person():
    """The name of who is logged in stands in it: dropped and counted. A
    second message whose length ends within an element."""
    mac = '24:a4:3c:42:00:03'
    one = ubdp(mac, '10.42.3.1', '01 00', (1, hx(mac)), (6, b'jane'),
               (3, b'XM.ar7240.v5.6.15'), (11, b'cpe-3'), (12, b'N5N'))
    cut = udp_frame(ALL, mac, '10.42.3.1', '255.255.255.255', 10001, 10001,
                    hx('01 00 000c') + tlv(1, hx(mac)) + hx('0b 00 ff') + b'c')
    return [one, cut]


# LAD: twenty octets of flag; the rest is not documented.
LAD_FLAG = padded(b'Huawei Link Search', 20)
LAD_SUB = hx('ffff ffff 00 00')


def golden_lad__link():
    """Behind ethertype 0000, a request and the answer of the other end; what
    follows the flag is filler."""
    return [ethernet(ALL, HUAWEI, 0, LAD_FLAG + hx('0102 0000')),
            ethernet(ALL, HUAWEI2, 0, LAD_FLAG + hx('0102 0000'))]


def golden_lad__subinterface():
    """On a subinterface: a VLAN tag and an ARP header of nothing before the
    flag."""
    return [ethernet(ALL, HUAWEI, 0x0806, LAD_SUB + LAD_FLAG + hx('0102'),
                     tags=[101])]


def golden_lad__not_it():
    """Ethertype 0000 with another text, the name cut short, and an ARP
    header of nothing with another text behind: not this protocol. One that
    is, behind them, without a word after the flag."""
    return [ethernet(ALL, ZTE, 0, b'Some Link Search'),
            ethernet(ALL, ZTE, 0, b'Huawei Link'),
            ethernet(ALL, ZTE, 0x0806, LAD_SUB + b'Link Search Huawei'),
            ethernet(ALL, HUAWEI2, 0x0806, LAD_SUB + LAD_FLAG)]


# Cluster management: no layout is public; texts among other octets.
def cluster(mac, *texts):
    body = hx('01 02 00b4 0000')
    for n, text in enumerate(texts, 1):
        body += tlv(n, text, 2)
    return ethernet('01:80:c2:00:00:0a', mac, 0x88a7, body)


def golden_ndp_huawei__quidway():
    """The payload has no public layout: the texts that the manuals say are
    in it, between octets that no text has."""
    return [cluster(HUAWEI, b'SW-ACCESS-1', b'Ethernet0/24',
                    b'Versatile Routing Platform Software\r\n'
                    b'VRP Software, Version 3.10, Release 0024',
                    b'Quidway S3026', b'BootROM 256')]


def golden_ndp_huawei__h3c():
    """The same ethertype from another maker, with its own texts: the
    protocol names nobody by itself."""
    return [cluster(H3C, b'H3C-ACCESS', b'GigabitEthernet1/0/1',
                    b'H3C Comware Platform Software, Version 5.20',
                    b'S5120-28P-SI', b'BootROM 605')]


def golden_ndp_huawei__other():
    """A third maker's, and a message with no text long enough to keep."""
    return [cluster(TPLINK, b'T2500-28TC', b'port 1/0/3', b'1.0.0 Build 2014'),
            cluster(TPLINK, b'abc', b'\x00\x01\x02')]


# IEEE 802.3 57.4.3.1 and 57.5.2: the OAM agents of both ends.
def agent(kind, oui, vendor):
    # version 1, revision 0, state, configuration, largest PDU 1518
    return tlv(kind, hx('01 0000 00 15 05ee') + hx(oui) + hx(vendor), 1, 1, 2)


def oam(mac, code, body):
    return ethernet('01:80:c2:00:00:02', mac, 0x8809,
                    hx('03 0050') + u8(code) + body)


def golden_oam__both_ends():
    """Information of either end: each tells its own agent and repeats the
    other's."""
    return [oam(HUAWEI, 0, agent(1, '00e0fc', '01020304')
                + agent(2, '00d0d0', '01020304')),
            oam(ZTE, 0, agent(1, '00d0d0', '01020304')
                + agent(2, '00e0fc', '01020304'))]


def golden_oam__first():
    """Information before the other end was heard, of a third maker's
    agent, and of one whose OUI is not that of its MAC."""
    return [oam(CISCO, 0, agent(1, '00000c', '00000001')),
            oam(JUNIPER, 0, agent(1, '000a5e', '0000002a'))]


def golden_oam__private():
    """A private element in information, a private message, and an event
    notification, which names nobody."""
    return [oam(NOKIA, 0, agent(1, '00d0f6', '00000003')
                + tlv(0xfe, hx('00d0f6 01'), 1, 1, 2)),
            oam(ZTE2, 0xfe, hx('111111 00 01')),
            oam(HUAWEI2, 1, hx('0001 00'))]


# ITU-T G.8264 clause 11.3: an organization's own slow protocol.
def esmc(mac, ssm, clock=None, event=False):
    body = hx('0a 0019a7 0001') + u8(0x18 if event else 0x10) + bytes(3)
    body += tlv(1, u8(ssm), 1, 2, 3)
    if clock:
        # enhanced code, clock, flags, cascaded eEECs and EECs, reserved
        body += tlv(2, hx('ff') + hx(clock) + hx('00 01 00') + bytes(5),
                    1, 2, 3)
    return ethernet('01:80:c2:00:00:02', mac, 0x8809, body)


def golden_esmc__plain():
    """Quality level alone: primary reference, supply unit A, do not use."""
    return [esmc(HUAWEI, 0x2), esmc(ZTE, 0x4), esmc(CISCO, 0xf)]


def golden_esmc__extended():
    """The extended element names the clock that the chain begins with:
    another box than the sender."""
    return [esmc(HUAWEI, 0x2, '00b0aefffe400001'),
            esmc(NOKIA, 0x4, '00e0fcfffe400001')]


def golden_esmc__event():
    """An event message, when the level changes; then one whose element says
    that it is shorter than its own head."""
    return [esmc(ZTE2, 0xb, '44f436fffe400004', event=True),
            ethernet('01:80:c2:00:00:02', ZTE2, 0x8809,
                     hx('0a 0019a7 0001 10 000000 01 0001 02'))]


# IEEE 802.1Q 21.4 to 21.6: continuity checks and who sends them.
UDP4 = hx('2b 06 01 02 01 64 01 01')  # RFC 3419 transportDomainUdpIpv4
UDP6 = hx('2b 06 01 02 01 64 01 02')


def sender(subtype, chassis, domain=b'', address=b''):
    body = u8(len(chassis))
    if chassis:
        body += u8(subtype) + chassis
    if domain:
        body += u8(len(domain)) + domain + u8(len(address)) + address
    return tlv(1, body)


def ccm(mac, level, mep, maid, *elements):
    fixed = padded(u32(9) + u16(mep) + padded(maid, 48), 70)
    body = u8(level << 5) + u8(1) + u8(4) + u8(70) + fixed
    return ethernet(f'01:80:c2:00:00:3{level}', mac, 0x8902,
                    body + b''.join(elements) + b'\0')


def named(md, ma, md_format=4, ma_format=2):
    return (u8(md_format) + u8(len(md)) + md + u8(ma_format) + u8(len(ma))
            + ma)


def golden_cfm__sender_mac():
    """Continuity checks with the sender's chassis as a MAC address, and its
    management address over UDP."""
    return [ccm(HUAWEI, 5, 101, named(b'metro-north', b'ring-7'),
                sender(4, hx(HUAWEI), UDP4, ip('10.43.1.1') + u16(161))),
            ccm(ZTE, 5, 102, named(b'metro-north', b'ring-7'),
                tlv(2, b'\x02'), sender(4, hx(ZTE)))]


def golden_cfm__sender_text():
    """A chassis that is text, one that is an interface's name, and an IPv6
    management address without a chassis."""
    return [ccm(CISCO, 4, 1, named(b'core', b'vlan-100'),
                sender(7, b'ME3400E-1')),
            ccm(JUNIPER, 4, 2, named(b'core', b'vlan-100'),
                sender(6, b'ge-0/0/1')),
            ccm(NOKIA, 4, 8191, named(b'edge.example', b'vlan-200', 2),
                sender(0, b'', UDP6, ip('2001:db8:43::7') + u16(161)))]


def golden_cfm__names():
    """No domain and the ITU carrier code of G.8013; a domain that is a MAC
    address and a number; an association that is a VLAN's number."""
    return [ccm(HUAWEI2, 7, 11, hx('01') + u8(32) + u8(13)
                + padded(b'ICC1UMC000001', 13)),
            ccm(ZTE2, 6, 12, named(hx(ZTE2) + u16(1), u16(100), 3, 1))]


def golden_cfm__private():
    """Private messages and a private element carry the OUI of who made them
    up; a request without a maker stands between."""
    def message(mac, opcode, body):
        return ethernet('01:80:c2:00:00:33', mac, 0x8902,
                        hx('60') + u8(opcode) + b'\0' + u8(len(body)) + body
                        + b'\0')
    return [message(HUAWEI, 51, hx('00e0fc 01')),
            message(CISCO, 3, u32(1)),
            message(ZTE, 50, hx('00d0d0 02')),
            ccm(NOKIA, 3, 5, named(b'm', b'a'), tlv(31, hx('00d0f6 07 00')))]


# VRRP (RFC 9568 5.2, RFC 3768 5.1): from the virtual router's MAC address.
def vrrp(group, src, version, priority, timer, *addresses, tail=b''):
    v6 = ':' in src
    body = (u8(version << 4 | 1) + u8(group) + u8(priority)
            + u8(len(addresses)) + u16(timer) + u16(0)
            + b''.join(map(ip, addresses)))
    to = ('33:33:00:00:00:12', 'ff02::12') if v6 else \
        ('01:00:5e:00:00:12', '224.0.0.18')
    over = ip(src) + ip(to[1]) + u32(len(body)) + u32(112) \
        if version == 3 else b''
    body = body[:6] + u16(checksum(over + body + tail)) + body[8:] + tail
    return ip_frame(to[0], f'00:00:5e:00:0{2 if v6 else 1}:{group:02x}', src,
                    to[1], 112, body, 255)


def golden_vrrp__versions():
    """Version 2 with one address and a password, version 3 with two, and
    version 3 over IPv6: three routers, three groups. Each comes from the
    virtual router's MAC address, and the router's own IP address."""
    return [vrrp(10, '10.45.1.2', 2, 100, 0x0101, '10.45.1.1',
                 tail=b'swordfis'),
            vrrp(11, '10.45.2.2', 3, 255, 100, '10.45.2.2', '10.45.2.1'),
            vrrp(12, 'fe80::45:2', 3, 200, 100, 'fe80::45:1')]


def golden_vrrp__broken():
    """Fewer addresses than are announced; a type that nobody defined; version
    2 over IPv6; CARP, which has the same number and first octet (layout of
    OpenBSD's ip_carp.h) and is not read as seven addresses; a group that is
    given up (priority 0)."""
    short = vrrp(13, '10.45.3.2', 3, 100, 100, '10.45.3.1')
    carp = hx('21 0a 00 07 00 01 0000') + bytes(8) + bytes(range(20))
    other = vrrp(14, '10.45.4.2', 3, 100, 100, '10.45.4.1')
    return [short[:37] + u8(9) + short[38:],
            other[:34] + u8(0x32) + other[35:],
            vrrp(15, 'fe80::45:5', 2, 100, 1, 'fe80::45:1', tail=bytes(8)),
            ip_frame('01:00:5e:00:00:12', '00:00:5e:00:01:0a', '10.45.7.2',
                     '224.0.0.18', 112, carp, 255),
            vrrp(16, '10.45.6.2', 3, 0, 100, '10.45.6.1')]


# HSRP: version 1 is RFC 2281 5.2; version 2 as Wireshark reads it.
def hsrp1(mac, src, state, priority, group, address, opcode=0):
    body = (u8(0) + u8(opcode) + u8(state) + u8(3) + u8(10) + u8(priority)
            + u8(group) + u8(0) + padded(b'cisco', 8) + ip(address))
    return udp_frame('01:00:5e:00:00:02', mac, src, '224.0.0.2', 1985, 1985,
                     body, 1)


def hsrp2(mac, src, state, group, identifier, priority, address):
    v6 = ':' in src
    body = tlv(1, u8(2) + u8(0) + u8(state) + u8(6 if v6 else 4) + u16(group)
               + hx(identifier) + u32(priority) + u32(3000) + u32(10000)
               + padded(ip(address), 16), 1, 1)
    body += tlv(3, padded(b'swordfis', 8), 1, 1)
    if v6:
        return udp_frame('33:33:00:00:00:66', mac, src, 'ff02::66', 2029, 2029,
                         body, 255)
    return udp_frame('01:00:5e:00:00:66', mac, src, '224.0.0.102', 1985, 1985,
                     body, 1)


def golden_hsrp__versions():
    """Version 1 from the router that answers, which sends from the virtual
    MAC address, and from the one that waits, which sends from its own; version
    2 over IPv4 and IPv6."""
    return [hsrp1('00:00:0c:07:ac:0a', '10.46.1.2', 16, 110, 10, '10.46.1.1'),
            hsrp1(JUNIPER, '10.46.1.3', 8, 100, 10, '10.46.1.1'),
            hsrp2('00:00:0c:9f:f0:64', '10.46.2.2', 6, 100, CISCO, 110,
                  '10.46.2.1'),
            hsrp2('00:05:73:a0:00:c8', 'fe80::46:2', 6, 200, CISCO, 100,
                  'fe80::46:1')]


def golden_hsrp__virtual():
    """Only virtual addresses: version 1, version 2 and IPv6, and a gratuitous
    reply for a GLBP forwarder beside them. None may name a maker."""
    glbp = '00:07:b4:00:0a:01'
    return [hsrp1('00:00:0c:07:ac:0a', '10.46.1.2', 16, 110, 10, '10.46.1.1'),
            hsrp2('00:00:0c:9f:f0:64', '10.46.2.2', 6, 100,
                  '02:4c:41:46:00:01', 110, '10.46.2.1'),
            hsrp2('00:05:73:a0:00:c8', 'fe80::46:2', 6, 200,
                  '02:4c:41:46:00:01', 100, 'fe80::46:1'),
            ethernet(ALL, glbp, 0x0806, hx('0001 0800 06 04 0002', glbp)
                     + ip('10.46.4.1') + hx(ALL) + ip('10.46.4.1'))]


def golden_hsrp__broken():
    """An element longer than what is left; an advertisement of interfaces and
    another protocol on the port, which are not read; a router that gives up."""
    two = hsrp2('00:00:0c:9f:f0:65', '10.46.3.2', 6, 101, CISCO, 90,
                '10.46.3.1')
    return [two[:43] + u8(200) + two[44:],
            hsrp1(CISCO, '10.46.3.3', 0, 0, 0, '0.0.0.0', 3),
            udp_frame(ALL, CISCO, '10.46.3.4', '10.46.3.255', 1985, 1985,
                      b'hello'),
            hsrp1('00:00:0c:07:ac:0b', '10.46.3.5', 16, 0, 11, '10.46.3.1',
                  2)]

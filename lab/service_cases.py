# SPDX-License-Identifier: ISC
"""Cases of services, in the words of tools/craft.py."""

CAMERA, PRINTER = '44:19:b6:70:00:01', '00:17:5a:70:00:02'
RECORDER, ASKER = 'e0:50:8b:70:00:03', '02:4c:41:70:00:fa'
GROUP = '239.255.255.250'


def wsd(mac, source, port, action, body):
    """WS-Discovery 1.1: SOAP 1.2 in a datagram to the group."""
    text = ('<?xml version="1.0" encoding="UTF-8"?>'
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">'
            '<s:Header/><s:Body>' + body + '</s:Body></s:Envelope>')
    return udp_frame('01:00:5e:7f:ff:fa', mac, source, GROUP, port, 3702,
                     text.encode(), 1)


def matches(types, scopes):
    return ('<d:ProbeMatches><d:ProbeMatch><d:Types>' + types
            + '</d:Types>\n<d:Scopes>' + scopes
            + '</d:Scopes></d:ProbeMatch></d:ProbeMatches>')


def golden_wsd__camera():
    """A search, which names nobody, and the answer of a camera with its
    hardware and name as ONVIF wants them among the scopes."""
    return [wsd(ASKER, '10.70.0.250', 50001, 'Probe',
                '<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types>'
                '</d:Probe>'),
            wsd(CAMERA, '10.70.0.1', 3702, 'ProbeMatches', matches(
                'dn:NetworkVideoTransmitter',
                ' onvif://www.onvif.org/type/video_encoder\n'
                'onvif://www.onvif.org/hardware/QV-1200\n'
                'onvif://www.onvif.org/name/QUILLVIEW '))]


def golden_wsd__hello():
    """A recorder and a printer announce themselves; other prefixes, and tags
    with attributes."""
    return [wsd(RECORDER, '10.70.0.3', 3702, 'Hello',
                '<wsd:Hello><wsd:Types xmlns:n="urn:n">n:Recorder</wsd:Types>'
                '<wsd:Scopes>onvif://www.onvif.org/hardware/NR-16'
                '</wsd:Scopes></wsd:Hello>'),
            wsd(PRINTER, '10.70.0.2', 3702, 'Hello',
                '<Hello><Types>wprt:PrintDeviceType</Types><Scopes/>'
                '</Hello>')]


def golden_wsd__proxy():
    """A discovery proxy answers for two devices that stand elsewhere, and for
    itself: the addresses in an answer say whose it is."""
    def match(name, xaddrs):
        return ('<d:ProbeMatch><d:Types>dn:NetworkVideoTransmitter</d:Types>'
                '<d:Scopes>onvif://www.onvif.org/hardware/' + name
                + '</d:Scopes><d:XAddrs>' + xaddrs
                + '</d:XAddrs></d:ProbeMatch>')
    return [wsd(RECORDER, '10.70.0.3', 3702, 'ProbeMatches',
                '<d:ProbeMatches>'
                + match('QV-1200', 'http://10.70.0.1:80/onvif/device_service')
                + match('QV-1300', 'https://10.70.0.4/ '
                        'http://[fe80::4619:b6ff:fe70:4%25eth0]/')
                + match('NR-16', 'http://[fe80::1]/ http://10.70.0.3/onvif')
                + match('NR-17', 'http://recorder.example/onvif')
                + '</d:ProbeMatches>')]


def golden_wsd__comment():
    """What stands in a comment, in a CDATA section or in an attribute is no
    tag; a text that a comment cuts is not taken."""
    scopes = '<d:Scopes>onvif://www.onvif.org/hardware/NO</d:Scopes>'
    return [wsd(CAMERA, '10.70.0.1', 3702, 'Hello',
                '<!-- <d:Hello> -->' + scopes + '<!-- </d:Hello> -->'),
            wsd(CAMERA, '10.70.0.1', 3702, 'Hello',
                '<![CDATA[<d:Hello>]]>' + scopes),
            wsd(CAMERA, '10.70.0.1', 3702, 'Hello',
                '<d:Probe x="<d:Hello>">' + scopes + '</d:Probe>'),
            wsd(CAMERA, '10.70.0.1', 3702, 'Hello',
                '<d:Hello x=">"><d:Types>a:Yes</d:Types><d:Scopes>no<!-- '
                '--></d:Scopes></d:Hello>')]


def golden_wsd__many():
    """More answers in one datagram than statements are kept: what did not fit
    is nobody's, least of all the last one's that did."""
    return [wsd(RECORDER, '10.70.0.3', 3702, 'ProbeMatches', ''.join(
        f'<d:ProbeMatch><d:Types>n:T{i}</d:Types><d:XAddrs>http://10.70.1.{i}/'
        '</d:XAddrs></d:ProbeMatch>' for i in range(1, 35)))]


def golden_wsd__broken():
    """What is none: a tag without an end, an element without one, and a
    datagram that is no SOAP."""
    return [wsd(CAMERA, '10.70.0.1', 3702, 'Hello', '<d:Hello><d:Types'),
            wsd(CAMERA, '10.70.0.1', 3702, 'Hello',
                '<d:Hello><d:Scopes>onvif://www.onvif.org/name/X'),
            udp_frame('01:00:5e:7f:ff:fa', CAMERA, '10.70.0.1', GROUP, 3702,
                      3702, b'hello', 1)]


ROUTER, PLAYER = '00:17:5a:71:00:01', '44:19:b6:71:00:02'


def name(text):
    """A DNS name; an instance, which may hold dots, ends at the first "._"."""
    head, _, rest = text.partition('._')
    labels = ([head] + ('_' + rest).split('.')) if rest else text.split('.')
    return b''.join(u8(len(x)) + x.encode() for x in labels) + u8(0)


def rr(owner, kind, data):
    return name(owner) + u16(kind) + u16(0x8001) + u32(120) + u16(
        len(data)) + data


def a(owner, address):
    return rr(owner, 1, ip(address))


def aaaa(owner, address):
    return rr(owner, 28, ip(address))


def srv(owner, host, port=80):
    return rr(owner, 33, u16(0) + u16(0) + u16(port) + name(host))


def txt(owner, *strings):
    return rr(owner, 16, b''.join(u8(len(x)) + x.encode() for x in strings))


def mdns(mac, source, *records):
    """RFC 6762 18: a response, its records as answers."""
    six = ':' in source
    return udp_frame('33:33:00:00:00:fb' if six else '01:00:5e:00:00:fb', mac,
                     source, 'ff02::fb' if six else '224.0.0.251', 5353, 5353,
                     u16(0) + u16(0x8400) + u16(0) + u16(len(records)) + u16(0)
                     + u16(0) + b''.join(records), 255)


def golden_mdns__services():
    """A key is a model only under the service that defines it: a player's
    metadata formats, an unknown service's "model" and a printer's "md" are
    none. Names are compared whatever their case."""
    host = 'Player.local'
    def both(instance, *strings):
        return [txt(instance, *strings), srv(instance, host)]
    return [mdns(PLAYER, '10.71.0.2',
                 *both('02AB@Den._raop._tcp.local', 'md=0,1,2', 'am=PL-20'),
                 *both('Den._googlecast._tcp.local', 'md=PL-20 Cast',
                       'ty=none'),
                 *both('Den._other._tcp.local', 'model=none', 'md=none'),
                 *both('P._ipp._tcp.local', 'md=none', 'ty=QX 100',
                       'usb_MFG=QUILLVIEW', 'usb_MDL=QX100'),
                 *both('x._ipp._tcp.local.example', 'ty=none'),
                 a('player.LOCAL', '10.71.0.2'))]


def golden_mdns__reflector():
    """A router that reflects what boxes of another network said: two hosts in
    one message, one host with another address, a model without any address; and
    its own."""
    return [mdns(ROUTER, '10.71.0.1',
                 txt('Den._airplay._tcp.local', 'model=PL-20',
                     'manufacturer=QUILLVIEW'),
                 srv('Den._airplay._tcp.local', 'player.local'),
                 a('player.local', '192.168.9.2'),
                 aaaa('player.local', 'fe80::2'),
                 txt('Cam._hap._tcp.local', 'md=QV-1200'),
                 srv('Cam._hap._tcp.local', 'camera.local'),
                 a('camera.local', '192.168.9.3'),
                 txt('Who._device-info._tcp.local', 'model=Who1,1')),
            mdns(ROUTER, '10.71.0.1',
                 txt('Cam._hap._tcp.local', 'md=QV-1200'),
                 srv('Cam._hap._tcp.local', 'camera.local'),
                 txt('No._hap._tcp.local', 'md=QV-1300'),
                 srv('No._hap._tcp.local', 'nobody.local'),
                 a('camera.local', '192.168.9.3')),
            mdns(ROUTER, '10.71.0.1',
                 txt('Den._device-info._tcp.local', 'model=PL20,1')),
            mdns(ROUTER, '10.71.0.1',
                 txt('R._device-info._tcp.local', 'model=Router1,1'),
                 a('router.local', '10.71.0.1'),
                 a('admin.local', '10.71.0.1'),
                 aaaa('router.local', 'fe80::1')),
            mdns(ROUTER, '10.71.0.1',
                 txt('R._device-info._tcp.local', 'model=Unsure1,1'),
                 a('router.local', '10.71.0.1'),
                 a('player.local', '192.168.9.2')),
            mdns(ROUTER, 'fe80::1',
                 txt('R._airplay._tcp.local', 'model=Router1,1'),
                 srv('R._airplay._tcp.local', 'router.local'),
                 aaaa('router.local', 'fe80::1'))]


def golden_mdns__print_server():
    """A computer that gives a printer's queue away, as CUPS announces it: the
    model is the printer's, which is another box."""
    queue = 'Office._ipp._tcp.local'
    return [mdns(PRINTER, '10.71.0.4',
                 txt(queue, 'rp=printers/office', 'ty=QX 100',
                     'usb_MFG=QUILLVIEW', 'printer-type=0x801046'),
                 srv(queue, 'office-pc.local', 631),
                 a('office-pc.local', '10.71.0.4'))]


def syslog(source, text):
    return udp_frame('02:4c:41:72:00:fa', ROUTER, source, '10.72.0.250', 514,
                     514, text.encode(), 62)


def golden_syslog__relayed():
    """A collector sends on what others wrote: by name, by address, in both
    forms, and around a message that had a head of its own. What has the
    sender's address as its name, or no name, is its own."""
    tag = '%%01SHELL/5/LOGIN(l)[3]:VTY login.'
    ios = '45: *Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console'
    return [syslog('10.72.0.9', text) for text in (
        '<189>Nov 23 2026 09:00:00 NE40E-1 ' + tag,
        '<189>2026-11-23 09:00:00 HUAWEI ' + tag,
        '<189>Nov 23 09:00:00 10.72.0.1 ' + tag,
        '<189>Nov 23 09:00:00 2001:db8::1 ' + tag,
        '<189>Nov 23 09:00:00 10.72.0.2 ' + ios,
        '<189>Nov  3 09:00:00 edge-3 ' + ios,
        '<189>2026-11-23T09:00:00+00:00 3com-sw1 ' + ios,
        '<189>1 2026-11-23T09:00:00Z NE40E-1 VRP - - [a@2011 b="c"] ' + tag,
        '<189>1 2026-11-23T09:00:00Z 10.72.0.1 VRP - - - ' + tag,
        '<189>Nov 23 09:00:00 10.72.0.9 ' + tag,
        '<189>' + ios,
        '<189>Nov 23 09:00:00: %SYS-5-RESTART: System restarted',
        '<189>1 2026-11-23T09:00:00Z - VRP - - [a@2011 b="c"] ' + tag,
        '<189>Nov 23 09:00:00 2026 10.72.0.9 sshd[1]: Accepted')]


def discover(mac, *options):
    """RFC 2131 2: a DHCPDISCOVER, behind its message type these options."""
    head = (hx('01010600') + u32(0x3903f326) + u32(0) + bytes(16)
            + padded(hx(mac), 16) + bytes(192) + hx('63825363'))
    body = b''.join(tlv(kind, v, 1, 1) for kind, v in ((53, u8(1)), *options))
    return udp_frame('ff:ff:ff:ff:ff:ff', mac, '0.0.0.0', '255.255.255.255',
                     68, 67, head + body + u8(255))


def golden_dhcp__vi_class():
    """Option 124 as RFC 3925 lays it out: an enterprise number, a length, and
    in it items with a length each; two enterprises; one item without its own
    length, as some clients write it, of which only the number is read; an item
    that its list cuts."""
    def of(pen, *items):
        inside = b''.join(u8(len(x)) + x for x in items)
        return u32(pen) + u8(len(inside)) + inside
    flat = u32(2011) + u8(6) + b'HG8245'
    cut = u32(3902) + u8(7) + u8(2) + b'F6' + u8(9) + b'60x'
    return [discover('00:e0:fc:73:00:01', (124, x)) for x in (
        of(2011, b'HG8245', b'V3R17'),
        of(2011, b'HG8245') + of(3561, b'dslforum.org'),
        flat, cut)]


def access_request(*attributes):
    """RFC 2865 3: an Access-Request with these attributes."""
    body = b''.join(tlv(kind, v, 1, 1, 2) for kind, v in attributes)
    return udp_frame('02:4c:41:74:00:fa', '00:d0:f6:74:00:01', '10.74.0.1',
                     '10.74.0.250', 40000, 1812, u8(1) + u8(7)
                     + u16(20 + len(body)) + bytes(range(16)) + body)


def golden_radius__odd_vendors():
    """Vendors that write their attributes in another form: 637 and 4846 with
    types of two octets, 8164 with lengths of two; then one of 637 that is
    broken, and one of 2011 in the form of 637, which is none there."""
    name = (32, b'isam-7')
    wide = tlv(0x0101, b'slot-3', 2, 1, 3) + tlv(0x0102, b'x', 2, 1, 3)
    return [access_request(name, (26, u32(pen) + inside)) for pen, inside in (
        (637, wide), (4846, wide), (8164, tlv(2, b'ctx', 2, 2, 4)),
        (637, wide[:-1]), (2011, wide))]

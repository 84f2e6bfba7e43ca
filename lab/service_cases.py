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

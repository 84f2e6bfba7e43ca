# SPDX-License-Identifier: ISC
"""Cases of customers' boxes and of who manages them, in the words of
tools/craft.py."""
import gzip
import zlib

CPE, ACS = '02:4c:41:a0:00:01', '02:4c:41:a0:00:02'
CPE_IP, ACS_IP = '198.51.100.7', '192.0.2.7'


# -------------------------------------------------------------- HTTP (RFC 9112)

def message(start, body, *lines, packed=None, chunked=False):
    body = body.encode() if isinstance(body, str) else body
    lines = list(lines)
    if packed:
        lines.append(f'Content-Encoding: {packed}')
        bare = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = (gzip.compress(body, mtime=0) if packed == 'gzip'
                else bare.compress(body) + bare.flush())
    if chunked:
        lines.append('Transfer-Encoding: chunked')
        cut = [body[n:n + 300] for n in range(0, len(body), 300)] + [b'']
        body = b''.join(b'%x\r\n%s\r\n' % (len(c), c) for c in cut)
    else:
        lines.append(f'Content-Length: {len(body)}')
    return '\r\n'.join([start, *lines, '', '']).encode() + body


def post(body, *lines, path='/acs', **how):
    return message(f'POST {path} HTTP/1.1', body, 'Host: acs.example',
                   'Content-Type: text/xml; charset="utf-8"', *lines, **how)


def answer(body, *lines, **how):
    return message('HTTP/1.1 200 OK', body,
                   'Content-Type: text/xml; charset="utf-8"', *lines, **how)


NOTHING = message('POST /acs HTTP/1.1', '', 'Host: acs.example')
REFUSAL = message('HTTP/1.1 401 Unauthorized', '', 'Server: Quillview ACS/4',
                  'WWW-Authenticate: Digest realm="acs", nonce="4c41"')
NO_MORE = b'HTTP/1.1 204 No Content\r\n\r\n'


def web(*talk, port=7547, client=CPE_IP, macs=(CPE, ACS), server=ACS_IP,
        **how):
    return tcp_frames(*macs, client, server, 50000 + port % 9973, port, *talk,
                      **how)


# --------------------------------------------------------------- CWMP (TR-069)

def soap(body, version='1-0', prefix='soapenv'):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<{prefix}:Envelope xmlns:{prefix}='
            f'"http://schemas.xmlsoap.org/soap/envelope/"\n'
            f' xmlns:xsd="http://www.w3.org/2001/XMLSchema"\n'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
            f' xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"\n'
            f' xmlns:cwmp="urn:dslforum-org:cwmp-{version}">\n'
            f'<{prefix}:Header><cwmp:ID {prefix}:mustUnderstand="1">7'
            f'</cwmp:ID></{prefix}:Header>\n'
            f'<{prefix}:Body>{body}</{prefix}:Body></{prefix}:Envelope>\n')


def parameters(pairs):
    return '<ParameterList soapenc:arrayType="cwmp:ParameterValueStruct[%d]">%s' \
        '</ParameterList>' % (len(pairs), ''.join(
            f'<ParameterValueStruct><Name>{n}</Name>'
            f'<Value xsi:type="xsd:string">{v}</Value></ParameterValueStruct>'
            for n, v in pairs))


def inform(maker, oui, product, serial, *pairs):
    return ('<cwmp:Inform><DeviceId>'
            f'<Manufacturer>{maker}</Manufacturer><OUI>{oui}</OUI>'
            f'<ProductClass>{product}</ProductClass>'
            f'<SerialNumber>{serial}</SerialNumber></DeviceId>'
            '<Event soapenc:arrayType="cwmp:EventStruct[1]"><EventStruct>'
            '<EventCode>2 PERIODIC</EventCode><CommandKey/></EventStruct>'
            '</Event><MaxEnvelopes>1</MaxEnvelopes>'
            '<CurrentTime>2026-11-23T09:00:00</CurrentTime>'
            '<RetryCount>0</RetryCount>' + parameters(pairs)
            + '</cwmp:Inform>')


def about(root, hardware, software, *more):
    info = root + '.DeviceInfo.'
    return ((info + 'SpecVersion', '1.0'), (info + 'HardwareVersion', hardware),
            (info + 'SoftwareVersion', software), *more)


IGD = 'InternetGatewayDevice'
HEARD = '<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes>' \
    '</cwmp:InformResponse>'


def golden_cwmp__session():
    """A whole session in one connection: an Inform that is refused for want of
    credentials, the same again, an empty request to which the server puts a
    question, its answer, and the end. Beside the serial number an address for
    requests and a user's name are told, which are nobody's business."""
    first = soap(inform(
        'Huawei Technologies Co., Ltd', '00259E', 'HG8245H',
        '4857544312345678', *about(
            IGD, '130C4600', 'V3R017C10S100',
            (IGD + '.DeviceInfo.ProvisioningCode', 'REGION4'),
            (IGD + '.ManagementServer.ConnectionRequestURL',
             'http://198.51.100.7:7547/4c41'))))
    more = soap('<cwmp:GetParameterValuesResponse>' + parameters((
        (IGD + '.DeviceInfo.ModelName', 'HG8245H'),
        (IGD + '.DeviceInfo.Description', 'GPON terminal'),
        (IGD + '.DeviceInfo.X_HW_Upgrade.Name', '1'),
        (IGD + '.WANDevice.1.X_CT-COM_Mode', '2'),
        (IGD + '.WANDevice.1.X_HW_Again', '2'),
        (IGD + '.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.Username',
         'subscriber@example')))
        + '</cwmp:GetParameterValuesResponse>')
    asked = soap('<cwmp:GetParameterValues><ParameterNames>'
                 '<string>InternetGatewayDevice.DeviceInfo.</string>'
                 '</ParameterNames></cwmp:GetParameterValues>')
    return web(('>', post(first, 'SOAPAction: ""')), ('<', REFUSAL),
               ('>', post(first, 'SOAPAction: ""')), ('<', answer(soap(HEARD))),
               ('>', NOTHING), ('<', answer(asked)), ('>', post(more)),
               ('<', NO_MORE))


def golden_cwmp__packed():
    """Three boxes at servers on other ports: by gzip, by a bare deflate in
    chunks, and in chunks alone with a head that comes in two pieces; prefixes
    and data models differ."""
    one = post(soap(inform('ZTE', '44F436', 'F600W', 'ZTEEQAWF5J00191', *about(
        IGD, 'V1.0', 'V1.0.10P3N7')), '1-2', 'SOAP-ENV'), packed='gzip')
    two = post(soap(inform('Quillview', '0053A1', 'Gate 4', 'QV0004', *about(
        'Device', 'rev B', '4.1.0',
        ('Device.RootDataModelVersion', '2.15')))), packed='deflate',
        chunked=True)
    three = post(soap(inform('Harbourlight', '0053A2', 'HL-9', 'HL99',
                             *about('Device', 'C2', '9.0')), '1-4', 's'),
                 chunked=True)
    return [*web(('>', one), ('<', answer(soap(HEARD, '1-2'), packed='gzip')),
                 port=8080, client='198.51.100.8'),
            *web(('>', two), ('<', answer(soap(HEARD), chunked=True)),
                 port=9675, client='198.51.100.9'),
            *web(('>', three[:40]), ('>', three[40:]), ('<', NO_MORE), port=80,
                 client='198.51.100.10')]


def golden_cwmp__clone():
    """A box that calls its manufacturer by four letters of one maker, and
    gives the OUI of another: whose it is stays disputed."""
    return web(('>', post(soap(inform('ZTEG', '0060A9', 'F660', 'ZTEG00000001',
                                      *about(IGD, 'V5.2', 'V5.2.10P1'))))),
               ('<', answer(soap(HEARD))))


def golden_cwmp__through_proxy():
    """What a proxy hands on is said of a box behind it, and to whom the proxy
    speaks is not told."""
    return web(('>', post(soap(inform('Harbourlight', '0053A2', 'HL-9', 'HL98',
                                      *about(IGD, 'C1', '8.7'))),
                          'Via: 1.1 edge')),
               ('<', answer(soap(HEARD), 'Via: 1.1 edge')), port=80)


def golden_cwmp__broken():
    """Beside an Inform that is read: one whose XML breaks off, one with a
    document type, one whose length is more than what comes, and another's
    SOAP."""
    good = soap(inform('Quillview', '0053A1', 'Gate 5', 'QV0005'))
    cut = good.replace('<RetryCount>0</RetryCount>', '<RetryCount>0')
    typed = good.replace('?>\n', '?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n', 1)
    other = good.replace('urn:dslforum-org:cwmp-1-0', 'urn:example')
    talks = [(('>', post(good)),), (('>', post(cut)),), (('>', post(typed)),),
             (('>', post(good).replace(b'Length: ', b'Length: 9')),),
             (('>', post(other, 'User-Agent: gsoap/2.8')),)]
    return [f for n, talk in enumerate(talks)
            for f in web(*talk, client=f'198.51.100.{20 + n}')]


# ------------------------------------------------------------------------ UPnP

LAN = ('02:4c:41:a1:00:01', '02:4c:41:a1:00:02')


def described(kind, *lines, inside=''):
    return ('<?xml version="1.0"?>\n<root xmlns="urn:schemas-upnp-org:device-1-0'
            '" configId="1">\n<specVersion><major>1</major><minor>1</minor>'
            '</specVersion>\n<device>\n'
            f'<deviceType>urn:schemas-upnp-org:device:{kind}:1</deviceType>\n'
            + ''.join(f'<{n}>{v}</{n}>\n' for n, v in lines) + inside
            + '</device></root>\n')


def fetched(body, path, host, *lines, **how):
    ask = f'GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: viewer/2\r\n\r\n'
    return web(('>', ask.encode()), ('<', answer(body, *lines, **how)),
               port=49152, client='192.168.7.9', macs=LAN, server=host)


def golden_upnp__descriptions():
    """Three boxes describe themselves: a gateway with devices inside, which are
    parts of it; one by gzip; one in chunks, whose title names a person."""
    gateway = described(
        'InternetGatewayDevice', ('friendlyName', 'Home gateway'),
        ('manufacturer', 'Huawei Technologies Co., Ltd.'),
        ('manufacturerURL', 'http://maker.example'),
        ('modelDescription', 'Home gateway'), ('modelName', 'HG531 V1'),
        ('modelNumber', 'V1'), ('modelURL', 'http://maker.example/hg531'),
        ('serialNumber', '4C41000531'),
        ('UDN', 'uuid:00e0fc37-2525-2828-2500-024c41a10002'),
        inside='<deviceList><device><deviceType>urn:schemas-upnp-org:device:'
        'WANDevice:1</deviceType><manufacturer>Stack maker</manufacturer>'
        '<modelName>WAN device</modelName></device></deviceList>\n')
    zte = described(
        'InternetGatewayDevice', ('friendlyName', 'F670L'),
        ('manufacturer', 'ZTE'), ('modelName', 'F670LV9.0'),
        ('modelNumber', 'V9.0'), ('serialNumber', 'ZTE4C410670'))
    nas = described(
        'Basic', ('friendlyName', "Ann's files"),
        ('manufacturer', 'Quillview &amp; Sons'), ('modelName', 'Shelf'),
        ('modelNumber', '2'), ('serialNumber', 'QV-SH-2'),
        ('UDN', 'uuid:4c41'))
    return [*fetched(gateway, '/desc.xml', '192.168.7.1', 'Server: Linux UPnP/1'),
            *fetched(zte, '/gatedesc.xml', '192.168.7.2', packed='gzip'),
            *fetched(nas, '/d', '192.168.7.3', chunked=True)]


def golden_upnp__broken():
    """Beside one that is read: a description that breaks off, one with a
    document type, one that a proxy brings, and XML that describes no device."""
    good = described('Basic', ('manufacturer', 'Quillview'),
                     ('modelName', 'Lamp'))
    typed = good.replace('?>\n', '?>\n<!DOCTYPE root>\n', 1)
    other = good.replace('device-1-0', 'service-1-0')
    return [*fetched(good, '/a', '192.168.7.11'),
            *fetched(good[:-20], '/b', '192.168.7.12'),
            *fetched(typed, '/c', '192.168.7.13'),
            *fetched(good, '/d', '192.168.7.14', 'Via: 1.1 cache'),
            *fetched(other, '/e', '192.168.7.15')]


# ------------------------------------------------------------------------ RTSP

def rtsp(start, *lines, body='', n=1):
    lines = [start, f'CSeq: {n}', *lines]
    if body:
        lines += ['Content-Type: application/sdp',
                  f'Content-Length: {len(body)}']
    return '\r\n'.join([*lines, '', body]).encode()


def sdp(*lines):
    return '\r\n'.join(['v=0', 'o=- 1 1 IN IP4 192.168.7.21', *lines,
                        'm=video 0 RTP/AVP 96', 's=of a medium',
                        'a=tool:of a medium', ''])


def viewed(host, *talk, port=554):
    return web(*talk, port=port, client='192.168.7.9', macs=LAN, server=host)


def golden_rtsp__cameras():
    """Three cameras: one that wants credentials first and then describes what
    it sends, one on another port, one behind a proxy. What follows PLAY are
    media between the messages."""
    at = 'rtsp://192.168.7.21/live'
    words = ('User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016)',)
    one = viewed(
        '192.168.7.21',
        ('>', rtsp(f'OPTIONS {at} RTSP/1.0', *words)),
        ('<', rtsp('RTSP/1.0 200 OK', 'Server: Quillview Rtsp Server/3.0',
                   'Public: OPTIONS, DESCRIBE, SETUP, PLAY')),
        ('>', rtsp(f'DESCRIBE {at} RTSP/1.0', *words, n=2)),
        ('<', rtsp('RTSP/1.0 401 Unauthorized', 'WWW-Authenticate: Digest '
                   'realm="IP Camera(C4410)", nonce="4c41"', n=2)),
        ('>', rtsp(f'DESCRIBE {at} RTSP/1.0', *words, n=3)),
        ('<', rtsp('RTSP/1.0 200 OK', 'Server: Quillview Rtsp Server/3.0',
                   body=sdp('s=Media Presentation', 'a=tool:QV encoder 2'),
                   n=3)),
        ('>', rtsp(f'PLAY {at} RTSP/1.0', *words, n=4)),
        ('<', rtsp('RTSP/1.0 200 OK', 'Session: 4c41', n=4)
         + hx('24 00 0004 80600001')))
    two = viewed(
        '192.168.7.22',
        ('>', rtsp('DESCRIBE rtsp://192.168.7.22:8554/0 RTSP/1.0',
                   'User-Agent: Lavf59.27.100')),
        ('<', rtsp('RTSP/1.0 200 OK', 'Server: GStreamer RTSP server',
                   'WWW-Authenticate: Basic realm="Harbourlight NVR"',
                   body=sdp('s=Session streamed with GStreamer',
                            'a=tool:GStreamer'))), port=8554)
    three = viewed(
        '192.168.7.23',
        ('>', rtsp('OPTIONS * RTSP/1.0', 'User-Agent: viewer/2',
                   'Via: RTSP/1.0 proxy')),
        ('<', rtsp('RTSP/1.0 200 OK', 'Server: H264DVR 1.0',
                   'Public: OPTIONS, DESCRIBE', 'Via: RTSP/1.0 proxy',
                   'WWW-Authenticate: Basic realm="dvr"')))
    return [*one, *two, *three]


def golden_rtsp__broken():
    """Beside what is read: a head that breaks off, a body too long to be one,
    and another's text on the port."""
    good = rtsp('RTSP/1.0 200 OK', 'Server: Quillview Rtsp Server/2.9')
    ask = ('>', rtsp('OPTIONS rtsp://a/ RTSP/1.0'))
    return [*viewed('192.168.7.31', ask, ('<', good)),
            *viewed('192.168.7.32', ask, ('<', good[:-20])),
            *viewed('192.168.7.33', ask,
                    ('<', rtsp('RTSP/1.0 200 OK', 'Server: Quillview/9',
                               'Content-Length: 99999'))),
            *viewed('192.168.7.34', ('>', b'HELLO 1\r\n'),
                    ('<', b'WELCOME\r\n\r\n'))]


# ---------------------------------------------------------------- USP (TR-369)

def pb(number, value):
    """A field of a protocol buffer."""
    def varint(n):
        return u8(n) if n < 128 else u8(n & 127 | 128) + varint(n >> 7)
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def websocket(data, mask=None, kind=0x82):
    n = len(data)
    size = u8(n | (0x80 if mask else 0)) if n < 126 else \
        u8(126 | (0x80 if mask else 0)) + u16(n)
    if mask:
        data = bytes(b ^ mask[i & 3] for i, b in enumerate(data))
    return u8(kind) + size + (mask or b'') + data


def usp(source, to, kind, body=b'', security=0, version='1.3'):
    """A record without a session, and a message of that kind in it."""
    head = pb(1, '4c41') + (pb(2, kind) if kind else b'')
    return (pb(1, version) + pb(2, to) + pb(3, source)
            + (pb(4, security) if security else b'')
            + pb(7, pb(2, pb(1, head) + pb(2, body))))


def managed(client, *talk, named='v1.usp', begun=True):
    ask = ('GET /usp HTTP/1.1\r\nHost: controller.example\r\n'
           'Upgrade: websocket\r\nConnection: Upgrade\r\n'
           f'Sec-WebSocket-Protocol: {named}\r\nSec-WebSocket-Version: 13\r\n'
           'Sec-WebSocket-Key: TEFMQUxBTEFMQUxBTEFMQQ==\r\n\r\n')
    yes = ('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n'
           f'Connection: Upgrade\r\nSec-WebSocket-Protocol: {named}\r\n'
           'Sec-WebSocket-Accept: 5m1N8tLDp4GHGgAh7kEb8dHwBXM=\r\n\r\n')
    hello = (('>', ask.encode()), ('<', yes.encode())) if begun else ()
    return web(*hello, *talk, port=8183, client=client)


GET, GET_RESP, NOTIFY, NOTIFY_RESP, SUPPORTED = 1, 2, 3, 16, 17
KEY = hx('4c 41 a1 07')
CONTROLLER = 'self::controller.example'


def golden_usp__websocket():
    """Three agents at a controller: one introduces itself and is asked, with a
    ping between; one whose id has the product class in it; one whose message is
    sealed, so that nobody can tell who is the agent."""
    one, two = 'os::00259E-4857544312345678', 'ops::0053A1-Gate%204-QV0004'
    three = 'uuid::4c41d1a0-0000-4000-8000-000000000003'
    taken = pb(1, pb(8, pb(2, 1) + pb(8, pb(1, '00259E') + pb(2, 'HG8245H')
                                      + pb(3, '4857544312345678')
                                      + pb(4, '1.3'))))
    return [*managed('198.51.100.41',
                     ('>', websocket(usp(one, CONTROLLER, NOTIFY, taken), KEY)),
                     ('<', websocket(usp(CONTROLLER, one, NOTIFY_RESP))),
                     ('<', websocket(b'', kind=0x89)),
                     ('>', websocket(b'', KEY, kind=0x8a)),
                     ('<', websocket(usp(CONTROLLER, one, GET))),
                     ('>', websocket(usp(one, CONTROLLER, GET_RESP,
                                         pb(2, bytes(200))), KEY)),
                     ('<', websocket(b'', kind=0x88))),
            *managed('198.51.100.42',
                     ('<', websocket(usp(CONTROLLER, two, SUPPORTED))),
                     ('>', websocket(usp(two, CONTROLLER, 0, version='1.2'),
                                     KEY))),
            *managed('198.51.100.43',
                     ('>', websocket(usp(three, 'proto::controller-3', NOTIFY,
                                         security=1), KEY)))]


def golden_usp__broken():
    """Beside a record that is read: one without ids, one that breaks off, a
    frame in pieces, and another protocol by WebSocket."""
    one = 'os::0053A2-HL77'
    good = usp(one, CONTROLLER, GET_RESP)
    return [*managed('198.51.100.51', ('>', websocket(good, KEY))),
            *managed('198.51.100.52', ('>', websocket(good[:5] + good[60:],
                                                      KEY))),
            *managed('198.51.100.53', ('>', websocket(good[:-4], KEY))),
            *managed('198.51.100.54', ('>', websocket(good, KEY, kind=2))),
            *managed('198.51.100.55', ('>', websocket(good, KEY)),
                     named='chat')]

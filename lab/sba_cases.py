# SPDX-License-Identifier: ISC
"""Cases of a 5G core's service based interfaces and of what is spoken over
HTTP around networks, in the words of tools/craft.py."""
import json

AMF, NRF, SMF, SCP = ('02:4c:41:90:00:0' + x for x in '1234')
AMF_IP, NRF_IP, SMF_IP, SCP_IP = ('10.90.0.' + x for x in '1234')


def uuid(n):
    return f'4c41d1a0-0000-4000-8000-{n:012x}'


# HTTP/2 (RFC 9113 4.1): length, type, flags, stream.
def h2(kind, flags, stream, payload=b''):
    return (len(payload).to_bytes(3, 'big') + u8(kind) + u8(flags)
            + u32(stream) + payload)


def hstring(text):
    """RFC 7541 5.2, as it stands or already in Huffman code."""
    data, coded = (text, 0x80) if isinstance(text, bytes) else (
        text.encode(), 0)
    n = len(data)
    return (u8(coded | n) if n < 127 else u8(coded | 127)
            + (u8(n - 127) if n < 255 else
               u8((n - 127) & 127 | 128) + u8((n - 127) >> 7))) + data


STATIC = {':authority': 1, ':path': 4, 'content-type': 31, 'server': 54,
          'user-agent': 58, 'via': 60, 'location': 46}
WHOLE = {(':method', 'GET'): 2, (':method', 'POST'): 3,
         (':scheme', 'http'): 6, (':status', '200'): 8,
         (':status', '204'): 9}


def hfields(pairs, keep=()):
    """6.2: indexed where the static table has it; those in keep go to the
    dynamic one."""
    out = b''
    for name, value in pairs:
        if (name, value) in WHOLE:
            out += u8(0x80 | WHOLE[name, value])
            continue
        form, prefix = (0x40, 63) if name in keep else (0, 15)
        i = STATIC.get(name, 0)
        out += (u8(form | i) if i < prefix
                else u8(form | prefix) + u8(i - prefix))
        out += (b'' if i else hstring(name)) + hstring(value)
    return out


def hrequest(method, path, agent, *more):
    return [(':method', method), (':scheme', 'http'),
            (':authority', hx('f1e3c2e5f23a6ba0ab90f4ff')), (':path', path),
            *([('user-agent', agent)] if agent else []), *more]


def hmessage(stream, pairs, content=None, keep=()):
    """HEADERS and DATA."""
    ends = content is None
    out = h2(1, 4 | ends, stream, hfields(pairs, keep))
    if not ends:
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        out += h2(0, 1, stream, content)
    return out


PREFACE = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
SETTINGS = h2(4, 0, 0, u16(3) + u32(100))
JSON = ('content-type', 'application/json')


def sba(client, server, asked, answered, macs=(AMF, NRF), port=40090):
    """Both directions, each begun as RFC 9113 3.4 wants."""
    return tcp_frames(*macs, client, server, port, 8090,
                      ('>', PREFACE + SETTINGS), ('<', SETTINGS),
                      ('>', h2(4, 1, 0)), ('<', h2(4, 1, 0)),
                      *(('>', x) for x in asked),
                      *(('<', x) for x in answered))


def profile(n, kind, pen, *services, **more):
    return {'nfInstanceId': uuid(n), 'nfType': kind,
            'nfStatus': 'REGISTERED',
            'fqdn': f'{kind.lower()}{n}.core.example',
            'ipv4Addresses': [f'10.90.1.{n}'],
            **({'vendorId': pen} if pen else {}),
            'nfServices': [{'serviceInstanceId': s, 'serviceName': s,
                            'scheme': 'http'} for s in services], **more}


def golden_sba__registration():
    """An AMF describes itself to a repository, keeps its place there, and asks
    for others, of which the repository shows three; what it gives back of the
    AMF's own profile is said of a third."""
    mine = profile(1, 'AMF', '003902', 'namf-comm', 'namf-evts',
                   supportedVendorSpecificFeatures={'003902': [
                       {'featureName': 'x', 'featureVersion': '1'}]})
    nrf = ('server', 'NRF-nrf1.core.example')
    where = '/nnrf-nfm/v1/nf-instances/' + uuid(1)
    ask = '/nnrf-disc/v1/nf-instances?target-nf-type={}&requester-nf-type=AMF'
    return sba(
        AMF_IP, NRF_IP,
        [hmessage(1, hrequest('PUT', where, 'AMF-' + uuid(1), JSON), mine,
                  keep=('user-agent',)),
         hmessage(3, hrequest('PATCH', where, None,
                              ('content-type', 'application/json-patch+json')),
                  [{'op': 'replace', 'path': '/nfStatus',
                    'value': 'REGISTERED'}]),
         hmessage(5, hrequest('GET', ask.format('SMF') +
                              '&supi=imsi-001010000000001', None))],
        [hmessage(1, [(':status', '201'), JSON, nrf, ('location', where)],
                  mine),
         hmessage(3, [(':status', '204'), nrf]),
         hmessage(5, [(':status', '200'), JSON, nrf],
                  {'validityPeriod': 60, 'nfInstances': [
                      profile(5, 'SMF', '002011', 'nsmf-pdusession'),
                      profile(6, 'UDM', '193', 'nudm-sdm', 'nudm-uecm'),
                      profile(7, 'UPF', None)]})])


def golden_sba__context():
    """An AMF asks an SMF for a session, the body in two parts and with a
    maker's own member, as a header block in two frames, padded, and with a
    priority; then again, by what the table kept. The subscriber's identity in
    body and path stays there. The SMF's answers name no kind."""
    body = (b'--gap\r\nContent-Type: application/json\r\n\r\n'
            + json.dumps({'supi': 'imsi-001010000000001', 'pduSessionId': 5,
                          'dnn': 'internet', 'n1SmMsg': {'contentId': 'n1'},
                          'vendorSpecific-003902': {'v': '1'},
                          'hidden': {'vendorSpecific-000193': {}}}).encode()
            + b'\r\n--gap\r\nContent-Type: application/vnd.3gpp.5gnas\r\n'
            b'Content-Id: n1\r\n\r\n.\x05\x01\xc1\r\n--gap--\r\n')
    block = hfields(
        hrequest('POST', '/nsmf-pdusession/v1/sm-contexts', 'AMF-amf7.example',
                 ('content-type', 'multipart/related; boundary=gap'),
                 ('3gpp-sbi-message-priority', '24')),
        keep=('user-agent',))
    first = (h2(1, 8 | 32, 1, u8(3) + u32(0) + u8(16) + block[:30] + bytes(3))
             + h2(9, 4, 1, block[30:])
             + h2(0, 8, 1, u8(2) + body[:100] + bytes(2))
             + h2(0, 1, 1, body[100:]))
    again = h2(1, 4, 3, hfields(hrequest(
        'POST', '/core/nsmf-pdusession/v1/sm-contexts/imsi-001010000000001/'
        'modify', None, JSON)) + u8(0xbe)) + h2(0, 1, 3, b'{"cause": "X"}')
    return sba(AMF_IP, SMF_IP, [first, again],
               [hmessage(1, [(':status', '201'), JSON,
                             ('location', 'http://10.90.0.3/nsmf-pdusession/'
                              'v1/sm-contexts/1')],
                         {'vendorSpecific-3902': {}, 'upCnxState': 'X'}),
                hmessage(3, [(':status', '204')])],
               macs=(AMF, SMF))


def golden_sba__proxy():
    """An SCP hands on what an SMF and a PCF ask; it says so itself. And the SMF
    asks the SCP for what stands behind it, once by address and once by kind;
    the answer tells which instance it was."""
    def asked(stream, path, agent, *more, **content):
        return hmessage(stream, hrequest('POST', path, agent, JSON, *more),
                        content)
    via = ('via', '2.0 SCP-scp1.core.example')
    root = ('3gpp-sbi-target-apiroot', 'http://udm3.core.example:8080')
    kind = ('3gpp-sbi-discovery-target-nf-type', 'PCF')
    return sba(SCP_IP, NRF_IP, [
        asked(1, '/nudm-uecm/v1/x/registrations/smf-registrations/5',
              'SMF-smf1.core.example', via, **{'vendorSpecific-002011': {}}),
        asked(3, '/nudm-sdm/v2/x/sdm-subscriptions', 'PCF-' + uuid(9), via,
              a=1)],
               [hmessage(1, [(':status', '204')])], macs=(SCP, NRF)) + sba(
        SMF_IP, SCP_IP, [
            asked(1, '/nudm-sdm/v2/x/sdm-subscriptions', 'SMF-' + uuid(5),
                  root, a=1),
            asked(3, '/npcf-smpolicycontrol/v1/sm-policies', 'SMF-' + uuid(5),
                  kind, a=1)],
        [hmessage(1, [(':status', '200'), JSON, via,
                      ('server', 'UDM-' + uuid(6)),
                      ('3gpp-sbi-producer-id', 'nfinst=' + uuid(6))],
                  {'vendorSpecific-000193': {}})],
        macs=(SMF, SCP), port=40091)


def golden_sba__silent_proxy():
    """Several kinds of functions speak, and are asked, on one connection, and
    nobody says why: whoever sends or receives is none of them. A profile that a
    UDM leaves of a UPF is not its own."""
    def put(stream, agent, n, kind, pen):
        return hmessage(stream, hrequest(
            'PUT', '/nnrf-nfm/v1/nf-instances/' + uuid(n), agent, JSON),
                        profile(n, kind, pen))
    return sba(SCP_IP, NRF_IP, [
        put(1, 'UDM-udm6.core.example', 6, 'UDM', '000193'),
        put(3, 'AUSF-ausf8.core.example', 8, 'AUSF', '002011'),
        hmessage(5, hrequest('GET', '/nudr-dr/v2/subscription-data/x', 'UDM'))],
               [], macs=(SCP, NRF)) + sba(AMF_IP, NRF_IP, [
                   put(1, 'UDM-udm6.core.example', 7, 'UPF', '003902')],
                                          [], port=40092)


def golden_sba__notification():
    """A repository tells a subscriber of another's profile; the path is the
    subscriber's own, and says nothing. A data repository is given a record with
    a maker's member, which is of whoever wrote the record; and a charging
    function is asked in its own maker's dialect."""
    return sba(NRF_IP, AMF_IP, [hmessage(1, hrequest(
        'POST', '/callback/nf-status', 'NRF', JSON,
        ('3gpp-sbi-callback', 'Nnrf_NFManagement_NFStatusNotify')),
        {'event': 'NF_REGISTERED', 'nfInstanceUri': 'http://x/y',
         'nfProfile': profile(5, 'SMF', '002011', 'nsmf-pdusession')})], [],
               macs=(NRF, AMF)) + sba(AMF_IP, SMF_IP, [hmessage(1, hrequest(
                   'PUT', '/nudr-dr/v2/x', 'UDM-1', JSON),
                   {'vendorSpecific-003902': 1})], [], macs=(AMF, SMF),
                                      port=40093) + sba(
        SMF_IP, NRF_IP, [hmessage(1, hrequest(
            'POST', '/nchf-convergedcharging/v3/chargingdata', 'SMF-1', JSON),
            {'vendorSpecific-000193': 1})], [], macs=(SMF, NRF), port=40096)


def golden_sba__broken():
    """A block that refers to what the table never held ends the reading; what
    came before stands. Then HTTP/2 that is none of 5G's: a call of another
    kind, and its answer; a path of a service without a version; a frame longer
    than any."""
    good = hmessage(1, hrequest('GET', '/nudm-sdm/v2/x', 'AMF-1'))
    other = hmessage(1, hrequest('POST', '/pkg.Service/Call', 'grpc-c/1.0'),
                     {'nfType': 'AMF'})
    return (sba(AMF_IP, SMF_IP, [good, h2(1, 5, 3, u8(0xff) + u8(0x20)), good],
                [], macs=(AMF, SMF))
            + sba(AMF_IP, NRF_IP, [other],
                  [hmessage(1, [(':status', '200'), ('server', 'x')], {'a': 1})])
            + sba(AMF_IP, NRF_IP, [hmessage(1, hrequest(
                'GET', '/nudm-sdm/', 'AMF-1'))], [], port=40094)
            + sba(AMF_IP, NRF_IP, [hx('ff ff ff 00 00 00 00 00 01') + good],
                  [], port=40095))


# HTTP/1 (RFC 9112).
def post(path, kind, body, *lines):
    head = ''.join(x + '\r\n' for x in (
        f'POST {path} HTTP/1.1', 'Host: peer.example', f'Content-Type: {kind}',
        f'Content-Length: {len(body)}', *lines))
    return head.encode() + b'\r\n' + body


UNIT, COLLECTOR, MANAGER = ('02:4c:41:91:00:0' + x for x in '123')


def ves(*posts, mac=UNIT, source='10.91.0.1', port=41000):
    return tcp_frames(mac, COLLECTOR, source, '10.91.0.2', port, 30417,
                      *(x for p in posts for x in (
                          ('>', p), ('<', b'HTTP/1.1 202 Accepted\r\n'
                                     b'Content-Length: 0\r\n\r\n'))))


def event(domain, source, reporter=None, vendor=None, **more):
    return {'commonEventHeader': {
        'domain': domain, 'eventId': domain + '1', 'eventName': domain,
        'lastEpochMicrosec': 1, 'priority': 'Normal', 'sequence': 0,
        'sourceName': source, 'startEpochMicrosec': 1, 'version': '4.1',
        'vesEventListenerVersion': '7.2',
        **({'reportingEntityName': reporter} if reporter else {}),
        **({'nfVendorName': vendor, 'nfNamingCode': 'gnodeb'}
           if vendor else {})}, **more}


def listener(body, path='/eventListener/v7', *lines):
    return post(path, 'application/json', json.dumps(body).encode(), *lines)


def registers(n, maker, model, **more):
    return {'pnfRegistrationFields': {
        'pnfRegistrationFieldsVersion': '2.1', 'vendorName': maker,
        'modelNumber': model, 'serialNumber': f'QV26B{n:05d}',
        'softwareVersion': f'{n}.2.1', 'unitType': 'O-RU',
        'unitFamily': model[:2], 'manufactureDate': '2026-02-0' + str(n),
        'macAddress': f'02:4c:41:91:00:0{n}', 'oamV4IpAddress': f'10.91.0.{n}',
        **more}}


def golden_ves__registration():
    """Three boxes introduce themselves to a collector; the last with an address
    of the new protocol, the message in two segments."""
    def one(n, maker, model, **more):
        name = f'unit-{n}'
        return ves(listener({'event': event(
            'pnfRegistration', name, name, maker,
            **registers(n, maker, model, **more))}),
                   source=f'10.91.0.{n}', port=41000 + n)
    return (one(1, 'QUILLVIEW', 'RU-4418') + one(3, 'Nokia', 'AZQG')
            + one(4, 'Mavenir', 'OW-1', oamV6IpAddress='2001:db8:91::4',
                  additionalFields={'note': 'x' * 900}))


def golden_ves__batch():
    """An element manager reports of itself and of two others; what it says of
    them is said of thirds, and so is a registration. Then a heartbeat of
    another that came through a proxy."""
    return ves(
        listener({'eventList': [
            event('fault', 'ems-1', 'ems-1', 'QUILLVIEW'),
            event('heartbeat', 'gnb-7', 'ems-1', 'Ericsson'),
            event('pnfRegistration', 'gnb-8', 'ems-1', 'QUILLVIEW',
                  **registers(8, 'QUILLVIEW', 'RU-4420'))]},
            '/eventListener/v7/eventBatch'),
        listener({'event': event('heartbeat', 'gnb-9')}, '/eventListener/v5'),
        listener({'event': event('heartbeat', 'gnb-9', 'gnb-9', 'Huawei')},
                 '/eventListener/v7', 'Via: 1.1 gate'),
        mac=MANAGER, source='10.91.0.9')


def golden_ves__broken():
    """A body that is no JSON, one that is no event, one without its head; and
    one that is, whose fields of a registration belong to another kind."""
    return sum((ves(post('/eventListener/v7', 'application/json', body),
                    port=41010 + n) for n, body in enumerate((
        b'{"event": {', b'{"a": 1}', b'{"event": {"commonEventHeader": 1}}',
        json.dumps({'event': event('fault', 'unit-1', 'unit-1', **registers(
            1, 'QUILLVIEW', 'RU-4418'))}).encode()))), [])


# DER (X.690).
def der(tag, *parts):
    value = b''.join(parts)
    n = len(value)
    size = (u8(n) if n < 128 else u8(0x81) + u8(n) if n < 256
            else u8(0x82) + u16(n))
    return u8(tag) + size + value


def seq(*parts):
    return der(0x30, *parts)


def oid(octets):
    return der(6, hx(octets))


ATTRIBUTES = {'C': '550406', 'O': '55040a', 'OU': '55040b', 'CN': '550403',
              'SERIAL': '550405'}
SHA256_RSA = '2a864886f70d01010b'


def dn(*pairs):
    return seq(*(der(0x31, seq(oid(ATTRIBUTES[k]), der(
        0x13 if k in ('C', 'SERIAL') else 0x0c, v.encode())))
                 for k, v in pairs))


def key_info():
    return seq(seq(oid('2a864886f70d010101'), der(5)), der(3, u8(0), seq(
        der(2, u8(0), bytes(range(0xa1, 0xc1))), der(2, hx('010001')))))


def certificate(n, issuer, subject, *sans):
    """RFC 5280 4.1; the signature is nobody's."""
    how = seq(oid(SHA256_RSA), der(5))
    names = der(0xa3, seq(seq(oid('551d11'), der(4, seq(
        *(der(0x82, x.encode()) for x in sans)))))) if sans else b''
    return seq(seq(der(0xa0, der(2, u8(2))), der(2, u8(n)), how, issuer,
                   seq(der(0x17, b'260101000000Z'), der(0x17, b'460101000000Z')),
                   subject, key_info(), names), how, der(3, bytes(33)))


def pkimessage(kind, sender, recipient, body, *extra):
    """RFC 4210 5.1."""
    head = seq(der(2, u8(2)), der(0xa4, sender), der(0xa4, recipient),
               der(0xa1, seq(oid(SHA256_RSA), der(5))),
               der(0xa4, der(4, bytes(range(16)))),
               der(0xa5, der(4, bytes(range(16, 32)))))
    return seq(head, der(0xa0 | kind, body), der(0xa0, der(3, bytes(33))),
               *([der(0xa1, seq(*extra))] if extra else []))


def cert_request(subject):
    """CertReqMessages, RFC 4211 3: one, with a name and a key."""
    return seq(seq(seq(der(2, u8(0)), seq(
        der(0xa5, subject), der(0xa6, key_info()[2:])))))


STATION, AUTHORITY = '02:4c:41:92:00:01', '02:4c:41:92:00:02'
OPERATOR_CA = dn(('O', 'Example Mobile'), ('CN', 'Radio Access CA'))


def cmp(*messages, source='10.92.0.1', port=42000, lines=(),
        macs=(STATION, AUTHORITY), server='10.92.0.2'):
    return tcp_frames(*macs, source, server, port, 829,
                      *(x for m in messages for x in (
                          ('>', post('/pkix/', 'application/pkixcmp', m,
                                     *lines)),
                          ('<', b'HTTP/1.1 200 OK\r\nContent-Type: application'
                                b'/pkixcmp\r\nContent-Length: 0\r\n\r\n'))))


def station(serial, authority):
    return dn(('C', 'CN'), ('O', authority), ('CN', serial),
              ('SERIAL', serial))


def enrols(serial, maker, authority, *sans, **more):
    own, line = station(serial, maker), dn(
        ('C', 'CN'), ('O', maker), ('OU', 'Wireless Network Product Line'),
        ('CN', authority))
    root = dn(('C', 'CN'), ('O', maker), ('CN', maker + ' Equipment CA'))
    chain = (certificate(2, root, line), certificate(1, line, own, *sans))
    return cmp(pkimessage(0, own, OPERATOR_CA, cert_request(own), *chain),
               **more)


def golden_cmp__enrolment():
    """A base station asks an operator's authority for its first certificate,
    and shows the maker's among the authorities above it, in an order of its
    own; another of another maker; and then what confirms the first."""
    own = station('210235QV001', 'Huawei')
    return enrols('210235QV001', 'Huawei',
                  'Huawei Wireless Network Product CA',
                  'gnb1.example') + enrols(
        'QV26B00003', 'Quillview', 'Quillview Radio CA', source='10.92.0.3',
        port=42001) + cmp(pkimessage(24, own, OPERATOR_CA, seq()), port=42002)


def golden_cmp__update():
    """Later a station shows its operator's certificate, which names no maker:
    an update and a request without certificates. A registration authority hands
    on what is not its own; a request that came through a proxy."""
    own = dn(('O', 'Example Mobile'), ('CN', 'gnb1.ran.example'))
    ra = dn(('O', 'Example Mobile'), ('CN', 'Registration'))
    shown = certificate(3, OPERATOR_CA, own, 'gnb1.ran.example')
    inner = pkimessage(0, station('210235QV002', 'Huawei'), OPERATOR_CA,
                       cert_request(own), certificate(
                           1, dn(('CN', 'Huawei Wireless Network Product CA')),
                           station('210235QV002', 'Huawei')))
    return (cmp(pkimessage(7, own, OPERATOR_CA, cert_request(own), shown),
                pkimessage(2, own, OPERATOR_CA, cert_request(own)))
            + cmp(pkimessage(20, ra, OPERATOR_CA, seq(inner), certificate(
                4, OPERATOR_CA, ra)), source='10.92.0.5', port=42003)
            + cmp(pkimessage(7, own, OPERATOR_CA, cert_request(own), shown),
                  source='10.92.0.6', port=42004, lines=('Via: 1.1 gate',)))


def golden_cmp__broken():
    """What is no message, one that is cut, an answer where a request should be,
    and a certificate that is none; beside them another's POST."""
    own = station('210235QV001', 'Quillview')
    good = pkimessage(0, own, OPERATOR_CA, cert_request(own))
    return sum((cmp(m, port=42010 + n) for n, m in enumerate((
        b'hello', good[:-20], pkimessage(1, own, OPERATOR_CA, seq()),
        pkimessage(0, own, OPERATOR_CA, cert_request(own), seq(der(2, u8(1)))),
    ))), []) + tcp_frames(STATION, AUTHORITY, '10.92.0.1', '10.92.0.2', 42020,
                          829, ('>', post('/pkix/', 'text/plain', good,
                                          'User-Agent: other/1.0')))

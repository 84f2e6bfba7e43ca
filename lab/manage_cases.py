# SPDX-License-Identifier: ISC
"""Cases of what manages and watches boxes, in the words of tools/craft.py."""
import struct

NMS, EMS = '02:4c:41:90:00:01', '00:e0:fc:90:00:02'
NMS_IP, EMS_IP = '10.90.0.1', '10.90.0.2'


# GIOP: CDR aligned from the beginning of the message, in either byte order.
class Cdr:
    def __init__(self, little=False, octets=b''):
        self.little, self.b = little, octets

    def align(self, n):
        self.b += bytes(-len(self.b) % n)
        return self

    def octet(self, *n):
        self.b += bytes(n)
        return self

    def short(self, n):
        self.align(2).b += n.to_bytes(2, 'little' if self.little else 'big')
        return self

    def long(self, n):
        self.align(4).b += n.to_bytes(4, 'little' if self.little else 'big')
        return self

    def octets(self, v):
        self.long(len(v)).b += v
        return self

    def string(self, text):
        return self.octets(text.encode() + b'\0')

    def names(self, *pairs):
        self.long(len(pairs))
        for a, b in pairs:
            self.string(a).string(b)
        return self

    def profile(self, host, key=b'key', port=12003):
        inner = Cdr(self.little).octet(self.little, 1, 2)
        inner.string(host).short(port).octets(key).long(0)
        return self.long(0).octets(inner.b)

    def reference(self, type_id, host):
        return self.string(type_id).long(1).profile(host)


def giop(kind, body, minor, little=False, size=None, more=False):
    return (b'GIOP' + bytes([1, minor, little | 2 * more, kind])
            + (len(body) if size is None else size).to_bytes(
                4, 'little' if little else 'big') + body)


def head(little):
    return Cdr(little, bytes(12))


def grequest(operation, key, body=None, minor=2, little=False, by=0, **more):
    """body(cdr) writes the parameters."""
    c = head(little)
    if minor < 2:
        c.long(1).long(1).octets(hx('00 00 00 00 00 01 00 01'))
    c.long(7).octet(3 if minor == 2 else 1, 0, 0, 0)
    if minor == 2:
        c.short(by)
    if by == 2:
        c.long(0).reference('IDL:x:1.0', '10.90.9.9')
    elif by == 1:
        c.profile('10.90.9.8')
    else:
        c.octets(key)
    c.string(operation)
    if minor < 2:
        c.octets(b'')
    else:
        c.long(0).align(8)
    if body:
        body(c)
    return giop(0, c.b[12:], minor, little, **more)


def greply(body=None, minor=2, little=False, status=0, **more):
    c = head(little)
    if minor < 2:
        c.long(0)
    c.long(7).long(status)
    if minor == 2:
        c.long(0).align(8)
    if body:
        body(c)
    return giop(1, c.b[12:], minor, little, **more)


def iiop(*talk, port=12001, **more):
    return tcp_frames(NMS, EMS, NMS_IP, EMS_IP, 41000, port, *talk, **more)


U2000 = [('TMF_MTNM', 'Class'), ('HUAWEI', 'Vendor'),
         ('Huawei/U2000', 'EmsInstance'), ('2.0', 'Version'),
         ('Huawei/U2000', 'EmsSessionFactory_I')]
FACTORY = 'IDL:mtnm.tmforum.org/emsSessionFactory/EmsSessionFactory_I:1.0'


def golden_giop__session():
    """A manager asks the naming service beside an element manager for its
    session factory, gets a reference, logs in, which nothing is said of, and
    asks what it is. Both byte orders; versions 1.0 and 1.2."""
    def login(c):
        c.string('oss-user').string('oss-password')
        c.reference('IDL:mtnm.tmforum.org/nmsSession/NmsSession_I:1.0',
                    NMS_IP)

    def ems(c):
        c.names(('EMS', 'Huawei/U2000')).string('north').string('U2000')
        c.string('').string('V200R014C50').string('Huawei/U2000').long(0)

    return iiop(
        ('>', grequest('_is_a', b'NameService', lambda c: c.string(
            'IDL:omg.org/CosNaming/NamingContext:1.0'), 0)),
        ('<', greply(lambda c: c.octet(1), 0)),
        ('>', grequest('resolve', b'NameService', lambda c: c.names(*U2000),
                       0)),
        ('<', greply(lambda c: c.reference(FACTORY, EMS_IP), 0))) + iiop(
        ('>', grequest('getEmsSession', hx('14 01 0f 00 4e 55 50'), login,
                       little=True)),
        ('<', greply(lambda c: c.reference(
            'IDL:mtnm.tmforum.org/emsSession/EmsSession_I:1.0',
            'ems.example'), little=True)),
        ('>', grequest('getEMS', hx('14 01 0f 01'), little=True)),
        ('<', greply(ems, little=True)), port=12003)


def golden_giop__inventory():
    """The boxes that an element manager knows, two of them and what is none
    because it is the name of a card; alarms of a port, one by a plain reply
    and one as a notification."""
    def element(c, n, name, version, product):
        c.names(('EMS', 'Huawei/U2000'), ('ManagedElement', str(n)))
        c.string('label').string(name).string('').string('Vossdorf')
        c.string(version).string(product).long(0).octet(1)
        c.long(2).short(40).short(41).names(('SoftwareVersion', version))

    def elements(c):
        c.long(2)
        element(c, 3145728, 'VOS-OSN-01', '5.51.09.25', 'OptiX OSN 6800')
        element(c, 3145729, 'VOS-PTN-02', '5.76.02.35', 'OptiX PTN 3900')
        c.names(('EMS', 'Huawei/U2000'), ('ManagedElement', '3145729'),
                ('EquipmentHolder', '/rack=1')).string('').string('card')

    def alarm(c):
        c.string('tmf_mtnm').string('NT_ALARM').string('').string('x')
        c.names(('EMS', 'Huawei/U2000'), ('ManagedElement', '3145728'),
                ('PTP', '/rack=1/shelf=1/slot=3/domain=wdm/port=1'))
        c.names(('EMS', 'Huawei/U2000'), ('ManagedElement', '3145728'),
                ('PTP', '/rack=1/shelf=1/slot=4/domain=sdh'))

    return iiop(
        ('>', grequest('getAllManagedElements', b'\x14\x01\x02',
                       lambda c: c.long(50))),
        ('<', greply(elements)),
        ('>', grequest('getPTP', b'\x14\x01\x02', lambda c: c.names(
            ('EMS', 'Zenith/NM1'), ('ManagedElement', '7'),
            ('PTP', '/rack=1/domain=ptn/port=2')))),
        ('<', greply(alarm)), port=12003) + tcp_frames(
        EMS, NMS, EMS_IP, NMS_IP, 42000, 13000,
        ('>', grequest('push_structured_event', b'\x14\x01\x03', alarm,
                       1)))


def golden_giop__naming():
    """A naming service of its own: an element manager makes itself known
    there; a manager has it list what is bound, which does not say that the
    service is what it lists; targets by profile and by reference."""
    return tcp_frames(EMS, NMS, EMS_IP, '10.90.0.3', 42001, 2809,
                      ('>', grequest('rebind', b'NC0', lambda c: c.names(
                          *U2000[:3]).reference(FACTORY, EMS_IP), 1,
                          True))) + tcp_frames(
        NMS, EMS, NMS_IP, '10.90.0.3', 42002, 2809,
        ('>', grequest('list', b'NC0', lambda c: c.long(9), by=1)),
        ('<', greply(lambda c: c.long(2).names(('VENDOR-B', 'Vendor')).long(
            1).names(('VendorB/EM', 'EmsInstance')).long(1).string('').long(
                0))),
        ('>', grequest('list', b'NC0', lambda c: c.long(9), by=2)),
        ('<', greply(lambda c: c.string(
            'IDL:omg.org/CosNaming/NamingContext/NotFound:1.0').long(0).names(
                ('VENDOR-C', 'Vendor')), status=1)))


def golden_giop__fragments():
    """A request in fragments, of which the first is read; messages that say
    no more than their version; one that is longer than what is kept of it,
    and that what follows is found again."""
    first = grequest('getTPs', b'k1', lambda c: c.names(
        ('EMS', 'VendorD/1'), ('ManagedElement', '9')), more=True)
    long = greply(lambda c: c.names(('EMS', 'VendorE/2')).octets(
        bytes(9000)).names(('EMS', 'Unread/3')))
    return iiop(('>', first + giop(7, u32(7) + b'PTP\0' * 3, 2)),
                ('<', long),
                ('>', grequest('after', b'k2')),
                ('>', giop(3, u32(8) + u16(0) + u16(0) + u32(2) + b'k2', 2)),
                ('<', giop(4, u32(8) + u32(1), 2)),
                ('<', giop(5, b'', 2)))


def golden_giop__broken():
    """An operation that is none, a target of no known kind, contexts without
    number, an unknown type and version, a message that ends early; then one
    that is read."""
    def bad(body, minor=2, kind=0):
        return iiop(('>', giop(kind, body, minor)))
    tail = u32(0) + u32(0)
    return (bad(u32(7) + bytes(4) + u16(0) + u16(0) + u32(4) + b'key1'
                + u32(3) + b'a\1\0\0' + tail)
            + bad(u32(7) + bytes(4) + u16(5) + u16(0) + tail)
            + bad(u32(7) + bytes(4) + u16(2) + u16(0) + u32(0) + u32(1)
                  + bytes(4) + u32(9) + tail)
            + bad(u32(33) + bytes(400), 0)
            + bad(u32(7) + u32(6) + u32(0), kind=1)
            + bad(b'', kind=9) + bad(b'', 5)
            + iiop(('>', grequest('getEMS', b'key', size=4000)))
            + iiop(('>', b'GIOPHER speaks'))
            + iiop(('>', grequest('ping', b'key'))))


# IPFIX (RFC 7011 3), NetFlow version 9 (RFC 3954 5).
EXPORTER, COLLECTOR = '00:25:9e:91:00:01', '02:4c:41:91:00:02'
EXPORTER_IP, COLLECTOR_IP = '10.91.0.1', '10.91.0.2'


def export(payload, port=4739):
    return udp_frame(COLLECTOR, EXPORTER, EXPORTER_IP, COLLECTOR_IP, 40001,
                     port, payload)


def ipfix(*sets, seq=1, domain=257, size=None, at=0x69230b10):
    body = b''.join(sets)
    return (u16(10) + u16(16 + len(body) if size is None else size) + u32(at)
            + u32(seq) + u32(domain) + body)


def netflow9(*sets, seq=1, source=7):
    body = b''.join(sets)
    return (u16(9) + u16(len(sets)) + u32(1000 * seq) + u32(0x69230b10 + seq)
            + u32(seq) + u32(source) + body)


def eset(kind, value):
    return tlv(kind, value, 2, 2, 4)


def element(kind, size, pen=None):
    if pen is None:
        return u16(kind) + u16(size)
    return u16(0x8000 | kind) + u16(size) + u32(pen)


def template(number, *elements, scope=None):
    return (u16(number) + u16(len(elements))
            + (b'' if scope is None else u16(scope)) + b''.join(elements))


def golden_ipfix__templates():
    """Templates of an exporter with elements of two enterprises, one twice,
    and of the reverse direction, which is no enterprise's; options, of which
    the scope is counted; padding; data, twice, of which nothing is said and
    the second costs no reading."""
    flow = template(256, element(8, 4), element(12, 4), element(1, 8),
                    element(100, 4, 2011), element(101, 2, 2011),
                    element(1, 8, 29305))
    options = template(257, element(149, 4), element(40, 8),
                       element(7, 4, 3902), scope=1)
    data = ip('192.0.2.1') + ip('192.0.2.2') + bytes(22)
    return [export(ipfix(eset(2, flow), eset(3, options + u16(0)))),
            export(ipfix(eset(256, data), seq=2)),
            export(ipfix(eset(256, data[::-1]), seq=3, at=0x69230b20)),
            export(ipfix(eset(2, template(300, element(1, 4)) + template(
                301)), eset(256, data), domain=0), port=9995)]


def golden_ipfix__netflow_9():
    """Templates and data of version 9, whose numbers have no enterprises."""
    return [export(netflow9(eset(0, template(256, element(8, 4), element(
                12, 4), element(40000, 4))),
                eset(256, bytes(12))), 2055),
            export(netflow9(eset(1, u16(257) + u16(4) + u16(8) + element(
                1, 4) + element(41, 4) + element(42, 4)), seq=2), 9996),
            export(netflow9(eset(256, bytes(range(12))), seq=3,
                            source=300), 2055)]


def golden_ipfix__broken():
    """What is none: version 5 without a record, a length that is not the
    datagram's, a first set of a reserved number; then a set longer than the
    message, one that is too short, and a template that ends early."""
    good = eset(2, template(256, element(1, 4, 9)))
    return [export(u16(5) + bytes(70), 2055),
            export(ipfix(good, size=99)),
            export(ipfix(eset(7, bytes(8)))),
            export(ipfix(good, u16(256) + u16(80) + bytes(8))),
            export(ipfix(good, u16(256) + u16(3) + bytes(8))),
            export(ipfix(eset(2, u16(256) + u16(9) + element(2, 4, 25506))))]


# sFlow version 5: XDR.
def xdr(value):
    return u32(len(value)) + value + bytes(-len(value) % 4)


def sflow(agent, *samples, sub=0, seq=1, version=5, count=None):
    agent = ip(agent)
    return udp_frame(COLLECTOR, EXPORTER, EXPORTER_IP, COLLECTOR_IP, 40002,
                     6343, u32(version) + u32(1 if len(agent) == 4 else 2)
                     + agent + u32(sub) + u32(seq) + u32(1000 * seq)
                     + u32(len(samples) if count is None else count)
                     + b''.join(samples))


def record(kind, value, enterprise=0):
    return u32(enterprise << 12 | kind) + xdr(value)


def counters(*records):
    return record(2, u32(1) + u32(7) + u32(len(records)) + b''.join(records))


def flow_sample(octets):
    raw = record(1, u32(1) + u32(1514) + u32(4) + xdr(octets))
    return record(1, u32(1) + u32(7) + u32(2000) + u32(4000) + u32(0) + u32(7)
                  + u32(8) + u32(1) + raw)


def host(name, release, machine=3, os=2):
    return record(2000, xdr(name) + bytes(range(16)) + u32(machine) + u32(os)
                  + xdr(release))


def golden_sflow__agent():
    """A switch with counters of its own format and an agent's address that is
    not the datagram's; samples of flows, which are not opened; a host that
    describes itself, over IPv6, in an expanded sample; an unknown sample of an
    enterprise."""
    frame = hx('00 00 5e 00 53 01 00 00 5e 00 53 02 08 00') + bytes(40)
    return [sflow('10.91.9.1', flow_sample(frame), counters(
                record(1, bytes(88)), record(5, bytes(12), 25506))),
            sflow('10.91.9.1', flow_sample(frame[::-1]), seq=2),
            sflow('2001:db8:91::1', record(4, u32(1) + u32(2) + u32(1)
                  + u32(2) + host(b'vos-srv-01', b'6.1.0-18-amd64')
                  + record(2001, bytes(4))), sub=3),
            sflow('10.91.9.2', record(9, bytes(8), 4413), sub=70000),
            sflow('10.91.9.3', counters(host(b'vos-srv-02', b'5.10.0-9', 5)))]


def golden_sflow__broken():
    """Another version, an address of no kind, a datagram without its samples'
    number, a sample longer than the rest, a name that is too long; then one
    that is read."""
    return [sflow('10.91.9.1', version=4),
            udp_frame(COLLECTOR, EXPORTER, EXPORTER_IP, COLLECTOR_IP, 40002,
                      6343, u32(5) + u32(3) + bytes(24)),
            udp_frame(COLLECTOR, EXPORTER, EXPORTER_IP, COLLECTOR_IP, 40002,
                      6343, u32(5) + u32(1) + bytes(14)),
            sflow('10.91.9.1', u32(2) + u32(80) + bytes(12)),
            sflow('10.91.9.1', counters(host(b'x' * 65, b'1'))),
            sflow('10.91.9.1', counters(u32(2000) + u32(90) + bytes(8))),
            sflow('10.91.9.4')]


# NTP (RFC 5905 7.3), control messages (RFC 9327 2).
CLOCK, ASKER = '00:25:9e:92:00:01', '02:4c:41:92:00:02'
CLOCK_IP, ASKER_IP = '10.92.0.1', '10.92.0.2'


def ntp(first, payload, answer=True):
    ends = (ASKER, CLOCK, CLOCK_IP, ASKER_IP) if answer else (
        CLOCK, ASKER, ASKER_IP, CLOCK_IP)
    return udp_frame(*ends, 123, 123, u8(first) + payload)


def clock(stratum, reference, first=0x24, seconds=1, answer=True):
    times = b''.join(u32(0xe9000000 + seconds) + u32(n) for n in range(4))
    return ntp(first, u8(stratum) + hx('06 e9') + u32(seconds) + u32(2)
               + reference + times, answer)


def control(bits, data, association=0, offset=0, count=None, first=0x16):
    return ntp(first, u8(bits) + u16(9) + u16(0x0615) + u16(association)
               + u16(offset) + u16(len(data) if count is None else count)
               + data + bytes(-len(data) % 4))


def golden_ntp__time():
    """Servers at stratum 1 behind a satellite receiver, at 2 and 5 behind
    others, and one that broadcasts; the second of the first costs no reading.
    A client, a server whose clock is not set, one that says why it gives no
    time and one that is out of reach of any clock: nothing."""
    return [clock(0, bytes(4), 0x23, answer=False),
            clock(1, b'GNSS'),
            clock(1, b'GNSS', seconds=64),
            clock(2, ip('10.92.9.1')),
            clock(5, hx('7f 7f 01 00')),
            clock(1, b'PPS\0', 0x25),
            clock(2, bytes(4), 0xe4),
            clock(0, b'RATE'),
            clock(16, bytes(4))]


def golden_ntp__variables():
    """A question for a server's variables and answers: one in quotes with a
    comma, one in two fragments of which a variable is lost, one of an
    association, an error."""
    whole = (b'version="ntpd 4.2.8p15@1.3728-o, built", processor="x86_64",\r\n'
             b'system="Linux/6.1.0", leap=0, stratum=2, refid=10.92.9.1')
    return [ntp(0x16, u8(2) + bytes(10), False),
            control(0x82, whole),
            control(0xa2, b'version="ntpd 4.1.1c", proc'),
            control(0x82, b'essor="mips", system="VRP"', offset=27),
            control(0x82, b'version=bare,system=VxWorks,processor=ppc'),
            control(0x82, b'srcadr=10.92.9.1, version="no"', 7),
            control(0xc2, b'version="no"')]


def golden_ntp__broken():
    """Another version, a mode of makers' own, packets that are too short, an
    answer that counts more than it has; then one that is read."""
    return [clock(1, b'GPS\0', 0x3c), ntp(0x17, bytes(60)),
            ntp(0x24, bytes(40)), ntp(0x16, bytes(6)),
            control(0x82, b'version="x"', count=80),
            clock(3, ip('10.92.9.2'))]


# TACACS+ (RFC 8907 4.1).
def tacacs(number, body, flags=0, version=0xc0, kind=1, size=None):
    return (bytes([version, kind, number, flags]) + u32(0x5eed) + u32(
        len(body) if size is None else size) + body)


def connections(port, *talks):
    """Each from a port of its own."""
    return sum((tcp_frames(ASKER, CLOCK, ASKER_IP, CLOCK_IP, 43000 + n, port,
                           *talk) for n, talk in enumerate(talks)), [])


def golden_tacacs__login():
    """A login whose bodies are hidden, one in clear and accounting; nothing of
    a body is said."""
    start = hx('01 01 01 01 05 04 00 00') + b'admintty0'
    return connections(
        49,
        [('>', tacacs(1, b'\xa5' * 40)), ('<', tacacs(2, b'\x5a' * 16)),
         ('>', tacacs(3, b'\xa5' * 9)), ('<', tacacs(4, b'\x5a' * 6))],
        [('>', tacacs(1, start, 1, 0xc1)),
         ('<', tacacs(2, hx('05 01 00 00 00 00'), 1, 0xc1))],
        [('>', tacacs(1, b'\xa5' * 30, 4, kind=3)),
         ('<', tacacs(2, b'\x5a' * 5, 4, kind=3))])


def golden_tacacs__broken():
    """What is none: another version, kind, flag, number or length, and a head
    that ends early; then one that is read."""
    return connections(49, *([('>', x)] for x in (
        b'hello world!', tacacs(1, b'x', kind=4), tacacs(1, b'x', 2),
        tacacs(5, b'x'), tacacs(1, b'x', size=70000), tacacs(1, b'')[:9],
        tacacs(1, b'xy'))))


# NETCONF (RFC 6241 8.1) in RFC 6242's first framing.
def hello(*capabilities, session=None, prefix='', before=''):
    x = prefix
    text = (before + f'<{x}hello xmlns{":" + x[:-1] if x else ""}='
            '"urn:ietf:params:xml:ns:netconf:base:1.0">'
            f'<{x}capabilities>' + ''.join(
                f'<{x}capability>{c}</{x}capability>\n'
                for c in capabilities) + f'</{x}capabilities>')
    if session:
        text += f'<{x}session-id>{session}</{x}session-id>'
    return (text + f'</{x}hello>]]>]]>').encode()


BASE = 'urn:ietf:params:netconf:base:1.'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def golden_netconf__hello():
    """Both sides of a session, the server with its maker's modules; one that
    calls home with prefixes and a comment, in which no tag counts. What comes
    behind the first message is not read."""
    rpc = b'<rpc message-id="1"><get-config/></rpc>]]>]]>'
    return (connections(830, [
        ('<', hello(BASE + '0', BASE + '1',
                    'http://www.huawei.com/netconf/vrp',
                    'urn:huawei:yang:huawei-ifm?module=huawei-ifm&amp;'
                    'revision=2022-08-06', session=17, before=XML)),
        ('>', hello(BASE + '0', before=XML) + rpc)])
        + tcp_frames(CLOCK, ASKER, CLOCK_IP, ASKER_IP, 44001, 4334,
                     ('>', hello(' http://cisco.com/ns/yang/x ', session=18,
                                 prefix='nc:', before='<!-- <hello> -->')),
                     ('<', hello(BASE + '1'))))


def golden_netconf__dialect():
    """A client that is told to speak a maker's dialect offers the maker's
    capabilities, and so does nobody else."""
    return connections(830, [
        ('>', hello(BASE + '0', 'http://www.huawei.com/netconf/capability/'
                    'execute-cli/1.0')),
        ('<', hello(BASE + '0', session=19))])


def golden_netconf__broken():
    """What is none: a secure shell on that port, another element, text; a
    hello without its end; then one that is read."""
    return connections(830, *([('>', x)] for x in (
        b'SSH-2.0-x\r\n', b'<rpc/>]]>]]>', b'capability', hello(BASE)[:90],
        hello(BASE + '0'))))

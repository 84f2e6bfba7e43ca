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

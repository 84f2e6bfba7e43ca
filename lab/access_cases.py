# SPDX-License-Identifier: ISC
"""Cases of access networks' protocols, in the words of tools/craft.py."""

WTP, AC = '02:4c:41:80:00:01', '02:4c:41:80:00:11'
AT = {WTP: '10.80.0.1', AC: '10.80.1.1'}


# --------------------------------------------------------- CAPWAP (RFC 5415)

def element(kind, value):
    return tlv(kind, value, kind_n=2)


def capwap(src, dst, kind, *elements, head='00 10 02 00 00 00 00 00', cut=0):
    body = b''.join(elements)
    data = hx(head) + u32(kind) + u8(kind) + u16(3 + len(body)) + u8(0) + body
    ports = (5246, 12345) if src == AC else (12345, 5246)
    return udp_frame(dst, src, AT[src], AT[dst], *ports,
                     data[:len(data) - cut])


def board(pen, model, serial, mac):
    return element(38, u32(pen) + element(0, model) + element(1, serial)
                   + element(2, b'\x00\x07') + element(3, b'\x00\x01')
                   + element(4, hx(mac)))


def versions(pen, *named):
    return b''.join(u32(pen) + element(*one) for one in named)


def wtp(pen):
    return element(39, hx('02 02 01 01 00 01') + versions(
        pen, (0, b'HW-A'), (1, b'1.2.3'), (2, b'0.9'), (3, b'spare 1.1')))


def controller(pen, version):
    return element(1, bytes(8) + hx('04 01 00 04')
                   + versions(pen, (4, b'AC-HW'), (5, version)))


def golden_capwap__discovery():
    """Three access points look for a controller; it answers."""
    return [capwap(WTP, AC, 1, element(20, u8(0)), board(
        pen, b'AP-%d' % pen, b'SN%08d' % pen, '02 4c 41 81 00 %02x' % n),
        wtp(pen), element(37, u32(pen) + u16(1) + b'\x00'))
        for n, pen in enumerate((32473, 32474, 32475))] + [
        capwap(AC, WTP, 2, controller(32473, b'7.%d' % n),
               element(4, b'ac-%d' % n)) for n in range(3)]


def golden_capwap__join():
    """In clear: names and a place. An AC that sets a name is not named so."""
    return [capwap(WTP, AC, 3, element(28, b'hall'), element(45, b'ap-hall'),
                   board(32473, b'AP-9', b'SN9', '02 4c 41 81 00 09')),
            capwap(AC, WTP, 4, controller(32473, b'7.1'), element(4, b'ac')),
            capwap(AC, WTP, 7, element(45, b'ap-new'))]


def golden_capwap__broken():
    """DTLS, a fragment and a type that is none are another's; a message that
    is cut, an element longer than its message; then one that reads."""
    return [capwap(WTP, AC, 1, head='01 00 00 00 16 fe ff 00'),
            capwap(WTP, AC, 1, head='00 10 02 80 00 01 00 00'),
            capwap(WTP, AC, 99),
            capwap(WTP, AC, 1, wtp(32473), cut=3),
            capwap(WTP, AC, 3, element(45, b'kept'), hx('00 26 00 40 00')),
            capwap(WTP, AC, 3, element(45, b'whole'))]


# --------------------------------------- 802.11 beacons, WPS (IEEE 802.11 9.3)

AP = '02:4c:41:80:02:%02x'


def ie(kind, value):
    return tlv(kind, value, len_n=1)


def protected_setup(maker, model, number, serial, name, last):
    return b''.join(tlv(kind, value, kind_n=2) for kind, value in (
        (0x104a, b'\x10'), (0x1044, b'\x02'), (0x103b, b'\x03'),
        (0x1047, hx('00010203 0405 0607 0809 0a0b0c0d0e') + u8(last)),
        (0x1021, maker), (0x1023, model), (0x1024, number), (0x1042, serial),
        (0x1054, hx('0006 0050f204 0001')), (0x1011, name),
        (0x1008, hx('2008'))))


def air(control, n, *elements, time=0, ess=0x0411):
    mac = hx(AP % n)
    return (hx(control) + hx('0000 ffffffffffff') + mac + mac + u16(0)
            + time.to_bytes(8, 'little') + hx('6400')
            + ess.to_bytes(2, 'little') + b''.join(elements))


def wps(*said):
    return ie(221, hx('0050f204') + protected_setup(*said))


def golden_wps__beacon():
    """Beacons of three access points, the first again with a later clock and
    traffic waiting, and a probe response of one without protected setup."""
    cell = ie(0, b'net'), ie(1, hx('82848b96'))
    first = wps(b'Example', b'EX-1', b'1', b'SN0001', b'hall', 1)
    return [air('8000', 1, *cell, ie(5, hx('00010000')), first, time=1),
            air('8000', 1, *cell, ie(5, hx('00010001')), first, time=2),
            air('8000', 2, *cell, wps(b'Sample', b'SA-2', b'2.0', b'SN0002',
                                      b'yard', 2)),
            air('8000', 3, *cell, wps(b'Specimen', b'SP-3', b'v3', b'SN0003',
                                      b'roof', 3)),
            air('5000', 4, *cell, ie(221, hx('00d0d0 01 01')),
                ie(221, hx('00e0fc 01')))]


def golden_wps__split():
    """Protected setup in two elements: one attribute begins in the first and
    ends in the second."""
    said = protected_setup(b'Example', b'EX-5', b'5', b'SN0005', b'gate', 5)
    return [air('5000', 5, ie(0, b'net'), ie(221, hx('0050f204') + said[:40]),
                ie(221, hx('0050f204') + said[40:]))]


def golden_wps__others():
    """Nobody's infrastructure: stations among themselves, a telephone that
    forms a group, and a probe request, whose sender alone is counted."""
    said = wps(b'Example', b'EX-6', b'6', b'SN0006', b'phone', 6)
    return [air('8000', 6, ie(0, b'net'), said, ess=2),
            air('8000', 7, ie(0, b'DIRECT-xy'), said,
                ie(221, hx('506f9a 09 02 02 00 25 00'))),
            hx('4000 0000 ffffffffffff') + hx(AP % 8) + hx('ffffffffffff 0000')
            + ie(0, b'') + said]


def golden_wps__broken():
    """Too short for what is fixed; an attribute and an element longer than
    what is there; then a beacon that reads."""
    return [air('8000', 9)[:30],
            air('8000', 10, ie(0, b'net'),
                ie(221, hx('0050f204 1021 0040') + b'Example')),
            air('8000', 11, ie(0, b'net'), ie(221, hx('00e0fc 01')),
                hx('dd 20 0050')),
            air('8000', 12, ie(0, b'net'),
                wps(b'Whole', b'W', b'1', b'S', b'N', 12))]


for case in (golden_wps__beacon, golden_wps__split, golden_wps__others,
             golden_wps__broken):
    case.link = 105


# ------------------------------------------------------- OMCI (ITU-T G.988)

def omci(kind, entity, contents, extended=False, instance=0):
    body = contents if extended else padded(contents, 32)
    head = u16(0x8001) + u8(kind) + u8(11 if extended else 10)
    head += u16(entity) + u16(instance)
    head += u16(len(body)) if extended else b''
    tail = bytes(4) if extended else hx('0000 0028 00000000')
    return ethernet('02:4c:41:80:03:01', '02:4c:41:80:03:02', 0x88b5,
                    head + body + tail)


def onu_g(vendor, version, serial):
    return padded(vendor, 4) + padded(version, 14) + serial


def uploaded(entity, mask, values, instance=0):
    return u16(entity) + u16(instance) + u16(mask) + values


def golden_omci__upload():
    """An OLT uploads what three ONUs are: who made them, their equipment and
    their software; one tells of its OLT."""
    frames = [omci(0x4e, 2, u16(0))]
    for n, vendor in enumerate((b'HWTC', b'ZTEG', b'ALCL')):
        serial = vendor + hx('1a2b3c') + u8(n)
        frames += [
            omci(0x2e, 2, uploaded(256, 0xe000,
                                   onu_g(vendor, b'V%d.0' % n, serial))),
            omci(0x2e, 2, uploaded(257, 0xe000, padded(b'ONU-%d' % n, 20)
                                   + u8(0xa0) + u16(n))),
            omci(0x2e, 2, uploaded(7, 0xf000, padded(b'R%d.1' % n, 14)
                                   + hx('01 01 01')))]
    return frames + [omci(0x2e, 2, uploaded(
        131, 0xc000, b'ABCD' + padded(b'OLT-1', 20)))]


def golden_omci__get():
    """One attribute at a time: mask and value stand where others were left
    out. A serial number without letters, and zeros, which say nothing."""
    return [omci(0x49, 256, u16(0x2000)),
            omci(0x29, 256, u8(0) + u16(0x2000) + b'XXXX' + hx('00000001')),
            omci(0x29, 256, u8(0) + u16(0x2000) + hx('01020304 05060708')),
            omci(0x29, 256, u8(0) + u16(0x2000) + bytes(8)),
            omci(0x29, 257, u8(0) + u16(0x2000) + u16(77)),
            omci(0x29, 7, u8(9) + u16(0x0800) + padded(b'PRODUCT', 25)),
            omci(0x29, 256, u8(6) + u16(0x2000) + b'XXXX' + hx('00000001'))]


def golden_omci__olt():
    """An OLT sets what it is; an ONU tells it, version included."""
    return [omci(0x48, 131, u16(0x8000) + b'ABCD'),
            omci(0x48, 131, u16(0x4000) + padded(b'OLT-2', 20)),
            omci(0x29, 131, u8(0) + u16(0x2000) + padded(b'V9', 14))]


def golden_omci__extended():
    """Extended messages: a response to get behind three masks, and several
    entities in one upload."""
    several = [(256, 0xe000, onu_g(b'HWTC', b'V5', b'HWTC' + hx('00000005'))),
               (131, 0xe000, b'ABCD' + padded(b'OLT-5', 20)
                + padded(b'V5', 14)), (256, 0x4000, padded(b'V6', 14))]
    return [omci(0x29, 257, u8(0) + u16(0xa000) + bytes(4)
                 + padded(b'ONU-5', 20) + u16(5), True),
            omci(0x2e, 2, b''.join(
                u16(len(values)) + uploaded(entity, mask, values)
                for entity, mask, values in several), True)]


def golden_omci__broken():
    """Another experiment's octets, a device type that is none, an extended
    message longer than its frame; entities that are cut; one that reads."""
    return [ethernet(AC, WTP, 0x88b5, b'experiment of somebody'),
            ethernet(AC, WTP, 0x88b5, hx('0001 29 0c 0100 0000') + bytes(40)),
            ethernet(AC, WTP, 0x88b5, hx('0001 29 0b 0100 0000 0100') + b'x'),
            omci(0x2e, 2, u16(22) + uploaded(256, 0xe000, b'ABCD'), True),
            omci(0x29, 256, u8(0) + u16(0xe000) + bytes(4) + hx('01'), True),
            omci(0x29, 256, u8(0) + u16(0x8000) + b'HWTC')]


# ----------------------------------------- serial numbers of ONUs (TR-101)

def lined(n, circuit, remote):
    line = tlv(1, circuit, len_n=1) + tlv(2, remote, len_n=1)
    body = tlv(0x0105, u32(3561) + line, kind_n=2)
    return ethernet('ff:ff:ff:ff:ff:ff', AP % n, 0x8863,
                    hx('11 09 0000') + u16(len(body)) + body)


def golden_pppoe__onu():
    """Access nodes write the serial number of an ONU into a line's names: in
    letters, in hexadecimal, in eight octets, in a longer name; not in one."""
    return [lined(32, b'olt-1 xpon 0/1/0:1', b'HWTC1A2B3C4D'),
            lined(33, b'5A5445471A2B3C4D.100', b'7'),
            lined(34, b'olt-1', b'ALCL' + hx('1a2b3c4d')),
            lined(35, b'olt-1/HWTC0000000A/1', b'8'),
            lined(36, b'olt-1 ABCDEFGHIJKL', b'HWTC1234')]

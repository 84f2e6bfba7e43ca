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

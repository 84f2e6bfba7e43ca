# SPDX-License-Identifier: ISC
"""Cases of keys, ports and paths that are guarded, in the words of
tools/craft.py."""

NEAR, FAR = '02:4c:41:91:00:01', '02:4c:41:91:00:02'
PEER, GATE = '10.91.0.1', '10.91.0.2'


def sent(src, port, data):
    """A datagram between the two ends, by who sends it."""
    if src == PEER:
        return udp_frame(FAR, NEAR, PEER, GATE, port, port, data)
    return udp_frame(NEAR, FAR, GATE, PEER, port, port, data)


# IKE (RFC 2408 3.1, RFC 7296 3.1): a payload's type stands before it.
def isakmp(version, exchange, *payloads, flags=0, longer=0):
    kinds = [kind for kind, _ in payloads] + [0]
    body = b''.join(u8(after) + u8(0) + u16(4 + len(value)) + value
                    for after, (_, value) in zip(kinds[1:], payloads))
    return (hx('1122334455667788 0000000000000000') + u8(kinds[0])
            + u8(version << 4) + u8(exchange) + u8(flags) + u32(0)
            + u32(28 + len(body) + longer) + body)


def golden_ike__version_1():
    """Main mode with two vendor ids, an aggressive one whose identity is not
    read, a notification, an encrypted message."""
    sa = (1, hx('00000001 00000001')
          + hx('00000020 01010001 00000018 01010000 80010007 80020004 80030001'
               '800e0100'))
    identity = (5, hx('03000000') + b'jane@example')
    return [
        sent(PEER, 500, isakmp(1, 2, sa, (13, hx('0102030405060708')),
                               (13, b'QX one'))),
        sent(GATE, 500, isakmp(1, 4, sa, identity, (13, hx('a1b2c3d4')))),
        sent(GATE, 500, isakmp(1, 5, (11, hx('00000001 0100 000e')))),
        sent(PEER, 4500, u32(0) + isakmp(1, 2, (5, bytes(24)), flags=1))]


def golden_ike__version_2():
    """IKE_SA_INIT of both ends, with notifications and vendor ids; the answer
    on 4500. What is encrypted stays closed."""
    nat = (41, hx('0000 4004') + bytes(range(20)))
    return [
        sent(PEER, 500, isakmp(2, 34, (40, bytes(range(32))), nat,
                               (43, b'QX two'), flags=8)),
        sent(GATE, 4500, u32(0) + isakmp(2, 34, (40, bytes(range(32))),
                                         (41, hx('0000 402e')),
                                         (43, hx('00ff10')), flags=0x20)),
        sent(PEER, 4500, u32(0) + isakmp(2, 35, (46, bytes(64)), flags=8))]


def golden_ike__broken():
    """A payload shorter than its head, one longer than its message, a message
    longer than its datagram. What is none: ESP, a keepalive, another version,
    another exchange. Beside them a vendor id."""
    name = (43, b'beside')
    good = isakmp(2, 34, name)
    return [sent(PEER, 4500, data) for data in (
        u32(0) + good[:30] + u16(3) + good[32:],
        u32(0) + good[:30] + u16(90) + good[32:],
        u32(0) + isakmp(2, 34, name, longer=4),
        hx('12345678 00000001') + bytes(range(40)), hx('ff'),
        u32(0) + isakmp(3, 34, name), u32(0) + isakmp(2, 99, name),
        u32(0) + good)]

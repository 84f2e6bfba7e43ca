# SPDX-License-Identifier: ISC
"""An SNMPv2c agent that remembers what it was asked: Agent({address: rows}).
Rows are (oid, tag, octets) as in snmprec; one UDP port, several addresses of
the loopback. Written from RFC 1157, 3416 and X.690 for tests."""
import bisect
import select
import socket
import threading
import time

GET, NEXT, RESPONSE, SET, BULK = 0xa0, 0xa1, 0xa2, 0xa3, 0xa5
NO_OBJECT, END = 0x80, 0x82


def tlv(tag, body):
    n = len(body)
    if n < 128:
        return bytes([tag, n]) + body
    size = n.to_bytes((n.bit_length() + 7) // 8, 'big')
    return bytes([tag, 0x80 | len(size)]) + size + body


def whole(v, tag=2):
    return tlv(tag, v.to_bytes(v.bit_length() // 8 + 1, 'big', signed=True))


def base128(v):
    out = bytes([v & 127])
    while v > 127:
        v >>= 7
        out = bytes([v & 127 | 128]) + out
    return out


def oid_octets(text):
    arcs = [int(x) for x in text.strip('.').split('.')]
    return base128(arcs[0] * 40 + arcs[1]) + b''.join(map(base128, arcs[2:]))


def read(octets, at=0):
    """(tag, body, end) of what stands at a place."""
    tag, n, at = octets[at], octets[at + 1], at + 2
    if n & 0x80:
        k = n & 0x7f
        n = int.from_bytes(octets[at:at + k], 'big')
        at += k
    return tag, octets[at:at + n], at + n


def parts(octets):
    out, at = [], 0
    while at < len(octets):
        tag, body, at = read(octets, at)
        out.append((tag, body))
    return out


def arcs(octets):
    out, v = [], 0
    for c in octets:
        v = v << 7 | c & 127
        if not c & 128:
            out.append(v)
            v = 0
    first = min(out[0] // 40, 2)
    return (first, out[0] - 40 * first, *out[1:])


def encode(tag, value):
    if tag == 6:
        return tlv(6, oid_octets(value.decode()))
    if tag == 64:
        return tlv(64, bytes(int(x) for x in value.decode().split('.')))
    if tag in (2, 65, 66, 67, 70):
        return whole(int(value), tag)
    return tlv(tag, value)


class Host:
    def __init__(self, rows):
        got = {tuple(map(int, o.strip('.').split('.'))): encode(t, v)
               for o, t, v in rows}
        self.oids = sorted(got)
        self.values = got

    def behind(self, oid):
        at = bisect.bisect_right(self.oids, oid)
        return self.oids[at] if at < len(self.oids) else None


class Agent:
    def __init__(self, hosts, port=0, community=b'hidden', delay=0,
                 dead=lambda address, oid: False):
        self.community, self.dead, self.delay = community, dead, delay
        self.hosts = {a: Host(r) for a, r in hosts.items()}
        self.asked = []  # (time of the datagram, address, PDU, oid)
        self.sockets = {}
        for a in self.hosts:
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind((a, port))
            port = s.getsockname()[1]
            self.sockets[s] = a
        self.port, self.over = port, False
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.thread.join()
        for s in self.sockets:
            s.close()

    def serve(self):
        while not self.over:
            for s in select.select(list(self.sockets), [], [], 0.05)[0]:
                octets, peer = s.recvfrom(65535)
                answer = self.answer(self.sockets[s], octets)
                if answer:
                    time.sleep(self.delay)
                    s.sendto(answer, peer)

    def answer(self, address, octets):
        version, community, (kind, pdu) = parts(read(octets)[1])
        number, second, third, names = parts(pdu)
        oids = [arcs(parts(x)[0][1]) for _, x in parts(names[1])]
        now = time.monotonic()
        self.asked += [(now, address, kind, o) for o in oids]
        if community[1] != self.community or version[1] != b'\1' or \
                any(self.dead(address, o) for o in oids):
            return None
        times = int.from_bytes(third[1], 'big') if kind == BULK else 1
        rows = self.rows(self.hosts[address], kind, oids, times)
        out = tlv(2, number[1]) + whole(0) + whole(0) + tlv(0x30, rows)
        return tlv(0x30, tlv(2, b'\1') + tlv(4, community[1]) +
                   tlv(RESPONSE, out))

    @staticmethod
    def rows(host, kind, oids, times):
        out = b''
        for o in oids:
            for _ in range(times):
                if kind != GET:
                    behind = host.behind(o)
                    value = host.values.get(behind, tlv(END, b''))
                    o = behind or o
                else:
                    value = host.values.get(o, tlv(NO_OBJECT, b''))
                name = tlv(6, oid_octets('.'.join(map(str, o))))
                out += tlv(0x30, name + value)
                if value[0] == END or len(out) > 1400:
                    break
        return out

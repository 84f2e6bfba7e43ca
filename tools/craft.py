#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Captures written from a standard's layout, for what no daemon here sends.

craft.py CASES.py [P/CASE...]     tests/golden/P/CASE.pcap and the .md beside
                                  examples/operator/SITE/CASE.pcap and .yaml
craft.py --hex OUT HEX...         whole Ethernet frames written out in hex

A file of cases says, a function a case and in the words below, which octets
stand where; its docstring tells what the case shows. All that comes out is
marked "constructed": it proves that we read the layout, not that any box sends
it.
"""
import argparse
import calendar
import ipaddress
import os
import runpy
import struct
import sys
import textwrap
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, 'lab'))
import seal  # noqa: E402

START = '2026-11-23T09:00:00Z'


def hx(*text):
    """Octets written in hex; spaces, colons and dashes are for the reader."""
    return bytes.fromhex(''.join(text).replace(':', '').replace('-', ''))


def u8(n):
    return struct.pack('>B', n)


def u16(n):
    return struct.pack('>H', n)


def u32(n):
    return struct.pack('>I', n)


def ip(text):
    return ipaddress.ip_address(text).packed


def padded(value, size):
    return value + bytes(size - len(value))


def tlv(kind, value, kind_n=1, len_n=2, counted=0):
    """Type, length, value; counted: octets of the head in the length."""
    return (kind.to_bytes(kind_n, 'big')
            + (len(value) + counted).to_bytes(len_n, 'big') + value)


def ethernet(dst, src, kind, payload, tags=()):
    head = hx(dst) + hx(src)
    for tag in tags:
        head += u16(0x8100) + u16(tag)
    return padded_frame(head + u16(kind) + payload)


def padded_frame(frame):
    """IEEE 802.3 3.2.8: no frame is shorter than 60 octets and its FCS."""
    return padded(frame, max(60, len(frame)))


def checksum(data):
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(f'>{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ip_frame(dst_mac, src_mac, src, dst, protocol, payload, ttl=64):
    src, dst = ip(src), ip(dst)
    if len(src) == 4:
        head = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(payload), 1, 0, ttl,
                           protocol, 0) + src + dst
        head = head[:10] + u16(checksum(head)) + head[12:]
        return ethernet(dst_mac, src_mac, 0x0800, head + payload)
    head = struct.pack('>IHBB', 6 << 28, len(payload), protocol, ttl)
    return ethernet(dst_mac, src_mac, 0x86dd, head + src + dst + payload)


def udp_frame(dst_mac, src_mac, src, dst, sport, dport, payload, ttl=64):
    size = 8 + len(payload)
    head = u16(sport) + u16(dport) + u16(size)
    pseudo = ip(src) + ip(dst) + u32(size) + u32(17)
    total = checksum(pseudo + head + u16(0) + payload) or 0xffff
    return ip_frame(dst_mac, src_mac, src, dst, 17,
                    head + u16(total) + payload, ttl)


def tcp_frame(dst_mac, src_mac, src, dst, sport, dport, seq, ack, flags,
              payload=b'', ttl=64):
    head = struct.pack('>HHIIBBHHH', sport, dport, seq, ack, 0x50, flags,
                       65535, 0, 0)
    pseudo = ip(src) + ip(dst) + u32(len(head) + len(payload)) + u32(6)
    total = checksum(pseudo + head + payload)
    return ip_frame(dst_mac, src_mac, src, dst, 6,
                    head[:16] + u16(total) + head[18:] + payload, ttl)


def tcp_frames(client_mac, server_mac, client, server, sport, dport, *talk,
               size=1400, ttl=64):
    """A conversation from its first SYN to its last FIN. talk: what is said in
    turn, as ('>', octets) by the client and ('<', octets) by the server; what
    is longer than size goes in several segments."""
    fin, syn, push, acked = 1, 2, 8, 16
    at = {'>': 1000, '<': 5000}

    def say(who, flags, data=b''):
        ends = (server_mac, client_mac, client, server, sport, dport)
        if who == '<':
            ends = (client_mac, server_mac, server, client, dport, sport)
        other = at['<' if who == '>' else '>'] if flags & acked else 0
        made = tcp_frame(*ends, at[who], other, flags, data, ttl)
        at[who] += len(data) + bool(flags & (syn | fin))
        return made

    frames = [say('>', syn), say('<', syn | acked), say('>', acked)]
    for who, data in talk:
        frames += [say(who, push | acked, data[n:n + size])
                   for n in range(0, len(data), size)]
    return frames + [say('>', fin | acked), say('<', fin | acked),
                     say('>', acked)]


def write(path, frames, start=START, link=1):
    at = calendar.timegm(time.strptime(start, '%Y-%m-%dT%H:%M:%SZ'))
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    with open(path, 'wb') as f:
        for piece in seal.pcapng(link, [((at + n) * 10**9, len(d), d)
                                     for n, d in enumerate(frames)], None):
            f.write(piece)
    print(f'{path}: {len(frames)} frames, constructed', file=sys.stderr)


def words_of(path):
    """What a file of cases defines, for another that borrows its words."""
    words = {k: v for k, v in globals().items() if callable(v)}
    return runpy.run_path(path, words)


def place(name):
    """Where the case of that function stands, and what it is called."""
    kind, _, case = name.partition('_')
    case = case.replace('__', '/')
    if kind == 'golden':
        return 'tests/golden', case
    if kind == 'operator':
        return 'examples/operator', case.replace('_', '-')
    return None, None


def tell(kind, out, case, about):
    """Beside a capture, that it is constructed."""
    if kind == 'examples/operator':
        with open(out + '.pcap.yaml', 'w', encoding='utf-8') as f:
            f.write('origin: constructed\n')
        return
    with open(out + '.md', 'w', encoding='utf-8') as f:
        f.write(f'# {case}\n\n' + textwrap.fill(
            f'Origin: constructed from the layout. {about}', 80) + '\n')


def cases(path, wanted):
    """golden_P__CASE() returns the frames of P/CASE, and operator_DE_1__CASE()
    those of the demonstration operator's DE-1/CASE, of Ethernet unless its
    attribute `link` is another LINKTYPE_."""
    for name, make in words_of(path).items():
        kind, case = place(name)
        if not kind or wanted and case not in wanted:
            continue
        out = os.path.normpath(os.path.join(ROOT, kind, case))
        write(out + '.pcap', make(), link=getattr(make, 'link', 1))
        tell(kind, out, case, ' '.join(make.__doc__.split()))


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('--hex', action='store_true')
    p.add_argument('--start', default=START)
    p.add_argument('file')
    p.add_argument('rest', nargs='*')
    a = p.parse_intermixed_args()
    if a.hex:
        write(a.file, [padded_frame(hx(''.join(t.split()))) for t in a.rest],
              a.start)
    else:
        cases(a.file, a.rest)


if __name__ == '__main__':
    main()

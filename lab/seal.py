#!/usr/bin/env python3
"""Turn what tcpdump wrote into a capture that can be shipped.

seal.py RAW OUT --start 2026-11-23T09:00:00Z [--kind pcap|pcapng] [--drops N]
        [--keep N]

The first frame is moved to --start and the gaps between frames stay, so that a
capture made again differs little from the one before. A pcapng gets an
interface statistics block with the drop counter that tcpdump printed; a classic
pcap has no room for one. Nothing of the machine is written: no interface name,
no operating system, no host name.
"""
import argparse
import calendar
import struct
import time


def frames(path):
    with open(path, 'rb') as f:
        data = f.read()
    magic = struct.unpack_from('<I', data)[0]
    unit = {0xa1b23c4d: 1, 0xa1b2c3d4: 1000}[magic]
    link = struct.unpack_from('<I', data, 20)[0] & 0xffff
    out, at = [], 24
    while at + 16 <= len(data):
        sec, sub, have, full = struct.unpack_from('<IIII', data, at)
        at += 16
        out.append((sec * 10**9 + sub * unit, full, data[at:at + have]))
        at += have
    return link, out


def block(kind, body):
    body += b'\0' * (-len(body) % 4)
    size = len(body) + 12
    return struct.pack('<II', kind, size) + body + struct.pack('<I', size)


def option(code, value):
    return (struct.pack('<HH', code, len(value)) + value
            + b'\0' * (-len(value) % 4))


def pcapng(link, got, drops):
    yield block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1))
    yield block(1, struct.pack('<HHI', link, 0, 0)
                + option(9, b'\x09') + option(0, b''))
    for when, full, data in got:
        yield block(6, struct.pack('<IIIII', 0, when >> 32,
                                   when & 0xffffffff, len(data), full) + data)
    if drops is not None:
        when = got[-1][0] if got else 0
        body = struct.pack('<III', 0, when >> 32, when & 0xffffffff)
        body += option(4, struct.pack('<Q', len(got)))
        body += option(5, struct.pack('<Q', drops)) + option(0, b'')
        yield block(5, body)


def pcap(link, got):
    yield struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 262144, link)
    for when, full, data in got:
        yield struct.pack('<IIII', when // 10**9, when % 10**9 // 1000,
                          len(data), full) + data


def main():
    p = argparse.ArgumentParser()
    p.add_argument('raw')
    p.add_argument('out')
    p.add_argument('--start', required=True)
    p.add_argument('--kind', choices=('pcap', 'pcapng'), default='pcapng')
    p.add_argument('--drops', type=int)
    p.add_argument('--keep', type=int)
    a = p.parse_args()
    link, got = frames(a.raw)
    got = got[:a.keep]
    start = calendar.timegm(time.strptime(a.start, '%Y-%m-%dT%H:%M:%SZ'))
    if got:
        shift = start * 10**9 - got[0][0]
        got = [(when + shift, full, data) for when, full, data in got]
    with open(a.out, 'wb') as f:
        made = pcap(link, got) if a.kind == 'pcap' \
            else pcapng(link, got, a.drops)
        for piece in made:
            f.write(piece)
    print(f'{a.out}: {len(got)} frames')
    return 0 if got else 1


if __name__ == '__main__':
    raise SystemExit(main())

#!/usr/bin/env python3
"""Frames that no daemon of Debian sends, written from the standards.

frames.py OUT --start 2026-11-23T09:00:00Z HEX...

Each HEX is one whole Ethernet frame. What is written here is "constructed", and
whoever calls this says so beside the capture.
"""
import argparse
import calendar
import time

import seal


def main():
    p = argparse.ArgumentParser()
    p.add_argument('out')
    p.add_argument('--start', required=True)
    p.add_argument('--gap', type=float, default=1.0)
    p.add_argument('frame', nargs='+')
    a = p.parse_args()
    at = calendar.timegm(time.strptime(a.start, '%Y-%m-%dT%H:%M:%SZ'))
    got = []
    for n, text in enumerate(a.frame):
        data = bytes.fromhex(''.join(text.split()).replace(':', ''))
        data += b'\0' * (60 - len(data))
        got.append((at * 10**9 + int(n * a.gap * 10**9), len(data), data))
    with open(a.out, 'wb') as f:
        for piece in seal.pcapng(1, got, None):
            f.write(piece)
    print(f'{a.out}: {len(got)} frames, constructed')


if __name__ == '__main__':
    main()

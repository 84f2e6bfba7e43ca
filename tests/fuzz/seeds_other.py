#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Seeds of the fuzz targets that are no protocol and no source.

usage: seeds_other.py wire|pipe|yaml|sighting|query|universe DIRECTORY [NAMEPLATE]

wire: the frames of the goldens; sighting: what NAMEPLATE reads from them; yaml:
the example operator's files; query: strings as the bench makes them; pipe: records by the layout in pipe.c;
universe: the example operator's.
"""
import glob
import os
import struct
import subprocess
import sys

# As fuzz_wire.c has them.
LINKS = [0, 1, 9, 105, 101, 104, 50, 113, 127, 228, 229, 276, 147]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def captures():
    return sorted(glob.glob(os.path.join(ROOT, "tests/golden/*/*.pcap")))


def blocks(data):
    """(link type, octets) of a little-endian pcapng: IDB and EPB."""
    links, at = [], 0
    while at + 12 <= len(data):
        kind, n = struct.unpack("<II", data[at:at + 8])
        if kind == 1:
            links.append(struct.unpack("<H", data[at + 8:at + 10])[0])
        elif kind == 6:
            interface, _, _, size = struct.unpack(
                "<IQII", data[at + 8:at + 28])
            yield links[interface], data[at + 28:at + 28 + size]
        at += max(n, 12)


def frames(path):
    """(link type, octets) of a plain capture; nothing of anything else."""
    data = open(path, "rb").read()
    if data[:4] == b"\x0a\x0d\x0d\x0a":
        yield from blocks(data)
        return
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<",
             b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}.get(data[:4])
    if not order:
        return
    link = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    at = 24
    while at + 16 <= len(data):
        n = struct.unpack(order + "I", data[at + 8:at + 12])[0]
        yield link, data[at + 16:at + 16 + n]
        at += 16 + n


def wire(path):
    out = b"\x02"
    for link, octets in frames(path):
        if link in LINKS and len(out) < 12000 and len(octets) < 65536:
            out += struct.pack(">BH", LINKS.index(link), len(octets)) + octets
    return out


def record(kind, body):
    return struct.pack(">BII", kind, len(body) + 4, 1) + body


def pipe():
    value = b"R1"
    body = struct.pack(">HBBBBBB", 0, 1, 0, 1, 0, 0, 1) + \
        struct.pack(">HBH", 101, 1, 1) + \
        struct.pack(">BH", 1, 17) + b"00:e0:fc:01:02:03" + \
        struct.pack(">HIH", 0, 6, len(value)) + value
    heard = struct.pack(">IqqQQ", 0, 1000, 2000, 2, 1)
    yield "sighting", record(1, heard + body)
    yield "coverage", record(2, struct.pack(">20Q", *range(20)))
    yield "texts", record(5, struct.pack(">Q", 0) + b"pcap") + \
        record(3, struct.pack(">Q", 24) + b"the file ends inside a record")
    yield "progress", record(4, struct.pack(">QQ", 1 << 18, 1 << 26))


def seeds(target, nameplate):
    if target == "wire":
        for path in captures():
            name = "-".join(path.split(os.sep)[-2:])
            yield name, wire(path)
    elif target == "pipe":
        yield from pipe()
    elif target == "yaml":
        for path in glob.glob(os.path.join(ROOT, "examples/operator/*.yaml")) \
                + glob.glob(os.path.join(ROOT, "knowledge/*.yaml")):
            text = open(path, "rb").read()
            if len(text) < 60000:
                name = os.path.basename(path)
                yield name + "-party", b"1" + text
                yield name + "-tree", b"0" + text
    elif target == "sighting" and nameplate:
        for path in captures():
            got = subprocess.run([nameplate, "read", "--raw", path],
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL)
            lines = [x for x in got.stdout.split(b"\n")
                     if b'"record":"sighting"' in x]
            for i, line in enumerate(lines[:2]):
                name = "-".join(path.split(os.sep)[-2:])
                yield "%s-%d" % (name, i), line
    elif target == "universe":
        for path in glob.glob(os.path.join(ROOT, "examples/operator/*.csv")) \
                + glob.glob(os.path.join(ROOT, "tests/fuzz/corpus/universe/*")):
            yield os.path.basename(path), open(path, "rb").read()
    elif target == "query":
        made = subprocess.run([sys.executable, "bench/strings.py", ROOT,
                               "1000"], stdout=subprocess.PIPE, cwd=ROOT)
        lines = made.stdout.split(b"\n")
        for i in range(0, len(lines), 5):
            yield str(i), b"\n".join(lines[i:i + 5])


def main(target, folder, nameplate=None):
    os.makedirs(folder, exist_ok=True)
    for name, octets in seeds(target, nameplate):
        with open(os.path.join(folder, name), "wb") as to:
            to.write(octets)


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Writes the seeds of fuzz_source: one small file for each way of a source.

usage: seeds_source.py DIRECTORY        (needs the programs zstd and lz4)
"""
import bz2
import gzip
import lzma
import os
import struct
import subprocess
import sys

FRAME = bytes.fromhex("0180c200000e00e0fc01020388cc") + bytes(46)


def pcap(order, magic, records=3):
    out = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, 1)
    for i in range(records):
        out += struct.pack(order + "IIII", 1700000000 + i, i, 60, 64) + FRAME
    return out


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    n = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + n + body + n


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + \
        bytes(-len(value) % 4)


def section(order):
    return block(order, 0x0A0D0D0A,
                 struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))


def interface(order, link, resolution):
    return block(order, 1, struct.pack(order + "HHI", link, 0, 96)
                 + option(order, 2, b"ge-0/0/1")
                 + option(order, 9, bytes([resolution]))
                 + option(order, 14, struct.pack(order + "q", 100))
                 + option(order, 13, b"\4") + bytes(4))


def pcapng(order):
    out = section(order) + interface(order, 1, 6) + \
        interface(order, 101, 0x80 | 20)
    out += block(order, 6, struct.pack(order + "IIIII", 0, 395812, 1, 60, 64)
                 + FRAME + option(order, 4, struct.pack(order + "Q", 3)))
    out += block(order, 3, struct.pack(order + "I", 60) + FRAME)
    out += block(order, 2, struct.pack(order + "HHIIII", 1, 7, 1, 1, 60, 60)
                 + FRAME)
    out += block(order, 4, bytes(12)) + block(order, 10, bytes(20))
    out += block(order, 0xBAD, bytes(8))
    out += block(order, 5, struct.pack(order + "III", 0, 0, 0)
                 + option(order, 5, struct.pack(order + "Q", 11))
                 + option(order, 7, struct.pack(order + "Q", 2)) + bytes(4))
    return out + section(order)


def snoop():
    out = b"snoop\0\0\0" + struct.pack(">II", 2, 4)
    for i in range(3):
        out += struct.pack(">IIIIII", 64, 57, 84, i, i, 5) + FRAME
    return out


def packed(program, plain):
    return subprocess.run([program, "-q", "-c"], input=plain, check=True,
                          stdout=subprocess.PIPE).stdout


def main(where):
    seeds = {
        "pcap_le_us": pcap("<", 0xA1B2C3D4),
        "pcap_be_us": pcap(">", 0xA1B2C3D4),
        "pcap_le_ns": pcap("<", 0xA1B23C4D),
        "pcap_be_ns": pcap(">", 0xA1B23C4D),
        "pcapng_le": pcapng("<"),
        "pcapng_be": pcapng(">"),
        "pcapng_both": pcapng(">") + pcapng("<"),
        "snoop": snoop(),
        "text": b"no capture at all\n",
    }
    for name in ("pcap_le_us", "pcapng_le"):
        seeds[name + "_gzip"] = gzip.compress(seeds[name], mtime=0)
        seeds[name + "_bzip2"] = bz2.compress(seeds[name])
        seeds[name + "_xz"] = lzma.compress(seeds[name])
        seeds[name + "_zstd"] = packed("zstd", seeds[name])
        seeds[name + "_lz4"] = packed("lz4", seeds[name])
    seeds["gzip_members"] = gzip.compress(seeds["pcapng_le"][:99], mtime=0) \
        + gzip.compress(seeds["pcapng_le"][99:], mtime=0) + bytes(9)
    for name, octets in seeds.items():
        with open(os.path.join(where, name), "wb") as f:
            f.write(octets)


main(sys.argv[1])

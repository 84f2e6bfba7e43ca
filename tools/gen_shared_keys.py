#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""knowledge/shared_keys.csv becomes the tables of src/device/shared.c.

usage: gen_shared_keys.py IN.csv OUT.inc
"""
import csv
import sys

SURE = {"primary", "secondary", "unverified"}


def refuse(path, line, why):
    sys.exit(f"{path}:{line}: {why}")


def mac(path, line, value):
    """(address, octet mask) of aa:bb:cc:dd:ee:ff/bits."""
    address, _, bits = value.partition("/")
    octets = address.split(":")
    if len(octets) != 6 or any(len(o) != 2 for o in octets):
        refuse(path, line, f"expected aa:bb:cc:dd:ee:ff/bits, not {value}")
    try:
        number, bits = int("".join(octets), 16), int(bits)
    except ValueError:
        refuse(path, line, f"expected aa:bb:cc:dd:ee:ff/bits, not {value}")
    if not 8 <= bits <= 48:
        refuse(path, line, f"expected 8 to 48 bits, not {bits}")
    mask = (1 << 48) - (1 << (48 - bits))
    if number & ~mask:
        refuse(path, line, f"octets behind the prefix in {value}")
    return number, mask


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    source, target = sys.argv[1:]
    macs, texts = [], {"name": set(), "serial": set()}
    with open(source, newline="", encoding="utf-8") as f:
        rows = csv.DictReader(f)
        if rows.fieldnames != ["kind", "value", "why", "source", "sure"]:
            refuse(source, 1, "expected kind,value,why,source,sure")
        for row in rows:
            n = rows.line_num
            if row["sure"] not in SURE or not row["source"]:
                refuse(source, n, "every entry has a source and how sure")
            if row["kind"] == "mac":
                macs.append(mac(source, n, row["value"]))
            elif row["kind"] in texts:
                texts[row["kind"]].add(row["value"].lower())
            else:
                refuse(source, n, f"no such kind: {row['kind']}")
    with open(target, "w", encoding="utf-8") as f:
        f.write("static const struct shared_mac macs[] = {\n")
        for number, mask in sorted(set(macs)):
            f.write(f"\t{{0x{number:012x}, 0x{mask:012x}}},\n")
        f.write("};\n")
        for kind, values in texts.items():
            f.write(f"static const char *const {kind}s[] = {{\n")
            for value in sorted(values):
                f.write(f"\t{text(value)},\n")
            f.write("};\n")


main()

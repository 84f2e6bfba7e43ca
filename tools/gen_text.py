#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A text file becomes constant octets of the program.

usage: gen_text.py IN OUT.c NAME
"""
import sys

source, target, name = sys.argv[1:]
with open(source, "rb") as f:
    octets = f.read()
with open(target, "w", encoding="ascii") as f:
    f.write("#include <stddef.h>\n"
            f"extern const unsigned char {name}[];\n"
            f"extern const size_t {name}_n;\n"
            f"const unsigned char {name}[] = {{")
    for i, o in enumerate(octets):
        f.write(f"{'' if i % 16 else chr(10)}{o},")
    f.write(f"0}};\nconst size_t {name}_n = {len(octets)};\n")

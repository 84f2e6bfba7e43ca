#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Texts that people maintain become constants of the program.

usage: gen_text.py OUT.c FILE... : np_text_NAME and np_text_NAME_n for each
FILE NAME.yaml
"""
import os
import sys

with open(sys.argv[1], 'w', encoding='ascii') as out:
    out.write('/* made by tools/gen_text.py */\n#include <stddef.h>\n')
    for path in sys.argv[2:]:
        name = os.path.basename(path).split('.')[0]
        with open(path, 'rb') as f:
            octets = f.read()
        out.write(f'extern const unsigned char np_text_{name}[];\n'
                  f'extern const size_t np_text_{name}_n;\n'
                  f'const size_t np_text_{name}_n = {len(octets)};\n'
                  f'const unsigned char np_text_{name}[] = {{\n')
        for i in range(0, len(octets), 16):
            out.write(','.join(str(b) for b in octets[i:i + 16]) + ',\n')
        out.write('0};\n')

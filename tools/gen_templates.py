#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Templates become constants of the program, with a table of their names.

usage: gen_templates.py OUT.c FILE...
"""
import os
import sys

with open(sys.argv[1], 'w', encoding='ascii') as out:
    out.write('/* made by tools/gen_templates.py */\n#include <stddef.h>\n'
              'struct np_fund_packed {\n\tconst char *name;\n'
              '\tconst unsigned char *text;\n\tsize_t n;\n};\n'
              'extern const struct np_fund_packed np_fund_templates[];\n')
    table = []
    for k, path in enumerate(sorted(sys.argv[2:])):
        name = os.path.basename(path)[:-len('.yaml')]
        with open(path, 'rb') as f:
            octets = f.read()
        out.write(f'static const unsigned char text{k}[] = {{\n')
        for i in range(0, len(octets), 16):
            out.write(','.join(str(b) for b in octets[i:i + 16]) + ',\n')
        out.write('0};\n')
        table.append(f'\t{{"{name}", text{k}, {len(octets)}}},\n')
    out.write('const struct np_fund_packed np_fund_templates[] = {\n'
              + ''.join(table) + '\t{NULL, NULL, 0},\n};\n')

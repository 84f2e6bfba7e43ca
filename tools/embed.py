#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""embed.py NAME FILE OUT.c: the file as constant C, NAME and NAME_n."""
import sys


def main(name, path, out):
    with open(path, 'rb') as f:
        octets = f.read()
    with open(out, 'w', encoding='utf-8') as to:
        to.write('#include <stddef.h>\n'
                 f'extern const char {name}[];\nextern const size_t {name}_n;\n'
                 f'const char {name}[] = {{')
        for i, c in enumerate(octets):
            to.write(f'{"" if i % 16 else chr(10)}{c if c < 128 else c - 256},')
        to.write(f'0}};\nconst size_t {name}_n = {len(octets)};\n')


if __name__ == '__main__':
    main(*sys.argv[1:])

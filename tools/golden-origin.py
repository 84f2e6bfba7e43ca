#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""golden-origin.py GOLDENS PROTOS.DEF OUT DEPFILE

A row a protocol for `nameplate protocols`: "real" where a capture of a real
daemon is among its goldens, "constructed" where all were written from the
standard's layout. What has neither word fails.
"""
import glob
import os
import re
import sys


def origin_of(folder):
    words = set()
    for path in glob.glob(os.path.join(folder, '*.md')):
        with open(path, encoding='utf-8') as f:
            found = re.search(r'^Origin: (laboratory|constructed)\b',
                              f.read(), re.M)
        if not found:
            sys.exit(f'{path}: no origin')
        words.add(found.group(1))
    if not words:
        sys.exit(f'{folder}: no golden')
    return 'real' if 'laboratory' in words else 'constructed'


def main():
    goldens, protos, out, depfile = sys.argv[1:]
    with open(protos, encoding='utf-8') as f:
        names = re.findall(r'NP_PROTO\((\w+)\)', f.read())
    read = [goldens] + [os.path.join(goldens, n) for n in names]
    read += sorted(glob.glob(os.path.join(goldens, '*/*.md')))
    with open(out, 'w', encoding='utf-8') as f:
        for n in names:
            f.write(f'[NP_P_{n}] = "'
                    f'{origin_of(os.path.join(goldens, n))}",\n')
    with open(depfile, 'w', encoding='utf-8') as f:
        f.write(f'{os.path.basename(out)}: {" ".join(read)}\n')


if __name__ == '__main__':
    main()

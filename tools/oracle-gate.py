#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""oracle-gate.py public|lab SUMMARY DIFFERENCES

Fails when less is found than promised, when more is made up, when a field is
short or a capture failed, and when a difference is not explained in
tests/oracle/*.tsv (kind, field, value, file, reason; * matches anything). For
the laboratory also: at least three distinct values of every field.
"""
import fnmatch
import glob
import os
import re
import sys

FOUND, EXTRA, VALUES = 99.5, 1.0, 3


def explained():
    rows = []
    for name in sorted(glob.glob('tests/oracle/*.tsv')):
        with open(name, encoding='utf-8') as f:
            for line in f:
                c = line.rstrip('\n').split('\t')
                if len(c) == 5 and not line.startswith('#'):
                    rows.append(c)
    return rows


def same(want, have):
    return want == have or fnmatch.fnmatchcase(have, want)


def main():
    which, summary, diff = sys.argv[1:4]
    with open(summary, encoding='utf-8') as f:
        text = f.read()
    last = re.search(r'found ([\d.]+) % of (\d+), extra ([\d.]+) % of \d+, '
                     r'(\d+) fields short, (\d+) captures failed', text)
    wrong = []
    if not last:
        wrong.append('no summary')
    else:
        found, _, extra, short, failed = last.groups()
        if float(found) < FOUND:
            wrong.append(f'found {found} %, promised {FOUND} %')
        if float(extra) > EXTRA:
            wrong.append(f'extra {extra} %, at most {EXTRA} %')
        if int(short):
            wrong.append(f'{short} fields short')
        if int(failed):
            wrong.append(f'{failed} captures failed')
    rows = explained()
    with open(diff, encoding='utf-8') as f:
        for line in f:
            kind, field, value, name = line.rstrip('\n').split('\t')
            if not any(same(r[0], kind) and same(r[1], field) and
                       same(r[2], value) and same(r[3],
                                                  os.path.basename(name)) or
                       (same(r[0], kind) and same(r[1], field) and
                        same(r[2], value) and name.endswith(r[3]))
                       for r in rows):
                wrong.append(f'not explained: {kind} {field} {value} {name}')
    if which == 'lab':
        for row in re.findall(r'^(\S+\.\S+) +(\d+) ', text, re.M):
            if int(row[1]) < VALUES:
                wrong.append(f'{row[0]}: {row[1]} distinct values in the '
                             f'laboratory, wanted {VALUES}')
    for w in wrong:
        print(f'oracle-gate: {w}')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())

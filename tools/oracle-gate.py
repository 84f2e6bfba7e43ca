#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""oracle-gate.py public|lab SUMMARY DIFFERENCES

Fails when a capture failed, when a difference is not explained in
tests/oracle/*.tsv (kind, field, value, file, reason; * matches anything), and
when less is found than promised, more is made up or a field is short once those
differences are taken out whose reason begins with "tshark:" (it is wrong
there), "form:" (the same octets, written otherwise) or "closed:" (inside a
subscriber's tunnel, or of a person, and not read). The raw numbers are printed. For
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


def excused(reason):
    return reason.startswith(('tshark:', 'form:', 'closed:'))


def reason_of(rows, kind, field, value, name):
    for r in rows:
        if same(r[0], kind) and same(r[1], field) and same(r[2], value) and \
                (same(r[3], os.path.basename(name)) or name.endswith(r[3])):
            return r[4]
    return None


def per_cent(part, whole):
    return 100.0 * part / whole if whole else 0.0


def fields(text):
    """field -> values of tshark's, missed, ours, extra"""
    table = {}
    for row in re.findall(r'^(\S+\.\S+) +(\d+) +\d+ +(\d+) +(\d+) +(\d+)',
                          text, re.M):
        table[row[0]] = [int(x) for x in row[1:]]
    return table


def main():
    which, summary, diff = sys.argv[1:4]
    with open(summary, encoding='utf-8') as f:
        text = f.read()
    table = fields(text)
    last = re.search(r'(\d+) captures failed', text)
    wrong = []
    if not last or not table:
        wrong.append('no summary')
    elif int(last.group(1)):
        wrong.append(f'{last.group(1)} captures failed')
    rows = explained()
    with open(diff, encoding='utf-8') as f:
        for line in f:
            kind, field, value, name = line.rstrip('\n').split('\t')
            reason = reason_of(rows, kind, field, value, name)
            if reason is None:
                wrong.append(f'not explained: {kind} {field} {value} {name}')
            elif excused(reason) and field in table:
                table[field][1 if kind == 'missed' else 3] -= 1
    theirs, missed, ours, extra = (sum(c) for c in zip(*table.values())) \
        if table else (0, 0, 0, 0)
    found, made_up = 100 - per_cent(missed, theirs), per_cent(extra, ours)
    if found < FOUND:
        wrong.append(f'found {found:.2f} %, promised {FOUND} %')
    if made_up > EXTRA:
        wrong.append(f'extra {made_up:.2f} %, at most {EXTRA} %')
    for name, c in sorted(table.items()):
        if c[1] > max(1, c[0] / 100):
            wrong.append(f'{name} is short: {c[1]} of {c[0]} missed')
        if which == 'lab' and c[0] < VALUES:
            wrong.append(f'{name}: {c[0]} distinct values in the laboratory, '
                         f'wanted {VALUES}')
    print(f'oracle-gate: {which}: without what is tshark\'s error or another '
          f'form: found {found:.2f} %, extra {made_up:.2f} %')
    for w in wrong:
        print(f'oracle-gate: {w}')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())

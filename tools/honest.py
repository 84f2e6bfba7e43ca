#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""honest.py NAMEPLATE [SHARED]: audits the labelled captures.

No box may be called a restricted maker's at probable or better where the label
does not say so, and those that a payload proves ("device:") have to be named.
What is false or missed stands with its reason in tests/honest.tsv (false|missed,
file, maker, reason); anything else fails. 77 (skipped) without the captures.
"""
import json
import os
import subprocess
import sys

RESTRICTED = {'huawei', 'zte', 'hikvision', 'dahua', 'hytera', 'fiberhome'}
SURE = {'probable', 'confirmed', 'disputed'}


def explained():
    rows = {}
    with open('tests/honest.tsv', encoding='utf-8') as f:
        for line in f:
            c = line.rstrip('\n').split('\t')
            if len(c) == 4 and not line.startswith('#'):
                rows[tuple(c[:3])] = c[3]
    return rows


def labels(path):
    with open(path, encoding='utf-8') as f:
        for line in list(f)[1:]:
            c = line.rstrip('\n').split('\t')
            yield c[0], c[6] if len(c) > 6 else ''


def named(nameplate, path):
    run = subprocess.run([nameplate, 'audit', '--json', path],
                         capture_output=True, text=True, check=False,
                         timeout=300)
    if run.returncode not in (0, 3):
        return None
    return {d['maker'] for d in json.loads(run.stdout)['devices']
            if d['verdict'] in SURE and d['maker'] in RESTRICTED}


def main():
    nameplate = sys.argv[1]
    shared = os.environ.get('NP_SHARED') or (
        sys.argv[2] if len(sys.argv) > 2 else '../shared')
    root = os.path.join(shared, 'corpus/pcap')
    if not os.path.exists(os.path.join(root, 'index.tsv')):
        print(f'honest: skipped, {root} is not there')
        return 77
    rows, bad, n, wanted, right = explained(), 0, 0, 0, 0
    for name, label in labels(os.path.join(root, 'index.tsv')):
        if not os.path.exists(os.path.join(root, name)):
            continue
        n += 1
        makers = named(nameplate, os.path.join(root, name))
        if makers is None:
            bad += 1
            print(f'honest: {name}: the audit failed')
            continue
        device = label[7:].split()[0].lower() \
            if label.startswith('device:') else None
        wanted += device is not None
        right += device in makers
        wrong = [('false', m) for m in makers if m != device]
        if device and device not in makers:
            wrong.append(('missed', device))
        for kind, maker in wrong:
            reason = rows.get((kind, name, maker))
            bad += reason is None
            print(f'honest: {kind} {maker} in {name}: '
                  f'{reason or "NOT EXPLAINED"}')
    print(f'honest: {n} captures, {right} of {wanted} labelled boxes named')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())

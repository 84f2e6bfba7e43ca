#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""knowledge.py CLAIMS ROOT: every example of every signature says what it must,
with every field of the signature; what must never match does not; and no
example of one maker is claimed for another. Speaks TAP."""
import glob
import json
import os
import subprocess
import sys

import yaml


def questions(root):
    """(signature, field, text, wanted or None)"""
    for path in sorted(glob.glob(os.path.join(root,
                                              'knowledge/signatures/*.yaml'))):
        with open(path, encoding='utf-8') as f:
            tree = yaml.load(f, Loader=yaml.BaseLoader)
        for s in tree['signatures']:
            for field in s['fields']:
                for e in s['examples']:
                    want = e if isinstance(e, dict) else {'text': e}
                    yield s, field, want['text'], want
                for text in s.get('never', []):
                    yield s, field, text, None


def main():
    claims, root = sys.argv[1:3]
    asked = list(questions(root))
    lines = '\n'.join(json.dumps({'id': str(i), 'field': q[1], 'value': q[2]})
                      for i, q in enumerate(asked)) + '\n'
    run = subprocess.run([claims], input=lines, capture_output=True,
                         text=True, check=True)
    bad = {}
    for line in run.stdout.split('\n'):
        if not line:
            continue
        said = json.loads(line)
        s, field, text, want = asked[int(said['id'])]
        rules = {c['rule'] for c in said['claims']}
        wrong = []
        if want is None:
            if s['id'] in rules:
                wrong.append('matches what it must not')
        else:
            if s['id'] not in rules:
                wrong.append('does not match')
            for key in ('model', 'version', 'os'):
                if key in want and want[key] != said.get(key):
                    wrong.append(f'{key} {said.get(key)!r}, '
                                 f'wanted {want[key]!r}')
            if s.get('maker') and said.get('maker') not in (None, s['maker']):
                wrong.append(f'maker {said["maker"]}')
        for w in wrong:
            bad.setdefault(s['id'], []).append(f'{field}: {text!r}: {w}')
    ids = sorted({q[0]['id'] for q in asked})
    for n, name in enumerate(ids, 1):
        print(f'{"not " if name in bad else ""}ok {n} - {name}')
        for w in bad.get(name, []):
            print(f'# {w}')
    print(f'1..{len(ids)}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())

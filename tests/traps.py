#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""traps.py NAMEPLATE CLAIMS ROOT: every trap of knowledge/traps.yaml is run as
its entry says; a trap without a test fails. Speaks TAP."""
import json
import os
import subprocess
import sys

import yaml

POSSIBLE = {'possible', 'probable', 'confirmed', 'disputed'}
PROBABLE = POSSIBLE - {'possible'}


def audited(nameplate, root, capture):
    run = subprocess.run([nameplate, 'audit', '--json', '--party',
                          'examples/operator/operator.yaml', capture],
                         cwd=root, capture_output=True, text=True,
                         check=False)
    return {(d['maker'], d['verdict'])
            for d in json.loads(run.stdout)['devices']}


def claimed(claims, field, value, strong=False):
    line = json.dumps({'id': '1', 'field': field, 'value': value})
    run = subprocess.run([claims], input=line + '\n', capture_output=True,
                         text=True, check=True)
    said = json.loads(run.stdout)
    # Whose software or protocol it is says nothing of the box.
    who = set() if strong else {said['maker']}
    return who | {c.get('maker') for c in said['claims']
                  if c['what'] != 'agent' and
                  (not strong or c['grade'] >= 'E4')}


def holds(step, nameplate, claims, root):
    """None, or why the step does not hold."""
    what, _, want = step.strip().rpartition(': ')
    verb, _, rest = what.partition(' ')
    word, _, slug = want.partition(' ')
    if verb == 'audit':
        if not os.path.exists(os.path.join(root, rest)):
            return f'no such capture: {rest}'
        boxes = audited(nameplate, root, rest)
        sure = {v for m, v in boxes if m == slug or m and slug == 'anybody'}
        if word == 'no' and sure & POSSIBLE or \
                word == 'unsure' and sure & PROBABLE or \
                word == 'unconfirmed' and 'confirmed' in sure or \
                word == 'is' and 'confirmed' not in sure:
            return f'{step.strip()}: {sorted(map(str, boxes))}'
        known = ('no', 'unsure', 'unconfirmed', 'is')
        return None if word in known else f'what is {word}?'
    if verb == 'claim':
        field, _, value = rest.partition(' ')
        makers = claimed(claims, field, value, word == 'unsure')
        if (slug in makers) != (word == 'is'):
            return f'{step.strip()}: {sorted(map(str, makers))}'
        known = ('no', 'unsure', 'is')
        return None if word in known else f'what is {word}?'
    return f'what is {verb}?'


def main():
    nameplate, claims, root = sys.argv[1:4]
    nameplate, claims = os.path.abspath(nameplate), os.path.abspath(claims)
    with open(os.path.join(root, 'knowledge/traps.yaml'),
              encoding='utf-8') as f:
        traps = yaml.safe_load(f)['traps']
    bad = 0
    for n, t in enumerate(traps, 1):
        why = [w for w in (holds(s, nameplate, claims, root)
                           for s in t['test'].split(';')) if w]
        bad += bool(why)
        print(f'{"not " if why else ""}ok {n} - {t["id"]}')
        for w in why:
            print(f'# {w}')
    print(f'1..{len(traps)}')
    return 1 if bad or len(traps) < 12 else 0


if __name__ == '__main__':
    sys.exit(main())

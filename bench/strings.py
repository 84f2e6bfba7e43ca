#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""strings.py ROOT N [SEED]: N distinct lines for `nameplate identify`.

They are the examples of the signatures, those that must match and those that
must not, with other digits and sometimes a tail, so that no two are the same
and none can be answered from memory; among them addresses and object
identifiers, boxes of which several facts are known, and texts that no
signature knows.
"""
import glob
import json
import os
import random
import re
import sys

import yaml

WORDS = ('ready welcome server gateway login edge core access router firmware '
         'release service panel device camera unit build host node').split()
OTHERS = ('http.server ftp.banner snmp.sys_descr http.title ssh.ident '
          'telnet.banner sip.user_agent tls.subject').split()


def examples(root):
    """(field, text) of every signature, what must not match too."""
    for path in sorted(glob.glob(os.path.join(
            root, 'knowledge/signatures/**/*.yaml'), recursive=True)):
        with open(path, encoding='utf-8') as f:
            tree = yaml.load(f, getattr(yaml, 'CBaseLoader', yaml.BaseLoader))
        for s in tree['signatures']:
            texts = [e['text'] if isinstance(e, dict) else e
                     for e in s['examples']] + s.get('never', [])
            for field in s['fields']:
                yield from ((field, text) for text in texts)


class Maker:
    def __init__(self, root, seed):
        self.draw = random.Random(seed)
        self.known = list(examples(root))

    def digits(self, found):
        return ''.join(self.draw.choice('0123456789') for _ in found.group())

    def varied(self):
        field, text = self.draw.choice(self.known)
        text = re.sub(r'\d+', self.digits, text)
        if self.draw.random() < 0.5:
            text += f' {self.draw.choice(WORDS)}-{self.draw.getrandbits(20)}'
        return field, text

    def strange(self):
        words = self.draw.sample(WORDS, self.draw.randint(2, 8))
        return self.draw.choice(OTHERS), \
            f'{" ".join(words)} {self.draw.getrandbits(32):x}'

    def number(self):
        if self.draw.random() < 0.5:
            mac = self.draw.getrandbits(46) << 2 & (1 << 48) - 1
            mac &= ~(3 << 40)
            return 'mac', mac.to_bytes(6, 'big').hex(':')
        return 'snmp.sys_object_id', '1.3.6.1.4.1.' + '.'.join(
            str(self.draw.randint(1, 60000)) for _ in range(4))

    def one(self):
        kind = self.draw.random()
        if kind < 0.7:
            return dict([self.varied()])
        if kind < 0.85:
            return dict([self.strange()])
        if kind < 0.93:
            return dict([self.number()])
        return dict([self.varied(), self.strange(), self.number()])


def main():
    root, n = sys.argv[1], int(sys.argv[2])
    make = Maker(root, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    seen = set()
    while len(seen) < n:
        facts = make.one()
        line = json.dumps(facts, ensure_ascii=False)
        if line in seen:
            continue
        seen.add(line)
        asked = {'id': str(len(seen))}
        if len(facts) == 1:
            [(asked['field'], asked['value'])] = facts.items()
        else:
            asked['facts'] = facts
        print(json.dumps(asked, ensure_ascii=False))


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Counts how often answers of each kind are right: make calibrate

calibrate.py NAMEPLATE SHARED LIKE.yaml [DATE]: asks NAMEPLATE about the labelled
cases of SHARED/corpus, reads from each answer what kind of case it is (`like`),
and writes the counts of right ones. Counts are all that is kept. A file that
holds these counts already is left as it is, with its date; else the date is
DATE or today's.
"""
import datetime
import os
import re
import sys

import accuracy
import like

HEAD = '''\
# Like cases: of n labelled answers of a kind, k named the right maker. Written
# by `make calibrate`, never by hand; docs/confidence.md says how it is counted
# and what it means.
#
# like: a verdict; the grades of the two best independence groups that name the
#   maker; the kinds of evidence among them; whether some state's rules name the
#   maker. A kind holds those that begin with it. It is counted by itself where
#   it has {least} cases or more, and another share of right ones than the kind it
#   belongs to.
# houses: how many makers' houses (a maker with those that belong to it or were
#   split from it) the answers name; folds: for testing these counts, all of a
#   house are in one.
sources:
  cases: "third parties' test data with their labels, not inspected hardware"
source: cases
sure: secondary
date: {date}
cases: {cases}
houses: {houses}
folds: {folds}
like:
'''


def text(cases, date):
    counts = like.count(cases)
    head = HEAD.format(least=like.LEAST, folds=like.FOLDS, cases=len(cases),
                       houses=len({c[0] for c in cases}), date=date)
    return head + ''.join(f'- {{like: {kind}, k: {k}, n: {n}}}\n'
                          for kind, (k, n) in sorted(counts.items()))


def main():
    nameplate, shared, path = sys.argv[1:4]
    today = sys.argv[4] if len(sys.argv) > 4 else \
        datetime.date.today().isoformat()
    cases = []
    for name in accuracy.SETS:
        asked = accuracy.ask(name, nameplate, shared)
        if asked is None:
            print(f'calibrate: no cases of {name}: {path} stays as it is')
            return 1
        cases += accuracy.named(*asked)
    old = ''
    if os.path.exists(path):
        with open(path, encoding='utf-8') as f:
            old = f.read()
    dated = re.search(r'^date: (\S+)$', old, re.M)
    if dated and text(cases, dated[1]) == old:
        print(f'calibrate: {path} holds these counts already')
    else:
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text(cases, today))
        print(f'calibrate: {path} is new; build again')
    like.report(cases)
    return 0


if __name__ == '__main__':
    sys.exit(main())

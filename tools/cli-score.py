#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""How often is saved command output read rightly, by kind of command?

cli-score.py ORACLE CORPUS NAMEPLATE: ORACLE/score.py's own judgement of the
cases in CORPUS, for version, inventory and neighbour apart, and each miss.
"""
import importlib.util
import json
import os
import sys
import tempfile


def main():
    oracle, corpus, nameplate = sys.argv[1:4]
    spec = importlib.util.spec_from_file_location(
        'score', os.path.join(oracle, 'score.py'))
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    also = score.makers(os.path.join(corpus, '..', 'makers.tsv'))
    with open(os.path.join(corpus, 'expected.jsonl'), encoding='utf-8') as f:
        cases = [json.loads(l) for l in f]
    tallies, wrong = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for c in cases:
            if c['kind'] not in ('version', 'inventory', 'neighbor'):
                continue
            t = tallies.setdefault(c['kind'], score.Tally())
            got, text = score.audit(nameplate, os.path.join(corpus, c['file']),
                                    folder)
            want = score.cli_want(c, t, got)
            if want.get('maker') and want['maker'] not in also:
                want['maker'] = None
            score.judge(t, c['file'], want, got, also, wrong, text)
    for kind, t in tallies.items():
        for what in sorted(t.n):
            print(f'{kind:10} {what:18}{t.k[what]:5} of {t.n[what]}')
    for w in wrong:
        print('\t'.join(str(x) for x in w))


if __name__ == '__main__':
    main()

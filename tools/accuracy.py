#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""How often is the answer right? make accuracy

accuracy.py NAMEPLATE SHARED [SET...]: runs the scorer of SHARED/oracle over the
labelled cases of SHARED/corpus, as far as they are there: banners through
`identify`, SNMP walks and command output through `audit`. The scorer prints its
own counts, the reliability of stated confidences among them; then come, from
the same answers, precision and recall by maker, by field and by verdict, and
who was taken for whom. The confidences that are stated were counted from these
very cases; so at the end each house of makers is given those that the cases of
others would have given it (tools/like.py). Nothing of the corpus is kept.
"""
import importlib.util
import os
import sys
from collections import Counter

import yaml

import like

SETS = {'banners': 'banners/cases.jsonl', 'snmp': 'snmp', 'cli': 'cli'}
FIELDS = ('model', 'version', 'serial')
VERDICTS = ('confirmed', 'probable', 'possible', 'disputed', 'unknown')


def scorer(shared):
    """The scorer as a module, and a list of what it was given to judge."""
    path = os.path.join(shared, 'oracle/score.py')
    spec = importlib.util.spec_from_file_location('score', path)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    cases, judge = [], score.judge

    def noted(t, case, want, got, also, *rest):
        cases.append((dict(want), dict(got[0]) if got else {}, also))
        return judge(t, case, want, got, also, *rest)

    score.judge = noted
    return score, cases


def share(k, n):
    return f'{k:5} / {n:<5}{100 * k / n:6.1f} %' if n else f'{k:5} / {n:<5}   -   '


def rows(title, counted):
    """counted: {name: [right, said, labelled]}"""
    print(f'\n{title:<22}precision{"":14}recall')
    for name, (right, said, labelled) in counted:
        print(f'{name:<22}{share(right, said)}   {share(right, labelled)}')


def makers(score, cases):
    found, confused = {}, Counter()
    for want, got, also in cases:
        label, said = want.get('maker'), got.get('maker')
        if not label:
            continue
        right = score.same_maker(label, said, also) is True
        found.setdefault(label, [0, 0, 0])[2] += 1
        if said is None:
            continue
        name = label if right else said
        found.setdefault(name, [0, 0, 0])[1] += 1
        found[name][0] += right
        if not right:
            confused[label, said, got.get('verdict')] += 1
    return sorted(found.items(), key=lambda x: (-x[1][2], x[0])), confused


def fields(score, cases):
    found = {f: [0, 0, 0] for f in FIELDS}
    for want, got, _ in cases:
        for f in FIELDS:
            if not want.get(f) or '<private>' in str(want[f]):
                continue
            right = score.same_text(want[f], got.get(f)) or (
                f == 'model' and score.same_text(want[f], got.get('family')))
            found[f][0] += bool(right)
            found[f][1] += bool(right or got.get(f))
            found[f][2] += 1
    return found.items()


def verdicts(score, cases):
    """Right of those with a label, by how sure it was said to be."""
    found = {v: [0, 0, 0] for v in VERDICTS}
    for want, got, also in cases:
        label = want.get('maker')
        if not label:
            continue
        v = found.setdefault(got.get('verdict', 'unknown'), [0, 0, 0])
        v[0] += score.same_maker(label, got.get('maker'), also) is True
        v[1] += got.get('maker') is not None
    labelled = sum(1 for want, _, _ in cases if want.get('maker'))
    return [(v, (r, s, labelled)) for v, (r, s, _) in found.items()]


def report(score, cases):
    by_maker, confused = makers(score, cases)
    rows('by maker', by_maker)
    rows('by field', fields(score, cases))
    rows('by verdict', verdicts(score, cases))
    print('\nwho was taken for whom' if confused else '\nnobody was taken for '
          'another')
    for (label, said, verdict), n in confused.most_common():
        print(f'{n:5}  {label} for {said}, {verdict}')


def houses():
    """{maker: the maker that its house is called by}"""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        '../knowledge/makers.yaml')
    with open(path, encoding='utf-8') as f:
        makers = yaml.load(f, Loader=yaml.BaseLoader)['makers']
    of = {m['slug']: m.get('of') for m in makers}

    def head(slug):
        while of.get(slug):
            slug = of[slug]
        return slug

    return {slug: head(slug) for slug in of}


def named(score, cases):
    """The cases with a label in which a maker was named, as like.py has them:
    [(house, kind, right)]"""
    house = houses()
    return [(house.get(got['maker'], got['maker']), got['like'],
             score.same_maker(want['maker'], got['maker'], also) is True)
            for want, got, also in cases
            if want.get('maker') and got.get('maker') and got.get('like')]


def ask(name, nameplate, shared):
    """The scorer, which has printed its counts of the set, and its cases; None
    without any."""
    where = os.path.join(shared, 'corpus', SETS[name])
    if not os.path.exists(where) or not os.path.isfile(
            os.path.join(shared, 'oracle/score.py')):
        return None
    print(f'== {name}', flush=True)
    score, cases = scorer(shared)
    args = sys.argv
    sys.argv = [args[0], name, where, '--nameplate', nameplate]
    try:
        score.main()
    finally:
        sys.argv = args
    return score, cases


def main():
    nameplate, shared = map(os.path.abspath, sys.argv[1:3])
    told = []
    for name in sys.argv[3:] or SETS:
        asked = ask(name, nameplate, shared)
        if asked is None:
            print(f'accuracy: no scorer or no cases of {name} in {shared}: '
                  'left out')
            continue
        report(*asked)
        told += named(*asked)
    if told:
        like.report(told)
    return 0


if __name__ == '__main__':
    sys.exit(main())

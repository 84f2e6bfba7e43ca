#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""knowledge.py CLAIMS ROOT: every example of every signature says what it must,
with every field of the signature; what must never match does not; and no
example of one maker is claimed for another. Every example of a family by model
comes to that family, which then is not behind one that takes it away, and to
its function; and without a maker it comes to none. Every role that a golden
holds is one of roles.yaml. The like cases are counts of kinds that there are,
and no kind counts more than the one it belongs to. Speaks TAP."""
import glob
import json
import os
import re
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


def load(root, name):
    with open(os.path.join(root, 'knowledge', name), encoding='utf-8') as f:
        return yaml.load(f, Loader=yaml.BaseLoader)


def families(root):
    return [f for f in load(root, 'families.yaml')['families']
            if 'pattern' in f and f.get('sure') != 'unverified']


def wrong_families(claims, root):
    """{id: [what is wrong]} of the families that go by a model's name"""
    names = {m['slug']: m['names'][0]
             for m in load(root, 'makers.yaml')['makers'] if 'names' in m}
    wanted = families(root)
    bad = {f['id']: ['no example'] for f in wanted if 'example' not in f}
    wanted = [f for f in wanted if 'example' in f]
    asked = []
    for f in wanted:
        model = {'lldp.med_model': f['example']}
        asked.append({'id': f['id'], 'facts': {
            'lldp.med_manufacturer': names[f['maker']], **model}})
        asked.append({'id': f['id'], 'facts': model})
    for f, (named, nameless) in zip(wanted, pairs(ask(claims, asked))):
        rules = {c['rule'] for c in named['claims'] if c['what'] == 'family'}
        if rules != {f['id']}:
            bad.setdefault(f['id'], []).append(
                f'{f["example"]}: {sorted(rules) or "no family"}')
        if named['function'] != f.get('function'):
            bad.setdefault(f['id'], []).append(
                f'{f["example"]}: {named["function"]}')
        if nameless['maker'] or nameless['family']:
            bad.setdefault(f['id'], []).append(
                f'{f["example"]} alone: {nameless["maker"]}')
    return bad


def plain(word):
    return re.sub('[^a-z0-9]', '', word.lower())


def unknown_roles(root):
    """{word: goldens} of the roles that no entry has a word for"""
    known = {plain(w) for r in load(root, 'roles.yaml')['roles']
             for w in [r['role']] + r.get('said', [])}
    found = {}
    for path in glob.glob(os.path.join(root, 'tests/golden/*/*.txt')):
        with open(path, encoding='utf-8') as f:
            for word in re.findall(r'^ *\w+\.role = (.*) @', f.read(), re.M):
                if plain(word) not in known:
                    found.setdefault(word, set()).add(os.path.basename(
                        os.path.dirname(path)))
    return found


GRADES = r'E[1-5](\+E[1-5])?'
KINDS = r'(signature|name|object|number|address)'
KIND = (r'(confirmed|probable|possible|disputed)'
        rf'(/{GRADES}(/{KINDS}(\+{KINDS})*(/(restricted|other))?)?)?')


def wrong_like(root):
    """what is wrong with the counts of like cases"""
    tree = load(root, 'like.yaml')
    counts = {e['like']: (int(e['k']), int(e['n'])) for e in tree['like']}
    top = sum(n for kind, (_, n) in counts.items() if '/' not in kind)
    if top > int(tree['cases']):
        yield f'{top} of {tree["cases"]} cases'
    for kind, (k, n) in counts.items():
        if not re.fullmatch(KIND, kind):
            yield f'{kind}: no kind of case'
        if not 0 <= k <= n:
            yield f'{kind}: {k} of {n}'
        above = kind
        while '/' in above:
            above = above.rpartition('/')[0]
            if above in counts and (k > counts[above][0] or
                                    n - k > counts[above][1] -
                                    counts[above][0]):
                yield f'{kind}: more than {above}'
        if '/' in kind and kind.split('/')[0] not in counts:
            yield f'{kind}: its verdict is not counted'


def pairs(v):
    return zip(v[::2], v[1::2])


def ask(claims, asked):
    lines = '\n'.join(json.dumps(q) for q in asked) + '\n'
    run = subprocess.run([claims], input=lines, capture_output=True,
                         text=True, check=True)
    return [json.loads(line) for line in run.stdout.split('\n') if line]


def main():
    claims, root = sys.argv[1:3]
    asked = list(questions(root))
    bad = wrong_families(claims, root)
    for said in ask(claims, [{'id': str(i), 'field': q[1], 'value': q[2]}
                             for i, q in enumerate(asked)]):
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
    for word, where in unknown_roles(root).items():
        bad.setdefault('roles', []).append(f'{word}: {sorted(where)}')
    bad.update({'like': w} for w in [list(wrong_like(root))] if w)
    ids = sorted({q[0]['id'] for q in asked} |
                 {f['id'] for f in families(root)} | {'roles', 'like'})
    for n, name in enumerate(ids, 1):
        print(f'{"not " if name in bad else ""}ok {n} - {name}')
        for w in bad.get(name, []):
            print(f'# {w}')
    print(f'1..{len(ids)}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())

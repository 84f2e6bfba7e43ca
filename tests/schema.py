#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""schema.py ROOT: every file of knowledge/ fits its JSON schema, each schema is
one, and broken copies are refused with the file and the path of what is wrong.
Speaks TAP.

schema.py ROOT FILE...: says what is wrong in files of yours, such as an
operator.yaml; each is known by its name."""
import copy
import csv
import glob
import json
import os
import sys
import warnings

import yaml

warnings.simplefilter('ignore', DeprecationWarning)
import jsonschema  # noqa: E402 (warns of its own future when imported)

# The kind of a file, by the end of its path.
KINDS = (
    ('capture', ('capture.yaml', '.pcap.yaml', '.pcapng.yaml')),
    ('policy', ('policies/',)),
    ('signatures', ('signatures/', 'signatures.yaml')),
    ('template', ('templates/',)),
    ('shared_keys', ('shared_keys.csv',)),
) + tuple((k, (k + '.yaml',)) for k in (
    'affiliates', 'audiences', 'claims', 'codes', 'costs', 'cpe', 'families',
    'fields', 'jurisdictions', 'like', 'makers', 'objects', 'operator', 'plan',
    'programmes', 'registries', 'risk', 'roles',
    'said', 'sentences', 'silence', 'traps', 'zones'))

# What somebody may do to a file by mistake: the file, where in it, the wrong
# value (None takes the value away), and the path that has to be named.
BROKEN = (
    ('makers.yaml', ('makers', 0, 'slug'), 'Huawei', 'makers[0].slug'),
    ('makers.yaml', ('makers', 0, 'number'), ['2011'], 'makers[0]'),
    ('makers.yaml', ('makers', 0, 'numbers'), ['1.2'],
     'makers[0].numbers[0]'),
    ('fields.yaml', ('fields', 3, 'grade'), 'E6', 'fields[3].grade'),
    ('fields.yaml', ('fields', 0, 'read'), 'guess', 'fields[0].read'),
    ('families.yaml', ('families', 0, 'function'), 'acces/olt',
     'families[0].function'),
    ('families.yaml', ('families', 0, 'oid'), None, 'families[0]'),
    ('objects.yaml', ('objects', 0, 'is'), 'mode', 'objects[0].is'),
    ('objects.yaml', ('objects', 0, 'oid'), '2011.5', 'objects[0].oid'),
    ('codes.yaml', ('gpon', 0, 'id'), 'ADTRN', 'gpon[0].id'),
    ('roles.yaml', ('roles', 0, 'function'), 'core', 'roles[0].function'),
    ('roles.yaml', ('roles', 0, 'name'), None, 'roles[0]'),
    ('registries.yaml', ('registries', 0, 'is'), 'word', 'registries[0].is'),
    ('registries.yaml', ('registries', 1, 'words', 0), 'G.m.b.H.',
     'registries[1].words[0]'),
    ('claims.yaml', ('rules', 0, 'mend'), None, 'rules[0]'),
    ('claims.yaml', ('schemes', 0, 'obtained_by'), '2020-6-30',
     'schemes[0].obtained_by'),
    ('templates/neutral.yaml', ('sheets', 0, 'columns', 0, 'form'), 'euro',
     'sheets[0].columns[0].form'),
    ('programmes.yaml', ('programmes', 0, 'says'), 'maybe',
     'programmes[0].says'),
    ('programmes.yaml', ('programmes', 0, 'source'), None, 'programmes[0]'),
    ('like.yaml', ('like', 0, 'like'), 'certain', 'like[0].like'),
    ('like.yaml', ('like', 0, 'n'), '54.5', 'like[0].n'),
    ('like.yaml', ('like', 0, 'k'), None, 'like[0]'),
    ('like.yaml', ('date',), 'yesterday', 'date'),
    ('traps.yaml', ('traps', 0, 'test'), 'look closely', 'traps[0].test'),
    ('traps.yaml', ('traps', 0, 'guard'), None, 'traps[0]'),
    ('signatures/huawei.yaml', ('signatures', 0, 'never'), None,
     'signatures[0]'),
    ('signatures/huawei.yaml', ('signatures', 1, 'sure'), 'maybe',
     'signatures[1].sure'),
    ('policies/us-sna-2020.yaml', ('known',), '2020-02-30', 'known'),
    ('policies/us-sna-2020.yaml', ('known',), '12 March 2020', 'known'),
    ('policies/us-sna-2020.yaml', ('source',), None, '(top)'),
    ('policies/us-sna-2020.yaml', ('clauses', 2, 'duty'), 'ban',
     'clauses[2].duty'),
    ('policies/us-sna-2020.yaml', ('clauses', 0, 'bound', 'nobody'), 'yes',
     'clauses[0].bound'),
    ('policies/us-sna-2020.yaml', ('clauses', 0, 'date'), '2026-03-31',
     'clauses[0]'),
    ('policies/us-sna-2020.yaml', ('checked',), 'lately', 'checked'),
    ('affiliates.yaml', ('affiliates', 0, 'sure'), None, 'affiliates[0]'),
    ('affiliates.yaml', ('affiliates', 0, 'until'), '2020', 'affiliates[0].until'),
    ('jurisdictions.yaml', ('jurisdictions', 'GB', 'territory', 0), 'UK!',
     'jurisdictions.GB.territory[0]'),
    ('jurisdictions.yaml', ('facts', 'place', 'ask'), 'where',
     'facts.place'),
    ('sentences.yaml', ('sentences', 'in scope', 'remove', 'past'),
     'overdue since {date}', 'sentences.in scope.remove.past'),
    ('sentences.yaml', ('sentences', 'in scope', 'cap', 'today'),
     '{titel}: {says}.', 'sentences.in scope.cap.today'),
    ('sentences.yaml', ('silence', 'not_heard'), 'clean',
     'silence.not_heard'),
    ('sentences.yaml', ('silence', 'not_looked'), None, 'silence'),
    ('silence.yaml', ('methods', 0, 'days'), 'a month', 'methods[0].days'),
    ('silence.yaml', ('methods', 0, 'method'), None, 'methods[0]'),
    ('silence.yaml', ('kinds', 0, 'hears', 'capture'), 'lldp',
     'kinds[0].hears.capture'),
    ('cpe.yaml', ('makers', 0, 'maker'), 'Huawei', 'makers[0].maker'),
    ('cpe.yaml', ('makers', 0, 'products', 0, 'from'), 'name',
     'makers[0].products[0].from'),
    ('costs.yaml', ('templates', 0, 'items', 0), 'paint',
     'templates[0].items[0]'),
    ('costs.yaml', ('published', 0, 'source'), None, 'published[0]'),
    ('plan.yaml', ('budget', 'each'), '-5 EUR', 'budget.each'),
    ('plan.yaml', ('before', 0, 'then'), None, 'before[0]'),
    ('audiences.yaml', ('shown', 'cuts', 'sees', 0), 'king',
     'shown.cuts.sees[0]'),
    ('audiences.yaml', ('shown', 'cuts', 'why'), None, 'shown.cuts'),
    ('risk.yaml', ('exposure', 0, 'says'), None, 'exposure[0]'),
    ('risk.yaml', ('words', 'candidate'), 'surely cut', 'words.candidate'),
    ('said.yaml', ('said', 1, 'makers'), None, 'said[1]'),
    ('said.yaml', ('said', 1, 'source'), 'the press', 'said[1].source'),
    ('said.yaml', ('said', 1, 'sure'), 'unverified', 'said[1].sure'),
    ('zones.yaml', ('zones', 'Z1', 'kind'), 'castle', 'zones.Z1.kind'),
    ('zones.yaml', ('zones', 'Z1', 'served_by', 0, 'road'), 'B7',
     'zones.Z1.served_by[0]'),
    ('shared_keys.csv', (0, 'value'), '00:00:5e:00:01:00', '[0].value'),
)


def kind_of(path):
    for kind, ends in KINDS:
        for e in ends:
            if path.endswith(e) or e.endswith('/') and \
                    os.path.dirname(path).endswith(e[:-1]):
                return kind
    return None


class Schemas:
    def __init__(self, root):
        self.of = {}
        for path in sorted(glob.glob(os.path.join(
                root, 'knowledge/schema/*.schema.json'))):
            name = os.path.basename(path)
            with open(path, encoding='utf-8') as f:
                self.of[name] = json.load(f)

    def wrong(self, kind, tree):
        """(path, what is wrong there) of the first thing that is, or None"""
        schema = self.of[kind + '.schema.json']
        seen = jsonschema.Draft202012Validator(
            schema, format_checker=jsonschema.FormatChecker(['date']),
            resolver=jsonschema.RefResolver('', schema, store=self.of))
        errors = sorted(seen.iter_errors(tree), key=lambda e: [
            str(p) for p in e.absolute_path])
        if not errors:
            return None
        e = errors[0]
        # Among alternatives, what failed deepest is what was meant.
        while e.context:
            e = max(e.context, key=lambda c: len(c.absolute_path))
        at = ''.join(f'[{p}]' if isinstance(p, int) else f'.{p}'
                     for p in e.absolute_path).lstrip('.')
        said = e.schema.get('description')
        return at or '(top)', e.message + (f' ({said})' if said else '')


def load(path):
    """The file as the program reads it: values are texts."""
    with open(path, encoding='utf-8', newline='') as f:
        if path.endswith('.csv'):
            return list(csv.DictReader(f))
        return yaml.load(f, Loader=yaml.BaseLoader)


def broken(tree, where, value):
    tree = copy.deepcopy(tree)
    at = tree
    for step in where[:-1]:
        at = at[step]
    if value is None:
        del at[where[-1]]
    else:
        at[where[-1]] = value
    return tree


def look(schemas, paths):
    bad = 0
    for path in paths:
        kind = kind_of(path)
        wrong = schemas.wrong(kind, load(path)) if kind else \
            ('', 'no kind of file has this name')
        if wrong:
            print(f'{path}: {wrong[0]}: {wrong[1]}')
        bad += bool(wrong)
    return 1 if bad else 0


def ways(root):
    with open(os.path.join(root, 'src/claim/claims.def'),
              encoding='utf-8') as f:
        return [line.split('(')[1].split(')')[0] for line in f if '(' in line]


class Tap:
    n = bad = 0

    def ok(self, good, name, why=''):
        self.n += 1
        self.bad += not good
        print(f'{"" if good else "not "}ok {self.n} - {name}')
        if not good and why:
            print(f'# {why}')


def main():
    root = sys.argv[1]
    schemas = Schemas(root)
    if len(sys.argv) > 2:
        return look(schemas, sys.argv[2:])
    tap = Tap()
    for name, schema in schemas.of.items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
            why = ''
        except jsonschema.SchemaError as e:
            why = e.message
        tap.ok(not why, 'schema/' + name, why)
    said = schemas.of['fields.schema.json']['properties']['fields']['items'][
        'properties']['read']['anyOf'][0]['enum']
    tap.ok(said == ways(root), 'the ways of inferring are those of claims.def')

    knowledge = os.path.join(root, 'knowledge')
    paths = [p for end in ('**/*.yaml', '*.csv') for p in sorted(
        glob.glob(os.path.join(knowledge, end), recursive=True))]
    for more in ('operator.yaml', 'plan.yaml', 'zones.yaml',
                 '*/*.yaml'):
        paths += sorted(glob.glob(os.path.join(root, 'examples/operator',
                                               more)))
    trees = {}
    for path in paths:
        name = os.path.relpath(path, root)
        kind = kind_of(name)
        if not kind:
            tap.ok(False, name, 'no schema for a file of this name')
            continue
        trees[name] = load(path)
        wrong = schemas.wrong(kind, trees[name])
        tap.ok(not wrong, name, wrong and f'{name}: {": ".join(wrong)}')

    for file, where, value, want in BROKEN:
        name = 'knowledge/' + file
        if name not in trees:
            name = 'examples/operator/' + file
        wrong = schemas.wrong(kind_of(name), broken(trees[name], where, value))
        at, why = wrong or ('', 'was taken')
        what = f'without {where[-1]}' if value is None else repr(value)
        tap.ok(at == want, f'refused: {name}: {want}: {what}',
               f'{name}: {at}: {why}')
    print(f'1..{tap.n}')
    return 1 if tap.bad else 0


if __name__ == '__main__':
    sys.exit(main())

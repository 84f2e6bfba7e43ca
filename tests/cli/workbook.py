#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""workbook.py NAMEPLATE ROOT: `report --xlsx`, beside the CSV whose cells it has:
opened by LibreOffice, where it is installed, and read by nameplate itself.
Speaks TAP."""
import csv
import io
import json
import re

from office import converted, office, parts
from tap import DAY, OPERATOR, holds, main, run, same, scratched, test

SHEETS = ['about', 'devices', 'findings', 'subscribers', 'contracts', 'sources',
          'coverage']
RECORDS = {'devices': ['device'], 'findings': ['finding'],
           'subscribers': ['subscribers'], 'coverage': ['coverage'],
           'contracts': ['contract', 'contract finding']}


def dossier():
    d = scratched('demo.dossier')
    run('audit', OPERATOR, '-o', d, '--as-of', DAY).exits(0)
    return d


DEMO = dossier()
CSV = list(csv.DictReader(io.StringIO(run('report', DEMO, '--csv').out)))
AUDIT = run('report', DEMO, '--json').json()


def book(name, *more):
    path = scratched(name)
    r = run('report', DEMO, '--xlsx', path, *more)
    if 'not in this build' in r.err:
        return None
    r.exits(0)
    same(r.out, '', 'nothing on standard output')
    return path


BOOK = book('demo.xlsx')


def here():
    if not BOOK:
        print('# skipped: this build has no libxlsxwriter')
    return BOOK


@test
def one_form():
    """--xlsx names its file; two forms, or a place that cannot be, are refused"""
    run('report', DEMO, '--xlsx', scratched('x.xlsx'), '--csv').exits(2)
    run('report', DEMO, '--xlsx').exits(2)
    if here():
        r = run('report', DEMO, '--xlsx', '/proc/nowhere/x.xlsx').exits(4)
        holds(r.err, '/proc/nowhere')


@test
def rows_of_the_csv():
    """LibreOffice: each sheet has the rows and the cells of the CSV"""
    if not here():
        return
    if not office():
        print('# skipped: no LibreOffice on this machine')
        return
    got = converted(BOOK)
    same(sorted(got), sorted(SHEETS), 'sheets')
    holds(got['about'][1][0], 'no legal advice')
    same(got['about'][1][1], DAY, 'as of')
    for sheet, records in RECORDS.items():
        head, rows = got[sheet][0], got[sheet][1:]
        want = [r for r in CSV if r['record'] in records]
        same(len(rows), len(want), sheet)
        for row, r in zip(rows, want):
            for name, cell in zip(head, row):
                text = r[name]
                if re.fullmatch(r'\d{4}-\d\d-\d\dT.*Z', text):
                    text = text[:19].replace('T', ' ')
                if name == 'confidence' and text:
                    cell, text = float(cell), float(text)
                same(cell, text, f'{sheet}, {name}')
    sources = [dict(zip(got['sources'][0], r)) for r in got['sources'][1:]]
    same([(s['name'], s['sha256'], s['octets']) for s in sources],
         [(s['name'], s['sha256'], str(s['bytes']))
          for s in AUDIT['sources']], 'sources')
    same({s['drops'] for s in sources if s['site'] == 'DE-1'},
         {'not recorded'}, 'what is not recorded is not 0')


@test
def shape():
    """the first row is frozen, filters are set, times and numbers are such"""
    if not here():
        return
    got = parts(BOOK)
    names = re.findall(r'<sheet name="([a-z]+)"', got['xl/workbook.xml'])
    same(names, SHEETS, 'sheets in their order')
    for i, name in enumerate(names, 1):
        text = got[f'xl/worksheets/sheet{i}.xml']
        holds(text, '<pane ySplit="1"', 'state="frozen"', '<autoFilter ref="A1:')
        rows = len(re.findall('<row ', text))
        assert re.search(rf'<autoFilter ref="A1:[A-Z]+{max(rows, 2)}"|'
                         rf'<autoFilter ref="A1:[A-Z]+{rows}"', text), name
    devices = got['xl/worksheets/sheet2.xml']
    head = re.findall('<t>([a-z_]+)</t>', devices[:devices.index('</row>')])
    row = devices[devices.index('</row>'):]
    kinds = {}
    for at, style, text, number in re.findall(
            r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(inlineStr)")?>'
            r'(?:<v>([^<]*)</v>)?', row):
        column = sum((ord(c) - 64) * 26 ** i
                     for i, c in enumerate(reversed(at))) - 1
        kinds.setdefault(head[column], set()).add(
            ('text' if text else 'number', style))
    for name in ('first', 'last', 'confidence', 'like_of'):
        same({k for k, _ in kinds[name]}, {'number'}, name)
    for name in ('id', 'serial', 'maker', 'version'):
        same({k for k, _ in kinds[name]}, {'text'}, name)


@test
def read_again():
    """our own reader takes it for an inventory: the same serials and addresses"""
    if not here():
        return
    r = run('read', '--raw', BOOK).exits(0)
    rows = [json.loads(x) for x in r.out.split('\n') if x]
    said = {}
    for x in rows:
        for f in x.get('facts', []):
            said.setdefault(f['field'], set()).add(f['value'])
    serials = {d['serial'] for d in AUDIT['devices'] if d['serial']}
    same(said['inventory.serial_number'], serials, 'serials')
    models = {d['model'] for d in AUDIT['devices'] if d['model']}
    assert models <= said['inventory.model'], models


@test
def one_site():
    """--site leaves the rows of one"""
    if not here() or not office():
        return
    got = converted(book('site.xlsx', '--site', 'US-1'))
    for sheet in RECORDS:
        at = got[sheet][0].index('site')
        same({r[at] for r in got[sheet][1:]} - {'US-1'}, set(), sheet)


@test
def same_octets():
    """the same dossier gives the same octets"""
    if not here():
        return
    with open(BOOK, 'rb') as a, open(book('again.xlsx'), 'rb') as b:
        same(a.read(), b.read(), 'octets')


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""said.py NAMEPLATE ROOT: what makers and their critics said is shown with its
source, and is no part of anything else. Speaks TAP."""
import glob
import os
import re

import yaml

from tap import DAY, OPERATOR, ROOT, holds, lacks, main, run, same, scratched, \
    test

FILE = os.path.join(ROOT, 'knowledge/said.yaml')
with open(FILE, encoding='utf-8') as f:
    SAID = yaml.safe_load(f)['said']


def of(slug):
    return [s for s in SAID if slug in s.get('makers', [])]


@test
def shows_all_of_it():
    """makers show quotes what was said, who, when, where, how sure, by date"""
    for slug in sorted({m for s in SAID for m in s.get('makers', [])}):
        out = run('makers', 'show', slug).exits(0).out
        for s in of(slug):
            holds(out, f'  {s["date"]}  {s["by"]}: {s["who"]}\n',
                  f'"{s["quote"]}"', f'{s["source"]} ({s["sure"]})')
            assert 'original' not in s or s['original'] in out, s
        dates = re.findall(r'^  (\d{4}-\d\d-\d\d)  (?!criteria)', out, re.M)
        same(dates, sorted(dates), slug)
        same(len(dates), len(of(slug)), slug)
        holds(out, 'never weighed', 'Prague Proposals')
    lacks(run('makers', 'show', 'cisco').exits(0).out, 'said in public')


@test
def both_sides():
    """whoever is spoken about was asked, or has spoken: makers are quoted too"""
    for slug in ('huawei', 'zte', 'hikvision', 'dahua', 'hytera'):
        assert [s for s in of(slug) if s['by'] == 'maker'], slug
    same({s['by'] for s in of('huawei')}, {'maker', 'oversight', 'state'},
         'huawei')
    for s in SAID:
        assert len(s['quote']) <= 300, s
        assert not re.search('dirty|clean|overdue', s['quote'], re.I), s


@test
def part_of_nothing():
    """no quote is in a finding, report or dossier; only makers reads them"""
    d = scratched('said.dossier')
    out = run(OPERATOR, '--as-of', DAY, '-l', '-o', d).exits(0).out
    out += run('report', d, '--json').exits(0).out
    out += run('report', d, '--jsonl').exits(0).out
    out += run('explain', d, 'd-99662359f108edce').exits(0).out
    with open(d, 'rb') as f:
        octets = f.read()
    for s in SAID:
        assert s['quote'] not in out and s['who'] not in out, s
        assert s['quote'].encode() not in octets, s
    readers = []
    for path in glob.glob(os.path.join(ROOT, 'src/**/*.[ch]'),
                          recursive=True):
        with open(path, encoding='utf-8') as f:
            if re.search(r'report/quotes\.h|np_quotes|said_yaml', f.read()):
                readers.append(os.path.relpath(path, ROOT))
    same(sorted(readers), ['src/cli/makers.c', 'src/report/quotes.c',
                           'src/report/quotes.h'], 'who reads it')


@test
def a_file_of_ones_own():
    """another said.yaml takes its place; a wrong one is refused with its line"""
    folder = scratched('knowledge')
    if not os.path.isdir(folder):
        os.mkdir(folder)
    for name in ('makers', 'fields', 'families'):
        src = os.path.join(ROOT, 'knowledge', name + '.yaml')
        with open(src, encoding='utf-8') as f, open(
                os.path.join(folder, name + '.yaml'), 'w',
                encoding='utf-8') as to:
            to.write(f.read())
    path = os.path.join(folder, 'said.yaml')
    good = ('schema: nameplate.said/1\nsaid:\n- makers: [zte]\n  by: maker\n'
            '  who: somebody\n  date: 2026-01-02\n  quote: "a\\e[2Jb"\n'
            '  source: https://a.example\n  sure: primary\n')

    def show(text):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
        return run('makers', 'show', 'zte', '--knowledge', folder)

    out = show(good).exits(0).out
    holds(out, '2026-01-02  maker: somebody', '"a\\x1b[2Jb"')
    lacks(out, 'Levy')
    for was, now, want in (
            ('primary', 'hearsay', 'said.yaml:3:3: expected sure'),
            ('2026-01-02', 'soon', 'said.yaml:6:9: expected a date'),
            ('https://a', 'a', 'said.yaml:8:11: expected an address'),
            ('by: maker', 'by: friend', 'said.yaml:3:3: expected by'),
            ('[zte]', 'zte', 'said.yaml:3:11: expected a list'),
            ('  who: ', '  whom: ', 'said.yaml:5:3: expected one of'),
            ('somebody', '', 'said.yaml:5:'),
            ('somebody', 'x' * 301, 'said.yaml:5:8: expected a text'),
            ('said/1', 'said/9', 'said.yaml:1:1: expected schema')):
        holds(show(good.replace(was, now)).exits(4).err, want)


if __name__ == '__main__':
    main()

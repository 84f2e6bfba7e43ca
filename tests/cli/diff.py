#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""What becomes of devices between two dossiers: diff.py NAMEPLATE ROOT."""
import json
import os

from tap import DAY, OPERATOR, holds, lacks, main, run, same, scratched, test

WALK = '''.1.3.6.1.2.1.1.1.0 = STRING: "{descr}"
.1.3.6.1.2.1.1.2.0 = OID: .{oid}
.1.3.6.1.2.1.1.5.0 = STRING: "{name}"
.1.3.6.1.6.3.10.2.1.1.0 = Hex-STRING: 80 00 {pen} 03 {mac}
.1.3.6.1.2.1.47.1.1.1.1.5.1 = INTEGER: 3
.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: "{serial}"
'''
VRP = 'VRP (R) software,Version 5.170 (S5720 {})'
BOX = {'descr': VRP.format('V200R010C00SPC600'), 'name': 'R1',
       'oid': '1.3.6.1.4.1.2011.2.23.291', 'serial': '210235336712340001',
       'mac': '00 25 9E 71 20 01', 'pen': '07 DB'}
PARTY = '''party:
  DE:
    contracts_2024_party: {party}
sites:
  DE-1: {{country: DE}}
  DE-2: {{country: DE}}
'''


def file(name, text):
    path = scratched(name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def dossier(name, boxes, day=DAY, party='true', site='DE-1'):
    """One of these boxes, each a walk of its own."""
    walks = [file(f'{name}/{i}.walk', WALK.format(**{**BOX, **b}))
             for i, b in enumerate(boxes)]
    path = scratched(f'{name}.dossier')
    run('audit', *walks, '-o', path, '--as-of', day, '--site', site, '--party',
        file(f'{name}/party.yaml', PARTY.format(party=party))).exits(0)
    return path


def diff(*args, rc=0):
    return run('diff', *args, '--json').exits(rc).json()


def second(n, **more):
    return {'serial': f'21023533671234{n:04d}', 'name': f'R{n}',
            'mac': f'00 25 9E 71 20 {n:02X}', **more}


@test
def the_same():
    """a dossier and itself: every device is the same"""
    a = dossier('same', [{}, second(2)])
    d = diff(a, a)
    same(d['schema'], 'nameplate.diff/1', 'schema')
    same(d['summary']['same'], 2, 'same')
    same([d[k] for k in ('removed', 'new_devices', 'changed',
                         'no_longer_observed')], [[], [], [], []], 'lists')
    holds(run('diff', a, a).exits(0).out, '2 same', '0 removed')


@test
def four_classes():
    """changed by field, new, and silence is no removal"""
    a = dossier('four-a', [{}, second(2)])
    b = dossier('four-b', [{'descr': VRP.format('V200R019C10SPC500'),
                            'name': 'R1-b'}, second(3)])
    d = diff(a, b)
    same([d['summary'][k] for k in ('same', 'changed', 'new', 'removed',
                                    'no_longer_observed')],
         [0, 1, 1, 0, 1], 'counts')
    fields = [(c['field'], c['old'], c['new'])
              for c in d['changed'][0]['changes']]
    same(fields, [('version', 'V200R010C00SPC600', 'V200R019C10SPC500'),
                  ('keys.name', 'R1', None), ('keys.name', None, 'R1-b')],
         'fields')
    gone = d['no_longer_observed'][0]
    same(gone['old']['serial'], '210235336712340002', 'who')
    same(gone['new'], None, 'nobody now')
    same(gone['looked_again'], 'so', 'looked at by the same method')
    same([(l['site'], l['method'], l['old']['sources'], l['new']['sources'])
          for l in gone['looked']], [('DE-1', 'walk', 2, 2)], 'how')
    same(d['new_devices'][0]['new']['serial'], '210235336712340003', 'new')
    holds(run('diff', a, b).out, 'no proof that it is gone', 'R1-b',
          'V200R019C10SPC500')


@test
def not_looked():
    """where nobody looked again, that is said"""
    a = dossier('look-a', [{}])
    b = dossier('look-b', [second(3)], site='DE-2')
    gone = diff(a, b)['no_longer_observed'][0]
    same(gone['looked_again'], 'not', 'its site was not looked at')
    same(gone['looked'][0]['new'], None, 'by no source')
    holds(run('diff', a, b).out, 'not looked at so')


@test
def by_keys():
    """a device keeps being itself by its keys, not by its name and place"""
    a = dossier('keys-a', [{}])
    b = dossier('keys-b', [{'mac': '00 25 9E 71 20 77', 'name': 'R9'}],
                site='DE-2')
    d = diff(a, b)
    same(d['summary']['changed'], 1, 'by its serial number')
    got = {c['field'] for c in d['changed'][0]['changes']}
    same(got, {'site', 'keys.name', 'keys.engine_id'}, 'what changed')
    c = dossier('keys-c', [{'serial': '210235336712349999'}])
    d = diff(a, c)
    same([d['summary']['changed'], d['summary']['new']], [1, 0],
         'by its engine id')


@test
def swapped():
    """a box of another maker with the name of the old one is another box"""
    a = dossier('swap-a', [{}])
    new = {'descr': 'Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), '
                    'Version 15.0(2)SE, RELEASE SOFTWARE (fc1)',
           'oid': '1.3.6.1.4.1.9.1.1208', 'serial': 'FOC1010X104',
           'mac': '00 17 5A 29 60 01', 'pen': '00 09'}
    d = diff(a, dossier('swap-b', [new]))
    same([d['summary'][k] for k in ('changed', 'new', 'no_longer_observed')],
         [0, 1, 1], 'two boxes')
    same(d['no_longer_observed'][0]['at_its_address_now']['maker'], 'cisco',
         'who has its name now')


@test
def removed_by_custody():
    """removed only where somebody says so, and not when it was heard later"""
    a = dossier('cust-a', [{}, second(2)])
    b = dossier('cust-b', [{}])
    rows = file('cust.csv', 'serial,event,date,place,by,certificate\n'
                '210235336712340002,unracked,2026-11-20,Bonn,M. Muster,\n'
                '210235336712340002,stored,2026-11-22,Bonn,M. Muster,\n'
                '210235336712340002,destroyed,2027-01-01,Bonn,M. Muster,\n')
    d = diff(a, b, '--custody', rows)
    same(d['summary']['removed'], 1, 'removed')
    reason = d['removed'][0]['reason']
    same([reason['what'], reason['day'], reason['then']],
         ['unracked', '2026-11-20', 'stored 2026-11-22'],
         'what comes after the day does not count')
    same(reason['said_by'].endswith('cust.csv:3'), True, 'who says so')
    out = run('diff', a, b, '--custody', rows).out
    holds(out, 'removed: somebody says so', 'unracked 2026-11-20')
    lacks(out, 'Muster')
    timed = scratched('op.dossier')
    run('audit', OPERATOR, '-o', timed, '--as-of', DAY).exits(0)
    early = file('early.csv', 'serial,event,date\n'
                 '2102440200001,unracked,2026-11-22\n')
    d = diff(timed, b, '--custody', early)
    same(d['summary']['removed'], 0, 'it was heard after it was unracked')
    d = diff(timed, timed, '--custody', early)
    same([x['serial'] for x in d['heard_again']], ['2102440200001'],
         'what is there and should not be')
    holds(run('diff', timed, timed, '--custody', early).out,
          'a statement of serial 2102440200001 was heard again; check')


@test
def law_or_evidence():
    """whether evidence, law or a stated fact changed a finding is told"""
    core = [{'descr': 'Huawei ME60 V800R012C10SPC300 HUAWEI ME60-X8',
             'oid': '1.3.6.1.4.1.2011.2.89.1'}]
    a = dossier('law-a', core, day='2024-07-10')
    b = dossier('law-b', core)
    d = diff(a, b)
    causes = {f['cause'] for c in d['changed'] for f in c['findings']}
    same(causes, {'law'}, 'another day')
    c = dossier('law-c', core, party='false')
    d = diff(b, c)
    causes = {f['cause'] for x in d['changed'] for f in x['findings']}
    same(causes, {'stated facts'}, 'another statement of the party')
    e = dossier('law-e', [{'descr': 'x', 'oid': '1.3.6.1.4.1.8072.3.2.10',
                           'mac': '02 25 9E 71 20 01'}])
    d = diff(b, e)
    causes = {f['cause'] for x in d['changed'] for f in x['findings']}
    same(causes, {'evidence'}, 'another statement of the box')


@test
def two_become_one():
    """two boxes of the one that are one of the other are told, not lost"""
    half = [{'pen': 'no', 'mac': ''}, {'serial': ''}]
    halves = [WALK.format(**{**BOX, **h}).split('\n') for h in half]
    walks = [file(f'halves/{i}.walk', '\n'.join(
        l for l in h if ('.6.3.10' not in l if i == 0 else '.47.1' not in l)
        and '.1.1.5.0' not in l)) for i, h in enumerate(halves)]
    a = scratched('halves.dossier')
    run('audit', *walks, '-o', a, '--as-of', DAY, '--site', 'DE').exits(0)
    b = dossier('whole', [{}], site='DE')
    for old, new in ((a, b), (b, a)):
        d = diff(old, new)
        same([d['summary'][k] for k in ('new', 'no_longer_observed')], [0, 0],
             'nobody is new or gone')
        same(sum(c['several'] for c in d['changed']), 1, 'several')


@test
def both_ways():
    """what is new one way is gone the other, and order of sources is none"""
    a = dossier('way-a', [{}, second(2), second(3)])
    b = dossier('way-b', [second(3), second(4), {'name': 'x'}])
    one, other = diff(a, b)['summary'], diff(b, a)['summary']
    same([one['new'], one['no_longer_observed'], one['changed']],
         [other['no_longer_observed'], other['new'], other['changed']],
         'both ways')
    c = dossier('way-c', [{'name': 'x'}, second(4), second(3)])
    same(diff(b, c)['summary']['same'], 3, 'another order')


@test
def gates():
    """--fail-on trips with exit 1 on what it names, and on nothing else"""
    a = dossier('gate-a', [{}, second(2)])
    b = dossier('gate-b', [{'name': 'R5'}, second(3)])
    for word, rc in (('new', 1), ('gone', 1), ('changed', 1), ('removed', 0),
                     ('scope', 0), ('removed,new', 1)):
        run('diff', a, b, '--fail-on', word).exits(rc)
    run('diff', a, a, '--fail-on', 'new,gone,changed,removed,scope').exits(0)
    run('diff', a, b, '--fail-on', 'sometimes').exits(2)
    run('diff', a).exits(2)
    run('diff', a, scratched('none.dossier')).exits(4)


@test
def newly_in_scope():
    """--fail-on scope: something of the law's own place is in scope now"""
    a, b = scratched('sc-a.dossier'), scratched('sc-b.dossier')
    party = ('--party', f'{OPERATOR}/operator.yaml', '--as-of', DAY)
    run('audit', f'{OPERATOR}/DE-1/d03.pcap', '-o', a, *party).exits(0)
    run('audit', f'{OPERATOR}/DE-1', '-o', b, *party).exits(0)
    run('diff', a, b, '--fail-on', 'scope').exits(1)
    run('diff', b, a, '--fail-on', 'scope').exits(0)
    same(diff(a, b)['summary']['newly_in_scope'] >= 2, True, 'D01, D02')


@test
def subscribers_are_counts():
    """of subscribers' boxes nothing but a count is compared"""
    a, b = scratched('sub-a.dossier'), scratched('sub-b.dossier')
    run('audit', f'{OPERATOR}/IT-1', '-o', a, '--as-of', DAY, '--party',
        f'{OPERATOR}/operator.yaml').exits(0)
    run('audit', f'{OPERATOR}/JP-1', '-o', b, '--as-of', DAY, '--party',
        f'{OPERATOR}/operator.yaml').exits(0)
    d = diff(a, b)
    same(d['old']['subscribers'] >= 40, True, 'counted')
    lacks(json.dumps(d), '48575443', '4857544', 'HG8245H')


@test
def hostile_text():
    """what a device says is escaped on a terminal"""
    a = dossier('esc-a', [{}])
    b = dossier('esc-b', [{'name': 'R\x1b[31m\u202e'}])
    lacks(run('diff', a, b).exits(0).out, '\x1b', '\u202e')
    same(diff(a, b)['summary']['changed'], 1, 'JSON')


@test
def words_are_data():
    """what is said comes from the sentences, which a directory may replace"""
    a = dossier('words-a', [{}])
    b = dossier('words-b', [second(2)])
    file('k/sentences.yaml', 'schema: nameplate.sentences/1\nsource: x\n'
         'sure: primary\nover_time:\n  gone: silent by now\n')
    out = run('diff', a, b, '--knowledge', scratched('k')).exits(0).out
    holds(out, 'silent by now')
    lacks(out, 'no proof that it is gone')


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Serial numbers from last heard to destroyed: custody.py NAMEPLATE ROOT."""
import hashlib

from tap import DAY, OPERATOR, holds, lacks, main, run, same, scratched, test

GNB = '2102440200001'  # G02's, heard on 2026-11-23
EMS = '2102490500001'
THEIRS = '4857544312345678'  # a subscriber's
HEAD = 'serial,event,date,place,by,certificate,sha256\n'


def file(name, text):
    path = scratched(name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def dossier(name, day='2027-06-01'):
    path = scratched(name)
    run('audit', OPERATOR, '-o', path, '--as-of', day).exits(0)
    return path


def ask(d, *rows, rc=0, head=HEAD, more=()):
    path = file('rows.csv', head + ''.join(r + '\n' for r in rows))
    return run('custody', d, '--custody', path, '--json', *more).exits(rc)


def of(ran, serial):
    return next(s for s in ran.json()['serials'] if s['serial'] == serial)


D = dossier('custody.dossier')


@test
def the_way_of_a_serial():
    """last heard, unracked, stored, destroyed; each with its row"""
    s = of(ask(D, f'{GNB},unracked,2026-12-01,Ellerwick,M. Muster,,',
               f'{GNB},stored,2026-12-02,Depot,M. Muster,,',
               f'{GNB},destroyed,2026-12-09,Smelter,M. Muster,,'), GNB)
    same(s['state'], 'destroyed', 'state')
    same([e['event'] for e in s['events']],
         ['unracked', 'stored', 'destroyed'], 'events')
    same(s['heard']['last'][:10], DAY, 'last heard')
    same(s['heard']['site'], 'GB-1', 'where')
    same(s['again'], False, 'not heard again')


@test
def heard_again():
    """heard after it was unracked: a statement of it, to be checked"""
    r = ask(D, f'{GNB},unracked,2026-11-22,,,,', f'{EMS},unracked,{DAY},,,,')
    s = of(r, GNB)
    same(s['again'], True, 'the day after')
    holds(s['text'], f'a statement of serial {GNB} was heard again; check',
          'unracked 2026-11-22')
    lacks(s['text'], 'back')
    same(of(r, EMS)['again'], False, 'the day itself may have been before')
    more = ('--fail-on', 'again')
    ask(D, f'{GNB},unracked,2026-11-22,,,,', rc=1, more=more)
    ask(D, f'{GNB},unracked,2026-11-24,,,,', rc=0, more=more)
    text = run('custody', D, '--custody', scratched('rows.csv')).out
    lacks(text, 'was heard again')


@test
def grade_is_said():
    """a serial that a box says is told with grade and field"""
    walk = file('a.walk', '.1.3.6.1.2.1.1.1.0 = STRING: "VRP (R) software,'
                'Version 5.170 (S5720 V200R010C00SPC600)"\n'
                '.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.2011.2.23.291\n'
                '.1.3.6.1.2.1.47.1.1.1.1.5.1 = INTEGER: 3\n'
                '.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: "21023533ABC"\n')
    d = scratched('walk.dossier')
    run('audit', walk, '-o', d, '--as-of', DAY).exits(0)
    s = run('custody', d, '21023533abc', '--json').exits(0).json()
    heard = s['serials'][0]['heard']
    same([heard['grade'], heard['field'], heard['method']],
         ['E4', 'snmp.ent_serial', 'walk'], 'grade')
    same(s['serials'][0]['state'], None, 'no row')


@test
def impossible_rows():
    """a row that cannot be is refused by line, the rest counts; exit 3"""
    cases = [
        ([f'{GNB},stored,2026-12-01,,,,'], 2, 'was not unracked before'),
        ([f'{GNB},destroyed,2026-12-01,,,,'], 2, 'was not unracked before'),
        ([f'{GNB},unracked,2026-12-01,,,,', f'{GNB},unracked,2026-12-02,,,,'],
         3, 'was so before'),
        ([f'{GNB},unracked,2026-12-01,,,,', f'{GNB},destroyed,2026-12-02,,,,',
          f'{GNB},racked,2026-12-03,,,,'], 4,
         'a destroyed serial does not come back'),
        ([f'{GNB},unracked,2026-12-02,,,,', f'{GNB},stored,2026-12-01,,,,'],
         3, 'a date before that of the row above'),
        ([f'{GNB},unracked,2026-13-02,,,,'], 2, 'expected a date'),
        ([f'{GNB},eaten,2026-12-02,,,,'], 2, 'expected an event'),
        ([',unracked,2026-12-02,,,,'], 2, 'no serial number'),
        ([f'{GNB},unracked,2026-12-02,,,,xyz'], 2, 'expected a SHA-256'),
        (['"' + GNB + ',unracked,2026-12-02,,,,'], 2, 'a quote where none'),
    ]
    for rows, line, why in cases:
        r = ask(D, *rows, rc=3)
        p = r.json()['problems']
        same([len(p), p[0]['line']], [1, line], why)
        holds(p[0]['text'], why)
        holds(r.err, f'rows.csv:{line}', why)


@test
def no_such_table():
    """a file that is no such table is refused with what was expected"""
    r = ask(D, 'x', rc=2, head='a,b,c\n')
    holds(r.err, 'expected a column "serial"')
    run('custody', D, '--custody', scratched('absent.csv')).exits(4)
    holds(ask(D, rc=2, head='').err, 'expected a table')


@test
def other_words():
    """columns and events in other languages, separators, quotes, a BOM"""
    s = of(ask(D, f'"{GNB}";Ausgebaut;2026-12-01;"Halle ""3"""',
               f'{GNB};vernichtet;2026-12-02;',
               head='\ufeffSeriennummer;Ereignis;Datum;Ort\r\n'), GNB)
    same([s['state'], s['events'][0]['place']], ['destroyed', 'Halle "3"'],
         'German')


@test
def certificates():
    """a certificate's hash is checked where the file is there"""
    file('cert.pdf', 'burnt')
    good = hashlib.sha256(b'burnt').hexdigest()
    first = f'{GNB},unracked,2026-12-01,,,,'
    for cell, want, rc in ((f'cert.pdf,{good}', 'hash matches', 0),
                           (f'cert.pdf,{"0" * 64}', 'hash differs', 3),
                           ('cert.pdf,', 'hash taken', 0),
                           (f'none.pdf,{good}', 'file not there', 0),
                           (f'{good},', 'hash only', 0), (',', 'none', 0)):
        s = of(ask(D, first, f'{GNB},destroyed,2026-12-02,,,{cell}', rc=rc),
               GNB)
        same(s['events'][1]['certificate_check'], want, cell)
    r = ask(D, first, f'{GNB},destroyed,2026-12-02,,,cert.pdf,{"0" * 64}',
            rc=3)
    holds(r.err, 'rows.csv:3', 'has not the hash that is said')


@test
def nobody_is_named():
    """who did it is never printed nor kept"""
    path = file('by.csv', HEAD + f'{GNB},unracked,2026-12-01,,M. Muster,,\n')
    d = dossier('by.dossier')
    r = run('custody', d, '--custody', path, '--json', '--keep').exits(0)
    lacks(r.out + r.err, 'Muster')
    same(of(r, GNB)['events'][0]['stated_by'], True, 'that somebody did')
    with open(d, 'rb') as f:
        same(b'Muster' in f.read(), False, 'not in the dossier')


@test
def kept():
    """--keep keeps rows once, and none of serials that are not its own"""
    d = dossier('keep.dossier')
    rows = (f'{GNB},unracked,2026-12-01,Hall,,,',
            f'{THEIRS},unracked,2026-12-01,,,,')
    holds(ask(d, *rows, more=('--keep',)).err, '1 rows kept', '1 serials')
    holds(ask(d, *rows, more=('--keep',)).err, '0 rows kept')
    with open(d, 'rb') as f:
        same(THEIRS.encode() in f.read(), False, "a subscriber's")
    r = run('custody', d, '--json').exits(0)
    same([s['serial'] for s in r.json()['serials']], [GNB], 'what is kept')
    r = ask(d, f'{GNB},unracked,2026-12-01,,,,',
            f'{GNB},destroyed,2026-12-05,,,,')
    same([e['event'] for e in of(r, GNB)['events']],
         ['unracked', 'destroyed'], 'what is said twice counts once')


@test
def as_of():
    """rows of later days do not count yet"""
    rows = (f'{GNB},unracked,2026-12-01,,,,', f'{GNB},destroyed,2026-12-05,,,,')
    s = of(ask(D, *rows, more=('--as-of', '2026-12-03')), GNB)
    same(s['state'], 'unracked', 'on the third')
    s = of(ask(D, *rows, more=('--as-of', '2026-11-30')), GNB)
    same(s['state'], None, 'before')


if __name__ == '__main__':
    main()

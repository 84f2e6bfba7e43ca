#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""plan.py NAMEPLATE ROOT: the plan of the demonstration operator as a user
would ask for it, and each way in which its two files can be wrong. Speaks
TAP."""
import csv
import io
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import time

from tap import (NAMEPLATE, OPERATOR, ROOT, holds, lacks, main, run, same,
                 scratched, test)

COSTS = OPERATOR + '/costs.csv'
PLAN = OPERATOR + '/plan.yaml'
DAY = '2026-11-23'
HEAD = 'for,item,low,expected,high,currency,date\n'


def dossier():
    path = scratched('plan.dossier')
    if not os.path.exists(path):
        run('audit', OPERATOR, '--as-of', DAY, '-o', path).exits(0)
    return path


def plan(*more):
    return run('plan', dossier(), '--as-of', DAY, *more)


def both(*more):
    return plan('--plan', PLAN, '--costs', COSTS, *more)


def written(name, text):
    path = scratched(name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


@test
def the_operators_dates_drive_it():
    j = both('--json').exits(0).json()
    same(j['schema'], 'nameplate.plan/1', 'schema')
    same(j['gap'], 0, 'gap')
    same((j['how'], j['checked']), ('proven', True), 'how')
    box = {b['label']: b for b in j['boxes']}
    same(sorted(box), ['D01', 'D02', 'D04', 'G01', 'G02', 'U01', 'U02'],
         'boxes in scope')
    same(box['D02']['date'], '2026-12-31', 'date of the German core')
    same(box['D02']['in_time'], True, 'the German core is in time')
    same(box['G02']['date'], '2027-12-31', 'the British date')
    same(box['G02']['in_time'], True, 'British radio is in time')
    same(box['G01']['in_time'], False, 'that date has passed')
    same(box['U02']['date'], None, 'no date in the US')
    for b in j['boxes']:
        if b['replaced'] > b['removed']:
            raise AssertionError('removed before it is replaced')
    left = [w['left'] for w in j['waves']]
    same(left, sorted(left, reverse=True), 'burns down')
    same(left[-1], 0, 'all are gone')


@test
def waves_and_burn_down_in_words():
    out = both().exits(0).out
    holds(out, 'Gap: 0.00 %', 'every constraint holds', 'Burn-down',
          'D02', 'more crews there', 'or 3 more months',
          'was a later date granted?')
    lacks(out, 'overdue', 'dirty', 'HW_RHEIN')


@test
def scenarios_side_by_side():
    a = both('--json').exits(0).json()
    b = both('--json', '--scenario', 'one-crew').exits(0).json()
    same(b['scenario'], 'one-crew', 'name')
    if b['area'] <= a['area']:
        raise AssertionError('less money and fewer crews cost nothing')
    holds(both('--scenario', 'nobody').exits(2).err, 'scenario', 'nobody')


@test
def what_replaces_them():
    a = both('--json', '--scenario', 'options').exits(0).json()
    same((a['how'], a['checked']), ('proven', True), 'how')
    by = {b['label']: b for b in a['boxes']}
    same(by['D04']['options'], [], 'nobody said what replaces that')
    same(by['D01']['options'], ['core-a', 'core-b'], 'two cores')
    place = {}
    for b in a['boxes']:
        place.setdefault(b['region'], set()).add(b['option'])
    for region, used in place.items():
        if {'core-a', 'ran-17'} <= used:
            raise AssertionError(f'{region}: they do not work together')
    spent = sum(o['spent'] for o in a['options'])
    same({o['name'] for o in a['options'] if o['boxes']},
         {b['option'] for b in a['boxes']} - {None}, 'what is chosen')
    if not 0 < spent < a['cost']:
        raise AssertionError('options are a part of the cost')
    rows = csv.DictReader(io.StringIO(both('--csv', '--scenario',
                                           'options').exits(0).out))
    same({r['box']: r['option'] or None for r in rows
          if r['what'] == 'replace'},
         {b['label']: b['option'] for b in a['boxes']}, 'the table')
    holds(both('--scenario', 'options').exits(0).out, 'Replaced by',
          'D02 (core-a)', 'core-b: ', 'that it may replace')


@test
def what_excludes_the_cheap_one():
    base = ('start: 2026-12-01\nmonths: 1\nperiods: 8\noptions:\n'
            '  - {name: slow, for: "*", lead: 2}\n'
            '  - {name: fast, for: "*"%s}\n')
    costs = written('options.csv', HEAD
                    + 'slow,equipment,1,1,1,EUR,2026-01-01\n'
                    + 'fast,equipment,9,9,9,EUR,2026-01-01\n')

    def chosen(more):
        path = written('some.yaml', base % more)
        j = plan('--plan', path, '--costs', costs, '--json').exits(0).json()
        same(j['checked'], True, 'checked')
        return {b['label']: (b['option'], b['removed']) for b in j['boxes']}

    same(set(chosen('').values()), {('fast', 1)}, 'what is soon')
    got = chosen(', not: slow, within: all')
    same(set(got.values()), {('fast', 1)}, 'all of one kind')
    got = chosen(', with: {D01: slow}, within: all')
    same(set(got.values()), {('fast', 1)}, 'it works with itself')
    base = base.replace('fast, for: "*"',
                        'fast, for: [D02, D04, G01, G02, U01, U02]')
    got = chosen('}\n  - {name: mid, for: D01, lead: 1')
    same(got['D01'], ('mid', 2), 'what is soon for that one')
    got = chosen(', with: {D01: slow}, within: all}\n'
                 '  - {name: mid, for: D01, lead: 1')
    same(got.pop('D01'), ('slow', 3), 'what works with the others')
    same(set(got.values()), {('fast', 1)}, 'the others')
    base = base.replace('[D02, D04, G01, G02, U01, U02]', '"*"')
    got = chosen(', first: [U01], within: all')
    same(set(got.values()), {('fast', 1)}, 'first, or with it')


@test
def under_contract_with_an_option():
    path = written('frozen.yaml', 'start: 2026-12-01\nmonths: 1\nperiods: 8\n'
                   'frozen: {D01: {date: 2027-03-05, option: b}}\n'
                   'options:\n  - {name: a, for: core}\n'
                   '  - {name: b, for: core, not: a, within: all}\n')
    j = plan('--plan', path, '--json').exits(0).json()
    box = {b['label']: b for b in j['boxes']}
    same((box['D01']['removed'], box['D01']['option']), (4, 'b'), 'as agreed')
    same({box[x]['option'] for x in ('D02', 'G01')}, {'b'}, 'the others')


@test
def a_table_and_a_calendar():
    rows = list(csv.DictReader(io.StringIO(both('--csv').exits(0).out)))
    same(len(rows), 14, 'a replacement and a removal for each box')
    same({r['what'] for r in rows}, {'replace', 'remove'}, 'what')
    ics = both('--ics').exits(0).out
    holds(ics, 'BEGIN:VCALENDAR', 'DTSTART;VALUE=DATE:20261201',
          'DTSTART;VALUE=DATE:20261231', 'SUMMARY:Remove D02 at DE-1')
    same(len(re.findall('BEGIN:VEVENT', ics)),
         len(re.findall('END:VEVENT', ics)), 'events')


@test
def without_files():
    out = plan().exits(0).out
    holds(out, 'Cost: not stated', '7 boxes in scope', 'Gap: 0.00 %')


@test
def costs_that_are_wrong():
    for row, want in (
            ('core,equipment,1,-2,3,EUR,2026-01-01', 'cost of 0 or more'),
            ('core,equipment,,,,EUR,2026-01-01', 'expected a cost'),
            ('core,equipment,1,x,3,EUR,2026-01-01', 'two decimals'),
            ('core,equipment,5,2,3,EUR,2026-01-01', 'low <= expected'),
            ('core,equipment,1,2,3,EUX,2026-01-01', 'currency of ISO 4217'),
            ('core,equipment,1,2,3,GBP,2026-01-01', 'one currency'),
            ('core,paint,1,2,3,EUR,2026-01-01', 'expected one of: equipment'),
            ('core,equipment,1,2,3,EUR,soon', 'date'),
            (',equipment,1,2,3,EUR,2026-01-01', 'a device, option')):
        path = written('wrong.csv',
                       HEAD + '*,labour,1,2,3,EUR,2026-01-01\n' + row + '\n')
        err = plan('--plan', PLAN, '--costs', path).exits(2).err
        holds(err, 'wrong.csv:3', want)


@test
def plans_that_are_wrong():
    for text, line, want in (
            ('start: 2026-11-01\n', 1, 'not before the day'),
            ('note: x\nstart: 2026-12-05\n', 2, 'first day of a month'),
            ('budget:\n  each: 10 EUR\n  total: 20 GBP\n', 3, 'it is in two'),
            ('budget:\n  each: 10 XXY\n', 2, 'currency of ISO 4217'),
            ('budget:\n  each: -10 EUR\n', 2, '0 or more'),
            ('budget:\n  each: 10\n', 2, 'currency'),
            ('periods: 61\n', 1, '1 to 60'),
            ('perods: 6\n', 1, 'expected one of'),
            ("'': 6\n", 1, 'expected one of'),
            ('scope: [all]\n', 1, 'expected one of: all, remove'),
            ("scope: ''\n", 1, 'expected one of: all, remove'),
            ('before:\n  - {first: D01, then: D02}\n'
             '  - {first: D02, then: D01}\n', 2, 'without circles'),
            ('crews: {DE: -1}\n', 1, 'how many crews'),
            ('frozen: {D01: 2026-01-01}\n', 1, 'before today'),
            ('windows:\n  - {at: DE-1, not: [13]}\n', 2, 'months, 1 to 12'),
            ('options: core\n', 1, 'a list'),
            ('options:\n  - {name: a}\n', 2, 'name, and for'),
            ('options:\n  - {name: a, for: core}\n'
             '  - {name: a, for: ran}\n', 3, 'no option above'),
            ('options:\n  - {name: a, for: core, not: b}\n', 2,
             'name of an option'),
            ('options:\n  - {name: a, for: core, with: {ran: [b]}}\n', 2,
             'name of an option'),
            ('options:\n  - {name: a, for: core, lead: -1}\n', 2,
             'whole number'),
            ('options:\n  - {name: a, for: core, within: world}\n', 2,
             'site, region, all'),
            ('options:\n  - {name: a, for: core, cost: 1}\n', 2,
             'expected one of: name'),
            ('options:\n  - {name: a, for: D01, first: D02, within: all}\n'
             '  - {name: b, for: D02, first: D01, within: all}\n', 2,
             'without circles'),
            ('frozen: {D01: {date: 2027-03-05, option: a}}\n', 1,
             'option for it')):
        path = written('wrong.yaml', text)
        err = plan('--plan', path).exits(2).err
        holds(err, f'wrong.yaml:{line}', want)


def copied(name):
    path = scratched(name)
    shutil.copy(dossier(), path)
    with sqlite3.connect(path) as db:
        db.execute('DROP TABLE IF EXISTS plan')
    db.close()
    return path


def kept(path):
    with sqlite3.connect(path) as db:
        return db.execute('SELECT scenario,json FROM plan ORDER BY n'
                          ).fetchall()


@test
def it_is_kept():
    path = copied('kept.dossier')
    files = ('--as-of', DAY, '--plan', PLAN, '--costs', COSTS)
    with open(path, 'rb') as f:
        before = f.read()
    run('plan', path, *files, '--no-keep').exits(0)
    with open(path, 'rb') as f:
        same(f.read() == before, True, '--no-keep changes no octet')
    out = run('plan', path, *files, '--json').exits(0).out
    run('plan', path, *files, '--scenario', 'one-crew').exits(0)
    rows = kept(path)
    same([r[0] for r in rows], ['', 'one-crew'], 'one a scenario')
    same(rows[0][1], out, 'what --json prints')
    run('plan', path, '--as-of', DAY).exits(0)
    rows = kept(path)
    same([r[0] for r in rows], ['one-crew', ''], 'the newest is the last')
    same(rows[1][1] == out, False, 'the newest of its scenario')


@test
def a_sealed_one_says_so():
    path, key = copied('sealed.dossier'), scratched('planner')
    run('keygen', key, '--no-password').exits(0)
    run('seal', path, '--key', key + '.key').exits(0)
    err = run('plan', path, '--as-of', DAY).exits(0).err
    holds(err, 'seal again')
    run('verify', path, '--key', key + '.pub').exits(1)
    run('seal', path, '--key', key + '.key').exits(0)
    run('verify', path, '--key', key + '.pub').exits(0)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE plan SET json='{}'")
    db.close()
    holds(run('verify', path, '--key', key + '.pub').exits(1).out,
          'table plan')


@test
def what_cannot_be_kept():
    path = copied('odd.dossier')
    with sqlite3.connect(path) as db:
        db.execute('CREATE VIEW plan AS SELECT 1 AS n')
    db.close()
    ran = run('plan', path, '--as-of', DAY).exits(4)
    holds(ran.out, 'Burn-down')
    holds(ran.err, 'odd.dossier')
    run('plan', path, '--as-of', DAY, '--no-keep').exits(0)


@test
def against_what_happened():
    j = both('--json', '--actual', dossier()).exits(0).json()
    same((j['actual']['heard'], j['actual']['out']), (7, 0), 'heard')
    same(j['burndown']['forecast']['state'], 'early', 'none is out')
    part = scratched('part.dossier')
    run('audit', OPERATOR + '/GB-1', '-o', part).exits(0)
    out = both('--actual', part).exits(0).out
    holds(out, 'out by custody: 0 of 7', 'which is no removal')


@test
def what_custody_has_is_out():
    part = scratched('out.dossier')
    run('audit', OPERATOR + '/GB-1', '-o', part, '--as-of', '2027-06-01')
    rows = written('custody.csv', 'serial,event,date\n'
                   '2102440200001,unracked,2027-05-20\n')
    run('custody', part, '--custody', rows, '--keep', '--as-of',
        '2027-06-01').exits(0)
    both().exits(0)  # the plan that what happened is held against
    j = both('--json', '--actual', part).exits(0).json()
    same(j['actual']['out'], 1, 'out')
    same(j['actual']['planned_out'], 5, 'by the plan that was kept')
    gone = next(b for b in j['boxes'] if b['label'] == 'G02')
    same((gone['removed'], j['waves'][5]['removed']), (6, 1),
         'what is out stays in its wave')
    same([w['removed'] for w in j['waves'][:5]], [0] * 5,
         'nothing is planned for days that are past')
    same([b['planned'] for b in j['boxes'] if b['label'] == 'D02'],
         ['2026-12-31'], 'and what was planned at first is carried on')
    same([b['out'] for b in j['actual']['boxes'] if b['state'] == 'out'],
         ['2027-05-20'], 'the day')
    line = {l['name']: l['points'] for l in j['burndown']['series']}
    same(line['actual'], [['2026-12-01', 7, 7800], ['2027-05-20', 6, 7500],
                          ['2027-06-01', 6, 7500]], 'the actual line')
    same(j['burndown']['forecast']['state'], 'early',
         'one box says nothing of the rate')
    out = both('--actual', part).exits(0).out
    holds(out, 'out by custody: 1 of 7, planned by then: 5',
          'none before boxes went out on 3 days')
    for row in (r'2027-05-31  #{7}\+{7}\|\+{6} +2 +6 +4 +6% +96%',
                r'2027-06-01 .* 2 +6 +4', r'2027-06-30 .* 1 +- +4'):
        if not re.search(row, out):
            raise AssertionError(f'{row} is not in {out}')


@test
def the_burn_down_in_boxes_and_risk():
    j = both('--json').exits(0).json()
    line = {l['name']: l['points'] for l in j['burndown']['series']}
    same(line['actual'], [], 'nobody said what happened')
    same(j['burndown']['forecast']['state'], 'unknown', 'so no forecast')
    left = {w['until']: [w['left'], w['left_weight']] for w in j['waves']}
    for day, boxes, risk in line['planned'][1:-1]:
        same([boxes, risk], left[day], 'as the waves have it')
    same([p[1] for p in line['deadline']], [6, 4, 3, 2],
         'D04, U01 and U02 are not bound to be out by the end of 2027')
    same(line['deadline'][1][0], '2026-12-31', 'the German date')


def gone(day, serial='2102440200001'):
    """A fresh dossier of a day, whose custody has one box out."""
    part = scratched(f'gone-{day}.dossier')
    run('audit', OPERATOR + '/GB-1', '-o', part, '--as-of', day)
    rows = written('gone.csv', f'serial,event,date\n{serial},unracked,{day}\n')
    run('custody', part, '--custody', rows, '--keep', '--as-of', day).exits(0)
    return part


@test
def what_is_left_is_planned_anew():
    """what is out is frozen, a contract stays, the rest is planned from then on"""
    path, files = copied('anew.dossier'), ['--as-of', DAY, '--costs', COSTS]
    text = ('start: 2026-12-01\nmonths: 1\nperiods: 14\ncrews: {"*": 1}\n'
            'budget: {each: 400000 EUR}\n'
            'frozen: {U01: 2027-08-09, U02: 2027-01-05}\n')
    files += ['--plan', written('anew.yaml', text)]
    before = run('plan', path, *files, '--json').exits(0).json()
    was = {b['label']: b['removed'] for b in before['boxes']}
    j = run('plan', path, *files, '--json', '--actual',
            gone('2027-05-20')).exits(0).json()
    same(j['checked'], True, 'checked')
    box = {b['label']: b for b in j['boxes']}
    same([x['state'] for x in j['actual']['boxes']].count('out'), 1, 'out')
    same((box['G02']['replaced'], box['G02']['removed']), (6, 6), 'in May')
    same(box['U01']['removed'], 9, 'the contract stays')
    same(j['actual']['contracts_past'], 1, 'the other day is past')
    for label, b in box.items():
        if label != 'G02' and b['removed'] < 6:
            raise AssertionError(f'{label} is planned for a wave that is over')
        wave = before['waves'][was[label] - 1]
        same(b['planned'], wave['until'], 'what was planned')
    same(j['actual']['planned_out'],
         sum(b['planned'] <= '2027-05-20' for b in box.values()),
         'planned until then')
    if j['waves'][5]['spent'] <= 0 or any(w['spent'] for w in j['waves'][:5]):
        raise AssertionError('what was spent is counted where it was')
    again = run('plan', path, *files, '--json', '--actual',
                gone('2027-06-20')).exits(0).json()
    same({b['label']: b['planned'] for b in again['boxes']},
         {b['label']: b['planned'] for b in j['boxes']},
         'what was planned at first')
    out = run('plan', path, *files, '--actual', gone('2027-06-20')).exits(0)
    holds(out.out, 'planned from that day on', 'planned by then',
          'under contract for a day that is past, and not out: 1')


# ---- on a terminal

def tlv(kind, value):
    n = len(value)
    head = bytes([n]) if n < 128 else b'\x82' + struct.pack('>H', n)
    return bytes([kind]) + head + value


def oid(text):
    n = [int(x) for x in text.split('.')]
    out = bytes([n[0] * 40 + n[1]])
    for x in n[2:]:
        part = [x & 127]
        while x > 127:
            x >>= 7
            part.append(128 | x & 127)
        out += bytes(reversed(part))
    return tlv(6, out)


def answer(i):
    """A frame in which box i says by SNMP what it is."""
    descr = (b'Huawei Versatile Routing Platform Software\r\nVRP (R) software,'
             b'Version 5.170 (S5720 V200R010C00SPC600)')
    rows = b''.join(tlv(0x30, oid('1.3.6.1.2.1.1.' + o) + v) for o, v in (
        ('1.0', tlv(4, descr)), ('2.0', oid('1.3.6.1.4.1.2011.2.23.291')),
        ('5.0', tlv(4, b'BOX-%05d' % i))))
    pdu = tlv(0xa2, tlv(2, struct.pack('>I', i + 1)) + tlv(2, b'\0')
              + tlv(2, b'\0') + tlv(0x30, rows))
    snmp = tlv(0x30, tlv(2, b'\1') + tlv(4, b'x') + pdu)
    udp = struct.pack('>4H', 161, 40000, 8 + len(snmp), 0) + snmp
    ip = bytearray(struct.pack('>BBHHHBBH4B4B', 69, 0, 20 + len(udp), i, 0, 64,
                               17, 0, 10, 81, i >> 8, i & 255, 10, 81, 255, 254))
    n = sum(struct.unpack('>10H', ip))
    n = (n & 65535) + (n >> 16)
    ip[10:12] = struct.pack('>H', ~(n + (n >> 16)) & 65535)
    return (b'\2\0\0\0\0\1\x28\x6e\xd4' + struct.pack('>I', i)[1:]
            + b'\x08\0' + bytes(ip) + udp)


def ten_thousand():
    path = scratched('many.pcap')
    with open(path, 'wb') as f:
        f.write(struct.pack('<IHHIIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for i in range(10000):
            frame = answer(i)
            f.write(struct.pack('<4I', 1790000000, i, len(frame), len(frame))
                    + frame)
    run('audit', path, '--party', OPERATOR + '/operator.yaml', '--site', 'US-1',
        '--as-of', DAY, '-o', scratched('many.dossier')).exits(0)
    return scratched('many.dossier')


def at_a_terminal(args, until):
    """What it says on a terminal, on its output, and its exit, when it is
    interrupted two seconds after `until` was first said, or at the third."""
    mine, its = pty.openpty()
    env = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm'}
    with open(scratched('out'), 'wb') as out:
        p = subprocess.Popen([NAMEPLATE, *args], stderr=its, stdout=out,
                             cwd=ROOT, env=env)
    os.close(its)
    said, first, sent = b'', None, False
    while True:
        try:
            got = os.read(mine, 4096) if select.select([mine], [], [], 1)[0] \
                else None
        except OSError:
            break
        if got == b'':
            break
        said += got or b''
        if first is None and until in said:
            first = time.time()
        if not sent and (said.count(until) >= 3
                         or first and time.time() - first > 2):
            p.send_signal(signal.SIGINT)
            sent = True
    rc = p.wait(timeout=100)
    os.close(mine)
    with open(scratched('out'), encoding='utf-8') as f:
        return said.decode(), f.read(), rc


@test
def interrupted_it_keeps_the_best_plan():
    """10,000 boxes: progress on a terminal, and Ctrl-C keeps the best plan"""
    path = ten_thousand()
    args = ['plan', path, '--party', OPERATOR + '/operator.yaml', '--as-of',
            DAY, '--gap', '0', '--seconds', '90', '--plan',
            written('many.yaml', 'start: 2026-12-01\nmonths: 1\nperiods: 16\n'
                    'budget: {each: 30000 EUR, arrives: [{date: 2027-06-01, '
                    'amount: 4000000 EUR}]}\ncrews: {US: 1300}\n'
                    'options:\n  - {name: a, for: "*", lead: 1}\n'
                    '  - {name: b, for: "*"}\n'),
            '--costs', written('many.csv', HEAD + 'a,equipment,1,113,200,EUR,'
                               '2026-01-01\nb,equipment,1,171,200,EUR,'
                               '2026-01-01\n')]
    said, out, rc = at_a_terminal(args, b'gap ')
    same(rc, 130, 'exit')
    gaps = [float(x) for x in re.findall(r'gap ([0-9.]+) %', said)]
    same(gaps, sorted(gaps, reverse=True), 'the gap only falls')
    holds(said, 'Ctrl-C keeps this plan')
    holds(out, '10000 boxes in scope', 'interrupted: the best plan until then',
          'every constraint holds')
    with sqlite3.connect(path) as db:
        text, = db.execute('SELECT json FROM plan').fetchone()
    holds(text, '"how":"stopped"', '"checked":true')


@test
def no_progress_where_nobody_looks():
    lacks(both().exits(0).err, 'gap', '\r')


def planned(text, costs=None):
    """By label: replaced and removed, of a plan that the checker holds."""
    path = written('one.yaml', 'start: 2026-12-01\nmonths: 1\n' + text)
    more = ['--costs', written('one.csv', HEAD + costs)] if costs else []
    j = plan('--plan', path, *more, '--json', '--no-keep').exits(0).json()
    same((j['checked'], j['how']), (True, 'proven'), text)
    return {b['label']: (b['replaced'] or 99, b['removed'] or 99)
            for b in j['boxes']}, j


def in_wave(got, of=None):
    waves = [r[1] for label, r in got.items() if of is None or label in of]
    return [waves.count(t) for t in range(1, 9)]


@test
def each_constraint_binds():
    """each key of plan.yaml changes the plan as it says"""
    free, j = planned('periods: 8\n')
    same(set(free.values()), {(1, 1)}, 'without limits all in the first')
    site = {b['label']: b['site'] for b in j['boxes']}
    region = {b['label']: b['region'] for b in j['boxes']}
    german = {x for x in region if region[x] == 'DE'}
    same(len(german), 3, 'boxes in Germany')
    got, _ = planned('periods: 8\nlead: {ran: 3}\n')
    same((got['G02'], got['D01']), ((4, 4), (1, 1)), 'lead')
    got, _ = planned('periods: 8\npermits:\n'
                     '  - {at: G02, from: 2027-03-02}\n')
    same((got['G02'], got['G01']), ((5, 5), (1, 1)), 'permit')
    got, _ = planned('periods: 8\nwindows:\n'
                     f'  - {{at: [{site["U01"]}], not: [12, 1, 2]}}\n')
    same((got['U01'], got['D01']), ((4, 4), (1, 1)), 'window of the year')
    got, _ = planned('periods: 8\noutages: {DE-1: 1}\n')
    same(in_wave(got, german)[:4], [1, 1, 1, 0], 'outages of a site')
    got, _ = planned('periods: 8\noutages: {US: 1, DE: 2}\n')
    same(in_wave(got, german)[:2], [2, 1], 'outages of a region')
    same(in_wave(got, {'U01', 'U02'})[:2], [1, 1], 'outages of another')
    got, _ = planned('periods: 8\ncrews: {DE: 2}\n')
    same(in_wave(got, german)[:4], [1, 1, 1, 0], 'crews')
    got, _ = planned('periods: 8\ncrews: {DE: 4}\nneed: {D01: 2}\n')
    same(in_wave(got, german)[:3], [2, 1, 0], 'what one needs')
    got, _ = planned('periods: 8\noverlap: 2\n')
    same(set(got.values()), {(1, 3)}, 'running both')
    got, _ = planned('periods: 8\nbefore:\n'
                     '  - {first: core, then: management, lag: 2}\n')
    same(got['D04'][1], max(got['D01'][1], got['D02'][1]) + 2, 'core first')
    got, _ = planned('periods: 8\ncrews: {DE: 2}\nweights: {D04: 50}\n')
    same(got['D04'][1], 1, 'weight')
    cost = '*,equipment,1,10,20,EUR,2026-01-01\n'
    for text, want, what in (
            ('each: 20 EUR', [2, 2, 2, 1, 0], 'budget'),
            ('each: 25 EUR', [2, 3, 2, 0, 0], 'kept for later'),
            ('each: 25 EUR, carry: no', [2, 2, 2, 1, 0], 'lost'),
            ('each: 20 EUR, delay: 2', [0, 0, 2, 2, 2], 'late'),
            ('each: 50 EUR, share: 39.5', [1, 2, 2, 2, 0], 'pro-rated'),
            ('each: 20 EUR, total: 30 EUR', [2, 1, 0, 0, 0], 'total')):
        got, j = planned(f'periods: 8\nbudget: {{{text}}}\n', cost)
        same(in_wave(got)[:5], want, what)
    got, _ = planned('periods: 8\nbudget: {arrives: [{date: 2027-02-10, '
                     'amount: 1000 EUR}]}\n', cost)
    same(in_wave(got)[:4], [0, 0, 7, 0], 'arrives')


@test
def what_a_zone_is_worth():
    a, j = planned('periods: 8\n')
    zone = {b['label'] for b in j['boxes'] if b['zone']}
    if not zone:
        raise AssertionError('no box serves a zone')
    _, j = planned('periods: 8\nzones: 3\n')
    same({b['label']: b['weight'] for b in j['boxes']},
         {x: 300 if x in zone else 100 for x in a}, 'weights')


@test
def why_not_with_options():
    """what would keep a date is looked for among all options"""
    base = ('start: 2026-12-01\nmonths: 1\nperiods: 8\n'
            'options:\n  - {name: slow, for: core, lead: 3}\n')
    out = plan('--no-keep', '--plan', written('late.yaml', base)).exits(0).out
    holds(out, '2026-12-31 in DE, 2 boxes: not to be kept whatever is spent')
    base += '  - {name: fast, for: core}\n'
    out = plan('--no-keep', '--plan', written('late.yaml', base)).exits(0).out
    lacks(out, '2026-12-31 in DE')
    costs = written('late.csv', HEAD + 'fast,equipment,1,100,100,EUR,'
                    '2026-01-01\nslow,equipment,1,1,1,EUR,2026-01-01\n')
    base += 'budget: {each: 10 EUR}\n'
    j = plan('--no-keep', '--plan', written('late.yaml', base), '--costs',
             costs, '--json').exits(0).json()
    clash, = [c for c in j['clashes'] if c['region'] == 'DE']
    same((clash['by_itself'], clash['crews']), (False, -1), 'no crews do')
    if not 190 * 100 <= clash['money'] <= 291 * 100:
        raise AssertionError(f'two of the dear ones: {clash}')


@test
def scenarios_side_by_side():
    one = scratched('compare.dossier')
    run('audit', OPERATOR, '-o', one, '--as-of', '2026-11-23').exits(0)
    holds(run('plan', one, '--compare').exits(0).out, 'keeps no plan')
    files = ['--plan', OPERATOR + '/plan.yaml', '--costs',
             OPERATOR + '/costs.csv']
    made = {None: run('plan', one, *files, '--json').exits(0).json()}
    for name in ('one-crew', 'options'):
        made[name] = run('plan', one, *files, '--scenario', name,
                         '--json').exits(0).json()
    j = run('plan', one, '--compare', '--json').exits(0).json()
    same([p['scenario'] for p in j['plans']], list(made), 'all that are kept')
    for p in j['plans']:
        m = made[p['scenario']]
        same((p['cost'], p['area'], p['boxes'], p['clashes']),
             (m['cost'], m['area'], len(m['boxes']), len(m['clashes'])),
             p['scenario'])
        same(p['late'], sum(b['in_time'] is False for b in m['boxes']),
             'behind their date')
        ends = [w['until'] for w in m['waves'] if w['removed']]
        all_out = all(b['removed'] for b in m['boxes'])
        same(p['all_out_by'], max(ends) if all_out else None, 'the last one')
    out = run('plan', one, '--compare').exits(0).out
    holds(out, 'one-crew', 'options', 'all out by')
    run('plan', 'README.md', '--compare').exits(4)


@test
def nothing_in_scope():
    none = scratched('none.dossier')
    run('audit', 'tests/golden/lldp', '-o', none).exits(0)
    j = run('plan', none, '--json', '--scenario', 'x').exits(2)
    j = run('plan', none, '--json').exits(0).json()
    same((j['boxes'], j['gap'], j['checked']), ([], 0, True), 'no boxes')
    holds(run('plan', none).exits(0).out, '0 boxes in scope')


@test
def under_contract_it_stays():
    path = written('frozen.yaml', 'start: 2026-12-01\nmonths: 1\nperiods: 8\n'
                   'frozen: {D01: 2027-03-05}\ncrews: {"*": 1}\n')
    j = plan('--plan', path, '--json').exits(0).json()
    same([b['removed'] for b in j['boxes'] if b['label'] == 'D01'], [4],
         'the frozen wave')
    same(j['checked'], True, 'checked')


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""fund.py NAMEPLATE ROOT: programmes, forms and the linter, as a user would ask
for them, on the demonstration operator and on a network that is written here.
Speaks TAP."""
import csv
import io
import os
import shutil
import zipfile

from office import converted, office
from tap import DAY, OPERATOR, ROOT, holds, lacks, main, run, same, \
    scratched, test

VRP = ('Huawei Versatile Routing Platform Software VRP (R) software, Version '
       '5.170 (S5720 V200R010C00SPC600) HUAWEI S5720-28P-SI-AC')
IOS = ('Cisco IOS Software, C2960S Software (C2960S-UNIVERSALK9-M), Version '
       '12.2(55)SE7, RELEASE SOFTWARE (fc1)')
IF = '1.3.6.1.2.1'
HEAD = ['line', 'kind', 'device', 'serial', 'site', 'obtained', 'removed',
        'replacement', 'invoice', 'quantity', 'amount', 'currency', 'upgrade']
BILL = ['number', 'supplier', 'date', 'paid', 'what', 'quantity', 'amount',
        'currency', 'upgrade']


def wrote(name, text):
    path = scratched(name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)
    return path


def table(name, head, rows):
    out = io.StringIO()
    w = csv.DictWriter(out, head, lineterminator='\n', extrasaction='ignore')
    w.writeheader()
    for r in rows:
        w.writerow(r)
    return wrote(name, out.getvalue())


def walk(n, descr, oid):
    mac = ' '.join(f'00 E0 FC 00 01 {n:02X}'.split())
    return '\n'.join([
        f'.{IF}.1.1.0 = STRING: "{descr}"', f'.{IF}.1.2.0 = OID: .{oid}',
        f'.{IF}.1.5.0 = STRING: "box-{n}"',
        f'.{IF}.2.2.1.2.1 = STRING: "GigabitEthernet0/0/1"',
        f'.{IF}.2.2.1.3.1 = INTEGER: 6',
        f'.{IF}.2.2.1.6.1 = Hex-STRING: {mac} ',
        f'.{IF}.4.20.1.1.192.0.2.{n} = IpAddress: 192.0.2.{n}', ''])


ready = {}


def finland():
    """Two boxes of a Finnish operator; the law there names nobody."""
    if 'finland' not in ready:
        for n in (1, 2):
            wrote(f'fi/box-{n}.walk', walk(n, VRP, '1.3.6.1.4.1.2011.2.23.291'))
        wrote('fi/inventory.csv', 'device,site,name\nB1,FI-1,box-1\n'
              'B2,FI-1,box-2\n')
        wrote('fi/operator.yaml', '''operator:
  name: Dunlin Valley Telephone
infrastructure: [192.0.2.0/24]
sites:
  FI-1: {name: Head end, country: FI}
''')
        ready['finland'] = scratched('fi.dossier')
        run('audit', scratched('fi'), '-o', ready['finland'], '--as-of',
            DAY).exits(0)
    return ready['finland']


def network():
    """Six boxes in scope (B1 to B6) and one that is not (B7), at US-1."""
    if 'dossier' in ready:
        return ready['dossier']
    rows = ['device,site,name,serial,obtained']
    for n in range(1, 8):
        maker = (IOS, '1.3.6.1.4.1.9.1.1208') if n == 7 else (
            VRP, '1.3.6.1.4.1.2011.2.23.291')
        wrote(f'net/box-{n}.walk', walk(n, *maker))
        serial = '' if n == 6 else f'2102350{n:04d}'
        obtained = '' if n == 5 else f'2019-0{n}-11'
        rows.append(f'B{n},US-1,box-{n},{serial},{obtained}')
    wrote('net/inventory.csv', '\n'.join(rows) + '\n')
    wrote('net/operator.yaml', '''operator:
  name: Dunlin Valley Telephone
infrastructure: [192.0.2.0/24]
party:
  US: {subsidy_recipient: true, reimbursement_recipient: true}
sites:
  US-1: {name: Head end, country: US}
  US-2: {name: Ridge, country: US}
  DE-1: {name: Abroad, country: DE}
''')
    d = scratched('net.dossier')
    run('audit', scratched('net'), '-o', d, '--as-of', DAY).exits(0)
    ready['dossier'] = d
    return d


def clean():
    claims, bills = [], []
    for n in range(1, 7):
        for kind, amount, quantity in (('equipment', '4100.10', '1'),
                                       ('labour', '650.20', '6'),
                                       ('disposal', '88.05', '1')):
            number = f'INV-{n}{kind[0].upper()}'
            day = '2019-05-11' if n == 5 else f'2019-0{n}-11'
            claims.append({
                'line': str(len(claims) + 1), 'kind': kind, 'device': f'B{n}',
                'serial': '' if n == 6 else f'2102350{n:04d}', 'site': 'US-1',
                'obtained': day, 'removed': DAY,
                'replacement': 'Brightmoor SW-48', 'invoice': number,
                'quantity': quantity, 'amount': amount, 'currency': 'USD',
                'upgrade': '0'})
            bills.append({
                'number': number, 'supplier': f'Supplier {kind} {n}',
                'date': '2026-09-01', 'paid': '2026-10-01', 'what': kind,
                'quantity': quantity, 'amount': amount, 'currency': 'USD',
                'upgrade': '0'})
    return claims, bills


def lint(claims, bills, *more):
    return run('fund', network(), '--lint', '--json', '--claims',
               table('c.csv', HEAD, claims), '--invoices',
               table('i.csv', BILL, bills), *more)


def total(rows):
    return sum(round(float(r['amount']) * 100) for r in rows) / 100


# Each: what is done to row i of the claims (C) or invoices (I), and the rule
# that has to find it there. None: the field is emptied.
C, I = 0, 1
SEEDS = [
    (C, 0, {'line': None}, 'line-missing'),
    (C, 1, {'line': '1'}, 'line-twice'),
    (C, 2, {'kind': 'party'}, 'kind-unknown'),
    (C, 2, {'kind': None}, 'kind-unknown'),
    (C, 3, {'device': None, 'serial': None}, 'device-missing'),
    (C, 3, {'device': 'B99', 'serial': None}, 'device-unknown'),
    (C, 4, {'device': 'B7', 'serial': None}, 'device-not-covered'),
    (C, 6, {'device': 'B1', 'serial': None}, 'device-twice'),
    (C, 5, {'serial': '2102359999'}, 'serial-differs'),
    (C, 6, {'site': None}, 'site-missing'),
    (C, 6, {'site': 'US-77'}, 'site-unknown'),
    (C, 7, {'site': 'US-2'}, 'site-differs'),
    (C, 7, {'site': 'DE-1'}, 'site-elsewhere'),
    (C, 8, {'removed': None}, 'removal-missing'),
    (C, 8, {'removed': 'last autumn'}, 'removal-unreadable'),
    (C, 8, {'removed': '2026-02-30'}, 'removal-unreadable'),
    (C, 9, {'removed': '2026-12-24'}, 'removal-future'),
    (C, 10, {'replacement': None}, 'replacement-missing'),
    (C, 10, {'replacement': 'Huawei S5735'}, 'replacement-covered'),
    (C, 10, {'replacement': 'B2'}, 'replacement-covered'),
    (C, 12, {'obtained': None}, 'obtained-missing'),
    (C, 11, {'obtained': '11/05/2019'}, 'obtained-unreadable'),
    (C, 12, {'obtained': '2020-07-01'}, 'obtained-late'),
    (C, 13, {'obtained': '2021-02-01'}, 'obtained-late'),
    (C, 11, {'obtained': '2018-01-01'}, 'obtained-differs'),
    (C, 14, {'removed': '2019-01-01'}, 'obtained-after-removal'),
    (C, 15, {'invoice': None}, 'invoice-missing'),
    (C, 15, {'invoice': 'INV-404'}, 'invoice-unknown'),
    (C, 16, {'quantity': None}, 'quantity-missing'),
    (C, 16, {'quantity': '-6'}, 'quantity-missing'),
    (C, 15, {'quantity': '3'}, 'quantity-differs'),
    (C, 16, {'quantity': '7'}, 'quantity-exceeds'),
    (C, 17, {'amount': None}, 'amount-missing'),
    (C, 17, {'amount': '1.234,50'}, 'amount-missing'),
    (C, 17, {'amount': '-88.05'}, 'amount-negative'),
    (C, 0, {'amount': '4100.11'}, 'amount-exceeds'),
    (C, 0, {'currency': 'EUR'}, 'currency-unknown'),
    (C, 0, {'upgrade': '500'}, 'upgrade-claimed'),
    (I, 0, {'upgrade': '500'}, 'upgrade-invoiced'),
    (I, 1, {'currency': 'CAD'}, 'currency-differs'),
    (C, 1, {'invoice': 'INV-1E', 'amount': '4100.10'}, 'claimed-twice'),
    (I, 1, {'number': 'INV-1E'}, 'bill-twice'),
    (I, 1, {'number': None}, 'bill-number'),
    (I, 3, {'supplier': 'Supplier equipment 1'}, 'bill-copied'),
    (I, 4, {'date': 'May'}, 'bill-date'),
    (I, 4, {'date': '2027-01-01'}, 'bill-future'),
    (I, 4, {'amount': '0'}, 'bill-amount'),
    (I, 4, {'paid': None}, 'bill-unpaid'),
]
# Where the rule speaks of another table's row than the one that was changed.
AT = {'upgrade-invoiced': C, 'currency-differs': C}


@test
def clean_claims():
    """a clean set of claims has no defect, and its sums are right"""
    claims, bills = clean()
    r = lint(claims, bills, '--fail-on', 'defect',
             '--allocation', str(total(claims))).exits(0).json()
    same(r['defects'], [], 'defects')
    same((r['claimed'], r['sound']), (total(claims), total(claims)), 'sums')
    same(r['schema'], 'nameplate.lint/1', 'schema')


@test
def seeded():
    """each of 48 seeded defects is found, at its row, and mended by a text"""
    assert len(SEEDS) >= 40
    for n, (where, i, change, rule) in enumerate(SEEDS):
        rows = clean()
        for k, v in change.items():
            rows[where][i][k] = '' if v is None else v
        got = lint(*rows, '--fail-on', 'defect').exits(1).json()['defects']
        of = ('claim', 'invoice')[AT.get(rule, where)]
        hit = [d for d in got if d['rule'] == rule and d['of'] == of and
               d['row'] == i + 2]
        assert hit, f'seed {n} {change}: no {rule} at row {i + 2}: {got}'
        assert hit[0]['mend'] and hit[0]['file'].endswith('.csv')
        # Nothing else but what the same change breaks too, at that row.
        for d in got:
            assert d['row'] == i + 2 or rule in (
                'bill-twice', 'bill-number', 'claimed-twice', 'bill-amount'), \
                f'seed {n}: {d["rule"]} at row {d["row"]}'


@test
def all_at_once():
    """many defects in one file are all found in one run"""
    claims, bills = clean()
    want = set()
    for where, i, change, rule in SEEDS:
        if where == C and rule not in ('line-twice', 'device-twice',
                                       'claimed-twice', 'amount-exceeds') \
                and (i, rule) not in want and \
                not any(w[0] == i for w in want):
            claims[i].update({k: v or '' for k, v in change.items()})
            want.add((i, rule))
    got = {(d['row'] - 2, d['rule'])
           for d in lint(claims, bills).exits(0).json()['defects']}
    assert want <= got, want - got
    assert len(want) >= 16, len(want)


@test
def allocation():
    """the row from which on the allocation is exceeded, and those behind it"""
    claims, bills = clean()
    r = lint(claims, bills, '--allocation', '29000').json()
    same([d['row'] for d in r['defects']], [19], 'rows')
    same(r['defects'][0]['rule'], 'allocation-exceeded', 'rule')
    lint(claims, bills, '--allocation', '29000', '--fail-on',
         'line-twice').exits(0)
    lint(claims, bills, '--allocation', '29000', '--fail-on',
         'line-twice,allocation-exceeded').exits(1)
    lint(claims, bills, '--fail-on', 'nonsense').exits(2)


@test
def neutral_scheme():
    """what one programme alone asks for is not asked by the neutral scheme"""
    claims, bills = clean()
    for r in claims + bills:
        r['currency'] = 'EUR'
    for c in claims:
        c['replacement'] = c['upgrade'] = ''
    claims[0]['obtained'] = '2024-01-01'
    d = lint(claims, bills).json()
    same({x['rule'] for x in d['defects'] if x['row'] == 2},
         {'currency-unknown', 'obtained-late', 'obtained-differs',
          'replacement-missing'}, 'by the first scheme')
    claims[0]['obtained'] = '2019-01-11'
    d = lint(claims, bills, '--scheme', 'neutral').exits(0).json()
    same((d['defects'], d['currency'], d['programme']), ([], 'EUR', 'neutral'),
         'neutral')
    claims[1]['currency'] = 'SEK'
    claims[2]['amount'] = '88.06'
    d = lint(claims, bills, '--scheme', 'neutral', '--fail-on',
             'defect').exits(1).json()
    same([(x['row'], x['rule']) for x in d['defects']],
         [(3, 'currency-unknown'), (3, 'currency-differs'),
          (4, 'amount-exceeds')], 'one currency, and not above the invoice')
    r = lint(claims, bills, '--scheme', 'atlantis').exits(2)
    holds(r.err, 'atlantis', 'no scheme')


@test
def ordered_removal():
    """Finland: an ordered removal is paid for; without an order it comes back"""
    row = {'kind': 'equipment', 'site': 'FI-1', 'removed': DAY,
           'quantity': '1', 'amount': '5.00', 'currency': 'EUR'}
    bill = {'date': '2026-09-01', 'paid': '2026-10-01', 'what': 'x',
            'quantity': '1', 'amount': '5.00', 'currency': 'EUR'}
    claims = table('fi-c.csv', HEAD + ['order'], [
        {**row, 'line': '1', 'device': 'B1', 'invoice': 'I1',
         'order': 'order 12 of 2026-03-02'},
        {**row, 'line': '2', 'device': 'B2', 'invoice': 'I2'}])
    bills = table('fi-i.csv', BILL, [{**bill, 'number': f'I{n}',
                                      'supplier': f'S{n}'} for n in (1, 2)])
    d = run('fund', finland(), '--lint', '--scheme', 'fi-order', '--json',
            '--claims', claims, '--invoices', bills).exits(0).json()
    same([(x['row'], x['rule']) for x in d['defects']],
         [(3, 'order-missing')], 'defects')


@test
def custody():
    """a removal that custody has needs not be stated again; other days differ"""
    claims, bills = clean()
    for c in claims:
        c['removed'] = ''
    path = wrote('custody.csv', 'serial,event,date\n' + ''.join(
        f'2102350{n:04d},unracked,2026-10-0{n}\n' for n in range(1, 6)))
    d = lint(claims, bills, '--custody', path).exits(0).json()['defects']
    same([(x['row'], x['rule']) for x in d],
         [(n, 'removal-missing') for n in (17, 18, 19)], 'B6 has no serial')
    claims[3]['removed'] = '2026-10-01'
    d = lint(claims, bills, '--custody', path).json()['defects']
    same((d[0]['row'], d[0]['rule'], d[0]['found']),
         (5, 'removal-differs', '2026-10-02'), 'other day')
    lint(claims, bills, '--custody', wrote('none.csv', 'x\n')).exits(2)


def operator():
    if 'operator' not in ready:
        ready['operator'] = scratched('operator.dossier')
        run('audit', OPERATOR, '--as-of', DAY, '-o',
            ready['operator']).exits(0)
    return ready['operator'], '--claims', OPERATOR + '/claims.csv', \
        '--invoices', OPERATOR + '/invoices.csv'


@test
def u02_sent_back():
    """the demonstration operator: U02 is sent back with the reason, alone"""
    r = run('fund', *operator(), '--lint', '--fail-on', 'defect').exits(1)
    holds(r.out, 'claims.csv:5: line 4, U02: obtained-late', '2021-02-01',
          'mend: ', '1 defect in 1 row')
    lacks(r.out, 'U01', 'overdue', 'dirty')
    d = run('fund', *operator(), '--lint', '--json').exits(0).json()
    same([(x['device'], x['rule'], x['row']) for x in d['defects']],
         [('U02', 'obtained-late', 5)], 'defects')


@test
def heard_and_open():
    """a box heard after its removal; one whose maker is not settled; one that
    was never in scope: each by what the dossier says of it"""
    row = {'line': '1', 'kind': 'equipment', 'site': 'US-1',
           'obtained': '2019-05-10', 'removed': '2026-11-20',
           'replacement': 'Brightmoor', 'invoice': 'INV-2601',
           'quantity': '1', 'amount': '5', 'currency': 'USD', 'upgrade': '0'}
    for device, want in (('U01', 'removal-heard'), ('U06', 'device-open'),
                         ('U04', 'device-not-covered')):
        path = table('one.csv', HEAD, [{**row, 'device': device}])
        d = run('fund', operator()[0], '--lint', '--json', '--claims', path,
                '--invoices', OPERATOR + '/invoices.csv').exits(0).json()
        assert want in [x['rule'] for x in d['defects']], d['defects']


@test
def programmes():
    """who pays and who refuses: as text, as JSON, by country, by day"""
    r = run('fund', '--programmes', '--as-of', DAY).exits(0)
    holds(r.out, 'PT', 'does not pay', 'nothing found', 'secondary',
          'Laki sähköisen viestinnän palveluista')
    d = run('fund', '--programmes', '--json', '--as-of', DAY).exits(0).json()
    same(d['schema'], 'nameplate.programmes/1', 'schema')
    for p in d['programmes']:
        assert p['source'] and p['sure'] and p['checked'] and p['citation'], p
    says = {p['id']: p['says'] for p in d['programmes']}
    same((says['us-scrp'], says['pt-none'], says['de-none']),
         ('pays', 'refuses', 'none-found'), 'answers')
    one = run('fund', '--programmes', '--json', '--country', 'DE', '--as-of',
              DAY).json()['programmes']
    same([p['country'] for p in one], ['DE'], 'country')
    answered = {p['country'] for p in d['programmes']}
    for name in os.listdir(os.path.join(ROOT, 'knowledge/policies')):
        country = name.split('-')[0].upper()
        assert country in answered, f'{name}: nothing is said of {country}'
    same((says['it-file'], says['jp-file']), ('none-on-file',) * 2, 'IT, JP')
    then = run('fund', '--programmes', '--json', '--as-of',
               '2020-01-01').json()['programmes']
    same(then, [], 'before any of them')


@test
def workbook():
    """a claim workbook opens in LibreOffice with the right sums"""
    out = scratched('claim.xlsx')
    r = run('fund', *operator(), '--template', 'us-fcc-5640', '-o', out)
    if 'not in this build' in r.err:
        print('# skipped: this build has no libxlsxwriter')
        return
    r.exits(0)
    holds(r.out, 'Amount claimed 70680.50', 'open     ', 'every sheet')
    again = scratched('again.xlsx')
    run('fund', *operator(), '--template', 'us-fcc-5640', '-o',
        again).exits(0)
    with open(out, 'rb') as a, open(again, 'rb') as b:
        same(a.read(), b.read(), 'the same form, the same octets')
    if not office():
        print('# skipped: no LibreOffice (libreoffice-calc) on this machine')
        return
    sheets = converted(out)
    claims = sheets['Claims']
    at = claims[0].index('Amount claimed')
    rows = [r for r in claims[1:] if r[0] != 'Total']
    with open(os.path.join(ROOT, OPERATOR, 'claims.csv')) as f:
        want = [float(r['amount']) for r in csv.DictReader(f)]
    money = [float(r[at].replace(',', '')) for r in rows]
    same(money, want, 'amounts')
    same(float(claims[-1][at].replace(',', '')), round(sum(want), 2), 'sum')
    # LibreOffice may show the value that was written: the formula itself.
    with zipfile.ZipFile(out) as z:
        text = z.read('xl/worksheets/sheet3.xml').decode()
    letter = chr(ord('A') + at)
    holds(text, f'<f>SUM({letter}2:{letter}{len(want) + 1})</f>'
          f'<v>{round(sum(want), 2)}</v>')
    where = sheets['By location']
    same(float(where[-1][-1].replace(',', '')), round(sum(want), 2),
         'sum by location')
    holds(str(sheets['About and open']), 'Open', 'Catalog of Eligible')


@test
def hostile():
    """a hostile text is no formula, in CSV and in workbooks"""
    claims, bills = clean()
    claims = claims[:1]
    claims[0]['replacement'] = '=HYPERLINK("http://x","y")'
    claims[0]['line'] = ' @SUM(1)'
    bills[0]['supplier'] = '\t+1+1'
    args = ('fund', network(), '--template', 'us-fcc-5640', '--claims',
            table('h.csv', HEAD, claims), '--invoices',
            table('hi.csv', BILL, bills))
    out = scratched('h-out.csv')
    run(*args, '-o', out).exits(0)
    with open(out, encoding='utf-8', newline='') as f:
        row = list(csv.reader(f))[1]
    assert '\'=HYPERLINK("http://x","y")' in row, row
    for cell in row:
        assert not cell.strip().startswith(('=', '+', '-', '@')), cell
    book = scratched('h-out.xlsx')
    if run(*args, '-o', book).rc:
        return
    with zipfile.ZipFile(book) as z:
        text = ''.join(z.read(n).decode() for n in z.namelist()
                       if n.endswith('.xml'))
    lacks(text, '<f>HYPERLINK', '<t>=HYPERLINK', '<t>@SUM')
    holds(text, "'=HYPERLINK")


@test
def neutral():
    """the neutral pack: inventory, range of costs, waves, milestones"""
    costs = wrote('costs.csv', 'device,kind,low,expected,high,currency,date\n'
                  'D01,equipment,900.10,1000.20,1300.30,EUR,2026-10-01\n'
                  'D02,labour,10,20,30,EUR,2026-10-01\n')
    waves = wrote('waves.csv', 'wave,device,from,until,milestone,done\n'
                  '1,D01,2026-11-01,2026-11-30,core out,2026-11-20\n'
                  '2,D02,2026-12-01,2026-12-20,,\n')
    d = run('fund', *operator(), '--template', 'neutral', '--costs', costs,
            '--waves', waves, '--json').exits(0).json()
    same(d['schema'], 'nameplate.form/1', 'schema')
    by = {s['name']: s for s in d['sheets']}
    same(list(by), ['Summary', 'Inventory', 'Cost range', 'Waves',
                    'Milestones'], 'sheets')
    same(by['Cost range']['totals'],
         {'Low': 910.10, 'Expected': 1020.20, 'High': 1330.30}, 'range')
    same(by['Milestones']['rows'][0][0], 'core out', 'milestone')
    inventory = {r[0]: r for r in by['Inventory']['rows']}
    same(inventory['D01'][-1], 1000.2, 'cost of D01')
    same(inventory['G02'][-1], None, 'no cost is not 0')
    same(inventory['G01'][9], '2023-01-28', 'the earliest day of an order')


@test
def reports():
    """progress, and an extension with the evidence for its cause"""
    waves = wrote('late.csv', 'wave,device,until,done,cause,evidence\n'
                  '1,U01,2026-11-01,2026-11-22,,\n'
                  '2,U02,2026-11-10,,permit,county file 2231 pending since '
                  '2026-03-02\n3,U05,2026-12-20,,weather,\n')
    d = run('fund', *operator(), '--report', 'progress', '--waves', waves,
            '--allocation', '90000', '--json').exits(0).json()
    status = {c['title']: v for c, v in zip(d['sheets'][0]['columns'],
                                           d['sheets'][0]['rows'][0])}
    same((status['Planned removals'], status['Removed'],
          status['Not removed whose day has passed']), (3, 1, 1), 'status')
    states = [r[7] for r in d['sheets'][1]['rows']]
    same(states, ['said to be removed; heard after that',
                  'its day has passed', 'to come'], 'states')
    x = run('fund', *operator(), '--report', 'extension', '--waves', waves,
            '--json').exits(0).json()
    rows = x['sheets'][1]['rows']
    same([r[4] for r in rows], ['permit', 'weather'], 'causes')
    holds(rows[0][5], 'county file 2231')
    holds(rows[1][5], 'MISSING')


@test
def removed_by_custody():
    """a wave's removal that custody has needs not be stated again"""
    waves = wrote('two.csv', 'wave,device,until,done\n1,B1,2026-10-31,\n'
                  '2,B2,2026-10-31,\n3,B3,2026-10-31,2026-10-20\n')
    path = wrote('gone.csv', 'serial,event,date\n'
                 '21023500001,unracked,2026-10-04\n'
                 '21023500003,unracked,2026-10-05\n')
    d = run('fund', network(), '--report', 'progress', '--waves', waves,
            '--custody', path, '--json').exits(0).json()
    same([(r[1], r[5], r[7]) for r in d['sheets'][1]['rows']],
         [('B1', '2026-10-04', 'removed'), ('B2', None, 'its day has passed'),
          ('B3', '2026-10-20', 'removed')], 'done')


@test
def waves_of_the_plan():
    """without a table of waves, those of the plan that the dossier keeps"""
    d = scratched('planned.dossier')
    shutil.copy(network(), d)
    run('plan', d, '--plan', wrote('p.yaml', 'start: 2026-12-01\nmonths: 1\n'
                                   'periods: 2\ncrews: {"*": 6}\n')).exits(0)
    rows = run('fund', d, '--report', 'progress',
               '--json').exits(0).json()['sheets'][1]['rows']
    same([r[0] for r in rows].count('2'), 3, 'three boxes a month')
    same({r[4] for r in rows}, {'2026-12-31', '2027-01-31'}, 'until')
    path = wrote('gone.csv', 'serial,event,date\n'
                 '21023500001,unracked,2026-11-20\n')
    d = run('fund', d, '--report', 'progress', '--custody', path,
            '--json').exits(0).json()
    status = {c['title']: v for c, v in zip(d['sheets'][0]['columns'],
                                           d['sheets'][0]['rows'][0])}
    same((status['Planned removals'], status['Removed']), (6, 1), 'status')


BAD = [
    ('claims', 'device,amount\nU01,5\n', 'expected columns device, invoice'),
    ('claims', '', 'expected a table'),
    ('claims', 'device,invoice,amount\nU01,I,five\n', ':2: expected an amo'),
    ('claims', 'device,invoice,amount,currency\nU01,I,5,USD\nU01,J,5,EUR\n',
     ':3: a second currency'),
    ('costs', 'kind,expected,currency\nlabour,-5,USD\n', ':2: expected a cost '
     'of 0'),
    ('costs', 'kind,expected,currency\nlabour,,USD\n', ':2: expected a cost'),
    ('costs', 'kind,expected,currency\nlabour,5,dollars\n', ':2: expected a '
     'currency'),
    ('costs', 'kind,expected,currency\nlabour,5,USD\nlabour,5,EUR\n',
     ':3: a second currency'),
    ('waves', 'wave,until\n1,tomorrow\n', ':2: expected a date'),
    ('waves', 'device\nU01\n', 'expected a column wave'),
    ('claims', 'device,invoice,amount\nU01,"I"x,5\n', ':2: a quote'),
]


@test
def bad_tables():
    """what cannot be read is refused with file, row and what was expected"""
    for kind, text, want in BAD:
        path = wrote('bad.csv', text)
        r = run('fund', network(), '--template', 'neutral', '--' + kind, path)
        r.exits(2)
        holds(r.err, 'bad.csv', want)


FORM = '''schema: nameplate.template/1
id: x
title: X
source: me
sure: primary
sheets:
- name: S
  over: claim
  columns:
  - {title: A, value: "%s"}
'''
WRONG = [
    ('claim.amuont', 'expected a field of that table'),
    ('clam.amount', 'expected a table'),
    ('1 +', 'expected a text, a number, a name or ('),
    ('(1', 'expected )'),
    ('1 1', 'expected the end'),
    ("'x", 'expected a quote'),
    ('system(1)', 'expected a table'),
    ('if(1, 2)', 'expected a comma'),
    ('sum(claim)', 'expected TABLE.FIELD'),
    ('count(claim.amount)', 'expected a table alone'),
    ('12345678901234567890', 'at most 15 digits'),
    ('(' * 40 + '1' + ')' * 40, 'more than 32 levels'),
    ('1' + '+1' * 200, 'more than 256 parts'),
    ("'a' * 2", 'expected a number here'),
]


@test
def bad_templates():
    """a wrong template is refused with file, line and column"""
    for text, want in WRONG:
        path = wrote('wrong.yaml', FORM % text)
        claims, bills = clean()
        r = run('fund', network(), '--template', path, '--claims',
                table('w.csv', HEAD, claims), '--sheet', 'S')
        r.exits(2)
        holds(r.err, 'wrong.yaml:10:', want)
    r = run('fund', network(), '--template', wrote(
        'wrong.yaml', FORM % 'claim.amuont')).exits(2)
    holds(r.err, 'wrong.yaml:10:30')
    run('fund', network(), '--template', 'nowhere').exits(2)


@test
def own_template():
    """a user's own template, and the operators of the language"""
    for text, want in (('1 + 2 * 3', '7'), ('(1 + 2) * 3', '9'),
                       ('-2 - -3', '1'), ('1 / 0', ''), ("'a' & 1.5", 'a1.5'),
                       ('1 < 2 and not (2 < 1)', 'yes'),
                       ('none = none', 'yes'), ('invoice.date = none', 'yes'),
                       ('invoice.date = site.region', 'no'),
                       ("if(claim.amount > 5000, 'big', 'small')", 'small'),
                       ('sum(claim.amount, claim.kind = \'labour\')',
                        '3901.2'),
                       ('sum(invoice.amount)', ''),
                       ('count(claim)', '18'), ('max(claim.line)', '9'),
                       ('min(claim.amount)', '88.05'),
                       ('first(claim.kind)', 'equipment'),
                       ('count(invoice, invoice.number = claim.invoice)',
                        '0'),
                       ('count(claim, claim.device = device.label)', '3'),
                       ('count(site, site.id = \'US-1\')', '1'),
                       ('count(wave, wave.cause = none)', '0'),
                       ('count(device, device.label = claim.device or '
                        'device.label = \'B7\')', '2'),
                       ('count(device, device.label = claim.device and '
                        'device.covered = \'no\')', '0'),
                       ('device.maker', 'Huawei Technologies')):
        claims, _ = clean()
        r = run('fund', network(), '--template',
                wrote('mine.yaml', FORM % text), '--claims',
                table('m.csv', HEAD, claims), '--sheet', 'S').exits(0)
        same(r.out.split('\r\n')[1].strip('"'), want, text)


@test
def joined_inside():
    """a row that is joined inside of a sum is compared with, where nothing
    stands outside"""
    claims, _ = clean()
    text = (FORM % 'count(claim, claim.device = device.label)').replace(
        'over: claim', 'over: one')
    r = run('fund', network(), '--template', wrote('one.yaml', text),
            '--claims', table('m.csv', HEAD, claims), '--sheet', 'S').exits(0)
    same(r.out.split('\r\n')[1], '18', 'claims that name a label')


@test
def people():
    """columns that name people are never read"""
    claims, bills = clean()
    for c in claims:
        c['contact'] = 'Jane Roe'
    path = table('p.csv', HEAD + ['contact'], claims)
    for args in (('--lint', '--invoices', table('pi.csv', BILL, bills)),
                 ('--template', 'us-fcc-5640')):
        r = run('fund', network(), '--claims', path, '--json', *args).exits(0)
        lacks(r.out, 'Jane', 'Roe')


@test
def usage():
    """wrong use is refused before anything is read"""
    for args in ((), ('--programmes', 'x'), ('x', '--lint'),
                 ('x', '--lint', '--template', 'neutral'),
                 ('x', '--template', 'neutral', '-o', 'x.pdf'),
                 ('x', '--report', 'weather'),
                 ('x', '--template', 'neutral', '--allocation', '-5'),
                 ('x', '--template', 'neutral', '--scheme', 'neutral'),
                 ('x', '--template', 'neutral', '--fail-on', 'defect')):
        run('fund', *args).exits(2)


main()

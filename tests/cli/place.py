#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Where boxes stand and by which key, what an inventory states, zones, contracts
and sessions from outside. place.py NAMEPLATE ROOT."""
import json
import os
import shutil
import struct
import zipfile

from tap import DAY, OPERATOR, ROOT, holds, lacks, main, run, same, scratched, \
    test

PARTY = """operator: {name: Quillhaven}
infrastructure: [10.1.0.0/16, 10.49.0.0/16, 2001:db8:44::/48]
party:
  DE: {contracts_2024_party: true}
  US: {subsidy_recipient: true, reimbursement_recipient: true}
sites:
  DE-1: {country: DE}
  DE-2: {country: DE, names: [VOS-*], prefixes: 10.49.0.0/16}
  US-1: {country: US, cells: ["310-990 65793"]}
"""


def put(name, text):
    path = scratched(name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def bare(name, *captures):
    """Captures in a folder that says nothing of their place."""
    for c in captures:
        path = os.path.join(scratched(name), os.path.basename(c))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copy(os.path.join(ROOT, OPERATOR, c), path)
    return scratched(name)


def audit(*args):
    return run('audit', *args, '--as-of', DAY)


def box(doc, key):
    at = [d for d in doc['devices']
          if key in sum((d['keys'].get(k, []) for k in
                         ('mac', 'ip', 'name', 'serial')), [])]
    assert len(at) == 1, f'{len(at)} devices are {key}'
    return at[0]


def finding(doc, d, clause):
    at = [f for f in doc['findings']
          if f['device'] == d['id'] and f['clause'] == clause and
          not f['component']]
    assert len(at) == 1, f'{len(at)} findings {clause}'
    return at[0]


@test
def one_line():
    """a folder with an operator.yaml brings the party's files, and says so"""
    r = run(OPERATOR, '--json', '--as-of', DAY).exits(0)
    holds(r.err, 'the party is examples/operator/operator.yaml, with '
          'inventory.csv, sites.geojson, contracts.csv, zones.yaml')
    doc = r.json()
    for s in doc['sources']:
        lacks(s['name'], 'inventory', 'sites', 'contracts', 'zones')
    d = box(doc, '00:18:82:5a:0e:01')
    same((d['site'], d['placed_by'], d['inventory']['label']),
         ('DE-1', 'capture', 'D03'), 'D03')
    same(d['inventory']['facts'], {'generation': '5G'}, 'facts of D03')
    p = doc['places']
    same((p['unplaced'], p['inventory_rows'], p['inventory_matched']),
         (0, 25, 22), 'counts')
    holds(' '.join(n['text'] for n in p['notes']), 'I03 has no serial',
          'U03 matches no box that was heard', 'U07 matches 2 boxes')
    same([n['line'] for n in p['notes'] if n['text'].startswith('U03')], [22],
         'line of U03')


@test
def keys():
    """name, prefix, cell and inventory place a box, the strongest first"""
    party = put('keys/operator.yaml', PARTY)
    src = bare('keys/src', 'DE-1/d03.pcap', 'DE-1/d02.pcap',
               'US-1/u01.pcap', 'US-1/u01-s1.pcap')
    doc = audit(src, '--party', party, '--json').exits(0).json()
    d = box(doc, 'VOS-PE-01')
    same((d['site'], d['placed_by'], d['placed_why']),
         ('DE-2', 'name', 'vos-*'), 'by name')
    d = box(doc, '10.49.2.1')
    same((d['site'], d['placed_by'], d['placed_why']),
         ('DE-2', 'prefix', '10.49.0.0/16'), 'by prefix')
    d = box(doc, '10.1.1.1')
    same((d['site'], d['placed_by']), ('US-1', 'cell'), 'by cell')
    same(finding(doc, d, 'us-fcc-usf-2020/support')['status'],
         'in scope (text not read)', 'its law')
    stock = put('keys/stock.csv', 'device,site,mac\n'
                'X,DE-1,00:18:82:5a:0e:01\n')
    doc = audit(src, '--party', party, '--inventory', stock,
                '--json').exits(0).json()
    d = box(doc, 'VOS-PE-01')
    same((d['site'], d['placed_by']), ('DE-1', 'inventory'), 'by inventory')
    holds(d['placed_why'], 'mac 00:18:82:5a:0e:01, line 2')
    same([(x['by'], x['site']) for x in d['placed_against']],
         [('name', 'DE-2'), ('prefix', 'DE-2')], 'what speaks against')


@test
def neighbour():
    """what stands on one link with placed boxes stands there too"""
    party = put('beside/operator.yaml', PARTY.replace('prefixes: 10.49.0.0/16',
                                                      'prefixes: []'))
    src = bare('beside/src', 'DE-1/d03.pcap')
    doc = audit(src, '--party', party, '--json').exits(0).json()
    by = {d['placed_by'] for d in doc['devices']}
    assert 'neighbour' in by and None not in by, by
    same({d['site'] for d in doc['devices'] if d['placed_by'] == 'neighbour'},
         {'DE-2'}, 'site')
    # two placed boxes at two sites on one link: no neighbour is placed
    stock = put('beside/stock.csv', 'site,mac\nUS-1,02:4c:41:31:03:fa\n')
    doc = audit(src, '--party', party, '--inventory', stock,
                '--json').exits(0).json()
    assert 'neighbour' not in {d['placed_by'] for d in doc['devices']}


@test
def contradictions():
    """where a capture was taken goes before the inventory, which is shown"""
    party = put('contra/operator.yaml', PARTY)
    stock = put('contra/stock.csv', 'device,site,mac\n'
                'X,US-1,00:18:82:5a:0e:01\n')
    src = bare('contra/src', 'DE-1/d03.pcap')
    args = [src, '--party', party, '--inventory', stock, '--site', 'DE-1']
    d = box(audit(*args, '--json').exits(0).json(), '00:18:82:5a:0e:01')
    same((d['site'], d['placed_by'],
          [(x['by'], x['site']) for x in d['placed_against']]),
         ('DE-1', 'capture', [('inventory', 'US-1'), ('name', 'DE-2'),
                              ('prefix', 'DE-2')]), 'placed')
    holds(audit(*args, '--places').exits(0).out, 'inventory says US-1 (mac')


@test
def unplaced_first():
    """--places lists the unplaced first, and then what keys disagree on"""
    party = put('first/operator.yaml', PARTY.replace('names: [VOS-*], ', ''))
    src = bare('first/src', 'DE-1/d03.pcap', 'US-1/u03.pcap')
    page = audit(src, '--party', party, '--places').exits(0).out
    rows = page.split('the unplaced first\n')[1].split('\n\n')[0]
    rows = [x.split() for x in rows.strip().split('\n')[1:]
            if x.startswith('d-')]
    placed = [x[1] != '-' for x in rows]
    assert not placed[0] and placed[-1] and placed == sorted(placed), rows
    doc = audit(src, '--party', party, '--json').exits(0).json()
    same(doc['places']['unplaced_devices'],
         [d['id'] for d in doc['devices'] if d['placed_by'] is None], 'ids')


@test
def two_rows():
    """a box that two rows match takes neither, and it is said with lines"""
    party = put('two/operator.yaml', PARTY)
    stock = put('two/stock.csv', 'device,site,mac,radio_generation\n'
                'X,US-1,00:18:82:5a:0e:01,5G\nY,US-1,0018.825a.0e01,4G\n'
                'Z,US-1,00:00:5e:00:53:01,\n')
    src = bare('two/src', 'DE-1/d03.pcap')
    doc = audit(src, '--party', party, '--inventory', stock,
                '--json').exits(0).json()
    d = box(doc, '00:18:82:5a:0e:01')
    same((d['inventory'], d['placed_by']), (None, 'name'), 'row')
    notes = doc['places']['notes']
    holds(' '.join(n['text'] for n in notes), 'matches two rows: mac '
          '00:18:82:5a:0e:01, line 2; mac 00:18:82:5a:0e:01, line 3',
          'Z matches no box that was heard')


@test
def many_notes():
    """of very many rows that match nothing 200 are named, the rest counted"""
    stock = put('many/stock.csv', 'name\tmac\n' + ''.join(
        f'N{i}\t00:00:5e:01:{i >> 8:02x}:{i & 255:02x}\n' for i in range(500)))
    src = bare('many/src', 'DE-1/d03.pcap')
    p = audit(src, '--inventory', stock, '--json').exits(0).json()['places']
    same((len(p['notes']), p['notes_left_out'], p['inventory_rows'],
          p['inventory_matched']), (200, 300, 500, 0), 'notes')
    page = audit(src, '--inventory', stock, '--places').exits(0).out
    holds(page, 'stock.csv:2: N0 matches no box', '  and 300 more\n')


@test
def other_network():
    """a name of another site's row is another box's"""
    party = put('names/operator.yaml', PARTY)
    stock = put('names/stock.csv', 'device,site,name,obtained\n'
                'X,US-1,VOS-PE-01,2020-01-01\nY,DE-1,VOS-PE-01,2021-01-01\n')
    src = bare('names/src', 'DE-1/d03.pcap')
    doc = audit(src, '--party', party, '--inventory', stock, '--site', 'DE-1',
                '--json').exits(0).json()
    same(box(doc, 'VOS-PE-01')['inventory']['label'], 'Y', 'row')


def workbook(rows):
    """The least that is one: ECMA-376, inline strings."""
    def cell(r, c, v):
        at = f'{chr(65 + c)}{r}'
        return (f'<c r="{at}"><v>{v}</v></c>' if isinstance(v, int) else
                f'<c r="{at}" t="inlineStr"><is><t>{v}</t></is></c>')
    sheet = ''.join(f'<row r="{r}">' + ''.join(
        cell(r, c, v) for c, v in enumerate(row)) + '</row>'
        for r, row in enumerate(rows, 1))
    path = scratched('stock.xlsx')
    with zipfile.ZipFile(path, 'w') as z:
        z.writestr('[Content_Types].xml', '<Types/>')
        z.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet '
                   'name="a" r:id="r1"/></sheets></workbook>')
        z.writestr('xl/_rels/workbook.xml.rels', '<Relationships>'
                   '<Relationship Id="r1" Target="worksheets/s.xml"/>'
                   '</Relationships>')
        z.writestr('xl/worksheets/s.xml', '<worksheet><sheetData>' + sheet +
                   '</sheetData></worksheet>')
    return path


@test
def xlsx():
    """an inventory as a workbook, whose days are numbers"""
    party = put('book/operator.yaml', PARTY)
    stock = workbook([['device', 'mac', 'date obtained'],
                      ['U02', '00:e0:fc:62:01:01', 43595]])  # 2019-05-10
    src = bare('book/src', 'US-1/u01.pcap', 'US-1/u01-s1.pcap')
    r = audit(src, '--party', party, '--inventory', stock, '--json')
    if 'lacks libarchive' in r.err:
        return
    d = box(r.exits(0).json(), '10.1.1.1')
    same(d['inventory']['facts'], {'obtained': '2019-05-10'}, 'facts')


@test
def facts():
    """facts that only an inventory has decide, and are shown as the reason"""
    doc = run(OPERATOR, '--json', '--as-of', DAY).exits(0).json()
    f = finding(doc, box(doc, 'MRC-SW-02'), 'us-sna-2020/reimbursement')
    same(f['status'], 'not in scope', 'U02')
    holds(f['because'], 'obtained: 2021-02-01')
    f = finding(doc, box(doc, '28:6e:d4:49:04:01'),
                'de-5g-contracts-2024/management-system')
    holds(f['because'], 'manages_5g: yes')
    # without it the fact is missing, and it is said how to get it
    doc = audit(OPERATOR + '/US-1', '--party', OPERATOR + '/operator.yaml',
                '--json').exits(0).json()
    f = finding(doc, box(doc, 'MRC-SW-02'), 'us-sna-2020/reimbursement')
    same((f['status'], f['missing']),
         ('undetermined', 'obtained by 2020-06-30?'), 'without')
    holds(f['get'], 'into the inventory')


@test
def function():
    """a function that the inventory states is used where none was heard"""
    party = put('func/operator.yaml', PARTY)
    stock = put('func/stock.csv', 'name,function\nKZM-SW-09,core/upf\n'
                'VOS-PE-01,core/upf\n')
    src = bare('func/src', 'JP-1/j03.pcap', 'DE-1/d03.pcap')
    doc = audit(src, '--party', party, '--inventory', stock,
                '--json').exits(0).json()
    same(box(doc, 'KZM-SW-09')['function'], 'core/upf', 'stated')
    same(box(doc, 'VOS-PE-01')['function'], 'transport/router', 'heard')


@test
def dossier():
    """a dossier keeps what was understood of the files, and nothing else"""
    party = put('keep/operator.yaml', PARTY)
    stock = put('keep/stock.csv', 'device,site,mac,radio_generation,password\n'
                'X,US-1,00:18:82:5a:0e:01,5G,hunter2secret\n'
                'Y,US-1,00:18:82:00:00:01,,\n')
    sites = put('keep/sites.csv', 'site,country,lat,lon\nDE-2,DE,50.5,8.5\n')
    zones = put('keep/zones.yaml', 'zones:\n  Z1:\n    latitude: 50.5\n'
                '    longitude: 8.5\n    served_by: [{site: US-1}]\n')
    deals = put('keep/deals.csv', 'supplier,service,site\nzte,x,DE-1\n')
    src = bare('keep/src', 'DE-1/d03.pcap', 'DE-1/d02.pcap')
    at = scratched('keep.dossier')
    first = audit(src, '--party', party, '--inventory', stock, '--sites',
                  sites, '--zones', zones, '--contracts', deals, '-o', at,
                  '--json').exits(0).json()
    again = run('report', at, '--json').exits(0).json()
    for k in ('devices', 'findings', 'zones', 'contracts', 'sessions'):
        same(again[k], first[k], k)
    # what was said of rows is said again, of the file that the dossier kept
    same([(n['line'], n['text']) for n in again['places']['notes']],
         [(n['line'], n['text']) for n in first['places']['notes']
          if not n['text'].startswith('columns that')], 'notes')
    assert 'inventory' in {n['file'] for n in again['places']['notes']} <= \
        {'inventory', 'sites', 'contracts', 'zones'}, again['places']['notes']
    lines = run('report', at, '--jsonl').exits(0).out
    same(lines, audit(src, '--party', party, '--inventory', stock, '--sites',
                      sites, '--zones', zones, '--contracts', deals,
                      '--jsonl').exits(0).out, 'the canonical export')
    holds(lines, '"record":"contract"')
    with open(at, 'rb') as f:
        assert b'hunter2secret' not in f.read(), 'a column nobody asked for'


@test
def explained():
    """explain says where a box stands, by what, what speaks against it, and
    what the inventory states"""
    at = scratched('explained.dossier')
    party = put('ex/operator.yaml', PARTY)
    stock = put('ex/stock.csv', 'device,site,mac,obtained\n'
                'X,US-1,00:18:82:5a:0e:01,2020-01-01\n')
    audit(bare('ex/src', 'DE-1/d03.pcap'), '--party', party, '--inventory',
          stock, '-o', at).exits(0)
    said = run('explain', at, 'VOS-PE-01').exits(0).out
    holds(said, 'US-1, by inventory (mac 00:18:82:5a:0e:01, line 2)',
          'against it: name says DE-2 (vos-*)',
          'inventory, line 2: obtained 2020-01-01;')
    lacks(run('explain', at, 'VOS-PE-01', '--for-supplier').exits(0).out,
          'US-1', 'DE-2', 'inventory', 'placed', '2020-01-01', 'VOS', 'vos-',
          '00:18:82:5a')


@test
def zones():
    """what stands on a zone's seen path comes first, kilometres second"""
    doc = run(OPERATOR, '--json', '--as-of', DAY).exits(0).json()
    z = {x['id']: x for x in doc['zones']}
    same([z['Z1'][k] for k in ('in_scope', 'other', 'unknown')], [3, 1, 6],
         'Z1')
    assert z['Z1']['says'].startswith(
        'On the seen path of Vossdorf barracks, by what is said to serve it: '
        '3 in scope, 1 other, 6 unknown. Within 10 km: 3 of the '), z['Z1']['says']
    assert 4.3 < z['Z1']['nearest_km'] < 4.6, z['Z1']['nearest_km']
    same(z['Z2']['in_scope'], 1, 'Z2, by circuit or site')
    same(z['Z3']['served'], False, 'Z3')
    holds(z['Z3']['says'], 'is not stated')
    page = run(OPERATOR, '--as-of', DAY).out
    holds(page, 'protected zones; paths between boxes: nameplate risk\n  '
          'On the seen path of Vossdorf barracks, by what is said to serve')


def frame(payload, src, dst, sport, dport, vlan=None, tcp=None):
    """UDP; with `tcp` (flags, sequence number) a segment."""
    udp = struct.pack('>HHHH', sport, dport, 8 + len(payload), 0) + payload
    if tcp:
        udp = struct.pack('>HHIIBBHHH', sport, dport, tcp[1], 1, 0x50, tcp[0],
                          9999, 0, 0) + payload
    ip = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(udp), 1, 0, 61,
                     6 if tcp else 17, 0) + bytes(src) + bytes(dst)
    tag = struct.pack('>HH', 0x8100, vlan) if vlan else b''
    return b'\x02\0\0\0\0\x01\x02\0\0\0\0\x02' + tag + b'\x08\0' + ip + udp


def pcap(path, frames):
    out = struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
    for i, f in enumerate(frames):
        out += struct.pack('<IIII', 1795000000 + i, 0, len(f), len(f)) + f
    return put(path, out)


def answer(n, text=b'ACME router'):
    """An SNMPv2c Response: sysDescr, with a request id."""
    def tlv(t, v):
        return bytes([t, len(v)]) + v
    bind = tlv(0x30, tlv(6, bytes.fromhex('2b06010201010100')) + tlv(4, text))
    pdu = tlv(0xa2, tlv(2, bytes([n])) + tlv(2, b'\0') + tlv(2, b'\0') +
              tlv(0x30, bind))
    return tlv(0x30, tlv(2, b'\x01') + tlv(4, b'x') + pdu)


@test
def vlan_zone():
    """a VLAN at a site serves a zone; the same number elsewhere does not"""
    party = put('vlan/operator.yaml', PARTY)
    zones = put('vlan/zones.yaml', 'zones:\n'
                '  Z: {served_by: [{site: US-1, vlan: 101}]}\n'
                '  Y: {served_by: [{site: DE-1, vlan: 101}]}\n'
                '  X: {served_by: [{vlan: 102}]}\n')
    src = pcap('vlan/a.pcap', [
        frame(answer(1), (10, 1, 1, 1), (10, 1, 9, 9), 161, 4000, 101),
        frame(answer(2), (10, 1, 1, 2), (10, 1, 9, 9), 161, 4000, 103)])
    z = {x['id']: x for x in audit(
        src, '--party', party, '--zones', zones, '--site', 'US-1',
        '--json').exits(0).json()['zones']}
    same([z[k]['in_scope'] + z[k]['other'] + z[k]['unknown'] for k in 'ZYX'],
         [2, 0, 0], 'boxes that serve: it, and who sent it on')


@test
def sessions():
    """management from outside the prefixes: address and count, no maker"""
    party = put('far/operator.yaml', PARTY)
    src = pcap('far/a.pcap', [
        frame(answer(i), (10, 1, 1, 1), far, 161, 4000) for i, far in
        enumerate([(203, 0, 113, 9)] * 3 + [(10, 1, 9, 9)] +
                  [(100, 64, 3, 3)] * 2, 1)] +
        # whoever asks from outside without an answer is nobody's manager, and
        # so is an operator's box that asks somebody else
        [frame(answer(9), (203, 0, 113, 77), (10, 1, 1, 1), 161, 4000),
         frame(answer(9), (10, 1, 1, 1), (203, 0, 113, 78), 4000, 161)])
    doc = audit(src, '--party', party, '--site', 'US-1', '--json').exits(0
                                                                       ).json()
    same([(s['service'], s['near'], s['far'], s['count'])
          for s in doc['sessions']],
         [('snmp', '10.1.1.1', None, 2),
          ('snmp', '10.1.1.1', '203.0.113.9', 3)], 'sessions')
    for s in doc['sessions']:
        same({k for k in s if 'maker' in k}, set(), 'a maker')
    page = audit(src, '--party', party, '--site', 'US-1').exits(0).out
    holds(page, 'snmp: 10.1.1.1 answered 203.0.113.9, outside of the '
          "operator's prefixes, 3 times.")
    lacks(page, '100.64.3.3')
    # without prefixes nobody is outside
    same(audit(src, '--json').exits(0).json()['sessions'], [], 'no prefixes')


@test
def ssh_session():
    """SSH: the box that answers is managed, not the one that asks"""
    party = put('ssh/operator.yaml', PARTY)
    ident = b'SSH-2.0-OpenSSH_9.2\r\n'
    one = ((10, 1, 1, 1), (203, 0, 113, 9), 22, 40000)
    other = ((10, 1, 1, 1), (203, 0, 113, 10), 40001, 22)
    frames = []
    for near, far, a, b in (one, other):
        frames += [frame(b'', near, far, a, b, tcp=(0x12, 0)),
                   frame(b'', far, near, b, a, tcp=(0x02, 0)),
                   frame(ident, near, far, a, b, tcp=(0x18, 1)),
                   frame(ident, far, near, b, a, tcp=(0x18, 1))]
    doc = audit(pcap('ssh/a.pcap', frames), '--party', party, '--site',
                'US-1', '--json').exits(0).json()
    same([(s['service'], s['near'], s['far'], s['count'])
          for s in doc['sessions']],
         [('ssh', '10.1.1.1', '203.0.113.9', 1)], 'sessions')


@test
def contracts():
    """a contract runs on its days; its finding is no box's"""
    party = put('deal/operator.yaml', PARTY)
    shutil.copytree(os.path.join(ROOT, 'knowledge'), scratched('deal/law'))
    put('deal/law/policies/us-test.yaml', json.dumps({
        'schema': 'nameplate.policy/1', 'id': 'us-test', 'jurisdiction': 'US',
        'title': 'A test', 'citation': 'none', 'source': 'none',
        'sure': 'primary', 'known': '2019-01-01', 'clauses': [{
            'id': 'service', 'duty': 'no-use', 'says': 'no such service',
            'bound': {'who': 'recipients', 'any': ['subsidy_recipient']},
            'makers': ['huawei'], 'what': 'service'}]}))
    deals = put('deal/deals.csv', 'supplier,service,site,from,until\n'
                'Huawei Technologies,upkeep,US-1,2019-01-01,\n'
                'huawei,upkeep,US-1,2019-01-01,2020-01-01\n'
                'Nobody,upkeep,US-1,,\n')
    src = bare('deal/src', 'US-1/u01.pcap')
    args = [src, '--party', party, '--site', 'US-1', '--contracts', deals,
            '--knowledge', scratched('deal/law')]
    doc = audit(*args, '--json').exits(0).json()
    same([(c['id'], c['maker'], c['runs']) for c in doc['contracts']],
         [('c-1', 'huawei', True), ('c-2', 'huawei', False),
          ('c-3', None, True)], 'contracts')
    same(doc['contracts'][1]['findings'], [], 'one that ended')
    assert not [f for f in doc['findings'] if f['device'].startswith('c-')]
    same([(f['clause'], f['status']) for f in doc['contracts'][0]['findings']
          if f['clause'] == 'us-test/service'],
         [('us-test/service', 'in scope')], 'the finding')
    # and no clause about equipment is asked about a contract
    lacks(json.dumps(doc['contracts'][0]['findings']), 'us-sna-2020')
    page = audit(*args).exits(0).out
    holds(page, 'contracts for services: 3; of 2 no rule asks anything (1 over)', 'us-test/service')


@test
def real_contracts():
    """the law as it is judges the demonstration operator's contracts"""
    at = scratched('real-deals.dossier')
    doc = run('audit', OPERATOR, '-o', at, '--json', '--as-of', DAY).exits(0) \
        .json()
    found = {c['id']: {f['clause']: f['status'] for f in c['findings']}
             for c in doc['contracts']}
    same(found['c-4']['us-fcc-covered-list/2021-03-12-telecom-services'],
         'in scope (text not read)', 'Covered List')
    same(found['c-4']['us-fcc-usf-2020/support-services'],
         'in scope (text not read)', 'universal service money')
    same(found['c-4']['us-ndaa-2019-889/a-services'], 'not bound', '889')
    same(found['c-2'], {'it-golden-power-5g/plan-services': 'not in scope'},
         'fixed access in Italy')
    same((found['c-1'], found['c-3']), ({}, {}), 'nobody named; over')
    # while it ran, the direction named it; the dossier alone says so
    doc = run('report', at, '--json', '--as-of', '2022-12-01').exits(0).json()
    c = doc['contracts'][2]
    same((c['function'], c['facts']), ('ran', {'generation': '5G'}), 'stated')
    same([(f['clause'], f['status'], f['date']) for f in c['findings']],
         [('gb-vendor-direction-2022/5g-services', 'in scope (text not read)',
           '2027-12-31')], 'on a day when it ran')
    # what is about services is said of no box
    assert not [f for f in doc['findings'] if f['clause'] and
                f['clause'].endswith('-services')]


@test
def folder():
    """documents of a folder are sources, notes of the party are not"""
    party = put('mixed/operator.yaml', PARTY + 'inventory: lists/boxes.csv\n')
    put('mixed/lists/boxes.csv', 'name,mac\nVOS-PE-01,00:18:82:5a:0e:01\n')
    put('mixed/notes.txt', 'call the site before noon\n')
    put('mixed/lists/scan.json', json.dumps(
        {'ip': '10.49.9.9', 'timestamp': '2026-11-20T00:00:00Z',
         'ports': [{'port': 22, 'proto': 'tcp', 'status': 'open'}]}) + '\n')
    put('mixed/lists/walk.txt', '.1.3.6.1.2.1.1.1.0 = STRING: "ACME"\n'
        '.1.3.6.1.2.1.1.5.0 = STRING: "box"\n')
    put('mixed/inventory.csv', 'name,mac\nother,\n')
    bare('mixed', 'DE-1/d03.pcap')
    r = run('audit', os.path.dirname(party), '--json', '--as-of', DAY).exits(0)
    names = {os.path.basename(s['name']) for s in r.json()['sources']}
    assert {'d03.pcap', 'walk.txt'} <= names, names
    lacks(' '.join(names), 'boxes.csv', 'notes.txt', 'inventory.csv',
          'operator.yaml')
    holds(r.err, 'with boxes.csv', 'passed over, since nothing here reads it',
          'notes.txt')
    same(box(r.json(), 'VOS-PE-01')['inventory']['line'], 2, 'the list')
    # who names a file means it
    r = run('audit', put('mixed2/notes.txt', 'nothing\n'))
    same(r.rc, 3, 'named')


@test
def whose_party():
    """a party is taken from a folder that is named, not from one inside it"""
    put('tree/one/operator.yaml', PARTY)
    bare('tree/one', 'DE-1/d03.pcap')
    put('tree/one/inventory.csv', 'name,mac\nx,00:18:82:5a:0e:01\n')
    r = audit(scratched('tree'), '--json').exits(0)
    holds(r.err, 'not taken as the party: ', 'tree/one/operator.yaml')
    same({d['site'] for d in r.json()['devices']}, {None}, 'sites')
    same(len(r.json()['sources']), 1, 'the inventory is no source')
    r = audit(scratched('tree/one') + '/', '--json').exits(0)
    holds(r.err, 'the party is ', 'with inventory.csv')
    same(box(r.json(), 'VOS-PE-01')['site'], 'DE-2', 'site')


@test
def refused():
    """a wrong file is refused with its line: exit 2, nothing judged"""
    for option, name, text, where in (
            ('--sites', 'a.csv', 'site,lat,lon\nA,0,0\n', 'a.csv:2:2: 0,0'),
            ('--sites', 'b.csv', 'site,country,lat,lon\nA,DE,8,50\n',
             'b.csv:2:3: latitude and longitude are swapped'),
            ('--sites', 'c.geojson', '{"type":"FeatureCollection",\n'
             '"features":[{"type":"Feature","geometry":{"type":"Point",'
             '"coordinates":[50,8]},"properties":{"site":"A",'
             '"country":"DE"}}]}', 'c.geojson:2: latitude and longitude are '
             'swapped'),
            ('--inventory', 'd.csv', 'name,obtained\nA,soon\n',
             'd.csv:2:2: expected a date'),
            ('--contracts', 'e.csv', 'a,b\nc,d\n', 'e.csv:1: expected'),
            ('--zones', 'f.yaml', 'zones:\n  Z: {kind: x}\n',
             'f.yaml:2:13: expected one of: base'),
            ('--zones', 'g.yaml', 'zones: [\n', 'g.yaml:2:1: this is no YAML'),
            ('--inventory', 'missing.csv', None, 'missing.csv: No such')):
        path = scratched(name)
        if text is not None:
            path = put(name, text)
        r = audit(os.path.join(OPERATOR, 'DE-1/d03.pcap'), option, path)
        assert r.rc in (2, 4), f'{name}: exit {r.rc}'
        holds(r.err, where)
        same(r.out, '', f'{name}: output')


if __name__ == '__main__':
    main()

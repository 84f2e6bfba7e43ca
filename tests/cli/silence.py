#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""silence.py NAMEPLATE ROOT: what is said where nothing was heard, and where
nobody looked; `verify` as a gate; how many more there are at least; `sample`
held against integers and against three lines of Python. Speaks TAP."""
import hashlib
import itertools
import json
import math
import os
import random
import re
import shlex
import shutil
import sqlite3
import struct

from fractions import Fraction

import yaml

from tap import DAY, OPERATOR, holds, lacks, main, run, same, scratched, test

NEXT_DAY = '2026-11-24'
ALL = scratched('all.dossier')


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def dossier():
    if not os.path.exists(ALL):
        run('audit', OPERATOR, '-o', ALL, '--as-of', DAY).exits(0)
    return ALL


def verify(*more, day=NEXT_DAY, path=None):
    return run('verify', path or dossier(), '--silence', '--as-of', day, *more)


def proved(*more, path=None, **how):
    return verify('--json', *more, path=path, **how).json()['silence']


def places(v, kind='site'):
    return {p.get('declared', p['site']): p for p in v['places']
            if p.get('kind', 'site') == kind and p['site'] is not None or
            p.get('kind') == kind}


# ---------------------------------------------------------- demo.md's words

@test
def not_looked():
    """US-2 is declared and has no source: not looked, everywhere"""
    for v in (run('audit', OPERATOR, '--json', '--as-of', DAY).json()
              ['coverage'], proved()['places']):
        us2 = [c for c in v if c['site'] == 'US-2']
        same([(c['says'], c['status'], c['verdict'], c['until'])
              for c in us2], [('not looked',) * 3 + (None,)], 'US-2')
    holds(verify().out, 'site US-2: not looked')


@test
def not_heard():
    """JP-2: ten minutes, four protocols, nobody named: not heard, until when"""
    p = places(proved())['JP-2']
    same(p['says'],
         'not heard in 10 minutes; cannot hear: silent, encrypted', 'says')
    same((p['verdict'], p['methods'], p['until'], p['expired']),
         ('not heard', ['capture'], '2026-12-23', False), 'verdict')
    same(p['protocols'], ['ethernet', 'arp', 'dhcp', 'ssh'], 'read there')
    same(p['cannot_hear'], ['silent', 'encrypted'], 'cannot hear')
    holds(p['whole'], 'not heard by captures in 10 minutes', 'drops 0',
          'direction both', 'This holds until 2026-12-23',
          'routers and switches', 'power supplies', 'Cannot hear: silent, encrypted.',
          'does not say that nothing is there')


@test
def drops_not_recorded():
    """DE-1 is a classic pcap: drops not recorded, never 0"""
    for line in verify().out.split('\n'):
        if line.startswith('site DE-1 '):
            holds(line, 'present', 'not recorded')
            break
    else:
        assert False, 'no DE-1'
    same({c['drops'] for c in proved()['ledger'] if c['site'] == 'DE-1'},
         {None}, 'drops')
    same(places(proved())['DE-1']['drops'], None, 'drops of the site')


@test
def never_alike():
    """not looked, not heard and present are three different words"""
    v = places(proved())
    same({p['verdict'] for p in v.values()},
         {'not looked', 'not heard', 'present'}, 'verdicts')
    same(len({v[s]['says'] for s in ('US-2', 'JP-2', 'DE-1')}), 3, 'says')
    lacks(verify('-l').out, 'absent:', 'clean', 'dirty', 'overdue')


@test
def how_it_was_taken():
    """tap, direction and clock of capture.yaml are in the ledger"""
    page = run('audit', OPERATOR, '-l', '--as-of', DAY).out
    holds(page.split('what was observed')[1],
          'mirror port, office floor of Tsukinoura', 'both', 'not recorded')
    rows = proved()['ledger']
    same(len(rows), 36, 'rows')
    for r in rows:
        same(r['direction'], 'both', 'direction')
        same(r['clock_offset'], None if r['site'] == 'IT-1' else '0', 'clock')
        assert r['tap'] and r['legal_basis'], r
        assert 'taken_by' not in r
    live = run('audit', OPERATOR, '--json', '--as-of', DAY).json()
    same({(c['source'], c['tap']) for c in live['coverage'] if c['method']},
         {(r['source'], r['tap']) for r in rows}, 'without a dossier')


def templates():
    with open('knowledge/sentences.yaml', encoding='utf-8') as f:
        said = yaml.safe_load(f)['silence']
    return ['(?:' + re.sub(r'\\{[a-z_]+\\}', '.+?', re.escape(t)) + ')'
            for t in said.values()]


@test
def every_sentence():
    """no sentence about silence lies outside of sentences.yaml"""
    one = '(?:' + '|'.join(templates()) + ')'
    some = re.compile(f'{one}(?: {one})*')
    u = write(scratched('every.csv'), 'site,prefix,vlan,serial_from\n'
              'JP-2,10.81.20.0/23,9,X1\n,,,Y1\n')
    n = 0
    for day in (NEXT_DAY, '2027-06-01'):
        v = proved('--universe', u, day=day)
        said = [p[k] for p in v['places'] for k in ('says', 'whole')] + \
            [m['says'] for m in v['more']] + \
            [m['says'] for f in v['families'] for m in f['methods']]
        page = verify('-l', '--universe', u, day=day).out
        said += [line.split(': ', 1)[1] for line in
                 page.split('what may be said')[1].split('what was')[0]
                 .split('\n') if ': ' in line]
        said += [line.split(': ', 1)[1] for line in
                 page.split('how many more, at least')[1].split('\n')
                 if ': ' in line]
        for s in said:
            assert some.fullmatch(s), s
        n += len(said)
    assert n > 100, n


# ------------------------------------------------------------------ the gate

@test
def gate():
    """exit 1 for a place that nobody looked at, or a sentence that ended"""
    holds(verify().exits(1).out, 'not looked  1 place')
    party = write(scratched('party/operator.yaml'),
                  'sites:\n  JP-2:\n    country: JP\n')
    path = scratched('jp2.dossier')
    run('audit', OPERATOR + '/JP-2', '--party', party, '-o', path, '--as-of',
        DAY).exits(0)
    v = proved(path=path)
    same((v['not_looked'], v['expired']), (0, 0), 'gate')
    verify(path=path).exits(0)
    verify(path=path, day='2026-12-23').exits(0)
    late = verify(path=path, day='2026-12-24').exits(1)
    holds(late.out, 'ended       1 sentence', 'this held until 2026-12-23',
          'look again')
    run('verify', path, '--as-of', 'tomorrow').exits(2)
    run('verify').exits(2)
    run('verify', scratched('nothing.dossier')).exits(4)


@test
def truncated_is_no_three():
    """a source that was cut is said, and verify knows 0 and 1 alone"""
    with open(OPERATOR + '/JP-2/quiet.pcap', 'rb') as f:
        octets = f.read()
    source = write(scratched('cut/quiet.pcap'), octets[:-3])
    path = scratched('cut.dossier')
    run('audit', source, '--site', 'JP', '-o', path, '--as-of', DAY).exits(3)
    verify(path=path).exits(0)
    v = proved(path=path)
    same([r['status'] for r in v['ledger']], ['truncated'], 'status')
    same([(p['limited'], p['verdict']) for p in v['places']],
         [(1, 'not heard')], 'place')
    holds(v['places'][0]['whole'],
          'Sources that were cut short or reached a limit: 1 of 1.')


@test
def laboratory():
    """whose boxes they are is said, and that nothing was declared"""
    holds(verify().out, "Of 36 sources 36 are a laboratory's or constructed")
    same({r['origin'] for r in proved()['ledger']},
         {'laboratory', 'constructed'}, 'origins')
    path = scratched('bare.dossier')
    run('audit', OPERATOR + '/JP-2/quiet.pcap', '-o', path).exits(0)
    v = verify(path=path).exits(0)
    holds(v.out, 'declared    nothing', 'Nothing is declared')


@test
def universe():
    """a file declares prefixes, VLANs, serials and sites more"""
    u = write(scratched('u.csv'),
              'site,prefix,vlan,serial_from,serial_to\n'
              'JP-2,10.81.20.0/23,,,\nJP-1,10.81.2.0/24,,,\n'
              ',192.0.2.0/24,,,\nDE-1,,4000,,\nNowhere,,,,\n'
              ',,,2102350000,2102359999\n')
    r = verify('--universe', u).exits(1)
    holds(r.out, '10 sites, 3 prefixes, 1 VLAN, 1 range of serial numbers',
          'prefix 192.0.2.0/24: not looked', 'VLAN 4000 at DE-1: not looked',
          'site Nowhere: not looked')
    v = proved('--universe', u)
    p = places(v, 'prefix')
    same(p['192.0.2.0/24']['verdict'], 'not looked', 'a prefix nobody heard')
    same(p['10.81.2.0/24']['verdict'], 'present', 'a prefix with boxes')
    same(p['10.81.2.0/24']['site'], 'JP-1', 'its site')
    same((p['10.81.20.0/23']['says'], p['10.81.20.0/23']['boxes']),
         ('not heard in 10 minutes; cannot hear: silent, encrypted', 3),
         'a prefix of which something was heard')
    same(places(v, 'serials')['2102350000-2102359999']['verdict'],
         'not heard', 'serials')
    same(v['universe'], u, 'file')


@test
def netbox():
    """NetBox's export is a universe as it is"""
    u = write(scratched('netbox.json'), json.dumps({
        'count': 2, 'next': None, 'previous': None, 'results': [
            {'id': 1, 'name': 'Tsukinoura office', 'slug': 'tsukinoura'},
            {'id': 2, 'name': 'Kazemori', 'slug': 'jp-1'},
            {'id': 3, 'name': 'Vossdorf', 'slug': 'vossdorf'},
            {'id': 2, 'prefix': '10.81.2.0/24', 'scope_type': 'dcim.site',
             'scope': {'id': 3, 'name': 'JP-1'}, 'vlan': None}]}))
    v = proved('--universe', u)
    # what operator.yaml calls otherwise is no second site
    same(sorted(set(places(v)) - set(places(proved()))), ['Vossdorf'],
         'sites more')
    same(places(v, 'prefix')['10.81.2.0/24']['verdict'], 'present', 'prefix')


@test
def wrong_universe():
    """a wrong file is refused with file, line, column, and what was expected"""
    u = write(scratched('wrong.csv'), 'site,prefix\nA,10.0.0.0/8\nA,10/8\n')
    r = verify('--universe', u).exits(2)
    holds(r.err, f'{u}:3:3: expected a prefix')
    u = write(scratched('wrong.json'), '{"next": "http://x", "results": []}')
    holds(verify('--universe', u).exits(2).err, 'all pages')
    r = verify('--universe', scratched('none.csv'))
    assert r.rc in (2, 4), r.rc
    holds(r.err, 'cannot read')


@test
def hostile_universe():
    """what a file says is escaped on a terminal and strict in JSON"""
    u = write(scratched('hostile.csv'), b'site\nA\x1b[2J\xe2\x80\xae\xff\n')
    out = verify('--universe', u).raw
    assert b'\x1b' not in out and b'\xff' not in out
    verify('--json', '--universe', u).raw.decode('utf-8')
    json.loads(verify('--json', '--universe', u).out)


# -------------------------------------------------- methods, and how many more

HEAD = struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
VRP = 'Huawei Versatile Routing Platform Software\r\nVRP (R) software, ' \
      'Version 5.170 (S5720 V200R010C00SPC600)'


def tlv(kind, value):
    return struct.pack('>H', kind << 9 | len(value)) + value


def lldp(i):
    mac = bytes.fromhex('00e0fc') + struct.pack('>I', i)[1:]
    frame = bytes.fromhex('0180c200000e') + mac + b'\x88\xcc' + \
        tlv(1, b'\x04' + mac) + tlv(2, b'\x05ge0') + tlv(3, b'\0\x78') + \
        tlv(5, b'R%d' % i) + tlv(6, VRP.encode()) + tlv(0, b'')
    return struct.pack('<IIII', 1795424400 + i, 0, len(frame), len(frame)) + \
        frame


def walk(i):
    return (f'.1.3.6.1.2.1.1.1.0 = STRING: "{VRP}"\n'
            '.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.2011.2.23.291\n'
            f'.1.3.6.1.2.1.1.5.0 = STRING: "R{i}"\n').replace('\r\n', '\n')


def output(i):
    return f'<R{i}>display version\n' + VRP.replace('\r\n', '\n') + \
        '\nHUAWEI S5720-32X-EI-24S-AC Routing Switch uptime is 1 week\n' \
        f'<R{i}>\n'


def network(name, sets):
    """A dossier of boxes, each heard by its set of methods."""
    folder = scratched(name)
    write(folder + '/capture.yaml',
          "site: X\ntaken: '2026-11-20'\ndirection: both\n")
    heard = [i for i, s in enumerate(sets, 1) if 'capture' in s]
    write(folder + '/tap.pcap', HEAD + b''.join(map(lldp, heard)))
    for i, s in enumerate(sets, 1):
        if 'walk' in s:
            write(f'{folder}/walk{i}', walk(i))
        if 'output' in s:
            write(f'{folder}/out{i}', output(i))
    party = write(scratched(name + '.d/operator.yaml'),
                  'sites:\n  X:\n    country: DE\n')
    path = scratched(name + '.dossier')
    run('audit', folder, '--party', party, '-o', path, '--as-of',
        DAY).exits(0)
    return path


METHODS = ('capture', 'walk', 'output')


def drawn(n, seed, hear):
    """Sets of methods of n boxes; those that nobody heard are left out."""
    rng = random.Random(seed)
    return [s for s in (hear(rng) for _ in range(n)) if s]


def chao(sets):
    """The bound again, from what it is said to be (src/silence/silence.h)."""
    alone = [sum(s == {m} for s in sets) for m in METHODS]
    pairs = [sum(s == {a, b} for s in sets)
             for a, b in itertools.combinations(METHODS, 2)]
    q1, q2 = sum(alone), sum(pairs)
    cross = sum(a * b for a, b in itertools.combinations(alone, 2))
    more = cross / (q2 + 1)
    variance = more + q2 * (more / (q2 + 1)) ** 2 + sum(
        u * ((q1 - u) / (q2 + 1)) ** 2 for u in alone)
    least = more / math.exp(1.96 * math.sqrt(math.log1p(
        variance / more ** 2)))
    return q1, q2, more, math.sqrt(variance), int(least)


@test
def at_least():
    """three methods: Chao's bound, reckoned here again, and independence"""
    sets = drawn(90, 5, lambda r: {m for m, p in zip(METHODS, (.5, .4, .4))
                                   if r.random() < p})
    path = network('three', sets)
    v = proved(path=path)
    more = {m['maker']: m for m in v['more']}
    same(set(more), {None, 'huawei'}, 'of whom')
    q1, q2, estimate, error, least = chao(sets)
    m = more['huawei']
    same((m['seen'], m['once'], m['twice']), (len(sets), q1, q2), 'counts')
    assert abs(m['estimate'] - estimate) < 1e-3, (m, estimate)
    assert abs(m['error'] - error) < 1e-3, (m, error)
    same(m['at_least'], least, 'at least')
    assert 0 < least <= 90 - len(sets), (least, 90 - len(sets))
    same(m['independence'], 'independent', 'independence')
    holds(m['says'], f'At least {least} more', 'Chao', 'no upper bound',
          'nothing speaks against it')
    lacks(verify('-l', path=path).out, 'at most')
    same([p['verdict'] for p in v['places']], ['present'], 'place')
    same(v['places'][0]['methods'], ['capture', 'walk', 'output'], 'methods')
    f = [f for f in v['families'] if f['maker'] == 'huawei']
    same(len(f), 1, 'families')
    of = {x['method']: x for x in f[0]['methods']}
    for name in METHODS:
        others = [s for s in sets if s - {name}]
        same((of[name]['heard'], of[name]['of']),
             (sum(name in s for s in others), len(others)), name)


@test
def dependent():
    """methods that hear the same boxes warn; that hear others say no number"""
    def together(r):
        first = r.random() < .5
        p = .9 if first else .1
        return {m for m, x in zip(METHODS, (first, r.random() < p,
                                            r.random() < .5)) if x}

    def apart(r):
        first = r.random() < .5
        p = .1 if first else .9
        return {m for m, x in zip(METHODS, (first, r.random() < p,
                                            r.random() < .5)) if x}
    m = proved(path=network('same', drawn(150, 7, together)))['more'][0]
    same(m['independence'], 'dependent: together', 'independence')
    holds(m['says'], 'Warning: captures and SNMP walks', 'At least')
    m = proved(path=network('apart', drawn(150, 7, apart)))['more'][0]
    same((m['independence'], m['at_least'], m['estimate']),
         ('dependent: apart', None, None), 'no number')
    holds(m['says'], 'Warning', 'none is said')


@test
def few_methods():
    """one method says no number; two say that nothing tests them"""
    m = proved()['more'][0]
    same((m['at_least'], m['seen'], m['elsewhere']), (None, 0, 20), 'one')
    holds(m['says'], 'one method alone')
    sets = drawn(60, 3, lambda r: {m for m, p in zip(METHODS, (.6, .5))
                                   if r.random() < p})
    m = proved(path=network('two', sets))['more'][0]
    same(m['independence'], 'not testable: two methods', 'two')
    assert m['at_least'] is not None
    holds(m['says'], 'not testable with two')


@test
def undated():
    """what has no day says nothing of any; `taken` gives it one"""
    folder = scratched('undated')
    write(folder + '/walk1', 'S'.join(walk(1).split('S')).replace(
        VRP.split('\r')[0], 'a box').replace('2011.2.23.291', '8072.3.2.10'))
    party = write(scratched('undated.d/operator.yaml'),
                  'sites:\n  X:\n    country: DE\n')
    path = scratched('undated.dossier')
    run('audit', folder, '--party', party, '--site', 'X', '-o', path,
        '--as-of', DAY).exits(0)
    p = places(proved(path=path))['X']
    same((p['verdict'], p['until'], p['expired']), ('not heard', None, True),
         'without a day')
    holds(p['whole'], 'when that was is not recorded')
    verify(path=path).exits(1)
    write(folder + '/capture.yaml', "site: X\ntaken: '2026-11-20'\n"
          'method: poll\n')
    path = scratched('dated.dossier')
    run('audit', folder, '--party', party, '-o', path, '--as-of',
        DAY).exits(0)
    p = places(proved(path=path))['X']
    same((p['until'], p['expired'], p['methods']),
         ('2026-12-20', False, ['poll']), 'with a day')
    verify(path=path).exits(0)
    write(folder + '/capture.yaml', 'site: X\ntaken: yesterday\n')
    r = run('audit', folder, '--party', party).exits(2)
    holds(r.err, 'capture.yaml:2:8: expected a date')
    write(folder + '/capture.yaml', 'site: X\ndirection: sideways\n')
    r = run('audit', folder, '--party', party).exits(2)
    holds(r.err, 'capture.yaml:2:12: expected in, out or both')
    write(folder + '/capture.yaml', 'site: X\nmethod: divination\n')
    r = run('audit', folder, '--party', party).exits(2)
    holds(r.err, 'walk1', 'expected one of silence.yaml')


@test
def one_way():
    """who listened one way alone cannot hear the other"""
    folder = scratched('oneway')
    with open(OPERATOR + '/JP-2/quiet.pcap', 'rb') as f:
        write(folder + '/quiet.pcap', f.read())
    write(folder + '/capture.yaml', 'site: JP\ndirection: in\n')
    r = run('audit', folder, '--as-of', DAY).exits(0)
    holds(r.out, 'cannot hear: silent, encrypted, the other direction')


@test
def asked():
    """what was asked and what was absent is kept in the dossier"""
    names = ['tests/document/nmap', 'tests/document/walk']
    sources = sorted(os.path.join(d, f) for d in names for f in os.listdir(d)
                     if not f.endswith(('.says', '.md')))
    lines = [json.loads(x) for x in run('read', *sources).out.split('\n')
             if '"record":"coverage"' in x]
    live = sorted((c['asked'], c['absent']) for c in lines)
    assert sum(a for a, _ in live) and sum(a for _, a in live), live
    path = scratched('asked.dossier')
    run('audit', *sources, '-o', path, '--as-of', DAY)
    kept = sorted((c['asked'], c['absent'])
                  for c in proved(path=path)['ledger'])
    same(kept, live, 'kept')


@test
def inspected():
    """absent needs an inspection that somebody signed, and ends with it"""
    path = scratched('inspected.dossier')
    shutil.copy(dossier(), path)
    run('keygen', scratched('auditor'), '--no-password').exits(0)
    run('attest', path, 'US-2', '--fact', 'sample=none', '--by', 'an auditor',
        '--key', scratched('auditor.key'), '--grade', 'A1', '--on',
        '2026-11-23', '--until', '2027-01-31', '--as-of', DAY).exits(0)

    def us2(day):
        p = places(proved(path=path, day=day))['US-2']
        return p['verdict'], p['until'], p['expired']
    same(us2('2026-11-22'), ('not looked', None, False), 'before')
    same(us2(NEXT_DAY), ('absent', '2027-01-31', False), 'after')
    same(us2('2027-01-31'), ('absent', '2027-01-31', False), 'its last day')
    same(us2('2027-02-01'), ('not looked', None, False), 'behind it')
    verify(path=path).exits(0)
    holds(verify(path=path).out, 'site US-2: absent: inspected on 2026-11-23, '
          'signed by an auditor (key ')
    other = write(scratched('other.pub'), 'untrusted comment: another\n'
                  'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n')
    r = verify('--keys', other, path=path).exits(1)
    holds(r.out, 'site US-2: not looked')
    # a wrong octet of the journal, and nothing of it is used
    db = sqlite3.connect(path)
    db.execute('DROP TRIGGER journal_kept')
    db.execute("UPDATE journal SET line=replace(line,'none','nope')")
    db.commit()
    db.close()
    assert verify(path=path).rc not in (0, 1)


@test
def found_by_inspection():
    """an inspection that found something is present, wherever nobody heard it;
    one that found nothing takes nothing away"""
    path = scratched('found.dossier')
    shutil.copy(dossier(), path)
    run('keygen', scratched('second'), '--no-password').exits(0)
    for site, value in (('JP-2', 'found'), ('DE-1', 'none')):
        run('attest', path, site, '--fact', 'sample=' + value, '--by',
            'an auditor', '--key', scratched('second.key'), '--grade', 'A1',
            '--on', '2026-11-23', '--as-of', DAY).exits(0)
    v = places(proved(path=path))
    same((v['JP-2']['verdict'], v['JP-2']['until']), ('present',
                                                      '2027-05-22'), 'JP-2')
    same(v['DE-1']['verdict'], 'present', 'DE-1')
    holds(verify(path=path).out, 'present: found by an inspection')


# -------------------------------------------------------------------- sample

def missed(sites, present, n):
    """P(none of the present ones among n), exactly"""
    if present + n > sites:
        return Fraction(0)
    return Fraction(math.comb(sites - present, n), math.comb(sites, n))


def size(sites, present, may):
    low, high = 0, sites
    while low < high:
        mid = (low + high) // 2
        low, high = (low, mid) if missed(sites, present, mid) < may else \
            (mid + 1, high)
    return high


def sample(*words):
    return run('sample', *words, '--json').exits(0).json()


@test
def sample_size():
    """how many sites: hypergeometric, held against integers"""
    same(sample('--sites', '10000', '--max-present', '1%', '--confidence',
                '95%')['inspect'], 294, '1 %')
    same(sample('--sites', '10000', '--max-present', '0.1%')['inspect'], 2588,
         '0.1 %')
    same(sample('--sites', '10000', '--max-present', '0.001')['inspect'], 2588,
         'as a share')
    holds(run('sample', '--sites', '10000', '--max-present', '1%').out,
          'Inspect 294 of 10,000 sites', 'if 100 or more')
    for sites, present, c in itertools.product(
            (1, 7, 200, 999), (1, 2, 5, 40), ('90', '95%', '0.99', '99.9%')):
        if present > sites:
            continue
        s = sample('--sites', str(sites), '--max-present', str(present),
                   '--confidence', c)
        share = Fraction(c.rstrip('%')) / (1 if c.startswith('0.') else 100)
        same(s['inspect'], size(sites, present, 1 - share),
             f'{present} of {sites}, {c}')


@test
def sample_draw():
    """which sites: three lines of Python draw the same"""
    seed, sites, n = 'Bundesanzeiger 2026-11-27 «1»', 500, 129
    s = sample('--sites', str(sites), '--max-present', '2%', '--seed', seed)
    same(s['inspect'], n, 'size')
    same(n, size(sites, 10, Fraction(5, 100)), 'by integers')

    def key(i):
        return hashlib.sha256(f'{seed}:{i}'.encode()).digest()
    want = sorted(range(1, sites + 1), key=key)[:n]
    same([d['number'] for d in s['drawn']], want, 'drawn')
    names = [f'site {i}' for i in range(sites)]
    path = write(scratched('list'), '\n'.join(names) + '\n')
    s = sample('--list', path, '--max-present', '2%', '--seed', seed)
    same([d['site'] for d in s['drawn']], [names[i - 1] for i in want],
         'by name')
    with open(path, 'rb') as f:
        same(s['list_sha256'], hashlib.sha256(f.read()).hexdigest(), 'list')
    lines = run('sample', '--list', path, '--max-present', '2%', '--seed',
                seed).exits(0).out.split('\n')
    same([x for x in lines if '\tsite ' in x],
         [f'{i}\t{names[i - 1]}' for i in want], 'as text')


@test
def sample_found():
    """what an inspection says: at most so many, held against integers"""
    same(sample('--sites', '10000', '--max-present', '1%', '--found',
                '0')['at_most'], 99, 'none found')

    def most(sites, n, found, may):
        def p(d):
            return sum(Fraction(math.comb(d, k) * math.comb(sites - d, n - k),
                                math.comb(sites, n))
                       for k in range(found + 1) if n - k <= sites - d)
        return max(d for d in range(found, sites - (n - found) + 1)
                   if p(d) >= may)
    for sites, n, found in ((50, 10, 0), (50, 10, 1), (50, 10, 10),
                            (120, 60, 7), (30, 30, 4), (9, 1, 0)):
        s = sample('--sites', str(sites), '--max-present', '1',
                   '--inspected', str(n), '--found', str(found))
        same(s['at_most'], most(sites, n, found, Fraction(5, 100)),
             f'{found} of {n} of {sites}')


@test
def sample_wrong():
    """wrong words are refused"""
    for words in ((), ('--sites', '10'), ('--sites', '10', '--max-present',
                                          '0'),
                  ('--sites', '10', '--max-present', '11'),
                  ('--sites', '10', '--max-present', 'many'),
                  ('--sites', '10', '--max-present', '1', '--confidence',
                   '100%'),
                  ('--sites', '10', '--max-present', '1', '--found', '11'),
                  ('--sites', '10', '--max-present', '1', '--inspected', '11'),
                  ('--list', scratched('no list'), '--max-present', '1'),
                  ('--sites', '10', '--max-present', '1', 'more')):
        assert run('sample', *words).exits(2).err
    path = write(scratched('gap'), 'a\n\nb\n')
    holds(run('sample', '--list', path, '--max-present', '1').exits(2).err,
          f'{path}:2: expected a site')


@test
def documented():
    """the commands of docs/silence.md run, and say what it shows"""
    with open('docs/silence.md', encoding='utf-8') as f:
        blocks = re.findall(r'^    \$ nameplate (.*)\n((?:    (?!\$).*\n|\n(?='
                            r'    ))*)', f.read(), re.M)
    assert len(blocks) >= 4, blocks
    for line, shown in blocks:
        words = [w.replace('build/', scratched('') + '/')
                 for w in shlex.split(line)]
        if words[0] == 'attest':
            continue
        r = run(*words)
        assert r.rc == (words[0] == 'verify'), (line, r.rc, r.err)
        said = {re.sub(r' +', ' ', x).strip() for x in r.out.split('\n')}
        for x in shown.split('\n'):
            x = re.sub(r' +', ' ', x).strip()
            assert x in said or x in ('', '…'), (line, x)


if __name__ == '__main__':
    main()

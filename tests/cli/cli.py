#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The command line as a user would use it: cli.py NAMEPLATE ROOT."""
import fcntl
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
import time

import schema
from tap import (DAY, NAMEPLATE, OPERATOR, ROOT, holds, lacks, main, run,
                 same, scratched, test)

U06 = f'{OPERATOR}/US-1/u06.pcap'
D03 = f'{OPERATOR}/DE-1/d03.pcap'
VERBS = ['audit', 'read', 'poll', 'explain', 'report', 'policy', 'protocols',
         'makers', 'doctor']
# Names that differ between runs, not what is said.
FIELDS = ('maker', 'verdict', 'model', 'version', 'function', 'site')


def lines(text):
    return text.rstrip('\n').split('\n')


def audit(*args):
    return run('audit', *args, '--as-of', DAY)


def export(dossier):
    return run('report', dossier, '--jsonl').exits(0).raw


def kept(name, *sources):
    path = scratched(name)
    audit(*sources, '-o', path, '--party',
          f'{OPERATOR}/operator.yaml').exits(0)
    return path


@test
def eight_lines():
    """audit opens with at most eight lines, then the table"""
    top = lines(audit(OPERATOR).exits(0).out.split('\n\n')[0])
    assert len(top) <= 8, len(top)
    holds('\n'.join(top), 'read ', 'not readable', 'devices ', 'confirmed',
          'in scope', 'unplaced', 'next ', 'no legal advice', 'laboratory')
    holds(audit(OPERATOR).out.split('\n\n')[1], 'device ', 'verdict')


@test
def nothing_better_than_possible():
    """boxes at possible are shown when there are no better ones"""
    box = audit('tests/golden/syslog/ios.pcap').out.split('\n\n')[1]
    holds(box, 'device ', 'Cisco', 'possible')
    for out in (audit(OPERATOR).out, audit(OPERATOR, '-l').out):
        count = int(out.split(' probable, ')[1].split()[0])
        rows = sum('  possible' in x for x in lines(out.split('\n\n')[1]))
        more = out.split(' at possible: -l')[0].rsplit('\n', 1)[1].split()[0]\
            if ' at possible: -l' in out else 0
        same(rows + int(more), count, 'boxes at possible')


@test
def two_minutes():
    """each missing fact is asked for once, and sentences come with -l"""
    short, long = audit(OPERATOR).out, audit(OPERATOR, '-l').out
    same(short.count('read the label on the box'), 1, 'asks for the label')
    same(short.count('state what it does in the network') <= 1, True,
         'asks for the function')
    same(short.count('nobody looked at hardware'), 1, 'means confirmed')
    assert len(lines(short)) < 150, len(lines(short))
    rows = short.split('findings as of')[1].split('\n\n')[0]
    assert 2 * len(lines(rows)) < len(
        audit(OPERATOR, '--json').json()['findings'])
    holds(long, 'Undetermined: who made it.', 'source 1: ')
    lacks(short + long, 'dirty', 'clean', 'overdue')


@test
def not_evidence():
    """without -o the page says that it is no evidence"""
    holds(audit(U06).out, 'not evidence (no -o)')
    lacks(audit(U06, '-o', scratched('e.dossier')).out, 'not evidence')


@test
def first_contact():
    """nameplate FILE is nameplate audit FILE, flags anywhere"""
    want = audit(U06, '--json').exits(0).raw
    for args in ([U06, '--json', '--as-of', DAY],
                 ['--json', f'--as-of={DAY}', U06],
                 ['audit', '--as-of', DAY, U06, '--json'],
                 ['--json', 'audit', U06, '--as-of', DAY]):
        same(run(*args).exits(0).raw, want, ' '.join(args))


@test
def standard_input():
    """- is standard input, and types are found by content"""
    path = os.path.join(os.environ['NP_ROOT'], U06)
    shutil.copy(path, scratched('odd.txt'))
    with open(path, 'rb') as f:
        octets = f.read()

    def said(r):
        return sorted(str([d[k] for k in FIELDS])
                      for d in r.exits(0).json()['devices'])
    same(said(run('audit', '-', '--json', stdin=octets)),
         said(audit(scratched('odd.txt'), '--json')), 'devices')


@test
def usage():
    """what cannot be meant is said, with a hint, exit 2"""
    for args in (['auditt'], ['audit'], ['audit', '--nonsense', U06],
                 ['audit', U06, '--as-of', 'yesterday'], [],
                 ['audit', U06, '--color', 'pink'], ['explain'],
                 ['report'], ['policy', 'frobnicate'],
                 ['audit', U06, '--what-if', 'xx'],
                 ['makers', 'show', 'nobody-at-all'],
                 ['policy', 'show', 'nothing/at-all'],
                 ['audit', U06, '--jobs', 'many']):
        r = run(*args).exits(2)
        assert r.err, args
        same(r.out, '', 'stdout')
    holds(run('auditt').err, '--help')
    holds(run('audit', '--nonsense', U06).err, '--nonsense', '--help')


@test
def help_of_each():
    """every verb has --help, and the list names every verb"""
    everything = run('--help').exits(0).out
    for v in VERBS:
        holds(everything, f'nameplate {v}')
        holds(run(v, '--help').exits(0).out, f'nameplate {v}', '--help')
        same(run(v, '-h').exits(0).out, run(v, '--help').out, v)
    holds(run('--version').exits(0).out, 'nameplate ')


@test
def partly():
    """a file that is not whole: what is there is read, exit 3, and where"""
    with open(os.path.join(os.environ['NP_ROOT'], D03), 'rb') as f:
        octets = f.read()
    with open(scratched('cut.pcap'), 'wb') as f:
        f.write(octets[:len(octets) - 7])
    with open(scratched('magic.pcap'), 'wb') as f:
        f.write(b'GIF89a' + octets[6:])
    open(scratched('empty.pcap'), 'wb').close()
    r = audit(scratched('cut.pcap'), '--json').exits(3)
    holds(r.err, 'cut.pcap')
    assert r.json()['sources'][0]['frames'] > 0
    same(r.json()['sources'][0]['status'], 'truncated', 'status')
    for name in ('magic.pcap', 'empty.pcap', 'nothing-there.pcap'):
        r = audit(scratched(name)).exits(3)
        holds(r.err, name)
    r = audit(scratched('magic.pcap'), D03, '--json').exits(3)
    assert any(d['maker'] for d in r.json()['devices'])


@test
def failures():
    """a dossier that is none gives exit 4, with its name"""
    with open(scratched('no.dossier'), 'w', encoding='ascii') as f:
        f.write('this is no dossier\n' * 100)
    for verb in (['report', scratched('no.dossier')],
                 ['explain', scratched('no.dossier'), 'x']):
        holds(run(*verb).exits(4).err, 'no.dossier')


@test
def json_shape():
    """--json has the members of the contract, and sorted ids"""
    d = audit(OPERATOR, '--json').exits(0).json()
    schema.check(d, schema.AUDIT)
    ids = [x['id'] for x in d['devices']]
    same(ids, sorted(set(ids)), 'device ids')
    findings = [x['id'] for x in d['findings']]
    same(len(findings), len(set(findings)), 'finding ids')
    assert {x['device'] for x in d['findings']} <= set(ids)
    same(d['summary']['devices'], len(ids), 'summary')
    for f in d['findings']:
        same(f['date'] is None, f['days'] is None, f['id'])
        same(f['missing'] is None, f['status'] != 'undetermined', f['id'])
        if f['sure'] == 'secondary':
            assert f['status'] != 'in scope', f['id']


@test
def roles():
    """what boxes do is counted by role, interface and maker, on the page and
    as data; a box of an unknown maker is listed by its function"""
    cases = ['tests/golden/s1ap', 'tests/golden/ngap', 'tests/golden/gtp']
    d = audit(*cases, '--json').exits(0).json()
    schema.check(d, schema.AUDIT)
    assert len(d['roles']) > 5, d['roles']
    for r in d['roles']:
        with_it = [x for x in d['devices']
                   if r['role'] in {y['role'] for y in x['roles']}]
        same(r['boxes'], len(with_it), r['role'])
        same(r['boxes'], sum(m['boxes'] for m in r['makers']), r['role'])
        for i in r['interfaces']:
            same(i['boxes'], sum({'role': r['role'],
                                  'interface': i['interface'],
                                  'protocol': i['protocol']} in x['roles']
                                 for x in with_it), r['role'])
    mme = next(r for r in d['roles'] if r['role'] == 'MME')
    assert {'S1-MME'} <= {i['interface'] for i in mme['interfaces']}
    page = audit(*cases).exits(0).out
    holds(page, 'the maker is another question', 'mobility management of 4G',
          'core/mme')


@test
def canonical():
    """the canonical export: one object a line, sorted, the same twice"""
    one, two = export(kept('c1.dossier', OPERATOR)), export(
        kept('c2.dossier', OPERATOR))
    assert one == two
    rows = [json.loads(x) for x in lines(one.decode())]
    same(rows[0]['record'], 'export', 'first line')
    ids = [r['device']['id'] for r in rows if r['record'] == 'device']
    same(ids, sorted(ids), 'devices')
    f = [(r['finding']['device'], r['finding']['clause'] or '')
         for r in rows if r['record'] == 'finding']
    same(f, sorted(f), 'findings')


@test
def any_order():
    """permuted, repeated and split over runs: the same canonical export"""
    d = f'{OPERATOR}/US-1'
    names = sorted(os.path.join(d, x)
                   for x in os.listdir(os.path.join(os.environ['NP_ROOT'], d))
                   if x.endswith('.pcap'))
    want = export(kept('o1.dossier', *names))
    assert export(kept('o2.dossier', *reversed(names))) == want, 'reversed'
    for i in range(0, len(names), 3):
        kept('o3.dossier', *names[i:i + 3])
    assert export(scratched('o3.dossier')) == want, 'split over runs'
    assert export(kept('o4.dossier', *names, names[0])) == want, 'repeated'


@test
def twice():
    """reading a source twice changes nothing and says so"""
    before = export(kept('t.dossier', U06))
    r = audit(U06, '-o', scratched('t.dossier'), '--party',
              f'{OPERATOR}/operator.yaml').exits(0)
    holds(r.out, 'read before: nothing changed')
    assert export(scratched('t.dossier')) == before


@test
def more_sources():
    """a later run puts more sources into the same dossier"""
    path = kept('m.dossier', U06)
    kept('m.dossier', D03)
    d = run('report', path, '--json').exits(0).json()
    same(len(d['sources']), 2, 'sources')
    same({'DE-1', 'US-1'} <= {x['site'] for x in d['devices']}, True, 'sites')
    assert all(re.fullmatch('[0-9a-f]{64}', s['sha256'])
               for s in d['sources'])


@test
def explains():
    """explain: claim, rule, grade, octet, contradiction, what settles it"""
    path = kept('x.dossier', U06)
    r = run('explain', path, 'lab-router').exits(0).out
    holds(r, 'possible Huawei', 'lldp.system_description', 'rule snmp/',
          'E3', 'counts one grade lower', 'octet ', 'of frame ', 'u06.pcap',
          'what contradicts it', 'OpenSSH_9.2p1 Debian', 'what would settle',
          'label on the box')
    d = run('report', path, '--json').json()
    for x in d['devices']:
        said = run('explain', path, x['id']).exits(0).out
        words = '{} of {} like cases right (at least {:.1f} %): {}'.format(
            *x['like_cases'], 100 * x['confidence'], x['counted_as']) \
            if x['like_cases'] else ''
        assert words in said and bool(words) == ('like cases' in said), said
    f = d['findings'][0]
    for word in (f['device'], f['id'], f['clause']):
        holds(run('explain', path, word).exits(0).out, f['clause'],
              'missing: maker', f['citation'])
    assert 'us-fcc' not in run('explain', path,
                               f['device'] + '/us-sna-2020/report').out
    run('explain', path, 'd-0000000000000000').exits(2)


def frames_of(path):
    """Frames of a classic pcap file, by number from 1."""
    with open(os.path.join(ROOT, path), 'rb') as f:
        octets = f.read()
    order = '<' if octets[:4] in (b'\xd4\xc3\xb2\xa1',
                                  b'\x4d\x3c\xb2\xa1') else '>'
    frames, at = [None], 24
    while at < len(octets):
        n = struct.unpack(order + 'I', octets[at + 8:at + 12])[0]
        frames.append(octets[at + 16:at + 16 + n])
        at += 16 + n
    return frames


@test
def offsets():
    """each claim's frame and octet hold what it says was read there"""
    seen = set()
    for source in (D03, f'{OPERATOR}/DE-1/d01.pcap'):
        frames = frames_of(source)
        for d in audit(source, '--json').exits(0).json()['devices']:
            for c in d['claims']:
                if c['unit'] != 'frame' or not c['text']:
                    continue
                want = c['text'].encode()
                if re.fullmatch('([0-9a-f]{2}:){5}[0-9a-f]{2}', c['text']):
                    want = bytes.fromhex(c['text'].replace(':', ''))
                elif re.fullmatch(r'[0-9.]+', c['text']):
                    continue
                got = frames[c['place']][c['at']:c['at'] + len(want)]
                same(got, want, f"{source} {c['field']}")
                seen.add(c['field'])
    assert {'ethernet.source', 'arp.sender_mac',
            'lldp.system_description'} <= seen, seen


@test
def one_core():
    """one core or two, one decoder or two: the same is kept"""
    had = os.sched_getaffinity(0)
    exports = set()
    for cores, jobs in (({min(had)}, '1'), (had, '1'), (had, '2')):
        os.sched_setaffinity(0, cores)
        try:
            exports.add(export(kept(f'cores-{len(cores)}-{jobs}', OPERATOR,
                                    '-j', jobs)))
        finally:
            os.sched_setaffinity(0, had)
    same(len(exports), 1, 'canonical exports')


@test
def golden_sources():
    """the confined decoder reads every golden capture to its end"""
    captures = sorted(os.path.join(at, name)
                      for at, _, names in os.walk(f'{ROOT}/tests/golden')
                      for name in names if name.endswith('.pcap'))
    assert len(captures) > 150, len(captures)
    ends = [json.loads(x) for x in lines(run('read', *captures).out)
            if x.startswith('{"record":"source_end"')]
    same(len(ends), len(captures), 'sources that ended')
    same([captures[e['source'] - 1] for e in ends
          if e['status'] == 'broken'], [], 'broken sources')


@test
def other_days():
    """a dossier is judged again as of another day, and itself unchanged"""
    path = kept('y.dossier', f'{OPERATOR}/DE-1/d01.pcap')
    before = export(path)

    def days(day):
        d = run('report', path, '--json', '--as-of', day).exits(0).json()
        return [f['days'] for f in d['findings']
                if f['clause'] == 'de-5g-contracts-2024/core']
    same((days('2026-12-31'), days('2027-01-01'), days('2024-07-10')),
         ([0], [-1], []), 'days')
    assert export(path) == before


@test
def what_if():
    """other states' rules stand apart, and only when asked for"""
    plain = audit(D03, '--party', f'{OPERATOR}/operator.yaml', '--json').json()
    more = audit(D03, '--party', f'{OPERATOR}/operator.yaml', '--what-if',
                 'gb', '--json').json()
    assert not [f for f in plain['findings'] if f['jurisdiction'] == 'GB']
    gb = [f for f in more['findings'] if f['jurisdiction'] == 'GB']
    assert gb and all(f['elsewhere'] for f in gb)
    same(plain['summary']['in_scope'], more['summary']['in_scope'], 'scope')
    holds(audit(D03, '--what-if', 'gb', '--party',
                f'{OPERATOR}/operator.yaml').out, 'rules of other states')


@test
def places():
    """--site places what has no capture.yaml; no place, no law; one site"""
    shutil.copy(os.path.join(os.environ['NP_ROOT'], D03),
                scratched('loose.pcap'))
    loose = audit(scratched('loose.pcap'), '--json').exits(0).json()
    f = [x for x in loose['findings'] if x['missing'] == 'place']
    assert f and all(x['clause'] is None for x in f)
    holds(audit(scratched('loose.pcap')).out, 'no law without a place',
          '--site')
    de = audit(scratched('loose.pcap'), '--site', 'DE', '--json').json()
    assert any(x['jurisdiction'] == 'DE' for x in de['findings'])
    gi = audit(scratched('loose.pcap'), '--site', 'GI', '--json').json()
    same({x['status'] for x in gi['findings'] if not x['elsewhere']},
         {'no rule on file'}, 'GI')
    one = audit(OPERATOR, '--site', 'JP-1').out
    holds(one, 'JP-1')
    lacks(one.split('where was looked')[0], 'DE-1', 'US-1')


@test
def written_beside():
    """drops: the source's counter, or what is written beside it"""
    def drops(name):
        source, = audit(name, '--json').exits(0).json()['sources']
        return source['drops']

    def write(name, text):
        with open(name, 'w', encoding='utf-8') as f:
            f.write(text)
    os.mkdir(scratched('beside'))
    bare, counted = (scratched('beside/' + x) for x in ('bare', 'counted'))
    for origin, name in ((D03, bare), (U06, counted)):
        shutil.copy(os.path.join(ROOT, origin), name)
    same((drops(bare), drops(counted)), (None, 0), 'nothing written')
    write(scratched('beside/capture.yaml'), 'tap: a\ndrops: 7\n')
    write(bare + '.yaml', 'tap: b\n')
    same((drops(bare), drops(counted)), (7, 0), 'of the folder')
    write(bare + '.yaml', 'drops: 3\n')
    same(drops(bare), 3, 'of the source')
    write(bare + '.yaml', 'drops: a few\n')
    holds(audit(bare).exits(2).err, 'bare.yaml', 'expected a whole number')


@test
def sweep():
    """the same boxes under the law of other days"""
    def day(d):
        return run('audit', OPERATOR, '--json', '--as-of', d).json()
    d = day('2018-11-23')
    same({f['status'] for f in d['findings']} -
         {'not bound', 'no rule on file', 'not in scope'}, set(), '2018')
    r = [f for f in d['findings'] if f['clause'] == 'us-request-2018/allies']
    assert r and all('binds nobody' in f['text'] for f in r)
    holds(run('audit', OPERATOR, '--as-of', '2018-11-23').out,
          'us-request-2018/allies', 'not bound')
    assert not [f for f in day('2018-11-21')['findings']
                if f['clause'] == 'us-request-2018/allies']


@test
def colours():
    """colour only where it is wanted, and never in a pipe by itself"""
    lacks(audit(U06).out, '\x1b')
    holds(audit(U06, '--color', 'always').out, '\x1b[')
    lacks(audit(U06, '--color', 'never').out, '\x1b')
    lacks(run('audit', U06, env={'NO_COLOR': '1'}).out, '\x1b')
    lacks(run('audit', U06, env={'TERM': 'dumb'}).out, '\x1b')


def on_terminal(columns, *args, **env):
    pid, fd = pty.fork()
    if not pid:
        os.chdir(ROOT)
        fcntl.ioctl(0, termios.TIOCSWINSZ,
                    struct.pack('HHHH', 50, columns, 0, 0))
        os.execve(NAMEPLATE, [NAMEPLATE, *args],
                  {'TERM': 'xterm', 'LC_ALL': 'C.UTF-8', 'PAGER': 'cat',
                   **env})
    out = b''
    try:
        while (b := os.read(fd, 65536)):
            out += b
    except OSError:
        pass
    os.waitpid(pid, 0)
    return out.decode()


@test
def terminal():
    """on a terminal: colour, and tables that fit it with their ids whole"""
    out = on_terminal(80, 'audit', OPERATOR, '--as-of', DAY)
    holds(out, '\x1b[1mdevice', 'undetermined')
    table = out.split('\x1b[1mdevice')[1].split('where was looked')[0]
    for line in re.sub('\x1b\\[[0-9]*m', '', table).split('\r\n')[1:]:
        assert len(line) <= 80, line
    ids = {d['id'] for d in audit(OPERATOR, '--json').json()['devices']}
    for i in re.findall(r'd-[0-9a-f]+(?=  )', table):
        assert i in ids, i
    for env in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
        lacks(on_terminal(80, 'audit', U06, **env), '\x1b[1m', '\x1b[0m')


def lldp_of(name):
    """A pcap file with one LLDP frame of this system name."""
    def tlv(kind, value):
        return struct.pack('>H', kind << 9 | len(value)) + value
    mac = bytes.fromhex('0018825a0e77')
    frame = bytes.fromhex('0180c200000e') + mac + b'\x88\xcc' + \
        tlv(1, b'\x04' + mac) + tlv(2, b'\x05ge1') + tlv(3, b'\0\x78') + \
        tlv(5, name) + tlv(6, b'NetEngine ' + name) + tlv(0, b'')
    return struct.pack('<IHHIIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1) + \
        struct.pack('<IIII', 1795424400, 0, len(frame), len(frame)) + frame


@test
def hostile_strings():
    """escapes, bidi, control and broken UTF-8 of a device stay harmless"""
    name = b'\x1b[31mX\x07\xe2\x80\xae\xff<b>=1+1\r\nfake line'
    with open(scratched('hostile.pcap'), 'wb') as f:
        f.write(lldp_of(name))
    path = scratched('hostile.dossier')
    page = audit(scratched('hostile.pcap'), '-l', '-o', path).exits(0)
    why = run('explain', path, '00:18:82:5a:0e:77').exits(0)
    for r in (page, why):
        lacks(r.out + r.err, '\x1b', '\x07', '\u202e', '\r')
        assert not [x for x in lines(r.out) if x.startswith('fake line')]
    for how in ('--json', '--jsonl'):
        raw = run('report', path, how).exits(0).raw
        for c in range(0x20):
            if c != 10:
                assert bytes([c]) not in raw, (how, c)
        raw.decode('utf-8')
    d = audit(scratched('hostile.pcap'), '--json').json()['devices']
    assert d, 'no device'


@test
def interrupted():
    """an interrupt ends with what was heard until then, exit 130"""
    p = subprocess.Popen([NAMEPLATE, 'audit', '-', '--json'], cwd=ROOT,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    with open(os.path.join(ROOT, U06), 'rb') as f:
        p.stdin.write(f.read())
    p.stdin.flush()
    time.sleep(1)
    p.send_signal(signal.SIGINT)
    try:
        out, _ = p.communicate(timeout=20)
    finally:
        p.kill()
    same(p.returncode, 130, 'exit')
    assert json.loads(out)['schema'] == 'nameplate.audit/1'


@test
def closed_pipe():
    """a reader that stops early gets no complaint"""
    p = subprocess.Popen([NAMEPLATE, 'audit', OPERATOR, '--json'], cwd=ROOT,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdout.read(10)
    p.stdout.close()
    lacks(p.stderr.read().decode(), 'roken', 'rror')
    p.wait(20)


@test
def party():
    """a fact that is misspelt in operator.yaml is refused with its line"""
    with open(scratched('bad.yaml'), 'w', encoding='ascii') as f:
        f.write('party:\n  DE:\n    contracts_2024_partty: true\n')
    r = audit(U06, '--party', scratched('bad.yaml'))
    assert r.rc == 2, r.rc
    holds(r.err, 'bad.yaml:3')


@test
def policies():
    """policy list, show and check; a wrong file is refused with its line"""
    listed = run('policy', 'list').exits(0).out
    for i in ('us-hpsci-2012/', 'us-request-2018/allies', 'us-ndaa-2019-889/',
              'us-fcc-covered-list/2021-03-12-telecom',
              'de-5g-contracts-2024/core', 'it-golden-power-5g/plan',
              'jp-espa-2022/screening', 'gb-vendor-direction-2022/core'):
        holds(listed, i)
    holds(run('policy', 'show', 'de-5g-contracts-2024/core').exits(0).out,
          '2026-12-31', 'Kernnetzen', 'https://', 'text read', 'binds')
    run('policy', 'check', 'knowledge').exits(0)
    os.makedirs(scratched('k/policies'))
    with open(scratched('k/policies/x.yaml'), 'w', encoding='ascii') as f:
        f.write('schema: nameplate.policy/1\nid: x\njurisdiction: DE\n'
                'title: X\nwrong: yes\n')
    r = run('policy', 'check', scratched('k'))
    same(r.rc, 3, 'exit')
    holds(r.err, 'x.yaml:5', 'expected')


def instrument(name, **changes):
    """A user's own instrument of one clause, with lines changed or left out."""
    lines = {'schema': 'nameplate.policy/1', 'id': 'de-own', 'jurisdiction': 'DE',
             'title': 'An own rule', 'citation': 'ours', 'source': 'ours',
             'sure': 'primary', 'known': '2024-01-01', 'clauses': ''}
    clause = {'id': 'one', 'duty': 'remove', 'says': 'something is asked',
              'bound': '{who: us, any: [contracts_2024_party]}',
              'makers': '[huawei]'}
    for k, v in changes.items():
        (clause if k in clause or k not in lines else lines)[k] = v
    with open(scratched(name), 'w', encoding='ascii') as f:
        for k, v in lines.items():
            f.write(f'{k}: {v}\n')
        for i, (k, v) in enumerate(clause.items()):
            f.write(f'  {"- " if i == 0 else "  "}{k}: {v}\n')
    return scratched(name)


@test
def policy_check():
    """policy check takes a user's own file: file, line, column and reason"""
    holds(run('policy', 'check', instrument('own.yaml')).exits(0).out, 'good')
    run('policy', 'check', 'examples/law/house-rule.yaml').exits(0)
    for changes, where, why in (
            ({'makers': '[huawai]'}, '14:14', 'slug of a maker'),
            ({'duty': 'ban'}, '11:11', 'expected one of: request'),
            ({'known': '2024-02-30'}, '8:8', 'expected a date'),
            ({'jurisdiction': 'XX'}, '3:15', 'expected a jurisdiction'),
            ({'bound': '{who: us}'}, '13:12', 'expected `any`'),
            ({'functions': '[cores]'}, '15:17', 'a function'),
            ({'until': '2023-12-31'}, '15:12', 'not before `from`'),
            ({'affilates': 'yes'}, '15:5', 'expected one of: id, duty'),
            ({'sure': 'certain'}, '7:7', 'expected one of: primary')):
        r = run('policy', 'check', instrument('own.yaml', **changes))
        same(r.rc, 3, f'{changes}: exit')
        holds(r.err, f'own.yaml:{where}: ', why)


@test
def policy_age():
    """each clause has its age and certainty; what is not judged says why"""
    listed = run('policy', 'list', '--as-of', '2026-12-03').exits(0).out
    rows = [x for x in listed.split('\n')[1:-2] if x]
    files = {r.split()[1].split('/')[0] for r in rows}
    same(len(files), 54, 'files of law')
    for r in rows:
        assert re.search(r' (primary|secondary|unverified) +\d+ days +'
                         r'(judged|not judged: \w)', r), r
    holds(listed, 'FR    fr-l34-11/rule', 'not judged: its text was not read')
    holds(run('policy', 'show', 'us-fcc-usf', '--as-of', '2026-12-03').out,
          'checked    2026-11-23, 10 days ago', 'names      huawei, zte',
          'affiliates by date')


@test
def places():
    """rules on file that are not judged; a union's members; a State's law"""
    loose = scratched('unplaced.pcap')
    shutil.copy(os.path.join(os.environ['NP_ROOT'], D03), loose)

    def rows(site, day=DAY):
        got = run('audit', loose, '--site', site, '--json', '--as-of',
                  day).exits(0).json()
        return {f['clause']: (f['status'], f['text']) for f in got['findings']}
    same(rows('FR')[None][0], 'rules on file, not judged', 'FR')
    holds(rows('FR')[None][1], 'Rules of France are on file, not judged',
          'does not say that they do not apply')
    holds(rows('AT')[None][1], 'No rules of Austria are on file')
    same(rows('AT')['eu-5g-communication-2023/member-states'][0], 'not bound',
         'AT')
    assert 'eu-5g-toolbox/key-assets' not in rows('GB', '2020-02-01')
    same({c[:3] for c in rows('US-TX') if c}, {'us-'}, 'Texas')
    assert 'us-tx-sb1897/new' not in rows('US-TX')


@test
def stale():
    """a rerun says which earlier statements went stale, since when and why"""
    kept, own = scratched('stale.dossier'), scratched('own-law')
    run('audit', OPERATOR, '-o', kept, '--as-of', '2022-11-23').exits(0)
    same(run('report', kept, '--json').exits(0).json()['stale'], [], 'same day')
    got = run('report', kept, '--json', '--as-of', DAY).exits(0).json()['stale']
    by = {s['clause']: s for s in got}
    core = by['de-5g-contracts-2024/core']
    same((core['before'], core['since'], core['why'], core['devices']),
         ('2022-11-23', '2024-07-11', 'new', 2), 'core')
    ended = by['de-bsig-9b-2021/notice']
    same((ended['since'], ended['why']), ('2025-12-06', 'ended'), '9b')
    holds(ended['text'], 'followed by Section 41 BSIG (2025)')
    holds(run('report', kept, '--as-of', DAY).exits(0).out,
          'statements that went stale',
          'The statement of 2022-11-23 went stale on 2024-07-11 because of '
          'German 5G contracts of 2024')
    assert 'jp-procurement-2018/procurement' not in by
    # the same day under other law
    os.makedirs(f'{own}/policies')
    shutil.copy(instrument('own.yaml', known='2020-01-01'),
                f'{own}/policies/de-own.yaml')
    for x in os.listdir('knowledge'):
        if x not in ('policies', 'schema'):
            src = os.path.join('knowledge', x)
            (shutil.copytree if os.path.isdir(src) else shutil.copy)(
                src, f'{own}/{x}')
    got = run('report', kept, '--json', '--knowledge', own,
              '--as-of', '2022-11-23').exits(0).json()['stale']
    same([(s['clause'], s['why'], s['since']) for s in got],
         [('de-own/one', 'edited', None)], 'other law')
    # a later run adds its statement, and what it says is not stale
    run('audit', OPERATOR, '-o', kept, '--as-of', DAY).exits(0)
    got = run('report', kept, '--json', '--as-of', DAY).exits(0).json()['stale']
    same({s['before'] for s in got}, {'2022-11-23'}, 'statements')


@test
def knows():
    """makers, protocols and doctor say what is known and what protects"""
    known = run('makers').exits(0).out
    holds(known, 'huawei', 'zte')
    assert re.search(r'20\d\d-\d\d-\d\d', known), 'no date of a registry'
    holds(run('makers', 'show', 'h3c').exits(0).out, 'H3C')
    holds(run('protocols').exits(0).out, 'heard', 'lldp', 'yes', 'never')
    holds(run('protocols', '--markdown').exits(0).out,
          'heard from a restricted maker on a real wire', '| lldp |')
    holds(run('protocols', 'lldp').exits(0).out, 'lldp.system_description')
    holds(run('protocols').exits(0).out, '\nwalk ', '\ntable ', '\ngzip\n')
    holds(run('protocols', 'table').exits(0).out, 'inventory.serial_number')
    said = json.loads(run('protocols', '--json').exits(0).out)
    names = {k: [row['name'] for row in said[k]] for k in said}
    holds(names['protocols'], 'lldp')
    holds(names['documents'], 'walk', 'xlsx')
    holds(names['packings'], 'gzip', 'xz')
    holds(run('doctor').exits(0).out, 'seccomp', 'opening files  refused',
          'documents      walk', 'packed with    gzip')


@test
def manual():
    """the manual knows every verb, flag and protocol, and man has no doubts"""
    path = os.path.join(os.path.dirname(NAMEPLATE), 'nameplate.1')
    with open(path, encoding='utf-8') as f:
        page = f.read().replace('\\-', '-')
    verbs = re.findall(r'^  nameplate ([a-z]+) ', run('--help').exits(0).out, re.M)
    assert 'audit' in verbs, verbs
    for verb in verbs:
        assert f'\n.B {verb}\n' in page, f'verb {verb}'
        for flag in re.findall(r' (--[a-z-]+)',
                               run(verb, '--help').exits(0).out):
            assert flag == '--help' or flag in page, f'{verb} {flag}'
    with open('src/proto/protos.def', encoding='utf-8') as f:
        for proto in re.findall(r'NP_PROTO\((\w+)\)', f.read()):
            assert f'\n.TP\n.B {proto}\n' in page, f'protocol {proto}'
    said = subprocess.run(['groff', '-man', '-Tutf8', '-ww', path],
                          capture_output=True, check=True)
    same(said.stderr, b'', 'groff')


@test
def streamed():
    """read writes JSON lines of the four kinds"""
    kinds = [json.loads(x)['record'] for x in lines(run('read', U06).out)]
    same(kinds[0], 'source', 'first')
    same(kinds[-1], 'source_end', 'last')
    assert {'sighting', 'coverage'} <= set(kinds)


@test
def occurrences():
    """read hashes its sources, says each occurrence on request, and through
    a pipe gives what is new before the end, counted in the last word"""
    path = os.path.join(os.environ['NP_ROOT'], U06)
    with open(path, 'rb') as f:
        octets = f.read()

    def heard(r):
        count, out = {}, [json.loads(x) for x in lines(r.exits(0).out)]
        for s in out:
            if s['record'] == 'sighting':
                count.setdefault(s['id'], []).append(s['count'])
        return out[-1], count
    end, merged = heard(run('read', path))
    same(end['sha256'], hashlib.sha256(octets).hexdigest(), 'sha256')
    end, each = heard(run('read', '--every', '--no-hash', path))
    same(end['sha256'], None, 'without')
    same({k: sum(v) for k, v in each.items()},
         {k: sum(v) for k, v in merged.items()}, 'occurrences')
    _, live = heard(run('read', '-', stdin=octets))
    same({k: max(v) for k, v in live.items()},
         {k: max(v) for k, v in merged.items()}, 'through a pipe')


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""nameplate identify: what stands in a line, what comes back for it, and what
becomes of lines that cannot be read.

identify.py NAMEPLATE ROOT
"""
import json
import math
import os
import random
import signal
import subprocess
from fractions import Fraction

from tap import NAMEPLATE, ROOT, holds, main, run, same, scratched, test

MEMBERS = ('schema id maker maker_name brand model family version os serial '
           'function verdict like counted_as like_cases confidence because '
           'alternatives')
VRP = ('Huawei Versatile Routing Platform Software VRP (R) software,Version '
       '5.170 (S5720 V200R010C00SPC600)')
SSH = {'field': 'ssh.ident', 'value': 'SSH-2.0-HUAWEI-1.5'}


def ask(*lines, rc=0):
    """Answers to lines: objects, or octets as they are."""
    octets = b'\n'.join(x if isinstance(x, bytes) else
                        json.dumps(x).encode() for x in lines)
    ran = run('identify', stdin=octets).exits(rc)
    same(ran.err, '', 'stderr')
    return [json.loads(x) for x in ran.out.splitlines()]


def one(asked, rc=0):
    [got] = ask(asked, rc=rc)
    return got


def refused(line, word, id=None, at=1):
    got = one(line, rc=3)
    same(sorted(got), ['error', 'id', 'line'], f'members for {line!r:.80}')
    same((got['id'], got['line']), (id, at), f'id and line of {line!r:.80}')
    assert word in got['error'], f'{line!r:.80}: {got["error"]}'


@test
def contract():
    """the contract's example: every member, in order"""
    ran = run('identify', '-', stdin=json.dumps({
        'id': 'x', 'facts': {'snmp.sys_descr': VRP, 'snmp.sys_object_id':
                             '1.3.6.1.4.1.2011.2.23.96'}}).encode())
    got = ran.exits(0).json()
    same(' '.join(got), MEMBERS, 'members')
    same((got['schema'], got['id']), ('nameplate.claim/1', 'x'), 'head')
    same((got['maker'], got['maker_name'], got['version'], got['os']),
         ('huawei', 'Huawei Technologies', 'V200R010C00SPC600', 'VRP'),
         'answer')
    same(got['function'], 'transport/switch', 'function')
    same(sorted(got['because'][0]), ['field', 'grade', 'group', 'rule'],
         'a reason')
    assert {'snmp.sys_descr', 'snmp.sys_object_id'} == \
        {b['field'] for b in got['because']}, got['because']
    same(got['alternatives'], [], 'alternatives')


@test
def unknown():
    """what nobody knows is unknown, not an error"""
    got = one({'id': 1, 'field': 'http.server', 'value': 'zq7 nothing'})
    same((got['maker'], got['maker_name'], got['verdict'], got['because']),
         (None, None, 'unknown', []), 'answer')
    same(one({'id': 1, 'facts': {}})['verdict'], 'unknown', 'no facts')
    same(one({'id': 1, 'field': 'mac', 'value': None})['verdict'],
         'unknown', 'null')


@test
def grades():
    """one text is probable, two independent ones confirm, a neighbour's word
    is possible"""
    same(one({'id': 1, **SSH})['verdict'], 'probable', 'one')
    facts = {'ssh.ident': SSH['value'], 'snmp.sys_descr': VRP}
    same(one({'id': 1, 'facts': facts})['verdict'], 'confirmed', 'two')
    same(one({'id': 1, **SSH, 'scope': 'peer'})['verdict'], 'possible',
         'peer')
    same(one({'id': 1, **SSH, 'scope': 'third'})['verdict'], 'unknown',
         'third')


def bound(k, n):
    """where P(X >= k) of n cases is a twentieth"""
    low, high = 0.0, 1.0
    for _ in range(50):
        p = (low + high) / 2
        tail = sum(math.comb(n, i) * Fraction(p) ** (n - i) *
                   Fraction(1 - p) ** i for i in range(n - k + 1))
        low, high = (p, high) if tail < 0.05 else (low, p)
    return low


@test
def like_cases():
    """each verdict says what kind of case it is, and how often such were
    right; without like cases there is no number"""
    got = one({'id': 1, **SSH})
    same(got['like'], 'probable/E4/signature/restricted', 'kind')
    assert got['like'].startswith(got['counted_as']), got['counted_as']
    (k, n), sure = got['like_cases'], got['confidence']
    assert 0 < sure < k / n, (k, n, sure)
    number = {'id': 1, 'field': 'snmp.sys_object_id',
              'value': '1.3.6.1.4.1.9.1.99999'}
    same(one(number)['like'], 'probable/E4/number/other', 'number')
    possible = one({'id': 1, **SSH, 'scope': 'peer'})
    same(possible['like'], 'possible/E4/signature/restricted', 'peer')
    nobody = one({'id': 1, 'field': 'http.server', 'value': 'zq7 nothing'})
    for g, kind in ((possible, possible['like']), (nobody, None)):
        same((g['like'], g['counted_as'], g['like_cases'], g['confidence']),
             (kind, None, None, None), 'no like cases')


@test
def own_counts():
    """counts of one's own take the place of those that are built in; the
    confidence is their lower bound"""
    path = scratched('like/like.yaml')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    for k, n, wanted in ((54, 54, 0.946), (17, 22, None), (0, 9, 0)):
        with open(path, 'w', encoding='utf-8') as f:
            f.write('sources: {s: t}\nsource: s\nsure: primary\nlike:\n'
                    '- {like: probable/E4/signature/restricted, '
                    f'k: {k}, n: {n}}}\n')
        ran = run('identify', '--knowledge', os.path.dirname(path),
                  stdin=json.dumps({'id': 1, **SSH}).encode())
        got = ran.exits(0).json()
        same((got['counted_as'], got['like_cases']), (got['like'], [k, n]),
             'counts')
        wanted = math.floor(1000 * bound(k, n)) / 1000 \
            if wanted is None else wanted
        same(got['confidence'], wanted, f'{k} of {n}')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('sources: {s: t}\nsource: s\nsure: primary\nlike:\n'
                '- {like: probable, k: 3, n: 2}\n')
    ran = run('identify', '--knowledge', os.path.dirname(path), stdin=b'')
    holds(ran.exits(4).err, 'like.yaml', 'of them')


@test
def registered():
    """the holder of a number whom only a registry knows is possible, never
    more, and a person, a bank or a restricted maker's name is nobody"""
    for number, maker in ((64101, 'examplary'), (64999, 'examplia'),
                          (1, 'examplia'), (64104, None), (64105, None),
                          (64106, None)):
        got = run('identify', '--knowledge', 'tests/registry',
                  stdin=json.dumps({
                      'id': 1, 'field': 'snmp.sys_object_id',
                      'value': f'1.3.6.1.4.1.{number}.2'}).encode())
        got = got.exits(0).json()
        same(got['maker'], maker, f'maker of {number}')
        same(got['verdict'], 'probable' if number == 64999 else
             'possible' if maker else 'unknown', f'verdict of {number}')
        if got['verdict'] == 'possible':
            same(got['because'][0]['rule'], 'oid/registry', 'rule')


@test
def contradiction():
    """two makers at once are disputed, and the other one is told"""
    got = one({'id': 1, 'facts': {
        'snmp.sys_descr': VRP,
        'snmp.sys_object_id': '1.3.6.1.4.1.3902.3.100.1'}})
    same(got['verdict'], 'disputed', 'verdict')
    same({got['maker'], got['alternatives'][0]['maker']}, {'huawei', 'zte'},
         'makers')
    same(sorted(got['alternatives'][0]),
         ['grade', 'maker', 'maker_name', 'rule'], 'an alternative')


@test
def addresses():
    """an address counts on its link, however it is written, and routed only
    as an alternative"""
    for text in ('00:e0:fc:01:02:03', '00-E0-FC-01-02-03', '00E0.FC01.0203',
                 '00e0fc010203'):
        got = one({'id': 1, 'field': 'mac', 'value': text, 'reach': 'link'})
        same((got['maker'], got['verdict']), ('huawei', 'possible'), text)
    got = one({'id': 1, 'field': 'mac', 'value': '00:e0:fc:01:02:03'})
    same((got['maker'], got['verdict']), (None, 'unknown'), 'routed')
    same(got['alternatives'][0]['maker'], 'huawei', 'routed')


@test
def ids():
    """an id comes back as it came"""
    for raw in (b'"a"', b'12', b'-1.50e3', b'123456789012345678901234567890',
                b'"\\u00e9\\ud83d\\ude00"', '"é"'.encode(), b'""', b'null',
                b'"\\ud800"', b'"a\\u0000b"'):
        ran = run('identify', stdin=b'{"field":"ssh.ident","value":"x","id":'
                  + raw + b'}').exits(0)
        assert b'"id":' + raw + b',' in ran.raw, (raw, ran.raw)
    same(one(SSH)['id'], None, 'no id')


@test
def fields():
    """every field of the contract, its aliases and its own three"""
    names = 'mac cli.version imei'.split()
    with open(os.path.join(ROOT, 'tests/cli/fields.txt'),
              encoding='utf-8') as f:
        names += f.read().split()
    assert len(names) > 150, len(names)
    got = ask(*({'id': n, 'field': n, 'value': '1'} for n in names))
    same([g['id'] for g in got], names, 'ids')
    for g in got:
        assert 'error' not in g, g


@test
def aliases():
    """an alias is its field"""
    for alias, field, value in (
            ('html.title', 'http.title', 'Huawei Home Gateway'),
            ('x509.subject', 'tls.subject', 'O=Huawei,CN=x'),
            ('x509.issuer', 'tls.issuer', 'O=Huawei,CN=x'),
            ('ntp.system', 'ntp.version', 'UNIX/HPUX'),
            ('gpon.serial', 'omci.serial_number', 'HWTC12345678')):
        a, b = ask(*({'id': 1, 'field': f, 'value': value, 'reach': 'link'}
                     for f in (alias, field)))
        same(a, b, alias)
    got = one({'id': 1, 'field': 'gpon.serial', 'value': 'HWTC12345678'})
    same((got['alternatives'][0]['maker'], got['serial']),
         ('huawei', 'HWTC12345678'), 'ONU')


@test
def version():
    """a whole display version is read"""
    got = one({'id': 1, 'field': 'cli.version', 'value':
               'Huawei Versatile Routing Platform Software\r\n'
               'VRP (R) software, Version 5.170 (AR2200 V200R009C00SPC500)\n'
               'Copyright (C) 2011-2018 HUAWEI TECH CO., LTD\n'
               'Huawei AR2220E Router uptime is 0 week, 3 days\n'})
    same((got['maker'], got['version'], got['because'][0]['field']),
         ('huawei', 'V200R009C00SPC500', 'cli.version'), 'answer')


@test
def broken():
    """lines that cannot be read say why, with the id where there was one"""
    refused(b'{"id":1,"field":"nope.nope","value":"x"}',
            'no such field: nope.nope', 1)
    refused(b'{"id":1,"facts":{"nope":"x"}}', 'no such field: nope', 1)
    refused(b'{"field":"nope","value":"x","id":"behind"}', 'no such field',
            'behind')
    refused(b'{"id":1,"field":"ssh.ident"}', 'without a value', 1)
    refused(b'{"id":1}', 'no field', 1)
    refused(b'{"id":1,"value":"x"}', 'no field', 1)
    refused(b'{"id":1,"facts":["x"]}', 'no object', 1)
    refused(b'{"id":1,"field":"mac","value":{}}', 'no string', 1)
    refused(b'{"id":{},"field":"mac","value":""}', 'id is no')
    refused(b'{"id":1,"field":"mac","value":"","scope":"own"}',
            'no such scope: own', 1)
    refused(b'{"id":1,"field":"mac","value":"","reach":"far"}',
            'no such reach: far', 1)
    for line in (b'x', b'[]', b'null', b'"x"', b'[{"id":1}]'):
        refused(line, 'not a JSON object')
    refused(b'{"id":1,"field":"mac","value":"a', 'does not end', 1)
    refused(b'{"id":1,"field":"mac","value":"a"', 'missing', 1)
    refused(b'{"id":1,"facts":{}}}', 'behind', 1)
    refused(b'{"id":1,"facts":{},}', 'missing', 1)
    refused(b'{"id":1 "facts":{}}', 'missing')
    refused(b'{"id":01,"facts":{}}', 'missing')
    refused(b'{"id":1,"x":nul,"facts":{}}', 'no JSON value', 1)
    refused(b'{"id":1,"field":"mac","value":"\\x"}', 'escape', 1)
    refused(b'{"id":1,"field":"mac","value":"\\u12g4"}', 'escape', 1)


def mangled(draw, text):
    """JSON with up to three of its characters lost, added or changed."""
    signs = ['{', '}', '[', ']', ',', ':', '"', '\\', '1', '0', '-', '.', 'e',
             '+', 'true', 'null', 'fals', ' ', '\\u12', 'a', '\t']
    s = list(text)
    for _ in range(draw.randint(0, 3)):
        at, lost = draw.randrange(len(s)), draw.random() < 0.5
        s[at:at + lost] = draw.choice([[], [draw.choice(signs)]])
    return ''.join(s)


def is_json(text):
    def never(word):
        raise ValueError(word)
    try:
        return isinstance(json.loads(text, parse_constant=never), dict)
    except ValueError:
        return False


@test
def grammar():
    """what is JSON and what is not, as Python's reader has it"""
    draw = random.Random(5)
    seeds = ('{"a":[1,2.5e-3,-0,true,false,null,"x\\u00e9\\n"],"b":{}}',
             '[[],[{}],"",0]', '"\\ud83d\\ude00"', '-12.5E+10',
             '{"k":{"k":[{"z":"\\\\"}]}}')
    lines = [f'{{"id":{i},"facts":{{}},"x":{mangled(draw, s)}}}'
             for i in range(2000) for s in seeds]
    ran = run('identify', stdin='\n'.join(lines).encode()).exits(3)
    for line, got in zip(lines, ran.out.splitlines(), strict=True):
        same('error' not in json.loads(got), is_json(line), line)
    assert sum(map(is_json, lines)) > 2000, 'too few are JSON'


@test
def octets():
    """octets that are no text: not UTF-8, NUL, control characters"""
    refused(b'{"id":1,"field":"ssh.ident","value":"\xe9"}', 'not UTF-8', 1)
    refused(b'{"id":"\xff","field":"ssh.ident","value":""}', 'not UTF-8')
    refused(b'{"id":1,"field":"ssh.ident","value":"a\0b"}', 'control', 1)
    refused(b'{"id":1,"field":"ssh.ident","value":"a\tb"}', 'control', 1)
    refused(b'{"id":1,"f\0":1,"facts":{}}', 'control', 1)
    refused(b'\0', 'not a JSON object')
    got = one(b'{"id":1,"field":"ssh.ident","value":"SSH-2.0-HUAWEI-1.5'
              b'\\u0000\\u0000"}')
    same(got['maker'], 'huawei', 'NULs behind')
    one(b'{"id":1,"field":"ssh.ident","value":"\\u0000x\\u0000\\ud800"}')


@test
def limits():
    """limits: a line's length, depth, number of facts; what follows goes on"""
    big = b'{"id":"big","field":"ssh.ident","value":"' + b'x' * (1 << 20)
    first, second = ask(big + b'"}', {'id': 2, **SSH}, rc=3)
    same(first, {'id': 'big', 'error': 'longer than 1 MiB', 'line': 1},
         'the long one')
    same((second['id'], second['maker']), (2, 'huawei'), 'the next')
    long = {'id': 1, 'field': 'snmp.sys_descr', 'value': VRP + ' x' * 500000}
    same(one(long)['maker'], 'huawei', 'nearly 1 MiB')
    huge = ask(b'x' * (5 << 20), {'id': 2, **SSH}, rc=3)
    same([x.get('line') for x in huge], [1, None], '5 MiB')
    refused(b'{"id":1,"facts":{},"x":' + b'[' * 65 + b']' * 65 + b'}',
            'deep', 1)
    refused(b'{"id":1,"x":' + b'[' * 900000 + b'}', 'deep', 1)
    one(b'{"id":1,"facts":{},"x":' + b'[' * 64 + b']' * 64 + b'}')
    many = b','.join(b'"ssh.ident":"%d"' % i for i in range(300))
    refused(b'{"id":1,"facts":{' + many + b'}}', 'too many', 1)


@test
def order():
    """same order; empty lines, CRLF and a byte order mark are passed over"""
    got = ask(b'\xef\xbb\xbf{"id":1,"field":"ssh.ident","value":"x"}\r', b'',
              b'  \r', b'nonsense', {'id': 2, **SSH}, b'', rc=3)
    same([(g['id'], g.get('line')) for g in got],
         [(1, None), (None, 4), (2, None)], 'answers')
    got = ask(*({'id': i, **SSH} for i in range(20000)))
    same([g['id'] for g in got], list(range(20000)), 'ids')
    same(ask(b''), [], 'nothing')
    same(ask(b'\n\n'), [], 'empty lines')


@test
def stateless():
    """an answer does not depend on the lines before it"""
    lines = [{'id': 1, 'field': 'http.server', 'value': f'x{i}'}
             for i in range(30)]
    lines += [{'id': 1, **SSH}, {'id': 1, 'field': 'mac', 'reach': 'link',
                                 'value': '00:e0:fc:01:02:03'}]
    same(ask(*lines)[::-1], ask(*lines[::-1]), 'backwards')


@test
def files():
    """a file, -, a missing file, two files, and --help"""
    path = scratched('asked.jsonl')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(json.dumps({'id': 1, **SSH}))
    want = run('identify', '-', stdin=open(path, 'rb').read()).exits(0).out
    same(run('identify', path).exits(0).out, want, 'the file')
    same(run('identify', stdin=open(path, 'rb').read()).exits(0).out, want,
         'no operand')
    holds(run('identify', path + '.no').exits(3).err, 'asked.jsonl.no')
    run('identify', path, path).exits(2)
    run('identify', '--nope').exits(2)
    holds(run('identify', '--help').exits(0).out, 'identify [FILE|-]')
    same(run('identify', path, '--knowledge', 'knowledge').exits(0).json()
         ['maker'], 'huawei', 'knowledge of a folder')
    holds(run('identify', path, '--knowledge', path + '.no').exits(4).err,
          'asked.jsonl.no')
    holds(run('identify', path, '--knowledge', path).exits(4).err,
          'not a directory')
    holds(run('identify', ROOT).exits(4).err, 'irectory')


def started():
    return subprocess.Popen([NAMEPLATE, 'identify'], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@test
def waits():
    """who waits for an answer gets it before the input ends"""
    p = started()
    for i in range(50):
        p.stdin.write(json.dumps({'id': i, **SSH}).encode() + b'\n')
        p.stdin.flush()
        same(json.loads(p.stdout.readline())['id'], i, 'answer')
    p.stdin.write(b'{"id":"half')
    p.stdin.flush()
    p.stdin.write(b'","facts":{}}\n')
    p.stdin.flush()
    same(json.loads(p.stdout.readline())['id'], 'half', 'answer')
    p.stdin.close()
    same(p.wait(), 0, 'exit')


@test
def ends():
    """an interrupt is 130 with what was answered; nobody to write to is 4"""
    p = started()
    p.stdin.write(json.dumps({'id': 1, **SSH}).encode() + b'\n')
    p.stdin.flush()
    p.stdout.readline()
    p.send_signal(signal.SIGINT)
    same(p.wait(20), 130, 'interrupted')
    p = started()
    p.stdout.close()
    p.stdin.write(json.dumps({'id': 1, **SSH}).encode() + b'\n')
    p.stdin.close()
    same(p.wait(20), 4, 'nobody reads')


@test
def examples():
    """every command of examples/identify/README.md runs and says something"""
    folder = os.path.join(ROOT, 'examples/identify')
    with open(os.path.join(folder, 'README.md'), encoding='utf-8') as f:
        lines = [x[2:].rstrip() for x in f if x.startswith('$ ')]
    assert len(lines) > 3, lines
    env = {'PATH': os.path.dirname(NAMEPLATE) + ':' + os.environ['PATH'],
           'TMP': scratched('queue'), 'PYTHONDONTWRITEBYTECODE': '1'}
    for line in lines:
        p = subprocess.run(['sh', '-c', line], cwd=folder, env=env,
                           capture_output=True, timeout=60)
        assert p.returncode == 0 and p.stdout, (line, p)
    same(os.listdir(scratched('queue/taken')), [], 'what is left')


@test
def memory():
    """memory does not grow with the number of lines"""
    path = scratched('many.jsonl')
    with open(path, 'w', encoding='utf-8') as f:
        for i in range(100000):
            f.write(f'{{"id":{i},"field":"snmp.sys_descr",'
                    f'"value":"{VRP} {i}"}}\n')
    with open(os.devnull, 'wb') as null:
        p = subprocess.Popen([NAMEPLATE, 'identify', path], stdout=null)
        _, status, use = os.wait4(p.pid, 0)
    same(status, 0, 'exit')
    assert use.ru_maxrss < 200 << 10, f'{use.ru_maxrss} KiB'


main()

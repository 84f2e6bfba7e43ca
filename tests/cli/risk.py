#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""risk.py NAMEPLATE ROOT: topology and risk as a user would ask for them, on
walks, command output and captures that are written here, and on the
demonstration operator. Speaks TAP."""
import json
import os
import re
import xml.etree.ElementTree as xml

from tap import OPERATOR, holds, lacks, main, run, same, scratched, test

IF, LOC, REM = '1.3.6.1.2.1', '1.0.8802.1.1.2.1.3', '1.0.8802.1.1.2.1.4'
CAND = 'candidate'


def mac(n):
    return f'00:e0:fc:00:00:{n:02x}'


def hexed(n):
    return ' '.join(mac(n).upper().split(':'))


def walk(n, name, descr, oid, ports, links):
    """A host's walk: `ports` names of its Ethernet ports, `links` (number of
    the local port, neighbour, its name, its port's name)."""
    w = [f'.{IF}.1.1.0 = STRING: "{descr}"', f'.{IF}.1.2.0 = OID: .{oid}',
         f'.{IF}.1.5.0 = STRING: "{name}"']
    for i, p in enumerate(ports, 1):
        w += [f'.{IF}.2.2.1.2.{i} = STRING: "{p}"']
    for i in range(1, len(ports) + 1):
        w += [f'.{IF}.2.2.1.3.{i} = INTEGER: 6']
    w += [f'.{IF}.2.2.1.3.99 = INTEGER: 24',
          f'.{IF}.2.2.1.6.1 = Hex-STRING: {hexed(n)} ',
          f'.{IF}.4.20.1.1.192.0.2.{n} = IpAddress: 192.0.2.{n}',
          f'.{LOC}.1.0 = INTEGER: 4', f'.{LOC}.2.0 = Hex-STRING: {hexed(n)} ',
          f'.{LOC}.3.0 = STRING: "{name}"']
    for i, p in enumerate(ports, 1):
        w += [f'.{LOC}.7.1.2.{i} = INTEGER: 5',
              f'.{LOC}.7.1.3.{i} = STRING: "{p}"']
    for i, (port, to, to_name, far) in enumerate(links, 1):
        at = f'0.{port}.{i}'
        w += [f'.{REM}.1.1.4.{at} = INTEGER: 4',
              f'.{REM}.1.1.5.{at} = Hex-STRING: {hexed(to)} ',
              f'.{REM}.1.1.6.{at} = INTEGER: 5',
              f'.{REM}.1.1.7.{at} = STRING: "{far}"',
              f'.{REM}.1.1.9.{at} = STRING: "{to_name}"']
    return '\n'.join(w) + '\n'


VRP = ('Huawei Versatile Routing Platform Software VRP (R) software, Version '
       '5.170 (S5720 V200R010C00SPC600) HUAWEI S5720-28P-SI-AC')
IOS = ('Cisco IOS Software, C2960S Software (C2960S-UNIVERSALK9-M), Version '
       '12.2(55)SE7, RELEASE SOFTWARE (fc1)')


def names(n):
    return [f'GigabitEthernet0/0/{i}' for i in range(1, n + 1)]


def wrote(folder, files):
    os.makedirs(scratched(folder), exist_ok=True)
    for name, text in files.items():
        with open(os.path.join(scratched(folder), name), 'w',
                  encoding='utf-8') as f:
            f.write(text)
    return scratched(folder)


def dossier(folder, files):
    d = scratched(folder + '.dossier')
    run('audit', wrote(folder, files), '-o', d).exits(0)
    return d


def tree():
    """core-1 - agg-2 - {acc-3, acc-4 - acc-5}; agg-2 and acc-4 by two ports
    side by side. acc-5 is known from its neighbour alone."""
    return {
        'core.walk': walk(1, 'core-1', VRP, '1.3.6.1.4.1.2011.2.23.291',
                          names(8), [(1, 2, 'agg-2', 'GE0/0/7')]),
        'agg.walk': walk(2, 'agg-2', IOS, '1.3.6.1.4.1.9.1.1208', names(24), [
            (7, 1, 'core-1', 'GigabitEthernet0/0/1'),
            (1, 3, 'acc-3', 'GigabitEthernet0/0/1'),
            (2, 4, 'acc-4', 'GigabitEthernet0/0/1'),
            (3, 4, 'acc-4', 'GigabitEthernet0/0/2')]),
        'acc4.walk': walk(4, 'acc-4', VRP, '1.3.6.1.4.1.2011.2.23.291',
                          names(4), [
            (1, 2, 'agg-2', 'GigabitEthernet0/0/2'),
            (2, 2, 'agg-2', 'GigabitEthernet0/0/3'),
            (3, 5, 'acc-5', 'GigabitEthernet0/0/1')]),
    }


def by_name(j):
    return {d['called']: d for d in j['devices']}


def links(j):
    called = {d['id']: d['called'] for d in j['devices']}
    return {tuple(sorted((called[x['a']], called[x['b']]))): x
            for x in j['topology']['links']}


def risk(d, *more):
    return run('risk', d, '--json', *more).exits(0).json()


@test
def a_tree():
    """links, cut points, dependants and ports of a tree of walks"""
    j = risk(dossier('tree', tree()), '--root', 'core-1')
    same(j['schema'], 'nameplate.risk/1', 'schema')
    same(j['plan_may_rest_on_candidates'], False, 'a plan rests on it')
    x = links(j)
    same(sorted(x), [('acc-3', 'agg-2'), ('acc-4', 'acc-5'),
                     ('acc-4', 'agg-2'), ('agg-2', 'core-1')], 'links')
    same({k for k in x if x[k]['cut']},
         {('acc-3', 'agg-2'), ('acc-4', 'acc-5'), ('agg-2', 'core-1')},
         'cut links: not where two ports lie side by side')
    same({k for k in x if x[k]['both_say']},
         {('acc-4', 'agg-2'), ('agg-2', 'core-1')}, 'said by both')
    n = by_name(j)
    same({k: n[k]['dependants'] for k in n},
         {'core-1': 4, 'agg-2': 3, 'acc-3': 0, 'acc-4': 1, 'acc-5': 0},
         'dependants')
    same({k for k in n if n[k]['cut_point']}, {'agg-2', 'acc-4'}, 'cuts')
    same(n['acc-5']['reached_through'], n['acc-4']['id'], 'through')
    same((n['agg-2']['ports_known'], n['agg-2']['ports']), (4, 24), 'ports')
    same((n['acc-3']['ports_known'], n['acc-3']['ports']), (1, None),
         'ports of who was not asked')
    same(n['agg-2']['says'],
         'on the links seen (4 of 24 ports known): candidate', 'words')
    same(n['acc-3']['says'], None, 'words of who cuts nothing')
    same(n['core-1']['says'],
         'on the links seen (1 of 8 ports known): candidate', 'a root')
    # "GE0/0/7" and "GigabitEthernet0/0/7" are one port.
    same(j['topology']['contradictions'], [], 'contradictions')


@test
def no_root():
    """without a root no dependants are counted, and the page says so"""
    d = scratched('tree.dossier')
    j = risk(d)
    same({x['dependants'] for x in j['devices']}, {None}, 'dependants')
    holds(run('risk', d).exits(0).out, 'served from: not known',
          'no removal plan rests on a candidate')
    holds(run('risk', d, '--root', 'nobody').exits(2).err, 'nobody')


@test
def a_ring():
    """a ring has no cut point, and a box between two others has none below"""
    files = {}
    for i in range(1, 7):
        left, right = (i - 2) % 6 + 1, i % 6 + 1
        files[f'{i}.walk'] = walk(i, f'r-{i}', VRP,
                                  '1.3.6.1.4.1.2011.2.23.291', names(4),
                                  [(1, left, f'r-{left}', 'GE0/0/2'),
                                   (2, right, f'r-{right}', 'GE0/0/1')])
    j = risk(dossier('ring', files), '--root', 'r-1')
    same(len(j['topology']['links']), 6, 'links')
    same([d['called'] for d in j['devices'] if d['cut_point']], [], 'cuts')
    same(by_name(j)['r-1']['dependants'], 5, 'of the root')
    same(by_name(j)['r-4']['dependants'], 0, 'of another')
    # Whatever order they come in, and come they twice.
    again = scratched('ring2.dossier')
    paths = [os.path.join(scratched('ring'), f) for f in sorted(files)]
    run('audit', *reversed(paths), '-o', again).exits(0)
    run('audit', *paths, '-o', again).exits(0)
    b = risk(again, '--root', 'r-1')
    same(b['topology'], j['topology'], 'the same graph')


@test
def contradictions():
    """a port that two boxes claim is shown, and both links are kept"""
    files = tree()
    files['other.walk'] = walk(9, 'rogue-9', VRP, '1.3.6.1.4.1.2011.2.23.291',
                               names(2), [(1, 3, 'acc-3',
                                           'GigabitEthernet0/0/1')])
    d = dossier('liar', files)
    j = risk(d)
    c = j['topology']['contradictions']
    called = {x['id']: x['called'] for x in j['devices']}
    same([(called[x['device']], x['port'], x['n'],
           sorted(called[y] for y in x['leads_to'])) for x in c],
         [('acc-3', 'GigabitEthernet0/0/1', 2, ['agg-2', 'rogue-9'])], 'them')
    assert ('acc-3', 'rogue-9') in links(j) and ('acc-3', 'agg-2') in links(j)
    holds(run('risk', d).exits(0).out, 'contradictions', 'rogue-9')


@test
def hidden_switch():
    """an adjacency of routers over a switch does not hide the switch"""
    files = {
        'sw.walk': walk(2, 'sw-2', IOS, '1.3.6.1.4.1.9.1.1208', names(4), [
            (1, 1, 'r-1', 'ge-1'), (2, 3, 'r-3', 'ge-1')]),
        'r1.walk': walk(1, 'r-1', VRP, '1.3.6.1.4.1.2011.2.23.291', names(2),
                        []),
        'r3.walk': walk(3, 'r-3', VRP, '1.3.6.1.4.1.2011.2.23.291', names(2),
                        []),
    }
    folder = wrote('hidden', files)
    ospf_capture(os.path.join(folder, 'ospf.pcap'))
    d = scratched('hidden.dossier')
    run('audit', folder, '-o', d).exits(0)
    j = risk(d, '--root', 'r-1')
    x = links(j)
    same(x[('r-1', 'r-3')]['layer'], 'route', 'layer')
    same(x[('r-1', 'r-3')]['counts'], False, 'counts')
    same(x[('r-1', 'sw-2')]['counts'], True, 'counts')
    same(by_name(j)['sw-2']['cut_point'], True, 'the switch cuts')
    same(by_name(j)['sw-2']['dependants'], 1, 'and has r-3 behind it')


def ospf_capture(path):
    """Two routers that hear each other's hello (RFC 2328 A.3.2)."""
    frames = []
    for n, other in ((1, 3), (3, 1)):
        me, they = bytes([198, 51, 100, n]), bytes([198, 51, 100, other])
        hello = (bytes([255, 255, 255, 0]) + b'\0\x0a\x02\x01\0\0\0\x28' +
                 b'\0' * 8 + they)
        body = (bytes([2, 1]) + (24 + len(hello)).to_bytes(2, 'big') + me +
                b'\0' * 4 + b'\0' * 2 + b'\0' * 2 + b'\0' * 8 + hello)
        ip = (bytes([0x45, 0xc0]) + (20 + len(body)).to_bytes(2, 'big') +
              b'\0\0\0\0' + bytes([1, 89]) + b'\0\0' + bytes([192, 0, 2, n]) +
              bytes([224, 0, 0, 5]))
        frames.append(bytes.fromhex('01005e000005') +
                      bytes.fromhex(mac(n).replace(':', '')) + b'\x08\0' +
                      ip + body)
    with open(path, 'wb') as f:
        f.write(bytes.fromhex('d4c3b2a1020004000000000000000000ffff0000'
                              '01000000'))
        for i, x in enumerate(frames):
            f.write((1790000000 + i).to_bytes(4, 'little') + b'\0' * 4 +
                    len(x).to_bytes(4, 'little') * 2 + x)


@test
def command_output():
    """a session's neighbours are links of the box whose prompt it is"""
    text = ('<DIST-2>display version\n'
            'Huawei Versatile Routing Platform Software\n'
            'VRP (R) software, Version 5.170 (S5720 V200R010C00SPC600)\n'
            '<DIST-2>display lldp neighbor brief\n'
            'Local Intf       Neighbor Dev             Neighbor Intf'
            '             Exptime(s)\n'
            'GE0/0/1          ACC-SW-11                GE0/0/24     '
            '             99\n'
            'GE0/0/2          ACC-SW-12                GE0/0/24     '
            '             112\n<DIST-2>\n')
    x = links(risk(dossier('session', {'s.log': text})))
    same(sorted(x), [('ACC-SW-11', 'DIST-2'), ('ACC-SW-12', 'DIST-2')], 'them')
    joint = x[('ACC-SW-12', 'DIST-2')]['joints'][0]
    same({joint['port_a'], joint['port_b']}, {'GE0/0/2', 'GE0/0/24'}, 'ports')


@test
def fdp():
    """the command says by which protocol the neighbours were heard"""
    text = ('edge-7#show fdp neighbor\n'
            'Device ID            Local Int     Holdtm  Capability  Platform'
            '             Port ID\n'
            '-------------------- ------------- ------- ----------- '
            '-------------------- -------------\n'
            'agg-8                ethernet1/1   150     Router      '
            'ICX7750-26Q          ethernet2/1\n'
            'edge-7#\n')
    x = links(risk(dossier('fdp', {'s.log': text})))
    same(list(x), [('agg-8', 'edge-7')], 'links')
    same({j['kind'] for j in x[('agg-8', 'edge-7')]['joints']}, {'fdp'},
         'kind')


@test
def associations():
    """who speaks 3GPP's protocols with whom, by the packets' addresses"""
    d = scratched('s1.dossier')
    run('audit', 'tests/golden/s1ap/setup.pcap',
        'tests/golden/lacp/huawei.pcap', 'tests/golden/ptp/path_trace.pcap',
        '-o', d).exits(0)
    j = risk(d)
    kinds = {}
    for x in j['topology']['links']:
        for y in x['joints']:
            kinds.setdefault(y['kind'], set()).add(x['layer'])
    same(kinds, {'s1ap': {'service'}, 'lacp': {'wire'}, 'ptp': {'clock'}},
         'kinds and layers')
    assert all(x['both_say'] for x in j['topology']['links']
               if x['layer'] == 'wire')


@test
def exposure():
    """management in the clear; the community itself is nowhere"""
    d = scratched('snmp.dossier')
    run('audit', 'tests/golden/snmp/v2c_router.pcap',
        'tests/golden/snmp/snmpsim.pcap', 'tests/golden/telnet', '-o',
        d).exits(0)
    j = risk(d)
    ids = {e for x in j['devices'] for e in x['exposure']}
    assert {'snmp_v2c', 'default_community', 'telnet'} <= ids, ids
    same({x['default_community'] for x in j['devices']}, {True, False, None},
         'default community')
    page = run('risk', d, '-l').exits(0).out
    holds(page, 'answers SNMP version 2c', 'default community: not answered')
    with open(d, 'rb') as f:
        octets = f.read()
    with open('tests/golden/snmp/v2c_router.pcap', 'rb') as f:
        assert b'\x04\x06public' in f.read(), 'the capture has it'
    assert b'public' not in octets
    lacks(page, 'public', 'private')


@test
def zones():
    """what stands on the seen path of a zone, by scope, and on every path"""
    d = scratched('tree.dossier')
    j = risk(d, '--root', 'core-1', '--zones', 'Z1=acc-5;Z2=acc-3,acc-4')
    z = {x['zone']: x for x in j['zones']}
    same((z['Z1']['steps'], z['Z1']['on_every_path']), (3, 4), 'Z1')
    same((z['Z2']['steps'], z['Z2']['on_every_path']), (2, 2), 'Z2')
    same(sum(z['Z1'][k] for k in ('in_scope', 'other', 'unknown')), 4, 'all')
    page = run('risk', d, '--root', 'core-1', '--zones', 'Z1=acc-5').out
    holds(page, 'on the seen path of Z1: 0 in scope, 3 other, 1 unknown; 4 on '
          'every path seen (candidates); 3 steps')
    holds(run('risk', d, '--zones', 'Z1').exits(2).err, 'ZONE=DEVICE')


def cve(i, *matches):
    return {'cve': {'id': i, 'sourceIdentifier': 'x@example.org',
                    'descriptions': [{'lang': 'en', 'value': 'a "text" {[]}'}],
                    'configurations': [{'nodes': [
                        {'operator': 'OR', 'negate': False,
                         'cpeMatch': list(matches)}]}]}}


def names_cpe(vendor, product, version='*', vulnerable=True, part='o', **more):
    return {'vulnerable': vulnerable, 'matchCriteriaId': 'x',
            'criteria': f'cpe:2.3:{part}:{vendor}:{product}:{version}:*:*:*:*:'
                        '*:*:*', **more}


FEED = {'resultsPerPage': 8, 'format': 'NVD_CVE', 'version': '2.0',
        'vulnerabilities': [
            cve('CVE-2099-0001', names_cpe('huawei', 's5720_firmware',
                                           'v200r010c00spc600')),
            cve('CVE-2099-0002', names_cpe('huawei', 's5720_firmware',
                                           'v200r011c00')),
            cve('CVE-2099-0003', names_cpe(
                'huawei', 's5720_firmware',
                versionStartIncluding='v200r005c00',
                versionEndExcluding='v200r010c00spc600')),
            cve('CVE-2099-0004', names_cpe(
                'huawei', 's5720_firmware',
                versionStartIncluding='v200r005c00',
                versionEndIncluding='v200r010c00spc600')),
            cve('CVE-2099-0005', names_cpe('huawei', 's5720', '-',
                                           vulnerable=False, part='h')),
            cve('CVE-2099-0006', names_cpe('cisco', 'ios',
                                           '12.2\\\\(55\\\\)se7'.replace(
                                               '\\\\', '\\'))),
            cve('CVE-2099-0007', names_cpe('juniper', 'junos')),
            cve('CVE-2099-0008', names_cpe('cisco', 'ios')),
        ]}


def feed(name, what):
    with open(scratched(name), 'w', encoding='utf-8') as f:
        f.write(what if isinstance(what, str) else json.dumps(what, indent=1))
    return scratched(name)


@test
def lists():
    """a list of CVEs names boxes by product and version, and says no more"""
    d = scratched('tree.dossier')
    j = risk(d, '--cve', feed('nvd.json', FEED))
    n = by_name(j)
    same(j['cve_list']['entries'], 8, 'entries')
    got = {k: {x['cve']: x['version'] for x in n[k]['listed']} for k in n}
    same(got['core-1'], {'CVE-2099-0001': 'this', 'CVE-2099-0004': 'this'},
         'of a VRP')
    same(got['agg-2'], {'CVE-2099-0006': 'this', 'CVE-2099-0008': 'all'},
         'of an IOS')
    same(got['acc-5'], {}, 'of who is not known')
    page = run('risk', d, '--cve', scratched('nvd.json')).exits(0).out
    holds(page, 'CVE-2099-0001', 'listed: a list names this product')
    same([x for x in re.findall(r'\bvulnerable\b', page)],
         ['vulnerable'], 'the word stands only where it is denied')
    same({x['listed'] if x['listed'] is None else 0
          for x in risk(d)['devices']}, {None}, 'without a list')


@test
def broken_lists():
    """a wrong list is refused with file, line, column and what was expected"""
    d = scratched('tree.dossier')
    for text, line, column, said in (
            ('{"vulnerabilities": [\n{"cve": {"x": 1}}]}', 2, 17, 'an id'),
            ('[]', 1, 1, 'a JSON object'),
            ('{"CVE_Items": []}', 1, 15, 'this is 1.1'),
            ('{"a": 1}', 1, 9, 'expected vulnerabilities'),
            ('{"vulnerabilities": {}}', 1, 21, 'a list'),
            ('{"vulnerabilities": [\n\n  3]}', 3, 3, 'an object'),
            ('', 0, 0, 'a file that holds')):
        err = run('risk', d, '--cve', feed('bad.json', text)).exits(4).err
        holds(err, 'bad.json', said)
        if line:
            holds(err, f':{line}:')
    run('risk', d, '--cve', scratched('none.json')).exits(2)


@test
def weights():
    """no number without the user's weights; with them each term is shown"""
    d = scratched('tree.dossier')
    assert all('score' not in x for x in risk(d)['devices'])
    lacks(run('risk', d).out, 'score by your own weights')
    w = feed('w.yaml', 'note: mine\nweights:\n  dependants: 0.5\n'
                       '  cut_point: 2\n  cve_listed: -1\n  telnet: 3\n')
    j = risk(d, '--root', 'core-1', '--weights', w, '--cve',
             scratched('nvd.json'))
    n = by_name(j)
    same(n['agg-2']['score'], 3 * .5 + 2 - 2, 'score')
    same(n['agg-2']['terms'], [
        {'term': 'dependants', 'value': 3, 'weight': .5},
        {'term': 'cut_point', 'value': 1, 'weight': 2},
        {'term': 'cve_listed', 'value': 2, 'weight': -1},
        {'term': 'telnet', 'value': 0, 'weight': 3}], 'terms')
    holds(run('risk', d, '--root', 'core-1', '--weights', w).out,
          'score by your own weights', 'dependants 3 x 0.5 + cut_point 1 x 2')
    for text, line, said in (
            ('weights:\n  beauty: 1\n', 2, 'expected a term'),
            ('weights:\n  telnet: many\n', 2, 'expected a number'),
            ('weights:\n  telnet: 1e9\n', 2, 'expected a number'),
            ('weights:\n  telnet: 10000000\n', 2, 'expected a number'),
            ('weigths: {}\n', 1, 'expected weights'),
            ('weights: {telnet: 1}\nx: 1\n', 2, 'expected weights or note'),
            ('weights: [\n', 2, 'no YAML')):
        err = run('risk', d, '--weights', feed('w2.yaml', text)).exits(4).err
        holds(err, f'w2.yaml:{line}:', said)


@test
def pictures():
    """the graph as Graphviz and GraphML read it, whatever boxes are called"""
    files = {'x.walk': walk(1, 'a\\"]<b>&;', VRP, '1.3.6.1.4.1.2011.2.23.291',
                            names(2), [(1, 2, '</graphml>\u202e', 'p')])}
    d = dossier('names', files)
    dot = run('risk', d, '--dot').exits(0).out
    holds(dot, 'graph network {', ' -- ', 'label="lldp"')
    lacks(dot, '\u202e')
    assert not re.search(r'[^\\]"\]<b>', dot), dot
    root = xml.fromstring(run('risk', d, '--graphml').exits(0).out)
    ns = {'g': 'http://graphml.graphdrawing.org/xmlns'}
    same(len(root.findall('.//g:node', ns)), 2, 'nodes')
    same(len(root.findall('.//g:edge', ns)), 1, 'edges')
    assert any('</graphml>' in (e.text or '')
               for e in root.findall('.//g:data', ns))


@test
def operator():
    """the demonstration operator: order of facts, 5G, makers, no accusation"""
    d = scratched('operator.dossier')
    run('audit', OPERATOR, '--party', f'{OPERATOR}/operator.yaml', '-o',
        d).exits(0)
    page = run('risk', d).exits(0).out
    heads = re.findall(r'^(\d) ', page, re.M)
    same(heads, list('1234567'), 'order')
    holds(page, 'no legal advice', 'facts in a fixed order', 'AMF', 'gNB',
          'default community' if 'not answered' in page else 'answers SNMP',
          CAND)
    lacks(page, 'dirty', 'clean', 'overdue')
    j = risk(d)
    kinds = {y['kind'] for x in j['topology']['links'] for y in x['joints']}
    assert {'ngap', 'lacp'} <= kinds, kinds
    gnb = [x for x in j['makers'] if x['function'] == 'ran/gnb'][0]
    same((gnb['boxes'], gnb['named'], gnb['hhi']), (4, 3, 10000), 'gNB')
    sw = [x for x in j['makers'] if x['function'] == 'transport/switch'][0]
    same(sw['hhi'], 10000 * (4 + 1 + 1) // 16, 'HHI of 2, 1 and 1 of 4')
    amf = [x for x in j['devices'] if x['function'] == 'core/amf'][0]
    same(amf['asset'], {'class': 'core network functions',
                        'level': 'critical', 'sure': 'unverified'}, 'asset')
    assert {x['role'] for x in j['fiveg']} >= {'AMF', 'SMF', 'UPF', 'gNB'}
    same(j['interfaces'], {'NG': 2, 'N4': 1}, 'interfaces')
    holds(page, 'associations seen: NG 2, N4 1')


@test
def subscribers():
    """what is said of a subscriber's box does not come back by its links"""
    theirs = '00:3d:e1:40:00:03'  # a handset, dhcp/phone
    text = walk(2, 'sw-2', IOS, '1.3.6.1.4.1.9.1.1208', names(4),
                [(1, 77, 'Annas-phone', 'eth0')])
    text = text.replace(hexed(77), theirs.upper().replace(':', ' '))
    d = scratched('sub.dossier')
    run('audit', os.path.join(wrote('sub', {'sw.walk': text}), 'sw.walk'),
        'tests/golden/dhcp/phone.pcap', '-o', d).exits(0)
    same(sorted(x['called'] for x in risk(d)['devices']),
         ['02:4c:41:28:00:fa', 'sw-2'], 'the server and the switch')
    same(risk(d)['topology']['links'], [], 'links')
    with open(d, 'rb') as f:
        octets = f.read()
    assert theirs.encode() not in octets and b'Annas-phone' not in octets


if __name__ == '__main__':
    main()

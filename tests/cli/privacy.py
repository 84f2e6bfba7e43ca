#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""privacy.py NAMEPLATE ROOT: of subscribers' boxes nothing but maker, model,
place and how many is in any output, or in the octets of a dossier. Speaks
TAP."""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

# What the captures hold of subscribers, as `read --raw` shows: addresses,
# serial numbers, names. Spelled as text and as octets would be.
THEIRS = ['00:e0:fc:40:00:06', '44:f4:36:40:00:05', '00:3d:e1:40:00:03',
          '198.51.100.7', '10.58.1.250', '4857544312345678', 'HWTCA1B2C3',
          '48575443A1B2C3', '3438353735343433413142324333', 'cm5',
          'HUAWEI_P30-1a2b3c4d5e', 'Annas-Router', '7375627363726962657220',
          'anna@example.net', 'geheim', 'ZTEGC0000001', 'ZTEGC0000003',
          '48575443A1B2C3D4']
CASES = ['golden/cwmp/session.pcap', 'golden/dhcp/gateway.pcap',
         'golden/dhcp/modem.pcap', 'golden/dhcp/phone.pcap',
         'golden/sip/zte.pcap', 'document/dhcpd/leases4.txt',
         'document/detail/mixed.txt']


class Tap:
    def __init__(self):
        self.n = self.bad = 0

    def ok(self, fine, label, why=''):
        self.n += 1
        self.bad += not fine
        print(f'{"" if fine else "not "}ok {self.n} - {label}')
        if not fine:
            print(f'# {why}')


def spellings(text):
    """Of an address also its octets, and its digits alone."""
    yield text.encode()
    octets = text.split(':')
    if len(octets) == 6:
        yield bytes.fromhex(''.join(octets))
        yield ''.join(octets).encode()
        yield ''.join(octets).upper().encode()


def found(octets):
    return [t for t in THEIRS for s in spellings(t) if s in octets]


def main():
    nameplate, root = os.path.abspath(sys.argv[1]), sys.argv[2]
    cases = [os.path.join(root, 'tests', c) for c in CASES]
    tap = Tap()

    def run(*words, want=(0, 3)):
        r = subprocess.run([nameplate, *words], capture_output=True,
                           check=False)
        tap.ok(r.returncode in want, f'{words[0]} ends well',
               r.stderr[-300:])
        tap.ok(words[1] == '--raw' or not found(r.stderr),
               f'{words[0]} complains without names', r.stderr[-300:])
        return r.stdout

    run.nameplate = nameplate
    raw = run('read', '--raw', *cases)
    tap.ok(len(set(found(raw))) > 8, 'the sources hold what is looked for',
           found(raw))
    with tempfile.TemporaryDirectory() as here:
        check_dossier(tap, run, cases, os.path.join(here, 'a.dossier'))
        check_turned(tap, run, cases, here)
        check_linked(tap, run, cases, here)
    check_floor(tap, run, cases)
    print(f'1..{tap.n}')
    return 1 if tap.bad else 0


def crowds(out):
    return sorted((c['maker'], c['model'], c['site'], c['n'])
                  for c in json.loads(out)['subscribers'])


def check_dossier(tap, run, cases, dossier):
    """Nothing of theirs in what is printed, nor in the file; the counts are in
    both, and stay when the sources are read once more."""
    page = run('audit', '-l', '--site', 'DE', '-o', dossier, *cases)
    before = run('report', '--json', dossier)
    outputs = {
        'audit': page,
        'audit --json': run('audit', '--json', '--site', 'DE', *cases),
        'report': run('report', '-l', dossier),
        'report --json': before,
        'report --jsonl': run('report', '--jsonl', dossier),
        'privacy': run('privacy', dossier),
        'privacy of sources': run('privacy', *cases),
        'privacy --json': run('privacy', '--json', dossier),
    }
    with open(dossier, 'rb') as f:
        outputs['the dossier'] = f.read()
    for name, octets in outputs.items():
        tap.ok(not found(octets), f'{name} has nothing of theirs',
               found(octets))
    have = crowds(before)
    tap.ok(('huawei', 'HG8245H', 'DE', 1) in have and
           ('zte', 'ZXHN H218N', 'DE', 1) in have and len(have) == 5,
           'model, place and count are kept', have)
    tap.ok(b'HG8245H' in page and b'HG8245H' in outputs['the dossier'],
           'a model is told')
    roles = json.loads(before)['roles']
    tap.ok(roles == json.loads(outputs['audit --json'])['roles'],
           'their roles are counted from the dossier too', roles)
    run('audit', '--site', 'DE', '-o', dossier, *cases)
    again = run('report', '--json', dossier)
    tap.ok(crowds(again) == have, 'the same sources again change nothing',
           crowds(again))
    p = json.loads(run('privacy', '--json', dossier))
    dropped = collections.Counter()
    for d in (d for s in p['sources'] for d in s['dropped']):
        dropped[d['field']] += d['n']
    tap.ok(dropped.get('cwmp.serial_number') == 2 and
           dropped.get('dhcp.host_name') == 7 and
           dropped.get('radius.user', 0) > 3 and
           sum(dropped.values()) == sum(s['withheld'] for s in p['sources']),
           'what was dropped is counted by field', dropped)
    fresh = json.loads(run('privacy', '--json', *cases))
    tap.ok(counts(fresh) == counts(p), 'of sources as of their dossier',
           counts(fresh))


def counts(p):
    return [sorted((d['field'], d['why'], d['n']) for d in s['dropped'])
            for s in p['sources']]


def check_turned(tap, run, cases, here):
    """A source by source dossier forgets as well, and a box that was heard
    before it was known whose it is."""
    dossier = os.path.join(here, 'b.dossier')
    for case in cases:
        run('audit', '--site', 'DE', '-o', dossier, case)
    with open(dossier, 'rb') as f:
        octets = f.read()
    tap.ok(not found(octets), 'nothing of theirs, source by source',
           found(octets))
    have = crowds(run('report', '--json', dossier))
    tap.ok(sum(c[3] for c in have) == 5, 'the counts add up', have)
    dossier, mac = os.path.join(here, 'f.dossier'), '3c:5a:b4:01:02:03'
    run('audit', '-o', dossier, leases(here, 'before', mac, says='plain'))
    with open(dossier, 'rb') as f:
        tap.ok(mac.encode() in f.read(), 'whose it is was not known')
    was = [d['id'] for d in json.loads(run('report', '--json',
                                           dossier))['devices']]
    run('audit', '-o', dossier, leases(here, 'after', mac))
    with open(dossier, 'rb') as f:
        octets = f.read()
    tap.ok(mac.encode() not in octets, 'now it is, and it is gone')
    tap.ok(was and not any(i.encode() in octets for i in was),
           'from what was stated of it as well', was)
    have = crowds(run('report', '--json', dossier))
    tap.ok(sum(c[3] for c in have) == 1, 'it is one box', have)


def leases(here, name, *macs, says='HUAWEI:android:ELE'):
    path = os.path.join(here, name)
    with open(path, 'w', encoding='utf-8') as f:
        for mac in macs:
            f.write('lease 192.0.2.9 {\n  starts 4 2026/11/26 10:00:00;\n'
                    f'  hardware ethernet {mac};\n  set '
                    f'vendor-class-identifier = "{says}";\n'
                    f'  client-hostname "{name}";\n}}\n')
    return path


def check_linked(tap, run, cases, here):
    """With the operator's key a box counts once, whatever it was heard in."""
    key, dossier = os.path.join(here, 'key'), os.path.join(here, 'c.dossier')
    with open(key, 'wb') as f:
        f.write(b'only the operator knows this')
    os.chmod(key, 0o644)
    r = subprocess.run([run.nameplate, cases[0], '--subscriber-key', key],
                       capture_output=True, check=False)
    tap.ok(r.returncode == 2 and b'chmod 600' in r.stderr,
           'a key that others may read is refused', r.stderr)
    os.chmod(key, 0o600)
    first = leases(here, 'first', '00:3d:e1:40:00:03')
    second = leases(here, 'second', '00:3d:e1:40:00:03', '00:3d:e1:40:00:04')
    for source in (first, second):
        run('audit', '-o', os.path.join(here, 'd.dossier'), source)
        run('audit', '--subscriber-key', key, '-o', dossier, source)
    p = json.loads(run('privacy', '--json', os.path.join(here, 'd.dossier')))
    tap.ok(p['subscribers']['boxes'] == 3 and not p['subscribers']['linked'],
           'without a key each source counts', p['subscribers'])
    for source in ('acs/genie.json', 'acs/export.xml'):
        run('audit', '-o', os.path.join(here, 'e.dossier'),
            os.path.join(os.path.dirname(cases[-1]), '..', source))
    with open(os.path.join(here, 'e.dossier'), 'rb') as f:
        octets = f.read()
    tap.ok(not found(octets) and not re.search(rb'"~[0-9a-f]{8}', octets),
           'no pseudonym is left', found(octets))
    have = crowds(run('report', '--json', os.path.join(here, 'e.dossier')))
    tap.ok(have == [('huawei', 'HG8245H', None, 2), ('zte', 'F660', None, 3)],
           'boxes that have nothing but a serial number are counted', have)
    p = json.loads(run('privacy', '--json', '--floor', '1', dossier))
    tap.ok(p['subscribers']['boxes'] == 2 and p['subscribers']['linked'] == 2,
           'linked boxes are counted once', p['subscribers'])
    with open(dossier, 'rb') as f:
        octets = f.read()
    tap.ok(not found(octets) and b'only the operator' not in octets,
           'neither they nor the key are in the dossier', found(octets))


def check_floor(tap, run, cases):
    """Kinds of few boxes are put together."""
    p = json.loads(run('privacy', '--json', *cases))['subscribers']
    tap.ok(p['floor'] == 5 and not p['kinds'] and
           p['below_floor'] == {'kinds': 5, 'boxes': 5},
           'few of a kind are not told apart', p)
    p = json.loads(run('privacy', '--json', '--floor', '1', *cases))
    tap.ok(len(p['subscribers']['kinds']) == 5, 'unless one asks',
           p['subscribers'])


if __name__ == '__main__':
    sys.exit(main())

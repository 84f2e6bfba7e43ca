# SPDX-License-Identifier: ISC
"""Dossiers for those who test what is written: one of hostile strings
(tests/hostile.txt) in every field that a capture, a walk and a party's file
can carry, one whose sites are called so, and the example operator's."""
import codecs
import csv
import glob
import io
import json
import os
import re
import shutil
import struct
import sys

from tap import DAY, OPERATOR, ROOT, run, scratched


def hostile():
    with open(os.path.join(ROOT, 'tests/hostile.txt'), 'rb') as f:
        lines = [x for x in f.read().split(b'\n') if x and x[:2] != b'# ']
    return [codecs.escape_decode(x)[0] for x in lines]


HOSTILE = hostile()


def tlv(kind, value):
    value = value[:500]
    return struct.pack('>H', kind << 9 | len(value)) + value


def med(kind, value):
    return tlv(127, b'\x00\x12\xbb' + bytes([kind]) + value[:32])


def ethernet(dst, src, rest):
    frame = bytes.fromhex(dst) + src + rest
    return frame + bytes(max(0, 60 - len(frame)))


def lldp(n, text):
    mac = b'\x00\xe0\xfc\x77' + struct.pack('>H', n)
    return ethernet('0180c200000e', mac, b'\x88\xcc' + tlv(1, b'\x04' + mac)
                    + tlv(2, b'\x07' + text[:255]) + tlv(3, b'\x00\x78')
                    + tlv(4, text) + tlv(5, text)
                    + tlv(6, b'Huawei Versatile Routing Platform Software VRP '
                          b'(R) software, Version 5.170 (S5720 V200R010C00SPC'
                          b'600) ' + text)
                    + med(5, text) + med(6, text) + med(8, text)
                    + med(9, text) + med(10, text) + med(11, text) + tlv(0, b''))


def cdp(n, text):
    mac = b'\x00\x17\x5a\x77' + struct.pack('>H', n)
    body = b'\x02\xb4\x00\x00'
    for kind, value in ((1, text + b'.cdp'), (3, text), (5, b'Cisco IOS ' + text),
                        (6, b'cisco ' + text)):
        body += struct.pack('>HH', kind, 4 + len(value)) + value
    body = b'\xaa\xaa\x03\x00\x00\x0c\x20\x00' + body
    return ethernet('01000ccccccc', mac, struct.pack('>H', len(body)) + body)


def capture(path, frames):
    with open(path, 'wb') as f:
        f.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for i, x in enumerate(frames):
            f.write(struct.pack('<IIII', 1795424400 + i, 0, len(x), len(x)) + x)


def walk(n, name, links):
    """A box whose neighbours are called what the strings say."""
    rem, octets = '1.0.8802.1.1.2.1.4', f'00 E0 FC 78 00 {n:02X}'
    w = ['.1.3.6.1.2.1.1.1.0 = STRING: "VRP (R) software, Version 5.170"',
         '.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.2011.2.23.96',
         f'.1.3.6.1.2.1.1.5.0 = Hex-STRING: {name.hex(" ").upper()} ',
         f'.1.3.6.1.2.1.2.2.1.6.1 = Hex-STRING: {octets} ',
         f'.1.3.6.1.2.1.4.20.1.1.192.0.2.{n} = IpAddress: 192.0.2.{n}',
         '.1.0.8802.1.1.2.1.3.1.0 = INTEGER: 4',
         f'.1.0.8802.1.1.2.1.3.2.0 = Hex-STRING: {octets} ']
    for i, text in enumerate(links, 1):
        at = f'0.{i}.{i}'
        w += [f'.1.3.6.1.2.1.2.2.1.2.{i} = STRING: "GigabitEthernet0/0/{i}"',
              f'.1.3.6.1.2.1.2.2.1.3.{i} = INTEGER: 6',
              f'.1.0.8802.1.1.2.1.3.7.1.2.{i} = INTEGER: 5',
              f'.1.0.8802.1.1.2.1.3.7.1.3.{i} = STRING: '
              f'"GigabitEthernet0/0/{i}"']
        w += [f'.{rem}.1.1.4.{at} = INTEGER: 4',
              f'.{rem}.1.1.5.{at} = Hex-STRING: 00 E0 FC 77 00 {i:02X} ',
              f'.{rem}.1.1.6.{at} = INTEGER: 5',
              f'.{rem}.1.1.7.{at} = Hex-STRING: {text.hex(" ").upper()} ',
              f'.{rem}.1.1.9.{at} = Hex-STRING: {text.hex(" ").upper()} ']
    return '\n'.join(w) + '\n'


def party():
    """Names of sites, as far as YAML has them."""
    rows = ['operator: {name: "=1+1\\"><script>"}',
            'infrastructure: [10.0.0.0/8]', 'sites:',
            '  DE-1: {country: DE, latitude: 50.1, longitude: 8.5}']
    for i, text in enumerate(HOSTILE, 2):
        try:
            name = text.decode('utf-8')
        except UnicodeDecodeError:
            continue
        if name.isprintable() and name.strip() == name:
            rows.append(f'  DE-{i}: {{country: DE, name: '
                        f'{json.dumps(name, ensure_ascii=False)}}}')
    return '\n'.join(rows) + '\n'


# ---- every protocol: its goldens, with other texts in the same places

SAID = re.compile(r'^ {4}([a-z0-9_]+\.[a-z0-9_]+) = (.*) @\d+$', re.M)
# Words of the protocol: without them there is no message.
WORDS = ('.message', '.role', '.data_model', '.header', '.flag')
# Line ends and NULs end a text in half of the protocols: those come whole by
# LLDP and walks.
FITTING = [x for x in HOSTILE if not set(x) & set(b'\r\n\0')]
# … and a document of XML or JSON is none with these.
TAME = [x for x in FITTING if x.decode('utf-8', 'ignore').encode() == x and
        not set(x) & set(b'<>&"\\\x1b\x07\x08\x7f\t')]


def said_in(golden):
    """Texts that a golden's capture is read as, the longest first."""
    with open(golden, encoding='utf-8') as f:
        got = {v for field, v in SAID.findall(f.read())
               if not field.endswith(WORDS)}
    return sorted((v.encode() for v in got
                   if len(v) >= 4 and re.search('[A-Za-z]', v) and
                   not re.fullmatch('[0-9a-f:.]+', v)), key=len, reverse=True)


def fitted(strings, room, turn):
    """One of the strings in exactly so many octets."""
    fits = [x for x in strings if len(x) <= room]
    x = fits[turn % len(fits)]
    return x + b'A' * (room - len(x))


def mutated(at):
    """A capture a golden and way: each text another as a whole, or its end, where
    its beginning is what a reader knows it by, or one that leaves XML and JSON
    whole. The same octets at any time; nobody asks for checksums."""
    turn = 0
    os.makedirs(at)
    golden = os.path.join(ROOT, 'tests/golden')
    for path in sorted(glob.glob(os.path.join(golden, '*', '*.txt'))):
        with open(path[:-len('txt')] + 'pcap', 'rb') as f:
            octets = f.read()
        texts = [v for v in said_in(path) if v in octets]
        if not texts:
            continue
        name = os.path.relpath(path, golden).replace('/', '-')[:-len('.txt')]
        for way in ('whole', 'end', 'tame'):
            made = octets
            for v in texts:
                keep = min(8, len(v) // 2) if way == 'end' else 0
                strings = TAME if way == 'tame' else FITTING
                turn += 1
                made = made.replace(
                    v, v[:keep] + fitted(strings, len(v) - keep, turn))
            with open(os.path.join(at, f'{name}-{way}.pcap'), 'wb') as f:
                f.write(made)


def made():
    here = scratched('hostile')
    os.makedirs(os.path.join(here, 'DE-1'))
    capture(os.path.join(here, 'DE-1', 'a.pcap'),
            [lldp(i, x) for i, x in enumerate(HOSTILE, 1)])
    with open(os.path.join(here, 'DE-1', 'capture.yaml'), 'w') as f:
        f.write('site: DE-1\n')
    os.makedirs(os.path.join(here, 'loose'))
    capture(os.path.join(here, 'loose', 'a.pcap'),
            [cdp(i, x) for i, x in enumerate(HOSTILE, 1)])
    for i, x in enumerate(HOSTILE[:40]):
        with open(os.path.join(here, 'DE-1', f'w{i}.walk'), 'w') as f:
            f.write(walk(i, x, HOSTILE if not i else HOSTILE[i:i + 1]))
    mutated(os.path.join(here, 'heard'))
    with open(os.path.join(here, 'operator.yaml'), 'w') as f:
        f.write(party())
    d = scratched('hostile.dossier')
    r = run('audit', here, '-o', d, '--as-of', DAY)
    assert r.rc in (0, 3), r.err
    return d


def sites():
    """A dossier whose sites' ids are the strings, as far as CSV has them."""
    rows = io.StringIO()
    w = csv.writer(rows)
    w.writerow(['site', 'name', 'country'])
    for i, text in enumerate(HOSTILE):
        name = text.decode('utf-8', 'ignore')
        if name and name.strip() == name and name.isprintable():
            w.writerow([name, f'site {i}', 'DE'])
    with open(scratched('sites.csv'), 'w', encoding='utf-8') as f:
        f.write(rows.getvalue())
    d = scratched('sites.dossier')
    run('audit', os.path.join(scratched('hostile'), 'DE-1', 'w1.walk'),
        '--sites', scratched('sites.csv'), '-o', d, '--as-of', DAY).exits(0)
    return d


def demo():
    d = scratched('demo.dossier')
    run('audit', OPERATOR, '-o', d, '--as-of', DAY).exits(0)
    return d


# ---- what holds of every writer

# What a program obeys, or what deceives an eye.
UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f'
                    '\ufeff\U000e0000-\U000e007f]')
# A cell that computes, here or behind a ; where another locale's begins.
FORMULA = re.compile('(^|;)[\\s"\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20'
                     '\u2212]')
NUMBER = re.compile(r'-?\d+(\.\d+)?')


def plain(text, what, but=''):
    """No unsafe character, but those that part lines and the like."""
    for c in but:
        text = text.replace(c, ' ')
    hit = UNSAFE.search(text)
    assert not hit, f'{what}: U+{ord(hit[0]):04X} in ' \
        f'{text[max(0, hit.start() - 60):hit.end() + 20]!r}'


def cell(text, what, split=True):
    """No spreadsheet computes it, and it is plain. In a workbook nothing splits
    it."""
    plain(text, what)
    hit = FORMULA.search(text) if split else FORMULA.match(text)
    assert NUMBER.fullmatch(text) or not hit, f'{what} computes: {text!r}'


def named_once(pairs):
    """For json.loads: a name stands once in its object."""
    names = [k for k, _ in pairs]
    assert len(set(names)) == len(names), f'a name twice: {names}'
    return dict(pairs)


# For tests that are no Python: hostile.py NAMEPLATE ROOT DIR leaves them there.
if __name__ == '__main__':
    for path in (made(), sites()):
        shutil.copy(path, sys.argv[3])

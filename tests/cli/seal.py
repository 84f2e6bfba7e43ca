#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""seal.py NAMEPLATE ROOT CHECKER: what was sealed is verified, and any octet
that changed in dossier, source or signature is told. Speaks TAP."""
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys

from tap import DAY, OPERATOR, ROOT, holds, lacks, main, run, same, \
    scratched, test


def octets(path):
    with open(path, 'rb') as f:
        return f.read()


def put(path, data):
    with open(path, 'wb') as f:
        f.write(data)
    return path


def key(name='key'):
    path = scratched(name)
    if not os.path.exists(path):
        run('seal', '--keygen', path).exits(0)
    return path


def source(name):
    """A copy of one of the operator's captures."""
    for folder, _, files in os.walk(os.path.join(ROOT, OPERATOR)):
        if name in files:
            return shutil.copy(os.path.join(folder, name), scratched(name))
    raise FileNotFoundError(name)


def sealed(name, *sources):
    """A dossier of these sources, sealed; made once."""
    path = scratched(name)
    if not os.path.exists(path):
        run('audit', *sources, '--as-of', DAY, '-o', path, '--seal-key',
            key()).exits(0)
    return path


def u06():
    if not os.path.exists(scratched('u06.pcap')):
        source('u06.pcap')
    return scratched('u06.pcap')


def verify(*words):
    return run('verify', '--json', *words)


def wrong(r):
    return [x for x in r.json()['looked'] if not x['holds']]


@test
def holds_all():
    """a sealed dossier and its sources hold, with the key and without"""
    x = sealed('a.dossier', u06())
    r = run('verify', x, u06(), '--key', key() + '.pub').exits(0)
    holds(r.out, 'all hold', 'which you named', "file's signature")
    holds(run('verify', x).exits(0).out, 'which it names itself')
    holds(run('verify', '-l', x).exits(0).out, 'table sighting')


@test
def stock_minisign():
    """minisign checks the dossier's file and the copy of the manifest"""
    x = sealed('a.dossier', u06())
    out = scratched('out')
    os.makedirs(out, exist_ok=True)
    y = shutil.copy(x, scratched('copied.dossier'))
    run('seal', y, '--key', key(), '-o', out).exits(0)
    for signed, signature in ((x, x + '.minisig'),
                              (y, out + '/copied.dossier.minisig'),
                              (out + '/copied.dossier.manifest.json', None)):
        words = ['minisign', '-Vm', signed, '-p', key() + '.pub']
        subprocess.run(words + (['-x', signature] if signature else []),
                       check=True, capture_output=True)
    m = json.loads(octets(out + '/copied.dossier.manifest.json'))
    same(json.dumps(m, sort_keys=True, separators=(',', ':'),
                    ensure_ascii=False).encode(),
         octets(out + '/copied.dossier.manifest.json'), 'canonical JSON')
    same(m['schema'], 'nameplate.manifest/1', 'schema')
    lines = octets(out + '/copied.dossier.sealed.jsonl').split(b'\n')[:-1]
    same(json.loads(lines[0])['sha256'],
         hashlib.sha256(octets(u06())).hexdigest(), 'hash of the source')
    same(m['sources'], {'count': 1, 'tree': hashlib.sha256(
        b'\0' + lines[0]).hexdigest()}, 'tree over one source')
    same(m['devices']['count'], len(lines) - 1, 'lines of devices')
    same(m['export']['sha256'], hashlib.sha256(
        run('report', '--jsonl', x).raw).hexdigest(), 'canonical export')


@test
def another_key():
    """a seal of another key does not hold, nor a dossier without one"""
    x = shutil.copy(sealed('a.dossier', u06()), scratched('other.dossier'))
    run('seal', x, '--key', key('another')).exits(0)
    run('verify', x, '--key', key('another') + '.pub').exits(0)
    r = run('verify', x, '--key', key() + '.pub').exits(1)
    holds(r.out, 'made with another key')
    y = scratched('plain.dossier')
    run('audit', u06(), '-o', y).exits(0)
    holds(run('verify', y).exits(0).out, 'not sealed')
    run('verify', y, '--key', key() + '.pub').exits(1)


@test
def a_row():
    """a value that was changed with SQL is told by its table"""
    x = shutil.copy(sealed('a.dossier', u06()), scratched('row.dossier'))
    shutil.copy(sealed('a.dossier', u06()) + '.minisig', x + '.minisig')
    subprocess.run(['sqlite3', x, "UPDATE source SET site='moved'"],
                   check=True)
    told = [(w['what'], w['where']) for w in wrong(verify(x).exits(1))]
    assert ('table', 'source') in told, told
    assert ("file's signature", x) in told, told


def records(data):
    """Where each record of a pcap, or packet of a pcapng, begins and ends."""
    ng = data[:4] == b'\n\r\r\n'
    at = 0 if ng else 24
    while at < len(data):
        n = struct.unpack_from('<I', data, at + (4 if ng else 8))[0]
        n += 0 if ng else 16
        if not ng or data[at] == 6:
            yield at, at + n
        at += n


@test
def frame_by_frame():
    """a changed octet of a frame, or of its time, is told by its frame"""
    d01 = source('d01.pcap')
    x = sealed('b.dossier', u06(), d01)
    for s, places in ((u06(), (16, 30, 34)), (d01, (0, 5, 20))):
        data = octets(s)
        for n, (begin, _) in enumerate(records(data), 1):
            for at in places:
                bad = bytearray(data)
                bad[begin + at] ^= 0x10
                told = wrong(verify(x, put(
                    scratched('bad/' + os.path.basename(s)), bad)).exits(1))
                same([w['frame'] for w in told], [n], f'{s} {begin} + {at}')


@test
def frames_gone():
    """a frame that is missing, or one too many, is told"""
    s = source('d01.pcap')
    x = sealed('b.dossier', u06(), s)
    data = octets(s)
    begin, end = list(records(data))[1]
    told = wrong(verify(x, put(scratched('bad/d01.pcap'),
                               data[:begin] + data[end:])).exits(1))
    same(told[0]['frame'], 2, 'the first that differs')
    told = wrong(verify(x, put(scratched('bad/d01.pcap'),
                               data + data[begin:end])).exits(1))
    same(told[0]['frame'], len(list(records(data))) + 1, 'the added one')
    told = wrong(verify(x, put(scratched('bad/d01.pcap'), data[:-1]))
                 .exits(1))
    same(told[-1]['frame'], len(list(records(data))), 'the cut one')


@test
def of_a_document():
    """of a walk the line is told; of what is packed the frame inside"""
    import gzip
    walk = shutil.copy(os.path.join(
        ROOT, 'tests/document/walk/agent-numbers.txt'), scratched('walk.txt'))
    packed = put(scratched('packed.pcap.gz'), gzip.compress(octets(u06())))
    x = sealed('d.dossier', walk, packed)
    lines = octets(walk).split(b'\n')
    lines[2] = lines[2][:-1] + b'#'
    told = wrong(verify(x, put(scratched('bad/walk.txt'), b'\n'.join(lines)))
                 .exits(1))
    same([w['line'] for w in told], [3], 'line')
    bad = bytearray(octets(u06()))
    _, end = list(records(bad))[2]
    bad[end - 1] ^= 1
    told = wrong(verify(x, put(scratched('bad/packed.pcap.gz'),
                               gzip.compress(bad))).exits(1))
    same([w['frame'] for w in told], [3], 'frame')
    told = wrong(verify(x, put(scratched('bad/packed.pcap.gz'),
                               gzip.compress(octets(u06()), 1))).exits(1))
    same(['frame' in w for w in told], [False], 'packed otherwise')


os.makedirs(scratched('bad'))
main()

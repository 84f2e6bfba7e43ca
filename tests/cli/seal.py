#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""seal.py NAMEPLATE ROOT CHECKER: what was sealed is verified, and any octet
that changed in dossier, source or signature is told. Speaks TAP."""
import hashlib
import json
import os
import random
import re
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
    if not os.path.exists(path + '.key'):
        run('keygen', path, '--no-password').exits(0)
    return path + '.key'


def pub(name='key'):
    return key(name)[:-len('key')] + 'pub'


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
    r = run('verify', x, u06(), '--key', pub()).exits(0)
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
        words = ['minisign', '-Vm', signed, '-p', pub()]
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
    same(m['notes'][0], {'name': 'as_of', 'sha256': hashlib.sha256(
        DAY.encode()).hexdigest()}, 'what was asked')
    same(m['export']['sha256'], hashlib.sha256(
        run('report', '--jsonl', x).raw).hexdigest(), 'canonical export')


@test
def another_key():
    """a seal of another key does not hold, nor a dossier without one"""
    x = shutil.copy(sealed('a.dossier', u06()), scratched('other.dossier'))
    run('seal', x, '--key', key('another')).exits(0)
    run('verify', x, '--key', pub('another')).exits(0)
    r = run('verify', x, '--key', pub()).exits(1)
    holds(r.out, 'made with another key')
    y = scratched('plain.dossier')
    run('audit', u06(), '-o', y).exits(0)
    holds(run('verify', y).exits(0).out, 'not sealed')
    run('verify', y, '--key', pub()).exits(1)


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


CHECKER = os.path.abspath(sys.argv[3])


def checks(*words):
    """The independent checker: exit status, and what it says does not hold. It
    frees nothing: it ends when it has answered."""
    r = subprocess.run([CHECKER, *words], capture_output=True, timeout=60,
                       check=False,
                       env={**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0'})
    assert r.returncode in (0, 1, 2), (words, r.returncode, r.stderr)
    out = r.stdout.decode()
    return r.returncode, [l for l in out.split('\n') if l.startswith('DOES')]


def named(lines):
    """Frame or line of each."""
    found = [re.search(r' (frame|line) (\d+)', l) for l in lines]
    return [int(m.group(2)) for m in found if m]


def both(dossier, *sources, signature=None):
    """What both say that does not hold; they must agree in that and in the
    frames that they name."""
    sig = signature or sealed('f.dossier') + '.minisig'
    public = pub()
    a = run('verify', '--json', '--key', public, '--signature', sig, dossier,
            *sources)
    rc, b = checks('-k', public, '-s', sig, dossier, *sources)
    same(a.rc, rc, f'exit status of both: {a.out} {b}')
    told = wrong(a)
    same([x.get('frame', x.get('line')) for x in told
          if 'frame' in x or 'line' in x], named(b), 'frames that they name')
    return a.rc, told


def flip(data, at, bit, to):
    bad = bytearray(data)
    bad[at] ^= 1 << bit
    return put(scratched('bad/' + to), bad)


def flipped_dossier():
    """Captures and a walk; with pages that nothing uses any more."""
    path = scratched('f.dossier')
    if os.path.exists(path):
        return path
    sources = [u06(), source('d01.pcap'), source('d02-pfcp.pcap'),
               shutil.copy(os.path.join(ROOT, 'tests/document/walk/'
                                        'agent-numbers.txt'),
                           scratched('walk.txt'))]
    run('audit', *sources, '--as-of', DAY, '-o', path).exits(0)
    subprocess.run(['sqlite3', path, 'CREATE TABLE junk(x); INSERT INTO junk '
                    'VALUES(randomblob(40000)); DROP TABLE junk'], check=True)
    run('seal', path, '--key', key()).exits(0)
    r = subprocess.run(['sqlite3', path, 'PRAGMA freelist_count'], check=True,
                       capture_output=True)
    assert int(r.stdout) > 5, r.stdout
    return path


@test
def checker_agrees():
    """the independent checker finds that all holds, and reads captures alike"""
    x = flipped_dossier()
    same(both(x, u06(), scratched('d01.pcap'), scratched('d02-pfcp.pcap'),
              scratched('walk.txt')), (0, []), 'nothing is wrong')
    same(checks(x)[0], 0, 'by the key that it names')
    same(checks('-k', pub('another'), x)[0], 1, 'another key')
    folders = ['golden/lldp', 'golden/cdp', 'document/walk']
    all_ = [os.path.join(ROOT, 'tests', f, n) for f in folders
            for n in os.listdir(os.path.join(ROOT, 'tests', f))
            if n.endswith(('.pcap', '.pcapng', '.snoop', '.snmprec'))][:40]
    y = sealed('all.dossier', *all_)
    same(checks('-k', pub(), y, *all_), (0, []), 'goldens')


@test
def any_octet_of_the_dossier():
    """an octet that changed anywhere in the dossier is told by both"""
    x = flipped_dossier()
    data, rng = octets(x), random.Random(5)
    places = [0, 15, 16, 18, 23, 24, 27, 95, 99, len(data) - 1]
    places += [rng.randrange(p, min(p + 4096, len(data)))
               for p in range(0, len(data), 4096)]
    for at in places:
        rc, told = both(flip(data, at, rng.randrange(8), 'f.dossier'))
        assert rc == 1 and told, at
    for size in (len(data) - 1, len(data) - 4096, 4096, 100, 0):
        bad = put(scratched('bad/f.dossier'), data[:size])
        assert run('verify', '--key', pub(), '--signature',
                   x + '.minisig', bad).rc in (1, 2), size
        assert checks('-k', pub(), '-s', x + '.minisig',
                      bad)[0] in (1, 2), size
    put(scratched('bad/f.dossier'), data + b'\0')
    same(both(scratched('bad/f.dossier'))[0], 1, 'an octet more')


@test
def any_octet_of_the_signature():
    """an octet that changed anywhere in the signature is told by both"""
    x = flipped_dossier()
    data, rng = octets(x + '.minisig'), random.Random(6)
    for at in range(0, len(data), 4):
        at = min(at + rng.randrange(4), len(data) - 1)
        bad = flip(data, at, rng.randrange(8), 'sig')
        same(both(x, signature=bad)[0], 1, f'octet {at}')


def frame_of(data, at):
    """The frame whose record an octet belongs to, from the end of the one
    before it on; None behind the last."""
    for n, (_, end) in enumerate(records(data), 1):
        if at < end:
            return n
    return None


def line_of(data, at):
    return data[:at].count(b'\n') + 1


@test
def any_octet_of_a_source():
    """an octet that changed anywhere in a source is told by both, with file
    and frame"""
    x, rng = flipped_dossier(), random.Random(7)
    for name in ('u06.pcap', 'd01.pcap', 'd02-pfcp.pcap', 'walk.txt'):
        data = octets(scratched(name))
        of = line_of if name == 'walk.txt' else frame_of
        for _ in range(25):
            at = rng.randrange(0 if name == 'walk.txt' else 24, len(data))
            rc, told = both(x, flip(data, at, rng.randrange(8), name))
            same((rc, told[0]['what']), (1, 'source'), f'{name} {at}')
            want = of(data, at)
            got = told[0].get('frame', told[0].get('line'))
            # the first line end that is gone joins two lines
            assert got == want, (name, at, want, told)
        for at in range(0, 24, 3):
            same(both(x, flip(data, at, at % 8, name))[0], 1, f'{name} {at}')


@test
def one_frame():
    """a frame is proved without its capture, and nothing of a proof can change
    """
    x, s, proof = flipped_dossier(), scratched('d01.pcap'), scratched('p.json')
    data, rng, public = octets(s), random.Random(8), pub()
    for n, (begin, end) in enumerate(records(data), 1):
        run('prove', x, s, str(n), '-o', proof).exits(0)
        same(bytes.fromhex(json.loads(octets(proof))['octets']),
             data[begin + 16:end], 'octets')
        holds(run('verify', '--key', public, proof).exits(0).out, f'frame {n}')
        same(checks('-k', public, proof), (0, []), 'the checker')
    good = octets(proof)
    lacks(good.decode(), 'u06', 'd02-pfcp')
    for at in sorted(rng.sample(range(len(good)), 80)) + [len(good) - 1]:
        bad = flip(good, at, rng.randrange(7), 'p.json')
        what = at, good[at - 20:at + 20]
        assert run('verify', '--key', public, bad).rc in (1, 2), what
        assert checks('-k', public, bad)[0] in (1, 2), ('checker', what)
    run('prove', x, s, '99').exits(2)
    run('prove', x, os.path.join(ROOT, 'README.md'), '1').exits(2)


@test
def of_one_name():
    """of sources that have one name it is the one with the most of its path"""
    for folder, name in (('de', 'd01.pcap'), ('it', 'd02-pfcp.pcap')):
        os.makedirs(scratched(folder))
        shutil.copy(source(name), scratched(folder + '/x.pcap'))
    x = sealed('named.dossier', scratched('de'), scratched('it'))
    sig = x + '.minisig'
    for folder in ('de', 'it'):
        os.makedirs(scratched('bad/' + folder))
        data = octets(scratched(folder + '/x.pcap'))
        n, (_, end) = list(enumerate(records(data), 1))[-1]
        bad = flip(data, end - 1, 2, folder + '/x.pcap')
        same([w['frame'] for w in both(x, bad, signature=sig)[1]], [n], bad)


def others_knowledge():
    """What another operator has: another name for a maker, another list of
    address blocks, and a law of its own."""
    here = scratched('knowledge')
    os.makedirs(here, exist_ok=True)
    with open(os.path.join(here, 'makers.yaml'), 'w', encoding='utf-8') as f:
        f.write('sources: {x: "a test"}\nsource: x\nsure: primary\n'
                'makers:\n- slug: huawei\n  name: Renamed for a test\n'
                '  restricted: yes\n  numbers: [2011]\n'
                '  organisations: ["Of A Test Ltd"]\n')
    with open(os.path.join(here, 'oui.csv'), 'w', encoding='utf-8') as f:
        f.write('Registry,Assignment,Organization Name,Organization Address\n'
                'MA-L,286ED4,Of A Test Ltd,Nowhere\n')
    return here


def followed(r):
    """Sightings whose claims follow again, and all of them."""
    m = re.search(r'follow again of (\d+) of (\d+) sightings', r.out)
    return int(m.group(1)), int(m.group(2))


@test
def reading_changes_nothing():
    """verbs that read leave a sealed dossier as it is, and one from before some
    tables were there says the same"""
    x = scratched('still.dossier')
    run('audit', OPERATOR, '--as-of', DAY, '-o', x).exits(0)
    old = shutil.copy(x, scratched('old.dossier'))
    run('seal', x, '--key', key()).exits(0)
    with open(os.path.join(ROOT, 'src/store/schema.h'), encoding='utf-8') as f:
        later = re.findall(r'CREATE TABLE IF NOT EXISTS (\w+)', f.read())
    assert later
    drop = ''.join(f'DROP TABLE {t};' for t in later
                   if not int(subprocess.run(
                       ['sqlite3', old, f'SELECT count(*) FROM {t}'],
                       check=True, capture_output=True).stdout))
    assert drop
    subprocess.run(['sqlite3', old, drop], check=True)
    export = None
    for path in (x, old):
        before = octets(path)
        for words in (['report'], ['report', '--jsonl'], ['report', '--json'],
                      ['explain', '10.49.2.1'], ['risk'], ['custody'],
                      ['privacy'], ['verify', '--rerun'], ['diff', path]):
            r = run(words[0], path, *words[1:])
            assert r.rc in ((0, 1) if words[0] == 'verify' else (0,)), \
                (words, r.err)
            assert octets(path) == before, words
            if words[-1] == '--jsonl':
                export = export or r.raw
                same(r.raw == export, True, 'canonical export')
        same([n for n in os.listdir(os.path.dirname(path))
              if n.startswith(os.path.basename(path) + '-')], [], 'no journal')
    run('verify', x, '--key', pub()).exits(0)


@test
def rerun():
    """the same export is reached from the dossier alone, whatever this machine
    knows, and not from one whose claims were changed"""
    x = scratched('rerun.dossier')
    theirs = ['--knowledge', others_knowledge()]
    run('audit', OPERATOR, '--as-of', DAY, '-o', x, *theirs).exits(0)
    run('seal', x, '--key', key()).exits(0)
    r = run('verify', '--rerun', x, '--key', pub()).exits(0)
    holds(r.out, 'canonical export')
    # By the rules and the rows of registries that it holds, and no others.
    k, n = followed(r)
    assert n > 200 and k > 0.9 * n, (k, n)
    sealed_ = json.loads(subprocess.run(
        ['sqlite3', x, 'SELECT manifest FROM seal'], check=True,
        capture_output=True).stdout)['export']['sha256']
    here = run('report', '--jsonl', x)
    there = run('report', '--jsonl', x, *theirs)
    holds(there.out, 'Renamed for a test')
    assert here.out != there.out
    same(sealed_, hashlib.sha256(there.raw).hexdigest(), 'the export')
    rows = subprocess.run(['sqlite3', x, 'SELECT owner FROM registry'],
                          check=True, capture_output=True).stdout.decode()
    holds(rows, 'Of A Test Ltd')
    before = octets(x)
    run('verify', '--rerun', x).exits(0)
    same(octets(x), before, 'the dossier')
    subprocess.run(['sqlite3', x, "UPDATE word SET text='Renamed again' WHERE "
                    "text LIKE '%S5720%'"], check=True)
    assert followed(run('verify', '--rerun', x))[0] < k
    told = [w['what'] for w in wrong(verify('--rerun', x).exits(1))]
    assert 'canonical export of' in told and 'table' in told, told


@test
def rerun_of_other_machines():
    """a dossier that was made here reruns where files of knowledge are gone"""
    x = sealed('a.dossier', u06())
    same(run('verify', '--rerun', x).exits(0).rc, 0, 'as it is')
    y = shutil.copy(x, scratched('gone.dossier'))
    subprocess.run(['sqlite3', y, 'DELETE FROM kept'], check=True)
    holds(run('verify', '--rerun', y).exits(1).out, 'does not hold the know')


def authority():
    """A certificate of a time stamping authority and who vouches for it, as
    OpenSSL's manual makes them."""
    here = scratched('tsa')
    os.makedirs(here)
    with open(here + '/conf', 'w', encoding='utf-8') as f:
        f.write(f"""[tsa]
default_tsa = one
[one]
serial = {here}/serial
signer_cert = {here}/tsa.pem
certs = {here}/ca.pem
signer_key = {here}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
[ext]
extendedKeyUsage = critical,timeStamping
""")

    def openssl(*words):
        subprocess.run(['openssl', *words], check=True, capture_output=True)
    for name in ('ca', 'other'):
        openssl('req', '-x509', '-newkey', 'ed25519', '-nodes', '-keyout',
                f'{here}/{name}.key', '-out', f'{here}/{name}.pem', '-subj',
                f'/CN={name}', '-days', '2')
    openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout',
            here + '/tsa.key', '-out', here + '/tsa.csr', '-subj', '/CN=time')
    openssl('x509', '-req', '-in', here + '/tsa.csr', '-CA', here + '/ca.pem',
            '-CAkey', here + '/ca.key', '-CAcreateserial', '-out',
            here + '/tsa.pem', '-days', '2', '-extfile', here + '/conf',
            '-extensions', 'ext')
    return here, openssl


@test
def time_stamp():
    """a time stamp is asked for, checked and kept, and openssl agrees"""
    here, openssl = authority()
    x = shutil.copy(sealed('a.dossier', u06()), scratched('time.dossier'))
    ca, other = here + '/ca.pem', here + '/other.pem'
    tsq, tsr = here + '/q.tsq', here + '/r.tsr'
    run('seal', x, '--key', key(), '--timestamp-request', tsq).exits(0)
    openssl('ts', '-reply', '-config', here + '/conf', '-queryfile', tsq,
            '-out', tsr)
    run('seal', x, '--timestamp', tsr).exits(2)
    run('seal', x, '--timestamp', tsr, '--timestamp-ca', other).exits(2)
    assert not os.path.exists(x + '.tsr')
    run('seal', x, '--timestamp', tsr, '--timestamp-ca', ca).exits(0)
    openssl('ts', '-verify', '-data', x + '.minisig', '-in', x + '.tsr',
            '-CAfile', ca)
    holds(run('verify', x).exits(0).out, 'time stamp', 'would tell')
    holds(run('verify', x, '--timestamp-ca', ca).exits(0).out, 'you named')
    run('verify', x, '--timestamp-ca', other).exits(1)
    # Nobody signs all of a response: the authority's own certificate is a copy.
    data, rng = octets(x + '.tsr'), random.Random(9)
    rcs = [run('verify', x, '--timestamp', flip(data, at, rng.randrange(8),
                                                'r.tsr'),
               '--timestamp-ca', ca).rc for at in range(0, len(data), 80)]
    assert set(rcs) <= {0, 1} and rcs.count(1) > 0.75 * len(rcs), rcs
    run('seal', x, '--key', key('another')).exits(0)
    holds(run('verify', x).exits(1).out, 'not over this signature')


@test
def for_certain_eyes():
    """what is sealed to keys is opened with any of them, and with no other"""
    x = shutil.copy(sealed('a.dossier', u06()), scratched('eyes.dossier'))
    plain = octets(x)
    for name in ('one', 'two', 'three'):
        key(name)
    box, out = x + '.sealed', scratched('opened')
    run('seal', x, '--seal-to', f'{pub("one")},{pub("two")}').exits(0)
    data = octets(box)
    assert data.startswith(b'nameplate sealed 1\n')
    same(len(data), 19 + 4 + 2 * 88 + 24 + len(plain) +
         17 * (len(plain) // 65536 + 1), 'octets')
    for name in ('one', 'two'):
        os.makedirs(out)
        run('seal', box, '--open-with', key(name), '-o', out).exits(0)
        same(octets(out + '/eyes.dossier'), plain, 'what was sealed')
        run('seal', box, '--open-with', key(name), '-o', out).exits(2)
        shutil.rmtree(out)
    os.makedirs(out)
    run('seal', box, '--open-with', key('three'), '-o', out).exits(2)
    rng = random.Random(10)
    for at in list(range(0, 230, 9)) + \
            [rng.randrange(len(data)) for _ in range(15)]:
        bad = flip(data, at, rng.randrange(8), 'eyes.dossier.sealed')
        r = run('seal', bad, '--open-with', key('two'), '-o', out)
        same((r.rc, os.listdir(out)), (2, []), f'octet {at}')
    for n in (10, 223, 230, 65536 + 223, len(data) - 1):
        bad = put(scratched('bad/eyes.dossier.sealed'), data[:n])
        run('seal', bad, '--open-with', key('two'), '-o', out).exits(2)
    bad = put(scratched('bad/eyes.dossier.sealed'), data + b'x')
    run('seal', bad, '--open-with', key('two'), '-o', out).exits(2)
    same(os.listdir(out), [], 'files that are left')


def journal(path, *words):
    """People state something of the first box, signed."""
    box = run('report', '--json', path).exits(0).json()['devices'][0]['id']
    for word in words:
        run('attest', path, box, '--incident', '--because', word, '--by',
            'Ann Field', '--grade', 'B2', '--key', key('speaker')).exits(0)


@test
def chain():
    """the journal's chain is checked, its last link is sealed, and what is
    added later is told"""
    x = shutil.copy(sealed('a.dossier', u06()), scratched('chain.dossier'))
    journal(x, 'one', 'two')
    run('seal', x, '--key', key()).exits(0)
    holds(run('verify', x).exits(0).out, 'journal entry 2')
    for change in ("UPDATE journal SET line=replace(line,'two','new')",
                   'DELETE FROM journal WHERE n=1',
                   'DELETE FROM journal WHERE n=2',
                   "UPDATE journal SET signature=''"):
        y = shutil.copy(x, scratched('broken.dossier'))
        shutil.copy(x + '.minisig', y + '.minisig')
        subprocess.run(['sqlite3', y, 'DROP TRIGGER journal_kept;'
                        'DROP TRIGGER journal_stays;' + change], check=True)
        told = [w['what'] for w in wrong(verify(y).exits(1))]
        assert 'journal' in told, (change, told)
    more = shutil.copy(x, scratched('more.dossier'))
    shutil.copy(x + '.minisig', more + '.minisig')
    journal(more, 'three')
    r = verify(more).exits(1)
    assert any(w['what'] == "file's signature" for w in wrong(r)), r.out
    holds(r.out, 'statements were added since')


os.makedirs(scratched('bad'))
main()

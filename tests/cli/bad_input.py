#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Bad input: a clear message, the readable part kept, and no crash.

bad_input.py NAMEPLATE ROOT
"""
import ctypes
import errno
import gzip
import json
import os
import resource
import signal
import struct
import subprocess
import time

from tap import NAMEPLATE, holds, lacks, main, run, same, scratched, test

ESCAPES = b'\x1b[2J\x1b]0;x\x07'
LIMIT = 512 << 20  # octets of memory


def pcap_head(snap=65535):
    return struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, snap, 1)


def record(frame, second=1700000000, wire=None):
    return struct.pack('<IIII', second, 0, len(frame),
                       wire or len(frame)) + frame


def lldp(name, mac='0018825a0e77'):
    def tlv(kind, value):
        return struct.pack('>H', kind << 9 | len(value)) + value
    mac = bytes.fromhex(mac)
    return bytes.fromhex('0180c200000e') + mac + b'\x88\xcc' + \
        tlv(1, b'\x04' + mac) + tlv(2, b'\x05ge0') + tlv(3, b'\0\x78') + \
        tlv(5, name) + tlv(0, b'')


def block(kind, body, n=None):
    body += bytes(-len(body) % 4)
    n = struct.pack('<I', len(body) + 12 if n is None else n)
    return struct.pack('<I', kind) + n + body + n


SECTION = block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1))
INTERFACE = block(1, struct.pack('<HHI', 1, 0, 0))


def packet(frame):
    return block(6, struct.pack('<IIIII', 0, 0, 0, len(frame), len(frame)) +
                 frame)


def file_of(name, octets):
    path = scratched(name)
    with open(path, 'wb') as f:
        f.write(octets)
    return path


def sightings(ran):
    return [x for x in map(json.loads, ran.out.splitlines())
            if x['record'] == 'sighting']


def read(name, octets):
    return run('read', file_of(name, octets))


def never_crashed(ran):
    assert ran.rc in (0, 3), f'exit {ran.rc}: {ran.err}'
    lacks(ran.err, 'died', 'Killed', 'what is no record', 'came to no end')


def peak_of(*args):
    """Exit code, what was said, and the peak memory of a run in octets."""
    p = subprocess.Popen([NAMEPLATE, *args], stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE)
    err = p.stderr.read().decode()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return p.returncode, err, used.ru_maxrss * 1024


def sanitized():
    """Was the program built with AddressSanitizer?"""
    with open(NAMEPLATE, 'rb') as f:
        return b'__asan_init' in f.read()


@test
def empty():
    """an empty file"""
    for verb in ('read', 'audit'):
        r = run(verb, file_of('empty.pcap', b'')).exits(3)
        holds(r.err, 'empty.pcap')


@test
def wrong_magic():
    """a file that is none of ours"""
    for octets in (b'hello, this is text\n' * 9, b'\0' * 5000, b'\x7fELF'):
        r = read('other.bin', octets).exits(3)
        holds(r.err, 'other.bin')


@test
def every_prefix_of_a_pcap():
    """a pcap cut anywhere: what came before is kept"""
    frames = [lldp(b'R1'), lldp(b'R2')]
    ends = [24, 40 + len(frames[0]), 56 + len(frames[0] + frames[1])]
    whole = pcap_head() + b''.join(map(record, frames))
    for n in range(len(whole) + 1):
        r = read('cut.pcap', whole[:n])
        never_crashed(r)
        same(r.rc, 0 if n in ends else 3, f'exit at {n}')
        names = [f['value'] for s in sightings(r) for f in s['facts']
                 if f['field'] == 'lldp.system_name']
        want = ['R1'] * (n >= ends[1]) + ['R2'] * (n >= ends[2])
        same(names, want, f'cut at {n}')
        if r.rc:
            holds(r.err, 'cut.pcap')


@test
def every_prefix_of_a_pcapng():
    """a pcapng cut anywhere"""
    whole = SECTION + INTERFACE + packet(lldp(b'R1')) + packet(lldp(b'R2'))
    for n in range(len(whole) + 1):
        r = read('cut.pcapng', whole[:n])
        never_crashed(r)
        if r.rc:
            holds(r.err, 'cut.pcapng')
    same(len(sightings(read('cut.pcapng', whole[:-1]))) > 0, True,
         'the readable part')


@test
def where_it_is_cut():
    """a cut record is said with its place"""
    first = record(lldp(b'R1'))
    r = read('cut.pcap', pcap_head() + first + record(lldp(b'R2'))[:30])
    holds(r.exits(3).err, f'cut.pcap:{24 + len(first)}: ends inside')


@test
def block_lengths():
    """block lengths of 0, 3 and 2^32-1"""
    good = SECTION + INTERFACE + packet(lldp(b'R1'))
    for n in (0, 3, 0xffffffff):
        r = read('len.pcapng', good + block(6, bytes(40), n) + good)
        never_crashed(r)
        r.exits(3)
        holds(r.err, f'len.pcapng:{len(good)}')
        assert sightings(r), 'the readable part'
    huge = struct.pack('<IIII', 0, 0, 0xffffffff, 0xffffffff)
    r = read('len.pcap', pcap_head() + record(lldp(b'R1')) + huge).exits(3)
    holds(r.err, 'len.pcap')
    assert sightings(r), 'the readable part'


@test
def snapped():
    """a snap length of 40: a cut value is not emitted"""
    frame = lldp(b'a-name-that-is-long')
    r = read('snap.pcap',
             pcap_head(40) + record(frame[:40], wire=len(frame))).exits(0)
    lacks(r.out, 'a-name')
    assert all(s['partial'] for s in sightings(r) if s['proto'] == 'lldp')


@test
def backwards():
    """time that goes backwards is said, and loses nothing"""
    first = record(lldp(b'R1'), 1700000100)
    r = read('back.pcap', pcap_head() + first + record(lldp(b'R2'), 1600000000))
    r.exits(0)  # 3 is for what could not be read
    lacks(r.err, 'died', 'Killed', 'what is no record', 'came to no end')
    holds(r.err, f'back.pcap:{24 + len(first)}', 'backwards')
    holds(r.out, 'R1', 'R2', '"first":"2020-09-13')


@test
def bomb():
    """a gzip bomb is stopped, in little memory"""
    path = scratched('bomb.gz')
    zeros = bytes(1 << 20)
    with gzip.open(path, 'wb', 9) as f:
        f.write(pcap_head() + record(lldp(b'R1')))
        for _ in range(512):
            f.write(zeros)
    rc, err, peak = peak_of('read', path)
    same(rc, 3, 'exit')
    holds(err, 'bomb.gz')
    assert peak < LIMIT, peak


@test
def a_million_senders():
    """a million distinct addresses within the limit of memory"""
    path = scratched('many.pcap')
    with open(path, 'wb') as f:
        f.write(pcap_head())
        for i in range(1000000):
            f.write(record(b'\xff' * 6 + b'\0\xe0\xfc' + struct.pack(
                '>I', i)[1:] + b'\x08\x06' + bytes(28)))
    rc, err, peak = peak_of('audit', path, '--as-of', '2026-11-23')
    assert rc == 0 or (rc == 3 and 'limit' in err), (rc, err)
    print(f'# peak {peak >> 20} MiB, exit {rc}')
    # AddressSanitizer keeps its own books in the same memory.
    assert peak <= LIMIT or sanitized(), peak
    os.unlink(path)


@test
def hostile_texts():
    """what a terminal, a browser or a reader of JSON would obey"""
    texts = [ESCAPES, b'a\xe2\x80\xaeb', b'\xff\xfe\xc3', b'a\0b',
             b'<script>alert(1)</script>', b'=1+1', b'\x9b31m',
             b'\xc2\x9b31m', b'\r\nnameplate: forged line']
    path = file_of('hostile.pcap', pcap_head() + b''.join(
        record(lldp(t, '0018825a0e%02x' % i)) for i, t in enumerate(texts)))
    for args in (['audit', path], ['audit', path, '-l']):
        r = run(*args).exits(0)
        for bad in ('\x1b', '\u202e', '\x9b', '\r', '\x07', '\0'):
            lacks(r.out, bad)
            lacks(r.err, bad)
        lacks(r.out, '\nnameplate: forged')
    r = run('audit', path, '--json').exits(0)
    json.loads(r.raw.decode('utf-8', 'strict'))
    r = run('read', path).exits(0)
    r.raw.decode('utf-8', 'strict')
    facts = [f for s in sightings(r) for f in s['facts']
             if f['field'] == 'lldp.system_name']
    got = {bytes.fromhex(f['hex']) if f['hex'] else f['value'].encode()
           for f in facts}
    for t in texts:
        assert t.rstrip(b'\0') in got, t


@test
def hostile_names():
    """a file's name is hostile too"""
    path = scratched('x\x1b[2J\u202e.pcap')
    with open(path, 'wb') as f:
        f.write(pcap_head() + record(lldp(b'R1'))[:-3])
    for verb in ('audit', 'read'):
        r = run(verb, path).exits(3)
        lacks(r.err + r.out, '\x1b')
        lacks(r.err, '\u202e')  # JSON keeps what is UTF-8


def waiting(verb, *more):
    """A run that waits for the rest of its standard input, and its decoder."""
    p = subprocess.Popen([NAMEPLATE, verb, '-', *more], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdin.write(pcap_head() + record(lldp(b'R1')))
    p.stdin.flush()
    for _ in range(500):
        try:
            with open(f'/proc/{p.pid}/task/{p.pid}/children') as f:
                child = f.read().split()
        except OSError:
            child = []
        if child:
            time.sleep(0.2)
            return p, int(child[0])
        time.sleep(0.02)
    raise AssertionError('no decoder was started')


def ended(p):
    """Its exit code and words; its standard input is still open."""
    begun = time.time()
    p.wait(timeout=30)
    out, err = p.stdout.read().decode(), p.stderr.read().decode()
    p.stdin.close()
    assert time.time() - begun < 20
    return p.returncode, out, err


@test
def decoder_killed():
    """a decoder that dies: which source it was, exit 3, no hang"""
    for verb in ('read', 'audit'):
        p, child = waiting(verb)
        os.kill(child, signal.SIGKILL)
        rc, _, err = ended(p)
        same(rc, 3, verb)
        holds(err, 'nameplate: -: ', 'the decoder died: Killed')


@test
def the_others_are_read():
    """what other decoders read is kept when one dies"""
    other = file_of('other.pcap', pcap_head() + record(lldp(b'R2')))
    p, child = waiting('read', other, '-j', '1')
    os.kill(child, signal.SIGKILL)
    rc, _, err = ended(p)
    same(rc, 3, 'exit')
    holds(err, 'nameplate: -: ', 'other.pcap: ')


@test
def interrupted():
    """SIGINT: what was heard is concluded, exit 130; a stopped decoder too"""
    for stop in (False, True):
        p, child = waiting('audit')
        if stop:
            os.kill(child, signal.SIGSTOP)
        p.send_signal(signal.SIGINT)
        rc, out, err = ended(p)
        same(rc, 130, 'exit')
        holds(out, 'devices')


def without_landlock():
    """Makes the kernel answer "no such call", as one without Landlock does."""
    libc = ctypes.CDLL(None, use_errno=True)
    code = b''.join(struct.pack('<HBBI', *op) for op in (
        (0x20, 0, 0, 0), (0x15, 0, 1, 444),  # landlock_create_ruleset
        (0x06, 0, 0, 0x00050000 | errno.ENOSYS), (0x06, 0, 0, 0x7fff0000)))
    kept = ctypes.create_string_buffer(code, len(code))
    program = struct.pack('@HP', len(code) // 8, ctypes.addressof(kept))
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # no new privileges
    assert libc.prctl(22, 2, program, 0, 0) == 0, ctypes.get_errno()


@test
def kernel_without_landlock():
    """a kernel without Landlock: said once where sources are read"""
    source = file_of('one.pcap', pcap_head() + record(lldp(b'R1')))
    for verb in ('audit', 'read'):
        for how, times in ((without_landlock, 1), (None, 0)):
            p = subprocess.run([NAMEPLATE, verb, source, source],
                               preexec_fn=how, capture_output=True, timeout=60)
            same(p.returncode, 0, verb)
            if how or b'not in this kernel' not in subprocess.run(
                    [NAMEPLATE, 'doctor'], capture_output=True).stdout:
                same(p.stderr.count(b'not confined by Landlock'), times, verb)


@test
def no_room_on_disk():
    """a dossier that finds no room: said, exit 4, and none half written"""
    path = scratched('full.dossier')
    source = file_of('one.pcap', pcap_head() + record(lldp(b'R1')))

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
    p = subprocess.run([NAMEPLATE, 'audit', source, '-o', path],
                       preexec_fn=small, capture_output=True, timeout=60)
    same(p.returncode, 4, 'exit')
    holds(p.stderr.decode(), 'nameplate: ')
    same([os.path.exists(path + end) for end in ('', '.part')], [False] * 2,
         'left over')
    run('audit', source, '-o', path).exits(0)


@test
def killed_over_a_dossier():
    """who dies over a new dossier leaves none; two do not write the same"""
    path = scratched('killed.dossier')
    source = file_of('one.pcap', pcap_head() + record(lldp(b'R1')))
    p, _ = waiting('audit', '-o', path)
    r = run('audit', source, '-o', path).exits(4)
    holds(r.err, 'killed.dossier')
    p.kill()
    p.stdin.close()
    p.wait(timeout=30)
    same(os.path.exists(path), False, 'a half dossier')
    run('audit', source, '-o', path).exits(0)
    holds(run('report', path, '--jsonl').exits(0).out, 'R1')
    same(os.path.exists(path + '.part'), False, 'left over')


@test
def dossiers_that_are_none():
    """a dossier that is damaged, another's or empty of sense"""
    good = scratched('good.dossier')
    source = file_of('one.pcap', pcap_head() + record(lldp(b'R1')))
    run('audit', source, '-o', good).exits(0)
    octets = open(good, 'rb').read()
    for name, bad in (('text', b'no database at all\n' * 50),
                      ('half', octets[:len(octets) // 2]),
                      ('torn', octets[:4096] + os.urandom(8192) +
                       octets[12288:])):
        r = run('report', file_of(name + '.dossier', bad), '--jsonl')
        assert r.rc in (1, 2, 3, 4), f'{name}: exit {r.rc}'
        holds(r.err, 'nameplate: ')


if __name__ == '__main__':
    main()

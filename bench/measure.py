#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Speed and memory of the main job, as ratios in one run.

measure.py NAMEPLATE DIR [-n RUNS]: DIR holds gen, variant, walk and classify;
captures are made there once, and with --keep left there. Prints a table in Markdown. "One core" is `taskset -c 0`,
decoder and judge together; times are medians of wall time. Memory is the sum
of the peaks (VmHWM) of all processes of a run: pages that a fork shares are
counted in each, so the truth is lower.
"""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import time

PACKETS = 3800000
PREFIX = 400000     # packets that the slow peers get
STRINGS = 500000    # distinct lines for identify
UNDONE = ' when stopped, not at its end'
VARIANTS = ('vlan', 'qinq', 'ip6', 'vxlan', 'gre', 'pcapng')
PAYLOAD = 'tcp[((tcp[12] & 0xf0) >> 2):4]'
# By first octets, not by port: bulk to port 80 would slow the peers down.
IDENTITY = ('ether proto 0x88cc or arp or ether dst 01:00:0c:cc:cc:cc or (udp'
            ' and (port 67 or 68 or 161 or 162 or 1900 or 5353)) or'
            f' {PAYLOAD} = 0x5353482d or {PAYLOAD} = 0x48545450')


def run(argv, core=True, stdout=subprocess.DEVNULL):
    """Wall and processor seconds of one command."""
    if core:
        argv = ['taskset', '-c', '0'] + argv
    begun = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    rc = subprocess.run(argv, stdout=stdout, stdin=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL, check=False).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # 1 is a finding: an answer, not an error.
    if rc not in (0, 1, 3):
        print(f'bench: exit {rc}: {" ".join(argv)[:100]}', flush=True)
    return (time.monotonic() - begun,
            after.ru_utime + after.ru_stime - before.ru_utime
            - before.ru_stime)


def together(n, *jobs):
    """Medians of several jobs, interleaved: what disturbs one disturbs all."""
    for job in jobs:
        job()
    took = [[job() for job in jobs] for _ in range(n)]
    return [tuple(statistics.median(t[i][k] for t in took) for k in (0, 1))
            for i in range(len(jobs))]


def tree(pid):
    """A process and what it forked."""
    found = [pid]
    try:
        with open(f'/proc/{pid}/task/{pid}/children',
                  encoding='ascii') as f:
            for child in f.read().split():
                found += tree(int(child))
    except OSError:
        pass
    return found


def peak(argv, most=240):
    """Sum over the processes of the peak resident sets, in octets, and
    whether the run came to its end within `most` seconds."""
    high = {}
    begun = time.monotonic()
    p = subprocess.Popen(argv, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    while p.poll() is None:
        for pid in tree(p.pid):
            try:
                with open(f'/proc/{pid}/status', encoding='ascii') as f:
                    for line in f:
                        if line.startswith('VmHWM'):
                            high[pid] = int(line.split()[1]) * 1024
            except OSError:
                pass
        if time.monotonic() - begun > most:
            p.kill()
            p.wait()
            return sum(high.values()), False
        time.sleep(0.005)
    return sum(high.values()), p.returncode in (0, 1, 3)


def absent(tool, package):
    """Why a peer is not measured."""
    have = shutil.which('apt-cache') and subprocess.run(
        ['apt-cache', 'show', package], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False).returncode == 0
    return f'{tool} is not installed' + (
        '' if have else f', and this system has no package {package}')


class Table:
    def __init__(self):
        self.missed = 0
        print('| what | measured | asked | |\n|---|---|---|---|')

    def row(self, what, measured, asked='', ok=None):
        word = '' if ok is None else 'met' if ok else '**missed**'
        self.missed += ok is False
        print(f'| {what} | {measured} | {asked} | {word} |', flush=True)


class Bench:
    def __init__(self, nameplate, folder, runs, keep):
        self.nameplate, self.dir, self.runs = nameplate, folder, runs
        self.keep, self.made = keep, []
        self.table = Table()

    def at(self, name):
        return os.path.join(self.dir, name)

    def capture(self, kind, packets=PACKETS, devices=5000):
        path = self.at(f'{kind}-{packets}-{devices}.pcap')
        if not os.path.exists(path):
            self.made.append(path)
            subprocess.run([self.at('gen'), kind, str(packets), str(devices),
                            '1', path], check=True, stderr=subprocess.DEVNULL)
        return path

    def variant(self, kind):
        path = self.at(f'mixed-{kind}')
        if not os.path.exists(path):
            self.made.append(path)
            subprocess.run([self.at('variant'), kind, self.capture('mixed'),
                            path], check=True)
        return path

    def audit(self, *files, jobs=1, core=True, dossier=False):
        extra = []
        if dossier:
            if os.path.exists(self.at('x.dossier')):
                os.unlink(self.at('x.dossier'))
            extra = ['-o', self.at('x.dossier')]
        return run([self.nameplate, 'audit', '-j', str(jobs)] + extra
                   + list(files), core)

    def against_classifier(self):
        for kind, most in (('mixed', 2.2), ('small', 4), ('dense', 12)):
            f = self.capture(kind)
            gb = os.path.getsize(f) / 1e9
            walk, least, full = together(
                self.runs, lambda: run([self.at('walk'), f]),
                lambda: run([self.at('classify'), f]),
                lambda: self.audit(f))
            ratio, cpu = full[0] / least[0], full[1] / least[1]
            self.table.row(
                f'{kind}: audit / classify',
                f'{ratio:.2f}x wall, {cpu:.2f}x processor time; '
                f'{PACKETS / full[0] / 1e6:.1f} Mpps, {gb / full[0]:.1f} GB/s'
                f' (walk {PACKETS / walk[0] / 1e6:.1f} Mpps, classify '
                f'{PACKETS / least[0] / 1e6:.1f})',
                f'<= {most}x', ratio <= most)

    def variants(self):
        """The same frames, so the classifier on the plain ones is the
        yardstick."""
        f = self.capture('mixed')
        for kind in VARIANTS:
            g = self.variant(kind)
            least, plain, full = together(
                max(1, self.runs // 2), lambda: run([self.at('classify'), f]),
                lambda: self.audit(f), lambda: self.audit(g))
            self.table.row(
                f'mixed as {kind}: audit / classify of the plain',
                f'{full[0] / least[0]:.2f}x wall, '
                f'{full[1] / least[1]:.2f}x processor time; '
                f'{full[1] / plain[1]:.2f}x audit of the plain')
            self.drop(g)

    def hashing(self):
        f = self.capture('mixed')
        runs = max(1, self.runs // 2)
        one, kept, both, kept2 = together(
            runs, lambda: self.audit(f), lambda: self.audit(f, dossier=True),
            lambda: self.audit(f, core=False),
            lambda: self.audit(f, core=False, dossier=True))
        self.table.row('mixed: audit -o, with hashing / audit',
                       f'{kept[0] / one[0]:.2f}x wall, '
                       f'{kept[1] / one[1]:.2f}x processor time; on all '
                       f'processors {kept2[0] / both[0]:.2f}x wall', '<= 2x',
                       kept[0] / one[0] <= 2)

    def peers(self):
        """Each beside an audit of its own: the machine may not be quiet."""
        whole, part = self.capture('mixed'), self.capture('mixed', PREFIX)
        log = self.at('peer.log')

        def pipeline():
            sub = self.at('sub.pcap')
            a = run(['tcpdump', '-r', whole, '-w', sub, IDENTITY])
            b = run(['tshark', '-n', '-r', sub, '-T', 'fields', '-e',
                     'eth.src', '-e', 'lldp.tlv.system.desc', '-e',
                     'cdp.software_version', '-e', 'snmp.value.octets', '-e',
                     'ssh.protocol', '-e', 'http.server'])
            return a[0] + b[0], a[1] + b[1]

        for tool, package, least, packets, times, job in (
                ('p0f', 'p0f', 6, PACKETS, 3, lambda: run(
                    ['p0f', '-r', whole, '-o', log])),
                ('ndpiReader', 'libndpi-bin', 15, PREFIX, 3, lambda: run(
                    ['ndpiReader', '-i', part, '-q'])),
                ('prads', 'prads', 60, PREFIX, 1, lambda: run(
                    ['prads', '-r', part, '-l', log])),
                ('tshark -q -z io,phs', 'tshark', 60, PREFIX, 1, lambda: run(
                    ['tshark', '-n', '-r', part, '-q', '-z', 'io,phs'])),
                ('tcpdump, then tshark', 'tcpdump', 4.5, PACKETS, 1, pipeline)):
            if not shutil.which(tool.split(',')[0].split()[0]):
                self.table.row(f'mixed: audit / {tool}', absent(tool, package))
                continue
            took = [self.audit(whole) + job() for _ in range(times)]
            ours, cpu, t, theirs = (statistics.median(x[k] for x in took)
                                    for k in range(4))
            for name in ('peer.log', 'sub.pcap'):
                if os.path.exists(self.at(name)):
                    os.unlink(self.at(name))
            ratio = t / packets * PACKETS / ours
            self.table.row(
                f'mixed: audit / {tool}', f'{ratio:.1f}x faster, '
                f'{theirs / packets * PACKETS / cpu:.1f}x processor time '
                f'({packets / t / 1e3:.0f} kpps over {packets} packets, '
                f'{times} run{"s" if times > 1 else ""})',
                f'>= {least}x', ratio >= least)

    def two_cores(self):
        f, g = self.capture('mixed'), self.at('second.pcap')
        if not os.path.exists(g):
            self.made.append(g)
            os.link(f, g)
        one, one2, two, two2 = together(
            self.runs, lambda: self.audit(f),
            lambda: self.audit(f, jobs=2, core=False),
            lambda: self.audit(f, g),
            lambda: self.audit(f, g, jobs=2, core=False))
        for what, least, ratio in (('two files', 1.8, two[0] / two2[0]),
                                   ('one file', 1.4, one[0] / one2[0])):
            self.table.row(f'mixed: {what}, two cores / one core',
                           f'{ratio:.2f}x', f'>= {least}x', ratio >= least)

    def strings(self, n):
        path = self.at(f'strings-{n}.jsonl')
        if not os.path.exists(path):
            self.made.append(path)
            here = os.path.dirname(os.path.abspath(__file__))
            with open(path, 'wb') as out:
                subprocess.run(['python3', os.path.join(here, 'strings.py'),
                                os.path.dirname(here), str(n)], stdout=out,
                               check=True)
        return path

    def matching(self, f):
        """Strings a second: reading the line, matching, answering."""
        took = [subprocess.run(['taskset', '-c', '0', self.at('matching'), f],
                               check=True, capture_output=True).stdout.split()
                for _ in range(self.runs)]
        return [statistics.median(float(t[i]) for t in took)
                for i in (2, 3, 4)]

    def identify(self):
        """Lines in and out on one core, and what they are made of."""
        few, many = self.strings(50000), self.strings(STRINGS)
        whole, empty, true = together(
            self.runs, lambda: run([self.nameplate, 'identify', many]),
            lambda: run([self.nameplate, 'identify', os.devnull]),
            lambda: run(['true']))
        rate = STRINGS / whole[0]
        self.table.row('identify: distinct strings a second, JSON in and out',
                       f'{rate:,.0f} by the clock, '
                       f'{STRINGS / whole[1]:,.0f} by processor time',
                       '>= 150,000', rate >= 150000)
        read, match, answer = self.matching(many)
        self.table.row('identify: matching alone',
                       f'{match:,.0f} a second of processor time (reading '
                       f'{read:,.0f}, verdict and writing {answer:,.0f})',
                       '>= 800,000', match >= 800000)
        self.table.row('identify: start and end', f'{empty[0] * 1e3:.0f} ms '
                       f'({empty[1] * 1e3:.0f} ms processor time); of that '
                       f'`true` takes {true[0] * 1e3:.0f} '
                       f'({true[1] * 1e3:.0f})', '< 30 ms beyond `true`',
                       empty[0] - true[0] < 0.03)
        used = [peak([self.nameplate, 'identify', f])[0] / 2 ** 20
                for f in (few, many)]
        self.table.row('identify: memory', f'{used[0]:.0f} MiB over 50,000 '
                       f'strings, {used[1]:.0f} MiB over {STRINGS:,}',
                       '< 200 MiB', max(used) < 200)
        jq = run(['jq', '-c', '.', many]) if shutil.which('jq') else None
        self.table.row('identify / jq -c . (reads and writes JSON, matches '
                       'nothing)', absent('jq', 'jq') if not jq else
                       f'{jq[1] / whole[1]:.1f}x faster by processor time')
        if not shutil.which('recog_match'):
            self.table.row('identify / recog_match',
                           absent('recog_match', 'ruby-recog'))
        self.forget()

    def forget(self):
        """Captures that are not needed any more: less than 6 GB at a time."""
        while self.made and not self.keep:
            self.drop(self.made[-1])

    def drop(self, path):
        """Only what this run made, and only where nobody keeps it."""
        if path in self.made and not self.keep:
            self.made.remove(path)
            os.unlink(path)

    def memory(self):
        self.forget()
        for devices, most in ((5000, 64), (500000, 256), (1000000, 512)):
            f = self.capture('mixed', devices=devices)
            used, whole = peak([self.nameplate, 'audit', '-j', '1', f])
            used /= 2 ** 20
            self.table.row(f'mixed: memory, {devices} devices',
                           f'{used:.0f} MiB' + ('' if whole else UNDONE),
                           f'< {most} MiB', whole and used < most)
            self.drop(f)
        # As dense as 3.8 million packets of 500,000; that takes minutes.
        x = self.at('x.dossier')
        used = []
        for packets, devices in ((1000, 10), (PACKETS * 2 // 5, 200000)):
            f = self.capture('dense', packets, devices)
            if os.path.exists(x):
                os.unlink(x)
            octets, whole = peak([self.nameplate, 'audit', '-j', '1', '-o', x,
                                  f], 600)
            used.append(octets)
        each = (used[1] - used[0]) / 200000 / 1024
        self.table.row('dense: memory with -o, 200000 devices',
                       f'{each:.2f} KiB a device' + ('' if whole else UNDONE),
                       '<= 1.5 KiB', whole and each <= 1.5)
        self.forget()


def main():
    a = argparse.ArgumentParser()
    a.add_argument('nameplate')
    a.add_argument('folder')
    a.add_argument('-n', type=int, default=5, help='runs a median is of')
    a.add_argument('--only', help='speed, variants, hash, peers, cores, '
                   'memory, identify')
    a.add_argument('--keep', action='store_true',
                   help='leave the captures where they are')
    o = a.parse_args()
    b = Bench(o.nameplate, o.folder, o.n, o.keep)
    parts = (o.only or 
             'speed,variants,hash,peers,cores,memory,identify').split(',')
    if 'speed' in parts:
        b.against_classifier()
    if 'variants' in parts:
        b.variants()
    if 'hash' in parts:
        b.hashing()
    if 'cores' in parts:
        b.two_cores()
    if 'peers' in parts:
        b.peers()
    if 'memory' in parts:
        b.memory()
    if 'identify' in parts:
        b.identify()
    print(f'\n{b.table.missed} missed; load '
          f'{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors')


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""watch.py NAMEPLATE ROOT: what a terminal shows: `audit --watch`, tables that
fit the width, verdicts by shape. A terminal of our own, whose screen is kept as a
real one would. Speaks TAP."""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios
import time
import unicodedata

from tap import DAY, NAMEPLATE, OPERATOR, ROOT, holds, lacks, main, run, \
    same, scratched, test

WAIT = 60  # seconds for what takes one on a machine that is busy


def wide(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in 'WF' else 1


class Screen:
    """As much of a VT100 as is written to it; anything else is a fault."""
    TOKEN = re.compile(r'\x1b\[(\??)([\d;]*)([A-Za-z])|([\r\n])|'
                       r'([^\x00-\x1f\x7f-\x9f])')

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines = [''] * rows
        self.row = self.column = 0
        self.modes, self.painted, self.log = {}, 0, ''

    def clear_right(self):
        self.lines[self.row] = self.lines[self.row][:self.column]

    def escape(self, private, numbers, letter):
        if private:
            self.modes[int(numbers)] = letter == 'h'
        elif letter == 'H':
            at = [int(x or 1) for x in (numbers or '1;1').split(';')]
            self.row, self.column = at[0] - 1, at[1] - 1
            self.painted += at == [1, 1]
        elif letter == 'K':
            self.clear_right()
        elif letter == 'J':
            self.clear_right()
            self.lines[self.row + 1:] = [''] * (self.rows - self.row - 1)
        else:
            assert letter == 'm', (numbers, letter)

    def take(self, text):
        self.log += text
        at = 0
        for m in self.TOKEN.finditer(text):
            assert m.start() == at, repr(text[at:m.start() + 20])
            at = m.end()
            if m[3]:
                self.escape(m[1], m[2], m[3])
            elif m[4] == '\r':
                self.column = 0
            elif m[4] == '\n':
                self.row += 1
                assert self.row < self.rows, 'the screen scrolls'
            else:
                self.column += wide(m[5])
                assert self.column <= self.columns, 'a line is too long'
                line = self.lines[self.row]
                self.lines[self.row] = line[:self.column - 1] + m[5]
        return self

    def text(self):
        return '\n'.join(self.lines)


class Terminal:
    def __init__(self, *args, rows=24, columns=80, **env):
        self.screen, self.half = Screen(rows, columns), b''
        self.pid, self.fd = pty.fork()
        if not self.pid:
            fcntl.ioctl(1, termios.TIOCSWINSZ,
                        struct.pack('HHHH', rows, columns, 0, 0))
            os.chdir(ROOT)
            os.execve(NAMEPLATE, [NAMEPLATE, *args],
                      {'PATH': os.environ['PATH'], 'TERM': 'xterm',
                       'PAGER': 'cat', **env})

    def read(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self.fd, 65536)
        except OSError:
            return False
        self.half += piece
        # An escape or a character may come in two pieces.
        text = self.half.decode('utf-8', 'ignore')
        cut = re.search(r'\x1b(\[[\d;?]*)?$', text)
        whole = text[:cut.start()] if cut else text
        self.half = self.half[len(whole.encode()):]
        self.screen.take(whole)
        return bool(piece)

    def until(self, what):
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            if what(self.screen):
                return self.screen
            assert self.read(0.2), 'it ended'
        raise AssertionError(f'waited in vain: {self.screen.text()}')

    def shows(self, *words):
        return self.until(lambda s: all(w in s.text() for w in words))

    def press(self, keys):
        os.write(self.fd, keys)

    def ends(self):
        end = time.monotonic() + WAIT
        while self.read(0.2) and time.monotonic() < end:
            pass
        rc = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return rc


def folder(name):
    at = scratched(name)
    shutil.copytree(os.path.join(ROOT, OPERATOR, 'US-1'),
                    os.path.join(at, 'US-1'))
    shutil.copy(os.path.join(ROOT, OPERATOR, 'operator.yaml'), at)
    return at


def rests(s):
    return 'reading …' not in s.text()


def watching(name, **how):
    at = folder(name)
    t = Terminal('audit', '--watch', at, '--as-of', DAY, **how)
    t.shows('devices', 'q ends', 'confirmed')
    t.until(rests)
    return at, t


@test
def repaints_what_changed():
    """a new source, and one that is gone, change the page by themselves"""
    at, t = watching('watched', rows=40, columns=120)
    first = t.screen.text()
    holds(first, 'no legal advice', 'US-1')
    lacks(first, 'VOS-UPF-01')
    same(t.screen.modes, {1049: True, 25: False}, 'its own screen')
    n = int(re.search(r'read +([\d,]+) sources', first)[1])
    shutil.copytree(os.path.join(ROOT, OPERATOR, 'GB-2'),
                    os.path.join(at, 'GB-2'))
    more = n + len([x for x in os.listdir(os.path.join(at, 'GB-2'))
                    if x.endswith('.pcap')])
    t.until(lambda s: re.search(rf'read +{more} sources', s.text()) and
            rests(s))
    shutil.rmtree(os.path.join(at, 'GB-2'))
    t.until(lambda s: re.search(rf'read +{n} sources', s.text()) and
            rests(s))
    t.press(b'q')
    same(t.ends(), 0, 'exit')
    same(t.screen.modes, {1049: False, 25: True}, 'the screen is given back')


@test
def nothing_without_a_change():
    """where nothing changes nothing is read again, but with r"""
    _, t = watching('still')
    painted = t.screen.painted
    end = time.monotonic() + 3.5
    while time.monotonic() < end:
        t.read(0.2)
    same(t.screen.painted, painted, 'paintings')
    t.press(b'r')
    t.until(lambda s: s.painted >= painted + 2)
    t.press(b'\x1b')
    same(t.ends(), 0, 'Esc')


@test
def ctrl_c_ends_it():
    """Ctrl-C ends it with 130, a signal too, and no child stays"""
    _, t = watching('ended')
    t.press(b'\x03')
    same(t.ends(), 130, 'exit')
    _, t = watching('killed')
    os.kill(t.pid, signal.SIGTERM)
    same(t.ends(), 130, 'exit')
    same(t.screen.modes, {1049: False, 25: True}, 'the screen is given back')
    # In the middle of reading, too.
    t = Terminal('audit', '--watch', OPERATOR, '--as-of', DAY)
    t.shows('reading …')
    t.press(b'q')
    same(t.ends(), 0, 'exit')


@test
def another_width():
    """a screen that changes its size is painted anew"""
    _, t = watching('resized', rows=24, columns=80)
    t.screen = Screen(50, 132)
    fcntl.ioctl(t.fd, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 132, 0, 0))
    t.until(lambda s: 'q ends' in s.lines[49] and rests(s))
    assert max(len(x) for x in t.screen.lines) > 100, t.screen.text()
    t.press(b'q')
    t.ends()


@test
def failures_are_said():
    """what cannot be read is said in the last line, and the watch goes on"""
    at, t = watching('broken', columns=160)
    with open(os.path.join(at, 'operator.yaml'), 'a', encoding='utf-8') as f:
        f.write('no such thing: [\n')
    t.until(lambda s: 'operator.yaml' in s.lines[-1] and
            rests(s))
    shutil.copy(os.path.join(ROOT, OPERATOR, 'operator.yaml'), at)
    t.shows('confirmed')
    t.press(b'q')
    same(t.ends(), 0, 'exit')


@test
def only_on_a_terminal():
    """without a terminal, or beside a form of data, it is refused"""
    r = run('audit', '--watch', OPERATOR).exits(2)
    holds(r.err, 'a terminal')
    run('audit', '--watch', '--json', OPERATOR).exits(2)
    run('audit', '--watch', '-o', scratched('x.dossier'), OPERATOR).exits(2)
    t = Terminal('audit', '--watch', OPERATOR, TERM='dumb')
    same(t.ends(), 2, 'TERM=dumb')


def page(columns, *args, **env):
    """All that is written. The terminal would break what is longer."""
    t = Terminal(*args, rows=2000, columns=columns, **env)
    t.screen.columns = 100000
    same(t.ends(), 0, 'exit')
    return t.screen


def boxes(s):
    """The table's rows; what stands behind may begin alike."""
    i = next(i for i, x in enumerate(s.lines) if x.startswith('device '))
    rows = s.lines[i + 1:]
    end = next(i for i, x in enumerate(rows) if not re.match('d-| {4}', x))
    return [x for x in rows[:end] if x.startswith('d-')]


def width(x):
    return sum(wide(c) for c in x)


@test
def tables_fit():
    """tables fit the width, wide characters counted as two"""
    at = folder('wide')
    path = os.path.join(at, 'operator.yaml')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text.replace('  US-1:', '  米国本社局: {country: US}\n  US-1:'))
    with open(os.path.join(at, 'US-1', 'capture.yaml'), 'w',
              encoding='utf-8') as f:
        f.write('site: 米国本社局\n')
    for columns in (60, 80, 100, 160):
        s = page(columns, 'audit', at, '--as-of', DAY)
        rows = boxes(s)
        assert len(rows) > 3, s.text()
        assert max(width(x) for x in rows) <= columns, columns
        if columns < 160:
            continue
        holds(rows[0], '米国本社局')
        where = {width(x[:re.search('[●◐○◆·] ', x).start()]) for x in rows}
        same(len(where), 1, 'the column of verdicts')


@test
def shapes_beside_colours():
    """a verdict has a shape besides its colour; a pipe gets words alone"""
    shapes = {'confirmed': '●', 'probable': '◐', 'possible': '○',
              'disputed': '◆', 'unknown': '·'}
    for env in ({}, {'NO_COLOR': '1'}):
        s = page(400, 'audit', OPERATOR, '--as-of', DAY, '-l', **env)
        rows = boxes(s)
        seen = set()
        for x in rows:
            hit = re.search('([●◐○◆·]) ([a-z]+)', x)
            assert hit, x
            shape, word = hit.groups()
            same(shapes[word], shape, x)
            seen.add(word)
        same(seen, set(shapes) - {'disputed'}, 'the demo has the others')
        assert any('■ in scope' in x for x in rows)
        assert any('□ undetermined' in x for x in rows)
        same('\x1b[36m●' in s.log, not env, 'colour')
    lacks(run('audit', OPERATOR, '--as-of', DAY).out, *shapes.values(),
          '\x1b')


if __name__ == '__main__':
    main()

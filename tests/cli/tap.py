# SPDX-License-Identifier: ISC
"""What the tests of the command line share: running it, and speaking TAP."""
import json
import os
import subprocess
import sys
import tempfile

NAMEPLATE = os.path.abspath(sys.argv[1])
ROOT = os.path.abspath(sys.argv[2])
OPERATOR = 'examples/operator'
DAY = '2026-11-23'
os.environ['NP_ROOT'] = ROOT
scratch = tempfile.TemporaryDirectory(prefix='nameplate-cli-')
tests = []


class Ran:
    def __init__(self, args, stdin=None, env=None):
        e = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', **(env or {})}
        p = subprocess.run([NAMEPLATE, *args], input=stdin, env=e, cwd=ROOT,
                           capture_output=True, timeout=120)
        self.args, self.rc = args, p.returncode
        self.raw, self.out = p.stdout, p.stdout.decode('utf-8')
        self.err = p.stderr.decode('utf-8', 'replace')

    def exits(self, rc):
        assert self.rc == rc, \
            f'{" ".join(self.args)}: exit {self.rc}, not {rc}: {self.err}'
        return self

    def json(self):
        return json.loads(self.out)


def run(*args, **how):
    return Ran(list(args), **how)


def scratched(name):
    return os.path.join(scratch.name, name)


def test(f):
    """Decorator: one TAP line a function, its docstring the description."""
    tests.append(f)
    return f


def same(got, want, what):
    assert got == want, f'{what}: {got!r}, not {want!r}'


def holds(text, *words):
    for w in words:
        assert w in text, f'{w!r} is not in: {text[:2000]}'


def lacks(text, *words):
    for w in words:
        assert w not in text, f'{w!r} is in: {text[:2000]}'


def main():
    bad = 0
    print(f'1..{len(tests)}')
    for i, f in enumerate(tests, 1):
        name = (f.__doc__ or f.__name__).split('\n')[0]
        try:
            f()
            print(f'ok {i} - {name}')
        except Exception as e:  # a test that breaks has failed
            bad += 1
            print(f'not ok {i} - {name}')
            for line in f'{type(e).__name__}: {e}'.split('\n'):
                print(f'# {line}')
    sys.exit(1 if bad else 0)

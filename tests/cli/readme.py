#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""readme.py NAMEPLATE ROOT: every "$ nameplate" line of README.md runs, from a
copy of what it names, and says something or writes the file that -o names.
Speaks TAP."""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile


def written(words, here):
    """Is there something in the file that -o names?"""
    if '-o' not in words:
        return False
    path = os.path.join(here, words[words.index('-o') + 1])
    return os.path.exists(path) and os.path.getsize(path) > 0


def main():
    nameplate, root = os.path.abspath(sys.argv[1]), sys.argv[2]
    with open(os.path.join(root, 'README.md'), encoding='utf-8') as f:
        text = f.read()
    lines = [l[2:] for l in text.split('\n') if l.startswith('$ nameplate')]
    bad = 0
    with tempfile.TemporaryDirectory() as here:
        shutil.copytree(os.path.join(root, 'examples'),
                        os.path.join(here, 'examples'))
        os.mkdir(os.path.join(here, 'build'))
        for n, line in enumerate(lines, 1):
            words = shlex.split(line)
            run = subprocess.run([nameplate] + words[1:], cwd=here,
                                 capture_output=True, text=True, check=False)
            fine = run.returncode == 0 and (run.stdout or
                                            written(words, here))
            bad += not fine
            print(f'{"" if fine else "not "}ok {n} - {line}')
            if not fine:
                print(f'# exit {run.returncode}: {run.stderr[-300:]}')
    few = len(text.split('\n')) <= 121
    print(f'{"" if few else "not "}ok {len(lines) + 1} - at most 120 lines')
    print(f'1..{len(lines) + 1}')
    return 1 if bad or not few else 0


if __name__ == '__main__':
    sys.exit(main())

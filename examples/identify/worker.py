#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""worker.py FOLDER [--once]: answers the questions in FOLDER/new.

A task is a file of lines for `nameplate identify`. Who renames it into
FOLDER/taken has it; the answers stand in FOLDER/done when they are complete.
With --once it ends when no task is left. What lies in FOLDER/taken after a
worker died is put back by moving it.
"""
import os
import subprocess
import sys
import time


class Filter:
    """One `nameplate identify` for many questions."""

    def __init__(self):
        self.run = subprocess.Popen(['nameplate', 'identify'],
                                    stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE)

    def ask(self, line):
        """The answer to one line; it comes before the next is written."""
        self.run.stdin.write(line.rstrip(b'\n') + b'\n')
        self.run.stdin.flush()
        answer = self.run.stdout.readline()
        if not answer.endswith(b'\n'):
            raise RuntimeError('the filter is gone')
        return answer

    def close(self):
        self.run.stdin.close()
        self.run.wait()


def take(folder):
    """The name of a task that is ours now, or None."""
    for name in sorted(os.listdir(f'{folder}/new')):
        try:
            os.rename(f'{folder}/new/{name}', f'{folder}/taken/{name}')
            return name
        except FileNotFoundError:
            continue    # another worker was faster
    return None


def work(folder, name, ask):
    half = f'{folder}/taken/.{name}.answers'
    with open(f'{folder}/taken/{name}', 'rb') as f, open(half, 'wb') as to:
        to.writelines(ask(line) for line in f if line.strip())
    os.rename(half, f'{folder}/done/{name}')
    os.unlink(f'{folder}/taken/{name}')


def main():
    folder, once = sys.argv[1], '--once' in sys.argv[2:]
    for part in ('new', 'taken', 'done'):
        os.makedirs(f'{folder}/{part}', exist_ok=True)
    filter = Filter()
    while True:
        name = take(folder)
        if name:
            work(folder, name, filter.ask)
        elif once:
            break
        else:
            time.sleep(1)
    filter.close()


if __name__ == '__main__':
    main()

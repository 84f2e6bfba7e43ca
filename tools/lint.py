#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The house rules that a machine can keep (design, section 5).

lint.py BUILD: width, lengths of functions and files, include order, headers
of licence, no // comments, no writable state in the library's objects, the
formatter, `make help`. Speaks TAP; one test a rule.
"""
import os
import re
import subprocess
import sys

ROOMS = ['core', 'draw', 'source', 'wire', 'proto', 'document', 'sighting', 'claim', 'device',
         'policy', 'place', 'graph', 'risk', 'compare', 'fund', 'bom', 'silence',
         'plan', 'store', 'ship', 'report', 'view', 'serve', 'poll', 'cli']
# Who may include whom: a room sees itself and everything to its left.
LEFT = {
    'core': [],
    # Arithmetic of drawings: knows no network.
    'draw': ['core'],
    'source': ['core'],
    'wire': ['core', 'source', 'proto'],
    'proto': ['core'],
    'sighting': ['core', 'source', 'wire', 'proto'],
    'document': ['core', 'source', 'proto', 'sighting'],
    'claim': ['core', 'proto', 'sighting'],
    'device': ['core', 'proto', 'sighting', 'claim'],
    'policy': ['core', 'proto', 'sighting', 'claim', 'device'],
    'silence': ['core', 'proto', 'document', 'sighting', 'claim', 'device',
                'policy'],
    'compare': ['core', 'proto', 'document', 'sighting', 'claim', 'device',
                'policy'],
    'fund': ['core', 'proto', 'document', 'sighting', 'claim', 'device',
             'policy'],
    'bom': ['core', 'source', 'proto', 'document', 'sighting', 'claim',
            'device', 'policy'],
    'graph': ['core', 'proto', 'sighting', 'claim', 'device'],
    'risk': ['core', 'proto', 'sighting', 'claim', 'device', 'policy', 'graph'],
    'place': ['core', 'source', 'proto', 'document', 'sighting', 'claim',
              'device', 'policy'],
    # costs.csv and plan.yaml are the party's files, as the inventory is.
    'plan': ['core', 'source', 'proto', 'document', 'sighting', 'claim',
             'device', 'policy', 'place'],
}
for right in ['store', 'ship', 'report', 'view', 'serve', 'poll', 'cli']:
    LEFT[right] = ROOMS + ['']

COLUMNS, FUNCTION, FILE = 80, 80, 800


def tracked(*suffixes):
    out = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard'],
                         capture_output=True, text=True, check=True).stdout
    return [f for f in out.split('\n')
            if f.endswith(suffixes) and os.path.isfile(f)]


def lines(path):
    with open(path, encoding='utf-8') as f:
        return f.read().split('\n')


def width(files):
    for f in files:
        for n, l in enumerate(lines(f), 1):
            if len(l.expandtabs(8)) > COLUMNS:
                yield f'{f}:{n}: wider than {COLUMNS} columns'
            if l != l.rstrip():
                yield f'{f}:{n}: white space at the end'


def lengths(files):
    for f in files:
        text = lines(f)
        if len(text) > FILE:
            yield f'{f}: {len(text)} lines'
        begun = None
        for n, l in enumerate(text, 1):
            if l == '{':
                begun = n
            elif l == '}' and begun:
                if n - begun > FUNCTION:
                    yield f'{f}:{begun}: a function of {n - begun} lines'
                begun = None


def licence(files):
    for f in files:
        if 'SPDX-License-Identifier: ISC' not in '\n'.join(lines(f)[:3]):
            yield f'{f}: no SPDX line'


def comments(files):
    for f in files:
        for n, l in enumerate(lines(f), 1):
            bare = re.sub(r'"(\\.|[^"\\])*"', '""', l)
            bare = re.sub(r'/\*.*?\*/', '', bare)
            if re.search(r'(^|[^:*])//', bare) and not bare.lstrip(
            ).startswith('*'):
                yield f'{f}:{n}: // comment'


def order(files):
    for f in files:
        part = f.split('/')
        if part[0] != 'src' or len(part) < 3:
            continue
        room = part[1]
        for n, l in enumerate(lines(f), 1):
            m = re.match(r'#\s*include "([^"]+)"', l)
            if not m:
                continue
            to = m.group(1).split('/')[0] if '/' in m.group(1) else ''
            if to == room:
                continue
            if to not in LEFT[room]:
                yield f'{f}:{n}: {room} may not include {m.group(1)}'
            elif (room == 'proto' and f.count('/') == 2 and f.endswith('.c')):
                yield f'{f}:{n}: a protocol includes proto/proto.h alone'


def state(build):
    """Objects of the library have neither .data nor .bss."""
    folder = os.path.join(build, 'src', 'libnameplate.a.p')
    for o in sorted(os.listdir(folder)):
        if not o.endswith('.o'):
            continue
        out = subprocess.run(['objdump', '-h', os.path.join(folder, o)],
                             capture_output=True, text=True).stdout
        for l in out.split('\n'):
            c = l.split()
            if len(c) > 2 and re.fullmatch(r'\.(data|bss)(\..*)?', c[1]) \
                    and not c[1].startswith('.data.rel.ro') \
                    and int(c[2], 16):
                yield f'{o}: {int(c[2], 16)} octets of writable state ({c[1]})'


def twice(build):
    """The program may have no name of the library: the linker would take the
    program's for both without a word."""
    def names(*files):
        out = subprocess.run(['nm', '-g', '--defined-only', *files],
                             capture_output=True, text=True).stdout
        return {c[2] for c in map(str.split, out.split('\n')) if len(c) == 3}
    folder = os.path.join(build, 'nameplate.p')
    if os.path.isdir(folder):
        ours = [os.path.join(folder, o) for o in sorted(os.listdir(folder))
                if o.endswith('.o')]
        library = names(os.path.join(build, 'src/libnameplate.a'))
        for n in sorted(names(*ours) & library):
            yield f'{n} is in src/cli and in the library'


def formatter(files):
    tool = next((t for t in ('clang-format-14', 'clang-format')
                 if subprocess.run(['which', t], capture_output=True
                                   ).returncode == 0), None)
    if not tool:
        return
    out = subprocess.run([tool, '--dry-run', '-Werror'] + files,
                         capture_output=True, text=True)
    seen = set()
    for l in out.stderr.split('\n'):
        m = re.match(r'([^:]+):\d+:\d+: error: ', l)
        if m and m.group(1) not in seen:
            seen.add(m.group(1))
            yield f'{m.group(1)}: {tool} would write it otherwise'


def words():
    """Every word of the Makefile has its line in `make help`."""
    text = '\n'.join(lines('Makefile'))
    phony = re.search(r'^\.PHONY:((?:.*\\\n)*.*)$', text, re.M).group(1)
    said = set(re.findall(r'^#: make ([\w-]+)', text, re.M))
    for word in phony.replace('\\', '').split():
        if word not in said and word != 'all':
            yield f'Makefile: make help says nothing of {word}'


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else 'build'
    code = tracked('.c', '.h')
    library = [f for f in code if f.startswith('src/')]
    checks = [('width', width(code)), ('lengths', lengths(library)),
              ('licence', licence(code)), ('comments', comments(code)),
              ('include order', order(library)),
              ('no writable state', state(build)),
              ('no name twice', twice(build)),
              ('format', formatter(code)), ('make help', words())]
    bad = 0
    for n, (name, found) in enumerate(checks, 1):
        found = list(found)
        bad += bool(found)
        print(f'{"not " if found else ""}ok {n} - {name}')
        for f in found[:40]:
            print(f'# {f}')
    print(f'1..{len(checks)}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())

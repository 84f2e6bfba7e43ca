#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""picture.py NAMEPLATE OUT.svg: what the program really prints about the example,
drawn as it stands on a terminal. Run again when the page changes."""
import html
import re
import subprocess
import sys

LINES, COLUMNS, WIDE, HIGH = 30, 132, 7.25, 17
COLOURS = {'31': '#c0392b', '32': '#2e8b57', '33': '#a67c00', '34': '#2b6cb0',
           '35': '#8e44ad', '36': '#16808a', '1': None}


def spans(line):
    """(text, bold, colour) of a line with SGR sequences."""
    bold, colour, out = False, None, []
    for part in re.split(r'(\x1b\[[0-9;]*m)', line):
        m = re.fullmatch(r'\x1b\[([0-9;]*)m', part)
        if not m:
            out.append((part, bold, colour))
            continue
        for code in m.group(1).split(';'):
            if code in ('', '0'):
                bold, colour = False, None
            elif code == '1':
                bold = True
            else:
                colour = COLOURS.get(code, colour)
    return [s for s in out if s[0]]


def draw(y, line):
    text, left = '', COLUMNS
    for part, bold, colour in spans(line):
        part, left = part[:left], left - len(part[:left])
        style = ''.join((' font-weight="bold"' if bold else '',
                         f' fill="{colour}"' if colour else ''))
        text += f'<tspan{style}>{html.escape(part)}</tspan>'
    return f'<text x="12" y="{y}" xml:space="preserve">{text}</text>'


def main():
    nameplate, out = sys.argv[1:3]
    run = subprocess.run([nameplate, 'audit', 'examples/operator', '--as-of',
                          '2026-11-23', '--color', 'always'],
                         capture_output=True, text=True, check=False)
    lines = ['$ nameplate examples/operator --as-of 2026-11-23']
    lines += run.stdout.split('\n')[:LINES]
    high = (len(lines) + 2) * HIGH
    with open(out, 'w', encoding='utf-8') as f:
        f.write(f'<svg xmlns="http://www.w3.org/2000/svg" '
                f'width="{COLUMNS * WIDE + 24:.0f}" height="{high}" '
                'font-family="monospace" font-size="12" fill="#222">\n'
                '<rect width="100%" height="100%" rx="6" fill="#fbfbf8" '
                'stroke="#ccc"/>\n')
        for i, line in enumerate(lines):
            f.write(draw((i + 2) * HIGH - 6, line) + '\n')
        f.write('</svg>\n')


if __name__ == '__main__':
    main()

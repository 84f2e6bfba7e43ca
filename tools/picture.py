#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""docs/audit.svg: the first lines of a page as they are, drawn.
tools/picture.py NAMEPLATE >docs/audit.svg, at the root of the tree."""
import html
import subprocess
import sys

WORDS = ['examples/operator', '--as-of', '2026-11-23']
LINES, COLUMNS, LEAD = 31, 132, 17


def main():
    page = subprocess.run([sys.argv[1], *WORDS], check=True, text=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.splitlines()
    lines = ['$ nameplate ' + ' '.join(WORDS), *page[:LINES - 1]]
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="981" '
          f'height="{LEAD * LINES + 34}" font-family="monospace" '
          'font-size="12" fill="#222">\n<rect width="100%" height="100%" '
          'rx="6" fill="#fbfbf8" stroke="#ccc"/>')
    for i, s in enumerate(lines):
        head = i and not lines[i - 1]
        bold = ' font-weight="bold"' if head else ''
        print(f'<text x="12" y="{28 + LEAD * i}" xml:space="preserve"><tspan'
              f'{bold}>{html.escape(s[:COLUMNS])}</tspan></text>')
    print('</svg>')


main()

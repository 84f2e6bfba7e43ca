#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""writers.py NAMEPLATE ROOT: the strings of tests/hostile.txt, as every protocol
and each kind of file has them, in what no other program of tests holds against
them: the page on a terminal, JSON, workbooks, plans. (CSV, GeoJSON, CycloneDX,
NetBox, ServiceNow, Prometheus and DOT: exports.py; HTML: pages.py and
tests/web.) Speaks TAP."""
import csv
import io
import json
import os
import re
import shutil
import xml.etree.ElementTree as ET

from hostile import HOSTILE, cell, made, named_once, plain, sites
from office import converted, office, parts
from tap import DAY, OPERATOR, ROOT, holds, lacks, main, run, same, \
    scratched, test

BAD = made()
HOSTILE_SITES = sites()
# Signs of the list that are of no golden.
SIGNS = ['alert(', 'onerror=', 'onmouseover', 'onload', 'javascript:', 'evil',
         'file:///', '1+1', '=cmd', 'SUM(1', '\x1b', '\u202e', '\u200b', '{{7',
         'DROP TABLE', '../../', '%s%n', '\ufffd', '\u2066', '\x9b', '\x7f']


# ---- where they come from

@test
def every_protocol_says_them():
    """each protocol whose capture has a text can say one of the strings"""
    at = scratched('hostile/heard')
    want = {f.split('-')[0] for f in os.listdir(at)}
    r = run('read', '--raw', '--no-hash', at)
    assert r.rc in (0, 3), r.err
    got, n = {}, 0
    for line in r.out.split('\n')[:-1]:
        x = json.loads(line)
        for f in x.get('facts', []):
            v = f['value'] or ''
            if any(s in v for s in SIGNS) or f['hex']:
                got.setdefault(f['field'].split('.')[0], set()).add(v)
                n += 1
    never = sorted(want - set(got))
    print(f'# {n} facts of {len(got)} protocols; none of: {" ".join(never)}')
    assert len(got) >= 60, sorted(got)
    for p in ('lldp cdp dhcp ssh http tls sip radius cwmp snmp syslog ngap '
              's1ap diameter isis mdns ssdp telnet ftp').split():
        assert p in got, p


# ---- the terminal

SGR = re.compile('\x1b\\[[0-9;]*m')


@test
def terminal():
    """the page: no string reaches the terminal as it is, coloured or not"""
    at = scratched('hostile')
    for d in (BAD, HOSTILE_SITES):
        for how in (('-l', '--color', 'never'), ('-l', '--color', 'always'),
                    ('-l', '--places')):
            out = run('report', d, *how).exits(0).out
            if 'always' in how:
                out = SGR.sub('', out)
            plain(out, 'page', '\n')
    holds(run('report', BAD, '-l').out, '\\u{202e}gpj.exe', '\\x1b[31m')
    r = run('audit', at, '--as-of', DAY, '-l')
    plain(r.out, 'audit', '\n')
    plain(r.err, 'what is said on stderr', '\n')


@test
def explain_and_the_rest():
    """explain, risk, privacy, fund, verify: the same"""
    boxes = [d['id'] for d in run('report', BAD, '--json').json()['devices']]
    for i in boxes[::max(1, len(boxes) // 40)]:
        plain(run('explain', BAD, i).exits(0).out, i, '\n')
    for args in (('risk', BAD), ('privacy', BAD), ('verify', BAD),
                 ('verify', BAD, '--silence'),
                 ('diff', BAD, HOSTILE_SITES)):
        r = run(*args)
        plain(r.out, args[0], '\n')
        plain(r.err, args[0], '\n')


# ---- JSON

def strict(text, what):
    """JSON whose characters no terminal obeys."""
    plain(text, what, '\n')
    return json.loads(text, object_pairs_hook=named_once)


@test
def json_of_all():
    """JSON: strict UTF-8, plain as text; what was no UTF-8 stands in hex"""
    for d in (BAD, HOSTILE_SITES):
        strict(run('report', d, '--json').exits(0).out, 'audit')
        for line in run('report', d, '--jsonl').exits(0).out.split('\n')[:-1]:
            strict(line, 'canonical')
        strict(run('risk', d, '--json').exits(0).out, 'risk')
    at = scratched('hostile/DE-1')
    seen = set()
    for line in run('read', '--raw', at).out.split('\n')[:-1]:
        for f in strict(line, 'read').get('facts', []):
            seen.add(bytes.fromhex(f['hex']) if f['hex'] and '\ufffd' in
                     f['value'] else f['value'].encode())
    for x in HOSTILE:
        if b'\0' not in x:
            assert any(x[:200] in s for s in seen), x


# ---- workbooks

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def cells(part):
    """Texts of a sheet; a formula is a fault."""
    for c in ET.fromstring(part).iter(MAIN + 'c'):
        assert c.find(MAIN + 'f') is None, ET.tostring(c)
        if c.get('t') == 'inlineStr':
            yield ''.join(t.text or '' for t in c.iter(MAIN + 't'))


@test
def workbook():
    """XLSX: cells are texts, none computes, none is another when it is read"""
    for d, name in ((BAD, 'bad'), (HOSTILE_SITES, 'sites')):
        path = scratched(f'{name}.xlsx')
        r = run('report', d, '--xlsx', path)
        if 'not in this build' in r.err:
            print('# skipped: this build has no libxlsxwriter')
            return
        got = parts(path)
        seen = set()
        for part, text in got.items():
            lacks(text, '<hyperlink ', '/hyperlink"')
            if part.startswith('xl/worksheets/sheet'):
                seen |= set(cells(text))
        for s in seen:
            cell(s, name, split=False)
        if name == 'bad':
            holds('\n'.join(seen), "'=cmd|", '\\u{202e}gpj.exe',
                  '<script>alert(1)</script>', '_x005F_x003D_1+1')
        for target in re.findall('Target="([^"]*)"', ''.join(
                v for k, v in got.items() if k.endswith('.rels'))):
            assert re.fullmatch('/?[a-zA-Z0-9/]+\\.xml', target), target
        if not office():
            continue
        for sheet, rows in converted(path).items():
            for row in rows:
                for s in row:
                    cell(s, sheet, split=False)


# ---- the plan

def planned(i, labels):
    """The example operator's boxes under other labels: a dossier."""
    at = scratched(f'plan-{i}')
    shutil.copytree(os.path.join(ROOT, OPERATOR), at)
    path = os.path.join(at, 'inventory.csv')
    with open(path, encoding='utf-8', newline='') as f:
        rows = list(csv.DictReader(f))
    out = io.StringIO()
    w = csv.DictWriter(out, rows[0].keys())
    w.writeheader()
    for r in rows:
        if r['device'] in labels:
            r['device'] = labels[r['device']].decode('latin-1')
        w.writerow(r)
    with open(path, 'wb') as f:
        f.write(out.getvalue().encode('latin-1'))
    d = scratched(f'plan-{i}.dossier')
    r = run('audit', at, '-o', d, '--as-of', DAY)
    assert r.rc in (0, 3), r.err
    return d


def unfolded(ics):
    """RFC 5545: lines of at most 75 octets, CRLF, each a property."""
    assert ics.endswith(b'\r\n')
    for line in ics.split(b'\r\n'):
        assert len(line) <= 75, line
        assert b'\r' not in line and b'\n' not in line, line
        line.decode('utf-8')
    lines = ics.decode('utf-8').replace('\r\n ', '').split('\r\n')[:-1]
    for x in lines:
        assert re.match('(BEGIN|END|VERSION|PRODID|UID|DTSTAMP|DTSTART|DTEND|'
                        'SUMMARY|TRANSP)[:;]', x), x
        plain(x, 'iCalendar')
        value = x.split(':', 1)[1]
        if x.startswith('SUMMARY'):
            assert not re.search(r'(?<!\\)(\\\\)*[;,]', value), x
    same(lines.count('BEGIN:VEVENT'), lines.count('END:VEVENT'), 'events')
    same((lines.count('BEGIN:VCALENDAR'), lines[-1]), (1, 'END:VCALENDAR'),
         'calendars')
    return lines


@test
def plans():
    """plan: calendar, table, page and JSON with hostile labels"""
    boxes = ['D01', 'D02', 'D04', 'G01', 'G02', 'U01', 'U02']
    strings = [x for x in HOSTILE if b'\0' not in x and
               len(x.strip(b' \t\r\n')) == len(x)]
    every = ''
    for i in range(0, len(strings), len(boxes)):
        d = planned(i, dict(zip(boxes, strings[i:])))
        ics = run('plan', d, '--as-of', DAY, '--ics').exits(0)
        unfolded(ics.raw)
        table = run('plan', d, '--as-of', DAY, '--csv').exits(0)
        rows = list(csv.reader(io.StringIO(table.out, newline=''), strict=True))
        same(len({len(r) for r in rows}), 1, 'rows of one length')
        for r in rows:
            for s in r:
                cell(s, 'table')
        plain(run('plan', d, '--as-of', DAY).exits(0).out, 'page', '\n')
        strict(run('plan', d, '--as-of', DAY, '--json').exits(0).out, 'JSON')
        every += ics.out + table.out
    holds(every, '<script>alert(1)</script>', '\\u{202e}gpj.exe')


if __name__ == '__main__':
    main()

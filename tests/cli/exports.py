#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""exports.py NAMEPLATE ROOT [SCHEMAS]: what `report` writes for other programs:
its shape, that it says what the audit says, that the same dossier gives the
same octets, and that no string of tests/hostile.txt runs or deceives in it.
Speaks TAP."""
import collections
import csv
import fcntl
import io
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios

from hostile import HOSTILE, cell, demo, made, named_once, plain, sites
from tap import DAY, NAMEPLATE, OPERATOR, ROOT, holds, lacks, main, run, \
    same, scratched, test

SCHEMAS = os.path.join(sys.argv[3] if len(sys.argv) > 3 else 'build/schemas',
                       'node_modules/@cyclonedx/cyclonedx-library/res/schema')

BAD, DEMO = made(), demo()
HOSTILE_SITES = sites()
AUDIT = run('report', DEMO, '--json').exits(0).json()


def report(d, *flags):
    return run('report', d, *flags).exits(0)


def table(text):
    """Rows of a CSV, held against the rules of every CSV."""
    assert text.endswith('\r\n'), 'ends with CRLF'
    lacks(text.replace('\r\n', ''), '\r', '\n')
    plain(text.replace('\r\n', ''), 'CSV')
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    assert len({len(r) for r in rows}) == 1, 'rows of one length'
    for r in rows:
        for x in r:
            cell(x, 'CSV')
    return [dict(zip(rows[0], r)) for r in rows[1:]]


def texts(doc):
    """Every string of a JSON document."""
    if isinstance(doc, str):
        yield doc
    elif isinstance(doc, list):
        for x in doc:
            yield from texts(x)
    elif isinstance(doc, dict):
        for k, v in doc.items():
            yield k
            yield from texts(v)


def strict(raw, what):
    """JSON that is UTF-8, without double names, plain, and safe in HTML."""
    text = raw.decode('utf-8', 'strict')
    lacks(text, '<', '>', '&')
    doc = json.loads(text, object_pairs_hook=named_once)
    for t in texts(doc):
        plain(t, what)
    return doc


# ---- the table

@test
def csv_says_what_the_audit_says():
    """CSV: a row a device and a finding, the audit's own words"""
    rows = table(report(DEMO, '--csv').out)
    by = collections.Counter(r['record'] for r in rows)
    same(by['device'], len(AUDIT['devices']), 'devices')
    same(by['finding'], len(AUDIT['findings']), 'findings')
    same(sum(int(r['n']) for r in rows if r['record'] == 'subscribers'),
         AUDIT['summary']['subscribers'], 'subscribers')
    found = {f['id']: f for f in AUDIT['findings']}
    for r in rows:
        if r['record'] != 'finding':
            continue
        f = found[r['id']]
        same(r['status'], f['status'], r['id'])
        same(r['date'], f['date'] or '', r['id'])
        same(r['days'], '' if f['days'] is None else str(f['days']), r['id'])
    boxes = {d['id']: d for d in AUDIT['devices']}
    for r in rows:
        if r['record'] == 'device':
            d = boxes[r['id']]
            same((r['maker'], r['verdict'], r['serial'].lstrip("'")),
                 (d['maker'] or '', d['verdict'], d['serial'] or ''), r['id'])
            same(r['confidence'], '' if d['confidence'] is None
                 else f'{d["confidence"]:.3f}', r['id'])
    note = rows[0]
    holds(note['text'], 'no legal advice')
    quiet = [r for r in rows if r['record'] == 'coverage']
    same({r['site']: r['status'] for r in quiet}['US-2'], 'not looked', 'US-2')


@test
def csv_of_one_site():
    """CSV: --site leaves the rows of one site, --excel marks the file"""
    rows = table(report(DEMO, '--csv', '--site', 'US-1').out)
    same({r['site'] for r in rows if r['record'] != 'note'}, {'US-1'}, 'site')
    marked = report(DEMO, '--csv', '--excel').raw
    same(marked[:3], b'\xef\xbb\xbf', 'mark')
    same(marked[3:], report(DEMO, '--csv').raw, 'the rest')
    run('report', DEMO, '--excel').exits(2)
    run('report', DEMO, '--csv', '--geojson').exits(2)


@test
def csv_hostile():
    """CSV: hostile strings are cells that no spreadsheet computes"""
    rows = table(report(BAD, '--csv').out)
    got = '\n'.join(' '.join(r.values()) for r in rows)
    holds(got, "'=cmd|", "'@SUM", '<script>alert(1)</script>', '\\x1b[31m',
          '\\u{202e}gpj.exe', "a;'=1+1;b", '\\xff\\xfe\\xfd')


# ---- the bill of materials

def validator():
    """For CycloneDX's own schema; None: it is not here, or nothing here can
    read it (tools/fetch-schemas.sh, python3-jsonschema)."""
    def read(name):
        with open(os.path.join(SCHEMAS, name + '.SNAPSHOT.schema.json'),
                  encoding='utf-8') as f:
            return json.load(f)
    try:
        import jsonschema
        schema = read('bom-1.6')
    except (ImportError, OSError):
        return None
    kind = jsonschema.validators.validator_for(schema)
    others = {f'http://cyclonedx.org/schema/{x}.SNAPSHOT.schema.json': read(x)
              for x in ('jsf-0.82', 'spdx', 'cryptography-defs')}
    try:
        from referencing import Registry, Resource
        how = {'registry': Registry().with_resources(
            (k, Resource.from_contents(v)) for k, v in others.items())}
    except ImportError:  # before 4.18
        how = {'resolver': jsonschema.RefResolver(schema['$id'], schema,
                                                  store=others)}
    return kind(schema, format_checker=jsonschema.FormatChecker(), **how)


def components(doc):
    for c in doc.get('components', []):
        yield c
        yield from components(c)


def rules(doc):
    """What the schema asks and cannot ask: each bom-ref once, each reference
    to one that is there."""
    same((doc['bomFormat'], doc['specVersion']), ('CycloneDX', '1.6'), 'head')
    claims = doc['declarations']['claims']
    evidence = doc['declarations']['evidence']
    subjects = [doc['metadata']['component'], *components(doc),
                *doc['services']]
    refs = [x['bom-ref'] for x in subjects + claims + evidence]
    same(len(refs), len(set(refs)), 'each bom-ref once')
    at, proofs = {x['bom-ref'] for x in subjects}, \
        {x['bom-ref'] for x in evidence}
    for c in claims:
        assert c['target'] in at, c
        assert set(c.get('evidence', [])) <= proofs, c
        assert set(c.get('counterEvidence', [])) <= proofs, c
    for c in doc['compositions']:
        assert c['aggregate'] in ('incomplete', 'unknown'), c
        assert set(c['assemblies']) <= at, c
    for a in doc['declarations']['attestations']:
        for m in a['map']:
            assert set(m['claims']) <= {c['bom-ref'] for c in claims}, m
            assert 0 <= m['confidence']['score'] <= 1, m
    for c in subjects:
        assert c['name'] and (c['type'] in ('platform', 'device', 'firmware')
                              if 'type' in c else c['provider']['name']), c


def said(c, name):
    return [p['value'] for p in c['properties'] if p['name'] == name]


@test
def cyclonedx_is_valid():
    """CycloneDX: 1.6's schema where it is here, and the stated rules"""
    v = validator()
    for d in (DEMO, BAD):
        doc = strict(report(d, '--cyclonedx').raw, 'CycloneDX')
        rules(doc)
        wrong = [f'{e.json_path}: {e.message[:200]}'
                 for e in (v.iter_errors(doc) if v else [])]
        assert not wrong, wrong[:5]
    if v:
        doc['components'][0]['type'] = 'router'
        assert list(v.iter_errors(doc)), 'the schema sees what is wrong'
    else:
        print('# the schema is not here: the rules alone')


@test
def cyclonedx_says_what_the_audit_says():
    """CycloneDX: coverage, claims and counter-evidence are the audit's"""
    doc = report(DEMO, '--cyclonedx').json()
    rules(doc)
    boxes = {d['id']: d for d in AUDIT['devices']}
    seen = {c['bom-ref']: c for c in components(doc) if c['type'] == 'device'
            and '/' not in c['bom-ref']}
    same(sorted(seen), sorted(boxes), 'devices')
    for ref, c in seen.items():
        sure = boxes[ref]['verdict'] == 'confirmed'
        same(c.get('manufacturer', {}).get('name'),
             boxes[ref]['maker_name'] if sure else None, ref)
        same(said(c, 'nameplate:verdict'), [boxes[ref]['verdict']], ref)
    whole = {a: c['aggregate'] for c in doc['compositions']
             for a in c['assemblies']}
    same((whole['site:US-2'], whole['site:JP-2']), ('unknown', 'incomplete'),
         'coverage')
    claims = {c['bom-ref']: c for c in doc['declarations']['claims']}
    for d in boxes.values():
        if d['maker']:
            c = claims['maker:' + d['id']]
            same(len(c['counterEvidence']), len(d['contradictions']), d['id'])
            same(len(c['evidence']), len(d['claims']), d['id'])
    same({c[8:] for c in claims if c.startswith('finding:d-')},
         {f['id'] for f in AUDIT['findings']}, 'findings')
    for f in AUDIT['findings']:
        c = claims['finding:' + f['id']]
        same(c['predicate'], f['text'], f['id'])
        assert c['reasoning'].startswith(f['status']), c
    u06 = next(d for d in boxes.values()
               if '02:42:0a:01:06:01' in d['keys'].get('mac', []))
    assert claims['maker:' + u06['id']]['counterEvidence'], 'U06'
    quiet = {c['target']: c for c in claims.values()
             if c['bom-ref'].startswith('silence:')}
    holds(quiet['site:JP-2']['predicate'], 'Cannot hear: silent, encrypted')
    looked = {e['bom-ref']: e for e in doc['declarations']['evidence']}
    same(looked[quiet['site:JP-2']['evidence'][0]]['expires'],
         '2026-12-23T23:59:59Z', 'expires')
    subs = [v for c in components(doc) if c['type'] == 'platform'
            for v in said(c, 'nameplate:subscribers')]
    same(sum(int(v.split()[0]) for v in subs), AUDIT['summary']['subscribers'],
         'subscribers')


@test
def cyclonedx_carries_objections():
    """CycloneDX: an objection is counter-evidence, by its key, not its name"""
    d, pw, key = (scratched(x) for x in ('said.dossier', 'pw', 'said'))
    shutil.copy(DEMO, d)
    with open(pw, 'w', encoding='utf-8') as f:
        f.write('secret horse\n')
    os.chmod(pw, 0o600)
    run('keygen', key, '--password', pw).exits(0)
    found = next(f['id'] for f in AUDIT['findings']
                 if f['status'] == 'in scope')
    run('dispute', d, found, '--key', key + '.key', '--password', pw, '--by',
        'Anna Beispiel', '--because', '<b>=not ours</b>', '--grade', 'B2',
        '--on', DAY).exits(0)
    doc = strict(report(d, '--cyclonedx').raw, 'CycloneDX')
    rules(doc)
    claim = next(c for c in doc['declarations']['claims']
                 if c['bom-ref'] == 'finding:' + found)
    assert claim['reasoning'].startswith('contested'), claim
    ref, = claim['counterEvidence']
    said_so = next(e for e in doc['declarations']['evidence']
                   if e['bom-ref'] == ref)
    holds(said_so['description'], 'dispute, grade B2', '<b>=not ours</b>')
    lacks(json.dumps(doc), 'Anna')


# ---- the map

@test
def geojson_is_rfc_7946():
    """GeoJSON: RFC 7946's rules, longitude first, counts as the audit's"""
    doc = strict(report(DEMO, '--geojson').raw, 'GeoJSON')
    same(doc['type'], 'FeatureCollection', 'type')
    for name in ('coordinates', 'geometries', 'geometry', 'properties'):
        assert name not in doc, f'section 7.1 bars {name}'
    boxes = collections.Counter(d['site'] for d in AUDIT['devices'])
    at = {f['id']: f for f in doc['features']}
    same(len(at), len(doc['features']), 'an id once')
    same(sorted(at)[:3], ['DE-1', 'GB-1', 'GB-2'], 'sites')
    for f in doc['features']:
        same(f['type'], 'Feature', 'type')
        assert {'geometry', 'properties'} <= set(f), 'section 3.2'
        assert not {'coordinates', 'geometries', 'features'} & set(f)
        if f['geometry']:
            same(f['geometry']['type'], 'Point', 'geometry')
            lon, lat = f['geometry']['coordinates']
            assert -180 <= lon <= 180 and -90 <= lat <= 90
        same(f['properties']['devices'], boxes[f['id']], f['id'])
    same(at['JP-1']['geometry']['coordinates'], [139.2744, 35.4191], 'JP-1')
    same(at['IT-1']['properties']['subscribers'], 41, 'IT-1')
    same(at['GB-1']['properties']['findings']['in scope (text not read)'],
         sum(f['status'] == 'in scope (text not read)' and not f['elsewhere']
             and f['jurisdiction'] == 'GB' and
             next(d for d in AUDIT['devices'] if d['id'] == f['device'])['site']
             == 'GB-1' for f in AUDIT['findings']), 'certainty mark')
    same(at['US-2']['properties']['coverage'], 'not looked', 'US-2')
    text = report(DEMO, '--geojson').out
    lacks(text, *[d['id'] for d in AUDIT['devices']])


@test
def geojson_hostile():
    """GeoJSON: hostile names are strings of strict UTF-8"""
    doc = strict(report(BAD, '--geojson').raw, 'GeoJSON')
    names = [f['properties']['name'] for f in doc['features']]
    assert '<script>alert(1)</script>' in names, names


# ---- NetBox and ServiceNow

# In the order in which they go in: what each column is (name, key), or which
# file before it has it.
NETBOX = {
    '01-manufacturers.csv': {'name': 100, 'slug': 100, 'description': 200},
    '02-sites.csv': {'name': 100, 'slug': 100, 'status': 50, 'latitude': 12,
                     'longitude': 12, 'description': 200},
    '03-device-roles.csv': {'name': 100, 'slug': 100, 'color': 6,
                            'vm_role': 5},
    '04-tags.csv': {'name': 100, 'slug': 100, 'color': 6, 'description': 200},
    '05-custom-fields.csv': {'name': 50, 'label': 50, 'type': 50,
                             'object_types': 50, 'description': 200},
    '06-device-types.csv': {'manufacturer': '01-manufacturers.csv name',
                            'model': 100, 'slug': 100},
    '07-devices.csv': {'name': 64, 'role': '03-device-roles.csv name',
                       'manufacturer': '01-manufacturers.csv name',
                       'device_type': '06-device-types.csv model',
                       'serial': 50, 'status': 50, 'site': '02-sites.csv name',
                       'tags': 999},
    '08-module-bays.csv': {'device': '07-devices.csv name', 'name': 64},
    '09-module-types.csv': {'manufacturer': '01-manufacturers.csv name',
                            'model': 100},
    '10-modules.csv': {'device': '07-devices.csv name',
                       'module_bay': '08-module-bays.csv name',
                       'module_type': '09-module-types.csv model',
                       'serial': 50, 'status': 50, 'description': 200},
}
ONCE = {'01-manufacturers.csv': ['name', 'slug'],
        '02-sites.csv': ['name', 'slug'],
        '03-device-roles.csv': ['name', 'slug'], '04-tags.csv': ['slug'],
        '05-custom-fields.csv': ['name']}
PAIRS = {'06-device-types.csv': [('manufacturer', 'model'),
                                 ('manufacturer', 'slug')],
         '07-devices.csv': [('site', 'name')],
         '08-module-bays.csv': [('device', 'name')],
         '09-module-types.csv': [('manufacturer', 'model')],
         '10-modules.csv': [('device', 'module_bay')]}


def folder(d, flag, name, *more):
    at = scratched(name)
    report(d, flag, at, *more)
    got = {}
    for f in sorted(os.listdir(at)):
        with open(os.path.join(at, f), encoding='utf-8', newline='') as x:
            got[f] = table(x.read()) if f.endswith('.csv') else x.read()
    return got


def importable(got):
    """NetBox's rules: keys once, references to what stands before, lengths,
    forms."""
    for name, columns in NETBOX.items():
        for r in got[name]:
            for c, most in columns.items():
                if isinstance(most, str):
                    before, key = most.split()
                    assert r[c] in {x[key] for x in got[before]}, (name, r)
                else:
                    assert len(r[c]) <= most + 1, (name, c, r)
            assert set(r) - set(columns) <= {
                'cf_' + x['name'] for x in got['05-custom-fields.csv']}, name
            if 'slug' in r:
                assert re.fullmatch('[-a-zA-Z0-9_]+', r['slug']), (name, r)
    for name, keys in list(ONCE.items()) + list(PAIRS.items()):
        for k in keys:
            k = (k,) if isinstance(k, str) else k
            all_of = [tuple(r[x].lower() if x == 'name' else r[x] for x in k)
                      for r in got[name]]
            twice = [x for x, n in collections.Counter(all_of).items() if n > 1]
            assert not twice, (name, k, twice[:3])
    tags = {x['slug'] for x in got['04-tags.csv']}
    for r in got['07-devices.csv']:
        assert set(r['tags'].split(',')) <= tags, r
        same(r['status'], 'active', 'status')


@test
def netbox_imports_in_order():
    """NetBox: each file names only what stands in one before"""
    got = folder(DEMO, '--netbox', 'netbox')
    same(sorted(set(got) - set(NETBOX)), ['README-import.txt',
                                         'conflicts.csv'], 'files')
    importable(got)
    boxes = {d['id']: d for d in AUDIT['devices']}
    same(len(got['07-devices.csv']), len(boxes), 'devices')
    for r in got['07-devices.csv']:
        d = boxes[r['cf_nameplate_id']]
        same(r['manufacturer'], d['maker_name'] if d['verdict'] == 'confirmed'
             else 'Unconfirmed maker', d['id'])
        same(r['cf_nameplate_maker'], d['maker_name'] or '', d['id'])
        same(r['cf_nameplate_verdict'], d['verdict'], d['id'])
    mine = [r for r in got['07-devices.csv'] if r['name'] == 'MRC-SW-02']
    same([(r['manufacturer'], r['site'], r['cf_nameplate_status'])
          for r in mine], [('ZTE', 'US-1', 'in scope (text not read)')], 'U02')
    holds(got['README-import.txt'], 'no legal advice', 'not listed: 42')


@test
def netbox_hostile():
    """NetBox: hostile names are cut, guarded and told apart"""
    got = folder(BAD, '--netbox', 'netbox-bad')
    importable(got)
    assert any(r['name'] == "'=1+1.cdp" for r in got['07-devices.csv'])


@test
def servicenow_overwrites_nothing():
    """ServiceNow: its columns; what two boxes share is a conflict"""
    got = folder(DEMO, '--servicenow', 'servicenow')
    rows = got['cmdb_ci_netgear.csv']
    same(list(rows[0])[:14],
         ['name', 'serial_number', 'asset_tag', 'manufacturer', 'model_id',
          'ip_address', 'mac_address', 'location', 'install_status',
          'operational_status', 'discovery_source', 'first_discovered',
          'last_discovered', 'correlation_id'], 'columns')
    boxes = {d['id']: d for d in AUDIT['devices']}
    same({r['correlation_id'] for r in rows}, set(boxes), 'devices')
    for r in rows:
        d = boxes[r['correlation_id']]
        same(r['manufacturer'], d['maker_name'] if d['verdict'] == 'confirmed'
             else '', d['id'])
        assert r['short_description'].startswith(d['verdict']), r
        assert re.fullmatch(r'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?',
                            r['last_discovered']), r
    lacking = {r['device'] for r in got['conflicts.csv']
               if r['why'] == 'no serial number is known'}
    same(lacking, {d['id'] for d in boxes.values() if not d['serial']},
         'without a serial number')
    bad = folder(BAD, '--servicenow', 'servicenow-bad')
    for key in ('serial_number',):
        seen = [r[key] for r in bad['cmdb_ci_netgear.csv'] if r[key]]
        same(len(seen), len(set(seen)), key)


@test
def folders_that_cannot_be():
    """a directory that the system refuses is named, exit 4"""
    for flag in ('--netbox', '--servicenow'):
        r = run('report', DEMO, flag, '/proc/nowhere').exits(4)
        holds(r.err, '/proc/nowhere')


# ---- Prometheus

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)*)\})?'
                    r' (-?\d+)')


def samples(text):
    """The text format 0.0.4: HELP and TYPE before, a sample a line."""
    known, got = set(), {}
    assert text.endswith('\n')
    for line in text.split('\n')[:-1]:
        if line.startswith('# '):
            known.add(line.split()[2])
            continue
        m = SAMPLE.fullmatch(line)
        assert m and m[1] in known, line
        labels = tuple(re.findall(r'([a-z_]+)="((?:[^"\\]|\\.)*)"',
                                  m[2] or ''))
        assert (m[1], labels) not in got, f'twice: {line}'
        got[m[1], labels] = int(m[3])
    return got


def promtool(text):
    path = shutil.which('promtool')
    if not path:
        print('# promtool is not here: the rules alone')
        return
    p = subprocess.run([path, 'check', 'metrics'], input=text.encode(),
                       capture_output=True, check=False)
    same((p.returncode, p.stderr.decode()), (0, ''), 'promtool')


@test
def prometheus_counts():
    """Prometheus: counts are the audit's, no label is a box"""
    text = report(DEMO, '--prometheus').out
    got = samples(text)
    promtool(text)
    by = collections.Counter()
    for (name, labels), n in got.items():
        by[name] += n
        assert {k for k, _ in labels} <= {'jurisdiction', 'verdict', 'layer',
                                          'duty', 'status', 'site'}, labels
    same(by['nameplate_devices'], len(AUDIT['devices']), 'devices')
    same(by['nameplate_subscriber_boxes'], 42, 'subscribers')
    same(by['nameplate_findings'],
         sum(not f['elsewhere'] for f in AUDIT['findings']), 'findings')
    ratio = {dict(k)['site']: n for (name, k), n in got.items()
             if name == 'nameplate_coverage_ratio'}
    same((ratio['US-2'], ratio['JP-2']), (0, 1), 'coverage')
    lacks(text, *[d['id'] for d in AUDIT['devices']])


@test
def prometheus_hostile():
    """Prometheus: hostile sites and functions break no line"""
    text = report(HOSTILE_SITES, '--prometheus').out
    plain(text.replace('\n', ''), 'Prometheus')
    promtool(text)
    sites = [dict(k)['site'] for (name, k), _ in samples(text).items()
             if name == 'nameplate_coverage_ratio']
    assert '\\"];}evil [label=\\"' in sites, sites


# ---- the graph

def dot_graph(text):
    """Graphviz's words: nothing but nodes, links and quoted texts."""
    quoted = r'"(?:[^"\\]|\\.)*"'
    attribute = rf'[a-z]+=(?:{quoted}|[a-z0-9]+)'
    line = re.compile(rf'\t{quoted}(?: -- {quoted})? \[{attribute}'
                      rf'(?:, {attribute})*\];')
    lines = text.split('\n')
    assert lines[0].startswith('// ') and lines[1] == 'graph network {'
    same(lines[-2:], ['}', ''], 'end')
    for x in lines[2:-2]:
        assert line.fullmatch(x), x
    return lines[2:-2]


@test
def dot_hostile():
    """DOT: what `risk --dot` has; hostile names stay in their quotes"""
    same(report(DEMO, '--dot').raw, run('risk', DEMO, '--dot').raw, 'graph')
    text = report(BAD, '--dot').out
    plain(text.replace('\n', '').replace('\t', ''), 'DOT')
    assert any(' -- ' in x for x in dot_graph(text)), 'links'
    holds(text, '\\"];}evil [label=\\"')
    holds(report(DEMO, '--dot').out, 'Ericsson (possible)',
          'ZTE (confirmed)')


# ---- the terminal

COMPLETION = {'bash': 'nameplate.bash', 'zsh': '_nameplate',
              'fish': 'nameplate.fish'}
VERBS = [x.split()[1] for x in run('--help').out.split('\n')
         if re.match(r'  nameplate [a-z]+  ', x)]


def options(verb):
    return re.findall(r'^  (?:-\S, |    )--([a-z-]+)',
                      run(verb, '--help').out, re.M)


@test
def completion_is_what_the_verbs_have():
    """completion/ is what the tables of verbs and options give now"""
    assert len(VERBS) > 20 and 'report' in VERBS, VERBS
    for shell, name in COMPLETION.items():
        with open(os.path.join(ROOT, 'completion', name),
                  encoding='utf-8') as f:
            text = f.read()
        same(run('--completion', shell).exits(0).out, text,
             f'nameplate --completion {shell} >completion/{name}')
        for v in VERBS:
            holds(text, v)
            for o in options(v):
                holds(text, {'bash': f'--{o}', 'zsh': f'--{o}',
                             'fish': f'-l {o}'}[shell])
        if shutil.which(shell):
            subprocess.run([shell, '-n', os.path.join(
                ROOT, 'completion', name)], check=True)
    run('--completion', 'tcsh').exits(2)


def completed(*words):
    """What bash offers for the last word."""
    script = ('source completion/nameplate.bash; COMP_WORDS=("$@"); '
              'COMP_CWORD=$(($# - 1)); _nameplate; '
              'printf "%s\\n" "${COMPREPLY[@]}"')
    p = subprocess.run(['bash', '-c', script, 'bash', *words], cwd=ROOT,
                       capture_output=True, text=True, check=True)
    return p.stdout.split('\n')[:-1]


@test
def bash_completes():
    """bash: verbs, options, files, directories, the words of --color"""
    same(completed('nameplate', 'rep'), ['report'], 'verb')
    same(completed('nameplate', 'report', '--geo'), ['--geojson'], 'option')
    same(completed('nameplate', 'report', 'x', '--color', 'a'),
         ['auto', 'always'], 'word')
    same(completed('nameplate', 'report', '--party', 'READ'), ['README.md'],
         'file')
    same(completed('nameplate', 'report', '--netbox', 'knowl'), ['knowledge'],
         'directory')
    same(completed('nameplate', 'report', '--as-of', ''), [''], 'a day')
    assert 'README.md' in completed('nameplate', 'READ'), 'a capture'


@test
def a_page_of_the_manual_a_verb():
    """nameplate-VERB(1) names every option, and man has no doubts"""
    for v in VERBS:
        text = run(v, '--describe=man').exits(0).out
        for o in options(v):
            holds(text, '\\-\\-' + o.replace('-', '\\-'))
        if shutil.which('groff'):
            p = subprocess.run(['groff', '-Kutf8', '-man', '-Tutf8', '-ww', '-z'],
                               input=text.encode(), capture_output=True,
                               check=True)
            same(p.stderr, b'', v)


def terminal(*args, **env):
    """What a terminal of 100 columns gets."""
    pid, fd = pty.fork()
    if not pid:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
        os.chdir(ROOT)
        os.execve(NAMEPLATE, [NAMEPLATE, *args],
                  {'PATH': os.environ['PATH'], 'TERM': 'xterm', **env})
    out = b''
    try:
        while piece := os.read(fd, 65536):
            out += piece
    except OSError:
        pass
    os.close(fd)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out.decode()


@test
def pages_go_through_a_pager():
    """a page goes through the pager on a terminal, and nowhere else"""
    for verb in ('report', 'risk'):
        rc, out = terminal(verb, DEMO, PAGER='sed s/^/P:/')
        same(rc, 0, 'exit')
        lines = [x for x in out.split('\r\n') if x]
        assert lines and all(x.startswith('P:') for x in lines), lines[:3]
        for env in ({'PAGER': 'cat'}, {'PAGER': ''}, {'TERM': 'dumb'},
                    {'PAGER': 'sed s/^/P:/', 'NAMEPLATE_PAGER': ''}):
            rc, out = terminal(verb, DEMO, **env)
            lacks(out, 'P:')
            assert rc == 0 and len(out) > 1000, env
    rc, out = terminal('report', DEMO, '--csv', PAGER='sed s/^/P:/')
    lacks(out, 'P:')
    lacks(run('report', DEMO, env={'PAGER': 'sed s/^/P:/'}).out, 'P:')
    rc, out = terminal('report', DEMO, PAGER='head -n 2')
    assert out.count('\r\n') == 2, out[:300]


# ---- all of them

@test
def same_octets():
    """the same dossier gives the same octets, in every form"""
    for flag in ('--csv', '--geojson', '--cyclonedx', '--dot',
                 '--prometheus'):
        for d in (DEMO, BAD):
            same(report(d, flag).raw, report(d, flag).raw, flag)
    for flag in ('--netbox', '--servicenow'):
        same(folder(DEMO, flag, 'once'), folder(DEMO, flag, 'again'), flag)
        shutil.rmtree(scratched('once'))
        shutil.rmtree(scratched('again'))


if __name__ == '__main__':
    main()

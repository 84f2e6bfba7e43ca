#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The gate of a procurement pipeline: check.py NAMEPLATE ROOT."""
import json
import os
import re
import subprocess
import warnings

import sarif
from tap import (DAY, NAMEPLATE, ROOT, holds, lacks, main, run, same, scratched,
                 test)

warnings.simplefilter('ignore', DeprecationWarning)
import jsonschema  # noqa: E402 (warns of its own future when imported)

HERE = 'examples/check'
DE = ('--party', f'{HERE}/operator.yaml', '--site', 'DE-1', '--as-of', DAY)
US = ('--party', f'{HERE}/operator.yaml', '--site', 'US-1', '--as-of', DAY)
CORE = 'de-5g-contracts-2024/core'
AMF = {'type': 'device', 'name': 'UNC',
       'properties': [{'name': 'cdx:device:function', 'value': 'core/amf'}]}


def file(name, text):
    path = scratched(name)
    with open(path, 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def cdx(*components, version='1.6', **more):
    return json.dumps({'bomFormat': 'CycloneDX', 'specVersion': version,
                       'version': 1, 'components': components, **more})


def ask(text, *args, rc=None, name='bom'):
    r = run('check', file(name, text), '--json', *(args or DE))
    if rc is not None:
        r.exits(rc)
    return r.json()['files'][0] if r.json()['files'] else None


def who(text, n=0, **how):
    i = ask(text, **how)['items'][n]
    return (i['maker'], i['verdict'])


def statuses(found, n=0):
    return {f['clause']: f['status'] for f in found['findings']
            if f['item'] == n and not f['elsewhere']}


@test
def examples():
    """the shipped examples trip where they should, with place and clause"""
    for name, rc, where in (('bom.cdx.json', 1, ':13:5'),
                            ('order.csv', 1, ':2'), ('order.spdx', 0, ':5')):
        out = run('check', f'{HERE}/{name}', *DE).exits(rc).out
        holds(out, f'{HERE}/{name}{where}', 'no legal advice',
              'tripped' if rc else 'not tripped')
    holds(run('check', f'{HERE}/order.csv', *DE).out, CORE, '2026-12-31')


@test
def documentation():
    """docs/check.md: its shell example runs and does what it says"""
    with open(os.path.join(ROOT, 'docs/check.md'), encoding='utf-8') as f:
        text = f.read()
    script = re.search(r'```sh\n(.*?)```', text, re.S).group(1)
    p = subprocess.run(
        ['sh', '-c', script], cwd=ROOT, capture_output=True, text=True,
        check=False,
        env={'PATH': os.path.dirname(NAMEPLATE) + ':' + os.environ['PATH'],
             'OUT': scratched('out.sarif')})
    same(p.returncode, 1, p.stderr)
    holds(p.stdout, 'something in scope')
    with open(scratched('out.sarif'), encoding='utf-8') as f:
        jsonschema.validate(json.load(f), sarif.SCHEMA)


@test
def who_made_it():
    """each place for a name, and what it is worth"""
    name = {'name': 'Huawei Technologies Co., Ltd.'}
    cases = [
        ({'manufacturer': name}, ('huawei', 'confirmed')),
        ({'supplier': name}, ('huawei', 'probable')),
        ({'supplier': name, 'cpe': 'cpe:2.3:h:huawei:unc:-:*:*:*:*:*:*:*'},
         ('huawei', 'confirmed')),
        ({'cpe': 'cpe:/h:huawei:unc'}, ('huawei', 'probable')),
        ({'publisher': 'Huawei'}, ('huawei', 'probable')),
        ({'publisher': 'Huawei', 'type': 'application'},
         ('huawei', 'confirmed')),
        ({'name': 'Huawei S5735-L24T4X-A1'}, ('huawei', 'probable')),
        ({'name': 'Huawei something'}, ('huawei', 'possible')),
        ({'name': 'S5735-L24T4X-A1'}, ('huawei', 'possible')),
        ({'purl': 'pkg:github/huawei/x@1'}, ('huawei', 'possible')),
        ({'purl': 'pkg:golang/github.com/huawei/x@1'},
         ('huawei', 'possible')),
        ({'group': 'com.huawei.agconnect', 'type': 'library'},
         ('huawei', 'possible')),
        ({'name': 'Huawei-compatible optic'}, (None, 'unknown')),
        ({'manufacturer': {'name': 'Example Works'}, 'name': 'S5735-L24T4X'},
         (None, 'unknown')),
        ({'supplier': name, 'name': 'S5735-L24T4X-A1'},
         ('huawei', 'confirmed')),
        # in full, as registries write organisations
        ({'manufacturer': {'name': 'HUAWEI TECHNOLOGIES CO.,LTD'}},
         ('huawei', 'confirmed')),
        ({'manufacturer': {'name': 'Zhejiang Dahua Technology Co., Ltd.'}},
         ('dahua', 'confirmed')),
        ({'manufacturer': {'name': 'Shanghai ZTE Technologies Co., Ltd'}},
         ('shanghaizte', 'confirmed')),
        # who sells it is not who made it
        ({'manufacturer': {'name': 'Nokia'}, 'supplier': name},
         ('nokia', 'confirmed')),
        ({'manufacturer': {'name': 'Nokia'}, 'cpe': 'cpe:2.3:h:huawei:x:-'},
         ('nokia', 'disputed')),
        ({'manufacturer': {'name': 'Nokia'}, 'name': 'Huawei NE40E'},
         ('nokia', 'disputed')),
        ({'author': 'Huawei', 'authors': [{'name': 'Huawei'}]},
         (None, 'unknown')),
    ]
    for more, want in cases:
        same(who(cdx({**AMF, **more})), want, more)


@test
def gate():
    """what trips, by --fail-on; a text that nobody read trips only if asked"""
    made = {**AMF, 'manufacturer': {'name': 'Huawei'}}
    maybe = {**AMF, 'supplier': {'name': 'Huawei'}}
    nobody = {'type': 'device', 'name': 'patch cord'}
    for bom, where, want in (
            (made, DE, {'never': 0, 'scope': 1}),
            (maybe, DE, {'scope': 0, 'secondary': 0, 'undetermined': 1}),
            (nobody, DE, {'undetermined': 0, 'unknown': 1}),
            (made, US, {'scope': 0, 'secondary': 1})):
        path = file('gate', cdx(bom))
        for word, rc in want.items():
            run('check', path, '--fail-on', word, *where).exits(rc)
    same(statuses(ask(cdx(made))), {
        **statuses(ask(cdx(made))), CORE: 'in scope'}, 'core')
    run('check', path, '--fail-on', 'often').exits(2)
    run('check').exits(2)
    run('check', path, '--site', 'Mars').exits(2)


@test
def place_and_day():
    """the law of the place and of the day; without a place, undetermined"""
    path = file('day', cdx({**AMF, 'manufacturer': {'name': 'Huawei'}}))
    run('check', path, *DE[:4], '--as-of', '2024-07-10').exits(0)
    run('check', path, *DE[:4], '--as-of', '2024-07-11').exits(1)
    r = run('check', path, '--as-of', DAY, '--json').exits(0).json()
    same([(f['status'], f['missing']) for f in r['files'][0]['findings']],
         [('undetermined', 'place')], 'no place')
    r = run('check', path, '--as-of', DAY, '--what-if', 'us', '--json')
    clauses = {f['clause'] for f in r.exits(0).json()['files'][0]['findings']
               if f['elsewhere']}
    same('us-fcc-covered-list/2021-03-12-telecom' in clauses, True, 'what-if')


@test
def parts():
    """a module in another maker's box is judged as a part of it"""
    box = {'type': 'device', 'name': '7750', 'manufacturer': {'name': 'Nokia'},
           'components': [{'type': 'device', 'name': 'SFP-10G',
                           'manufacturer': {'name': 'ZTE'}},
                          {**AMF, 'manufacturer': {'name': 'Huawei'}}]}
    found = ask(cdx(box), *US)
    same([i['part_of'] for i in found['items']], [None, 0, 0], 'nested')
    part = [f for f in found['findings'] if f['item'] == 1]
    same({f['component'] for f in part}, {True}, 'as a part')
    same('us-fcc-covered-list/2021-03-12-telecom' in
         {f['clause'] for f in part}, True, 'which clause')
    whole = [f for f in found['findings'] if f['item'] == 2]
    same({f['component'] for f in whole}, {False}, 'a box of its own')
    root = {'component': {'type': 'device', 'name': 'Shelf'}}
    found = ask(cdx({'type': 'device', 'name': 'SFP'}, metadata=root))
    same([i['part_of'] for i in found['items']], [None, 0], 'of what it is of')


@test
def software():
    """what rules say of equipment is not said of software"""
    lib = {'type': 'library', 'name': 'x', 'publisher': 'Huawei'}
    for s in statuses(ask(cdx(lib), *US)).values():
        same(s in ('not in scope', 'not bound', 'undetermined'), True, s)
    found = ask(cdx(lib), *US)
    text = ' '.join(f['text'] for f in found['findings'])
    holds(text, 'it is about equipment')
    same(ask(cdx({'type': 'firmware', 'name': 'x'}))['items'][0]['thing'],
         'equipment', 'firmware makes a box')


XML = '''<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/{0}" version="1">
  <metadata><tools><tool><vendor>ZTE</vendor><name>t</name></tool></tools>
    <component type="application"><name>all</name></component></metadata>
  <components>
    <component type="device">
      <{1}><name>Huawei</name><contact><name>M. Muster</name></contact></{1}>
      <name>UNC</name><version>23</version>
      <properties><property name="cdx:device:function">core/amf</property>
      <property name="cdx:device:serialNumber">S1</property></properties>
    </component>
  </components>
</bom>'''


@test
def cyclonedx_xml():
    """CycloneDX XML, with line and column; entities are not expanded"""
    for version in ('1.2', '1.4', '1.6'):
        found = ask(XML.format(version, 'manufacturer'), rc=1)
        same([found['format'], found['version']],
             ['CycloneDX XML', version], 'version')
    i = found['items'][1]
    same([i['line'], i['column'], i['maker'], i['verdict']],
         [6, 5, 'huawei', 'confirmed'], 'item')
    same(ask(XML.format('1.5', 'supplier'), rc=0)['items'][1]['verdict'],
         'probable', 'supplier')
    chinese = XML.format('1.5', 'manufacturer').replace('Huawei', '华为')
    same(who(chinese, n=1), ('huawei', 'confirmed'), 'UTF-8')
    for code in ('GBK', 'UTF-16'):
        text = chinese.replace('?>', f' encoding="{code}"?>').encode(code)
        same(who(text, n=1), ('huawei', 'confirmed'), code)
    bomb = ('<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
            '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>'
            '<component type="device"><name>&b;</name></component>'
            '</components></bom>')
    r = run('check', file('bomb', bomb), *DE).exits(3)
    holds(r.err, 'an entity is declared')
    r = run('check', file('other', '<html><p>x</p></html>')).exits(3)
    holds(r.err, 'expected CycloneDX')


@test
def spdx():
    """SPDX as JSON, tag-value and JSON-LD; a person is no maker"""
    def package(**more):
        return json.dumps({'spdxVersion': 'SPDX-2.3', 'packages': [
            {'name': 'UNC', 'SPDXID': 'SPDXRef-1',
             'primaryPackagePurpose': 'DEVICE', **more}]})

    org = 'Organization: Huawei Technologies Co., Ltd. (x@example.net)'
    same(who(package(originator=org)), ('huawei', 'confirmed'), 'originator')
    same(who(package(supplier=org)), ('huawei', 'probable'), 'supplier')
    same(who(package(originator='Person: Huawei')), (None, 'unknown'),
         'a person')
    refs = [{'referenceCategory': 'SECURITY', 'referenceType': 'cpe23Type',
             'referenceLocator': 'cpe:2.3:h:huawei:unc:-:*:*:*:*:*:*:*'}]
    same(who(package(externalRefs=refs)), ('huawei', 'probable'), 'cpe')
    found = ask(package(originator=org))
    same([found['format'], found['version'], found['items'][0]['pointer']],
         ['SPDX JSON', 'SPDX-2.3', '/packages/0'], 'where')
    graph = {'@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
             '@graph': [
                 {'type': 'software_Package', 'spdxId': 'urn:p', 'name': 'UNC',
                  'software_primaryPurpose': 'device',
                  'originatedBy': ['urn:o'], 'suppliedBy': 'urn:s'},
                 {'type': 'Organization', 'spdxId': 'urn:o', 'name': 'Huawei'},
                 {'type': 'Person', 'spdxId': 'urn:s', 'name': 'ZTE'}]}
    found = ask(json.dumps(graph))
    i = found['items'][0]
    same([found['format'], i['maker'], i['verdict'], i['supplier'],
          i['pointer']],
         ['SPDX 3 JSON-LD', 'huawei', 'confirmed', None, '/@graph/0'], '3.0')
    with open(os.path.join(ROOT, HERE, 'order.spdx'), encoding='utf-8') as f:
        text = f.read()
    found = ask(text)
    same([(i['name'], i['maker'], i['line']) for i in found['items']],
         [('NetEngine 8000 M8', 'huawei', 5), ('openssl', None, 15)],
         'tag-value')
    lacks(json.dumps(found), 'Nobody', 'orders@')


@test
def tables():
    """order lists: columns in many languages, preambles, encodings, --map"""
    row = 'Huawei;UNC;2;core/amf\n'
    cases = [
        'Manufacturer;Product;Quantity;Function\n' + row,
        'Hersteller;Artikel;Menge;Funktion\n' + row,
        'Order 4711\nExample GmbH\n\nManufacturer;Product;Qty;Function\n' + row,
        'Produttore,Prodotto,Quantità,Funzione\n' + row.replace(';', ','),
        '"Manufacturer"\t"Product"\t"Qty"\t"Function"\r\n' +
        row.replace(';', '\t').replace('\n', '\r\n'),
        'メーカー,品名,数量,function\n' + row.replace(';', ','),
    ]
    for text in cases + [cases[0].encode('utf-16'),
                         ('厂商;产品名称;数量;function\n' + row).encode('gbk')]:
        i = ask(text, rc=1)['items'][0]
        same([i['maker'], i['verdict'], i['name'], i['quantity']],
             ['huawei', 'confirmed', 'UNC', '2'], text)
    text = 'Wer;Was;Wieviel;F\n' + row
    r = run('check', file('m', text), *DE).exits(3)
    holds(r.err, 'expected CycloneDX, SPDX, or a table')
    r = run('check', file('m', text), *DE, '--map',
            'manufacturer=Wer,product=Was,quantity=Wieviel,function=F')
    r.exits(1)
    # a vendor made it or sells it; with another column, sells it
    same(who('Vendor;Product\nHuawei;x\n'), ('huawei', 'probable'), 'vendor')
    same(who('Vendor;Product\nHuawei;S5735-L24T4X-A1\n'),
         ('huawei', 'confirmed'), 'vendor and series')
    same(who('Vendor;Manufacturer;Product\nHuawei;Nokia;x\n'),
         ('nokia', 'confirmed'), 'sells it')


@test
def facts():
    """what a row states is asked of it, not of the operator"""
    head = 'manufacturer,product,function,generation,obtained\n'
    found = ask(head + 'Huawei,ME60-X8,core/bng,5G,\n', rc=1)
    same(statuses(found)[CORE], 'in scope', 'generation')
    found = ask(head + 'Huawei,ME60-X8,core/bng,4G,\n', rc=0)
    same(statuses(found)[CORE], 'not in scope', 'another')
    sna = 'us-sna-2020/reimbursement'
    found = ask(head + 'Huawei,x,,,\nHuawei,x,,,2019-05-10\n', *US)
    same([statuses(found, n)[sna] for n in (0, 1)],
         ['not in scope', 'undetermined'], 'bought on the day, or before')
    prop = [{'name': 'nameplate:generation', 'value': '5G'},
            {'name': 'cdx:device:function', 'value': 'core/bng'}]
    ask(cdx({'type': 'device', 'name': 'x', 'properties': prop,
             'manufacturer': {'name': 'Huawei'}}), rc=1)


@test
def places():
    """every item has line, column in characters, and pointer"""
    text = ('{"components":[{"type":"device","name":"ü漢","manufacturer":'
            '{"name":"Nokia"}},\n {"type":"device","name":"b"}],'
            '"bomFormat":"CycloneDX"}')
    got = [(i['line'], i['column'], i['pointer']) for i in ask(text)['items']]
    same(got, [(1, 16, '/components/0'), (2, 2, '/components/1')], 'JSON')
    text = cdx({'type': 'device', 'name': '漢字', 'components': [
        {'type': 'device', 'name': 'b'}]})
    text = json.dumps(json.loads(text), ensure_ascii=False)
    i = ask(text)['items'][1]
    same([i['column'], i['pointer']],
         [text.index('{"type": "device", "name": "b"') + 1,
          '/components/0/components/0'], 'in characters')
    csv = 'manufacturer,product\n"Hua\nwei",x\nNokia,y\n'
    same([i['line'] for i in ask(csv)['items']], [2, 4], 'rows of two lines')


@test
def broken():
    """a cut or broken file gives what stands before that, and where; exit 3"""
    whole = cdx({**AMF, 'manufacturer': {'name': 'Nokia'}},
                {'type': 'device', 'name': 'b'})
    cut = whole[:whole.index('"b"')]
    found = ask(cut, rc=3)
    same(found['items'][0]['maker'], 'nokia', 'what stood before')
    same(found['problems'][0]['column'], len(cut) + 1, 'where')
    for bad, why in (
            (whole.replace('"b"', '"b'), 'a string does not end'),
            (whole.replace('"b"', '"\\x"'), 'a wrong escape'),
            (whole.replace('"b"', 'b'), 'no JSON value'),
            (whole + '!', 'something stands behind'),
            (whole[:-1] + ',"components":[]}', 'stands here twice'),
            (cdx('x'), 'expected an object'),
            (whole.replace('[', '[' * 80, 1), 'nested too deeply')):
        r = run('check', file('broken', bad), *DE).exits(3)
        holds(r.err, scratched('broken') + ':1:', why)
    deep = {'type': 'device', 'name': 'x'}
    for _ in range(40):
        deep = {'type': 'device', 'name': 'x', 'components': [deep]}
    r = run('check', file('deep', cdx(deep)), *DE).exits(3)
    holds(r.err, 'too deep', ':1:')
    r = run('check', file('tag', 'SPDXVersion: SPDX-2.3\nwhat\n'), *DE)
    holds(r.exits(3).err, 'tag:2:1: expected a tag')
    r = run('check', file('tag', 'SPDXVersion: SPDX-2.3\nPackageComment: '
                          '<text>x\n'), *DE).exits(3)
    holds(r.err, 'tag:2:1: a <text> without </text>')
    r = run('check', file('csv', 'manufacturer,product\n"Nokia,x\nZTE,y\n'),
            *DE).exits(3)
    holds(r.err, 'csv:2:1: a quote is never closed')
    for text in ('', '{}', '{"a":1}', '\0\1\2', 'hello world\n', '[]'):
        r = run('check', file('none', text), *DE).exits(3)
        holds(r.err, 'none', 'expected')
    xml = XML.format('1.5', 'manufacturer')
    r = run('check', file('cut.xml', xml[:xml.index('<name>UNC') + 3]), *DE)
    holds(r.exits(3).err, 'cut.xml:8')


@test
def partly_and_gate():
    """one file is none, another trips: the gate is told, and so is the file"""
    bad, good = file('bad', 'x'), f'{HERE}/order.csv'
    r = run('check', bad, good, *DE).exits(1)
    holds(r.err, 'bad:1: expected')
    r = run('check', scratched('absent'), '--json').exits(3)
    same(r.json()['unreadable'][0]['text'], 'No such file or directory', 'why')


@test
def standard_input():
    """- is standard input"""
    with open(os.path.join(ROOT, HERE, 'bom.cdx.json'), 'rb') as f:
        text = f.read()
    r = run('check', '-', '--json', *DE, stdin=text).exits(1).json()
    same(r['files'][0]['name'], '-', 'its name')


@test
def sarif_is_valid():
    """SARIF 2.1.0: rules are clauses, places are lines; fits the schema"""
    bad = file('a b%.json', '{"bomFormat":"CycloneDX","components":[1]')
    r = run('check', f'{HERE}/bom.cdx.json', bad, '--sarif', *US)
    d = r.exits(3).json()
    jsonschema.validate(d, sarif.SCHEMA)
    one = d['runs'][0]
    rules = [x['id'] for x in one['tool']['driver']['rules']]
    for x in one['results']:
        same(rules[x['ruleIndex']], x['ruleId'], 'rule')
        same(x['locations'][0]['physicalLocation']['artifactLocation']['uri'],
             f'{HERE}/bom.cdx.json', 'uri')
    same(one['invocations'][0]['executionSuccessful'], False, 'not all read')
    notes = one['invocations'][0]['toolExecutionNotifications']
    holds(notes[0]['locations'][0]['physicalLocation']['artifactLocation'][
        'uri'], 'file:///', 'a%20b%25.json')
    d = run('check', f'{HERE}/bom.cdx.json', '--sarif', *DE).exits(1).json()
    levels = {x['ruleId']: x['level'] for x in d['runs'][0]['results']}
    same(levels[CORE], 'error', 'what trips is an error')
    official = os.environ.get('SARIF_SCHEMA')
    if official:
        with open(official, encoding='utf-8') as f:
            jsonschema.validate(d, json.load(f))


@test
def annotations():
    """--github: a workflow command a finding, hostile text escaped"""
    name = 'UNC\n::error::x%'
    path = file('gh', cdx({**AMF, 'name': name,
                           'manufacturer': {'name': 'Huawei'}}))
    out = run('check', path, '--github', *DE).exits(1).out
    lines = out.rstrip('\n').split('\n')
    same(all(x.startswith(('::error file=', '::notice file='))
             for x in lines), True, out)
    holds(out, 'UNC%0A::error::x%25', ',line=1,', f'title={CORE}::')


@test
def hostile_text():
    """what a file says is escaped on a terminal, and left alone in JSON"""
    name = 'Huawei \x1b[31m\u202eX'
    path = file('esc', cdx({'type': 'device', 'name': name}))
    lacks(run('check', path, *DE, '-l').out, '\x1b', '\u202e')
    same(ask(cdx({'type': 'device', 'name': name}))['items'][0]['name'],
         name, 'JSON')


if __name__ == '__main__':
    main()
